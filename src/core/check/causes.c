/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "check/lp-family.h"

/* Findings with one cause, and what it costs a person who trains with the data as it is. */

typedef struct
{
  const LpDataset *dataset;
  const LpProfile *profile;
  const LpLayer *subject; /* NULL: nothing to lose */
  const LpFindings *findings;
} Survey;

static const LpFinding *
finding_at (const Survey *survey, guint32 index)
{
  return &g_array_index (survey->findings->findings, LpFinding, index);
}

static gboolean
is_order (LpRuleId rule)
{
  return g_str_has_prefix (lp_rule_get (rule)->id, "order/");
}

static void
cause_free (gpointer data)
{
  LpCause *cause = data;

  g_array_unref (cause->findings);
  g_free (cause->sentence);
  g_free (cause->consequence);
  g_free (cause);
}

/* ---- grouping ---- */

/* The verdict gives the cause of the order its name; that lists disagree comes with it. */
static void
take_finding (LpCause *cause, const LpFinding *finding, guint32 index)
{
  gboolean verdict = cause->rule == LP_RULE_ORDER_NAMES_DISAGREE && finding->rule != LP_RULE_ORDER_NAMES_DISAGREE &&
                     finding->severity >= cause->severity;

  if (cause->findings->len == 0 || verdict)
    {
      cause->rule = finding->rule;
      cause->first = index;
    }
  cause->severity = MAX (cause->severity, (LpSeverity) finding->severity);
  g_array_append_val (cause->findings, index);
}

static GPtrArray *
group (const Survey *survey)
{
  GPtrArray *causes = g_ptr_array_new_with_free_func (cause_free);
  LpCause *by_rule[LP_RULE_END] = { NULL };

  for (guint32 i = 0; i < survey->findings->findings->len; i++)
    {
      const LpFinding *finding = finding_at (survey, i);
      LpRuleId slot = is_order (finding->rule) ? LP_RULE_ORDER_NAMES_DISAGREE : finding->rule;

      if (by_rule[slot] == NULL)
        {
          by_rule[slot] = g_new0 (LpCause, 1);
          by_rule[slot]->findings = g_array_new (FALSE, FALSE, sizeof (guint32));
          g_ptr_array_add (causes, by_rule[slot]);
        }
      take_finding (by_rule[slot], finding, i);
    }
  return causes;
}

/* ---- what it costs ---- */

static guint
rows_of_image (const Survey *survey, guint32 image)
{
  const LpEntry *entry = survey->subject != NULL ? lp_layer_find (survey->subject, image) : NULL;
  guint n = 0;

  for (guint32 i = 0; entry != NULL && i < entry->n_rows; i++)
    n += (lp_layer_row (survey->subject, entry->first_row + i)->flags & LP_ROW_REMOVED) == 0;
  return n;
}

static void
price_image (const Survey *survey, LpCause *cause, guint32 image)
{
  LpCost cost = lp_rule_get (cause->rule)->cost;
  gboolean drops = survey->profile->drops_images && survey->subject != NULL && survey->subject->kind == LP_LAYER_YOLO;

  cause->n_images++;
  if (cost == LP_COST_IMAGE && drops)
    cause->images_lost++;
  if ((cost == LP_COST_IMAGE && drops) || cost == LP_COST_BOXES)
    cause->rows_lost += rows_of_image (survey, image);
}

/* The findings stand by image and row, so equal ones follow each other. */
static void
price (const Survey *survey, LpCause *cause)
{
  LpCost cost = lp_rule_get (cause->rule)->cost;
  guint32 image = LP_NONE, row = LP_NONE;

  for (guint i = 0; i < cause->findings->len; i++)
    {
      const LpFinding *finding = finding_at (survey, g_array_index (cause->findings, guint32, i));
      gboolean same_image = finding->image == image && finding->image != LP_NONE;

      if (finding->image != LP_NONE && !same_image)
        price_image (survey, cause, finding->image);
      if (finding->row != LP_NONE && !(same_image && finding->row == row))
        {
          cause->n_rows++;
          cause->rows_lost += cost == LP_COST_ROW || (cost == LP_COST_IMAGE && cause->images_lost == 0);
        }
      else if (finding->row == LP_NONE && !same_image && cost >= LP_COST_BOXES && finding->image != LP_NONE)
        cause->n_rows += rows_of_image (survey, finding->image);
      image = finding->image;
      row = finding->row;
    }
}

static const LpMatch *
match_of (const Survey *survey, const LpCause *cause)
{
  guint32 index = finding_at (survey, cause->first)->other;

  if (!is_order (cause->rule) || cause->rule == LP_RULE_ORDER_NAMES_DISAGREE)
    return NULL;
  return index < survey->dataset->matches->len ? g_ptr_array_index (survey->dataset->matches, index) : NULL;
}

static void
price_order (LpCause *cause, const LpMatch *match)
{
  cause->n_images = match->images_affected;
  cause->n_rows = lp_order_misnamed (match);
  if (lp_rule_get (cause->rule)->cost != LP_COST_NONE)
    cause->rows_lost = cause->n_rows;
}

