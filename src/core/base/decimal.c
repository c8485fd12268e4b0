/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "base/lp-decimal.h"

/* Powers of ten that a double holds exactly: with a whole number below 2^53 one division or multiplication is
 * correctly rounded. */
static const double powers[] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };

#define WHOLE_MAX (G_GUINT64_CONSTANT (1) << 53)

typedef struct
{
  guint64 digits;      /* all digits as one whole number, while they fit */
  gsize n_significant; /* without leading zeros */
  gsize n_digits;
  gsize n_after_point;
  gint64 exponent; /* as written */
  gboolean has_exponent;
  gboolean negative;
} Number;

static const char *
scan_digits (const char *p, const char *end, Number *number)
{
  for (; p < end && g_ascii_isdigit (*p); p++)
    {
      number->n_digits++;
      if (number->n_significant > 0 || *p != '0')
        number->n_significant++;
      if (number->n_significant <= 18)
        number->digits = number->digits * 10 + (guint) (*p - '0');
    }
  return p;
}

static const char *
scan_exponent (const char *p, const char *end, Number *number)
{
  const char *digits;
  gboolean negative = FALSE;

  number->has_exponent = TRUE;
  if (p < end && (*p == '+' || *p == '-'))
    negative = *p++ == '-';
  digits = p;
  for (; p < end && g_ascii_isdigit (*p); p++)
    if (number->exponent < 100000)
      number->exponent = number->exponent * 10 + (*p - '0');
  if (negative)
    number->exponent = -number->exponent;
  return p > digits ? p : NULL;
}

/* TRUE when the whole text is a number. */
static gboolean
scan_number (const char *p, const char *end, Number *number)
{
  if (p < end && (*p == '+' || *p == '-'))
    number->negative = *p++ == '-';
  p = scan_digits (p, end, number);
  if (p < end && *p == '.')
    {
      gsize before = number->n_digits;

      p = scan_digits (p + 1, end, number);
      number->n_after_point = number->n_digits - before;
    }
  if (number->n_digits == 0)
    return FALSE;
  if (p < end && (*p == 'e' || *p == 'E'))
    p = scan_exponent (p + 1, end, number);
  return p == end;
}

static gboolean
is_word_without_value (const char *text, gsize length)
{
  static const char *const words[] = { "nan", "inf", "infinity" };

  if (length > 0 && (*text == '+' || *text == '-'))
    {
      text++;
      length--;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (length == strlen (words[i]) && g_ascii_strncasecmp (text, words[i], length) == 0)
      return TRUE;
  return FALSE;
}

static double
by_the_library (const char *text, gsize length)
{
  char small[64];
  g_autofree char *large = NULL;
  char *copy = small;

  if (length >= sizeof small)
    copy = large = g_malloc (length + 1);
  memcpy (copy, text, length);
  copy[length] = '\0';
  return g_ascii_strtod (copy, NULL);
}

LpDecimalResult
lp_decimal_read (const char *text, gsize length, double *value, guint8 *places)
{
  Number number;
  gint64 scale;

  if (lp_decimal_read_short (text, length, value))
    {
      if (places != NULL)
        *places = 0;
      return LP_DECIMAL_OK;
    }
  number = (Number){ 0 };
  if (!scan_number (text, text + length, &number))
    return is_word_without_value (text, length) ? LP_DECIMAL_NOT_FINITE : LP_DECIMAL_NOT_A_NUMBER;
  if (places != NULL)
    *places = number.has_exponent ? G_MAXUINT8 : (guint8) MIN (number.n_after_point, G_MAXUINT8 - 1);
  scale = number.exponent - (gint64) number.n_after_point;
  if (number.n_significant <= 18 && number.digits <= WHOLE_MAX && scale >= -22 && scale <= 22)
    {
      double whole = (double) number.digits;

      whole = scale < 0 ? whole / powers[-scale] : whole * powers[scale];
      *value = number.negative ? -whole : whole;
      return LP_DECIMAL_OK;
    }
  *value = by_the_library (text, length);
  return isfinite (*value) ? LP_DECIMAL_OK : LP_DECIMAL_NOT_FINITE;
}

char *
lp_decimal_print (double value, guint places)
{
  char format[16];
  gsize size = 340 + places; /* 309 digits before the point at most */
  char *text;

  g_return_val_if_fail (isfinite (value) && places <= G_MAXUINT8, NULL);
  text = g_malloc (size);
  g_snprintf (format, sizeof format, "%%.%uf", places);
  g_ascii_formatd (text, (int) size, format, value);
  /* A negative number that rounds to nothing is plain zero. */
  if (text[0] == '-' && strspn (text + 1, "0.") == strlen (text + 1))
    memmove (text, text + 1, strlen (text));
  return text;
}
