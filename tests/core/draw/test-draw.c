/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "draw/lp-draw.h"

/* Drawings against pictures that a person has looked at. LP_UPDATE_GOLDEN=1 writes them anew: look at them again. */

#define TOLERANCE 24 /* of 255, on one pixel of a thousand */

typedef struct
{
  const char *name;
  int width, height; /* CSS pixels */
  int scale;
  void (*draw) (cairo_t *cr, const LpDrawStyle *style);
  gboolean dark;
} Scene;

/* ---- comparison ---- */

static guint
count_differences (cairo_surface_t *a, cairo_surface_t *b)
{
  int width = cairo_image_surface_get_width (a), height = cairo_image_surface_get_height (a);
  guint over = 0;
  for (int y = 0; y < height; y++)
    {
      const guint8 *p = cairo_image_surface_get_data (a) + y * cairo_image_surface_get_stride (a);
      const guint8 *q = cairo_image_surface_get_data (b) + y * cairo_image_surface_get_stride (b);
      for (int x = 0; x < width; x++, p += 4, q += 4)
        over += abs (p[0] - q[0]) > TOLERANCE || abs (p[1] - q[1]) > TOLERANCE || abs (p[2] - q[2]) > TOLERANCE;
    }
  return over;
}

static void
compare (cairo_surface_t *got, const char *name, int scale)
{
  g_autofree char *file = g_strdup_printf ("%s-%d.png", name, scale);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "core", "draw", "golden", file, NULL);
  if (g_getenv ("LP_UPDATE_GOLDEN") != NULL)
    g_assert_cmpint (cairo_surface_write_to_png (got, path), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_t *wanted = cairo_image_surface_create_from_png (path);
  g_assert_cmpint (cairo_surface_status (wanted), ==, CAIRO_STATUS_SUCCESS);
  int width = cairo_image_surface_get_width (got), height = cairo_image_surface_get_height (got);
  g_assert_cmpint (cairo_image_surface_get_width (wanted), ==, width);
  g_assert_cmpint (cairo_image_surface_get_height (wanted), ==, height);
  guint over = count_differences (got, wanted);
  cairo_surface_destroy (wanted);
  if (over * 1000 <= (guint) (width * height))
    return;
  g_autofree char *seen = g_test_build_filename (G_TEST_BUILT, "core", "draw", file, NULL);
  cairo_surface_write_to_png (got, seen);
  g_test_message ("%s: %u of %d pixels differ; what was drawn is %s", name, over, width * height, seen);
  g_test_fail ();
}

/* Light, dark and busy stretches, as photos have them. */
static void
paint_photo (cairo_t *cr, double width, double height)
{
  static const double greys[] = { 0.84, 0.6, 0.38, 0.14 };
  for (int i = 0; i < 4; i++)
    {
      cairo_set_source_rgb (cr, greys[i], greys[i] * 0.95, greys[i] * 0.9);
      cairo_rectangle (cr, floor (width * i / 4), 0, ceil (width / 4), height);
      cairo_fill (cr);
    }
  for (int i = 0; i < 12; i++)
    {
      cairo_set_source_rgba (cr, i % 3 == 0, i % 3 == 1, i % 2, 0.18);
      cairo_arc (cr, width * (i * 37 % 100) / 100, height * (i * 61 % 100) / 100, 12 + i * 3, 0, 2 * G_PI);
      cairo_fill (cr);
    }
}

static void
run_scene (gconstpointer data)
{
  const Scene *scene = data;
  int width = scene->width * scene->scale, height = scene->height * scene->scale;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (surface);
  LpDrawStyle style = { .view = { 0, 0, width, height }, .scale = scene->scale, .line = 1 };
  if (scene->dark)
    cairo_set_source_rgb (cr, 0.19, 0.19, 0.19);
  else
    cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  scene->draw (cr, &style);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  compare (surface, scene->name, scene->scale);
  cairo_surface_destroy (surface);
}

/* Boxes are written in CSS pixels. */
static void
draw (cairo_t *cr, const LpDrawBox *boxes, guint n, const LpDrawStyle *style)
{
  g_autofree LpDrawBox *scaled = g_memdup2 (boxes, n * sizeof *boxes);
  for (guint i = 0; i < n; i++)
    scaled[i].rect = lp_rect_scale (&boxes[i].rect, style->scale, style->scale);
  paint_photo (cr, style->view.x1, style->view.y1);
  lp_draw_boxes (cr, scaled, n, style);
}

