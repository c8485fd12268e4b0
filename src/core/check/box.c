/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/lp-text.h"
#include "check/lp-family.h"

/* A box may reach so far beyond an edge and still be cut unattended. */
#define SAFE_PIXELS 2.0
#define SAFE_SHARE 0.01

/* ---- box/non-positive, box/outside ---- */

static gboolean
has_area (const LpRowView *view)
{
  return view->r->v[2] > 0 && view->r->v[3] > 0;
}

static void
check_non_positive (LpCheck *check, const LpRowView *view)
{
  LpFinding finding;

  if (view->r->kind != LP_ROW_BOX || has_area (view))
    return;
  finding = lp_finding_at_row (check->dataset, view->layer, view->entry, view->row);
  finding.a = view->r->v[2];
  finding.b = view->r->v[3];
  lp_check_add (check, LP_RULE_BOX_NON_POSITIVE, &finding);
}

static LpSafety
propose_remove (const LpDataset *dataset, const LpFinding *finding, LpStep *step)
{
  return lp_repair_remove_row (dataset, finding, step, LP_SAFETY_REVIEW);
}

static void
check_outside (LpCheck *check, const LpRowView *view)
{
  const LpRect *unit = &view->unit;
  LpFinding finding;

  if (!view->has_box || !has_area (view))
    return;
  if (unit->x1 > 0 && unit->y1 > 0 && unit->x0 < 1 && unit->y0 < 1)
    return;
  finding = lp_finding_at_row (check->dataset, view->layer, view->entry, view->row);
  lp_check_add (check, LP_RULE_BOX_OUTSIDE, &finding);
}

/* ---- box/centre-outside ---- */

static void
check_centre_outside (LpCheck *check, const LpRowView *view)
{
  double x = (view->unit.x0 + view->unit.x1) / 2, y = (view->unit.y0 + view->unit.y1) / 2;
  LpFinding finding;

  if (!view->has_box || !has_area (view))
    return;
  if (x > -LP_FULL_PRECISION && x < 1 + LP_FULL_PRECISION && y > -LP_FULL_PRECISION && y < 1 + LP_FULL_PRECISION)
    return;
  finding = lp_finding_at_row (check->dataset, view->layer, view->entry, view->row);
  lp_check_add (check, LP_RULE_BOX_CENTRE_OUTSIDE, &finding);
}

static LpSafety
propose_clamp_review (const LpDataset *dataset, const LpFinding *finding, LpStep *step)
{
  return lp_repair_clamp (dataset, finding, step, LP_SAFETY_REVIEW);
}

static char *
say_outside (const LpDataset *dataset, const LpFinding *finding)
{
  g_autofree char *box = lp_say_box (dataset, finding);

  if (box == NULL)
    return g_strdup (_ ("The box lies wholly outside the picture"));
  return g_strdup_printf (_ ("The box lies wholly outside the picture; box %s"), box);
}

/* ---- box/out-of-frame, box/rounding-overhang ---- */

typedef struct
{
  LpSide side;      /* that the box reaches farthest beyond */
  double share;     /* of the picture's side */
  double pixels;    /* NAN: no size known */
  gboolean rounded; /* no side beyond what rounding explains */
} Overhang;

static gboolean
overhang_of (const LpRowView *view, Overhang *out)
{
  double beyond[LP_N_SIDES], most = 0;

  if (!view->has_box || !has_area (view))
    return FALSE;
  lp_overhang (&view->unit, beyond);
  *out = (Overhang){ .pixels = NAN, .rounded = TRUE };
  for (guint i = 0; i < LP_N_SIDES; i++)
    {
      double tolerance = view->tolerance[i % 2], length = i % 2 == 0 ? view->width : view->height;
      double size = view->has_size ? beyond[i] * length : beyond[i];

      if (beyond[i] > tolerance * (1 + 1e-9))
        out->rounded = FALSE;
      if (size <= most || beyond[i] <= LP_FULL_PRECISION)
        continue;
      most = size;
      out->side = i;
      out->share = beyond[i];
      out->pixels = view->has_size ? size : NAN;
    }
  return most > 0;
}

