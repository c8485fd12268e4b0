/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* One instance a session bus (none needed). File arguments, or app.open-path, become one data set in one window; the
 * keys with Ctrl, Alt or a function key stand here. */
#define LP_TYPE_APPLICATION (lp_application_get_type ())
G_DECLARE_FINAL_TYPE (LpApplication, lp_application, LP, APPLICATION, AdwApplication)

LpApplication *lp_application_new (void);

G_END_DECLS