/* ---- scenes ---- */

static void
scene_kinds (cairo_t *cr, const LpDrawStyle *style)
{
  static const LpDrawBox boxes[] = {
    { .rect = { 14, 36, 104, 126 }, .class_id = 0, .slot = 0, .name = "can" },
    { .rect = { 134, 36, 224, 126 }, .class_id = 6, .slot = 6, .name = "orange", .severity = LP_SEVERITY_INFO },
    { .rect = { 254, 36, 344, 126 }, .class_id = 4, .slot = 4, .name = "banana", .severity = LP_SEVERITY_WARNING },
    { .rect = { 374, 36, 464, 126 }, .class_id = 5, .slot = 5, .name = "apple", .severity = LP_SEVERITY_ERROR },
    { .rect = { 14, 166, 104, 256 }, .class_id = 2, .slot = 2, .name = "fork", .selected = TRUE },
    { .rect = { 134, 166, 224, 256 }, .class_id = 3, .slot = 3, .name = "scissors" },
    { .rect = { 144, 160, 232, 250 }, .class_id = 3, .slot = 3, .name = "scissors", .other = TRUE },
    { .rect = { 254, 166, 344, 256 }, .class_id = 1, .slot = 1, .name = "paper", .hover = TRUE },
    { .rect = { 374, 166, 464, 256 }, .class_id = 7, .slot = 7, .name = "ship", .faded = TRUE },
  };
  draw (cr, boxes, G_N_ELEMENTS (boxes), style);
}

/* The places of a chip, and what it says. */
static void
scene_chips (cairo_t *cr, const LpDrawStyle *style)
{
  static const LpDrawBox boxes[] = {
    { .rect = { 0, 0, 480, 280 }, .class_id = 8, .slot = 8, .name = "plane" },         /* inside */
    { .rect = { 40, 80, 100, 130 }, .class_id = 4, .slot = 4, .name = "banana" },      /* above */
    { .rect = { 160, 4, 210, 60 }, .class_id = 5, .slot = 5, .name = "apple" },        /* below */
    { .rect = { 430, 60, 476, 110 }, .class_id = 0, .slot = 0, .name = "can opener" }, /* pushed into view */
    { .rect = { 250, 60, 400, 130 }, .class_id = 4, .slot = 6, .name = "orange", .second = "job: banana" },
    { .rect = { 30, 190, 130, 270 },
      .class_id = 5,
      .slot = 1,
      .name = "paper",
      .copies = 2,
      .severity = LP_SEVERITY_WARNING },
    { .rect = { 34, 193, 240, 268 }, .class_id = 2, .slot = 2, .name = "fork" }, /* moves aside */
    { .rect = { 260, 200, 330, 260 }, .class_id = 9, .slot = -1, .severity = LP_SEVERITY_ERROR },
    { .rect = { 360, 200, 378, 218 }, .class_id = 12, .slot = 2, .name = "small" }, /* only its number */
    { .rect = { 20, 158, 240, 176 }, .class_id = 3, .slot = 3, .name = "<b>a\nb</b>\x1b[31m" },
  };
  draw (cr, boxes, G_N_ELEMENTS (boxes), style);
}

static void
scene_palette (cairo_t *cr, const LpDrawStyle *style)
{
  LpDrawBox boxes[12] = { 0 };
  for (int i = 0; i < 12; i++)
    boxes[i] = (LpDrawBox){ .rect = { 10 + i % 4 * 90, 34 + i / 4 * 70, 80 + i % 4 * 90, 70 + i / 4 * 70 },
                            .class_id = i,
                            .slot = i < 11 ? i : -1,
                            .name = i < 11 ? "name" : NULL };
  draw (cr, boxes, G_N_ELEMENTS (boxes), style);
}

static void
scene_thumbnail (cairo_t *cr, const LpDrawStyle *style)
{
  static const LpDrawBox boxes[] = {
    { .rect = { 10, 10, 60, 60 }, .slot = 0 },
    { .rect = { 70, 10, 130, 60 }, .slot = 4, .severity = LP_SEVERITY_WARNING },
    { .rect = { 10, 70, 60, 95 }, .slot = 5, .severity = LP_SEVERITY_ERROR },
    { .rect = { 80, 75, 82, 77 }, .slot = 2 },
    { .rect = { 90, 70, 130, 95 }, .slot = 3, .other = TRUE },
  };
  LpDrawStyle thumbnail = *style;
  thumbnail.line = 0.6;
  thumbnail.chips = LP_CHIP_NONE;
  draw (cr, boxes, G_N_ELEMENTS (boxes), &thumbnail);
}

