/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/lp-json.h"
#include "base/lp-text.h"
#include "read/lp-yolo.h"

/* Label Studio's notes.json beside its YOLO export: {"categories": [{"id": 0, "name": "pen"}, …], "info": …}. The ids
 * are what stands in the label files, as numbers or as strings of digits, in any order. */

#define FILE_MAX_BYTES (16 * 1024 * 1024)
#define ID_MAX 1000000 /* beyond, it is a slip, not a list with a million holes */

typedef struct
{
  LpDataset *dataset;
  LpJson json;
  GPtrArray *names; /* char *, owned; by id */
  GArray *places;   /* LpPlace */
  GString *scratch;
} Reader;

/* The id that a token is, or -1. */
static gint64
id_of (Reader *r, const LpJsonToken *token)
{
  guint quote = token->kind == LP_JSON_STRING;
  g_autofree char *number = NULL;
  guint64 id;

  if (token->kind == LP_JSON_NUMBER || token->kind == LP_JSON_STRING)
    number = g_strndup (r->json.text + token->start + quote, token->end - token->start - 2 * quote);
  return number != NULL && g_ascii_string_to_unsigned (number, 10, 0, ID_MAX, &id, NULL) ? (gint64) id : -1;
}

static void
keep (Reader *r, gint64 id, const LpJsonToken *name)
{
  LpPlace place = { .offset = name->start, .length = name->end - name->start };
  guint32 line, column;
  const char *text;
  gsize length;

  lp_json_position (&r->json, name->start, &line, &column);
  place.line = line;
  place.column = column;
  while (r->names->len <= id)
    {
      LpPlace nowhere = { 0 };

      g_ptr_array_add (r->names, NULL);
      g_array_append_val (r->places, nowhere);
    }
  text = lp_json_string (&r->json, name, r->scratch, &length);
  g_free (g_ptr_array_index (r->names, id));
  /* A name cannot hold NUL; such a one stays as it is written. */
  g_ptr_array_index (r->names, id) = memchr (text, '\0', length) == NULL
                                       ? g_strndup (text, length)
                                       : g_strndup (r->json.text + name->start + 1, place.length - 2);
  g_array_index (r->places, LpPlace, id) = place;
}

/* One category; FALSE: the JSON is broken. */
static gboolean
read_category (Reader *r, LpJsonToken *token)
{
  LpJsonToken name = { .kind = LP_JSON_NULL }, key;
  gint64 id = -1;

  if (token->kind != LP_JSON_OBJECT)
    return lp_json_skip (&r->json, token);
  while (lp_json_next (&r->json, &key) == LP_JSON_KEY)
    {
      gboolean is_id = lp_json_is (&r->json, &key, "id"), is_name = lp_json_is (&r->json, &key, "name");

      if (!lp_json_skip (&r->json, &key))
        return FALSE;
      if (is_id)
        id = id_of (r, &key);
      else if (is_name)
        name = key;
    }
  if (id >= 0 && name.kind == LP_JSON_STRING)
    keep (r, id, &name);
  return r->json.problem == LP_JSON_FINE;
}

static void
read_document (Reader *r)
{
  LpJsonToken token;

  if (lp_json_next (&r->json, &token) != LP_JSON_OBJECT)
    return;
  while (lp_json_next (&r->json, &token) == LP_JSON_KEY)
    {
      gboolean is_list = lp_json_is (&r->json, &token, "categories");

      lp_json_next (&r->json, &token);
      if (!is_list || token.kind != LP_JSON_ARRAY)
        {
          if (!lp_json_skip (&r->json, &token))
            return;
          continue;
        }
      while (lp_json_next (&r->json, &token) != LP_JSON_ARRAY_END)
        if (token.kind == LP_JSON_PROBLEM || !read_category (r, &token))
          return;
    }
}

static LpDictionary *
take_names (Reader *r, guint32 file, LpDictOrigin origin)
{
  LpDictionary *dict = lp_dataset_add_dictionary (r->dataset, origin, file, lp_dataset_file (r->dataset, file)->name);

  dict->style = LP_DICT_STYLE_NONE;
  dict->line = 1;
  for (guint i = 0; i < r->names->len; i++)
    lp_dictionary_add_name (r->dataset, dict, g_ptr_array_index (r->names, i), -1,
                            g_array_index (r->places, LpPlace, i));
  return dict;
}

LpDictionary *
lp_notes_read (LpDataset *dataset, const LpRoots *roots, const char *path, LpDictOrigin origin, GError **error)
{
  guint32 file;
  g_autoptr (GBytes) bytes = lp_text_file_read (dataset, roots, path, FILE_MAX_BYTES, &file, error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (LpPlace));
  g_autoptr (GString) scratch = g_string_new (NULL);
  g_autofree char *shown = lp_text_escape (path, -1, 0);
  Reader r = { dataset, .names = names, .places = places, .scratch = scratch };
  guint32 line, column;

  if (bytes == NULL)
    return NULL;
  lp_json_init (&r.json, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  read_document (&r);
  if (r.json.problem == LP_JSON_FINE && names->len > 0)
    return take_names (&r, file, origin);
  if (r.json.problem == LP_JSON_FINE)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("“%s” has no list of labels in it."), shown);
      return NULL;
    }
  lp_json_position (&r.json, r.json.problem_at, &line, &column);
  if (origin == LP_DICT_NAMES)
    lp_read_notice_unreadable (dataset, path, line, column, lp_json_problem_words (r.json.problem));
  g_set_error (error, G_IO_ERROR, origin == LP_DICT_NAMES ? G_IO_ERROR_FAILED_HANDLED : G_IO_ERROR_INVALID_DATA,
               _ ("“%s” is not valid JSON, line %u, column %u: %s"), shown, line, column,
               lp_json_problem_words (r.json.problem));
  return NULL;
}
