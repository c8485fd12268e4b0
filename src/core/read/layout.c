/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "read/lp-yolo.h"

/* The pictures of one folder and the folder in which their label files are looked for. */
typedef struct
{
  LpFolder *folder;
  LpFolder *labels; /* NULL: it is not there */
  guint32 *text;    /* of each picture: in labels->texts, LP_NONE */
  guint n_members, n_labelled;
} Pairing;

typedef struct
{
  const LpLayout *layout;
  LpDataset *dataset;
  LpLayer *layer;
  GArray *pairings;   /* Pairing, in the order of the folders */
  GHashTable *served; /* folders that labels are looked for in */
  gboolean beside;
} Listing;

static gboolean
is_member (const Listing *listing, const LpFolder *folder, guint picture)
{
  const GByteArray *member = listing->layout->member;
  guint32 image = folder->image[picture];

  return image < member->len && member->data[image] != 0;
}

gboolean
lp_yolo_is_reserved (const char *name)
{
  static const char *const names[] = { "classes.txt", "train.txt",   "val.txt",      "valid.txt",
                                       "test.txt",    "minival.txt", "trainval.txt", "validation.txt" };
  static const char *const starts[] = { "notes", "readme", "license" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (name, names[i]) == 0)
      return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    if (g_ascii_strncasecmp (name, starts[i], strlen (starts[i])) == 0)
      return TRUE;
  return FALSE;
}

/* ---- one folder ---- */

/* Index of "<first `length` bytes of name>.txt" in the folder's texts, or -1. */
static int
find_text (const LpFolder *labels, const char *name, gsize length, guint *hint)
{
  char text[NAME_MAX + 8];

  if (length == 0 || length > NAME_MAX)
    return -1;
  memcpy (text, name, length);
  memcpy (text + length, ".txt", 5);
  return lp_tree_index (labels->texts, text, length + 4, hint);
}

static void
pair_by_stem (Listing *listing, Pairing *p)
{
  guint hint = 0;

  p->n_labelled = 0;
  for (guint i = 0; p->labels != NULL && i < p->folder->pictures->len; i++)
    {
      const char *name = g_ptr_array_index (p->folder->pictures, i);
      int text;

      if (!is_member (listing, p->folder, i))
        continue;
      text = find_text (p->labels, name, lp_path_stem_length (name), &hint);
      if (text < 0)
        continue;
      p->text[i] = (guint32) text;
      p->labels->owner[text] = p->folder->image[i];
      p->n_labelled++;
    }
}

/* The label cut at the first dot, of a picture that has none; -1: none, or it is another's. */
static int
find_cut (const Pairing *p, guint picture)
{
  const char *name = g_ptr_array_index (p->folder->pictures, picture);
  gsize length = lp_path_first_dot_length (name);
  guint hint = G_MAXUINT;
  int text = -1;

  if (p->text[picture] == LP_NONE && length < lp_path_stem_length (name))
    text = find_text (p->labels, name, length, &hint);
  if (text >= 0 && p->labels->owner[text] != LP_NONE && p->labels->owner[text] != p->folder->image[picture])
    return -1;
  return text;
}

/* One label that could be cut from the names of several pictures belongs to none of them: nobody can know. */
static void
pair_by_first_dot (Listing *listing, Pairing *p)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new (NULL, NULL);

  for (guint i = 0; p->labels != NULL && i < p->folder->pictures->len; i++)
    {
      int text = is_member (listing, p->folder, i) ? find_cut (p, i) : -1;
      gpointer key = GINT_TO_POINTER (text + 1);

      if (text >= 0)
        g_hash_table_insert (wanted, key, GINT_TO_POINTER (g_hash_table_contains (wanted, key) ? -1 : (int) i + 1));
    }
  for (guint i = 0; g_hash_table_size (wanted) > 0 && i < p->folder->pictures->len; i++)
    {
      int text = is_member (listing, p->folder, i) ? find_cut (p, i) : -1;

      if (text < 0 || GPOINTER_TO_INT (g_hash_table_lookup (wanted, GINT_TO_POINTER (text + 1))) != (int) i + 1)
        continue;
      p->text[i] = (guint32) text;
      p->labels->owner[text] = p->folder->image[i];
      p->n_labelled++;
    }
}

/* ---- all folders ---- */

static char *
label_folder_path (const LpFolder *folder)
{
  g_autofree char *picture = g_build_filename (folder->path, "x.jpg", NULL), *label = lp_path_label_for (picture);

  return g_path_get_dirname (label);
}

static void
pairing_clear (gpointer data)
{
  g_free (((Pairing *) data)->text);
}

