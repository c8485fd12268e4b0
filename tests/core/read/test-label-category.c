/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "read/lp-formats.h"

typedef struct
{
  char *folder, *path;
  LpRoots *roots;
  LpDataset *dataset;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = g_dir_make_tmp ("lp-category-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, "data.json", NULL);
  f->roots = lp_roots_new ();
  lp_roots_add (f->roots, f->folder);
  f->dataset = lp_dataset_new ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  lp_dataset_free (f->dataset);
  lp_roots_free (f->roots);
  g_unlink (f->path);
  g_rmdir (f->folder);
  g_free (f->path);
  g_free (f->folder);
}

static LpDictionary *
read_text (Fixture *f, const char *text, GError **error)
{
  g_assert_true (g_file_set_contents (f->path, text, -1, NULL));
  return lp_label_category_read (f->dataset, f->roots, f->path, LP_DICT_JOB, error);
}

static void
check_name (const LpDictionary *dict, guint i, const char *name, guint offset, guint length, guint line, guint column)
{
  const LpPlace *place = &g_array_index (dict->places, LpPlace, i);

  g_assert_cmpstr (g_ptr_array_index (dict->names, i), ==, name);
  g_assert_cmpuint (place->offset, ==, offset);
  g_assert_cmpuint (place->length, ==, length);
  g_assert_cmpuint (place->line, ==, line);
  g_assert_cmpuint (place->column, ==, column);
}

static void
test_one_line (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  LpDictionary *dict = read_text (
    f, "{\"document-version\":\"2018-11-28\",\"labels\":[{\"label\":\"pencil\"},{\"label\":\"pen\"}]}", &error);

  g_assert_no_error (error);
  g_assert_cmpint (dict->origin, ==, LP_DICT_JOB);
  g_assert_cmpint (dict->style, ==, LP_DICT_STYLE_JSON);
  g_assert_cmpint (dict->declared, ==, -1);
  g_assert_cmpuint (dict->layer, ==, LP_NONE);
  g_assert_cmpuint (dict->line, ==, 1);
  g_assert_cmpstr (dict->title, ==, "data.json");
  g_assert_cmpstr (lp_dataset_file (f->dataset, dict->file)->name, ==, "data.json");
  g_assert_cmpuint (lp_dataset_file (f->dataset, dict->file)->size, ==, 79);
  g_assert_cmpuint (dict->names->len, ==, 2);
  check_name (dict, 0, "pencil", 52, 8, 1, 53);
  check_name (dict, 1, "pen", 71, 5, 1, 72);
}

/* The later spelling, printed over lines, with a byte order mark, escapes, other keys and an attribute's label. */
static void
test_pretty (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  LpDictionary *dict =
    read_text (f,
               "\xef\xbb\xbf{\r\n  \"documentVersion\": \"2020-03-01\",\r\n  \"labels\": [\r\n"
               "    {\"categoryAttributes\": [{\"label\": \"no\"}], \"label\": \"caf\\u00e9\"},\r\n"
               "    {\"label\": \"\xe7\xac\xa6\xe5\x8f\xb7\"}\r\n  ],\r\n  \"instructions\": {}\r\n}\r\n",
               &error);

  g_assert_no_error (error);
  g_assert_true (lp_dataset_file (f->dataset, dict->file)->flags & LP_FILE_BOM);
  g_assert_cmpuint (dict->line, ==, 3);
  g_assert_cmpuint (dict->names->len, ==, 2);
  check_name (dict, 0, "caf\xc3\xa9", 112, 11, 4, 56);
  check_name (dict, 1, "\xe7\xac\xa6\xe5\x8f\xb7", 141, 8, 5, 15);
}

static void
test_holes (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  LpDictionary *dict = read_text (f, "{\"labels\":[{\"label\":7},{},\"x\",{\"label\":\"pen\"}]}", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (dict->names->len, ==, 4);
  check_name (dict, 0, NULL, 11, 1, 1, 12);
  g_assert_null (g_ptr_array_index (dict->names, 1));
  g_assert_null (g_ptr_array_index (dict->names, 2));
  check_name (dict, 3, "pen", 39, 5, 1, 40);
}

static void
check_refused (Fixture *f, const char *text, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (read_text (f, text, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (error->message, words));
  g_assert_cmpuint (f->dataset->dicts->len, ==, 0);
}

static void
test_refused (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  check_refused (f, "{\"labels\":[{\"label\":\"a\"},\n]}", "line 1, column 25");
  check_refused (f, "{\"labels\":[{\"label\":\"a\"}", "column 25");
  check_refused (f, "{\"labels\":[{\"label\":\"a\"}]}\n{}", "line 2, column 1");
  check_refused (f, "{\"labels\":7}", "no list of labels");
  check_refused (f, "[]", "no list of labels");
  check_refused (f, "", "line 1, column 1");
  g_unlink (f->path);
  g_assert_null (lp_label_category_read (f->dataset, f->roots, f->path, LP_DICT_JOB, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static gboolean
probe (const char *text)
{
  return lp_label_category_probe ("data.json", text, strlen (text));
}

static void
test_probe (void)
{
  g_assert_true (probe ("{\"document-version\":\"2018-11-28\",\"labels\":[{\"la"));
  g_assert_true (probe ("{ \"documentVersion\" : \"2020-03-01\" "));
  g_assert_true (probe ("{\n \"labels\": [\n {\"shortDisplayName\": \"p\", \"label\": \"pen\"}"));
  g_assert_true (probe ("{\"labels\":[]}"));
  g_assert_true (probe ("\xef\xbb\xbf{\"labels\":[{\"label\":\"a\"}]}"));
  g_assert_false (probe ("{\"labels\":[1,2]}"));
  g_assert_false (probe ("{\"labels\":{\"label\":1}}"));
  g_assert_false (probe ("{\"images\":[],\"categories\":[{\"id\":1,\"name\":\"x\"}]}"));
  g_assert_false (probe ("[{\"label\":\"a\"}]"));
  g_assert_false (probe ("names: [a, b]"));
  g_assert_false (probe (""));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/label-category/one-line", Fixture, NULL, set_up, test_one_line, tear_down);
  g_test_add ("/label-category/pretty", Fixture, NULL, set_up, test_pretty, tear_down);
  g_test_add ("/label-category/holes", Fixture, NULL, set_up, test_holes, tear_down);
  g_test_add ("/label-category/refused", Fixture, NULL, set_up, test_refused, tear_down);
  g_test_add_func ("/label-category/probe", test_probe);
  return g_test_run ();
}
