/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "edit/lp-journal.h"

/* What becomes of noted steps when an Apply is done, or taken back: those that it wrote are forgotten, the others
 * keep their place in files that became longer or shorter, or have another name. All of it in the transaction that
 * marks the Apply. */

#define HASH_LENGTH 32
#define CHOSEN_TYPE "(xax)" /* the Apply, its steps */

/* ---- which steps an Apply writes ---- */

static void
hash_chosen (GVariant *chosen, guint8 *hash)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize length = HASH_LENGTH;

  g_checksum_update (sum, g_variant_get_data (chosen), (gssize) g_variant_get_size (chosen));
  g_checksum_get_digest (sum, hash, &length);
}

gboolean
lp_journal_keep_chosen (LpJournal *journal, gint64 apply, const GPtrArray *steps, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lp_journal_prepare (journal, "INSERT INTO apply_step VALUES (?, ?, ?)", error);
  g_autoptr (GVariant) chosen = NULL;
  GVariantBuilder builder;
  guint8 hash[HASH_LENGTH];

  if (stmt == NULL)
    return FALSE;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("ax"));
  for (guint i = 0; steps != NULL && i < steps->len; i++)
    {
      const LpStep *step = g_ptr_array_index (steps, i);

      if (step->id != 0)
        g_variant_builder_add (&builder, "x", step->id);
    }
  chosen = g_variant_ref_sink (g_variant_new (CHOSEN_TYPE, apply, &builder));
  hash_chosen (chosen, hash);
  sqlite3_bind_int64 (stmt, 1, apply);
  lp_journal_bind_variant (stmt, 2, chosen);
  sqlite3_bind_blob (stmt, 3, hash, sizeof hash, SQLITE_STATIC);
  return lp_journal_step_once (journal, stmt, error);
}

/* *ids: a set of gint64, NULL where the steps have been settled already. */
static gboolean
read_chosen (LpJournal *journal, gint64 apply, GHashTable **ids, GError **error)
{
  g_autoptr (sqlite3_stmt) row =
               lp_journal_prepare (journal, "SELECT steps, hash FROM apply_step WHERE apply = ?", error);
  g_autoptr (GVariant) kept = NULL, list = NULL;
  guint8 hash[HASH_LENGTH];
  int code;

  *ids = NULL;
  if (row == NULL)
    return FALSE;
  sqlite3_bind_int64 (row, 1, apply);
  code = sqlite3_step (row);
  if (code != SQLITE_ROW)
    return code == SQLITE_DONE || lp_journal_fail (journal, error);
  kept = lp_journal_column_variant (row, 0, CHOSEN_TYPE);
  if (kept == NULL || sqlite3_column_bytes (row, 1) != HASH_LENGTH)
    return lp_journal_damaged (journal, error);
  hash_chosen (kept, hash);
  if (memcmp (hash, sqlite3_column_blob (row, 1), HASH_LENGTH) != 0)
    return lp_journal_damaged (journal, error);
  list = g_variant_get_child_value (kept, 1);
  *ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (gsize i = 0; i < g_variant_n_children (list); i++)
    {
      gint64 id;

      g_variant_get_child (list, i, "x", &id);
      g_hash_table_add (*ids, g_memdup2 (&id, sizeof id));
    }
  return TRUE;
}

/* ---- one step ---- */

typedef struct
{
  GHashTable *files; /* path as it is before → LpApplyFile */
  gboolean back;
} Move;

static GHashTable *
index_files (const GPtrArray *files, gboolean back)
{
  GHashTable *index = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < files->len; i++)
    {
      LpApplyFile *file = g_ptr_array_index (files, i);

      g_hash_table_insert (index, back && file->new_path != NULL ? file->new_path : file->path, file);
    }
  return index;
}

/* The operation may name a link to the file that was written. */
static const LpApplyFile *
file_of (const Move *move, const LpOp *op)
{
  const LpApplyFile *file = op->path != NULL ? g_hash_table_lookup (move->files, op->path) : NULL;
  char *real;

  if (file != NULL || op->path == NULL || !g_file_test (op->path, G_FILE_TEST_IS_SYMLINK))
    return file;
  real = realpath (op->path, NULL);
  file = real != NULL ? g_hash_table_lookup (move->files, real) : NULL;
  free (real);
  return file;
}

