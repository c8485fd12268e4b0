/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/lp-text.h"
#include "write/lp-splice.h"
#include "write/lp-target.h"

void
lp_target_clear (LpTarget *target)
{
  g_clear_pointer (&target->old_content, g_bytes_unref);
  g_clear_pointer (&target->new_content, g_bytes_unref);
  g_clear_pointer (&target->kept, g_error_free);
}

static const char *
base_name (const char *path)
{
  const char *slash = strrchr (path, '/');

  return slash != NULL ? slash + 1 : path;
}

static const char *
name_now (const LpTarget *target)
{
  return base_name (target->moved ? target->file->new_path : target->file->path);
}

static gboolean
fail_errno (const LpTarget *target, int number, GError **error)
{
  g_autofree char *shown = lp_text_escape (target->file->path, -1, 0);

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (number), _ ("“%s” could not be read: %s"), shown,
               g_strerror (number));
  return FALSE;
}

/* ---- what stands there ---- */

static GBytes *
read_rest (int fd, gsize size)
{
  GByteArray *content = g_byte_array_new ();
  gsize have = 0;
  gssize n = 1;

  while (n > 0)
    {
      g_byte_array_set_size (content, (guint) MAX (have + 1, size + 1));
      n = read (fd, content->data + have, content->len - have);
      if (n < 0 && errno == EINTR)
        n = 1;
      else if (n > 0)
        have += (gsize) n;
      size = MAX (size, have);
    }
  g_byte_array_set_size (content, (guint) have);
  if (n < 0)
    {
      g_byte_array_unref (content);
      return NULL;
    }
  return g_byte_array_free_to_bytes (content);
}

/* A regular file's bytes and identity. Nothing there, a link or a folder: TRUE, no content, for the last two the
 * identity of the name. */
static gboolean
read_name (const LpTarget *target, const char *name, LpIdentity *identity, GBytes **content, GError **error)
{
  int fd, number;

  *content = NULL;
  if (!lp_identity_of (target->dir_fd, name, identity, error))
    return FALSE;
  if (!S_ISREG (identity->mode))
    return TRUE;
  fd = openat (target->dir_fd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0)
    return fail_errno (target, errno, error);
  if (lp_identity_of_fd (fd, identity))
    *content = read_rest (fd, identity->size);
  number = errno;
  close (fd);
  return *content != NULL || fail_errno (target, number, error);
}

/* Old, new or a stranger's? Fills in both contents where it is ours. */
static LpTargetState
judge (LpTarget *target, GBytes *content)
{
  const LpApplyFile *file = target->file;
  guint8 hash[32];

  g_clear_pointer (&target->old_content, g_bytes_unref);
  g_clear_pointer (&target->new_content, g_bytes_unref);
  if (content == NULL)
    return file->created && target->identity.inode == 0 ? LP_TARGET_OLD : LP_TARGET_STRANGER;
  lp_splice_hash (content, hash);
  if (memcmp (hash, file->after_hash, sizeof hash) == 0)
    {
      target->new_content = g_bytes_ref (content);
      if (!file->created)
        target->old_content = lp_splice_apply (file->spans, content, TRUE);
      return file->created || target->old_content != NULL ? LP_TARGET_NEW : LP_TARGET_STRANGER;
    }
  if (file->created)
    return LP_TARGET_STRANGER;
  target->new_content = lp_splice_apply (file->spans, content, FALSE);
  if (target->new_content == NULL)
    return LP_TARGET_STRANGER;
  lp_splice_hash (target->new_content, hash);
  if (memcmp (hash, file->after_hash, sizeof hash) != 0)
    return LP_TARGET_STRANGER;
  target->old_content = g_bytes_ref (content);
  return LP_TARGET_OLD;
}

/* Under its old name or under its new one. Both there, or none, is a stranger's doing. */
static gboolean
find (LpTarget *target, GBytes **content, GError **error)
{
  const LpApplyFile *file = target->file;
  LpIdentity other = { 0 };

  target->moved = FALSE;
  if (!read_name (target, base_name (file->path), &target->identity, content, error) ||
      (file->new_path != NULL && !lp_identity_of (target->dir_fd, base_name (file->new_path), &other, error)))
    return FALSE;
  if (other.inode == 0)
    return TRUE;
  if (target->identity.inode != 0)
    {
      g_clear_pointer (content, g_bytes_unref);
      return TRUE;
    }
  target->moved = TRUE;
  return read_name (target, base_name (file->new_path), &target->identity, content, error);
}

/* ---- what an interrupted run left ---- */

