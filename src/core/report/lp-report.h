/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "check/lp-check.h"

G_BEGIN_DECLS

/* Findings and verdicts as text for a person and as JSON for scripts (COMMANDS.md). All return UTF-8; free with
 * g_free. */

typedef struct
{
  const LpDataset *dataset;
  const LpProfile *profile;
  const LpFindings *findings;
  gboolean colour;
  gboolean verbose; /* every finding on a line of its own */
  gboolean partial; /* rules were switched off by a person: nothing good may be said of the whole */
} LpReport;

char *lp_report_check_text (const LpReport *report);
char *lp_report_check_json (const LpReport *report);
char *lp_report_compare_text (const LpReport *report, const LpMatch *match);
char *lp_report_compare_json (const LpReport *report, const LpMatch *match);

/* The verdict in one sentence: "Not ready to export: the label order differs from the labelling job." Never "clean"
 * where something was not read. */
char *lp_report_verdict (const LpReport *report);
/* What it covers: "24 of 24 pictures, 43 of 43 rows". */
char *lp_report_coverage (const LpReport *report);

/* One rule's page, and the list of all. */
char *lp_report_rule_text (LpRuleId rule, const LpProfile *profile);
char *lp_report_rules_text (void);
char *lp_report_rules_json (void);

/* The order verdict in a sentence, and how sure it is. */
char *lp_report_order_sentence (const LpDataset *dataset, const LpMatch *match);
char *lp_report_order_sure (const LpMatch *match);

G_END_DECLS
