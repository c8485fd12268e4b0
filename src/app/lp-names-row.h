/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Columns that many rows share: their widths, and how far the ones that are not pinned are scrolled to the side. */
typedef struct
{
  guint n, pinned;          /* the first ones stay in sight */
  int *widths;              /* pixels at least */
  GtkAdjustment *scrolling; /* owned by whoever owns the columns */
} LpColumns;

/* How much of the columns can be seen, for those who scroll. */
void lp_columns_fit (const LpColumns *columns, int row_width);
/* Where column `i` lies in a row of this width: room that is left is shared by all but the first. */
void lp_columns_place (const LpColumns *columns, int row_width, guint i, int *x, int *width);
int lp_columns_width (const LpColumns *columns);

/* One row of cells under shared columns. */
#define LP_TYPE_NAMES_ROW (lp_names_row_get_type ())
G_DECLARE_FINAL_TYPE (LpNamesRow, lp_names_row, LP, NAMES_ROW, GtkWidget)

/* Borrows the columns, which must stay as long as the row. */
GtkWidget *lp_names_row_new (LpColumns *columns);
/* Cells are appended in the order of the columns; takes them. */
void lp_names_row_append (LpNamesRow *self, GtkWidget *cell);
GtkWidget *lp_names_row_cell (LpNamesRow *self, guint column);

G_END_DECLS
