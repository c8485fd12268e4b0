/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lp-tab-stop.h"

struct _LpTabStop
{
  AdwBin parent_instance;
};

G_DEFINE_FINAL_TYPE (LpTabStop, lp_tab_stop, ADW_TYPE_BIN)

static gboolean
lp_tab_stop_focus (GtkWidget *widget, GtkDirectionType direction)
{
  gboolean tab = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;

  if (tab && gtk_widget_get_focus_child (widget) != NULL)
    return FALSE;
  return GTK_WIDGET_CLASS (lp_tab_stop_parent_class)->focus (widget, direction);
}

static void
lp_tab_stop_class_init (LpTabStopClass *klass)
{
  GTK_WIDGET_CLASS (klass)->focus = lp_tab_stop_focus;
}

static void
lp_tab_stop_init (LpTabStop *self)
{
}
