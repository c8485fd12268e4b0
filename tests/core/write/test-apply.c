/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "write/lp-apply.h"

#include "../edit/temp-tree.h"

/* Whatever happens to an Apply, a file has its old bytes or its new ones, and the whole can be finished or taken
 * back. The work is done by apply-victim.c, which says what it changes. */

static const struct
{
  const char *old_name, *old_text, *new_name, *new_text; /* NULL: is not there */
} files[] = {
  { "edit1.txt", "0 0.5 0.5 0.25 0.25\n", "edit1.txt", "7 0.5 0.5 0.25 0.25\n" },
  { "edit2.txt", "1 0.1 0.1 0.1 0.1\r\n2", "edit2.txt", "7 0.1 0.1 0.1 0.1\r\n2" },
  { "dot.txt", "3 0.5\n", "dot.green.txt", "7 0.5\n" },
  { "pure.txt", "4 0.5\n", "pure.green.txt", "4 0.5\n" },
  { NULL, NULL, "new/labels/empty1.txt", "" },
  { NULL, NULL, "new/labels/empty2.txt", "" },
};

#define N_CHANGES G_N_ELEMENTS (files)

typedef struct
{
  TempTree tree;
  guint n_many; /* further files many<n>.txt, edited like edit1.txt */
} Fixture;

typedef struct
{
  gboolean killed, fired, ok;
  guint n_files, n_refused;
  int state; /* LpApplyState */
} Outcome;

/* What the victim of the last run complained of. */
static char complaint[2000];

static void
fill (Fixture *f)
{
  g_free (tree_shell (&f->tree, "rm -rf set journal; mkdir set journal; touch set/empty1.jpg set/empty2.jpg"));
  for (guint i = 0; i < N_CHANGES; i++)
    if (files[i].old_name != NULL)
      {
        g_autofree char *name = g_build_filename ("set", files[i].old_name, NULL);

        tree_write (&f->tree, name, files[i].old_text, -1);
      }
  for (guint i = 0; i < f->n_many; i++)
    {
      g_autofree char *name = g_strdup_printf ("set/edit-many%u.txt", i), *text = g_strdup_printf ("0 0.%u\n", i);

      tree_write (&f->tree, name, text, -1);
    }
}

static void
set_up (Fixture *f, gconstpointer data)
{
  tree_set_up (&f->tree, NULL);
  fill (f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  tree_tear_down (&f->tree, NULL);
}

/* ---- the victim ---- */

static char **
victim_environment (const char *fault)
{
  char **environment = g_get_environ ();

  return fault != NULL ? g_environ_setenv (environment, "LP_FAULT", fault, TRUE)
                       : g_environ_unsetenv (environment, "LP_FAULT");
}

static char **
victim_command (Fixture *f, const char *what, const char *limit)
{
  GPtrArray *argv = g_ptr_array_new ();

  g_ptr_array_add (argv, g_test_build_filename (G_TEST_BUILT, "core", "write", "apply-victim", NULL));
  g_ptr_array_add (argv, g_strdup (what));
  g_ptr_array_add (argv, tree_path (&f->tree, "set"));
  g_ptr_array_add (argv, tree_path (&f->tree, "journal"));
  g_ptr_array_add (argv, g_strdup (limit));
  g_ptr_array_add (argv, NULL);
  return (char **) g_ptr_array_free (argv, FALSE);
}

static Outcome
outcome_of (const char *out, int status)
{
  const char *line = strstr (out, "ready\n") != NULL ? strstr (out, "ready\n") + 6 : out;
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  Outcome outcome = { .killed = WIFSIGNALED (status) };

  if (outcome.killed)
    g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);
  else
    {
      g_assert_true (WIFEXITED (status));
      g_assert_cmpuint (g_strv_length (words), ==, 5);
      outcome.fired = words[0][0] == '1';
      outcome.ok = words[1][0] == '1';
      outcome.n_files = (guint) g_ascii_strtoull (words[2], NULL, 10);
      outcome.n_refused = (guint) g_ascii_strtoull (words[3], NULL, 10);
      outcome.state = atoi (words[4]);
      g_assert_cmpint (WEXITSTATUS (status), ==, !outcome.ok);
    }
  return outcome;
}

