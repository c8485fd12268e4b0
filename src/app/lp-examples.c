/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "lp-examples.h"

#define LARGEST 0.5 /* share of the picture above which a box shows little around it */

/* Rows of the subject that something is wrong with: no good examples. */
static GHashTable *
blamed_rows (LpSession *session)
{
  const GArray *findings = lp_session_get_base (session)->findings;
  guint32 subject = lp_session_get_dataset (session)->subject;
  GHashTable *rows = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < findings->len; i++)
    {
      const LpFinding *finding = &g_array_index (findings, LpFinding, i);

      if (finding->row != LP_NONE && finding->layer == subject)
        g_hash_table_add (rows, GUINT_TO_POINTER (finding->row));
    }
  return rows;
}

static double
score_of (const LpDataset *dataset, const LpMatch *match, const LpLayer *layer, const LpEntry *entry, guint32 i)
{
  const LpImage *image = lp_dataset_image (dataset, entry->image);
  LpRect box;
  double area;

  if (match != NULL && (i >= match->n_partner || match->partner[i] == LP_NONE))
    return 0;
  if (!lp_row_fractions (layer, entry, lp_layer_row (layer, i), &box) || image->state != LP_IMAGE_FOUND)
    return 0;
  area = lp_rect_area (&box);
  if (image->orientation != 1)
    area /= 4;
  return area > LARGEST ? LARGEST * (1.01 - MIN (area, 1)) : area;
}

/* Into a short list that stays sorted. */
static void
insert (LpExample *best, guint most, const LpExample *example)
{
  guint at = most;

  while (at > 0 && example->score > best[at - 1].score)
    at--;
  if (at == most)
    return;
  memmove (best + at + 1, best + at, (most - at - 1) * sizeof *best);
  best[at] = *example;
}

LpExample *
lp_examples_find (LpSession *session, const gint32 *ids, guint n_ids, guint most)
{
  const LpDataset *dataset = lp_session_get_dataset (session);
  const LpLayer *layer = lp_dataset_layer (dataset, dataset->subject);
  const LpMatch *match = lp_session_get_match (session);
  g_autoptr (GHashTable) blamed = blamed_rows (session), wanted = g_hash_table_new (NULL, NULL);
  LpExample *best = g_new0 (LpExample, n_ids * most + 1);

  for (guint i = 0; i < n_ids * most; i++)
    best[i].image = best[i].row = LP_NONE;
  for (guint i = 0; i < n_ids; i++)
    g_hash_table_insert (wanted, GINT_TO_POINTER (ids[i]), best + i * most);
  for (guint32 e = 0; layer != NULL && e < layer->entries->len; e++)
    {
      const LpEntry *entry = lp_layer_entry (layer, e);

      for (guint32 i = entry->first_row; i < entry->first_row + entry->n_rows; i++)
        {
          LpExample *list = g_hash_table_lookup (wanted, GINT_TO_POINTER (lp_layer_row (layer, i)->class_id));
          LpExample example = { entry->image, i, 0 };

          if (list == NULL)
            continue;
          example.score = score_of (dataset, match, layer, entry, i);
          if (g_hash_table_contains (blamed, GUINT_TO_POINTER (i)))
            example.score /= 10;
          if (example.score > 0)
            insert (list, most, &example);
        }
    }
  return best;
}
