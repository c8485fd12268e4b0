/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "base/lp-decimal.h"

static void
test_values (void)
{
  /* Doubles as Python prints them with float.hex(). */
  static const struct
  {
    const char *text;
    double value;
    guint places;
  } cases[] = {
    { "0", 0.0, 0 },
    { "0.5", 0x1p-1, 1 },
    { "0.1", 0x1.999999999999ap-4, 1 },
    { "0.123456", 0x1.f9acffa7eb6bfp-4, 6 },
    { "0.1234567890123456", 0x1.f9add3746f659p-4, 16 },
    { "-3.25", -3.25, 2 },
    { "+7", 7, 0 },
    { ".5", 0.5, 1 },
    { "5.", 5, 0 },
    { "007.50", 7.5, 2 },
    { "1e3", 1000, G_MAXUINT8 },
    { "1.5E-3", 0x1.89374bc6a7efap-10, G_MAXUINT8 },
    { "9007199254740993", 9007199254740992.0, 0 },
    { "1.7976931348623157e308", 0x1.fffffffffffffp+1023, G_MAXUINT8 },
    { "4.9e-324", 0x0.0000000000001p-1022, G_MAXUINT8 },
    { "1e-400", 0, G_MAXUINT8 },
    { "123456789012345678901234567890", 0x1.8ee90ff6c373ep+96, 0 },
    { "0.000000000000000000000000000001", 0x1.4484bfeebc2ap-100, 30 },
    { "8.5e22", 0x1.1ffdbf6b2b2ebp+76, G_MAXUINT8 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double value = 99;
      guint8 places = 99;

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (lp_decimal_read (cases[i].text, strlen (cases[i].text), &value, &places), ==, LP_DECIMAL_OK);
      g_assert_true (value == cases[i].value);
      g_assert_cmpuint (places, ==, cases[i].places);
    }
}

static void
test_refused (void)
{
  static const char *const not_numbers[] = { "",    "+",    ".",  "-.",   "e5",    "1e",  "1e+",
                                             "1,5", "0x10", "1 ", " 1",   "1.2.3", "--1", "1_000",
                                             "abc", "nano", "1f", "0.5;", "−1" };
  static const char *const not_finite[] = { "nan",      "NaN",       "-nan",  "inf",   "+INF",
                                            "Infinity", "-infinity", "1e400", "-2e308" };
  double value;

  for (gsize i = 0; i < G_N_ELEMENTS (not_numbers); i++)
    g_assert_cmpint (lp_decimal_read (not_numbers[i], strlen (not_numbers[i]), &value, NULL), ==,
                     LP_DECIMAL_NOT_A_NUMBER);
  for (gsize i = 0; i < G_N_ELEMENTS (not_finite); i++)
    g_assert_cmpint (lp_decimal_read (not_finite[i], strlen (not_finite[i]), &value, NULL), ==,
                     LP_DECIMAL_NOT_FINITE);
  /* The length decides, not a NUL. */
  g_assert_cmpint (lp_decimal_read ("1.25999", 4, &value, NULL), ==, LP_DECIMAL_OK);
  g_assert_true (value == 1.25);
  g_assert_cmpint (lp_decimal_read ("1\0002", 3, &value, NULL), ==, LP_DECIMAL_NOT_A_NUMBER);
}

/* The short way must give what the C library gives. */
static void
test_against_library (void)
{
  for (int i = 0; i < 100000; i++)
    {
      char text[64];
      double value;
      int digits = g_test_rand_int_range (0, 18);

      if (i % 3 == 0)
        g_snprintf (text, sizeof text, "%d.%0*" G_GUINT64_FORMAT "e%d", g_test_rand_int_range (0, 1000), digits + 1,
                    (guint64) (guint32) g_test_rand_int (), g_test_rand_int_range (-30, 30));
      else
        g_snprintf (text, sizeof text, "%.*f", digits, g_test_rand_double ());
      g_assert_cmpint (lp_decimal_read (text, strlen (text), &value, NULL), ==, LP_DECIMAL_OK);
      g_assert_true (value == g_ascii_strtod (text, NULL));
    }
}

static void
test_print (void)
{
  static const struct
  {
    double value;
    guint places;
    const char *text;
  } cases[] = {
    { 0.5, 0, "0" },
    { 1.5, 0, "2" },
    { 2.5, 0, "2" },
    { 0.125, 2, "0.12" },
    { 0.375, 2, "0.38" },
    { 0.1, 6, "0.100000" },
    { -0.00001, 4, "0.0000" },
    { -1.25, 1, "-1.2" },
    { 1e22, 0, "10000000000000000000000" },
    { 0.1, 20, "0.10000000000000000555" },
    { -0.0, 2, "0.00" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = lp_decimal_print (cases[i].value, cases[i].places);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decimal/values", test_values);
  g_test_add_func ("/decimal/refused", test_refused);
  g_test_add_func ("/decimal/against-library", test_against_library);
  g_test_add_func ("/decimal/print", test_print);
  return g_test_run ();
}
