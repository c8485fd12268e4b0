/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "base/lp-decimal.h"
#include "edit/lp-row-text.h"
#include "write/lp-splice.h"

/* A row between its bytes on disk and what the steps make of it. Several steps on one row end in one replacement of
 * each token that is not what it was. */
typedef struct
{
  gsize offset, length;
  LpRowToken tokens[LP_ROW_TOKENS];
  guint n_tokens;
  gint32 class_before, class_after;
  double before[4], after[4];
  guint decimals[4];
  gboolean removed, class_set; /* class_set: it is printed as a whole number, whatever stood there */
} Row;

typedef struct
{
  GBytes *old;
  const char *text;
  gsize length;
  GArray *rows;         /* Row */
  GHashTable *by_place; /* offset → index + 1 */
  const char *path;
} Rows;

static gboolean
is_line (const Rows *rows, gsize offset, gsize length)
{
  gboolean bom = offset == 3 && memcmp (rows->text, "\xef\xbb\xbf", 3) == 0;
  gsize end = offset + length;

  if (offset > rows->length || length > rows->length - offset)
    return FALSE;
  return (offset == 0 || bom || strchr ("\r\n", rows->text[offset - 1]) != NULL) &&
         (end == rows->length || rows->text[end] == '\r' || rows->text[end] == '\n');
}

static void
read_row (const Rows *rows, Row *row)
{
  const char *text = rows->text + row->offset;

  row->n_tokens = lp_row_text_split (text, row->length, row->tokens);
  row->class_before = row->n_tokens > 0 ? lp_row_text_class (text, &row->tokens[0]) : LP_CLASS_NONE;
  row->class_after = row->class_before;
  for (guint i = 0; i < G_N_ELEMENTS (row->before); i++)
    {
      const LpRowToken *token = &row->tokens[i + 1];

      if (i + 1 >= row->n_tokens ||
          lp_decimal_read (text + token->start, token->length, &row->before[i], NULL) != LP_DECIMAL_OK)
        row->before[i] = NAN;
      row->after[i] = row->before[i];
    }
}

/* The row at that place; NULL with an error where no line of that length stands there. */
static Row *
take_row (Rows *rows, guint64 offset, gsize length, GError **error)
{
  gpointer index = g_hash_table_lookup (rows->by_place, &offset);
  Row row = { .offset = offset, .length = length };
  guint64 *key;

  if (index != NULL)
    return &g_array_index (rows->rows, Row, GPOINTER_TO_UINT (index) - 1);
  if (!is_line (rows, offset, length))
    {
      lp_splice_changed (rows->path, error);
      return NULL;
    }
  read_row (rows, &row);
  g_array_append_val (rows->rows, row);
  key = g_memdup2 (&offset, sizeof offset);
  g_hash_table_insert (rows->by_place, key, GUINT_TO_POINTER (rows->rows->len));
  return &g_array_index (rows->rows, Row, rows->rows->len - 1);
}

static gint32
mapped (const GArray *map, gint32 id)
{
  for (guint i = 0; i + 1 < map->len; i += 2)
    if (g_array_index (map, gint32, i) == id)
      return g_array_index (map, gint32, i + 1);
  return id;
}

static gboolean
renumber (Rows *rows, const LpOp *op, const GArray *places, GError **error)
{
  for (guint i = 0; i < places->len; i++)
    {
      const LpPlace *place = &g_array_index (places, LpPlace, i);
      Row *row = take_row (rows, place->offset, place->length, error);

      if (row == NULL)
        return FALSE;
      if (!row->removed && row->class_after != LP_CLASS_NONE)
        row->class_after = mapped (op->map, row->class_after);
    }
  return TRUE;
}

static gboolean
change_row (Rows *rows, const LpOp *op, GError **error)
{
  gsize length;
  const char *expected = g_bytes_get_data (op->expected, &length);
  Row *row = take_row (rows, op->offset, length, error);

  if (row == NULL)
    return FALSE;
  if (row->length != length || memcmp (rows->text + row->offset, expected, length) != 0 ||
      (op->kind == LP_OP_SET_NUMBERS && row->n_tokens < LP_ROW_TOKENS))
    return lp_splice_changed (rows->path, error);
  if (op->kind == LP_OP_REMOVE_ROW)
    row->removed = TRUE;
  else if (op->kind == LP_OP_SET_CLASS)
    {
      row->class_after = op->class_after;
      row->class_set = TRUE;
    }
  for (guint i = 0; op->kind == LP_OP_SET_NUMBERS && i < G_N_ELEMENTS (row->after); i++)
    if (op->after[i] != op->before[i])
      {
        row->after[i] = op->after[i];
        row->decimals[i] = op->decimals;
      }
  return TRUE;
}

/* With its line end, so that no blank line stays. */
static void
splice_out (GArray *spans, const Rows *rows, const Row *row)
{
  gsize end = row->offset + row->length;

  if (end < rows->length && rows->text[end] == '\r')
    end++;
  if (end < rows->length && rows->text[end] == '\n')
    end++;
  lp_splice_add (spans, rows->old, row->offset, end - row->offset, "", 0);
}

static void
splice_tokens (GArray *spans, const Rows *rows, const Row *row)
{
  if ((row->class_after != row->class_before || row->class_set) && row->n_tokens > 0)
    {
      g_autofree char *text = g_strdup_printf ("%d", row->class_after);

      lp_splice_add (spans, rows->old, row->offset + row->tokens[0].start, row->tokens[0].length, text, -1);
    }
  for (guint i = 0; i < G_N_ELEMENTS (row->after); i++)
    {
      const LpRowToken *token = &row->tokens[i + 1];
      g_autofree char *text = NULL;

      if (i + 1 >= row->n_tokens || row->after[i] == row->before[i] || isnan (row->after[i]))
        continue;
      text = lp_decimal_print (row->after[i], lp_row_text_decimals (row->decimals[i]));
      lp_splice_add (spans, rows->old, row->offset + token->start, token->length, text, -1);
    }
}

gboolean
lp_splice_rows (GArray *spans, GBytes *old, const GArray *ops, const GArray *places, const char *path, GError **error)
{
  Rows rows = { .old = old, .path = path };
  gboolean ok = TRUE;

  rows.text = lp_splice_data (old, &rows.length);
  rows.rows = g_array_new (FALSE, FALSE, sizeof (Row));
  rows.by_place = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; ok && i < ops->len; i++)
    {
      const LpOp *op = g_array_index (ops, LpPlanOp, i).op;

      if (op->kind == LP_OP_RENUMBER)
        ok = renumber (&rows, op, places, error);
      else if (op->expected != NULL)
        ok = change_row (&rows, op, error);
    }
  for (guint i = 0; ok && i < rows.rows->len; i++)
    {
      const Row *row = &g_array_index (rows.rows, Row, i);

      if (row->removed)
        splice_out (spans, &rows, row);
      else
        splice_tokens (spans, &rows, row);
    }
  g_array_unref (rows.rows);
  g_hash_table_unref (rows.by_place);
  return ok;
}
