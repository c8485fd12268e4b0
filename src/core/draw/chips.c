/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/lp-text.h"
#include "draw/lp-chips.h"

/* Measures in CSS pixels. */
#define FONT_SIZE 12.5
#define PAD_X 5
#define PAD_Y 1.5
#define RADIUS 4
#define GLYPH 11
#define GLYPH_GAP 4
#define AWAY 5       /* from the box */
#define SECOND_GAP 4 /* between the two chips of a box */
#define SMALL_BOX 24 /* narrower ones have only their number */
#define CELL 4       /* side of a cell of the board that says what is taken */

#define NAME_MAX_CHARS 40
#define CELLS_MAX 2048 /* a side */
#define TRIES_MAX 2000 /* boxes that look for a place: more chips than a screen holds */

/* What a chip looks like: laid out and drawn once, however many boxes have it. */
typedef struct
{
  PangoLayout *layout;
  gint slot;              /* -1: white */
  LpSeverity severity;    /* glyph; OFF: none */
  double width;           /* target pixels, whole, without the hairline */
  cairo_surface_t *stamp; /* with the hairline; NULL until drawn */
} Face;

typedef struct
{
  double x, y;
  Face *face, *second; /* second: NULL or a white one to the right */
} Chip;

struct _LpChips
{
  const LpDrawStyle *style;
  PangoContext *pango;
  PangoFontDescription *font;
  GHashTable *faces; /* slot, severity and text → Face */
  GArray *chips;     /* Chip */
  double unit, hair, line,
    height; /* hair: the dark line around a chip; line: of its box; height: without hairlines */
  double cell;
  guint columns, rows;
  guint8 *taken; /* cells of the view that a chip covers */
  guint tries;
};

/* ---- text ---- */

static void
face_free (gpointer data)
{
  Face *face = data;
  g_object_unref (face->layout);
  g_clear_pointer (&face->stamp, cairo_surface_destroy);
  g_free (face);
}

/* The layout of a text, cut where it is wider than the view. Returns its width. */
static double
lay_out (const LpChips *chips, PangoLayout *layout, const char *text, double most)
{
  PangoRectangle logical;
  pango_layout_set_font_description (layout, chips->font);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_extents (layout, NULL, &logical);
  if (logical.width > most && most > 0)
    {
      pango_layout_set_width (layout, (int) (most * PANGO_SCALE));
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      pango_layout_get_pixel_extents (layout, NULL, &logical);
    }
  return logical.width;
}

static Face *
get_face (LpChips *chips, const char *text, gint slot, LpSeverity severity)
{
  g_autofree char *key = g_strdup_printf ("%d %d %s", slot < 0 ? -1 : slot % LP_PALETTE_SLOTS, (int) severity, text);
  Face *face = g_hash_table_lookup (chips->faces, key);
  if (face != NULL)
    return face;
  double around = ceil ((2 * PAD_X + (severity != LP_SEVERITY_OFF ? GLYPH + GLYPH_GAP : 0)) * chips->unit);
  face = g_new (Face, 1);
  *face = (Face){ .layout = pango_layout_new (chips->pango), .slot = slot, .severity = severity };
  face->width = around + lay_out (chips, face->layout, text, lp_rect_width (&chips->style->view) - around);
  g_hash_table_insert (chips->faces, g_steal_pointer (&key), face);
  return face;
}

static char *
number_text (gint32 class_id)
{
  return class_id == LP_CLASS_NONE ? g_strdup ("?") : g_strdup_printf ("%d", class_id);
}

static char *
chip_text (const LpChips *chips, const LpDrawBox *box, gboolean whole)
{
  g_autofree char *number = number_text (box->class_id);
  g_autofree char *name = box->name != NULL ? lp_text_escape (box->name, -1, NAME_MAX_CHARS) : NULL;
  g_autofree char *text = NULL;
  if (!whole)
    text = g_strdup (number);
  else if (name == NULL)
    text = g_strdup_printf (/* Translators: %s is the number of a class */ _ ("%s no name"), number);
  else if (chips->style->chips == LP_CHIP_NAME)
    text = g_strdup (name);
  else
    text = g_strdup_printf ("%s %s", number, name);
  return box->copies > 1 ? g_strdup_printf ("%s ×%u", text, box->copies) : g_steal_pointer (&text);
}

/* ---- the board ---- */

/* The last column, counted from `left`, that is taken in these cells; -1: all are free. */
static gint
last_taken (const LpChips *chips, guint left, guint right, guint top, guint bottom)
{
  gint last = -1;
  for (guint y = top; y <= bottom; y++)
    for (guint x = right + 1; x > left && (gint) x - 1 > last; x--)
      if (chips->taken[y * chips->columns + x - 1])
        last = (gint) x - 1;
  return last;
}

static guint
cell_of (const LpChips *chips, double distance, guint cells)
{
  return (guint) CLAMP (floor (distance / chips->cell), 0, cells - 1);
}

