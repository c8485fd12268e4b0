/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/lp-text.h"
#include "write/lp-export-obstacles.h"

/* New label files and a new data.yaml put these right. */
static gboolean
is_put_right (LpRuleId rule)
{
  return rule == LP_RULE_DATASET_DOT_TRUNCATED_STEM || rule == LP_RULE_LABEL_MISSING_FOR_NEGATIVE ||
         rule == LP_RULE_LABEL_BOM || rule == LP_RULE_CLASS_COUNT_MISMATCH;
}

/* Rows that are not written at all are listed one by one as left out. */
static gboolean
is_left_out (const LpDataset *dataset, const LpFinding *finding, const LpExportClasses *classes)
{
  const LpLayer *layer = lp_dataset_layer (dataset, dataset->subject);
  const LpRow *row;

  if (finding->row == LP_NONE || finding->row >= layer->rows->len)
    return FALSE;
  row = lp_layer_row (layer, finding->row);
  return row->kind == LP_ROW_UNREAD || row->class_id == LP_CLASS_NONE ||
         lp_export_classes_map (classes, row->class_id) < 0;
}

static gboolean
is_obstacle (const LpDataset *dataset, const LpFinding *finding, gboolean order_chosen)
{
  const char *id = lp_rule_get ((LpRuleId) finding->rule)->id;
  gboolean of_subject = finding->layer == dataset->subject;

  if (finding->severity != LP_SEVERITY_ERROR || is_put_right ((LpRuleId) finding->rule))
    return FALSE;
  if (g_str_has_prefix (id, "order/"))
    return !order_chosen || finding->rule == LP_RULE_ORDER_INCONSISTENT;
  if (g_str_has_prefix (id, "class/") && finding->row == LP_NONE)
    return !order_chosen;
  if (finding->image == LP_NONE || (finding->layer != G_MAXUINT8 && !of_subject))
    return FALSE;
  /* A label file without a picture is not exported. */
  return !(lp_dataset_image (dataset, finding->image)->flags & LP_IMAGE_ORPHAN) &&
         (of_subject || lp_layer_find (lp_dataset_layer (dataset, dataset->subject), finding->image) != NULL);
}

static char *
relative_name (const LpDataset *dataset, const char *path)
{
  g_autofree char *relative = lp_dataset_relative (dataset, path);

  return lp_text_escape (relative, -1, 0);
}

/* A manifest is the labelling job: where something beside it has another order, that list is what differs. NULL where
 * the finding is no such thing. */
static char *
say_witness_order (const LpDataset *dataset, const LpFinding *finding)
{
  gboolean is_verdict = finding->rule == LP_RULE_ORDER_SORTED || finding->rule == LP_RULE_ORDER_PERMUTED ||
                        finding->rule == LP_RULE_ORDER_SWAPPED_PAIR ||
                        finding->rule == LP_RULE_ORDER_DIFFERS_FROM_JOB;
  g_autofree char *path = NULL, *shown = NULL;
  const LpDictionary *dict;
  const LpMatch *match;

  if (!is_verdict || finding->other >= dataset->matches->len ||
      lp_dataset_layer (dataset, dataset->subject)->kind != LP_LAYER_MANIFEST)
    return NULL;
  match = g_ptr_array_index (dataset->matches, finding->other);
  dict = lp_dataset_dict (dataset, match->reference);
  path = dict != NULL && dict->file != LP_NONE ? lp_file_dup_path (lp_dataset_file (dataset, dict->file))
                                               : g_strdup (lp_dataset_layer (dataset, match->witness)->path);
  shown = relative_name (dataset, path);
  return g_strdup_printf (
    _ ("%s lists the names in another order than the labelling job that is exported. Choose a class order."), shown);
}

/* "labels/train/a.txt:3: class 9, but there are only 7 names" */
static char *
say_where (const LpDataset *dataset, const LpFinding *finding)
{
  g_autofree char *sentence = say_witness_order (dataset, finding), *path = NULL, *shown = NULL;

  if (sentence != NULL)
    return g_steal_pointer (&sentence);
  sentence = lp_rule_say (dataset, finding);
  if (finding->file != LP_NONE)
    path = lp_file_dup_path (lp_dataset_file (dataset, finding->file));
  else if (finding->image != LP_NONE)
    path = lp_image_dup_path (lp_dataset_image (dataset, finding->image));
  if (path == NULL)
    return g_steal_pointer (&sentence);
  shown = relative_name (dataset, path);
  if (finding->line == 0)
    return g_strdup_printf ("%s: %s", shown, sentence);
  return g_strdup_printf ("%s:%u: %s", shown, finding->line, sentence);
}

void
lp_export_obstacles (const LpDataset *dataset,
                     const LpFindings *findings,
                     const LpExportClasses *classes,
                     gboolean order_chosen,
                     gboolean carrying,
                     GPtrArray *sentences)
{
  guint n[LP_RULE_END] = { 0 }, first[LP_RULE_END] = { 0 };

  for (guint i = 0; i < findings->findings->len; i++)
    {
      const LpFinding *finding = &g_array_index (findings->findings, LpFinding, i);

      if (is_obstacle (dataset, finding, order_chosen) && !(carrying && is_left_out (dataset, finding, classes)) &&
          n[finding->rule]++ == 0)
        first[finding->rule] = i;
    }
  for (guint rule = 0; rule < LP_RULE_END; rule++)
    {
      if (n[rule] == 1)
        g_ptr_array_add (sentences, say_where (dataset, &g_array_index (findings->findings, LpFinding, first[rule])));
      else if (n[rule] > 1)
        g_ptr_array_add (sentences, g_strdup_printf (ngettext ("%s: %u time.", "%s: %u times.", n[rule]),
                                                     _ (lp_rule_get ((LpRuleId) rule)->title), n[rule]));
    }
}

GHashTable *
lp_export_negatives (const LpDataset *dataset, const LpFindings *findings)
{
  GHashTable *negatives = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < findings->findings->len; i++)
    {
      const LpFinding *finding = &g_array_index (findings->findings, LpFinding, i);

      if (finding->rule == LP_RULE_LABEL_MISSING_FOR_NEGATIVE && finding->image != LP_NONE)
        g_hash_table_add (negatives, GUINT_TO_POINTER (finding->image));
    }
  return negatives;
}
