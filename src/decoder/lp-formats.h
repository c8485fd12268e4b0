/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdio.h>

#include "decoder/lp-canvas.h"

G_BEGIN_DECLS

/* One function a library: decodes the picture in `file`, which stands at its start, and fills the answer. Returns the
 * sealed memfd, or -1 where the answer's status is not LP_DECODE_OK. */
int lp_decode_jpeg (FILE *file, const LpDecodeRequest *request, LpDecodeAnswer *answer);
int lp_decode_png (FILE *file, const LpDecodeRequest *request, LpDecodeAnswer *answer);

/* TRUE, and the answer says so, where the size of the header is beyond the request's limit. */
static inline gboolean
lp_decode_too_big (const LpDecodeRequest *request, guint width, guint height, LpDecodeAnswer *answer)
{
  if ((guint64) width * height <= request->max_pixels)
    return FALSE;
  answer->status = LP_DECODE_TOO_BIG;
  answer->width = width;
  answer->height = height;
  return TRUE;
}

G_END_DECLS
