/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "lp-problems-page-private.h"
#include "lp-tab-stop.h"
#include "lp-widgets.h"
#include "lp-window.h"

#define RULE_COLUMN_FROM 1500 /* all widths at text scale 1 */
#define LIST_WIDE_FROM 1700
#define LIST_NARROW_BELOW 1000
#define LIST_WIDTH 408
#define LIST_WIDE 500
#define RULE_WIDTH 320
#define RULE_NARROWEST 180
#define RAIL_WIDTH 56           /* beside the list where it is narrow */
#define STACKED_TOOLS_BELOW 340 /* of the list */

G_DEFINE_FINAL_TYPE (LpProblemsPage, lp_problems_page, LP_TYPE_PAGE)

enum
{
  PROP_0,
  PROP_FINDING,
  PROP_GROUPING,
  PROP_FILTER,
  PROP_RULE_PAGE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static const char *const grouping_ids[] = { "cause", "rule", "file", NULL };

/* ---- what is shown ---- */

static void
update_title (LpProblemsPage *self)
{
  const char *const *paths;
  guint n, noted;
  g_autofree char *name = NULL, *set = NULL, *problems = NULL, *fixes = NULL, *subtitle = NULL;

  if (_lp_problems_page_session (self) == NULL)
    return;
  paths = lp_session_get_paths (_lp_problems_page_session (self));
  n = lp_session_get_base (_lp_problems_page_session (self))->findings->len;
  noted = lp_session_get_steps (_lp_problems_page_session (self))->len;
  name = paths[0] != NULL ? g_path_get_basename (paths[0]) : g_strdup ("");
  set = lp_text_escape (name, -1, 60);
  problems = g_strdup_printf (ngettext ("%'u problem", "%'u problems", n), n);
  fixes = g_strdup_printf (ngettext ("%u fix noted", "%u fixes noted", noted), noted);
  /* Translators: data set, problems, fixes: "harbour — 14 problems, 3 fixes noted" */
  subtitle = noted > 0 ? g_strdup_printf (_ ("%s — %s, %s"), set, problems, fixes)
                       : g_strdup_printf ("%s — %s", set, problems);
  lp_page_set_title (LP_PAGE (self), _ ("Problems"), subtitle);
}

static void
update_preview (LpProblemsPage *self)
{
  if (self->finding == LP_NONE || self->problems == NULL)
    {
      lp_problem_preview_show (self->preview, LP_NONE, LP_NONE, 0);
      return;
    }
  lp_problem_preview_show (self->preview, self->finding, lp_problems_place (self->problems, self->finding),
                           lp_problems_count (self->problems));
  lp_rule_page_show (self->rule_page, _lp_problems_page_finding (self, self->finding)->rule);
}

void
_lp_problems_page_set_finding (LpProblemsPage *self, guint32 finding)
{
  if (finding == self->finding)
    return;
  self->finding = finding;
  update_preview (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FINDING]);
}

/* Selects the row of the problem that is shown, unfolding its group. */
static void
select_row (LpProblemsPage *self)
{
  guint position = self->finding != LP_NONE ? lp_index_model_find (self->model, self->finding) : G_MAXUINT;

  self->selecting = TRUE;
  gtk_single_selection_set_selected (self->selection, position);
  self->selecting = FALSE;
  if (position != GTK_INVALID_LIST_POSITION)
    _lp_problems_page_scroll_to (self, position);
}