/* The first free place on the line y at or right of x, its left end not beyond `end`. */
static gboolean
find_free (const LpChips *chips, double *x, double y, double width, double end)
{
  const LpRect *view = &chips->style->view;
  guint top = cell_of (chips, y - view->y0, chips->rows);
  guint bottom = cell_of (chips, y + chips->height - view->y0, chips->rows);
  while (*x <= end)
    {
      guint left = cell_of (chips, *x - view->x0, chips->columns);
      guint right = cell_of (chips, *x + width - view->x0, chips->columns);
      gint last = last_taken (chips, left, right, top, bottom);
      if (last < 0)
        return TRUE;
      *x = ceil (view->x0 + (last + 1) * chips->cell);
    }
  return FALSE;
}

static void
take (LpChips *chips, double x, double y, double width, double height)
{
  const LpRect *view = &chips->style->view;
  if (x >= view->x1 || y >= view->y1 || x + width <= view->x0 || y + height <= view->y0)
    return;
  guint left = cell_of (chips, x - view->x0, chips->columns);
  guint right = cell_of (chips, x + width - view->x0, chips->columns);
  guint top = cell_of (chips, y - view->y0, chips->rows);
  guint bottom = cell_of (chips, y + height - view->y0, chips->rows);
  for (guint row = top; row <= bottom; row++)
    memset (chips->taken + row * chips->columns + left, 1, right - left + 1);
}

void
lp_chips_keep_clear (LpChips *chips, const LpRect *outer, double thick)
{
  double width = lp_rect_width (outer), height = lp_rect_height (outer);
  take (chips, outer->x0, outer->y0, width, thick);
  take (chips, outer->x0, outer->y1 - thick, width, thick);
  take (chips, outer->x0, outer->y0, thick, height);
  take (chips, outer->x1 - thick, outer->y0, thick, height);
}

/* ---- places ---- */

/* Above, below, inside; only what has room in the view. Returns how many. */
static guint
list_lines (const LpChips *chips, const LpRect *outer, double lines[3])
{
  const LpRect *view = &chips->style->view;
  double away = AWAY * chips->unit, height = chips->height;
  guint n = 0;
  if (outer->y0 - away - height >= view->y0)
    lines[n++] = outer->y0 - away - height;
  if (outer->y1 + away + height <= view->y1)
    lines[n++] = outer->y1 + away;
  double inside = MAX (outer->y0 + chips->line, view->y0) + away;
  lines[n++] = MAX (MIN (inside, view->y1 - height), view->y0);
  for (guint i = 0; i < n; i++)
    lines[i] = MIN (lines[i], view->y1 - height);
  return n;
}

static gboolean
try_chip (LpChips *chips, Chip *chip, const LpRect *outer, gboolean insist)
{
  const LpRect *view = &chips->style->view;
  double lines[3], width = chip->face->width;
  guint n = list_lines (chips, outer, lines);
  if (chip->second != NULL)
    width += ceil (SECOND_GAP * chips->unit) + chip->second->width;
  double inset = ceil (chips->line + AWAY * chips->unit), rightmost = view->x1 - width;
  for (guint i = 0; i < n; i++)
    {
      gboolean inside = lines[i] > outer->y0 && lines[i] < outer->y1;
      double x = MAX (MIN (ceil (outer->x0 + (inside ? inset : 0)), rightmost), view->x0);
      double end = MIN (MAX (x, outer->x1 - MIN (width, SMALL_BOX * chips->unit)), rightmost);
      gboolean found = find_free (chips, &x, lines[i], width, MAX (end, view->x0));
      if (!found && !(insist && i == n - 1))
        continue;
      if (!found)
        x = MAX (MIN (outer->x0, rightmost), view->x0);
      chip->x = floor (x);
      chip->y = floor (lines[i]);
      take (chips, chip->x, chip->y, width + 2 * chips->hair, chips->height); /* its hairlines, too */
      g_array_append_val (chips->chips, *chip);
      return TRUE;
    }
  return FALSE;
}

void
lp_chips_place (LpChips *chips, const LpDrawBox *box, const LpRect *outer)
{
  if (chips->tries++ >= TRIES_MAX && !box->selected)
    return;
  gboolean small = lp_rect_width (&box->rect) < SMALL_BOX * chips->unit && !box->selected && !box->hover;
  for (guint whole = !small;; whole--)
    {
      g_autofree char *text = chip_text (chips, box, whole);
      g_autofree char *second =
        whole && box->second != NULL ? lp_text_escape (box->second, -1, NAME_MAX_CHARS) : NULL;
      Chip chip = { .face = get_face (chips, text, box->slot, box->severity) };
      if (second != NULL)
        chip.second = get_face (chips, second, -1, LP_SEVERITY_OFF);
      if (try_chip (chips, &chip, outer, box->selected) || !whole)
        return;
    }
}

/* ---- drawing ---- */

static void
rounded (cairo_t *cr, double x, double y, double width, double height, double radius)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI / 2, 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, G_PI / 2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI / 2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 3 * G_PI / 2);
  cairo_close_path (cr);
}

