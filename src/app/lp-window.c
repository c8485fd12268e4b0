/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "lp-shell.h"
#include "lp-widgets.h"
#include "lp-window-private.h"

#define RAIL_BELOW 1000 /* all widths at text scale 1 */
#define WIDE_FROM 1700
#define WELCOME_NARROW 900

G_DEFINE_FINAL_TYPE (LpWindow, lp_window, ADW_TYPE_APPLICATION_WINDOW)

LpWindow *
lp_window_of (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return LP_IS_WINDOW (root) ? LP_WINDOW (root) : NULL;
}

LpSession *
lp_window_get_session (LpWindow *self)
{
  g_return_val_if_fail (LP_IS_WINDOW (self), NULL);
  return self->session;
}

/* ---- words ---- */

void
lp_window_toast (LpWindow *self, const char *sentence)
{
  g_autofree char *text = lp_text_escape (sentence, -1, 300);

  g_return_if_fail (LP_IS_WINDOW (self));
  lp_notices_say (self->notices, text);
}

void
lp_window_toast_error (LpWindow *self, const GError *error)
{
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    lp_window_toast (self, error->message);
}

static guint
count_steps (LpWindow *self)
{
  return self->session != NULL ? lp_session_get_steps (self->session)->len : 0;
}

void
_lp_window_toast_undo (LpWindow *self, const char *sentence, const char *undo_action)
{
  self->undo_steps = count_steps (self);
  lp_notices_offer_undo (self->notices, sentence, undo_action);
}

gboolean
lp_window_note_step (LpWindow *self, LpStep *step)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *noted = NULL;

  g_return_val_if_fail (LP_IS_WINDOW (self), FALSE);
  if (step == NULL || self->session == NULL)
    {
      g_clear_pointer (&step, lp_step_free);
      return FALSE;
    }
  sentence = lp_text_escape (step->sentence, -1, 200);
  /* Translators: a fix that is not written yet */
  noted = g_strdup_printf (_ ("Noted: %s"), sentence);
  if (!lp_session_note (self->session, step, &error))
    {
      lp_window_toast_error (self, error);
      return FALSE;
    }
  _lp_window_toast_undo (self, noted, "win.undo");
  return TRUE;
}

char *
_lp_window_dup_title (LpWindow *self)
{
  const char *const *paths = self->opened != NULL ? lp_session_get_paths (self->opened) : NULL;
  g_autofree char *base = NULL;

  if (paths == NULL || paths[0] == NULL)
    return g_strdup ("Labelproof");
  base = g_path_get_basename (paths[0]);
  return lp_text_escape (base, -1, 80);
}

static char *
dup_subtitle (LpWindow *self)
{
  const char *const *paths = self->opened != NULL ? lp_session_get_paths (self->opened) : NULL;

  return paths != NULL && paths[0] != NULL ? lp_home_path (paths[0]) : g_strdup ("");
}

/* ---- the header bar follows the page in front ---- */

static void
update_title (LpWindow *self)
{
  g_autofree char *title = NULL, *subtitle = NULL;
  g_autofree char *set = _lp_window_dup_title (self);

  if (self->shown_page != NULL)
    g_object_get (self->shown_page, "title", &title, "subtitle", &subtitle, NULL);
  if (subtitle == NULL)
    subtitle = dup_subtitle (self);
  adw_window_title_set_title (self->title, title != NULL ? title : set);
  adw_window_title_set_subtitle (self->title, subtitle);
  gtk_window_set_title (GTK_WINDOW (self), title != NULL ? title : set);
}

static void
update_header_widgets (LpWindow *self)
{
  g_autoptr (GtkWidget) start_widget = NULL;
  g_autoptr (GtkWidget) end_widget = NULL;

  if (self->shown_page != NULL)
    g_object_get (self->shown_page, "header-start", &start_widget, "header-end", &end_widget, NULL);
  adw_bin_set_child (self->header_start, start_widget);
  adw_bin_set_child (self->header_end, end_widget);
}

