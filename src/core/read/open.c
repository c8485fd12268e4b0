/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/lp-text.h"
#include "base/lp-yaml.h"
#include "read/lp-sets.h"

/* One path that a person named, and what was found there. */
typedef struct
{
  char *path; /* absolute; of a picture the folder that holds its set */
  gboolean is_folder;
  LpFound found;
  GPtrArray *set_files, *manifests, *tables, *categories, *names, *lists; /* char *: absolute paths of files */
} Opened;

typedef struct
{
  LpDataset *dataset;
  LpRoots *roots;
  const LpReadOptions *options;
  GPtrArray *unread;
  LpProgress *progress;
  GPtrArray *opened; /* Opened * */
  LpTree *tree;
  LpSets *sets;
  LpMapper *mapper;
  GArray *paths; /* guint: of each layer, the path it is of */
} Opening;

static void
opened_free (gpointer data)
{
  Opened *opened = data;

  g_free (opened->path);
  g_ptr_array_unref (opened->set_files);
  g_ptr_array_unref (opened->manifests);
  g_ptr_array_unref (opened->tables);
  g_ptr_array_unref (opened->categories);
  g_ptr_array_unref (opened->names);
  g_ptr_array_unref (opened->lists);
  g_free (opened);
}

static Opened *
opened_new (const char *path, gboolean is_folder)
{
  Opened *opened = g_new0 (Opened, 1);

  opened->path = g_strdup (path);
  opened->is_folder = is_folder;
  opened->set_files = g_ptr_array_new_with_free_func (g_free);
  opened->manifests = g_ptr_array_new_with_free_func (g_free);
  opened->tables = g_ptr_array_new_with_free_func (g_free);
  opened->categories = g_ptr_array_new_with_free_func (g_free);
  opened->names = g_ptr_array_new_with_free_func (g_free);
  opened->lists = g_ptr_array_new_with_free_func (g_free);
  return opened;
}

/* `format` has one %s, for the path as it is shown. */
static void
refuse (Opening *o, const char *format, const char *path)
{
  g_autofree char *shown = lp_text_escape (path, -1, 0);

  g_ptr_array_add (o->unread, g_strdup_printf (format, shown));
}

/* ---- what kind of file is it ---- */

#define JOB_LABELS "/annotation-tool/data.json" /* where a job keeps its label category file, whatever is in it */

static gboolean
is_yaml (const char *name)
{
  return g_str_has_suffix (name, ".yaml") || g_str_has_suffix (name, ".yml");
}

/* TRUE when the first line ends like a picture's name: a list for training. */
static gboolean
is_picture_list (const char *text)
{
  g_autofree char *line = g_strndup (text, strcspn (text, "\r\n"));

  return lp_path_is_picture (g_strchomp (line));
}

static gboolean
is_label_row (const char *data, gsize length)
{
  LpYoloLine line;
  gsize end = strcspn (data, "\r\n");

  return lp_yolo_line (data, MIN (end, length), NULL, &line) && line.row.kind != LP_ROW_UNREAD &&
         !(line.row.flags & LP_ROW_BAD_CLASS);
}

/* What bears this name is meant to be one, also where it cannot be read: then that has to be said. */
static gboolean
is_data_yaml (const char *name)
{
  return g_str_equal (name, "data.yaml") || g_str_equal (name, "data.yml");
}

/* Enough of a file to tell what it is: all of a YAML file that is not too large to be read as such. */
static GBytes *
read_to_tell (Opening *o, const char *path, const char *name, GError **error)
{
  g_autoptr (GError) problem = NULL;
  GBytes *whole;

  if (!is_yaml (name))
    return lp_head_read (o->roots, path, error);
  whole = lp_roots_read (o->roots, path, LP_YAML_MAX_BYTES, NULL, &problem);
  if (whole == NULL && g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE))
    return lp_head_read (o->roots, path, error);
  if (whole == NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return whole;
}

/* The list of `opened` that a file belongs to, or NULL: of no kind that is read, or an error. `named`: a person named
 * it. */
