/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "check/lp-family.h"

/* annot.csv: what the AWS post's parse_annots.py writes from a manifest, and its create_annot.py makes label files
 * of. Most of it is what the reader notices, also where the table is only a witness. */

static char *
say_columns (const LpDataset *dataset, const LpFinding *finding)
{
  const char *missing = lp_dataset_detail (dataset, finding->detail);
  g_autofree char *text = lp_say_text (missing);

  if (missing == NULL)
    return g_strdup (_ ("The columns stand in another order than the script writes them"));
  return g_strdup_printf (_ ("The header does not name these columns: %s"), text);
}

static char *
say_delimiter (const LpDataset *dataset, const LpFinding *finding)
{
  return g_strdup (finding->a == '\t' ? _ ("The cells are separated by tabs, not by commas")
                                      : _ ("The cells are separated by semicolons, not by commas"));
}

static char *
say_not_numeric (const LpDataset *dataset, const LpFinding *finding)
{
  const char *cell = lp_dataset_detail (dataset, finding->detail);
  g_autofree char *text = lp_say_text (cell);

  if (cell == NULL || *cell == '\0')
    return g_strdup (_ ("A number is missing"));
  return g_strdup_printf (_ ("“%s” is no number that can be used here"), text);
}

static char *
say_category_na (const LpDataset *dataset, const LpFinding *finding)
{
  const char *cell = lp_dataset_detail (dataset, finding->detail);
  g_autofree char *text = lp_say_text (cell);

  if (cell == NULL || *cell == '\0')
    return g_strdup (_ ("The class has no name"));
  return g_strdup_printf (_ ("pandas reads the name “%s” as a missing value"), text);
}

/* ---- csv/duplicate-row ---- */

typedef struct
{
  const LpLayer *layer;
  GArray *order; /* guint32: rows of one entry */
} Rows;

static int
compare_numbers (gconstpointer a, gconstpointer b, gpointer data)
{
  const Rows *rows = data;
  guint32 i = *(const guint32 *) a, j = *(const guint32 *) b;
  const LpRow *x = lp_layer_row (rows->layer, i), *y = lp_layer_row (rows->layer, j);

  if (x->class_id != y->class_id)
    return x->class_id < y->class_id ? -1 : 1;
  for (guint k = 0; k < G_N_ELEMENTS (x->v); k++)
    if (x->v[k] != y->v[k])
      return x->v[k] < y->v[k] ? -1 : 1;
  return 0;
}

static int
compare_rows (gconstpointer a, gconstpointer b, gpointer data)
{
  guint32 i = *(const guint32 *) a, j = *(const guint32 *) b;
  int order = compare_numbers (a, b, data);

  return order != 0 ? order : (i > j) - (i < j);
}

/* All rows of an entry have one image and one size; the rest of the row is its class and four numbers. */
static void
find_duplicates (LpCheck *check, guint32 layer, guint32 entry, Rows *rows)
{
  const LpEntry *e = lp_layer_entry (rows->layer, entry);
  GArray *order = rows->order;
  guint first = 0;

  g_array_set_size (order, 0);
  for (guint32 i = e->first_row; i < e->first_row + e->n_rows; i++)
    if (lp_layer_row (rows->layer, i)->kind == LP_ROW_BOX && !(lp_layer_row (rows->layer, i)->flags & LP_ROW_REMOVED))
      g_array_append_val (order, i);
  g_array_sort_with_data (order, compare_rows, rows);
  for (guint i = 1; i < order->len; i++)
    {
      LpFinding finding;

      if (compare_numbers (&g_array_index (order, guint32, first), &g_array_index (order, guint32, i), rows) != 0)
        {
          first = i;
          continue;
        }
      finding = lp_finding_at_row (check->dataset, layer, entry, g_array_index (order, guint32, i));
      finding.other = g_array_index (order, guint32, first);
      lp_check_add (check, LP_RULE_CSV_DUPLICATE_ROW, &finding);
    }
}

