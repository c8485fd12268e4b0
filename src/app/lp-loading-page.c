/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "lp-first-pictures.h"
#include "lp-loading-page.h"
#include "lp-widgets.h"

typedef struct
{
  const char *headline, *word; /* N_() */
} StageWords;

static const StageWords stage_words[] = {
  [LP_STAGE_LIST] = { N_ ("Looking what lies there…"), N_ ("Folders") },
  [LP_STAGE_ROWS] = { N_ ("Reading the labels…"), N_ ("Label files") },
  [LP_STAGE_PICTURES] = { N_ ("Looking at the pictures…"), N_ ("Pictures") },
  [LP_STAGE_MATCH] = { N_ ("Comparing the sources…"), N_ ("Compared") },
  [LP_STAGE_CHECK] = { N_ ("Checking…"), N_ ("Checked") },
};

#define N_STAGES (LP_STAGE_CHECK + 1)

struct _LpLoadingPage
{
  AdwBin parent_instance;

  GtkSpinner *spinner;
  GtkLabel *headline, *note;
  GtkProgressBar *bar;
  GtkBox *tiles, *stages;
  LpFirstPictures *pictures;
  GtkLabel *tile_numbers[4];
  GtkWidget *stage_rows[N_STAGES];
  GtkProgressBar *stage_bars[N_STAGES];
  GtkLabel *stage_counts[N_STAGES];
  int done[N_STAGES], total[N_STAGES];
  gint64 stage_since;
  int stage;
};

G_DEFINE_FINAL_TYPE (LpLoadingPage, lp_loading_page, ADW_TYPE_BIN)

enum
{
  TILE_LABELS,
  TILE_PICTURES,
  TILE_CHECKED,
  TILE_PROBLEMS,
};

static void
set_number (GtkLabel *label, guint n)
{
  g_autofree char *text = lp_number (n);

  gtk_label_set_text (label, text);
}

static char *
count_words (int done, int total)
{
  g_autofree char *a = lp_number (MAX (done, 0));
  g_autofree char *b = lp_number (MAX (total, 0));

  return total > 0 ? g_strdup_printf (_ ("%s of %s"), a, b) : g_steal_pointer (&a);
}

static void
show_stage (LpLoadingPage *self, int stage)
{
  g_autofree char *text = count_words (self->done[stage], self->total[stage]);
  double share = self->total[stage] > 0 ? (double) self->done[stage] / self->total[stage] : 0;

  if (stage < self->stage)
    share = 1;
  if (stage < self->stage && self->done[stage] == 0)
    g_clear_pointer (&text, g_free); /* over before it could be counted */
  gtk_widget_set_visible (self->stage_rows[stage], stage <= self->stage);
  gtk_label_set_text (self->stage_counts[stage], text != NULL ? text : "");
  gtk_progress_bar_set_fraction (self->stage_bars[stage], CLAMP (share, 0, 1));
}

/* "about 2 s left", from the pace of this stage; nothing while that is a guess. */
static void
show_time_left (LpLoadingPage *self, const LpProgress *progress)
{
  double spent = (g_get_monotonic_time () - self->stage_since) / (double) G_USEC_PER_SEC;
  double left = progress->done > 0 ? spent * (progress->total - progress->done) / progress->done : 0;
  g_autofree char *text = NULL;

  if (spent > 1 && progress->total > 0 && left >= 1)
    text = g_strdup_printf (
      ngettext ("About %d second left for this step.", "About %d seconds left for this step.", (int) left),
      (int) left);
  gtk_label_set_text (self->note, text != NULL ? text : _ ("Nothing is changed on disk."));
}

static void
show_progress (LpLoadingPage *self, const LpProgress *progress)
{
  g_autofree char *count = NULL;
  g_autofree char *text = NULL;

  if (progress->stage < 0 || progress->stage >= N_STAGES)
    return;
  if (progress->stage != self->stage)
    {
      for (int i = self->stage; i < progress->stage; i++) /* over, though not seen to its end */
        self->done[i] = self->total[i];
      self->stage = progress->stage;
      self->stage_since = g_get_monotonic_time ();
    }
  self->done[self->stage] = progress->done;
  self->total[self->stage] = progress->total;
  count = count_words (progress->done, progress->total);
  text = progress->done > 0 ? g_strdup_printf ("%s %s", _ (stage_words[self->stage].headline), count)
                            : g_strdup (_ (stage_words[self->stage].headline));
  gtk_label_set_text (self->headline, text);
  show_time_left (self, progress);
  if (progress->total > 0)
    gtk_progress_bar_set_fraction (
      self->bar, CLAMP ((self->stage + (double) progress->done / progress->total) / N_STAGES, 0, 1));
  else
    gtk_progress_bar_pulse (self->bar);
  for (int i = 0; i < N_STAGES; i++)
    show_stage (self, i);
  set_number (self->tile_numbers[TILE_PICTURES], MAX (self->done[LP_STAGE_PICTURES], self->total[LP_STAGE_PICTURES]));
  set_number (self->tile_numbers[TILE_LABELS], self->done[LP_STAGE_ROWS]);
  set_number (self->tile_numbers[TILE_CHECKED], self->done[LP_STAGE_CHECK]);
  set_number (self->tile_numbers[TILE_PROBLEMS], MAX (progress->found, 0));
}

