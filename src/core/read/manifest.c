/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/lp-array.h"
#include "base/lp-date.h"
#include "base/lp-text.h"
#include "lp-rule-ids.h"
#include "read/lp-formats.h"
#include "read/lp-manifest-line.h"

#define LINE_MAX_BYTES (16 * 1024 * 1024)
#define LINE_MAX_CHARACTERS 100000 /* what Ground Truth takes */
#define BLOCK (256 * 1024)
#define ATTRIBUTES_MAX 32
#define FINDINGS_MAX 100000
#define ROWS_EXPECTED_MAX 4000000 /* room is made ahead for, however many a file promises: 224 MB */

/* One label attribute while the file is read; it becomes a layer at the end. */
typedef struct
{
  char *name;
  gsize name_length;
  gint64 created; /* newest creation-date, microseconds since 1970; LP_DATE_NONE */
  char *created_text;
  gboolean adjusted;
  GArray *entries, *rows, *places; /* as in LpLayer */
  GPtrArray *names;                /* const char *, kept by the data set; NULL: a hole */
  GArray *name_places;             /* LpPlace, parallel */
  guint32 *mapped, *reported; /* by class id: the last line whose class-map has it, or that was told it lacks it */
  guint n_mapped;
  const LpManifestValue *value; /* in the current line */
  const LpManifestMeta *meta;
} Attribute;

/* A line that named an image; entries of attributes that come up later are made from these. */
typedef struct
{
  guint32 image, line;
  gboolean failed;
} Seen;

typedef struct
{
  LpDataset *dataset;
  LpMapper *mapper;
  gboolean names_only;
  guint32 file;
  GPtrArray *attributes;   /* Attribute * */
  GArray *seen;            /* Seen */
  GArray *findings;        /* LpFinding, layer: index of the attribute */
  guint findings_left_out; /* beyond FINDINGS_MAX */
  gboolean attributes_left_out;
  LpManifestLine *record;
  GString *name; /* scratch */
  /* The current line: */
  const char *text;
  gsize length;
  guint64 offset; /* of its first byte in the file */
  guint32 line;
  gboolean crlf;
} Reader;

static void
attribute_free (gpointer data)
{
  Attribute *attribute = data;

  g_free (attribute->name);
  g_free (attribute->created_text);
  g_array_unref (attribute->entries);
  g_array_unref (attribute->rows);
  g_array_unref (attribute->places);
  g_ptr_array_unref (attribute->names);
  g_array_unref (attribute->name_places);
  g_free (attribute->mapped);
  g_free (attribute->reported);
  g_free (attribute);
}

static void
reader_init (Reader *reader, LpDataset *dataset, LpMapper *mapper, gboolean names_only)
{
  *reader = (Reader){ .dataset = dataset, .mapper = mapper, .names_only = names_only };
  reader->attributes = g_ptr_array_new_with_free_func (attribute_free);
  reader->seen = g_array_new (FALSE, FALSE, sizeof (Seen));
  reader->findings = g_array_new (FALSE, FALSE, sizeof (LpFinding));
  reader->record = lp_manifest_line_new ();
  reader->name = g_string_new (NULL);
}

static void
reader_clear (Reader *reader)
{
  g_ptr_array_unref (reader->attributes);
  g_array_unref (reader->seen);
  g_array_unref (reader->findings);
  lp_manifest_line_free (reader->record);
  g_string_free (reader->name, TRUE);
}

static Attribute *
nth_attribute (const Reader *reader, guint i)
{
  return g_ptr_array_index (reader->attributes, i);
}

/* ---- findings ---- */

static LpFinding
finding_at (const Reader *reader, LpRuleId rule, gsize at)
{
  LpFinding finding = LP_FINDING_INIT;

  finding.rule = (guint16) rule;
  finding.file = reader->file;
  finding.line = reader->line;
  finding.column = (guint32) at + 1;
  return finding;
}

static void
notice (Reader *reader, LpFinding *finding, gsize start, gsize end)
{
  if (reader->names_only)
    return;
  if (reader->findings->len == FINDINGS_MAX)
    {
      reader->findings_left_out++;
      return;
    }
  if (end > start)
    finding->detail = lp_dataset_add_detail (reader->dataset, reader->text + start, (gssize) (end - start));
  g_array_append_vals (reader->findings, finding, 1);
}

