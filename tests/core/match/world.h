/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "match/lp-match-parts.h"

/* Small data sets for the tests of match/: a job (manifest, pixels) and label files (YOLO) over the same pictures. */

typedef struct
{
  LpDataset *d;
  guint32 job, yolo;            /* layers; LP_NONE until made */
  guint32 job_dict, job_config; /* class-map, label category file */
  guint decimals;               /* of the label files */
} World;

void world_init (World *w);
void world_clear (World *w);

/* Layers. `names` NULL-terminated, "" is a hole; NULL: no dictionary. */
guint32 world_add_manifest (World *w, const char *const *class_map);
guint32 world_add_config (World *w, const char *const *labels);
guint32 world_add_yolo (World *w, const char *const *names);
/* manifest with class_map, and YOLO with names: both at once. */
void world_layers (World *w, const char *const *class_map, const char *const *names);

guint32 world_add_image (World *w, const char *path, guint width, guint height, guint orientation);

/* A new entry for the image at the end of the layer; rows are added to the last entry. */
LpEntry *world_add_entry (World *w, guint32 layer, guint32 image, LpEntryState state);
void world_add_pixels (World *w, guint32 layer, gint class_id, double left, double top, double width, double height);
void world_add_fractions (World *w, guint32 layer, gint class_id, double cx, double cy, double width, double height);

/* An entry in both layers; then boxes in pixels of the stored picture, in both layers. `frame` is that of the label
 * file's numbers. */
void world_add_both (World *w, guint32 image);
void world_add_box (
  World *w, gint job_id, gint yolo_id, double left, double top, double width, double height, LpFrame frame);

/* One picture of 1000 × 800 with `n` boxes of a class that do not touch each other. */
void world_add_boxes (World *w, gint job_id, gint yolo_id, guint n);

/* Layers are indexed; the subject is the YOLO layer. */
LpMatch *world_match (World *w);
