/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/lp-path.h"
#include "refuse-call.h"

static void
check_resolve (const char *folder, const char *path, const char *wanted)
{
  g_autofree char *found = lp_path_resolve (folder, path);
  g_assert_cmpstr (found, ==, wanted);
}

static void
test_resolve (void)
{
  check_resolve ("/a/b", "c.jpg", "/a/b/c.jpg");
  check_resolve ("/a/b", "../c.jpg", "/a/c.jpg");
  check_resolve ("/a/b/", "./x//y/./z", "/a/b/x/y/z");
  check_resolve ("/a", "../../../..", "/");
  check_resolve ("/a", "/x/../y/", "/y");
  check_resolve ("//a", "b", "/a/b");
  check_resolve ("/a", "", "/a");
  check_resolve ("/a", "..b/...", "/a/..b/...");
  check_resolve ("/", "x", "/x");
}

static void
check_relative (const char *root, const char *path, const char *wanted)
{
  g_autofree char *found = lp_path_relative (root, path);
  g_assert_cmpstr (found, ==, wanted);
}

static void
test_relative (void)
{
  check_relative ("/a", "/a/b/c", "b/c");
  check_relative ("/a", "/a", ".");
  check_relative ("/a", "/ab/c", "/ab/c");
  check_relative ("/", "/a", "a");
  check_relative ("/", "/", ".");
}

static void
test_common (void)
{
  const char *two[] = { "/d/yolo", "/d/job/output.manifest" };
  const char *near[] = { "/d/ab", "/d/abc" };
  const char *nested[] = { "/d", "/d/x/y" };
  const char *one_file[] = { "/d/data.yaml" };
  const gboolean folder_file[] = { TRUE, FALSE }, folders[] = { TRUE, TRUE }, file[] = { FALSE };
  g_autofree char *a = lp_path_common (two, folder_file, 2);
  g_autofree char *b = lp_path_common (near, folders, 2);
  g_autofree char *c = lp_path_common (nested, folders, 2);
  g_autofree char *d = lp_path_common (one_file, file, 1);

  g_assert_cmpstr (a, ==, "/d");
  g_assert_cmpstr (b, ==, "/d");
  g_assert_cmpstr (c, ==, "/d");
  g_assert_cmpstr (d, ==, "/d");
}

static void
check_label (const char *picture, const char *wanted)
{
  g_autofree char *found = lp_path_label_for (picture);
  g_assert_cmpstr (found, ==, wanted);
}

static void
test_stems (void)
{
  g_assert_cmpuint (lp_path_stem_length ("apple.green.jpg"), ==, 11);
  g_assert_cmpuint (lp_path_first_dot_length ("apple.green.jpg"), ==, 5);
  g_assert_cmpuint (lp_path_stem_length ("noext"), ==, 5);
  g_assert_cmpuint (lp_path_first_dot_length ("noext"), ==, 5);
  check_label ("/s/images/train/a.jpg", "/s/labels/train/a.txt");
  check_label ("/s/images/images/a.b.jpg", "/s/images/labels/a.b.txt");
  check_label ("/s/pictures/a.jpg", "/s/pictures/a.txt");
  check_label ("/s.d/noext", "/s.d/noext.txt");
  check_label ("/images/x/a.jpg", "/labels/x/a.txt");
  g_assert_true (lp_path_is_picture ("A.JPG"));
  g_assert_true (lp_path_is_picture ("a.b.webp"));
  g_assert_false (lp_path_is_picture ("a.txt"));
  g_assert_false (lp_path_is_picture ("jpg"));
}

/* ---- roots: a folder with good and bad ways in it, and one outside ---- */

typedef struct
{
  char *base, *inside, *outside;
  LpRoots *roots;
} Fixture;