/* ---- attributes ---- */

static void
add_empty_entry (Attribute *attribute, const Seen *seen, guint32 file)
{
  LpEntry entry = { .image = seen->image, .first_row = attribute->rows->len, .file = file, .line = seen->line };

  entry.state = seen->failed ? LP_STATE_FAILED : LP_STATE_UNLABELLED;
  g_array_append_val (attribute->entries, entry);
}

static Attribute *
find_attribute (const Reader *reader, const LpManifestText *name)
{
  for (guint i = 0; i < reader->attributes->len; i++)
    {
      Attribute *attribute = nth_attribute (reader, i);

      if (attribute->name_length == name->length && memcmp (attribute->name, name->text, name->length) == 0)
        return attribute;
    }
  return NULL;
}

static Attribute *
take_attribute (Reader *reader, const LpManifestText *name)
{
  Attribute *attribute = find_attribute (reader, name);

  if (attribute != NULL)
    return attribute;
  if (reader->attributes->len == ATTRIBUTES_MAX)
    {
      reader->attributes_left_out = TRUE;
      return NULL;
    }
  attribute = g_new0 (Attribute, 1);
  attribute->name = g_strndup (name->text, name->length);
  attribute->name_length = name->length;
  attribute->created = LP_DATE_NONE;
  attribute->entries = g_array_new (FALSE, FALSE, sizeof (LpEntry));
  attribute->rows = g_array_new (FALSE, FALSE, sizeof (LpRow));
  attribute->places = g_array_new (FALSE, FALSE, sizeof (LpPlace));
  attribute->names = g_ptr_array_new ();
  attribute->name_places = g_array_new (FALSE, TRUE, sizeof (LpPlace));
  for (guint i = 0; i < reader->seen->len; i++)
    add_empty_entry (attribute, &g_array_index (reader->seen, Seen, i), reader->file);
  g_ptr_array_add (reader->attributes, attribute);
  return attribute;
}

static LpPlace
place_of (const Reader *reader, gsize start, gsize end)
{
  return (LpPlace){ .offset = reader->offset + start,
                    .length = (guint32) MIN (end - start, LINE_MAX_BYTES - 1),
                    .line = reader->line,
                    .column = (guint32) start + 1 };
}

static void
grow_stamps (Attribute *attribute, guint wanted)
{
  guint n = MAX (wanted, MIN (attribute->n_mapped * 2, LP_MANIFEST_CLASS_MAX + 1));

  if (wanted <= attribute->n_mapped)
    return;
  attribute->mapped = g_renew (guint32, attribute->mapped, n);
  attribute->reported = g_renew (guint32, attribute->reported, n);
  memset (attribute->mapped + attribute->n_mapped, 0, (n - attribute->n_mapped) * sizeof (guint32));
  memset (attribute->reported + attribute->n_mapped, 0, (n - attribute->n_mapped) * sizeof (guint32));
  attribute->n_mapped = n;
}

/* The class-map of the line joins the attribute's dictionary; of two names of one id the first stays. */
static void
learn_names (Reader *reader, Attribute *attribute, const LpManifestMeta *meta)
{
  for (guint i = 0; i < meta->n_classes; i++)
    {
      const LpManifestClass *class = &g_array_index (reader->record->classes, LpManifestClass, meta->first_class + i);
      guint id = (guint) class->id;

      grow_stamps (attribute, id + 1);
      attribute->mapped[id] = reader->line;
      if (id >= attribute->names->len)
        {
          g_ptr_array_set_size (attribute->names, (int) id + 1);
          g_array_set_size (attribute->name_places, id + 1);
        }
      if (g_ptr_array_index (attribute->names, id) != NULL)
        continue;
      g_ptr_array_index (attribute->names, id) =
        g_string_chunk_insert_len (reader->dataset->strings, class->name.text, (gssize) class->name.length);
      g_array_index (attribute->name_places, LpPlace, id) = place_of (reader, class->start, class->end);
    }
}

