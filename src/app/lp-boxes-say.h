/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session/lp-session.h"

G_BEGIN_DECLS

/* A card with the whole table of counts behind the verdict: a row per name of the job, a column per name that the
 * labels use, and where both are the same outlined. A floating reference; NULL: nothing was compared, or there are
 * more names than can be read side by side. */
GtkWidget *lp_boxes_say_card_new (LpSession *session);

G_END_DECLS
