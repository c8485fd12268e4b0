/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/lp-dataset.h"

G_BEGIN_DECLS

/* An edit: one sentence for a person, some operations for the machine. A step is data: check/ proposes it, edit/
 * carries it out on the model and takes it back, the journal keeps it, write/ turns it into bytes. */

typedef enum
{
  LP_OP_SET_NUMBERS, /* row: four new numbers */
  LP_OP_SET_CLASS,   /* row: new class */
  LP_OP_REMOVE_ROW,  /* row */
  LP_OP_SET_NAMES,   /* dictionary: a new list */
  LP_OP_SET_COUNT,   /* dictionary: nc becomes the number of names */
  LP_OP_RENUMBER,    /* layer: class ids through a map */
  LP_OP_CREATE_FILE, /* path: an empty label file for an image */
  LP_OP_RENAME_FILE, /* path → new path, in the same folder */
} LpOpKind;

/* One operation. It addresses a row or file by path, byte offset and the bytes that stood there, so that it can be
 * found again in another session; `layer`, `row`, `dict`, `image` are where that is in this data set. */
typedef struct
{
  LpOpKind kind;
  char *path;                      /* absolute: the file it changes */
  guint64 offset;                  /* of the row */
  GBytes *expected;                /* the row as it stood; NULL where a whole file is meant */
  guint32 layer, row, dict, image; /* LP_NONE where they do not apply */
  double before[4], after[4];
  gint32 class_before, class_after; /* of a row; LP_OP_SET_COUNT: nc */
  guint decimals;                   /* digits to print after[] with; the row's own or more where a clamp needs them */
  GPtrArray *names_before, *names_after; /* char *, owned; NULL entries are holes */
  GArray *map;                           /* gint32 pairs from, to; sorted by from */
  char *new_path;
  guint8 flags_before;    /* of the row or entry; of a dictionary: it was edited before. Not kept in the journal: */
  guint8 decimals_before; /* whoever completes or finds the step fills these two in from the model */
} LpOp;

typedef struct
{
  gint64 id;      /* in the journal; 0: not yet kept */
  char *sentence; /* in the language of the session that made it */
  char *rule;     /* id of the rule that proposed it, or NULL */
  gint64 when_us; /* real time, microseconds */
  GPtrArray *ops; /* LpOp * */
} LpStep;

LpStep *lp_step_new (const char *sentence, const char *rule);
void lp_step_free (LpStep *step);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LpStep, lp_step_free)

LpOp *lp_op_new (LpOpKind kind);
void lp_op_free (LpOp *op);

/* Adds an operation on a row, its address filled in from the record; the bytes that stood there are `expected`
 * (NULL: whoever keeps the step reads them, lp_edit_complete). Borrowed. */
LpOp *lp_step_add_row_op (LpStep *step, const LpDataset *dataset, LpOpKind kind, guint32 layer, guint32 row);

G_END_DECLS
