/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "read/lp-set-file.h"
#include "read/lp-yolo.h"

G_BEGIN_DECLS

/* The YOLO sets among what was opened: which pictures, splits and names are whose (read/sets.c). */

typedef struct
{
  guint path;          /* which of the opened paths it is of */
  char *scope;         /* folder that it takes all pictures of; NULL: only those of its splits. Owned */
  LpSetFile *file;     /* NULL: none */
  guint layer;         /* in dataset->layers */
  GByteArray *members; /* by image: not 0 where it is one of this set */
} LpSet;

typedef struct
{
  LpTree *tree;
  GPtrArray *sets;   /* LpSet * */
  GHashTable *lists; /* path of a list file → GPtrArray of its pictures' paths, so that it is read once */
} LpSets;

LpSets *lp_sets_new (LpTree *tree);
void lp_sets_free (LpSets *sets);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LpSets, lp_sets_free)

/* Adds a set with its layer. Takes the file. NULL, and that is noticed, where there are too many layers. */
LpSet *lp_sets_add (LpSets *sets, guint path, const char *scope, LpSetFile *file);

/* Takes the pictures of its folder or splits into the data set, and says which split names which. Sets of one path
 * share nothing: a picture belongs to the deepest scope. To be called once all sets of all paths are there. */
gboolean lp_sets_take (LpSets *sets, LpProgress *progress, GError **error);

/* Fills the entries of every set; `claimed` as in LpLayout. Then the names files beside them become dictionaries of
 * theirs. */
void lp_sets_list (LpSets *sets, const GPtrArray *claimed);

/* TRUE when a picture at or below the folder, and in none of the sets so far, has a label file, by the trainer's rule
 * or beside it. */
gboolean lp_sets_has_labels (const LpSets *sets, const char *folder);

G_END_DECLS
