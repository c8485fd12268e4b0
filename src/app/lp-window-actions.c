/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "lp-apply-sheet.h"
#include "lp-export-dialog.h"
#include "lp-names-dialog.h"
#include "lp-recent.h"
#include "lp-widgets.h"
#include "lp-window-private.h"

/* ---- asking for files ---- */

typedef void (*Chosen) (LpWindow *self, const char *const *paths);

static void
chosen_cb (GtkNativeDialog *dialog, int response, gpointer data)
{
  Chosen chosen = (Chosen) data;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GListModel) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
  g_autoptr (LpWindow) self = g_object_ref (LP_WINDOW (gtk_native_dialog_get_transient_for (dialog)));
  g_auto (GStrv) paths = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);
      g_autofree char *path = g_file_get_path (file);

      if (path != NULL)
        g_strv_builder_add (builder, path);
    }
  paths = g_strv_builder_end (builder);
  g_object_unref (dialog);
  if (response == GTK_RESPONSE_ACCEPT && paths[0] != NULL)
    chosen (self, (const char *const *) paths);
}

static void
choose (LpWindow *self, const char *title, GtkFileChooserAction action, Chosen chosen)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (title, GTK_WINDOW (self), action, NULL, NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), action == GTK_FILE_CHOOSER_ACTION_OPEN);
  g_signal_connect (dialog, "response", G_CALLBACK (chosen_cb), (gpointer) chosen);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* ---- opening ---- */

static void
open_folder (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  choose (self, _ ("Open a data set's folder"), GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, lp_window_open);
}

static void
open_files (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  choose (self, _ ("Open files"), GTK_FILE_CHOOSER_ACTION_OPEN, lp_window_open);
}

static void
open_example (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  g_autofree char *folder = lp_example_folder ();
  const char *paths[] = { folder, NULL };

  if (folder != NULL)
    lp_window_open (self, paths);
}

static void
clear_recent (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LpWindow *self = data;

  lp_recent_clear ();
  lp_welcome_page_refresh (self->welcome_page);
}

static void
add_layer (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  choose (self, _ ("Add annotations of the same pictures"), GTK_FILE_CHOOSER_ACTION_OPEN, _lp_window_add_paths);
}

static void
locate (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  choose (self, _ ("Where do the pictures lie?"), GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _lp_window_locate);
}

/* The same without a dialog, for scripts and tests. */
static void
add_path (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  const char *paths[] = { g_variant_get_string (parameter, NULL), NULL };

  _lp_window_add_paths (self, paths);
}

static void
locate_in (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  const char *paths[] = { g_variant_get_string (parameter, NULL), NULL };

  _lp_window_locate (self, paths);
}

static void
open_root (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LpWindow *self = data;

  if (self->session == NULL)
    return;
  lp_session_add_root (self->session, g_variant_get_string (parameter, NULL));
  _lp_window_reload (self);
}

static void
reload (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  _lp_window_reload (self);
}

static void
cancel (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  _lp_window_cancel (self);
}

/* ---- going somewhere ---- */

static void
set_page (GSimpleAction *action, GVariant *state, gpointer data)
{
  static const char *const names[] = { "overview", "problems", "labels", "images", NULL };
  LpWindow *self = data;
  const char *name = g_variant_get_string (state, NULL);

  if (self->session != NULL && g_strv_contains (names, name))
    lp_window_show_page (self, name); /* the state follows the stack */
}

static void
show_image (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  guint32 image, row;

  g_variant_get (parameter, "(uu)", &image, &row);
  lp_window_show_image (self, image, row);
}

static void
show_finding (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  lp_window_show_finding (self, g_variant_get_uint32 (parameter));
}

static void
show_problems (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  lp_window_show_problems (self, g_variant_get_string (parameter, NULL));
}

static void
full_screen (GSimpleAction *action, GVariant *state, gpointer self)
{
  gboolean on = g_variant_get_boolean (state);

  g_simple_action_set_state (action, state);
  if (on)
    gtk_window_fullscreen (self);
  else
    gtk_window_unfullscreen (self);
}

