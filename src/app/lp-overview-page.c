/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lp-overview-page.h"

struct _LpOverviewPage
{
  LpPage parent_instance;
};

G_DEFINE_FINAL_TYPE (LpOverviewPage, lp_overview_page, LP_TYPE_PAGE)

static void
lp_overview_page_refresh (LpPage *page, gboolean anew)
{
}

static void
lp_overview_page_class_init (LpOverviewPageClass *klass)
{
  LP_PAGE_CLASS (klass)->refresh = lp_overview_page_refresh;
}

static void
lp_overview_page_init (LpOverviewPage *self)
{
}
