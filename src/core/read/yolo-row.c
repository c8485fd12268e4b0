/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "base/lp-decimal.h"
#include "base/lp-text.h"
#include "read/lp-yolo.h"

#define BOX_TOKENS 5
#define OBB_TOKENS 9
#define POLYGON_MIN_TOKENS 7
/* What printing a coordinate may put beyond 0 or 1 without anybody seeing it. */
#define NOISE 1e-6
/* Shapes below this share of a picture may be smaller than a pixel; who knows the picture decides. */
#define TINY 1e-4
/* Numbers of a box with a track number behind it. */
#define UNIT_MAX 1.01

/* The points of a polygon or the key points of a pose, on their way. */
typedef struct
{
  double x, y; /* of the last point */
  double first_x, first_y;
  double half; /* x of the point whose y comes next */
  double fan;  /* area of the triangles from the first point over every edge, unsigned: 0 where all lie on a line */
  gsize outside_at, outside_size; /* the first coordinate outside the picture; size 0: none */
  double outside;
  double keypoint[2], visibility;
  gsize visibility_at, visibility_size; /* the first visibility that contradicts its point; size 0: none */
} Points;

typedef struct
{
  const char *line;
  const LpYoloForm *form;
  LpYoloLine *out;
  guint blamed; /* number of the token that `out` blames */
  gsize class_at, class_size;
  double last;         /* value of the last token */
  gboolean last_whole; /* it is printed without a point */
  Points points;
} Parse;

/* The next token behind `at`, or FALSE. */
static gboolean
next_token (const char *line, gsize length, gsize *at, gsize *size)
{
  gsize i = *at, white;

  while (i < length && (white = lp_text_white (line + i, length - i)) > 0)
    i += white;
  *at = i;
  /* Most bytes are digits: they are told from white space by one look. */
  while (i < length && ((signed char) line[i] > ' ' || lp_text_white (line + i, length - i) == 0))
    i++;
  *size = i - *at;
  return *size > 0;
}

gboolean
lp_yolo_is_blank (const char *line, gsize length)
{
  gsize at = 0, size;

  return !next_token (line, length, &at, &size);
}

LpYoloForm
lp_yolo_form_of (const LpLayer *layer)
{
  LpYoloForm form = { .keypoint_size = layer->keypoint_size };

  if (layer->keypoints > 0)
    form.pose_tokens = BOX_TOKENS + (guint) layer->keypoints * layer->keypoint_size;
  return form;
}

static void
blame (LpYoloLine *out, LpRuleId rule, gsize at, gsize size)
{
  out->rule = (guint16) rule;
  out->at = (guint32) at;
  out->size = (guint32) size;
}

/* ---- points ---- */

static void
take_point (Points *points, double x, double y)
{
  double cross =
    (points->x - points->first_x) * (y - points->first_y) - (x - points->first_x) * (points->y - points->first_y);

  points->fan += fabs (cross) / 2;
  points->x = x;
  points->y = y;
}

static void
look_outside (Points *points, double value, gsize at, gsize size)
{
  if (points->outside_size > 0 || (value >= -NOISE && value <= 1 + NOISE))
    return;
  points->outside = value;
  points->outside_at = at;
  points->outside_size = size;
}

/* A number behind the class; `number` is its token, from 1. Points are looked at from the third on: a box has none.
 */
static void
take_coordinate (Parse *parse, guint number, double value)
{
  Points *points = &parse->points;
  const double *v = parse->out->row.v;

  if (number <= 4)
    {
      parse->out->row.v[number - 1] = value;
      return;
    }
  if (number == BOX_TOKENS)
    {
      points->x = points->first_x = v[0];
      points->y = points->first_y = v[1];
      take_point (points, v[2], v[3]);
      points->half = value;
    }
  else if (number % 2 == 1)
    points->half = value;
  else
    take_point (points, points->half, value);
}