/* At the foot of the sidebar they cover nothing of the page. */
static void
place_notices (LpWindow *self)
{
  lp_notices_set_place (self->notices, self->welcome_in_front || self->rail ? 0 : self->sidebar_width);
}

static void
visible_page_cb (LpWindow *self)
{
  GtkWidget *child = gtk_stack_get_visible_child (self->stack);
  const char *name = gtk_stack_get_visible_child_name (self->stack);
  LpPage *page = LP_IS_PAGE (child) ? LP_PAGE (child) : NULL;
  gboolean nothing = g_strcmp0 (name, "welcome") == 0 || g_strcmp0 (name, "error") == 0;

  if (self->shown_page != NULL)
    g_signal_handlers_disconnect_by_data (self->shown_page, self);
  self->shown_page = page;
  if (page != NULL)
    {
      g_signal_connect_swapped (page, "notify::title", G_CALLBACK (update_title), self);
      g_signal_connect_swapped (page, "notify::subtitle", G_CALLBACK (update_title), self);
      g_signal_connect_swapped (page, "notify::header-start", G_CALLBACK (update_header_widgets), self);
      g_signal_connect_swapped (page, "notify::header-end", G_CALLBACK (update_header_widgets), self);
    }
  lp_notices_clear (self->notices); /* they spoke of what was in front */
  self->welcome_in_front = nothing;
  place_notices (self);
  if (nothing)
    lp_welcome_page_refresh (self->welcome_page);
  gtk_widget_set_visible (GTK_WIDGET (self->sidebar), !nothing);
  gtk_widget_set_visible (self->welcome_menu_button, nothing);
  gtk_widget_set_visible (self->apply_part, self->session != NULL);
  update_header_widgets (self);
  update_title (self);
  _lp_window_changed (self);
}

/* ---- going somewhere ---- */

void
lp_window_show_page (LpWindow *self, const char *name)
{
  g_return_if_fail (LP_IS_WINDOW (self));
  if (gtk_stack_get_child_by_name (self->stack, name) != NULL)
    gtk_stack_set_visible_child_name (self->stack, name);
}

void
lp_window_show_image (LpWindow *self, guint32 image, guint32 row)
{
  g_return_if_fail (LP_IS_WINDOW (self));
  if (self->session == NULL || image >= lp_session_get_dataset (self->session)->images->len)
    return;
  lp_image_page_show (LP_IMAGE_PAGE (self->image_page), image, row);
  lp_window_show_page (self, "images");
}

void
lp_window_show_finding (LpWindow *self, guint finding)
{
  g_return_if_fail (LP_IS_WINDOW (self));
  if (self->session == NULL || finding >= lp_session_get_base (self->session)->findings->len)
    return;
  lp_window_show_page (self, "problems");
  lp_problems_page_show (LP_PROBLEMS_PAGE (self->problems_page), finding);
}

void
lp_window_show_problems (LpWindow *self, const char *filter)
{
  g_return_if_fail (LP_IS_WINDOW (self));
  if (self->session == NULL)
    return;
  lp_window_show_page (self, "problems");
  lp_problems_page_filter (LP_PROBLEMS_PAGE (self->problems_page), filter);
}

/* ---- the session ---- */

static void
session_changed_cb (LpWindow *self)
{
  _lp_window_changed (self);
}

void
_lp_window_set_session (LpWindow *self, LpSession *session)
{
  LpPage *pages[] = { self->overview_page, self->problems_page, self->labels_page, self->image_page };

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_func (self->session, session_changed_cb, self);
  g_set_object (&self->session, session);
  if (session != NULL)
    g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
  lp_sidebar_set_session (self->sidebar, session);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    lp_page_set_session (pages[i], session);
  gtk_widget_set_visible (self->apply_part, session != NULL);
  _lp_window_changed (self);
}

/* The image page may name its boxes by another list: the classes beside it follow. */
static void
follow_dictionary (LpWindow *self)
{
  gboolean images = self->shown_page == self->image_page;
  int dictionary = -1;

  if (self->session == NULL)
    return;
  if (images)
    g_object_get (self->image_page, "dictionary", &dictionary, NULL);
  lp_sidebar_set_dictionary (self->sidebar, dictionary < 0 ? LP_NONE : (guint32) dictionary);
}

