/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/lp-progress.h"
#include "check/lp-rule.h"

G_BEGIN_DECLS

/* The rules over everything. */

/* What a check works on; each thread has its own and only adds findings. */
struct _LpCheck
{
  const LpDataset *dataset;
  const LpProfile *profile;
  const LpLayer *layer;     /* the subject, NULL */
  const LpMatch *match;     /* the subject against its first witness with support, NULL */
  const gboolean *selected; /* by LpRuleId */
  GArray *findings;         /* LpFinding */
  GArray *details;          /* private to the thread; joined afterwards */
};

/* Adds one finding when its rule is selected; severity from the profile unless the finding has one. */
void lp_check_add (LpCheck *check, LpRuleId rule, const LpFinding *finding);

typedef struct
{
  GArray *findings; /* LpFinding, ordered: image, row, rule; those of no image first */
  GArray *because;  /* LpBecause, ordered by finding */
  guint errors, warnings, infos;
} LpFindings;

/* Runs every selected rule (selected[LpRuleId], rules.count + 1 long; NULL: all) on the data set, adds what readers
 * noticed, applies "Said once". The same for any number of threads. NULL only when cancelled. */
LpFindings *
lp_check_run (LpDataset *dataset, const LpProfile *profile, const gboolean *selected, LpProgress *progress);
void lp_findings_free (LpFindings *findings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LpFindings, lp_findings_free)

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

/* Grouped by rule (order rules by verdict), dearest first: images and boxes lost or learnt wrongly, then severity.
 * The array owns its causes. */
GPtrArray *lp_causes (const LpDataset *dataset, const LpProfile *profile, const LpFindings *findings);

G_END_DECLS
