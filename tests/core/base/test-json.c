/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "base/lp-json.h"

/* ---- spans ---- */

static void
check_token (LpJson *json, const char *text, LpJsonKind kind, const char *bytes)
{
  LpJsonToken token;

  g_assert_cmpint (lp_json_next (json, &token), ==, kind);
  g_assert_cmpint (token.kind, ==, kind);
  g_assert_cmpmem (text + token.start, token.end - token.start, bytes, strlen (bytes));
}

static void
test_spans (void)
{
  const char *text = " {\"a\" : [1, -2.50e1,\"x\\\"y\"],\r\n\"b\":{} , \"c\":[true,false,null] } ";
  LpJson json;

  lp_json_init (&json, text, strlen (text));
  check_token (&json, text, LP_JSON_OBJECT, "{");
  g_assert_cmpuint (json.depth, ==, 1);
  check_token (&json, text, LP_JSON_KEY, "\"a\"");
  check_token (&json, text, LP_JSON_ARRAY, "[");
  check_token (&json, text, LP_JSON_NUMBER, "1");
  check_token (&json, text, LP_JSON_NUMBER, "-2.50e1");
  check_token (&json, text, LP_JSON_STRING, "\"x\\\"y\"");
  check_token (&json, text, LP_JSON_ARRAY_END, "]");
  check_token (&json, text, LP_JSON_KEY, "\"b\"");
  check_token (&json, text, LP_JSON_OBJECT, "{");
  check_token (&json, text, LP_JSON_OBJECT_END, "}");
  check_token (&json, text, LP_JSON_KEY, "\"c\"");
  check_token (&json, text, LP_JSON_ARRAY, "[");
  check_token (&json, text, LP_JSON_TRUE, "true");
  check_token (&json, text, LP_JSON_FALSE, "false");
  check_token (&json, text, LP_JSON_NULL, "null");
  check_token (&json, text, LP_JSON_ARRAY_END, "]");
  check_token (&json, text, LP_JSON_OBJECT_END, "}");
  g_assert_cmpuint (json.depth, ==, 0);
  check_token (&json, text, LP_JSON_END, "");
  check_token (&json, text, LP_JSON_END, "");
}

static void
test_skip (void)
{
  const char *text = "{\"a\":[[1,{\"x\":2}],3],\"b\":7,\"c\":\"s\"}";
  LpJson json;
  LpJsonToken token;

  lp_json_init (&json, text, strlen (text));
  lp_json_next (&json, &token);
  lp_json_next (&json, &token);
  g_assert_true (lp_json_skip (&json, &token));
  g_assert_cmpint (token.kind, ==, LP_JSON_ARRAY);
  g_assert_cmpmem (text + token.start, token.end - token.start, "[[1,{\"x\":2}],3]", 15);
  lp_json_next (&json, &token);
  g_assert_true (lp_json_is (&json, &token, "b"));
  g_assert_true (lp_json_skip (&json, &token));
  g_assert_cmpmem (text + token.start, token.end - token.start, "7", 1);
  lp_json_next (&json, &token);
  lp_json_next (&json, &token);
  g_assert_true (lp_json_skip (&json, &token));
  g_assert_cmpint (token.kind, ==, LP_JSON_STRING);
  check_token (&json, text, LP_JSON_OBJECT_END, "}");

  lp_json_init (&json, text, strlen (text));
  lp_json_next (&json, &token);
  g_assert_true (lp_json_skip (&json, &token));
  g_assert_cmpuint (token.end, ==, strlen (text));
  g_assert_cmpint (lp_json_next (&json, &token), ==, LP_JSON_END);

  lp_json_init (&json, text, 12);
  lp_json_next (&json, &token);
  lp_json_next (&json, &token);
  g_assert_false (lp_json_skip (&json, &token));
  g_assert_cmpint (token.kind, ==, LP_JSON_PROBLEM);
}

/* ---- values ---- */

