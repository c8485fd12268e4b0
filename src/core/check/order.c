/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/lp-text.h"
#include "check/lp-family.h"

/* ---- order/names-disagree ---- */

static gboolean
is_names_file (const LpDataset *dataset, const LpDictionary *dict)
{
  return (dict->origin == LP_DICT_YAML || dict->origin == LP_DICT_NAMES) &&
         (dict->layer == dataset->subject || dict->layer == LP_NONE);
}

/* Another name at the same place; a blank more or another case is no other name, nor is a longer list. */
static guint
places_that_differ (const LpDictionary *a, const LpDictionary *b)
{
  guint n = 0;

  for (guint i = 0; i < a->names->len && i < b->names->len; i++)
    {
      const char *x = g_ptr_array_index (a->names, i), *y = g_ptr_array_index (b->names, i);

      n += x != NULL && y != NULL && lp_text_same (x, y) == LP_SAME_NOT;
    }
  return n;
}

static void
check_names_disagree (LpCheck *check)
{
  const LpDataset *d = check->dataset;
  const LpDictionary *own = check->layer != NULL ? lp_dataset_dict (d, check->layer->dictionary) : NULL;

  if (own == NULL || !is_names_file (d, own))
    return;
  for (guint i = 0; i < d->dicts->len; i++)
    {
      const LpDictionary *dict = lp_dataset_dict (d, i);
      guint differ = dict != own && is_names_file (d, dict) ? places_that_differ (own, dict) : 0;
      LpFinding finding;

      if (differ == 0)
        continue;
      finding = lp_finding_at_name (d, i, LP_NONE);
      finding.a = differ;
      finding.b = check->layer->dictionary;
      lp_check_add (check, LP_RULE_ORDER_NAMES_DISAGREE, &finding);
    }
}

static char *
say_names_disagree (const LpDataset *dataset, const LpFinding *finding)
{
  const LpDictionary *dict = lp_dataset_dict (dataset, finding->other);
  const LpDictionary *own = lp_dataset_dict (dataset, (guint32) finding->b);
  g_autofree char *title = lp_say_text (dict->title), *own_title = lp_say_text (own->title);
  guint differ = (guint) finding->a;

  return g_strdup_printf (ngettext ("%s and %s list different orders: another name at %u place",
                                    "%s and %s list different orders: another name at %u places", differ),
                          title, own_title, differ);
}

/* Which list is right is known where the boxes were compared with the job's. */
static LpSafety
propose_names (const LpDataset *dataset, const LpFinding *finding, LpStep *step)
{
  const LpMatch *match = lp_dataset_match (dataset);

  if (match == NULL || match->reference == LP_NONE || match->kind == LP_VERDICT_UNVERIFIABLE ||
      match->kind == LP_VERDICT_INCONSISTENT)
    return LP_SAFETY_NONE;
  return match->repair_case == LP_CASE_A ? LP_SAFETY_SAFE : LP_SAFETY_REVIEW;
}

/* ---- the verdict on the order ---- */

static void
add_verdict (LpCheck *check, LpVerdictKind kind, LpRuleId rule)
{
  const LpDataset *d = check->dataset;
  const LpMatch *match = check->match;
  LpFinding finding = LP_FINDING_INIT;
  guint index;

  if (match == NULL || match->kind != kind || !g_ptr_array_find (d->matches, match, &index))
    return;
  if (lp_dataset_dict (d, check->layer->dictionary) != NULL)
    finding = lp_finding_at_name (d, check->layer->dictionary, LP_NONE);
  finding.layer = (guint8) MIN (match->subject, G_MAXUINT8);
  finding.other = index;
  finding.a = match->agree;
  finding.b = match->support;
  /* There is no list yet that could be wrong. */
  if (match->without_dictionary && lp_profile_severity (check->profile, rule) == LP_SEVERITY_ERROR)
    finding.severity = LP_SEVERITY_WARNING;
  lp_check_add (check, rule, &finding);
}

