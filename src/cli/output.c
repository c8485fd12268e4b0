/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/lp-cli.h"

#define SHOW_AFTER_US (700 * 1000) /* what is ready before that needs no progress */
#define SHOW_EVERY_US (100 * 1000)

gboolean
lp_cli_colour (void)
{
  const char *no_colour = g_getenv ("NO_COLOR");

  return isatty (STDOUT_FILENO) && (no_colour == NULL || *no_colour == '\0') &&
         g_strcmp0 (g_getenv ("TERM"), "dumb") != 0;
}

LpExit
lp_cli_write_bytes (const void *data, gsize length, LpExit status)
{
  if (fwrite (data, 1, length, stdout) == length && fflush (stdout) == 0)
    return status;
  if (errno != EPIPE)
    lp_cli_complain (_ ("The output cannot be written: %s"), g_strerror (errno));
  return LP_EXIT_NOTHING;
}

LpExit
lp_cli_write (const char *text, LpExit status)
{
  return lp_cli_write_bytes (text, strlen (text), status);
}

void
lp_cli_complain (const char *format, ...)
{
  va_list args;
  g_autofree char *text = NULL;
  g_autofree char *safe = NULL;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  safe = lp_text_escape (text, -1, 0);
  fprintf (stderr, "labelproof: %s\n", safe);
}

void
lp_cli_add_line (GString *out, const char *format, ...)
{
  va_list args;
  g_autofree char *text = NULL;
  g_autofree char *safe = NULL;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  safe = lp_text_escape (text, -1, 0);
  g_string_append_printf (out, "%s\n", safe);
}

void
lp_cli_add_list (GString *out, const char *heading, const GPtrArray *sentences)
{
  if (sentences == NULL || sentences->len == 0)
    return;
  lp_cli_add_line (out, "%s", heading);
  for (guint i = 0; i < sentences->len; i++)
    lp_cli_add_line (out, "  %s", (const char *) g_ptr_array_index (sentences, i));
}

void
lp_cli_add_strings (JsonBuilder *b, const char *key, const GPtrArray *strings)
{
  json_builder_set_member_name (b, key);
  json_builder_begin_array (b);
  for (guint i = 0; strings != NULL && i < strings->len; i++)
    {
      g_autofree char *valid = g_utf8_make_valid (g_ptr_array_index (strings, i), -1);

      json_builder_add_string_value (b, valid);
    }
  json_builder_end_array (b);
}

char *
lp_cli_json (JsonBuilder *b)
{
  g_autoptr (JsonNode) root = json_builder_get_root (b);
  g_autofree char *text = json_to_string (root, TRUE);

  return g_strconcat (text, "\n", NULL);
}

/* ---- progress ---- */

struct _LpCliProgress
{
  LpProgress *progress;
  GThread *thread;
  GMutex mutex;
  GCond cond;
  gboolean stop;
};

static const char *
stage_word (LpStage stage)
{
  switch (stage)
    {
    case LP_STAGE_LIST:
      return _ ("Looking around");
    case LP_STAGE_ROWS:
      return _ ("Reading labels");
    case LP_STAGE_PICTURES:
      return _ ("Reading pictures");
    case LP_STAGE_MATCH:
      return _ ("Comparing");
    case LP_STAGE_CHECK:
      return _ ("Checking");
    case LP_STAGE_APPLY:
      return _ ("Writing");
    case LP_STAGE_EXPORT:
    default:
      return _ ("Exporting");
    }
}

static void
show (LpProgress *progress)
{
  int done = g_atomic_int_get (&progress->done), total = g_atomic_int_get (&progress->total);

  fprintf (stderr, "\r\033[K%s", stage_word (g_atomic_int_get (&progress->stage)));
  if (total > 0)
    fprintf (stderr, " %d/%d", done, total);
  fflush (stderr);
}

static gpointer
watch (gpointer data)
{
  LpCliProgress *self = data;
  gint64 next = g_get_monotonic_time () + SHOW_AFTER_US;
  gboolean shown = FALSE;

  g_mutex_lock (&self->mutex);
  while (!self->stop)
    {
      if (g_cond_wait_until (&self->cond, &self->mutex, next))
        continue;
      show (self->progress);
      shown = TRUE;
      next = g_get_monotonic_time () + SHOW_EVERY_US;
    }
  g_mutex_unlock (&self->mutex);
  if (shown)
    fputs ("\r\033[K", stderr);
  return NULL;
}

LpCliProgress *
lp_cli_progress_start (LpProgress *progress)
{
  LpCliProgress *self;

  if (!isatty (STDERR_FILENO))
    return NULL;
  self = g_new0 (LpCliProgress, 1);
  self->progress = progress;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->thread = g_thread_new ("progress", watch, self);
  return self;
}

void
lp_cli_progress_stop (LpCliProgress *self)
{
  if (self == NULL)
    return;
  g_mutex_lock (&self->mutex);
  self->stop = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self);
}
