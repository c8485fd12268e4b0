/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw-things.h"

#include <math.h>

const char *const thing_names[N_THINGS] = { "house", "star", "apple", "fish", "umbrella", "key", "mug" };

typedef struct
{
  double r, g, b;
} Colour;

double
thing_aspect (Thing thing)
{
  static const double aspects[N_THINGS] = { 1.05, 1.05, 0.92, 1.6, 0.95, 2.1, 1.15 };

  return aspects[thing];
}

static void
paint (cairo_t *cr, Colour c, double light)
{
  cairo_set_source_rgb (cr, CLAMP (c.r * light, 0, 1), CLAMP (c.g * light, 0, 1), CLAMP (c.b * light, 0, 1));
}

static void
ellipse (cairo_t *cr, double cx, double cy, double rx, double ry)
{
  cairo_save (cr);
  cairo_translate (cr, cx, cy);
  cairo_scale (cr, rx, ry);
  cairo_new_sub_path (cr);
  cairo_arc (cr, 0, 0, 1, 0, 2 * G_PI);
  cairo_restore (cr);
}

static void
polygon (cairo_t *cr, const double *points, guint n)
{
  for (guint i = 0; i < n; i++)
    cairo_line_to (cr, points[2 * i], points[2 * i + 1]);
  cairo_close_path (cr);
}

static void
draw_house (cairo_t *cr, Colour c)
{
  static const double roof[] = { 0, 0.45, 0.5, 0, 1, 0.45 };

  paint (cr, (Colour){ 0.96, 0.91, 0.8 }, 1);
  cairo_rectangle (cr, 0.08, 0.45, 0.84, 0.55);
  cairo_fill (cr);
  paint (cr, c, 1);
  polygon (cr, roof, 3);
  cairo_fill (cr);
  paint (cr, (Colour){ 0.42, 0.26, 0.15 }, 1);
  cairo_rectangle (cr, 0.2, 0.62, 0.2, 0.38);
  cairo_fill (cr);
  paint (cr, (Colour){ 0.5, 0.75, 0.92 }, 1);
  cairo_rectangle (cr, 0.56, 0.58, 0.24, 0.2);
  cairo_fill (cr);
}

static void
draw_star (cairo_t *cr, Colour c)
{
  double points[20], left = 1, top = 1, right = -1, bottom = -1;

  for (guint i = 0; i < 10; i++)
    {
      double radius = i % 2 == 0 ? 1 : 0.45, angle = -G_PI / 2 + i * G_PI / 5;

      points[2 * i] = radius * cos (angle);
      points[2 * i + 1] = radius * sin (angle);
      left = MIN (left, points[2 * i]);
      right = MAX (right, points[2 * i]);
      top = MIN (top, points[2 * i + 1]);
      bottom = MAX (bottom, points[2 * i + 1]);
    }
  for (guint i = 0; i < 10; i++)
    {
      points[2 * i] = (points[2 * i] - left) / (right - left);
      points[2 * i + 1] = (points[2 * i + 1] - top) / (bottom - top);
    }
  paint (cr, c, 1);
  polygon (cr, points, 10);
  cairo_fill (cr);
}

static void
draw_apple (cairo_t *cr, Colour c)
{
  paint (cr, c, 1);
  ellipse (cr, 0.32, 0.6, 0.32, 0.4);
  ellipse (cr, 0.68, 0.6, 0.32, 0.4);
  cairo_fill (cr);
  paint (cr, (Colour){ 0.35, 0.22, 0.1 }, 1);
  cairo_rectangle (cr, 0.47, 0, 0.06, 0.3);
  cairo_fill (cr);
  paint (cr, (Colour){ 0.3, 0.62, 0.25 }, 1);
  ellipse (cr, 0.66, 0.12, 0.16, 0.08);
  cairo_fill (cr);
  cairo_set_source_rgba (cr, 1, 1, 1, 0.45);
  ellipse (cr, 0.24, 0.45, 0.08, 0.12);
  cairo_fill (cr);
}

static void
draw_fish (cairo_t *cr, Colour c)
{
  static const double tail[] = { 0.6, 0.5, 1, 0.1, 1, 0.9 };
  static const double fin[] = { 0.3, 0.2, 0.5, 0, 0.56, 0.25 };

  paint (cr, c, 0.8);
  polygon (cr, tail, 3);
  cairo_fill (cr);
  polygon (cr, fin, 3);
  cairo_fill (cr);
  paint (cr, c, 1);
  ellipse (cr, 0.38, 0.56, 0.38, 0.44);
  cairo_fill (cr);
  paint (cr, (Colour){ 1, 1, 1 }, 1);
  ellipse (cr, 0.17, 0.46, 0.06, 0.1);
  cairo_fill (cr);
  paint (cr, (Colour){ 0.1, 0.1, 0.1 }, 1);
  ellipse (cr, 0.16, 0.47, 0.03, 0.05);
  cairo_fill (cr);
}

