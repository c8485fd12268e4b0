/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <json-glib/json-glib.h>

#include "report/lp-report-private.h"

/* JSON for scripts. Keys and ids are a contract (COMMANDS.md) and never translated; every string is made valid UTF-8,
 * for names of files and classes are bytes. */

static void
add_text (JsonBuilder *b, const char *key, const char *value)
{
  g_autofree char *valid = value != NULL ? g_utf8_make_valid (value, -1) : NULL;

  if (key != NULL)
    json_builder_set_member_name (b, key);
  if (valid != NULL)
    json_builder_add_string_value (b, valid);
  else
    json_builder_add_null_value (b);
}

static void
add_number (JsonBuilder *b, const char *key, gint64 value)
{
  json_builder_set_member_name (b, key);
  json_builder_add_int_value (b, value);
}

/* A number from 1, or null for 0: not known. */
static void
add_position (JsonBuilder *b, const char *key, guint32 value)
{
  json_builder_set_member_name (b, key);
  if (value > 0)
    json_builder_add_int_value (b, value);
  else
    json_builder_add_null_value (b);
}

static void
add_real (JsonBuilder *b, const char *key, double value)
{
  json_builder_set_member_name (b, key);
  json_builder_add_double_value (b, value);
}

static void
begin_object (JsonBuilder *b, const char *key)
{
  if (key != NULL)
    json_builder_set_member_name (b, key);
  json_builder_begin_object (b);
}

static void
begin_array (JsonBuilder *b, const char *key)
{
  json_builder_set_member_name (b, key);
  json_builder_begin_array (b);
}

static char *
finish (JsonBuilder *b)
{
  g_autoptr (JsonNode) root = json_builder_get_root (b);
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autofree char *text = NULL;

  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  text = json_generator_to_data (generator, NULL);
  return g_strconcat (text, "\n", NULL);
}

/* ---- check ---- */

static void
add_counts (JsonBuilder *b, const LpDataset *d)
{
  static const char *const states[] = { "rows", "empty", "unlabelled", "failed", "no_file" };
  const LpLayer *subject = lp_dataset_layer (d, d->subject);
  LpLayerCounts counts = { 0 };

  if (subject != NULL)
    lp_report_count (d, subject, &counts);
  else
    counts.images = d->images->len;
  begin_object (b, "counts");
  add_number (b, "images", counts.images);
  add_number (b, "label_files", d->label_files);
  add_number (b, "rows", counts.rows);
  add_number (b, "boxes", counts.boxes);
  begin_object (b, "states");
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    add_number (b, states[i], counts.states[i]);
  json_builder_end_object (b);
  json_builder_end_object (b);
}

static void
add_coverage (JsonBuilder *b, const LpDataset *d)
{
  begin_object (b, "coverage");
  begin_object (b, "pictures");
  add_number (b, "named", d->coverage.pictures_named);
  add_number (b, "found", d->coverage.pictures_found);
  json_builder_end_object (b);
  begin_object (b, "rows");
  add_number (b, "seen", d->coverage.rows_seen);
  add_number (b, "read", d->coverage.rows_read);
  json_builder_end_object (b);
  json_builder_end_object (b);
}

static void
add_layer (JsonBuilder *b, const LpDataset *d, guint index)
{
  static const char *const kinds[] = { "yolo", "manifest" };
  const LpLayer *layer = lp_dataset_layer (d, index);
  const LpDictionary *dict = lp_dataset_dict (d, layer->dictionary);
  g_autofree char *path = lp_report_path (d, layer->path);
  LpLayerCounts counts;

  lp_report_count (d, layer, &counts);
  json_builder_begin_object (b);
  add_text (b, "kind", kinds[layer->kind]);
  add_text (b, "path", path);
  add_text (b, "attribute", layer->attribute);
  json_builder_set_member_name (b, "subject");
  json_builder_add_boolean_value (b, index == d->subject);
  add_number (b, "images", counts.images);
  add_number (b, "rows", counts.rows);
  add_number (b, "boxes", counts.boxes);
  begin_array (b, "names");
  for (guint i = 0; dict != NULL && i < dict->names->len; i++)
    add_text (b, NULL, g_ptr_array_index (dict->names, i));
  json_builder_end_array (b);
  json_builder_end_object (b);
}

