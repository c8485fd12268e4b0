/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "draw/lp-draw.h"

/* Shapes in a square of 16 units; holes are wound the other way and cut out by the even-odd rule. */

static void
shape_error (cairo_t *cr)
{
  cairo_arc (cr, 8, 8, 7, 0, 2 * G_PI);
  cairo_close_path (cr);
  cairo_rectangle (cr, 4, 7, 8, 2);
  cairo_fill (cr);
}

static void
shape_warning (cairo_t *cr)
{
  cairo_move_to (cr, 8, 0.6);
  cairo_curve_to (cr, 8.6, 0.6, 9.1, 0.9, 9.4, 1.4);
  cairo_line_to (cr, 15.8, 13.6);
  cairo_curve_to (cr, 16.1, 14.3, 15.7, 15, 15, 15);
  cairo_line_to (cr, 1, 15);
  cairo_curve_to (cr, 0.3, 15, -0.1, 14.3, 0.2, 13.6);
  cairo_line_to (cr, 6.6, 1.4);
  cairo_curve_to (cr, 6.9, 0.9, 7.4, 0.6, 8, 0.6);
  cairo_close_path (cr);
  cairo_rectangle (cr, 7, 4.5, 2, 5);
  cairo_rectangle (cr, 7, 11, 2, 2);
  cairo_fill (cr);
}

/* A bulb. */
static void
shape_info (cairo_t *cr)
{
  cairo_set_line_width (cr, 2);
  cairo_arc (cr, 8, 6, 5, G_PI * 0.72, G_PI * 2.28);
  cairo_line_to (cr, 9.8, 12);
  cairo_line_to (cr, 6.2, 12);
  cairo_close_path (cr);
  cairo_stroke (cr);
  cairo_rectangle (cr, 6, 14, 4, 2);
  cairo_fill (cr);
}

static void
shape_fine (cairo_t *cr)
{
  cairo_set_line_width (cr, 2);
  cairo_move_to (cr, 2.5, 8.5);
  cairo_line_to (cr, 6, 12);
  cairo_line_to (cr, 13.5, 4);
  cairo_stroke (cr);
}

void
lp_draw_severity (cairo_t *cr, LpSeverity severity, double x, double y, double size)
{
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, size / 16, size / 16);
  cairo_new_path (cr);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_MITER);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  cairo_set_dash (cr, NULL, 0, 0);
  switch (severity)
    {
    case LP_SEVERITY_ERROR:
      shape_error (cr);
      break;
    case LP_SEVERITY_WARNING:
      shape_warning (cr);
      break;
    case LP_SEVERITY_INFO:
      shape_info (cr);
      break;
    case LP_SEVERITY_OFF:
      shape_fine (cr);
      break;
    }
  cairo_restore (cr);
}

void
lp_draw_hatch (cairo_t *cr, const LpRect *area, gboolean dark, double scale)
{
  double step = 7 * scale, height = lp_rect_height (area);
  if (lp_rect_area (area) <= 0)
    return;
  cairo_save (cr);
  cairo_rectangle (cr, area->x0, area->y0, lp_rect_width (area), height);
  cairo_clip (cr);
  cairo_set_source_rgba (cr, dark, dark, dark, 0.22);
  cairo_set_line_width (cr, 1.5 * scale);
  for (double x = floor ((area->x0 - height) / step) * step; x < area->x1; x += step)
    {
      cairo_move_to (cr, x, area->y1);
      cairo_line_to (cr, x + height, area->y0);
    }
  cairo_stroke (cr);
  cairo_restore (cr);
}
