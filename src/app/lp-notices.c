/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "lp-notices.h"
#include "lp-widgets.h"

#define SECONDS 5
#define MOST 3   /* at once; the oldest makes room */
#define FRAME 76 /* pixels around the words */
#define CLOSE 34
#define WIDEST 60 /* letters of a line over the page */

struct _LpNotices
{
  GtkWidget parent_instance;

  GtkWidget *undo; /* one of the children; NULL */
  int beside;      /* pixels of the column beside the page; 0: over it */
};

G_DEFINE_FINAL_TYPE (LpNotices, lp_notices, GTK_TYPE_WIDGET)

static void
drop (LpNotices *self, GtkWidget *notice)
{
  guint source = GPOINTER_TO_UINT (g_object_steal_data (G_OBJECT (notice), "lp-source"));

  if (source != 0)
    g_source_remove (source);
  if (self->undo == notice)
    self->undo = NULL;
  gtk_widget_unparent (notice);
  gtk_widget_set_visible (GTK_WIDGET (self), gtk_widget_get_first_child (GTK_WIDGET (self)) != NULL);
}

static gboolean
late_cb (gpointer data)
{
  GtkWidget *notice = data;
  GtkStateFlags state = gtk_widget_get_state_flags (notice);

  if (state & (GTK_STATE_FLAG_PRELIGHT | GTK_STATE_FLAG_FOCUS_WITHIN))
    return G_SOURCE_CONTINUE;
  g_object_steal_data (G_OBJECT (notice), "lp-source");
  drop (LP_NOTICES (gtk_widget_get_parent (notice)), notice);
  return G_SOURCE_REMOVE;
}

static void
close_cb (GtkWidget *notice)
{
  drop (LP_NOTICES (gtk_widget_get_parent (notice)), notice);
}

static GtkWidget *
make_notice (const char *text, const char *action)
{
  GtkWidget *notice = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, NULL);
  GtkWidget *label = lp_label_new (text, NULL, TRUE);
  GtkWidget *close = gtk_button_new_from_icon_name ("window-close-symbolic");
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  lp_widget_add_classes (notice, "notice osd");
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), 6);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  if (action != NULL)
    {
      GtkWidget *undo = gtk_button_new_with_label (_ ("Undo"));

      gtk_actionable_set_action_name (GTK_ACTIONABLE (undo), action);
      gtk_box_append (GTK_BOX (buttons), undo);
    }
  lp_widget_add_classes (close, "circular flat");
  lp_set_accessible_label (close, _ ("Close"));
  g_signal_connect_swapped (close, "clicked", G_CALLBACK (close_cb), notice);
  gtk_box_append (GTK_BOX (buttons), close);
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  gtk_widget_set_valign (buttons, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (notice), label);
  gtk_box_append (GTK_BOX (notice), buttons);
  return notice;
}

/* How many letters fit into the column, with the buttons below the words or beside them. */
static int
column_chars (LpNotices *self, gboolean below)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int letter = MAX (pango_font_metrics_get_approximate_char_width (metrics) / PANGO_SCALE, 1);

  pango_font_metrics_unref (metrics);
  return MAX ((self->beside - (below ? FRAME : FRAME + CLOSE)) / letter, 8);
}

/* In the column there is no room for words beside two buttons. */
static void
place (LpNotices *self, GtkWidget *notice)
{
  GtkWidget *buttons = gtk_widget_get_last_child (notice);
  gboolean below = self->beside > 0 && gtk_widget_get_first_child (buttons) != gtk_widget_get_last_child (buttons);

  gtk_label_set_max_width_chars (GTK_LABEL (gtk_widget_get_first_child (notice)),
                                 self->beside > 0 ? column_chars (self, below) : WIDEST);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (notice),
                                  below ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
}

static GtkWidget *
add (LpNotices *self, const char *text, const char *action)
{
  GtkWidget *notice = make_notice (text, action), *child;
  guint n = 1, source;

  for (child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n++;
  for (; n > MOST; n--)
    drop (self, gtk_widget_get_first_child (GTK_WIDGET (self)));
  place (self, notice);
  gtk_widget_insert_before (notice, GTK_WIDGET (self), NULL);
  source = g_timeout_add_seconds (SECONDS, late_cb, notice);
  g_object_set_data (G_OBJECT (notice), "lp-source", GUINT_TO_POINTER (source));
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  return notice;
}

void
lp_notices_say (LpNotices *self, const char *text)
{
  g_return_if_fail (LP_IS_NOTICES (self));
  add (self, text, NULL);
}

void
lp_notices_offer_undo (LpNotices *self, const char *text, const char *action)
{
  g_return_if_fail (LP_IS_NOTICES (self));
  lp_notices_withdraw_undo (self);
  self->undo = add (self, text, action);
}

void
lp_notices_withdraw_undo (LpNotices *self)
{
  g_return_if_fail (LP_IS_NOTICES (self));
  if (self->undo != NULL)
    drop (self, self->undo);
}

void
lp_notices_clear (LpNotices *self)
{
  GtkWidget *child;

  g_return_if_fail (LP_IS_NOTICES (self));
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    drop (self, child);
}

void
lp_notices_set_place (LpNotices *self, int width)
{
  g_return_if_fail (LP_IS_NOTICES (self));
  self->beside = width;
  gtk_widget_set_halign (GTK_WIDGET (self), width > 0 ? GTK_ALIGN_START : GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (GTK_WIDGET (self), width > 0 ? width : -1, -1);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    place (self, child);
}

static void
lp_notices_dispose (GObject *object)
{
  lp_notices_clear (LP_NOTICES (object));
  G_OBJECT_CLASS (lp_notices_parent_class)->dispose (object);
}

static void
lp_notices_class_init (LpNoticesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lp_notices_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "lpnotices");
}

static void
lp_notices_init (LpNotices *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_END);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
