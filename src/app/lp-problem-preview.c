/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "lp-cause-card.h"
#include "lp-problem-preview.h"
#include "lp-widgets.h"
#include "lp-wrap.h"

#define LINES_AROUND 9
#define SENTENCE_CHARS 400
#define BUTTON_CHARS 60

struct _LpProblemPreview
{
  AdwBin parent_instance;

  LpSession *session;
  guint32 finding, place, count;
  gboolean offer_rule;
  GtkStack *stack;
  LpCanvas *canvas;
  GtkLabel *file_name, *sentence, *of, *trainer;
  GtkBox *lines;
  LpWrap *buttons;
  GtkWidget *panel;
  AdwBin *glyph;
};

G_DEFINE_FINAL_TYPE (LpProblemPreview, lp_problem_preview, ADW_TYPE_BIN)

static const LpFinding *
the_finding (LpProblemPreview *self)
{
  return &g_array_index (lp_session_get_base (self->session)->findings, LpFinding, self->finding);
}

/* ---- the picture ---- */

/* A picture that is there, or no text that could be shown instead. */
static gboolean
shows_picture (LpProblemPreview *self, const LpFinding *finding)
{
  const LpImage *image;

  if (finding->image == LP_NONE)
    return FALSE;
  image = lp_dataset_image (lp_session_get_dataset (self->session), finding->image);
  if (image->flags & LP_IMAGE_ORPHAN)
    return FALSE;
  return image->state == LP_IMAGE_FOUND || finding->file == LP_NONE;
}

static void
show_picture (LpProblemPreview *self, const LpFinding *finding)
{
  guint32 layer = finding->layer != G_MAXUINT8 ? finding->layer : lp_session_get_dataset (self->session)->subject;

  /* Boxes of an unturned photo are shown where a trainer sees them. */
  gboolean as_trained = finding->rule == LP_RULE_IMAGE_EXIF_FRAME_RAW;

  lp_canvas_set_dictionary (self->canvas, lp_reference_dictionary (self->session));
  lp_canvas_set_frame (self->canvas, as_trained ? LP_FRAME_UPRIGHT : LP_FRAME_UNKNOWN);
  lp_canvas_show (self->canvas, layer, finding->image, finding->row);
  lp_canvas_fit (self->canvas);
  if (finding->row != LP_NONE)
    lp_canvas_zoom_to_row (self->canvas, finding->row);
  gtk_stack_set_visible_child_name (self->stack, "picture");
}

/* ---- the text ---- */

static GtkWidget *
text_line (guint32 number, const char *text, gboolean meant)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  g_autofree char *digits = g_strdup_printf ("%u", number);
  GtkWidget *label = lp_label_new (digits, "mono dim-label", FALSE);

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_label_set_width_chars (GTK_LABEL (label), 5);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_NONE);
  gtk_box_append (GTK_BOX (row), label);
  label = lp_label_new (text, "mono", FALSE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (row), label);
  lp_widget_add_classes (row, meant ? "text-line meant" : "text-line");
  return row;
}

static void
show_text (LpProblemPreview *self, const LpFinding *finding)
{
  const LpDataset *dataset = lp_session_get_dataset (self->session);
  g_autofree char *path = lp_file_dup_path (lp_dataset_file (dataset, finding->file));
  g_autofree char *relative = lp_dataset_relative (dataset, path);
  g_autofree char *shown = lp_text_escape (relative, -1, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  guint32 first = 1;

  lp_box_clear (self->lines);
  gtk_label_set_text (self->file_name, shown);
  if (lp_dataset_file (dataset, finding->file)->flags & LP_FILE_ABSENT)
    {
      gtk_box_append (self->lines, lp_label_new (_ ("This file does not exist."), "dim-label", TRUE));
    }
  else
    {
      lines = lp_session_read_lines (self->session, finding->file, finding->line, LINES_AROUND, &first, &error);
      if (lines == NULL)
        gtk_box_append (self->lines, lp_label_new (error->message, "dim-label", TRUE));
      else if (lines->len == 0)
        gtk_box_append (self->lines, lp_label_new (_ ("This file is empty."), "dim-label", TRUE));
    }
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    gtk_box_append (self->lines, text_line (first + i, g_ptr_array_index (lines, i), first + i == finding->line));
  gtk_stack_set_visible_child_name (self->stack, "text");
}

/* ---- what can be done ---- */

static void
add_button (LpProblemPreview *self, const char *label, const char *action, GVariant *target, gboolean primary)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  GtkLabel *words = GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button)));

  gtk_label_set_wrap (words, TRUE);
  gtk_label_set_wrap_mode (words, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (words, GTK_JUSTIFY_CENTER);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_tooltip_text (button, label);
  if (primary)
    gtk_widget_add_css_class (button, "suggested-action");
  lp_wrap_append (self->buttons, button);
}

