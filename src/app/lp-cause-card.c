/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "lp-cause-card.h"
#include "lp-crop.h"
#include "lp-examples.h"
#include "lp-widgets.h"
#include "lp-wrap.h"

#define MOST_CROPS 7
#define MOST_CROPS_HALF 4
#define MOST_PROPOSED 5000 /* findings up to which a button says exactly what it would do */
#define SURE_CHARS 40      /* a longer sentence takes two lines rather than push the buttons below */
#define CROP_LARGEST 0.3   /* share of the picture above which a box shows little around it */

gboolean
lp_cause_is_order (const LpCause *cause)
{
  return g_str_has_prefix (lp_rule_get (cause->rule)->id, "order/");
}

guint
lp_cause_left (LpSession *session, const LpCause *cause)
{
  guint left = 0;

  for (guint i = 0; i < cause->findings->len; i++)
    left += !lp_session_is_dealt_with (session, g_array_index (cause->findings, guint32, i));
  return left;
}

LpStep *
lp_cause_propose (LpSession *session, LpRuleId rule)
{
  g_autoptr (GPtrArray) causes = lp_session_causes (session);

  for (guint i = 0; i < causes->len; i++)
    {
      const LpCause *cause = g_ptr_array_index (causes, i);

      if (cause->rule == rule)
        return lp_session_propose_cause (session, cause);
    }
  return NULL;
}

static const LpFinding *
base_finding (const LpCauseView *view, guint i)
{
  const LpFindings *base = lp_session_get_base (view->session);

  return &g_array_index (base->findings, LpFinding, g_array_index (view->cause->findings, guint32, i));
}

/* ---- head ---- */

static GtkWidget *
head (const LpCauseView *view)
{
  const LpRule *rule = lp_rule_get (view->cause->rule);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  const char *css[] = { "fine", "info", "warn", "bad" };
  gboolean done = view->left == 0;
  LpSeverity severity = done ? LP_SEVERITY_OFF : view->cause->severity;
  GtkWidget *word = lp_label_new (done ? _ ("Fix noted") : lp_severity_word (severity), "strong small", FALSE);
  GtkWidget *id;

  gtk_widget_add_css_class (word, css[severity]);
  gtk_widget_set_hexpand (word, TRUE);
  gtk_box_append (GTK_BOX (box), lp_severity_image_new (severity));
  gtk_box_append (GTK_BOX (box), word);
  id = lp_link_new (rule->id, "win.show-problems", g_variant_new_string (rule->id));
  lp_widget_add_classes (id, "mono quiet");
  gtk_box_append (GTK_BOX (box), id);
  return box;
}

static GtkWidget *
sentence (const LpCauseView *view)
{
  g_autofree char *text = lp_text_escape (view->cause->sentence, -1, 0);

  return lp_label_new (text, view->left == 0 ? "title-4 struck" : "title-4", TRUE);
}

static void
append_consequence (GtkBox *box, const LpCauseView *view, const char *classes)
{
  g_autofree char *text = NULL;

  if (view->cause->consequence == NULL)
    return;
  text = lp_text_escape (view->cause->consequence, -1, 0);
  gtk_box_append (box, lp_label_new (text, classes, TRUE));
}

/* ---- what it concerns ---- */

static GtkWidget *
concerned (const LpCauseView *view)
{
  const LpCause *cause = view->cause;
  const char *id = lp_rule_get (cause->rule)->id;
  GtkWidget *facts = lp_wrap_new (6, 2);
  g_autofree char *images = lp_count (ngettext ("%s image", "%s images", cause->n_images), cause->n_images);
  g_autofree char *boxes = lp_count (ngettext ("%s box", "%s boxes", cause->n_rows), cause->n_rows);
  g_autofree char *places = lp_count (ngettext ("%s place", "%s places", cause->findings->len), cause->findings->len);

  gtk_widget_add_css_class (facts, "small");
  if (cause->n_images > 0)
    lp_wrap_append_fact (LP_WRAP (facts), lp_link_new (images, "win.show-problems", g_variant_new_string (id)));
  if (cause->n_rows > 0)
    lp_wrap_append_fact (LP_WRAP (facts), lp_link_new (boxes, "win.show-problems", g_variant_new_string (id)));
  if (cause->n_images == 0 && cause->n_rows == 0)
    lp_wrap_append_fact (LP_WRAP (facts), lp_link_new (places, "win.show-problems", g_variant_new_string (id)));
  return facts;
}

