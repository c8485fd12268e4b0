/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lp-problem-row.h"
#include "lp-problems-page-private.h"
#include "lp-show-in-folder.h"

/* ---- rows ---- */

static gboolean
group_is_noted (LpProblemsPage *self, const LpProblemGroup *group)
{
  for (guint32 i = group->first; i < group->first + group->n; i++)
    if (!lp_session_is_dealt_with (_lp_problems_page_session (self), lp_problems_at (self->problems, i)))
      return FALSE;
  return TRUE;
}

static void
fill_row (LpProblemsPage *self, GtkListItem *item)
{
  LpProblemRow *row = LP_PROBLEM_ROW (gtk_list_item_get_child (item));
  guint32 value = lp_index_item_get (gtk_list_item_get_item (item));
  const LpProblemGroup *group;

  gtk_list_item_set_selectable (item, (value & LP_PROBLEM_HEAD) == 0);
  if ((value & LP_PROBLEM_HEAD) == 0)
    {
      lp_problem_row_set_finding (row, _lp_problems_page_session (self), value);
      return;
    }
  group = lp_problems_group (self->problems, value & ~LP_PROBLEM_HEAD);
  lp_problem_row_set_head (row, group, group_is_noted (self, group));
}

void
_lp_problems_page_refresh_rows (LpProblemsPage *self)
{
  for (guint i = 0; i < self->bound->len && self->problems != NULL; i++)
    fill_row (self, g_ptr_array_index (self->bound, i));
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, LpProblemsPage *self)
{
  g_ptr_array_add (self->bound, item);
  fill_row (self, item);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, LpProblemsPage *self)
{
  g_ptr_array_remove_fast (self->bound, item);
}

static void
activate_cb (GtkListView *list, guint position, LpProblemsPage *self)
{
  guint32 value = lp_index_model_get (self->model, position);

  if (value & LP_PROBLEM_HEAD)
    _lp_problems_page_fold (self, value & ~LP_PROBLEM_HEAD);
  else
    _lp_problems_page_open_image (self);
}

static void
selected_cb (GtkSingleSelection *selection, GParamSpec *pspec, LpProblemsPage *self)
{
  guint position = gtk_single_selection_get_selected (selection);
  guint32 value;

  if (self->selecting || position == GTK_INVALID_LIST_POSITION)
    return;
  value = lp_index_model_get (self->model, position);
  if ((value & LP_PROBLEM_HEAD) == 0)
    _lp_problems_page_set_finding (self, value);
}

/* ---- scrolling ---- */

static GtkWidget *
row_widget (GtkListItem *item)
{
  return gtk_widget_get_parent (gtk_list_item_get_child (item));
}

/* The head of the group that the row is in, if it is near enough to have a widget. */
static GtkListItem *
head_above (LpProblemsPage *self, guint position)
{
  GtkListItem *head = NULL;

  for (guint i = 0; i < self->bound->len; i++)
    {
      GtkListItem *item = g_ptr_array_index (self->bound, i);
      guint at = gtk_list_item_get_position (item);

      if (at < position && (lp_index_model_get (self->model, at) & LP_PROBLEM_HEAD) &&
          (head == NULL || at > gtk_list_item_get_position (head)))
        head = item;
    }
  return head;
}

/* From the upper edge of a row to that of another below it. Measured: what is scrolled out lies where it last was. */
static int
distance (LpProblemsPage *self, guint from, guint to)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self->list)), sum = 0;

  for (guint i = 0; i < self->bound->len; i++)
    {
      GtkListItem *item = g_ptr_array_index (self->bound, i);
      guint at = gtk_list_item_get_position (item);
      int height;

      if (at < from || at >= to)
        continue;
      gtk_widget_measure (row_widget (item), GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
      sum += height;
    }
  return sum;
}

/* The selected row is in sight. */
static void
show_head (LpProblemsPage *self)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list));
  guint position = gtk_single_selection_get_selected (self->selection);
  GtkListItem *head = head_above (self, position), *item = NULL;
  graphene_rect_t row;
  double top;

  for (guint i = 0; i < self->bound->len && item == NULL; i++)
    if (gtk_list_item_get_position (g_ptr_array_index (self->bound, i)) == position)
      item = g_ptr_array_index (self->bound, i);
  if (item == NULL || head == NULL || !gtk_widget_get_mapped (row_widget (item)) ||
      !gtk_widget_compute_bounds (row_widget (item), GTK_WIDGET (self->list), &row))
    return;
  top = row.origin.y - distance (self, gtk_list_item_get_position (head), position);
  if (top < 0 && row.origin.y + row.size.height - top <= gtk_adjustment_get_page_size (adjustment))
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + top);
}

/* The first tick comes before the layout that scrolls to the row, the second after it. */
static gboolean
scroll_tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  LpProblemsPage *self = LP_PROBLEMS_PAGE (widget);

  if (!self->laid_out)
    {
      self->laid_out = TRUE;
      return G_SOURCE_CONTINUE;
    }
  self->scroll_tick = 0;
  show_head (self);
  return G_SOURCE_REMOVE;
}

