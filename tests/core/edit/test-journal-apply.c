/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "edit/lp-edit.h"

#include "temp-tree.h"

static LpJournal *
open_journal (TempTree *t)
{
  g_autoptr (GError) error = NULL;
  LpJournal *journal = lp_journal_open ("/the/set", t->path, &error);

  g_assert_no_error (error);
  return journal;
}

static LpApplyFile *
sample_file (guint i)
{
  LpApplyFile *file = lp_apply_file_new ("/set/labels/写真 1.txt");
  g_autofree char *old_bytes = g_strnfill (i * 300, 'o');
  LpSpan span = { .old_offset = i, .new_offset = 2 * i };

  span.old_bytes = g_bytes_new (old_bytes, i * 300);
  span.new_bytes = g_bytes_new ("n\0w", 3);
  g_array_append_val (file->spans, span);
  file->new_path = i == 1 ? g_strdup ("/set/labels/new.txt") : NULL;
  file->created = i == 2;
  file->folders_made = (guint8) i;
  memset (file->after_hash, 7, sizeof file->after_hash);
  return file;
}

static void
test_apply_record (TempTree *t, gconstpointer data)
{
  g_autoptr (LpJournal) journal = open_journal (t);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) lp_apply_file_free);
  g_autoptr (GPtrArray) kept = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id = 0, again = 0;

  g_assert_cmpint (lp_journal_apply_last (journal, &id, NULL, &error), ==, LP_APPLY_NONE);
  g_assert_no_error (error);
  for (guint i = 0; i < 4; i++)
    g_ptr_array_add (files, sample_file (i));
  g_assert_true (lp_journal_apply_begin (journal, files, NULL, &id, &error));
  g_assert_true (g_str_has_prefix (((LpApplyFile *) files->pdata[0])->staged, LP_TEMP_PREFIX));
  lp_journal_close (g_steal_pointer (&journal));
  journal = open_journal (t);
  g_assert_cmpint (lp_journal_apply_last (journal, &again, &kept, &error), ==, LP_APPLY_STARTED);
  g_assert_cmpint (again, ==, id);
  g_assert_cmpuint (kept->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      const LpApplyFile *a = files->pdata[i], *b = kept->pdata[i];
      const LpSpan *x = &g_array_index (a->spans, LpSpan, 0), *y = &g_array_index (b->spans, LpSpan, 0);

      g_assert_cmpstr (a->path, ==, b->path);
      g_assert_cmpstr (a->new_path, ==, b->new_path);
      g_assert_cmpstr (a->staged, ==, b->staged);
      g_assert_cmpuint (b->spans->len, ==, 1);
      g_assert_cmpuint (y->old_offset, ==, i);
      g_assert_cmpuint (y->new_offset, ==, 2 * i);
      g_assert_true (g_bytes_equal (x->old_bytes, y->old_bytes) && g_bytes_equal (x->new_bytes, y->new_bytes));
      g_assert_cmpmem (a->after_hash, 32, b->after_hash, 32);
      g_assert_cmpint (a->created, ==, b->created);
      g_assert_cmpuint (b->folders_made, ==, i);
      g_assert_false (b->refused);
    }
  ((LpApplyFile *) files->pdata[3])->refused = TRUE;
  g_assert_true (lp_journal_apply_done (journal, id, files, &error));
  g_clear_pointer (&kept, g_ptr_array_unref);
  g_assert_cmpint (lp_journal_apply_last (journal, &again, &kept, &error), ==, LP_APPLY_DONE);
  g_assert_true (((LpApplyFile *) kept->pdata[3])->refused);
  g_assert_false (((LpApplyFile *) kept->pdata[2])->refused);
  g_assert_true (lp_journal_apply_again (journal, id, &error));
  g_assert_cmpint (lp_journal_apply_last (journal, &again, NULL, &error), ==, LP_APPLY_STARTED);
  /* Two of the three come back: the third stays known. */
  ((LpApplyFile *) files->pdata[0])->back = ((LpApplyFile *) files->pdata[1])->back = TRUE;
  g_assert_true (lp_journal_apply_undone (journal, id, files, &error));
  g_clear_pointer (&kept, g_ptr_array_unref);
  g_assert_cmpint (lp_journal_apply_last (journal, &again, &kept, &error), ==, LP_APPLY_DONE);
  g_assert_true (((LpApplyFile *) kept->pdata[0])->refused);
  g_assert_false (((LpApplyFile *) kept->pdata[2])->refused);
  ((LpApplyFile *) files->pdata[2])->back = TRUE;
  g_assert_true (lp_journal_apply_undone (journal, id, files, &error));
  g_assert_cmpint (lp_journal_apply_last (journal, &again, NULL, &error), ==, LP_APPLY_NONE);
  g_assert_no_error (error);
}

/* A record that is not as it was written is told, never carried out. */
static void
test_damaged (TempTree *t, gconstpointer data)
{
  static const char *const harm[] = {
    "UPDATE apply_file SET record = CAST (replace (record, 'set', 'sex') AS BLOB) WHERE number = 0",
    "UPDATE apply_file SET hash = zeroblob(32) WHERE number = 1", "UPDATE apply SET token = '../../x'",
    "DELETE FROM apply_file WHERE number = 3"
  };

  for (guint i = 0; i < G_N_ELEMENTS (harm); i++)
    {
      g_autoptr (LpJournal) journal = open_journal (t);
      g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) lp_apply_file_free), kept = NULL;
      g_autofree char *command = g_strdup_printf ("sqlite3 *.sqlite \"%s\"", harm[i]);
      g_autoptr (GError) error = NULL;
      gint64 id;

      for (guint k = 0; k < 4; k++)
        g_ptr_array_add (files, sample_file (k));
      g_assert_true (lp_journal_apply_begin (journal, files, NULL, &id, &error));
      lp_journal_close (g_steal_pointer (&journal));
      g_free (tree_shell (t, command));
      journal = open_journal (t);
      g_assert_cmpint (lp_journal_apply_last (journal, &id, &kept, &error), ==, LP_APPLY_NONE);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      g_assert_null (kept);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/edit/journal-apply/record", TempTree, NULL, tree_set_up, test_apply_record, tree_tear_down);
  g_test_add ("/edit/journal-apply/damaged", TempTree, NULL, tree_set_up, test_damaged, tree_tear_down);
  return g_test_run ();
}
