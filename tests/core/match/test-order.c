/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "world.h"

#define MOST 10

/* ---- verdicts by hand ---- */

/* One row of a table: so many boxes of a class of the job, and the id that the label files give them. */
typedef struct
{
  gint job, id;
  guint n;
} Boxes;

typedef struct
{
  const char *what;
  const char *job[MOST], *names[MOST]; /* names[0] NULL: no dictionary */
  Boxes boxes[MOST];
  LpVerdictKind kind;
  LpOrderCase repair_case;
  guint mechanisms, agree, margin, affected, moved, total;
  const char *implied[MOST]; /* "": unknown */
} Case;

static const Case cases[] = {
  { "identity",
    { "can", "paper", "fork" },
    { "can", "paper", "fork" },
    { { 0, 0, 6 }, { 1, 1, 5 }, { 2, 2, 4 } },
    LP_VERDICT_CONSISTENT,
    LP_CASE_NONE,
    0,
    15,
    9,
    0,
    0,
    3,
    { "can", "paper", "fork" } },
  { "sorted names, ids right (A)",
    { "can", "paper", "fork", "apple" },
    { "apple", "can", "fork", "paper" },
    { { 0, 0, 6 }, { 1, 1, 6 }, { 2, 2, 4 }, { 3, 3, 3 } },
    LP_VERDICT_SORTED,
    LP_CASE_A,
    LP_MECHANISM_SORTED,
    19,
    7,
    3,
    3,
    4,
    { "can", "paper", "fork", "apple" } },
  { "two names exchanged (A)",
    { "a", "b", "c", "d" },
    { "a", "c", "b", "d" },
    { { 0, 0, 6 }, { 1, 1, 3 }, { 2, 2, 3 }, { 3, 3, 1 } },
    LP_VERDICT_SWAPPED_PAIR,
    LP_CASE_A,
    LP_MECHANISM_SWAPPED_PAIR,
    13,
    4,
    2,
    2,
    4,
    { "a", "b", "c", "d" } },
  { "two ids exchanged (B)",
    { "a", "b", "c", "d" },
    { "a", "b", "c", "d" },
    { { 0, 0, 6 }, { 1, 2, 4 }, { 2, 1, 3 }, { 3, 3, 5 } },
    LP_VERDICT_SWAPPED_PAIR,
    LP_CASE_B,
    LP_MECHANISM_SWAPPED_PAIR,
    18,
    7,
    2,
    2,
    4,
    { "a", "c", "b", "d" } },
  { "ids enumerated from sorted names (B)",
    { "can", "paper", "fork", "apple" },
    { "can", "paper", "fork", "apple" },
    { { 0, 1, 6 }, { 1, 3, 6 }, { 2, 2, 4 }, { 3, 0, 3 } },
    LP_VERDICT_SORTED,
    LP_CASE_B,
    LP_MECHANISM_SORTED,
    19,
    7,
    3,
    3,
    4,
    { "apple", "can", "fork", "paper" } },
  { "names and ids both sorted (C)",
    { "can", "paper", "fork", "apple" },
    { "apple", "can", "fork", "paper" },
    { { 0, 1, 6 }, { 1, 3, 6 }, { 2, 2, 4 }, { 3, 0, 3 } },
    LP_VERDICT_DIFFERS_FROM_JOB,
    LP_CASE_C,
    LP_MECHANISM_SORTED,
    19,
    7,
    0,
    3,
    4,
    { "apple", "can", "fork", "paper" } },
  { "two names and their ids exchanged (C)",
    { "a", "b", "c" },
    { "b", "a", "c" },
    { { 0, 1, 6 }, { 1, 0, 6 }, { 2, 2, 4 } },
    LP_VERDICT_DIFFERS_FROM_JOB,
    LP_CASE_C,
    LP_MECHANISM_SWAPPED_PAIR,
    16,
    10,
    0,
    2,
    3,
    { "b", "a", "c" } },
  { "neither order explains the other",
    { "a", "b", "c", "d" },
    { "c", "d", "a", "b" },
    { { 0, 1, 4 }, { 1, 2, 4 }, { 2, 3, 4 }, { 3, 0, 4 } },
    LP_VERDICT_PERMUTED,
    LP_CASE_NONE,
    0,
    16,
    8,
    4,
    4,
    4,
    { "d", "a", "b", "c" } },
  { "round by one (A)",
    { "a", "b", "c", "d" },
    { "b", "c", "d", "a" },
    { { 0, 0, 4 }, { 1, 1, 4 }, { 2, 2, 4 }, { 3, 3, 4 } },
    LP_VERDICT_PERMUTED,
    LP_CASE_A,
    0,
    16,
    8,
    4,
    4,
    4,
    { "a", "b", "c", "d" } },
  { "ids from 1, a name short",
    { "a", "b", "c" },
    { "a", "b", "c" },
    { { 0, 1, 4 }, { 1, 2, 4 }, { 2, 3, 4 } },
    LP_VERDICT_PERMUTED,
    LP_CASE_B,
    0,
    12,
    8,
    3,
    3,
    3,
    { "", "a", "b", "c" } },
  { "two classes",
    { "pencil", "pen" },
    { "pen", "pencil" },
    { { 0, 0, 5 }, { 1, 1, 4 } },
    LP_VERDICT_SWAPPED_PAIR,
    LP_CASE_A,
    LP_MECHANISM_SWAPPED_PAIR,
    9,
    9,
    2,
    2,
    2,
    { "pencil", "pen" } },
  { "two classes, one weak: no pair",
    { "pencil", "pen" },
    { "pen", "pencil" },
    { { 0, 0, 5 }, { 1, 1, 2 } },
    LP_VERDICT_PERMUTED,
    LP_CASE_A,
    0,
    7,
    7,
    2,
    2,
    2,
    { "pencil", "pen" } },
  { "one class",
    { "can" },
    { "can" },
    { { 0, 0, 5 } },
    LP_VERDICT_CONSISTENT,
    LP_CASE_NONE,
    0,
    5,
    5,
    0,
    0,
    1,
    { "can" } },
  { "a weak id alone decides nothing",
    { "a", "b", "c" },
    { "a", "b", "c" },
    { { 0, 0, 20 }, { 1, 1, 20 }, { 2, 3, 2 } },
    LP_VERDICT_CONSISTENT,
    LP_CASE_NONE,
    0,
    42,
    22,
    1,
    0,
    3,
    { "a", "b", "", "c" } },
  { "many weak ids together do",
    { "d", "c", "b", "a" },
    { "d", "b", "c", "a" },
    { { 0, 0, 4 }, { 1, 1, 2 }, { 2, 2, 2 }, { 3, 3, 2 } },
    LP_VERDICT_PERMUTED,
    LP_CASE_A,
    0,
    10,
    4,
    2,
    2,
    4,
    { "d", "c", "b", "a" } },
  { "single boxes relabelled are no order error",
    { "a", "b", "c" },
    { "a", "b", "c" },
    { { 0, 0, 20 }, { 1, 1, 20 }, { 2, 2, 20 }, { 0, 1, 3 }, { 2, 0, 3 } },
    LP_VERDICT_CONSISTENT,
    LP_CASE_NONE,
    0,
    60,
    37,
    2,
    0,
    3,
    { "a", "b", "c" } },
  { "too many of them",
    { "a", "b", "c" },
    { "a", "b", "c" },
    { { 0, 0, 20 }, { 1, 1, 20 }, { 2, 2, 20 }, { 0, 1, 4 }, { 2, 0, 4 } },
    LP_VERDICT_INCONSISTENT,
    LP_CASE_NONE,
    0,
    60,
    36,
    2,
    0,
    0,
    { "a", "b", "c" } },
  { "four boxes",
    { "a", "b" },
    { "b", "a" },
    { { 0, 0, 4 } },
    LP_VERDICT_UNVERIFIABLE,
    LP_CASE_NONE,
    0,
    4,
    4,
    1,
    0,
    0,
    { "a" } },
  { "no box",
    { "a", "b" },
    { "b", "a" },
    { { 0 } },
    LP_VERDICT_UNVERIFIABLE,
    LP_CASE_NONE,
    0,
    0,
    0,
    0,
    0,
    0,
    { NULL } },
  { "blanks and letter case are no order error",
    { "scissors", "Traffic Light", "b" },
    { "scissors ", "traffic_light", "b" },
    { { 0, 0, 5 }, { 1, 1, 5 }, { 2, 2, 5 } },
    LP_VERDICT_CONSISTENT,
    LP_CASE_NONE,
    0,
    15,
    10,
    0,
    0,
    3,
    { "scissors", "Traffic Light", "b" } },
  { "a renamed class is no order error",
    { "car", "b", "c" },
    { "automobile", "b", "c" },
    { { 0, 0, 5 }, { 1, 1, 5 }, { 2, 2, 5 } },
    LP_VERDICT_CONSISTENT,
    LP_CASE_NONE,
    0,
    15,
    10,
    0,
    0,
    3,
    { "car", "b", "c" } },
  { "no name in common",
    { "car", "dog" },
    { "auto", "hund" },
    { { 0, 0, 5 }, { 1, 1, 5 } },
    LP_VERDICT_UNVERIFIABLE,
    LP_CASE_NONE,
    0,
    10,
    10,
    0,
    0,
    0,
    { "car", "dog" } },
  { "the same name twice",
    { "pen", "can", "pen" },
    { "pen", "can", "pen" },
    { { 0, 0, 5 }, { 1, 1, 5 }, { 2, 2, 5 } },
    LP_VERDICT_CONSISTENT,
    LP_CASE_NONE,
    0,
    15,
    10,
    0,
    0,
    3,
    { "pen", "can", "pen" } },
  { "lists differ where no box is",
    { "a", "b", "c", "d" },
    { "a", "b", "d", "c" },
    { { 0, 0, 5 }, { 1, 1, 5 } },
    LP_VERDICT_DIFFERS_FROM_JOB,
    LP_CASE_C,
    LP_MECHANISM_SWAPPED_PAIR,
    10,
    10,
    0,
    2,
    4,
    { "a", "b" } },
  { "a list that ends earlier",
    { "a", "b", "c", "d" },
    { "a", "b" },
    { { 0, 0, 5 }, { 1, 1, 5 } },
    LP_VERDICT_CONSISTENT,
    LP_CASE_NONE,
    0,
    10,
    10,
    0,
    0,
    2,
    { "a", "b" } },
  /* Without a dictionary the ids are compared with the job's. */
  { "no names, job's ids",
    { "a", "b", "c" },
    { NULL },
    { { 0, 0, 5 }, { 1, 1, 5 }, { 2, 2, 5 } },
    LP_VERDICT_CONSISTENT,
    LP_CASE_NONE,
    0,
    15,
    10,
    0,
    0,
    3,
    { "a", "b", "c" } },
  { "no names, ids of sorted names",
    { "can", "paper", "fork", "apple" },
    { NULL },
    { { 0, 1, 6 }, { 1, 3, 6 }, { 2, 2, 4 }, { 3, 0, 3 } },
    LP_VERDICT_SORTED,
    LP_CASE_NONE,
    LP_MECHANISM_SORTED,
    19,
    7,
    3,
    3,
    4,
    { "apple", "can", "fork", "paper" } },
  { "no names, two ids exchanged",
    { "a", "b", "c" },
    { NULL },
    { { 0, 1, 6 }, { 1, 0, 6 }, { 2, 2, 4 } },
    LP_VERDICT_SWAPPED_PAIR,
    LP_CASE_NONE,
    LP_MECHANISM_SWAPPED_PAIR,
    16,
    10,
    2,
    2,
    3,
    { "b", "a", "c" } },
};

