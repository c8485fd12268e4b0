/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "cli/lp-cli.h"

static gboolean
lies_in (const char *path, const char *folder)
{
  gsize n = strlen (folder);

  return g_str_has_prefix (path, folder) && (path[n] == '\0' || path[n] == '/' || g_str_equal (folder, "/"));
}

/* The match against the witness that was named: the subject's folder may hold others. */
static const LpMatch *
find_match (LpSession *session, const char *witness)
{
  const LpDataset *d = lp_session_get_dataset (session);
  g_autofree char *path = g_canonicalize_filename (witness, NULL);
  const LpMatch *found = NULL;

  for (guint i = 0; i < d->matches->len; i++)
    {
      const LpMatch *match = g_ptr_array_index (d->matches, i);
      const char *layer = lp_dataset_layer (d, match->witness)->path;

      if (match->subject != d->subject || (!lies_in (layer, path) && !lies_in (path, layer)))
        continue;
      if (found == NULL || (found->support == 0 && match->support > 0))
        found = match;
    }
  return found != NULL ? found : lp_session_get_match (session);
}

LpExit
lp_cli_compare (char **argv)
{
  g_auto (LpCliOptions) options = { 0 };
  g_autoptr (LpSession) session = NULL;
  g_autofree char *text = NULL;
  const LpMatch *match;
  LpReport report;
  LpExit left, status;

  if (!lp_cli_parse ("compare", NULL, TRUE, argv, &options))
    return LP_EXIT_WRONG;
  if (options.paths == NULL || g_strv_length (options.paths) != 2)
    {
      lp_cli_complain (_ ("Name two things to compare: the subject and its witness."));
      return LP_EXIT_WRONG;
    }
  session = lp_cli_session (&options);
  if (session == NULL)
    return LP_EXIT_WRONG;
  lp_session_set_first_path_only (session, TRUE);
  if (!lp_cli_load (session, &left))
    return left;
  lp_session_report (session, &report);
  report.colour = lp_cli_colour ();
  match = find_match (session, options.paths[1]);
  text = options.json ? lp_report_compare_json (&report, match) : lp_report_compare_text (&report, match);
  status = match != NULL && match->kind == LP_VERDICT_CONSISTENT ? LP_EXIT_FINE : LP_EXIT_FOUND;
  return lp_cli_write (text, MAX (left, status));
}
