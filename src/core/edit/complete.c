/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "base/lp-decimal.h"
#include "base/lp-text.h"
#include "edit/lp-edit.h"
#include "edit/lp-row-text.h"

/* A step meets the data set: before it is first kept (complete) and in a later session (find). Both end in the same
 * look at what stands in the model and on disk. */

typedef struct
{
  const LpDataset *dataset;
  const LpRoots *roots;
  LpStep *step;
  gboolean finding;       /* the step was kept earlier: it must meet what it met then */
  GHashTable *earlier;    /* layer and row → the operation of this step that came last to it */
  GHashTable *file_index; /* path on disk → its number + 1; made when first asked */
  const char *open_path;  /* of `fd`: steps go through a file row by row */
  int fd;
} Meeting;

/* As `check` names it. */
static char *
name_of (const Meeting *m, const char *path)
{
  g_autofree char *relative = lp_dataset_relative (m->dataset, path != NULL ? path : "?");

  return lp_text_escape (relative, -1, 0);
}

static gboolean
changed (const Meeting *m, const char *path, GError **error)
{
  g_autofree char *name = name_of (m, path);

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG,
               _ ("%s was changed by another program since it was read. Reload the data set."), name);
  return FALSE;
}

static gboolean
gone (const Meeting *m, const char *path, GError **error)
{
  g_autofree char *name = name_of (m, path);

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("%s is no longer what this edit was made for."), name);
  return FALSE;
}

/* ---- the disk ---- */

static gboolean
open_file (Meeting *m, const char *path, GError **error)
{
  if (m->fd >= 0 && g_strcmp0 (m->open_path, path) == 0)
    return TRUE;
  if (m->fd >= 0)
    close (m->fd);
  m->open_path = path;
  m->fd = lp_roots_open (m->roots, path, error);
  return m->fd >= 0;
}

static GBytes *
read_at (int fd, guint64 offset, gsize length)
{
  g_autofree char *buffer = g_malloc (length + 1);
  gsize have = 0;

  while (have < length)
    {
      gssize n = pread (fd, buffer + have, length - have, (off_t) (offset + have));

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return NULL;
      have += (gsize) n;
    }
  return g_bytes_new_take (g_steal_pointer (&buffer), length);
}

static gboolean
same_file (int fd, const LpFile *file)
{
  LpIdentity now, then = { file->device, file->inode, file->size, file->mtime_ns, file->mode };

  return lp_identity_of_fd (fd, &now) && lp_identity_same (&now, &then);
}

static gboolean
file_unchanged (Meeting *m, const LpFile *file, const char *path, GError **error)
{
  if (!open_file (m, path, error))
    return FALSE;
  return same_file (m->fd, file) || changed (m, path, error);
}

/* ---- operations on rows ---- */

static gint64
row_key (const LpOp *op)
{
  return (gint64) op->layer << 32 | op->row;
}

/* What the row is just before the operation: after the earlier ones of the same step. */
static gboolean
row_before (Meeting *m, const LpOp *op, LpRow *row, GError **error)
{
  const LpLayer *layer = lp_dataset_layer (m->dataset, op->layer);
  gint64 key = row_key (op);
  const LpOp *earlier = g_hash_table_lookup (m->earlier, &key);

  *row = *lp_layer_row (layer, op->row);
  if (row->flags & LP_ROW_REMOVED || (earlier != NULL && earlier->kind == LP_OP_REMOVE_ROW))
    return gone (m, op->path, error);
  if (earlier == NULL)
    return TRUE;
  memcpy (row->v, earlier->after, sizeof row->v);
  row->class_id = earlier->class_after;
  row->flags = earlier->flags_before | LP_ROW_EDITED;
  row->decimals = earlier->kind == LP_OP_SET_NUMBERS ? (guint8) earlier->decimals : earlier->decimals_before;
  return TRUE;
}

/* The new numbers become those that will be printed, so that the model is what a reload would read. */
static gboolean
settle_numbers (LpOp *op)
{
  for (guint i = 0; i < G_N_ELEMENTS (op->after); i++)
    {
      g_autofree char *text = NULL;

      if (op->after[i] == op->before[i])
        continue;
      text = lp_decimal_print (op->after[i], lp_row_text_decimals (op->decimals));
      if (lp_decimal_read (text, strlen (text), &op->after[i], NULL) != LP_DECIMAL_OK)
        return FALSE;
    }
  return TRUE;
}

