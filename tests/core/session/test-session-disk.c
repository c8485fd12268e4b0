/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fixture.h"

static void
apply (Fixture *f, const gboolean *exclude)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changes = lp_session_plan (f->session, exclude, NULL, &error);
  LpApplied applied = { 0 };

  g_assert_no_error (error);
  lp_session_apply (f->session, changes, NULL, &applied, &error);
  g_assert_no_error (error);
  lp_applied_clear (&applied);
  lp_session_load (f->session, NULL, &error);
  g_assert_no_error (error);
}

static void
assert_file (const Fixture *f, const char *name, const char *wanted)
{
  g_autofree char *text = get (f, name);

  g_assert_cmpstr (text, ==, wanted);
}

static void
test_apply_and_back (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  LpApplied applied = { 0 };
  guint n = 0;

  g_assert_cmpint (lp_session_last_apply (f->session, NULL, NULL), ==, LP_APPLY_NONE);
  note_removal (f->session);
  apply (f, NULL);
  assert_file (f, "labels/a.txt", ROW_0 ROW_1 ROW_2);
  g_assert_cmpuint (lp_session_get_steps (f->session)->len, ==, 0);
  g_assert_cmpuint (lp_session_get_stale (f->session)->len, ==, 0);
  g_assert_null (find (f->session, "duplicate/exact-box"));
  g_assert_cmpint (lp_session_last_apply (f->session, &n, NULL), ==, LP_APPLY_DONE);
  g_assert_cmpuint (n, ==, 1);
  g_assert_true (lp_session_undo_apply (f->session, &applied, &error));
  lp_applied_clear (&applied);
  assert_file (f, "labels/a.txt", ROW_0 ROW_1 ROW_2 ROW_0);
}

/* Over an older one, whose permissions stay; a folder is no place for it. */
static void
test_save_diff (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) diff = g_bytes_new_static ("--- a\n\0", 7);
  g_autofree char *path = g_build_filename (f->set, "old.diff", NULL), *text = NULL;
  g_autoptr (GError) error = NULL;
  struct stat st;
  gsize n;

  put (f, "old.diff", "much longer than the new one");
  g_assert_cmpint (chmod (path, 0600), ==, 0);
  g_assert_true (lp_session_save_diff (diff, path, &error));
  g_assert_true (g_file_get_contents (path, &text, &n, NULL));
  g_assert_cmpmem (text, n, "--- a\n\0", 7);
  g_assert_cmpint (stat (path, &st), ==, 0);
  g_assert_cmpint (st.st_mode & 0777, ==, 0600);
  g_assert_false (lp_session_save_diff (diff, f->set, &error));
  g_assert_nonnull (error);
}

/* A step that was left out is found again although the Apply moved its row. */
static void
test_left_out (Fixture *f, gconstpointer data)
{
  static const gboolean exclude[] = { FALSE, TRUE };
  g_autoptr (GError) error = NULL;
  const LpDataset *d;
  LpStep *step;
  LpOp *op;

  g_clear_object (&f->session);
  put (f, "labels/a.txt", ROW_0 ROW_0 ROW_1 ROW_2);
  f->session = open_session (f);
  d = lp_session_get_dataset (f->session);
  note_removal (f->session);
  /* The last row of a.txt: its class becomes 0. */
  step = lp_step_new ("Change a class", NULL);
  op = lp_step_add_row_op (step, d, LP_OP_SET_CLASS, d->subject, 3);
  op->class_after = 0;
  g_assert_true (lp_session_note (f->session, step, &error));
  apply (f, exclude);
  assert_file (f, "labels/a.txt", ROW_0 ROW_1 ROW_2);
  g_assert_cmpuint (lp_session_get_stale (f->session)->len, ==, 0);
  g_assert_cmpuint (lp_session_get_steps (f->session)->len, ==, 1);
  apply (f, NULL);
  assert_file (f, "labels/a.txt", ROW_0 ROW_1 "0 0.80 0.20 0.20 0.20\n");
}

/* Two steps that Apply writes, one of them on a file that others change meanwhile: that one stays pending, on its own
 * row, and taking the Apply back leaves it alone. */