static GPtrArray *
list_for (Opening *o, Opened *opened, const char *path, const char *name, gboolean named, GError **error)
{
  g_autoptr (GBytes) head = read_to_tell (o, path, name, error);
  g_autofree char *text = NULL;
  gsize length;

  if (head == NULL)
    return is_data_yaml (name) ? opened->set_files : NULL;
  length = g_bytes_get_size (head);
  text = g_strndup (length > 0 ? g_bytes_get_data (head, NULL) : "", length);
  if (is_yaml (name))
    return lp_data_yaml_probe (name, text, length) ? opened->set_files : NULL;
  if (lp_darknet_probe (name, text, length))
    return opened->set_files;
  if (lp_label_category_probe (name, text, length) || g_str_has_suffix (path, JOB_LABELS))
    return opened->categories;
  if (lp_manifest_probe (name, text, length) || g_str_has_suffix (name, ".manifest"))
    return opened->manifests;
  if (lp_csv_probe (name, text, length))
    return opened->tables;
  if (lp_names_probe (name))
    return opened->names;
  if (!named || !g_str_has_suffix (name, ".txt") || strlen (text) < length || !g_utf8_validate (text, -1, NULL) ||
      is_label_row (text, length) || *g_strchug (text) == '\0')
    return NULL;
  return is_picture_list (text) ? opened->lists : opened->names;
}

static LpFound
found_in (const Opened *opened)
{
  if (opened->set_files->len > 0 || opened->lists->len > 0)
    return LP_FOUND_YOLO;
  if (opened->manifests->len > 0 || opened->tables->len > 0)
    return LP_FOUND_MANIFEST;
  return opened->names->len > 0 || opened->categories->len > 0 ? LP_FOUND_NAMES : LP_FOUND_NOTHING;
}

static void
open_file (Opening *o, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GError) error = NULL;
  Opened *opened = opened_new (path, FALSE);
  GPtrArray *list;

  lp_roots_add (o->roots, path);
  list = list_for (o, opened, path, name, TRUE, &error);
  if (list != NULL)
    {
      g_ptr_array_add (list, g_strdup (path));
      opened->found = found_in (opened);
      g_ptr_array_add (o->opened, opened);
      return;
    }
  opened_free (opened);
  if (error != NULL)
    g_ptr_array_add (o->unread, g_strdup (error->message));
  else if (is_yaml (name))
    refuse (o, _ ("“%s” has neither names nor pictures to train with."), path);
  else
    refuse (o, _ ("“%s” is of a kind that this program does not read."), path);
}

/* ---- what was named ---- */

/* The folder that holds both `half` ("images"), in which the path lies, and `other` ("labels"). Free with g_free;
 * NULL: there is none. */
static char *
folder_of_both (const char *path, const char *half, const char *other)
{
  g_autofree char *slashed = g_strconcat (path, "/", NULL), *part = g_strdup_printf ("/%s/", half), *beside = NULL;
  char *at = g_strrstr (slashed, part);

  if (at == NULL)
    return NULL;
  *at = '\0';
  beside = g_build_filename (slashed, other, NULL);
  return g_file_test (beside, G_FILE_TEST_IS_DIR) ? g_steal_pointer (&slashed) : NULL;
}

/* The folder to open in place of a picture, a label file or one half of a set. Free with g_free; NULL: the path
 * itself.
 */
static char *
folder_instead (const char *path, gboolean is_folder)
{
  g_autofree char *name = g_path_get_basename (path);
  char *above = NULL;

  if (is_folder || lp_path_is_picture (path))
    above = folder_of_both (path, "images", "labels");
  else if (!g_str_has_suffix (name, ".txt") || lp_names_probe (name))
    return NULL;
  if (above == NULL)
    above = folder_of_both (path, "labels", "images");
  return above == NULL && lp_path_is_picture (path) && !is_folder ? g_path_get_dirname (path) : above;
}

static void
open_folder (Opening *o, const char *path)
{
  lp_roots_add (o->roots, path);
  g_ptr_array_add (o->opened, opened_new (path, TRUE));
}

static void
note_instead (Opening *o, const char *given, const char *folder)
{
  g_autofree char *name = g_path_get_basename (given), *shown = lp_text_escape (name, -1, 0);
  g_autofree char *where = lp_text_escape (folder, -1, 0);

  g_ptr_array_add (o->dataset->notes,
                   g_strdup_printf (_ ("The whole set in “%s” was read, not “%s” alone."), where, shown));
}

