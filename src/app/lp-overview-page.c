/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "lp-bars.h"
#include "lp-cause-card.h"
#include "lp-overview-page.h"
#include "lp-plots.h"
#include "lp-proof-cards.h"
#include "lp-sources-card.h"
#include "lp-widgets.h"
#include "lp-window.h"
#include "lp-wrap.h"

#define MOST_WALK_ROWS 6
#define MANY 12               /* of one kind: more than one walks through */
#define ONE_COLUMN_BELOW 1104 /* 900 of content beside the sidebar */
#define TWO_NUMBERS_FROM 1600
#define NUMBERS_NARROW 318
#define NUMBERS_WIDE 660

struct _LpOverviewPage
{
  LpPage parent_instance;

  GPtrArray *causes; /* LpCause *, of the base: keeps its order while things are dealt with */
  int width;

  GtkWidget *scroller;
  AdwBin *verdict_mark;
  GtkLabel *verdict;
  LpWrap *facts;
  GtkBox *body, *cards;
  AdwClamp *numbers_clamp;
  GtkGrid *numbers;
};

G_DEFINE_FINAL_TYPE (LpOverviewPage, lp_overview_page, LP_TYPE_PAGE)

static LpSession *
session_of (LpOverviewPage *self)
{
  return lp_page_get_session (LP_PAGE (self));
}

/* ---- the verdict ---- */

static void
show_mark (LpOverviewPage *self, LpSeverity severity)
{
  static const char *const css[] = { "fine", "info", "warn", "bad" };
  GtkWidget *icon = lp_severity_image_new (severity);

  for (guint i = 0; i < G_N_ELEMENTS (css); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->verdict_mark), css[i]);
  gtk_widget_add_css_class (GTK_WIDGET (self->verdict_mark), css[severity]);
  adw_bin_set_child (self->verdict_mark, icon);
}

static void
add_fact (LpOverviewPage *self, const char *text, const char *page)
{
  lp_wrap_append_fact (self->facts, lp_link_new (text, "win.page", g_variant_new_string (page)));
}

static void
show_facts (LpOverviewPage *self, const LpReport *report)
{
  const LpDataset *dataset = report->dataset;
  const LpLayer *subject = lp_dataset_layer (dataset, dataset->subject);
  const LpDictionary *names = lp_dataset_dict (dataset, lp_reference_dictionary (session_of (self)));
  guint n_names = names != NULL ? names->names->len : 0;
  LpLayerCounts counts = { .images = dataset->images->len };
  g_autofree char *coverage = lp_report_coverage (report);
  g_autofree char *images = NULL, *boxes = NULL, *lists = NULL;
  GtkWidget *covered = lp_label_new (coverage, "dim-label", FALSE);

  if (subject != NULL)
    lp_report_count (dataset, subject, &counts);
  images = lp_count (ngettext ("%s image", "%s images", counts.images), counts.images);
  boxes = lp_count (ngettext ("%s box", "%s boxes", counts.boxes), counts.boxes);
  lists = lp_count (ngettext ("%s name", "%s names", n_names), n_names);
  lp_wrap_clear (self->facts);
  add_fact (self, images, "images");
  add_fact (self, boxes, "images");
  add_fact (self, lists, "labels");
  gtk_widget_set_tooltip_text (covered, _ ("What was found and read of all that is named"));
  lp_wrap_append_fact (self->facts, covered);
}

static void
show_verdict (LpOverviewPage *self)
{
  const LpFindings *findings = lp_session_get_findings (session_of (self));
  LpReport report;
  g_autofree char *sentence = NULL;
  g_autofree char *shown = NULL;
  LpSeverity severity = findings->errors > 0     ? LP_SEVERITY_ERROR
                        : findings->warnings > 0 ? LP_SEVERITY_WARNING
                                                 : LP_SEVERITY_OFF;

  lp_session_report (session_of (self), &report);
  sentence = lp_report_verdict (&report);
  shown = lp_headline (sentence);
  if (severity == LP_SEVERITY_OFF && lp_report_nothing_read (report.dataset))
    severity = LP_SEVERITY_WARNING;
  gtk_label_set_text (self->verdict, shown);
  show_mark (self, severity);
  show_facts (self, &report);
}

