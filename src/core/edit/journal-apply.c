/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "edit/lp-journal.h"

#define HASH_LENGTH 32
#define PACK_FROM 512 /* bytes: zlib costs more than it saves below that */

/* path, new path, spans, hash after, folders made, created */
#define RECORD_TYPE "(ayaya(ttayay)ayyb)"

/* ---- records in memory ---- */

static void
span_clear (gpointer data)
{
  LpSpan *span = data;

  g_clear_pointer (&span->old_bytes, g_bytes_unref);
  g_clear_pointer (&span->new_bytes, g_bytes_unref);
}

GArray *
lp_spans_new (void)
{
  GArray *spans = g_array_new (FALSE, TRUE, sizeof (LpSpan));

  g_array_set_clear_func (spans, span_clear);
  return spans;
}

LpApplyFile *
lp_apply_file_new (const char *path)
{
  LpApplyFile *file = g_new0 (LpApplyFile, 1);

  file->path = g_strdup (path);
  file->spans = lp_spans_new ();
  return file;
}

void
lp_apply_file_free (LpApplyFile *file)
{
  if (file == NULL)
    return;
  g_free (file->path);
  g_free (file->new_path);
  g_free (file->staged);
  g_array_unref (file->spans);
  g_free (file);
}

/* ---- records as bytes ---- */

static GVariant *
pack_bytes (gconstpointer data, gsize length)
{
  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, data, length, 1);
}

static GVariant *
pack_text (const char *text)
{
  return pack_bytes (text, text != NULL ? strlen (text) : 0);
}

