/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/lp-text.h"
#include "read/lp-yolo.h"

#define FILE_MAX (10 * 1024 * 1024)
#define FILE_ROWS_MAX 1000000  /* more rows are no label file */
#define FILE_FINDINGS_MAX 1000 /* of rows of one file; the rest is only counted as not read */
#define N_THREADS 8            /* hides the disk's waiting time whatever the number of cores */
#define BLOCK_ENTRIES 512
#define BLOCKS_AHEAD 64 /* how far the threads may run ahead of the joining: bounds memory */

/* ---- one file ---- */

/* A finding made in a thread: rows and details are numbered when joined. */
typedef struct
{
  guint16 rule;
  guint32 entry;
  guint32 row; /* of the block; LP_NONE */
  guint32 line, column;
  guint32 detail, detail_length; /* in block->text */
  double a, b;
} Noticed;

typedef struct
{
  guint32 n_rows;
  guint32 n_unread; /* rows of a file that could not be read, counted by its lines */
  guint8 state;     /* LpEntryState */
} Outcome;

typedef struct
{
  guint32 first_entry, n_entries;
  GArray *rows, *places; /* LpRow, LpPlace */
  GArray *noticed;       /* Noticed */
  GString *text;
  Outcome *outcomes; /* n_entries */
  gboolean done;
} Block;

typedef struct
{
  LpDataset *dataset;
  const LpRoots *roots;
  LpLayer *layer;
  guint layer_index;
  LpYoloForm form;
  guint first_noticed; /* of this layer, in dataset->noticed */
  LpProgress *progress;
  guint n_blocks;
  Block *blocks;
  GMutex mutex;
  GCond done, room; /* a block is done; the joining moved on */
  guint next_block, joined;
} Reading;

/* What one thread needs, kept from file to file. */
typedef struct
{
  Reading *reading;
  Block *block;
  guint32 entry;
  const char *folder; /* interned: the one that `descriptor` is */
  int descriptor;
  char *buffer; /* FILE_MAX + 1 */
} Worker;

static void
notice (Worker *w, LpRuleId rule, guint32 row, guint32 line, guint32 column, const char *detail, gsize length)
{
  Noticed noticed = { .rule = (guint16) rule, .entry = w->entry, .row = row, .line = line, .column = column };

  noticed.detail = (guint32) w->block->text->len;
  noticed.detail_length = (guint32) MIN (length, 200);
  g_string_append_len (w->block->text, detail, noticed.detail_length);
  g_array_append_val (w->block->noticed, noticed);
}

/* The descriptor of a label file, or -1 with a finding. Through the folder's own descriptor, so that the path is
 * looked up once a folder; links take the long way through the roots. */
static int
open_label (Worker *w, const LpFile *file)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *relative = NULL;
  const char *reason;
  int descriptor = -1;

  if (w->folder != file->folder)
    {
      if (w->descriptor >= 0)
        close (w->descriptor);
      w->descriptor = lp_roots_open_folder (w->reading->roots, file->folder, NULL);
      w->folder = file->folder;
    }
  if (w->descriptor >= 0)
    descriptor = openat (w->descriptor, file->name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (descriptor >= 0)
    return descriptor;
  path = lp_file_dup_path (file);
  descriptor = lp_roots_open (w->reading->roots, path, &error);
  if (descriptor >= 0)
    return descriptor;
  relative = lp_dataset_relative (w->reading->dataset, path);
  reason = lp_roots_reason (error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_MOUNTABLE_FILE))
    notice (w, LP_RULE_DATASET_PATH_OUTSIDE, LP_NONE, 0, 0, relative, strlen (relative));
  else
    notice (w, LP_RULE_LABEL_UNREADABLE, LP_NONE, 0, 0, reason, strlen (reason));
  return -1;
}

/* Up to `limit` bytes. `expected`: what fstat said; nothing is asked for behind it, for that would be a second call a
 * file, a hundred thousand times. */
