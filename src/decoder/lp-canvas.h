/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "picture/lp-decoder-protocol.h"

G_BEGIN_DECLS

/* Where decoded rows go: averaged down to the wanted size, turned upright, written into a memfd. Pixels are cairo's:
 * 32 bits, the machine's order, premultiplied where there is alpha. */
typedef struct _LpCanvas LpCanvas;

/* The size of the raw frame's pixels that show a picture of width × height as the request wants it, never larger than
 * it is. Each at least 1. */
void lp_canvas_wanted (
  const LpDecodeRequest *request, guint width, guint height, guint *wanted_width, guint *wanted_height);

/* Rows of `width` pixels, `height` of them, come in; NULL where there is no memory. */
LpCanvas *
lp_canvas_new (const LpDecodeRequest *request, guint width, guint height, guint wanted_width, guint wanted_height);
void lp_canvas_free (LpCanvas *canvas);

/* The next row from the top. */
void lp_canvas_add_row (LpCanvas *canvas, const guint32 *row);

/* Fills size, stride and status of the answer and returns the sealed memfd, the caller's; -1 where it failed. Rows
 * that never came are transparent or black. */
int lp_canvas_finish (LpCanvas *canvas, LpDecodeAnswer *answer);

G_END_DECLS
