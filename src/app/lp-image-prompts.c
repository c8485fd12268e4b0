/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "lp-image-page-private.h"
#include "lp-widgets.h"
#include "lp-window.h"

/* The two questions of the image page, each a popover over the picture with an entry: which picture, which class. */

#define PROMPT_WIDTH 300
#define CLASSES_HEIGHT 260

void
_lp_image_page_close_prompt (LpImagePage *self)
{
  GtkWidget *prompt = g_steal_pointer (&self->prompt);

  if (prompt != NULL)
    gtk_widget_unparent (prompt);
}

static gboolean
unparent_cb (gpointer data)
{
  LpImagePage *self = data;

  /* Another one may be open by now. */
  if (self->prompt != NULL && !gtk_widget_get_visible (self->prompt))
    _lp_image_page_close_prompt (self);
  return G_SOURCE_REMOVE;
}

/* Not at once: GTK still works with a popover that it closes. */
static void
closed_cb (LpImagePage *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent_cb, g_object_ref (self), g_object_unref);
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

static void
open_prompt (LpImagePage *self, GtkWidget *child, const LpRect *at)
{
  GtkWidget *popover = gtk_popover_new ();
  GdkRectangle place = { gtk_widget_get_width (GTK_WIDGET (self->canvas_bin)) / 2, 0, 1, 1 };

  _lp_image_page_close_prompt (self);
  if (at != NULL)
    place = (GdkRectangle){ (int) at->x0, (int) at->y0, MAX ((int) lp_rect_width (at), 1),
                            MAX ((int) lp_rect_height (at), 1) };
  self->prompt = popover;
  gtk_popover_set_child (GTK_POPOVER (popover), child);
  gtk_widget_set_parent (popover, GTK_WIDGET (self->canvas_bin));
  gtk_popover_set_position (GTK_POPOVER (popover), at != NULL ? GTK_POS_RIGHT : GTK_POS_BOTTOM);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &place);
  g_signal_connect_swapped (popover, "closed", G_CALLBACK (closed_cb), self);
  gtk_popover_popup (GTK_POPOVER (popover));
}

static void
pop_down (LpImagePage *self)
{
  if (self->prompt != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->prompt));
}

/* ---- which picture ---- */

/* By number from 1, else the first whose name begins so, else the first whose name holds it; G_MAXUINT: none. */
static guint
find_picture (LpImagePage *self, const char *text)
{
  const LpDataset *dataset = _lp_image_page_dataset (self);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->images)), holds = G_MAXUINT;
  guint64 number;
  g_autofree char *wanted = g_utf8_casefold (text, -1);

  if (*wanted == '\0')
    return G_MAXUINT;
  if (g_ascii_string_to_unsigned (text, 10, 1, n, &number, NULL))
    return (guint) number - 1;
  for (guint i = 0; i < n; i++)
    {
      const char *name = lp_dataset_image (dataset, lp_index_model_get (self->images, i))->name;
      g_autofree char *valid = g_utf8_make_valid (name, -1);
      g_autofree char *folded = g_utf8_casefold (valid, -1);

      if (g_str_has_prefix (folded, wanted))
        return i;
      if (holds == G_MAXUINT && strstr (folded, wanted) != NULL)
        holds = i;
    }
  return holds;
}

/* Says where Enter would lead. */
static void
picture_changed_cb (GtkEditable *entry, LpImagePage *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (entry)));
  guint position = _lp_image_page_session (self) != NULL ? find_picture (self, text) : G_MAXUINT;
  GtkLabel *answer = g_object_get_data (G_OBJECT (entry), "lp-answer");
  const LpImage *image = NULL;
  g_autofree char *name = NULL;
  g_autofree char *words = NULL;

  if (position != G_MAXUINT)
    {
      image = lp_dataset_image (_lp_image_page_dataset (self), lp_index_model_get (self->images, position));
      name = lp_text_escape (image->name, -1, 60);
      /* Translators: number and name of a picture */
      words = g_strdup_printf (_ ("%u: %s"), position + 1, name);
    }
  else
    words = g_strdup (*text != '\0' ? _ ("No picture is called so.") : _ ("Its number, or part of its name"));
  gtk_label_set_text (answer, words);
}

static void
picture_cb (GtkEntry *entry, LpImagePage *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
  guint position = _lp_image_page_session (self) != NULL ? find_picture (self, text) : G_MAXUINT;

  if (position == G_MAXUINT)
    {
      gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
      return;
    }
  pop_down (self);
  _lp_image_page_go_to (self, position);
}

void
_lp_image_page_ask_image (LpImagePage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *answer = lp_label_new (NULL, "dim-label small", FALSE);

  lp_window_show_page (lp_window_of (GTK_WIDGET (self)), "images");
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("Go to picture"));
  lp_set_accessible_label (entry, _ ("Go to picture"));
  gtk_widget_set_size_request (entry, PROMPT_WIDTH, -1);
  g_object_set_data (G_OBJECT (entry), "lp-answer", answer);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), answer);
  g_signal_connect_object (entry, "changed", G_CALLBACK (picture_changed_cb), self, 0);
  g_signal_connect_object (entry, "activate", G_CALLBACK (picture_cb), self, 0);
  picture_changed_cb (GTK_EDITABLE (entry), self);
  open_prompt (self, box, NULL);
}

/* ---- which class: type-ahead over all ---- */

