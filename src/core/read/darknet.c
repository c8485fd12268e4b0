/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "read/lp-set-file.h"
#include "read/lp-yolo.h"

/* Darknet's *.data: a key and a value a line, "=" between them, blanks anywhere around them. */

#define DATA_MAX (1024 * 1024)
#define LEVELS_MAX 4 /* folders above the file in which Darknet may have been started */

typedef struct
{
  char *key, *value;    /* in the text */
  guint32 line, column; /* of the value */
} Setting;

/* Cuts the line in two in place; FALSE: it sets nothing. */
static gboolean
cut (char *line, guint number, Setting *out)
{
  char *equals = strchr (line, '=');
  const char *begin = line;

  if (*line == '#' || *line == ';' || equals == NULL)
    return FALSE;
  *equals = '\0';
  out->value = equals + 1;
  while (g_ascii_isspace (*out->value))
    out->value++;
  out->column = (guint32) (out->value - begin) + 1;
  out->line = number;
  g_strchomp (out->value);
  out->key = g_strstrip (line);
  return TRUE;
}

/* The settings of `text`, which is cut up; the strings stay in it. */
static GArray *
settings_of (char *text)
{
  GArray *settings = g_array_new (FALSE, FALSE, sizeof (Setting));
  guint number = 0;

  for (char *next = text, *line; (line = strsep (&next, "\n")) != NULL;)
    {
      Setting setting;

      number++;
      if (number == 1 && g_str_has_prefix (line, "\xef\xbb\xbf"))
        line += 3;
      if (cut (line, number, &setting))
        g_array_append_val (settings, setting);
    }
  return settings;
}

/* Of a key that is there twice Darknet takes the first. */
static const Setting *
find (const GArray *settings, const char *key)
{
  for (guint i = 0; i < settings->len; i++)
    {
      const Setting *setting = &g_array_index (settings, Setting, i);

      if (strcmp (setting->key, key) == 0)
        return setting;
    }
  return NULL;
}

gboolean
lp_darknet_probe (const char *name, const char *data, gsize length)
{
  g_autofree char *text = NULL;
  g_autoptr (GArray) settings = NULL;

  if (!g_str_has_suffix (name, ".data") || memchr (data, '\0', length) != NULL)
    return FALSE;
  text = g_strndup (data, length);
  settings = settings_of (text);
  return find (settings, "names") != NULL || find (settings, "train") != NULL;
}

/* ---- where things lie ---- */

typedef struct
{
  LpDataset *dataset;
  const LpRoots *roots;
  LpSetFile *out;
  LpDictOrigin origin;
} Reader;

static char *
find_from (const Reader *r, const char *base, const char *value, LpWhereabouts *why)
{
  g_autofree char *path = lp_path_resolve (base, value);
  LpWhereabouts found = lp_whereabouts (r->roots, path);

  if (found == LP_THERE || (found == LP_OUTSIDE && *why == LP_NOT_THERE))
    *why = found;
  return found == LP_THERE ? g_steal_pointer (&path) : NULL;
}

/* The path, and in `base` the folder that it begins at. Free both with g_free; NULL with why. */
static char *
find_path (const Reader *r, const char *value, char **base, LpWhereabouts *why)
{
  const char *values[] = { value, lp_set_file_without_data (value) };

  *why = LP_NOT_THERE;
  for (guint j = 0; j < G_N_ELEMENTS (values) && values[j] != NULL; j++)
    {
      g_autofree char *folder = g_strdup (r->out->folder);

      for (guint i = 0; i <= LEVELS_MAX; i++)
        {
          char *path = find_from (r, folder, values[j], why), *above;

          if (path != NULL)
            {
              *base = g_steal_pointer (&folder);
              return path;
            }
          above = g_path_get_dirname (folder);
          g_free (folder);
          folder = above;
        }
    }
  return NULL;
}

