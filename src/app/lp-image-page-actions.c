/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "lp-image-page-private.h"
#include "lp-widgets.h"
#include "lp-window.h"

#define PAN_STEP 60

/* ---- going from picture to picture ---- */

static void
go_by (LpImagePage *self, int n)
{
  guint count = g_list_model_get_n_items (G_LIST_MODEL (self->images));
  guint here = _lp_image_page_position (self, self->image);
  gboolean between = here >= count || lp_index_model_get (self->images, here) != self->image;
  gint64 there = (gint64) here + n - (between && n > 0 ? 1 : 0); /* of no picture: the neighbours are next */

  if (self->image != LP_NONE && there >= 0 && there < count)
    _lp_image_page_go_to (self, (guint) there);
}

static void
go_to_end (LpImagePage *self, int last)
{
  guint count = g_list_model_get_n_items (G_LIST_MODEL (self->images));

  if (count > 0)
    _lp_image_page_go_to (self, last ? count - 1 : 0);
}

static void
ask_image (LpImagePage *self, int unused)
{
  _lp_image_page_ask_image (self);
}

/* ---- problems ---- */

/* Where the walk stands among the problems of the base: on one, or before (after) those of the picture. */
static gint64
walk_place (LpImagePage *self, const LpFindings *base, int direction)
{
  guint n, first = lp_session_findings_of (base, self->image, &n);

  if (self->problem < base->findings->len &&
      g_array_index (base->findings, LpFinding, self->problem).image == self->image)
    return self->problem;
  return direction > 0 ? (gint64) first - 1 : (gint64) first + n;
}

static void
walk_problems (LpImagePage *self, int direction)
{
  LpWindow *window = lp_window_of (GTK_WIDGET (self));
  LpSession *session = _lp_image_page_session (self);
  const LpFindings *base = lp_session_get_base (session);
  gint64 n = base->findings->len, place = walk_place (self, base, direction);

  for (gint64 i = 1; i <= n; i++)
    {
      gint64 index = ((place + direction * i) % n + n) % n;

      if (g_array_index (base->findings, LpFinding, index).image == LP_NONE ||
          lp_session_is_dealt_with (session, (guint) index))
        continue;
      if (window != NULL && (direction > 0 ? index <= place : index >= place))
        lp_window_toast (window,
                         direction > 0 ? _ ("From the first problem again") : _ ("From the last problem again"));
      _lp_image_page_show_problem (self, (guint) index);
      return;
    }
  if (window != NULL)
    lp_window_toast (window, _ ("No problem of a single picture is left"));
}

/* The repair of the problem that is looked at, else the first of the picture that has one. */
static void
fix (LpImagePage *self, int unused)
{
  LpWindow *window = lp_window_of (GTK_WIDGET (self));
  LpSession *session = _lp_image_page_session (self);
  const GArray *base = lp_session_get_base (session)->findings;
  guint n, first = lp_session_findings_of (lp_session_get_base (session), self->image, &n);
  gboolean chosen = self->problem < base->len;
  guint from = chosen ? self->problem : first, to = chosen ? self->problem + 1 : first + n;

  for (guint i = from; i < to; i++)
    {
      LpSafety safety;
      LpStep *step = NULL;

      if (!lp_session_is_dealt_with (session, i))
        step = lp_session_propose (session, &g_array_index (base, LpFinding, i), &safety);
      if (step == NULL)
        continue;
      lp_window_note_step (window, step);
      return;
    }
  lp_window_toast (window,
                   chosen ? _ ("There is no ready fix for this problem") : _ ("Nothing here has a ready fix"));
}

/* ---- boxes ---- */

/* FALSE at the end of the boxes: the focus goes on. */
static gboolean
step_box (LpImagePage *self, int direction)
{
  guint place = 0;

  while (place < self->rows->len && g_array_index (self->rows, guint32, place) != self->row)
    place++;
  if (place == self->rows->len) /* none is selected */
    place = direction > 0 ? 0 : self->rows->len - 1;
  else if (direction < 0 && place == 0)
    return FALSE;
  else
    place += direction;
  if (self->rows->len == 0 || place >= self->rows->len)
    return FALSE;
  _lp_image_page_select (self, g_array_index (self->rows, guint32, place));
  return TRUE;
}

static void
go_box (LpImagePage *self, int direction)
{
  step_box (self, direction);
}

static void
zoom_box (LpImagePage *self, int unused)
{
  if (self->row != LP_NONE)
    lp_canvas_zoom_to_row (self->canvas, self->row);
  else
    lp_canvas_fit (self->canvas);
}

