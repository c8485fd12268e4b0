/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "edit/lp-journal.h"

#define APPLICATION_ID 0x4c505246 /* "LPRF" */
#define VERSION 2
#define HASH_LENGTH 32

/* kind, path, offset, expected, before, after, classes before and after, decimals, names before and after, map, new
 * path. Names are bytes, and a list may have holes. */
#define OPS_TYPE "a(yaytmayadadiiumamaymamayaiay)"

/* Since version 2. */
#define APPLY_STEP "CREATE TABLE apply_step (apply INTEGER PRIMARY KEY, steps BLOB NOT NULL, hash BLOB NOT NULL);"

static const char schema[] = "CREATE TABLE subject (path BLOB NOT NULL);"
                             "CREATE TABLE step (id INTEGER PRIMARY KEY AUTOINCREMENT, undone INTEGER NOT NULL,"
                             "  when_us INTEGER NOT NULL, sentence TEXT NOT NULL, rule TEXT, ops BLOB NOT NULL,"
                             "  hash BLOB NOT NULL);"
                             "CREATE TABLE apply (id INTEGER PRIMARY KEY AUTOINCREMENT, when_us INTEGER NOT NULL,"
                             "  done INTEGER NOT NULL, token TEXT NOT NULL, files INTEGER NOT NULL);"
                             "CREATE TABLE apply_file (apply INTEGER NOT NULL, number INTEGER NOT NULL, record BLOB"
                             "  NOT NULL, packed INTEGER NOT NULL, refused INTEGER NOT NULL, hash BLOB NOT NULL,"
                             "  PRIMARY KEY (apply, number)) WITHOUT ROWID;" APPLY_STEP;

/* ---- the file ---- */

static int
error_code (int sqlite_code)
{
  switch (sqlite_code & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return G_IO_ERROR_BUSY;
    case SQLITE_FULL:
      return G_IO_ERROR_NO_SPACE;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return G_IO_ERROR_INVALID_DATA;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
      return G_IO_ERROR_PERMISSION_DENIED;
    default:
      return G_IO_ERROR_FAILED;
    }
}

gboolean
lp_journal_damaged (LpJournal *journal, GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               _ ("The record of your edits in %s is damaged. It is left as it is; move it away to begin a new one."),
               journal->path);
  return FALSE;
}

gboolean
lp_journal_fail (LpJournal *journal, GError **error)
{
  int code = error_code (sqlite3_extended_errcode (journal->db));

  if (code == G_IO_ERROR_INVALID_DATA)
    return lp_journal_damaged (journal, error);
  if (code == G_IO_ERROR_BUSY)
    g_set_error_literal (error, G_IO_ERROR, code,
                         _ ("Another Labelproof has this data set open, so edits cannot be kept here."));
  else if (code == G_IO_ERROR_NO_SPACE)
    g_set_error (error, G_IO_ERROR, code, _ ("No room is left to keep edits in %s."), journal->path);
  else
    g_set_error (error, G_IO_ERROR, code, _ ("Edits cannot be kept in %s: %s."), journal->path,
                 sqlite3_errmsg (journal->db));
  return FALSE;
}

sqlite3_stmt *
lp_journal_prepare (LpJournal *journal, const char *sql, GError **error)
{
  sqlite3_stmt *stmt = NULL;

  if (sqlite3_prepare_v2 (journal->db, sql, -1, &stmt, NULL) != SQLITE_OK)
    lp_journal_fail (journal, error);
  return stmt;
}

gboolean
lp_journal_run (LpJournal *journal, const char *sql, GError **error)
{
  return sqlite3_exec (journal->db, sql, NULL, NULL, NULL) == SQLITE_OK || lp_journal_fail (journal, error);
}

gboolean
lp_journal_step_once (LpJournal *journal, sqlite3_stmt *stmt, GError **error)
{
  gboolean ok = sqlite3_step (stmt) == SQLITE_DONE || lp_journal_fail (journal, error);

  sqlite3_reset (stmt);
  sqlite3_clear_bindings (stmt);
  return ok;
}

