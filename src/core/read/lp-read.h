/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/lp-path.h"
#include "base/lp-progress.h"
#include "model/lp-dataset.h"

G_BEGIN_DECLS

/* From paths to records. What cannot be read is a finding with file, line and column in dataset->noticed; the rest is
 * still read. Nothing here changes a byte on disk. */

typedef struct
{
  const char *const *paths; /* what a person named, NULL-terminated */
  const char *const *roots; /* --root; NULL: none */
  const char *const *maps;  /* "s3://bucket/prefix=DIR"; NULL: none */
  const char *names;        /* --names FILE; NULL: none */
  gboolean first_path_only; /* the subject is of the first path (compare), not of all of them (check) */
} LpReadOptions;

/* What a path turned out to be. */
typedef enum
{
  LP_FOUND_NOTHING,
  LP_FOUND_YOLO,     /* data.yaml, or a folder of pictures with label files */
  LP_FOUND_MANIFEST, /* or a table of boxes */
  LP_FOUND_NAMES,    /* names file, label category file */
  LP_FOUND_PICTURES, /* a folder or file that only says where pictures lie */
} LpFound;

/* First publication: finds out what lies there and lists it. Fills root, folders, files, images, splits, layers
 * without rows, dictionaries. A path that gives nothing to look at is an error in `unread` (GPtrArray of char *
 * sentences, the others are still listed); FALSE with an error only when no path gives anything. */
gboolean lp_read_list (LpDataset *dataset,
                       LpRoots *roots,
                       const LpReadOptions *options,
                       GPtrArray *unread,
                       LpProgress *progress,
                       GError **error);

/* Second publication: rows of every layer (label files in about 8 threads, joined in image order), coverage. */
gboolean lp_read_rows (LpDataset *dataset, const LpRoots *roots, LpProgress *progress, GError **error);

/* A dictionary from a names file, data.yaml, label category file or manifest, added to the data set with the given
 * origin. NULL with an error that says what is wrong. Borrowed. */
LpDictionary *
lp_read_dictionary (LpDataset *dataset, const LpRoots *roots, const char *path, LpDictOrigin origin, GError **error);

G_END_DECLS
