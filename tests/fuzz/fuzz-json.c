/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "base/lp-json.h"
#include "lp-fuzz.h"

static void
try_token (const LpJson *json, const LpJsonToken *token, GString *scratch)
{
  double number;
  gint64 integer;
  gsize length;
  const char *text;

  g_assert_true (token->start < token->end && token->end <= json->length);
  switch (token->kind)
    {
    case LP_JSON_KEY:
    case LP_JSON_STRING:
      text = lp_json_string (json, token, scratch, &length);
      g_assert_true (length <= token->end - token->start - 2);
      /* GLib takes no NUL for UTF-8. */
      g_assert_true (memchr (text, '\0', length) != NULL || g_utf8_validate (text, (gssize) length, NULL));
      lp_json_is (json, token, "source-ref");
      break;
    case LP_JSON_NUMBER:
      g_assert_cmpint (lp_json_number (json, token, &number, NULL), !=, LP_DECIMAL_NOT_A_NUMBER);
      if (lp_json_integer (json, token, &integer))
        g_assert_true ((double) integer == number);
      break;
    default:
      break;
    }
}

/* Whatever the bytes: tokens come in order and within the text, strings are UTF-8, numbers are numbers, a problem has
 * a place and words; skipping the whole value comes to the same end as walking through it. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const char *text = (const char *) data;
  g_autoptr (GString) scratch = g_string_new (NULL);
  LpJson json, skipped;
  LpJsonToken token, whole;
  gsize end = 0;

  lp_json_init (&json, text, size);
  while (lp_json_next (&json, &token) > LP_JSON_END)
    {
      g_assert_true (token.start >= end && json.depth <= LP_JSON_DEPTH_MAX);
      end = token.end;
      try_token (&json, &token, scratch);
    }
  lp_json_init (&skipped, text, size);
  if (lp_json_next (&skipped, &whole) != LP_JSON_PROBLEM && lp_json_skip (&skipped, &whole))
    lp_json_next (&skipped, &whole);
  g_assert_cmpint (whole.kind, ==, token.kind);
  g_assert_cmpint (json.problem, ==, skipped.problem);
  if (token.kind == LP_JSON_PROBLEM)
    {
      guint32 line, column;

      g_assert_true (json.problem_at <= size && json.problem_at == skipped.problem_at);
      g_assert_true (*lp_json_problem_words (json.problem) != '\0');
      lp_json_position (&json, json.problem_at, &line, &column);
      g_assert_true (line >= 1 && column >= 1);
    }
  return 0;
}
