/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lp-problems.h"

G_BEGIN_DECLS

/* A row of the list of problems: a problem in two lines, or the head of a group. Made for being used again. */
#define LP_TYPE_PROBLEM_ROW (lp_problem_row_get_type ())
G_DECLARE_FINAL_TYPE (LpProblemRow, lp_problem_row, LP, PROBLEM_ROW, AdwBin)

GtkWidget *lp_problem_row_new (void);
/* `noted`: all of the group is dealt with. */
void lp_problem_row_set_head (LpProblemRow *self, const LpProblemGroup *group, gboolean noted);
/* `finding`: an index into lp_session_get_base. */
void lp_problem_row_set_finding (LpProblemRow *self, LpSession *session, guint32 finding);

/* What of a problem is where: "fork_3.txt:1 · 2 fork · 618 × 447". Free with g_free. */
char *lp_problem_facts (LpSession *session, const LpFinding *finding);

G_END_DECLS
