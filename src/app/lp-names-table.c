/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "lp-index-model.h"
#include "lp-names-row.h"
#include "lp-names-table.h"
#include "lp-tab-stop.h"
#include "lp-widgets.h"

#define MOST_ROWS 16    /* in sight; more scroll */
#define COLUMN_LEAST 72 /* all pixels at text scale 1 */
#define COLUMN_MOST 240
#define ROOM 17          /* around a cell's text, its border included */
#define GAP 8            /* between a name and what is said of it */
#define SMALL 0.88       /* of the text's size, as in style.css */
#define SHORT_NAME 16    /* characters: shown whole */
#define SIDEWAYS_STEP 60 /* a notch of the wheel */

typedef enum
{
  COLUMN_INDEX,
  COLUMN_REFERENCE,
  COLUMN_LIST,
  COLUMN_BOXES, /* what the boxes show */
} ColumnKind;

typedef struct
{
  ColumnKind kind;
  guint32 dict;             /* LP_NONE: index, boxes */
  LpDictRelation *relation; /* to the reference; NULL: there is none to be compared with */
} Column;

struct _LpNamesTable
{
  AdwBin parent_instance;

  LpSession *session;
  GPtrArray *columns; /* Column * */
  GArray *ids;        /* gint32: the number of each row */
  GHashTable *shown;  /* id → LpVerdictClass of the match */
  LpColumns widths;
  LpIndexModel *model;
  guint update_bar; /* idle source */
  GtkWidget *head, *scroller, *list, *bar;
};

G_DEFINE_FINAL_TYPE (LpNamesTable, lp_names_table, ADW_TYPE_BIN)

static void
column_free (gpointer data)
{
  Column *column = data;

  g_clear_pointer (&column->relation, lp_dict_relation_free);
  g_free (column);
}

guint32
lp_names_reference (LpSession *session)
{
  const LpDataset *dataset = lp_session_get_dataset (session);
  const LpMatch *match = lp_session_get_match (session);
  const LpLayer *subject = lp_dataset_layer (dataset, dataset->subject);

  if (match != NULL && match->reference != LP_NONE)
    return match->reference;
  if (subject != NULL && subject->dictionary != LP_NONE)
    return subject->dictionary;
  return dataset->dicts->len > 0 ? 0 : LP_NONE;
}

/* ---- which columns and rows ---- */

static void
add_column (LpNamesTable *self, ColumnKind kind, guint32 dict)
{
  const LpDataset *dataset = lp_session_get_dataset (self->session);
  const LpDictionary *reference = lp_dataset_dict (dataset, lp_names_reference (self->session));
  Column *column = g_new0 (Column, 1);

  column->kind = kind;
  column->dict = dict;
  if (kind == COLUMN_LIST && reference != NULL)
    column->relation = lp_dict_relation_new (lp_dataset_dict (dataset, dict), reference);
  g_ptr_array_add (self->columns, column);
}

/* The reference, the others, then the subject's own beside what its boxes show. */
static void
find_columns (LpNamesTable *self)
{
  const LpDataset *dataset = lp_session_get_dataset (self->session);
  const LpLayer *subject = lp_dataset_layer (dataset, dataset->subject);
  guint32 reference = lp_names_reference (self->session), own = subject != NULL ? subject->dictionary : LP_NONE;

  add_column (self, COLUMN_INDEX, LP_NONE);
  if (reference != LP_NONE)
    add_column (self, COLUMN_REFERENCE, reference);
  for (guint32 i = 0; i < dataset->dicts->len; i++)
    if (i != reference && i != own && !lp_dataset_dict (dataset, i)->names_only)
      add_column (self, COLUMN_LIST, i);
  if (own != LP_NONE && own != reference)
    add_column (self, COLUMN_LIST, own);
  if (lp_session_get_match (self->session) != NULL)
    add_column (self, COLUMN_BOXES, LP_NONE);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  gint32 x = *(const gint32 *) a, y = *(const gint32 *) b;

  return (x > y) - (x < y);
}

/* Every number that a list has, and those that only rows have. */
static void
find_ids (LpNamesTable *self)
{
  const LpDataset *dataset = lp_session_get_dataset (self->session);
  const LpMatch *match = lp_session_get_match (self->session);
  g_autoptr (GArray) counts = lp_class_counts (self->session, LP_NONE);
  gint32 n = 0;

  for (guint32 i = 0; i < dataset->dicts->len; i++)
    n = MAX (n, (gint32) lp_dataset_dict (dataset, i)->names->len);
  for (gint32 i = 0; i < n; i++)
    g_array_append_val (self->ids, i);
  for (guint i = 0; i < counts->len; i++)
    {
      gint32 id = g_array_index (counts, LpClassCount, i).id;

      if (id < 0 || id >= n)
        g_array_append_val (self->ids, id);
    }
  g_array_sort (self->ids, compare_ids);
  for (guint i = 0; match != NULL && i < match->classes->len; i++)
    {
      LpVerdictClass *class = &g_array_index (match->classes, LpVerdictClass, i);

      g_hash_table_insert (self->shown, GINT_TO_POINTER (class->id), class);
    }
}

