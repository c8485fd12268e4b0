/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "check/lp-family.h"

static gboolean
is_sentence (const char *text)
{
  gsize length = strlen (text);

  return length > 10 && (text[length - 1] == '.' || g_str_has_suffix (text, "”."));
}

static void
test_words (void)
{
  for (guint i = 1; i <= lp_rule_count (); i++)
    {
      const LpRule *rule = lp_rule_get (i);

      g_test_message ("%s", rule->id);
      g_assert_nonnull (rule->title);
      g_assert_cmpstr (rule->title, !=, rule->id);
      g_assert_false (g_str_has_suffix (rule->title, "."));
      g_assert_true ((rule->sentence != NULL) != (rule->say != NULL));
      g_assert_true (is_sentence (rule->why));
      g_assert_nonnull (rule->example);
      g_assert_true (is_sentence (rule->trainer));
      g_assert_null (strchr (rule->title, '!'));
    }
}

static void
test_repairs_have_words (void)
{
  for (guint i = 1; i <= lp_rule_count (); i++)
    {
      const LpRule *rule = lp_rule_get (i);

      g_test_message ("%s", rule->id);
      g_assert_true ((rule->repair != NULL) == (rule->safety != LP_SAFETY_NONE));
      g_assert_true ((rule->propose != NULL) == (rule->safety != LP_SAFETY_NONE));
      g_assert_true (rule->repair == NULL || is_sentence (rule->repair));
    }
}

static void
test_code_of_the_scope (void)
{
  for (guint i = 1; i <= lp_rule_count (); i++)
    {
      const LpRule *rule = lp_rule_get (i);

      g_test_message ("%s", rule->id);
      g_assert_true ((rule->check_row != NULL) == (rule->scope == LP_SCOPE_ROW));
      g_assert_true ((rule->check_entry != NULL) == (rule->scope == LP_SCOPE_IMAGE));
      g_assert_true ((rule->check_set != NULL) == (rule->scope == LP_SCOPE_SET));
    }
}

static void
test_find (void)
{
  g_assert_cmpint (lp_rule_find ("box/out-of-frame"), ==, LP_RULE_BOX_OUT_OF_FRAME);
  g_assert_cmpint (lp_rule_find ("duplicate/exact-box"), ==, LP_RULE_DUPLICATE_EXACT_BOX);
  g_assert_cmpint (lp_rule_find ("box/out-of-frames"), ==, LP_RULE_NONE);
  g_assert_cmpint (lp_rule_find (""), ==, LP_RULE_NONE);
  g_assert_cmpstr (lp_rule_get (LP_RULE_IMAGE_MISSING)->id, ==, "image/missing");
  g_assert_cmpstr (lp_rule_get (LP_RULE_CLASS_NAME_WHITESPACE)->id, ==, "class/name-whitespace");
  g_assert_null (lp_rule_get (LP_RULE_NONE));
  g_assert_null (lp_rule_get (LP_RULE_END));
}

/* Who yields must not come back to himself, or nobody would speak. */
static gboolean
reaches (LpRuleId from, LpRuleId to, guint depth)
{
  g_assert_cmpuint (depth, <, 20);
  for (const LpRuleId *next = lp_rule_get (from)->yields_to; *next != LP_RULE_NONE; next++)
    if (*next == to || reaches (*next, to, depth + 1))
      return TRUE;
  return FALSE;
}

static void
test_yields_end (void)
{
  for (guint i = 1; i <= lp_rule_count (); i++)
    {
      const LpRule *rule = lp_rule_get (i);

      g_assert_false (reaches (i, i, 0));
      g_assert_cmpint (rule->yields_to[G_N_ELEMENTS (rule->yields_to) - 1], ==, LP_RULE_NONE);
    }
}

static void
test_severities (void)
{
  g_assert_cmpstr (lp_severity_word (LP_SEVERITY_ERROR), ==, "Error");
  g_assert_cmpstr (lp_severity_word (LP_SEVERITY_WARNING), ==, "Warning");
  g_assert_cmpstr (lp_severity_word (LP_SEVERITY_INFO), ==, "Info");
  g_assert_cmpstr (lp_severity_id (LP_SEVERITY_ERROR), ==, "error");
  g_assert_cmpstr (lp_severity_id (LP_SEVERITY_WARNING), ==, "warning");
  g_assert_cmpstr (lp_severity_id (LP_SEVERITY_INFO), ==, "info");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rule/words", test_words);
  g_test_add_func ("/rule/repairs-have-words", test_repairs_have_words);
  g_test_add_func ("/rule/code-of-the-scope", test_code_of_the_scope);
  g_test_add_func ("/rule/find", test_find);
  g_test_add_func ("/rule/yields-end", test_yields_end);
  g_test_add_func ("/rule/severities", test_severities);
  return g_test_run ();
}
