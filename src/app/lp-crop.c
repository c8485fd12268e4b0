/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "lp-crop.h"
#include "lp-pixels.h"
#include "lp-widgets.h"

#define ROOM 0.22         /* around a box, of its longer side */
#define SMALLEST_VIEW 24  /* picture pixels: a box of two pixels is not blown up to a blur */
#define LARGEST_WISH 2048 /* pixels of the longer side: a tiny box of a huge picture is shown coarse */

struct _LpCrop
{
  GtkWidget parent_instance;

  LpSession *session;
  LpCropView view;
  char *path;
  guint orientation;
  double picture_width, picture_height; /* upright; 0: not known */
  LpRect box;                           /* of view.row, upright pixels */
  gboolean has_box;
  int width, height;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (LpCrop, lp_crop, GTK_TYPE_WIDGET)

/* ---- what part of the picture is shown ---- */

static LpRect
view_of_picture (LpCrop *self, double aspect)
{
  double width = self->picture_width, height = self->picture_height;
  gboolean wide = width / height > aspect;
  LpRect view = { 0, 0, width, height };

  if (wide == self->view.cover)
    {
      double less = width - height * aspect;

      view.x0 += less / 2;
      view.x1 -= less / 2;
    }
  else
    {
      double less = height - width / aspect;

      view.y0 += less / 2;
      view.y1 -= less / 2;
    }
  return view;
}

/* ---- drawing ---- */

static void
ready_cb (gpointer data)
{
  gtk_widget_queue_draw (data);
}

static cairo_surface_t *
pixels (LpCrop *self, double zoom)
{
  double longer = MAX (self->picture_width, self->picture_height);
  guint size = CLAMP (longer * zoom * gtk_widget_get_scale_factor (GTK_WIDGET (self)), 1, LARGEST_WISH);
  cairo_surface_t *surface = NULL;

  if (self->cancellable == NULL)
    self->cancellable = g_cancellable_new ();
  lp_pixels_get (self->session, self->path, self->orientation, size, 0, &surface, self->cancellable, ready_cb, self);
  return surface;
}

static void
draw_pixels (LpCrop *self, cairo_t *cr, double zoom)
{
  cairo_surface_t *surface = pixels (self, zoom);

  if (surface == NULL)
    return;
  cairo_save (cr);
  cairo_scale (cr, self->picture_width * zoom / cairo_image_surface_get_width (surface),
               self->picture_height * zoom / cairo_image_surface_get_height (surface));
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_GOOD);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_surface_destroy (surface);
}

static void
draw_boxes (LpCrop *self, cairo_t *cr, double zoom, const LpRect *view)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) boxes = NULL;
  LpDrawStyle style = { .scale = 1, .line = 0.6, .chips = LP_CHIP_NONE };

  if (self->view.layer == LP_NONE)
    return;
  boxes = lp_session_draw_boxes (self->session, self->view.layer, self->view.image, self->view.dictionary,
                                 self->view.assumed, LP_FRAME_UPRIGHT, zoom, rows);
  if (self->view.row != LP_NONE && self->view.alone)
    for (guint i = boxes->len; i > 0; i--)
      if (g_array_index (rows, guint32, i - 1) != self->view.row)
        g_array_remove_index (boxes, i - 1);
  style.view = lp_rect_scale (view, zoom, zoom);
  lp_draw_boxes (cr, (const LpDrawBox *) boxes->data, boxes->len, &style);
}

static void
lp_crop_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LpCrop *self = LP_CROP (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  LpRect view;
  double zoom;
  cairo_t *cr;

  if (self->session == NULL || self->path == NULL || self->picture_width <= 0 || width <= 0 || height <= 0)
    return;
  if (self->has_box)
    view = lp_draw_crop (&self->box, self->picture_width, self->picture_height, (double) width / height, ROOM,
                         SMALLEST_VIEW);
  else
    view = view_of_picture (self, (double) width / height);
  zoom = width / lp_rect_width (&view);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  cairo_translate (cr, -view.x0 * zoom, -view.y0 * zoom);
  draw_pixels (self, cr, zoom);
  draw_boxes (self, cr, zoom, &view);
  cairo_destroy (cr);
}

