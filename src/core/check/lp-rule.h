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
  LP_SCOPE_LAYER, /* the subject */
  LP_SCOPE_SET,
} LpScope;

typedef enum
{
  LP_SAFETY_NONE,   /* no repair */
  LP_SAFETY_SAFE,   /* lossless or clearly implied: may run unattended */
  LP_SAFETY_REVIEW, /* a person has to look */
} LpSafety;

typedef struct _LpCheck LpCheck; /* lp-check.h */

/* What a row check sees, computed once a row. */
typedef struct
{
  guint32 layer, entry, row; /* indices */
  const LpLayer *l;
  const LpEntry *e;
  const LpRow *r;
  const LpImage *image;
  gboolean has_box;     /* `unit` is valid */
  LpRect unit;          /* fractions of its own frame */
  gboolean has_size;    /* `width`, `height`, `pixels` are valid */
  double width, height; /* of its own frame */
  LpRect pixels;
} LpRowView;

typedef struct
{
  const char *id;
  LpSeverity severity; /* default; profiles may change it */
  LpScope scope;
  LpSafety safety; /* default; `propose` may say otherwise for one finding */
  /* Words, all N_(): */
  const char *title;    /* "Box beyond the edge" */
  const char *sentence; /* with values: see lp_rule_say */
  const char *why;      /* why it matters */
  const char *example;  /* offending input, not translated */
  const char *trainer;  /* what a trainer does with it */
  const char *repair;   /* how to repair it; NULL: nothing this program can do */
  /* Code: the one of its scope; NULL for reader rules. */
  void (*check_row) (LpCheck *check, const LpRowView *view);
  void (*check_entry) (LpCheck *check, guint32 layer, guint32 entry);
  void (*check_set) (LpCheck *check);
  /* The sentence where a template cannot say it; NULL: `sentence` with placeholders. Free with g_free. */
  char *(*say) (const LpDataset *dataset, const LpFinding *finding);
  /* The edit it proposes, added to `step`; returns how safe it is for this finding, LP_SAFETY_NONE where there is
   * none. With step NULL it only answers. */
  LpSafety (*propose) (const LpDataset *dataset, const LpFinding *finding, LpStep *step);
  /* Silent where one of these speaks of the same thing ("Said once"), ended by LP_RULE_NONE. */
  LpRuleId yields_to[8];
} LpRule;

const LpRule *lp_rule_get (LpRuleId id);
LpRuleId lp_rule_find (const char *id);             /* LP_RULE_NONE: unknown */
guint lp_rule_count (void);                         /* ids are 1 … count */
const char *lp_severity_word (LpSeverity severity); /* translated: Error, Warning, Info */
const char *lp_severity_id (LpSeverity severity);   /* "error", never translated */

/* The sentence of a finding in the user's language. Placeholders of a template: {a} {b} (numbers, %g with at most 4
 * significant digits), {a:px} (as "29.01"), {detail} {class} {name} {box} ("618 × 447") {size} {line} {other-line}
 * {image} {file} {names} (how many names the subject has) {percent} (b as "4.7 %"). Free with g_free. */
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
  const LpProfileRule *rules; /* severities that differ, ended by LP_RULE_NONE */
} LpProfile;

const LpProfile *lp_profile_find (const char *id); /* NULL: unknown */
const LpProfile *lp_profile_default (const LpDataset *dataset);
LpSeverity lp_profile_severity (const LpProfile *profile, LpRuleId rule);

G_END_DECLS
