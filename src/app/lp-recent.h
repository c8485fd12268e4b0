/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "session/lp-session.h"

G_BEGIN_DECLS

/* What was opened lately, newest first, kept below the user's data folder. Main thread. */

typedef struct
{
  GStrv paths; /* as opened together */
  char *title;
  LpSeverity worst; /* of its last verdict; LP_SEVERITY_OFF: nothing found */
  guint problems;   /* errors and warnings */
  gint64 when;      /* seconds since 1970 */
} LpRecent;

/* LpRecent *, at most 8; the caller's. */
GPtrArray *lp_recent_load (void);
void lp_recent_note (const LpRecent *recent);
void lp_recent_clear (void);

G_END_DECLS
