/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "edit/lp-edit.h"
#include "model/lp-step.h"

G_BEGIN_DECLS

/* Between the files of this folder: bytes replaced in place, everything else as it stood. */

/* Never NULL, so that an empty content is an empty string. */
static inline const char *
lp_splice_data (GBytes *bytes, gsize *length)
{
  const char *data = g_bytes_get_data (bytes, length);

  return data != NULL ? data : "";
}

/* Adds the replacement of old[offset, offset + old_length) by text[0, length); length < 0: up to its NUL. The order
 * in which they are added does not matter. */
void lp_splice_add (GArray *spans, GBytes *old, gsize offset, gsize old_length, const char *text, gssize length);

/* Sorts the spans, drops those that change nothing, fills in their new offsets and returns the new content; NULL
 * where two of them overlap. */
GBytes *lp_splice_finish (GArray *spans, GBytes *old);

/* The content with the spans replaced, or (`back`) the old content out of the new; NULL where it is not of that
 * shape. */
GBytes *lp_splice_apply (const GArray *spans, GBytes *content, gboolean back);

void lp_splice_hash (GBytes *content, guint8 hash[32]);

/* A run of whole lines that is replaced by another. */
typedef struct
{
  gsize old_start, old_end, new_start, new_end; /* bytes */
  guint old_line, new_line;                     /* number of the first, from 0 */
  guint n_old, n_new;                           /* how many */
} LpLineRun;

/* The changed lines of finished spans, LpLineRun, ascending and never touching. */
GArray *lp_splice_lines (const GArray *spans, GBytes *old, GBytes *content);
guint lp_splice_count_lines (const GArray *spans, GBytes *old, GBytes *content);

/* ---- what steps mean for one file ---- */

typedef struct
{
  const LpOp *op;
  const LpStep *step;
} LpPlanOp;

/* Of a label file: adds the spans for operations on rows, in their order (splice-rows.c). `rows` are the places of
 * the rows that a renumbering concerns, LpPlace. */
gboolean
lp_splice_rows (GArray *spans, GBytes *old, const GArray *ops, const GArray *rows, const char *path, GError **error);

/* Of a names file: the last list and count of the operations, proved by reading the result again (splice-names.c). */
gboolean lp_splice_names (
  GArray *spans, GBytes *old, const GArray *ops, LpDictOrigin origin, const char *path, GError **error);

/* A double-quoted YAML scalar that every reader of YAML reads as `name`. Free with g_free. */
char *lp_splice_quote_yaml (const char *name);

/* An open file of that size, whole; NULL with an error, also when it grew or shrank meanwhile. */
GBytes *lp_splice_read (int fd, const char *path, gsize size, GError **error);

/* FALSE always: with errno, the sentence for a file that cannot be read. */
gboolean lp_splice_cannot_read (const char *path, GError **error);

/* The sentence about the file of that path, which names it by that or by its base name, naming it from `root`
 * instead, as a person knows it. Free with g_free. */
char *lp_splice_name_from (const char *root, const char *path, const char *sentence);
/* The same for an error that is set. */
void lp_splice_name_error (const char *root, const char *path, GError *error);

/* FALSE always: the sentence for a file whose bytes are not those that were read. */
gboolean lp_splice_changed (const char *path, GError **error);

G_END_DECLS
