/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lp-window.h"

G_BEGIN_DECLS

/* The only door to the disk: what would be changed in which files, line by line, before it is. */
#define LP_TYPE_APPLY_SHEET (lp_apply_sheet_get_type ())
G_DECLARE_FINAL_TYPE (LpApplySheet, lp_apply_sheet, LP, APPLY_SHEET, AdwWindow)

GtkWidget *lp_apply_sheet_new (LpWindow *window);

G_END_DECLS
