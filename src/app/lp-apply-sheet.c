/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "lp-apply-sheet.h"
#include "lp-diff.h"
#include "lp-index-model.h"
#include "lp-job.h"
#include "lp-widgets.h"
#include "lp-window-private.h"

/* A line of the list: a step, or a file that it changes. */
typedef struct
{
  guint step;
  int change; /* in `all`, -1: the step's own line */
} Line;

struct _LpApplySheet
{
  AdwWindow parent_instance;

  LpSession *session;
  GPtrArray *all;    /* LpChange *: the plan of every step, for the list */
  GPtrArray *chosen; /* LpChange *: the plan of the ticked ones, NULL while it is made */
  GArray *lines;     /* Line */
  gboolean *exclude; /* by step */
  guint n_steps;
  LpIndexModel *model;
  LpJob *job;
  gboolean stale; /* ticks changed while a plan was made */

  AdwWindowTitle *title;
  GtkWidget *apply_button, *patch_button;
  GtkLabel *error, *file_name, *file_note, *afterwards;
  GtkListView *files, *diff;
};

G_DEFINE_FINAL_TYPE (LpApplySheet, lp_apply_sheet, ADW_TYPE_WINDOW)

static void make_plan (LpApplySheet *self);

static const LpStep *
step_at (LpApplySheet *self, guint i)
{
  return g_ptr_array_index (lp_session_get_steps (self->session), i);
}

/* ---- words ---- */

static void
count_step (LpApplySheet *self, guint step, guint *n_files, guint *n_lines)
{
  *n_files = *n_lines = 0;
  for (guint i = 0; i < self->lines->len; i++)
    {
      const Line *line = &g_array_index (self->lines, Line, i);

      if (line->step != step || line->change < 0)
        continue;
      (*n_files)++;
      *n_lines += ((LpChange *) g_ptr_array_index (self->all, line->change))->n_lines;
    }
}

static char *
lines_in_files (guint n_lines, guint n_files)
{
  g_autofree char *lines = lp_count (ngettext ("%s line", "%s lines", n_lines), n_lines);

  /* Translators: "9 lines in 2 files" */
  return g_strdup_printf (ngettext ("%s in %u file", "%s in %u files", n_files), lines, n_files);
}

static char *
change_note (const LpChange *change)
{
  if (change->created)
    return g_strdup (_ ("new"));
  if (change->new_path != NULL)
    return g_strdup (_ ("renamed"));
  return lp_count (ngettext ("%s line", "%s lines", change->n_lines), change->n_lines);
}

static guint
n_ticked (LpApplySheet *self)
{
  guint n = 0;

  for (guint i = 0; i < self->n_steps; i++)
    n += !self->exclude[i];
  return n;
}

static void
show_title (LpApplySheet *self)
{
  guint n = n_ticked (self), n_lines = 0;
  g_autofree char *title = lp_count (ngettext ("Apply %s fix", "Apply %s fixes", n), n);
  g_autofree char *size = NULL;
  g_autofree char *subtitle = NULL;

  adw_window_title_set_title (self->title, title);
  if (self->chosen == NULL)
    {
      adw_window_title_set_subtitle (self->title, _ ("Reading the files…"));
      return;
    }
  for (guint i = 0; i < self->chosen->len; i++)
    n_lines += ((LpChange *) g_ptr_array_index (self->chosen, i))->n_lines;
  size = lines_in_files (n_lines, self->chosen->len);
  subtitle = g_strdup_printf (_ ("%s. No picture is changed."), size);
  adw_window_title_set_subtitle (self->title, subtitle);
}

static void
show_afterwards (LpApplySheet *self)
{
  const LpFindings *findings = lp_session_get_findings (self->session);
  g_autofree char *counts = lp_report_counts (findings);
  g_autofree char *text = NULL;

  if (n_ticked (self) < self->n_steps)
    text = g_strdup (_ ("Fixes that are not ticked stay noted."));
  else if (findings->findings->len == 0)
    text = g_strdup (_ ("Afterwards no problem is left."));
  else
    text = g_strdup_printf (_ ("Afterwards these stay: %s."), counts);
  gtk_label_set_text (self->afterwards, text);
}

