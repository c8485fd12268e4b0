/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/lp-path.h"
#include "base/lp-progress.h"
#include "check/lp-check.h"

G_BEGIN_DECLS

/* A clean Ultralytics YOLO set in a new place. */
typedef struct
{
  const char *destination;
  const GPtrArray *order; /* const char *: class order wanted; NULL: the subject's own */
  gboolean with_errors;   /* carry rows along as they stand; a person said so knowingly */
  gboolean link;          /* symbolic links instead of copies of the pictures */
} LpExportOptions;

typedef struct
{
  gboolean written; /* FALSE: stopped, nothing was written */
  guint n_images, n_rows;
  GPtrArray *stopped_by; /* char *: why it was stopped */
  GPtrArray *left_out;   /* char *: sentences */
  GPtrArray *carried;    /* char *: sentences */
} LpExported;

void lp_exported_clear (LpExported *exported);

/* Rows are written from the model (pending steps count), every unedited row byte for byte but for its class token.
 * Staged beside the destination, syncfs, one rename. FALSE with an error when the outside world fails. */
gboolean lp_export_yolo (const LpDataset *dataset,
                         const LpRoots *roots,
                         const LpFindings *findings,
                         const LpExportOptions *options,
                         LpProgress *progress,
                         LpExported *exported,
                         GError **error);

G_END_DECLS
