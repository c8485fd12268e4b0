/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "edit/lp-edit.h"

/* A data set made by hand: two label files of three and two rows, a picture without one, a names file. */
static LpDataset *
small_set (void)
{
  LpDataset *d = lp_dataset_new ();
  LpLayer *layer = lp_dataset_add_layer (d, LP_LAYER_YOLO, "/set", NULL);
  LpIdentity identity = { 1, 2, 3, 4, 0100644 };
  static const char *const names[] = { "can", "paper", "fork" };
  const guint n_rows[] = { 3, 2, 0 };
  LpDictionary *dict;
  guint32 file;

  d->subject = 0;
  d->label_files = 2;
  file = lp_dataset_add_file (d, "/set", "data.yaml", &identity);
  dict = lp_dataset_add_dictionary (d, LP_DICT_YAML, file, "data.yaml");
  for (guint i = 0; i < 3; i++)
    lp_dictionary_add_name (d, dict, names[i], -1, (LpPlace){ .offset = 10 * i, .length = 4, .line = i + 1 });
  dict->declared = 3;
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *picture = g_strdup_printf ("%u.jpg", i), *label = g_strdup_printf ("%u.txt", i);
      LpEntry entry = { .first_row = layer->rows->len, .n_rows = n_rows[i], .file = LP_NONE };

      entry.image = lp_dataset_add_image (d, "/set", picture);
      entry.state = n_rows[i] > 0 ? LP_STATE_ROWS : LP_STATE_NO_FILE;
      entry.flags = i == 1 ? LP_ENTRY_FIRST_DOT | LP_ENTRY_FRAME_PROVEN : 0;
      if (n_rows[i] > 0)
        entry.file = lp_dataset_add_file (d, "/set", label, &identity);
      for (guint k = 0; k < n_rows[i]; k++)
        {
          LpRow row = { .v = { 0.5, 0.5, 0.1 * (k + 1), 0.25 }, .class_id = (gint32) k, .decimals = 2, .tokens = 5 };
          LpPlace place = { .offset = 20 * k, .length = 18, .line = k + 1 };

          g_array_append_val (layer->rows, row);
          g_array_append_val (layer->places, place);
        }
      g_array_append_val (layer->entries, entry);
    }
  lp_layer_index (layer, d->images->len);
  return d;
}

/* Everything that a step may touch, as text. */
static char *
portrait (const LpDataset *d)
{
  const LpLayer *layer = lp_dataset_layer (d, 0);
  const LpDictionary *dict = lp_dataset_dict (d, 0);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < layer->rows->len; i++)
    {
      const LpRow *row = lp_layer_row (layer, i);

      g_string_append_printf (out, "%d %.17g %.17g %.17g %.17g f%u d%u k%u\n", row->class_id, row->v[0], row->v[1],
                              row->v[2], row->v[3], row->flags, row->decimals, row->kind);
    }
  for (guint i = 0; i < layer->entries->len; i++)
    {
      const LpEntry *entry = lp_layer_entry (layer, i);
      const LpFile *file = entry->file != LP_NONE ? lp_dataset_file (d, entry->file) : NULL;

      g_string_append_printf (out, "state %u flags %u %s %s\n", entry->state, entry->flags,
                              file != NULL ? file->name : "-",
                              file != NULL && file->disk_name != NULL ? file->disk_name : "-");
    }
  for (guint i = 0; i < dict->names->len; i++)
    g_string_append_printf (out, "%s|", (const char *) g_ptr_array_index (dict->names, i));
  g_string_append_printf (out, "\n%u places, nc %d, edited %d, %u files, %u label files\n", dict->places->len,
                          dict->declared, dict->edited, d->files->len, d->label_files);
  return g_string_free (out, FALSE);
}

static GPtrArray *
copy_names (const GPtrArray *names)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < names->len; i++)
    g_ptr_array_add (copy, g_strdup (g_ptr_array_index (names, i)));
  return copy;
}

