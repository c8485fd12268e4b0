/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "lp-index-model.h"
#include "lp-inspector.h"
#include "lp-raw-lines.h"
#include "lp-tab-stop.h"
#include "lp-widgets.h"

#define BOXES_IN_SIGHT 8
#define NAME_CHARS 14 /* of a name that are always in sight beside its place */
#define BOX_HEIGHT 27

struct _LpInspector
{
  AdwBin parent_instance;

  LpInspectorView view;
  guint32 row;
  gboolean silent; /* the selection changes by us */

  LpIndexModel *boxes; /* rows */
  GtkSingleSelection *selection;
  GtkGrid *facts, *box_facts;
  GtkWidget *boxes_part, *boxes_title, *boxes_scroller, *boxes_list;
  GtkWidget *selected_part;
  GtkBox *selected_head;
  LpRawLines *raw;
};

G_DEFINE_FINAL_TYPE (LpInspector, lp_inspector, ADW_TYPE_BIN)

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const LpDataset *
dataset_of (LpInspector *self)
{
  return lp_session_get_dataset (self->view.session);
}

static const LpLayer *
layer_of (LpInspector *self)
{
  return lp_dataset_layer (dataset_of (self), self->view.layer);
}

static const LpEntry *
entry_of (LpInspector *self)
{
  const LpLayer *layer = layer_of (self);

  return layer != NULL ? lp_layer_find (layer, self->view.image) : NULL;
}

/* ---- facts: a word and a value ---- */

static void
clear_grid (GtkGrid *grid)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (grid))) != NULL)
    gtk_grid_remove (grid, child);
}

static void
add_fact (GtkGrid *grid, const char *word, GtkWidget *value)
{
  GtkWidget *label = lp_label_new (word, "dim-label small", FALSE);
  int row = 0;

  while (gtk_grid_get_child_at (grid, 0, row) != NULL || gtk_grid_get_child_at (grid, 1, row) != NULL)
    row++;
  gtk_widget_set_valign (label, GTK_ALIGN_BASELINE);
  gtk_widget_set_size_request (label, (int) (72 * lp_text_scale (label)), -1);
  gtk_widget_set_hexpand (value, TRUE);
  gtk_grid_attach (grid, label, 0, row, 1, 1);
  gtk_grid_attach (grid, value, 1, row, 1, 1);
}

static void
add_text_fact (GtkGrid *grid, const char *word, const char *text)
{
  add_fact (grid, word, lp_label_new (text, "small numeric", TRUE));
}

/* "output.manifest:2": opens the file. */
static GtkWidget *
file_link (LpInspector *self, guint32 file, guint line)
{
  const LpFile *record = lp_dataset_file (dataset_of (self), file);
  g_autofree char *path = lp_file_dup_disk_path (record);
  g_autofree char *name = lp_text_escape (record->name, -1, 80);
  g_autofree char *shown = lp_text_escape (path, -1, 0);
  g_autofree char *text = line > 0 ? g_strdup_printf ("%s:%u", name, line) : g_strdup (name);
  GtkWidget *link = lp_link_new (text, "win.open-file", g_variant_new_uint32 (file));

  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (link))), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_add_css_class (link, "small");
  gtk_widget_set_tooltip_text (link, shown);
  return link;
}

/* ---- the image ---- */

static const char *
turn_words (guint orientation)
{
  static const char *const words[] = {
    N_ ("no"),
    N_ ("mirrored"),
    N_ ("upside down"),
    N_ ("upside down, mirrored"),
    N_ ("on its side, mirrored"),
    N_ ("a quarter to the right"),
    N_ ("on its side, mirrored"),
    N_ ("a quarter to the left"),
  };

  return _ (words[orientation >= 1 && orientation <= G_N_ELEMENTS (words) ? orientation - 1 : 0]);
}

static void
show_size (LpInspector *self, const LpImage *image)
{
  g_autofree char *size = NULL;

  if (image->state == LP_IMAGE_MISSING)
    size = g_strdup (_ ("not found"));
  else if (image->width == 0)
    size = g_strdup (_ ("cannot be read"));
  else
    size = g_strdup_printf ("%u × %u", image->width, image->height);
  add_text_fact (self->facts, _ ("Size"), size);
}

/* A turned picture has boxes that fit only one way: R shows the other. */
static void
show_turn (LpInspector *self, const LpImage *image)
{
  gboolean raw = self->view.frame == LP_FRAME_RAW;
  GtkWidget *link;

  add_text_fact (self->facts, _ ("Turned"), turn_words (image->orientation));
  if (image->orientation == 1)
    return;
  link = lp_link_new (raw ? _ ("as on the unturned photo") : _ ("as on the turned photo"), "win.turn-frame", NULL);
  gtk_widget_add_css_class (link, "small");
  gtk_widget_set_tooltip_text (link, _ ("Draws the boxes the other way (R)"));
  add_fact (self->facts, _ ("Boxes"), link);
}

