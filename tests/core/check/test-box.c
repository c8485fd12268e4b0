/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "../match/world.h"
#include "check/lp-check.h"

static const char *const names[] = { "can", "paper", NULL };

/* Six boxes in both layers, and what `more` rows there are besides in the label file. */
static void
six_and_more (World *w, guint more)
{
  world_layers (w, names, names);
  world_add_both (w, world_add_image (w, "/pictures/a.jpg", 1000, 800, 1));
  for (guint i = 0; i < 6; i++)
    world_add_box (w, (gint) (i % 2), (gint) (i % 2), 20 + 160 * i, 40, 100, 120, LP_FRAME_RAW);
  for (guint i = 0; i < more; i++)
    world_add_fractions (w, w->yolo, 0, 0.1 + 0.02 * (i % 40), 0.7 + 0.000002 * (i / 40), 0.02, 0.02);
}

static LpFindings *
judge (World *w)
{
  g_ptr_array_add (w->d->matches, world_match (w));
  return lp_check_run (w->d, lp_profile_find ("ultralytics"), NULL, NULL);
}

static void
test_extra (void)
{
  g_autoptr (LpFindings) findings = NULL;
  World w;

  six_and_more (&w, 2);
  findings = judge (&w);
  g_assert_cmpuint (findings->findings->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const LpFinding *finding = &g_array_index (findings->findings, LpFinding, i);

      g_assert_cmpint (finding->rule, ==, LP_RULE_BOX_EXTRA_IN_YOLO);
      g_assert_cmpuint (finding->row, ==, 6 + i);
    }
  world_clear (&w);
}

/* A copy is the extra row, and that it is a copy says all. */
static void
test_extra_copy (void)
{
  g_autoptr (LpFindings) findings = NULL;
  guint n_extra = 0;
  World w;

  six_and_more (&w, 0);
  world_add_fractions (&w, w.yolo, 0, 0, 0, 0, 0);
  *lp_layer_row (lp_dataset_layer (w.d, w.yolo), 6) = *lp_layer_row (lp_dataset_layer (w.d, w.yolo), 2);
  findings = judge (&w);
  g_assert_cmpuint (findings->findings->len, ==, 1);
  g_assert_cmpint (g_array_index (findings->findings, LpFinding, 0).rule, ==, LP_RULE_DUPLICATE_EXACT_BOX);
  /* That it is one to the pixel and nearly is said by it as well. */
  g_assert_cmpuint (findings->because->len, ==, 3);
  for (guint i = 0; i < findings->because->len; i++)
    n_extra += g_array_index (findings->because, LpBecause, i).silent.rule == LP_RULE_BOX_EXTRA_IN_YOLO;
  g_assert_cmpuint (n_extra, ==, 1);
  world_clear (&w);
}

/* 100,000 rows that the job knows nothing of: all are told, and it ends. */
static void
test_extra_many (void)
{
  g_autoptr (LpFindings) findings = NULL;
  World w;

  six_and_more (&w, 100000);
  findings = judge (&w);
  g_assert_cmpuint (findings->findings->len, >=, 99990);
  world_clear (&w);
}

static void
test_missing (void)
{
  g_autoptr (LpFindings) findings = NULL;
  const LpFinding *finding;
  World w;

  six_and_more (&w, 0);
  lp_layer_row (lp_dataset_layer (w.d, w.yolo), 3)->flags |= LP_ROW_REMOVED;
  findings = judge (&w);
  finding = &g_array_index (findings->findings, LpFinding, 0);
  g_assert_cmpuint (findings->findings->len, ==, 1);
  g_assert_cmpint (finding->rule, ==, LP_RULE_BOX_MISSING_IN_YOLO);
  g_assert_cmpuint (finding->layer, ==, w.job);
  g_assert_cmpuint (finding->row, ==, 3);
  g_assert_cmpuint (finding->image, ==, 0);
  world_clear (&w);
}

