/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lp-error-page.h"
#include "lp-image-page.h"
#include "lp-job.h"
#include "lp-labels-page.h"
#include "lp-loading-page.h"
#include "lp-notices.h"
#include "lp-overview-page.h"
#include "lp-problems-page.h"
#include "lp-sidebar.h"
#include "lp-welcome-page.h"
#include "lp-window.h"

G_BEGIN_DECLS

/* What a thread does with the session. */
typedef enum
{
  LP_WORK_LOAD,
  LP_WORK_SUBJECT,
  LP_WORK_APPLY, /* and read again */
  LP_WORK_UNDO_APPLY,
  LP_WORK_FINISH_APPLY,
} LpWork;

/* Shared by lp-window.c (what is shown), lp-window-load.c (what is opened) and lp-window-actions.c (what is done). */

struct _LpWindow
{
  AdwApplicationWindow parent_instance;

  LpSession *session;     /* shown; NULL on the welcome page and while it is being loaded */
  LpSession *opened;      /* the one that is loaded or being loaded; NULL: nothing was opened */
  LpJob *job;             /* what runs, NULL */
  guint poll;             /* source that reads the job's progress */
  char *return_page;      /* page to come back to after reading again */
  char *return_image;     /* picture to come back to, absolute */
  char *chosen_subject;   /* what a person chose to prove: see layer_key in lp-window-load.c; NULL: the usual one */
  gboolean say_notes;     /* after reading: how pictures were found */
  gboolean early_picture; /* a named picture is on the image page already */
  int laid_out_width, sidebar_width;
  gboolean rail, welcome_in_front;
  guint relayout; /* idle source after a change of width */

  LpSidebar *sidebar;
  AdwHeaderBar *header;
  AdwWindowTitle *title;
  AdwBin *header_start, *header_end;
  GtkWidget *welcome_menu_button, *apply_part, *nothing_changed, *apply_button;
  LpNotices *notices;
  guint undo_steps;      /* noted steps when Undo was offered last */
  gboolean applied_here; /* an Apply of this window that nothing was noted after: Undo takes it back */
  GtkStack *stack;
  LpWelcomePage *welcome_page;
  LpLoadingPage *loading_page;
  LpErrorPage *error_page;
  LpPage *overview_page, *problems_page, *labels_page, *image_page;
  LpPage *shown_page;
};

/* lp-window.c */
void _lp_window_set_session (LpWindow *self, LpSession *session);
void _lp_window_changed (LpWindow *self); /* header, counts and enabled actions after anything changed */
char *_lp_window_dup_title (LpWindow *self);
void _lp_window_toast_undo (LpWindow *self, const char *sentence, const char *undo_action);

/* lp-window-load.c: another data set, or the same again with more named */
void _lp_window_reload (LpWindow *self);
void _lp_window_add_paths (LpWindow *self, const char *const *paths);
void _lp_window_set_subject (LpWindow *self, guint32 layer);
void _lp_window_locate (LpWindow *self, const char *const *paths); /* folders where pictures lie */
/* Writes a plan (takes it), then reads again. */
void _lp_window_apply (LpWindow *self, GPtrArray *changes, guint n_steps);
/* Finishes an Apply that was interrupted, or takes the last one back; reads again. */
void _lp_window_settle_apply (LpWindow *self, gboolean finish);
void _lp_window_cancel (LpWindow *self);
void _lp_window_note_recent (LpWindow *self);

/* lp-window-actions.c */
void _lp_window_offer_unfinished (LpWindow *self); /* an Apply that was interrupted */
void _lp_window_add_actions (LpWindow *self);
void _lp_window_update_actions (LpWindow *self);  /* state and what is enabled */
char *_lp_window_dup_counts (LpSession *session); /* JSON: see win.counts */

G_END_DECLS
