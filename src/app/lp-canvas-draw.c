/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "lp-canvas-private.h"
#include "lp-widgets.h"

#define SHARP_ZOOM 3.0 /* from here on a pixel is shown as a square */
#define MARGIN 8.0     /* chips keep this from the widget's edge */

static void
draw_picture (LpCanvas *self, cairo_t *cr)
{
  double across = self->width * self->zoom, down = self->height * self->zoom;

  cairo_save (cr);
  cairo_translate (cr, self->left, self->top);
  cairo_rectangle (cr, 0, 0, across, down);
  if (self->surface == NULL)
    {
      cairo_set_source_rgba (cr, 0.5, 0.5, 0.5, 0.15);
      cairo_fill (cr);
      cairo_restore (cr);
      return;
    }
  cairo_clip (cr);
  cairo_scale (cr, across / cairo_image_surface_get_width (self->surface),
               down / cairo_image_surface_get_height (self->surface));
  cairo_set_source_surface (cr, self->surface, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr),
                            self->zoom >= SHARP_ZOOM ? CAIRO_FILTER_NEAREST : CAIRO_FILTER_GOOD);
  cairo_paint (cr);
  cairo_restore (cr);
}

/* A missing picture is a dashed outline of the size that is declared. */
static void
draw_outline (LpCanvas *self, cairo_t *cr, const GdkRGBA *ink)
{
  static const double dash[] = { 6, 4 };

  cairo_save (cr);
  cairo_set_line_width (cr, 1);
  cairo_set_source_rgba (cr, ink->red, ink->green, ink->blue, 0.5);
  if (self->trouble != NULL)
    cairo_set_dash (cr, dash, G_N_ELEMENTS (dash), 0);
  else
    cairo_set_source_rgba (cr, 0, 0, 0, 0.18);
  cairo_rectangle (cr, floor (self->left) - 0.5, floor (self->top) - 0.5, ceil (self->width * self->zoom) + 1,
                   ceil (self->height * self->zoom) + 1);
  cairo_stroke (cr);
  cairo_restore (cr);
}

/* A dark pill with a few words, centred on x, y and kept inside the view. */
static void
draw_pill (LpCanvas *self, cairo_t *cr, const char *words, double x, double y, double width, double height)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), words);
  PangoAttrList *attributes = pango_attr_list_new ();
  int w, h;

  pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_attr_list_insert (attributes, pango_attr_scale_new (0.9));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_get_pixel_size (layout, &w, &h);
  x = round (CLAMP (x - w / 2.0, MARGIN, MAX (MARGIN, width - w - MARGIN)));
  y = round (CLAMP (y - h / 2.0, MARGIN, MAX (MARGIN, height - h - MARGIN)));
  cairo_set_source_rgba (cr, 0.12, 0.12, 0.12, 0.9);
  cairo_rectangle (cr, x - 7, y - 3, w + 14, h + 6);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
}

/* What of the selected box lies outside of the picture: hatched, and measured in picture pixels. */
static void
draw_overhang (LpCanvas *self, cairo_t *cr, const LpRect *box, double width, double height)
{
  LpRect picture = { self->left, self->top, self->left + self->width * self->zoom,
                     self->top + self->height * self->zoom };
  double over[] = { picture.x0 - box->x0, picture.y0 - box->y0, box->x1 - picture.x1, box->y1 - picture.y1 };
  double x = (box->x0 + box->x1) / 2, y = (box->y0 + box->y1) / 2;
  g_autofree char *words = NULL;
  guint worst = 0;

  for (guint i = 1; i < G_N_ELEMENTS (over); i++)
    if (over[i] > over[worst])
      worst = i;
  if (over[worst] < self->zoom / 2)
    return;
  cairo_save (cr);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_rectangle (cr, picture.x0, picture.y0, picture.x1 - picture.x0, picture.y1 - picture.y0);
  cairo_clip (cr);
  lp_draw_hatch (cr, box, adw_style_manager_get_dark (adw_style_manager_get_default ()),
                 lp_text_scale (GTK_WIDGET (self)));
  cairo_restore (cr);
  /* Translators: how far a box reaches beyond the picture's edge */
  words = g_strdup_printf (_ ("%.0f px outside"), over[worst] / self->zoom);
  if (worst == 0 || worst == 2)
    x = worst == 0 ? box->x0 + over[0] / 2 : box->x1 - over[2] / 2;
  else
    y = worst == 1 ? box->y0 + over[1] / 2 : box->y1 - over[3] / 2;
  draw_pill (self, cr, words, x, y, width, height);
}

static GArray *
boxes_on_widget (LpCanvas *self, int selected)
{
  GArray *boxes = g_array_sized_new (FALSE, FALSE, sizeof (LpDrawBox), self->boxes->len);

  for (guint i = 0; i < self->boxes->len; i++)
    {
      LpDrawBox box = g_array_index (self->boxes, LpDrawBox, i);

      box.rect = lp_rect_scale (&box.rect, self->zoom, self->zoom);
      box.rect = (LpRect){ box.rect.x0 + self->left, box.rect.y0 + self->top, box.rect.x1 + self->left,
                           box.rect.y1 + self->top };
      box.selected = (int) i == selected;
      box.hover = (int) i == self->hover && !box.selected;
      box.faded = self->class_id != LP_CLASS_NONE && box.class_id != self->class_id;
      g_array_append_val (boxes, box);
    }
  return boxes;
}

static void
draw_boxes (LpCanvas *self, cairo_t *cr, double width, double height)
{
  int selected = _lp_canvas_find_box (self, self->row);
  g_autoptr (GArray) boxes = boxes_on_widget (self, selected);
  LpDrawStyle style = { .view = { MARGIN, MARGIN, width - MARGIN, height - MARGIN },
                        .line = 1,
                        .chips = self->chips,
                        .pango = gtk_widget_get_pango_context (GTK_WIDGET (self)) };

  style.scale = lp_text_scale (GTK_WIDGET (self));
  if (selected >= 0)
    draw_overhang (self, cr, &g_array_index (boxes, LpDrawBox, selected).rect, width, height);
  lp_draw_boxes (cr, (const LpDrawBox *) boxes->data, boxes->len, &style);
}

void
_lp_canvas_draw (LpCanvas *self, cairo_t *cr, double width, double height)
{
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self));
  GdkRGBA ink;

  gtk_style_context_get_color (style, &ink);
  if (self->width > 0)
    {
      draw_picture (self, cr);
      draw_outline (self, cr, &ink);
      if (!self->hidden)
        draw_boxes (self, cr, width, height);
    }
  if (self->trouble != NULL)
    draw_pill (self, cr, self->trouble, width / 2, height - 28, width, height);
}