static void
open_path (Opening *o, const char *given)
{
  g_autofree char *path = lp_path_resolve (NULL, given), *above = NULL;
  struct stat st;

  if (stat (path, &st) != 0)
    {
      if (errno == ENOENT || errno == ENOTDIR)
        refuse (o, _ ("“%s” is not there."), given);
      else
        refuse (o, _ ("“%s” cannot be read."), given);
      return;
    }
  if (S_ISDIR (st.st_mode) || S_ISREG (st.st_mode))
    above = folder_instead (path, S_ISDIR (st.st_mode));
  if (above != NULL)
    note_instead (o, given, above);
  if (S_ISDIR (st.st_mode) || above != NULL)
    open_folder (o, above != NULL ? above : path);
  else if (S_ISREG (st.st_mode))
    open_file (o, path);
  else
    refuse (o, _ ("“%s” is neither a file nor a folder."), given);
}

static void
add_roots (Opening *o)
{
  const LpReadOptions *options = o->options;

  for (guint i = 0; options->roots != NULL && options->roots[i] != NULL; i++)
    lp_roots_add (o->roots, options->roots[i]);
  for (guint i = 0; options->maps != NULL && options->maps[i] != NULL; i++)
    {
      const char *equals = strrchr (options->maps[i], '=');

      if (equals != NULL && equals[1] != '\0')
        lp_roots_add (o->roots, equals + 1);
    }
  if (options->names != NULL)
    lp_roots_add (o->roots, options->names);
}

/* Root and folders of the data set: what a person opened. */
static void
describe_folders (Opening *o)
{
  LpDataset *dataset = o->dataset;
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  g_autofree gboolean *is_folder = g_new (gboolean, o->opened->len + 1);

  for (guint i = 0; i < o->opened->len; i++)
    {
      const Opened *opened = g_ptr_array_index (o->opened, i);
      g_autofree char *folder = opened->is_folder ? g_strdup (opened->path) : g_path_get_dirname (opened->path);

      is_folder[i] = opened->is_folder;
      g_ptr_array_add (paths, opened->path);
      g_ptr_array_add (dataset->folders, (gpointer) lp_dataset_intern (dataset, folder));
    }
  g_free (dataset->root);
  dataset->root = lp_path_common ((const char *const *) paths->pdata, is_folder, paths->len);
  for (guint i = 0; o->options->roots != NULL && o->options->roots[i] != NULL; i++)
    {
      g_autofree char *root = lp_path_resolve (NULL, o->options->roots[i]);

      g_ptr_array_add (dataset->folders, (gpointer) lp_dataset_intern (dataset, root));
    }
}

/* ---- what lies in a folder ---- */

/* Of a link that leads out, the walk has told. */
static void
notice_unread (Opening *o, const char *path, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_MOUNTABLE_FILE) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_FAILED_HANDLED))
    lp_read_notice_unreadable (o->dataset, path, 0, 0, lp_roots_reason (error));
}

/* A file whose name promises something. What cannot be opened is said, for it might be what matters. */
static void
look_at (Opening *o, Opened *opened, const LpFolder *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder->path, name, NULL);
  g_autoptr (GError) error = NULL;
  GPtrArray *list = list_for (o, opened, path, name, FALSE, &error);

  if (list == NULL && error != NULL && lp_names_probe (name))
    list = opened->names; /* who reads it says what is wrong */
  if (list != NULL)
    g_ptr_array_add (list, g_steal_pointer (&path));
  else if (error != NULL)
    notice_unread (o, path, error);
}

static void
look_into (Opening *o, Opened *opened)
{
  for (guint i = 0; i < o->tree->folders->len; i++)
    {
      const LpFolder *folder = g_ptr_array_index (o->tree->folders, i);

      if (!lp_tree_is_below (opened->path, folder->path))
        continue;
      for (guint j = 0; j < folder->others->len; j++)
        look_at (o, opened, folder, g_ptr_array_index (folder->others, j));
      for (guint j = 0; j < folder->texts->len; j++)
        if (lp_names_probe (g_ptr_array_index (folder->texts, j)))
          g_ptr_array_add (opened->names,
                           g_build_filename (folder->path, g_ptr_array_index (folder->texts, j), NULL));
    }
}

static gboolean
has_pictures (const LpTree *tree, const char *path)
{
  for (guint i = 0; i < tree->folders->len; i++)
    {
      const LpFolder *folder = g_ptr_array_index (tree->folders, i);

      if (folder->pictures->len > 0 && lp_tree_is_below (path, folder->path))
        return TRUE;
    }
  return FALSE;
}

