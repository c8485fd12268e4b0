/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>

#include "read/lp-formats.h"
#include "read/lp-tree.h"

#define SLOTS_FIRST 1024
#define CANDIDATES_MAX 4096 /* of one base name that are looked at: bounds the time for hostile sets */

/* A picture below the opened folders; those of one base name are chained. */
typedef struct
{
  LpFolder *folder;
  guint picture;
  guint next; /* index + 1, 0: the last */
} Candidate;

typedef struct
{
  const char *prefix;
  gsize length;
  char *folder;
} Map;

/* Where in the table of source-refs: the image is that of one with this hash; 0: free. */
typedef struct
{
  guint hash;
  guint32 image; /* + 1 */
} Slot;

struct _LpMapper
{
  LpTree *tree;
  GArray *maps;        /* Map */
  const char *folder;  /* of the manifest being read; borrowed */
  GArray *candidates;  /* Candidate; NULL: not yet collected */
  GHashTable *by_base; /* base name → index of its first candidate + 1 */
  GHashTable *by_name; /* base name of a source-ref that has more → the first image that it named + 1 */
  GHashTable *by_path; /* pictures outside the tree: path → image + 1 */
  GPtrArray *named;    /* by image: the source-ref that has it, or NULL; no longer than there are such */
  Slot *slots;         /* source-ref → image: a power of two of them, at most half of them taken */
  guint n_slots;
  GArray *order;   /* guint32: the images that source-refs have, as they came up */
  guint n_by_name; /* how many of them by_name knows */
  GStringChunk *strings;
  guint n_map, n_path, n_suffix, n_base, n_unsure, n_missing;
};

static void
map_clear (gpointer data)
{
  g_free (((Map *) data)->folder);
}

static inline guint64
mix (guint64 hash, guint64 word)
{
  hash = (hash ^ word) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15); /* 2^64 by the golden ratio, odd */
  return hash ^ hash >> 32;
}

/* As g_str_hash, but eight bytes at a time: source-refs are long, and there are as many as pictures. */
static guint
hash_ref (gconstpointer key)
{
  const char *text = key;
  gsize left = strlen (text);
  guint64 hash = 0, word;

  for (; left >= sizeof word; left -= sizeof word, text += sizeof word)
    {
      memcpy (&word, text, sizeof word);
      hash = mix (hash, word);
    }
  word = 0;
  memcpy (&word, text, left);
  return (guint) mix (hash, word);
}

LpMapper *
lp_mapper_new (LpTree *tree, const char *const *maps, GError **error)
{
  g_autoptr (LpMapper) mapper = g_new0 (LpMapper, 1);

  mapper->tree = tree;
  mapper->maps = g_array_new (FALSE, FALSE, sizeof (Map));
  g_array_set_clear_func (mapper->maps, map_clear);
  mapper->by_base = g_hash_table_new (hash_ref, g_str_equal);
  mapper->by_name = g_hash_table_new (hash_ref, g_str_equal);
  mapper->by_path = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  mapper->named = g_ptr_array_new ();
  mapper->order = g_array_new (FALSE, FALSE, sizeof (guint32));
  mapper->n_slots = SLOTS_FIRST;
  mapper->slots = g_new0 (Slot, mapper->n_slots);
  mapper->strings = g_string_chunk_new (64 * 1024);
  for (guint i = 0; maps != NULL && maps[i] != NULL; i++)
    {
      const char *equals = strrchr (maps[i], '=');
      Map map = { .prefix = maps[i] };

      if (equals == NULL || equals == maps[i] || equals[1] == '\0')
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                       _ ("“%s” is not of the form s3://bucket/prefix=DIR."), maps[i]);
          return NULL;
        }
      map.length = (gsize) (equals - maps[i]);
      map.folder = lp_path_resolve (NULL, equals + 1);
      g_array_append_val (mapper->maps, map);
    }
  return g_steal_pointer (&mapper);
}

