/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A list of numbers for list views, however many: an item (a number into records kept elsewhere) is made when GTK
 * asks for it. Sorting and filtering is done by whoever makes the list of numbers. */

#define LP_TYPE_INDEX_ITEM (lp_index_item_get_type ())
G_DECLARE_FINAL_TYPE (LpIndexItem, lp_index_item, LP, INDEX_ITEM, GObject)

guint32 lp_index_item_get (LpIndexItem *self);

#define LP_TYPE_INDEX_MODEL (lp_index_model_get_type ())
G_DECLARE_FINAL_TYPE (LpIndexModel, lp_index_model, LP, INDEX_MODEL, GObject)

LpIndexModel *lp_index_model_new (void);
/* The numbers 0 … n - 1. */
void lp_index_model_set_range (LpIndexModel *self, guint n);
/* These numbers (guint32); takes the array. */
void lp_index_model_take (LpIndexModel *self, GArray *indices);
guint32 lp_index_model_get (LpIndexModel *self, guint position);
/* Where a number stands; GTK_INVALID_LIST_POSITION (G_MAXUINT): nowhere. */
guint lp_index_model_find (LpIndexModel *self, guint32 index);

G_END_DECLS