/* A face with its hairline, its left top corner at 0, 0. */
static void
draw_face (const LpChips *chips, cairo_t *cr, const Face *face)
{
  double unit = chips->unit, hair = chips->hair, radius = RADIUS * unit;
  const LpSlot *colours = face->slot >= 0 ? lp_palette_slot ((guint) face->slot) : NULL;
  double ink = colours == NULL || colours->dark_text ? 0 : 1, x = hair + round (PAD_X * unit);
  rounded (cr, 0, 0, face->width + 2 * hair, chips->height + 2 * hair, radius + hair);
  cairo_set_source_rgba (cr, 0, 0, 0, 0.55);
  cairo_fill (cr);
  rounded (cr, hair, hair, face->width, chips->height, radius);
  if (colours != NULL)
    cairo_set_source_rgb (cr, colours->canvas[0] / 255., colours->canvas[1] / 255., colours->canvas[2] / 255.);
  else
    cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, ink, ink, ink);
  if (face->severity != LP_SEVERITY_OFF)
    {
      double size = round (GLYPH * unit);
      lp_draw_severity (cr, face->severity, x, hair + round ((chips->height - size) / 2), size);
      x += round ((GLYPH + GLYPH_GAP) * unit);
    }
  cairo_move_to (cr, x, hair + round (PAD_Y * unit));
  pango_cairo_show_layout (cr, face->layout);
}

/* Similar surfaces of vector targets keep vectors, so a PDF has text and not pictures of it. */
static void
stamp (const LpChips *chips, cairo_t *cr, Face *face, double x, double y)
{
  if (face->stamp == NULL)
    {
      int width = (int) (face->width + 2 * chips->hair), height = (int) (chips->height + 2 * chips->hair);
      face->stamp = cairo_surface_create_similar (cairo_get_target (cr), CAIRO_CONTENT_COLOR_ALPHA, width, height);
      cairo_t *on_stamp = cairo_create (face->stamp);
      draw_face (chips, on_stamp, face);
      cairo_destroy (on_stamp);
    }
  cairo_set_source_surface (cr, face->stamp, x - chips->hair, y - chips->hair);
  cairo_paint (cr);
}

void
lp_chips_draw (LpChips *chips, cairo_t *cr)
{
  for (guint i = chips->chips->len; i > 0; i--)
    {
      const Chip *chip = &g_array_index (chips->chips, Chip, i - 1);
      stamp (chips, cr, chip->face, chip->x, chip->y);
      if (chip->second != NULL)
        stamp (chips, cr, chip->second, chip->x + chip->face->width + ceil (SECOND_GAP * chips->unit), chip->y);
    }
}

/* ---- life ---- */

static PangoFontDescription *
make_font (const LpDrawStyle *style)
{
  PangoFontDescription *font = pango_font_description_new ();
  const char *family = style->pango != NULL
                         ? pango_font_description_get_family (pango_context_get_font_description (style->pango))
                         : NULL;
  pango_font_description_set_family (font, family != NULL ? family : "Sans");
  pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_font_description_set_absolute_size (font, FONT_SIZE * style->scale * PANGO_SCALE);
  return font;
}

/* The height of a line is the font's, whatever the letters: chips in a row stand level. */
static double
line_height (const LpChips *chips)
{
  PangoFontMetrics *metrics = pango_context_get_metrics (chips->pango, chips->font, NULL);
  int height = pango_font_metrics_get_ascent (metrics) + pango_font_metrics_get_descent (metrics);
  pango_font_metrics_unref (metrics);
  return PANGO_PIXELS_CEIL (height);
}

LpChips *
lp_chips_new (cairo_t *cr, const LpDrawStyle *style)
{
  LpChips *chips = g_new0 (LpChips, 1);
  chips->style = style;
  chips->pango = style->pango != NULL ? g_object_ref (style->pango) : pango_cairo_create_context (cr);
  chips->font = make_font (style);
  chips->faces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, face_free);
  chips->chips = g_array_new (FALSE, FALSE, sizeof (Chip));
  chips->unit = style->scale;
  chips->hair = MAX (floor (style->scale), 1);
  chips->line = 3 * style->scale * style->line;
  chips->height = line_height (chips) + 2 * round (PAD_Y * style->scale);
  double width = MAX (lp_rect_width (&style->view), 1), height = MAX (lp_rect_height (&style->view), 1);
  chips->cell = MAX (CELL * style->scale, MAX (width, height) / CELLS_MAX);
  chips->columns = (guint) ceil (width / chips->cell);
  chips->rows = (guint) ceil (height / chips->cell);
  chips->taken = g_malloc0 ((gsize) chips->columns * chips->rows);
  return chips;
}

void
lp_chips_free (LpChips *chips)
{
  g_hash_table_unref (chips->faces);
  g_array_unref (chips->chips);
  pango_font_description_free (chips->font);
  g_object_unref (chips->pango);
  g_free (chips->taken);
  g_free (chips);
}
