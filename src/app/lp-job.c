/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lp-job.h"

struct _LpJob
{
  LpProgress progress;
  GCancellable *cancellable;
  LpJobWork work;
  LpJobDone done;
  gpointer data;
  GDestroyNotify destroy;
};

static void
job_free (gpointer pointer)
{
  LpJob *job = pointer;

  g_clear_object (&job->cancellable);
  if (job->destroy != NULL)
    job->destroy (job->data);
  g_free (job);
}

static void
job_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  LpJob *job = data;
  GError *error = NULL;

  if (job->work (&job->progress, job->data, &error))
    g_task_return_boolean (task, TRUE);
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
}

static void
job_ready_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  LpJob *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  job->done (error, job->data);
}

LpJob *
lp_job_start (LpJobWork work, LpJobDone done, gpointer data, GDestroyNotify destroy)
{
  LpJob *job = g_new0 (LpJob, 1);
  g_autoptr (GTask) task = NULL;

  *job = (LpJob){ .work = work, .done = done, .data = data, .destroy = destroy };
  job->cancellable = g_cancellable_new ();
  job->progress.cancellable = job->cancellable;
  task = g_task_new (NULL, job->cancellable, job_ready_cb, NULL);
  g_task_set_source_tag (task, lp_job_start);
  g_task_set_check_cancellable (task, FALSE); /* the work says whether it was stopped in time */
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, job_thread);
  return job;
}

void
lp_job_cancel (LpJob *job)
{
  g_cancellable_cancel (job->cancellable);
}

LpProgress
lp_job_progress (LpJob *job)
{
  return (LpProgress){
    .stage = g_atomic_int_get (&job->progress.stage),
    .done = g_atomic_int_get (&job->progress.done),
    .total = g_atomic_int_get (&job->progress.total),
    .found = g_atomic_int_get (&job->progress.found),
  };
}
