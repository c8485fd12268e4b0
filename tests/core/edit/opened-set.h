/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "edit/lp-edit.h"
#include "match/lp-match.h"
#include "read/lp-read.h"

#include "temp-tree.h"

/* A temporary folder opened as a data set. */

typedef struct
{
  LpDataset *dataset;
  LpRoots *roots;
} OpenedSet;

static inline OpenedSet
open_set (const TempTree *t, const char *name)
{
  OpenedSet set = { lp_dataset_new (), lp_roots_new () };
  g_autofree char *path = tree_path (t, name);
  const char *const paths[] = { path, NULL };
  const LpReadOptions options = { .paths = paths };
  g_autoptr (GPtrArray) unread = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  lp_read_list (set.dataset, set.roots, &options, unread, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (unread->len, ==, 0);
  lp_read_rows (set.dataset, set.roots, NULL, &error);
  g_assert_no_error (error);
  lp_match_all (set.dataset, NULL, &error);
  g_assert_no_error (error);
  return set;
}

static inline void
close_set (OpenedSet *set)
{
  g_clear_pointer (&set->dataset, lp_dataset_free);
  g_clear_pointer (&set->roots, lp_roots_free);
}

static inline LpLayer *
set_subject (const OpenedSet *set)
{
  return lp_dataset_layer (set->dataset, set->dataset->subject);
}

/* The row of that line in the label file of that base name. */
static inline guint32
set_row (const OpenedSet *set, const char *file, guint line)
{
  const LpLayer *layer = set_subject (set);

  for (guint32 i = 0; i < layer->entries->len; i++)
    {
      const LpEntry *entry = lp_layer_entry (layer, i);

      if (entry->file == LP_NONE || strcmp (lp_dataset_file (set->dataset, entry->file)->name, file) != 0)
        continue;
      for (guint32 k = 0; k < entry->n_rows; k++)
        if (lp_layer_place (layer, entry->first_row + k)->line == line)
          return entry->first_row + k;
    }
  g_error ("no row %s:%u", file, line);
}

static inline guint32
set_image (const OpenedSet *set, const char *name)
{
  for (guint32 i = 0; i < set->dataset->images->len; i++)
    if (strcmp (lp_dataset_image (set->dataset, i)->name, name) == 0)
      return i;
  g_error ("no image %s", name);
}

static inline guint32
set_dict (const OpenedSet *set, const char *title)
{
  for (guint32 i = 0; i < set->dataset->dicts->len; i++)
    if (strcmp (lp_dataset_dict (set->dataset, i)->title, title) == 0)
      return i;
  g_error ("no dictionary %s", title);
}

static inline LpStep *
set_step (void)
{
  return lp_step_new ("a step", NULL);
}

static inline LpOp *
step_row (const OpenedSet *set, LpStep *step, LpOpKind kind, const char *file, guint line)
{
  return lp_step_add_row_op (step, set->dataset, kind, set->dataset->subject, set_row (set, file, line));
}

static inline void
step_class (const OpenedSet *set, LpStep *step, const char *file, guint line, gint32 class_id)
{
  step_row (set, step, LP_OP_SET_CLASS, file, line)->class_after = class_id;
}

/* A list of words ended by NULL; "-" is a hole. */
static inline void
step_names (const OpenedSet *set, LpStep *step, const char *title, const char *const *names)
{
  LpOp *op = lp_op_new (LP_OP_SET_NAMES);

  op->dict = set_dict (set, title);
  op->names_after = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; names[i] != NULL; i++)
    g_ptr_array_add (op->names_after, strcmp (names[i], "-") == 0 ? NULL : g_strdup (names[i]));
  g_ptr_array_add (step->ops, op);
}

static inline void
step_renumber (const OpenedSet *set, LpStep *step, const gint32 *pairs, guint n)
{
  LpOp *op = lp_op_new (LP_OP_RENUMBER);

  op->layer = set->dataset->subject;
  op->map = g_array_new (FALSE, FALSE, sizeof (gint32));
  g_array_append_vals (op->map, pairs, n);
  g_ptr_array_add (step->ops, op);
}

static inline void
step_create (const OpenedSet *set, LpStep *step, const char *image, const char *path)
{
  LpOp *op = lp_op_new (LP_OP_CREATE_FILE);

  op->layer = set->dataset->subject;
  op->image = set_image (set, image);
  op->path = g_strdup (path);
  g_ptr_array_add (step->ops, op);
}

static inline void
step_rename (const OpenedSet *set, LpStep *step, const char *image, const char *new_path)
{
  LpOp *op = lp_op_new (LP_OP_RENAME_FILE);

  op->layer = set->dataset->subject;
  op->image = set_image (set, image);
  op->new_path = g_strdup (new_path);
  g_ptr_array_add (step->ops, op);
}

/* Completes and does it: as a session does. */
static inline void
note_step (const OpenedSet *set, LpStep *step)
{
  g_autoptr (GError) error = NULL;

  lp_edit_complete (set->dataset, set->roots, step, &error);
  g_assert_no_error (error);
  lp_edit_do (set->dataset, step);
}
