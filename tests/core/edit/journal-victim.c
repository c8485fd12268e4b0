/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include "edit/lp-edit.h"

/* Keeps steps as fast as it can and says each one's number once it is durable, until it is killed. Every third step
 * is taken back, which is said with a minus. Arguments: folder of the journal.
 *
 * With a second argument it keeps five steps on five files, begins an Apply of the first two, says so, and marks it
 * done, while calls fail or kill it (../write/faults.h): two bytes more at the beginning of each file, but for the
 * second and the fourth, which were refused. */

static void
say (gint64 number)
{
  g_autofree char *line = g_strdup_printf ("%" G_GINT64_FORMAT "\n", number);

  /* One write a line: what the parent reads whole was acknowledged. */
  if (write (STDOUT_FILENO, line, strlen (line)) < 0)
    _exit (3);
}

static LpStep *
numbered_step (guint number)
{
  g_autofree char *sentence = g_strdup_printf ("step %u", number);
  LpStep *step = lp_step_new (sentence, "box/out-of-frame");
  LpOp *op = lp_op_new (LP_OP_SET_CLASS);

  op->path = g_strdup_printf ("/set/labels/%u.txt", number);
  op->offset = number;
  op->expected = g_bytes_new_take (g_strdup_printf ("%u 0.5 0.5 0.1 0.1", number), strlen (sentence));
  op->class_before = (gint32) number;
  op->class_after = (gint32) number + 1;
  g_ptr_array_add (step->ops, op);
  return step;
}

static LpApplyFile *
longer_file (guint number)
{
  g_autofree char *path = g_strdup_printf ("/set/labels/%u.txt", number);
  LpApplyFile *file = lp_apply_file_new (path);
  LpSpan span = { .old_bytes = g_bytes_new (NULL, 0), .new_bytes = g_bytes_new ("ab", 2) };

  g_array_append_val (file->spans, span);
  return file;
}

static int
apply (LpJournal *journal, GError **error)
{
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func ((GDestroyNotify) lp_step_free);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) lp_apply_file_free);
  gint64 id;

  for (guint i = 1; i <= 5; i++)
    {
      g_ptr_array_add (steps, numbered_step (i));
      g_ptr_array_add (files, longer_file (i));
      if (!lp_journal_note (journal, g_ptr_array_index (steps, i - 1), error))
        return 1;
    }
  g_ptr_array_set_size (steps, 2);
  if (!lp_journal_apply_begin (journal, files, steps, &id, error))
    return 1;
  say (5);
  ((LpApplyFile *) files->pdata[1])->refused = ((LpApplyFile *) files->pdata[3])->refused = TRUE;
  return lp_journal_apply_done (journal, id, files, error) ? 0 : 2;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LpJournal) journal = lp_journal_open ("/set/data.yaml", argv[1], &error);

  if (argc > 2)
    return journal != NULL ? apply (journal, &error) : 1;

  for (guint i = 1; journal != NULL && error == NULL; i++)
    {
      g_autoptr (LpStep) step = numbered_step (i);

      if (lp_journal_note (journal, step, &error))
        say (step->id);
      if (error == NULL && i % 3 == 0 && lp_journal_set_undone (journal, step->id, TRUE, &error))
        say (-step->id);
    }
  g_printerr ("%s\n", error->message);
  return 1;
}