static guint
length (const char *const *list)
{
  guint n = 0;

  while (n < MOST && list[n] != NULL)
    n++;
  return n;
}

static void
check_case (const Case *c)
{
  World w;
  g_autoptr (LpMatch) m = NULL;

  g_test_message ("%s", c->what);
  world_layers (&w, c->job, c->names[0] != NULL ? c->names : NULL);
  for (guint i = 0; i < MOST && c->boxes[i].n > 0; i++)
    world_add_boxes (&w, c->boxes[i].job, c->boxes[i].id, c->boxes[i].n);
  m = world_match (&w);
  g_assert_cmpstr (lp_verdict_id (m->kind), ==, lp_verdict_id (c->kind));
  g_assert_cmpint (m->repair_case, ==, c->repair_case);
  g_assert_cmphex (m->mechanisms, ==, c->mechanisms);
  g_assert_cmpint (m->without_dictionary, ==, c->names[0] == NULL);
  g_assert_cmpuint (m->support, ==, m->n_pairs);
  g_assert_cmpuint (m->exact, ==, m->n_pairs);
  g_assert_cmpuint (m->agree, ==, c->agree);
  g_assert_cmpuint (m->margin, ==, c->margin);
  g_assert_cmpuint (m->images_affected, ==, c->affected);
  g_assert_cmpuint (m->names_moved, ==, c->moved);
  g_assert_cmpuint (m->names_total, ==, c->total);
  g_assert_cmpuint (m->implied->len, ==, length (c->implied));
  for (guint i = 0; i < m->implied->len; i++)
    g_assert_cmpstr (g_ptr_array_index (m->implied, i), ==, *c->implied[i] != '\0' ? c->implied[i] : NULL);
  world_clear (&w);
}

