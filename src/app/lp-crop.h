/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session/lp-session.h"

G_BEGIN_DECLS

/* A thumbnail: a box cut out of its upright picture, or a whole picture, with the boxes drawn by the engine. The
 * pixels come from the decoder at the size that is shown and are kept in a cache shared by all. Until they are there
 * a quiet tile is drawn with the boxes already on it. */

#define LP_TYPE_CROP (lp_crop_get_type ())
G_DECLARE_FINAL_TYPE (LpCrop, lp_crop, LP, CROP, GtkWidget)

typedef struct
{
  guint32 layer, image; /* LP_NONE: only the picture, no boxes */
  guint32 row;          /* cut to this one with some room around it; LP_NONE: the whole picture */
  guint32 dictionary;   /* names and colours; LP_NONE: the layer's own */
  LpFrame assumed;      /* frame the boxes are taken to be in; LP_FRAME_UNKNOWN: the layer's */
  gboolean alone;       /* with `row`: draw only its box */
  gboolean cover;       /* whole picture: fill the tile and cut off what stands out; else it fits in */
} LpCropView;

#define LP_CROP_VIEW_INIT                                                                                            \
  {                                                                                                                  \
    .layer = LP_NONE, .image = LP_NONE, .row = LP_NONE, .dictionary = LP_NONE, .alone = TRUE, .cover = TRUE          \
  }

GtkWidget *lp_crop_new (void);
/* Keeps a reference to the session. NULL: an empty tile. */
void lp_crop_set (LpCrop *self, LpSession *session, const LpCropView *view);
/* Natural size in pixels of text scale 1. It grows with the room it gets, keeping the height. */
void lp_crop_set_size (LpCrop *self, int width, int height);

/* A crop as a button that opens the image page at its box. */
GtkWidget *lp_crop_button_new (LpSession *session, const LpCropView *view, int width, int height);

G_END_DECLS
