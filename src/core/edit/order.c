/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/lp-text.h"
#include "edit/lp-edit.h"

/* ---- may it be repaired? ---- */

static gboolean
refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, sentence);
  return FALSE;
}

static gboolean
nothing_to_do (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_EXISTS, _ ("There is nothing to change."));
  return FALSE;
}

static gboolean
order_is_known (const LpDataset *dataset, const LpMatch *match, GError **error)
{
  const LpDictionary *job = match != NULL ? lp_dataset_dict (dataset, match->reference) : NULL;

  if (job == NULL || match->kind == LP_VERDICT_UNVERIFIABLE || match->kind == LP_VERDICT_INCONSISTENT)
    return refuse (error, _ ("The boxes do not show one order of the names, so it cannot be repaired as a whole."));
  return TRUE;
}

/* Giving names files the job's list is right only where the ids in the rows are the job's. */
static gboolean
ids_are_the_jobs (const LpMatch *match, GError **error)
{
  for (guint i = 0; i < match->classes->len; i++)
    {
      const LpVerdictClass *class = &g_array_index (match->classes, LpVerdictClass, i);

      if (class->name != NULL && class->reference != class->id)
        return refuse (
          error, _ ("The class numbers in the label files are not the job’s, so its list of names would be wrong "
                    "for them. The rows must be renumbered."));
    }
  return TRUE;
}

static gboolean
job_has_holes (const LpDictionary *job)
{
  for (guint i = 0; i < job->names->len; i++)
    if (g_ptr_array_index (job->names, i) == NULL)
      return TRUE;
  return job->names->len == 0;
}

/* ---- names files ---- */

static gboolean
is_names_file (const LpDictionary *dict, guint32 subject)
{
  return dict->layer == subject && dict->file != LP_NONE &&
         (dict->origin == LP_DICT_YAML || dict->origin == LP_DICT_NAMES) && dict->style <= LP_DICT_STYLE_MAP;
}

/* The job's list, then what the file itself has beyond it. */
static GPtrArray *
wanted_names (const LpDictionary *job, const LpDictionary *dict)
{
  GPtrArray *wanted = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < job->names->len; i++)
    g_ptr_array_add (wanted, g_strdup (g_ptr_array_index (job->names, i)));
  for (guint i = job->names->len; i < dict->names->len; i++)
    {
      const char *own = g_ptr_array_index (dict->names, i);

      if (own == NULL || lp_dictionary_index (job, own) >= 0)
        break;
      g_ptr_array_add (wanted, g_strdup (own));
    }
  return wanted;
}

static gboolean
names_differ (const LpDictionary *dict, const GPtrArray *wanted)
{
  if (dict->names->len != wanted->len)
    return TRUE;
  for (guint i = 0; i < wanted->len; i++)
    if (g_strcmp0 (g_ptr_array_index (dict->names, i), g_ptr_array_index (wanted, i)) != 0)
      return TRUE;
  return FALSE;
}

/* nc has to follow where the list grows or shrinks, else a trainer refuses the file. */
static gboolean
count_differs (const LpDictionary *dict, const GPtrArray *wanted)
{
  return dict->declared >= 0 && dict->names->len != wanted->len && dict->declared != (gint32) wanted->len;
}

static void
add_names_ops (const LpDataset *dataset, const LpMatch *match, LpStep *step, GString *titles)
{
  const LpDictionary *job = lp_dataset_dict (dataset, match->reference);

  for (guint i = 0; i < dataset->dicts->len; i++)
    {
      const LpDictionary *dict = lp_dataset_dict (dataset, i);
      g_autoptr (GPtrArray) wanted = NULL;
      g_autofree char *title = NULL;
      gboolean count;
      LpOp *op;

      if (!is_names_file (dict, match->subject))
        continue;
      wanted = wanted_names (job, dict);
      if (!names_differ (dict, wanted))
        continue;
      title = lp_text_escape (dict->title, -1, 0);
      g_string_append_printf (titles, titles->len > 0 ? ", %s" : "%s", title);
      count = count_differs (dict, wanted);
      op = lp_op_new (LP_OP_SET_NAMES);
      op->dict = i;
      op->names_after = g_steal_pointer (&wanted);
      g_ptr_array_add (step->ops, op);
      if (!count)
        continue;
      op = lp_op_new (LP_OP_SET_COUNT);
      op->dict = i;
      g_ptr_array_add (step->ops, op);
    }
}

