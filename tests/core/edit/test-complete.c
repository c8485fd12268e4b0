/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "opened-set.h"

/* Steps that meet real files, in the session that makes them and in a later one. */

typedef struct
{
  TempTree tree;
  OpenedSet set;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  tree_set_up (&f->tree, NULL);
  tree_write (&f->tree, "data.yaml", "train: images\nval: images\nnc: 2\nnames: [can, paper]\n", -1);
  tree_write (&f->tree, "images/a.jpg", "no picture", -1);
  tree_write (&f->tree, "images/b.green.jpg", "no picture", -1);
  tree_write (&f->tree, "images/c.jpg", "no picture", -1);
  tree_write (&f->tree, "labels/a.txt", "0 0.5 0.5 0.25 0.25\n1 0.25 0.5 0.25 0.125 \n0 .1 .1 .1 .1 .1\n", -1);
  tree_write (&f->tree, "labels/b.txt", "1 0.5 0.5 0.5 0.5\n", -1);
  f->set = open_set (&f->tree, "data.yaml");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  close_set (&f->set);
  tree_tear_down (&f->tree, NULL);
}

static void
reload (Fixture *f)
{
  close_set (&f->set);
  f->set = open_set (&f->tree, "data.yaml");
}

static gboolean
completes (Fixture *f, LpStep *step, int code)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = lp_edit_complete (f->set.dataset, f->set.roots, step, &error);

  if (code >= 0)
    g_assert_error (error, G_IO_ERROR, code);
  return ok;
}

static void
test_row (Fixture *f, gconstpointer data)
{
  g_autoptr (LpStep) step = set_step ();
  LpOp *op = step_row (&f->set, step, LP_OP_SET_NUMBERS, "a.txt", 2);
  g_autofree char *path = tree_path (&f->tree, "labels/a.txt");
  g_autoptr (GBytes) expected = g_bytes_new_static ("1 0.25 0.5 0.25 0.125 ", 22);

  op->after[0] = 0.123456789;
  op->decimals = 4;
  note_step (&f->set, step);
  g_assert_true (g_bytes_equal (op->expected, expected));
  g_assert_cmpstr (op->path, ==, path);
  g_assert_cmpuint (op->offset, ==, 20);
  /* The number that will be printed. */
  g_assert_true (op->after[0] == 0.1235);
  g_assert_true (op->before[0] == 0.25);
  g_assert_true (lp_layer_row (set_subject (&f->set), 1)->v[0] == 0.1235);
}

/* Several operations on one row in one step are before and after each other; back again all of it is as it was. */
static void
test_one_row_twice (Fixture *f, gconstpointer data)
{
  g_autoptr (LpStep) step = set_step ();
  const LpRow before = *lp_layer_row (set_subject (&f->set), 0);
  LpOp *first = step_row (&f->set, step, LP_OP_SET_NUMBERS, "a.txt", 1), *second;

  first->after[0] = 0.25;
  first->decimals = 2;
  second = step_row (&f->set, step, LP_OP_SET_NUMBERS, "a.txt", 1);
  second->after[1] = 0.75;
  second->after[0] = 0.25;
  second->decimals = 2;
  step_class (&f->set, step, "a.txt", 1, 1);
  step_row (&f->set, step, LP_OP_REMOVE_ROW, "a.txt", 1);
  note_step (&f->set, step);
  g_assert_true (second->before[0] == 0.25 && second->before[1] == 0.5);
  g_assert_cmpuint (lp_layer_row (set_subject (&f->set), 0)->flags, ==, LP_ROW_EDITED | LP_ROW_REMOVED);
  lp_edit_undo (f->set.dataset, step);
  g_assert_cmpmem (&before, sizeof before, lp_layer_row (set_subject (&f->set), 0), sizeof before);
}

static void
test_changed (Fixture *f, gconstpointer data)
{
  g_autoptr (LpStep) step = set_step ();

  /* Another line may change as long as ours stands where it stood. */
  tree_write (&f->tree, "labels/a.txt", "0 0.5 0.5 0.25 0.25\n1 0.25 0.5 0.25 0.125 \n0 .1 .1 .1 .1 .9\n", -1);
  step_class (&f->set, step, "a.txt", 2, 0);
  g_assert_true (completes (f, step, -1));
  tree_write (&f->tree, "labels/a.txt", "0 0.5 0.5 0.25 0.25\n1 0.25 0.5 0.25 0.126 \n", -1);
  g_assert_false (completes (f, step, G_IO_ERROR_WRONG_ETAG));
  tree_write (&f->tree, "labels/a.txt", "0 0.5\n", -1);
  g_assert_false (completes (f, step, G_IO_ERROR_WRONG_ETAG));
  g_free (tree_shell (&f->tree, "rm labels/a.txt"));
  g_assert_false (completes (f, step, G_IO_ERROR_NOT_FOUND));
}