static gboolean
read_all (int descriptor, char *buffer, gsize limit, gsize expected, gsize *length)
{
  gssize got = 1;

  for (*length = 0; *length < limit && got > 0 && (*length == 0 || *length != expected); *length += (gsize) got)
    {
      do
        got = read (descriptor, buffer + *length, limit - *length);
      while (got < 0 && errno == EINTR);
      if (got < 0)
        return FALSE;
    }
  return TRUE;
}

/* FALSE with a finding: cannot be opened, is no file, is too large. */
static gboolean
load_label (Worker *w, LpFile *file, gsize *length)
{
  struct stat st;
  LpIdentity identity;
  const char *why = NULL;
  int descriptor = open_label (w, file);

  if (descriptor < 0)
    return FALSE;
  if (fstat (descriptor, &st) != 0)
    why = g_strerror (errno);
  else if (!S_ISREG (st.st_mode))
    why = S_ISDIR (st.st_mode) ? _ ("It is a folder.") : _ ("It is a special file.");
  else if (st.st_size > FILE_MAX)
    why = _ ("It is larger than 10 MB.");
  else if (!read_all (descriptor, w->buffer, FILE_MAX + 1, (gsize) st.st_size, length))
    why = g_strerror (errno);
  else if (*length > FILE_MAX)
    why = _ ("It is larger than 10 MB.");
  else
    {
      identity = lp_identity_of_stat (&st);
      lp_file_set_identity (file, &identity);
    }
  close (descriptor);
  if (why != NULL)
    notice (w, LP_RULE_LABEL_UNREADABLE, LP_NONE, 0, 0, why, strlen (why));
  return why == NULL;
}

/* The end of the line at `at`, and where the next begins. CR LF, LF and CR alone all end one. */
static gsize
line_end (const char *text, gsize length, gsize at, gsize *next)
{
  gsize end = at;

  while (end < length && text[end] != '\n' && text[end] != '\r')
    end++;
  *next = MIN (end + 1, length);
  if (*next < length && text[end] == '\r' && text[*next] == '\n')
    (*next)++;
  return end;
}

/* What is wrong with a row: the token, or the row itself where it takes all of it to say what was meant. */
static void
notice_row (Worker *w, const char *text, guint32 line, gsize length, const LpYoloLine *read)
{
  GArray *noticed = w->block->noticed;
  gboolean whole = read->rule == LP_RULE_LABEL_SEPARATOR || read->rule == LP_RULE_LABEL_DECIMAL_COMMA ||
                   read->rule == LP_RULE_LABEL_TRAILING_TEXT;

  if (read->rule == LP_RULE_LABEL_POLYGON_DEGENERATE)
    notice (w, read->rule, w->block->rows->len, line, 1, "", 0);
  else if (whole)
    notice (w, read->rule, w->block->rows->len, line, read->at + 1, text, length);
  else
    notice (w, read->rule, w->block->rows->len, line, read->at + 1, text + read->at, read->size);
  g_array_index (noticed, Noticed, noticed->len - 1).a = read->a;
  g_array_index (noticed, Noticed, noticed->len - 1).b = read->b;
}

static void
take_row (Worker *w, const char *text, gsize at, gsize length, guint32 line, const LpYoloLine *read, guint *n_noticed)
{
  LpPlace place = { .offset = at, .length = length, .line = line, .column = 1 };
  Block *block = w->block;

  if (read->rule != LP_RULE_NONE && (*n_noticed)++ < FILE_FINDINGS_MAX)
    notice_row (w, text + at, line, length, read);
  g_array_append_val (block->rows, read->row);
  g_array_append_val (block->places, place);
}

/* Takes back what a file has put into the block. */
static void
forget_rows (Block *block, guint n_rows, guint n_noticed, gsize text_length)
{
  g_array_set_size (block->rows, n_rows);
  g_array_set_size (block->places, n_rows);
  g_array_set_size (block->noticed, n_noticed);
  g_string_truncate (block->text, text_length);
}

