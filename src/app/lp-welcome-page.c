/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "lp-recent.h"
#include "lp-welcome-page.h"
#include "lp-widgets.h"

#define PICTURES 4
#define TILE 86

struct _LpWelcomePage
{
  AdwBin parent_instance;

  GtkWidget *columns, *drop_area, *example_part, *example_pictures, *recent_part;
  GtkListBox *recent_list;
  GCancellable *cancellable;
  LpDecoder *decoder;
  LpRoots *roots;
};

G_DEFINE_FINAL_TYPE (LpWelcomePage, lp_welcome_page, ADW_TYPE_BIN)

/* ---- the example ---- */

/* Installed, or beside the programs in the build tree. */
char *
lp_example_folder (void)
{
  g_autofree char *installed = g_build_filename (PKGDATADIR, "example", NULL);
  g_autofree char *exe = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = exe != NULL ? g_path_get_dirname (exe) : g_strdup (".");
  g_autofree char *built = g_build_filename (folder, "..", "data", "example", "example", NULL);

  if (g_file_test (built, G_FILE_TEST_IS_DIR))
    return g_canonicalize_filename (built, NULL);
  return g_file_test (installed, G_FILE_TEST_IS_DIR) ? g_steal_pointer (&installed) : NULL;
}

static void
draw_tile (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  cairo_surface_t *surface = data;
  double w = cairo_image_surface_get_width (surface), h = cairo_image_surface_get_height (surface);
  double scale = MAX (width / w, height / h);

  cairo_translate (cr, (width - w * scale) / 2, (height - h * scale) / 2);
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_paint (cr);
}

static void
decoded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkDrawingArea) tile = data;
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (tile), LP_TYPE_WELCOME_PAGE);
  cairo_surface_t *surface;

  if (page == NULL)
    return;
  surface = lp_decoder_decode_finish (LP_WELCOME_PAGE (page)->decoder, result, NULL);
  if (surface != NULL)
    gtk_drawing_area_set_draw_func (tile, draw_tile, surface, (GDestroyNotify) cairo_surface_destroy);
}

static void
show_example (LpWelcomePage *self)
{
  static const char *const names[PICTURES] = { "table_04.jpg", "table_08.jpg", "table_17.jpg", "table_02.jpg" };
  g_autofree char *folder = lp_example_folder ();

  gtk_widget_set_visible (self->example_part, folder != NULL);
  if (folder == NULL)
    return;
  self->roots = lp_roots_new ();
  lp_roots_add (self->roots, folder);
  self->decoder = lp_decoder_new (NULL); /* without one the tiles stay empty */
  for (guint i = 0; i < PICTURES; i++)
    {
      GtkWidget *tile = gtk_drawing_area_new ();
      g_autofree char *path = g_build_filename (folder, "yolo", "images", "train", names[i], NULL);
      LpDecodeWish wish = { .path = path, .max_width = 2 * TILE, .max_height = 2 * TILE, .orientation = 1 };

      gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (tile), TILE - 10);
      gtk_widget_set_overflow (tile, GTK_OVERFLOW_HIDDEN);
      gtk_widget_add_css_class (tile, "example-tile");
      lp_set_accessible_label (tile, _ ("A picture of the example"));
      gtk_box_append (GTK_BOX (self->example_pictures), tile);
      if (self->decoder != NULL)
        lp_decoder_decode_async (self->decoder, self->roots, &wish, 0, self->cancellable, decoded_cb,
                                 g_object_ref (tile));
    }
}

/* ---- what was opened lately ---- */

static char *
when_words (gint64 when)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_local (when);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  GTimeSpan days = then != NULL ? g_date_time_difference (now, then) / G_TIME_SPAN_DAY : 0;

  if (days <= 0)
    return g_strdup (_ ("today"));
  if (days == 1)
    return g_strdup (_ ("yesterday"));
  if (days < 14)
    return g_strdup_printf (ngettext ("%d day ago", "%d days ago", (int) days), (int) days);
  return g_strdup_printf (ngettext ("%d week ago", "%d weeks ago", (int) (days / 7)), (int) (days / 7));
}