static void
lp_crop_measure (GtkWidget *widget,
                 GtkOrientation orientation,
                 int for_size,
                 int *minimum,
                 int *natural,
                 int *minimum_baseline,
                 int *natural_baseline)
{
  LpCrop *self = LP_CROP (widget);

  *natural = lp_text_scale (widget) * (orientation == GTK_ORIENTATION_HORIZONTAL ? self->width : self->height);
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN (*natural, 24) : *natural;
}

/* ---- making ---- */

static void
forget (LpCrop *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_pointer (&self->path, g_free);
  self->has_box = FALSE;
  self->picture_width = self->picture_height = 0;
}

static void
look_up (LpCrop *self)
{
  const LpDataset *dataset = lp_session_get_dataset (self->session);
  const LpLayer *layer = lp_dataset_layer (dataset, self->view.layer);
  const LpImage *image = lp_dataset_image (dataset, self->view.image);
  const LpEntry *entry = layer != NULL ? lp_layer_find (layer, self->view.image) : NULL;

  self->path = lp_image_dup_path (image);
  self->orientation = image->orientation;
  if (!lp_image_size (image, entry, LP_FRAME_UPRIGHT, &self->picture_width, &self->picture_height))
    self->picture_width = self->picture_height = 0;
}

/* The box as it is drawn: by the same function that draws it. */
static void
look_up_box (LpCrop *self)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) boxes =
               lp_session_draw_boxes (self->session, self->view.layer, self->view.image, self->view.dictionary,
                                      self->view.assumed, LP_FRAME_UPRIGHT, 1, rows);

  for (guint i = 0; i < boxes->len && !self->has_box; i++)
    if (g_array_index (rows, guint32, i) == self->view.row)
      {
        self->box = g_array_index (boxes, LpDrawBox, i).rect;
        self->has_box = TRUE;
      }
}

void
lp_crop_set (LpCrop *self, LpSession *session, const LpCropView *view)
{
  g_return_if_fail (LP_IS_CROP (self));

  forget (self);
  if (session != NULL && view != NULL && view->image != LP_NONE)
    {
      self->session = g_object_ref (session);
      self->view = *view;
      look_up (self);
      if (view->layer != LP_NONE && view->row != LP_NONE)
        look_up_box (self);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
lp_crop_set_size (LpCrop *self, int width, int height)
{
  g_return_if_fail (LP_IS_CROP (self));
  self->width = width;
  self->height = height;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
lp_crop_dispose (GObject *object)
{
  forget (LP_CROP (object));
  G_OBJECT_CLASS (lp_crop_parent_class)->dispose (object);
}

static void
lp_crop_class_init (LpCropClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lp_crop_dispose;
  widget_class->snapshot = lp_crop_snapshot;
  widget_class->measure = lp_crop_measure;
  gtk_widget_class_set_css_name (widget_class, "lpcrop");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
lp_crop_init (LpCrop *self)
{
  self->width = 88;
  self->height = 88;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
lp_crop_new (void)
{
  return g_object_new (LP_TYPE_CROP, NULL);
}

static char *
crop_words (LpSession *session, const LpCropView *view)
{
  const LpDataset *dataset = lp_session_get_dataset (session);
  g_autofree char *name = lp_text_escape (lp_dataset_image (dataset, view->image)->name, -1, 0);

  return g_strdup_printf (view->row != LP_NONE ? _ ("A box of %s") : _ ("Picture %s"), name);
}

GtkWidget *
lp_crop_button_new (LpSession *session, const LpCropView *view, int width, int height)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *crop = lp_crop_new ();
  g_autofree char *words = crop_words (session, view);

  lp_crop_set_size (LP_CROP (crop), width, height);
  lp_crop_set (LP_CROP (crop), session, view);
  gtk_button_set_child (GTK_BUTTON (button), crop);
  gtk_widget_add_css_class (button, "crop-button");
  gtk_widget_set_tooltip_text (button, words);
  lp_set_accessible_label (button, words);
  lp_set_accessible_label (crop, words);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(uu)", view->image, view->row);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show-image");
  return button;
}
