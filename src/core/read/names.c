/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "base/lp-yaml.h"
#include "lp-rule-ids.h"
#include "read/lp-formats.h"
#include "read/lp-set-file.h"
#include "read/lp-yolo.h"

#define NAMES_FILE_MAX (16 * 1024 * 1024)
#define NAMES_MAX 1000000
#define HEAD (64 * 1024)

/* ---- what cannot be read ---- */

void
lp_read_notice_unreadable (LpDataset *dataset, const char *path, guint line, guint column, const char *reason)
{
  g_autofree char *folder = g_path_get_dirname (path), *name = g_path_get_basename (path);
  LpFinding finding = LP_FINDING_INIT;

  finding.rule = LP_RULE_DATASET_UNREADABLE;
  finding.file = lp_dataset_add_file (dataset, folder, name, NULL);
  finding.line = line;
  finding.column = column;
  finding.detail = lp_dataset_add_detail (dataset, reason, -1);
  lp_dataset_notice (dataset, &finding);
}

gboolean
lp_read_has_room (LpDataset *dataset, const char *path)
{
  if (dataset->layers->len < LP_LAYERS_MAX)
    return TRUE;
  lp_read_notice_unreadable (dataset, path, 0, 0, _ ("There are too many sets of labels. Open fewer at a time."));
  return FALSE;
}

/* ---- any small text ---- */

GBytes *
lp_text_file_read (
  LpDataset *dataset, const LpRoots *roots, const char *path, gsize limit, guint32 *file, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path), *name = g_path_get_basename (path);
  LpIdentity identity;
  GBytes *bytes = lp_roots_read (roots, path, limit, &identity, error);
  const char *data;
  gsize length;

  if (bytes == NULL)
    return NULL;
  *file = lp_dataset_add_file (dataset, folder, name, &identity);
  data = g_bytes_get_data (bytes, &length);
  if (length >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    lp_dataset_file (dataset, *file)->flags |= LP_FILE_BOM;
  if (length > 0 && memchr (data, '\r', length) != NULL)
    lp_dataset_file (dataset, *file)->flags |= LP_FILE_CRLF;
  return bytes;
}

/* ---- names files ---- */

gboolean
lp_names_probe (const char *name)
{
  return strcmp (name, "classes.txt") == 0 || strcmp (name, "notes.json") == 0 || g_str_has_suffix (name, ".names");
}

static gboolean
is_blank (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isspace (text[i]))
      return FALSE;
  return TRUE;
}

/* The lines up to the last that is not blank. */
static void
take_names (LpDataset *dataset, LpDictionary *dict, const char *data, gsize length, gsize at)
{
  guint32 line = 1;

  while (length > at && is_blank (data + length - 1, 1))
    length--;
  if (length == at)
    return;
  /* Blanks behind the last name are part of it. */
  while (data[length] != '\0' && data[length] != '\n' && data[length] != '\r')
    length++;
  while (at < length && dict->names->len < NAMES_MAX)
    {
      const char *end = memchr (data + at, '\n', length - at);
      gsize next = end != NULL ? (gsize) (end - data) : length, size = next - at;
      LpPlace place = { .offset = at, .line = line++, .column = 1 };

      if (size > 0 && data[at + size - 1] == '\r')
        size--;
      place.length = size;
      lp_dictionary_add_name (dataset, dict, data + at, (gssize) size, place);
      at = next + 1;
    }
}

static LpDictionary *
read_lines (LpDataset *dataset, const LpRoots *roots, const char *path, LpDictOrigin origin, GError **error)
{
  guint32 file;
  g_autoptr (GBytes) bytes = lp_text_file_read (dataset, roots, path, NAMES_FILE_MAX, &file, error);
  g_autofree char *name = g_path_get_basename (path), *text = NULL;
  LpDictionary *dict;
  gsize length;
  const char *data;

  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &length);
  if (length > 0 && (memchr (data, '\0', length) != NULL || (length >= 2 && memcmp (data, "\xff\xfe", 2) == 0)))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("“%s” is not a text file with a name a line."),
                   name);
      return NULL;
    }
  dict = lp_dataset_add_dictionary (dataset, origin, file, name);
  dict->style = LP_DICT_STYLE_LINES;
  dict->line = 1;
  text = g_strndup (data, length);
  take_names (dataset, dict, text, length, (lp_dataset_file (dataset, file)->flags & LP_FILE_BOM) ? 3 : 0);
  return dict;
}

LpDictionary *
lp_names_read (LpDataset *dataset, const LpRoots *roots, const char *path, LpDictOrigin origin, GError **error)
{
  if (g_str_has_suffix (path, "/notes.json"))
    return lp_notes_read (dataset, roots, path, origin, error);
  return read_lines (dataset, roots, path, origin, error);
}

/* ---- any kind ---- */

GBytes *
lp_head_read (const LpRoots *roots, const char *path, GError **error)
{
  int descriptor = lp_roots_open (roots, path, error);
  g_autofree guint8 *head = g_malloc (HEAD);
  gssize got;

  if (descriptor < 0)
    return NULL;
  got = read (descriptor, head, HEAD);
  if (got < 0)
    g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
  close (descriptor);
  return got < 0 ? NULL : g_bytes_new (head, (gsize) got);
}

static LpDictionary *
read_yaml_names (LpDataset *dataset, const LpRoots *roots, const char *path, LpDictOrigin origin, GError **error)
{
  g_autoptr (LpSetFile) yaml = lp_data_yaml_read (dataset, roots, path, origin, FALSE, error);
  g_autofree char *name = g_path_get_basename (path);

  if (yaml == NULL)
    return NULL;
  if (yaml->dictionary == LP_NONE)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("No names can be read from “%s”."), name);
  return lp_dataset_dict (dataset, yaml->dictionary);
}

LpDictionary *
lp_read_dictionary (LpDataset *dataset, const LpRoots *roots, const char *path, LpDictOrigin origin, GError **error)
{
  g_autofree char *full = lp_path_resolve (NULL, path), *name = g_path_get_basename (full);
  g_autoptr (GBytes) head = lp_head_read (roots, full, error);
  const char *data;
  gsize length;

  if (head == NULL)
    return NULL;
  data = g_bytes_get_data (head, &length);
  if (g_str_has_suffix (name, ".yaml") || g_str_has_suffix (name, ".yml"))
    return read_yaml_names (dataset, roots, full, origin, error);
  if (lp_label_category_probe (name, data, length))
    return lp_label_category_read (dataset, roots, full, origin, error);
  if (lp_manifest_probe (name, data, length))
    return lp_manifest_names (dataset, roots, full, origin, error);
  return lp_names_read (dataset, roots, full, origin, error);
}