static void
show_splits (LpInspector *self, const LpImage *image)
{
  const LpDataset *dataset = dataset_of (self);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < dataset->splits->len && i < 32; i++)
    if (image->splits & (1u << i))
      {
        g_autofree char *name = lp_text_escape (g_ptr_array_index (dataset->splits, i), -1, 40);

        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", name);
      }
  if (dataset->splits->len > 0)
    add_text_fact (self->facts, _ ("Split"), text->len > 0 ? text->str : _ ("none"));
}

/* What every layer says of it comes from some file. */
static void
show_sources (LpInspector *self)
{
  const LpDataset *dataset = dataset_of (self);
  gboolean first = TRUE;

  for (guint i = 0; i < dataset->layers->len; i++)
    {
      const LpEntry *entry = lp_layer_find (lp_dataset_layer (dataset, i), self->view.image);

      if (entry == NULL || entry->file == LP_NONE)
        continue;
      add_fact (self->facts, first ? _ ("From") : "", file_link (self, entry->file, entry->line));
      first = FALSE;
    }
}

static void
show_image (LpInspector *self)
{
  const LpImage *image = lp_dataset_image (dataset_of (self), self->view.image);

  clear_grid (self->facts);
  show_size (self, image);
  show_turn (self, image);
  show_splits (self, image);
  show_sources (self);
}

/* ---- its boxes ---- */

static LpSeverity
severity_of (LpInspector *self, guint32 row)
{
  const LpFindings *findings = lp_session_get_findings (self->view.session);
  guint n, first = lp_session_findings_of (findings, self->view.image, &n);
  LpSeverity worst = LP_SEVERITY_OFF;

  for (guint i = first; i < first + n; i++)
    {
      const LpFinding *finding = &g_array_index (findings->findings, LpFinding, i);

      if (finding->row == row && finding->layer == self->view.layer)
        worst = MAX (worst, finding->severity);
    }
  return worst;
}

static char *
size_words (LpInspector *self, guint32 row)
{
  LpRect rect;

  if (!lp_row_pixels (dataset_of (self), layer_of (self), entry_of (self), lp_layer_row (layer_of (self), row),
                      self->view.frame, LP_FRAME_UPRIGHT, &rect))
    return g_strdup (lp_layer_row (layer_of (self), row)->kind == LP_ROW_BOX ? "" : _ ("no box")); /* of no size */
  return g_strdup_printf ("%.0f × %.0f", lp_rect_width (&rect), lp_rect_height (&rect));
}

static char *
name_words (LpInspector *self, gint32 class_id)
{
  const char *name = lp_dictionary_name (lp_dataset_dict (dataset_of (self), self->view.dictionary), class_id);

  return name != NULL ? lp_text_show_blanks (name) : g_strdup (_ ("no name"));
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, LpInspector *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *name = lp_label_new (NULL, NULL, FALSE);
  GtkWidget *number = lp_label_new (NULL, "dim-label numeric", FALSE);

  gtk_widget_add_css_class (row, "box-row");
  gtk_widget_set_hexpand (name, TRUE);
  gtk_box_append (GTK_BOX (row), lp_swatch_new (-1));
  gtk_box_append (GTK_BOX (row), number);
  gtk_box_append (GTK_BOX (row), name);
  gtk_box_append (GTK_BOX (row), adw_bin_new ());
  gtk_box_append (GTK_BOX (row), lp_label_new (NULL, "dim-label small numeric", FALSE));
  gtk_list_item_set_child (item, row);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, LpInspector *self)
{
  guint32 row = lp_index_item_get (gtk_list_item_get_item (item));
  gint32 class_id = lp_layer_row (layer_of (self), row)->class_id;
  LpSeverity severity = severity_of (self, row);
  GtkWidget *swatch = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *number = gtk_widget_get_next_sibling (swatch);
  GtkWidget *name = gtk_widget_get_next_sibling (number);
  GtkWidget *mark = gtk_widget_get_next_sibling (name);
  GtkWidget *size = gtk_widget_get_next_sibling (mark);
  g_autofree char *number_text = class_id != LP_CLASS_NONE ? g_strdup_printf ("%d", class_id) : g_strdup ("?");
  g_autofree char *name_text = name_words (self, class_id);
  g_autofree char *size_text = size_words (self, row);

  lp_swatch_set (swatch, lp_class_slot (self->view.session, self->view.dictionary, class_id));
  gtk_label_set_text (GTK_LABEL (number), number_text);
  gtk_label_set_text (GTK_LABEL (name), name_text);
  gtk_label_set_text (GTK_LABEL (size), size_text);
  adw_bin_set_child (ADW_BIN (mark), severity != LP_SEVERITY_OFF ? lp_severity_image_new (severity) : NULL);
}

