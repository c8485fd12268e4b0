/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "read/lp-yolo.h"
#include "scene.h"

static LpDictionary *
read_names (Scene *scene, const char *name, const char *bytes, gsize length, GError **error)
{
  g_autofree char *path = scene_path (scene, name);

  scene_write_bytes (scene, name, bytes, length);
  lp_roots_add (scene->roots, scene->path);
  return lp_read_dictionary (scene->dataset, scene->roots, path, LP_DICT_NAMES, error);
}

static void
assert_name (const LpDictionary *dict, guint i, const char *name, guint64 offset, guint length, guint line)
{
  const LpPlace *place = &g_array_index (dict->places, LpPlace, i);

  g_assert_cmpstr (g_ptr_array_index (dict->names, i), ==, name);
  g_assert_cmpuint (place->offset, ==, offset);
  g_assert_cmpuint (place->length, ==, length);
  g_assert_cmpuint (place->line, ==, line);
  g_assert_cmpuint (place->column, ==, 1);
}

/* Blanks are part of a name; blank lines at the end are none, one in the middle is. */
static void
test_lines (void)
{
  g_autoptr (Scene) scene = scene_new ();
  const char *text = "can\n scissors \n\n缶\r\n\n  \n";
  LpDictionary *dict = read_names (scene, "classes.txt", text, strlen (text), NULL);

  g_assert_nonnull (dict);
  g_assert_cmpint (dict->style, ==, LP_DICT_STYLE_LINES);
  g_assert_cmpint (dict->origin, ==, LP_DICT_NAMES);
  g_assert_cmpint (dict->declared, ==, -1);
  g_assert_cmpuint (dict->line, ==, 1);
  g_assert_cmpstr (dict->title, ==, "classes.txt");
  g_assert_cmpuint (dict->names->len, ==, 4);
  assert_name (dict, 0, "can", 0, 3, 1);
  assert_name (dict, 1, " scissors ", 4, 10, 2);
  assert_name (dict, 2, "", 15, 0, 3);
  assert_name (dict, 3, "缶", 16, 3, 4);
}

static void
test_ends (void)
{
  g_autoptr (Scene) scene = scene_new ();
  LpDictionary *no_end = read_names (scene, "a.names", "can\npaper ", 10, NULL);
  LpDictionary *bom = read_names (scene, "b.names",
                                  "\xef\xbb\xbf"
                                  "can\n",
                                  7, NULL);
  LpDictionary *empty = read_names (scene, "c.names", "", 0, NULL);
  LpDictionary *blank = read_names (scene, "d.names", " \n\n", 3, NULL);

  g_assert_cmpuint (no_end->names->len, ==, 2);
  assert_name (no_end, 1, "paper ", 4, 6, 2);
  g_assert_cmpuint (bom->names->len, ==, 1);
  assert_name (bom, 0, "can", 3, 3, 1);
  g_assert_cmpint (lp_dataset_file (scene->dataset, bom->file)->flags, ==, LP_FILE_BOM);
  g_assert_cmpuint (empty->names->len, ==, 0);
  g_assert_cmpuint (blank->names->len, ==, 0);
}

/* Markup, escapes and bytes that are no UTF-8 are names like any other until they are shown. */
static void
test_hostile (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (GError) error = NULL;
  LpDictionary *dict = read_names (scene, "classes.txt", "<b>x</b>\n\x1b[31m\ncaf\xe9\n", 20, NULL);

  assert_name (dict, 0, "<b>x</b>", 0, 8, 1);
  assert_name (dict, 1, "\x1b[31m", 9, 5, 2);
  assert_name (dict, 2, "caf\xe9", 15, 4, 3);
  g_assert_null (read_names (scene, "x.names", "a\0b\n", 4, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

static void
test_kinds (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (GError) error = NULL;
  const char *yaml = "names: [a, b]\ntrain: nowhere\n";
  LpDictionary *dict = read_names (scene, "data.yaml", yaml, strlen (yaml), NULL);

  g_assert_cmpuint (dict->names->len, ==, 2);
  g_assert_cmpint (dict->style, ==, LP_DICT_STYLE_LIST);
  g_assert_cmpuint (scene->dataset->noticed->len, ==, 0); /* only its names were asked for */
  g_assert_null (read_names (scene, "b.yaml", "nc: 3\n", 6, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

static void
test_not_there (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *path = scene_path (scene, "classes.txt");

  lp_roots_add (scene->roots, scene->path);
  g_assert_null (lp_read_dictionary (scene->dataset, scene->roots, path, LP_DICT_USER, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/names/lines", test_lines);
  g_test_add_func ("/names/ends", test_ends);
  g_test_add_func ("/names/hostile", test_hostile);
  g_test_add_func ("/names/kinds", test_kinds);
  g_test_add_func ("/names/not-there", test_not_there);
  return g_test_run ();
}