static void
test_verdicts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check_case (&cases[i]);
}

/* Ids in use without a pair are listed and touch nothing else; the table says who was seen as what. */
static void
test_classes (void)
{
  static const char *const job[] = { "can", "paper", NULL }, *const names[] = { "paper", "can", NULL };
  World w;
  g_autoptr (LpMatch) m = NULL;
  const LpVerdictClass *c;

  world_layers (&w, job, names);
  world_add_boxes (&w, 0, 0, 6);
  world_add_boxes (&w, 1, 1, 5);
  world_add_boxes (&w, 0, 1, 1);
  world_add_fractions (&w, w.yolo, 9, 0.9, 0.9, 0.1, 0.1);
  m = world_match (&w);
  g_assert_cmpuint (m->only_subject, ==, 1);
  g_assert_cmpuint (m->classes->len, ==, 3);
  g_assert_cmpuint (m->names->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (m->names, 0), ==, "can");
  c = (const LpVerdictClass *) (gconstpointer) m->classes->data;
  g_assert_cmpint (c[1].id, ==, 1);
  g_assert_cmpstr (c[1].shown, ==, "can");
  g_assert_cmpstr (c[1].name, ==, "paper");
  g_assert_cmpint (c[1].reference, ==, 1);
  g_assert_cmpuint (c[1].support, ==, 6);
  g_assert_cmpuint (c[1].agree, ==, 5);
  g_assert_cmpint (c[2].id, ==, 9);
  g_assert_cmpuint (c[2].support, ==, 0);
  g_assert_null (c[2].shown);
  g_assert_null (c[2].name);
  g_assert_cmpmem (m->table, 6 * sizeof (guint), ((const guint[]){ 6, 1, 0, 0, 5, 0 }), 6 * sizeof (guint));
  g_assert_cmpuint (m->margin, ==, 11 - 1); /* not 11 - 6: nothing supports id 9 */
  world_clear (&w);
}

