/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "report/lp-json-out.h"

#define REPLACEMENT 0xfffd

void
lp_json_out_init (LpJsonOut *out)
{
  *out = (LpJsonOut){ .text = g_string_new (NULL) };
}

char *
lp_json_out_finish (LpJsonOut *out)
{
  g_assert (out->depth == 0);
  g_string_append_c (out->text, '\n');
  return g_string_free (g_steal_pointer (&out->text), FALSE);
}

/* ---- strings ---- */

/* The grammar asks for C0, quote and backslash; the others turn lines round or command a terminal. */
static gboolean
is_plain (gunichar c)
{
  return c >= 0x20 && c != '"' && c != '\\' && !(c >= 0x7f && c < 0xa0) && c != 0x061c && c != 0x200e &&
         c != 0x200f && !(c >= 0x2028 && c <= 0x202e) && !(c >= 0x2066 && c <= 0x2069);
}

static void
append_character (GString *text, gunichar c)
{
  if (c == '"' || c == '\\')
    g_string_append_c (text, '\\');
  if (c == '"' || c == '\\' || is_plain (c))
    g_string_append_unichar (text, c);
  else
    g_string_append_printf (text, "\\u%04x", c);
}

static void
append_string (GString *text, const char *value)
{
  const char *p = value, *end = value + strlen (value);

  g_string_append_c (text, '"');
  while (p < end)
    {
      const char *run = p;
      gunichar c;

      while (p < end && (guchar) *p < 0x80 && is_plain ((guchar) *p))
        p++;
      g_string_append_len (text, run, p - run);
      if (p == end)
        break;
      c = g_utf8_get_char_validated (p, end - p);
      if (c == (gunichar) -1 || c == (gunichar) -2)
        {
          c = REPLACEMENT;
          p++;
        }
      else
        p = g_utf8_next_char (p);
      append_character (text, c);
    }
  g_string_append_c (text, '"');
}

/* ---- values ---- */

static void
new_line (LpJsonOut *out)
{
  if (out->text->len > 0)
    g_string_append_c (out->text, '\n');
  for (guint i = 0; i < out->depth; i++)
    g_string_append (out->text, "  ");
}

static void
begin_value (LpJsonOut *out, const char *key)
{
  if (out->has_items)
    g_string_append_c (out->text, ',');
  new_line (out);
  out->has_items = TRUE;
  if (key == NULL)
    return;
  append_string (out->text, key);
  g_string_append (out->text, ": ");
}

static void
begin (LpJsonOut *out, const char *key, char bracket)
{
  begin_value (out, key);
  g_string_append_c (out->text, bracket);
  out->depth++;
  out->has_items = FALSE;
}

static void
end (LpJsonOut *out, char bracket)
{
  g_assert (out->depth > 0);
  out->depth--;
  if (out->has_items)
    new_line (out);
  g_string_append_c (out->text, bracket);
  out->has_items = TRUE;
}

void
lp_json_out_begin_object (LpJsonOut *out, const char *key)
{
  begin (out, key, '{');
}

void
lp_json_out_end_object (LpJsonOut *out)
{
  end (out, '}');
}

void
lp_json_out_begin_array (LpJsonOut *out, const char *key)
{
  begin (out, key, '[');
}

void
lp_json_out_end_array (LpJsonOut *out)
{
  end (out, ']');
}

void
lp_json_out_text (LpJsonOut *out, const char *key, const char *value)
{
  begin_value (out, key);
  if (value != NULL)
    append_string (out->text, value);
  else
    g_string_append (out->text, "null");
}

void
lp_json_out_number (LpJsonOut *out, const char *key, gint64 value)
{
  begin_value (out, key);
  g_string_append_printf (out->text, "%" G_GINT64_FORMAT, value);
}

void
lp_json_out_real (LpJsonOut *out, const char *key, double value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  begin_value (out, key);
  g_string_append (out->text, isfinite (value) ? g_ascii_dtostr (number, sizeof number, value) : "null");
}

void
lp_json_out_boolean (LpJsonOut *out, const char *key, gboolean value)
{
  begin_value (out, key);
  g_string_append (out->text, value ? "true" : "false");
}
