/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "decoder/lp-canvas.h"
#include "model/lp-geometry.h"

#define ONE 4096 /* weight of a whole wanted pixel: 255 · ONE · ONE and its rounding still fit in 32 bits */
#define BAND 16  /* rows written together when turned by a quarter: 16 pixels fill a line of the processor's cache */

/* Which incoming pixels make up a wanted one, and with which weight: weights[i + o] is that of pixel i in wanted
 * pixel o. (A pixel on the border of two has a share in both; the sum of both indices tells these apart.) */
typedef struct
{
  guint first, end;
} Span;

typedef struct
{
  guint in, out; /* out ≤ in */
  Span *spans;   /* a wanted pixel */
  guint16 *weights;
} Axis;

struct _LpCanvas
{
  guint orientation;
  guint width, height;     /* wanted, raw frame */
  guint out_width, stride; /* upright; bytes */
  guint out_height;
  gsize size;
  int fd;
  guint32 *pixels; /* the mapped memfd */
  Axis across, down;
  guint rows_in; /* rows that came */
  guint row;     /* wanted row being filled */
  guint32 *sums; /* four channels a wanted pixel, weighted by `down` */
  guint32 *band; /* wanted rows waiting to be written */
  guint band_first, band_rows;
};

/* ---- size ---- */

void
lp_canvas_wanted (
  const LpDecodeRequest *request, guint width, guint height, guint *wanted_width, guint *wanted_height)
{
  gboolean swaps = lp_orientation_swaps (request->orientation);
  guint32 max_width = swaps ? request->max_height : request->max_width;
  guint32 max_height = swaps ? request->max_width : request->max_height;
  double scale = 1;
  if (max_width > 0)
    scale = MIN (scale, (double) max_width / width);
  if (max_height > 0)
    scale = MIN (scale, (double) max_height / height);
  *wanted_width = CLAMP ((guint) floor (width * scale + 0.5), 1, width);
  *wanted_height = CLAMP ((guint) floor (height * scale + 0.5), 1, height);
}

/* ---- averaging ---- */

/* Edge i of the incoming pixels in parts of a wanted one; differences of rounded edges sum to exactly ONE. */
static guint64
edge (const Axis *axis, guint i)
{
  return (guint64) i * axis->out * ONE / axis->in;
}

static gboolean
axis_init (Axis *axis, guint in, guint out)
{
  *axis = (Axis){ .in = in, .out = out, .spans = g_try_new (Span, out) };
  axis->weights = g_try_new0 (guint16, (gsize) in + out);
  if (axis->spans == NULL || axis->weights == NULL)
    return FALSE;
  guint i = 0;
  for (guint o = 0; o < out; o++)
    {
      guint64 start = (guint64) o * ONE, end = start + ONE;
      while (edge (axis, i + 1) <= start)
        i++;
      axis->spans[o].first = i;
      for (; i < in && edge (axis, i) < end; i++)
        axis->weights[(gsize) i + o] = (guint16) (MIN (edge (axis, i + 1), end) - MAX (edge (axis, i), start));
      axis->spans[o].end = i;
      i--; /* the last one may reach into the next */
    }
  return TRUE;
}

static void
add_weighted (LpCanvas *canvas, const guint32 *row, guint32 weight)
{
  const Axis *axis = &canvas->across;
  guint32 *sums = canvas->sums;
  for (guint o = 0; o < axis->out; o++, sums += 4)
    {
      guint32 sum[4] = { 0, 0, 0, 0 };
      const guint16 *weights = axis->weights + o;
      for (guint i = axis->spans[o].first; i < axis->spans[o].end; i++)
        {
          guint32 p = row[i], w = weights[i];
          sum[0] += (p & 0xff) * w;
          sum[1] += (p >> 8 & 0xff) * w;
          sum[2] += (p >> 16 & 0xff) * w;
          sum[3] += (p >> 24) * w;
        }
      for (guint c = 0; c < 4; c++)
        sums[c] += sum[c] * weight;
    }
}

/* ---- turning ---- */

/* Writes wanted rows [first, first + n) of the band to their places in the upright picture. */
static void
write_band (LpCanvas *canvas)
{
  guint w = canvas->width, h = canvas->height, o = canvas->orientation, n = canvas->band_rows;
  gsize line = canvas->stride / 4;
  gboolean swaps = lp_orientation_swaps (o);
  /* Whether raw x and raw y run backwards in the upright picture. */
  gboolean x_back = o == 2 || o == 3 || o == 7 || o == 8;
  gboolean y_back = o == 3 || o == 4 || o == 6 || o == 7;
  for (guint x = 0; swaps && x < w; x++)
    {
      guint32 *to = canvas->pixels + (x_back ? w - 1 - x : x) * line;
      for (guint i = 0; i < n; i++)
        {
          guint y = canvas->band_first + i;
          to[y_back ? h - 1 - y : y] = canvas->band[(gsize) i * w + x];
        }
    }
  for (guint i = 0; !swaps && i < n; i++)
    {
      guint y = canvas->band_first + i;
      const guint32 *from = canvas->band + (gsize) i * w;
      guint32 *to = canvas->pixels + (y_back ? h - 1 - y : y) * line;
      if (!x_back)
        memcpy (to, from, (gsize) w * 4);
      for (guint x = 0; x_back && x < w; x++)
        to[w - 1 - x] = from[x];
    }
  canvas->band_first += n;
  canvas->band_rows = 0;
}