void
lp_mapper_free (LpMapper *mapper)
{
  g_array_unref (mapper->maps);
  g_clear_pointer (&mapper->candidates, g_array_unref);
  g_hash_table_unref (mapper->by_base);
  g_hash_table_unref (mapper->by_name);
  g_hash_table_unref (mapper->by_path);
  g_ptr_array_unref (mapper->named);
  g_array_unref (mapper->order);
  g_free (mapper->slots);
  g_string_chunk_free (mapper->strings);
  g_free (mapper);
}

void
lp_mapper_begin (LpMapper *mapper, const char *folder)
{
  mapper->folder = folder;
}

const GPtrArray *
lp_mapper_get_named (LpMapper *mapper)
{
  return mapper->named;
}

/* ---- by path ---- */

/* The picture of an absolute path, provided that it is there and lies within the roots. */
static guint32
image_at (LpMapper *m, const char *path)
{
  guint32 image = lp_tree_image (m->tree, path);
  g_autofree char *folder = NULL, *name = NULL;
  struct stat st;

  if (image != LP_NONE)
    return image;
  image = GPOINTER_TO_UINT (g_hash_table_lookup (m->by_path, path));
  if (image > 0)
    return image - 1;
  if (!lp_roots_contain (m->tree->roots, path) || stat (path, &st) != 0 || S_ISDIR (st.st_mode))
    return LP_NONE;
  folder = g_path_get_dirname (path);
  name = g_path_get_basename (path);
  image = lp_dataset_add_image (m->tree->dataset, folder, name);
  g_hash_table_insert (m->by_path, g_strdup (path), GUINT_TO_POINTER (image + 1));
  return image;
}

static guint32
by_map (LpMapper *m, const char *source_ref)
{
  for (guint i = 0; i < m->maps->len; i++)
    {
      const Map *map = &g_array_index (m->maps, Map, i);
      const char *rest;
      g_autofree char *path = NULL;
      guint32 image;

      if (strncmp (source_ref, map->prefix, map->length) != 0)
        continue;
      rest = source_ref + map->length;
      rest += strspn (rest, "/");
      path = lp_path_resolve (map->folder, rest);
      image = lp_tree_is_below (map->folder, path) ? image_at (m, path) : LP_NONE;
      if (image != LP_NONE)
        return image;
    }
  return LP_NONE;
}

/* Where a name without a scheme leads; NULL for "s3://…" and its like, and for a bare name in a folder whose pictures
 * are known: no disk need be asked. */
static char *
local_path (const LpMapper *m, const char *source_ref)
{
  if (g_str_has_prefix (source_ref, "file:///"))
    return lp_path_resolve (NULL, source_ref + strlen ("file://"));
  if (strchr (source_ref, '/') == NULL && m->folder != NULL && lp_tree_find (m->tree, m->folder) != NULL)
    return NULL;
  return strstr (source_ref, "://") == NULL ? lp_path_resolve (m->folder, source_ref) : NULL;
}

/* ---- by name ---- */

static void
collect (LpMapper *m)
{
  const GPtrArray *folders = m->tree->folders;

  m->candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  /* Backwards, so that a chain runs in the order of the folders. */
  for (guint i = folders->len; i > 0; i--)
    {
      LpFolder *folder = g_ptr_array_index (folders, i - 1);

      for (guint j = 0; j < folder->pictures->len; j++)
        {
          gpointer name = g_ptr_array_index (folder->pictures, j);
          Candidate candidate = { folder, j, GPOINTER_TO_UINT (g_hash_table_lookup (m->by_base, name)) };

          g_array_append_val (m->candidates, candidate);
          g_hash_table_insert (m->by_base, name, GUINT_TO_POINTER (m->candidates->len));
        }
    }
}

/* How many components at the end of both are equal. */
static guint
common_end (const char *a, const char *b)
{
  const char *i = a + strlen (a), *j = b + strlen (b);
  guint n = 0;

  while (i > a && j > b && i[-1] == j[-1])
    {
      i--;
      j--;
      if (*i == '/' && i[1] != '/')
        n++;
    }
  /* One of them ends here: the last component counts when the other one begins there too. */
  if ((i == a && *i != '\0' && *i != '/' && (j == b || j[-1] == '/')) ||
      (j == b && *j != '/' && i > a && i[-1] == '/'))
    n++;
  return n;
}

