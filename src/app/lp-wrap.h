/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Children beside each other as long as their natural widths fit, the others on further lines. A child wider than the
 * whole gets a line of its own and has to do with its width. Children that expand share what is left of their line.
 * "spacing" and "line-spacing" in pixels. */
#define LP_TYPE_WRAP (lp_wrap_get_type ())
G_DECLARE_FINAL_TYPE (LpWrap, lp_wrap, LP, WRAP, GtkWidget)

GtkWidget *lp_wrap_new (int spacing, int line_spacing);
void lp_wrap_append (LpWrap *self, GtkWidget *child);

/* One of several short words or links, with a dot before the next; the dot stays at the end of its line. */
void lp_wrap_append_fact (LpWrap *self, GtkWidget *fact);
void lp_wrap_clear (LpWrap *self);

G_END_DECLS
