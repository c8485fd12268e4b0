/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdio.h>

#include "base/lp-json.h"

/* For json-cases.py: reads cases, each four bytes of length (little end first) and the bytes, and prints a line for
 * each: "no", or "ok" and its tokens with strings decoded, in hexadecimal. */

static void
print_string (const LpJson *json, const LpJsonToken *token, char letter, GString *scratch)
{
  gsize length;
  const char *text = lp_json_string (json, token, scratch, &length);

  printf (" %c", letter);
  for (gsize i = 0; i < length; i++)
    printf ("%02x", (guchar) text[i]);
}

static void
print_token (const LpJson *json, const LpJsonToken *token, GString *scratch)
{
  if (token->kind == LP_JSON_KEY || token->kind == LP_JSON_STRING)
    print_string (json, token, token->kind == LP_JSON_KEY ? 'k' : 's', scratch);
  else
    printf (" %.*s", (int) (token->end - token->start), json->text + token->start);
}

static gboolean
is_json (const char *text, gsize length)
{
  LpJson json;
  LpJsonToken token;

  lp_json_init (&json, text, length);
  while (lp_json_next (&json, &token) > LP_JSON_END)
    ;
  return token.kind == LP_JSON_END;
}

static void
print_case (const char *text, gsize length)
{
  g_autoptr (GString) scratch = g_string_new (NULL);
  LpJson json;
  LpJsonToken token;

  if (!is_json (text, length))
    {
      puts ("no");
      return;
    }
  fputs ("ok", stdout);
  lp_json_init (&json, text, length);
  while (lp_json_next (&json, &token) > LP_JSON_END)
    print_token (&json, &token, scratch);
  putchar ('\n');
}

int
main (void)
{
  guint8 head[4];

  while (fread (head, 1, 4, stdin) == 4)
    {
      gsize length = head[0] | (gsize) head[1] << 8 | (gsize) head[2] << 16 | (gsize) head[3] << 24;
      g_autofree char *text = g_malloc (length > 0 ? length : 1);

      if (fread (text, 1, length, stdin) != length)
        return 1;
      print_case (text, length);
    }
  return 0;
}