/* The label category file is the job's order where it covers the class-map. */
static void
test_job_list (void)
{
  static const char *const map[] = { "b", "a", NULL }, *const config[] = { "a", "b", "c", NULL };
  static const char *const names[] = { "b", "a", NULL };
  World w;
  g_autoptr (LpMatch) m = NULL, again = NULL;

  world_layers (&w, map, names);
  world_add_boxes (&w, 0, 0, 6);
  world_add_boxes (&w, 1, 1, 6);
  m = world_match (&w);
  g_assert_cmpint (m->kind, ==, LP_VERDICT_CONSISTENT);
  world_add_config (&w, config);
  again = world_match (&w);
  g_assert_cmpuint (again->reference, ==, w.job_config);
  g_assert_cmpint (again->kind, ==, LP_VERDICT_DIFFERS_FROM_JOB);
  world_clear (&w);
}

/* The job's boxes as a table: first seen first, which is no order. Boxes of ids 0, 1, 2 are of the names `boxes`. */
static LpMatch *
match_table (World *w, const char *const *table, const char *const *names, const int *boxes)
{
  world_init (w);
  world_add_manifest (w, table);
  lp_dataset_layer (w->d, w->job)->kind = LP_LAYER_CSV;
  lp_dataset_dict (w->d, w->job_dict)->origin = LP_DICT_CSV;
  lp_dataset_dict (w->d, w->job_dict)->names_only = TRUE;
  world_add_yolo (w, names);
  for (int i = 0; i < 3; i++)
    world_add_boxes (w, boxes[i], i, 6);
  return world_match (w);
}

/* Names and boxes agree or they do not; no list is the right one, none is sorted, none repairs the other. */
static void
test_table (void)
{
  static const char *const table[] = { "c", "a", "b", NULL }, *const names[] = { "a", "b", "c", NULL };
  static const int right[] = { 1, 2, 0 }, swapped[] = { 2, 1, 0 }, turned[] = { 2, 0, 1 };
  World w;
  LpMatch *m = match_table (&w, table, names, right);

  g_assert_cmpint (m->kind, ==, LP_VERDICT_CONSISTENT);
  g_assert_cmpuint (m->reference, ==, LP_NONE);
  lp_match_free (m);
  world_clear (&w);
  m = match_table (&w, table, names, swapped);
  g_assert_cmpint (m->kind, ==, LP_VERDICT_SWAPPED_PAIR);
  g_assert_cmpint (m->repair_case, ==, LP_CASE_NONE);
  g_assert_cmpuint (m->names_moved, ==, 2);
  g_assert_cmpuint (m->names_total, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (m->implied, 0), ==, "b");
  lp_match_free (m);
  world_clear (&w);
  m = match_table (&w, table, names, turned);
  g_assert_cmpint (m->kind, ==, LP_VERDICT_PERMUTED);
  g_assert_cmphex (m->mechanisms, ==, 0);
  lp_match_free (m);
  world_clear (&w);
  m = match_table (&w, table, NULL, right);
  g_assert_cmpint (m->kind, ==, LP_VERDICT_UNVERIFIABLE);
  lp_match_free (m);
  world_clear (&w);
}

