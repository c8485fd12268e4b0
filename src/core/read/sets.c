/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>

#include "read/lp-sets.h"

#define MAX_SPLITS 32

LpSets *
lp_sets_new (LpTree *tree)
{
  LpSets *sets = g_new0 (LpSets, 1);

  sets->tree = tree;
  sets->sets = g_ptr_array_new ();
  sets->lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  return sets;
}

void
lp_sets_free (LpSets *sets)
{
  for (guint i = 0; i < sets->sets->len; i++)
    {
      LpSet *set = g_ptr_array_index (sets->sets, i);

      g_free (set->scope);
      g_clear_pointer (&set->file, lp_set_file_free);
      g_byte_array_unref (set->members);
      g_free (set);
    }
  g_ptr_array_unref (sets->sets);
  g_hash_table_unref (sets->lists);
  g_free (sets);
}

static void
own_dictionary (LpDataset *dataset, const LpSet *set, guint32 dictionary)
{
  LpLayer *layer = lp_dataset_layer (dataset, set->layer);

  lp_dataset_dict (dataset, dictionary)->layer = set->layer;
  if (layer->dictionary == LP_NONE)
    layer->dictionary = dictionary;
}

LpSet *
lp_sets_add (LpSets *sets, guint path, const char *scope, LpSetFile *file)
{
  LpDataset *dataset = sets->tree->dataset;
  LpSet *set;
  LpLayer *layer;

  if (!lp_read_has_room (dataset, file != NULL ? file->path : scope))
    {
      g_clear_pointer (&file, lp_set_file_free);
      return NULL;
    }
  set = g_new0 (LpSet, 1);
  set->path = path;
  set->scope = g_strdup (scope);
  set->file = file;
  set->members = g_byte_array_new ();
  layer = lp_dataset_add_layer (dataset, LP_LAYER_YOLO, file != NULL ? file->path : scope, NULL);
  set->layer = dataset->layers->len - 1;
  g_ptr_array_add (sets->sets, set);
  if (file == NULL)
    return set;
  layer->keypoints = (guint16) file->keypoints;
  layer->keypoint_size = (guint8) file->keypoint_size;
  if (file->dictionary != LP_NONE)
    own_dictionary (dataset, set, file->dictionary);
  return set;
}

/* ---- members ---- */

static void
add_member (LpSet *set, guint32 image)
{
  guint old = set->members->len;

  if (image >= old)
    {
      g_byte_array_set_size (set->members, MAX (image + 1, old * 2));
      memset (set->members->data + old, 0, set->members->len - old);
    }
  set->members->data[image] = 1;
}

static gboolean
is_member (const LpSet *set, guint32 image)
{
  return image < set->members->len && set->members->data[image] != 0;
}

/* TRUE when another set of the same path lies deeper and holds the folder. */
static gboolean
is_taken_deeper (const LpSets *sets, const LpSet *set, const char *folder)
{
  for (guint i = 0; i < sets->sets->len; i++)
    {
      const LpSet *other = g_ptr_array_index (sets->sets, i);

      if (other->path == set->path && other->scope != NULL && strlen (other->scope) > strlen (set->scope) &&
          lp_tree_is_below (other->scope, folder))
        return TRUE;
    }
  return FALSE;
}

static void
take_scope (const LpSets *sets, LpSet *set)
{
  for (guint i = 0; i < sets->tree->folders->len; i++)
    {
      LpFolder *folder = g_ptr_array_index (sets->tree->folders, i);

      if (folder->pictures->len == 0 || !lp_tree_is_below (set->scope, folder->path) ||
          is_taken_deeper (sets, set, folder->path))
        continue;
      for (guint j = 0; j < folder->pictures->len; j++)
        add_member (set, lp_tree_take (sets->tree, folder, j));
    }
}

/* ---- splits ---- */

static guint32
split_bit (LpDataset *dataset, const char *name)
{
  for (guint i = 0; i < dataset->splits->len; i++)
    if (strcmp (g_ptr_array_index (dataset->splits, i), name) == 0)
      return 1u << i;
  if (dataset->splits->len == MAX_SPLITS)
    return 0;
  g_ptr_array_add (dataset->splits, (gpointer) lp_dataset_intern (dataset, name));
  return 1u << (dataset->splits->len - 1);
}

