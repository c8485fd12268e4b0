/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/lp-yaml.h"
#include "read/lp-set-file.h"
#include "read/lp-yolo.h"

#define KEY_MAX 1000000 /* a class number beyond is a slip, not a list with a million holes */

typedef struct
{
  LpDataset *dataset;
  const LpRoots *roots;
  const LpYaml *yaml;
  LpSetFile *out;
  gboolean root_is_outside; /* reported: so are the splits below it */
} Reader;

static void
report (Reader *r, LpRuleId rule, guint line, guint column, const char *detail)
{
  lp_set_file_notice (r->dataset, r->out, rule, line, column, detail);
}

static void
report_at (Reader *r, LpRuleId rule, const LpYamlScalar *scalar, const char *detail)
{
  report (r, rule, scalar->line, scalar->column, detail);
}

static LpPlace
place_of (const LpYamlScalar *scalar)
{
  return (
    LpPlace){ .offset = scalar->offset, .length = scalar->size, .line = scalar->line, .column = scalar->column };
}

/* ---- names ---- */

/* About a name, so that it can be told from others of the same line. */
static void
report_name (Reader *r, LpRuleId rule, const LpYamlScalar *at, const char *detail, double a, double b)
{
  LpFinding finding = LP_FINDING_INIT;

  finding.rule = (guint16) rule;
  finding.file = r->out->file;
  finding.line = at->line;
  finding.column = at->column;
  finding.other = r->out->dictionary;
  finding.detail = detail != NULL ? lp_dataset_add_detail (r->dataset, detail, -1) : LP_NONE;
  finding.a = a;
  finding.b = b;
  lp_dataset_notice (r->dataset, &finding);
}

static void
add_name (Reader *r, LpDictionary *dict, const LpYamlScalar *name)
{
  g_autofree char *coerced = lp_yaml_coerced (name);

  if (coerced != NULL)
    {
      g_autofree char *detail = g_strdup_printf ("%s → %s", name->text, coerced);

      report_name (r, LP_RULE_CLASS_YAML_COERCED, name, detail, dict->names->len, 0);
    }
  lp_dictionary_add_name (r->dataset, dict, name->text, name->length, place_of (name));
}

static void
take_list (Reader *r, LpDictionary *dict, const LpYamlEntry *names)
{
  dict->style = LP_DICT_STYLE_LIST;
  for (guint i = 0; i < names->n_items; i++)
    {
      const LpYamlScalar *name = lp_yaml_item (r->yaml, names, i);

      if (name->text == NULL)
        report_at (r, LP_RULE_DATASET_YAML_INVALID, name, _ ("A name is a word, not a list or a map."));
      add_name (r, dict, name);
    }
}

static int
compare_keys (gconstpointer a, gconstpointer b, gpointer data)
{
  const gint64 *keys = data;
  guint i = *(const guint *) a, j = *(const guint *) b;

  if (keys[i] != keys[j])
    return keys[i] < keys[j] ? -1 : 1;
  return i < j ? -1 : i > j;
}

/* The trainer wants numbers from 0 on without a gap. */
static void
notice_gap (Reader *r, const LpDictionary *dict, const LpYamlEntry *names)
{
  for (guint i = 0; i < dict->names->len; i++)
    if (g_ptr_array_index (dict->names, i) == NULL)
      {
        report_name (r, LP_RULE_CLASS_KEYS_NOT_CONTIGUOUS, lp_yaml_item (r->yaml, names, 0), NULL, i,
                     dict->names->len - 1);
        return;
      }
}

/* In the order of their numbers; of a number that is there twice the last counts, a number left out is a hole. */
static void
take_map (Reader *r, LpDictionary *dict, const LpYamlEntry *names)
{
  guint n = names->n_items / 2, used = 0;
  g_autofree gint64 *keys = g_new0 (gint64, n + 1);
  g_autofree guint *order = g_new0 (guint, n + 1);

  dict->style = LP_DICT_STYLE_MAP;
  for (guint i = 0; i < n; i++)
    {
      const LpYamlScalar *key = lp_yaml_item (r->yaml, names, 2 * i),
                         *name = lp_yaml_item (r->yaml, names, 2 * i + 1);

      if (!lp_yaml_integer (key, &keys[i]) || keys[i] < 0 || keys[i] > KEY_MAX)
        report_at (r, LP_RULE_DATASET_YAML_INVALID, key, _ ("The number of a name is a whole number from 0."));
      else if (name->text == NULL)
        report_at (r, LP_RULE_DATASET_YAML_INVALID, name, _ ("A name is a word, not a list or a map."));
      else
        order[used++] = i;
    }
  g_qsort_with_data (order, (gint) used, sizeof *order, compare_keys, keys);
  for (guint i = 0; i < used; i++)
    {
      const LpYamlScalar *name = lp_yaml_item (r->yaml, names, 2 * order[i] + 1);

      if (i + 1 < used && keys[order[i + 1]] == keys[order[i]])
        {
          report_name (r, LP_RULE_CLASS_YAML_DUPLICATE_KEY, lp_yaml_item (r->yaml, names, 2 * order[i]), name->text,
                       (double) keys[order[i]], 0);
          continue;
        }
      while (dict->names->len < keys[order[i]])
        lp_dictionary_add_name (r->dataset, dict, NULL, 0, (LpPlace){ 0 });
      add_name (r, dict, name);
    }
  notice_gap (r, dict, names);
}

