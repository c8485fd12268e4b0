/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "write/lp-apply.h"

#include "../edit/opened-set.h"

/* Steps of an opened set → what they would change on disk. */

static inline GPtrArray *
plan_steps (const OpenedSet *set, LpStep *const *steps, guint n, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (list, steps[i]);
  return lp_plan_changes (set->dataset, set->roots, list, NULL, error);
}

static inline GPtrArray *
plan_step (const OpenedSet *set, LpStep *step)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *changes = plan_steps (set, &step, 1, &error);

  g_assert_no_error (error);
  return changes;
}
