/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "read/lp-csv-columns.h"
#include "reader-alone.h"

static const LpLayer *
read_length (Fixture *f, const char *text, gssize length)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (f->path, text, length, NULL));
  g_assert_true (lp_csv_list (f->dataset, f->roots, f->path, &f->mapper, NULL, &error));
  g_assert_no_error (error);
  return lp_dataset_layer (f->dataset, 0);
}

static const LpLayer *
read_text (Fixture *f, const char *text)
{
  return read_length (f, text, -1);
}

static void
check_entry (const LpLayer *layer, guint i, guint image, guint line, guint width, guint height, guint first, guint n)
{
  const LpEntry *entry = lp_layer_entry (layer, i);

  g_assert_cmpuint (entry->image, ==, image);
  g_assert_cmpuint (entry->line, ==, line);
  g_assert_cmpuint (entry->width, ==, width);
  g_assert_cmpuint (entry->height, ==, height);
  g_assert_cmpuint (entry->first_row, ==, first);
  g_assert_cmpuint (entry->n_rows, ==, n);
  g_assert_cmpint (entry->state, ==, LP_STATE_ROWS);
}

static void
check_row (const LpLayer *layer, guint i, int class_id, double left, double top, double width, double height)
{
  const LpRow *row = lp_layer_row (layer, i);

  g_assert_cmpint (row->kind, ==, LP_ROW_BOX);
  g_assert_cmpint (row->class_id, ==, class_id);
  g_assert_cmpfloat (row->v[0], ==, left);
  g_assert_cmpfloat (row->v[1], ==, top);
  g_assert_cmpfloat (row->v[2], ==, width);
  g_assert_cmpfloat (row->v[3], ==, height);
}

static void
check_place (const char *text, const LpLayer *layer, guint i, guint line, const char *wanted)
{
  const LpPlace *place = lp_layer_place (layer, i);

  g_assert_cmpmem (text + place->offset, place->length, wanted, strlen (wanted));
  g_assert_cmpuint (place->line, ==, line);
  g_assert_cmpuint (place->column, ==, 1);
}

static void
check_finding (Fixture *f, guint i, LpRuleId rule, guint line, guint column, guint row, const char *detail)
{
  const LpFinding *finding = &g_array_index (f->dataset->noticed, LpFinding, i);

  g_assert_cmpuint (i, <, f->dataset->noticed->len);
  g_assert_cmpuint (finding->rule, ==, rule);
  g_assert_cmpuint (finding->file, ==, 0);
  g_assert_cmpuint (finding->line, ==, line);
  g_assert_cmpuint (finding->column, ==, column);
  g_assert_cmpuint (finding->row, ==, row);
  g_assert_cmpstr (lp_dataset_detail (f->dataset, finding->detail), ==, detail);
}

#define HEADER "img_file,category,box_left,box_top,box_height,box_width,img_width,img_height\n"

