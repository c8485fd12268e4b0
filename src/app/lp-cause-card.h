/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session/lp-session.h"

G_BEGIN_DECLS

/* One cause in one sentence, in crops now and after, with how many, how sure, and one button. `cause` indexes
 * lp_session_get_base. When its findings are dealt with the card keeps its place and says so. */
typedef struct
{
  LpSession *session;
  const LpCause *cause;
  guint left;       /* findings of it that are still found */
  gboolean primary; /* its button is the page's blue one */
  gboolean wide;    /* the card has the whole width */
} LpCauseView;

GtkWidget *lp_cause_card_new (const LpCauseView *view);

/* How many findings of a cause of the base are still found. */
guint lp_cause_left (LpSession *session, const LpCause *cause);
/* TRUE for the verdicts about the order of the names. */
gboolean lp_cause_is_order (const LpCause *cause);
/* The step that removes the cause as it is now; NULL: there is none. The caller's. */
LpStep *lp_cause_propose (LpSession *session, LpRuleId rule);
/* The folder that a path leads to which leaves what was opened (dataset/path-outside); NULL: not known. Free with
 * g_free. */
char *lp_outside_folder (const LpDataset *dataset, const LpFinding *finding);

G_END_DECLS
