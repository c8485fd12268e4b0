/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lp-index-model.h"
#include "lp-problem-preview.h"
#include "lp-problems.h"
#include "lp-problems-page.h"
#include "lp-rule-page.h"

G_BEGIN_DECLS

/* Shared by lp-problems-page.c (what is listed and shown) and lp-problems-list.c (its rows and their menu). */

struct _LpProblemsPage
{
  LpPage parent_instance;

  LpProblems *problems; /* NULL until first needed */
  guint32 finding;      /* LP_NONE */
  LpGrouping grouping;
  LpIndexModel *model;
  GtkSingleSelection *selection;
  GPtrArray *bound; /* GtkListItem *, borrowed: rows that show something */
  gboolean selecting;
  gboolean wide; /* the rule's page has a column of its own */
  GtkWidget *menu;
  guint scroll_tick; /* runs until the selected row and its head are seen; 0: none */
  gboolean laid_out; /* since the list was scrolled */

  GtkWidget *list_side, *severity[LP_SEVERITY_ERROR + 1];
  GtkBox *tools, *pills;
  GtkEditable *entry;
  GtkStack *list_stack;
  GtkListView *list;
  AdwFlap *flap;
  LpProblemPreview *preview;
  LpRulePage *rule_page;
  GMenuModel *row_menu;
};

static inline LpSession *
_lp_problems_page_session (LpProblemsPage *self)
{
  return lp_page_get_session (LP_PAGE (self));
}

static inline const LpFinding *
_lp_problems_page_finding (LpProblemsPage *self, guint32 index)
{
  return &g_array_index (lp_session_get_base (_lp_problems_page_session (self))->findings, LpFinding, index);
}

/* lp-problems-page.c */
void _lp_problems_page_set_finding (LpProblemsPage *self, guint32 finding);
void _lp_problems_page_fold (LpProblemsPage *self, guint group);
void _lp_problems_page_open_image (LpProblemsPage *self);

/* lp-problems-list.c */
void _lp_problems_page_set_up_list (LpProblemsPage *self);

/* As little as needed to see the row, and the head of its group when both have room. */
void _lp_problems_page_scroll_to (LpProblemsPage *self, guint position);

void _lp_problems_page_refresh_rows (LpProblemsPage *self);    /* what is noted may have changed */
gboolean _lp_problems_page_pop_up_menu (LpProblemsPage *self); /* of the problem that is shown, at its row */

G_END_DECLS
