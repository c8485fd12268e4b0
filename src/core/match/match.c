/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "match/lp-match-parts.h"

#define CANCEL_EVERY 256      /* pairs of images */
#define FRACTION_FARTHEST 1e9 /* boxes beyond are no boxes */

/* ---- one box in the frame of the subject's numbers ---- */

static double
slack_of (const LpLayer *layer, const LpRow *row)
{
  if (layer->kind != LP_LAYER_YOLO || row->decimals == G_MAXUINT8)
    return 0;
  return 0.5 * pow (10, -(double) row->decimals);
}

static gboolean
box_of (const LpLayer *layer, const LpEntry *entry, guint32 row, LpMatchBox *box)
{
  const LpRow *r = lp_layer_row (layer, row);
  const LpRect *rect = &box->rect;

  if (!lp_row_fractions (layer, entry, r, &box->rect))
    return FALSE;
  box->row = row;
  box->class_id = r->class_id;
  box->slack = slack_of (layer, r);
  return fabs (rect->x0) < FRACTION_FARTHEST && fabs (rect->y0) < FRACTION_FARTHEST &&
         fabs (rect->x1) < FRACTION_FARTHEST && fabs (rect->y1) < FRACTION_FARTHEST;
}

/* From the frame of the witness's numbers to upright, from there to the frame of the subject's. */
static LpRect
project (const LpRect *rect, guint turn, guint witness_turn, LpHypothesis h)
{
  LpRect r = *rect;

  if (h.witness == h.subject && turn == witness_turn)
    return r;
  if (h.witness == LP_FRAME_RAW)
    r = lp_rect_turn (&r, witness_turn);
  if (h.subject == LP_FRAME_RAW)
    r = lp_rect_turn (&r, lp_orientation_inverse (turn));
  return r;
}

static guint
orientation (const LpDataset *d, guint32 image)
{
  return image < d->images->len ? lp_dataset_image (d, image)->orientation : 1;
}

static gboolean
expected_box (const LpDataset *d, const LpMatch *match, const LpImagePair *pair, guint32 row, LpMatchBox *box)
{
  const LpLayer *subject = lp_dataset_layer (d, match->subject), *witness = lp_dataset_layer (d, match->witness);
  const LpEntry *own = lp_layer_entry (subject, pair->subject_entry);
  const LpEntry *other = lp_layer_entry (witness, pair->witness_entry);
  LpHypothesis h = { pair->subject_frame, pair->witness_frame };

  if (!box_of (witness, other, row, box))
    return FALSE;
  box->rect = project (&box->rect, orientation (d, own->image), orientation (d, other->image), h);
  return TRUE;
}

gboolean
lp_match_expected (const LpDataset *d, const LpMatch *match, const LpImagePair *pair, guint32 row, LpRect *out)
{
  LpMatchBox box;

  if (!expected_box (d, match, pair, row, &box))
    return FALSE;
  *out = box.rect;
  return TRUE;
}

gboolean
lp_match_is_exact (
  const LpDataset *d, const LpMatch *match, const LpImagePair *pair, guint32 row, guint32 witness_row)
{
  const LpLayer *subject = lp_dataset_layer (d, match->subject);
  LpMatchBox own, other;

  return box_of (subject, lp_layer_entry (subject, pair->subject_entry), row, &own) &&
         expected_box (d, match, pair, witness_row, &other) && lp_box_exact (&own, &other);
}

/* ---- one pair of images ---- */

/* What the work on one match needs and no caller sees. */
typedef struct
{
  const LpDataset *dataset;
  LpMatch *match;
  const LpLayer *subject, *witness;
  LpBoxPairing *pairing;
  GArray *own, *other, *turned; /* LpMatchBox; `turned`: the witness's in the subject's frame */
  GArray *seen;                 /* guint8 per subject box: bit i, within rounding under hypothesis i */
  guint8 *left_out;             /* subject row → ambiguous */
  LpFrameEvidence total;        /* over the pictures that vote */
  guint most_pairs;             /* under the better hypothesis of each */
} Work;

