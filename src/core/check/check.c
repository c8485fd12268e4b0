/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "check/lp-family.h"

#define BLOCK 1024 /* entries a thread takes at once */
#define THREADS_MAX 8
#define WILDCARD "/*"

/* ---- adding ---- */

void
lp_check_add (LpCheck *check, LpRuleId rule, const LpFinding *finding)
{
  LpFinding added = *finding;

  if (!check->selected[rule])
    return;
  added.rule = (guint16) rule;
  if (added.severity == LP_SEVERITY_OFF)
    added.severity = (guint8) lp_profile_severity (check->profile, rule);
  if (added.severity != LP_SEVERITY_OFF)
    g_array_append_val (check->findings, added);
}

guint32
lp_check_detail (LpCheck *check, const char *text)
{
  LpDataset *d = check->growing;
  guint known;

  if (check->details == NULL)
    {
      check->details = g_hash_table_new (g_str_hash, g_str_equal);
      for (guint i = 0; i < d->details->len; i++)
        g_hash_table_insert (check->details, g_ptr_array_index (d->details, i), GUINT_TO_POINTER (i + 1));
    }
  known = GPOINTER_TO_UINT (g_hash_table_lookup (check->details, text));
  if (known == 0)
    {
      known = lp_dataset_add_detail (d, text, -1) + 1;
      g_hash_table_insert (check->details, g_ptr_array_index (d->details, known - 1), GUINT_TO_POINTER (known));
    }
  return known - 1;
}

guint32
lp_check_absent_file (LpCheck *check, const char *path)
{
  LpDataset *d = check->growing;
  guint known;

  if (check->absent == NULL)
    {
      check->absent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      for (guint i = 0; i < d->files->len; i++)
        if (lp_dataset_file (d, i)->flags & LP_FILE_ABSENT)
          g_hash_table_insert (check->absent, lp_file_dup_path (lp_dataset_file (d, i)), GUINT_TO_POINTER (i + 1));
    }
  known = GPOINTER_TO_UINT (g_hash_table_lookup (check->absent, path));
  if (known == 0)
    {
      g_autofree char *folder = g_path_get_dirname (path), *name = g_path_get_basename (path);

      known = lp_dataset_add_file (d, folder, name, NULL) + 1;
      g_hash_table_insert (check->absent, g_strdup (path), GUINT_TO_POINTER (known));
    }
  return known - 1;
}

/* ---- rows and entries, in threads ---- */

typedef struct
{
  LpCheck check; /* what all threads share; its findings are of no thread */
  const LpRule *row_rules[LP_RULE_END + 1], *entry_rules[LP_RULE_END + 1]; /* selected ones, NULL-terminated */
  GArray **blocks;                                                         /* findings of each block */
  guint n_blocks;
  gint next; /* block that nobody has taken yet */
  LpProgress *progress;
} Run;

static void
choose_rules (Run *run)
{
  guint n_row = 0, n_entry = 0;

  for (guint i = 1; i <= lp_rule_count (); i++)
    {
      const LpRule *rule = lp_rule_get (i);

      if (!run->check.selected[i] || lp_profile_severity (run->check.profile, i) == LP_SEVERITY_OFF)
        continue;
      if (rule->scope == LP_SCOPE_ROW)
        run->row_rules[n_row++] = rule;
      if (rule->scope == LP_SCOPE_IMAGE)
        run->entry_rules[n_entry++] = rule;
    }
}

static void
check_entry (const Run *run, LpCheck *check, guint32 entry)
{
  const LpDataset *d = check->dataset;
  const LpEntry *e = lp_layer_entry (check->layer, entry);
  gboolean orphan = (lp_dataset_image (d, e->image)->flags & LP_IMAGE_ORPHAN) != 0;
  LpRowView view;

  for (guint32 row = e->first_row; row < e->first_row + e->n_rows; row++)
    if (lp_row_view (d, d->subject, entry, row, &view))
      for (guint i = 0; run->row_rules[i] != NULL; i++)
        run->row_rules[i]->check_row (check, &view);
  /* A label file without a picture is one finding; nothing is said of the picture that is not there. */
  for (guint i = 0; !orphan && run->entry_rules[i] != NULL; i++)
    run->entry_rules[i]->check_entry (check, d->subject, entry);
}

