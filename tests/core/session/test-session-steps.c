/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "fixture.h"

static guint
base_index (LpSession *session, const char *rule)
{
  const LpFindings *base = lp_session_get_base (session);

  for (guint i = 0; i < base->findings->len; i++)
    if (g_str_equal (lp_rule_get (g_array_index (base->findings, LpFinding, i).rule)->id, rule))
      return i;
  g_assert_not_reached ();
}

static void
test_note_undo_redo (Fixture *f, gconstpointer data)
{
  guint twice = base_index (f->session, "duplicate/exact-box"),
        beyond = base_index (f->session, "class/id-out-of-range");
  g_autofree char *before = get (f, "labels/a.txt");
  g_autofree char *after = NULL;

  g_assert_false (lp_session_is_dealt_with (f->session, twice));
  note_removal (f->session);
  g_assert_true (lp_session_is_dealt_with (f->session, twice));
  g_assert_false (lp_session_is_dealt_with (f->session, beyond));
  g_assert_cmpuint (lp_session_get_steps (f->session)->len, ==, 1);
  g_assert_cmpstr (((LpStep *) g_ptr_array_index (lp_session_get_steps (f->session), 0))->sentence, ==,
                   "Remove 1 row: a.txt");
  g_assert_true (lp_session_undo (f->session, NULL));
  g_assert_false (lp_session_is_dealt_with (f->session, twice));
  g_assert_false (lp_session_can_undo (f->session));
  g_assert_true (lp_session_redo (f->session, NULL));
  g_assert_true (lp_session_is_dealt_with (f->session, twice));
  g_assert_false (lp_session_redo (f->session, NULL));
  /* Nothing below the data set changes until Apply. */
  after = get (f, "labels/a.txt");
  g_assert_cmpstr (after, ==, before);
}

static void
test_next_session (Fixture *f, gconstpointer data)
{
  note_removal (f->session);
  g_clear_object (&f->session);
  f->session = open_session (f);
  g_assert_cmpuint (lp_session_get_steps (f->session)->len, ==, 1);
  g_assert_true (lp_session_is_dealt_with (f->session, base_index (f->session, "duplicate/exact-box")));
  g_assert_true (lp_session_undo (f->session, NULL));
  g_clear_object (&f->session);
  f->session = open_session (f);
  g_assert_false (lp_session_can_undo (f->session));
  g_assert_true (lp_session_redo (f->session, NULL));
  g_assert_null (find (f->session, "duplicate/exact-box"));
}

static void
note_row_removal (LpSession *session, guint32 row, const char *sentence)
{
  const LpDataset *dataset = lp_session_get_dataset (session);
  LpStep *step = lp_step_new (sentence, NULL);
  g_autoptr (GError) error = NULL;

  lp_step_add_row_op (step, dataset, LP_OP_REMOVE_ROW, dataset->subject, row);
  lp_session_note (session, step, &error);
  g_assert_no_error (error);
}

static const char *
last_sentence (LpSession *session)
{
  const GPtrArray *steps = lp_session_get_steps (session);

  return ((const LpStep *) g_ptr_array_index (steps, steps->len - 1))->sentence;
}

/* What was taken back is done again in the order in which it was done, also by a later session. */
static void
test_redo_in_order (Fixture *f, gconstpointer data)
{
  note_row_removal (f->session, 0, "first");
  note_row_removal (f->session, 1, "second");
  note_row_removal (f->session, 2, "third");
  g_assert_true (lp_session_undo (f->session, NULL));
  g_assert_true (lp_session_undo (f->session, NULL));
  g_clear_object (&f->session);
  f->session = open_session (f);
  g_assert_cmpstr (last_sentence (f->session), ==, "first");
  g_assert_true (lp_session_redo (f->session, NULL));
  g_assert_cmpstr (last_sentence (f->session), ==, "second");
  g_assert_true (lp_session_redo (f->session, NULL));
  g_assert_cmpstr (last_sentence (f->session), ==, "third");
  g_assert_false (lp_session_can_redo (f->session));
}

/* Loading again in the same session keeps what was noted. */
static void
test_load_again (Fixture *f, gconstpointer data)
{
  note_removal (f->session);
  g_assert_true (lp_session_load (f->session, NULL, NULL));
  g_assert_cmpuint (lp_session_get_steps (f->session)->len, ==, 1);
  g_assert_null (find (f->session, "duplicate/exact-box"));
}

