/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/lp-dataset.h"
#include "model/lp-step.h"

/* A new operation addresses nothing. */
static void
test_new_op (void)
{
  LpOp *op = lp_op_new (LP_OP_SET_CLASS);

  g_assert_cmpint (op->kind, ==, LP_OP_SET_CLASS);
  g_assert_cmpuint (op->layer, ==, LP_NONE);
  g_assert_cmpuint (op->row, ==, LP_NONE);
  g_assert_cmpuint (op->dict, ==, LP_NONE);
  g_assert_cmpuint (op->image, ==, LP_NONE);
  g_assert_null (op->path);
  lp_op_free (op);
  lp_op_free (NULL);
  lp_step_free (NULL);
}

/* The address of a row: its file on the disk, the byte where it begins, and what it said. */
static void
test_row_op (void)
{
  g_autoptr (LpDataset) d = lp_dataset_new ();
  LpLayer *layer = lp_dataset_add_layer (d, LP_LAYER_YOLO, "/set", NULL);
  guint32 file = lp_dataset_add_file (d, "/set/labels", "a.txt", NULL);
  LpEntry entry = { .image = lp_dataset_add_image (d, "/set/images", "a.jpg"), .file = file, .n_rows = 2 };
  LpRow rows[] = {
    { .v = { 0.5, 0.5, 0.1, 0.1 }, .class_id = 1, .kind = LP_ROW_BOX },
    { .v = { 0.25, 0.75, 0.125, 0.5 }, .class_id = 3, .decimals = 6, .kind = LP_ROW_BOX, .flags = LP_ROW_EDITED }
  };
  LpPlace places[] = { { .offset = 0, .length = 17, .line = 1 }, { .offset = 18, .length = 20, .line = 2 } };
  g_autoptr (LpStep) step = lp_step_new ("Put the box right.", "box/outside");

  g_array_append_val (layer->entries, entry);
  g_array_append_vals (layer->rows, rows, 2);
  g_array_append_vals (layer->places, places, 2);

  LpOp *op = lp_step_add_row_op (step, d, LP_OP_SET_NUMBERS, 0, 1);
  g_assert_true (step->ops->len == 1 && g_ptr_array_index (step->ops, 0) == op);
  g_assert_cmpstr (op->path, ==, "/set/labels/a.txt");
  g_assert_cmpint (op->offset, ==, 18);
  g_assert_cmpuint (op->layer, ==, 0);
  g_assert_cmpuint (op->row, ==, 1);
  g_assert_cmpuint (op->image, ==, entry.image);
  g_assert_cmpint (op->class_before, ==, 3);
  g_assert_cmpint (op->class_after, ==, 3);
  for (guint i = 0; i < 4; i++)
    {
      g_assert_cmpfloat (op->before[i], ==, rows[1].v[i]);
      g_assert_cmpfloat (op->after[i], ==, rows[1].v[i]);
    }
  g_assert_cmpuint (op->decimals, ==, 6);
  g_assert_cmpuint (op->flags_before, ==, LP_ROW_EDITED);
  g_assert_null (op->expected);
  g_assert_cmpstr (step->sentence, ==, "Put the box right.");
  g_assert_cmpstr (step->rule, ==, "box/outside");
  g_assert_cmpint (step->when_us, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/step/new-op", test_new_op);
  g_test_add_func ("/step/row-op", test_row_op);
  return g_test_run ();
}