gboolean
lp_journal_transaction (LpJournal *journal, LpJournalWork work, gpointer data, GError **error)
{
  if (!lp_journal_run (journal, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (work (journal, data, error) && lp_journal_run (journal, "COMMIT", error))
    return TRUE;
  /* Fails where SQLite has rolled back by itself (full disk): that is what is wanted. */
  sqlite3_exec (journal->db, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

GVariant *
lp_journal_column_variant (sqlite3_stmt *stmt, int column, const char *type)
{
  gconstpointer blob = sqlite3_column_blob (stmt, column);
  g_autoptr (GBytes) bytes = g_bytes_new (blob, sqlite3_column_bytes (stmt, column));
  g_autoptr (GVariant) variant = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (type), bytes, FALSE));

  return g_variant_is_normal_form (variant) ? g_steal_pointer (&variant) : NULL;
}

void
lp_journal_bind_variant (sqlite3_stmt *stmt, int parameter, GVariant *variant)
{
  sqlite3_bind_blob64 (stmt, parameter, g_variant_get_data (variant), g_variant_get_size (variant), SQLITE_TRANSIENT);
}

static gboolean
read_number (LpJournal *journal, const char *sql, gint64 *number, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lp_journal_prepare (journal, sql, error);

  if (stmt == NULL)
    return FALSE;
  if (sqlite3_step (stmt) != SQLITE_ROW)
    return lp_journal_fail (journal, error);
  *number = sqlite3_column_int64 (stmt, 0);
  return TRUE;
}

static gboolean
write_header (LpJournal *journal, gpointer data, GError **error)
{
  g_autofree char *header =
    g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d;", APPLICATION_ID, VERSION);
  g_autoptr (sqlite3_stmt) stmt = NULL;

  if (!lp_journal_run (journal, header, error) || !lp_journal_run (journal, schema, error))
    return FALSE;
  stmt = lp_journal_prepare (journal, "INSERT INTO subject VALUES (?)", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_blob (stmt, 1, journal->subject, (int) strlen (journal->subject), SQLITE_STATIC);
  return lp_journal_step_once (journal, stmt, error);
}

/* Is it a journal, whole, of this version and of this data set? */
static gboolean
check_header (LpJournal *journal, GError **error)
{
  gint64 id, version;
  g_autoptr (sqlite3_stmt) whole = NULL, subject = NULL;

  if (!read_number (journal, "PRAGMA application_id", &id, error) ||
      !read_number (journal, "PRAGMA user_version", &version, error))
    return FALSE;
  if (id == APPLICATION_ID && version > VERSION)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   _ ("The edits in %s were kept by a newer Labelproof. It is left as it is."), journal->path);
      return FALSE;
    }
  whole = lp_journal_prepare (journal, "PRAGMA quick_check(1)", error);
  if (whole == NULL)
    return FALSE;
  if (id != APPLICATION_ID || version < 1 || sqlite3_step (whole) != SQLITE_ROW ||
      g_strcmp0 ((const char *) sqlite3_column_text (whole, 0), "ok") != 0)
    return lp_journal_damaged (journal, error);
  subject = lp_journal_prepare (journal, "SELECT path FROM subject", error);
  if (subject == NULL)
    return FALSE;
  if (sqlite3_step (subject) != SQLITE_ROW ||
      (gsize) sqlite3_column_bytes (subject, 0) != strlen (journal->subject) ||
      memcmp (sqlite3_column_blob (subject, 0), journal->subject, strlen (journal->subject)) != 0)
    return lp_journal_damaged (journal, error);
  return TRUE;
}

/* A journal of version 1 does not say which steps an Apply writes. */
static gboolean
bring_up_to_date (LpJournal *journal, gpointer data, GError **error)
{
  gint64 version;

  if (!read_number (journal, "PRAGMA user_version", &version, error))
    return FALSE;
  return version == VERSION || lp_journal_run (journal, APPLY_STEP "PRAGMA user_version = 2", error);
}

/* Exclusive locking: one process writes, and the lock goes with the process however it ends. Until the header has
 * been judged a journal left by a crash is not folded into its file, so that a damaged one stays as it is. */
static gboolean
set_up (LpJournal *journal, GError **error)
{
  gint64 tables;

  sqlite3_extended_result_codes (journal->db, 1);
  sqlite3_db_config (journal->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  sqlite3_db_config (journal->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  if (!lp_journal_run (journal, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = FULL;", error) ||
      !read_number (journal, "SELECT count(*) FROM sqlite_schema", &tables, error))
    return FALSE;
  if (tables != 0 && !check_header (journal, error))
    return FALSE;
  if (!lp_journal_run (journal, "PRAGMA journal_mode = WAL", error) ||
      /* In a file that was there already the exclusive lock comes with the first transaction that may write. */
      !lp_journal_transaction (journal, tables == 0 ? write_header : bring_up_to_date, NULL, error))
    return FALSE;
  sqlite3_db_config (journal->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
  return TRUE;
}

/* SQLite makes its files durable, but not the names of new folders. */
static void
sync_folder (const char *folder)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd >= 0)
    {
      fsync (fd);
      close (fd);
    }
}

static gboolean
make_folder (const char *folder, GError **error)
{
  g_autofree char *parent = NULL;

  if (g_file_test (folder, G_FILE_TEST_IS_DIR))
    return TRUE;
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      int code = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code),
                   _ ("Edits cannot be kept: the folder %s cannot be made: %s."), folder, g_strerror (code));
      return FALSE;
    }
  parent = g_path_get_dirname (folder);
  sync_folder (parent);
  return TRUE;
}

