/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "read/lp-csv-columns.h"
#include "read/lp-formats.h"

#define POST "img_file,category,box_left,box_top,box_height,box_width,img_width,img_height"

static LpCsvColumns
columns_of (const char *text)
{
  LpCsvColumns columns;

  g_assert_true (lp_csv_columns_read (&columns, text, strlen (text)));
  return columns;
}

static void
test_post (void)
{
  LpCsvColumns columns = columns_of (POST "\na.jpg,pen,1,2,3,4,5,6\n");

  g_assert_cmpint (columns.delimiter, ==, ',');
  g_assert_cmpuint (columns.n_cells, ==, 8);
  for (guint i = 0; i < LP_CSV_POST_COLUMNS; i++)
    g_assert_cmpint (columns.at[i], ==, i);
  for (guint i = LP_CSV_POST_COLUMNS; i < LP_CSV_N_COLUMNS; i++)
    g_assert_cmpint (columns.at[i], ==, -1);
  g_assert_false (columns.other_order);
  g_assert_true (lp_csv_columns_have_boxes (&columns) && lp_csv_columns_are_of_post (&columns));
  g_assert_null (lp_csv_columns_missing (&columns));
}

/* pandas writes its index as a column without a name; width may stand before height. */
static void
test_variants (void)
{
  LpCsvColumns indexed = columns_of ("," POST "\r\n0,a.jpg");
  LpCsvColumns turned = columns_of ("img_file,category,box_left,box_top,box_width,box_height,img_width,img_height");
  LpCsvColumns sheet =
    columns_of ("\"img_file\";category;box_left;box_top;box_height;box_width;img_width;img_height");
  LpCsvColumns tabs =
    columns_of ("img_file\tcategory\tbox_left\tbox_top\tbox_height\tbox_width\timg_width\timg_height");

  g_assert_cmpint (indexed.at[LP_CSV_IMAGE], ==, 1);
  g_assert_cmpint (indexed.at[LP_CSV_IMAGE_HEIGHT], ==, 8);
  g_assert_false (indexed.other_order);
  g_assert_cmpint (turned.at[LP_CSV_WIDTH], ==, 4);
  g_assert_cmpint (turned.at[LP_CSV_HEIGHT], ==, 5);
  g_assert_true (turned.other_order);
  g_assert_cmpint (sheet.delimiter, ==, ';');
  g_assert_cmpint (sheet.at[LP_CSV_IMAGE], ==, 0);
  g_assert_cmpint (tabs.delimiter, ==, '\t');
  g_assert_cmpint (tabs.at[LP_CSV_IMAGE_HEIGHT], ==, 7);
}

static void
test_missing (void)
{
  LpCsvColumns two = columns_of ("img_file,Label,box_left,box_top,box_height,box_width,img_height ,other");
  LpCsvColumns none = columns_of ("file,label,x,y");
  g_autofree char *words = lp_csv_columns_missing (&two), *all = lp_csv_columns_missing (&none);

  g_assert_cmpstr (words, ==, "category, img_width, img_height");
  g_assert_cmpint (two.at[LP_CSV_CATEGORY], ==, 1);
  g_assert_cmpint (two.at[LP_CSV_IMAGE_HEIGHT], ==, 6);
  g_assert_true (lp_csv_columns_have_boxes (&two) && lp_csv_columns_are_of_post (&two));
  g_assert_cmpstr (all, ==, "img_file, category, box_left, box_top, box_height, box_width, img_width, img_height");
  g_assert_false (lp_csv_columns_have_boxes (&none) || lp_csv_columns_are_of_post (&none));
}

/* As TensorFlow's and Roboflow's tables say it; of two columns with one meaning the post's own counts. */
static void
test_other_names (void)
{
  LpCsvColumns corners = columns_of ("filename,width,height,class,xmin,ymin,xmax,ymax");
  LpCsvColumns both = columns_of ("file,img_file,class_id,category,left,box_left,top,width,height,right,bottom");

  g_assert_cmpint (corners.at[LP_CSV_IMAGE_WIDTH], ==, 1);
  g_assert_cmpint (corners.at[LP_CSV_CATEGORY], ==, 3);
  g_assert_cmpint (corners.at[LP_CSV_RIGHT], ==, 6);
  g_assert_cmpint (corners.at[LP_CSV_WIDTH], ==, -1);
  g_assert_true (lp_csv_columns_have_boxes (&corners));
  g_assert_false (lp_csv_columns_are_of_post (&corners));
  g_assert_cmpint (both.at[LP_CSV_IMAGE], ==, 1);
  g_assert_cmpint (both.at[LP_CSV_LEFT], ==, 5);
  g_assert_cmpint (both.at[LP_CSV_CLASS_ID], ==, 2);
}

static void
test_nothing (void)
{
  LpCsvColumns columns;

  g_assert_false (lp_csv_columns_read (&columns, "", 0));
  g_assert_false (lp_csv_columns_read (&columns, "\n\n", 2));
  g_assert_false (lp_csv_columns_read (&columns, "\"img_file", 9));
  g_assert_false (lp_csv_columns_read (&columns, "i\0m", 3));
}

static gboolean
probe (const char *name, const char *text)
{
  return lp_csv_probe (name, text, strlen (text));
}

static void
test_probe (void)
{
  g_assert_true (probe ("annot.csv", ""));
  g_assert_true (probe ("boxes.csv", POST "\n"));
  g_assert_true (probe ("boxes.csv", "\xef\xbb\xbf" POST "\n"));
  g_assert_true (probe ("boxes.csv", "img_file;category;box_left;box_top"));
  g_assert_true (probe ("boxes.csv", "filename,width,height,class,xmin,ymin,xmax,ymax\n"));
  g_assert_false (probe ("boxes.csv", "filename,class,xmin,ymin,xmax,ymax\n"));
  g_assert_false (probe ("results.csv", "epoch,time,train/box_loss,train/cls_loss\n"));
  g_assert_false (probe ("boxes.txt", POST "\n"));
  g_assert_false (probe ("x.csv", ""));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv-columns/post", test_post);
  g_test_add_func ("/csv-columns/variants", test_variants);
  g_test_add_func ("/csv-columns/missing", test_missing);
  g_test_add_func ("/csv-columns/other-names", test_other_names);
  g_test_add_func ("/csv-columns/nothing", test_nothing);
  g_test_add_func ("/csv-columns/probe", test_probe);
  return g_test_run ();
}