static void
take_count (Reader *r, LpDictionary *dict)
{
  const LpYamlEntry *nc = lp_yaml_find (r->yaml, "nc");
  gint64 n;

  if (nc == NULL || nc->kind != LP_YAML_SCALAR || !lp_yaml_integer (&nc->value, &n) || n < 0 || n > G_MAXINT32)
    return;
  dict->declared = (gint32) n;
  dict->declared_at = place_of (&nc->value);
}

static void
take_names (Reader *r, LpDictOrigin origin)
{
  const LpYamlEntry *names = lp_yaml_find (r->yaml, "names");
  const LpFile *file = lp_dataset_file (r->dataset, r->out->file);
  LpDictionary *dict;

  if (names == NULL)
    return;
  if (names->kind == LP_YAML_SCALAR)
    {
      report_at (r, LP_RULE_DATASET_YAML_INVALID, &names->value, _ ("“names” is neither a list nor a map."));
      return;
    }
  dict = lp_dataset_add_dictionary (r->dataset, origin, r->out->file, file->name);
  r->out->dictionary = r->dataset->dicts->len - 1;
  dict->line = names->n_items > 0 ? lp_yaml_item (r->yaml, names, 0)->line : names->key.line;
  if (names->kind == LP_YAML_LIST)
    take_list (r, dict, names);
  else
    take_map (r, dict, names);
  take_count (r, dict);
}

static gboolean
read_shape (const Reader *r, const LpYamlEntry *shape, gint64 *n, gint64 *size)
{
  return shape->kind == LP_YAML_LIST && shape->n_items == 2 &&
         lp_yaml_integer (lp_yaml_item (r->yaml, shape, 0), n) &&
         lp_yaml_integer (lp_yaml_item (r->yaml, shape, 1), size) && *n > 0 && *n <= G_MAXUINT16 &&
         (*size == 2 || *size == 3);
}

static void
take_keypoints (Reader *r)
{
  const LpYamlEntry *shape = lp_yaml_find (r->yaml, "kpt_shape"), *flip = lp_yaml_find (r->yaml, "flip_idx");
  gint64 n, size;

  if (shape == NULL)
    return;
  if (!read_shape (r, shape, &n, &size))
    {
      report_at (r, LP_RULE_DATASET_KPT_SHAPE, &shape->key,
                 _ ("“kpt_shape” is not the number of key points and 2 or 3, as [17, 3]"));
      return;
    }
  r->out->keypoints = (guint) n;
  r->out->keypoint_size = (guint) size;
  if (flip != NULL && (flip->kind != LP_YAML_LIST || flip->n_items != n))
    report_at (r, LP_RULE_DATASET_KPT_SHAPE, &flip->key,
               _ ("“flip_idx” does not list as many numbers as there are key points"));
}

/* ---- where the pictures lie ---- */

/* The trainer tries root/value, then without a leading "../". Where that is nothing, the folder of the file is tried,
 * so that what is there is looked at all the same: `astray`. Free with g_free; NULL with why. */
static char *
find_split (Reader *r, const char *value, LpWhereabouts *why, gboolean *astray)
{
  const char *bases[] = { r->out->root, r->out->folder };
  const char *values[] = { value, g_str_has_prefix (value, "../") ? value + 3 : NULL };

  *why = LP_NOT_THERE;
  for (guint i = 0; i < G_N_ELEMENTS (bases); i++)
    for (guint j = 0; j < G_N_ELEMENTS (values); j++)
      {
        g_autofree char *path = values[j] != NULL ? lp_path_resolve (bases[i], values[j]) : NULL;
        LpWhereabouts found = path != NULL ? lp_whereabouts (r->roots, path) : LP_NOT_THERE;

        if (found == LP_THERE)
          {
            *why = LP_THERE;
            *astray = i > 0;
            return g_steal_pointer (&path);
          }
        if (found == LP_OUTSIDE)
          *why = LP_OUTSIDE;
      }
  return NULL;
}

static void
report_astray (Reader *r, const LpYamlScalar *value)
{
  const LpYamlEntry *path = lp_yaml_find (r->yaml, "path");
  g_autofree char *whole = g_build_filename (path->value.text, value->text, NULL);

  report_at (r, LP_RULE_DATASET_PATH_UNRESOLVED, value, whole);
}

static void
take_split (Reader *r, const char *name, const LpYamlScalar *value)
{
  LpSplit split = { .name = name, .line = value->line, .column = value->column };
  LpWhereabouts why;
  gboolean astray = FALSE;

  if (value->text == NULL || value->length == 0)
    return;
  split.path = find_split (r, value->text, &why, &astray);
  if (split.path == NULL)
    {
      if (why == LP_OUTSIDE || !r->root_is_outside)
        report_at (r, why == LP_OUTSIDE ? LP_RULE_DATASET_PATH_OUTSIDE : LP_RULE_DATASET_PATH_UNRESOLVED, value,
                   value->text);
      return;
    }
  if (astray && !r->root_is_outside)
    report_astray (r, value);
  split.is_list = !g_file_test (split.path, G_FILE_TEST_IS_DIR);
  g_array_append_val (r->out->splits, split);
}