/* ---- single problems ---- */

static GtkWidget *
walk_row (LpSession *session, guint32 index)
{
  const LpDataset *dataset = lp_session_get_dataset (session);
  const LpFinding *finding = &g_array_index (lp_session_get_base (session)->findings, LpFinding, index);
  gboolean done = lp_session_is_dealt_with (session, index);
  g_autofree char *said = lp_rule_say (dataset, finding);
  g_autofree char *text = lp_text_escape (said, -1, 300);
  g_autofree char *place = lp_finding_place (dataset, finding);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = lp_label_new (text, done ? "small struck" : "small", FALSE);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *where;

  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_tooltip_text (label, text);
  gtk_box_append (GTK_BOX (row), lp_severity_image_new (done ? LP_SEVERITY_OFF : finding->severity));
  gtk_box_append (GTK_BOX (row), label);
  where = lp_label_new (place, "mono dim-label", FALSE);
  gtk_label_set_ellipsize (GTK_LABEL (where), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (where), 32);
  gtk_box_append (GTK_BOX (row), where);
  gtk_button_set_child (GTK_BUTTON (button), row);
  lp_widget_add_classes (button, "flat walk-row");
  lp_set_accessible_label (button, text);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", index);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show-finding");
  return button;
}

/* One decision, a way out of its own, or too many of one kind. */
static gboolean
has_card (const LpCause *cause)
{
  return cause->systematic || cause->rule == LP_RULE_DATASET_PATH_OUTSIDE || cause->findings->len > MANY;
}

/* Base indices of all findings that have no card of their own, dearest cause first. */
static GArray *
single_findings (LpOverviewPage *self)
{
  GArray *singles = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; i < self->causes->len; i++)
    {
      const LpCause *cause = g_ptr_array_index (self->causes, i);

      if (!has_card (cause))
        g_array_append_vals (singles, cause->findings->data, cause->findings->len);
    }
  return singles;
}

static GtkWidget *
walk_head (LpSession *session, const GArray *singles, gboolean primary)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  const LpFindings *findings = lp_session_get_findings (session);
  guint32 first = g_array_index (singles, guint32, 0);
  guint left = 0;
  g_autofree char *text = NULL;
  GtkWidget *title, *button;

  for (guint i = singles->len; i > 0; i--)
    {
      guint32 index = g_array_index (singles, guint32, i - 1);

      if (lp_session_is_dealt_with (session, index))
        continue;
      left++;
      first = index;
    }
  if (findings->errors + findings->warnings > 0)
    text = lp_count (ngettext ("%s single problem", "%s single problems, one by one", left), left);
  else
    text = lp_count (ngettext ("%s thing to know, nothing to do", "%s things to know, nothing to do", left), left);
  title = lp_label_new (text, "heading numeric", TRUE);
  gtk_widget_set_hexpand (title, TRUE);
  button = gtk_button_new_with_label (_ ("Go through them"));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", first);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show-finding");
  if (primary && left > 0)
    gtk_widget_add_css_class (button, "suggested-action");
  gtk_box_append (GTK_BOX (row), title);
  gtk_box_append (GTK_BOX (row), button);
  return row;
}

static void
append_walk (LpOverviewPage *self, gboolean primary)
{
  g_autoptr (GArray) singles = single_findings (self);
  GtkWidget *card;

  if (singles->len == 0)
    return;
  card = lp_card_new (NULL);
  gtk_box_set_spacing (GTK_BOX (card), 2);
  gtk_box_append (GTK_BOX (card), walk_head (session_of (self), singles, primary));
  for (guint i = 0; i < singles->len && i < MOST_WALK_ROWS; i++)
    gtk_box_append (GTK_BOX (card), walk_row (session_of (self), g_array_index (singles, guint32, i)));
  if (singles->len > MOST_WALK_ROWS)
    {
      g_autofree char *text = lp_count (_ ("and %s more"), singles->len - MOST_WALK_ROWS);
      GtkWidget *link = lp_link_new (text, "win.show-problems", g_variant_new_string (""));

      gtk_widget_add_css_class (link, "small");
      gtk_widget_set_margin_top (link, 4);
      gtk_box_append (GTK_BOX (card), link);
    }
  gtk_box_append (self->cards, card);
}