/* The rows of a picture need not stand together; height stands before width. */
static void
test_rows (Fixture *f, gconstpointer data)
{
  const char *text = "\xef\xbb\xbf" HEADER "a.jpg,pen,40,50,80,120,640,480\r\n"
                     "b.jpg,ink é,10.25,2,1e1,7.5,800,600\r\n"
                     "\r\n"
                     "a.jpg,\"ink é\",0,0,480.0, 640,640,480\r\n"
                     "\"b.jpg\",\"a \"\"cap\"\"\",1,2,3,4,800.0,600";
  const LpLayer *layer = read_text (f, text);
  const LpDictionary *dict;

  g_assert_cmpuint (f->dataset->noticed->len, ==, 0);
  g_assert_cmpint (layer->kind, ==, LP_LAYER_CSV);
  g_assert_cmpstr (layer->path, ==, f->path);
  g_assert_cmpuint (layer->entries->len, ==, 2);
  check_entry (layer, 0, 0, 2, 640, 480, 0, 2);
  check_entry (layer, 1, 1, 3, 800, 600, 2, 2);
  check_row (layer, 0, 0, 40, 50, 120, 80);
  check_row (layer, 1, 1, 0, 0, 640, 480);
  check_row (layer, 2, 1, 10.25, 2, 7.5, 10);
  check_row (layer, 3, 2, 1, 2, 4, 3);
  check_place (text, layer, 0, 2, "a.jpg,pen,40,50,80,120,640,480");
  check_place (text, layer, 1, 5, "a.jpg,\"ink é\",0,0,480.0, 640,640,480");
  check_place (text, layer, 3, 6, "\"b.jpg\",\"a \"\"cap\"\"\",1,2,3,4,800.0,600");
  g_assert_cmpuint (lp_layer_row (layer, 0)->decimals, ==, 0);
  g_assert_cmpuint (lp_layer_row (layer, 1)->decimals, ==, 1);
  g_assert_cmpuint (f->dataset->coverage.rows_seen, ==, 4);
  g_assert_cmpuint (f->dataset->coverage.rows_read, ==, 4);
  g_assert_cmpuint (lp_dataset_file (f->dataset, 0)->flags, ==, LP_FILE_BOM);
  dict = lp_dataset_dict (f->dataset, layer->dictionary);
  g_assert_cmpint (dict->origin, ==, LP_DICT_CSV);
  g_assert_true (dict->names_only);
  g_assert_cmpuint (dict->names->len, ==, 3);
  g_assert_cmpstr (lp_dictionary_name (dict, 0), ==, "pen");
  g_assert_cmpstr (lp_dictionary_name (dict, 1), ==, "ink é");
  g_assert_cmpstr (lp_dictionary_name (dict, 2), ==, "a \"cap\"");
  g_assert_cmpmem (text + g_array_index (dict->places, LpPlace, 2).offset, 11, "\"a \"\"cap\"\"\"", 11);
}

static void
test_corners_and_ids (Fixture *f, gconstpointer data)
{
  const LpLayer *layer;
  const LpDictionary *dict;

  g_free (f->path);
  f->path = g_build_filename (f->folder, "boxes.csv", NULL);
  layer = read_text (f, "filename;width;height;class_id;class;xmin;ymin;xmax;ymax\n"
                        "a.jpg;640;480;2;pen;40;50;160;130\n"
                        "a.jpg;640;480;0;ink;0;0;640;480\n"
                        "a.jpg;640;480;x;ink;0;0;640;480\n");
  dict = lp_dataset_dict (f->dataset, layer->dictionary);
  g_assert_cmpuint (f->dataset->noticed->len, ==, 1);
  check_finding (f, 0, LP_RULE_CSV_NOT_NUMERIC, 4, 15, 2, "x");
  check_row (layer, 0, 2, 40, 50, 120, 80);
  check_row (layer, 1, 0, 0, 0, 640, 480);
  check_row (layer, 2, LP_CLASS_NONE, 0, 0, 640, 480);
  g_assert_true (lp_layer_row (layer, 2)->flags & LP_ROW_BAD_CLASS);
  g_assert_false (dict->names_only);
  g_assert_cmpuint (dict->names->len, ==, 3);
  g_assert_cmpstr (lp_dictionary_name (dict, 0), ==, "ink");
  g_assert_null (lp_dictionary_name (dict, 1));
  g_assert_cmpstr (lp_dictionary_name (dict, 2), ==, "pen");
}

