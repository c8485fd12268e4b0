/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "edit/lp-edit.h"

#include "temp-tree.h"

static LpJournal *
open_journal (TempTree *t)
{
  g_autoptr (GError) error = NULL;
  LpJournal *journal = lp_journal_open ("/set/data.yaml", t->path, &error);

  g_assert_no_error (error);
  return journal;
}

static LpOp *
add_op (LpStep *step, LpOpKind kind, const char *path, guint64 offset)
{
  LpOp *op = lp_op_new (kind);

  op->path = g_strdup (path);
  op->offset = offset;
  g_ptr_array_add (step->ops, op);
  return op;
}

/* One operation on a row, noted. */
static LpStep *
note (LpJournal *journal, const char *path, guint64 offset)
{
  LpStep *step = lp_step_new ("A step", NULL);

  add_op (step, LP_OP_SET_CLASS, path, offset);
  g_assert_true (lp_journal_note (journal, step, NULL));
  return step;
}

/* "AAAA\nBBBB\nCCCC\n": B goes, and C becomes two bytes longer at its end. */
static LpApplyFile *
changed_file (const char *path)
{
  LpApplyFile *file = lp_apply_file_new (path);
  LpSpan gone = { 5, 5, g_bytes_new ("BBBB\n", 5), g_bytes_new (NULL, 0) };
  LpSpan longer = { 13, 8, g_bytes_new ("C", 1), g_bytes_new ("123", 3) };

  g_array_append_val (file->spans, gone);
  g_array_append_val (file->spans, longer);
  return file;
}

/* "path@offset path@offset …" of what is pending; a step begins with |, one that is undone with -. */
static char *
pending (LpJournal *journal)
{
  g_autoptr (GArray) undone = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) steps = lp_journal_pending (journal, &undone, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < steps->len; i++)
    {
      const LpStep *step = g_ptr_array_index (steps, i);

      g_string_append_c (text, g_array_index (undone, gboolean, i) ? '-' : '|');
      for (guint k = 0; k < step->ops->len; k++)
        {
          const LpOp *op = g_ptr_array_index (step->ops, k);

          g_string_append_printf (text, "%s@%" G_GUINT64_FORMAT " ", op->path, op->offset);
        }
    }
  return g_string_free (text, FALSE);
}

static void
assert_pending (LpJournal *journal, const char *wanted)
{
  g_autofree char *found = pending (journal);

  g_assert_cmpstr (found, ==, wanted);
}

/* All rows of a.txt; b.txt is renamed, c.txt is none of its files. */
static void
test_there_and_back (TempTree *t, gconstpointer data)
{
  g_autoptr (LpJournal) journal = open_journal (t);
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func ((GDestroyNotify) lp_step_free);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) lp_apply_file_free);
  g_autoptr (LpStep) names = lp_step_new ("Names", NULL);
  LpApplyFile *renamed = changed_file ("/b.txt");
  gint64 id;

  for (guint i = 0; i < 4; i++)
    g_ptr_array_add (steps, note (journal, "/a.txt", i * 5));
  g_ptr_array_add (steps, note (journal, "/b.txt", 10));
  g_ptr_array_add (steps, note (journal, "/c.txt", 10));
  /* A whole file has no place that could move. */
  add_op (names, LP_OP_SET_NAMES, "/a.txt", 10);
  g_assert_true (lp_journal_note (journal, names, NULL));
  renamed->new_path = g_strdup ("/b.green.txt");
  g_ptr_array_add (files, changed_file ("/a.txt"));
  g_ptr_array_add (files, renamed);
  g_assert_true (lp_journal_apply_begin (journal, files, NULL, &id, NULL));
  assert_pending (journal, "|/a.txt@0 |/a.txt@5 |/a.txt@10 |/a.txt@15 |/b.txt@10 |/c.txt@10 |/a.txt@10 ");
  g_assert_true (lp_journal_apply_done (journal, id, files, NULL));
  assert_pending (journal, "|/a.txt@0 |/a.txt@5 |/a.txt@5 |/a.txt@12 |/b.green.txt@5 |/c.txt@10 |/a.txt@10 ");
  /* Interrupted on the way back and finished: they are where they belong already. */
  g_assert_true (lp_journal_apply_again (journal, id, NULL));
  g_assert_true (lp_journal_apply_done (journal, id, files, NULL));
  assert_pending (journal, "|/a.txt@0 |/a.txt@5 |/a.txt@5 |/a.txt@12 |/b.green.txt@5 |/c.txt@10 |/a.txt@10 ");
  /* Only b.txt can be taken back at first. */
  renamed->back = TRUE;
  g_assert_true (lp_journal_apply_undone (journal, id, files, NULL));
  assert_pending (journal, "|/a.txt@0 |/a.txt@5 |/a.txt@5 |/a.txt@12 |/b.txt@10 |/c.txt@10 |/a.txt@10 ");
}

