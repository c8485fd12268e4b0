/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "check/lp-family.h"

/* Values up to here beyond 0 and 1 are accepted by newer Ultralytics and refused by older. */
#define TOLERATED 0.01
/* What printing and reading a decimal may do to a limit such as 1.01. */
#define NOISE 1e-12

/* Rows whose first four numbers are centre and size in fractions. */
static gboolean
is_centre_size (const LpRowView *view)
{
  return view->l->kind == LP_LAYER_YOLO && (view->r->kind == LP_ROW_BOX || view->r->kind == LP_ROW_POSE);
}

static LpFinding
at_row (const LpCheck *check, const LpRowView *view)
{
  return lp_finding_at_row (check->dataset, view->layer, view->entry, view->row);
}

/* ---- label/negative-class ---- */

static void
check_negative_class (LpCheck *check, const LpRowView *view)
{
  LpFinding finding;

  if (view->r->class_id >= 0 || view->r->class_id == LP_CLASS_NONE || view->l->kind != LP_LAYER_YOLO)
    return;
  finding = at_row (check, view);
  finding.a = view->r->class_id;
  lp_check_add (check, LP_RULE_LABEL_NEGATIVE_CLASS, &finding);
}

static LpSafety
propose_remove (const LpDataset *dataset, const LpFinding *finding, LpStep *step)
{
  return lp_repair_remove_row (dataset, finding, step, LP_SAFETY_REVIEW);
}

/* ---- label/out-of-unit, label/out-of-unit-tolerated ---- */

/* How far the number that is farthest out lies beyond 0 or 1, and which one it is. */
static double
worst_number (const LpRow *row, guint *which)
{
  double worst = 0;

  *which = 0;
  for (guint i = 0; i < G_N_ELEMENTS (row->v); i++)
    {
      double beyond = MAX (-row->v[i], row->v[i] - 1);

      if (beyond <= worst)
        continue;
      worst = beyond;
      *which = i;
    }
  return worst;
}

static void
check_out_of_unit (LpCheck *check, const LpRowView *view)
{
  guint which;
  double worst;
  LpFinding finding;

  if (!is_centre_size (view))
    return;
  worst = worst_number (view->r, &which);
  if (worst <= TOLERATED + NOISE)
    return;
  finding = at_row (check, view);
  finding.a = view->r->v[which];
  finding.other = which;
  lp_check_add (check, LP_RULE_LABEL_OUT_OF_UNIT, &finding);
}

static void
check_out_of_unit_tolerated (LpCheck *check, const LpRowView *view)
{
  guint which;
  double worst;
  LpFinding finding;

  if (!is_centre_size (view))
    return;
  worst = worst_number (view->r, &which);
  if (worst <= 0 || worst > TOLERATED + NOISE)
    return;
  finding = at_row (check, view);
  finding.a = view->r->v[which];
  finding.other = which;
  lp_check_add (check, LP_RULE_LABEL_OUT_OF_UNIT_TOLERATED, &finding);
}

static char *
say_out_of_unit (const LpDataset *dataset, const LpFinding *finding)
{
  g_autofree char *value = lp_say_number (finding->a);

  switch (finding->other)
    {
    case 0:
      return g_strdup_printf (_ ("The centre x is %s, it has to lie between 0 and 1"), value);
    case 1:
      return g_strdup_printf (_ ("The centre y is %s, it has to lie between 0 and 1"), value);
    case 2:
      return g_strdup_printf (_ ("The width is %s, it has to lie between 0 and 1"), value);
    case 3:
    default:
      return g_strdup_printf (_ ("The height is %s, it has to lie between 0 and 1"), value);
    }
}

static char *
say_tolerated (const LpDataset *dataset, const LpFinding *finding)
{
  g_autofree char *value = lp_say_number (finding->a);

  switch (finding->other)
    {
    case 0:
      return g_strdup_printf (_ ("The centre x is %s, a little outside 0 to 1"), value);
    case 1:
      return g_strdup_printf (_ ("The centre y is %s, a little outside 0 to 1"), value);
    case 2:
      return g_strdup_printf (_ ("The width is %s, a little outside 0 to 1"), value);
    case 3:
    default:
      return g_strdup_printf (_ ("The height is %s, a little outside 0 to 1"), value);
    }
}

static LpSafety
propose_clamp_review (const LpDataset *dataset, const LpFinding *finding, LpStep *step)
{
  return lp_repair_clamp (dataset, finding, step, LP_SAFETY_REVIEW);
}

static LpSafety
propose_clamp_safe (const LpDataset *dataset, const LpFinding *finding, LpStep *step)
{
  return lp_repair_clamp (dataset, finding, step, LP_SAFETY_SAFE);
}

