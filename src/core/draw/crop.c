/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "draw/lp-draw.h"

/* One axis: a stretch of `length` around the middle of [low, high], moved into [0, limit] as far as [low, high] stays
 * in it. */
static void
place (double low, double high, double length, double limit, double *start, double *end)
{
  double at = (low + high - length) / 2;
  if (length >= limit)
    at = (limit - length) / 2;
  else
    at = CLAMP (at, 0, limit - length);
  if (high - low <= length)
    at = CLAMP (at, high - length, low);
  *start = at;
  *end = at + length;
}

LpRect
lp_draw_crop (const LpRect *box, double width, double height, double aspect, double margin, double least)
{
  double w = MAX (box->x1 - box->x0, 0), h = MAX (box->y1 - box->y0, 0);
  double around = 2 * margin * MAX (w, h);
  LpRect crop;
  w = MAX (w + around, least);
  h = MAX (h + around, least);
  if (w < h * aspect)
    w = h * aspect;
  else
    h = w / aspect;
  place (box->x0, box->x1, w, width, &crop.x0, &crop.x1);
  place (box->y0, box->y1, h, height, &crop.y0, &crop.y1);
  return crop;
}