static GVariant *
pack_blob (GBytes *bytes)
{
  return pack_bytes (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static GVariant *
pack_record (const LpApplyFile *file)
{
  GVariantBuilder spans;

  g_variant_builder_init (&spans, G_VARIANT_TYPE ("a(ttayay)"));
  for (guint i = 0; i < file->spans->len; i++)
    {
      const LpSpan *span = &g_array_index (file->spans, LpSpan, i);

      g_variant_builder_add (&spans, "(tt@ay@ay)", span->old_offset, span->new_offset, pack_blob (span->old_bytes),
                             pack_blob (span->new_bytes));
    }
  return g_variant_ref_sink (
    g_variant_new ("(@ay@aya(ttayay)@ayyb)", pack_text (file->path), pack_text (file->new_path), &spans,
                   pack_bytes (file->after_hash, HASH_LENGTH), file->folders_made, file->created));
}

static char *
unpack_text (GVariant *bytes)
{
  gsize n;
  const char *text = g_variant_get_fixed_array (bytes, &n, 1);

  return n > 0 ? g_strndup (text, n) : NULL;
}

static GBytes *
unpack_blob (GVariant *bytes)
{
  gsize n;
  gconstpointer data = g_variant_get_fixed_array (bytes, &n, 1);

  return g_bytes_new (data, n);
}

static void
unpack_spans (GVariantIter *iter, GArray *spans)
{
  LpSpan span;
  GVariant *old_bytes, *new_bytes;

  while (g_variant_iter_next (iter, "(tt@ay@ay)", &span.old_offset, &span.new_offset, &old_bytes, &new_bytes))
    {
      span.old_bytes = unpack_blob (old_bytes);
      span.new_bytes = unpack_blob (new_bytes);
      g_array_append_val (spans, span);
      g_variant_unref (old_bytes);
      g_variant_unref (new_bytes);
    }
}

static LpApplyFile *
unpack_record (GVariant *record)
{
  g_autoptr (GVariant) path = NULL, new_path = NULL, hash = NULL;
  g_autoptr (GVariantIter) spans = NULL;
  g_autofree char *text = NULL;
  LpApplyFile *file;
  gboolean created;
  guchar made;
  gsize n;
  gconstpointer digest;

  g_variant_get (record, "(@ay@aya(ttayay)@ayyb)", &path, &new_path, &spans, &hash, &made, &created);
  digest = g_variant_get_fixed_array (hash, &n, 1);
  text = unpack_text (path);
  if (text == NULL || n != HASH_LENGTH)
    return NULL;
  file = lp_apply_file_new (text);
  file->new_path = unpack_text (new_path);
  memcpy (file->after_hash, digest, HASH_LENGTH);
  file->folders_made = made;
  file->created = created;
  unpack_spans (spans, file->spans);
  return file;
}

static GBytes *
convert (GConverter *converter, GBytes *bytes)
{
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, converter);

  if (!g_output_stream_write_all (stream, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL, NULL,
                                  NULL) ||
      !g_output_stream_close (stream, NULL, NULL))
    return NULL;
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

/* ---- begin, done, undone ---- */

typedef struct
{
  GPtrArray *files;
  const GPtrArray *steps;
  gint64 id;
  const char *token;
} Begin;

/* With the token: it becomes part of a file name. */
static void
hash_record (const char *token, GBytes *record, guint8 *hash)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize length = HASH_LENGTH;

  g_checksum_update (sum, (const guchar *) token, (gssize) strlen (token) + 1);
  g_checksum_update (sum, g_bytes_get_data (record, NULL), (gssize) g_bytes_get_size (record));
  g_checksum_get_digest (sum, hash, &length);
}

static gboolean
insert_file (LpJournal *journal, sqlite3_stmt *stmt, const Begin *begin, guint number, GError **error)
{
  g_autoptr (GVariant) record = pack_record (g_ptr_array_index (begin->files, number));
  g_autoptr (GBytes) plain = g_variant_get_data_as_bytes (record);
  g_autoptr (GBytes) packed = NULL;
  guint8 hash[HASH_LENGTH];
  GBytes *blob = plain;

  if (g_bytes_get_size (plain) >= PACK_FROM)
    {
      g_autoptr (GZlibCompressor) zlib = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 6);

      packed = convert (G_CONVERTER (zlib), plain);
      blob = packed != NULL ? packed : plain;
    }
  hash_record (begin->token, plain, hash);
  sqlite3_bind_int64 (stmt, 1, begin->id);
  sqlite3_bind_int64 (stmt, 2, number);
  sqlite3_bind_blob64 (stmt, 3, g_bytes_get_data (blob, NULL), g_bytes_get_size (blob), SQLITE_STATIC);
  sqlite3_bind_int (stmt, 4, blob != plain);
  sqlite3_bind_blob (stmt, 5, hash, sizeof hash, SQLITE_STATIC);
  return lp_journal_step_once (journal, stmt, error);
}

static gboolean
insert_apply (LpJournal *journal, gpointer data, GError **error)
{
  Begin *begin = data;
  g_autoptr (sqlite3_stmt) stmt = lp_journal_prepare (
    journal, "INSERT INTO apply (when_us, done, token, files) VALUES (?, 0, ?, ?)", error);
  g_autoptr (sqlite3_stmt) file = NULL;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, g_get_real_time ());
  sqlite3_bind_text (stmt, 2, begin->token, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (stmt, 3, begin->files->len);
  if (!lp_journal_step_once (journal, stmt, error))
    return FALSE;
  begin->id = sqlite3_last_insert_rowid (journal->db);
  file = lp_journal_prepare (
    journal, "INSERT INTO apply_file (apply, number, record, packed, refused, hash) VALUES (?, ?, ?, ?, 0, ?)",
    error);
  for (guint i = 0; file != NULL && i < begin->files->len; i++)
    if (!insert_file (journal, file, begin, i, error))
      return FALSE;
  return file != NULL && lp_journal_keep_chosen (journal, begin->id, begin->steps, error);
}

static char *
staged_name (const char *token, guint number)
{
  return g_strdup_printf (LP_TEMP_PREFIX "%s-%u", token, number);
}

