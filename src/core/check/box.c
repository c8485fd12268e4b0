/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "check/lp-family.h"

const LpRule lp_rules_box[] = {
  {
    .id = "box/non-positive",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_REVIEW,
    .title = N_ ("box/non-positive"),
    .sentence = N_ ("{detail}"),
  },
  {
    .id = "box/outside",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_REVIEW,
    .title = N_ ("box/outside"),
    .sentence = N_ ("{detail}"),
  },
  {
    .id = "box/out-of-frame",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_REVIEW,
    .title = N_ ("box/out-of-frame"),
    .sentence = N_ ("{detail}"),
  },
  {
    .id = "box/rounding-overhang",
    .severity = LP_SEVERITY_INFO,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_SAFE,
    .title = N_ ("box/rounding-overhang"),
    .sentence = N_ ("{detail}"),
  },
  {
    .id = "box/class-differs",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_REVIEW,
    .title = N_ ("box/class-differs"),
    .sentence = N_ ("{detail}"),
  },
  {
    .id = "box/coordinate-drift",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_REVIEW,
    .title = N_ ("box/coordinate-drift"),
    .sentence = N_ ("{detail}"),
  },
  {
    .id = "box/missing-in-yolo",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_REVIEW,
    .title = N_ ("box/missing-in-yolo"),
    .sentence = N_ ("{detail}"),
  },
  {
    .id = "box/extra-in-yolo",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_NONE,
    .title = N_ ("box/extra-in-yolo"),
    .sentence = N_ ("{detail}"),
  },
  { .id = NULL },
};
