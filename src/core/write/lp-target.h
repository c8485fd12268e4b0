/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "edit/lp-edit.h"

G_BEGIN_DECLS

/* One file of an Apply on its way from its old bytes to its new ones, or back. Where it is on that way is told by its
 * bytes alone, so an Apply that was interrupted anywhere goes on from there. */

typedef enum
{
  LP_TARGET_OLD,
  LP_TARGET_NEW,      /* bytes; it may still stand under its old name */
  LP_TARGET_STRANGER, /* neither: somebody else wrote it, made it or removed it */
} LpTargetState;

typedef struct
{
  const LpApplyFile *file;
  int dir_fd; /* its folder; borrowed */
  LpTargetState state;
  gboolean moved;                    /* it stands under its new name */
  LpIdentity identity;               /* of what stands there; all zero: nothing */
  GBytes *old_content, *new_content; /* both known unless it is a stranger's; a created file has no old content */
  gboolean staged;                   /* ours to drop: an unfinished file, or what it replaced */
  GError *kept;                      /* the sentence about a stranger's bytes kept beside it; NULL: none */
  guint n_lines;                     /* that the last lp_target_write changed */
} LpTarget;

void lp_target_clear (LpTarget *target);

/* Looks what stands there, after having put right what an interrupted run left beside it: our own unfinished file
 * goes away, a stranger's bytes that had been exchanged out go back, or are kept under a name that a person finds.
 * FALSE with an error where it cannot be read. */
gboolean lp_target_look (LpTarget *target, GError **error);

/* TRUE when nothing is left to do in that direction. */
gboolean lp_target_is_there (const LpTarget *target, gboolean back);

/* Writes the wanted bytes beside the file, where bytes are to change. */
gboolean lp_target_stage (LpTarget *target, gboolean back, GError **error);

/* Exchanges, renames, creates or removes. G_IO_ERROR_WRONG_ETAG, NOT_REGULAR_FILE or NOT_SUPPORTED: it is left as it
 * is, a stranger's bytes in place; other errors stop the Apply. LP_ATOMIC_ERROR_KEPT: a stranger's bytes stand beside
 * it, as the sentence says; where lp_target_look had found them there, it is left as it is too. */
gboolean lp_target_write (LpTarget *target, gboolean back, GError **error);

/* Removes what is staged: before the exchange the wanted bytes, behind it those that they replaced. */
void lp_target_tidy (LpTarget *target);

G_END_DECLS
