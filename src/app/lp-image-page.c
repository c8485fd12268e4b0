/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "lp-image-page-private.h"
#include "lp-pixels.h"
#include "lp-widgets.h"
#include "lp-window.h"

#define FOLDED_BELOW 1100 /* all widths at text scale 1 */
#define WIDE_FROM 1700
#define SIDEBAR_WIDTH 204
#define RULES_FROM 640 /* of the problems' own width */
#define INSPECTOR_WIDTH 286
#define INSPECTOR_WIDE 340
#define FIRST_SIZE 1024 /* of the first picture, decoded before anyone looks */

G_DEFINE_FINAL_TYPE (LpImagePage, lp_image_page, LP_TYPE_PAGE)

enum
{
  PROP_0,
  PROP_IMAGE,
  PROP_SELECTED_BOX,
  PROP_DICTIONARY,
  PROP_ZOOM,
  PROP_FRAME,
  PROP_BOXES_HIDDEN,
  PROP_PEEK,
  PROP_CHIPS,
  PROP_INSPECTOR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static const char *const frame_words[] = { [LP_FRAME_RAW] = "raw", [LP_FRAME_UPRIGHT] = "upright" };
static const char *const chip_words[] = { [LP_CHIP_FULL] = "full", [LP_CHIP_NAME] = "name", [LP_CHIP_NONE] = "none" };

static void
notify (LpImagePage *self, guint property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

LpSession *
_lp_image_page_session (LpImagePage *self)
{
  return lp_page_get_session (LP_PAGE (self));
}

const LpDataset *
_lp_image_page_dataset (LpImagePage *self)
{
  return lp_session_get_dataset (_lp_image_page_session (self));
}

const LpLayer *
_lp_image_page_layer (LpImagePage *self)
{
  const LpDataset *dataset = _lp_image_page_dataset (self);

  return lp_dataset_layer (dataset, dataset->subject);
}

static guint
n_images (LpImagePage *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->images));
}

guint
_lp_image_page_position (LpImagePage *self, guint32 image)
{
  guint low = 0, high = n_images (self);

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (lp_index_model_get (self->images, middle) < image)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* ---- the header bar ---- */

static void
show_title (LpImagePage *self)
{
  const LpImage *image = lp_dataset_image (_lp_image_page_dataset (self), self->image);
  g_autofree char *name = lp_text_escape (image->name, -1, 80);
  g_autofree char *base = g_path_get_basename (_lp_image_page_dataset (self)->root);
  g_autofree char *set = lp_text_escape (base, -1, 40);
  g_autofree char *number = lp_number (_lp_image_page_position (self, self->image) + 1);
  g_autofree char *count = lp_number (n_images (self));
  g_autofree char *subtitle = NULL;

  if (image->flags & LP_IMAGE_ORPHAN)
    subtitle = g_strdup_printf (_ ("%s — a label file without a picture"), set);
  else if (self->frame == LP_FRAME_RAW && image->orientation != 1)
    /* Translators: data set, number of the picture, number of pictures */
    subtitle = g_strdup_printf (_ ("%s — %s of %s · boxes as on the unturned photo"), set, number, count);
  else
    /* Translators: data set, number of the picture, number of pictures */
    subtitle = g_strdup_printf (_ ("%s — %s of %s"), set, number, count);
  lp_page_set_title (LP_PAGE (self), name, subtitle);
}

static void
show_zoom (LpImagePage *self)
{
  g_autofree char *text = g_strdup_printf (_ ("%.0f %%"), lp_canvas_get_zoom (self->canvas) * 100);

  gtk_label_set_text (GTK_LABEL (self->zoom_label), text);
}

/* The lists that can name the boxes: those of the set, in the order they were found. */
static void
make_names_menu (LpImagePage *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  LpSession *session = _lp_image_page_session (self);
  const LpDataset *dataset = session != NULL ? lp_session_get_dataset (session) : NULL;

  for (guint i = 0; dataset != NULL && i < dataset->dicts->len; i++)
    {
      g_autofree char *title = lp_text_escape (lp_dataset_dict (dataset, i)->title, -1, 60);
      g_autoptr (GMenuItem) item = g_menu_item_new (title, NULL);

      if (lp_dataset_dict (dataset, i)->names_only && lp_dataset_dict (dataset, i)->layer != dataset->subject)
        continue;
      g_menu_item_set_action_and_target (item, "win.dictionary", "i", (gint32) i);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->names_button), G_MENU_MODEL (menu));
  gtk_widget_set_visible (self->names_button, dataset != NULL && dataset->dicts->len > 0);
}