/* ---- label/pixel-values ---- */

/* Three of four at least: one number beyond 1 is a slip, not another unit. */
static gboolean
is_pixels (const LpRow *row, double limit)
{
  guint above = 0;

  for (guint i = 0; i < G_N_ELEMENTS (row->v); i++)
    {
      if (row->v[i] < 0 || row->v[i] > limit)
        return FALSE;
      above += row->v[i] > 1;
    }
  return above >= 3;
}

static void
check_pixel_values (LpCheck *check, guint32 layer, guint32 entry)
{
  const LpEntry *e = lp_layer_entry (check->layer, entry);
  double width, height;
  guint rows = 0, pixels = 0;
  LpFinding finding;

  if (check->layer->kind != LP_LAYER_YOLO || e->n_rows == 0 ||
      !lp_image_size (lp_dataset_image (check->dataset, e->image), e, e->frame, &width, &height))
    return;
  for (guint32 i = e->first_row; i < e->first_row + e->n_rows; i++)
    {
      const LpRow *row = lp_layer_row (check->layer, i);

      if ((row->flags & LP_ROW_REMOVED) || row->kind == LP_ROW_UNREAD)
        continue;
      rows++;
      pixels += is_pixels (row, MAX (width, height));
    }
  if (pixels == 0 || pixels * 5 < rows * 4)
    return;
  finding = lp_finding_at_entry (check->dataset, layer, entry);
  finding.a = pixels;
  finding.b = rows;
  lp_check_add (check, LP_RULE_LABEL_PIXEL_VALUES, &finding);
}

static LpSafety
propose_divide (const LpDataset *dataset, const LpFinding *finding, LpStep *step)
{
  const LpLayer *layer = lp_dataset_layer (dataset, finding->layer);
  const LpEntry *e = lp_layer_find (layer, finding->image);
  double size[2];

  if (!lp_repair_writable (dataset, finding) || e == NULL ||
      !lp_image_size (lp_dataset_image (dataset, e->image), e, e->frame, &size[0], &size[1]))
    return LP_SAFETY_NONE;
  for (guint32 i = e->first_row; step != NULL && i < e->first_row + e->n_rows; i++)
    {
      const LpRow *row = lp_layer_row (layer, i);

      if (!(row->flags & LP_ROW_REMOVED) && row->kind == LP_ROW_BOX && is_pixels (row, MAX (size[0], size[1])))
        {
          LpOp *op = lp_step_add_row_op (step, dataset, LP_OP_SET_NUMBERS, finding->layer, i);

          for (guint j = 0; j < G_N_ELEMENTS (row->v); j++)
            op->after[j] = row->v[j] / size[j % 2];
          op->decimals = 6;
        }
    }
  return LP_SAFETY_REVIEW;
}

/* ---- label/percent-values ---- */

#define PERCENT 100.0
#define REACH                                                                                                        \
  50.0 /* pixels of a picture that is larger would not all lie in its first 100 and reach beyond half of them */

typedef struct
{
  double farthest; /* right or lower edge of all rows that are no fractions */
  gboolean beyond; /* some number is above 100, or some box leaves 0 to 100 */
} Percent;

static void
look_for_percent (const LpRow *row, Percent *set)
{
  if (!is_pixels (row, G_MAXDOUBLE))
    return;
  for (guint axis = 0; axis < 2; axis++)
    {
      double first = row->v[axis] - row->v[axis + 2] / 2, last = row->v[axis] + row->v[axis + 2] / 2;

      set->beyond |= row->v[axis] > PERCENT || row->v[axis + 2] > PERCENT || first < -1 || last > PERCENT + 1;
      set->farthest = MAX (set->farthest, last);
    }
}

static gboolean
is_read_box (const LpRow *row)
{
  return row->kind == LP_ROW_BOX && !(row->flags & LP_ROW_REMOVED);
}

static void
add_percent_values (LpCheck *check, guint32 entry)
{
  const LpEntry *e = lp_layer_entry (check->layer, entry);
  guint rows = 0, percent = 0;
  LpFinding finding;

  for (guint32 i = e->first_row; i < e->first_row + e->n_rows; i++)
    {
      const LpRow *row = lp_layer_row (check->layer, i);

      rows += is_read_box (row);
      percent += is_read_box (row) && is_pixels (row, PERCENT);
    }
  if (percent == 0 || percent * 5 < rows * 4)
    return;
  finding = lp_finding_at_entry (check->dataset, check->dataset->subject, entry);
  finding.a = percent;
  finding.b = rows;
  lp_check_add (check, LP_RULE_LABEL_PERCENT_VALUES, &finding);
}

