/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lp-canvas.h"

G_BEGIN_DECLS

/* One problem: the picture at its box, or the lines of the file it stands in; below, the sentence, what a trainer
 * makes of it, and what can be done. */
#define LP_TYPE_PROBLEM_PREVIEW (lp_problem_preview_get_type ())
G_DECLARE_FINAL_TYPE (LpProblemPreview, lp_problem_preview, LP, PROBLEM_PREVIEW, AdwBin)

GtkWidget *lp_problem_preview_new (void);
/* Forgets what was shown. NULL: none. */
void lp_problem_preview_set_session (LpProblemPreview *self, LpSession *session);
/* `finding`: an index into lp_session_get_base, LP_NONE: none; it is the `place`th of `count`, from 0. */
void lp_problem_preview_show (LpProblemPreview *self, guint32 finding, guint32 place, guint32 count);
/* The same again: a step was noted or taken back. */
void lp_problem_preview_refresh (LpProblemPreview *self);
/* FALSE: the rule's page is in sight, and no link to it is needed. */
void lp_problem_preview_offer_rule (LpProblemPreview *self, gboolean offer);
LpCanvas *lp_problem_preview_get_canvas (LpProblemPreview *self);

G_END_DECLS
