/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "session/lp-session.h"

G_BEGIN_DECLS

/* Every list of names side by side, a column each, a row per number; the reference first, what the boxes show last.
 * Rows are made when they are seen. Colours come with words. */
#define LP_TYPE_NAMES_TABLE (lp_names_table_get_type ())
G_DECLARE_FINAL_TYPE (LpNamesTable, lp_names_table, LP, NAMES_TABLE, AdwBin)

GtkWidget *lp_names_table_new (void);
/* Shows the lists as they are now; NULL: nothing. */
void lp_names_table_set_session (LpNamesTable *self, LpSession *session);

/* The list that the others are compared with: the job's where there is one, else the subject's own, else any;
 * LP_NONE: there is no list. */
guint32 lp_names_reference (LpSession *session);

G_END_DECLS
