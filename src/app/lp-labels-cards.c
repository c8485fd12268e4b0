/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "lp-crop.h"
#include "lp-examples.h"
#include "lp-labels-cards.h"
#include "lp-name-curves.h"
#include "lp-widgets.h"

#define MOST_CLASSES 12
#define CROPS 6
#define CROP_WIDTH 60
#define CROP_HEIGHT 56
#define CROP_HEIGHT_WIDE 80
#define CLASS_WIDTH 110 /* of NAME_CHARS and a glyph */
#define NAME_CHARS 11
#define PURITY_GOOD 0.9 /* as the verdict asks of all pairs */

/* ---- the same crops under both names ---- */

typedef struct
{
  gint32 id;
  guint boxes;
  const char *now, *after; /* NULL: no name */
  int slot;
  gboolean changes;
} ClassLine;

static void
add_judged (LpSession *session, const LpMatch *match, GArray *lines)
{
  for (guint i = 0; i < match->classes->len; i++)
    {
      const LpVerdictClass *class = &g_array_index (match->classes, LpVerdictClass, i);
      ClassLine line = { .id = class->id, .boxes = class->support, .now = class->shown, .after = class->name };

      if (class->support == 0)
        continue;
      line.slot = lp_class_slot (session, match->reference, class->reference);
      line.changes = match->repair_case != LP_CASE_C &&
                     (class->shown == NULL || lp_text_same (class->shown, class->name) == LP_SAME_NOT);
      g_array_append_val (lines, line);
    }
}

static void
add_unjudged (LpSession *session, GArray *lines)
{
  const LpDataset *dataset = lp_session_get_dataset (session);
  const LpLayer *subject = lp_dataset_layer (dataset, dataset->subject);
  guint32 dict = subject != NULL ? subject->dictionary : LP_NONE;
  g_autoptr (GArray) counts = lp_class_counts (session, dict);

  for (guint i = 0; i < counts->len; i++)
    {
      const LpClassCount *class = &g_array_index (counts, LpClassCount, i);
      ClassLine line = { .id = class->id, .boxes = class->boxes, .slot = lp_class_slot (session, dict, class->id) };

      if (class->boxes == 0)
        continue;
      if (dict != LP_NONE)
        line.after = lp_dictionary_name (lp_dataset_dict (dataset, dict), class->id);
      g_array_append_val (lines, line);
    }
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const ClassLine *x = a, *y = b;

  if (x->changes != y->changes)
    return x->changes ? -1 : 1;
  if (x->boxes != y->boxes)
    return x->boxes > y->boxes ? -1 : 1;
  return (x->id > y->id) - (x->id < y->id);
}

static GtkWidget *
name_line (const char *name, const char *icon_name, const char *css, const char *meaning)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name (icon_name);
  g_autofree char *text = name != NULL ? lp_text_show_blanks (name) : g_strdup (_ ("no name"));
  GtkWidget *label = lp_label_new (text, "small", FALSE);

  gtk_label_set_max_width_chars (GTK_LABEL (label), NAME_CHARS);
  gtk_widget_add_css_class (label, css);
  gtk_widget_set_tooltip_text (label, text);
  lp_widget_add_classes (icon, "tiny");
  gtk_widget_add_css_class (icon, g_str_equal (css, "bad") ? "bad" : "fine");
  lp_set_accessible_label (icon, meaning);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

static GtkWidget *
class_words (const ClassLine *line)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1), *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *number = g_strdup_printf (_ ("class %d"), line->id);

  gtk_box_append (GTK_BOX (head), lp_swatch_new (line->slot));
  gtk_box_append (GTK_BOX (head), lp_label_new (number, "small dim-label numeric", FALSE));
  gtk_box_append (GTK_BOX (box), head);
  if (line->changes)
    gtk_box_append (GTK_BOX (box), name_line (line->now, "window-close-symbolic", "bad", _ ("now")));
  gtk_box_append (GTK_BOX (box), name_line (line->after, "object-select-symbolic", "strong",
                                            line->changes ? _ ("after") : _ ("name")));
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (box, (int) (CLASS_WIDTH * lp_text_scale (box)), -1);
  return box;
}

