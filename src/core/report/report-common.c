/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "report/lp-report-private.h"

void
lp_report_count (const LpDataset *d, const LpLayer *layer, LpLayerCounts *counts)
{
  guint32 last = LP_NONE;

  *counts = (LpLayerCounts){ 0 };
  for (guint i = 0; i < layer->entries->len; i++)
    {
      const LpEntry *entry = lp_layer_entry (layer, i);

      /* Stands for a label file without a picture: no image. */
      if (lp_dataset_image (d, entry->image)->flags & LP_IMAGE_ORPHAN)
        continue;
      /* Two lines of a manifest may name one picture: it is one image, and its first line says in which state. */
      if (entry->image != last)
        {
          counts->images++;
          counts->states[MIN (entry->state, LP_STATE_NO_FILE)]++;
        }
      last = entry->image;
    }
  for (guint i = 0; i < layer->rows->len; i++)
    {
      const LpRow *row = lp_layer_row (layer, i);

      if (row->flags & LP_ROW_REMOVED)
        continue;
      counts->rows++;
      counts->boxes += row->kind == LP_ROW_BOX;
    }
}

char *
lp_report_path (const LpDataset *d, const char *path)
{
  return g_path_is_absolute (path) ? lp_dataset_relative (d, path) : g_strdup (path);
}

char *
lp_report_image_of (const LpDataset *d, const LpFinding *finding)
{
  g_autofree char *path = NULL;

  if (finding->image == LP_NONE || (lp_dataset_image (d, finding->image)->flags & LP_IMAGE_ORPHAN))
    return NULL;
  path = lp_image_dup_path (lp_dataset_image (d, finding->image));
  return lp_report_path (d, path);
}

char *
lp_report_file_of (const LpDataset *d, const LpFinding *finding)
{
  g_autofree char *path = NULL;

  if (finding->file == LP_NONE)
    return lp_report_image_of (d, finding);
  path = lp_file_dup_path (lp_dataset_file (d, finding->file));
  return lp_report_path (d, path);
}

char *
lp_report_place (const LpDataset *d, const LpFinding *finding)
{
  g_autofree char *file = lp_report_file_of (d, finding);

  if (file == NULL || finding->line == 0)
    return g_steal_pointer (&file);
  return g_strdup_printf ("%s:%u", file, finding->line);
}