static void
add_overhang (LpCheck *check, const LpRowView *view, const Overhang *overhang, LpRuleId rule)
{
  LpFinding finding = lp_finding_at_row (check->dataset, view->layer, view->entry, view->row);

  finding.other = overhang->side;
  finding.a = overhang->pixels;
  finding.b = overhang->share * 100;
  lp_check_add (check, rule, &finding);
}

static void
check_out_of_frame (LpCheck *check, const LpRowView *view)
{
  Overhang overhang;

  if (overhang_of (view, &overhang) && !overhang.rounded)
    add_overhang (check, view, &overhang, LP_RULE_BOX_OUT_OF_FRAME);
}

static void
check_rounding_overhang (LpCheck *check, const LpRowView *view)
{
  Overhang overhang;

  if (overhang_of (view, &overhang) && overhang.rounded)
    add_overhang (check, view, &overhang, LP_RULE_BOX_ROUNDING_OVERHANG);
}

static char *
say_beyond_share (const LpFinding *finding)
{
  g_autofree char *share = lp_say_percent (finding->b);

  switch (finding->other)
    {
    case LP_SIDE_LEFT:
      return g_strdup_printf (_ ("Beyond the left edge by %s of the width"), share);
    case LP_SIDE_TOP:
      return g_strdup_printf (_ ("Beyond the top edge by %s of the height"), share);
    case LP_SIDE_RIGHT:
      return g_strdup_printf (_ ("Beyond the right edge by %s of the width"), share);
    case LP_SIDE_BOTTOM:
    default:
      return g_strdup_printf (_ ("Beyond the lower edge by %s of the height"), share);
    }
}

/* What rounding makes of an edge is far below any share worth naming. */
static char *
say_beyond_pixels (const LpFinding *finding)
{
  g_autofree char *pixels = lp_say_pixels (finding->a);

  if (isnan (finding->a))
    return say_beyond_share (finding);
  switch (finding->other)
    {
    case LP_SIDE_LEFT:
      return g_strdup_printf (_ ("%s px beyond the left edge"), pixels);
    case LP_SIDE_TOP:
      return g_strdup_printf (_ ("%s px beyond the top edge"), pixels);
    case LP_SIDE_RIGHT:
      return g_strdup_printf (_ ("%s px beyond the right edge"), pixels);
    case LP_SIDE_BOTTOM:
    default:
      return g_strdup_printf (_ ("%s px beyond the lower edge"), pixels);
    }
}

static char *
say_beyond (const LpFinding *finding)
{
  g_autofree char *pixels = lp_say_pixels (finding->a), *share = lp_say_percent (finding->b);

  if (isnan (finding->a))
    return say_beyond_share (finding);
  switch (finding->other)
    {
    case LP_SIDE_LEFT:
      return g_strdup_printf (_ ("%s px beyond the left edge (%s of the width)"), pixels, share);
    case LP_SIDE_TOP:
      return g_strdup_printf (_ ("%s px beyond the top edge (%s of the height)"), pixels, share);
    case LP_SIDE_RIGHT:
      return g_strdup_printf (_ ("%s px beyond the right edge (%s of the width)"), pixels, share);
    case LP_SIDE_BOTTOM:
    default:
      return g_strdup_printf (_ ("%s px beyond the lower edge (%s of the height)"), pixels, share);
    }
}

