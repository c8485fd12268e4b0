/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "lp-sources-card.h"
#include "lp-widgets.h"

static GtkWidget *
head (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *title = lp_label_new (_ ("Sources"), "heading", FALSE);
  GtkWidget *link = lp_link_new (_ ("Add another…"), "win.add-layer", NULL);

  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (link, "small");
  gtk_widget_set_tooltip_text (link, _ ("Annotations of the same pictures, to compare with"));
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), link);
  return box;
}

static char *
layer_title (const LpDataset *dataset, const LpLayer *layer)
{
  g_autofree char *relative = lp_dataset_relative (dataset, layer->path);
  g_autofree char *base = g_path_get_basename (layer->path);
  const char *path = !g_str_equal (relative, "") && !g_str_equal (relative, ".") && g_utf8_strlen (relative, -1) <= 32
                       ? relative
                       : base;
  g_autofree char *shown = lp_text_escape (path, -1, 60);
  g_autofree char *attribute = layer->attribute != NULL ? lp_text_escape (layer->attribute, -1, 40) : NULL;

  return attribute != NULL ? g_strdup_printf ("%s · %s", shown, attribute) : g_steal_pointer (&shown);
}

static const char *
layer_role (const LpLayer *layer, gboolean subject)
{
  if (subject)
    return layer->kind == LP_LAYER_YOLO ? _ ("what a trainer reads: this is proved") : _ ("this is proved");
  if (layer->kind == LP_LAYER_CSV)
    return _ ("the job’s boxes as a table");
  return layer->kind == LP_LAYER_YOLO ? _ ("labels of the same pictures") : _ ("what the labelling job wrote");
}

static char *
layer_counts (const LpDataset *dataset, const LpLayer *layer)
{
  LpLayerCounts counts;
  g_autofree char *images = NULL;
  g_autofree char *boxes = NULL;

  lp_report_count (dataset, layer, &counts);
  images = lp_count (ngettext ("%s image", "%s images", counts.images), counts.images);
  boxes = lp_count (ngettext ("%s box", "%s boxes", counts.boxes), counts.boxes);
  return g_strdup_printf ("%s · %s", images, boxes);
}

/* The radio button says which one is proved; with only one there is nothing to choose. */
static GtkWidget *
layer_row (const LpDataset *dataset, guint32 index, gboolean choice)
{
  const LpLayer *layer = lp_dataset_layer (dataset, index);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *title = layer_title (dataset, layer);
  g_autofree char *counts = layer_counts (dataset, layer);
  GtkWidget *mark;

  if (choice)
    {
      g_autofree char *label = g_strdup_printf (_ ("Prove %s"), title);

      mark = gtk_check_button_new ();
      gtk_actionable_set_action_target (GTK_ACTIONABLE (mark), "i", (int) index);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (mark), "win.subject");
      gtk_widget_set_tooltip_text (mark, label);
      lp_set_accessible_label (mark, label);
    }
  else
    mark = gtk_image_new_from_icon_name (layer->kind == LP_LAYER_YOLO ? "folder-symbolic" : "document-edit-symbolic");
  gtk_widget_set_valign (mark, GTK_ALIGN_START);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), lp_label_new (title, "strong small", FALSE));
  gtk_box_append (GTK_BOX (words),
                  lp_label_new (layer_role (layer, index == dataset->subject), "dim-label small", TRUE));
  gtk_box_append (GTK_BOX (words), lp_label_new (counts, "small numeric", TRUE));
  gtk_box_append (GTK_BOX (row), mark);
  gtk_box_append (GTK_BOX (row), words);
  return row;
}

static GtkWidget *
icon_row (const char *icon, const char *title, const char *text)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *image = gtk_image_new_from_icon_name (icon);

  gtk_widget_set_valign (image, GTK_ALIGN_START);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), lp_label_new (title, "strong small", TRUE));
  gtk_box_append (GTK_BOX (words), lp_label_new (text, "dim-label small", TRUE));
  gtk_box_append (GTK_BOX (row), image);
  gtk_box_append (GTK_BOX (row), words);
  return row;
}

static GtkWidget *
compared_row (const LpMatch *match)
{
  g_autofree char *pairs =
    lp_count (ngettext ("%s box found in both", "%s boxes found in both", match->n_pairs), match->n_pairs);
  g_autofree char *sentence = lp_report_conversion_sentence (match);
  g_autofree char *text = g_strdup_printf (_ ("%s; %u only here, %u only there. %s"), pairs, match->only_subject,
                                           match->only_witness, sentence != NULL ? sentence : "");

  return icon_row ("object-select-symbolic", _ ("Compared"), text);
}

static void
append_notes (GtkBox *card, const LpDataset *dataset)
{
  for (guint i = 0; i < dataset->notes->len; i++)
    {
      g_autofree char *text = lp_text_escape (g_ptr_array_index (dataset->notes, i), -1, 300);

      gtk_box_append (card, lp_label_new (text, "dim-label small", TRUE));
    }
}

GtkWidget *
lp_sources_card_new (LpSession *session)
{
  const LpDataset *dataset = lp_session_get_dataset (session);
  const LpMatch *match = lp_session_get_match (session);
  GtkWidget *card = lp_card_new (NULL);

  gtk_box_set_spacing (GTK_BOX (card), 10);
  gtk_box_append (GTK_BOX (card), head ());
  for (guint32 i = 0; i < dataset->layers->len; i++)
    gtk_box_append (GTK_BOX (card), layer_row (dataset, i, dataset->layers->len > 1));
  if (match != NULL)
    gtk_box_append (GTK_BOX (card), compared_row (match));
  append_notes (GTK_BOX (card), dataset);
  return card;
}
