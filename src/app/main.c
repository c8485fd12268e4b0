/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "lp-application.h"

#define EXIT_NO_DISPLAY 3 /* as where the window is not installed */

int
main (int argc, char **argv)
{
  const char *locales = g_getenv ("LABELPROOF_LOCALEDIR"); /* translations of a build that is not installed */
  g_autoptr (LpApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locales != NULL ? locales : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  if (!gtk_init_check ())
    {
      g_printerr ("%s\n",
                  _ ("There is no display to open the window on. “labelproof check PATH” works without one."));
      return EXIT_NO_DISPLAY;
    }
  application = lp_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