static void
test_removed_row (Fixture *f, gconstpointer data)
{
  g_autoptr (LpStep) step = set_step (), again = set_step ();

  step_row (&f->set, step, LP_OP_REMOVE_ROW, "a.txt", 1);
  note_step (&f->set, step);
  step_row (&f->set, again, LP_OP_SET_CLASS, "a.txt", 1);
  g_assert_false (completes (f, again, G_IO_ERROR_NOT_FOUND));
}

/* A row that could not be read can still be removed. */
static void
test_unread_row (Fixture *f, gconstpointer data)
{
  g_autoptr (LpStep) step = set_step ();
  LpOp *op = step_row (&f->set, step, LP_OP_REMOVE_ROW, "a.txt", 3);

  g_assert_cmpint (lp_layer_row (set_subject (&f->set), op->row)->kind, ==, LP_ROW_UNREAD);
  note_step (&f->set, step);
  g_assert_cmpuint (g_bytes_get_size (op->expected), ==, strlen ("0 .1 .1 .1 .1 .1"));
}

static void
test_names (Fixture *f, gconstpointer data)
{
  static const char *const wanted[] = { "paper", "can", "fork", NULL };
  g_autoptr (LpStep) step = set_step ();
  LpOp *count = lp_op_new (LP_OP_SET_COUNT);
  const LpOp *op;

  step_names (&f->set, step, "data.yaml", wanted);
  count->dict = set_dict (&f->set, "data.yaml");
  g_ptr_array_add (step->ops, count);
  note_step (&f->set, step);
  op = step->ops->pdata[0];
  g_assert_cmpuint (op->names_before->len, ==, 2);
  g_assert_cmpstr (op->names_before->pdata[1], ==, "paper");
  g_assert_cmpint (count->class_before, ==, 2);
  g_assert_cmpint (count->class_after, ==, 3);
  g_assert_cmpstr (lp_dictionary_name (lp_dataset_dict (f->set.dataset, op->dict), 2), ==, "fork");
  lp_edit_undo (f->set.dataset, step);
  tree_write (&f->tree, "data.yaml", "train: images\nval: images\nnc: 2\nnames: [can, paper ]\n", -1);
  g_assert_false (completes (f, step, G_IO_ERROR_WRONG_ETAG));
}

static void
test_map (Fixture *f, gconstpointer data)
{
  const gint32 merging[] = { 0, 1 }, swapping[] = { 0, 1, 1, 0 };
  g_autoptr (LpStep) bad = set_step (), good = set_step ();

  step_renumber (&f->set, bad, merging, 2);
  g_assert_false (completes (f, bad, G_IO_ERROR_INVALID_ARGUMENT));
  step_renumber (&f->set, good, swapping, 4);
  note_step (&f->set, good);
  g_assert_cmpint (lp_layer_row (set_subject (&f->set), 0)->class_id, ==, 1);
}

static void
test_files (Fixture *f, gconstpointer data)
{
  g_autofree char *c = tree_path (&f->tree, "labels/c.txt"), *b = tree_path (&f->tree, "labels/b.green.txt");
  g_autofree char *other = tree_path (&f->tree, "images/b.green.txt"), *out = g_strdup ("/nowhere/c.txt");
  g_autoptr (LpStep) create = set_step (), rename = set_step (), elsewhere = set_step (), outside = set_step ();
  g_autoptr (LpStep) row = set_step ();
  const LpEntry *entry;

  step_create (&f->set, outside, "c.jpg", out);
  g_assert_false (completes (f, outside, G_IO_ERROR_NOT_FOUND));
  step_rename (&f->set, elsewhere, "b.green.jpg", other);
  g_assert_false (completes (f, elsewhere, G_IO_ERROR_NOT_FOUND));
  step_create (&f->set, create, "c.jpg", c);
  note_step (&f->set, create);
  entry = lp_layer_find (set_subject (&f->set), set_image (&f->set, "c.jpg"));
  g_assert_cmpint (entry->state, ==, LP_STATE_EMPTY);
  g_assert_cmpuint (f->set.dataset->label_files, ==, 3);
  step_rename (&f->set, rename, "b.green.jpg", b);
  note_step (&f->set, rename);
  entry = lp_layer_find (set_subject (&f->set), set_image (&f->set, "b.green.jpg"));
  g_assert_cmpuint (entry->flags & LP_ENTRY_FIRST_DOT, ==, 0);
  /* An edit after the rename still reads the file that is there. */
  step_class (&f->set, row, "b.green.txt", 1, 0);
  note_step (&f->set, row);
  g_assert_true (g_str_has_suffix (((LpOp *) row->ops->pdata[0])->path, "labels/b.txt"));
}

static void
test_file_in_the_way (Fixture *f, gconstpointer data)
{
  g_autofree char *c = tree_path (&f->tree, "labels/c.txt");
  g_autoptr (LpStep) create = set_step ();

  tree_write (&f->tree, "labels/c.txt", "", 0);
  step_create (&f->set, create, "c.jpg", c);
  g_assert_false (completes (f, create, G_IO_ERROR_EXISTS));
}