/* FALSE: too many rows. */
static gboolean
take_rows (Worker *w, const char *text, gsize length, gsize at, guint *n_read)
{
  guint first = w->block->rows->len, n_noticed = 0;
  gsize next;

  for (guint32 line = 1; at < length; line++, at = next)
    {
      gsize end = line_end (text, length, at, &next);
      LpYoloLine read;

      if (!lp_yolo_line (text + at, end - at, &w->reading->form, &read))
        continue;
      if (w->block->rows->len - first == FILE_ROWS_MAX)
        return FALSE;
      *n_read += read.row.kind != LP_ROW_UNREAD;
      take_row (w, text, at, end - at, line, &read, &n_noticed);
    }
  return TRUE;
}

static void
read_lines (Worker *w, const char *text, gsize length, gsize at, gboolean orphan, Outcome *outcome)
{
  Block *block = w->block;
  guint first = block->rows->len, first_noticed = block->noticed->len, n_read = 0;
  gsize text_length = block->text->len;

  if (!take_rows (w, text, length, at, &n_read))
    {
      const char *why = _ ("It has more than a million rows.");

      forget_rows (block, first, first_noticed, text_length);
      outcome->n_unread = FILE_ROWS_MAX;
      notice (w, LP_RULE_LABEL_UNREADABLE, LP_NONE, 0, 0, why, strlen (why));
      return;
    }
  /* A text without a picture and without one row that can be read is a text, not a label file. */
  if (orphan && n_read == 0)
    forget_rows (block, first, first_noticed, text_length);
  outcome->n_rows = block->rows->len - first;
  outcome->state = outcome->n_rows > 0 ? LP_STATE_ROWS : LP_STATE_EMPTY;
}

/* Lines with something in them: what cannot be read still counts as seen. */
static guint32
count_lines (const char *text, gsize length)
{
  guint32 n = 0;

  for (gsize at = 0, next = 0; at < length; at = next)
    {
      gsize end = line_end (text, length, at, &next);

      n += !lp_yolo_is_blank (text + at, end - at);
    }
  return n;
}

/* What the bytes are instead of UTF-8 text, or NULL; `at` receives the first bad byte. */
static const char *
not_text (const char *text, gsize length, gsize *at)
{
  const char *bad = length > 0 ? memchr (text, '\0', length) : NULL;

  *at = 0;
  if (length >= 2 && (memcmp (text, "\xff\xfe", 2) == 0 || memcmp (text, "\xfe\xff", 2) == 0))
    return _ ("It is UTF-16.");
  if (bad == NULL && (lp_text_is_ascii (text, length) || g_utf8_validate_len (text, length, &bad)))
    return NULL;
  *at = (gsize) (bad - text);
  return *bad == '\0' ? _ ("It contains zero bytes.") : _ ("It is not UTF-8.");
}

static void
notice_encoding (Worker *w, gsize length, gsize bad, const char *why)
{
  guint32 line = 1;
  gsize start = 0;

  for (gsize i = 0; i < bad && i < length; i++)
    if (w->buffer[i] == '\n')
      {
        line++;
        start = i + 1;
      }
  notice (w, LP_RULE_LABEL_ENCODING, LP_NONE, line, (guint32) (bad - start) + 1, why, strlen (why));
}

