/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "../match/world.h"
#include "check/lp-check.h"

typedef struct
{
  World w;
  LpFindings *findings;
  GPtrArray *causes;
} Set;

static void
judge (Set *set, const char *profile)
{
  for (guint i = 0; i < set->w.d->layers->len; i++)
    lp_layer_index (lp_dataset_layer (set->w.d, i), set->w.d->images->len);
  set->findings = lp_check_run (set->w.d, lp_profile_find (profile), NULL, NULL);
  set->causes = lp_causes (set->w.d, lp_profile_find (profile), set->findings);
}

static void
clear (Set *set)
{
  g_ptr_array_unref (set->causes);
  lp_findings_free (set->findings);
  world_clear (&set->w);
}

static const LpCause *
cause_of (const Set *set, LpRuleId rule)
{
  for (guint i = 0; i < set->causes->len; i++)
    {
      const LpCause *cause = g_ptr_array_index (set->causes, i);

      if (cause->rule == rule)
        return cause;
    }
  g_assert_not_reached ();
}

/* Three pictures with three rows each; two of the first picture's are beyond the names, one of the second's. */
static void
classes (Set *set)
{
  static const char *const names[] = { "pen", "pencil", NULL };
  static const gint ids[3][3] = { { 5, 5, 0 }, { 5, 0, 1 }, { 0, 1, 0 } };

  world_init (&set->w);
  world_add_yolo (&set->w, names);
  set->w.d->subject = set->w.yolo;
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *path = g_strdup_printf ("/images/%u.jpg", i);

      world_add_entry (&set->w, set->w.yolo, world_add_image (&set->w, path, 100, 100, 1), LP_STATE_EMPTY);
      for (guint j = 0; j < 3; j++)
        world_add_fractions (&set->w, set->w.yolo, ids[i][j], 0.2 + 0.3 * j, 0.5, 0.1, 0.1);
    }
}

static void
test_one_bad_row_costs_the_picture (void)
{
  const LpCause *cause;
  Set set;

  classes (&set);
  judge (&set, "ultralytics");
  g_assert_cmpuint (set.causes->len, ==, 1);
  cause = g_ptr_array_index (set.causes, 0);
  g_assert_cmpuint (cause->findings->len, ==, 3);
  g_assert_cmpuint (cause->n_images, ==, 2);
  g_assert_cmpuint (cause->n_rows, ==, 3);
  g_assert_cmpuint (cause->images_lost, ==, 2);
  g_assert_cmpuint (cause->rows_lost, ==, 6);
  g_assert_cmpstr (cause->sentence, ==, "Class beyond the names: 3 times");
  g_assert_cmpstr (cause->consequence, ==, "A trainer drops 2 pictures with all their boxes, 6 in all.");
  g_assert_false (cause->systematic);
  clear (&set);
}

static void
test_or_only_itself (void)
{
  const LpCause *cause;
  Set set;

  classes (&set);
  judge (&set, "ground-truth");
  cause = g_ptr_array_index (set.causes, 0);
  g_assert_cmpuint (cause->images_lost, ==, 0);
  g_assert_cmpuint (cause->rows_lost, ==, 3);
  clear (&set);
}

static void
test_dearest_first (void)
{
  Set set;

  classes (&set);
  /* A hint, and a warning that costs a box. */
  world_add_entry (&set.w, set.w.yolo, world_add_image (&set.w, "/images/9.jpg", 100, 100, 1), LP_STATE_EMPTY);
  world_add_entry (&set.w, set.w.yolo, world_add_image (&set.w, "/images/8.jpg", 100, 100, 1), LP_STATE_EMPTY);
  world_add_fractions (&set.w, set.w.yolo, 0, 0.05, 0.5, 0.2, 0.1);
  judge (&set, "ultralytics");
  g_assert_cmpuint (set.causes->len, ==, 3);
  g_assert_cmpint (((LpCause *) g_ptr_array_index (set.causes, 0))->rule, ==, LP_RULE_CLASS_ID_OUT_OF_RANGE);
  g_assert_cmpint (((LpCause *) g_ptr_array_index (set.causes, 1))->rule, ==, LP_RULE_BOX_OUT_OF_FRAME);
  g_assert_cmpint (((LpCause *) g_ptr_array_index (set.causes, 2))->rule, ==, LP_RULE_LABEL_EMPTY);
  g_assert_cmpuint (cause_of (&set, LP_RULE_LABEL_EMPTY)->rows_lost, ==, 0);
  clear (&set);
}