static void
draw_umbrella (cairo_t *cr, Colour c)
{
  paint (cr, (Colour){ 0.35, 0.3, 0.28 }, 1);
  cairo_rectangle (cr, 0.47, 0, 0.06, 0.86);
  cairo_fill (cr);
  cairo_set_line_width (cr, 0.06);
  cairo_arc (cr, 0.4, 0.86, 0.1, 0, G_PI);
  cairo_stroke (cr);
  paint (cr, c, 1);
  cairo_save (cr);
  cairo_rectangle (cr, 0, 0.04, 1, 0.5);
  cairo_clip (cr);
  ellipse (cr, 0.5, 0.54, 0.5, 0.5);
  cairo_fill (cr);
  paint (cr, c, 0.75);
  ellipse (cr, 0.5, 0.54, 0.18, 0.5);
  cairo_fill (cr);
  cairo_restore (cr);
}

static void
draw_key (cairo_t *cr, Colour c)
{
  paint (cr, c, 1);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  ellipse (cr, 0.22, 0.5, 0.22, 0.5);
  ellipse (cr, 0.2, 0.5, 0.1, 0.24);
  cairo_fill (cr);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_WINDING);
  cairo_rectangle (cr, 0.4, 0.4, 0.6, 0.2);
  cairo_rectangle (cr, 0.72, 0.6, 0.08, 0.26);
  cairo_rectangle (cr, 0.9, 0.6, 0.1, 0.36);
  cairo_fill (cr);
}

static void
draw_mug (cairo_t *cr, Colour c)
{
  paint (cr, c, 0.85);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  ellipse (cr, 0.76, 0.5, 0.24, 0.28);
  ellipse (cr, 0.76, 0.5, 0.13, 0.17);
  cairo_fill (cr);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_WINDING);
  paint (cr, c, 1);
  cairo_rectangle (cr, 0, 0.1, 0.76, 0.9);
  cairo_fill (cr);
  ellipse (cr, 0.38, 0.1, 0.38, 0.1);
  cairo_fill (cr);
  paint (cr, (Colour){ 0.3, 0.18, 0.1 }, 1);
  ellipse (cr, 0.38, 0.1, 0.32, 0.07);
  cairo_fill (cr);
}

void
draw_thing (cairo_t *cr, Thing thing, double hue, double x, double y, double width, double height)
{
  static const Colour colours[N_THINGS][3] = {
    { { 0.75, 0.22, 0.17 }, { 0.55, 0.3, 0.2 }, { 0.35, 0.35, 0.45 } },  /* roofs */
    { { 0.98, 0.78, 0.1 }, { 0.95, 0.65, 0.2 }, { 0.9, 0.85, 0.35 } },   /* stars */
    { { 0.8, 0.12, 0.14 }, { 0.55, 0.72, 0.2 }, { 0.86, 0.4, 0.2 } },    /* apples */
    { { 0.2, 0.55, 0.75 }, { 0.95, 0.5, 0.15 }, { 0.3, 0.65, 0.55 } },   /* fish */
    { { 0.5, 0.25, 0.6 }, { 0.15, 0.35, 0.65 }, { 0.8, 0.2, 0.4 } },     /* umbrellas */
    { { 0.72, 0.58, 0.25 }, { 0.55, 0.57, 0.6 }, { 0.45, 0.36, 0.24 } }, /* keys */
    { { 0.92, 0.92, 0.9 }, { 0.25, 0.5, 0.45 }, { 0.85, 0.45, 0.35 } },  /* mugs */
  };
  static void (*const draw[N_THINGS]) (cairo_t *, Colour) = { draw_house,    draw_star, draw_apple, draw_fish,
                                                              draw_umbrella, draw_key,  draw_mug };

  cairo_save (cr);
  cairo_set_source_rgba (cr, 0, 0, 0, 0.16);
  ellipse (cr, x + width * 0.5, y + height * 0.98, width * 0.5, height * 0.06);
  cairo_fill (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, width, height);
  draw[thing](cr, colours[thing][(guint) (hue * 3) % 3]);
  cairo_restore (cr);
}

void
draw_table (cairo_t *cr, double hue, double width, double height)
{
  static const Colour tables[] = {
    { 0.86, 0.8, 0.7 }, { 0.72, 0.78, 0.82 }, { 0.78, 0.83, 0.74 }, { 0.85, 0.78, 0.8 }
  };
  Colour c = tables[(guint) (hue * G_N_ELEMENTS (tables)) % G_N_ELEMENTS (tables)];
  cairo_pattern_t *light = cairo_pattern_create_linear (0, 0, width, height);

  cairo_pattern_add_color_stop_rgb (light, 0, MIN (c.r * 1.12, 1), MIN (c.g * 1.12, 1), MIN (c.b * 1.12, 1));
  cairo_pattern_add_color_stop_rgb (light, 1, c.r * 0.86, c.g * 0.86, c.b * 0.86);
  cairo_set_source (cr, light);
  cairo_paint (cr);
  cairo_pattern_destroy (light);
  cairo_set_source_rgba (cr, 0, 0, 0, 0.05);
  cairo_set_line_width (cr, 2);
  for (double y = height * 0.12; y < height; y += height * 0.17)
    {
      cairo_move_to (cr, 0, y);
      cairo_line_to (cr, width, y + height * 0.03);
      cairo_stroke (cr);
    }
}
