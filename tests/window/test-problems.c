/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lp-index-model.h"
#include "lp-problems.h"

/* A set of three label files with pictures, and findings made by hand. */
typedef struct
{
  LpDataset *d;
  LpFindings findings;
} World;

static void
add (World *w, LpRuleId rule, LpSeverity severity, guint32 place, const char *detail)
{
  LpFinding finding = LP_FINDING_INIT;

  finding.rule = rule;
  finding.severity = severity;
  if (place < 3)
    {
      finding.file = finding.image = place;
      finding.layer = 0;
      finding.row = place;
    }
  if (detail != NULL)
    finding.detail = lp_dataset_add_detail (w->d, detail, -1);
  g_array_append_val (w->findings.findings, finding);
}

static void
set_up (World *w, gconstpointer data)
{
  static const char *const names[] = { "pear", "Nut", "fig" };
  static const char *const files[] = { "one", "two", "three" };
  static const LpIdentity identity = { .inode = 1, .size = 1 };
  LpDictionary *dict;
  LpLayer *layer;

  w->d = lp_dataset_new ();
  w->d->root = g_strdup ("/set");
  layer = lp_dataset_add_layer (w->d, LP_LAYER_YOLO, "/set", NULL);
  dict = lp_dataset_add_dictionary (w->d, LP_DICT_YAML, LP_NONE, "data.yaml");
  layer->dictionary = 0;
  w->d->subject = 0;
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *text = g_strconcat (files[i], ".txt", NULL), *picture = g_strconcat (files[i], ".jpg", NULL);
      LpRow row = { .v = { 0.5, 0.5, 0.2, 0.2 }, .class_id = (gint32) i };
      LpEntry entry = { .image = i, .first_row = i, .n_rows = 1, .file = i };

      lp_dataset_add_file (w->d, "/set/labels", text, &identity);
      lp_dataset_add_image (w->d, "/set/images", picture);
      lp_dictionary_add_name (w->d, dict, names[i], -1, (LpPlace){ 0 });
      g_array_append_val (layer->rows, row);
      g_array_append_val (layer->entries, entry);
    }
  lp_layer_index (layer, 3);
  w->findings.findings = g_array_new (FALSE, FALSE, sizeof (LpFinding));
  w->findings.because = g_array_new (FALSE, FALSE, sizeof (LpBecause));
  add (w, LP_RULE_CLASS_NAME_WHITESPACE, LP_SEVERITY_WARNING, 9, "fig ");     /* 0, of no image */
  add (w, LP_RULE_DUPLICATE_EXACT_BOX, LP_SEVERITY_WARNING, 0, NULL);         /* 1 */
  add (w, LP_RULE_IMAGE_EXIF_FRAME_RAW, LP_SEVERITY_ERROR, 0, NULL);          /* 2: systematic */
  add (w, LP_RULE_BOX_OUT_OF_FRAME, LP_SEVERITY_INFO, 1, NULL);               /* 3 */
  add (w, LP_RULE_IMAGE_EXIF_FRAME_RAW, LP_SEVERITY_ERROR, 2, "orientation"); /* 4 */
  add (w, LP_RULE_DUPLICATE_EXACT_BOX, LP_SEVERITY_WARNING, 2, NULL);         /* 5 */
}

static void
tear_down (World *w, gconstpointer data)
{
  g_array_unref (w->findings.findings);
  g_array_unref (w->findings.because);
  lp_dataset_free (w->d);
}

static LpProblems *
problems_of (const World *w)
{
  return lp_problems_new (w->d, lp_profile_find ("ultralytics"), &w->findings);
}

/* "[2] 2 4 [4] 0 1 3 5": heads with their counts, and findings. */
static void
expect (const LpProblems *problems, const char *wanted)
{
  g_autoptr (GArray) rows = lp_problems_rows (problems);
  g_autoptr (GString) got = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      guint32 row = g_array_index (rows, guint32, i);

      if (i > 0)
        g_string_append_c (got, ' ');
      if (row & LP_PROBLEM_HEAD)
        g_string_append_printf (got, "[%u]", lp_problems_group (problems, row & ~LP_PROBLEM_HEAD)->n);
      else
        g_string_append_printf (got, "%u", row);
    }
  g_assert_cmpstr (got->str, ==, wanted);
}

static void
test_by_cause (World *w, gconstpointer data)
{
  g_autoptr (LpProblems) problems = problems_of (w);

  /* One decision removes the two; the others stand rule by rule, dearest first. */
  g_assert_cmpuint (lp_problems_count (problems), ==, 6);
  g_assert_cmpuint (lp_problems_n_groups (problems), ==, 2);
  g_assert_cmpuint (lp_problems_at (problems, 0), ==, 2);
  g_assert_cmpuint (lp_problems_at (problems, 1), ==, 4);
  g_assert_cmpuint (lp_problems_group (problems, 0)->n, ==, 2);
  g_assert_cmpint (lp_problems_group (problems, 0)->severity, ==, LP_SEVERITY_ERROR);
  g_assert_cmpuint (lp_problems_group (problems, 1)->n, ==, 4);
  for (guint32 place = 0; place < 6; place++)
    g_assert_cmpuint (lp_problems_place (problems, lp_problems_at (problems, place)), ==, place);
  g_assert_cmpuint (lp_problems_group_of (problems, 4), ==, 0);
  g_assert_cmpuint (lp_problems_group_of (problems, 0), ==, 1);
}

