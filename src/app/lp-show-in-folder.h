/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Asks the desktop's file manager to show the file, or its folder where there is none that can point at a file. */
void lp_show_in_folder (GtkWidget *widget, const char *path);

G_END_DECLS
