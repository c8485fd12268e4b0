/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <unistd.h>

#include "write/lp-export.h"

#include "../edit/opened-set.h"

/* Sets on disk → exports on disk. Findings are those of the program's own check, but for what a case adds. */

typedef struct
{
  TempTree tree;
  OpenedSet set;
  LpFindings *findings;
  LpExported exported;
} Fixture;

/* The smallest picture that is one: a PNG of 1 by 1. */
static void
write_picture (Fixture *f, const char *name)
{
  static const guint8 png[] = { 0x89, 'P',  'N',  'G',  '\r', '\n', 0x1a, '\n', 0,    0,    0,    13,   'I',  'H',
                                'D',  'R',  0,    0,    0,    1,    0,    0,    0,    1,    8,    0,    0,    0,
                                0,    0x3a, 0x7e, 0x9b, 0x55, 0,    0,    0,    10,   'I',  'D',  'A',  'T',  0x78,
                                0x9c, 0x63, 0x60, 0,    0,    0,    2,    0,    1,    0x48, 0xaf, 0xa4, 0x71, 0,
                                0,    0,    0,    'I',  'E',  'N',  'D',  0xae, 0x42, 0x60, 0x82 };

  tree_write (&f->tree, name, (const char *) png, sizeof png);
}

static void
open_and_check (Fixture *f, const char *name)
{
  f->set = open_set (&f->tree, name);
  f->findings = lp_check_run (f->set.dataset, lp_profile_find ("ultralytics"), NULL, NULL);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  tree_set_up (&f->tree, NULL);
  write_picture (f, "set/images/train/a.png");
  write_picture (f, "set/images/train/b.png");
  write_picture (f, "set/images/train/none.png");
  write_picture (f, "set/images/val/c.green.png");
  tree_write (&f->tree, "set/data.yaml", "train: images/train\nval: images/val\nnames: [can, 'no', 'a: b']\n", -1);
  tree_write (&f->tree, "set/labels/train/a.txt", "0 0.50 .5  0.25 0.25 \r\n1 0.25 0.5 0.25 0.125\r\n\r\n", -1);
  tree_write (&f->tree, "set/labels/train/b.txt", "", 0);
  tree_write (&f->tree, "set/labels/val/c.txt",
              "\xef\xbb\xbf"
              "2 0.5 0.5 0.5 0.5",
              -1);
}

static void
forget (Fixture *f)
{
  lp_exported_clear (&f->exported);
  g_clear_pointer (&f->findings, lp_findings_free);
  close_set (&f->set);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  forget (f);
  tree_tear_down (&f->tree, NULL);
}

/* TRUE when it was written. */
static gboolean
export_to (Fixture *f, const char *name, LpExportOptions options)
{
  g_autofree char *destination = tree_path (&f->tree, name);
  g_autoptr (GError) error = NULL;

  options.destination = destination;
  lp_exported_clear (&f->exported);
  lp_export_yolo (f->set.dataset, f->set.roots, f->findings, &options, NULL, &f->exported, &error);
  g_assert_no_error (error);
  if (!f->exported.written)
    {
      for (guint i = 0; i < f->exported.stopped_by->len; i++)
        g_test_message ("%s", (const char *) f->exported.stopped_by->pdata[i]);
      g_assert_cmpuint (f->exported.stopped_by->len, >, 0);
      g_assert_false (g_file_test (destination, G_FILE_TEST_EXISTS));
    }
  tree_assert_no_leftover (&f->tree);
  return f->exported.written;
}

static void
assert_said (const GPtrArray *sentences, const char *part)
{
  for (guint i = 0; i < sentences->len; i++)
    if (strstr (sentences->pdata[i], part) != NULL)
      return;
  g_error ("nobody said “%s”", part);
}

static char *
list_files (Fixture *f, const char *name)
{
  g_autofree char *command = g_strdup_printf ("cd %s; find . -type f -o -type l | sort | tr '\\n' ' '", name);

  return tree_shell (&f->tree, command);
}

