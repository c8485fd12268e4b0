/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/lp-dataset.h"

G_BEGIN_DECLS

/* A row of a label file as text: where its tokens stand. Pure, any thread. */

#define LP_ROW_TOKENS 5 /* the class and the four numbers of a box */

typedef struct
{
  guint32 start, length; /* bytes from the start of the row */
} LpRowToken;

/* The first LP_ROW_TOKENS tokens of text[0..length), split at any run of white space; returns how many. */
guint lp_row_text_split (const char *text, gsize length, LpRowToken *tokens);

/* The class that a token means (a whole number, "7" or "7.0"), LP_CLASS_NONE where it means none. */
gint32 lp_row_text_class (const char *text, const LpRowToken *token);

/* Does the text still say what the record says? `numbers` and `class` are answered apart, since either may have been
 * edited in the record. Rows that could not be read say nothing, and agree. */
void lp_row_text_agrees (const LpRow *row, const char *text, gsize length, gboolean *numbers, gboolean *class_id);

/* How many digits after the point a value is printed with, 0 … 15, for what a record or operation says. */
guint lp_row_text_decimals (guint decimals);

G_END_DECLS
