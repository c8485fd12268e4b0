/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <pango/pangocairo.h>

#include "model/lp-dataset.h"

G_BEGIN_DECLS

/* Boxes and chips with cairo and Pango: one hand for window, command and reports. */

/* ---- palette ---- */

#define LP_PALETTE_SLOTS 10

typedef struct
{
  guint8 canvas[3], light[3], dark[3]; /* canvas: swatches, chips; light, dark: ink on the window */
  gboolean dark_text;                  /* black chip text */
} LpSlot;

/* Modulo the slots. Which slot a class has is the caller's to say: the place of its name in the reference list. */
const LpSlot *lp_palette_slot (guint index);

/* ---- boxes ---- */

typedef struct
{
  LpRect rect; /* in pixels of the target, before rounding */
  gint32 class_id;
  gint slot;           /* palette slot, -1: no name (white) */
  const char *name;    /* NULL: none */
  const char *second;  /* second, white chip ("job: banana"), NULL */
  LpSeverity severity; /* LP_SEVERITY_OFF: clean */
  guint copies;        /* coincident boxes that share the chip; 1 */
  gboolean selected, hover, faded;
  gboolean other; /* of the other layer: white dashes */
} LpDrawBox;

typedef enum
{
  LP_CHIP_FULL, /* index and name */
  LP_CHIP_NAME,
  LP_CHIP_NONE,
} LpChipText;

typedef struct
{
  LpRect view;  /* chips stay inside this, target pixels; boxes wholly outside are skipped */
  double scale; /* target pixels a CSS pixel, text scale included */
  double line;  /* 1; thumbnails 0.6 */
  LpChipText chips;
  PangoContext *pango; /* borrowed, its family is used; NULL: "Sans" of the default font map */
} LpDrawStyle;

/* Draws all boxes, then all chips, the selected one last. Chips never cover each other: one that finds no free place
 * at its box is shortened to its number, and left out where even that has none; faded boxes have none. Any thread. */
void lp_draw_boxes (cairo_t *cr, const LpDrawBox *boxes, guint n, const LpDrawStyle *style);

/* ---- marks ---- */

/* Severity mark in a square of `size` target pixels at x, y, in the current source. LP_SEVERITY_OFF: the tick of what
 * is fine. */
void lp_draw_severity (cairo_t *cr, LpSeverity severity, double x, double y, double size);

/* Hatching for what lies beyond a picture; `scale` as in LpDrawStyle. */
void lp_draw_hatch (cairo_t *cr, const LpRect *area, gboolean dark, double scale);

/* ---- crops ---- */

/* The part of an upright picture of width × height pixels that shows `box` in a frame whose width / height is
 * `aspect`: the box, `margin` of its longer side around it, never less than `least` pixels either way, widened to the
 * aspect and pushed into the picture as far as the box allows. What the box has outside the picture stays in sight.
 * Pixels. */
LpRect lp_draw_crop (const LpRect *box, double width, double height, double aspect, double margin, double least);

G_END_DECLS
