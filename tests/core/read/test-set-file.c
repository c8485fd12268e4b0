/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "read/lp-set-file.h"
#include "scene.h"

/* "./" is the list's folder, else the root, then the list's folder and the one above; what is not there has a line.
 */
static void
test_picture_list (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autofree char *list = scene_path (scene, "set/lists/train.txt"), *root = scene_path (scene, "set");
  g_autofree char *first = scene_path (scene, "set/lists/a.jpg"), *second = scene_path (scene, "set/img/b.jpg");
  g_autoptr (GPtrArray) found = NULL;

  scene_picture (scene, "set/lists/a.jpg");
  scene_picture (scene, "set/img/b.jpg");
  scene_picture (scene, "c.jpg");
  scene_write (scene, "set/lists/train.txt", "./a.jpg\r\nimg/b.jpg \n\nimg/gone.jpg\n../c.jpg\n");
  lp_roots_add (scene->roots, root);
  found = lp_picture_list_read (scene->dataset, scene->roots, list, root, NULL);
  g_assert_cmpuint (found->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (found, 0), ==, first);
  g_assert_cmpstr (g_ptr_array_index (found, 1), ==, second);
  scene_assert_finding (scene, LP_RULE_DATASET_PATH_UNRESOLVED, "set/lists/train.txt", 4, 1, "img/gone.jpg");
  g_assert_cmpuint (scene->dataset->noticed->len, ==, 2);
}

/* A file of a million lines that is no list of these pictures does not become a million findings; one with zero bytes
 * is not read up to the first of them. */
static void
test_no_picture_list (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autofree char *list = scene_path (scene, "list.txt"), *zero = scene_path (scene, "zero.txt");
  g_autoptr (GString) text = g_string_new ("a.jpg\n");
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;

  scene_picture (scene, "a.jpg");
  for (guint i = 0; i < 20000; i++)
    g_string_append (text, "x\n");
  scene_write (scene, "list.txt", text->str);
  scene_write_bytes (scene, "zero.txt", "a.jpg\n\0\na.jpg\n", 14);
  lp_roots_add (scene->roots, scene->path);
  found = lp_picture_list_read (scene->dataset, scene->roots, list, scene->path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpuint (scene_count (scene, LP_RULE_DATASET_PATH_UNRESOLVED), ==, 10000);
  scene_assert_finding (scene, LP_RULE_DATASET_UNREADABLE, "list.txt", 10001, 1, NULL);
  g_assert_null (lp_picture_list_read (scene->dataset, scene->roots, zero, scene->path, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

/* An export that was meant to be unpacked into a folder "data", and lies elsewhere. */
static void
test_data_left_out (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autofree char *list = scene_path (scene, "train.txt"), *wanted = scene_path (scene, "obj_train_data/a.jpg");
  g_autoptr (GPtrArray) found = NULL;

  scene_write (scene, "train.txt", "data/obj_train_data/a.jpg\ndata/obj_train_data/b.jpg\n");
  scene_write (scene, "obj_train_data/a.jpg", "");
  lp_roots_add (scene->roots, scene->path);
  found = lp_picture_list_read (scene->dataset, scene->roots, list, scene->path, NULL);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (found, 0), ==, wanted);
  g_assert_cmpuint (scene->dataset->noticed->len, ==, 1);
  scene_assert_finding (scene, LP_RULE_DATASET_PATH_UNRESOLVED, "train.txt", 2, 1, "data/obj_train_data/b.jpg");
}

/* By its name: Darknet's is no YAML. */
static void
test_which_format (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autofree char *darknet = scene_path (scene, "obj.data"), *yaml = scene_path (scene, "data.yaml");
  g_autoptr (LpSetFile) one = NULL, other = NULL;

  scene_write (scene, "obj.names", "a\nb\n");
  scene_write (scene, "obj.data", "classes = 2\nnames = obj.names\n");
  scene_write (scene, "data.yaml", "names: [c]\n");
  lp_roots_add (scene->roots, scene->path);
  one = lp_set_file_read (scene->dataset, scene->roots, darknet, LP_DICT_NAMES, FALSE, NULL);
  other = lp_set_file_read (scene->dataset, scene->roots, yaml, LP_DICT_YAML, FALSE, NULL);
  g_assert_cmpuint (lp_dataset_dict (scene->dataset, one->dictionary)->names->len, ==, 2);
  g_assert_cmpuint (lp_dataset_dict (scene->dataset, other->dictionary)->names->len, ==, 1);
  g_assert_cmpuint (scene->dataset->noticed->len, ==, 0);
}

static void
test_unreadable (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autofree char *path = scene_path (scene, "data.yaml");
  g_autoptr (LpSetFile) said = lp_set_file_unreadable (scene->dataset, path, "It is a folder.");
  g_autoptr (LpSetFile) silent = lp_set_file_unreadable (scene->dataset, path, NULL);

  g_assert_cmpstr (said->folder, ==, scene->path);
  g_assert_cmpuint (silent->dictionary, ==, LP_NONE);
  g_assert_cmpuint (scene->dataset->noticed->len, ==, 1);
  scene_assert_finding (scene, LP_RULE_DATASET_UNREADABLE, "data.yaml", 0, 0, "It is a folder.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/set-file/picture-list", test_picture_list);
  g_test_add_func ("/set-file/no-picture-list", test_no_picture_list);
  g_test_add_func ("/set-file/data-left-out", test_data_left_out);
  g_test_add_func ("/set-file/which-format", test_which_format);
  g_test_add_func ("/set-file/unreadable", test_unreadable);
  return g_test_run ();
}
