/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "world.h"

static const char *const names[] = { "can", "paper", NULL };

static void
test_manifest (void)
{
  static const struct
  {
    guint width, height, orientation; /* stored */
    guint declared_width, declared_height;
    LpFrame frame;
    gboolean proven;
  } cases[] = {
    { 400, 300, 6, 400, 300, LP_FRAME_RAW, TRUE },
    { 400, 300, 6, 300, 400, LP_FRAME_UPRIGHT, TRUE },
    { 400, 300, 8, 300, 400, LP_FRAME_UPRIGHT, TRUE },
    { 400, 300, 6, 200, 150, LP_FRAME_RAW, FALSE }, /* resized: Ground Truth works on what is stored */
    { 400, 400, 6, 400, 400, LP_FRAME_RAW, FALSE },
    { 400, 300, 3, 400, 300, LP_FRAME_RAW, FALSE },
    { 400, 300, 1, 300, 400, LP_FRAME_RAW, FALSE },
    { 0, 0, 6, 300, 400, LP_FRAME_RAW, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      World w;
      LpEntry *entry;
      guint32 image;
      gboolean proven;

      world_layers (&w, names, names);
      image = world_add_image (&w, "/p/a.jpg", cases[i].width, cases[i].height, cases[i].orientation);
      entry = world_add_entry (&w, w.job, image, LP_STATE_EMPTY);
      entry->width = cases[i].declared_width;
      entry->height = cases[i].declared_height;
      g_assert_cmpint (lp_frame_of_entry (w.d, lp_dataset_layer (w.d, w.job), entry, &proven), ==, cases[i].frame);
      g_assert_cmpint (proven, ==, cases[i].proven);
      world_clear (&w);
    }
}

static void
test_choose (void)
{
  static const struct
  {
    LpFrameEvidence evidence;
    int best;
    gboolean proven;
  } cases[] = {
    { { { 2, 0 }, { 2, 0 }, { 2, 0 }, { 2, 0 } }, 0, TRUE },
    { { { 0, 4 }, { 0, 4 }, { 1, 4 }, { 0.6, 4 } }, 1, TRUE },
    { { { 2, 1 }, { 1, 0 }, { 2, 2 }, { 2, 1.9 } }, 0, TRUE },  /* one box is in both: it stands in the middle */
    { { { 2, 2 }, { 1, 1 }, { 3, 3 }, { 2, 2 } }, -1, FALSE },  /* half and half */
    { { { 3, 2 }, { 2, 1 }, { 3, 3 }, { 3, 2.5 } }, 0, FALSE }, /* mixed: better, not proven */
    { { { 0, 0 }, { 0, 0 }, { 2, 0 }, { 1.7, 0 } }, 0, TRUE },  /* drawn twice by people, fits in one frame only */
    { { { 0, 0 }, { 0, 0 }, { 0, 1 }, { 0, 0.6 } }, 1, FALSE }, /* by chance */
    { { { 0, 0 }, { 0, 0 }, { 2, 2 }, { 1.5, 1.5 } }, -1, FALSE },
    { { { 0, 0 }, { 0, 0 }, { 0, 0 }, { 0, 0 } }, -1, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gboolean proven;

      g_assert_cmpint (lp_frame_choose (&cases[i].evidence, &proven), ==, cases[i].best);
      g_assert_cmpint (proven, ==, cases[i].proven);
    }
}

/* Every turn: label files made from the stored and from the turned pixels are told apart. */
static void
test_turns (void)
{
  for (guint orientation = 2; orientation <= 8; orientation++)
    for (LpFrame frame = LP_FRAME_RAW; frame <= LP_FRAME_UPRIGHT; frame++)
      {
        World w;
        const LpMatch *match;
        const LpEntry *entry;

        world_layers (&w, names, names);
        for (guint i = 0; i < 3; i++)
          {
            world_add_both (
              &w, world_add_image (&w, i == 0 ? "/p/a.jpg" : "/p/b.jpg", 400, 300, i < 2 ? orientation : 1));
            world_add_box (&w, 0, 0, 11, 13, 95, 57, frame);
            world_add_box (&w, 1, 1, 220, 130, 60, 90, frame);
          }
        w.d->subject = w.yolo;
        g_assert_true (lp_match_all (w.d, NULL, NULL));
        g_assert_cmpuint (w.d->matches->len, ==, 1);
        match = g_ptr_array_index (w.d->matches, 0);
        g_assert_cmpint (match->conversion, ==, frame == LP_FRAME_RAW ? LP_CONVERSION_RAW : LP_CONVERSION_UPRIGHT);
        g_assert_cmpuint (match->conversion_hits, ==, 4);
        g_assert_cmpuint (match->conversion_total, ==, 4);
        g_assert_cmpuint (match->exact, ==, 6);
        g_assert_cmpfloat (match->max_rounding_px, <=, 0.75e-4 * 400);
        for (guint i = 0; i < 3; i++)
          {
            entry = lp_layer_entry (lp_dataset_layer (w.d, w.yolo), i);
            g_assert_cmpint (entry->frame, ==, i < 2 ? frame : LP_FRAME_UNKNOWN);
            g_assert_cmpint (entry->flags & LP_ENTRY_FRAME_PROVEN, ==, i < 2 ? LP_ENTRY_FRAME_PROVEN : 0);
          }
        world_clear (&w);
      }
}

/* A box that is the same in both frames proves nothing; the set says how it was made. */
static void
test_symmetric (void)
{
  World w;
  const LpMatch *match;
  const LpImagePair *pair;
  const LpLayer *yolo;

  world_layers (&w, names, names);
  world_add_both (&w, world_add_image (&w, "/p/a.jpg", 400, 300, 3));
  world_add_box (&w, 0, 0, 100, 100, 200, 100, LP_FRAME_RAW);
  world_add_both (&w, world_add_image (&w, "/p/b.jpg", 400, 300, 3));
  world_add_box (&w, 0, 0, 10, 100, 200, 100, LP_FRAME_RAW);
  world_add_both (&w, world_add_image (&w, "/p/c.jpg", 400, 300, 6)); /* without boxes: no vote */
  g_assert_true (lp_match_all (w.d, NULL, NULL));
  g_assert_cmpuint (w.d->matches->len, ==, 0); /* no subject yet */
  w.d->subject = w.yolo;
  g_assert_true (lp_match_all (w.d, NULL, NULL));
  match = g_ptr_array_index (w.d->matches, 0);
  yolo = lp_dataset_layer (w.d, w.yolo);
  g_assert_cmpint (match->conversion, ==, LP_CONVERSION_RAW);
  g_assert_cmpuint (match->conversion_hits, ==, 2);
  g_assert_cmpuint (match->conversion_total, ==, 2);
  pair = lp_match_pair_of (match, 0);
  g_assert_cmpint (pair->subject_frame, ==, LP_FRAME_RAW);
  g_assert_false (pair->proven);
  g_assert_cmpuint (pair->raw_hits, ==, 1);
  g_assert_cmpuint (pair->upright_hits, ==, 1);
  g_assert_cmpint (lp_layer_entry (yolo, 0)->frame, ==, LP_FRAME_UNKNOWN);
  g_assert_cmpint (lp_layer_entry (yolo, 1)->frame, ==, LP_FRAME_RAW);
  g_assert_cmpint (lp_match_pair_of (match, 2)->subject_frame, ==, LP_FRAME_RAW);
  g_assert_false (lp_match_pair_of (match, 2)->differs);
  world_clear (&w);
}

/* Rows turned by an edit are proven upright when matched again. */
static void
test_again (void)
{
  World w;
  LpLayer *yolo;
  LpRow *row;

  world_layers (&w, names, names);
  world_add_both (&w, world_add_image (&w, "/p/a.jpg", 400, 300, 6));
  world_add_box (&w, 0, 0, 40, 30, 100, 60, LP_FRAME_RAW);
  w.d->subject = w.yolo;
  g_assert_true (lp_match_all (w.d, NULL, NULL));
  yolo = lp_dataset_layer (w.d, w.yolo);
  g_assert_cmpint (lp_layer_entry (yolo, 0)->frame, ==, LP_FRAME_RAW);
  row = lp_layer_row (yolo, 0);
  /* Orientation 6: x' = 1 - y, y' = x. Raw centre 90/400, 60/300; size 100/400 × 60/300. */
  row->v[0] = 0.8;
  row->v[1] = 0.225;
  row->v[2] = 0.2;
  row->v[3] = 0.25;
  g_assert_true (lp_match_all (w.d, NULL, NULL));
  g_assert_cmpint (lp_layer_entry (yolo, 0)->frame, ==, LP_FRAME_UPRIGHT);
  g_assert_cmpint (((LpMatch *) g_ptr_array_index (w.d->matches, 0))->conversion, ==, LP_CONVERSION_UPRIGHT);
  row->flags |= LP_ROW_REMOVED;
  g_assert_true (lp_match_all (w.d, NULL, NULL));
  g_assert_cmpint (lp_layer_entry (yolo, 0)->frame, ==, LP_FRAME_UNKNOWN);
  world_clear (&w);
}

/* The manifest as subject: then the frame of the witness's numbers is what is tried. */
static void
test_other_way (void)
{
  World w;
  g_autoptr (LpMatch) match = NULL;

  world_layers (&w, names, names);
  world_add_both (&w, world_add_image (&w, "/p/a.jpg", 400, 300, 6));
  world_add_box (&w, 0, 0, 40, 30, 100, 60, LP_FRAME_UPRIGHT);
  match = lp_match_layers (w.d, w.job, w.yolo, NULL);
  g_assert_cmpint (match->conversion, ==, LP_CONVERSION_UPRIGHT);
  g_assert_cmpuint (match->exact, ==, 1);
  g_assert_cmpint (lp_match_pair_of (match, 0)->subject_frame, ==, LP_FRAME_RAW);
  g_assert_cmpint (lp_match_pair_of (match, 0)->witness_frame, ==, LP_FRAME_UPRIGHT);
  world_clear (&w);
}

/* A copy of a turned photo under another path, its tag gone: with its pixels turned, or not. */
static void
test_copy (void)
{
  for (guint turned = 0; turned < 2; turned++)
    {
      World w;
      g_autoptr (LpMatch) match = NULL;
      LpRect r = { 40 / 400.0, 30 / 300.0, 140 / 400.0, 90 / 300.0 };

      world_layers (&w, names, names);
      world_add_entry (&w, w.job, world_add_image (&w, "/job/a.jpg", 400, 300, 6), LP_STATE_EMPTY);
      world_add_pixels (&w, w.job, 0, 40, 30, 100, 60);
      if (turned == 1)
        r = lp_rect_turn (&r, 6);
      world_add_entry (&w, w.yolo, world_add_image (&w, "/y/a.jpg", turned ? 150 : 200, turned ? 200 : 150, 1),
                       LP_STATE_EMPTY);
      world_add_fractions (&w, w.yolo, 0, (r.x0 + r.x1) / 2, (r.y0 + r.y1) / 2, r.x1 - r.x0, r.y1 - r.y0);
      match = lp_match_layers (w.d, w.yolo, w.job, NULL);
      g_assert_cmpuint (match->exact, ==, 1);
      g_assert_cmpint (match->conversion, ==, LP_CONVERSION_STRAIGHT);
      g_assert_cmpuint (match->conversion_hits, ==, 1);
      g_assert_false (lp_match_pair_of (match, 0)->differs);
      world_clear (&w);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/match/frame/manifest", test_manifest);
  g_test_add_func ("/match/frame/choose", test_choose);
  g_test_add_func ("/match/frame/turns", test_turns);
  g_test_add_func ("/match/frame/symmetric", test_symmetric);
  g_test_add_func ("/match/frame/again", test_again);
  g_test_add_func ("/match/frame/other-way", test_other_way);
  g_test_add_func ("/match/frame/copy", test_copy);
  return g_test_run ();
}
