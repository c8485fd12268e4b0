/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <sys/mman.h>
#include <unistd.h>

#include "base/lp-array.h"

#define LARGE (4 * 1024 * 1024) /* bytes: two large pages where those are 2 MiB */

void
lp_array_expect (GArray *array, guint n)
{
  guint length = array->len;
  gsize size = (gsize) n * g_array_get_element_size (array), page = (gsize) sysconf (_SC_PAGESIZE), skipped;

  if (n <= length)
    return;
  g_array_set_size (array, n);
  array->len = length;
  if (size < LARGE)
    return;
  skipped = page - GPOINTER_TO_SIZE (array->data) % page;
  madvise (array->data + skipped, (size - skipped) / page * page, MADV_HUGEPAGE); /* advice: may be refused */
}
