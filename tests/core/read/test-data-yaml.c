/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "read/lp-set-file.h"
#include "read/lp-yolo.h"
#include "scene.h"

static LpSetFile *
read_yaml (Scene *scene, const char *name, const char *text)
{
  g_autofree char *path = scene_path (scene, name), *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;
  LpSetFile *yaml;

  scene_write (scene, name, text);
  lp_roots_add (scene->roots, folder);
  yaml = lp_data_yaml_read (scene->dataset, scene->roots, path, LP_DICT_YAML, TRUE, &error);
  g_assert_no_error (error);
  return yaml;
}

static void
make_folder (const Scene *scene, const char *name)
{
  g_autofree char *path = scene_path (scene, name);

  g_assert_cmpint (g_mkdir_with_parents (path, 0755), ==, 0);
}

static void
assert_split (const Scene *scene, const LpSetFile *yaml, guint i, const char *name, const char *path)
{
  const LpSplit *split = &g_array_index (yaml->splits, LpSplit, i);
  g_autofree char *wanted = scene_path (scene, path);

  g_assert_cmpstr (split->name, ==, name);
  g_assert_cmpstr (split->path, ==, wanted);
}

static void
assert_token (const LpDictionary *dict, const char *text, guint i, const char *token, const char *name)
{
  const LpPlace *place = &g_array_index (dict->places, LpPlace, i);
  g_autofree char *bytes = g_strndup (text + place->offset, place->length);

  g_assert_cmpstr (bytes, ==, token);
  g_assert_cmpstr (g_ptr_array_index (dict->names, i), ==, name);
}

static void
test_list (void)
{
  g_autoptr (Scene) scene = scene_new ();
  const char *text = "# things\nnc: 2\nnames: ['a b', \"c\"]\n";
  g_autoptr (LpSetFile) yaml = read_yaml (scene, "data.yaml", text);
  const LpDictionary *dict = lp_dataset_dict (scene->dataset, yaml->dictionary);

  g_assert_cmpint (dict->style, ==, LP_DICT_STYLE_LIST);
  g_assert_cmpuint (dict->line, ==, 3);
  g_assert_cmpint (dict->declared, ==, 2);
  g_assert_cmpuint (dict->declared_at.offset, ==, 13);
  g_assert_cmpuint (dict->declared_at.length, ==, 1);
  g_assert_cmpuint (dict->declared_at.line, ==, 2);
  assert_token (dict, text, 0, "'a b'", "a b");
  assert_token (dict, text, 1, "\"c\"", "c");
  g_assert_cmpuint (yaml->splits->len, ==, 0);
}

/* In the order of the numbers, with a hole, the last of two equal keys, and keys that are no numbers said. */
static void
test_map (void)
{
  g_autoptr (Scene) scene = scene_new ();
  const char *text = "names:\n  3: d\n  '0': a\n  1: x\n  1: b\n  one: y\n  -1: z\n";
  g_autoptr (LpSetFile) yaml = read_yaml (scene, "data.yaml", text);
  const LpDictionary *dict = lp_dataset_dict (scene->dataset, yaml->dictionary);

  g_assert_cmpint (dict->style, ==, LP_DICT_STYLE_MAP);
  g_assert_cmpuint (dict->line, ==, 2);
  g_assert_cmpuint (dict->names->len, ==, 4);
  assert_token (dict, text, 0, "a", "a");
  assert_token (dict, text, 1, "b", "b");
  g_assert_null (g_ptr_array_index (dict->names, 2));
  assert_token (dict, text, 3, "d", "d");
  g_assert_cmpuint (scene_count (scene, LP_RULE_DATASET_YAML_INVALID), ==, 2);
  scene_assert_finding (scene, LP_RULE_DATASET_YAML_INVALID, "data.yaml", 6, 3, NULL);
}

/* Behind a BOM and wide characters a place is still one of bytes. */
static void
test_places (void)
{
  g_autoptr (Scene) scene = scene_new ();
  const char *text = "\xef\xbb\xbf# 物\r\nnames:\r\n- りんご # 果物\r\n- 缶\r\n";
  g_autoptr (LpSetFile) yaml = read_yaml (scene, "data.yaml", text);
  const LpDictionary *dict = lp_dataset_dict (scene->dataset, yaml->dictionary);

  assert_token (dict, text, 0, "りんご", "りんご");
  assert_token (dict, text, 1, "缶", "缶");
  g_assert_cmpuint (dict->line, ==, 3);
  g_assert_cmpuint (lp_dataset_file (scene->dataset, dict->file)->flags, ==, LP_FILE_BOM | LP_FILE_CRLF);
}