/* With a job's list that has all of its names, that is the order. */
static void
test_table_of_a_job (void)
{
  static const char *const table[] = { "c", "a", "b", NULL }, *const names[] = { "a", "b", "c", NULL };
  static const char *const config[] = { "c", "b", "a", "d", NULL };
  static const int right[] = { 1, 2, 0 };
  World w;
  LpMatch *m = match_table (&w, table, names, right), *again;

  world_add_config (&w, config);
  again = world_match (&w);
  g_assert_cmpint (m->kind, ==, LP_VERDICT_CONSISTENT);
  g_assert_cmpuint (again->reference, ==, w.job_config);
  g_assert_cmpint (again->kind, ==, LP_VERDICT_DIFFERS_FROM_JOB);
  lp_match_free (m);
  lp_match_free (again);
  world_clear (&w);
}

/* Coincident boxes of different classes are left out. */
static void
test_ambiguous (void)
{
  static const char *const names[] = { "animal", "cat", NULL };
  World w;
  g_autoptr (LpMatch) m = NULL;

  world_layers (&w, names, names);
  world_add_boxes (&w, 0, 0, 6);
  world_add_boxes (&w, 1, 1, 6);
  world_add_both (&w, world_add_image (&w, "/p/x.jpg", 100, 100, 1));
  world_add_pixels (&w, w.job, 0, 10, 10, 50, 50);
  world_add_pixels (&w, w.job, 1, 10, 10, 50, 50);
  world_add_pixels (&w, w.job, 1, 80, 80, 10, 10);
  world_add_fractions (&w, w.yolo, 1, 0.35, 0.35, 0.5, 0.5);
  world_add_fractions (&w, w.yolo, 0, 0.35, 0.35, 0.5, 0.5);
  m = world_match (&w);
  g_assert_cmpuint (m->n_pairs, ==, 14);
  g_assert_cmpuint (m->ambiguous, ==, 2);
  g_assert_cmpuint (m->support, ==, 12);
  g_assert_cmpuint (m->only_witness, ==, 1);
  g_assert_cmpint (m->kind, ==, LP_VERDICT_CONSISTENT);
  world_clear (&w);
}

/* Nothing to say without names on the other side; garbage for ids does not take the memory. */
static void
test_bounds (void)
{
  static const char *const names[] = { "a", "b", NULL };
  World w;
  g_autoptr (LpMatch) m = NULL, other = NULL;

  world_layers (&w, names, NULL);
  for (guint i = 0; i < 30; i++)
    world_add_boxes (&w, i % 2, i % 2, 200);
  for (guint i = 0; i < 3000; i++)
    lp_layer_row (lp_dataset_layer (w.d, w.yolo), i)->class_id = i % 3 == 0 ? LP_CLASS_NONE : (gint32) (i * 700001);
  m = world_match (&w);
  g_assert_cmpuint (m->n_pairs, ==, 6000);
  g_assert_cmpuint (m->support, ==, 5000);
  g_assert_cmpuint (m->classes->len, ==, 2000);
  g_assert_cmpint (m->kind, ==, LP_VERDICT_INCONSISTENT);
  g_assert_cmpuint (m->implied->len, <=, 65536);
  other = lp_match_layers (w.d, w.job, w.yolo, NULL);
  g_assert_cmpuint (other->reference, ==, LP_NONE);
  g_assert_cmpint (other->kind, ==, LP_VERDICT_UNVERIFIABLE);
  g_assert_cmpuint (other->n_pairs, ==, 6000);
  world_clear (&w);
}

/* ---- random worlds ---- */

static void
shuffle (gint *numbers, guint n)
{
  for (guint i = 0; i < n; i++)
    numbers[i] = i;
  for (guint i = n; i > 1; i--)
    {
      guint j = g_test_rand_int_range (0, i);
      gint kept = numbers[i - 1];

      numbers[i - 1] = numbers[j];
      numbers[j] = kept;
    }
}

