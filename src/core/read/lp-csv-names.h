/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/lp-dataset.h"

G_BEGIN_DECLS

/* The classes of a table of boxes while it is read: names and their numbers. */

#define LP_CSV_NAMES_MAX 1000000

typedef struct
{
  const char *text;
  gsize length;
  gint32 id;
  gboolean is_na;
} LpCsvRecentName;

typedef struct
{
  LpDataset *dataset;
  GPtrArray *names; /* const char *, kept by the data set, by number; NULL: a hole */
  /* private */
  GArray *places; /* LpPlace, parallel */
  GHashTable *by_name;
  GString *scratch;
  LpCsvRecentName recent[256]; /* by a hash of the text; more than most tables have classes */
} LpCsvNames;

void lp_csv_names_init (LpCsvNames *names, LpDataset *dataset);
void lp_csv_names_clear (LpCsvNames *names);

/* The number of a name that was added; LP_CLASS_NONE: none. `is_na`: see lp_csv_is_na. */
gint32 lp_csv_names_find (LpCsvNames *names, const char *text, gsize length, gboolean *is_na);

/* A name that is not there gets the next number, first seen first; LP_CLASS_NONE beyond LP_CSV_NAMES_MAX. */
gint32 lp_csv_names_add (LpCsvNames *names, const char *text, gsize length, LpPlace place);

/* Gives a number its name, if it has none. */
void lp_csv_names_set (LpCsvNames *names, gint32 id, const char *text, gsize length, LpPlace place);

/* What pandas takes for a missing value, quoted or not (na_values of its documentation); also the empty cell. */
gboolean lp_csv_is_na (const char *text, gsize length);

/* Makes them the names of a dictionary, whose file and layer are known, and notices csv/category-numeric: pandas
 * makes numbers or truth values of a column only where every name is one, or NA. */
void lp_csv_names_publish (LpCsvNames *names, LpDictionary *dict);

G_END_DECLS