/* What cannot be read is said where it stands; the rest is read. */
static void
test_bad_rows (Fixture *f, gconstpointer data)
{
  const LpLayer *layer = read_text (f, HEADER "a.jpg,pen,nan,50,80,120,640,480\n"
                                              ",pen,40,50,80,120,640,480\n"
                                              "a.jpg,pen,40,50\n"
                                              "a.jpg,\"pen\"s,40,50,80,120,640,480\n"
                                              "a.jpg,p\xff,40,50,80,120,640,480\n"
                                              "b.jpg,pen,1,2,3,4,640,0\n"
                                              "a.jpg,\"pen,40,50,80,120,640,480\n"
                                              "a.jpg,pen,1,2,3,4,640,480\n");

  g_assert_cmpuint (f->dataset->noticed->len, ==, 7);
  check_finding (f, 0, LP_RULE_CSV_NOT_NUMERIC, 2, 11, 0, "nan");
  check_finding (f, 1, LP_RULE_DATASET_UNREADABLE, 3, 1, LP_NONE, "The row names no picture.");
  check_finding (f, 2, LP_RULE_DATASET_UNREADABLE, 4, 1, LP_NONE, "The row has 4 cells, the header has 8.");
  check_finding (f, 3, LP_RULE_DATASET_UNREADABLE, 5, 12, LP_NONE, "Something stands behind a closing quote.");
  check_finding (f, 4, LP_RULE_DATASET_UNREADABLE, 6, 8, LP_NONE, "It is not UTF-8.");
  check_finding (f, 5, LP_RULE_CSV_NOT_NUMERIC, 7, 23, 2, "0");
  check_finding (f, 6, LP_RULE_DATASET_UNREADABLE, 8, 7, LP_NONE, "A quote is opened and not closed.");
  g_assert_cmpuint (layer->entries->len, ==, 2);
  check_entry (layer, 0, 0, 2, 640, 480, 0, 2);
  check_entry (layer, 1, 1, 7, 640, 0, 2, 1);
  g_assert_cmpint (lp_layer_row (layer, 0)->kind, ==, LP_ROW_UNREAD);
  check_row (layer, 1, 0, 1, 2, 4, 3);
  check_row (layer, 2, 0, 1, 2, 4, 3);
  g_assert_cmpuint (f->dataset->coverage.rows_seen, ==, 8);
  g_assert_cmpuint (f->dataset->coverage.rows_read, ==, 2);
}

/* Two pictures of one base name: their boxes stay apart, and it is said once. */
static void
test_two_sizes (Fixture *f, gconstpointer data)
{
  const LpLayer *layer = read_text (f, HEADER "b.jpg,pen,0,0,1,1,64,48\n"
                                              "1.jpg,pen,40,50,80,120,640,480\n"
                                              "1.jpg,pen,41,50,80,120,800,600\n"
                                              "2.jpg,pen,42,50,80,120,640,480\n"
                                              "1.jpg,pen,43,50,80,120,800,601\n"
                                              "1.jpg,pen,44,50,80,120,640,480\n");
  const LpFinding *finding = &g_array_index (f->dataset->noticed, LpFinding, 0);

  g_assert_cmpuint (f->dataset->noticed->len, ==, 1);
  check_finding (f, 0, LP_RULE_CSV_SIZE_CONFLICT, 4, 24, LP_NONE, "640 × 480");
  g_assert_cmpuint (finding->other, ==, 1);
  g_assert_cmpfloat (finding->a, ==, 800);
  g_assert_cmpfloat (finding->b, ==, 600);
  g_assert_cmpuint (layer->entries->len, ==, 5);
  check_entry (layer, 1, 1, 3, 640, 480, 1, 2);
  check_entry (layer, 2, 1, 4, 800, 600, 3, 1);
  check_entry (layer, 3, 1, 6, 800, 601, 4, 1);
  check_entry (layer, 4, 2, 5, 640, 480, 5, 1);
  g_assert_cmpfloat (lp_layer_row (layer, 2)->v[0], ==, 44);
}