/* One file alone cannot tell percent from pixels near the corner: the whole set has to. */
static void
check_percent_values (LpCheck *check)
{
  Percent set = { 0 };

  if (check->layer == NULL || check->layer->kind != LP_LAYER_YOLO)
    return;
  for (guint32 i = 0; i < check->layer->rows->len && !set.beyond; i++)
    if (is_read_box (lp_layer_row (check->layer, i)))
      look_for_percent (lp_layer_row (check->layer, i), &set);
  if (set.beyond || set.farthest <= REACH)
    return;
  for (guint32 i = 0; i < check->layer->entries->len; i++)
    add_percent_values (check, i);
}

static LpSafety
propose_percent (const LpDataset *dataset, const LpFinding *finding, LpStep *step)
{
  const LpLayer *layer = lp_dataset_layer (dataset, finding->layer);
  const LpEntry *e = lp_layer_find (layer, finding->image);

  if (!lp_repair_writable (dataset, finding) || e == NULL)
    return LP_SAFETY_NONE;
  for (guint32 i = e->first_row; step != NULL && i < e->first_row + e->n_rows; i++)
    {
      const LpRow *row = lp_layer_row (layer, i);
      LpOp *op;

      if (!is_read_box (row) || !is_pixels (row, PERCENT))
        continue;
      op = lp_step_add_row_op (step, dataset, LP_OP_SET_NUMBERS, finding->layer, i);
      for (guint j = 0; j < G_N_ELEMENTS (row->v); j++)
        op->after[j] = row->v[j] / PERCENT;
      /* Two more digits, and none is lost. */
      op->decimals = row->decimals > 13 ? 6 : row->decimals + 2u;
    }
  return LP_SAFETY_REVIEW;
}

/* ---- label/missing, label/missing-for-negative, label/empty ---- */

/* Does the trainer's rule find no label file? One that only the first-dot rule finds is none for it. */
static gboolean
lacks_label_file (const LpCheck *check, const LpEntry *e)
{
  const LpImage *image = lp_dataset_image (check->dataset, e->image);

  if (check->layer->kind != LP_LAYER_YOLO || image->state == LP_IMAGE_MISSING)
    return FALSE;
  return e->state == LP_STATE_NO_FILE || (e->flags & LP_ENTRY_FIRST_DOT) != 0;
}

static void
check_missing (LpCheck *check, guint32 layer, guint32 entry)
{
  const LpEntry *e = lp_layer_entry (check->layer, entry);
  LpFinding finding;

  if (!lacks_label_file (check, e))
    return;
  if (check->dataset->splits->len > 0 && lp_dataset_image (check->dataset, e->image)->splits == 0)
    return;
  finding = lp_finding_at_entry (check->dataset, layer, entry);
  finding.file = LP_NONE;
  lp_check_add (check, LP_RULE_LABEL_MISSING, &finding);
}

/* The entry of a witness that says: looked at, no boxes. */
static const LpEntry *
negative_of (const LpDataset *dataset, const LpMatch *match, guint32 entry)
{
  const LpImagePair *pair = lp_match_pair_of (match, entry);
  const LpLayer *witness = lp_dataset_layer (dataset, match->witness);
  const LpEntry *e;

  if (pair == NULL || pair->by == LP_PAIRED_NOT || witness->kind != LP_LAYER_MANIFEST)
    return NULL;
  e = lp_layer_entry (witness, pair->witness_entry);
  return e->state == LP_STATE_EMPTY ? e : NULL;
}

static void
add_missing_for_negative (LpCheck *check, guint32 entry, const LpEntry *witness)
{
  guint32 subject = check->dataset->subject;
  const LpEntry *e = lp_layer_entry (check->layer, entry);
  g_autofree char *path = lp_layer_label_path (check->dataset, check->layer, e->image);
  LpFinding finding = lp_finding_at_entry (check->dataset, subject, entry);

  finding.file = lp_check_absent_file (check, path);
  finding.other = witness->file;
  finding.a = witness->line;
  lp_check_add (check, LP_RULE_LABEL_MISSING_FOR_NEGATIVE, &finding);
}

