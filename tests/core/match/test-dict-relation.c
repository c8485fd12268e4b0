/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "match/lp-dict-relation.h"

/* Names divided by "|"; "-" is a hole. */
static LpDictionary *
list (LpDataset *d, LpDictOrigin origin, const char *names)
{
  LpDictionary *dict = lp_dataset_add_dictionary (d, origin, LP_NONE, "list");
  g_auto (GStrv) parts = g_strsplit (names, "|", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (g_str_equal (parts[i], "-"))
      g_ptr_array_add (dict->names, NULL);
    else
      lp_dictionary_add_name (d, dict, parts[i], -1, (LpPlace){ 0 });
  return dict;
}

static char *
notes_of (const LpDictRelation *relation)
{
  GString *notes = g_string_new (NULL);

  for (guint i = 0; i < relation->names->len; i++)
    {
      g_autofree char *note = lp_dict_relation_note (relation, i);

      g_string_append_printf (notes, i > 0 ? "|%s" : "%s", note != NULL ? note : "");
    }
  return g_string_free (notes, FALSE);
}

static const struct
{
  const char *reference, *list, *words, *notes;
  LpSeverity severity;
} cases[] = {
  { "can|paper|fork", "can|paper|fork", "same order", "||", LP_SEVERITY_OFF },
  { "can|paper|fork", "can|fork|paper", "2 of 3 moved", "|job: 2|job: 1", LP_SEVERITY_ERROR },
  { "can|paper|fork", "background|can|paper|fork", "1 too high", "not in the job|job: 0|job: 1|job: 2",
    LP_SEVERITY_ERROR },
  { "zero|can|paper|fork", "can|paper|fork", "1 too low", "job: 1|job: 2|job: 3|missing", LP_SEVERITY_ERROR },
  { "can|fork", "fork|can", "2 of 2 moved", "job: 1|job: 0", LP_SEVERITY_ERROR },
  { "can|scissors|orange", "can|scissors ", "2 of 3 differ", "|blank at end|missing", LP_SEVERITY_WARNING },
  { "can|fork", " can|Fork", "2 of 2 differ", "blank at start|other capitals", LP_SEVERITY_WARNING },
  { "hot dog|fork", "hot_dog|fork", "1 of 2 differs", "other spacing|", LP_SEVERITY_WARNING },
  { "caf\xc3\xa9|fork", "cafe\xcc\x81|f\xe2\x80\x8bork", "2 of 2 differ", "encoded otherwise|invisible characters",
    LP_SEVERITY_WARNING },
  { "can|fork", "can|spoon|knife", "2 of 3 differ", "|not in the job|one more", LP_SEVERITY_WARNING },
  { "can|-|fork", "can|-|fork", "same order", "||", LP_SEVERITY_OFF },
  { "can|-|fork", "can|fork|-", "1 of 3 moved", "|job: 2|missing", LP_SEVERITY_ERROR },
  /* The very name elsewhere means more than one that is alike here. */
  { "Can|can", "can|Can", "2 of 2 moved", "job: 1|job: 0", LP_SEVERITY_ERROR },
  /* One that is alike elsewhere is moved all the same. */
  { "can|fork", "Fork|Can", "2 of 2 moved", "job: 1|job: 0", LP_SEVERITY_ERROR },
  { "\xff|fork", "\xff |fork", "1 of 2 differs", "blank at end|", LP_SEVERITY_WARNING },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LpDataset) d = lp_dataset_new ();
      LpDictionary *reference = list (d, LP_DICT_JOB, cases[i].reference),
                   *other = list (d, LP_DICT_YAML, cases[i].list);
      g_autoptr (LpDictRelation) relation = lp_dict_relation_new (other, reference);
      g_autofree char *words = lp_dict_relation_words (relation), *notes = notes_of (relation);

      g_test_message ("%u", i);
      g_assert_cmpstr (words, ==, cases[i].words);
      g_assert_cmpstr (notes, ==, cases[i].notes);
      g_assert_cmpint (lp_dict_relation_severity (relation), ==, cases[i].severity);
    }
}

/* The reference is only another list: nobody says "job". */
static void
test_no_job (void)
{
  g_autoptr (LpDataset) d = lp_dataset_new ();
  LpDictionary *reference = list (d, LP_DICT_NAMES, "can|fork|x"), *other = list (d, LP_DICT_YAML, "fork|can|y");
  g_autoptr (LpDictRelation) relation = lp_dict_relation_new (other, reference);
  g_autofree char *notes = notes_of (relation);

  g_assert_cmpstr (notes, ==, "there: 1|there: 0|not there");
}

static void
test_empty (void)
{
  g_autoptr (LpDataset) d = lp_dataset_new ();
  LpDictionary *reference = list (d, LP_DICT_JOB, "can"),
               *none = lp_dataset_add_dictionary (d, LP_DICT_YAML, LP_NONE, "");
  g_autoptr (LpDictRelation) relation = lp_dict_relation_new (none, reference);
  g_autoptr (LpDictRelation) nothing = lp_dict_relation_new (none, none);

  g_assert_cmpuint (relation->missing, ==, 1);
  g_assert_cmpuint (nothing->names->len, ==, 0);
  g_assert_cmpint (lp_dict_relation_severity (nothing), ==, LP_SEVERITY_OFF);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dict-relation/cases", test_cases);
  g_test_add_func ("/dict-relation/no-job", test_no_job);
  g_test_add_func ("/dict-relation/empty", test_empty);
  return g_test_run ();
}
