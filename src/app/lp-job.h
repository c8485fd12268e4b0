/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/lp-session.h"

G_BEGIN_DECLS

/* One long step of the session in a thread, with progress and cancel. */

typedef struct _LpJob LpJob;

/* In the thread. FALSE with `error` set when it failed or was cancelled. */
typedef gboolean (*LpJobWork) (LpProgress *progress, gpointer data, GError **error);
/* In the main thread, once, always; `error` is NULL when the work returned TRUE. */
typedef void (*LpJobDone) (const GError *error, gpointer data);

/* The job lives until `done` has returned; then `data` is freed with `destroy`. Borrowed. */
LpJob *lp_job_start (LpJobWork work, LpJobDone done, gpointer data, GDestroyNotify destroy);
void lp_job_cancel (LpJob *job);
/* A copy of where it stands. */
LpProgress lp_job_progress (LpJob *job);

G_END_DECLS