static gboolean
is_beginning_of (GBytes *part, GBytes *whole)
{
  gsize n = g_bytes_get_size (part);

  return whole != NULL && n <= g_bytes_get_size (whole) &&
         (n == 0 || memcmp (g_bytes_get_data (part, NULL), g_bytes_get_data (whole, NULL), n) == 0);
}

/* Old bytes, new bytes, or the beginning of either: written by us. */
static gboolean
is_ours (const LpTarget *target, GBytes *left)
{
  LpTarget other = { .file = target->file };
  LpTargetState state;

  if (is_beginning_of (left, target->old_content) || is_beginning_of (left, target->new_content))
    return TRUE;
  state = judge (&other, left);
  lp_target_clear (&other);
  return state != LP_TARGET_STRANGER;
}

/* What stands under the staged name is a stranger's and has no way back to its place: said when it is to be written.
 */
static void
keep (LpTarget *target)
{
  g_clear_error (&target->kept);
  lp_atomic_keep (target->dir_fd, target->file->staged, name_now (target), &target->kept);
  target->state = LP_TARGET_STRANGER;
}

/* Killed between an exchange that brought out a stranger's bytes and the one that puts them back. What comes out then
 * is ours, unless somebody wrote in this very moment. */
static gboolean
put_back (LpTarget *target, GError **error)
{
  const LpIdentity nothing = { 0 };
  gboolean there = target->identity.inode != 0;
  LpIdentity identity;
  g_autoptr (GBytes) out = NULL;

  if (there ? target->state == LP_TARGET_STRANGER : !target->file->created)
    {
      keep (target); /* two strangers, or the file was taken away meanwhile */
      return TRUE;
    }
  if (!lp_atomic_exchange (target->dir_fd, target->file->staged, name_now (target),
                           there ? &target->identity : &nothing, error))
    return FALSE;
  if (there && !read_name (target, target->file->staged, &identity, &out, error))
    return FALSE;
  if (out != NULL && !is_ours (target, out))
    keep (target);
  else if (there)
    lp_atomic_drop (target->dir_fd, target->file->staged);
  target->state = LP_TARGET_STRANGER;
  return TRUE;
}

static gboolean
settle (LpTarget *target, GError **error)
{
  g_autoptr (GBytes) left = NULL;
  LpIdentity identity;

  if (!read_name (target, target->file->staged, &identity, &left, error))
    return FALSE;
  if (left == NULL)
    return TRUE;
  if (!is_ours (target, left))
    return put_back (target, error);
  lp_atomic_drop (target->dir_fd, target->file->staged);
  return TRUE;
}

gboolean
lp_target_look (LpTarget *target, GError **error)
{
  g_autoptr (GBytes) content = NULL;

  if (!find (target, &content, error))
    return FALSE;
  target->state = judge (target, content);
  return settle (target, error);
}

/* ---- the way there ---- */

static GBytes *
wanted_content (const LpTarget *target, gboolean back)
{
  return back ? target->old_content : target->new_content;
}

/* Bytes that are there already: a mere rename, or half of the way is behind us. */
static gboolean
has_content (const LpTarget *target, gboolean back)
{
  if (target->file->created)
    return (target->identity.inode != 0) == !back;
  return g_bytes_equal (target->old_content, target->new_content) ||
         target->state == (back ? LP_TARGET_OLD : LP_TARGET_NEW);
}

static gboolean
has_name (const LpTarget *target, gboolean back)
{
  return target->file->new_path == NULL || target->moved == !back;
}

gboolean
lp_target_is_there (const LpTarget *target, gboolean back)
{
  return target->state != LP_TARGET_STRANGER && has_content (target, back) && has_name (target, back);
}

gboolean
lp_target_stage (LpTarget *target, gboolean back, GError **error)
{
  gsize length;
  const char *bytes;
  GBytes *nothing = NULL, *wanted;

  if (has_content (target, back) || (target->file->created && back))
    return TRUE;
  wanted = target->file->created ? (nothing = g_bytes_new (NULL, 0)) : wanted_content (target, back);
  bytes = lp_splice_data (wanted, &length);
  target->staged = lp_atomic_stage (target->dir_fd, target->file->staged, name_now (target), bytes, length, 0, error);
  g_clear_pointer (&nothing, g_bytes_unref);
  return target->staged;
}

/* What came out goes back to its place; where it cannot, it is kept. */
static gboolean
give_back (LpTarget *target, const LpIdentity *expected, GError **error)
{
  g_autoptr (GError) why = NULL;

  if (lp_atomic_exchange (target->dir_fd, target->file->staged, name_now (target), expected, &why))
    return TRUE;
  if (g_error_matches (why, G_IO_ERROR, LP_ATOMIC_ERROR_KEPT))
    g_propagate_error (error, g_steal_pointer (&why));
  else
    lp_atomic_keep (target->dir_fd, target->file->staged, name_now (target), error);
  return FALSE;
}

