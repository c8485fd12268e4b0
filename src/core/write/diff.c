/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "write/lp-apply.h"
#include "write/lp-splice.h"

#define CONTEXT 3 /* lines */

/* ---- names ---- */

/* As git writes them: in double quotes where a plain name would be misread. Letters beyond ASCII stay readable. */
static char *
header_name (const char *prefix, const char *name, gboolean quote_blanks)
{
  g_autoptr (GString) out = g_string_new ("\"");
  gboolean quoted = FALSE;

  g_string_append (out, prefix);
  for (const char *c = name; *c != '\0'; c++)
    {
      guchar byte = (guchar) *c;

      if (byte == '"' || byte == '\\')
        g_string_append_printf (out, "\\%c", byte);
      else if (byte < 0x20 || byte == 0x7f)
        g_string_append_printf (out, "\\%03o", byte);
      else
        g_string_append_c (out, (char) byte);
      quoted |= byte == '"' || byte == '\\' || byte < 0x20 || byte == 0x7f || (quote_blanks && byte == ' ');
    }
  if (!quoted)
    return g_strdup (out->str + 1);
  g_string_append_c (out, '"');
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* `--- a/name`: a tab behind a name with blanks says where it ends. */
static void
append_side (GString *diff, const char *mark, const char *prefix, const char *name)
{
  g_autofree char *shown = header_name (prefix, name, FALSE);

  g_string_append_printf (diff, "%s %s%s\n", mark, shown, strchr (shown, ' ') != NULL ? "\t" : "");
}

static void
append_header (GString *diff, const LpChange *change, const char *old_name, const char *new_name)
{
  g_autofree char *a = header_name ("a/", old_name, TRUE), *b = header_name ("b/", new_name, TRUE);

  g_string_append_printf (diff, "diff --git %s %s\n", a, b);
  if (change->created)
    g_string_append (diff, "new file mode 100644\n");
  if (change->new_path != NULL)
    {
      g_autofree char *from = header_name ("", old_name, FALSE), *to = header_name ("", new_name, FALSE);

      g_string_append_printf (diff, "%srename from %s\nrename to %s\n",
                              change->spans->len == 0 ? "similarity index 100%\n" : "", from, to);
    }
  if (change->spans->len == 0)
    return;
  append_side (diff, "---", change->created ? "" : "a/", change->created ? "/dev/null" : old_name);
  append_side (diff, "+++", "b/", new_name);
}

/* ---- hunks ---- */

typedef struct
{
  const char *bytes;
  gsize length;
} Text;

/* Lines of bytes[start, end) with their mark in front. */
static void
append_lines (GString *diff, char mark, const Text *text, gsize start, gsize end)
{
  while (start < end)
    {
      const char *newline = memchr (text->bytes + start, '\n', end - start);
      gsize next = newline != NULL ? (gsize) (newline - text->bytes) + 1 : end;

      g_string_append_c (diff, mark);
      g_string_append_len (diff, text->bytes + start, (gssize) (next - start));
      if (newline == NULL)
        g_string_append (diff, "\n\\ No newline at end of file\n");
      start = next;
    }
}

/* `n` lines back or forward from a line's start; fewer where the text ends. */
static gsize
lines_back (const Text *text, gsize at, guint n, guint *moved)
{
  for (*moved = 0; *moved < n && at > 0; (*moved)++)
    for (at--; at > 0 && text->bytes[at - 1] != '\n';)
      at--;
  return at;
}

static gsize
lines_forward (const Text *text, gsize at, guint n, guint *moved)
{
  for (*moved = 0; *moved < n && at < text->length; (*moved)++)
    {
      const char *newline = memchr (text->bytes + at, '\n', text->length - at);

      at = newline != NULL ? (gsize) (newline - text->bytes) + 1 : text->length;
    }
  return at;
}

/* A side of `@@ -4,3 +4,4 @@`: a run of no lines is named by the line before it. */
static void
append_range (GString *diff, char mark, guint first, guint n)
{
  g_string_append_printf (diff, "%c%u", mark, n > 0 ? first + 1 : first);
  if (n != 1)
    g_string_append_printf (diff, ",%u", n);
}

/* Runs [first, last] with the lines between and around them. */
static void
append_hunk (GString *diff, const Text *old, const Text *new, const LpLineRun *first, const LpLineRun *last)
{
  guint before, after;
  gsize start = lines_back (old, first->old_start, CONTEXT, &before);
  gsize end = lines_forward (old, last->old_end, CONTEXT, &after), at = start;
  guint n_old = last->old_line + last->n_old + after - (first->old_line - before);
  guint n_new = last->new_line + last->n_new + after - (first->new_line - before);

  g_string_append (diff, "@@ ");
  append_range (diff, '-', first->old_line - before, n_old);
  g_string_append_c (diff, ' ');
  append_range (diff, '+', first->new_line - before, n_new);
  g_string_append (diff, " @@\n");
  for (const LpLineRun *run = first; run <= last; run++)
    {
      append_lines (diff, ' ', old, at, run->old_start);
      append_lines (diff, '-', old, run->old_start, run->old_end);
      append_lines (diff, '+', new, run->new_start, run->new_end);
      at = run->old_end;
    }
  append_lines (diff, ' ', old, at, end);
}

static void
append_hunks (GString *diff, const LpChange *change)
{
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  GBytes *old_content = change->old_content != NULL ? change->old_content : nothing;
  g_autoptr (GArray) runs = lp_splice_lines (change->spans, old_content, change->new_content);
  Text old, new;

  old.bytes = lp_splice_data (old_content, &old.length);
  new.bytes = lp_splice_data (change->new_content, &new.length);
  for (guint i = 0, k; i < runs->len; i = k)
    {
      const LpLineRun *first = &g_array_index (runs, LpLineRun, i);

      for (k = i + 1; k < runs->len; k++)
        {
          const LpLineRun *before = first + (k - i - 1), *run = first + (k - i);

          if (run->old_line - (before->old_line + before->n_old) > 2 * CONTEXT)
            break;
        }
      append_hunk (diff, &old, &new, first, first + (k - i - 1));
    }
}

GBytes *
lp_plan_diff (const GPtrArray *changes, const char *root)
{
  GString *diff = g_string_new (NULL);

  for (guint i = 0; i < changes->len; i++)
    {
      const LpChange *change = g_ptr_array_index (changes, i);
      g_autofree char *old_name = lp_path_relative (root, change->path);
      g_autofree char *new_name = lp_path_relative (root, change->new_path != NULL ? change->new_path : change->path);

      append_header (diff, change, old_name, new_name);
      if (change->spans->len > 0)
        append_hunks (diff, change);
    }
  return g_string_free_to_bytes (diff);
}
