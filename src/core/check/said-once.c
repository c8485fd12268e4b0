/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>

#include "check/lp-check.h"

/* "Said once": who yields to whom is data of the rule table; here is only what "the same thing" means.
 * A finding speaks of its row; without a row, of its image and of its place in a file. One of a row is also explained
 * by one of the whole image or of its line. Names may share a line: one of a name is only explained by one of the
 * same name. */

typedef enum
{
  ABOUT_ROW,   /* layer, row */
  ABOUT_IMAGE, /* image */
  ABOUT_PLACE, /* file, line */
} About;

typedef struct
{
  guint32 rule, about, a, b, column;
  guint32 finding;
} Key;

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  const Key *x = a, *y = b;

  if (x->rule != y->rule)
    return x->rule < y->rule ? -1 : 1;
  if (x->about != y->about)
    return x->about < y->about ? -1 : 1;
  if (x->a != y->a)
    return x->a < y->a ? -1 : 1;
  if (x->b != y->b)
    return x->b < y->b ? -1 : 1;
  return (x->column > y->column) - (x->column < y->column);
}

/* The column that tells names of one line apart; 0: it is not about a name. */
static guint32
name_column (const LpFinding *f)
{
  return f->row == LP_NONE && f->image == LP_NONE && f->other != LP_NONE ? f->column : 0;
}

/* Rules that another one yields to. */
static void
mark_speakers (gboolean *speaks)
{
  for (guint i = 1; i <= lp_rule_count (); i++)
    for (const LpRuleId *to = lp_rule_get (i)->yields_to; *to != LP_RULE_NONE; to++)
      speaks[*to] = TRUE;
}

static void
add_key (GArray *keys, const LpFinding *f, guint32 index, About about, guint32 a, guint32 b)
{
  Key key = { f->rule, about, a, b, about == ABOUT_PLACE ? name_column (f) : 0, index };

  g_array_append_val (keys, key);
}

static GArray *
index_speakers (const GArray *findings)
{
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (Key));
  gboolean speaks[LP_RULE_END] = { FALSE };

  mark_speakers (speaks);
  for (guint32 i = 0; i < findings->len; i++)
    {
      const LpFinding *f = &g_array_index (findings, LpFinding, i);

      if (!speaks[f->rule])
        continue;
      if (f->row != LP_NONE)
        add_key (keys, f, i, ABOUT_ROW, f->layer, f->row);
      else if (f->image != LP_NONE)
        add_key (keys, f, i, ABOUT_IMAGE, f->image, 0);
      /* Many rows share a line of a manifest: a row's place is no other row's. */
      if (f->row == LP_NONE && f->file != LP_NONE)
        add_key (keys, f, i, ABOUT_PLACE, f->file, f->line);
    }
  g_array_sort (keys, compare_keys);
  return keys;
}

static guint32
find_key (const GArray *keys, guint32 rule, About about, guint32 a, guint32 b, guint32 column)
{
  Key wanted = { rule, about, a, b, column, 0 };
  const Key *found = keys->len > 0 ? bsearch (&wanted, keys->data, keys->len, sizeof (Key), compare_keys) : NULL;

  return found != NULL ? found->finding : LP_NONE;
}

static guint32
find_speaker (const GArray *findings, const GArray *keys, guint32 index)
{
  const LpFinding *f = &g_array_index (findings, LpFinding, index);

  for (const LpRuleId *to = lp_rule_get (f->rule)->yields_to; *to != LP_RULE_NONE; to++)
    {
      guint32 found = LP_NONE;

      if (f->row != LP_NONE)
        found = find_key (keys, *to, ABOUT_ROW, f->layer, f->row, 0);
      if (found == LP_NONE && f->image != LP_NONE)
        found = find_key (keys, *to, ABOUT_IMAGE, f->image, 0, 0);
      if (found == LP_NONE && f->file != LP_NONE)
        found = find_key (keys, *to, ABOUT_PLACE, f->file, f->line, name_column (f));
      if (found != LP_NONE && g_array_index (findings, LpFinding, found).severity >= f->severity)
        return found;
    }
  return LP_NONE;
}

static int
compare_because (gconstpointer a, gconstpointer b)
{
  const LpBecause *x = a, *y = b;

  return (x->finding > y->finding) - (x->finding < y->finding);
}

void
lp_check_say_once (LpFindings *findings)
{
  GArray *all = findings->findings;
  g_autoptr (GArray) keys = index_speakers (all), kept = g_array_new (FALSE, FALSE, sizeof (LpFinding));
  g_autofree guint32 *speaker = g_new (guint32, all->len + 1), *place = g_new (guint32, all->len + 1);

  for (guint32 i = 0; i < all->len; i++)
    {
      speaker[i] = find_speaker (all, keys, i);
      place[i] = kept->len;
      if (speaker[i] == LP_NONE)
        g_array_append_val (kept, g_array_index (all, LpFinding, i));
    }
  for (guint32 i = 0; i < all->len; i++)
    {
      LpBecause because = { .silent = g_array_index (all, LpFinding, i) };
      guint32 top = speaker[i];

      if (top == LP_NONE)
        continue;
      /* Who is silent itself explains nothing; the one that explains it does. */
      while (speaker[top] != LP_NONE)
        top = speaker[top];
      because.finding = place[top];
      g_array_append_val (findings->because, because);
    }
  g_array_sort (findings->because, compare_because);
  g_array_set_size (all, 0);
  g_array_append_vals (all, kept->data, kept->len);
}
