/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lp-names-row.h"

#define GAP 3 /* between columns */

struct _LpNamesRow
{
  GtkWidget parent_instance;

  LpColumns *columns;
  GPtrArray *cells; /* borrowed: children */
};

G_DEFINE_FINAL_TYPE (LpNamesRow, lp_names_row, GTK_TYPE_WIDGET)

int
lp_columns_width (const LpColumns *columns)
{
  int width = columns->n > 0 ? (int) (columns->n - 1) * GAP : 0;

  for (guint i = 0; i < columns->n; i++)
    width += columns->widths[i];
  return width;
}

void
lp_columns_fit (const LpColumns *columns, int row_width)
{
  int all = lp_columns_width (columns);
  double value = gtk_adjustment_get_value (columns->scrolling);

  gtk_adjustment_configure (columns->scrolling, MIN (value, MAX (all - row_width, 0)), 0, MAX (all, row_width),
                            row_width * 0.1, row_width * 0.8, row_width);
}

void
lp_columns_place (const LpColumns *columns, int row_width, guint i, int *x, int *width)
{
  int left = MAX (row_width - lp_columns_width (columns), 0);
  int share = columns->n > 1 ? left / ((int) columns->n - 1) : 0;

  *x = 0;
  for (guint k = 0; k < i; k++)
    *x += columns->widths[k] + GAP + (k > 0 ? share : 0);
  *width = columns->widths[i] + (i > 0 ? share : 0);
  if (i >= columns->pinned)
    *x -= (int) gtk_adjustment_get_value (columns->scrolling);
}

static void
lp_names_row_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  LpNamesRow *self = LP_NAMES_ROW (widget);

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *natural = lp_columns_width (self->columns);
      return;
    }
  for (guint i = 0; i < self->cells->len; i++)
    {
      int low, high;

      gtk_widget_measure (g_ptr_array_index (self->cells, i), orientation, -1, &low, &high, NULL, NULL);
      *minimum = MAX (*minimum, low);
      *natural = MAX (*natural, high);
    }
}

static void
lp_names_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LpNamesRow *self = LP_NAMES_ROW (widget);

  lp_columns_fit (self->columns, width);
  for (guint i = 0; i < self->cells->len; i++)
    {
      GtkWidget *cell = g_ptr_array_index (self->cells, i);
      int x, room, least;

      lp_columns_place (self->columns, width, i, &x, &room);
      gtk_widget_measure (cell, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      gtk_widget_size_allocate (cell, &(GtkAllocation){ x, 0, MAX (room, least), height }, -1);
    }
}

/* What is scrolled goes under the pinned ones. */
static void
lp_names_row_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LpNamesRow *self = LP_NAMES_ROW (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  int edge = 0;

  for (guint i = 0; i < self->columns->pinned && i < self->cells->len; i++)
    {
      int x, room;

      gtk_widget_snapshot_child (widget, g_ptr_array_index (self->cells, i), snapshot);
      lp_columns_place (self->columns, width, i, &x, &room);
      edge = x + room + GAP;
    }
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (edge, 0, MAX (width - edge, 0), height));
  for (guint i = self->columns->pinned; i < self->cells->len; i++)
    gtk_widget_snapshot_child (widget, g_ptr_array_index (self->cells, i), snapshot);
  gtk_snapshot_pop (snapshot);
}

static void
lp_names_row_dispose (GObject *object)
{
  LpNamesRow *self = LP_NAMES_ROW (object);

  for (guint i = 0; i < self->cells->len; i++)
    gtk_widget_unparent (g_ptr_array_index (self->cells, i));
  g_ptr_array_set_size (self->cells, 0);
  G_OBJECT_CLASS (lp_names_row_parent_class)->dispose (object);
}

static void
lp_names_row_finalize (GObject *object)
{
  g_ptr_array_unref (LP_NAMES_ROW (object)->cells);
  G_OBJECT_CLASS (lp_names_row_parent_class)->finalize (object);
}

static void
lp_names_row_class_init (LpNamesRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lp_names_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = lp_names_row_finalize;
  widget_class->measure = lp_names_row_measure;
  widget_class->size_allocate = lp_names_row_size_allocate;
  widget_class->snapshot = lp_names_row_snapshot;
  gtk_widget_class_set_css_name (widget_class, "lpnamesrow");
}

static void
lp_names_row_init (LpNamesRow *self)
{
  self->cells = g_ptr_array_new ();
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
lp_names_row_new (LpColumns *columns)
{
  LpNamesRow *self = g_object_new (LP_TYPE_NAMES_ROW, NULL);

  self->columns = columns;
  g_signal_connect_object (columns->scrolling, "value-changed", G_CALLBACK (gtk_widget_queue_allocate), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
lp_names_row_append (LpNamesRow *self, GtkWidget *cell)
{
  g_return_if_fail (LP_IS_NAMES_ROW (self));
  gtk_widget_set_parent (cell, GTK_WIDGET (self));
  g_ptr_array_add (self->cells, cell);
}

GtkWidget *
lp_names_row_cell (LpNamesRow *self, guint column)
{
  return g_ptr_array_index (self->cells, column);
}