static char *
journal_path (const char *subject, const char *folder)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, subject, -1);
  g_autofree char *name = g_strdup_printf ("%.32s.sqlite", hash);

  if (folder != NULL)
    return g_build_filename (folder, name, NULL);
  return g_build_filename (g_get_user_data_dir (), "labelproof", name, NULL);
}

gboolean
lp_journal_exists (const char *subject, const char *folder)
{
  g_autofree char *path = journal_path (subject, folder);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

LpJournal *
lp_journal_open (const char *subject, const char *folder, GError **error)
{
  g_autoptr (LpJournal) journal = g_new0 (LpJournal, 1);
  g_autofree char *place = NULL;

  g_return_val_if_fail (g_path_is_absolute (subject), NULL);
  journal->subject = g_strdup (subject);
  journal->path = journal_path (subject, folder);
  place = g_path_get_dirname (journal->path);
  if (!make_folder (place, error))
    return NULL;
  if (sqlite3_open_v2 (journal->path, &journal->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) != SQLITE_OK)
    {
      lp_journal_fail (journal, error);
      return NULL;
    }
  if (!set_up (journal, error))
    return NULL;
  sync_folder (place);
  return g_steal_pointer (&journal);
}

void
lp_journal_close (LpJournal *journal)
{
  if (journal == NULL)
    return;
  sqlite3_close_v2 (journal->db);
  g_free (journal->subject);
  g_free (journal->path);
  g_free (journal);
}

/* ---- steps as bytes ---- */

static GVariant *
pack_bytes (gconstpointer data, gsize length)
{
  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, data, length, 1);
}

static GVariant *
pack_names (const GPtrArray *names)
{
  GVariantBuilder builder;

  if (names == NULL)
    return g_variant_new_maybe (G_VARIANT_TYPE ("amay"), NULL);
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("amay"));
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      GVariant *bytes = name != NULL ? pack_bytes (name, strlen (name)) : NULL;

      g_variant_builder_add_value (&builder, g_variant_new_maybe (G_VARIANT_TYPE ("ay"), bytes));
    }
  return g_variant_new_maybe (NULL, g_variant_builder_end (&builder));
}

