/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lp-page.h"

G_BEGIN_DECLS

/* Every list of names side by side, and the repair of their order. */
#define LP_TYPE_LABELS_PAGE (lp_labels_page_get_type ())
G_DECLARE_FINAL_TYPE (LpLabelsPage, lp_labels_page, LP, LABELS_PAGE, LpPage)

GtkWidget *lp_labels_page_new (void);

G_END_DECLS