static void
name_image (LpDataset *dataset, LpSet *set, guint32 index, guint32 bit)
{
  LpImage *image = lp_dataset_image (dataset, index);

  image->splits |= bit;
  image->flags |= LP_IMAGE_LISTED;
  add_member (set, index);
}

static guint
take_split_folder (LpSets *sets, LpSet *set, const char *path, guint32 bit)
{
  guint n = 0;

  for (guint i = 0; i < sets->tree->folders->len; i++)
    {
      LpFolder *folder = g_ptr_array_index (sets->tree->folders, i);

      if (!lp_tree_is_below (path, folder->path))
        continue;
      for (guint j = 0; j < folder->pictures->len; j++)
        name_image (sets->tree->dataset, set, lp_tree_take (sets->tree, folder, j), bit);
      n += folder->pictures->len;
    }
  return n;
}

/* The folder of a picture that a list names; `failed`: those that cannot be read, which is said once. */
static void
walk_listed (const LpSets *sets, const char *folder, GHashTable *failed)
{
  g_autoptr (GError) error = NULL;

  if (lp_tree_find (sets->tree, folder) != NULL || g_hash_table_contains (failed, folder) ||
      lp_tree_walk (sets->tree, folder, NULL, &error))
    return;
  lp_read_notice_unreadable (sets->tree->dataset, folder, 0, 0, lp_roots_reason (error));
  g_hash_table_add (failed, g_strdup (folder));
}

/* The pictures that it names, none where it cannot be read, which is said. Borrowed. */
static const GPtrArray *
list_of (LpSets *sets, const LpSet *set, const char *path)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *paths = g_hash_table_lookup (sets->lists, path);

  if (paths != NULL)
    return paths;
  paths = lp_picture_list_read (sets->tree->dataset, sets->tree->roots, path, set->file->root, &error);
  if (paths == NULL)
    {
      lp_read_notice_unreadable (sets->tree->dataset, path, 0, 0, lp_roots_reason (error));
      paths = g_ptr_array_new ();
    }
  g_hash_table_insert (sets->lists, g_strdup (path), paths);
  return paths;
}

static guint
take_split_list (LpSets *sets, LpSet *set, const LpSplit *split, guint32 bit)
{
  const GPtrArray *paths = list_of (sets, set, split->path);
  g_autoptr (GHashTable) failed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n = 0;

  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = g_ptr_array_index (paths, i);
      g_autofree char *folder = g_path_get_dirname (path);
      guint32 image;

      walk_listed (sets, folder, failed);
      image = lp_tree_image (sets->tree, path);
      if (image == LP_NONE)
        continue;
      name_image (sets->tree->dataset, set, image, bit);
      n++;
    }
  return n;
}

static void
notice_empty (LpDataset *dataset, const LpSet *set, const LpSplit *split)
{
  LpFinding finding = LP_FINDING_INIT;

  finding.rule = LP_RULE_DATASET_EMPTY_SPLIT;
  finding.layer = (guint8) set->layer;
  finding.file = set->file->file;
  finding.line = split->line;
  finding.column = split->column;
  finding.detail = lp_dataset_add_detail (dataset, split->name, -1);
  lp_dataset_notice (dataset, &finding);
}

/* The folders first, so that pictures are taken in the order of their paths. */
static gboolean
walk_splits (LpSets *sets, const LpSet *set, LpProgress *progress, GError **error)
{
  for (guint i = 0; set->file != NULL && i < set->file->splits->len; i++)
    {
      const LpSplit *split = &g_array_index (set->file->splits, LpSplit, i);
      g_autoptr (GError) problem = NULL;

      if (split->is_list || lp_tree_walk (sets->tree, split->path, progress, &problem))
        continue;
      if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      lp_read_notice_unreadable (sets->tree->dataset, split->path, 0, 0, lp_roots_reason (problem));
    }
  return TRUE;
}

