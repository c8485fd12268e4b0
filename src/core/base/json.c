/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/lp-json.h"

typedef enum
{
  EXPECT_VALUE,
  EXPECT_FIRST_ELEMENT, /* a value, or the end of an empty array */
  EXPECT_FIRST_KEY,     /* a key, or the end of an empty object */
  EXPECT_COMMA,         /* or the end of the container */
  EXPECT_END,
} Expects;

void
lp_json_init (LpJson *json, const char *text, gsize length)
{
  *json = (LpJson){ .text = text, .length = length, .expects = EXPECT_VALUE };
}

/* ---- problems ---- */

static LpJsonKind
fail (LpJson *json, LpJsonToken *token, LpJsonProblem problem, gsize at)
{
  json->problem = at >= json->length && problem != LP_JSON_TOO_DEEP ? LP_JSON_ENDS_EARLY : problem;
  json->problem_at = at;
  token->kind = LP_JSON_PROBLEM;
  token->escaped = FALSE;
  token->start = token->end = at;
  return LP_JSON_PROBLEM;
}

const char *
lp_json_problem_words (LpJsonProblem problem)
{
  static const char *const sentences[] = {
    [LP_JSON_ENDS_EARLY] = N_ ("It ends too early."),
    [LP_JSON_NO_VALUE] = N_ ("A value is expected here."),
    [LP_JSON_NO_KEY] = N_ ("A name in double quotes is expected here."),
    [LP_JSON_NO_COLON] = N_ ("A colon is expected here."),
    [LP_JSON_NO_COMMA] = N_ ("A comma or a closing bracket is expected here."),
    [LP_JSON_COMMA_TOO_MANY] = N_ ("There is a comma too many before the closing bracket."),
    [LP_JSON_BAD_NUMBER] = N_ ("This is not a number as JSON writes it."),
    [LP_JSON_NOT_FINITE] = N_ ("NaN and Infinity are not allowed in JSON."),
    [LP_JSON_BAD_CONTROL] = N_ ("A text contains a control character."),
    [LP_JSON_BAD_ESCAPE] = N_ ("There is an unknown escape after a backslash."),
    [LP_JSON_HALF_SURROGATE] = N_ ("An escape is only half of a character."),
    [LP_JSON_BAD_UTF8] = N_ ("Here are bytes that are not UTF-8."),
    [LP_JSON_TOO_DEEP] = N_ ("Brackets are nested too deeply."),
    [LP_JSON_GOES_ON] = N_ ("Something follows after the end of the value."),
  };

  return problem == LP_JSON_FINE ? "" : _ (sentences[problem]);
}

void
lp_json_position (const LpJson *json, gsize offset, guint32 *line, guint32 *column)
{
  const char *p = json->text, *end = json->text + MIN (offset, json->length), *next;

  *line = 1;
  while (p < end && (next = memchr (p, '\n', end - p)) != NULL)
    {
      *line += 1;
      p = next + 1;
    }
  *column = (guint32) (end - p) + 1;
}

/* ---- strings ---- */

/* 1: an ordinary character of a string; everything else is looked at. */
static const guint8 plain[256] = {
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1,
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
};

/* Past ordinary characters, eight at a time: a word is looked at byte by byte only where one of its bytes is a quote,
 * a backslash, a control character or no ASCII. (The borrow of a subtraction may call the byte above such a one
 * special too, which does no harm.) */
static inline gsize
skip_plain (const guint8 *text, gsize at, gsize length)
{
  const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101), tops = ones << 7;

  while (length - at >= sizeof (guint64))
    {
      guint64 word, quote, backslash;

      memcpy (&word, text + at, sizeof word);
      quote = word ^ ones * '"';
      backslash = word ^ ones * '\\';
      if ((((quote - ones) | (backslash - ones) | (word - ones * 0x20) | word) & tops) != 0)
        break;
      at += sizeof word;
    }
  while (at < length && plain[text[at]])
    at++;
  return at;
}

/* Length of the character that begins here, 0 where it is not UTF-8: no overlong form, no surrogate, nothing above
 * U+10FFFF (RFC 3629, section 4). */