gboolean
lp_journal_apply_begin (LpJournal *journal, GPtrArray *files, const GPtrArray *steps, gint64 *id, GError **error)
{
  g_autofree char *uuid = g_uuid_string_random ();
  Begin begin = { .files = files, .steps = steps, .token = uuid };
  /* Steps that cannot be read could not be settled afterwards. */
  g_autoptr (GPtrArray) readable = lp_journal_pending (journal, NULL, error);

  if (readable == NULL)
    return FALSE;

  /* The first group of the random number, 13 hexadecimal digits with its dash: enough beside one journal. */
  uuid[13] = '\0';
  for (guint i = 0; i < files->len; i++)
    {
      LpApplyFile *file = g_ptr_array_index (files, i);

      g_free (file->staged);
      file->staged = staged_name (uuid, i);
    }
  if (!lp_journal_transaction (journal, insert_apply, &begin, error))
    return FALSE;
  *id = begin.id;
  return TRUE;
}

static gboolean
mark_apply (LpJournal *journal, gint64 id, gboolean done, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lp_journal_prepare (journal, "UPDATE apply SET done = ? WHERE id = ?", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int (stmt, 1, done);
  sqlite3_bind_int64 (stmt, 2, id);
  return lp_journal_step_once (journal, stmt, error);
}

typedef struct
{
  gint64 id;
  const GPtrArray *files;
} Done;

/* Those that do not have what the Apply wrote. */
static gboolean
mark_refused (LpJournal *journal, const Done *done, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lp_journal_prepare (
    journal, "UPDATE apply_file SET refused = 1 WHERE apply = ? AND number = ?", error);

  for (guint i = 0; stmt != NULL && i < done->files->len; i++)
    {
      const LpApplyFile *file = g_ptr_array_index (done->files, i);

      if (!file->refused && !file->back)
        continue;
      sqlite3_bind_int64 (stmt, 1, done->id);
      sqlite3_bind_int64 (stmt, 2, i);
      if (!lp_journal_step_once (journal, stmt, error))
        return FALSE;
    }
  return stmt != NULL && mark_apply (journal, done->id, TRUE, error);
}

static gboolean
delete_apply (LpJournal *journal, gint64 id, GError **error)
{
  static const char *const statements[] = { "DELETE FROM apply_file WHERE apply = ?",
                                            "DELETE FROM apply_step WHERE apply = ?",
                                            "DELETE FROM apply WHERE id = ?" };

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      g_autoptr (sqlite3_stmt) stmt = lp_journal_prepare (journal, statements[i], error);

      if (stmt == NULL)
        return FALSE;
      sqlite3_bind_int64 (stmt, 1, id);
      if (!lp_journal_step_once (journal, stmt, error))
        return FALSE;
    }
  return TRUE;
}

/* Steps that came to nothing leave nothing to take back. */
static gboolean
mark_done (LpJournal *journal, gpointer data, GError **error)
{
  const Done *done = data;

  return lp_journal_settle (journal, done->id, done->files, FALSE, error) &&
         (done->files->len > 0 ? mark_refused (journal, done, error) : delete_apply (journal, done->id, error));
}

gboolean
lp_journal_apply_done (LpJournal *journal, gint64 id, const GPtrArray *files, GError **error)
{
  Done done = { id, files };

  return lp_journal_transaction (journal, mark_done, &done, error);
}

gboolean
lp_journal_apply_again (LpJournal *journal, gint64 id, GError **error)
{
  return mark_apply (journal, id, FALSE, error);
}

static gboolean
is_left (const GPtrArray *files)
{
  for (guint i = 0; i < files->len; i++)
    {
      const LpApplyFile *file = g_ptr_array_index (files, i);

      if (!file->refused && !file->back)
        return TRUE;
    }
  return FALSE;
}

static gboolean
mark_undone (LpJournal *journal, gpointer data, GError **error)
{
  const Done *done = data;

  return lp_journal_settle (journal, done->id, done->files, TRUE, error) &&
         (is_left (done->files) ? mark_refused (journal, done, error) : delete_apply (journal, done->id, error));
}

