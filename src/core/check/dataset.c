/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "check/lp-family.h"

const LpRule lp_rules_dataset[] = {
  {
    .id = "dataset/orphan-label",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_REVIEW,
    .title = N_ ("dataset/orphan-label"),
    .sentence = N_ ("{detail}"),
  },
  {
    .id = "dataset/empty-split",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_NONE,
    .title = N_ ("dataset/empty-split"),
    .sentence = N_ ("{detail}"),
  },
  {
    .id = "dataset/split-unknown-image",
    .severity = LP_SEVERITY_INFO,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_NONE,
    .title = N_ ("dataset/split-unknown-image"),
    .sentence = N_ ("{detail}"),
  },
  {
    .id = "dataset/path-unresolved",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_REVIEW,
    .title = N_ ("dataset/path-unresolved"),
    .sentence = N_ ("{detail}"),
  },
  {
    .id = "dataset/yaml-invalid",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_NONE,
    .title = N_ ("dataset/yaml-invalid"),
    .sentence = N_ ("{detail}"),
  },
  {
    .id = "dataset/path-outside",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_NONE,
    .title = N_ ("dataset/path-outside"),
    .sentence = N_ ("{detail}"),
  },
  {
    .id = "dataset/dot-truncated-stem",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_SAFE,
    .title = N_ ("dataset/dot-truncated-stem"),
    .sentence = N_ ("{detail}"),
  },
  { .id = NULL },
};
