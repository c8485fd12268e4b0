/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "../match/world.h"
#include "check/lp-check.h"

static const char *const names[] = { "pen", "pencil", "eraser", NULL };

/* One picture of 1000 × 800 in a YOLO set of three names, its rows to be added. */
static void
one_picture (World *w)
{
  world_init (w);
  world_add_yolo (w, names);
  world_add_entry (w, w->yolo, world_add_image (w, "/images/a.jpg", 1000, 800, 1), LP_STATE_EMPTY);
  w->d->subject = w->yolo;
}

static LpFindings *
run (World *w)
{
  for (guint i = 0; i < w->d->layers->len; i++)
    lp_layer_index (lp_dataset_layer (w->d, i), w->d->images->len);
  return lp_check_run (w->d, lp_profile_default (w->d), NULL, NULL);
}

/* The rules found, in order, separated by blanks. */
static char *
found (const LpFindings *findings)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < findings->findings->len; i++)
    g_string_append_printf (out, i > 0 ? " %s" : "%s",
                            lp_rule_get (g_array_index (findings->findings, LpFinding, i).rule)->id);
  return g_string_free (out, FALSE);
}

typedef struct
{
  guint decimals;
  gint class_id;
  double v[4];
  const char *found;
} RowCase;

static const RowCase row_cases[] = {
  { 6, 0, { 0.5, 0.5, 0.1, 0.1 }, "" },
  { 6, -1, { 0.5, 0.5, 0.1, 0.1 }, "label/negative-class" },
  { 6, 2, { 0.5, 0.5, 0.1, 0.1 }, "" },
  { 6, 3, { 0.5, 0.5, 0.1, 0.1 }, "class/one-based class/id-equals-nc" },
  { 6, 4, { 0.5, 0.5, 0.1, 0.1 }, "class/id-out-of-range" },
  { 6, 0, { 0.5, 0.5, 0, 0.1 }, "box/non-positive" },
  { 6, 0, { 1.2, 0.5, 0.1, 0.1 }, "label/out-of-unit" },
  { 6, 0, { -0.2, 0.5, 0.1, 0.1 }, "label/out-of-unit" },
  { 6, 0, { 1.01, 0.5, 0.4, 0.1 }, "box/centre-outside" },
  { 6, 0, { 0.5, 0.5, 1.01, 0.1 }, "label/out-of-unit-tolerated box/out-of-frame" },
  { 6, 0, { 1.005, 0.5, 0.002, 0.1 }, "box/outside" },
  { 6, 0, { 0.97, 0.5, 0.2, 0.1 }, "box/out-of-frame" },
  { 4, 0, { 0.4932, 0.7188, 0.9336, 0.5625 }, "box/rounding-overhang" },
  { 6, 0, { 0.4932, 0.7188, 0.9336, 0.5625 }, "box/out-of-frame" },
  { 4, 0, { 0.5, 0.9001, 0.2, 0.2 }, "box/out-of-frame" },
  { 1, 0, { 0.5, 0.5, 1, 1 }, "box/full-image" },
  /* 0.1 + 0.2 / 2 in doubles is not 0.2, and that is nobody's mistake. */
  { 2, 0, { 0.85, 0.9, 0.3, 0.2 }, "" },
};

static void
test_rows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (row_cases); i++)
    {
      const RowCase *c = &row_cases[i];
      g_autoptr (LpFindings) findings = NULL;
      g_autofree char *rules = NULL;
      World w;

      g_test_message ("case %u", i);
      one_picture (&w);
      w.decimals = c->decimals;
      world_add_fractions (&w, w.yolo, c->class_id, c->v[0], c->v[1], c->v[2], c->v[3]);
      findings = run (&w);
      rules = found (findings);
      g_assert_cmpstr (rules, ==, c->found);
      world_clear (&w);
    }
}

static void
test_removed_rows_are_silent (void)
{
  g_autoptr (LpFindings) findings = NULL;
  World w;

  one_picture (&w);
  world_add_fractions (&w, w.yolo, 9, 0.5, 0.5, 0.1, 0.1);
  world_add_fractions (&w, w.yolo, 0, 0.2, 0.2, 0.1, 0.1);
  lp_layer_row (lp_dataset_layer (w.d, w.yolo), 0)->flags |= LP_ROW_REMOVED;
  findings = run (&w);
  g_assert_cmpuint (findings->findings->len, ==, 0);
  world_clear (&w);
}