/* A key point's third number is 0: not labelled, then it has no place; 1: hidden, 2: seen, then it has one. */
static void
take_keypoint (Parse *parse, guint number, double value, gsize at, gsize size)
{
  Points *points = &parse->points;
  guint part = (number - BOX_TOKENS) % 3;
  gboolean placed;

  if (part < 2)
    {
      points->keypoint[part] = value;
      return;
    }
  placed = points->keypoint[0] != 0 || points->keypoint[1] != 0;
  if (points->visibility_size > 0 || (value == 0 && !placed) || ((value == 1 || value == 2) && placed))
    return;
  points->visibility_at = at;
  points->visibility_size = size;
  points->visibility = value;
}

/* ---- numbers ---- */

static void
take_class (Parse *parse, double value, gsize at, gsize size)
{
  LpRow *row = &parse->out->row;
  gboolean fits = value == floor (value) && value > G_MININT32 && value <= G_MAXINT32;

  row->class_id = fits ? (gint32) value : LP_CLASS_NONE;
  row->flags = fits ? 0 : LP_ROW_BAD_CLASS;
  for (gsize i = at; fits && size > 1 && i < at + size; i++)
    if (strchr (".eE", parse->line[i]) != NULL)
      row->flags = LP_ROW_FLOAT_CLASS;
}

static void
take_number (Parse *parse, gsize at, gsize size)
{
  LpYoloLine *out = parse->out;
  double value;
  guint8 places;
  LpDecimalResult result = lp_decimal_read (parse->line + at, size, &value, &places);

  if (result != LP_DECIMAL_OK)
    {
      if (out->rule != LP_RULE_NONE)
        return;
      parse->blamed = out->tokens;
      blame (out, result == LP_DECIMAL_NOT_FINITE ? LP_RULE_LABEL_NON_FINITE : LP_RULE_LABEL_NON_NUMERIC, at, size);
      return;
    }
  if (out->tokens == 0)
    {
      take_class (parse, value, at, size);
      return;
    }
  if (out->tokens <= 4)
    out->row.decimals = MAX (out->row.decimals, places);
  else
    {
      parse->last = value;
      parse->last_whole = memchr (parse->line + at, '.', size) == NULL;
    }
  look_outside (&parse->points, value, at, size);
  if (parse->form == NULL || parse->form->pose_tokens == 0)
    take_coordinate (parse, out->tokens, value);
  else if (out->tokens <= 4)
    out->row.v[out->tokens - 1] = value;
  else if (parse->form->keypoint_size == 3)
    take_keypoint (parse, out->tokens, value, at, size);
}

static LpRowKind
kind_of (guint tokens, const LpYoloForm *form)
{
  if (form != NULL && form->pose_tokens > 0)
    return tokens == form->pose_tokens ? LP_ROW_POSE : LP_ROW_UNREAD;
  if (tokens == BOX_TOKENS)
    return LP_ROW_BOX;
  if (tokens == OBB_TOKENS)
    return LP_ROW_OBB;
  return tokens >= POLYGON_MIN_TOKENS && tokens % 2 == 1 ? LP_ROW_POLYGON : LP_ROW_UNREAD;
}

/* Tokens, numbers and kind; blames only what keeps it from being read. FALSE: blank. */
static gboolean
parse_line (Parse *parse, gsize length)
{
  LpYoloLine *out = parse->out;
  gsize at = 0, size = 0;

  *out = (LpYoloLine){ .row.class_id = LP_CLASS_NONE, .rule = LP_RULE_NONE, .size = (guint32) length };
  while (next_token (parse->line, length, &at, &size))
    {
      take_number (parse, at, size);
      if (out->tokens++ == 0)
        {
          parse->class_at = at;
          parse->class_size = size;
        }
      at += size;
    }
  if (out->tokens == 0)
    return FALSE;
  out->row.tokens = (guint8) MIN (out->tokens, G_MAXUINT8);
  out->row.kind = (guint8) (out->rule != LP_RULE_NONE ? LP_ROW_UNREAD : kind_of (out->tokens, parse->form));
  return TRUE;
}

/* ---- what was meant ---- */

static gboolean
reads (const char *line, gsize length, const LpYoloForm *form, guint *tokens)
{
  LpYoloLine out;
  Parse parse = { .line = line, .form = form, .out = &out };
  gboolean good = parse_line (&parse, length) && out.row.kind != LP_ROW_UNREAD && !(out.row.flags & LP_ROW_BAD_CLASS);

  *tokens = out.tokens;
  return good;
}

