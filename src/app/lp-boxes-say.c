/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "lp-boxes-say.h"
#include "lp-widgets.h"

#define MOST 12 /* rows or columns */
#define NAME_CHARS 10

/* What the labels call a class, and the row that it should have all its boxes in. */
typedef struct
{
  guint class;    /* in match->classes */
  guint diagonal; /* row of the same name; G_MAXUINT: none */
} Column;

/* Without names of their own the labels mean what their number says in the job's list. */
static const char *
called (const LpDataset *dataset, const LpMatch *match, const LpVerdictClass *class)
{
  return match->without_dictionary ? lp_dictionary_name (lp_dataset_dict (dataset, match->reference), class->id)
                                   : class->shown;
}

static guint
row_of (const LpMatch *match, const char *name)
{
  for (guint i = 0; name != NULL && i < match->names->len; i++)
    if (lp_text_same (g_ptr_array_index (match->names, i), name) != LP_SAME_NOT)
      return i;
  return G_MAXUINT;
}

static int
compare_columns (gconstpointer a, gconstpointer b)
{
  const Column *x = a, *y = b;

  if (x->diagonal != y->diagonal)
    return x->diagonal < y->diagonal ? -1 : 1;
  return (x->class > y->class) - (x->class < y->class);
}

/* In the order of the rows, so that what is right lies on the diagonal. */
static GArray *
find_columns (const LpDataset *dataset, const LpMatch *match)
{
  GArray *columns = g_array_new (FALSE, FALSE, sizeof (Column));

  for (guint i = 0; i < match->classes->len; i++)
    {
      const LpVerdictClass *class = &g_array_index (match->classes, LpVerdictClass, i);
      Column column = { .class = i, .diagonal = row_of (match, called (dataset, match, class)) };

      if (class->support > 0)
        g_array_append_val (columns, column);
    }
  g_array_sort (columns, compare_columns);
  return columns;
}

/* ---- cells ---- */

static char *
column_name (const LpDataset *dataset, const LpMatch *match, const Column *column)
{
  const LpVerdictClass *class = &g_array_index (match->classes, LpVerdictClass, column->class);
  const char *name = match->without_dictionary ? NULL : class->shown;

  return name != NULL ? lp_text_show_blanks (name) : g_strdup_printf ("%d", class->id);
}

static GtkWidget *
name_new (const char *text)
{
  GtkWidget *label = lp_label_new (text, "small", FALSE);

  gtk_label_set_max_width_chars (GTK_LABEL (label), NAME_CHARS);
  gtk_widget_set_tooltip_text (label, text);
  return label;
}

static GtkWidget *
count_new (guint n, gboolean diagonal, const char *row, const char *column)
{
  g_autofree char *text = n > 0 ? lp_number (n) : g_strdup ("");
  GtkWidget *cell = lp_label_new (text, "small numeric count-cell", FALSE);

  gtk_label_set_xalign (GTK_LABEL (cell), 0.5);
  gtk_widget_set_hexpand (cell, TRUE);
  if (diagonal)
    gtk_widget_add_css_class (cell, "right");
  else if (n > 0)
    gtk_widget_add_css_class (cell, "wrong");
  if (n > 0)
    {
      /* Translators: boxes; a name of the job; the name that the labels use for these boxes */
      g_autofree char *words = g_strdup_printf (
        ngettext ("%u box: “%s” in the job, “%s” in the labels", "%u boxes: “%s” in the job, “%s” in the labels", n),
        n, row, column);

      gtk_widget_set_tooltip_text (cell, words);
    }
  return cell;
}

static GtkWidget *
table_new (const LpDataset *dataset, const LpMatch *match, const GArray *columns)
{
  GtkWidget *table = gtk_grid_new ();
  GtkGrid *grid = GTK_GRID (table);

  gtk_grid_set_row_spacing (grid, 3);
  gtk_grid_set_column_spacing (grid, 3);
  gtk_grid_attach (grid, lp_label_new (_ ("the job"), "small dim-label", FALSE), 0, 0, 1, 1);
  gtk_grid_attach (grid, lp_label_new (_ ("called in the labels"), "small dim-label", FALSE), 1, 0, columns->len, 1);
  for (guint c = 0; c < columns->len; c++)
    {
      g_autofree char *name = column_name (dataset, match, &g_array_index (columns, Column, c));
      GtkWidget *head = name_new (name);

      gtk_label_set_xalign (GTK_LABEL (head), 0.5);
      gtk_label_set_max_width_chars (GTK_LABEL (head), 1); /* all columns are equal, whatever stands above them */
      gtk_grid_attach (grid, head, c + 1, 1, 1, 1);
    }
  for (guint r = 0; r < match->names->len; r++)
    {
      g_autofree char *row = lp_text_show_blanks (g_ptr_array_index (match->names, r));

      gtk_grid_attach (grid, name_new (row), 0, r + 2, 1, 1);
      for (guint c = 0; c < columns->len; c++)
        {
          const Column *column = &g_array_index (columns, Column, c);
          g_autofree char *name = column_name (dataset, match, column);
          guint n = match->table[(gsize) r * match->classes->len + column->class];

          gtk_grid_attach (grid, count_new (n, column->diagonal == r, row, name), c + 1, r + 2, 1, 1);
        }
    }
  return table;
}

GtkWidget *
lp_boxes_say_card_new (LpSession *session)
{
  const LpDataset *dataset = lp_session_get_dataset (session);
  const LpMatch *match = lp_session_get_match (session);
  g_autoptr (GArray) columns = NULL;
  GtkWidget *card, *head, *title;

  if (match == NULL || match->reference == LP_NONE || match->support == 0 || match->names->len > MOST)
    return NULL;
  columns = find_columns (dataset, match);
  if (columns->len > MOST)
    return NULL;
  card = lp_card_new (NULL);
  head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  title = lp_label_new (_ ("What the boxes say"), "heading", FALSE);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), lp_label_new (_ ("outlined: where they should be"), "small dim-label", FALSE));
  gtk_box_append (GTK_BOX (card), head);
  gtk_box_append (GTK_BOX (card), table_new (dataset, match, columns));
  return card;
}
