/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session/lp-session.h"

G_BEGIN_DECLS

/* What was read, which layer is proved (and can be another), how it was found, and a way to add one more. */
GtkWidget *lp_sources_card_new (LpSession *session);

G_END_DECLS
