/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lp-shell.h"

#define SMALLEST_WIDTH 720
#define SMALLEST_HEIGHT 520

struct _LpShell
{
  GtkWidget parent_instance;
  GtkWidget *child;
};

static void buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LpShell,
                               lp_shell,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_init))

static GtkBuildableIface *parent_buildable;

static void
add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  LpShell *self = LP_SHELL (buildable);

  if (!GTK_IS_WIDGET (child))
    {
      parent_buildable->add_child (buildable, builder, child, type);
      return;
    }
  g_assert (self->child == NULL);
  self->child = GTK_WIDGET (child);
  gtk_widget_set_parent (self->child, GTK_WIDGET (self));
}

static void
buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = add_child;
}

static void
lp_shell_measure (GtkWidget *widget,
                  GtkOrientation orientation,
                  int for_size,
                  int *minimum,
                  int *natural,
                  int *minimum_baseline,
                  int *natural_baseline)
{
  int smallest = orientation == GTK_ORIENTATION_HORIZONTAL ? SMALLEST_WIDTH : SMALLEST_HEIGHT;

  gtk_widget_measure (LP_SHELL (widget)->child, orientation, -1, NULL, natural, NULL, NULL);
  *minimum = smallest;
  *natural = MAX (*natural, smallest);
}

static void
lp_shell_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LpShell *self = LP_SHELL (widget);
  GtkAllocation place = { 0, 0, width, height };
  int least_width, least_height;

  gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, &least_width, NULL, NULL, NULL);
  place.width = MAX (width, least_width);
  gtk_widget_measure (self->child, GTK_ORIENTATION_VERTICAL, place.width, &least_height, NULL, NULL, NULL);
  place.height = MAX (height, least_height);
  gtk_widget_size_allocate (self->child, &place, -1);
}

static void
lp_shell_dispose (GObject *object)
{
  g_clear_pointer (&LP_SHELL (object)->child, gtk_widget_unparent);
  G_OBJECT_CLASS (lp_shell_parent_class)->dispose (object);
}

static void
lp_shell_class_init (LpShellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lp_shell_dispose;
  widget_class->measure = lp_shell_measure;
  widget_class->size_allocate = lp_shell_size_allocate;
}

static void
lp_shell_init (LpShell *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}
