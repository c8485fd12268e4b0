/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Nothing is open: a place to drop things, the example, what was opened lately. */
#define LP_TYPE_WELCOME_PAGE (lp_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (LpWelcomePage, lp_welcome_page, LP, WELCOME_PAGE, AdwBin)

/* Reads the list of recent data sets again. */
void lp_welcome_page_refresh (LpWelcomePage *self);
void lp_welcome_page_set_dragging (LpWelcomePage *self, gboolean dragging);
/* One column where the window is narrow. */
void lp_welcome_page_set_narrow (LpWelcomePage *self, gboolean narrow);

/* The folder of the example data set; NULL where it is not installed. Free with g_free. */
char *lp_example_folder (void);

G_END_DECLS