/* ---- the cards ---- */

/* The first card takes the whole width, the others stand in pairs. */
static void
append_card (LpOverviewPage *self, GtkWidget *card, guint number)
{
  GtkWidget *last = gtk_widget_get_last_child (GTK_WIDGET (self->cards));

  if (number == 0 || self->width < ONE_COLUMN_BELOW)
    {
      gtk_box_append (self->cards, card);
      return;
    }
  if (number % 2 == 1)
    {
      last = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
      gtk_box_set_homogeneous (GTK_BOX (last), TRUE);
      gtk_box_append (self->cards, last);
    }
  gtk_box_append (GTK_BOX (last), card);
}

static gboolean
append_causes (LpOverviewPage *self)
{
  gboolean primary = TRUE;
  guint number = 0;

  for (guint i = 0; i < self->causes->len; i++)
    {
      LpCauseView view = { .session = session_of (self), .cause = g_ptr_array_index (self->causes, i) };

      if (!has_card (view.cause))
        continue;
      view.left = lp_cause_left (view.session, view.cause);
      view.primary = primary && view.left > 0 && lp_session_get_steps (view.session)->len == 0;
      view.wide = number == 0 || self->width < ONE_COLUMN_BELOW;
      if (view.left > 0)
        primary = FALSE;
      append_card (self, lp_cause_card_new (&view), number++);
    }
  return primary;
}

static void
show_cards (LpOverviewPage *self)
{
  LpSession *session = session_of (self);
  const LpFindings *findings = lp_session_get_findings (session);
  gboolean pending = lp_session_get_steps (session)->len > 0;
  gboolean primary;

  lp_box_clear (self->cards);
  primary = append_causes (self) && !pending;
  if (findings->errors + findings->warnings > 0 || lp_report_nothing_read (lp_session_get_dataset (session)))
    {
      append_walk (self, primary);
      return;
    }
  gtk_box_append (self->cards, lp_proof_card_new (session));
  gtk_box_append (self->cards, lp_export_card_new (!pending));
  append_walk (self, FALSE);
  gtk_box_append (self->cards, lp_last_look_card_new (session));
}

/* ---- the numbers ---- */

static void
add_severity_row (GtkGrid *grid, int row, LpSeverity severity, guint n, const char *word)
{
  static const char *const ids[] = { "", "info", "warning", "error" };
  g_autofree char *number = lp_number (n);
  GtkWidget *icon = lp_severity_image_new (severity);
  GtkWidget *count;

  if (n > 0)
    {
      count = lp_link_new (number, "win.show-problems", g_variant_new_string (ids[severity]));
      lp_widget_add_classes (count, "big numeric");
    }
  else
    {
      count = lp_label_new (number, "heading numeric dim-label", FALSE);
      gtk_widget_set_css_classes (icon, (const char *[]){ "dim-label", NULL });
    }
  gtk_widget_set_halign (count, GTK_ALIGN_END);
  gtk_grid_attach (grid, icon, 0, row, 1, 1);
  gtk_grid_attach (grid, count, 1, row, 1, 1);
  gtk_grid_attach (grid, lp_label_new (word, n > 0 ? NULL : "dim-label", FALSE), 2, row, 1, 1);
}

static GtkWidget *
problems_card (LpSession *session)
{
  const LpFindings *findings = lp_session_get_findings (session);
  GtkWidget *card = lp_card_new (_ ("Problems"));
  GtkWidget *grid = gtk_grid_new ();
  guint repairable = lp_session_count_repairable (session);

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 8);
  if (findings->errors + findings->warnings + findings->infos > 0)
    gtk_box_append (GTK_BOX (card), lp_severity_stripe_new (findings->errors, findings->warnings, findings->infos));
  add_severity_row (GTK_GRID (grid), 0, LP_SEVERITY_ERROR, findings->errors,
                    ngettext ("error", "errors", findings->errors));
  add_severity_row (GTK_GRID (grid), 1, LP_SEVERITY_WARNING, findings->warnings,
                    ngettext ("warning", "warnings", findings->warnings));
  add_severity_row (GTK_GRID (grid), 2, LP_SEVERITY_INFO, findings->infos,
                    ngettext ("info", "infos", findings->infos));
  gtk_box_append (GTK_BOX (card), grid);
  if (repairable > 0)
    {
      g_autofree char *text = lp_count (
        ngettext ("%s of them can be repaired here", "%s of them can be repaired here", repairable), repairable);

      gtk_box_append (GTK_BOX (card), lp_label_new (text, "dim-label small", TRUE));
    }
  return card;
}