/* ---- the buttons ---- */

static GtkWidget *
action_button (const char *label, const char *action, GVariant *target, gboolean primary)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_valign (button, GTK_ALIGN_END);
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  if (primary)
    gtk_widget_add_css_class (button, "suggested-action");
  return button;
}

/* "…/other/images/train" is of little use without the labels beside it: the folder above "images". */
static char *
set_folder (const char *path)
{
  g_autofree char *folder = g_file_test (path, G_FILE_TEST_IS_REGULAR) ? g_path_get_dirname (path) : g_strdup (path);
  g_autofree char *closed = g_strconcat (folder, "/", NULL);
  const char *images = g_strrstr (closed, "/images/");

  return images != NULL && images > closed ? g_strndup (closed, images - closed) : g_steal_pointer (&folder);
}

char *
lp_outside_folder (const LpDataset *dataset, const LpFinding *finding)
{
  const char *path = lp_dataset_detail (dataset, finding->detail);
  const char *from = finding->file != LP_NONE ? lp_dataset_file (dataset, finding->file)->folder : dataset->root;
  g_autofree char *resolved = path != NULL ? lp_path_resolve (from, path) : NULL;

  return resolved != NULL ? set_folder (resolved) : NULL;
}

static GtkWidget *
repair_button (const LpCauseView *view)
{
  const LpCause *cause = view->cause;
  const char *id = lp_rule_get (cause->rule)->id;
  g_autofree char *text = NULL;
  GtkWidget *button;

  if (cause->fixable == 0)
    return NULL;
  if (cause->findings->len <= MOST_PROPOSED)
    {
      g_autoptr (LpStep) step = lp_cause_propose (view->session, cause->rule);

      if (step != NULL)
        text = lp_text_escape (step->sentence, -1, 60);
    }
  if (text == NULL)
    text = lp_count (ngettext ("Repair %s place", "Repair %s places", cause->fixable), cause->fixable);
  button = action_button (text, "win.fix-cause", g_variant_new_string (id), view->primary);
  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), PANGO_ELLIPSIZE_END);
  return button;
}

/* NULL: nothing can be done here. */
static GtkWidget *
main_button (const LpCauseView *view)
{
  if (view->cause->rule == LP_RULE_IMAGE_MISSING)
    return action_button (_ ("Locate pictures…"), "win.locate", NULL, view->primary);
  if (view->cause->rule == LP_RULE_DATASET_PATH_OUTSIDE)
    {
      g_autofree char *folder = lp_outside_folder (lp_session_get_dataset (view->session), base_finding (view, 0));

      return folder != NULL ? action_button (_ ("Open that folder too"), "win.open-root",
                                             g_variant_new_string (folder), view->primary)
                            : NULL;
    }
  if (lp_cause_is_order (view->cause))
    return action_button (_ ("Show evidence"), "win.page", g_variant_new_string ("labels"), view->primary);
  return repair_button (view);
}

static GtkWidget *
noted_label (void)
{
  return lp_label_new (_ ("Files change when you press Apply."), "dim-label small", TRUE);
}

/* ---- the order of the names ---- */

static GtkWidget *
name_label (const char *name, gboolean after)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *icon = gtk_image_new_from_icon_name (after ? "object-select-symbolic" : "window-close-symbolic");
  g_autofree char *text = name != NULL ? lp_text_show_blanks (name) : g_strdup (_ ("no name"));
  GtkWidget *label = lp_label_new (text, after ? "strong small" : "bad small", FALSE);

  lp_widget_add_classes (icon, after ? "tiny fine" : "tiny bad");
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  after ? _ ("after") : _ ("now"), -1);
  gtk_widget_set_tooltip_text (label, text);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