static void
check_string (const char *text, const char *wanted, gsize wanted_length)
{
  g_autoptr (GString) scratch = g_string_new (NULL);
  LpJson json;
  LpJsonToken token;
  const char *found;
  gsize length;

  lp_json_init (&json, text, strlen (text));
  g_assert_cmpint (lp_json_next (&json, &token), ==, LP_JSON_STRING);
  found = lp_json_string (&json, &token, scratch, &length);
  g_assert_cmpmem (found, length, wanted, wanted_length);
  if (memchr (wanted, 0, wanted_length) == NULL)
    {
      g_assert_true (lp_json_is (&json, &token, wanted));
      g_assert_false (lp_json_is (&json, &token, "something else"));
      g_assert_false (wanted_length > 0 && lp_json_is (&json, &token, ""));
    }
  else
    g_assert_false (lp_json_is (&json, &token, wanted));
}

static void
test_strings (void)
{
  check_string ("\"\"", "", 0);
  check_string ("\"pen\"", "pen", 3);
  check_string ("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t", 8);
  check_string ("\"p\\u0065n\"", "pen", 3);
  check_string ("\"\\u00e9\\u20AC\"", "\xc3\xa9\xe2\x82\xac", 5);
  check_string ("\"\\ud83d\\uDE00!\"", "\xf0\x9f\x98\x80!", 5);
  check_string ("\"a\\u0000b\"", "a\0b", 3);
  check_string ("\"\xf4\x8f\xbf\xbf\"", "\xf4\x8f\xbf\xbf", 4);
}