static Outcome
run_limited (Fixture *f, const char *what, const char *fault, const char *limit)
{
  g_auto (GStrv) environment = victim_environment (fault), argv = victim_command (f, what, limit);
  g_autofree char *out = NULL, *problems = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, argv, environment, G_SPAWN_DEFAULT, NULL, NULL, &out, &problems, &status, &error);
  g_assert_no_error (error);
  g_strlcpy (complaint, problems, sizeof complaint);
  /* What fails says why. */
  if (WIFEXITED (status) && WEXITSTATUS (status) != 0)
    g_assert_cmpuint (strlen (problems), >, 10);
  return outcome_of (out, status);
}

static Outcome
run (Fixture *f, const char *what, const char *fault)
{
  return run_limited (f, what, fault, NULL);
}

/* ---- the judge ---- */

static gboolean
holds (Fixture *f, const char *name, const char *text)
{
  g_autofree char *path = name != NULL ? g_build_filename ("set", name, NULL) : NULL;
  g_autoptr (GBytes) bytes = path != NULL ? tree_read (&f->tree, path) : NULL;

  return bytes != NULL && g_bytes_get_size (bytes) == strlen (text) &&
         memcmp (g_bytes_get_data (bytes, NULL), text, strlen (text)) == 0;
}

static gboolean
is_there (Fixture *f, const char *name)
{
  g_autofree char *relative = g_build_filename ("set", name, NULL), *path = tree_path (&f->tree, relative);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static gboolean
is_old (Fixture *f, guint i)
{
  return files[i].old_name != NULL ? holds (f, files[i].old_name, files[i].old_text)
                                   : !is_there (f, files[i].new_name);
}

static gboolean
is_new (Fixture *f, guint i)
{
  return holds (f, files[i].new_name, files[i].new_text);
}

/* The new bytes under the old name, or on the way back the old ones under the new name. */
static gboolean
is_on_the_way (Fixture *f, guint i)
{
  return files[i].old_name != NULL &&
         (is_there (f, files[i].new_name) ? holds (f, files[i].new_name, files[i].old_text)
                                          : holds (f, files[i].old_name, files[i].new_text));
}

static void
assert_each_is_whole (Fixture *f)
{
  for (guint i = 0; i < N_CHANGES; i++)
    {
      g_assert_true (is_old (f, i) || is_new (f, i) || is_on_the_way (f, i));
      if (files[i].old_name != NULL && strcmp (files[i].old_name, files[i].new_name) != 0)
        g_assert_true (is_there (f, files[i].old_name) != is_there (f, files[i].new_name));
    }
}

static void
assert_many (Fixture *f, gboolean new_too, gboolean old_too)
{
  for (guint i = 0; i < f->n_many; i++)
    {
      g_autofree char *name = g_strdup_printf ("edit-many%u.txt", i), *old_text = g_strdup_printf ("0 0.%u\n", i);
      g_autofree char *new_text = g_strdup_printf ("7 0.%u\n", i);

      g_assert_true ((old_too && holds (f, name, old_text)) || (new_too && holds (f, name, new_text)));
    }
}

static void
assert_all_old (Fixture *f)
{
  for (guint i = 0; i < N_CHANGES; i++)
    g_assert_true (is_old (f, i));
  g_assert_false (is_there (f, "new"));
  assert_many (f, FALSE, TRUE);
  tree_assert_no_leftover (&f->tree);
}

static void
assert_all_new (Fixture *f)
{
  for (guint i = 0; i < N_CHANGES; i++)
    g_assert_true (is_new (f, i));
  assert_many (f, TRUE, FALSE);
  tree_assert_no_leftover (&f->tree);
}

/* ---- when nothing goes wrong ---- */

static void
test_there_and_back (Fixture *f, gconstpointer data)
{
  Outcome outcome;
  g_autofree char *modes = NULL, *after = NULL, *back = NULL;

  g_free (tree_shell (&f->tree, "chmod 640 set/edit1.txt; chmod 604 set/dot.txt"));
  modes = tree_shell (&f->tree, "stat -c %a set/edit1.txt set/dot.txt");
  outcome = run (f, "apply", NULL);
  g_assert_true (outcome.ok);
  g_assert_cmpuint (outcome.n_files, ==, N_CHANGES);
  g_assert_cmpint (outcome.state, ==, LP_APPLY_DONE);
  assert_all_new (f);
  after = tree_shell (&f->tree, "stat -c %a set/edit1.txt set/dot.green.txt");
  g_assert_cmpstr (after, ==, modes);
  outcome = run (f, "undo", NULL);
  g_assert_true (outcome.ok);
  g_assert_cmpuint (outcome.n_files, ==, N_CHANGES);
  g_assert_cmpint (outcome.state, ==, LP_APPLY_NONE);
  assert_all_old (f);
  back = tree_shell (&f->tree, "stat -c %a set/edit1.txt set/dot.txt");
  g_assert_cmpstr (back, ==, modes);
  outcome = run (f, "undo", NULL);
  g_assert_false (outcome.ok);
}

/* A folder that others have put something into stays. */
static void
test_made_folder_in_use (Fixture *f, gconstpointer data)
{
  g_assert_true (run (f, "apply", NULL).ok);
  tree_write (&f->tree, "set/new/labels/other.txt", "mine\n", -1);
  g_assert_true (run (f, "undo", NULL).ok);
  g_assert_true (holds (f, "new/labels/other.txt", "mine\n"));
  g_assert_false (is_there (f, "new/labels/empty1.txt"));
}

/* ---- others write too ---- */

static void
test_changed_before_undo (Fixture *f, gconstpointer data)
{
  Outcome outcome;

  g_assert_true (run (f, "apply", NULL).ok);
  tree_write (&f->tree, "set/edit1.txt", "9 other\n", -1);
  tree_write (&f->tree, "set/new/labels/empty1.txt", "0 0.5\n", -1);
  g_free (tree_shell (&f->tree, "rm set/edit2.txt; echo new > set/dot.txt"));
  outcome = run (f, "undo", NULL);
  g_assert_false (outcome.ok);
  g_assert_cmpuint (outcome.n_files, ==, 2);
  g_assert_cmpuint (outcome.n_refused, ==, 4);
  g_assert_true (holds (f, "edit1.txt", "9 other\n"));
  g_assert_true (holds (f, "new/labels/empty1.txt", "0 0.5\n"));
  g_assert_true (holds (f, "dot.txt", "new\n"));
  g_assert_true (holds (f, "dot.green.txt", "7 0.5\n"));
  g_assert_false (is_there (f, "edit2.txt"));
  g_assert_true (is_old (f, 3));
  tree_assert_no_leftover (&f->tree);
  /* It stays known: once the stranger's file is out of the way the rest comes back. */
  g_free (tree_shell (&f->tree, "rm set/dot.txt"));
  outcome = run (f, "undo", NULL);
  g_assert_cmpuint (outcome.n_refused, ==, 3);
  g_assert_true (is_old (f, 2));
}

/* Another program writes between our look and our exchange: at each exchange in turn. */
static void
test_stranger (Fixture *f, gconstpointer data)
{
  const char *action = data;
  gboolean fired = TRUE;

  for (guint k = 1; fired; k++)
    {
      g_autofree char *fault = g_strdup_printf ("rename:%u:%s", k, action), *found = NULL;
      Outcome outcome;

      fill (f);
      outcome = run (f, "apply", fault);
      fired = outcome.fired;
      found = tree_shell (&f->tree, "grep -rl '^s' set | wc -l");
      /* A rename to a free name meets nobody there. */
      g_assert_cmpint (atoi (found), ==, (int) outcome.n_refused);
      g_assert_cmpint (outcome.ok, ==, outcome.n_refused == 0);
      g_assert_cmpuint (outcome.n_files + outcome.n_refused, ==, N_CHANGES);
      tree_assert_no_leftover (&f->tree);
      if (outcome.n_refused == 0)
        continue;
      /* What was refused was never written, so it is not taken back either. */
      outcome = run (f, "undo", NULL);
      g_assert_true (outcome.ok);
      g_assert_cmpuint (outcome.n_files, ==, N_CHANGES - 1);
    }
}

/* Another program takes a name that we were about to give: its file stays, ours is as it was, bytes and name. */
static void
test_name_taken (Fixture *f, gconstpointer data)
{
  guint n_taken = 0;
  gboolean fired = TRUE;

  for (guint k = 1; fired; k++)
    {
      g_autofree char *fault = g_strdup_printf ("rename:%u:STRANGER-NEW", k);
      Outcome outcome;

      fill (f);
      outcome = run (f, "apply", fault);
      fired = outcome.fired;
      n_taken += outcome.n_refused;
      for (guint i = 0; i < N_CHANGES; i++)
        {
          gboolean strangers = holds (f, files[i].new_name, "stranger");

          g_assert_true (strangers ? files[i].old_name == NULL || holds (f, files[i].old_name, files[i].old_text)
                                   : is_new (f, i));
        }
      tree_assert_no_leftover (&f->tree);
      g_assert_true (run (f, "undo", NULL).ok);
    }
  g_assert_cmpuint (n_taken, ==, 4);
}

/* … and we die before the stranger's bytes are put back. */
static void
test_stranger_and_kill (Fixture *f, gconstpointer data)
{
  for (guint k = 1; k <= 2 * 3; k++)
    {
      g_autofree char *fault = g_strdup_printf ("rename:%u:STRANGER-KILL", (k + 1) / 2), *found = NULL;
      gboolean finish = k % 2 == 0;

      fill (f);
      g_assert_true (run (f, "apply", fault).killed);
      found = tree_shell (&f->tree, "grep -rl '^stranger' set | wc -l");
      if (atoi (found) == 0)
        continue;
      run (f, finish ? "finish" : "undo", NULL);
      g_free (g_steal_pointer (&found));
      found = tree_shell (&f->tree, "grep -l '^stranger' set/*.txt | wc -l");
      g_assert_cmpstr (found, ==, "1");
      tree_assert_no_leftover (&f->tree);
    }
}

/* Where another program's bytes stand: nowhere, in the file that it wrote, or under a name that was told. */
static gboolean
find_stranger (Fixture *f, const char *told)
{
  g_autofree char *found = tree_shell (&f->tree, "grep -rl '^s' set || true"), *name = g_path_get_basename (found);

  g_assert_null (strchr (found, '\n'));
  if (!g_str_has_suffix (name, ".txt") && found[0] != '\0')
    g_assert_nonnull (strstr (told, name));
  return found[0] != '\0';
}

/* … and its bytes cannot be put back: they stay, through whatever comes afterwards. */
static void
test_stranger_and_failing (Fixture *f, gconstpointer data)
{
  const char *action = data;
  guint n_met = 0;

  for (guint k = 1; k <= 2 * 5; k++)
    {
      g_autofree char *fault = g_strdup_printf ("rename:%u:%s", (k + 1) / 2, action), *told = NULL;

      fill (f);
      run (f, "apply", fault);
      if (!find_stranger (f, complaint))
        continue;
      n_met++;
      told = g_strdup (complaint);
      run (f, k % 2 == 0 ? "finish" : "undo", NULL);
      g_assert_true (find_stranger (f, told));
      run (f, "undo", NULL);
      g_assert_true (find_stranger (f, told));
    }
  g_assert_cmpuint (n_met, ==, 2 * 3);
}

static void
test_links (Fixture *f, gconstpointer data)
{
  Outcome outcome;

  g_free (tree_shell (&f->tree, "ln set/edit1.txt set/second"));
  outcome = run (f, "apply", NULL);
  g_assert_false (outcome.ok);
  g_assert_cmpuint (outcome.n_refused, ==, 1);
  g_assert_true (is_old (f, 0));
  g_assert_true (holds (f, "second", files[0].old_text));
  for (guint i = 1; i < N_CHANGES; i++)
    g_assert_true (is_new (f, i));
}

/* ---- calls fail ---- */

/* After a failed Apply: nothing was changed, or it can be finished or taken back. */
static void
judge_failed (Fixture *f, const Outcome *outcome, gboolean finish)
{
  assert_each_is_whole (f);
  if (outcome->state == LP_APPLY_NONE)
    {
      assert_all_old (f);
      return;
    }
  g_assert_true (run (f, finish ? "finish" : "undo", NULL).ok || outcome->state == LP_APPLY_DONE);
  if (finish)
    assert_all_new (f);
  else
    assert_all_old (f);
}

/* The 1st, 2nd, 3rd … call fails, until a run goes through without. */
static void
test_failing (Fixture *f, gconstpointer data)
{
  static const char *const actions[] = { "EIO", "ENOSPC", "FROM-ENOSPC" };
  const char *call = data;

  for (guint a = 0; a < G_N_ELEMENTS (actions); a++)
    {
      gboolean fired = TRUE;

      for (guint k = 1; fired; k++)
        {
          g_autofree char *fault = g_strdup_printf ("%s:%u:%s", call, k, actions[a]);
          Outcome outcome;

          g_assert_cmpuint (k, <, 200);
          fill (f);
          outcome = run (f, "apply", fault);
          fired = outcome.fired;
          if (outcome.ok)
            assert_all_new (f);
          else if (outcome.state >= 0)
            judge_failed (f, &outcome, (k + a) % 2 == 0);
          else
            assert_all_old (f);
        }
    }
}

/* A file system without exchange: check and rename. */
static void
test_no_exchange (Fixture *f, gconstpointer data)
{
  g_assert_true (run (f, "apply", "rename:1:FROM-EINVAL").ok);
  assert_all_new (f);
  g_assert_true (run (f, "undo", "rename:1:FROM-EINVAL").ok);
  assert_all_old (f);
}

static void
test_read_only (Fixture *f, gconstpointer data)
{
  static const char *const faults[] = { "create:3:FROM-EACCES", "create:3:FROM-EROFS", "create:3:FROM-EMFILE" };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      Outcome outcome = run (f, "apply", faults[i]);

      g_assert_true (outcome.fired && !outcome.ok);
      assert_all_old (f);
    }
}

