/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/lp-dataset.h"

G_BEGIN_DECLS

/* Two layers compared: which image is which, which row is which, which class order. Filled by match/,
 * read by check/, report/ and the window. */

typedef enum
{
  LP_VERDICT_UNVERIFIABLE,
  LP_VERDICT_CONSISTENT,
  LP_VERDICT_DIFFERS_FROM_JOB, /* case C */
  LP_VERDICT_SWAPPED_PAIR,
  LP_VERDICT_SORTED,
  LP_VERDICT_PERMUTED,
  LP_VERDICT_INCONSISTENT,
} LpVerdictKind;

typedef enum
{
  LP_MECHANISM_SORTED = 1 << 0,
  LP_MECHANISM_SWAPPED_PAIR = 1 << 1,
} LpMechanism;

typedef enum
{
  LP_CASE_NONE, /* consistent, or nothing to say */
  LP_CASE_A,    /* ids right, names wrong */
  LP_CASE_B,    /* names right, ids wrong */
  LP_CASE_C,    /* ids and names agree with each other, not with the job */
} LpOrderCase;

typedef enum
{
  LP_CONVERSION_STRAIGHT, /* no paired picture's two frames differ */
  LP_CONVERSION_RAW,
  LP_CONVERSION_UPRIGHT,
} LpConversion;

/* How an image of the subject was paired with one of the witness. */
typedef enum
{
  LP_PAIRED_NOT,
  LP_PAIRED_FILE,      /* the same resolved file: one record */
  LP_PAIRED_STEM,      /* equal up to the last dot */
  LP_PAIRED_FIRST_DOT, /* equal up to the first dot only */
} LpPairedBy;

/* One id of the subject. */
typedef struct
{
  gint32 id;
  const char *shown; /* name that the subject's own dictionary gives it, NULL: none */
  const char *name;  /* top name of the reference for this id, NULL: no support */
  gint32 reference;  /* index of that name in the reference dictionary, -1 */
  guint support;     /* pairs of this id */
  guint agree;       /* of these, pairs with `name` */
} LpVerdictClass;

typedef struct
{
  guint32 subject_entry, witness_entry; /* in the layers */
  guint8 by;                            /* LpPairedBy */
  guint8 differs;                       /* its two frames differ and it has boxes on both sides, so it voted */
  guint8 proven;                        /* its boxes fit in one of the two frames only */
  guint8 compared;                      /* FALSE: one side was not looked at or could not be read; no boxes paired */
  guint8 subject_frame, witness_frame;  /* LpFrame that the numbers of each were taken to be in */
  guint32 raw_hits, upright_hits;       /* box pairs within rounding under each hypothesis */
  guint32 n_pairs;
} LpImagePair;

typedef struct
{
  guint32 subject, witness; /* layers */
  guint32 reference;     /* dictionary that stands for the job's order: label category file, else class-map; LP_NONE:
                            the witness has names without an order */
  GArray *images;        /* LpImagePair, in subject entry order */
  guint32 *partner;      /* subject row → witness row, LP_NONE; rows of the subject long */
  guint32 *partner_back; /* witness row → subject row, LP_NONE */
  guint32 n_partner, n_partner_back;
  guint n_pairs;                    /* box pairs */
  guint only_subject, only_witness; /* boxes in paired images without partner */
  guint ambiguous;                  /* pairs left out of the statistics */
  guint exact;                      /* pairs equal within the rounding of the printed digits */
  double max_rounding_px;           /* largest edge difference among the exact ones, pixels */

  LpVerdictKind kind;
  guint mechanisms; /* LpMechanism */
  LpOrderCase repair_case;
  gboolean without_dictionary;  /* the subject has no names: ids compared with the job's */
  guint support, agree, margin; /* all pairs less the ambiguous; explained by the best; less the second best */
  guint images_affected;        /* images with a box whose name is wrong */
  guint names_moved, names_total;
  GArray *classes;  /* LpVerdictClass, by id; ids in use that no pair supports stand there with support 0 */
  GPtrArray *names; /* const char *, row labels of the table */
  guint *table;     /* names × classes: contingency, row-major */
  LpConversion conversion;
  guint conversion_hits, conversion_total;
  GPtrArray *implied; /* const char *: the list in the order that the rows show; NULL entries unknown */
} LpMatch;

LpMatch *lp_match_new (guint32 subject, guint32 witness);
void lp_match_free (LpMatch *match);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LpMatch, lp_match_free)

/* The match that judges the order: the subject against its first witness with support, else against its first;
 * NULL where there is none. */
const LpMatch *lp_dataset_match (const LpDataset *dataset);

/* The last part of the rule id: "consistent", "sorted", "differs-from-job" … Never translated. */
const char *lp_verdict_id (LpVerdictKind kind);
const char *lp_conversion_id (LpConversion conversion);

/* How the subject's entry was paired, or NULL. */
const LpImagePair *lp_match_pair_of (const LpMatch *match, guint32 subject_entry);

static inline double
lp_match_purity (const LpMatch *m)
{
  return m->support > 0 ? (double) m->agree / m->support : 0;
}

G_END_DECLS