static GVariant *
pack_op (const LpOp *op)
{
  GVariant *parts[13], *expected = NULL;

  if (op->expected != NULL)
    expected = pack_bytes (g_bytes_get_data (op->expected, NULL), g_bytes_get_size (op->expected));
  parts[0] = g_variant_new_byte ((guchar) op->kind);
  parts[1] = pack_bytes (op->path, op->path != NULL ? strlen (op->path) : 0);
  parts[2] = g_variant_new_uint64 (op->offset);
  parts[3] = g_variant_new_maybe (G_VARIANT_TYPE ("ay"), expected);
  parts[4] =
    g_variant_new_fixed_array (G_VARIANT_TYPE_DOUBLE, op->before, G_N_ELEMENTS (op->before), sizeof (double));
  parts[5] = g_variant_new_fixed_array (G_VARIANT_TYPE_DOUBLE, op->after, G_N_ELEMENTS (op->after), sizeof (double));
  parts[6] = g_variant_new_int32 (op->class_before);
  parts[7] = g_variant_new_int32 (op->class_after);
  parts[8] = g_variant_new_uint32 (op->decimals);
  parts[9] = pack_names (op->names_before);
  parts[10] = pack_names (op->names_after);
  parts[11] = g_variant_new_fixed_array (G_VARIANT_TYPE_INT32, op->map != NULL ? op->map->data : NULL,
                                         op->map != NULL ? op->map->len : 0, sizeof (gint32));
  parts[12] = pack_bytes (op->new_path, op->new_path != NULL ? strlen (op->new_path) : 0);
  return g_variant_new_tuple (parts, G_N_ELEMENTS (parts));
}

static GVariant *
pack_ops (const LpStep *step)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (OPS_TYPE));
  for (guint i = 0; i < step->ops->len; i++)
    g_variant_builder_add_value (&builder, pack_op (g_ptr_array_index (step->ops, i)));
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

static gconstpointer
unpack_array (GVariant *tuple, guint i, gsize size, gsize *n)
{
  g_autoptr (GVariant) array = g_variant_get_child_value (tuple, i);

  /* The data stays: it belongs to the serialised whole, which outlives this child. */
  return g_variant_get_fixed_array (array, n, size);
}

static char *
unpack_string (GVariant *tuple, guint i)
{
  gsize n;
  const char *bytes = unpack_array (tuple, i, 1, &n);

  return n > 0 ? g_strndup (bytes, n) : NULL;
}

static GPtrArray *
unpack_names (GVariant *tuple, guint i)
{
  g_autoptr (GVariant) maybe = g_variant_get_child_value (tuple, i);
  g_autoptr (GVariant) list = g_variant_get_maybe (maybe);
  GPtrArray *names;

  if (list == NULL)
    return NULL;
  names = g_ptr_array_new_with_free_func (g_free);
  for (gsize k = 0; k < g_variant_n_children (list); k++)
    {
      g_autoptr (GVariant) item = g_variant_get_child_value (list, k);
      g_autoptr (GVariant) bytes = g_variant_get_maybe (item);
      gsize n = 0;
      const char *text = bytes != NULL ? g_variant_get_fixed_array (bytes, &n, 1) : NULL;

      g_ptr_array_add (names, bytes == NULL ? NULL : g_strndup (text != NULL ? text : "", n));
    }
  return names;
}

/* NULL where the record is none that we wrote. */
static LpOp *
unpack_op (GVariant *tuple)
{
  guchar kind;
  gsize n_before, n_after, n_map, n_expected;
  gconstpointer before = unpack_array (tuple, 4, sizeof (double), &n_before);
  gconstpointer after = unpack_array (tuple, 5, sizeof (double), &n_after);
  gconstpointer map = unpack_array (tuple, 11, sizeof (gint32), &n_map);
  g_autoptr (GVariant) maybe = g_variant_get_child_value (tuple, 3);
  g_autoptr (GVariant) expected = g_variant_get_maybe (maybe);
  LpOp *op;

  g_variant_get_child (tuple, 0, "y", &kind);
  if (kind > LP_OP_RENAME_FILE || n_before != 4 || n_after != 4 || n_map % 2 != 0)
    return NULL;
  op = lp_op_new (kind);
  memcpy (op->before, before, sizeof op->before);
  memcpy (op->after, after, sizeof op->after);
  op->path = unpack_string (tuple, 1);
  op->new_path = unpack_string (tuple, 12);
  g_variant_get_child (tuple, 2, "t", &op->offset);
  g_variant_get_child (tuple, 6, "i", &op->class_before);
  g_variant_get_child (tuple, 7, "i", &op->class_after);
  g_variant_get_child (tuple, 8, "u", &op->decimals);
  op->names_before = unpack_names (tuple, 9);
  op->names_after = unpack_names (tuple, 10);
  if (expected != NULL)
    {
      gconstpointer bytes = g_variant_get_fixed_array (expected, &n_expected, 1);

      op->expected = g_bytes_new (bytes, n_expected);
    }
  if (n_map > 0)
    {
      op->map = g_array_new (FALSE, FALSE, sizeof (gint32));
      g_array_append_vals (op->map, map, (guint) n_map);
    }
  return op;
}

