/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "read/lp-yolo.h"
#include "scene.h"

/* The state of a picture's entry and the label file it has, relative to the scene; NULL: none. */
static void
assert_label (const Scene *scene, const char *picture, const char *label)
{
  const LpEntry *entry = scene_entry (scene, picture);
  g_autofree char *path = NULL, *wanted = NULL;

  g_assert_cmpint (entry->state, ==, label != NULL ? LP_STATE_ROWS : LP_STATE_NO_FILE);
  if (label == NULL)
    {
      g_assert_cmpuint (entry->file, ==, LP_NONE);
      return;
    }
  path = lp_file_dup_path (lp_dataset_file (scene->dataset, entry->file));
  wanted = scene_path (scene, label);
  g_assert_cmpstr (path, ==, wanted);
}

static void
write_label (const Scene *scene, const char *name)
{
  scene_write (scene, name, "0 .5 .5 .1 .1\n");
}

/* The last images/ becomes labels/; the stem ends at the last dot. */
static void
test_rule (void)
{
  g_autoptr (Scene) scene = scene_new ();

  scene_picture (scene, "images/v1/images/a.b.jpg");
  scene_picture (scene, "images/v1/images/a.jpg");
  scene_picture (scene, "images/v1/images/deep/c.PNG");
  scene_picture (scene, "images/v1/images/none.jpg");
  write_label (scene, "images/v1/labels/a.b.txt");
  write_label (scene, "images/v1/labels/a.txt");
  write_label (scene, "images/v1/labels/deep/c.txt");
  g_assert_true (scene_read (scene, NULL, "", NULL));
  assert_label (scene, "images/v1/images/a.b.jpg", "images/v1/labels/a.b.txt");
  assert_label (scene, "images/v1/images/a.jpg", "images/v1/labels/a.txt");
  assert_label (scene, "images/v1/images/deep/c.PNG", "images/v1/labels/deep/c.txt");
  assert_label (scene, "images/v1/images/none.jpg", NULL);
  g_assert_false (lp_dataset_layer (scene->dataset, 0)->beside);
  g_assert_cmpuint (scene->dataset->noticed->len, ==, 0);
  g_assert_cmpuint (scene->dataset->label_files, ==, 3);
}

/* Without an images folder the rule itself looks beside the pictures: nothing to remark. */
static void
test_beside_by_rule (void)
{
  g_autoptr (Scene) scene = scene_new ();

  scene_picture (scene, "img/a.jpg");
  write_label (scene, "img/a.txt");
  g_assert_true (scene_read (scene, NULL, "", NULL));
  assert_label (scene, "img/a.jpg", "img/a.txt");
  g_assert_true (lp_dataset_layer (scene->dataset, 0)->beside);
  g_assert_cmpuint (scene->dataset->notes->len, ==, 0);
}

/* The rule finds none in the whole set: beside, and it is said. */
static void
test_beside_instead (void)
{
  g_autoptr (Scene) scene = scene_new ();

  scene_picture (scene, "images/a.jpg");
  scene_picture (scene, "images/b.jpg");
  write_label (scene, "images/a.txt");
  g_assert_true (scene_read (scene, NULL, "", NULL));
  assert_label (scene, "images/a.jpg", "images/a.txt");
  assert_label (scene, "images/b.jpg", NULL);
  g_assert_true (lp_dataset_layer (scene->dataset, 0)->beside);
  g_assert_cmpuint (scene->dataset->notes->len, ==, 1);
}

/* One label by the rule is enough: those beside the pictures are not taken. */
static void
test_not_beside (void)
{
  g_autoptr (Scene) scene = scene_new ();

  scene_picture (scene, "images/a.jpg");
  scene_picture (scene, "images/b.jpg");
  write_label (scene, "images/a.txt");
  write_label (scene, "labels/b.txt");
  g_assert_true (scene_read (scene, NULL, "", NULL));
  assert_label (scene, "images/a.jpg", NULL);
  assert_label (scene, "images/b.jpg", "labels/b.txt");
}

