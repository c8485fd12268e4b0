/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "lp-boxes-say.h"
#include "lp-labels-cards.h"
#include "lp-labels-page.h"
#include "lp-names-table.h"
#include "lp-widgets.h"

#define ONE_COLUMN_BELOW 1060 /* all widths at text scale 1 */
#define WIDE_FROM 1700
#define RIGHT_WIDTH 322
#define RIGHT_WIDE 464
#define RIGHT_SPACING 10

struct _LpLabelsPage
{
  LpPage parent_instance;

  int width;
  gboolean narrow;
  LpNamesTable *table;
  GtkWidget *table_card;
  AdwBin *glyph, *rule;
  GtkLabel *headline, *found;
  GtkBox *left, *right, *crops, *cards, *repair;
  GtkScrolledWindow *cards_scroller;
};

G_DEFINE_FINAL_TYPE (LpLabelsPage, lp_labels_page, LP_TYPE_PAGE)

static LpSession *
session_of (LpLabelsPage *self)
{
  return lp_page_get_session (LP_PAGE (self));
}

/* ---- the headline ---- */

/* The worst that is found about the order now; NULL: nothing. */
static const LpFinding *
order_finding (LpSession *session)
{
  const LpFindings *findings = lp_session_get_findings (session);
  const LpFinding *worst = NULL;

  for (guint i = 0; i < findings->findings->len; i++)
    {
      const LpFinding *finding = &g_array_index (findings->findings, LpFinding, i);
      gboolean verdict = finding->rule != LP_RULE_ORDER_NAMES_DISAGREE;

      if (finding->image != LP_NONE) /* those of no image come first */
        break;
      if (!g_str_has_prefix (lp_rule_get (finding->rule)->id, "order/"))
        continue;
      if (worst == NULL || finding->severity > worst->severity || (finding->severity == worst->severity && verdict))
        worst = finding;
    }
  return worst;
}

static char *
headline_of (LpSession *session, const LpFinding *finding, LpSeverity *severity)
{
  const LpDataset *dataset = lp_session_get_dataset (session);
  const LpMatch *match = lp_session_get_match (session);
  gboolean judged = match != NULL && match->kind == LP_VERDICT_CONSISTENT;

  if (finding != NULL)
    {
      *severity = finding->severity;
      return finding->rule == LP_RULE_ORDER_NAMES_DISAGREE || match == NULL
               ? lp_rule_say (dataset, finding)
               : lp_report_order_sentence (dataset, match);
    }
  *severity = judged ? LP_SEVERITY_OFF : LP_SEVERITY_INFO;
  if (match != NULL)
    return lp_report_order_sentence (dataset, match);
  return g_strdup (_ ("The order of the names cannot be verified"));
}

static char *
found_words (LpSession *session)
{
  guint n = lp_dataset_count_lists (lp_session_get_dataset (session));
  g_autofree char *lists =
    n > 0 ? g_strdup_printf (ngettext ("%u list of names was found.", "%u lists of names were found.", n), n)
          : g_strdup (_ ("No list of names was found."));

  if (lp_session_get_match (session) != NULL)
    return g_steal_pointer (&lists);
  return g_strdup_printf ("%s %s", lists,
                          _ ("Nothing says which name each number stands for but the list beside the labels."));
}

static void
show_headline (LpLabelsPage *self)
{
  const LpFinding *finding = order_finding (session_of (self));
  LpSeverity severity;
  g_autofree char *sentence = headline_of (session_of (self), finding, &severity);
  g_autofree char *shown = lp_headline (sentence), *found = found_words (session_of (self));
  GtkWidget *link = NULL;

  if (finding != NULL)
    {
      const char *id = lp_rule_get (finding->rule)->id;

      link = lp_link_new (id, "win.show-problems", g_variant_new_string (id));
      lp_widget_add_classes (link, "mono quiet");
    }
  adw_bin_set_child (self->glyph, lp_severity_image_new (severity));
  adw_bin_set_child (self->rule, link);
  gtk_label_set_text (self->headline, shown);
  gtk_label_set_text (self->found, found);
}