static void
read_label (Worker *w, const LpEntry *entry, Outcome *outcome)
{
  LpFile *file = lp_dataset_file (w->reading->dataset, entry->file);
  gboolean orphan = (lp_dataset_image (w->reading->dataset, entry->image)->flags & LP_IMAGE_ORPHAN) != 0;
  gsize length = 0, bad, bom = 0;
  const char *why;

  outcome->state = LP_STATE_FAILED;
  if (!load_label (w, file, &length))
    return;
  why = not_text (w->buffer, length, &bad);
  if (why != NULL)
    {
      outcome->n_unread = count_lines (w->buffer, length);
      notice_encoding (w, length, bad, why);
      return;
    }
  if (length >= 3 && memcmp (w->buffer, "\xef\xbb\xbf", 3) == 0)
    {
      bom = 3;
      file->flags |= LP_FILE_BOM;
      notice (w, LP_RULE_LABEL_BOM, LP_NONE, 1, 1, "", 0);
    }
  if (memchr (w->buffer, '\r', length) != NULL)
    file->flags |= LP_FILE_CRLF;
  read_lines (w, w->buffer, length, bom, orphan, outcome);
}

/* ---- many files ---- */

static void
read_block (Worker *w, Block *block)
{
  Reading *r = w->reading;

  w->block = block;
  block->rows = g_array_new (FALSE, FALSE, sizeof (LpRow));
  block->places = g_array_new (FALSE, FALSE, sizeof (LpPlace));
  block->noticed = g_array_new (FALSE, FALSE, sizeof (Noticed));
  block->text = g_string_new (NULL);
  block->outcomes = g_new0 (Outcome, block->n_entries);
  for (guint32 i = 0; i < block->n_entries && !lp_progress_cancelled (r->progress); i++)
    {
      const LpEntry *entry = lp_layer_entry (r->layer, block->first_entry + i);

      w->entry = block->first_entry + i;
      if (entry->file == LP_NONE)
        block->outcomes[i].state = LP_STATE_NO_FILE;
      else
        read_label (w, entry, &block->outcomes[i]);
      lp_progress_add (r->progress, 1);
    }
}

/* The next block to read, or NULL. Waits where the joining is too far behind. */
static Block *
take_block (Reading *r)
{
  Block *block = NULL;

  g_mutex_lock (&r->mutex);
  while (r->next_block < r->n_blocks && r->next_block >= r->joined + BLOCKS_AHEAD)
    g_cond_wait (&r->room, &r->mutex);
  if (r->next_block < r->n_blocks)
    block = &r->blocks[r->next_block++];
  g_mutex_unlock (&r->mutex);
  return block;
}

static gpointer
work (gpointer data)
{
  Reading *r = data;
  Worker w = { .reading = r, .descriptor = -1, .buffer = g_malloc (FILE_MAX + 1) };
  Block *block;

  while ((block = take_block (r)) != NULL)
    {
      read_block (&w, block);
      g_mutex_lock (&r->mutex);
      block->done = TRUE;
      g_cond_signal (&r->done);
      g_mutex_unlock (&r->mutex);
    }
  if (w.descriptor >= 0)
    close (w.descriptor);
  g_free (w.buffer);
  return NULL;
}

static void
join_noticed (Reading *r, const Block *block, guint32 first_row)
{
  for (guint i = 0; i < block->noticed->len; i++)
    {
      const Noticed *noticed = &g_array_index (block->noticed, Noticed, i);
      const LpEntry *entry = lp_layer_entry (r->layer, noticed->entry);
      LpFinding finding = LP_FINDING_INIT;

      finding.rule = noticed->rule;
      finding.layer = (guint8) r->layer_index;
      finding.image = entry->image;
      finding.file = entry->file;
      finding.row = noticed->row == LP_NONE ? LP_NONE : first_row + noticed->row;
      finding.line = noticed->line;
      finding.column = noticed->column;
      finding.a = noticed->a;
      finding.b = noticed->b;
      if (noticed->detail_length > 0)
        finding.detail =
          lp_dataset_add_detail (r->dataset, block->text->str + noticed->detail, noticed->detail_length);
      lp_dataset_notice (r->dataset, &finding);
    }
}

