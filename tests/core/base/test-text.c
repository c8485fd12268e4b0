/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "base/lp-text.h"

static void
test_same (void)
{
  static const struct
  {
    const char *a, *b;
    LpSame same;
  } cases[] = {
    { "pen", "pen", LP_SAME_BYTES },
    { "", "", LP_SAME_BYTES },
    { "caf\xc3\xa9", "cafe\xcc\x81", LP_SAME_NFC },
    /* Hangul, composed and decomposed. */
    { "\xed\x95\x9c", "\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab", LP_SAME_NFC },
    { "scissors ", "scissors", LP_SAME_TRIMMED },
    { "\xe3\x80\x80pen", "pen", LP_SAME_TRIMMED },
    { "pe\xe2\x80\x8bn", "pen", LP_SAME_TRIMMED },
    { "\xef\xbb\xbfpen", "pen", LP_SAME_TRIMMED },
    { "pen\xee\x80\x80", "pen", LP_SAME_TRIMMED },
    { "Pen", "pEN", LP_SAME_FOLDED },
    { "traffic light", "traffic_light", LP_SAME_FOLDED },
    { "traffic  -_light", "Traffic-Light", LP_SAME_FOLDED },
    { "Stra\xc3\x9f"
      "e",
      "STRASSE", LP_SAME_FOLDED },
    { "trafficlight", "traffic light", LP_SAME_NOT },
    { "pen", "pencil", LP_SAME_NOT },
    { "a\xff", "a\xfe", LP_SAME_NOT },
    { "a\xff", "A\xff", LP_SAME_FOLDED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpint (lp_text_same (cases[i].a, cases[i].b), ==, cases[i].same);
      g_assert_cmpint (lp_text_same (cases[i].b, cases[i].a), ==, cases[i].same);
    }
}

static void
test_fold (void)
{
  g_autofree char *a = lp_text_fold (" Traffic__Light\xe2\x80\x8b ");
  g_autofree char *b = lp_text_fold ("traffic-light");

  g_assert_cmpstr (a, ==, "traffic light");
  g_assert_cmpstr (a, ==, b);
}

static void
check_escape (const char *text, gssize length, gsize max_chars, const char *wanted)
{
  g_autofree char *shown = lp_text_escape (text, length, max_chars);

  g_assert_cmpstr (shown, ==, wanted);
  g_assert_true (g_utf8_validate (shown, -1, NULL));
}

static void
test_escape (void)
{
  check_escape ("plain", -1, 0, "plain");
  check_escape ("", -1, 3, "");
  check_escape ("a\x1b[31mb\n", -1, 0, "a\\x1b[31mb\\x0a");
  check_escape ("\x7f\xc2\x9b", -1, 0, "\\x7f\\x9b");
  check_escape ("\xe2\x80\xae"
                "gpj",
                -1, 0, "\\u202egpj");
  check_escape ("\xe2\x81\xa6\xd8\x9c\xe2\x80\xa8", -1, 0, "\\u2066\\u061c\\u2028");
  check_escape ("caf\xe9", -1, 0, "caf\xef\xbf\xbd");
  check_escape ("\xe3\x81", -1, 0, "\xef\xbf\xbd\xef\xbf\xbd");
  check_escape ("a\0b", 3, 0, "a\\x00b");
  check_escape ("\xe5\x86\x99\xe7\x9c\x9f", -1, 0, "\xe5\x86\x99\xe7\x9c\x9f");
  check_escape ("abcdef", -1, 6, "abcdef");
  check_escape ("abcdefg", -1, 6, "abcdef…");
  /* An escape is never cut in two. */
  check_escape ("abc\x1b", -1, 6, "abc…");
}

/* No byte below 0x20, no DEL, always valid, for every pair of bytes. */
static void
test_escape_all_pairs (void)
{
  for (int a = 0; a < 256; a++)
    for (int b = 0; b < 256; b++)
      {
        char pair[2] = { (char) a, (char) b };
        g_autofree char *shown = lp_text_escape (pair, 2, 0);

        g_assert_true (g_utf8_validate (shown, -1, NULL));
        for (const char *p = shown; *p != '\0'; p++)
          g_assert_true ((guchar) *p >= 0x20 && *p != 0x7f);
      }
}

static void
check_blanks (const char *text, const char *wanted)
{
  g_autofree char *shown = lp_text_show_blanks (text);
  g_assert_cmpstr (shown, ==, wanted);
}

static void
test_show_blanks (void)
{
  check_blanks ("scissors ", "scissors␣");
  check_blanks (" pen", "␣pen");
  check_blanks ("traffic light", "traffic light");
  check_blanks ("traffic  light", "traffic␣␣light");
  check_blanks ("  ", "␣␣");
  check_blanks ("", "");
  check_blanks ("a\t", "a\\x09");
}

static void
test_natural (void)
{
  static const char *const sorted[] = { "",    "0",  "1",   "2",    "10",  "a", "a1",
                                        "a01", "a2", "a10", "a10b", "a11", "b", "\xc3\xa9" };

  for (gsize i = 0; i < G_N_ELEMENTS (sorted); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (sorted); j++)
      {
        int order = lp_text_compare_natural (sorted[i], sorted[j]);

        if (g_strcmp0 (sorted[i], "a01") == 0 || g_strcmp0 (sorted[j], "a01") == 0)
          continue;
        g_assert_cmpint (order < 0, ==, i < j);
        g_assert_cmpint (order == 0, ==, i == j);
      }
  /* The same number written differently is told apart, the same way round each time. */
  g_assert_cmpint (lp_text_compare_natural ("a01", "a1"), <, 0);
  g_assert_cmpint (lp_text_compare_natural ("a1", "a01"), >, 0);
  g_assert_cmpint (lp_text_compare_natural ("a01", "a2"), <, 0);
  g_assert_cmpint (lp_text_compare_natural ("img99999999999999999999", "img100000000000000000000"), <, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/same", test_same);
  g_test_add_func ("/text/fold", test_fold);
  g_test_add_func ("/text/escape", test_escape);
  g_test_add_func ("/text/escape-all-pairs", test_escape_all_pairs);
  g_test_add_func ("/text/show-blanks", test_show_blanks);
  g_test_add_func ("/text/natural", test_natural);
  return g_test_run ();
}
