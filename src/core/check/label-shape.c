/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "check/lp-family.h"

/* The rules about shapes: polygons, rotated boxes, key points, and boxes among them. */

/* A polygon of which this share of the picture is left lies on a line, whatever the picture's size. */
#define NO_AREA 1e-12

/* ---- label/mixed-rows, label/mixed-files ---- */

typedef struct
{
  guint boxes, shapes;
  guint32 other; /* the first row that is not what the first one is */
} Mixture;

static Mixture
mixture_of (const LpLayer *layer, const LpEntry *e)
{
  Mixture mixture = { .other = LP_NONE };

  for (guint32 i = e->first_row; i < e->first_row + e->n_rows; i++)
    {
      const LpRow *row = lp_layer_row (layer, i);
      gboolean box = row->kind == LP_ROW_BOX, shape = row->kind == LP_ROW_POLYGON || row->kind == LP_ROW_OBB;

      if ((row->flags & LP_ROW_REMOVED) || !(box || shape))
        continue;
      if (mixture.other == LP_NONE && (box ? mixture.shapes > 0 : mixture.boxes > 0))
        mixture.other = i;
      mixture.boxes += box;
      mixture.shapes += shape;
    }
  return mixture;
}

static void
check_mixed_rows (LpCheck *check, guint32 layer, guint32 entry)
{
  const LpEntry *e = lp_layer_entry (check->layer, entry);
  Mixture mixture;
  LpFinding finding;

  if (check->layer->kind != LP_LAYER_YOLO || e->n_rows < 2)
    return;
  mixture = mixture_of (check->layer, e);
  if (mixture.other == LP_NONE)
    return;
  finding = lp_finding_at_entry (check->dataset, layer, entry);
  finding.line = lp_layer_place (check->layer, mixture.other)->line;
  finding.a = mixture.boxes;
  finding.b = mixture.shapes;
  lp_check_add (check, LP_RULE_LABEL_MIXED_ROWS, &finding);
}

static char *
say_mixed_rows (const LpDataset *dataset, const LpFinding *finding)
{
  guint boxes = (guint) finding->a, shapes = (guint) finding->b;
  g_autofree char *first = g_strdup_printf (ngettext ("%u box", "%u boxes", boxes), boxes);
  g_autofree char *second = g_strdup_printf (ngettext ("%u polygon", "%u polygons", shapes), shapes);

  return g_strdup_printf (_ ("%s and %s stand in one file"), first, second);
}

/* One finding for the set, at the first file of the rarer kind. */
static void
check_mixed_files (LpCheck *check)
{
  guint n[2] = { 0 };
  guint32 first[2] = { LP_NONE, LP_NONE };
  LpFinding finding;

  if (check->layer == NULL || check->layer->kind != LP_LAYER_YOLO)
    return;
  for (guint32 i = 0; i < check->layer->entries->len; i++)
    {
      Mixture mixture = mixture_of (check->layer, lp_layer_entry (check->layer, i));
      guint kind = mixture.shapes > 0;

      if ((mixture.boxes > 0) == (mixture.shapes > 0))
        continue;
      if (n[kind]++ == 0)
        first[kind] = i;
    }
  if (n[0] == 0 || n[1] == 0)
    return;
  finding = lp_finding_at_entry (check->dataset, check->dataset->subject, first[n[1] <= n[0]]);
  finding.image = LP_NONE;
  finding.a = n[0];
  finding.b = n[1];
  lp_check_add (check, LP_RULE_LABEL_MIXED_FILES, &finding);
}

static char *
say_mixed_files (const LpDataset *dataset, const LpFinding *finding)
{
  guint boxes = (guint) finding->a, shapes = (guint) finding->b;
  g_autofree char *first = g_strdup_printf (ngettext ("%u file has boxes", "%u files have boxes", boxes), boxes);
  g_autofree char *second =
    g_strdup_printf (ngettext ("%u file has polygons", "%u files have polygons", shapes), shapes);

  return g_strdup_printf (_ ("%s, %s"), first, second);
}

/* ---- label/polygon-degenerate, label/obb-degenerate ---- */

/* The reader knows no picture: it reports every tiny shape. */
static gboolean
is_below_a_pixel (const LpDataset *dataset, const LpFinding *finding)
{
  const LpEntry *e = lp_layer_find (lp_dataset_layer (dataset, finding->layer), finding->image);
  double width, height;

  if (e == NULL || !lp_image_size (lp_dataset_image (dataset, e->image), e, e->frame, &width, &height))
    return finding->a < NO_AREA;
  return finding->a * width * height < 1;
}

static LpSafety
propose_remove (const LpDataset *dataset, const LpFinding *finding, LpStep *step)
{
  return lp_repair_remove_row (dataset, finding, step, LP_SAFETY_REVIEW);
}