static LpOp *
random_row_op (LpDataset *d, LpStep *step, GRand *rand)
{
  const LpLayer *layer = lp_dataset_layer (d, 0);
  guint32 row = (guint32) g_rand_int_range (rand, 0, (gint32) layer->rows->len);
  LpOp *op;

  if (lp_layer_row (layer, row)->flags & LP_ROW_REMOVED)
    return NULL;
  op =
    lp_step_add_row_op (step, d, (LpOpKind) g_rand_int_range (rand, LP_OP_SET_NUMBERS, LP_OP_REMOVE_ROW + 1), 0, row);
  if (op->kind == LP_OP_SET_NUMBERS)
    {
      op->after[g_rand_int_range (rand, 0, 4)] = g_rand_double (rand);
      op->decimals = (guint) g_rand_int_range (rand, 0, 9);
    }
  else if (op->kind == LP_OP_SET_CLASS)
    op->class_after = g_rand_int_range (rand, 0, 9);
  return op;
}

static void
random_names_op (LpDataset *d, LpStep *step, GRand *rand)
{
  const LpDictionary *dict = lp_dataset_dict (d, 0);
  LpOp *op = lp_op_new (g_rand_boolean (rand) ? LP_OP_SET_NAMES : LP_OP_SET_COUNT);

  op->dict = 0;
  op->flags_before = (guint8) dict->edited;
  op->names_before = copy_names (dict->names);
  op->names_after = g_ptr_array_new_with_free_func (g_free);
  for (gint i = g_rand_int_range (rand, 1, 7); i > 0; i--)
    g_ptr_array_add (op->names_after, g_strdup_printf ("name %d", g_rand_int_range (rand, 0, 99)));
  op->class_before = dict->declared;
  op->class_after = (gint32) dict->names->len;
  g_ptr_array_add (step->ops, op);
}

static void
random_file_op (LpDataset *d, LpStep *step, GRand *rand)
{
  const LpLayer *layer = lp_dataset_layer (d, 0);
  const LpEntry *dotted = lp_layer_entry (layer, 1), *empty = lp_layer_entry (layer, 2);
  LpOp *op = lp_op_new (g_rand_boolean (rand) ? LP_OP_CREATE_FILE : LP_OP_RENAME_FILE);

  op->layer = 0;
  op->image = op->kind == LP_OP_CREATE_FILE ? 2 : 1;
  op->flags_before = dotted->flags;
  op->path = g_strdup (op->kind == LP_OP_CREATE_FILE ? "/set/2.txt" : "/set/1.txt");
  op->new_path = op->kind == LP_OP_CREATE_FILE ? NULL : g_strdup ("/set/1.green.txt");
  if (op->kind == LP_OP_CREATE_FILE ? empty->state == LP_STATE_NO_FILE
                                    : lp_dataset_file (d, dotted->file)->disk_name == NULL)
    g_ptr_array_add (step->ops, op);
  else
    lp_op_free (op);
}

static void
random_renumbering (LpStep *step, GRand *rand)
{
  static const gint32 maps[][4] = { { 0, 1, 1, 0 }, { 0, 100, 2, 0 }, { 1, 5, 5, 1 } };
  const gint32 *map = maps[g_rand_int_range (rand, 0, 3)];
  LpOp *op = lp_op_new (LP_OP_RENUMBER);

  op->layer = 0;
  op->map = g_array_new (FALSE, FALSE, sizeof (gint32));
  g_array_append_vals (op->map, map, 4);
  g_ptr_array_add (step->ops, op);
}

static LpStep *
random_step (LpDataset *d, GRand *rand)
{
  LpStep *step = lp_step_new ("", NULL);

  switch (g_rand_int_range (rand, 0, 4))
    {
    case 0:
      random_names_op (d, step, rand);
      break;
    case 1:
      random_file_op (d, step, rand);
      break;
    case 2:
      random_renumbering (step, rand);
      break;
    default:
      random_row_op (d, step, rand);
    }
  /* As completing would refuse: not back by its inverse. */
  for (guint i = step->ops->len; i > 0; i--)
    {
      const LpOp *op = g_ptr_array_index (step->ops, i - 1);

      if (op->kind == LP_OP_RENUMBER && !lp_edit_map_is_injective (lp_dataset_layer (d, 0), op->map))
        g_ptr_array_remove_index (step->ops, i - 1);
    }
  return step;
}

