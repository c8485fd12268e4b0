/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Holds a list as one stop of the Tab key: GTK before 4.12 lets Tab walk through every row, and nobody gets out of a
 * million. The arrow keys walk inside. Set "child". */
#define LP_TYPE_TAB_STOP (lp_tab_stop_get_type ())
G_DECLARE_FINAL_TYPE (LpTabStop, lp_tab_stop, LP, TAB_STOP, AdwBin)

G_END_DECLS
