/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "write/lp-apply.h"
#include "write/lp-splice.h"

#include "../edit/temp-tree.h"

/* The judge is patch: what it makes of the diff must be our new bytes. */

static LpChange *
new_change (const TempTree *t, const char *name, GBytes *old)
{
  LpChange *change = g_new0 (LpChange, 1);

  change->path = tree_path (t, name);
  change->old_content = old != NULL ? g_bytes_ref (old) : NULL;
  change->spans = lp_spans_new ();
  return change;
}

static void
finish_change (LpChange *change)
{
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  GBytes *old = change->old_content != NULL ? change->old_content : nothing;

  change->new_content = lp_splice_finish (change->spans, old);
  g_assert_nonnull (change->new_content);
}

/* Writes every old file, lets patch work, and compares. */
static void
judge (TempTree *t, GPtrArray *changes)
{
  g_autoptr (GBytes) diff = lp_plan_diff (changes, t->path);
  g_autofree char *out = NULL;
  gsize length;
  const char *text = g_bytes_get_data (diff, &length);

  for (guint i = 0; i < changes->len; i++)
    {
      const LpChange *change = changes->pdata[i];
      gsize n;

      if (change->old_content == NULL)
        continue;
      text = g_bytes_get_data (change->old_content, &n);
      tree_write (t, change->path + strlen (t->path) + 1, text != NULL ? text : "", (gssize) n);
    }
  text = g_bytes_get_data (diff, &length);
  tree_write (t, "the.patch", text, (gssize) length);
  out = tree_shell (t, "patch -p1 < the.patch; test -z \"$(find . -name '*.orig' -o -name '*.rej')\"");
  g_assert_null (strstr (out, "fuzz"));
  g_assert_null (strstr (out, "offset"));
  g_assert_null (strstr (out, "Stripping"));
  for (guint i = 0; i < changes->len; i++)
    {
      const LpChange *change = changes->pdata[i];
      const char *path = change->new_path != NULL ? change->new_path : change->path;
      gsize n;

      text = g_bytes_get_data (change->new_content, &n);
      tree_assert_file (t, path + strlen (t->path) + 1, text != NULL ? text : "", (gssize) n);
      if (change->new_path != NULL)
        g_assert_false (g_file_test (change->path, G_FILE_TEST_EXISTS));
    }
}

typedef struct
{
  const char *title, *name, *old;
  struct
  {
    gsize offset, length;
    const char *text;
  } edits[4]; /* ended by text NULL */
  const char *new;
} Case;

static const Case cases[] = {
  { "one token", "a.txt", "0 1\n1 2\n", { { 4, 1, "7" } }, "0 1\n7 2\n" },
  { "crlf", "labels/a.txt", "0 1\r\n1 2\r\n2 3\r\n", { { 5, 1, "7" } }, "0 1\r\n7 2\r\n2 3\r\n" },
  { "crlf everywhere", "a.txt", "0 1\r\n1 2\r\n", { { 0, 1, "8" }, { 5, 1, "7" } }, "8 1\r\n7 2\r\n" },
  { "bom",
    "a.txt",
    "\xef\xbb\xbf"
    "0 1\n1 2\n",
    { { 3, 1, "5" } },
    "\xef\xbb\xbf"
    "5 1\n1 2\n" },
  { "no final newline", "a.txt", "0 1\n1 2", { { 4, 1, "7" } }, "0 1\n7 2" },
  { "no final newline, context", "a.txt", "0 1\n1 2", { { 0, 1, "7" } }, "7 1\n1 2" },
  { "no final newline, crlf", "a.txt", "0 1\r\n1 2", { { 5, 3, "" } }, "0 1\r\n" },
  { "append behind no newline", "a.txt", "can\npaper", { { 9, 0, "\norange" } }, "can\npaper\norange" },
  { "append", "classes.txt", "can\npaper\n", { { 10, 0, "orange\n" } }, "can\npaper\norange\n" },
  { "remove the first line", "a.txt", "0 1\n1 2\n", { { 0, 4, "" } }, "1 2\n" },
  { "remove the last line", "a.txt", "0 1\n1 2\n", { { 4, 4, "" } }, "0 1\n" },
  { "remove everything", "a.txt", "0 1\n", { { 0, 4, "" } }, "" },
  { "remove everything, no newline", "a.txt", "0 1", { { 0, 3, "" } }, "" },
  { "a blank in the name", "my labels/a b.txt", "0 1\n1 2\n", { { 4, 1, "7" } }, "0 1\n7 2\n" },
  { "japanese", "ラベル/写真 一.txt", "名前 は\nリンゴ\n", { { 11, 9, "みかん" } }, "名前 は\nみかん\n" },
  { "quotes and a backslash", "a\"b\\c.txt", "0 1\n", { { 0, 1, "2" } }, "2 1\n" },
  { "a tab and a newline", "a\tb\nc.txt", "0 1\n", { { 0, 1, "2" } }, "2 1\n" },
  { "not utf-8", "a.txt", "\xff\xfe 1\n", { { 3, 1, "2" } }, "\xff\xfe 2\n" },
  { "looks like a diff", "a.txt", "--- a\n+++ b\n@@ -1 +1 @@\n", { { 4, 1, "x" } }, "--- x\n+++ b\n@@ -1 +1 @@\n" },
  { "two edits in a line", "a.txt", "0 1\n1 2\n", { { 4, 1, "70" }, { 6, 1, "90" } }, "0 1\n70 90\n" },
  { "far apart",
    "a.txt",
    "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\nm\n",
    { { 0, 1, "A" }, { 24, 1, "M" } },
    "A\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\nM\n" },
  { "seven lines apart",
    "a.txt",
    "a\nb\nc\nd\ne\nf\ng\nh\ni\n",
    { { 0, 1, "A" }, { 16, 1, "I" } },
    "A\nb\nc\nd\ne\nf\ng\nh\nI\n" },
  { "insert at the start", "a.txt", "a\nb\n", { { 0, 0, "x\n" } }, "x\na\nb\n" },
  { "join two lines", "a.txt", "a\nb\nc\n", { { 1, 1, "" } }, "ab\nc\n" },
  { "a bare carriage return", "a.txt", "a\rb\nc\n", { { 2, 1, "x" } }, "a\rx\nc\n" },
};

