/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/lp-csv.h"
#include "base/lp-text.h"

void
lp_csv_init (LpCsv *csv, char delimiter)
{
  memset (csv, 0, sizeof *csv);
  csv->delimiter = delimiter;
  csv->next_line = 1;
}

void
lp_csv_feed (LpCsv *csv, const char *text, gsize length, gboolean final)
{
  g_return_if_fail (length < G_MAXUINT32);
  csv->text = text;
  csv->length = length;
  csv->final = final;
  csv->at = 0;
}

static inline gboolean
ends_line (char c)
{
  return c == '\n' || c == '\r';
}

/* ---- lines ---- */

/* Past the line end at `at`. FALSE: a CR is the last byte so far, and what follows decides. */
static gboolean
pass_line_end (LpCsv *csv, gsize at)
{
  if (csv->text[at] == '\r')
    {
      if (at + 1 == csv->length && !csv->final)
        return FALSE;
      if (at + 1 < csv->length && csv->text[at + 1] == '\n')
        at++;
    }
  csv->at = at + 1;
  csv->next_line++;
  return TRUE;
}

/* Past the rest of a line that is too long to be kept. FALSE: it is still not at its end. */
static gboolean
skip_line (LpCsv *csv)
{
  gsize at = csv->at;

  while (at < csv->length && !ends_line (csv->text[at]))
    at++;
  csv->at = at;
  csv->skipping = at == csv->length ? !csv->final : !pass_line_end (csv, at);
  return !csv->skipping;
}

static gboolean
pass_empty_lines (LpCsv *csv)
{
  while (csv->at < csv->length && ends_line (csv->text[csv->at]))
    if (!pass_line_end (csv, csv->at))
      return FALSE;
  return TRUE;
}

static LpCsvKind
refuse (LpCsv *csv, LpCsvProblem problem, gsize at)
{
  csv->problem = problem;
  csv->problem_at = at;
  csv->at = csv->start;
  csv->skipping = TRUE;
  skip_line (csv);
  csv->end = csv->at;
  while (csv->end > csv->start && ends_line (csv->text[csv->end - 1]))
    csv->end--;
  return LP_CSV_PROBLEM;
}

/* ---- cells ---- */

/* The text ends within the record, or the record is too long; `quote`: where a cell began that is still open. */
static LpCsvKind
cut_short (LpCsv *csv, gsize at, const LpCsvCell *open)
{
  if (at - csv->start <= LP_CSV_RECORD_MAX && !csv->final)
    return LP_CSV_MORE;
  if (open != NULL)
    return refuse (csv, LP_CSV_QUOTE_OPEN, open->start);
  return refuse (csv, LP_CSV_TOO_LONG, csv->start);
}

/* Behind the closing quote of the cell that begins at `at`; csv->length where there is none. */
static gsize
quoted_end (const LpCsv *csv, gsize at, gsize limit, LpCsvCell *cell, guint32 *lines)
{
  for (at++; at < limit; at++)
    {
      char c = csv->text[at];

      if (c == '"' && at + 1 < csv->length && csv->text[at + 1] == '"')
        {
          cell->doubled = TRUE;
          at++;
        }
      else if (c == '"')
        return at + 1;
      else if (c == '\n' || (c == '\r' && !(at + 1 < csv->length && csv->text[at + 1] == '\n')))
        ++*lines;
    }
  return csv->length + 1;
}

/* The cells are there; what they say may still be no text. */
static LpCsvKind
finish_record (LpCsv *csv, gsize end)
{
  const char *bad;

  csv->end = end;
  csv->problem = LP_CSV_FINE;
  bad = memchr (csv->text + csv->start, '\0', end - csv->start);
  if (bad != NULL)
    csv->problem = LP_CSV_ZERO;
  else if (!lp_text_is_ascii (csv->text + csv->start, end - csv->start) &&
           !g_utf8_validate_len (csv->text + csv->start, end - csv->start, &bad))
    csv->problem = LP_CSV_BAD_UTF8;
  if (csv->problem != LP_CSV_FINE)
    csv->problem_at = (gsize) (bad - csv->text);
  return LP_CSV_RECORD;
}

#define EACH(byte) (G_GUINT64_CONSTANT (0x0101010101010101) * (guchar) (byte))

/* The high bit of each byte of the word that is this one. */
static inline guint64
find_byte (guint64 word, char byte)
{
  guint64 rest = word ^ EACH (byte);

  return ~(((rest & EACH (0x7f)) + EACH (0x7f)) | rest | EACH (0x7f));
}

/* Cells without quotes from `at` on, eight bytes at once: all the time is spent here. Returns where the first cell
 * begins that is not such a one or too near to the end, or (`ended`) where the record ends. */
