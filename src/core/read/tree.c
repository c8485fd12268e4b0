/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lp-rule-ids.h"
#include "read/lp-tree.h"

#define MAX_DEPTH 64
#define MAX_OTHERS 256 /* of one folder and kind: worker answers come by the thousand and are none of ours yet */

LpTree *
lp_tree_new (LpDataset *dataset, const LpRoots *roots)
{
  LpTree *tree = g_new0 (LpTree, 1);

  tree->dataset = dataset;
  tree->roots = roots;
  tree->folders = g_ptr_array_new ();
  tree->by_path = g_hash_table_new (g_str_hash, g_str_equal);
  tree->nowhere = g_hash_table_new (NULL, NULL);
  tree->outside = g_hash_table_new (NULL, NULL);
  tree->followed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  tree->reported = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  tree->names = g_string_chunk_new (64 * 1024);
  return tree;
}

static void
folder_free (LpFolder *folder)
{
  g_ptr_array_unref (folder->pictures);
  g_ptr_array_unref (folder->texts);
  g_ptr_array_unref (folder->others);
  g_free (folder->image);
  g_free (folder->owner);
  g_free (folder);
}

void
lp_tree_free (LpTree *tree)
{
  for (guint i = 0; i < tree->folders->len; i++)
    folder_free (g_ptr_array_index (tree->folders, i));
  g_ptr_array_unref (tree->folders);
  g_hash_table_unref (tree->by_path);
  g_hash_table_unref (tree->nowhere);
  g_hash_table_unref (tree->outside);
  g_hash_table_unref (tree->followed);
  g_hash_table_unref (tree->reported);
  g_string_chunk_free (tree->names);
  g_free (tree);
}

/* ---- walking ---- */

/* A folder that is still to be read. */
typedef struct
{
  char *path;
  guint depth;
} Todo;

typedef struct
{
  LpTree *tree;
  LpFolder *folder;
  int descriptor;
  guint depth;
  GArray *todo; /* Todo */
} Walk;

static gboolean
is_passed_over (const char *name)
{
  return name[0] == '.' || strcmp (name, "__MACOSX") == 0;
}

static gboolean
may_be_ours (const char *name)
{
  static const char *const ends[] = { ".yaml", ".yml", ".data", ".names", ".manifest", ".json", ".jsonl", ".csv" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    if (g_str_has_suffix (name, ends[i]))
      return TRUE;
  return FALSE;
}

static void
push (Walk *walk, const char *name)
{
  Todo todo = { g_build_filename (walk->folder->path, name, NULL), walk->depth + 1 };

  g_array_append_val (walk->todo, todo);
}

/* One finding for all links of a folder that lead to the same other one. */
static void
report_outside (Walk *walk, const char *name, const char *target)
{
  LpDataset *dataset = walk->tree->dataset;
  g_autofree char *folder = g_path_get_dirname (target);
  g_autofree char *key = g_strconcat (walk->folder->path, "\n", folder, NULL);
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (walk->tree->reported, key));
  g_autofree char *link = NULL, *relative = NULL, *detail = NULL;
  LpFinding finding = LP_FINDING_INIT;

  if (index > 0)
    {
      g_array_index (dataset->noticed, LpFinding, index - 1).a += 1;
      return;
    }
  link = g_build_filename (walk->folder->path, name, NULL);
  relative = lp_dataset_relative (dataset, link);
  detail = g_strdup_printf ("%s → %s", relative, target);
  finding.rule = LP_RULE_DATASET_PATH_OUTSIDE;
  finding.detail = lp_dataset_add_detail (dataset, detail, -1);
  finding.a = 1;
  lp_dataset_notice (dataset, &finding);
  g_hash_table_insert (walk->tree->reported, g_steal_pointer (&key), GUINT_TO_POINTER (dataset->noticed->len));
}

static const char *
add_file (Walk *walk, const char *name)
{
  LpFolder *folder = walk->folder;
  GPtrArray *names = NULL;
  const char *kept;

  if (lp_path_is_picture (name))
    names = folder->pictures;
  else if (g_str_has_suffix (name, ".txt"))
    names = folder->texts;
  else if (may_be_ours (name))
    names = folder->others;
  if (names == NULL)
    return NULL;
  kept = g_string_chunk_insert (walk->tree->names, name);
  g_ptr_array_add (names, (gpointer) kept);
  return kept;
}

/* A folder that a link leads to is walked once, unless it is one of those it lies in. */
static void
follow_folder (Walk *walk, const char *name, const char *target)
{
  g_autofree char *real = realpath (target, NULL);

  if (real == NULL || lp_tree_is_below (real, walk->folder->path))
    return;
  if (!lp_roots_contain (walk->tree->roots, real))
    report_outside (walk, name, target);
  else if (g_hash_table_add (walk->tree->followed, g_steal_pointer (&real)))
    push (walk, name);
}

