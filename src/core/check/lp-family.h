/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "check/lp-check.h"

G_BEGIN_DECLS

/* Between the files of this folder. */

/* The tables of the families, each ended by a row without id. Their order here, in meson.build and in rule.c is
 * the order of LpRuleId. */
extern const LpRule lp_rules_image[];
extern const LpRule lp_rules_image_file[];
extern const LpRule lp_rules_label[];
extern const LpRule lp_rules_label_form[];
extern const LpRule lp_rules_label_shape[];
extern const LpRule lp_rules_box[];
extern const LpRule lp_rules_box_size[];
extern const LpRule lp_rules_class[];
extern const LpRule lp_rules_class_name[];
extern const LpRule lp_rules_class_use[];
extern const LpRule lp_rules_order[];
extern const LpRule lp_rules_manifest[];
extern const LpRule lp_rules_csv[];
extern const LpRule lp_rules_dataset[];
extern const LpRule lp_rules_dataset_pairs[];
extern const LpRule lp_rules_duplicate[];

/* Sides of a box, as index of arrays and as `other` of findings about an edge. */
typedef enum
{
  LP_SIDE_LEFT,
  LP_SIDE_TOP,
  LP_SIDE_RIGHT,
  LP_SIDE_BOTTOM,
  LP_N_SIDES,
} LpSide;

/* ---- findings at a place ---- */

/* At a row; its line and column filled in. */
LpFinding lp_finding_at_row (const LpDataset *dataset, guint32 layer, guint32 entry, guint32 row);
/* At what a layer says of an image: the label file, or the line of the manifest. */
LpFinding lp_finding_at_entry (const LpDataset *dataset, guint32 layer, guint32 entry);
/* At a dictionary's name, or where its list begins (name LP_NONE). `other` is the dictionary. */
LpFinding lp_finding_at_name (const LpDataset *dataset, guint32 dict, guint32 name);

/* What a row check sees. FALSE for rows that no row check looks at: removed and unreadable ones. */
gboolean lp_row_view (const LpDataset *dataset, guint32 layer, guint32 entry, guint32 row, LpRowView *view);

/* The lists that are judged: those of the subject, and those that belong to no layer (the job's, typed ones). What a
 * witness's lines say about themselves is their own. */
gboolean lp_names_judged (const LpCheck *check, const LpDictionary *dict);
gboolean lp_name_is_blank (const char *name); /* empty, or nothing but white space */

/* ---- geometry ---- */

/* Share of a side that full-precision sources are taken as exact to; what six digits print cannot be
 * told from it, and no reader sees it: less is no overhang at all. */
#define LP_FULL_PRECISION 1e-6

/* What printing with so many digits may have moved an edge by, in fractions. */
double lp_decimals_tolerance (guint decimals);

/* How far a box reaches beyond each side, in fractions; 0 where it does not. */
void lp_overhang (const LpRect *unit, double beyond[LP_N_SIDES]);

/* A row of the subject and its partner: how far each edge of the partner lies from the row's, in pixels of the
 * subject's numbers (positive: right, down). `tolerance` (x, y) is what rounding explains. FALSE where the row has no
 * partner or no size is known. */
typedef struct
{
  guint32 witness_row;
  double offset[LP_N_SIDES];
  double tolerance[2];
  double iou;
} LpPartner;

gboolean
lp_partner_of (const LpDataset *dataset, const LpMatch *match, guint32 entry, guint32 row, LpPartner *partner);

/* ---- words ---- */

char *lp_say_number (double value);    /* whole numbers as they are, others with 4 significant digits */
char *lp_say_pixels (double pixels);   /* "29.01" */
char *lp_say_percent (double percent); /* "4.7 %" */
char *lp_say_box (const LpDataset *dataset, const LpFinding *finding); /* "618 × 447", NULL: no size known */
char *lp_say_text (const char *text);                                  /* escaped, shortened */
char *lp_say_file (const LpDataset *dataset, guint32 file);            /* base name */
const char *lp_say_title (const LpDataset *dataset, guint32 dict);     /* of a dictionary; not escaped */

/* What is wrong with the order, without how much it concerns; and how many matched boxes have a wrong name. */
char *lp_say_order (const LpDataset *dataset, const LpFinding *finding);
guint lp_order_misnamed (const LpMatch *match);

/* ---- repairs ---- */

gboolean lp_repair_writable (const LpDataset *dataset, const LpFinding *finding);
/* An operation on the finding's dictionary (`other`), not yet added to a step. */
LpOp *lp_repair_dict_op (const LpDataset *dataset, const LpFinding *finding, LpOpKind kind);
/* Removes the finding's row. */
LpSafety lp_repair_remove_row (const LpDataset *dataset, const LpFinding *finding, LpStep *step, LpSafety safety);
/* Cuts the finding's box at the edges of the picture; removes it where nothing is left (then it is for review). */
LpSafety lp_repair_clamp (const LpDataset *dataset, const LpFinding *finding, LpStep *step, LpSafety safety);
/* Four numbers cx cy w h cut at the edges, printed with as many digits as before where four or more were kept, else
 * with up to two more (`decimals` in and out). What is printed does not reach beyond an edge, and no edge moves by
 * more than half a digit, or half of the fourth, besides. FALSE where nothing is left of the box. */
gboolean lp_clamp_fractions (const double before[4], double after[4], guint *decimals);

G_END_DECLS
