/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lp-canvas.h"

G_BEGIN_DECLS

/* What the canvas knows (lp-canvas.c) and how it is drawn (lp-canvas-draw.c). */
struct _LpCanvas
{
  GtkWidget parent_instance;

  LpSession *session;
  guint32 layer, image, row;
  char *path;           /* of the picture; NULL: nothing to show */
  guint orientation;    /* 1…8 */
  double width, height; /* of the upright picture; 0: not known */
  char *trouble;        /* why there are no pixels; a sentence */

  GArray *boxes; /* LpDrawBox in upright picture pixels */
  GArray *rows;  /* guint32, parallel */
  guint32 dictionary;
  LpFrame frame;
  gboolean hidden;
  LpChipText chips;
  gint32 class_id;
  int hover; /* index of a box, -1 */

  gboolean fitting; /* the zoom follows the size of the widget */
  double zoom;
  guint32 zoomed_row; /* the zoom follows this box and the size of the widget; LP_NONE */
  double left, top;   /* widget pixels where the picture's corner is */
  guint tell_zoom;    /* idle source after a change of size */
  double drag_left, drag_top, pinch_zoom;

  cairo_surface_t *surface; /* the best pixels so far, of this picture */
  GCancellable *cancellable;
  guint32 ahead[4];
  GskRenderNode *node; /* the last drawing while nothing changed */
};

/* The box that stands for a row (a copy stands under its twin's); -1: none. */
int _lp_canvas_find_box (LpCanvas *self, guint32 row);

/* Picture and boxes into a context of the widget's size. */
void _lp_canvas_draw (LpCanvas *self, cairo_t *cr, double width, double height);

G_END_DECLS
