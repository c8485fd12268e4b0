/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "cli/lp-cli.h"

static char *
say (const LpCliOptions *options, LpRuleId rule, const LpProfile *profile)
{
  if (rule == LP_RULE_NONE)
    return options->json ? lp_report_rules_json (profile) : lp_report_rules_text (profile);
  return options->json ? lp_report_rule_json (rule, profile) : lp_report_rule_text (rule, profile);
}

LpExit
lp_cli_rules (char **argv)
{
  g_auto (LpCliOptions) options = { 0 };
  const LpProfile *profile = NULL;
  LpRuleId rule = LP_RULE_NONE;
  g_autofree char *text = NULL;

  if (!lp_cli_parse ("rules", NULL, FALSE, argv, &options))
    return LP_EXIT_WRONG;
  if (options.profile != NULL && (profile = lp_profile_find (options.profile)) == NULL)
    {
      g_autofree char *ids = lp_profile_ids ();

      lp_cli_complain (_ ("There is no profile “%s”. There are: %s."), options.profile, ids);
      return LP_EXIT_WRONG;
    }
  if (options.paths != NULL && g_strv_length (options.paths) > 1)
    {
      lp_cli_complain (_ ("Name one rule, or none for the list."));
      return LP_EXIT_WRONG;
    }
  if (options.paths != NULL && options.paths[0] != NULL)
    {
      rule = lp_rule_find (options.paths[0]);
      if (rule == LP_RULE_NONE)
        {
          lp_cli_complain (_ ("There is no rule “%s”. labelproof rules lists them."), options.paths[0]);
          return LP_EXIT_WRONG;
        }
    }
  text = say (&options, rule, profile);
  return lp_cli_write (text, LP_EXIT_FINE);
}
