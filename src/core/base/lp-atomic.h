/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <sys/stat.h>

G_BEGIN_DECLS

/* The one door through which a file of the user's is written. */

#define LP_TEMP_PREFIX ".lp-tmp-" /* our unfinished files; readers skip them, Apply sweeps its own */

/* Every error is a G_IO_ERROR whose sentence names the file and what the system said. */

/* Who a file is, as far as a changed file can be told without reading it. All zero: does not exist. */
typedef struct
{
  guint64 device;
  guint64 inode;
  guint64 size;
  gint64 mtime_ns;
  guint32 mode;
} LpIdentity;

/* Of a name: a link is not followed, it is its own identity. A name that does not exist is TRUE and all zero. */
gboolean lp_identity_of (int dir_fd, const char *name, LpIdentity *identity, GError **error);
/* Of an open file: what a reader remembers. FALSE with errno. */
gboolean lp_identity_of_fd (int fd, LpIdentity *identity);
LpIdentity lp_identity_of_stat (const struct stat *st);
gboolean lp_identity_same (const LpIdentity *a, const LpIdentity *b); /* mode does not count */

/* Writes the temporary file `staged` beside `name`: written whole, or an error and no file left. The caller has kept
 * `staged` durably, so that it is known again after a crash; a file of that name must not exist. Its permissions are
 * `mode`, 0: those of `name`, or 0644 less the umask where that is new; its owner is that of `name` where we may give
 * it. No fsync. Any thread. */
gboolean lp_atomic_stage (
  int dir_fd, const char *staged, const char *name, const void *data, gsize length, guint32 mode, GError **error);

/* Ours stands in its place, and what another program had written there meanwhile is kept beside it, under a name that
 * the sentence names. A code of G_IO_ERROR that no errno is mapped to. */
#define LP_ATOMIC_ERROR_KEPT G_IO_ERROR_PARTIAL_INPUT

/* Puts a staged file in the place of `name`, provided that what comes out is `expected`; otherwise exchanges back
 * and fails with G_IO_ERROR_WRONG_ETAG, the stranger's bytes in place, the staged file under its own name; where it
 * cannot be exchanged back with LP_ATOMIC_ERROR_KEPT: then nothing of ours is staged any more, and nothing may be
 * dropped.
 * `expected` all zero: `name` must not exist. NULL: whatever regular file stands there. A file with several hard
 * links is refused (G_IO_ERROR_NOT_SUPPORTED): the other names would keep the old bytes. On success what was replaced
 * stands under the staged name, or nothing where the file system cannot exchange; remove it with lp_atomic_drop. */
gboolean
lp_atomic_exchange (int dir_fd, const char *staged, const char *name, const LpIdentity *expected, GError **error);

/* FALSE always, with LP_ATOMIC_ERROR_KEPT: gives a stranger's bytes that stand under the staged name and cannot go
 * back to `name` a name that a person finds. */
gboolean lp_atomic_keep (int dir_fd, const char *staged, const char *name, GError **error);

/* Silent where it is gone already. */
void lp_atomic_drop (int dir_fd, const char *staged);

/* One file, durably: stage, fsync, exchange, drop, fsync of the folder. Each step checked. Used for our own
 * reports (expected NULL: whatever stands there) and for single files of the user's. A link at `path` stays, the file
 * that it leads to is written. */
gboolean
lp_atomic_write (const char *path, const void *data, gsize length, const LpIdentity *expected, GError **error);

/* Writes all of it to an open file, however often it is interrupted. FALSE with errno. Any thread. */
gboolean lp_atomic_write_all (int fd, const void *bytes, gsize length);

/* fsync of the folder itself, after names in it changed. */
gboolean lp_atomic_sync_folder (int dir_fd, const char *folder, GError **error);

G_END_DECLS
