/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fixture.h"

static guint
count (const char *text, const char *part)
{
  guint n = 0;

  for (const char *p = text; (p = strstr (p, part)) != NULL; p += strlen (part))
    n++;
  return n;
}

/* Nothing but line ends below 0x20, and UTF-8. */
static void
assert_plain (const char *text)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (const char *p = text; *p != '\0'; p++)
    g_assert_true (*p == '\n' || (guchar) *p >= 0x20);
}

static void
test_many_are_few_words (Fixture *f, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autofree char *verbose = NULL;

  for (guint i = 0; i < 200; i++)
    fixture_add (f, "class/id-out-of-range", 0, 2);
  text = lp_report_check_text (&f->report);
  g_assert_cmpuint (count (text, "\n"), <, 20);
  g_assert_cmpuint (count (text, "labels/a.txt:3"), ==, 3);
  g_assert_nonnull (strstr (text, "and 197 more"));
  g_assert_nonnull (strstr (text, "[class/id-out-of-range]"));
  f->report.verbose = TRUE;
  verbose = lp_report_check_text (&f->report);
  g_assert_cmpuint (count (verbose, "labels/a.txt:3: Error: "), ==, 200);
}

static void
test_colours (Fixture *f, gconstpointer data)
{
  g_autofree char *plain = NULL;
  g_autofree char *coloured = NULL;

  fixture_add (f, "class/id-out-of-range", 0, 2);
  plain = lp_report_check_text (&f->report);
  assert_plain (plain);
  f->report.colour = TRUE;
  coloured = lp_report_check_text (&f->report);
  g_assert_nonnull (strstr (coloured, "\033[1;31mError\033[0m"));
}

static void
test_hostile_names (Fixture *f, gconstpointer data)
{
  LpImage *image = lp_dataset_image (f->dataset, 0);
  g_autofree char *text = NULL;

  image->name = "a\033[2J\n\xff.jpg";
  lp_dataset_file (f->dataset, f->label_file)->name = "a\033]0;x\007\n.txt";
  fixture_add (f, "image/exif-rotated", 0, -1);
  fixture_add (f, "class/id-out-of-range", 0, 2);
  g_ptr_array_add (f->dataset->notes, g_strdup ("note\033[31m"));
  text = lp_report_check_text (&f->report);
  assert_plain (text);
  g_assert_nonnull (strstr (text, "\\x1b"));
}

static void
test_compare (Fixture *f, gconstpointer data)
{
  LpMatch *match = fixture_match (f, LP_VERDICT_SWAPPED_PAIR);
  g_autofree char *text = NULL;
  g_autofree char *nothing = lp_report_compare_text (&f->report, NULL);

  g_array_index (match->classes, LpVerdictClass, 0).shown = "りんご";
  text = lp_report_compare_text (&f->report, match);
  assert_plain (text);
  g_assert_nonnull (strstr (text, "Boxes in both: 8; only in the first: 2; only in the second: 1.\n"));
  /* Columns line up by the cells of a terminal: りんご takes six. */
  g_assert_nonnull (strstr (text, "  0      りんご     can             4 of 4\n"));
  g_assert_nonnull (strstr (text, "  1      can        apple           3 of 4\n"));
  g_assert_cmpstr (nothing, ==, "The two share no picture, so there is nothing to compare.\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/report/text/many-are-few-words", test_many_are_few_words);
  FIXTURE_TEST ("/report/text/colours", test_colours);
  FIXTURE_TEST ("/report/text/hostile-names", test_hostile_names);
  FIXTURE_TEST ("/report/text/compare", test_compare);
  return g_test_run ();
}