/* Any sequence of doing, taking back and doing again is what the steps that stand would have given. */
static void
test_inverse (void)
{
  const char *wanted = g_getenv ("LP_TEST_SEQUENCES");
  guint runs = wanted != NULL ? (guint) g_ascii_strtoull (wanted, NULL, 10) : 300;
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);

  for (guint run = 0; run < runs; run++)
    {
      g_autoptr (LpDataset) d = small_set ();
      g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func ((GDestroyNotify) lp_step_free);
      g_autoptr (GPtrArray) portraits = g_ptr_array_new_with_free_func (g_free);
      guint at = 0;

      g_ptr_array_add (portraits, portrait (d));
      for (guint i = 0; i < 40; i++)
        {
          g_autofree char *now = NULL;
          gint what = g_rand_int_range (rand, 0, 4);

          if (what == 0 && at > 0)
            lp_edit_undo (d, steps->pdata[--at]);
          else if (what == 1 && at < steps->len)
            lp_edit_do (d, steps->pdata[at++]);
          else
            {
              g_ptr_array_set_size (steps, (gint) at);
              g_ptr_array_set_size (portraits, (gint) at + 1);
              g_ptr_array_add (steps, random_step (d, rand));
              lp_edit_do (d, steps->pdata[at++]);
              g_ptr_array_add (portraits, portrait (d));
            }
          now = portrait (d);
          g_assert_cmpstr (now, ==, portraits->pdata[at]);
        }
      while (at > 0)
        lp_edit_undo (d, steps->pdata[--at]);
      g_ptr_array_add (portraits, portrait (d));
      g_assert_cmpstr (portraits->pdata[portraits->len - 1], ==, portraits->pdata[0]);
    }
}

static void
test_each (void)
{
  g_autoptr (LpDataset) d = small_set ();
  LpLayer *layer = lp_dataset_layer (d, 0);
  g_autoptr (LpStep) step = lp_step_new ("", NULL);
  LpOp *op = lp_step_add_row_op (step, d, LP_OP_SET_NUMBERS, 0, 1);

  op->after[2] = 0.125;
  op->decimals = 3;
  lp_step_add_row_op (step, d, LP_OP_REMOVE_ROW, 0, 4);
  lp_step_add_row_op (step, d, LP_OP_SET_CLASS, 0, 0)->class_after = 2;
  lp_edit_do (d, step);
  g_assert_true (lp_layer_row (layer, 1)->v[2] == 0.125);
  g_assert_cmpuint (lp_layer_row (layer, 1)->decimals, ==, 3);
  g_assert_cmpuint (lp_layer_row (layer, 1)->flags, ==, LP_ROW_EDITED);
  g_assert_cmpuint (lp_layer_row (layer, 4)->flags, ==, LP_ROW_REMOVED);
  g_assert_cmpint (lp_layer_row (layer, 0)->class_id, ==, 2);
}

/* In one pass: 0→1, 1→2, 2→0 do not run into each other, and a removed row keeps its number. */
static void
test_renumber (void)
{
  g_autoptr (LpDataset) d = small_set ();
  LpLayer *layer = lp_dataset_layer (d, 0);
  g_autoptr (LpStep) step = lp_step_new ("", NULL);
  LpOp *op = lp_op_new (LP_OP_RENUMBER);
  const gint32 map[] = { 2, 0, 0, 1, 1, 2 };
  const gint32 wanted[] = { 1, 2, 0, 1, 1 };

  lp_layer_row (layer, 4)->flags = LP_ROW_REMOVED;
  op->layer = 0;
  op->map = g_array_new (FALSE, FALSE, sizeof (gint32));
  g_array_append_vals (op->map, map, G_N_ELEMENTS (map));
  g_ptr_array_add (step->ops, op);
  lp_edit_do (d, step);
  for (guint i = 0; i < layer->rows->len; i++)
    g_assert_cmpint (lp_layer_row (layer, i)->class_id, ==, wanted[i]);
  lp_edit_undo (d, step);
  for (guint i = 0; i < layer->rows->len; i++)
    g_assert_cmpint (lp_layer_row (layer, i)->class_id, ==, (gint32) (i % 3));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/edit/do/each", test_each);
  g_test_add_func ("/edit/do/renumber", test_renumber);
  g_test_add_func ("/edit/do/inverse", test_inverse);
  return g_test_run ();
}
