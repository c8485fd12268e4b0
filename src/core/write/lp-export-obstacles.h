/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "check/lp-check.h"
#include "write/lp-export-classes.h"

G_BEGIN_DECLS

/* Adds a sentence for each rule with errors that an export would carry along: on rows and pictures of the subject,
 * and on the order of its names unless another was chosen. What the export itself puts right is none, nor are rows
 * that are left out. */
void lp_export_obstacles (const LpDataset *dataset,
                          const LpFindings *findings,
                          const LpExportClasses *classes,
                          gboolean order_chosen,
                          gboolean carrying,
                          GPtrArray *sentences);

/* Images that a person looked at and found nothing in, though no label file says so. As pointers; free with
 * g_hash_table_unref. */
GHashTable *lp_export_negatives (const LpDataset *dataset, const LpFindings *findings);

G_END_DECLS
