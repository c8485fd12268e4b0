/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/lp-csv.h"

G_BEGIN_DECLS

/* The header of a table of boxes: which column is which. Columns are found by name, never by place. The names are
 * those of annot.csv as the AWS post's parse_annots.py writes it, and, for reading only, those that other programs
 * give the same things. */

typedef enum
{
  LP_CSV_IMAGE,
  LP_CSV_CATEGORY,
  LP_CSV_LEFT,
  LP_CSV_TOP,
  LP_CSV_HEIGHT,
  LP_CSV_WIDTH,
  LP_CSV_IMAGE_WIDTH,
  LP_CSV_IMAGE_HEIGHT,
  LP_CSV_POST_COLUMNS, /* the eight of the post end here */
  LP_CSV_RIGHT = LP_CSV_POST_COLUMNS,
  LP_CSV_BOTTOM,
  LP_CSV_CLASS_ID,
  LP_CSV_N_COLUMNS,
} LpCsvColumn;

typedef struct
{
  char delimiter;
  gint16 at[LP_CSV_N_COLUMNS]; /* number of the cell from 0, -1: no such column */
  guint n_cells;               /* of the header */
  guint16 by_name;             /* bit: the column bears the post's own name */
  gboolean other_order;        /* all eight are there, in another order than the post's */
} LpCsvColumns;

/* From the first record of a text (without a byte order mark; it may go on). FALSE where it has none. */
gboolean lp_csv_columns_read (LpCsvColumns *columns, const char *text, gsize length);

/* Enough to read boxes: an image, a class by name or number, and four edges. */
gboolean lp_csv_columns_have_boxes (const LpCsvColumns *columns);

/* The post's own table, whole or damaged: half of its names at least. */
gboolean lp_csv_columns_are_of_post (const LpCsvColumns *columns);

/* The post's names that are missing, separated by ", "; NULL: none. Free with g_free. */
char *lp_csv_columns_missing (const LpCsvColumns *columns);

G_END_DECLS
