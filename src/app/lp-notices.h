/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Short sentences at the foot of the window that go by themselves, the newest lowest; what waits for a pointer or the
 * focus on it stays. In the place of AdwToastOverlay: that lies over the middle of the page, and in libadwaita 1.2 it
 * does not survive a toast that is dismissed while it slides in. Main thread. */

#define LP_TYPE_NOTICES (lp_notices_get_type ())
G_DECLARE_FINAL_TYPE (LpNotices, lp_notices, LP, NOTICES, GtkWidget)

/* `text` is plain. */
void lp_notices_say (LpNotices *self, const char *text);
/* With an Undo button that activates `action`. There is at most one: the one before goes. */
void lp_notices_offer_undo (LpNotices *self, const char *text, const char *action);
/* What was offered is no longer so. */
void lp_notices_withdraw_undo (LpNotices *self);
void lp_notices_clear (LpNotices *self);
/* Beside the page, `width` pixels at the leading edge; 0: in the middle, over the page. */
void lp_notices_set_place (LpNotices *self, int width);

G_END_DECLS
