/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>

#include "check/lp-family.h"

/* ---- duplicate/exact-box ---- */

/* Above so many rows in an image they are sorted instead of each compared with each. */
#define SORT_FROM 32

static gboolean
counts (const LpRow *row)
{
  return row->kind == LP_ROW_BOX && !(row->flags & LP_ROW_REMOVED);
}

static void
add_duplicate (LpCheck *check, guint32 layer, guint32 entry, guint32 row, guint32 first)
{
  LpFinding finding = lp_finding_at_row (check->dataset, layer, entry, row);

  finding.other = first;
  lp_check_add (check, LP_RULE_DUPLICATE_EXACT_BOX, &finding);
}

static int
compare_rows (const LpRow *a, const LpRow *b)
{
  for (guint i = 0; i < G_N_ELEMENTS (a->v); i++)
    if (a->v[i] != b->v[i])
      return a->v[i] < b->v[i] ? -1 : 1;
  return (a->class_id > b->class_id) - (a->class_id < b->class_id);
}

static void
compare_all (LpCheck *check, guint32 layer, guint32 entry)
{
  const LpEntry *e = lp_layer_entry (check->layer, entry);
  const LpRow *rows = lp_layer_row (check->layer, e->first_row);

  for (guint32 i = 1; i < e->n_rows; i++)
    for (guint32 j = 0; j < i && counts (&rows[i]); j++)
      if (rows[i].v[0] == rows[j].v[0] && counts (&rows[j]) && compare_rows (&rows[i], &rows[j]) == 0)
        {
          add_duplicate (check, layer, entry, e->first_row + i, e->first_row + j);
          break;
        }
}

static int
compare_numbers (gconstpointer a, gconstpointer b, gpointer layer)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;
  int order = compare_rows (lp_layer_row (layer, x), lp_layer_row (layer, y));

  return order != 0 ? order : (x > y) - (x < y);
}

static void
compare_sorted (LpCheck *check, guint32 layer, guint32 entry)
{
  const LpEntry *e = lp_layer_entry (check->layer, entry);
  g_autofree guint32 *order = g_new (guint32, e->n_rows);
  guint32 n = 0, first = 0;

  for (guint32 i = e->first_row; i < e->first_row + e->n_rows; i++)
    if (counts (lp_layer_row (check->layer, i)))
      order[n++] = i;
  g_qsort_with_data (order, (gint) n, sizeof *order, compare_numbers, (gpointer) check->layer);
  for (guint32 i = 1; i < n; i++)
    if (compare_rows (lp_layer_row (check->layer, order[i]), lp_layer_row (check->layer, order[first])) == 0)
      add_duplicate (check, layer, entry, order[i], order[first]);
    else
      first = i;
}

static void
check_exact_box (LpCheck *check, guint32 layer, guint32 entry)
{
  guint32 n = lp_layer_entry (check->layer, entry)->n_rows;

  if (n < 2)
    return;
  if (n < SORT_FROM)
    compare_all (check, layer, entry);
  else
    compare_sorted (check, layer, entry);
}

static char *
say_exact_box (const LpDataset *dataset, const LpFinding *finding)
{
  const LpLayer *layer = lp_dataset_layer (dataset, finding->layer);
  guint32 first = lp_layer_entry (layer, lp_layer_entry_of_row (layer, finding->row))->first_row;
  g_autofree char *box = lp_say_box (dataset, finding);

  /* All boxes of a picture stand in one line of a manifest. */
  if (layer->kind == LP_LAYER_MANIFEST)
    return g_strdup_printf (_ ("Same box as number %u of this picture; box %s"), finding->other - first + 1,
                            box != NULL ? box : "?");
  return g_strdup_printf (_ ("Same box as line %u; box %s"), lp_layer_place (layer, finding->other)->line,
                          box != NULL ? box : "?");
}