static gboolean
between_digits (const char *line, gsize length, gsize at)
{
  return at > 0 && at + 1 < length && g_ascii_isdigit (line[at - 1]) && g_ascii_isdigit (line[at + 1]);
}

/* Commas that part whole from fraction become points. NULL where one does anything else. */
static char *
points_for_commas (const char *line, gsize length)
{
  g_autofree char *text = g_strndup (line, length);

  for (gsize i = 0; i < length; i++)
    if (line[i] == ',' && !between_digits (line, length, i))
      return NULL;
    else if (line[i] == ',')
      text[i] = '.';
  return g_steal_pointer (&text);
}

/* Separators become blanks. NULL where some number has none before it: then they part nothing. */
static char *
blanks_for (const char *line, gsize length, const char *separators, const LpYoloForm *form)
{
  g_autofree char *text = g_strndup (line, length);
  guint n = 0, tokens;

  for (gsize i = 0; i < length; i++)
    if (line[i] != '\0' && strchr (separators, line[i]) != NULL)
      {
        text[i] = ' ';
        n++;
      }
  /* One more may close the row. */
  if (!reads (text, length, form, &tokens) || n + 1 < tokens || n > tokens)
    return NULL;
  return g_steal_pointer (&text);
}

static char *
without_separators (const char *line, gsize length, const LpYoloForm *form)
{
  g_autofree char *pointed = memchr (line, ';', length) != NULL ? points_for_commas (line, length) : NULL;
  char *text = pointed != NULL ? blanks_for (pointed, length, ";", form) : NULL;

  /* Where semicolons part the numbers, commas are decimal ones. */
  return text != NULL ? text : blanks_for (line, length, ",;", form);
}

/* The first n tokens, as they stand. */
static char *
first_tokens (const char *line, gsize length, guint n)
{
  gsize at = 0, size = 0;

  for (guint i = 0; i < n; i++)
    {
      at += size;
      if (!next_token (line, length, &at, &size))
        return NULL;
    }
  return g_strndup (line, at + size);
}

static char *
without_text (const char *line, gsize length, const LpYoloForm *form)
{
  LpYoloLine out;
  Parse parse = { .line = line, .form = form, .out = &out };

  if (!parse_line (&parse, length) || out.rule != LP_RULE_LABEL_NON_NUMERIC ||
      kind_of (parse.blamed, form) == LP_ROW_UNREAD)
    return NULL;
  return first_tokens (line, length, parse.blamed);
}

/* TRUE where putting that right would make a row that can be read: then it is what is wrong. */
static gboolean
is_explained_by (const char *line, gsize length, const LpYoloForm *form, LpRuleId rule)
{
  g_autofree char *text = NULL;
  guint tokens;

  if (rule == LP_RULE_LABEL_DECIMAL_COMMA)
    text = points_for_commas (line, length);
  else if (rule == LP_RULE_LABEL_SEPARATOR)
    text = without_separators (line, length, form);
  else
    text = without_text (line, length, form);
  return text != NULL && reads (text, strlen (text), form, &tokens);
}

/* ---- why it cannot be read, and what is odd about it ---- */

/* "0,51", and nothing else in the token. */
static gboolean
is_decimal_comma (const char *token, gsize size)
{
  const char *comma = memchr (token, ',', size);
  g_autofree char *text = NULL;
  double value;

  if (comma == NULL || !between_digits (token, size, (gsize) (comma - token)))
    return FALSE;
  text = g_strndup (token, size);
  text[comma - token] = '.';
  return lp_decimal_read (text, size, &value, NULL) == LP_DECIMAL_OK;
}

static void
explain_token (Parse *parse, gsize length)
{
  static const LpRuleId slips[] = { LP_RULE_LABEL_DECIMAL_COMMA, LP_RULE_LABEL_SEPARATOR,
                                    LP_RULE_LABEL_TRAILING_TEXT };
  LpYoloLine *out = parse->out;

  for (guint i = 0; i < G_N_ELEMENTS (slips); i++)
    if (is_explained_by (parse->line, length, parse->form, slips[i]))
      {
        out->rule = (guint16) slips[i];
        return;
      }
  if (is_decimal_comma (parse->line + out->at, out->size))
    out->rule = LP_RULE_LABEL_DECIMAL_COMMA;
}

