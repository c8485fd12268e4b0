/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "decoder/lp-formats.h"

/* labelproof-decoder: the only program that looks into pictures. Standard input is the client's socket. */

typedef union
{
  struct cmsghdr header; /* for its alignment */
  char bytes[CMSG_SPACE (sizeof (int))];
} Control;

/* The next request and the picture that came with it; FALSE when the client is gone or does not know the protocol. */
static gboolean
receive (LpDecodeRequest *request, int *fd)
{
  Control control;
  struct iovec part = { request, sizeof *request };
  struct msghdr message = {
    .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control
  };
  ssize_t n;
  do
    n = recvmsg (STDIN_FILENO, &message, MSG_CMSG_CLOEXEC);
  while (n < 0 && errno == EINTR);
  struct cmsghdr *header = n > 0 ? CMSG_FIRSTHDR (&message) : NULL;
  if (header == NULL || header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS ||
      header->cmsg_len != CMSG_LEN (sizeof (int)))
    return FALSE;
  memcpy (fd, CMSG_DATA (header), sizeof (int));
  return n == sizeof *request && request->orientation >= 1 && request->orientation <= 8 && request->max_width >= 1 &&
         request->max_width <= LP_DECODE_SIDE_MAX && request->max_height >= 1 &&
         request->max_height <= LP_DECODE_SIDE_MAX;
}

static gboolean
reply (const LpDecodeAnswer *answer, int fd)
{
  Control control;
  struct iovec part = { (void *) answer, sizeof *answer };
  struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };
  memset (&control, 0, sizeof control);
  if (fd >= 0)
    {
      message.msg_control = &control;
      message.msg_controllen = sizeof control;
      struct cmsghdr *header = CMSG_FIRSTHDR (&message);
      header->cmsg_level = SOL_SOCKET;
      header->cmsg_type = SCM_RIGHTS;
      header->cmsg_len = CMSG_LEN (sizeof (int));
      memcpy (CMSG_DATA (header), &fd, sizeof (int));
    }
  ssize_t n;
  do
    n = sendmsg (STDIN_FILENO, &message, MSG_NOSIGNAL);
  while (n < 0 && errno == EINTR);
  return n == sizeof *answer;
}

/* Magic bytes decide, never a name. */
static int
decode (FILE *file, const LpDecodeRequest *request, LpDecodeAnswer *answer)
{
  guint8 magic[8];
  gsize n = fread (magic, 1, sizeof magic, file);
  rewind (file);
  if (n >= 2 && memcmp (magic, "\377\330", 2) == 0)
    return lp_decode_jpeg (file, request, answer);
  if (n == 8 && memcmp (magic, "\211PNG\r\n\032\n", 8) == 0)
    return lp_decode_png (file, request, answer);
  answer->status = LP_DECODE_OTHER_FORMAT;
  return -1;
}

int
main (void)
{
  LpDecodeRequest request;
  int picture = -1;
  gboolean open = TRUE;
  while (open && receive (&request, &picture))
    {
      LpDecodeAnswer answer = { .serial = request.serial, .status = LP_DECODE_OK };
      FILE *file = fdopen (picture, "rb");
      int pixels = -1;
      if (file != NULL)
        pixels = decode (file, &request, &answer);
      else
        answer.status = LP_DECODE_NO_MEMORY;
      open = reply (&answer, pixels);
      if (pixels >= 0)
        close (pixels);
      if (file != NULL)
        fclose (file);
      else
        close (picture);
    }
  return 0;
}
