/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <json-glib/json-glib.h>
#include <math.h>

#include "report/lp-json-out.h"

static void
test_layout (void)
{
  g_autofree char *text = NULL;
  LpJsonOut out;

  lp_json_out_init (&out);
  lp_json_out_begin_object (&out, NULL);
  lp_json_out_number (&out, "n", G_MININT64);
  lp_json_out_begin_array (&out, "empty");
  lp_json_out_end_array (&out);
  lp_json_out_begin_array (&out, "list");
  lp_json_out_text (&out, NULL, "a");
  lp_json_out_text (&out, NULL, NULL);
  lp_json_out_boolean (&out, NULL, TRUE);
  lp_json_out_begin_object (&out, NULL);
  lp_json_out_real (&out, "half", 0.5);
  lp_json_out_real (&out, "none", NAN);
  lp_json_out_end_object (&out);
  lp_json_out_end_array (&out);
  lp_json_out_boolean (&out, "no", FALSE);
  lp_json_out_end_object (&out);
  text = lp_json_out_finish (&out);
  g_assert_cmpstr (text, ==,
                   "{\n  \"n\": -9223372036854775808,\n  \"empty\": [],\n  \"list\": [\n    \"a\",\n    null,\n"
                   "    true,\n    {\n      \"half\": 0.5,\n      \"none\": null\n    }\n  ],\n  \"no\": false\n}\n");
}

static void
test_strings (void)
{
  static const struct
  {
    const char *value, *written;
  } cases[] = {
    { "", "\"\"" },
    { "a\"b\\c/", "\"a\\\"b\\\\c/\"" },
    { "\n\t\x1b[31m\x7f", "\"\\u000a\\u0009\\u001b[31m\\u007f\"" },
    { "符号 é 😀", "\"符号 é 😀\"" },
    { "\xff\xfe"
      "x\xe7\xac",
      "\"��x��\"" },
    { "\u202e\u2069\u2028\xc2\x85", "\"\\u202e\\u2069\\u2028\\u0085\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = NULL, *wanted = g_strconcat (cases[i].written, "\n", NULL);
      LpJsonOut out;

      lp_json_out_init (&out);
      lp_json_out_text (&out, NULL, cases[i].value);
      text = lp_json_out_finish (&out);
      g_assert_cmpstr (text, ==, wanted);
    }
}

/* Another reader gives back what was written, keys too. */
static void
test_read_back (void)
{
  const char *key = "k\"\\\x01\u202e", *value = "<b>\x1b]0;x\x07\u2066é";
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *text = NULL;
  LpJsonOut out;

  lp_json_out_init (&out);
  lp_json_out_begin_object (&out, NULL);
  lp_json_out_text (&out, key, value);
  lp_json_out_end_object (&out);
  text = lp_json_out_finish (&out);
  g_assert_true (json_parser_load_from_data (parser, text, -1, NULL));
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (json_parser_get_root (parser)), key), ==,
                   value);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-out/layout", test_layout);
  g_test_add_func ("/json-out/strings", test_strings);
  g_test_add_func ("/json-out/read-back", test_read_back);
  return g_test_run ();
}