static void
show_names (LpImagePage *self)
{
  LpSession *session = _lp_image_page_session (self);
  const LpDictionary *list =
    session != NULL ? lp_dataset_dict (lp_session_get_dataset (session), self->dictionary) : NULL;
  g_autofree char *title = list != NULL ? lp_text_escape (list->title, -1, 40) : g_strdup ("");

  gtk_label_set_text (GTK_LABEL (self->names_label), title);
}

/* ---- what is shown ---- */

static void
collect_rows (LpImagePage *self)
{
  const LpLayer *layer = _lp_image_page_layer (self);
  const LpEntry *entry = layer != NULL ? lp_layer_find (layer, self->image) : NULL;

  g_array_set_size (self->rows, 0);
  for (guint32 i = 0; entry != NULL && i < entry->n_rows; i++)
    {
      guint32 row = entry->first_row + i;

      if (!(lp_layer_row (layer, row)->flags & LP_ROW_REMOVED))
        g_array_append_val (self->rows, row);
    }
}

static gboolean
has_row (LpImagePage *self, guint32 row)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (g_array_index (self->rows, guint32, i) == row)
      return TRUE;
  return FALSE;
}

static void
fill_inspector (LpImagePage *self)
{
  LpSession *session = _lp_image_page_session (self);
  LpInspectorView view = { .session = session,
                           .layer = session != NULL ? _lp_image_page_dataset (self)->subject : LP_NONE,
                           .image = self->image,
                           .dictionary = self->dictionary,
                           .frame = self->frame,
                           .rows = self->rows };

  lp_inspector_show (self->inspector, &view);
  lp_inspector_select (self->inspector, self->row);
}

/* Three on in the direction of reading, one back. */
static void
look_ahead (LpImagePage *self)
{
  guint32 ahead[5];
  guint n = 0, here = _lp_image_page_position (self, self->image);
  int steps[] = { self->direction, 2 * self->direction, 3 * self->direction, -self->direction };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      gint64 there = (gint64) here + steps[i];

      if (there >= 0 && there < n_images (self))
        ahead[n++] = lp_index_model_get (self->images, (guint) there);
    }
  ahead[n] = LP_NONE;
  lp_canvas_look_ahead (self->canvas, ahead);
}

static void
show_nothing (LpImagePage *self)
{
  self->image = self->row = LP_NONE;
  self->problem = G_MAXUINT;
  g_array_set_size (self->rows, 0);
  lp_problem_strip_show (self->problems, NULL, LP_NONE);
  fill_inspector (self);
  lp_page_set_title (LP_PAGE (self), NULL, NULL);
}

void
lp_image_page_show (LpImagePage *self, guint32 image, guint32 row)
{
  LpSession *session;

  g_return_if_fail (LP_IS_IMAGE_PAGE (self));
  session = _lp_image_page_session (self);
  if (session == NULL || image >= lp_session_get_dataset (session)->images->len)
    return;
  if (self->image != LP_NONE && image != self->image)
    self->direction = image > self->image ? 1 : -1;
  self->image = image;
  self->problem = G_MAXUINT;
  self->frame = lp_usual_frame (session, image);
  collect_rows (self);
  self->row = has_row (self, row) ? row : LP_NONE;
  lp_canvas_set_frame (self->canvas, self->frame);
  look_ahead (self);
  lp_canvas_show (self->canvas, _lp_image_page_dataset (self)->subject, image, self->row);
  lp_problem_strip_show (self->problems, session, image);
  fill_inspector (self);
  lp_film_strip_set_current (self->film, image);
  show_title (self);
  notify (self, PROP_IMAGE);
  notify (self, PROP_SELECTED_BOX);
  notify (self, PROP_FRAME);
}

void
_lp_image_page_go_to (LpImagePage *self, guint position)
{
  if (position < n_images (self) && lp_index_model_get (self->images, position) != self->image)
    lp_image_page_show (self, lp_index_model_get (self->images, position), LP_NONE);
}

void
lp_image_page_show_file (LpImagePage *self, LpSession *opened, const char *path)
{
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *name = lp_text_escape (base, -1, 80);

  g_return_if_fail (LP_IS_IMAGE_PAGE (self));
  lp_canvas_show_file (self->canvas, opened, path);
  lp_page_set_title (LP_PAGE (self), name, _ ("Reading the rest…"));
}

