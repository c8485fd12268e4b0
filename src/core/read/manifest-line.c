/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "read/lp-formats.h"
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

static LpManifestText G_GNUC_NO_INLINE
decode (LpManifestLine *line, const LpJson *json, const LpJsonToken *token, LpManifestText as_written)
{
  gsize length;
  const char *decoded = lp_json_string (json, token, line->scratch, &length);

  if (memchr (decoded, '\0', length) != NULL)
    return as_written;
  return (LpManifestText){ g_string_chunk_insert_len (line->decoded, decoded, (gssize) length), length };
}

/* A key or string as text that outlives the next token. */
static inline LpManifestText
text_of (LpManifestLine *line, const LpJson *json, const LpJsonToken *token)
{
  LpManifestText text = { json->text + token->start + 1, token->end - token->start - 2 };

  return token->escaped ? decode (line, json, token, text) : text;
}

/* From the quote of the key to the end of the value. A number may go on where its bytes end, so those are not kept.
 */
static void
learn_known (LpManifestKnown *known, const LpJson *json, gsize start, LpJsonKind kind)
{
  gsize length = json->at - start;
  gboolean closed = kind == LP_JSON_STRING || kind == LP_JSON_OBJECT || kind == LP_JSON_ARRAY;

  known->length = closed && length <= sizeof known->text ? (guint) length : 0;
  memcpy (known->text, json->text + start, known->length);
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
                                              : N_FIELDS;
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

/* What was found of an annotation: its row, in its place among the others, and a bit for each field that was read,
 * and for each that is there. */
typedef struct
{
  LpRow *row;
  guint fields, named;
} Annotation;

static inline void
take_field (LpManifestLine *line, const LpJson *json, const LpJsonToken *token, Annotation *found, int field)
{
  gboolean good;

  if (field == N_FIELDS)
    return;
  found->named |= 1u << field;
  good = field == FIELD_CLASS ? read_class (line, json, token, found->row)
                              : read_coordinate (json, token, found->row, field);
  found->fields = good ? found->fields | 1u << field : found->fields & ~(1u << field);
}

/* Where all of them are whole numbers, as pixels are. FALSE: another one is among them. */
static gboolean
take_wholes (const LpManifestLine *line, Annotation *found)
{
  LpRow *row = found->row;

  for (guint i = 0; i < line->annotation.n_members; i++)
    {
      gint32 whole = line->numbers[i].whole;

      if (whole < 0)
        return FALSE;
      if (line->fields[i] < FIELD_CLASS)
        row->v[line->fields[i]] = whole;
      else if (line->fields[i] == FIELD_CLASS)
        row->class_id = whole;
    }
  if ((line->named & 1u << FIELD_CLASS) != 0)
    row->flags = 0;
  found->named = found->fields = line->named;
  return TRUE;
}

/* An object that looks as those before it: only its numbers are read. */
static gboolean
read_alike (LpManifestLine *line, LpJson *json, LpJsonToken *token, Annotation *found)
{
  if (!lp_json_next_of_shape (json, &line->annotation, token, line->numbers))
    return FALSE;
  if (!take_wholes (line, found))
    for (guint i = 0; i < line->annotation.n_members; i++)
      take_field (line, json, &line->numbers[i], found, line->fields[i]);
  return TRUE;
}

/* Within an annotation's object. The first one of a list is the model for the others. */
static gboolean
read_fields (LpManifestLine *line, LpJson *json, LpJsonToken *token, Annotation *found, gboolean model)
{
  gsize start = token->start;
  guint n = 0;

  if (model)
    line->annotation.n_members = 0; /* where the object turns out to be broken, its fields are no shape's */
  while (lp_json_next (json, token) == LP_JSON_KEY)
    {
      int field = field_of (json, token);

      if (!lp_json_skip (json, token))
        return FALSE;
      take_field (line, json, token, found, field);
      if (model && n < LP_JSON_SHAPE_MEMBERS)
        line->fields[n++] = (guint8) field;
    }
  if (token->kind == LP_JSON_PROBLEM)
    return FALSE;
  if (model)
    {
      lp_json_shape_learn (&line->annotation, json->text + start, token->end - start);
      line->named = found->named;
    }
  return TRUE;
}

#define BOX_FIELDS ((1u << FIELD_CLASS) - 1)
#define ALL_FIELDS ((1u << N_FIELDS) - 1)

#define ROOM 32

/* The arrays grow by some rows at once; keep_annotations takes back what is too much. */
static LpRow *
begin_annotation (LpManifestLine *line, const LpManifestValue *value)
{
  static const LpRow blank = { .kind = LP_ROW_BOX, .class_id = LP_CLASS_NONE, .flags = LP_ROW_BAD_CLASS };
  guint i = value->first_row + value->n_rows;
  LpRow *row;

  if (value->n_rows % ROOM == 0)
    {
      g_array_set_size (line->rows, i + ROOM);
      g_array_set_size (line->places, i + ROOM);
    }
  row = &g_array_index (line->rows, LpRow, i);
  *row = blank;
  return row;
}

static void
end_annotation (LpManifestLine *line, const Annotation *found, gsize start, gsize end, LpManifestValue *value)
{
  LpManifestPlace *place = &g_array_index (line->places, LpManifestPlace, value->first_row + value->n_rows);
  LpRow *row = found->row;

  place->start = start;
  place->end = end;
  place->bad_schema = found->fields != ALL_FIELDS;
  if ((found->fields & BOX_FIELDS) != BOX_FIELDS)
    *row = (LpRow){ .kind = LP_ROW_UNREAD, .class_id = row->class_id, .flags = row->flags };
  if ((found->named & BOX_FIELDS) == BOX_FIELDS)
    value->looks_like_boxes = TRUE;
  value->n_rows++;
}

static void
keep_annotations (LpManifestLine *line, const LpManifestValue *value)
{
  line->rows->len = line->places->len = value->first_row + value->n_rows;
}

static gboolean
read_list (LpManifestLine *line, LpJson *json, LpJsonToken *token, LpManifestValue *value)
{
  for (;;)
    {
      Annotation found = { .row = begin_annotation (line, value) };
      gboolean alike = read_alike (line, json, token, &found);
      gsize start;

      if (!alike && lp_json_next (json, token) == LP_JSON_ARRAY_END)
        return TRUE;
      start = token->start;
      if (!alike && (token->kind == LP_JSON_OBJECT ? !read_fields (line, json, token, &found, value->n_rows == 0)
                                                   : !lp_json_skip (json, token)))
        return FALSE;
      end_annotation (line, &found, start, token->end, value);
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

static void
learn_size (LpManifestLine *line, const LpJson *json, gsize start, LpJsonKind kind, const LpManifestValue *value)
{
  learn_known (&line->size, json, start, kind);
  line->width = value->width;
  line->height = value->height;
}

/* The size that the line before declared too. */
static gboolean
read_same_size (const LpManifestLine *line, LpJson *json, LpManifestValue *value)
{
  if (!lp_json_next_known (json, line->size.text, line->size.length))
    return FALSE;
  value->has_size = TRUE;
  value->width = line->width;
  value->height = line->height;
  return TRUE;
}

/* ---- members of the line ---- */

/* A member of a value that may have boxes. */
static gboolean
read_value_member (LpManifestLine *line, LpJson *json, LpJsonToken *member, LpManifestValue *value)
{
  gsize start = member->start;
  gboolean annotations = lp_json_is (json, member, "annotations"), size = lp_json_is (json, member, "image_size");
  LpJsonKind kind = lp_json_next (json, member);

  if (annotations)
    return read_annotations (line, json, member, value);
  if (!size)
    return lp_json_skip (json, member);
  if (!read_size (json, member, value))
    return FALSE;
  learn_size (line, json, start, kind, value);
  return TRUE;
}

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
    for (;;)
      {
        if (read_same_size (line, json, &value))
          continue;
        if (lp_json_next (json, &member) != LP_JSON_KEY)
          break;
        if (!read_value_member (line, json, &member, &value))
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

/* FALSE: the class-map ends, or there was a problem, as the token says. */
static inline gboolean
next_class (LpJson *json, LpJsonToken *key, LpJsonToken *token)
{
  if (lp_json_next_pair (json, key, token))
    return TRUE;
  if (lp_json_next (json, token) != LP_JSON_KEY)
    return FALSE;
  *key = *token;
  return lp_json_skip (json, token);
}

/* As rows are added. */
static inline void
add_class (LpManifestLine *line, LpManifestMeta *meta, const LpManifestClass *class)
{
  guint i = meta->first_class + meta->n_classes;

  if (meta->n_classes++ % ROOM == 0)
    g_array_set_size (line->classes, i + ROOM);
  g_array_index (line->classes, LpManifestClass, i) = *class;
}

static gboolean
read_class_map (LpManifestLine *line, LpJson *json, LpJsonToken *token, LpManifestMeta *meta)
{
  LpJsonToken key;

  meta->n_classes = 0; /* of two members of one name the last counts */
  line->classes->len = meta->first_class;
  meta->class_map_bad = token->kind != LP_JSON_OBJECT;
  if (meta->class_map_bad)
    return lp_json_skip (json, token);
  while (next_class (json, &key, token))
    {
      LpManifestText number = text_of (line, json, &key);
      LpManifestClass class = { .start = token->start, .end = token->end };

      if (token->kind == LP_JSON_STRING && class_number (&number, &class.id))
        {
          class.name = text_of (line, json, token);
          add_class (line, meta, &class);
        }
      else
        meta->class_map_bad = TRUE;
    }
  line->classes->len = meta->first_class + meta->n_classes;
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
  if (token->kind != LP_JSON_ARRAY)
    return lp_json_skip (json, token);
  for (gboolean first = TRUE;; first = FALSE)
    if (!lp_json_next_of_shape (json, &line->object, token, line->numbers))
      {
        if (lp_json_next (json, token) == LP_JSON_ARRAY_END)
          return TRUE;
        if (!lp_json_skip (json, token))
          return FALSE;
        if (first)
          lp_json_shape_learn (&line->object, json->text + token->start, token->end - token->start);
      }
}

static void
take_said (LpManifestMeta *meta, const LpManifestSaid *said)
{
  meta->adjusted |= said->adjusted;
  if (!said->type)
    return;
  meta->of_ground_truth = said->of_ground_truth;
  meta->of_boxes = said->of_boxes;
}

static LpManifestSaid
said_by_type (LpManifestLine *line, const LpJson *json, const LpJsonToken *token)
{
  LpManifestText text = text_of (line, json, token);
  gsize length = strlen ("groundtruth/object-detection");

  return (LpManifestSaid){ .type = TRUE,
                           .of_ground_truth = begins_with (&text, "groundtruth/"),
                           .of_boxes = text.length == length && begins_with (&text, "groundtruth/object-detection") };
}

/* What it says by itself, so that it need not be read again; the others are lists, or differ from line to line. */
static gboolean
read_plain_member (
  LpManifestLine *line, LpJson *json, const LpJsonToken *key, LpJsonToken *value, LpManifestSaid *said)
{
  *said = (LpManifestSaid){ .adjusted = lp_json_is (json, key, "adjustment-status") };
  if (value->kind == LP_JSON_STRING && lp_json_is (json, key, "type"))
    *said = said_by_type (line, json, value);
  return lp_json_skip (json, value);
}

/* `slot`: which one of the known members it may become. */
static gboolean
read_meta_member (LpManifestLine *line, LpJson *json, const LpJsonToken *key, LpManifestMeta *meta, guint slot)
{
  LpJsonToken token;
  LpManifestSaid said;
  LpJsonKind kind = lp_json_next (json, &token);

  if (lp_json_is (json, key, "class-map"))
    return read_class_map (line, json, &token, meta);
  if (lp_json_is (json, key, "objects"))
    return skip_objects (line, json, &token);
  if (lp_json_is (json, key, "creation-date") || lp_json_is (json, key, "creation_date"))
    {
      if (token.kind == LP_JSON_STRING)
        meta->created = text_of (line, json, &token);
      return lp_json_skip (json, &token);
    }
  if (!read_plain_member (line, json, key, &token, &said))
    return FALSE;
  take_said (meta, &said);
  if (slot < LP_MANIFEST_KNOWN_MAX)
    {
      learn_known (&line->known[slot], json, key->start, kind);
      line->said[slot] = said;
    }
  return TRUE;
}

static gboolean
read_known_member (const LpManifestLine *line, LpJson *json, LpManifestMeta *meta, guint slot)
{
  if (slot >= LP_MANIFEST_KNOWN_MAX || !lp_json_next_known (json, line->known[slot].text, line->known[slot].length))
    return FALSE;
  take_said (meta, &line->said[slot]);
  return TRUE;
}

static gboolean
read_meta (LpManifestLine *line, LpJson *json, const LpManifestText *key)
{
  LpManifestMeta meta = { .attribute = { key->text, key->length - strlen (METADATA) } };
  LpJsonToken token;

  meta.first_class = line->classes->len;
  for (;; line->n_known++)
    {
      if (read_known_member (line, json, &meta, line->n_known))
        continue;
      if (lp_json_next (json, &token) != LP_JSON_KEY)
        break;
      if (!read_meta_member (line, json, &token, &meta, line->n_known))
        return FALSE;
    }
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
  line->values->len = line->metas->len = line->classes->len = line->rows->len = line->places->len = 0;
  line->n_known = 0;
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

/* ---- probe ---- */

gboolean
lp_manifest_probe (const char *name, const char *head, gsize length)
{
  gboolean named_so = g_str_has_suffix (name, ".manifest");
  LpJson json;
  LpJsonToken token;

  if (length >= 3 && memcmp (head, "\xef\xbb\xbf", 3) == 0)
    {
      head += 3;
      length -= 3;
    }
  lp_json_init (&json, head, length);
  if (lp_json_next (&json, &token) != LP_JSON_OBJECT)
    return FALSE;
  while (lp_json_next (&json, &token) == LP_JSON_KEY)
    {
      if (lp_json_is (&json, &token, "source-ref") || lp_json_is (&json, &token, "source"))
        return TRUE;
      if (!lp_json_skip (&json, &token))
        break;
    }
  /* A first line that is broken, lacks its source or is longer than the head is still the first of a manifest. */
  return named_so;
}
