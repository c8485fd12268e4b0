/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "session/lp-session-private.h"

/* Steps: proposed by rules, completed, kept durably, done, judged. */

#define REPAIR_PASSES 8 /* a repair may uncover another finding: turned boxes may stand beyond the edge */

/* ---- words ---- */

static guint
count_files (const LpStep *step)
{
  g_autoptr (GHashTable) files = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < step->ops->len; i++)
    g_hash_table_add (files, ((LpOp *) g_ptr_array_index (step->ops, i))->path);
  return g_hash_table_size (files);
}

static char *
say_numbers (const LpStep *step)
{
  guint n = step->ops->len;

  if (g_strcmp0 (step->rule, "image/exif-frame-raw") == 0)
    return g_strdup_printf (
      ngettext ("Turn the boxes of %u picture", "Turn the boxes of %u pictures", count_files (step)),
      count_files (step));
  return g_strdup_printf (
    ngettext ("Cut %u box at the edge of its picture", "Cut %u boxes at the edge of their pictures", n), n);
}

/* What the step does, in words for a list of things to do. */
static char *
say_step (const LpStep *step)
{
  const LpOp *first = g_ptr_array_index (step->ops, 0);
  guint n = step->ops->len;

  switch (first->kind)
    {
    case LP_OP_SET_NUMBERS:
      return say_numbers (step);
    case LP_OP_SET_CLASS:
      return g_strdup_printf (ngettext ("Change the class of %u box", "Change the class of %u boxes", n), n);
    case LP_OP_REMOVE_ROW:
      return g_strdup_printf (ngettext ("Remove %u row", "Remove %u rows", n), n);
    case LP_OP_SET_NAMES:
      return g_strdup_printf (ngettext ("Rewrite the names in %u file", "Rewrite the names in %u files", n), n);
    case LP_OP_SET_COUNT:
      return g_strdup (_ ("Set the number of names"));
    case LP_OP_RENUMBER:
      return g_strdup (_ ("Renumber the classes in all rows"));
    case LP_OP_CREATE_FILE:
      return g_strdup_printf (ngettext ("Write %u empty label file", "Write %u empty label files", n), n);
    case LP_OP_RENAME_FILE:
    default:
      return g_strdup_printf (ngettext ("Rename %u label file", "Rename %u label files", n), n);
    }
}

/* The sentence names the place where there is only one. Takes the step; NULL where it does nothing. */
static LpStep *
finish_step (LpStep *step)
{
  g_autofree char *what = NULL;
  const LpOp *first;

  if (step->ops->len == 0)
    {
      lp_step_free (step);
      return NULL;
    }
  first = g_ptr_array_index (step->ops, 0);
  what = say_step (step);
  g_free (step->sentence);
  if (count_files (step) == 1)
    {
      g_autofree char *name = g_path_get_basename (first->path);

      /* Translators: what is done, and to which file: "Remove 1 row: fruit_12.txt" */
      step->sentence = g_strdup_printf (_ ("%s: %s"), what, name);
    }
  else
    step->sentence = g_steal_pointer (&what);
  return step;
}

/* ---- proposals ---- */

static gboolean
is_order_rule (LpRuleId rule)
{
  return g_str_has_prefix (lp_rule_get (rule)->id, "order/");
}

/* In case A the names are repaired, in B the rows, in C both, which begins with the rows. */
static gboolean
recommends_rows (LpSession *self)
{
  const LpMatch *match = lp_dataset_match (self->now->dataset);

  return match != NULL && (match->repair_case == LP_CASE_B || match->repair_case == LP_CASE_C);
}

LpStep *
lp_session_propose (LpSession *self, const LpFinding *finding, LpSafety *safety)
{
  const LpRule *rule = lp_rule_get (finding->rule);
  LpSafety how = rule->propose != NULL ? rule->propose (self->now->dataset, finding, NULL) : LP_SAFETY_NONE;
  LpStep *step;

  if (safety != NULL)
    *safety = how;
  if (how == LP_SAFETY_NONE)
    return NULL;
  if (is_order_rule (finding->rule))
    return lp_session_propose_order (self, recommends_rows (self), NULL);
  step = lp_step_new ("", rule->id);
  rule->propose (self->now->dataset, finding, step);
  return finish_step (step);
}