/* root/value; "../" dropped; absolute; several; validation is val. */
static void
test_splits (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autofree char *absolute = scene_path (scene, "set/more");
  g_autofree char *text =
    g_strdup_printf ("train: [../train/images, %s]\nvalidation: valid\ntest: gone\nminival: ''\n", absolute);
  g_autoptr (LpSetFile) yaml = NULL;

  make_folder (scene, "set/train/images");
  make_folder (scene, "set/more");
  make_folder (scene, "set/valid");
  yaml = read_yaml (scene, "set/data.yaml", text);
  g_assert_cmpuint (yaml->splits->len, ==, 3);
  assert_split (scene, yaml, 0, "train", "set/train/images");
  assert_split (scene, yaml, 1, "train", "set/more");
  assert_split (scene, yaml, 2, "val", "set/valid");
  g_assert_cmpuint (scene->dataset->noticed->len, ==, 1);
  scene_assert_finding (scene, LP_RULE_DATASET_PATH_UNRESOLVED, "set/data.yaml", 3, 7, "gone");
}

static void
test_path (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (LpSetFile) here = NULL, fallen_back = NULL, moved = NULL;

  make_folder (scene, "inner/train");
  make_folder (scene, "train");
  here = read_yaml (scene, "a.yaml", "path: inner\ntrain: train\n");
  assert_split (scene, here, 0, "train", "inner/train");
  fallen_back = read_yaml (scene, "b.yaml", "path: datasets/b\ntrain: train\n");
  assert_split (scene, fallen_back, 0, "train", "train");
  g_assert_cmpuint (scene->dataset->noticed->len, ==, 2);
  scene_assert_finding (scene, LP_RULE_DATASET_PATH_RELATIVE_TO_SETTINGS, "a.yaml", 1, 7, "inner");
  moved = read_yaml (scene, "c.yaml", "path: /nobody/has/this\ntrain: train\n");
  assert_split (scene, moved, 0, "train", "train");
  scene_assert_finding (scene, LP_RULE_DATASET_PATH_UNRESOLVED, "c.yaml", 1, 7, "/nobody/has/this");
}

/* What is there but outside is said once and not entered, by name or by link. */
static void
test_outside (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autofree char *target = scene_path (scene, "other");
  g_autoptr (LpSetFile) yaml = NULL;

  make_folder (scene, "other");
  make_folder (scene, "set");
  scene_link (scene, "set/linked", target);
  yaml = read_yaml (scene, "set/data.yaml", "train: ../other\nval: linked\n");
  g_assert_cmpuint (yaml->splits->len, ==, 0);
  g_assert_cmpuint (scene_count (scene, LP_RULE_DATASET_PATH_OUTSIDE), ==, 2);
  scene_assert_finding (scene, LP_RULE_DATASET_PATH_OUTSIDE, "set/data.yaml", 1, 8, "../other");
  g_assert_cmpuint (scene->dataset->noticed->len, ==, 2);
}

static void
test_invalid (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (LpSetFile) tab = read_yaml (scene, "a.yaml", "names:\n\t- a\n");
  g_autoptr (LpSetFile) word = NULL;

  g_assert_cmpuint (tab->dictionary, ==, LP_NONE);
  scene_assert_finding (scene, LP_RULE_DATASET_YAML_INVALID, "a.yaml", 2, 1, NULL);
  word = read_yaml (scene, "b.yaml", "names: apple\n");
  g_assert_cmpuint (word->dictionary, ==, LP_NONE);
  g_assert_cmpuint (scene_count (scene, LP_RULE_DATASET_YAML_INVALID), ==, 2);
}

static void
test_keypoints (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (LpSetFile) good = read_yaml (scene, "a.yaml", "names: [a]\nkpt_shape: [17, 3]\n");
  g_autoptr (LpSetFile) bad = read_yaml (scene, "b.yaml", "names: [a]\nkpt_shape: [17, 4]\n");

  g_assert_cmpuint (good->keypoints, ==, 17);
  g_assert_cmpuint (good->keypoint_size, ==, 3);
  g_assert_cmpuint (bad->keypoints, ==, 0);
}

static gboolean
probe (const char *text)
{
  return lp_data_yaml_probe ("x.yaml", text, strlen (text));
}

static void
test_probe (void)
{
  g_assert_true (probe ("names: [a]\n"));
  g_assert_true (probe ("train: x\nval: y\nnc: 1\n"));
  g_assert_true (probe ("names:\n\t- a\n"));
  g_assert_false (probe ("nc: 80\nbackbone: [[-1, 1]]\n"));
  g_assert_false (probe ("version: '3'\nservices:\n  web: {image: x}\n"));
  g_assert_false (probe ("a: *b\n"));
  g_assert_false (probe (""));
  /* By the usual name also what is broken beyond telling. */
  g_assert_true (lp_data_yaml_probe ("data.yaml", "", 0));
  g_assert_true (lp_data_yaml_probe ("dataset.yaml", "\1\2", 2));
  g_assert_false (lp_data_yaml_probe ("data.yaml", "a: b\n", 5));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/data-yaml/list", test_list);
  g_test_add_func ("/data-yaml/map", test_map);
  g_test_add_func ("/data-yaml/places", test_places);
  g_test_add_func ("/data-yaml/splits", test_splits);
  g_test_add_func ("/data-yaml/path", test_path);
  g_test_add_func ("/data-yaml/outside", test_outside);
  g_test_add_func ("/data-yaml/invalid", test_invalid);
  g_test_add_func ("/data-yaml/keypoints", test_keypoints);
  g_test_add_func ("/data-yaml/probe", test_probe);
  return g_test_run ();
}