static void
update_title (LpLabelsPage *self)
{
  LpSession *session = session_of (self);
  const char *const *paths = lp_session_get_paths (session);
  const LpDataset *dataset = lp_session_get_dataset (session);
  const LpDictionary *reference = lp_dataset_dict (dataset, lp_names_reference (session));
  guint n = reference != NULL ? reference->names->len : 0, n_lists = lp_dataset_count_lists (dataset);
  g_autofree char *base = paths[0] != NULL ? g_path_get_basename (paths[0]) : g_strdup (""),
                  *set = lp_text_escape (base, -1, 60);
  g_autofree char *names = g_strdup_printf (ngettext ("%u name", "%u names", n), n);
  g_autofree char *lists = g_strdup_printf (ngettext ("%u list", "%u lists", n_lists), n_lists);
  /* Translators: data set, names, lists: "harbour — 7 names, 5 lists" */
  g_autofree char *subtitle = g_strdup_printf (_ ("%s — %s, %s"), set, names, lists);

  lp_page_set_title (LP_PAGE (self), _ ("Labels"), subtitle);
}

/* ---- the cards ---- */

static void
append_card (GtkBox *box, GtkWidget *card)
{
  if (card != NULL)
    gtk_box_append (box, card);
}

/* A box of its own each time: one that was measured while it was empty keeps thinking that it has one size. */
static void
renew_cards (LpLabelsPage *self)
{
  GtkWidget *cards = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_widget_add_css_class (cards, "labels-cards");
  if (self->narrow)
    {
      gtk_box_remove (self->left, GTK_WIDGET (self->cards));
      gtk_box_append (self->left, cards);
    }
  else
    gtk_scrolled_window_set_child (self->cards_scroller, cards);
  self->cards = GTK_BOX (cards);
}

static void
show_cards (LpLabelsPage *self)
{
  LpSession *session = session_of (self);
  const LpFinding *finding = order_finding (session);

  lp_box_clear (self->crops);
  renew_cards (self);
  lp_box_clear (self->repair);
  append_card (self->crops, lp_same_crops_card_new (session, self->width >= WIDE_FROM));
  append_card (self->cards, lp_no_proof_card_new (session));
  append_card (self->cards, lp_how_sure_card_new (session));
  append_card (self->cards, lp_belongs_card_new (session));
  if (self->width >= WIDE_FROM)
    append_card (self->cards, lp_boxes_say_card_new (session));
  append_card (self->repair, lp_repair_card_new (session, finding != NULL && finding->severity == LP_SEVERITY_ERROR));
  gtk_widget_set_visible (GTK_WIDGET (self->repair), gtk_widget_get_first_child (GTK_WIDGET (self->repair)) != NULL);
}

static void
lp_labels_page_refresh (LpPage *page, gboolean anew)
{
  LpLabelsPage *self = LP_LABELS_PAGE (page);
  LpSession *session = session_of (self);

  lp_names_table_set_session (self->table, session);
  if (session == NULL)
    {
      lp_box_clear (self->crops);
      lp_box_clear (self->cards);
      lp_box_clear (self->repair);
      return;
    }
  gtk_widget_set_visible (self->table_card,
                          lp_session_get_dataset (session)->dicts->len > 0 || lp_session_get_match (session) != NULL);
  show_headline (self);
  update_title (self);
  show_cards (self);
}

/* ---- layout ---- */

/* The right column: the repair stays in view, the cards above it take what they need and scroll when that is too
 * much. A scrolled window alone does not know how tall its words get at its width. */
static void
measure_right (GtkWidget *right, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *a, int *b)
{
  LpLabelsPage *self = LP_LABELS_PAGE (gtk_widget_get_ancestor (right, LP_TYPE_LABELS_PAGE));
  int least[2], wanted[2] = { 0, 0 };

  if (orientation == GTK_ORIENTATION_VERTICAL && for_size < 0) /* lines wrap at the width that the column has */
    gtk_widget_measure (right, GTK_ORIENTATION_HORIZONTAL, -1, &for_size, NULL, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (self->cards_scroller), orientation, for_size, &least[0], &wanted[0], NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (self->repair), orientation, for_size, &least[1], &wanted[1], NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = least[0] + least[1] + RIGHT_SPACING;
      *natural = wanted[0] + wanted[1] + RIGHT_SPACING;
    }
  else
    {
      *minimum = *natural = MAX (least[0], least[1]); /* lines wrap rather than take room from the table */
    }
}

