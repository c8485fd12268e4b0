/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lp-canvas.h"
#include "lp-film-strip.h"
#include "lp-image-page.h"
#include "lp-index-model.h"
#include "lp-inspector.h"
#include "lp-problem-strip.h"

G_BEGIN_DECLS

/* Shared by lp-image-page.c (what is shown), lp-image-page-actions.c (what is done, and by which key) and
 * lp-image-prompts.c (what is asked). */

struct _LpImagePage
{
  LpPage parent_instance;

  guint32 image, row; /* LP_NONE: none */
  GArray *rows;       /* guint32: rows of the image that are not removed */
  guint32 dictionary; /* LP_NONE: nothing is open */
  LpFrame frame;
  LpChipText chips;
  gboolean hidden, peek, inspector_open;
  gboolean narrow;    /* too narrow for the inspector beside the picture */
  int width;          /* last told by lay_out; 0: never */
  int direction;      /* of reading: 1 or -1 */
  guint problem;      /* the one that is looked at: an index into the base; G_MAXUINT: none */
  GHashTable *others; /* name → GAction of another page that had it before */
  guint first_image;  /* idle source that shows the first one */

  LpIndexModel *images; /* those that are pictures, ascending */
  LpCanvas *canvas;
  AdwBin *canvas_bin;
  LpProblemStrip *problems;
  LpFilmStrip *film;
  LpInspector *inspector;
  GtkWidget *names_button, *names_label, *zoom_button, *zoom_label, *inspector_button;
  GtkWidget *prompt; /* the popover that is open, NULL */
};

/* ---- lp-image-page.c ---- */
LpSession *_lp_image_page_session (LpImagePage *self); /* NULL: nothing is open */
const LpDataset *_lp_image_page_dataset (LpImagePage *self);
const LpLayer *_lp_image_page_layer (LpImagePage *self); /* the subject; NULL */
/* The image or the first one after it; its number of images where there is none. */
guint _lp_image_page_position (LpImagePage *self, guint32 image);
void _lp_image_page_go_to (LpImagePage *self, guint position);
void _lp_image_page_select (LpImagePage *self, guint32 row);
void _lp_image_page_set_dictionary (LpImagePage *self, guint32 dictionary);
void _lp_image_page_set_frame (LpImagePage *self, LpFrame frame);
void _lp_image_page_set_chips (LpImagePage *self, LpChipText chips);
void _lp_image_page_show_problem (LpImagePage *self, guint finding);

/* ---- lp-image-page-actions.c ---- */
void _lp_image_page_add_actions (LpImagePage *self, GActionMap *map);
void _lp_image_page_add_keys (LpImagePage *self);
/* The selected box becomes a box of another class: a step. */
void _lp_image_page_set_class (LpImagePage *self, gint32 class_id);

/* ---- lp-image-prompts.c ---- */
void _lp_image_page_ask_image (LpImagePage *self);
void _lp_image_page_ask_class (LpImagePage *self);
void _lp_image_page_close_prompt (LpImagePage *self);

G_END_DECLS