static void
check_differs_from_job (LpCheck *check)
{
  add_verdict (check, LP_VERDICT_DIFFERS_FROM_JOB, LP_RULE_ORDER_DIFFERS_FROM_JOB);
}

static void
check_swapped_pair (LpCheck *check)
{
  add_verdict (check, LP_VERDICT_SWAPPED_PAIR, LP_RULE_ORDER_SWAPPED_PAIR);
}

static void
check_sorted (LpCheck *check)
{
  add_verdict (check, LP_VERDICT_SORTED, LP_RULE_ORDER_SORTED);
}

static void
check_permuted (LpCheck *check)
{
  add_verdict (check, LP_VERDICT_PERMUTED, LP_RULE_ORDER_PERMUTED);
}

static void
check_inconsistent (LpCheck *check)
{
  add_verdict (check, LP_VERDICT_INCONSISTENT, LP_RULE_ORDER_INCONSISTENT);
}

static void
check_unverifiable (LpCheck *check)
{
  add_verdict (check, LP_VERDICT_UNVERIFIABLE, LP_RULE_ORDER_UNVERIFIABLE);
}

static const LpMatch *
match_of (const LpDataset *dataset, const LpFinding *finding)
{
  return finding->other < dataset->matches->len ? g_ptr_array_index (dataset->matches, finding->other) : NULL;
}

static char *
title_of (const LpDataset *dataset, const LpFinding *finding)
{
  const LpLayer *layer = lp_dataset_layer (dataset, finding->layer);
  const char *title = layer != NULL ? lp_say_title (dataset, layer->dictionary) : NULL;

  return title != NULL ? lp_say_text (title) : g_strdup (_ ("the data set"));
}

guint
lp_order_misnamed (const LpMatch *match)
{
  guint n = 0;

  for (guint i = 0; i < match->classes->len; i++)
    {
      const LpVerdictClass *c = &g_array_index (match->classes, LpVerdictClass, i);

      if (c->name != NULL && (c->shown == NULL || lp_text_same (c->shown, c->name) == LP_SAME_NOT))
        n += c->support;
    }
  return n;
}

/* The headline, and how much of the set it concerns. */
static char *
say_verdict (const LpDataset *dataset, const LpFinding *finding)
{
  const LpMatch *match = match_of (dataset, finding);
  g_autofree char *what = lp_say_order (dataset, finding);

  if (match == NULL || match->without_dictionary)
    return g_steal_pointer (&what);
  return g_strdup_printf (_ ("%s: %u of %u boxes, %u of %u images, %u of %u names"), what, lp_order_misnamed (match),
                          match->support, match->images_affected,
                          lp_dataset_layer (dataset, match->subject)->entries->len, match->names_moved,
                          match->names_total);
}

static char *
say_swapped (const LpDataset *dataset, const LpFinding *finding)
{
  const LpMatch *match = match_of (dataset, finding);
  g_autofree char *title = title_of (dataset, finding), *a = NULL, *b = NULL;

  for (guint i = 0; match != NULL && i < match->classes->len; i++)
    {
      const LpVerdictClass *c = &g_array_index (match->classes, LpVerdictClass, i);

      if (c->name == NULL || g_strcmp0 (c->name, c->shown) == 0)
        continue;
      if (a == NULL)
        a = lp_say_text (c->name);
      else if (b == NULL)
        b = lp_say_text (c->name);
    }
  if (match == NULL || b == NULL)
    return g_strdup (_ ("Two names are exchanged"));
  if (match->without_dictionary)
    return g_strdup_printf (_ ("The rows exchange the numbers of “%s” and “%s”, and no names file exists yet"), a, b);
  if (match->repair_case == LP_CASE_B)
    return g_strdup_printf (_ ("The rows exchange “%s” and “%s”"), a, b);
  return g_strdup_printf (_ ("%s exchanges “%s” and “%s”"), title, a, b);
}

