/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "read/lp-yolo.h"

static LpYoloLine
read_line (const char *text, guint pose_tokens)
{
  LpYoloForm form = { pose_tokens, 3 };
  LpYoloLine line;

  g_assert_true (lp_yolo_line (text, strlen (text), &form, &line));
  return line;
}

static void
test_box (void)
{
  LpYoloLine line = read_line (" 3 0.5\t0.25  0.1250 1e-1 ", 0);

  g_assert_cmpint (line.rule, ==, LP_RULE_NONE);
  g_assert_cmpint (line.row.kind, ==, LP_ROW_BOX);
  g_assert_cmpint (line.row.class_id, ==, 3);
  g_assert_cmpfloat (line.row.v[0], ==, 0.5);
  g_assert_cmpfloat (line.row.v[1], ==, 0.25);
  g_assert_cmpfloat (line.row.v[2], ==, 0.125);
  g_assert_cmpfloat (line.row.v[3], ==, 0.1);
  g_assert_cmpuint (line.row.decimals, ==, G_MAXUINT8);
  g_assert_cmpuint (line.row.tokens, ==, 5);
  g_assert_cmpuint (read_line ("0 .5 .25 .1250 1", 0).row.decimals, ==, 4);
  g_assert_cmpint (read_line ("0.0 .5 .5 .1 .1", 0).row.class_id, ==, 0);
  g_assert_cmpint (read_line ("-1 .5 .5 .1 .1", 0).row.class_id, ==, -1);
}

/* How many tokens which kind of row has. */
static void
test_kinds (void)
{
  static const struct
  {
    guint tokens, pose;
    LpRowKind kind;
  } cases[] = {
    { 1, 0, LP_ROW_UNREAD },   { 4, 0, LP_ROW_UNREAD },    { 5, 0, LP_ROW_BOX },      { 6, 0, LP_ROW_UNREAD },
    { 7, 0, LP_ROW_POLYGON },  { 8, 0, LP_ROW_UNREAD },    { 9, 0, LP_ROW_OBB },      { 10, 0, LP_ROW_UNREAD },
    { 11, 0, LP_ROW_POLYGON }, { 257, 0, LP_ROW_POLYGON }, { 258, 0, LP_ROW_UNREAD }, { 11, 11, LP_ROW_POSE },
    { 5, 11, LP_ROW_UNREAD },  { 9, 11, LP_ROW_UNREAD },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) text = g_string_new ("0");
      LpYoloLine line;

      for (guint j = 1; j < cases[i].tokens; j++)
        g_string_append (text, cases[i].pose > 0 && j % 3 == 1 ? " 2" : " 0.25");
      line = read_line (text->str, cases[i].pose);
      g_assert_cmpint (line.row.kind, ==, cases[i].kind);
      g_assert_cmpuint (line.tokens, ==, cases[i].tokens);
      if (cases[i].kind == LP_ROW_BOX || cases[i].kind == LP_ROW_POSE)
        g_assert_cmpint (line.rule, ==, LP_RULE_NONE);
      else if (cases[i].kind != LP_ROW_UNREAD)
        g_assert_cmpint (line.rule, ==, LP_RULE_LABEL_POLYGON_DEGENERATE);
      else
        g_assert_cmpint (line.rule, !=, LP_RULE_NONE);
    }
}

