/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib/gstdio.h>
#include <string.h>

#include "lp-rule-ids.h"
#include "read/lp-formats.h"

/* For one test program: a reader alone. Every name is a missing picture of that name, so nothing of the folders
 * matters here; the file is called what the test's data says. */
struct _LpMapper
{
  GHashTable *images;
};

guint32
lp_map_image (LpMapper *mapper, LpDataset *dataset, const char *source_ref)
{
  guint32 image = GPOINTER_TO_UINT (g_hash_table_lookup (mapper->images, source_ref));

  if (image == 0)
    {
      image = lp_dataset_add_image (dataset, "", source_ref) + 1;
      g_hash_table_insert (mapper->images, g_strdup (source_ref), GUINT_TO_POINTER (image));
    }
  return image - 1;
}

guint32
lp_map_base_name (LpMapper *mapper, LpDataset *dataset, const char *name)
{
  return lp_map_image (mapper, dataset, name);
}

typedef struct
{
  char *folder, *path;
  LpRoots *roots;
  LpMapper mapper;
  LpDataset *dataset;
} Fixture;

static inline void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = g_dir_make_tmp ("lp-read-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, data, NULL);
  f->roots = lp_roots_new ();
  lp_roots_add (f->roots, f->folder);
  f->mapper.images = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  f->dataset = lp_dataset_new ();
}

static inline void
tear_down (Fixture *f, gconstpointer data)
{
  lp_dataset_free (f->dataset);
  g_hash_table_unref (f->mapper.images);
  lp_roots_free (f->roots);
  g_unlink (f->path);
  g_rmdir (f->folder);
  g_free (f->path);
  g_free (f->folder);
}
