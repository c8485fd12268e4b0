/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <unistd.h>

#include "cli/lp-cli.h"

/* Beside one's own program first (as in the build tree), then where it is installed; by no variable that somebody
 * else could set. Returns only where it cannot be started. */
static void
try_folder (const char *folder, char **argv)
{
  g_autofree char *program = g_build_filename (folder, "labelproof-window", NULL);

  argv[0] = program;
  execv (program, argv);
}

LpExit
lp_cli_window (char **argv)
{
  g_autofree char *own = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = own != NULL ? g_path_get_dirname (own) : NULL;

  if (folder != NULL)
    try_folder (folder, argv);
  try_folder (BINDIR, argv);
  try_folder (LIBEXECDIR, argv);
  lp_cli_complain (_ ("The window is not installed. labelproof --help lists what can be done without it."));
  return LP_EXIT_NOTHING;
}
