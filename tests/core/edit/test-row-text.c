/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "edit/lp-row-text.h"

typedef struct
{
  const char *text;
  guint n;
  guint32 start[LP_ROW_TOKENS], length[LP_ROW_TOKENS];
} Split;

static const Split splits[] = {
  { "0 0.5 0.25 1 0", 5, { 0, 2, 6, 11, 13 }, { 1, 3, 4, 1, 1 } },
  { "\t 12  .5\t0.25 1 0 7 8 ", 5, { 2, 6, 9, 14, 16 }, { 2, 2, 4, 1, 1 } },
  { "3 1", 2, { 0, 2 }, { 1, 1 } },
  { "   ", 0, { 0 }, { 0 } },
  { "", 0, { 0 }, { 0 } },
  /* A no-break space and an ideographic one separate, as for Python. */
  { "0\xc2\xa0"
    "1\xe3\x80\x80"
    "2",
    3,
    { 0, 3, 7 },
    { 1, 1, 1 } },
};

static void
test_split (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (splits); i++)
    {
      LpRowToken tokens[LP_ROW_TOKENS];
      guint n = lp_row_text_split (splits[i].text, strlen (splits[i].text), tokens);

      g_assert_cmpuint (n, ==, splits[i].n);
      for (guint k = 0; k < n; k++)
        {
          g_assert_cmpuint (tokens[k].start, ==, splits[i].start[k]);
          g_assert_cmpuint (tokens[k].length, ==, splits[i].length[k]);
        }
    }
}

static void
test_class (void)
{
  static const struct
  {
    const char *text;
    gint32 class_id;
  } cases[] = { { "7", 7 },
                { "7.0", 7 },
                { "-1", -1 },
                { "0.5", LP_CLASS_NONE },
                { "x", LP_CLASS_NONE },
                { "99999999999", LP_CLASS_NONE },
                { "nan", LP_CLASS_NONE },
                { "1e1", 10 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LpRowToken token = { 0, (guint32) strlen (cases[i].text) };

      g_assert_cmpint (lp_row_text_class (cases[i].text, &token), ==, cases[i].class_id);
    }
}

static void
test_agrees (void)
{
  LpRow row = { .v = { 0.5, 0.25, 1, 0.125 }, .class_id = 3 };
  gboolean numbers, class_id;

  lp_row_text_agrees (&row, "3 0.5 .25 1 0.1250", 18, &numbers, &class_id);
  g_assert_true (numbers && class_id);
  lp_row_text_agrees (&row, "4 0.5 .25 1 0.125", 17, &numbers, &class_id);
  g_assert_true (numbers && !class_id);
  lp_row_text_agrees (&row, "3 0.5 .26 1 0.125", 17, &numbers, &class_id);
  g_assert_true (!numbers && class_id);
  lp_row_text_agrees (&row, "3 0.5 .25 1", 11, &numbers, &class_id);
  g_assert_false (numbers);
  row.kind = LP_ROW_UNREAD;
  lp_row_text_agrees (&row, "what is this", 12, &numbers, &class_id);
  g_assert_true (numbers && class_id);
}

static void
test_decimals (void)
{
  g_assert_cmpuint (lp_row_text_decimals (0), ==, 0);
  g_assert_cmpuint (lp_row_text_decimals (4), ==, 4);
  g_assert_cmpuint (lp_row_text_decimals (18), ==, 15);
  g_assert_cmpuint (lp_row_text_decimals (G_MAXUINT8), ==, 6);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/edit/row-text/split", test_split);
  g_test_add_func ("/edit/row-text/class", test_class);
  g_test_add_func ("/edit/row-text/agrees", test_agrees);
  g_test_add_func ("/edit/row-text/decimals", test_decimals);
  return g_test_run ();
}
