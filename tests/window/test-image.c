/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>
#include <math.h>

#include "lp-canvas.h"
#include "lp-image-page.h"
#include "lp-window.h"

/* The picture and what is around it, in process, over a small data set made here; every warning ends the program. */

#define WIDTH 80
#define HEIGHT 60

static char *folder;

static void
write_text (const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
write_picture (const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_cmpint (cairo_surface_write_to_png (surface, path), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
}

/* a.png: a box of the whole left half, a small one inside, its copy, one of a class without a name. b.png: nothing
 * wrong. c.png: looked at, no boxes. */
static void
make_set (void)
{
  folder = g_dir_make_tmp ("labelproof-XXXXXX", NULL);
  g_assert_nonnull (folder);
  write_text ("data.yaml", "train: images\nval: images\nnames: [cat, dog, owl]\n");
  write_picture ("images/a.png");
  write_picture ("images/b.png");
  write_picture ("images/c.png");
  write_text ("labels/a.txt", "0 0.25 0.5 0.5 1\n"
                              "1 0.25 0.5 0.2 0.2\n"
                              "1 0.25 0.5 0.2 0.2\n"
                              "7 0.75 0.5 0.2 0.4\n");
  write_text ("labels/b.txt", "2 0.5 0.5 0.5 0.5\n");
  write_text ("labels/c.txt", "");
}

static LpSession *
load (void)
{
  LpSession *session = lp_session_new ();
  g_autoptr (GError) error = NULL;

  lp_session_add_path (session, folder);
  lp_session_load (session, NULL, &error);
  g_assert_no_error (error);
  return session;
}

static gboolean
late_cb (gpointer late)
{
  *(gboolean *) late = TRUE;
  return G_SOURCE_REMOVE;
}

/* Runs the main loop until the condition holds; ten seconds at most. */
#define WAIT_FOR(condition)                                                                                          \
  G_STMT_START                                                                                                       \
  {                                                                                                                  \
    gboolean late = FALSE;                                                                                           \
    guint timeout = g_timeout_add_seconds (10, late_cb, &late);                                                      \
    while (!(condition) && !late)                                                                                    \
      g_main_context_iteration (NULL, TRUE);                                                                         \
    g_assert_true (condition);                                                                                       \
    if (!late)                                                                                                       \
      g_source_remove (timeout);                                                                                     \
  }                                                                                                                  \
  G_STMT_END

/* ---- the canvas ---- */

typedef struct
{
  GtkWidget *window;
  LpCanvas *canvas;
  LpSession *session;
  const LpEntry *entry;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  const LpDataset *dataset;

  f->session = load ();
  dataset = lp_session_get_dataset (f->session);
  f->entry = lp_layer_find (lp_dataset_layer (dataset, dataset->subject), 0);
  f->canvas = LP_CANVAS (lp_canvas_new ());
  f->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (f->window), 440, 340);
  gtk_window_set_child (GTK_WINDOW (f->window), GTK_WIDGET (f->canvas));
  lp_canvas_set_session (f->canvas, f->session);
  lp_canvas_show (f->canvas, dataset->subject, 0, LP_NONE);
  gtk_window_present (GTK_WINDOW (f->window));
  WAIT_FOR (gtk_widget_get_width (GTK_WIDGET (f->canvas)) > 0);
  gtk_test_widget_wait_for_draw (f->window);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  gpointer gone = f->canvas;

  g_object_add_weak_pointer (G_OBJECT (f->canvas), &gone);
  gtk_window_destroy (GTK_WINDOW (f->window));
  g_object_unref (f->session);
  WAIT_FOR (gone == NULL);
}

static void
assert_point (LpCanvas *canvas, double x, double y, double px, double py)
{
  double at_x, at_y;

  lp_canvas_to_picture (canvas, x, y, &at_x, &at_y);
  g_assert_cmpfloat_with_epsilon (at_x, px, 1e-6);
  g_assert_cmpfloat_with_epsilon (at_y, py, 1e-6);
}

/* What is under the pointer stays under it, through any zoom and back. */
static void
test_zoom_keeps_the_point (Fixture *f, gconstpointer data)
{
  static const double zooms[] = { 0.5, 1, 3.7, 12, 2, 64 };
  double px, py;

  lp_canvas_to_picture (f->canvas, 133, 71, &px, &py);
  for (guint i = 0; i < G_N_ELEMENTS (zooms); i++)
    {
      lp_canvas_set_zoom (f->canvas, zooms[i], 133, 71);
      g_assert_cmpfloat (lp_canvas_get_zoom (f->canvas), ==, zooms[i]);
      assert_point (f->canvas, 133, 71, px, py);
    }
  lp_canvas_set_zoom (f->canvas, 1000, 133, 71);
  g_assert_cmpfloat (lp_canvas_get_zoom (f->canvas), ==, 64);
  lp_canvas_set_zoom (f->canvas, 0, 133, 71);
  g_assert_cmpfloat (lp_canvas_get_zoom (f->canvas), >, 0);
}

static void
test_coordinates_and_back (Fixture *f, gconstpointer data)
{
  double x, y;

  lp_canvas_set_zoom (f->canvas, 10, 220, 170);
  lp_canvas_from_picture (f->canvas, 17.25, 41, &x, &y);
  assert_point (f->canvas, x, y, 17.25, 41);
  lp_canvas_pan (f->canvas, 30, -20);
  assert_point (f->canvas, x - 30, y + 20, 17.25, 41);
}

/* The whole picture in the view with some room around it, in the middle. */
static void
test_fit (Fixture *f, gconstpointer data)
{
  int width = gtk_widget_get_width (GTK_WIDGET (f->canvas)), height = gtk_widget_get_height (GTK_WIDGET (f->canvas));
  double x0, y0, x1, y1;

  lp_canvas_set_zoom (f->canvas, 40, 5, 5);
  lp_canvas_fit (f->canvas);
  lp_canvas_from_picture (f->canvas, 0, 0, &x0, &y0);
  lp_canvas_from_picture (f->canvas, WIDTH, HEIGHT, &x1, &y1);
  g_assert_cmpfloat (x0, >=, 0);
  g_assert_cmpfloat (y0, >=, 0);
  g_assert_cmpfloat (x1, <=, width);
  g_assert_cmpfloat (y1, <=, height);
  g_assert_cmpfloat_with_epsilon (x0, width - x1, 1.01);
  g_assert_cmpfloat_with_epsilon (y0, height - y1, 1.01);
  g_assert_cmpfloat (MIN (x0, y0), <, 30); /* and no smaller than need be */
}

static guint32
pick (LpCanvas *canvas, double px, double py)
{
  double x, y;

  lp_canvas_from_picture (canvas, px, py, &x, &y);
  return lp_canvas_pick (canvas, x, y);
}

/* The smallest box wins; beside all of them there is none; hidden ones cannot be picked. */
static void
test_pick (Fixture *f, gconstpointer data)
{
  g_assert_cmpuint (pick (f->canvas, 20, 30), ==, f->entry->first_row + 1);
  g_assert_cmpuint (pick (f->canvas, 5, 5), ==, f->entry->first_row);
  g_assert_cmpuint (pick (f->canvas, 60, 30), ==, f->entry->first_row + 3);
  g_assert_cmpuint (pick (f->canvas, 45, 5), ==, LP_NONE);
  lp_canvas_set_hidden (f->canvas, TRUE);
  g_assert_cmpuint (pick (f->canvas, 20, 30), ==, LP_NONE);
}

static void
test_zoom_to_row (Fixture *f, gconstpointer data)
{
  int width = gtk_widget_get_width (GTK_WIDGET (f->canvas)), height = gtk_widget_get_height (GTK_WIDGET (f->canvas));
  double x, y;

  lp_canvas_zoom_to_row (f->canvas, f->entry->first_row + 3); /* its middle: 60, 30 */
  lp_canvas_from_picture (f->canvas, 60, 30, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, width / 2.0, 1);
  g_assert_cmpfloat_with_epsilon (y, height / 2.0, 1);
}

static void
drawn_cb (LpCanvas *canvas, guint *n)
{
  (*n)++;
}

/* Nobody hears of a zoom while GTK lays out: whoever shows it would ask for another layout. */
/* A picture turned a quarter to the right: what is drawn in the middle of the view stays there. */
static void
test_frame_follows_boxes (Fixture *f, gconstpointer data)
{
  const LpDataset *dataset = lp_session_get_dataset (f->session);
  double w = gtk_widget_get_width (GTK_WIDGET (f->canvas)), h = gtk_widget_get_height (GTK_WIDGET (f->canvas));
  double x, y;

  ((LpImage *) lp_dataset_image (dataset, 1))->orientation = 6;
  lp_canvas_set_frame (f->canvas, LP_FRAME_UPRIGHT);
  lp_canvas_show (f->canvas, dataset->subject, 1, LP_NONE);
  lp_canvas_set_zoom (f->canvas, 8, -1, -1);
  /* The upright picture is 60 × 80. Look at a third from its left and a fifth from its top … */
  lp_canvas_from_picture (f->canvas, 20, 16, &x, &y);
  lp_canvas_pan (f->canvas, x - w / 2, y - h / 2);
  assert_point (f->canvas, w / 2, h / 2, 20, 16);
  /* … which a turn to the right takes to a fifth from the right and a third from the top. */
  lp_canvas_set_frame (f->canvas, LP_FRAME_RAW);
  assert_point (f->canvas, w / 2, h / 2, 60 - 12, 80 / 3.0);
  lp_canvas_set_frame (f->canvas, LP_FRAME_UPRIGHT);
  assert_point (f->canvas, w / 2, h / 2, 20, 16);
  g_assert_cmpfloat (lp_canvas_get_zoom (f->canvas), ==, 8);
}

static void
test_resize_fits_again (Fixture *f, gconstpointer data)
{
  double before = lp_canvas_get_zoom (f->canvas);
  guint told = 0;

  g_signal_connect (f->canvas, "zoomed", G_CALLBACK (drawn_cb), &told);
  gtk_window_set_default_size (GTK_WINDOW (f->window), 240, 180);
  WAIT_FOR (told > 0 && lp_canvas_get_zoom (f->canvas) < before);
}

/* ---- the page ---- */

static int
state_int (LpWindow *window, const char *name)
{
  g_autoptr (GVariant) state = g_action_group_get_action_state (G_ACTION_GROUP (window), name);

  return g_variant_get_int32 (state);
}

static void
act (LpWindow *window, const char *name, int argument)
{
  GVariant *parameter = argument >= 0 ? g_variant_new_int32 (argument) : NULL;

  g_action_group_activate_action (G_ACTION_GROUP (window), name, parameter);
}

static LpWindow *
open_window (void)
{
  LpWindow *window = lp_window_new (GTK_APPLICATION (g_application_get_default ()));
  const char *paths[] = { folder, NULL };

  gtk_window_present (GTK_WINDOW (window));
  lp_window_open (window, paths);
  WAIT_FOR (lp_window_get_session (window) != NULL);
  lp_window_show_page (window, "images");
  WAIT_FOR (state_int (window, "image") == 0);
  return window;
}

/* Nobody keeps the window or its session. */
static void
close_window (LpWindow *window)
{
  gpointer gone = window, session = lp_window_get_session (window);

  g_object_add_weak_pointer (G_OBJECT (window), &gone);
  g_object_add_weak_pointer (session, &session);
  gtk_window_destroy (GTK_WINDOW (window));
  WAIT_FOR (gone == NULL);
  WAIT_FOR (session == NULL);
}

/* The first widget below that has a style class and is mapped; NULL. */
static GtkWidget *
find_class (GtkWidget *widget, const char *class)
{
  GtkWidget *found = gtk_widget_has_css_class (widget, class) && gtk_widget_get_mapped (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_class (child, class);
  return found;
}

static void
test_walk (void)
{
  LpWindow *window = open_window ();

  act (window, "previous-image", -1);
  g_assert_cmpint (state_int (window, "image"), ==, 0);
  act (window, "next-image", -1);
  g_assert_cmpint (state_int (window, "image"), ==, 1);
  g_assert_cmpint (state_int (window, "selected-box"), ==, -1);
  act (window, "last-image", -1);
  act (window, "next-image", -1);
  g_assert_cmpint (state_int (window, "image"), ==, 2);
  act (window, "first-image", -1);
  g_assert_cmpint (state_int (window, "image"), ==, 0);
  act (window, "image", 99);
  g_assert_cmpint (state_int (window, "image"), ==, 0);
  close_window (window);
}

static void
test_boxes (void)
{
  LpWindow *window = open_window ();

  for (int i = 0; i < 4; i++)
    {
      act (window, "next-box", -1);
      g_assert_cmpint (state_int (window, "selected-box"), ==, i);
    }
  act (window, "next-box", -1); /* the last one keeps it */
  g_assert_cmpint (state_int (window, "selected-box"), ==, 3);
  act (window, "previous-box", -1);
  g_assert_cmpint (state_int (window, "selected-box"), ==, 2);
  act (window, "selected-box", 55);
  g_assert_cmpint (state_int (window, "selected-box"), ==, 2);
  close_window (window);
}

/* A removed box leaves the selection to the next one and comes back with undo. */
static void
test_remove (void)
{
  LpWindow *window = open_window ();
  const LpDataset *dataset = lp_session_get_dataset (lp_window_get_session (window));
  const LpLayer *layer = lp_dataset_layer (dataset, dataset->subject);

  act (window, "selected-box", 2);
  act (window, "remove-box", -1);
  g_assert_cmpint (state_int (window, "steps"), ==, 1);
  g_assert_cmpint (state_int (window, "selected-box"), ==, 3);
  g_assert_true (lp_layer_row (layer, lp_layer_find (layer, 0)->first_row + 2)->flags & LP_ROW_REMOVED);
  act (window, "undo", -1);
  g_assert_cmpint (state_int (window, "steps"), ==, 0);
  g_assert_false (lp_layer_row (layer, lp_layer_find (layer, 0)->first_row + 2)->flags & LP_ROW_REMOVED);
  act (window, "selected-box", 2);
  g_assert_cmpint (state_int (window, "selected-box"), ==, 2);
  close_window (window);
}

/* Only a class that has a name, only another one than before, only of a box. */
static void
test_class (void)
{
  LpWindow *window = open_window ();
  const LpDataset *dataset = lp_session_get_dataset (lp_window_get_session (window));
  const LpLayer *layer = lp_dataset_layer (dataset, dataset->subject);
  guint32 row = lp_layer_find (layer, 0)->first_row + 3;

  act (window, "class", 2);
  g_assert_cmpint (state_int (window, "steps"), ==, 0);
  act (window, "selected-box", 3);
  act (window, "class", 9);
  act (window, "class", 7);
  g_assert_cmpint (state_int (window, "steps"), ==, 0);
  act (window, "class", 2);
  g_assert_cmpint (state_int (window, "steps"), ==, 1);
  g_assert_cmpint (lp_layer_row (layer, row)->class_id, ==, 2);
  g_assert_cmpint (state_int (window, "selected-box"), ==, 3);
  act (window, "undo", -1);
  g_assert_cmpint (lp_layer_row (layer, row)->class_id, ==, 7);
  close_window (window);
}

/* F walks through what it can repair; what is dealt with is struck through and stays. */
static void
test_problems (void)
{
  LpWindow *window = open_window ();

  act (window, "next-problem", -1);
  g_assert_cmpint (state_int (window, "image"), ==, 0);
  g_assert_nonnull (find_class (GTK_WIDGET (window), "problem-row"));
  g_assert_null (find_class (GTK_WIDGET (window), "struck"));
  act (window, "selected-box", 2);
  act (window, "fix", -1);
  g_assert_cmpint (state_int (window, "steps"), ==, 1);
  WAIT_FOR (find_class (GTK_WIDGET (window), "struck") != NULL);
  act (window, "image", 1);
  WAIT_FOR (find_class (GTK_WIDGET (window), "problem-row") == NULL);
  act (window, "undo", -1);
  close_window (window);
}

/* What is said goes with the page it was said of, and an Undo with what it would undo. */
static void
test_notices (void)
{
  LpWindow *window = open_window ();

  act (window, "selected-box", 2);
  act (window, "fix", -1);
  g_assert_nonnull (find_class (GTK_WIDGET (window), "notice"));
  act (window, "undo", -1);
  g_assert_null (find_class (GTK_WIDGET (window), "notice"));
  act (window, "turn-frame", -1);
  g_assert_nonnull (find_class (GTK_WIDGET (window), "notice"));
  lp_window_show_page (window, "labels");
  g_assert_null (find_class (GTK_WIDGET (window), "notice"));
  close_window (window);
}

static const char *
selected_line (LpWindow *window)
{
  GtkWidget *lines = find_class (GTK_WIDGET (window), "raw-lines");
  GtkWidget *row = lines != NULL ? find_class (lines, "selected") : NULL;

  return row != NULL ? gtk_label_get_text (GTK_LABEL (gtk_widget_get_last_child (row))) : NULL;
}

/* The label file's own bytes, read in a thread. */
static void
test_raw_lines (void)
{
  LpWindow *window = open_window ();

  act (window, "selected-box", 3);
  WAIT_FOR (g_strcmp0 (selected_line (window), "7 0.75 0.5 0.2 0.4") == 0);
  act (window, "selected-box", 0);
  WAIT_FOR (g_strcmp0 (selected_line (window), "0 0.25 0.5 0.5 1") == 0);
  act (window, "image", 2);
  WAIT_FOR (selected_line (window) == NULL);
  close_window (window);
}

static void
test_states (void)
{
  LpWindow *window = open_window ();
  g_autoptr (GVariant) chips = NULL;
  g_autoptr (GVariant) hidden = NULL;

  act (window, "next-chips", -1);
  chips = g_action_group_get_action_state (G_ACTION_GROUP (window), "chips");
  g_assert_cmpstr (g_variant_get_string (chips, NULL), ==, "name");
  act (window, "boxes-hidden", -1);
  hidden = g_action_group_get_action_state (G_ACTION_GROUP (window), "boxes-hidden");
  g_assert_true (g_variant_get_boolean (hidden));
  act (window, "turn-frame", -1); /* not a turned picture */
  act (window, "next-dictionary", -1);
  g_assert_cmpint (state_int (window, "dictionary"), ==, 0);
  act (window, "reload", -1);
  WAIT_FOR (lp_window_get_session (window) == NULL);
  WAIT_FOR (lp_window_get_session (window) != NULL && state_int (window, "image") == 0);
  close_window (window);
}

/* One picture named: it is on its page before its data set is read, and after. */
static void
test_early_picture (void)
{
  LpWindow *window = lp_window_new (GTK_APPLICATION (g_application_get_default ()));
  g_autofree char *path = g_build_filename (folder, "images", "b.png", NULL);
  const char *paths[] = { path, NULL };

  gtk_window_present (GTK_WINDOW (window));
  lp_window_open (window, paths);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "b.png");
  WAIT_FOR (lp_window_get_session (window) != NULL);
  WAIT_FOR (state_int (window, "image") == 1);
  close_window (window);
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application = NULL;
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  application = g_object_new (ADW_TYPE_APPLICATION, "application-id", APP_ID, "flags", G_APPLICATION_NON_UNIQUE,
                              "resource-base-path", "/io/github/labelproof/Labelproof", NULL);
  g_application_set_default (G_APPLICATION (application));
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  make_set ();

  g_test_add ("/canvas/zoom-keeps-the-point", Fixture, NULL, set_up, test_zoom_keeps_the_point, tear_down);
  g_test_add ("/canvas/coordinates-and-back", Fixture, NULL, set_up, test_coordinates_and_back, tear_down);
  g_test_add ("/canvas/fit", Fixture, NULL, set_up, test_fit, tear_down);
  g_test_add ("/canvas/pick", Fixture, NULL, set_up, test_pick, tear_down);
  g_test_add ("/canvas/zoom-to-row", Fixture, NULL, set_up, test_zoom_to_row, tear_down);
  g_test_add ("/canvas/frame-follows-boxes", Fixture, NULL, set_up, test_frame_follows_boxes, tear_down);
  g_test_add ("/canvas/resize-fits-again", Fixture, NULL, set_up, test_resize_fits_again, tear_down);
  g_test_add_func ("/page/walk", test_walk);
  g_test_add_func ("/page/boxes", test_boxes);
  g_test_add_func ("/page/remove", test_remove);
  g_test_add_func ("/page/class", test_class);
  g_test_add_func ("/page/problems", test_problems);
  g_test_add_func ("/page/notices", test_notices);
  g_test_add_func ("/page/raw-lines", test_raw_lines);
  g_test_add_func ("/page/states", test_states);
  g_test_add_func ("/page/early-picture", test_early_picture);
  status = g_test_run ();
  g_free (folder);
  return status;
}