static void
collect_boxes (const LpLayer *layer, const LpEntry *entry, GArray *boxes)
{
  g_array_set_size (boxes, 0);
  for (guint32 row = entry->first_row; row < entry->first_row + entry->n_rows; row++)
    {
      LpMatchBox box;

      if (box_of (layer, entry, row, &box))
        g_array_append_val (boxes, box);
    }
}

/* An image that nobody has looked at, or whose file could not be read, says nothing about the other's boxes. */
static gboolean
was_looked_at (const LpEntry *entry)
{
  return entry->state != LP_STATE_UNLABELLED && entry->state != LP_STATE_FAILED;
}

static void
load_pair (Work *w, LpImagePair *pair)
{
  const LpEntry *own = lp_layer_entry (w->subject, pair->subject_entry);
  const LpEntry *other = lp_layer_entry (w->witness, pair->witness_entry);

  pair->compared = was_looked_at (own) && was_looked_at (other);
  collect_boxes (w->subject, own, w->own);
  collect_boxes (w->witness, other, w->other);
}

static void
run_hypothesis (Work *w, const LpImagePair *pair, LpHypothesis h)
{
  const LpEntry *own = lp_layer_entry (w->subject, pair->subject_entry);
  const LpEntry *other = lp_layer_entry (w->witness, pair->witness_entry);
  guint turn = orientation (w->dataset, own->image), witness_turn = orientation (w->dataset, other->image);

  g_array_set_size (w->turned, w->other->len);
  for (guint i = 0; i < w->other->len; i++)
    {
      LpMatchBox box = g_array_index (w->other, LpMatchBox, i);

      box.rect = project (&box.rect, turn, witness_turn, h);
      g_array_index (w->turned, LpMatchBox, i) = box;
    }
  lp_box_pairing_run (w->pairing, (const LpMatchBox *) (gpointer) w->own->data, w->own->len,
                      (const LpMatchBox *) (gpointer) w->turned->data, w->turned->len);
}

static LpFrameEvidence
gather_evidence (Work *w, const LpImagePair *pair, const LpHypotheses *hypotheses)
{
  LpFrameEvidence e = { 0 };
  guint8 *seen;

  g_array_set_size (w->seen, 0);
  g_array_set_size (w->seen, w->own->len);
  seen = (guint8 *) w->seen->data;
  for (guint h = 0; h < 2; h++)
    {
      run_hypothesis (w, pair, hypotheses->tried[h]);
      e.hits[h] = w->pairing->exact;
      e.pairs[h] = w->pairing->n_pairs;
      e.iou[h] = w->pairing->iou;
      for (guint i = 0; i < w->own->len; i++)
        if (w->pairing->flags[i] & LP_BOX_EXACT)
          seen[i] |= 1 << h;
    }
  for (guint i = 0; i < w->own->len; i++)
    {
      e.only[0] += seen[i] == 1;
      e.only[1] += seen[i] == 2;
    }
  return e;
}

static void
add_evidence (Work *w, const LpFrameEvidence *e)
{
  for (guint h = 0; h < 2; h++)
    {
      w->total.hits[h] += e->hits[h];
      w->total.pairs[h] += e->pairs[h];
      w->total.iou[h] += e->iou[h];
    }
  w->most_pairs += MAX (e->pairs[0], e->pairs[1]);
}

