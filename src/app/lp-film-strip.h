/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "lp-index-model.h"
#include "session/lp-session.h"

G_BEGIN_DECLS

/* The pictures of a data set in one row, as many as there are: only the thumbnails in sight are decoded, and only
 * once the row stands still. Signal "chosen" (guint image). */
#define LP_TYPE_FILM_STRIP (lp_film_strip_get_type ())
G_DECLARE_FINAL_TYPE (LpFilmStrip, lp_film_strip, LP, FILM_STRIP, AdwBin)

/* `images`: numbers of images in ascending order; keeps a reference. */
GtkWidget *lp_film_strip_new (LpIndexModel *images);
/* NULL: none. To be called before the model is filled from it. */
void lp_film_strip_set_session (LpFilmStrip *self, LpSession *session);
/* How the boxes on the thumbnails are drawn; LP_NONE: the layer's own list. */
void lp_film_strip_set_dictionary (LpFilmStrip *self, guint32 dictionary);
/* The one with the ring, brought into sight; LP_NONE: none. */
void lp_film_strip_set_current (LpFilmStrip *self, guint32 image);
/* Boxes and counts again. */
void lp_film_strip_refresh (LpFilmStrip *self);

G_END_DECLS
