/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "match/lp-match-parts.h"

/* Without a single pair within rounding, boxes that overlap so much under one hypothesis, and under the other not at
 * all, still prove it: people who draw the same object twice agree better than this. */
#define IOU_PROOF 0.75

/* Of two hypotheses without proof one is better when it overlaps by so much more. */
#define IOU_BETTER 1.1

LpFrame
lp_frame_of_entry (const LpDataset *d, const LpLayer *layer, const LpEntry *entry, gboolean *proven)
{
  const LpImage *image = entry->image < d->images->len ? lp_dataset_image (d, entry->image) : NULL;
  gboolean known = FALSE;
  LpFrame frame = LP_FRAME_RAW; /* Ground Truth shows its workers the picture as it is stored */

  if (layer->kind == LP_LAYER_YOLO)
    {
      known = (entry->flags & LP_ENTRY_FRAME_PROVEN) != 0;
      frame = entry->frame;
    }
  else if (image != NULL && lp_orientation_swaps (image->orientation) && image->width != image->height)
    {
      gboolean raw = entry->width == image->width && entry->height == image->height;
      gboolean upright = entry->width == image->height && entry->height == image->width;

      known = image->width > 0 && (raw || upright);
      frame = known && upright ? LP_FRAME_UPRIGHT : LP_FRAME_RAW;
    }
  if (proven != NULL)
    *proven = known;
  return frame;
}

static guint
orientation_of (const LpDataset *d, const LpEntry *entry)
{
  return entry->image < d->images->len ? lp_dataset_image (d, entry->image)->orientation : 1;
}

/* Of label files the numbers do not say in which frame they are; of a manifest it is known. So the side that is not
 * known is tried in both. Where neither is known, both are taken to be in the same. */
void
lp_frame_hypotheses (const LpDataset *d, const LpMatch *match, const LpImagePair *pair, LpHypotheses *out)
{
  const LpLayer *subject = lp_dataset_layer (d, match->subject), *witness = lp_dataset_layer (d, match->witness);
  const LpEntry *own = lp_layer_entry (subject, pair->subject_entry);
  const LpEntry *other = lp_layer_entry (witness, pair->witness_entry);
  guint8 f = lp_frame_of_entry (d, subject, own, NULL), g = lp_frame_of_entry (d, witness, other, NULL);
  guint turn = orientation_of (d, own), other_turn = orientation_of (d, other);
  gboolean try_subject = subject->kind == LP_LAYER_YOLO && g != LP_FRAME_UNKNOWN;
  gboolean try_witness = !try_subject && witness->kind == LP_LAYER_YOLO && f != LP_FRAME_UNKNOWN;

  *out = (LpHypotheses){ .tried = { { f, g } }, .n = 1 };
  if (try_subject && turn > 1)
    *out = (LpHypotheses){ { { LP_FRAME_RAW, g }, { LP_FRAME_UPRIGHT, g } }, 2, TRUE };
  else if (try_witness && other_turn > 1)
    *out = (LpHypotheses){ { { f, LP_FRAME_RAW }, { f, LP_FRAME_UPRIGHT } }, 2, TRUE };
  else if (own->image != other->image && turn != other_turn && (f == LP_FRAME_RAW || g == LP_FRAME_RAW))
    /* A copy of a turned photo: somebody turned its pixels, or only dropped the tag. */
    *out = (LpHypotheses){ { { f, g }, { LP_FRAME_UPRIGHT, LP_FRAME_UPRIGHT } }, 2, FALSE };
}

/* By pairs within rounding that only one of the two explains, else by what overlaps at all. */
static gboolean
proves (const LpFrameEvidence *e, guint one)
{
  guint other = 1 - one;

  if (e->hits[0] + e->hits[1] > 0)
    return e->only[one] > 0 && e->only[other] == 0;
  return e->pairs[one] > 0 && e->pairs[other] == 0 && e->iou[one] >= IOU_PROOF * e->pairs[one];
}

int
lp_frame_choose (const LpFrameEvidence *e, gboolean *proven)
{
  *proven = proves (e, 0) || proves (e, 1);
  if (*proven)
    return proves (e, 0) ? 0 : 1;
  if (e->hits[0] != e->hits[1])
    return e->hits[0] > e->hits[1] ? 0 : 1;
  if (e->iou[0] > IOU_BETTER * e->iou[1])
    return 0;
  return e->iou[1] > IOU_BETTER * e->iou[0] ? 1 : -1;
}
