/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <fcntl.h>
#include <unistd.h>

#include "write/lp-splice.h"
#include "write/lp-target.h"

#include "../edit/temp-tree.h"

/* What a later run makes of what an interrupted one left: "old" becomes "new" in a.txt, .lp-tmp-x stands beside it.
 */

typedef struct
{
  const char *title;
  const char *there, *left; /* NULL: not there */
  LpTargetState state;      /* as looked at */
  const char *there_after, *left_after, *kept;
} Case;

static const Case cases[] = {
  { "old", "1 old\n", NULL, LP_TARGET_OLD, "1 old\n", NULL },
  { "new", "1 new\n", NULL, LP_TARGET_NEW, "1 new\n", NULL },
  { "a stranger's", "1 odd\n", NULL, LP_TARGET_STRANGER, "1 odd\n", NULL },
  { "gone", NULL, NULL, LP_TARGET_STRANGER, NULL, NULL },
  { "staged", "1 old\n", "1 new\n", LP_TARGET_OLD, "1 old\n", NULL },
  { "half staged", "1 old\n", "1 n", LP_TARGET_OLD, "1 old\n", NULL },
  { "nothing staged yet", "1 old\n", "", LP_TARGET_OLD, "1 old\n", NULL },
  { "exchanged", "1 new\n", "1 old\n", LP_TARGET_NEW, "1 new\n", NULL },
  { "a stranger's came out", "1 new\n", "1 odd\n", LP_TARGET_STRANGER, "1 odd\n", NULL },
  { "a stranger's came out of the way back", "1 old\n", "1 odd\n", LP_TARGET_STRANGER, "1 odd\n", NULL },
  { "put back already", "1 odd\n", "1 new\n", LP_TARGET_STRANGER, "1 odd\n", NULL },
  { "put back on the way back", "1 odd\n", "1 old\n", LP_TARGET_STRANGER, "1 odd\n", NULL },
  { "two strangers", "1 odd\n", "2 odd\n", LP_TARGET_STRANGER, "1 odd\n", NULL, "2 odd\n" },
  { "gone, and a stranger's beside", NULL, "1 odd\n", LP_TARGET_STRANGER, NULL, NULL, "1 odd\n" },
  { "gone, and ours beside", NULL, "1 new\n", LP_TARGET_STRANGER, NULL, NULL },
};

static LpApplyFile *
record_at (TempTree *t)
{
  g_autofree char *path = tree_path (t, "a.txt");
  LpApplyFile *file = lp_apply_file_new (path);
  g_autoptr (GBytes) old = g_bytes_new_static ("1 old\n", 6), content = NULL;

  lp_splice_add (file->spans, old, 2, 3, "new", 3);
  content = lp_splice_finish (file->spans, old);
  lp_splice_hash (content, file->after_hash);
  file->staged = g_strdup (".lp-tmp-x");
  return file;
}

static void
test_look (TempTree *t, gconstpointer data)
{
  const Case *c = data;
  LpApplyFile *file = record_at (t);
  LpTarget target = { .file = file, .dir_fd = open (t->path, O_RDONLY | O_DIRECTORY) };
  g_autoptr (GError) error = NULL;

  if (c->there != NULL)
    tree_write (t, "a.txt", c->there, -1);
  if (c->left != NULL)
    tree_write (t, ".lp-tmp-x", c->left, -1);
  g_assert_true (lp_target_look (&target, &error));
  g_assert_no_error (error);
  g_assert_cmpint (target.state, ==, c->state);
  tree_assert_file (t, "a.txt", c->there_after, -1);
  tree_assert_file (t, ".lp-tmp-x", c->left_after, -1);
  tree_assert_file (t, "a.txt.kept", c->kept, -1);
  if (c->kept != NULL)
    {
      g_assert_false (lp_target_write (&target, FALSE, &error));
      g_assert_nonnull (strstr (error->message, "“a.txt.kept”"));
      g_clear_error (&error);
    }
  g_assert_cmpint (lp_target_is_there (&target, FALSE), ==, c->state == LP_TARGET_NEW);
  g_assert_cmpint (lp_target_is_there (&target, TRUE), ==, c->state == LP_TARGET_OLD);
  lp_target_clear (&target);
  lp_apply_file_free (file);
  close (target.dir_fd);
}

/* Something else of that name is nothing to write to. */
static void
test_no_file (TempTree *t, gconstpointer data)
{
  LpApplyFile *file = record_at (t);
  LpTarget target = { .file = file, .dir_fd = open (t->path, O_RDONLY | O_DIRECTORY) };
  g_autoptr (GError) error = NULL;
  static const char *const lines[] = { "mkdir a.txt", "mkfifo a.txt", "echo 1 old > b; ln -s b a.txt" };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_free (tree_shell (t, lines[i]));
      g_assert_true (lp_target_look (&target, &error));
      g_assert_cmpint (target.state, ==, LP_TARGET_STRANGER);
      g_assert_false (lp_target_write (&target, FALSE, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG);
      g_clear_error (&error);
      g_free (tree_shell (t, "rm -rf a.txt"));
    }
  lp_target_clear (&target);
  lp_apply_file_free (file);
  close (target.dir_fd);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/write/target/look/", cases[i].title, NULL);

      g_test_add (path, TempTree, &cases[i], tree_set_up, test_look, tree_tear_down);
    }
  g_test_add ("/write/target/no-file", TempTree, NULL, tree_set_up, test_no_file, tree_tear_down);
  return g_test_run ();
}
