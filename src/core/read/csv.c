/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "base/lp-decimal.h"
#include "base/lp-text.h"
#include "lp-rule-ids.h"
#include "read/lp-csv-columns.h"
#include "read/lp-formats.h"

#define BLOCK (512 * 1024) /* more than a record may have */
#define FINDINGS_MAX 100000
#define CLASS_ID_MAX 999999
#define NAMES_MAX 1000000
#define SIDE_MAX 1000000000 /* pixels of a picture's side */

/* The rows of one image that declare one size; it becomes an entry. Tables that merge two pictures of one base name
 * declare two sizes for it: their boxes are kept apart. */
typedef struct
{
  guint32 image, width, height;
  guint32 first_row; /* in the order of the file */
  guint32 n_rows;
  guint32 next; /* the next one of the same image + 1, 0: none */
  gboolean is_first;
} Group;

typedef struct
{
  LpDataset *dataset;
  LpMapper *mapper;
  const char *path;
  guint32 file;
  guint64 offset; /* of the text in the file */
  LpCsvColumns columns;
  LpCsv csv;
  gboolean has_header, has_boxes;
  GArray *rows, *places; /* LpRow, LpPlace, in the order of the file */
  GArray *group_of;      /* guint32 a row */
  GArray *groups;        /* Group */
  GHashTable *by_image;  /* image → its first group + 1 */
  GHashTable *by_name;   /* name → class + 1 */
  GPtrArray *names;      /* const char *, kept by the data set; NULL: a hole */
  GArray *name_places;   /* LpPlace */
  GArray *findings;      /* LpFinding; row and other in the order of the file */
  guint findings_left_out;
  GString *scratch, *image_name, *name;
  /* What the row before had, for rows of one image follow each other: */
  guint32 image, group;
  gint32 class_id;
  gboolean is_na;
  GString *size_text;
  guint32 width, height;
} Reader;

static void
reader_init (Reader *r, LpDataset *dataset, LpMapper *mapper, const char *path)
{
  memset (r, 0, sizeof *r);
  r->dataset = dataset;
  r->mapper = mapper;
  r->path = path;
  r->rows = g_array_new (FALSE, FALSE, sizeof (LpRow));
  r->places = g_array_new (FALSE, FALSE, sizeof (LpPlace));
  r->group_of = g_array_new (FALSE, FALSE, sizeof (guint32));
  r->groups = g_array_new (FALSE, FALSE, sizeof (Group));
  r->by_image = g_hash_table_new (NULL, NULL);
  r->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  r->names = g_ptr_array_new ();
  r->name_places = g_array_new (FALSE, TRUE, sizeof (LpPlace));
  r->findings = g_array_new (FALSE, FALSE, sizeof (LpFinding));
  r->scratch = g_string_new (NULL);
  r->image_name = g_string_new (NULL);
  r->name = g_string_new (NULL);
  r->size_text = g_string_new (NULL);
  r->image = r->group = LP_NONE;
  r->class_id = LP_CLASS_NONE; /* of the empty name, which is also NA */
  r->is_na = TRUE;
}

static void
reader_clear (Reader *r)
{
  g_array_unref (r->rows);
  g_array_unref (r->places);
  g_array_unref (r->group_of);
  g_array_unref (r->groups);
  g_hash_table_unref (r->by_image);
  g_hash_table_unref (r->by_name);
  g_ptr_array_unref (r->names);
  g_array_unref (r->name_places);
  g_array_unref (r->findings);
  g_string_free (r->scratch, TRUE);
  g_string_free (r->image_name, TRUE);
  g_string_free (r->name, TRUE);
  g_string_free (r->size_text, TRUE);
}

/* ---- findings ---- */

/* Bytes of the current text. Quoted cells may hold line ends, so the record is counted through. */
static void
position_of (const Reader *r, gsize at, guint32 *line, guint32 *column)
{
  gsize start = r->csv.start;

  *line = r->csv.line;
  for (gsize i = r->csv.start; i < at; i++)
    if (r->csv.text[i] == '\n' || (r->csv.text[i] == '\r' && r->csv.text[i + 1] != '\n'))
      {
        ++*line;
        start = i + 1;
      }
  *column = (guint32) (at - start) + 1;
}

