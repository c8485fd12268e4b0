/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "check/lp-family.h"

/* The edits that several rules propose. */

/* Half a digit of four: what a cut may move an edge by besides. Rows with fewer digits get some more. */
#define FINE 0.00005

gboolean
lp_repair_writable (const LpDataset *dataset, const LpFinding *finding)
{
  const LpLayer *layer = finding->layer == G_MAXUINT8 ? NULL : lp_dataset_layer (dataset, finding->layer);

  return layer != NULL && layer->writable;
}

static gboolean
has_row (const LpDataset *dataset, const LpFinding *finding)
{
  if (!lp_repair_writable (dataset, finding) || finding->row == LP_NONE)
    return FALSE;
  return (lp_layer_row (lp_dataset_layer (dataset, finding->layer), finding->row)->flags & LP_ROW_REMOVED) == 0;
}

LpSafety
lp_repair_remove_row (const LpDataset *dataset, const LpFinding *finding, LpStep *step, LpSafety safety)
{
  if (!has_row (dataset, finding))
    return LP_SAFETY_NONE;
  if (step != NULL)
    lp_step_add_row_op (step, dataset, LP_OP_REMOVE_ROW, finding->layer, finding->row);
  return safety;
}

/* ---- clamping ---- */

/* One axis in whole digits, `units` of them from edge to edge: edges are halves of it, so a centre and a width that
 * give exactly the wanted edges need not exist. The best pair of whole numbers around them is taken: inside, nearest.
 */
static gboolean
clamp_axis (double *centre, double *size, double units)
{
  double unit = 1 / units;
  double first = MAX (*centre - *size / 2, 0), last = MIN (*centre + *size / 2, 1);
  double best = G_MAXDOUBLE, c0 = floor ((first + last) / 2 / unit), s0 = floor ((last - first) / unit);

  if (last - first <= 0)
    return FALSE;
  for (double c = c0 - 1; c <= c0 + 2; c++)
    for (double s = MAX (s0 - 1, 1); s <= s0 + 2; s++)
      {
        double error = MAX (fabs ((c - s / 2) * unit - first), fabs ((c + s / 2) * unit - last));

        if (2 * c - s < 0 || 2 * c + s > 2 * units || error >= best)
          continue;
        best = error;
        *centre = c / units;
        *size = s / units;
      }
  return best <= MIN (unit / 2, FINE) * (1 + 1e-6);
}

gboolean
lp_clamp_fractions (const double before[4], double after[4], guint *decimals)
{
  guint first = *decimals > 15 ? 9 : *decimals;

  for (guint d = first; d <= first + 2; d++)
    {
      double units = pow (10, d);
      gboolean fits = TRUE;

      for (guint axis = 0; axis < 2 && fits; axis++)
        {
          double centre = before[axis], size = before[axis + 2];

          /* An axis that needs no cut keeps its numbers as they stand. */
          if (centre - size / 2 < 0 || centre + size / 2 > 1)
            fits = clamp_axis (&centre, &size, units);
          after[axis] = centre;
          after[axis + 2] = size;
        }
      *decimals = d;
      if (fits)
        return TRUE;
    }
  return FALSE;
}

LpSafety
lp_repair_clamp (const LpDataset *dataset, const LpFinding *finding, LpStep *step, LpSafety safety)
{
  const LpRow *row;
  double after[4];
  guint decimals;

  if (!has_row (dataset, finding))
    return LP_SAFETY_NONE;
  row = lp_layer_row (lp_dataset_layer (dataset, finding->layer), finding->row);
  if (row->kind != LP_ROW_BOX)
    return LP_SAFETY_NONE;
  decimals = row->decimals;
  if (!lp_clamp_fractions (row->v, after, &decimals))
    return lp_repair_remove_row (dataset, finding, step, LP_SAFETY_REVIEW);
  if (step != NULL)
    {
      LpOp *op = lp_step_add_row_op (step, dataset, LP_OP_SET_NUMBERS, finding->layer, finding->row);

      for (guint i = 0; i < G_N_ELEMENTS (after); i++)
        op->after[i] = after[i];
      op->decimals = decimals;
    }
  return safety;
}
