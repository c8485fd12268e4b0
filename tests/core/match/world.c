/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "world.h"

void
world_init (World *w)
{
  *w = (World){ lp_dataset_new (), LP_NONE, LP_NONE, LP_NONE, LP_NONE, 4 };
}

void
world_clear (World *w)
{
  lp_dataset_free (w->d);
}

static guint32
add_dictionary (World *w, LpDictOrigin origin, guint32 layer, const char *const *names)
{
  LpDictionary *dict = lp_dataset_add_dictionary (w->d, origin, LP_NONE, "names");

  dict->layer = layer;
  for (guint i = 0; names[i] != NULL; i++)
    lp_dictionary_add_name (w->d, dict, *names[i] != '\0' ? names[i] : NULL, -1, (LpPlace){ 0 });
  return w->d->dicts->len - 1;
}

guint32
world_add_manifest (World *w, const char *const *class_map)
{
  LpLayer *layer = lp_dataset_add_layer (w->d, LP_LAYER_MANIFEST, "/job/output.manifest", "things");

  w->job = w->d->layers->len - 1;
  w->job_dict = add_dictionary (w, LP_DICT_MANIFEST, w->job, class_map);
  layer->dictionary = w->job_dict;
  return w->job;
}

guint32
world_add_config (World *w, const char *const *labels)
{
  w->job_config = add_dictionary (w, LP_DICT_JOB, w->job, labels);
  return w->job_config;
}

guint32
world_add_yolo (World *w, const char *const *names)
{
  LpLayer *layer = lp_dataset_add_layer (w->d, LP_LAYER_YOLO, "/yolo/data.yaml", NULL);

  w->yolo = w->d->layers->len - 1;
  if (names != NULL)
    layer->dictionary = add_dictionary (w, LP_DICT_YAML, w->yolo, names);
  return w->yolo;
}

void
world_layers (World *w, const char *const *class_map, const char *const *names)
{
  world_init (w);
  world_add_manifest (w, class_map);
  world_add_yolo (w, names);
}

guint32
world_add_image (World *w, const char *path, guint width, guint height, guint orientation)
{
  g_autofree char *folder = g_path_get_dirname (path), *name = g_path_get_basename (path);
  guint32 index = lp_dataset_add_image (w->d, folder, name);
  LpImage *image = lp_dataset_image (w->d, index);

  image->width = width;
  image->height = height;
  image->orientation = orientation;
  return index;
}

LpEntry *
world_add_entry (World *w, guint32 layer, guint32 image, LpEntryState state)
{
  LpLayer *l = lp_dataset_layer (w->d, layer);
  const LpImage *picture = lp_dataset_image (w->d, image);
  LpEntry entry = { .image = image, .first_row = l->rows->len, .file = LP_NONE, .state = state };

  if (l->kind != LP_LAYER_YOLO)
    {
      entry.width = picture->width;
      entry.height = picture->height;
    }
  g_array_append_val (l->entries, entry);
  return lp_layer_entry (l, l->entries->len - 1);
}

static void
add_row (World *w, guint32 layer, const LpRow *row)
{
  LpLayer *l = lp_dataset_layer (w->d, layer);
  LpPlace place = { 0 };

  g_array_append_vals (l->rows, row, 1);
  g_array_append_val (l->places, place);
  lp_layer_entry (l, l->entries->len - 1)->n_rows++;
  lp_layer_entry (l, l->entries->len - 1)->state = LP_STATE_ROWS;
}

void
world_add_pixels (World *w, guint32 layer, gint class_id, double left, double top, double width, double height)
{
  LpRow row = { .v = { left, top, width, height }, .class_id = class_id };

  add_row (w, layer, &row);
}

void
world_add_fractions (World *w, guint32 layer, gint class_id, double cx, double cy, double width, double height)
{
  LpRow row = { .v = { cx, cy, width, height }, .class_id = class_id, .decimals = w->decimals, .tokens = 5 };
  double unit = pow (10, w->decimals);

  for (guint i = 0; i < 4; i++)
    row.v[i] = round (row.v[i] * unit) / unit;
  add_row (w, layer, &row);
}

void
world_add_both (World *w, guint32 image)
{
  world_add_entry (w, w->job, image, LP_STATE_EMPTY);
  world_add_entry (w, w->yolo, image, LP_STATE_EMPTY);
}

void
world_add_box (
  World *w, gint job_id, gint yolo_id, double left, double top, double width, double height, LpFrame frame)
{
  LpLayer *yolo = lp_dataset_layer (w->d, w->yolo);
  const LpEntry *entry = lp_layer_entry (yolo, yolo->entries->len - 1);
  const LpImage *image = lp_dataset_image (w->d, entry->image);
  double W = image->width, H = image->height;
  LpRect r = { left / W, top / H, (left + width) / W, (top + height) / H };

  if (frame == LP_FRAME_UPRIGHT)
    r = lp_rect_turn (&r, image->orientation);
  world_add_pixels (w, w->job, job_id, left, top, width, height);
  world_add_fractions (w, w->yolo, yolo_id, (r.x0 + r.x1) / 2, (r.y0 + r.y1) / 2, r.x1 - r.x0, r.y1 - r.y0);
}

void
world_add_boxes (World *w, gint job_id, gint yolo_id, guint n)
{
  g_autofree char *path = g_strdup_printf ("/pictures/p%u.jpg", w->d->images->len);

  world_add_both (w, world_add_image (w, path, 1000, 800, 1));
  for (guint i = 0; i < n; i++)
    world_add_box (w, job_id, yolo_id, 10 + 60 * (i % 16), 13 + 50 * (i / 16), 37 + i % 5, 31, LP_FRAME_RAW);
}

LpMatch *
world_match (World *w)
{
  for (guint i = 0; i < w->d->layers->len; i++)
    lp_layer_index (lp_dataset_layer (w->d, i), w->d->images->len);
  w->d->subject = w->yolo;
  return lp_match_layers (w->d, w->yolo, w->job, NULL);
}