static LpFinding *
notice (Reader *r, LpRuleId rule, gsize at)
{
  LpFinding finding = LP_FINDING_INIT;

  if (r->findings->len == FINDINGS_MAX)
    {
      r->findings_left_out++;
      return NULL;
    }
  finding.rule = (guint16) rule;
  finding.file = r->file;
  position_of (r, at, &finding.line, &finding.column);
  g_array_append_val (r->findings, finding);
  return &g_array_index (r->findings, LpFinding, r->findings->len - 1);
}

static void
notice_unreadable (Reader *r, gsize at, const char *words)
{
  LpFinding *finding = notice (r, LP_RULE_DATASET_UNREADABLE, at);

  if (finding != NULL)
    finding->detail = lp_dataset_add_detail (r->dataset, words, -1);
}

/* About the row that is appended next. */
static LpFinding *
notice_cell (Reader *r, LpRuleId rule, LpCsvColumn column)
{
  guint index = (guint) r->columns.at[column];
  LpFinding *finding = notice (r, rule, r->csv.cells[index].start);
  gsize length;
  const char *text;

  if (finding == NULL)
    return NULL;
  text = lp_csv_cell (&r->csv, index, r->scratch, &length);
  finding->row = r->rows->len;
  finding->image = r->image;
  finding->detail = lp_dataset_add_detail (r->dataset, text, (gssize) length);
  return finding;
}

static LpPlace
place_of (const Reader *r, gsize start, gsize end)
{
  LpPlace place = { .offset = r->offset + start, .length = (guint32) (end - start) };
  guint32 line, column;

  position_of (r, start, &line, &column);
  place.line = line;
  place.column = column;
  return place;
}

/* ---- cells ---- */

static gboolean
has (const Reader *r, LpCsvColumn column)
{
  return r->columns.at[column] >= 0;
}

static const char *
cell_text (Reader *r, LpCsvColumn column, gsize *length)
{
  return lp_csv_cell (&r->csv, (guint) r->columns.at[column], r->scratch, length);
}

/* Blanks around a number mean nothing to whoever reads the table. */
static gboolean
read_number (Reader *r, LpCsvColumn column, double *value, guint8 *places)
{
  gsize length;
  const char *text = cell_text (r, column, &length);

  while (length > 0 && (*text == ' ' || *text == '\t'))
    {
      text++;
      length--;
    }
  while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t'))
    length--;
  return lp_decimal_read (text, length, value, places) == LP_DECIMAL_OK;
}

/* One of the four numbers. FALSE and noticed where it is none. */
static gboolean
take_number (Reader *r, LpCsvColumn column, double *value, LpRow *row)
{
  guint8 places = 0;

  if (!read_number (r, column, value, &places))
    {
      LpFinding *finding = notice_cell (r, LP_RULE_CSV_NOT_NUMERIC, column);

      if (finding != NULL)
        finding->a = column;
      return FALSE;
    }
  row->decimals = MAX (row->decimals, places);
  return TRUE;
}

static guint32
read_side (Reader *r, LpCsvColumn column)
{
  double value = 0;
  LpFinding *finding;

  if (!has (r, column))
    return 0;
  if (read_number (r, column, &value, NULL) && value >= 1 && value <= SIDE_MAX && value == (guint32) value)
    return (guint32) value;
  finding = notice_cell (r, LP_RULE_CSV_NOT_NUMERIC, column);
  if (finding != NULL)
    finding->a = column;
  return 0;
}

/* ---- images ---- */

static gboolean
same_text (const GString *before, const char *text, gsize length)
{
  return before->len == length && memcmp (before->str, text, length) == 0;
}

static void
keep_text (GString *into, const char *text, gsize length)
{
  g_string_truncate (into, 0);
  g_string_append_len (into, text, (gssize) length);
}

/* FALSE and noticed where the row names none. */
static gboolean
take_image (Reader *r)
{
  gsize length;
  const char *text = cell_text (r, LP_CSV_IMAGE, &length);

  if (length == 0)
    {
      notice_unreadable (r, r->csv.start, _ ("The row names no picture."));
      return FALSE;
    }
  if (r->image != LP_NONE && same_text (r->image_name, text, length))
    return TRUE;
  keep_text (r->image_name, text, length);
  r->image = lp_map_base_name (r->mapper, r->dataset, r->image_name->str);
  r->group = LP_NONE;
  return TRUE;
}