static void
test_case (TempTree *t, gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) lp_change_free);
  g_autoptr (GBytes) old = g_bytes_new_static (c->old, strlen (c->old));
  LpChange *change = new_change (t, c->name, old);

  for (guint i = 0; c->edits[i].text != NULL; i++)
    lp_splice_add (change->spans, old, c->edits[i].offset, c->edits[i].length, c->edits[i].text, -1);
  finish_change (change);
  g_ptr_array_add (changes, change);
  g_assert_cmpmem (g_bytes_get_data (change->new_content, NULL), g_bytes_get_size (change->new_content), c->new,
                   strlen (c->new));
  judge (t, changes);
}

/* Created empty files and renames, beside an edited file, with names that need quotes. */
static void
test_files (TempTree *t, gconstpointer data)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) lp_change_free);
  g_autoptr (GBytes) old = g_bytes_new_static ("5 0.5\n", 6);
  static const char *const created[] = { "labels/new/desk pens.txt", "labels/空.txt", "labels/plain.txt" };
  LpChange *change;

  for (guint i = 0; i < G_N_ELEMENTS (created); i++)
    {
      change = new_change (t, created[i], NULL);
      change->created = TRUE;
      finish_change (change);
      g_ptr_array_add (changes, change);
    }
  change = new_change (t, "labels/apple.txt", old);
  change->new_path = tree_path (t, "labels/apple.green.txt");
  finish_change (change);
  g_ptr_array_add (changes, change);
  change = new_change (t, "labels/with blank.txt", old);
  change->new_path = tree_path (t, "labels/with blank.too.txt");
  lp_splice_add (change->spans, old, 0, 1, "6", -1);
  finish_change (change);
  g_ptr_array_add (changes, change);
  change = new_change (t, "labels/edited.txt", old);
  lp_splice_add (change->spans, old, 0, 1, "9", -1);
  finish_change (change);
  g_ptr_array_add (changes, change);
  judge (t, changes);
}

static GBytes *
random_text (GRand *rand)
{
  static const char *const ends[] = { "\n", "\r\n", "\n", "\r", "" };
  GString *text = g_string_new (NULL);
  guint n = (guint) g_rand_int_range (rand, 0, 30), style = (guint) g_rand_int_range (rand, 0, 2);

  for (guint i = 0; i < n; i++)
    {
      g_string_append_printf (text, "%d 0.%d", g_rand_int_range (rand, 0, 4), g_rand_int_range (rand, 0, 3));
      g_string_append (text, i + 1 < n ? ends[style] : ends[g_rand_int_range (rand, 0, 5)]);
    }
  return g_string_free_to_bytes (text);
}

static void
random_edits (GRand *rand, LpChange *change)
{
  static const char *const texts[] = { "", "7", "0.5\n", "\n", "\r\n", "0.25 0.5", "x\ny\n" };
  gsize length = g_bytes_get_size (change->old_content), at = 0;

  while (at <= length && g_rand_int_range (rand, 0, 8) != 0)
    {
      gsize offset = at + (gsize) g_rand_int_range (rand, 0, (gint32) (length - at) + 1);
      gsize n = (gsize) g_rand_int_range (rand, 0, (gint32) MIN (12, length - offset) + 1);

      lp_splice_add (change->spans, change->old_content, offset, n,
                     texts[g_rand_int_range (rand, 0, G_N_ELEMENTS (texts))], -1);
      at = offset + n + 1;
    }
}

static void
test_random (TempTree *t, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (12);

  for (guint round = 0; round < 12; round++)
    {
      g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) lp_change_free);

      for (guint i = 0; i < 25; i++)
        {
          g_autofree char *name = g_strdup_printf ("%u/%u.txt", round, i);
          g_autoptr (GBytes) old = random_text (rand);
          LpChange *change = new_change (t, name, old);
          g_autoptr (GBytes) back = NULL;

          random_edits (rand, change);
          finish_change (change);
          back = lp_splice_apply (change->spans, change->new_content, TRUE);
          g_assert_true (back != NULL && g_bytes_equal (back, old));
          g_ptr_array_add (changes, change);
        }
      judge (t, changes);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/write/diff/patch/", cases[i].title, NULL);

      g_test_add (path, TempTree, &cases[i], tree_set_up, test_case, tree_tear_down);
    }
  g_test_add ("/write/diff/patch/created and renamed", TempTree, NULL, tree_set_up, test_files, tree_tear_down);
  g_test_add ("/write/diff/patch/random", TempTree, NULL, tree_set_up, test_random, tree_tear_down);
  return g_test_run ();
}