static void
add_order_buttons (LpProblemPreview *self, const LpFinding *finding)
{
  const LpRule *rule = lp_rule_get (finding->rule);
  const LpDataset *dataset = lp_session_get_dataset (self->session);
  const LpMatch *match = lp_session_get_match (self->session);
  gboolean repairable = match != NULL && match->repair_case != LP_CASE_C && rule->propose != NULL &&
                        rule->propose (dataset, finding, NULL) != LP_SAFETY_NONE;

  if (repairable)
    add_button (self, _ ("Use the job’s order"), "win.use-order",
                g_variant_new_string (match->repair_case == LP_CASE_B ? "rows" : "names"), TRUE);
  add_button (self, _ ("Show evidence"), "win.page", g_variant_new_string ("labels"), !repairable);
}

static void
add_repair_button (LpProblemPreview *self, const LpFinding *finding)
{
  g_autoptr (LpStep) step = lp_session_propose (self->session, finding, NULL);
  g_autofree char *text = step != NULL ? lp_text_escape (step->sentence, -1, BUTTON_CHARS) : NULL;

  if (text != NULL)
    add_button (self, text, "win.fix-finding", g_variant_new_uint32 (self->finding), TRUE);
}

static void
add_noted (LpProblemPreview *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_box_append (GTK_BOX (row), lp_severity_image_new (LP_SEVERITY_OFF));
  gtk_box_append (GTK_BOX (row),
                  lp_label_new (_ ("Fix noted. Files change when you press Apply."), "fine small", TRUE));
  lp_wrap_append (self->buttons, row);
}

static void
show_buttons (LpProblemPreview *self, const LpFinding *finding)
{
  GtkWidget *link;

  lp_wrap_clear (self->buttons);
  if (lp_session_is_dealt_with (self->session, self->finding))
    add_noted (self);
  else if (finding->rule == LP_RULE_IMAGE_MISSING)
    add_button (self, _ ("Locate pictures…"), "win.locate", NULL, TRUE);
  else if (finding->rule == LP_RULE_DATASET_PATH_OUTSIDE)
    {
      g_autofree char *folder = lp_outside_folder (lp_session_get_dataset (self->session), finding);

      if (folder != NULL)
        add_button (self, _ ("Open that folder too"), "win.open-root", g_variant_new_string (folder), TRUE);
    }
  else if (g_str_has_prefix (lp_rule_get (finding->rule)->id, "order/"))
    add_order_buttons (self, finding);
  else
    add_repair_button (self, finding);
  link = lp_link_new (_ ("About this rule"), "win.rule-page", NULL);
  gtk_widget_add_css_class (link, "small");
  gtk_widget_set_halign (link, GTK_ALIGN_END);
  gtk_widget_set_valign (link, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (link, TRUE);
  gtk_widget_set_visible (link, self->offer_rule);
  lp_wrap_append (self->buttons, link);
}

static void
show_words (LpProblemPreview *self, const LpFinding *finding)
{
  const LpRule *rule = lp_rule_get (finding->rule);
  g_autofree char *said = lp_rule_say (lp_session_get_dataset (self->session), finding);
  g_autofree char *sentence = lp_text_escape (said, -1, SENTENCE_CHARS);
  g_autofree char *at = lp_number (self->place + 1), *all = lp_number (self->count);
  /* Translators: the ninth of fourteen problems: "9 of 14" */
  g_autofree char *of = g_strdup_printf (_ ("%s of %s"), at, all);

  adw_bin_set_child (self->glyph, lp_severity_image_new (finding->severity));
  gtk_label_set_text (self->sentence, sentence);
  gtk_label_set_text (self->of, self->place != LP_NONE ? of : "");
  gtk_label_set_text (self->trainer, rule->trainer != NULL ? _ (rule->trainer) : _ (rule->why));
}

void
lp_problem_preview_refresh (LpProblemPreview *self)
{
  g_return_if_fail (LP_IS_PROBLEM_PREVIEW (self));
  if (self->session == NULL || self->finding == LP_NONE)
    return;
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "picture") == 0)
    lp_canvas_refresh (self->canvas);
  show_words (self, the_finding (self));
  show_buttons (self, the_finding (self));
}

