/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "check/lp-family.h"

/* How the names are used; the names themselves are judged in class.c and class-name.c. */

#define JOB_NAMES_MAX 50 /* labels of a bounding-box job */

/* The names of the subject's label files; NULL: it has none. */
static const LpDictionary *
names_in_use (const LpCheck *check)
{
  const LpDictionary *dict = check->layer != NULL && check->layer->kind == LP_LAYER_YOLO
                               ? lp_dataset_dict (check->dataset, check->layer->dictionary)
                               : NULL;

  return dict != NULL && dict->names->len > 0 ? dict : NULL;
}

/* ---- class/one-based ---- */

/* FALSE: a row has a class outside 1 to n, or none has n. */
static gboolean
counts_from_one (const LpLayer *layer, gint32 n)
{
  gboolean has_last = FALSE;

  for (guint32 i = 0; i < layer->rows->len; i++)
    {
      const LpRow *row = lp_layer_row (layer, i);

      if ((row->flags & (LP_ROW_REMOVED | LP_ROW_BAD_CLASS)) || row->kind == LP_ROW_UNREAD)
        continue;
      if (row->class_id < 1 || row->class_id > n)
        return FALSE;
      has_last |= row->class_id == n;
    }
  return has_last;
}

static void
check_one_based (LpCheck *check)
{
  const LpDictionary *dict = names_in_use (check);
  LpFinding finding;

  if (dict == NULL || lp_dictionary_name (dict, 0) == NULL ||
      !counts_from_one (check->layer, (gint32) dict->names->len))
    return;
  finding = lp_finding_at_name (check->dataset, check->layer->dictionary, LP_NONE);
  finding.a = finding.b = dict->names->len;
  lp_check_add (check, LP_RULE_CLASS_ONE_BASED, &finding);
}

static char *
say_one_based (const LpDataset *dataset, const LpFinding *finding)
{
  return g_strdup_printf (ngettext ("The rows use the classes 1 to %.0f, but the %.0f name is counted from 0",
                                    "The rows use the classes 1 to %.0f, but the %.0f names are counted from 0",
                                    (gulong) finding->b),
                          finding->a, finding->b);
}

/* ---- class/too-many ---- */

static void
check_too_many (LpCheck *check)
{
  for (guint i = 0; i < check->dataset->dicts->len; i++)
    {
      const LpDictionary *dict = lp_dataset_dict (check->dataset, i);
      LpFinding finding;

      if (dict->origin != LP_DICT_JOB || dict->names->len <= JOB_NAMES_MAX)
        continue;
      finding = lp_finding_at_name (check->dataset, i, LP_NONE);
      finding.a = dict->names->len;
      lp_check_add (check, LP_RULE_CLASS_TOO_MANY, &finding);
    }
}

const LpRule lp_rules_class_use[] = {
  {
    .id = "class/one-based",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_SET,
    .systematic = TRUE,
    .title = N_ ("Classes counted from 1"),
    .why = N_ ("Every object is learnt under the name behind its own, and the last class has no name."),
    .example = "classes 1 to 6, six names",
    .trainer = N_ ("Ultralytics counts from 0 and drops every picture with the last class."),
    .check_set = check_one_based,
    .say = say_one_based,
  },
  {
    .id = "class/too-many",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_SET,
    .title = N_ ("Too many labels for a job"),
    .sentence = N_ ("The job has {a} labels; 50 are allowed for boxes"),
    .why = N_ ("A labelling job with more labels cannot be started; people would not find their way in them either."),
    .example = "57 labels",
    .trainer = N_ ("SageMaker Ground Truth refuses the job. Ultralytics has no such limit."),
    .check_set = check_too_many,
  },
  { .id = NULL },
};
