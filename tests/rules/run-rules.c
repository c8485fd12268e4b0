/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "session/lp-session.h"
#include "tree.h"

/* Every rule against its fixture (README.md): what is found, what the repair makes of it, that the rule is silent
 * then, and that undoing gives every byte back. The path of the fixtures is the first argument. */

typedef struct
{
  const LpRule *rule;
  char *fixture;   /* the rule's folder */
  char *folder;    /* for this test alone: set and journal */
  char *set;       /* the copy of input */
  GPtrArray *open; /* char *: absolute */
  char *profile;   /* NULL: the default */
  LpOrderRepair order;
} Trial;

static char *fixtures;

/* ---- how ---- */

static void
take_direction (Trial *t, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  guint n = g_strv_length (words);
  guint64 length;

  if (n == 2 && strcmp (words[0], "open") == 0)
    g_ptr_array_add (t->open, g_build_filename (t->set, words[1], NULL));
  else if (n == 2 && strcmp (words[0], "profile") == 0)
    t->profile = g_strdup (words[1]);
  else if (n == 2 && strcmp (words[0], "repair") == 0)
    t->order = strcmp (words[1], "rows") == 0 ? LP_ORDER_REPAIR_ROWS : LP_ORDER_REPAIR_NAMES;
  else if (n == 3 && strcmp (words[0], "pad") == 0)
    {
      g_autofree char *path = g_build_filename (t->set, words[1], NULL);

      g_assert_true (g_ascii_string_to_unsigned (words[2], 10, 1, G_MAXUINT32, &length, NULL));
      tree_pad (path, length);
    }
  else
    g_error ("%s/how: not understood: %s", t->fixture, line);
}

static void
take_directions (Trial *t)
{
  g_autofree char *path = g_build_filename (t->fixture, "how", NULL), *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (g_file_get_contents (path, &text, NULL, NULL))
    lines = g_strsplit (g_strchomp (text), "\n", -1);
  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    take_direction (t, lines[i]);
  if (t->open->len == 0)
    g_ptr_array_add (t->open, g_strdup (t->set));
}

static void
trial_init (Trial *t, const LpRule *rule)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *input = NULL, *pictures = NULL;

  *t = (Trial){ .rule = rule, .open = g_ptr_array_new_with_free_func (g_free) };
  t->fixture = g_build_filename (fixtures, rule->id, NULL);
  input = g_build_filename (t->fixture, "input", NULL);
  pictures = g_build_filename (t->fixture, "pictures", NULL);
  t->folder = g_dir_make_tmp ("labelproof-rule-XXXXXX", &error);
  g_assert_no_error (error);
  t->set = g_build_filename (t->folder, "set", NULL);
  tree_copy (input, t->set);
  tree_add_pictures (t->set, pictures);
  take_directions (t);
}

static void
trial_clear (Trial *t)
{
  tree_remove (t->folder);
  g_ptr_array_unref (t->open);
  g_free (t->fixture);
  g_free (t->folder);
  g_free (t->set);
  g_free (t->profile);
}

static LpSession *
load (const Trial *t, const char *only)
{
  LpSession *session = lp_session_new ();
  g_autofree char *journal = g_build_filename (t->folder, "journal", NULL);
  g_autoptr (GError) error = NULL;

  lp_session_set_journal_folder (session, journal);
  for (guint i = 0; i < t->open->len; i++)
    lp_session_add_path (session, g_ptr_array_index (t->open, i));
  if (t->profile != NULL)
    g_assert_true (lp_session_set_profile (session, t->profile, NULL));
  for (guint i = 1; only != NULL && i <= lp_rule_count (); i++)
    if (strcmp (lp_rule_get (i)->id, only) != 0)
      g_assert_true (lp_session_select_rules (session, lp_rule_get (i)->id, FALSE, NULL));
  lp_session_load (session, NULL, &error);
  g_assert_no_error (error);
  return session;
}

/* ---- findings ---- */

static char *
place_of (const LpDataset *d, const LpFinding *f)
{
  g_autofree char *path = NULL, *name = NULL;

  if (f->file != LP_NONE)
    path = lp_file_dup_path (lp_dataset_file (d, f->file));
  else if (f->image != LP_NONE)
    path = lp_image_dup_path (lp_dataset_image (d, f->image));
  else
    return g_strdup ("-");
  name = lp_dataset_relative (d, path);
  return f->line > 0 ? g_strdup_printf ("%s:%u", name, f->line) : g_steal_pointer (&name);
}