static LpStep *
new_step (const LpMatch *match)
{
  g_autofree char *rule = g_strconcat ("order/", lp_verdict_id (match->kind), NULL);

  return lp_step_new ("", match->kind == LP_VERDICT_CONSISTENT ? "order/names-disagree" : rule);
}

static void
take_sentence (LpStep *step, char *sentence)
{
  g_free (step->sentence);
  step->sentence = sentence;
}

LpStep *
lp_edit_order_names (const LpDataset *dataset, const LpMatch *match, GError **error)
{
  g_autoptr (LpStep) step = NULL;
  g_autoptr (GString) titles = g_string_new (NULL);

  if (!order_is_known (dataset, match, error))
    return NULL;
  if (job_has_holes (lp_dataset_dict (dataset, match->reference)))
    {
      refuse (error, _ ("The job’s list of names is not complete, so it cannot be written."));
      return NULL;
    }
  if (!ids_are_the_jobs (match, error))
    return NULL;
  step = new_step (match);
  add_names_ops (dataset, match, step, titles);
  if (step->ops->len == 0)
    {
      nothing_to_do (error);
      return NULL;
    }
  take_sentence (step, g_strdup_printf (_ ("Write the names in the job’s order: %s"), titles->str));
  return g_steal_pointer (&step);
}

/* ---- rows ---- */

gboolean
lp_edit_map_is_injective (const LpLayer *layer, const GArray *map)
{
  g_autoptr (GHashTable) from = g_hash_table_new (NULL, NULL), to = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i + 1 < map->len; i += 2)
    if (!g_hash_table_add (from, GINT_TO_POINTER (g_array_index (map, gint32, i))) ||
        !g_hash_table_add (to, GINT_TO_POINTER (g_array_index (map, gint32, i + 1))))
      return FALSE;
  for (guint32 i = 0; i < layer->rows->len; i++)
    {
      const LpRow *row = lp_layer_row (layer, i);
      gpointer id = GINT_TO_POINTER (row->class_id);

      if (row->class_id != LP_CLASS_NONE && !(row->flags & LP_ROW_REMOVED) && !g_hash_table_contains (from, id) &&
          g_hash_table_contains (to, id))
        return FALSE;
    }
  return TRUE;
}

/* Where ids and names agree, or there are no names, the ids become the job's; else those of the subject's own list.
 */
static gboolean
to_the_jobs_ids (const LpDataset *dataset, const LpMatch *match)
{
  const LpLayer *layer = lp_dataset_layer (dataset, match->subject);

  return match->repair_case == LP_CASE_C || match->without_dictionary ||
         lp_dataset_dict (dataset, layer->dictionary) == NULL;
}

static gboolean
target_of (
  const LpDataset *dataset, const LpMatch *match, const LpVerdictClass *class, gint32 *target, GError **error)
{
  const LpLayer *layer = lp_dataset_layer (dataset, match->subject);
  const LpDictionary *own = lp_dataset_dict (dataset, layer->dictionary);
  g_autofree char *name = NULL, *title = NULL;

  *target = to_the_jobs_ids (dataset, match) ? class->reference : lp_dictionary_index (own, class->name);
  if (*target >= 0)
    return TRUE;
  name = lp_text_show_blanks (class->name);
  title = lp_text_escape (own != NULL ? own->title : "?", -1, 0);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               _ ("The boxes show “%s”, a name that is not in %s, so the rows cannot be renumbered."), name, title);
  return FALSE;
}

static GArray *
class_map (const LpDataset *dataset, const LpMatch *match, GError **error)
{
  g_autoptr (GArray) map = g_array_new (FALSE, FALSE, sizeof (gint32));

  for (guint i = 0; i < match->classes->len; i++)
    {
      const LpVerdictClass *class = &g_array_index (match->classes, LpVerdictClass, i);
      gint32 target;

      if (class->name == NULL)
        continue;
      if (!target_of (dataset, match, class, &target, error))
        return NULL;
      if (target == class->id)
        continue;
      g_array_append_val (map, class->id);
      g_array_append_val (map, target);
    }
  if (lp_edit_map_is_injective (lp_dataset_layer (dataset, match->subject), map))
    return g_steal_pointer (&map);
  refuse (error, _ ("Two classes would become one, and nobody could tell them apart again."));
  return NULL;
}

