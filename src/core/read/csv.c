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
#include "read/lp-csv-names.h"
#include "read/lp-formats.h"

#define BLOCK (512 * 1024) /* more than a record may have */
#define FINDINGS_MAX 100000
#define CLASS_ID_MAX 999999
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

/* Rows that follow each other and are of one group. */
typedef struct
{
  guint32 first_row, group;
  guint32 place; /* of its first row in the layer */
} Run;

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
  GArray *runs;          /* Run */
  GArray *groups;        /* Group */
  GArray *by_image;      /* guint32: image → its first group + 1, 0: none */
  LpCsvNames names;
  GArray *findings; /* LpFinding; row and other in the order of the file */
  guint findings_left_out;
  GString *scratch, *image_name;
  /* What the row before had, for rows of one image follow each other: */
  guint32 image, group;
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
  r->runs = g_array_new (FALSE, FALSE, sizeof (Run));
  r->groups = g_array_new (FALSE, FALSE, sizeof (Group));
  r->by_image = g_array_new (FALSE, TRUE, sizeof (guint32));
  lp_csv_names_init (&r->names, dataset);
  r->findings = g_array_new (FALSE, FALSE, sizeof (LpFinding));
  r->scratch = g_string_new (NULL);
  r->image_name = g_string_new (NULL);
  r->size_text = g_string_new (NULL);
  r->image = r->group = LP_NONE;
}

