/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "match/lp-match-parts.h"

/* Shortest augmenting paths with potentials (Kuhn, Munkres; Jonker and Volgenant). Costs are the negated weights, so
 * rows ≤ columns always have a complete assignment and a forbidden pair costs as much as no pair. */
typedef struct
{
  const double *weight;
  guint rows, columns; /* rows ≤ columns: the matrix is read turned where it is not */
  gboolean turned;
  double *u, *v;  /* potentials; column `columns` is the root of the search */
  guint *owner;   /* column → row, NO_ROW: free */
  double *least;  /* column → shortest path so far */
  guint *way;     /* column → column before it on that path */
  gboolean *used; /* column → reached for good */
} Solver;

#define NO_ROW G_MAXUINT

static double
cost (const Solver *s, guint row, guint column)
{
  double weight =
    s->turned ? s->weight[(gsize) column * s->rows + row] : s->weight[(gsize) row * s->columns + column];

  return weight > 0 ? -weight : 0;
}

static void
solver_start (Solver *s)
{
  for (guint j = 0; j <= s->columns; j++)
    {
      s->least[j] = INFINITY;
      s->used[j] = FALSE;
    }
}

/* Paths over the row that owns `from`; `skip` is a column that it must not take, NO_ROW for none. */
static void
solver_reach (Solver *s, guint from, guint skip, double base)
{
  guint row = s->owner[from];

  s->used[from] = TRUE;
  for (guint j = 0; j < s->columns; j++)
    {
      double length = base + cost (s, row, j) - s->u[row] - s->v[j];

      if (!s->used[j] && j != skip && length < s->least[j])
        {
          s->least[j] = length;
          s->way[j] = from;
        }
    }
}

/* The nearest column that is not used yet; the root when there is none. */
static guint
solver_nearest (const Solver *s)
{
  guint best = s->columns;

  for (guint j = 0; j < s->columns; j++)
    if (!s->used[j] && s->least[j] < (best == s->columns ? INFINITY : s->least[best]))
      best = j;
  return best;
}

static void
solver_add_row (Solver *s, guint row)
{
  guint column = s->columns;
  double length = 0;

  solver_start (s);
  s->owner[column] = row;
  do
    {
      solver_reach (s, column, NO_ROW, length);
      column = solver_nearest (s);
      length = s->least[column];
    }
  while (s->owner[column] != NO_ROW);

  s->u[row] += length;
  for (guint j = 0; j < s->columns; j++)
    if (s->used[j])
      {
        s->u[s->owner[j]] += length - s->least[j];
        s->v[j] -= length - s->least[j];
      }
  while (column != s->columns)
    {
      s->owner[column] = s->owner[s->way[column]];
      column = s->way[column];
    }
}

/* How much more it costs when a row must give up its column: the shortest way round to that column, or to a free one
 * (then the column given up stays empty, which costs its potential). `limit` when there is nothing cheaper. */
static double
solver_detour (Solver *s, guint given, double limit)
{
  guint column;

  solver_start (s);
  s->owner[s->columns] = s->owner[given];
  solver_reach (s, s->columns, given, 0);
  for (column = solver_nearest (s); column != s->columns && s->least[column] < limit; column = solver_nearest (s))
    {
      if (column == given)
        return s->least[column];
      if (s->owner[column] != NO_ROW)
        solver_reach (s, column, NO_ROW, s->least[column]);
      else
        {
          limit = MIN (limit, s->least[column] - s->v[given]);
          s->used[column] = TRUE;
        }
    }
  return limit;
}

static void
solver_clear (Solver *s)
{
  g_free (s->u);
  g_free (s->v);
  g_free (s->owner);
  g_free (s->least);
  g_free (s->way);
  g_free (s->used);
}

static void
solver_solve (Solver *s)
{
  s->u = g_new0 (double, s->rows);
  s->v = g_new0 (double, s->columns + 1);
  s->owner = g_new (guint, s->columns + 1);
  s->least = g_new (double, s->columns + 1);
  s->way = g_new (guint, s->columns + 1);
  s->used = g_new (gboolean, s->columns + 1);
  for (guint j = 0; j <= s->columns; j++)
    s->owner[j] = NO_ROW;
  for (guint i = 0; i < s->rows; i++)
    solver_add_row (s, i);
}

double
lp_assign_two (const double *weight, guint rows, guint columns, gint *result, double *second)
{
  Solver s = {
    .weight = weight, .rows = MIN (rows, columns), .columns = MAX (rows, columns), .turned = rows > columns
  };
  double total = 0, detour = INFINITY;

  for (guint i = 0; i < rows; i++)
    result[i] = -1;
  solver_solve (&s);
  for (guint j = 0; j < s.columns; j++)
    {
      guint row = s.turned ? j : s.owner[j], column = s.turned ? s.owner[j] : j;

      if (s.owner[j] == NO_ROW)
        continue;
      total -= cost (&s, s.owner[j], j);
      if (weight[(gsize) row * columns + column] >= 0)
        result[row] = (gint) column;
      if (second != NULL)
        detour = solver_detour (&s, j, detour);
    }
  if (second != NULL)
    *second = isfinite (detour) ? total - detour : -1;
  solver_clear (&s);
  return total;
}

double
lp_assign (const double *weight, guint rows, guint columns, gint *result)
{
  return lp_assign_two (weight, rows, columns, result, NULL);
}
