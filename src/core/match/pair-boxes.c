/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "match/lp-match-parts.h"

#define IOU_LEAST 0.5
#define IOU_ALIKE 0.02        /* two candidates that differ by less are a tie */
#define ROUNDING 1e-9         /* of the arithmetic */
#define GROUP_MOST 64         /* boxes a side that are assigned exactly */
#define ALL_PAIRS_MOST 65536  /* up to so many pairs of boxes every one is looked at */
#define LOOK_BUDGET 50000000u /* pairs of boxes looked at in an image with more, about */
#define LOOK_LEAST 512        /* but so many neighbours of every box */
#define KEEP_BUDGET 2000000u  /* candidates kept in such an image, about */
#define KEEP_LEAST 16         /* but so many of every box */
#define CELL_FARTHEST 1e15    /* cells are counted in doubles */
#define TIE 1e-12             /* far below any difference of IoU that means something */

/* Two boxes that may be partners; indices into the two arrays. */
typedef struct
{
  guint32 a, b;
  double iou;
} Candidate;

/* A witness box in a cell of the grid that fits its size: cells of level n are 2^n wide. */
typedef struct
{
  int level;
  double x, y; /* cell of its centre */
  double x0;
  guint32 box;
} Cell;

LpBoxPairing *
lp_box_pairing_new (void)
{
  LpBoxPairing *p = g_new0 (LpBoxPairing, 1);

  p->candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  p->order = g_array_new (FALSE, FALSE, sizeof (Cell));
  p->ends = g_array_new (FALSE, TRUE, sizeof (guint32));
  p->groups = g_array_new (FALSE, FALSE, sizeof (guint32));
  p->back = g_array_new (FALSE, FALSE, sizeof (guint32));
  return p;
}

void
lp_box_pairing_free (LpBoxPairing *p)
{
  if (p == NULL)
    return;
  g_array_unref (p->candidates);
  g_array_unref (p->order);
  g_array_unref (p->ends);
  g_array_unref (p->groups);
  g_array_unref (p->back);
  g_free (p->partner);
  g_free (p->flags);
  g_free (p);
}

gboolean
lp_box_exact (const LpMatchBox *a, const LpMatchBox *b)
{
  double most = a->slack + b->slack + ROUNDING;
  const LpRect *r = &a->rect, *s = &b->rect;

  return fabs (r->x0 + r->x1 - s->x0 - s->x1) <= 2 * most && fabs (r->y0 + r->y1 - s->y0 - s->y1) <= 2 * most &&
         fabs (lp_rect_width (r) - lp_rect_width (s)) <= most &&
         fabs (lp_rect_height (r) - lp_rect_height (s)) <= most;
}

static void
pair_up (LpBoxPairing *p, guint32 a, guint32 b)
{
  p->partner[a] = b;
  g_array_index (p->back, guint32, b) = a;
}

/* The same boxes in the same order: nothing to search, and coincident boxes are told apart by their place. */
static gboolean
pair_in_order (LpBoxPairing *p, const LpMatchBox *subject, guint n, const LpMatchBox *witness, guint m)
{
  if (n != m)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!lp_box_exact (&subject[i], &witness[i]) || lp_rect_iou (&subject[i].rect, &witness[i].rect) < IOU_LEAST)
      return FALSE;
  for (guint i = 0; i < n; i++)
    pair_up (p, i, i);
  return TRUE;
}

/* ---- candidates ---- */

static void
look (LpBoxPairing *p, const LpMatchBox *subject, guint32 a, const LpMatchBox *witness, guint32 b)
{
  Candidate c = { a, b, lp_rect_iou (&subject[a].rect, &witness[b].rect) };

  if (c.iou >= IOU_LEAST)
    g_array_append_val (p->candidates, c);
}

static int
compare_cells (const void *a, const void *b)
{
  const Cell *x = a, *y = b;

  if (x->level != y->level)
    return x->level < y->level ? -1 : 1;
  if (x->x != y->x)
    return x->x < y->x ? -1 : 1;
  if (x->y != y->y)
    return x->y < y->y ? -1 : 1;
  if (x->x0 != y->x0)
    return x->x0 < y->x0 ? -1 : 1;
  return (x->box > y->box) - (x->box < y->box);
}

static int
level_of (const LpRect *r)
{
  int level;

  frexp (MAX (lp_rect_width (r), lp_rect_height (r)), &level);
  return level;
}

