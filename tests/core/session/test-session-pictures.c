/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"

static guint32
picture (const Fixture *f, const char *name)
{
  guint32 image = lp_session_find_image (f->session, name);

  g_assert_cmpuint (image, !=, LP_NONE);
  return image;
}

static const LpDrawBox *
box (const GArray *boxes, guint i)
{
  g_assert_cmpuint (i, <, boxes->len);
  return &g_array_index (boxes, LpDrawBox, i);
}

static void
test_boxes (Fixture *f, gconstpointer data)
{
  const LpDataset *d = lp_session_get_dataset (f->session);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) boxes = lp_session_draw_boxes (f->session, d->subject, picture (f, "a.png"), LP_NONE,
                                                    LP_FRAME_UNKNOWN, LP_FRAME_UPRIGHT, 2, rows);

  /* The row that stands twice is one box with two copies, and bears its finding. */
  g_assert_cmpuint (boxes->len, ==, 3);
  g_assert_cmpuint (rows->len, ==, 3);
  g_assert_cmpuint (box (boxes, 0)->copies, ==, 2);
  g_assert_cmpint (box (boxes, 0)->severity, ==, LP_SEVERITY_WARNING);
  g_assert_cmpint (box (boxes, 1)->severity, ==, LP_SEVERITY_OFF);
  g_assert_cmpfloat_with_epsilon (box (boxes, 0)->rect.x0, 20, 1e-9);
  g_assert_cmpfloat_with_epsilon (box (boxes, 0)->rect.y1, 48, 1e-9);
  /* Class 0 is shown as "apple", which the job lists second and calls "fork". */
  g_assert_cmpstr (box (boxes, 0)->name, ==, "apple");
  g_assert_cmpint (box (boxes, 0)->slot, ==, 1);
  g_assert_cmpstr (box (boxes, 0)->second, ==, "job: fork");
}

static void
test_class_without_a_name (Fixture *f, gconstpointer data)
{
  const LpDataset *d = lp_session_get_dataset (f->session);
  g_autoptr (GArray) boxes = lp_session_draw_boxes (f->session, d->subject, picture (f, "b.png"), LP_NONE,
                                                    LP_FRAME_UNKNOWN, LP_FRAME_UPRIGHT, 1, NULL);

  g_assert_cmpuint (boxes->len, ==, 4);
  g_assert_cmpint (box (boxes, 3)->class_id, ==, 9);
  g_assert_null (box (boxes, 3)->name);
  g_assert_null (box (boxes, 3)->second);
  g_assert_cmpint (box (boxes, 3)->slot, ==, -1);
  g_assert_cmpint (box (boxes, 3)->severity, ==, LP_SEVERITY_ERROR);
}

/* Drawn by the job's own list, names and colours are right and nothing differs. */
static void
test_other_names (Fixture *f, gconstpointer data)
{
  const LpDataset *d = lp_session_get_dataset (f->session);
  guint32 reference = lp_session_get_match (f->session)->reference;
  g_autoptr (GArray) boxes = lp_session_draw_boxes (f->session, d->subject, picture (f, "c.png"), reference,
                                                    LP_FRAME_UNKNOWN, LP_FRAME_UPRIGHT, 1, NULL);

  g_assert_cmpstr (box (boxes, 0)->name, ==, "fork");
  g_assert_cmpint (box (boxes, 0)->slot, ==, 0);
  g_assert_null (box (boxes, 0)->second);
}

static void
test_find_image (Fixture *f, gconstpointer data)
{
  g_assert_cmpuint (picture (f, "images/c.png"), ==, picture (f, "c.png"));
  g_assert_cmpuint (lp_session_find_image (f->session, "nothing.png"), ==, LP_NONE);
}

/* Together, in image order: what stands before and after them is of other images. */
static void
test_findings_of (Fixture *f, gconstpointer data)
{
  const LpFindings *base = lp_session_get_base (f->session);
  guint32 image = picture (f, "b.png");
  guint n, first = lp_session_findings_of (base, image, &n), of_image = 0;

  for (guint i = 0; i < base->findings->len; i++)
    of_image += g_array_index (base->findings, LpFinding, i).image == image;
  g_assert_cmpuint (n, ==, of_image);
  g_assert_cmpuint (n, >, 0);
  g_assert_cmpuint (g_array_index (base->findings, LpFinding, first).image, ==, image);
  lp_session_findings_of (base, picture (f, "d.png"), &n);
  g_assert_cmpuint (n, ==, 0);
  lp_session_findings_of (base, LP_NONE, &n);
  g_assert_cmpuint (n, >, 0); /* the label order is of no image */
}

/* 10, 8, 20 × 16 in the manifest; a row without a partner has none. */
static void
test_job_box (Fixture *f, gconstpointer data)
{
  const LpDataset *d = lp_session_get_dataset (f->session);
  const LpEntry *entry = lp_layer_find (lp_dataset_layer (d, d->subject), picture (f, "b.png"));
  LpJobBox job;

  g_assert_true (lp_session_job_box (f->session, entry->first_row, &job));
  g_assert_cmpstr (job.name, ==, "fork");
  g_assert_cmpint (job.class_id, ==, 0);
  g_assert_cmpfloat (job.box.x0, ==, 10);
  g_assert_cmpfloat (job.box.y0, ==, 8);
  g_assert_cmpfloat (job.box.x1, ==, 30);
  g_assert_cmpfloat (job.box.y1, ==, 24);
  g_assert_true (job.exact);
  g_assert_cmpfloat_with_epsilon (job.difference, 0, 1e-9);
  g_assert_false (lp_session_job_box (f->session, entry->first_row + 3, &job));
  g_assert_false (lp_session_job_box (f->session, LP_NONE, &job));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/session/pictures/boxes", test_boxes);
  FIXTURE_TEST ("/session/pictures/class-without-a-name", test_class_without_a_name);
  FIXTURE_TEST ("/session/pictures/other-names", test_other_names);
  FIXTURE_TEST ("/session/pictures/find-image", test_find_image);
  FIXTURE_TEST ("/session/pictures/findings-of", test_findings_of);
  FIXTURE_TEST ("/session/pictures/job-box", test_job_box);
  return g_test_run ();
}
