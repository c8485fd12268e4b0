/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "cli/lp-cli.h"

static gboolean
read_severity (const char *word, LpSeverity *severity)
{
  *severity = LP_SEVERITY_ERROR;
  if (word == NULL)
    return TRUE;
  for (LpSeverity s = LP_SEVERITY_INFO; s <= LP_SEVERITY_ERROR; s++)
    if (g_str_equal (word, lp_severity_id (s)))
      {
        *severity = s;
        return TRUE;
      }
  lp_cli_complain (_ ("“%s” is no severity. There are error, warning and info."), word);
  return FALSE;
}

static LpExit
judge (const LpReport *report, LpSeverity fail_on, LpExit left)
{
  const LpFindings *f = report->findings;
  guint n = f->errors;

  if (left == LP_EXIT_NOTHING || lp_report_nothing_read (report->dataset))
    return LP_EXIT_NOTHING;
  if (fail_on <= LP_SEVERITY_WARNING)
    n += f->warnings;
  if (fail_on <= LP_SEVERITY_INFO)
    n += f->infos;
  return n > 0 ? LP_EXIT_FOUND : LP_EXIT_FINE;
}

LpExit
lp_cli_check (char **argv)
{
  g_auto (LpCliOptions) options = { 0 };
  g_autofree char *fail_on = NULL;
  gboolean verbose = FALSE;
  const GOptionEntry own[] = {
    { "fail-on", 0, 0, G_OPTION_ARG_STRING, &fail_on, N_ ("What counts as failed (default: error)"),
      "error|warning|info" },
    { "verbose", 'v', 0, G_OPTION_ARG_NONE, &verbose, N_ ("Every finding on a line of its own"), NULL },
    { NULL },
  };
  g_autoptr (LpSession) session = NULL;
  g_autofree char *text = NULL;
  LpSeverity severity;
  LpReport report;
  LpExit left;

  if (!lp_cli_parse ("check", own, TRUE, argv, &options) || !read_severity (fail_on, &severity))
    return LP_EXIT_WRONG;
  session = lp_cli_session (&options);
  if (session == NULL)
    return LP_EXIT_WRONG;
  if (!lp_cli_load (session, &left))
    return left;
  lp_session_report (session, &report);
  report.colour = lp_cli_colour ();
  report.verbose = verbose;
  text = options.json ? lp_report_check_json (&report) : lp_report_check_text (&report);
  return lp_cli_write (text, judge (&report, severity, left));
}