/* Chooses the frames of one pair, as far as its own boxes tell; TRUE when they do not and the data set must. */
static gboolean
choose_frames (Work *w, LpImagePair *pair)
{
  LpHypotheses hypotheses;
  LpFrameEvidence e;
  gboolean proven;
  int best;

  lp_frame_hypotheses (w->dataset, w->match, pair, &hypotheses);
  pair->subject_frame = hypotheses.tried[0].subject;
  pair->witness_frame = hypotheses.tried[0].witness;
  if (hypotheses.n == 1)
    return FALSE;
  if (!pair->compared || w->own->len == 0 || w->other->len == 0)
    return hypotheses.differs;
  e = gather_evidence (w, pair, &hypotheses);
  best = lp_frame_choose (&e, &proven);
  if (best == 1)
    {
      pair->subject_frame = hypotheses.tried[1].subject;
      pair->witness_frame = hypotheses.tried[1].witness;
    }
  if (!hypotheses.differs)
    return FALSE;
  pair->differs = TRUE;
  pair->proven = proven;
  pair->raw_hits = e.hits[0];
  pair->upright_hits = e.hits[1];
  add_evidence (w, &e);
  return best < 0;
}

static double
largest_edge (const LpRect *a, const LpRect *b, double width, double height)
{
  double x = MAX (fabs (a->x0 - b->x0), fabs (a->x1 - b->x1)) * width;
  double y = MAX (fabs (a->y0 - b->y0), fabs (a->y1 - b->y1)) * height;

  return MAX (x, y);
}

static void
measure_rounding (Work *w, const LpImagePair *pair)
{
  const LpEntry *entry = lp_layer_entry (w->subject, pair->subject_entry);
  const LpImage *image = lp_dataset_image (w->dataset, entry->image);
  double width, height;

  if (!lp_image_size (image, entry, pair->subject_frame, &width, &height) &&
      !lp_image_size (image, lp_layer_entry (w->witness, pair->witness_entry), pair->subject_frame, &width, &height))
    return;
  for (guint i = 0; i < w->own->len; i++)
    if (w->pairing->flags[i] & LP_BOX_EXACT)
      {
        const LpRect *a = &g_array_index (w->own, LpMatchBox, i).rect;
        const LpRect *b = &g_array_index (w->turned, LpMatchBox, w->pairing->partner[i]).rect;

        w->match->max_rounding_px = MAX (w->match->max_rounding_px, largest_edge (a, b, width, height));
      }
}

/* Pairs the boxes in the frames chosen and writes down who is whose partner. */
static void
settle_pair (Work *w, LpImagePair *pair)
{
  LpMatch *m = w->match;

  if (!pair->compared)
    return;
  run_hypothesis (w, pair, (LpHypothesis){ pair->subject_frame, pair->witness_frame });
  pair->n_pairs = w->pairing->n_pairs;
  for (guint i = 0; i < w->own->len; i++)
    {
      guint32 row = g_array_index (w->own, LpMatchBox, i).row, other;

      if (w->pairing->partner[i] == LP_NONE)
        continue;
      other = g_array_index (w->turned, LpMatchBox, w->pairing->partner[i]).row;
      m->partner[row] = other;
      if (m->partner_back[other] == LP_NONE)
        m->partner_back[other] = row;
      w->left_out[row] = (w->pairing->flags[i] & LP_BOX_AMBIGUOUS) != 0;
    }
  m->n_pairs += w->pairing->n_pairs;
  m->exact += w->pairing->exact;
  m->ambiguous += w->pairing->ambiguous;
  m->only_subject += w->own->len - w->pairing->n_pairs;
  m->only_witness += w->other->len - w->pairing->n_pairs;
  measure_rounding (w, pair);
}

/* ---- all pairs ---- */

/* One conversion made the whole set: the frame that explains more of it. */
static void
choose_conversion (Work *w)
{
  const LpFrameEvidence *e = &w->total;
  gboolean raw = e->hits[0] != e->hits[1] ? e->hits[0] > e->hits[1] : e->iou[0] > e->iou[1];

  w->match->conversion = raw ? LP_CONVERSION_RAW : LP_CONVERSION_UPRIGHT;
  w->match->conversion_hits = e->hits[raw ? 0 : 1];
  w->match->conversion_total = w->most_pairs;
}

