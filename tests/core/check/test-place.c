/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "../match/world.h"
#include "check/lp-family.h"

static const char *const names[] = { "pen", "pencil", NULL };

static void
test_tolerance (void)
{
  g_assert_cmpfloat_with_epsilon (lp_decimals_tolerance (4), 0.75e-4, 1e-15);
  g_assert_cmpfloat_with_epsilon (lp_decimals_tolerance (6), 0.75e-6, 1e-15);
  g_assert_cmpfloat_with_epsilon (lp_decimals_tolerance (7), 1e-6, 1e-15);
  g_assert_cmpfloat_with_epsilon (lp_decimals_tolerance (G_MAXUINT8), 1e-6, 1e-15);
  g_assert_cmpfloat_with_epsilon (lp_decimals_tolerance (0), 0.75, 1e-15);
}

static void
test_overhang (void)
{
  const LpRect inside = { 0, 0, 1, 1 }, noise = { 0.1, 0.1, 1 + 1e-12, 0.5 }, out = { -0.1, 0.2, 0.3, 1.25 };
  double beyond[LP_N_SIDES];

  lp_overhang (&inside, beyond);
  for (guint i = 0; i < LP_N_SIDES; i++)
    g_assert_cmpfloat (beyond[i], ==, 0);
  lp_overhang (&noise, beyond);
  g_assert_cmpfloat (beyond[LP_SIDE_RIGHT], ==, 0);
  lp_overhang (&out, beyond);
  g_assert_cmpfloat_with_epsilon (beyond[LP_SIDE_LEFT], 0.1, 1e-12);
  g_assert_cmpfloat (beyond[LP_SIDE_TOP], ==, 0);
  g_assert_cmpfloat (beyond[LP_SIDE_RIGHT], ==, 0);
  g_assert_cmpfloat_with_epsilon (beyond[LP_SIDE_BOTTOM], 0.25, 1e-12);
}

static void
test_row_view (void)
{
  LpRowView view;
  World w;

  world_layers (&w, names, names);
  world_add_both (&w, world_add_image (&w, "/pictures/a.jpg", 1000, 800, 6));
  world_add_pixels (&w, w.job, 0, 100, 80, 200, 160);
  world_add_fractions (&w, w.yolo, 1, 0.5, 0.5, 0.2, 0.1);
  g_assert_true (lp_row_view (w.d, w.job, 0, 0, &view));
  g_assert_true (view.has_box && view.has_size);
  g_assert_cmpfloat (view.width, ==, 1000);
  g_assert_cmpfloat_with_epsilon (view.unit.x0, 0.1, 1e-12);
  g_assert_cmpfloat_with_epsilon (view.tolerance[1], 0.5 / 800, 1e-12);
  g_assert_true (lp_row_view (w.d, w.yolo, 0, 0, &view));
  /* A turned photo is judged upright while nobody knows better. */
  g_assert_cmpfloat (view.width, ==, 800);
  g_assert_cmpfloat (view.height, ==, 1000);
  lp_layer_row (lp_dataset_layer (w.d, w.yolo), 0)->kind = LP_ROW_UNREAD;
  g_assert_false (lp_row_view (w.d, w.yolo, 0, 0, &view));
  world_clear (&w);
}

/* The same four objects in both layers, one of the rows moved by 10 px to the right and 4 px down. */
static void
test_partner (void)
{
  LpMatch *match;
  LpPartner partner;
  World w;

  world_layers (&w, names, names);
  world_add_both (&w, world_add_image (&w, "/pictures/a.jpg", 1000, 800, 1));
  for (guint i = 0; i < 4; i++)
    world_add_box (&w, 0, 0, 20 + 200 * i, 40, 150, 120, LP_FRAME_RAW);
  world_add_entry (&w, w.yolo, world_add_image (&w, "/pictures/b.jpg", 1000, 800, 1), LP_STATE_EMPTY);
  world_add_fractions (&w, w.yolo, 0, 0.5, 0.5, 0.1, 0.1);
  lp_layer_row (lp_dataset_layer (w.d, w.yolo), 2)->v[0] += 0.01;
  lp_layer_row (lp_dataset_layer (w.d, w.yolo), 2)->v[1] += 0.005;
  match = world_match (&w);
  g_assert_true (lp_partner_of (w.d, match, 0, 0, &partner));
  for (guint i = 0; i < LP_N_SIDES; i++)
    g_assert_cmpfloat_with_epsilon (partner.offset[i], 0, 0.08);
  g_assert_cmpfloat (partner.iou, >, 0.99);
  g_assert_cmpfloat_with_epsilon (partner.tolerance[0], 0.5, 1e-5);
  g_assert_true (lp_partner_of (w.d, match, 0, 2, &partner));
  g_assert_cmpuint (partner.witness_row, ==, 2);
  g_assert_cmpfloat_with_epsilon (partner.offset[LP_SIDE_LEFT], -10, 0.08);
  g_assert_cmpfloat_with_epsilon (partner.offset[LP_SIDE_BOTTOM], -4, 0.08);
  g_assert_false (lp_partner_of (w.d, match, 1, 4, &partner));
  lp_match_free (match);
  world_clear (&w);
}

/* In a photo of orientation 6 the job's boxes lie on the stored pixels, the rows on the upright ones. */
static void
test_partner_in_the_other_frame (void)
{
  LpMatch *match;
  LpPartner partner;
  World w;

  world_layers (&w, names, names);
  world_add_both (&w, world_add_image (&w, "/pictures/a.jpg", 1000, 800, 6));
  for (guint i = 0; i < 4; i++)
    world_add_box (&w, 0, 0, 20 + 200 * i, 40 + 30 * i, 150, 120, LP_FRAME_UPRIGHT);
  match = world_match (&w);
  for (guint i = 0; i < 4; i++)
    {
      g_assert_true (lp_partner_of (w.d, match, 0, i, &partner));
      for (guint j = 0; j < LP_N_SIDES; j++)
        g_assert_cmpfloat_with_epsilon (partner.offset[j], 0, 0.1);
    }
  lp_match_free (match);
  world_clear (&w);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/place/tolerance", test_tolerance);
  g_test_add_func ("/place/overhang", test_overhang);
  g_test_add_func ("/place/row-view", test_row_view);
  g_test_add_func ("/place/partner", test_partner);
  g_test_add_func ("/place/partner-frame", test_partner_in_the_other_frame);
  return g_test_run ();
}