/* The rows anew. What was shown stays when it is still listed. */
static void
update_rows (LpProblemsPage *self)
{
  guint32 count = lp_problems_count (self->problems);
  gboolean any = lp_session_get_base (_lp_problems_page_session (self))->findings->len > 0;
  gboolean focused = gtk_widget_get_focus_child (GTK_WIDGET (self->list)) != NULL;

  self->selecting = TRUE;
  lp_index_model_take (self->model, lp_problems_rows (self->problems));
  self->selecting = FALSE;
  gtk_stack_set_visible_child_name (self->list_stack, count > 0 ? "list" : any ? "no-match" : "fine");
  if (lp_problems_place (self->problems, self->finding) == LP_NONE)
    _lp_problems_page_set_finding (self, count > 0 ? lp_problems_at (self->problems, 0) : LP_NONE);
  else
    update_preview (self);
  select_row (self);
  if (focused) /* the row that had it is gone */
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
update_counts (LpProblemsPage *self)
{
  const LpFindings *base = lp_session_get_base (_lp_problems_page_session (self));
  guint counts[] = { 0, base->infos, base->warnings, base->errors };

  for (guint s = LP_SEVERITY_INFO; s <= LP_SEVERITY_ERROR; s++)
    {
      GtkWidget *box = gtk_button_get_child (GTK_BUTTON (self->severity[s]));
      g_autofree char *number = lp_number (counts[s]);
      g_autofree char *words = g_strdup_printf ("%s: %s", lp_severity_word (s), number);

      gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (box)), number);
      lp_set_accessible_label (self->severity[s], words);
      gtk_widget_set_tooltip_text (self->severity[s], words);
    }
}

static guint
wanted_severities (LpProblemsPage *self)
{
  guint wanted = 0;

  for (guint s = LP_SEVERITY_INFO; s <= LP_SEVERITY_ERROR; s++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->severity[s])))
      wanted |= 1 << s;
  return wanted;
}

/* The list is made when it is first needed: grouping a million takes a moment that opening need not wait for. */
static gboolean
ensure_problems (LpProblemsPage *self)
{
  LpSession *session = _lp_problems_page_session (self);

  if (session == NULL || lp_session_get_base (session) == NULL)
    return FALSE;
  if (self->problems != NULL)
    return TRUE;
  self->problems = lp_problems_new (lp_session_get_dataset (session), lp_session_get_profile (session),
                                    lp_session_get_base (session));
  lp_problems_set_grouping (self->problems, self->grouping);
  lp_problems_set_severities (self->problems, wanted_severities (self));
  lp_problems_set_filter (self->problems, gtk_editable_get_text (self->entry));
  update_counts (self);
  update_rows (self);
  return TRUE;
}

/* ---- what rows do ---- */

void
_lp_problems_page_fold (LpProblemsPage *self, guint group)
{
  lp_problems_set_folded (self->problems, group, !lp_problems_group (self->problems, group)->folded);
  update_rows (self);
}

void
_lp_problems_page_open_image (LpProblemsPage *self)
{
  const LpFinding *finding = self->finding != LP_NONE ? _lp_problems_page_finding (self, self->finding) : NULL;
  gboolean subject =
    finding != NULL && finding->layer == lp_session_get_dataset (_lp_problems_page_session (self))->subject;

  if (finding != NULL && finding->image != LP_NONE)
    lp_window_show_image (lp_window_of (GTK_WIDGET (self)), finding->image, subject ? finding->row : LP_NONE);
}

/* ---- the walk ---- */

/* Shows it in the list, whatever is folded or filtered. */
static void
go_to (LpProblemsPage *self, guint32 finding)
{
  guint group = lp_problems_group_of (self->problems, finding);

  if (group == G_MAXUINT)
    {
      lp_problems_page_filter (self, NULL);
      group = lp_problems_group_of (self->problems, finding);
    }
  if (group != G_MAXUINT && lp_problems_group (self->problems, group)->folded)
    _lp_problems_page_fold (self, group);
  _lp_problems_page_set_finding (self, finding);
  select_row (self);
}

static gboolean
is_open (LpProblemsPage *self, guint32 place)
{
  return !lp_session_is_dealt_with (_lp_problems_page_session (self), lp_problems_at (self->problems, place));
}

static guint32
next_place (LpProblemsPage *self, int step)
{
  guint32 count = lp_problems_count (self->problems);
  guint32 place = lp_problems_place (self->problems, self->finding);

  if (place == LP_NONE)
    place = step > 0 ? LP_NONE : count; /* LP_NONE + 1 is the first */
  do
    place += (guint32) step;
  while (place < count && !is_open (self, place));
  return place < count ? place : LP_NONE;
}

