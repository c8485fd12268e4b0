/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "base/lp-progress.h"

void
lp_progress_start (LpProgress *progress, int stage, int total)
{
  if (progress == NULL)
    return;
  g_atomic_int_set (&progress->done, 0);
  g_atomic_int_set (&progress->total, total);
  g_atomic_int_set (&progress->stage, stage);
}

void
lp_progress_add (LpProgress *progress, int n)
{
  if (progress != NULL)
    g_atomic_int_add (&progress->done, n);
}

gboolean
lp_progress_cancelled (LpProgress *progress)
{
  return progress != NULL && g_cancellable_is_cancelled (progress->cancellable);
}
