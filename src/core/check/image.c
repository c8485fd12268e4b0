/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "check/lp-family.h"

/* ---- image/exif-rotated, image/exif-frame-raw ---- */

static void
check_exif_rotated (LpCheck *check, guint32 layer, guint32 entry)
{
  const LpEntry *e = lp_layer_entry (check->layer, entry);
  const LpImage *image = lp_dataset_image (check->dataset, e->image);
  LpFinding finding;

  /* A picture that was looked at and has no boxes has none that could lie wrong. */
  if (image->orientation == 1 || e->state == LP_STATE_EMPTY)
    return;
  if ((e->flags & LP_ENTRY_FRAME_PROVEN) && e->frame == check->profile->frame)
    return;
  finding = lp_finding_at_entry (check->dataset, layer, entry);
  finding.file = LP_NONE;
  finding.line = 0;
  lp_check_add (check, LP_RULE_IMAGE_EXIF_ROTATED, &finding);
}

static void
check_exif_frame_raw (LpCheck *check, guint32 layer, guint32 entry)
{
  const LpEntry *e = lp_layer_entry (check->layer, entry);
  const LpImage *image = lp_dataset_image (check->dataset, e->image);
  const LpImagePair *pair = check->match != NULL ? lp_match_pair_of (check->match, entry) : NULL;
  LpFinding finding;

  if (check->profile->frame != LP_FRAME_UPRIGHT || image->orientation == 1 || e->n_rows == 0)
    return;
  if (!(e->flags & LP_ENTRY_FRAME_PROVEN) || e->frame != LP_FRAME_RAW)
    return;
  finding = lp_finding_at_entry (check->dataset, layer, entry);
  finding.file = LP_NONE;
  finding.line = 0;
  finding.a = pair != NULL ? pair->raw_hits : 0;
  finding.b = pair != NULL ? pair->n_pairs : 0;
  lp_check_add (check, LP_RULE_IMAGE_EXIF_FRAME_RAW, &finding);
}

static guint
orientation_of (const LpDataset *dataset, const LpFinding *finding)
{
  return lp_dataset_image (dataset, finding->image)->orientation;
}

static char *
say_exif_rotated (const LpDataset *dataset, const LpFinding *finding)
{
  const LpLayer *layer = finding->layer != G_MAXUINT8 ? lp_dataset_layer (dataset, finding->layer) : NULL;
  const LpEntry *e = layer != NULL ? lp_layer_find (layer, finding->image) : NULL;
  guint orientation = orientation_of (dataset, finding);

  if (e == NULL || !(e->flags & LP_ENTRY_FRAME_PROVEN))
    return g_strdup_printf (
      _ ("Turned by the camera (orientation %u); nothing proves which way round the boxes were drawn"), orientation);
  if (e->frame == LP_FRAME_RAW)
    return g_strdup_printf (_ ("Turned by the camera (orientation %u); the boxes were drawn on the unturned photo"),
                            orientation);
  return g_strdup_printf (
    _ ("Turned by the camera (orientation %u); the boxes were drawn on the turned photo, not on the stored pixels"),
    orientation);
}

static char *
say_exif_frame_raw (const LpDataset *dataset, const LpFinding *finding)
{
  guint orientation = orientation_of (dataset, finding);

  if (finding->b < 1)
    return g_strdup_printf (_ ("Turned by the camera (orientation %u), and the boxes fit only the unturned photo"),
                            orientation);
  return g_strdup_printf (
    _ ("Turned by the camera (orientation %u), and the boxes fit only the unturned photo: %.0f of %.0f"), orientation,
    finding->a, finding->b);
}

