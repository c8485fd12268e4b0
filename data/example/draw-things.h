/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* Things that anyone tells apart at a glance, each filling its box to the edge so that the box is exactly right. */
typedef enum
{
  THING_HOUSE, /* in the order of the labelling job */
  THING_STAR,
  THING_APPLE,
  THING_FISH,
  THING_UMBRELLA,
  THING_KEY,
  THING_MUG,
  N_THINGS
} Thing;

extern const char *const thing_names[N_THINGS];

/* Width over height of a thing as it is drawn. */
double thing_aspect (Thing thing);

/* Draws it into x, y, width, height; `hue` in [0, 1) picks among a few natural colours. */
void draw_thing (cairo_t *cr, Thing thing, double hue, double x, double y, double width, double height);

/* A table top with some light on it. */
void draw_table (cairo_t *cr, double hue, double width, double height);

G_END_DECLS