static void
join_block (Reading *r, Block *block)
{
  guint32 first_row = r->layer->rows->len, row = first_row;

  for (guint32 i = 0; i < block->n_entries; i++)
    {
      LpEntry *entry = lp_layer_entry (r->layer, block->first_entry + i);
      const Outcome *outcome = &block->outcomes[i];

      entry->first_row = row;
      entry->n_rows = outcome->n_rows;
      entry->state = outcome->state;
      row += outcome->n_rows;
      r->dataset->coverage.rows_seen += outcome->n_rows + outcome->n_unread;
    }
  g_array_append_vals (r->layer->rows, block->rows->data, block->rows->len);
  g_array_append_vals (r->layer->places, block->places->data, block->places->len);
  join_noticed (r, block, first_row);
}

static void
clear_block (Block *block)
{
  g_clear_pointer (&block->rows, g_array_unref);
  g_clear_pointer (&block->places, g_array_unref);
  g_clear_pointer (&block->noticed, g_array_unref);
  g_clear_pointer (&block->outcomes, g_free);
  if (block->text != NULL)
    g_string_free (g_steal_pointer (&block->text), TRUE);
}

/* ---- what only the whole set can tell ---- */

typedef struct
{
  guint64 n[LP_ROW_UNREAD + 1]; /* rows by kind */
  guint64 polygons;             /* rows that are one and look like nothing else */
  guint64 six;                  /* rows with one column behind a box */
  guint64 fractions, tracks;    /* of such columns: confidences that are no whole number, track numbers above 1 */
  gboolean rotated;             /* nine tokens are a rotated box */
} Form;

/* A box with one more column, or with two. */
static gboolean
is_extended (const LpFinding *f, guint tokens)
{
  return (f->rule == LP_RULE_LABEL_CONFIDENCE_COLUMN || f->rule == LP_RULE_LABEL_TRACK_COLUMN ||
          f->rule == LP_RULE_LABEL_COLUMNS) &&
         f->a == tokens;
}

static Form
form_of (const Reading *r)
{
  Form form = { .n = { 0 } };
  guint64 triangles = 0;

  for (guint32 i = 0; i < r->layer->rows->len; i++)
    form.n[lp_layer_row (r->layer, i)->kind]++;
  for (guint i = r->first_noticed; i < r->dataset->noticed->len; i++)
    {
      const LpFinding *f = &g_array_index (r->dataset->noticed, LpFinding, i);

      form.six += is_extended (f, 6);
      triangles += is_extended (f, 7);
      form.fractions += f->rule == LP_RULE_LABEL_CONFIDENCE_COLUMN && f->b < 1;
      form.tracks += f->rule == LP_RULE_LABEL_TRACK_COLUMN && f->b > 1;
    }
  /* Nine tokens are a rotated box only where they are the most frequent form of the whole set. */
  form.rotated = form.n[LP_ROW_OBB] > form.n[LP_ROW_BOX] && form.n[LP_ROW_OBB] > form.n[LP_ROW_POLYGON];
  form.polygons = form.n[LP_ROW_POLYGON] + (form.rotated ? 0 : form.n[LP_ROW_OBB]) - triangles;
  return form;
}

/* The rule that a finding about the form of a row ends under; LP_RULE_NONE: it is none. */
static LpRuleId
settled_rule (const Form *form, const LpFinding *f, const LpRow *row)
{
  gboolean rotated = form->rotated && row->kind == LP_ROW_OBB;

  if (is_extended (f, 6) && form->polygons > form->n[LP_ROW_BOX] + form->six)
    return LP_RULE_LABEL_POLYGON_ODD;
  if (f->rule == LP_RULE_LABEL_CONFIDENCE_COLUMN && f->b == 1 && form->tracks > 0 && form->fractions == 0)
    return LP_RULE_LABEL_TRACK_COLUMN;
  if (is_extended (f, 7) && form->tracks == 0)
    return LP_RULE_NONE;
  if (f->rule == LP_RULE_LABEL_COLUMNS && f->a == 3 && form->polygons > form->n[LP_ROW_BOX])
    return LP_RULE_LABEL_POLYGON_TOO_FEW;
  if (f->rule == LP_RULE_LABEL_POLYGON_OUTSIDE && rotated)
    return LP_RULE_LABEL_OBB_OUTSIDE;
  if (f->rule == LP_RULE_LABEL_POLYGON_DEGENERATE && rotated)
    return LP_RULE_LABEL_OBB_DEGENERATE;
  return f->rule;
}