static GtkWidget *
class_crops (LpSession *session, const LpExample *examples, guint32 dictionary, gboolean wide)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_box_set_homogeneous (GTK_BOX (row), TRUE);
  gtk_widget_set_hexpand (row, TRUE);
  for (guint i = 0; i < CROPS; i++)
    {
      LpCropView view = LP_CROP_VIEW_INIT;

      if (examples[i].row == LP_NONE)
        {
          gtk_box_append (GTK_BOX (row), gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
          continue;
        }
      view.layer = lp_session_get_dataset (session)->subject;
      view.image = examples[i].image;
      view.row = examples[i].row;
      view.dictionary = dictionary;
      gtk_box_append (GTK_BOX (row),
                      lp_crop_button_new (session, &view, CROP_WIDTH, wide ? CROP_HEIGHT_WIDE : CROP_HEIGHT));
    }
  return row;
}

static void
fill_crops (GtkBox *card, LpSession *session, const GArray *lines, gboolean wide)
{
  const LpMatch *match = lp_session_get_match (session);
  guint n = MIN (lines->len, MOST_CLASSES);
  g_autofree gint32 *ids = g_new (gint32, n + 1);
  g_autofree LpExample *examples = NULL;

  for (guint i = 0; i < n; i++)
    ids[i] = g_array_index (lines, ClassLine, i).id;
  examples = lp_examples_find (session, ids, n, CROPS);
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

      gtk_widget_set_margin_top (row, 4);
      gtk_box_append (GTK_BOX (row), class_words (&g_array_index (lines, ClassLine, i)));
      gtk_box_append (GTK_BOX (row),
                      class_crops (session, examples + i * CROPS, match != NULL ? match->reference : LP_NONE, wide));
      gtk_box_append (card, row);
    }
  if (lines->len > n)
    {
      g_autofree char *more =
        g_strdup_printf (ngettext ("and %u more class", "and %u more classes", lines->len - n), lines->len - n);

      gtk_box_append (card, lp_label_new (more, "small dim-label", TRUE));
    }
}

GtkWidget *
lp_same_crops_card_new (LpSession *session, gboolean wide)
{
  const LpMatch *match = lp_session_get_match (session);
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (ClassLine));
  GtkWidget *card;

  if (match != NULL && match->support > 0)
    add_judged (session, match, lines);
  else
    add_unjudged (session, lines);
  if (lines->len == 0)
    return NULL;
  g_array_sort (lines, compare_lines);
  card = lp_card_new (g_array_index (lines, ClassLine, 0).changes ? _ ("The same crops under both names")
                                                                  : _ ("What the boxes of each class show"));
  fill_crops (GTK_BOX (card), session, lines, wide);
  return card;
}

/* ---- how sure ---- */

static void
add_proof (GtkBox *card, gboolean good, const char *text, const char *measure)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *icon = lp_severity_image_new (good ? LP_SEVERITY_OFF : LP_SEVERITY_WARNING);
  GtkWidget *label = lp_label_new (text, "small", TRUE);

  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (row), icon);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), lp_label_new (measure, "small dim-label", FALSE));
  gtk_box_append (card, row);
}

static const char *
how_sure (const LpMatch *match, const char **css)
{
  *css = "warn";
  if (match->kind == LP_VERDICT_UNVERIFIABLE)
    return _ ("too few");
  if (match->kind == LP_VERDICT_INCONSISTENT)
    return _ ("not clear");
  *css = "fine";
  return match->agree == match->support ? _ ("certain") : _ ("very likely");
}

static GtkWidget *
card_head (const char *title, const char *word, const char *css)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *label = lp_label_new (title, "heading", FALSE);
  GtkWidget *value = lp_label_new (word, "strong small", FALSE);

  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (value, css);
  gtk_box_append (GTK_BOX (head), label);
  gtk_box_append (GTK_BOX (head), value);
  return head;
}

GtkWidget *
lp_how_sure_card_new (LpSession *session)
{
  const LpDataset *dataset = lp_session_get_dataset (session);
  const LpMatch *match = lp_session_get_match (session);
  LpLayerCounts counts = { 0 };
  const char *word, *css;
  g_autofree char *compared = NULL, *agree = NULL, *next = NULL;
  GtkWidget *card;

  if (match == NULL)
    return NULL;
  lp_report_count (dataset, lp_dataset_layer (dataset, match->subject), &counts);
  word = how_sure (match, &css);
  compared = g_strdup_printf (_ ("%u of %u boxes could be compared"), match->support, counts.boxes);
  agree = g_strdup_printf (_ ("%u of %u agree on one order"), match->agree, match->support);
  next =
    g_strdup_printf (_ ("The next best order explains only %u"), match->agree - MIN (match->margin, match->agree));
  card = lp_card_new (NULL);
  gtk_box_append (GTK_BOX (card), card_head (_ ("How sure"), word, css));
  add_proof (GTK_BOX (card), match->kind != LP_VERDICT_UNVERIFIABLE, compared, _ ("support"));
  if (match->support > 0)
    {
      add_proof (GTK_BOX (card), lp_match_purity (match) >= PURITY_GOOD, agree, _ ("purity"));
      add_proof (GTK_BOX (card), match->margin > 0, next, _ ("margin"));
    }
  return card;
}