/* Where a walk has come by above, it has told what cannot be read. */
static gboolean
is_below_walked (const LpTree *tree, const char *path)
{
  for (guint i = 0; i < tree->folders->len; i++)
    if (lp_tree_is_below (((LpFolder *) g_ptr_array_index (tree->folders, i))->path, path))
      return TRUE;
  return FALSE;
}

static void
walk_labels (LpTree *tree, const char *path)
{
  g_autoptr (GError) error = NULL;

  if (!lp_tree_walk (tree, path, NULL, &error) && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) &&
      !is_below_walked (tree, path))
    lp_read_notice_unreadable (tree->dataset, path, 0, 0, lp_roots_reason (error));
}

/* Folders with pictures of this layer. Their label folders are read where the walk has not come by. */
static void
make_pairings (Listing *listing)
{
  const LpLayout *layout = listing->layout;
  g_autoptr (GPtrArray) folders = g_ptr_array_copy (layout->tree->folders, NULL, NULL);

  for (guint i = 0; i < folders->len; i++)
    {
      Pairing p = { .folder = g_ptr_array_index (folders, i) };
      g_autofree char *path = NULL;

      for (guint j = 0; j < p.folder->pictures->len; j++)
        p.n_members += is_member (listing, p.folder, j);
      if (p.n_members == 0)
        continue;
      path = label_folder_path (p.folder);
      if (lp_tree_find (layout->tree, path) == NULL && lp_roots_contain (layout->tree->roots, path))
        walk_labels (layout->tree, path);
      p.labels = lp_tree_find (layout->tree, path);
      p.text = g_new (guint32, p.folder->pictures->len);
      memset (p.text, 0xff, sizeof (guint32) * p.folder->pictures->len);
      g_array_append_val (listing->pairings, p);
    }
}

static guint
pair_all (Listing *listing)
{
  guint n = 0;

  for (guint i = 0; i < listing->pairings->len; i++)
    {
      Pairing *p = &g_array_index (listing->pairings, Pairing, i);

      pair_by_stem (listing, p);
      n += p->n_labelled;
    }
  return n;
}

/* The rule finds no label in the whole set: perhaps they lie beside the pictures. */
static void
try_beside (Listing *listing)
{
  g_autoptr (GPtrArray) by_rule = g_ptr_array_new ();

  for (guint i = 0; i < listing->pairings->len; i++)
    {
      Pairing *p = &g_array_index (listing->pairings, Pairing, i);

      g_ptr_array_add (by_rule, p->labels);
      p->labels = p->folder;
    }
  if (pair_all (listing) > 0)
    {
      g_ptr_array_add (
        listing->dataset->notes,
        g_strdup (_ ("The label files lie beside the pictures; a trainer looks for them in “labels”.")));
      return;
    }
  for (guint i = 0; i < listing->pairings->len; i++)
    g_array_index (listing->pairings, Pairing, i).labels = g_ptr_array_index (by_rule, i);
}

static void
settle (Listing *listing)
{
  guint n_labelled = 0, n_beside = 0;

  for (guint i = 0; i < listing->pairings->len; i++)
    {
      Pairing *p = &g_array_index (listing->pairings, Pairing, i);

      pair_by_first_dot (listing, p);
      n_labelled += p->n_labelled > 0;
      n_beside += p->n_labelled > 0 && p->labels == p->folder;
      if (p->labels != NULL)
        g_hash_table_add (listing->served, p->labels);
    }
  listing->layer->beside = n_labelled > 0 && n_beside == n_labelled;
}

/* ---- entries ---- */

/* The folder that is or holds everything labelled; free with g_free, NULL: nothing is. */
static char *
labelled_folder (const Listing *listing)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  g_autofree gboolean *all = NULL;

  for (guint i = 0; i < listing->pairings->len; i++)
    {
      const Pairing *p = &g_array_index (listing->pairings, Pairing, i);

      if (p->n_labelled == 0)
        continue;
      g_ptr_array_add (paths, (gpointer) p->folder->path);
      g_ptr_array_add (paths, (gpointer) p->labels->path);
    }
  all = g_new (gboolean, paths->len + 1);
  for (guint i = 0; i < paths->len; i++)
    all[i] = TRUE;
  return paths->len > 0 ? lp_path_common ((const char *const *) paths->pdata, all, paths->len) : NULL;
}

static guint32
add_label_file (Listing *listing, const LpFolder *labels, guint text)
{
  LpIdentity unknown = { 0 }; /* until it is read */

  return lp_dataset_add_file (listing->dataset, labels->path, g_ptr_array_index (labels->texts, text), &unknown);
}

