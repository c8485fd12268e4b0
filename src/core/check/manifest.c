/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "check/lp-family.h"

const LpRule lp_rules_manifest[] = {
  {
    .id = "manifest/invalid-json",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_NONE,
    .title = N_ ("manifest/invalid-json"),
    .sentence = N_ ("{detail}"),
  },
  {
    .id = "manifest/line-too-long",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_NONE,
    .title = N_ ("manifest/line-too-long"),
    .sentence = N_ ("{detail}"),
  },
  {
    .id = "manifest/not-object",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_NONE,
    .title = N_ ("manifest/not-object"),
    .sentence = N_ ("{detail}"),
  },
  {
    .id = "manifest/missing-source",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_REVIEW,
    .title = N_ ("manifest/missing-source"),
    .sentence = N_ ("{detail}"),
  },
  {
    .id = "manifest/missing-metadata",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_REVIEW,
    .title = N_ ("manifest/missing-metadata"),
    .sentence = N_ ("{detail}"),
  },
  {
    .id = "manifest/annotations-schema",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_NONE,
    .title = N_ ("manifest/annotations-schema"),
    .sentence = N_ ("{detail}"),
  },
  {
    .id = "manifest/class-map-id",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_REVIEW,
    .title = N_ ("manifest/class-map-id"),
    .sentence = N_ ("{detail}"),
  },
  { .id = NULL },
};
