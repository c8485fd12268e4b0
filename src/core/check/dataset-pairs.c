/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/lp-path.h"
#include "check/lp-family.h"

/* Pictures that get in each other's way, and sets that teach nothing. */

/* ---- dataset/stem-collision ---- */

/* Folder and stem: what the path of a label file is made of. */
typedef struct
{
  const char *folder; /* interned: compared by address */
  const char *name;
  gsize stem;
} Key;

static guint
hash_key (gconstpointer data)
{
  const Key *key = data;
  guint hash = g_direct_hash (key->folder);

  for (gsize i = 0; i < key->stem; i++)
    hash = hash * 33 + (guchar) key->name[i];
  return hash;
}

static gboolean
equal_keys (gconstpointer a, gconstpointer b)
{
  const Key *x = a, *y = b;

  return x->folder == y->folder && x->stem == y->stem && memcmp (x->name, y->name, x->stem) == 0;
}

static void
check_stem_collision (LpCheck *check)
{
  const LpLayer *layer = check->layer;
  g_autoptr (GHashTable) seen = g_hash_table_new (hash_key, equal_keys);
  g_autofree Key *keys = NULL;

  if (layer == NULL || layer->kind != LP_LAYER_YOLO)
    return;
  keys = g_new (Key, layer->entries->len + 1);
  for (guint32 i = 0; i < layer->entries->len; i++)
    {
      const LpImage *image = lp_dataset_image (check->dataset, lp_layer_entry (layer, i)->image);
      const Key *first;
      LpFinding finding;

      if (image->flags & LP_IMAGE_ORPHAN)
        continue;
      keys[i] = (Key){ image->folder, image->name, lp_path_stem_length (image->name) };
      first = g_hash_table_lookup (seen, &keys[i]);
      if (first == NULL)
        g_hash_table_add (seen, &keys[i]);
      if (first == NULL || strcmp (first->name, image->name) == 0)
        continue;
      finding = lp_finding_at_entry (check->dataset, check->dataset->subject, i);
      finding.file = LP_NONE;
      finding.line = 0;
      finding.detail = lp_check_detail (check, first->name);
      lp_check_add (check, LP_RULE_DATASET_STEM_COLLISION, &finding);
    }
}

const LpRule lp_rules_dataset_pairs[] = {
  {
    .id = "dataset/stem-collision",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_SET,
    .cost = LP_COST_BOXES,
    .title = N_ ("Two pictures with one label file"),
    .sentence = N_ ("{image} and {detail} share one label file"),
    .why = N_ ("The path of a label file is made of the picture’s name without its end. Pictures that differ only "
               "there get the same boxes."),
    .example = "x.jpg, x.png",
    .trainer = N_ ("Ultralytics reads the same boxes for both pictures."),
    .check_set = check_stem_collision,
  },
  { .id = NULL },
};
