/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "world.h"

static const char *const names[] = { "can", "paper", NULL };

/* Partners, and boxes without one. */
static void
test_partners (void)
{
  World w;
  g_autoptr (LpMatch) m = NULL;
  const LpImagePair *pair;

  world_layers (&w, names, names);
  world_add_both (&w, world_add_image (&w, "/p/a.jpg", 1000, 500, 1));
  world_add_box (&w, 0, 0, 100, 100, 200, 100, LP_FRAME_RAW);
  world_add_pixels (&w, w.job, 1, 600, 100, 100, 100); /* row 1: nobody's */
  world_add_box (&w, 1, 1, 700, 300, 100, 100, LP_FRAME_RAW);
  world_add_fractions (&w, w.yolo, 1, 0.75, 0.7, 0.1, 0.2); /* row 2: a copy of row 1 */
  world_add_both (&w, world_add_image (&w, "/p/b.jpg", 1000, 500, 1));
  world_add_box (&w, 0, 0, 100, 100, 200, 100, LP_FRAME_RAW);
  lp_layer_row (lp_dataset_layer (w.d, w.yolo), 3)->v[0] += 0.01; /* moved by 10 px */
  m = world_match (&w);
  g_assert_cmpuint (m->images->len, ==, 2);
  g_assert_cmpuint (m->n_pairs, ==, 3);
  g_assert_cmpuint (m->exact, ==, 2);
  g_assert_cmpuint (m->only_subject, ==, 1);
  g_assert_cmpuint (m->only_witness, ==, 1);
  g_assert_cmpuint (m->n_partner, ==, 4);
  g_assert_cmpmem (m->partner, 16, ((const guint32[]){ 0, 2, LP_NONE, 3 }), 16);
  g_assert_cmpmem (m->partner_back, 16, ((const guint32[]){ 0, LP_NONE, 1, 3 }), 16);
  pair = lp_match_pair_of (m, 1);
  g_assert_cmpuint (pair->n_pairs, ==, 1);
  g_assert_true (pair->compared);
  g_assert_false (lp_match_is_exact (w.d, m, pair, 3, 3));
  g_assert_true (lp_match_is_exact (w.d, m, lp_match_pair_of (m, 0), 1, 2));
  g_assert_cmpint (m->conversion, ==, LP_CONVERSION_STRAIGHT);
  g_assert_cmpuint (m->conversion_hits, ==, 2);
  g_assert_cmpuint (m->conversion_total, ==, 3);
  world_clear (&w);
}

/* Where the job's box should stand, in the turned frame too. */
static void
test_expected (void)
{
  World w;
  g_autoptr (LpMatch) m = NULL;
  LpRect r;

  world_layers (&w, names, names);
  world_add_both (&w, world_add_image (&w, "/p/a.jpg", 400, 300, 6));
  world_add_box (&w, 0, 0, 40, 30, 100, 60, LP_FRAME_UPRIGHT);
  m = world_match (&w);
  g_assert_true (lp_match_expected (w.d, m, lp_match_pair_of (m, 0), 0, &r));
  /* x0' = (300 - 90) / 300, y0' = 40 / 400, x1' = (300 - 30) / 300, y1' = 140 / 400 */
  g_assert_cmpfloat_with_epsilon (r.x0, 0.7, 1e-12);
  g_assert_cmpfloat_with_epsilon (r.y0, 0.1, 1e-12);
  g_assert_cmpfloat_with_epsilon (r.x1, 0.9, 1e-12);
  g_assert_cmpfloat_with_epsilon (r.y1, 0.35, 1e-12);
  world_clear (&w);
}

/* A picture resized under another path: each side in fractions of its own size. */
static void
test_resized (void)
{
  World w;
  g_autoptr (LpMatch) m = NULL;

  world_layers (&w, names, names);
  world_add_entry (&w, w.job, world_add_image (&w, "/job/a.b.jpg", 4000, 3000, 1), LP_STATE_EMPTY);
  world_add_pixels (&w, w.job, 1, 400, 300, 800, 600);
  world_add_entry (&w, w.yolo, world_add_image (&w, "/y/a.jpg", 640, 480, 1), LP_STATE_EMPTY);
  world_add_fractions (&w, w.yolo, 1, 0.2, 0.2, 0.2, 0.2);
  m = world_match (&w);
  g_assert_cmpuint (m->exact, ==, 1);
  g_assert_cmpint (lp_match_pair_of (m, 0)->by, ==, LP_PAIRED_FIRST_DOT);
  world_clear (&w);
}