static void
test_stale (Fixture *f, gconstpointer data)
{
  note_removal (f->session);
  g_clear_object (&f->session);
  put (f, "labels/a.txt", ROW_0 ROW_2 ROW_1);
  f->session = open_session (f);
  g_assert_cmpuint (lp_session_get_steps (f->session)->len, ==, 0);
  g_assert_cmpuint (lp_session_get_stale (f->session)->len, ==, 1);
  g_assert_true (g_str_has_prefix (g_ptr_array_index (lp_session_get_stale (f->session), 0), "Remove 1 row: a.txt"));
}

static void
test_note_of_a_changed_file (Fixture *f, gconstpointer data)
{
  LpStep *step = lp_session_propose (f->session, find (f->session, "duplicate/exact-box"), NULL);
  g_autoptr (GError) error = NULL;

  put (f, "labels/a.txt", ROW_2);
  g_assert_false (lp_session_note (f->session, step, &error));
  g_assert_nonnull (error);
  g_assert_false (lp_session_can_undo (f->session));
}

static void
test_order (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  LpStep *step = lp_session_propose_order (f->session, FALSE, &error);

  g_assert_no_error (error);
  g_assert_true (lp_session_note (f->session, step, &error));
  g_assert_cmpint (lp_session_get_match (f->session)->kind, ==, LP_VERDICT_CONSISTENT);
  g_assert_null (find (f->session, "order/sorted"));
  g_assert_true (lp_session_undo (f->session, &error));
  g_assert_cmpint (lp_session_get_match (f->session)->kind, ==, LP_VERDICT_SORTED);
}

/* All three names stand elsewhere in the one line of data.yaml; thirteen rows have a number below three. */
static void
test_order_price (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  LpOrderPrice price;

  g_assert_true (lp_session_order_price (f->session, FALSE, &price, &error));
  g_assert_cmpuint (price.files, ==, 1);
  g_assert_cmpuint (price.lines, ==, 1);
  g_assert_cmpstr (price.names, ==, "data.yaml");
  g_free (price.names);
  g_assert_true (lp_session_order_price (f->session, TRUE, &price, &error));
  g_assert_cmpuint (price.files, ==, 4);
  g_assert_cmpuint (price.lines, ==, 13);
  g_assert_cmpstr (price.names, ==, "");
  g_free (price.names);
  lp_session_note (f->session, lp_session_propose_order (f->session, FALSE, &error), &error);
  g_assert_no_error (error);
  g_assert_false (lp_session_order_price (f->session, FALSE, &price, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
}

static void
test_repair (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  /* order/sorted, the row that is there twice, class 9 */
  g_assert_cmpuint (lp_session_count_repairable (f->session), ==, 3);
  g_assert_true (lp_session_repair (f->session, FALSE, LP_ORDER_REPAIR_DEFAULT, NULL, &error));
  g_assert_cmpuint (lp_session_count_repairable (f->session), ==, 1);
  g_assert_true (lp_session_repair (f->session, TRUE, LP_ORDER_REPAIR_DEFAULT, NULL, &error));
  g_assert_cmpuint (lp_session_count_repairable (f->session), ==, 0);
  g_assert_cmpuint (lp_session_get_findings (f->session)->errors, ==, 0);
  /* Only a plan: no journal was made. */
  g_assert_false (g_file_test (f->journal, G_FILE_TEST_EXISTS));
}

static void
test_cause (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) causes = lp_session_causes (f->session);
  guint n = 0;

  for (guint i = 0; i < causes->len; i++)
    {
      const LpCause *cause = g_ptr_array_index (causes, i);
      g_autoptr (LpStep) step = lp_session_propose_cause (f->session, cause);

      if (g_str_equal (lp_rule_get (cause->rule)->id, "class/id-out-of-range"))
        {
          g_assert_cmpuint (step->ops->len, ==, 1);
          g_assert_cmpstr (step->sentence, ==, "Remove 1 row: b.txt");
          n++;
        }
    }
  g_assert_cmpuint (n, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/session/steps/note-undo-redo", test_note_undo_redo);
  FIXTURE_TEST ("/session/steps/next-session", test_next_session);
  FIXTURE_TEST ("/session/steps/redo-in-order", test_redo_in_order);
  FIXTURE_TEST ("/session/steps/load-again", test_load_again);
  FIXTURE_TEST ("/session/steps/stale", test_stale);
  FIXTURE_TEST ("/session/steps/note-of-a-changed-file", test_note_of_a_changed_file);
  FIXTURE_TEST ("/session/steps/order", test_order);
  FIXTURE_TEST ("/session/steps/order-price", test_order_price);
  FIXTURE_TEST ("/session/steps/repair", test_repair);
  FIXTURE_TEST ("/session/steps/cause", test_cause);
  return g_test_run ();
}
