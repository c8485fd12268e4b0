/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "read/lp-sets.h"
#include "scene.h"

static const char *const yaml_text = "train: images/train\nval: images/val\nnames: [can]\n";

static void
write_pair (const Scene *scene, const char *folder, const char *split, const char *stem)
{
  g_autofree char *picture = g_strdup_printf ("%simages/%s/%s.jpg", folder, split, stem);
  g_autofree char *label = g_strdup_printf ("%slabels/%s/%s.txt", folder, split, stem);

  scene_picture (scene, picture);
  scene_write (scene, label, "0 .5 .5 .1 .1\n");
}

static guint
count_entries (const Scene *scene, guint layer)
{
  return lp_dataset_layer (scene->dataset, layer)->entries->len;
}

/* The folder takes every picture below it, and says which no split names. */
static void
test_folder (void)
{
  g_autoptr (Scene) scene = scene_new ();
  const LpImage *image;

  scene_write (scene, "data.yaml", yaml_text);
  write_pair (scene, "", "train", "a");
  write_pair (scene, "", "val", "b");
  write_pair (scene, "", "left", "c");
  g_assert_true (scene_read (scene, NULL, "", NULL));
  g_assert_cmpuint (scene->dataset->layers->len, ==, 1);
  g_assert_cmpuint (count_entries (scene, 0), ==, 3);
  g_assert_cmpuint (scene->dataset->splits->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (scene->dataset->splits, 0), ==, "train");
  g_assert_cmpstr (g_ptr_array_index (scene->dataset->splits, 1), ==, "val");
  image = lp_dataset_image (scene->dataset, scene_image (scene, "images/val/b.jpg"));
  g_assert_cmpuint (image->splits, ==, 2);
  g_assert_cmpint (image->flags, ==, LP_IMAGE_LISTED);
  g_assert_cmpuint (scene_count (scene, LP_RULE_DATASET_SPLIT_UNKNOWN_IMAGE), ==, 1);
  g_assert_cmpuint (scene_finding (scene, LP_RULE_DATASET_SPLIT_UNKNOWN_IMAGE)->image, ==,
                    scene_image (scene, "images/left/c.jpg"));
  g_assert_cmpuint (scene->dataset->noticed->len, ==, 1);
}

/* The data.yaml takes only the pictures of its splits; its names and those of a classes.txt beside it belong to it.
 */
static void
test_file (void)
{
  g_autoptr (Scene) scene = scene_new ();
  const LpLayer *layer;

  scene_write (scene, "data.yaml", yaml_text);
  scene_write (scene, "classes.txt", "paper\n");
  write_pair (scene, "", "train", "a");
  write_pair (scene, "", "val", "b");
  write_pair (scene, "", "left", "c");
  scene_write (scene, "labels/val/gone.txt", "0 .5 .5 .1 .1\n");
  g_assert_true (scene_read (scene, NULL, "data.yaml", NULL));
  layer = lp_dataset_layer (scene->dataset, 0);
  g_assert_cmpuint (layer->entries->len, ==, 3);
  g_assert_cmpuint (scene_image (scene, "images/left/c.jpg"), ==, LP_NONE);
  g_assert_cmpuint (scene_count (scene, LP_RULE_DATASET_ORPHAN_LABEL), ==, 1);
  g_assert_cmpuint (scene->dataset->noticed->len, ==, 1);
  g_assert_cmpuint (scene->dataset->dicts->len, ==, 2);
  g_assert_cmpuint (layer->dictionary, ==, 0);
  g_assert_cmpint (lp_dataset_dict (scene->dataset, 0)->origin, ==, LP_DICT_YAML);
  g_assert_cmpint (lp_dataset_dict (scene->dataset, 1)->origin, ==, LP_DICT_NAMES);
  g_assert_cmpuint (lp_dataset_dict (scene->dataset, 1)->layer, ==, 0);
}

