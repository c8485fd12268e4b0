/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/lp-text.h"
#include "write/lp-apply.h"
#include "write/lp-splice.h"
#include "write/lp-target.h"

/* A batch is flushed at once: few flushes, but the old files stand beside the new ones, folders take a descriptor
 * each, and the contents are in memory until it is done. */
#define BATCH_FILES 8192
#define BATCH_FOLDERS 256
#define BATCH_BYTES (64 * 1024 * 1024)

/* A folder with files of the batch. */
typedef struct
{
  char *path;
  int fd;
  dev_t device;
  gboolean dirty; /* names in it changed */
} Folder;

typedef struct
{
  GPtrArray *files; /* LpApplyFile */
  const char *root; /* what sentences name files from */
  gboolean back;
  LpProgress *progress;
  LpApplied *applied;
  guint n_written;
  gboolean touched; /* a file has other bytes or another name than before, if only half of what it should */
} Run;

/* Some of the files, with what they need while they are exchanged. */
typedef struct
{
  Run *run;
  GArray *targets;     /* LpTarget */
  GHashTable *folders; /* path → Folder */
  guint end;           /* the first file behind it */
  gsize n_bytes;
} Batch;

void
lp_applied_clear (LpApplied *applied)
{
  g_clear_pointer (&applied->refused, g_ptr_array_unref);
  applied->n_files = applied->n_lines = 0;
}

static void
refuse (const Run *run, const LpApplyFile *file, const GError *why)
{
  g_ptr_array_add (run->applied->refused, lp_splice_name_from (run->root, file->path, why->message));
}

/* FALSE always. Takes the error, which is about that file. */
static gboolean
fail_at (const Run *run, const LpApplyFile *file, GError *why, GError **error)
{
  lp_splice_name_error (run->root, file->path, why);
  g_propagate_error (error, why);
  return FALSE;
}

/* A file that others changed is left alone and the rest is written; anything else stops. */
static gboolean
is_refusal (const GError *why)
{
  return g_error_matches (why, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG) ||
         g_error_matches (why, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE) ||
         g_error_matches (why, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
}

static gboolean
fail_errno (const char *path, int number, GError **error)
{
  g_autofree char *shown = lp_text_escape (path, -1, 0);

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (number), _ ("“%s” could not be written: %s"), shown,
               g_strerror (number));
  return FALSE;
}

/* ---- folders ---- */

static void
folder_free (gpointer data)
{
  Folder *folder = data;

  if (folder->fd >= 0)
    close (folder->fd);
  g_free (folder->path);
  g_free (folder);
}

/* Takes the path. A folder that is not there has no descriptor. */
static Folder *
take_folder (Batch *batch, char *path, GError **error)
{
  Folder *folder = g_hash_table_lookup (batch->folders, path);
  struct stat st;

  if (folder != NULL)
    {
      g_free (path);
      return folder;
    }
  folder = g_new0 (Folder, 1);
  folder->path = path;
  folder->fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if ((folder->fd < 0 && errno != ENOENT) || (folder->fd >= 0 && fstat (folder->fd, &st) != 0))
    {
      fail_errno (path, errno, error);
      folder_free (folder);
      return NULL;
    }
  folder->device = folder->fd >= 0 ? st.st_dev : 0;
  g_hash_table_insert (batch->folders, folder->path, folder);
  return folder;
}

/* How many folders above a new file are missing. */
static guint
count_missing_folders (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  guint n = 0;

  while (!g_file_test (folder, G_FILE_TEST_EXISTS) && strlen (folder) > 1)
    {
      char *parent = g_path_get_dirname (folder);

      g_free (folder);
      folder = parent;
      n++;
    }
  return n;
}

