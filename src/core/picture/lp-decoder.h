/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <gio/gio.h>

#include "base/lp-path.h"
#include "model/lp-geometry.h"

G_BEGIN_DECLS

/* Client of the decoder program. Pixels come as a sealed memfd, mapped into a cairo image surface; no image library
 * is linked here. One decoder process is kept; when it dies the wish fails and the next wish starts another. */
typedef struct _LpDecoder LpDecoder;

/* Fails with G_IO_ERROR_NOT_FOUND where the program is not installed; starts it with the first wish. */
LpDecoder *lp_decoder_new (GError **error);

/* The same with another program and another patience than 10 seconds, for tests. */
LpDecoder *lp_decoder_new_for (const char *program, guint patience);

/* Kills the program. Wishes that wait end with G_IO_ERROR_CANCELLED, their callbacks still run. Not while another
 * thread is in lp_decoder_decode. */
void lp_decoder_free (LpDecoder *decoder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LpDecoder, lp_decoder_free)

typedef struct
{
  const char *path;
  guint max_width, max_height; /* the view, in pixels of the upright picture; 0: full size. Never upscaled */
  guint orientation;           /* 1…8: turned by us while scaling; 1: raw frame */
} LpDecodeWish;

/* Blocks until decoded (10 s at most) or cancelled. The surface (RGB24 or ARGB32) is the caller's. Any thread; wishes
 * of several threads are served one after the other. Errors: G_IO_ERROR with a sentence for a person. */
cairo_surface_t *lp_decoder_decode (
  LpDecoder *decoder, const LpRoots *roots, const LpDecodeWish *wish, GCancellable *cancellable, GError **error);

/* The same without blocking the caller: newest wish first, in a worker thread; `group` names wishes that replace each
 * other (0: none does): an older waiting wish of the same group is dropped with G_IO_ERROR_CANCELLED. The callback
 * runs in the caller's main context, never before this returns; finish gives the surface and asks nothing of the
 * decoder, which may be gone. `roots` is shared, the wish copied. */
void lp_decoder_decode_async (LpDecoder *decoder,
                              const LpRoots *roots,
                              const LpDecodeWish *wish,
                              guint group,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
cairo_surface_t *lp_decoder_decode_finish (LpDecoder *decoder, GAsyncResult *result, GError **error);

/* What the image library put up with while it decoded this surface: 0 for a picture without a flaw. */
guint lp_decoder_surface_warnings (cairo_surface_t *surface);

G_END_DECLS