/* Where the job has the edge, when that is another place. */
static char *
say_jobs_edge (const LpDataset *dataset, const LpFinding *finding)
{
  const LpMatch *match = lp_dataset_match (dataset);
  LpPartner partner;
  guint32 entry;
  double offset;

  if (match == NULL || finding->layer != match->subject || finding->other >= LP_N_SIDES)
    return NULL;
  entry = lp_layer_entry_of_row (lp_dataset_layer (dataset, match->subject), finding->row);
  if (!lp_partner_of (dataset, match, entry, finding->row, &partner))
    return NULL;
  offset = partner.offset[finding->other];
  if (fabs (offset) <= partner.tolerance[finding->other % 2])
    return NULL;
  switch (finding->other)
    {
    case LP_SIDE_LEFT:
      return g_strdup_printf (offset > 0 ? _ ("the job’s left edge is %.0f px further right")
                                         : _ ("the job’s left edge is %.0f px further left"),
                              fabs (offset));
    case LP_SIDE_TOP:
      return g_strdup_printf (offset > 0 ? _ ("the job’s top edge is %.0f px lower")
                                         : _ ("the job’s top edge is %.0f px higher"),
                              fabs (offset));
    case LP_SIDE_RIGHT:
      return g_strdup_printf (offset > 0 ? _ ("the job’s right edge is %.0f px further right")
                                         : _ ("the job’s right edge is %.0f px further left"),
                              fabs (offset));
    case LP_SIDE_BOTTOM:
    default:
      return g_strdup_printf (offset > 0 ? _ ("the job’s lower edge is %.0f px lower")
                                         : _ ("the job’s lower edge is %.0f px higher"),
                              fabs (offset));
    }
}

static char *
say_out_of_frame (const LpDataset *dataset, const LpFinding *finding)
{
  g_autofree char *beyond = say_beyond (finding), *box = lp_say_box (dataset, finding);
  g_autofree char *job = say_jobs_edge (dataset, finding);

  if (box == NULL)
    return g_steal_pointer (&beyond);
  if (job == NULL)
    return g_strdup_printf (_ ("%s; box %s"), beyond, box);
  return g_strdup_printf (_ ("%s; box %s; %s"), beyond, box, job);
}

static char *
say_rounding (const LpDataset *dataset, const LpFinding *finding)
{
  const LpLayer *layer = lp_dataset_layer (dataset, finding->layer);
  guint decimals = lp_layer_row (layer, finding->row)->decimals;
  g_autofree char *beyond = say_beyond_pixels (finding), *box = lp_say_box (dataset, finding);

  if (layer->kind != LP_LAYER_YOLO)
    return g_strdup_printf (_ ("%s: less than half a pixel; box %s"), beyond, box != NULL ? box : "?");
  if (box == NULL)
    return g_strdup_printf (ngettext ("%s: only %u decimal was kept", "%s: only %u decimals were kept", decimals),
                            beyond, decimals);
  return g_strdup_printf (
    ngettext ("%s: only %u decimal was kept; box %s", "%s: only %u decimals were kept; box %s", decimals), beyond,
    decimals, box);
}

static LpSafety
propose_clamp (const LpDataset *dataset, const LpFinding *finding, LpStep *step)
{
  const LpLayer *layer = lp_dataset_layer (dataset, finding->layer);
  double beyond[LP_N_SIDES];
  LpSafety safety = LP_SAFETY_SAFE;
  LpRowView view;

  if (!lp_row_view (dataset, finding->layer, lp_layer_entry_of_row (layer, finding->row), finding->row, &view) ||
      !view.has_box)
    return LP_SAFETY_NONE;
  lp_overhang (&view.unit, beyond);
  for (guint i = 0; i < LP_N_SIDES; i++)
    {
      double pixels = view.has_size ? beyond[i] * (i % 2 == 0 ? view.width : view.height) : G_MAXDOUBLE;

      if (beyond[i] > SAFE_SHARE * (1 + 1e-9) && pixels > SAFE_PIXELS * (1 + 1e-9))
        safety = LP_SAFETY_REVIEW;
    }
  return lp_repair_clamp (dataset, finding, step, safety);
}

/* ---- against the job's boxes ---- */

/* The subject's YOLO rows against the boxes of a job. */
static gboolean
has_job (const LpCheck *check)
{
  return check->match != NULL && check->layer->kind == LP_LAYER_YOLO &&
         lp_dataset_layer (check->dataset, check->match->witness)->kind != LP_LAYER_YOLO;
}

static const LpImagePair *
compared_pair (const LpCheck *check, guint32 entry)
{
  const LpImagePair *pair = has_job (check) ? lp_match_pair_of (check->match, entry) : NULL;

  return pair != NULL && pair->compared ? pair : NULL;
}