/* More boxes than chips fit: no chip covers another, and the selected one has its own. */
static void
scene_crowd (cairo_t *cr, const LpDrawStyle *style)
{
  LpDrawBox boxes[80] = { 0 };
  for (int i = 0; i < 80; i++)
    {
      double x = i * 53 % 430, y = i * 29 % 240;
      boxes[i] = (LpDrawBox){ .rect = { x, y, x + 14 + i * 7 % 60, y + 20 + i * 11 % 40 },
                              .class_id = i % 10,
                              .slot = i % 10,
                              .name = i % 2 ? "pepperFlower" : "okra",
                              .selected = i == 40 };
    }
  draw (cr, boxes, G_N_ELEMENTS (boxes), style);
}

/* The view lies within the picture: chips stay in sight. */
static void
scene_zoomed (cairo_t *cr, const LpDrawStyle *style)
{
  static const LpDrawBox boxes[] = {
    { .rect = { -100, -100, 700, 180 }, .class_id = 1, .slot = 1, .name = "above and below are out of view" },
    { .rect = { 300, 30, 900, 400 }, .class_id = 2, .slot = 2, .name = "to the right" },
    { .rect = { -80, 60, 20, 90 }, .class_id = 3, .slot = 3, .name = "to the left" },
    { .rect = { 500, 10, 600, 90 }, .class_id = 4, .slot = 4, .name = "not to be seen" },
  };
  draw (cr, boxes, G_N_ELEMENTS (boxes), style);
}

static void
draw_marks (cairo_t *cr, const LpDrawStyle *style, gboolean dark)
{
  static const guint8 inks[][2][3] = {
    [LP_SEVERITY_OFF] = { { 0x18, 0x79, 0x4e }, { 0x8f, 0xf0, 0xa4 } },
    [LP_SEVERITY_INFO] = { { 0x1a, 0x5f, 0xb4 }, { 0x99, 0xc1, 0xf1 } },
    [LP_SEVERITY_WARNING] = { { 0x90, 0x54, 0x00 }, { 0xf8, 0xe4, 0x5c } },
    [LP_SEVERITY_ERROR] = { { 0xc0, 0x1c, 0x28 }, { 0xff, 0x7b, 0x63 } },
  };
  double u = style->scale;
  for (int i = 0; i < 4; i++)
    {
      const guint8 *ink = inks[3 - i][dark];
      cairo_set_source_rgb (cr, ink[0] / 255., ink[1] / 255., ink[2] / 255.);
      lp_draw_severity (cr, (LpSeverity) (3 - i), (8 + i * 28) * u, 8 * u, 16 * u);
      lp_draw_severity (cr, (LpSeverity) (3 - i), (8 + i * 40) * u, 34 * u, 32 * u);
    }
  LpRect area = { 120 * u, 4 * u, 172 * u, 28 * u };
  lp_draw_hatch (cr, &area, dark, u);
}

static void
scene_marks_light (cairo_t *cr, const LpDrawStyle *style)
{
  draw_marks (cr, style, FALSE);
}

static void
scene_marks_dark (cairo_t *cr, const LpDrawStyle *style)
{
  draw_marks (cr, style, TRUE);
}

/* Ink for the window: lines and swatches of the palette on both themes. */
static void
draw_ink (cairo_t *cr, const LpDrawStyle *style, gboolean dark)
{
  double u = style->scale;
  for (guint i = 0; i < LP_PALETTE_SLOTS; i++)
    {
      const LpSlot *slot = lp_palette_slot (i);
      const guint8 *ink = dark ? slot->dark : slot->light;
      double x = (10 + i % 5 * 34) * u, y = (10 + i / 5 * 34) * u;
      cairo_rectangle (cr, x, y, 24 * u, 24 * u);
      cairo_set_source_rgb (cr, slot->canvas[0] / 255., slot->canvas[1] / 255., slot->canvas[2] / 255.);
      cairo_fill_preserve (cr);
      cairo_set_source_rgb (cr, ink[0] / 255., ink[1] / 255., ink[2] / 255.);
      cairo_set_line_width (cr, 2 * u);
      cairo_stroke (cr);
    }
}

