/* SPDX-License-Identifier: GPL-3.0-or-later */
#undef _FILE_OFFSET_BITS
#include "config.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "faults.h"

/* No GLib below: these run inside its own calls. */

static int counted, fired;
static int n_failing; /* renames that still fail */

static int
error_number (const char *name)
{
  static const struct
  {
    const char *name;
    int number;
  } errors[] = { { "EIO", EIO },       { "ENOSPC", ENOSPC }, { "EACCES", EACCES }, { "EROFS", EROFS },
                 { "EDQUOT", EDQUOT }, { "EMFILE", EMFILE }, { "EINVAL", EINVAL } };

  for (unsigned i = 0; i < sizeof errors / sizeof *errors; i++)
    if (strcmp (name, errors[i].name) == 0)
      return errors[i].number;
  return 0;
}

/* The action when it is this call's turn, else NULL. */
static const char *
turn_of (const char *call)
{
  const char *fault = getenv ("LP_FAULT"), *action;
  size_t n = strlen (call);
  int number, from;

  if (fault == NULL || (strncmp (fault, "any:", 4) != 0 && (strncmp (fault, call, n) != 0 || fault[n] != ':')))
    return NULL;
  number = atoi (strchr (fault, ':') + 1);
  action = strrchr (fault, ':') + 1;
  from = strncmp (action, "FROM-", 5) == 0;
  counted++;
  if (counted != number && !(from && counted > number))
    return NULL;
  fired = 1;
  return from ? action + 5 : action;
}

static int
fails (const char *call)
{
  const char *action = turn_of (call);

  if (action != NULL && strncmp (action, "KILL", 4) == 0)
    kill (getpid (), SIGKILL);
  if (action == NULL || error_number (action) == 0)
    return 0;
  errno = error_number (action);
  return 1;
}

gboolean
faults_fired (void)
{
  return fired;
}

/* ---- the calls ---- */

ssize_t write (int fd, const void *data, size_t length);
ssize_t
write (int fd, const void *data, size_t length)
{
  /* What is said on the standard output is not part of the experiment. */
  return fd > 2 && fails ("write") ? -1 : syscall (SYS_write, fd, data, length);
}

ssize_t pwrite64 (int fd, const void *data, size_t length, off64_t at);
ssize_t
pwrite64 (int fd, const void *data, size_t length, off64_t at)
{
  return fails ("pwrite") ? -1 : syscall (SYS_pwrite64, fd, data, length, at);
}

int fsync (int fd);
int
fsync (int fd)
{
  return fails ("fsync") ? -1 : (int) syscall (SYS_fsync, fd);
}

int fdatasync (int fd);
int
fdatasync (int fd)
{
  return fails ("fsync") ? -1 : (int) syscall (SYS_fdatasync, fd);
}

int syncfs (int fd);
int
syncfs (int fd)
{
  return fails ("syncfs") ? -1 : (int) syscall (SYS_syncfs, fd);
}

int unlinkat (int fd, const char *name, int flags);
int
unlinkat (int fd, const char *name, int flags)
{
  return fails ("unlink") ? -1 : (int) syscall (SYS_unlinkat, fd, name, flags);
}

static int
open_in (int dir_fd, const char *name, int flags, int mode)
{
  return (flags & O_CREAT) && fails ("create") ? -1 : (int) syscall (SYS_openat, dir_fd, name, flags, mode);
}

int openat64 (int dir_fd, const char *name, int flags, ...);
int
openat64 (int dir_fd, const char *name, int flags, ...)
{
  va_list list;
  int mode;

  va_start (list, flags);
  mode = (flags & O_CREAT) ? va_arg (list, int) : 0;
  va_end (list);
  return open_in (dir_fd, name, flags | O_LARGEFILE, mode);
}

/* Another program's hand: in place, so that whoever exchanged the file out meanwhile finds it changed. */
static void
write_as_stranger (int dir_fd, const char *name, int quiet, int create)
{
  struct stat before;
  int fd = (int) syscall (SYS_openat, dir_fd, name, create ? O_RDWR | O_CREAT | O_EXCL : O_RDWR, 0644);

  if (fd < 0 || create)
    {
      if (fd >= 0 && syscall (SYS_pwrite64, fd, "stranger", 8, (off_t) 0) < 0)
        abort ();
      close (fd);
      return;
    }
  fstat (fd, &before);
  if (!quiet && ftruncate (fd, 0) != 0)
    abort ();
  if (syscall (SYS_pwrite64, fd, "stranger", quiet ? 1 : 8, (off_t) 0) < 0)
    abort ();
  if (quiet)
    {
      struct timespec times[] = { before.st_atim, before.st_mtim };

      futimens (fd, times);
    }
  close (fd);
}

int renameat2 (int from_fd, const char *from, int to_fd, const char *to, unsigned flags);
int
renameat2 (int from_fd, const char *from, int to_fd, const char *to, unsigned flags)
{
  const char *action = turn_of ("rename");
  int result;

  if (n_failing > 0)
    {
      n_failing--;
      errno = EIO;
      return -1;
    }
  if (action != NULL && strcmp (action, "KILL") == 0)
    kill (getpid (), SIGKILL);
  if (action != NULL && error_number (action) != 0)
    {
      errno = error_number (action);
      return -1;
    }
  if (action != NULL && strncmp (action, "STRANGER", 8) == 0)
    write_as_stranger (to_fd, to, strstr (action, "QUIET") != NULL, strcmp (action, "STRANGER-NEW") == 0);
  if (action != NULL && strstr (action, "THEN-EIO") != NULL)
    n_failing = strstr (action, "ONCE") != NULL ? 1 : 1000;
  result = (int) syscall (SYS_renameat2, from_fd, from, to_fd, to, flags);
  if (action != NULL && strstr (action, "KILL") != NULL)
    kill (getpid (), SIGKILL);
  return result;
}
