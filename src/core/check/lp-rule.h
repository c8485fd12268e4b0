/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lp-rule-ids.h"
#include "model/lp-match-record.h"
#include "model/lp-step.h"

G_BEGIN_DECLS

/* A rule is one place: its row in the table of its family (check/<family>.c). Everything that says or does something
 * about a rule reads that row. LpRuleId is generated from the tables (build-aux/rule-ids.py). */

typedef enum
{
  LP_SCOPE_READER, /* a reader notices it and reports the place; the row has no check */
  LP_SCOPE_ROW,
  LP_SCOPE_IMAGE, /* one entry of the subject */
  LP_SCOPE_SET,
} LpScope;

typedef enum
{
  LP_SAFETY_NONE,   /* no repair */
  LP_SAFETY_SAFE,   /* lossless or clearly implied: may run unattended */
  LP_SAFETY_REVIEW, /* a person has to look */
} LpSafety;

/* What a finding of a rule costs a person who trains with the data as it is. */
typedef enum
{
  LP_COST_NONE,
  LP_COST_ROW,   /* this box is lost or learnt wrongly */
  LP_COST_BOXES, /* all boxes of the image are lost or learnt wrongly */
  LP_COST_IMAGE, /* a trainer that drops whole images drops this one; for another it is LP_COST_ROW */
} LpCost;

typedef struct _LpCheck LpCheck; /* lp-check.h */

/* What a row check sees, computed once a row. */
typedef struct
{
  guint32 layer, entry, row; /* indices */
  const LpLayer *l;
  const LpEntry *e;
  const LpRow *r;
  const LpImage *image;
  gboolean has_box;     /* `unit` and `tolerance` are valid */
  LpRect unit;          /* fractions of its own frame */
  double tolerance[2];  /* x, y: what rounding may have moved an edge by, in fractions */
  gboolean has_size;    /* `width` and `height` are valid */
  double width, height; /* of its own frame: for a manifest the size that it declares */
} LpRowView;

typedef struct
{
  const char *id;
  LpSeverity severity; /* default; profiles may change it */
  LpScope scope;
  LpSafety safety; /* default; `propose` may say otherwise for one finding */
  LpCost cost;
  gboolean systematic; /* many findings, one cause and one decision */
  /* Words, all N_(): */
  const char *title;     /* "Box beyond the edge" */
  const char *sentence;  /* with values: see lp_rule_say */
  const char *why;       /* why it matters */
  const char *example;   /* offending input, not translated */
  const char *trainer;   /* what a trainer does with it */
  const char *repair;    /* how to repair it; NULL: nothing this program can do */
  const char *safe_when; /* where `propose` calls it safe for some findings only: which; else NULL */
  /* Code: the one of its scope; NULL for reader rules. */
  void (*check_row) (LpCheck *check, const LpRowView *view);
  void (*check_entry) (LpCheck *check, guint32 layer, guint32 entry);
  void (*check_set) (LpCheck *check);
  /* Of reader rules: does what was noticed still count, now that all is known? NULL: it does. */
  gboolean (*holds) (const LpDataset *dataset, const LpFinding *finding);
  /* The sentence where a template cannot say it; NULL: `sentence` with placeholders. Free with g_free. */
  char *(*say) (const LpDataset *dataset, const LpFinding *finding);
  /* The edit it proposes, added to `step`; returns how safe it is for this finding, LP_SAFETY_NONE where there is
   * none. With step NULL it only answers. NULL: no repair. The rules of the family order/ only answer: their step is
   * made by lp_edit_order_names and lp_edit_order_rows. */
  LpSafety (*propose) (const LpDataset *dataset, const LpFinding *finding, LpStep *step);
  /* Silent where one of these speaks of the same thing ("Said once"), ended by LP_RULE_NONE. */
  LpRuleId yields_to[8];
} LpRule;

const LpRule *lp_rule_get (LpRuleId id);
LpRuleId lp_rule_find (const char *id);             /* LP_RULE_NONE: unknown */
guint lp_rule_count (void);                         /* ids are 1 … count */
const char *lp_severity_word (LpSeverity severity); /* translated: Error, Warning, Info */
const char *lp_severity_id (LpSeverity severity);   /* "error", never translated */

/* The sentence of a finding in the user's language, without a full stop. Placeholders of a template: {a} {b} (whole
 * numbers as they are, others with 4 significant digits), {a:px} (as "29.01"), {percent} (b as "4.7 %"), {detail},
 * {class} (number of the row), {name} (its name), {box} ("618 × 447"), {size} (of the picture as stored), {line},
 * {other-line} (of row `other`), {image} and {file} (base names). What is not known is "?". What comes from the data
 * is escaped. Free with g_free. */
char *lp_rule_say (const LpDataset *dataset, const LpFinding *finding);

/* ---- profiles: data ---- */

typedef struct
{
  LpRuleId rule;
  LpSeverity severity;
} LpProfileRule;

typedef struct
{
  const char *id;             /* "ultralytics" */
  const char *title;          /* N_() */
  LpFrame frame;              /* the frame its trainer or consumer reads pictures in */
  gboolean drops_images;      /* one bad row costs all boxes of its image */
  const LpProfileRule *rules; /* severities that differ, ended by LP_RULE_NONE */
} LpProfile;

const LpProfile *lp_profile_find (const char *id); /* NULL: unknown */
char *lp_profile_ids (void);                       /* "ultralytics, ground-truth"; free with g_free */
const LpProfile *lp_profile_default (const LpDataset *dataset);
LpSeverity lp_profile_severity (const LpProfile *profile, LpRuleId rule);

G_END_DECLS
