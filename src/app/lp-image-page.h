/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lp-page.h"

G_BEGIN_DECLS

/* One picture large, with its boxes. Properties, each an action of the window with that name: "image" (i, -1: none),
 * "selected-box" (i, the box's number from 0 within the image and layer, -1: none), "zoom" (d, 1: one picture pixel
 * is one pixel of the window), "dictionary" (i, which list names the boxes, -1: nothing is open), "frame" (s, "raw"
 * or "upright": how the boxes of a turned picture are meant; each picture begins with what a trainer would see),
 * "boxes-hidden", "peek" (b), "chips" (s, "full", "name" or "none"), "inspector" (b). */
#define LP_TYPE_IMAGE_PAGE (lp_image_page_get_type ())
G_DECLARE_FINAL_TYPE (LpImagePage, lp_image_page, LP, IMAGE_PAGE, LpPage)

GtkWidget *lp_image_page_new (void);
/* `row` of the subject, or LP_NONE. */
void lp_image_page_show (LpImagePage *self, guint32 image, guint32 row);
/* A picture that belongs to no data set yet: named on the command line, shown while the rest is read. `opened` lends
 * its decoder. */
void lp_image_page_show_file (LpImagePage *self, LpSession *opened, const char *path);

G_END_DECLS
