/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/lp-match-record.h"

G_BEGIN_DECLS

/* Which number a class gets in an export, and the names that go with the numbers. */
typedef struct _LpExportClasses LpExportClasses;

/* `order`: const char *, the names wanted; NULL: the subject's own list as it is. Where no list can be written the
 * reason is added to `stopped_by`. */
LpExportClasses *lp_export_classes_new (const LpDataset *dataset, const GPtrArray *order, GPtrArray *stopped_by);
void lp_export_classes_free (LpExportClasses *classes);

/* Through the names: the one that the boxes show where an order verdict knows better than the subject's list. -1: the
 * class has no name. */
gint32 lp_export_classes_map (const LpExportClasses *classes, gint32 class_id);

/* The key `names` of a data.yaml. */
void lp_export_classes_append_yaml (const LpExportClasses *classes, GString *yaml);

G_END_DECLS