static char *
say_sorted (const LpDataset *dataset, const LpFinding *finding)
{
  const LpMatch *match = match_of (dataset, finding);
  g_autofree char *title = title_of (dataset, finding);

  if (match != NULL && match->without_dictionary)
    return g_strdup (_ ("The rows number the names alphabetically, the job does not; a names file in the job’s order "
                        "would be wrong"));
  if (match != NULL && match->repair_case == LP_CASE_B)
    return g_strdup (_ ("The rows number the names alphabetically, the job does not"));
  return g_strdup_printf (_ ("%s lists the names alphabetically, the job does not"), title);
}

static char *
say_permuted (const LpDataset *dataset, const LpFinding *finding)
{
  const LpMatch *match = match_of (dataset, finding);
  g_autofree char *title = title_of (dataset, finding);

  if (match != NULL && match->without_dictionary)
    return g_strdup (
      _ ("The rows number the names in another order than the job; a names file in the job’s order would be wrong"));
  if (match != NULL && match->repair_case == LP_CASE_B)
    return g_strdup_printf (_ ("The rows number the names in another order than %s"), title);
  return g_strdup_printf (_ ("%s lists the names in another order than the boxes show"), title);
}

static char *
say_differs (const LpDataset *dataset, const LpFinding *finding)
{
  g_autofree char *title = title_of (dataset, finding);

  return g_strdup_printf (_ ("%s and the rows agree, but the job lists the names in another order"), title);
}

static char *
say_unclear (const LpDataset *dataset, const LpFinding *finding)
{
  if (finding->rule == LP_RULE_ORDER_INCONSISTENT)
    return g_strdup_printf (_ ("No single order of the names explains the boxes: at best %.0f of %.0f agree"),
                            finding->a, finding->b);
  return g_strdup_printf (_ ("Too few boxes could be compared with the job’s to judge the order of the names: %.0f"),
                          finding->b);
}

char *
lp_say_order (const LpDataset *dataset, const LpFinding *finding)
{
  switch (finding->rule)
    {
    case LP_RULE_ORDER_NAMES_DISAGREE:
      return say_names_disagree (dataset, finding);
    case LP_RULE_ORDER_SWAPPED_PAIR:
      return say_swapped (dataset, finding);
    case LP_RULE_ORDER_SORTED:
      return say_sorted (dataset, finding);
    case LP_RULE_ORDER_PERMUTED:
      return say_permuted (dataset, finding);
    case LP_RULE_ORDER_DIFFERS_FROM_JOB:
      return say_differs (dataset, finding);
    default:
      return say_unclear (dataset, finding);
    }
}

/* The repairs themselves: lp_edit_order_names, lp_edit_order_rows. */
static LpSafety
propose_order (const LpDataset *dataset, const LpFinding *finding, LpStep *step)
{
  const LpMatch *match = match_of (dataset, finding);

  if (match == NULL || match->repair_case == LP_CASE_NONE || match->without_dictionary)
    return LP_SAFETY_NONE;
  return match->repair_case == LP_CASE_A ? LP_SAFETY_SAFE : LP_SAFETY_REVIEW;
}

#define SAFE_IN_CASE_A                                                                                               \
  N_ ("Where the rows have the job’s numbers and only the names are in a wrong order, correcting the names is "    \
      "safe: it "                                                                                                    \
      "may run unattended. Elsewhere look before you let a repair run.")