static void
test_empty_split (void)
{
  g_autoptr (Scene) scene = scene_new ();

  scene_write (scene, "data.yaml", yaml_text);
  write_pair (scene, "", "train", "a");
  scene_write (scene, "images/val/notes.md", "");
  g_assert_true (scene_read (scene, NULL, "", NULL));
  scene_assert_finding (scene, LP_RULE_DATASET_EMPTY_SPLIT, "data.yaml", 2, 6, "val");
  g_assert_cmpuint (scene->dataset->noticed->len, ==, 1);
}

static void
test_list (void)
{
  g_autoptr (Scene) scene = scene_new ();

  scene_write (scene, "data.yaml", "train: train.txt\nval: val.txt\nnames: [can]\n");
  scene_write (scene, "train.txt", "./images/x/a.jpg\nimages/x/gone.jpg\n");
  scene_write (scene, "val.txt", "images/x/b.jpg\n");
  write_pair (scene, "", "x", "a");
  write_pair (scene, "", "x", "b");
  write_pair (scene, "", "x", "c");
  g_assert_true (scene_read (scene, NULL, "data.yaml", NULL));
  g_assert_cmpuint (lp_dataset_image (scene->dataset, scene_image (scene, "images/x/a.jpg"))->splits, ==, 1);
  g_assert_cmpuint (lp_dataset_image (scene->dataset, scene_image (scene, "images/x/b.jpg"))->splits, ==, 2);
  scene_assert_finding (scene, LP_RULE_DATASET_PATH_UNRESOLVED, "train.txt", 2, 1, "images/x/gone.jpg");
  g_assert_cmpuint (scene->dataset->coverage.pictures_named, ==, 2);
}

/* A listed picture behind a link out of the set: not taken, and its folder is said once. */
static void
test_list_outside (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autofree char *out = scene_path (scene, "out");

  scene_picture (scene, "out/a.jpg");
  scene_picture (scene, "out/b.jpg");
  scene_picture (scene, "set/images/c.jpg");
  scene_write (scene, "set/data.yaml", "train: train.txt\nval: train.txt\nnames: [can]\n");
  scene_write (scene, "set/train.txt", "./far/a.jpg\n./far/b.jpg\n./images/c.jpg\n");
  scene_link (scene, "set/far", out);
  g_assert_true (scene_read (scene, NULL, "set/data.yaml", NULL));
  g_assert_cmpuint (scene->dataset->images->len, ==, 1);
  g_assert_cmpuint (scene_count (scene, LP_RULE_DATASET_UNREADABLE), ==, 2); /* one of each split */
}

/* Several data.yaml below one folder: a set each; what is left makes one more. */
static void
test_several (void)
{
  g_autoptr (Scene) scene = scene_new ();

  scene_write (scene, "a/data.yaml", yaml_text);
  scene_write (scene, "b/data.yaml", yaml_text);
  scene_write (scene, "b/other.yaml", "names: [tin]\ntrain: images\n");
  write_pair (scene, "a/", "train", "1");
  write_pair (scene, "a/", "val", "2");
  write_pair (scene, "b/", "train", "1");
  write_pair (scene, "b/", "val", "2");
  write_pair (scene, "c/", "train", "1");
  g_assert_true (scene_read (scene, NULL, "", NULL));
  g_assert_cmpuint (scene->dataset->layers->len, ==, 3);
  g_assert_cmpuint (count_entries (scene, 0), ==, 2);
  g_assert_cmpuint (count_entries (scene, 1), ==, 2);
  g_assert_cmpuint (count_entries (scene, 2), ==, 1);
  g_assert_cmpuint (scene->dataset->dicts->len, ==, 3);
  g_assert_cmpuint (scene->dataset->noticed->len, ==, 0);
}

static void
test_two_and_no_more (void)
{
  g_autoptr (Scene) scene = scene_new ();

  scene_write (scene, "a/data.yaml", yaml_text);
  scene_write (scene, "b/data.yaml", yaml_text);
  write_pair (scene, "a/", "train", "1");
  write_pair (scene, "a/", "val", "2");
  write_pair (scene, "b/", "train", "1");
  write_pair (scene, "b/", "val", "2");
  g_assert_true (scene_read (scene, NULL, "", NULL));
  g_assert_cmpuint (scene->dataset->layers->len, ==, 2);
}

