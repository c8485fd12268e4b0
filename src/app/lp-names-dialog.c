/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "lp-names-dialog.h"
#include "lp-widgets.h"
#include "lp-window-private.h"

struct _LpNamesDialog
{
  AdwWindow parent_instance;

  GtkTextView *text;
  GtkLabel *count;
  GtkWidget *use_button, *found_button;
};

G_DEFINE_FINAL_TYPE (LpNamesDialog, lp_names_dialog, ADW_TYPE_WINDOW)

static LpWindow *
window_of (LpNamesDialog *self)
{
  return LP_WINDOW (gtk_window_get_transient_for (GTK_WINDOW (self)));
}

/* One name a line; blank lines at the end do not count, within the list they are names that are missing. */
static GStrv
typed_names (LpNamesDialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  g_autofree char *text = NULL;
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  g_strchomp (text);
  return *text != '\0' ? g_strsplit (text, "\n", -1) : g_new0 (char *, 1);
}

static void
count_cb (LpNamesDialog *self)
{
  g_auto (GStrv) names = typed_names (self);
  guint n = g_strv_length (names);
  g_autofree char *text = lp_count (ngettext ("%s name", "%s names", n), n);

  gtk_label_set_text (self->count, text);
  gtk_widget_set_sensitive (self->use_button, n > 0);
}

static void
use (LpNamesDialog *self, GStrv names, const char *file)
{
  LpWindow *window = window_of (self);
  LpSession *session = lp_window_get_session (window);

  if (session != NULL)
    {
      lp_session_set_typed_names (session, names);
      lp_session_set_names (session, file);
      _lp_window_reload (window);
    }
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
use_cb (LpNamesDialog *self)
{
  g_auto (GStrv) names = typed_names (self);

  use (self, names, NULL);
}

static void
found_cb (LpNamesDialog *self)
{
  use (self, NULL, NULL);
}

static void
file_chosen_cb (GtkNativeDialog *dialog, int response, LpNamesDialog *self)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  g_object_unref (dialog);
  if (response == GTK_RESPONSE_ACCEPT && path != NULL)
    use (self, NULL, path);
}

static void
file_cb (LpNamesDialog *self)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (_ ("Take the names from a file"), GTK_WINDOW (self),
                                                              GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (file_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* The subject's own names to begin with. */
static void
fill (LpNamesDialog *self)
{
  LpDataset *dataset = lp_session_get_dataset (lp_window_get_session (window_of (self)));
  const LpLayer *subject = lp_dataset_layer (dataset, dataset->subject);
  const LpDictionary *names = subject != NULL ? lp_dataset_dict (dataset, subject->dictionary) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; names != NULL && i < names->names->len; i++)
    {
      const char *name = g_ptr_array_index (names->names, i);
      g_autofree char *shown = name != NULL ? lp_text_escape (name, -1, 0) : g_strdup ("");

      g_string_append_printf (text, "%s\n", shown);
    }
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), text->str, -1);
  gtk_widget_set_visible (self->found_button, names != NULL && names->origin == LP_DICT_USER);
  count_cb (self);
}

static void
lp_names_dialog_class_init (LpNamesDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/labelproof/Labelproof/lp-names-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LpNamesDialog, text);
  gtk_widget_class_bind_template_child (widget_class, LpNamesDialog, count);
  gtk_widget_class_bind_template_child (widget_class, LpNamesDialog, use_button);
  gtk_widget_class_bind_template_child (widget_class, LpNamesDialog, found_button);
  gtk_widget_class_bind_template_callback (widget_class, use_cb);
  gtk_widget_class_bind_template_callback (widget_class, found_cb);
  gtk_widget_class_bind_template_callback (widget_class, file_cb);
}

static void
lp_names_dialog_init (LpNamesDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_text_view_get_buffer (self->text), "changed", G_CALLBACK (count_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
lp_names_dialog_new (LpWindow *window)
{
  LpNamesDialog *self = g_object_new (LP_TYPE_NAMES_DIALOG, "transient-for", window, NULL);

  fill (self);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->text));
  return GTK_WIDGET (self);
}
