/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "write/lp-export-classes.h"

/* A set whose own list is alphabetical while its numbers are the job's: through the names that the boxes show. */

static const char *const job_names[] = { "can", "paper", "fork", "spoon" };
static const char *const own_names[] = { "can", "fork", "paper", "spoon" };

static LpDictionary *
add_names (LpDataset *d, LpDictOrigin origin, const char *const *names)
{
  LpDictionary *dict = lp_dataset_add_dictionary (d, origin, LP_NONE, "names");

  for (guint i = 0; i < 4; i++)
    lp_dictionary_add_name (d, dict, names[i], -1, (LpPlace){ 0 });
  return dict;
}

/* Rows of the classes 0 … 3; class 3 is shown by no box. */
static LpDataset *
sorted_set (LpVerdictKind kind, LpOrderCase repair_case)
{
  LpDataset *d = lp_dataset_new ();
  LpLayer *layer = lp_dataset_add_layer (d, LP_LAYER_YOLO, "/set", NULL);
  LpMatch *match = lp_match_new (0, 1);

  d->subject = 0;
  layer->dictionary = 0;
  add_names (d, LP_DICT_YAML, own_names);
  add_names (d, LP_DICT_JOB, job_names);
  match->kind = kind;
  match->repair_case = repair_case;
  match->reference = 1;
  for (gint32 i = 0; i < 4; i++)
    {
      LpRow row = { .class_id = i };
      LpVerdictClass class = { .id = i, .name = i < 3 ? job_names[i] : NULL, .reference = i };

      g_array_append_val (layer->rows, row);
      g_array_append_val (match->classes, class);
    }
  g_ptr_array_add (d->matches, match);
  return d;
}

static LpExportClasses *
classes_of (const LpDataset *d, const char *const *order, guint n, guint n_reasons)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new (), reasons = g_ptr_array_new_with_free_func (g_free);
  LpExportClasses *classes;

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (names, (gpointer) order[i]);
  classes = lp_export_classes_new (d, n > 0 ? names : NULL, reasons);
  g_assert_cmpuint (reasons->len, ==, n_reasons);
  return classes;
}

static void
assert_maps (LpExportClasses *classes, gint32 zero, gint32 one, gint32 two, gint32 three)
{
  const gint32 wanted[] = { zero, one, two, three };

  for (gint32 i = 0; i < 4; i++)
    g_assert_cmpint (lp_export_classes_map (classes, i), ==, wanted[i]);
  g_assert_cmpint (lp_export_classes_map (classes, 4), ==, -1);
  g_assert_cmpint (lp_export_classes_map (classes, -1), ==, -1);
  lp_export_classes_free (classes);
}

static void
test_verdict (void)
{
  static const char *const turned[] = { "spoon", "fork", "paper", "can" };
  g_autoptr (LpDataset) d = sorted_set (LP_VERDICT_SORTED, LP_CASE_A);

  /* The job's order: the numbers are right already. */
  assert_maps (classes_of (d, job_names, 4, 0), 0, 1, 2, 3);
  assert_maps (classes_of (d, turned, 4, 0), 3, 2, 1, 0);
  /* No order wanted: as the set itself has it. */
  assert_maps (classes_of (d, NULL, 0, 0), 0, 1, 2, 3);
}

static void
test_no_verdict (void)
{
  g_autoptr (LpDataset) d = sorted_set (LP_VERDICT_CONSISTENT, LP_CASE_NONE);

  /* The set's own names count: fork is 1 there and 2 with the job. */
  assert_maps (classes_of (d, job_names, 4, 0), 0, 2, 1, 3);
}

static void
test_refused (void)
{
  static const char *const lacking[] = { "can", "paper" }, *const bad[] = { "can", "\xff", "fork", "spoon" };
  static const char *const hole[] = { "can", NULL, "fork", "spoon" };
  g_autoptr (LpDataset) d = sorted_set (LP_VERDICT_CONSISTENT, LP_CASE_NONE);

  lp_export_classes_free (classes_of (d, lacking, 2, 2));
  lp_export_classes_free (classes_of (d, bad, 4, 1));
  lp_export_classes_free (classes_of (d, hole, 4, 1));
  lp_dataset_layer (d, 0)->dictionary = LP_NONE;
  lp_export_classes_free (classes_of (d, NULL, 0, 1));
}

static void
test_yaml (void)
{
  static const char *const names[] = { "paper cup", "No", "1.0", "x " };
  g_autoptr (LpDataset) d = sorted_set (LP_VERDICT_CONSISTENT, LP_CASE_NONE);
  g_autoptr (GString) yaml = g_string_new (NULL);
  LpExportClasses *classes;

  lp_dataset_layer (d, 0)->dictionary = LP_NONE;
  g_ptr_array_set_size (d->matches, 0);
  classes = classes_of (d, names, 4, 0);
  lp_export_classes_append_yaml (classes, yaml);
  g_assert_cmpstr (yaml->str, ==, "names:\n  0: paper cup\n  1: \"No\"\n  2: \"1.0\"\n  3: \"x \"\n");
  lp_export_classes_free (classes);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/write/export-classes/verdict", test_verdict);
  g_test_add_func ("/write/export-classes/no-verdict", test_no_verdict);
  g_test_add_func ("/write/export-classes/refused", test_refused);
  g_test_add_func ("/write/export-classes/yaml", test_yaml);
  return g_test_run ();
}