/* The image page has a walk of its own while it is in front: problem by problem as the pictures stand. */
static void
walk (LpProblemsPage *self, int step)
{
  LpWindow *window = lp_window_of (GTK_WIDGET (self));
  guint32 place;

  if (!ensure_problems (self))
    return;
  place = next_place (self, step);
  if (place == LP_NONE)
    {
      lp_window_toast (window, step > 0 ? _ ("This was the last problem that is left.")
                                        : _ ("This was the first problem that is left."));
      return;
    }
  go_to (self, lp_problems_at (self->problems, place));
  lp_window_show_page (window, "problems");
}

static void
next_problem (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  walk (self, 1);
}

static void
previous_problem (GSimpleAction *action, GVariant *parameter, gpointer self)
{
  walk (self, -1);
}

static void
fix (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LpProblemsPage *self = data;

  if (self->problems != NULL && self->finding != LP_NONE &&
      !lp_session_is_dealt_with (_lp_problems_page_session (self), self->finding))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.fix-finding", "u", self->finding);
}

/* ---- filter, grouping ---- */

static void
apply_filter (LpProblemsPage *self)
{
  if (self->problems == NULL)
    return;
  lp_problems_set_severities (self->problems, wanted_severities (self));
  lp_problems_set_filter (self->problems, gtk_editable_get_text (self->entry));
  update_rows (self);
}

static void
search_changed_cb (GtkSearchEntry *entry, LpProblemsPage *self)
{
  apply_filter (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILTER]);
}

static void
stop_search_cb (GtkSearchEntry *entry, LpProblemsPage *self)
{
  gtk_editable_set_text (self->entry, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
severity_cb (GtkToggleButton *button, GParamSpec *pspec, LpProblemsPage *self)
{
  apply_filter (self);
}

static void
set_grouping (LpProblemsPage *self, const char *id)
{
  for (guint i = 0; grouping_ids[i] != NULL; i++)
    if (g_strcmp0 (id, grouping_ids[i]) == 0)
      self->grouping = i;
  if (self->problems != NULL)
    {
      lp_problems_set_grouping (self->problems, self->grouping);
      update_rows (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_GROUPING]);
}

static gboolean
severity_of (const char *id, LpSeverity *severity)
{
  for (guint s = LP_SEVERITY_INFO; s <= LP_SEVERITY_ERROR; s++)
    if (g_strcmp0 (id, lp_severity_id (s)) == 0)
      {
        *severity = s;
        return TRUE;
      }
  return FALSE;
}

void
lp_problems_page_filter (LpProblemsPage *self, const char *text)
{
  LpSeverity only = LP_SEVERITY_OFF;
  gboolean is_severity = severity_of (text, &only);

  g_return_if_fail (LP_IS_PROBLEMS_PAGE (self));
  for (guint s = LP_SEVERITY_INFO; s <= LP_SEVERITY_ERROR; s++)
    {
      g_signal_handlers_block_by_func (self->severity[s], severity_cb, self);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->severity[s]), !is_severity || s == only);
      g_signal_handlers_unblock_by_func (self->severity[s], severity_cb, self);
    }
  g_signal_handlers_block_by_func (self->entry, search_changed_cb, self);
  gtk_editable_set_text (self->entry, is_severity || text == NULL ? "" : text);
  g_signal_handlers_unblock_by_func (self->entry, search_changed_cb, self);
  if (ensure_problems (self))
    apply_filter (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILTER]);
}

void
lp_problems_page_show (LpProblemsPage *self, guint finding)
{
  g_return_if_fail (LP_IS_PROBLEMS_PAGE (self));
  if (ensure_problems (self) && finding < lp_session_get_base (_lp_problems_page_session (self))->findings->len)
    go_to (self, finding);
}

/* ---- as a page ---- */

static void
lp_problems_page_refresh (LpPage *page, gboolean anew)
{
  LpProblemsPage *self = LP_PROBLEMS_PAGE (page);

  update_title (self);
  if (anew)
    {
      g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (guint32));

      lp_index_model_take (self->model, g_steal_pointer (&none));
      g_clear_pointer (&self->problems, lp_problems_free);
      self->finding = LP_NONE;
      lp_problem_preview_set_session (self->preview, _lp_problems_page_session (self));
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FINDING]);
      lp_problems_page_filter (self, NULL);
      return;
    }
  _lp_problems_page_refresh_rows (self);
  lp_problem_preview_refresh (self->preview);
}

