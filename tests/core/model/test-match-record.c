/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/lp-match-record.h"

static LpMatch *
add_match (LpDataset *d, guint32 subject, guint32 witness, guint support)
{
  LpMatch *match = lp_match_new (subject, witness);

  match->support = support;
  g_ptr_array_add (d->matches, match);
  return match;
}

/* The first witness that supports anything judges, whatever stands before it. */
static void
test_which_judges (void)
{
  g_autoptr (LpDataset) d = lp_dataset_new ();

  for (guint i = 0; i < 4; i++)
    lp_dataset_add_layer (d, i == 1 ? LP_LAYER_YOLO : LP_LAYER_MANIFEST, "/set", NULL);
  d->subject = 1;
  g_assert_null (lp_dataset_match (d));

  add_match (d, 0, 1, 9);
  g_assert_null (lp_dataset_match (d));

  LpMatch *silent = add_match (d, 1, 0, 0);
  g_assert_true (lp_dataset_match (d) == silent);

  LpMatch *speaking = add_match (d, 1, 2, 5);
  add_match (d, 1, 3, 7);
  g_assert_true (lp_dataset_match (d) == speaking);
}

static void
test_pair_of (void)
{
  static const guint32 entries[] = { 2, 3, 7 };
  g_autoptr (LpMatch) match = lp_match_new (0, 1);

  g_assert_null (lp_match_pair_of (match, 0));
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      LpImagePair pair = { .subject_entry = entries[i], .witness_entry = 10 + i };

      g_array_append_val (match->images, pair);
    }
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    g_assert_cmpuint (lp_match_pair_of (match, entries[i])->witness_entry, ==, 10 + i);
  g_assert_null (lp_match_pair_of (match, 0));
  g_assert_null (lp_match_pair_of (match, 5));
  g_assert_null (lp_match_pair_of (match, 8));
}

/* The ids are a contract with scripts. */
static void
test_ids (void)
{
  g_autoptr (LpMatch) match = lp_match_new (0, 1);

  g_assert_cmpstr (lp_verdict_id (LP_VERDICT_UNVERIFIABLE), ==, "unverifiable");
  g_assert_cmpstr (lp_verdict_id (LP_VERDICT_CONSISTENT), ==, "consistent");
  g_assert_cmpstr (lp_verdict_id (LP_VERDICT_DIFFERS_FROM_JOB), ==, "differs-from-job");
  g_assert_cmpstr (lp_verdict_id (LP_VERDICT_SWAPPED_PAIR), ==, "swapped-pair");
  g_assert_cmpstr (lp_verdict_id (LP_VERDICT_SORTED), ==, "sorted");
  g_assert_cmpstr (lp_verdict_id (LP_VERDICT_PERMUTED), ==, "permuted");
  g_assert_cmpstr (lp_verdict_id (LP_VERDICT_INCONSISTENT), ==, "inconsistent");
  g_assert_cmpstr (lp_conversion_id (LP_CONVERSION_STRAIGHT), ==, "straight");
  g_assert_cmpstr (lp_conversion_id (LP_CONVERSION_RAW), ==, "raw");
  g_assert_cmpstr (lp_conversion_id (LP_CONVERSION_UPRIGHT), ==, "upright");

  g_assert_cmpfloat (lp_match_purity (match), ==, 0);
  match->support = 8;
  match->agree = 6;
  g_assert_cmpfloat (lp_match_purity (match), ==, 0.75);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/match-record/which-judges", test_which_judges);
  g_test_add_func ("/match-record/pair-of", test_pair_of);
  g_test_add_func ("/match-record/ids", test_ids);
  return g_test_run ();
}