static gboolean
fill_row (LpOp *op, const LpRow *row)
{
  double after[4];

  memcpy (after, op->after, sizeof after);
  memcpy (op->before, row->v, sizeof op->before);
  memcpy (op->after, op->kind == LP_OP_SET_NUMBERS ? after : op->before, sizeof op->after);
  op->class_before = row->class_id;
  if (op->kind != LP_OP_SET_CLASS)
    op->class_after = row->class_id;
  if (op->kind != LP_OP_SET_NUMBERS)
    op->decimals = row->decimals;
  return op->kind != LP_OP_SET_NUMBERS || settle_numbers (op);
}

static gboolean
meets_row (const LpOp *op, const LpRow *row)
{
  return memcmp (op->before, row->v, sizeof op->before) == 0 && op->class_before == row->class_id;
}

/* The bytes on disk, and whether they are this row: they say what the record says, or the record was edited and the
 * file is the one that was read. */
static gboolean
read_expected (Meeting *m, LpOp *op, GError **error)
{
  const LpLayer *layer = lp_dataset_layer (m->dataset, op->layer);
  const LpEntry *entry = lp_layer_entry (layer, lp_layer_entry_of_row (layer, op->row));
  const LpRow *row = lp_layer_row (layer, op->row);
  const LpPlace *place = lp_layer_place (layer, op->row);
  g_autoptr (GBytes) bytes = NULL;
  gboolean numbers, class_id, unchanged;

  if (!open_file (m, op->path, error))
    return FALSE;
  bytes = read_at (m->fd, place->offset, place->length);
  if (bytes == NULL)
    return changed (m, op->path, error);
  lp_row_text_agrees (row, g_bytes_get_data (bytes, NULL), place->length, &numbers, &class_id);
  unchanged = same_file (m->fd, lp_dataset_file (m->dataset, entry->file));
  if (!(numbers || (unchanged && (row->flags & LP_ROW_EDITED))) || !(class_id || unchanged))
    return changed (m, op->path, error);
  if (m->finding && (op->expected == NULL || !g_bytes_equal (op->expected, bytes)))
    return changed (m, op->path, error);
  g_clear_pointer (&op->expected, g_bytes_unref);
  op->expected = g_steal_pointer (&bytes);
  return TRUE;
}

static gboolean
meet_row (Meeting *m, LpOp *op, GError **error)
{
  const LpLayer *layer = lp_dataset_layer (m->dataset, op->layer);
  const LpEntry *entry;
  gint64 *key;
  LpRow row;

  if (layer == NULL || op->row >= layer->rows->len || !layer->writable)
    return gone (m, op->path, error);
  entry = lp_layer_entry (layer, lp_layer_entry_of_row (layer, op->row));
  if (entry->file == LP_NONE || !row_before (m, op, &row, error))
    return FALSE;
  if (m->finding ? !meets_row (op, &row) : !fill_row (op, &row))
    return gone (m, op->path, error);
  g_free (op->path);
  op->path = lp_file_dup_disk_path (lp_dataset_file (m->dataset, entry->file));
  op->offset = lp_layer_place (layer, op->row)->offset;
  op->image = entry->image;
  op->flags_before = row.flags;
  op->decimals_before = row.decimals;
  key = g_memdup2 (&(gint64){ row_key (op) }, sizeof *key);
  g_hash_table_insert (m->earlier, key, op);
  return read_expected (m, op, error);
}

/* ---- operations on dictionaries ---- */

static gboolean
same_names (const GPtrArray *a, const GPtrArray *b)
{
  if (a == NULL || b == NULL || a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (g_strcmp0 (g_ptr_array_index (a, i), g_ptr_array_index (b, i)) != 0)
      return FALSE;
  return TRUE;
}

static const LpOp *
earlier_names (Meeting *m, const LpOp *op)
{
  const LpOp *found = NULL;

  for (guint i = 0; i < m->step->ops->len; i++)
    {
      const LpOp *other = g_ptr_array_index (m->step->ops, i);

      if (other == op)
        break;
      if (other->kind == LP_OP_SET_NAMES && other->dict == op->dict)
        found = other;
    }
  return found;
}

static gpointer
copy_name (gconstpointer name, gpointer data)
{
  return g_strdup (name);
}

static gboolean
meet_dictionary (Meeting *m, LpOp *op, GError **error)
{
  const LpDictionary *dict = lp_dataset_dict (m->dataset, op->dict);
  const LpOp *earlier = earlier_names (m, op);
  const GPtrArray *names;

  if (dict == NULL || dict->file == LP_NONE || dict->style == LP_DICT_STYLE_NONE || dict->style == LP_DICT_STYLE_JSON)
    return gone (m, op->path, error);
  names = earlier != NULL ? earlier->names_after : dict->names;
  op->flags_before = (guint8) (earlier != NULL ? TRUE : dict->edited);
  if (op->kind == LP_OP_SET_NAMES)
    {
      if (op->names_after == NULL || (m->finding && !same_names (op->names_before, names)))
        return gone (m, op->path, error);
      g_clear_pointer (&op->names_before, g_ptr_array_unref);
      op->names_before = g_ptr_array_copy ((GPtrArray *) names, copy_name, NULL);
      g_ptr_array_set_free_func (op->names_before, g_free);
    }
  else
    {
      if (m->finding && (op->class_before != dict->declared || op->class_after != (gint32) names->len))
        return gone (m, op->path, error);
      op->class_before = dict->declared;
      op->class_after = (gint32) names->len;
    }
  g_free (op->path);
  op->path = lp_file_dup_disk_path (lp_dataset_file (m->dataset, dict->file));
  return file_unchanged (m, lp_dataset_file (m->dataset, dict->file), op->path, error);
}

/* ---- renumbering a layer ---- */

/* What the map was made for: every row's class, and where it stands. */
static GBytes *
layer_digest (const LpLayer *layer)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;

  for (guint32 i = 0; i < layer->rows->len; i++)
    {
      const LpRow *row = lp_layer_row (layer, i);
      const guint64 words[] = { lp_layer_place (layer, i)->offset, (guint32) row->class_id,
                                row->flags & LP_ROW_REMOVED };

      g_checksum_update (sum, (const guchar *) words, sizeof words);
    }
  g_checksum_get_digest (sum, digest, &length);
  return g_bytes_new (digest, sizeof digest);
}