/* "fruit_12.txt:3", where the row stands. */
static char *
row_place (LpImagePage *self)
{
  const LpLayer *layer = _lp_image_page_layer (self);
  const LpEntry *entry = lp_layer_find (layer, self->image);
  g_autofree char *name = lp_text_escape (lp_dataset_file (_lp_image_page_dataset (self), entry->file)->name, -1, 80);

  return g_strdup_printf ("%s:%u", name, lp_layer_place (layer, self->row)->line);
}

/* Something that can be changed is selected; says why not. */
static gboolean
can_change (LpImagePage *self)
{
  LpWindow *window = lp_window_of (GTK_WIDGET (self));

  if (self->row == LP_NONE)
    return FALSE;
  if (_lp_image_page_layer (self)->writable &&
      lp_layer_find (_lp_image_page_layer (self), self->image)->file != LP_NONE)
    return TRUE;
  lp_window_toast (window, _ ("This file is only read, never written"));
  return FALSE;
}

static void
note_row_step (LpImagePage *self, LpOpKind kind, gint32 class_id, const char *sentence)
{
  const LpDataset *dataset = _lp_image_page_dataset (self);
  LpStep *step = lp_step_new (sentence, NULL);
  LpOp *op = lp_step_add_row_op (step, dataset, kind, dataset->subject, self->row);

  op->class_after = class_id;
  lp_window_note_step (lp_window_of (GTK_WIDGET (self)), step);
}

void
_lp_image_page_set_class (LpImagePage *self, gint32 class_id)
{
  const LpDictionary *list;
  const char *name;
  g_autofree char *place = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *sentence = NULL;

  if (!can_change (self) || lp_layer_row (_lp_image_page_layer (self), self->row)->class_id == class_id)
    return;
  list = lp_dataset_dict (_lp_image_page_dataset (self), _lp_image_page_layer (self)->dictionary);
  name = lp_dictionary_name (list, class_id);
  if (class_id < 0 || (list != NULL && name == NULL))
    {
      sentence = g_strdup_printf (_ ("There is no class %d"), class_id);
      lp_window_toast (lp_window_of (GTK_WIDGET (self)), sentence);
      return;
    }
  place = row_place (self);
  shown = name != NULL ? lp_text_show_blanks (name) : g_strdup ("");
  /* Translators: "fruit_12.txt:3 becomes 6 orange" */
  sentence = g_strdup_printf (_ ("%s becomes %d %s"), place, class_id, shown);
  note_row_step (self, LP_OP_SET_CLASS, class_id, sentence);
}

static void
set_class (LpImagePage *self, int class_id)
{
  _lp_image_page_set_class (self, class_id);
}

static void
ask_class (LpImagePage *self, int unused)
{
  if (can_change (self))
    _lp_image_page_ask_class (self);
}

static void
remove_box (LpImagePage *self, int unused)
{
  g_autofree char *place = NULL;
  g_autofree char *sentence = NULL;

  if (!can_change (self))
    return;
  place = row_place (self);
  sentence = g_strdup_printf (_ ("Remove the box of %s"), place);
  note_row_step (self, LP_OP_REMOVE_ROW, lp_layer_row (_lp_image_page_layer (self), self->row)->class_id, sentence);
}

/* ---- the view ---- */

static void
zoom_to (LpImagePage *self, int percent)
{
  if (percent == 0)
    lp_canvas_fit (self->canvas);
  else
    lp_canvas_set_zoom (self->canvas, percent / 100.0, -1, -1);
}

static void
zoom_by (LpImagePage *self, int direction)
{
  lp_canvas_zoom_by (self->canvas, direction > 0 ? 1.25 : 0.8);
}

static void
pan_across (LpImagePage *self, int direction)
{
  lp_canvas_pan (self->canvas, PAN_STEP * direction, 0);
}

static void
pan_down (LpImagePage *self, int direction)
{
  lp_canvas_pan (self->canvas, 0, PAN_STEP * direction);
}

static void
next_dictionary (LpImagePage *self, int unused)
{
  const LpDataset *dataset = _lp_image_page_dataset (self);
  guint n = dataset->dicts->len, next = self->dictionary == LP_NONE ? 0 : self->dictionary + 1;

  /* What has names without numbers can name no box by its number. */
  for (guint i = 0; i < n; i++, next++)
    if (!lp_dataset_dict (dataset, next % n)->names_only)
      {
        _lp_image_page_set_dictionary (self, next % n);
        return;
      }
}