static void
test_refused_stays (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  const LpDataset *d = lp_session_get_dataset (f->session);
  g_autoptr (GPtrArray) changes = NULL;
  LpApplied applied = { 0 };
  LpStep *step = lp_step_new ("Change a class", NULL);
  const LpOp *op;

  note_removal (f->session);
  /* The last row of b.txt, by the order of the pictures the eighth. */
  lp_step_add_row_op (step, d, LP_OP_SET_CLASS, d->subject, 7)->class_after = 0;
  g_assert_true (lp_session_note (f->session, step, &error));
  changes = lp_session_plan (f->session, NULL, NULL, &error);
  g_assert_no_error (error);
  put (f, "labels/b.txt", ROW_0 ROW_1 ROW_2 "9 0.50 0.70 0.20 0.20\n" ROW_1);
  g_assert_false (lp_session_apply (f->session, changes, NULL, &applied, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG);
  g_clear_error (&error);
  g_assert_cmpuint (applied.n_files, ==, 1);
  g_assert_cmpuint (applied.refused->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (applied.refused, 0), "“labels/b.txt”"));
  lp_applied_clear (&applied);
  lp_session_load (f->session, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (lp_session_get_stale (f->session)->len, ==, 0);
  g_assert_cmpuint (lp_session_get_steps (f->session)->len, ==, 1);
  op = g_ptr_array_index (((LpStep *) g_ptr_array_index (lp_session_get_steps (f->session), 0))->ops, 0);
  g_assert_cmpuint (op->offset, ==, strlen (ROW_0 ROW_1 ROW_2));
  apply (f, NULL);
  assert_file (f, "labels/b.txt", ROW_0 ROW_1 ROW_2 "0 0.50 0.70 0.20 0.20\n" ROW_1);
}

/* A command and taking back move rows too: what the window had noted is found again. */
static void
test_noted_through_others (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LpSession) command = lp_session_new ();
  g_autoptr (GPtrArray) changes = NULL;
  LpApplied applied = { 0 };
  LpStep *step = lp_step_new ("Change a class", NULL);
  const LpDataset *d;

  g_clear_object (&f->session);
  put (f, "labels/a.txt", ROW_0 ROW_0 ROW_1 ROW_2);
  f->session = open_session (f);
  d = lp_session_get_dataset (f->session);
  lp_step_add_row_op (step, d, LP_OP_SET_CLASS, d->subject, 3)->class_after = 0;
  g_assert_true (lp_session_note (f->session, step, &error));
  g_clear_object (&f->session);

  lp_session_add_path (command, f->set);
  lp_session_set_journal_folder (command, f->journal);
  lp_session_set_ignore_pending (command, TRUE);
  g_assert_true (lp_session_select_rules (command, "duplicate/exact-box", TRUE, NULL));
  g_assert_true (lp_session_load (command, NULL, NULL));
  g_assert_true (lp_session_repair (command, FALSE, LP_ORDER_REPAIR_DEFAULT, NULL, &error));
  changes = lp_session_plan (command, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (lp_session_apply (command, changes, NULL, &applied, &error));
  lp_applied_clear (&applied);
  g_clear_object (&command);
  assert_file (f, "labels/a.txt", ROW_0 ROW_1 ROW_2);

  f->session = open_session (f);
  g_assert_cmpuint (lp_session_get_stale (f->session)->len, ==, 0);
  g_assert_cmpuint (lp_session_get_steps (f->session)->len, ==, 1);
  g_assert_true (lp_session_undo_apply (f->session, &applied, &error));
  lp_applied_clear (&applied);
  lp_session_load (f->session, NULL, &error);
  g_assert_cmpuint (lp_session_get_stale (f->session)->len, ==, 0);
  g_assert_cmpuint (lp_session_get_steps (f->session)->len, ==, 1);
  apply (f, NULL);
  assert_file (f, "labels/a.txt", ROW_0 ROW_0 ROW_1 "0 0.80 0.20 0.20 0.20\n");
}

/* What no longer fits is told at each opening until the next Apply. */
static void
test_stale_until_apply (Fixture *f, gconstpointer data)
{
  note_removal (f->session);
  put (f, "labels/a.txt", ROW_1 ROW_0 ROW_2 ROW_2);
  lp_session_load (f->session, NULL, NULL);
  g_assert_cmpuint (lp_session_get_stale (f->session)->len, ==, 1);
  note_removal (f->session);
  lp_session_load (f->session, NULL, NULL);
  g_assert_cmpuint (lp_session_get_stale (f->session)->len, ==, 1);
  apply (f, NULL);
  g_assert_cmpuint (lp_session_get_stale (f->session)->len, ==, 0);
  assert_file (f, "labels/a.txt", ROW_1 ROW_0 ROW_2);
}

static void
test_nothing_noted_by_commands (Fixture *f, gconstpointer data)
{
  g_autoptr (LpSession) command = lp_session_new ();

  note_removal (f->session);
  g_clear_object (&f->session);
  lp_session_add_path (command, f->set);
  lp_session_set_journal_folder (command, f->journal);
  lp_session_set_ignore_pending (command, TRUE);
  g_assert_true (lp_session_load (command, NULL, NULL));
  g_assert_cmpuint (lp_session_get_steps (command)->len, ==, 0);
  g_assert_nonnull (find (command, "duplicate/exact-box"));
}

static void
test_order_of_an_export (Fixture *f, gconstpointer data)
{
  g_autofree char *file = g_build_filename (f->folder, "order.txt", NULL);
  g_autofree char *missing = g_build_filename (f->folder, "missing.txt", NULL);
  g_autoptr (GPtrArray) order = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (file, "can\nfork\napple\n", -1, NULL));
  order = lp_session_read_order (f->session, file, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (order->len, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (order, 0), ==, "can");
  g_assert_null (lp_session_read_order (f->session, missing, &error));
  g_assert_nonnull (error);
}

/* Other threads may be reading what is open: a class order leaves its dictionaries and roots as they are. */
static void
test_order_leaves_the_set_alone (Fixture *f, gconstpointer data)
{
  g_autofree char *elsewhere = g_build_filename (f->folder, "elsewhere", NULL);
  g_autofree char *file = g_build_filename (elsewhere, "order.txt", NULL);
  const LpDataset *d = lp_session_get_dataset (f->session);
  guint n_dicts = d->dicts->len, n_files = d->files->len;
  g_autoptr (GPtrArray) order = NULL;

  g_assert_cmpint (g_mkdir (elsewhere, 0755), ==, 0);
  g_assert_true (g_file_set_contents (file, "can\nfork\napple\n", -1, NULL));
  order = lp_session_read_order (f->session, file, NULL);
  g_assert_nonnull (order);
  g_assert_false (lp_roots_contain (lp_session_get_roots (f->session), file));
  g_assert_cmpuint (d->dicts->len, ==, n_dicts);
  g_assert_cmpuint (d->files->len, ==, n_files);
  lp_session_load (f->session, NULL, NULL);
  g_assert_cmpstr (g_ptr_array_index (order, 2), ==, "apple");
}

/* A new set inside the old one would be read as part of it, whatever way leads there. */
static void
test_export_into_itself (Fixture *f, gconstpointer data)
{
  static const char *const places[] = {
    "set", "set/new", "set/labels", "set/images/new", "link/new", "set/x/../new/y"
  };
  g_autofree char *link = g_build_filename (f->folder, "link", NULL);

  g_assert_cmpint (symlink (f->set, link), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *destination = g_build_filename (f->folder, places[i], NULL);
      LpExportOptions options = { .destination = destination, .with_errors = TRUE };
      LpExported exported = { 0 };
      g_autoptr (GError) error = NULL;

      g_assert_false (lp_session_export (f->session, &options, NULL, &exported, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
      g_assert_nonnull (strstr (error->message, "inside the data set"));
      lp_exported_clear (&exported);
    }
}

/* What a person did not ask about still stops an export. */
static void
test_export_asks_every_rule (Fixture *f, gconstpointer data)
{
  g_autofree char *destination = g_build_filename (f->folder, "out", NULL);
  LpExportOptions options = { .destination = destination };
  LpExported exported = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (LpSession) session = lp_session_new ();

  lp_session_add_path (session, f->set);
  g_assert_true (lp_session_select_rules (session, "label/*", TRUE, NULL));
  g_assert_true (lp_session_load (session, NULL, NULL));
  g_assert_cmpuint (lp_session_get_findings (session)->errors, ==, 0);
  lp_session_export (session, &options, NULL, &exported, &error);
  g_assert_no_error (error);
  g_assert_false (exported.written);
  g_assert_cmpuint (exported.stopped_by->len, >, 0);
  g_assert_false (g_file_test (destination, G_FILE_TEST_EXISTS));
  lp_exported_clear (&exported);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/session/disk/save-diff", test_save_diff);
  FIXTURE_TEST ("/session/disk/apply-and-back", test_apply_and_back);
  FIXTURE_TEST ("/session/disk/left-out", test_left_out);
  FIXTURE_TEST ("/session/disk/refused-stays", test_refused_stays);
  FIXTURE_TEST ("/session/disk/noted-through-others", test_noted_through_others);
  FIXTURE_TEST ("/session/disk/stale-until-apply", test_stale_until_apply);
  FIXTURE_TEST ("/session/disk/nothing-noted-by-commands", test_nothing_noted_by_commands);
  FIXTURE_TEST ("/session/disk/order-of-an-export", test_order_of_an_export);
  FIXTURE_TEST ("/session/disk/order-leaves-the-set-alone", test_order_leaves_the_set_alone);
  FIXTURE_TEST ("/session/disk/export-into-itself", test_export_into_itself);
  FIXTURE_TEST ("/session/disk/export-asks-every-rule", test_export_asks_every_rule);
  return g_test_run ();
}
