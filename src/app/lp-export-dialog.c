/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "lp-export-dialog.h"
#include "lp-job.h"
#include "lp-widgets.h"

#define MOST_SENTENCES 200

struct _LpExportDialog
{
  AdwWindow parent_instance;

  LpSession *session;
  LpJob *job;
  guint poll;

  GtkWidget *close_button, *export_button, *form, *result, *anyway_button, *open_button;
  GtkEditable *destination;
  AdwComboRow *order;
  GtkSwitch *link;
  GtkProgressBar *bar;
  GtkLabel *headline;
  GtkBox *sentences;
};

G_DEFINE_FINAL_TYPE (LpExportDialog, lp_export_dialog, ADW_TYPE_WINDOW)

/* ---- in the thread ---- */

typedef struct
{
  LpExportDialog *dialog; /* a reference */
  LpSession *session;
  char *destination;
  LpExportOptions options;
  LpExported exported;
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  g_object_unref (export->dialog);
  g_object_unref (export->session);
  g_free (export->destination);
  lp_exported_clear (&export->exported);
  g_free (export);
}

static gboolean
export_work (LpProgress *progress, gpointer data, GError **error)
{
  Export *export = data;

  return lp_session_export (export->session, &export->options, progress, &export->exported, error);
}

/* ---- what came of it ---- */

static void
add_sentences (LpExportDialog *self, const char *title, const GPtrArray *list)
{
  if (list == NULL || list->len == 0)
    return;
  if (title != NULL)
    gtk_box_append (self->sentences, lp_label_new (title, "heading", TRUE));
  for (guint i = 0; i < list->len && i < MOST_SENTENCES; i++)
    {
      g_autofree char *text = lp_text_escape (g_ptr_array_index (list, i), -1, 300);

      gtk_box_append (self->sentences, lp_label_new (text, "small", TRUE));
    }
  if (list->len > MOST_SENTENCES)
    {
      g_autofree char *text = lp_count (_ ("and %s more"), list->len - MOST_SENTENCES);

      gtk_box_append (self->sentences, lp_label_new (text, "dim-label small", TRUE));
    }
}

static void
show_written (LpExportDialog *self, const LpExported *exported)
{
  g_autofree char *images = lp_count (ngettext ("%s picture", "%s pictures", exported->n_images), exported->n_images);
  g_autofree char *text = g_strdup_printf (
    ngettext ("Exported: %s, %u row", "Exported: %s, %u rows", exported->n_rows), images, exported->n_rows);

  gtk_label_set_text (self->headline, text);
  add_sentences (self, _ ("Left out"), exported->left_out);
  add_sentences (self, _ ("Carried along as they stand"), exported->carried);
  gtk_button_set_label (GTK_BUTTON (self->close_button), _ ("Close"));
}

static void
show_result (LpExportDialog *self, const LpExported *exported, const GError *error)
{
  gboolean written = error == NULL && exported->written;

  lp_box_clear (self->sentences);
  gtk_widget_set_visible (self->result, TRUE);
  gtk_widget_set_visible (self->open_button, written);
  gtk_widget_set_visible (self->anyway_button, error == NULL && !written);
  gtk_widget_set_visible (self->form, !written);
  gtk_widget_set_visible (self->export_button, !written);
  if (error != NULL)
    {
      g_autofree char *text = lp_text_escape (error->message, -1, 0);

      gtk_label_set_text (self->headline, text);
    }
  else if (!written)
    {
      gtk_label_set_text (self->headline, _ ("Stopped: errors would be carried along. Nothing was written."));
      add_sentences (self, NULL, exported->stopped_by);
    }
  else
    show_written (self, exported);
}

static gboolean
poll_cb (gpointer data)
{
  LpExportDialog *self = data;
  LpProgress progress = lp_job_progress (self->job);

  if (progress.total > 0)
    gtk_progress_bar_set_fraction (self->bar, CLAMP ((double) progress.done / progress.total, 0, 1));
  else
    gtk_progress_bar_pulse (self->bar);
  return G_SOURCE_CONTINUE;
}

static void
export_done (const GError *error, gpointer data)
{
  Export *export = data;
  LpExportDialog *self = export->dialog;

  g_clear_handle_id (&self->poll, g_source_remove);
  self->job = NULL;
  if (self->session == NULL) /* closed meanwhile */
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->bar), FALSE);
  gtk_widget_set_sensitive (self->form, TRUE);
  gtk_widget_set_sensitive (self->export_button, TRUE);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_result (self, &export->exported, error);
}

/* ---- asking ---- */

/* The list that was chosen; NULL: the subject's own order. */
static const GPtrArray *
chosen_order (LpExportDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->order);
  const LpDictionary *dict =
    selected > 0 ? lp_dataset_dict (lp_session_get_dataset (self->session), selected - 1) : NULL;

  return dict != NULL ? dict->names : NULL;
}