/* Where a byte of one content stands in the other. */
static guint64
moved_offset (const GArray *spans, guint64 offset, gboolean back)
{
  guint64 from = 0, to = 0;

  for (guint i = 0; i < spans->len; i++)
    {
      const LpSpan *span = &g_array_index (spans, LpSpan, i);
      guint64 old_end = span->old_offset + g_bytes_get_size (span->old_bytes);
      guint64 new_end = span->new_offset + g_bytes_get_size (span->new_bytes);

      if ((back ? new_end : old_end) > offset)
        break;
      from = back ? new_end : old_end;
      to = back ? old_end : new_end;
    }
  return offset - from + to;
}

static gboolean
is_on_row (const LpOp *op)
{
  return op->kind == LP_OP_SET_NUMBERS || op->kind == LP_OP_SET_CLASS || op->kind == LP_OP_REMOVE_ROW;
}

/* TRUE where that changed the operation. */
static gboolean
follow_op (const Move *move, LpOp *op)
{
  const LpApplyFile *file = file_of (move, op);
  guint64 offset = op->offset;

  if (file == NULL || (move->back ? !file->back : file->refused))
    return FALSE;
  if (is_on_row (op))
    op->offset = moved_offset (file->spans, op->offset, move->back);
  if (file->new_path == NULL)
    return op->offset != offset;
  g_free (op->path);
  op->path = g_strdup (move->back ? file->path : file->new_path);
  return TRUE;
}

static gboolean
follow_step (const Move *move, const LpStep *step)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < step->ops->len; i++)
    changed |= follow_op (move, g_ptr_array_index (step->ops, i));
  return changed;
}

/* Of a step that was written, what concerns files that were left alone: their bytes are where they were. Returns how
 * much that is. A renumbering is of the whole layer and cannot be kept for one file of it. */
static guint
keep_refused (const Move *move, const LpStep *step)
{
  for (guint i = step->ops->len; i > 0; i--)
    {
      const LpApplyFile *file = file_of (move, g_ptr_array_index (step->ops, i - 1));

      if (file == NULL || !file->refused)
        g_ptr_array_remove_index (step->ops, i - 1);
    }
  return step->ops->len;
}

/* ---- all of them ---- */

static gboolean
run_on (LpJournal *journal, const char *sql, gint64 id, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lp_journal_prepare (journal, sql, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, id);
  return lp_journal_step_once (journal, stmt, error);
}

/* `chosen` NULL: none of them. */
static gboolean
settle_step (
  LpJournal *journal, const Move *move, GHashTable *chosen, const LpStep *step, gboolean undone, GError **error)
{
  gboolean written = chosen != NULL && g_hash_table_contains (chosen, &step->id);
  /* What had been undone was made on top of what is written now. */
  gboolean gone = undone && chosen != NULL && g_hash_table_size (chosen) > 0;
  guint n = step->ops->len;

  if (gone || (written && keep_refused (move, step) == 0))
    return run_on (journal, "DELETE FROM step WHERE id = ?", step->id, error);
  if (written ? step->ops->len == n : !follow_step (move, step))
    return TRUE;
  return lp_journal_rewrite (journal, step, undone, error);
}

static gboolean
settle_all (LpJournal *journal, const Move *move, GHashTable *chosen, GError **error)
{
  g_autoptr (GArray) undone = NULL;
  g_autoptr (GPtrArray) steps = lp_journal_pending (journal, &undone, error);

  for (guint i = 0; steps != NULL && i < steps->len; i++)
    if (!settle_step (journal, move, chosen, g_ptr_array_index (steps, i), g_array_index (undone, gboolean, i),
                      error))
      return FALSE;
  return steps != NULL;
}

gboolean
lp_journal_settle (LpJournal *journal, gint64 apply, const GPtrArray *files, gboolean back, GError **error)
{
  g_autoptr (GHashTable) index = index_files (files, back), chosen = NULL;
  Move move = { index, back };

  if (!read_chosen (journal, apply, &chosen, error))
    return FALSE;
  /* Settled by the first run, or on the way back: not settled yet, so everything is where it was. */
  if ((chosen == NULL) != back)
    return TRUE;
  if (!settle_all (journal, &move, chosen, error))
    return FALSE;
  return back || run_on (journal, "DELETE FROM apply_step WHERE apply = ?", apply, error);
}
