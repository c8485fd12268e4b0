/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "base/lp-csv.h"

/* What the whole text says: cells as [..], records ended by ; and problems as !words at byte. */
static char *
describe (const char *text, gsize length, gsize step, char delimiter)
{
  g_autofree LpCsv *csv = g_new (LpCsv, 1);
  g_autoptr (GString) scratch = g_string_new (NULL), out = g_string_new (NULL);
  gsize start = 0, end = MIN (step, length);
  LpCsvKind kind;

  lp_csv_init (csv, delimiter);
  lp_csv_feed (csv, text, end, end == length);
  while ((kind = lp_csv_next (csv)) != LP_CSV_END)
    {
      if (kind == LP_CSV_MORE)
        {
          g_assert_cmpuint (end, <, length);
          start += lp_csv_at (csv);
          end = MIN (end + step, length);
          lp_csv_feed (csv, text + start, end - start, end == length);
          continue;
        }
      g_string_append_printf (out, "%u:", csv->line);
      if (kind == LP_CSV_PROBLEM || csv->problem != LP_CSV_FINE)
        g_string_append_printf (out, "!%d at %" G_GSIZE_FORMAT, csv->problem, start + csv->problem_at);
      for (guint i = 0; kind == LP_CSV_RECORD && i < csv->n_cells; i++)
        {
          gsize n;
          const char *cell = lp_csv_cell (csv, i, scratch, &n);

          g_string_append_printf (out, "[%.*s]", (int) n, cell);
        }
      g_string_append_c (out, ';');
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static const struct
{
  const char *text, *wanted;
} cases[] = {
  { "", "" },
  { "\n\r\n\r", "" },
  { "a,b\nc,d\n", "1:[a][b];2:[c][d];" },
  { "a,b\r\nc,d", "1:[a][b];2:[c][d];" },
  { "a\rb\r\rc", "1:[a];2:[b];4:[c];" },
  { ",\n,,\n", "1:[][];2:[][][];" },
  { "a,\n", "1:[a][];" },
  { "a,", "1:[a][];" },
  { " a , b", "1:[ a ][ b];" },
  { "\"a,b\",\"c\"\n", "1:[a,b][c];" },
  { "\"\",\"\"\"\"\n", "1:[][\"];" },
  { "\"say \"\"pen\"\"\",x\ny\n", "1:[say \"pen\"][x];2:[y];" },
  { "\"two\nlines\",x\r\ny\n", "1:[two\nlines][x];3:[y];" },
  { "\"two\r\nlines\"\ny\n", "1:[two\r\nlines];3:[y];" },
  { "3\" nail,x\n", "1:[3\" nail][x];" },
  { "\"a\"b,c\nd\n", "1:!2 at 3;2:[d];" },
  { "x\n\"a,b\nc\n", "1:[x];2:!1 at 2;3:[c];" },
  { "\"", "1:!1 at 0;" },
  { "p\xff,x\nq\n", "1:!6 at 1[p\xff][x];2:[q];" },
  { "\xc3\xa9,\xe7\xac\xa6\n", "1:[\xc3\xa9][\xe7\xac\xa6];" },
};

/* The same however the text is cut into pieces. */
static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize step = 1; step <= strlen (cases[i].text) + 1; step++)
      {
        g_autofree char *got = describe (cases[i].text, strlen (cases[i].text), step, ',');

        g_assert_cmpstr (got, ==, cases[i].wanted);
      }
}

static void
test_zero_byte (void)
{
  g_autofree char *got = describe ("a\0b,c\nd\n", 8, 8, ',');

  g_assert_cmpstr (got, ==, "1:!5 at 1[a][c];2:[d];");
}

static void
test_delimiters (void)
{
  g_autofree char *semicolons = describe ("a,1;b\n", 6, 6, ';'), *tabs = describe ("a\tb c\n", 6, 6, '\t');

  g_assert_cmpstr (semicolons, ==, "1:[a,1][b];");
  g_assert_cmpstr (tabs, ==, "1:[a][b c];");
}

/* `before`, then as many `c` as wanted, then `after`. */
static char *
long_text (const char *before, char c, gsize n, const char *after)
{
  GString *text = g_string_new (before);

  for (gsize i = 0; i < n; i++)
    g_string_append_c (text, c);
  g_string_append (text, after);
  return g_string_free (text, FALSE);
}

static void
assert_text (const char *text, gsize step, const char *wanted)
{
  g_autofree char *got = describe (text, strlen (text), step, ',');

  g_assert_cmpstr (got, ==, wanted);
}

/* None of it is kept, and the next line is read. */
static void
test_bounds (void)
{
  const gsize steps[] = { 1000, 70000, 1 << 20 };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *line = long_text ("", 'x', 200000, "\ny\n");
      g_autofree char *quoted = long_text ("\"", 'x', 200000, "\ny\n");
      g_autofree char *lines = long_text ("\"a\n", '\n', 100000, "y\n");
      g_autofree char *cells = long_text ("", ',', LP_CSV_CELLS_MAX, "\ny\n");

      assert_text (line, steps[i], "1:!3 at 0;2:[y];");
      assert_text (quoted, steps[i], "1:!1 at 0;2:[y];");
      assert_text (lines, steps[i], "1:!1 at 0;100002:[y];");
      assert_text (cells, steps[i], "1:!4 at 256;2:[y];");
    }
}

static void
test_words (void)
{
  for (guint i = LP_CSV_FINE; i <= LP_CSV_BAD_UTF8; i++)
    g_assert_cmpint (*lp_csv_problem_words (i) == '\0', ==, i == LP_CSV_FINE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv/cases", test_cases);
  g_test_add_func ("/csv/zero-byte", test_zero_byte);
  g_test_add_func ("/csv/delimiters", test_delimiters);
  g_test_add_func ("/csv/bounds", test_bounds);
  g_test_add_func ("/csv/words", test_words);
  return g_test_run ();
}
