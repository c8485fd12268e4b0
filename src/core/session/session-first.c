/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <unistd.h>

#include "session/lp-session-private.h"

#define MOST 12
#define LOOKED_AT 500 /* entries: a set whose pictures are missing is not searched to its end */

static void
first_picture_free (gpointer data)
{
  LpFirstPicture *picture = data;

  g_free (picture->path);
  g_array_unref (picture->boxes);
  g_free (picture);
}

/* The frame of a manifest's boxes is found by comparing, which comes later: those of a turned picture are left out.
 */
static void
add_boxes (LpFirstPicture *picture, const LpDataset *d, const LpLayer *layer, const LpEntry *entry)
{
  const LpDictionary *names = lp_dataset_dict (d, layer->dictionary);

  if (layer->kind == LP_LAYER_MANIFEST && picture->orientation != 1)
    return;
  for (guint32 i = 0; i < entry->n_rows; i++)
    {
      const LpRow *row = lp_layer_row (layer, entry->first_row + i);
      LpDrawBox box = { .class_id = row->class_id, .slot = -1, .severity = LP_SEVERITY_OFF, .copies = 1 };

      if (!lp_row_fractions (layer, entry, row, &box.rect))
        continue;
      if (names != NULL && lp_dictionary_name (names, row->class_id) != NULL)
        box.slot = row->class_id % LP_PALETTE_SLOTS;
      g_array_append_val (picture->boxes, box);
    }
}

static LpFirstPicture *
make (const LpDataset *d, const LpRoots *roots, const LpLayer *layer, const LpEntry *entry)
{
  const LpImage *image = lp_dataset_image (d, entry->image);
  g_autofree char *path = NULL;
  LpFirstPicture *picture;
  int fd;

  if (entry->n_rows == 0 || image->state != LP_IMAGE_FOUND)
    return NULL;
  path = lp_image_dup_path (image);
  fd = lp_roots_open (roots, path, NULL);
  if (fd < 0)
    return NULL;
  close (fd);
  picture = g_new0 (LpFirstPicture, 1);
  picture->orientation = lp_session_picture_turn (roots, path);
  picture->path = g_steal_pointer (&path);
  picture->boxes = g_array_new (FALSE, FALSE, sizeof (LpDrawBox));
  add_boxes (picture, d, layer, entry);
  return picture;
}

void
lp_session_take_first_pictures (LpSession *self, const LpDataset *dataset, const LpRoots *roots)
{
  const LpLayer *layer = dataset != NULL ? lp_dataset_layer (dataset, dataset->subject) : NULL;
  g_autoptr (GPtrArray) old = NULL;
  GPtrArray *first = NULL;

  if (layer != NULL)
    first = g_ptr_array_new_with_free_func (first_picture_free);
  for (guint32 i = 0; layer != NULL && i < MIN (layer->entries->len, LOOKED_AT) && first->len < MOST; i++)
    {
      LpFirstPicture *picture = make (dataset, roots, layer, lp_layer_entry (layer, i));

      if (picture != NULL)
        g_ptr_array_add (first, picture);
    }
  g_mutex_lock (&self->first_lock);
  old = self->first;
  self->first = first;
  g_mutex_unlock (&self->first_lock);
}

GPtrArray *
lp_session_ref_first_pictures (LpSession *self)
{
  GPtrArray *first;

  g_mutex_lock (&self->first_lock);
  first = self->first != NULL ? g_ptr_array_ref (self->first) : NULL;
  g_mutex_unlock (&self->first_lock);
  return first;
}