static gboolean
meet_layer (Meeting *m, LpOp *op, GError **error)
{
  const LpLayer *layer = lp_dataset_layer (m->dataset, op->layer);
  g_autoptr (GBytes) digest = NULL;

  if (layer == NULL || !layer->writable || op->map == NULL || op->map->len % 2 != 0)
    return gone (m, op->path, error);
  if (!lp_edit_map_is_injective (layer, op->map))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           _ ("Two classes would become one, and nobody could tell them apart again."));
      return FALSE;
    }
  digest = layer_digest (layer);
  if (m->finding && (op->expected == NULL || !g_bytes_equal (op->expected, digest)))
    return changed (m, layer->path, error);
  g_clear_pointer (&op->expected, g_bytes_unref);
  op->expected = g_steal_pointer (&digest);
  g_free (op->path);
  op->path = g_strdup (layer->path);
  return TRUE;
}

/* ---- operations on files ---- */

static gboolean
is_absent (Meeting *m, const char *path, GError **error)
{
  g_autoptr (GError) why = NULL;
  g_autofree char *name = name_of (m, path);
  int fd = lp_roots_open (m->roots, path, &why);

  if (fd >= 0)
    {
      close (fd);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, _ ("%s is there already."), name);
      return FALSE;
    }
  if (g_error_matches (why, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&why));
  return FALSE;
}

static gboolean
meet_new_file (Meeting *m, LpOp *op, GError **error)
{
  const LpLayer *layer = lp_dataset_layer (m->dataset, op->layer);
  const LpEntry *entry = layer != NULL ? lp_layer_find (layer, op->image) : NULL;

  if (entry == NULL || entry->state != LP_STATE_NO_FILE || op->path == NULL || !lp_roots_contain (m->roots, op->path))
    return gone (m, op->path, error);
  return is_absent (m, op->path, error);
}

static gboolean
meet_renamed_file (Meeting *m, LpOp *op, GError **error)
{
  const LpLayer *layer = lp_dataset_layer (m->dataset, op->layer);
  const LpEntry *entry = layer != NULL ? lp_layer_find (layer, op->image) : NULL;
  g_autofree char *new_folder = NULL;
  const LpFile *file;

  if (entry == NULL || entry->file == LP_NONE || op->new_path == NULL || !lp_roots_contain (m->roots, op->new_path))
    return gone (m, op->path, error);
  file = lp_dataset_file (m->dataset, entry->file);
  new_folder = g_path_get_dirname (op->new_path);
  if (file->disk_name != NULL || strcmp (new_folder, file->folder) != 0)
    return gone (m, op->path, error);
  g_free (op->path);
  op->path = lp_file_dup_disk_path (file);
  op->flags_before = entry->flags;
  return file_unchanged (m, file, op->path, error) && is_absent (m, op->new_path, error);
}

/* ---- finding the places of a kept step again ---- */

static guint32
find_file (Meeting *m, const char *path)
{
  gpointer number;

  if (m->file_index == NULL)
    {
      m->file_index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      for (guint i = m->dataset->files->len; i > 0; i--)
        g_hash_table_insert (m->file_index, lp_file_dup_disk_path (lp_dataset_file (m->dataset, i - 1)),
                             GUINT_TO_POINTER (i));
    }
  number = path != NULL ? g_hash_table_lookup (m->file_index, path) : NULL;
  return number != NULL ? GPOINTER_TO_UINT (number) - 1 : LP_NONE;
}