/* ---- the diff of one file ---- */

static const LpChange *
find_change (GPtrArray *changes, const char *path)
{
  for (guint i = 0; changes != NULL && i < changes->len; i++)
    {
      const LpChange *change = g_ptr_array_index (changes, i);

      if (g_str_equal (change->path, path))
        return change;
    }
  return NULL;
}

static void
show_change (LpApplySheet *self, const LpChange *listed)
{
  const char *root = lp_session_get_dataset (self->session)->root;
  const LpChange *change = find_change (self->chosen, listed->path);
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  g_autoptr (GBytes) diff = NULL;
  g_autofree char *relative = lp_path_relative (root, listed->path);
  g_autofree char *name = lp_text_escape (relative, -1, 0);
  g_autofree char *note = change_note (change != NULL ? change : listed);

  g_ptr_array_add (one, (gpointer) (change != NULL ? change : listed));
  diff = lp_plan_diff (one, root);
  gtk_label_set_text (self->file_name, name);
  gtk_label_set_text (self->file_note, note);
  lp_diff_show (self->diff, diff);
}

static void
selected_cb (LpApplySheet *self)
{
  GtkSingleSelection *selection = GTK_SINGLE_SELECTION (gtk_list_view_get_model (self->files));
  guint position = gtk_single_selection_get_selected (selection);

  if (position >= self->lines->len)
    return;
  for (guint i = position; i < self->lines->len; i++) /* a step's own line shows its first file */
    {
      const Line *line = &g_array_index (self->lines, Line, i);

      if (line->change < 0)
        continue;
      show_change (self, g_ptr_array_index (self->all, line->change));
      return;
    }
}

/* ---- the list ---- */

static void
ticked_cb (GtkCheckButton *button, LpApplySheet *self)
{
  guint step = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "step"));
  gboolean off = !gtk_check_button_get_active (button);

  if (self->exclude[step] == off)
    return;
  self->exclude[step] = off;
  make_plan (self);
}

static GtkWidget *
step_line (LpApplySheet *self, guint step)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *check = gtk_check_button_new ();
  g_autofree char *sentence = lp_text_escape (step_at (self, step)->sentence, -1, 200);
  g_autofree char *size = NULL;
  guint n_files, n_lines;

  count_step (self, step, &n_files, &n_lines);
  size = lines_in_files (n_lines, n_files);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), !self->exclude[step]);
  gtk_widget_set_valign (check, GTK_ALIGN_START);
  lp_set_accessible_label (check, sentence);
  g_object_set_data (G_OBJECT (check), "step", GUINT_TO_POINTER (step));
  g_signal_connect_object (check, "toggled", G_CALLBACK (ticked_cb), self, 0);
  gtk_box_append (GTK_BOX (words), lp_label_new (sentence, "heading", TRUE));
  gtk_box_append (GTK_BOX (words), lp_label_new (size, "dim-label small", FALSE));
  gtk_box_append (GTK_BOX (row), check);
  gtk_box_append (GTK_BOX (row), words);
  gtk_widget_add_css_class (row, "step");
  return row;
}

static GtkWidget *
file_line (const LpChange *change)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *base = g_path_get_basename (change->path);
  g_autofree char *name = lp_text_escape (base, -1, 0);
  g_autofree char *note = change_note (change);
  GtkWidget *label = lp_label_new (name, "small", FALSE);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), lp_label_new (note, "dim-label small numeric", FALSE));
  gtk_widget_add_css_class (row, "file");
  return row;
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, LpApplySheet *self)
{
  const Line *line = &g_array_index (self->lines, Line, lp_index_item_get (gtk_list_item_get_item (item)));

  if (line->change < 0)
    gtk_list_item_set_child (item, step_line (self, line->step));
  else
    gtk_list_item_set_child (item, file_line (g_ptr_array_index (self->all, line->change)));
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, LpApplySheet *self)
{
  gtk_list_item_set_child (item, NULL);
}

