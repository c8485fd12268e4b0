/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/lp-session.h"

G_BEGIN_DECLS

/* Rows of the subject that show their class well: compared with the job where there is one, on a picture that is
 * there, large but not all of it, and nothing else wrong with them. */
typedef struct
{
  guint32 image, row; /* LP_NONE: there is none */
  double score;
} LpExample;

/* The best `most` rows of each class, the best first: n_ids × most. Free with g_free. */
LpExample *lp_examples_find (LpSession *session, const gint32 *ids, guint n_ids, guint most);

G_END_DECLS
