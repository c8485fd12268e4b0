/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "lp-raw-lines.h"
#include "lp-widgets.h"

#define LINES 6        /* in sight */
#define BEFORE 2       /* of them above the row, where there are as many */
#define AROUND 4096    /* bytes read before and after */
#define OBJECT_MAX 400 /* characters of a manifest's object */
#define LINE_MAX_CHARS 160

struct _LpRawLines
{
  AdwBin parent_instance;

  GtkBox *box;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (LpRawLines, lp_raw_lines, ADW_TYPE_BIN)

/* What the thread reads and what it has found. */
typedef struct
{
  LpRoots *roots;
  char *path;
  guint64 offset, length; /* of the row */
  guint line;             /* of the row, from 1 */
  gboolean object;        /* of a manifest: only the row itself */
  GPtrArray *lines;       /* char * as read */
  guint first, selected;  /* line number of the first; index of the row's */
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  lp_roots_free (reading->roots);
  g_free (reading->path);
  g_ptr_array_unref (reading->lines);
  g_free (reading);
}

/* ---- in the thread ---- */

static void
add_line (Reading *reading, const char *text, gsize length)
{
  while (length > 0 && (text[length - 1] == '\r' || text[length - 1] == '\n'))
    length--;
  g_ptr_array_add (reading->lines, g_strndup (text, length));
}

/* The lines around the row; `at` is where the row begins in the bytes. */
static void
pick_lines (Reading *reading, const char *bytes, gsize n, gsize at)
{
  const char *row = bytes + at, *end = bytes + n, *start = row;
  guint before = 0;

  while (start > bytes && start[-1] != '\n')
    start--;
  while (start > bytes && before + 1 < LINES && before + 1 < reading->line)
    {
      const char *line = start - 1;

      while (line > bytes && line[-1] != '\n')
        line--;
      if (line == bytes && reading->line > before + 2) /* cut off by the window */
        break;
      start = line;
      before++;
    }
  reading->first = reading->line - before;
  reading->selected = before;
  for (const char *line = start; line < end && reading->lines->len < 2 * LINES;)
    {
      const char *next = memchr (line, '\n', end - line);

      next = next != NULL ? next + 1 : end;
      add_line (reading, line, next - line);
      line = next;
    }
}

/* Keeps what is in sight: some above the row, the rest below, as many as there are. */
static void
trim_lines (Reading *reading)
{
  guint n = reading->lines->len, drop = reading->selected > BEFORE ? reading->selected - BEFORE : 0;

  if (n <= LINES)
    drop = 0;
  else
    drop = MIN (drop, n - LINES);
  if (drop > 0)
    g_ptr_array_remove_range (reading->lines, 0, drop);
  reading->first += drop;
  reading->selected -= drop;
  if (reading->lines->len > LINES)
    g_ptr_array_remove_range (reading->lines, LINES, reading->lines->len - LINES);
}

/* Bytes around the row, `from` where they begin; NULL with an error. */
static char *
read_around (const Reading *reading, guint64 *from, gssize *n, GError **error)
{
  gsize size = MIN (reading->length, AROUND);
  g_autofree char *bytes = NULL;
  int fd = lp_roots_open (reading->roots, reading->path, error);

  if (fd < 0)
    return NULL;
  *from = reading->offset;
  if (!reading->object)
    {
      *from -= MIN (reading->offset, AROUND);
      size += 2 * AROUND;
    }
  bytes = g_malloc (size);
  *n = pread (fd, bytes, size, (off_t) *from);
  close (fd);
  return g_steal_pointer (&bytes);
}

static void
read_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Reading *reading = data;
  GError *error = NULL;
  guint64 from = 0;
  gssize n = 0;
  g_autofree char *bytes = read_around (reading, &from, &n, &error);

