/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "check/lp-family.h"

const LpRule lp_rules_class[] = {
  {
    .id = "class/id-out-of-range",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_REVIEW,
    .title = N_ ("class/id-out-of-range"),
    .sentence = N_ ("{detail}"),
  },
  {
    .id = "class/id-equals-nc",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_REVIEW,
    .title = N_ ("class/id-equals-nc"),
    .sentence = N_ ("{detail}"),
  },
  {
    .id = "class/count-mismatch",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_SAFE,
    .title = N_ ("class/count-mismatch"),
    .sentence = N_ ("{detail}"),
  },
  {
    .id = "class/duplicate-name",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_REVIEW,
    .title = N_ ("class/duplicate-name"),
    .sentence = N_ ("{detail}"),
  },
  {
    .id = "class/name-whitespace",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_REVIEW,
    .title = N_ ("class/name-whitespace"),
    .sentence = N_ ("{detail}"),
  },
  { .id = NULL },
};