void
lp_problem_preview_show (LpProblemPreview *self, guint32 index, guint32 place, guint32 count)
{
  g_return_if_fail (LP_IS_PROBLEM_PREVIEW (self));
  self->finding = self->session != NULL ? index : LP_NONE;
  self->place = place;
  self->count = count;
  gtk_widget_set_visible (self->panel, self->finding != LP_NONE);
  if (self->finding == LP_NONE)
    {
      gtk_stack_set_visible_child_name (self->stack, "nothing");
      return;
    }
  if (shows_picture (self, the_finding (self)))
    show_picture (self, the_finding (self));
  else if (the_finding (self)->file != LP_NONE)
    show_text (self, the_finding (self));
  else
    gtk_stack_set_visible_child_name (self->stack, "nothing");
  show_words (self, the_finding (self));
  show_buttons (self, the_finding (self));
}

void
lp_problem_preview_set_session (LpProblemPreview *self, LpSession *session)
{
  g_return_if_fail (LP_IS_PROBLEM_PREVIEW (self));
  g_set_object (&self->session, session);
  lp_canvas_set_session (self->canvas, session);
  lp_problem_preview_show (self, LP_NONE, LP_NONE, 0);
}

void
lp_problem_preview_offer_rule (LpProblemPreview *self, gboolean offer)
{
  g_return_if_fail (LP_IS_PROBLEM_PREVIEW (self));
  if (offer == self->offer_rule)
    return;
  self->offer_rule = offer;
  if (self->session != NULL && self->finding != LP_NONE)
    show_buttons (self, the_finding (self));
}

LpCanvas *
lp_problem_preview_get_canvas (LpProblemPreview *self)
{
  return self->canvas;
}

/* ---- the widget ---- */

static void
lp_problem_preview_dispose (GObject *object)
{
  g_clear_object (&LP_PROBLEM_PREVIEW (object)->session);
  G_OBJECT_CLASS (lp_problem_preview_parent_class)->dispose (object);
}

static void
lp_problem_preview_class_init (LpProblemPreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (LP_TYPE_CANVAS);
  g_type_ensure (LP_TYPE_WRAP);
  G_OBJECT_CLASS (klass)->dispose = lp_problem_preview_dispose;
  gtk_widget_class_set_css_name (widget_class, "lppreview");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/labelproof/Labelproof/lp-problem-preview.ui");
  gtk_widget_class_bind_template_child (widget_class, LpProblemPreview, stack);
  gtk_widget_class_bind_template_child (widget_class, LpProblemPreview, canvas);
  gtk_widget_class_bind_template_child (widget_class, LpProblemPreview, file_name);
  gtk_widget_class_bind_template_child (widget_class, LpProblemPreview, lines);
  gtk_widget_class_bind_template_child (widget_class, LpProblemPreview, panel);
  gtk_widget_class_bind_template_child (widget_class, LpProblemPreview, glyph);
  gtk_widget_class_bind_template_child (widget_class, LpProblemPreview, sentence);
  gtk_widget_class_bind_template_child (widget_class, LpProblemPreview, of);
  gtk_widget_class_bind_template_child (widget_class, LpProblemPreview, trainer);
  gtk_widget_class_bind_template_child (widget_class, LpProblemPreview, buttons);
}

static void
lp_problem_preview_init (LpProblemPreview *self)
{
  self->finding = LP_NONE;
  self->offer_rule = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
lp_problem_preview_new (void)
{
  return g_object_new (LP_TYPE_PROBLEM_PREVIEW, NULL);
}
