/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "lp-index-model.h"
#include "lp-problem-strip.h"
#include "lp-tab-stop.h"
#include "lp-widgets.h"

#define ROWS_IN_SIGHT 3
#define ROW_HEIGHT 34

struct _LpProblemStrip
{
  AdwBin parent_instance;

  LpSession *session;
  guint32 image;
  guint order;    /* the finding of the label order, shown as the first row; G_MAXUINT: none */
  guint n_wrong;  /* names that are wrong in this image as it lies on disk */
  guint n_judged; /* boxes whose name the job says */
  gboolean narrow, silent;
  LpIndexModel *findings;
  GtkSingleSelection *selection;
  GtkWidget *scroller, *list;
};

G_DEFINE_FINAL_TYPE (LpProblemStrip, lp_problem_strip, ADW_TYPE_BIN)

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- the label order concerns every picture, so each says what it means here ---- */

/* The finding that says the order is wrong; G_MAXUINT: none. */
static guint
find_order (LpSession *session)
{
  static const LpVerdictKind wrong[] = { LP_VERDICT_DIFFERS_FROM_JOB, LP_VERDICT_SWAPPED_PAIR, LP_VERDICT_SORTED,
                                         LP_VERDICT_PERMUTED, LP_VERDICT_INCONSISTENT };
  const GArray *base = lp_session_get_base (session)->findings;

  for (guint i = 0; i < base->len && g_array_index (base, LpFinding, i).image == LP_NONE; i++)
    {
      const char *id = lp_rule_get (g_array_index (base, LpFinding, i).rule)->id;

      for (guint k = 0; k < G_N_ELEMENTS (wrong); k++)
        if (g_str_has_prefix (id, "order/") && g_str_equal (id + strlen ("order/"), lp_verdict_id (wrong[k])))
          return i;
    }
  return G_MAXUINT;
}

static void
count_wrong_names (LpProblemStrip *self)
{
  const LpDataset *dataset = lp_session_get_dataset (self->session);
  const LpLayer *subject = lp_dataset_layer (dataset, dataset->subject);
  const LpEntry *entry = subject != NULL ? lp_layer_find (subject, self->image) : NULL;
  const LpDictionary *names = subject != NULL ? lp_dataset_dict (dataset, subject->dictionary) : NULL;

  self->n_wrong = self->n_judged = 0;
  for (guint32 i = 0; entry != NULL && i < entry->n_rows; i++)
    {
      LpJobBox job;

      if (!lp_session_job_box (self->session, entry->first_row + i, &job) || job.name == NULL)
        continue;
      self->n_judged++;
      if (g_strcmp0 (job.name, lp_dictionary_name (names, lp_layer_row (subject, entry->first_row + i)->class_id)) !=
          0)
        self->n_wrong++;
    }
}

static char *
order_sentence (LpProblemStrip *self)
{
  if (self->n_wrong == 0)
    return g_strdup (_ ("The label order differed from the job"));
  if (self->n_wrong == self->n_judged)
    return g_strdup_printf (ngettext ("Its name is wrong: the label order differs",
                                      "All %u names are wrong: the label order differs", self->n_wrong),
                            self->n_wrong);
  return g_strdup_printf (ngettext ("%u of %u names is wrong: the label order differs",
                                    "%u of %u names are wrong: the label order differs", self->n_wrong),
                          self->n_wrong, self->n_judged);
}

/* ---- rows ---- */

static const LpFinding *
finding_at (LpProblemStrip *self, guint index)
{
  return &g_array_index (lp_session_get_base (self->session)->findings, LpFinding, index);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, LpProblemStrip *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *rule = lp_label_new (NULL, "mono dim-label", FALSE);
  GtkWidget *space = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (row, "problem-row");
  gtk_box_append (GTK_BOX (row), gtk_image_new ());
  gtk_box_append (GTK_BOX (row), lp_label_new (NULL, NULL, FALSE));
  gtk_box_append (GTK_BOX (row), rule);
  gtk_widget_set_hexpand (space, TRUE);
  gtk_box_append (GTK_BOX (row), space);
  gtk_list_item_set_child (item, row);
}