static GtkWidget *
two_lines (const char *first, const char *second, gboolean end)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *top = lp_label_new (first, end ? "small" : "heading", FALSE);
  GtkWidget *bottom = lp_label_new (second, "dim-label small", FALSE);

  gtk_label_set_xalign (GTK_LABEL (top), end ? 1 : 0);
  gtk_label_set_xalign (GTK_LABEL (bottom), end ? 1 : 0);
  if (!end)
    gtk_label_set_ellipsize (GTK_LABEL (bottom), PANGO_ELLIPSIZE_MIDDLE);
  gtk_box_append (GTK_BOX (box), top);
  gtk_box_append (GTK_BOX (box), bottom);
  gtk_widget_set_hexpand (box, !end);
  return box;
}

static GtkWidget *
recent_row (const LpRecent *recent)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *title = lp_text_escape (recent->title, -1, 0);
  g_autofree char *path = lp_home_path (recent->paths[0]);
  g_autofree char *when = when_words (recent->when);
  g_autofree char *state = NULL;

  if (recent->problems > 0)
    state = lp_count (ngettext ("%s problem", "%s problems", recent->problems), recent->problems);
  else
    state = g_strdup (_ ("nothing to complain of"));
  gtk_box_append (GTK_BOX (box), lp_severity_image_new (recent->worst));
  gtk_box_append (GTK_BOX (box), two_lines (title, path, FALSE));
  gtk_box_append (GTK_BOX (box), two_lines (state, when, TRUE));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  lp_set_accessible_label (row, title);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (row),
                                          g_variant_new_strv ((const char *const *) recent->paths, -1));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "app.open-paths");
  return row;
}

void
lp_welcome_page_refresh (LpWelcomePage *self)
{
  g_autoptr (GPtrArray) list = lp_recent_load ();
  GtkListBoxRow *row;

  g_return_if_fail (LP_IS_WELCOME_PAGE (self));
  while ((row = gtk_list_box_get_row_at_index (self->recent_list, 0)) != NULL)
    gtk_list_box_remove (self->recent_list, GTK_WIDGET (row));
  for (guint i = 0; i < list->len && i < 5; i++)
    gtk_list_box_append (self->recent_list, recent_row (g_ptr_array_index (list, i)));
  gtk_widget_set_visible (self->recent_part, list->len > 0);
}

void
lp_welcome_page_set_dragging (LpWelcomePage *self, gboolean dragging)
{
  g_return_if_fail (LP_IS_WELCOME_PAGE (self));
  if (dragging)
    gtk_widget_add_css_class (self->drop_area, "dragging");
  else
    gtk_widget_remove_css_class (self->drop_area, "dragging");
}

void
lp_welcome_page_set_narrow (LpWelcomePage *self, gboolean narrow)
{
  g_return_if_fail (LP_IS_WELCOME_PAGE (self));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->columns),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
}

static void
lp_welcome_page_dispose (GObject *object)
{
  LpWelcomePage *self = LP_WELCOME_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (lp_welcome_page_parent_class)->dispose (object);
}

static void
lp_welcome_page_finalize (GObject *object)
{
  LpWelcomePage *self = LP_WELCOME_PAGE (object);

  g_clear_pointer (&self->decoder, lp_decoder_free);
  g_clear_pointer (&self->roots, lp_roots_free);
  G_OBJECT_CLASS (lp_welcome_page_parent_class)->finalize (object);
}

static void
lp_welcome_page_class_init (LpWelcomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lp_welcome_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = lp_welcome_page_finalize;
  gtk_widget_class_set_css_name (widget_class, "lpwelcome");
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/labelproof/Labelproof/lp-welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LpWelcomePage, columns);
  gtk_widget_class_bind_template_child (widget_class, LpWelcomePage, drop_area);
  gtk_widget_class_bind_template_child (widget_class, LpWelcomePage, example_part);
  gtk_widget_class_bind_template_child (widget_class, LpWelcomePage, example_pictures);
  gtk_widget_class_bind_template_child (widget_class, LpWelcomePage, recent_part);
  gtk_widget_class_bind_template_child (widget_class, LpWelcomePage, recent_list);
}

static void
lp_welcome_page_init (LpWelcomePage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  lp_welcome_page_refresh (self);
  show_example (self);
}
