/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "cli/lp-cli.h"

const LpCommand lp_commands[] = {
  { "check", "PATH…", N_ ("Is it right?"), lp_cli_check },
  { "compare", "SUBJECT WITNESS", N_ ("Which row is which, which class order, which conversion"), lp_cli_compare },
  { "fix", "PATH… --diff|--apply", N_ ("Repair in place, or show what would be repaired"), lp_cli_fix },
  { "undo", "PATH", N_ ("Take the last Apply back"), lp_cli_undo },
  { "export", "PATH… --to yolo DEST", N_ ("A clean copy in a new place"), lp_cli_export },
  { "render", "PATH --image NAME -o FILE.png", N_ ("One picture with its boxes"), lp_cli_render },
  { "rules", "[ID]", N_ ("Every rule; one rule's page"), lp_cli_rules },
  { NULL },
};

static char *
help (void)
{
  GString *out = g_string_new (NULL);
  glong width = 0;

  g_string_append (out, _ ("Labelproof proves object-detection labels right, and puts them right.\n\n"));
  g_string_append_printf (out, "  labelproof PATH…\n      %s\n", _ ("Open the window"));
  for (const LpCommand *c = lp_commands; c->name != NULL; c++)
    width = MAX (width, (glong) strlen (c->name));
  for (const LpCommand *c = lp_commands; c->name != NULL; c++)
    g_string_append_printf (out, "  labelproof %s %s\n      %s\n", c->name, c->arguments, _ (c->summary));
  g_string_append (out, "  labelproof --version\n");
  g_string_append (out, _ ("\nlabelproof COMMAND --help tells more about a command.\n"));
  return g_string_free (out, FALSE);
}

static LpExit
run (char **argv)
{
  const char *first = argv[1];
  g_autofree char *text = NULL;

  if (first == NULL || g_str_equal (first, "--help") || g_str_equal (first, "-h"))
    {
      text = help ();
      return lp_cli_write (text, first == NULL ? LP_EXIT_WRONG : LP_EXIT_FINE);
    }
  if (g_str_equal (first, "--version"))
    return lp_cli_write ("labelproof " PACKAGE_VERSION "\n", LP_EXIT_FINE);
  for (const LpCommand *c = lp_commands; c->name != NULL; c++)
    if (g_str_equal (first, c->name))
      return c->run (argv + 1);
  if (first[0] == '-' && !g_str_equal (first, "--"))
    {
      lp_cli_complain (_ ("There is no option “%s”. labelproof --help lists what there is."), first);
      return LP_EXIT_WRONG;
    }
  /* A mistyped command is no path. */
  if (strchr (first, '/') == NULL && !g_str_equal (first, "--") && !g_file_test (first, G_FILE_TEST_EXISTS))
    {
      lp_cli_complain (_ ("“%s” is neither a command nor a file. labelproof --help lists the commands."), first);
      return LP_EXIT_WRONG;
    }
  return lp_cli_window (argv);
}

int
main (int argc, char **argv)
{
  const char *folder = g_getenv ("LABELPROOF_LOCALEDIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  /* A reader that goes away is an error of writing, with an exit code. */
  signal (SIGPIPE, SIG_IGN);
  return run (argv);
}