/* The problem of a box that is not dealt with yet; G_MAXUINT: none. */
static guint
problem_of (LpImagePage *self, guint32 row)
{
  LpSession *session = _lp_image_page_session (self);
  const LpFindings *base = lp_session_get_base (session);
  guint n, first = lp_session_findings_of (base, self->image, &n);

  for (guint i = first; i < first + n && row != LP_NONE; i++)
    {
      const LpFinding *finding = &g_array_index (base->findings, LpFinding, i);

      if (finding->row == row && finding->layer == _lp_image_page_dataset (self)->subject &&
          !lp_session_is_dealt_with (session, i))
        return i;
    }
  return G_MAXUINT;
}

void
_lp_image_page_select (LpImagePage *self, guint32 row)
{
  if (_lp_image_page_session (self) == NULL || (row != LP_NONE && !has_row (self, row)))
    return;
  self->row = row;
  self->problem = problem_of (self, row);
  lp_canvas_select (self->canvas, row);
  lp_inspector_select (self->inspector, row);
  lp_problem_strip_set_current (self->problems, self->problem);
  notify (self, PROP_SELECTED_BOX);
}

void
_lp_image_page_show_problem (LpImagePage *self, guint index)
{
  const LpFinding *finding =
    &g_array_index (lp_session_get_base (_lp_image_page_session (self))->findings, LpFinding, index);
  guint32 row = finding->layer == _lp_image_page_dataset (self)->subject ? finding->row : LP_NONE;

  if (finding->image != LP_NONE && finding->image != self->image)
    lp_image_page_show (self, finding->image, row);
  else if (row != LP_NONE)
    _lp_image_page_select (self, row);
  self->problem = index;
  lp_problem_strip_set_current (self->problems, index);
}

void
_lp_image_page_set_dictionary (LpImagePage *self, guint32 dictionary)
{
  LpSession *session = _lp_image_page_session (self);

  if (session == NULL || dictionary == self->dictionary ||
      lp_dataset_dict (lp_session_get_dataset (session), dictionary) == NULL)
    return;
  self->dictionary = dictionary;
  lp_canvas_set_dictionary (self->canvas, dictionary);
  lp_film_strip_set_dictionary (self->film, dictionary);
  show_names (self);
  fill_inspector (self);
  notify (self, PROP_DICTIONARY);
}

void
_lp_image_page_set_frame (LpImagePage *self, LpFrame frame)
{
  if (_lp_image_page_session (self) == NULL || self->image == LP_NONE || frame == self->frame)
    return;
  self->frame = frame;
  lp_canvas_set_frame (self->canvas, frame);
  show_title (self);
  fill_inspector (self);
  notify (self, PROP_FRAME);
}

void
_lp_image_page_set_chips (LpImagePage *self, LpChipText chips)
{
  self->chips = chips;
  lp_canvas_set_chips (self->canvas, chips);
  notify (self, PROP_CHIPS);
}

/* ---- the session ---- */

/* Pictures, without those that only stand for a label file. */
static void
list_images (LpImagePage *self)
{
  const LpDataset *dataset = _lp_image_page_dataset (self);
  GArray *listed = g_array_sized_new (FALSE, FALSE, sizeof (guint32), dataset->images->len);

  for (guint32 i = 0; i < dataset->images->len; i++)
    if (!(lp_dataset_image (dataset, i)->flags & LP_IMAGE_ORPHAN))
      g_array_append_val (listed, i);
  lp_index_model_take (self->images, listed);
}

/* Where there is something to see: the first picture with a problem of its own, else with boxes, else the first. */
static guint
first_worth_a_look (LpImagePage *self)
{
  const LpFindings *base = lp_session_get_base (_lp_image_page_session (self));
  const LpLayer *layer = _lp_image_page_layer (self);
  guint boxes = G_MAXUINT;

  for (guint i = 0; i < n_images (self); i++)
    {
      guint32 image = lp_index_model_get (self->images, i);
      const LpEntry *entry = layer != NULL ? lp_layer_find (layer, image) : NULL;
      guint n;

      lp_session_findings_of (base, image, &n);
      if (n > 0)
        return i;
      if (boxes == G_MAXUINT && entry != NULL && entry->n_rows > 0)
        boxes = i;
    }
  return boxes != G_MAXUINT ? boxes : 0;
}

