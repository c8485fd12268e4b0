/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "session/lp-session.h"

G_BEGIN_DECLS

/* The window: sidebar, header bar and the pages. It owns the session, starts everything that takes long (load, plan,
 * apply, export) in a GTask thread with progress and Cancel, and is the one place where a step is noted. Main
 * thread. */

#define LP_TYPE_WINDOW (lp_window_get_type ())
G_DECLARE_FINAL_TYPE (LpWindow, lp_window, LP, WINDOW, AdwApplicationWindow)

LpWindow *lp_window_new (GtkApplication *application);

/* The window a widget is in; NULL while it is in none. Borrowed. */
LpWindow *lp_window_of (GtkWidget *widget);

/* Opens paths as one data set. With a single picture the image page shows it at once. */
void lp_window_open (LpWindow *self, const char *const *paths);

/* The session that is shown; NULL on the welcome page and while loading. Borrowed. */
LpSession *lp_window_get_session (LpWindow *self);

/* ---- going somewhere ---- */

/* "overview", "problems", "labels", "images": the same as the action win.page. */
void lp_window_show_page (LpWindow *self, const char *name);
/* The image page with this image, the box of `row` (of the subject; LP_NONE: none) selected. */
void lp_window_show_image (LpWindow *self, guint32 image, guint32 row);
/* The Problems page with this one selected: an index into lp_session_get_base. */
void lp_window_show_finding (LpWindow *self, guint finding);
/* The Problems page with a filter ("order/sorted", "error", a file name); NULL: all. */
void lp_window_show_problems (LpWindow *self, const char *filter);

/* ---- doing something ---- */

/* Notes a step (takes it; NULL is refused quietly). A toast says "noted" with Undo, or why not. TRUE when noted. */
gboolean lp_window_note_step (LpWindow *self, LpStep *step);
/* A short sentence for a person. */
void lp_window_toast (LpWindow *self, const char *sentence);
/* An error as a sentence; says nothing when it was a cancellation. */
void lp_window_toast_error (LpWindow *self, const GError *error);

G_END_DECLS
