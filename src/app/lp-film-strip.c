/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "lp-crop.h"
#include "lp-film-strip.h"
#include "lp-tab-stop.h"
#include "lp-widgets.h"

#define TILE_WIDTH 87
#define TILE_HEIGHT 64
#define REST_MS 60  /* a strip that moves on within this time decodes nothing */
#define MOST_MS 250 /* but so often it does, however it moves */
#define SPARE 2     /* tiles decoded beyond either edge */

struct _LpFilmStrip
{
  AdwBin parent_instance;

  LpSession *session;
  LpIndexModel *images;
  GtkSingleSelection *selection;
  GtkAdjustment *place;
  GPtrArray *bound; /* GtkListItem * in use, borrowed */
  guint32 dictionary, current;
  double page;      /* width in sight */
  gboolean to_show; /* the current one has to be brought into sight */
  gboolean silent;  /* the selection changes by us */
  guint rest;       /* timeout: the strip stands still */
  gint64 moving_since;
  guint laid_out; /* idle source after a layout */
};

G_DEFINE_FINAL_TYPE (LpFilmStrip, lp_film_strip, ADW_TYPE_BIN)

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- tiles ---- */

static guint32
image_of (GtkListItem *item)
{
  return lp_index_item_get (gtk_list_item_get_item (item));
}

static LpCrop *
crop_of (GtkListItem *item)
{
  return LP_CROP (gtk_overlay_get_child (GTK_OVERLAY (gtk_list_item_get_child (item))));
}

static void
show_badge (LpFilmStrip *self, GtkListItem *item)
{
  GtkWidget *badge = gtk_widget_get_last_child (gtk_list_item_get_child (item));
  guint n;
  g_autofree char *text = NULL;

  lp_session_findings_of (lp_session_get_findings (self->session), image_of (item), &n);
  text = lp_number (n);
  gtk_label_set_text (GTK_LABEL (badge), text);
  gtk_widget_set_visible (badge, n > 0);
}

static void
show_words (LpFilmStrip *self, GtkListItem *item)
{
  const LpImage *image = lp_dataset_image (lp_session_get_dataset (self->session), image_of (item));
  g_autofree char *name = lp_text_escape (image->name, -1, 120);

  gtk_widget_set_tooltip_text (gtk_list_item_get_child (item), name);
  lp_set_accessible_label (GTK_WIDGET (crop_of (item)), name);
}

static void
show_tile (LpFilmStrip *self, GtkListItem *item)
{
  LpCropView view = LP_CROP_VIEW_INIT;

  view.layer = lp_session_get_dataset (self->session)->subject;
  view.image = image_of (item);
  view.dictionary = self->dictionary;
  view.assumed = lp_usual_frame (self->session, view.image);
  lp_crop_set (crop_of (item), self->session, &view);
  g_object_set_data (G_OBJECT (item), "lp-shown", self);
}

static void
hide_tile (GtkListItem *item)
{
  if (g_object_get_data (G_OBJECT (item), "lp-shown") == NULL)
    return;
  lp_crop_set (crop_of (item), NULL, NULL);
  g_object_set_data (G_OBJECT (item), "lp-shown", NULL);
}

/* Width of one tile with its room, 0: not laid out yet. All are alike. */
static double
pitch (LpFilmStrip *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->images));

  return n > 0 ? gtk_adjustment_get_upper (self->place) / n : 0;
}

static void
show_tiles (LpFilmStrip *self)
{
  double step = pitch (self), from = gtk_adjustment_get_value (self->place);
  double to = from + gtk_adjustment_get_page_size (self->place);

  if (self->session == NULL || step <= 0)
    return;
  for (guint i = 0; i < self->bound->len; i++)
    {
      GtkListItem *item = g_ptr_array_index (self->bound, i);
      double at = gtk_list_item_get_position (item) * step;

      if (at + (1 + SPARE) * step < from || at > to + SPARE * step)
        hide_tile (item);
      else if (g_object_get_data (G_OBJECT (item), "lp-shown") == NULL)
        show_tile (self, item);
    }
}

static gboolean
rest_cb (gpointer data)
{
  LpFilmStrip *self = data;

  self->rest = 0;
  show_tiles (self);
  return G_SOURCE_REMOVE;
}

static void
wait_for_rest (LpFilmStrip *self)
{
  gint64 now = g_get_monotonic_time ();

  if (self->rest == 0)
    self->moving_since = now;
  else if (now - self->moving_since > MOST_MS * 1000)
    return;
  g_clear_handle_id (&self->rest, g_source_remove);
  self->rest = g_timeout_add (REST_MS, rest_cb, self);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, LpFilmStrip *self)
{
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *crop = lp_crop_new ();
  GtkWidget *badge = gtk_label_new (NULL);
  double scale = lp_text_scale (GTK_WIDGET (self));

  lp_crop_set_size (LP_CROP (crop), (int) (TILE_WIDTH / scale),
                    (int) (TILE_HEIGHT / scale)); /* larger text needs room */
  gtk_widget_set_hexpand (crop, TRUE);
  gtk_widget_set_vexpand (crop, TRUE);
  gtk_widget_set_size_request (overlay, TILE_WIDTH, TILE_HEIGHT);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), crop);
  gtk_widget_set_halign (badge, GTK_ALIGN_END);
  gtk_widget_set_valign (badge, GTK_ALIGN_START);
  lp_widget_add_classes (badge, "tile-badge numeric");
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), badge);
  gtk_list_item_set_child (item, overlay);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, LpFilmStrip *self)
{
  g_ptr_array_add (self->bound, item);
  show_badge (self, item);
  show_words (self, item);
  wait_for_rest (self);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, LpFilmStrip *self)
{
  hide_tile (item);
  g_ptr_array_remove_fast (self->bound, item);
}

