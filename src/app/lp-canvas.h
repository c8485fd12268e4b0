/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session/lp-session.h"

G_BEGIN_DECLS

/* A picture with the boxes of one layer on it: zoom at the pointer, pan, pick. The pixels come from the decoder at
 * the size of the view (larger ones when someone zooms in) and always stand upright; which frame the boxes are taken
 * to be in is the canvas's to say, so that a person sees which one is right. Main thread.
 *
 * Signals: "picked" (guint row of the layer, LP_NONE: beside every box), "zoomed". */

#define LP_TYPE_CANVAS (lp_canvas_get_type ())
G_DECLARE_FINAL_TYPE (LpCanvas, lp_canvas, LP, CANVAS, GtkWidget)

GtkWidget *lp_canvas_new (void);

/* Keeps a reference. Everything shown before is forgotten. */
void lp_canvas_set_session (LpCanvas *self, LpSession *session);
/* Shows an image with the boxes of a layer (LP_NONE: none) and `row` selected (LP_NONE: none). Another image is
 * fitted into the view. */
void lp_canvas_show (LpCanvas *self, guint32 layer, guint32 image, guint32 row);
/* A picture that no data set names yet, at once and without boxes; `session` only lends its decoder. It stays until a
 * session is set and an image shown; if that is the same picture, nothing flickers. */
void lp_canvas_show_file (LpCanvas *self, LpSession *session, const char *path);
/* The boxes again: a step was noted or taken back. */
void lp_canvas_refresh (LpCanvas *self);
/* Decodes these (LP_NONE ends the list) as soon as the one shown is there. At most four. */
void lp_canvas_look_ahead (LpCanvas *self, const guint32 *images);

/* ---- what is drawn ---- */
void lp_canvas_select (LpCanvas *self, guint32 row);
void lp_canvas_set_dictionary (LpCanvas *self, guint32 dictionary); /* LP_NONE: the layer's own */
void lp_canvas_set_frame (
  LpCanvas *self,
  LpFrame frame); /* LP_FRAME_UNKNOWN: each image's own. A zoomed view follows the boxes in its middle. */
void lp_canvas_set_hidden (LpCanvas *self, gboolean hidden); /* no boxes */
void lp_canvas_set_chips (LpCanvas *self, LpChipText chips);
void lp_canvas_set_class (LpCanvas *self, gint32 class_id); /* the others fade; LP_CLASS_NONE: all alike */
/* Rows of the boxes that are drawn, in drawing order. Borrowed. */
const GArray *lp_canvas_get_rows (LpCanvas *self);

/* ---- zoom: widget pixels a picture pixel ---- */
double lp_canvas_get_zoom (LpCanvas *self);
/* Keeps the picture point under x, y (widget pixels) where it is; negative: the middle. */
void lp_canvas_set_zoom (LpCanvas *self, double zoom, double x, double y);
void lp_canvas_zoom_by (LpCanvas *self, double factor);
void lp_canvas_fit (LpCanvas *self);
/* The box of a row with some room around it. */
void lp_canvas_zoom_to_row (LpCanvas *self, guint32 row);
void lp_canvas_pan (LpCanvas *self, double dx, double dy); /* widget pixels the view moves over the picture */

/* Between widget pixels and upright picture pixels. */
void lp_canvas_to_picture (LpCanvas *self, double x, double y, double *px, double *py);
void lp_canvas_from_picture (LpCanvas *self, double px, double py, double *x, double *y);
/* The row of the smallest box there, LP_NONE: none. Widget pixels. */
guint32 lp_canvas_pick (LpCanvas *self, double x, double y);

G_END_DECLS
