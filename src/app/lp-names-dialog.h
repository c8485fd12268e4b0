/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lp-window.h"

G_BEGIN_DECLS

/* Names for the subject where none were found, or wrong ones: typed, one a line, or taken from a file. */
#define LP_TYPE_NAMES_DIALOG (lp_names_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LpNamesDialog, lp_names_dialog, LP, NAMES_DIALOG, AdwWindow)

GtkWidget *lp_names_dialog_new (LpWindow *window);

G_END_DECLS
