/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "edit/lp-edit.h"

#define SUBJECT "/data set/日本/data.yaml"

typedef struct
{
  char *folder;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = g_dir_make_tmp ("lp-journal-XXXXXX", NULL);
  g_assert_nonnull (f->folder);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_assert_cmpint (g_remove (path), ==, 0);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  remove_tree (f->folder);
  g_free (f->folder);
}

static LpJournal *
open_journal (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  LpJournal *journal = lp_journal_open (SUBJECT, f->folder, &error);

  g_assert_no_error (error);
  g_assert_nonnull (journal);
  return journal;
}

/* The one file with that ending. */
static char *
journal_file (Fixture *f, const char *ending)
{
  g_autoptr (GDir) dir = g_dir_open (f->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ending))
      return g_build_filename (f->folder, name, NULL);
  return NULL;
}

/* An outside judge: what the sqlite3 program says. */
static char *
ask_sqlite (Fixture *f, const char *sql)
{
  g_autofree char *file = journal_file (f, ".sqlite");
  const char *const argv[] = { "sqlite3", file, sql, NULL };
  g_autoptr (GError) error = NULL;
  char *out = NULL;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return g_strchomp (out);
}

static LpStep *
full_step (void)
{
  LpStep *step = lp_step_new ("Give the job’s names", "order/sorted");
  LpOp *op = lp_op_new (LP_OP_SET_NUMBERS);
  const gint32 map[] = { -3, 1, 0, 4 };

  op->path = g_strdup ("/set/l\xff.txt");
  op->offset = G_GUINT64_CONSTANT (0xfedcba9876);
  op->expected = g_bytes_new ("2 0.5\0 0.5", 10);
  op->before[0] = 0.1;
  op->before[3] = 1e-300;
  op->after[0] = -0.0;
  op->after[2] = 1.0 / 3.0;
  op->class_before = LP_CLASS_NONE;
  op->class_after = 7;
  op->decimals = 11;
  op->layer = 3;
  op->row = 9;
  g_ptr_array_add (step->ops, op);
  op = lp_op_new (LP_OP_SET_NAMES);
  op->names_before = g_ptr_array_new_with_free_func (g_free);
  op->names_after = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (op->names_before, g_strdup ("scissors "));
  g_ptr_array_add (op->names_before, NULL);
  g_ptr_array_add (op->names_before, g_strdup (""));
  g_ptr_array_add (op->names_before, g_strdup ("は\xfe\""));
  op->map = g_array_new (FALSE, FALSE, sizeof (gint32));
  g_array_append_vals (op->map, map, G_N_ELEMENTS (map));
  op->new_path = g_strdup ("/set/new name.txt");
  g_ptr_array_add (step->ops, op);
  return step;
}

static void
test_round_trip (Fixture *f, gconstpointer data)
{
  g_autoptr (LpJournal) journal = open_journal (f);
  g_autoptr (LpStep) step = full_step ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) steps = NULL;
  g_autoptr (GArray) undone = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new ("2 0.5\0 0.5", 10);
  const LpStep *kept;
  const LpOp *op;

  g_assert_true (lp_journal_note (journal, step, &error));
  g_assert_cmpint (step->id, >, 0);
  lp_journal_close (g_steal_pointer (&journal));
  journal = open_journal (f);
  steps = lp_journal_pending (journal, &undone, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (steps->len, ==, 1);
  g_assert_false (g_array_index (undone, gboolean, 0));
  kept = g_ptr_array_index (steps, 0);
  g_assert_cmpint (kept->id, ==, step->id);
  g_assert_cmpstr (kept->sentence, ==, "Give the job’s names");
  g_assert_cmpstr (kept->rule, ==, "order/sorted");
  g_assert_cmpint (kept->when_us, ==, step->when_us);
  g_assert_cmpuint (kept->ops->len, ==, 2);
  op = g_ptr_array_index (kept->ops, 0);
  g_assert_cmpint (op->kind, ==, LP_OP_SET_NUMBERS);
  g_assert_cmpstr (op->path, ==, "/set/l\xff.txt");
  g_assert_cmpuint (op->offset, ==, G_GUINT64_CONSTANT (0xfedcba9876));
  g_assert_true (g_bytes_equal (op->expected, bytes));
  g_assert_true (op->before[0] == 0.1 && op->before[3] == 1e-300 && op->after[2] == 1.0 / 3.0);
  g_assert_cmpint (op->class_before, ==, LP_CLASS_NONE);
  g_assert_cmpint (op->class_after, ==, 7);
  g_assert_cmpuint (op->decimals, ==, 11);
  g_assert_cmpuint (op->layer, ==, LP_NONE);
  g_assert_cmpuint (op->row, ==, LP_NONE);
  g_assert_null (op->new_path);
  g_assert_null (op->names_before);
  g_assert_null (op->map);
  op = g_ptr_array_index (kept->ops, 1);
  g_assert_null (op->path);
  g_assert_null (op->expected);
  g_assert_nonnull (op->names_after);
  g_assert_cmpuint (op->names_after->len, ==, 0);
  g_assert_cmpuint (op->names_before->len, ==, 4);
  g_assert_cmpstr (g_ptr_array_index (op->names_before, 0), ==, "scissors ");
  g_assert_null (g_ptr_array_index (op->names_before, 1));
  g_assert_cmpstr (g_ptr_array_index (op->names_before, 2), ==, "");
  g_assert_cmpstr (g_ptr_array_index (op->names_before, 3), ==, "は\xfe\"");
  g_assert_cmpuint (op->map->len, ==, 4);
  g_assert_cmpint (g_array_index (op->map, gint32, 0), ==, -3);
  g_assert_cmpint (g_array_index (op->map, gint32, 3), ==, 4);
  g_assert_cmpstr (op->new_path, ==, "/set/new name.txt");
}

