/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "draw/lp-chips.h"

/* Measures in CSS pixels. */
#define HAIR 1 /* dark line on both sides, so that every colour shows on every photo */
#define LEAST_LINE 1.4
#define LINE 2.5
#define LINE_WARNING 3
#define LINE_ERROR 5
#define ERROR_CORE 1.5
#define LINE_OTHER 1.6
#define HOVER 2
#define HANDLE 9
#define HANDLE_RIM 2
#define DARK 0.55 /* opacity of the hairlines */
#define FAINT 0.3 /* of boxes that a filter leaves out */

/* A box on whole target pixels: its lines cover what lies between two rectangles. */
typedef struct
{
  double x0, y0, x1, y1; /* outer edge of the dark lines */
  double hair, line;     /* widths, whole */
} Frame;

static double
whole (double width)
{
  return MAX (ceil (width - 0.5), 1);
}

static Frame
make_frame (const LpDrawBox *box, const LpDrawStyle *style)
{
  double wanted = box->other                             ? LINE_OTHER
                  : box->severity == LP_SEVERITY_ERROR   ? LINE_ERROR
                  : box->severity == LP_SEVERITY_WARNING ? LINE_WARNING
                                                         : LINE;
  Frame frame = { .hair = whole (HAIR * style->scale * style->line),
                  .line = whole (MAX (wanted * style->line, LEAST_LINE) * style->scale) };
  double half = floor ((frame.line + 2 * frame.hair) / 2);
  frame.x0 = round (box->rect.x0) - half;
  frame.y0 = round (box->rect.y0) - half;
  frame.x1 = MAX (round (box->rect.x1), round (box->rect.x0) + 1) + half;
  frame.y1 = MAX (round (box->rect.y1), round (box->rect.y0) + 1) + half;
  return frame;
}

static gboolean
is_in_view (const Frame *frame, const LpRect *view)
{
  return frame->x1 > view->x0 && frame->x0 < view->x1 && frame->y1 > view->y0 && frame->y0 < view->y1;
}

/* The ring from `from` pixels inside the outer edge, `width` thick, by filling: sharp at any width and fast. */
static void
fill_ring (cairo_t *cr, const Frame *frame, double from, double width)
{
  double w = frame->x1 - frame->x0 - 2 * from, h = frame->y1 - frame->y0 - 2 * from;
  if (w <= 0 || h <= 0)
    return;
  cairo_rectangle (cr, frame->x0 + from, frame->y0 + from, w, h);
  if (w > 2 * width && h > 2 * width)
    cairo_rectangle (cr, frame->x0 + from + width, frame->y0 + from + width, w - 2 * width, h - 2 * width);
  cairo_fill (cr);
}

static void
stroke_dashes (cairo_t *cr, const Frame *frame, double on, double off)
{
  const double dashes[] = { on, off };
  double from = frame->hair + frame->line / 2;
  cairo_set_line_width (cr, frame->line);
  cairo_set_dash (cr, dashes, 2, 0);
  cairo_rectangle (cr, frame->x0 + from, frame->y0 + from, MAX (frame->x1 - frame->x0 - 2 * from, 0),
                   MAX (frame->y1 - frame->y0 - 2 * from, 0));
  cairo_stroke (cr);
}

static void
set_colour (cairo_t *cr, const LpDrawBox *box)
{
  if (box->slot < 0 || box->other)
    cairo_set_source_rgb (cr, 1, 1, 1);
  else
    {
      const guint8 *c = lp_palette_slot ((guint) box->slot)->canvas;
      cairo_set_source_rgb (cr, c[0] / 255., c[1] / 255., c[2] / 255.);
    }
}

static void
draw_lines (cairo_t *cr, const LpDrawBox *box, const LpDrawStyle *style)
{
  Frame frame = make_frame (box, style);
  if (!is_in_view (&frame, &style->view))
    return;
  double unit = style->scale * style->line;
  cairo_set_source_rgba (cr, 0, 0, 0, DARK);
  fill_ring (cr, &frame, 0, frame.line + 2 * frame.hair);
  set_colour (cr, box);
  if (box->other)
    stroke_dashes (cr, &frame, 3 * unit, 4 * unit);
  else if (box->severity == LP_SEVERITY_WARNING)
    stroke_dashes (cr, &frame, 9 * unit, 5 * unit);
  else
    fill_ring (cr, &frame, frame.hair, frame.line);
  if (box->severity == LP_SEVERITY_ERROR && !box->other)
    {
      double core = MAX (ERROR_CORE * unit, 1), white = box->slot >= 0; /* a white line has a black core */
      cairo_set_source_rgb (cr, white, white, white);
      fill_ring (cr, &frame, frame.hair + (frame.line - core) / 2, core);
    }
  if (box->hover)
    {
      cairo_set_source_rgba (cr, 1, 1, 1, 0.4);
      fill_ring (cr, &frame, frame.line + 2 * frame.hair, whole (HOVER * unit));
    }
}

