/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lp-names-row.h"

static int widths[] = { 30, 100, 200, 150 };

static void
expect (const LpColumns *columns, int row_width, guint i, int x, int width)
{
  int got_x, got_width;

  lp_columns_place (columns, row_width, i, &got_x, &got_width);
  g_assert_cmpint (got_x, ==, x);
  g_assert_cmpint (got_width, ==, width);
}

/* 480 of columns and three gaps of 3: 489. */
static void
test_room (void)
{
  LpColumns columns = { 4, 2, widths, g_object_ref_sink (gtk_adjustment_new (0, 0, 0, 0, 0, 0)) };

  g_assert_cmpint (lp_columns_width (&columns), ==, 489);
  lp_columns_fit (&columns, 549);
  expect (&columns, 549, 0, 0, 30); /* the number stays narrow, the others share 60 */
  expect (&columns, 549, 1, 33, 120);
  expect (&columns, 549, 2, 156, 220);
  expect (&columns, 549, 3, 379, 170);
  g_assert_cmpfloat (gtk_adjustment_get_upper (columns.scrolling), ==, 549);
  g_object_unref (columns.scrolling);
}

static void
test_sideways (void)
{
  LpColumns columns = { 4, 2, widths, g_object_ref_sink (gtk_adjustment_new (0, 0, 0, 0, 0, 0)) };

  lp_columns_fit (&columns, 300);
  g_assert_cmpfloat (gtk_adjustment_get_upper (columns.scrolling), ==, 489);
  g_assert_cmpfloat (gtk_adjustment_get_page_size (columns.scrolling), ==, 300);
  gtk_adjustment_set_value (columns.scrolling, 500);
  g_assert_cmpfloat (gtk_adjustment_get_value (columns.scrolling), ==, 189);
  expect (&columns, 300, 1, 33, 100); /* pinned */
  expect (&columns, 300, 2, 136 - 189, 200);
  expect (&columns, 300, 3, 339 - 189, 150); /* ends where the row ends */
  /* A wider row leaves nothing scrolled away that has room. */
  lp_columns_fit (&columns, 400);
  g_assert_cmpfloat (gtk_adjustment_get_value (columns.scrolling), ==, 89);
  g_object_unref (columns.scrolling);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/names-row/room", test_room);
  g_test_add_func ("/names-row/sideways", test_sideways);
  return g_test_run ();
}
