/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LP_DATE_NONE G_MININT64

/* A moment in one of the forms that labelling services write, in microseconds since 1970, UTC where no
 * zone stands: "2018-10-18T22:18:13.527256", also with Z, +0000, +09:00, a blank for the T, or without the time; and
 * "Mon Aug 22 2022 13:52:52 GMT-0700 (…)" of JavaScript. LP_DATE_NONE for anything else. Needs no NUL, no locale. */
gint64 lp_date_read (const char *text, gsize length);

G_END_DECLS
