/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/lp-atomic.h"
#include "refuse-call.h"

typedef struct
{
  char *folder;
  int fd;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = g_dir_make_tmp ("lp-atomic-XXXXXX", NULL);
  f->fd = open (f->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  g_assert_cmpint (f->fd, >=, 0);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  const char *argv[] = { "rm", "-rf", "--", f->folder, NULL };

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL));
  close (f->fd);
  g_free (f->folder);
}

static void
put (Fixture *f, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (f->folder, name, NULL);
  FILE *file = g_fopen (path, "w");

  g_assert_nonnull (file);
  g_assert_cmpint (fputs (text, file), >=, 0);
  g_assert_cmpint (fclose (file), ==, 0);
}

static void
check (Fixture *f, const char *name, const char *wanted)
{
  g_autofree char *path = g_build_filename (f->folder, name, NULL);
  g_autofree char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  g_assert_cmpstr (text, ==, wanted);
}

static guint
count_temporaries (Fixture *f)
{
  g_autoptr (GDir) dir = g_dir_open (f->folder, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_prefix (name, LP_TEMP_PREFIX);
  return n;
}

static char *
stage (Fixture *f, const char *name, const char *text)
{
  static guint n_staged;
  g_autoptr (GError) error = NULL;
  char *staged = g_strdup_printf (LP_TEMP_PREFIX "%u", ++n_staged);

  g_assert_true (lp_atomic_stage (f->fd, staged, name, text, strlen (text), 0, &error));
  g_assert_no_error (error);
  return staged;
}

static LpIdentity
identity (Fixture *f, const char *name)
{
  LpIdentity found;
  g_autoptr (GError) error = NULL;

  g_assert_true (lp_identity_of (f->fd, name, &found, &error));
  g_assert_no_error (error);
  return found;
}

static void
test_identity (Fixture *f, gconstpointer data)
{
  const LpIdentity nothing = { 0 };
  LpIdentity a, b, open_file;
  int fd;

  a = identity (f, "gone");
  g_assert_true (lp_identity_same (&a, &nothing));
  put (f, "x", "one");
  a = identity (f, "x");
  g_assert_cmpuint (a.size, ==, 3);
  g_assert_true (S_ISREG (a.mode));
  fd = openat (f->fd, "x", O_RDONLY);
  g_assert_true (lp_identity_of_fd (fd, &open_file));
  close (fd);
  g_assert_true (lp_identity_same (&a, &open_file));
  b = a;
  b.mode = 0;
  g_assert_true (lp_identity_same (&a, &b));
  b.mtime_ns++;
  g_assert_false (lp_identity_same (&a, &b));
}

static void
test_exchange (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *staged = NULL;
  LpIdentity old;

  put (f, "x", "old");
  g_assert_cmpint (fchmodat (f->fd, "x", 0640, 0), ==, 0);
  old = identity (f, "x");
  staged = stage (f, "x", "new");
  g_assert_true (lp_atomic_exchange (f->fd, staged, "x", &old, &error));
  g_assert_no_error (error);
  check (f, "x", "new");
  check (f, staged, "old");
  g_assert_cmpuint (identity (f, "x").mode & 0777, ==, 0640);
  lp_atomic_drop (f->fd, staged);
  lp_atomic_drop (f->fd, staged);
  g_assert_cmpuint (count_temporaries (f), ==, 0);
}

static void
test_changed_meanwhile (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *staged = NULL;
  LpIdentity old;

  put (f, "x", "old");
  old = identity (f, "x");
  staged = stage (f, "x", "new");
  put (f, "x", "stranger");
  g_assert_false (lp_atomic_exchange (f->fd, staged, "x", &old, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG);
  check (f, "x", "stranger");
  check (f, staged, "new");
  g_clear_error (&error);
  g_assert_cmpint (unlinkat (f->fd, "x", 0), ==, 0);
  g_assert_false (lp_atomic_exchange (f->fd, staged, "x", &old, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG);
  check (f, "x", NULL);
}

static void
test_new_file (Fixture *f, gconstpointer data)
{
  const LpIdentity nothing = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *staged = stage (f, "x", "first");
  g_autofree char *second = NULL;
  mode_t mask = umask (022);

  umask (mask);
  g_assert_true (lp_atomic_exchange (f->fd, staged, "x", &nothing, &error));
  check (f, "x", "first");
  g_assert_cmpuint (identity (f, "x").mode & 0777, ==, 0644 & ~mask);
  second = stage (f, "x", "second");
  g_assert_false (lp_atomic_exchange (f->fd, second, "x", &nothing, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG);
  check (f, "x", "first");
}

static void
test_links (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *staged = NULL, *link_path = g_build_filename (f->folder, "link", NULL);
  LpIdentity there;
  struct stat st;

  put (f, "x", "old");
  g_assert_cmpint (linkat (f->fd, "x", f->fd, "twin", 0), ==, 0);
  there = identity (f, "x");
  staged = stage (f, "x", "new");
  g_assert_false (lp_atomic_exchange (f->fd, staged, "x", &there, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  check (f, "x", "old");
  g_clear_error (&error);
  g_assert_cmpint (unlinkat (f->fd, "twin", 0), ==, 0);
  /* A link is never replaced by a file; the whole-file door writes what it leads to. */
  g_assert_cmpint (symlinkat ("x", f->fd, "link"), ==, 0);
  there = identity (f, "link");
  g_assert_false (lp_atomic_exchange (f->fd, staged, "link", &there, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
  g_clear_error (&error);
  g_assert_true (lp_atomic_write (link_path, "through", 7, NULL, &error));
  g_assert_cmpint (lstat (link_path, &st), ==, 0);
  g_assert_true (S_ISLNK (st.st_mode));
  check (f, "x", "through");
}

static void
test_write (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (f->folder, "x", NULL);
  g_autofree char *nowhere = g_build_filename (f->folder, "no/x", NULL);
  const LpIdentity nothing = { 0 };
  LpIdentity old;

  g_assert_true (lp_atomic_write (path, "one", 3, &nothing, &error));
  g_assert_false (lp_atomic_write (path, "two", 3, &nothing, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG);
  g_clear_error (&error);
  old = identity (f, "x");
  g_assert_true (lp_atomic_write (path, "two", 3, &old, &error));
  g_assert_true (lp_atomic_write (path, "", 0, NULL, &error));
  check (f, "x", "");
  g_assert_false (lp_atomic_write (path, "three", 5, &old, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG);
  g_clear_error (&error);
  g_assert_false (lp_atomic_write (nowhere, "x", 1, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (lp_atomic_write (f->folder, "x", 1, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
  g_assert_cmpuint (count_temporaries (f), ==, 0);
}

/* No room for the new bytes: the old ones stay and nothing is left behind. */
static void
test_no_room (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (f->folder, "x", NULL);
  g_autofree char *large = g_strnfill (100000, 'x');
  struct rlimit before, small;

  put (f, "x", "old");
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  small = before;
  small.rlim_cur = 8192;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  g_assert_false (lp_atomic_write (path, large, 100000, NULL, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "“x”"));
  check (f, "x", "old");
  g_assert_cmpuint (count_temporaries (f), ==, 0);
}

/* FUSE refuses to exchange (EINVAL), an old kernel has no such call (ENOSYS): looked at, then renamed. */
static void
test_without_exchange (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (f->folder, "y", NULL);
  g_autofree char *staged = NULL;
  const LpIdentity nothing = { 0 };
  LpIdentity old;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, 0);
      g_test_trap_assert_passed ();
      return;
    }
  refuse_call (SYS_renameat2, GPOINTER_TO_UINT (data));
  test_changed_meanwhile (f, NULL);
  test_new_file (f, NULL);
  old = identity (f, "x");
  staged = stage (f, "x", "new");
  g_assert_true (lp_atomic_exchange (f->fd, staged, "x", &old, &error));
  check (f, "x", "new");
  check (f, staged, NULL);
  lp_atomic_drop (f->fd, staged);
  g_assert_true (lp_atomic_write (path, "one", 3, &nothing, &error));
  g_assert_false (lp_atomic_write (path, "two", 3, &nothing, &error));
  check (f, "y", "one");
}

/* That the folder could not be flushed is not kept quiet: the new name may be lost with the power. */
static void
test_folder_not_synced (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, 0);
      g_test_trap_assert_passed ();
      return;
    }
  refuse_call (SYS_fsync, EIO);
  g_assert_false (lp_atomic_sync_folder (f->fd, f->folder, &error));
  g_assert_nonnull (strstr (error->message, "Input/output error"));
  g_clear_error (&error);
  put (f, "x", "old");
  {
    g_autofree char *path = g_build_filename (f->folder, "x", NULL);
    g_assert_false (lp_atomic_write (path, "new", 3, NULL, &error));
  }
  g_assert_nonnull (error);
  check (f, "x", "old");
  g_assert_cmpuint (count_temporaries (f), ==, 0);
}

/* ---- another program writes at the same time ---- */

#define RACES 300

typedef struct
{
  Fixture *f;
  gint done;
} Stranger;

static gpointer
write_again_and_again (gpointer data)
{
  Stranger *stranger = data;

  for (int i = 0; i < RACES; i++)
    {
      g_autofree char *text = g_strdup_printf ("stranger %d", i);

      put (stranger->f, "draft", text);
      g_assert_cmpint (renameat (stranger->f->fd, "draft", stranger->f->fd, "x"), ==, 0);
      g_usleep (200);
    }
  g_atomic_int_set (&stranger->done, 1);
  return NULL;
}

static char *
contents (Fixture *f, const char *name)
{
  g_autofree char *path = g_build_filename (f->folder, name, NULL);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

/* Files that were kept, each with something that the stranger wrote. */
static guint
count_kept (Fixture *f)
{
  g_autoptr (GDir) dir = g_dir_open (f->folder, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "x.kept"))
      {
        g_autofree char *text = contents (f, name);

        g_assert_true (g_str_has_prefix (text, "stranger"));
        n++;
      }
  return n;
}

/* Whenever an exchange reports success, what it took out is exactly what was expected; and the stranger's last write
 * is either there or was what our last success took out. */
static void
test_race (Fixture *f, gconstpointer data)
{
  Stranger stranger = { f, 0 };
  g_autofree char *last_taken = NULL, *end = NULL;
  GThread *thread;
  guint kept = 0;

  put (f, "x", "start");
  thread = g_thread_new ("stranger", write_again_and_again, &stranger);
  while (!g_atomic_int_get (&stranger.done))
    {
      LpIdentity before = identity (f, "x");
      g_autofree char *expected = contents (f, "x");
      LpIdentity after = identity (f, "x");
      g_autofree char *staged = NULL;
      g_autoptr (GError) error = NULL;

      if (!lp_identity_same (&before, &after))
        continue;
      staged = stage (f, "x", "ours");
      if (lp_atomic_exchange (f->fd, staged, "x", &before, &error))
        {
          g_autofree char *taken = contents (f, staged);
          g_assert_cmpstr (taken, ==, expected);
          if (g_str_has_prefix (taken, "stranger"))
            {
              g_free (last_taken);
              last_taken = g_steal_pointer (&taken);
            }
        }
      else if (g_error_matches (error, G_IO_ERROR,
                                LP_ATOMIC_ERROR_KEPT)) /* it wrote over ours, twice in an instant */
        kept++;
      else
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG);
      lp_atomic_drop (f->fd, staged);
    }
  g_thread_join (thread);
  g_assert_cmpuint (count_kept (f), ==, kept);
  end = contents (f, "x");
  if (g_strcmp0 (end, "ours") == 0)
    g_assert_cmpstr (last_taken, ==, "stranger 299");
  else
    g_assert_cmpstr (end, ==, "stranger 299");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/atomic/identity", Fixture, NULL, set_up, test_identity, tear_down);
  g_test_add ("/atomic/exchange", Fixture, NULL, set_up, test_exchange, tear_down);
  g_test_add ("/atomic/changed-meanwhile", Fixture, NULL, set_up, test_changed_meanwhile, tear_down);
  g_test_add ("/atomic/new-file", Fixture, NULL, set_up, test_new_file, tear_down);
  g_test_add ("/atomic/links", Fixture, NULL, set_up, test_links, tear_down);
  g_test_add ("/atomic/write", Fixture, NULL, set_up, test_write, tear_down);
  g_test_add ("/atomic/no-room", Fixture, NULL, set_up, test_no_room, tear_down);
  g_test_add ("/atomic/fuse", Fixture, GUINT_TO_POINTER (EINVAL), set_up, test_without_exchange, tear_down);
  g_test_add ("/atomic/old-kernel", Fixture, GUINT_TO_POINTER (ENOSYS), set_up, test_without_exchange, tear_down);
  g_test_add ("/atomic/not-synced", Fixture, NULL, set_up, test_folder_not_synced, tear_down);
  g_test_add ("/atomic/race", Fixture, NULL, set_up, test_race, tear_down);
  return g_test_run ();
}
