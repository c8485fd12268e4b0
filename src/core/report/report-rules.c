/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "report/lp-report-private.h"

/* The rules' own words, from their tables. */

static const char *
severity_word (LpRuleId id, const LpProfile *profile)
{
  LpSeverity severity = profile != NULL ? lp_profile_severity (profile, id) : lp_rule_get (id)->severity;

  return severity == LP_SEVERITY_OFF ? _ ("Off") : lp_severity_word (severity);
}

static const char *
safety_sentence (const LpRule *rule)
{
  if (rule->safe_when != NULL)
    return _ (rule->safe_when);
  switch (rule->safety)
    {
    case LP_SAFETY_SAFE:
      return _ ("This repair is safe: it may run unattended.");
    case LP_SAFETY_REVIEW:
      return _ ("Look before you let this repair run.");
    case LP_SAFETY_NONE:
    default:
      return _ ("There is no repair for it in this program.");
    }
}

static void
add_part (GString *out, const char *heading, const char *text)
{
  if (text != NULL)
    g_string_append_printf (out, "\n%s\n  %s\n", heading, text);
}

char *
lp_report_rule_text (LpRuleId id, const LpProfile *profile)
{
  const LpRule *rule = lp_rule_get (id);
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "%s\n%s (%s)\n", rule->id, _ (rule->title), severity_word (id, profile));
  add_part (out, _ ("Why it matters"), _ (rule->why));
  add_part (out, _ ("Example"), rule->example);
  add_part (out, _ ("What a trainer does"), rule->trainer != NULL ? _ (rule->trainer) : NULL);
  add_part (out, _ ("Repair"), rule->repair != NULL ? _ (rule->repair) : NULL);
  g_string_append_printf (out, rule->repair != NULL ? "  %s\n" : "\n%s\n", safety_sentence (rule));
  return g_string_free (out, FALSE);
}

char *
lp_report_rules_text (const LpProfile *profile)
{
  GString *out = g_string_new (NULL);
  gsize width = 0;

  for (guint i = 1; i <= lp_rule_count (); i++)
    width = MAX (width, strlen (lp_rule_get (i)->id));
  for (guint i = 1; i <= lp_rule_count (); i++)
    {
      const LpRule *rule = lp_rule_get (i);

      g_string_append_printf (out, "%-*s  %s: %s\n", (int) width, rule->id, severity_word (i, profile),
                              _ (rule->title));
    }
  return g_string_free (out, FALSE);
}
