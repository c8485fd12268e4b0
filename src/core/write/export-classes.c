/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/lp-text.h"
#include "write/lp-export-classes.h"
#include "write/lp-splice.h"

struct _LpExportClasses
{
  const LpDictionary *own; /* the subject's, NULL */
  const LpDictionary *job; /* what the verdict compared with, NULL */
  const LpMatch *verdict;  /* one that says the subject's list is not to be trusted, NULL */
  gboolean by_name;        /* numbers are mapped by name; else they stay */
  GPtrArray *names;        /* const char *, borrowed */
};

/* ---- what a class is called ---- */

static const LpMatch *
find_verdict (const LpDataset *dataset)
{
  for (guint i = 0; i < dataset->matches->len; i++)
    {
      const LpMatch *match = g_ptr_array_index (dataset->matches, i);
      gboolean wrong = match->kind == LP_VERDICT_SWAPPED_PAIR || match->kind == LP_VERDICT_SORTED ||
                       match->kind == LP_VERDICT_PERMUTED;

      if (match->subject == dataset->subject && (wrong || match->without_dictionary) &&
          match->kind != LP_VERDICT_UNVERIFIABLE && match->kind != LP_VERDICT_INCONSISTENT)
        return match;
    }
  return NULL;
}

static const char *
name_of (const LpExportClasses *classes, gint32 class_id)
{
  const LpMatch *verdict = classes->verdict;

  for (guint i = 0; verdict != NULL && i < verdict->classes->len; i++)
    {
      const LpVerdictClass *class = &g_array_index (verdict->classes, LpVerdictClass, i);

      if (class->id == class_id && class->name != NULL)
        return class->name;
    }
  /* No box shows it: its number is the job's where the others' are. */
  if (verdict != NULL && (verdict->repair_case == LP_CASE_A || verdict->without_dictionary))
    return lp_dictionary_name (classes->job, class_id);
  return lp_dictionary_name (classes->own, class_id);
}

gint32
lp_export_classes_map (const LpExportClasses *classes, gint32 class_id)
{
  const char *name;

  if (!classes->by_name)
    return class_id >= 0 && (guint) class_id < classes->names->len ? class_id : -1;
  name = name_of (classes, class_id);
  for (guint i = 0; name != NULL && i < classes->names->len; i++)
    if (strcmp (g_ptr_array_index (classes->names, i), name) == 0)
      return (gint32) i;
  return -1;
}

/* ---- the list ---- */

static gboolean
names_can_be_written (const GPtrArray *names, GPtrArray *stopped_by)
{
  if (names->len == 0)
    {
      g_ptr_array_add (stopped_by, g_strdup (_ ("The classes have no names. Choose a class order that has them.")));
      return FALSE;
    }
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);

      if (name != NULL && g_utf8_validate (name, -1, NULL))
        continue;
      g_ptr_array_add (stopped_by, g_strdup_printf (_ ("Class %u has no name that can be written."), i));
      return FALSE;
    }
  return TRUE;
}

/* Classes in use whose name the wanted order does not have: their rows would be lost. */
static void
check_order (const LpDataset *dataset, const LpExportClasses *classes, GPtrArray *stopped_by)
{
  const LpLayer *layer = lp_dataset_layer (dataset, dataset->subject);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint32 i = 0; i < layer->rows->len; i++)
    {
      const LpRow *row = lp_layer_row (layer, i);
      g_autofree char *shown = NULL;
      const char *name;

      if (row->class_id == LP_CLASS_NONE || (row->flags & LP_ROW_REMOVED) ||
          !g_hash_table_add (seen, GINT_TO_POINTER (row->class_id)))
        continue;
      name = name_of (classes, row->class_id);
      if (name == NULL || lp_export_classes_map (classes, row->class_id) >= 0)
        continue;
      shown = lp_text_show_blanks (name);
      g_ptr_array_add (stopped_by,
                       g_strdup_printf (_ ("The class order has no “%s”, and rows of it are there."), shown));
    }
}

LpExportClasses *
lp_export_classes_new (const LpDataset *dataset, const GPtrArray *order, GPtrArray *stopped_by)
{
  const LpLayer *layer = lp_dataset_layer (dataset, dataset->subject);
  LpExportClasses *classes = g_new0 (LpExportClasses, 1);
  const GPtrArray *list;

  classes->own = lp_dataset_dict (dataset, layer->dictionary);
  classes->names = g_ptr_array_new ();
  if (order != NULL)
    {
      classes->verdict = find_verdict (dataset);
      classes->job = classes->verdict != NULL ? lp_dataset_dict (dataset, classes->verdict->reference) : NULL;
      /* Without any names the order is what the numbers mean. */
      classes->by_name = classes->own != NULL || classes->verdict != NULL;
    }
  list = order != NULL ? order : classes->own != NULL ? classes->own->names : NULL;
  for (guint i = 0; list != NULL && i < list->len; i++)
    g_ptr_array_add (classes->names, g_ptr_array_index (list, i));
  if (names_can_be_written (classes->names, stopped_by) && classes->by_name)
    check_order (dataset, classes, stopped_by);
  return classes;
}

void
lp_export_classes_free (LpExportClasses *classes)
{
  g_ptr_array_unref (classes->names);
  g_free (classes);
}

/* ---- data.yaml ---- */

/* A plain scalar that no reader of YAML takes for anything but these letters. */
static gboolean
is_plain (const char *name)
{
  static const char *const coerced[] = { "y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf" };

  if (!g_ascii_isalpha (name[0]) || name[strlen (name) - 1] == ' ')
    return FALSE;
  for (const char *c = name; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && strchr ("_- ", *c) == NULL)
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (coerced); i++)
    if (g_ascii_strcasecmp (name, coerced[i]) == 0)
      return FALSE;
  return TRUE;
}

void
lp_export_classes_append_yaml (const LpExportClasses *classes, GString *yaml)
{
  g_string_append (yaml, "names:\n");
  for (guint i = 0; i < classes->names->len; i++)
    {
      const char *name = g_ptr_array_index (classes->names, i);
      g_autofree char *quoted = is_plain (name) ? NULL : lp_splice_quote_yaml (name);

      g_string_append_printf (yaml, "  %u: %s\n", i, quoted != NULL ? quoted : name);
    }
}