static void
update_apply_part (LpWindow *self)
{
  guint n = count_steps (self);
  g_autofree char *text = lp_count (ngettext ("Apply %s fix…", "Apply %s fixes…", n), n);

  gtk_button_set_label (GTK_BUTTON (self->apply_button), text);
  gtk_widget_set_visible (self->apply_button, n > 0);
  gtk_widget_set_visible (self->nothing_changed, n == 0);
}

void
_lp_window_changed (LpWindow *self)
{
  if (count_steps (self) != self->undo_steps) /* Undo would take back something else than it says */
    lp_notices_withdraw_undo (self->notices);
  update_apply_part (self);
  update_title (self);
  follow_dictionary (self);
  _lp_window_update_actions (self);
}

/* ---- things dropped ---- */

static GStrv
paths_of (GSList *files)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (GSList *link = files; link != NULL; link = link->next)
    {
      g_autofree char *path = g_file_get_path (link->data);

      if (path != NULL)
        g_strv_builder_add (builder, path);
    }
  return g_strv_builder_end (builder);
}

/* A picture of the set is shown; anything else becomes a witness of what is open, or is opened. */
static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, LpWindow *self)
{
  g_auto (GStrv) paths = paths_of (g_value_get_boxed (value));
  guint32 image;

  lp_welcome_page_set_dragging (self->welcome_page, FALSE);
  if (paths[0] == NULL)
    return FALSE;
  image = self->session != NULL && paths[1] == NULL ? lp_session_find_image (self->session, paths[0]) : LP_NONE;
  if (image != LP_NONE)
    lp_window_show_image (self, image, LP_NONE);
  else
    _lp_window_add_paths (self, (const char *const *) paths);
  return TRUE;
}

static GdkDragAction
drop_enter_cb (GtkDropTarget *target, double x, double y, LpWindow *self)
{
  lp_welcome_page_set_dragging (self->welcome_page, TRUE);
  return GDK_ACTION_COPY;
}

static void
drop_leave_cb (GtkDropTarget *target, LpWindow *self)
{
  lp_welcome_page_set_dragging (self->welcome_page, FALSE);
}