static gsize
utf8_length (const guint8 *p, gsize left)
{
  guint8 low = 0x80, high = 0xbf;
  gsize n;

  if (p[0] < 0xc2 || p[0] > 0xf4)
    return 0;
  n = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
  if (left < n)
    return 0;
  if (p[0] == 0xe0)
    low = 0xa0;
  else if (p[0] == 0xed)
    high = 0x9f;
  else if (p[0] == 0xf0)
    low = 0x90;
  else if (p[0] == 0xf4)
    high = 0x8f;
  if (p[1] < low || p[1] > high)
    return 0;
  for (gsize i = 2; i < n; i++)
    if (p[i] < 0x80 || p[i] > 0xbf)
      return 0;
  return n;
}

/* Four hexadecimal digits, or -1. */
static int
hex4 (const char *p, gsize left)
{
  int value = 0;

  if (left < 4)
    return -1;
  for (int i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (p[i]);

      if (digit < 0)
        return -1;
      value = value << 4 | digit;
    }
  return value;
}

/* At a backslash: how long the escape is (with a surrogate pair both), and which character it means. */
static LpJsonProblem
read_escape (const char *p, gsize left, gsize *length, gunichar *c)
{
  static const char letters[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
  const char *letter;
  int high, low;

  if (left < 2)
    return LP_JSON_ENDS_EARLY;
  if (p[1] != 'u')
    {
      letter = memchr (letters, p[1], sizeof letters - 1);
      if (letter == NULL)
        return LP_JSON_BAD_ESCAPE;
      *length = 2;
      *c = (guchar) meant[letter - letters];
      return LP_JSON_FINE;
    }
  high = hex4 (p + 2, left - 2);
  if (high < 0)
    return LP_JSON_BAD_ESCAPE;
  *length = 6;
  *c = (gunichar) high;
  if (high < 0xd800 || high > 0xdfff)
    return LP_JSON_FINE;
  low = left >= 12 && p[6] == '\\' && p[7] == 'u' ? hex4 (p + 8, left - 8) : -1;
  if (high > 0xdbff || low < 0xdc00 || low > 0xdfff)
    return LP_JSON_HALF_SURROGATE;
  *length = 12;
  *c = 0x10000 + ((gunichar) (high - 0xd800) << 10) + (gunichar) (low - 0xdc00);
  return LP_JSON_FINE;
}

static LpJsonKind
scan_string (LpJson *json, LpJsonToken *token, LpJsonKind kind)
{
  const guint8 *text = (const guint8 *) json->text;
  gsize at = json->at + 1, n;

  token->kind = kind;
  token->escaped = FALSE;
  token->start = json->at;
  for (;;)
    {
      at = skip_plain (text, at, json->length);
      if (at == json->length)
        return fail (json, token, LP_JSON_ENDS_EARLY, at);
      if (text[at] == '"')
        break;
      if (text[at] == '\\')
        {
          gunichar c;
          LpJsonProblem problem = read_escape (json->text + at, json->length - at, &n, &c);

          if (problem == LP_JSON_ENDS_EARLY)
            return fail (json, token, problem, json->length);
          if (problem != LP_JSON_FINE)
            return fail (json, token, problem, at);
          token->escaped = TRUE;
        }
      else if (text[at] < 0x20)
        return fail (json, token, LP_JSON_BAD_CONTROL, at);
      else if ((n = utf8_length (text + at, json->length - at)) == 0)
        return fail (json, token, LP_JSON_BAD_UTF8, at);
      at += n;
    }
  token->end = json->at = at + 1;
  return kind;
}

/* ---- numbers and words ---- */

static gsize
digits_from (const LpJson *json, gsize at)
{
  while (at < json->length && (guint8) (json->text[at] - '0') <= 9)
    at++;
  return at;
}

static gboolean
stands_at (const LpJson *json, gsize at, const char *word)
{
  gsize n = strlen (word);
  return json->length - at >= n && memcmp (json->text + at, word, n) == 0;
}

static LpJsonKind
scan_number (LpJson *json, LpJsonToken *token)
{
  gsize at = json->at, begin;

  token->kind = LP_JSON_NUMBER;
  token->escaped = FALSE;
  token->start = at;
  if (json->text[at] == '-')
    at++;
  if (stands_at (json, at, "Infinity"))
    return fail (json, token, LP_JSON_NOT_FINITE, json->at);
  begin = at;
  at = digits_from (json, at);
  if (at == begin || (json->text[begin] == '0' && at > begin + 1))
    return fail (json, token, LP_JSON_BAD_NUMBER, at == begin ? at : begin);
  if (at < json->length && json->text[at] == '.')
    {
      begin = at + 1;
      at = digits_from (json, begin);
      if (at == begin)
        return fail (json, token, LP_JSON_BAD_NUMBER, at);
    }
  if (at < json->length && (json->text[at] == 'e' || json->text[at] == 'E'))
    {
      begin = at + 1;
      if (begin < json->length && (json->text[begin] == '+' || json->text[begin] == '-'))
        begin++;
      at = digits_from (json, begin);
      if (at == begin)
        return fail (json, token, LP_JSON_BAD_NUMBER, at);
    }
  token->end = json->at = at;
  return LP_JSON_NUMBER;
}

static LpJsonKind
scan_word (LpJson *json, LpJsonToken *token)
{
  static const struct
  {
    const char *word;
    LpJsonKind kind;
  } words[] = { { "true", LP_JSON_TRUE }, { "false", LP_JSON_FALSE }, { "null", LP_JSON_NULL } };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (stands_at (json, json->at, words[i].word))
      {
        *token = (LpJsonToken){ .kind = words[i].kind, .start = json->at };
        token->end = json->at += strlen (words[i].word);
        return token->kind;
      }
  if (stands_at (json, json->at, "NaN") || stands_at (json, json->at, "Infinity"))
    return fail (json, token, LP_JSON_NOT_FINITE, json->at);
  return fail (json, token, LP_JSON_NO_VALUE, json->at);
}

/* ---- containers ---- */

static gboolean
in_object (const LpJson *json)
{
  return json->depth > 0 && (json->objects >> (json->depth - 1) & 1) != 0;
}

static void
after_value (LpJson *json)
{
  json->expects = json->depth > 0 ? EXPECT_COMMA : EXPECT_END;
}

static LpJsonKind
bracket (LpJson *json, LpJsonToken *token, LpJsonKind kind)
{
  *token = (LpJsonToken){ .kind = kind, .start = json->at, .end = json->at + 1 };
  json->at++;
  return kind;
}

static LpJsonKind
open_container (LpJson *json, LpJsonToken *token, gboolean object)
{
  guint64 bit;

  if (json->depth == LP_JSON_DEPTH_MAX)
    return fail (json, token, LP_JSON_TOO_DEEP, json->at);
  bit = G_GUINT64_CONSTANT (1) << json->depth;
  json->objects = object ? json->objects | bit : json->objects & ~bit;
  json->depth++;
  json->expects = object ? EXPECT_FIRST_KEY : EXPECT_FIRST_ELEMENT;
  return bracket (json, token, object ? LP_JSON_OBJECT : LP_JSON_ARRAY);
}

static LpJsonKind
close_container (LpJson *json, LpJsonToken *token)
{
  LpJsonKind kind = in_object (json) ? LP_JSON_OBJECT_END : LP_JSON_ARRAY_END;

  json->depth--;
  after_value (json);
  return bracket (json, token, kind);
}

/* ---- the scanner ---- */

static inline gboolean
skip_blanks (LpJson *json)
{
  while (json->at < json->length)
    {
      char c = json->text[json->at];

      if (c != ' ' && c != '\n' && c != '\r' && c != '\t')
        return TRUE;
      json->at++;
    }
  return FALSE;
}

static LpJsonKind
scan_value (LpJson *json, LpJsonToken *token)
{
  LpJsonKind kind;

  switch (json->text[json->at])
    {
    case '{':
      return open_container (json, token, TRUE);
    case '[':
      return open_container (json, token, FALSE);
    case '"':
      kind = scan_string (json, token, LP_JSON_STRING);
      break;
    case '-':
    case '0' ... '9':
      kind = scan_number (json, token);
      break;
    default:
      kind = scan_word (json, token);
      break;
    }
  after_value (json);
  return kind;
}

static LpJsonKind
scan_key (LpJson *json, LpJsonToken *token)
{
  if (json->text[json->at] != '"')
    return fail (json, token, LP_JSON_NO_KEY, json->at);
  if (scan_string (json, token, LP_JSON_KEY) == LP_JSON_PROBLEM)
    return LP_JSON_PROBLEM;
  if (!skip_blanks (json) || json->text[json->at] != ':')
    return fail (json, token, LP_JSON_NO_COLON, json->at);
  json->at++;
  json->expects = EXPECT_VALUE;
  return LP_JSON_KEY;
}

static LpJsonKind
scan_after_comma (LpJson *json, LpJsonToken *token)
{
  gsize comma = json->at++;

  if (!skip_blanks (json))
    return fail (json, token, LP_JSON_ENDS_EARLY, json->at);
  if (json->text[json->at] == ']' || json->text[json->at] == '}')
    return fail (json, token, LP_JSON_COMMA_TOO_MANY, comma);
  return in_object (json) ? scan_key (json, token) : scan_value (json, token);
}

LpJsonKind
lp_json_next (LpJson *json, LpJsonToken *token)
{
  char c;

  if (json->problem != LP_JSON_FINE)
    return fail (json, token, json->problem, json->problem_at);
  if (!skip_blanks (json))
    {
      if (json->expects != EXPECT_END)
        return fail (json, token, LP_JSON_ENDS_EARLY, json->at);
      *token = (LpJsonToken){ .kind = LP_JSON_END, .start = json->at, .end = json->at };
      return LP_JSON_END;
    }
  c = json->text[json->at];
  switch ((Expects) json->expects)
    {
    case EXPECT_FIRST_ELEMENT:
      return c == ']' ? close_container (json, token) : scan_value (json, token);
    case EXPECT_FIRST_KEY:
      return c == '}' ? close_container (json, token) : scan_key (json, token);
    case EXPECT_COMMA:
      if (c == ',')
        return scan_after_comma (json, token);
      if (c == (in_object (json) ? '}' : ']'))
        return close_container (json, token);
      return fail (json, token, LP_JSON_NO_COMMA, json->at);
    case EXPECT_END:
      return fail (json, token, LP_JSON_GOES_ON, json->at);
    case EXPECT_VALUE:
    default:
      return scan_value (json, token);
    }
}

gboolean
lp_json_skip (LpJson *json, LpJsonToken *token)
{
  LpJsonToken inner;
  guint outside;

  if (token->kind == LP_JSON_KEY && lp_json_next (json, token) == LP_JSON_PROBLEM)
    return FALSE;
  if (token->kind != LP_JSON_OBJECT && token->kind != LP_JSON_ARRAY)
    return token->kind != LP_JSON_PROBLEM;
  outside = json->depth - 1;
  do
    if (lp_json_next (json, &inner) == LP_JSON_PROBLEM)
      {
        *token = inner;
        return FALSE;
      }
  while (json->depth > outside);
  token->end = inner.end;
  return TRUE;
}

/* ---- values ---- */

/* The bytes of the next character, escapes undone; at most 4 (UTF-8). */
static gsize
next_bytes (const char **p, const char *end, char out[6])
{
  gsize n;
  gunichar c;

  if (**p != '\\')
    {
      out[0] = *(*p)++;
      return 1;
    }
  read_escape (*p, end - *p, &n, &c);
  *p += n;
  return (gsize) g_unichar_to_utf8 (c, out);
}

gboolean
lp_json_is_escaped (const LpJson *json, const LpJsonToken *token, const char *text)
{
  const char *p = json->text + token->start + 1, *end = json->text + token->end - 1;
  gsize length = strlen (text);

  while (p < end)
    {
      char bytes[6];
      gsize n = next_bytes (&p, end, bytes);

      if (n > length || memcmp (bytes, text, n) != 0)
        return FALSE;
      text += n;
      length -= n;
    }
  return length == 0;
}

const char *
lp_json_string (const LpJson *json, const LpJsonToken *token, GString *scratch, gsize *length)
{
  const char *p = json->text + token->start + 1, *end = json->text + token->end - 1;

  if (!token->escaped)
    {
      *length = end - p;
      return p;
    }
  g_string_truncate (scratch, 0);
  while (p < end)
    {
      char bytes[6];
      gsize n = next_bytes (&p, end, bytes);

      g_string_append_len (scratch, bytes, (gssize) n);
    }
  *length = scratch->len;
  return scratch->str;
}

LpDecimalResult
lp_json_number (const LpJson *json, const LpJsonToken *token, double *value, guint8 *places)
{
  return lp_decimal_read (json->text + token->start, token->end - token->start, value, places);
}

gboolean
lp_json_integer (const LpJson *json, const LpJsonToken *token, gint64 *value)
{
  const char *p = json->text + token->start, *end = json->text + token->end;
  gboolean negative = *p == '-';
  guint64 n = 0, limit = negative ? (guint64) G_MAXINT64 + 1 : G_MAXINT64;

  for (p += negative; p < end; p++)
    {
      guint digit = (guint8) (*p - '0');

      if (digit > 9 || n > (limit - digit) / 10)
        return FALSE;
      n = n * 10 + digit;
    }
  *value = negative ? (gint64) (0 - n) : (gint64) n;
  return TRUE;
}