  if (bytes == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (n > 0 && reading->object)
    {
      add_line (reading, bytes, n);
      reading->first = reading->line;
    }
  else if (n > 0 && (guint64) n > reading->offset - from)
    {
      pick_lines (reading, bytes, n, reading->offset - from);
      trim_lines (reading);
    }
  g_task_return_boolean (task, TRUE);
}

/* ---- in the window ---- */

static GtkWidget *
make_row (const Reading *reading, guint i)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  g_autofree char *number = g_strdup_printf ("%u", reading->first + i);
  g_autofree char *text =
    lp_text_escape (g_ptr_array_index (reading->lines, i), -1, reading->object ? OBJECT_MAX : LINE_MAX_CHARS);
  GtkWidget *line_number = lp_label_new (number, "dim-label", FALSE);
  GtkWidget *words = lp_label_new (text, NULL, reading->object);

  gtk_label_set_width_chars (GTK_LABEL (line_number), 3);
  gtk_label_set_xalign (GTK_LABEL (line_number), 1);
  gtk_widget_set_valign (line_number, GTK_ALIGN_START);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_tooltip_text (words, text);
  gtk_widget_add_css_class (row, "raw-row");
  if (i == reading->selected)
    gtk_widget_add_css_class (row, "selected");
  gtk_box_append (GTK_BOX (row), line_number);
  gtk_box_append (GTK_BOX (row), words);
  return row;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  LpRawLines *self = LP_RAW_LINES (source);
  const Reading *reading = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      lp_box_clear (self->box);
      gtk_box_append (self->box, lp_label_new (error->message, "dim-label", TRUE));
    }
  else
    {
      lp_box_clear (self->box);
      for (guint i = 0; i < reading->lines->len; i++)
        gtk_box_append (self->box, make_row (reading, i));
    }
  gtk_widget_set_visible (GTK_WIDGET (self), gtk_widget_get_first_child (GTK_WIDGET (self->box)) != NULL);
}

static void
start_reading (LpRawLines *self, LpSession *session, const LpLayer *layer, guint32 row)
{
  const LpEntry *entry = lp_layer_entry (layer, lp_layer_entry_of_row (layer, row));
  const LpPlace *place = lp_layer_place (layer, row);
  Reading *reading = g_new0 (Reading, 1);
  g_autoptr (GTask) task = NULL;

  reading->roots = lp_roots_ref (lp_session_get_roots (session));
  reading->path = lp_file_dup_disk_path (lp_dataset_file (lp_session_get_dataset (session), entry->file));
  reading->offset = place->offset;
  reading->length = place->length;
  reading->line = MAX (place->line, 1);
  reading->object = layer->kind == LP_LAYER_MANIFEST;
  reading->lines = g_ptr_array_new_with_free_func (g_free);
  self->cancellable = g_cancellable_new ();
  task = g_task_new (self, self->cancellable, read_cb, NULL);
  g_task_set_task_data (task, reading, reading_free);
  g_task_run_in_thread (task, read_thread);
}

void
lp_raw_lines_show (LpRawLines *self, LpSession *session, guint32 layer_index, guint32 row)
{
  const LpLayer *layer = session != NULL ? lp_dataset_layer (lp_session_get_dataset (session), layer_index) : NULL;

  g_return_if_fail (LP_IS_RAW_LINES (self));
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (layer != NULL && row < layer->rows->len)
    start_reading (self, session, layer, row);
  else
    lp_box_clear (self->box);
  gtk_widget_set_visible (GTK_WIDGET (self), gtk_widget_get_first_child (GTK_WIDGET (self->box)) != NULL);
}

static void
lp_raw_lines_dispose (GObject *object)
{
  LpRawLines *self = LP_RAW_LINES (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (lp_raw_lines_parent_class)->dispose (object);
}

static void
lp_raw_lines_class_init (LpRawLinesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lp_raw_lines_dispose;
}

static void
lp_raw_lines_init (LpRawLines *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  lp_widget_add_classes (GTK_WIDGET (self->box), "raw-lines mono");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
lp_raw_lines_new (void)
{
  return g_object_new (LP_TYPE_RAW_LINES, NULL);
}
