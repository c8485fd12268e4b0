/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fixture.h"

static guint32
file_named (LpSession *session, const char *name)
{
  const LpDataset *d = lp_session_get_dataset (session);

  for (guint32 i = 0; i < d->files->len; i++)
    if (g_str_equal (lp_dataset_file (d, i)->name, name))
      return i;
  g_assert_not_reached ();
}

static void
expect (LpSession *session, guint32 line, guint around, guint32 first, const char *text)
{
  g_autoptr (GError) error = NULL;
  guint32 file = file_named (session, "a.txt"), from = 0;
  g_autoptr (GPtrArray) lines = lp_session_read_lines (session, file, line, around, &from, &error);
  g_autofree char *joined = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (from, ==, first);
  g_ptr_array_add (lines, NULL);
  joined = g_strjoinv ("|", (char **) lines->pdata);
  g_assert_cmpstr (joined, ==, text);
}

static void
test_lines (Fixture *f, gconstpointer data)
{
  put (f, "labels/a.txt", "one\r\ntwo\n\nfour\x1b[31m\nfive");
  expect (f->session, 3, 1, 2, "two||four\\x1b[31m");
  expect (f->session, 0, 1, 1, "one|two|");
  expect (f->session, 1, 0, 1, "one");
  expect (f->session, 5, 1, 4, "four\\x1b[31m|five");
  expect (f->session, 99, 2, 97, "");
}

static void
test_long_line (Fixture *f, gconstpointer data)
{
  g_autofree char *wide = g_strnfill (100000, 'x');
  g_autofree char *text = g_strconcat (wide, "\nlast\n", NULL);
  guint32 first;
  g_autoptr (GPtrArray) lines = NULL;

  put (f, "labels/a.txt", text);
  lines = lp_session_read_lines (f->session, file_named (f->session, "a.txt"), 2, 1, &first, NULL);
  g_assert_cmpuint (lines->len, ==, 2);
  g_assert_cmpint (g_utf8_strlen (lines->pdata[0], -1), <=, 401);
  g_assert_cmpstr (lines->pdata[1], ==, "last");
}

static void
test_gone (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (f->set, "labels/a.txt", NULL);
  guint32 first;

  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_null (lp_session_read_lines (f->session, file_named (f->session, "a.txt"), 1, 2, &first, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/session-text/lines", test_lines);
  FIXTURE_TEST ("/session-text/long-line", test_long_line);
  FIXTURE_TEST ("/session-text/gone", test_gone);
  return g_test_run ();
}
