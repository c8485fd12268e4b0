/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "session/lp-session.h"

G_BEGIN_DECLS

/* What a long step does just now, in numbers that move, and Cancel (win.cancel). */
#define LP_TYPE_LOADING_PAGE (lp_loading_page_get_type ())
G_DECLARE_FINAL_TYPE (LpLoadingPage, lp_loading_page, LP, LOADING_PAGE, AdwBin)

void lp_loading_page_start (LpLoadingPage *self);
/* `session` is the one that is being loaded. */
void lp_loading_page_update (LpLoadingPage *self, LpSession *session, const LpProgress *progress);
void lp_loading_page_stop (LpLoadingPage *self);

G_END_DECLS