static void
test_numbers (void)
{
  static const struct
  {
    const char *text;
    double value;
    gboolean whole;
    gint64 integer;
  } cases[] = {
    { "0", 0, TRUE, 0 },
    { "-0", -0.0, TRUE, 0 },
    { "12", 12, TRUE, 12 },
    { "1234567 ", 1234567, TRUE, 1234567 },
    { "7654321,", 7654321, TRUE, 7654321 },
    { "7,      ", 7, TRUE, 7 },
    { "-7,      ", -7, TRUE, -7 },
    { "0}      ", 0, TRUE, 0 },
    { "12345678,       ", 12345678, TRUE, 12345678 },
    { "12.5,     ", 12.5, FALSE, 0 },
    { "12E1,     ", 120, FALSE, 0 },
    { "12.0", 12, FALSE, 0 },
    { "1e2", 100, FALSE, 0 },
    { "9223372036854775807", 9223372036854775808.0, TRUE, G_MAXINT64 },
    { "-9223372036854775808", -9223372036854775808.0, TRUE, G_MININT64 },
    { "9223372036854775808", 9223372036854775808.0, FALSE, 0 },
    { "18446744073709551615", 18446744073709551616.0, FALSE, 0 },
    { "99999999999999999999999", 1e23, FALSE, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LpJson json;
      LpJsonToken token;
      double value;
      gint64 integer = 0;

      lp_json_init (&json, cases[i].text, strlen (cases[i].text));
      g_assert_cmpint (lp_json_next (&json, &token), ==, LP_JSON_NUMBER);
      g_assert_cmpint (lp_json_number (&json, &token, &value, NULL), ==, LP_DECIMAL_OK);
      g_assert_true (value == cases[i].value);
      g_assert_cmpint (lp_json_integer (&json, &token, &integer), ==, cases[i].whole);
      g_assert_cmpint (integer, ==, cases[i].integer);
    }
}

static void
test_number_too_large (void)
{
  LpJson json;
  LpJsonToken token;
  double value;

  lp_json_init (&json, "1e400", 5);
  g_assert_cmpint (lp_json_next (&json, &token), ==, LP_JSON_NUMBER);
  g_assert_cmpint (lp_json_number (&json, &token, &value, NULL), ==, LP_DECIMAL_NOT_FINITE);
}

/* Short ones are read from one word: where each ends (Python's json agrees), and what is none. */
static void
test_short_numbers (void)
{
  static const struct
  {
    const char *text;
    gsize length; /* 0: a problem */
    double value;
  } cases[] = {
    { "0,", 1, 0 },
    { "7]", 1, 7 },
    { "1234567,", 7, 1234567 },
    { "12345678,", 8, 12345678 },
    { "0.5,", 3, 0.5 },
    { "0.56}", 4, 0.56 },
    { "12.345,", 6, 12.345 },
    { "1.23456,", 7, 1.23456 },
    { "1.234567,", 8, 1.234567 },
    { "123456.7,", 8, 123456.7 },
    { "1.5e3,", 5, 1500 },
    { "1.5E-1,", 6, 0.15 },
    { "15e1,", 4, 150 },
    { "1.2345e1,", 8, 12.345 },
    { "-1.5,", 4, -1.5 },
    { "01,", 0, 0 },
    { "01.5,", 0, 0 },
    { "1.,", 0, 0 },
    { "1.e5,", 0, 0 },
    { "1.5e,", 0, 0 },
    { "1234567.,", 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat (cases[i].text, "         ", NULL);
      LpJson json;
      LpJsonToken token;
      double value;

      g_test_message ("%s", text);
      lp_json_init (&json, text, strlen (text));
      g_assert_cmpint (lp_json_next (&json, &token) == LP_JSON_NUMBER, ==, cases[i].length > 0);
      if (cases[i].length == 0)
        continue;
      g_assert_cmpuint (token.end, ==, cases[i].length);
      g_assert_cmpint (lp_json_number (&json, &token, &value, NULL), ==, LP_DECIMAL_OK);
      g_assert_true (value == cases[i].value);
    }
}

/* ---- what repeats ---- */

/* Only the bytes that are known, only where a member may begin; after it the scanner goes on as ever. */
static void
test_known (void)
{
  static const struct
  {
    const char *text;
    gboolean known;
  } cases[] = {
    { "{\"a\":\"x\"}", TRUE },
    { "{ \"a\":\"x\" }", TRUE },
    { "{\"b\":[] ,\n\"a\":\"x\"}", TRUE },
    { "{\"a\": \"x\"}", FALSE },
    { "{\"a\":\"xy\"}", FALSE },
    { "{,\"a\":\"x\"}", FALSE },
    { "{\"a\":\"x", FALSE },
    { "{}", FALSE },
    { "[\"a\",\"x\"]", FALSE },
  };
  const char *member = "\"a\":\"x\"";

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LpJson json;
      LpJsonToken token;
      LpJson before;

      lp_json_init (&json, cases[i].text, strlen (cases[i].text));
      lp_json_next (&json, &token);
      if (g_str_has_prefix (cases[i].text, "{\"b\""))
        {
          lp_json_next (&json, &token);
          lp_json_skip (&json, &token);
        }
      before = json;
      g_assert_false (lp_json_next_known (&json, member, 0));
      g_assert_cmpint (lp_json_next_known (&json, member, strlen (member)), ==, cases[i].known);
      if (cases[i].known)
        {
          g_assert_cmpint (lp_json_next (&json, &token), ==, LP_JSON_OBJECT_END);
          g_assert_cmpint (lp_json_next (&json, &token), ==, LP_JSON_END);
        }
      else
        g_assert_true (json.at == before.at && json.expects == before.expects && json.problem == LP_JSON_FINE);
    }
}

/* A pair is what a key and its value are by tokens; else nothing was read. */
static void
test_pair (void)
{
  static const struct
  {
    const char *text;
    gboolean pair;
  } cases[] = {
    { "{\"1\":\"car\"}", TRUE },
    { "{ \"1\" : \"\" ,\"2\":3}", TRUE },
    { "{\"1\":3}", FALSE },
    { "{\"1\":\"a\\n\"}", FALSE },
    { "{\"\\u0031\":\"a\"}", FALSE },
    { "{\"1\",\"a\"}", FALSE },
    { "{\"1\":\"\xc3\xa9\"}", FALSE },
    { "{\"1\":\"a\tb\"}", FALSE },
    { "{\"1\":\"car", FALSE },
    { "{\"1\":\"car\"", FALSE },
    { "{\"1\"", FALSE },
    { "{\"1\":", FALSE },
    { "{}", FALSE },
    { "[\"1\",\"2\"]", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LpJson json, plain;
      LpJsonToken key, value, token;

      lp_json_init (&json, cases[i].text, strlen (cases[i].text));
      lp_json_next (&json, &token);
      plain = json;
      g_assert_cmpint (lp_json_next_pair (&json, &key, &value), ==, cases[i].pair);
      if (cases[i].pair)
        {
          g_assert_true (lp_json_next (&plain, &token) == key.kind && token.start == key.start &&
                         token.end == key.end);
          g_assert_true (lp_json_next (&plain, &token) == value.kind);
          g_assert_true (token.start == value.start && token.end == value.end && !value.escaped);
        }
      g_assert_true (json.at == plain.at && json.expects == plain.expects && json.problem == LP_JSON_FINE);
    }
}

static void
test_shape (void)
{
  static const struct
  {
    const char *list; /* behind the object that the shape is of */
    gboolean alike;
  } cases[] = {
    { "[{\"a\":1,\"bc\": -2.5e1}]", TRUE },
    { "[ \n{\"a\":1234567890123,\"bc\": 0}]", TRUE },
    { "[{\"a\":1,\"bc\": 2 }]", FALSE }, /* a blank more */
    { "[{\"a\":1,\"bd\": 2}]", FALSE },
    { "[{\"bc\": 2,\"a\":1}]", FALSE },
    { "[{\"a\":1}]", FALSE },
    { "[{\"a\":1,\"bc\": 2,\"d\":3}]", FALSE },
    { "[{\"a\":01,\"bc\": 2}]", FALSE }, /* no JSON */
    { "[{\"a\":1.,\"bc\": 2}]", FALSE },
    { "[{\"a\":,\"bc\": 2}]", FALSE },
    { "[{\"a\":\"1\",\"bc\": 2}]", FALSE },
    { "[{\"a\":1,\"bc\": 2", FALSE },
    { "[]", FALSE },
    { "{\"a\":1,\"bc\": 2}", FALSE }, /* no list */
  };
  LpJsonShape shape;

  g_assert_true (lp_json_shape_learn (&shape, "{\"a\":7,\"bc\": 8}", 15));
  g_assert_cmpuint (shape.n_members, ==, 2);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *list = g_strconcat (cases[i].list, "                        ", NULL); /* read ahead of */
      LpJson json;
      LpJsonToken token, numbers[LP_JSON_SHAPE_MEMBERS];

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      lp_json_init (&json, list, strlen (list));
      lp_json_next (&json, &token);
      g_assert_cmpint (lp_json_next_of_shape (&json, &shape, &token, numbers), ==, cases[i].alike);
      if (!cases[i].alike)
        continue;
      g_assert_cmpint (cases[i].list[token.start], ==, '{');
      g_assert_cmpint (cases[i].list[token.end], ==, ']');
      g_assert_cmpint (lp_json_next (&json, &token), ==, LP_JSON_ARRAY_END);
      g_assert_cmpint (lp_json_next (&json, &token), ==, LP_JSON_END);
    }
}

static void
test_shape_of_a_list (void)
{
  const char *text = "[{\"a\":1} , {\"a\":20},7,{\"a\":0.5}, {\"a\":3}]                        ";
  const double wanted[] = { 1, 20, 0.5, 3 };
  LpJsonShape shape;
  LpJson json;
  LpJsonToken token, numbers[LP_JSON_SHAPE_MEMBERS];
  double value;

  g_assert_true (lp_json_shape_learn (&shape, "{\"a\":1}", 7));
  lp_json_init (&json, text, strlen (text));
  lp_json_next (&json, &token);
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      if (i == 2)
        {
          g_assert_false (lp_json_next_of_shape (&json, &shape, &token, numbers));
          g_assert_cmpint (lp_json_next (&json, &token), ==, LP_JSON_NUMBER);
        }
      g_assert_true (lp_json_next_of_shape (&json, &shape, &token, numbers));
      g_assert_cmpint (lp_json_number (&json, &numbers[0], &value, NULL), ==, LP_DECIMAL_OK);
      g_assert_true (value == wanted[i]);
    }
  g_assert_cmpint (lp_json_next (&json, &token), ==, LP_JSON_ARRAY_END);
}

