/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "read/lp-yolo.h"
#include "scene.h"

static LpDictionary *
read_notes (Scene *scene, const char *text, GError **error)
{
  g_autofree char *path = scene_path (scene, "notes.json");

  scene_write (scene, "notes.json", text);
  lp_roots_add (scene->roots, scene->path);
  return lp_names_read (scene->dataset, scene->roots, path, LP_DICT_NAMES, error);
}

/* As the program writes it; the ids count, not the order. */
static void
test_ids (void)
{
  g_autoptr (Scene) scene = scene_new ();
  const char *text = "{\n  \"categories\": [\n    {\"id\": 2, \"name\": \"pen\"},\n    {\"id\": \"0\", \"name\": "
                     "\"f\\u006frk\"}\n  ],\n  \"info\": {\"year\": 2024}\n}\n";
  const LpDictionary *dict = read_notes (scene, text, NULL);
  const LpPlace *place;

  g_assert_nonnull (dict);
  g_assert_cmpint (dict->origin, ==, LP_DICT_NAMES);
  g_assert_cmpint (dict->style, ==, LP_DICT_STYLE_NONE);
  g_assert_cmpstr (dict->title, ==, "notes.json");
  g_assert_cmpuint (dict->names->len, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (dict->names, 0), ==, "fork");
  g_assert_null (g_ptr_array_index (dict->names, 1));
  g_assert_cmpstr (g_ptr_array_index (dict->names, 2), ==, "pen");
  place = &g_array_index (dict->places, LpPlace, 2);
  g_assert_cmpuint (place->line, ==, 3);
  g_assert_cmpuint (place->column, ==, 23);
  g_assert_cmpuint (place->length, ==, 5);
}

/* Of an id that is there twice the last counts; what is no category is passed over. */
static void
test_odd (void)
{
  g_autoptr (Scene) scene = scene_new ();
  const LpDictionary *dict = read_notes (scene,
                                         "{\"categories\":[1,{\"id\":0,\"name\":\"a\"},{\"id\":0,\"name\":\"b\"},"
                                         "{\"id\":-1,\"name\":\"c\"},{\"id\":1e9,\"name\":\"d\"},"
                                         "{\"id\":99999999,\"name\":\"e\"},{\"id\":1},{\"name\":\"f\"}]}",
                                         NULL);

  g_assert_nonnull (dict);
  g_assert_cmpuint (dict->names->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (dict->names, 0), ==, "b");
}

/* Beside a set it is said where; asked for by name, the sentence says it. */
static void
test_broken (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autofree char *path = scene_path (scene, "notes.json");
  g_autoptr (GError) found = NULL, named = NULL;

  g_assert_null (read_notes (scene, "{\"categories\":\n [{\"id\" 0}]}", &found));
  g_assert_error (found, G_IO_ERROR, G_IO_ERROR_FAILED_HANDLED);
  scene_assert_finding (scene, LP_RULE_DATASET_UNREADABLE, "notes.json", 2, 9, NULL);
  g_assert_null (lp_names_read (scene->dataset, scene->roots, path, LP_DICT_USER, &named));
  g_assert_error (named, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (named->message, "line 2, column 9"));
  g_assert_cmpuint (scene->dataset->noticed->len, ==, 1);
}

static void
test_no_list (void)
{
  static const char *const texts[] = { "{\"categories\":[]}", "[]", "{}" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (Scene) scene = scene_new ();
      g_autoptr (GError) error = NULL;

      g_assert_null (read_notes (scene, texts[i], &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      g_assert_cmpuint (scene->dataset->dicts->len, ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/notes/ids", test_ids);
  g_test_add_func ("/notes/odd", test_odd);
  g_test_add_func ("/notes/broken", test_broken);
  g_test_add_func ("/notes/no-list", test_no_list);
  return g_test_run ();
}