static void
set_subject (GSimpleAction *action, GVariant *state, gpointer self)
{
  int layer = g_variant_get_int32 (state);

  if (layer >= 0)
    _lp_window_set_subject (self, layer);
}

static void
search (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LpWindow *self = data;

  if (self->shown_page != NULL)
    lp_page_search (self->shown_page);
}

/* ---- steps ---- */

static void
undo (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LpWindow *self = data;
  g_autoptr (GError) error = NULL;

  if (self->session == NULL)
    return;
  if (!lp_session_can_undo (self->session))
    _lp_window_settle_apply (self, FALSE); /* enabled for an Apply of this window only */
  else if (!lp_session_undo (self->session, &error))
    lp_window_toast_error (self, error);
}

static void
redo (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LpWindow *self = data;
  g_autoptr (GError) error = NULL;

  if (self->session != NULL && !lp_session_redo (self->session, &error))
    lp_window_toast_error (self, error);
}

/* The repair that a rule proposes for one problem of the base. */
static void
fix_finding (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LpWindow *self = data;
  guint32 index = g_variant_get_uint32 (parameter);
  const LpFindings *base = self->session != NULL ? lp_session_get_base (self->session) : NULL;
  LpSafety safety;

  if (base != NULL && index < base->findings->len)
    lp_window_note_step (
      self, lp_session_propose (self->session, &g_array_index (base->findings, LpFinding, index), &safety));
}

static void
use_order (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LpWindow *self = data;
  gboolean rows = g_strcmp0 (g_variant_get_string (parameter, NULL), "rows") == 0;
  g_autoptr (GError) error = NULL;
  LpStep *step = self->session != NULL ? lp_session_propose_order (self->session, rows, &error) : NULL;

  if (step == NULL)
    lp_window_toast_error (self, error);
  else
    lp_window_note_step (self, step);
}

static void
names (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LpWindow *self = data;

  if (self->session != NULL)
    gtk_window_present (GTK_WINDOW (lp_names_dialog_new (self)));
}

static void
export_set (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LpWindow *self = data;

  if (self->session != NULL)
    gtk_window_present (GTK_WINDOW (lp_export_dialog_new (self)));
}

static void
undo_apply (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  _lp_window_settle_apply (self, FALSE);
}

static void
unfinished_cb (AdwMessageDialog *dialog, const char *response, LpWindow *self)
{
  if (g_str_equal (response, "finish"))
    _lp_window_settle_apply (self, TRUE);
  else if (g_str_equal (response, "back"))
    _lp_window_settle_apply (self, FALSE);
}