/* Both cells of the size as they stand: rows of one image repeat them. Only where neither is quoted. */
static void
take_size (Reader *r)
{
  gint16 first = r->columns.at[LP_CSV_IMAGE_WIDTH], second = r->columns.at[LP_CSV_IMAGE_HEIGHT];
  const LpCsvCell *cells = r->csv.cells;

  if (first >= 0 && second == first + 1)
    {
      const char *text = r->csv.text + cells[first].start;
      gsize length = cells[second].end - cells[first].start;

      if (r->width > 0 && r->height > 0 && same_text (r->size_text, text, length))
        return;
      keep_text (r->size_text, text, length);
    }
  r->width = read_side (r, LP_CSV_IMAGE_WIDTH);
  r->height = read_side (r, LP_CSV_IMAGE_HEIGHT);
}

static Group *
group_at (const Reader *r, guint32 index)
{
  return &g_array_index (r->groups, Group, index);
}

static guint32
add_group (Reader *r, gboolean is_first)
{
  Group group = { .image = r->image, .width = r->width, .height = r->height, .is_first = is_first };

  group.first_row = r->rows->len;
  g_array_append_val (r->groups, group);
  return r->groups->len - 1;
}

static void
notice_conflict (Reader *r, guint32 first)
{
  const Group *group = group_at (r, first);
  LpFinding *finding = notice_cell (r, LP_RULE_CSV_SIZE_CONFLICT, LP_CSV_IMAGE_WIDTH);
  g_autofree char *before = g_strdup_printf ("%u × %u", group->width, group->height);

  if (finding == NULL)
    return;
  finding->row = LP_NONE; /* it is the picture's */
  finding->detail = lp_dataset_add_detail (r->dataset, before, -1);
  finding->other = group->first_row;
  finding->a = r->width;
  finding->b = r->height;
}

/* The group of the row's image and size. A row whose size cannot be read goes to the first of its image. */
static guint32
find_group (Reader *r)
{
  guint32 first = GPOINTER_TO_UINT (g_hash_table_lookup (r->by_image, GUINT_TO_POINTER (r->image + 1))), last = 0;
  Group *head = first > 0 ? group_at (r, first - 1) : NULL;

  if (head == NULL)
    {
      first = add_group (r, TRUE);
      g_hash_table_insert (r->by_image, GUINT_TO_POINTER (r->image + 1), GUINT_TO_POINTER (first + 1));
      return first;
    }
  if (r->width == 0 || r->height == 0)
    return first - 1;
  if (head->width == 0 || head->height == 0)
    {
      head->width = r->width;
      head->height = r->height;
    }
  for (guint32 i = first; i > 0; i = group_at (r, i - 1)->next)
    {
      if (group_at (r, i - 1)->width == r->width && group_at (r, i - 1)->height == r->height)
        return i - 1;
      last = i;
    }
  if (last == first)
    notice_conflict (r, first - 1);
  first = add_group (r, FALSE);
  group_at (r, last - 1)->next = first + 1;
  return first;
}

static guint32
take_group (Reader *r)
{
  const Group *same = r->group != LP_NONE ? group_at (r, r->group) : NULL;

  take_size (r);
  if (same == NULL || same->width != r->width || same->height != r->height)
    r->group = find_group (r);
  group_at (r, r->group)->n_rows++;
  return r->group;
}

/* ---- classes ---- */

/* What pandas takes for a missing value, quoted or not. */
static gboolean
is_na (const char *name)
{
  static const char *const words[] = { "",     "#N/A",   "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN",
                                       "-nan", "1.#IND", "1.#QNAN",  "NA",  "<NA>",    "N/A",      "NULL",
                                       "NaN",  "None",   "n/a",      "nan", "null" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (name, words[i]) == 0)
      return TRUE;
  return FALSE;
}

static const char *
keep_name (Reader *r, guint32 id)
{
  const LpCsvCell *cell = &r->csv.cells[r->columns.at[LP_CSV_CATEGORY]];
  const char *kept = g_string_chunk_insert_len (r->dataset->strings, r->name->str, (gssize) r->name->len);

  if (id >= r->names->len)
    {
      g_ptr_array_set_size (r->names, (int) id + 1);
      g_array_set_size (r->name_places, id + 1);
    }
  g_ptr_array_index (r->names, id) = (gpointer) kept;
  g_array_index (r->name_places, LpPlace, id) = place_of (r, cell->start, cell->end);
  return kept;
}