static const char *
subject_name (const LpCheck *check, gint32 class_id)
{
  guint32 dict = check->match->without_dictionary ? check->match->reference : check->layer->dictionary;

  return lp_dictionary_name (lp_dataset_dict (check->dataset, dict), class_id);
}

static const char *
witness_name (const LpDataset *dataset, guint32 witness, guint32 row)
{
  const LpLayer *layer = lp_dataset_layer (dataset, witness);

  return lp_dictionary_name (lp_dataset_dict (dataset, layer->dictionary), lp_layer_row (layer, row)->class_id);
}

static void
check_class_differs (LpCheck *check, guint32 layer, guint32 entry)
{
  const LpEntry *e = lp_layer_entry (check->layer, entry);
  const LpMatch *match = check->match;

  if (compared_pair (check, entry) == NULL ||
      (match->kind != LP_VERDICT_CONSISTENT && match->kind != LP_VERDICT_DIFFERS_FROM_JOB))
    return;
  for (guint32 i = e->first_row; i < e->first_row + e->n_rows; i++)
    {
      const char *mine, *theirs;
      LpFinding finding;

      if (i >= match->n_partner || match->partner[i] == LP_NONE)
        continue;
      mine = subject_name (check, lp_layer_row (check->layer, i)->class_id);
      theirs = witness_name (check->dataset, match->witness, match->partner[i]);
      if (mine == NULL || theirs == NULL || lp_text_same (mine, theirs) != LP_SAME_NOT)
        continue;
      finding = lp_finding_at_row (check->dataset, layer, entry, i);
      finding.other = match->partner[i];
      finding.a = match->witness;
      lp_check_add (check, LP_RULE_BOX_CLASS_DIFFERS, &finding);
    }
}

static char *
say_class_differs (const LpDataset *dataset, const LpFinding *finding)
{
  const LpLayer *layer = lp_dataset_layer (dataset, finding->layer);
  gint32 class_id = lp_layer_row (layer, finding->row)->class_id;
  const char *name = lp_dictionary_name (lp_dataset_dict (dataset, layer->dictionary), class_id);
  g_autofree char *mine = name != NULL ? lp_say_text (name) : g_strdup_printf ("%d", class_id);
  g_autofree char *theirs = lp_say_text (witness_name (dataset, (guint32) finding->a, finding->other));
  g_autofree char *box = lp_say_box (dataset, finding);

  return g_strdup_printf (_ ("“%s” here, “%s” in the job; box %s"), mine, theirs, box != NULL ? box : "?");
}

static double
farthest (const LpPartner *partner, gboolean *beyond)
{
  double most = 0;

  *beyond = FALSE;
  for (guint i = 0; i < LP_N_SIDES; i++)
    {
      most = MAX (most, fabs (partner->offset[i]));
      *beyond |= fabs (partner->offset[i]) > partner->tolerance[i % 2];
    }
  return most;
}

static void
check_coordinate_drift (LpCheck *check, guint32 layer, guint32 entry)
{
  const LpEntry *e = lp_layer_entry (check->layer, entry);

  if (compared_pair (check, entry) == NULL)
    return;
  for (guint32 i = e->first_row; i < e->first_row + e->n_rows; i++)
    {
      LpPartner partner;
      LpFinding finding;
      gboolean beyond;
      double most;

      if (!lp_partner_of (check->dataset, check->match, entry, i, &partner))
        continue;
      most = farthest (&partner, &beyond);
      if (!beyond)
        continue;
      finding = lp_finding_at_row (check->dataset, layer, entry, i);
      finding.other = partner.witness_row;
      finding.a = most;
      finding.b = partner.iou;
      lp_check_add (check, LP_RULE_BOX_COORDINATE_DRIFT, &finding);
    }
}