static void
start (LpExportDialog *self, gboolean with_errors)
{
  Export *export = g_new0 (Export, 1);

  export->dialog = g_object_ref (self);
  export->session = g_object_ref (self->session);
  export->destination = g_canonicalize_filename (gtk_editable_get_text (self->destination), NULL);
  export->options = (LpExportOptions){ .destination = export->destination,
                                       .order = chosen_order (self),
                                       .with_errors = with_errors,
                                       .link = gtk_switch_get_active (self->link) };
  gtk_widget_set_visible (self->result, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), TRUE);
  gtk_widget_set_sensitive (self->form, FALSE);
  gtk_widget_set_sensitive (self->export_button, FALSE);
  self->job = lp_job_start (export_work, export_done, export, export_free);
  self->poll = g_timeout_add (100, poll_cb, self);
}

static void
export_cb (LpExportDialog *self)
{
  start (self, FALSE);
}

static void
anyway_cb (LpExportDialog *self)
{
  start (self, TRUE);
}

static void
open_cb (LpExportDialog *self)
{
  LpWindow *window = LP_WINDOW (gtk_window_get_transient_for (GTK_WINDOW (self)));
  g_autofree char *path = g_canonicalize_filename (gtk_editable_get_text (self->destination), NULL);
  const char *paths[] = { path, NULL };

  gtk_window_destroy (GTK_WINDOW (self));
  lp_window_open (window, paths);
}

static void
destination_cb (LpExportDialog *self)
{
  gtk_widget_set_sensitive (self->export_button,
                            self->job == NULL && g_path_is_absolute (gtk_editable_get_text (self->destination)));
}

/* A new folder inside the one that was chosen, or that one itself where it is empty. */
static void
chosen_cb (GtkNativeDialog *dialog, int response, LpExportDialog *self)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  g_object_unref (dialog);
  if (response == GTK_RESPONSE_ACCEPT && path != NULL)
    gtk_editable_set_text (self->destination, path);
}

static void
choose_cb (LpExportDialog *self)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (_ ("A new or empty folder"), GTK_WINDOW (self),
                                                              GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, NULL, NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
fill_orders (LpExportDialog *self)
{
  const LpDataset *dataset = lp_session_get_dataset (self->session);
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  gtk_string_list_append (list, _ ("As it is"));
  for (guint i = 0; i < dataset->dicts->len; i++)
    {
      const LpDictionary *dict = lp_dataset_dict (dataset, i);
      g_autofree char *title = lp_text_escape (dict->title, -1, 60);
      g_autofree char *text =
        g_strdup_printf (ngettext ("%s (%u name)", "%s (%u names)", dict->names->len), title, dict->names->len);

      gtk_string_list_append (list, text);
    }
  adw_combo_row_set_model (self->order, G_LIST_MODEL (list));
}

/* Beside what was opened: "everyday-clean". */
static void
fill_destination (LpExportDialog *self)
{
  const char *path = lp_session_get_paths (self->session)[0];
  g_autofree char *folder = g_file_test (path, G_FILE_TEST_IS_DIR) ? g_strdup (path) : g_path_get_dirname (path);
  g_autofree char *wanted = g_strconcat (folder, "-clean", NULL);

  gtk_editable_set_text (self->destination, wanted);
}

static void
lp_export_dialog_dispose (GObject *object)
{
  LpExportDialog *self = LP_EXPORT_DIALOG (object);

  if (self->job != NULL)
    lp_job_cancel (self->job);
  g_clear_handle_id (&self->poll, g_source_remove);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (lp_export_dialog_parent_class)->dispose (object);
}

static void
lp_export_dialog_class_init (LpExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lp_export_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/labelproof/Labelproof/lp-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LpExportDialog, close_button);
  gtk_widget_class_bind_template_child (widget_class, LpExportDialog, export_button);
  gtk_widget_class_bind_template_child (widget_class, LpExportDialog, form);
  gtk_widget_class_bind_template_child (widget_class, LpExportDialog, result);
  gtk_widget_class_bind_template_child (widget_class, LpExportDialog, anyway_button);
  gtk_widget_class_bind_template_child (widget_class, LpExportDialog, open_button);
  gtk_widget_class_bind_template_child (widget_class, LpExportDialog, destination);
  gtk_widget_class_bind_template_child (widget_class, LpExportDialog, order);
  gtk_widget_class_bind_template_child (widget_class, LpExportDialog, link);
  gtk_widget_class_bind_template_child (widget_class, LpExportDialog, bar);
  gtk_widget_class_bind_template_child (widget_class, LpExportDialog, headline);
  gtk_widget_class_bind_template_child (widget_class, LpExportDialog, sentences);
  gtk_widget_class_bind_template_callback (widget_class, export_cb);
  gtk_widget_class_bind_template_callback (widget_class, anyway_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
}

static void
lp_export_dialog_init (LpExportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->destination, "changed", G_CALLBACK (destination_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
lp_export_dialog_new (LpWindow *window)
{
  LpExportDialog *self = g_object_new (LP_TYPE_EXPORT_DIALOG, "transient-for", window, NULL);

  self->session = g_object_ref (lp_window_get_session (window));
  fill_orders (self);
  fill_destination (self);
  gtk_window_set_focus (GTK_WINDOW (self), self->export_button);
  return GTK_WIDGET (self);
}
