/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "lp-diff.h"
#include "lp-index-model.h"
#include "lp-widgets.h"

#define LONGEST 2000 /* characters of a line that are shown */

/* What the rows of a view read from. */
typedef struct
{
  GBytes *diff;
  GArray *lines;
} Shown;

static void
shown_free (gpointer data)
{
  Shown *shown = data;

  g_bytes_unref (shown->diff);
  g_array_unref (shown->lines);
  g_free (shown);
}

/* "@@ -4,7 +4,7 @@" */
static void
read_hunk (const char *text, gsize length, guint *old_line, guint *new_line)
{
  g_autofree char *line = g_strndup (text, length);
  const char *minus = strchr (line, '-'), *plus = strchr (line, '+');

  *old_line = minus != NULL ? (guint) g_ascii_strtoull (minus + 1, NULL, 10) : 0;
  *new_line = plus != NULL ? (guint) g_ascii_strtoull (plus + 1, NULL, 10) : 0;
}

static void
add_line (GArray *lines, LpDiffLine line, guint *old_line, guint *new_line)
{
  if (line.kind == LP_DIFF_SAME || line.kind == LP_DIFF_REMOVED)
    line.old_line = (*old_line)++;
  if (line.kind == LP_DIFF_SAME || line.kind == LP_DIFF_ADDED)
    line.new_line = (*new_line)++;
  g_array_append_val (lines, line);
}

/* "diff --git a/… b/…": the head of the sheet names the file. */
static gboolean
is_command (const char *text, gsize length)
{
  return length > 5 && memcmp (text, "diff ", 5) == 0;
}

GArray *
lp_diff_parse (GBytes *diff)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (LpDiffLine));
  gsize size;
  const char *text = g_bytes_get_data (diff, &size);
  guint old_line = 0, new_line = 0;
  gboolean inside = FALSE; /* behind the first hunk's head: "---" is a removed line "--" */

  for (gsize at = 0; at < size;)
    {
      const char *end = memchr (text + at, '\n', size - at);
      gsize length = end != NULL ? (gsize) (end - text) - at : size - at;
      LpDiffLine line = { .offset = at + 1, .length = length > 0 ? length - 1 : 0 };
      char sign = length > 0 ? text[at] : ' ';

      if (length > 1 && text[at] == '@' && text[at + 1] == '@')
        {
          read_hunk (text + at, length, &old_line, &new_line);
          inside = TRUE;
        }
      if (inside && (sign == '+' || sign == '-' || sign == ' '))
        line.kind = sign == '+' ? LP_DIFF_ADDED : sign == '-' ? LP_DIFF_REMOVED : LP_DIFF_SAME;
      else
        {
          line.kind = LP_DIFF_HUNK;
          line.offset = at;
          line.length = length;
        }
      if (inside || (sign != '+' && sign != '-' && !is_command (text + at, length)))
        add_line (lines, line, &old_line, &new_line);
      at += length + 1;
    }
  return lines;
}

/* ---- the rows ---- */

static GtkWidget *
number_label (void)
{
  GtkWidget *label = lp_label_new ("", "dim-label numeric", FALSE);

  gtk_label_set_width_chars (GTK_LABEL (label), 5);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  return label;
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *sign = gtk_label_new ("");
  GtkWidget *text = gtk_label_new ("");

  gtk_label_set_width_chars (GTK_LABEL (sign), 1);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_box_append (GTK_BOX (row), number_label ());
  gtk_box_append (GTK_BOX (row), number_label ());
  gtk_box_append (GTK_BOX (row), sign);
  gtk_box_append (GTK_BOX (row), text);
  gtk_list_item_set_child (item, row);
  gtk_list_item_set_selectable (item, FALSE);
  gtk_list_item_set_activatable (item, FALSE);
}

static void
set_number (GtkWidget *label, guint n)
{
  g_autofree char *text = n > 0 ? g_strdup_printf ("%u", n) : g_strdup ("");

  gtk_label_set_text (GTK_LABEL (label), text);
}

/* Blanks at the end of a line that comes or goes are often all that differs. */
static char *
line_text (const Shown *shown, const LpDiffLine *line)
{
  const char *text = (const char *) g_bytes_get_data (shown->diff, NULL) + line->offset;
  gsize end = line->length;
  GString *out;
  g_autofree char *body = NULL;

  if (line->kind == LP_DIFF_ADDED || line->kind == LP_DIFF_REMOVED)
    while (end > 0 && text[end - 1] == ' ')
      end--;
  body = lp_text_escape (text, (gssize) end, LONGEST);
  out = g_string_new (body);
  for (gsize i = end; i < line->length && i < end + 40; i++)
    g_string_append (out, "␣");
  return g_string_free (out, FALSE);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  static const char *const css[] = { "same", "add", "del", "hunk" };
  static const char *const signs[] = { " ", "+", "−", " " };
  Shown *shown = data;
  const LpDiffLine *line =
    &g_array_index (shown->lines, LpDiffLine, lp_index_item_get (gtk_list_item_get_item (item)));
  GtkWidget *row = gtk_list_item_get_child (item);
  GtkWidget *old_line = gtk_widget_get_first_child (row);
  GtkWidget *new_line = gtk_widget_get_next_sibling (old_line);
  GtkWidget *sign = gtk_widget_get_next_sibling (new_line);
  GtkWidget *label = gtk_widget_get_next_sibling (sign);
  g_autofree char *text = line_text (shown, line);

  gtk_widget_set_css_classes (row, (const char *[]){ "line", css[line->kind], NULL });
  set_number (old_line, line->old_line);
  set_number (new_line, line->new_line);
  gtk_label_set_text (GTK_LABEL (sign), signs[line->kind]);
  gtk_label_set_text (GTK_LABEL (label), text);
}

void
lp_diff_show (GtkListView *view, GBytes *diff)
{
  LpIndexModel *model = lp_index_model_new ();
  g_autoptr (GtkSelectionModel) selection = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (model)));
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  Shown *shown = g_new0 (Shown, 1);

  shown->diff = g_bytes_ref (diff);
  shown->lines = lp_diff_parse (diff);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect_data (factory, "bind", G_CALLBACK (bind_cb), shown, (GClosureNotify) (void *) shown_free, 0);
  gtk_list_view_set_model (view, NULL);
  gtk_list_view_set_factory (view, factory);
  lp_index_model_set_range (model, shown->lines->len);
  gtk_list_view_set_model (view, selection);
}