static void
learn_meta (Reader *reader, Attribute *attribute, const LpManifestMeta *meta)
{
  attribute->adjusted |= meta->adjusted;
  if (meta->created.text != NULL)
    {
      gint64 created = lp_date_read (meta->created.text, meta->created.length);

      if (attribute->created_text == NULL || created > attribute->created)
        {
          g_free (attribute->created_text);
          attribute->created_text = g_strndup (meta->created.text, meta->created.length);
          attribute->created = created;
        }
    }
  learn_names (reader, attribute, meta);
}

/* ---- rows ---- */

/* Once a line and class: it is one thing that is missing. */
static gboolean
lacks_class (Reader *reader, Attribute *attribute, gint32 id)
{
  if (id < 0 || id > LP_MANIFEST_CLASS_MAX)
    return id != LP_CLASS_NONE;
  grow_stamps (attribute, (guint) id + 1);
  if (attribute->mapped[id] == reader->line || attribute->reported[id] == reader->line)
    return FALSE;
  attribute->reported[id] = reader->line;
  return TRUE;
}

/* About a row that was just appended. */
static void
notice_row (Reader *reader, guint index, LpRuleId rule, guint32 image, guint32 row, const LpManifestPlace *place)
{
  LpFinding finding = finding_at (reader, rule, place->start);

  finding.layer = (guint8) index;
  finding.image = image;
  finding.row = row;
  notice (reader, &finding, place->start, place->end);
}

static void
append_rows (Reader *reader, guint index, guint32 image)
{
  Attribute *attribute = nth_attribute (reader, index);
  const LpManifestValue *value = attribute->value;
  const LpManifestPlace *from;
  const LpRow *rows;
  guint first = attribute->rows->len;

  if (value->n_rows == 0)
    return;
  rows = &g_array_index (reader->record->rows, LpRow, value->first_row);
  from = &g_array_index (reader->record->places, LpManifestPlace, value->first_row);
  g_array_append_vals (attribute->rows, rows, value->n_rows);
  g_array_set_size (attribute->places, first + value->n_rows);
  for (guint i = 0; i < value->n_rows; i++)
    {
      g_array_index (attribute->places, LpPlace, first + i) = place_of (reader, from[i].start, from[i].end);
      if (from[i].bad_schema)
        notice_row (reader, index, LP_RULE_MANIFEST_ANNOTATIONS_SCHEMA, image, first + i, &from[i]);
      if (attribute->meta != NULL && lacks_class (reader, attribute, rows[i].class_id))
        notice_row (reader, index, LP_RULE_MANIFEST_CLASS_MAP_ID, image, first + i, &from[i]);
      reader->dataset->coverage.rows_read += rows[i].kind == LP_ROW_BOX;
    }
}

static void
append_entry (Reader *reader, guint index, guint32 image)
{
  Attribute *attribute = nth_attribute (reader, index);
  const LpManifestValue *value = attribute->value;
  LpEntry entry = { .image = image, .first_row = attribute->rows->len, .file = reader->file, .line = reader->line };

  entry.width = value->width;
  entry.height = value->height;
  entry.n_rows = value->n_rows;
  entry.state = !value->has_annotations ? LP_STATE_FAILED : value->n_rows > 0 ? LP_STATE_ROWS : LP_STATE_EMPTY;
  if (attribute->meta != NULL && (attribute->meta->class_map_bad || attribute->meta->n_classes == 0))
    entry.flags |= value->n_rows > 0 ? LP_ENTRY_CLASS_MAP_BAD : 0;
  if (!value->has_annotations)
    {
      LpFinding finding = finding_at (reader, LP_RULE_MANIFEST_ANNOTATIONS_SCHEMA, value->start);

      finding.layer = (guint8) index;
      finding.image = image;
      notice (reader, &finding, value->start, value->end);
    }
  if (attribute->meta == NULL && !reader->record->metas_full)
    {
      LpFinding finding = finding_at (reader, LP_RULE_MANIFEST_MISSING_METADATA, value->key_start);

      finding.layer = (guint8) index;
      finding.image = image;
      notice (reader, &finding, value->key_start + 1, value->key_start + 1 + value->key.length);
    }
  append_rows (reader, index, image);
  g_array_append_val (attribute->entries, entry);
}

/* ---- lines ---- */

