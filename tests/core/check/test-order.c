/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "../match/world.h"
#include "check/lp-check.h"

/* Three pictures of a class each; ids[i] is what the label files call class i of the job. */
typedef struct
{
  const char *job[5], *names[5]; /* names[0] NULL: no list */
  gint ids[5];
  guint n;       /* boxes of each class */
  LpRuleId rule; /* LP_RULE_NONE: nothing is said of the order */
  LpSeverity severity;
  LpSafety safety;
  const char *sentence;
} Case;

static const Case cases[] = {
  { { "can", "paper", "fork", NULL },
    { "can", "paper", "fork", NULL },
    { 0, 1, 2 },
    4,
    LP_RULE_NONE,
    LP_SEVERITY_OFF,
    LP_SAFETY_NONE,
    NULL },
  { { "can", "paper", "fork", NULL },
    { "can", "fork", "paper", NULL },
    { 0, 1, 2 },
    4,
    LP_RULE_ORDER_SORTED,
    LP_SEVERITY_ERROR,
    LP_SAFETY_SAFE,
    "names lists the names alphabetically, the job does not: 8 of 12 boxes, 2 of 3 images, 2 of 3 names" },
  /* The names are right, the rows are not. */
  { { "can", "paper", "fork", NULL },
    { "can", "paper", "fork", NULL },
    { 1, 0, 2 },
    4,
    LP_RULE_ORDER_SWAPPED_PAIR,
    LP_SEVERITY_ERROR,
    LP_SAFETY_REVIEW,
    "The rows exchange “paper” and “can”: 8 of 12 boxes, 2 of 3 images, 2 of 3 names" },
  { { "can", "paper", "fork", NULL },
    { "paper", "can", "fork", NULL },
    { 1, 0, 2 },
    4,
    LP_RULE_ORDER_DIFFERS_FROM_JOB,
    LP_SEVERITY_WARNING,
    LP_SAFETY_REVIEW,
    "names and the rows agree, but the job lists the names in another order" },
  /* No list yet: a warning, and nothing to rewrite. */
  { { "can", "paper", "fork", NULL },
    { NULL },
    { 1, 2, 0 },
    4,
    LP_RULE_ORDER_PERMUTED,
    LP_SEVERITY_WARNING,
    LP_SAFETY_NONE,
    "The rows number the names in another order than the job; a names file in the job’s order would be wrong" },
  { { "can", "paper", "fork", NULL }, { NULL }, { 0, 1, 2 }, 4, LP_RULE_NONE, LP_SEVERITY_OFF, LP_SAFETY_NONE, NULL },
  { { "can", "paper", "fork", NULL },
    { "can", "fork", "paper", NULL },
    { 0, 1, 2 },
    1,
    LP_RULE_ORDER_UNVERIFIABLE,
    LP_SEVERITY_INFO,
    LP_SAFETY_NONE,
    "Too few boxes could be compared with the job’s to judge the order of the names: 3" },
};

static void
check_case (const Case *c)
{
  g_autoptr (LpFindings) findings = NULL;
  const LpFinding *finding;
  g_autofree char *sentence = NULL;
  World w;

  world_layers (&w, c->job, c->names[0] != NULL ? c->names : NULL);
  for (gint i = 0; c->job[i] != NULL; i++)
    world_add_boxes (&w, i, c->ids[i], c->n);
  g_ptr_array_add (w.d->matches, world_match (&w));
  findings = lp_check_run (w.d, lp_profile_find ("ultralytics"), NULL, NULL);
  g_assert_cmpuint (findings->findings->len, ==, c->rule != LP_RULE_NONE);
  if (c->rule != LP_RULE_NONE)
    {
      const LpRule *rule = lp_rule_get (c->rule);

      finding = &g_array_index (findings->findings, LpFinding, 0);
      g_assert_cmpstr (lp_rule_get (finding->rule)->id, ==, rule->id);
      g_assert_cmpint (finding->severity, ==, c->severity);
      g_assert_cmpint (rule->propose != NULL ? rule->propose (w.d, finding, NULL) : LP_SAFETY_NONE, ==, c->safety);
      sentence = lp_rule_say (w.d, finding);
      g_assert_cmpstr (sentence, ==, c->sentence);
    }
  world_clear (&w);
}

static void
test_verdicts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("case %u", i);
      check_case (&cases[i]);
    }
}

/* Lists that only one of them is longer in, or that differ in blanks and case, tell the same order. */
static void
test_lists (void)
{
  static const struct
  {
    const char *a[4], *b[4];
    guint differ;
  } lists[] = {
    { { "pen", "pencil", NULL }, { "pen", "pencil", NULL }, 0 },
    { { "pen", "pencil", NULL }, { "pen", "pencil", "eraser", NULL }, 0 },
    { { "pen", "pencil", NULL }, { "Pen", "pencil", NULL }, 0 },
    { { "pen", "pencil", NULL }, { "pencil", "pen", NULL }, 2 },
    { { "pen", "pencil", "eraser", NULL }, { "pen", "eraser", NULL }, 1 },
    { { "pen", "", "eraser", NULL }, { "pen", "pencil", "eraser", NULL }, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr (LpFindings) findings = NULL;
      LpDictionary *dict;
      World w;

      g_test_message ("case %u", i);
      world_init (&w);
      world_add_yolo (&w, lists[i].a);
      w.d->subject = w.yolo;
      dict = lp_dataset_add_dictionary (w.d, LP_DICT_NAMES, LP_NONE, "classes.txt");
      dict->layer = w.yolo;
      for (guint j = 0; lists[i].b[j] != NULL; j++)
        lp_dictionary_add_name (w.d, dict, lists[i].b[j], -1, (LpPlace){ 0 });
      findings = lp_check_run (w.d, lp_profile_find ("ultralytics"), NULL, NULL);
      g_assert_cmpuint (findings->findings->len, ==, lists[i].differ > 0);
      if (lists[i].differ > 0)
        {
          const LpFinding *finding = &g_array_index (findings->findings, LpFinding, 0);

          g_assert_cmpint (finding->rule, ==, LP_RULE_ORDER_NAMES_DISAGREE);
          g_assert_cmpfloat (finding->a, ==, lists[i].differ);
        }
      world_clear (&w);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/order/verdicts", test_verdicts);
  g_test_add_func ("/order/lists", test_lists);
  return g_test_run ();
}