/* All rows of the picture or none: half of them turned would be worse than before. */
static LpSafety
propose_turn (const LpDataset *dataset, const LpFinding *finding, LpStep *step)
{
  const LpLayer *layer = lp_dataset_layer (dataset, finding->layer);
  const LpEntry *entry = lp_layer_find (layer, finding->image);
  guint orientation = orientation_of (dataset, finding);
  guint n = 0;

  if (!lp_repair_writable (dataset, finding) || entry == NULL)
    return LP_SAFETY_NONE;
  for (guint32 i = entry->first_row; i < entry->first_row + entry->n_rows; i++)
    {
      const LpRow *row = lp_layer_row (layer, i);

      if (row->flags & LP_ROW_REMOVED)
        continue;
      if (row->kind != LP_ROW_BOX)
        return LP_SAFETY_NONE;
      n++;
    }
  for (guint32 i = entry->first_row; step != NULL && i < entry->first_row + entry->n_rows; i++)
    {
      LpRect unit;

      if (lp_row_fractions (layer, entry, lp_layer_row (layer, i), &unit))
        {
          LpOp *op = lp_step_add_row_op (step, dataset, LP_OP_SET_NUMBERS, finding->layer, i);
          gboolean swap = lp_orientation_swaps (orientation);
          LpRect turned = lp_rect_turn (&unit, orientation);

          op->after[0] = (turned.x0 + turned.x1) / 2;
          op->after[1] = (turned.y0 + turned.y1) / 2;
          op->after[2] = op->before[swap ? 3 : 2];
          op->after[3] = op->before[swap ? 2 : 3];
        }
    }
  return n > 0 ? LP_SAFETY_SAFE : LP_SAFETY_NONE;
}

const LpRule lp_rules_image[] = {
  {
    .id = "image/missing",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .cost = LP_COST_BOXES,
    .systematic = TRUE,
    .title = N_ ("Picture not found"),
    .sentence = N_ ("The picture is named here, but it was not found: {detail}"),
    .why = N_ ("Boxes without their picture cannot be looked at, and nobody can train with them."),
    .example = "\"source-ref\": \"s3://bucket/a.jpg\"",
    .trainer = N_ ("Ultralytics never sees a picture that is not there; its boxes are lost."),
  },
  {
    .id = "image/unreadable",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .cost = LP_COST_IMAGE,
    .title = N_ ("Picture that cannot be read"),
    .sentence = N_ ("The picture cannot be read: {detail}"),
    .why = N_ ("The file is there, but it is no picture, or it is damaged before its size is known."),
    .example = "<!DOCTYPE html> saved as a.jpg",
    .trainer = N_ ("Ultralytics ignores the picture and its labels as corrupt."),
  },
  {
    .id = "image/decode-limit",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .cost = LP_COST_IMAGE,
    .title = N_ ("Picture too large to decode"),
    .sentence = N_ ("The picture says that it is {a} × {b} pixels large; it is not decoded"),
    .why = N_ ("A small file can claim a gigantic size and fill the memory of whoever decodes it."),
    .example = "65500 × 65500 in 83 KB",
    .trainer = N_ ("Ultralytics refuses the picture as a decompression bomb and ignores it with its labels."),
  },
  {
    .id = "image/exif-rotated",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_IMAGE,
    .systematic = TRUE,
    .title = N_ ("Photo turned by the camera"),
    .why =
      N_ ("The pixels are stored in one direction and shown in another. Boxes made on the stored pixels miss the "
          "objects for everybody who turns the picture first."),
    .example = "EXIF Orientation = 6",
    .trainer = N_ ("Ultralytics turns the picture as the camera says and takes the boxes as they stand."),
    .check_entry = check_exif_rotated,
    .say = say_exif_rotated,
    .yields_to = { LP_RULE_IMAGE_EXIF_FRAME_RAW },
  },
  {
    .id = "image/exif-frame-raw",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_IMAGE,
    .safety = LP_SAFETY_SAFE,
    .cost = LP_COST_BOXES,
    .systematic = TRUE,
    .title = N_ ("Boxes of the unturned photo"),
    .why =
      N_ ("The boxes were drawn on the pixels as they are stored; a trainer turns the picture first, and then they "
          "lie beside the objects."),
    .example = "EXIF Orientation = 6, 0 0.25 0.40 0.10 0.20",
    .trainer = N_ ("Ultralytics turns the picture and learns from boxes in wrong places, without a word."),
    .repair = N_ ("Turn all boxes of the picture with it. The picture stays as it is."),
    .check_entry = check_exif_frame_raw,
    .say = say_exif_frame_raw,
    .propose = propose_turn,
  },
  { .id = NULL },
};
