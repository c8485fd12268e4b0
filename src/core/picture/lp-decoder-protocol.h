/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the client (picture/decoder.c) and the program labelproof-decoder say to each other, over a SOCK_SEQPACKET
 * pair whose one end is the program's standard input. One request, with the open picture as SCM_RIGHTS; one answer,
 * with the pixels as a memfd sealed against SHRINK, GROW and WRITE when the status is OK. Both ends come from one
 * build, so numbers are in the machine's order. The program gets no path and no environment; it ends when the client
 * closes its end. The client believes nothing of an answer before it has looked. */

#define LP_DECODE_SIDE_MAX 32767 /* pixels: cairo's longest side, so the longest that can be wanted */
#define LP_DECODE_SCANS_MAX 100  /* of a progressive JPEG */
#define LP_DECODE_REASON_MAX 160 /* bytes, the closing 0 included */

typedef struct
{
  guint32 serial;                /* comes back with the answer */
  guint32 max_width, max_height; /* of the upright picture, 1…LP_DECODE_SIDE_MAX; never scaled up to it */
  guint32 orientation;           /* 1…8 */
  guint64 max_pixels;            /* a picture with more, by its header, is not decoded */
} LpDecodeRequest;

typedef enum
{
  LP_DECODE_OK,
  LP_DECODE_OTHER_FORMAT, /* neither JPEG nor PNG */
  LP_DECODE_TOO_BIG,      /* width, height: what the header says */
  LP_DECODE_TOO_MANY_SCANS,
  LP_DECODE_NO_MEMORY,
  LP_DECODE_DAMAGED, /* reason: the library's sentence */
} LpDecodeStatus;

typedef struct
{
  guint32 serial;
  guint32 status;        /* LpDecodeStatus */
  guint32 width, height; /* of the upright pixels */
  guint32 stride;        /* bytes a row */
  guint32 has_alpha;     /* 1: premultiplied ARGB32, 0: RGB24; cairo's words, the machine's order */
  guint32 warnings;      /* what the library put up with */
  char reason[LP_DECODE_REASON_MAX];
} LpDecodeAnswer;

G_END_DECLS