static LpSafety
propose_remove (const LpDataset *dataset, const LpFinding *finding, LpStep *step)
{
  return lp_repair_remove_row (dataset, finding, step, LP_SAFETY_SAFE);
}

static LpSafety
propose_remove_review (const LpDataset *dataset, const LpFinding *finding, LpStep *step)
{
  return lp_repair_remove_row (dataset, finding, step, LP_SAFETY_REVIEW);
}

/* ---- duplicate/rounded-box, near-same-class, near-other-class, exact-other-class ---- */

#define NEAR_SAME 0.8 /* IoU */
#define NEAR_OTHER 0.9
#define TRACE 1e-9
#define NEIGHBOURS 64 /* that a box is compared with in a crowd: a file of a million equal rows has to end */

typedef struct
{
  LpRect rect; /* fractions */
  guint32 row;
  const LpRow *record;
  guint32 twin; /* the first earlier row that it repeats, LP_NONE */
  double iou;   /* with it */
} Box;

typedef struct
{
  LpRuleId rule;
  double width, height; /* of the picture, 0: not known */
} Twins;

static gboolean
equal_numbers (const LpRow *a, const LpRow *b)
{
  return a->v[0] == b->v[0] && a->v[1] == b->v[1] && a->v[2] == b->v[2] && a->v[3] == b->v[3];
}

/* Every edge on the same pixel. */
static gboolean
equal_pixels (const Twins *twins, const LpRect *a, const LpRect *b)
{
  return twins->width > 0 && round (a->x0 * twins->width) == round (b->x0 * twins->width) &&
         round (a->y0 * twins->height) == round (b->y0 * twins->height) &&
         round (a->x1 * twins->width) == round (b->x1 * twins->width) &&
         round (a->y1 * twins->height) == round (b->y1 * twins->height);
}

static gboolean
are_twins (const Twins *twins, const Box *a, const Box *b)
{
  gboolean same = a->record->class_id == b->record->class_id;

  switch (twins->rule)
    {
    case LP_RULE_DUPLICATE_ROUNDED_BOX:
      return same && equal_pixels (twins, &a->rect, &b->rect);
    case LP_RULE_DUPLICATE_NEAR_SAME_CLASS:
      return same && lp_rect_iou (&a->rect, &b->rect) >= NEAR_SAME - TRACE;
    case LP_RULE_DUPLICATE_NEAR_OTHER_CLASS:
      return !same && lp_rect_iou (&a->rect, &b->rect) >= NEAR_OTHER - TRACE;
    case LP_RULE_DUPLICATE_EXACT_OTHER_CLASS:
      return !same && equal_numbers (a->record, b->record);
    default:
      g_assert_not_reached ();
    }
}

static void
note_twins (const Twins *twins, Box *a, Box *b)
{
  Box *later = a->row > b->row ? a : b, *earlier = a->row > b->row ? b : a;

  if (!are_twins (twins, a, b) || later->twin <= earlier->row)
    return;
  later->twin = earlier->row;
  later->iou = lp_rect_iou (&a->rect, &b->rect);
}

static int
compare_left (gconstpointer a, gconstpointer b)
{
  const LpRect *x = &((const Box *) a)->rect, *y = &((const Box *) b)->rect;

  /* Below each other where they begin at one edge, as the lines of a page do: then the neighbours come first. */
  return x->x0 != y->x0 ? (x->x0 > y->x0) - (x->x0 < y->x0) : (x->y0 > y->y0) - (x->y0 < y->y0);
}

/* From left to right: with an IoU of 0.8 the left edges are at most a quarter of a width apart, and a pixel besides
 * for what only rounding makes equal. */