static void
add_link (Walk *walk, const char *name)
{
  char text[PATH_MAX + 1];
  g_autofree char *target = NULL;
  const char *kept;
  struct stat st;
  gssize length = readlinkat (walk->descriptor, name, text, PATH_MAX);
  gboolean there, inside;

  if (length < 0)
    return;
  text[length] = '\0';
  target = lp_path_resolve (walk->folder->path, text);
  inside = lp_roots_contain (walk->tree->roots, target);
  there = inside && fstatat (walk->descriptor, name, &st, 0) == 0;
  if (there && S_ISDIR (st.st_mode))
    {
      follow_folder (walk, name, target);
      return;
    }
  kept = add_file (walk, name);
  if (!inside && !g_str_has_suffix (name, ".txt")) /* who reads labels says it of each that matters */
    report_outside (walk, name, target);
  if (kept != NULL && lp_path_is_picture (name) && !there)
    g_hash_table_add (inside ? walk->tree->nowhere : walk->tree->outside, (gpointer) kept);
}

static void
add_name (Walk *walk, const struct dirent *item)
{
  guchar type = item->d_type;
  struct stat st;

  if (is_passed_over (item->d_name))
    return;
  if (type == DT_UNKNOWN && fstatat (walk->descriptor, item->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0)
    type = (guchar) IFTODT (st.st_mode);
  if (type == DT_LNK)
    add_link (walk, item->d_name);
  else if (type == DT_DIR)
    {
      push (walk, item->d_name);
      if (g_str_has_suffix (item->d_name, ".txt") || may_be_ours (item->d_name))
        add_file (walk, item->d_name);
    }
  else
    add_file (walk, item->d_name);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static guint32 *
none_of (guint n)
{
  guint32 *values = g_new (guint32, n + 1);

  memset (values, 0xff, sizeof (guint32) * (n + 1));
  return values;
}

/* A kind of file that may lie there by the thousand, each about something else. */
static gboolean
comes_in_masses (const char *name)
{
  static const char *const ends[] = { ".json", ".jsonl", ".yaml", ".yml" };

  for (guint i = 0; i < G_N_ELEMENTS (ends) && strcmp (name, "data.yaml") != 0; i++)
    if (g_str_has_suffix (name, ends[i]))
      return TRUE;
  return FALSE;
}

/* The first by name of those, so that it does not depend on the order of the disk. */
static void
limit_others (LpTree *tree, const LpFolder *folder)
{
  g_autofree char *relative = NULL;
  guint n = 0, kept = 0;

  for (guint i = 0; i < folder->others->len; i++)
    {
      gpointer name = g_ptr_array_index (folder->others, i);

      n += comes_in_masses (name);
      if (n <= MAX_OTHERS || !comes_in_masses (name))
        g_ptr_array_index (folder->others, kept++) = name;
    }
  g_ptr_array_set_size (folder->others, (gint) kept);
  if (n <= MAX_OTHERS)
    return;
  relative = lp_dataset_relative (tree->dataset, folder->path);
  g_ptr_array_add (tree->dataset->notes,
                   g_strdup_printf (_ ("Of the %u JSON and YAML files in “%s” only the first %d were looked at."), n,
                                    relative, MAX_OTHERS));
}

static void
finish_folder (Walk *walk)
{
  LpFolder *folder = walk->folder;

  g_ptr_array_sort (folder->pictures, compare_names);
  g_ptr_array_sort (folder->texts, compare_names);
  g_ptr_array_sort (folder->others, compare_names);
  limit_others (walk->tree, folder);
  folder->image = none_of (folder->pictures->len);
  folder->owner = none_of (folder->texts->len);
  g_ptr_array_add (walk->tree->folders, folder);
  g_hash_table_insert (walk->tree->by_path, (gpointer) folder->path, folder);
}

/* FALSE with an error where the folder cannot be read. */
static gboolean
read_folder (Walk *walk, const char *path, GError **error)
{
  const struct dirent *item;
  int descriptor = lp_roots_open_folder (walk->tree->roots, path, error);
  DIR *dir;

  if (descriptor < 0)
    return FALSE;
  dir = fdopendir (descriptor);
  g_assert (dir != NULL); /* it is a folder, and open for reading */
  walk->descriptor = dirfd (dir);
  walk->folder = g_new0 (LpFolder, 1);
  walk->folder->path = lp_dataset_intern (walk->tree->dataset, path);
  walk->folder->pictures = g_ptr_array_new ();
  walk->folder->texts = g_ptr_array_new ();
  walk->folder->others = g_ptr_array_new ();
  while ((item = readdir (dir)) != NULL)
    add_name (walk, item);
  closedir (dir);
  finish_folder (walk);
  return TRUE;
}

static int
compare_folders (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(LpFolder *const *) a)->path, (*(LpFolder *const *) b)->path);
}

