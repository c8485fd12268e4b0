/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* What libFuzzer calls, and run-seeds.c where there is no libFuzzer. Returns 0. */
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);
