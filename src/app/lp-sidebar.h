/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "session/lp-session.h"

G_BEGIN_DECLS

/* Open, the main menu, the pages with their counts, and the classes with theirs. As a rail, only icons. */
#define LP_TYPE_SIDEBAR (lp_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (LpSidebar, lp_sidebar, LP, SIDEBAR, AdwBin)

/* NULL: nothing is open. */
void lp_sidebar_set_session (LpSidebar *self, LpSession *session);
/* Which list names the classes; LP_NONE: the one that stands for the truth (lp_reference_dictionary). */
void lp_sidebar_set_dictionary (LpSidebar *self, guint32 dictionary);
void lp_sidebar_set_rail (LpSidebar *self, gboolean rail);
/* While something loads: numbers so far. */
void lp_sidebar_set_counts (LpSidebar *self, guint problems, guint images);

G_END_DECLS
