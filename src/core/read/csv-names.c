/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "base/lp-decimal.h"
#include "lp-rule-ids.h"
#include "read/lp-csv-names.h"

void
lp_csv_names_init (LpCsvNames *n, LpDataset *dataset)
{
  memset (n, 0, sizeof *n);
  n->dataset = dataset;
  n->names = g_ptr_array_new ();
  n->places = g_array_new (FALSE, TRUE, sizeof (LpPlace));
  n->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  n->scratch = g_string_new (NULL);
}

void
lp_csv_names_clear (LpCsvNames *n)
{
  g_ptr_array_unref (n->names);
  g_array_unref (n->places);
  g_hash_table_unref (n->by_name);
  g_string_free (n->scratch, TRUE);
}

/* ---- numbers ---- */

gboolean
lp_csv_is_na (const char *text, gsize length)
{
  static const char *const words[] = { "#N/A", "#N/A N/A", "#NA",     "-1.#IND", "-1.#QNAN", "-NaN",
                                       "-nan", "1.#IND",   "1.#QNAN", "<NA>",    "N/A",      "NA",
                                       "NULL", "NaN",      "None",    "n/a",     "nan",      "null" };

  for (guint i = 0; length > 0 && i < G_N_ELEMENTS (words); i++)
    if (strlen (words[i]) == length && memcmp (words[i], text, length) == 0)
      return TRUE;
  return length == 0;
}

void
lp_csv_names_set (LpCsvNames *n, gint32 id, const char *text, gsize length, LpPlace place)
{
  if ((guint) id >= n->names->len)
    {
      g_ptr_array_set_size (n->names, id + 1);
      g_array_set_size (n->places, (guint) id + 1);
    }
  if (g_ptr_array_index (n->names, id) != NULL)
    return;
  g_ptr_array_index (n->names, id) = g_string_chunk_insert_len (n->dataset->strings, text, (gssize) length);
  g_array_index (n->places, LpPlace, id) = place;
}

/* A name that was not asked for lately. */
static gint32
look_up (LpCsvNames *n, const char *text, gsize length)
{
  g_string_truncate (n->scratch, 0);
  g_string_append_len (n->scratch, text, (gssize) length);
  return GPOINTER_TO_INT (g_hash_table_lookup (n->by_name, n->scratch->str)) - 1;
}

gint32
lp_csv_names_find (LpCsvNames *n, const char *text, gsize length, gboolean *is_na)
{
  guint hash = (guint) length;
  LpCsvRecentName *recent;
  gint32 id;

  for (gsize i = 0; i < length; i++)
    hash = hash * 31 + (guchar) text[i];
  recent = &n->recent[hash % G_N_ELEMENTS (n->recent)];
  if (recent->length == length && length > 0 && memcmp (recent->text, text, length) == 0)
    {
      *is_na = recent->is_na;
      return recent->id;
    }
  *is_na = lp_csv_is_na (text, length);
  id = length > 0 ? look_up (n, text, length) : -1;
  if (id < 0)
    return LP_CLASS_NONE;
  *recent = (LpCsvRecentName){ g_ptr_array_index (n->names, id), length, id, *is_na };
  return id;
}

gint32
lp_csv_names_add (LpCsvNames *n, const char *text, gsize length, LpPlace place)
{
  gint32 id = (gint32) n->names->len;

  if (id == LP_CSV_NAMES_MAX)
    return LP_CLASS_NONE;
  lp_csv_names_set (n, id, text, length, place);
  g_hash_table_insert (n->by_name, g_ptr_array_index (n->names, id), GINT_TO_POINTER (id + 1));
  return id;
}

/* ---- what pandas makes of them ---- */

static gboolean
is_bool (const char *name)
{
  static const char *const words[] = { "True", "False", "TRUE", "FALSE", "true", "false" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (name, words[i]) == 0)
      return TRUE;
  return FALSE;
}

/* NULL: a hole, or NA. */
static const char *
real_name (const LpCsvNames *n, guint i)
{
  const char *name = g_ptr_array_index (n->names, i);

  return name != NULL && !lp_csv_is_na (name, strlen (name)) ? name : NULL;
}

static gboolean
are_altered (const LpCsvNames *n)
{
  guint n_numbers = 0, n_bools = 0, n_names = 0;
  double value;

  for (guint i = 0; i < n->names->len; i++)
    {
      const char *name = real_name (n, i);

      if (name == NULL)
        continue;
      n_names++;
      n_numbers += lp_decimal_read (name, strlen (name), &value, NULL) == LP_DECIMAL_OK;
      n_bools += is_bool (name);
    }
  return n_names > 0 && (n_numbers == n_names || n_bools == n_names);
}

void
lp_csv_names_publish (LpCsvNames *n, LpDictionary *dict)
{
  gboolean altered = are_altered (n);

  for (guint i = 0; i < n->names->len; i++)
    {
      const LpPlace *place = &g_array_index (n->places, LpPlace, i);
      LpFinding finding = LP_FINDING_INIT;

      lp_dictionary_add_name (n->dataset, dict, NULL, 0, *place);
      g_ptr_array_index (dict->names, i) = g_ptr_array_index (n->names, i);
      if (dict->line == 0)
        dict->line = place->line;
      if (!altered || real_name (n, i) == NULL)
        continue;
      finding.rule = LP_RULE_CSV_CATEGORY_NUMERIC;
      finding.file = dict->file;
      finding.line = place->line;
      finding.column = place->column;
      finding.layer = (guint8) dict->layer;
      finding.detail = lp_dataset_add_detail (n->dataset, real_name (n, i), -1);
      lp_dataset_notice (n->dataset, &finding);
    }
}
