/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What was named gives nothing to look at: says what, why, and what to do instead. */
#define LP_TYPE_ERROR_PAGE (lp_error_page_get_type ())
G_DECLARE_FINAL_TYPE (LpErrorPage, lp_error_page, LP, ERROR_PAGE, AdwBin)

/* `unread`: char *, a sentence for each path that gave nothing; may be NULL or empty, then the error speaks. */
void lp_error_page_show (LpErrorPage *self, const char *const *paths, const GPtrArray *unread, const GError *error);

G_END_DECLS
