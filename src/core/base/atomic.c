/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/lp-atomic.h"
#include "base/lp-text.h"

/* ---- errors ---- */

static void
fail_errno (GError **error, const char *name, int number)
{
  g_autofree char *shown = lp_text_escape (name, -1, 0);

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (number), _ ("“%s” could not be written: %s"), shown,
               g_strerror (number));
}

static void
fail_with (GError **error, const char *name, int code, const char *format)
{
  g_autofree char *shown = lp_text_escape (name, -1, 0);
  g_set_error (error, G_IO_ERROR, code, format, shown);
}

static void
fail_changed (GError **error, const char *name)
{
  fail_with (error, name, G_IO_ERROR_WRONG_ETAG, _ ("“%s” was changed by another program. It was left as it is."));
}

/* ---- identity ---- */

LpIdentity
lp_identity_of_stat (const struct stat *st)
{
  return (LpIdentity){ .device = st->st_dev,
                       .inode = st->st_ino,
                       .size = (guint64) st->st_size,
                       .mtime_ns = (gint64) st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec,
                       .mode = st->st_mode };
}

gboolean
lp_identity_of (int dir_fd, const char *name, LpIdentity *identity, GError **error)
{
  struct stat st;

  memset (identity, 0, sizeof *identity);
  if (fstatat (dir_fd, name, &st, AT_SYMLINK_NOFOLLOW) == 0)
    *identity = lp_identity_of_stat (&st);
  else if (errno != ENOENT)
    {
      int saved = errno;
      g_autofree char *shown = lp_text_escape (name, -1, 0);

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved), _ ("“%s” could not be looked at: %s"), shown,
                   g_strerror (saved));
      return FALSE;
    }
  return TRUE;
}

gboolean
lp_identity_of_fd (int fd, LpIdentity *identity)
{
  struct stat st;

  memset (identity, 0, sizeof *identity);
  if (fstat (fd, &st) != 0)
    return FALSE;
  *identity = lp_identity_of_stat (&st);
  return TRUE;
}

gboolean
lp_identity_same (const LpIdentity *a, const LpIdentity *b)
{
  return a->device == b->device && a->inode == b->inode && a->size == b->size && a->mtime_ns == b->mtime_ns;
}

static gboolean
identity_is_nothing (const LpIdentity *identity)
{
  return identity->inode == 0 && identity->device == 0;
}

/* ---- the staged file ---- */

