/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "base/lp-text.h"

/* ---- how alike two names are ---- */

/* Bytes that are no UTF-8 become `\xff`, so that different ones stay different. */
static char *
as_utf8 (const char *text)
{
  GString *out = g_string_new (NULL);
  const char *end;

  while (!g_utf8_validate (text, -1, &end))
    {
      g_string_append_len (out, text, end - text);
      g_string_append_printf (out, "\\x%02x", (guchar) *end);
      text = end + 1;
    }
  g_string_append (out, text);
  return g_string_free (out, FALSE);
}

static char *
normalised (const char *name)
{
  g_autofree char *valid = as_utf8 (name);
  return g_utf8_normalize (valid, -1, G_NORMALIZE_NFC);
}

static gboolean
is_invisible (gunichar c)
{
  return (c >= 0x200b && c <= 0x200f) || c == 0x2060 || c == 0xfeff || g_unichar_type (c) == G_UNICODE_PRIVATE_USE;
}

static char *
trimmed (const char *nfc)
{
  GString *out = g_string_new (NULL);
  gsize kept = 0;

  for (const char *p = nfc; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_invisible (c) || (out->len == 0 && g_unichar_isspace (c)))
        continue;
      g_string_append_unichar (out, c);
      if (!g_unichar_isspace (c))
        kept = out->len;
    }
  g_string_truncate (out, kept);
  return g_string_free (out, FALSE);
}

static char *
folded (const char *trim)
{
  g_autofree char *lower = g_utf8_casefold (trim, -1);
  g_autofree char *nfc = g_utf8_normalize (lower, -1, G_NORMALIZE_NFC);
  GString *out = g_string_new (NULL);

  for (const char *p = nfc; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean gap = g_unichar_isspace (c) || c == '_' || c == '-';

      if (!gap)
        g_string_append_unichar (out, c);
      else if (out->len == 0 || out->str[out->len - 1] != ' ')
        g_string_append_c (out, ' ');
    }
  return g_string_free (out, FALSE);
}

char *
lp_text_fold (const char *name)
{
  g_autofree char *nfc = normalised (name);
  g_autofree char *trim = trimmed (nfc);
  return folded (trim);
}

LpSame
lp_text_same (const char *a, const char *b)
{
  g_autofree char *nfc_a = NULL, *nfc_b = NULL, *trim_a = NULL, *trim_b = NULL, *fold_a = NULL, *fold_b = NULL;

  if (strcmp (a, b) == 0)
    return LP_SAME_BYTES;
  nfc_a = normalised (a);
  nfc_b = normalised (b);
  if (strcmp (nfc_a, nfc_b) == 0)
    return LP_SAME_NFC;
  trim_a = trimmed (nfc_a);
  trim_b = trimmed (nfc_b);
  if (strcmp (trim_a, trim_b) == 0)
    return LP_SAME_TRIMMED;
  fold_a = folded (trim_a);
  fold_b = folded (trim_b);
  return strcmp (fold_a, fold_b) == 0 ? LP_SAME_FOLDED : LP_SAME_NOT;
}

/* ---- to be shown ---- */

#define REPLACEMENT 0xfffd

static gboolean
turns_or_breaks_lines (gunichar c)
{
  return c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static gunichar
next_character (const char **p, const char *end)
{
  gunichar c = g_utf8_get_char_validated (*p, end - *p);

  /* GLib answers -2 for NUL, which a length allows. */
  if (c == (gunichar) -1 || c == (gunichar) -2)
    {
      c = **p == '\0' ? 0 : REPLACEMENT;
      *p += 1;
    }
  else
    *p = g_utf8_next_char (*p);
  return c;
}

static void
append_shown (GString *out, gunichar c)
{
  if (c < 0x20 || (c >= 0x7f && c < 0xa0))
    g_string_append_printf (out, "\\x%02x", c);
  else if (turns_or_breaks_lines (c))
    g_string_append_printf (out, "\\u%04x", c);
  else
    g_string_append_unichar (out, c);
}

char *
lp_text_escape (const char *text, gssize length, gsize max_chars)
{
  const char *p = text, *end = text + (length < 0 ? (gssize) strlen (text) : length);
  GString *out = g_string_sized_new (MIN (end - p, 256) + 1);
  gsize n_chars = 0;

  while (p < end)
    {
      gsize before = out->len;

      append_shown (out, next_character (&p, end));
      n_chars += (gsize) g_utf8_strlen (out->str + before, out->len - before);
      if (max_chars > 0 && n_chars > max_chars)
        {
          g_string_truncate (out, before);
          g_string_append (out, "…");
          break;
        }
    }
  return g_string_free (out, FALSE);
}

static gboolean
is_blank (const char *p)
{
  return g_unichar_type (g_utf8_get_char (p)) == G_UNICODE_SPACE_SEPARATOR;
}

char *
lp_text_show_blanks (const char *text)
{
  g_autofree char *shown = lp_text_escape (text, -1, 0);
  GString *out = g_string_new (NULL);
  const char *p = shown;

  while (*p != '\0')
    {
      const char *run = p;
      gboolean visible;

      while (*p != '\0' && is_blank (p))
        p = g_utf8_next_char (p);
      visible = run == shown || *p == '\0' || g_utf8_strlen (run, p - run) > 1;
      for (; run < p; run = g_utf8_next_char (run))
        g_string_append_unichar (out, visible ? 0x2423 : g_utf8_get_char (run));
      while (*p != '\0' && !is_blank (p))
        {
          g_string_append_unichar (out, g_utf8_get_char (p));
          p = g_utf8_next_char (p);
        }
    }
  return g_string_free (out, FALSE);
}

/* ---- order ---- */

static int
compare_numbers (const char **a, const char **b)
{
  gsize zeros_a = strspn (*a, "0"), zeros_b = strspn (*b, "0");
  const char *start_a = *a + zeros_a, *start_b = *b + zeros_b;
  gsize n_a = strspn (start_a, "0123456789"), n_b = strspn (start_b, "0123456789");

  *a = start_a + n_a;
  *b = start_b + n_b;
  if (n_a != n_b)
    return n_a < n_b ? -1 : 1;
  return memcmp (start_a, start_b, n_a);
}

int
lp_text_compare_natural (const char *a, const char *b)
{
  const char *p = a, *q = b;

  while (*p != '\0' && *q != '\0')
    {
      int order;

      if (g_ascii_isdigit (*p) && g_ascii_isdigit (*q))
        order = compare_numbers (&p, &q);
      else
        order = (guchar) *p++ - (guchar) *q++;
      if (order != 0)
        return order < 0 ? -1 : 1;
    }
  if (*p != *q)
    return *p == '\0' ? -1 : 1;
  return strcmp (a, b);
}

gsize
lp_text_white_wide (const char *text, gsize length)
{
  gunichar wide = g_utf8_get_char_validated (text, (gssize) length);

  if (wide == 0x85 || wide == 0xa0 || wide == 0x1680 || (wide >= 0x2000 && wide <= 0x200a) || wide == 0x2028 ||
      wide == 0x2029 || wide == 0x202f || wide == 0x205f || wide == 0x3000)
    return wide < 0x800 ? 2 : 3;
  return 0;
}
