/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/lp-text.h"
#include "write/lp-apply.h"
#include "write/lp-splice.h"

/* Steps sorted by the file that they change. */
typedef struct
{
  char *path;           /* on disk */
  const char *new_path; /* of the operation */
  GArray *ops;          /* LpPlanOp, in the order of the steps */
  GArray *rows;         /* LpPlace: those that a renumbering concerns */
  const LpFile *file;   /* where a renumbering concerns it: as it was read */
  LpDictOrigin origin;
  gboolean is_names, created;
} Job;

typedef struct
{
  const LpDataset *dataset;
  const LpRoots *roots;
  GHashTable *by_path; /* path of the job → Job */
  GPtrArray *jobs;
} Plan;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->path);
  g_array_unref (job->ops);
  g_array_unref (job->rows);
  g_free (job);
}

void
lp_change_free (LpChange *change)
{
  if (change == NULL)
    return;
  g_free (change->path);
  g_free (change->new_path);
  g_clear_pointer (&change->old_content, g_bytes_unref);
  g_clear_pointer (&change->new_content, g_bytes_unref);
  g_clear_pointer (&change->spans, g_array_unref);
  g_clear_pointer (&change->steps, g_ptr_array_unref);
  g_free (change);
}

/* ---- by file ---- */

/* Takes the path. */
static Job *
take_job (Plan *plan, char *path)
{
  Job *job = g_hash_table_lookup (plan->by_path, path);

  if (job != NULL)
    {
      g_free (path);
      return job;
    }
  job = g_new0 (Job, 1);
  job->path = path;
  job->ops = g_array_new (FALSE, FALSE, sizeof (LpPlanOp));
  job->rows = g_array_new (FALSE, FALSE, sizeof (LpPlace));
  g_hash_table_insert (plan->by_path, job->path, job);
  g_ptr_array_add (plan->jobs, job);
  return job;
}

static void
add_op (Job *job, const LpOp *op, const LpStep *step)
{
  LpPlanOp plan_op = { op, step };

  /* Two pictures may share a label file. */
  if (job->ops->len == 0 || g_array_index (job->ops, LpPlanOp, job->ops->len - 1).op != op)
    g_array_append_val (job->ops, plan_op);
}

static void
add_renumbering (Plan *plan, const LpOp *op, const LpStep *step)
{
  const LpLayer *layer = lp_dataset_layer (plan->dataset, op->layer);

  for (guint32 i = 0; i < layer->entries->len; i++)
    {
      const LpEntry *entry = lp_layer_entry (layer, i);
      Job *job;

      if (entry->n_rows == 0 || entry->file == LP_NONE)
        continue;
      job = take_job (plan, lp_file_dup_disk_path (lp_dataset_file (plan->dataset, entry->file)));
      if (job->file == NULL)
        g_array_append_vals (job->rows, lp_layer_place (layer, entry->first_row), entry->n_rows);
      job->file = lp_dataset_file (plan->dataset, entry->file);
      add_op (job, op, step);
    }
}

static void
add_to_plan (Plan *plan, const LpOp *op, const LpStep *step)
{
  Job *job;

  if (op->kind == LP_OP_RENUMBER)
    {
      add_renumbering (plan, op, step);
      return;
    }
  job = take_job (plan, g_strdup (op->path));
  add_op (job, op, step);
  if (op->kind == LP_OP_CREATE_FILE)
    job->created = TRUE;
  else if (op->kind == LP_OP_RENAME_FILE)
    job->new_path = op->new_path;
  else if (op->kind == LP_OP_SET_NAMES || op->kind == LP_OP_SET_COUNT)
    {
      job->is_names = TRUE;
      job->origin = lp_dataset_dict (plan->dataset, op->dict)->origin;
    }
}

static int
compare_jobs (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(Job *const *) a)->path, (*(Job *const *) b)->path);
}

/* ---- one file, read again ---- */

/* A link to a label file stays a link: what is written is the file that it leads to, which lp_roots_open has found
 * within the roots. */
static gboolean
follow_link (Plan *plan, int fd, LpChange *change, const Job *job, GError **error)
{
  g_autofree char *proc = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_autofree char *shown = NULL;
  char target[PATH_MAX];
  struct stat st;
  gssize n;

  if (lstat (job->path, &st) != 0)
    return lp_splice_cannot_read (job->path, error);
  if (!S_ISLNK (st.st_mode))
    return TRUE;
  n = readlink (proc, target, sizeof target - 1);
  target[MAX (n, 0)] = '\0';
  shown = lp_text_escape (job->path, -1, 0);
  if (n > 0 && job->new_path == NULL && lp_roots_contain (plan->roots, target))
    {
      g_free (change->path);
      change->path = g_strdup (target);
      return TRUE;
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, _ ("“%s” is a link and is not renamed or followed here."),
               shown);
  return FALSE;
}

