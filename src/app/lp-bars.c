/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "lp-bars.h"
#include "lp-widgets.h"

#define MOST_BARS 24
#define GAP 6
#define RADIUS 2.5

struct _LpBar
{
  GtkWidget parent_instance;
  double share;
  int slot;
  GtkWidget *value;
};

G_DEFINE_FINAL_TYPE (LpBar, lp_bar, GTK_TYPE_WIDGET)

static int
value_width (LpBar *self)
{
  int width = 0;

  gtk_widget_measure (self->value, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  return width;
}

static int
bar_length (LpBar *self)
{
  int room = gtk_widget_get_width (GTK_WIDGET (self)) - value_width (self) - GAP;

  return MAX (1, (int) round (self->share * MAX (room, 0)));
}

static void
lp_bar_measure (GtkWidget *widget,
                GtkOrientation orientation,
                int for_size,
                int *minimum,
                int *natural,
                int *minimum_baseline,
                int *natural_baseline)
{
  LpBar *self = LP_BAR (widget);

  gtk_widget_measure (self->value, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum += GAP + 16;
      *natural += GAP + 120;
    }
}

static void
lp_bar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LpBar *self = LP_BAR (widget);
  GtkAllocation place = { bar_length (self) + GAP, 0, value_width (self), height };

  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    place.x = width - place.x - place.width;
  gtk_widget_size_allocate (self->value, &place, -1);
}

static void
lp_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LpBar *self = LP_BAR (widget);
  float height = gtk_widget_get_height (widget), length = bar_length (self);
  float thick = MAX (4, roundf (height * 0.68f)), x = 0;
  GskRoundedRect outline;
  GdkRGBA fill, ink;

  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    x = gtk_widget_get_width (widget) - length;
  lp_slot_canvas (self->slot, &fill);
  lp_slot_ink (self->slot, &ink);
  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (x, roundf ((height - thick) / 2), length, thick),
                                   RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &fill, &outline.bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, &outline, (float[4]){ 1, 1, 1, 1 }, (GdkRGBA[4]){ ink, ink, ink, ink });
  gtk_widget_snapshot_child (widget, self->value, snapshot);
}

static void
lp_bar_dispose (GObject *object)
{
  g_clear_pointer (&LP_BAR (object)->value, gtk_widget_unparent);
  G_OBJECT_CLASS (lp_bar_parent_class)->dispose (object);
}

static void
lp_bar_class_init (LpBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lp_bar_dispose;
  widget_class->measure = lp_bar_measure;
  widget_class->size_allocate = lp_bar_size_allocate;
  widget_class->snapshot = lp_bar_snapshot;
  gtk_widget_class_set_css_name (widget_class, "lpbar");
}

static void
lp_bar_init (LpBar *self)
{
}

GtkWidget *
lp_bar_new (double share, int slot, GtkWidget *value)
{
  LpBar *self = g_object_new (LP_TYPE_BAR, NULL);

  self->share = CLAMP (share, 0, 1);
  self->slot = slot;
  self->value = value;
  gtk_widget_set_parent (value, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

/* ---- the stripe ---- */

typedef struct
{
  guint n[3];
} Stripe;

/* The palette of style.css cannot be asked for from here without a style context of each: these are its bar colours.
 */
static void
draw_stripe (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  static const double colours[3][3] = { { 0.878, 0.106, 0.141 }, { 0.898, 0.647, 0.039 }, { 0.384, 0.627, 0.918 } };
  const Stripe *stripe = data;
  guint total = stripe->n[0] + stripe->n[1] + stripe->n[2], parts = 0, drawn = 0;
  double x = 0, room;

  for (guint i = 0; i < 3; i++)
    parts += stripe->n[i] > 0;
  room = width - 2.0 * (parts > 0 ? parts - 1 : 0);
  for (guint i = 0; i < 3 && total > 0; i++)
    {
      double length = MAX (room * stripe->n[i] / total, 3);

      if (stripe->n[i] == 0)
        continue;
      if (++drawn == parts)
        length = width - x;
      cairo_new_sub_path (cr);
      cairo_arc (cr, x + height / 2.0, height / 2.0, height / 2.0, G_PI_2, 3 * G_PI_2);
      cairo_arc (cr, MAX (x + length - height / 2.0, x + height / 2.0), height / 2.0, height / 2.0, -G_PI_2, G_PI_2);
      cairo_close_path (cr);
      cairo_set_source_rgb (cr, colours[i][0], colours[i][1], colours[i][2]);
      cairo_fill (cr);
      x += length + 2;
    }
}

GtkWidget *
lp_severity_stripe_new (guint errors, guint warnings, guint infos)
{
  GtkWidget *area = gtk_drawing_area_new ();
  Stripe *stripe = g_new (Stripe, 1);
  g_autofree char *words =
    g_strdup_printf (_ ("%u errors, %u warnings, %u infos, as shares of one bar"), errors, warnings, infos);

  *stripe = (Stripe){ { errors, warnings, infos } };
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), 6);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_stripe, stripe, g_free);
  lp_set_accessible_label (area, words);
  return area;
}

/* ---- boxes per class ---- */

static GtkWidget *
bar_name (const LpDictionary *names, gint32 id)
{
  const char *name = lp_dictionary_name (names, id);
  g_autofree char *shown = name != NULL ? lp_text_show_blanks (name) : g_strdup (_ ("no name"));
  g_autofree char *text = names != NULL ? g_strdup_printf ("%d %s", id, shown) : g_strdup_printf ("%d", id);
  GtkWidget *label = lp_label_new (text, name != NULL ? "small numeric" : "small numeric dim-label", FALSE);

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 18);
  return label;
}

static guint
most_boxes (const GArray *counts)
{
  guint most = 1;

  for (guint i = 0; i < counts->len; i++)
    most = MAX (most, g_array_index (counts, LpClassCount, i).boxes);
  return most;
}

GtkWidget *
lp_class_bars_new (LpSession *session)
{
  guint32 dictionary = lp_reference_dictionary (session);
  const LpDictionary *names = lp_dataset_dict (lp_session_get_dataset (session), dictionary);
  g_autoptr (GArray) counts = lp_class_counts (session, dictionary);
  guint most = most_boxes (counts);
  GtkWidget *grid;

  if (counts->len == 0)
    return NULL;
  grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (grid), 8);
  for (guint i = 0; i < counts->len && i < MOST_BARS; i++)
    {
      const LpClassCount *class = &g_array_index (counts, LpClassCount, i);
      g_autofree char *number = lp_number (class->boxes);
      GtkWidget *value = lp_link_new (number, "win.page", g_variant_new_string ("images"));
      GtkWidget *bar;

      lp_widget_add_classes (value, "small numeric");
      bar = lp_bar_new ((double) class->boxes / most, lp_class_slot (session, dictionary, class->id), value);
      gtk_widget_set_hexpand (bar, TRUE);
      gtk_grid_attach (GTK_GRID (grid), bar_name (names, class->id), 0, i, 1, 1);
      gtk_grid_attach (GTK_GRID (grid), bar, 1, i, 1, 1);
    }
  if (counts->len > MOST_BARS)
    {
      guint more = counts->len - MOST_BARS;
      g_autofree char *text = lp_count (ngettext ("and %s more class", "and %s more classes", more), more);
      GtkWidget *link = lp_link_new (text, "win.page", g_variant_new_string ("labels"));

      gtk_widget_add_css_class (link, "small");
      gtk_grid_attach (GTK_GRID (grid), link, 1, MOST_BARS, 1, 1);
    }
  return grid;
}
