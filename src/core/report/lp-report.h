/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "check/lp-check.h"

G_BEGIN_DECLS

/* Findings and verdicts as text for a person and as JSON for scripts. All return UTF-8; free with
 * g_free. */

typedef struct
{
  const LpDataset *dataset;
  const LpProfile *profile;
  const LpFindings *findings;
  gboolean colour;
  gboolean verbose;    /* every finding on a line of its own */
  gboolean incomplete; /* a path that a person named gave nothing to look at */
  gboolean partial;    /* rules were switched off by a person: nothing good may be said of the whole */
} LpReport;

char *lp_report_check_text (const LpReport *report);
char *lp_report_check_json (const LpReport *report);
char *lp_report_compare_text (const LpReport *report, const LpMatch *match);
char *lp_report_compare_json (const LpReport *report, const LpMatch *match);

/* The verdict in one sentence: "Not ready to export: the label order differs from the labelling job." Never "clean"
 * where something was not read. */
char *lp_report_verdict (const LpReport *report);
/* What it covers: "24 of 24 pictures, 43 of 43 rows"; the rows are those of all layers, so where there are others
 * than the subject, how many are the subject's is said too. */
char *lp_report_coverage (const LpReport *report);
/* TRUE when not one label was looked at, whatever was listed: no verdict can stand on that. */
gboolean lp_report_nothing_read (const LpDataset *dataset);
/* TRUE when there is no list of names for the subject, which an export needs. */
gboolean lp_report_lacks_names (const LpDataset *dataset);
/* "8 errors, 5 warnings, 1 info". */
char *lp_report_counts (const LpFindings *findings);

/* How many images, rows and boxes a layer holds, and the state of each image. Removed rows do not count. */
typedef struct
{
  guint images, rows, boxes;
  guint states[LP_STATE_NO_FILE + 1]; /* by LpEntryState */
} LpLayerCounts;

void lp_report_count (const LpDataset *dataset, const LpLayer *layer, LpLayerCounts *counts);

/* One rule's page, and the list of all; profile NULL: the severities of the catalogue. */
char *lp_report_rule_text (LpRuleId rule, const LpProfile *profile);
char *lp_report_rule_json (LpRuleId rule, const LpProfile *profile);
char *lp_report_rules_text (const LpProfile *profile);
char *lp_report_rules_json (const LpProfile *profile);

/* Where a finding stands: "labels/train/a.txt:3", a picture's own path, or NULL; relative to the root. */
char *lp_report_place (const LpDataset *dataset, const LpFinding *finding);

/* The order verdict in a sentence, and how sure it is. */
char *lp_report_order_sentence (const LpDataset *dataset, const LpMatch *match);
char *lp_report_order_sure (const LpMatch *match);
char *lp_report_conversion_sentence (const LpMatch *match);

G_END_DECLS