/* The first picture is decoded before anyone looks at it. */
static void
decode_first (LpImagePage *self, guint first)
{
  const LpImage *image = lp_dataset_image (_lp_image_page_dataset (self), lp_index_model_get (self->images, first));
  g_autofree char *path = lp_image_dup_path (image);
  cairo_surface_t *surface = NULL;

  if (image->state == LP_IMAGE_FOUND && !(image->flags & LP_IMAGE_TOO_BIG))
    lp_pixels_get (_lp_image_page_session (self), path, image->orientation, FIRST_SIZE, 0, &surface, NULL, NULL,
                   NULL);
  g_clear_pointer (&surface, cairo_surface_destroy);
}

static gboolean
first_image_cb (gpointer data)
{
  LpImagePage *self = data;
  guint first;

  self->first_image = 0;
  if (_lp_image_page_session (self) == NULL || self->image != LP_NONE || n_images (self) == 0)
    return G_SOURCE_REMOVE;
  first = first_worth_a_look (self);
  decode_first (self, first);
  _lp_image_page_go_to (self, first);
  return G_SOURCE_REMOVE;
}

static void
begin (LpImagePage *self)
{
  LpSession *session = _lp_image_page_session (self);
  const LpLayer *layer;

  _lp_image_page_close_prompt (self);
  lp_canvas_set_session (self->canvas, session);
  show_nothing (self);
  lp_film_strip_set_session (self->film, session);
  self->dictionary = LP_NONE;
  if (session != NULL)
    {
      layer = _lp_image_page_layer (self);
      list_images (self);
      self->dictionary = layer != NULL ? layer->dictionary : LP_NONE;
      lp_canvas_set_dictionary (self->canvas, self->dictionary);
      lp_film_strip_set_dictionary (self->film, self->dictionary);
      if (self->first_image == 0)
        self->first_image = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, first_image_cb, self, NULL);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->film), n_images (self) > 0);
  make_names_menu (self);
  show_names (self);
  notify (self, PROP_IMAGE);
  notify (self, PROP_SELECTED_BOX);
  notify (self, PROP_DICTIONARY);
}

/* A step was noted or taken back: what it removed loses the selection to the next one. */
static void
follow_step (LpImagePage *self)
{
  guint place = 0;

  lp_film_strip_refresh (self->film);
  if (self->image == LP_NONE)
    return;
  while (place < self->rows->len && g_array_index (self->rows, guint32, place) != self->row)
    place++;
  collect_rows (self);
  if (self->row != LP_NONE && !has_row (self, self->row))
    self->row = self->rows->len > 0 ? g_array_index (self->rows, guint32, MIN (place, self->rows->len - 1)) : LP_NONE;
  lp_canvas_select (self->canvas, self->row);
  lp_canvas_refresh (self->canvas);
  lp_problem_strip_show (self->problems, _lp_image_page_session (self), self->image);
  fill_inspector (self);
  notify (self, PROP_SELECTED_BOX);
}

static void
lp_image_page_refresh (LpPage *page, gboolean anew)
{
  if (anew)
    begin (LP_IMAGE_PAGE (page));
  else
    follow_step (LP_IMAGE_PAGE (page));
}

/* ---- width ---- */

/* Rule ids are the first to go where there is little room. */
static void
fit_problems (LpImagePage *self)
{
  int width = self->width - SIDEBAR_WIDTH - (self->inspector_open ? INSPECTOR_WIDTH : 0);

  lp_problem_strip_set_narrow (self->problems, self->width > 0 && width < RULES_FROM);
}

static void
set_inspector_open (LpImagePage *self, gboolean open)
{
  self->inspector_open = open;
  gtk_widget_set_visible (GTK_WIDGET (self->inspector), open);
  fit_problems (self);
  notify (self, PROP_INSPECTOR);
}

static void
lp_image_page_lay_out (LpPage *page, int width)
{
  LpImagePage *self = LP_IMAGE_PAGE (page);
  double scale = lp_text_scale (GTK_WIDGET (self));
  gboolean narrow = width < FOLDED_BELOW;

  if (self->width == 0 || narrow != self->narrow) /* a person's choice holds until the window changes its kind */
    set_inspector_open (self, !narrow);
  self->narrow = narrow;
  self->width = width;
  gtk_widget_set_visible (self->inspector_button, narrow);
  gtk_widget_set_size_request (GTK_WIDGET (self->inspector),
                               (int) ((width < WIDE_FROM ? INSPECTOR_WIDTH : INSPECTOR_WIDE) * scale), -1);
  fit_problems (self);
}

