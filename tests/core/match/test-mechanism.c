/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "match/lp-match-parts.h"

#define MOST 8

/* A list against the job's: what it is called. A new mechanism is a new row here. */
static const struct
{
  const char *job[MOST], *list[MOST];
  guint support; /* of every id */
  guint all;     /* LpMechanism */
  LpVerdictKind kind;
} cases[] = {
  /* sorted by code point: upper case first */
  { { "b", "a", "C" }, { "C", "a", "b" }, 9, LP_MECHANISM_SORTED | LP_MECHANISM_SWAPPED_PAIR, LP_VERDICT_SORTED },
  { { "b", "d", "C", "a" }, { "C", "a", "b", "d" }, 9, LP_MECHANISM_SORTED, LP_VERDICT_SORTED },
  /* by case folding */
  { { "b", "d", "C", "a" }, { "a", "b", "C", "d" }, 9, LP_MECHANISM_SORTED, LP_VERDICT_SORTED },
  /* natural: numbers by their value */
  { { "part 10", "part 2", "other", "part 1" },
    { "other", "part 1", "part 2", "part 10" },
    9,
    LP_MECHANISM_SORTED,
    LP_VERDICT_SORTED },
  /* not sorted at all, no pair */
  { { "a", "b", "c", "d" }, { "b", "c", "d", "a" }, 9, 0, LP_VERDICT_PERMUTED },
  /* a sorted job is no mechanism for anything */
  { { "a", "b", "c" }, { "a", "c", "b" }, 9, LP_MECHANISM_SWAPPED_PAIR, LP_VERDICT_SWAPPED_PAIR },
  /* two classes: only swapped */
  { { "b", "a" }, { "a", "b" }, 9, LP_MECHANISM_SWAPPED_PAIR, LP_VERDICT_SWAPPED_PAIR },
  { { "a", "b" }, { "b", "a" }, 3, LP_MECHANISM_SWAPPED_PAIR, LP_VERDICT_SWAPPED_PAIR },
  /* a swap needs support on both sides */
  { { "a", "b" }, { "b", "a" }, 2, 0, LP_VERDICT_PERMUTED },
  /* two swaps are no pair */
  { { "d", "b", "a", "c" }, { "b", "d", "c", "a" }, 9, 0, LP_VERDICT_PERMUTED },
  /* names that the job does not have stand in the sorted list too */
  { { "c", "a", "b" }, { "a", "b", "bb", "c" }, 9, LP_MECHANISM_SORTED, LP_VERDICT_SORTED },
  /* the same order with one left out is not sorted against the job */
  { { "a", "b", "c", "d" }, { "b", "c", "d" }, 9, 0, LP_VERDICT_PERMUTED },
  /* Japanese, by code point */
  { { "\xe7\xac\xa6\xe5\x8f\xb7", "\xe8\xae\xbe\xe5\xa4\x87", "\xe8\x8b\xb1\xe6\x96\x87" },
    { "\xe7\xac\xa6\xe5\x8f\xb7", "\xe8\x8b\xb1\xe6\x96\x87", "\xe8\xae\xbe\xe5\xa4\x87" },
    9,
    LP_MECHANISM_SORTED | LP_MECHANISM_SWAPPED_PAIR,
    LP_VERDICT_SORTED },
};

static gint32
index_of (const char *const *list, const char *name)
{
  for (gint32 i = 0; i < MOST && list[i] != NULL; i++)
    if (g_str_equal (list[i], name))
      return i;
  return -1;
}

static void
test_table (void)
{
  for (guint c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      gint32 place[MOST], wanted[MOST];
      guint support[MOST], n = 0;
      LpOrderTest test = { cases[c].list, place, 0, place, wanted, support, 0 };
      LpVerdictKind kind;

      for (; n < MOST && cases[c].list[n] != NULL; n++)
        {
          place[n] = index_of (cases[c].job, cases[c].list[n]);
          wanted[n] = (gint32) n;
          support[n] = cases[c].support;
        }
      test.n = test.n_decided = n;
      g_test_message ("%u: %s %s %s", c, cases[c].list[0], cases[c].list[1], n > 2 ? cases[c].list[2] : "");
      g_assert_cmphex (lp_mechanisms (&test, &kind), ==, cases[c].all);
      g_assert_cmpint (kind, ==, cases[c].kind);
    }
}

/* What the rows imply may have holes. */
static void
test_holes (void)
{
  const char *names[] = { "a", NULL, "b", NULL, "c" };
  const gint32 place[] = { 2, -1, 0, -1, 1 }, found[] = { 0, 2, 4 }, wanted[] = { 2, 0, 1 };
  const guint support[] = { 5, 5, 5 };
  LpOrderTest test = { names, place, 5, found, wanted, support, 3 };
  LpVerdictKind kind;

  g_assert_cmphex (lp_mechanisms (&test, &kind), ==, LP_MECHANISM_SORTED);
  g_assert_cmpint (kind, ==, LP_VERDICT_SORTED);
}

/* Two ids that moved, but not into each other's places, and one that moved alone, are no swapped pair. */
static void
test_half_swapped (void)
{
  const char *names[] = { "b", "a", "c" };
  const gint32 place[] = { 1, 0, 2 }, found[] = { 1, 0 }, wanted[] = { 2, 1 }, alone[] = { 1, 1 };
  const guint support[] = { 5, 5 };
  LpOrderTest test = { names, place, 3, found, wanted, support, 2 };
  LpVerdictKind kind;

  g_assert_cmphex (lp_mechanisms (&test, &kind), ==, 0);
  g_assert_cmpint (kind, ==, LP_VERDICT_PERMUTED);
  test.found = alone;
  test.wanted = alone;
  g_assert_cmphex (lp_mechanisms (&test, &kind), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/match/mechanism/table", test_table);
  g_test_add_func ("/match/mechanism/holes", test_holes);
  g_test_add_func ("/match/mechanism/half-swapped", test_half_swapped);
  return g_test_run ();
}
