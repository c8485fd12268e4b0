/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <png.h>
#include <setjmp.h>

#include "decoder/lp-formats.h"

/* Everything that must survive a longjmp out of the library lies in here, not on the stack. */
typedef struct
{
  png_structp png;
  png_infop info;
  LpDecodeAnswer *answer;
  LpCanvas *canvas;
  guint width, height;
  guint32 *pixels; /* a row; the whole picture where it is interlaced */
  gboolean complete;
} Job;

static void
on_error (png_structp png, png_const_charp text)
{
  Job *job = png_get_error_ptr (png);
  if (job->complete) /* what is broken behind the last row costs no pixel */
    job->answer->warnings++;
  else
    {
      g_strlcpy (job->answer->reason, text, sizeof job->answer->reason);
      job->answer->status = LP_DECODE_DAMAGED;
    }
  png_longjmp (png, 1);
}

static void
on_warning (png_structp png, png_const_charp text)
{
  Job *job = png_get_error_ptr (png);
  job->answer->warnings++;
}

/* Whatever is stored becomes 8 bits of four channels in the machine's order. */
static void
set_transforms (Job *job)
{
  png_structp png = job->png;
  png_byte type = png_get_color_type (png, job->info);
  job->answer->has_alpha = (type & PNG_COLOR_MASK_ALPHA) != 0 || png_get_valid (png, job->info, PNG_INFO_tRNS) != 0;
  png_set_scale_16 (png);
  png_set_expand (png);
  if (type == PNG_COLOR_TYPE_GRAY || type == PNG_COLOR_TYPE_GRAY_ALPHA)
    png_set_gray_to_rgb (png);
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
  png_set_bgr (png);
  png_set_add_alpha (png, 0xff, PNG_FILLER_AFTER);
#else
  png_set_swap_alpha (png);
  png_set_add_alpha (png, 0xff, PNG_FILLER_BEFORE);
#endif
}

static void
premultiply (guint32 *row, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      guint32 p = row[i], a = p >> 24;
      if (a == 255)
        continue;
      guint32 r = ((p >> 16 & 0xff) * a + 127) / 255;
      guint32 g = ((p >> 8 & 0xff) * a + 127) / 255;
      guint32 b = ((p & 0xff) * a + 127) / 255;
      row[i] = a << 24 | r << 16 | g << 8 | b;
    }
}

/* Size, transforms and buffers; FALSE where the answer already says why not. */
static gboolean
prepare (Job *job, const LpDecodeRequest *request, int passes)
{
  guint wanted_width, wanted_height;
  lp_canvas_wanted (request, job->width, job->height, &wanted_width, &wanted_height);
  job->canvas = lp_canvas_new (request, job->width, job->height, wanted_width, wanted_height);
  job->pixels = g_try_new0 (guint32, (gsize) job->width * (passes > 1 ? job->height : 1));
  if (job->canvas != NULL && job->pixels != NULL)
    return TRUE;
  job->answer->status = LP_DECODE_NO_MEMORY;
  return FALSE;
}

static void
take_row (Job *job, guint32 *row)
{
  if (job->answer->has_alpha)
    premultiply (row, job->width);
  lp_canvas_add_row (job->canvas, row);
}

static void
read_rows (Job *job, int passes)
{
  for (int pass = 0; pass < passes - 1; pass++)
    for (guint y = 0; y < job->height; y++)
      png_read_row (job->png, (png_bytep) (job->pixels + (gsize) y * job->width), NULL);
  for (guint y = 0; y < job->height; y++)
    {
      guint32 *row = job->pixels + (passes > 1 ? (gsize) y * job->width : 0);
      png_read_row (job->png, (png_bytep) row, NULL);
      take_row (job, row);
    }
}

static void
decode (Job *job, FILE *file, const LpDecodeRequest *request)
{
  if (setjmp (png_jmpbuf (job->png)) != 0)
    return;
  png_init_io (job->png, file);
  png_set_user_limits (job->png, PNG_UINT_31_MAX, PNG_UINT_31_MAX); /* the pixels are counted instead */
  png_read_info (job->png, job->info);
  job->width = png_get_image_width (job->png, job->info);
  job->height = png_get_image_height (job->png, job->info);
  if (lp_decode_too_big (request, job->width, job->height, job->answer))
    return;
  set_transforms (job);
  int passes = png_set_interlace_handling (job->png);
  png_read_update_info (job->png, job->info);
  if (!prepare (job, request, passes))
    return;
  read_rows (job, passes);
  job->complete = TRUE;
  png_read_end (job->png, NULL);
}

int
lp_decode_png (FILE *file, const LpDecodeRequest *request, LpDecodeAnswer *answer)
{
  Job job = { .answer = answer };
  int fd = -1;
  job.png = png_create_read_struct (PNG_LIBPNG_VER_STRING, &job, on_error, on_warning);
  job.info = job.png != NULL ? png_create_info_struct (job.png) : NULL;
  if (job.info != NULL)
    decode (&job, file, request);
  else
    answer->status = LP_DECODE_NO_MEMORY;
  if (answer->status == LP_DECODE_OK && (fd = lp_canvas_finish (job.canvas, answer)) < 0)
    answer->status = LP_DECODE_NO_MEMORY;
  png_destroy_read_struct (&job.png, &job.info, NULL);
  g_clear_pointer (&job.canvas, lp_canvas_free);
  g_free (job.pixels);
  return fd;
}
