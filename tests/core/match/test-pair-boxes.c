/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "match/lp-match-parts.h"

static LpMatchBox
box (double x0, double y0, double x1, double y1, gint32 class_id)
{
  return (LpMatchBox){ { x0, y0, x1, y1 }, 0, 0, class_id };
}

static void
assert_partners (LpBoxPairing *p, guint n, const gint *expected)
{
  for (guint i = 0; i < n; i++)
    g_assert_cmpint ((gint32) p->partner[i], ==, expected[i]);
}

/* The best sum is not the best single pair: 0 would like 0 most, but then 1 has no partner. */
static void
test_total (void)
{
  LpMatchBox own[] = { box (0, 0, 0.10, 0.1, 0), box (0.04, 0, 0.10, 0.1, 0) };
  LpMatchBox other[] = { box (0, 0, 0.095, 0.1, 0), box (0, 0, 0.08, 0.1, 0) };
  g_autoptr (LpBoxPairing) p = lp_box_pairing_new ();

  lp_box_pairing_run (p, own, 2, other, 2);
  assert_partners (p, 2, (const gint[]){ 1, 0 });
  g_assert_cmpfloat_with_epsilon (p->iou, 0.8 + 0.55, 1e-12);
  g_assert_cmpuint (p->exact, ==, 0);
}

static void
test_least (void)
{
  LpMatchBox own = box (0, 0, 1, 1, 0), half = box (0, 0, 1, 0.5, 0), less = box (0, 0, 1, 0.49, 0);
  LpMatchBox empty = box (0, 0, 0, 1, 0);
  g_autoptr (LpBoxPairing) p = lp_box_pairing_new ();

  lp_box_pairing_run (p, &own, 1, &half, 1);
  g_assert_cmpuint (p->n_pairs, ==, 1);
  lp_box_pairing_run (p, &own, 1, &less, 1);
  g_assert_cmpuint (p->n_pairs, ==, 0);
  lp_box_pairing_run (p, &empty, 1, &empty, 1);
  g_assert_cmpuint (p->n_pairs, ==, 0);
  lp_box_pairing_run (p, &own, 1, NULL, 0);
  g_assert_cmpuint (p->n_pairs, ==, 0);
  lp_box_pairing_run (p, NULL, 0, &own, 1);
  g_assert_cmpuint (p->n_pairs, ==, 0);
}

static void
test_exact (void)
{
  /* 4 digits: half a unit in each of centre and size. */
  LpMatchBox own = box (0.1, 0.1, 0.2, 0.2, 0), shifted = box (0.10004, 0.1, 0.20004, 0.2, 0);
  LpMatchBox wider = box (0.1, 0.1, 0.20006, 0.2, 0);

  own.slack = 0.00005;
  g_assert_true (lp_box_exact (&own, &shifted));
  g_assert_false (lp_box_exact (&own, &wider));
  shifted.rect.x0 += 0.00002;
  shifted.rect.x1 += 0.00002;
  g_assert_false (lp_box_exact (&own, &shifted));
}

/* A row that stands there twice: the earlier is the partner. */
static void
test_copies (void)
{
  LpMatchBox own[] = { box (0.5, 0.5, 0.6, 0.6, 1), box (0.1, 0.1, 0.2, 0.2, 0), box (0.1, 0.1, 0.2, 0.2, 0) };
  LpMatchBox other[] = { box (0.1, 0.1, 0.2, 0.2, 0), box (0.5, 0.5, 0.6, 0.6, 1) };
  g_autoptr (LpBoxPairing) p = lp_box_pairing_new ();

  lp_box_pairing_run (p, own, 3, other, 2);
  assert_partners (p, 3, (const gint[]){ 1, 0, -1 });
  g_assert_cmpuint (p->exact, ==, 2);
  g_assert_cmpuint (p->ambiguous, ==, 0);
  lp_box_pairing_run (p, other, 2, own, 3);
  assert_partners (p, 2, (const gint[]){ 1, 0 });
}