/* Where an operation acts: two that act on one place have to be done one after the other. */
static char *
place_of (const LpOp *op)
{
  if (op->kind == LP_OP_CREATE_FILE || op->kind == LP_OP_RENAME_FILE)
    return g_strdup (op->path);
  return g_strdup_printf ("%s\n%" G_GUINT64_FORMAT, op->path != NULL ? op->path : "", op->offset);
}

/* What repairing has touched in this pass. */
typedef struct
{
  GHashTable *places;
  gboolean unsafe;
} Pass;

/* Adds what the rule proposes for one finding, unless it acts where something was already done in this pass. */
static void
add_proposal (LpSession *self, const LpFinding *finding, LpStep *step, Pass *pass)
{
  const LpRule *rule = lp_rule_get (finding->rule);
  LpDataset *d = self->now->dataset;
  LpSafety safety = rule->propose (d, finding, NULL);
  guint before = step->ops->len;

  if (safety == LP_SAFETY_NONE || (safety == LP_SAFETY_REVIEW && !pass->unsafe))
    return;
  rule->propose (d, finding, step);
  for (guint i = before; i < step->ops->len; i++)
    {
      g_autofree char *place = place_of (g_ptr_array_index (step->ops, i));

      if (g_hash_table_contains (pass->places, place))
        {
          g_ptr_array_set_size (step->ops, before);
          return;
        }
    }
  for (guint i = before; i < step->ops->len; i++)
    g_hash_table_add (pass->places, place_of (g_ptr_array_index (step->ops, i)));
}

static LpStep *
propose_cause (LpSession *self, const LpCause *cause, Pass *pass)
{
  const LpFindings *findings = lp_session_get_findings (self);
  const LpRule *rule = lp_rule_get (cause->rule);
  LpStep *step;

  if (rule->propose == NULL)
    return NULL;
  step = lp_step_new ("", rule->id);
  for (guint i = 0; i < cause->findings->len; i++)
    add_proposal (self, &g_array_index (findings->findings, LpFinding, g_array_index (cause->findings, guint32, i)),
                  step, pass);
  return finish_step (step);
}

LpStep *
lp_session_propose_cause (LpSession *self, const LpCause *cause)
{
  g_autoptr (GHashTable) places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Pass pass = { .places = places, .unsafe = TRUE };

  if (is_order_rule (cause->rule))
    return lp_session_propose_order (self, recommends_rows (self), NULL);
  return propose_cause (self, cause, &pass);
}

LpStep *
lp_session_propose_order (LpSession *self, gboolean rows, GError **error)
{
  const LpDataset *d = self->now->dataset;
  const LpMatch *match = lp_dataset_match (d);

  if (match == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                           _ ("There is nothing to take the order of the names from."));
      return NULL;
    }
  return rows ? lp_edit_order_rows (d, match, error) : lp_edit_order_names (d, match, error);
}

gboolean
lp_session_order_price (LpSession *self, gboolean rows, LpOrderPrice *price, GError **error)
{
  const LpDataset *d = self->now->dataset;
  g_autoptr (LpStep) step = lp_session_propose_order (self, rows, error);
  g_autoptr (GString) names = g_string_new (NULL);

  *price = (LpOrderPrice){ 0 };
  if (step == NULL)
    return FALSE;
  lp_edit_order_price (d, lp_dataset_match (d), rows, &price->files, &price->lines);
  for (guint i = 0; i < step->ops->len; i++)
    {
      const LpOp *op = g_ptr_array_index (step->ops, i);
      g_autofree char *title =
        op->kind == LP_OP_SET_NAMES ? lp_text_escape (lp_dataset_dict (d, op->dict)->title, -1, 0) : NULL;

      if (title != NULL)
        g_string_append_printf (names, names->len > 0 ? ", %s" : "%s", title);
    }
  price->names = g_string_free (g_steal_pointer (&names), FALSE);
  return TRUE;
}

/* ---- noted steps ---- */

static gboolean
can_be_kept (LpSession *self, GError **error)
{
  if (self->now->subject != NULL)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                       _ ("There are no labels here that could be changed."));
  return FALSE;
}

static LpJournal *
existing_journal (LpSession *self, LpLoaded *loaded, GError **error)
{
  if (loaded->journal == NULL && loaded->subject != NULL && lp_journal_exists (loaded->subject, self->journal_folder))
    loaded->journal = lp_journal_open (loaded->subject, self->journal_folder, error);
  return loaded->journal;
}

