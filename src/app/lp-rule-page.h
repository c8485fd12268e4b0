/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "session/lp-session.h"

G_BEGIN_DECLS

/* A rule's own page, from its table: what it means, an example, what a trainer does, how to repair it. Its close
 * button activates the action "win.rule-page". */
#define LP_TYPE_RULE_PAGE (lp_rule_page_get_type ())
G_DECLARE_FINAL_TYPE (LpRulePage, lp_rule_page, LP, RULE_PAGE, AdwBin)

GtkWidget *lp_rule_page_new (void);
void lp_rule_page_show (LpRulePage *self, LpRuleId rule);

G_END_DECLS
