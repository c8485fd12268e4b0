/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "lp-plots.h"
#include "lp-widgets.h"

#define MOST_DOTS 4000 /* more would only blacken the plot */
#define DOT 3.0
#define CELLS 20
#define HEIGHT 96

typedef void (*BoxFunc) (const LpRect *box, gint32 class_id, gpointer data);

static guint
for_each_box (LpSession *session, BoxFunc func, gpointer data)
{
  const LpDataset *dataset = lp_session_get_dataset (session);
  const LpLayer *layer = lp_dataset_layer (dataset, dataset->subject);
  guint n = 0;

  for (guint32 e = 0; layer != NULL && e < layer->entries->len; e++)
    {
      const LpEntry *entry = lp_layer_entry (layer, e);

      for (guint32 i = entry->first_row; i < entry->first_row + entry->n_rows; i++)
        {
          const LpRow *row = lp_layer_row (layer, i);
          LpRect box;

          if (!lp_row_fractions (layer, entry, row, &box))
            continue;
          n++;
          if (func != NULL)
            func (&box, row->class_id, data);
        }
    }
  return n;
}

static GtkWidget *
captioned (GtkWidget *area, const char *title, const char *caption)
{
  GtkWidget *card = lp_card_new (title);

  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), HEIGHT);
  gtk_widget_set_hexpand (area, TRUE);
  gtk_box_append (GTK_BOX (card), area);
  gtk_box_append (GTK_BOX (card), lp_label_new (caption, "dim-label small", TRUE));
  return card;
}

/* ---- width against height ---- */

typedef struct
{
  float x, y; /* 0…1 */
  int slot;
} Dot;

typedef struct
{
  LpSession *session;
  GArray *dots; /* Dot */
  guint every, seen;
  guint32 dictionary;
} Sizes;

static void
add_dot (const LpRect *box, gint32 class_id, gpointer data)
{
  Sizes *sizes = data;
  Dot dot = { CLAMP (lp_rect_width (box), 0, 1), CLAMP (lp_rect_height (box), 0, 1), 0 };

  if (sizes->seen++ % sizes->every != 0)
    return;
  dot.slot = lp_class_slot (sizes->session, sizes->dictionary, class_id);
  g_array_append_val (sizes->dots, dot);
}

static void
draw_grid (GtkWidget *widget, cairo_t *cr, int width, int height)
{
  GdkRGBA colour;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  colour.alpha *= 0.12f;
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_set_line_width (cr, 1);
  for (int i = 0; i <= 2; i++)
    {
      double y = floor (i * (height - 1) / 2.0) + 0.5;

      cairo_move_to (cr, 0, y);
      cairo_line_to (cr, width, y);
    }
  cairo_stroke (cr);
}

static void
draw_sizes (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  const GArray *dots = data;

  draw_grid (GTK_WIDGET (area), cr, width, height);
  cairo_set_line_width (cr, 1);
  for (guint i = 0; i < dots->len; i++)
    {
      const Dot *dot = &g_array_index (dots, Dot, i);
      GdkRGBA fill, ink;

      lp_slot_canvas (dot->slot, &fill);
      lp_slot_ink (dot->slot, &ink);
      cairo_arc (cr, DOT + 1 + dot->x * (width - 2 * DOT - 2), height - DOT - 1 - dot->y * (height - 2 * DOT - 2),
                 DOT, 0, 2 * G_PI);
      gdk_cairo_set_source_rgba (cr, &fill);
      cairo_fill_preserve (cr);
      gdk_cairo_set_source_rgba (cr, &ink);
      cairo_stroke (cr);
    }
}

GtkWidget *
lp_sizes_plot_new (LpSession *session)
{
  guint n = for_each_box (session, NULL, NULL);
  Sizes sizes = { .session = session, .every = n / MOST_DOTS + 1, .dictionary = lp_reference_dictionary (session) };
  GtkWidget *area;

  if (n == 0)
    return NULL;
  sizes.dots = g_array_new (FALSE, FALSE, sizeof (Dot));
  for_each_box (session, add_dot, &sizes);
  area = gtk_drawing_area_new ();
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_sizes, sizes.dots, (GDestroyNotify) g_array_unref);
  lp_set_accessible_label (area, _ ("Box sizes: width against height, in parts of the picture"));
  return captioned (area, _ ("Box sizes"), _ ("width → and height ↑, up to the whole picture"));
}

/* ---- where boxes lie ---- */

typedef struct
{
  guint covered[CELLS][CELLS];
  guint most, least;
} Places;

static int
cell_of (double fraction)
{
  return CLAMP ((int) (fraction * CELLS), 0, CELLS - 1);
}

static void
add_place (const LpRect *box, gint32 class_id, gpointer data)
{
  Places *places = data;

  for (int y = cell_of (box->y0); y <= cell_of (box->y1); y++)
    for (int x = cell_of (box->x0); x <= cell_of (box->x1); x++)
      places->covered[y][x]++;
}

/* One hue: from the window's colour to the strongest. */
static void
draw_places (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  const Places *places = data;
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  double strong[3] = { dark ? 0x99 / 255.0 : 0x0d / 255.0, dark ? 0xcc / 255.0 : 0x47 / 255.0,
                       dark ? 1 : 0x94 / 255.0 };

  for (int y = 0; y < CELLS; y++)
    for (int x = 0; x < CELLS; x++)
      {
        double left = floor ((double) x * width / CELLS), top = floor ((double) y * height / CELLS);

        cairo_rectangle (cr, left, top, floor ((x + 1.0) * width / CELLS) - left,
                         floor ((y + 1.0) * height / CELLS) - top);
        cairo_set_source_rgba (cr, strong[0], strong[1], strong[2], (double) places->covered[y][x] / places->most);
        cairo_fill (cr);
      }
}

GtkWidget *
lp_places_plot_new (LpSession *session)
{
  Places *places = g_new0 (Places, 1);
  g_autofree char *caption = NULL;
  GtkWidget *area;

  for_each_box (session, add_place, places);
  places->least = G_MAXUINT;
  for (int i = 0; i < CELLS * CELLS; i++)
    {
      places->most = MAX (places->most, places->covered[i / CELLS][i % CELLS]);
      places->least = MIN (places->least, places->covered[i / CELLS][i % CELLS]);
    }
  if (places->most == 0)
    {
      g_free (places);
      return NULL;
    }
  caption = g_strdup_printf (_ ("%u to %u boxes"), places->least, places->most);
  area = gtk_drawing_area_new ();
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_places, places, g_free);
  lp_set_accessible_label (area, _ ("Where boxes lie in their pictures"));
  return captioned (area, _ ("Where boxes lie"), caption);
}
