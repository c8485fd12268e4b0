/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "lp-first-pictures.h"
#include "lp-widgets.h"

#define COLUMNS 4
#define ROWS 3
#define TILE_HEIGHT 112 /* pixels of text scale 1 */
#define SIZE 512        /* pixels asked of the decoder, of the longer side */

struct _LpFirstPictures
{
  GtkBox parent_instance;

  GPtrArray *shown; /* LpFirstPicture; NULL: none yet */
  GtkGrid *tiles;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (LpFirstPictures, lp_first_pictures, GTK_TYPE_BOX)

typedef struct
{
  GtkWidget *area; /* borrowed, unless it waits for pixels */
  LpSession *session;
  GPtrArray *all; /* keeps `picture` */
  const LpFirstPicture *picture;
  cairo_surface_t *surface;
} Tile;

static void
tile_free (gpointer data)
{
  Tile *tile = data;

  g_clear_pointer (&tile->surface, cairo_surface_destroy);
  g_ptr_array_unref (tile->all);
  g_object_unref (tile->session);
  g_free (tile);
}

/* The picture fills the tile; what stands out is cut off. */
static void
draw_tile (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  const Tile *tile = data;
  LpDrawStyle style = { .view = { 0, 0, width, height }, .scale = 1, .line = 0.6, .chips = LP_CHIP_NONE };
  g_autoptr (GArray) boxes = NULL;
  double across, down, zoom;

  if (tile->surface == NULL)
    return;
  across = cairo_image_surface_get_width (tile->surface);
  down = cairo_image_surface_get_height (tile->surface);
  zoom = MAX (width / across, height / down);
  style.view = (LpRect){ (across * zoom - width) / 2, (down * zoom - height) / 2, (across * zoom + width) / 2,
                         (down * zoom + height) / 2 };
  cairo_translate (cr, -style.view.x0, -style.view.y0);
  cairo_save (cr);
  cairo_scale (cr, zoom, zoom);
  cairo_set_source_surface (cr, tile->surface, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_GOOD);
  cairo_paint (cr);
  cairo_restore (cr);
  boxes = g_array_copy (tile->picture->boxes);
  for (guint i = 0; i < boxes->len; i++)
    {
      LpDrawBox *box = &g_array_index (boxes, LpDrawBox, i);

      box->rect = lp_rect_scale (&box->rect, across * zoom, down * zoom);
    }
  lp_draw_boxes (cr, (const LpDrawBox *) boxes->data, boxes->len, &style);
}

static void
decoded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Tile *tile = data;
  g_autoptr (GtkWidget) area = tile->area; /* kept it, and the tile with it */

  tile->surface = lp_decoder_decode_finish (lp_session_get_decoder (tile->session, NULL), result, NULL);
  gtk_widget_queue_draw (area);
}

static void
decode (Tile *tile, GCancellable *cancellable)
{
  LpDecoder *decoder = lp_session_get_decoder (tile->session, NULL);
  LpDecodeWish wish = {
    .path = tile->picture->path, .max_width = SIZE, .max_height = SIZE, .orientation = tile->picture->orientation
  };
  g_autoptr (LpRoots) roots = lp_roots_new ();

  if (decoder == NULL)
    return;
  lp_roots_add (roots, wish.path);
  g_object_ref (tile->area);
  lp_decoder_decode_async (decoder, roots, &wish, 0, cancellable, decoded_cb, tile);
}

/* A quiet tile while nothing is known of its picture. */
static GtkWidget *
empty_tile_new (LpFirstPictures *self)
{
  GtkWidget *area = gtk_drawing_area_new ();

  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area),
                                       (int) (TILE_HEIGHT * lp_text_scale (GTK_WIDGET (self))));
  gtk_widget_set_hexpand (area, TRUE);
  gtk_widget_set_overflow (area, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (area, "first-picture");
  return area;
}

static GtkWidget *
tile_new (LpFirstPictures *self, LpSession *session, const LpFirstPicture *picture)
{
  Tile *tile = g_new0 (Tile, 1);
  g_autofree char *base = g_path_get_basename (picture->path);
  g_autofree char *name = lp_text_escape (base, -1, 120);

  tile->area = empty_tile_new (self);
  tile->session = g_object_ref (session);
  tile->all = g_ptr_array_ref (self->shown);
  tile->picture = picture;
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (tile->area), draw_tile, tile, tile_free);
  gtk_widget_set_tooltip_text (tile->area, name);
  lp_set_accessible_label (tile->area, name);
  decode (tile, self->cancellable);
  return tile->area;
}

/* Always as many tiles: what stands around them does not move when pictures come. */
static void
fill (LpFirstPictures *self, LpSession *session)
{
  guint n = self->shown != NULL ? self->shown->len : 0;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->tiles))) != NULL)
    gtk_grid_remove (self->tiles, child);
  for (guint i = 0; i < COLUMNS * ROWS; i++)
    {
      child = i < n ? tile_new (self, session, g_ptr_array_index (self->shown, i)) : empty_tile_new (self);
      gtk_grid_attach (self->tiles, child, (int) (i % COLUMNS), (int) (i / COLUMNS), 1, 1);
    }
}

static void
forget (LpFirstPictures *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  fill (self, NULL);
}

void
lp_first_pictures_update (LpFirstPictures *self, LpSession *session)
{
  g_autoptr (GPtrArray) first = lp_session_ref_first_pictures (session);

  g_return_if_fail (LP_IS_FIRST_PICTURES (self));
  if (first == self->shown || first == NULL)
    return;
  forget (self);
  self->shown = g_ptr_array_ref (first);
  self->cancellable = g_cancellable_new ();
  fill (self, session);
}

/* They go when nobody sees it. */
static void
lp_first_pictures_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lp_first_pictures_parent_class)->unmap (widget);
  forget (LP_FIRST_PICTURES (widget));
}

static void
lp_first_pictures_dispose (GObject *object)
{
  LpFirstPictures *self = LP_FIRST_PICTURES (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  G_OBJECT_CLASS (lp_first_pictures_parent_class)->dispose (object);
}

static void
lp_first_pictures_class_init (LpFirstPicturesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lp_first_pictures_dispose;
  GTK_WIDGET_CLASS (klass)->unmap = lp_first_pictures_unmap;
}

static void
lp_first_pictures_init (LpFirstPictures *self)
{
  GtkWidget *tiles = gtk_grid_new ();

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 8);
  lp_widget_add_classes (GTK_WIDGET (self), "card panel");
  gtk_box_append (GTK_BOX (self), lp_label_new (_ ("First pictures"), "heading", FALSE));
  gtk_grid_set_column_homogeneous (GTK_GRID (tiles), TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (tiles), 8);
  gtk_grid_set_row_spacing (GTK_GRID (tiles), 8);
  gtk_box_append (GTK_BOX (self), tiles);
  self->tiles = GTK_GRID (tiles);
  fill (self, NULL);
}
