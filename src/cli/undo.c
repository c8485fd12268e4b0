/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "cli/lp-cli.h"

static char *
say_json (const LpApplied *applied)
{
  g_autoptr (JsonBuilder) b = json_builder_new_immutable ();

  json_builder_begin_object (b);
  json_builder_set_member_name (b, "files");
  json_builder_add_int_value (b, applied->n_files);
  lp_cli_add_strings (b, "refused", applied->refused);
  json_builder_end_object (b);
  return lp_cli_json (b);
}

static char *
say_text (const LpApplied *applied)
{
  GString *out = g_string_new (NULL);

  lp_cli_add_line (out, ngettext ("Taken back: %u file.", "Taken back: %u files.", applied->n_files),
                   applied->n_files);
  lp_cli_add_list (out, _ ("Not taken back:"), applied->refused);
  return g_string_free (out, FALSE);
}

static LpExit
undo (LpSession *session, gboolean json)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  LpApplied applied = { 0 };
  gboolean fine;

  if (lp_session_last_apply (session, NULL, &error) == LP_APPLY_NONE)
    {
      lp_cli_complain ("%s", error != NULL ? error->message : _ ("There is nothing to undo."));
      return LP_EXIT_FOUND;
    }
  fine = lp_session_undo_apply (session, &applied, &error);
  if (error != NULL)
    lp_cli_complain ("%s", error->message);
  text = json ? say_json (&applied) : say_text (&applied);
  lp_applied_clear (&applied);
  return lp_cli_write (text, fine ? LP_EXIT_FINE : LP_EXIT_FOUND);
}

LpExit
lp_cli_undo (char **argv)
{
  g_auto (LpCliOptions) options = { 0 };
  g_autoptr (LpSession) session = NULL;
  g_autoptr (GError) error = NULL;

  if (!lp_cli_parse ("undo", NULL, TRUE, argv, &options))
    return LP_EXIT_WRONG;
  session = lp_cli_session (&options);
  if (session == NULL)
    return LP_EXIT_WRONG;
  lp_session_set_first_path_only (session, TRUE);
  if (!lp_session_list (session, &error))
    {
      lp_cli_complain ("%s", error->message);
      return LP_EXIT_NOTHING;
    }
  return undo (session, options.json);
}