static void
lp_problems_page_lay_out (LpPage *page, int width)
{
  LpProblemsPage *self = LP_PROBLEMS_PAGE (page);
  double scale = lp_text_scale (GTK_WIDGET (self));
  gboolean wide = width >= RULE_COLUMN_FROM;
  int list = width >= LIST_WIDE_FROM      ? LIST_WIDE
             : width >= LIST_NARROW_BELOW ? LIST_WIDTH
                                          : CLAMP (width * 42 / 100, 230, 380);
  int rule = CLAMP (width - RAIL_WIDTH - list, RULE_NARROWEST, RULE_WIDTH);

  gtk_widget_set_size_request (self->list_side, (int) (list * scale), -1);
  gtk_widget_set_size_request (GTK_WIDGET (self->rule_page), (int) (rule * scale), -1);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->tools),
                                  list < STACKED_TOOLS_BELOW ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  if (wide == self->wide)
    return;
  self->wide = wide;
  adw_flap_set_fold_policy (self->flap, wide ? ADW_FLAP_FOLD_POLICY_NEVER : ADW_FLAP_FOLD_POLICY_ALWAYS);
  adw_flap_set_reveal_flap (self->flap, wide);
}

static void
lp_problems_page_search (LpPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (LP_PROBLEMS_PAGE (page)->entry));
}

static void
lp_problems_page_add_actions (LpPage *page, GActionMap *map)
{
  static const GActionEntry entries[] = {
    { "next-problem", next_problem },
    { "previous-problem", previous_problem },
    { "fix", fix },
  };
  static const char *const names[] = { "finding", "grouping", "filter", "rule-page" };

  g_action_map_add_action_entries (map, entries, G_N_ELEMENTS (entries), page);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GPropertyAction) action = g_property_action_new (names[i], page, names[i]);

      g_action_map_add_action (map, G_ACTION (action));
    }
}

static void
lp_problems_page_map (GtkWidget *widget)
{
  LpProblemsPage *self = LP_PROBLEMS_PAGE (widget);

  ensure_problems (self);
  GTK_WIDGET_CLASS (lp_problems_page_parent_class)->map (widget);
  select_row (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
reveal_cb (LpProblemsPage *self)
{
  lp_problem_preview_offer_rule (self->preview, !adw_flap_get_reveal_flap (self->flap));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RULE_PAGE]);
}

