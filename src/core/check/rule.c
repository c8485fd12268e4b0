/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "check/lp-family.h"

static const LpRule *const families[] = { lp_rules_image,      lp_rules_image_file,  lp_rules_label,
                                          lp_rules_label_form, lp_rules_label_shape, lp_rules_box,
                                          lp_rules_box_size,   lp_rules_class,       lp_rules_class_name,
                                          lp_rules_class_use,  lp_rules_order,       lp_rules_manifest,
                                          lp_rules_csv,        lp_rules_dataset,     lp_rules_dataset_pairs,
                                          lp_rules_duplicate };

/* By LpRuleId: the ids were taken from the tables in this order (build-aux/rule-ids.py). */
static const LpRule *const *
all_rules (void)
{
  static const LpRule *rules[LP_RULE_END];
  static gsize ready = 0;

  if (g_once_init_enter (&ready))
    {
      guint n = 1;

      for (guint i = 0; i < G_N_ELEMENTS (families); i++)
        for (const LpRule *rule = families[i]; rule->id != NULL; rule++)
          {
            g_assert (n < LP_RULE_END);
            rules[n++] = rule;
          }
      g_assert (n == LP_RULE_END);
      g_once_init_leave (&ready, 1);
    }
  return rules;
}

const LpRule *
lp_rule_get (LpRuleId id)
{
  return (guint) id < LP_RULE_END ? all_rules ()[id] : NULL;
}

LpRuleId
lp_rule_find (const char *id)
{
  for (guint i = 1; i < LP_RULE_END; i++)
    if (strcmp (all_rules ()[i]->id, id) == 0)
      return i;
  return LP_RULE_NONE;
}

guint
lp_rule_count (void)
{
  return LP_RULE_END - 1;
}

const char *
lp_severity_word (LpSeverity severity)
{
  switch (severity)
    {
    case LP_SEVERITY_ERROR:
      return _ ("Error");
    case LP_SEVERITY_WARNING:
      return _ ("Warning");
    case LP_SEVERITY_INFO:
      return _ ("Info");
    case LP_SEVERITY_OFF:
    default:
      return _ ("Off");
    }
}

const char *
lp_severity_id (LpSeverity severity)
{
  static const char *const ids[] = { "off", "info", "warning", "error" };

  g_return_val_if_fail ((guint) severity < G_N_ELEMENTS (ids), NULL);
  return ids[severity];
}