static char *
say_coordinate_drift (const LpDataset *dataset, const LpFinding *finding)
{
  const LpMatch *match = lp_dataset_match (dataset);
  const LpLayer *layer = lp_dataset_layer (dataset, finding->layer);
  guint32 entry = lp_layer_entry_of_row (layer, finding->row);
  g_autofree char *box = lp_say_box (dataset, finding);
  LpPartner p;

  if (match == NULL || match->subject != finding->layer || !lp_partner_of (dataset, match, entry, finding->row, &p) ||
      p.witness_row != finding->other)
    return g_strdup_printf (_ ("%.0f px away from the job’s box; overlap %.1f %%; box %s"), finding->a,
                            finding->b * 100, box != NULL ? box : "?");
  return g_strdup_printf (
    _ ("%.0f px away from the job’s box (left %.2f, top %.2f, right %.2f, lower edge %.2f); overlap %.1f %%; box %s"),
    finding->a, fabs (p.offset[LP_SIDE_LEFT]), fabs (p.offset[LP_SIDE_TOP]), fabs (p.offset[LP_SIDE_RIGHT]),
    fabs (p.offset[LP_SIDE_BOTTOM]), finding->b * 100, box != NULL ? box : "?");
}

static void
add_missing_in_yolo (LpCheck *check, guint32 subject_entry, guint32 witness_entry, guint32 row)
{
  LpFinding finding = lp_finding_at_row (check->dataset, check->match->witness, witness_entry, row);

  finding.image = lp_layer_entry (check->layer, subject_entry)->image;
  lp_check_add (check, LP_RULE_BOX_MISSING_IN_YOLO, &finding);
}

/* The job's boxes without a row. Where the label file stands under the stem up to the first dot, a trainer misses
 * them all. */
static void
check_missing_in_yolo (LpCheck *check, guint32 layer, guint32 entry)
{
  const LpEntry *e = lp_layer_entry (check->layer, entry), *job;
  const LpImagePair *pair = compared_pair (check, entry);
  gboolean all = (e->flags & LP_ENTRY_FIRST_DOT) != 0;

  if (pair == NULL)
    return;
  job = lp_layer_entry (lp_dataset_layer (check->dataset, check->match->witness), pair->witness_entry);
  for (guint32 i = job->first_row; i < job->first_row + job->n_rows; i++)
    {
      const LpRow *row = lp_layer_row (lp_dataset_layer (check->dataset, check->match->witness), i);

      if (row->kind == LP_ROW_BOX && !(row->flags & LP_ROW_REMOVED) &&
          (all || (i < check->match->n_partner_back && check->match->partner_back[i] == LP_NONE)))
        add_missing_in_yolo (check, entry, pair->witness_entry, i);
    }
}

static guint
hash_row (gconstpointer key)
{
  const LpRow *row = key;
  guint64 hash = (guint64) row->class_id, bits;

  /* Not g_double_hash: it keeps what stands before the point, and shares have nothing there. */
  for (guint i = 0; i < G_N_ELEMENTS (row->v); i++)
    {
      memcpy (&bits, &row->v[i], sizeof bits);
      hash = (hash ^ bits) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
      hash ^= hash >> 32;
    }
  return (guint) hash;
}

static gboolean
equal_rows (gconstpointer a, gconstpointer b)
{
  const LpRow *x = a, *y = b;

  return x->class_id == y->class_id && memcmp (x->v, y->v, sizeof x->v) == 0;
}

static gboolean
is_box (const LpRow *row)
{
  return row->kind == LP_ROW_BOX && !(row->flags & LP_ROW_REMOVED);
}

/* The rows of an entry that have a partner: row → its index + 1. */
static GHashTable *
paired_rows (const LpCheck *check, const LpEntry *e)
{
  GHashTable *paired = g_hash_table_new (hash_row, equal_rows);

  for (guint32 i = e->first_row; i < e->first_row + e->n_rows; i++)
    if (is_box (lp_layer_row (check->layer, i)) && check->match->partner[i] != LP_NONE)
      g_hash_table_insert (paired, lp_layer_row (check->layer, i), GUINT_TO_POINTER (i + 1));
  return paired;
}

