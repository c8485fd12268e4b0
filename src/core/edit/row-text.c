/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "base/lp-decimal.h"
#include "base/lp-text.h"
#include "edit/lp-row-text.h"

#define MOST_DECIMALS 15 /* a double has no more */
#define PLAIN_DECIMALS 6 /* for what was printed with an exponent: the habit of the exporters */

guint
lp_row_text_split (const char *text, gsize length, LpRowToken *tokens)
{
  guint n = 0;
  gsize i = 0, white;

  while (i < length && n < LP_ROW_TOKENS)
    {
      while (i < length && (white = lp_text_white (text + i, length - i)) > 0)
        i += white;
      if (i == length)
        break;
      tokens[n].start = (guint32) i;
      while (i < length && lp_text_white (text + i, length - i) == 0)
        i++;
      tokens[n].length = (guint32) (i - tokens[n].start);
      n++;
    }
  return n;
}

gint32
lp_row_text_class (const char *text, const LpRowToken *token)
{
  double value;

  if (lp_decimal_read (text + token->start, token->length, &value, NULL) != LP_DECIMAL_OK || value < G_MININT32 ||
      value > G_MAXINT32 || value != (gint32) value)
    return LP_CLASS_NONE;
  return (gint32) value;
}

void
lp_row_text_agrees (const LpRow *row, const char *text, gsize length, gboolean *numbers, gboolean *class_id)
{
  LpRowToken tokens[LP_ROW_TOKENS];
  guint n = lp_row_text_split (text, length, tokens);

  *numbers = row->kind == LP_ROW_UNREAD || n == LP_ROW_TOKENS;
  *class_id = row->kind == LP_ROW_UNREAD || row->class_id == LP_CLASS_NONE ||
              (n > 0 && lp_row_text_class (text, &tokens[0]) == row->class_id);
  for (guint i = 1; row->kind != LP_ROW_UNREAD && i < n; i++)
    {
      double value;

      if (lp_decimal_read (text + tokens[i].start, tokens[i].length, &value, NULL) != LP_DECIMAL_OK ||
          value != row->v[i - 1])
        *numbers = FALSE;
    }
}

guint
lp_row_text_decimals (guint decimals)
{
  return decimals == G_MAXUINT8 ? PLAIN_DECIMALS : MIN (decimals, MOST_DECIMALS);
}