static void
attach_class (
  GtkGrid *grid, const LpCauseView *view, const LpMatch *match, const LpExample *example, guint c, int column)
{
  const LpVerdictClass *class = &g_array_index (match->classes, LpVerdictClass, c);
  LpCropView crop = LP_CROP_VIEW_INIT;
  const char *shown =
    match->repair_case == LP_CASE_B
      ? lp_dictionary_name (lp_dataset_dict (lp_session_get_dataset (view->session), match->reference), class->id)
      : class->shown;
  GtkWidget *button;

  crop.layer = match->subject;
  crop.image = example->image;
  crop.row = example->row;
  crop.dictionary = match->reference;
  button = lp_crop_button_new (view->session, &crop, 82, 90);
  gtk_widget_set_hexpand (button, TRUE);
  gtk_grid_attach (grid, button, column, 0, 1, 1);
  gtk_grid_attach (grid, name_label (shown, FALSE), column, 1, 1, 1);
  gtk_grid_attach (grid, name_label (class->name, TRUE), column, 2, 1, 1);
}

/* Classes that change first, and of these the ones that have an example. */
static GtkWidget *
order_crops (const LpCauseView *view, const LpMatch *match)
{
  GtkWidget *grid = gtk_grid_new ();
  guint n = MIN (match->classes->len, 256);
  g_autofree gint32 *ids = g_new (gint32, n + 1);
  g_autofree LpExample *examples = NULL;
  int column = 1;

  for (guint c = 0; c < n; c++)
    ids[c] = g_array_index (match->classes, LpVerdictClass, c).id;
  examples = lp_examples_find (view->session, ids, n, 1);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 8);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 4);
  gtk_grid_attach (GTK_GRID (grid), lp_label_new (_ ("now"), "dim-label small", FALSE), 0, 1, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), lp_label_new (_ ("after"), "dim-label small", FALSE), 0, 2, 1, 1);
  for (guint c = 0; c < n && column <= MOST_CROPS; c++)
    {
      const LpVerdictClass *class = &g_array_index (match->classes, LpVerdictClass, c);

      if (examples[c].row != LP_NONE && class->name != NULL && g_strcmp0 (class->name, class->shown) != 0)
        attach_class (GTK_GRID (grid), view, match, &examples[c], c, column++);
    }
  gtk_widget_set_visible (grid, column > 1);
  return grid;
}

static GtkWidget *
order_affects (const LpCauseView *view, const LpMatch *match)
{
  GtkWidget *facts = lp_wrap_new (6, 2);
  g_autofree char *boxes = g_strdup_printf (_ ("%u of %u boxes"), view->cause->n_rows, match->support);
  g_autofree char *images =
    g_strdup_printf (_ ("%u of %u images"), match->images_affected,
                     lp_dataset_layer (lp_session_get_dataset (view->session), match->subject)->entries->len);
  g_autofree char *names = g_strdup_printf (_ ("%u of %u names"), match->names_moved, match->names_total);

  gtk_widget_add_css_class (facts, "small");
  lp_wrap_append_fact (LP_WRAP (facts), lp_link_new (boxes, "win.page", g_variant_new_string ("labels")));
  lp_wrap_append_fact (LP_WRAP (facts), lp_link_new (images, "win.page", g_variant_new_string ("images")));
  lp_wrap_append_fact (LP_WRAP (facts), lp_link_new (names, "win.page", g_variant_new_string ("labels")));
  return facts;
}