static void
test_drift (void)
{
  g_autoptr (LpFindings) findings = NULL;
  const LpFinding *finding;
  g_autofree char *sentence = NULL;
  World w;

  six_and_more (&w, 0);
  /* 8 px to the right: its centre. */
  lp_layer_row (lp_dataset_layer (w.d, w.yolo), 4)->v[0] += 0.008;
  findings = judge (&w);
  finding = &g_array_index (findings->findings, LpFinding, 0);
  g_assert_cmpuint (findings->findings->len, ==, 1);
  g_assert_cmpint (finding->rule, ==, LP_RULE_BOX_COORDINATE_DRIFT);
  g_assert_cmpfloat_with_epsilon (finding->a, 8, 0.08);
  g_assert_cmpfloat_with_epsilon (finding->b, 92.0 / 108, 0.002);
  sentence = lp_rule_say (w.d, finding);
  g_assert_cmpstr (sentence, ==,
                   "8 px away from the job’s box (left 8.00, top 0.00, right 8.00, lower edge 0.00); overlap 85.2 %; "
                   "box 100 × 120");
  world_clear (&w);
}

/* Beyond the edge and away from the job's box is one thing. */
static void
test_beyond_the_edge_and_away (void)
{
  g_autoptr (LpFindings) findings = NULL;
  g_autofree char *sentence = NULL;
  LpRow *row;
  World w;

  six_and_more (&w, 0);
  row = lp_layer_row (lp_dataset_layer (w.d, w.yolo), 0);
  row->v[0] -= 0.03;
  findings = judge (&w);
  g_assert_cmpuint (findings->findings->len, ==, 1);
  g_assert_cmpint (g_array_index (findings->findings, LpFinding, 0).rule, ==, LP_RULE_BOX_OUT_OF_FRAME);
  g_assert_cmpuint (findings->because->len, ==, 1);
  sentence = lp_rule_say (w.d, &g_array_index (findings->findings, LpFinding, 0));
  g_assert_cmpstr (sentence, ==,
                   "10.00 px beyond the left edge (1.0 % of the width); box 100 × 120; the job’s left edge is 30 px "
                   "further right");
  world_clear (&w);
}

static void
test_safety (void)
{
  static const struct
  {
    double cx;
    LpSafety safety;
  } cases[] = {
    { 0.951, LP_SAFETY_SAFE },   /* 1 px */
    { 0.96, LP_SAFETY_SAFE },    /* 10 px are 1 % of 1000 */
    { 0.961, LP_SAFETY_REVIEW }, /* 11 px */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LpFindings) findings = NULL;
      const LpFinding *finding;
      World w;

      world_init (&w);
      world_add_yolo (&w, names);
      world_add_entry (&w, w.yolo, world_add_image (&w, "/images/a.jpg", 1000, 800, 1), LP_STATE_EMPTY);
      w.decimals = 6;
      world_add_fractions (&w, w.yolo, 0, cases[i].cx, 0.5, 0.1, 0.1);
      w.d->subject = w.yolo;
      findings = lp_check_run (w.d, lp_profile_find ("ultralytics"), NULL, NULL);
      finding = &g_array_index (findings->findings, LpFinding, 0);
      g_assert_cmpuint (findings->findings->len, ==, 1);
      g_assert_cmpint (finding->rule, ==, LP_RULE_BOX_OUT_OF_FRAME);
      g_assert_cmpint (lp_rule_get (finding->rule)->propose (w.d, finding, NULL), ==, cases[i].safety);
      world_clear (&w);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/box/extra", test_extra);
  g_test_add_func ("/box/extra-copy", test_extra_copy);
  g_test_add_func ("/box/extra-many", test_extra_many);
  g_test_add_func ("/box/missing", test_missing);
  g_test_add_func ("/box/drift", test_drift);
  g_test_add_func ("/box/edge-and-away", test_beyond_the_edge_and_away);
  g_test_add_func ("/box/safety", test_safety);
  return g_test_run ();
}
