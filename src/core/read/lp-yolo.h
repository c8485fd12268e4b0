/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lp-rule-ids.h"
#include "read/lp-tree.h"

G_BEGIN_DECLS

/* YOLO sets, between the files of this folder: which picture has which label file (layout.c), rows (yolo.c). What
 * describes a set is lp-set-file.h. */

/* ---- small text files (names.c) ---- */

/* Reads a file whole and adds it to dataset->files with its identity and flags; a BOM is part of the bytes. */
GBytes *lp_text_file_read (
  LpDataset *dataset, const LpRoots *roots, const char *path, gsize limit, guint32 *file, GError **error);

/* The first 64 KiB, to find out what it is. */
GBytes *lp_head_read (const LpRoots *roots, const char *path, GError **error);

/* classes.txt, *.names, notes.json */
gboolean lp_names_probe (const char *name);

/* One of them: a name a line, or notes.json. Borrowed. */
LpDictionary *
lp_names_read (LpDataset *dataset, const LpRoots *roots, const char *path, LpDictOrigin origin, GError **error);

/* Label Studio's notes.json (notes.c). FAILED_HANDLED: it was found beside a set (LP_DICT_NAMES), and what is wrong
 * is dataset/unreadable, with line and column. */
LpDictionary *
lp_notes_read (LpDataset *dataset, const LpRoots *roots, const char *path, LpDictOrigin origin, GError **error);

/* ---- one row ---- */

/* What a set says of its rows. */
typedef struct
{
  guint pose_tokens;   /* of a pose row, 0: no pose set */
  guint keypoint_size; /* numbers a key point: 2 or 3 */
} LpYoloForm;

LpYoloForm lp_yolo_form_of (const LpLayer *layer);

/* What stands in a line. */
typedef struct
{
  LpRow row;    /* kind OBB wherever there are nine tokens: only the whole set can tell */
  guint tokens; /* exactly */
  guint16 rule; /* LpRuleId: what is wrong with it, LP_RULE_NONE. Of an extra column and of shapes only what one row
                   can tell: the set may know better (yolo.c) */
  guint32 at, size; /* the offending token in the line, in bytes; the line itself where no token is to blame */
  double a, b;      /* of the finding */
} LpYoloLine;

/* Reads line[0..length), which has no line end in it. `form` NULL: no pose set. FALSE: a blank line. Any thread. */
gboolean lp_yolo_line (const char *line, gsize length, const LpYoloForm *form, LpYoloLine *out);
gboolean lp_yolo_is_blank (const char *line, gsize length);

/* ---- which picture has which label file ---- */

typedef struct
{
  LpTree *tree;
  guint layer;
  const GByteArray *member; /* by image: not 0 where the layer takes it; shorter: 0 */
  const char *scope;        /* where label files without a picture are looked for; NULL: only beside those found */
  const char *core;         /* folder of the data.yaml; NULL: that of what is labelled */
  const GPtrArray *claimed; /* as lp_mapper_get_named: outside `core` those are entries only with a label file */
} LpLayout;

/* Fills the entries: by the trainer's rule, beside the pictures where that finds none at all, then by the first-dot
 * rule; then the label files without a picture. States are LP_STATE_NO_FILE or, until they are read, LP_STATE_FAILED.
 */
void lp_yolo_list (const LpLayout *layout);

/* Names that are no label file although they end in .txt: classes, notes, README, lists of splits. */
gboolean lp_yolo_is_reserved (const char *name);

/* ---- rows of a layer ---- */

/* Reads every label file that the layer's entries name, in 8 threads, and fills rows, places, states and the
 * identities of the files. FALSE: cancelled. */
gboolean
lp_yolo_read_rows (LpDataset *dataset, const LpRoots *roots, guint layer, LpProgress *progress, GError **error);

G_END_DECLS