const LpRule lp_rules_order[] = {
  {
    .id = "order/names-disagree",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_SET,
    .safety = LP_SAFETY_REVIEW,
    .systematic = TRUE,
    .title = N_ ("Lists of names disagree"),
    .why =
      N_ ("Two files of the set list the names in different orders. Each tool reads one of them, so one class has "
          "two names."),
    .example = "classes.txt: pen, pencil; data.yaml: [pencil, pen]",
    .trainer = N_ ("Ultralytics believes data.yaml; labelling tools believe classes.txt."),
    .repair = N_ ("Write the job’s order into all names files together."),
    .safe_when = SAFE_IN_CASE_A,
    .check_set = check_names_disagree,
    .say = say_names_disagree,
    .propose = propose_names,
  },
  {
    .id = "order/differs-from-job",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_SET,
    .safety = LP_SAFETY_REVIEW,
    .systematic = TRUE,
    .title = N_ ("Another order than the job’s"),
    .why = N_ ("Names and rows agree with each other, so nothing is learnt wrongly. Whoever mixes this set with the "
               "job’s numbers will mix up the classes."),
    .example = "job: pen, pencil; data.yaml and rows: pencil 0, pen 1",
    .trainer = N_ ("Ultralytics trains correctly."),
    .repair = N_ ("Take over the job’s order in names and rows, or keep it and know about it."),
    .check_set = check_differs_from_job,
    .say = lp_say_order,
    .propose = propose_order,
  },
  {
    .id = "order/swapped-pair",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_SET,
    .safety = LP_SAFETY_REVIEW,
    .cost = LP_COST_ROW,
    .systematic = TRUE,
    .title = N_ ("Two names exchanged"),
    .why = N_ ("The boxes show one name where the list has another, for exactly two names."),
    .example = "job: pen, pencil; data.yaml: pencil, pen",
    .trainer = N_ ("A trainer learns both classes under the name of the other, without a word."),
    .repair = N_ ("Correct the names files, or renumber the rows."),
    .safe_when = SAFE_IN_CASE_A,
    .check_set = check_swapped_pair,
    .say = say_verdict,
    .propose = propose_order,
  },
  {
    .id = "order/sorted",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_SET,
    .safety = LP_SAFETY_REVIEW,
    .cost = LP_COST_ROW,
    .systematic = TRUE,
    .title = N_ ("Names in alphabetical order"),
    .why = N_ ("Somebody or some script sorted the list of names, but the rows are numbered in the job’s order."),
    .example = "job: can, paper, fork; data.yaml: can, fork, paper",
    .trainer = N_ ("A trainer learns objects under wrong names, without a word."),
    .repair = N_ ("Correct the names files, or renumber the rows."),
    .safe_when = SAFE_IN_CASE_A,
    .check_set = check_sorted,
    .say = say_verdict,
    .propose = propose_order,
  },
  {
    .id = "order/permuted",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_SET,
    .safety = LP_SAFETY_REVIEW,
    .cost = LP_COST_ROW,
    .systematic = TRUE,
    .title = N_ ("Names in a wrong order"),
    .why = N_ ("The boxes show other names than the list gives them, and one other order explains them all."),
    .example = "0→3, 1→0, 2→1, 3→2",
    .trainer = N_ ("A trainer learns objects under wrong names, without a word."),
    .repair = N_ ("Correct the names files, or renumber the rows."),
    .safe_when = SAFE_IN_CASE_A,
    .check_set = check_permuted,
    .say = say_verdict,
    .propose = propose_order,
    .yields_to = { LP_RULE_ORDER_SWAPPED_PAIR, LP_RULE_ORDER_SORTED },
  },
  {
    .id = "order/inconsistent",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_SET,
    .systematic = TRUE,
    .title = N_ ("No single order"),
    .why = N_ ("Names and boxes contradict each other in many ways. Parts of the set may follow different lists."),
    .example = "0→pen in one half of the files, 0→pencil in the other",
    .trainer = N_ ("A trainer learns contradictory labels."),
    .check_set = check_inconsistent,
    .say = lp_say_order,
  },
  {
    .id = "order/unverifiable",
    .severity = LP_SEVERITY_INFO,
    .scope = LP_SCOPE_SET,
    .systematic = TRUE,
    .title = N_ ("Order that cannot be judged"),
    .why = N_ ("Below five boxes a wrong order and a few wrong boxes look the same."),
    .example = "2 matched boxes in all",
    .trainer = N_ ("Whether the names are right is unknown."),
    .check_set = check_unverifiable,
    .say = lp_say_order,
  },
  { .id = NULL },
};
