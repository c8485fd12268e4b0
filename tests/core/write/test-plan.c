/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <sys/stat.h>
#include <unistd.h>

#include "planned.h"

/* Steps over a whole set → changes; and that patch, given the diff, makes of a copy what an Apply makes of the set.
 */

typedef struct
{
  TempTree tree;
  OpenedSet set;
  char *labels; /* the folder */
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  tree_set_up (&f->tree, NULL);
  tree_write (
    &f->tree, "set/data.yaml",
    "\xef\xbb\xbf# 名前\r\nval: images/train\r\ntrain: images/train\r\nnames:\r\n  0: 缶\r\n  1: 'no' # paper\r\n",
    -1);
  tree_write (&f->tree, "set/classes.txt", "缶\nno", -1);
  tree_write (&f->tree, "set/images/train/a b.jpg", "no picture", -1);
  tree_write (&f->tree, "set/images/train/写真.jpg", "no picture", -1);
  tree_write (&f->tree, "set/images/train/c.green.jpg", "no picture", -1);
  tree_write (&f->tree, "set/images/train/d.jpg", "no picture", -1);
  tree_write (&f->tree, "set/labels/train/a b.txt", "0 0.5 0.5 0.25 0.25\r\n1 0.25 0.5 0.25 0.125\r\n", -1);
  tree_write (&f->tree, "set/labels/train/写真.txt",
              "\xef\xbb\xbf"
              "1 0.5 0.5 0.25 0.25\n0 0 0 1 0 1 1",
              -1);
  tree_write (&f->tree, "set/labels/train/c.txt", "1 0.5 0.5 0.5 0.5\n", -1);
  f->set = open_set (&f->tree, "set/data.yaml");
  f->labels = tree_path (&f->tree, "set/labels/train");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  close_set (&f->set);
  tree_tear_down (&f->tree, NULL);
  g_free (f->labels);
}

static const LpChange *
change_of (const GPtrArray *changes, const char *ending)
{
  for (guint i = 0; i < changes->len; i++)
    if (g_str_has_suffix (((LpChange *) changes->pdata[i])->path, ending))
      return changes->pdata[i];
  return NULL;
}

static void
assert_content (const LpChange *change, const char *text)
{
  g_assert_nonnull (change);
  g_assert_cmpmem (g_bytes_get_data (change->new_content, NULL), g_bytes_get_size (change->new_content), text,
                   strlen (text));
}

/* One of each kind, as noted steps; the caller's. */
static GPtrArray *
note_all (Fixture *f)
{
  static const char *const wanted[] = { "no", "缶", "fork", NULL };
  const gint32 swap[] = { 0, 1, 1, 0 };
  GPtrArray *steps = g_ptr_array_new_with_free_func ((GDestroyNotify) lp_step_free);
  g_autofree char *d = g_build_filename (f->labels, "d.txt", NULL),
                  *c = g_build_filename (f->labels, "c.green.txt", NULL);
  LpStep *step = set_step ();
  LpOp *op;

  step_names (&f->set, step, "data.yaml", wanted);
  step_names (&f->set, step, "classes.txt", wanted);
  note_step (&f->set, step);
  g_ptr_array_add (steps, step);
  step = set_step ();
  step_renumber (&f->set, step, swap, 4);
  note_step (&f->set, step);
  g_ptr_array_add (steps, step);
  step = set_step ();
  op = step_row (&f->set, step, LP_OP_SET_NUMBERS, "写真.txt", 1);
  op->after[1] = 0.4321;
  op->decimals = 4;
  step_row (&f->set, step, LP_OP_REMOVE_ROW, "a b.txt", 2);
  note_step (&f->set, step);
  g_ptr_array_add (steps, step);
  step = set_step ();
  step_create (&f->set, step, "d.jpg", d);
  step_rename (&f->set, step, "c.green.jpg", c);
  note_step (&f->set, step);
  g_ptr_array_add (steps, step);
  return steps;
}

static GPtrArray *
plan_all (Fixture *f, const GPtrArray *steps)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *changes = plan_steps (&f->set, (LpStep *const *) steps->pdata, steps->len, &error);

  g_assert_no_error (error);
  return changes;
}

static void
test_all_kinds (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) steps = note_all (f), changes = plan_all (f, steps);
  const LpChange *change;

  g_assert_cmpuint (changes->len, ==, 6);
  for (guint i = 1; i < changes->len; i++)
    g_assert_cmpint (strcmp (((LpChange *) changes->pdata[i - 1])->path, ((LpChange *) changes->pdata[i])->path), <,
                     0);
  change = change_of (changes, "data.yaml");
  assert_content (change, "\xef\xbb\xbf# 名前\r\nval: images/train\r\ntrain: images/train\r\nnames:\r\n  0: 'no'\r\n "
                          " 1: 缶 # paper\r\n  2: \"fork\"\r\n");
  g_assert_cmpuint (change->n_lines, ==, 3);
  assert_content (change_of (changes, "classes.txt"), "no\n缶\nfork");
  change = change_of (changes, "a b.txt");
  assert_content (change, "1 0.5 0.5 0.25 0.25\r\n");
  g_assert_cmpuint (change->n_lines, ==, 2);
  g_assert_cmpuint (change->steps->len, ==, 2);
  assert_content (change_of (changes, "写真.txt"), "\xef\xbb\xbf"
                                                   "0 0.5 0.4321 0.25 0.25\n1 0 0 1 0 1 1");
  change = change_of (changes, "c.txt");
  assert_content (change, "0 0.5 0.5 0.5 0.5\n");
  g_assert_true (g_str_has_suffix (change->new_path, "/c.green.txt"));
  change = change_of (changes, "d.txt");
  g_assert_true (change->created);
  g_assert_null (change->old_content);
  assert_content (change, "");
}

