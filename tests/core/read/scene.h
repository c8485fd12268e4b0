/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <ftw.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "lp-rule-ids.h"
#include "read/lp-formats.h"

/* A folder of made files, and what reading it gives. */

typedef struct
{
  char *path;
  LpDataset *dataset;
  LpRoots *roots;
  GPtrArray *unread;
} Scene;

static inline Scene *
scene_new (void)
{
  Scene *scene = g_new0 (Scene, 1);

  scene->path = g_dir_make_tmp ("lp-read-XXXXXX", NULL);
  g_assert_nonnull (scene->path);
  scene->dataset = lp_dataset_new ();
  scene->roots = lp_roots_new ();
  scene->unread = g_ptr_array_new_with_free_func (g_free);
  return scene;
}

static inline int
scene_remove (const char *path, const struct stat *st, int type, struct FTW *place)
{
  return remove (path);
}

static inline void
scene_free (Scene *scene)
{
  nftw (scene->path, scene_remove, 16, FTW_DEPTH | FTW_PHYS);
  lp_dataset_free (scene->dataset);
  lp_roots_free (scene->roots);
  g_ptr_array_unref (scene->unread);
  g_free (scene->path);
  g_free (scene);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scene, scene_free)

static inline char *
scene_path (const Scene *scene, const char *name)
{
  return g_build_filename (scene->path, name, NULL);
}

static inline void
scene_write_bytes (const Scene *scene, const char *name, const char *bytes, gsize length)
{
  g_autofree char *path = scene_path (scene, name), *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
}

static inline void
scene_write (const Scene *scene, const char *name, const char *text)
{
  scene_write_bytes (scene, name, text, strlen (text));
}

/* The reader of names never opens a picture, so any bytes will do. */
static inline void
scene_picture (const Scene *scene, const char *name)
{
  scene_write (scene, name, "a picture");
}

static inline void
scene_link (const Scene *scene, const char *name, const char *target)
{
  g_autofree char *path = scene_path (scene, name);

  g_assert_cmpint (symlink (target, path), ==, 0);
}

/* Lists and reads; names are below the scene, "" is the scene itself. */
static inline gboolean
scene_read (Scene *scene, const LpReadOptions *options, const char *a, const char *b)
{
  g_autofree char *first = scene_path (scene, a), *second = b != NULL ? scene_path (scene, b) : NULL;
  const char *const paths[] = { first, second, NULL };
  LpReadOptions all = options != NULL ? *options : (LpReadOptions){ NULL };
  g_autoptr (GError) error = NULL;

  all.paths = paths;
  if (!lp_read_list (scene->dataset, scene->roots, &all, scene->unread, NULL, &error))
    {
      g_assert_nonnull (error);
      return FALSE;
    }
  g_assert_true (lp_read_rows (scene->dataset, scene->roots, NULL, &error));
  g_assert_no_error (error);
  return TRUE;
}

static inline guint
scene_count (const Scene *scene, LpRuleId rule)
{
  guint n = 0;

  for (guint i = 0; i < scene->dataset->noticed->len; i++)
    n += g_array_index (scene->dataset->noticed, LpFinding, i).rule == rule;
  return n;
}

/* The first finding of a rule; there must be one. */
static inline const LpFinding *
scene_finding (const Scene *scene, LpRuleId rule)
{
  for (guint i = 0; i < scene->dataset->noticed->len; i++)
    if (g_array_index (scene->dataset->noticed, LpFinding, i).rule == rule)
      return &g_array_index (scene->dataset->noticed, LpFinding, i);
  g_assert_not_reached ();
}

static inline void
scene_assert_finding (
  const Scene *scene, LpRuleId rule, const char *file, guint line, guint column, const char *detail)
{
  const LpFinding *finding = scene_finding (scene, rule);

  if (file != NULL)
    {
      g_autofree char *path = lp_file_dup_path (lp_dataset_file (scene->dataset, finding->file));
      g_autofree char *wanted = scene_path (scene, file);

      g_assert_cmpstr (path, ==, wanted);
    }
  g_assert_cmpuint (finding->line, ==, line);
  g_assert_cmpuint (finding->column, ==, column);
  if (detail != NULL)
    g_assert_cmpstr (lp_dataset_detail (scene->dataset, finding->detail), ==, detail);
}

/* The image of that path below the scene, or LP_NONE. */
static inline guint32
scene_image (const Scene *scene, const char *name)
{
  g_autofree char *wanted = scene_path (scene, name);

  for (guint32 i = 0; i < scene->dataset->images->len; i++)
    {
      g_autofree char *path = lp_image_dup_path (lp_dataset_image (scene->dataset, i));

      if (strcmp (path, wanted) == 0)
        return i;
    }
  return LP_NONE;
}

/* What the first layer says of a picture; there must be such an entry. */
static inline const LpEntry *
scene_entry (const Scene *scene, const char *name)
{
  guint32 image = scene_image (scene, name);
  const LpEntry *entry;

  g_assert_cmpuint (image, !=, LP_NONE);
  entry = lp_layer_find (lp_dataset_layer (scene->dataset, 0), image);
  g_assert_nonnull (entry);
  return entry;
}
