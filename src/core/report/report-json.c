/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "report/lp-json-out.h"
#include "report/lp-report-private.h"

/* JSON for scripts. Keys and ids are a contract and never translated; names of files and classes are
 * bytes, which the writer makes valid UTF-8. */

/* A number from 1, or null for 0: not known. */
static void
add_position (LpJsonOut *b, const char *key, guint32 value)
{
  if (value > 0)
    lp_json_out_number (b, key, value);
  else
    lp_json_out_text (b, key, NULL);
}

/* ---- check ---- */

static void
add_counts (LpJsonOut *b, const LpDataset *d)
{
  static const char *const states[] = { "rows", "empty", "unlabelled", "failed", "no_file" };
  const LpLayer *subject = lp_dataset_layer (d, d->subject);
  LpLayerCounts counts = { 0 };

  if (subject != NULL)
    lp_report_count (d, subject, &counts);
  else
    counts.images = d->images->len;
  lp_json_out_begin_object (b, "counts");
  lp_json_out_number (b, "images", counts.images);
  lp_json_out_number (b, "label_files", d->label_files);
  lp_json_out_number (b, "rows", counts.rows);
  lp_json_out_number (b, "boxes", counts.boxes);
  lp_json_out_begin_object (b, "states");
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    lp_json_out_number (b, states[i], counts.states[i]);
  lp_json_out_end_object (b);
  lp_json_out_end_object (b);
}

static void
add_coverage (LpJsonOut *b, const LpDataset *d)
{
  lp_json_out_begin_object (b, "coverage");
  lp_json_out_begin_object (b, "pictures");
  lp_json_out_number (b, "named", d->coverage.pictures_named);
  lp_json_out_number (b, "found", d->coverage.pictures_found);
  lp_json_out_end_object (b);
  lp_json_out_begin_object (b, "rows");
  lp_json_out_number (b, "seen", d->coverage.rows_seen);
  lp_json_out_number (b, "read", d->coverage.rows_read);
  lp_json_out_end_object (b);
  lp_json_out_end_object (b);
}

static void
add_layer (LpJsonOut *b, const LpDataset *d, guint index)
{
  static const char *const kinds[] = { "yolo", "manifest", "csv" };
  const LpLayer *layer = lp_dataset_layer (d, index);
  const LpDictionary *dict = lp_dataset_dict (d, layer->dictionary);
  g_autofree char *path = lp_report_path (d, layer->path);
  LpLayerCounts counts;

  lp_report_count (d, layer, &counts);
  lp_json_out_begin_object (b, NULL);
  lp_json_out_text (b, "kind", kinds[layer->kind]);
  lp_json_out_text (b, "path", path);
  lp_json_out_text (b, "attribute", layer->attribute);
  lp_json_out_boolean (b, "subject", index == d->subject);
  lp_json_out_number (b, "images", counts.images);
  lp_json_out_number (b, "rows", counts.rows);
  lp_json_out_number (b, "boxes", counts.boxes);
  lp_json_out_begin_array (b, "names");
  for (guint i = 0; dict != NULL && i < dict->names->len; i++)
    lp_json_out_text (b, NULL, g_ptr_array_index (dict->names, i));
  lp_json_out_end_array (b);
  lp_json_out_end_object (b);
}

static void
add_summary (LpJsonOut *b, const LpFindings *f)
{
  g_autofree guint *by_rule = g_new0 (guint, lp_rule_count () + 1);

  for (guint i = 0; i < f->findings->len; i++)
    by_rule[g_array_index (f->findings, LpFinding, i).rule]++;
  lp_json_out_begin_object (b, "summary");
  lp_json_out_number (b, "errors", f->errors);
  lp_json_out_number (b, "warnings", f->warnings);
  lp_json_out_number (b, "infos", f->infos);
  lp_json_out_begin_object (b, "by_rule");
  for (guint i = 1; i <= lp_rule_count (); i++)
    if (by_rule[i] > 0)
      lp_json_out_number (b, lp_rule_get (i)->id, by_rule[i]);
  lp_json_out_end_object (b);
  lp_json_out_end_object (b);
}

/* The row's number from 0 within image and layer; -1 where the finding is of no row. */
static gint64
box_number (const LpDataset *d, const LpFinding *finding)
{
  const LpLayer *layer = lp_dataset_layer (d, finding->layer);
  guint32 index;
  gint64 number;

  if (layer == NULL || finding->row == LP_NONE || finding->row >= layer->rows->len)
    return -1;
  index = lp_layer_entry_of_row (layer, finding->row);
  number = finding->row - lp_layer_entry (layer, index)->first_row;
  for (guint32 i = index; i > 0 && lp_layer_entry (layer, i - 1)->image == lp_layer_entry (layer, index)->image; i--)
    number += lp_layer_entry (layer, i - 1)->n_rows;
  return number;
}

