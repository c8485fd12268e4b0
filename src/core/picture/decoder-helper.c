/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "picture/lp-decoder-helper.h"

#define PROGRAM "labelproof-decoder"
#define BUILD_LEVELS 8 /* how deep programs and tests lie in a build tree */

typedef union
{
  struct cmsghdr header; /* for its alignment */
  char bytes[CMSG_SPACE (sizeof (int))];
} Control;

/* ---- the program ---- */

static char *
if_executable (char *path)
{
  if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
    return path;
  g_free (path);
  return NULL;
}

/* In a build tree, which meson marks with a folder of its own, the programs lie in src/. */
static char *
find_in_build_tree (const char *folder)
{
  g_autofree char *at = g_strdup (folder);
  for (guint i = 0; i < BUILD_LEVELS && strcmp (at, "/") != 0; i++)
    {
      g_autofree char *mark = g_build_filename (at, "meson-private", NULL);
      if (g_file_test (mark, G_FILE_TEST_IS_DIR))
        return if_executable (g_build_filename (at, "src", PROGRAM, NULL));
      char *parent = g_path_get_dirname (at);
      g_free (at);
      at = parent;
    }
  return NULL;
}

char *
lp_helper_find (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  char *found = NULL;
  if (self != NULL)
    {
      g_autofree char *folder = g_path_get_dirname (self);
      found = if_executable (g_build_filename (folder, PROGRAM, NULL));
      if (found == NULL)
        found = find_in_build_tree (folder);
    }
  return found != NULL ? found : if_executable (g_build_filename (LIBEXECDIR, PROGRAM, NULL));
}

/* ---- life ---- */

LpHelper *
lp_helper_start (const char *program, GError **error)
{
  const char *const arguments[] = { program, NULL };
  char *nothing[] = { NULL }; /* no secret of the user's environment reaches it */
  int pair[2];
  if (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
    {
      int code = errno;
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code));
      return NULL;
    }
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_subprocess_launcher_set_environ (launcher, nothing);
  g_subprocess_launcher_take_stdin_fd (launcher, pair[1]);
  GSubprocess *process = g_subprocess_launcher_spawnv (launcher, arguments, error);
  g_subprocess_launcher_close (launcher); /* its end must be the helper's alone, or we never see it die */
  if (process == NULL)
    {
      close (pair[0]);
      return NULL;
    }
  LpHelper *helper = g_new0 (LpHelper, 1);
  helper->process = process;
  helper->fd = pair[0];
  return helper;
}

void
lp_helper_stop (LpHelper *helper)
{
  close (helper->fd);
  g_subprocess_force_exit (helper->process);
  g_object_unref (helper->process);
  g_free (helper);
}

/* ---- the wire ---- */

gboolean
lp_helper_send (LpHelper *helper, LpDecodeRequest *request, int picture)
{
  Control control;
  struct iovec part = { request, sizeof *request };
  struct msghdr message = {
    .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control
  };
  memset (&control, 0, sizeof control);
  request->serial = ++helper->serial;
  struct cmsghdr *header = CMSG_FIRSTHDR (&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN (sizeof (int));
  memcpy (CMSG_DATA (header), &picture, sizeof (int));
  ssize_t n;
  do
    n = sendmsg (helper->fd, &message, MSG_NOSIGNAL);
  while (n < 0 && errno == EINTR);
  return n == sizeof *request;
}

/* One answer. FALSE when the helper is gone, or sent what no helper of ours sends. There is room for one descriptor
 * and not, as alignment would have it, for two: the second would be nobody's to close. */
static gboolean
receive (LpHelper *helper, LpDecodeAnswer *answer, int *pixels)
{
  Control control;
  struct iovec part = { answer, sizeof *answer };
  struct msghdr message = {
    .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = CMSG_LEN (sizeof (int))
  };
  ssize_t n;
  do
    n = recvmsg (helper->fd, &message, MSG_CMSG_CLOEXEC);
  while (n < 0 && errno == EINTR);
  struct cmsghdr *header = n > 0 ? CMSG_FIRSTHDR (&message) : NULL;
  *pixels = -1;
  if (header != NULL && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS &&
      header->cmsg_len == CMSG_LEN (sizeof (int)))
    memcpy (pixels, CMSG_DATA (header), sizeof (int));
  if (n == sizeof *answer && answer->serial > helper->answered && answer->serial <= helper->serial)
    {
      helper->answered = answer->serial;
      answer->reason[LP_DECODE_REASON_MAX - 1] = '\0';
      return TRUE;
    }
  if (*pixels >= 0)
    close (*pixels);
  *pixels = -1;
  return FALSE;
}

LpHelperEvent
lp_helper_wait (LpHelper *helper, gint64 deadline, int cancel, int quit, LpDecodeAnswer *answer, int *pixels)
{
  struct pollfd waits[] = { { helper->fd, POLLIN, 0 }, { cancel, POLLIN, 0 }, { quit, POLLIN, 0 } };
  while (helper->answered != helper->serial)
    {
      gint64 left = deadline - g_get_monotonic_time ();
      int n = poll (waits, G_N_ELEMENTS (waits), (int) CLAMP ((left + 999) / 1000, 0, G_MAXINT));
      if (n < 0 && errno != EINTR)
        return LP_HELPER_GONE;
      if (n == 0)
        return LP_HELPER_TIMED_OUT;
      if (n < 0)
        continue;
      if (waits[1].revents != 0 || waits[2].revents != 0)
        return LP_HELPER_CANCELLED;
      if (!receive (helper, answer, pixels))
        return LP_HELPER_GONE;
      if (answer->serial != helper->serial && *pixels >= 0)
        close (*pixels);
    }
  return LP_HELPER_ANSWERED;
}
