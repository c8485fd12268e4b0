/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <setjmp.h>
#include <stdio.h>
#include <jpeglib.h>
#include <jerror.h>

#include "decoder/lp-formats.h"

#define MEMORY_MAX (1024l * 1024 * 1024) /* for the coefficients of a progressive picture */

#if G_BYTE_ORDER == G_LITTLE_ENDIAN
#define PIXELS JCS_EXT_BGRA
#else
#define PIXELS JCS_EXT_ARGB
#endif

/* Everything that must survive a longjmp out of the library lies in here, not on the stack. */
typedef struct
{
  struct jpeg_decompress_struct jpeg;
  struct jpeg_error_mgr errors;
  struct jpeg_progress_mgr progress;
  jmp_buf escape;
  LpDecodeAnswer *answer;
  LpCanvas *canvas;
  guint32 *row;
} Job;

static void
on_error (j_common_ptr common)
{
  Job *job = common->client_data;
  char text[JMSG_LENGTH_MAX];
  common->err->format_message (common, text);
  g_strlcpy (job->answer->reason, text, sizeof job->answer->reason);
  if (job->answer->status == LP_DECODE_OK)
    job->answer->status =
      common->err->msg_code == JERR_OUT_OF_MEMORY || common->err->msg_code == JERR_NO_BACKING_STORE
        ? LP_DECODE_NO_MEMORY
        : LP_DECODE_DAMAGED;
  longjmp (job->escape, 1);
}

/* Warnings are counted, nothing is printed. */
static void
on_message (j_common_ptr common, int level)
{
  if (level < 0)
    common->err->num_warnings++;
}

static void
on_progress (j_common_ptr common)
{
  Job *job = common->client_data;
  if (job->jpeg.input_scan_number > LP_DECODE_SCANS_MAX)
    {
      job->answer->status = LP_DECODE_TOO_MANY_SCANS;
      longjmp (job->escape, 1);
    }
}

/* The cheapest of the library's scales that is still at least as large as what is wanted. 3/8 and its like have no
 * fast code, so only halves are asked for. */
static void
choose_scale (struct jpeg_decompress_struct *jpeg, guint width, guint height)
{
  jpeg->scale_denom = 8;
  for (jpeg->scale_num = 1; jpeg->scale_num < 8; jpeg->scale_num *= 2)
    {
      jpeg_calc_output_dimensions (jpeg);
      if (jpeg->output_width >= width && jpeg->output_height >= height)
        return;
    }
}

/* Inks to light, in place. Adobe's programs write the complement, and everybody followed them. */
static void
convert_cmyk (guint32 *row, guint n, gboolean inverted)
{
  const guint8 *ink = (const guint8 *) row;
  for (guint i = 0; i < n; i++, ink += 4)
    {
      guint32 light[4];
      for (guint c = 0; c < 4; c++)
        light[c] = inverted ? ink[c] : 255u - ink[c];
      guint32 r = (light[0] * light[3] + 127) / 255;
      guint32 g = (light[1] * light[3] + 127) / 255;
      guint32 b = (light[2] * light[3] + 127) / 255;
      row[i] = 0xff000000 | r << 16 | g << 8 | b;
    }
}

/* Size, scale and buffers; FALSE where the answer already says why not. */
static gboolean
prepare (Job *job, const LpDecodeRequest *request)
{
  struct jpeg_decompress_struct *jpeg = &job->jpeg;
  guint width, height;
  if (lp_decode_too_big (request, jpeg->image_width, jpeg->image_height, job->answer))
    return FALSE;
  gboolean inks = jpeg->jpeg_color_space == JCS_CMYK || jpeg->jpeg_color_space == JCS_YCCK;
  jpeg->out_color_space = inks ? JCS_CMYK : PIXELS;
  lp_canvas_wanted (request, jpeg->image_width, jpeg->image_height, &width, &height);
  choose_scale (jpeg, width, height);
  jpeg_start_decompress (jpeg);
  job->row = g_try_new (guint32, jpeg->output_width);
  job->canvas = lp_canvas_new (request, jpeg->output_width, jpeg->output_height, width, height);
  if (job->row != NULL && job->canvas != NULL)
    return TRUE;
  job->answer->status = LP_DECODE_NO_MEMORY;
  return FALSE;
}

static void
decode (Job *job, FILE *file, const LpDecodeRequest *request)
{
  struct jpeg_decompress_struct *jpeg = &job->jpeg;
  if (setjmp (job->escape) != 0)
    return;
  jpeg_create_decompress (jpeg);
  jpeg->client_data = job;
  jpeg->mem->max_memory_to_use = MEMORY_MAX;
  jpeg->progress = &job->progress;
  jpeg_stdio_src (jpeg, file);
  jpeg_read_header (jpeg, TRUE);
  if (!prepare (job, request))
    return;
  while (jpeg->output_scanline < jpeg->output_height)
    {
      JSAMPROW rows[] = { (JSAMPROW) job->row };
      jpeg_read_scanlines (jpeg, rows, 1);
      if (jpeg->out_color_space == JCS_CMYK)
        convert_cmyk (job->row, jpeg->output_width, jpeg->saw_Adobe_marker);
      lp_canvas_add_row (job->canvas, job->row);
    }
  jpeg_finish_decompress (jpeg);
}

int
lp_decode_jpeg (FILE *file, const LpDecodeRequest *request, LpDecodeAnswer *answer)
{
  Job job = { .answer = answer };
  int fd = -1;
  job.jpeg.err = jpeg_std_error (&job.errors);
  job.jpeg.client_data = &job;
  job.errors.error_exit = on_error;
  job.errors.emit_message = on_message;
  job.progress.progress_monitor = on_progress;
  decode (&job, file, request);
  answer->warnings = (guint32) job.errors.num_warnings;
  if (answer->status == LP_DECODE_OK && (fd = lp_canvas_finish (job.canvas, answer)) < 0)
    answer->status = LP_DECODE_NO_MEMORY;
  jpeg_destroy_decompress (&job.jpeg);
  g_clear_pointer (&job.canvas, lp_canvas_free);
  g_free (job.row);
  return fd;
}
