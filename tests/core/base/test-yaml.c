/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "base/lp-yaml.h"

static LpYaml *
read_good (const char *text)
{
  LpYamlProblem problem;
  LpYaml *yaml = lp_yaml_read (text, strlen (text), &problem);

  g_assert_cmpstr (problem.sentence, ==, NULL);
  g_assert_nonnull (yaml);
  return yaml;
}

/* The token's bytes in the file are exactly `token`, its meaning is `value`. */
static void
assert_scalar (const char *file, const LpYamlScalar *scalar, const char *token, const char *value)
{
  g_autofree char *bytes = g_strndup (file + scalar->offset, scalar->size);

  g_assert_cmpstr (bytes, ==, token);
  g_assert_cmpstr (scalar->text, ==, value);
}

static void
assert_problem (const char *text, gsize length, guint line, guint column)
{
  LpYamlProblem problem;

  g_assert_null (lp_yaml_read (text, length, &problem));
  g_assert_nonnull (problem.sentence);
  g_assert_cmpuint (problem.line, ==, line);
  g_assert_cmpuint (problem.column, ==, column);
}

static void
test_block (void)
{
  const char *text = "train: images/train # comment\nnc: 3\nnames:\n  0: apple\n  1: 'it''s'\n  2: \"a\\tb\"\n";
  g_autoptr (LpYaml) yaml = read_good (text);
  const LpYamlEntry *names = lp_yaml_find (yaml, "names");
  gint64 nc = 0;

  g_assert_cmpuint (yaml->entries->len, ==, 3);
  assert_scalar (text, &lp_yaml_find (yaml, "train")->value, "images/train", "images/train");
  g_assert_true (lp_yaml_integer (&lp_yaml_find (yaml, "nc")->value, &nc));
  g_assert_cmpint (nc, ==, 3);
  g_assert_cmpint (names->kind, ==, LP_YAML_MAP);
  g_assert_cmpuint (names->n_items, ==, 6);
  assert_scalar (text, lp_yaml_item (yaml, names, 0), "0", "0");
  assert_scalar (text, lp_yaml_item (yaml, names, 1), "apple", "apple");
  assert_scalar (text, lp_yaml_item (yaml, names, 3), "'it''s'", "it's");
  assert_scalar (text, lp_yaml_item (yaml, names, 5), "\"a\\tb\"", "a\tb");
  g_assert_cmpint (lp_yaml_item (yaml, names, 3)->style, ==, LP_YAML_SINGLE_QUOTED);
  g_assert_cmpint (lp_yaml_item (yaml, names, 5)->style, ==, LP_YAML_DOUBLE_QUOTED);
  g_assert_cmpuint (lp_yaml_item (yaml, names, 1)->line, ==, 4);
  g_assert_cmpuint (lp_yaml_item (yaml, names, 1)->column, ==, 6);
  g_assert_null (lp_yaml_find (yaml, "val"));
}

static void
test_flow_over_lines (void)
{
  const char *text = "{names: [particle, 'w, x',\r\n   z], nc: 2,\r\n  test: 'C:\\Users\\x'}\r\n";
  g_autoptr (LpYaml) yaml = read_good (text);
  const LpYamlEntry *names = lp_yaml_find (yaml, "names");

  g_assert_cmpint (names->kind, ==, LP_YAML_LIST);
  g_assert_cmpuint (names->n_items, ==, 3);
  assert_scalar (text, lp_yaml_item (yaml, names, 1), "'w, x'", "w, x");
  assert_scalar (text, lp_yaml_item (yaml, names, 2), "z", "z");
  g_assert_cmpuint (lp_yaml_item (yaml, names, 2)->line, ==, 2);
  g_assert_cmpuint (lp_yaml_item (yaml, names, 2)->column, ==, 4);
  assert_scalar (text, &lp_yaml_find (yaml, "test")->value, "'C:\\Users\\x'", "C:\\Users\\x");
  g_assert_cmpuint (lp_yaml_find (yaml, "test")->value.column, ==, 9);
}