static void
take_splits (Reader *r)
{
  static const struct
  {
    const char *key, *name;
  } keys[] = {
    { "train", "train" }, { "val", "val" }, { "validation", "val" }, { "test", "test" }, { "minival", "minival" }
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const LpYamlEntry *entry = lp_yaml_find (r->yaml, keys[i].key);

      if (entry == NULL || (strcmp (keys[i].key, "validation") == 0 && lp_yaml_find (r->yaml, "val") != NULL))
        continue;
      if (entry->kind == LP_YAML_SCALAR)
        take_split (r, keys[i].name, &entry->value);
      for (guint j = 0; entry->kind == LP_YAML_LIST && j < entry->n_items; j++)
        take_split (r, keys[i].name, lp_yaml_item (r->yaml, entry, j));
    }
}

/* `path:`, or the folder of the data.yaml. The trainer looks for a relative one below a folder of its settings, which
 * nobody can know here; people mean the folder of the file. */
static void
take_root (Reader *r)
{
  const LpYamlEntry *path = lp_yaml_find (r->yaml, "path");
  g_autofree char *root = NULL;
  LpWhereabouts found;

  if (path == NULL || path->kind != LP_YAML_SCALAR || path->value.length == 0)
    return;
  if (path->value.text[0] != '/')
    report_at (r, LP_RULE_DATASET_PATH_RELATIVE_TO_SETTINGS, &path->value, path->value.text);
  root = lp_path_resolve (r->out->folder, path->value.text);
  found = lp_whereabouts (r->roots, root);
  if (found == LP_THERE)
    {
      g_free (r->out->root);
      r->out->root = g_steal_pointer (&root);
    }
  else if (found == LP_OUTSIDE)
    {
      report_at (r, LP_RULE_DATASET_PATH_OUTSIDE, &path->value, path->value.text);
      r->root_is_outside = TRUE;
    }
  else if (path->value.text[0] == '/')
    report_at (r, LP_RULE_DATASET_PATH_UNRESOLVED, &path->value, path->value.text);
}

/* It is never run and never fetched. */
static void
notice_download (Reader *r)
{
  const LpYamlEntry *download = lp_yaml_find (r->yaml, "download");

  if (download != NULL && download->kind == LP_YAML_SCALAR && download->value.length > 0 &&
      strcmp (download->value.text, "null") != 0)
    {
      g_autofree char *line = g_strndup (download->value.text, strcspn (download->value.text, "\r\n"));

      report_at (r, LP_RULE_DATASET_YAML_DOWNLOAD, &download->key, line);
    }
}

/* ---- the file ---- */

static gboolean
is_usual_name (const char *name)
{
  return strcmp (name, "data.yaml") == 0 || strcmp (name, "data.yml") == 0 || strcmp (name, "dataset.yaml") == 0;
}

gboolean
lp_data_yaml_probe (const char *name, const char *data, gsize length)
{
  LpYamlProblem problem;
  g_autoptr (LpYaml) yaml = lp_yaml_read (data, length, &problem);

  if ((yaml == NULL || yaml->entries->len == 0) && is_usual_name (name))
    return TRUE; /* broken beyond telling, or nothing is left of it */
  if (yaml != NULL)
    return lp_yaml_find (yaml, "names") != NULL || lp_yaml_find (yaml, "train") != NULL;
  return g_strstr_len (data, (gssize) length, "names:") != NULL ||
         g_strstr_len (data, (gssize) length, "train:") != NULL;
}

LpSetFile *
lp_data_yaml_read (
  LpDataset *dataset, const LpRoots *roots, const char *path, LpDictOrigin origin, gboolean splits, GError **error)
{
  guint32 file;
  g_autoptr (GBytes) bytes = lp_text_file_read (dataset, roots, path, LP_YAML_MAX_BYTES + 1, &file, error);
  g_autoptr (LpYaml) yaml = NULL;
  g_autoptr (LpSetFile) out = NULL;
  LpYamlProblem problem;
  Reader r = { dataset, roots };
  const char *data;
  gsize length;

  if (bytes == NULL)
    return NULL;
  out = lp_set_file_new (path, file);
  data = g_bytes_get_data (bytes, &length);
  yaml = lp_yaml_read (data, length, &problem);
  r.yaml = yaml;
  r.out = out;
  if (yaml == NULL)
    {
      report (&r, LP_RULE_DATASET_YAML_INVALID, problem.line, problem.column, problem.sentence);
      return g_steal_pointer (&out);
    }
  if (yaml->entries->len == 0)
    report (&r, LP_RULE_DATASET_YAML_INVALID, 1, 1, _ ("The file has no keys."));
  take_names (&r, origin);
  if (splits)
    {
      take_keypoints (&r);
      take_root (&r);
      take_splits (&r);
      notice_download (&r);
    }
  return g_steal_pointer (&out);
}