/* ---- full disk ---- */

static void
test_full_disk (Fixture *f, gconstpointer data)
{
  g_autofree char *big = g_strnfill (2 << 20, '1');
  Outcome outcome;

  /* A limit on the size of files: the record fits, the second of the new files does not. */
  tree_write (&f->tree, "set/edit-big.txt", big, -1);
  outcome = run_limited (f, "apply", NULL, "1000000");
  g_assert_false (outcome.ok);
  assert_all_old (f);
  g_assert_true (holds (f, "edit-big.txt", big));
  /* Not even the record. */
  outcome = run_limited (f, "apply", NULL, "3000");
  g_assert_false (outcome.ok);
  assert_all_old (f);
}

/* A file system of its own that is really full, where we may mount one. */
static void
test_full_tmpfs (Fixture *f, gconstpointer data)
{
  g_auto (GStrv) argv = victim_command (f, "apply", NULL);
  g_autofree char *script = NULL, *out = NULL;

  out = tree_shell (&f->tree,
                    "unshare -rm sh -c 'mount -t tmpfs -o size=64k tmpfs journal && echo may' 2>/dev/null || true");
  if (strcmp (out, "may") != 0)
    {
      g_test_message ("no mounts here: the limit on files and the failing calls stand for it");
      return;
    }
  g_free (g_steal_pointer (&out));
  script =
    g_strdup_printf ("unshare -rm sh -ec '"
                     "cp -r set keep; mount -t tmpfs -o size=64k tmpfs set; cp -r keep/. set; cp -r set old; "
                     "head -c 200k /dev/zero > set/filler.bin 2>/dev/null || true; "
                     "! %s apply set journal >/dev/null 2>why; diff -r --exclude=filler.bin set old; cat why; "
                     "rm set/filler.bin; %s apply set journal | tail -n 1; %s undo set journal; diff -r set old'",
                     argv[0], argv[0], argv[0]);
  out = tree_shell (&f->tree, script);
  g_assert_nonnull (strstr (out, "No space left"));
  g_assert_nonnull (strstr (out, "0 1 6 0 2"));
  g_assert_nonnull (strstr (out, "0 1 6 0 0"));
}

