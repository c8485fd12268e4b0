/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "draw/lp-draw.h"

static void
assert_rect (LpRect got, double x0, double y0, double x1, double y1)
{
  g_assert_cmpfloat_with_epsilon (got.x0, x0, 1e-9);
  g_assert_cmpfloat_with_epsilon (got.y0, y0, 1e-9);
  g_assert_cmpfloat_with_epsilon (got.x1, x1, 1e-9);
  g_assert_cmpfloat_with_epsilon (got.y1, y1, 1e-9);
}

static void
test_crop (void)
{
  const LpRect middle = { 400, 300, 500, 350 }, corner = { 0, 0, 100, 50 }, beyond = { -30, 300, 70, 350 };
  const LpRect dot = { 500, 500, 501, 501 }, all = { 0, 0, 1000, 800 };
  /* 10 % of 100 on each side: 120 × 70, then made square. */
  assert_rect (lp_draw_crop (&middle, 1000, 800, 1, 0.1, 0), 390, 265, 510, 385);
  assert_rect (lp_draw_crop (&middle, 1000, 800, 3, 0.1, 0), 345, 290, 555, 360);
  assert_rect (lp_draw_crop (&corner, 1000, 800, 1, 0.1, 0), 0, 0, 120, 120);
  /* The part of the box outside the picture stays in sight, and no more than that of the outside. */
  assert_rect (lp_draw_crop (&beyond, 1000, 800, 1, 0.1, 0), -30, 265, 90, 385);
  assert_rect (lp_draw_crop (&dot, 1000, 800, 1, 0.1, 40), 480.5, 480.5, 520.5, 520.5);
  /* Larger than the picture: in its middle. */
  assert_rect (lp_draw_crop (&all, 1000, 800, 1, 0, 0), 0, -100, 1000, 900);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/crop/crop", test_crop);
  return g_test_run ();
}