/* ---- one cell ---- */

typedef struct
{
  char *name, *note;
  const char *css; /* how it differs; NULL: plain */
  int slot;        /* of the swatch; -2: none */
} CellText;

static void
cell_text_clear (CellText *text)
{
  g_free (text->name);
  g_free (text->note);
}

static gboolean
is_own (LpNamesTable *self, guint32 dict)
{
  const LpDataset *dataset = lp_session_get_dataset (self->session);
  const LpLayer *subject = lp_dataset_layer (dataset, dataset->subject);

  return subject != NULL && subject->dictionary == dict;
}

static void
list_text (LpNamesTable *self, const Column *column, gint32 id, CellText *text)
{
  static const char *const css[] = {
    [LP_NAME_EQUAL] = NULL,    [LP_NAME_MOVED] = "moved",     [LP_NAME_ALIKE] = "alike",
    [LP_NAME_OTHER] = "alike", [LP_NAME_MISSING] = "missing", [LP_NAME_EXTRA] = "alike",
  };
  const LpDictionary *dict = lp_dataset_dict (lp_session_get_dataset (self->session), column->dict);
  const char *name = lp_dictionary_name (dict, id);
  const LpNameRelation *relation = NULL;

  if (name == NULL && is_own (self, column->dict) && (id < 0 || (guint) id >= dict->names->len))
    {
      text->name = g_strdup (_ ("no name")); /* rows have a number that the list does not */
      text->css = "quiet";
    }
  if (text->name == NULL)
    text->name = name != NULL ? lp_text_show_blanks (name) : g_strdup ("");
  if (column->kind == COLUMN_REFERENCE)
    text->slot = name != NULL ? lp_class_slot (self->session, column->dict, id) : -2;
  if (column->relation == NULL || id < 0 || (guint) id >= column->relation->names->len)
    return;
  relation = &g_array_index (column->relation->names, LpNameRelation, id);
  text->css = css[relation->kind];
  text->note = lp_dict_relation_note (column->relation, id);
  if (relation->kind == LP_NAME_MISSING)
    {
      g_free (text->name);
      text->name = g_steal_pointer (&text->note);
    }
}

static void
boxes_text (LpNamesTable *self, gint32 id, CellText *text)
{
  const LpMatch *match = lp_session_get_match (self->session);
  const LpVerdictClass *class = g_hash_table_lookup (self->shown, GINT_TO_POINTER (id));
  gboolean moved;

  if (class == NULL || class->name == NULL)
    {
      text->name = g_strdup (class != NULL ? _ ("not compared") : _ ("no box"));
      text->css = "quiet";
      return;
    }
  moved = match->reference != LP_NONE && class->reference != id;
  text->name = lp_text_show_blanks (class->name);
  text->slot = lp_class_slot (self->session, match->reference, class->reference);
  text->note = moved ? g_strdup_printf (_ ("job: %d · %u of %u"), class->reference, class->agree, class->support)
                     : g_strdup_printf (_ ("%u of %u"), class->agree, class->support);
  text->css = moved ? "moved" : "shows";
}

static CellText
text_of (LpNamesTable *self, const Column *column, gint32 id)
{
  CellText text = { .slot = -2 };

  switch (column->kind)
    {
    case COLUMN_INDEX:
      text.name = g_strdup_printf ("%d", id);
      break;
    case COLUMN_BOXES:
      boxes_text (self, id, &text);
      break;
    case COLUMN_REFERENCE:
    case COLUMN_LIST:
    default:
      list_text (self, column, id, &text);
    }
  return text;
}

static GtkWidget *
cell_new (const Column *column)
{
  GtkWidget *cell = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *name = lp_label_new ("", column->kind == COLUMN_INDEX ? "dim-label numeric" : NULL, FALSE);
  GtkWidget *note = lp_label_new ("", "small", FALSE);

  gtk_widget_set_hexpand (name, TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (note), PANGO_ELLIPSIZE_NONE);
  gtk_box_append (GTK_BOX (cell), lp_swatch_new (-1));
  gtk_box_append (GTK_BOX (cell), name);
  gtk_box_append (GTK_BOX (cell), note);
  return cell;
}

