/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/lp-geometry.h"

#define NEAR(a, b) g_assert_cmpfloat_with_epsilon (a, b, 1e-12)

static void
assert_rect (LpRect r, double x0, double y0, double x1, double y1)
{
  NEAR (r.x0, x0);
  NEAR (r.y0, y0);
  NEAR (r.x1, x1);
  NEAR (r.y1, y1);
}

/* By hand, from a picture of 40 × 20 pixels whose box covers 4…12 across and 2…6 down: where that box lies after the
 * turn, in pixels of the turned picture, as one sees it on paper. */
static void
test_turn (void)
{
  static const struct
  {
    guint orientation;
    double width, height, x0, y0, x1, y1;
  } cases[] = {
    { 1, 40, 20, 4, 2, 12, 6 },    { 2, 40, 20, 28, 2, 36, 6 }, { 3, 40, 20, 28, 14, 36, 18 },
    { 4, 40, 20, 4, 14, 12, 18 },  { 5, 20, 40, 2, 4, 6, 12 },  { 6, 20, 40, 14, 4, 18, 12 },
    { 7, 20, 40, 14, 28, 18, 36 }, { 8, 20, 40, 2, 28, 6, 36 },
  };
  LpRect unit = { 4 / 40., 2 / 20., 12 / 40., 6 / 20. };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LpRect turned = lp_rect_turn (&unit, cases[i].orientation);
      LpRect pixels = lp_rect_scale (&turned, cases[i].width, cases[i].height);
      LpRect back = lp_rect_turn (&turned, lp_orientation_inverse (cases[i].orientation));

      assert_rect (pixels, cases[i].x0, cases[i].y0, cases[i].x1, cases[i].y1);
      assert_rect (back, unit.x0, unit.y0, unit.x1, unit.y1);
      g_assert_cmpint (lp_orientation_swaps (cases[i].orientation), ==, cases[i].width == 20);
    }
}

static void
test_turn_invalid (void)
{
  LpRect unit = { 0.1, 0.2, 0.3, 0.4 };

  assert_rect (lp_rect_turn (&unit, 0), 0.1, 0.2, 0.3, 0.4);
  assert_rect (lp_rect_turn (&unit, 9), 0.1, 0.2, 0.3, 0.4);
}

static void
test_iou (void)
{
  LpRect a = { 0, 0, 2, 2 }, b = { 1, 1, 3, 3 }, c = { 5, 5, 6, 6 }, inverted = { 2, 2, 0, 0 };

  NEAR (lp_rect_iou (&a, &b), 1 / 7.);
  NEAR (lp_rect_iou (&a, &a), 1);
  NEAR (lp_rect_iou (&a, &c), 0);
  NEAR (lp_rect_iou (&a, &inverted), 0);
  NEAR (lp_rect_area (&inverted), 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/geometry/turn", test_turn);
  g_test_add_func ("/geometry/turn-invalid", test_turn_invalid);
  g_test_add_func ("/geometry/iou", test_iou);
  return g_test_run ();
}
