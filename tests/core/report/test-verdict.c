/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"

static void
assert_verdict (const Fixture *f, const char *wanted)
{
  g_autofree char *verdict = lp_report_verdict (&f->report);

  g_assert_cmpstr (verdict, ==, wanted);
}

static void
test_order_comes_first (Fixture *f, gconstpointer data)
{
  fixture_add (f, "class/id-out-of-range", 0, 2);
  assert_verdict (f, "Not ready to export: there is 1 error.");
  fixture_add (f, "order/sorted", LP_NONE, -1);
  assert_verdict (f, "Not ready to export: the label order differs from the labelling job.");
}

static void
test_lists_disagree (Fixture *f, gconstpointer data)
{
  fixture_add (f, "order/names-disagree", LP_NONE, -1);
  assert_verdict (f, "Not ready to export: the lists of names disagree.");
}

static void
test_ready_only_when_proved (Fixture *f, gconstpointer data)
{
  assert_verdict (f, "Nothing wrong was found, but there is nothing to prove the label order with.");
  fixture_match (f, LP_VERDICT_CONSISTENT);
  assert_verdict (f, "Ready to export: nothing wrong was found.");
  f->report.partial = TRUE;
  assert_verdict (f, "The selected rules found nothing wrong. The others were not asked.");
  f->report.partial = FALSE;
  fixture_add (f, "duplicate/exact-box", 0, 1);
  assert_verdict (f, "No errors; 1 warning is left to look at.");
}

static void
test_not_read_is_not_clean (Fixture *f, gconstpointer data)
{
  fixture_match (f, LP_VERDICT_CONSISTENT);
  f->dataset->coverage.pictures_found = 1;
  assert_verdict (f, "Not everything could be read, so nobody can say that this is right.");
  f->dataset->coverage.pictures_found = 2;
  f->report.incomplete = TRUE;
  assert_verdict (f, "Not everything could be read, so nobody can say that this is right.");
  f->report.incomplete = FALSE;
  lp_dataset_image (f->dataset, 0)->flags |= LP_IMAGE_OTHER_FORMAT;
  assert_verdict (f, "Not everything could be read, so nobody can say that this is right.");
  lp_dataset_image (f->dataset, 0)->flags = 0;
  assert_verdict (f, "Ready to export: nothing wrong was found.");
  f->dataset->coverage.rows_read = 2;
  assert_verdict (f, "Not everything could be read, so nobody can say that this is right.");
  lp_layer_entry (f->layer, 0)->state = LP_STATE_FAILED;
  g_assert_true (lp_report_nothing_read (f->dataset));
  assert_verdict (f, "No labels could be read, so nothing can be said about them.");
}

static void
test_coverage_and_counts (Fixture *f, gconstpointer data)
{
  g_autofree char *coverage = NULL;
  g_autofree char *counts = NULL;

  f->dataset->coverage = (LpCoverage){ .pictures_named = 1, .pictures_found = 0, .rows_seen = 3, .rows_read = 2 };
  coverage = lp_report_coverage (&f->report);
  g_assert_cmpstr (coverage, ==, "0 of 1 picture, 2 of 3 rows");
  fixture_add (f, "class/id-out-of-range", 0, 2);
  fixture_add (f, "duplicate/exact-box", 0, 1);
  fixture_add (f, "duplicate/exact-box", 0, 1);
  counts = lp_report_counts (f->findings);
  g_assert_cmpstr (counts, ==, "1 error, 2 warnings, 0 infos");
}

/* The rows of two layers are not the boxes of one. */
static void
test_coverage_says_whose_rows (Fixture *f, gconstpointer data)
{
  g_autofree char *coverage = NULL;

  f->dataset->coverage = (LpCoverage){ .pictures_named = 2, .pictures_found = 2, .rows_seen = 8, .rows_read = 7 };
  coverage = lp_report_coverage (&f->report);
  g_assert_cmpstr (coverage, ==, "2 of 2 pictures, 7 of 8 rows (3 in the labels, 5 to compare them with)");
}

static void
test_no_names_is_not_ready (Fixture *f, gconstpointer data)
{
  fixture_match (f, LP_VERDICT_CONSISTENT);
  g_assert_false (lp_report_lacks_names (f->dataset));
  f->layer->dictionary = LP_NONE;
  g_assert_true (lp_report_lacks_names (f->dataset));
  assert_verdict (f, "Not ready to export: the classes have no names.");
  fixture_add (f, "duplicate/exact-box", 0, 1);
  assert_verdict (f, "Not ready to export: the classes have no names.");
}

static void
test_order_sentences (Fixture *f, gconstpointer data)
{
  LpMatch *match = fixture_match (f, LP_VERDICT_SWAPPED_PAIR);
  g_autofree char *swapped = lp_report_order_sentence (f->dataset, match);
  g_autofree char *sure = lp_report_order_sure (match);
  g_autofree char *conversion = lp_report_conversion_sentence (match);

  g_assert_cmpstr (swapped, ==, "Two names are exchanged: “can” and “apple”.");
  g_assert_cmpstr (sure, ==, "7 of 8 boxes agree; the second-best order explains 2.");
  g_assert_cmpstr (conversion, ==, "6 of 8 boxes are equal within the rounding of their digits.");
  for (LpVerdictKind kind = LP_VERDICT_UNVERIFIABLE; kind <= LP_VERDICT_INCONSISTENT; kind++)
    {
      g_autofree char *sentence = NULL;

      match->kind = kind;
      sentence = lp_report_order_sentence (f->dataset, match);
      g_assert_true (g_str_has_suffix (sentence, "."));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/report/verdict/order-first", test_order_comes_first);
  FIXTURE_TEST ("/report/verdict/lists-disagree", test_lists_disagree);
  FIXTURE_TEST ("/report/verdict/ready-only-when-proved", test_ready_only_when_proved);
  FIXTURE_TEST ("/report/verdict/not-read-is-not-clean", test_not_read_is_not_clean);
  FIXTURE_TEST ("/report/verdict/coverage-and-counts", test_coverage_and_counts);
  FIXTURE_TEST ("/report/verdict/coverage-says-whose-rows", test_coverage_says_whose_rows);
  FIXTURE_TEST ("/report/verdict/no-names-is-not-ready", test_no_names_is_not_ready);
  FIXTURE_TEST ("/report/verdict/order-sentences", test_order_sentences);
  return g_test_run ();
}
