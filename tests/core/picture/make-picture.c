/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <png.h>
#include <stdio.h>
#include <jpeglib.h>

#include "make-picture.h"

static const guint8 quarters[2][2][3] = { { { 255, 0, 0 }, { 0, 255, 0 } }, { { 0, 0, 255 }, { 255, 255, 255 } } };

static const guint8 *
quarter (guint x, guint y, guint width, guint height)
{
  return quarters[y * 2 >= height][x * 2 >= width];
}

static void
fill_row (guint8 *row, LpMadeJpeg kind, guint y, guint width, guint height)
{
  for (guint x = 0; x < width; x++)
    {
      const guint8 *c = quarter (x, y, width, height);
      if (kind == LP_MADE_CMYK) /* ink: the complement of light, no black */
        for (guint i = 0; i < 4; i++)
          row[x * 4 + i] = i < 3 ? 255 - c[i] : 0;
      else if (kind == LP_MADE_YCCK) /* Adobe: light */
        for (guint i = 0; i < 4; i++)
          row[x * 4 + i] = i < 3 ? c[i] : 255;
      else
        for (guint i = 0; i < 3; i++)
          row[x * 3 + i] = c[i];
    }
}

void
lp_make_jpeg (const char *path, LpMadeJpeg kind, guint width, guint height)
{
  struct jpeg_compress_struct jpeg;
  struct jpeg_error_mgr errors;
  gboolean inks = kind == LP_MADE_CMYK || kind == LP_MADE_YCCK;
  g_autofree guint8 *row = g_malloc (width * 4);
  FILE *file = fopen (path, "wb");
  g_assert_nonnull (file);
  jpeg.err = jpeg_std_error (&errors);
  jpeg_create_compress (&jpeg);
  jpeg_stdio_dest (&jpeg, file);
  jpeg.image_width = width;
  jpeg.image_height = height;
  jpeg.input_components = inks ? 4 : 3;
  jpeg.in_color_space = inks ? JCS_CMYK : JCS_RGB;
  jpeg_set_defaults (&jpeg);
  if (kind == LP_MADE_GREY)
    jpeg_set_colorspace (&jpeg, JCS_GRAYSCALE);
  if (kind == LP_MADE_YCCK)
    jpeg_set_colorspace (&jpeg, JCS_YCCK);
  if (kind == LP_MADE_CMYK) /* without the marker the inks are not inverted */
    jpeg.write_Adobe_marker = FALSE;
  for (int i = 0; i < jpeg.num_components; i++)
    jpeg.comp_info[i].h_samp_factor = jpeg.comp_info[i].v_samp_factor = 1;
  jpeg_set_quality (&jpeg, 100, TRUE);
  if (kind == LP_MADE_PROGRESSIVE)
    jpeg_simple_progression (&jpeg);
  jpeg_start_compress (&jpeg, TRUE);
  for (guint y = 0; y < height; y++)
    {
      JSAMPROW rows[] = { row };
      fill_row (row, kind, y, width, height);
      jpeg_write_scanlines (&jpeg, rows, 1);
    }
  jpeg_finish_compress (&jpeg);
  jpeg_destroy_compress (&jpeg);
  fclose (file);
}

void
lp_make_png (const char *path,
             guint width,
             guint height,
             int depth,
             int color_type,
             gboolean interlaced,
             const guint8 *rows,
             gsize row_bytes)
{
  static const png_color palette[] = { { 10, 20, 30 }, { 200, 150, 100 } };
  static const png_byte alphas[] = { 0, 255 };
  FILE *file = fopen (path, "wb");
  g_assert_nonnull (file);
  png_structp png = png_create_write_struct (PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
  png_infop info = png_create_info_struct (png);
  g_autofree png_bytep *pointers = g_new (png_bytep, height);
  for (guint y = 0; y < height; y++)
    pointers[y] = (png_bytep) rows + y * row_bytes;
  png_init_io (png, file);
  png_set_IHDR (png, info, width, height, depth, color_type, interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
                PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (color_type == PNG_COLOR_TYPE_PALETTE)
    {
      png_set_PLTE (png, info, palette, G_N_ELEMENTS (palette));
      png_set_tRNS (png, info, alphas, G_N_ELEMENTS (alphas), NULL);
    }
  png_write_info (png, info);
  png_write_image (png, pointers);
  png_write_end (png, info);
  png_destroy_write_struct (&png, &info);
  fclose (file);
}

void
lp_make_png_quarters (const char *path, guint width, guint height)
{
  g_autofree guint8 *rows = g_malloc (width * height * 3);
  for (guint y = 0; y < height; y++)
    fill_row (rows + y * width * 3, LP_MADE_RGB, y, width, height);
  lp_make_png (path, width, height, 8, PNG_COLOR_TYPE_RGB, FALSE, rows, width * 3);
}