static void
show_boxes (LpInspector *self)
{
  const GArray *rows = self->view.rows;
  GArray *copy = g_array_sized_new (FALSE, FALSE, sizeof (guint32), rows->len);
  double scale = lp_text_scale (GTK_WIDGET (self));
  gboolean many = rows->len > BOXES_IN_SIGHT;

  g_array_append_vals (copy, rows->data, rows->len);
  lp_index_model_take (self->boxes, copy);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->boxes_scroller), GTK_POLICY_NEVER,
                                  many ? GTK_POLICY_AUTOMATIC : GTK_POLICY_NEVER);
  gtk_widget_set_size_request (self->boxes_scroller, -1, many ? (int) (BOXES_IN_SIGHT * BOX_HEIGHT * scale) : -1);
  gtk_widget_set_visible (self->boxes_scroller, rows->len > 0);
  gtk_label_set_text (GTK_LABEL (self->boxes_title), rows->len > 0 ? _ ("Boxes") : _ ("No boxes"));
}

static void
selected_cb (LpInspector *self)
{
  LpIndexItem *item = gtk_single_selection_get_selected_item (self->selection);

  if (item != NULL && !self->silent && lp_index_item_get (item) != self->row)
    g_signal_emit (self, signals[CHOSEN], 0, lp_index_item_get (item));
}

/* ---- the selected box ---- */

static void
show_job (LpInspector *self, const LpJobBox *job)
{
  const LpMatch *match = lp_session_get_match (self->view.session);
  GtkWidget *value = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *name = job->name != NULL ? lp_text_show_blanks (job->name) : g_strdup_printf ("%d", job->class_id);
  g_autofree char *place = g_strdup_printf ("%.0f, %.0f, %.0f × %.0f", job->box.x0, job->box.y0,
                                            lp_rect_width (&job->box), lp_rect_height (&job->box));
  guint32 list = lp_dataset_layer (dataset_of (self), match->witness)->dictionary;
  GtkWidget *word;

  gtk_box_append (GTK_BOX (value), lp_swatch_new (lp_class_slot (self->view.session, list, job->class_id)));
  word = lp_label_new (name, "small strong", FALSE);
  gtk_label_set_width_chars (GTK_LABEL (word), (int) MIN (g_utf8_strlen (name, -1), NAME_CHARS));
  gtk_box_append (GTK_BOX (value), word);
  gtk_box_append (GTK_BOX (value), lp_label_new (place, "small dim-label numeric", TRUE));
  gtk_widget_set_tooltip_text (value, _ ("Name, left, top, width × height in the labelling job"));
  add_fact (self->box_facts, _ ("In the job"), value);
}

static void
show_difference (LpInspector *self, const LpJobBox *job)
{
  g_autofree char *text = job->exact ? g_strdup_printf (_ ("%.2f px rounding"), job->difference)
                                     : g_strdup_printf (_ ("%.1f px from the job’s box"), job->difference);

  add_text_fact (self->box_facts, _ ("Difference"), text);
}

/* What the file's own list calls it, and whether that is the job's word. */
static void
show_name (LpInspector *self, const LpJobBox *job)
{
  const LpDictionary *list = lp_dataset_dict (dataset_of (self), layer_of (self)->dictionary);
  const char *name = lp_dictionary_name (list, lp_layer_row (layer_of (self), self->row)->class_id);
  gboolean same = g_strcmp0 (name, job->name) == 0;
  GtkWidget *value = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *title = list != NULL ? lp_text_escape (list->title, -1, 60) : NULL;
  g_autofree char *shown = name != NULL ? lp_text_show_blanks (name) : NULL;
  g_autofree char *text = NULL;

  if (list == NULL || job->name == NULL)
    return;
  if (name == NULL)
    text = g_strdup_printf (_ ("%s has none"), title);
  else if (same)
    text = g_strdup_printf (_ ("%s says the same"), title);
  else /* Translators: "data.yaml says orange" */
    text = g_strdup_printf (_ ("%s says %s"), title, shown);
  gtk_box_append (GTK_BOX (value), lp_severity_image_new (same ? LP_SEVERITY_OFF : LP_SEVERITY_ERROR));
  gtk_box_append (GTK_BOX (value), lp_label_new (text, "small", TRUE));
  add_fact (self->box_facts, _ ("Name"), value);
}

static void
show_selected_head (LpInspector *self)
{
  const LpLayer *layer = layer_of (self);
  const LpEntry *entry = entry_of (self);
  GtkWidget *title = lp_label_new (_ ("Selected box"), "heading", FALSE);

  lp_box_clear (self->selected_head);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (self->selected_head, title);
  if (entry->file != LP_NONE)
    gtk_box_append (self->selected_head, file_link (self, entry->file, lp_layer_place (layer, self->row)->line));
}

