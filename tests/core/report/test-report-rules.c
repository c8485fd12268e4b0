/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "report/lp-report.h"

/* Every rule has a page that says more than its name. */
static void
test_every_page (void)
{
  g_autofree char *list = lp_report_rules_text (NULL);

  for (guint i = 1; i <= lp_rule_count (); i++)
    {
      g_autofree char *page = lp_report_rule_text (i, lp_profile_find ("ultralytics"));

      g_assert_true (g_str_has_prefix (page, lp_rule_get (i)->id));
      g_assert_nonnull (strstr (page, "\nWhy it matters\n  "));
      g_assert_nonnull (strstr (page, "\nExample\n  "));
      g_assert_true (g_utf8_validate (page, -1, NULL));
      g_assert_nonnull (strstr (list, lp_rule_get (i)->id));
    }
}

static void
test_severity_of_a_profile (void)
{
  LpRuleId rule = lp_rule_find ("box/out-of-frame");
  g_autofree char *yolo = lp_report_rule_text (rule, lp_profile_find ("ultralytics"));
  g_autofree char *job = lp_report_rule_text (rule, lp_profile_find ("ground-truth"));

  g_assert_nonnull (strstr (yolo, "(Warning)"));
  g_assert_nonnull (strstr (job, "(Error)"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/rules/every-page", test_every_page);
  g_test_add_func ("/report/rules/severity-of-a-profile", test_severity_of_a_profile);
  return g_test_run ();
}