static void
take_in_order (LpSets *sets, const LpSet *set)
{
  for (guint i = 0; i < sets->tree->folders->len; i++)
    {
      LpFolder *folder = g_ptr_array_index (sets->tree->folders, i);
      gboolean wanted = FALSE;

      for (guint j = 0; j < set->file->splits->len && !wanted; j++)
        wanted = lp_tree_is_below (g_array_index (set->file->splits, LpSplit, j).path, folder->path);
      for (guint j = 0; wanted && j < folder->pictures->len; j++)
        lp_tree_take (sets->tree, folder, j);
    }
}

static void
take_splits (LpSets *sets, LpSet *set)
{
  LpDataset *dataset = sets->tree->dataset;

  take_in_order (sets, set);
  for (guint i = 0; i < set->file->splits->len; i++)
    {
      const LpSplit *split = &g_array_index (set->file->splits, LpSplit, i);
      guint32 bit = split_bit (dataset, split->name);
      guint n =
        split->is_list ? take_split_list (sets, set, split, bit) : take_split_folder (sets, set, split->path, bit);

      if (n == 0)
        notice_empty (dataset, set, split);
    }
}

/* Pictures of the folder that no split names. Where no split could be found at all, that has been said. */
static void
notice_unknown (LpDataset *dataset, const LpSet *set)
{
  for (guint32 i = 0; set->file->splits->len > 0 && i < dataset->images->len; i++)
    {
      LpFinding finding = LP_FINDING_INIT;

      if (!is_member (set, i) || (lp_dataset_image (dataset, i)->flags & LP_IMAGE_LISTED))
        continue;
      finding.rule = LP_RULE_DATASET_SPLIT_UNKNOWN_IMAGE;
      finding.layer = (guint8) set->layer;
      finding.image = i;
      lp_dataset_notice (dataset, &finding);
    }
}

gboolean
lp_sets_take (LpSets *sets, LpProgress *progress, GError **error)
{
  for (guint i = 0; i < sets->sets->len; i++)
    if (!walk_splits (sets, g_ptr_array_index (sets->sets, i), progress, error))
      return FALSE;
  for (guint i = 0; i < sets->sets->len; i++)
    {
      LpSet *set = g_ptr_array_index (sets->sets, i);

      if (set->scope != NULL)
        take_scope (sets, set);
      if (set->file != NULL)
        take_splits (sets, set);
      if (set->file != NULL && set->scope != NULL)
        notice_unknown (sets->tree->dataset, set);
    }
  return TRUE;
}

/* ---- names beside the set ---- */

/* The names file that a *.data tells is read with it. */
static gboolean
is_read (const LpDataset *dataset, const LpSet *set, const char *path)
{
  for (guint32 i = 0; i < dataset->dicts->len; i++)
    {
      const LpDictionary *dict = lp_dataset_dict (dataset, i);
      g_autofree char *read = NULL;

      if (dict->layer != set->layer || dict->file == LP_NONE)
        continue;
      read = lp_file_dup_disk_path (lp_dataset_file (dataset, dict->file));
      if (strcmp (read, path) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
add_names (LpSets *sets, const LpSet *set, const char *folder, const char *name)
{
  LpDataset *dataset = sets->tree->dataset;
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  if (is_read (dataset, set, path))
    return;
  if (lp_names_read (dataset, sets->tree->roots, path, LP_DICT_NAMES, &error) != NULL)
    own_dictionary (dataset, set, dataset->dicts->len - 1);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_MOUNTABLE_FILE) && /* that, the walk has told */
           !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_FAILED_HANDLED))
    lp_read_notice_unreadable (dataset, path, 0, 0, lp_roots_reason (error));
}

/* Where names files of this set may lie: in its scope; without one, where the set file and its labels are. */
static gboolean
is_near (const LpSets *sets, const LpSet *set, const LpFolder *folder)
{
  if (set->scope != NULL)
    return lp_tree_is_below (set->scope, folder->path) && !is_taken_deeper (sets, set, folder->path);
  return lp_tree_is_below (set->file->root, folder->path) || lp_tree_is_below (set->file->folder, folder->path);
}