/* ---- kill -9 ---- */

/* Before and behind every call that changes something, through the whole Apply. */
static void
test_kill_at_each_call (Fixture *f, gconstpointer data)
{
  gboolean killed = TRUE;

  for (guint k = 1; killed; k++)
    {
      g_autofree char *fault = g_strdup_printf ("any:%u:KILL", k),
                      *behind = g_strdup_printf ("rename:%u:KILL-AFTER", k);

      for (guint way = 0; way < 3; way++)
        {
          Outcome outcome;

          fill (f);
          outcome = run (f, "apply", way < 2 ? fault : behind);
          if (way == 0)
            killed = outcome.killed;
          if (!outcome.killed)
            continue;
          assert_each_is_whole (f);
          /* Killed again on the way on or back, then left alone. */
          run (f, k % 2 ? "settle" : "undo", k % 3 ? "rename:2:KILL" : "unlink:1:KILL");
          assert_each_is_whole (f);
          outcome = run (f, way == 0 ? "undo" : "settle", NULL);
          if (way == 0)
            assert_all_old (f);
          else if (is_old (f, 0))
            assert_all_old (f);
          else
            assert_all_new (f);
        }
    }
}

static LpApplyState
state_of (Fixture *f)
{
  g_autofree char *folder = tree_path (&f->tree, "journal");
  g_autoptr (GError) error = NULL;
  g_autoptr (LpJournal) journal = lp_journal_open ("/the/set", folder, &error);
  gint64 id;

  g_assert_no_error (error);
  return lp_journal_apply_last (journal, &id, NULL, NULL);
}

