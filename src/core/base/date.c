/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "base/lp-date.h"

typedef struct
{
  const char *at, *end;
} Text;

static gboolean
take (Text *text, char c)
{
  if (text->at == text->end || *text->at != c)
    return FALSE;
  text->at++;
  return TRUE;
}

/* A number of exactly n digits and at most `max`; -1 where there is none. */
static int
take_digits (Text *text, int n, int max)
{
  int value = 0;

  if (text->end - text->at < n)
    return -1;
  for (int i = 0; i < n; i++, text->at++)
    {
      if (!g_ascii_isdigit (*text->at))
        return -1;
      value = value * 10 + (*text->at - '0');
    }
  return value <= max ? value : -1;
}

/* Z, GMT, UTC or nothing, and +0900 or +09:00 behind it; what follows is a comment. In minutes. */
static int
take_zone (Text *text)
{
  int hours, minutes, sign;

  while (text->at < text->end && (*text->at == ' ' || g_ascii_isalpha (*text->at)))
    text->at++;
  if (text->at == text->end || (*text->at != '+' && *text->at != '-'))
    return 0;
  sign = *text->at++ == '-' ? -1 : 1;
  hours = take_digits (text, 2, 23);
  take (text, ':');
  minutes = take_digits (text, 2, 59);
  return sign * (MAX (hours, 0) * 60 + MAX (minutes, 0));
}

/* "13:52:52.25" and its zone, in microseconds. A leap second is the second before it. */
static gint64
take_time (Text *text)
{
  int hours = take_digits (text, 2, 23), minutes, seconds;
  gint64 of_day, micro = 0;

  if (hours < 0 || !take (text, ':') || (minutes = take_digits (text, 2, 59)) < 0 || !take (text, ':') ||
      (seconds = take_digits (text, 2, 60)) < 0)
    return LP_DATE_NONE;
  if (take (text, '.'))
    for (gint64 unit = 100000; text->at < text->end && g_ascii_isdigit (*text->at); text->at++, unit /= 10)
      micro += unit * (*text->at - '0');
  of_day = hours * 3600 + (minutes - take_zone (text)) * 60 + MIN (seconds, 59);
  return of_day * G_USEC_PER_SEC + micro;
}

#define DAYS_TO_1970 719163 /* from 1 January of the year 1, which is day 1 */

/* Days of the Gregorian calendar, also of the years before there was one. */
static gint64
join (int year, int month, int day, gint64 time)
{
  static const int before[] = { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365 };
  int leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0), past = year - 1;
  gint64 days;

  if (time == LP_DATE_NONE || year <= 0 || month <= 0 || day <= 0 ||
      day > before[month] - before[month - 1] + (month == 2 ? leap : 0))
    return LP_DATE_NONE;
  days = past * 365 + past / 4 - past / 100 + past / 400 + before[month - 1] + (month > 2 ? leap : 0) + day;
  return (days - DAYS_TO_1970) * 24 * 3600 * G_USEC_PER_SEC + time;
}

static int
take_month (Text *text)
{
  static const char names[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

  if (text->end - text->at < 3)
    return -1;
  for (int i = 0; i < 12; i++)
    if (memcmp (text->at, names + 3 * i, 3) == 0)
      {
        text->at += 3;
        return i + 1;
      }
  return -1;
}

/* Behind the name of the day. */
static gint64
read_javascript (Text text)
{
  int month = take_month (&text), day, year;

  if (!take (&text, ' ') || (day = take_digits (&text, 2, 31)) < 0 || !take (&text, ' ') ||
      (year = take_digits (&text, 4, 9999)) < 0 || !take (&text, ' '))
    return LP_DATE_NONE;
  return join (year, month, day, take_time (&text));
}

gint64
lp_date_read (const char *text, gsize length)
{
  Text iso = { text, text + length };
  int year = take_digits (&iso, 4, 9999), month, day;

  if (year < 0)
    return length > 4 ? read_javascript ((Text){ text + 4, text + length }) : LP_DATE_NONE;
  if (!take (&iso, '-') || (month = take_digits (&iso, 2, 12)) < 0 || !take (&iso, '-') ||
      (day = take_digits (&iso, 2, 31)) < 0)
    return LP_DATE_NONE;
  return join (year, month, day, take (&iso, 'T') || take (&iso, ' ') ? take_time (&iso) : 0);
}