/* Free with g_free; NULL: it is not there, which is noticed. */
static char *
take_path (Reader *r, const Setting *setting, char **base)
{
  LpWhereabouts why;
  char *path = find_path (r, setting->value, base, &why);

  if (path == NULL)
    lp_set_file_notice (r->dataset, r->out,
                        why == LP_OUTSIDE ? LP_RULE_DATASET_PATH_OUTSIDE : LP_RULE_DATASET_PATH_UNRESOLVED,
                        setting->line, setting->column, setting->value);
  return path;
}

static void
take_split (Reader *r, const Setting *setting, const char *name)
{
  LpSplit split = { .name = name };
  g_autofree char *base = NULL;

  if (setting == NULL || *setting->value == '\0')
    return;
  split.path = take_path (r, setting, &base);
  if (split.path == NULL)
    return;
  split.line = setting->line;
  split.column = setting->column;
  split.is_list = !g_file_test (split.path, G_FILE_TEST_IS_DIR);
  g_array_append_val (r->out->splits, split);
  g_free (r->out->root);
  r->out->root = g_steal_pointer (&base);
}

/* ---- names ---- */

static void
take_count (Reader *r, const Setting *setting, LpDictionary *dict)
{
  guint64 n;

  if (setting == NULL || !g_ascii_string_to_unsigned (setting->value, 10, 0, G_MAXINT32, &n, NULL) ||
      n == dict->names->len)
    return;
  g_autofree char *detail = g_strdup_printf (_ ("“classes” is %u; the number of names in “%s” is %u."), (guint) n,
                                             dict->title, dict->names->len);
  lp_set_file_notice (r->dataset, r->out, LP_RULE_DATASET_DARKNET_DATA, setting->line, setting->column, detail);
}

static void
take_names (Reader *r, const GArray *settings)
{
  const Setting *names = find (settings, "names");
  g_autofree char *base = NULL, *path = NULL;
  g_autoptr (GError) error = NULL;
  LpDictionary *dict;

  if (names == NULL || *names->value == '\0')
    return;
  path = take_path (r, names, &base);
  if (path == NULL)
    return;
  dict = lp_names_read (r->dataset, r->roots, path, r->origin, &error);
  if (dict == NULL)
    {
      lp_read_notice_unreadable (r->dataset, path, 0, 0, lp_roots_reason (error));
      return;
    }
  r->out->dictionary = r->dataset->dicts->len - 1;
  take_count (r, find (settings, "classes"), dict);
}

/* ---- the file ---- */

/* Without a list to train from, Darknet does not begin. */
static void
require (Reader *r, const GArray *settings)
{
  static const char *const keys[] = { "names", "train", "valid" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const Setting *setting = find (settings, keys[i]);
      g_autofree char *detail = NULL;

      if (setting != NULL && *setting->value != '\0')
        continue;
      detail = g_strdup_printf (_ ("“%s” is not set."), keys[i]);
      lp_set_file_notice (r->dataset, r->out, LP_RULE_DATASET_DARKNET_DATA, setting != NULL ? setting->line : 1, 1,
                          detail);
    }
}

LpSetFile *
lp_darknet_read (
  LpDataset *dataset, const LpRoots *roots, const char *path, LpDictOrigin origin, gboolean splits, GError **error)
{
  guint32 file;
  g_autoptr (GBytes) bytes = lp_text_file_read (dataset, roots, path, DATA_MAX, &file, error);
  g_autoptr (LpSetFile) out = NULL;
  g_autoptr (GArray) settings = NULL;
  g_autofree char *text = NULL;
  Reader r = { dataset, roots, .origin = origin };
  gsize length;

  if (bytes == NULL)
    return NULL;
  out = lp_set_file_new (path, file);
  r.out = out;
  length = g_bytes_get_size (bytes);
  text = g_strndup (length > 0 ? g_bytes_get_data (bytes, NULL) : "", length);
  settings = settings_of (text);
  take_names (&r, settings);
  if (splits)
    {
      require (&r, settings);
      take_split (&r, find (settings, "train"), "train");
      take_split (&r, find (settings, "valid"), "val");
      take_split (&r, find (settings, "eval"), "test");
    }
  return g_steal_pointer (&out);
}
