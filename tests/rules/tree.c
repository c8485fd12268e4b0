/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "tree.h"

/* ---- walking ---- */

typedef void (*Visit) (const char *path, const char *name, gpointer data);

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* Files below `folder` in order; `name` is relative to `top`. Links are not followed. */
static void
walk (const char *top, const char *folder, Visit visit, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i), NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        walk (top, path, visit, data);
      else
        visit (path, path + strlen (top) + 1, data);
    }
}

static void
copy_file (const char *path, const char *name, gpointer to)
{
  g_autofree char *target = g_build_filename (to, name, NULL), *folder = g_path_get_dirname (target);
  g_autoptr (GFile) source = g_file_new_for_path (path), destination = g_file_new_for_path (target);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_file_copy (source, destination, G_FILE_COPY_NOFOLLOW_SYMLINKS, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

void
tree_copy (const char *from, const char *to)
{
  g_assert_cmpint (g_mkdir_with_parents (to, 0755), ==, 0);
  walk (from, from, copy_file, (gpointer) to);
}

void
tree_remove (const char *folder)
{
  const char *const argv[] = { "rm", "-rf", folder, NULL };

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL));
}

/* ---- pictures ---- */

static void
put_u32 (GByteArray *out, guint32 value)
{
  const guint8 bytes[] = { value >> 24, value >> 16, value >> 8, value };

  g_byte_array_append (out, bytes, sizeof bytes);
}

static void
put (GByteArray *out, const char *bytes, gsize length)
{
  g_byte_array_append (out, (const guint8 *) bytes, (guint) length);
}

static guint32
crc32_of (const guint8 *data, gsize length)
{
  guint32 crc = 0xffffffff;

  for (gsize i = 0; i < length; i++)
    {
      crc ^= data[i];
      for (guint bit = 0; bit < 8; bit++)
        crc = crc & 1 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
    }
  return ~crc;
}

static void
put_png (GByteArray *out, guint width, guint height)
{
  put (out, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
  put_u32 (out, width);
  put_u32 (out, height);
  put (out, "\x08\x02\0\0\0", 5);
  put_u32 (out, crc32_of (out->data + 12, 17));
  put (out, "\0\0\0\0IEND\xae\x42\x60\x82", 12);
}

static void
put_jpeg (GByteArray *out, guint width, guint height, guint orientation)
{
  const char size[] = { (char) (height >> 8), (char) height, (char) (width >> 8), (char) width };
  const char turn[] = { (char) orientation, 0 };

  put (out, "\xff\xd8", 2);
  if (orientation > 0)
    {
      /* APP1: Exif, TIFF header, one entry: 0x0112, SHORT, 1 value. */
      put (out,
           "\xff\xe1\0\x22"
           "Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0",
           4 + 6 + 8 + 2 + 8);
      put (out, turn, 2);
      put (out, "\0\0\0\0\0\0", 6);
    }
  put (out, "\xff\xc0\0\x11\x08", 5);
  put (out, size, 4);
  put (out, "\x03\x01\x22\0\x02\x11\x01\x03\x11\x01\xff\xd9", 12);
}

static guint
number (const char *text)
{
  guint64 value;

  g_assert_true (g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, &value, NULL));
  return (guint) value;
}

static void
add_picture (const char *folder, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 4);
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autofree char *path = g_build_filename (folder, words[0], NULL), *parent = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;
  guint orientation = 0;

  g_assert_cmpuint (g_strv_length (words), >=, 3);
  if (words[3] != NULL)
    {
      g_assert_true (g_str_has_prefix (words[3], "orientation="));
      orientation = number (words[3] + strlen ("orientation="));
    }
  if (g_str_has_suffix (words[0], ".png"))
    put_png (out, number (words[1]), number (words[2]));
  else
    put_jpeg (out, number (words[1]), number (words[2]), orientation);
  g_assert_cmpint (g_mkdir_with_parents (parent, 0755), ==, 0);
  g_file_set_contents (path, (const char *) out->data, out->len, &error);
  g_assert_no_error (error);
}

void
tree_add_pictures (const char *folder, const char *list)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (list, &text, NULL, NULL))
    return;
  lines = g_strsplit (g_strchomp (text), "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    add_picture (folder, lines[i]);
}

void
tree_pad (const char *path, gsize length)
{
  g_autofree char *text = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  const char *at;
  gsize old;

  g_file_get_contents (path, &text, &old, &error);
  g_assert_no_error (error);
  at = strstr (text, "@@");
  g_assert_nonnull (at);
  g_assert_cmpuint (length, >, old);
  g_string_append_len (out, text, at - text);
  for (gsize i = 0; i < length - old + 2; i++)
    g_string_append_c (out, ' ');
  g_string_append (out, at + 2);
  g_file_set_contents (path, out->str, (gssize) out->len, &error);
  g_assert_no_error (error);
}

/* ---- comparing ---- */

static void
file_free (gpointer data)
{
  TreeFile *file = data;

  g_free (file->name);
  g_bytes_unref (file->bytes);
  g_free (file);
}

static gboolean
is_picture (GBytes *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  return length > 3 && (memcmp (data, "\x89PNG", 4) == 0 || memcmp (data, "\xff\xd8\xff", 3) == 0);
}

static void
read_file (const char *path, const char *name, gpointer files)
{
  char *text;
  gsize length;
  g_autoptr (GBytes) bytes = NULL;
  TreeFile *file;

  /* A link that leads nowhere is its target. */
  if (g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    {
      text = g_file_read_link (path, NULL);
      length = strlen (text);
    }
  else
    g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  bytes = g_bytes_new_take (text, length);
  if (is_picture (bytes))
    return;
  file = g_new0 (TreeFile, 1);
  file->name = g_strdup (name);
  file->bytes = g_steal_pointer (&bytes);
  g_ptr_array_add (files, file);
}

GPtrArray *
tree_read (const char *folder)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (file_free);

  walk (folder, folder, read_file, files);
  return files;
}

static char *
names_of (const GPtrArray *files)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < files->len; i++)
    g_string_append_printf (out, "%s\n", ((TreeFile *) g_ptr_array_index (files, i))->name);
  return g_string_free (out, FALSE);
}

void
tree_compare (const GPtrArray *expected, const GPtrArray *found)
{
  g_autofree char *wanted = names_of (expected), *names = names_of (found);

  g_assert_cmpstr (names, ==, wanted);
  for (guint i = 0; i < expected->len; i++)
    {
      const TreeFile *a = g_ptr_array_index (expected, i), *b = g_ptr_array_index (found, i);

      if (g_bytes_equal (a->bytes, b->bytes))
        continue;
      g_test_message ("%s is\n%.*s\nand not\n%.*s", a->name, (int) g_bytes_get_size (b->bytes),
                      (const char *) g_bytes_get_data (b->bytes, NULL), (int) g_bytes_get_size (a->bytes),
                      (const char *) g_bytes_get_data (a->bytes, NULL));
      g_test_fail_printf ("%s differs", a->name);
    }
}