static gboolean
is_unit (double value)
{
  return value >= 0 && value <= UNIT_MAX;
}

static gboolean
is_unit_box (const LpRow *row)
{
  return is_unit (row->v[0]) && is_unit (row->v[1]) && is_unit (row->v[2]) && is_unit (row->v[3]);
}

/* What the number behind a box may be. */
static LpRuleId
extra_column (const Parse *parse)
{
  if (parse->last >= 0 && parse->last <= 1)
    return LP_RULE_LABEL_CONFIDENCE_COLUMN;
  return parse->last_whole && parse->last > 1 ? LP_RULE_LABEL_TRACK_COLUMN : LP_RULE_LABEL_COLUMNS;
}

static void
explain_count (Parse *parse)
{
  LpYoloLine *out = parse->out;

  out->a = out->tokens;
  out->b = parse->last;
  if (parse->form != NULL && parse->form->pose_tokens > 0)
    {
      out->rule = LP_RULE_LABEL_POSE_COLUMNS;
      out->b = parse->form->pose_tokens;
    }
  else if (out->tokens == BOX_TOKENS + 1)
    out->rule = (guint16) extra_column (parse);
  else if (out->tokens > POLYGON_MIN_TOKENS)
    out->rule = LP_RULE_LABEL_POLYGON_ODD;
  else
    out->rule = LP_RULE_LABEL_COLUMNS;
}

/* A box, its confidence and a track number look like a triangle. */
static gboolean
looks_tracked (const Parse *parse)
{
  return parse->out->tokens == POLYGON_MIN_TOKENS && parse->last_whole && parse->last >= 1 &&
         is_unit_box (&parse->out->row) && is_unit (parse->points.half);
}

static void
look_at_shape (Parse *parse)
{
  const Points *points = &parse->points;
  LpYoloLine *out = parse->out;

  if (looks_tracked (parse))
    {
      out->rule = LP_RULE_LABEL_TRACK_COLUMN;
      out->a = out->tokens;
      out->b = parse->last;
    }
  else if (points->outside_size > 0)
    {
      blame (out, LP_RULE_LABEL_POLYGON_OUTSIDE, points->outside_at, points->outside_size);
      out->a = points->outside;
    }
  else if (points->fan < TINY)
    {
      out->rule = LP_RULE_LABEL_POLYGON_DEGENERATE;
      out->a = points->fan;
    }
}

static void
look_at_row (Parse *parse)
{
  const Points *points = &parse->points;
  LpYoloLine *out = parse->out;

  if (out->row.flags & LP_ROW_BAD_CLASS)
    blame (out, LP_RULE_LABEL_FRACTIONAL_CLASS, parse->class_at, parse->class_size);
  else if (out->row.kind == LP_ROW_POLYGON || out->row.kind == LP_ROW_OBB)
    look_at_shape (parse);
  else if (out->row.kind == LP_ROW_POSE && points->visibility_size > 0)
    {
      blame (out, LP_RULE_LABEL_KEYPOINT_VISIBILITY, points->visibility_at, points->visibility_size);
      out->a = points->visibility;
    }
}

gboolean
lp_yolo_line (const char *line, gsize length, const LpYoloForm *form, LpYoloLine *out)
{
  Parse parse = { .line = line, .form = form, .out = out };

  if (!parse_line (&parse, length))
    return FALSE;
  if (out->rule == LP_RULE_LABEL_NON_NUMERIC)
    explain_token (&parse, length);
  else if (out->rule == LP_RULE_NONE && out->row.kind == LP_ROW_UNREAD)
    explain_count (&parse);
  else if (out->rule == LP_RULE_NONE && (out->row.kind != LP_ROW_BOX || (out->row.flags & LP_ROW_BAD_CLASS)))
    look_at_row (&parse);
  return TRUE;
}
