/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "session/lp-session.h"

G_BEGIN_DECLS

/* A few lines of a label file as they lie on disk, the one of a row highlighted; of a manifest, the row's object.
 * Read in a thread, and never more than a few kilobytes around the row. */
#define LP_TYPE_RAW_LINES (lp_raw_lines_get_type ())
G_DECLARE_FINAL_TYPE (LpRawLines, lp_raw_lines, LP, RAW_LINES, AdwBin)

GtkWidget *lp_raw_lines_new (void);
/* NULL or LP_NONE: nothing. */
void lp_raw_lines_show (LpRawLines *self, LpSession *session, guint32 layer, guint32 row);

G_END_DECLS
