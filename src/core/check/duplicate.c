/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "check/lp-family.h"

const LpRule lp_rules_duplicate[] = {
  {
    .id = "duplicate/exact-box",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_SAFE,
    .title = N_ ("duplicate/exact-box"),
    .sentence = N_ ("{detail}"),
  },
  { .id = NULL },
};
