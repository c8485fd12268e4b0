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
  EXPECT_ELEMENT,       /* a comma and a value, or the end of the array */
  EXPECT_MEMBER,        /* a comma and a key, or the end of the object */
  EXPECT_END,
  EXPECT_NOTHING, /* there was a problem */
} Expects;

void
lp_json_init (LpJson *json, const char *text, gsize length)
{
  *json = (LpJson){ .text = text, .length = length, .expects = EXPECT_VALUE, .after_value = EXPECT_END };
}

/* ---- problems ---- */

static LpJsonKind G_GNUC_NO_INLINE
fail (LpJson *json, LpJsonToken *token, LpJsonProblem problem, gsize at)
{
  json->expects = EXPECT_NOTHING;
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

/* ---- eight bytes at a time ---- */

#define ONES G_GUINT64_CONSTANT (0x0101010101010101)
#define TOPS (ONES << 7)

/* The first byte is the lowest one. */
static inline guint64
eight_bytes (const void *text)
{
  guint64 word;

  memcpy (&word, text, sizeof word);
  return GUINT64_FROM_LE (word);
}

/* Index of the lowest byte whose top bit is set, the other bits being 0. */
static inline gsize
first_marked (guint64 tops)
{
  return (gsize) __builtin_ctzll (tops) / 8;
}

/* Top bits where no digit stands; right up to the lowest that is set, for a carry may mark bytes above it. */
static inline guint64
mark_other_than_digits (guint64 word)
{
  guint64 digits = word ^ ONES * '0';

  return ((digits + ONES * (0x80 - 10)) | digits) & TOPS;
}

/* ---- strings ---- */

/* 1: an ordinary character of a string; everything else is looked at. */
static const guint8 plain[256] = {
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1,
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
};

/* Past ordinary characters, eight at a time. A quote, a backslash, a control character and what is no ASCII mark the
 * top bit of their byte; the borrow of a subtraction may mark bytes above such a one too, so the lowest counts. */
static inline gsize
skip_plain (const guint8 *text, gsize at, gsize length)
{
  while (length - at >= sizeof (guint64))
    {
      guint64 word = eight_bytes (text + at), quote = word ^ ONES * '"', backslash = word ^ ONES * '\\';
      guint64 special = ((quote - ONES) | (backslash - ONES) | (word - ONES * 0x20) | word) & TOPS;

      if (special != 0)
        return at + first_marked (special);
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

/* From the first byte of a string that is none of the ordinary. */
static LpJsonKind G_GNUC_NO_INLINE
scan_rest_of_string (LpJson *json, LpJsonToken *token, gsize at)
{
  const guint8 *text = (const guint8 *) json->text;
  gsize n;

  while (at < json->length && text[at] != '"')
    {
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
      at = skip_plain (text, at + n, json->length);
    }
  if (at == json->length)
    return fail (json, token, LP_JSON_ENDS_EARLY, at);
  token->end = json->at = at + 1;
  return token->kind;
}

static inline LpJsonKind
scan_string (LpJson *json, LpJsonToken *token, LpJsonKind kind)
{
  gsize at = skip_plain ((const guint8 *) json->text, json->at + 1, json->length);

  token->kind = kind;
  token->escaped = FALSE;
  token->start = json->at;
  if (at == json->length || json->text[at] != '"')
    return scan_rest_of_string (json, token, at);
  token->end = json->at = at + 1;
  return kind;
}

/* ---- numbers and words ---- */

static inline gsize
digits_from (const LpJson *json, gsize at)
{
  while (json->length - at >= sizeof (guint64))
    {
      guint64 others = mark_other_than_digits (eight_bytes (json->text + at));

      if (others != 0)
        return at + first_marked (others);
      at += sizeof others;
    }
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

static LpJsonKind G_GNUC_NO_INLINE
scan_any_number (LpJson *json, LpJsonToken *token)
{
  gsize at = json->at, begin;

  if (json->text[at] == '-')
    at++;
  begin = at;
  at = digits_from (json, at);
  if (at == begin && stands_at (json, at, "Infinity"))
    return fail (json, token, LP_JSON_NOT_FINITE, json->at);
  if (at == begin || (json->text[begin] == '0' && at > begin + 1))
    return fail (json, token, LP_JSON_BAD_NUMBER, begin);
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

/* What 1 to 7 digits at the start of a word say: brought to its top they stand behind zeros, then neighbours are
 * joined, to pairs, to fours, to the whole. */
static inline gint32
join_digits (guint64 word, gsize n)
{
  word = (word ^ ONES * '0') << (64 - 8 * n);
  word = (word * 10 + (word >> 8)) & G_GUINT64_CONSTANT (0x00ff00ff00ff00ff);
  word = (word * 100 + (word >> 16)) & G_GUINT64_CONSTANT (0x0000ffff0000ffff);
  return (gint32) (guint32) (word * 10000 + (word >> 32));
}

/* Where a number ends that begins with n digits and a point, all within a word: 0 where that is not to be seen. */
static inline gsize
end_of_fraction (guint64 word, gsize n)
{
  guint64 others = mark_other_than_digits (word >> (8 * n + 8));
  gsize decimals = first_marked (others), end = n + 1 + decimals;

  return decimals > 0 && end < sizeof word && (word >> 8 * end & 0xdf) != 'E' ? end : 0;
}

/* Most numbers are a few digits: those are read at once, and the end of a short fraction is seen at once. How long it
 * is, of eight bytes that are there; 0: another number, or none. */
static inline gsize
short_number (const char *text, gint32 *whole)
{
  guint64 word = eight_bytes (text), others = mark_other_than_digits (word);
  gsize n = others != 0 ? first_marked (others) : 0;

  *whole = -1;
  if (n == 0 || (n > 1 && *text == '0') || (text[n] | 0x20) == 'e')
    return 0;
  if (text[n] == '.')
    return n < sizeof word - 1 ? end_of_fraction (word, n) : 0;
  *whole = join_digits (word, n);
  return n;
}

static inline LpJsonKind
scan_number (LpJson *json, LpJsonToken *token)
{
  gsize n;

  token->kind = LP_JSON_NUMBER;
  token->escaped = FALSE;
  token->whole = -1;
  token->start = json->at;
  n = json->length - json->at >= sizeof (guint64) ? short_number (json->text + json->at, &token->whole) : 0;
  if (n == 0)
    return scan_any_number (json, token);
  token->end = json->at += n;
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

static inline LpJsonKind
bracket (LpJson *json, LpJsonToken *token, LpJsonKind kind)
{
  *token = (LpJsonToken){ .kind = kind, .start = json->at, .end = json->at + 1 };
  json->at++;
  return kind;
}

static inline LpJsonKind
open_container (LpJson *json, LpJsonToken *token, gboolean object)
{
  guint64 bit;

  if (json->depth == LP_JSON_DEPTH_MAX)
    return fail (json, token, LP_JSON_TOO_DEEP, json->at);
  bit = G_GUINT64_CONSTANT (1) << json->depth;
  json->objects = object ? json->objects | bit : json->objects & ~bit;
  json->depth++;
  json->expects = object ? EXPECT_FIRST_KEY : EXPECT_FIRST_ELEMENT;
  json->after_value = object ? EXPECT_MEMBER : EXPECT_ELEMENT;
  return bracket (json, token, object ? LP_JSON_OBJECT : LP_JSON_ARRAY);
}

static inline LpJsonKind
close_container (LpJson *json, LpJsonToken *token, LpJsonKind kind)
{
  gboolean in_object;

  json->depth--;
  in_object = json->depth > 0 && (json->objects >> (json->depth - 1) & 1) != 0;
  json->after_value = json->depth == 0 ? EXPECT_END : in_object ? EXPECT_MEMBER : EXPECT_ELEMENT;
  json->expects = json->after_value;
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

static inline LpJsonKind
scan_value (LpJson *json, LpJsonToken *token)
{
  json->expects = json->after_value;
  switch (json->text[json->at])
    {
    case '{':
      return open_container (json, token, TRUE);
    case '[':
      return open_container (json, token, FALSE);
    case '"':
      return scan_string (json, token, LP_JSON_STRING);
    case '-':
    case '0' ... '9':
      return scan_number (json, token);
    default:
      return scan_word (json, token);
    }
}

static inline LpJsonKind
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

/* FALSE: no further value or key is there. */
static inline gboolean
pass_comma (LpJson *json, LpJsonToken *token)
{
  gsize comma = json->at;

  if (json->text[comma] != ',')
    return fail (json, token, LP_JSON_NO_COMMA, comma), FALSE;
  json->at++;
  if (!skip_blanks (json))
    return fail (json, token, LP_JSON_ENDS_EARLY, json->at), FALSE;
  if (json->text[json->at] == ']' || json->text[json->at] == '}')
    return fail (json, token, LP_JSON_COMMA_TOO_MANY, comma), FALSE;
  return TRUE;
}

/* Nothing but blanks is left, or there was a problem. */
static LpJsonKind
at_end (LpJson *json, LpJsonToken *token)
{
  if (json->expects == EXPECT_NOTHING)
    return fail (json, token, json->problem, json->problem_at);
  if (json->expects != EXPECT_END)
    return fail (json, token, LP_JSON_ENDS_EARLY, json->at);
  *token = (LpJsonToken){ .kind = LP_JSON_END, .start = json->at, .end = json->at };
  return LP_JSON_END;
}

static inline LpJsonKind
next (LpJson *json, LpJsonToken *token)
{
  gboolean key = FALSE;

  if (!skip_blanks (json))
    return at_end (json, token);
  switch ((Expects) json->expects)
    {
    case EXPECT_FIRST_ELEMENT:
    case EXPECT_ELEMENT:
      if (json->text[json->at] == ']')
        return close_container (json, token, LP_JSON_ARRAY_END);
      if (json->expects == EXPECT_ELEMENT && !pass_comma (json, token))
        return LP_JSON_PROBLEM;
      break;
    case EXPECT_FIRST_KEY:
    case EXPECT_MEMBER:
      if (json->text[json->at] == '}')
        return close_container (json, token, LP_JSON_OBJECT_END);
      if (json->expects == EXPECT_MEMBER && !pass_comma (json, token))
        return LP_JSON_PROBLEM;
      key = TRUE;
      break;
    case EXPECT_END:
      return fail (json, token, LP_JSON_GOES_ON, json->at);
    case EXPECT_NOTHING:
      return fail (json, token, json->problem, json->problem_at);
    case EXPECT_VALUE:
    default:
      break;
    }
  return key ? scan_key (json, token) : scan_value (json, token);
}

LpJsonKind
lp_json_next (LpJson *json, LpJsonToken *token)
{
  return next (json, token);
}

/* Past what is left in a container of that depth. */
static gboolean
skip_rest (LpJson *json, LpJsonToken *token, guint depth)
{
  LpJsonToken inner;

  do
    if (next (json, &inner) == LP_JSON_PROBLEM)
      {
        *token = inner;
        return FALSE;
      }
  while (json->depth >= depth);
  token->end = inner.end;
  return TRUE;
}

gboolean
lp_json_skip (LpJson *json, LpJsonToken *token)
{
  if (token->kind == LP_JSON_KEY)
    {
      if (skip_blanks (json))
        scan_value (json, token);
      else
        at_end (json, token);
    }
  if (token->kind == LP_JSON_OBJECT || token->kind == LP_JSON_ARRAY)
    return skip_rest (json, token, json->depth);
  return token->kind != LP_JSON_PROBLEM;
}

/* ---- what repeats ---- */

/* To where an element or member begins; FALSE, and who called goes back, where none does. */
static inline gboolean
pass_to_next (LpJson *json, Expects first, Expects later)
{
  gboolean comma = json->expects == later;

  if ((!comma && json->expects != first) || !skip_blanks (json))
    return FALSE;
  return !comma || (json->text[json->at++] == ',' && skip_blanks (json));
}

gboolean
lp_json_next_known (LpJson *json, const char *member, gsize length)
{
  gsize before = json->at;

  if (length == 0 || !pass_to_next (json, EXPECT_FIRST_KEY, EXPECT_MEMBER) || json->length - json->at < length ||
      memcmp (json->text + json->at, member, length) != 0)
    {
      json->at = before;
      return FALSE;
    }
  json->at += length;
  json->expects = EXPECT_MEMBER;
  return TRUE;
}

/* A string without an escape; it ends before the end of the text. */
static inline gboolean
pass_plain_string (LpJson *json, LpJsonToken *token, LpJsonKind kind)
{
  gsize at = json->at;

  if (json->text[at] != '"')
    return FALSE;
  token->kind = kind;
  token->escaped = FALSE;
  token->start = at;
  at = skip_plain ((const guint8 *) json->text, at + 1, json->length);
  if (json->length - at < 2 || json->text[at] != '"')
    return FALSE;
  token->end = json->at = at + 1;
  return TRUE;
}

gboolean
lp_json_next_pair (LpJson *json, LpJsonToken *key, LpJsonToken *value)
{
  gsize before = json->at;

  if (!pass_to_next (json, EXPECT_FIRST_KEY, EXPECT_MEMBER) || !pass_plain_string (json, key, LP_JSON_KEY) ||
      !skip_blanks (json) || json->text[json->at++] != ':' || !skip_blanks (json) ||
      !pass_plain_string (json, value, LP_JSON_STRING))
    {
      json->at = before;
      return FALSE;
    }
  json->expects = EXPECT_MEMBER;
  return TRUE;
}

static gboolean
learn_piece (LpJsonPiece *piece, const char *text, gsize length)
{
  char bytes[sizeof piece->words] = "", masks[sizeof piece->words] = "";

  if (length > sizeof bytes)
    return FALSE;
  memcpy (bytes, text, length);
  memset (masks, 0xff, length);
  for (gsize i = 0; i < G_N_ELEMENTS (piece->words); i++)
    {
      piece->words[i] = eight_bytes (bytes + 8 * i);
      piece->masks[i] = eight_bytes (masks + 8 * i);
    }
  piece->length = length;
  return TRUE;
}

gboolean
lp_json_shape_learn (LpJsonShape *shape, const char *object, gsize length)
{
  LpJson json;
  LpJsonToken token;
  gsize from;
  guint n = 0;

  shape->n_members = 0;
  lp_json_init (&json, object, length);
  if (lp_json_next (&json, &token) != LP_JSON_OBJECT)
    return FALSE;
  for (from = token.start; lp_json_next (&json, &token) == LP_JSON_KEY; from = token.end)
    if (n == LP_JSON_SHAPE_MEMBERS || lp_json_next (&json, &token) != LP_JSON_NUMBER ||
        !learn_piece (&shape->pieces[n++], object + from, token.start - from))
      return FALSE;
  if (token.kind != LP_JSON_OBJECT_END || !learn_piece (&shape->pieces[n], object + from, token.end - from))
    return FALSE;
  shape->n_members = n;
  return n > 0;
}

static inline gboolean
is_piece (const LpJsonPiece *piece, const char *text)
{
  return (((eight_bytes (text) ^ piece->words[0]) & piece->masks[0]) |
          ((eight_bytes (text + 8) ^ piece->words[1]) & piece->masks[1])) == 0;
}

/* A number of any length; a problem is that of a copy, for who called looks again. */
static gboolean G_GNUC_NO_INLINE
pass_any_number (const LpJson *json, gsize at, LpJsonToken *number)
{
  LpJson copy = *json;

  copy.at = at;
  return scan_any_number (&copy, number) != LP_JSON_PROBLEM;
}

/* The numbers and what stands between them; the end of the text must be some bytes away. */
static inline gboolean
pass_pieces (LpJson *json, const LpJsonShape *shape, LpJsonToken numbers[])
{
  const gsize seen = sizeof shape->pieces->words + sizeof (guint64);
  const char *text = json->text;
  gsize at = json->at, length = json->length;

  for (guint i = 0; i <= shape->n_members; i++)
    {
      const LpJsonPiece *piece = &shape->pieces[i];
      gint32 whole;
      gsize n;

      if (length - at < seen || !is_piece (piece, text + at))
        return FALSE;
      at += piece->length;
      if (i == shape->n_members)
        break;
      n = short_number (text + at, &whole);
      numbers[i] = (LpJsonToken){ .kind = LP_JSON_NUMBER, .whole = whole, .start = at, .end = at + n };
      if (n == 0 && !pass_any_number (json, at, &numbers[i]))
        return FALSE;
      at = numbers[i].end;
    }
  json->at = at;
  return TRUE;
}

static gboolean
pass_shape (LpJson *json, const LpJsonShape *shape, LpJsonToken *token, LpJsonToken numbers[])
{
  if (shape->n_members == 0 || json->depth == LP_JSON_DEPTH_MAX ||
      !pass_to_next (json, EXPECT_FIRST_ELEMENT, EXPECT_ELEMENT))
    return FALSE;
  token->start = json->at;
  return pass_pieces (json, shape, numbers);
}

gboolean
lp_json_next_of_shape (LpJson *json,
                       const LpJsonShape *shape,
                       LpJsonToken *token,
                       LpJsonToken numbers[LP_JSON_SHAPE_MEMBERS])
{
  gsize before = json->at;

  if (!pass_shape (json, shape, token, numbers))
    {
      json->at = before;
      return FALSE;
    }
  json->expects = EXPECT_ELEMENT;
  token->kind = LP_JSON_OBJECT;
  token->escaped = FALSE;
  token->end = json->at;
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
lp_json_any_number (const LpJson *json, const LpJsonToken *token, double *value, guint8 *places)
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