/* The folders that have to be there for a created file; those above them then have a new name in them. */
static gboolean
make_folders (Batch *batch, const LpApplyFile *file, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (file->path);

  if (file->folders_made == 0)
    return TRUE;
  if (g_mkdir_with_parents (folder, 0777) != 0)
    return fail_errno (folder, errno, error);
  for (guint i = 0; i < file->folders_made; i++)
    {
      char *parent = g_path_get_dirname (folder);
      Folder *above = take_folder (batch, g_strdup (parent), error);

      g_free (folder);
      folder = parent;
      if (above == NULL)
        return FALSE;
      above->dirty = TRUE;
    }
  return TRUE;
}

/* The folders that were made for a file go with it, unless something else is in them by now. */
static void
remove_folders (const LpApplyFile *file)
{
  g_autofree char *folder = g_path_get_dirname (file->path);

  for (guint i = 0; i < file->folders_made && rmdir (folder) == 0; i++)
    {
      char *parent = g_path_get_dirname (folder);

      g_free (folder);
      folder = parent;
    }
}

/* One flush a file system. */
static gboolean
flush (Batch *batch, GError **error)
{
  g_autoptr (GHashTable) flushed = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, batch->folders);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Folder *folder = value;

      if (folder->fd >= 0 && g_hash_table_add (flushed, GSIZE_TO_POINTER (folder->device)) &&
          syncfs (folder->fd) != 0)
        return fail_errno (folder->path, errno, error);
    }
  return TRUE;
}