static void
take_conversion (Work *w, LpImagePair *pair)
{
  LpHypotheses hypotheses;
  guint h = w->match->conversion == LP_CONVERSION_RAW ? 0 : 1;

  lp_frame_hypotheses (w->dataset, w->match, pair, &hypotheses);
  pair->subject_frame = hypotheses.tried[h].subject;
  pair->witness_frame = hypotheses.tried[h].witness;
}

/* Pairs that their own boxes decide are settled at once, the others when all have voted. FALSE when cancelled. */
static gboolean
pair_all_boxes (Work *w, LpProgress *progress)
{
  GArray *images = w->match->images;
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (guint));
  gboolean voted = FALSE;

  for (guint i = 0; i < images->len; i++)
    {
      LpImagePair *pair = &g_array_index (images, LpImagePair, i);

      if (i % CANCEL_EVERY == 0 && lp_progress_cancelled (progress))
        return FALSE;
      load_pair (w, pair);
      if (choose_frames (w, pair))
        g_array_append_val (open, i);
      else
        settle_pair (w, pair);
      voted = voted || pair->differs;
      lp_progress_add (progress, 1);
    }
  if (voted)
    choose_conversion (w);
  for (guint i = 0; i < open->len; i++)
    {
      LpImagePair *pair = &g_array_index (images, LpImagePair, g_array_index (open, guint, i));

      if (i % CANCEL_EVERY == 0 && lp_progress_cancelled (progress))
        return FALSE;
      load_pair (w, pair);
      take_conversion (w, pair);
      settle_pair (w, pair);
    }
  if (!voted)
    {
      w->match->conversion_hits = w->match->exact;
      w->match->conversion_total = w->match->n_pairs;
    }
  return TRUE;
}

static void
work_start (Work *w, const LpDataset *d, LpMatch *match)
{
  *w = (Work){ .dataset = d, .match = match };
  w->subject = lp_dataset_layer (d, match->subject);
  w->witness = lp_dataset_layer (d, match->witness);
  w->pairing = lp_box_pairing_new ();
  w->own = g_array_new (FALSE, FALSE, sizeof (LpMatchBox));
  w->other = g_array_new (FALSE, FALSE, sizeof (LpMatchBox));
  w->turned = g_array_new (FALSE, FALSE, sizeof (LpMatchBox));
  w->seen = g_array_new (FALSE, TRUE, sizeof (guint8));
  w->left_out = g_new0 (guint8, w->subject->rows->len + 1);
}

static void
work_end (Work *w)
{
  lp_box_pairing_free (w->pairing);
  g_array_unref (w->own);
  g_array_unref (w->other);
  g_array_unref (w->turned);
  g_array_unref (w->seen);
  g_free (w->left_out);
}

static guint32 *
new_partners (guint32 n)
{
  guint32 *partner = g_new (guint32, n + 1);

  for (guint32 i = 0; i < n; i++)
    partner[i] = LP_NONE;
  return partner;
}

LpMatch *
lp_match_layers (const LpDataset *d, guint32 subject, guint32 witness, LpProgress *progress)
{
  g_autoptr (LpMatch) match = lp_match_new (subject, witness);
  gboolean finished;
  Work w;

  g_return_val_if_fail (lp_dataset_layer (d, subject) != NULL && lp_dataset_layer (d, witness) != NULL, NULL);
  work_start (&w, d, match);
  match->n_partner = w.subject->rows->len;
  match->n_partner_back = w.witness->rows->len;
  match->partner = new_partners (match->n_partner);
  match->partner_back = new_partners (match->n_partner_back);
  lp_pair_images (d, match);
  finished = pair_all_boxes (&w, progress);
  if (finished)
    lp_order_judge (d, match, w.left_out);
  work_end (&w);
  return finished ? g_steal_pointer (&match) : NULL;
}

/* ---- the whole data set ---- */