static void
test_clean (Fixture *f, gconstpointer data)
{
  g_autofree char *files = NULL;

  open_and_check (f, "set/data.yaml");
  g_assert_true (export_to (f, "out", (LpExportOptions){ 0 }));
  g_assert_cmpuint (f->exported.n_images, ==, 4);
  g_assert_cmpuint (f->exported.n_rows, ==, 3);
  g_assert_cmpuint (f->exported.left_out->len + f->exported.carried->len, ==, 0);
  files = list_files (f, "out");
  g_assert_cmpstr (files, ==,
                   "./data.yaml ./images/train/a.png ./images/train/b.png ./images/train/none.png "
                   "./images/val/c.green.png ./labels/train/a.txt ./labels/train/b.txt ./labels/val/c.green.txt");
  /* Rows byte for byte, without what is around them. */
  tree_assert_file (&f->tree, "out/labels/train/a.txt", "0 0.50 .5  0.25 0.25 \n1 0.25 0.5 0.25 0.125\n", -1);
  tree_assert_file (&f->tree, "out/labels/train/b.txt", "", -1);
  tree_assert_file (&f->tree, "out/labels/val/c.green.txt", "2 0.5 0.5 0.5 0.5\n", -1);
  tree_assert_file (&f->tree, "out/data.yaml",
                    "train: images/train\nval: images/val\nnames:\n  0: can\n  1: \"no\"\n  2: \"a: b\"\n", -1);
  g_free (tree_shell (&f->tree, "cmp set/images/train/a.png out/images/train/a.png; "
                                "test $(stat -c %h out/images/train/a.png) = 1; "
                                "python3 -c 'import yaml\n"
                                "d = yaml.safe_load(open(\"out/data.yaml\"))\n"
                                "assert list(d[\"names\"].values()) == [\"can\", \"no\", \"a: b\"], d'"));
}

/* Read again, an export gives what was exported. */
static void
test_again (Fixture *f, gconstpointer data)
{
  open_and_check (f, "set/data.yaml");
  g_assert_true (export_to (f, "out", (LpExportOptions){ 0 }));
  forget (f);
  open_and_check (f, "out/data.yaml");
  g_assert_cmpuint (f->findings->errors, ==, 0);
  g_assert_true (export_to (f, "out2", (LpExportOptions){ 0 }));
  g_free (tree_shell (&f->tree, "diff -r out out2"));
}

static void
test_order (Fixture *f, gconstpointer data)
{
  static const char *const names[] = { "a: b", "extra", "no", "can" }, *const lacking[] = { "can", "no" };
  g_autoptr (GPtrArray) order = g_ptr_array_new (), short_order = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_ptr_array_add (order, (gpointer) names[i]);
  for (guint i = 0; i < G_N_ELEMENTS (lacking); i++)
    g_ptr_array_add (short_order, (gpointer) lacking[i]);
  open_and_check (f, "set/data.yaml");
  g_assert_true (export_to (f, "out", (LpExportOptions){ .order = order }));
  tree_assert_file (&f->tree, "out/labels/train/a.txt", "3 0.50 .5  0.25 0.25 \n2 0.25 0.5 0.25 0.125\n", -1);
  tree_assert_file (&f->tree, "out/labels/val/c.green.txt", "0 0.5 0.5 0.5 0.5\n", -1);
  g_assert_false (export_to (f, "out3", (LpExportOptions){ .order = short_order }));
  assert_said (f->exported.stopped_by, "a: b");
}

/* Noted steps count, though the files are as they were. */
static void
test_noted_steps (Fixture *f, gconstpointer data)
{
  g_autoptr (LpStep) step = set_step ();
  const gint32 swap[] = { 0, 1, 1, 0 };
  LpOp *op;

  open_and_check (f, "set/data.yaml");
  op = step_row (&f->set, step, LP_OP_SET_NUMBERS, "a.txt", 1);
  op->after[2] = 0.2;
  op->decimals = 3;
  step_row (&f->set, step, LP_OP_REMOVE_ROW, "c.txt", 1);
  step_renumber (&f->set, step, swap, 4);
  note_step (&f->set, step);
  g_assert_true (export_to (f, "out", (LpExportOptions){ 0 }));
  tree_assert_file (&f->tree, "out/labels/train/a.txt", "1 0.50 .5  0.200 0.25 \n0 0.25 0.5 0.25 0.125\n", -1);
  tree_assert_file (&f->tree, "out/labels/val/c.green.txt", "", -1);
}