/* A name that has no number of its own: the next one, first seen first. */
static gint32
number_of_name (Reader *r)
{
  guint32 known = GPOINTER_TO_UINT (g_hash_table_lookup (r->by_name, r->name->str));

  if (known == 0 && r->names->len < NAMES_MAX)
    {
      known = r->names->len + 1;
      g_hash_table_insert (r->by_name, (gpointer) keep_name (r, known - 1), GUINT_TO_POINTER (known));
    }
  return known > 0 ? (gint32) known - 1 : LP_CLASS_NONE;
}

static gint32
read_class_id (Reader *r)
{
  double value;
  LpFinding *finding;

  if (read_number (r, LP_CSV_CLASS_ID, &value, NULL) && value >= 0 && value <= CLASS_ID_MAX &&
      value == (gint32) value)
    return (gint32) value;
  finding = notice_cell (r, LP_RULE_CSV_NOT_NUMERIC, LP_CSV_CLASS_ID);
  if (finding != NULL)
    finding->a = LP_CSV_CLASS_ID;
  return LP_CLASS_NONE;
}

/* By the table's own number, which the name belongs to, else by name. */
static gint32
read_class (Reader *r)
{
  gsize length = 0;
  const char *text = has (r, LP_CSV_CATEGORY) ? cell_text (r, LP_CSV_CATEGORY, &length) : NULL;
  gboolean other = text != NULL && !same_text (r->name, text, length);
  gint32 id;

  if (other)
    {
      keep_text (r->name, text, length);
      r->is_na = is_na (r->name->str);
    }
  if (text != NULL && r->is_na)
    notice_cell (r, LP_RULE_CSV_CATEGORY_NA, LP_CSV_CATEGORY);
  if (!has (r, LP_CSV_CLASS_ID))
    {
      if (other)
        r->class_id = length > 0 ? number_of_name (r) : LP_CLASS_NONE;
      return r->class_id;
    }
  id = read_class_id (r);
  if (id >= 0 && length > 0 && ((guint) id >= r->names->len || g_ptr_array_index (r->names, id) == NULL))
    keep_name (r, (guint32) id);
  return id;
}

/* ---- rows ---- */

static gboolean
take_extent (Reader *r, LpCsvColumn length, LpCsvColumn end, double start, double *value, LpRow *row)
{
  if (has (r, length))
    return take_number (r, length, value, row);
  if (!take_number (r, end, value, row))
    return FALSE;
  *value -= start;
  return TRUE;
}

static void
take_row (Reader *r)
{
  LpPlace place = { .offset = r->offset + r->csv.start, .line = r->csv.line, .column = 1 };
  LpRow row = { .kind = LP_ROW_BOX };
  guint32 group;
  gboolean good;

  if (!take_image (r))
    return;
  group = take_group (r);
  place.length = (guint32) (r->csv.end - r->csv.start);
  good = take_number (r, LP_CSV_LEFT, &row.v[0], &row);
  good = take_number (r, LP_CSV_TOP, &row.v[1], &row) && good;
  good = take_extent (r, LP_CSV_WIDTH, LP_CSV_RIGHT, row.v[0], &row.v[2], &row) && good;
  good = take_extent (r, LP_CSV_HEIGHT, LP_CSV_BOTTOM, row.v[1], &row.v[3], &row) && good;
  row.class_id = read_class (r);
  row.flags = row.class_id == LP_CLASS_NONE ? LP_ROW_BAD_CLASS : 0;
  row.kind = good ? LP_ROW_BOX : LP_ROW_UNREAD;
  r->dataset->coverage.rows_read += good;
  g_array_append_val (r->rows, row);
  g_array_append_val (r->places, place);
  g_array_append_val (r->group_of, group);
}

static void
refuse_cells (Reader *r)
{
  g_autofree char *words = g_strdup_printf (
    ngettext ("The row has %u cell, the header has %u.", "The row has %u cells, the header has %u.", r->csv.n_cells),
    r->csv.n_cells, r->columns.n_cells);

  notice_unreadable (r, r->csv.start, words);
}

static void
take_record (Reader *r)
{
  r->dataset->coverage.rows_seen++;
  if (r->csv.problem != LP_CSV_FINE)
    notice_unreadable (r, r->csv.problem_at, lp_csv_problem_words (r->csv.problem));
  else if (r->csv.n_cells != r->columns.n_cells)
    refuse_cells (r);
  else
    take_row (r);
}

/* ---- the header ---- */