/* ---- a later session ---- */

static LpStep *
forget_places (const LpStep *step)
{
  LpStep *copy = lp_step_new (step->sentence, step->rule);

  for (guint i = 0; i < step->ops->len; i++)
    {
      const LpOp *op = step->ops->pdata[i];
      LpOp *kept = lp_op_new (op->kind);

      kept->path = g_strdup (op->path);
      kept->new_path = g_strdup (op->new_path);
      kept->offset = op->offset;
      kept->expected = op->expected != NULL ? g_bytes_ref (op->expected) : NULL;
      memcpy (kept->before, op->before, sizeof kept->before);
      memcpy (kept->after, op->after, sizeof kept->after);
      kept->class_before = op->class_before;
      kept->class_after = op->class_after;
      kept->decimals = op->decimals;
      kept->names_before = op->names_before != NULL ? g_ptr_array_ref (op->names_before) : NULL;
      kept->names_after = op->names_after != NULL ? g_ptr_array_ref (op->names_after) : NULL;
      kept->map = op->map != NULL ? g_array_ref (op->map) : NULL;
      g_ptr_array_add (copy->ops, kept);
    }
  return copy;
}

/* One of each kind, each on top of the others. */
static GPtrArray *
note_one_of_each (Fixture *f)
{
  static const char *const wanted[] = { "paper", "can", "fork", NULL };
  const gint32 map[] = { 0, 1, 1, 0 };
  g_autofree char *c = tree_path (&f->tree, "labels/c.txt"), *b = tree_path (&f->tree, "labels/b.green.txt");
  GPtrArray *kept = g_ptr_array_new_with_free_func ((GDestroyNotify) lp_step_free);
  LpOp *op;

  for (guint i = 0; i < 7; i++)
    {
      g_autoptr (LpStep) step = set_step ();

      if (i == 0)
        step_class (&f->set, step, "a.txt", 1, 1);
      else if (i == 1)
        step_renumber (&f->set, step, map, 4);
      else if (i == 2)
        step_rename (&f->set, step, "b.green.jpg", b);
      else if (i == 3)
        step_names (&f->set, step, "data.yaml", wanted);
      else if (i == 4)
        {
          op = step_row (&f->set, step, LP_OP_SET_NUMBERS, "b.green.txt", 1);
          op->after[0] = 0.25;
        }
      else if (i == 5)
        step_create (&f->set, step, "c.jpg", c);
      else
        step_row (&f->set, step, LP_OP_REMOVE_ROW, "a.txt", 2);
      note_step (&f->set, step);
      g_ptr_array_add (kept, forget_places (step));
    }
  return kept;
}

static void
test_find (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) kept = note_one_of_each (f);
  const LpRow edited = *lp_layer_row (set_subject (&f->set), set_row (&f->set, "b.green.txt", 1));

  reload (f);
  for (guint i = 0; i < kept->len; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (lp_edit_find (f->set.dataset, f->set.roots, kept->pdata[i], &error));
      g_assert_no_error (error);
      lp_edit_do (f->set.dataset, kept->pdata[i]);
    }
  g_assert_cmpmem (&edited, sizeof edited, lp_layer_row (set_subject (&f->set), set_row (&f->set, "b.green.txt", 1)),
                   sizeof edited);
}

/* Steps whose bytes no longer stand there are not found; those on other files are. */
static void
test_not_found (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) kept = note_one_of_each (f);
  static const gboolean found[] = { FALSE, FALSE, TRUE, TRUE, FALSE, TRUE, TRUE };

  tree_write (&f->tree, "labels/a.txt", "2 0.5 0.5 0.25 0.25\n1 0.25 0.5 0.25 0.125 \n0 .1 .1 .1 .1 .1\n", -1);
  reload (f);
  for (guint i = 0; i < kept->len; i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean ok = lp_edit_find (f->set.dataset, f->set.roots, kept->pdata[i], &error);

      if (i == 4 || i == 6)
        continue; /* they stood on the renumbering */
      g_assert_cmpint (ok, ==, found[i]);
      g_assert_true (ok == (error == NULL));
      if (ok)
        lp_edit_do (f->set.dataset, kept->pdata[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(path, function) g_test_add ("/edit/complete/" path, Fixture, NULL, set_up, function, tear_down)
  TEST ("row", test_row);
  TEST ("one-row-twice", test_one_row_twice);
  TEST ("changed", test_changed);
  TEST ("removed-row", test_removed_row);
  TEST ("unread-row", test_unread_row);
  TEST ("names", test_names);
  TEST ("map", test_map);
  TEST ("files", test_files);
  TEST ("file-in-the-way", test_file_in_the_way);
  TEST ("find", test_find);
  TEST ("not-found", test_not_found);
  return g_test_run ();
}