/* An animal that is also a cat. */
static void
test_ambiguous (void)
{
  LpMatchBox own[] = { box (0.1, 0.1, 0.5, 0.5, 0), box (0.1, 0.1, 0.5, 0.5, 1), box (0.6, 0.6, 0.9, 0.9, 1) };
  LpMatchBox other[] = { box (0.6, 0.6, 0.9, 0.9, 7), box (0.1, 0.1, 0.5, 0.5, 6), box (0.1, 0.1, 0.5, 0.501, 7) };
  LpMatchBox same[] = { other[1], other[2], other[0] };
  g_autoptr (LpBoxPairing) p = lp_box_pairing_new ();

  lp_box_pairing_run (p, own, 3, other, 3);
  g_assert_cmpuint (p->n_pairs, ==, 3);
  g_assert_cmpuint (p->ambiguous, ==, 2);
  g_assert_cmpint (p->flags[2] & LP_BOX_AMBIGUOUS, ==, 0);

  /* Of one class there is nothing to confuse. */
  own[1].class_id = 0;
  other[2].class_id = 6;
  lp_box_pairing_run (p, own, 3, other, 3);
  g_assert_cmpuint (p->ambiguous, ==, 0);

  /* The same boxes in the same order within rounding: their place tells them apart. */
  same[1].rect = own[1].rect;
  own[1].class_id = 1;
  lp_box_pairing_run (p, own, 3, same, 3);
  g_assert_cmpuint (p->ambiguous, ==, 0);
  assert_partners (p, 3, (const gint[]){ 0, 1, 2 });
}

/* One box of the subject, two of the witness that fit as well and differ in class. */
static void
test_ambiguous_one (void)
{
  LpMatchBox own = box (0.1, 0.1, 0.5, 0.5, 0);
  LpMatchBox other[] = { box (0.1, 0.1, 0.5, 0.5, 6), box (0.1, 0.1, 0.5, 0.505, 7) };
  g_autoptr (LpBoxPairing) p = lp_box_pairing_new ();

  lp_box_pairing_run (p, &own, 1, other, 2);
  g_assert_cmpuint (p->ambiguous, ==, 1);
  other[1].rect.y1 = 0.52;
  lp_box_pairing_run (p, &own, 1, other, 2);
  g_assert_cmpuint (p->ambiguous, ==, 0);
}

/* ---- many boxes ---- */

static LpMatchBox *
random_boxes (guint n, double size)
{
  LpMatchBox *boxes = g_new (LpMatchBox, n);

  for (guint i = 0; i < n; i++)
    {
      double x = g_test_rand_double (), y = g_test_rand_double ();

      boxes[i] =
        box (x, y, x + size * g_test_rand_double_range (0.5, 1), y + size * g_test_rand_double_range (0.5, 1), 0);
    }
  return boxes;
}

/* As printed with four digits, in reverse order. */
static LpMatchBox *
printed (const LpMatchBox *boxes, guint n)
{
  LpMatchBox *out = g_new (LpMatchBox, n);

  for (guint i = 0; i < n; i++)
    {
      const LpRect *r = &boxes[n - 1 - i].rect;
      double cx = round ((r->x0 + r->x1) / 2 * 1e4) / 1e4, cy = round ((r->y0 + r->y1) / 2 * 1e4) / 1e4;
      double w = round (lp_rect_width (r) * 1e4) / 1e4, h = round (lp_rect_height (r) * 1e4) / 1e4;

      out[i] = box (cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2, 0);
      out[i].slack = 0.00005;
    }
  return out;
}

static void
test_many (void)
{
  const guint n = 100000;
  g_autofree LpMatchBox *other = random_boxes (n, 0.006), *own = printed (other, n);
  g_autoptr (LpBoxPairing) p = lp_box_pairing_new ();
  guint right = 0;

  lp_box_pairing_run (p, own, n, other, n);
  for (guint i = 0; i < n; i++)
    right += p->partner[i] == n - 1 - i;
  g_assert_cmpuint (right, ==, n);
  g_assert_cmpuint (p->exact, ==, n);
}