static void
settle_noticed (Reading *r, const Form *form)
{
  GArray *noticed = r->dataset->noticed;
  guint kept = r->first_noticed;

  for (guint i = r->first_noticed; i < noticed->len; i++)
    {
      LpFinding finding = g_array_index (noticed, LpFinding, i);
      LpRow *row = finding.row != LP_NONE ? lp_layer_row (r->layer, finding.row) : NULL;

      if (row != NULL)
        finding.rule = (guint16) settled_rule (form, &finding, row);
      if (finding.rule == LP_RULE_NONE)
        continue;
      if (finding.rule == LP_RULE_LABEL_TRACK_COLUMN)
        row->kind = LP_ROW_UNREAD;
      g_array_index (noticed, LpFinding, kept++) = finding;
    }
  g_array_set_size (noticed, kept);
}

static void
settle_rows (Reading *r)
{
  Form form = form_of (r);

  settle_noticed (r, &form);
  for (guint32 i = 0; i < r->layer->rows->len; i++)
    {
      LpRow *row = lp_layer_row (r->layer, i);

      r->dataset->coverage.rows_read += row->kind != LP_ROW_UNREAD;
      if (row->kind == LP_ROW_OBB && !form.rotated)
        row->kind = LP_ROW_POLYGON;
    }
}

/* ---- all of it ---- */

static void
join_blocks (Reading *r)
{
  for (guint i = 0; i < r->n_blocks; i++)
    {
      g_mutex_lock (&r->mutex);
      while (!r->blocks[i].done)
        g_cond_wait (&r->done, &r->mutex);
      g_mutex_unlock (&r->mutex);
      if (!lp_progress_cancelled (r->progress))
        join_block (r, &r->blocks[i]);
      clear_block (&r->blocks[i]);
      g_mutex_lock (&r->mutex);
      r->joined = i + 1;
      g_cond_broadcast (&r->room);
      g_mutex_unlock (&r->mutex);
    }
}

gboolean
lp_yolo_read_rows (LpDataset *dataset, const LpRoots *roots, guint index, LpProgress *progress, GError **error)
{
  LpLayer *layer = lp_dataset_layer (dataset, index);
  Reading r = { .dataset = dataset, .roots = roots, .layer = layer, .layer_index = index, .progress = progress };
  guint n_entries = layer->entries->len, n_threads;
  GThread *threads[N_THREADS];

  r.form = lp_yolo_form_of (layer);
  r.first_noticed = dataset->noticed->len;
  r.n_blocks = (n_entries + BLOCK_ENTRIES - 1) / BLOCK_ENTRIES;
  r.blocks = g_new0 (Block, r.n_blocks);
  for (guint i = 0; i < r.n_blocks; i++)
    {
      r.blocks[i].first_entry = i * BLOCK_ENTRIES;
      r.blocks[i].n_entries = MIN (BLOCK_ENTRIES, n_entries - i * BLOCK_ENTRIES);
    }
  n_threads = MIN (N_THREADS, r.n_blocks);
  for (guint i = 0; i < n_threads; i++)
    threads[i] = g_thread_new ("labels", work, &r);
  join_blocks (&r);
  for (guint i = 0; i < n_threads; i++)
    g_thread_join (threads[i]);
  g_free (r.blocks);
  settle_rows (&r);
  return progress == NULL || !g_cancellable_set_error_if_cancelled (progress->cancellable, error);
}
