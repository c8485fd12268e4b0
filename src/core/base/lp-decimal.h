/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Numbers in text, read without a locale: the nearest double to what is written, as Python's float() would read
 * it. Up to 15 digits and small exponents by one exact division, everything else by g_ascii_strtod. */
typedef enum
{
  LP_DECIMAL_OK,
  LP_DECIMAL_NOT_A_NUMBER, /* also trailing characters, hexadecimal, a decimal comma, the empty string */
  LP_DECIMAL_NOT_FINITE,   /* nan, inf, and what overflows */
} LpDecimalResult;

/* The whole of text[0..length) must be the number; `places` (may be NULL) receives the digits after the point as
 * printed, G_MAXUINT8 for exponent notation. */
LpDecimalResult lp_decimal_read (const char *text, gsize length, double *value, guint8 *places);

/* A whole number of up to nine digits and nothing else, as most of a job's are: what lp_decimal_read would give,
 * sooner where a file has millions of them. FALSE for everything else. */
static inline gboolean
lp_decimal_read_short (const char *text, gsize length, double *value)
{
  guint32 whole = 0;

  if (length == 0 || length > 9)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      guint digit = (guint8) (text[i] - '0');

      if (digit > 9)
        return FALSE;
      whole = whole * 10 + digit;
    }
  *value = whole;
  return TRUE;
}

/* `value` with as many digits after the point as wanted, rounded half to even, never in exponent notation. */
char *lp_decimal_print (double value, guint places);

G_END_DECLS
