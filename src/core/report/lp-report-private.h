/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "report/lp-report.h"

G_BEGIN_DECLS

/* Shared by text and JSON. */

/* A path of the data as it is said: relative to the root where it is one of this machine, else ("s3://…") as given.
 */
char *lp_report_path (const LpDataset *dataset, const char *path);
/* The file and the picture a finding names, as said; NULL where it names none. */
char *lp_report_file_of (const LpDataset *dataset, const LpFinding *finding);
char *lp_report_image_of (const LpDataset *dataset, const LpFinding *finding);

/* TRUE for rules of a family: "order/". */
gboolean lp_report_in_family (guint16 rule, const char *family);

/* Title of the subject's own dictionary for a sentence; never NULL. */
const char *lp_report_names_title (const LpDataset *dataset, guint32 layer);

G_END_DECLS