static guint
n_pending (LpJournal *journal, guint *n_undone)
{
  g_autoptr (GArray) undone = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) steps = lp_journal_pending (journal, &undone, &error);

  g_assert_no_error (error);
  *n_undone = 0;
  for (guint i = 0; i < undone->len; i++)
    *n_undone += g_array_index (undone, gboolean, i) != 0;
  return steps->len;
}

static void
test_undo_redo_forget (Fixture *f, gconstpointer data)
{
  g_autoptr (LpJournal) journal = open_journal (f);
  g_autoptr (LpStep) a = full_step (), b = full_step (), c = full_step ();
  g_autoptr (GError) error = NULL;
  guint undone;

  g_assert_true (lp_journal_note (journal, a, &error));
  g_assert_true (lp_journal_note (journal, b, &error));
  g_assert_true (lp_journal_set_undone (journal, b->id, TRUE, &error));
  g_assert_cmpuint (n_pending (journal, &undone), ==, 2);
  g_assert_cmpuint (undone, ==, 1);
  g_assert_true (lp_journal_set_undone (journal, b->id, FALSE, &error));
  g_assert_cmpuint (n_pending (journal, &undone), ==, 2);
  g_assert_cmpuint (undone, ==, 0);
  /* A new step drops what had been taken back and not done again. */
  g_assert_true (lp_journal_set_undone (journal, b->id, TRUE, &error));
  g_assert_true (lp_journal_note (journal, c, &error));
  g_assert_cmpint (c->id, >, b->id);
  g_assert_cmpuint (n_pending (journal, &undone), ==, 2);
  g_assert_cmpuint (undone, ==, 0);
  g_assert_true (lp_journal_forget (journal, &error));
  g_assert_cmpuint (n_pending (journal, &undone), ==, 0);
  g_assert_false (lp_journal_set_undone (journal, c->id, TRUE, &error));
  g_assert_nonnull (error);
}

static void
test_outside_judge (Fixture *f, gconstpointer data)
{
  LpJournal *journal;
  g_autoptr (LpStep) step = full_step ();
  g_autoptr (GError) error = NULL;
  g_autofree char *whole = NULL, *subject = NULL, *version = NULL, *mode = NULL, *sentence = NULL;

  g_assert_false (lp_journal_exists (SUBJECT, f->folder));
  journal = open_journal (f);
  g_assert_true (lp_journal_exists (SUBJECT, f->folder));
  g_assert_true (lp_journal_note (journal, step, &error));
  lp_journal_close (journal);
  whole = ask_sqlite (f, "PRAGMA integrity_check");
  g_assert_cmpstr (whole, ==, "ok");
  subject = ask_sqlite (f, "SELECT CAST(path AS TEXT) FROM subject");
  g_assert_cmpstr (subject, ==, SUBJECT);
  version = ask_sqlite (f, "PRAGMA user_version");
  g_assert_cmpstr (version, ==, "2");
  mode = ask_sqlite (f, "PRAGMA journal_mode");
  g_assert_cmpstr (mode, ==, "wal");
  sentence = ask_sqlite (f, "SELECT sentence FROM step");
  g_assert_cmpstr (sentence, ==, "Give the job’s names");
}

