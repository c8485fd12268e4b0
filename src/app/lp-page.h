/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "session/lp-session.h"

G_BEGIN_DECLS

/* One page of the window: Overview, Problems, Labels, Images. It shows a session and says what the header bar shows
 * while it is in front. Main thread. */

#define LP_TYPE_PAGE (lp_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (LpPage, lp_page, LP, PAGE, AdwBin)

struct _LpPageClass
{
  AdwBinClass parent_class;

  /* Shows the session as it is now. `anew`: everything borrowed from the session before is gone (another data set,
   * read again, or no session at all: lp_page_get_session is NULL); comes at once. Otherwise a step was noted, undone
   * or applied; comes when the page is next seen. */
  void (*refresh) (LpPage *self, gboolean anew);

  /* Adds the page's actions ("win." is their prefix); once, when the window is made. Optional. State that is a
   * property of the page is best a GPropertyAction. Keys stand in lp-application.c; plain letters, which would fire
   * inside entries there, in a shortcut controller of the page. */
  void (*add_actions) (LpPage *self, GActionMap *map);

  /* The window's width changed: `width` in pixels of text scale 1 (at 200 % text a window of 1920 is 960 wide).
   * Optional; not while GTK allocates, so anything may be shown, hidden and moved. */
  void (*lay_out) (LpPage *self, int width);

  /* Ctrl+F while the page is in front: puts the focus where a person types what to look for. Optional. */
  void (*search) (LpPage *self);
};

/* Properties: "session" (LpSession, nullable), "title", "subtitle" (text of the header bar; NULL: the data set's),
 * "header-start", "header-end" (GtkWidget in the header bar while the page is in front; nullable). */
void lp_page_set_session (LpPage *self, LpSession *session);
LpSession *lp_page_get_session (LpPage *self);
void lp_page_set_title (LpPage *self, const char *title, const char *subtitle);
void lp_page_add_actions (LpPage *self, GActionMap *map);
void lp_page_lay_out (LpPage *self, int width);
void lp_page_search (LpPage *self);

G_END_DECLS
