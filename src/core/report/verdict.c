/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/lp-text.h"
#include "lp-rule-ids.h"
#include "report/lp-report-private.h"

/* The verdict in words. What is not known is said to be unknown; only a set that was read whole, judged by all rules
 * and found to have the right label order is ready. */

gboolean
lp_report_in_family (guint16 rule, const char *family)
{
  const LpRule *r = lp_rule_get (rule);

  return r != NULL && g_str_has_prefix (r->id, family);
}

gboolean
lp_report_nothing_read (const LpDataset *d)
{
  for (guint i = 0; i < d->layers->len; i++)
    {
      const LpLayer *layer = lp_dataset_layer (d, i);

      for (guint j = 0; j < layer->entries->len; j++)
        {
          LpEntryState state = lp_layer_entry (layer, j)->state;

          if (state != LP_STATE_NO_FILE && state != LP_STATE_FAILED)
            return FALSE;
        }
    }
  return TRUE;
}

static gboolean
has_failed_entry (const LpDataset *d)
{
  for (guint i = 0; i < d->layers->len; i++)
    {
      const LpLayer *layer = lp_dataset_layer (d, i);

      for (guint j = 0; j < layer->entries->len; j++)
        if (lp_layer_entry (layer, j)->state == LP_STATE_FAILED)
          return TRUE;
    }
  return FALSE;
}

/* Asked of what the readers noticed, whatever rules were selected. */
static gboolean
read_whole (const LpDataset *d)
{
  const LpCoverage *c = &d->coverage;

  for (guint i = 0; i < d->noticed->len; i++)
    {
      guint16 rule = g_array_index (d->noticed, LpFinding, i).rule;

      if (rule == LP_RULE_DATASET_PATH_OUTSIDE || rule == LP_RULE_DATASET_UNREADABLE)
        return FALSE;
    }
  for (guint i = 0; i < d->images->len; i++)
    if (lp_dataset_image (d, i)->flags & LP_IMAGE_OTHER_FORMAT)
      return FALSE;
  return c->pictures_found >= c->pictures_named && c->rows_read >= c->rows_seen && !has_failed_entry (d);
}

gboolean
lp_report_lacks_names (const LpDataset *d)
{
  const LpLayer *subject = lp_dataset_layer (d, d->subject);
  const LpDictionary *dict = subject != NULL ? lp_dataset_dict (d, subject->dictionary) : NULL;

  return subject != NULL && (dict == NULL || dict->names->len == 0);
}

char *
lp_report_counts (const LpFindings *f)
{
  g_autofree char *errors = g_strdup_printf (ngettext ("%u error", "%u errors", f->errors), f->errors);
  g_autofree char *warnings = g_strdup_printf (ngettext ("%u warning", "%u warnings", f->warnings), f->warnings);
  g_autofree char *infos = g_strdup_printf (ngettext ("%u info", "%u infos", f->infos), f->infos);

  /* Translators: "8 errors, 5 warnings, 1 info" */
  return g_strdup_printf (_ ("%s, %s, %s"), errors, warnings, infos);
}

char *
lp_report_coverage (const LpReport *report)
{
  const LpDataset *d = report->dataset;
  const LpCoverage *c = &d->coverage;
  const LpLayer *subject = lp_dataset_layer (d, d->subject);
  guint64 own = subject != NULL ? MIN (subject->rows->len, c->rows_seen) : 0;
  g_autofree char *n_own = g_strdup_printf ("%" G_GUINT64_FORMAT, own);
  g_autofree char *n_others = g_strdup_printf ("%" G_GUINT64_FORMAT, c->rows_seen - own);
  g_autofree char *pictures = g_strdup_printf (ngettext ("%u of %u picture", "%u of %u pictures", c->pictures_named),
                                               c->pictures_found, c->pictures_named);
  g_autofree char *n_read = g_strdup_printf ("%" G_GUINT64_FORMAT, c->rows_read);
  g_autofree char *n_seen = g_strdup_printf ("%" G_GUINT64_FORMAT, c->rows_seen);
  g_autofree char *rows =
    g_strdup_printf (ngettext ("%s of %s row", "%s of %s rows", (gulong) c->rows_seen), n_read, n_seen);

  if (subject != NULL && own < c->rows_seen)
    /* Translators: "24 of 24 pictures, 84 of 84 rows (43 in the labels, 41 to compare them with)" */
    return g_strdup_printf (_ ("%s, %s (%s in the labels, %s to compare them with)"), pictures, rows, n_own,
                            n_others);
  /* Translators: "24 of 24 pictures, 43 of 43 rows" */
  return g_strdup_printf (_ ("%s, %s"), pictures, rows);
}

/* The errors in one sentence: the order first, for it makes every label wrong. */
static char *
not_ready (const LpReport *report)
{
  const LpFindings *f = report->findings;
  gboolean names = FALSE;

  for (guint i = 0; i < f->findings->len; i++)
    {
      const LpFinding *finding = &g_array_index (f->findings, LpFinding, i);

      if (finding->severity != LP_SEVERITY_ERROR || !lp_report_in_family (finding->rule, "order/"))
        continue;
      if (!g_str_equal (lp_rule_get (finding->rule)->id, "order/names-disagree"))
        return g_strdup (_ ("Not ready to export: the label order differs from the labelling job."));
      names = TRUE;
    }
  if (names)
    return g_strdup (_ ("Not ready to export: the lists of names disagree."));
  return g_strdup_printf (
    ngettext ("Not ready to export: there is %u error.", "Not ready to export: there are %u errors.", f->errors),
    f->errors);
}