static void
check_missing_for_negative (LpCheck *check)
{
  const LpDataset *d = check->dataset;

  if (check->layer == NULL || check->layer->kind != LP_LAYER_YOLO || d->matches->len == 0)
    return;
  for (guint32 i = 0; i < check->layer->entries->len; i++)
    {
      const LpEntry *e = lp_layer_entry (check->layer, i), *negative = NULL;

      if (e->state != LP_STATE_NO_FILE || !lacks_label_file (check, e))
        continue;
      for (guint j = 0; j < d->matches->len && negative == NULL; j++)
        {
          const LpMatch *match = g_ptr_array_index (d->matches, j);

          if (match->subject == d->subject)
            negative = negative_of (d, match, i);
        }
      if (negative != NULL)
        add_missing_for_negative (check, i, negative);
    }
}

static char *
say_missing_for_negative (const LpDataset *dataset, const LpFinding *finding)
{
  g_autofree char *image = lp_say_text (lp_dataset_image (dataset, finding->image)->name);
  g_autofree char *file = lp_say_file (dataset, finding->other);

  return g_strdup_printf (_ ("%s was looked at and has no boxes (%s:%.0f), but no label file says so"), image, file,
                          finding->a);
}

static LpSafety
propose_create (const LpDataset *dataset, const LpFinding *finding, LpStep *step)
{
  const LpEntry *e = lp_layer_find (lp_dataset_layer (dataset, finding->layer), finding->image);

  if (!lp_repair_writable (dataset, finding) || e == NULL || e->state != LP_STATE_NO_FILE)
    return LP_SAFETY_NONE;
  if (step != NULL)
    {
      LpOp *op = lp_op_new (LP_OP_CREATE_FILE);

      op->path = lp_file_dup_path (lp_dataset_file (dataset, finding->file));
      op->layer = finding->layer;
      op->image = finding->image;
      g_ptr_array_add (step->ops, op);
    }
  return LP_SAFETY_SAFE;
}

static void
check_empty (LpCheck *check, guint32 layer, guint32 entry)
{
  const LpEntry *e = lp_layer_entry (check->layer, entry);
  LpFinding finding;

  if (check->layer->kind != LP_LAYER_YOLO || e->state != LP_STATE_EMPTY)
    return;
  finding = lp_finding_at_entry (check->dataset, layer, entry);
  lp_check_add (check, LP_RULE_LABEL_EMPTY, &finding);
}

