/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "check/lp-family.h"

/* The rules about how large a box is in its picture. */

#define SMALL_PIXELS 2.0    /* nobody can draw or see less */
#define TRAINING_SIZE 640.0 /* the longer side of a picture when Ultralytics trains, unless told otherwise */
#define HUGE_SHARE 0.9      /* of the picture's area */
#define EDGE_PIXELS 1.0
#define NOISE 1e-9

static void
add_row (LpCheck *check, const LpRowView *view, LpRuleId rule, double a, double b)
{
  LpFinding finding = lp_finding_at_row (check->dataset, view->layer, view->entry, view->row);

  finding.a = a;
  finding.b = b;
  lp_check_add (check, rule, &finding);
}

/* The shorter side in pixels; 0 where it is not known, or the box has no area. */
static double
shorter_side (const LpRowView *view)
{
  double width, height;

  if (!view->has_box || !view->has_size)
    return 0;
  width = lp_rect_width (&view->unit) * view->width;
  height = lp_rect_height (&view->unit) * view->height;
  return width > 0 && height > 0 ? MIN (width, height) : 0;
}

/* ---- box/too-small-abs, box/too-small-at-training ---- */

static void
check_too_small_abs (LpCheck *check, const LpRowView *view)
{
  double side = shorter_side (view);

  if (side > 0 && side < SMALL_PIXELS * (1 - NOISE))
    add_row (check, view, LP_RULE_BOX_TOO_SMALL_ABS, side, 0);
}

static LpSafety
propose_remove (const LpDataset *dataset, const LpFinding *finding, LpStep *step)
{
  return lp_repair_remove_row (dataset, finding, step, LP_SAFETY_REVIEW);
}

static void
check_too_small_at_training (LpCheck *check, const LpRowView *view)
{
  double side = shorter_side (view), trained = side * TRAINING_SIZE / MAX (view->width, view->height);

  if (side > 0 && trained < SMALL_PIXELS * (1 - NOISE))
    add_row (check, view, LP_RULE_BOX_TOO_SMALL_AT_TRAINING, side, trained);
}

static char *
say_too_small_at_training (const LpDataset *dataset, const LpFinding *finding)
{
  g_autofree char *trained = lp_say_pixels (finding->b), *box = lp_say_box (dataset, finding);

  return g_strdup_printf (_ ("At the usual 640 px of training the box is only %s px wide or high; box %s"), trained,
                          box != NULL ? box : "?");
}

/* ---- box/full-image, box/huge ---- */

static void
check_full_image (LpCheck *check, const LpRowView *view)
{
  const LpRect *unit = &view->unit;
  double x = EDGE_PIXELS / view->width + NOISE, y = EDGE_PIXELS / view->height + NOISE;

  if (shorter_side (view) > 2 * EDGE_PIXELS && fabs (unit->x0) <= x && fabs (unit->y0) <= y &&
      fabs (unit->x1 - 1) <= x && fabs (unit->y1 - 1) <= y)
    add_row (check, view, LP_RULE_BOX_FULL_IMAGE, 0, 0);
}

static void
check_huge (LpCheck *check, const LpRowView *view)
{
  double share = view->has_box ? lp_rect_area (&view->unit) : 0;

  if (share >= HUGE_SHARE - NOISE)
    add_row (check, view, LP_RULE_BOX_HUGE, 0, share * 100);
}

const LpRule lp_rules_box_size[] = {
  {
    .id = "box/too-small-abs",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_ROW,
    .safety = LP_SAFETY_REVIEW,
    .title = N_ ("Box smaller than two pixels"),
    .sentence = N_ ("The box is only {a:px} px wide or high; box {box}"),
    .why = N_ ("Nobody draws that on purpose: a click without a drag, or what was left of a box that was cut."),
    .example = "1 × 7 px",
    .trainer = N_ ("Ultralytics drops it when it augments, else it learns from a speck."),
    .repair = N_ ("Remove the row, after looking at its place."),
    .check_row = check_too_small_abs,
    .propose = propose_remove,
    .yields_to = { LP_RULE_BOX_OUTSIDE },
  },
  {
    .id = "box/too-small-at-training",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_ROW,
    .systematic = TRUE,
    .title = N_ ("Box too small for training"),
    .why =
      N_ ("Pictures are made smaller before training. Of a small object in a large picture nothing is left then."),
    .example = "5 px in a picture of 7168 px",
    .trainer = N_ ("Ultralytics scales the longer side to 640 px. Train with a larger size, or cut the pictures up."),
    .check_row = check_too_small_at_training,
    .say = say_too_small_at_training,
    .yields_to = { LP_RULE_BOX_TOO_SMALL_ABS, LP_RULE_BOX_OUTSIDE },
  },
  {
    .id = "box/full-image",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_ROW,
    .title = N_ ("Box around the whole picture"),
    .sentence = N_ ("The box is the whole picture; box {box}"),
    .why = N_ ("It says what the picture shows, not where. Labels of pictures were turned into boxes."),
    .example = "0 0.5 0.5 1 1",
    .trainer = N_ ("A trainer learns that the object fills the picture."),
    .check_row = check_full_image,
  },
  {
    .id = "box/huge",
    .severity = LP_SEVERITY_INFO,
    .scope = LP_SCOPE_ROW,
    .title = N_ ("Very large box"),
    .sentence = N_ ("The box covers {percent} of the picture; box {box}"),
    .why = N_ ("An object may fill the picture. It may also be a drag that went too far."),
    .example = "0 0.5 0.5 0.98 0.99",
    .trainer = N_ ("A trainer learns it as any other."),
    .check_row = check_huge,
    .yields_to = { LP_RULE_BOX_FULL_IMAGE, LP_RULE_BOX_OUT_OF_FRAME },
  },
  { .id = NULL },
};