/* The steps of `note` are as many, and the last of them is on that file. */
static void
assert_noted (Fixture *f, guint n, const char *name)
{
  g_autofree char *folder = tree_path (&f->tree, "journal"), *set = tree_path (&f->tree, "set"), *wanted = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LpJournal) journal = lp_journal_open ("/the/set", folder, &error);
  g_autoptr (GPtrArray) steps = NULL;
  const LpStep *last;

  g_assert_no_error (error);
  steps = lp_journal_pending (journal, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (steps->len, ==, n);
  last = g_ptr_array_index (steps, n - 1);
  wanted = g_build_filename (set, name, NULL);
  g_assert_cmpstr (((const LpOp *) g_ptr_array_index (last->ops, 0))->path, ==, wanted);
}

/* Killed before any call, then finished or taken back: the noted steps are as many and stand where the files say. */
static void
test_kill_and_noted (Fixture *f, gconstpointer data)
{
  gboolean killed = TRUE;

  for (guint k = 1; killed; k++)
    {
      g_autofree char *fault = g_strdup_printf ("any:%u:KILL", k);
      gboolean done;

      fill (f);
      g_assert_true (run (f, "note", NULL).ok);
      killed = run (f, "apply", fault).killed;
      done = state_of (f) == LP_APPLY_DONE;
      run (f, k % 2 == 0 ? "settle" : "undo", NULL);
      if (is_old (f, 0))
        {
          assert_all_old (f);
          assert_noted (f, done ? 1 : 2, "dot.txt");
        }
      else
        {
          assert_all_new (f);
          assert_noted (f, 1, "dot.green.txt");
        }
    }
}

