/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "base/lp-progress.h"

static void
test_stages (void)
{
  LpProgress progress = { .found = 3 };

  lp_progress_start (&progress, 1, 10);
  lp_progress_add (&progress, 4);
  lp_progress_add (&progress, 2);
  g_assert_cmpint (progress.stage, ==, 1);
  g_assert_cmpint (progress.done, ==, 6);
  g_assert_cmpint (progress.total, ==, 10);

  /* A new stage counts anew; what was found stays. */
  lp_progress_start (&progress, 2, 0);
  g_assert_cmpint (progress.stage, ==, 2);
  g_assert_cmpint (progress.done, ==, 0);
  g_assert_cmpint (progress.total, ==, 0);
  g_assert_cmpint (progress.found, ==, 3);
}

static gpointer
add_ones (gpointer data)
{
  for (guint i = 0; i < 10000; i++)
    lp_progress_add (data, 1);
  return NULL;
}

static void
test_threads (void)
{
  LpProgress progress = { 0 };
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("add", add_ones, &progress);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (progress.done, ==, 40000);
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  LpProgress progress = { .cancellable = cancellable };
  LpProgress without = { 0 };

  g_assert_false (lp_progress_cancelled (&progress));
  g_cancellable_cancel (cancellable);
  g_assert_true (lp_progress_cancelled (&progress));
  g_assert_false (lp_progress_cancelled (&without));
}

static void
test_nobody_asked (void)
{
  lp_progress_start (NULL, 1, 10);
  lp_progress_add (NULL, 1);
  g_assert_false (lp_progress_cancelled (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/progress/stages", test_stages);
  g_test_add_func ("/progress/threads", test_threads);
  g_test_add_func ("/progress/cancelled", test_cancelled);
  g_test_add_func ("/progress/nobody-asked", test_nobody_asked);
  return g_test_run ();
}