/* What came out must be, byte for byte, what was looked at: a stranger may have written within the tick of the file
 * system's clock. Only then it may be dropped. Where the file system cannot exchange nothing came out. */
static gboolean
check_what_came_out (LpTarget *target, gboolean back, GError **error)
{
  g_autoptr (GBytes) out = NULL;
  GBytes *expected = wanted_content (target, !back);
  LpIdentity identity, ours;

  target->staged = FALSE;
  if (!read_name (target, target->file->staged, &identity, &out, error))
    return FALSE;
  target->staged = out != NULL && g_bytes_equal (out, expected);
  if (out == NULL || target->staged)
    return TRUE;
  if (!lp_identity_of (target->dir_fd, name_now (target), &ours, NULL))
    return lp_atomic_keep (target->dir_fd, target->file->staged, name_now (target), error);
  if (!give_back (target, &ours, error))
    return FALSE;
  target->staged = TRUE;
  return lp_splice_changed (target->file->path, error);
}

static gboolean
write_content (LpTarget *target, gboolean back, GError **error)
{
  const LpIdentity nothing = { 0 };
  gboolean created = target->file->created;
  g_autoptr (GError) why = NULL;

  if (!lp_atomic_exchange (target->dir_fd, target->file->staged, name_now (target),
                           created ? &nothing : &target->identity, &why))
    {
      if (g_error_matches (why, G_IO_ERROR, LP_ATOMIC_ERROR_KEPT))
        {
          target->staged = FALSE;
          target->state = back ? LP_TARGET_OLD : LP_TARGET_NEW;
        }
      g_propagate_error (error, g_steal_pointer (&why));
      return FALSE;
    }
  if (created)
    {
      target->staged = FALSE;
      return TRUE;
    }
  target->state = back ? LP_TARGET_OLD : LP_TARGET_NEW;
  if (!check_what_came_out (target, back, error))
    return FALSE;
  target->n_lines += lp_splice_count_lines (target->file->spans, target->old_content, target->new_content);
  return TRUE;
}

/* Under the staged name first: it goes only if it is still the empty file that we made. */
static gboolean
remove_created (LpTarget *target, GError **error)
{
  const LpIdentity nothing = { 0 };
  g_autoptr (GBytes) out = NULL;
  g_autoptr (GError) why = NULL;
  LpIdentity identity;

  if (!lp_atomic_exchange (target->dir_fd, name_now (target), target->file->staged, &nothing, error))
    return FALSE;
  if (!read_name (target, target->file->staged, &identity, &out, &why))
    {
      if (give_back (target, &nothing, error))
        g_propagate_error (error, g_steal_pointer (&why));
      return FALSE;
    }
  target->staged = out != NULL && g_bytes_get_size (out) == 0;
  return target->staged || (give_back (target, &nothing, error) && lp_splice_changed (target->file->path, error));
}

static gboolean
write_name (LpTarget *target, gboolean back, GError **error)
{
  const LpIdentity nothing = { 0 };
  const char *from = name_now (target), *to = base_name (back ? target->file->path : target->file->new_path);

  if (!lp_atomic_exchange (target->dir_fd, from, to, &nothing, error))
    return FALSE;
  target->moved = !back;
  return TRUE;
}

/* The name first: where it is taken nothing has changed yet, and where the bytes are a stranger's it is given back.
 */
gboolean
lp_target_write (LpTarget *target, gboolean back, GError **error)
{
  gboolean renamed = FALSE;

  if (target->kept != NULL)
    {
      g_propagate_error (error, g_error_copy (target->kept));
      return FALSE;
    }
  if (target->state == LP_TARGET_STRANGER)
    return lp_splice_changed (target->moved ? target->file->new_path : target->file->path, error);
  if (target->file->created && back && !has_content (target, back))
    return remove_created (target, error);
  if (!has_name (target, back))
    {
      if (!write_name (target, back, error))
        return FALSE;
      renamed = TRUE;
    }
  if (has_content (target, back) || write_content (target, back, error))
    return TRUE;
  if (renamed)
    write_name (target, !back, NULL);
  return FALSE;
}

void
lp_target_tidy (LpTarget *target)
{
  if (target->staged)
    lp_atomic_drop (target->dir_fd, target->file->staged);
  target->staged = FALSE;
}