static void
add_summary (JsonBuilder *b, const LpFindings *f)
{
  g_autofree guint *by_rule = g_new0 (guint, lp_rule_count () + 1);

  for (guint i = 0; i < f->findings->len; i++)
    by_rule[g_array_index (f->findings, LpFinding, i).rule]++;
  begin_object (b, "summary");
  add_number (b, "errors", f->errors);
  add_number (b, "warnings", f->warnings);
  add_number (b, "infos", f->infos);
  begin_object (b, "by_rule");
  for (guint i = 1; i <= lp_rule_count (); i++)
    if (by_rule[i] > 0)
      add_number (b, lp_rule_get (i)->id, by_rule[i]);
  json_builder_end_object (b);
  json_builder_end_object (b);
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
add_because (JsonBuilder *b, const LpDataset *d, const LpFinding *silent)
{
  g_autofree char *image = lp_report_image_of (d, silent);
  g_autofree char *file = lp_report_file_of (d, silent);

  json_builder_begin_object (b);
  add_text (b, "rule", lp_rule_get (silent->rule)->id);
  add_text (b, "image", image);
  add_text (b, "file", file);
  add_position (b, "line", silent->line);
  json_builder_end_object (b);
}

/* `because` walks along with the findings: both are ordered. */
static void
add_finding (JsonBuilder *b, const LpReport *report, guint index, guint *because)
{
  const LpDataset *d = report->dataset;
  const LpFinding *finding = &g_array_index (report->findings->findings, LpFinding, index);
  const GArray *silent = report->findings->because;
  g_autofree char *image = lp_report_image_of (d, finding);
  g_autofree char *file = lp_report_file_of (d, finding);
  g_autofree char *message = lp_rule_say (d, finding);
  gint64 box = box_number (d, finding);

  json_builder_begin_object (b);
  add_text (b, "rule", lp_rule_get (finding->rule)->id);
  add_text (b, "severity", lp_severity_id (finding->severity));
  add_text (b, "image", image);
  add_text (b, "file", file);
  add_position (b, "line", finding->line);
  add_position (b, "column", finding->column);
  json_builder_set_member_name (b, "box");
  if (box >= 0)
    json_builder_add_int_value (b, box);
  else
    json_builder_add_null_value (b);
  add_text (b, "message", message);
  begin_array (b, "because");
  for (; *because < silent->len && g_array_index (silent, LpBecause, *because).finding <= index; (*because)++)
    add_because (b, d, &g_array_index (silent, LpBecause, *because).silent);
  json_builder_end_array (b);
  json_builder_end_object (b);
}

char *
lp_report_check_json (const LpReport *report)
{
  g_autoptr (JsonBuilder) b = json_builder_new_immutable ();
  const LpDataset *d = report->dataset;
  g_autofree char *verdict = lp_report_verdict (report);
  guint because = 0;

  json_builder_begin_object (b);
  add_text (b, "root", d->root);
  add_text (b, "verdict", verdict);
  add_counts (b, d);
  add_coverage (b, d);
  begin_array (b, "layers");
  for (guint i = 0; i < d->layers->len; i++)
    add_layer (b, d, i);
  json_builder_end_array (b);
  add_summary (b, report->findings);
  begin_array (b, "findings");
  for (guint i = 0; i < report->findings->findings->len; i++)
    add_finding (b, report, i, &because);
  json_builder_end_array (b);
  begin_array (b, "notes");
  for (guint i = 0; i < d->notes->len; i++)
    add_text (b, NULL, g_ptr_array_index (d->notes, i));
  json_builder_end_array (b);
  json_builder_end_object (b);
  return finish (b);
}

/* ---- compare ---- */

static void
add_pairs (JsonBuilder *b, const LpMatch *match)
{
  begin_object (b, "pairs");
  add_number (b, "images", match->images->len);
  add_number (b, "boxes", match->n_pairs);
  add_number (b, "only_subject", match->only_subject);
  add_number (b, "only_witness", match->only_witness);
  json_builder_end_object (b);
}

static void
add_contingency (JsonBuilder *b, const LpMatch *match)
{
  guint columns = match->classes->len;

  begin_object (b, "contingency");
  for (guint i = 0; match->table != NULL && i < match->names->len; i++)
    {
      const guint *row = match->table + (gsize) i * columns;
      g_autofree char *name = g_utf8_make_valid (g_ptr_array_index (match->names, i), -1);
      gboolean any = FALSE;

      for (guint j = 0; j < columns; j++)
        any |= row[j] > 0;
      if (!any)
        continue;
      begin_object (b, name);
      for (guint j = 0; j < columns; j++)
        {
          g_autofree char *id = g_strdup_printf ("%d", g_array_index (match->classes, LpVerdictClass, j).id);

          if (row[j] > 0)
            add_number (b, id, row[j]);
        }
      json_builder_end_object (b);
    }
  json_builder_end_object (b);
}

static void
add_classes (JsonBuilder *b, const LpMatch *match)
{
  begin_array (b, "classes");
  for (guint i = 0; i < match->classes->len; i++)
    {
      const LpVerdictClass *c = &g_array_index (match->classes, LpVerdictClass, i);

      if (c->support == 0)
        continue;
      json_builder_begin_object (b);
      add_number (b, "id", c->id);
      add_text (b, "name", c->name);
      add_number (b, "support", c->support);
      add_real (b, "purity", c->support > 0 ? (double) c->agree / c->support : 0);
      json_builder_end_object (b);
    }
  json_builder_end_array (b);
  /* In use, but no pair of boxes says what they are. */
  begin_array (b, "unsupported");
  for (guint i = 0; i < match->classes->len; i++)
    if (g_array_index (match->classes, LpVerdictClass, i).support == 0)
      json_builder_add_int_value (b, g_array_index (match->classes, LpVerdictClass, i).id);
  json_builder_end_array (b);
}

static void
add_verdict (JsonBuilder *b, const LpMatch *match)
{
  begin_object (b, "verdict");
  add_text (b, "kind", lp_verdict_id (match->kind));
  begin_array (b, "mechanisms");
  if (match->mechanisms & LP_MECHANISM_SORTED)
    add_text (b, NULL, "sorted");
  if (match->mechanisms & LP_MECHANISM_SWAPPED_PAIR)
    add_text (b, NULL, "swapped-pair");
  json_builder_end_array (b);
  begin_object (b, "mapping");
  for (guint i = 0; i < match->classes->len; i++)
    {
      const LpVerdictClass *c = &g_array_index (match->classes, LpVerdictClass, i);
      g_autofree char *id = g_strdup_printf ("%d", c->id);

      if (c->name != NULL)
        add_text (b, id, c->name);
    }
  json_builder_end_object (b);
  add_number (b, "support", match->support);
  add_real (b, "purity", lp_match_purity (match));
  add_number (b, "margin", match->margin);
  add_classes (b, match);
  json_builder_end_object (b);
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
  g_autoptr (JsonBuilder) b = json_builder_new_immutable ();
  g_autoptr (LpMatch) nothing = match == NULL ? lp_match_new (LP_NONE, LP_NONE) : NULL;
  const LpMatch *m = match != NULL ? match : nothing;

  json_builder_begin_object (b);
  add_text (b, "root", report->dataset->root);
  add_pairs (b, m);
  add_contingency (b, m);
  add_verdict (b, m);
  begin_object (b, "conversion");
  add_text (b, "hypothesis", lp_conversion_id (m->conversion));
  add_real (b, "hit_rate", hit_rate (m));
  json_builder_end_object (b);
  json_builder_end_object (b);
  return finish (b);
}

/* ---- rules ---- */

static void
add_rule (JsonBuilder *b, LpRuleId id, const LpProfile *profile)
{
  static const char *const safeties[] = { "none", "safe", "review" };
  const LpRule *rule = lp_rule_get (id);
  LpSeverity severity = profile != NULL ? lp_profile_severity (profile, id) : rule->severity;

  json_builder_begin_object (b);
  add_text (b, "id", rule->id);
  add_text (b, "severity", severity == LP_SEVERITY_OFF ? "off" : lp_severity_id (severity));
  add_text (b, "safety", safeties[rule->safety]);
  add_text (b, "title", g_dgettext (GETTEXT_PACKAGE, rule->title));
  add_text (b, "why", g_dgettext (GETTEXT_PACKAGE, rule->why));
  add_text (b, "example", rule->example);
  add_text (b, "trainer", rule->trainer != NULL ? g_dgettext (GETTEXT_PACKAGE, rule->trainer) : NULL);
  add_text (b, "repair", rule->repair != NULL ? g_dgettext (GETTEXT_PACKAGE, rule->repair) : NULL);
  json_builder_end_object (b);
}

char *
lp_report_rule_json (LpRuleId rule, const LpProfile *profile)
{
  g_autoptr (JsonBuilder) b = json_builder_new_immutable ();

  add_rule (b, rule, profile);
  return finish (b);
}

char *
lp_report_rules_json (const LpProfile *profile)
{
  g_autoptr (JsonBuilder) b = json_builder_new_immutable ();

  json_builder_begin_object (b);
  begin_array (b, "rules");
  for (guint i = 1; i <= lp_rule_count (); i++)
    add_rule (b, i, profile);
  json_builder_end_array (b);
  json_builder_end_object (b);
  return finish (b);
}
