/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "match/lp-match-parts.h"

#define SIDE 7

/* Every assignment of the smaller side into the larger. */
typedef struct
{
  const double *weight;
  guint rows, columns;
  gboolean used[SIDE];
  double best, second;
  guint n;
} Brute;

static double
weight_at (const Brute *b, guint small, guint large)
{
  double w = b->rows <= b->columns ? b->weight[small * b->columns + large] : b->weight[large * b->columns + small];

  return MAX (w, 0);
}

static void
brute_force (Brute *b, guint small, double sum)
{
  if (small == MIN (b->rows, b->columns))
    {
      b->n++;
      if (sum > b->best)
        {
          b->second = b->best;
          b->best = sum;
        }
      else
        b->second = MAX (b->second, sum);
      return;
    }
  for (guint large = 0; large < MAX (b->rows, b->columns); large++)
    if (!b->used[large])
      {
        b->used[large] = TRUE;
        brute_force (b, small + 1, sum + weight_at (b, small, large));
        b->used[large] = FALSE;
      }
}

static void
check_result (const double *weight, guint rows, guint columns, const gint *result, double total)
{
  gboolean used[SIDE] = { FALSE };
  double sum = 0;

  for (guint i = 0; i < rows; i++)
    {
      if (result[i] < 0)
        continue;
      g_assert_cmpint (result[i], <, columns);
      g_assert_false (used[result[i]]);
      used[result[i]] = TRUE;
      g_assert_cmpfloat (weight[i * columns + result[i]], >=, 0);
      sum += weight[i * columns + result[i]];
    }
  g_assert_cmpfloat_with_epsilon (sum, total, 1e-9);
}

static void
test_brute_force (void)
{
  for (guint round = 0; round < 3000; round++)
    {
      guint rows = g_test_rand_int_range (1, SIDE + 1), columns = g_test_rand_int_range (1, SIDE + 1);
      guint kind = g_test_rand_int_range (0, 3);
      double weight[SIDE * SIDE], second, total;
      gint result[SIDE];
      Brute b = { weight, rows, columns, { FALSE }, -1, -1, 0 };

      for (guint i = 0; i < rows * columns; i++)
        switch (kind)
          {
          case 0: /* counts, as in a contingency table: whole numbers and many ties */
            weight[i] = g_test_rand_int_range (0, 5);
            break;
          case 1: /* overlaps: most pairs are no candidates */
            weight[i] = g_test_rand_int_range (0, 3) > 0 ? -1 : g_test_rand_double_range (0.5, 1);
            break;
          default:
            weight[i] = g_test_rand_double ();
          }
      brute_force (&b, 0, 0);
      total = lp_assign_two (weight, rows, columns, result, &second);
      g_assert_cmpfloat_with_epsilon (total, b.best, 1e-9);
      g_assert_cmpfloat_with_epsilon (second, b.n > 1 ? b.second : -1, 1e-9);
      check_result (weight, rows, columns, result, total);
    }
}

static void
test_nothing (void)
{
  double none[] = { -1, -1, -1, -1 }, second;
  gint result[2] = { 7, 7 };

  g_assert_cmpfloat (lp_assign (none, 2, 2, result), ==, 0);
  g_assert_cmpint (result[0], ==, -1);
  g_assert_cmpint (result[1], ==, -1);
  g_assert_cmpfloat (lp_assign (NULL, 0, 0, NULL), ==, 0);
  g_assert_cmpfloat (lp_assign (NULL, 2, 0, result), ==, 0);
  none[0] = 4;
  g_assert_cmpfloat (lp_assign_two (none, 1, 1, result, &second), ==, 4);
  g_assert_cmpfloat (second, ==, -1);
}

/* The table of the everyday set: 6 6 4 3 9 6 7 on the diagonal; the cheapest change exchanges 4 and 3. */
static void
test_margin (void)
{
  static const double diagonal[SIDE] = { 6, 6, 4, 3, 9, 6, 7 };
  double weight[SIDE * SIDE] = { 0 }, second;
  gint result[SIDE];

  for (guint i = 0; i < SIDE; i++)
    weight[i * SIDE + (i * 3) % SIDE] = diagonal[i];
  g_assert_cmpfloat (lp_assign_two (weight, SIDE, SIDE, result, &second), ==, 41);
  g_assert_cmpfloat (second, ==, 34);
  for (guint i = 0; i < SIDE; i++)
    g_assert_cmpint (result[i], ==, (i * 3) % SIDE);
}

/* Large and almost diagonal, as tables of many classes are. */
static void
test_many (void)
{
  const guint n = 600;
  g_autofree double *weight = g_new0 (double, n *n);
  g_autofree gint *result = g_new (gint, n);
  double total = 0, second;

  for (guint i = 0; i < n; i++)
    {
      weight[i * n + (n - 1 - i)] = 10 + i;
      weight[i * n + i / 2] += 1;
      total += 10 + i + (i / 2 == n - 1 - i);
    }
  g_assert_cmpfloat (lp_assign_two (weight, n, n, result, &second), ==, total);
  g_assert_cmpfloat (second, <, total);
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (result[i], ==, n - 1 - i);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/match/assign/nothing", test_nothing);
  g_test_add_func ("/match/assign/margin", test_margin);
  g_test_add_func ("/match/assign/many", test_many);
  g_test_add_func ("/match/assign/brute-force", test_brute_force);
  return g_test_run ();
}
