/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <pango/pangocairo.h>

#include "model/lp-dataset.h"

G_BEGIN_DECLS

/* Boxes and chips with cairo and Pango: one hand for window, command and reports (PICTURES, "Boxes and chips"). */

/* ---- palette ---- */

#define LP_PALETTE_SLOTS 10

typedef struct
{
  guint8 canvas[3], light[3], dark[3]; /* canvas: swatches, chips; light, dark: ink on the window */
  gboolean dark_text;                  /* black chip text */
} LpSlot;

const LpSlot *lp_palette_slot (guint index); /* modulo the slots */

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
  LpRect view;  /* chips stay inside this, target pixels */
  double scale; /* device pixels a CSS pixel, text scale included */
  double line;  /* 1; thumbnails 0.6 */
  LpChipText chips;
  PangoContext *pango; /* borrowed; NULL: the default font map */
} LpDrawStyle;

/* Draws all boxes, then all chips, the selected one last. */
void lp_draw_boxes (cairo_t *cr, const LpDrawBox *boxes, guint n, const LpDrawStyle *style);

/* Severity mark of 16 × 16 CSS pixels at x, y. */
void lp_draw_severity (cairo_t *cr, LpSeverity severity, gboolean dark, double x, double y, double size);

G_END_DECLS
