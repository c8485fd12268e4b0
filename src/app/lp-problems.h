/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/lp-session.h"

G_BEGIN_DECLS

/* Which problems are listed, in which groups and order. Numbers in plain arrays, for there may be a million: what a
 * row shows is made when it is seen. Problems are meant by their index into the findings. Main thread. */

typedef enum
{
  LP_GROUP_CAUSE,
  LP_GROUP_RULE,
  LP_GROUP_FILE,
} LpGrouping;

typedef struct
{
  char *title;         /* for a person, escaped; owned */
  guint32 first, n;    /* of those that pass the filter, see lp_problems_at */
  LpSeverity severity; /* the worst of them */
  guint64 key;         /* the same group again after another filter */
  gboolean folded;
} LpProblemGroup;

typedef struct _LpProblems LpProblems;

/* Borrows everything: to be freed before the session reads again. */
LpProblems *lp_problems_new (const LpDataset *dataset, const LpProfile *profile, const LpFindings *findings);
void lp_problems_free (LpProblems *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LpProblems, lp_problems_free)

void lp_problems_set_grouping (LpProblems *self, LpGrouping grouping);
/* Every word has to stand in the rule's id or title, the name of the file or the picture, the name of the class, or
 * what the finding quotes; capitals do not matter. The id of a rule as a whole means this rule only. NULL: all. */
void lp_problems_set_filter (LpProblems *self, const char *text);
/* Bits 1 << LpSeverity. */
void lp_problems_set_severities (LpProblems *self, guint severities);
void lp_problems_set_folded (LpProblems *self, guint group, gboolean folded);

/* How many pass the filter, and the one at a place among them. */
guint32 lp_problems_count (const LpProblems *self);
guint32 lp_problems_at (const LpProblems *self, guint32 place);
/* Where it stands among them; LP_NONE: filtered out. */
guint32 lp_problems_place (const LpProblems *self, guint32 finding);

guint lp_problems_n_groups (const LpProblems *self);
const LpProblemGroup *lp_problems_group (const LpProblems *self, guint group);
guint lp_problems_group_of (const LpProblems *self, guint32 finding); /* G_MAXUINT: filtered out */

/* A row of the list is a problem, or a group's head: then this bit is set and the rest is the group. */
#define LP_PROBLEM_HEAD ((guint32) 1 << 31)
/* The rows, guint32: heads, and the problems of groups that are not folded. The caller's. */
GArray *lp_problems_rows (const LpProblems *self);

G_END_DECLS