static void
add_because (LpJsonOut *b, const LpDataset *d, const LpFinding *silent)
{
  g_autofree char *image = lp_report_image_of (d, silent);
  g_autofree char *file = lp_report_file_of (d, silent);

  lp_json_out_begin_object (b, NULL);
  lp_json_out_text (b, "rule", lp_rule_get (silent->rule)->id);
  lp_json_out_text (b, "image", image);
  lp_json_out_text (b, "file", file);
  add_position (b, "line", silent->line);
  lp_json_out_end_object (b);
}

/* `because` walks along with the findings: both are ordered. */
static void
add_finding (LpJsonOut *b, const LpReport *report, guint index, guint *because)
{
  const LpDataset *d = report->dataset;
  const LpFinding *finding = &g_array_index (report->findings->findings, LpFinding, index);
  const GArray *silent = report->findings->because;
  g_autofree char *image = lp_report_image_of (d, finding);
  g_autofree char *file = lp_report_file_of (d, finding);
  g_autofree char *message = lp_rule_say (d, finding);
  gint64 box = box_number (d, finding);

  lp_json_out_begin_object (b, NULL);
  lp_json_out_text (b, "rule", lp_rule_get (finding->rule)->id);
  lp_json_out_text (b, "severity", lp_severity_id (finding->severity));
  lp_json_out_text (b, "image", image);
  lp_json_out_text (b, "file", file);
  add_position (b, "line", finding->line);
  add_position (b, "column", finding->column);
  if (box >= 0)
    lp_json_out_number (b, "box", box);
  else
    lp_json_out_text (b, "box", NULL);
  lp_json_out_text (b, "message", message);
  lp_json_out_begin_array (b, "because");
  for (; *because < silent->len && g_array_index (silent, LpBecause, *because).finding <= index; (*because)++)
    add_because (b, d, &g_array_index (silent, LpBecause, *because).silent);
  lp_json_out_end_array (b);
  lp_json_out_end_object (b);
}

char *
lp_report_check_json (const LpReport *report)
{
  LpJsonOut out, *b = &out;
  const LpDataset *d = report->dataset;
  g_autofree char *verdict = lp_report_verdict (report);
  guint because = 0;

  lp_json_out_init (b);
  lp_json_out_begin_object (b, NULL);
  lp_json_out_text (b, "root", d->root);
  lp_json_out_text (b, "verdict", verdict);
  add_counts (b, d);
  add_coverage (b, d);
  lp_json_out_begin_array (b, "layers");
  for (guint i = 0; i < d->layers->len; i++)
    add_layer (b, d, i);
  lp_json_out_end_array (b);
  add_summary (b, report->findings);
  lp_json_out_begin_array (b, "findings");
  for (guint i = 0; i < report->findings->findings->len; i++)
    add_finding (b, report, i, &because);
  lp_json_out_end_array (b);
  lp_json_out_begin_array (b, "notes");
  for (guint i = 0; i < d->notes->len; i++)
    lp_json_out_text (b, NULL, g_ptr_array_index (d->notes, i));
  lp_json_out_end_array (b);
  lp_json_out_end_object (b);
  return lp_json_out_finish (b);
}

/* ---- compare ---- */

static void
add_pairs (LpJsonOut *b, const LpMatch *match)
{
  lp_json_out_begin_object (b, "pairs");
  lp_json_out_number (b, "images", match->images->len);
  lp_json_out_number (b, "boxes", match->n_pairs);
  lp_json_out_number (b, "only_subject", match->only_subject);
  lp_json_out_number (b, "only_witness", match->only_witness);
  lp_json_out_end_object (b);
}

static void
add_contingency (LpJsonOut *b, const LpMatch *match)
{
  guint columns = match->classes->len;

  lp_json_out_begin_object (b, "contingency");
  for (guint i = 0; match->table != NULL && i < match->names->len; i++)
    {
      const guint *row = match->table + (gsize) i * columns;
      const char *name = g_ptr_array_index (match->names, i);
      gboolean any = FALSE;

      for (guint j = 0; j < columns; j++)
        any |= row[j] > 0;
      if (!any)
        continue;
      lp_json_out_begin_object (b, name);
      for (guint j = 0; j < columns; j++)
        {
          g_autofree char *id = g_strdup_printf ("%d", g_array_index (match->classes, LpVerdictClass, j).id);

          if (row[j] > 0)
            lp_json_out_number (b, id, row[j]);
        }
      lp_json_out_end_object (b);
    }
  lp_json_out_end_object (b);
}

static void
add_classes (LpJsonOut *b, const LpMatch *match)
{
  lp_json_out_begin_array (b, "classes");
  for (guint i = 0; i < match->classes->len; i++)
    {
      const LpVerdictClass *c = &g_array_index (match->classes, LpVerdictClass, i);

      if (c->support == 0)
        continue;
      lp_json_out_begin_object (b, NULL);
      lp_json_out_number (b, "id", c->id);
      lp_json_out_text (b, "name", c->name);
      lp_json_out_number (b, "support", c->support);
      lp_json_out_real (b, "purity", c->support > 0 ? (double) c->agree / c->support : 0);
      lp_json_out_end_object (b);
    }
  lp_json_out_end_array (b);
  /* In use, but no pair of boxes says what they are. */
  lp_json_out_begin_array (b, "unsupported");
  for (guint i = 0; i < match->classes->len; i++)
    if (g_array_index (match->classes, LpVerdictClass, i).support == 0)
      lp_json_out_number (b, NULL, g_array_index (match->classes, LpVerdictClass, i).id);
  lp_json_out_end_array (b);
}

