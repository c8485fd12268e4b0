/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "base/lp-text.h"
#include "session/lp-session-private.h"

/* Some lines of a text file, for showing where a problem stands. */

#define CHUNK (64 * 1024)
#define MOST_READ (64 * 1024 * 1024) /* bytes up to the line: about 0.1 s */
#define LINE_BYTES 2000              /* of each line; more is not shown */
#define LINE_CHARS 400

typedef struct
{
  guint32 first, last; /* wanted */
  guint32 line;        /* the one being read */
  GString *text;       /* its bytes so far */
  gboolean begun;      /* anything of it was seen */
  GPtrArray *lines;
} Reader;

static void
end_line (Reader *reader)
{
  if (reader->line >= reader->first && reader->line <= reader->last)
    {
      if (reader->text->len > 0 && reader->text->str[reader->text->len - 1] == '\r')
        g_string_truncate (reader->text, reader->text->len - 1);
      g_ptr_array_add (reader->lines, lp_text_escape (reader->text->str, reader->text->len, LINE_CHARS));
    }
  g_string_truncate (reader->text, 0);
  reader->begun = FALSE;
  reader->line++;
}

static void
take_bytes (Reader *reader, const char *bytes, gsize length)
{
  for (gsize i = 0; i < length && reader->line <= reader->last; i++)
    if (bytes[i] == '\n')
      {
        end_line (reader);
      }
    else
      {
        reader->begun = TRUE;
        if (reader->line >= reader->first && reader->text->len < LINE_BYTES)
          g_string_append_c (reader->text, bytes[i]);
      }
}

static gboolean
read_up_to (Reader *reader, int fd, GError **error)
{
  g_autofree char *chunk = g_malloc (CHUNK);
  gsize all = 0;

  while (reader->line <= reader->last)
    {
      gssize n = read (fd, chunk, CHUNK);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), _ ("The file cannot be read: %s."),
                       g_strerror (errno));
          return FALSE;
        }
      if (n == 0)
        break;
      all += n;
      if (all > MOST_READ)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                               _ ("The line stands too deep in a large file to be shown here."));
          return FALSE;
        }
      take_bytes (reader, chunk, n);
    }
  if (reader->begun)
    end_line (reader);
  return TRUE;
}

GPtrArray *
lp_session_read_lines (LpSession *self, guint32 file, guint32 line, guint around, guint32 *first, GError **error)
{
  const LpDataset *d = self->now->dataset;
  g_autofree char *path = NULL;
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) text = g_string_new (NULL);
  Reader reader = { .line = 1, .text = text, .lines = lines };
  gboolean read;
  int fd;

  g_return_val_if_fail (file < d->files->len, NULL);
  line = MAX (line, 1);
  reader.first = line > around ? line - around : 1;
  reader.last = reader.first + 2 * around;
  *first = reader.first;
  path = lp_file_dup_disk_path (lp_dataset_file (d, file));
  fd = lp_roots_open (self->now->roots, path, error);
  if (fd < 0)
    return NULL;
  read = read_up_to (&reader, fd, error);
  close (fd);
  return read ? g_steal_pointer (&lines) : NULL;
}
