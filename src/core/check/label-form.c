/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "check/lp-family.h"

/* The rules about the text of a row: columns, separators, numbers. Most are noticed by the reader. */

/* ---- label/float-class ---- */

static void
check_float_class (LpCheck *check, const LpRowView *view)
{
  LpFinding finding;

  if (!(view->r->flags & LP_ROW_FLOAT_CLASS))
    return;
  finding = lp_finding_at_row (check->dataset, view->layer, view->entry, view->row);
  lp_check_add (check, LP_RULE_LABEL_FLOAT_CLASS, &finding);
}

/* The class stays; what is printed for it is a whole number. */
static LpSafety
propose_whole_class (const LpDataset *dataset, const LpFinding *finding, LpStep *step)
{
  if (!lp_repair_writable (dataset, finding) ||
      !(lp_layer_row (lp_dataset_layer (dataset, finding->layer), finding->row)->flags & LP_ROW_FLOAT_CLASS))
    return LP_SAFETY_NONE;
  if (step != NULL)
    lp_step_add_row_op (step, dataset, LP_OP_SET_CLASS, finding->layer, finding->row);
  return LP_SAFETY_SAFE;
}

/* ---- label/scientific ---- */

static void
check_scientific (LpCheck *check, const LpRowView *view)
{
  LpFinding finding;

  if (view->r->decimals != G_MAXUINT8 || view->l->kind != LP_LAYER_YOLO)
    return;
  finding = lp_finding_at_row (check->dataset, view->layer, view->entry, view->row);
  lp_check_add (check, LP_RULE_LABEL_SCIENTIFIC, &finding);
}

/* ---- label/too-many-rows ---- */

#define ROWS_MAX 1000

static void
check_too_many_rows (LpCheck *check, guint32 layer, guint32 entry)
{
  const LpEntry *e = lp_layer_entry (check->layer, entry);
  LpFinding finding;

  if (check->layer->kind != LP_LAYER_YOLO || e->n_rows <= ROWS_MAX)
    return;
  finding = lp_finding_at_entry (check->dataset, layer, entry);
  finding.a = e->n_rows;
  lp_check_add (check, LP_RULE_LABEL_TOO_MANY_ROWS, &finding);
}