static gboolean
sync_folders (Batch *batch, GError **error)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, batch->folders);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Folder *folder = value;

      if (folder->dirty && folder->fd >= 0 && !lp_atomic_sync_folder (folder->fd, folder->path, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- a batch ---- */

static gboolean
look_at (Batch *batch, LpApplyFile *file, LpTarget *target, GError **error)
{
  Folder *folder;

  *target = (LpTarget){ .file = file, .dir_fd = -1 };
  if (!batch->run->back && file->created && !make_folders (batch, file, error))
    return FALSE;
  folder = take_folder (batch, g_path_get_dirname (file->path), error);
  if (folder == NULL)
    return FALSE;
  target->dir_fd = folder->fd;
  if (folder->fd >= 0)
    return lp_target_look (target, error);
  /* The folder is gone: with it what was to be taken back, or somebody took the file away. */
  target->state = file->created ? LP_TARGET_OLD : LP_TARGET_STRANGER;
  return TRUE;
}

static gboolean
is_full (const Batch *batch)
{
  return batch->targets->len >= BATCH_FILES || g_hash_table_size (batch->folders) >= BATCH_FOLDERS ||
         batch->n_bytes >= BATCH_BYTES;
}

static gboolean
stage_one (Batch *batch, LpApplyFile *file, LpTarget *target, GError **error)
{
  gboolean back = batch->run->back;

  if (!look_at (batch, file, target, error))
    return FALSE;
  batch->n_bytes += target->identity.size;
  return target->state == LP_TARGET_STRANGER || lp_target_is_there (target, back) ||
         lp_target_stage (target, back, error);
}

/* Looks at files until the batch is full, and writes the new bytes beside those that need them. */
static gboolean
stage_batch (Batch *batch, GError **error)
{
  for (; batch->end < batch->run->files->len && !is_full (batch); batch->end++)
    {
      LpApplyFile *file = g_ptr_array_index (batch->run->files, batch->end);
      g_autoptr (GError) why = NULL;
      LpTarget *target;

      if (file->refused)
        continue;
      g_array_set_size (batch->targets, batch->targets->len + 1);
      target = &g_array_index (batch->targets, LpTarget, batch->targets->len - 1);
      if (!stage_one (batch, file, target, &why))
        return fail_at (batch->run, file, g_steal_pointer (&why), error);
    }
  return flush (batch, error);
}

/* TRUE also where the file is refused. */
static gboolean
write_one (Batch *batch, LpTarget *target, GError **error)
{
  Run *run = batch->run;
  LpApplyFile *file = (LpApplyFile *) target->file;
  g_autofree char *path = g_path_get_dirname (file->path);
  Folder *folder = g_hash_table_lookup (batch->folders, path);
  LpTargetState before = target->state;
  gboolean moved = target->moved;
  g_autoptr (GError) why = NULL;

  file->back = run->back;
  if (lp_target_is_there (target, run->back))
    return TRUE;
  folder->dirty = TRUE;
  if (lp_target_write (target, run->back, &why))
    {
      run->n_written++;
      run->touched = TRUE;
      run->applied->n_files++;
      run->applied->n_lines += target->n_lines;
      return TRUE;
    }
  file->back = FALSE;
  if (!is_refusal (why) && target->kept == NULL)
    {
      run->touched |= target->state != before || target->moved != moved;
      return fail_at (run, file, g_steal_pointer (&why), error);
    }
  refuse (run, file, why);
  file->refused = !run->back;
  /* What stands beside it now may be a stranger's: looked at before it goes. Where that fails the record stays. */
  target->staged = FALSE;
  g_clear_error (&target->kept);
  g_clear_error (&why);
  if (!lp_target_look (target, &why))
    {
      run->touched = TRUE;
      return fail_at (run, file, g_steal_pointer (&why), error);
    }
  if (target->kept != NULL)
    refuse (run, file, target->kept);
  return TRUE;
}

static gboolean
write_batch (Batch *batch, GError **error)
{
  gboolean ok = TRUE;

  for (guint i = 0; ok && i < batch->targets->len; i++)
    {
      ok = write_one (batch, &g_array_index (batch->targets, LpTarget, i), error);
      lp_progress_add (batch->run->progress, 1);
    }
  return ok;
}

static void
target_clear (gpointer data)
{
  lp_target_clear (data);
}

/* `end` receives the first file that is not in the batch. */
static gboolean
carry_batch (Run *run, guint first, guint *end, GError **error)
{
  Batch batch = { .run = run, .end = first };
  gboolean ok;

  batch.targets = g_array_new (FALSE, TRUE, sizeof (LpTarget));
  g_array_set_clear_func (batch.targets, target_clear);
  batch.folders = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, folder_free);
  ok = stage_batch (&batch, error) && write_batch (&batch, error);
  for (guint i = 0; i < batch.targets->len; i++)
    lp_target_tidy (&g_array_index (batch.targets, LpTarget, i));
  for (guint i = first; ok && run->back && i < batch.end; i++)
    remove_folders (g_ptr_array_index (run->files, i));
  ok = ok && sync_folders (&batch, error);
  g_array_unref (batch.targets);
  g_hash_table_unref (batch.folders);
  *end = batch.end;
  return ok;
}

static gboolean
carry (Run *run, GError **error)
{
  guint n = run->files->len, first = 0;

  if (run->progress != NULL)
    lp_progress_start (run->progress, g_atomic_int_get (&run->progress->stage), (int) n);
  while (first < n)
    {
      if (run->progress != NULL && g_cancellable_set_error_if_cancelled (run->progress->cancellable, error))
        return FALSE;
      if (!carry_batch (run, first, &first, error))
        return FALSE;
    }
  return TRUE;
}

/* FALSE with a sentence where some were left as they are. */
static gboolean
all_written (const LpApplied *applied, GError **error)
{
  guint n = applied->refused->len;

  if (n == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG,
               ngettext ("%u file was left as it is, because another program changed it.",
                         "%u files were left as they are, because another program changed them.", n),
               n);
  return FALSE;
}

/* ---- from changes to records ---- */

static LpApplyFile *
record_of (const LpChange *change)
{
  LpApplyFile *file = lp_apply_file_new (change->path);

  file->new_path = g_strdup (change->new_path);
  file->created = change->created;
  file->folders_made = change->created ? (guint8) MIN (count_missing_folders (change->path), G_MAXUINT8) : 0;
  lp_splice_hash (change->new_content, file->after_hash);
  for (guint i = 0; i < change->spans->len; i++)
    {
      LpSpan span = g_array_index (change->spans, LpSpan, i);

      g_bytes_ref (span.old_bytes);
      g_bytes_ref (span.new_bytes);
      g_array_append_val (file->spans, span);
    }
  return file;
}

/* ---- what others call ---- */

/* Stopped: the record stays when a file has been written already, else there is nothing to take back. */
static gboolean
stopped (LpJournal *journal, gint64 id, const Run *run, GError **error)
{
  if (!run->touched)
    {
      for (guint i = 0; i < run->files->len; i++)
        remove_folders (g_ptr_array_index (run->files, i));
      lp_journal_apply_drop (journal, id, NULL);
      g_prefix_error (error, "%s ", _ ("Nothing was changed."));
    }
  else
    {
      g_autofree char *how_far =
        g_strdup_printf (ngettext ("It stopped after %u file and can be finished or taken back.",
                                   "It stopped after %u files and can be finished or taken back.", run->n_written),
                         run->n_written);

      g_prefix_error (error, "%s ", how_far);
    }
  return FALSE;
}

/* One that was interrupted comes first, or its old bytes could not be had back in order. */
static gboolean
nothing_is_open (LpJournal *journal, GError **error)
{
  g_autoptr (GError) why = NULL;
  gint64 id;

  if (lp_journal_apply_last (journal, &id, NULL, &why) == LP_APPLY_STARTED)
    g_set_error_literal (&why, G_IO_ERROR, G_IO_ERROR_PENDING,
                         _ ("An earlier Apply was interrupted. Finish it or take it back first."));
  if (why == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&why));
  return FALSE;
}

