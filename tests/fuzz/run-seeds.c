/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "lp-fuzz.h"

/* Runs a target over every seed of a folder, cut at every length that matters and changed at random places: the same
 * places each time, so that a failure comes back. */

#define MUTATIONS 2000 /* a seed */
#define CUTS_MAX 600

static void
run_copy (const guint8 *data, gsize size)
{
  g_autofree guint8 *copy = g_memdup2 (data, size); /* of exact size, so that a sanitizer sees one byte too far */
  LLVMFuzzerTestOneInput (copy, size);
}

static void
mutate (GRand *random, guint8 *data, gsize size)
{
  static const guint8 edges[] = { 0x00, 0x01, 0x7f, 0x80, 0xff, '\n', '"', '-' };
  for (gint i = g_rand_int_range (random, 1, 5); i > 0 && size > 0; i--)
    {
      gsize at = (gsize) g_rand_int_range (random, 0, (gint32) size);
      data[at] = g_rand_boolean (random) ? edges[g_rand_int_range (random, 0, G_N_ELEMENTS (edges))]
                                         : (guint8) g_rand_int (random);
    }
}

static void
run_seed (const char *path)
{
  g_autofree char *bytes = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  gsize size;
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  for (gsize n = 0; n <= MIN (size, CUTS_MAX); n++)
    run_copy ((const guint8 *) bytes, n);
  run_copy ((const guint8 *) bytes, size);
  for (guint i = 0; i < MUTATIONS; i++)
    {
      g_autofree guint8 *copy = g_memdup2 (bytes, size);
      mutate (random, copy, size);
      LLVMFuzzerTestOneInput (copy, size);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = argc == 2 ? g_dir_open (argv[1], 0, &error) : NULL;
  guint seeds = 0;
  if (dir == NULL)
    {
      fprintf (stderr, "%s\n", error != NULL ? error->message : "usage: run-NAME FOLDER");
      return 2;
    }
  for (const char *name; (name = g_dir_read_name (dir)) != NULL; seeds++)
    {
      g_autofree char *path = g_build_filename (argv[1], name, NULL);
      run_seed (path);
    }
  printf ("%u seeds\n", seeds);
  return seeds > 0 ? 0 : 1;
}