GtkWidget *
lp_no_proof_card_new (LpSession *session)
{
  const LpMatch *match = lp_session_get_match (session);
  GtkWidget *card, *button;

  if (match != NULL && match->kind != LP_VERDICT_UNVERIFIABLE)
    return NULL;
  card = lp_card_new (_ ("What would prove it"));
  gtk_box_append (GTK_BOX (card),
                  lp_label_new (_ ("The annotations that the labels were made from, for example the job’s "
                                   "output.manifest. Then each box says which name its number stands for."),
                                "small", TRUE));
  button = gtk_button_new_with_label (_ ("Add annotations of the same pictures…"));
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), TRUE);
  gtk_label_set_justify (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), GTK_JUSTIFY_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.add-layer");
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_box_append (GTK_BOX (card), button);
  gtk_box_append (GTK_BOX (card),
                  lp_label_new (_ ("Until then, look at the crops: does each name fit what is in its boxes?"),
                                "small dim-label", TRUE));
  return card;
}

/* ---- where each name belongs ---- */

GtkWidget *
lp_belongs_card_new (LpSession *session)
{
  const LpMatch *match = lp_session_get_match (session);
  const LpDataset *dataset = lp_session_get_dataset (session);
  GtkWidget *curves = g_object_ref_sink (lp_name_curves_new ()), *card = NULL;

  if (lp_name_curves_set_session (LP_NAME_CURVES (curves), session))
    {
      const LpDictionary *own = lp_dataset_dict (dataset, lp_dataset_layer (dataset, match->subject)->dictionary);
      g_autofree char *title = own != NULL ? lp_text_escape (own->title, -1, 40) : NULL;
      g_autofree char *now = own != NULL && match->repair_case != LP_CASE_B ? g_strdup_printf (_ ("%s now"), title)
                                                                            : g_strdup (_ ("rows now"));
      GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8),
                *left = lp_label_new (now, "small dim-label", FALSE);

      gtk_widget_set_hexpand (left, TRUE);
      gtk_box_append (GTK_BOX (head), left);
      gtk_box_append (GTK_BOX (head), lp_label_new (_ ("the job"), "small dim-label", FALSE));
      card = lp_card_new (_ ("Where each name belongs"));
      gtk_box_append (GTK_BOX (card), head);
      gtk_box_append (GTK_BOX (card), curves);
    }
  g_object_unref (curves);
  return card;
}

/* ---- two ways to repair ---- */

typedef struct
{
  gboolean possible;
  LpOrderPrice price;
  char *refusal; /* why not; NULL */
} Way;

static void
way_find (LpSession *session, gboolean rows, Way *way)
{
  g_autoptr (GError) error = NULL;

  way->possible = lp_session_order_price (session, rows, &way->price, &error);
  way->refusal = way->possible ? NULL : lp_text_escape (error->message, -1, 300);
}

static void
way_clear (Way *way)
{
  g_free (way->price.names);
  g_free (way->refusal);
}

/* "data.yaml, classes.txt · 9 lines", "23 files · 42 rows". */
static char *
price_words (const Way *way, gboolean rows)
{
  g_autofree char *files = g_strdup_printf (ngettext ("%u file", "%u files", way->price.files), way->price.files);
  g_autofree char *lines = g_strdup_printf (rows ? ngettext ("%u row", "%u rows", way->price.lines)
                                                 : ngettext ("%u line", "%u lines", way->price.lines),
                                            way->price.lines);

  return g_strdup_printf ("%s · %s", !rows && *way->price.names != '\0' ? way->price.names : files, lines);
}

static GtkWidget *
way_button (const Way *way, gboolean rows, gboolean advised)
{
  GtkWidget *check = gtk_check_button_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  const char *title = rows ? _ ("Renumber the labels") : _ ("Correct the names");
  g_autofree char *price = way->possible ? price_words (way, rows) : NULL;

  gtk_box_append (GTK_BOX (head), lp_label_new (title, "strong", FALSE));
  if (advised && way->possible)
    {
      GtkWidget *badge = lp_label_new (_ ("advised"), "small badge", FALSE);

      gtk_label_set_ellipsize (GTK_LABEL (badge), PANGO_ELLIPSIZE_NONE);
      gtk_box_append (GTK_BOX (head), badge);
    }
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), lp_label_new (way->possible ? price : way->refusal, "small", TRUE));
  if (way->possible)
    gtk_box_append (GTK_BOX (box), lp_label_new (rows ? _ ("Models trained before no longer fit.")
                                                      : _ ("Models trained before still fit."),
                                                 "small dim-label", TRUE));
  gtk_check_button_set_child (GTK_CHECK_BUTTON (check), box);
  gtk_widget_set_sensitive (check, way->possible);
  lp_set_accessible_label (check, title);
  gtk_widget_add_css_class (check, "way");
  return check;
}