static void
judge_folder (Opening *o, Opened *opened)
{
  gboolean pictures = has_pictures (o->tree, opened->path);

  look_into (o, opened);
  opened->found = found_in (opened);
  if (opened->found != LP_FOUND_YOLO && pictures &&
      (lp_sets_has_labels (o->sets, opened->path) || opened->found == LP_FOUND_NAMES))
    opened->found = LP_FOUND_YOLO;
  else if (opened->found == LP_FOUND_NOTHING && pictures)
    opened->found = LP_FOUND_PICTURES;
}

/* FALSE: cancelled. */
static gboolean
walk_all (Opening *o, GError **error)
{
  gboolean any_layer = FALSE;

  for (guint i = 0; i < o->opened->len; i++)
    {
      Opened *opened = g_ptr_array_index (o->opened, i);
      g_autofree char *folder = opened->is_folder ? g_strdup (opened->path) : g_path_get_dirname (opened->path);
      g_autoptr (GError) problem = NULL;

      if (!opened->is_folder && opened->found != LP_FOUND_MANIFEST)
        continue;
      if (!lp_tree_walk (o->tree, folder, o->progress, &problem))
        {
          if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
            return g_propagate_error (error, g_steal_pointer (&problem)), FALSE;
          g_ptr_array_add (o->unread, g_strdup (problem->message));
        }
      else if (opened->is_folder)
        judge_folder (o, opened);
    }
  for (guint i = 0; i < o->opened->len; i++)
    {
      const Opened *opened = g_ptr_array_index (o->opened, i);

      any_layer |= opened->found == LP_FOUND_YOLO || opened->found == LP_FOUND_MANIFEST;
    }
  for (guint i = 0; i < o->opened->len; i++)
    {
      Opened *opened = g_ptr_array_index (o->opened, i);

      if (opened->found == LP_FOUND_PICTURES && !any_layer)
        opened->found = LP_FOUND_YOLO; /* pictures alone are a set without labels */
      else if (opened->found == LP_FOUND_NOTHING)
        refuse (o, _ ("There is nothing in “%s” that this program could look at."), opened->path);
    }
  return TRUE;
}

/* ---- YOLO sets ---- */

static LpSetFile *
read_set_file (Opening *o, const char *path)
{
  g_autoptr (GError) error = NULL;
  LpSetFile *file = lp_set_file_read (o->dataset, o->roots, path, LP_DICT_YAML, TRUE, &error);

  /* A link that leads out was noticed when the folder was listed. */
  if (file == NULL)
    file = lp_set_file_unreadable (
      o->dataset, path,
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_MOUNTABLE_FILE) ? NULL : lp_roots_reason (error));
  return file;
}

static gboolean
same_folder (const char *a, const char *b)
{
  g_autofree char *x = g_path_get_dirname (a), *y = g_path_get_dirname (b);

  return strcmp (x, y) == 0;
}

/* data.yaml speaks for its folder, else the first by name; the others there only add their names. */
static const char *
speaker_for (const Opened *opened, const char *file)
{
  const char *first = NULL;

  for (guint i = 0; i < opened->set_files->len; i++)
    {
      const char *other = g_ptr_array_index (opened->set_files, i);

      if (!same_folder (other, file))
        continue;
      if (g_str_has_suffix (other, "/data.yaml"))
        return other;
      if (first == NULL)
        first = other;
    }
  return first;
}

static guint
count_speakers (const Opened *opened)
{
  guint n = 0;

  for (guint i = 0; i < opened->set_files->len; i++)
    n += speaker_for (opened, g_ptr_array_index (opened->set_files, i)) == g_ptr_array_index (opened->set_files, i);
  return n;
}

