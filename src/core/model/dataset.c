/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "base/lp-path.h"
#include "model/lp-dataset.h"
#include "model/lp-match-record.h"

#define DETAIL_MAX 200

static void
layer_free (gpointer data)
{
  LpLayer *layer = data;

  g_array_unref (layer->entries);
  g_array_unref (layer->rows);
  g_array_unref (layer->places);
  g_free (layer->by_image);
  g_free (layer);
}

static void
dictionary_free (gpointer data)
{
  LpDictionary *dict = data;

  g_ptr_array_unref (dict->names);
  g_array_unref (dict->places);
  g_free (dict);
}

LpDataset *
lp_dataset_new (void)
{
  LpDataset *d = g_new0 (LpDataset, 1);

  d->folders = g_ptr_array_new ();
  d->files = g_array_new (FALSE, FALSE, sizeof (LpFile));
  d->images = g_array_new (FALSE, FALSE, sizeof (LpImage));
  d->splits = g_ptr_array_new ();
  d->layers = g_ptr_array_new_with_free_func (layer_free);
  d->dicts = g_ptr_array_new_with_free_func (dictionary_free);
  d->matches = g_ptr_array_new_with_free_func ((GDestroyNotify) lp_match_free);
  d->details = g_ptr_array_new ();
  d->noticed = g_array_new (FALSE, FALSE, sizeof (LpFinding));
  d->notes = g_ptr_array_new_with_free_func (g_free);
  d->subject = LP_NONE;
  d->strings = g_string_chunk_new (64 * 1024);
  d->interned = g_hash_table_new (g_str_hash, g_str_equal);
  return d;
}

void
lp_dataset_free (LpDataset *d)
{
  if (d == NULL)
    return;
  g_free (d->root);
  g_ptr_array_unref (d->folders);
  g_array_unref (d->files);
  g_array_unref (d->images);
  g_ptr_array_unref (d->splits);
  g_ptr_array_unref (d->layers);
  g_ptr_array_unref (d->dicts);
  g_ptr_array_unref (d->matches);
  g_ptr_array_unref (d->details);
  g_array_unref (d->noticed);
  g_ptr_array_unref (d->notes);
  g_hash_table_unref (d->interned);
  g_string_chunk_free (d->strings);
  g_free (d);
}

const char *
lp_dataset_keep (LpDataset *d, const char *text)
{
  return g_string_chunk_insert (d->strings, text);
}

const char *
lp_dataset_intern (LpDataset *d, const char *text)
{
  const char *known = d->last_interned;

  if (known != NULL && (known == text || strcmp (known, text) == 0))
    return known;
  known = g_hash_table_lookup (d->interned, text);
  if (known == NULL)
    {
      known = g_string_chunk_insert (d->strings, text);
      g_hash_table_add (d->interned, (gpointer) known);
    }
  d->last_interned = known;
  return known;
}

void
lp_file_set_identity (LpFile *file, const LpIdentity *identity)
{
  file->device = identity->device;
  file->inode = identity->inode;
  file->size = identity->size;
  file->mtime_ns = identity->mtime_ns;
  file->mode = identity->mode;
}

guint32
lp_dataset_add_file (LpDataset *d, const char *folder, const char *name, const LpIdentity *identity)
{
  LpFile file = { .folder = lp_dataset_intern (d, folder), .name = lp_dataset_keep (d, name) };

  if (identity == NULL)
    file.flags = LP_FILE_ABSENT;
  else
    lp_file_set_identity (&file, identity);
  g_array_append_val (d->files, file);
  return d->files->len - 1;
}

guint32
lp_dataset_add_image (LpDataset *d, const char *folder, const char *name)
{
  LpImage image = { .folder = lp_dataset_intern (d, folder), .name = lp_dataset_keep (d, name), .orientation = 1 };

  g_array_append_val (d->images, image);
  return d->images->len - 1;
}

LpLayer *
lp_dataset_add_layer (LpDataset *d, LpLayerKind kind, const char *path, const char *attribute)
{
  LpLayer *layer = g_new0 (LpLayer, 1);

  layer->kind = kind;
  layer->path = lp_dataset_keep (d, path);
  layer->attribute = attribute != NULL ? lp_dataset_keep (d, attribute) : NULL;
  layer->dictionary = LP_NONE;
  layer->writable = kind == LP_LAYER_YOLO;
  layer->entries = g_array_new (FALSE, FALSE, sizeof (LpEntry));
  layer->rows = g_array_new (FALSE, FALSE, sizeof (LpRow));
  layer->places = g_array_new (FALSE, FALSE, sizeof (LpPlace));
  g_ptr_array_add (d->layers, layer);
  return layer;
}

LpDictionary *
lp_dataset_add_dictionary (LpDataset *d, LpDictOrigin origin, guint32 file, const char *title)
{
  LpDictionary *dict = g_new0 (LpDictionary, 1);

  dict->origin = origin;
  dict->style = LP_DICT_STYLE_NONE;
  dict->file = file;
  dict->layer = LP_NONE;
  dict->title = lp_dataset_keep (d, title);
  dict->names = g_ptr_array_new ();
  dict->places = g_array_new (FALSE, TRUE, sizeof (LpPlace));
  dict->declared = -1;
  g_ptr_array_add (d->dicts, dict);
  return dict;
}