/* Over everything of a step, so that no damaged record passes for an edit. */
static void
hash_step (gboolean undone, gint64 when, const char *sentence, const char *rule, GVariant *ops, guint8 *hash)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 head[9];
  gsize length = HASH_LENGTH;

  head[0] = undone != FALSE;
  memcpy (head + 1, &when, sizeof when);
  g_checksum_update (sum, head, sizeof head);
  g_checksum_update (sum, (const guchar *) sentence, (gssize) strlen (sentence) + 1);
  if (rule != NULL)
    g_checksum_update (sum, (const guchar *) rule, (gssize) strlen (rule) + 1);
  g_checksum_update (sum, g_variant_get_data (ops), (gssize) g_variant_get_size (ops));
  g_checksum_get_digest (sum, hash, &length);
}

/* ---- steps ---- */

static gboolean
insert_step (LpJournal *journal, LpStep *step, GError **error)
{
  g_autoptr (GVariant) ops = pack_ops (step);
  g_autoptr (sqlite3_stmt) stmt = NULL;
  guint8 hash[HASH_LENGTH];

  stmt = lp_journal_prepare (
    journal, "INSERT INTO step (undone, when_us, sentence, rule, ops, hash) VALUES (0, ?, ?, ?, ?, ?)", error);
  if (stmt == NULL)
    return FALSE;
  hash_step (FALSE, step->when_us, step->sentence, step->rule, ops, hash);
  sqlite3_bind_int64 (stmt, 1, step->when_us);
  sqlite3_bind_text (stmt, 2, step->sentence, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 3, step->rule, -1, SQLITE_STATIC);
  lp_journal_bind_variant (stmt, 4, ops);
  sqlite3_bind_blob (stmt, 5, hash, sizeof hash, SQLITE_STATIC);
  return lp_journal_step_once (journal, stmt, error);
}

static gboolean
note_step (LpJournal *journal, gpointer data, GError **error)
{
  return lp_journal_run (journal, "DELETE FROM step WHERE undone", error) && insert_step (journal, data, error);
}

gboolean
lp_journal_note (LpJournal *journal, LpStep *step, GError **error)
{
  if (!lp_journal_transaction (journal, note_step, step, error))
    return FALSE;
  step->id = sqlite3_last_insert_rowid (journal->db);
  return TRUE;
}

/* A row of `SELECT id, undone, when_us, sentence, rule, ops, hash`; NULL where it is not as it was written. */
static LpStep *
read_step (sqlite3_stmt *row)
{
  const char *sentence = (const char *) sqlite3_column_text (row, 3),
             *rule = (const char *) sqlite3_column_text (row, 4);
  g_autoptr (GVariant) ops = lp_journal_column_variant (row, 5, OPS_TYPE);
  g_autoptr (LpStep) step = NULL;
  guint8 hash[HASH_LENGTH];

  if (ops == NULL || sentence == NULL || sqlite3_column_bytes (row, 6) != HASH_LENGTH)
    return NULL;
  hash_step (sqlite3_column_int (row, 1), sqlite3_column_int64 (row, 2), sentence, rule, ops, hash);
  if (memcmp (hash, sqlite3_column_blob (row, 6), HASH_LENGTH) != 0)
    return NULL;
  step = lp_step_new (sentence, rule);
  step->id = sqlite3_column_int64 (row, 0);
  step->when_us = sqlite3_column_int64 (row, 2);
  for (gsize i = 0; i < g_variant_n_children (ops); i++)
    {
      g_autoptr (GVariant) tuple = g_variant_get_child_value (ops, i);
      LpOp *op = unpack_op (tuple);

      if (op == NULL)
        return NULL;
      g_ptr_array_add (step->ops, op);
    }
  return g_steal_pointer (&step);
}

