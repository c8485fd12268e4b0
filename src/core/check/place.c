/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "check/lp-family.h"

/* What checks have in common: where a finding points, what a row check sees, and edges against edges. */

/* What floating point alone makes of a box that ends at the edge; far below any digit that is printed. */
#define NOISE 1e-9
/* What a job's box may be off by, in its own pixels. */
#define JOB_PIXELS 0.5

LpFinding
lp_finding_at_entry (const LpDataset *dataset, guint32 layer, guint32 entry)
{
  const LpEntry *e = lp_layer_entry (lp_dataset_layer (dataset, layer), entry);
  LpFinding finding = LP_FINDING_INIT;

  finding.layer = (guint8) MIN (layer, G_MAXUINT8);
  finding.image = e->image;
  finding.file = e->file;
  finding.line = e->line;
  return finding;
}

LpFinding
lp_finding_at_row (const LpDataset *dataset, guint32 layer, guint32 entry, guint32 row)
{
  const LpPlace *place = lp_layer_place (lp_dataset_layer (dataset, layer), row);
  LpFinding finding = lp_finding_at_entry (dataset, layer, entry);

  finding.row = row;
  finding.line = place->line;
  finding.column = place->column;
  return finding;
}

LpFinding
lp_finding_at_name (const LpDataset *dataset, guint32 dict, guint32 name)
{
  const LpDictionary *d = lp_dataset_dict (dataset, dict);
  guint32 at = name == LP_NONE ? 0 : name;
  LpFinding finding = LP_FINDING_INIT;

  finding.file = d->file;
  finding.other = dict;
  finding.line = d->line;
  if (at < d->places->len && g_array_index (d->places, LpPlace, at).line > 0)
    {
      finding.line = g_array_index (d->places, LpPlace, at).line;
      finding.column = g_array_index (d->places, LpPlace, at).column;
    }
  if (name == LP_NONE)
    finding.column = 0;
  return finding;
}

double
lp_decimals_tolerance (guint decimals)
{
  /* Half a digit of the centre and a quarter of the width. */
  return decimals > 6 ? LP_FULL_PRECISION : 0.75 * pow (10, -(double) decimals);
}

gboolean
lp_row_view (const LpDataset *dataset, guint32 layer, guint32 entry, guint32 row, LpRowView *view)
{
  const LpLayer *l = lp_dataset_layer (dataset, layer);
  const LpEntry *e = lp_layer_entry (l, entry);
  const LpRow *r = lp_layer_row (l, row);

  if ((r->flags & LP_ROW_REMOVED) || r->kind == LP_ROW_UNREAD)
    return FALSE;
  *view = (LpRowView){ .layer = layer, .entry = entry, .row = row, .l = l, .e = e, .r = r };
  view->image = lp_dataset_image (dataset, e->image);
  view->has_box = lp_row_fractions (l, e, r, &view->unit);
  if (l->kind != LP_LAYER_YOLO)
    {
      view->width = e->width;
      view->height = e->height;
      view->has_size = e->width > 0 && e->height > 0;
      view->tolerance[0] = JOB_PIXELS / MAX (e->width, 1);
      view->tolerance[1] = JOB_PIXELS / MAX (e->height, 1);
      return TRUE;
    }
  view->has_size = lp_image_size (view->image, e, e->frame, &view->width, &view->height);
  view->tolerance[0] = view->tolerance[1] = lp_decimals_tolerance (r->decimals);
  return TRUE;
}

void
lp_overhang (const LpRect *unit, double beyond[LP_N_SIDES])
{
  beyond[LP_SIDE_LEFT] = -unit->x0;
  beyond[LP_SIDE_TOP] = -unit->y0;
  beyond[LP_SIDE_RIGHT] = unit->x1 - 1;
  beyond[LP_SIDE_BOTTOM] = unit->y1 - 1;
  for (guint i = 0; i < LP_N_SIDES; i++)
    if (beyond[i] < NOISE)
      beyond[i] = 0;
}

/* The partner's box in fractions of the frame of the subject's numbers. */
static gboolean
partner_rect (const LpDataset *dataset,
              const LpMatch *match,
              const LpImagePair *pair,
              guint32 witness_row,
              LpRect *out,
              double size[2])
{
  const LpLayer *witness = lp_dataset_layer (dataset, match->witness);
  const LpEntry *entry = lp_layer_entry (witness, pair->witness_entry);
  const LpImage *image = lp_dataset_image (dataset, entry->image);
  gboolean raw = pair->witness_frame == LP_FRAME_RAW, wanted = pair->subject_frame == LP_FRAME_RAW;
  gboolean swap;

  if (!lp_row_fractions (witness, entry, lp_layer_row (witness, witness_row), out))
    return FALSE;
  if (raw != wanted)
    *out = lp_rect_turn (out, raw ? image->orientation : lp_orientation_inverse (image->orientation));
  swap = raw != wanted && lp_orientation_swaps (image->orientation);
  size[0] = swap ? entry->height : entry->width;
  size[1] = swap ? entry->width : entry->height;
  return TRUE;
}

gboolean
lp_partner_of (const LpDataset *dataset, const LpMatch *match, guint32 entry, guint32 row, LpPartner *partner)
{
  const LpLayer *subject = lp_dataset_layer (dataset, match->subject);
  const LpEntry *e = lp_layer_entry (subject, entry);
  const LpRow *r = lp_layer_row (subject, row);
  const LpImagePair *pair = lp_match_pair_of (match, entry);
  LpRect mine, theirs;
  double width, height, size[2];

  if (pair == NULL || !pair->compared || row >= match->n_partner || match->partner[row] == LP_NONE)
    return FALSE;
  if (!lp_row_fractions (subject, e, r, &mine) ||
      !partner_rect (dataset, match, pair, match->partner[row], &theirs, size) ||
      !lp_image_size (lp_dataset_image (dataset, e->image), e, pair->subject_frame, &width, &height))
    return FALSE;
  partner->witness_row = match->partner[row];
  partner->iou = lp_rect_iou (&mine, &theirs);
  partner->offset[LP_SIDE_LEFT] = (theirs.x0 - mine.x0) * width;
  partner->offset[LP_SIDE_TOP] = (theirs.y0 - mine.y0) * height;
  partner->offset[LP_SIDE_RIGHT] = (theirs.x1 - mine.x1) * width;
  partner->offset[LP_SIDE_BOTTOM] = (theirs.y1 - mine.y1) * height;
  for (guint i = 0; i < 2; i++)
    {
      double job = size[i] > 0 ? JOB_PIXELS / size[i] : 0;

      partner->tolerance[i] = (MAX (lp_decimals_tolerance (r->decimals), job) + NOISE) * (i == 0 ? width : height);
    }
  return TRUE;
}
