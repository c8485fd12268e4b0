/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "match/lp-match.h"

G_BEGIN_DECLS

/* The steps of a match, for match.c and the tests; other folders include lp-match.h. */

/* ---- assignment ---- */

/* As lp_assign; `second` receives the weight of the best assignment that differs from the returned one in at least
 * one row of the smaller side, -1 when there is no other. `forbidden` pairs count as 0 there. */
double lp_assign_two (const double *weight, guint rows, guint columns, gint *result, double *second);

/* ---- images ---- */

/* Fills match->images: entries over one image record, else over the same stem. */
void lp_pair_images (const LpDataset *dataset, LpMatch *match);

/* ---- frames ---- */

/* The frame of an entry's numbers by the size that a manifest declares, else raw, as Ground Truth shows pictures; of
 * label files what was decided before. `proven` (may be NULL): the declared size leaves no doubt. */
LpFrame lp_frame_of_entry (const LpDataset *dataset, const LpLayer *layer, const LpEntry *entry, gboolean *proven);

/* In which frames the numbers of the two entries may be. */
typedef struct
{
  guint8 subject, witness; /* LpFrame */
} LpHypothesis;

typedef struct
{
  LpHypothesis tried[2]; /* where `differs`: raw, then upright */
  guint n;
  gboolean differs; /* the two hypotheses are the two frames of one picture, not two ways to resize it */
} LpHypotheses;

void lp_frame_hypotheses (const LpDataset *dataset, const LpMatch *match, const LpImagePair *pair, LpHypotheses *out);

/* What the boxes of one pair of images say about the two hypotheses. */
typedef struct
{
  guint hits[2];  /* pairs within rounding */
  guint only[2];  /* of these, subject rows that are within rounding under this hypothesis alone */
  guint pairs[2]; /* IoU of at least one half */
  double iou[2];  /* their sum */
} LpFrameEvidence;

/* Index of the hypothesis that fits better: 0, 1, or -1 for neither. */
int lp_frame_choose (const LpFrameEvidence *evidence, gboolean *proven);

/* ---- boxes of one pair of images ---- */

typedef struct
{
  LpRect rect;  /* fractions of the frame of the subject's numbers */
  double slack; /* half a unit of the last digit printed; 0 for full precision */
  guint32 row;
  gint32 class_id;
} LpMatchBox;

/* Scratch and result, used again for every pair. The result arrays are as long as the subject's boxes. */
typedef struct
{
  guint32 *partner; /* index of the witness's box, LP_NONE */
  guint8 *flags;    /* LpBoxFlags */
  guint n_pairs, exact, ambiguous;
  double iou;   /* sum over the pairs */
  GArray *back; /* guint32: witness box → subject box */
  GArray *candidates, *order, *groups, *ends;
  guint32 room;
} LpBoxPairing;

typedef enum
{
  LP_BOX_EXACT = 1 << 0,
  LP_BOX_AMBIGUOUS = 1 << 1, /* left out of the statistics */
} LpBoxFlags;

LpBoxPairing *lp_box_pairing_new (void);
void lp_box_pairing_free (LpBoxPairing *pairing);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LpBoxPairing, lp_box_pairing_free)

/* One to one, ignoring the class, IoU of at least one half, the largest sum of IoU: exact within groups of up to 64
 * boxes a side, greedy above. Time is bounded: in images with very many boxes each looks at its nearest neighbours.
 */
void lp_box_pairing_run (
  LpBoxPairing *pairing, const LpMatchBox *subject, guint n_subject, const LpMatchBox *witness, guint n_witness);

gboolean lp_box_exact (const LpMatchBox *a, const LpMatchBox *b);

/* ---- names ---- */

/* Finds names in a dictionary: byte-equal first, else equal by lp_text_fold where only one name is. */
typedef struct _LpNaming LpNaming;

LpNaming *lp_naming_new (const LpDictionary *dict);
void lp_naming_free (LpNaming *naming);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LpNaming, lp_naming_free)
gint32 lp_naming_find (const LpNaming *naming, const char *name); /* index, -1; accepts NULL */

/* The dictionary that gives the witness's class ids their names: a manifest's own class-map, a table's categories,
 * else the layer's. */
const LpDictionary *lp_match_witness_names (const LpDataset *dataset, guint32 witness);

/* ---- order ---- */

#define LP_SUPPORT_LEAST 5 /* pairs in all; with fewer nothing is said, and no witness believed before another */
#define LP_SUPPORT_FIRM 3  /* of an id; less is weak */

/* The order that is tested for a mechanism. */
typedef struct
{
  const char *const *names; /* the list that is tested; NULL: a hole, or nothing known */
  const gint32 *place;      /* where each of them stands in the reference, -1: nowhere */
  guint n;

  /* The same permutation as the decided ids show it: found stands where wanted belongs. */
  const gint32 *found, *wanted;
  const guint *support;
  guint n_decided;
} LpOrderTest;

/* All that fit, LpMechanism; `kind` receives the verdict of the most specific one, permuted when none fits. */
guint lp_mechanisms (const LpOrderTest *test, LpVerdictKind *kind);

/* Counts which name each id stands beside, assigns names to ids, and fills in the verdict of the match.
 * left_out[subject row]: TRUE for pairs that are left out of the statistics. */
void lp_order_judge (const LpDataset *dataset, LpMatch *match, const guint8 *left_out);

G_END_DECLS
