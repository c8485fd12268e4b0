/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "session/lp-session.h"

G_BEGIN_DECLS

/* What is wrong with one image: a sentence a problem, its rule and a button that repairs it. Three rows, then it
 * scrolls; without problems it is hidden. What was dealt with is struck through and keeps its place. Signal "chosen"
 * (guint finding, an index into lp_session_get_base). */
#define LP_TYPE_PROBLEM_STRIP (lp_problem_strip_get_type ())
G_DECLARE_FINAL_TYPE (LpProblemStrip, lp_problem_strip, LP, PROBLEM_STRIP, AdwBin)

GtkWidget *lp_problem_strip_new (void);
/* The problems of an image (LP_NONE: none) of a session (NULL: none), also after a step was noted. */
void lp_problem_strip_show (LpProblemStrip *self, LpSession *session, guint32 image);
/* Which one is being looked at; G_MAXUINT: none. */
void lp_problem_strip_set_current (LpProblemStrip *self, guint finding);
/* Rule ids are the first to go where it is narrow. */
void lp_problem_strip_set_narrow (LpProblemStrip *self, gboolean narrow);

G_END_DECLS
