/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/lp-progress.h"
#include "check/lp-rule.h"

G_BEGIN_DECLS

/* The rules over everything. */

/* What a check works on. Rows and entries are checked in threads: each has its own and only adds findings. */
struct _LpCheck
{
  const LpDataset *dataset;
  const LpProfile *profile;
  const LpLayer *layer;     /* the subject, NULL */
  const LpMatch *match;     /* the subject against its first witness with support, NULL */
  const gboolean *selected; /* by LpRuleId */
  GArray *findings;         /* LpFinding */
  LpDataset *growing;       /* the data set again where details and absent files may be added: LP_SCOPE_SET only */
  GHashTable *details;      /* text → index + 1 in dataset->details, made when first asked */
  GHashTable *absent;       /* path → index + 1 in dataset->files, made when first asked */
};

/* Adds one finding when its rule is selected and not off; severity from the profile unless the finding has one. */
void lp_check_add (LpCheck *check, LpRuleId rule, const LpFinding *finding);

/* For checks of LP_SCOPE_SET: a detail, or the record of a file that should be there. Equal ones are added once,
 * however often the checks run. */
guint32 lp_check_detail (LpCheck *check, const char *text);
guint32 lp_check_absent_file (LpCheck *check, const char *path);

typedef struct
{
  GArray *findings; /* LpFinding, ordered: image, row, rule; those of no image first */
  GArray *because;  /* LpBecause, ordered by finding */
  guint errors, warnings, infos;
} LpFindings;

/* Runs every selected rule (selected[LpRuleId], lp_rule_count () + 1 long; NULL: all) on the data set, adds what
 * readers noticed, applies "Said once". The same for any number of threads. Adds the entries of the subject to
 * `progress` as they are done; its start is the caller's. NULL only when cancelled. */
LpFindings *
lp_check_run (LpDataset *dataset, const LpProfile *profile, const gboolean *selected, LpProgress *progress);
void lp_findings_free (LpFindings *findings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LpFindings, lp_findings_free)

/* "Said once": moves to findings->because what another finding explains. The findings stand in order.
 * Called by lp_check_run. */
void lp_check_say_once (LpFindings *findings);

/* A comma-separated list of ids and families ("order/ *" without the blank, "label/bom") switched on or off in
 * `selected`. FALSE with the unknown one in the error. */
gboolean lp_check_select (gboolean *selected, const char *list, gboolean on, GError **error);

/* ---- causes: few words for many problems ---- */

/* Findings with one cause: what a card shows and a line of the report says. */
typedef struct
{
  LpRuleId rule;
  LpSeverity severity;
  guint first;            /* index of its first finding */
  GArray *findings;       /* guint32 indices */
  guint n_images, n_rows; /* concerned */
  guint images_lost;      /* images that the profile's trainer drops for it, with all their boxes */
  guint rows_lost;        /* boxes lost or learnt wrongly: those of lost images, and wrong ones */
  guint fixable;          /* findings with a repair */
  gboolean systematic;    /* one decision removes all of it (order, frame, names …): a card of its own */
  char *sentence;         /* translated: "Four photos are turned by the camera" */
  char *consequence;      /* translated: what a trainer would learn; may be NULL */
} LpCause;

/* Grouped by rule (all of order/ are one, under its verdict), dearest first: an error of the order, which the verdict
 * names; then by severity, boxes lost or learnt wrongly, images lost. The array owns its causes. */
GPtrArray *lp_causes (const LpDataset *dataset, const LpProfile *profile, const LpFindings *findings);

G_END_DECLS
