/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Our side of the benchmarks: reads a manifest, or a table that ends in .csv, into boxes as a check does, with no
 * picture beside it, and prints the seconds by the clock, those of the processor, and the boxes. read-manifest FILE
 */
#include "config.h"

#include <time.h>

#include "read/lp-tree.h"

static double
seconds (clockid_t id)
{
  struct timespec now;

  clock_gettime (id, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

int
main (int argc, char **argv)
{
  g_autoptr (LpDataset) dataset = lp_dataset_new ();
  g_autoptr (LpRoots) roots = lp_roots_new ();
  g_autoptr (LpTree) tree = lp_tree_new (dataset, roots);
  g_autoptr (LpMapper) mapper = lp_mapper_new (tree, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = argc == 2 ? lp_path_resolve (NULL, argv[1]) : NULL;
  g_autofree char *folder = path != NULL ? g_path_get_dirname (path) : NULL;
  double clock, processor;

  if (path == NULL)
    return 2;
  lp_roots_add (roots, folder);
  if (!lp_tree_walk (tree, folder, NULL, &error))
    g_error ("%s", error->message);
  lp_mapper_begin (mapper, folder);
  clock = seconds (CLOCK_MONOTONIC);
  processor = seconds (CLOCK_PROCESS_CPUTIME_ID);
  if (g_str_has_suffix (path, ".csv") ? !lp_csv_list (dataset, roots, path, mapper, NULL, &error)
                                      : !lp_manifest_list (dataset, roots, path, mapper, NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  clock = seconds (CLOCK_MONOTONIC) - clock;
  processor = seconds (CLOCK_PROCESS_CPUTIME_ID) - processor;
  g_print ("%.6f %.6f %" G_GUINT64_FORMAT "\n", clock, processor, dataset->coverage.rows_read);
  return 0;
}