/* A step that was written is forgotten, but for its part in a file that was refused. */
static void
test_refused (TempTree *t, gconstpointer data)
{
  g_autoptr (LpJournal) journal = open_journal (t);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) lp_apply_file_free);
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();
  g_autoptr (LpStep) both = lp_step_new ("Two files", NULL), one = NULL, left = NULL, undone = NULL;
  LpApplyFile *refused = changed_file ("/b.txt");
  gint64 id;

  add_op (both, LP_OP_SET_CLASS, "/a.txt", 10);
  add_op (both, LP_OP_SET_CLASS, "/b.txt", 10);
  add_op (both, LP_OP_RENUMBER, "/", 0);
  g_assert_true (lp_journal_note (journal, both, NULL));
  one = note (journal, "/a.txt", 10);
  left = note (journal, "/b.txt", 10);
  undone = note (journal, "/b.txt", 0);
  g_assert_true (lp_journal_set_undone (journal, undone->id, TRUE, NULL));
  g_ptr_array_add (chosen, both);
  g_ptr_array_add (chosen, one);
  g_ptr_array_add (files, changed_file ("/a.txt"));
  g_ptr_array_add (files, refused);
  g_assert_true (lp_journal_apply_begin (journal, files, chosen, &id, NULL));
  refused->refused = TRUE;
  g_assert_true (lp_journal_apply_done (journal, id, files, NULL));
  assert_pending (journal, "|/b.txt@10 |/b.txt@10 ");
}

/* A link to a label file is followed when it is written. */
static void
test_link (TempTree *t, gconstpointer data)
{
  g_autoptr (LpJournal) journal = open_journal (t);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) lp_apply_file_free);
  g_autofree char *real = tree_path (t, "real.txt"), *link = tree_path (t, "link.txt"), *wanted = NULL;
  g_autoptr (LpStep) step = note (journal, link, 10);
  gint64 id;

  g_free (tree_shell (t, "echo > real.txt; ln -s real.txt link.txt"));
  g_ptr_array_add (files, changed_file (real));
  g_assert_true (lp_journal_apply_begin (journal, files, NULL, &id, NULL));
  g_assert_true (lp_journal_apply_done (journal, id, files, NULL));
  wanted = g_strdup_printf ("|%s@5 ", link);
  assert_pending (journal, wanted);
}

/* Dropped, or taken back before it was done: nothing has moved. */
static void
test_never_done (TempTree *t, gconstpointer data)
{
  g_autoptr (LpJournal) journal = open_journal (t);
  g_autoptr (LpStep) step = note (journal, "/a.txt", 10);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) lp_apply_file_free);
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();
  LpApplyFile *file = changed_file ("/a.txt");
  gint64 id;

  g_ptr_array_add (files, file);
  g_ptr_array_add (chosen, step);
  g_assert_true (lp_journal_apply_begin (journal, files, chosen, &id, NULL));
  g_assert_true (lp_journal_apply_drop (journal, id, NULL));
  assert_pending (journal, "|/a.txt@10 ");
  g_assert_true (lp_journal_apply_begin (journal, files, chosen, &id, NULL));
  file->back = TRUE;
  g_assert_true (lp_journal_apply_undone (journal, id, files, NULL));
  assert_pending (journal, "|/a.txt@10 ");
  g_assert_cmpint (lp_journal_apply_last (journal, &id, NULL, NULL), ==, LP_APPLY_NONE);
}