static void
reader_clear (Reader *r)
{
  g_array_unref (r->rows);
  g_array_unref (r->places);
  g_array_unref (r->runs);
  g_array_unref (r->groups);
  g_array_unref (r->by_image);
  lp_csv_names_clear (&r->names);
  g_array_unref (r->findings);
  g_string_free (r->scratch, TRUE);
  g_string_free (r->image_name, TRUE);
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

  if (lp_decimal_read_short (text, length, value))
    {
      if (places != NULL)
        *places = 0;
      return TRUE;
    }
  for (; length > 0 && (*text == ' ' || *text == '\t'); length--)
    text++;
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
  guint32 first, last = 0;
  Group *head;

  if (r->image >= r->by_image->len)
    g_array_set_size (r->by_image, r->image + 1);
  first = g_array_index (r->by_image, guint32, r->image);
  head = first > 0 ? group_at (r, first - 1) : NULL;
  if (head == NULL)
    {
      first = add_group (r, TRUE);
      g_array_index (r->by_image, guint32, r->image) = first + 1;
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

static void
take_group (Reader *r)
{
  Run run = { .first_row = r->rows->len };
  const Group *same = r->group != LP_NONE ? group_at (r, r->group) : NULL;

  take_size (r);
  if (same == NULL || same->width != r->width || same->height != r->height)
    r->group = find_group (r);
  run.group = r->group;
  if (r->runs->len == 0 || g_array_index (r->runs, Run, r->runs->len - 1).group != r->group)
    g_array_append_val (r->runs, run);
  group_at (r, r->group)->n_rows++;
}

/* ---- classes ---- */

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
  gboolean numbered = has (r, LP_CSV_CLASS_ID), is_na;
  gint32 id = numbered ? read_class_id (r) : LP_CLASS_NONE;
  const LpCsvCell *cell;
  const char *text;
  gsize length;

  if (!has (r, LP_CSV_CATEGORY))
    return id;
  cell = &r->csv.cells[r->columns.at[LP_CSV_CATEGORY]];
  text = cell_text (r, LP_CSV_CATEGORY, &length);
  if (numbered)
    is_na = lp_csv_is_na (text, length);
  else
    id = lp_csv_names_find (&r->names, text, length, &is_na);
  if (numbered && id >= 0 && length > 0)
    lp_csv_names_set (&r->names, id, text, length, place_of (r, cell->start, cell->end));
  else if (!numbered && id < 0 && length > 0)
    id = lp_csv_names_add (&r->names, text, length, place_of (r, cell->start, cell->end));
  if (is_na)
    notice_cell (r, LP_RULE_CSV_CATEGORY_NA, LP_CSV_CATEGORY);
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
  gboolean good;

  if (!take_image (r))
    return;
  take_group (r);
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
      if (first && (strncmp (data, "\xff\xfe", 2) == 0 || strncmp (data, "\xfe\xff", 2) == 0))
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

static void
add_names (Reader *r, LpLayer *layer, guint32 index)
{
  LpDataset *dataset = r->dataset;
  LpDictionary *dict;

  if (r->names.names->len == 0)
    return;
  layer->dictionary = dataset->dicts->len;
  dict = lp_dataset_add_dictionary (dataset, LP_DICT_CSV, r->file, lp_dataset_file (dataset, r->file)->name);
  dict->layer = index;
  dict->names_only = !has (r, LP_CSV_CLASS_ID);
  lp_csv_names_publish (&r->names, dict);
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

static guint32
run_length (const Reader *r, guint i)
{
  const Run *run = &g_array_index (r->runs, Run, i);

  return (i + 1 < r->runs->len ? run[1].first_row : r->rows->len) - run->first_row;
}

/* The rows of an image may stand anywhere in the table. */
static void
sort_rows (Reader *r, LpLayer *layer, guint32 *starts)
{
  gboolean same = TRUE;

  for (guint i = 0; i < r->runs->len; i++)
    {
      Run *run = &g_array_index (r->runs, Run, i);

      run->place = starts[run->group];
      starts[run->group] += run_length (r, i);
      same = same && run->place == run->first_row;
    }
  if (same)
    {
      g_array_unref (layer->rows);
      g_array_unref (layer->places);
      layer->rows = g_array_ref (r->rows);
      layer->places = g_array_ref (r->places);
      return;
    }
  g_array_set_size (layer->rows, r->rows->len);
  g_array_set_size (layer->places, r->rows->len);
  for (guint i = 0; i < r->runs->len; i++)
    {
      const Run *run = &g_array_index (r->runs, Run, i);
      guint32 n = run_length (r, i);

      memcpy (lp_layer_row (layer, run->place), &g_array_index (r->rows, LpRow, run->first_row), n * sizeof (LpRow));
      memcpy (lp_layer_place (layer, run->place), &g_array_index (r->places, LpPlace, run->first_row),
              n * sizeof (LpPlace));
    }
}

/* Where a row of the file is in the layer. */
static guint32
moved_row (const Reader *r, guint32 row)
{
  guint low = 0, high = r->runs->len;

  if (row >= r->rows->len)
    return LP_NONE;
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (r->runs, Run, middle).first_row <= row)
        low = middle;
      else
        high = middle;
    }
  return g_array_index (r->runs, Run, low).place + row - g_array_index (r->runs, Run, low).first_row;
}

/* Without a layer there are no rows. */
static void
publish_findings (Reader *r, guint8 layer)
{
  const char *name = lp_dataset_file (r->dataset, r->file)->name;
  g_autofree char *shown = lp_text_escape (name, -1, 0);

  for (guint i = 0; i < r->findings->len; i++)
    {
      LpFinding *finding = &g_array_index (r->findings, LpFinding, i);

      finding->layer = layer;
      finding->row = layer != G_MAXUINT8 ? moved_row (r, finding->row) : LP_NONE;
      finding->other = layer != G_MAXUINT8 ? moved_row (r, finding->other) : LP_NONE;
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
  guint32 index = r->dataset->layers->len;
  g_autofree guint32 *starts = NULL;
  LpLayer *layer;

  if (!r->has_header && r->findings->len == 0)
    {
      r->csv.line = 1;
      judge_header (r); /* there is none */
    }
  if (!r->has_boxes || !lp_read_has_room (r->dataset, r->path))
    {
      publish_findings (r, G_MAXUINT8);
      return;
    }
  layer = lp_dataset_add_layer (r->dataset, LP_LAYER_CSV, r->path, NULL);
  starts = add_entries (r, layer);
  sort_rows (r, layer, starts);
  publish_findings (r, (guint8) index);
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