static void
decide_declared_frames (LpDataset *d)
{
  for (guint i = 0; i < d->layers->len; i++)
    {
      LpLayer *layer = lp_dataset_layer (d, i);

      for (guint32 j = 0; layer->kind != LP_LAYER_YOLO && j < layer->entries->len; j++)
        {
          LpEntry *entry = lp_layer_entry (layer, j);
          gboolean proven;

          entry->frame = lp_frame_of_entry (d, layer, entry, &proven);
          entry->flags = proven ? entry->flags | LP_ENTRY_FRAME_PROVEN : entry->flags & ~LP_ENTRY_FRAME_PROVEN;
        }
    }
}

/* What an earlier match proved is proven anew: rows may have been turned since. */
static void
forget_frames (LpLayer *subject)
{
  for (guint32 i = 0; subject->kind == LP_LAYER_YOLO && i < subject->entries->len; i++)
    {
      LpEntry *entry = lp_layer_entry (subject, i);

      entry->frame = LP_FRAME_UNKNOWN;
      entry->flags &= ~LP_ENTRY_FRAME_PROVEN;
    }
}

static void
mark_proven_frames (LpLayer *subject, const LpMatch *match)
{
  for (guint i = 0; subject->kind == LP_LAYER_YOLO && i < match->images->len; i++)
    {
      const LpImagePair *pair = &g_array_index (match->images, LpImagePair, i);
      LpEntry *entry = lp_layer_entry (subject, pair->subject_entry);

      if (pair->proven && !(entry->flags & LP_ENTRY_FRAME_PROVEN))
        {
          entry->frame = pair->subject_frame;
          entry->flags |= LP_ENTRY_FRAME_PROVEN;
        }
    }
}

static gboolean
has_job_list (const LpDataset *d, const LpMatch *m)
{
  const LpDictionary *dict = lp_dataset_dict (d, m->reference);

  return dict != NULL && dict->origin == LP_DICT_JOB;
}

/* A table is made from a manifest, and may be an old one. */
static gboolean
is_table (const LpDataset *d, const LpMatch *m)
{
  return lp_dataset_layer (d, m->witness)->kind == LP_LAYER_CSV;
}

/* The witness to believe first: enough support, then what no table says, then a label category file, then more
 * support. */
static int
compare_matches (gconstpointer a, gconstpointer b, gpointer data)
{
  const LpMatch *x = *(const LpMatch *const *) a, *y = *(const LpMatch *const *) b;
  gboolean enough = x->support >= LP_SUPPORT_LEAST, other_enough = y->support >= LP_SUPPORT_LEAST;
  gboolean job = has_job_list (data, x), other_job = has_job_list (data, y);

  if (enough != other_enough)
    return enough ? -1 : 1;
  if (is_table (data, x) != is_table (data, y))
    return is_table (data, x) ? 1 : -1;
  if (job != other_job)
    return job ? -1 : 1;
  if (x->support != y->support)
    return x->support > y->support ? -1 : 1;
  return (x->witness > y->witness) - (x->witness < y->witness);
}

gboolean
lp_match_all (LpDataset *d, LpProgress *progress, GError **error)
{
  LpLayer *subject = lp_dataset_layer (d, d->subject);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) lp_match_free);

  decide_declared_frames (d);
  for (guint32 i = 0; subject != NULL && i < d->layers->len; i++)
    {
      LpMatch *match = i != d->subject ? lp_match_layers (d, d->subject, i, progress) : NULL;

      if (match != NULL && match->images->len > 0)
        g_ptr_array_add (found, match);
      else
        lp_match_free (match);
      if (lp_progress_cancelled (progress))
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Comparing was stopped."));
          return FALSE;
        }
    }
  g_ptr_array_sort_with_data (found, compare_matches, d);
  if (subject != NULL)
    forget_frames (subject);
  for (guint i = 0; i < found->len; i++)
    mark_proven_frames (subject, g_ptr_array_index (found, i));
  g_ptr_array_unref (d->matches);
  d->matches = g_steal_pointer (&found);
  return TRUE;
}