/* Which value and metadata of the line belong to which attribute. New attributes come up here. */
static void
sort_out_line (Reader *reader)
{
  const LpManifestLine *record = reader->record;

  for (guint i = 0; i < record->metas->len; i++)
    {
      const LpManifestMeta *meta = &g_array_index (record->metas, LpManifestMeta, i);
      Attribute *attribute = meta->of_boxes ? take_attribute (reader, &meta->attribute) : NULL;

      if (attribute != NULL)
        attribute->meta = meta;
    }
  for (guint i = 0; i < record->values->len; i++)
    {
      const LpManifestValue *value = &g_array_index (record->values, LpManifestValue, i);
      const LpManifestMeta *meta = NULL;
      Attribute *attribute;

      if (value->looks_like_boxes)
        {
          meta = lp_manifest_line_meta (record, &value->key);
          if (meta != NULL && meta->of_ground_truth && !meta->of_boxes)
            continue;
          attribute = take_attribute (reader, &value->key);
        }
      else
        {
          attribute = find_attribute (reader, &value->key);
          if (attribute != NULL && attribute->meta == NULL)
            continue;
        }
      if (attribute == NULL)
        {
          reader->dataset->coverage.rows_seen += reader->names_only ? 0 : value->n_rows;
          continue;
        }
      attribute->value = value;
      if (attribute->meta == NULL)
        attribute->meta = meta;
    }
}

static guint32
map_image (Reader *reader)
{
  const LpManifestText *source = &reader->record->source_ref;

  if (source->text == NULL || reader->names_only)
    return LP_NONE;
  g_string_truncate (reader->name, 0);
  g_string_append_len (reader->name, source->text, (gssize) source->length);
  return lp_map_image (reader->mapper, reader->dataset, reader->name->str);
}

static void
take_line (Reader *reader, guint32 image)
{
  Seen seen = { .image = image, .line = reader->line };

  sort_out_line (reader);
  for (guint i = 0; i < reader->attributes->len; i++)
    {
      Attribute *attribute = nth_attribute (reader, i);

      if (attribute->meta != NULL)
        learn_meta (reader, attribute, attribute->meta);
      if (attribute->value != NULL)
        reader->dataset->coverage.rows_seen += reader->names_only ? 0 : attribute->value->n_rows;
      if (image != LP_NONE && attribute->value != NULL)
        append_entry (reader, i, image);
      else if (image != LP_NONE)
        add_empty_entry (attribute, &seen, reader->file);
      attribute->value = NULL;
      attribute->meta = NULL;
    }
  if (image != LP_NONE)
    g_array_append_val (reader->seen, seen);
}

/* A line of which nothing is used. */
static void
fail_line (Reader *reader, LpFinding *finding, gsize start, gsize end)
{
  Seen seen = { .image = finding->image, .line = reader->line, .failed = TRUE };

  notice (reader, finding, start, end);
  if (seen.image == LP_NONE)
    return;
  for (guint i = 0; i < reader->attributes->len; i++)
    add_empty_entry (nth_attribute (reader, i), &seen, reader->file);
  g_array_append_val (reader->seen, seen);
}

#define SHOWN_AT_PROBLEM 40

static void
refuse_json (Reader *reader)
{
  const LpManifestLine *record = reader->record;
  LpFinding finding = finding_at (reader, LP_RULE_MANIFEST_INVALID_JSON, record->problem_at);

  finding.image = map_image (reader);
  finding.a = record->problem;
  fail_line (reader, &finding, record->problem_at, MIN (record->problem_at + SHOWN_AT_PROBLEM, reader->length));
}

static void
refuse_missing_source (Reader *reader)
{
  const LpManifestLine *record = reader->record;
  LpFinding finding = finding_at (reader, LP_RULE_MANIFEST_MISSING_SOURCE, record->bad_source_start);

  notice (reader, &finding, record->bad_source_start, record->bad_source_end);
}

static void
check_length (Reader *reader)
{
  glong n = reader->length > LINE_MAX_CHARACTERS ? g_utf8_strlen (reader->text, (gssize) reader->length) : 0;

  if (n > LINE_MAX_CHARACTERS)
    {
      LpFinding finding = finding_at (reader, LP_RULE_MANIFEST_LINE_TOO_LONG, 0);

      finding.a = (double) n;
      finding.b = LINE_MAX_CHARACTERS;
      notice (reader, &finding, 0, 0);
    }
}

static gboolean
is_blank (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isspace (text[i]))
      return FALSE;
  return TRUE;
}