static void
allocate_right (GtkWidget *right, int width, int height, int baseline)
{
  LpLabelsPage *self = LP_LABELS_PAGE (gtk_widget_get_ancestor (right, LP_TYPE_LABELS_PAGE));
  int cards, repair, least, room;

  gtk_widget_measure (GTK_WIDGET (self->cards_scroller), GTK_ORIENTATION_VERTICAL, width, &least, NULL, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (self->cards), GTK_ORIENTATION_VERTICAL, width, NULL, &cards, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (self->repair), GTK_ORIENTATION_VERTICAL, width, NULL, &repair, NULL, NULL);
  room = gtk_widget_get_visible (GTK_WIDGET (self->repair)) ? height - repair - RIGHT_SPACING : height;
  cards = MAX (MIN (cards, room), least);
  gtk_widget_size_allocate (GTK_WIDGET (self->cards_scroller), &(GtkAllocation){ 0, 0, width, cards }, -1);
  if (gtk_widget_get_visible (GTK_WIDGET (self->repair)))
    gtk_widget_size_allocate (GTK_WIDGET (self->repair), &(GtkAllocation){ 0, cards + RIGHT_SPACING, width, repair },
                              -1);
}

static void
move (GtkWidget *widget, GtkBox *from, GtkBox *to, GtkWidget *after)
{
  g_object_ref (widget);
  gtk_box_remove (from, widget);
  gtk_box_insert_child_after (to, widget, after);
  g_object_unref (widget);
}

/* Narrow: one column that scrolls as a whole. */
static void
set_narrow (LpLabelsPage *self, gboolean narrow)
{
  if (narrow == self->narrow)
    return;
  self->narrow = narrow;
  g_object_ref (self->cards);
  if (narrow)
    {
      gtk_scrolled_window_set_child (self->cards_scroller, NULL);
      move (GTK_WIDGET (self->repair), self->right, self->left, self->table_card);
      gtk_box_append (self->left, GTK_WIDGET (self->cards));
    }
  else
    {
      gtk_box_remove (self->left, GTK_WIDGET (self->cards));
      move (GTK_WIDGET (self->repair), self->left, self->right, GTK_WIDGET (self->cards_scroller));
      gtk_scrolled_window_set_child (self->cards_scroller, GTK_WIDGET (self->cards));
    }
  g_object_unref (self->cards);
  gtk_widget_set_visible (GTK_WIDGET (self->right), !narrow);
}

static void
lp_labels_page_lay_out (LpPage *page, int width)
{
  LpLabelsPage *self = LP_LABELS_PAGE (page);
  double scale = lp_text_scale (GTK_WIDGET (self));
  gboolean was_wide = self->width >= WIDE_FROM, wide = width >= WIDE_FROM;

  self->width = width;
  set_narrow (self, width < ONE_COLUMN_BELOW);
  gtk_widget_set_size_request (GTK_WIDGET (self->right), (int) ((wide ? RIGHT_WIDE : RIGHT_WIDTH) * scale), -1);
  if (wide != was_wide && session_of (self) != NULL)
    show_cards (self);
}

static void
lp_labels_page_class_init (LpLabelsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (LP_TYPE_NAMES_TABLE);
  LP_PAGE_CLASS (klass)->refresh = lp_labels_page_refresh;
  LP_PAGE_CLASS (klass)->lay_out = lp_labels_page_lay_out;
  gtk_widget_class_set_css_name (widget_class, "lplabels");
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/labelproof/Labelproof/lp-labels-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LpLabelsPage, glyph);
  gtk_widget_class_bind_template_child (widget_class, LpLabelsPage, rule);
  gtk_widget_class_bind_template_child (widget_class, LpLabelsPage, headline);
  gtk_widget_class_bind_template_child (widget_class, LpLabelsPage, found);
  gtk_widget_class_bind_template_child (widget_class, LpLabelsPage, left);
  gtk_widget_class_bind_template_child (widget_class, LpLabelsPage, right);
  gtk_widget_class_bind_template_child (widget_class, LpLabelsPage, table);
  gtk_widget_class_bind_template_child (widget_class, LpLabelsPage, table_card);
  gtk_widget_class_bind_template_child (widget_class, LpLabelsPage, crops);
  gtk_widget_class_bind_template_child (widget_class, LpLabelsPage, cards_scroller);
  gtk_widget_class_bind_template_child (widget_class, LpLabelsPage, cards);
  gtk_widget_class_bind_template_child (widget_class, LpLabelsPage, repair);
}

static void
lp_labels_page_init (LpLabelsPage *self)
{
  self->width = 1280;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_layout_manager (GTK_WIDGET (self->right),
                                 gtk_custom_layout_new (NULL, measure_right, allocate_right));
}

GtkWidget *
lp_labels_page_new (void)
{
  return g_object_new (LP_TYPE_LABELS_PAGE, NULL);
}