static void
judge_header (Reader *r)
{
  g_autofree char *missing = lp_csv_columns_missing (&r->columns);
  g_autofree char *name = g_path_get_basename (r->path);
  gboolean of_post = lp_csv_columns_are_of_post (&r->columns) || lp_csv_is_annot (name);
  LpFinding *finding;

  r->has_boxes = lp_csv_columns_have_boxes (&r->columns);
  if (of_post && (missing != NULL || r->columns.other_order))
    {
      finding = notice (r, LP_RULE_CSV_COLUMNS, r->csv.start);
      finding->severity = missing == NULL ? LP_SEVERITY_INFO : LP_SEVERITY_OFF;
      finding->detail = missing != NULL ? lp_dataset_add_detail (r->dataset, missing, -1) : LP_NONE;
    }
  if (of_post && r->columns.delimiter != ',')
    {
      finding = notice (r, LP_RULE_CSV_DELIMITER, r->csv.start);
      finding->a = r->columns.delimiter;
    }
}

static void
take_header (Reader *r)
{
  r->has_header = TRUE;
  if (r->csv.text[r->csv.end] == '\r')
    lp_dataset_file (r->dataset, r->file)->flags |= LP_FILE_CRLF;
  if (r->csv.problem == LP_CSV_FINE)
    judge_header (r);
  else
    notice_unreadable (r, r->csv.problem_at, lp_csv_problem_words (r->csv.problem));
}

/* ---- the file, in blocks ---- */

/* As much as fits behind what is there. FALSE with errno. */
static gboolean
fill (int fd, char *data, gsize *length, gboolean *at_end)
{
  gssize got = 1;

  while (*length < BLOCK && got > 0)
    {
      do
        got = read (fd, data + *length, BLOCK - *length);
      while (got < 0 && errno == EINTR);
      *length += got > 0 ? (gsize) got : 0;
    }
  *at_end = got == 0;
  return got >= 0;
}

/* FALSE: nothing of the file can be used. */
static gboolean
use_records (Reader *r)
{
  LpCsvKind kind;

  while ((kind = lp_csv_next (&r->csv)) == LP_CSV_RECORD || kind == LP_CSV_PROBLEM)
    {
      if (kind == LP_CSV_PROBLEM)
        notice_unreadable (r, r->csv.problem_at, lp_csv_problem_words (r->csv.problem));
      else if (r->has_header)
        take_record (r);
      else
        take_header (r);
      if (kind == LP_CSV_PROBLEM && r->has_header)
        r->dataset->coverage.rows_seen++;
      if (!r->has_boxes)
        return FALSE;
    }
  return TRUE;
}

/* How many bytes of the beginning are no text: a byte order mark. */
static gsize
begin (Reader *r, const char *data, gsize length)
{
  gsize bom = length >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

  if (bom > 0)
    lp_dataset_file (r->dataset, r->file)->flags |= LP_FILE_BOM;
  lp_csv_columns_read (&r->columns, data + bom, length - bom);
  lp_csv_init (&r->csv, r->columns.delimiter != '\0' ? r->columns.delimiter : ',');
  r->offset = bom;
  return bom;
}

static gboolean
is_utf16 (const char *data, gsize length)
{
  return length >= 2 && (memcmp (data, "\xff\xfe", 2) == 0 || memcmp (data, "\xfe\xff", 2) == 0);
}

static gboolean
cannot_read (const char *path, GError **error)
{
  int saved = errno;
  g_autofree char *shown = lp_text_escape (path, -1, 0);

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved), _ ("“%s” could not be read: %s"), shown,
               g_strerror (saved));
  return FALSE;
}

static gboolean
read_blocks (Reader *r, int fd, LpProgress *progress, GError **error)
{
  g_autofree char *data = g_malloc0 (BLOCK + 1);
  gsize length = 0, used = 0;
  gboolean at_end = FALSE, first = TRUE, going = TRUE;

  while (going && !at_end)
    {
      memmove (data, data + used, length - used);
      length -= used;
      if (!fill (fd, data, &length, &at_end))
        return cannot_read (r->path, error);
      data[length] = '\0';
      if (lp_progress_cancelled (progress))
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Reading was cancelled."));
          return FALSE;
        }
      used = first ? begin (r, data, length) : 0;
      lp_csv_feed (&r->csv, data + used, length - used, at_end);
      if (first && is_utf16 (data, length))
        {
          r->csv.line = 1;
          notice_unreadable (r, 0, _ ("It is UTF-16."));
          return TRUE;
        }
      going = use_records (r);
      r->offset += lp_csv_at (&r->csv);
      used += lp_csv_at (&r->csv);
      first = FALSE;
    }
  return TRUE;
}

