/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "read/lp-manifest-line.h"

#define METADATA "-metadata"

LpManifestLine *
lp_manifest_line_new (void)
{
  LpManifestLine *line = g_new0 (LpManifestLine, 1);

  line->values = g_array_new (FALSE, FALSE, sizeof (LpManifestValue));
  line->metas = g_array_new (FALSE, FALSE, sizeof (LpManifestMeta));
  line->classes = g_array_new (FALSE, FALSE, sizeof (LpManifestClass));
  line->rows = g_array_new (FALSE, FALSE, sizeof (LpRow));
  line->places = g_array_new (FALSE, FALSE, sizeof (LpManifestPlace));
  line->scratch = g_string_new (NULL);
  line->decoded = g_string_chunk_new (256);
  return line;
}

void
lp_manifest_line_free (LpManifestLine *line)
{
  if (line == NULL)
    return;
  g_array_unref (line->values);
  g_array_unref (line->metas);
  g_array_unref (line->classes);
  g_array_unref (line->rows);
  g_array_unref (line->places);
  g_string_free (line->scratch, TRUE);
  g_string_chunk_free (line->decoded);
  g_free (line);
}

/* A key or string as text that outlives the next token. */
static LpManifestText
text_of (LpManifestLine *line, const LpJson *json, const LpJsonToken *token)
{
  LpManifestText text = { json->text + token->start + 1, token->end - token->start - 2 };
  gsize length;
  const char *decoded;

  if (!token->escaped)
    return text;
  decoded = lp_json_string (json, token, line->scratch, &length);
  if (memchr (decoded, '\0', length) != NULL)
    return text;
  return (LpManifestText){ g_string_chunk_insert_len (line->decoded, decoded, (gssize) length), length };
}

/* ---- one annotation ---- */

enum
{
  FIELD_LEFT,
  FIELD_TOP,
  FIELD_WIDTH,
  FIELD_HEIGHT,
  FIELD_CLASS,
  N_FIELDS,
};

static int
field_of (const LpJson *json, const LpJsonToken *key)
{
  return lp_json_is (json, key, "left")       ? FIELD_LEFT
         : lp_json_is (json, key, "top")      ? FIELD_TOP
         : lp_json_is (json, key, "width")    ? FIELD_WIDTH
         : lp_json_is (json, key, "height")   ? FIELD_HEIGHT
         : lp_json_is (json, key, "class_id") ? FIELD_CLASS
                                              : -1;
}

/* A class id as a whole number, however it is written: 1, 1.0, "1". */
static gboolean
read_class (LpManifestLine *line, const LpJson *json, const LpJsonToken *token, LpRow *row)
{
  double value;

  if (token->kind == LP_JSON_NUMBER)
    {
      if (lp_json_number (json, token, &value, NULL) != LP_DECIMAL_OK)
        return FALSE;
    }
  else if (token->kind == LP_JSON_STRING)
    {
      gsize length;
      const char *text = lp_json_string (json, token, line->scratch, &length);

      if (lp_decimal_read (text, length, &value, NULL) != LP_DECIMAL_OK)
        return FALSE;
    }
  else
    return FALSE;
  if (value <= G_MININT32 || value > G_MAXINT32 || value != (gint32) value)
    return FALSE;
  row->class_id = (gint32) value;
  row->flags &= ~LP_ROW_BAD_CLASS;
  return TRUE;
}

static gboolean
read_coordinate (const LpJson *json, const LpJsonToken *token, LpRow *row, int field)
{
  guint8 places;

  if (token->kind != LP_JSON_NUMBER || lp_json_number (json, token, &row->v[field], &places) != LP_DECIMAL_OK)
    return FALSE;
  row->decimals = MAX (row->decimals, places);
  return TRUE;
}

/* What was found of an annotation: a bit for each field that was read, and for each that is there. */
typedef struct
{
  LpRow row;
  guint fields, named;
} Annotation;

static inline void
take_field (LpManifestLine *line, const LpJson *json, const LpJsonToken *token, Annotation *found, int field)
{
  gboolean good;

  if (field < 0)
    return;
  good = field == FIELD_CLASS ? read_class (line, json, token, &found->row)
                              : read_coordinate (json, token, &found->row, field);
  found->named |= 1u << field;
  found->fields = good ? found->fields | 1u << field : found->fields & ~(1u << field);
}

/* An object that looks as those before it: only its numbers are read. */
static gboolean
read_alike (LpManifestLine *line, LpJson *json, LpJsonToken *token, LpJsonToken numbers[], Annotation *found)
{
  if (!lp_json_next_of_shape (json, &line->annotation, token, numbers))
    return FALSE;
  for (guint i = 0; i < line->annotation.n_members; i++)
    take_field (line, json, &numbers[i], found, line->fields[i]);
  return TRUE;
}