static void
read_line (Reader *reader)
{
  LpManifestLine *record = reader->record;
  guint32 image;

  if (is_blank (reader->text, reader->length))
    return;
  lp_manifest_line_parse (record, reader->text, reader->length);
  if (record->problem != LP_JSON_FINE)
    {
      refuse_json (reader);
      return;
    }
  if (!record->is_object)
    {
      LpFinding finding = finding_at (reader, LP_RULE_MANIFEST_NOT_OBJECT, 0);

      notice (reader, &finding, 0, MIN (reader->length, SHOWN_AT_PROBLEM));
      return;
    }
  check_length (reader);
  image = map_image (reader);
  if (record->source_ref.text == NULL && !record->has_source)
    refuse_missing_source (reader);
  take_line (reader, image);
}

/* More than a line may hold, none of it kept. */
static void
refuse_long_line (Reader *reader, guint64 length)
{
  LpFinding finding = finding_at (reader, LP_RULE_MANIFEST_LINE_TOO_LONG, 0);

  finding.a = (double) length;
  finding.b = LINE_MAX_BYTES;
  notice (reader, &finding, 0, 0);
}

/* ---- the file, in blocks ---- */

typedef struct
{
  int fd;
  char *data;
  gsize size;       /* of data */
  gsize start, end; /* what is read and not yet used */
  guint64 offset;   /* of data[start] in the file */
  guint64 skipped;  /* of a line that is too long, so far */
  gboolean skipping;
  gboolean at_end;
} Blocks;

/* Reads more behind what is there. FALSE with errno. */
static gboolean
fill (Blocks *blocks)
{
  gssize n;

  if (blocks->start > 0)
    {
      memmove (blocks->data, blocks->data + blocks->start, blocks->end - blocks->start);
      blocks->end -= blocks->start;
      blocks->start = 0;
    }
  if (blocks->end == blocks->size)
    {
      blocks->size *= 2;
      blocks->data = g_realloc (blocks->data, blocks->size);
    }
  do
    n = read (blocks->fd, blocks->data + blocks->end, blocks->size - blocks->end);
  while (n < 0 && errno == EINTR);
  blocks->at_end = n == 0;
  blocks->end += n > 0 ? (gsize) n : 0;
  return n >= 0;
}

static void
use (Blocks *blocks, gsize n)
{
  blocks->start += n;
  blocks->offset += n;
}

static void
one_line (Reader *reader, Blocks *blocks, gsize length, gboolean ended)
{
  const char *text = blocks->data + blocks->start;
  gsize bom = reader->line == 0 && length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

  reader->line++;
  if (bom > 0)
    lp_dataset_file (reader->dataset, reader->file)->flags |= LP_FILE_BOM;
  if (reader->line == 1 && length > 0 && text[length - 1] == '\r')
    lp_dataset_file (reader->dataset, reader->file)->flags |= LP_FILE_CRLF;
  reader->text = text + bom;
  reader->length = length - bom;
  reader->offset = blocks->offset + bom;
  if (blocks->skipping || reader->length >= LINE_MAX_BYTES)
    refuse_long_line (reader, blocks->skipped + length);
  else
    read_line (reader);
  blocks->skipping = FALSE;
  blocks->skipped = 0;
  use (blocks, length + ended);
}

/* Every line that is complete in what was read. */
static void
use_lines (Reader *reader, Blocks *blocks)
{
  const char *newline;

  while (blocks->start < blocks->end &&
         (newline = memchr (blocks->data + blocks->start, '\n', blocks->end - blocks->start)) != NULL)
    one_line (reader, blocks, (gsize) (newline - (blocks->data + blocks->start)), TRUE);
  if (blocks->at_end && (blocks->start < blocks->end || blocks->skipping))
    one_line (reader, blocks, blocks->end - blocks->start, FALSE);
  if (blocks->end - blocks->start >= LINE_MAX_BYTES || blocks->skipping)
    {
      blocks->skipping = TRUE;
      blocks->skipped += blocks->end - blocks->start;
      use (blocks, blocks->end - blocks->start);
    }
}