static void
scene_ink_light (cairo_t *cr, const LpDrawStyle *style)
{
  draw_ink (cr, style, FALSE);
}

static void
scene_ink_dark (cairo_t *cr, const LpDrawStyle *style)
{
  draw_ink (cr, style, TRUE);
}

/* ---- what a picture cannot show ---- */

/* WCAG contrast of the chip's text. */
static double
luminance (const guint8 c[3])
{
  double sum = 0;
  const double weights[] = { 0.2126, 0.7152, 0.0722 };
  for (guint i = 0; i < 3; i++)
    {
      double v = c[i] / 255.;
      sum += weights[i] * (v <= 0.04045 ? v / 12.92 : pow ((v + 0.055) / 1.055, 2.4));
    }
  return sum;
}

static void
test_contrast (void)
{
  for (guint i = 0; i < LP_PALETTE_SLOTS; i++)
    {
      const LpSlot *slot = lp_palette_slot (i);
      double l = luminance (slot->canvas), black = (l + 0.05) / 0.05, white = 1.05 / (l + 0.05);
      g_assert_cmpfloat (slot->dark_text ? black : white, >=, 5);
      g_assert_cmpint (slot->dark_text, ==, black > white);
      g_assert_cmpfloat (1.05 / (luminance (slot->light) + 0.05), >=, 3);
      g_assert_cmpfloat ((luminance (slot->dark) + 0.05) / 0.05, >=, 3);
    }
  g_assert_true (lp_palette_slot (13) == lp_palette_slot (3));
}

/* A hundred thousand boxes, some of them absurd, in a bounded time: the test's own limit is what stops a slow one. */
static void
test_many (void)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 400, 300);
  cairo_t *cr = cairo_create (surface);
  guint n = 100000;
  g_autofree LpDrawBox *boxes = g_new0 (LpDrawBox, n);
  LpDrawStyle style = { .view = { 0, 0, 400, 300 }, .scale = 1, .line = 1 };
  for (guint i = 0; i < n; i++)
    boxes[i] = (LpDrawBox){ .rect = { i % 390, i % 290, i % 390 + 5, i % 290 + 5 },
                            .class_id = (gint32) i,
                            .slot = (gint) i,
                            .name = "name",
                            .severity = i % 4 };
  boxes[0].rect = (LpRect){ -1e9, -1e9, 1e9, 1e9 };
  boxes[1].rect = (LpRect){ 1e12, 1e12, 2e12, 2e12 };
  boxes[2].rect = (LpRect){ 100, 100, 50, 50 };
  boxes[3].class_id = LP_CLASS_NONE;
  lp_draw_boxes (cr, boxes, n, &style);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  style.view = (LpRect){ 0, 0, 0, 0 };
  lp_draw_boxes (cr, boxes, 10, &style);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static const Scene scenes[] = {
  { "kinds", 480, 280, 1, scene_kinds },
  { "kinds", 480, 280, 2, scene_kinds },
  { "chips", 480, 280, 1, scene_chips },
  { "chips", 480, 280, 2, scene_chips },
  { "palette", 370, 230, 1, scene_palette },
  { "palette", 370, 230, 2, scene_palette },
  { "thumbnail", 140, 105, 1, scene_thumbnail },
  { "thumbnail", 140, 105, 2, scene_thumbnail },
  { "crowd", 480, 280, 1, scene_crowd },
  { "crowd", 480, 280, 2, scene_crowd },
  { "zoomed", 480, 120, 1, scene_zoomed },
  { "marks-light", 180, 76, 1, scene_marks_light },
  { "marks-light", 180, 76, 2, scene_marks_light },
  { "marks-dark", 180, 76, 1, scene_marks_dark, TRUE },
  { "marks-dark", 180, 76, 2, scene_marks_dark, TRUE },
  { "ink-light", 180, 76, 1, scene_ink_light },
  { "ink-dark", 180, 76, 1, scene_ink_dark, TRUE },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (scenes); i++)
    {
      g_autofree char *path = g_strdup_printf ("/draw/%s-%d", scenes[i].name, scenes[i].scale);
      g_test_add_data_func (path, &scenes[i], run_scene);
    }
  g_test_add_func ("/draw/contrast", test_contrast);
  g_test_add_func ("/draw/many", test_many);
  return g_test_run ();
}