/* Names of a second data.yaml in the folder of one that speaks. */
static void
add_silent_names (Opening *o, const Opened *opened, const LpSet *set)
{
  for (guint i = 0; i < opened->set_files->len; i++)
    {
      const char *path = g_ptr_array_index (opened->set_files, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (LpSetFile) file = NULL;

      if (speaker_for (opened, path) == path || !same_folder (path, set->file->path))
        continue;
      file = lp_set_file_read (o->dataset, o->roots, path, LP_DICT_YAML, FALSE, &error);
      if (file != NULL && file->dictionary != LP_NONE)
        lp_dataset_dict (o->dataset, file->dictionary)->layer = set->layer;
    }
}

static void
add_folder_sets (Opening *o, guint index)
{
  const Opened *opened = g_ptr_array_index (o->opened, index);
  guint n = count_speakers (opened);

  for (guint i = 0; i < opened->set_files->len; i++)
    {
      const char *path = g_ptr_array_index (opened->set_files, i);
      LpSetFile *file = speaker_for (opened, path) == path ? read_set_file (o, path) : NULL;
      const LpSet *set =
        file != NULL ? lp_sets_add (o->sets, index, n == 1 ? opened->path : file->folder, file) : NULL;

      if (set != NULL)
        add_silent_names (o, opened, set);
    }
  /* Several sets, and labels that belong to none of them: a set of what is left. */
  if (n == 0 || (n > 1 && lp_sets_has_labels (o->sets, opened->path)))
    lp_sets_add (o->sets, index, opened->path, NULL);
}

/* TRUE when a folder that was opened too has this data.yaml. */
static gboolean
is_in_a_folder (const Opening *o, const char *path)
{
  for (guint i = 0; i < o->opened->len; i++)
    {
      const Opened *opened = g_ptr_array_index (o->opened, i);

      if (opened->is_folder && opened->found == LP_FOUND_YOLO && lp_tree_is_below (opened->path, path))
        return TRUE;
    }
  return FALSE;
}

static void
add_sets (Opening *o)
{
  for (guint i = 0; i < o->opened->len; i++)
    {
      const Opened *opened = g_ptr_array_index (o->opened, i);
      LpSetFile *file = NULL;

      if (opened->found == LP_FOUND_YOLO && opened->is_folder)
        add_folder_sets (o, i);
      else if (opened->set_files->len > 0 && !is_in_a_folder (o, opened->path))
        file = read_set_file (o, opened->path);
      else if (opened->lists->len > 0)
        file = lp_set_file_of_list (opened->path);
      if (file != NULL)
        lp_sets_add (o->sets, i, NULL, file);
    }
  for (guint i = 0; i < o->sets->sets->len; i++)
    g_array_append_val (o->paths, ((LpSet *) g_ptr_array_index (o->sets->sets, i))->path);
}

/* ---- manifests, dictionaries ---- */

typedef gboolean (*ListFunc) (
  LpDataset *dataset, const LpRoots *roots, const char *path, LpMapper *mapper, LpProgress *progress, GError **error);

/* One file that holds the labels of many pictures. FALSE: cancelled. */
static gboolean
add_file (Opening *o, guint index, const char *path, ListFunc list, GError **error)
{
  const Opened *opened = g_ptr_array_index (o->opened, index);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) problem = NULL;

  lp_mapper_begin (o->mapper, folder);
  if (!list (o->dataset, o->roots, path, o->mapper, o->progress, &problem))
    {
      if (g_error_matches (problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return g_propagate_error (error, g_steal_pointer (&problem)), FALSE;
      if (opened->is_folder)
        notice_unread (o, path, problem);
      else
        g_ptr_array_add (o->unread, g_strdup (problem->message));
    }
  while (o->paths->len < o->dataset->layers->len)
    g_array_append_val (o->paths, index);
  return TRUE;
}

/* Tables last: they have base names only, and mean the pictures that a manifest names in full. */
static gboolean
add_manifests (Opening *o, GError **error)
{
  for (guint i = 0; i < 2 * o->opened->len; i++)
    {
      guint index = i % o->opened->len;
      const Opened *opened = g_ptr_array_index (o->opened, index);
      gboolean tables = i >= o->opened->len;
      const GPtrArray *files = tables ? opened->tables : opened->manifests;

      for (guint j = 0; j < files->len; j++)
        if (!add_file (o, index, g_ptr_array_index (files, j), tables ? lp_csv_list : lp_manifest_list, error))
          return FALSE;
    }
  lp_mapper_begin (o->mapper, NULL);
  return TRUE;
}

/* The manifest whose job a label category file belongs to: the nearest. */
static guint32
nearest_manifest (const LpDataset *dataset, const char *path)
{
  guint32 best = LP_NONE;
  guint best_shared = 0;

  for (guint i = 0; i < dataset->layers->len; i++)
    {
      const LpLayer *layer = lp_dataset_layer (dataset, i);
      guint shared = lp_tree_shared (layer->path, path);

      if (layer->kind == LP_LAYER_MANIFEST && (best == LP_NONE || shared > best_shared))
        {
          best = i;
          best_shared = shared;
        }
    }
  return best;
}

static void
add_categories (Opening *o)
{
  for (guint i = 0; i < o->opened->len; i++)
    {
      const Opened *opened = g_ptr_array_index (o->opened, i);

      for (guint j = 0; j < opened->categories->len; j++)
        {
          const char *path = g_ptr_array_index (opened->categories, j);
          g_autoptr (GError) error = NULL;
          LpDictionary *dict = lp_label_category_read (o->dataset, o->roots, path, LP_DICT_JOB, &error);

          if (dict != NULL)
            dict->layer = nearest_manifest (o->dataset, path);
          else if (!opened->is_folder)
            g_ptr_array_add (o->unread, g_strdup (error->message));
          else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA)) /* that has been said */
            notice_unread (o, path, error);
        }
    }
}

