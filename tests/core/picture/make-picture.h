/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Pictures for the tests of the decoder, written with the libraries themselves. */

/* Raw frame of the four-colour picture: red, green above, blue, white below; equal quarters. */
typedef enum
{
  LP_MADE_RGB,
  LP_MADE_PROGRESSIVE,
  LP_MADE_GREY, /* the luma of the four colours */
  LP_MADE_CMYK,
  LP_MADE_YCCK, /* Adobe's, inverted */
} LpMadeJpeg;

void lp_make_jpeg (const char *path, LpMadeJpeg kind, guint width, guint height);

/* `rows` as libpng wants them, packed without padding. */
void lp_make_png (const char *path,
                  guint width,
                  guint height,
                  int depth,
                  int color_type,
                  gboolean interlaced,
                  const guint8 *rows,
                  gsize row_bytes);

/* As lp_make_png, 8 bit RGB of the four colours. */
void lp_make_png_quarters (const char *path, guint width, guint height);
