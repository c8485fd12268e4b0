/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "read/lp-set-file.h"
#include "scene.h"

static LpSetFile *
read_data (Scene *scene, const char *name, const char *text)
{
  g_autofree char *path = scene_path (scene, name);
  g_autoptr (GError) error = NULL;
  LpSetFile *file;

  scene_write (scene, name, text);
  lp_roots_add (scene->roots, scene->path);
  file = lp_set_file_read (scene->dataset, scene->roots, path, LP_DICT_NAMES, TRUE, &error);
  g_assert_no_error (error);
  return file;
}

static void
assert_split (const Scene *scene, const LpSetFile *file, guint i, const char *name, const char *path, guint line)
{
  const LpSplit *split = &g_array_index (file->splits, LpSplit, i);
  g_autofree char *wanted = scene_path (scene, path);

  g_assert_cmpstr (split->name, ==, name);
  g_assert_cmpstr (split->path, ==, wanted);
  g_assert_cmpuint (split->line, ==, line);
  g_assert_true (split->is_list);
}

static void
test_probe (void)
{
  static const struct
  {
    const char *name, *text;
    gboolean is_one;
  } cases[] = {
    { "obj.data", "classes= 2\ntrain = x\n", TRUE },
    { "obj.data", "\xef\xbb\xbfnames=x", TRUE },
    { "obj.txt", "train = x\n", FALSE },
    { "model.data", "trained = x\n", FALSE },
    { "model.data", "# train = x\n", FALSE },
    { "model.data", "", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (lp_darknet_probe (cases[i].name, cases[i].text, strlen (cases[i].text)), ==, cases[i].is_one);
  g_assert_false (lp_darknet_probe ("x.data", "train=\0", 7));
}

/* Blanks, line ends of Windows, a comment; paths from where Darknet is started, one folder above. */
static void
test_started_above (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (LpSetFile) file = NULL;
  const LpDictionary *dict;

  scene_write (scene, "run/data/obj.names", "pen\r\nfork\r\n");
  scene_write (scene, "run/data/train.txt", "data/img/a.jpg\n");
  file = read_data (scene, "run/data/obj.data",
                    "# mine\r\nclasses=  2 \r\n\r\ntrain  = data/train.txt  \r\nvalid = data/train.txt\r\n"
                    "names = data/obj.names\r\nbackup = backup/\r\n");
  g_assert_cmpuint (scene->dataset->noticed->len, ==, 0);
  g_assert_cmpuint (file->splits->len, ==, 2);
  assert_split (scene, file, 0, "train", "run/data/train.txt", 4);
  assert_split (scene, file, 1, "val", "run/data/train.txt", 5);
  g_assert_true (g_str_has_suffix (file->root, "/run"));
  dict = lp_dataset_dict (scene->dataset, file->dictionary);
  g_assert_cmpstr (dict->title, ==, "obj.names");
  g_assert_cmpstr (g_ptr_array_index (dict->names, 0), ==, "pen");
  g_assert_cmpstr (g_ptr_array_index (dict->names, 1), ==, "fork");
}

/* As an annotation program exports it, not unpacked into "data". */
static void
test_export (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (LpSetFile) file = NULL;

  scene_write (scene, "obj.names", "pen\n");
  scene_write (scene, "train.txt", "data/obj_train_data/a.jpg\n");
  file = read_data (scene, "obj.data",
                    "classes = 1\nnames = data/obj.names\ntrain = data/train.txt\nvalid = data/train.txt\n");
  g_assert_cmpuint (scene->dataset->noticed->len, ==, 0);
  assert_split (scene, file, 0, "train", "train.txt", 3);
}

/* The count, what is not set, what is not there, what is elsewhere: each said at its line. */
static void
test_wrong (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (LpSetFile) file = NULL;

  scene_write (scene, "obj.names", "pen\nfork\n");
  file =
    read_data (scene, "obj.data", "classes = 3\nnames = obj.names\ntrain = gone.txt\nvalid =\neval = /etc/passwd\n");
  g_assert_cmpuint (file->splits->len, ==, 0);
  g_assert_cmpuint (scene->dataset->noticed->len, ==, 4);
  scene_assert_finding (scene, LP_RULE_DATASET_DARKNET_DATA, "obj.data", 1, 11,
                        "“classes” is 3; the number of names in “obj.names” is 2.");
  g_assert_cmpuint (scene_count (scene, LP_RULE_DATASET_DARKNET_DATA), ==, 2); /* and “valid” is not set */
  scene_assert_finding (scene, LP_RULE_DATASET_PATH_UNRESOLVED, "obj.data", 3, 9, "gone.txt");
  scene_assert_finding (scene, LP_RULE_DATASET_PATH_OUTSIDE, "obj.data", 5, 8, "/etc/passwd");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/darknet/probe", test_probe);
  g_test_add_func ("/darknet/started-above", test_started_above);
  g_test_add_func ("/darknet/export", test_export);
  g_test_add_func ("/darknet/wrong", test_wrong);
  return g_test_run ();
}