/* Names files that were named one by one; those in folders belong to the sets there. */
static void
add_names (Opening *o)
{
  for (guint i = 0; i < o->opened->len; i++)
    {
      const Opened *opened = g_ptr_array_index (o->opened, i);

      for (guint j = 0; j < opened->names->len; j++)
        {
          g_autoptr (GError) error = NULL;

          if (opened->is_folder && opened->found == LP_FOUND_YOLO)
            continue;
          if (lp_names_read (o->dataset, o->roots, g_ptr_array_index (opened->names, j), LP_DICT_NAMES, &error) !=
              NULL)
            continue;
          if (opened->is_folder)
            notice_unread (o, g_ptr_array_index (opened->names, j), error);
          else
            g_ptr_array_add (o->unread, g_strdup (error->message));
        }
    }
}

/* ---- subject ---- */

/* In the paths up to `last`: a YOLO layer, else the first label attribute (the newest comes first). */
static guint32
find_subject (const Opening *o, guint last)
{
  guint32 subject = LP_NONE;

  for (guint i = 0; i < o->dataset->layers->len; i++)
    {
      const LpLayer *layer = lp_dataset_layer (o->dataset, i);

      if (g_array_index (o->paths, guint, i) > last)
        continue;
      if (layer->kind == LP_LAYER_YOLO)
        return i;
      if (subject == LP_NONE)
        subject = i;
    }
  return subject;
}

static void
choose_subject (Opening *o)
{
  LpDataset *dataset = o->dataset;
  LpLayer *layer;

  dataset->subject = find_subject (o, o->options->first_path_only ? 0 : G_MAXUINT);
  layer = lp_dataset_layer (dataset, dataset->subject);
  for (guint i = 0; layer != NULL && layer->kind == LP_LAYER_YOLO && i < layer->entries->len; i++)
    dataset->label_files += lp_layer_entry (layer, i)->file != LP_NONE;
}

static void
add_user_names (Opening *o)
{
  g_autoptr (GError) error = NULL;
  LpLayer *layer = lp_dataset_layer (o->dataset, o->dataset->subject);
  LpDictionary *dict;

  if (o->options->names == NULL)
    return;
  dict = lp_read_dictionary (o->dataset, o->roots, o->options->names, LP_DICT_USER, &error);
  if (dict == NULL)
    {
      g_ptr_array_add (o->unread, g_strdup (error->message));
      return;
    }
  dict->layer = o->dataset->subject;
  if (layer != NULL)
    layer->dictionary = o->dataset->dicts->len - 1;
}

/* ---- the end ---- */

static void
finish (LpDataset *dataset)
{
  lp_read_notice_missing (dataset);
  for (guint i = 0; i < dataset->images->len; i++)
    {
      const LpImage *image = lp_dataset_image (dataset, i);

      if (image->flags & LP_IMAGE_ORPHAN)
        continue;
      dataset->coverage.pictures_named++;
      dataset->coverage.pictures_found += image->state == LP_IMAGE_FOUND;
    }
  for (guint i = 0; i < dataset->layers->len; i++)
    lp_layer_index (lp_dataset_layer (dataset, i), dataset->images->len);
}

