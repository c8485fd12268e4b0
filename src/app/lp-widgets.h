/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session/lp-session.h"

G_BEGIN_DECLS

/* Small widgets that every page uses. All are floating references. `classes`: style classes separated by blanks, or
 * NULL; see style.css. Text is never markup. */

/* Starts at the leading edge; wraps where `wrap`, else ends in an ellipsis when it does not fit. */
GtkWidget *lp_label_new (const char *text, const char *classes, gboolean wrap);
/* A link: a button without a frame. `action` with `target` (floating, NULL: none) is what it does. */
GtkWidget *lp_link_new (const char *text, const char *action, GVariant *target);
/* The severity's glyph in its colour; LP_SEVERITY_OFF: the mark of what is fine. Its word is the accessible label. */
GtkWidget *lp_severity_image_new (LpSeverity severity);
/* A card: a vertical box with the card's padding. `title` may be NULL. */
GtkWidget *lp_card_new (const char *title);
/* A small square in a palette slot's colour; -1: no name. */
GtkWidget *lp_swatch_new (int slot);
void lp_swatch_set (GtkWidget *swatch, int slot);

void lp_widget_add_classes (GtkWidget *widget, const char *classes);
void lp_box_clear (GtkBox *box);
void lp_set_accessible_label (GtkWidget *widget, const char *label);

/* Text scale: 1 at 96 dpi of text, 2 at 200 %. */
double lp_text_scale (GtkWidget *widget);

/* A number with the user's thousands separators. Free with g_free. */
char *lp_number (guint64 number);
/* "1 image", "65,000 images": `words` are translated and have one %s, "%s images" by ngettext.
 * Free with g_free. */
char *lp_count (const char *words, guint n);
/* A sentence as a headline: escaped, without its full stop in whatever script. Free with g_free. */
char *lp_headline (const char *sentence);
/* "~/data/harbour". Free with g_free. */
char *lp_home_path (const char *path);
/* "fruit_16.txt:3", "apple.txt", "" where a finding has no place. Free with g_free. */
char *lp_finding_place (const LpDataset *dataset, const LpFinding *finding);
/* Pictures, there or missing; label files without one do not count. */
guint lp_image_count (const LpDataset *dataset);
/* The list whose names are taken for the truth: the job's where the rows were found to follow it, else the subject's
 * own; LP_NONE: none. */
guint32 lp_reference_dictionary (LpSession *session);
/* The frame that a trainer takes the subject's boxes of an image to be in; a manifest says itself what it means. */
LpFrame lp_usual_frame (LpSession *session, guint32 image);
/* The palette slot of a class under a list's name for it: the colour belongs to the name, so it is the name's place
 * in the reference; -1: no name. */
int lp_class_slot (LpSession *session, guint32 dictionary, gint32 class_id);
/* The classes of a list and of the subject's rows, by number, with how many rows each has. */
typedef struct
{
  gint32 id;
  guint boxes;
} LpClassCount;

GArray *lp_class_counts (LpSession *session, guint32 dictionary);
/* A colour of the palette for the window: the canvas colour, or the ink of the theme in force. */
void lp_slot_canvas (int slot, GdkRGBA *colour);
void lp_slot_ink (int slot, GdkRGBA *colour);

G_END_DECLS
