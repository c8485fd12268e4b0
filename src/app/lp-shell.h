/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Holds the window's content and lets the window become smaller than its present layout needs: only then is there a
 * width at which something folds away. What does not fit is cut off until it has. */
#define LP_TYPE_SHELL (lp_shell_get_type ())
G_DECLARE_FINAL_TYPE (LpShell, lp_shell, LP, SHELL, GtkWidget)

G_END_DECLS