static GtkWidget *
order_facts (const LpCauseView *view, const LpMatch *match)
{
  GtkWidget *grid = gtk_grid_new ();
  g_autofree char *sure = lp_report_order_sure (match);

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 4);
  gtk_widget_set_hexpand (grid, TRUE);
  gtk_widget_set_valign (grid, GTK_ALIGN_END);
  gtk_grid_attach (GTK_GRID (grid), lp_label_new (_ ("Affects"), "dim-label small", FALSE), 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), order_affects (view, match), 1, 0, 1, 1);
  if (sure != NULL && *sure != '\0')
    {
      GtkWidget *word = lp_label_new (_ ("How sure"), "dim-label small", FALSE);
      GtkWidget *text = lp_label_new (sure, "small", TRUE);

      gtk_widget_set_valign (word, GTK_ALIGN_START);
      gtk_label_set_ellipsize (GTK_LABEL (word), PANGO_ELLIPSIZE_NONE);
      gtk_grid_attach (GTK_GRID (grid), word, 0, 1, 1, 1);
      gtk_label_set_max_width_chars (GTK_LABEL (text), SURE_CHARS);
      gtk_widget_set_hexpand (text, TRUE);
      gtk_grid_attach (GTK_GRID (grid), text, 1, 1, 1, 1);
    }
  return grid;
}

static GtkWidget *
order_buttons (const LpCauseView *view, const LpMatch *match)
{
  GtkWidget *buttons = lp_wrap_new (8, 8);
  const LpLayer *subject = lp_dataset_layer (lp_session_get_dataset (view->session), match->subject);
  gboolean repairable = view->cause->fixable > 0 && match->repair_case != LP_CASE_C && subject->writable;

  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  gtk_widget_set_valign (buttons, GTK_ALIGN_END);
  gtk_widget_set_hexpand (buttons, TRUE); /* at the end also of a line of their own */
  lp_wrap_append (LP_WRAP (buttons), action_button (_ ("Show evidence"), "win.page", g_variant_new_string ("labels"),
                                                    view->primary && !repairable));
  if (repairable)
    lp_wrap_append (LP_WRAP (buttons),
                    action_button (_ ("Use the job’s order"), "win.use-order",
                                   g_variant_new_string (match->repair_case == LP_CASE_B ? "rows" : "names"),
                                   view->primary));
  return buttons;
}

static void
fill_order (GtkBox *card, const LpCauseView *view, const LpMatch *match)
{
  GtkWidget *bottom = lp_wrap_new (16, 8);

  append_consequence (card, view, NULL);
  gtk_box_append (card, order_crops (view, match));
  gtk_widget_set_margin_top (bottom, 8);
  lp_wrap_append (LP_WRAP (bottom), order_facts (view, match));
  lp_wrap_append (LP_WRAP (bottom), order_buttons (view, match));
  gtk_box_append (card, bottom);
}

/* ---- boxes in the wrong frame ---- */

static GtkWidget *
frame_crop (const LpCauseView *view, guint32 image, LpFrame assumed, const char *caption)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  LpCropView crop = LP_CROP_VIEW_INIT;
  GtkWidget *label = lp_label_new (caption, "dim-label small", FALSE);

  crop.layer = lp_session_get_dataset (view->session)->subject;
  crop.image = image;
  crop.dictionary = lp_reference_dictionary (view->session);
  crop.assumed = assumed;
  gtk_label_set_xalign (GTK_LABEL (label), 0.5);
  gtk_box_append (GTK_BOX (box), lp_crop_button_new (view->session, &crop, 98, 130));
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

/* Beside the crops: what it means, how many, how it is known, the button. */
static GtkWidget *
facts_column (const LpCauseView *view)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *links = concerned (view);
  GtkWidget *button = main_button (view);
  const LpMatch *match = lp_session_get_match (view->session);
  g_autofree char *sure = match != NULL ? lp_report_conversion_sentence (match) : NULL;

  gtk_widget_set_hexpand (box, TRUE);
  append_consequence (GTK_BOX (box), view, "small");
  gtk_box_append (GTK_BOX (box), links);
  if (sure != NULL && *sure != '\0')
    gtk_box_append (GTK_BOX (box), lp_label_new (sure, "dim-label small", TRUE));
  if (button != NULL)
    {
      gtk_widget_set_vexpand (button, TRUE);
      gtk_box_append (GTK_BOX (box), button);
    }
  return box;
}