/* Cut at the first dot: read with a finding, unless the file is another picture's or could be of several. */
static void
test_first_dot (void)
{
  g_autoptr (Scene) scene = scene_new ();
  const LpFinding *finding;

  scene_picture (scene, "images/apple.green.jpg");
  scene_picture (scene, "images/pear.jpg");
  scene_picture (scene, "images/pear.ripe.jpg");
  scene_picture (scene, "images/plum.1.jpg");
  scene_picture (scene, "images/plum.2.jpg");
  write_label (scene, "labels/apple.txt");
  write_label (scene, "labels/pear.txt");
  write_label (scene, "labels/plum.txt");
  g_assert_true (scene_read (scene, NULL, "", NULL));
  assert_label (scene, "images/apple.green.jpg", "labels/apple.txt");
  g_assert_cmpint (scene_entry (scene, "images/apple.green.jpg")->flags, ==, LP_ENTRY_FIRST_DOT);
  assert_label (scene, "images/pear.jpg", "labels/pear.txt");
  g_assert_cmpint (scene_entry (scene, "images/pear.jpg")->flags, ==, 0);
  assert_label (scene, "images/pear.ripe.jpg", NULL);
  assert_label (scene, "images/plum.1.jpg", NULL);
  assert_label (scene, "images/plum.2.jpg", NULL);
  g_assert_cmpuint (scene_count (scene, LP_RULE_DATASET_DOT_TRUNCATED_STEM), ==, 1);
  finding = scene_finding (scene, LP_RULE_DATASET_DOT_TRUNCATED_STEM);
  g_assert_cmpuint (finding->image, ==, scene_image (scene, "images/apple.green.jpg"));
  scene_assert_finding (scene, LP_RULE_DATASET_DOT_TRUNCATED_STEM, "labels/apple.txt", 0, 0, NULL);
  g_assert_cmpuint (scene_count (scene, LP_RULE_DATASET_ORPHAN_LABEL), ==, 1);
  scene_assert_finding (scene, LP_RULE_DATASET_ORPHAN_LABEL, "labels/plum.txt", 0, 0, NULL);
}

/* Label files without a picture count as files and rows, not as images; other texts are left alone. */
static void
test_orphans (void)
{
  g_autoptr (Scene) scene = scene_new ();
  const char *const others[] = { "classes.txt", "train.txt", "notes.txt", "README.dataset.txt", "LICENSE.txt" };
  const LpLayer *layer;
  guint32 orphan;

  scene_picture (scene, "images/train/a.jpg");
  write_label (scene, "labels/train/a.txt");
  write_label (scene, "labels/train/gone.txt");
  scene_write (scene, "labels/val/empty.txt", "");
  scene_write (scene, "labels/prose.txt", "This is no label file.\n");
  scene_write (scene, "requirements.txt", "numpy\n");
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *name = g_build_filename ("labels/train", others[i], NULL);

      scene_write (scene, name, "names\n");
    }
  g_assert_true (scene_read (scene, NULL, "", NULL));
  layer = lp_dataset_layer (scene->dataset, 0);
  g_assert_cmpuint (scene_count (scene, LP_RULE_DATASET_ORPHAN_LABEL), ==, 3);
  g_assert_cmpuint (scene->dataset->noticed->len, ==, 3);
  g_assert_cmpuint (scene->dataset->label_files, ==, 4);
  g_assert_cmpuint (layer->rows->len, ==, 2);
  g_assert_cmpuint (scene->dataset->coverage.pictures_named, ==, 1);
  orphan = scene_image (scene, "labels/train/gone.txt");
  g_assert_cmpint (lp_dataset_image (scene->dataset, orphan)->flags, ==, LP_IMAGE_ORPHAN);
  g_assert_cmpint (lp_dataset_image (scene->dataset, orphan)->state, ==, LP_IMAGE_MISSING);
  g_assert_cmpuint (lp_layer_find (layer, orphan)->n_rows, ==, 1);
}

static void
test_reserved (void)
{
  g_assert_true (lp_yolo_is_reserved ("classes.txt"));
  g_assert_true (lp_yolo_is_reserved ("README.roboflow.txt"));
  g_assert_true (lp_yolo_is_reserved ("notes_2.txt"));
  g_assert_true (lp_yolo_is_reserved ("val.txt"));
  g_assert_false (lp_yolo_is_reserved ("train_1.txt"));
  g_assert_false (lp_yolo_is_reserved ("a.txt"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layout/rule", test_rule);
  g_test_add_func ("/layout/beside-by-rule", test_beside_by_rule);
  g_test_add_func ("/layout/beside-instead", test_beside_instead);
  g_test_add_func ("/layout/not-beside", test_not_beside);
  g_test_add_func ("/layout/first-dot", test_first_dot);
  g_test_add_func ("/layout/orphans", test_orphans);
  g_test_add_func ("/layout/reserved", test_reserved);
  return g_test_run ();
}
