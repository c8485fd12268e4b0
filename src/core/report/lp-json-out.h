/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* JSON written straight into text: a report may have a finding for every row of a large set, and a tree of nodes of
 * it would take ten times the memory. Names are bytes: what is no UTF-8 becomes U+FFFD, and what would turn or clear
 * a terminal is escaped. `key` is NULL within an array. */

typedef struct
{
  GString *text;
  guint depth;
  gboolean has_items; /* in the innermost object or array */
} LpJsonOut;

void lp_json_out_init (LpJsonOut *out);
/* The text with a final newline; free with g_free. Everything that began has ended. */
char *lp_json_out_finish (LpJsonOut *out);

void lp_json_out_begin_object (LpJsonOut *out, const char *key);
void lp_json_out_end_object (LpJsonOut *out);
void lp_json_out_begin_array (LpJsonOut *out, const char *key);
void lp_json_out_end_array (LpJsonOut *out);

void lp_json_out_text (LpJsonOut *out, const char *key, const char *value); /* NULL: null */
void lp_json_out_number (LpJsonOut *out, const char *key, gint64 value);
void lp_json_out_real (LpJsonOut *out, const char *key, double value); /* not finite: null */
void lp_json_out_boolean (LpJsonOut *out, const char *key, gboolean value);

G_END_DECLS
