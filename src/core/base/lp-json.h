/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <string.h>

#include "base/lp-decimal.h"

G_BEGIN_DECLS

/* JSON that others wrote, read where it stands: strict RFC 8259, UTF-8 checked, at most LP_JSON_DEPTH_MAX containers
 * within each other, no recursion, no tree, no allocation. A pull scanner: each call hands out the next token with
 * its bytes, so what is not edited can be copied verbatim and every problem has its place.
 *
 *   LpJson json;
 *   LpJsonToken token;
 *
 *   lp_json_init (&json, text, length);
 *   while (lp_json_next (&json, &token) > LP_JSON_END)
 *     …
 *   if (token.kind == LP_JSON_PROBLEM)
 *     … lp_json_problem_words (json.problem), json.problem_at …
 *
 * Stricter than the RFC where that leaves a choice: an escaped half of a surrogate pair is a problem (it is no
 * character and cannot become UTF-8), so is a byte order mark, which the caller skips if it wants to. Equal keys in
 * one object and numbers beyond a double are the caller's to notice. One LpJson belongs to one thread; the text must
 * stay while it is used and need not end with NUL. */

#define LP_JSON_DEPTH_MAX 64

typedef enum
{
  LP_JSON_PROBLEM, /* not JSON from here on; the same answer ever after */
  LP_JSON_END,     /* the one value is complete and nothing but blanks follows */
  LP_JSON_OBJECT,
  LP_JSON_OBJECT_END,
  LP_JSON_ARRAY,
  LP_JSON_ARRAY_END,
  LP_JSON_KEY, /* a string before a colon; the colon is behind us */
  LP_JSON_STRING,
  LP_JSON_NUMBER,
  LP_JSON_TRUE,
  LP_JSON_FALSE,
  LP_JSON_NULL,
} LpJsonKind;

typedef struct
{
  LpJsonKind kind;
  gboolean escaped; /* key or string with a backslash in it */
  gint32 whole;     /* what a number of a few digits and nothing else says; -1: another number */
  gsize start, end; /* bytes from the start of the text, quotes included */
} LpJsonToken;

typedef enum
{
  LP_JSON_FINE,
  LP_JSON_ENDS_EARLY,
  LP_JSON_NO_VALUE, /* what stands there begins no value */
  LP_JSON_NO_KEY,
  LP_JSON_NO_COLON,
  LP_JSON_NO_COMMA,
  LP_JSON_COMMA_TOO_MANY, /* a comma before a closing bracket */
  LP_JSON_BAD_NUMBER,
  LP_JSON_NOT_FINITE, /* NaN, Infinity, -Infinity: Python writes them */
  LP_JSON_BAD_CONTROL,
  LP_JSON_BAD_ESCAPE,
  LP_JSON_HALF_SURROGATE,
  LP_JSON_BAD_UTF8,
  LP_JSON_TOO_DEEP,
  LP_JSON_GOES_ON, /* something follows the value */
} LpJsonProblem;

/* Only problem, problem_at and depth are for the caller to read. */
typedef struct
{
  const char *text;
  gsize length;
  gsize at;
  guint64 objects; /* bit i: the container at depth i + 1 is an object */
  guint depth;     /* containers that are open */
  guint8 expects, after_value;
  LpJsonProblem problem;
  gsize problem_at; /* byte where it went wrong */
} LpJson;

void lp_json_init (LpJson *json, const char *text, gsize length);

/* The next token; its kind is returned too. */
LpJsonKind lp_json_next (LpJson *json, LpJsonToken *token);

/* Past the rest of what the token began: for a key its value, for an opened container everything in it. The token
 * then spans all of that value (with LP_JSON_KEY: the value, not the key), its kind being that of its first token.
 * FALSE on a problem. */
gboolean lp_json_skip (LpJson *json, LpJsonToken *token);

/* ---- what repeats ---- */

