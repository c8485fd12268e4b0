/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "lp-crop.h"
#include "lp-proof-cards.h"
#include "lp-widgets.h"

#define LOOK_COLUMNS 8
#define LOOK_ROWS 2

static void
append_proof (GtkBox *card, const char *what, const char *words)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *name = lp_label_new (what, "heading", FALSE);
  GtkWidget *text = lp_label_new (words, "dim-label small", TRUE);

  gtk_label_set_width_chars (GTK_LABEL (name), 13);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (row), lp_severity_image_new (LP_SEVERITY_OFF));
  gtk_box_append (GTK_BOX (row), name);
  gtk_box_append (GTK_BOX (row), text);
  gtk_box_append (card, row);
}

static void
prove_order (GtkBox *card, LpSession *session)
{
  const LpDataset *dataset = lp_session_get_dataset (session);
  const LpMatch *match = lp_session_get_match (session);
  guint lists = lp_dataset_count_lists (dataset);
  g_autofree char *text = NULL;

  if (match == NULL || match->kind != LP_VERDICT_CONSISTENT)
    return;
  text = g_strdup_printf (ngettext ("%u of %u boxes agree with the job; %u list of names",
                                    "%u of %u boxes agree with the job; %u lists of names", lists),
                          match->agree, match->support, lists);
  append_proof (card, _ ("Label order"), text);
}

static void
prove_boxes (GtkBox *card, LpSession *session)
{
  const LpMatch *match = lp_session_get_match (session);
  g_autofree char *text = NULL;

  if (match != NULL && match->n_pairs > 0)
    {
      text = g_strdup_printf (_ ("%u of %u within the rounding of their digits"), match->exact, match->n_pairs);
      append_proof (card, _ ("Boxes"), text);
    }
}

GtkWidget *
lp_proof_card_new (LpSession *session)
{
  GtkWidget *card = lp_card_new (_ ("What was proved"));
  LpReport report;
  g_autofree char *coverage = NULL;

  prove_order (GTK_BOX (card), session);
  prove_boxes (GTK_BOX (card), session);
  lp_session_report (session, &report);
  coverage = lp_report_coverage (&report);
  append_proof (GTK_BOX (card), _ ("Read"), coverage);
  return card;
}

GtkWidget *
lp_export_card_new (gboolean primary)
{
  GtkWidget *card = lp_card_new (_ ("Export"));
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *button = gtk_button_new_with_label (_ ("Export…"));

  gtk_box_append (GTK_BOX (words), lp_label_new (_ ("YOLO data set"), "heading", TRUE));
  gtk_box_append (
    GTK_BOX (words),
    lp_label_new (_ ("data.yaml, images and labels in a new place; numbers as they stand"), "dim-label small", TRUE));
  gtk_widget_set_hexpand (words, TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.export");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  if (primary)
    gtk_widget_add_css_class (button, "suggested-action");
  gtk_box_append (GTK_BOX (row), gtk_image_new_from_icon_name ("folder-symbolic"));
  gtk_box_append (GTK_BOX (row), words);
  gtk_box_append (GTK_BOX (row), button);
  gtk_box_append (GTK_BOX (card), row);
  return card;
}

static GtkWidget *
look_head (guint n_images)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *title = lp_label_new (_ ("A last look"), "heading", FALSE);
  g_autofree char *text = lp_count (ngettext ("all %s image", "all %s images", n_images), n_images);
  GtkWidget *link = lp_link_new (text, "win.page", g_variant_new_string ("images"));

  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (link, "small");
  gtk_box_append (GTK_BOX (row), title);
  gtk_box_append (GTK_BOX (row), link);
  return row;
}

GtkWidget *
lp_last_look_card_new (LpSession *session)
{
  const LpDataset *dataset = lp_session_get_dataset (session);
  guint n = dataset->images->len, tiles = MIN (n, LOOK_COLUMNS * LOOK_ROWS);
  GtkWidget *card = lp_card_new (NULL);
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 8);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 8);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  for (guint i = 0; i < tiles; i++)
    {
      LpCropView view = LP_CROP_VIEW_INIT;

      view.layer = dataset->subject;
      view.image = (guint32) ((guint64) i * n / tiles);
      gtk_grid_attach (GTK_GRID (grid), lp_crop_button_new (session, &view, 76, 70), i % LOOK_COLUMNS,
                       i / LOOK_COLUMNS, 1, 1);
    }
  gtk_box_append (GTK_BOX (card), look_head (lp_image_count (dataset)));
  gtk_box_append (GTK_BOX (card), grid);
  return card;
}
