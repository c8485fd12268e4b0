/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "lp-canvas-private.h"
#include "lp-pixels.h"
#include "lp-widgets.h"

#define ZOOM_MIN 0.01
#define ZOOM_MAX 64.0
#define ZOOM_STEP 1.25
#define FIT_MARGIN 20.0
#define FIT_ZOOM_MAX 8.0 /* a thumbnail is not blown up to fill a screen */
#define ROOM_AROUND 0.08 /* of the view, around a box that is zoomed to */
#define CLICK_SLACK 4.0  /* pixels: less is a click, more a drag */
#define WISH_GROUP 1     /* the decoder drops older wishes of a group */
#define AHEAD_GROUP 2    /* and the three behind it */
#define EARLY_SIZE 2048  /* of a picture shown before its size is known */

G_DEFINE_FINAL_TYPE (LpCanvas, lp_canvas, GTK_TYPE_WIDGET)

enum
{
  PICKED,
  ZOOMED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
changed (LpCanvas *self)
{
  g_clear_pointer (&self->node, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---- words for those who do not see it ---- */

static void
describe (LpCanvas *self)
{
  int selected = _lp_canvas_find_box (self, self->row);
  g_autofree char *words = NULL;
  g_autofree char *count = g_strdup_printf (ngettext ("%u box", "%u boxes", self->boxes->len), self->boxes->len);

  if (selected >= 0)
    {
      const LpDrawBox *box = &g_array_index (self->boxes, LpDrawBox, selected);

      /* Translators: "5 boxes, zoom 94 %, selected: 2 car, 120 × 80 pixels" */
      words = g_strdup_printf (_ ("%s, zoom %.0f %%, selected: %d %s, %.0f × %.0f pixels"), count, self->zoom * 100,
                               box->class_id, box->name != NULL ? box->name : "", lp_rect_width (&box->rect),
                               lp_rect_height (&box->rect));
    }
  else
    {
      words = g_strdup_printf (_ ("%s, zoom %.0f %%"), count, self->zoom * 100);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
}

/* ---- zoom and place ---- */

/* The zoom at which a picture of this size fits into the view. */
static double
fitting_zoom (LpCanvas *self, double width, double height)
{
  double w = gtk_widget_get_width (GTK_WIDGET (self)), h = gtk_widget_get_height (GTK_WIDGET (self));
  double zoom = MIN ((w - 2 * FIT_MARGIN) / width, (h - 2 * FIT_MARGIN) / height);

  return CLAMP (zoom, ZOOM_MIN, FIT_ZOOM_MAX);
}

static void
fit (LpCanvas *self)
{
  double w = gtk_widget_get_width (GTK_WIDGET (self)), h = gtk_widget_get_height (GTK_WIDGET (self));

  if (self->width <= 0 || w <= 0 || h <= 0)
    return;
  self->zoom = fitting_zoom (self, self->width, self->height);
  self->left = round ((w - self->width * self->zoom) / 2);
  self->top = round ((h - self->height * self->zoom) / 2);
}

/* Some of the picture stays in the view. */
static void
keep_in_view (LpCanvas *self)
{
  double w = gtk_widget_get_width (GTK_WIDGET (self)), h = gtk_widget_get_height (GTK_WIDGET (self));
  double across = self->width * self->zoom, down = self->height * self->zoom;

  self->left = CLAMP (self->left, MIN (w / 2, w * 0.9) - across, w / 2);
  self->top = CLAMP (self->top, MIN (h / 2, h * 0.9) - down, h / 2);
}

/* From here on the view is where a person put it. */
static void
stop_following (LpCanvas *self)
{
  self->fitting = FALSE;
  self->zoomed_row = LP_NONE;
}

static void
zoomed (LpCanvas *self)
{
  describe (self);
  changed (self);
  g_signal_emit (self, signals[ZOOMED], 0);
}

double
lp_canvas_get_zoom (LpCanvas *self)
{
  g_return_val_if_fail (LP_IS_CANVAS (self), 1);
  return self->zoom;
}

void
lp_canvas_set_zoom (LpCanvas *self, double zoom, double x, double y)
{
  double px, py;

  g_return_if_fail (LP_IS_CANVAS (self));
  if (x < 0 || y < 0)
    {
      x = gtk_widget_get_width (GTK_WIDGET (self)) / 2.0;
      y = gtk_widget_get_height (GTK_WIDGET (self)) / 2.0;
    }
  lp_canvas_to_picture (self, x, y, &px, &py);
  stop_following (self);
  self->zoom = CLAMP (zoom, ZOOM_MIN, ZOOM_MAX);
  self->left = x - px * self->zoom;
  self->top = y - py * self->zoom;
  zoomed (self);
}

void
lp_canvas_zoom_by (LpCanvas *self, double factor)
{
  lp_canvas_set_zoom (self, lp_canvas_get_zoom (self) * factor, -1, -1);
}

void
lp_canvas_fit (LpCanvas *self)
{
  g_return_if_fail (LP_IS_CANVAS (self));
  self->fitting = TRUE;
  self->zoomed_row = LP_NONE;
  fit (self);
  zoomed (self);
}

static void
zoom_to_box (LpCanvas *self, const LpRect *rect)
{
  double w = gtk_widget_get_width (GTK_WIDGET (self)), h = gtk_widget_get_height (GTK_WIDGET (self));

  self->zoom = MIN (w * (1 - 2 * ROOM_AROUND) / MAX (lp_rect_width (rect), 1),
                    h * (1 - 2 * ROOM_AROUND) / MAX (lp_rect_height (rect), 1));
  self->zoom = CLAMP (self->zoom, ZOOM_MIN, FIT_ZOOM_MAX);
  self->left = round (w / 2 - (rect->x0 + rect->x1) / 2 * self->zoom);
  self->top = round (h / 2 - (rect->y0 + rect->y1) / 2 * self->zoom);
}

void
lp_canvas_zoom_to_row (LpCanvas *self, guint32 row)
{
  int box = _lp_canvas_find_box (self, row);

  if (box < 0)
    return;
  self->fitting = FALSE;
  self->zoomed_row = row;
  if (gtk_widget_get_width (GTK_WIDGET (self)) <= 0) /* waits for its size */
    return;
  zoom_to_box (self, &g_array_index (self->boxes, LpDrawBox, box).rect);
  zoomed (self);
}

void
lp_canvas_pan (LpCanvas *self, double dx, double dy)
{
  g_return_if_fail (LP_IS_CANVAS (self));
  stop_following (self);
  self->left -= dx;
  self->top -= dy;
  keep_in_view (self);
  changed (self);
}

void
lp_canvas_to_picture (LpCanvas *self, double x, double y, double *px, double *py)
{
  *px = (x - self->left) / self->zoom;
  *py = (y - self->top) / self->zoom;
}

void
lp_canvas_from_picture (LpCanvas *self, double px, double py, double *x, double *y)
{
  *x = self->left + px * self->zoom;
  *y = self->top + py * self->zoom;
}

/* ---- boxes ---- */

static gboolean
row_rect (LpCanvas *self, guint32 row, LpRect *rect)
{
  const LpDataset *dataset = lp_session_get_dataset (self->session);
  const LpLayer *layer = lp_dataset_layer (dataset, self->layer);
  const LpEntry *entry = layer != NULL ? lp_layer_find (layer, self->image) : NULL;

  if (entry == NULL || row < entry->first_row || row >= entry->first_row + entry->n_rows)
    return FALSE;
  return lp_row_pixels (dataset, layer, entry, lp_layer_row (layer, row),
                        self->frame != LP_FRAME_UNKNOWN ? self->frame : entry->frame, LP_FRAME_UPRIGHT, rect);
}

int
_lp_canvas_find_box (LpCanvas *self, guint32 row)
{
  LpRect wanted;

  if (row == LP_NONE || self->session == NULL)
    return -1;
  for (guint i = 0; i < self->rows->len; i++)
    if (g_array_index (self->rows, guint32, i) == row)
      return (int) i;
  if (!row_rect (self, row, &wanted))
    return -1;
  for (guint i = 0; i < self->boxes->len; i++)
    {
      const LpRect *rect = &g_array_index (self->boxes, LpDrawBox, i).rect;

      if (fabs (rect->x0 - wanted.x0) < 1 && fabs (rect->y0 - wanted.y0) < 1 && fabs (rect->x1 - wanted.x1) < 1 &&
          fabs (rect->y1 - wanted.y1) < 1)
        return (int) i;
    }
  return -1;
}

static int
box_at (LpCanvas *self, double x, double y)
{
  double px, py, smallest = G_MAXDOUBLE;
  int found = -1;

  lp_canvas_to_picture (self, x, y, &px, &py);
  for (guint i = 0; i < self->boxes->len && !self->hidden; i++)
    {
      const LpRect *r = &g_array_index (self->boxes, LpDrawBox, i).rect;
      double slack = 3 / self->zoom;

      if (px < r->x0 - slack || px > r->x1 + slack || py < r->y0 - slack || py > r->y1 + slack ||
          lp_rect_area (r) >= smallest)
        continue;
      smallest = lp_rect_area (r);
      found = (int) i;
    }
  return found;
}

guint32
lp_canvas_pick (LpCanvas *self, double x, double y)
{
  int box = box_at (self, x, y);

  return box >= 0 ? g_array_index (self->rows, guint32, box) : LP_NONE;
}

void
lp_canvas_refresh (LpCanvas *self)
{
  g_return_if_fail (LP_IS_CANVAS (self));
  g_clear_pointer (&self->boxes, g_array_unref);
  g_array_set_size (self->rows, 0);
  self->hover = -1;
  if (self->session != NULL && self->layer != LP_NONE && self->image != LP_NONE)
    self->boxes = lp_session_draw_boxes (self->session, self->layer, self->image, self->dictionary, self->frame,
                                         LP_FRAME_UPRIGHT, 1, self->rows);
  else
    self->boxes = g_array_new (FALSE, FALSE, sizeof (LpDrawBox));
  describe (self);
  changed (self);
}

const GArray *
lp_canvas_get_rows (LpCanvas *self)
{
  return self->rows;
}

/* ---- pixels ---- */

static void
ready_cb (gpointer data)
{
  changed (data);
}

/* Pixels on the longer side of a picture of this size at this zoom. */
static guint
wanted_size (LpCanvas *self, double width, double height, double zoom)
{
  double longer = MAX (width, height) * MIN (zoom, 1) * gtk_widget_get_scale_factor (GTK_WIDGET (self));

  return (guint) CLAMP (ceil (longer), 1, 8192);
}

static void
look_ahead (LpCanvas *self)
{
  const LpDataset *dataset = lp_session_get_dataset (self->session);

  /* The last one first: the decoder takes the newest wish first. */
  for (guint i = G_N_ELEMENTS (self->ahead); i > 0; i--)
    {
      const LpImage *image = self->ahead[i - 1] != LP_NONE ? lp_dataset_image (dataset, self->ahead[i - 1]) : NULL;
      cairo_surface_t *surface = NULL;
      g_autofree char *path = NULL;
      double width, height;

      if (image == NULL || image->state != LP_IMAGE_FOUND || (image->flags & LP_IMAGE_TOO_BIG) ||
          !lp_image_size (image, NULL, LP_FRAME_UPRIGHT, &width, &height))
        continue;
      path = lp_image_dup_path (image);
      lp_pixels_get (self->session, path, image->orientation,
                     wanted_size (self, width, height, fitting_zoom (self, width, height)), AHEAD_GROUP + i - 1,
                     &surface, NULL, NULL, NULL);
      g_clear_pointer (&surface, cairo_surface_destroy);
    }
}

/* Better pixels when there are any; asks for them otherwise. Called while drawing. */
static void
update_surface (LpCanvas *self)
{
  cairo_surface_t *better = NULL;
  LpPixelsState state;

  if (self->path == NULL || self->session == NULL || self->trouble != NULL)
    return;
  if (self->cancellable == NULL)
    self->cancellable = g_cancellable_new ();
  state = lp_pixels_get (self->session, self->path, self->orientation,
                         wanted_size (self, self->width, self->height, self->zoom), WISH_GROUP, &better,
                         self->cancellable, ready_cb, self);
  if (state == LP_PIXELS_PENDING && self->surface == NULL) /* a thumbnail is better than nothing */
    self->surface = lp_pixels_peek (self->path, self->orientation);
  if (state == LP_PIXELS_FAILED && self->surface == NULL)
    self->trouble = g_strdup (_ ("This picture cannot be shown."));
  if (state == LP_PIXELS_READY)
    {
      g_clear_pointer (&self->surface, cairo_surface_destroy);
      self->surface = better;
    }
  if (state != LP_PIXELS_PENDING)
    look_ahead (self);
}

/* ---- what is shown ---- */

static void
forget_picture (LpCanvas *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->surface, cairo_surface_destroy);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->trouble, g_free);
  self->width = self->height = 0;
}

static void
look_up_picture (LpCanvas *self)
{
  const LpDataset *dataset = lp_session_get_dataset (self->session);
  const LpImage *image = lp_dataset_image (dataset, self->image);
  const LpLayer *layer = lp_dataset_layer (dataset, self->layer);
  const LpEntry *entry = layer != NULL ? lp_layer_find (layer, self->image) : NULL;
  g_autofree char *name = lp_text_escape (image->name, -1, 120);
  g_autofree char *path = lp_image_dup_path (image);

  if (g_strcmp0 (path, self->path) != 0) /* else it is the picture that was named on the command line */
    forget_picture (self);
  g_free (self->path);
  self->path = g_steal_pointer (&path);
  self->orientation = image->orientation;
  if (!lp_image_size (image, entry, LP_FRAME_UPRIGHT, &self->width, &self->height))
    {
      self->width = 640;
      self->height = 480;
    }
  if (image->flags & LP_IMAGE_ORPHAN)
    self->trouble = g_strdup_printf (_ ("There is no picture for %s."), name);
  else if (image->state == LP_IMAGE_MISSING)
    self->trouble = g_strdup_printf (_ ("%s was not found."), name);
  else if (image->state == LP_IMAGE_UNREADABLE)
    self->trouble = g_strdup_printf (_ ("%s is no picture that can be read."), name);
  else if (image->flags & LP_IMAGE_TOO_BIG)
    self->trouble = g_strdup_printf (_ ("%s has too many pixels to be shown safely."), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
lp_canvas_show (LpCanvas *self, guint32 layer, guint32 image, guint32 row)
{
  g_return_if_fail (LP_IS_CANVAS (self));
  if (self->session == NULL || image >= lp_session_get_dataset (self->session)->images->len)
    image = LP_NONE;
  self->layer = layer;
  self->row = row;
  if (image != self->image)
    {
      self->fitting = TRUE;
      self->zoomed_row = LP_NONE;
      self->image = image;
      if (image != LP_NONE)
        look_up_picture (self);
      else
        forget_picture (self);
    }
  if (self->fitting)
    fit (self);
  lp_canvas_refresh (self);
  g_signal_emit (self, signals[ZOOMED], 0);
}

void
lp_canvas_look_ahead (LpCanvas *self, const guint32 *images)
{
  guint i = 0;

  g_return_if_fail (LP_IS_CANVAS (self));
  for (; i < G_N_ELEMENTS (self->ahead) && images[i] != LP_NONE; i++)
    self->ahead[i] = images[i];
  for (; i < G_N_ELEMENTS (self->ahead); i++)
    self->ahead[i] = LP_NONE;
}

/* A picture that is shown before its data set is read. */
typedef struct
{
  LpCanvas *canvas;
  LpSession *session;
  char *path;
} EarlyPicture;

static void
early_picture_free (EarlyPicture *early)
{
  g_object_unref (early->canvas);
  g_object_unref (early->session);
  g_free (early->path);
  g_free (early);
}

static void
early_picture_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  EarlyPicture *early = data;
  LpCanvas *self = early->canvas;
  cairo_surface_t *surface = lp_decoder_decode_finish (lp_session_get_decoder (early->session, NULL), result, NULL);

  if (surface == NULL || self->session != NULL || g_strcmp0 (self->path, early->path) != 0)
    {
      g_clear_pointer (&surface, cairo_surface_destroy);
    }
  else
    {
      g_clear_pointer (&self->surface, cairo_surface_destroy);
      self->surface = surface;
      self->width = cairo_image_surface_get_width (surface);
      self->height = cairo_image_surface_get_height (surface);
      lp_canvas_fit (self);
    }
  early_picture_free (early);
}

void
lp_canvas_show_file (LpCanvas *self, LpSession *session, const char *path)
{
  LpDecodeWish wish = { .path = path, .max_width = EARLY_SIZE, .max_height = EARLY_SIZE };
  g_autoptr (LpRoots) roots = lp_roots_new ();
  LpDecoder *decoder;
  EarlyPicture *early;

  g_return_if_fail (LP_IS_CANVAS (self));
  decoder = lp_session_get_decoder (session, NULL);
  if (decoder == NULL)
    return;
  early = g_new0 (EarlyPicture, 1);
  early->canvas = g_object_ref (self);
  early->session = g_object_ref (session);
  early->path = g_strdup (path);
  forget_picture (self);
  self->path = g_strdup (path);
  lp_roots_add (roots, path);
  wish.orientation = lp_session_picture_turn (roots, path);
  lp_decoder_decode_async (decoder, roots, &wish, WISH_GROUP, NULL, early_picture_cb, early);
}

void
lp_canvas_set_session (LpCanvas *self, LpSession *session)
{
  g_return_if_fail (LP_IS_CANVAS (self));
  if (self->session != NULL) /* else a picture named on the command line stays until its data set shows it */
    forget_picture (self);
  g_set_object (&self->session, session);
  self->image = self->layer = self->row = LP_NONE;
  for (guint i = 0; i < G_N_ELEMENTS (self->ahead); i++)
    self->ahead[i] = LP_NONE;
  lp_canvas_refresh (self);
}

void
lp_canvas_select (LpCanvas *self, guint32 row)
{
  g_return_if_fail (LP_IS_CANVAS (self));
  self->row = row;
  describe (self);
  changed (self);
}

void
lp_canvas_set_dictionary (LpCanvas *self, guint32 dictionary)
{
  self->dictionary = dictionary;
  lp_canvas_refresh (self);
}

/* Whether boxes are drawn as on the unturned photo. */
static gboolean
is_raw (LpCanvas *self, LpFrame frame)
{
  const LpLayer *layer = lp_dataset_layer (lp_session_get_dataset (self->session), self->layer);
  const LpEntry *entry = layer != NULL ? lp_layer_find (layer, self->image) : NULL;

  return (frame != LP_FRAME_UNKNOWN || entry == NULL ? frame : entry->frame) == LP_FRAME_RAW;
}

/* Boxes go elsewhere with the frame; the view goes with those in its middle. */
static void
follow_boxes (LpCanvas *self, guint turn)
{
  double w = gtk_widget_get_width (GTK_WIDGET (self)), h = gtk_widget_get_height (GTK_WIDGET (self));
  LpRect middle;

  lp_canvas_to_picture (self, w / 2, h / 2, &middle.x0, &middle.y0);
  middle.x1 = middle.x0 /= self->width;
  middle.y1 = middle.y0 /= self->height;
  middle = lp_rect_turn (&middle, turn);
  self->left = w / 2 - middle.x0 * self->width * self->zoom;
  self->top = h / 2 - middle.y0 * self->height * self->zoom;
}

void
lp_canvas_set_frame (LpCanvas *self, LpFrame frame)
{
  LpFrame before = self->frame;

  self->frame = frame;
  lp_canvas_refresh (self);
  if (self->image == LP_NONE || self->fitting || self->width <= 0 || is_raw (self, before) == is_raw (self, frame))
    return;
  if (_lp_canvas_find_box (self, self->zoomed_row) >= 0)
    lp_canvas_zoom_to_row (self, self->zoomed_row);
  else
    follow_boxes (self, is_raw (self, frame) ? self->orientation : lp_orientation_inverse (self->orientation));
}

void
lp_canvas_set_hidden (LpCanvas *self, gboolean hidden)
{
  self->hidden = hidden;
  changed (self);
}

void
lp_canvas_set_chips (LpCanvas *self, LpChipText chips)
{
  self->chips = chips;
  changed (self);
}

void
lp_canvas_set_class (LpCanvas *self, gint32 class_id)
{
  self->class_id = class_id;
  changed (self);
}

/* ---- pointer ---- */

static void
motion_cb (GtkEventControllerMotion *motion, double x, double y, LpCanvas *self)
{
  int hover = box_at (self, x, y);

  if (hover == self->hover)
    return;
  self->hover = hover;
  changed (self);
}

static void
leave_cb (GtkEventControllerMotion *motion, LpCanvas *self)
{
  if (self->hover < 0)
    return;
  self->hover = -1;
  changed (self);
}

static gboolean
scroll_cb (GtkEventControllerScroll *scroll, double dx, double dy, LpCanvas *self)
{
  GdkModifierType held = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (scroll));
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (scroll));
  double x = -1, y = -1;

  if ((held & GDK_CONTROL_MASK) == 0)
    {
      lp_canvas_pan (self, dx * 40, dy * 40);
      return TRUE;
    }
  if (event != NULL && gdk_event_get_position (event, &x, &y))
    {
      GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
      double surface_x, surface_y;

      gtk_native_get_surface_transform (native, &surface_x, &surface_y);
      gtk_widget_translate_coordinates (GTK_WIDGET (native), GTK_WIDGET (self), x - surface_x, y - surface_y, &x, &y);
    }
  lp_canvas_set_zoom (self, self->zoom * pow (ZOOM_STEP, -dy), x, y);
  return TRUE;
}

static void
drag_begin_cb (GtkGestureDrag *drag, double x, double y, LpCanvas *self)
{
  self->drag_left = self->left;
  self->drag_top = self->top;
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
drag_update_cb (GtkGestureDrag *drag, double dx, double dy, LpCanvas *self)
{
  if (fabs (dx) < CLICK_SLACK && fabs (dy) < CLICK_SLACK)
    return;
  stop_following (self);
  self->left = self->drag_left + dx;
  self->top = self->drag_top + dy;
  keep_in_view (self);
  changed (self);
}

static void
drag_end_cb (GtkGestureDrag *drag, double dx, double dy, LpCanvas *self)
{
  double x, y;

  if (fabs (dx) >= CLICK_SLACK || fabs (dy) >= CLICK_SLACK)
    return;
  if (gtk_gesture_drag_get_start_point (drag, &x, &y))
    g_signal_emit (self, signals[PICKED], 0, lp_canvas_pick (self, x, y));
}

static void
pinch_begin_cb (GtkGesture *pinch, GdkEventSequence *sequence, LpCanvas *self)
{
  self->pinch_zoom = self->zoom;
}

static void
pinch_cb (GtkGestureZoom *pinch, double scale, LpCanvas *self)
{
  double x = -1, y = -1;

  if (gtk_gesture_is_active (GTK_GESTURE (pinch)))
    gtk_gesture_get_bounding_box_center (GTK_GESTURE (pinch), &x, &y);
  lp_canvas_set_zoom (self, self->pinch_zoom * scale, x, y);
}

/* ---- the widget ---- */

static void
lp_canvas_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LpCanvas *self = LP_CANVAS (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);

  if (width <= 0 || height <= 0)
    return;
  if (self->node == NULL)
    {
      cairo_t *cr;

      self->node = gsk_cairo_node_new (&GRAPHENE_RECT_INIT (0, 0, width, height));
      update_surface (self);
      cr = gsk_cairo_node_get_draw_context (self->node);
      _lp_canvas_draw (self, cr, width, height);
      cairo_destroy (cr);
    }
  gtk_snapshot_append_node (snapshot, self->node);
}

static gboolean
tell_zoom_cb (gpointer data)
{
  LpCanvas *self = data;

  self->tell_zoom = 0;
  describe (self);
  g_signal_emit (self, signals[ZOOMED], 0);
  return G_SOURCE_REMOVE;
}

static void
lp_canvas_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LpCanvas *self = LP_CANVAS (widget);
  int box = _lp_canvas_find_box (self, self->zoomed_row);
  double before = self->zoom;