static void
lp_image_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lp_image_page_parent_class)->map (widget);
  gtk_widget_grab_focus (GTK_WIDGET (LP_IMAGE_PAGE (widget)->canvas));
}

/* ---- properties ---- */

static int
box_number (LpImagePage *self)
{
  const LpLayer *layer = _lp_image_page_session (self) != NULL ? _lp_image_page_layer (self) : NULL;
  const LpEntry *entry = layer != NULL && self->row != LP_NONE ? lp_layer_find (layer, self->image) : NULL;

  return entry != NULL ? (int) (self->row - entry->first_row) : -1;
}

static void
select_number (LpImagePage *self, int number)
{
  const LpLayer *layer = _lp_image_page_session (self) != NULL ? _lp_image_page_layer (self) : NULL;
  const LpEntry *entry = layer != NULL && self->image != LP_NONE ? lp_layer_find (layer, self->image) : NULL;

  _lp_image_page_select (self, entry != NULL && number >= 0 ? entry->first_row + (guint32) number : LP_NONE);
}

static guint
index_of_word (const char *const *words, guint n, const char *word)
{
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (words[i], word) == 0)
      return i;
  return n;
}

static void
lp_image_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LpImagePage *self = LP_IMAGE_PAGE (object);

  switch (id)
    {
    case PROP_IMAGE:
      g_value_set_int (value, self->image != LP_NONE ? (int) self->image : -1);
      break;
    case PROP_SELECTED_BOX:
      g_value_set_int (value, box_number (self));
      break;
    case PROP_DICTIONARY:
      g_value_set_int (value, self->dictionary != LP_NONE ? (int) self->dictionary : -1);
      break;
    case PROP_ZOOM:
      g_value_set_double (value, lp_canvas_get_zoom (self->canvas));
      break;
    case PROP_FRAME:
      g_value_set_string (value, frame_words[self->frame]);
      break;
    case PROP_BOXES_HIDDEN:
      g_value_set_boolean (value, self->hidden);
      break;
    case PROP_PEEK:
      g_value_set_boolean (value, self->peek);
      break;
    case PROP_CHIPS:
      g_value_set_string (value, chip_words[self->chips]);
      break;
    case PROP_INSPECTOR:
      g_value_set_boolean (value, self->inspector_open);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_word (LpImagePage *self, guint id, const char *word)
{
  guint frame = index_of_word (frame_words, G_N_ELEMENTS (frame_words), word);
  guint chips = index_of_word (chip_words, G_N_ELEMENTS (chip_words), word);

  if (id == PROP_FRAME && word != NULL && frame < G_N_ELEMENTS (frame_words))
    _lp_image_page_set_frame (self, frame);
  if (id == PROP_CHIPS && chips < G_N_ELEMENTS (chip_words))
    _lp_image_page_set_chips (self, chips);
}

static void
lp_image_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LpImagePage *self = LP_IMAGE_PAGE (object);

  switch (id)
    {
    case PROP_IMAGE:
      if (g_value_get_int (value) >= 0)
        lp_image_page_show (self, (guint32) g_value_get_int (value), LP_NONE);
      break;
    case PROP_SELECTED_BOX:
      select_number (self, g_value_get_int (value));
      break;
    case PROP_DICTIONARY:
      if (g_value_get_int (value) >= 0)
        _lp_image_page_set_dictionary (self, (guint32) g_value_get_int (value));
      break;
    case PROP_ZOOM:
      lp_canvas_set_zoom (self->canvas, g_value_get_double (value), -1, -1);
      break;
    case PROP_FRAME:
    case PROP_CHIPS:
      set_word (self, id, g_value_get_string (value));
      break;
    case PROP_BOXES_HIDDEN:
      self->hidden = g_value_get_boolean (value);
      lp_canvas_set_hidden (self->canvas, self->hidden != self->peek);
      break;
    case PROP_PEEK:
      self->peek = g_value_get_boolean (value);
      lp_canvas_set_hidden (self->canvas, self->hidden != self->peek);
      break;
    case PROP_INSPECTOR:
      set_inspector_open (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
add_actions (LpPage *page, GActionMap *map)
{
  for (guint i = PROP_0 + 1; i < N_PROPS; i++)
    {
      const char *name = g_param_spec_get_name (properties[i]);
      g_autoptr (GPropertyAction) action = g_property_action_new (name, page, name);

      g_action_map_add_action (map, G_ACTION (action));
    }
  _lp_image_page_add_actions (LP_IMAGE_PAGE (page), map);
}

/* ---- making ---- */

static void
zoomed_cb (LpImagePage *self)
{
  show_zoom (self);
  notify (self, PROP_ZOOM);
}

static void
picked_cb (LpCanvas *canvas, guint row, LpImagePage *self)
{
  _lp_image_page_select (self, row);
}

static void
film_cb (LpFilmStrip *film, guint image, LpImagePage *self)
{
  lp_image_page_show (self, image, LP_NONE);
}

static void
problem_cb (LpProblemStrip *strip, guint finding, LpImagePage *self)
{
  _lp_image_page_show_problem (self, finding);
}

static void
row_cb (LpInspector *inspector, guint row, LpImagePage *self)
{
  _lp_image_page_select (self, row);
}

static GtkWidget *
icon_button (const char *icon, const char *action, const char *words)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_tooltip_text (button, words);
  lp_set_accessible_label (button, words);
  return button;
}

/* A flat button of the header bar whose words are made by us, with a menu. */
static GtkWidget *
menu_button (GtkWidget *words, const char *tooltip)
{
  GtkWidget *button = gtk_menu_button_new ();

  gtk_menu_button_set_child (GTK_MENU_BUTTON (button), words);
  gtk_menu_button_set_always_show_arrow (GTK_MENU_BUTTON (button), TRUE);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, tooltip);
  return button;
}

static GtkWidget *
make_header_start (LpImagePage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 5);

  self->names_label = lp_label_new (NULL, "strong", FALSE);
  gtk_box_append (GTK_BOX (words), lp_label_new (_ ("Names from"), "dim-label strong", FALSE));
  gtk_box_append (GTK_BOX (words), self->names_label);
  self->names_button = menu_button (words, _ ("Which list names the boxes (Y: the next one)"));
  gtk_box_append (GTK_BOX (box),
                  icon_button ("go-previous-symbolic", "win.previous-image", _ ("Previous picture (A)")));
  gtk_box_append (GTK_BOX (box), icon_button ("go-next-symbolic", "win.next-image", _ ("Next picture (D)")));
  gtk_box_append (GTK_BOX (box), self->names_button);
  return box;
}