static void
add_walked_names (LpSets *sets, const LpSet *set)
{
  for (guint i = 0; i < sets->tree->folders->len; i++)
    {
      const LpFolder *folder = g_ptr_array_index (sets->tree->folders, i);

      if (!is_near (sets, set, folder))
        continue;
      for (guint j = 0; j < folder->others->len; j++)
        if (lp_names_probe (g_ptr_array_index (folder->others, j)))
          add_names (sets, set, folder->path, g_ptr_array_index (folder->others, j));
      for (guint j = 0; j < folder->texts->len; j++)
        if (folder->owner[j] == LP_NONE && lp_names_probe (g_ptr_array_index (folder->texts, j)))
          add_names (sets, set, folder->path, g_ptr_array_index (folder->texts, j));
    }
}

/* A set file alone: its folder and `labels` were not walked. */
static void
add_neighbours (LpSets *sets, const LpSet *set)
{
  static const char *const names[] = { "classes.txt", "obj.names" };
  g_autofree char *labels = g_build_filename (set->file->folder, "labels", NULL);
  const char *folders[] = { set->file->folder, labels };

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    for (guint j = 0; j < G_N_ELEMENTS (names); j++)
      {
        g_autofree char *path = g_build_filename (folders[i], names[j], NULL);
        struct stat st;

        if (lp_tree_find (sets->tree, folders[i]) == NULL && stat (path, &st) == 0 && S_ISREG (st.st_mode))
          add_names (sets, set, folders[i], names[j]);
      }
}

void
lp_sets_list (LpSets *sets, const GPtrArray *claimed)
{
  for (guint i = 0; i < sets->sets->len; i++)
    {
      const LpSet *set = g_ptr_array_index (sets->sets, i);
      LpLayout layout = { .tree = sets->tree,
                          .layer = set->layer,
                          .member = set->members,
                          .scope = set->scope,
                          .core = set->file != NULL ? set->file->root : NULL,
                          .claimed = claimed };

      lp_yolo_list (&layout);
    }
  for (guint i = 0; i < sets->sets->len; i++)
    {
      const LpSet *set = g_ptr_array_index (sets->sets, i);

      if (set->scope == NULL)
        add_neighbours (sets, set);
      add_walked_names (sets, set);
    }
}

/* ---- is it one at all ---- */

static gboolean
has_text (const LpFolder *labels, const LpFolder *pictures)
{
  guint hint = 0;

  for (guint i = 0; i < pictures->pictures->len; i++)
    {
      const char *name = g_ptr_array_index (pictures->pictures, i);
      g_autofree char *text = g_strdup_printf ("%.*s.txt", (int) lp_path_stem_length (name), name);

      if (lp_tree_index (labels->texts, text, strlen (text), &hint) >= 0)
        return TRUE;
    }
  return FALSE;
}

/* TRUE when the folder lies in none of the other sets, but for one that holds them all. */
static gboolean
is_left_over (const LpSets *sets, const char *path, const char *folder)
{
  for (guint i = 0; i < sets->sets->len; i++)
    {
      const LpSet *set = g_ptr_array_index (sets->sets, i);

      if (set->scope != NULL && strcmp (set->scope, path) != 0 && lp_tree_is_below (set->scope, folder))
        return FALSE;
    }
  return TRUE;
}

gboolean
lp_sets_has_labels (const LpSets *sets, const char *path)
{
  const LpTree *tree = sets->tree;

  for (guint i = 0; i < tree->folders->len; i++)
    {
      const LpFolder *folder = g_ptr_array_index (tree->folders, i), *labels;
      g_autofree char *picture = NULL, *label = NULL, *labels_path = NULL;

      if (folder->pictures->len == 0 || !lp_tree_is_below (path, folder->path) ||
          !is_left_over (sets, path, folder->path))
        continue;
      picture = g_build_filename (folder->path, "x.jpg", NULL);
      label = lp_path_label_for (picture);
      labels_path = g_path_get_dirname (label);
      labels = lp_tree_find (tree, labels_path);
      if ((labels != NULL && has_text (labels, folder)) || has_text (folder, folder))
        return TRUE;
    }
  return FALSE;
}