/* A hundred thousand on one spot, and as many on a grid with one left edge a column. */
static void
test_piles (void)
{
  const guint n = 100000;
  g_autofree LpMatchBox *own = g_new (LpMatchBox, n), *other = g_new (LpMatchBox, n);
  g_autoptr (LpBoxPairing) p = lp_box_pairing_new ();

  for (guint i = 0; i < n; i++)
    {
      own[i] = box (0.1, 0.1, 0.9, 0.9, 0);
      other[i] = box (0.1, 0.1, 0.9, 0.90004, 0);
    }
  lp_box_pairing_run (p, own, n, other, n);
  g_assert_cmpuint (p->n_pairs, ==, n);
  lp_box_pairing_run (p, own, n, other, 1);
  g_assert_cmpuint (p->n_pairs, ==, 1);
  g_assert_cmpuint (p->partner[0], ==, 0);
  lp_box_pairing_run (p, own, 1, other, n);
  g_assert_cmpuint (p->n_pairs, ==, 1);
  for (guint i = 0; i < n; i++)
    {
      double x = i / 1000 / 100.0, y = i % 1000 / 1000.0;

      own[i] = box (x, y, x + 0.009, y + 0.0009, 0);
      other[n - 1 - i] = own[i];
    }
  lp_box_pairing_run (p, own, n, other, n);
  g_assert_cmpuint (p->exact, ==, n);
}

/* Crowds: what the grid finds is what looking at all pairs finds. */
static void
test_grid (void)
{
  for (guint round = 0; round < 20; round++)
    {
      guint n = g_test_rand_int_range (300, 500);
      g_autofree LpMatchBox *other = random_boxes (n, 0.15), *own = random_boxes (n, 0.15);
      g_autoptr (LpBoxPairing) all = lp_box_pairing_new (), some = lp_box_pairing_new ();
      guint candidates = 0;

      lp_box_pairing_run (all, own, n, other, n);
      for (guint i = 0; i < n; i++)
        {
          lp_box_pairing_run (some, &own[i], 1, other, n);
          candidates += some->candidates->len;
        }
      g_assert_cmpuint (all->candidates->len, ==, candidates);
    }
}

/* Numbers that no picture has. */
static void
test_extremes (void)
{
  g_autofree LpMatchBox *own = random_boxes (400, 0.1);
  g_autoptr (LpBoxPairing) p = lp_box_pairing_new ();

  own[0].rect = (LpRect){ -9e8, -9e8, 9e8, 9e8 };
  own[1].rect = (LpRect){ 9e8, 9e8, 9e8 + 1e-6, 9e8 + 1e-6 };
  own[2].rect = (LpRect){ 0, 0, 1e-300, 1e-300 };
  own[3].rect = (LpRect){ 0.5, 0.5, 0.4, 0.4 };
  own[4].rect = (LpRect){ 0, 0, 1e-12, 1 };
  lp_box_pairing_run (p, own, 400, own + 1, 399);
  g_assert_cmpuint (p->partner[4], ==, 3);
  g_assert_cmpuint (p->partner[3], ==, LP_NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/match/pair-boxes/total", test_total);
  g_test_add_func ("/match/pair-boxes/least", test_least);
  g_test_add_func ("/match/pair-boxes/exact", test_exact);
  g_test_add_func ("/match/pair-boxes/copies", test_copies);
  g_test_add_func ("/match/pair-boxes/ambiguous", test_ambiguous);
  g_test_add_func ("/match/pair-boxes/ambiguous-one", test_ambiguous_one);
  g_test_add_func ("/match/pair-boxes/many", test_many);
  g_test_add_func ("/match/pair-boxes/piles", test_piles);
  g_test_add_func ("/match/pair-boxes/grid", test_grid);
  g_test_add_func ("/match/pair-boxes/extremes", test_extremes);
  return g_test_run ();
}