/* Behind wide characters and a BOM bytes and characters part. */
static void
test_wide (void)
{
  const char *text = "\xef\xbb\xbfpath: 符号/データ\nnames: [\"りんご\", 缶, \"\\u7d19\"]\n";
  g_autoptr (LpYaml) yaml = read_good (text);
  const LpYamlEntry *names = lp_yaml_find (yaml, "names");

  g_assert_cmpuint (lp_yaml_find (yaml, "path")->key.offset, ==, 3);
  g_assert_cmpuint (lp_yaml_find (yaml, "path")->key.column, ==, 1);
  assert_scalar (text, &lp_yaml_find (yaml, "path")->value, "符号/データ", "符号/データ");
  assert_scalar (text, lp_yaml_item (yaml, names, 0), "\"りんご\"", "りんご");
  assert_scalar (text, lp_yaml_item (yaml, names, 1), "缶", "缶");
  assert_scalar (text, lp_yaml_item (yaml, names, 2), "\"\\u7d19\"", "紙");
  g_assert_cmpuint (lp_yaml_item (yaml, names, 1)->column, ==, 22);
}

static void
test_odd_tokens (void)
{
  const char *text =
    "names:\n- !!str no\n- |-\n  two\n  lines\n- plain over\n  lines\n-\n- [a, b]\n- last\nnames2: {}\n";
  g_autoptr (LpYaml) yaml = read_good (text);
  const LpYamlEntry *names = lp_yaml_find (yaml, "names");

  g_assert_cmpuint (names->n_items, ==, 6);
  assert_scalar (text, lp_yaml_item (yaml, names, 0), "!!str no", "no");
  g_assert_cmpstr (lp_yaml_item (yaml, names, 1)->text, ==, "two\nlines");
  g_assert_cmpint (lp_yaml_item (yaml, names, 1)->style, ==, LP_YAML_BLOCK);
  assert_scalar (text, lp_yaml_item (yaml, names, 2), "plain over\n  lines", "plain over lines");
  g_assert_cmpuint (lp_yaml_item (yaml, names, 3)->size, ==, 0);
  g_assert_cmpstr (lp_yaml_item (yaml, names, 3)->text, ==, "");
  g_assert_null (lp_yaml_item (yaml, names, 4)->text);
  assert_scalar (text, lp_yaml_item (yaml, names, 5), "last", "last");
  g_assert_cmpuint (lp_yaml_find (yaml, "names2")->n_items, ==, 0);
}

static void
test_last_key_counts (void)
{
  g_autoptr (LpYaml) yaml = read_good ("nc: 1\nnc: 2\n");

  g_assert_cmpuint (yaml->entries->len, ==, 2);
  g_assert_cmpstr (lp_yaml_find (yaml, "nc")->value.text, ==, "2");
}