static void
chosen_cb (GtkCheckButton *rows, GParamSpec *pspec, GtkActionable *button)
{
  gtk_actionable_set_action_target (button, "s", gtk_check_button_get_active (rows) ? "rows" : "names");
}

static GtkWidget *
ways_card (const LpMatch *match, const Way ways[2], gboolean primary)
{
  gboolean advise_rows = match->repair_case == LP_CASE_B || match->repair_case == LP_CASE_C;
  gboolean choose_rows = ways[1].possible && (advise_rows || !ways[0].possible);
  GtkWidget *card = lp_card_new (_ ("Two ways to repair")),
            *button = gtk_button_new_with_label (_ ("Use the job’s order"));
  GtkWidget *names = way_button (&ways[0], FALSE, !advise_rows), *rows = way_button (&ways[1], TRUE, advise_rows);
  GtkWidget *note = lp_label_new (_ ("Only noted. Files change when you press Apply."), "small dim-label", TRUE);

  gtk_check_button_set_group (GTK_CHECK_BUTTON (rows), GTK_CHECK_BUTTON (names));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (choose_rows ? rows : names), TRUE);
  g_signal_connect_object (rows, "notify::active", G_CALLBACK (chosen_cb), button, 0);
  chosen_cb (GTK_CHECK_BUTTON (rows), NULL, GTK_ACTIONABLE (button));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.use-order");
  if (primary)
    gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_set_margin_top (button, 4);
  gtk_label_set_xalign (GTK_LABEL (note), 0.5);
  gtk_box_append (GTK_BOX (card), names);
  gtk_box_append (GTK_BOX (card), rows);
  gtk_box_append (GTK_BOX (card), button);
  gtk_box_append (GTK_BOX (card), note);
  return card;
}

static const LpStep *
noted_order (LpSession *session)
{
  const GPtrArray *steps = lp_session_get_steps (session);

  for (guint i = steps->len; i > 0; i--)
    {
      const LpStep *step = g_ptr_array_index (steps, i - 1);

      if (step->rule != NULL && g_str_has_prefix (step->rule, "order/"))
        return step;
    }
  return NULL;
}

static GtkWidget *
noted_card (LpSession *session, const LpStep *step)
{
  const GPtrArray *steps = lp_session_get_steps (session);
  g_autofree char *sentence = lp_text_escape (step->sentence, -1, 200);
  GtkWidget *card = lp_card_new (NULL);

  gtk_box_append (GTK_BOX (card), card_head (_ ("Repair"), _ ("noted"), "fine"));
  gtk_box_append (GTK_BOX (card), lp_label_new (sentence, "small", TRUE));
  gtk_box_append (GTK_BOX (card),
                  lp_label_new (_ ("Only noted. Files change when you press Apply."), "small dim-label", TRUE));
  if (g_ptr_array_index (steps, steps->len - 1) == (gpointer) step)
    {
      GtkWidget *undo = lp_link_new (_ ("Undo"), "win.undo", NULL);

      gtk_widget_add_css_class (undo, "small");
      gtk_box_append (GTK_BOX (card), undo);
    }
  return card;
}

GtkWidget *
lp_repair_card_new (LpSession *session, gboolean primary)
{
  const LpMatch *match = lp_session_get_match (session);
  const LpStep *noted = noted_order (session);
  Way ways[2] = { { FALSE }, { FALSE } };
  GtkWidget *card = NULL;

  if (noted != NULL)
    return noted_card (session, noted);
  if (match == NULL || match->reference == LP_NONE || match->kind == LP_VERDICT_UNVERIFIABLE ||
      match->kind == LP_VERDICT_INCONSISTENT)
    return NULL;
  way_find (session, FALSE, &ways[0]);
  way_find (session, TRUE, &ways[1]);
  if (ways[0].possible || ways[1].possible)
    card = ways_card (match, ways, primary);
  way_clear (&ways[0]);
  way_clear (&ways[1]);
  return card;
}