static void
test_no_shape (void)
{
  static const char *const objects[] = {
    "{}",
    "[1]",
    "{\"a\":\"x\"}",
    "{\"a\":[1]}",
    "{\"a name of its own\":1}",
    "{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1,\"i\":1}",
  };
  LpJsonShape shape = { .n_members = 1 };

  for (gsize i = 0; i < G_N_ELEMENTS (objects); i++)
    {
      g_assert_false (lp_json_shape_learn (&shape, objects[i], strlen (objects[i])));
      g_assert_cmpuint (shape.n_members, ==, 0);
    }
}

/* ---- problems ---- */

static void
test_problems (void)
{
  static const struct
  {
    const char *text;
    LpJsonProblem problem;
    gsize at;
  } cases[] = {
    { "", LP_JSON_ENDS_EARLY, 0 },
    { "  ", LP_JSON_ENDS_EARLY, 2 },
    { "{\"a\":1", LP_JSON_ENDS_EARLY, 6 },
    { "[1,", LP_JSON_ENDS_EARLY, 3 },
    { "\"abc", LP_JSON_ENDS_EARLY, 4 },
    { "\"abc\\", LP_JSON_ENDS_EARLY, 5 },
    { "1.", LP_JSON_ENDS_EARLY, 2 },
    { "[x]", LP_JSON_NO_VALUE, 1 },
    { "[,1]", LP_JSON_NO_VALUE, 1 },
    { "['a']", LP_JSON_NO_VALUE, 1 },
    { "/**/1", LP_JSON_NO_VALUE, 0 },
    { "[truE]", LP_JSON_NO_VALUE, 1 },
    { "{a:1}", LP_JSON_NO_KEY, 1 },
    { "{1:1}", LP_JSON_NO_KEY, 1 },
    { "{\"a\" 1}", LP_JSON_NO_COLON, 5 },
    { "{\"a\":}", LP_JSON_NO_VALUE, 5 },
    { "[1 2]", LP_JSON_NO_COMMA, 3 },
    { "[1}", LP_JSON_NO_COMMA, 2 },
    { "{\"a\":1]", LP_JSON_NO_COMMA, 6 },
    { "[1,]", LP_JSON_COMMA_TOO_MANY, 2 },
    { "{\"a\":1 , }", LP_JSON_COMMA_TOO_MANY, 7 },
    { "[01]", LP_JSON_BAD_NUMBER, 1 },
    { "[-]", LP_JSON_BAD_NUMBER, 2 },
    { "[1.e3]", LP_JSON_BAD_NUMBER, 3 },
    { "[1e+]", LP_JSON_BAD_NUMBER, 4 },
    { "[+1]", LP_JSON_NO_VALUE, 1 },
    { "[.5]", LP_JSON_NO_VALUE, 1 },
    { "[NaN]", LP_JSON_NOT_FINITE, 1 },
    { "[-Infinity]", LP_JSON_NOT_FINITE, 1 },
    { "[Infinity]", LP_JSON_NOT_FINITE, 1 },
    { "\"a\tb\"", LP_JSON_BAD_CONTROL, 2 },
    { "\"\\x41\"", LP_JSON_BAD_ESCAPE, 1 },
    { "\"\\u12g4\"", LP_JSON_BAD_ESCAPE, 1 },
    { "\"a\\ud800\"", LP_JSON_HALF_SURROGATE, 2 },
    { "\"\\udc00\\ud800\"", LP_JSON_HALF_SURROGATE, 1 },
    { "\"\\ud800\\u0041\"", LP_JSON_HALF_SURROGATE, 1 },
    { "\"\xff\"", LP_JSON_BAD_UTF8, 1 },
    { "\"\xc0\xaf\"", LP_JSON_BAD_UTF8, 1 },
    { "\"\xed\xa0\x80\"", LP_JSON_BAD_UTF8, 1 },
    { "\"\xf4\x90\x80\x80\"", LP_JSON_BAD_UTF8, 1 },
    { "\"\xe2\x82\"", LP_JSON_BAD_UTF8, 1 },
    { "\xef\xbb\xbf{}", LP_JSON_NO_VALUE, 0 },
    { "1 2", LP_JSON_GOES_ON, 2 },
    { "{}}", LP_JSON_GOES_ON, 2 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LpJson json;
      LpJsonToken token;

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      lp_json_init (&json, cases[i].text, strlen (cases[i].text));
      while (lp_json_next (&json, &token) > LP_JSON_END)
        ;
      g_assert_cmpint (token.kind, ==, LP_JSON_PROBLEM);
      g_assert_cmpint (json.problem, ==, cases[i].problem);
      g_assert_cmpuint (json.problem_at, ==, cases[i].at);
      g_assert_cmpuint (strlen (lp_json_problem_words (json.problem)), >, 0);
      /* And it stays so. */
      g_assert_cmpint (lp_json_next (&json, &token), ==, LP_JSON_PROBLEM);
      g_assert_cmpint (json.problem, ==, cases[i].problem);
      g_assert_cmpuint (json.problem_at, ==, cases[i].at);
    }
}

static void
test_depth (void)
{
  g_autofree char *deep = g_strnfill (100000, '[');
  LpJson json;
  LpJsonToken token;
  g_autofree char *at_limit = g_strnfill (128, ']');

  lp_json_init (&json, deep, 100000);
  while (lp_json_next (&json, &token) > LP_JSON_END)
    ;
  g_assert_cmpint (json.problem, ==, LP_JSON_TOO_DEEP);
  g_assert_cmpuint (json.problem_at, ==, 64);
  memset (at_limit, '[', 64);
  lp_json_init (&json, at_limit, 128);
  while (lp_json_next (&json, &token) > LP_JSON_END)
    ;
  g_assert_cmpint (token.kind, ==, LP_JSON_END);
}

static void
test_position (void)
{
  const char *text = "{\n \"\xc3\xa9\": x}";
  LpJson json;
  guint32 line, column;

  lp_json_init (&json, text, strlen (text));
  lp_json_position (&json, 0, &line, &column);
  g_assert_cmpuint (line, ==, 1);
  g_assert_cmpuint (column, ==, 1);
  lp_json_position (&json, 9, &line, &column);
  g_assert_cmpuint (line, ==, 2);
  g_assert_cmpuint (column, ==, 8);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/spans", test_spans);
  g_test_add_func ("/json/skip", test_skip);
  g_test_add_func ("/json/strings", test_strings);
  g_test_add_func ("/json/numbers", test_numbers);
  g_test_add_func ("/json/number-too-large", test_number_too_large);
  g_test_add_func ("/json/short-numbers", test_short_numbers);
  g_test_add_func ("/json/known", test_known);
  g_test_add_func ("/json/pair", test_pair);
  g_test_add_func ("/json/shape", test_shape);
  g_test_add_func ("/json/shape-of-a-list", test_shape_of_a_list);
  g_test_add_func ("/json/no-shape", test_no_shape);
  g_test_add_func ("/json/problems", test_problems);
  g_test_add_func ("/json/depth", test_depth);
  g_test_add_func ("/json/position", test_position);
  return g_test_run ();
}