  if (self->fitting)
    fit (self);
  else if (box >= 0)
    zoom_to_box (self, &g_array_index (self->boxes, LpDrawBox, box).rect);
  if (self->zoom != before && self->tell_zoom == 0) /* not now: words that follow it may need a new layout */
    self->tell_zoom = g_idle_add_full (G_PRIORITY_HIGH_IDLE, tell_zoom_cb, self, NULL);
  g_clear_pointer (&self->node, gsk_render_node_unref);
}

static void
lp_canvas_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (lp_canvas_parent_class)->css_changed (widget, change);
  changed (LP_CANVAS (widget));
}

static void
lp_canvas_dispose (GObject *object)
{
  LpCanvas *self = LP_CANVAS (object);

  g_clear_handle_id (&self->tell_zoom, g_source_remove);
  forget_picture (self);
  g_clear_object (&self->session);
  g_clear_pointer (&self->node, gsk_render_node_unref);
  G_OBJECT_CLASS (lp_canvas_parent_class)->dispose (object);
}

static void
lp_canvas_finalize (GObject *object)
{
  LpCanvas *self = LP_CANVAS (object);

  g_array_unref (self->boxes);
  g_array_unref (self->rows);
  G_OBJECT_CLASS (lp_canvas_parent_class)->finalize (object);
}

