/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Lines of a unified diff for a list view: made visible only where one looks. */

typedef enum
{
  LP_DIFF_SAME,
  LP_DIFF_ADDED,
  LP_DIFF_REMOVED,
  LP_DIFF_HUNK, /* "@@ … @@", and what git says of new and renamed files */
} LpDiffKind;

typedef struct
{
  LpDiffKind kind;
  guint old_line, new_line; /* 0: not in that file */
  gsize offset, length;     /* of its text in the diff, without the sign */
} LpDiffLine;

/* LpDiffLine; the two lines that name the files are left out. */
GArray *lp_diff_parse (GBytes *diff);
/* Shows the lines of `diff` in a list view; keeps a reference. */
void lp_diff_show (GtkListView *view, GBytes *diff);

G_END_DECLS