static gboolean
read_again (Plan *plan, LpChange *change, const Job *job, GError **error)
{
  int fd = lp_roots_open (plan->roots, job->path, error);
  LpIdentity now;
  gboolean ok;

  if (fd < 0)
    return FALSE;
  ok = lp_identity_of_fd (fd, &now) || lp_splice_cannot_read (job->path, error);
  if (ok && job->file != NULL)
    {
      LpIdentity then = { job->file->device, job->file->inode, job->file->size, job->file->mtime_ns, 0 };

      ok = lp_identity_same (&then, &now) || lp_splice_changed (job->path, error);
    }
  ok = ok && follow_link (plan, fd, change, job, error);
  if (ok)
    change->old_content = lp_splice_read (fd, job->path, now.size, error);
  close (fd);
  return ok && change->old_content != NULL;
}

static void
take_steps (LpChange *change, const Job *job)
{
  change->steps = g_ptr_array_new ();
  for (guint i = 0; i < job->ops->len; i++)
    {
      const LpStep *step = g_array_index (job->ops, LpPlanOp, i).step;

      if (!g_ptr_array_find (change->steps, step, NULL))
        g_ptr_array_add (change->steps, (gpointer) step);
    }
}

/* NULL without an error: the steps on it come to nothing. */
static LpChange *
plan_job (Plan *plan, const Job *job, GError **error)
{
  LpChange *change = g_new0 (LpChange, 1);
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  GBytes *old;
  gboolean ok;

  change->path = g_strdup (job->path);
  change->new_path = g_strdup (job->new_path);
  change->created = job->created;
  change->spans = lp_spans_new ();
  take_steps (change, job);
  ok = job->created || read_again (plan, change, job, error);
  old = change->old_content != NULL ? change->old_content : nothing;
  if (ok && job->is_names)
    ok = lp_splice_names (change->spans, old, job->ops, job->origin, job->path, error);
  else if (ok && !job->created)
    ok = lp_splice_rows (change->spans, old, job->ops, job->rows, job->path, error);
  if (ok)
    {
      change->new_content = lp_splice_finish (change->spans, old);
      ok = change->new_content != NULL || lp_splice_changed (job->path, error);
    }
  if (ok && (change->spans->len > 0 || change->created || change->new_path != NULL))
    {
      change->n_lines = lp_splice_count_lines (change->spans, old, change->new_content);
      return change;
    }
  lp_change_free (change);
  return NULL;
}

/* ---- all of them ---- */

/* Two names of one file, or a new name that another change takes: nobody could say what comes out. */
static gboolean
names_are_apart (const Plan *plan, const GPtrArray *changes, GError **error)
{
  g_autoptr (GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < changes->len; i++)
    {
      const LpChange *change = g_ptr_array_index (changes, i);
      const char *name = change->path;
      g_autofree char *relative = NULL, *shown = NULL;

      if (g_hash_table_add (taken, (gpointer) name) &&
          (change->new_path == NULL || g_hash_table_add (taken, change->new_path)))
        continue;
      relative = lp_dataset_relative (plan->dataset, name);
      shown = lp_text_escape (relative, -1, 0);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, _ ("Two edits meet in “%s”. Take one of them back."),
                   shown);
      return FALSE;
    }
  return TRUE;
}

static GPtrArray *
plan_jobs (Plan *plan, LpProgress *progress, GError **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) lp_change_free);

  for (guint i = 0; i < plan->jobs->len; i++)
    {
      g_autoptr (GError) why = NULL;
      const Job *job = g_ptr_array_index (plan->jobs, i);
      LpChange *change = NULL;

      if (progress == NULL || !g_cancellable_set_error_if_cancelled (progress->cancellable, &why))
        change = plan_job (plan, job, &why);
      if (why != NULL)
        {
          if (plan->dataset->root != NULL)
            lp_splice_name_error (plan->dataset->root, job->path, why);
          g_propagate_error (error, g_steal_pointer (&why));
          return NULL;
        }
      if (change != NULL)
        g_ptr_array_add (changes, change);
      lp_progress_add (progress, 1);
    }
  return names_are_apart (plan, changes, error) ? g_steal_pointer (&changes) : NULL;
}

GPtrArray *
lp_plan_changes (
  const LpDataset *dataset, const LpRoots *roots, const GPtrArray *steps, LpProgress *progress, GError **error)
{
  Plan plan = { .dataset = dataset, .roots = roots };
  GPtrArray *changes;

  plan.by_path = g_hash_table_new (g_str_hash, g_str_equal);
  plan.jobs = g_ptr_array_new_with_free_func (job_free);
  for (guint i = 0; i < steps->len; i++)
    {
      const LpStep *step = g_ptr_array_index (steps, i);

      for (guint k = 0; k < step->ops->len; k++)
        add_to_plan (&plan, g_ptr_array_index (step->ops, k), step);
    }
  g_ptr_array_sort (plan.jobs, compare_jobs);
  if (progress != NULL)
    lp_progress_start (progress, g_atomic_int_get (&progress->stage), (int) plan.jobs->len);
  changes = plan_jobs (&plan, progress, error);
  g_hash_table_unref (plan.by_path);
  g_ptr_array_unref (plan.jobs);
  return changes;
}