const LpRule lp_rules_label[] = {
  {
    .id = "label/unreadable",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .cost = LP_COST_IMAGE,
    .title = N_ ("Label file that cannot be read"),
    .sentence = N_ ("The label file cannot be read: {detail}"),
    .why = N_ ("Nobody knows what it says about its picture."),
    .example = "labels/a.txt is a folder",
    .trainer = N_ ("Ultralytics ignores the picture with all its boxes, or takes it for one without objects."),
  },
  {
    .id = "label/encoding",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .cost = LP_COST_IMAGE,
    .title = N_ ("Label file that is not plain text"),
    .sentence = N_ ("The label file is not ASCII or UTF-8: {detail}"),
    .why = N_ ("A trainer reads label files as UTF-8. An editor that saves “Unicode” often means UTF-16."),
    .example = "FF FE 30 00 20 00",
    .trainer = N_ ("Ultralytics drops the whole picture with all its boxes."),
  },
  {
    .id = "label/bom",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .cost = LP_COST_IMAGE,
    .title = N_ ("Invisible mark before the first number"),
    .sentence = N_ ("The label file starts with a byte order mark, so its first token is no number for a trainer"),
    .why =
      N_ ("Some editors write three invisible bytes at the start of a file. They become part of the first class."),
    .example = "EF BB BF 30 20 30 2E 35",
    .trainer = N_ ("Ultralytics drops the whole picture with all its boxes: the first class is not a number."),
  },
  {
    .id = "label/negative-class",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_ROW,
    .safety = LP_SAFETY_REVIEW,
    .cost = LP_COST_IMAGE,
    .title = N_ ("Negative class"),
    .sentence = N_ ("Class {a}: classes are counted from 0"),
    .why = N_ ("Converters write −1 for a name that they do not find in their list."),
    .example = "-1 0.5 0.5 0.1 0.1",
    .trainer = N_ ("Ultralytics drops the whole picture with all its boxes: “negative label values”."),
    .repair = N_ ("Remove the row, after looking at its box."),
    .check_row = check_negative_class,
    .propose = propose_remove,
  },
  {
    .id = "label/out-of-unit",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_ROW,
    .safety = LP_SAFETY_REVIEW,
    .cost = LP_COST_IMAGE,
    .title = N_ ("Number outside 0 to 1"),
    .why = N_ ("Centre and size of a YOLO box are fractions of the picture."),
    .example = "1 1.2 0.5 0.1 0.1",
    .trainer = N_ ("Ultralytics drops the whole picture with all its boxes: “non-normalized or out of bounds "
                   "coordinates”."),
    .repair = N_ ("Cut the box at the edges of the picture; remove it where nothing is left."),
    .check_row = check_out_of_unit,
    .say = say_out_of_unit,
    .propose = propose_clamp_review,
    .yields_to = { LP_RULE_LABEL_PIXEL_VALUES, LP_RULE_LABEL_PERCENT_VALUES },
  },
  {
    .id = "label/out-of-unit-tolerated",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_ROW,
    .safety = LP_SAFETY_SAFE,
    .title = N_ ("Number a little outside 0 to 1"),
    .why = N_ ("Whether the picture is used depends on the version of the trainer."),
    .example = "0 0.5 0.5 1.004 0.1",
    .trainer = N_ ("Ultralytics before 8.3.163 drops the whole picture with all its boxes; newer ones accept up to "
                   "0.01 beyond."),
    .repair = N_ ("Cut the box at the edges of the picture."),
    .check_row = check_out_of_unit_tolerated,
    .say = say_tolerated,
    .propose = propose_clamp_safe,
    .yields_to = { LP_RULE_BOX_OUTSIDE, LP_RULE_BOX_CENTRE_OUTSIDE },
  },
  {
    .id = "label/pixel-values",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_IMAGE,
    .safety = LP_SAFETY_REVIEW,
    .cost = LP_COST_IMAGE,
    .systematic = TRUE,
    .title = N_ ("Pixels instead of fractions"),
    .sentence = N_ ("{a} of {b} rows look like pixels of the {size} picture, not like fractions of it"),
    .why = N_ ("YOLO rows are fractions of the picture, from 0 to 1. A converter forgot to divide by its size."),
    .example = "0 512 300 80 60",
    .trainer = N_ ("Ultralytics drops the whole picture with all its boxes: “non-normalized or out of bounds "
                   "coordinates”."),
    .repair = N_ ("Divide the numbers by width and height of the picture."),
    .check_entry = check_pixel_values,
    .propose = propose_divide,
    .yields_to = { LP_RULE_LABEL_PERCENT_VALUES },
  },
  {
    .id = "label/percent-values",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_SET,
    .safety = LP_SAFETY_REVIEW,
    .cost = LP_COST_IMAGE,
    .systematic = TRUE,
    .title = N_ ("Percent instead of fractions"),
    .sentence = N_ ("{a} of {b} rows look like percent of the picture, not like fractions of it"),
    .why =
      N_ ("YOLO rows are fractions of the picture, from 0 to 1. No number of the set is above 100, and the boxes "
          "reach across that range."),
    .example = "0 50 50 10 10",
    .trainer = N_ ("Ultralytics drops the whole picture with all its boxes: “non-normalized or out of bounds "
                   "coordinates”."),
    .repair = N_ ("Divide the numbers by 100."),
    .check_set = check_percent_values,
    .propose = propose_percent,
  },
  {
    .id = "label/missing",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_IMAGE,
    .title = N_ ("Picture without a label file"),
    .sentence = N_ ("No label file belongs to {image}: a trainer takes it for background"),
    .why = N_ ("Nothing tells a picture without objects from one that was forgotten."),
    .example = "images/train/a.jpg without labels/train/a.txt",
    .trainer = N_ ("Ultralytics trains on it as a picture without any object."),
    .check_entry = check_missing,
    .yields_to = { LP_RULE_LABEL_MISSING_FOR_NEGATIVE, LP_RULE_DATASET_DOT_TRUNCATED_STEM },
  },
  {
    .id = "label/missing-for-negative",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_SET,
    .safety = LP_SAFETY_SAFE,
    .title = N_ ("Looked at, without boxes, without a file"),
    .why = N_ ("An empty label file says that somebody looked and found nothing; a missing one says nothing."),
    .example = "\"annotations\": [] and no a.txt",
    .trainer = N_ ("Ultralytics trains on it as background, but counts it as a missing label."),
    .repair = N_ ("Write an empty label file."),
    .check_set = check_missing_for_negative,
    .say = say_missing_for_negative,
    .propose = propose_create,
  },
  {
    .id = "label/empty",
    .severity = LP_SEVERITY_INFO,
    .scope = LP_SCOPE_IMAGE,
    .title = N_ ("Label file without rows"),
    .sentence = N_ ("The label file has no rows: {image} is a picture without objects"),
    .why = N_ ("That is how a picture without objects is labelled. Many of them may mean that something got lost."),
    .example = "a.txt, 0 bytes",
    .trainer = N_ ("Ultralytics trains on it as background."),
    .check_entry = check_empty,
  },
  { .id = NULL },
};
