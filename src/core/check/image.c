/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "check/lp-family.h"

const LpRule lp_rules_image[] = {
  {
    .id = "image/missing",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_REVIEW,
    .title = N_ ("image/missing"),
    .sentence = N_ ("{detail}"),
  },
  {
    .id = "image/unreadable",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_NONE,
    .title = N_ ("image/unreadable"),
    .sentence = N_ ("{detail}"),
  },
  {
    .id = "image/decode-limit",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_NONE,
    .title = N_ ("image/decode-limit"),
    .sentence = N_ ("{detail}"),
  },
  {
    .id = "image/exif-rotated",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_REVIEW,
    .title = N_ ("image/exif-rotated"),
    .sentence = N_ ("{detail}"),
  },
  {
    .id = "image/exif-frame-raw",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_REVIEW,
    .title = N_ ("image/exif-frame-raw"),
    .sentence = N_ ("{detail}"),
  },
  { .id = NULL },
};
