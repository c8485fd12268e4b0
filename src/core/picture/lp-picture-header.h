/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/lp-path.h"
#include "base/lp-progress.h"
#include "model/lp-dataset.h"

G_BEGIN_DECLS

/* Size and EXIF turn of a picture from its first bytes: JPEG (ITU-T T.81, Exif 2.3) and PNG (third edition), by magic
 * bytes, never by name. */

typedef enum
{
  LP_PICTURE_UNKNOWN,
  LP_PICTURE_JPEG,
  LP_PICTURE_PNG,
} LpPictureFormat;

typedef enum
{
  LP_HEADER_OK,
  LP_HEADER_EMPTY,     /* 0 bytes */
  LP_HEADER_UNKNOWN,   /* no picture that anybody knows */
  LP_HEADER_OTHER,     /* magic bytes of another picture format (BMP, GIF, TIFF, WebP, HEIF, JPEG 2000, PFM) */
  LP_HEADER_TRUNCATED, /* ends before its size */
  LP_HEADER_BROKEN,
} LpHeaderResult;

typedef struct
{
  LpPictureFormat format;
  guint32 width, height;    /* as stored */
  guint8 orientation;       /* 1…8; 1 where the tag is absent or invalid */
  gboolean bad_orientation; /* the tag is outside 1…8 */
} LpPictureHeader;

/* Pixels above which a picture is not decoded (Pillow's hard stop). */
#define LP_PICTURE_PIXELS_MAX G_GUINT64_CONSTANT (178956970)

/* Reads 4 kB, then segment by segment (at most 64) to the size. Only with LP_HEADER_OK does the size count. Any
 * thread. */
LpHeaderResult lp_picture_header_read (int fd, LpPictureHeader *header);

/* The same from memory, for tests and fuzzing. */
LpHeaderResult lp_picture_header_parse (const guint8 *data, gsize length, LpPictureHeader *header);

/* Third part of loading: the header of every found image, in threads. Sets width, height, orientation, format, flags,
 * state; notices, in image order, image/empty-file, image/unreadable (detail: the reason, a short fact that is not
 * translated), image/decode-limit (a, b: width, height) and dataset/path-outside for a link out of the roots. A
 * picture of another format keeps width 0 and no PROBED flag, without a finding. `total` of the progress is the
 * caller's. FALSE only when cancelled: then nothing was noticed. */
gboolean lp_picture_probe_all (LpDataset *dataset, const LpRoots *roots, LpProgress *progress, GError **error);

G_END_DECLS
