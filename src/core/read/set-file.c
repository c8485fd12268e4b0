/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "read/lp-set-file.h"
#include "read/lp-yolo.h"

#define LIST_MAX (256 * 1024 * 1024)
#define LIST_MISSING_MAX 10000 /* lines that name nothing; with more it is no list of these pictures */

static void
split_clear (gpointer data)
{
  LpSplit *split = data;

  g_free (split->path);
}

LpSetFile *
lp_set_file_new (const char *path, guint32 file)
{
  LpSetFile *set_file = g_new0 (LpSetFile, 1);

  set_file->path = g_strdup (path);
  set_file->folder = g_path_get_dirname (path);
  set_file->root = g_strdup (set_file->folder);
  set_file->file = file;
  set_file->dictionary = LP_NONE;
  set_file->splits = g_array_new (FALSE, FALSE, sizeof (LpSplit));
  g_array_set_clear_func (set_file->splits, split_clear);
  return set_file;
}

LpSetFile *
lp_set_file_of_list (const char *path)
{
  LpSetFile *set_file = lp_set_file_new (path, LP_NONE);
  LpSplit split = { .name = "list", .path = g_strdup (path), .is_list = TRUE };

  g_array_append_val (set_file->splits, split);
  return set_file;
}

void
lp_set_file_free (LpSetFile *set_file)
{
  g_free (set_file->path);
  g_free (set_file->folder);
  g_free (set_file->root);
  g_array_unref (set_file->splits);
  g_free (set_file);
}

LpSetFile *
lp_set_file_read (
  LpDataset *dataset, const LpRoots *roots, const char *path, LpDictOrigin origin, gboolean splits, GError **error)
{
  if (g_str_has_suffix (path, ".data"))
    return lp_darknet_read (dataset, roots, path, origin, splits, error);
  return lp_data_yaml_read (dataset, roots, path, origin, splits, error);
}

LpSetFile *
lp_set_file_unreadable (LpDataset *dataset, const char *path, const char *sentence)
{
  static const LpIdentity unknown;
  g_autofree char *folder = g_path_get_dirname (path), *name = g_path_get_basename (path);
  LpSetFile *set_file = lp_set_file_new (path, lp_dataset_add_file (dataset, folder, name, &unknown));

  if (sentence != NULL)
    lp_set_file_notice (dataset, set_file, LP_RULE_DATASET_UNREADABLE, 0, 0, sentence);
  return set_file;
}

void
lp_set_file_notice (
  LpDataset *dataset, const LpSetFile *set_file, LpRuleId rule, guint line, guint column, const char *detail)
{
  LpFinding finding = LP_FINDING_INIT;

  finding.rule = (guint16) rule;
  finding.file = set_file->file;
  finding.line = line;
  finding.column = column;
  finding.detail = lp_dataset_add_detail (dataset, detail, -1);
  lp_dataset_notice (dataset, &finding);
}

LpWhereabouts
lp_whereabouts (const LpRoots *roots, const char *path)
{
  g_autofree char *real = realpath (path, NULL);

  if (real == NULL)
    return LP_NOT_THERE;
  return lp_roots_contain (roots, path) && lp_roots_contain (roots, real) ? LP_THERE : LP_OUTSIDE;
}

/* ---- lists of pictures ---- */

typedef struct
{
  LpDataset *dataset;
  const LpRoots *roots;
  const char *root;  /* of the set */
  char *folder;      /* of the list */
  LpSetFile *itself; /* the list, for what is noticed of it */
  GPtrArray *found;
} List;

static char *
find_from (const List *list, const char *base, const char *value, LpWhereabouts *why)
{
  g_autofree char *path = lp_path_resolve (base, value);
  struct stat st;

  if (stat (path, &st) != 0 || S_ISDIR (st.st_mode))
    return NULL;
  *why = lp_roots_contain (list->roots, path) ? LP_THERE : LP_OUTSIDE;
  return *why == LP_THERE ? g_steal_pointer (&path) : NULL;
}

/* A leading "./" is the list's folder; the trainer takes any other relative path from where it runs, which is most
 * often the root of the data set. Exports that are meant to be unpacked into Darknet's "data" name that folder too.
 */
static char *
find_listed (const List *list, const char *value, LpWhereabouts *why)
{
  g_autofree char *above = g_path_get_dirname (list->folder);
  const char *bases[] = { g_str_has_prefix (value, "./") ? list->folder : list->root, list->folder, above };
  const char *values[] = { value, lp_set_file_without_data (value) };

  *why = LP_NOT_THERE;
  for (guint j = 0; j < G_N_ELEMENTS (values) && values[j] != NULL; j++)
    for (guint i = 0; i < G_N_ELEMENTS (bases); i++)
      {
        char *path = find_from (list, bases[i], values[j], why);

        if (path != NULL)
          return path;
      }
  return NULL;
}

/* A line of the list; FALSE: it names nothing that may be read, which is noticed. */
static gboolean
take_listed (List *list, const char *value, guint line)
{
  LpWhereabouts why;
  char *picture = find_listed (list, value, &why);

  if (picture != NULL)
    g_ptr_array_add (list->found, picture);
  else
    lp_set_file_notice (list->dataset, list->itself,
                        why == LP_OUTSIDE ? LP_RULE_DATASET_PATH_OUTSIDE : LP_RULE_DATASET_PATH_UNRESOLVED, line, 1,
                        value);
  return picture != NULL;
}

static void
take_lines (List *list, char *text)
{
  guint line = 0, missing = 0;

  for (char *next = text, *at; (at = strsep (&next, "\n")) != NULL;)
    {
      line++;
      if (line == 1 && g_str_has_prefix (at, "\xef\xbb\xbf"))
        at += 3;
      if (*g_strstrip (at) == '\0')
        continue;
      missing += !take_listed (list, at, line);
      if (missing == LIST_MISSING_MAX)
        {
          lp_read_notice_unreadable (list->dataset, list->itself->path, line, 1,
                                     _ ("Too many of its lines name nothing. The rest was not read."));
          return;
        }
    }
}

GPtrArray *
lp_picture_list_read (LpDataset *dataset, const LpRoots *roots, const char *path, const char *root, GError **error)
{
  guint32 file;
  g_autoptr (GBytes) bytes = lp_text_file_read (dataset, roots, path, LIST_MAX, &file, error);
  g_autoptr (LpSetFile) itself = NULL;
  g_autofree char *text = NULL;
  List list = { dataset, roots, root };
  gsize length;

  if (bytes == NULL)
    return NULL;
  length = g_bytes_get_size (bytes);
  text = g_strndup (length > 0 ? g_bytes_get_data (bytes, NULL) : "", length);
  if (strlen (text) < length)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("It contains zero bytes."));
      return NULL;
    }
  itself = lp_set_file_new (path, file);
  list.folder = itself->folder;
  list.itself = itself;
  list.found = g_ptr_array_new_with_free_func (g_free);
  take_lines (&list, text);
  return list.found;
}