/* What is noted and not yet written. */
static GtkWidget *
noted_card (LpSession *session)
{
  const GPtrArray *steps = lp_session_get_steps (session);
  GtkWidget *card = lp_card_new (_ ("Noted, not yet written"));
  GtkWidget *button;

  for (guint i = 0; i < steps->len; i++)
    {
      const LpStep *step = g_ptr_array_index (steps, i);
      GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
      g_autofree char *text = lp_text_escape (step->sentence, -1, 200);
      GtkWidget *icon = lp_severity_image_new (LP_SEVERITY_OFF);
      GtkWidget *label;

      gtk_widget_set_valign (icon, GTK_ALIGN_START);
      gtk_box_append (GTK_BOX (row), icon);
      label = lp_label_new (text, "small", TRUE);
      gtk_widget_set_hexpand (label, TRUE);
      gtk_box_append (GTK_BOX (row), label);
      gtk_box_append (GTK_BOX (card), row);
    }
  button = lp_link_new (_ ("Undo the last"), "win.undo", NULL);
  gtk_widget_add_css_class (button, "small");
  gtk_box_append (GTK_BOX (card), button);
  return card;
}

static GtkWidget *
bars_card (LpSession *session)
{
  GtkWidget *bars = lp_class_bars_new (session);
  GtkWidget *card;

  if (bars == NULL)
    return NULL;
  card = lp_card_new (_ ("Boxes per class"));
  gtk_box_append (GTK_BOX (card), bars);
  return card;
}

/* Two small plots beside each other. */
static void
show_plots (LpOverviewPage *self, int *row, int columns)
{
  GtkWidget *sizes = lp_sizes_plot_new (session_of (self));
  GtkWidget *box;

  if (sizes == NULL) /* no box */
    return;
  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  gtk_box_append (GTK_BOX (box), sizes);
  gtk_box_append (GTK_BOX (box), lp_places_plot_new (session_of (self)));
  gtk_grid_attach (self->numbers, box, 0, ++*row, columns, 1);
}

/* Narrow: one below the other. Wide: two columns, plots over both. */
static void
show_numbers (LpOverviewPage *self)
{
  LpSession *session = session_of (self);
  gboolean wide = self->width >= TWO_NUMBERS_FROM;
  gboolean noted = lp_session_get_steps (session)->len > 0;
  GtkWidget *child, *problems = problems_card (session), *bars = bars_card (session);
  int row = 0, columns = wide ? 2 : 1;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->numbers))) != NULL)
    gtk_grid_remove (self->numbers, child);
  gtk_grid_attach (self->numbers, problems, 0, row, noted ? 1 : columns, 1);
  if (noted)
    gtk_grid_attach (self->numbers, noted_card (session), wide ? 1 : 0, wide ? row : ++row, 1, 1);
  if (bars != NULL)
    gtk_grid_attach (self->numbers, bars, 0, ++row, columns, 1);
  show_plots (self, &row, columns);
  gtk_grid_attach (self->numbers, lp_sources_card_new (session), 0, ++row, columns, 1);
  gtk_grid_set_column_homogeneous (self->numbers, wide);
}

/* ---- as a page ---- */

/* Which card has the keyboard focus; -1: none. */
static int
focused_card (LpOverviewPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  int number = 0;

  if (focus == NULL)
    return -1;
  for (GtkWidget *card = gtk_widget_get_first_child (GTK_WIDGET (self->cards)); card != NULL;
       card = gtk_widget_get_next_sibling (card), number++)
    if (gtk_widget_is_ancestor (focus, card))
      return number;
  return -1;
}

