/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a long step tells while it runs, and how it is stopped. The step writes from any of its threads, the
 * caller reads from its own; every field but the cancellable is atomic, so there is no lock. A step that was
 * cancelled returns FALSE with G_IO_ERROR_CANCELLED and keeps what it had published before. */
typedef struct
{
  GCancellable *cancellable; /* borrowed; may be NULL */
  gint stage;                /* LpStage of lp-session.h; a number here, so that base knows no data set */
  gint done;                 /* items of this stage finished */
  gint total;                /* items of this stage; 0 while unknown */
  gint found;                /* findings so far */
} LpProgress;

/* All three accept NULL: a caller that wants no progress passes none. Any thread. */
void lp_progress_start (LpProgress *progress, int stage, int total);
void lp_progress_add (LpProgress *progress, int n);
gboolean lp_progress_cancelled (LpProgress *progress);

G_END_DECLS