static void
test_names (Fixture *f, gconstpointer data)
{
  const LpLayer *layer = read_text (f, HEADER "a.jpg,001,40,50,80,120,640,480\n"
                                              "a.jpg,\"None\",41,50,80,120,640,480\n"
                                              "a.jpg,,42,50,80,120,640,480\n"
                                              "a.jpg,7,42,50,80,120,640,480\n");

  g_assert_cmpuint (f->dataset->noticed->len, ==, 4);
  check_finding (f, 0, LP_RULE_CSV_CATEGORY_NA, 3, 7, 1, "None");
  check_finding (f, 1, LP_RULE_CSV_CATEGORY_NA, 4, 7, 2, "");
  check_finding (f, 2, LP_RULE_CSV_CATEGORY_NUMERIC, 2, 7, LP_NONE, "001");
  check_finding (f, 3, LP_RULE_CSV_CATEGORY_NUMERIC, 5, 7, LP_NONE, "7");
  g_assert_cmpint (lp_layer_row (layer, 1)->class_id, ==, 1);
  g_assert_cmpint (lp_layer_row (layer, 2)->class_id, ==, LP_CLASS_NONE);
  g_assert_cmpint (lp_layer_row (layer, 3)->class_id, ==, 2);
}

/* A header that says too little gives no layer, and that is said. */
static void
test_headers (Fixture *f, gconstpointer data)
{
  const char *all = "img_file, category, box_left, box_top, box_height, box_width, img_width, img_height";

  read_text (f, "file,label,x,y\na.jpg,pen,1,2\n");
  read_text (f, "");
  read_length (f, "\xff\xfei\0m\0g\0", 8);
  read_text (f, "box_width,img_file,category,box_left,box_top,box_height,img_width,img_height\n");
  g_assert_cmpuint (f->dataset->noticed->len, ==, 4);
  check_finding (f, 0, LP_RULE_CSV_COLUMNS, 1, 1, LP_NONE, all);
  g_assert_cmpint (g_array_index (f->dataset->noticed, LpFinding, 1).rule, ==, LP_RULE_CSV_COLUMNS);
  g_assert_cmpint (g_array_index (f->dataset->noticed, LpFinding, 2).rule, ==, LP_RULE_DATASET_UNREADABLE);
  g_assert_cmpint (g_array_index (f->dataset->noticed, LpFinding, 3).severity, ==, LP_SEVERITY_INFO);
  g_assert_cmpuint (f->dataset->layers->len, ==, 1);
}

/* Many blocks: every row is where it was. */
static void
test_large (Fixture *f, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (HEADER);
  const LpLayer *layer;

  for (guint i = 0; i < 40000; i++)
    g_string_append_printf (text, "picture_%05u.jpg,thing %u,%u,2,3,4,640,480\n", i / 4, i % 7, i);
  layer = read_text (f, text->str);
  g_assert_cmpuint (f->dataset->noticed->len, ==, 0);
  g_assert_cmpuint (layer->entries->len, ==, 10000);
  g_assert_cmpuint (layer->rows->len, ==, 40000);
  for (guint i = 0; i < layer->rows->len; i++)
    {
      const LpPlace *place = lp_layer_place (layer, i);

      g_assert_cmpfloat (lp_layer_row (layer, i)->v[0], ==, i);
      g_assert_cmpint (lp_layer_row (layer, i)->class_id, ==, i % 7);
      g_assert_cmpuint (place->line, ==, i + 2);
      g_assert_true (g_str_has_prefix (text->str + place->offset, "picture_"));
      g_assert_cmpint (text->str[place->offset + place->length], ==, '\n');
    }
}

static void
test_cancelled (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  LpProgress progress = { .cancellable = cancellable };

  g_assert_true (g_file_set_contents (f->path, HEADER, -1, NULL));
  g_cancellable_cancel (cancellable);
  g_assert_false (lp_csv_list (f->dataset, f->roots, f->path, &f->mapper, &progress, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (f->dataset->layers->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add ("/csv/" name, Fixture, "annot.csv", set_up, function, tear_down)
  ADD ("rows", test_rows);
  ADD ("corners-and-ids", test_corners_and_ids);
  ADD ("bad-rows", test_bad_rows);
  ADD ("two-sizes", test_two_sizes);
  ADD ("names", test_names);
  ADD ("headers", test_headers);
  ADD ("large", test_large);
  ADD ("cancelled", test_cancelled);
  return g_test_run ();
}
