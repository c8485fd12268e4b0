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

/* `value` with as many digits after the point as wanted, rounded half to even, never in exponent notation. */
char *lp_decimal_print (double value, guint places);

G_END_DECLS
