/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session/lp-session.h"

G_BEGIN_DECLS

/* The cards of the Labels page. All are floating references; NULL: there is nothing to say. */

/* Crops of each class under its name now and after the repair, classes that change first. */
GtkWidget *lp_same_crops_card_new (LpSession *session, gboolean wide);
/* How much was compared, how well it agrees, how far the next best order is. */
GtkWidget *lp_how_sure_card_new (LpSession *session);
/* What would prove the order where nothing does. */
GtkWidget *lp_no_proof_card_new (LpSession *session);
/* Where each name is and belongs. */
GtkWidget *lp_belongs_card_new (LpSession *session);
/* Both repairs with their price, and the button; or that one is noted. `primary`: the button is blue. */
GtkWidget *lp_repair_card_new (LpSession *session, gboolean primary);

G_END_DECLS