gboolean
lp_journal_apply_undone (LpJournal *journal, gint64 id, const GPtrArray *files, GError **error)
{
  Done done = { id, files };

  return lp_journal_transaction (journal, mark_undone, &done, error);
}

static gboolean
drop (LpJournal *journal, gpointer data, GError **error)
{
  return delete_apply (journal, *(const gint64 *) data, error);
}

gboolean
lp_journal_apply_drop (LpJournal *journal, gint64 id, GError **error)
{
  return lp_journal_transaction (journal, drop, &id, error);
}

/* ---- reading ---- */

/* A row of `SELECT record, packed, refused, hash, number`; NULL where it is not as it was written. */
static LpApplyFile *
read_file (sqlite3_stmt *row, const char *token)
{
  g_autoptr (GBytes) blob = g_bytes_new (sqlite3_column_blob (row, 0), sqlite3_column_bytes (row, 0));
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (GVariant) record = NULL;
  guint8 hash[HASH_LENGTH];
  LpApplyFile *file;

  if (sqlite3_column_int (row, 1))
    {
      g_autoptr (GZlibDecompressor) zlib = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);

      plain = convert (G_CONVERTER (zlib), blob);
    }
  else
    plain = g_bytes_ref (blob);
  if (plain == NULL || sqlite3_column_bytes (row, 3) != HASH_LENGTH)
    return NULL;
  hash_record (token, plain, hash);
  if (memcmp (hash, sqlite3_column_blob (row, 3), HASH_LENGTH) != 0)
    return NULL;
  record = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (RECORD_TYPE), plain, FALSE));
  file = g_variant_is_normal_form (record) ? unpack_record (record) : NULL;
  if (file != NULL)
    {
      file->refused = sqlite3_column_int (row, 2) != 0;
      file->staged = staged_name (token, (guint) sqlite3_column_int64 (row, 4));
    }
  return file;
}

static GPtrArray *
read_files (LpJournal *journal, gint64 id, const char *token, gint64 n, GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) lp_apply_file_free);
  g_autoptr (sqlite3_stmt) row = lp_journal_prepare (
    journal, "SELECT record, packed, refused, hash, number FROM apply_file WHERE apply = ? ORDER BY number", error);
  int code;

  if (row == NULL)
    return NULL;
  sqlite3_bind_int64 (row, 1, id);
  while ((code = sqlite3_step (row)) == SQLITE_ROW)
    {
      LpApplyFile *file = read_file (row, token);

      if (file == NULL)
        break;
      g_ptr_array_add (files, file);
    }
  if (code == SQLITE_DONE && (gint64) files->len == n)
    return g_steal_pointer (&files);
  if (code == SQLITE_DONE || code == SQLITE_ROW)
    lp_journal_damaged (journal, error);
  else
    lp_journal_fail (journal, error);
  return NULL;
}

LpApplyState
lp_journal_apply_last (LpJournal *journal, gint64 *id, GPtrArray **files, GError **error)
{
  g_autoptr (sqlite3_stmt) row = lp_journal_prepare (
    journal, "SELECT id, done, token, files FROM apply ORDER BY id DESC LIMIT 1", error);
  int code = row != NULL ? sqlite3_step (row) : SQLITE_ERROR;

  if (row == NULL || code == SQLITE_DONE)
    return LP_APPLY_NONE;
  if (code != SQLITE_ROW)
    {
      lp_journal_fail (journal, error);
      return LP_APPLY_NONE;
    }
  *id = sqlite3_column_int64 (row, 0);
  if (files != NULL)
    {
      const char *token = (const char *) sqlite3_column_text (row, 2);

      *files = read_files (journal, *id, token != NULL ? token : "", sqlite3_column_int64 (row, 3), error);
      if (*files == NULL)
        return LP_APPLY_NONE;
    }
  return sqlite3_column_int (row, 1) ? LP_APPLY_DONE : LP_APPLY_STARTED;
}