static void
next_chips (LpImagePage *self, int unused)
{
  _lp_image_page_set_chips (self, self->chips == LP_CHIP_NONE ? LP_CHIP_FULL : self->chips + 1);
}

static void
turn_frame (LpImagePage *self, int unused)
{
  if (self->image == LP_NONE)
    return;
  if (lp_dataset_image (_lp_image_page_dataset (self), self->image)->orientation == 1)
    lp_window_toast (lp_window_of (GTK_WIDGET (self)), _ ("This picture is not turned: both ways are the same"));
  else
    _lp_image_page_set_frame (self, self->frame == LP_FRAME_RAW ? LP_FRAME_UPRIGHT : LP_FRAME_RAW);
}

/* ---- the table: action, what it does, its keys ---- */

typedef struct
{
  const char *name;
  void (*run) (LpImagePage *self, int argument);
  int argument;
  const char *letters;     /* work everywhere on the page */
  const char *canvas_keys; /* only while the canvas has the focus */
} Action;

/* Keys with Ctrl, Alt or F stand in lp-application.c; Tab and the digits below. */
static const Action actions[] = {
  { "next-image", go_by, 1, "d", "Right|KP_Right" },
  { "previous-image", go_by, -1, "a", "Left|KP_Left" },
  { "first-image", go_to_end, 0, NULL, "Home|KP_Home" },
  { "last-image", go_to_end, 1, NULL, "End|KP_End" },
  { "go-to", ask_image, 0, NULL, NULL },
  { "next-problem", walk_problems, 1, "j", NULL },
  { "previous-problem", walk_problems, -1, "k", NULL },
  { "fix", fix, 0, "f", NULL },
  { "next-box", go_box, 1, NULL, NULL },
  { "previous-box", go_box, -1, NULL, NULL },
  { "zoom-box", zoom_box, 0, "z", NULL },
  { "zoom-in", zoom_by, 1, "plus|equal|KP_Add", NULL },
  { "zoom-out", zoom_by, -1, "minus|KP_Subtract", NULL },
  { "zoom-fit", zoom_to, 0, NULL, NULL },
  { "zoom-100", zoom_to, 100, NULL, NULL },
  { "zoom-200", zoom_to, 200, NULL, NULL },
  { "pan-left", pan_across, -1, NULL, "<Control>Left" },
  { "pan-right", pan_across, 1, NULL, "<Control>Right" },
  { "pan-up", pan_down, -1, NULL, "<Control>Up" },
  { "pan-down", pan_down, 1, NULL, "<Control>Down" },
  { "next-dictionary", next_dictionary, 0, "y", NULL },
  { "next-chips", next_chips, 0, "l", NULL },
  { "turn-frame", turn_frame, 0, "r", NULL },
  { "choose-class", ask_class, 0, "c", NULL },
  { "remove-box", remove_box, 0, NULL, "Delete|KP_Delete" },
};

/* F8 and the like mean something on other pages too: while this one is not in front, the action that had the name
 * before answers. */
static gboolean
leave_to_others (LpImagePage *self, const char *name)
{
  GAction *other = g_hash_table_lookup (self->others, name);

  if (other == NULL || gtk_widget_get_mapped (GTK_WIDGET (self)))
    return FALSE;
  g_action_activate (other, NULL);
  return TRUE;
}

static void
activate_cb (GSimpleAction *simple, GVariant *parameter, gpointer self)
{
  const char *name = g_action_get_name (G_ACTION (simple));

  if (_lp_image_page_session (self) == NULL || leave_to_others (self, name))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (actions[i].name, name))
      actions[i].run (self, actions[i].argument);
}

static void
class_cb (GSimpleAction *simple, GVariant *parameter, gpointer self)
{
  if (_lp_image_page_session (self) != NULL)
    set_class (self, g_variant_get_int32 (parameter));
}

/* A file of the data set, in the program that the desktop has for it. */
static void
open_file_cb (GSimpleAction *simple, GVariant *parameter, gpointer data)
{
  LpImagePage *self = data;
  guint32 index = g_variant_get_uint32 (parameter);
  g_autofree char *path = NULL;
  g_autofree char *uri = NULL;

  if (_lp_image_page_session (self) == NULL || index >= _lp_image_page_dataset (self)->files->len)
    return;
  path = lp_file_dup_disk_path (lp_dataset_file (_lp_image_page_dataset (self), index));
  uri = g_filename_to_uri (path, NULL, NULL);
  if (uri != NULL)
    gtk_show_uri (GTK_WINDOW (lp_window_of (GTK_WIDGET (self))), uri, GDK_CURRENT_TIME);
}