static GMenuModel *
make_zoom_menu (void)
{
  GMenu *menu = g_menu_new ();

  g_menu_append (menu, _ ("Fit"), "win.zoom-fit");
  g_menu_append (menu, _ ("100 %"), "win.zoom-100");
  g_menu_append (menu, _ ("200 %"), "win.zoom-200");
  g_menu_append (menu, _ ("Closer"), "win.zoom-in");
  g_menu_append (menu, _ ("Farther"), "win.zoom-out");
  g_menu_append (menu, _ ("The selected box"), "win.zoom-box");
  return G_MENU_MODEL (menu);
}

static GtkWidget *
make_header_end (LpImagePage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  g_autoptr (GMenuModel) menu = make_zoom_menu ();

  self->inspector_button = gtk_toggle_button_new ();
  gtk_button_set_icon_name (GTK_BUTTON (self->inspector_button), "sidebar-show-right-symbolic");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->inspector_button), "win.inspector");
  gtk_widget_set_tooltip_text (self->inspector_button, _ ("What is known of the picture (F9)"));
  lp_set_accessible_label (self->inspector_button, _ ("What is known of the picture (F9)"));
  gtk_widget_set_visible (self->inspector_button, FALSE);
  self->zoom_label = lp_label_new (NULL, "strong numeric", FALSE);
  gtk_label_set_width_chars (GTK_LABEL (self->zoom_label), 5); /* "107 %": the title gives way first */
  self->zoom_button = menu_button (self->zoom_label, _ ("Zoom"));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->zoom_button), menu);
  gtk_box_append (GTK_BOX (box), self->inspector_button);
  gtk_box_append (GTK_BOX (box), self->zoom_button);
  return box;
}

