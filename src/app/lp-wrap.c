/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lp-widgets.h"
#include "lp-wrap.h"

struct _LpWrap
{
  GtkWidget parent_instance;
  int spacing, line_spacing;
};

typedef struct
{
  GtkWidget *child;
  GtkAllocation place;
} Item;

G_DEFINE_FINAL_TYPE (LpWrap, lp_wrap, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_SPACING,
  PROP_LINE_SPACING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* ---- where the children go ---- */

static void
share_rest (Item *items, guint n, int rest)
{
  guint expanding = 0;
  int shift = 0;

  for (guint i = 0; i < n; i++)
    expanding += gtk_widget_compute_expand (items[i].child, GTK_ORIENTATION_HORIZONTAL);
  for (guint i = 0; i < n; i++)
    {
      items[i].place.x += shift;
      if (expanding > 0 && gtk_widget_compute_expand (items[i].child, GTK_ORIENTATION_HORIZONTAL))
        {
          int share = rest / (int) expanding--;

          items[i].place.width += share;
          shift += share;
          rest -= share;
        }
    }
}

/* Words that ask for it stand on one baseline; everything else gets the height of the line. Returns that height. */
static int
set_heights (Item *items, guint n, int y)
{
  int above = 0, below = 0, tallest = 0;

  for (guint i = 0; i < n; i++)
    {
      GtkAllocation *place = &items[i].place;
      int baseline = -1;

      gtk_widget_measure (items[i].child, GTK_ORIENTATION_VERTICAL, place->width, NULL, &place->height, NULL,
                          &baseline);
      if (gtk_widget_get_valign (items[i].child) != GTK_ALIGN_BASELINE)
        baseline = -1;
      place->y = baseline;
      tallest = MAX (tallest, place->height);
      above = MAX (above, baseline);
      below = MAX (below, baseline >= 0 ? place->height - baseline : 0);
    }
  tallest = MAX (tallest, above + below);
  for (guint i = 0; i < n; i++)
    {
      GtkAllocation *place = &items[i].place;
      gboolean words = place->y >= 0;

      place->height = words ? place->height : tallest;
      place->y = words ? y + above - place->y : y;
    }
  return tallest;
}

/* The children in lines of this width; returns the height of all lines. */
static int
lay_out (LpWrap *self, int width, GArray *items)
{
  guint first = 0;
  int x = 0, y = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      Item item = { .child = child };
      int least, natural;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &natural, NULL, NULL);
      if (items->len > first && x + natural > width)
        {
          share_rest (&g_array_index (items, Item, first), items->len - first, width - x + self->spacing);
          y += set_heights (&g_array_index (items, Item, first), items->len - first, y) + self->line_spacing;
          first = items->len;
          x = 0;
        }
      item.place.x = x;
      item.place.width = MAX (least, MIN (natural, width));
      x += item.place.width + self->spacing;
      g_array_append_val (items, item);
    }
  if (items->len == first)
    return y;
  share_rest (&g_array_index (items, Item, first), items->len - first, MAX (0, width - x + self->spacing));
  return y + set_heights (&g_array_index (items, Item, first), items->len - first, y);
}

static void
measure_width (LpWrap *self, int *minimum, int *natural)
{
  *minimum = *natural = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int least, wanted;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural += wanted + (*natural > 0 ? self->spacing : 0);
    }
}

static void
lp_wrap_measure (GtkWidget *widget,
                 GtkOrientation orientation,
                 int for_size,
                 int *minimum,
                 int *natural,
                 int *minimum_baseline,
                 int *natural_baseline)
{
  LpWrap *self = LP_WRAP (widget);
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (Item));
  int least, wanted;

  measure_width (self, &least, &wanted);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = least;
      *natural = wanted;
      return;
    }
  *minimum = *natural = lay_out (self, for_size >= 0 ? for_size : wanted, items);
}

static void
lp_wrap_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (Item));
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  lay_out (LP_WRAP (widget), width, items);
  for (guint i = 0; i < items->len; i++)
    {
      Item *item = &g_array_index (items, Item, i);

      if (mirrored)
        item->place.x = width - item->place.x - item->place.width;
      gtk_widget_size_allocate (item->child, &item->place, -1);
    }
}

static GtkSizeRequestMode
lp_wrap_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* ---- the children ---- */

void
lp_wrap_append (LpWrap *self, GtkWidget *child)
{
  g_return_if_fail (LP_IS_WRAP (self));
  gtk_widget_set_parent (child, GTK_WIDGET (self));
}

void
lp_wrap_append_fact (LpWrap *self, GtkWidget *fact)
{
  GtkWidget *last = gtk_widget_get_last_child (GTK_WIDGET (self));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, self->spacing);

  if (last != NULL)
    gtk_box_append (GTK_BOX (last), lp_label_new ("·", "dim-label", FALSE));
  gtk_widget_set_valign (box, GTK_ALIGN_BASELINE);
  gtk_box_append (GTK_BOX (box), fact);
  lp_wrap_append (self, box);
}

void
lp_wrap_clear (LpWrap *self)
{
  GtkWidget *child;

  g_return_if_fail (LP_IS_WRAP (self));
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}

/* ---- the widget ---- */

static void
lp_wrap_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LpWrap *self = LP_WRAP (object);

  g_value_set_int (value, id == PROP_SPACING ? self->spacing : self->line_spacing);
}

static void
lp_wrap_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LpWrap *self = LP_WRAP (object);

  *(id == PROP_SPACING ? &self->spacing : &self->line_spacing) = g_value_get_int (value);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
lp_wrap_dispose (GObject *object)
{
  lp_wrap_clear (LP_WRAP (object));
  G_OBJECT_CLASS (lp_wrap_parent_class)->dispose (object);
}

static void
lp_wrap_class_init (LpWrapClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = lp_wrap_get_property;
  object_class->set_property = lp_wrap_set_property;
  object_class->dispose = lp_wrap_dispose;
  properties[PROP_SPACING] = g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT16, 0, flags);
  properties[PROP_LINE_SPACING] = g_param_spec_int ("line-spacing", NULL, NULL, 0, G_MAXINT16, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  widget_class->measure = lp_wrap_measure;
  widget_class->size_allocate = lp_wrap_size_allocate;
  widget_class->get_request_mode = lp_wrap_get_request_mode;
  gtk_widget_class_set_css_name (widget_class, "lpwrap");
}

static void
lp_wrap_init (LpWrap *self)
{
}

GtkWidget *
lp_wrap_new (int spacing, int line_spacing)
{
  return g_object_new (LP_TYPE_WRAP, "spacing", spacing, "line-spacing", line_spacing, NULL);
}