static guint32 *
band_row (LpCanvas *canvas)
{
  return canvas->band + (gsize) canvas->band_rows * canvas->width;
}

static void
band_row_done (LpCanvas *canvas)
{
  if (++canvas->band_rows == BAND || canvas->band_first + canvas->band_rows == canvas->height)
    write_band (canvas);
}

/* ---- rows ---- */

static void
finish_row (LpCanvas *canvas)
{
  const guint32 half = ONE * ONE / 2, shift = 24;
  const guint32 *sums = canvas->sums;
  guint32 *to = band_row (canvas);
  for (guint x = 0; x < canvas->width; x++, sums += 4)
    to[x] = (sums[0] + half) >> shift | ((sums[1] + half) >> shift) << 8 | ((sums[2] + half) >> shift) << 16 |
            ((sums[3] + half) >> shift) << 24;
  memset (canvas->sums, 0, (gsize) canvas->width * 16);
  band_row_done (canvas);
  canvas->row++;
}

void
lp_canvas_add_row (LpCanvas *canvas, const guint32 *row)
{
  const Axis *down = &canvas->down;
  if (canvas->rows_in >= down->in)
    return;
  guint y = canvas->rows_in++;
  if (canvas->across.in == canvas->width && down->in == canvas->height)
    {
      memcpy (band_row (canvas), row, (gsize) canvas->width * 4);
      band_row_done (canvas);
      return;
    }
  while (canvas->row < canvas->height && down->spans[canvas->row].first <= y)
    {
      add_weighted (canvas, row, down->weights[(gsize) y + canvas->row]);
      if (y + 1 < down->spans[canvas->row].end)
        break;
      finish_row (canvas);
    }
}

/* ---- life ---- */

static gboolean
map_pixels (LpCanvas *canvas)
{
  canvas->fd = memfd_create ("labelproof-picture", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (canvas->fd < 0 || ftruncate (canvas->fd, (off_t) canvas->size) != 0)
    return FALSE;
  void *pixels = mmap (NULL, canvas->size, PROT_READ | PROT_WRITE, MAP_SHARED, canvas->fd, 0);
  canvas->pixels = pixels == MAP_FAILED ? NULL : pixels;
  return canvas->pixels != NULL;
}

LpCanvas *
lp_canvas_new (const LpDecodeRequest *request, guint width, guint height, guint wanted_width, guint wanted_height)
{
  LpCanvas *canvas = g_new0 (LpCanvas, 1);
  gboolean swaps = lp_orientation_swaps (request->orientation);
  canvas->orientation = request->orientation;
  canvas->width = wanted_width;
  canvas->height = wanted_height;
  canvas->out_width = swaps ? wanted_height : wanted_width;
  canvas->out_height = swaps ? wanted_width : wanted_height;
  canvas->stride = canvas->out_width * 4; /* a multiple of 4 is all that cairo asks for 32 bits */
  canvas->size = (gsize) canvas->stride * canvas->out_height;
  canvas->fd = -1;
  canvas->sums = g_try_new0 (guint32, (gsize) wanted_width * 4);
  canvas->band = g_try_new0 (guint32, (gsize) wanted_width * BAND);
  if (axis_init (&canvas->across, width, wanted_width) && axis_init (&canvas->down, height, wanted_height) &&
      canvas->sums != NULL && canvas->band != NULL && map_pixels (canvas))
    return canvas;
  lp_canvas_free (canvas);
  return NULL;
}

void
lp_canvas_free (LpCanvas *canvas)
{
  if (canvas->pixels != NULL)
    munmap (canvas->pixels, canvas->size);
  if (canvas->fd >= 0)
    close (canvas->fd);
  g_free (canvas->across.spans);
  g_free (canvas->across.weights);
  g_free (canvas->down.spans);
  g_free (canvas->down.weights);
  g_free (canvas->sums);
  g_free (canvas->band);
  g_free (canvas);
}

int
lp_canvas_finish (LpCanvas *canvas, LpDecodeAnswer *answer)
{
  if (canvas->band_rows > 0)
    write_band (canvas);
  answer->width = canvas->out_width;
  answer->height = canvas->out_height;
  answer->stride = canvas->stride;
  munmap (canvas->pixels, canvas->size); /* a writable mapping would forbid the last seal */
  canvas->pixels = NULL;
  if (fcntl (canvas->fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) != 0)
    return -1;
  int fd = canvas->fd;
  canvas->fd = -1;
  return fd;
}