/* The folder part of a source-ref: "s3://bucket/a/b/x.jpg" → "bucket/a/b". */
static char *
folder_of_ref (const char *source_ref, const char *base)
{
  const char *scheme = strstr (source_ref, "://");
  const char *start = scheme != NULL && scheme < base ? scheme + 3 : source_ref;

  return g_strndup (start, base > start ? (gsize) (base - start) - 1 : 0);
}

static const char *
base_of (const char *source_ref)
{
  const char *slash = strrchr (source_ref, '/');

  return slash != NULL ? slash + 1 : source_ref;
}

/* The candidate with the longest common end; of equal ones the nearest to the manifest, then the first by path. */
static guint32
by_name (LpMapper *m, const char *source_ref, guint *components, gboolean *unsure)
{
  const char *base = base_of (source_ref);
  g_autofree char *wanted = NULL;
  const Candidate *best = NULL;
  guint best_end = 0, best_start = 0, index, looked = 0;

  if (m->candidates == NULL)
    collect (m);
  if (m->candidates->len == 0)
    return LP_NONE;
  index = GPOINTER_TO_UINT (g_hash_table_lookup (m->by_base, base));
  if (index == 0)
    return LP_NONE;
  wanted = folder_of_ref (source_ref, base);
  for (; index > 0 && looked < CANDIDATES_MAX; looked++)
    {
      const Candidate *candidate = &g_array_index (m->candidates, Candidate, index - 1);
      guint end = common_end (wanted, candidate->folder->path);
      guint start = m->folder != NULL ? lp_tree_shared (m->folder, candidate->folder->path) : 0;

      index = candidate->next;
      if (best != NULL && end == best_end && start == best_start)
        *unsure = TRUE;
      if (best != NULL && (end < best_end || (end == best_end && start <= best_start)))
        continue;
      *unsure = FALSE;
      best = candidate;
      best_end = end;
      best_start = start;
    }
  *components = best_end + 1;
  return lp_tree_take (m->tree, best->folder, best->picture);
}

/* ---- all steps ---- */

static guint32
add_missing (LpMapper *m, const char *source_ref, gboolean outside)
{
  const char *slash = strrchr (source_ref, '/');
  g_autofree char *folder = slash != NULL ? g_strndup (source_ref, (gsize) (slash - source_ref)) : g_strdup ("");
  guint32 image = lp_dataset_add_image (m->tree->dataset, folder, slash != NULL ? slash + 1 : source_ref);

  lp_dataset_image (m->tree->dataset, image)->state = LP_IMAGE_MISSING;
  if (outside)
    lp_dataset_image (m->tree->dataset, image)->flags |= LP_IMAGE_OUTSIDE;
  m->n_missing++;
  return image;
}

/* A path that leads to something, but out of the roots. */
static gboolean
leads_out (const LpMapper *m, const char *path)
{
  struct stat st;

  return !lp_roots_contain (m->tree->roots, path) && stat (path, &st) == 0;
}

static guint32
find_image (LpMapper *m, const char *source_ref)
{
  guint32 image = by_map (m, source_ref);
  g_autofree char *path = NULL;
  gboolean unsure = FALSE;
  guint components = 0;

  if (image != LP_NONE)
    return m->n_map++, image;
  path = local_path (m, source_ref);
  image = path != NULL ? image_at (m, path) : LP_NONE;
  if (image != LP_NONE)
    return m->n_path++, image;
  image = by_name (m, source_ref, &components, &unsure);
  if (image == LP_NONE)
    return add_missing (m, source_ref, path != NULL && leads_out (m, path));
  m->n_unsure += unsure;
  if (components > 1)
    m->n_suffix++;
  else
    m->n_base++;
  return image;
}

/* Another source-ref has this picture already: they stay two images that happen to share a file. */
static guint32
double_image (LpDataset *dataset, guint32 image)
{
  LpImage copy = *lp_dataset_image (dataset, image);

  g_array_append_val (dataset->images, copy);
  return dataset->images->len - 1;
}

