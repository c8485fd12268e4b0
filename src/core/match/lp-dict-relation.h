/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/lp-dataset.h"

G_BEGIN_DECLS

/* Two lists of names beside each other: what each place of one is in the other, and all of it in a few words. */

typedef enum
{
  LP_NAME_EQUAL,   /* the same bytes at the same place; or nothing in both */
  LP_NAME_MOVED,   /* the reference has this name at another place */
  LP_NAME_ALIKE,   /* nearly the same name at the same place: a blank more, other capitals … */
  LP_NAME_OTHER,   /* another name at this place, which the reference does not have */
  LP_NAME_MISSING, /* the reference has a name here, the list has none */
  LP_NAME_EXTRA,   /* a name that the reference does not have, where it has none */
} LpNameKind;

typedef enum
{
  LP_ALIKE_NOT,
  LP_ALIKE_BLANK_START, /* white space more or less at the start */
  LP_ALIKE_BLANK_END,
  LP_ALIKE_INVISIBLE, /* characters that cannot be seen */
  LP_ALIKE_UNICODE,   /* the same characters, encoded in another way */
  LP_ALIKE_CAPITALS,
  LP_ALIKE_SPACING, /* blanks, "_" and "-" inside */
} LpAlike;

typedef struct
{
  guint8 kind;  /* LpNameKind */
  guint8 alike; /* LpAlike: how the name differs from the reference's name at `place` */
  gint32 place; /* of the name in the reference; -1: nowhere */
} LpNameRelation;

typedef struct
{
  GArray *names;                             /* LpNameRelation by index, as long as the longer of the two */
  guint moved, alike, other, missing, extra; /* how many */
  gint shift;                                /* all moved names stand this many places too high; 0: no such thing */
  gboolean is_job;                           /* the reference is what the labelling job says */
} LpDictRelation;

/* Pure; any thread. Neither may be NULL. */
LpDictRelation *lp_dict_relation_new (const LpDictionary *list, const LpDictionary *reference);
void lp_dict_relation_free (LpDictRelation *relation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LpDictRelation, lp_dict_relation_free)

/* How bad it is: error where names are moved, warning where they differ otherwise, else LP_SEVERITY_OFF. */
LpSeverity lp_dict_relation_severity (const LpDictRelation *relation);
/* "same order", "7 of 7 moved", "1 too high", "2 of 7 differ". Free with g_free. */
char *lp_dict_relation_words (const LpDictRelation *relation);
/* What is to be said beside one name: "job: 5", "blank at end"; for a missing one what stands in its place. NULL:
 * nothing. Free with g_free. */
char *lp_dict_relation_note (const LpDictRelation *relation, guint index);

G_END_DECLS
