/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "base/lp-decimal.h"
#include "check/lp-family.h"

typedef struct
{
  double before[4];
  guint decimals;
  gboolean left; /* something is left of the box */
  double after[4];
  guint after_decimals;
} Case;

/* By hand. Row 1: 0.7188 + 0.5625 / 2 = 1.00005, half a digit beyond; from 0.43755 down to 1 the nearest pair that
 * fits is 0.7188 − 0.0001 = 0.7187 and 0.5625 (0.43745 … 0.99995) or 0.7188 and 0.5624 (0.4376 … 1): the second. */
static const Case cases[] = {
  { { 0.4932, 0.7188, 0.9336, 0.5625 }, 4, TRUE, { 0.4932, 0.7188, 0.9336, 0.5624 }, 4 },
  { { 0.97, 0.5, 0.2, 0.1 }, 2, TRUE, { 0.935, 0.5, 0.13, 0.1 }, 3 },
  { { 0.02, 0.5, 0.2, 0.1 }, 2, TRUE, { 0.06, 0.5, 0.12, 0.1 }, 2 },
  { { 0.5, 0.5, 1.004, 0.1 }, 3, TRUE, { 0.5, 0.5, 1, 0.1 }, 3 },
  { { 0.5, 0.5, 0.2, 0.1 }, 1, TRUE, { 0.5, 0.5, 0.2, 0.1 }, 1 },
  { { 1.2, 0.5, 0.1, 0.1 }, 1, FALSE, { 0 }, 0 },
  { { -0.2, 0.5, 0.1, 0.1 }, 1, FALSE, { 0 }, 0 },
  /* No digits: the left half cannot be said with any, 0.25 needs two. */
  { { 0, 0.5, 1, 1 }, 0, TRUE, { 0.25, 0.5, 0.5, 1 }, 2 },
};

static void
test_by_hand (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *c = &cases[i];
      double after[4];
      guint decimals = c->decimals;

      g_test_message ("case %u", i);
      g_assert_cmpint (lp_clamp_fractions (c->before, after, &decimals), ==, c->left);
      if (!c->left)
        continue;
      for (guint j = 0; j < 4; j++)
        g_assert_cmpfloat_with_epsilon (after[j], c->after[j], 1e-12);
      g_assert_cmpuint (decimals, ==, c->after_decimals);
    }
}

/* What is printed, read again: nothing beyond an edge, nothing moved by more than half a digit. */
static void
check_printed (const double before[4], guint decimals)
{
  double after[4], read[4];
  guint digits = decimals;
  double unit = pow (10, -(double) decimals);

  if (!lp_clamp_fractions (before, after, &digits))
    return;
  g_assert_cmpuint (digits, >=, decimals);
  g_assert_cmpuint (digits, <=, decimals < 4 ? decimals + 2 : decimals);
  for (guint j = 0; j < 4; j++)
    {
      g_autofree char *text = lp_decimal_print (after[j], digits);

      g_assert_cmpint (lp_decimal_read (text, strlen (text), &read[j], NULL), ==, LP_DECIMAL_OK);
    }
  for (guint axis = 0; axis < 2; axis++)
    {
      double first = MAX (before[axis] - before[axis + 2] / 2, 0),
             last = MIN (before[axis] + before[axis + 2] / 2, 1);
      double x0 = read[axis] - read[axis + 2] / 2, x1 = read[axis] + read[axis + 2] / 2;

      g_assert_cmpfloat (x0, >=, -1e-12);
      g_assert_cmpfloat (x1, <=, 1 + 1e-12);
      g_assert_cmpfloat (read[axis + 2], >, 0);
      g_assert_cmpfloat (fabs (x0 - first), <=, unit / 2 + 1e-9);
      g_assert_cmpfloat (fabs (x1 - last), <=, unit / 2 + 1e-9);
    }
}

static void
test_any_box (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      guint decimals = (guint) g_test_rand_int_range (2, 8);
      double units = pow (10, decimals), before[4];

      for (guint j = 0; j < 4; j++)
        before[j] = round (g_test_rand_double_range (j < 2 ? 0 : 0.05, 1) * units) / units;
      check_printed (before, decimals);
    }
}

static void
test_exponents_get_digits (void)
{
  const double before[4] = { 0.97, 0.5, 0.2, 0.1 };
  double after[4];
  guint decimals = G_MAXUINT8;

  g_assert_true (lp_clamp_fractions (before, after, &decimals));
  g_assert_cmpuint (decimals, ==, 9);
  g_assert_cmpfloat_with_epsilon (after[0], 0.935, 1e-12);
  g_assert_cmpfloat_with_epsilon (after[2], 0.13, 1e-12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/repair/by-hand", test_by_hand);
  g_test_add_func ("/repair/any-box", test_any_box);
  g_test_add_func ("/repair/exponents-get-digits", test_exponents_get_digits);
  return g_test_run ();
}