/* The classes whose number or name begins with the text, then those whose name holds it. */
static GArray *
find_classes (const LpDictionary *list, const char *text)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autofree char *wanted = g_utf8_casefold (text, -1);

  for (guint pass = 0; pass < 2; pass++)
    for (guint32 i = 0; i < list->names->len; i++)
      {
        const char *name = g_ptr_array_index (list->names, i);
        g_autofree char *valid = name != NULL ? g_utf8_make_valid (name, -1) : NULL;
        g_autofree char *folded = valid != NULL ? g_utf8_casefold (valid, -1) : NULL;
        char number[16];
        gboolean begins;

        if (folded == NULL)
          continue;
        g_snprintf (number, sizeof number, "%u", i);
        begins = g_str_has_prefix (folded, wanted) || g_str_has_prefix (number, wanted);
        if (pass == 0 ? begins : !begins && strstr (folded, wanted) != NULL)
          g_array_append_val (found, i);
      }
  return found;
}

static const LpDictionary *
own_list (LpImagePage *self)
{
  return lp_dataset_dict (_lp_image_page_dataset (self), _lp_image_page_layer (self)->dictionary);
}

static void
setup_class_cb (GtkSignalListItemFactory *factory, GtkListItem *item, LpImagePage *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_widget_add_css_class (row, "box-row");
  gtk_box_append (GTK_BOX (row), lp_swatch_new (-1));
  gtk_box_append (GTK_BOX (row), lp_label_new (NULL, "dim-label numeric", FALSE));
  gtk_box_append (GTK_BOX (row), lp_label_new (NULL, NULL, FALSE));
  gtk_list_item_set_child (item, row);
}

static void
bind_class_cb (GtkSignalListItemFactory *factory, GtkListItem *item, LpImagePage *self)
{
  guint32 class_id = lp_index_item_get (gtk_list_item_get_item (item));
  GtkWidget *swatch = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *number = gtk_widget_get_next_sibling (swatch);
  g_autofree char *number_text = g_strdup_printf ("%u", class_id);
  g_autofree char *name = lp_text_show_blanks (lp_dictionary_name (own_list (self), (gint32) class_id));

  lp_swatch_set (swatch, lp_class_slot (_lp_image_page_session (self), _lp_image_page_layer (self)->dictionary,
                                        (gint32) class_id));
  gtk_label_set_text (GTK_LABEL (number), number_text);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (number)), name);
}

static void
class_search_cb (GtkSearchEntry *entry, LpImagePage *self)
{
  LpIndexModel *classes = g_object_get_data (G_OBJECT (entry), "lp-classes");

  lp_index_model_take (classes, find_classes (own_list (self), gtk_editable_get_text (GTK_EDITABLE (entry))));
}

static void
choose_class (LpImagePage *self, LpIndexModel *classes, guint position)
{
  guint32 class_id;

  if (position >= g_list_model_get_n_items (G_LIST_MODEL (classes)))
    return;
  class_id = lp_index_model_get (classes, position);
  pop_down (self);
  _lp_image_page_set_class (self, (gint32) class_id);
}

static void
class_entered_cb (GtkSearchEntry *entry, LpImagePage *self)
{
  choose_class (self, g_object_get_data (G_OBJECT (entry), "lp-classes"), 0);
}

static void
class_activated_cb (GtkListView *view, guint position, LpImagePage *self)
{
  choose_class (self, g_object_get_data (G_OBJECT (view), "lp-classes"), position);
}

static GtkWidget *
make_class_list (LpImagePage *self, LpIndexModel *classes)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkSingleSelection *selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (classes)));
  GtkWidget *view = gtk_list_view_new (GTK_SELECTION_MODEL (selection), factory);

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_class_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_class_cb), self, 0);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (view), TRUE);
  lp_set_accessible_label (view, _ ("Classes"));
  g_object_set_data_full (G_OBJECT (view), "lp-classes", g_object_ref (classes), g_object_unref);
  g_signal_connect_object (view, "activate", G_CALLBACK (class_activated_cb), self, 0);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), CLASSES_HEIGHT);
  return scroller;
}

/* Where the selected box is, in the picture's widget. */
static gboolean
selected_place (LpImagePage *self, LpRect *place)
{
  const LpDataset *dataset = _lp_image_page_dataset (self);
  const LpLayer *layer = _lp_image_page_layer (self);

  if (!lp_row_pixels (dataset, layer, lp_layer_find (layer, self->image), lp_layer_row (layer, self->row),
                      self->frame, LP_FRAME_UPRIGHT, place))
    return FALSE;
  lp_canvas_from_picture (self->canvas, place->x0, place->y0, &place->x0, &place->y0);
  lp_canvas_from_picture (self->canvas, place->x1, place->y1, &place->x1, &place->y1);
  return TRUE;
}

void
_lp_image_page_ask_class (LpImagePage *self)
{
  g_autoptr (LpIndexModel) classes = lp_index_model_new ();
  GtkWidget *box, *entry;
  LpRect place;

  if (own_list (self) == NULL)
    {
      lp_window_toast (lp_window_of (GTK_WIDGET (self)), _ ("No list of names was found: digits set the class"));
      return;
    }
  lp_index_model_take (classes, find_classes (own_list (self), ""));
  entry = gtk_search_entry_new ();
  gtk_widget_set_size_request (entry, PROMPT_WIDTH, -1);
  lp_set_accessible_label (entry, _ ("Class of the selected box"));
  g_object_set_data_full (G_OBJECT (entry), "lp-classes", g_object_ref (classes), g_object_unref);
  g_signal_connect_object (entry, "changed", G_CALLBACK (class_search_cb), self, 0);
  g_signal_connect_object (entry, "activate", G_CALLBACK (class_entered_cb), self, 0);
  g_signal_connect_object (entry, "stop-search", G_CALLBACK (pop_down), self, G_CONNECT_SWAPPED);
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), make_class_list (self, classes));
  open_prompt (self, box, selected_place (self, &place) ? &place : NULL);
}