/* Within an annotation's object. The first one of a list is the model for the others. */
static gboolean
read_fields (LpManifestLine *line, LpJson *json, LpJsonToken *token, Annotation *found, gboolean model)
{
  gsize start = token->start;
  guint n = 0;

  while (lp_json_next (json, token) == LP_JSON_KEY)
    {
      int field = field_of (json, token);

      if (!lp_json_skip (json, token))
        return FALSE;
      take_field (line, json, token, found, field);
      if (model && n < LP_JSON_SHAPE_MEMBERS)
        line->fields[n++] = (gint8) field;
    }
  if (token->kind == LP_JSON_PROBLEM)
    return FALSE;
  if (model)
    lp_json_shape_learn (&line->annotation, json->text + start, token->end - start);
  return TRUE;
}

#define BOX_FIELDS ((1u << FIELD_CLASS) - 1)
#define ALL_FIELDS ((1u << N_FIELDS) - 1)

#define ROOM 32

/* The arrays grow by some rows at once; keep_annotations takes back what is too much. */
static void
add_annotation (LpManifestLine *line, const Annotation *found, gsize start, gsize end, LpManifestValue *value)
{
  LpManifestPlace place = { start, end, found->fields != ALL_FIELDS };
  guint i = value->first_row + value->n_rows;
  LpRow *row;

  if (value->n_rows % ROOM == 0)
    {
      g_array_set_size (line->rows, i + ROOM);
      g_array_set_size (line->places, i + ROOM);
    }
  row = &g_array_index (line->rows, LpRow, i);
  *row = found->row;
  if ((found->fields & BOX_FIELDS) != BOX_FIELDS)
    *row = (LpRow){ .kind = LP_ROW_UNREAD, .class_id = found->row.class_id, .flags = found->row.flags };
  g_array_index (line->places, LpManifestPlace, i) = place;
  if ((found->named & BOX_FIELDS) == BOX_FIELDS)
    value->looks_like_boxes = TRUE;
  value->n_rows++;
}

static void
keep_annotations (LpManifestLine *line, const LpManifestValue *value)
{
  g_array_set_size (line->rows, value->first_row + value->n_rows);
  g_array_set_size (line->places, value->first_row + value->n_rows);
}

static gboolean
read_list (LpManifestLine *line, LpJson *json, LpJsonToken *token, LpManifestValue *value)
{
  LpJsonToken numbers[LP_JSON_SHAPE_MEMBERS];

  for (;;)
    {
      Annotation found = { .row = { .kind = LP_ROW_BOX, .class_id = LP_CLASS_NONE, .flags = LP_ROW_BAD_CLASS } };
      gboolean alike = read_alike (line, json, token, numbers, &found);
      gsize start;

      if (!alike && lp_json_next (json, token) == LP_JSON_ARRAY_END)
        return TRUE;
      start = token->start;
      if (!alike && (token->kind == LP_JSON_OBJECT ? !read_fields (line, json, token, &found, value->n_rows == 0)
                                                   : !lp_json_skip (json, token)))
        return FALSE;
      add_annotation (line, &found, start, token->end, value);
    }
}

static gboolean
read_annotations (LpManifestLine *line, LpJson *json, LpJsonToken *token, LpManifestValue *value)
{
  gboolean good;

  value->n_rows = 0; /* of two members of one name the last counts */
  value->has_annotations = token->kind == LP_JSON_ARRAY;
  good = value->has_annotations ? read_list (line, json, token, value) : lp_json_skip (json, token);
  keep_annotations (line, value);
  return good;
}

/* ---- image_size ---- */

static guint32
read_extent (const LpJson *json, const LpJsonToken *token)
{
  double value;

  if (token->kind != LP_JSON_NUMBER || lp_json_number (json, token, &value, NULL) != LP_DECIMAL_OK)
    return 0;
  return value >= 1 && value <= G_MAXINT32 && value == floor (value) ? (guint32) value : 0;
}

static gboolean
read_size_object (LpJson *json, LpManifestValue *value)
{
  LpJsonToken token;

  while (lp_json_next (json, &token) == LP_JSON_KEY)
    {
      gboolean width = lp_json_is (json, &token, "width"), height = lp_json_is (json, &token, "height");

      if (!lp_json_skip (json, &token))
        return FALSE;
      if (width)
        value->width = read_extent (json, &token);
      else if (height)
        value->height = read_extent (json, &token);
    }
  return token.kind != LP_JSON_PROBLEM;
}

