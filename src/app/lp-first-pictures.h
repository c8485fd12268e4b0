/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session/lp-session.h"

G_BEGIN_DECLS

/* The first pictures of a set that is still being read: tiles with their boxes. Forgets them when it is
 * no longer seen. Main thread. */

#define LP_TYPE_FIRST_PICTURES (lp_first_pictures_get_type ())
G_DECLARE_FINAL_TYPE (LpFirstPictures, lp_first_pictures, LP, FIRST_PICTURES, GtkBox)

/* Shows them once they are there, empty tiles before. `session` is being loaded. */
void lp_first_pictures_update (LpFirstPictures *self, LpSession *session);

G_END_DECLS
