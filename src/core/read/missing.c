/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lp-rule-ids.h"
#include "read/lp-formats.h"

/* Where each image is named first, by anything but a label file: layer, file and line. By image. */
static LpFinding *
places_of_images (const LpDataset *dataset)
{
  guint n = dataset->images->len;
  LpFinding *places = g_new0 (LpFinding, n + 1);

  for (guint i = 0; i < n; i++)
    places[i] = (LpFinding) LP_FINDING_INIT;
  for (guint i = dataset->layers->len; i > 0; i--)
    {
      const LpLayer *layer = lp_dataset_layer (dataset, i - 1);

      for (guint j = layer->entries->len; layer->kind != LP_LAYER_YOLO && j > 0; j--)
        {
          const LpEntry *entry = lp_layer_entry (layer, j - 1);

          places[entry->image].layer = (guint8) (i - 1);
          places[entry->image].file = entry->file;
          places[entry->image].line = entry->line;
        }
    }
  return places;
}

void
lp_read_notice_missing (LpDataset *dataset)
{
  g_autofree LpFinding *places = places_of_images (dataset);

  for (guint32 i = 0; i < dataset->images->len; i++)
    {
      const LpImage *image = lp_dataset_image (dataset, i);
      g_autofree char *path = NULL;

      if (image->state != LP_IMAGE_MISSING || (image->flags & LP_IMAGE_ORPHAN))
        continue;
      if ((image->flags & LP_IMAGE_OUTSIDE) && places[i].file == LP_NONE)
        continue; /* a link that leads out: said once a folder */
      path = lp_image_dup_path (image);
      places[i].rule = image->flags & LP_IMAGE_OUTSIDE ? LP_RULE_DATASET_PATH_OUTSIDE : LP_RULE_IMAGE_MISSING;
      places[i].image = i;
      places[i].detail = lp_dataset_add_detail (dataset, path, -1);
      lp_dataset_notice (dataset, &places[i]);
    }
}