static void
lp_canvas_class_init (LpCanvasClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lp_canvas_dispose;
  G_OBJECT_CLASS (klass)->finalize = lp_canvas_finalize;
  widget_class->snapshot = lp_canvas_snapshot;
  widget_class->size_allocate = lp_canvas_size_allocate;
  widget_class->css_changed = lp_canvas_css_changed;
  signals[PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[ZOOMED] =
    g_signal_new ("zoomed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "lpcanvas");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
add_controllers (LpCanvas *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *pinch = gtk_gesture_zoom_new ();

  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect (pinch, "begin", G_CALLBACK (pinch_begin_cb), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (pinch_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pinch));
}

static void
lp_canvas_init (LpCanvas *self)
{
  self->layer = self->image = self->row = self->dictionary = self->zoomed_row = LP_NONE;
  for (guint i = 0; i < G_N_ELEMENTS (self->ahead); i++)
    self->ahead[i] = LP_NONE;
  self->boxes = g_array_new (FALSE, FALSE, sizeof (LpDrawBox));
  self->rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->class_id = LP_CLASS_NONE;
  self->hover = -1;
  self->fitting = TRUE;
  self->zoom = 1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  add_controllers (self);
}

GtkWidget *
lp_canvas_new (void)
{
  return g_object_new (LP_TYPE_CANVAS, NULL);
}
