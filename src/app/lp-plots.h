/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session/lp-session.h"

G_BEGIN_DECLS

/* Two plots over the boxes of the subject, drawn once from the rows: width against height, and how often a place of
 * the picture is covered. NULL: no boxes. Both or none. */
GtkWidget *lp_sizes_plot_new (LpSession *session);
GtkWidget *lp_places_plot_new (LpSession *session);

G_END_DECLS