/* A data.yaml of which no split is there: said of each, not of every picture. */
static void
test_nothing_resolved (void)
{
  g_autoptr (Scene) scene = scene_new ();

  scene_write (scene, "p.yaml", "{names: [particle], test: 'C:\\x\\test',\n  train: 'C:\\x\\train'}\n");
  scene_picture (scene, "labels/1.jpg");
  scene_write (scene, "labels/1.txt", "0 .5 .5 .1 .1\n");
  g_assert_true (scene_read (scene, NULL, "", NULL));
  g_assert_cmpuint (scene_count (scene, LP_RULE_DATASET_PATH_UNRESOLVED), ==, 2);
  scene_assert_finding (scene, LP_RULE_DATASET_PATH_UNRESOLVED, "p.yaml", 2, 10, "C:\\x\\train");
  g_assert_cmpuint (scene->dataset->noticed->len, ==, 2);
  g_assert_cmpuint (count_entries (scene, 0), ==, 1);
}

/* A folder of pictures that a manifest names and that is no part of the YOLO set gets no entries there. */
static void
test_claimed (void)
{
  g_autoptr (Scene) scene = scene_new ();

  scene_picture (scene, "job/1.jpg");
  scene_picture (scene, "job/2.jpg");
  write_pair (scene, "train_data/", "train", "1");
  scene_picture (scene, "train_data/images/val/2.jpg");
  scene_write (scene, "job/output.manifest",
               "{\"source-ref\":\"s3://b/1.jpg\"}\n{\"source-ref\":\"s3://b/2.jpg\"}\n");
  g_assert_true (scene_read (scene, NULL, "", NULL));
  g_assert_cmpuint (scene->dataset->layers->len, ==, 2);
  g_assert_cmpuint (count_entries (scene, 0), ==, 2);
  g_assert_cmpuint (count_entries (scene, 1), ==, 2);
  g_assert_cmpuint (scene->dataset->images->len, ==, 4);
}

/* Darknet's names file is told by the *.data and lies beside it: one list, not two. A list that two splits name is
 * read once: what is wrong in it is said once. */
static void
test_darknet (void)
{
  g_autoptr (Scene) scene = scene_new ();

  scene_write (scene, "data/obj.data",
               "classes = 1\ntrain = data/train.txt\nvalid = data/train.txt\nnames = data/obj.names\n");
  scene_write (scene, "data/obj.names", "can\n");
  scene_write (scene, "data/train.txt", "data/a.jpg\ndata/gone.jpg\n");
  scene_picture (scene, "data/a.jpg");
  scene_write (scene, "data/a.txt", "0 .5 .5 .1 .1\n");
  g_assert_true (scene_read (scene, NULL, "", NULL));
  g_assert_cmpuint (scene->dataset->layers->len, ==, 1);
  g_assert_cmpuint (scene->dataset->dicts->len, ==, 1);
  g_assert_cmpuint (lp_dataset_layer (scene->dataset, 0)->dictionary, ==, 0);
  g_assert_cmpuint (lp_dataset_image (scene->dataset, scene_image (scene, "data/a.jpg"))->splits, ==, 3);
  g_assert_cmpuint (scene_count (scene, LP_RULE_DATASET_PATH_UNRESOLVED), ==, 1);
  g_assert_cmpuint (scene->dataset->noticed->len, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sets/folder", test_folder);
  g_test_add_func ("/sets/file", test_file);
  g_test_add_func ("/sets/empty-split", test_empty_split);
  g_test_add_func ("/sets/list", test_list);
  g_test_add_func ("/sets/list-outside", test_list_outside);
  g_test_add_func ("/sets/several", test_several);
  g_test_add_func ("/sets/two-and-no-more", test_two_and_no_more);
  g_test_add_func ("/sets/nothing-resolved", test_nothing_resolved);
  g_test_add_func ("/sets/claimed", test_claimed);
  g_test_add_func ("/sets/darknet", test_darknet);
  return g_test_run ();
}