/* ---- what became of it ---- */

static gboolean
is_bool (const char *name)
{
  static const char *const words[] = { "True", "False", "TRUE", "FALSE", "true", "false" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (name, words[i]) == 0)
      return TRUE;
  return FALSE;
}

/* pandas makes numbers of a column only where every name is one, or NA. */
static void
judge_names (Reader *r, LpDictionary *dict)
{
  guint n_numbers = 0, n_bools = 0, n = 0;
  double value;

  for (guint i = 0; i < r->names->len; i++)
    {
      const char *name = g_ptr_array_index (r->names, i);

      if (name == NULL || is_na (name))
        continue;
      n++;
      n_numbers += lp_decimal_read (name, strlen (name), &value, NULL) == LP_DECIMAL_OK;
      n_bools += is_bool (name);
    }
  if (n == 0 || (n_numbers < n && n_bools < n))
    return;
  for (guint i = 0; i < r->names->len; i++)
    {
      const char *name = g_ptr_array_index (r->names, i);
      const LpPlace *place = &g_array_index (r->name_places, LpPlace, i);
      LpFinding finding = LP_FINDING_INIT;

      if (name == NULL || is_na (name))
        continue;
      finding.rule = LP_RULE_CSV_CATEGORY_NUMERIC;
      finding.file = r->file;
      finding.line = place->line;
      finding.column = place->column;
      finding.layer = (guint8) dict->layer;
      finding.detail = lp_dataset_add_detail (r->dataset, name, -1);
      lp_dataset_notice (r->dataset, &finding);
    }
}

static void
add_names (Reader *r, LpLayer *layer, guint32 index)
{
  LpDataset *dataset = r->dataset;
  LpDictionary *dict;

  if (r->names->len == 0)
    return;
  layer->dictionary = dataset->dicts->len;
  dict = lp_dataset_add_dictionary (dataset, LP_DICT_CSV, r->file, lp_dataset_file (dataset, r->file)->name);
  dict->layer = index;
  dict->names_only = !has (r, LP_CSV_CLASS_ID);
  for (guint i = 0; i < r->names->len; i++)
    {
      const LpPlace *place = &g_array_index (r->name_places, LpPlace, i);

      lp_dictionary_add_name (dataset, dict, NULL, 0, *place);
      g_ptr_array_index (dict->names, i) = g_ptr_array_index (r->names, i);
      if (dict->line == 0)
        dict->line = place->line;
    }
  judge_names (r, dict);
}

static void
add_entry (Reader *r, LpLayer *layer, guint32 group, guint32 *start)
{
  const Group *g = group_at (r, group);
  LpEntry entry = { .image = g->image, .file = r->file, .width = g->width, .height = g->height };

  entry.first_row = *start;
  entry.n_rows = g->n_rows;
  entry.line = g_array_index (r->places, LpPlace, g->first_row).line;
  entry.state = LP_STATE_ROWS;
  g_array_append_val (layer->entries, entry);
  *start += g->n_rows;
}

/* An entry a group, those of one image beside each other. Returns where the rows of each group begin. */
static guint32 *
add_entries (Reader *r, LpLayer *layer)
{
  guint32 *starts = g_new (guint32, r->groups->len + 1), start = 0;

  for (guint32 i = 0; i < r->groups->len; i++)
    for (guint32 j = group_at (r, i)->is_first ? i + 1 : 0; j > 0; j = group_at (r, j - 1)->next)
      {
        starts[j - 1] = start;
        add_entry (r, layer, j - 1, &start);
      }
  return starts;
}

