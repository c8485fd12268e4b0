/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "base/lp-yaml.h"
#include "lp-fuzz.h"

/* A token that is in the text gives the same value when it stands alone: so it can be moved as it is. */
static void
try_alone (const char *text, const LpYamlScalar *scalar)
{
  g_autofree char *token = g_strndup (text + scalar->offset, scalar->size);
  g_autofree char *list = g_strconcat ("a: [", token, "]\n", NULL);
  LpYamlProblem problem;
  g_autoptr (LpYaml) yaml = lp_yaml_read (list, strlen (list), &problem);

  g_assert_nonnull (yaml);
  g_assert_cmpstr (lp_yaml_item (yaml, &g_array_index (yaml->entries, LpYamlEntry, 0), 0)->text, ==, scalar->text);
}

static void
try_scalar (const char *text, gsize size, const LpYamlScalar *scalar)
{
  g_assert_true ((gsize) scalar->offset + scalar->size <= size);
  g_assert_true (scalar->line > 0 && scalar->column > 0);
  if (scalar->text == NULL)
    return;
  g_assert_cmpuint (strlen (scalar->text), <=, scalar->length);
  if (scalar->style == LP_YAML_SINGLE_QUOTED && text[scalar->offset] == '\'' &&
      strlen (scalar->text) == scalar->length)
    {
      g_assert_cmpint (text[scalar->offset + scalar->size - 1], ==, '\'');
      if (memchr (text + scalar->offset, '\n', scalar->size) == NULL &&
          memchr (text + scalar->offset, '\r', scalar->size) == NULL)
        try_alone (text, scalar);
    }
}

/* Whatever the bytes: tokens lie in the text and come in order, a quoted one ends with its quote, a problem has a
 * place and words. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const char *text = (const char *) data;
  LpYamlProblem problem;
  g_autoptr (LpYaml) yaml = lp_yaml_read (text, size, &problem);
  gint64 number;

  g_assert_true ((yaml == NULL) == (problem.sentence != NULL));
  g_assert_true (yaml != NULL || (problem.line > 0 && problem.column > 0));
  for (guint i = 0; yaml != NULL && i < yaml->entries->len; i++)
    {
      const LpYamlEntry *entry = &g_array_index (yaml->entries, LpYamlEntry, i);

      try_scalar (text, size, &entry->key);
      g_assert_nonnull (lp_yaml_find (yaml, entry->key.text));
      g_assert_true (entry->kind != LP_YAML_MAP || entry->n_items % 2 == 0);
      if (entry->kind == LP_YAML_SCALAR)
        try_scalar (text, size, &entry->value);
      for (guint j = 0; j < entry->n_items; j++)
        {
          try_scalar (text, size, lp_yaml_item (yaml, entry, j));
          lp_yaml_integer (lp_yaml_item (yaml, entry, j), &number);
        }
    }
  return 0;
}
