/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/lp-path.h"
#include "base/lp-progress.h"
#include "edit/lp-edit.h"

G_BEGIN_DECLS

/* Pending steps → bytes on disk. Only the bytes that had to change. */

/* What an Apply would do to one file. */
typedef struct
{
  char *path;     /* absolute */
  char *new_path; /* renamed to; NULL */
  gboolean created;
  GBytes *old_content, *new_content; /* NULL for a created file's old one */
  guint n_lines;                     /* lines that change, are removed or added */
  GArray *spans;                     /* LpSpan, ascending */
  GPtrArray *steps;                  /* const LpStep *: why */
} LpChange;

void lp_change_free (LpChange *change);

/* The changes that the steps amount to, by path. Reads every touched file again and refuses (G_IO_ERROR_WRONG_ETAG, a
 * sentence that names the file) where expected bytes no longer stand. A names file is parsed again after the splice
 * and must give the wanted list, else an error and nothing is written. The array owns its LpChange. */
GPtrArray *lp_plan_changes (
  const LpDataset *dataset, const LpRoots *roots, const GPtrArray *steps, LpProgress *progress, GError **error);

/* One unified diff, names relative to root, that `patch -p1` turns into exactly the new bytes (also CRLF, BOM, no
 * final newline, any encoding; renames and created empty files as git writes them, which patch 2.7 reads). */
GBytes *lp_plan_diff (const GPtrArray *changes, const char *root);

typedef struct
{
  guint n_files, n_lines;
  GPtrArray *refused; /* char *: sentences, a file that others changed meanwhile */
} LpApplied;

void lp_applied_clear (LpApplied *applied);

/* Writes the changes: record first, exchange file by file, one fsync a folder, mark done.
 * `applied` is filled in in any case; lp_applied_clear.
 *
 * FALSE with G_IO_ERROR_WRONG_ETAG: some files had been changed by others; they are listed in `refused` and were left
 * alone, the rest is written and done. Any other error stopped it: nothing was changed, or, where a file had been
 * exchanged already, the Apply can be finished or taken back (lp_journal_apply_last says LP_APPLY_STARTED).
 * G_IO_ERROR_PENDING: an earlier one has to be finished first.
 *
 * `steps` (LpStep *, NULL: none): the noted steps that the changes amount to. They are forgotten in the stroke that
 * marks the Apply done, also by lp_apply_finish; what they want of refused files stays pending as it is, and all
 * other noted steps are followed to their new places (lp_journal_apply_done). Until then all of them stay as they
 * are.
 *
 * Sentences name files from `root`, the data set's, as everything else does. */
gboolean lp_apply (LpJournal *journal,
                   GPtrArray *changes,
                   const GPtrArray *steps,
                   const char *root,
                   LpProgress *progress,
                   LpApplied *applied,
                   GError **error);

/* Finishes an interrupted Apply, or takes the last one back: the same loop with the same refusals and errors;
 * G_IO_ERROR_NOT_FOUND where there is none. What could not be taken back stays known and can be tried again. */
gboolean lp_apply_finish (LpJournal *journal, const char *root, LpApplied *applied, GError **error);
gboolean lp_apply_undo (LpJournal *journal, const char *root, LpApplied *applied, GError **error);

G_END_DECLS