static void
lp_problems_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LpProblemsPage *self = LP_PROBLEMS_PAGE (object);

  switch (id)
    {
    case PROP_FINDING:
      g_value_set_int (value, self->finding != LP_NONE ? (int) self->finding : -1);
      break;
    case PROP_GROUPING:
      g_value_set_string (value, grouping_ids[self->grouping]);
      break;
    case PROP_FILTER:
      g_value_set_string (value, gtk_editable_get_text (self->entry));
      break;
    case PROP_RULE_PAGE:
      g_value_set_boolean (value, adw_flap_get_reveal_flap (self->flap));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lp_problems_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LpProblemsPage *self = LP_PROBLEMS_PAGE (object);

  switch (id)
    {
    case PROP_FINDING:
      if (g_value_get_int (value) >= 0)
        lp_problems_page_show (self, g_value_get_int (value));
      break;
    case PROP_GROUPING:
      set_grouping (self, g_value_get_string (value));
      break;
    case PROP_FILTER:
      lp_problems_page_filter (self, g_value_get_string (value));
      break;
    case PROP_RULE_PAGE:
      adw_flap_set_reveal_flap (self->flap, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lp_problems_page_dispose (GObject *object)
{
  LpProblemsPage *self = LP_PROBLEMS_PAGE (object);

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_pointer (&self->problems, lp_problems_free);
  G_OBJECT_CLASS (lp_problems_page_parent_class)->dispose (object);
}

static void
lp_problems_page_finalize (GObject *object)
{
  g_ptr_array_unref (LP_PROBLEMS_PAGE (object)->bound);
  G_OBJECT_CLASS (lp_problems_page_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  properties[PROP_FINDING] = g_param_spec_int ("finding", NULL, NULL, -1, G_MAXINT, -1, flags);
  properties[PROP_GROUPING] = g_param_spec_string ("grouping", NULL, NULL, "cause", flags);
  properties[PROP_FILTER] = g_param_spec_string ("filter", NULL, NULL, "", flags);
  properties[PROP_RULE_PAGE] = g_param_spec_boolean ("rule-page", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/labelproof/Labelproof/lp-problems-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LpProblemsPage, list_side);
  gtk_widget_class_bind_template_child (widget_class, LpProblemsPage, tools);
  gtk_widget_class_bind_template_child (widget_class, LpProblemsPage, pills);
  gtk_widget_class_bind_template_child (widget_class, LpProblemsPage, entry);
  gtk_widget_class_bind_template_child (widget_class, LpProblemsPage, list_stack);
  gtk_widget_class_bind_template_child (widget_class, LpProblemsPage, list);
  gtk_widget_class_bind_template_child (widget_class, LpProblemsPage, flap);
  gtk_widget_class_bind_template_child (widget_class, LpProblemsPage, preview);
  gtk_widget_class_bind_template_child (widget_class, LpProblemsPage, rule_page);
  gtk_widget_class_bind_template_child (widget_class, LpProblemsPage, row_menu);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
}

static gboolean
menu_key_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  return _lp_problems_page_pop_up_menu (LP_PROBLEMS_PAGE (widget));
}

/* Letters reach this only when nobody inside, such as the entry, has taken them. */
static void
bind_keys (GtkWidgetClass *widget_class)
{
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_j, 0, "win.next-problem", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_k, 0, "win.previous-problem", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, 0, "win.fix", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, menu_key_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, menu_key_cb, NULL);
}

static void
lp_problems_page_class_init (LpProblemsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  LpPageClass *page_class = LP_PAGE_CLASS (klass);

  g_type_ensure (LP_TYPE_TAB_STOP);
  g_type_ensure (LP_TYPE_PROBLEM_PREVIEW);
  g_type_ensure (LP_TYPE_RULE_PAGE);
  object_class->dispose = lp_problems_page_dispose;
  object_class->finalize = lp_problems_page_finalize;
  object_class->get_property = lp_problems_page_get_property;
  object_class->set_property = lp_problems_page_set_property;
  install_properties (object_class);
  widget_class->map = lp_problems_page_map;
  page_class->refresh = lp_problems_page_refresh;
  page_class->add_actions = lp_problems_page_add_actions;
  page_class->lay_out = lp_problems_page_lay_out;
  page_class->search = lp_problems_page_search;
  gtk_widget_class_set_css_name (widget_class, "lpproblems");
  bind_template (widget_class);
  bind_keys (widget_class);
}

static void
add_pills (LpProblemsPage *self)
{
  for (guint s = LP_SEVERITY_ERROR; s >= LP_SEVERITY_INFO; s--)
    {
      GtkWidget *button = gtk_toggle_button_new ();
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

      gtk_box_append (GTK_BOX (box), lp_severity_image_new (s));
      gtk_box_append (GTK_BOX (box), lp_label_new ("0", "numeric", FALSE));
      gtk_button_set_child (GTK_BUTTON (button), box);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
      gtk_widget_add_css_class (button, "severity-pill");
      g_signal_connect (button, "notify::active", G_CALLBACK (severity_cb), self);
      gtk_box_append (self->pills, button);
      self->severity[s] = button;
    }
}

static void
lp_problems_page_init (LpProblemsPage *self)
{
  self->finding = LP_NONE;
  gtk_widget_init_template (GTK_WIDGET (self));
  add_pills (self);
  _lp_problems_page_set_up_list (self);
  g_signal_connect_object (self->flap, "notify::reveal-flap", G_CALLBACK (reveal_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
lp_problems_page_new (void)
{
  return g_object_new (LP_TYPE_PROBLEMS_PAGE, NULL);
}
