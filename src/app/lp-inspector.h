/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "session/lp-session.h"

G_BEGIN_DECLS

/* Beside the picture: what is known of it, its boxes as a list (also for those who do not see the picture), and of
 * the selected box what stands in the label file and in the labelling job. Signal "chosen" (guint row). */
#define LP_TYPE_INSPECTOR (lp_inspector_get_type ())
G_DECLARE_FINAL_TYPE (LpInspector, lp_inspector, LP, INSPECTOR, AdwBin)

/* What is shown; records are borrowed from the session. */
typedef struct
{
  LpSession *session;   /* NULL: nothing */
  guint32 layer, image; /* LP_NONE: none */
  guint32 dictionary;   /* list that names the boxes */
  LpFrame frame;        /* that the boxes are taken to be in */
  const GArray *rows;   /* guint32: the rows of the image that are not removed */
} LpInspectorView;

GtkWidget *lp_inspector_new (void);
void lp_inspector_show (LpInspector *self, const LpInspectorView *view);
/* LP_NONE: none. */
void lp_inspector_select (LpInspector *self, guint32 row);

G_END_DECLS
