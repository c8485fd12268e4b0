/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <fcntl.h>
#include <unistd.h>

#include "write/lp-staged.h"

#include "../edit/temp-tree.h"

static LpStaged *
stage_at (TempTree *t, const char *name)
{
  g_autofree char *path = tree_path (t, name);
  g_autoptr (GError) error = NULL;
  LpStaged *staged = lp_staged_new (path, &error);

  g_assert_no_error (error);
  return staged;
}

static void
test_whole (TempTree *t, gconstpointer data)
{
  g_autoptr (LpStaged) staged = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *big = g_strnfill (300000, 'x'), *source = tree_path (t, "source");
  int fd;

  tree_write (t, "source", big, -1);
  staged = stage_at (t, "made/out");
  fd = open (source, O_RDONLY);
  g_assert_true (lp_staged_write (staged, "a/b/c.txt", "hello", 5, &error));
  g_assert_true (lp_staged_write (staged, "empty", NULL, 0, &error));
  g_assert_true (lp_staged_copy (staged, "a/copy", fd, &error));
  g_assert_true (lp_staged_link (staged, "link", "/nowhere", &error));
  close (fd);
  tree_assert_file (t, "made/out/a/b/c.txt", NULL, 0);
  g_assert_true (lp_staged_publish (staged, &error));
  g_assert_no_error (error);
  tree_assert_file (t, "made/out/a/b/c.txt", "hello", -1);
  tree_assert_file (t, "made/out/empty", "", -1);
  tree_assert_file (t, "made/out/a/copy", big, -1);
  g_clear_pointer (&staged, lp_staged_free);
  tree_assert_file (t, "made/out/a/b/c.txt", "hello", -1);
  tree_assert_no_leftover (t);
}

/* An empty file is copied as one, though nothing is copied. */
static void
test_empty_copy (TempTree *t, gconstpointer data)
{
  g_autoptr (LpStaged) staged = stage_at (t, "out");
  g_autofree char *source = tree_path (t, "source");
  g_autoptr (GError) error = NULL;
  int fd;

  tree_write (t, "source", "", 0);
  fd = open (source, O_RDONLY);
  g_assert_true (lp_staged_copy (staged, "copy", fd, &error));
  close (fd);
  g_assert_true (lp_staged_publish (staged, &error));
  tree_assert_file (t, "out/copy", "", -1);
}

static void
test_not_published (TempTree *t, gconstpointer data)
{
  LpStaged *staged = stage_at (t, "out");
  g_autofree char *left = NULL;

  g_assert_true (lp_staged_write (staged, "a/b/c.txt", "hello", 5, NULL));
  lp_staged_free (staged);
  left = tree_shell (t, "ls -A");
  g_assert_cmpstr (left, ==, "");
}

static void
assert_refused (TempTree *t, const char *name)
{
  g_autofree char *path = tree_path (t, name);
  g_autoptr (GError) error = NULL;

  g_assert_null (lp_staged_new (path, &error));
  g_assert_nonnull (error);
  tree_assert_no_leftover (t);
}

static void
test_taken (TempTree *t, gconstpointer data)
{
  g_autoptr (LpStaged) staged = NULL;
  g_autoptr (GError) error = NULL;

  tree_write (t, "full/x", "x", 1);
  g_free (tree_shell (t, "ln -s nowhere dangling; mkdir empty"));
  assert_refused (t, "full");
  assert_refused (t, "full/x");
  assert_refused (t, "full/x/below");
  assert_refused (t, "dangling");
  /* Somebody puts something there meanwhile: it stays. */
  staged = stage_at (t, "empty");
  tree_write (t, "empty/mine", "mine", -1);
  g_assert_false (lp_staged_publish (staged, &error));
  g_assert_nonnull (error);
  tree_assert_file (t, "empty/mine", "mine", -1);
}

/* A name twice is an error, not the later of the two. */
static void
test_twice (TempTree *t, gconstpointer data)
{
  g_autoptr (LpStaged) staged = stage_at (t, "out");
  g_autoptr (GError) error = NULL;

  g_assert_false (lp_staged_folds_case (staged));
  g_assert_true (lp_staged_write (staged, "a", "1", 1, &error));
  g_assert_false (lp_staged_write (staged, "a", "2", 1, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(path, function) g_test_add ("/write/staged/" path, TempTree, NULL, tree_set_up, function, tree_tear_down)
  TEST ("whole", test_whole);
  TEST ("empty-copy", test_empty_copy);
  TEST ("not-published", test_not_published);
  TEST ("taken", test_taken);
  TEST ("twice", test_twice);
  return g_test_run ();
}
