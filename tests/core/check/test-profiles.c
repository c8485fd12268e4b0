/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "check/lp-rule.h"

static void
test_find (void)
{
  const LpProfile *ultralytics = lp_profile_find ("ultralytics"), *job = lp_profile_find ("ground-truth");

  g_assert_nonnull (ultralytics);
  g_assert_nonnull (job);
  g_assert_cmpint (ultralytics->frame, ==, LP_FRAME_UPRIGHT);
  g_assert_cmpint (job->frame, ==, LP_FRAME_RAW);
  g_assert_true (ultralytics->drops_images);
  g_assert_false (job->drops_images);
  g_assert_null (lp_profile_find ("Ultralytics"));
  g_assert_null (lp_profile_find (""));
}

static void
test_severity (void)
{
  const LpProfile *ultralytics = lp_profile_find ("ultralytics"), *job = lp_profile_find ("ground-truth");

  g_assert_cmpint (lp_profile_severity (ultralytics, LP_RULE_BOX_OUT_OF_FRAME), ==, LP_SEVERITY_WARNING);
  g_assert_cmpint (lp_profile_severity (job, LP_RULE_BOX_OUT_OF_FRAME), ==, LP_SEVERITY_ERROR);
  g_assert_cmpint (lp_profile_severity (job, LP_RULE_BOX_ROUNDING_OVERHANG), ==, LP_SEVERITY_INFO);
  g_assert_cmpint (lp_profile_severity (ultralytics, LP_RULE_ORDER_SORTED), ==, LP_SEVERITY_ERROR);
}

static void
test_default (void)
{
  g_autoptr (LpDataset) d = lp_dataset_new ();

  g_assert_cmpstr (lp_profile_default (d)->id, ==, "ultralytics");
  lp_dataset_add_layer (d, LP_LAYER_MANIFEST, "/job/output.manifest", "things");
  lp_dataset_add_layer (d, LP_LAYER_YOLO, "/yolo/data.yaml", NULL);
  d->subject = 0;
  g_assert_cmpstr (lp_profile_default (d)->id, ==, "ground-truth");
  d->subject = 1;
  g_assert_cmpstr (lp_profile_default (d)->id, ==, "ultralytics");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/profiles/find", test_find);
  g_test_add_func ("/profiles/severity", test_severity);
  g_test_add_func ("/profiles/default", test_default);
  return g_test_run ();
}