/* The slot of a source-ref, or the free one where it belongs. */
static Slot *
find_slot (const LpMapper *m, guint hash, const char *source_ref)
{
  for (guint i = hash;; i++)
    {
      Slot *slot = &m->slots[i & (m->n_slots - 1)];

      if (slot->image == 0)
        return slot;
      if (slot->hash == hash && strcmp (g_ptr_array_index (m->named, slot->image - 1), source_ref) == 0)
        return slot;
    }
}

static void
double_slots (LpMapper *m)
{
  g_autofree Slot *old = m->slots;
  guint n_old = m->n_slots;

  m->n_slots *= 2;
  m->slots = g_new0 (Slot, m->n_slots);
  for (guint i = 0; i < n_old; i++)
    if (old[i].image != 0)
      {
        guint at = old[i].hash;

        while (m->slots[at & (m->n_slots - 1)].image != 0)
          at++;
        m->slots[at & (m->n_slots - 1)] = old[i];
      }
}

guint32
lp_map_image (LpMapper *mapper, LpDataset *dataset, const char *source_ref)
{
  guint hash = hash_ref (source_ref);
  Slot *slot = find_slot (mapper, hash, source_ref);
  guint32 image;

  if (slot->image > 0)
    return slot->image - 1;
  image = find_image (mapper, source_ref);
  if (lp_is_named (mapper->named, image))
    image = double_image (dataset, image);
  if (image >= mapper->named->len)
    g_ptr_array_set_size (mapper->named, (int) image + 1);
  g_ptr_array_index (mapper->named, image) = g_string_chunk_insert (mapper->strings, source_ref);
  *slot = (Slot){ hash, image + 1 };
  g_array_append_val (mapper->order, image);
  if (mapper->order->len > mapper->n_slots / 2)
    double_slots (mapper);
  return image;
}

/* Only tables ask by base name: what manifests named is looked at when the first one does. */
static void
learn_base_names (LpMapper *m)
{
  for (; m->n_by_name < m->order->len; m->n_by_name++)
    {
      guint32 image = g_array_index (m->order, guint32, m->n_by_name);
      const char *ref = g_ptr_array_index (m->named, image), *base = base_of (ref);

      if (base != ref && !g_hash_table_contains (m->by_name, base))
        g_hash_table_insert (m->by_name, (gpointer) base, GUINT_TO_POINTER (image + 1));
    }
}

guint32
lp_map_base_name (LpMapper *mapper, LpDataset *dataset, const char *name)
{
  guint32 image = 0;

  learn_base_names (mapper);
  if (g_hash_table_size (mapper->by_name) > 0)
    image = GPOINTER_TO_UINT (g_hash_table_lookup (mapper->by_name, base_of (name)));
  return image > 0 ? image - 1 : lp_map_image (mapper, dataset, name);
}

static void
add_note (const LpMapper *m, guint n, const char *one, const char *many)
{
  if (n > 0)
    g_ptr_array_add (m->tree->dataset->notes, g_strdup_printf (ngettext (one, many, n), n));
}

void
lp_mapper_note (const LpMapper *m)
{
  add_note (m, m->n_map, N_ ("%u picture was found by --map."), N_ ("%u pictures were found by --map."));
  add_note (m, m->n_path, N_ ("%u picture was found by its path."), N_ ("%u pictures were found by their paths."));
  add_note (m, m->n_suffix, N_ ("%u picture was found by the end of its path."),
            N_ ("%u pictures were found by the end of their paths."));
  add_note (m, m->n_base, N_ ("%u picture was found by its base name."),
            N_ ("%u pictures were found by their base names."));
  add_note (m, m->n_unsure, N_ ("%u picture could be one of several; the nearest was taken."),
            N_ ("%u pictures could be one of several; the nearest was taken each time."));
  add_note (m, m->n_missing, N_ ("%u picture was not found."), N_ ("%u pictures were not found."));
}