static void
find_twins (const Twins *twins, Box *boxes, guint n)
{
  double pixel = twins->width > 0 ? 1 / twins->width : 0;

  if (n > SORT_FROM)
    qsort (boxes, n, sizeof *boxes, compare_left);
  for (guint i = 0; i < n; i++)
    {
      double reach = lp_rect_width (&boxes[i].rect) / 4 + pixel + TRACE;

      for (guint j = i + 1; j < n && j - i <= NEIGHBOURS; j++)
        if (fabs (boxes[j].rect.x0 - boxes[i].rect.x0) <= reach)
          note_twins (twins, &boxes[i], &boxes[j]);
        else if (n > SORT_FROM)
          break;
    }
}

static void
check_twins (LpCheck *check, guint32 layer, guint32 entry, LpRuleId rule)
{
  const LpEntry *e = lp_layer_entry (check->layer, entry);
  Twins twins = { .rule = rule };
  Box few[SORT_FROM], *boxes = few;
  g_autofree Box *many = NULL;
  guint n = 0;

  if (e->n_rows < 2)
    return;
  if (e->n_rows > SORT_FROM)
    boxes = many = g_new (Box, e->n_rows);
  for (guint32 i = e->first_row; i < e->first_row + e->n_rows; i++)
    {
      const LpRow *row = lp_layer_row (check->layer, i);

      boxes[n] = (Box){ .row = i, .record = row, .twin = LP_NONE };
      n += lp_row_fractions (check->layer, e, row, &boxes[n].rect) && lp_rect_area (&boxes[n].rect) > 0;
    }
  if (!lp_image_size (lp_dataset_image (check->dataset, e->image), e, e->frame, &twins.width, &twins.height))
    twins.width = twins.height = 0;
  find_twins (&twins, boxes, n);
  for (guint i = 0; i < n; i++)
    if (boxes[i].twin != LP_NONE)
      {
        LpFinding finding = lp_finding_at_row (check->dataset, layer, entry, boxes[i].row);

        finding.other = boxes[i].twin;
        finding.b = boxes[i].iou * 100;
        lp_check_add (check, rule, &finding);
      }
}

static void
check_rounded_box (LpCheck *check, guint32 layer, guint32 entry)
{
  check_twins (check, layer, entry, LP_RULE_DUPLICATE_ROUNDED_BOX);
}

static void
check_near_same_class (LpCheck *check, guint32 layer, guint32 entry)
{
  check_twins (check, layer, entry, LP_RULE_DUPLICATE_NEAR_SAME_CLASS);
}

static void
check_near_other_class (LpCheck *check, guint32 layer, guint32 entry)
{
  check_twins (check, layer, entry, LP_RULE_DUPLICATE_NEAR_OTHER_CLASS);
}

static void
check_exact_other_class (LpCheck *check, guint32 layer, guint32 entry)
{
  check_twins (check, layer, entry, LP_RULE_DUPLICATE_EXACT_OTHER_CLASS);
}

/* Which box it repeats: all boxes of a picture stand in one line of a manifest. */
static char *
say_twin (const LpDataset *dataset, const LpFinding *finding)
{
  const LpLayer *layer = lp_dataset_layer (dataset, finding->layer);
  guint32 first = lp_layer_entry (layer, lp_layer_entry_of_row (layer, finding->row))->first_row;

  if (layer->kind == LP_LAYER_MANIFEST)
    return g_strdup_printf (_ ("number %u of this picture"), finding->other - first + 1);
  return g_strdup_printf (_ ("line %u"), lp_layer_place (layer, finding->other)->line);
}

static char *
say_twins (const LpDataset *dataset, const LpFinding *finding)
{
  g_autofree char *twin = say_twin (dataset, finding), *box = lp_say_box (dataset, finding);
  g_autofree char *share = lp_say_percent (finding->b);
  const char *size = box != NULL ? box : "?";

  switch (finding->rule)
    {
    case LP_RULE_DUPLICATE_ROUNDED_BOX:
      return g_strdup_printf (_ ("To the pixel the same box as %s; box %s"), twin, size);
    case LP_RULE_DUPLICATE_NEAR_SAME_CLASS:
      return g_strdup_printf (_ ("Nearly the same box as %s, they overlap by %s; box %s"), twin, share, size);
    case LP_RULE_DUPLICATE_NEAR_OTHER_CLASS:
      return g_strdup_printf (_ ("Nearly the same box as %s under another class, they overlap by %s; box %s"), twin,
                              share, size);
    case LP_RULE_DUPLICATE_EXACT_OTHER_CLASS:
    default:
      return g_strdup_printf (_ ("The same box as %s under another class; box %s"), twin, size);
    }
}