static void
test_by_rule (World *w, gconstpointer data)
{
  g_autoptr (LpProblems) problems = problems_of (w);

  lp_problems_set_grouping (problems, LP_GROUP_RULE);
  expect (problems, "[2] 2 4 [1] 0 [2] 1 5 [1] 3"); /* errors first, then by id */
}

static void
test_by_file (World *w, gconstpointer data)
{
  g_autoptr (LpProblems) problems = problems_of (w);

  lp_problems_set_grouping (problems, LP_GROUP_FILE);
  expect (problems, "[1] 0 [2] 1 2 [1] 3 [2] 4 5");
  g_assert_cmpstr (lp_problems_group (problems, 1)->title, ==, "labels/one.txt");
}

static void
test_fold (World *w, gconstpointer data)
{
  g_autoptr (LpProblems) problems = problems_of (w);

  lp_problems_set_grouping (problems, LP_GROUP_FILE);
  lp_problems_set_folded (problems, 1, TRUE);
  expect (problems, "[1] 0 [2] [1] 3 [2] 4 5");
  g_assert_cmpuint (lp_problems_count (problems), ==, 6); /* folded is not gone */
  g_assert_cmpuint (lp_problems_group_of (problems, 2), ==, 1);
  /* Another severity keeps what is folded, another search shows what it finds. */
  lp_problems_set_severities (problems, 1 << LP_SEVERITY_WARNING);
  expect (problems, "[1] 0 [1] [1] 5");
  lp_problems_set_filter (problems, "ONE");
  expect (problems, "[1] 1");
}

static void
test_filter (World *w, gconstpointer data)
{
  static const struct
  {
    const char *text, *rows;
  } cases[] = {
    { "exact", "[1] 1 [1] 5" },               /* a rule's id or title */
    { "duplicate/exact-box", "[1] 1 [1] 5" }, /* one rule */
    { "TWO.TXT", "[1] 3" },                   /* a file */
    { "three.jpg", "[2] 4 5" },               /* a picture */
    { "nut", "[1] 3" },                       /* a class */
    { "orientation", "[1] 4" },               /* what is quoted */
    { "fig", "[1] 0 [2] 4 5" },               /* quoted, and a class */
    { " fig   exact ", "[1] 5" },             /* both */
    { "nothing like it", "" },
    { "  ", "[1] 0 [2] 1 2 [1] 3 [2] 4 5" },
  };
  g_autoptr (LpProblems) problems = problems_of (w);

  lp_problems_set_grouping (problems, LP_GROUP_FILE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].text);
      lp_problems_set_filter (problems, cases[i].text);
      expect (problems, cases[i].rows);
    }
  lp_problems_set_filter (problems, "nut");
  g_assert_cmpuint (lp_problems_place (problems, 0), ==, LP_NONE);
  g_assert_cmpuint (lp_problems_group_of (problems, 0), ==, G_MAXUINT);
}

static void
test_nothing (World *w, gconstpointer data)
{
  g_autoptr (LpProblems) problems = NULL;

  g_array_set_size (w->findings.findings, 0);
  problems = problems_of (w);
  lp_problems_set_grouping (problems, LP_GROUP_RULE);
  expect (problems, "");
}

/* A million, and a list model over them that makes an item only when asked. */
static void
test_million (World *w, gconstpointer data)
{
  g_autoptr (LpProblems) problems = NULL;
  g_autoptr (LpIndexModel) model = lp_index_model_new ();
  g_autoptr (LpIndexItem) last = NULL;

  while (w->findings.findings->len < 1000000)
    add (w, LP_RULE_DUPLICATE_EXACT_BOX, LP_SEVERITY_WARNING, w->findings.findings->len % 3, NULL);
  problems = problems_of (w);
  lp_problems_set_grouping (problems, LP_GROUP_RULE);
  lp_index_model_take (model, lp_problems_rows (problems));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 1000000 + 4);
  last = g_list_model_get_item (G_LIST_MODEL (model), 1000000 + 1);
  g_assert_cmpuint (lp_index_item_get (last), ==, 999999); /* before the hint and its head */
  lp_problems_set_filter (problems, "two");
  lp_index_model_take (model, lp_problems_rows (problems));
  /* Every third of those added, from finding 7 on, and the hint; two heads. */
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 333331 + 1 + 2);
}

#define TEST(name, function) g_test_add ("/problems/" name, World, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST ("by-cause", test_by_cause);
  TEST ("by-rule", test_by_rule);
  TEST ("by-file", test_by_file);
  TEST ("fold", test_fold);
  TEST ("filter", test_filter);
  TEST ("nothing", test_nothing);
  TEST ("million", test_million);
  return g_test_run ();
}