static void
add_entry (Listing *listing, const Pairing *p, guint picture)
{
  const char *name = g_ptr_array_index (p->folder->pictures, picture);
  LpEntry entry = { .image = p->folder->image[picture], .file = LP_NONE, .state = LP_STATE_NO_FILE };
  guint32 text = p->text[picture];
  LpFinding finding = LP_FINDING_INIT;

  if (text != LP_NONE)
    {
      const char *label = g_ptr_array_index (p->labels->texts, text);

      entry.file = add_label_file (listing, p->labels, text);
      entry.state = LP_STATE_FAILED;
      if (lp_path_stem_length (label) != lp_path_stem_length (name))
        entry.flags = LP_ENTRY_FIRST_DOT;
    }
  g_array_append_val (listing->layer->entries, entry);
  if (!(entry.flags & LP_ENTRY_FIRST_DOT))
    return;
  finding.rule = LP_RULE_DATASET_DOT_TRUNCATED_STEM;
  finding.layer = (guint8) listing->layout->layer;
  finding.image = entry.image;
  finding.file = entry.file;
  lp_dataset_notice (listing->dataset, &finding);
}

static void
add_entries (Listing *listing)
{
  const LpLayout *layout = listing->layout;
  g_autofree char *labelled = NULL;
  const char *core = layout->core;

  if (core == NULL && layout->claimed->len > 0)
    core = labelled = labelled_folder (listing);
  for (guint i = 0; i < listing->pairings->len; i++)
    {
      const Pairing *p = &g_array_index (listing->pairings, Pairing, i);
      gboolean inside = core == NULL || lp_tree_is_below (core, p->folder->path);

      for (guint j = 0; j < p->folder->pictures->len; j++)
        {
          guint32 image = p->folder->image[j];

          if (is_member (listing, p->folder, j) &&
              (inside || p->text[j] != LP_NONE || !lp_is_named (layout->claimed, image)))
            add_entry (listing, p, j);
        }
    }
}

/* ---- label files without a picture ---- */

static gboolean
may_hold_labels (const Listing *listing, const LpFolder *folder)
{
  const char *scope = listing->layout->scope;
  g_autofree char *bounded = NULL;

  if (g_hash_table_contains (listing->served, folder))
    return TRUE;
  if (scope == NULL || !lp_tree_is_below (scope, folder->path))
    return FALSE;
  bounded = g_strconcat (folder->path + strlen (scope), "/", NULL);
  return strstr (bounded, "/labels/") != NULL || g_str_has_suffix (scope, "/labels");
}

static void
add_orphan (Listing *listing, LpFolder *folder, guint text)
{
  const char *name = g_ptr_array_index (folder->texts, text);
  guint32 image = lp_dataset_add_image (listing->dataset, folder->path, name);
  LpEntry entry = { .image = image, .state = LP_STATE_FAILED };
  LpFinding finding = LP_FINDING_INIT;

  lp_dataset_image (listing->dataset, image)->state = LP_IMAGE_MISSING;
  lp_dataset_image (listing->dataset, image)->flags = LP_IMAGE_ORPHAN;
  folder->owner[text] = image;
  entry.file = add_label_file (listing, folder, text);
  g_array_append_val (listing->layer->entries, entry);
  finding.rule = LP_RULE_DATASET_ORPHAN_LABEL;
  finding.layer = (guint8) listing->layout->layer;
  finding.image = image;
  finding.file = entry.file;
  lp_dataset_notice (listing->dataset, &finding);
}

static void
add_orphans (Listing *listing)
{
  const GPtrArray *folders = listing->layout->tree->folders;

  for (guint i = 0; i < folders->len; i++)
    {
      LpFolder *folder = g_ptr_array_index (folders, i);

      if (folder->texts->len == 0 || !may_hold_labels (listing, folder))
        continue;
      for (guint j = 0; j < folder->texts->len; j++)
        if (folder->owner[j] == LP_NONE && !lp_yolo_is_reserved (g_ptr_array_index (folder->texts, j)))
          add_orphan (listing, folder, j);
    }
}

void
lp_yolo_list (const LpLayout *layout)
{
  g_autoptr (GArray) pairings = g_array_new (FALSE, FALSE, sizeof (Pairing));
  g_autoptr (GHashTable) served = g_hash_table_new (NULL, NULL);
  Listing listing = { layout, layout->tree->dataset, lp_dataset_layer (layout->tree->dataset, layout->layer),
                      pairings, served };

  g_array_set_clear_func (pairings, pairing_clear);
  make_pairings (&listing);
  if (pair_all (&listing) == 0)
    try_beside (&listing);
  settle (&listing);
  add_entries (&listing);
  add_orphans (&listing);
}