static void
cell_show (GtkWidget *cell, const CellText *text)
{
  GtkWidget *swatch = gtk_widget_get_first_child (cell);
  GtkWidget *name = gtk_widget_get_next_sibling (swatch), *note = gtk_widget_get_next_sibling (name);
  const char *classes[] = { "name-cell", text->css, NULL };

  gtk_widget_set_visible (swatch, text->slot != -2);
  if (text->slot != -2)
    lp_swatch_set (swatch, text->slot);
  gtk_label_set_text (GTK_LABEL (name), text->name);
  gtk_widget_set_tooltip_text (name, g_utf8_strlen (text->name, -1) > SHORT_NAME ? text->name : NULL);
  gtk_label_set_text (GTK_LABEL (note), text->note != NULL ? text->note : "");
  gtk_widget_set_visible (note, text->note != NULL);
  gtk_widget_set_css_classes (cell, classes);
}

/* ---- rows ---- */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, LpNamesTable *self)
{
  GtkWidget *row = lp_names_row_new (&self->widths);

  for (guint i = 0; i < self->columns->len; i++)
    lp_names_row_append (LP_NAMES_ROW (row), cell_new (g_ptr_array_index (self->columns, i)));
  gtk_list_item_set_child (item, row);
  gtk_list_item_set_activatable (item, FALSE);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, LpNamesTable *self)
{
  LpNamesRow *row = LP_NAMES_ROW (gtk_list_item_get_child (item));
  gint32 id = g_array_index (self->ids, gint32, lp_index_item_get (gtk_list_item_get_item (item)));

  for (guint i = 0; i < self->columns->len; i++)
    {
      CellText text = text_of (self, g_ptr_array_index (self->columns, i), id);

      cell_show (lp_names_row_cell (row, i), &text);
      cell_text_clear (&text);
    }
}

/* ---- the head ---- */

static char *
title_of (LpNamesTable *self, const Column *column)
{
  const LpDataset *dataset = lp_session_get_dataset (self->session);

  if (column->kind == COLUMN_BOXES)
    return g_strdup (_ ("boxes show"));
  return column->dict != LP_NONE ? lp_text_escape (lp_dataset_dict (dataset, column->dict)->title, -1, 60)
                                 : g_strdup ("");
}

static char *
reference_words (LpNamesTable *self, const Column *column, const char **icon)
{
  LpDictOrigin origin = lp_dataset_dict (lp_session_get_dataset (self->session), column->dict)->origin;

  *icon = "view-pin-symbolic";
  if (origin == LP_DICT_JOB || origin == LP_DICT_MANIFEST)
    return g_strdup (_ ("the job"));
  return g_strdup (lp_session_get_dataset (self->session)->dicts->len > 1 ? _ ("compared with")
                                                                          : _ ("the only list"));
}

/* The words under a title, with their glyph and colour. */
static char *
words_of (LpNamesTable *self, const Column *column, const char **icon, const char **css)
{
  static const char *const icons[] = { "object-select-symbolic", "", "dialog-warning-symbolic",
                                       "dialog-error-symbolic" };
  static const char *const colours[] = { "fine", "", "warn", "bad" };
  const LpMatch *match = lp_session_get_match (self->session);
  LpSeverity severity;

  *icon = NULL;
  *css = "dim-label";
  if (column->kind == COLUMN_INDEX)
    return g_strdup ("");
  if (column->kind == COLUMN_REFERENCE)
    return reference_words (self, column, icon);
  if (column->kind == COLUMN_BOXES && (match->support == 0 || match->kind == LP_VERDICT_UNVERIFIABLE))
    return g_strdup_printf (ngettext ("%u compared", "%u compared", match->support), match->support);
  severity = column->kind == COLUMN_BOXES ? LP_SEVERITY_OFF : lp_dict_relation_severity (column->relation);
  if (match != NULL && column->kind == COLUMN_BOXES && match->kind == LP_VERDICT_INCONSISTENT)
    severity = LP_SEVERITY_WARNING;
  *icon = icons[severity];
  *css = colours[severity];
  return column->kind == COLUMN_BOXES ? g_strdup_printf (_ ("%u of %u agree"), match->agree, match->support)
                                      : lp_dict_relation_words (column->relation);
}