static void
test_without_names_no_class_is_wrong (void)
{
  g_autoptr (LpFindings) findings = NULL;
  World w;

  world_init (&w);
  world_add_yolo (&w, NULL);
  world_add_entry (&w, w.yolo, world_add_image (&w, "/images/a.jpg", 1000, 800, 1), LP_STATE_EMPTY);
  world_add_fractions (&w, w.yolo, 900, 0.5, 0.5, 0.1, 0.1);
  w.d->subject = w.yolo;
  findings = run (&w);
  g_assert_cmpuint (findings->findings->len, ==, 0);
  world_clear (&w);
}

static void
test_pixels (void)
{
  g_autoptr (LpFindings) findings = NULL;
  g_autofree char *rules = NULL;
  World w;

  one_picture (&w);
  w.decimals = 0;
  world_add_fractions (&w, w.yolo, 0, 500, 300, 80, 60);
  world_add_fractions (&w, w.yolo, 0, 700, 300, 80, 60);
  findings = run (&w);
  rules = found (findings);
  g_assert_cmpstr (rules, ==, "label/pixel-values");
  /* Of each row: out of unit, outside, its centre outside, out of frame, huge. */
  g_assert_cmpuint (findings->because->len, ==, 10);
  world_clear (&w);
}

/* More than SORT_FROM rows take another way to the same result. */
static void
test_duplicates (void)
{
  const gboolean selected[LP_RULE_END] = { [LP_RULE_DUPLICATE_EXACT_BOX] = TRUE };

  for (guint n = 3; n <= 300; n += 297)
    {
      g_autoptr (LpFindings) findings = NULL;
      const LpFinding *finding;
      World w;

      one_picture (&w);
      for (guint i = 0; i < n; i++)
        world_add_fractions (&w, w.yolo, 0, 0.1 + 0.002 * i, 0.5, 0.1, 0.1);
      world_add_fractions (&w, w.yolo, 0, 0.102, 0.5, 0.1, 0.1);
      world_add_fractions (&w, w.yolo, 1, 0.102, 0.5, 0.1, 0.1);
      world_add_fractions (&w, w.yolo, 0, 0.102, 0.5, 0.1, 0.1);
      findings = lp_check_run (w.d, lp_profile_find ("ultralytics"), selected, NULL);
      g_assert_cmpuint (findings->findings->len, ==, 2);
      finding = &g_array_index (findings->findings, LpFinding, 0);
      g_assert_cmpint (finding->rule, ==, LP_RULE_DUPLICATE_EXACT_BOX);
      g_assert_cmpuint (finding->row, ==, n);
      g_assert_cmpuint (finding->other, ==, 1);
      g_assert_cmpuint (g_array_index (findings->findings, LpFinding, 1).row, ==, n + 2);
      g_assert_cmpuint (g_array_index (findings->findings, LpFinding, 1).other, ==, 1);
      world_clear (&w);
    }
}

/* The same for boxes that are nearly another's: in a crowd the sweep meets them in another order. */
static void
test_twins (void)
{
  for (guint n = 3; n <= 300; n += 297)
    {
      g_autoptr (LpFindings) findings = NULL;
      g_autofree char *rules = NULL;
      World w;

      one_picture (&w);
      for (guint i = 0; i < n; i++)
        world_add_fractions (&w, w.yolo, 0, 0.05 + 0.04 * (i % 20), 0.05 + 0.05 * (i / 20), 0.03, 0.03);
      world_add_fractions (&w, w.yolo, 1, 0.0899, 0.05, 0.03, 0.03);
      world_add_fractions (&w, w.yolo, 1, 0.13, 0.05, 0.03, 0.03);
      world_add_fractions (&w, w.yolo, 0, 0.05, 0.05, 0.03, 0.035);
      world_add_fractions (&w, w.yolo, 0, 0.05, 0.05, 0.03, 0.02);
      findings = run (&w);
      rules = found (findings);
      g_assert_cmpstr (rules, ==, "duplicate/near-other-class duplicate/exact-other-class duplicate/near-same-class");
      for (guint i = 0; i < 3; i++)
        {
          const LpFinding *finding = &g_array_index (findings->findings, LpFinding, i);

          g_assert_cmpuint (finding->row, ==, n + i);
          g_assert_cmpuint (finding->other, ==, (i + 1) % 3);
        }
      world_clear (&w);
    }
}