void
_lp_image_page_add_actions (LpImagePage *self, GActionMap *map)
{
  static const GActionEntry with_parameter[] = {
    { "class", class_cb, "i" },         /* of the selected box */
    { "open-file", open_file_cb, "u" }, /* an index into the files of the data set */
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      GActionEntry entry = { .name = actions[i].name, .activate = activate_cb };
      GAction *other = g_action_map_lookup_action (map, actions[i].name);

      if (other != NULL)
        g_hash_table_insert (self->others, (gpointer) actions[i].name, g_object_ref (other));
      g_action_map_add_action_entries (map, &entry, 1, self);
    }
  g_action_map_add_action_entries (map, with_parameter, G_N_ELEMENTS (with_parameter), self);
}

/* ---- keys ---- */

static void
add_key (GtkEventController *controller, const char *keys, GtkShortcutAction *action, GVariant *argument)
{
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (keys), action);

  if (argument != NULL)
    gtk_shortcut_set_arguments (shortcut, argument);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
}

static void
add_named_key (GtkEventController *controller, const char *keys, const char *name)
{
  g_autofree char *action = g_strconcat ("win.", name, NULL);

  add_key (controller, keys, gtk_named_action_new (action), NULL);
}

static gboolean
tab_cb (GtkWidget *widget, GVariant *argument, gpointer self)
{
  return _lp_image_page_session (self) != NULL && step_box (self, g_variant_get_int32 (argument));
}

/* Of a box a digit is the class; 0 fits the picture where none is selected. */
static gboolean
digit_cb (GtkWidget *widget, GVariant *argument, gpointer data)
{
  LpImagePage *self = data;
  int digit = g_variant_get_int32 (argument);

  if (_lp_image_page_session (self) == NULL)
    return FALSE;
  if (self->row != LP_NONE)
    _lp_image_page_set_class (self, digit);
  else if (digit == 0)
    lp_canvas_fit (self->canvas);
  return TRUE;
}

static void
add_canvas_keys (LpImagePage *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (actions[i].canvas_keys != NULL)
      add_named_key (keys, actions[i].canvas_keys, actions[i].name);
  add_key (keys, "Tab|KP_Tab", gtk_callback_action_new (tab_cb, self, NULL), g_variant_new_int32 (1));
  add_key (keys, "<Shift>Tab|<Shift>ISO_Left_Tab", gtk_callback_action_new (tab_cb, self, NULL),
           g_variant_new_int32 (-1));
  for (int digit = 0; digit <= 9; digit++)
    {
      g_autofree char *trigger = g_strdup_printf ("%d|KP_%d", digit, digit);

      add_key (keys, trigger, gtk_callback_action_new (digit_cb, self, NULL), g_variant_new_int32 (digit));
    }
  gtk_widget_add_controller (GTK_WIDGET (self->canvas), keys);
}

/* ---- peeking: while the key is held ---- */

static void
set_peek (LpImagePage *self, gboolean peek)
{
  if (self->peek != peek)
    g_object_set (self, "peek", peek, NULL);
}

static gboolean
is_peek (guint key)
{
  return key == GDK_KEY_p || key == GDK_KEY_P || key == GDK_KEY_grave;
}

static gboolean
pressed_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType held, LpImagePage *self)
{
  if (!is_peek (key) || (held & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return FALSE;
  set_peek (self, TRUE);
  return TRUE;
}

static void
released_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType held, LpImagePage *self)
{
  if (is_peek (key))
    set_peek (self, FALSE);
}

static void
focus_left_cb (LpImagePage *self)
{
  set_peek (self, FALSE);
}

void
_lp_image_page_add_keys (LpImagePage *self)
{
  GtkEventController *letters = gtk_shortcut_controller_new ();
  GtkEventController *held = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (actions[i].letters != NULL)
      add_named_key (letters, actions[i].letters, actions[i].name);
  add_named_key (letters, "h", "boxes-hidden");
  gtk_event_controller_set_propagation_phase (letters, GTK_PHASE_BUBBLE);
  gtk_widget_add_controller (GTK_WIDGET (self), letters);
  g_signal_connect (held, "key-pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect (held, "key-released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), held);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (focus_left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  add_canvas_keys (self);
}