static GtkWidget *
head_cell_new (LpNamesTable *self, const Column *column)
{
  GtkWidget *cell = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  const LpDataset *dataset = lp_session_get_dataset (self->session);
  const LpDictionary *dict = lp_dataset_dict (dataset, column->dict);
  const char *icon, *css;
  g_autofree char *title = title_of (self, column), *words = words_of (self, column, &icon, &css);
  GtkWidget *label = lp_label_new (words, "small", FALSE);

  if (icon != NULL)
    {
      GtkWidget *image = gtk_image_new_from_icon_name (icon);

      lp_widget_add_classes (image, "tiny");
      gtk_widget_add_css_class (image, css);
      gtk_box_append (GTK_BOX (line), image);
    }
  gtk_widget_add_css_class (label, css);
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (cell), lp_label_new (title, "strong", FALSE));
  gtk_box_append (GTK_BOX (cell), line);
  if (dict != NULL && dict->edited)
    gtk_box_append (GTK_BOX (cell), lp_label_new (_ ("fix noted"), "small fine", FALSE));
  if (dict != NULL && dict->file != LP_NONE)
    {
      g_autofree char *path = lp_file_dup_path (lp_dataset_file (dataset, dict->file));
      g_autofree char *shown = lp_home_path (path);

      gtk_widget_set_tooltip_text (cell, shown);
    }
  gtk_widget_add_css_class (cell, "name-head");
  return cell;
}

/* ---- widths ---- */

static int
text_width (LpNamesTable *self, const char *text, PangoWeight weight, double size)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  PangoAttrList *attributes = pango_attr_list_new ();
  int width;

  pango_attr_list_insert (attributes, pango_attr_weight_new (weight));
  pango_attr_list_insert (attributes, pango_attr_scale_new (size));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

/* What the fullest cell of a column says, by characters: a thousand names are not all laid out. */
static CellText
fullest_cell (LpNamesTable *self, const Column *column)
{
  CellText fullest = { .name = g_strdup ("") };
  glong most = 0;

  for (guint i = 0; i < self->ids->len; i++)
    {
      CellText text = text_of (self, column, g_array_index (self->ids, gint32, i));
      glong length = g_utf8_strlen (text.name, -1) + (text.note != NULL ? g_utf8_strlen (text.note, -1) : 0);

      if (length > most)
        {
          CellText shorter = fullest;

          fullest = text;
          text = shorter;
          most = length;
        }
      cell_text_clear (&text);
    }
  return fullest;
}

static int
column_width (LpNamesTable *self, const Column *column)
{
  double scale = lp_text_scale (GTK_WIDGET (self));
  const char *icon, *css;
  g_autofree char *title = title_of (self, column), *words = words_of (self, column, &icon, &css);
  int head = MAX (text_width (self, title, PANGO_WEIGHT_BOLD, 1),
                  text_width (self, words, PANGO_WEIGHT_NORMAL, SMALL) + (icon != NULL ? (int) (17 * scale) : 0));
  CellText text = fullest_cell (self, column);
  gboolean swatch = column->kind == COLUMN_REFERENCE || column->kind == COLUMN_BOXES;
  int body = text_width (self, text.name, PANGO_WEIGHT_NORMAL, 1) + (int) ((swatch ? 18 : 0) * scale);

  if (text.note != NULL)
    body += text_width (self, text.note, PANGO_WEIGHT_NORMAL, SMALL) + GAP;
  cell_text_clear (&text);
  if (column->kind == COLUMN_INDEX)
    return body + ROOM;
  return CLAMP (MAX (head, body) + ROOM, (int) (COLUMN_LEAST * scale), (int) (COLUMN_MOST * scale));
}

static void
measure_columns (LpNamesTable *self)
{
  g_free (self->widths.widths);
  self->widths.n = self->columns->len;
  self->widths.widths = g_new0 (int, self->columns->len + 1);
  self->widths.pinned = MIN (self->columns->len, 2);
  for (guint i = 0; i < self->columns->len; i++)
    self->widths.widths[i] = column_width (self, g_ptr_array_index (self->columns, i));
}

/* ---- sideways ---- */

static gboolean
update_bar_cb (gpointer data)
{
  LpNamesTable *self = data;
  GtkAdjustment *side = self->widths.scrolling;

  self->update_bar = 0;
  gtk_widget_set_visible (self->bar, gtk_adjustment_get_upper (side) > gtk_adjustment_get_page_size (side));
  return G_SOURCE_REMOVE;
}

/* Not while GTK allocates, which is when it is known. */
static void
side_changed_cb (LpNamesTable *self)
{
  if (self->update_bar == 0)
    self->update_bar = g_idle_add (update_bar_cb, self);
}

static gboolean
scroll_cb (GtkEventControllerScroll *scroll, double dx, double dy, LpNamesTable *self)
{
  GdkModifierType held = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (scroll));
  double by = held & GDK_SHIFT_MASK ? dy : dx;

  if (by == 0 || !gtk_widget_get_visible (self->bar))
    return FALSE;
  gtk_adjustment_set_value (self->widths.scrolling,
                            gtk_adjustment_get_value (self->widths.scrolling) + by * SIDEWAYS_STEP);
  return TRUE;
}