/* The button that was pressed is gone: whoever works with keys goes on at the card it was in. */
static void
focus_card (LpOverviewPage *self, int number)
{
  GtkWidget *card = gtk_widget_get_first_child (GTK_WIDGET (self->cards));

  for (; card != NULL && number > 0; number--)
    card = gtk_widget_get_next_sibling (card);
  if (card != NULL)
    gtk_widget_child_focus (card, GTK_DIR_TAB_FORWARD);
}

static void
rebuild (LpOverviewPage *self)
{
  int focused;

  if (session_of (self) == NULL)
    return;
  focused = focused_card (self);
  show_verdict (self);
  show_cards (self);
  show_numbers (self);
  if (focused >= 0)
    focus_card (self, focused);
}

static void
lp_overview_page_refresh (LpPage *page, gboolean anew)
{
  LpOverviewPage *self = LP_OVERVIEW_PAGE (page);
  LpSession *session = session_of (self);

  if (anew)
    {
      g_clear_pointer (&self->causes, g_ptr_array_unref);
      lp_box_clear (self->cards);
      if (session != NULL)
        self->causes = lp_causes (lp_session_get_dataset (session), lp_session_get_profile (session),
                                  lp_session_get_base (session));
    }
  rebuild (self);
}

static void
lp_overview_page_lay_out (LpPage *page, int width)
{
  LpOverviewPage *self = LP_OVERVIEW_PAGE (page);
  int old = self->width;
  gboolean narrow = width < ONE_COLUMN_BELOW;
  double scale = lp_text_scale (GTK_WIDGET (self));
  int numbers = scale * (width < TWO_NUMBERS_FROM ? NUMBERS_NARROW : NUMBERS_WIDE);

  self->width = width;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->body),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_size_request (GTK_WIDGET (self->numbers_clamp), narrow ? -1 : numbers, -1);
  adw_clamp_set_maximum_size (self->numbers_clamp, narrow ? 100000 : numbers);
  adw_clamp_set_tightening_threshold (self->numbers_clamp, narrow ? 100000 : numbers);
  if ((old < ONE_COLUMN_BELOW) != narrow || (old < TWO_NUMBERS_FROM) != (width < TWO_NUMBERS_FROM))
    rebuild (self);
}

/* ---- actions ---- */

static void
fix_cause (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LpOverviewPage *self = data;
  LpRuleId rule = lp_rule_find (g_variant_get_string (parameter, NULL));

  if (session_of (self) != NULL && rule != LP_RULE_NONE)
    lp_window_note_step (lp_window_of (GTK_WIDGET (self)), lp_cause_propose (session_of (self), rule));
}

static void
lp_overview_page_add_actions (LpPage *page, GActionMap *map)
{
  static const GActionEntry entries[] = { { "fix-cause", fix_cause, "s" } };

  g_action_map_add_action_entries (map, entries, G_N_ELEMENTS (entries), page);
}

static void
lp_overview_page_finalize (GObject *object)
{
  g_clear_pointer (&LP_OVERVIEW_PAGE (object)->causes, g_ptr_array_unref);
  G_OBJECT_CLASS (lp_overview_page_parent_class)->finalize (object);
}

static void
lp_overview_page_class_init (LpOverviewPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  LpPageClass *page_class = LP_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = lp_overview_page_finalize;
  page_class->refresh = lp_overview_page_refresh;
  page_class->lay_out = lp_overview_page_lay_out;
  page_class->add_actions = lp_overview_page_add_actions;
  g_type_ensure (LP_TYPE_WRAP);
  gtk_widget_class_set_css_name (widget_class, "lpoverview");
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/labelproof/Labelproof/lp-overview-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LpOverviewPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, LpOverviewPage, verdict_mark);
  gtk_widget_class_bind_template_child (widget_class, LpOverviewPage, verdict);
  gtk_widget_class_bind_template_child (widget_class, LpOverviewPage, facts);
  gtk_widget_class_bind_template_child (widget_class, LpOverviewPage, body);
  gtk_widget_class_bind_template_child (widget_class, LpOverviewPage, cards);
  gtk_widget_class_bind_template_child (widget_class, LpOverviewPage, numbers_clamp);
  gtk_widget_class_bind_template_child (widget_class, LpOverviewPage, numbers);
}

static void
lp_overview_page_init (LpOverviewPage *self)
{
  self->width = 1280;
  gtk_widget_init_template (GTK_WIDGET (self));
}
