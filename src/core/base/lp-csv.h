/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Comma-separated values that others wrote (RFC 4180), read where they stand: records and the bytes of their cells,
 * no tree, no allocation a record. The delimiter is the caller's. Lines end with LF, CR LF or CR; empty lines are
 * passed over; a quote within a cell that does not begin with one is a character like any other, as spreadsheets and
 * Python write and read it. What is no CSV is a problem with its place, and reading goes on in the next line.
 *
 * The text may be a piece of a file: where its last record is not complete, LP_CSV_MORE is handed out, and the caller
 * comes back with what is behind lp_csv_at and more. One LpCsv belongs to one thread. */

#define LP_CSV_RECORD_MAX (64 * 1024) /* bytes; quotes that do not close are so found without reading everything */
#define LP_CSV_CELLS_MAX 256

typedef enum
{
  LP_CSV_END,
  LP_CSV_RECORD,
  LP_CSV_PROBLEM, /* of one line, which is passed over */
  LP_CSV_MORE,    /* the rest is not complete */
} LpCsvKind;

typedef enum
{
  LP_CSV_FINE,
  LP_CSV_QUOTE_OPEN,   /* a quoted cell that does not end */
  LP_CSV_BEHIND_QUOTE, /* something between the closing quote and the next delimiter */
  LP_CSV_TOO_LONG,
  LP_CSV_TOO_MANY, /* cells */
  LP_CSV_ZERO,     /* a zero byte */
  LP_CSV_BAD_UTF8,
} LpCsvProblem;

/* A cell as it stands, quotes included: bytes from the start of the text. */
typedef struct
{
  guint32 start, end;
  gboolean quoted;  /* begins and ends with a quote */
  gboolean doubled; /* has doubled quotes in it */
} LpCsvCell;

typedef struct
{
  const char *text;
  gsize length;
  gsize start, end; /* of the record, without its line end; of a problem: its line */
  guint32 line;     /* in which it begins, from 1 */
  LpCsvCell cells[LP_CSV_CELLS_MAX];
  guint n_cells;
  LpCsvProblem problem; /* also of a record: LP_CSV_ZERO and LP_CSV_BAD_UTF8 leave its cells readable */
  gsize problem_at;
  /* private */
  gsize at;
  guint32 next_line;
  gboolean final, skipping;
  char delimiter;
} LpCsv;

void lp_csv_init (LpCsv *csv, char delimiter);

/* The text from here on; `final`: nothing follows it. Under 4 GB. */
void lp_csv_feed (LpCsv *csv, const char *text, gsize length, gboolean final);

/* Up to where the text has been used. */
static inline gsize
lp_csv_at (const LpCsv *csv)
{
  return csv->at;
}

LpCsvKind lp_csv_next (LpCsv *csv);

/* What a cell says: in the text itself, or, with doubled quotes, in `scratch`. Not ended by NUL. Valid until the text
 * or the scratch is used again. */
const char *lp_csv_cell_undouble (const LpCsv *csv, const LpCsvCell *cell, GString *scratch, gsize *length);

static inline const char *
lp_csv_cell (const LpCsv *csv, guint index, GString *scratch, gsize *length)
{
  const LpCsvCell *cell = &csv->cells[index];

  if (cell->doubled)
    return lp_csv_cell_undouble (csv, cell, scratch, length);
  *length = cell->end - cell->start - (cell->quoted ? 2 : 0);
  return csv->text + cell->start + cell->quoted;
}

/* The sentence for a person; translated, static; "" where all is fine. */
const char *lp_csv_problem_words (LpCsvProblem problem);

G_END_DECLS
