/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fixture.h"

static void
test_load (Fixture *f, gconstpointer data)
{
  const LpDataset *d = lp_session_get_dataset (f->session);
  LpReport report;

  g_assert_cmpuint (d->images->len, ==, 4);
  g_assert_cmpuint (d->layers->len, ==, 2);
  g_assert_cmpint (lp_dataset_layer (d, d->subject)->kind, ==, LP_LAYER_YOLO);
  g_assert_cmpuint (lp_dataset_layer (d, d->subject)->rows->len, ==, 14);
  g_assert_cmpint (lp_session_get_match (f->session)->kind, ==, LP_VERDICT_SORTED);
  g_assert_nonnull (find (f->session, "order/sorted"));
  g_assert_nonnull (find (f->session, "duplicate/exact-box"));
  g_assert_nonnull (find (f->session, "class/id-out-of-range"));
  g_assert_cmpstr (lp_session_get_profile (f->session)->id, ==, "ultralytics");
  lp_session_report (f->session, &report);
  g_assert_false (report.partial);
  /* Looking makes no journal. */
  g_assert_false (g_file_test (f->journal, G_FILE_TEST_EXISTS));
}

static void
test_wrong_wishes (Fixture *f, gconstpointer data)
{
  g_autoptr (LpSession) session = lp_session_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (lp_session_add_map (session, "nonsense", &error));
  g_clear_error (&error);
  g_assert_true (lp_session_add_map (session, "s3://a/b=c=/tmp", &error));
  g_assert_false (lp_session_set_profile (session, "nobody", &error));
  g_clear_error (&error);
  g_assert_false (lp_session_select_rules (session, "no/such", TRUE, &error));
  g_clear_error (&error);
  g_assert_false (lp_session_load (session, NULL, &error));
  g_assert_nonnull (error);
}

static void
test_selection (Fixture *f, gconstpointer data)
{
  g_autoptr (LpSession) session = lp_session_new ();
  LpReport report;

  lp_session_add_path (session, f->set);
  g_assert_true (lp_session_select_rules (session, "duplicate/*", TRUE, NULL));
  g_assert_true (lp_session_select_rules (session, "class/id-out-of-range", TRUE, NULL));
  g_assert_true (lp_session_load (session, NULL, NULL));
  g_assert_cmpuint (lp_session_get_findings (session)->findings->len, ==, 2);
  lp_session_report (session, &report);
  g_assert_true (report.partial);
}

/* What was read before stays when a load fails or is cancelled. */
static void
test_failed_load_keeps_the_old (Fixture *f, gconstpointer data)
{
  const LpDataset *before = lp_session_get_dataset (f->session);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  LpProgress progress = { .cancellable = cancelled };
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancelled);
  g_assert_false (lp_session_load (f->session, &progress, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (lp_session_get_dataset (f->session) == before);
}

typedef struct
{
  GMainLoop *loop;
  GThread *main_thread;
  guint changed;
} Watch;

static void
on_changed (LpSession *session, Watch *watch)
{
  g_assert_true (g_thread_self () == watch->main_thread);
  watch->changed++;
}

static void
load_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_boolean (task, lp_session_load (source, NULL, NULL));
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  Watch *watch = data;

  g_assert_true (g_task_propagate_boolean (G_TASK (result), NULL));
  g_main_loop_quit (watch->loop);
}

static void
test_load_in_a_worker (Fixture *f, gconstpointer data)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Watch watch = { .loop = loop, .main_thread = g_thread_self () };
  g_autoptr (GTask) task = g_task_new (f->session, NULL, on_loaded, &watch);

  g_signal_connect (f->session, "changed", G_CALLBACK (on_changed), &watch);
  put (f, "labels/c.txt", ROW_0);
  g_task_run_in_thread (task, load_in_thread);
  g_main_loop_run (loop);
  g_assert_cmpuint (watch.changed, ==, 1);
  g_assert_cmpuint (lp_dataset_layer (lp_session_get_dataset (f->session), 0)->rows->len +
                      lp_dataset_layer (lp_session_get_dataset (f->session), 1)->rows->len,
                    ==, 12 + 12);
}

static void
test_subject (Fixture *f, gconstpointer data)
{
  LpDataset *d = lp_session_get_dataset (f->session);
  guint32 yolo = d->subject, other = 1 - yolo;
  g_autoptr (GError) error = NULL;

  note_removal (f->session);
  g_assert_true (lp_session_set_subject (f->session, other, NULL, &error));
  g_assert_cmpuint (d->subject, ==, other);
  g_assert_cmpuint (d->label_files, ==, 0);
  g_assert_false (lp_session_can_undo (f->session));
  g_assert_null (find (f->session, "class/id-out-of-range"));
  g_assert_cmpstr (lp_session_get_profile (f->session)->id, ==, "ground-truth");
  /* The step waits in the journal of the layer it belongs to. */
  g_assert_true (lp_session_set_subject (f->session, yolo, NULL, &error));
  g_assert_cmpuint (d->label_files, ==, 4);
  g_assert_cmpuint (lp_session_get_steps (f->session)->len, ==, 1);
  g_assert_null (find (f->session, "duplicate/exact-box"));
}

static void
test_typed_names (Fixture *f, gconstpointer data)
{
  g_auto (GStrv) names = g_strsplit ("fork,apple,can", ",", -1);

  lp_session_set_typed_names (f->session, names);
  g_assert_true (lp_session_load (f->session, NULL, NULL));
  g_assert_cmpint (lp_session_get_match (f->session)->kind, ==, LP_VERDICT_CONSISTENT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/session/load", test_load);
  FIXTURE_TEST ("/session/wrong-wishes", test_wrong_wishes);
  FIXTURE_TEST ("/session/selection", test_selection);
  FIXTURE_TEST ("/session/failed-load-keeps-the-old", test_failed_load_keeps_the_old);
  FIXTURE_TEST ("/session/load-in-a-worker", test_load_in_a_worker);
  FIXTURE_TEST ("/session/subject", test_subject);
  FIXTURE_TEST ("/session/typed-names", test_typed_names);
  return g_test_run ();
}