static void
test_bad_rows (void)
{
  static const struct
  {
    const char *text;
    LpRuleId rule;
    const char *token;
  } cases[] = {
    { "person 0.5 0.5 0.1 0.1", LP_RULE_LABEL_NON_NUMERIC, "person" },
    { "0 0.5 0,5 0.1 0.1", LP_RULE_LABEL_DECIMAL_COMMA, "0,5" },
    { "0 0.5 0,5 0.1", LP_RULE_LABEL_DECIMAL_COMMA, "0,5" },
    { "0,5 0,5 0,5 0,1 0,1", LP_RULE_LABEL_DECIMAL_COMMA, "0,5" },
    { "0 0.5 0x1 0.1 0.1", LP_RULE_LABEL_NON_NUMERIC, "0x1" },
    { "0,0.5,0.5,0.1,0.1", LP_RULE_LABEL_SEPARATOR, "0,0.5,0.5,0.1,0.1" },
    { "0, 0.5, 0.5, 0.1, 0.1", LP_RULE_LABEL_SEPARATOR, "0," },
    { "0;0,5;0,5;0,1;0,1", LP_RULE_LABEL_SEPARATOR, "0;0,5;0,5;0,1;0,1" },
    { "0,0.5,0.5,0.1", LP_RULE_LABEL_NON_NUMERIC, "0,0.5,0.5,0.1" },
    { "0 0.5 0.5 0.1 0.1 # car", LP_RULE_LABEL_TRAILING_TEXT, "#" },
    { "0 0.5 0.5 0.1 0.1 car 7", LP_RULE_LABEL_TRAILING_TEXT, "car" },
    { "0 0.5 0.5 0.1 0.1 0.9 car", LP_RULE_LABEL_NON_NUMERIC, "car" },
    { "0 0.5 0.5 0.1 0.1 nan", LP_RULE_LABEL_NON_FINITE, "nan" },
    { "0 nan 0.5 x 0.1", LP_RULE_LABEL_NON_FINITE, "nan" },
    { "0 0.5 -inf 0.1 0.1", LP_RULE_LABEL_NON_FINITE, "-inf" },
    { "0 0.5 1e999 0.1 0.1", LP_RULE_LABEL_NON_FINITE, "1e999" },
    { "  1.5 0.5 0.5 0.1 0.1", LP_RULE_LABEL_FRACTIONAL_CLASS, "1.5" },
    { "99999999999 0.5 0.5 0.1 0.1", LP_RULE_LABEL_FRACTIONAL_CLASS, "99999999999" },
    { "0 0.5 0.5 0.1", LP_RULE_LABEL_COLUMNS, "0 0.5 0.5 0.1" },
    { "0 0.5 0.5 0.1 0.1 0.9", LP_RULE_LABEL_CONFIDENCE_COLUMN, "0 0.5 0.5 0.1 0.1 0.9" },
    { "0 0.5 0.5 0.1 0.1 17", LP_RULE_LABEL_TRACK_COLUMN, "0 0.5 0.5 0.1 0.1 17" },
    { "0 0.5 0.5 0.1 0.1 -0.9", LP_RULE_LABEL_COLUMNS, "0 0.5 0.5 0.1 0.1 -0.9" },
    { "0 .1 .1 .2 .1 .2 .2 .3", LP_RULE_LABEL_POLYGON_ODD, "0 .1 .1 .2 .1 .2 .2 .3" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LpYoloLine line = read_line (cases[i].text, 0);
      g_autofree char *token = g_strndup (cases[i].text + line.at, line.size);
      gboolean boxed = cases[i].rule == LP_RULE_LABEL_FRACTIONAL_CLASS;

      g_assert_cmpint (line.rule, ==, cases[i].rule);
      g_assert_cmpstr (token, ==, cases[i].token);
      g_assert_cmpint (line.row.kind, ==, boxed ? LP_ROW_BOX : LP_ROW_UNREAD);
      if (boxed)
        {
          g_assert_cmpint (line.row.flags, ==, LP_ROW_BAD_CLASS);
          g_assert_cmpint (line.row.class_id, ==, LP_CLASS_NONE);
        }
    }
}

static void
test_blank (void)
{
  const char *const blanks[] = { "", " ", "\t\v\f", "\xc2\xa0", "\xe3\x80\x80 " };
  LpYoloLine line;

  for (guint i = 0; i < G_N_ELEMENTS (blanks); i++)
    g_assert_false (lp_yolo_line (blanks[i], strlen (blanks[i]), NULL, &line));
  /* A no-break space and an ideographic one part tokens as any other. */
  g_assert_cmpuint (read_line ("0\xc2\xa0.5 .5\xe3\x80\x80.1 .1", 0).tokens, ==, 5);
}

/* Read, but with something to say of its shape. */
static void
test_shapes (void)
{
  static const struct
  {
    const char *text;
    guint pose_tokens;
    LpRuleId rule;
    const char *token; /* NULL: the whole row */
    double a;
  } cases[] = {
    { "0 .1 .1 .2 .1 .2 .2", 0, LP_RULE_NONE, NULL, 0 },
    { "0 .1 .1 .2 .1 .2 1", 0, LP_RULE_LABEL_TRACK_COLUMN, NULL, 7 },
    { "0 .1 .1 .2 .1 .2 1.0", 0, LP_RULE_NONE, NULL, 0 },
    { "0 .1 .1 .2 .1 .2 -.25", 0, LP_RULE_LABEL_POLYGON_OUTSIDE, "-.25", -0.25 },
    { "0 .1 1.5 .2 .1 .2 1.25", 0, LP_RULE_LABEL_POLYGON_OUTSIDE, "1.5", 1.5 },
    { "0 .1 .1 .2 .1 .2 1.0000001", 0, LP_RULE_NONE, NULL, 0 },
    { "0 .5 .5 .5 .5 .5 .5 .5 .5", 0, LP_RULE_LABEL_POLYGON_DEGENERATE, NULL, 0 },
    /* Half of 1/128 by 1/128. */
    { "0 0 0 .0078125 0 0 .0078125", 0, LP_RULE_LABEL_POLYGON_DEGENERATE, NULL, 1.0 / 32768 },
    /* A figure of eight has an area, although its halves cancel out. */
    { "0 0 0 .5 .5 .5 0 0 .5", 0, LP_RULE_NONE, NULL, 0 },
    { "0 .5 .5 .2 .2 .5 .5 2 0 0 0", 11, LP_RULE_NONE, NULL, 0 },
    { "0 .5 .5 .2 .2 .5 .5 7 0 0 0", 11, LP_RULE_LABEL_KEYPOINT_VISIBILITY, "7", 7 },
    { "0 .5 .5 .2 .2 .5 .5 0 0 0 0", 11, LP_RULE_LABEL_KEYPOINT_VISIBILITY, "0", 0 },
    { "0 .5 .5 .2 .2 .5 .5 1 0 0 2", 11, LP_RULE_LABEL_KEYPOINT_VISIBILITY, "2", 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LpYoloLine line = read_line (cases[i].text, cases[i].pose_tokens);
      g_autofree char *token = g_strndup (cases[i].text + line.at, line.size);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (line.row.kind, !=, LP_ROW_UNREAD);
      g_assert_cmpint (line.rule, ==, cases[i].rule);
      g_assert_cmpstr (token, ==, cases[i].token != NULL ? cases[i].token : cases[i].text);
      g_assert_cmpfloat (line.a, ==, cases[i].a);
    }
}

static void
test_float_class (void)
{
  g_assert_cmpuint (read_line ("12 .5 .5 .1 .1", 0).row.flags, ==, 0);
  g_assert_cmpuint (read_line ("+12 .5 .5 .1 .1", 0).row.flags, ==, 0);
  g_assert_cmpuint (read_line ("12. .5 .5 .1 .1", 0).row.flags, ==, LP_ROW_FLOAT_CLASS);
  g_assert_cmpuint (read_line ("1.2e1 .5 .5 .1 .1", 0).row.flags, ==, LP_ROW_FLOAT_CLASS);
  g_assert_cmpint (read_line ("1.2e1 .5 .5 .1 .1", 0).row.class_id, ==, 12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/yolo-row/box", test_box);
  g_test_add_func ("/yolo-row/kinds", test_kinds);
  g_test_add_func ("/yolo-row/bad-rows", test_bad_rows);
  g_test_add_func ("/yolo-row/blank", test_blank);
  g_test_add_func ("/yolo-row/shapes", test_shapes);
  g_test_add_func ("/yolo-row/float-class", test_float_class);
  return g_test_run ();
}