static void
check_duplicate_row (LpCheck *check)
{
  Rows rows = { .order = g_array_new (FALSE, FALSE, sizeof (guint32)) };

  for (guint32 i = 0; i < check->dataset->layers->len; i++)
    {
      rows.layer = lp_dataset_layer (check->dataset, i);
      for (guint32 j = 0; rows.layer->kind == LP_LAYER_CSV && j < rows.layer->entries->len; j++)
        if (lp_layer_entry (rows.layer, j)->n_rows > 1)
          find_duplicates (check, i, j, &rows);
    }
  g_array_unref (rows.order);
}

const LpRule lp_rules_csv[] = {
  {
    .id = "csv/columns",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .systematic = TRUE,
    .title = N_ ("Columns of annot.csv that are missing"),
    .why = N_ ("The columns are found by their names. Without one of the eight, boxes or sizes are unknown."),
    .example = "file,label,x,y",
    .trainer = N_ ("create_annot.py stops at the first name that is missing. Another order does no harm."),
    .say = say_columns,
  },
  {
    .id = "csv/delimiter",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_READER,
    .systematic = TRUE,
    .title = N_ ("Cells that are not separated by commas"),
    .why = N_ ("A spreadsheet program has written the table as its language wants it. Scripts expect commas."),
    .example = "img_file;category;box_left;…",
    .trainer = N_ ("create_annot.py takes each line for a single cell and stops."),
    .say = say_delimiter,
  },
  {
    .id = "csv/not-numeric",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .cost = LP_COST_ROW,
    .title = N_ ("Cell that is no number"),
    .why = N_ ("Coordinates and sizes are numbers of pixels. What this row means is unknown."),
    .example = "a.jpg,pen,12px,40,80,120,640,480",
    .trainer = N_ ("create_annot.py stops, or writes “nan” into the label file."),
    .say = say_not_numeric,
  },
  {
    .id = "csv/category-na",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .cost = LP_COST_ROW,
    .title = N_ ("Class name that pandas takes for nothing"),
    .why = N_ ("pandas reads an empty cell, “NA”, “None”, “null” and their like as a missing value, quoted or not."),
    .example = "a.jpg,NA,12,40,80,120,640,480",
    .trainer = N_ ("create_annot.py finds no such class and stops."),
    .say = say_category_na,
  },
  {
    .id = "csv/category-numeric",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_READER,
    .title = N_ ("Class name that pandas takes for a number"),
    .sentence =
      N_ ("pandas reads the name “{detail}” as a number or a truth value, for all names of the table are such"),
    .why = N_ ("“001” becomes 1 and “True” a truth value, and the list of names has neither."),
    .example = "a.jpg,001,12,40,80,120,640,480",
    .trainer = N_ ("create_annot.py finds no such class and stops."),
  },
  {
    .id = "csv/size-conflict",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .cost = LP_COST_BOXES,
    .title = N_ ("One picture with two sizes"),
    .sentence = N_ ("{image} has the size {a} × {b} here, and {detail} in line {other-line}"),
    .why = N_ ("The table has base names only. Two pictures of one name in different folders have become one."),
    .example = "a/1.jpg 640 × 480 and b/1.jpg 800 × 600, both “1.jpg”",
    .trainer = N_ ("create_annot.py writes the boxes of both into one label file."),
  },
  {
    .id = "csv/duplicate-row",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_SET,
    .title = N_ ("Same row twice"),
    .sentence = N_ ("Same row as line {other-line}; box {box}"),
    .why = N_ ("All fields are equal. A line of the manifest was there twice, or the script ran twice."),
    .example = "a.jpg,pen,12,40,80,120,640,480, twice",
    .trainer = N_ ("create_annot.py writes the box twice; Ultralytics removes one of them and says so."),
    .check_set = check_duplicate_row,
  },
  { .id = NULL },
};
