/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session/lp-session.h"

G_BEGIN_DECLS

/* What the overview shows when no error and no warning is left. */

/* What was proved, a line each; says nothing that was not looked at. */
GtkWidget *lp_proof_card_new (LpSession *session);
/* `primary`: its button is the page's blue one. */
GtkWidget *lp_export_card_new (gboolean primary);
/* Some pictures of the set with their boxes, evenly taken. */
GtkWidget *lp_last_look_card_new (LpSession *session);

G_END_DECLS
