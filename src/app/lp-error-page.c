/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "lp-error-page.h"
#include "lp-widgets.h"

struct _LpErrorPage
{
  AdwBin parent_instance;

  GtkLabel *headline;
  GtkBox *sentences;
  GtkWidget *open_button;
  char *details;
};

G_DEFINE_FINAL_TYPE (LpErrorPage, lp_error_page, ADW_TYPE_BIN)

static void
copy_cb (LpErrorPage *self)
{
  if (self->details != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->details);
}

static void
add_sentence (LpErrorPage *self, const char *text, GString *details)
{
  g_autofree char *shown = lp_text_escape (text, -1, 0);
  GtkWidget *label = lp_label_new (shown, "mono", TRUE);

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_box_append (self->sentences, label);
  g_string_append (details, shown);
  g_string_append_c (details, '\n');
}

void
lp_error_page_show (LpErrorPage *self, const char *const *paths, const GPtrArray *unread, const GError *error)
{
  g_autoptr (GString) details = g_string_new (NULL);
  g_autofree char *text = NULL;

  g_return_if_fail (LP_IS_ERROR_PAGE (self));

  lp_box_clear (self->sentences);
  if (paths[0] != NULL && paths[1] == NULL)
    {
      g_autofree char *base = g_path_get_basename (paths[0]);
      g_autofree char *shown = lp_text_escape (base, -1, 80);

      text = g_strdup_printf (_ ("%s gives nothing to look at"), shown);
    }
  else
    text = g_strdup (_ ("None of these gives anything to look at"));
  gtk_label_set_text (self->headline, text);
  for (guint i = 0; unread != NULL && i < unread->len; i++)
    add_sentence (self, g_ptr_array_index (unread, i), details);
  if (unread == NULL || unread->len == 0)
    add_sentence (self, error->message, details);
  g_free (self->details);
  self->details = g_strdup (details->str);
}

/* Else the focus goes to the first sentence, which selects it all. */
static void
lp_error_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lp_error_page_parent_class)->map (widget);
  gtk_widget_grab_focus (LP_ERROR_PAGE (widget)->open_button);
}

static void
lp_error_page_finalize (GObject *object)
{
  g_free (LP_ERROR_PAGE (object)->details);
  G_OBJECT_CLASS (lp_error_page_parent_class)->finalize (object);
}

static void
lp_error_page_class_init (LpErrorPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = lp_error_page_finalize;
  widget_class->map = lp_error_page_map;
  gtk_widget_class_set_css_name (widget_class, "lperror");
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/labelproof/Labelproof/lp-error-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LpErrorPage, headline);
  gtk_widget_class_bind_template_child (widget_class, LpErrorPage, sentences);
  gtk_widget_class_bind_template_child (widget_class, LpErrorPage, open_button);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
lp_error_page_init (LpErrorPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
