/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "check/lp-family.h"

const LpRule lp_rules_order[] = {
  {
    .id = "order/names-disagree",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_REVIEW,
    .title = N_ ("order/names-disagree"),
    .sentence = N_ ("{detail}"),
  },
  {
    .id = "order/differs-from-job",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_REVIEW,
    .title = N_ ("order/differs-from-job"),
    .sentence = N_ ("{detail}"),
  },
  {
    .id = "order/swapped-pair",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_REVIEW,
    .title = N_ ("order/swapped-pair"),
    .sentence = N_ ("{detail}"),
  },
  {
    .id = "order/sorted",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_REVIEW,
    .title = N_ ("order/sorted"),
    .sentence = N_ ("{detail}"),
  },
  {
    .id = "order/permuted",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_REVIEW,
    .title = N_ ("order/permuted"),
    .sentence = N_ ("{detail}"),
  },
  {
    .id = "order/inconsistent",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_NONE,
    .title = N_ ("order/inconsistent"),
    .sentence = N_ ("{detail}"),
  },
  {
    .id = "order/unverifiable",
    .severity = LP_SEVERITY_INFO,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_NONE,
    .title = N_ ("order/unverifiable"),
    .sentence = N_ ("{detail}"),
  },
  { .id = NULL },
};
