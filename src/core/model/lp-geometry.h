/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Frames and boxes. Continuous coordinates, origin at the top left corner of the top
 * left pixel, so a full picture is 0,0,1,1 in fractions and 0,0,W,H in pixels. */

typedef enum
{
  LP_FRAME_UNKNOWN, /* drawn and judged as upright: what a trainer will see */
  LP_FRAME_RAW,     /* rows and columns as stored in the file */
  LP_FRAME_UPRIGHT, /* after the EXIF orientation */
} LpFrame;

typedef struct
{
  double x0, y0, x1, y1;
} LpRect;

static inline double
lp_rect_width (const LpRect *r)
{
  return r->x1 - r->x0;
}

static inline double
lp_rect_height (const LpRect *r)
{
  return r->y1 - r->y0;
}

static inline double
lp_rect_area (const LpRect *r)
{
  double w = lp_rect_width (r), h = lp_rect_height (r);
  return w > 0 && h > 0 ? w * h : 0;
}

static inline LpRect
lp_rect_scale (const LpRect *r, double width, double height)
{
  return (LpRect){ r->x0 * width, r->y0 * height, r->x1 * width, r->y1 * height };
}

/* Intersection over union; 0 where either is empty. */
static inline double
lp_rect_iou (const LpRect *a, const LpRect *b)
{
  LpRect both = { MAX (a->x0, b->x0), MAX (a->y0, b->y0), MIN (a->x1, b->x1), MIN (a->y1, b->y1) };
  double common = lp_rect_area (&both);
  double all = lp_rect_area (a) + lp_rect_area (b) - common;
  return all > 0 ? common / all : 0;
}

/* EXIF orientations 5 to 8 exchange width and height. Anything outside 1…8 is 1. */
static inline gboolean
lp_orientation_swaps (guint orientation)
{
  return orientation >= 5 && orientation <= 8;
}

static inline guint
lp_orientation_inverse (guint orientation)
{
  return orientation == 6 ? 8 : orientation == 8 ? 6 : orientation;
}

/* A rectangle in fractions of the raw frame → fractions of the upright frame (Exif 2.3, tag Orientation). The
 * way back is the same with lp_orientation_inverse. */
static inline LpRect
lp_rect_turn (const LpRect *r, guint orientation)
{
  switch (orientation)
    {
    case 2:
      return (LpRect){ 1 - r->x1, r->y0, 1 - r->x0, r->y1 };
    case 3:
      return (LpRect){ 1 - r->x1, 1 - r->y1, 1 - r->x0, 1 - r->y0 };
    case 4:
      return (LpRect){ r->x0, 1 - r->y1, r->x1, 1 - r->y0 };
    case 5:
      return (LpRect){ r->y0, r->x0, r->y1, r->x1 };
    case 6:
      return (LpRect){ 1 - r->y1, r->x0, 1 - r->y0, r->x1 };
    case 7:
      return (LpRect){ 1 - r->y1, 1 - r->x1, 1 - r->y0, 1 - r->x0 };
    case 8:
      return (LpRect){ r->y0, 1 - r->x1, r->y1, 1 - r->x0 };
    default:
      return *r;
    }
}

G_END_DECLS
