/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "check/lp-check.h"

G_BEGIN_DECLS

/* The tables of the families, each ended by a row without id. Their order here, in meson.build and in lp-rule.c is
 * the order of LpRuleId. */
extern const LpRule lp_rules_image[];
extern const LpRule lp_rules_label[];
extern const LpRule lp_rules_box[];
extern const LpRule lp_rules_class[];
extern const LpRule lp_rules_order[];
extern const LpRule lp_rules_manifest[];
extern const LpRule lp_rules_dataset[];
extern const LpRule lp_rules_duplicate[];

G_END_DECLS