static void
show_selected (LpInspector *self)
{
  gboolean any = self->view.session != NULL && self->row != LP_NONE && entry_of (self) != NULL;
  LpJobBox job;

  gtk_widget_set_visible (self->selected_part, any);
  lp_raw_lines_show (self->raw, any ? self->view.session : NULL, self->view.layer, self->row);
  clear_grid (self->box_facts);
  if (!any)
    return;
  show_selected_head (self);
  if (lp_session_job_box (self->view.session, self->row, &job) &&
      lp_session_get_match (self->view.session)->subject == self->view.layer)
    {
      show_job (self, &job);
      show_difference (self, &job);
      show_name (self, &job);
    }
  if (lp_layer_row (layer_of (self), self->row)->flags & LP_ROW_EDITED)
    add_text_fact (self->box_facts, _ ("Noted"), _ ("A fix changes this line when you apply it."));
}

/* ---- from outside ---- */

void
lp_inspector_select (LpInspector *self, guint32 row)
{
  guint position;

  g_return_if_fail (LP_IS_INSPECTOR (self));
  self->row = row;
  position = row != LP_NONE ? lp_index_model_find (self->boxes, row) : GTK_INVALID_LIST_POSITION;
  self->silent = TRUE;
  gtk_single_selection_set_selected (self->selection, position);
  self->silent = FALSE;
  if (position != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (self->boxes_list, "list.scroll-to-item", "u", position);
  show_selected (self);
}

void
lp_inspector_show (LpInspector *self, const LpInspectorView *view)
{
  g_return_if_fail (LP_IS_INSPECTOR (self));
  self->silent = TRUE;
  lp_index_model_set_range (self->boxes, 0); /* rows look into what was shown before */
  g_set_object (&self->view.session, view->session);
  self->view = *view;
  self->row = LP_NONE;
  gtk_widget_set_visible (self->boxes_part, view->session != NULL && view->image != LP_NONE);
  if (view->session != NULL && view->image != LP_NONE)
    {
      show_image (self);
      show_boxes (self);
    }
  else
    clear_grid (self->facts);
  self->silent = FALSE;
  show_selected (self);
}

static void
lp_inspector_dispose (GObject *object)
{
  LpInspector *self = LP_INSPECTOR (object);

  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->boxes);
  g_clear_object (&self->view.session);
  G_OBJECT_CLASS (lp_inspector_parent_class)->dispose (object);
}

static void
lp_inspector_class_init (LpInspectorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lp_inspector_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "lpinspector");
}

/* ---- making ---- */

static GtkGrid *
make_grid (void)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 8);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 3);
  return GTK_GRID (grid);
}

static void
make_boxes_list (LpInspector *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  self->boxes = lp_index_model_new ();
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->boxes)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  self->boxes_list = gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)), factory);
  lp_set_accessible_label (self->boxes_list, _ ("Boxes of this picture"));
  self->boxes_scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->boxes_scroller), self->boxes_list);
}

static GtkWidget *
make_parts (LpInspector *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  gtk_box_append (GTK_BOX (box), lp_label_new (_ ("Image"), "heading", FALSE));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->facts));
  self->boxes_part = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_box_append (GTK_BOX (self->boxes_part), self->boxes_title);
  gtk_box_append (GTK_BOX (self->boxes_part), g_object_new (LP_TYPE_TAB_STOP, "child", self->boxes_scroller, NULL));
  gtk_box_append (GTK_BOX (box), self->boxes_part);
  self->selected_part = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (self->selected_part), GTK_WIDGET (self->selected_head));
  gtk_box_append (GTK_BOX (self->selected_part), GTK_WIDGET (self->raw));
  gtk_box_append (GTK_BOX (self->selected_part), GTK_WIDGET (self->box_facts));
  gtk_box_append (GTK_BOX (box), self->selected_part);
  gtk_widget_add_css_class (self->boxes_part, "part");
  gtk_widget_add_css_class (self->selected_part, "part");
  gtk_widget_add_css_class (box, "parts");
  return box;
}

static void
lp_inspector_init (LpInspector *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->view = (LpInspectorView){ .layer = LP_NONE, .image = LP_NONE, .dictionary = LP_NONE };
  self->row = LP_NONE;
  self->facts = make_grid ();
  self->box_facts = make_grid ();
  self->boxes_title = lp_label_new (NULL, "heading", FALSE);
  self->selected_head = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8));
  self->raw = LP_RAW_LINES (lp_raw_lines_new ());
  make_boxes_list (self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), make_parts (self));
  adw_bin_set_child (ADW_BIN (self), scroller);
  gtk_widget_set_hexpand (GTK_WIDGET (self), FALSE); /* whatever its children would like */
}

GtkWidget *
lp_inspector_new (void)
{
  return g_object_new (LP_TYPE_INSPECTOR, NULL);
}
