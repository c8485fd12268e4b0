/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <sys/mman.h>
#include <unistd.h>

#include "lp-fuzz.h"
#include "picture/lp-picture-header.h"

/* Whatever the bytes: a size is a size, an orientation is one of eight, and a file says what its bytes say. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  LpPictureHeader header, from_file;
  LpHeaderResult result = lp_picture_header_parse (data, size, &header);
  g_assert_true (header.orientation >= 1 && header.orientation <= 8);
  if (result == LP_HEADER_OK)
    g_assert_true (header.width > 0 && header.height > 0 && header.format != LP_PICTURE_UNKNOWN);
  int fd = memfd_create ("fuzz", MFD_CLOEXEC);
  if (fd < 0 || write (fd, data, size) != (ssize_t) size)
    g_error ("no memory file");
  g_assert_cmpint (lp_picture_header_read (fd, &from_file), ==, result);
  g_assert_cmpint (from_file.width, ==, header.width);
  g_assert_cmpint (from_file.height, ==, header.height);
  g_assert_cmpint (from_file.orientation, ==, header.orientation);
  close (fd);
  return 0;
}
