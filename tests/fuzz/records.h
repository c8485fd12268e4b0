/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/lp-dataset.h"

/* What must hold of the records of any reader, whatever the bytes were. `size`: of the file. */

static inline void
check_place (const LpPlace *place, gsize size)
{
  g_assert_true (place->offset + place->length <= size && place->line >= 1 && place->column >= 1);
}

static inline void
check_findings (const LpDataset *dataset)
{
  for (guint i = 0; i < dataset->noticed->len; i++)
    {
      const LpFinding *finding = &g_array_index (dataset->noticed, LpFinding, i);
      const LpLayer *layer = lp_dataset_layer (dataset, finding->layer);

      g_assert_true (finding->line >= 1 && finding->column >= 1);
      g_assert_true (finding->layer == G_MAXUINT8 || layer != NULL);
      g_assert_true (finding->image == LP_NONE || finding->image < dataset->images->len);
      g_assert_true (finding->row == LP_NONE || finding->row < layer->rows->len);
      g_assert_true (finding->other == LP_NONE || finding->other < layer->rows->len);
    }
}

static inline void
check_dictionaries (const LpDataset *dataset, gsize size)
{
  for (guint i = 0; i < dataset->dicts->len; i++)
    {
      const LpDictionary *dict = lp_dataset_dict (dataset, i);

      g_assert_true (lp_dataset_layer (dataset, dict->layer)->dictionary == i);
      g_assert_cmpuint (dict->names->len, ==, dict->places->len);
      for (guint j = 0; j < dict->names->len; j++)
        if (g_ptr_array_index (dict->names, j) != NULL)
          check_place (&g_array_index (dict->places, LpPlace, j), size);
    }
}