/* ---- all of it ---- */

/* Of a row as it is drawn: only a widget in the window knows. */
static int
row_height (LpNamesTable *self)
{
  static const Column any = { .kind = COLUMN_LIST };
  GtkBox *box = GTK_BOX (gtk_widget_get_parent (self->head));
  GtkWidget *cell = cell_new (&any);
  CellText text = { .name = (char *) "Xg", .slot = 0 };
  int height;

  cell_show (cell, &text);
  gtk_box_append (box, cell);
  gtk_widget_measure (cell, GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
  gtk_box_remove (box, cell);
  return height;
}

static void
rebuild_list (LpNamesTable *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  int in_sight = (int) MIN (self->ids->len, MOST_ROWS);

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  gtk_list_view_set_factory (GTK_LIST_VIEW (self->list), factory);
  lp_index_model_set_range (self->model, self->ids->len);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (self->scroller), in_sight * row_height (self));
}

static void
rebuild_head (LpNamesTable *self)
{
  GtkWidget *box = gtk_widget_get_parent (self->head);

  gtk_box_remove (GTK_BOX (box), self->head);
  self->head = lp_names_row_new (&self->widths);
  for (guint i = 0; i < self->columns->len; i++)
    lp_names_row_append (LP_NAMES_ROW (self->head), head_cell_new (self, g_ptr_array_index (self->columns, i)));
  gtk_box_prepend (GTK_BOX (box), self->head);
}

void
lp_names_table_set_session (LpNamesTable *self, LpSession *session)
{
  g_return_if_fail (LP_IS_NAMES_TABLE (self));
  gtk_list_view_set_factory (GTK_LIST_VIEW (self->list), NULL);
  lp_index_model_set_range (self->model, 0);
  g_ptr_array_set_size (self->columns, 0);
  g_array_set_size (self->ids, 0);
  g_hash_table_remove_all (self->shown);
  g_set_object (&self->session, session);
  if (session != NULL)
    {
      find_columns (self);
      find_ids (self);
    }
  measure_columns (self);
  rebuild_head (self);
  if (session != NULL)
    rebuild_list (self);
}

static void
lp_names_table_dispose (GObject *object)
{
  LpNamesTable *self = LP_NAMES_TABLE (object);

  g_clear_handle_id (&self->update_bar, g_source_remove);
  g_clear_object (&self->session);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (lp_names_table_parent_class)->dispose (object);
}

static void
lp_names_table_finalize (GObject *object)
{
  LpNamesTable *self = LP_NAMES_TABLE (object);

  g_ptr_array_unref (self->columns);
  g_array_unref (self->ids);
  g_hash_table_unref (self->shown);
  g_free (self->widths.widths);
  g_object_unref (self->widths.scrolling);
  G_OBJECT_CLASS (lp_names_table_parent_class)->finalize (object);
}

static void
lp_names_table_class_init (LpNamesTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lp_names_table_dispose;
  G_OBJECT_CLASS (klass)->finalize = lp_names_table_finalize;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "lpnamestable");
}

static void
lp_names_table_init (LpNamesTable *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2), *stop = g_object_new (LP_TYPE_TAB_STOP, NULL);
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);

  self->columns = g_ptr_array_new_with_free_func (column_free);
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint32));
  self->shown = g_hash_table_new (NULL, NULL);
  self->widths.scrolling = g_object_ref_sink (gtk_adjustment_new (0, 0, 0, 0, 0, 0));
  self->model = lp_index_model_new ();
  self->list =
    gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->model)))), NULL);
  self->scroller = gtk_scrolled_window_new ();
  self->bar = gtk_scrollbar_new (GTK_ORIENTATION_HORIZONTAL, self->widths.scrolling);
  self->head = lp_names_row_new (&self->widths);
  gtk_widget_add_css_class (self->list, "names-list");
  lp_set_accessible_label (self->list, _ ("Lists of names"));
  gtk_widget_set_visible (self->bar, FALSE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_EXTERNAL, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->list);
  g_object_set (stop, "child", self->scroller, NULL);
  g_signal_connect_object (self->widths.scrolling, "changed", G_CALLBACK (side_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  gtk_box_append (GTK_BOX (box), self->head);
  gtk_box_append (GTK_BOX (box), stop);
  gtk_box_append (GTK_BOX (box), self->bar);
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
lp_names_table_new (void)
{
  return g_object_new (LP_TYPE_NAMES_TABLE, NULL);
}