static void
test_patch_is_apply (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) steps = note_all (f), changes = plan_all (f, steps);
  g_autofree char *root = tree_path (&f->tree, "set"), *folder = tree_path (&f->tree, "journal");
  g_autoptr (GBytes) diff = lp_plan_diff (changes, root);
  g_autoptr (LpJournal) journal = lp_journal_open (root, folder, NULL);
  g_autoptr (GError) error = NULL;
  LpApplied applied = { 0 };

  tree_write (&f->tree, "the.patch", g_bytes_get_data (diff, NULL), (gssize) g_bytes_get_size (diff));
  g_free (tree_shell (&f->tree, "cp -r set copy; cp -r set before; cd copy; patch -p1 < ../the.patch"));
  g_assert_true (lp_apply (journal, changes, NULL, root, NULL, &applied, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (applied.n_files, ==, 6);
  lp_applied_clear (&applied);
  g_free (tree_shell (&f->tree, "diff -r set copy"));
  g_free (tree_shell (&f->tree, "cd set; python3 -c 'import yaml\n"
                                "d = yaml.safe_load(open(\"data.yaml\", encoding=\"utf-8-sig\"))\n"
                                "assert d[\"names\"] == {0: \"no\", 1: \"缶\", 2: \"fork\"}, d'"));
  g_assert_true (lp_apply_undo (journal, root, &applied, &error));
  lp_applied_clear (&applied);
  g_free (tree_shell (&f->tree, "diff -r set before"));
  tree_assert_no_leftover (&f->tree);
}

/* Steps that are not chosen leave their rows as they stand. */
static void
test_some_steps (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) steps = note_all (f), changes = NULL;
  g_autoptr (GError) error = NULL;

  changes = plan_steps (&f->set, (LpStep *const *) steps->pdata + 2, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (changes->len, ==, 2);
  assert_content (change_of (changes, "写真.txt"), "\xef\xbb\xbf"
                                                   "1 0.5 0.4321 0.25 0.25\n0 0 0 1 0 1 1");
  assert_content (change_of (changes, "a b.txt"), "0 0.5 0.5 0.25 0.25\r\n");
}

static void
assert_refused (Fixture *f, const GPtrArray *steps, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changes = plan_steps (&f->set, (LpStep *const *) steps->pdata, steps->len, &error);

  g_assert_null (changes);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG);
  g_assert_nonnull (strstr (error->message, name));
}

static void
test_changed_row (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) steps = note_all (f);

  tree_write (&f->tree, "set/labels/train/a b.txt", "0 0.5 0.5 0.25 0.26\r\n1 0.25 0.5 0.25 0.125\r\n", -1);
  assert_refused (f, steps, "a b.txt");
}

static void
test_changed_names (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) steps = note_all (f);

  tree_write (&f->tree, "set/classes.txt", "缶\nno\nnew\n", -1);
  assert_refused (f, steps, "classes.txt");
}

/* A link stays a link: what it leads to is written, or nothing where that lies elsewhere. */
static void
test_link (Fixture *f, gconstpointer data)
{
  g_autoptr (LpStep) step = set_step ();
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GError) error = NULL;

  g_free (tree_shell (&f->tree, "mkdir set/real; mv set/labels/train/c.txt set/real/one.txt; "
                                "ln -s ../../real/one.txt set/labels/train/c.txt"));
  close_set (&f->set);
  f->set = open_set (&f->tree, "set");
  step_class (&f->set, step, "c.txt", 1, 0);
  note_step (&f->set, step);
  changes = plan_step (&f->set, step);
  g_assert_cmpuint (changes->len, ==, 1);
  g_assert_nonnull (change_of (changes, "real/one.txt"));
  g_free (tree_shell (&f->tree, "mv set/real elsewhere; rm set/labels/train/c.txt; "
                                "ln -s ../../../elsewhere/one.txt set/labels/train/c.txt"));
  g_assert_null (plan_steps (&f->set, &step, 1, &error));
  g_assert_nonnull (error);
}

static void
test_nothing (Fixture *f, gconstpointer data)
{
  g_autoptr (LpStep) there = set_step (), back = set_step ();
  LpStep *const steps[] = { there, back };
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GError) error = NULL;

  step_class (&f->set, there, "c.txt", 1, 0);
  note_step (&f->set, there);
  step_class (&f->set, back, "c.txt", 1, 1);
  note_step (&f->set, back);
  changes = plan_steps (&f->set, steps, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (changes->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(path, function) g_test_add ("/write/plan/" path, Fixture, NULL, set_up, function, tear_down)
  TEST ("all-kinds", test_all_kinds);
  TEST ("patch-is-apply", test_patch_is_apply);
  TEST ("some-steps", test_some_steps);
  TEST ("changed-row", test_changed_row);
  TEST ("changed-names", test_changed_names);
  TEST ("link", test_link);
  TEST ("nothing", test_nothing);
  return g_test_run ();
}
