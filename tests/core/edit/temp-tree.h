/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

/* A folder of its own for each test, and outside programs run in it. Included by one file a test program. */

typedef struct
{
  char *path;
} TempTree;

static inline void
tree_set_up (TempTree *t, gconstpointer data)
{
  t->path = g_dir_make_tmp ("lp-write-XXXXXX", NULL);
  g_assert_nonnull (t->path);
}

static inline void
tree_remove (const char *path)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK) && g_file_test (path, G_FILE_TEST_IS_DIR))
    g_chmod (path, 0700);
  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      tree_remove (child);
    }
  g_assert_cmpint (g_remove (path), ==, 0);
}

static inline void
tree_tear_down (TempTree *t, gconstpointer data)
{
  tree_remove (t->path);
  g_free (t->path);
}

static inline char *
tree_path (const TempTree *t, const char *name)
{
  return g_build_filename (t->path, name, NULL);
}

static inline void
tree_write (const TempTree *t, const char *name, const char *text, gssize length)
{
  g_autofree char *path = tree_path (t, name), *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_file_set_contents (path, text, length, &error);
  g_assert_no_error (error);
}

static inline GBytes *
tree_read (const TempTree *t, const char *name)
{
  g_autofree char *path = tree_path (t, name);
  char *text;
  gsize length;

  return g_file_get_contents (path, &text, &length, NULL) ? g_bytes_new_take (text, length) : NULL;
}

static inline void
tree_assert_file (const TempTree *t, const char *name, const char *text, gssize length)
{
  g_autoptr (GBytes) bytes = tree_read (t, name);

  if (text == NULL)
    {
      g_assert_null (bytes);
      return;
    }
  g_assert_nonnull (bytes);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), text,
                   length < 0 ? strlen (text) : (gsize) length);
}

/* A shell line in the folder; its output, trailing blanks removed, is the caller's. */
static inline char *
tree_shell (const TempTree *t, const char *line)
{
  const char *argv[] = { "sh", "-ec", line, NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *problems = NULL;
  char *out = NULL;
  int status;

  g_spawn_sync (t->path, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, &problems, &status, &error);
  g_assert_no_error (error);
  if (status != 0)
    g_error ("%s\n%s%s", line, out, problems);
  return g_strchomp (out);
}

/* The names of our unfinished files anywhere below: there must be none. */
static inline void
tree_assert_no_leftover (const TempTree *t)
{
  g_autofree char *found = tree_shell (t, "find . -name '.lp-*'");

  g_assert_cmpstr (found, ==, "");
}