static void
kill_after (Fixture *f, guint microseconds)
{
  g_auto (GStrv) environment = victim_environment (NULL), argv = victim_command (f, "apply", NULL);
  g_autoptr (GError) error = NULL;
  char line[64];
  GPid pid;
  int out;

  g_spawn_async_with_pipes (NULL, argv, environment, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, NULL, &out, NULL,
                            &error);
  g_assert_no_error (error);
  /* The clock starts with the Apply. */
  g_assert_cmpint (read (out, line, sizeof line), >, 0);
  g_usleep (microseconds);
  kill (pid, SIGKILL);
  waitpid (pid, NULL, 0);
  close (out);
}

/* A few hundred files and any moment. LP_TEST_KILLS asks for more of them. */
static void
test_kill_at_any_moment (Fixture *f, gconstpointer data)
{
  const char *wanted = g_getenv ("LP_TEST_KILLS");
  guint runs = wanted != NULL ? (guint) g_ascii_strtoull (wanted, NULL, 10) : 16;
  g_autoptr (GRand) rand = g_rand_new_with_seed (15);

  f->n_many = 600;
  for (guint i = 0; i < runs; i++)
    {
      fill (f);
      kill_after (f, (guint) g_rand_int_range (rand, 0, 60000));
      assert_each_is_whole (f);
      assert_many (f, TRUE, TRUE);
      if (i % 2 == 0)
        {
          run (f, "undo", NULL);
          assert_all_old (f);
          continue;
        }
      run (f, "settle", NULL);
      if (is_old (f, 0))
        assert_all_old (f); /* killed before the record was there */
      else
        assert_all_new (f);
    }
}