static void
add_verdict (LpJsonOut *b, const LpMatch *match)
{
  lp_json_out_begin_object (b, "verdict");
  lp_json_out_text (b, "kind", lp_verdict_id (match->kind));
  lp_json_out_begin_array (b, "mechanisms");
  if (match->mechanisms & LP_MECHANISM_SORTED)
    lp_json_out_text (b, NULL, "sorted");
  if (match->mechanisms & LP_MECHANISM_SWAPPED_PAIR)
    lp_json_out_text (b, NULL, "swapped-pair");
  lp_json_out_end_array (b);
  lp_json_out_begin_object (b, "mapping");
  for (guint i = 0; i < match->classes->len; i++)
    {
      const LpVerdictClass *c = &g_array_index (match->classes, LpVerdictClass, i);
      g_autofree char *id = g_strdup_printf ("%d", c->id);

      if (c->name != NULL)
        lp_json_out_text (b, id, c->name);
    }
  lp_json_out_end_object (b);
  lp_json_out_number (b, "support", match->support);
  lp_json_out_real (b, "purity", lp_match_purity (match));
  lp_json_out_number (b, "margin", match->margin);
  add_classes (b, match);
  lp_json_out_end_object (b);
}

/* How many boxes the hypothesis explains: of those that vote on it, else of all pairs. */
static double
hit_rate (const LpMatch *match)
{
  if (match->conversion_total > 0)
    return (double) match->conversion_hits / match->conversion_total;
  return match->n_pairs > 0 ? (double) match->exact / match->n_pairs : 0;
}

char *
lp_report_compare_json (const LpReport *report, const LpMatch *match)
{
  LpJsonOut out, *b = &out;
  g_autoptr (LpMatch) nothing = match == NULL ? lp_match_new (LP_NONE, LP_NONE) : NULL;
  const LpMatch *m = match != NULL ? match : nothing;

  lp_json_out_init (b);
  lp_json_out_begin_object (b, NULL);
  lp_json_out_text (b, "root", report->dataset->root);
  add_pairs (b, m);
  add_contingency (b, m);
  add_verdict (b, m);
  lp_json_out_begin_object (b, "conversion");
  lp_json_out_text (b, "hypothesis", lp_conversion_id (m->conversion));
  lp_json_out_real (b, "hit_rate", hit_rate (m));
  lp_json_out_end_object (b);
  lp_json_out_end_object (b);
  return lp_json_out_finish (b);
}

/* ---- rules ---- */

static void
add_rule (LpJsonOut *b, LpRuleId id, const LpProfile *profile)
{
  static const char *const safeties[] = { "none", "safe", "review" };
  const LpRule *rule = lp_rule_get (id);
  LpSeverity severity = profile != NULL ? lp_profile_severity (profile, id) : rule->severity;

  lp_json_out_begin_object (b, NULL);
  lp_json_out_text (b, "id", rule->id);
  lp_json_out_text (b, "severity", severity == LP_SEVERITY_OFF ? "off" : lp_severity_id (severity));
  lp_json_out_text (b, "safety", safeties[rule->safety]);
  lp_json_out_text (b, "safe_when", rule->safe_when != NULL ? g_dgettext (GETTEXT_PACKAGE, rule->safe_when) : NULL);
  lp_json_out_text (b, "title", g_dgettext (GETTEXT_PACKAGE, rule->title));
  lp_json_out_text (b, "why", g_dgettext (GETTEXT_PACKAGE, rule->why));
  lp_json_out_text (b, "example", rule->example);
  lp_json_out_text (b, "trainer", rule->trainer != NULL ? g_dgettext (GETTEXT_PACKAGE, rule->trainer) : NULL);
  lp_json_out_text (b, "repair", rule->repair != NULL ? g_dgettext (GETTEXT_PACKAGE, rule->repair) : NULL);
  lp_json_out_end_object (b);
}

char *
lp_report_rule_json (LpRuleId rule, const LpProfile *profile)
{
  LpJsonOut out, *b = &out;

  lp_json_out_init (b);
  add_rule (b, rule, profile);
  return lp_json_out_finish (b);
}

char *
lp_report_rules_json (const LpProfile *profile)
{
  LpJsonOut out, *b = &out;

  lp_json_out_init (b);
  lp_json_out_begin_object (b, NULL);
  lp_json_out_begin_array (b, "rules");
  for (guint i = 1; i <= lp_rule_count (); i++)
    add_rule (b, i, profile);
  lp_json_out_end_array (b);
  lp_json_out_end_object (b);
  return lp_json_out_finish (b);
}