char *
lp_report_verdict (const LpReport *report)
{
  const LpFindings *f = report->findings;
  const LpMatch *match = lp_dataset_match (report->dataset);
  LpVerdictKind kind = match != NULL ? match->kind : LP_VERDICT_UNVERIFIABLE;

  if (lp_report_nothing_read (report->dataset))
    return g_strdup (_ ("No labels could be read, so nothing can be said about them."));
  if (f->errors > 0)
    return not_ready (report);
  if (!read_whole (report->dataset) || report->incomplete)
    return g_strdup (_ ("Not everything could be read, so nobody can say that this is right."));
  if (lp_report_lacks_names (report->dataset))
    return g_strdup (_ ("Not ready to export: the classes have no names."));
  if (kind == LP_VERDICT_DIFFERS_FROM_JOB)
    return g_strdup (_ ("No errors, but the label order is not that of the labelling job."));
  if (f->warnings > 0)
    return g_strdup_printf (ngettext ("No errors; %u warning is left to look at.",
                                      "No errors; %u warnings are left to look at.", f->warnings),
                            f->warnings);
  if (report->partial)
    return g_strdup (_ ("The selected rules found nothing wrong. The others were not asked."));
  if (kind != LP_VERDICT_CONSISTENT)
    return g_strdup (_ ("Nothing wrong was found, but there is nothing to prove the label order with."));
  return g_strdup (_ ("Ready to export: nothing wrong was found."));
}

/* ---- the order ---- */

const char *
lp_report_names_title (const LpDataset *d, guint32 index)
{
  const LpLayer *layer = lp_dataset_layer (d, index);
  const LpDictionary *dict = layer != NULL ? lp_dataset_dict (d, layer->dictionary) : NULL;

  return dict != NULL ? dict->title : _ ("the data set");
}

static char *
swapped_sentence (const LpMatch *match)
{
  const char *pair[2] = { NULL, NULL };
  guint n = 0;

  for (guint i = 0; i < match->classes->len && n < 2; i++)
    {
      const LpVerdictClass *c = &g_array_index (match->classes, LpVerdictClass, i);

      if (c->name != NULL && g_strcmp0 (c->shown, c->name) != 0)
        pair[n++] = c->name;
    }
  if (n < 2)
    return g_strdup (_ ("Two names are exchanged."));
  return g_strdup_printf (_ ("Two names are exchanged: “%s” and “%s”."), pair[0], pair[1]);
}

static char *
consistent_sentence (const LpMatch *match)
{
  if (match->without_dictionary)
    return g_strdup (_ ("The class numbers are in the order of the labelling job. There is no list of names yet; the "
                        "job's list is the right one."));
  return g_strdup (_ ("The label order is right: names and boxes agree with the labelling job."));
}

char *
lp_report_order_sentence (const LpDataset *d, const LpMatch *match)
{
  const char *title = lp_report_names_title (d, match->subject);

  switch (match->kind)
    {
    case LP_VERDICT_CONSISTENT:
      return consistent_sentence (match);
    case LP_VERDICT_DIFFERS_FROM_JOB:
      return g_strdup (
        _ ("Names and class numbers fit each other, but their order is not that of the labelling job."));
    case LP_VERDICT_SWAPPED_PAIR:
      return swapped_sentence (match);
    case LP_VERDICT_SORTED:
      if (match->repair_case == LP_CASE_B)
        return g_strdup (_ ("The class numbers follow the alphabet, the names do not."));
      return g_strdup_printf (_ ("The names in %s are in alphabetical order, the labelling job's are not."), title);
    case LP_VERDICT_PERMUTED:
      return g_strdup_printf (_ ("The names in %s are in another order than the boxes show."), title);
    case LP_VERDICT_INCONSISTENT:
      return g_strdup (_ ("No single order of the names explains the boxes."));
    case LP_VERDICT_UNVERIFIABLE:
    default:
      return g_strdup_printf (ngettext ("The label order cannot be judged: only %u box could be matched.",
                                        "The label order cannot be judged: only %u boxes could be matched.",
                                        match->support),
                              match->support);
    }
}

char *
lp_report_order_sure (const LpMatch *match)
{
  if (match->support == 0)
    return g_strdup (_ ("No box was matched."));
  return g_strdup_printf (_ ("%u of %u boxes agree; the second-best order explains %u."), match->agree,
                          match->support, match->agree - MIN (match->margin, match->agree));
}

char *
lp_report_conversion_sentence (const LpMatch *match)
{
  switch (match->conversion)
    {
    case LP_CONVERSION_RAW:
      return g_strdup_printf (_ ("In turned photos the boxes fit the unturned picture: %u of %u."),
                              match->conversion_hits, match->conversion_total);
    case LP_CONVERSION_UPRIGHT:
      return g_strdup_printf (_ ("In turned photos the boxes fit the upright picture: %u of %u."),
                              match->conversion_hits, match->conversion_total);
    case LP_CONVERSION_STRAIGHT:
    default:
      return g_strdup_printf (_ ("%u of %u boxes are equal within the rounding of their digits."), match->exact,
                              match->n_pairs);
    }
}