static char *
in (const char *folder, const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static void
put (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = in (folder, name);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
link_to (const char *target, const char *folder, const char *name)
{
  g_autofree char *path = in (folder, name);
  g_assert_cmpint (symlink (target, path), ==, 0);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autofree char *secret = NULL, *good = NULL, *fifo = NULL, *deep = NULL, *named = NULL, *nested = NULL;

  f->base = g_dir_make_tmp ("lp-path-XXXXXX", NULL);
  f->inside = in (f->base, "in");
  f->outside = in (f->base, "out");
  named = in (f->base, "named");
  deep = in (f->inside, "deep/er");
  g_assert_cmpint (g_mkdir_with_parents (deep, 0700), ==, 0);
  g_assert_cmpint (g_mkdir (f->outside, 0700), ==, 0);
  put (f->inside, "a.txt", "hello");
  put (f->inside, "deep/b.txt", "deep");
  put (f->outside, "secret.txt", "secret");
  secret = in (f->outside, "secret.txt");
  good = in (f->inside, "a.txt");
  link_to ("a.txt", f->inside, "link-in");
  link_to (good, f->inside, "link-in-absolute");
  link_to (secret, f->inside, "link-out-absolute");
  link_to ("../out/secret.txt", f->inside, "link-out");
  link_to ("../in/a.txt", f->inside, "link-round");
  link_to ("gone", f->inside, "dangling");
  link_to ("loop", f->inside, "loop");
  link_to ("/dev/zero", f->inside, "zero");
  link_to ("/proc/self/fd/0", f->inside, "magic");
  nested = in (f->inside, "deep");
  link_to (nested, f->inside, "folder-absolute");
  link_to ("../out", f->inside, "folder-out");
  link_to ("folder-absolute/../a.txt", f->inside, "link-over-link");
  link_to ("in", f->base, "named");
  fifo = in (f->inside, "fifo");
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  f->roots = lp_roots_new ();
  lp_roots_add (f->roots, f->inside);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  const char *argv[] = { "rm", "-rf", "--", f->base, NULL };

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL));
  lp_roots_free (f->roots);
  g_free (f->inside);
  g_free (f->outside);
  g_free (f->base);
}

static void
check_open (Fixture *f, const char *name, const char *text, int code)
{
  g_autofree char *path = name[0] == '/' ? g_strdup (name) : in (f->inside, name);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  int fd;

  g_test_message ("%s", name);
  fd = lp_roots_open (f->roots, path, &error);
  if (text == NULL)
    {
      g_assert_cmpint (fd, ==, -1);
      g_assert_error (error, G_IO_ERROR, code);
      return;
    }
  g_assert_no_error (error);
  close (fd);
  bytes = lp_roots_read (f->roots, path, 100, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), text, strlen (text));
}

static void
test_open (Fixture *f, gconstpointer data)
{
  g_autofree char *secret = in (f->outside, "secret.txt");
  g_autofree char *named = in (f->base, "named/a.txt");

  check_open (f, "a.txt", "hello", 0);
  check_open (f, "deep/b.txt", "deep", 0);
  check_open (f, "link-in", "hello", 0);
  check_open (f, "link-in-absolute", "hello", 0);
  check_open (f, "link-round", "hello", 0);
  check_open (f, "folder-absolute/b.txt", "deep", 0);
  check_open (f, "link-over-link", "hello", 0);
  check_open (f, "link-out", NULL, G_IO_ERROR_NOT_MOUNTABLE_FILE);
  check_open (f, "link-out-absolute", NULL, G_IO_ERROR_NOT_MOUNTABLE_FILE);
  check_open (f, "folder-out/secret.txt", NULL, G_IO_ERROR_NOT_MOUNTABLE_FILE);
  check_open (f, "../out/secret.txt", NULL, G_IO_ERROR_NOT_MOUNTABLE_FILE);
  check_open (f, "zero", NULL, G_IO_ERROR_NOT_MOUNTABLE_FILE);
  check_open (f, "magic", NULL, G_IO_ERROR_NOT_MOUNTABLE_FILE);
  check_open (f, secret, NULL, G_IO_ERROR_NOT_MOUNTABLE_FILE);
  check_open (f, "/etc/passwd", NULL, G_IO_ERROR_NOT_MOUNTABLE_FILE);
  /* Not a name that the root is known by. */
  check_open (f, named, NULL, G_IO_ERROR_NOT_MOUNTABLE_FILE);
  check_open (f, "gone.txt", NULL, G_IO_ERROR_NOT_FOUND);
  check_open (f, "a.txt/x", NULL, G_IO_ERROR_NOT_FOUND);
  check_open (f, "dangling", NULL, G_IO_ERROR_NOT_FOUND);
  check_open (f, "loop", NULL, G_IO_ERROR_TOO_MANY_LINKS);
  check_open (f, "fifo", NULL, G_IO_ERROR_NOT_REGULAR_FILE);
  check_open (f, "deep", NULL, G_IO_ERROR_NOT_REGULAR_FILE);
  check_open (f, f->inside, NULL, G_IO_ERROR_NOT_REGULAR_FILE);
}

static void
check_folder (Fixture *f, const char *name, int code)
{
  g_autofree char *path = in (f->inside, name);
  g_autoptr (GError) error = NULL;
  int fd = lp_roots_open_folder (f->roots, path, &error);

  g_test_message ("%s", name);
  if (code >= 0)
    {
      g_assert_cmpint (fd, ==, -1);
      g_assert_error (error, G_IO_ERROR, code);
      g_assert_cmpstr (lp_roots_reason (error), !=, "");
      return;
    }
  g_assert_no_error (error);
  close (fd);
}

