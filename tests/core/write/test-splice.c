/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "write/lp-splice.h"

static void
test_overlap (void)
{
  g_autoptr (GBytes) old = g_bytes_new_static ("abcdef", 6), other = g_bytes_new_static ("abcxef", 6);
  g_autoptr (GArray) spans = lp_spans_new ();
  g_autoptr (GBytes) content = NULL;

  lp_splice_add (spans, old, 3, 1, "D", 1);
  content = lp_splice_finish (spans, old);
  g_assert_cmpmem (g_bytes_get_data (content, NULL), g_bytes_get_size (content), "abcDef", 6);
  /* Bytes that are not those that were there. */
  g_assert_null (lp_splice_apply (spans, other, FALSE));
  lp_splice_add (spans, old, 2, 2, "x", 1);
  g_assert_null (lp_splice_finish (spans, old));
}

/* Lines that change, are removed or added; what is spliced in the order in which it is not. */
static void
test_lines (void)
{
  static const struct
  {
    const char *old;
    struct
    {
      gsize offset, length;
      const char *text;
    } edits[3];
    const char *new;
    guint n_lines;
  } cases[] = {
    { "a\nb\nc\n", { { 2, 1, "x" } }, "a\nx\nc\n", 1 },
    { "a\nb\nc\n", { { 4, 1, "y" }, { 0, 1, "x" } }, "x\nb\ny\n", 2 },
    { "a b\nc\n", { { 0, 1, "x" }, { 2, 1, "y" } }, "x y\nc\n", 1 },
    { "a\nb\nc\n", { { 2, 2, "" } }, "a\nc\n", 1 },
    { "a\nb\n", { { 4, 0, "c\nd\n" } }, "a\nb\nc\nd\n", 2 },
    { "a\nb", { { 3, 0, "\nc" } }, "a\nb\nc", 2 },
    { "a\nb\n", { { 0, 1, "a" } }, "a\nb\n", 0 },
    { "", { { 0, 0, "a\n" } }, "a\n", 1 },
    { "a\n", { { 0, 2, "" } }, "", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) old = g_bytes_new_static (cases[i].old, strlen (cases[i].old)), content = NULL, back = NULL;
      g_autoptr (GArray) spans = lp_spans_new ();

      for (guint k = 0; k < 3 && cases[i].edits[k].text != NULL; k++)
        lp_splice_add (spans, old, cases[i].edits[k].offset, cases[i].edits[k].length, cases[i].edits[k].text, -1);
      content = lp_splice_finish (spans, old);
      g_assert_cmpmem (lp_splice_data (content, NULL), g_bytes_get_size (content), cases[i].new,
                       strlen (cases[i].new));
      g_assert_cmpuint (lp_splice_count_lines (spans, old, content), ==, cases[i].n_lines);
      back = lp_splice_apply (spans, content, TRUE);
      g_assert_true (g_bytes_equal (back, old));
    }
}

/* The digest that sha256sum prints for "abc\n". */
static void
test_hash (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("abc\n", 4);
  static const guint8 wanted[] = { 0xed, 0xea, 0xaf, 0xf3, 0xf1, 0x77, 0x4a, 0xd2 };
  guint8 hash[32];

  lp_splice_hash (bytes, hash);
  g_assert_cmpmem (hash, sizeof wanted, wanted, sizeof wanted);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/write/splice/overlap", test_overlap);
  g_test_add_func ("/write/splice/lines", test_lines);
  g_test_add_func ("/write/splice/hash", test_hash);
  return g_test_run ();
}
