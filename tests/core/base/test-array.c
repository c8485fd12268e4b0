/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "base/lp-array.h"

static void
fill (GArray *array, guint n)
{
  for (guint i = array->len; i < n; i++)
    g_array_append_val (array, i);
}

/* What is in it stays, nothing is added, and within the room it does not move. */
static void
test_room (gconstpointer data)
{
  const guint n = GPOINTER_TO_UINT (data);
  g_autoptr (GArray) array = g_array_new (FALSE, FALSE, sizeof (guint));
  const char *at;

  fill (array, 3);
  lp_array_expect (array, n);
  g_assert_cmpuint (array->len, ==, 3);
  at = array->data;
  fill (array, n);
  g_assert_true (array->data == at);
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (g_array_index (array, guint, i), ==, i);
}

static void
test_less (void)
{
  g_autoptr (GArray) array = g_array_new (FALSE, FALSE, sizeof (guint));

  fill (array, 5);
  lp_array_expect (array, 2);
  g_assert_cmpuint (array->len, ==, 5);
  g_assert_cmpuint (g_array_index (array, guint, 4), ==, 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/array/room", GUINT_TO_POINTER (100), test_room);
  g_test_add_data_func ("/array/room/large", GUINT_TO_POINTER (3000000), test_room);
  g_test_add_func ("/array/less", test_less);
  return g_test_run ();
}