/* FALSE for boxes without area and for those so far out that a cell has no number. */
static gboolean
cell_of (const LpRect *r, int level, Cell *cell)
{
  double size = ldexp (1, level);

  *cell = (Cell){ .level = level, .x0 = r->x0 };
  cell->x = floor ((r->x0 + r->x1) / 2 / size);
  cell->y = floor ((r->y0 + r->y1) / 2 / size);
  return lp_rect_area (r) > 0 && fabs (cell->x) < CELL_FARTHEST && fabs (cell->y) < CELL_FARTHEST;
}

static void
sort_cells (GArray *cells, const LpMatchBox *boxes, guint n)
{
  g_array_set_size (cells, 0);
  for (guint i = 0; i < n; i++)
    {
      Cell cell;

      if (cell_of (&boxes[i].rect, level_of (&boxes[i].rect), &cell))
        {
          cell.box = i;
          g_array_append_val (cells, cell);
        }
    }
  if (cells->len > 0)
    qsort (cells->data, cells->len, sizeof (Cell), compare_cells);
}

/* The first that does not come before `cell`. */
static guint
first_cell (const GArray *cells, const Cell *cell)
{
  guint low = 0, high = cells->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (compare_cells (&g_array_index (cells, Cell, middle), cell) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* How far a box may look, and where it begins. */
typedef struct
{
  guint looks; /* left */
  guint keep;  /* candidates->len at which it stops */
  guint copy;  /* so many boxes on the very same spot came before it */
} Search;

/* Looks at the boxes of one cell, from the nearest left edge on and round. The k-th box of a pile on one spot begins
 * at the k-th, so that all of a pile find partners in a pile. */
static void
look_in_cell (LpBoxPairing *p, const LpMatchBox *subject, guint32 a, const LpMatchBox *witness, Cell cell, Search *s)
{
  Cell from = cell, to = cell;
  guint first, n, start;

  from.x0 = -INFINITY;
  to.x0 = INFINITY;
  first = first_cell (p->order, &from);
  n = first_cell (p->order, &to) - first;
  if (n == 0)
    return;
  start = first_cell (p->order, &cell) - first + s->copy;
  for (guint i = 0; i < n && s->looks > 0 && p->candidates->len < s->keep; i++, s->looks--)
    look (p, subject, a, witness, g_array_index (p->order, Cell, first + (start + i) % n).box);
}

/* Boxes with half of their area in common have sides within a factor of two and centres within half a side. */
static void
look_around (LpBoxPairing *p, const LpMatchBox *subject, guint32 a, const LpMatchBox *witness, Search *s)
{
  const LpRect *r = &subject[a].rect;
  double half_width = lp_rect_width (r) / 2, half_height = lp_rect_height (r) / 2;
  LpRect least = { r->x0 - half_width, r->y0 - half_height, r->x1 - half_width, r->y1 - half_height };
  LpRect most = { r->x0 + half_width, r->y0 + half_height, r->x1 + half_width, r->y1 + half_height };
  int own = level_of (r);

  for (int level = own - 1; level <= own + 1; level++)
    {
      Cell first, last;

      if (!cell_of (&least, level, &first) || !cell_of (&most, level, &last))
        return;
      for (double y = first.y; y <= last.y; y++)
        for (double x = first.x; x <= last.x; x++)
          look_in_cell (p, subject, a, witness, (Cell){ level, x, y, r->x0, 0 }, s);
    }
}

static int
compare_candidates (const void *a, const void *b)
{
  const Candidate *x = a, *y = b;

  if (x->a != y->a)
    return x->a < y->a ? -1 : 1;
  return (x->b > y->b) - (x->b < y->b);
}

static void
find_among_many (LpBoxPairing *p, const LpMatchBox *subject, guint n, const LpMatchBox *witness, guint m)
{
  g_autoptr (GArray) own = g_array_sized_new (FALSE, FALSE, sizeof (Cell), n);
  guint looks = MAX (LOOK_BUDGET / n, LOOK_LEAST), keep = MAX (KEEP_BUDGET / n, KEEP_LEAST), copy = 0;

  sort_cells (own, subject, n);
  sort_cells (p->order, witness, m);
  for (guint i = 0; i < own->len; i++)
    {
      guint32 box = g_array_index (own, Cell, i).box;
      const LpRect *r = &subject[box].rect,
                   *before = i > 0 ? &subject[g_array_index (own, Cell, i - 1).box].rect : NULL;
      Search search = { looks, p->candidates->len + keep, 0 };

      search.copy = copy = before != NULL && memcmp (before, r, sizeof *r) == 0 ? copy + 1 : 0;
      look_around (p, subject, box, witness, &search);
    }
  if (p->candidates->len > 0)
    qsort (p->candidates->data, p->candidates->len, sizeof (Candidate), compare_candidates);
}

static void
find_candidates (LpBoxPairing *p, const LpMatchBox *subject, guint n, const LpMatchBox *witness, guint m)
{
  g_array_set_size (p->candidates, 0);
  if ((guint64) n * m > ALL_PAIRS_MOST)
    {
      find_among_many (p, subject, n, witness, m);
      return;
    }
  for (guint32 a = 0; a < n; a++)
    for (guint32 b = 0; b < m; b++)
      look (p, subject, a, witness, b);
}

/* ---- groups: boxes that candidates connect ---- */

static guint32
root_of (guint32 *group, guint32 node)
{
  while (group[node] != node)
    node = group[node] = group[group[node]];
  return node;
}

/* Node 0…n-1: the subject's boxes, then the witness's. Each ends with the smallest node of its group. */
static void
find_groups (LpBoxPairing *p, guint n, guint m)
{
  guint32 *group;

  g_array_set_size (p->groups, n + m);
  group = (guint32 *) (gpointer) p->groups->data;
  for (guint32 i = 0; i < n + m; i++)
    group[i] = i;
  for (guint i = 0; i < p->candidates->len; i++)
    {
      const Candidate *c = &g_array_index (p->candidates, Candidate, i);
      guint32 x = root_of (group, c->a), y = root_of (group, n + c->b);

      group[MAX (x, y)] = MIN (x, y);
    }
  for (guint32 i = 0; i < n + m; i++)
    group[i] = root_of (group, i);
}

static int
compare_by_iou (const void *a, const void *b)
{
  const Candidate *x = a, *y = b;

  if (x->iou != y->iou)
    return x->iou > y->iou ? -1 : 1;
  return compare_candidates (a, b);
}

static void
assign_greedily (LpBoxPairing *p, const Candidate *candidates, guint n)
{
  g_autofree Candidate *sorted = g_memdup2 (candidates, n * sizeof (Candidate));

  qsort (sorted, n, sizeof (Candidate), compare_by_iou);
  for (guint i = 0; i < n; i++)
    if (p->partner[sorted[i].a] == LP_NONE && g_array_index (p->back, guint32, sorted[i].b) == LP_NONE)
      pair_up (p, sorted[i].a, sorted[i].b);
}

/* Of equal sums the one that prefers earlier boxes, and among equal boxes the one in the order of both files. */
static double
tie_break (guint row, guint column)
{
  return TIE * ((double) row * column - GROUP_MOST * ((double) row + column));
}

static int
compare_numbers (const void *a, const void *b)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return (x > y) - (x < y);
}

/* Sorts and removes repetitions; returns how many are left. */
static guint
distinct (guint32 *numbers, guint n)
{
  guint kept = 0;

  qsort (numbers, n, sizeof (guint32), compare_numbers);
  for (guint i = 0; i < n; i++)
    if (kept == 0 || numbers[kept - 1] != numbers[i])
      numbers[kept++] = numbers[i];
  return kept;
}

static guint
place_of (const guint32 *numbers, guint n, guint32 number)
{
  const guint32 *found = bsearch (&number, numbers, n, sizeof (guint32), compare_numbers);

  return (guint) (found - numbers);
}

static void
assign_exactly (
  LpBoxPairing *p, const Candidate *candidates, guint n, const guint32 *as, guint n_a, const guint32 *bs, guint n_b)
{
  double weight[GROUP_MOST * GROUP_MOST];
  gint result[GROUP_MOST];

  for (guint i = 0; i < n_a * n_b; i++)
    weight[i] = -1;
  for (guint i = 0; i < n; i++)
    {
      guint row = place_of (as, n_a, candidates[i].a), column = place_of (bs, n_b, candidates[i].b);

      weight[row * n_b + column] = candidates[i].iou + tie_break (row, column);
    }
  lp_assign (weight, n_a, n_b, result);
  for (guint i = 0; i < n_a; i++)
    if (result[i] >= 0)
      pair_up (p, as[i], bs[result[i]]);
}

static void
assign_group (LpBoxPairing *p, const Candidate *candidates, guint n)
{
  g_autofree guint32 *as = NULL, *bs = NULL;
  guint n_a, n_b;

  if (n == 1)
    {
      pair_up (p, candidates->a, candidates->b);
      return;
    }
  as = g_new (guint32, n);
  bs = g_new (guint32, n);
  for (guint i = 0; i < n; i++)
    {
      as[i] = candidates[i].a;
      bs[i] = candidates[i].b;
    }
  n_a = distinct (as, n);
  n_b = distinct (bs, n);
  if (n_a <= GROUP_MOST && n_b <= GROUP_MOST)
    assign_exactly (p, candidates, n, as, n_a, bs, n_b);
  else
    assign_greedily (p, candidates, n);
}

/* Candidates in the order of their groups (counting sort, stable), then group after group. */
static void
assign_groups (LpBoxPairing *p, guint n, guint m)
{
  const guint32 *group;
  guint total = p->candidates->len;
  g_autofree Candidate *sorted = g_new (Candidate, MAX (total, 1));
  guint32 *end;

  find_groups (p, n, m);
  group = (const guint32 *) (gconstpointer) p->groups->data;
  g_array_set_size (p->ends, 0);
  g_array_set_size (p->ends, n + m + 1);
  end = (guint32 *) (gpointer) p->ends->data;
  for (guint i = 0; i < total; i++)
    end[group[g_array_index (p->candidates, Candidate, i).a] + 1]++;
  for (guint i = 0; i < n + m; i++)
    end[i + 1] += end[i];
  for (guint i = 0; i < total; i++)
    {
      Candidate c = g_array_index (p->candidates, Candidate, i);

      sorted[end[group[c.a]]++] = c;
    }
  for (guint i = 0, first = 0; i < n + m; first = end[i++])
    if (end[i] > first)
      assign_group (p, sorted + first, end[i] - first);
}

/* ---- what the pairs are worth ---- */

/* A box with two candidates that fit about as well but are of different classes says nothing about classes. */
static void
mark_ambiguous (LpBoxPairing *p, const LpMatchBox *subject, guint n, const LpMatchBox *witness)
{
  g_autofree double *iou = g_new0 (double, n);

  for (guint i = 0; i < p->candidates->len; i++)
    {
      const Candidate *c = &g_array_index (p->candidates, Candidate, i);

      if (p->partner[c->a] == c->b)
        iou[c->a] = c->iou;
    }
  for (guint i = 0; i < p->candidates->len; i++)
    {
      const Candidate *c = &g_array_index (p->candidates, Candidate, i);
      guint32 b = p->partner[c->a], a = g_array_index (p->back, guint32, c->b);

      if (b == c->b)
        continue;
      if (b != LP_NONE && fabs (iou[c->a] - c->iou) < IOU_ALIKE && witness[b].class_id != witness[c->b].class_id)
        p->flags[c->a] |= LP_BOX_AMBIGUOUS;
      if (a != LP_NONE && fabs (iou[a] - c->iou) < IOU_ALIKE && subject[a].class_id != subject[c->a].class_id)
        p->flags[a] |= LP_BOX_AMBIGUOUS;
    }
}

static void
count (LpBoxPairing *p, const LpMatchBox *subject, guint n, const LpMatchBox *witness)
{
  for (guint i = 0; i < n; i++)
    {
      guint32 b = p->partner[i];

      if (b == LP_NONE)
        continue;
      if (lp_box_exact (&subject[i], &witness[b]))
        p->flags[i] |= LP_BOX_EXACT;
      p->n_pairs++;
      p->exact += (p->flags[i] & LP_BOX_EXACT) != 0;
      p->ambiguous += (p->flags[i] & LP_BOX_AMBIGUOUS) != 0;
      p->iou += lp_rect_iou (&subject[i].rect, &witness[b].rect);
    }
}

static void
make_room (LpBoxPairing *p, guint n, guint m)
{
  if (n > p->room)
    {
      p->room = MAX (n, 2 * p->room);
      p->partner = g_renew (guint32, p->partner, p->room);
      p->flags = g_renew (guint8, p->flags, p->room);
    }
  g_array_set_size (p->back, m);
  for (guint i = 0; i < m; i++)
    g_array_index (p->back, guint32, i) = LP_NONE;
  for (guint i = 0; i < n; i++)
    {
      p->partner[i] = LP_NONE;
      p->flags[i] = 0;
    }
}

void
lp_box_pairing_run (LpBoxPairing *p, const LpMatchBox *subject, guint n, const LpMatchBox *witness, guint m)
{
  p->n_pairs = p->exact = p->ambiguous = 0;
  p->iou = 0;
  make_room (p, n, m);
  if (n == 0 || m == 0)
    return;
  if (!pair_in_order (p, subject, n, witness, m))
    {
      find_candidates (p, subject, n, witness, m);
      assign_groups (p, n, m);
      mark_ambiguous (p, subject, n, witness);
    }
  count (p, subject, n, witness);
}