const LpRule lp_rules_label_shape[] = {
  {
    .id = "label/mixed-rows",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_IMAGE,
    .cost = LP_COST_IMAGE,
    .title = N_ ("Boxes and polygons in one file"),
    .why = N_ ("A label file has rows of one kind. An export put boxes and outlines together."),
    .example = "0 0.5 0.5 0.1 0.1, then 0 0.1 0.1 0.2 0.1 0.2 0.2",
    .trainer = N_ ("Newer versions of Ultralytics ignore the picture. Older ones take each box for two points of a "
                   "polygon and learn a box that is not there."),
    .check_entry = check_mixed_rows,
    .say = say_mixed_rows,
  },
  {
    .id = "label/mixed-files",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_SET,
    .systematic = TRUE,
    .title = N_ ("Boxes in some files, polygons in others"),
    .why = N_ ("A set is either for boxes or for outlines. Pictures from two projects were put together."),
    .example = "a.txt has boxes, b.txt has polygons",
    .trainer = N_ ("Ultralytics drops all outlines and trains on boxes: “Box and segment counts should be equal”."),
    .check_set = check_mixed_files,
    .say = say_mixed_files,
  },
  {
    .id = "label/polygon-odd",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .cost = LP_COST_IMAGE,
    .title = N_ ("Polygon with half a point"),
    .sentence = N_ ("The row has {a} columns: a class and two numbers for each point make an odd number"),
    .why = N_ ("A number was lost, or one too many was written. From there on x and y are exchanged."),
    .example = "0 0.1 0.1 0.2 0.1 0.2 0.2 0.3",
    .trainer = N_ ("Ultralytics drops the whole picture with all its polygons."),
  },
  {
    .id = "label/polygon-too-few",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .cost = LP_COST_IMAGE,
    .title = N_ ("Polygon with too few points"),
    .sentence = N_ ("The row has one point, a polygon has three or more: “{detail}”"),
    .why = N_ ("A tool kept a click for a polygon, or an outline was simplified until nothing was left."),
    .example = "0 0.1 0.1",
    .trainer = N_ ("Ultralytics learns a box without an area from it, or drops the picture."),
  },
  {
    .id = "label/polygon-degenerate",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_REVIEW,
    .cost = LP_COST_ROW,
    .title = N_ ("Polygon without an area"),
    .sentence = N_ ("All points of the polygon lie on one line, or within one pixel"),
    .why = N_ ("It shows nothing: a click too many, or an outline that was simplified too far."),
    .example = "0 0.1 0.1 0.2 0.2 0.3 0.3",
    .trainer = N_ ("Ultralytics learns the box around it and an empty mask."),
    .repair = N_ ("Remove the row, after looking at its place."),
    .holds = is_below_a_pixel,
    .propose = propose_remove,
  },
  {
    .id = "label/polygon-outside",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_READER,
    .cost = LP_COST_ROW,
    .title = N_ ("Polygon beyond the edge"),
    .sentence = N_ ("A point of the polygon lies outside the picture: “{detail}”"),
    .why = N_ ("Points are fractions of the picture, from 0 to 1. Nobody can draw beyond."),
    .example = "0 0.9 0.4 1.02 0.4 1.02 0.5",
    .trainer = N_ ("Ultralytics cuts it off, or drops the picture where the box around it reaches too far."),
    .yields_to = { LP_RULE_LABEL_PIXEL_VALUES },
  },
  {
    .id = "label/obb-degenerate",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_REVIEW,
    .cost = LP_COST_ROW,
    .title = N_ ("Rotated box without an area"),
    .sentence = N_ ("The four corners lie on one line, or within one pixel"),
    .why = N_ ("It shows nothing, and its angle means nothing."),
    .example = "0 0.5 0.5 0.5 0.5 0.5 0.5 0.5 0.5",
    .trainer = N_ ("Ultralytics learns a box without an area with an angle by chance."),
    .repair = N_ ("Remove the row, after looking at its place."),
    .holds = is_below_a_pixel,
    .propose = propose_remove,
  },
  {
    .id = "label/obb-outside",
    .severity = LP_SEVERITY_INFO,
    .scope = LP_SCOPE_READER,
    .title = N_ ("Corner of a rotated box beyond the edge"),
    .sentence = N_ ("A corner of the rotated box lies outside the picture: “{detail}”"),
    .why = N_ ("That is usual: a rotated box around an object at the edge has corners beyond it."),
    .example = "0 0.9 0.4 1.05664 0.5 0.95 0.6 0.8 0.5",
    .trainer = N_ ("Ultralytics takes it."),
    .yields_to = { LP_RULE_LABEL_PIXEL_VALUES },
  },
  {
    .id = "label/keypoint-visibility",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_READER,
    .cost = LP_COST_ROW,
    .title = N_ ("Visibility that contradicts its key point"),
    .sentence = N_ ("“{detail}” cannot be the visibility of this key point"),
    .why = N_ ("0 is for a key point without a place, then x and y are 0 as well; 1 is for a hidden one, 2 for one "
               "that is seen."),
    .example = "0.4 0.5 7",
    .trainer = N_ ("Ultralytics learns every place whose visibility is not 0, and ignores the others."),
  },
  { .id = NULL },
};
