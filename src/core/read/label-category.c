/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/lp-json.h"
#include "base/lp-text.h"
#include "read/lp-yolo.h"

#define FILE_MAX_BYTES (16 * 1024 * 1024)

/* The labels of a Ground Truth job: {"document-version": …, "labels": [{"label": "pen"}, …]}; the place in the list
 * is the class id. */

static gsize
bom_length (const char *text, gsize length)
{
  return length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

/* ---- probe ---- */

/* Within "labels": whether its first element has a "label". An empty list has none, and is one all the same. */
static gboolean
is_list_of_labels (LpJson *json)
{
  LpJsonToken token;

  if (lp_json_next (json, &token) != LP_JSON_ARRAY)
    return FALSE;
  if (lp_json_next (json, &token) == LP_JSON_ARRAY_END)
    return TRUE;
  if (token.kind != LP_JSON_OBJECT)
    return FALSE;
  while (lp_json_next (json, &token) == LP_JSON_KEY)
    if (lp_json_is (json, &token, "label"))
      return TRUE;
    else if (!lp_json_skip (json, &token))
      return FALSE;
  return FALSE;
}

gboolean
lp_label_category_probe (const char *name, const char *head, gsize length)
{
  gsize bom = bom_length (head, length);
  LpJson json;
  LpJsonToken token;

  if (length == 0)
    return FALSE;
  lp_json_init (&json, head + bom, length - bom);
  if (lp_json_next (&json, &token) != LP_JSON_OBJECT)
    return FALSE;
  while (lp_json_next (&json, &token) == LP_JSON_KEY)
    {
      if (lp_json_is (&json, &token, "labels"))
        return is_list_of_labels (&json);
      if (lp_json_is (&json, &token, "document-version") || lp_json_is (&json, &token, "documentVersion"))
        return TRUE;
      if (!lp_json_skip (&json, &token))
        return FALSE;
    }
  return FALSE;
}

/* ---- read ---- */

typedef struct
{
  LpDataset *dataset;
  LpDictionary *dict;
  LpJson json;
  gsize bom; /* bytes of the file before the text */
  GString *scratch;
  /* Lines are counted on from the last place asked for; places come in the order of the file. */
  gsize counted, line_start;
  guint32 line;
} Reader;

static LpPlace
place_of (Reader *reader, const LpJsonToken *token)
{
  if (token->start < reader->counted)
    reader->counted = reader->line_start = reader->line = 0;
  for (; reader->counted < token->start; reader->counted++)
    if (reader->json.text[reader->counted] == '\n')
      {
        reader->line++;
        reader->line_start = reader->counted + 1;
      }
  return (LpPlace){ .offset = reader->bom + token->start,
                    .length = (guint32) (token->end - token->start),
                    .line = reader->line + 1,
                    .column = (guint32) (token->start - reader->line_start) + 1 };
}

static void
add_name (Reader *reader, const LpJsonToken *token)
{
  gsize length;
  const char *name = lp_json_string (&reader->json, token, reader->scratch, &length);

  /* A name cannot hold NUL; such a one stays as it is written. */
  if (memchr (name, '\0', length) != NULL)
    {
      name = reader->json.text + token->start + 1;
      length = token->end - token->start - 2;
    }
  lp_dictionary_add_name (reader->dataset, reader->dict, name, (gssize) length, place_of (reader, token));
}

/* One element of the list: a hole where it gives no name, so that the others keep their numbers. */
static gboolean
read_label (Reader *reader, LpJsonToken *token)
{
  LpJsonToken name = { .kind = LP_JSON_NULL }, member;
  LpJsonToken element = *token;

  if (token->kind != LP_JSON_OBJECT)
    {
      if (!lp_json_skip (&reader->json, token))
        return FALSE;
    }
  else
    while (lp_json_next (&reader->json, &member) == LP_JSON_KEY)
      {
        gboolean is_name = lp_json_is (&reader->json, &member, "label");

        if (!lp_json_skip (&reader->json, &member))
          return FALSE;
        if (is_name)
          name = member;
      }
  if (reader->json.problem != LP_JSON_FINE)
    return FALSE;
  if (name.kind == LP_JSON_STRING)
    add_name (reader, &name);
  else
    lp_dictionary_add_name (reader->dataset, reader->dict, NULL, 0, place_of (reader, &element));
  return TRUE;
}

static gboolean
read_labels (Reader *reader, LpJsonToken *token)
{
  reader->dict->line = place_of (reader, token).line;
  g_ptr_array_set_size (reader->dict->names, 0);
  g_array_set_size (reader->dict->places, 0);
  while (lp_json_next (&reader->json, token) != LP_JSON_ARRAY_END)
    if (token->kind == LP_JSON_PROBLEM || !read_label (reader, token))
      return FALSE;
  return TRUE;
}

/* TRUE when a list of labels was there; a problem of the JSON stands in reader->json. */
static gboolean
read_document (Reader *reader)
{
  LpJsonToken token;
  gboolean found = FALSE;

  if (lp_json_next (&reader->json, &token) == LP_JSON_OBJECT)
    while (lp_json_next (&reader->json, &token) == LP_JSON_KEY)
      {
        gboolean labels = lp_json_is (&reader->json, &token, "labels");

        lp_json_next (&reader->json, &token);
        if (labels && token.kind == LP_JSON_ARRAY)
          found = read_labels (reader, &token);
        else
          lp_json_skip (&reader->json, &token);
        if (reader->json.problem != LP_JSON_FINE)
          break;
      }
  while (reader->json.problem == LP_JSON_FINE && lp_json_next (&reader->json, &token) != LP_JSON_END)
    ;
  return found;
}

static gboolean
fail (Reader *reader, const char *path, gboolean found, GError **error)
{
  g_autofree char *shown = lp_text_escape (path, -1, 0);
  gboolean of_the_set = reader->dict->origin == LP_DICT_JOB;
  guint32 line, column;

  if (reader->json.problem != LP_JSON_FINE)
    {
      lp_json_position (&reader->json, reader->json.problem_at, &line, &column);
      if (of_the_set)
        lp_read_notice_unreadable (reader->dataset, path, line, column, lp_json_problem_words (reader->json.problem));
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("“%s” is not valid JSON, line %u, column %u: %s"),
                   shown, line, column, lp_json_problem_words (reader->json.problem));
      return TRUE;
    }
  if (!found && of_the_set)
    lp_read_notice_unreadable (reader->dataset, path, 0, 0, _ ("It has no list of labels."));
  if (!found)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("“%s” has no list of labels in it."), shown);
  return !found;
}

static LpDictionary *
read_bytes (LpDataset *dataset, GBytes *bytes, guint32 file, const char *path, LpDictOrigin origin, GError **error)
{
  Reader reader = { .dataset = dataset };
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  gboolean failed;

  reader.bom = bom_length (text, length);
  reader.dict = lp_dataset_add_dictionary (dataset, origin, file, lp_dataset_file (dataset, file)->name);
  reader.dict->style = LP_DICT_STYLE_JSON;
  reader.scratch = g_string_new (NULL);
  lp_json_init (&reader.json, text + reader.bom, length - reader.bom);
  failed = fail (&reader, path, read_document (&reader), error);
  g_string_free (reader.scratch, TRUE);
  if (!failed)
    return reader.dict;
  g_ptr_array_remove_index (dataset->dicts, dataset->dicts->len - 1);
  return NULL;
}

LpDictionary *
lp_label_category_read (
  LpDataset *dataset, const LpRoots *roots, const char *path, LpDictOrigin origin, GError **error)
{
  guint32 file;
  g_autoptr (GBytes) bytes = lp_text_file_read (dataset, roots, path, FILE_MAX_BYTES, &file, error);

  return bytes != NULL ? read_bytes (dataset, bytes, file, path, origin, error) : NULL;
}