static gboolean
row_at (const LpLayer *layer, const LpEntry *entry, guint64 offset, guint32 *row)
{
  for (guint32 i = 0; i < entry->n_rows; i++)
    if (lp_layer_place (layer, entry->first_row + i)->offset == offset)
      {
        *row = entry->first_row + i;
        return TRUE;
      }
  return FALSE;
}

static void
find_in_layer (LpOp *op, const LpLayer *layer, guint32 number, guint32 file)
{
  for (guint32 i = 0; i < layer->entries->len; i++)
    {
      const LpEntry *entry = lp_layer_entry (layer, i);
      gboolean mine = entry->file == file;

      if (!mine || (op->kind != LP_OP_RENAME_FILE && !row_at (layer, entry, op->offset, &op->row)) ||
          (op->kind == LP_OP_RENAME_FILE && !(entry->flags & LP_ENTRY_FIRST_DOT)))
        continue;
      op->layer = number;
      op->image = entry->image;
      return;
    }
}

/* The picture whose label file has that path by the layer's rule. */
static void
find_image (const LpDataset *dataset, LpOp *op, const LpLayer *layer, guint32 number)
{
  for (guint32 i = 0; i < layer->entries->len; i++)
    {
      const LpEntry *entry = lp_layer_entry (layer, i);
      g_autofree char *label = NULL;

      if (entry->state != LP_STATE_NO_FILE)
        continue;
      label = lp_layer_label_path (dataset, layer, entry->image);
      if (g_strcmp0 (label, op->path) != 0)
        continue;
      op->layer = number;
      op->image = entry->image;
      return;
    }
}

static void
find_places (Meeting *m, LpOp *op)
{
  const LpDataset *d = m->dataset;
  guint32 file = find_file (m, op->path);

  op->layer = op->row = op->dict = op->image = LP_NONE;
  if (op->kind == LP_OP_SET_NAMES || op->kind == LP_OP_SET_COUNT)
    {
      for (guint i = 0; i < d->dicts->len && file != LP_NONE; i++)
        if (op->dict == LP_NONE && lp_dataset_dict (d, i)->file == file)
          op->dict = i;
      return;
    }
  for (guint i = 0; i < d->layers->len && op->layer == LP_NONE; i++)
    {
      const LpLayer *layer = lp_dataset_layer (d, i);

      if (!layer->writable)
        continue;
      if (op->kind == LP_OP_RENUMBER)
        op->layer = g_strcmp0 (layer->path, op->path) == 0 ? i : LP_NONE;
      else if (op->kind == LP_OP_CREATE_FILE)
        find_image (d, op, layer, i);
      else if (file != LP_NONE)
        find_in_layer (op, layer, i, file);
    }
}

/* ---- both ways in ---- */

static gboolean
meet (Meeting *m, LpOp *op, GError **error)
{
  switch (op->kind)
    {
    case LP_OP_SET_NUMBERS:
    case LP_OP_SET_CLASS:
    case LP_OP_REMOVE_ROW:
      return meet_row (m, op, error);
    case LP_OP_SET_NAMES:
    case LP_OP_SET_COUNT:
      return meet_dictionary (m, op, error);
    case LP_OP_RENUMBER:
      return meet_layer (m, op, error);
    case LP_OP_CREATE_FILE:
      return meet_new_file (m, op, error);
    case LP_OP_RENAME_FILE:
      return meet_renamed_file (m, op, error);
    default:
      g_assert_not_reached ();
    }
}

static gboolean
meet_all (const LpDataset *dataset, const LpRoots *roots, LpStep *step, gboolean finding, GError **error)
{
  Meeting m = { .dataset = dataset, .roots = roots, .step = step, .finding = finding, .fd = -1 };
  gboolean ok = TRUE;

  m.earlier = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; ok && i < step->ops->len; i++)
    {
      LpOp *op = g_ptr_array_index (step->ops, i);

      if (finding)
        find_places (&m, op);
      ok = meet (&m, op, error);
    }
  if (m.fd >= 0)
    close (m.fd);
  g_hash_table_unref (m.earlier);
  g_clear_pointer (&m.file_index, g_hash_table_unref);
  return ok;
}

gboolean
lp_edit_complete (const LpDataset *dataset, const LpRoots *roots, LpStep *step, GError **error)
{
  return meet_all (dataset, roots, step, FALSE, error);
}

gboolean
lp_edit_find (const LpDataset *dataset, const LpRoots *roots, LpStep *step, GError **error)
{
  return meet_all (dataset, roots, step, TRUE, error);
}