static void
clear_todo (gpointer data)
{
  g_free (((Todo *) data)->path);
}

gboolean
lp_tree_walk (LpTree *tree, const char *path, LpProgress *progress, GError **error)
{
  g_autoptr (GArray) todo = g_array_new (FALSE, FALSE, sizeof (Todo));
  Walk walk = { .tree = tree, .todo = todo };
  Todo first = { g_strdup (path), 0 };

  g_array_set_clear_func (todo, clear_todo);
  g_array_append_val (todo, first);
  for (guint done = 0; done < todo->len; done++)
    {
      const Todo *next = &g_array_index (todo, Todo, done);
      g_autoptr (GError) problem = NULL;

      if (progress != NULL && g_cancellable_set_error_if_cancelled (progress->cancellable, error))
        return FALSE;
      if (g_hash_table_contains (tree->by_path, next->path))
        continue;
      if (next->depth > MAX_DEPTH)
        {
          lp_read_notice_unreadable (tree->dataset, next->path, 0, 0, _ ("It lies too deep in other folders."));
          continue;
        }
      walk.depth = next->depth;
      lp_progress_add (progress, 1);
      if (read_folder (&walk, next->path, &problem))
        continue;
      if (done == 0)
        return g_propagate_error (error, g_steal_pointer (&problem)), FALSE;
      lp_read_notice_unreadable (tree->dataset, g_array_index (todo, Todo, done).path, 0, 0,
                                 lp_roots_reason (problem));
    }
  g_ptr_array_sort (tree->folders, compare_folders);
  return TRUE;
}

/* ---- finding ---- */

LpFolder *
lp_tree_find (const LpTree *tree, const char *path)
{
  return g_hash_table_lookup (tree->by_path, path);
}

static int
compare_with (const char *known, const char *name, gsize length)
{
  int order = strncmp (known, name, length);

  return order != 0 ? order : (known[length] == '\0' ? 0 : 1);
}

int
lp_tree_index (const GPtrArray *names, const char *name, gsize length, guint *hint)
{
  guint low = 0, high = names->len;

  if (*hint < high && compare_with (g_ptr_array_index (names, *hint), name, length) == 0)
    return (int) (*hint)++;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      int order = compare_with (g_ptr_array_index (names, middle), name, length);

      if (order == 0)
        {
          *hint = middle + 1;
          return (int) middle;
        }
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return -1;
}

guint32
lp_tree_take (LpTree *tree, LpFolder *folder, guint picture)
{
  const char *name = g_ptr_array_index (folder->pictures, picture);
  LpImage *image;

  if (folder->image[picture] != LP_NONE)
    return folder->image[picture];
  folder->image[picture] = lp_dataset_add_image (tree->dataset, folder->path, name);
  image = lp_dataset_image (tree->dataset, folder->image[picture]);
  if (g_hash_table_contains (tree->outside, name))
    image->flags |= LP_IMAGE_OUTSIDE;
  if (g_hash_table_contains (tree->outside, name) || g_hash_table_contains (tree->nowhere, name))
    image->state = LP_IMAGE_MISSING;
  return folder->image[picture];
}

guint32
lp_tree_image (LpTree *tree, const char *path)
{
  g_autofree char *parent = g_path_get_dirname (path);
  const char *name = strrchr (path, '/');
  LpFolder *folder = lp_tree_find (tree, parent);
  guint hint = 0;
  int index;

  if (folder == NULL || name == NULL)
    return LP_NONE;
  index = lp_tree_index (folder->pictures, name + 1, strlen (name + 1), &hint);
  return index >= 0 ? lp_tree_take (tree, folder, (guint) index) : LP_NONE;
}

gboolean
lp_tree_is_below (const char *folder, const char *path)
{
  gsize length = strlen (folder);

  if (length > 0 && folder[length - 1] == '/')
    length--;
  return strncmp (folder, path, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

guint
lp_tree_shared (const char *a, const char *b)
{
  guint n = 0;

  for (; *a != '\0' && *a == *b; a++, b++)
    n += *a == '/';
  /* A component that ends in both is one more. */
  return n + ((*a == '\0' || *a == '/') && (*b == '\0' || *b == '/'));
}

void
lp_tree_take_all (LpTree *tree, const char *path)
{
  for (guint i = 0; i < tree->folders->len; i++)
    {
      LpFolder *folder = g_ptr_array_index (tree->folders, i);

      if (lp_tree_is_below (path, folder->path))
        for (guint j = 0; j < folder->pictures->len; j++)
          lp_tree_take (tree, folder, j);
    }
}
