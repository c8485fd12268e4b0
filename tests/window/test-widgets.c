/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "lp-bars.h"
#include "lp-crop.h"
#include "lp-diff.h"
#include "lp-error-page.h"
#include "lp-index-model.h"
#include "lp-loading-page.h"
#include "lp-recent.h"
#include "lp-widgets.h"
#include "lp-window.h"

/* Widgets one at a time, in process; every warning ends the program. */

static void
test_numbers (void)
{
  static const struct
  {
    guint64 number;
    const char *text;
  } cases[] = { { 0, "0" }, { 999, "999" }, { 1000, "1,000" }, { 48210, "48,210" }, { 1234567, "1,234,567" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = lp_number (cases[i].number);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
count_cb (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  guint *signals = data;

  g_assert_true (removed == 0 || added == 0); /* never told as a replacement */
  (*signals)++;
}

static void
test_index_model (void)
{
  g_autoptr (LpIndexModel) model = lp_index_model_new ();
  GArray *chosen = g_array_new (FALSE, FALSE, sizeof (guint32));
  const guint32 numbers[] = { 7, 3, 12 };
  g_autoptr (LpIndexItem) item = NULL;
  guint signals = 0;

  g_signal_connect (model, "items-changed", G_CALLBACK (count_cb), &signals);
  lp_index_model_set_range (model, 1000000);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 1000000);
  g_assert_cmpuint (lp_index_model_find (model, 999999), ==, 999999);
  g_array_append_vals (chosen, numbers, G_N_ELEMENTS (numbers));
  lp_index_model_take (model, chosen);
  g_assert_cmpuint (signals, ==, 3);
  item = g_list_model_get_item (G_LIST_MODEL (model), 2);
  g_assert_cmpuint (lp_index_item_get (item), ==, 12);
  g_assert_cmpuint (lp_index_model_find (model, 3), ==, 1);
  g_assert_cmpuint (lp_index_model_find (model, 4), ==, G_MAXUINT);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (model), 3));
}

static void
assert_line (const GArray *lines, guint i, LpDiffKind kind, guint old_line, guint new_line)
{
  const LpDiffLine *line = &g_array_index (lines, LpDiffLine, i);

  g_assert_cmpint (line->kind, ==, kind);
  g_assert_cmpuint (line->old_line, ==, old_line);
  g_assert_cmpuint (line->new_line, ==, new_line);
}

/* The removed line is "-- 1": its "--- 1" is no head of a file. */
static void
test_diff (void)
{
  static const char text[] = "diff --git a/x.txt b/x.txt\n"
                             "--- a/x.txt\n"
                             "+++ b/x.txt\n"
                             "@@ -4,3 +4,3 @@\n"
                             " same\n"
                             "--- 1\n"
                             "+new\n"
                             " end\n";
  g_autoptr (GBytes) diff = g_bytes_new_static (text, sizeof text - 1);
  g_autoptr (GArray) lines = lp_diff_parse (diff);
  const LpDiffLine *removed;

  g_assert_cmpuint (lines->len, ==, 5);
  assert_line (lines, 0, LP_DIFF_HUNK, 0, 0);
  assert_line (lines, 1, LP_DIFF_SAME, 4, 4);
  assert_line (lines, 2, LP_DIFF_REMOVED, 5, 0);
  assert_line (lines, 3, LP_DIFF_ADDED, 0, 5);
  assert_line (lines, 4, LP_DIFF_SAME, 6, 6);
  removed = &g_array_index (lines, LpDiffLine, 2);
  g_assert_cmpmem (text + removed->offset, removed->length, "-- 1", 4);
}

static void
test_diff_of_nothing (void)
{
  g_autoptr (GBytes) diff = g_bytes_new_static ("", 0);
  g_autoptr (GArray) lines = lp_diff_parse (diff);

  g_assert_cmpuint (lines->len, ==, 0);
}

static void
test_recent (void)
{
  char *first[] = { (char *) "/data/a b", NULL }, *second[] = { (char *) "/data/\xff", (char *) "/jobs/ü", NULL };
  LpRecent one = { .paths = first, .title = (char *) "a b", .worst = LP_SEVERITY_ERROR, .problems = 3, .when = 1000 };
  LpRecent two = { .paths = second, .title = (char *) "two", .when = 2000 };
  g_autoptr (GPtrArray) list = NULL;
  const LpRecent *newest;

  lp_recent_clear ();
  lp_recent_note (&one);
  lp_recent_note (&two);
  lp_recent_note (&one); /* opened again: it moves up and stays one */
  list = lp_recent_load ();
  g_assert_cmpuint (list->len, ==, 2);
  newest = g_ptr_array_index (list, 0);
  g_assert_cmpstr (newest->paths[0], ==, "/data/a b");
  g_assert_cmpint (newest->worst, ==, LP_SEVERITY_ERROR);
  g_assert_cmpuint (newest->problems, ==, 3);
  g_assert_cmpstr (((LpRecent *) g_ptr_array_index (list, 1))->paths[0], ==, "/data/\xff");
  lp_recent_clear ();
  g_clear_pointer (&list, g_ptr_array_unref);
  list = lp_recent_load ();
  g_assert_cmpuint (list->len, ==, 0);
}