static void
test_manifest_is_judged_in_its_own_pixels (void)
{
  g_autoptr (LpFindings) findings = NULL;
  const LpFinding *finding;
  World w;

  world_init (&w);
  world_add_manifest (&w, names);
  world_add_entry (&w, w.job, world_add_image (&w, "/images/a.jpg", 640, 480, 1), LP_STATE_EMPTY);
  world_add_pixels (&w, w.job, 0, 0, 0, 640, 400);
  world_add_pixels (&w, w.job, 0, 600, 10, 40.4, 20);
  world_add_pixels (&w, w.job, 0, 600, 100, 50, 20);
  world_add_pixels (&w, w.job, 0, 600, 10, 0, 20);
  world_add_pixels (&w, w.job, 0, 641, 10, 30, 20);
  w.d->subject = w.job;
  findings = run (&w);
  g_assert_cmpuint (findings->findings->len, ==, 4);
  finding = (const LpFinding *) findings->findings->data;
  g_assert_cmpint (finding[0].rule, ==, LP_RULE_BOX_ROUNDING_OVERHANG);
  g_assert_cmpfloat_with_epsilon (finding[0].a, 0.4, 1e-9);
  g_assert_cmpint (finding[1].rule, ==, LP_RULE_BOX_OUT_OF_FRAME);
  g_assert_cmpint (finding[1].severity, ==, LP_SEVERITY_ERROR);
  g_assert_cmpfloat_with_epsilon (finding[1].a, 10, 1e-9);
  g_assert_cmpint (finding[2].rule, ==, LP_RULE_BOX_NON_POSITIVE);
  g_assert_cmpint (finding[3].rule, ==, LP_RULE_BOX_OUTSIDE);
  world_clear (&w);
}

/* ---- the run ---- */

static void
fill (World *w, guint n_images)
{
  for (guint i = 0; i < n_images; i++)
    {
      g_autofree char *path = g_strdup_printf ("/images/%06u.jpg", i);

      world_add_entry (w, w->yolo, world_add_image (w, path, 640, 480, 1), LP_STATE_EMPTY);
      world_add_fractions (w, w->yolo, (gint) (i % 5), 0.5, 0.5, 0.1, 0.1);
      world_add_fractions (w, w->yolo, 0, 0.5, 0.5 + 0.001 * (i % 700), 0.1, 0.1);
    }
}

static void
test_order_does_not_depend_on_threads (void)
{
  g_autoptr (LpFindings) first = NULL;
  World w;

  world_init (&w);
  world_add_yolo (&w, names);
  w.d->subject = w.yolo;
  fill (&w, 9000);
  first = run (&w);
  g_assert_cmpuint (first->findings->len, >, 3600);
  for (guint i = 1; i < first->findings->len; i++)
    {
      const LpFinding *a = &g_array_index (first->findings, LpFinding, i - 1), *b = a + 1;

      g_assert_true (a->image < b->image || (a->image == b->image && a->row <= b->row));
    }
  for (guint round = 0; round < 5; round++)
    {
      g_autoptr (LpFindings) again = run (&w);

      g_assert_cmpmem (again->findings->data, again->findings->len * sizeof (LpFinding), first->findings->data,
                       first->findings->len * sizeof (LpFinding));
    }
  world_clear (&w);
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  LpProgress progress = { .cancellable = cancellable };
  World w;

  one_picture (&w);
  g_cancellable_cancel (cancellable);
  g_assert_null (lp_check_run (w.d, lp_profile_default (w.d), NULL, &progress));
  world_clear (&w);
}

static void
test_progress (void)
{
  LpProgress progress = { 0 };
  g_autoptr (LpFindings) findings = NULL;
  World w;

  world_init (&w);
  world_add_yolo (&w, names);
  w.d->subject = w.yolo;
  fill (&w, 3000);
  findings = lp_check_run (w.d, lp_profile_default (w.d), NULL, &progress);
  g_assert_cmpint (progress.done, ==, 3000);
  g_assert_cmpint (progress.found, >, 0);
  world_clear (&w);
}

static void
test_nothing_to_check (void)
{
  g_autoptr (LpDataset) d = lp_dataset_new ();
  g_autoptr (LpFindings) findings = lp_check_run (d, lp_profile_default (d), NULL, NULL);

  g_assert_cmpuint (findings->findings->len, ==, 0);
  g_assert_cmpuint (findings->errors + findings->warnings + findings->infos, ==, 0);
}

