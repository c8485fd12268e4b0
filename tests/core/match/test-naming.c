/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "world.h"

static void
test_find (void)
{
  static const char *const labels[] = { "pen", "Pen", "traffic light", "", "scissors", "pen", NULL };
  World w;
  g_autoptr (LpNaming) naming = NULL;

  world_init (&w);
  naming = lp_naming_new (lp_dataset_dict (w.d, world_add_config (&w, labels)));
  g_assert_cmpint (lp_naming_find (naming, "pen"), ==, 0);
  g_assert_cmpint (lp_naming_find (naming, "Pen"), ==, 1);
  g_assert_cmpint (lp_naming_find (naming, "PEN"), ==, -1); /* two names are as like */
  g_assert_cmpint (lp_naming_find (naming, "Traffic_Light"), ==, 2);
  g_assert_cmpint (lp_naming_find (naming, "scissors "), ==, 4);
  g_assert_cmpint (lp_naming_find (naming, "pencil"), ==, -1);
  g_assert_cmpint (lp_naming_find (naming, ""), ==, -1);
  g_assert_cmpint (lp_naming_find (naming, NULL), ==, -1);
  world_clear (&w);
}

static void
test_reference (void)
{
  static const char *const map[] = { "can", "", "fork", NULL };
  static const char *const foreign[] = { "can", "spoon", NULL };
  static const char *const sorted[] = { "can", "fork", "paper", NULL };
  static const char *const job[] = { "can", "paper", "fork", NULL };
  World w;
  guint32 wrong, list, right, own;

  world_layers (&w, map, sorted);
  g_assert_cmpuint (lp_match_reference (w.d, w.job), ==, w.job_dict); /* none but the class-map */
  wrong = world_add_config (&w, foreign);
  g_assert_cmpuint (lp_match_reference (w.d, w.job), ==, w.job_dict); /* lacks the fork */
  list = world_add_config (&w, sorted);
  lp_dataset_dict (w.d, wrong)->layer = lp_dataset_dict (w.d, list)->layer = LP_NONE;
  g_assert_cmpuint (lp_match_reference (w.d, w.job), ==, list);
  right = world_add_config (&w, job);
  lp_dataset_dict (w.d, right)->layer = LP_NONE;
  g_assert_cmpuint (lp_match_reference (w.d, w.job), ==, right); /* agrees more */
  own = world_add_config (&w, sorted);
  g_assert_cmpuint (lp_match_reference (w.d, w.job), ==, own); /* says it belongs to this job */
  g_assert_cmpuint (lp_match_reference (w.d, w.yolo), ==, lp_dataset_layer (w.d, w.yolo)->dictionary);
  lp_dataset_layer (w.d, w.yolo)->dictionary = LP_NONE;
  g_assert_cmpuint (lp_match_reference (w.d, w.yolo), ==, LP_NONE);
  world_clear (&w);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/match/naming/find", test_find);
  g_test_add_func ("/match/naming/reference", test_reference);
  return g_test_run ();
}