/* Who has not looked does not say that there is nothing. */
static void
test_states (void)
{
  static const struct
  {
    LpEntryState job, yolo;
    gboolean compared;
  } cases[] = {
    { LP_STATE_EMPTY, LP_STATE_EMPTY, TRUE },       { LP_STATE_EMPTY, LP_STATE_NO_FILE, TRUE },
    { LP_STATE_UNLABELLED, LP_STATE_EMPTY, FALSE }, { LP_STATE_FAILED, LP_STATE_EMPTY, FALSE },
    { LP_STATE_EMPTY, LP_STATE_FAILED, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      World w;
      g_autoptr (LpMatch) m = NULL;
      guint32 image;

      world_layers (&w, names, names);
      image = world_add_image (&w, "/p/a.jpg", 100, 100, 1);
      world_add_entry (&w, w.job, image, LP_STATE_EMPTY);
      world_add_entry (&w, w.yolo, image, LP_STATE_EMPTY);
      world_add_fractions (&w, w.yolo, 1, 0.2, 0.2, 0.2, 0.2);
      lp_layer_entry (lp_dataset_layer (w.d, w.job), 0)->state = cases[i].job;
      lp_layer_entry (lp_dataset_layer (w.d, w.yolo), 0)->state = cases[i].yolo;
      m = world_match (&w);
      g_assert_cmpuint (m->images->len, ==, 1);
      g_assert_cmpint (lp_match_pair_of (m, 0)->compared, ==, cases[i].compared);
      g_assert_cmpuint (m->only_subject, ==, cases[i].compared ? 1 : 0);
      world_clear (&w);
    }
}

/* Rows that are no box take no part. */
static void
test_other_rows (void)
{
  World w;
  g_autoptr (LpMatch) m = NULL;
  LpLayer *yolo;

  world_layers (&w, names, names);
  world_add_boxes (&w, 0, 0, 6);
  yolo = lp_dataset_layer (w.d, w.yolo);
  lp_layer_row (yolo, 0)->kind = LP_ROW_POLYGON;
  lp_layer_row (yolo, 1)->flags |= LP_ROW_REMOVED;
  lp_layer_row (yolo, 2)->v[0] = INFINITY;
  lp_layer_row (yolo, 3)->v[2] = NAN;
  lp_layer_row (yolo, 4)->class_id = LP_CLASS_NONE;
  m = world_match (&w);
  g_assert_cmpuint (m->n_pairs, ==, 2);
  g_assert_cmpuint (m->support, ==, 1);
  g_assert_cmpuint (m->only_subject, ==, 0);
  g_assert_cmpuint (m->only_witness, ==, 4);
  world_clear (&w);
}

/* The better witness first; layers over other pictures are none. */
static void
test_witnesses (void)
{
  World w;
  guint32 few, many, other;
  const LpMatch *m;

  world_layers (&w, names, names);
  world_add_boxes (&w, 0, 0, 8);
  many = w.job;
  few = world_add_manifest (&w, names);
  for (guint i = 0; i < 2; i++)
    {
      world_add_entry (&w, few, 0, LP_STATE_EMPTY);
      for (guint j = 0; i == 0 && j < 6; j++)
        {
          const LpRow *row = lp_layer_row (lp_dataset_layer (w.d, many), j);

          world_add_pixels (&w, few, 0, row->v[0], row->v[1], row->v[2], row->v[3]);
        }
    }
  other = world_add_manifest (&w, names);
  world_add_entry (&w, other, world_add_image (&w, "/elsewhere/z.jpg", 10, 10, 1), LP_STATE_EMPTY);
  w.d->subject = w.yolo;
  for (guint round = 0; round < 2; round++)
    {
      g_assert_true (lp_match_all (w.d, NULL, NULL));
      g_assert_cmpuint (w.d->matches->len, ==, 2);
      m = g_ptr_array_index (w.d->matches, 0);
      g_assert_cmpuint (m->witness, ==, round == 0 ? many : few);
      g_assert_cmpuint (m->support, ==, round == 0 ? 8 : 6);
      w.job = few;
      if (round == 0)
        world_add_config (&w, names); /* a label category file of that job is worth more */
      lp_dataset_dict (w.d, w.d->dicts->len - 1)->layer = few;
      lp_dataset_dict (w.d, 0)->names->pdata[1] = (gpointer) "of the other job only";
    }
  world_clear (&w);
}

static void
test_cancelled (void)
{
  World w;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  LpProgress progress = { .cancellable = cancellable };
  g_autoptr (GError) error = NULL;

  world_layers (&w, names, names);
  world_add_boxes (&w, 0, 0, 8);
  w.d->subject = w.yolo;
  g_assert_true (lp_match_all (w.d, &progress, NULL));
  g_assert_cmpint (progress.done, ==, 1);
  g_cancellable_cancel (cancellable);
  g_assert_null (lp_match_layers (w.d, w.yolo, w.job, &progress));
  g_assert_false (lp_match_all (w.d, &progress, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (w.d->matches->len, ==, 1); /* what was there stays */
  world_clear (&w);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/match/match/partners", test_partners);
  g_test_add_func ("/match/match/expected", test_expected);
  g_test_add_func ("/match/match/resized", test_resized);
  g_test_add_func ("/match/match/states", test_states);
  g_test_add_func ("/match/match/other-rows", test_other_rows);
  g_test_add_func ("/match/match/witnesses", test_witnesses);
  g_test_add_func ("/match/match/cancelled", test_cancelled);
  return g_test_run ();
}
