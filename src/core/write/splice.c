/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "base/lp-text.h"
#include "write/lp-splice.h"

#define MOST_BYTES (64 * 1024 * 1024) /* of one file that is rewritten; readers stop earlier */

char *
lp_splice_name_from (const char *root, const char *path, const char *sentence)
{
  g_autofree char *base = g_path_get_basename (path), *relative = lp_path_relative (root, path);
  g_autofree char *shown_root = lp_text_escape (root, -1, 0), *shown_base = lp_text_escape (base, -1, 0);
  g_autofree char *shown = lp_text_escape (relative, -1, 0), *prefix = g_strconcat (shown_root, "/", NULL);
  GString *text = g_string_new (sentence);
  guint n = strcmp (root, "/") != 0 ? g_string_replace (text, prefix, "", 0) : 0;

  if (n == 0 && strstr (sentence, shown) == NULL)
    g_string_replace (text, shown_base, shown, 1);
  return g_string_free (text, FALSE);
}

void
lp_splice_name_error (const char *root, const char *path, GError *error)
{
  char *sentence = lp_splice_name_from (root, path, error->message);

  g_free (error->message);
  error->message = sentence;
}

gboolean
lp_splice_changed (const char *path, GError **error)
{
  g_autofree char *shown = lp_text_escape (path, -1, 0);

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG,
               _ ("“%s” was changed by another program since it was read. It was left as it is."), shown);
  return FALSE;
}

gboolean
lp_splice_cannot_read (const char *path, GError **error)
{
  int number = errno;
  g_autofree char *shown = lp_text_escape (path, -1, 0);

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (number), _ ("“%s” could not be read: %s"), shown,
               g_strerror (number));
  return FALSE;
}

GBytes *
lp_splice_read (int fd, const char *path, gsize size, GError **error)
{
  g_autoptr (GByteArray) content = g_byte_array_new ();
  gssize n;

  if (size > MOST_BYTES)
    {
      g_autofree char *shown = lp_text_escape (path, -1, 0);

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, _ ("“%s” is too large to be changed."), shown);
      return NULL;
    }
  g_byte_array_set_size (content, (guint) size + 1);
  do
    n = pread (fd, content->data, size + 1, 0);
  while (n < 0 && errno == EINTR);
  if (n < 0)
    {
      lp_splice_cannot_read (path, error);
      return NULL;
    }
  if ((gsize) n != size)
    {
      lp_splice_changed (path, error);
      return NULL;
    }
  g_byte_array_set_size (content, (guint) n);
  return g_byte_array_free_to_bytes (g_steal_pointer (&content));
}

/* ---- spans ---- */

void
lp_splice_add (GArray *spans, GBytes *old, gsize offset, gsize old_length, const char *text, gssize length)
{
  LpSpan span = { .old_offset = offset };

  span.old_bytes = g_bytes_new_from_bytes (old, offset, old_length);
  span.new_bytes = g_bytes_new (text, length < 0 ? strlen (text) : (gsize) length);
  g_array_append_val (spans, span);
}

static int
compare_spans (gconstpointer a, gconstpointer b)
{
  const LpSpan *x = a, *y = b;

  return (x->old_offset > y->old_offset) - (x->old_offset < y->old_offset);
}

GBytes *
lp_splice_finish (GArray *spans, GBytes *old)
{
  gsize end = 0;
  gint64 shift = 0;

  g_array_sort (spans, compare_spans);
  for (guint i = spans->len; i > 0; i--)
    if (g_bytes_equal (g_array_index (spans, LpSpan, i - 1).old_bytes,
                       g_array_index (spans, LpSpan, i - 1).new_bytes))
      g_array_remove_index (spans, i - 1);
  for (guint i = 0; i < spans->len; i++)
    {
      LpSpan *span = &g_array_index (spans, LpSpan, i);
      gsize n_old = g_bytes_get_size (span->old_bytes);

      if (span->old_offset < end)
        return NULL;
      end = span->old_offset + n_old;
      span->new_offset = (guint64) ((gint64) span->old_offset + shift);
      shift += (gint64) g_bytes_get_size (span->new_bytes) - (gint64) n_old;
    }
  return lp_splice_apply (spans, old, FALSE);
}

