/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lp-rule-ids.h"
#include "read/lp-formats.h"

static guint32
add_image (LpDataset *d, const char *name, guint8 state, guint8 flags)
{
  guint32 index = lp_dataset_add_image (d, "/set", name);
  LpImage *image = lp_dataset_image (d, index);

  image->state = state;
  image->flags |= flags;
  return index;
}

static void
add_entry (LpLayer *layer, guint32 image, guint32 file, guint32 line)
{
  LpEntry entry = { .image = image, .file = file, .line = line };

  g_array_append_val (layer->entries, entry);
}

static const LpFinding *
noticed (const LpDataset *d, guint i)
{
  return &g_array_index (d->noticed, LpFinding, i);
}

/* Of two lines the first, of two layers the first; a label file names no picture. */
static void
test_named_first (void)
{
  g_autoptr (LpDataset) d = lp_dataset_new ();
  guint32 gone = add_image (d, "gone.jpg", LP_IMAGE_MISSING, 0), there = add_image (d, "a.jpg", LP_IMAGE_FOUND, 0);
  guint32 file = lp_dataset_add_file (d, "/set", "output.manifest", NULL);
  LpLayer *yolo = lp_dataset_add_layer (d, LP_LAYER_YOLO, "/set", NULL);

  add_entry (yolo, gone, lp_dataset_add_file (d, "/set", "gone.txt", NULL), 0);
  LpLayer *job = lp_dataset_add_layer (d, LP_LAYER_MANIFEST, "/set/output.manifest", "boxes");
  add_entry (job, there, file, 1);
  add_entry (job, gone, file, 2);
  add_entry (job, gone, file, 5);
  LpLayer *other = lp_dataset_add_layer (d, LP_LAYER_MANIFEST, "/set/output.manifest", "others");
  add_entry (other, gone, file, 1);

  lp_read_notice_missing (d);
  g_assert_cmpuint (d->noticed->len, ==, 1);
  g_assert_cmpint (noticed (d, 0)->rule, ==, LP_RULE_IMAGE_MISSING);
  g_assert_cmpuint (noticed (d, 0)->image, ==, gone);
  g_assert_cmpuint (noticed (d, 0)->layer, ==, 1);
  g_assert_cmpuint (noticed (d, 0)->file, ==, file);
  g_assert_cmpuint (noticed (d, 0)->line, ==, 2);
  g_assert_cmpstr (lp_dataset_detail (d, noticed (d, 0)->detail), ==, "/set/gone.jpg");
}

/* Outside the roots it is another matter; a link that leads out is told by its folder; an orphan's picture is told by
 * its label file. */
static void
test_outside_and_orphans (void)
{
  g_autoptr (LpDataset) d = lp_dataset_new ();
  guint32 named = add_image (d, "named.jpg", LP_IMAGE_MISSING, LP_IMAGE_OUTSIDE);
  guint32 file = lp_dataset_add_file (d, "/set", "output.manifest", NULL);

  add_image (d, "link.jpg", LP_IMAGE_MISSING, LP_IMAGE_OUTSIDE);
  add_image (d, "orphan.jpg", LP_IMAGE_MISSING, LP_IMAGE_ORPHAN);
  add_entry (lp_dataset_add_layer (d, LP_LAYER_MANIFEST, "/set/output.manifest", "boxes"), named, file, 3);

  lp_read_notice_missing (d);
  g_assert_cmpuint (d->noticed->len, ==, 1);
  g_assert_cmpint (noticed (d, 0)->rule, ==, LP_RULE_DATASET_PATH_OUTSIDE);
  g_assert_cmpuint (noticed (d, 0)->image, ==, named);
  g_assert_cmpuint (noticed (d, 0)->line, ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/missing/named-first", test_named_first);
  g_test_add_func ("/missing/outside-and-orphans", test_outside_and_orphans);
  return g_test_run ();
}
