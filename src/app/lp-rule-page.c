/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "lp-rule-page.h"
#include "lp-widgets.h"

struct _LpRulePage
{
  AdwBin parent_instance;

  LpRuleId rule;
  GtkWidget *scroller, *id, *parts;
};

G_DEFINE_FINAL_TYPE (LpRulePage, lp_rule_page, ADW_TYPE_BIN)

static const char *
safety_sentence (LpSafety safety)
{
  switch (safety)
    {
    case LP_SAFETY_SAFE:
      return _ ("This repair is safe.");
    case LP_SAFETY_REVIEW:
      return _ ("Look before you use this repair.");
    case LP_SAFETY_NONE:
    default:
      return _ ("There is no repair for it in this program.");
    }
}

static void
add_part (LpRulePage *self, const char *heading, const char *text, const char *classes)
{
  GtkWidget *label;

  if (text == NULL)
    return;
  label = lp_label_new (text, classes, TRUE);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_focusable (label, FALSE);
  if (heading != NULL)
    {
      GtkWidget *head = lp_label_new (heading, "heading", TRUE);

      gtk_widget_set_margin_top (head, 8);
      gtk_box_append (GTK_BOX (self->parts), head);
    }
  gtk_box_append (GTK_BOX (self->parts), label);
}

void
lp_rule_page_show (LpRulePage *self, LpRuleId id)
{
  const LpRule *rule = lp_rule_get (id);

  g_return_if_fail (LP_IS_RULE_PAGE (self));
  if (id == self->rule)
    return;
  self->rule = id;
  gtk_label_set_text (GTK_LABEL (self->id), rule->id);
  lp_box_clear (GTK_BOX (self->parts));
  add_part (self, NULL, _ (rule->title), "title-4");
  add_part (self, _ ("Why it matters"), _ (rule->why), NULL);
  add_part (self, _ ("Example"), rule->example, "mono code-block");
  add_part (self, _ ("What a trainer does"), rule->trainer != NULL ? _ (rule->trainer) : NULL, NULL);
  add_part (self, _ ("Repair"), rule->repair != NULL ? _ (rule->repair) : safety_sentence (LP_SAFETY_NONE), NULL);
  if (rule->repair != NULL)
    add_part (self, NULL, rule->safe_when != NULL ? _ (rule->safe_when) : safety_sentence (rule->safety),
              "dim-label");
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
}

static void
lp_rule_page_class_init (LpRulePageClass *klass)
{
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "lprulepage");
}

static GtkWidget *
make_head (LpRulePage *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *close = gtk_button_new_from_icon_name ("window-close-symbolic");

  self->id = lp_label_new ("", "mono strong", FALSE);
  gtk_widget_set_hexpand (self->id, TRUE);
  lp_widget_add_classes (close, "flat circular");
  gtk_widget_set_tooltip_text (close, _ ("Close"));
  lp_set_accessible_label (close, _ ("Close"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (close), "win.rule-page");
  gtk_box_append (GTK_BOX (head), self->id);
  gtk_box_append (GTK_BOX (head), close);
  return head;
}

static void
lp_rule_page_init (LpRulePage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->parts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), box);
  gtk_widget_add_css_class (box, "rule-body");
  gtk_box_append (GTK_BOX (box), make_head (self));
  gtk_box_append (GTK_BOX (box), self->parts);
  gtk_widget_set_hexpand (GTK_WIDGET (self), FALSE); /* whatever is inside */
  adw_bin_set_child (ADW_BIN (self), self->scroller);
}

GtkWidget *
lp_rule_page_new (void)
{
  return g_object_new (LP_TYPE_RULE_PAGE, NULL);
}