/* An array with one object; the object alone is understood, of several the first. */
static gboolean
read_size (LpJson *json, LpJsonToken *token, LpManifestValue *value)
{
  gboolean first = TRUE;

  value->has_size = TRUE;
  value->width = value->height = 0;
  if (token->kind == LP_JSON_OBJECT)
    return read_size_object (json, value);
  if (token->kind != LP_JSON_ARRAY)
    return TRUE;
  while (lp_json_next (json, token) != LP_JSON_ARRAY_END)
    {
      if (first && token->kind == LP_JSON_OBJECT ? !read_size_object (json, value) : !lp_json_skip (json, token))
        return FALSE;
      first = FALSE;
    }
  return TRUE;
}

/* ---- members of the line ---- */

static gboolean
read_value (LpManifestLine *line, LpJson *json, const LpManifestText *key, gsize key_start, LpJsonToken *token)
{
  LpManifestValue value = {
    .key = *key, .key_start = key_start, .start = token->start, .first_row = line->rows->len
  };
  LpJsonToken member = *token;

  value.is_object = token->kind == LP_JSON_OBJECT;
  if (!value.is_object)
    {
      if (!lp_json_skip (json, &member))
        return FALSE;
    }
  else
    while (lp_json_next (json, &member) == LP_JSON_KEY)
      {
        gboolean good, annotations = lp_json_is (json, &member, "annotations");
        gboolean size = lp_json_is (json, &member, "image_size");

        lp_json_next (json, &member);
        if (annotations)
          good = read_annotations (line, json, &member, &value);
        else if (size)
          good = read_size (json, &member, &value);
        else
          good = lp_json_skip (json, &member);
        if (!good)
          return FALSE;
      }
  value.end = member.end;
  if (value.has_annotations && value.has_size)
    value.looks_like_boxes = TRUE;
  g_array_append_val (line->values, value);
  return member.kind != LP_JSON_PROBLEM;
}

static gboolean
class_number (const LpManifestText *key, gint32 *id)
{
  gint32 n = 0;

  for (gsize i = 0; i < key->length; i++)
    {
      if (!g_ascii_isdigit (key->text[i]) || n > LP_MANIFEST_CLASS_MAX)
        return FALSE;
      n = n * 10 + (key->text[i] - '0');
    }
  *id = n;
  return key->length > 0 && n <= LP_MANIFEST_CLASS_MAX;
}

static gboolean
read_class_map (LpManifestLine *line, LpJson *json, LpJsonToken *token, LpManifestMeta *meta)
{
  g_array_set_size (line->classes, meta->first_class);
  meta->n_classes = 0;
  meta->class_map_bad = token->kind != LP_JSON_OBJECT;
  if (meta->class_map_bad)
    return lp_json_skip (json, token);
  while (lp_json_next (json, token) == LP_JSON_KEY)
    {
      LpManifestText key = text_of (line, json, token);
      LpManifestClass class;
      gboolean good = class_number (&key, &class.id);

      if (!lp_json_skip (json, token))
        return FALSE;
      if (!good || token->kind != LP_JSON_STRING)
        {
          meta->class_map_bad = TRUE;
          continue;
        }
      class.name = text_of (line, json, token);
      class.start = token->start;
      class.end = token->end;
      g_array_append_val (line->classes, class);
      meta->n_classes++;
    }
  return token->kind != LP_JSON_PROBLEM;
}

static gboolean
begins_with (const LpManifestText *text, const char *start)
{
  gsize n = strlen (start);
  return text->length >= n && (memcmp (text->text, start, n) == 0 || g_ascii_strncasecmp (text->text, start, n) == 0);
}

/* A list with one object for each annotation, {"confidence": 0.9}: not used, but JSON it must be. */
static gboolean
skip_objects (LpManifestLine *line, LpJson *json, LpJsonToken *token)
{
  LpJsonToken numbers[LP_JSON_SHAPE_MEMBERS];

  if (token->kind != LP_JSON_ARRAY)
    return lp_json_skip (json, token);
  for (gboolean first = TRUE;; first = FALSE)
    if (!lp_json_next_of_shape (json, &line->object, token, numbers))
      {
        if (lp_json_next (json, token) == LP_JSON_ARRAY_END)
          return TRUE;
        if (!lp_json_skip (json, token))
          return FALSE;
        if (first)
          lp_json_shape_learn (&line->object, json->text + token->start, token->end - token->start);
      }
}