gboolean
lp_apply (LpJournal *journal,
          GPtrArray *changes,
          const GPtrArray *steps,
          const char *root,
          LpProgress *progress,
          LpApplied *applied,
          GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) lp_apply_file_free);
  Run run = { .files = files, .root = root, .progress = progress, .applied = applied };
  gint64 id;

  *applied = (LpApplied){ .refused = g_ptr_array_new_with_free_func (g_free) };
  for (guint i = 0; i < changes->len; i++)
    g_ptr_array_add (files, record_of (g_ptr_array_index (changes, i)));
  if (!nothing_is_open (journal, error))
    return FALSE;
  if (!lp_journal_apply_begin (journal, files, steps, &id, error))
    return FALSE;
  if (!carry (&run, error))
    return stopped (journal, id, &run, error);
  if (run.n_written == 0 && applied->refused->len > 0 ? !lp_journal_apply_drop (journal, id, error)
                                                      : !lp_journal_apply_done (journal, id, files, error))
    return FALSE;
  return all_written (applied, error);
}

static gboolean
nothing_there (GError **error)
{
  if (error != NULL && *error == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no Apply to take back or to finish."));
  return FALSE;
}

gboolean
lp_apply_finish (LpJournal *journal, const char *root, LpApplied *applied, GError **error)
{
  g_autoptr (GPtrArray) files = NULL;
  Run run = { .root = root, .applied = applied };
  gint64 id;

  *applied = (LpApplied){ .refused = g_ptr_array_new_with_free_func (g_free) };
  if (lp_journal_apply_last (journal, &id, &files, error) != LP_APPLY_STARTED)
    return nothing_there (error);
  run.files = files;
  return carry (&run, error) && lp_journal_apply_done (journal, id, files, error) && all_written (applied, error);
}

gboolean
lp_apply_undo (LpJournal *journal, const char *root, LpApplied *applied, GError **error)
{
  g_autoptr (GPtrArray) files = NULL;
  Run run = { .root = root, .applied = applied, .back = TRUE };
  gint64 id;

  *applied = (LpApplied){ .refused = g_ptr_array_new_with_free_func (g_free) };
  if (lp_journal_apply_last (journal, &id, &files, error) == LP_APPLY_NONE)
    return nothing_there (error);
  run.files = files;
  /* What could not be taken back stays known, so that it can be tried again. */
  return lp_journal_apply_again (journal, id, error) && carry (&run, error) &&
         lp_journal_apply_undone (journal, id, files, error) && all_written (applied, error);
}