typedef struct
{
  guint n;
  char *names[32];        /* of the job, NULL-terminated */
  const char *listed[32]; /* by the label files' dictionary */
  gint id_of[32];         /* job's id → id in the rows */
  gboolean ids, list;     /* permuted */
} Plan;

/* Which name the rows imply for an id. */
static const char *
implied_name (const Plan *p, gint id)
{
  for (guint i = 0; i < p->n; i++)
    if (p->id_of[i] == id)
      return p->names[i];
  return NULL;
}

static void
plan_make (Plan *p)
{
  gint order[32];

  *p = (Plan){ .n = g_test_rand_int_range (3, 21), .ids = g_test_rand_bit (), .list = g_test_rand_bit () };
  shuffle (order, p->n);
  for (guint i = 0; i < p->n; i++)
    p->names[i] = g_strdup_printf ("class %c", 'a' + order[i]);
  shuffle (p->id_of, p->n);
  shuffle (order, p->n);
  for (guint i = 0; i < p->n; i++)
    {
      p->id_of[i] = p->ids ? p->id_of[i] : (gint) i;
      p->listed[i] = p->names[p->list ? order[i] : (gint) i];
    }
}

static void
plan_clear (Plan *p)
{
  for (guint i = 0; i < p->n; i++)
    g_free (p->names[i]);
}

static guint
count_differences (const Plan *p, gboolean rows, gboolean list)
{
  guint n = 0;

  for (guint i = 0; i < p->n; i++)
    {
      const char *a = rows ? implied_name (p, i) : p->names[i], *b = list ? p->listed[i] : p->names[i];

      n += g_strcmp0 (a, b) != 0;
    }
  return n;
}

static void
check_plan (const Plan *p, const LpMatch *m)
{
  guint wrong = count_differences (p, TRUE, TRUE), of_ids = count_differences (p, TRUE, FALSE);
  guint of_list = count_differences (p, FALSE, TRUE);

  g_assert_cmpfloat (lp_match_purity (m), >=, 0.9);
  for (guint i = 0; i < p->n; i++)
    g_assert_cmpstr (g_ptr_array_index (m->implied, i), ==, implied_name (p, i));
  if (wrong == 0)
    g_assert_cmpint (m->kind, ==, of_list > 0 ? LP_VERDICT_DIFFERS_FROM_JOB : LP_VERDICT_CONSISTENT);
  else if (wrong == 2)
    g_assert_true (m->mechanisms & LP_MECHANISM_SWAPPED_PAIR);
  else
    g_assert_true (m->kind == LP_VERDICT_PERMUTED || m->kind == LP_VERDICT_SORTED);
  if (wrong > 0)
    g_assert_cmpint (m->repair_case, ==, of_ids == 0 ? LP_CASE_A : of_list == 0 ? LP_CASE_B : LP_CASE_NONE);
  else
    g_assert_cmpint (m->repair_case, ==, of_list > 0 ? LP_CASE_C : LP_CASE_NONE);
}

/* Any permutation of ids and of names, with up to one box in twenty relabelled, is found again. */
static void
test_worlds (void)
{
  for (guint round = 0; round < 300; round++)
    {
      Plan p;
      World w;
      g_autoptr (LpMatch) m = NULL;

      plan_make (&p);
      world_layers (&w, (const char *const *) p.names, p.listed);
      for (guint i = 0; i < p.n; i++)
        {
          guint n = g_test_rand_int_range (4, 40);

          world_add_boxes (&w, i, p.id_of[i], n);
          if (n >= 20 && g_test_rand_bit ())
            world_add_boxes (&w, g_test_rand_int_range (0, p.n), p.id_of[i], 1);
        }
      m = world_match (&w);
      check_plan (&p, m);
      world_clear (&w);
      plan_clear (&p);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/match/order/verdicts", test_verdicts);
  g_test_add_func ("/match/order/classes", test_classes);
  g_test_add_func ("/match/order/job-list", test_job_list);
  g_test_add_func ("/match/order/table", test_table);
  g_test_add_func ("/match/order/table-of-a-job", test_table_of_a_job);
  g_test_add_func ("/match/order/ambiguous", test_ambiguous);
  g_test_add_func ("/match/order/bounds", test_bounds);
  g_test_add_func ("/match/order/worlds", test_worlds);
  return g_test_run ();
}