/* Which steps an Apply writes is told by no damaged record. */
static void
test_damaged (TempTree *t, gconstpointer data)
{
  g_autoptr (LpJournal) journal = open_journal (t);
  g_autoptr (LpStep) step = note (journal, "/a.txt", 10), other = note (journal, "/a.txt", 10);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) lp_apply_file_free);
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  gint64 id;

  g_ptr_array_add (files, changed_file ("/a.txt"));
  g_ptr_array_add (chosen, step);
  g_assert_true (lp_journal_apply_begin (journal, files, chosen, &id, NULL));
  lp_journal_close (g_steal_pointer (&journal));
  g_free (tree_shell (t, "sqlite3 *.sqlite \"UPDATE apply_step SET steps = x'0200000000000000'\""));
  journal = open_journal (t);
  g_assert_false (lp_journal_apply_done (journal, id, files, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  assert_pending (journal, "|/a.txt@10 |/a.txt@10 ");
}

/* Killed, or without room, at any call: the Apply is done and its steps are settled, or neither. */
static void
test_kill (TempTree *t, gconstpointer data)
{
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "core", "edit", "journal-victim", NULL);
  char *argv[] = { program, t->path, (char *) "apply", NULL };
  guint n_old = 0, n_new = 0;
  gboolean stopped = TRUE;

  for (guint k = 1; stopped; k++)
    {
      g_autofree char *fault = g_strdup_printf ("any:%u:%s", (k + 1) / 2, k % 2 == 0 ? "KILL" : "FROM-ENOSPC");
      g_auto (GStrv) environment = g_environ_setenv (g_get_environ (), "LP_FAULT", fault, TRUE);
      g_autofree char *out = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (LpJournal) journal = NULL;
      gint64 id;
      int status;

      g_assert_cmpuint (k, <, 1000);
      g_spawn_sync (NULL, argv, environment, G_SPAWN_DEFAULT, NULL, NULL, &out, NULL, &status, &error);
      g_assert_no_error (error);
      stopped = status != 0;
      journal = open_journal (t);
      if (g_strcmp0 (out, "5\n") == 0)
        {
          gboolean done = lp_journal_apply_last (journal, &id, NULL, &error) == LP_APPLY_DONE;

          g_assert_no_error (error);
          g_assert_true (done || stopped);
          assert_pending (journal, done ? "|/set/labels/2.txt@2 |/set/labels/3.txt@5 |/set/labels/4.txt@4 "
                                          "|/set/labels/5.txt@7 "
                                        : "|/set/labels/1.txt@1 |/set/labels/2.txt@2 |/set/labels/3.txt@3 "
                                          "|/set/labels/4.txt@4 |/set/labels/5.txt@5 ");
          *(done ? &n_new : &n_old) += 1;
        }
      lp_journal_close (g_steal_pointer (&journal));
      g_free (tree_shell (t, "rm -f *.sqlite*"));
    }
  g_assert_cmpuint (n_old, >, 2);
  g_assert_cmpuint (n_new, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(path, function)                                                                                         \
  g_test_add ("/edit/journal-settle/" path, TempTree, NULL, tree_set_up, function, tree_tear_down)
  TEST ("there-and-back", test_there_and_back);
  TEST ("refused", test_refused);
  TEST ("link", test_link);
  TEST ("never-done", test_never_done);
  TEST ("damaged", test_damaged);
  TEST ("kill", test_kill);
  return g_test_run ();
}