static gpointer
check_blocks (gpointer data)
{
  Run *run = data;
  guint n_entries = run->check.layer->entries->len;

  for (guint block; (block = (guint) g_atomic_int_add (&run->next, 1)) < run->n_blocks;)
    {
      LpCheck check = run->check;
      guint32 first = block * BLOCK, end = MIN (first + BLOCK, n_entries);

      if (lp_progress_cancelled (run->progress))
        break;
      check.findings = run->blocks[block] = g_array_new (FALSE, FALSE, sizeof (LpFinding));
      for (guint32 entry = first; entry < end; entry++)
        check_entry (run, &check, entry);
      lp_progress_add (run->progress, (int) (end - first));
      if (run->progress != NULL)
        g_atomic_int_add (&run->progress->found, (int) check.findings->len);
    }
  return NULL;
}

static void
check_layer (Run *run)
{
  guint n_threads = MIN (g_get_num_processors (), THREADS_MAX);
  GThread *threads[THREADS_MAX];

  run->n_blocks = (run->check.layer->entries->len + BLOCK - 1) / BLOCK;
  run->blocks = g_new0 (GArray *, run->n_blocks + 1);
  n_threads = MIN (n_threads, run->n_blocks);
  /* This thread works as well: a small set is checked without starting any other. */
  for (guint i = 1; i < n_threads; i++)
    threads[i] = g_thread_new ("check", check_blocks, run);
  check_blocks (run);
  for (guint i = 1; i < n_threads; i++)
    g_thread_join (threads[i]);
  for (guint i = 0; i < run->n_blocks; i++)
    if (run->blocks[i] != NULL)
      {
        g_array_append_vals (run->check.findings, run->blocks[i]->data, run->blocks[i]->len);
        g_array_unref (run->blocks[i]);
      }
  g_free (run->blocks);
}

/* ---- the set, and what readers noticed ---- */

static void
check_set (Run *run, LpDataset *dataset)
{
  LpCheck *check = &run->check;

  check->growing = dataset;
  for (guint i = 1; i <= lp_rule_count (); i++)
    if (lp_rule_get (i)->scope == LP_SCOPE_SET && check->selected[i])
      lp_rule_get (i)->check_set (check);
  g_clear_pointer (&check->details, g_hash_table_unref);
  g_clear_pointer (&check->absent, g_hash_table_unref);
  check->growing = NULL;
}

/* A row or a file's name that a noted step has put right is no longer wrong. */
static gboolean
is_dealt_with (const LpDataset *dataset, const LpFinding *finding)
{
  const LpLayer *layer = finding->layer != G_MAXUINT8 ? lp_dataset_layer (dataset, finding->layer) : NULL;

  if (layer == NULL)
    return FALSE;
  if (finding->row < layer->rows->len && (lp_layer_row (layer, finding->row)->flags & LP_ROW_REMOVED))
    return TRUE;
  if (finding->rule == LP_RULE_DATASET_DOT_TRUNCATED_STEM)
    {
      const LpEntry *e = lp_layer_find (layer, finding->image);

      return e != NULL && !(e->flags & LP_ENTRY_FIRST_DOT);
    }
  return FALSE;
}

/* Severity is the profile's: a reader does not know who the data is for. */
static void
add_noticed (LpCheck *check)
{
  for (guint i = 0; i < check->dataset->noticed->len; i++)
    {
      LpFinding finding = g_array_index (check->dataset->noticed, LpFinding, i);

      gboolean (*holds) (const LpDataset *dataset, const LpFinding *finding) = lp_rule_get (finding.rule)->holds;

      if (is_dealt_with (check->dataset, &finding) || (holds != NULL && !holds (check->dataset, &finding)))
        continue;
      finding.severity = LP_SEVERITY_OFF;
      lp_check_add (check, finding.rule, &finding);
    }
}