/* Of equal rows the first is the one that the job means, whichever of them was paired. */
static void
check_extra_in_yolo (LpCheck *check, guint32 layer, guint32 entry)
{
  const LpEntry *e = lp_layer_entry (check->layer, entry);
  g_autoptr (GHashTable) paired = NULL;

  if (compared_pair (check, entry) == NULL || e->first_row + e->n_rows > check->match->n_partner)
    return;
  for (guint32 i = e->first_row; i < e->first_row + e->n_rows; i++)
    {
      const LpRow *row = lp_layer_row (check->layer, i);
      guint32 copy;
      LpFinding finding;

      if (!is_box (row) || check->match->partner[i] != LP_NONE)
        continue;
      if (paired == NULL)
        paired = paired_rows (check, e);
      copy = GPOINTER_TO_UINT (g_hash_table_lookup (paired, row));
      finding = lp_finding_at_row (check->dataset, layer, entry, copy > i ? copy - 1 : i);
      lp_check_add (check, LP_RULE_BOX_EXTRA_IN_YOLO, &finding);
    }
}

const LpRule lp_rules_box[] = {
  {
    .id = "box/non-positive",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_ROW,
    .safety = LP_SAFETY_REVIEW,
    .cost = LP_COST_ROW,
    .title = N_ ("Box without an area"),
    .sentence = N_ ("The box has no area: width {a}, height {b}"),
    .why = N_ ("A box without an area shows nothing. Its corners were exchanged, or rounding left nothing of it."),
    .example = "1 0.5 0.5 0 0.1",
    .trainer =
      N_ ("Ultralytics takes a width of 0 without a word and learns from a box that is not there; a negative "
          "size drops the whole picture."),
    .repair = N_ ("Remove the row, after looking at its place."),
    .check_row = check_non_positive,
    .propose = propose_remove,
  },
  {
    .id = "box/outside",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_ROW,
    .safety = LP_SAFETY_REVIEW,
    .cost = LP_COST_ROW,
    .title = N_ ("Box outside the picture"),
    .why = N_ ("No part of the box lies in the picture, so it shows nothing."),
    .example = "\"left\": 645, \"width\": 40 in 640 px",
    .trainer = N_ ("Ultralytics does not look at the edges of boxes; augmentation cuts such a box to nothing."),
    .repair = N_ ("Remove the row, after looking at its place."),
    .check_row = check_outside,
    .say = say_outside,
    .propose = propose_remove,
    .yields_to = { LP_RULE_LABEL_OUT_OF_UNIT, LP_RULE_LABEL_PIXEL_VALUES, LP_RULE_LABEL_PERCENT_VALUES },
  },
  {
    .id = "box/centre-outside",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_ROW,
    .safety = LP_SAFETY_REVIEW,
    .cost = LP_COST_ROW,
    .title = N_ ("Centre of the box outside the picture"),
    .sentence = N_ ("The centre of the box lies outside the picture; box {box}"),
    .why = N_ ("More than half of the box shows nothing: it was moved, or belongs to another picture."),
    .example = "\"left\": -300, \"width\": 400",
    .trainer = N_ ("Older versions of Ultralytics drop the whole picture; newer ones cut the box off silently."),
    .repair = N_ ("Cut the box at the edges of the picture."),
    .check_row = check_centre_outside,
    .propose = propose_clamp_review,
    .yields_to = { LP_RULE_BOX_OUTSIDE, LP_RULE_LABEL_OUT_OF_UNIT, LP_RULE_LABEL_PIXEL_VALUES,
                   LP_RULE_LABEL_PERCENT_VALUES },
  },
  {
    .id = "box/out-of-frame",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_ROW,
    .safety = LP_SAFETY_REVIEW,
    .cost = LP_COST_ROW,
    .title = N_ ("Box beyond the edge"),
    .why = N_ ("Nobody can draw there: the box was moved, or belongs to another picture or another size of it."),
    .example = "\"left\": -3",
    .trainer = N_ ("Ultralytics cuts the box off silently. Rekognition refuses the picture."),
    /* xgettext:no-c-format */
    .repair = N_ ("Cut the box at the edges of the picture. Up to 2 px or 1 % that needs no look."),
    .safe_when = N_ ("Beyond that look before you let it run."),
    .check_row = check_out_of_frame,
    .say = say_out_of_frame,
    .propose = propose_clamp,
    .yields_to = { LP_RULE_BOX_OUTSIDE, LP_RULE_BOX_CENTRE_OUTSIDE, LP_RULE_LABEL_OUT_OF_UNIT,
                   LP_RULE_LABEL_PIXEL_VALUES, LP_RULE_LABEL_PERCENT_VALUES },
  },
  {
    .id = "box/rounding-overhang",
    .severity = LP_SEVERITY_INFO,
    .scope = LP_SCOPE_ROW,
    .safety = LP_SAFETY_SAFE,
    .title = N_ ("Rounded beyond the edge"),
    .why = N_ ("The box ends at the edge of the picture; printing it with few digits moved it a trace beyond. Strict "
               "readers refuse even that."),
    .example = "4 0.4932 0.7188 0.9336 0.5625",
    .trainer = N_ ("Ultralytics cuts it off. Nothing is lost."),
    .repair = N_ ("Cut the box at the edge."),
    .check_row = check_rounding_overhang,
    .say = say_rounding,
    .propose = propose_clamp,
  },
  {
    .id = "box/class-differs",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_IMAGE,
    .cost = LP_COST_ROW,
    .title = N_ ("Class differs from the job"),
    .why = N_ ("The order of the names is right, but this box has another name than in the labelling job: somebody "
               "changed it by hand, or it is a slip."),
    .example = "2 0.5 0.5 0.1 0.1, class 1 in the job",
    .trainer = N_ ("A trainer learns the name that stands in the row."),
    .check_entry = check_class_differs,
    .say = say_class_differs,
    .yields_to = { LP_RULE_ORDER_SWAPPED_PAIR, LP_RULE_ORDER_SORTED, LP_RULE_ORDER_PERMUTED },
  },
  {
    .id = "box/coordinate-drift",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_IMAGE,
    .cost = LP_COST_ROW,
    .title = N_ ("Box away from the job’s"),
    .why =
      N_ ("The row and the job’s box mean the same object but differ by more than rounding: somebody moved one of "
          "them."),
    .example = "2 0.4706 0.3178 0.7574 0.7304",
    .trainer = N_ ("A trainer learns the box of the row."),
    .check_entry = check_coordinate_drift,
    .say = say_coordinate_drift,
    .yields_to = { LP_RULE_BOX_OUT_OF_FRAME, LP_RULE_BOX_OUTSIDE },
  },
  {
    .id = "box/missing-in-yolo",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_IMAGE,
    .cost = LP_COST_ROW,
    .title = N_ ("Box of the job without a row"),
    .sentence = N_ ("The job has a box “{name}” here ({box}), the label file has none"),
    .why = N_ ("A row was deleted or never written. The object is in the picture, and the labels deny it."),
    .example = "3 annotations, 2 rows",
    .trainer = N_ ("A trainer learns that this object is background."),
    .check_entry = check_missing_in_yolo,
    .yields_to = { LP_RULE_DATASET_DOT_TRUNCATED_STEM },
  },
  {
    .id = "box/extra-in-yolo",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_IMAGE,
    .title = N_ ("Row without a box of the job"),
    .sentence = N_ ("The job has no such box; box {box}"),
    .why = N_ ("A row was added after the job, or its box was moved too far to be recognised."),
    .example = "3 rows, 2 annotations",
    .trainer = N_ ("A trainer learns the box of the row."),
    .check_entry = check_extra_in_yolo,
    .yields_to = { LP_RULE_CLASS_ID_OUT_OF_RANGE, LP_RULE_CLASS_ID_EQUALS_NC, LP_RULE_LABEL_NEGATIVE_CLASS,
                   LP_RULE_DUPLICATE_EXACT_BOX, LP_RULE_DUPLICATE_ROUNDED_BOX, LP_RULE_DUPLICATE_NEAR_SAME_CLASS },
  },
  { .id = NULL },
};