/* The rows of an image may stand anywhere in the table. Returns where each went, or NULL: all stayed. */
static guint32 *
sort_rows (Reader *r, LpLayer *layer, guint32 *starts)
{
  guint32 n = r->rows->len, *moved = g_new (guint32, n + 1);
  gboolean same = TRUE;

  for (guint32 i = 0; i < n; i++)
    {
      moved[i] = starts[g_array_index (r->group_of, guint32, i)]++;
      same = same && moved[i] == i;
    }
  if (same)
    {
      GArray *rows = layer->rows, *places = layer->places;

      layer->rows = r->rows;
      layer->places = r->places;
      r->rows = rows;
      r->places = places;
      return moved;
    }
  g_array_set_size (layer->rows, n);
  g_array_set_size (layer->places, n);
  for (guint32 i = 0; i < n; i++)
    {
      *lp_layer_row (layer, moved[i]) = g_array_index (r->rows, LpRow, i);
      *lp_layer_place (layer, moved[i]) = g_array_index (r->places, LpPlace, i);
    }
  return moved;
}

/* `moved`: NULL where the file gave no layer. A finding may be about a row that was given up after it. */
static void
publish_findings (Reader *r, guint8 layer, const guint32 *moved, guint32 n_rows)
{
  const char *name = lp_dataset_file (r->dataset, r->file)->name;
  g_autofree char *shown = lp_text_escape (name, -1, 0);

  for (guint i = 0; i < r->findings->len; i++)
    {
      LpFinding *finding = &g_array_index (r->findings, LpFinding, i);

      finding->layer = layer;
      finding->row = moved != NULL && finding->row < n_rows ? moved[finding->row] : LP_NONE;
      finding->other = moved != NULL && finding->other < n_rows ? moved[finding->other] : LP_NONE;
      lp_dataset_notice (r->dataset, finding);
    }
  if (r->findings_left_out > 0)
    g_ptr_array_add (r->dataset->notes, g_strdup_printf (ngettext ("“%s” has %u more problem that is not listed.",
                                                                   "“%s” has %u more problems that are not listed.",
                                                                   r->findings_left_out),
                                                         shown, r->findings_left_out));
}

static void
publish (Reader *r)
{
  guint32 index = r->dataset->layers->len, n_rows = r->rows->len;
  g_autofree guint32 *starts = NULL, *moved = NULL;
  LpLayer *layer;

  if (!r->has_header && r->findings->len == 0)
    {
      r->csv.line = 1;
      judge_header (r); /* there is none */
    }
  if (!r->has_boxes || !lp_read_has_room (r->dataset, r->path))
    {
      publish_findings (r, G_MAXUINT8, NULL, 0);
      return;
    }
  layer = lp_dataset_add_layer (r->dataset, LP_LAYER_CSV, r->path, NULL);
  starts = add_entries (r, layer);
  moved = sort_rows (r, layer, starts);
  publish_findings (r, (guint8) index, moved, n_rows);
  add_names (r, layer, index);
}

gboolean
lp_csv_list_open (
  LpDataset *dataset, int fd, const char *path, LpMapper *mapper, LpProgress *progress, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path), *name = g_path_get_basename (path);
  g_autofree Reader *reader = g_new (Reader, 1);
  LpIdentity identity;
  gboolean good;

  lp_identity_of_fd (fd, &identity);
  reader_init (reader, dataset, mapper, path);
  reader->file = lp_dataset_add_file (dataset, folder, name, &identity);
  good = read_blocks (reader, fd, progress, error);
  if (good)
    publish (reader);
  reader_clear (reader);
  return good;
}

gboolean
lp_csv_list (
  LpDataset *dataset, const LpRoots *roots, const char *path, LpMapper *mapper, LpProgress *progress, GError **error)
{
  int fd = lp_roots_open (roots, path, error);
  gboolean good;

  if (fd < 0)
    return FALSE;
  good = lp_csv_list_open (dataset, fd, path, mapper, progress, error);
  close (fd);
  return good;
}

/* ---- probe ---- */

gboolean
lp_csv_is_annot (const char *name)
{
  return strcmp (name, "annot.csv") == 0;
}

gboolean
lp_csv_probe (const char *name, const char *head, gsize length)
{
  LpCsvColumns columns;
  gsize bom = length >= 3 && memcmp (head, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

  if (lp_csv_is_annot (name))
    return TRUE;
  if (length < 4 || !g_str_has_suffix (name, ".csv") || !lp_csv_columns_read (&columns, head + bom, length - bom))
    return FALSE;
  /* Of other tables only those that say all that is needed: without a size, pixels have no meaning. */
  return lp_csv_columns_are_of_post (&columns) ||
         (lp_csv_columns_have_boxes (&columns) && columns.at[LP_CSV_IMAGE_WIDTH] >= 0 &&
          columns.at[LP_CSV_IMAGE_HEIGHT] >= 0);
}