/* TRUE when a layer of that path has an entry. */
static gboolean
has_entries (const Opening *o, guint path)
{
  for (guint i = 0; i < o->dataset->layers->len; i++)
    if (g_array_index (o->paths, guint, i) == path && lp_dataset_layer (o->dataset, i)->entries->len > 0)
      return TRUE;
  return FALSE;
}

/* A data.yaml whose splits are not there, a manifest without lines: never a silent "all is well". */
static void
refuse_hollow (Opening *o)
{
  for (guint i = 0; i < o->opened->len; i++)
    {
      const Opened *opened = g_ptr_array_index (o->opened, i);
      gboolean wants = opened->found == LP_FOUND_YOLO || opened->found == LP_FOUND_MANIFEST;
      gboolean elsewhere = !opened->is_folder && opened->set_files->len > 0 && is_in_a_folder (o, opened->path);

      if (wants && !elsewhere && !has_entries (o, i))
        refuse (o, _ ("No picture and no annotation was found in “%s”."), opened->path);
    }
}

static gboolean
has_anything (const LpDataset *dataset)
{
  for (guint i = 0; i < dataset->layers->len; i++)
    if (lp_dataset_layer (dataset, i)->entries->len > 0)
      return TRUE;
  for (guint i = 0; i < dataset->dicts->len; i++)
    if (lp_dataset_dict (dataset, i)->names->len > 0)
      return TRUE;
  return dataset->noticed->len > 0;
}

/* Pictures of opened folders that are no YOLO set but hold a manifest. */
static void
take_manifest_folders (Opening *o)
{
  for (guint i = 0; i < o->opened->len; i++)
    {
      const Opened *opened = g_ptr_array_index (o->opened, i);

      if (opened->is_folder && opened->found == LP_FOUND_MANIFEST)
        lp_tree_take_all (o->tree, opened->path);
    }
}

static gboolean
fill (Opening *o, GError **error)
{
  if (!walk_all (o, error))
    return FALSE;
  add_sets (o);
  if (!lp_sets_take (o->sets, o->progress, error))
    return FALSE;
  take_manifest_folders (o);
  if (!add_manifests (o, error))
    return FALSE;
  lp_mapper_note (o->mapper);
  lp_sets_list (o->sets, lp_mapper_get_named (o->mapper));
  add_categories (o);
  add_names (o);
  choose_subject (o);
  add_user_names (o);
  refuse_hollow (o);
  finish (o->dataset);
  return TRUE;
}

gboolean
lp_read_list (LpDataset *dataset,
              LpRoots *roots,
              const LpReadOptions *options,
              GPtrArray *unread,
              LpProgress *progress,
              GError **error)
{
  g_autoptr (GPtrArray) opened = g_ptr_array_new_with_free_func (opened_free);
  g_autoptr (GArray) paths = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (LpTree) tree = lp_tree_new (dataset, roots);
  g_autoptr (LpSets) sets = lp_sets_new (tree);
  g_autoptr (LpMapper) mapper = lp_mapper_new (tree, options->maps, error);
  Opening o = { dataset, roots, options, unread, progress, opened, tree, sets, mapper, paths };

  if (mapper == NULL)
    return FALSE;
  add_roots (&o);
  for (guint i = 0; options->paths[i] != NULL; i++)
    open_path (&o, options->paths[i]);
  if (opened->len > 0)
    {
      describe_folders (&o);
      if (!fill (&o, error))
        return FALSE;
    }
  if (has_anything (dataset))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                       unread->len > 0 ? g_ptr_array_index (unread, 0) : _ ("There is nothing to look at."));
  return FALSE;
}

gboolean
lp_read_rows (LpDataset *dataset, const LpRoots *roots, LpProgress *progress, GError **error)
{
  guint total = 0;

  for (guint i = 0; i < dataset->layers->len; i++)
    if (lp_dataset_layer (dataset, i)->kind == LP_LAYER_YOLO)
      total += lp_dataset_layer (dataset, i)->entries->len;
  if (progress != NULL)
    g_atomic_int_set (&progress->total, (int) total);
  for (guint i = 0; i < dataset->layers->len; i++)
    if (lp_dataset_layer (dataset, i)->kind == LP_LAYER_YOLO &&
        !lp_yolo_read_rows (dataset, roots, i, progress, error))
      return FALSE;
  return TRUE;
}
