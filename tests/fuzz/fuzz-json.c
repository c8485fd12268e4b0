/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "base/lp-json.h"
#include "lp-fuzz.h"

static void
try_token (const LpJson *json, const LpJsonToken *token, GString *scratch)
{
  double number, again;
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
      lp_json_any_number (json, token, &again, NULL);
      g_assert_true (number == again);
      if (lp_json_integer (json, token, &integer))
        g_assert_true ((double) integer == number);
      break;
    default:
      break;
    }
}

/* An element that is read by the shape of another is the object that its tokens make; where it is not, nothing was
 * read. Then its own shape is learnt. */
static void
try_shape (const LpJson *json, LpJsonShape *shape)
{
  LpJson quick = *json, plain = *json;
  LpJsonToken object, whole, numbers[LP_JSON_SHAPE_MEMBERS];
  gboolean alike = lp_json_next_of_shape (&quick, shape, &object, numbers);
  gboolean good = lp_json_next (&plain, &whole) == LP_JSON_OBJECT && lp_json_skip (&plain, &whole);

  g_assert_true (good || !alike);
  if (alike)
    {
      g_assert_true (object.kind == LP_JSON_OBJECT && object.start == whole.start && object.end == whole.end);
      g_assert_true (quick.at == plain.at && quick.depth == plain.depth && quick.expects == plain.expects);
      for (guint i = 0; i < shape->n_members; i++)
        g_assert_true (numbers[i].start > object.start && numbers[i].end < object.end);
    }
  else
    g_assert_true (quick.at == json->at && quick.problem == json->problem && quick.expects == json->expects);
  if (good)
    lp_json_shape_learn (shape, json->text + whole.start, whole.end - whole.start);
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
  LpJsonShape shape = { 0 };
  gsize end = 0;

  lp_json_init (&json, text, size);
  while (lp_json_next (&json, &token) > LP_JSON_END)
    {
      g_assert_true (token.start >= end && json.depth <= LP_JSON_DEPTH_MAX);
      end = token.end;
      try_token (&json, &token, scratch);
      try_shape (&json, &shape);
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
