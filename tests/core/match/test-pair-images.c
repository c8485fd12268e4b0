/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "world.h"

static const char *const names[] = { "can", NULL };

/* Pairs one picture of the subject with those of the witness; returns the path that it got. */
static const char *
pair (const char *subject, const char *const *witness, LpPairedBy *by)
{
  World w;
  g_autoptr (LpMatch) match = NULL;
  guint32 found = LP_NONE;

  world_layers (&w, names, NULL);
  world_add_entry (&w, w.yolo, world_add_image (&w, subject, 10, 10, 1), LP_STATE_EMPTY);
  for (guint i = 0; witness[i] != NULL; i++)
    world_add_entry (&w, w.job, world_add_image (&w, witness[i], 10, 10, 1), LP_STATE_EMPTY);
  match = lp_match_new (w.yolo, w.job);
  lp_pair_images (w.d, match);
  g_assert_cmpuint (match->images->len, <=, 1);
  *by = LP_PAIRED_NOT;
  if (match->images->len == 1)
    {
      found = g_array_index (match->images, LpImagePair, 0).witness_entry;
      *by = g_array_index (match->images, LpImagePair, 0).by;
    }
  world_clear (&w);
  return found != LP_NONE ? witness[found] : NULL;
}

static void
test_stems (void)
{
  static const struct
  {
    const char *subject, *witness[4], *found;
    LpPairedBy by;
  } cases[] = {
    { "/y/images/a.jpg", { "/j/a.jpg" }, "/j/a.jpg", LP_PAIRED_STEM },
    { "/y/images/a.png", { "/j/a.jpg" }, "/j/a.jpg", LP_PAIRED_STEM },
    { "/y/images/a.jpg", { "/j/b.jpg", "/j/A.jpg" }, NULL, LP_PAIRED_NOT },
    { "/y/images/apple.jpg", { "/j/apple.green.jpg" }, "/j/apple.green.jpg", LP_PAIRED_FIRST_DOT },
    { "/y/images/apple.green.jpg", { "/j/apple.png" }, "/j/apple.png", LP_PAIRED_FIRST_DOT },
    { "/y/images/apple.jpg", { "/j/apple.green.jpg", "/j/apple.png" }, "/j/apple.png", LP_PAIRED_STEM },
    { "/y/images/apple.jpg", { "/j/apple.green.jpg", "/j/apple.red.jpg" }, NULL, LP_PAIRED_NOT },
    { "/y/images/cam.0001.jpg", { "/j/cam.0002.jpg" }, NULL, LP_PAIRED_NOT },
    /* The most alike of several. */
    { "/y/images/a.png", { "/j/a.jpg", "/j/a.png" }, "/j/a.png", LP_PAIRED_STEM },
    { "/y/images/val/a.jpg", { "/j/train/a.jpg", "/j/val/a.jpg" }, "/j/val/a.jpg", LP_PAIRED_STEM },
    { "/y/images/a.jpg", { "/j/one/a.jpg", "/j/two/a.jpg" }, NULL, LP_PAIRED_NOT },
    /* A label file without a picture. */
    { "/y/labels/apple.txt", { "/j/apple.green.jpg" }, "/j/apple.green.jpg", LP_PAIRED_FIRST_DOT },
    { "/y/images/.jpg", { "/j/.png" }, NULL, LP_PAIRED_NOT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LpPairedBy by;

      g_test_message ("%s", cases[i].subject);
      g_assert_cmpstr (pair (cases[i].subject, cases[i].witness, &by), ==, cases[i].found);
      g_assert_cmpint (by, ==, cases[i].by);
    }
}

/* One record in both layers is one picture, whatever others are called. */
static void
test_shared (void)
{
  World w;
  g_autoptr (LpMatch) match = NULL;
  const LpImagePair *pairs;
  guint32 shared, copy, last;

  world_layers (&w, names, NULL);
  shared = world_add_image (&w, "/y/images/train/a.jpg", 10, 10, 1);
  copy = world_add_image (&w, "/y/images/val/a.jpg", 10, 10, 1);
  last = world_add_image (&w, "/y/images/val/b.jpg", 10, 10, 1);
  world_add_entry (&w, w.yolo, last, LP_STATE_EMPTY);
  world_add_entry (&w, w.yolo, copy, LP_STATE_EMPTY);
  world_add_entry (&w, w.yolo, shared, LP_STATE_EMPTY);
  world_add_entry (&w, w.job, shared, LP_STATE_EMPTY);
  world_add_entry (&w, w.job, shared, LP_STATE_EMPTY); /* named twice: the first counts */
  world_add_entry (&w, w.job, last, LP_STATE_UNLABELLED);
  match = lp_match_new (w.yolo, w.job);
  lp_pair_images (w.d, match);
  g_assert_cmpuint (match->images->len, ==, 2); /* the copy is not taken for the picture that has its own */
  pairs = (const LpImagePair *) (gconstpointer) match->images->data;
  g_assert_cmpuint (pairs[0].subject_entry, ==, 0);
  g_assert_cmpuint (pairs[0].witness_entry, ==, 2);
  g_assert_cmpuint (pairs[1].subject_entry, ==, 2);
  g_assert_cmpuint (pairs[1].witness_entry, ==, 0);
  g_assert_cmpint (pairs[1].by, ==, LP_PAIRED_FILE);
  g_assert_true (lp_match_pair_of (match, 2) == &pairs[1]);
  g_assert_null (lp_match_pair_of (match, 1));
  g_assert_null (lp_match_pair_of (match, 3));
  world_clear (&w);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/match/pair-images/stems", test_stems);
  g_test_add_func ("/match/pair-images/shared", test_shared);
  return g_test_run ();
}