void
_lp_window_offer_unfinished (LpWindow *self)
{
  guint n_files = 0;
  g_autofree char *body = NULL;
  AdwMessageDialog *dialog;

  if (lp_session_last_apply (self->session, &n_files, NULL) != LP_APPLY_STARTED)
    return;
  body = g_strdup_printf (ngettext ("It was to change %u file. Each file is as before or as wanted, none is half.",
                                    "It was to change %u files. Each file is as before or as wanted, none is half.",
                                    n_files),
                          n_files);
  dialog =
    ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (self), _ ("The last Apply was interrupted"), body));
  adw_message_dialog_add_responses (dialog, "later", _ ("Later"), "back", _ ("Take It Back"), "finish",
                                    _ ("Finish It"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "finish", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_close_response (dialog, "later");
  g_signal_connect_object (dialog, "response", G_CALLBACK (unfinished_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
apply (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LpWindow *self = data;

  if (self->session != NULL && lp_session_get_steps (self->session)->len > 0)
    gtk_window_present (GTK_WINDOW (lp_apply_sheet_new (self)));
}

static const GActionEntry entries[] = {
  { "open-folder", open_folder },
  { "open-files", open_files },
  { "open-example", open_example },
  { "clear-recent", clear_recent },
  { "add-layer", add_layer },
  { "locate", locate },
  { "add-path", add_path, "s" },
  { "locate-in", locate_in, "s" },
  { "open-root", open_root, "s" },
  { "names", names },
  { "reload", reload },
  { "cancel", cancel },
  { "show-image", show_image, "(uu)" },
  { "show-finding", show_finding, "u" },
  { "show-problems", show_problems, "s" },
  { "search", search },
  { "undo", undo },
  { "redo", redo },
  { "fix-finding", fix_finding, "u" },
  { "use-order", use_order, "s" }, /* "names" or "rows" */
  { "apply", apply },
  { "undo-apply", undo_apply },
  { "export", export_set },
  { "full-screen", NULL, NULL, "false", full_screen },
  { "page", NULL, "s", "'welcome'", set_page },
  { "subject", NULL, "i", "-1", set_subject },
};

/* Read only: what a test or a script wants to know. */
static const GActionEntry states[] = {
  { "counts", NULL, NULL, "'{}'" },
  { "busy", NULL, NULL, "false" },
  { "steps", NULL, NULL, "0" },
};

/* ---- state ---- */

static const char *const needs_session[] = { "add-layer", "add-path", "locate", "locate-in",
                                             "open-root", "names",    "reload", "export" };

static GSimpleAction *
lookup (LpWindow *self, const char *name)
{
  return G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), name));
}

char *
_lp_window_dup_counts (LpSession *session)
{
  const LpDataset *dataset;
  const LpFindings *findings;
  const LpLayer *subject;
  LpLayerCounts counts = { 0 };

  if (session == NULL)
    return g_strdup ("{}");
  dataset = lp_session_get_dataset (session);
  findings = lp_session_get_findings (session);
  subject = lp_dataset_layer (dataset, dataset->subject);
  if (subject != NULL)
    lp_report_count (dataset, subject, &counts);
  else
    counts.images = dataset->images->len;
  return g_strdup_printf ("{\"images\": %u, \"label_files\": %u, \"rows\": %u, \"boxes\": %u, "
                          "\"errors\": %u, \"warnings\": %u, \"infos\": %u}",
                          counts.images, dataset->label_files, counts.rows, counts.boxes, findings->errors,
                          findings->warnings, findings->infos);
}

void
_lp_window_update_actions (LpWindow *self)
{
  LpSession *session = self->session;
  g_autofree char *counts = _lp_window_dup_counts (session);
  guint n_steps = session != NULL ? lp_session_get_steps (session)->len : 0;
  guint n_files = 0;
  guint32 subject = session != NULL ? lp_session_get_dataset (session)->subject : LP_NONE;
  const char *page = gtk_stack_get_visible_child_name (self->stack);

  for (guint i = 0; i < G_N_ELEMENTS (needs_session); i++)
    g_simple_action_set_enabled (lookup (self, needs_session[i]), session != NULL);
  g_simple_action_set_enabled (lookup (self, "undo"),
                               session != NULL && (self->applied_here || lp_session_can_undo (session)));
  g_simple_action_set_enabled (lookup (self, "redo"), session != NULL && lp_session_can_redo (session));
  g_simple_action_set_enabled (lookup (self, "apply"), n_steps > 0);
  g_simple_action_set_enabled (lookup (self, "undo-apply"),
                               session != NULL && lp_session_last_apply (session, &n_files, NULL) != LP_APPLY_NONE);
  g_simple_action_set_enabled (lookup (self, "cancel"), self->job != NULL);
  g_simple_action_set_state (lookup (self, "counts"), g_variant_new_string (counts));
  g_simple_action_set_state (lookup (self, "busy"), g_variant_new_boolean (self->job != NULL));
  g_simple_action_set_state (lookup (self, "steps"), g_variant_new_int32 (n_steps));
  g_simple_action_set_state (lookup (self, "page"), g_variant_new_string (page != NULL ? page : ""));
  g_simple_action_set_state (lookup (self, "subject"), g_variant_new_int32 (subject != LP_NONE ? (int) subject : -1));
}

void
_lp_window_add_actions (LpWindow *self)
{
  LpPage *pages[] = { self->overview_page, self->problems_page, self->labels_page, self->image_page };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), states, G_N_ELEMENTS (states), self);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    lp_page_add_actions (pages[i], G_ACTION_MAP (self));
}