const LpRule lp_rules_label_form[] = {
  {
    .id = "label/columns",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .cost = LP_COST_IMAGE,
    .title = N_ ("Wrong number of columns"),
    .sentence = N_ ("The row has {a} columns, which is no kind of annotation: “{detail}”"),
    .why =
      N_ ("A box has 5 columns, a polygon an odd number from 7 on, an oriented box 9, a pose what kpt_shape says."),
    .example = "1 0.5 0.5 0.1",
    .trainer = N_ ("Ultralytics drops the whole picture with all its boxes: “labels require 5 columns”."),
  },
  {
    .id = "label/confidence-column",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .cost = LP_COST_IMAGE,
    .systematic = TRUE,
    .title = N_ ("Confidence behind the box"),
    .sentence = N_ ("The row has a sixth column, which looks like a confidence: “{detail}”"),
    .why = N_ ("Such rows are what a model predicted, not what a person labelled. Look where the files come from."),
    .example = "0 0.5 0.5 0.1 0.1 0.87",
    .trainer = N_ ("Ultralytics drops the whole picture with all its boxes: “labels require 5 columns, 6 columns "
                   "detected”."),
  },
  {
    .id = "label/track-column",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .cost = LP_COST_IMAGE,
    .systematic = TRUE,
    .title = N_ ("Track number behind the box"),
    .sentence = N_ ("The row has {a} columns, and the last looks like the number {b} of a track: “{detail}”"),
    .why = N_ ("A tracker writes the number of each object behind its box. A label file has no place for it."),
    .example = "0 0.5 0.5 0.1 0.1 17",
    .trainer = N_ ("Ultralytics drops the picture for 6 columns, and takes 7 for a polygon of three points."),
  },
  {
    .id = "label/pose-columns",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .cost = LP_COST_IMAGE,
    .title = N_ ("Wrong number of columns for a pose"),
    .sentence = N_ ("The row has {a} columns, kpt_shape asks for {b}: “{detail}”"),
    .why = N_ ("A pose has its box, 5 columns, and then 2 or 3 numbers for each key point of kpt_shape."),
    .example = "kpt_shape: [17, 3], 39 columns",
    .trainer = N_ ("Ultralytics drops the whole picture with all its boxes: “labels require 56 columns each”."),
  },
  {
    .id = "label/separator",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .cost = LP_COST_IMAGE,
    .systematic = TRUE,
    .title = N_ ("Commas or semicolons between the numbers"),
    .sentence = N_ ("The numbers are separated by commas or semicolons: “{detail}”"),
    .why = N_ ("The numbers of a row are separated by blanks. A table was saved as CSV."),
    .example = "0,0.5,0.5,0.1,0.1",
    .trainer = N_ ("Ultralytics drops the whole picture with all its boxes."),
  },
  {
    .id = "label/decimal-comma",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .cost = LP_COST_IMAGE,
    .systematic = TRUE,
    .title = N_ ("Decimal comma"),
    .sentence = N_ ("A number has a comma where a point belongs: “{detail}”"),
    .why = N_ ("A program that follows the language of the desktop prints 0,5 for 0.5 in many countries."),
    .example = "0 0,51 0,50 0,10 0,10",
    .trainer = N_ ("Ultralytics drops the whole picture with all its boxes."),
  },
  {
    .id = "label/trailing-text",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .cost = LP_COST_IMAGE,
    .title = N_ ("Text behind the numbers"),
    .sentence = N_ ("Text follows the numbers: “{detail}”"),
    .why = N_ ("A row has numbers only. There is no sign for a comment."),
    .example = "0 0.5 0.5 0.1 0.1 # car",
    .trainer = N_ ("Ultralytics drops the whole picture with all its boxes."),
  },
  {
    .id = "label/non-numeric",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .cost = LP_COST_IMAGE,
    .title = N_ ("Not a number"),
    .sentence = N_ ("“{detail}” is not a number"),
    .why = N_ ("Every token of a row has to be a number with a decimal point, separated by blanks."),
    .example = "person 0.5 0.5 0.1 0.1",
    .trainer = N_ ("Ultralytics drops the whole picture with all its boxes."),
  },
  {
    .id = "label/non-finite",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .cost = LP_COST_IMAGE,
    .title = N_ ("No finite number"),
    .sentence = N_ ("“{detail}” is no finite number"),
    .why = N_ ("nan and inf come from a division by zero in a converter, for example by an unknown picture size."),
    .example = "0 nan 0.5 0.1 0.1",
    .trainer = N_ ("Ultralytics drops the whole picture with all its boxes."),
  },
  {
    .id = "label/fractional-class",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .cost = LP_COST_ROW,
    .title = N_ ("Class that is no whole number"),
    .sentence = N_ ("“{detail}” is no class: a class is a whole number"),
    .why = N_ ("The columns are probably in another order than class, centre, size."),
    .example = "1.5 0.5 0.5 0.1 0.1",
    .trainer = N_ ("Ultralytics cuts the fraction off and learns the box under whatever class is left."),
  },
  {
    .id = "label/float-class",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_ROW,
    .safety = LP_SAFETY_SAFE,
    .systematic = TRUE,
    .title = N_ ("Class printed with a point"),
    .sentence = N_ ("Class {class} is not printed as a whole number"),
    .why = N_ ("A class is a whole number. A table of fractions was printed with one format for all columns."),
    .example = "1.0 0.5 0.5 0.1 0.1",
    .trainer = N_ ("Ultralytics reads it. Darknet and scripts that ask for a whole number stop."),
    .repair = N_ ("Print the class as a whole number."),
    .check_row = check_float_class,
    .propose = propose_whole_class,
  },
  {
    .id = "label/scientific",
    .severity = LP_SEVERITY_INFO,
    .scope = LP_SCOPE_ROW,
    .title = N_ ("Number with an exponent"),
    .sentence = N_ ("A number is printed with an exponent; box {box}"),
    .why = N_ ("Most readers take it. Very small numbers are often a box that is hardly there."),
    .example = "0 9.5e-05 0.5 0.1 0.1",
    .trainer = N_ ("Ultralytics reads it."),
    .check_row = check_scientific,
  },
  {
    .id = "label/too-many-rows",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_IMAGE,
    .title = N_ ("Very many rows"),
    .sentence = N_ ("The label file has {a} rows, more than a person draws"),
    .why = N_ ("A program made them, or labels of several pictures were written into one file."),
    .example = "4000 rows",
    .trainer = N_ ("Ultralytics trains on all of them, but keeps at most 300 boxes when it tests."),
    .check_entry = check_too_many_rows,
  },
  { .id = NULL },
};
