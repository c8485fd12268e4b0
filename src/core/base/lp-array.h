/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Room ahead for n elements of an array that is not cleared: it is moved less often while it grows, and where it is
 * many megabytes, the system is asked for large pages, so that filling it is interrupted a hundredth as often. Length
 * and elements stay; what is never filled takes no memory but in the last large page. Aborts, as every growth, where
 * there is not that much. */
void lp_array_expect (GArray *array, guint n);

G_END_DECLS
