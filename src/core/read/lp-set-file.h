/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <string.h>

#include "lp-rule-ids.h"
#include "read/lp-formats.h"

G_BEGIN_DECLS

/* The file that describes a YOLO set: a data.yaml as Ultralytics reads it (data-yaml.c), Darknet's *.data
 * (darknet.c), or a mere list of pictures (set-file.c). */

/* A folder or list file of a split. */
typedef struct
{
  const char *name;     /* "train", "val", "test", "minival", "list"; static */
  char *path;           /* absolute; owned */
  gboolean is_list;     /* a .txt with a picture a line */
  guint32 line, column; /* of its value in the file */
} LpSplit;

typedef struct
{
  char *path, *folder; /* owned */
  char *root;          /* what split paths begin at; owned */
  guint32 file;        /* in dataset->files; LP_NONE for a list */
  guint32 dictionary;  /* LP_NONE: no names in it */
  GArray *splits;      /* LpSplit: those that exist inside the roots */
  guint keypoints, keypoint_size;
} LpSetFile;

/* Without names and splits, at home in its own folder. */
LpSetFile *lp_set_file_new (const char *path, guint32 file);

/* A list of pictures as a set with one split and without names. */
LpSetFile *lp_set_file_of_list (const char *path);
void lp_set_file_free (LpSetFile *set_file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LpSetFile, lp_set_file_free)

/* Whichever of the formats it is. It adds the dictionary with the given origin; without `splits` only that. What is
 * wrong in it goes to dataset->noticed; errors are those of the file. */
LpSetFile *lp_set_file_read (
  LpDataset *dataset, const LpRoots *roots, const char *path, LpDictOrigin origin, gboolean splits, GError **error);

/* One that cannot be read at all: its folder is still a set, and the sentence (NULL: something else says it) a
 * finding. */
LpSetFile *lp_set_file_unreadable (LpDataset *dataset, const char *path, const char *sentence);

/* Something wrong in it, at a line and column from 1, 0: not known. */
void lp_set_file_notice (
  LpDataset *dataset, const LpSetFile *set_file, LpRuleId rule, guint line, guint column, const char *detail);

/* The pictures that a list file names, as absolute paths; those that are not there are findings at their line. */
GPtrArray *
lp_picture_list_read (LpDataset *dataset, const LpRoots *roots, const char *path, const char *root, GError **error);

/* ---- the formats ---- */

/* TRUE for a file that has names or a training split, or would have them if it were valid YAML; one that is broken
 * beyond telling, or empty, by its usual name. Total. */
gboolean lp_data_yaml_probe (const char *name, const char *data, gsize length);

/* As lp_set_file_read. */
LpSetFile *lp_data_yaml_read (
  LpDataset *dataset, const LpRoots *roots, const char *path, LpDictOrigin origin, gboolean splits, GError **error);

/* TRUE for a *.data that says where names or pictures are. Total. */
gboolean lp_darknet_probe (const char *name, const char *data, gsize length);

/* As lp_set_file_read. The dictionary is that of the names file it tells. Where Darknet is started nobody can know:
 * paths are looked for from the file's folder and those above it, inside the roots; a leading "data/" is left out
 * where that helps, as exports carry it that were meant to be unpacked there. */
LpSetFile *lp_darknet_read (
  LpDataset *dataset, const LpRoots *roots, const char *path, LpDictOrigin origin, gboolean splits, GError **error);

/* ---- between them ---- */

typedef enum
{
  LP_THERE,
  LP_NOT_THERE,
  LP_OUTSIDE, /* it is there, but not within the roots */
} LpWhereabouts;

LpWhereabouts lp_whereabouts (const LpRoots *roots, const char *path);

/* The path behind a leading "data/", or NULL: exports that are meant to be unpacked into Darknet's "data" name that
 * folder. */
static inline const char *
lp_set_file_without_data (const char *value)
{
  return g_str_has_prefix (value, "data/") ? value + strlen ("data/") : NULL;
}

G_END_DECLS