gboolean
lp_atomic_write_all (int fd, const void *bytes, gsize length)
{
  const char *data = bytes;

  while (length > 0)
    {
      gssize n = write (fd, data, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      data += n;
      length -= n;
    }
  return TRUE;
}

/* Owner and mode of what it will replace. Giving a file away is for root only; that it fails for others is no error,
 * they own what they write. */
static gboolean
take_after (int fd, int dir_fd, const char *name, guint32 mode)
{
  struct stat old, own;

  if (fstatat (dir_fd, name, &old, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG (old.st_mode))
    {
      if (mode == 0)
        mode = old.st_mode;
      if (fstat (fd, &own) != 0)
        return FALSE;
      if ((own.st_uid != old.st_uid || own.st_gid != old.st_gid) && fchown (fd, old.st_uid, old.st_gid) != 0 &&
          errno != EPERM)
        return FALSE;
    }
  return mode == 0 || fchmod (fd, mode & 0777) == 0;
}

/* Under the given name, or under one of our own choice. */
static int
create_temporary (int dir_fd, const char *given, char **staged)
{
  int fd = -1, attempts = given != NULL ? 1 : 100;

  for (int attempt = 0; fd < 0 && attempt < attempts; attempt++)
    {
      g_free (*staged);
      *staged = given != NULL ? g_strdup (given)
                              : g_strdup_printf (LP_TEMP_PREFIX "%d-%08x", (int) getpid (), g_random_int ());
      fd = openat (dir_fd, *staged, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
      if (fd < 0 && errno != EEXIST && errno != EINTR)
        break;
    }
  return fd;
}

static char *
stage (int dir_fd,
       const char *name,
       const char *given,
       const void *data,
       gsize length,
       guint32 mode,
       gboolean sync,
       GError **error)
{
  g_autofree char *staged = NULL;
  int fd = create_temporary (dir_fd, given, &staged);
  gboolean good;
  int saved;

  if (fd < 0)
    {
      fail_errno (error, name, errno);
      return NULL;
    }
  /* Who may read it is settled before there is anything to read. */
  good = take_after (fd, dir_fd, name, mode) && lp_atomic_write_all (fd, data, length) && (!sync || fsync (fd) == 0);
  saved = errno;
  /* After EINTR the descriptor is closed all the same on Linux; an error of a network file system comes only here. */
  if (close (fd) != 0 && errno != EINTR && good)
    {
      saved = errno;
      good = FALSE;
    }
  if (good)
    return g_steal_pointer (&staged);
  lp_atomic_drop (dir_fd, staged);
  fail_errno (error, name, saved);
  return NULL;
}

gboolean
lp_atomic_stage (
  int dir_fd, const char *staged, const char *name, const void *data, gsize length, guint32 mode, GError **error)
{
  g_autofree char *made = stage (dir_fd, name, staged, data, length, mode, FALSE, error);

  return made != NULL;
}

void
lp_atomic_drop (int dir_fd, const char *staged)
{
  unlinkat (dir_fd, staged, 0);
}

/* ---- the exchange ---- */

/* FUSE, NFS and old kernels know no flags. */
static gboolean
flags_are_refused (int number)
{
  return number == EINVAL || number == ENOSYS || number == EOPNOTSUPP;
}

static gboolean
put_new (int dir_fd, const char *staged, const char *name, GError **error)
{
  LpIdentity there;

  if (renameat2 (dir_fd, staged, dir_fd, name, RENAME_NOREPLACE) == 0)
    return TRUE;
  if (flags_are_refused (errno))
    {
      if (!lp_identity_of (dir_fd, name, &there, error))
        return FALSE;
      if (identity_is_nothing (&there))
        {
          if (renameat (dir_fd, staged, dir_fd, name) == 0)
            return TRUE;
        }
      else
        errno = EEXIST;
    }
  if (errno == EEXIST)
    fail_with (error, name, G_IO_ERROR_WRONG_ETAG,
               _ ("“%s” was written by another program meanwhile. It was left as it is."));
  else
    fail_errno (error, name, errno);
  return FALSE;
}

/* What stands at `name` may be replaced: the expected regular file with one name. */
static gboolean
look_before (int dir_fd, const char *name, const LpIdentity *expected, GError **error)
{
  struct stat st;
  LpIdentity there;

  if (fstatat (dir_fd, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
    {
      gboolean free_to_take = errno == ENOENT && expected == NULL;

      if (errno != ENOENT)
        fail_errno (error, name, errno);
      else if (expected != NULL)
        fail_changed (error, name);
      return free_to_take;
    }
  there = lp_identity_of_stat (&st);
  if (expected != NULL && !lp_identity_same (&there, expected))
    {
      fail_changed (error, name);
      return FALSE;
    }
  if (!S_ISREG (st.st_mode))
    {
      fail_with (error, name, G_IO_ERROR_NOT_REGULAR_FILE, _ ("“%s” is not a regular file. It was left as it is."));
      return FALSE;
    }
  if (expected != NULL && st.st_nlink > 1)
    {
      fail_with (error, name, G_IO_ERROR_NOT_SUPPORTED,
                 _ ("“%s” is one file under several names (hard links). It was left as it is."));
      return FALSE;
    }
  return TRUE;
}

static gboolean
put_blindly (int dir_fd, const char *staged, const char *name, GError **error)
{
  if (renameat (dir_fd, staged, dir_fd, name) == 0)
    return TRUE;
  fail_errno (error, name, errno);
  return FALSE;
}

/* ---- what could not be put back ---- */

#define MAX_KEPT 100

/* Under the first free one of “a.txt.kept”, “a.txt.kept-2” …; where that fails too it stays under the staged name. */
static char *
keep_as (int dir_fd, const char *staged, const char *name)
{
  for (int i = 1; i <= MAX_KEPT; i++)
    {
      g_autofree char *kept = i == 1 ? g_strconcat (name, ".kept", NULL) : g_strdup_printf ("%s.kept-%d", name, i);

      if (renameat2 (dir_fd, staged, dir_fd, kept, RENAME_NOREPLACE) == 0)
        return g_steal_pointer (&kept);
      if (errno != EEXIST)
        break;
    }
  return g_strdup (staged);
}

gboolean
lp_atomic_keep (int dir_fd, const char *staged, const char *name, GError **error)
{
  g_autofree char *kept = keep_as (dir_fd, staged, name);
  g_autofree char *shown = lp_text_escape (name, -1, 0), *shown_kept = lp_text_escape (kept, -1, 0);

  g_set_error (
    error, G_IO_ERROR, LP_ATOMIC_ERROR_KEPT,
    _ ("“%s” was changed by another program meanwhile. What that program wrote could not be put back; it is "
       "kept beside it as “%s”."),
    shown, shown_kept);
  return FALSE;
}

#define MAX_TURNS 64

static gboolean
is_same_file (const LpIdentity *a, const LpIdentity *b)
{
  return a->device == b->device && a->inode == b->inode;
}

/* After an exchange that brought out a stranger, `out`: back until our own file comes out again. Whatever other
 * programs put there in between is put back, the newest last, so none of their writes is lost by us. Where one was
 * put over our own, ours never comes out, and the one before it does again: then the newest stands in its place.
 * FALSE where a stranger's bytes still stand under the staged name. */
static gboolean
exchange_back (int dir_fd, const char *staged, const char *name, const LpIdentity *ours, LpIdentity out)
{
  LpIdentity before = out;

  for (int turn = 0; turn < MAX_TURNS; turn++)
    {
      LpIdentity held = out;

      if (renameat2 (dir_fd, staged, dir_fd, name, RENAME_EXCHANGE) != 0 &&
          (errno != ENOENT || renameat2 (dir_fd, staged, dir_fd, name, RENAME_NOREPLACE) != 0))
        return FALSE;
      if (!lp_identity_of (dir_fd, staged, &out, NULL))
        return FALSE;
      if (identity_is_nothing (&out) || is_same_file (&out, ours))
        return TRUE;
      if (turn > 0 && is_same_file (&out, &before))
        return FALSE;
      before = held;
    }
  return FALSE;
}

gboolean
lp_atomic_exchange (int dir_fd, const char *staged, const char *name, const LpIdentity *expected, GError **error)
{
  LpIdentity ours, out = { 0 };

  if (expected != NULL && identity_is_nothing (expected))
    return put_new (dir_fd, staged, name, error);
  if (!look_before (dir_fd, name, expected, error))
    return FALSE;
  if (expected == NULL)
    return put_blindly (dir_fd, staged, name, error);
  if (!lp_identity_of (dir_fd, staged, &ours, error))
    return FALSE;
  if (renameat2 (dir_fd, staged, dir_fd, name, RENAME_EXCHANGE) != 0)
    {
      if (flags_are_refused (errno))
        return put_blindly (dir_fd, staged, name, error);
      if (errno == ENOENT)
        fail_changed (error, name);
      else
        fail_errno (error, name, errno);
      return FALSE;
    }
  if (lp_identity_of (dir_fd, staged, &out, NULL) && lp_identity_same (&out, expected))
    return TRUE;
  if (exchange_back (dir_fd, staged, name, &ours, out))
    fail_changed (error, name);
  else
    lp_atomic_keep (dir_fd, staged, name, error);
  return FALSE;
}

/* ---- one file, durably ---- */

gboolean
lp_atomic_sync_folder (int dir_fd, const char *folder, GError **error)
{
  if (fsync (dir_fd) == 0)
    return TRUE;
  fail_errno (error, folder, errno);
  return FALSE;
}

static gboolean
write_in (int dir_fd, const char *folder, const char *name, GBytes *data, const LpIdentity *expected, GError **error)
{
  gsize length;
  const void *bytes = g_bytes_get_data (data, &length);
  g_autofree char *staged = stage (dir_fd, name, NULL, bytes, length, 0, TRUE, error);
  g_autoptr (GError) why = NULL;
  gboolean good;

  if (staged == NULL)
    return FALSE;
  good = lp_atomic_exchange (dir_fd, staged, name, expected, &why);
  if (!g_error_matches (why, G_IO_ERROR, LP_ATOMIC_ERROR_KEPT))
    lp_atomic_drop (dir_fd, staged);
  if (why != NULL)
    g_propagate_error (error, g_steal_pointer (&why));
  return good && lp_atomic_sync_folder (dir_fd, folder, error);
}

gboolean
lp_atomic_write (const char *path, const void *data, gsize length, const LpIdentity *expected, GError **error)
{
  g_autofree char *real = realpath (path, NULL);
  g_autofree char *folder = g_path_get_dirname (real != NULL ? real : path);
  g_autofree char *name = g_path_get_basename (real != NULL ? real : path);
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, length);
  int dir_fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean good;

  if (dir_fd < 0)
    {
      fail_errno (error, path, errno);
      return FALSE;
    }
  good = write_in (dir_fd, folder, name, bytes, expected, error);
  close (dir_fd);
  return good;
}