/* What a reader noticed gets the profile's severity and its place in the order. */
static void
test_noticed (void)
{
  LpFinding noticed = LP_FINDING_INIT;
  g_autoptr (LpFindings) findings = NULL;
  const LpFinding *finding;
  World w;

  one_picture (&w);
  world_add_fractions (&w, w.yolo, 9, 0.5, 0.5, 0.1, 0.1);
  noticed.rule = LP_RULE_DATASET_SPLIT_UNKNOWN_IMAGE;
  noticed.severity = LP_SEVERITY_ERROR;
  noticed.image = 0;
  lp_dataset_notice (w.d, &noticed);
  findings = run (&w);
  finding = (const LpFinding *) findings->findings->data;
  g_assert_cmpuint (findings->findings->len, ==, 2);
  g_assert_cmpint (finding[0].rule, ==, LP_RULE_DATASET_SPLIT_UNKNOWN_IMAGE);
  g_assert_cmpint (finding[0].severity, ==, LP_SEVERITY_INFO);
  g_assert_cmpint (finding[1].rule, ==, LP_RULE_CLASS_ID_OUT_OF_RANGE);
  g_assert_cmpuint (findings->errors, ==, 1);
  g_assert_cmpuint (findings->infos, ==, 1);
  world_clear (&w);
}

/* Details and absent files are added once, however often one checks. */
static void
test_checking_again_adds_nothing (void)
{
  static const char *const blanks[] = { "pen ", "pencil", NULL };
  World w;
  guint n_details;

  world_init (&w);
  world_add_yolo (&w, blanks);
  w.d->subject = w.yolo;
  for (guint round = 0; round < 3; round++)
    {
      g_autoptr (LpFindings) findings = run (&w);

      g_assert_cmpuint (findings->findings->len, ==, 1);
      n_details = w.d->details->len;
      g_assert_cmpuint (n_details, ==, 1);
    }
  world_clear (&w);
}

/* ---- selection ---- */

static void
test_select (void)
{
  g_autofree gboolean *selected = g_new0 (gboolean, lp_rule_count () + 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (LpFindings) findings = NULL;
  g_autofree char *rules = NULL;
  World w;

  g_assert_true (lp_check_select (selected, "box/*, class/id-equals-nc", TRUE, &error));
  g_assert_no_error (error);
  g_assert_true (selected[LP_RULE_BOX_OUTSIDE]);
  g_assert_true (selected[LP_RULE_CLASS_ID_EQUALS_NC]);
  g_assert_false (selected[LP_RULE_CLASS_ID_OUT_OF_RANGE]);
  g_assert_true (lp_check_select (selected, "box/outside", FALSE, &error));
  g_assert_false (selected[LP_RULE_BOX_OUTSIDE]);
  g_assert_false (lp_check_select (selected, "box/outside,boxes/*", TRUE, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_assert_nonnull (strstr (error->message, "boxes/*"));

  one_picture (&w);
  world_add_fractions (&w, w.yolo, 9, 1.2, 0.5, 0.1, 0.1);
  memset (selected, 0, sizeof (gboolean) * (lp_rule_count () + 1));
  g_assert_true (lp_check_select (selected, "box/*", TRUE, NULL));
  findings = lp_check_run (w.d, lp_profile_default (w.d), selected, NULL);
  rules = found (findings);
  /* label/out-of-unit is not asked, so it explains nothing. */
  g_assert_cmpstr (rules, ==, "box/outside");
  world_clear (&w);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/check/rows", test_rows);
  g_test_add_func ("/check/removed-rows", test_removed_rows_are_silent);
  g_test_add_func ("/check/without-names", test_without_names_no_class_is_wrong);
  g_test_add_func ("/check/pixels", test_pixels);
  g_test_add_func ("/check/duplicates", test_duplicates);
  g_test_add_func ("/check/twins", test_twins);
  g_test_add_func ("/check/manifest", test_manifest_is_judged_in_its_own_pixels);
  g_test_add_func ("/check/threads", test_order_does_not_depend_on_threads);
  g_test_add_func ("/check/cancelled", test_cancelled);
  g_test_add_func ("/check/progress", test_progress);
  g_test_add_func ("/check/nothing", test_nothing_to_check);
  g_test_add_func ("/check/noticed", test_noticed);
  g_test_add_func ("/check/again", test_checking_again_adds_nothing);
  g_test_add_func ("/check/select", test_select);
  return g_test_run ();
}