/* Once the first block is used: the rows of the others are likely as many a byte. */
static void
expect_rows (Reader *reader, const Blocks *blocks)
{
  double size = (double) lp_dataset_file (reader->dataset, reader->file)->size, used = (double) blocks->offset;

  for (guint i = 0; used > 0 && i < reader->attributes->len; i++)
    {
      Attribute *attribute = nth_attribute (reader, i);
      double rows = attribute->rows->len * 1.05 * size / used;
      guint n = (guint) MIN (rows, ROWS_EXPECTED_MAX / reader->attributes->len);

      lp_array_expect (attribute->rows, n);
      lp_array_expect (attribute->places, n);
    }
}

static gboolean
read_blocks (Reader *reader, int fd, const char *path, LpProgress *progress, GError **error)
{
  Blocks blocks = { .fd = fd, .size = BLOCK };
  gboolean good = TRUE;

  blocks.data = g_malloc (blocks.size);
  while (good && !blocks.at_end)
    {
      good = fill (&blocks);
      if (!good)
        {
          int saved = errno;
          g_autofree char *shown = lp_text_escape (path, -1, 0);

          g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved), _ ("“%s” could not be read: %s"), shown,
                       g_strerror (saved));
        }
      else if (lp_progress_cancelled (progress))
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Reading was cancelled."));
          good = FALSE;
        }
      else
        {
          gboolean first = blocks.offset == 0;

          use_lines (reader, &blocks);
          if (first && !blocks.at_end)
            expect_rows (reader, &blocks);
        }
    }
  g_free (blocks.data);
  return good;
}

static gboolean
read_open (Reader *reader, int fd, const char *path, LpProgress *progress, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  LpIdentity identity;

  lp_identity_of_fd (fd, &identity);
  reader->file = lp_dataset_add_file (reader->dataset, folder, name, &identity);
  return read_blocks (reader, fd, path, progress, error);
}

/* ---- what became of it ---- */

/* Newest first; on a tie the adjusted one, else as they came up. */
static int
compare_attributes (gconstpointer a, gconstpointer b, gpointer data)
{
  const GPtrArray *attributes = data;
  guint i = *(const guint *) a, j = *(const guint *) b;
  const Attribute *one = g_ptr_array_index (attributes, i), *other = g_ptr_array_index (attributes, j);

  if (one->created != other->created)
    return one->created > other->created ? -1 : 1;
  if (one->adjusted != other->adjusted)
    return one->adjusted ? -1 : 1;
  return i < j ? -1 : i > j;
}

static GArray *
sorted_attributes (const Reader *reader)
{
  GArray *order = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < reader->attributes->len; i++)
    g_array_append_val (order, i);
  g_array_sort_with_data (order, compare_attributes, reader->attributes);
  return order;
}

static LpDictionary *
add_names (Reader *reader, const Attribute *attribute, LpDictOrigin origin)
{
  LpDataset *dataset = reader->dataset;
  const LpFile *file = lp_dataset_file (dataset, reader->file);
  LpDictionary *dict = lp_dataset_add_dictionary (dataset, origin, reader->file, file->name);

  for (guint i = 0; i < attribute->names->len; i++)
    {
      const LpPlace *place = &g_array_index (attribute->name_places, LpPlace, i);

      lp_dictionary_add_name (dataset, dict, NULL, 0, *place);
      g_ptr_array_index (dict->names, i) = g_ptr_array_index (attribute->names, i);
      if (dict->line == 0)
        dict->line = place->line;
    }
  return dict;
}

static void
take_array (GArray **into, GArray **from)
{
  GArray *empty = *into;

  *into = *from;
  *from = empty;
}

static guint32
add_layer (Reader *reader, Attribute *attribute, const char *path)
{
  LpDataset *dataset = reader->dataset;
  guint32 index = dataset->layers->len;
  LpLayer *layer = lp_dataset_add_layer (dataset, LP_LAYER_MANIFEST, path, attribute->name);

  if (attribute->created_text != NULL)
    layer->created = lp_dataset_keep (dataset, attribute->created_text);
  take_array (&layer->entries, &attribute->entries);
  take_array (&layer->rows, &attribute->rows);
  take_array (&layer->places, &attribute->places);
  if (attribute->names->len > 0)
    {
      layer->dictionary = dataset->dicts->len;
      add_names (reader, attribute, LP_DICT_MANIFEST)->layer = index;
    }
  return index;
}

