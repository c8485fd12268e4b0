/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/lp-path.h"
#include "model/lp-match-record.h"
#include "model/lp-step.h"

G_BEGIN_DECLS

/* Steps carried out on the model and taken back. Main thread, while no check runs. */

/* Reads the bytes that stand where the operations point (op->expected) and completes the rest from the model: of an
 * operation only its kind, its indices and what it is to become need be filled in. New numbers become those that will
 * be printed. FALSE with a sentence where the file has changed since it was read. To be called before a step is first
 * done and kept; the data set is not changed. */
gboolean lp_edit_complete (const LpDataset *dataset, const LpRoots *roots, LpStep *step, GError **error);

/* The model after the step; undo is the inverse. Both are total: what they need stands in the step. */
void lp_edit_do (LpDataset *dataset, const LpStep *step);
void lp_edit_undo (LpDataset *dataset, const LpStep *step);

/* ---- the repairs of the label order ---- */

/* NULL with a sentence (G_IO_ERROR_INVALID_ARGUMENT) where the repair would not be right, or with G_IO_ERROR_EXISTS
 * where there is nothing to change. Free with lp_step_free.
 *
 * `names`: every names file of the subject gets the job's list, for ids that are the job's; a name of its own beyond
 * that list stays. `rows`: class ids through one map, to where the subject's own names files have the name that the
 * boxes show; where ids and names agree with each other (case C), both become the job's. */
LpStep *lp_edit_order_names (const LpDataset *dataset, const LpMatch *match, GError **error);
LpStep *lp_edit_order_rows (const LpDataset *dataset, const LpMatch *match, GError **error);

/* What they cost: files, lines or rows that would change; 0 and 0 where there is no such repair. */
void
lp_edit_order_price (const LpDataset *dataset, const LpMatch *match, gboolean rows, guint *n_files, guint *n_lines);

/* TRUE where the inverse of the map (gint32 pairs from, to) takes it back: no two pairs have one target, and no class
 * in use (rows not removed) that the map leaves alone is a target. */
gboolean lp_edit_map_is_injective (const LpLayer *layer, const GArray *map);

/* ---- the journal: one SQLite file a data set, below $XDG_DATA_HOME/labelproof/ ---- */

typedef struct _LpJournal LpJournal;

/* Found by the subject's canonical path, which its own header names. A damaged file is an error with a sentence,
 * never an invented edit; it is left alone. A second writer is told so (G_IO_ERROR_BUSY). `folder` NULL: the default
 * place. */
LpJournal *lp_journal_open (const char *subject, const char *folder, GError **error);
/* TRUE when there is one already: looking at a data set must not make one. */
gboolean lp_journal_exists (const char *subject, const char *folder);
void lp_journal_close (LpJournal *journal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LpJournal, lp_journal_close)

/* Durable when TRUE is returned. Sets step->id. Drops what had been undone and not redone. */
gboolean lp_journal_note (LpJournal *journal, LpStep *step, GError **error);
/* Marks steps undone or done again, durably. */
gboolean lp_journal_set_undone (LpJournal *journal, gint64 step, gboolean undone, GError **error);
/* Forgets pending steps: when a person discards them. */
gboolean lp_journal_forget (LpJournal *journal, GError **error);

/* The pending steps of an earlier session in order, LpStep *, `undone` parallel (gboolean). Indices into the data set
 * are LP_NONE: lp_edit_find fills them in. */
GPtrArray *lp_journal_pending (LpJournal *journal, GArray **undone, GError **error);

/* Finds rows, dictionaries and images of a kept step again. FALSE where the bytes no longer stand there, or the model
 * is not what it was: such a step is listed, never applied. Each step is to be found after those before it were found
 * and done, also those that had been undone; these are then undone in reverse order. */
gboolean lp_edit_find (const LpDataset *dataset, const LpRoots *roots, LpStep *step, GError **error);

/* ---- records of Applies (used by write/) ---- */

typedef struct
{
  guint64 old_offset, new_offset; /* bytes from the start, in the old and new file */
  GBytes *old_bytes, *new_bytes;
} LpSpan;

/* An array of LpSpan that owns their bytes. */
GArray *lp_spans_new (void);

/* One file of an Apply: enough to know of any bytes whether they are its old ones, its new ones or a stranger's, and
 * to make either out of the other. */
typedef struct
{
  char *path;            /* absolute */
  char *new_path;        /* renamed to; NULL */
  char *staged;          /* base name of its unfinished file, beside `path`; set by lp_journal_apply_begin */
  GArray *spans;         /* LpSpan, ascending */
  guint8 after_hash[32]; /* SHA-256 of the new content */
  guint8 folders_made;   /* folders above a created file that had to be made for it */
  gboolean created;
  gboolean refused; /* others had changed it, so it was not written; or it was taken back before */
  gboolean back;    /* it was taken back in this run */
} LpApplyFile;

LpApplyFile *lp_apply_file_new (const char *path);
void lp_apply_file_free (LpApplyFile *file);

typedef enum
{
  LP_APPLY_NONE,
  LP_APPLY_STARTED, /* not marked done: finish or take back */
  LP_APPLY_DONE,
} LpApplyState;

/* Keeps the record, durably. `steps` (LpStep *, NULL: none): those of the kept ones that it writes, or that are to be
 * forgotten with them. Sets id and every file's `staged`. When this fails nothing may be written. */
gboolean
lp_journal_apply_begin (LpJournal *journal, GPtrArray *files, const GPtrArray *steps, gint64 *id, GError **error);
/* Marks it done, and which files were refused. In the same stroke its steps are forgotten, but for what they want of
 * refused files, which stays at its old place; all other steps are followed to their new places. */
gboolean lp_journal_apply_done (LpJournal *journal, gint64 id, const GPtrArray *files, GError **error);
/* Marks it as begun again: before it is taken back. */
gboolean lp_journal_apply_again (LpJournal *journal, gint64 id, GError **error);
/* The newest Apply that is not taken back, its files (LpApplyFile, owned; NULL: not wanted) in order; LP_APPLY_NONE
 * when there is none, and with an error when the record cannot be read. */
LpApplyState lp_journal_apply_last (LpJournal *journal, gint64 *id, GPtrArray **files, GError **error);
/* Files marked `back` are taken back: steps are followed to where they were before. When no other is left the record
 * is dropped, else it stays known as done. */
gboolean lp_journal_apply_undone (LpJournal *journal, gint64 id, const GPtrArray *files, GError **error);
/* Nothing was written: the record is dropped, all steps stay. */
gboolean lp_journal_apply_drop (LpJournal *journal, gint64 id, GError **error);

G_END_DECLS