gboolean
lp_journal_rewrite (LpJournal *journal, const LpStep *step, gboolean undone, GError **error)
{
  g_autoptr (GVariant) ops = pack_ops (step);
  g_autoptr (sqlite3_stmt) stmt =
               lp_journal_prepare (journal, "UPDATE step SET ops = ?, hash = ? WHERE id = ?", error);
  guint8 hash[HASH_LENGTH];

  if (stmt == NULL)
    return FALSE;
  hash_step (undone, step->when_us, step->sentence, step->rule, ops, hash);
  lp_journal_bind_variant (stmt, 1, ops);
  sqlite3_bind_blob (stmt, 2, hash, sizeof hash, SQLITE_STATIC);
  sqlite3_bind_int64 (stmt, 3, step->id);
  return lp_journal_step_once (journal, stmt, error);
}

#define SELECT_STEP "SELECT id, undone, when_us, sentence, rule, ops, hash FROM step "

typedef struct
{
  gint64 id;
  gboolean undone;
} Mark;

static gboolean
mark_step (LpJournal *journal, gpointer data, GError **error)
{
  const Mark *mark = data;
  g_autoptr (sqlite3_stmt) row = lp_journal_prepare (journal, SELECT_STEP "WHERE id = ?", error);
  g_autoptr (sqlite3_stmt) update = NULL;
  g_autoptr (LpStep) step = NULL;
  g_autoptr (GVariant) ops = NULL;
  guint8 hash[HASH_LENGTH];

  if (row == NULL)
    return FALSE;
  sqlite3_bind_int64 (row, 1, mark->id);
  if (sqlite3_step (row) != SQLITE_ROW || (step = read_step (row)) == NULL)
    return lp_journal_damaged (journal, error);
  ops = lp_journal_column_variant (row, 5, OPS_TYPE);
  hash_step (mark->undone, step->when_us, step->sentence, step->rule, ops, hash);
  update = lp_journal_prepare (journal, "UPDATE step SET undone = ?, hash = ? WHERE id = ?", error);
  if (update == NULL)
    return FALSE;
  sqlite3_bind_int (update, 1, mark->undone);
  sqlite3_bind_blob (update, 2, hash, sizeof hash, SQLITE_STATIC);
  sqlite3_bind_int64 (update, 3, mark->id);
  return lp_journal_step_once (journal, update, error);
}

gboolean
lp_journal_set_undone (LpJournal *journal, gint64 step, gboolean undone, GError **error)
{
  Mark mark = { step, undone != FALSE };

  return lp_journal_transaction (journal, mark_step, &mark, error);
}

gboolean
lp_journal_forget (LpJournal *journal, GError **error)
{
  return lp_journal_run (journal, "DELETE FROM step", error);
}

GPtrArray *
lp_journal_pending (LpJournal *journal, GArray **undone, GError **error)
{
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func ((GDestroyNotify) lp_step_free);
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (gboolean));
  g_autoptr (sqlite3_stmt) row = lp_journal_prepare (journal, SELECT_STEP "ORDER BY id", error);
  int code = SQLITE_DONE;

  if (row == NULL)
    return NULL;
  while ((code = sqlite3_step (row)) == SQLITE_ROW)
    {
      LpStep *step = read_step (row);
      gboolean mark = sqlite3_column_int (row, 1) != 0;

      if (step == NULL)
        {
          lp_journal_damaged (journal, error);
          return NULL;
        }
      g_ptr_array_add (steps, step);
      g_array_append_val (marks, mark);
    }
  if (code != SQLITE_DONE)
    {
      lp_journal_fail (journal, error);
      return NULL;
    }
  if (undone != NULL)
    *undone = g_steal_pointer (&marks);
  return g_steal_pointer (&steps);
}
