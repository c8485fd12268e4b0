/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "base/lp-atomic.h"
#include "base/lp-path.h"
#include "session/lp-session-private.h"

/* What the session changes on disk, but for a picture that a person asked for. */

static gboolean
is_excluded (const LpLoaded *now, guint step)
{
  return now->excluded != NULL && step < now->excluded->len && g_array_index (now->excluded, gboolean, step);
}

GPtrArray *
lp_session_plan (LpSession *self, const gboolean *exclude, LpProgress *progress, GError **error)
{
  LpLoaded *now = self->now;
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();

  g_clear_pointer (&now->excluded, g_array_unref);
  if (exclude != NULL)
    {
      now->excluded = g_array_new (FALSE, FALSE, sizeof (gboolean));
      g_array_append_vals (now->excluded, exclude, now->steps->len);
    }
  for (guint i = 0; i < now->steps->len; i++)
    if (!is_excluded (now, i))
      g_ptr_array_add (chosen, g_ptr_array_index (now->steps, i));
  return lp_plan_changes (now->dataset, now->roots, chosen, progress, error);
}

/* ---- Apply and back ---- */

/* What an Apply settles: the steps that it writes, and those that no longer fit. */
static GPtrArray *
written_steps (const LpLoaded *now)
{
  GPtrArray *steps = g_ptr_array_new ();

  g_ptr_array_extend (steps, now->lost, NULL, NULL);
  for (guint i = 0; i < now->steps->len; i++)
    if (!is_excluded (now, i))
      g_ptr_array_add (steps, g_ptr_array_index (now->steps, i));
  return steps;
}

/* Where there is a journal there is a subject. */
static const char *
root_of (const LpLoaded *now)
{
  return now->dataset->root != NULL ? now->dataset->root : now->subject;
}

/* The journal has settled them; reading again finds there what is left. */
static void
forget_written (LpLoaded *now)
{
  for (guint i = now->steps->len; i > 0; i--)
    if (!is_excluded (now, i - 1))
      g_ptr_array_remove_index (now->steps, i - 1);
  g_clear_pointer (&now->excluded, g_array_unref);
  g_ptr_array_set_size (now->lost, 0);
  g_ptr_array_set_size (now->redo, 0);
}

gboolean
lp_session_save_diff (GBytes *diff, const char *path, GError **error)
{
  gsize length;
  const void *bytes = g_bytes_get_data (diff, &length);

  return lp_atomic_write (path, bytes, length, NULL, error);
}

gboolean
lp_session_apply (LpSession *self, GPtrArray *changes, LpProgress *progress, LpApplied *applied, GError **error)
{
  LpJournal *journal = lp_session_open_journal (self, error);
  g_autoptr (GPtrArray) steps = NULL;
  g_autoptr (GError) why = NULL;
  gboolean whole;

  if (journal == NULL)
    return FALSE;
  steps = written_steps (self->now);
  lp_progress_start (progress, LP_STAGE_APPLY, changes->len);
  whole = lp_apply (journal, changes, steps, root_of (self->now), progress, applied, &why);
  /* Stopped: everything is pending as before until it was finished or taken back. */
  if (whole || (applied->n_files > 0 && g_error_matches (why, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG)))
    {
      forget_written (self->now);
      lp_session_changed (self);
    }
  if (!whole)
    g_propagate_error (error, g_steal_pointer (&why));
  return whole;
}

LpApplyState
lp_session_last_apply (LpSession *self, guint *n_files, GError **error)
{
  LpJournal *journal = lp_session_existing_journal (self, error);
  g_autoptr (GPtrArray) files = NULL;
  LpApplyState state;
  gint64 id;

  if (n_files != NULL)
    *n_files = 0;
  if (journal == NULL)
    return LP_APPLY_NONE;
  state = lp_journal_apply_last (journal, &id, &files, error);
  if (n_files != NULL && files != NULL)
    *n_files = files->len;
  return state;
}

/* Both of these change files that the data set in memory was read from; it has to be loaded again. */

gboolean
lp_session_finish_apply (LpSession *self, LpApplied *applied, GError **error)
{
  LpJournal *journal = lp_session_open_journal (self, error);

  return journal != NULL && lp_apply_finish (journal, root_of (self->now), applied, error);
}

gboolean
lp_session_undo_apply (LpSession *self, LpApplied *applied, GError **error)
{
  LpJournal *journal = lp_session_open_journal (self, error);

  return journal != NULL && lp_apply_undo (journal, root_of (self->now), applied, error);
}

/* ---- export ---- */

GPtrArray *
lp_session_read_order (LpSession *self, const char *file, GError **error)
{
  g_autoptr (LpDataset) scratch = lp_dataset_new ();
  g_autoptr (LpRoots) roots = lp_roots_new ();
  g_autofree char *path = g_canonicalize_filename (file, NULL);
  GPtrArray *order = NULL;
  LpDictionary *dict;

  /* A person named it, so it may be read wherever it lies; but not everything else that lies there. Those of the data
   * set are left alone, for other threads may be reading them. */
  lp_roots_add (roots, path);
  dict = lp_read_dictionary (scratch, roots, path, LP_DICT_USER, error);
  if (dict == NULL)
    return NULL;
  order = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < dict->names->len; i++)
    g_ptr_array_add (order, g_strdup (g_ptr_array_index (dict->names, i)));
  return order;
}

/* Where a path leads once what is missing of it is made: links on the way are followed. */
static char *
real_place (const char *path)
{
  g_autofree char *full = lp_path_resolve (NULL, path), *rest = NULL, *real = realpath (full, NULL);
  g_autofree char *parent = NULL, *name = NULL;

  if (real != NULL || strcmp (full, "/") == 0)
    return g_strdup (real != NULL ? real : full);
  parent = g_path_get_dirname (full);
  name = g_path_get_basename (full);
  rest = real_place (parent);
  return g_build_filename (rest, name, NULL);
}

/* A new set among what was opened would be read as part of it. TRUE with a sentence. */
static gboolean
is_inside (const char *folder, const char *destination, GError **error)
{
  g_autofree char *real = NULL;
  gsize n;

  if (folder == NULL || !g_file_test (folder, G_FILE_TEST_IS_DIR))
    return FALSE;
  real = real_place (folder);
  n = strlen (real);
  if (strncmp (destination, real, n) != 0 || (destination[n] != '/' && destination[n] != '\0'))
    return FALSE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               _ ("“%s” lies inside the data set that is open. Choose a place outside it."), destination);
  return TRUE;
}

static gboolean
destination_is_outside (LpSession *self, const char *destination, GError **error)
{
  g_autofree char *real = real_place (destination);

  for (guint i = 0; i < self->paths->len; i++)
    if (is_inside (g_ptr_array_index (self->paths, i), real, error))
      return FALSE;
  return !is_inside (self->now->subject, real, error);
}

gboolean
lp_session_export (
  LpSession *self, const LpExportOptions *options, LpProgress *progress, LpExported *exported, GError **error)
{
  LpLoaded *now = self->now;
  const LpFindings *findings = lp_session_get_findings (self);
  g_autoptr (LpFindings) all = NULL;

  if (!destination_is_outside (self, options->destination, error))
    return FALSE;
  if (self->partial)
    {
      all = lp_check_run (now->dataset, now->profile, NULL, progress);
      if (all == NULL)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("The export was cancelled."));
          return FALSE;
        }
      findings = all;
    }
  lp_progress_start (progress, LP_STAGE_EXPORT, now->dataset->images->len);
  return lp_export_yolo (now->dataset, now->roots, findings, options, progress, exported, error);
}