void
_lp_problems_page_scroll_to (LpProblemsPage *self, guint position)
{
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
  self->laid_out = FALSE;
  if (self->scroll_tick == 0)
    self->scroll_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_tick_cb, NULL, NULL);
}

/* ---- the menu of a row ---- */

static void
pop_up_menu (LpProblemsPage *self, GtkWidget *at, double x, double y)
{
  GdkRectangle place;
  double on_page_x, on_page_y;

  if (!gtk_widget_translate_coordinates (at, GTK_WIDGET (self), x, y, &on_page_x, &on_page_y))
    return;
  if (self->menu == NULL)
    {
      self->menu = gtk_popover_menu_new_from_model (self->row_menu);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
    }
  place = (GdkRectangle){ (int) on_page_x, (int) on_page_y, 1, 1 };
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &place);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

/* A click on a head folds it; the other button opens the menu of a problem. */
static void
pressed_cb (GtkGestureClick *click, int n_press, double x, double y, GtkListItem *item)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (click));
  LpProblemsPage *self = LP_PROBLEMS_PAGE (gtk_widget_get_ancestor (row, LP_TYPE_PROBLEMS_PAGE));
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (click));
  guint32 value = lp_index_item_get (gtk_list_item_get_item (item));

  if (button == GDK_BUTTON_PRIMARY && (value & LP_PROBLEM_HEAD))
    {
      gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
      _lp_problems_page_fold (self, value & ~LP_PROBLEM_HEAD);
    }
  else if (button == GDK_BUTTON_SECONDARY && (value & LP_PROBLEM_HEAD) == 0)
    {
      gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
      gtk_single_selection_set_selected (self->selection, gtk_list_item_get_position (item));
      pop_up_menu (self, row, x, y);
    }
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, LpProblemsPage *self)
{
  GtkWidget *row = lp_problem_row_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), item);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
  gtk_list_item_set_child (item, row);
}

gboolean
_lp_problems_page_pop_up_menu (LpProblemsPage *self)
{
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self->list));

  if (focus == NULL || self->finding == LP_NONE)
    return FALSE;
  pop_up_menu (self, focus, 40, gtk_widget_get_height (focus));
  return TRUE;
}

/* Where the problem is on disk; NULL: nowhere. */
static char *
path_of (LpProblemsPage *self)
{
  const LpDataset *dataset = lp_session_get_dataset (_lp_problems_page_session (self));
  const LpFinding *finding = _lp_problems_page_finding (self, self->finding);

  if (finding->file != LP_NONE)
    return lp_file_dup_disk_path (lp_dataset_file (dataset, finding->file));
  return finding->image != LP_NONE ? lp_image_dup_path (lp_dataset_image (dataset, finding->image)) : NULL;
}

static void
copy (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LpProblemsPage *self = data;
  const LpDataset *dataset;
  const LpFinding *finding;
  g_autofree char *place = NULL, *said = NULL, *text = NULL;

  if (self->finding == LP_NONE)
    return;
  dataset = lp_session_get_dataset (_lp_problems_page_session (self));
  finding = _lp_problems_page_finding (self, self->finding);
  place = lp_report_place (dataset, finding);
  said = lp_rule_say (dataset, finding);
  text = g_strdup_printf ("%s%s%s: %s  [%s]", place != NULL ? place : "", place != NULL ? ": " : "",
                          lp_severity_word (finding->severity), said, lp_rule_get (finding->rule)->id);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

static void
copy_path (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LpProblemsPage *self = data;
  g_autofree char *path = self->finding != LP_NONE ? path_of (self) : NULL;

  if (path != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), path);
}

static void
show_in_folder (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LpProblemsPage *self = data;
  g_autofree char *path = self->finding != LP_NONE ? path_of (self) : NULL;

  if (path != NULL)
    lp_show_in_folder (GTK_WIDGET (self), path);
}

static void
show_the_image (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  _lp_problems_page_open_image (data);
}

static void
about_rule (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  adw_flap_set_reveal_flap (LP_PROBLEMS_PAGE (data)->flap, TRUE);
}

static const GActionEntry row_entries[] = {
  { "copy", copy },
  { "copy-path", copy_path },
  { "show-in-folder", show_in_folder },
  { "open-image", show_the_image },
  { "about-rule", about_rule },
};

/* ---- the list ---- */

void
_lp_problems_page_set_up_list (LpProblemsPage *self)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), self);
  self->bound = g_ptr_array_new ();
  self->model = lp_index_model_new ();
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->model)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect (self->selection, "notify::selected", G_CALLBACK (selected_cb), self);
  g_signal_connect (self->list, "activate", G_CALLBACK (activate_cb), self);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_action_map_add_action_entries (G_ACTION_MAP (group), row_entries, G_N_ELEMENTS (row_entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "problem", G_ACTION_GROUP (group));
}