LpJournal *
lp_session_existing_journal (LpSession *self, GError **error)
{
  return existing_journal (self, self->now, error);
}

LpJournal *
lp_session_open_journal (LpSession *self, GError **error)
{
  LpLoaded *now = self->now;

  if (now->journal == NULL && can_be_kept (self, error))
    now->journal = lp_journal_open (now->subject, self->journal_folder, error);
  return now->journal;
}

gboolean
lp_session_note (LpSession *self, LpStep *step, GError **error)
{
  LpLoaded *now = self->now;
  g_autoptr (LpStep) owned = step;
  LpJournal *journal;

  if (!lp_edit_complete (now->dataset, now->roots, step, error))
    return FALSE;
  journal = lp_session_open_journal (self, error);
  if (journal == NULL || !lp_journal_note (journal, step, error))
    return FALSE;
  lp_edit_do (now->dataset, step);
  g_ptr_array_add (now->steps, g_steal_pointer (&owned));
  g_ptr_array_set_size (now->redo, 0);
  lp_session_check (self, NULL, NULL);
  return TRUE;
}

/* Moves the last step of one list to the other, durably. */
static gboolean
turn_back (LpSession *self, gboolean undo, GError **error)
{
  LpLoaded *now = self->now;
  GPtrArray *from = undo ? now->steps : now->redo, *to = undo ? now->redo : now->steps;
  LpStep *step;

  if (from->len == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                           undo ? _ ("There is nothing to undo.") : _ ("There is nothing to redo."));
      return FALSE;
    }
  step = g_ptr_array_index (from, from->len - 1);
  if (step->id != 0)
    {
      LpJournal *journal = lp_session_open_journal (self, error);

      if (journal == NULL || !lp_journal_set_undone (journal, step->id, undo, error))
        return FALSE;
    }
  if (undo)
    lp_edit_undo (now->dataset, step);
  else
    lp_edit_do (now->dataset, step);
  g_ptr_array_add (to, g_ptr_array_steal_index (from, from->len - 1));
  lp_session_check (self, NULL, NULL);
  return TRUE;
}

gboolean
lp_session_undo (LpSession *self, GError **error)
{
  return turn_back (self, TRUE, error);
}

gboolean
lp_session_redo (LpSession *self, GError **error)
{
  return turn_back (self, FALSE, error);
}

gboolean
lp_session_can_undo (LpSession *self)
{
  return self->now->steps->len > 0;
}

gboolean
lp_session_can_redo (LpSession *self)
{
  return self->now->redo->len > 0;
}

const GPtrArray *
lp_session_get_steps (LpSession *self)
{
  return self->now->steps;
}

const GPtrArray *
lp_session_get_stale (LpSession *self)
{
  return self->now->stale;
}

/* ---- steps of an earlier session ---- */

/* Done on the model, also where it had been undone: the steps behind it were made on top of it. */
static gboolean
recover_step (LpLoaded *now, LpStep *step)
{
  g_autoptr (GError) error = NULL;

  if (!lp_edit_find (now->dataset, now->roots, step, &error))
    {
      g_ptr_array_add (now->stale, g_strdup_printf (_ ("%s. %s"), step->sentence, error->message));
      g_ptr_array_add (now->lost, step);
      return FALSE;
    }
  lp_edit_do (now->dataset, step);
  g_ptr_array_add (now->steps, step);
  return TRUE;
}

/* What had been undone are the last ones; the next to be done again is the last of its list. */
static void
take_back_undone (LpLoaded *loaded, guint n_undone)
{
  for (; n_undone > 0; n_undone--)
    {
      LpStep *step = g_ptr_array_steal_index (loaded->steps, loaded->steps->len - 1);

      lp_edit_undo (loaded->dataset, step);
      g_ptr_array_add (loaded->redo, step);
    }
}

gboolean
lp_session_recover_pending (LpSession *self, LpLoaded *loaded, LpProgress *progress, GError **error)
{
  g_autoptr (GError) why = NULL;
  g_autoptr (GPtrArray) pending = NULL;
  g_autoptr (GArray) undone = NULL;
  LpJournal *journal;
  guint n_undone = 0;

  if (self->ignore_pending)
    return TRUE;
  journal = existing_journal (self, loaded, &why);
  if (journal != NULL)
    pending = lp_journal_pending (journal, &undone, &why);
  if (why != NULL)
    g_ptr_array_add (loaded->stale, g_strdup (why->message));
  if (pending == NULL)
    return TRUE;
  /* From here each step has another owner. */
  g_ptr_array_set_free_func (pending, NULL);
  for (guint i = 0; i < pending->len; i++)
    if (recover_step (loaded, g_ptr_array_index (pending, i)))
      n_undone += g_array_index (undone, gboolean, i);
  take_back_undone (loaded, n_undone);
  return loaded->steps->len == 0 || lp_session_judge (self, loaded, progress, error);
}

