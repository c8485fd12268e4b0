/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "base/lp-text.h"
#include "match/lp-match-parts.h"

#define SEVERAL -2

struct _LpNaming
{
  GHashTable *exact;  /* name → index + 1 */
  GHashTable *folded; /* key of lp_text_fold → index + 1, or SEVERAL where different names have it */
};

LpNaming *
lp_naming_new (const LpDictionary *dict)
{
  LpNaming *naming = g_new0 (LpNaming, 1);

  naming->exact = g_hash_table_new (g_str_hash, g_str_equal);
  naming->folded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; dict != NULL && i < dict->names->len; i++)
    {
      char *name = g_ptr_array_index (dict->names, i), *key;

      if (name == NULL || g_hash_table_contains (naming->exact, name))
        continue;
      g_hash_table_insert (naming->exact, name, GINT_TO_POINTER (i + 1));
      key = lp_text_fold (name);
      g_hash_table_insert (naming->folded, key,
                           GINT_TO_POINTER (g_hash_table_contains (naming->folded, key) ? SEVERAL : (gint) i + 1));
    }
  return naming;
}

void
lp_naming_free (LpNaming *naming)
{
  if (naming == NULL)
    return;
  g_hash_table_unref (naming->exact);
  g_hash_table_unref (naming->folded);
  g_free (naming);
}

gint32
lp_naming_find (const LpNaming *naming, const char *name)
{
  g_autofree char *key = NULL;
  gint found;

  if (name == NULL)
    return -1;
  found = GPOINTER_TO_INT (g_hash_table_lookup (naming->exact, name));
  if (found > 0)
    return found - 1;
  key = lp_text_fold (name);
  found = GPOINTER_TO_INT (g_hash_table_lookup (naming->folded, key));
  return found > 0 ? found - 1 : -1;
}

const LpDictionary *
lp_match_witness_names (const LpDataset *d, guint32 witness)
{
  const LpLayer *layer = lp_dataset_layer (d, witness);

  for (guint i = 0; layer->kind != LP_LAYER_YOLO && i < d->dicts->len; i++)
    {
      const LpDictionary *dict = lp_dataset_dict (d, i);

      if ((dict->origin == LP_DICT_MANIFEST || dict->origin == LP_DICT_CSV) && dict->layer == witness)
        return dict;
    }
  return lp_dataset_dict (d, layer->dictionary);
}

/* TRUE when the list has every name of the class-map; `same` receives how many of them stand at the same index. */
static gboolean
covers (const LpDictionary *list, const LpDictionary *map, guint *same)
{
  g_autoptr (LpNaming) naming = lp_naming_new (list);

  *same = 0;
  for (guint i = 0; map != NULL && i < map->names->len; i++)
    {
      const char *name = g_ptr_array_index (map->names, i);
      gint32 index = lp_naming_find (naming, name);

      if (name != NULL && index < 0)
        return FALSE;
      *same += name != NULL && index == (gint32) i;
    }
  return TRUE;
}

static guint32
index_of_dictionary (const LpDataset *d, const LpDictionary *dict)
{
  for (guint32 i = 0; dict != NULL && i < d->dicts->len; i++)
    if (lp_dataset_dict (d, i) == dict)
      return i;
  return LP_NONE;
}

/* A table has names and no order. That of a manifest which has them all is the job's, too. */
static guint32
ordered_reference (const LpDataset *d, const LpDictionary *names)
{
  guint same;

  for (guint32 i = 0; i < d->dicts->len; i++)
    {
      const LpDictionary *dict = lp_dataset_dict (d, i);

      if (dict->origin == LP_DICT_MANIFEST && covers (dict, names, &same))
        return i;
    }
  return LP_NONE;
}

guint32
lp_match_reference (const LpDataset *d, guint32 witness)
{
  const LpDictionary *map = lp_match_witness_names (d, witness);
  guint32 best = LP_NONE;
  guint best_score = 0;

  for (guint32 i = 0; lp_dataset_layer (d, witness)->kind != LP_LAYER_YOLO && i < d->dicts->len; i++)
    {
      const LpDictionary *dict = lp_dataset_dict (d, i);
      guint score, same;

      if (dict->origin != LP_DICT_JOB || dict->names->len == 0 || !covers (dict, map, &same))
        continue;
      /* The file of this very job first, then one of no known job, then the one that agrees most. */
      score = 1 + MIN (same, 1000000) + (dict->layer == witness ? 4000000 : dict->layer == LP_NONE ? 2000000 : 0);
      if (score > best_score)
        {
          best = i;
          best_score = score;
        }
    }
  if (best != LP_NONE)
    return best;
  return map != NULL && map->names_only ? ordered_reference (d, map) : index_of_dictionary (d, map);
}