static void
accept_drops (LpWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  g_signal_connect (target, "enter", G_CALLBACK (drop_enter_cb), self);
  g_signal_connect (target, "leave", G_CALLBACK (drop_leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/* ---- width ---- */

static void
lay_out (LpWindow *self, int width)
{
  LpPage *pages[] = { self->overview_page, self->problems_page, self->labels_page, self->image_page };
  double scale = lp_text_scale (GTK_WIDGET (self));
  double mild = 0.25 + 0.75 * scale; /* words in the sidebar are short: it need not grow as fast as the text */
  gboolean rail = width < RAIL_BELOW * mild;
  int wanted = rail ? 56 : width < WIDE_FROM * scale ? 204 : 232;

  lp_sidebar_set_rail (self->sidebar, rail);
  gtk_widget_set_size_request (GTK_WIDGET (self->sidebar), wanted * mild, -1);
  self->rail = rail;
  self->sidebar_width = wanted * mild;
  place_notices (self);
  lp_welcome_page_set_narrow (self->welcome_page, width < WELCOME_NARROW * scale);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    lp_page_lay_out (pages[i], (int) (width / scale));
}

static gboolean
relayout_cb (gpointer data)
{
  LpWindow *self = data;

  self->relayout = 0;
  lay_out (self, gtk_widget_get_width (GTK_WIDGET (self)));
  return G_SOURCE_REMOVE;
}

/* Not while GTK allocates: what is visible may not change there. */
static void
lp_window_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LpWindow *self = LP_WINDOW (widget);

  GTK_WIDGET_CLASS (lp_window_parent_class)->size_allocate (widget, width, height, baseline);
  if (width != self->laid_out_width && self->relayout == 0)
    self->relayout = g_idle_add_full (G_PRIORITY_HIGH_IDLE, relayout_cb, self, NULL);
  self->laid_out_width = width;
}

/* Actions keep the pages whose properties they are, and widgets of the pages keep the actions. */
static void
forget_actions (LpWindow *self)
{
  g_auto (GStrv) names = g_action_group_list_actions (G_ACTION_GROUP (self));

  for (guint i = 0; names[i] != NULL; i++)
    g_action_map_remove_action (G_ACTION_MAP (self), names[i]);
}

static void
lp_window_dispose (GObject *object)
{
  LpWindow *self = LP_WINDOW (object);

  _lp_window_cancel (self);
  forget_actions (self);
  g_clear_handle_id (&self->poll, g_source_remove);
  g_clear_handle_id (&self->relayout, g_source_remove);
  if (self->shown_page != NULL)
    g_signal_handlers_disconnect_by_data (self->shown_page, self);
  self->shown_page = NULL;
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_func (self->session, session_changed_cb, self);
  g_clear_object (&self->session);
  g_clear_object (&self->opened);
  g_clear_pointer (&self->return_page, g_free);
  g_clear_pointer (&self->return_image, g_free);
  g_clear_pointer (&self->chosen_subject, g_free);
  G_OBJECT_CLASS (lp_window_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, LpWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, LpWindow, header);
  gtk_widget_class_bind_template_child (widget_class, LpWindow, title);
  gtk_widget_class_bind_template_child (widget_class, LpWindow, header_start);
  gtk_widget_class_bind_template_child (widget_class, LpWindow, header_end);
  gtk_widget_class_bind_template_child (widget_class, LpWindow, welcome_menu_button);
  gtk_widget_class_bind_template_child (widget_class, LpWindow, apply_part);
  gtk_widget_class_bind_template_child (widget_class, LpWindow, nothing_changed);
  gtk_widget_class_bind_template_child (widget_class, LpWindow, apply_button);
  gtk_widget_class_bind_template_child (widget_class, LpWindow, notices);
  gtk_widget_class_bind_template_child (widget_class, LpWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, LpWindow, welcome_page);
  gtk_widget_class_bind_template_child (widget_class, LpWindow, loading_page);
  gtk_widget_class_bind_template_child (widget_class, LpWindow, error_page);
  gtk_widget_class_bind_template_child (widget_class, LpWindow, overview_page);
  gtk_widget_class_bind_template_child (widget_class, LpWindow, problems_page);
  gtk_widget_class_bind_template_child (widget_class, LpWindow, labels_page);
  gtk_widget_class_bind_template_child (widget_class, LpWindow, image_page);
}

static void
lp_window_class_init (LpWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (LP_TYPE_SHELL);
  g_type_ensure (LP_TYPE_NOTICES);
  g_type_ensure (LP_TYPE_SIDEBAR);
  g_type_ensure (LP_TYPE_WELCOME_PAGE);
  g_type_ensure (LP_TYPE_LOADING_PAGE);
  g_type_ensure (LP_TYPE_ERROR_PAGE);
  g_type_ensure (LP_TYPE_OVERVIEW_PAGE);
  g_type_ensure (LP_TYPE_PROBLEMS_PAGE);
  g_type_ensure (LP_TYPE_LABELS_PAGE);
  g_type_ensure (LP_TYPE_IMAGE_PAGE);
  G_OBJECT_CLASS (klass)->dispose = lp_window_dispose;
  widget_class->size_allocate = lp_window_size_allocate;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/labelproof/Labelproof/lp-window.ui");
  bind_children (widget_class);
}

static void
lp_window_init (LpWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  _lp_window_add_actions (self);
  accept_drops (self);
  lay_out (self, 1280);
  g_signal_connect_object (self->stack, "notify::visible-child", G_CALLBACK (visible_page_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->image_page, "notify::dictionary", G_CALLBACK (follow_dictionary), self,
                           G_CONNECT_SWAPPED);
  visible_page_cb (self);
}

LpWindow *
lp_window_new (GtkApplication *application)
{
  return g_object_new (LP_TYPE_WINDOW, "application", application, NULL);
}
