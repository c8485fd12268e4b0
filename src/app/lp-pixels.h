/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/lp-session.h"

G_BEGIN_DECLS

/* Pictures at thumbnail size, kept for all who show them (crops, film strips): at most 160 MiB, least recently used
 * out first. Main thread. */

typedef enum
{
  LP_PIXELS_READY,
  LP_PIXELS_PENDING,
  LP_PIXELS_FAILED, /* no such picture, or it cannot be decoded; asked again only after lp_pixels_forget */
} LpPixelsState;

typedef void (*LpPixelsFunc) (gpointer user_data);

/* The picture's pixels, turned as `orientation` (1…8) says, at least `size` pixels on the longer side where the file
 * has as many. READY: *surface is a reference of the caller's. PENDING: `ready` is called once, later, when it is
 * worth asking again, unless `cancellable` was cancelled before; NULL where nobody waits. Wishes of one `group`
 * replace each other in the decoder (0: none does), so that a held key leaves no queue behind. */
LpPixelsState lp_pixels_get (LpSession *session,
                             const char *path,
                             guint orientation,
                             guint size,
                             guint group,
                             cairo_surface_t **surface,
                             GCancellable *cancellable,
                             LpPixelsFunc ready,
                             gpointer user_data);

/* The largest that is there now, without asking for any; NULL: none. The caller's. */
cairo_surface_t *lp_pixels_peek (const char *path, guint orientation);

/* Everything, also what failed: files may have changed. */
void lp_pixels_forget (void);

G_END_DECLS
