/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "report/lp-report-private.h"

/* A data set as readers and checks would leave it: two pictures below /set, one YOLO layer (2 rows and a class 9; no
 * label file), its three names, and findings added by hand. */
typedef struct
{
  LpDataset *dataset;
  LpFindings *findings;
  LpReport report;
  LpLayer *layer;
  guint32 label_file; /* /set/labels/a.txt */
} Fixture;

static void
add_row (Fixture *f, gint32 class_id)
{
  LpRow row = { .v = { 0.5, 0.5, 0.2, 0.2 }, .class_id = class_id, .kind = LP_ROW_BOX, .decimals = 1, .tokens = 5 };
  LpPlace place = { .offset = f->layer->rows->len * 20, .length = 19, .line = f->layer->rows->len + 1, .column = 1 };

  g_array_append_val (f->layer->rows, row);
  g_array_append_val (f->layer->places, place);
}

static void
fixture_set_up (Fixture *f, gconstpointer data)
{
  static const char *const names[] = { "apple", "can", NULL };
  LpDictionary *dict;
  LpIdentity identity = { .device = 1, .inode = 2, .size = 60, .mode = 0644 };

  f->dataset = lp_dataset_new ();
  f->dataset->root = g_strdup ("/set");
  f->layer = lp_dataset_add_layer (f->dataset, LP_LAYER_YOLO, "/set/data.yaml", NULL);
  f->label_file = lp_dataset_add_file (f->dataset, "/set/labels", "a.txt", &identity);
  for (guint i = 0; i < 2; i++)
    {
      guint32 image = lp_dataset_add_image (f->dataset, "/set/images", i == 0 ? "a.jpg" : "b.jpg");
      LpEntry entry = { .image = image,
                        .first_row = i == 0 ? 0 : 3,
                        .n_rows = i == 0 ? 3 : 0,
                        .file = i == 0 ? f->label_file : LP_NONE,
                        .state = i == 0 ? LP_STATE_ROWS : LP_STATE_NO_FILE };

      g_array_append_val (f->layer->entries, entry);
    }
  add_row (f, 0);
  add_row (f, 1);
  add_row (f, 9);
  lp_layer_index (f->layer, 2);
  dict = lp_dataset_add_dictionary (f->dataset, LP_DICT_YAML, LP_NONE, "data.yaml");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    lp_dictionary_add_name (f->dataset, dict, names[i], -1, (LpPlace){ 0 });
  f->layer->dictionary = 0;
  f->dataset->subject = 0;
  f->dataset->label_files = 1;
  f->dataset->coverage = (LpCoverage){ .pictures_named = 2, .pictures_found = 2, .rows_seen = 3, .rows_read = 3 };
  f->findings = g_new0 (LpFindings, 1);
  f->findings->findings = g_array_new (FALSE, FALSE, sizeof (LpFinding));
  f->findings->because = g_array_new (FALSE, FALSE, sizeof (LpBecause));
  f->report =
    (LpReport){ .dataset = f->dataset, .profile = lp_profile_find ("ultralytics"), .findings = f->findings };
}

static void
fixture_tear_down (Fixture *f, gconstpointer data)
{
  lp_findings_free (f->findings);
  lp_dataset_free (f->dataset);
}

/* A finding on a row of a.txt (row ≥ 0), or on picture `image`. */
static inline void
fixture_add (Fixture *f, const char *rule, guint32 image, gint row)
{
  LpFinding finding = LP_FINDING_INIT;

  finding.rule = lp_rule_find (rule);
  g_assert_cmpuint (finding.rule, !=, LP_RULE_NONE);
  finding.severity = lp_rule_get (finding.rule)->severity;
  finding.layer = 0;
  finding.image = image;
  if (row >= 0)
    {
      finding.row = row;
      finding.file = f->label_file;
      finding.line = row + 1;
      finding.other = row;
    }
  g_array_append_val (f->findings->findings, finding);
  f->findings->errors += finding.severity == LP_SEVERITY_ERROR;
  f->findings->warnings += finding.severity == LP_SEVERITY_WARNING;
  f->findings->infos += finding.severity == LP_SEVERITY_INFO;
}

/* Compared with a job of three names by which apple and can are exchanged. */
static inline LpMatch *
fixture_match (Fixture *f, LpVerdictKind kind)
{
  LpLayer *job = lp_dataset_add_layer (f->dataset, LP_LAYER_MANIFEST, "/set/output.manifest", "things");
  LpMatch *match = lp_match_new (0, 1);
  static const LpVerdictClass classes[] = {
    { .id = 0, .shown = "apple", .name = "can", .reference = 1, .support = 4, .agree = 4 },
    { .id = 1, .shown = "can", .name = "apple", .reference = 0, .support = 4, .agree = 3 },
    { .id = 9, .reference = -1 }
  };
  static const guint table[] = { 1, 4, 0, 3, 0, 0 };
  LpImagePair pair = { .by = LP_PAIRED_STEM, .compared = TRUE };

  lp_layer_index (job, 2);
  match->kind = kind;
  match->mechanisms = LP_MECHANISM_SWAPPED_PAIR;
  match->repair_case = LP_CASE_A;
  g_array_append_vals (match->classes, classes, G_N_ELEMENTS (classes));
  g_array_append_val (match->images, pair);
  g_ptr_array_add (match->names, (gpointer) "can");
  g_ptr_array_add (match->names, (gpointer) "apple");
  match->table = g_memdup2 (table, sizeof table);
  match->n_pairs = match->support = 8;
  match->agree = 7;
  match->margin = 5;
  match->only_subject = 2;
  match->only_witness = 1;
  match->exact = 6;
  g_ptr_array_add (f->dataset->matches, match);
  return match;
}

#define FIXTURE_TEST(path, function) g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)