/* One that was interrupted comes first. */
static void
test_next_apply (Fixture *f, gconstpointer data)
{
  g_assert_true (run (f, "apply", "rename:2:KILL").killed);
  g_assert_false (run (f, "apply", NULL).ok);
  g_assert_true (run (f, "finish", NULL).ok);
  assert_all_new (f);
}

int
main (int argc, char **argv)
{
  /* Hundreds of runs: in memory their flushes cost nothing. */
  if (g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR) && access ("/dev/shm", W_OK) == 0)
    g_setenv ("TMPDIR", "/dev/shm", TRUE);
  g_test_init (&argc, &argv, NULL);
#define TEST(path, function, data) g_test_add ("/write/apply/" path, Fixture, data, set_up, function, tear_down)
  TEST ("there-and-back", test_there_and_back, NULL);
  TEST ("made-folder-in-use", test_made_folder_in_use, NULL);
  TEST ("changed-before-undo", test_changed_before_undo, NULL);
  TEST ("stranger", test_stranger, "STRANGER");
  TEST ("stranger-quiet", test_stranger, "STRANGER-QUIET");
  TEST ("stranger-eio", test_stranger_and_failing, "STRANGER-THEN-EIO");
  TEST ("stranger-eio-once", test_stranger_and_failing, "STRANGER-THEN-EIO-ONCE");
  TEST ("stranger-quiet-eio", test_stranger_and_failing, "STRANGER-QUIET-THEN-EIO");
  TEST ("stranger-quiet-eio-once", test_stranger_and_failing, "STRANGER-QUIET-THEN-EIO-ONCE");
  TEST ("name-taken", test_name_taken, NULL);
  TEST ("stranger-and-kill", test_stranger_and_kill, NULL);
  TEST ("links", test_links, NULL);
  TEST ("failing/write", test_failing, "write");
  TEST ("failing/pwrite", test_failing, "pwrite");
  TEST ("failing/fsync", test_failing, "fsync");
  TEST ("failing/syncfs", test_failing, "syncfs");
  TEST ("failing/create", test_failing, "create");
  TEST ("failing/rename", test_failing, "rename");
  TEST ("no-exchange", test_no_exchange, NULL);
  TEST ("read-only", test_read_only, NULL);
  TEST ("full-disk", test_full_disk, NULL);
  TEST ("full-tmpfs", test_full_tmpfs, NULL);
  TEST ("kill-at-each-call", test_kill_at_each_call, NULL);
  TEST ("kill-and-noted", test_kill_and_noted, NULL);
  TEST ("kill-at-any-moment", test_kill_at_any_moment, NULL);
  TEST ("next-apply", test_next_apply, NULL);
  return g_test_run ();
}