/* A warning that costs twenty boxes stands behind an error that costs one. */
static void
test_errors_before_warnings (void)
{
  Set set;

  classes (&set);
  for (guint i = 0; i < 20; i++)
    world_add_fractions (&set.w, set.w.yolo, 0, 0.05, 0.03 + 0.04 * i, 0.2, 0.03);
  judge (&set, "ground-truth");
  for (guint i = 1; i < set.causes->len; i++)
    g_assert_cmpint (((LpCause *) g_ptr_array_index (set.causes, i - 1))->severity, >=,
                     ((LpCause *) g_ptr_array_index (set.causes, i))->severity);
  g_ptr_array_unref (set.causes);
  lp_findings_free (set.findings);
  judge (&set, "ultralytics");
  g_assert_cmpint (((LpCause *) g_ptr_array_index (set.causes, 0))->rule, ==, LP_RULE_CLASS_ID_OUT_OF_RANGE);
  g_assert_cmpuint (((LpCause *) g_ptr_array_index (set.causes, 0))->rows_lost, <, 20);
  g_assert_cmpuint (cause_of (&set, LP_RULE_BOX_OUT_OF_FRAME)->rows_lost, ==, 20);
  clear (&set);
}

/* Two names are exchanged, a second list beside it has the job's order: one cause, with the verdict's name. */
static void
test_order_is_one_cause (void)
{
  static const char *const job[] = { "can", "paper", "fork", NULL };
  static const char *const wrong[] = { "paper", "can", "fork", NULL };
  const LpCause *cause;
  LpDictionary *dict;
  Set set;

  world_layers (&set.w, job, wrong);
  dict = lp_dataset_add_dictionary (set.w.d, LP_DICT_NAMES, LP_NONE, "classes.txt");
  dict->layer = set.w.yolo;
  for (guint i = 0; i < 3; i++)
    lp_dictionary_add_name (set.w.d, dict, job[i], -1, (LpPlace){ 0 });
  world_add_boxes (&set.w, 0, 0, 5);
  world_add_boxes (&set.w, 1, 1, 7);
  world_add_boxes (&set.w, 2, 2, 4);
  g_ptr_array_add (set.w.d->matches, world_match (&set.w));
  judge (&set, "ultralytics");
  cause = g_ptr_array_index (set.causes, 0);
  g_assert_cmpuint (set.causes->len, ==, 1);
  g_assert_true (cause->systematic);
  g_assert_cmpint (cause->rule, ==, LP_RULE_ORDER_SWAPPED_PAIR);
  g_assert_cmpuint (cause->findings->len, ==, 2);
  g_assert_cmpuint (cause->n_images, ==, 2);
  g_assert_cmpuint (cause->rows_lost, ==, 12);
  g_assert_cmpuint (cause->images_lost, ==, 0);
  g_assert_cmpstr (cause->sentence, ==, "names exchanges “can” and “paper”");
  g_assert_cmpstr (cause->consequence, ==,
                   "A trainer would learn objects under wrong names: “can” as “paper”, “paper” as “can”.");
  clear (&set);
}

static void
test_turned_photos (void)
{
  static const char *const names[] = { "can", "paper", NULL };
  const LpCause *cause;
  Set set;

  world_layers (&set.w, names, names);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *path = g_strdup_printf ("/pictures/%u.jpg", i);

      world_add_both (&set.w, world_add_image (&set.w, path, 1000, 800, 6));
      for (guint j = 0; j < 4; j++)
        world_add_box (&set.w, 0, 0, 20 + 200 * j, 40 + 30 * i, 150, 120, LP_FRAME_RAW);
    }
  lp_layer_index (lp_dataset_layer (set.w.d, 0), 3);
  lp_layer_index (lp_dataset_layer (set.w.d, 1), 3);
  set.w.d->subject = set.w.yolo;
  g_assert_true (lp_match_all (set.w.d, NULL, NULL));
  judge (&set, "ultralytics");
  cause = cause_of (&set, LP_RULE_IMAGE_EXIF_FRAME_RAW);
  g_assert_cmpuint (cause->n_images, ==, 3);
  g_assert_cmpuint (cause->n_rows, ==, 12);
  g_assert_cmpuint (cause->rows_lost, ==, 12);
  g_assert_cmpuint (cause->images_lost, ==, 0);
  g_assert_cmpuint (cause->fixable, ==, 3);
  g_assert_true (cause->systematic);
  g_assert_cmpstr (cause->sentence, ==, "3 photos are turned by the camera");
  clear (&set);
}

static void
test_nothing (void)
{
  g_autoptr (LpDataset) d = lp_dataset_new ();
  g_autoptr (LpFindings) findings = lp_check_run (d, lp_profile_default (d), NULL, NULL);
  g_autoptr (GPtrArray) causes = lp_causes (d, lp_profile_default (d), findings);

  g_assert_cmpuint (causes->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/causes/picture", test_one_bad_row_costs_the_picture);
  g_test_add_func ("/causes/row", test_or_only_itself);
  g_test_add_func ("/causes/dearest", test_dearest_first);
  g_test_add_func ("/causes/errors-first", test_errors_before_warnings);
  g_test_add_func ("/causes/order", test_order_is_one_cause);
  g_test_add_func ("/causes/turned", test_turned_photos);
  g_test_add_func ("/causes/nothing", test_nothing);
  return g_test_run ();
}