/* The button at the end: the repair, or where the proof is. */
static GtkWidget *
make_button (LpProblemStrip *self, guint index)
{
  GtkWidget *button;
  LpSafety safety = LP_SAFETY_NONE;
  g_autoptr (LpStep) step = NULL;
  g_autofree char *words = NULL;

  if (index == self->order)
    {
      button = gtk_button_new_with_label (_ ("Show evidence"));
      gtk_widget_add_css_class (button, "flat");
      gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), "win.page::labels");
      return button;
    }
  if (lp_session_is_dealt_with (self->session, index))
    return lp_label_new (_ ("fix noted"), "dim-label small", FALSE);
  step = lp_session_propose (self->session, finding_at (self, index), &safety);
  if (step == NULL)
    return NULL;
  button = gtk_button_new_with_label (_ ("Fix"));
  words = lp_text_escape (step->sentence, -1, 200);
  gtk_widget_set_tooltip_text (button, words);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", index);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.fix-finding");
  return button;
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, LpProblemStrip *self)
{
  guint index = lp_index_item_get (gtk_list_item_get_item (item));
  const LpFinding *finding = finding_at (self, index);
  gboolean gone = lp_session_is_dealt_with (self->session, index);
  GtkWidget *row = gtk_list_item_get_child (item);
  GtkWidget *icon = lp_severity_image_new (finding->severity);
  GtkWidget *sentence = gtk_widget_get_next_sibling (gtk_widget_get_first_child (row));
  GtkWidget *rule = gtk_widget_get_next_sibling (sentence);
  GtkWidget *button = make_button (self, index);
  g_autofree char *words = NULL;

  words =
    index == self->order ? order_sentence (self) : lp_rule_say (lp_session_get_dataset (self->session), finding);
  gtk_box_remove (GTK_BOX (row), gtk_widget_get_first_child (row));
  gtk_box_prepend (GTK_BOX (row), icon);
  gtk_label_set_text (GTK_LABEL (sentence), words);
  gtk_widget_set_tooltip_text (sentence, words);
  gtk_label_set_text (GTK_LABEL (rule), lp_rule_get (finding->rule)->id);
  gtk_widget_set_visible (rule, !self->narrow);
  if (gone)
    gtk_widget_add_css_class (sentence, "struck");
  else
    gtk_widget_remove_css_class (sentence, "struck");
  if (button != NULL)
    {
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (row), button);
    }
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, LpProblemStrip *self)
{
  GtkWidget *row = gtk_list_item_get_child (item);
  GtkWidget *last = gtk_widget_get_last_child (row);

  if (!GTK_IS_BOX (last)) /* the space, where there is no button */
    gtk_box_remove (GTK_BOX (row), last);
}

static void
selected_cb (LpProblemStrip *self)
{
  LpIndexItem *item = gtk_single_selection_get_selected_item (self->selection);

  if (item != NULL && !self->silent)
    g_signal_emit (self, signals[CHOSEN], 0, lp_index_item_get (item));
}

/* ---- from outside ---- */

static GArray *
collect (LpProblemStrip *self)
{
  GArray *indices = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint n, first = lp_session_findings_of (lp_session_get_base (self->session), self->image, &n);
  guint order = find_order (self->session);

  count_wrong_names (self);
  self->order = G_MAXUINT;
  if (order != G_MAXUINT &&
      (self->n_wrong > 0 || (self->n_judged > 0 && lp_session_is_dealt_with (self->session, order))))
    {
      self->order = order;
      g_array_append_val (indices, order);
    }
  for (guint32 i = first; i < first + n; i++)
    g_array_append_val (indices, i);
  return indices;
}

void
lp_problem_strip_show (LpProblemStrip *self, LpSession *session, guint32 image)
{
  LpIndexItem *item = gtk_single_selection_get_selected_item (self->selection);
  guint current =
    item != NULL && self->session == session && self->image == image ? lp_index_item_get (item) : G_MAXUINT;
  guint n;

  g_return_if_fail (LP_IS_PROBLEM_STRIP (self));
  self->silent = TRUE;
  lp_index_model_set_range (self->findings, 0); /* rows look into the old session */
  g_set_object (&self->session, session);
  self->image = image;
  if (session != NULL && image != LP_NONE)
    lp_index_model_take (self->findings, collect (self));
  self->silent = FALSE;
  n = g_list_model_get_n_items (G_LIST_MODEL (self->findings));
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  n > ROWS_IN_SIGHT ? GTK_POLICY_AUTOMATIC : GTK_POLICY_NEVER);
  gtk_widget_set_size_request (
    self->scroller, -1, n > ROWS_IN_SIGHT ? (int) (ROWS_IN_SIGHT * ROW_HEIGHT * lp_text_scale (self->scroller)) : -1);
  lp_problem_strip_set_current (self, current);
}

void
lp_problem_strip_set_current (LpProblemStrip *self, guint finding)
{
  guint position;

  g_return_if_fail (LP_IS_PROBLEM_STRIP (self));
  position = finding != G_MAXUINT ? lp_index_model_find (self->findings, finding) : GTK_INVALID_LIST_POSITION;
  self->silent = TRUE;
  gtk_single_selection_set_selected (self->selection, position);
  self->silent = FALSE;
  if (position != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (self->list, "list.scroll-to-item", "u", position);
}

void
lp_problem_strip_set_narrow (LpProblemStrip *self, gboolean narrow)
{
  g_return_if_fail (LP_IS_PROBLEM_STRIP (self));
  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  if (self->session != NULL)
    lp_problem_strip_show (self, self->session, self->image);
}

static void
lp_problem_strip_dispose (GObject *object)
{
  LpProblemStrip *self = LP_PROBLEM_STRIP (object);

  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->findings);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (lp_problem_strip_parent_class)->dispose (object);
}

static void
lp_problem_strip_class_init (LpProblemStripClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lp_problem_strip_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "lpproblemstrip");
}

static void
lp_problem_strip_init (LpProblemStrip *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  self->image = LP_NONE;
  self->order = G_MAXUINT;
  self->findings = lp_index_model_new ();
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->findings)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), self);
  self->list = gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)), factory);
  lp_set_accessible_label (self->list, _ ("Problems of this picture"));
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->list);
  adw_bin_set_child (ADW_BIN (self), g_object_new (LP_TYPE_TAB_STOP, "child", self->scroller, NULL));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
lp_problem_strip_new (void)
{
  return g_object_new (LP_TYPE_PROBLEM_STRIP, NULL);
}
