/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lp-problems-page.h"

struct _LpProblemsPage
{
  LpPage parent_instance;
};

G_DEFINE_FINAL_TYPE (LpProblemsPage, lp_problems_page, LP_TYPE_PAGE)

static void
lp_problems_page_refresh (LpPage *page, gboolean anew)
{
}

static void
lp_problems_page_class_init (LpProblemsPageClass *klass)
{
  LP_PAGE_CLASS (klass)->refresh = lp_problems_page_refresh;
}

static void
lp_problems_page_init (LpProblemsPage *self)
{
}

GtkWidget *
lp_problems_page_new (void)
{
  return g_object_new (LP_TYPE_PROBLEMS_PAGE, NULL);
}

void
lp_problems_page_show (LpProblemsPage *self, guint finding)
{
}

void
lp_problems_page_filter (LpProblemsPage *self, const char *text)
{
}
