/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/lp-atomic.h"

G_BEGIN_DECLS

/* A new folder that appears whole or not at all: filled beside its destination, flushed, renamed. */
typedef struct _LpStaged LpStaged;

/* The destination must not exist, or be an empty folder. */
LpStaged *lp_staged_new (const char *destination, GError **error);

/* Removes what was not published. */
void lp_staged_free (LpStaged *staged);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LpStaged, lp_staged_free)

/* `name` is relative, of plain components; folders are made. What is there already is an error. */
gboolean lp_staged_write (LpStaged *staged, const char *name, const void *data, gsize length, GError **error);
gboolean lp_staged_link (LpStaged *staged, const char *name, const char *target, GError **error);

/* The bytes of an open file from its start: shared blocks where the file system can, never a hard link. */
gboolean lp_staged_copy (LpStaged *staged, const char *name, int source, GError **error);

/* TRUE when the place takes `A` and `a` for one name. */
gboolean lp_staged_folds_case (LpStaged *staged);

/* Flushes everything and gives it its name. */
gboolean lp_staged_publish (LpStaged *staged, GError **error);

G_END_DECLS