const LpRule lp_rules_duplicate[] = {
  {
    .id = "duplicate/exact-box",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_IMAGE,
    .safety = LP_SAFETY_SAFE,
    .title = N_ ("Same box twice"),
    .why = N_ ("Class and all four numbers are equal, so one of the two says nothing. It counts twice in every sum."),
    .example = "5 0.7114 0.2956 0.2334 0.3125, twice",
    .trainer = N_ ("Ultralytics removes one of them and says so."),
    .repair = N_ ("Remove the copy; the first row stays."),
    .check_entry = check_exact_box,
    .say = say_exact_box,
    .propose = propose_remove,
    .yields_to = { LP_RULE_CSV_DUPLICATE_ROW },
  },
  {
    .id = "duplicate/rounded-box",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_IMAGE,
    .safety = LP_SAFETY_REVIEW,
    .title = N_ ("Same box twice, to the pixel"),
    .why =
      N_ ("The class is the same and the edges lie on the same pixels: one object, written twice by two exports."),
    .example = "0 0.50001 0.5 0.1 0.1 and 0 0.50002 0.5 0.1 0.1",
    .trainer = N_ ("Ultralytics keeps both, for their numbers differ, and counts the object twice."),
    .repair = N_ ("Remove the copy; the first row stays."),
    .check_entry = check_rounded_box,
    .say = say_twins,
    .propose = propose_remove_review,
    .yields_to = { LP_RULE_DUPLICATE_EXACT_BOX },
  },
  {
    .id = "duplicate/near-same-class",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_IMAGE,
    .safety = LP_SAFETY_REVIEW,
    .title = N_ ("Nearly the same box twice"),
    /* xgettext:no-c-format */
    .why = N_ ("Two objects of one class hardly ever overlap by 80 % or more: two people drew the same one."),
    .example = "0 0.5 0.5 0.20 0.2 and 0 0.5 0.5 0.21 0.2",
    .trainer = N_ ("Ultralytics keeps both and counts the object twice."),
    .repair = N_ ("Remove the later one, after looking at both."),
    .check_entry = check_near_same_class,
    .say = say_twins,
    .propose = propose_remove_review,
    .yields_to = { LP_RULE_DUPLICATE_EXACT_BOX, LP_RULE_DUPLICATE_ROUNDED_BOX },
  },
  {
    .id = "duplicate/near-other-class",
    .severity = LP_SEVERITY_INFO,
    .scope = LP_SCOPE_IMAGE,
    .title = N_ ("Nearly the same box under two classes"),
    .why = N_ ("One object with two names. That may be meant, as with an animal that is a cat."),
    .example = "animal and cat",
    .trainer = N_ ("A trainer learns both names for the same object."),
    .check_entry = check_near_other_class,
    .say = say_twins,
    .yields_to = { LP_RULE_DUPLICATE_EXACT_OTHER_CLASS },
  },
  {
    .id = "duplicate/exact-other-class",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_IMAGE,
    .safety = LP_SAFETY_REVIEW,
    .title = N_ ("Same box under two classes"),
    .why = N_ ("All four numbers are equal, the class is not: a class was corrected and the old row stayed."),
    .example = "pen and pencil",
    .trainer = N_ ("A trainer learns both names for the same object."),
    .repair = N_ ("Remove the later one, after looking which name is right."),
    .check_entry = check_exact_other_class,
    .say = say_twins,
    .propose = propose_remove_review,
  },
  { .id = NULL },
};