/* ---- order and sum ---- */

static int
compare_u32 (guint32 a, guint32 b)
{
  return (a > b) - (a < b);
}

/* LP_NONE comes first: it wraps to 0. */
static int
compare_findings (gconstpointer a, gconstpointer b)
{
  const LpFinding *x = a, *y = b;
  int order = compare_u32 (x->image + 1, y->image + 1);

  if (order == 0)
    order = compare_u32 (x->row + 1, y->row + 1);
  if (order == 0)
    order = compare_u32 (x->rule, y->rule);
  if (order == 0)
    order = compare_u32 (x->layer, y->layer);
  if (order == 0)
    order = compare_u32 (x->file + 1, y->file + 1);
  if (order == 0)
    order = compare_u32 (x->line, y->line);
  return order != 0 ? order : compare_u32 (x->column, y->column);
}

static void
count_severities (LpFindings *findings)
{
  for (guint i = 0; i < findings->findings->len; i++)
    switch (g_array_index (findings->findings, LpFinding, i).severity)
      {
      case LP_SEVERITY_ERROR:
        findings->errors++;
        break;
      case LP_SEVERITY_WARNING:
        findings->warnings++;
        break;
      default:
        findings->infos++;
        break;
      }
}

static LpFindings *
findings_new (void)
{
  LpFindings *findings = g_new0 (LpFindings, 1);

  findings->findings = g_array_new (FALSE, FALSE, sizeof (LpFinding));
  findings->because = g_array_new (FALSE, FALSE, sizeof (LpBecause));
  return findings;
}

void
lp_findings_free (LpFindings *findings)
{
  if (findings == NULL)
    return;
  g_array_unref (findings->findings);
  g_array_unref (findings->because);
  g_free (findings);
}

LpFindings *
lp_check_run (LpDataset *dataset, const LpProfile *profile, const gboolean *selected, LpProgress *progress)
{
  g_autoptr (LpFindings) findings = findings_new ();
  gboolean all[LP_RULE_END];
  Run run = { .progress = progress };

  for (guint i = 0; i < LP_RULE_END; i++)
    all[i] = TRUE;
  run.check.dataset = dataset;
  run.check.profile = profile;
  run.check.selected = selected != NULL ? selected : all;
  run.check.layer = lp_dataset_layer (dataset, dataset->subject);
  run.check.match = run.check.layer != NULL ? lp_dataset_match (dataset) : NULL;
  run.check.findings = findings->findings;
  choose_rules (&run);
  if (run.check.layer != NULL)
    check_layer (&run);
  if (lp_progress_cancelled (progress))
    return NULL;
  check_set (&run, dataset);
  add_noticed (&run.check);
  g_array_sort (findings->findings, compare_findings);
  lp_check_say_once (findings);
  count_severities (findings);
  return g_steal_pointer (&findings);
}

/* ---- selection ---- */

static gboolean
select_one (gboolean *selected, const char *name, gboolean on)
{
  gboolean family = g_str_has_suffix (name, WILDCARD), known = FALSE;
  gsize length = strlen (name) - (family ? 1 : 0);

  for (guint i = 1; i <= lp_rule_count (); i++)
    {
      const char *id = lp_rule_get (i)->id;

      if (family ? strncmp (id, name, length) == 0 : strcmp (id, name) == 0)
        {
          selected[i] = on;
          known = TRUE;
        }
    }
  return known;
}

gboolean
lp_check_select (gboolean *selected, const char *list, gboolean on, GError **error)
{
  g_auto (GStrv) names = g_strsplit (list, ",", -1);

  for (guint i = 0; names[i] != NULL; i++)
    if (!select_one (selected, g_strstrip (names[i]), on))
      {
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _ ("There is no rule “%s”."), names[i]);
        return FALSE;
      }
  return TRUE;
}