static gsize
plain_cells (LpCsv *csv, gsize at, gsize limit, gboolean *ended)
{
  const char *text = csv->text, delimiter = csv->delimiter;
  gboolean plain = at < limit && text[at] != '"';

  for (gsize base = at; plain && base + sizeof (guint64) < limit; base += sizeof (guint64))
    {
      guint64 word, found;

      memcpy (&word, text + base, sizeof word);
      word = GUINT64_FROM_LE (word);
      found = find_byte (word, delimiter) | find_byte (word, '\n') | find_byte (word, '\r');
      for (; found != 0 && plain; found &= found - 1)
        {
          gsize end = base + (gsize) __builtin_ctzll (found) / 8;

          csv->cells[csv->n_cells++] = (LpCsvCell){ .start = (guint32) at, .end = (guint32) end };
          *ended = text[end] != delimiter;
          if (*ended)
            return end;
          at = end + 1;
          plain = text[at] != '"' && csv->n_cells < LP_CSV_CELLS_MAX;
        }
    }
  return at;
}

/* The cells from `at` on, to the end of the record. `lines`: line ends within quotes. */
static LpCsvKind
read_cells (LpCsv *csv, gsize at, guint32 *lines)
{
  gsize limit = MIN (csv->length, csv->start + LP_CSV_RECORD_MAX + 1);
  const char *text = csv->text, delimiter = csv->delimiter;
  gboolean ended = FALSE;

  csv->n_cells = 0;
  at = plain_cells (csv, at, limit, &ended);
  if (ended)
    return finish_record (csv, at);
  for (;; at++)
    {
      LpCsvCell *cell = &csv->cells[csv->n_cells];

      if (csv->n_cells == LP_CSV_CELLS_MAX)
        return refuse (csv, LP_CSV_TOO_MANY, at);
      *cell = (LpCsvCell){ .start = (guint32) at, .quoted = at < limit && text[at] == '"' };
      if (cell->quoted)
        at = quoted_end (csv, at, limit, cell, lines);
      if (at > limit || (at == csv->length && !csv->final))
        return cut_short (csv, MIN (at, limit), at > limit ? cell : NULL);
      if (cell->quoted && at < limit && text[at] != delimiter && !ends_line (text[at]))
        return refuse (csv, LP_CSV_BEHIND_QUOTE, at);
      while (at < limit && text[at] != delimiter && !ends_line (text[at]))
        at++;
      if (at == limit && !(csv->final && at == csv->length))
        return cut_short (csv, at, NULL);
      cell->end = (guint32) at;
      csv->n_cells++;
      if (at == csv->length || text[at] != delimiter)
        return finish_record (csv, at);
    }
}

LpCsvKind
lp_csv_next (LpCsv *csv)
{
  guint32 lines = 0;
  LpCsvKind kind;

  if ((csv->skipping && !skip_line (csv)) || !pass_empty_lines (csv))
    return LP_CSV_MORE;
  if (csv->at == csv->length)
    return csv->final ? LP_CSV_END : LP_CSV_MORE;
  csv->start = csv->at;
  csv->line = csv->next_line;
  kind = read_cells (csv, csv->at, &lines);
  if (kind != LP_CSV_RECORD)
    return kind;
  csv->next_line += lines;
  csv->at = csv->end;
  if (csv->end < csv->length && !pass_line_end (csv, csv->end))
    {
      csv->next_line -= lines;
      csv->at = csv->start;
      return LP_CSV_MORE;
    }
  return LP_CSV_RECORD;
}

const char *
lp_csv_cell_undouble (const LpCsv *csv, const LpCsvCell *cell, GString *scratch, gsize *length)
{
  g_string_truncate (scratch, 0);
  for (gsize i = cell->start + 1; i + 1 < cell->end; i++)
    {
      g_string_append_c (scratch, csv->text[i]);
      if (csv->text[i] == '"')
        i++;
    }
  *length = scratch->len;
  return scratch->str;
}

const char *
lp_csv_problem_words (LpCsvProblem problem)
{
  switch (problem)
    {
    case LP_CSV_QUOTE_OPEN:
      return _ ("A quote is opened and not closed.");
    case LP_CSV_BEHIND_QUOTE:
      return _ ("Something stands behind a closing quote.");
    case LP_CSV_TOO_LONG:
      return _ ("The line is too long.");
    case LP_CSV_TOO_MANY:
      return _ ("The line has too many cells.");
    case LP_CSV_ZERO:
      return _ ("It contains zero bytes.");
    case LP_CSV_BAD_UTF8:
      return _ ("It is not UTF-8.");
    case LP_CSV_FINE:
    default:
      return "";
    }
}
