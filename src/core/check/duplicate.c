/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

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
  },
  { .id = NULL },
};
