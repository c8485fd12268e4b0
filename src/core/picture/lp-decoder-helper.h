/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "picture/lp-decoder-protocol.h"

G_BEGIN_DECLS

/* One running decoder program and the wire to it. Not thread-safe; used by decoder.c alone. */
typedef struct
{
  GSubprocess *process;
  int fd;           /* our end of the pair */
  guint32 serial;   /* of the newest request */
  guint32 answered; /* serial of the newest answer */
} LpHelper;

/* The program that belongs to this build: beside our own executable; in the same meson build tree; in libexecdir.
 * Free with g_free. NULL: it is not installed. */
char *lp_helper_find (void);

LpHelper *lp_helper_start (const char *program, GError **error);

/* Kills it whatever it is doing. */
void lp_helper_stop (LpHelper *helper);

/* Sends the request under a new serial; `picture` stays the caller's. FALSE when the helper is gone. */
gboolean lp_helper_send (LpHelper *helper, LpDecodeRequest *request, int picture);

typedef enum
{
  LP_HELPER_ANSWERED,
  LP_HELPER_TIMED_OUT,
  LP_HELPER_CANCELLED,
  LP_HELPER_GONE, /* it died, or speaks nonsense */
} LpHelperEvent;

/* Waits for the answer to the newest request until the monotonic time `deadline`; answers to older ones are thrown
 * away. `cancel` is a descriptor that becomes readable when nobody wants the answer any more, -1: none. The pixels'
 * memfd is the caller's, -1 where the answer has none. */
LpHelperEvent
lp_helper_wait (LpHelper *helper, gint64 deadline, int cancel, int quit, LpDecodeAnswer *answer, int *pixels);

G_END_DECLS
