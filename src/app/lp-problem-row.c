/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "lp-problem-row.h"
#include "lp-widgets.h"

#define SENTENCE_CHARS 200

struct _LpProblemRow
{
  AdwBin parent_instance;

  GtkWidget *head, *arrow, *title, *count, *head_noted;
  GtkWidget *problem, *glyph, *sentence, *noted, *facts, *rule;
};

G_DEFINE_FINAL_TYPE (LpProblemRow, lp_problem_row, ADW_TYPE_BIN)

/* ---- words ---- */

/* Named as on the picture: by the reference. */
static char *
class_words (LpSession *session, const LpRow *row)
{
  const LpDataset *dataset = lp_session_get_dataset (session);
  const LpDictionary *names = lp_dataset_dict (dataset, lp_reference_dictionary (session));
  const char *name = names != NULL ? lp_dictionary_name (names, row->class_id) : NULL;
  g_autofree char *shown = name != NULL ? lp_text_show_blanks (name) : NULL;

  if (row->class_id == LP_CLASS_NONE)
    return NULL;
  return shown != NULL ? g_strdup_printf ("%d %s", row->class_id, shown) : g_strdup_printf ("%d", row->class_id);
}

static void
append_fact (GString *facts, const char *fact)
{
  if (fact == NULL || *fact == '\0')
    return;
  if (facts->len > 0)
    g_string_append (facts, " · ");
  g_string_append (facts, fact);
}

char *
lp_problem_facts (LpSession *session, const LpFinding *finding)
{
  const LpDataset *dataset = lp_session_get_dataset (session);
  const LpLayer *layer = finding->layer != G_MAXUINT8 ? lp_dataset_layer (dataset, finding->layer) : NULL;
  g_autofree char *place = lp_finding_place (dataset, finding);
  GString *facts = g_string_new (place);

  if (layer != NULL && finding->row < layer->rows->len)
    {
      const LpEntry *entry = lp_layer_entry (layer, lp_layer_entry_of_row (layer, finding->row));
      const LpRow *row = lp_layer_row (layer, finding->row);
      g_autofree char *class = class_words (session, row);
      LpRect box;

      append_fact (facts, class);
      if (lp_row_pixels (dataset, layer, entry, row, entry->frame, entry->frame, &box))
        {
          g_autofree char *size = g_strdup_printf ("%.0f × %.0f", lp_rect_width (&box), lp_rect_height (&box));

          append_fact (facts, size);
        }
    }
  return g_string_free (facts, FALSE);
}

/* ---- contents ---- */

void
lp_problem_row_set_head (LpProblemRow *self, const LpProblemGroup *group, gboolean noted)
{
  g_autofree char *count = lp_number (group->n);

  g_return_if_fail (LP_IS_PROBLEM_ROW (self));
  gtk_label_set_text (GTK_LABEL (self->title), group->title);
  gtk_label_set_text (GTK_LABEL (self->count), count);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->arrow), group->folded ? "pan-end-symbolic" : "pan-down-symbolic");
  lp_set_accessible_label (self->arrow, group->folded ? _ ("Folded") : _ ("Unfolded"));
  gtk_widget_set_visible (self->head_noted, noted);
  gtk_widget_set_visible (self->head, TRUE);
  gtk_widget_set_visible (self->problem, FALSE);
}

static void
show_glyph (LpProblemRow *self, LpSeverity severity, gboolean dealt_with)
{
  GtkWidget *glyph = lp_severity_image_new (severity);

  gtk_widget_set_opacity (glyph, dealt_with ? 0.55 : 1);
  adw_bin_set_child (ADW_BIN (self->glyph), glyph);
}

void
lp_problem_row_set_finding (LpProblemRow *self, LpSession *session, guint32 index)
{
  const LpDataset *dataset = lp_session_get_dataset (session);
  const LpFinding *finding;
  g_autofree char *said = NULL, *sentence = NULL, *facts = NULL;
  gboolean dealt_with = lp_session_is_dealt_with (session, index);

  g_return_if_fail (LP_IS_PROBLEM_ROW (self));
  finding = &g_array_index (lp_session_get_base (session)->findings, LpFinding, index);
  said = lp_rule_say (dataset, finding);
  sentence = lp_text_escape (said, -1, SENTENCE_CHARS);
  facts = lp_problem_facts (session, finding);
  show_glyph (self, finding->severity, dealt_with);
  gtk_label_set_text (GTK_LABEL (self->sentence), sentence);
  gtk_widget_set_tooltip_text (self->sentence, sentence);
  if (dealt_with)
    gtk_widget_add_css_class (self->sentence, "struck");
  else
    gtk_widget_remove_css_class (self->sentence, "struck");
  gtk_widget_set_visible (self->noted, dealt_with);
  gtk_label_set_text (GTK_LABEL (self->facts), facts);
  gtk_label_set_text (GTK_LABEL (self->rule), lp_rule_get (finding->rule)->id);
  gtk_widget_set_visible (self->head, FALSE);
  gtk_widget_set_visible (self->problem, TRUE);
}

/* ---- the widget ---- */

static GtkWidget *
noted_mark (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), lp_severity_image_new (LP_SEVERITY_OFF));
  gtk_box_append (GTK_BOX (box), lp_label_new (_ ("fix noted"), "fine small", FALSE));
  return box;
}

static GtkWidget *
make_head (LpProblemRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 7);

  self->arrow = gtk_image_new ();
  self->title = lp_label_new ("", "strong", FALSE);
  self->count = lp_label_new ("", "dim-label small numeric", FALSE);
  self->head_noted = noted_mark ();
  gtk_widget_set_hexpand (self->count, TRUE);
  gtk_widget_add_css_class (box, "problem-head");
  gtk_box_append (GTK_BOX (box), self->arrow);
  gtk_box_append (GTK_BOX (box), self->title);
  gtk_box_append (GTK_BOX (box), self->count);
  gtk_box_append (GTK_BOX (box), self->head_noted);
  return box;
}

static GtkWidget *
make_problem (LpProblemRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *upper = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8),
            *lower = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->glyph = adw_bin_new ();
  self->sentence = lp_label_new ("", NULL, FALSE);
  self->noted = noted_mark ();
  self->facts = lp_label_new ("", "small dim-label", FALSE);
  self->rule = lp_label_new ("", "mono dim-label", FALSE);
  gtk_label_set_ellipsize (GTK_LABEL (self->rule), PANGO_ELLIPSIZE_START);
  gtk_widget_set_hexpand (self->sentence, TRUE);
  gtk_widget_set_hexpand (self->facts, TRUE);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_set_valign (self->glyph, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (upper), self->sentence);
  gtk_box_append (GTK_BOX (upper), self->noted);
  gtk_box_append (GTK_BOX (lower), self->facts);
  gtk_box_append (GTK_BOX (lower), self->rule);
  gtk_box_append (GTK_BOX (lines), upper);
  gtk_box_append (GTK_BOX (lines), lower);
  gtk_box_append (GTK_BOX (box), self->glyph);
  gtk_box_append (GTK_BOX (box), lines);
  gtk_widget_add_css_class (box, "problem-row");
  return box;
}

static void
lp_problem_row_class_init (LpProblemRowClass *klass)
{
}

static void
lp_problem_row_init (LpProblemRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->head = make_head (self);
  self->problem = make_problem (self);
  gtk_box_append (GTK_BOX (box), self->head);
  gtk_box_append (GTK_BOX (box), self->problem);
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
lp_problem_row_new (void)
{
  return g_object_new (LP_TYPE_PROBLEM_ROW, NULL);
}
