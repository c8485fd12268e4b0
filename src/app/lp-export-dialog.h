/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lp-window.h"

G_BEGIN_DECLS

/* A clean YOLO set in a new place: where, in which class order, and what came of it. */
#define LP_TYPE_EXPORT_DIALOG (lp_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LpExportDialog, lp_export_dialog, LP, EXPORT_DIALOG, AdwWindow)

GtkWidget *lp_export_dialog_new (LpWindow *window);

G_END_DECLS
