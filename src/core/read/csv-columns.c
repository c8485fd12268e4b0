/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "read/lp-csv-columns.h"
#include "read/lp-formats.h"

#define NAME_MAX_LENGTH 64 /* longer ones are none that is known */

/* The post's name first, in the order of LpCsvColumn; then what TensorFlow's, Roboflow's and other tables say. */
static const char *const names[LP_CSV_N_COLUMNS][8] = {
  [LP_CSV_IMAGE] = { "img_file", "filename", "file", "image", "image_name", "image_path", "file_name" },
  [LP_CSV_CATEGORY] = { "category", "class", "class_name", "label", "label_name", "cell_type" },
  [LP_CSV_LEFT] = { "box_left", "left", "xmin", "x_min", "x1" },
  [LP_CSV_TOP] = { "box_top", "top", "ymin", "y_min", "y1" },
  [LP_CSV_HEIGHT] = { "box_height", "bbox_height" },
  [LP_CSV_WIDTH] = { "box_width", "bbox_width" },
  [LP_CSV_IMAGE_WIDTH] = { "img_width", "image_width", "width" },
  [LP_CSV_IMAGE_HEIGHT] = { "img_height", "image_height", "height" },
  [LP_CSV_RIGHT] = { "right", "xmax", "x_max", "x2" },
  [LP_CSV_BOTTOM] = { "bottom", "ymax", "y_max", "y2" },
  [LP_CSV_CLASS_ID] = { "class_id", "category_id", "label_id" },
};

static const char delimiters[] = { ',', ';', '\t' };

static gboolean
is_name (const char *cell, gsize length, const char *name, gboolean *exact)
{
  gsize blanks = 0;

  *exact = length == strlen (name) && memcmp (cell, name, length) == 0;
  while (blanks < length && g_ascii_isspace (cell[blanks]))
    blanks++;
  cell += blanks;
  length -= blanks;
  while (length > 0 && g_ascii_isspace (cell[length - 1]))
    length--;
  return length == strlen (name) && g_ascii_strncasecmp (cell, name, length) == 0;
}

/* A cell of the header. The first column of a name counts, one with the post's own name before all others. */
static void
take_cell (LpCsvColumns *columns, const char *cell, gsize length, guint number)
{
  for (guint i = 0; length <= NAME_MAX_LENGTH && i < LP_CSV_N_COLUMNS; i++)
    for (guint j = 0; j < G_N_ELEMENTS (names[i]) && names[i][j] != NULL; j++)
      {
        gboolean exact, own;

        if (!is_name (cell, length, names[i][j], &exact))
          continue;
        own = exact && j == 0 && i < LP_CSV_POST_COLUMNS;
        if (columns->at[i] >= 0 && (!own || (columns->by_name & 1 << i)))
          continue;
        columns->at[i] = (gint16) number;
        columns->by_name |= own ? 1 << i : 0;
      }
}

static guint
count_known (const LpCsvColumns *columns)
{
  guint n = 0;

  for (guint i = 0; i < LP_CSV_N_COLUMNS; i++)
    n += columns->at[i] >= 0;
  return n;
}

/* FALSE: no record. */
static gboolean
read_with (LpCsvColumns *columns, char delimiter, const char *text, gsize length)
{
  g_autofree LpCsv *csv = g_new (LpCsv, 1);
  g_autoptr (GString) scratch = g_string_new (NULL);

  *columns = (LpCsvColumns){ .delimiter = delimiter };
  for (guint i = 0; i < LP_CSV_N_COLUMNS; i++)
    columns->at[i] = -1;
  lp_csv_init (csv, delimiter);
  lp_csv_feed (csv, text, length, TRUE);
  if (lp_csv_next (csv) != LP_CSV_RECORD || csv->problem != LP_CSV_FINE)
    return FALSE;
  columns->n_cells = csv->n_cells;
  for (guint i = 0; i < csv->n_cells; i++)
    {
      gsize n;
      const char *cell = lp_csv_cell (csv, i, scratch, &n);

      take_cell (columns, cell, n, i);
    }
  return TRUE;
}

/* A column before the eight, as pandas writes its index, changes no order. */
static gboolean
is_in_order (const LpCsvColumns *columns)
{
  for (guint i = 1; i < LP_CSV_POST_COLUMNS; i++)
    if (columns->at[i] < columns->at[i - 1])
      return FALSE;
  return TRUE;
}

gboolean
lp_csv_columns_read (LpCsvColumns *columns, const char *text, gsize length)
{
  LpCsvColumns other;
  gboolean found = read_with (columns, delimiters[0], text, length);

  for (guint i = 1; i < G_N_ELEMENTS (delimiters); i++)
    if (read_with (&other, delimiters[i], text, length) && (!found || count_known (&other) > count_known (columns)))
      {
        *columns = other;
        found = TRUE;
      }
  columns->other_order = columns->by_name == (1 << LP_CSV_POST_COLUMNS) - 1 && !is_in_order (columns);
  return found;
}

gboolean
lp_csv_columns_have_boxes (const LpCsvColumns *columns)
{
  const gint16 *at = columns->at;

  return at[LP_CSV_IMAGE] >= 0 && (at[LP_CSV_CATEGORY] >= 0 || at[LP_CSV_CLASS_ID] >= 0) && at[LP_CSV_LEFT] >= 0 &&
         at[LP_CSV_TOP] >= 0 && (at[LP_CSV_WIDTH] >= 0 || at[LP_CSV_RIGHT] >= 0) &&
         (at[LP_CSV_HEIGHT] >= 0 || at[LP_CSV_BOTTOM] >= 0);
}

gboolean
lp_csv_columns_are_of_post (const LpCsvColumns *columns)
{
  guint n = 0;

  for (guint i = 0; i < LP_CSV_POST_COLUMNS; i++)
    n += (columns->by_name >> i) & 1;
  return n >= LP_CSV_POST_COLUMNS / 2;
}

char *
lp_csv_columns_missing (const LpCsvColumns *columns)
{
  g_autoptr (GString) missing = g_string_new (NULL);

  for (guint i = 0; i < LP_CSV_POST_COLUMNS; i++)
    if (!(columns->by_name & 1 << i))
      g_string_append_printf (missing, missing->len > 0 ? ", %s" : "%s", names[i][0]);
  return missing->len > 0 ? g_string_free (g_steal_pointer (&missing), FALSE) : NULL;
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
