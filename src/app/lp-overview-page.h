/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lp-page.h"

G_BEGIN_DECLS

/* One sentence that says whether this is right; a card for each cause, dearest first; the numbers beside them. */
#define LP_TYPE_OVERVIEW_PAGE (lp_overview_page_get_type ())
G_DECLARE_FINAL_TYPE (LpOverviewPage, lp_overview_page, LP, OVERVIEW_PAGE, LpPage)

G_END_DECLS
