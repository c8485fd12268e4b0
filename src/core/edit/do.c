/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "edit/lp-edit.h"

/* Every operation has its do and its exact inverse side by side. */

static LpRow *
op_row (const LpDataset *dataset, const LpOp *op)
{
  return lp_layer_row (lp_dataset_layer (dataset, op->layer), op->row);
}

static void
set_numbers (LpDataset *dataset, const LpOp *op, gboolean undo)
{
  LpRow *row = op_row (dataset, op);

  memcpy (row->v, undo ? op->before : op->after, sizeof row->v);
  row->decimals = undo ? op->decimals_before : (guint8) MIN (op->decimals, G_MAXUINT8);
  row->flags = undo ? op->flags_before : row->flags | LP_ROW_EDITED;
}

static void
set_class (LpDataset *dataset, const LpOp *op, gboolean undo)
{
  LpRow *row = op_row (dataset, op);

  row->class_id = undo ? op->class_before : op->class_after;
  row->flags = undo ? op->flags_before : (row->flags | LP_ROW_EDITED) & ~(LP_ROW_BAD_CLASS | LP_ROW_FLOAT_CLASS);
}

static void
remove_row (LpDataset *dataset, const LpOp *op, gboolean undo)
{
  LpRow *row = op_row (dataset, op);

  row->flags = undo ? op->flags_before : row->flags | LP_ROW_REMOVED;
}

/* Places keep standing for what is in the file: they are never fewer than the names, and a name that the file does
 * not have yet has an empty one. */
static void
set_names (LpDataset *dataset, const LpOp *op, gboolean undo)
{
  LpDictionary *dict = lp_dataset_dict (dataset, op->dict);
  const GPtrArray *names = undo ? op->names_before : op->names_after;

  g_ptr_array_set_size (dict->names, 0);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);

      g_ptr_array_add (dict->names, (gpointer) (name != NULL ? lp_dataset_intern (dataset, name) : NULL));
    }
  while (dict->places->len > names->len && g_array_index (dict->places, LpPlace, dict->places->len - 1).line == 0)
    g_array_set_size (dict->places, dict->places->len - 1);
  if (dict->places->len < names->len)
    g_array_set_size (dict->places, names->len);
  dict->edited = undo ? op->flags_before : TRUE;
}

static void
set_count (LpDataset *dataset, const LpOp *op, gboolean undo)
{
  LpDictionary *dict = lp_dataset_dict (dataset, op->dict);

  dict->declared = undo ? op->class_before : op->class_after;
  dict->edited = undo ? op->flags_before : TRUE;
}

static int
compare_pair (gconstpointer a, gconstpointer b)
{
  gint32 x = *(const gint32 *) a, y = *(const gint32 *) b;

  return (x > y) - (x < y);
}

/* The map as pairs sorted by where it comes from; for undo each pair is turned round. */
static gint32 *
sorted_pairs (const GArray *map, gboolean turned, guint *n)
{
  gint32 *pairs = g_memdup2 (map->data, map->len * sizeof (gint32));

  *n = map->len / 2;
  for (guint i = 0; turned && i < *n; i++)
    {
      gint32 from = pairs[2 * i];

      pairs[2 * i] = pairs[2 * i + 1];
      pairs[2 * i + 1] = from;
    }
  qsort (pairs, *n, 2 * sizeof (gint32), compare_pair);
  return pairs;
}

/* One pass through the map, so that 0→1 and 1→2 do not run into each other. */
static void
renumber (LpDataset *dataset, const LpOp *op, gboolean undo)
{
  LpLayer *layer = lp_dataset_layer (dataset, op->layer);
  guint n;
  g_autofree gint32 *pairs = sorted_pairs (op->map, undo, &n);

  for (guint32 i = 0; i < layer->rows->len; i++)
    {
      LpRow *row = lp_layer_row (layer, i);
      const gint32 *pair;

      if ((row->flags & LP_ROW_REMOVED) || row->class_id == LP_CLASS_NONE)
        continue;
      pair = bsearch (&row->class_id, pairs, n, 2 * sizeof (gint32), compare_pair);
      if (pair != NULL)
        row->class_id = pair[1];
    }
}

/* The label file is there in the model from now on, absent on disk until Apply. */
static void
create_file (LpDataset *dataset, const LpOp *op, gboolean undo)
{
  LpEntry *entry = lp_layer_find (lp_dataset_layer (dataset, op->layer), op->image);
  g_autofree char *folder = g_path_get_dirname (op->path), *name = g_path_get_basename (op->path);

  if (undo)
    {
      /* Others may have added files since: then the record stays, named by nobody. */
      if (entry->file + 1 == dataset->files->len)
        g_array_set_size (dataset->files, entry->file);
      entry->file = LP_NONE;
    }
  else
    entry->file = lp_dataset_add_file (dataset, folder, name, NULL);
  entry->state = undo ? LP_STATE_NO_FILE : LP_STATE_EMPTY;
  if (op->layer == dataset->subject)
    dataset->label_files += undo ? -1 : 1;
}

static void
rename_file (LpDataset *dataset, const LpOp *op, gboolean undo)
{
  LpEntry *entry = lp_layer_find (lp_dataset_layer (dataset, op->layer), op->image);
  LpFile *file = lp_dataset_file (dataset, entry->file);
  g_autofree char *old_name = g_path_get_basename (op->path), *new_name = g_path_get_basename (op->new_path);

  file->name = lp_dataset_intern (dataset, undo ? old_name : new_name);
  file->disk_name = undo ? NULL : lp_dataset_intern (dataset, old_name);
  entry->flags &= (guint8) ~LP_ENTRY_FIRST_DOT;
  if (undo)
    entry->flags |= op->flags_before & LP_ENTRY_FIRST_DOT;
}

static void (*const operations[]) (LpDataset *dataset, const LpOp *op, gboolean undo) = {
  [LP_OP_SET_NUMBERS] = set_numbers, [LP_OP_SET_CLASS] = set_class,    [LP_OP_REMOVE_ROW] = remove_row,
  [LP_OP_SET_NAMES] = set_names,     [LP_OP_SET_COUNT] = set_count,    [LP_OP_RENUMBER] = renumber,
  [LP_OP_CREATE_FILE] = create_file, [LP_OP_RENAME_FILE] = rename_file
};

void
lp_edit_do (LpDataset *dataset, const LpStep *step)
{
  for (guint i = 0; i < step->ops->len; i++)
    {
      const LpOp *op = g_ptr_array_index (step->ops, i);

      operations[op->kind](dataset, op, FALSE);
    }
}

void
lp_edit_undo (LpDataset *dataset, const LpStep *step)
{
  for (guint i = step->ops->len; i > 0; i--)
    {
      const LpOp *op = g_ptr_array_index (step->ops, i - 1);

      operations[op->kind](dataset, op, TRUE);
    }
}
