/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/lp-step.h"

LpOp *
lp_op_new (LpOpKind kind)
{
  LpOp *op = g_new0 (LpOp, 1);

  op->kind = kind;
  op->layer = op->row = op->dict = op->image = LP_NONE;
  return op;
}

void
lp_op_free (LpOp *op)
{
  if (op == NULL)
    return;
  g_free (op->path);
  g_free (op->new_path);
  g_clear_pointer (&op->expected, g_bytes_unref);
  g_clear_pointer (&op->names_before, g_ptr_array_unref);
  g_clear_pointer (&op->names_after, g_ptr_array_unref);
  g_clear_pointer (&op->map, g_array_unref);
  g_free (op);
}

LpStep *
lp_step_new (const char *sentence, const char *rule)
{
  LpStep *step = g_new0 (LpStep, 1);

  step->sentence = g_strdup (sentence);
  step->rule = g_strdup (rule);
  step->when_us = g_get_real_time ();
  step->ops = g_ptr_array_new_with_free_func ((GDestroyNotify) lp_op_free);
  return step;
}

void
lp_step_free (LpStep *step)
{
  if (step == NULL)
    return;
  g_free (step->sentence);
  g_free (step->rule);
  g_ptr_array_unref (step->ops);
  g_free (step);
}

LpOp *
lp_step_add_row_op (LpStep *step, const LpDataset *dataset, LpOpKind kind, guint32 layer_index, guint32 row)
{
  const LpLayer *layer = lp_dataset_layer (dataset, layer_index);
  const LpEntry *entry = lp_layer_entry (layer, lp_layer_entry_of_row (layer, row));
  const LpRow *record = lp_layer_row (layer, row);
  LpOp *op = lp_op_new (kind);

  g_assert (entry->file != LP_NONE);
  op->path = lp_file_dup_disk_path (lp_dataset_file (dataset, entry->file));
  op->offset = lp_layer_place (layer, row)->offset;
  op->layer = layer_index;
  op->row = row;
  op->image = entry->image;
  for (guint i = 0; i < G_N_ELEMENTS (record->v); i++)
    op->before[i] = op->after[i] = record->v[i];
  op->class_before = op->class_after = record->class_id;
  op->decimals = op->decimals_before = record->decimals;
  op->flags_before = record->flags;
  g_ptr_array_add (step->ops, op);
  return op;
}