static void
fill_frame (GtkBox *card, const LpCauseView *view)
{
  guint32 image = base_finding (view, 0)->image;
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  gtk_box_append (GTK_BOX (row), frame_crop (view, image, LP_FRAME_UPRIGHT, _ ("now")));
  gtk_box_append (GTK_BOX (row), frame_crop (view, image, LP_FRAME_RAW, _ ("after")));
  gtk_box_append (GTK_BOX (row), facts_column (view));
  gtk_box_append (card, row);
}

/* ---- anything else ---- */

static GtkWidget *
finding_crop (const LpCauseView *view, const LpFinding *finding)
{
  LpCropView crop = LP_CROP_VIEW_INIT;

  crop.layer = finding->layer != G_MAXUINT8 ? finding->layer : lp_session_get_dataset (view->session)->subject;
  crop.image = finding->image;
  crop.row = finding->row;
  return lp_crop_button_new (view->session, &crop, 82, 72);
}

static void
append_crops (GtkBox *card, const LpCauseView *view, guint most)
{
  const LpDataset *dataset = lp_session_get_dataset (view->session);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  guint32 last = LP_NONE; /* findings stand by image: not the same picture twice */
  guint n = 0;

  gtk_box_set_homogeneous (GTK_BOX (row), TRUE);
  for (guint i = 0; i < view->cause->findings->len && n < most; i++)
    {
      const LpFinding *finding = base_finding (view, i);

      if (finding->image == LP_NONE || finding->image == last ||
          lp_dataset_image (dataset, finding->image)->state != LP_IMAGE_FOUND)
        continue;
      gtk_box_append (GTK_BOX (row), finding_crop (view, finding));
      last = finding->image;
      n++;
    }
  for (; n > 0 && n < most; n++) /* crops of the same size in every card */
    gtk_box_append (GTK_BOX (row), gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  if (n > 0)
    gtk_box_append (card, row);
  else
    g_object_unref (g_object_ref_sink (row));
}

static void
fill_general (GtkBox *card, const LpCauseView *view)
{
  GtkWidget *button;

  append_consequence (card, view, "small");
  append_crops (card, view, view->wide ? MOST_CROPS : MOST_CROPS_HALF);
  gtk_box_append (card, concerned (view));
  if (view->left < view->cause->findings->len)
    {
      g_autofree char *text =
        g_strdup_printf (_ ("%u of %u are still there"), view->left, view->cause->findings->len);

      gtk_box_append (card, lp_label_new (text, "dim-label small", TRUE));
    }
  button = main_button (view);
  if (button != NULL)
    {
      gtk_widget_set_vexpand (button, TRUE);
      gtk_box_append (card, button);
    }
}

GtkWidget *
lp_cause_card_new (const LpCauseView *view)
{
  GtkWidget *card = lp_card_new (NULL);
  const LpMatch *match = lp_session_get_match (view->session);

  gtk_widget_set_hexpand (card, TRUE);
  gtk_widget_set_vexpand (card, FALSE); /* its button wants the room of the card, not that of the page */
  lp_set_accessible_label (card, view->cause->sentence);
  gtk_box_append (GTK_BOX (card), head (view));
  gtk_box_append (GTK_BOX (card), sentence (view));
  if (view->left == 0)
    gtk_box_append (GTK_BOX (card), noted_label ());
  else if (lp_cause_is_order (view->cause) && match != NULL && view->cause->rule != LP_RULE_ORDER_UNVERIFIABLE)
    fill_order (GTK_BOX (card), view, match);
  else if (view->cause->rule == LP_RULE_IMAGE_EXIF_FRAME_RAW)
    fill_frame (GTK_BOX (card), view);
  else
    fill_general (GTK_BOX (card), view);
  return card;
}
