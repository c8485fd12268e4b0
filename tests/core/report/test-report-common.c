/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"

static void
test_counts (Fixture *f, gconstpointer data)
{
  LpLayerCounts counts;

  lp_layer_row (f->layer, 1)->kind = LP_ROW_POLYGON;
  lp_layer_row (f->layer, 2)->flags = LP_ROW_REMOVED;
  lp_report_count (f->dataset, f->layer, &counts);
  g_assert_cmpuint (counts.images, ==, 2);
  g_assert_cmpuint (counts.rows, ==, 2);
  g_assert_cmpuint (counts.boxes, ==, 1);
  g_assert_cmpuint (counts.states[LP_STATE_ROWS], ==, 1);
  g_assert_cmpuint (counts.states[LP_STATE_NO_FILE], ==, 1);
  /* What stands for a label file without a picture is no image; its rows count. */
  lp_dataset_image (f->dataset, 0)->flags |= LP_IMAGE_ORPHAN;
  lp_report_count (f->dataset, f->layer, &counts);
  g_assert_cmpuint (counts.images, ==, 1);
  g_assert_cmpuint (counts.states[LP_STATE_ROWS], ==, 0);
  g_assert_cmpuint (counts.rows, ==, 2);
}

static void
test_places (Fixture *f, gconstpointer data)
{
  LpFinding finding = LP_FINDING_INIT;
  g_autofree char *nowhere = lp_report_place (f->dataset, &finding);
  g_autofree char *picture = NULL;
  g_autofree char *row = NULL;
  g_autofree char *bucket = NULL;

  g_assert_null (nowhere);
  finding.image = 1;
  picture = lp_report_place (f->dataset, &finding);
  g_assert_cmpstr (picture, ==, "images/b.jpg");
  finding.file = f->label_file;
  finding.line = 3;
  row = lp_report_place (f->dataset, &finding);
  g_assert_cmpstr (row, ==, "labels/a.txt:3");
  bucket = lp_report_path (f->dataset, "s3://bucket/a.jpg");
  g_assert_cmpstr (bucket, ==, "s3://bucket/a.jpg");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/report/common/counts", test_counts);
  FIXTURE_TEST ("/report/common/places", test_places);
  return g_test_run ();
}