/* ---- on the screen ---- */

static GtkWidget *
shown (GtkWidget *child)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 300, 100);
  gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  return window;
}

static void
test_bar (void)
{
  GtkWidget *value = gtk_label_new ("6");
  GtkWidget *bar = lp_bar_new (0.5, 3, value);
  GtkWidget *window = shown (bar);
  graphene_rect_t place;
  int room = gtk_widget_get_width (bar) - gtk_widget_get_width (value) - 6;

  g_assert_true (gtk_widget_compute_bounds (value, bar, &place));
  g_assert_cmpfloat_with_epsilon (place.origin.x, room / 2.0 + 6, 1.0);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_empty_crop (void)
{
  GtkWidget *crop = lp_crop_new ();
  GtkWidget *window;
  int height;

  lp_crop_set_size (LP_CROP (crop), 80, 60);
  gtk_widget_measure (crop, GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
  g_assert_cmpint (height, ==, 60);
  window = shown (crop);
  lp_crop_set (LP_CROP (crop), NULL, NULL);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_links_are_no_markup (void)
{
  GtkWidget *link = g_object_ref_sink (lp_link_new ("<b>x</b> & _y", "win.undo", NULL));

  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (link)), ==, "<b>x</b> & _y");
  g_assert_false (gtk_button_get_use_underline (GTK_BUTTON (link)));
  g_object_unref (link);
}

static void
test_loading (void)
{
  g_autoptr (LpSession) session = lp_session_new ();
  GtkWidget *page = g_object_new (LP_TYPE_LOADING_PAGE, NULL);
  GtkWidget *window = shown (page);
  LpProgress progress = { .stage = LP_STAGE_ROWS, .done = 40, .total = 100, .found = 2 };

  lp_loading_page_start (LP_LOADING_PAGE (page));
  lp_loading_page_update (LP_LOADING_PAGE (page), session, &progress);
  progress.stage = 99; /* a stage this page does not know */
  lp_loading_page_update (LP_LOADING_PAGE (page), session, &progress);
  lp_loading_page_stop (LP_LOADING_PAGE (page));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_error (void)
{
  GtkWidget *page = g_object_new (LP_TYPE_ERROR_PAGE, NULL);
  GtkWidget *window = shown (page);
  const char *paths[] = { "/tmp/<i>\xff", NULL };
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "<b>no\n\x01</b>");

  lp_error_page_show (LP_ERROR_PAGE (page), paths, NULL, error);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Every template is made, and all of it goes with the window. */
static void
test_window (void)
{
  GtkApplication *application = GTK_APPLICATION (g_application_get_default ());
  GtkWindow *window = GTK_WINDOW (lp_window_new (application));
  gpointer gone = window;
  g_autoptr (GVariant) page = NULL;

  g_object_add_weak_pointer (G_OBJECT (window), &gone);
  gtk_window_present (window);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  page = g_action_group_get_action_state (G_ACTION_GROUP (window), "page");
  g_assert_cmpstr (g_variant_get_string (page, NULL), ==, "welcome");
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "apply"));
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (window), "export"));
  gtk_window_destroy (window);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (gone);
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application = NULL;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  application = g_object_new (ADW_TYPE_APPLICATION, "application-id", APP_ID, "flags", G_APPLICATION_NON_UNIQUE,
                              "resource-base-path", "/io/github/labelproof/Labelproof", NULL);
  g_application_set_default (G_APPLICATION (application));
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));

  g_test_add_func ("/numbers", test_numbers);
  g_test_add_func ("/index-model", test_index_model);
  g_test_add_func ("/diff", test_diff);
  g_test_add_func ("/diff-of-nothing", test_diff_of_nothing);
  g_test_add_func ("/recent", test_recent);
  g_test_add_func ("/bar", test_bar);
  g_test_add_func ("/empty-crop", test_empty_crop);
  g_test_add_func ("/links-are-no-markup", test_links_are_no_markup);
  g_test_add_func ("/loading", test_loading);
  g_test_add_func ("/error", test_error);
  g_test_add_func ("/window", test_window);
  return g_test_run ();
}
