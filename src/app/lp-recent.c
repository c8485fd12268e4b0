/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lp-recent.h"

#define MOST 8

static char *
recent_file (void)
{
  return g_build_filename (g_get_user_data_dir (), "labelproof", "recent.ini", NULL);
}

static void
recent_free (gpointer data)
{
  LpRecent *recent = data;

  g_strfreev (recent->paths);
  g_free (recent->title);
  g_free (recent);
}

/* Kept as URIs: a path is bytes, a key file is UTF-8. */
static GStrv
read_paths (GKeyFile *file, const char *group)
{
  g_auto (GStrv) uris = g_key_file_get_string_list (file, group, "uris", NULL, NULL);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; uris != NULL && uris[i] != NULL; i++)
    {
      g_autofree char *path = g_filename_from_uri (uris[i], NULL, NULL);

      if (path != NULL)
        g_strv_builder_add (builder, path);
    }
  return g_strv_builder_end (builder);
}

static void
write_paths (GKeyFile *file, const char *group, const char *const *paths)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) uris = NULL;

  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autofree char *uri = g_filename_to_uri (paths[i], NULL, NULL);

      if (uri != NULL)
        g_strv_builder_add (builder, uri);
    }
  uris = g_strv_builder_end (builder);
  g_key_file_set_string_list (file, group, "uris", (const char *const *) uris, g_strv_length (uris));
}

static LpRecent *
recent_read (GKeyFile *file, const char *group)
{
  LpRecent *recent = g_new0 (LpRecent, 1);
  int worst = g_key_file_get_integer (file, group, "worst", NULL);

  recent->paths = read_paths (file, group);
  recent->title = g_key_file_get_string (file, group, "title", NULL);
  recent->worst = CLAMP (worst, LP_SEVERITY_OFF, LP_SEVERITY_ERROR);
  recent->problems = MAX (g_key_file_get_integer (file, group, "problems", NULL), 0);
  recent->when = g_key_file_get_int64 (file, group, "when", NULL);
  if (recent->paths[0] != NULL && recent->title != NULL)
    return recent;
  recent_free (recent);
  return NULL;
}

GPtrArray *
lp_recent_load (void)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (recent_free);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = recent_file ();
  g_auto (GStrv) groups = NULL;

  g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL); /* none yet, or damaged: an empty list */
  groups = g_key_file_get_groups (file, NULL);
  for (guint i = 0; groups[i] != NULL && list->len < MOST; i++)
    {
      LpRecent *recent = recent_read (file, groups[i]);

      if (recent != NULL)
        g_ptr_array_add (list, recent);
    }
  return list;
}

static void
recent_write (GKeyFile *file, guint number, const LpRecent *recent)
{
  g_autofree char *group = g_strdup_printf ("%u", number);

  write_paths (file, group, (const char *const *) recent->paths);
  g_key_file_set_string (file, group, "title", recent->title);
  g_key_file_set_integer (file, group, "worst", recent->worst);
  g_key_file_set_integer (file, group, "problems", recent->problems);
  g_key_file_set_int64 (file, group, "when", recent->when);
}

static void
save (GKeyFile *file)
{
  g_autofree char *path = recent_file ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (folder, 0700);
  if (!g_key_file_save_to_file (file, path, &error))
    g_info ("The list of recent data sets was not kept: %s", error->message);
}

void
lp_recent_note (const LpRecent *recent)
{
  g_autoptr (GPtrArray) list = lp_recent_load ();
  g_autoptr (GKeyFile) file = g_key_file_new ();
  guint number = 0;

  recent_write (file, number++, recent);
  for (guint i = 0; i < list->len && number < MOST; i++)
    {
      LpRecent *other = g_ptr_array_index (list, i);

      if (!g_strv_equal ((const char *const *) other->paths, (const char *const *) recent->paths))
        recent_write (file, number++, other);
    }
  save (file);
}

void
lp_recent_clear (void)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  save (file);
}