void
lp_dictionary_add_name (LpDataset *d, LpDictionary *dict, const char *name, gssize length, LpPlace place)
{
  const char *kept = NULL;

  if (name != NULL)
    kept = length < 0 ? lp_dataset_keep (d, name) : g_string_chunk_insert_len (d->strings, name, length);
  g_ptr_array_add (dict->names, (gpointer) kept);
  g_array_append_val (dict->places, place);
}

guint32
lp_dataset_add_detail (LpDataset *d, const char *text, gssize length)
{
  gsize n = length < 0 ? strlen (text) : (gsize) length;

  g_ptr_array_add (d->details, g_string_chunk_insert_len (d->strings, text, MIN (n, DETAIL_MAX)));
  return d->details->len - 1;
}

void
lp_dataset_notice (LpDataset *d, const LpFinding *finding)
{
  g_array_append_vals (d->noticed, finding, 1);
}

void
lp_layer_index (LpLayer *layer, guint32 n_images)
{
  g_free (layer->by_image);
  layer->by_image = g_new0 (guint32, n_images + 1);
  layer->n_by_image = n_images;
  for (guint32 i = layer->entries->len; i > 0; i--)
    {
      guint32 image = lp_layer_entry (layer, i - 1)->image;

      if (image < n_images)
        layer->by_image[image] = i;
    }
}

char *
lp_file_dup_path (const LpFile *file)
{
  return g_build_filename (file->folder, file->name, NULL);
}

char *
lp_file_dup_disk_path (const LpFile *file)
{
  return g_build_filename (file->folder, file->disk_name != NULL ? file->disk_name : file->name, NULL);
}

char *
lp_image_dup_path (const LpImage *image)
{
  return g_build_filename (image->folder, image->name, NULL);
}

char *
lp_dataset_relative (const LpDataset *d, const char *path)
{
  return d->root != NULL ? lp_path_relative (d->root, path) : g_strdup (path);
}

char *
lp_layer_label_path (const LpDataset *d, const LpLayer *layer, guint32 image)
{
  const LpImage *picture = lp_dataset_image (d, image);
  g_autofree char *path = lp_image_dup_path (picture);

  if (!layer->beside)
    return lp_path_label_for (path);
  return g_strdup_printf ("%s/%.*s.txt", picture->folder, (int) lp_path_stem_length (picture->name), picture->name);
}

guint32
lp_layer_entry_of_row (const LpLayer *layer, guint32 row)
{
  guint32 low = 0, high = layer->entries->len;

  while (low + 1 < high)
    {
      guint32 middle = low + (high - low) / 2;

      if (lp_layer_entry (layer, middle)->first_row <= row)
        low = middle;
      else
        high = middle;
    }
  /* Entries without rows share first_row with the one behind them: the owner is the one that has rows. */
  while (low > 0 && lp_layer_entry (layer, low)->n_rows == 0)
    low--;
  return low;
}

guint
lp_dataset_count_lists (const LpDataset *d)
{
  guint n = 0;

  for (guint i = 0; i < d->dicts->len; i++)
    n += !lp_dataset_dict (d, i)->names_only;
  return n;
}

const char *
lp_dictionary_name (const LpDictionary *dict, gint32 class_id)
{
  if (dict == NULL || class_id < 0 || (guint) class_id >= dict->names->len)
    return NULL;
  return g_ptr_array_index (dict->names, class_id);
}

gint32
lp_dictionary_index (const LpDictionary *dict, const char *name)
{
  for (guint i = 0; dict != NULL && i < dict->names->len; i++)
    if (g_strcmp0 (g_ptr_array_index (dict->names, i), name) == 0)
      return (gint32) i;
  return -1;
}

gboolean
lp_image_size (const LpImage *image, const LpEntry *entry, LpFrame frame, double *width, double *height)
{
  guint32 w = image->width, h = image->height;
  gboolean swap = lp_orientation_swaps (image->orientation) && frame != LP_FRAME_RAW;

  if (w == 0 || h == 0)
    {
      /* Nothing stored to turn: the declared size is that of the entry's own frame. */
      if (entry == NULL || entry->width == 0 || entry->height == 0)
        return FALSE;
      w = entry->width;
      h = entry->height;
      swap = FALSE;
    }
  *width = swap ? h : w;
  *height = swap ? w : h;
  return TRUE;
}

gboolean
lp_row_pixels (const LpDataset *d,
               const LpLayer *layer,
               const LpEntry *entry,
               const LpRow *row,
               LpFrame assumed,
               LpFrame wanted,
               LpRect *out)
{
  const LpImage *image = lp_dataset_image (d, entry->image);
  LpRect unit;
  double width, height;
  gboolean raw = assumed == LP_FRAME_RAW, raw_wanted = wanted == LP_FRAME_RAW;

  if (!lp_row_fractions (layer, entry, row, &unit) || !lp_image_size (image, entry, wanted, &width, &height))
    return FALSE;
  if (raw != raw_wanted)
    unit = lp_rect_turn (&unit, raw ? image->orientation : lp_orientation_inverse (image->orientation));
  *out = lp_rect_scale (&unit, width, height);
  return TRUE;
}
