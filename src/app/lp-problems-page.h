/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lp-page.h"

G_BEGIN_DECLS

/* All problems, grouped, with the picture beside. Properties, each an action of the window with that name: "finding"
 * (i, index into lp_session_get_base, -1: none), "grouping" (s: "cause", "rule", "file"), "filter" (s), "rule-page"
 * (b: the rule's page is shown). Actions besides: "next-problem", "previous-problem" (skip what is dealt with),
 * "fix" (notes the repair of the one shown); the image page answers them while it is in front. */
#define LP_TYPE_PROBLEMS_PAGE (lp_problems_page_get_type ())
G_DECLARE_FINAL_TYPE (LpProblemsPage, lp_problems_page, LP, PROBLEMS_PAGE, LpPage)

GtkWidget *lp_problems_page_new (void);
void lp_problems_page_show (LpProblemsPage *self, guint finding);
/* A rule's id, a severity's id or any text; NULL or "": all. */
void lp_problems_page_filter (LpProblemsPage *self, const char *text);

G_END_DECLS
