/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "lp-rule-ids.h"
#include "read/lp-csv-names.h"

static gint32
number_of (LpCsvNames *names, const char *text, guint line)
{
  LpPlace place = { .length = 3, .line = line, .column = 7 };
  gboolean is_na;
  gint32 id = lp_csv_names_find (names, text, strlen (text), &is_na);

  g_assert_cmpint (is_na, ==, lp_csv_is_na (text, strlen (text)));
  return id >= 0 ? id : lp_csv_names_add (names, text, strlen (text), place);
}

/* First seen first, and the same again, also where more names than are kept at hand come in between. */
static void
test_numbers (void)
{
  g_autoptr (LpDataset) dataset = lp_dataset_new ();
  LpCsvNames names;
  gboolean is_na;

  lp_csv_names_init (&names, dataset);
  g_assert_cmpint (lp_csv_names_find (&names, "pen", 3, &is_na), ==, LP_CLASS_NONE);
  g_assert_cmpint (number_of (&names, "pen", 2), ==, 0);
  g_assert_cmpint (number_of (&names, "NA", 3), ==, 1);
  g_assert_cmpint (number_of (&names, "pen", 4), ==, 0);
  g_assert_cmpint (number_of (&names, "NA", 5), ==, 1);
  g_assert_cmpint (lp_csv_names_find (&names, "", 0, &is_na), ==, LP_CLASS_NONE);
  g_assert_true (is_na);
  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < 1000; i++)
      {
        g_autofree char *name = g_strdup_printf ("thing %u", i);

        g_assert_cmpint (number_of (&names, name, 6), ==, i + 2);
      }
  g_assert_cmpint (number_of (&names, "pen", 7), ==, 0);
  g_assert_cmpuint (names.names->len, ==, 1002);
  lp_csv_names_clear (&names);
}

static void
test_na (void)
{
  static const char *const missing[] = { "", "NA", "N/A", "NaN", "nan", "null", "None", "#N/A", "<NA>" };
  static const char *const names[] = { "na", "none", "NaNa", "Nan", "N", " NA", "nail", "0" };

  for (guint i = 0; i < G_N_ELEMENTS (missing); i++)
    g_assert_true (lp_csv_is_na (missing[i], strlen (missing[i])));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_false (lp_csv_is_na (names[i], strlen (names[i])));
}

/* How many names pandas would alter, of a column of these. */
static guint
altered (const char *first, const char *second, const char *third)
{
  g_autoptr (LpDataset) dataset = lp_dataset_new ();
  const char *const texts[] = { first, second, third };
  LpDictionary *dict = lp_dataset_add_dictionary (dataset, LP_DICT_CSV, LP_NONE, "annot.csv");
  LpCsvNames names;

  lp_csv_names_init (&names, dataset);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i] != NULL)
      number_of (&names, texts[i], i + 2);
  lp_csv_names_publish (&names, dict);
  for (guint i = 0; i < dataset->noticed->len; i++)
    g_assert_cmpint (g_array_index (dataset->noticed, LpFinding, i).rule, ==, LP_RULE_CSV_CATEGORY_NUMERIC);
  g_assert_cmpuint (dict->names->len, ==, names.names->len);
  g_assert_cmpuint (dict->line, ==, 2);
  lp_csv_names_clear (&names);
  return dataset->noticed->len;
}

static void
test_altered (void)
{
  g_assert_cmpuint (altered ("001", "1e3", "-2.5"), ==, 3);
  g_assert_cmpuint (altered ("001", "NA", "7"), ==, 2);
  g_assert_cmpuint (altered ("True", "FALSE", NULL), ==, 2);
  g_assert_cmpuint (altered ("001", "True", NULL), ==, 0);
  g_assert_cmpuint (altered ("001", "pen", NULL), ==, 0);
  g_assert_cmpuint (altered ("NA", "None", NULL), ==, 0);
}

/* The table's own numbers: holes stay, the first name of a number counts. */
static void
test_own_numbers (void)
{
  g_autoptr (LpDataset) dataset = lp_dataset_new ();
  LpDictionary *dict = lp_dataset_add_dictionary (dataset, LP_DICT_CSV, LP_NONE, "annot.csv");
  LpPlace place = { .line = 5, .column = 3, .length = 3 };
  LpCsvNames names;

  lp_csv_names_init (&names, dataset);
  lp_csv_names_set (&names, 2, "pen", 3, place);
  lp_csv_names_set (&names, 0, "ink", 3, place);
  lp_csv_names_set (&names, 2, "cap", 3, place);
  lp_csv_names_publish (&names, dict);
  g_assert_cmpuint (dict->names->len, ==, 3);
  g_assert_cmpstr (lp_dictionary_name (dict, 0), ==, "ink");
  g_assert_null (lp_dictionary_name (dict, 1));
  g_assert_cmpstr (lp_dictionary_name (dict, 2), ==, "pen");
  lp_csv_names_clear (&names);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv-names/numbers", test_numbers);
  g_test_add_func ("/csv-names/na", test_na);
  g_test_add_func ("/csv-names/altered", test_altered);
  g_test_add_func ("/csv-names/own-numbers", test_own_numbers);
  return g_test_run ();
}