static void
add_unlabelled_layer (Reader *reader, const char *path)
{
  LpLayer *layer = lp_dataset_add_layer (reader->dataset, LP_LAYER_MANIFEST, path, NULL);
  Attribute none = { .entries = layer->entries, .rows = layer->rows };

  for (guint i = 0; i < reader->seen->len; i++)
    add_empty_entry (&none, &g_array_index (reader->seen, Seen, i), reader->file);
}

static void
publish_findings (Reader *reader, const guint8 *layer_of)
{
  for (guint i = 0; i < reader->findings->len; i++)
    {
      LpFinding *finding = &g_array_index (reader->findings, LpFinding, i);

      if (finding->layer != G_MAXUINT8)
        finding->layer = layer_of[finding->layer];
      if (finding->layer == G_MAXUINT8)
        finding->row = LP_NONE;
      lp_dataset_notice (reader->dataset, finding);
    }
}

static void
publish_notes (Reader *reader)
{
  const char *name = lp_dataset_file (reader->dataset, reader->file)->name;
  g_autofree char *shown = lp_text_escape (name, -1, 0);

  if (reader->findings_left_out > 0)
    g_ptr_array_add (
      reader->dataset->notes,
      g_strdup_printf (ngettext ("“%s” has %u more problem that is not listed.",
                                 "“%s” has %u more problems that are not listed.", reader->findings_left_out),
                       shown, reader->findings_left_out));
  if (reader->attributes_left_out)
    g_ptr_array_add (
      reader->dataset->notes,
      g_strdup_printf (_ ("“%s” has more than %d label attributes; the rest was not read."), shown, ATTRIBUTES_MAX));
}

static void
publish (Reader *reader, const char *path)
{
  g_autoptr (GArray) order = sorted_attributes (reader);
  guint8 layer_of[ATTRIBUTES_MAX];

  memset (layer_of, G_MAXUINT8, sizeof layer_of);
  for (guint i = 0; i < order->len && lp_read_has_room (reader->dataset, path); i++)
    {
      guint index = g_array_index (order, guint, i);

      layer_of[index] = (guint8) add_layer (reader, nth_attribute (reader, index), path);
    }
  if (order->len == 0 && lp_read_has_room (reader->dataset, path))
    add_unlabelled_layer (reader, path);
  publish_findings (reader, layer_of);
  publish_notes (reader);
}

gboolean
lp_manifest_list_open (
  LpDataset *dataset, int fd, const char *path, LpMapper *mapper, LpProgress *progress, GError **error)
{
  Reader reader;
  gboolean good;

  reader_init (&reader, dataset, mapper, FALSE);
  good = read_open (&reader, fd, path, progress, error);
  if (good)
    publish (&reader, path);
  reader_clear (&reader);
  return good;
}

gboolean
lp_manifest_list (
  LpDataset *dataset, const LpRoots *roots, const char *path, LpMapper *mapper, LpProgress *progress, GError **error)
{
  int fd = lp_roots_open (roots, path, error);
  gboolean good;

  if (fd < 0)
    return FALSE;
  good = lp_manifest_list_open (dataset, fd, path, mapper, progress, error);
  close (fd);
  return good;
}

static LpDictionary *
newest_names (Reader *reader, const char *path, LpDictOrigin origin, GError **error)
{
  g_autoptr (GArray) order = sorted_attributes (reader);
  g_autofree char *shown = NULL;

  for (guint i = 0; i < order->len; i++)
    {
      const Attribute *attribute = nth_attribute (reader, g_array_index (order, guint, i));

      if (attribute->names->len > 0)
        return add_names (reader, attribute, origin);
    }
  shown = lp_text_escape (path, -1, 0);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("“%s” has no class names in it."), shown);
  return NULL;
}

LpDictionary *
lp_manifest_names (LpDataset *dataset, const LpRoots *roots, const char *path, LpDictOrigin origin, GError **error)
{
  Reader reader;
  LpDictionary *dict = NULL;
  int fd = lp_roots_open (roots, path, error);

  if (fd < 0)
    return NULL;
  reader_init (&reader, dataset, NULL, TRUE);
  if (read_open (&reader, fd, path, NULL, error))
    dict = newest_names (&reader, path, origin, error);
  reader_clear (&reader);
  close (fd);
  return dict;
}
