/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "draw/lp-draw.h"

G_BEGIN_DECLS

/* The chips of one drawing; used by boxes.c alone. */
typedef struct _LpChips LpChips;

LpChips *lp_chips_new (cairo_t *cr, const LpDrawStyle *style);
void lp_chips_free (LpChips *chips);

/* Finds a place for the box's chip; `outer` is the outer edge of its lines. Those placed first have the first choice.
 */
void lp_chips_place (LpChips *chips, const LpDrawBox *box, const LpRect *outer);

/* No chip placed from now on covers the edges of `outer`, `thick` wide. */
void lp_chips_keep_clear (LpChips *chips, const LpRect *outer, double thick);

/* Those placed first lie on top. */
void lp_chips_draw (LpChips *chips, cairo_t *cr);

G_END_DECLS