static gboolean
changes_for (const LpChange *change, const LpStep *step)
{
  return g_ptr_array_find (change->steps, step, NULL);
}

static void
fill_list (LpApplySheet *self)
{
  g_array_set_size (self->lines, 0);
  for (guint s = 0; s < self->n_steps; s++)
    {
      Line own = { s, -1 };

      g_array_append_val (self->lines, own);
      for (guint c = 0; c < self->all->len; c++)
        if (changes_for (g_ptr_array_index (self->all, c), step_at (self, s)))
          {
            Line file = { s, (int) c };

            g_array_append_val (self->lines, file);
          }
    }
  lp_index_model_set_range (self->model, self->lines->len);
  if (self->lines->len > 1)
    gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (gtk_list_view_get_model (self->files)), 1);
  selected_cb (self);
}

/* ---- the plan, in a thread ---- */

typedef struct
{
  LpApplySheet *sheet; /* a reference */
  LpSession *session;
  gboolean *exclude; /* NULL: none */
  GPtrArray *changes;
} Plan;

static void
plan_free (gpointer data)
{
  Plan *plan = data;

  g_object_unref (plan->sheet);
  g_object_unref (plan->session);
  g_clear_pointer (&plan->changes, g_ptr_array_unref);
  g_free (plan->exclude);
  g_free (plan);
}

static gboolean
plan_work (LpProgress *progress, gpointer data, GError **error)
{
  Plan *plan = data;

  plan->changes = lp_session_plan (plan->session, plan->exclude, progress, error);
  return plan->changes != NULL;
}

static void
take_plan (LpApplySheet *self, GPtrArray *changes)
{
  self->chosen = changes;
  if (self->all == NULL) /* the first plan is of every step */
    {
      self->all = g_ptr_array_ref (changes);
      fill_list (self);
      gtk_widget_set_sensitive (self->apply_button, changes->len > 0);
      gtk_widget_grab_focus (self->apply_button);
    }
  else
    selected_cb (self);
  gtk_widget_set_sensitive (self->apply_button, changes->len > 0);
  gtk_widget_set_sensitive (self->patch_button, changes->len > 0);
  show_title (self);
  show_afterwards (self);
}

static void
plan_done (const GError *error, gpointer data)
{
  Plan *plan = data;
  LpApplySheet *self = plan->sheet;

  self->job = NULL;
  if (self->session == NULL) /* closed meanwhile */
    return;
  if (self->stale)
    {
      make_plan (self);
      return;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->error), error != NULL);
  if (error != NULL)
    {
      g_autofree char *text = lp_text_escape (error->message, -1, 0);

      gtk_label_set_text (self->error, text);
      adw_window_title_set_subtitle (self->title, _ ("Nothing can be written."));
      return;
    }
  take_plan (self, g_steal_pointer (&plan->changes));
}

static void
make_plan (LpApplySheet *self)
{
  Plan *plan;

  g_clear_pointer (&self->chosen, g_ptr_array_unref);
  gtk_widget_set_sensitive (self->apply_button, FALSE);
  gtk_widget_set_sensitive (self->patch_button, FALSE);
  show_title (self);
  self->stale = self->job != NULL;
  if (self->stale)
    return;
  plan = g_new0 (Plan, 1);
  plan->sheet = g_object_ref (self);
  plan->session = g_object_ref (self->session);
  plan->exclude = g_memdup2 (self->exclude, self->n_steps * sizeof (gboolean));
  self->job = lp_job_start (plan_work, plan_done, plan, plan_free);
}

/* ---- doing it ---- */

