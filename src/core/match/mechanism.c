/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "base/lp-text.h"
#include "match/lp-match-parts.h"

#define NAMES_LEAST 3 /* of two names one order in two is "sorted" */

/* ---- sorted ---- */

typedef int (*Compare) (const char *a, const char *b);

static int
compare_folded (const char *a, const char *b)
{
  g_autofree char *x = g_utf8_validate (a, -1, NULL) ? g_utf8_casefold (a, -1) : g_ascii_strdown (a, -1);
  g_autofree char *y = g_utf8_validate (b, -1, NULL) ? g_utf8_casefold (b, -1) : g_ascii_strdown (b, -1);

  return strcmp (x, y);
}

static int
compare_in_locale (const char *a, const char *b)
{
  return g_utf8_validate (a, -1, NULL) && g_utf8_validate (b, -1, NULL) ? g_utf8_collate (a, b) : strcmp (a, b);
}

static gboolean
is_sorted_by (const LpOrderTest *t, Compare compare)
{
  const char *before = NULL;

  for (guint i = 0; i < t->n; i++)
    {
      if (t->names[i] == NULL)
        continue;
      if (before != NULL && compare (before, t->names[i]) > 0)
        return FALSE;
      before = t->names[i];
    }
  return TRUE;
}

/* Names that the reference has too, and whether it lists them in the same order. */
static guint
count_common (const LpOrderTest *t, gboolean *same_order)
{
  gint32 before = -1;
  guint n = 0;

  *same_order = TRUE;
  for (guint i = 0; i < t->n; i++)
    {
      if (t->names[i] == NULL || t->place[i] < 0)
        continue;
      *same_order = *same_order && t->place[i] > before;
      before = t->place[i];
      n++;
    }
  return n;
}

static gboolean
is_sorted (const LpOrderTest *t)
{
  static const Compare orders[] = { strcmp, compare_folded, lp_text_compare_natural, compare_in_locale };
  gboolean same_order;

  if (count_common (t, &same_order) < NAMES_LEAST || same_order)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    if (is_sorted_by (t, orders[i]))
      return TRUE;
  return FALSE;
}

/* ---- swapped pair ---- */

static gboolean
is_swapped (const LpOrderTest *t)
{
  guint moved[2], n = 0;

  for (guint i = 0; i < t->n_decided; i++)
    {
      if (t->found[i] == t->wanted[i])
        continue;
      if (n == 2 || t->support[i] < LP_SUPPORT_FIRM)
        return FALSE;
      moved[n++] = i;
    }
  return n == 2 && t->found[moved[0]] == t->wanted[moved[1]] && t->found[moved[1]] == t->wanted[moved[0]];
}

/* Most specific first: one order of n is sorted, n (n - 1) / 2 are a swap. */
static const struct
{
  LpMechanism mechanism;
  LpVerdictKind kind;
  gboolean (*fits) (const LpOrderTest *test);
} mechanisms[] = {
  { LP_MECHANISM_SORTED, LP_VERDICT_SORTED, is_sorted },
  { LP_MECHANISM_SWAPPED_PAIR, LP_VERDICT_SWAPPED_PAIR, is_swapped },
};

guint
lp_mechanisms (const LpOrderTest *test, LpVerdictKind *kind)
{
  guint all = 0;

  *kind = LP_VERDICT_PERMUTED;
  for (guint i = 0; i < G_N_ELEMENTS (mechanisms); i++)
    if (mechanisms[i].fits (test))
      {
        *kind = all == 0 ? mechanisms[i].kind : *kind;
        all |= mechanisms[i].mechanism;
      }
  return all;
}