static void
draw_handles (cairo_t *cr, const LpDrawBox *box, const LpDrawStyle *style)
{
  Frame frame = make_frame (box, style);
  double unit = style->scale * style->line, middle = frame.hair + frame.line / 2;
  double side = whole (HANDLE * unit), rim = whole (HANDLE_RIM * unit);
  double xs[] = { frame.x0 + middle, (frame.x0 + frame.x1) / 2, frame.x1 - middle };
  double ys[] = { frame.y0 + middle, (frame.y0 + frame.y1) / 2, frame.y1 - middle };
  for (guint i = 0; i < 9; i++)
    {
      double x = floor (xs[i % 3] - side / 2), y = floor (ys[i / 3] - side / 2);
      if (i == 4)
        continue;
      cairo_rectangle (cr, x - frame.hair, y - frame.hair, side + 2 * frame.hair, side + 2 * frame.hair);
      cairo_set_source_rgba (cr, 0, 0, 0, DARK);
      cairo_fill (cr);
      cairo_rectangle (cr, x, y, side, side);
      cairo_set_source_rgb (cr, 1, 1, 1);
      cairo_fill (cr);
      cairo_rectangle (cr, x + rim, y + rim, side - 2 * rim, side - 2 * rim);
      set_colour (cr, box);
      cairo_fill (cr);
    }
}

/* Faded ones together, so that lines of one do not shine through those of another. */
static void
draw_faded (cairo_t *cr, const LpDrawBox *boxes, guint n, const LpDrawStyle *style)
{
  gboolean any = FALSE;
  for (guint i = 0; i < n && !any; i++)
    any = boxes[i].faded && !boxes[i].selected;
  if (!any)
    return;
  cairo_push_group (cr);
  for (guint i = 0; i < n; i++)
    if (boxes[i].faded && !boxes[i].selected)
      draw_lines (cr, &boxes[i], style);
  cairo_pop_group_to_source (cr);
  cairo_paint_with_alpha (cr, FAINT);
}

static void
place_chips (LpChips *chips, const LpDrawBox *boxes, guint n, const LpDrawStyle *style, gboolean first)
{
  for (guint i = 0; i < n; i++)
    {
      gboolean wins = boxes[i].selected || boxes[i].hover;
      if (wins != first || boxes[i].other || (boxes[i].faded && !wins))
        continue;
      Frame frame = make_frame (&boxes[i], style);
      LpRect outer = { frame.x0, frame.y0, frame.x1, frame.y1 };
      if (!is_in_view (&frame, &style->view))
        continue;
      lp_chips_place (chips, &boxes[i], &outer);
      if (boxes[i].selected)
        lp_chips_keep_clear (chips, &outer, HANDLE * style->scale * style->line);
    }
}

void
lp_draw_boxes (cairo_t *cr, const LpDrawBox *boxes, guint n, const LpDrawStyle *style)
{
  cairo_save (cr);
  cairo_new_path (cr);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_MITER);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  draw_faded (cr, boxes, n, style);
  for (guint i = 0; i < n; i++)
    if (!boxes[i].faded && !boxes[i].selected)
      draw_lines (cr, &boxes[i], style);
  for (guint i = 0; i < n; i++)
    if (boxes[i].selected)
      draw_lines (cr, &boxes[i], style);
  cairo_set_dash (cr, NULL, 0, 0);
  if (style->chips != LP_CHIP_NONE)
    {
      LpChips *chips = lp_chips_new (cr, style);
      place_chips (chips, boxes, n, style, TRUE);
      place_chips (chips, boxes, n, style, FALSE);
      lp_chips_draw (chips, cr);
      lp_chips_free (chips);
    }
  for (guint i = 0; i < n; i++)
    if (boxes[i].selected)
      draw_handles (cr, &boxes[i], style);
  cairo_restore (cr);
}