static char *
box_of (const LpDataset *d, const LpFinding *f)
{
  const LpLayer *layer = f->layer != G_MAXUINT8 ? lp_dataset_layer (d, f->layer) : NULL;
  guint32 first;

  if (layer == NULL || f->row == LP_NONE)
    return g_strdup ("-");
  for (first = lp_layer_entry_of_row (layer, f->row); first > 0; first--)
    if (lp_layer_entry (layer, first - 1)->image != lp_layer_entry (layer, first)->image)
      break;
  return g_strdup_printf ("%u", f->row - lp_layer_entry (layer, first)->first_row);
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static char *
join_sorted (GPtrArray *lines)
{
  GString *out = g_string_new (NULL);

  g_ptr_array_sort (lines, compare_lines);
  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (out, "%s\n", (char *) g_ptr_array_index (lines, i));
  return g_string_free (out, FALSE);
}

static char *
findings_of (LpSession *session)
{
  const LpDataset *d = lp_session_get_dataset (session);
  const GArray *findings = lp_session_get_findings (session)->findings;
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < findings->len; i++)
    {
      const LpFinding *f = &g_array_index (findings, LpFinding, i);
      g_autofree char *place = place_of (d, f), *box = box_of (d, f), *sentence = lp_rule_say (d, f);
      char *line =
        g_strdup_printf ("%s %s %s %s", lp_severity_id (f->severity), lp_rule_get (f->rule)->id, place, box);

      g_test_message ("%s | %s", line, sentence);
      g_assert_null (strstr (sentence, "?"));
      g_ptr_array_add (lines, line);
    }
  return join_sorted (lines);
}

static guint
count_rule (LpSession *session, const LpRule *rule)
{
  const GArray *findings = lp_session_get_findings (session)->findings;
  guint n = 0;

  for (guint i = 0; i < findings->len; i++)
    n += lp_rule_get (g_array_index (findings, LpFinding, i).rule) == rule;
  return n;
}

static void
check_findings (const Trial *t)
{
  g_autoptr (LpSession) session = load (t, NULL);
  g_autofree char *path = g_build_filename (t->fixture, "findings", NULL), *text = NULL, *wanted = NULL,
                  *found = NULL;
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) parts = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  parts = g_strsplit (g_strchomp (text), "\n", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    g_ptr_array_add (lines, g_strdup (parts[i]));
  wanted = join_sorted (lines);
  found = findings_of (session);
  g_assert_cmpstr (found, ==, wanted);
  g_assert_cmpuint (count_rule (session, t->rule), >, 0);
}

/* ---- repair and undo ---- */

static void
check_repair (const Trial *t)
{
  g_autofree char *path = g_build_filename (t->fixture, "fixed", NULL);
  g_autoptr (GPtrArray) expected = tree_read (path), found = NULL, changes = NULL;
  g_autoptr (LpSession) session = load (t, t->rule->id), again = NULL;
  g_autoptr (GError) error = NULL;
  LpApplied applied = { 0 };

  lp_session_repair (session, TRUE, t->order, NULL, &error);
  g_assert_no_error (error);
  changes = lp_session_plan (session, NULL, NULL, &error);
  g_assert_no_error (error);
  lp_session_apply (session, changes, NULL, &applied, &error);
  g_assert_no_error (error);
  lp_applied_clear (&applied);
  found = tree_read (t->set);
  tree_compare (expected, found);
  again = load (t, NULL);
  g_assert_cmpuint (count_rule (again, t->rule), ==, 0);
}

static void
check_undo (const Trial *t, const GPtrArray *before)
{
  g_autoptr (LpSession) session = load (t, NULL);
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;
  LpApplied applied = { 0 };

  lp_session_undo_apply (session, &applied, &error);
  g_assert_no_error (error);
  lp_applied_clear (&applied);
  found = tree_read (t->set);
  tree_compare (before, found);
}

static void
test_rule (gconstpointer data)
{
  g_autofree char *fixed = NULL;
  g_autoptr (GPtrArray) before = NULL;
  Trial t;

  trial_init (&t, data);
  before = tree_read (t.set);
  check_findings (&t);
  fixed = g_build_filename (t.fixture, "fixed", NULL);
  g_assert_cmpint (g_file_test (fixed, G_FILE_TEST_IS_DIR), ==, t.rule->safety != LP_SAFETY_NONE);
  if (t.rule->safety != LP_SAFETY_NONE && !g_test_failed ())
    {
      check_repair (&t);
      check_undo (&t, before);
    }
  trial_clear (&t);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  fixtures = argv[1];
  /* One rule that fails says nothing of the others. */
  g_test_set_nonfatal_assertions ();
  for (guint i = 1; i <= lp_rule_count (); i++)
    {
      g_autofree char *path = g_strdup_printf ("/rules/%s", lp_rule_get (i)->id);

      g_test_add_data_func (path, lp_rule_get (i), test_rule);
    }
  return g_test_run ();
}
