/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <glib/gi18n-lib.h>
#include <linux/fs.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/lp-path.h"
#include "base/lp-text.h"
#include "write/lp-staged.h"

struct _LpStaged
{
  char *destination, *parent, *path; /* absolute; `path` is the unfinished folder beside the destination */
  int parent_fd;
  GHashTable *folders; /* relative names of those made */
  gboolean published;
};

static gboolean
fail (const char *path, int number, GError **error)
{
  g_autofree char *shown = lp_text_escape (path, -1, 0);

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (number), _ ("“%s” could not be written: %s"), shown,
               g_strerror (number));
  return FALSE;
}

/* ---- begin and end ---- */

static gboolean
is_free (const char *destination, GError **error)
{
  g_autofree char *shown = lp_text_escape (destination, -1, 0);
  g_autoptr (GDir) dir = NULL;
  struct stat st;

  if (lstat (destination, &st) != 0)
    return errno == ENOENT || fail (destination, errno, error);
  dir = S_ISDIR (st.st_mode) ? g_dir_open (destination, 0, NULL) : NULL;
  if (dir != NULL && g_dir_read_name (dir) == NULL)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
               _ ("“%s” is there already and not an empty folder. Nothing was written."), shown);
  return FALSE;
}

LpStaged *
lp_staged_new (const char *destination, GError **error)
{
  g_autoptr (LpStaged) staged = g_new0 (LpStaged, 1);

  staged->destination = lp_path_resolve (NULL, destination);
  staged->parent = g_path_get_dirname (staged->destination);
  staged->folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  staged->published = TRUE; /* until there is something to remove */
  staged->parent_fd = -1;
  if (!is_free (staged->destination, error))
    return NULL;
  if (g_mkdir_with_parents (staged->parent, 0777) != 0)
    {
      fail (staged->parent, errno, error);
      return NULL;
    }
  staged->path =
    g_strdup_printf ("%s/" LP_TEMP_PREFIX "export-%d-%08x", staged->parent, (int) getpid (), g_random_int ());
  staged->parent_fd = open (staged->parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (staged->parent_fd < 0 || mkdir (staged->path, 0777) != 0)
    {
      fail (staged->destination, errno, error);
      return NULL;
    }
  staged->published = FALSE;
  return g_steal_pointer (&staged);
}

static int
remove_one (const char *path, const struct stat *st, int kind, struct FTW *walk)
{
  return remove (path);
}

void
lp_staged_free (LpStaged *staged)
{
  if (staged == NULL)
    return;
  if (!staged->published)
    nftw (staged->path, remove_one, 32, FTW_DEPTH | FTW_PHYS);
  if (staged->parent_fd >= 0)
    close (staged->parent_fd);
  g_hash_table_unref (staged->folders);
  g_free (staged->destination);
  g_free (staged->parent);
  g_free (staged->path);
  g_free (staged);
}

gboolean
lp_staged_publish (LpStaged *staged, GError **error)
{
  if (syncfs (staged->parent_fd) != 0)
    return fail (staged->destination, errno, error);
  /* Takes the place of an empty folder, of nothing else. */
  if (rename (staged->path, staged->destination) != 0)
    return fail (staged->destination, errno, error);
  staged->published = TRUE;
  return lp_atomic_sync_folder (staged->parent_fd, staged->parent, error);
}

gboolean
lp_staged_folds_case (LpStaged *staged)
{
  g_autofree char *small = g_build_filename (staged->path, LP_TEMP_PREFIX "case", NULL);
  g_autofree char *large = g_build_filename (staged->path, LP_TEMP_PREFIX "CASE", NULL);
  int fd = open (small, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  gboolean folds = fd >= 0 && access (large, F_OK) == 0;

  if (fd >= 0)
    close (fd);
  unlink (small);
  return folds;
}

/* ---- files ---- */

static gboolean
make_folders (LpStaged *staged, const char *name, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (name), *path = NULL;

  if (g_hash_table_contains (staged->folders, folder))
    return TRUE;
  path = g_build_filename (staged->path, folder, NULL);
  if (g_mkdir_with_parents (path, 0777) != 0)
    return fail (name, errno, error);
  g_hash_table_add (staged->folders, g_steal_pointer (&folder));
  return TRUE;
}

static int
create (LpStaged *staged, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (staged->path, name, NULL);
  int fd;

  if (!make_folders (staged, name, error))
    return -1;
  fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (fd < 0)
    fail (name, errno, error);
  return fd;
}

/* An error of a network file system comes only here. */
static gboolean
finish (int fd, gboolean ok, const char *name, GError **error)
{
  int number = errno;

  if (close (fd) != 0 && errno != EINTR && ok)
    return fail (name, errno, error);
  return ok || fail (name, number, error);
}

gboolean
lp_staged_write (LpStaged *staged, const char *name, const void *data, gsize length, GError **error)
{
  int fd = create (staged, name, error);

  return fd >= 0 && finish (fd, lp_atomic_write_all (fd, data, length), name, error);
}

gboolean
lp_staged_link (LpStaged *staged, const char *name, const char *target, GError **error)
{
  g_autofree char *path = g_build_filename (staged->path, name, NULL);

  if (!make_folders (staged, name, error))
    return FALSE;
  return symlink (target, path) == 0 || fail (name, errno, error);
}

static gboolean
copy_by_reading (int source, int fd)
{
  char buffer[64 * 1024];
  off_t at = 0;
  gssize n;

  while ((n = pread (source, buffer, sizeof buffer, at)) != 0)
    {
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0 || !lp_atomic_write_all (fd, buffer, (gsize) n))
        return FALSE;
      at += n;
    }
  return TRUE;
}

static gboolean
copy_bytes (int source, int fd)
{
  loff_t at = 0;
  gssize n;

  if (ioctl (fd, FICLONE, source) == 0)
    return TRUE;
  while ((n = copy_file_range (source, &at, fd, NULL, 1 << 30, 0)) > 0)
    ;
  if (n == 0 && at > 0)
    return TRUE;
  /* Between file systems, or one that cannot: nothing was copied yet. */
  return at == 0 && (n == 0 || errno == EXDEV || errno == EINVAL || errno == ENOSYS || errno == EOPNOTSUPP) &&
         copy_by_reading (source, fd);
}

gboolean
lp_staged_copy (LpStaged *staged, const char *name, int source, GError **error)
{
  int fd = create (staged, name, error);

  return fd >= 0 && finish (fd, copy_bytes (source, fd), name, error);
}