static void
test_open_folder (Fixture *f, gconstpointer data)
{
  check_folder (f, ".", -1);
  check_folder (f, "deep", -1);
  check_folder (f, "deep/er", -1);
  check_folder (f, "folder-absolute", -1);
  check_folder (f, "folder-absolute/er", -1);
  check_folder (f, "folder-out", G_IO_ERROR_NOT_MOUNTABLE_FILE);
  check_folder (f, "../out", G_IO_ERROR_NOT_MOUNTABLE_FILE);
  check_folder (f, "gone", G_IO_ERROR_NOT_FOUND);
  check_folder (f, "a.txt", G_IO_ERROR_NOT_FOUND);
  check_folder (f, "loop", G_IO_ERROR_TOO_MANY_LINKS);
  check_folder (f, "fifo", G_IO_ERROR_NOT_FOUND);
  lp_roots_add (f->roots, f->outside);
  check_folder (f, "folder-out", -1);
}

static void
test_more_roots (Fixture *f, gconstpointer data)
{
  g_autofree char *secret = in (f->outside, "secret.txt");
  g_autofree char *missing = in (f->base, "missing");
  g_autofree char *in_missing = in (missing, "x");

  lp_roots_add (f->roots, secret); /* the folder of a file */
  lp_roots_add (f->roots, missing);
  check_open (f, "link-out", "secret", 0);
  check_open (f, "link-out-absolute", "secret", 0);
  check_open (f, "folder-out/secret.txt", "secret", 0);
  check_open (f, secret, "secret", 0);
  check_open (f, in_missing, NULL, G_IO_ERROR_NOT_FOUND);
  g_assert_true (lp_roots_contain (f->roots, secret));
  g_assert_true (lp_roots_contain (f->roots, f->outside));
  g_assert_false (lp_roots_contain (f->roots, f->base));
}

/* A person named a link: what lies in it may be called by either name. */
static void
test_root_through_link (Fixture *f, gconstpointer data)
{
  g_autofree char *named = in (f->base, "named");
  g_autofree char *named_file = in (named, "a.txt");
  g_autofree char *real_file = in (f->inside, "a.txt");
  g_autofree char *round = in (named, "link-in-absolute");

  lp_roots_free (f->roots);
  f->roots = lp_roots_new ();
  lp_roots_add (f->roots, named);
  check_open (f, named_file, "hello", 0);
  check_open (f, real_file, "hello", 0);
  check_open (f, round, "hello", 0);
}

/* A kernel without openat2, and a sandbox that forbids it: the same answers folder by folder. */
static void
test_without_openat2 (Fixture *f, gconstpointer data)
{
  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, 0);
      g_test_trap_assert_passed ();
      return;
    }
  refuse_call (SYS_openat2, GPOINTER_TO_UINT (data));
  test_open (f, NULL);
  test_open_folder (f, NULL);
  test_more_roots (f, NULL);
}

static void
test_read_limit (Fixture *f, gconstpointer data)
{
  g_autofree char *path = in (f->inside, "a.txt");
  g_autoptr (GError) error = NULL;
  LpIdentity identity, now;
  g_autoptr (GBytes) whole = lp_roots_read (f->roots, path, 5, &identity, &error);
  g_autoptr (GBytes) cut = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (whole), ==, 5);
  g_assert_true (lp_identity_of (AT_FDCWD, path, &now, &error));
  g_assert_true (lp_identity_same (&identity, &now));
  g_assert_cmpuint (identity.size, ==, 5);
  cut = lp_roots_read (f->roots, path, 4, NULL, &error);
  g_assert_null (cut);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/path/resolve", test_resolve);
  g_test_add_func ("/path/relative", test_relative);
  g_test_add_func ("/path/common", test_common);
  g_test_add_func ("/path/stems", test_stems);
  g_test_add ("/path/roots/open", Fixture, NULL, set_up, test_open, tear_down);
  g_test_add ("/path/roots/folder", Fixture, NULL, set_up, test_open_folder, tear_down);
  g_test_add ("/path/roots/more", Fixture, NULL, set_up, test_more_roots, tear_down);
  g_test_add ("/path/roots/through-link", Fixture, NULL, set_up, test_root_through_link, tear_down);
  g_test_add ("/path/roots/old-kernel", Fixture, GUINT_TO_POINTER (ENOSYS), set_up, test_without_openat2, tear_down);
  g_test_add ("/path/roots/sandbox", Fixture, GUINT_TO_POINTER (EPERM), set_up, test_without_openat2, tear_down);
  g_test_add ("/path/roots/limit", Fixture, NULL, set_up, test_read_limit, tear_down);
  return g_test_run ();
}