static gboolean
read_meta_member (LpManifestLine *line, LpJson *json, const LpJsonToken *key, LpManifestMeta *meta)
{
  LpJsonToken token;
  gboolean type = lp_json_is (json, key, "type"), status = lp_json_is (json, key, "adjustment-status");
  gboolean created = lp_json_is (json, key, "creation-date") || lp_json_is (json, key, "creation_date");
  gboolean map = lp_json_is (json, key, "class-map"), objects = lp_json_is (json, key, "objects");

  lp_json_next (json, &token);
  if (map)
    return read_class_map (line, json, &token, meta);
  if (objects)
    return skip_objects (line, json, &token);
  if (status)
    meta->adjusted = TRUE;
  else if (type && token.kind == LP_JSON_STRING)
    {
      LpManifestText text = text_of (line, json, &token);

      meta->of_ground_truth = begins_with (&text, "groundtruth/");
      meta->of_boxes =
        begins_with (&text, "groundtruth/object-detection") && text.length == strlen ("groundtruth/object-detection");
    }
  else if (created && token.kind == LP_JSON_STRING)
    meta->created = text_of (line, json, &token);
  return lp_json_skip (json, &token);
}

static gboolean
read_meta (LpManifestLine *line, LpJson *json, const LpManifestText *key)
{
  LpManifestMeta meta = { .attribute = { key->text, key->length - strlen (METADATA) } };
  LpJsonToken token;

  meta.first_class = line->classes->len;
  while (lp_json_next (json, &token) == LP_JSON_KEY)
    if (!read_meta_member (line, json, &token, &meta))
      return FALSE;
  line->metas_full = line->metas->len == LP_MANIFEST_METAS_MAX;
  if (!line->metas_full)
    g_array_append_val (line->metas, meta);
  return token.kind != LP_JSON_PROBLEM;
}

static gboolean
is_metadata (const LpManifestText *key)
{
  gsize n = strlen (METADATA);
  return key->length > n && memcmp (key->text + key->length - n, METADATA, n) == 0;
}

static gboolean
read_source (LpManifestLine *line, LpJson *json, LpJsonToken *token)
{
  line->source_ref = (LpManifestText){ NULL, 0 };
  line->bad_source_start = line->bad_source_end = 0;
  if (!lp_json_skip (json, token))
    return FALSE;
  if (token->kind == LP_JSON_STRING && token->end - token->start > 2)
    line->source_ref = text_of (line, json, token);
  else
    {
      line->bad_source_start = token->start;
      line->bad_source_end = token->end;
    }
  return TRUE;
}

static gboolean
read_member (LpManifestLine *line, LpJson *json, LpJsonToken *token)
{
  LpManifestText key = text_of (line, json, token);
  gsize key_start = token->start;
  gboolean source_ref = lp_json_is (json, token, "source-ref"), source = lp_json_is (json, token, "source");

  lp_json_next (json, token);
  if (source_ref)
    return read_source (line, json, token);
  if (source)
    {
      line->has_source = TRUE;
      return lp_json_skip (json, token);
    }
  if (token->kind == LP_JSON_OBJECT && is_metadata (&key))
    return read_meta (line, json, &key);
  return read_value (line, json, &key, key_start, token);
}

static void
clear (LpManifestLine *line)
{
  g_array_set_size (line->values, 0);
  g_array_set_size (line->metas, 0);
  g_array_set_size (line->classes, 0);
  g_array_set_size (line->rows, 0);
  g_array_set_size (line->places, 0);
  g_string_chunk_clear (line->decoded);
  line->source_ref = (LpManifestText){ NULL, 0 };
  line->has_source = FALSE;
  line->metas_full = FALSE;
  line->bad_source_start = line->bad_source_end = 0;
}

void
lp_manifest_line_parse (LpManifestLine *line, const char *text, gsize length)
{
  LpJson json;
  LpJsonToken token;

  clear (line);
  lp_json_init (&json, text, length);
  line->is_object = lp_json_next (&json, &token) == LP_JSON_OBJECT;
  if (line->is_object)
    while (lp_json_next (&json, &token) == LP_JSON_KEY && read_member (line, &json, &token))
      ;
  while (json.problem == LP_JSON_FINE && lp_json_next (&json, &token) != LP_JSON_END)
    ;
  line->problem = json.problem;
  line->problem_at = json.problem_at;
}

const LpManifestMeta *
lp_manifest_line_meta (const LpManifestLine *line, const LpManifestText *attribute)
{
  for (guint i = line->metas->len; i > 0; i--)
    {
      const LpManifestMeta *meta = &g_array_index (line->metas, LpManifestMeta, i - 1);

      if (lp_manifest_text_equal (&meta->attribute, attribute))
        return meta;
    }
  return NULL;
}