static void
test_second_writer (Fixture *f, gconstpointer data)
{
  g_autoptr (LpJournal) journal = open_journal (f);
  g_autoptr (GError) error = NULL;
  int status;
  pid_t child;

  g_assert_null (lp_journal_open (SUBJECT, f->folder, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  lp_journal_close (g_steal_pointer (&journal));
  /* The lock goes with the process that held it, however that ends. */
  child = fork ();
  if (child == 0)
    {
      LpJournal *held = lp_journal_open (SUBJECT, f->folder, NULL);

      if (held == NULL)
        _exit (1);
      raise (SIGKILL);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));
  journal = open_journal (f);
}

/* Another process holds it: ours is told. */
static void
test_second_process (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LpJournal) journal = NULL;
  int ready[2], status;
  char byte;
  pid_t child;

  journal = open_journal (f); /* so that the file is there already */
  lp_journal_close (g_steal_pointer (&journal));
  g_assert_cmpint (pipe (ready), ==, 0);
  child = fork ();
  if (child == 0)
    {
      byte = lp_journal_open (SUBJECT, f->folder, NULL) != NULL ? '+' : '-';
      if (write (ready[1], &byte, 1) == 1)
        pause ();
      _exit (1);
    }
  g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
  g_assert_cmpint (byte, ==, '+');
  g_assert_null (lp_journal_open (SUBJECT, f->folder, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  kill (child, SIGKILL);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  journal = open_journal (f);
  close (ready[0]);
  close (ready[1]);
}

static void
test_other_files (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL, *before = NULL, *after = NULL, *not_a_folder = NULL, *out = NULL;
  gsize n_before, n_after;

  lp_journal_close (open_journal (f));
  path = journal_file (f, ".sqlite");
  /* Somebody else's database, a newer version, another data set's journal. */
  out = ask_sqlite (f, "PRAGMA user_version = 3");
  g_assert_null (lp_journal_open (SUBJECT, f->folder, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_clear_error (&error);
  g_free (out);
  out = ask_sqlite (f, "PRAGMA user_version = 2; UPDATE subject SET path = '/other'");
  g_assert_null (lp_journal_open (SUBJECT, f->folder, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_clear_error (&error);
  /* No database at all: told, and left as it is. */
  g_assert_true (g_file_set_contents (path, "my diary, kept since 1998, many pages of it", -1, NULL));
  g_assert_true (g_file_get_contents (path, &before, &n_before, NULL));
  g_assert_null (lp_journal_open (SUBJECT, f->folder, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_clear_error (&error);
  g_assert_true (g_file_get_contents (path, &after, &n_after, NULL));
  g_assert_cmpmem (before, n_before, after, n_after);
  /* A folder that cannot be made. */
  not_a_folder = g_build_filename (path, "below", NULL);
  g_assert_null (lp_journal_open (SUBJECT, not_a_folder, &error));
  g_assert_nonnull (error);
}

/* ---- damage ---- */

static guint
count_runs (const char *name, guint few)
{
  const char *wanted = g_getenv (name);

  return wanted != NULL ? (guint) g_ascii_strtoull (wanted, NULL, 10) : few;
}

static char *
make_large_journal (Fixture *f, gsize *length)
{
  g_autoptr (LpJournal) journal = open_journal (f);
  char *content = NULL;
  g_autofree char *path = NULL;

  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (LpStep) step = full_step ();

      step->when_us = i;
      ((LpOp *) g_ptr_array_index (step->ops, 0))->class_after = (gint32) i;
      g_assert_true (lp_journal_note (journal, step, NULL));
    }
  lp_journal_close (g_steal_pointer (&journal));
  path = journal_file (f, ".sqlite");
  g_assert_true (g_file_get_contents (path, &content, length, NULL));
  return content;
}

/* Opened, a damaged file gives a message, or steps every one of which is as it was noted. */
static void
judge_damaged (Fixture *f, guint *refused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LpJournal) journal = lp_journal_open (SUBJECT, f->folder, &error);
  g_autoptr (GPtrArray) steps = NULL;

  if (journal != NULL)
    steps = lp_journal_pending (journal, NULL, &error);
  if (steps == NULL)
    {
      g_assert_nonnull (error);
      g_assert_cmpstr (error->message, !=, "");
      *refused += 1;
      return;
    }
  for (guint i = 0; i < steps->len; i++)
    {
      const LpStep *step = g_ptr_array_index (steps, i);
      const LpOp *op = g_ptr_array_index (step->ops, 0);

      g_assert_cmpint (op->class_after, ==, (gint32) step->when_us);
      g_assert_cmpstr (op->path, ==, "/set/l\xff.txt");
    }
}

static void
test_damage (Fixture *f, gconstpointer data)
{
  gsize length;
  g_autofree char *content = make_large_journal (f, &length);
  g_autofree char *path = journal_file (f, ".sqlite");
  g_autoptr (GRand) rand = g_rand_new_with_seed (8);
  guint refused = 0, runs = count_runs ("LP_TEST_DAMAGES", 150);

  for (guint i = 0; i < runs; i++)
    {
      g_autofree char *bad = g_memdup2 (content, length);
      gsize n = length, at = (gsize) g_rand_int_range (rand, 0, (gint32) length);
      g_autofree char *wal = g_strconcat (path, "-wal", NULL);

      if (i % 3 == 0)
        n = MAX (at, 1);
      else
        for (gsize k = at; k < MIN (at + (i % 3 == 1 ? 1 : 40), length); k++)
          bad[k] = (char) g_rand_int (rand);
      g_unlink (wal);
      g_assert_true (g_file_set_contents (path, bad, (gssize) n, NULL));
      judge_damaged (f, &refused);
    }
  /* Most places matter. */
  g_assert_cmpuint (refused, >, runs / 2);
}

/* ---- kill -9 ---- */

/* Reads what the victim acknowledged, and kills it after a while. */
static GArray *
run_victim (Fixture *f, guint microseconds)
{
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "core", "edit", "journal-victim", NULL);
  char *argv[] = { program, f->folder, NULL };
  GArray *acks = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) lines = NULL;
  char buffer[4096];
  gssize n;
  GPid pid;
  int out, status;

  g_spawn_async_with_pipes (NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  /* The clock starts with the first acknowledgement; the pipe holds what comes until the end. */
  n = read (out, buffer, sizeof buffer);
  g_assert_cmpint (n, >, 0);
  g_string_append_len (text, buffer, n);
  g_usleep (microseconds);
  kill (pid, SIGKILL);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
  while ((n = read (out, buffer, sizeof buffer)) > 0)
    g_string_append_len (text, buffer, n);
  close (out);
  lines = g_strsplit (text->str, "\n", -1);
  for (guint i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++)
    {
      gint64 number = g_ascii_strtoll (lines[i], NULL, 10);

      g_array_append_val (acks, number);
    }
  return acks;
}

static gboolean
holds (GPtrArray *steps, GArray *undone, gint64 id, gboolean *is_undone)
{
  for (guint i = 0; i < steps->len; i++)
    if (((LpStep *) g_ptr_array_index (steps, i))->id == id)
      {
        *is_undone = g_array_index (undone, gboolean, i);
        return TRUE;
      }
  return FALSE;
}

static void
judge_victim (Fixture *f, GArray *acks)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LpJournal) journal = lp_journal_open ("/set/data.yaml", f->folder, &error);
  g_autoptr (GPtrArray) steps = NULL;
  g_autoptr (GArray) undone = NULL;

  g_assert_no_error (error);
  steps = lp_journal_pending (journal, &undone, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < acks->len; i++)
    {
      gint64 id = g_array_index (acks, gint64, i);
      gboolean last = i + 1 == acks->len, next_takes_back = !last && g_array_index (acks, gint64, i + 1) == -id;
      gboolean is_undone = FALSE;

      if (id > 0 && !next_takes_back)
        {
          g_assert_true (holds (steps, undone, id, &is_undone));
          /* The last one may just have been taken back, without a word yet. */
          g_assert_true (!is_undone || last);
        }
      /* Taken back: gone with the next one noted, or marked. */
      else if (id < 0 && holds (steps, undone, -id, &is_undone))
        g_assert_true (is_undone);
    }
  /* At most the gesture in progress more than what was acknowledged. */
  g_assert_true (lp_journal_forget (journal, &error));
}

static void
test_kill (Fixture *f, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (9);
  guint runs = count_runs ("LP_TEST_KILLS", 24);

  for (guint i = 0; i < runs; i++)
    {
      g_autoptr (GArray) acks = run_victim (f, (guint) g_rand_int_range (rand, 0, 40000));

      g_assert_cmpuint (acks->len, >, 0);
      judge_victim (f, acks);
    }
}

/* A journal of version 1 knew nothing of the steps of an Apply: what it keeps stays kept. */
static void
test_older_version (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LpJournal) journal = open_journal (f);
  g_autoptr (LpStep) step = full_step ();
  g_autoptr (GPtrArray) pending = NULL;
  g_autofree char *out = NULL, *version = NULL;

  g_assert_true (lp_journal_note (journal, step, &error));
  lp_journal_close (g_steal_pointer (&journal));
  out = ask_sqlite (f, "DROP TABLE apply_step; PRAGMA user_version = 1");
  journal = open_journal (f);
  pending = lp_journal_pending (journal, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (pending->len, ==, 1);
  lp_journal_close (g_steal_pointer (&journal));
  version = ask_sqlite (f, "PRAGMA user_version; SELECT count(*) FROM apply_step");
  g_assert_cmpstr (version, ==, "2\n0");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(path, function) g_test_add ("/edit/journal/" path, Fixture, NULL, set_up, function, tear_down)
  TEST ("round-trip", test_round_trip);
  TEST ("undo-redo-forget", test_undo_redo_forget);
  TEST ("outside-judge", test_outside_judge);
  TEST ("second-writer", test_second_writer);
  TEST ("second-process", test_second_process);
  TEST ("other-files", test_other_files);
  TEST ("damage", test_damage);
  TEST ("kill", test_kill);
  TEST ("older-version", test_older_version);
  return g_test_run ();
}