/* The right side is what Python 3.11 and PyYAML 6.0 print for str(yaml.safe_load("[…]")[0]). */
static void
test_coerced (void)
{
  static const char *const pairs[][2] = {
    { "no", "False" },     { "Off", "False" }, { "yes", "True" },    { "On", "True" },       { "null", "None" },
    { "~", "None" },       { "010", "8" },     { "0x1F", "31" },     { "0b11", "3" },        { "1_000", "1000" },
    { "+5", "5" },         { "12:30", "750" }, { "1.50", "1.5" },    { "1.", "1.0" },        { "2.5e+3", "2500.0" },
    { "1:00:00", "3600" }, { ".inf", "inf" },  { ".NaN", "nan" },    { "-0", "0" },          { "no way", NULL },
    { "n", NULL },         { "y", NULL },      { "7", NULL },        { "-7", NULL },         { "1.5", NULL },
    { "1.0", NULL },       { "08", NULL },     { "1e3", NULL },      { "1.5e3", NULL },      { "'no'", NULL },
    { "\"010\"", NULL },   { "True", NULL },   { "!!str no", NULL }, { "1.2.3", NULL },      { "4:99", NULL },
    { "v1.50", NULL },     { "nO", NULL },     { "None", NULL },     { "2024-01-02", NULL }, { "007", "7" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *text = g_strdup_printf ("names: [%s]\n", pairs[i][0]), *got = NULL;
      g_autoptr (LpYaml) yaml = read_good (text);

      got = lp_yaml_coerced (lp_yaml_item (yaml, lp_yaml_find (yaml, "names"), 0));
      g_test_message ("%s", pairs[i][0]);
      g_assert_cmpstr (got, ==, pairs[i][1]);
    }
}

static void
test_integer (void)
{
  g_autoptr (LpYaml) yaml = read_good ("a: '-7'\nb: 1.0\nc: 99999999999999999999\nd: \"1\\0\"\ne: [1]\n");
  gint64 value = 0;

  g_assert_true (lp_yaml_integer (&lp_yaml_find (yaml, "a")->value, &value));
  g_assert_cmpint (value, ==, -7);
  for (const char *key = "bcde"; *key != '\0'; key++)
    {
      char name[2] = { *key, '\0' };

      g_assert_false (lp_yaml_integer (&lp_yaml_find (yaml, name)->value, &value));
    }
}

static void
test_problems (void)
{
  const char *alias = "a: &x [1]\nb: *x\n", *tab = "names:\n\t- a\n", *open = "names: [a,\nnc: 1\n";
  const char *list = "- a\n- b\n", *two = "a: 1\n---\nb: 2\n", *latin = "a: 1\nn: caf\xe9\n", *word = "hello\n";

  assert_problem (alias, strlen (alias), 2, 4);
  assert_problem (tab, strlen (tab), 2, 1);
  assert_problem (open, strlen (open), 3, 1);
  assert_problem (list, strlen (list), 1, 1);
  assert_problem (word, strlen (word), 1, 1);
  assert_problem (two, strlen (two), 2, 1);
  assert_problem (latin, strlen (latin), 2, 7);
  assert_problem ("a: 1\0b", 6, 1, 5);
  assert_problem ("\xff\xfe"
                  "a\0:\0",
                  6, 1, 1);
}

/* Nine levels of nine aliases, 100 kB of brackets: refused at once, not expanded. */
static void
test_bombs (void)
{
  g_autofree char *brackets = g_strnfill (100000, '[');
  g_autofree char *list = g_strconcat ("a: ", brackets, NULL);
  g_autoptr (GString) maps = g_string_new (NULL);
  g_autofree char *big = g_strnfill (LP_YAML_MAX_BYTES + 1, ' ');
  g_autofree char *deep =
    g_strconcat ("a: ", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]", NULL);
  g_autoptr (LpYaml) yaml = read_good (deep);

  for (guint i = 0; i < 50000; i++)
    g_string_append (maps, "{a: ");
  assert_problem (list, strlen (list), 1, 35);
  assert_problem (maps->str, maps->len, 1, 129);
  assert_problem (big, strlen (big), 1, 1);
  g_assert_cmpuint (lp_yaml_find (yaml, "a")->n_items, ==, 1);
}

static void
test_empty (void)
{
  g_autoptr (LpYaml) yaml = NULL;
  LpYamlProblem problem;
  const char *texts[] = { "", "\n\n", "# only a comment\n", "---\n" };

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (LpYaml) blank = read_good (texts[i]);

      g_assert_cmpuint (blank->entries->len, ==, 0);
    }
  yaml = lp_yaml_read (NULL, 0, &problem);
  g_assert_cmpuint (yaml->entries->len, ==, 0);
  assert_problem (texts[3], strlen (texts[3]), 2, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/yaml/block", test_block);
  g_test_add_func ("/yaml/flow-over-lines", test_flow_over_lines);
  g_test_add_func ("/yaml/wide", test_wide);
  g_test_add_func ("/yaml/odd-tokens", test_odd_tokens);
  g_test_add_func ("/yaml/last-key-counts", test_last_key_counts);
  g_test_add_func ("/yaml/coerced", test_coerced);
  g_test_add_func ("/yaml/integer", test_integer);
  g_test_add_func ("/yaml/problems", test_problems);
  g_test_add_func ("/yaml/bombs", test_bombs);
  g_test_add_func ("/yaml/empty", test_empty);
  return g_test_run ();
}
