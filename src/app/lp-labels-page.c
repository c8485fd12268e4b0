/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lp-labels-page.h"

struct _LpLabelsPage
{
  LpPage parent_instance;
};

G_DEFINE_FINAL_TYPE (LpLabelsPage, lp_labels_page, LP_TYPE_PAGE)

static void
lp_labels_page_refresh (LpPage *page, gboolean anew)
{
}

static void
lp_labels_page_class_init (LpLabelsPageClass *klass)
{
  LP_PAGE_CLASS (klass)->refresh = lp_labels_page_refresh;
}

static void
lp_labels_page_init (LpLabelsPage *self)
{
}

GtkWidget *
lp_labels_page_new (void)
{
  return g_object_new (LP_TYPE_LABELS_PAGE, NULL);
}