static const gint32 *
mapped (const GArray *map, gint32 id)
{
  for (guint i = 0; i + 1 < map->len; i += 2)
    if (g_array_index (map, gint32, i) == id)
      return &g_array_index (map, gint32, i + 1);
  return NULL;
}

/* Rows that change, and their files. */
static guint
count_rows (const LpLayer *layer, const GArray *map, guint *n_files)
{
  g_autoptr (GHashTable) files = g_hash_table_new (NULL, NULL);
  guint n_rows = 0;

  for (guint32 i = 0; i < layer->entries->len; i++)
    {
      const LpEntry *entry = lp_layer_entry (layer, i);
      guint before = n_rows;

      for (guint32 k = 0; k < entry->n_rows; k++)
        {
          const LpRow *row = lp_layer_row (layer, entry->first_row + k);

          n_rows += !(row->flags & LP_ROW_REMOVED) && mapped (map, row->class_id) != NULL;
        }
      if (n_rows > before)
        g_hash_table_add (files, GUINT_TO_POINTER (entry->file));
    }
  *n_files = g_hash_table_size (files);
  return n_rows;
}

LpStep *
lp_edit_order_rows (const LpDataset *dataset, const LpMatch *match, GError **error)
{
  g_autoptr (LpStep) step = NULL;
  g_autoptr (GArray) map = NULL;
  g_autoptr (GString) titles = g_string_new (NULL);
  guint n_rows, n_files;

  if (!order_is_known (dataset, match, error))
    return NULL;
  map = class_map (dataset, match, error);
  if (map == NULL)
    return NULL;
  step = new_step (match);
  n_rows = count_rows (lp_dataset_layer (dataset, match->subject), map, &n_files);
  if (n_rows > 0)
    {
      LpOp *op = lp_op_new (LP_OP_RENUMBER);

      op->layer = match->subject;
      op->map = g_steal_pointer (&map);
      g_ptr_array_add (step->ops, op);
    }
  if (to_the_jobs_ids (dataset, match) && !job_has_holes (lp_dataset_dict (dataset, match->reference)))
    add_names_ops (dataset, match, step, titles);
  if (step->ops->len == 0)
    {
      nothing_to_do (error);
      return NULL;
    }
  take_sentence (
    step,
    g_strdup_printf (ngettext ("Renumber the class of %u row", "Renumber the classes of %u rows", n_rows), n_rows));
  return g_steal_pointer (&step);
}

/* ---- the price ---- */

/* Lines of a names file: of one that is written in one line all changes are one. */
static guint
count_name_lines (const LpDictionary *dict, const GPtrArray *wanted)
{
  g_autoptr (GHashTable) lines = g_hash_table_new (NULL, NULL);
  guint n_new = wanted->len > dict->names->len ? wanted->len - dict->names->len : 0, last = 0, first = 0;

  for (guint i = 0; i < dict->names->len; i++)
    {
      const char *name = i < wanted->len ? g_ptr_array_index (wanted, i) : NULL;
      guint line = i < dict->places->len ? g_array_index (dict->places, LpPlace, i).line : 0;

      first = i == 0 ? line : first;
      last = line;
      if (i >= wanted->len || g_strcmp0 (g_ptr_array_index (dict->names, i), name) != 0)
        g_hash_table_add (lines, GUINT_TO_POINTER (line));
    }
  if (n_new > 0 && dict->names->len > 1 && first == last)
    {
      g_hash_table_add (lines, GUINT_TO_POINTER (last));
      n_new = 0;
    }
  return g_hash_table_size (lines) + n_new;
}

void
lp_edit_order_price (const LpDataset *dataset, const LpMatch *match, gboolean rows, guint *n_files, guint *n_lines)
{
  g_autoptr (LpStep) step =
               rows ? lp_edit_order_rows (dataset, match, NULL) : lp_edit_order_names (dataset, match, NULL);
  guint32 last_dict = LP_NONE;

  *n_files = *n_lines = 0;
  for (guint i = 0; step != NULL && i < step->ops->len; i++)
    {
      const LpOp *op = g_ptr_array_index (step->ops, i);
      guint files = op->dict != last_dict;

      if (op->kind == LP_OP_RENUMBER)
        *n_lines += count_rows (lp_dataset_layer (dataset, op->layer), op->map, &files);
      else if (op->kind == LP_OP_SET_NAMES)
        *n_lines += count_name_lines (lp_dataset_dict (dataset, op->dict), op->names_after);
      else
        *n_lines += 1;
      *n_files += files;
      last_dict = op->dict;
    }
}
