/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "read/lp-formats.h"

G_BEGIN_DECLS

/* What lies in the opened folders: names only, no file is opened (read/tree.c). Names beginning with a dot and
 * __MACOSX are passed over. It lives while a data set is listed, in one thread. */

typedef struct
{
  const char *path;    /* absolute, interned in the data set */
  GPtrArray *pictures; /* const char *: base names, sorted as bytes */
  GPtrArray *texts;    /* *.txt, whatever they are (a folder of that name too), sorted */
  GPtrArray *others;   /* what may be a data.yaml, names file, manifest or label category file, as texts, sorted */
  guint32 *image;      /* of each picture, LP_NONE: not (yet) one of the data set's */
  guint32 *owner;      /* of each text: the image that it is the label of, LP_NONE */
} LpFolder;

typedef struct
{
  LpDataset *dataset;
  const LpRoots *roots;
  GPtrArray *folders;   /* LpFolder *, sorted by path */
  GHashTable *by_path;  /* path → LpFolder */
  GHashTable *nowhere;  /* names of pictures that are links to nothing, as pointers */
  GHashTable *outside;  /* names of pictures that are links out of the roots, as pointers */
  GHashTable *followed; /* folders that links led to, so that a loop ends */
  GHashTable *reported; /* where links lead out of the roots → index in dataset->noticed + 1 */
  GStringChunk *names;
} LpTree;

LpTree *lp_tree_new (LpDataset *dataset, const LpRoots *roots);
void lp_tree_free (LpTree *tree);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LpTree, lp_tree_free)

/* Adds a folder and all below. Links are followed inside the roots; one that leads out is dataset/path-outside, once
 * a folder; a folder below that cannot be read is dataset/unreadable. FALSE: the folder itself cannot be read, or it
 * was cancelled. */
gboolean lp_tree_walk (LpTree *tree, const char *path, LpProgress *progress, GError **error);

LpFolder *lp_tree_find (const LpTree *tree, const char *path); /* NULL: not walked */

/* Index of a name in a sorted array of names, or -1; `hint` is looked at first and moved behind what was found. */
int lp_tree_index (const GPtrArray *names, const char *name, gsize length, guint *hint);

/* The picture of that path as an image of the data set, added when it is not yet one; LP_NONE: not walked or no
 * picture there. */
guint32 lp_tree_image (LpTree *tree, const char *path);
guint32 lp_tree_take (LpTree *tree, LpFolder *folder, guint picture);

/* The same for every picture of the folders at or below `path`, in order. */
void lp_tree_take_all (LpTree *tree, const char *path);

/* ---- pictures that are named by something else than their path (map.c, see lp-formats.h) ---- */

/* `maps` ("s3://bucket/prefix=DIR") and `tree` must stay. FALSE with an error where a map is not of that form. */
LpMapper *lp_mapper_new (LpTree *tree, const char *const *maps, GError **error);
void lp_mapper_free (LpMapper *mapper);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LpMapper, lp_mapper_free)

/* The folder of the file that is read next: relative names begin there, and of equally good pictures the nearest is
 * taken. Borrowed. */
void lp_mapper_begin (LpMapper *mapper, const char *folder);

/* By image: the source-ref it was named by, or NULL; may be shorter than there are images. Borrowed. */
const GPtrArray *lp_mapper_get_named (LpMapper *mapper);

static inline gboolean
lp_is_named (const GPtrArray *named, guint32 image)
{
  return image < named->len && g_ptr_array_index (named, image) != NULL;
}

/* Tells dataset->notes which step found how many. */
void lp_mapper_note (const LpMapper *mapper);

/* TRUE when `path` is `folder` or lies below it; textual. */
gboolean lp_tree_is_below (const char *folder, const char *path);

/* How many leading components two absolute paths share, for telling near from far. */
guint lp_tree_shared (const char *a, const char *b);

G_END_DECLS