/* ---- every repair at once ---- */

static LpSafety
safety_of (LpSession *self, const LpFinding *finding)
{
  const LpRule *rule = lp_rule_get (finding->rule);

  return rule->propose != NULL ? rule->propose (self->now->dataset, finding, NULL) : LP_SAFETY_NONE;
}

guint
lp_session_count_repairable (LpSession *self)
{
  const LpFindings *findings = lp_session_get_findings (self);
  guint n = 0;

  for (guint i = 0; i < findings->findings->len; i++)
    {
      const LpFinding *finding = &g_array_index (findings->findings, LpFinding, i);

      n += finding->severity >= LP_SEVERITY_WARNING && safety_of (self, finding) != LP_SAFETY_NONE;
    }
  return n;
}

/* Completed and done on the model; takes the step. Its place in the journal is never needed: id stays 0. */
static gboolean
try_step (LpSession *self, LpStep *step, GError **error)
{
  LpLoaded *now = self->now;
  g_autoptr (LpStep) owned = step;

  if (!lp_edit_complete (now->dataset, now->roots, step, error))
    return FALSE;
  lp_edit_do (now->dataset, step);
  g_ptr_array_add (now->steps, g_steal_pointer (&owned));
  return TRUE;
}

/* Whether a finding about the order asks for a repair that may be made. */
static gboolean
order_may_be_repaired (LpSession *self, gboolean unsafe)
{
  const LpFindings *findings = lp_session_get_findings (self);

  for (guint i = 0; i < findings->findings->len; i++)
    {
      const LpFinding *finding = &g_array_index (findings->findings, LpFinding, i);
      LpSafety safety = is_order_rule (finding->rule) ? safety_of (self, finding) : LP_SAFETY_NONE;

      if (safety == LP_SAFETY_SAFE || (safety == LP_SAFETY_REVIEW && unsafe))
        return TRUE;
    }
  return FALSE;
}

/* A repair that cannot be made is said, and the others are still made. */
static gboolean
repair_order (LpSession *self, gboolean unsafe, LpOrderRepair order, GPtrArray *refused, GError **error)
{
  g_autoptr (GError) why = NULL;
  gboolean rows = order == LP_ORDER_REPAIR_DEFAULT ? recommends_rows (self) : order == LP_ORDER_REPAIR_ROWS;
  LpStep *step;

  if (!order_may_be_repaired (self, unsafe))
    return TRUE;
  step = lp_session_propose_order (self, rows, &why);
  if (step != NULL)
    return try_step (self, step, error) && lp_session_judge (self, self->now, NULL, error);
  if (refused != NULL)
    g_ptr_array_add (refused, g_strdup (why->message));
  return TRUE;
}

/* One pass over the causes; `n` receives how many steps it made. */
static gboolean
repair_causes (LpSession *self, gboolean unsafe, guint *n, GError **error)
{
  g_autoptr (GHashTable) places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) causes = lp_session_causes (self);
  Pass pass = { .places = places, .unsafe = unsafe };

  *n = 0;
  for (guint i = 0; i < causes->len; i++)
    {
      LpStep *step = propose_cause (self, g_ptr_array_index (causes, i), &pass);

      if (step == NULL)
        continue;
      if (!try_step (self, step, error))
        return FALSE;
      (*n)++;
    }
  return *n == 0 || lp_session_judge (self, self->now, NULL, error);
}

gboolean
lp_session_repair (LpSession *self, gboolean unsafe, LpOrderRepair order, GPtrArray *refused, GError **error)
{
  guint n = 1;

  if (!repair_order (self, unsafe, order, refused, error))
    return FALSE;
  for (guint pass = 0; pass < REPAIR_PASSES && n > 0; pass++)
    if (!repair_causes (self, unsafe, &n, error))
      return FALSE;
  lp_session_changed (self);
  return TRUE;
}