static void
count_fixable (const Survey *survey, LpCause *cause)
{
  for (guint i = 0; i < cause->findings->len; i++)
    {
      const LpFinding *finding = finding_at (survey, g_array_index (cause->findings, guint32, i));
      const LpRule *rule = lp_rule_get (finding->rule);

      cause->fixable += rule->propose != NULL && rule->propose (survey->dataset, finding, NULL) != LP_SAFETY_NONE;
    }
}

/* ---- words ---- */

static char *
say_cause (const Survey *survey, const LpCause *cause)
{
  const LpFinding *first = finding_at (survey, cause->first);
  guint n = cause->findings->len;

  if (is_order (cause->rule))
    return lp_say_order (survey->dataset, first);
  if (n == 1)
    return lp_rule_say (survey->dataset, first);
  switch (cause->rule)
    {
    case LP_RULE_IMAGE_EXIF_FRAME_RAW:
    case LP_RULE_IMAGE_EXIF_ROTATED:
      return g_strdup_printf (ngettext ("%u photo is turned by the camera", "%u photos are turned by the camera", n),
                              n);
    default:
      return g_strdup_printf (ngettext ("%s: %u time", "%s: %u times", n), _ (lp_rule_get (cause->rule)->title), n);
    }
}

/* Two examples: the first class that is moved, and of the others the one with most boxes. */
static char *
say_wrong_names (const LpMatch *match)
{
  const LpVerdictClass *first = NULL, *most = NULL;
  g_autofree char *a = NULL, *a_shown = NULL, *b = NULL, *b_shown = NULL;

  for (guint i = 0; i < match->classes->len; i++)
    {
      const LpVerdictClass *c = &g_array_index (match->classes, LpVerdictClass, i);

      if (c->name == NULL || c->shown == NULL || strcmp (c->name, c->shown) == 0)
        continue;
      if (first == NULL)
        first = c;
      else if (most == NULL || c->support > most->support)
        most = c;
    }
  if (most == NULL)
    return NULL;
  a = lp_say_text (first->name);
  a_shown = lp_say_text (first->shown);
  b = lp_say_text (most->name);
  b_shown = lp_say_text (most->shown);
  if (match->agree == lp_order_misnamed (match))
    return g_strdup_printf (_ ("A trainer would learn every object under a wrong name: “%s” as “%s”, “%s” as “%s”."),
                            a, a_shown, b, b_shown);
  return g_strdup_printf (_ ("A trainer would learn objects under wrong names: “%s” as “%s”, “%s” as “%s”."), a,
                          a_shown, b, b_shown);
}

static char *
say_consequence (const Survey *survey, const LpCause *cause, const LpMatch *match)
{
  const LpRule *rule = lp_rule_get (cause->rule);
  char *names = match != NULL && rule->cost != LP_COST_NONE ? say_wrong_names (match) : NULL;

  if (names != NULL)
    return names;
  if (cause->rule == LP_RULE_IMAGE_EXIF_FRAME_RAW)
    return g_strdup (_ ("Their boxes fit only the unturned photo; Ultralytics turns it first."));
  if (cause->images_lost > 0)
    return g_strdup_printf (ngettext ("A trainer drops %u picture with all its boxes, %u in all.",
                                      "A trainer drops %u pictures with all their boxes, %u in all.",
                                      cause->images_lost),
                            cause->images_lost, cause->rows_lost);
  return rule->trainer != NULL ? g_strdup (_ (rule->trainer)) : NULL;
}

/* What the verdict names: the wrong order makes every label doubtful. */
static gboolean
is_headline (const LpCause *cause)
{
  return cause->severity == LP_SEVERITY_ERROR && is_order (cause->rule);
}

static int
compare_causes (gconstpointer a, gconstpointer b)
{
  const LpCause *x = *(LpCause *const *) a, *y = *(LpCause *const *) b;

  if (is_headline (x) != is_headline (y))
    return is_headline (x) ? -1 : 1;
  if (x->severity != y->severity)
    return x->severity > y->severity ? -1 : 1;
  if (x->rows_lost != y->rows_lost)
    return x->rows_lost > y->rows_lost ? -1 : 1;
  if (x->images_lost != y->images_lost)
    return x->images_lost > y->images_lost ? -1 : 1;
  return (x->first > y->first) - (x->first < y->first);
}

GPtrArray *
lp_causes (const LpDataset *dataset, const LpProfile *profile, const LpFindings *findings)
{
  Survey survey = { dataset, profile, lp_dataset_layer (dataset, dataset->subject), findings };
  GPtrArray *causes = group (&survey);

  for (guint i = 0; i < causes->len; i++)
    {
      LpCause *cause = g_ptr_array_index (causes, i);
      const LpMatch *match = match_of (&survey, cause);

      cause->systematic = lp_rule_get (cause->rule)->systematic;
      price (&survey, cause);
      if (match != NULL)
        price_order (cause, match);
      count_fixable (&survey, cause);
      cause->sentence = say_cause (&survey, cause);
      cause->consequence = say_consequence (&survey, cause, match);
    }
  g_ptr_array_sort (causes, compare_causes);
  return causes;
}