static void
apply_cb (LpApplySheet *self)
{
  LpWindow *window = LP_WINDOW (gtk_window_get_transient_for (GTK_WINDOW (self)));
  GPtrArray *changes = g_steal_pointer (&self->chosen);
  guint n = n_ticked (self);

  if (changes == NULL || window == NULL)
    return;
  g_clear_object (&self->session); /* the thread has it now */
  gtk_window_destroy (GTK_WINDOW (self));
  _lp_window_apply (window, changes, n);
}

static void
patch_chosen_cb (GtkNativeDialog *dialog, int response, LpApplySheet *self)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) diff = NULL;

  if (response == GTK_RESPONSE_ACCEPT && path != NULL && self->chosen != NULL)
    {
      diff = lp_plan_diff (self->chosen, lp_session_get_dataset (self->session)->root);
      if (!lp_session_save_diff (diff, path, &error))
        {
          gtk_label_set_text (self->error, error->message);
          gtk_widget_set_visible (GTK_WIDGET (self->error), TRUE);
        }
    }
  g_object_unref (dialog);
}

static void
save_patch_cb (LpApplySheet *self)
{
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (_ ("Save as patch"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), "labels.patch");
  g_signal_connect_object (dialog, "response", G_CALLBACK (patch_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
lp_apply_sheet_dispose (GObject *object)
{
  LpApplySheet *self = LP_APPLY_SHEET (object);

  g_clear_object (&self->session);
  g_clear_object (&self->model);
  g_clear_pointer (&self->all, g_ptr_array_unref);
  g_clear_pointer (&self->chosen, g_ptr_array_unref);
  G_OBJECT_CLASS (lp_apply_sheet_parent_class)->dispose (object);
}

static void
lp_apply_sheet_finalize (GObject *object)
{
  LpApplySheet *self = LP_APPLY_SHEET (object);

  g_array_unref (self->lines);
  g_free (self->exclude);
  G_OBJECT_CLASS (lp_apply_sheet_parent_class)->finalize (object);
}

static void
lp_apply_sheet_class_init (LpApplySheetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lp_apply_sheet_dispose;
  G_OBJECT_CLASS (klass)->finalize = lp_apply_sheet_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/labelproof/Labelproof/lp-apply-sheet.ui");
  gtk_widget_class_bind_template_child (widget_class, LpApplySheet, title);
  gtk_widget_class_bind_template_child (widget_class, LpApplySheet, apply_button);
  gtk_widget_class_bind_template_child (widget_class, LpApplySheet, patch_button);
  gtk_widget_class_bind_template_child (widget_class, LpApplySheet, error);
  gtk_widget_class_bind_template_child (widget_class, LpApplySheet, file_name);
  gtk_widget_class_bind_template_child (widget_class, LpApplySheet, file_note);
  gtk_widget_class_bind_template_child (widget_class, LpApplySheet, afterwards);
  gtk_widget_class_bind_template_child (widget_class, LpApplySheet, files);
  gtk_widget_class_bind_template_child (widget_class, LpApplySheet, diff);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_patch_cb);
}

static void
lp_apply_sheet_init (LpApplySheet *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkSingleSelection *selection;

  self->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  self->model = lp_index_model_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->model)));
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, 0);
  g_signal_connect_object (selection, "notify::selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_model (self->files, GTK_SELECTION_MODEL (selection));
  gtk_list_view_set_factory (self->files, factory);
  g_object_unref (selection);
}

GtkWidget *
lp_apply_sheet_new (LpWindow *window)
{
  LpApplySheet *self = g_object_new (LP_TYPE_APPLY_SHEET, "transient-for", window, NULL);

  self->session = g_object_ref (lp_window_get_session (window));
  self->n_steps = lp_session_get_steps (self->session)->len;
  self->exclude = g_new0 (gboolean, self->n_steps + 1);
  show_afterwards (self);
  make_plan (self);
  return GTK_WIDGET (self);
}
