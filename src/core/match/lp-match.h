/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/lp-progress.h"
#include "model/lp-match-record.h"

G_BEGIN_DECLS

/* Two layers over the same images → which row is which, which frame, which class order. Pure: reads the data set,
 * changes only what is said. */

/* One pair of layers. The data set is not changed. NULL only when cancelled. */
LpMatch *lp_match_layers (const LpDataset *dataset, guint32 subject, guint32 witness, LpProgress *progress);

/* Decides the frame of every manifest entry by its declared size, matches the subject against every witness that
 * shares images with it, replaces dataset->matches, and marks the entries of the subject whose frame is proven. */
gboolean lp_match_all (LpDataset *dataset, LpProgress *progress, GError **error);

/* The dictionary that stands for the job's order beside this witness: its label category file when there is one, else
 * its class-map. LP_NONE where it has names without an order (a table), and no list of a job has them all. */
guint32 lp_match_reference (const LpDataset *dataset, guint32 witness);

/* Where the witness's box should stand in the subject: fractions of the frame that the subject's numbers are in.
 * FALSE for rows that are no box. */
gboolean lp_match_expected (
  const LpDataset *dataset, const LpMatch *match, const LpImagePair *pair, guint32 witness_row, LpRect *out);

/* TRUE when the two rows agree within the rounding of the digits printed, in the frames of the pair. */
gboolean lp_match_is_exact (
  const LpDataset *dataset, const LpMatch *match, const LpImagePair *pair, guint32 subject_row, guint32 witness_row);

/* Maximum-weight assignment (Hungarian, rectangular, weights ≥ 0): result[i] = column of row i or -1. `forbidden`
 * pairs have weight < 0. O(n³); callers keep n small. */
double lp_assign (const double *weight, guint rows, guint columns, gint *result);

G_END_DECLS