static void
test_errors (Fixture *f, gconstpointer data)
{
  tree_write (&f->tree, "set/labels/train/b.txt",
              "9 0.5 0.5 0.5 0.5\n0 0.5 0.5\n1 0.5 0.5 0 0.5\n1 0.5 0.5 0.1 0.1\n", -1);
  g_free (tree_shell (&f->tree, "rm set/images/train/none.png; touch set/labels/train/none.txt"));
  open_and_check (f, "set/data.yaml");
  g_assert_false (export_to (f, "out", (LpExportOptions){ 0 }));
  assert_said (f->exported.stopped_by, "b.txt:1");
  g_assert_true (export_to (f, "out", (LpExportOptions){ .with_errors = TRUE }));
  tree_assert_file (&f->tree, "out/labels/train/b.txt", "1 0.5 0.5 0 0.5\n1 0.5 0.5 0.1 0.1\n", -1);
  assert_said (f->exported.left_out, "b.txt:1");
  assert_said (f->exported.left_out, "b.txt:2");
  assert_said (f->exported.carried, "b.txt:3");
}

/* A file that another program changed since it was read is not exported as something else. */
static void
test_changed (Fixture *f, gconstpointer data)
{
  g_autofree char *destination = tree_path (&f->tree, "out");
  LpExportOptions options = { .destination = destination };
  g_autoptr (GError) error = NULL;

  open_and_check (f, "set/data.yaml");
  tree_write (&f->tree, "set/labels/train/a.txt", "1 0.5 0.5 0.25 0.25\n", -1);
  g_assert_false (lp_export_yolo (f->set.dataset, f->set.roots, f->findings, &options, NULL, &f->exported, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG);
  g_assert_false (g_file_test (destination, G_FILE_TEST_EXISTS));
  tree_assert_no_leftover (&f->tree);
}

static void
test_place_taken (Fixture *f, gconstpointer data)
{
  g_autofree char *destination = tree_path (&f->tree, "out");
  LpExportOptions options = { .destination = destination };
  g_autoptr (GError) error = NULL;

  tree_write (&f->tree, "out/mine", "mine", -1);
  open_and_check (f, "set/data.yaml");
  g_assert_false (lp_export_yolo (f->set.dataset, f->set.roots, f->findings, &options, NULL, &f->exported, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  tree_assert_file (&f->tree, "out/mine", "mine", -1);
  tree_assert_no_leftover (&f->tree);
  /* An empty folder is no place taken. */
  g_free (tree_shell (&f->tree, "rm out/mine"));
  g_assert_true (export_to (f, "out", (LpExportOptions){ 0 }));
}

static void
test_links (Fixture *f, gconstpointer data)
{
  g_autofree char *target = NULL, *wanted = tree_path (&f->tree, "set/images/train/a.png");

  open_and_check (f, "set/data.yaml");
  g_assert_true (export_to (f, "out", (LpExportOptions){ .link = TRUE }));
  target = tree_shell (&f->tree, "readlink out/images/train/a.png");
  g_assert_cmpstr (target, ==, wanted);
}

/* One base name in two folders: apart in the export; one stem twice: refused. */
static void
test_same_names (Fixture *f, gconstpointer data)
{
  write_picture (f, "two/one/images/a.png");
  write_picture (f, "two/other/images/a.png");
  tree_write (&f->tree, "two/one/labels/a.txt", "0 0.5 0.5 0.1 0.1\n", -1);
  tree_write (&f->tree, "two/other/labels/a.txt", "0 0.5 0.5 0.2 0.2\n", -1);
  tree_write (&f->tree, "two/data.yaml", "train: [one/images, other/images]\nval: one/images\nnames: [can]\n", -1);
  open_and_check (f, "two/data.yaml");
  g_assert_true (export_to (f, "out", (LpExportOptions){ 0 }));
  tree_assert_file (&f->tree, "out/labels/train/one/a.txt", "0 0.5 0.5 0.1 0.1\n", -1);
  tree_assert_file (&f->tree, "out/labels/train/other/a.txt", "0 0.5 0.5 0.2 0.2\n", -1);
  forget (f);
  write_picture (f, "set/images/train/a.jpeg");
  open_and_check (f, "set/data.yaml");
  g_assert_false (export_to (f, "out2", (LpExportOptions){ .with_errors = TRUE }));
  assert_said (f->exported.stopped_by, "a.jpeg");
}

/* Names that could lead astray stay one component inside the export. */
static void
test_hostile_names (Fixture *f, gconstpointer data)
{
  g_autofree char *outside = NULL;

  write_picture (f, "set/images/train/-rf \n..%2f.png");
  write_picture (f, "set/images/train/CON.png");
  tree_write (&f->tree, "set/labels/train/-rf \n..%2f.txt", "0 0.5 0.5 0.1 0.1\n", -1);
  tree_write (&f->tree, "set/data.yaml", "train: images/train\nval: images/val\nnames: ['../x', \"a\\nb\", c]\n", -1);
  open_and_check (f, "set/data.yaml");
  g_assert_true (export_to (f, "out", (LpExportOptions){ .with_errors = TRUE })); /* the line break in a name */
  tree_assert_file (&f->tree, "out/labels/train/-rf \n..%2f.txt", "0 0.5 0.5 0.1 0.1\n", -1);
  outside = tree_shell (&f->tree, "ls -A | tr '\\n' ' '");
  g_assert_cmpstr (outside, ==, "out set");
}

static void
test_without_names (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) order = g_ptr_array_new ();

  g_ptr_array_add (order, (gpointer) "x");
  g_ptr_array_add (order, (gpointer) "y");
  g_ptr_array_add (order, (gpointer) "z");
  g_free (tree_shell (&f->tree, "rm set/data.yaml"));
  open_and_check (f, "set");
  g_assert_false (export_to (f, "out", (LpExportOptions){ 0 }));
  assert_said (f->exported.stopped_by, "names");
  g_assert_true (export_to (f, "out", (LpExportOptions){ .order = order }));
  tree_assert_file (&f->tree, "out/data.yaml",
                    "train: images/train\nval: images/val\nnames:\n  0: x\n  1: \"y\"\n  2: z\n", -1);
}

/* Where no data.yaml names splits their folders do, in either order; what says nothing is for training. */
static void
test_splits_of_folders (Fixture *f, gconstpointer data)
{
  static const char *const pictures[] = { "images/train/a.png", "images/val/g.png", "valid/images/h.png",
                                          "images/test/deep/i.png", "images/k.png" };
  g_autoptr (GPtrArray) order = g_ptr_array_new ();
  g_autofree char *found = NULL;

  g_ptr_array_add (order, (gpointer) "x");
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      g_autofree char *name = g_build_filename ("bare", pictures[i], NULL);

      write_picture (f, name);
    }
  tree_write (&f->tree, "bare/labels/val/g.txt", "0 0.5 0.5 0.1 0.1\n", -1);
  open_and_check (f, "bare");
  g_assert_true (export_to (f, "out", (LpExportOptions){ .order = order }));
  found = tree_shell (&f->tree, "cd out/images && find . -type f | sort | tr '\\n' ' '");
  g_assert_cmpstr (found, ==, "./test/i.png ./train/k.png ./train/train/a.png ./val/val/g.png ./val/valid/h.png");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(path, function) g_test_add ("/write/yolo/" path, Fixture, NULL, set_up, function, tear_down)
  TEST ("clean", test_clean);
  TEST ("again", test_again);
  TEST ("order", test_order);
  TEST ("noted-steps", test_noted_steps);
  TEST ("errors", test_errors);
  TEST ("changed", test_changed);
  TEST ("place-taken", test_place_taken);
  TEST ("links", test_links);
  TEST ("same-names", test_same_names);
  TEST ("hostile-names", test_hostile_names);
  TEST ("without-names", test_without_names);
  TEST ("splits-of-folders", test_splits_of_folders);
  return g_test_run ();
}
