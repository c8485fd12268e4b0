/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session/lp-session.h"

G_BEGIN_DECLS

/* Names in the order in which they are used now, and in the job's; a line joins where each one is with where it
 * belongs, so that lines cross where the order differs. */
#define LP_TYPE_NAME_CURVES (lp_name_curves_get_type ())
G_DECLARE_FINAL_TYPE (LpNameCurves, lp_name_curves, LP, NAME_CURVES, GtkWidget)

GtkWidget *lp_name_curves_new (void);
/* FALSE: there is nothing to compare, or nothing to show. Of long lists only names that are moved are shown. */
gboolean lp_name_curves_set_session (LpNameCurves *self, LpSession *session);

G_END_DECLS