static void
make_parts (LpImagePage *self)
{
  GtkWidget *across = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *down = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->canvas = LP_CANVAS (lp_canvas_new ());
  self->canvas_bin = ADW_BIN (adw_bin_new ());
  adw_bin_set_child (self->canvas_bin, GTK_WIDGET (self->canvas));
  self->problems = LP_PROBLEM_STRIP (lp_problem_strip_new ());
  self->film = LP_FILM_STRIP (lp_film_strip_new (self->images));
  self->inspector = LP_INSPECTOR (lp_inspector_new ());
  gtk_widget_set_hexpand (down, TRUE);
  gtk_box_append (GTK_BOX (down), GTK_WIDGET (self->canvas_bin));
  gtk_box_append (GTK_BOX (down), GTK_WIDGET (self->problems));
  gtk_box_append (GTK_BOX (down), GTK_WIDGET (self->film));
  gtk_box_append (GTK_BOX (across), down);
  gtk_box_append (GTK_BOX (across), GTK_WIDGET (self->inspector));
  adw_bin_set_child (ADW_BIN (self), across);
  g_signal_connect_object (self->canvas, "zoomed", G_CALLBACK (zoomed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "picked", G_CALLBACK (picked_cb), self, 0);
  g_signal_connect_object (self->film, "chosen", G_CALLBACK (film_cb), self, 0);
  g_signal_connect_object (self->problems, "chosen", G_CALLBACK (problem_cb), self, 0);
  g_signal_connect_object (self->inspector, "chosen", G_CALLBACK (row_cb), self, 0);
}

static void
lp_image_page_dispose (GObject *object)
{
  LpImagePage *self = LP_IMAGE_PAGE (object);

  _lp_image_page_close_prompt (self);
  g_clear_handle_id (&self->first_image, g_source_remove);
  G_OBJECT_CLASS (lp_image_page_parent_class)->dispose (object);
}

static void
lp_image_page_finalize (GObject *object)
{
  LpImagePage *self = LP_IMAGE_PAGE (object);

  g_array_unref (self->rows);
  g_hash_table_unref (self->others);
  g_object_unref (self->images);
  G_OBJECT_CLASS (lp_image_page_parent_class)->finalize (object);
}

static void
lp_image_page_class_init (LpImagePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = lp_image_page_dispose;
  object_class->finalize = lp_image_page_finalize;
  object_class->get_property = lp_image_page_get_property;
  object_class->set_property = lp_image_page_set_property;
  GTK_WIDGET_CLASS (klass)->map = lp_image_page_map;
  LP_PAGE_CLASS (klass)->refresh = lp_image_page_refresh;
  LP_PAGE_CLASS (klass)->add_actions = add_actions;
  LP_PAGE_CLASS (klass)->lay_out = lp_image_page_lay_out;

  properties[PROP_IMAGE] = g_param_spec_int ("image", NULL, NULL, -1, G_MAXINT, -1, flags);
  properties[PROP_SELECTED_BOX] = g_param_spec_int ("selected-box", NULL, NULL, -1, G_MAXINT, -1, flags);
  properties[PROP_DICTIONARY] = g_param_spec_int ("dictionary", NULL, NULL, -1, G_MAXINT, -1, flags);
  properties[PROP_ZOOM] = g_param_spec_double ("zoom", NULL, NULL, 0, 64, 1, flags);
  properties[PROP_FRAME] = g_param_spec_string ("frame", NULL, NULL, "upright", flags);
  properties[PROP_BOXES_HIDDEN] = g_param_spec_boolean ("boxes-hidden", NULL, NULL, FALSE, flags);
  properties[PROP_PEEK] = g_param_spec_boolean ("peek", NULL, NULL, FALSE, flags);
  properties[PROP_CHIPS] = g_param_spec_string ("chips", NULL, NULL, "full", flags);
  properties[PROP_INSPECTOR] = g_param_spec_boolean ("inspector", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
lp_image_page_init (LpImagePage *self)
{
  g_autoptr (GtkWidget) start = NULL;
  g_autoptr (GtkWidget) end = NULL;

  self->image = self->row = self->dictionary = LP_NONE;
  self->rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->images = lp_index_model_new ();
  self->others = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->frame = LP_FRAME_UPRIGHT;
  self->inspector_open = TRUE;
  self->direction = 1;
  self->problem = G_MAXUINT;
  make_parts (self);
  start = g_object_ref_sink (make_header_start (self));
  end = g_object_ref_sink (make_header_end (self));
  g_object_set (self, "header-start", start, "header-end", end, NULL);
  _lp_image_page_add_keys (self);
  show_zoom (self);
}

GtkWidget *
lp_image_page_new (void)
{
  return g_object_new (LP_TYPE_IMAGE_PAGE, NULL);
}