void
lp_loading_page_update (LpLoadingPage *self, LpSession *session, const LpProgress *progress)
{
  g_return_if_fail (LP_IS_LOADING_PAGE (self));
  show_progress (self, progress);
  lp_first_pictures_update (self->pictures, session);
}

void
lp_loading_page_start (LpLoadingPage *self)
{
  LpProgress nothing = { .stage = LP_STAGE_LIST };

  g_return_if_fail (LP_IS_LOADING_PAGE (self));
  memset (self->done, 0, sizeof self->done);
  memset (self->total, 0, sizeof self->total);
  self->stage_since = g_get_monotonic_time ();
  gtk_spinner_start (self->spinner);
  gtk_progress_bar_set_fraction (self->bar, 0);
  show_progress (self, &nothing);
}

void
lp_loading_page_stop (LpLoadingPage *self)
{
  g_return_if_fail (LP_IS_LOADING_PAGE (self));
  gtk_spinner_stop (self->spinner);
}

static void
add_tile (LpLoadingPage *self, int tile, const char *word)
{
  GtkWidget *card = lp_card_new (NULL);
  GtkWidget *number = lp_label_new ("0", "count numeric", FALSE);

  gtk_box_append (GTK_BOX (card), number);
  gtk_box_append (GTK_BOX (card), lp_label_new (word, "heading", FALSE));
  gtk_box_append (self->tiles, card);
  self->tile_numbers[tile] = GTK_LABEL (number);
}

static void
add_stage (LpLoadingPage *self, int stage)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *word = lp_label_new (_ (stage_words[stage].word), "strong small", FALSE);
  GtkWidget *bar = gtk_progress_bar_new ();
  GtkWidget *count = lp_label_new ("", "dim-label small numeric", FALSE);

  gtk_label_set_width_chars (GTK_LABEL (word), 12);
  gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (bar, 120, -1);
  lp_set_accessible_label (bar, _ (stage_words[stage].word));
  gtk_widget_set_hexpand (count, TRUE);
  gtk_label_set_xalign (GTK_LABEL (count), 1);
  gtk_box_append (GTK_BOX (row), word);
  gtk_box_append (GTK_BOX (row), bar);
  gtk_box_append (GTK_BOX (row), count);
  gtk_box_append (self->stages, row);
  self->stage_rows[stage] = row;
  self->stage_bars[stage] = GTK_PROGRESS_BAR (bar);
  self->stage_counts[stage] = GTK_LABEL (count);
}

static void
lp_loading_page_class_init (LpLoadingPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (LP_TYPE_FIRST_PICTURES);
  gtk_widget_class_set_css_name (widget_class, "lploading");
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/labelproof/Labelproof/lp-loading-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LpLoadingPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, LpLoadingPage, headline);
  gtk_widget_class_bind_template_child (widget_class, LpLoadingPage, note);
  gtk_widget_class_bind_template_child (widget_class, LpLoadingPage, bar);
  gtk_widget_class_bind_template_child (widget_class, LpLoadingPage, tiles);
  gtk_widget_class_bind_template_child (widget_class, LpLoadingPage, stages);
  gtk_widget_class_bind_template_child (widget_class, LpLoadingPage, pictures);
}

static void
lp_loading_page_init (LpLoadingPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_tile (self, TILE_LABELS, _ ("label files"));
  add_tile (self, TILE_PICTURES, _ ("pictures"));
  add_tile (self, TILE_CHECKED, _ ("checked"));
  add_tile (self, TILE_PROBLEMS, _ ("problems"));
  for (int i = 0; i < N_STAGES; i++)
    add_stage (self, i);
}
