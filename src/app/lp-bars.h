/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session/lp-session.h"

G_BEGIN_DECLS

/* Small plots made of widgets. */

/* A bar of `share` (0…1) of the room it gets in a slot's colour, and `value` at its end. Takes `value`. */
#define LP_TYPE_BAR (lp_bar_get_type ())
G_DECLARE_FINAL_TYPE (LpBar, lp_bar, LP, BAR, GtkWidget)

GtkWidget *lp_bar_new (double share, int slot, GtkWidget *value);

/* One stripe in three parts: errors, warnings, infos. */
GtkWidget *lp_severity_stripe_new (guint errors, guint warnings, guint infos);

/* Boxes of every class of the subject under the reference's names; NULL: no class at all. */
GtkWidget *lp_class_bars_new (LpSession *session);

G_END_DECLS
