/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "base/lp-date.h"

/* Microseconds from Python's datetime. */
static void
test_read (void)
{
  static const struct
  {
    const char *text;
    gint64 micro;
  } cases[] = {
    { "1970-01-01T00:00:00", 0 },
    { "2018-10-18T22:18:13.527256", 1539901093527256 },
    { "2018-10-18T22:18:13.583Z", 1539901093583000 },
    { "2018-10-18T22:18:13.5832999999", 1539901093583299 },
    { "2020-05-25T12:53:54+0000", 1590411234000000 },
    { "2020-05-25 12:53:54", 1590411234000000 },
    { "Mon Aug 22 2022 13:52:52 GMT-0700 (Pacific Daylight Time)", 1661201572000000 },
    { "2020-05-26T00:00:00+09:30", 1590417000000000 },
    { "1999-01-01", 915148800000000 },
    { "2024-02-29T23:59:59", 1709251199000000 },
    { "2024-02-29T23:59:60", 1709251199000000 },
    { "0001-01-01T00:00:00", -62135596800000000 },
    { "9999-12-31T23:59:59", 253402300799000000 },
    { "0001-02-28", -62130585600000000 },
    { "1600-02-29", -11670998400000000 },
    { "1900-03-01", -2203891200000000 },
    { "1969-12-31", -86400000000 },
    { "2000-02-29", 951782400000000 },
    { "2000-12-31", 978220800000000 },
    { "2100-03-01", 4107542400000000 },
    { "2024-12-31", 1735603200000000 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (lp_date_read (cases[i].text, strlen (cases[i].text)), ==, cases[i].micro);
}

static void
test_refused (void)
{
  static const char *const cases[] = {
    "",
    "x",
    "2020",
    "2020-13-01T00:00:00",
    "2023-02-29T00:00:00",
    "1900-02-29",
    "2024-04-31",
    "2020-05-25T25:00:00",
    "2020-05-25T12:53",
    "0000-01-01",
    "22.8.2022",
    "Mon Xyz 22 2022 13:52:52",
    "Mon Aug 22 2022",
    "Mon Aug",
    "yesterday",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (lp_date_read (cases[i], strlen (cases[i])), ==, LP_DATE_NONE);
  /* The length decides. */
  g_assert_cmpint (lp_date_read ("1999-01-01T10:00:00", 10), ==, 915148800000000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/date/read", test_read);
  g_test_add_func ("/date/refused", test_refused);
  return g_test_run ();
}
