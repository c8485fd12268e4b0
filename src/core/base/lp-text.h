/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/* Text that came with the data: names of classes and files. It is bytes until shown; nothing here trusts it. */

/* How alike two names are. Only LP_SAME_BYTES is "the same". */
typedef enum
{
  LP_SAME_NOT,
  LP_SAME_FOLDED,  /* after case folding and collapsing white space, `_` and `-` */
  LP_SAME_TRIMMED, /* after trimming and removing invisible characters */
  LP_SAME_NFC,     /* after Unicode normalisation */
  LP_SAME_BYTES,
} LpSame;

LpSame lp_text_same (const char *a, const char *b);

/* The name normalised, trimmed and folded; equal keys mean at least LP_SAME_FOLDED. Free with g_free. */
char *lp_text_fold (const char *name);

/* For a terminal or a label: valid UTF-8 (bytes that are not become U+FFFD), C0, C1, DEL and bidi controls as
 * `\x1b` or `\u202e`, at most max_chars characters and then "…" (0: no limit). Free with g_free. */
char *lp_text_escape (const char *text, gssize length, gsize max_chars);

/* As lp_text_escape, but leading, trailing and doubled blanks are shown as ␣. Free with g_free. */
char *lp_text_show_blanks (const char *text);

/* TRUE when no byte is above 0x7f. */
static inline gboolean
lp_text_is_ascii (const char *text, gsize length)
{
  guint64 word, bits = 0;
  gsize i = 0;

  for (; i + sizeof word <= length; i += sizeof word)
    {
      memcpy (&word, text + i, sizeof word);
      bits |= word;
    }
  for (; i < length; i++)
    bits |= (guchar) text[i];
  return (bits & G_GUINT64_CONSTANT (0x8080808080808080)) == 0;
}

/* How many bytes of white space text[0..length) begins with, 0: none; one character, length > 0. As Python's
 * str.split(), which readers of label files use, sees it. */
gsize lp_text_white_wide (const char *text, gsize length);

static inline gsize
lp_text_white (const char *text, gsize length)
{
  guchar c = (guchar) text[0];

  if (c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1c && c <= 0x1f))
    return 1;
  return c < 0x80 ? 0 : lp_text_white_wide (text, length);
}

/* Code point order of the bytes; natural order (digits as numbers); for sorting what a person sees. */
int lp_text_compare_natural (const char *a, const char *b);

G_END_DECLS