/* ---- place ---- */

static void
bring_into_sight (LpFilmStrip *self)
{
  guint position = lp_index_model_find (self->images, self->current);
  double step = pitch (self), page = gtk_adjustment_get_page_size (self->place);
  double from = gtk_adjustment_get_value (self->place), at = position * step;

  if (position == G_MAXUINT || step <= 0 || page <= 0)
    return;
  self->to_show = FALSE;
  if (at - step < from || at + 2 * step > from + page) /* with a neighbour on either side */
    gtk_adjustment_set_value (self->place, at + step / 2 - page / 2);
}

static gboolean
laid_out_cb (gpointer data)
{
  LpFilmStrip *self = data;

  self->laid_out = 0;
  if (self->to_show)
    bring_into_sight (self);
  return G_SOURCE_REMOVE;
}

/* Comes while the list is laid out, when it must not be moved. */
static void
place_changed_cb (LpFilmStrip *self)
{
  double page = gtk_adjustment_get_page_size (self->place);

  self->to_show = self->to_show || page != self->page; /* what was in sight may not be any more */
  self->page = page;
  if (self->to_show && self->laid_out == 0)
    self->laid_out = g_idle_add_full (G_PRIORITY_HIGH_IDLE, laid_out_cb, self, NULL);
  wait_for_rest (self);
}

static void
selected_cb (LpFilmStrip *self)
{
  LpIndexItem *item = gtk_single_selection_get_selected_item (self->selection);

  if (item == NULL || self->silent || lp_index_item_get (item) == self->current)
    return;
  self->current = lp_index_item_get (item);
  g_signal_emit (self, signals[CHOSEN], 0, self->current);
}

/* ---- from outside ---- */

void
lp_film_strip_set_session (LpFilmStrip *self, LpSession *session)
{
  g_return_if_fail (LP_IS_FILM_STRIP (self));
  self->current = LP_NONE;
  self->silent = TRUE;
  lp_index_model_set_range (self->images, 0); /* tiles look into the old session */
  self->silent = FALSE;
  g_set_object (&self->session, session);
}

void
lp_film_strip_set_dictionary (LpFilmStrip *self, guint32 dictionary)
{
  g_return_if_fail (LP_IS_FILM_STRIP (self));
  if (self->dictionary == dictionary)
    return;
  self->dictionary = dictionary;
  lp_film_strip_refresh (self);
}

void
lp_film_strip_set_current (LpFilmStrip *self, guint32 image)
{
  guint position;

  g_return_if_fail (LP_IS_FILM_STRIP (self));
  if (self->current == image)
    return;
  self->current = image;
  self->silent = TRUE;
  position = lp_index_model_find (self->images, image);
  gtk_single_selection_set_selected (self->selection, position);
  self->silent = FALSE;
  self->to_show = TRUE;
  bring_into_sight (self);
}

void
lp_film_strip_refresh (LpFilmStrip *self)
{
  g_return_if_fail (LP_IS_FILM_STRIP (self));
  for (guint i = 0; i < self->bound->len; i++)
    {
      GtkListItem *item = g_ptr_array_index (self->bound, i);

      show_badge (self, item);
      if (g_object_get_data (G_OBJECT (item), "lp-shown") != NULL)
        show_tile (self, item);
    }
}

static void
lp_film_strip_dispose (GObject *object)
{
  LpFilmStrip *self = LP_FILM_STRIP (object);

  g_clear_handle_id (&self->rest, g_source_remove);
  g_clear_handle_id (&self->laid_out, g_source_remove);
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->images);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (lp_film_strip_parent_class)->dispose (object);
}

static void
lp_film_strip_finalize (GObject *object)
{
  g_ptr_array_unref (LP_FILM_STRIP (object)->bound);
  G_OBJECT_CLASS (lp_film_strip_parent_class)->finalize (object);
}

static void
lp_film_strip_class_init (LpFilmStripClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lp_film_strip_dispose;
  G_OBJECT_CLASS (klass)->finalize = lp_film_strip_finalize;
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "lpfilmstrip");
}

static void
lp_film_strip_init (LpFilmStrip *self)
{
  self->bound = g_ptr_array_new ();
  self->dictionary = self->current = LP_NONE;
}

static GtkWidget *
make_list (LpFilmStrip *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *list;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), self);
  list = gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)), factory);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (list), GTK_ORIENTATION_HORIZONTAL);
  lp_set_accessible_label (list, _ ("All pictures"));
  return list;
}

GtkWidget *
lp_film_strip_new (LpIndexModel *images)
{
  LpFilmStrip *self = g_object_new (LP_TYPE_FILM_STRIP, NULL);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->images = g_object_ref (images);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (images)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), make_list (self));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  self->place = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scroller));
  g_signal_connect_object (self->place, "changed", G_CALLBACK (place_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->place, "value-changed", G_CALLBACK (wait_for_rest), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), g_object_new (LP_TYPE_TAB_STOP, "child", scroller, NULL));
  return GTK_WIDGET (self);
}
