/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <json-glib/json-glib.h>

#include "fixture.h"

static JsonNode *
parse (const char *text)
{
  GError *error = NULL;
  JsonNode *node = json_from_string (text, &error);

  g_assert_no_error (error);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  return node;
}

/* The value at a path, as JSON text. */
static void
assert_at (JsonNode *root, const char *path, const char *wanted)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) found = json_path_query (path, root, &error);
  g_autofree char *text = NULL;
  g_autofree char *array = g_strdup_printf ("[%s]", wanted);

  g_assert_no_error (error);
  text = json_to_string (found, FALSE);
  g_assert_cmpstr (text, ==, array);
}

static void
test_check (Fixture *f, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) root = NULL;
  LpBecause because = { .finding = 0, .silent = LP_FINDING_INIT };

  fixture_add (f, "class/id-out-of-range", 0, 2);
  fixture_add (f, "image/exif-rotated", 1, -1);
  because.silent.rule = lp_rule_find ("box/extra-in-yolo");
  because.silent.image = 0;
  because.silent.file = f->label_file;
  because.silent.line = 3;
  g_array_append_val (f->findings->because, because);
  text = lp_report_check_json (&f->report);
  root = parse (text);
  assert_at (root, "$.root", "\"/set\"");
  assert_at (root, "$.counts.states", "{\"rows\":1,\"empty\":0,\"unlabelled\":0,\"failed\":0,\"no_file\":1}");
  assert_at (root, "$.counts.images", "2");
  assert_at (root, "$.counts.boxes", "3");
  assert_at (root, "$.coverage.rows", "{\"seen\":3,\"read\":3}");
  assert_at (root, "$.layers[0].names", "[\"apple\",\"can\",null]");
  assert_at (root, "$.layers[0].attribute", "null");
  assert_at (root, "$.layers[0].path", "\"data.yaml\"");
  assert_at (root, "$.layers[0].subject", "true");
  assert_at (root, "$.summary.by_rule", "{\"image/exif-rotated\":1,\"class/id-out-of-range\":1}");
  assert_at (root, "$.findings[0].box", "2");
  assert_at (root, "$.findings[0].line", "3");
  assert_at (root, "$.findings[0].column", "null");
  assert_at (root, "$.findings[0].because[0]",
             "{\"rule\":\"box/extra-in-yolo\",\"image\":\"images/a.jpg\",\"file\":\"labels/a.txt\",\"line\":3}");
  assert_at (root, "$.findings[1].box", "null");
  assert_at (root, "$.findings[1].because", "[]");
  assert_at (root, "$.findings[1].file", "\"images/b.jpg\"");
}

/* Two lines of a manifest may name one image: its boxes are numbered through. */
static void
test_box_number (Fixture *f, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) root = NULL;
  LpEntry *second = lp_layer_entry (f->layer, 1);

  lp_layer_entry (f->layer, 0)->n_rows = 2;
  second->image = 0;
  second->first_row = 2;
  second->n_rows = 1;
  fixture_add (f, "class/id-out-of-range", 0, 2);
  text = lp_report_check_json (&f->report);
  root = parse (text);
  assert_at (root, "$.findings[0].box", "2");
  assert_at (root, "$.counts.images", "1");
}

static void
test_bytes_that_are_no_text (Fixture *f, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) root = NULL;

  lp_dataset_image (f->dataset, 1)->name = "b\xff\x1b\".jpg";
  g_ptr_array_index (lp_dataset_dict (f->dataset, 0)->names, 0) = "caf\xe9";
  fixture_add (f, "image/exif-rotated", 1, -1);
  text = lp_report_check_json (&f->report);
  root = parse (text);
  assert_at (root, "$.layers[0].names[0]", "\"caf\xef\xbf\xbd\"");
}

static void
test_compare (Fixture *f, gconstpointer data)
{
  g_autofree char *text = lp_report_compare_json (&f->report, fixture_match (f, LP_VERDICT_SWAPPED_PAIR));
  g_autoptr (JsonNode) root = parse (text);

  assert_at (root, "$.pairs", "{\"images\":1,\"boxes\":8,\"only_subject\":2,\"only_witness\":1}");
  assert_at (root, "$.contingency", "{\"can\":{\"0\":1,\"1\":4},\"apple\":{\"0\":3}}");
  assert_at (root, "$.verdict.kind", "\"swapped-pair\"");
  assert_at (root, "$.verdict.mechanisms", "[\"swapped-pair\"]");
  assert_at (root, "$.verdict.mapping", "{\"0\":\"can\",\"1\":\"apple\"}");
  assert_at (root, "$.verdict.purity", "0.875");
  assert_at (root, "$.verdict.margin", "5");
  assert_at (root, "$.verdict.classes[1]", "{\"id\":1,\"name\":\"apple\",\"support\":4,\"purity\":0.75}");
  assert_at (root, "$.verdict.unsupported", "[9]");
  assert_at (root, "$.conversion", "{\"hypothesis\":\"straight\",\"hit_rate\":0.75}");
}

static void
test_compare_nothing (Fixture *f, gconstpointer data)
{
  g_autofree char *text = lp_report_compare_json (&f->report, NULL);
  g_autoptr (JsonNode) root = parse (text);

  assert_at (root, "$.verdict.kind", "\"unverifiable\"");
  assert_at (root, "$.pairs.boxes", "0");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/report/json/check", test_check);
  FIXTURE_TEST ("/report/json/box-number", test_box_number);
  FIXTURE_TEST ("/report/json/bytes-that-are-no-text", test_bytes_that_are_no_text);
  FIXTURE_TEST ("/report/json/compare", test_compare);
  FIXTURE_TEST ("/report/json/compare-nothing", test_compare_nothing);
  return g_test_run ();
}
