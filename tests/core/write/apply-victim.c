/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "write/lp-apply.h"
#include "write/lp-splice.h"

#include "faults.h"

/* Carries an Apply out, finishes it or takes it back, while calls fail (faults.h), the disk is full or somebody kills
 * it. apply-victim apply|finish|undo|settle|note ROOT JOURNAL-FOLDER [BYTES-A-FILE]
 *
 * The Apply: in every file edit*.txt the first byte becomes 7; dot*.txt the same and the name dot*.green.txt;
 * pure*.txt only the name; beside every empty*.jpg an empty .txt in the folder new/labels. `settle` finishes what was
 * started, as a next session would; `note` keeps two steps: one that the Apply
 * writes, on edit1.txt, and one that it does not, on dot.txt. It says `fired OK FILES REFUSED STATE` in one line of
 * numbers, and why not on stderr. */

static LpChange *
change_of (const char *root, const char *name)
{
  LpChange *change = g_new0 (LpChange, 1);
  int stem = (int) strlen (name) - 4;
  char *text;
  gsize length;

  change->spans = lp_spans_new ();
  if (g_str_has_suffix (name, ".jpg"))
    {
      change->path = g_strdup_printf ("%s/new/labels/%.*s.txt", root, stem, name);
      change->created = TRUE;
      change->new_content = g_bytes_new (NULL, 0);
      return change;
    }
  change->path = g_build_filename (root, name, NULL);
  if (!g_file_get_contents (change->path, &text, &length, NULL))
    g_error ("%s", change->path);
  change->old_content = g_bytes_new_take (text, length);
  if (!g_str_has_prefix (name, "edit"))
    change->new_path = g_strdup_printf ("%s/%.*s.green.txt", root, stem, name);
  if (!g_str_has_prefix (name, "pure"))
    lp_splice_add (change->spans, change->old_content, 0, 1, "7", 1);
  change->new_content = lp_splice_finish (change->spans, change->old_content);
  return change;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
all_changes (const char *root)
{
  g_autoptr (GDir) dir = g_dir_open (root, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify) lp_change_free);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (strchr (name, '.') == strrchr (name, '.') && strchr (name, '.') != NULL)
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    g_ptr_array_add (changes, change_of (root, names->pdata[i]));
  return changes;
}

static LpStep *
class_step (const char *root, const char *name, guint64 offset)
{
  LpStep *step = lp_step_new (name, NULL);
  LpOp *op = lp_op_new (LP_OP_SET_CLASS);

  op->path = g_build_filename (root, name, NULL);
  op->offset = offset;
  g_ptr_array_add (step->ops, op);
  return step;
}

static gboolean
note (LpJournal *journal, const char *root, GError **error)
{
  g_autoptr (LpStep) written = class_step (root, "edit1.txt", 0), left = class_step (root, "dot.txt", 0);

  return lp_journal_note (journal, written, error) && lp_journal_note (journal, left, error);
}

/* The steps that the Apply writes: the first one. */
static GPtrArray *
written_steps (LpJournal *journal)
{
  GPtrArray *steps = lp_journal_pending (journal, NULL, NULL);

  if (steps != NULL && steps->len > 1)
    g_ptr_array_set_size (steps, 1);
  return steps;
}

static gboolean
work (LpJournal *journal, const char *what, const char *root, LpApplied *applied, GError **error)
{
  g_autoptr (GPtrArray) changes = NULL, steps = NULL;
  gint64 id;

  if (strcmp (what, "undo") == 0)
    return lp_apply_undo (journal, root, applied, error);
  if (strcmp (what, "finish") == 0)
    return lp_apply_finish (journal, root, applied, error);
  if (strcmp (what, "settle") == 0)
    return lp_journal_apply_last (journal, &id, NULL, error) != LP_APPLY_STARTED ||
           lp_apply_finish (journal, root, applied, error);
  if (strcmp (what, "note") == 0)
    return note (journal, root, error);
  changes = all_changes (root);
  steps = written_steps (journal);
  printf ("ready\n");
  fflush (stdout);
  return lp_apply (journal, changes, steps, root, NULL, applied, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LpJournal) journal = NULL;
  LpApplied applied = { 0 };
  gint64 id = 0;
  gboolean ok;

  if (argc > 4)
    {
      struct rlimit limit = { (rlim_t) g_ascii_strtoull (argv[4], NULL, 10), RLIM_INFINITY };

      signal (SIGXFSZ, SIG_IGN);
      setrlimit (RLIMIT_FSIZE, &limit);
    }
  journal = lp_journal_open ("/the/set", argv[3], &error);
  ok = journal != NULL && work (journal, argv[1], argv[2], &applied, &error);
  printf ("%d %d %u %u %d\n", faults_fired (), ok, applied.n_files,
          applied.refused != NULL ? applied.refused->len : 0,
          journal != NULL ? (int) lp_journal_apply_last (journal, &id, NULL, NULL) : -1);
  if (error != NULL)
    fprintf (stderr, "%s\n", error->message);
  for (guint i = 0; applied.refused != NULL && i < applied.refused->len; i++)
    fprintf (stderr, "%s\n", (const char *) g_ptr_array_index (applied.refused, i));
  lp_applied_clear (&applied);
  return ok ? 0 : 1;
}
