/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The one door through which a file of the user's is written. */

#define LP_TEMP_PREFIX ".lp-tmp-" /* our unfinished files; readers skip them, Apply sweeps its own */

/* Who a file is, as far as a changed file can be told without reading it. All zero: does not exist. */
typedef struct
{
  guint64 device;
  guint64 inode;
  guint64 size;
  gint64 mtime_ns;
  guint32 mode;
} LpIdentity;

gboolean lp_identity_of (int dir_fd, const char *name, LpIdentity *identity, GError **error);
gboolean lp_identity_same (const LpIdentity *a, const LpIdentity *b); /* mode does not count */

/* Writes a temporary file beside `name` with the old mode (0644 & ~umask where new): written whole or an error
 * and no file left. No fsync. Returns its name; free with g_free. Any thread. */
char *lp_atomic_stage (int dir_fd, const char *name, const void *data, gsize length, guint32 mode, GError **error);

/* Puts a staged file in the place of `name`, provided that what comes out is `expected`; otherwise exchanges back
 * and fails with G_IO_ERROR_WRONG_ETAG, the stranger's bytes in place. `expected` all zero: `name` must not exist.
 * On success the old file stands under the staged name; remove it with lp_atomic_drop. */
gboolean
lp_atomic_exchange (int dir_fd, const char *staged, const char *name, const LpIdentity *expected, GError **error);
void lp_atomic_drop (int dir_fd, const char *staged);

/* One file, durably: stage, fsync, exchange, drop, fsync of the folder. Each step checked. Used for our own
 * reports (expected NULL: whatever stands there) and for single files of the user's. */
gboolean
lp_atomic_write (const char *path, const void *data, gsize length, const LpIdentity *expected, GError **error);

G_END_DECLS
