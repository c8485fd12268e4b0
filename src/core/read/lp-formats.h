/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "read/lp-read.h"

G_BEGIN_DECLS

/* Between the files of this folder: each format's probe and read. A format is one place, read/<format>.c. */

/* ---- what cannot be read (read/names.c) ---- */

/* dataset/unreadable about a file or folder of an opened folder; line and column from 1, 0: not known. */
void lp_read_notice_unreadable (LpDataset *dataset, const char *path, guint line, guint column, const char *reason);

/* image/missing, or dataset/path-outside, of each image that something names and nothing is there for: once each,
 * where it is named first (read/missing.c). */
void lp_read_notice_missing (LpDataset *dataset);

/* FALSE where the data set can take no layer more (LP_LAYERS_MAX); then that is noticed about the file. */
gboolean lp_read_has_room (LpDataset *dataset, const char *path);

/* ---- pictures that a format names by something else than a path (read/map.c) ---- */

typedef struct _LpMapper LpMapper;

/* The image that a source-ref means ("s3://bucket/key", a path, a bare name): by --map, by longest common suffix, by
 * base name. Where nothing is found the same record, LP_IMAGE_MISSING, for the same text each time. */
guint32 lp_map_image (LpMapper *mapper, LpDataset *dataset, const char *source_ref);

/* The image that a base name means, as tables have it: the first that a source-ref of that base name has named, else
 * as lp_map_image. The same for the same text each time. */
guint32 lp_map_base_name (LpMapper *mapper, LpDataset *dataset, const char *name);

/* ---- Ground Truth manifest (read/manifest.c) ---- */

/* By name and first bytes: an object with "source-ref" or "source" at its outermost level. Total. */
gboolean lp_manifest_probe (const char *name, const char *head, gsize length);

/* Reads the whole file once, in blocks, and adds one layer with its dictionary for each label attribute of type
 * object-detection, newest creation-date first, entries and rows complete; also for an attribute of that shape
 * without metadata. A manifest without any gives a layer without attribute whose entries are all LP_STATE_UNLABELLED.
 * Other attributes make no layer. Lines without an image make no entry.
 *
 * What is wrong goes to dataset->noticed with file, line, column, and layer and image where they are known:
 *   manifest/invalid-json        detail: the bytes from the problem on; a: LpJsonProblem (lp_json_problem_words)
 *   manifest/line-too-long       a: how long; b: the limit, in characters, or in bytes where the line was not read
 *   manifest/not-object          detail: how the line begins
 *   manifest/missing-source      detail: a source-ref that is no string, else none
 *   manifest/missing-metadata    detail: the attribute
 *   manifest/annotations-schema  row and detail: the annotation; without row: the attribute's value, its entry FAILED
 *   manifest/class-map-id        row and detail: the annotation; once a line and class
 * and coverage of the rows is counted. Errors: G_IO_ERROR of the file, or CANCELLED. */
gboolean lp_manifest_list (
  LpDataset *dataset, const LpRoots *roots, const char *path, LpMapper *mapper, LpProgress *progress, GError **error);

/* The same from an open file, for fuzzing. The descriptor stays the caller's. */
gboolean lp_manifest_list_open (
  LpDataset *dataset, int fd, const char *path, LpMapper *mapper, LpProgress *progress, GError **error);

/* Only the names: the dictionary of its newest attribute, with the given origin and no layer. Borrowed; NULL with an
 * error where it has none. */
LpDictionary *
lp_manifest_names (LpDataset *dataset, const LpRoots *roots, const char *path, LpDictOrigin origin, GError **error);

/* ---- annot.csv and tables like it (read/csv.c; the header: read/csv-columns.c) ---- */

/* The name that the AWS post gives its table: it is one, whatever is in it. */
gboolean lp_csv_is_annot (const char *name);

/* By name and header: annot.csv, a table with half of its columns, or one by other names that gives images with their
 * sizes, classes and boxes. Total. */
gboolean lp_csv_probe (const char *name, const char *head, gsize length);

/* Reads the whole file once, in blocks, and adds one layer, its entries and rows complete: an entry an image and
 * size, in the order in which they come up, and a dictionary (LP_DICT_CSV) of its categories, first seen first, or by
 * the table's own numbers. A table whose header does not say enough gives no layer.
 *
 * What is wrong goes to dataset->noticed with file, line, column, and layer, image and row where they are known:
 *   csv/columns            detail: what is missing; none: only the order differs
 *   csv/delimiter          a: the character
 *   csv/not-numeric        detail: the cell; a: LpCsvColumn
 *   csv/category-na        detail: the cell
 *   csv/category-numeric   detail: the name, once a name
 *   csv/size-conflict      a, b: the size; detail: the one before, of row `other`; once an image
 *   dataset/unreadable     detail: why the row could not be read
 * and coverage of the rows is counted. Errors: G_IO_ERROR of the file, or CANCELLED. */
gboolean lp_csv_list (
  LpDataset *dataset, const LpRoots *roots, const char *path, LpMapper *mapper, LpProgress *progress, GError **error);

/* The same from an open file, for fuzzing. The descriptor stays the caller's. */
gboolean lp_csv_list_open (
  LpDataset *dataset, int fd, const char *path, LpMapper *mapper, LpProgress *progress, GError **error);

/* ---- label category file (read/label-category.c) ---- */

/* By name and first bytes: an object with "labels" at its outermost level, or with one of the two spellings of the
 * document version. Total. */
gboolean lp_label_category_probe (const char *name, const char *head, gsize length);

/* Adds its dictionary; the place of each name is its JSON string, quotes included. Borrowed; NULL with an error that
 * says what is wrong and where; of one that was found (LP_DICT_JOB) and is no such file, dataset/unreadable says it
 * too. */
LpDictionary *lp_label_category_read (
  LpDataset *dataset, const LpRoots *roots, const char *path, LpDictOrigin origin, GError **error);

G_END_DECLS