GBytes *
lp_splice_apply (const GArray *spans, GBytes *content, gboolean back)
{
  gsize length, at = 0;
  const char *bytes = lp_splice_data (content, &length);
  g_autoptr (GByteArray) result = g_byte_array_sized_new ((guint) length + 64);

  for (guint i = 0; i < spans->len; i++)
    {
      const LpSpan *span = &g_array_index (spans, LpSpan, i);
      guint64 offset = back ? span->new_offset : span->old_offset;
      gsize n_out, n_in;
      gconstpointer out = g_bytes_get_data (back ? span->new_bytes : span->old_bytes, &n_out);
      gconstpointer in = g_bytes_get_data (back ? span->old_bytes : span->new_bytes, &n_in);

      if (offset < at || offset > length || n_out > length - offset ||
          (n_out > 0 && memcmp (bytes + offset, out, n_out) != 0))
        return NULL;
      if (offset > at)
        g_byte_array_append (result, (const guint8 *) bytes + at, (guint) (offset - at));
      if (n_in > 0)
        g_byte_array_append (result, in, (guint) n_in);
      at = offset + n_out;
    }
  if (length > at)
    g_byte_array_append (result, (const guint8 *) bytes + at, (guint) (length - at));
  return g_byte_array_free_to_bytes (g_steal_pointer (&result));
}

void
lp_splice_hash (GBytes *content, guint8 hash[32])
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize n = 32;

  g_checksum_update (sum, g_bytes_get_data (content, NULL), (gssize) g_bytes_get_size (content));
  g_checksum_get_digest (sum, hash, &n);
}

/* ---- whole lines ---- */

static gboolean
is_line_start (const char *bytes, gsize length, gsize at)
{
  return at == 0 || at == length || bytes[at - 1] == '\n';
}

static guint
count_lines (const char *bytes, gsize start, gsize end)
{
  guint n = 0;

  for (gsize i = start; i < end; i++)
    n += bytes[i] == '\n';
  return n + (end > start && bytes[end - 1] != '\n');
}

typedef struct
{
  const char *old, *new;
  gsize n_old, n_new;
} Texts;

/* Behind the last span of a run old and new are the same up to the next span, at `limit`: both grow to a line's end.
 * A next span in the same line will do that. */
static void
close_run (const Texts *t, LpLineRun *run, gsize limit)
{
  while (run->old_end < limit &&
         !(is_line_start (t->old, t->n_old, run->old_end) && is_line_start (t->new, t->n_new, run->new_end)))
    {
      const char *end = memchr (t->old + run->old_end, '\n', limit - run->old_end);
      gsize n = (end != NULL ? (gsize) (end - t->old) + 1 : limit) - run->old_end;

      run->old_end += n;
      run->new_end += n;
    }
}

static void
number_runs (const Texts *t, GArray *runs)
{
  gsize at = 0;
  guint line = 0;
  gint64 shift = 0;

  for (guint i = 0; i < runs->len; i++)
    {
      LpLineRun *run = &g_array_index (runs, LpLineRun, i);

      line += count_lines (t->old, at, run->old_start);
      run->old_line = line;
      run->new_line = (guint) (line + shift);
      run->n_old = count_lines (t->old, run->old_start, run->old_end);
      run->n_new = count_lines (t->new, run->new_start, run->new_end);
      shift += (gint64) run->n_new - run->n_old;
      line += run->n_old;
      at = run->old_end;
    }
}

GArray *
lp_splice_lines (const GArray *spans, GBytes *old, GBytes *content)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (LpLineRun));
  Texts t;

  t.old = lp_splice_data (old, &t.n_old);
  t.new = lp_splice_data (content, &t.n_new);
  for (guint i = 0; i < spans->len; i++)
    {
      const LpSpan *span = &g_array_index (spans, LpSpan, i), *next = span + 1;
      LpLineRun *last = runs->len > 0 ? &g_array_index (runs, LpLineRun, runs->len - 1) : NULL;
      LpLineRun run = { .old_start = span->old_offset, .new_start = span->new_offset };

      while (run.old_start > 0 && t.old[run.old_start - 1] != '\n')
        run.old_start--;
      run.new_start -= span->old_offset - run.old_start;
      if (last == NULL || run.old_start > last->old_end)
        {
          g_array_append_val (runs, run);
          last = &g_array_index (runs, LpLineRun, runs->len - 1);
        }
      last->old_end = span->old_offset + g_bytes_get_size (span->old_bytes);
      last->new_end = span->new_offset + g_bytes_get_size (span->new_bytes);
      close_run (&t, last, i + 1 < spans->len ? next->old_offset : t.n_old);
    }
  number_runs (&t, runs);
  return runs;
}

guint
lp_splice_count_lines (const GArray *spans, GBytes *old, GBytes *content)
{
  g_autoptr (GArray) runs = lp_splice_lines (spans, old, content);
  guint n = 0;

  for (guint i = 0; i < runs->len; i++)
    {
      const LpLineRun *run = &g_array_index (runs, LpLineRun, i);

      n += MAX (run->n_old, run->n_new);
    }
  return n;
}