/* The next member of an object where it is these very bytes, from the quote of the key to the end of the value. They
 * must come from a member that was read without a problem, as deep or deeper, and whose value is a string, an array
 * or an object: then they need no second look. FALSE, and nothing read, where something else stands there. */
gboolean lp_json_next_known (LpJson *json, const char *member, gsize length);

/* The next member of an object, key and value, where the value is a string and neither has an escape or a character
 * beyond ASCII in it. FALSE, and nothing read, where something else stands there, be it no JSON. */
gboolean lp_json_next_pair (LpJson *json, LpJsonToken *key, LpJsonToken *value);

#define LP_JSON_SHAPE_MEMBERS 8

/* Up to 16 bytes as two words, and which bits of them count. */
typedef struct
{
  guint64 words[2], masks[2];
  gsize length;
} LpJsonPiece;

/* What the objects of a long list have in common, as in {"x": 1, "y": 2}, {"x": 3, "y": 4.5}: every byte but the
 * numbers. Names are read once; then bytes are compared, which is several times as fast. */
typedef struct
{
  guint n_members; /* 0: no shape */
  LpJsonPiece pieces[LP_JSON_SHAPE_MEMBERS + 1];
} LpJsonShape;

/* Learns from a whole object that was read without a problem. FALSE, and no shape, where it has something else than
 * numbers in it, or more than eight of them, or long names. */
gboolean lp_json_shape_learn (LpJsonShape *shape, const char *object, gsize length);

/* The next element of an array: all of an object, which the token spans, with its numbers in the order of their
 * members. FALSE, and nothing read, where something else stands there, be it no JSON, outside of an array, or near
 * the end of the text. */
gboolean lp_json_next_of_shape (LpJson *json,
                                const LpJsonShape *shape,
                                LpJsonToken *token,
                                LpJsonToken numbers[LP_JSON_SHAPE_MEMBERS]);

/* The sentence for a person; translated, static; "" where all is fine. */
const char *lp_json_problem_words (LpJsonProblem problem);

/* Line and column (bytes), both from 1, of a byte of the text. Lines end at \n. */
void lp_json_position (const LpJson *json, gsize offset, guint32 *line, guint32 *column);

/* ---- values: each expects a token of the right kind that came from this scanner ---- */

/* As lp_json_is, for a token with escapes. */
gboolean lp_json_is_escaped (const LpJson *json, const LpJsonToken *token, const char *text);

/* Whether a key or string says this, escapes undone. Inline: with a literal it is two comparisons. */
static inline gboolean
lp_json_is (const LpJson *json, const LpJsonToken *token, const char *text)
{
  if (token->escaped)
    return lp_json_is_escaped (json, token, text);
  return token->end - token->start - 2 == strlen (text) &&
         memcmp (json->text + token->start + 1, text, strlen (text)) == 0;
}

/* What a key or string says: in the text itself, or, with escapes, decoded into `scratch`. Not ended by NUL in the
 * text; may hold NUL (\u0000). Valid until the scratch is used again. */
const char *lp_json_string (const LpJson *json, const LpJsonToken *token, GString *scratch, gsize *length);

/* As lp_json_number, from the text. */
LpDecimalResult lp_json_any_number (const LpJson *json, const LpJsonToken *token, double *value, guint8 *places);

/* The nearest double; LP_DECIMAL_NOT_FINITE beyond its range. `places` as lp_decimal_read. */
static inline LpDecimalResult
lp_json_number (const LpJson *json, const LpJsonToken *token, double *value, guint8 *places)
{
  if (token->whole < 0)
    return lp_json_any_number (json, token, value, places);
  *value = token->whole;
  if (places != NULL)
    *places = 0;
  return LP_DECIMAL_OK;
}

/* TRUE where the number is written as a whole one (no point, no exponent) and fits. */
gboolean lp_json_integer (const LpJson *json, const LpJsonToken *token, gint64 *value);

G_END_DECLS
