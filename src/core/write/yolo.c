/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "base/lp-decimal.h"
#include "base/lp-text.h"
#include "edit/lp-row-text.h"
#include "write/lp-export-classes.h"
#include "write/lp-export-obstacles.h"
#include "write/lp-export.h"
#include "write/lp-splice.h"
#include "write/lp-staged.h"

#define DECIMALS 6 /* for boxes that stand in pixels where they come from */

#define MAX_SPLITS 35 /* 32 of a data set, and three that folders may be called */

typedef struct
{
  const LpDataset *dataset;
  const LpRoots *roots;
  const LpLayer *layer;
  const LpExportOptions *options;
  LpExported *exported;
  LpStaged *staged;
  LpExportClasses *classes;
  GHashTable *negatives;  /* images known to have no boxes, as pointers */
  GPtrArray *splits;      /* const char *: those of the data set, and what else folders may say; borrowed */
  GPtrArray *split_roots; /* char *: the folder that a split's pictures have in common */
  GPtrArray *names;       /* char *: by entry of the layer, "train/a.jpg" below images/; NULL: not exported */
  gboolean used[MAX_SPLITS];
  guint n_orphans;
} Export;

void
lp_exported_clear (LpExported *exported)
{
  g_clear_pointer (&exported->stopped_by, g_ptr_array_unref);
  g_clear_pointer (&exported->left_out, g_ptr_array_unref);
  g_clear_pointer (&exported->carried, g_ptr_array_unref);
}

static void
leave_out (Export *export, char *sentence)
{
  g_ptr_array_add (export->exported->left_out, sentence);
}

/* ---- where a picture goes ---- */

static const char *
split_called (const char *folder)
{
  if (g_strcmp0 (folder, "val") == 0 || g_strcmp0 (folder, "valid") == 0 || g_strcmp0 (folder, "validation") == 0)
    return "val";
  return g_strcmp0 (folder, "train") == 0 ? "train" : g_strcmp0 (folder, "test") == 0 ? "test" : NULL;
}

/* What no data.yaml says a folder may say: "images/val", "valid/images", or "val" where none is called images. */
static const char *
split_by_folder (const LpImage *image)
{
  g_auto (GStrv) parts = g_strsplit (image->folder, "/", -1);
  guint n = g_strv_length (parts), i = n;
  const char *behind, *before;

  while (i > 0 && strcmp (parts[i - 1], "images") != 0)
    i--;
  if (i == 0)
    return n > 0 ? split_called (parts[n - 1]) : NULL;
  behind = split_called (parts[i]);
  before = i > 1 ? split_called (parts[i - 2]) : NULL;
  return behind != NULL ? behind : before;
}

/* The data set's own first, so that its bits are indices. */
static void
list_splits (Export *export)
{
  static const char *const common[] = { "train", "val", "test" };

  export->splits = g_ptr_array_new ();
  g_ptr_array_extend (export->splits, export->dataset->splits, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (common); i++)
    if (!g_ptr_array_find_with_equal_func (export->splits, common[i], g_str_equal, NULL))
      g_ptr_array_add (export->splits, (gpointer) common[i]);
  g_assert (export->splits->len <= MAX_SPLITS);
}

static guint
split_of (const Export *export, const LpImage *image)
{
  const char *name;
  guint split = 0;

  for (guint i = 0; i < export->dataset->splits->len; i++)
    if (image->splits & (1u << i))
      return i;
  name = split_by_folder (image);
  g_ptr_array_find_with_equal_func (export->splits, name != NULL ? name : "train", g_str_equal, &split);
  return split;
}

static const char *
split_name (const Export *export, guint split)
{
  return g_ptr_array_index (export->splits, split);
}

static gboolean
is_exported (const Export *export, const LpEntry *entry)
{
  const LpImage *image = lp_dataset_image (export->dataset, entry->image);

  return !(image->flags & (LP_IMAGE_ORPHAN | LP_IMAGE_OUTSIDE)) && image->state != LP_IMAGE_MISSING &&
         entry->state != LP_STATE_FAILED && entry->state != LP_STATE_UNLABELLED;
}

static void
find_split_roots (Export *export)
{
  const gboolean folders[] = { TRUE, TRUE };

  export->split_roots = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_set_size (export->split_roots, (gint) export->splits->len);
  for (guint32 i = 0; i < export->layer->entries->len; i++)
    {
      const LpEntry *entry = lp_layer_entry (export->layer, i);
      const LpImage *image = lp_dataset_image (export->dataset, entry->image);
      guint split = split_of (export, image);
      char **root = (char **) &g_ptr_array_index (export->split_roots, split);
      const char *paths[] = { *root, image->folder };

      if (!is_exported (export, entry) || (*root != NULL && strcmp (*root, image->folder) == 0))
        continue;
      export->used[split] = TRUE;
      if (*root == NULL)
        *root = g_strdup (image->folder);
      else
        {
          char *common = lp_path_common (paths, folders, 2);

          g_free (*root);
          *root = common;
        }
    }
}

/* Pictures of several folders stay in folders of their own, but none called "images": a trainer looks for the labels
 * by replacing the last of that name. */
static char *
name_below_images (const Export *export, const LpImage *image)
{
  guint split = split_of (export, image);
  g_autofree char *relative = lp_path_relative (g_ptr_array_index (export->split_roots, split), image->folder);
  g_auto (GStrv) parts = g_strsplit (relative, "/", -1);
  GString *name = g_string_new (split_name (export, split));

  for (guint i = 0; parts[i] != NULL; i++)
    if (strcmp (parts[i], "images") != 0 && strcmp (parts[i], ".") != 0 && parts[i][0] != '\0')
      g_string_append_printf (name, "/%s", parts[i]);
  g_string_append_printf (name, "/%s", image->name);
  return g_string_free (name, FALSE);
}

/* "labels/train/a.txt" */
static char *
label_name (const char *name)
{
  const char *base = strrchr (name, '/') + 1;

  return g_strdup_printf ("labels/%.*s%.*s.txt", (int) (base - name), name, (int) lp_path_stem_length (base), base);
}

static char *
collision_key (const char *label, gboolean folds)
{
  g_autofree char *folded = NULL, *valid = NULL;

  if (!folds)
    return g_strdup (label);
  valid = g_utf8_make_valid (label, -1);
  folded = g_utf8_casefold (valid, -1);
  return g_utf8_normalize (folded, -1, G_NORMALIZE_DEFAULT);
}

/* Two pictures that would share a label file stop an export: one would get the other's boxes. */
static void
lay_out (Export *export)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean folds = lp_staged_folds_case (export->staged);

  list_splits (export);
  find_split_roots (export);
  export->names = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_set_size (export->names, (gint) export->layer->entries->len);
  for (guint32 i = 0; i < export->layer->entries->len; i++)
    {
      const LpEntry *entry = lp_layer_entry (export->layer, i);
      const LpImage *image = lp_dataset_image (export->dataset, entry->image), *other;
      g_autofree char *label = NULL, *key = NULL, *a = NULL, *b = NULL;

      if (!is_exported (export, entry))
        continue;
      g_ptr_array_index (export->names, i) = name_below_images (export, image);
      label = label_name (g_ptr_array_index (export->names, i));
      key = collision_key (label, folds);
      other = g_hash_table_lookup (taken, key);
      if (other == NULL)
        {
          g_hash_table_insert (taken, g_steal_pointer (&key), (gpointer) image);
          continue;
        }
      a = lp_text_escape (other->name, -1, 0);
      b = lp_text_escape (image->name, -1, 0);
      g_ptr_array_add (export->exported->stopped_by,
                       g_strdup_printf (_ ("“%s” and “%s” would share one label file."), a, b));
    }
}

/* ---- rows ---- */

static char *
place_words (const Export *export, const LpEntry *entry, guint32 row)
{
  g_autofree char *path = lp_file_dup_path (lp_dataset_file (export->dataset, entry->file));
  g_autofree char *relative = lp_dataset_relative (export->dataset, path), *shown = lp_text_escape (relative, -1, 0);

  return g_strdup_printf ("%s:%u", shown, lp_layer_place (export->layer, row)->line);
}

/* The class it will have, or -1: not written, and said. */
static gint32
class_of (Export *export, const LpEntry *entry, guint32 index)
{
  const LpRow *row = lp_layer_row (export->layer, index);
  g_autofree char *place = NULL;
  gint32 class_id = -1;

  if (row->kind != LP_ROW_UNREAD && row->class_id != LP_CLASS_NONE)
    class_id = lp_export_classes_map (export->classes, row->class_id);
  if (class_id >= 0)
    return class_id;
  place = place_words (export, entry, index);
  if (row->kind == LP_ROW_UNREAD || row->class_id == LP_CLASS_NONE)
    leave_out (export, g_strdup_printf (_ ("%s: the row cannot be read."), place));
  else
    leave_out (export, g_strdup_printf (_ ("%s: class %d has no name."), place, row->class_id));
  return -1;
}

/* Token by token what stood there, unless the record says otherwise. */
static gboolean
append_row (GString *label, const LpRow *row, gint32 class_id, const char *text, gsize length)
{
  LpRowToken tokens[LP_ROW_TOKENS];
  guint n = lp_row_text_split (text, length, tokens);
  gsize at = 0;

  for (guint i = 0; i < n; i++)
    {
      const char *token = text + tokens[i].start;
      g_autofree char *changed = NULL;
      double value;

      if (i == 0 && (lp_row_text_class (text, &tokens[0]) != class_id ||
                     ((row->flags & (LP_ROW_EDITED | LP_ROW_FLOAT_CLASS)) == LP_ROW_EDITED &&
                      memchr (token, '.', tokens[0].length) != NULL)))
        changed = g_strdup_printf ("%d", class_id);
      else if (i > 0 && lp_decimal_read (token, tokens[i].length, &value, NULL) == LP_DECIMAL_OK &&
               value != row->v[i - 1])
        {
          if (!(row->flags & LP_ROW_EDITED))
            return FALSE;
          changed = lp_decimal_print (row->v[i - 1], lp_row_text_decimals (row->decimals));
        }
      if (changed == NULL)
        continue;
      g_string_append_len (label, text + at, (gssize) (tokens[i].start - at));
      g_string_append (label, changed);
      at = tokens[i].start + tokens[i].length;
    }
  g_string_append_len (label, text + at, (gssize) (length - at));
  g_string_append_c (label, '\n');
  return n > 0;
}

static GBytes *
read_label (const Export *export, const LpFile *file, const char *path, GError **error)
{
  int fd = lp_roots_open (export->roots, path, error);
  LpIdentity now, then = { file->device, file->inode, file->size, file->mtime_ns, 0 };
  GBytes *content = NULL;

  if (fd < 0)
    return NULL;
  if (!lp_identity_of_fd (fd, &now))
    lp_splice_cannot_read (path, error);
  else if (!lp_identity_same (&now, &then))
    lp_splice_changed (path, error);
  else
    content = lp_splice_read (fd, path, now.size, error);
  close (fd);
  return content;
}

static gboolean
append_label_file (Export *export, const LpEntry *entry, GString *label, GError **error)
{
  const LpFile *file = lp_dataset_file (export->dataset, entry->file);
  g_autofree char *path = lp_file_dup_disk_path (file);
  g_autoptr (GBytes) content = read_label (export, file, path, error);
  gsize length;
  const char *text;

  if (content == NULL)
    return FALSE;
  text = lp_splice_data (content, &length);
  for (guint32 i = 0; i < entry->n_rows; i++)
    {
      const LpRow *row = lp_layer_row (export->layer, entry->first_row + i);
      const LpPlace *place = lp_layer_place (export->layer, entry->first_row + i);
      gint32 class_id;

      if (row->flags & LP_ROW_REMOVED)
        continue;
      class_id = class_of (export, entry, entry->first_row + i);
      if (class_id < 0)
        continue;
      if (place->offset + place->length > length ||
          !append_row (label, row, class_id, text + place->offset, place->length))
        return lp_splice_changed (path, error);
      export->exported->n_rows++;
    }
  return TRUE;
}

/* Boxes in pixels, as a trainer will see the picture: upright. */
static void
append_boxes (Export *export, const LpEntry *entry, GString *label)
{
  const LpImage *image = lp_dataset_image (export->dataset, entry->image);
  double width, height;

  for (guint32 i = 0; i < entry->n_rows; i++)
    {
      const LpRow *row = lp_layer_row (export->layer, entry->first_row + i);
      double v[4];
      gint32 class_id;
      LpRect box;

      if (row->flags & LP_ROW_REMOVED)
        continue;
      class_id = class_of (export, entry, entry->first_row + i);
      if (class_id < 0 || !lp_image_size (image, entry, LP_FRAME_UPRIGHT, &width, &height) ||
          !lp_row_pixels (export->dataset, export->layer, entry, row, (LpFrame) entry->frame, LP_FRAME_UPRIGHT, &box))
        continue;
      v[0] = (box.x0 + box.x1) / 2 / width;
      v[1] = (box.y0 + box.y1) / 2 / height;
      v[2] = lp_rect_width (&box) / width;
      v[3] = lp_rect_height (&box) / height;
      g_string_append_printf (label, "%d", class_id);
      for (guint k = 0; k < G_N_ELEMENTS (v); k++)
        {
          g_autofree char *number = lp_decimal_print (v[k], DECIMALS);

          g_string_append_printf (label, " %s", number);
        }
      g_string_append_c (label, '\n');
      export->exported->n_rows++;
    }
}

/* ---- pictures ---- */

static gboolean
export_picture (Export *export, const LpImage *image, const char *name, GError **error)
{
  g_autofree char *path = lp_image_dup_path (image), *place = g_build_filename ("images", name, NULL);
  gboolean ok;
  int fd = lp_roots_open (export->roots, path, error);

  if (fd < 0)
    return FALSE;
  ok = export->options->link ? lp_staged_link (export->staged, place, path, error)
                             : lp_staged_copy (export->staged, place, fd, error);
  close (fd);
  return ok;
}

static gboolean
export_entry (Export *export, guint32 index, GError **error)
{
  const LpEntry *entry = lp_layer_entry (export->layer, index);
  const char *name = g_ptr_array_index (export->names, index);
  g_autoptr (GString) label = g_string_new (NULL);
  g_autofree char *place = label_name (name);

  if (export->layer->kind != LP_LAYER_YOLO)
    append_boxes (export, entry, label);
  else if (entry->n_rows > 0 && !append_label_file (export, entry, label, error))
    return FALSE;
  if (!export_picture (export, lp_dataset_image (export->dataset, entry->image), name, error))
    return FALSE;
  export->exported->n_images++;
  /* No label file stays no label file, unless a person looked and found nothing. */
  if (entry->state == LP_STATE_NO_FILE && !g_hash_table_contains (export->negatives, GUINT_TO_POINTER (entry->image)))
    return TRUE;
  return lp_staged_write (export->staged, place, label->str, label->len, error);
}

/* Why a picture of the subject is not in the export. */
static void
say_left_out (Export *export, const LpEntry *entry)
{
  const LpImage *image = lp_dataset_image (export->dataset, entry->image);
  g_autofree char *shown = lp_text_escape (image->name, -1, 0);

  if (image->flags & LP_IMAGE_ORPHAN)
    export->n_orphans++;
  else if (image->flags & LP_IMAGE_OUTSIDE)
    leave_out (export, g_strdup_printf (_ ("“%s” lies outside the opened folders."), shown));
  else if (image->state == LP_IMAGE_MISSING)
    leave_out (export, g_strdup_printf (_ ("The picture “%s” is missing."), shown));
  else if (entry->state == LP_STATE_FAILED)
    leave_out (export, g_strdup_printf (_ ("The labels of “%s” cannot be read."), shown));
  else
    leave_out (export, g_strdup_printf (_ ("“%s” has not been labelled."), shown));
}

static gboolean
export_entries (Export *export, LpProgress *progress, GError **error)
{
  for (guint32 i = 0; i < export->layer->entries->len; i++)
    {
      if (progress != NULL && g_cancellable_set_error_if_cancelled (progress->cancellable, error))
        return FALSE;
      if (g_ptr_array_index (export->names, i) == NULL)
        say_left_out (export, lp_layer_entry (export->layer, i));
      else if (!export_entry (export, i, error))
        return FALSE;
      lp_progress_add (progress, 1);
    }
  if (export->n_orphans > 0)
    leave_out (export, g_strdup_printf (ngettext ("%u label file without a picture.",
                                                  "%u label files without a picture.", export->n_orphans),
                                        export->n_orphans));
  return TRUE;
}

/* ---- data.yaml ---- */

/* Both of these have to be there for a trainer. */
static void
append_stand_in (GString *yaml, const char *wanted, gboolean has, const char *stand_in)
{
  if (!has)
    g_string_append_printf (yaml, "%s: images/%s # there are no pictures for this; these stand in\n", wanted,
                            stand_in);
}

static gboolean
write_yaml (Export *export, GError **error)
{
  g_autoptr (GString) yaml = g_string_new (NULL);
  gboolean train = FALSE, val = FALSE;
  const char *first = NULL;

  for (guint i = 0; i < export->splits->len; i++)
    {
      const char *name = split_name (export, i);

      if (!export->used[i])
        continue;
      first = first != NULL ? first : name;
      train |= strcmp (name, "train") == 0;
      val |= strcmp (name, "val") == 0;
      g_string_append_printf (yaml, "%s: images/%s\n", name, name);
    }
  append_stand_in (yaml, "train", train, first != NULL ? first : "train");
  append_stand_in (yaml, "val", val, first != NULL ? first : "train");
  if (export->layer->keypoints > 0)
    g_string_append_printf (yaml, "kpt_shape: [%u, %u]\n", export->layer->keypoints, export->layer->keypoint_size);
  lp_export_classes_append_yaml (export->classes, yaml);
  return lp_staged_write (export->staged, "data.yaml", yaml->str, yaml->len, error);
}

/* ---- the whole of it ---- */

static gboolean
export_all (Export *export, LpProgress *progress, GError **error)
{
  export->staged = lp_staged_new (export->options->destination, error);
  if (export->staged == NULL)
    return FALSE;
  lay_out (export);
  if (export->exported->stopped_by->len > 0)
    return TRUE;
  if (!export_entries (export, progress, error) || !write_yaml (export, error) ||
      !lp_staged_publish (export->staged, error))
    return FALSE;
  export->exported->written = TRUE;
  return TRUE;
}

static GPtrArray *
new_sentences (void)
{
  return g_ptr_array_new_with_free_func (g_free);
}

gboolean
lp_export_yolo (const LpDataset *dataset,
                const LpRoots *roots,
                const LpFindings *findings,
                const LpExportOptions *options,
                LpProgress *progress,
                LpExported *exported,
                GError **error)
{
  Export export = { .dataset = dataset, .roots = roots, .options = options, .exported = exported };
  gboolean ok;

  *exported = (LpExported){ 0 };
  exported->stopped_by = new_sentences ();
  exported->left_out = new_sentences ();
  exported->carried = new_sentences ();
  export.layer = lp_dataset_layer (dataset, dataset->subject);
  if (export.layer == NULL || export.layer->entries->len == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There are no annotations to export."));
      return FALSE;
    }
  export.classes = lp_export_classes_new (dataset, options->order, exported->stopped_by);
  export.negatives = lp_export_negatives (dataset, findings);
  lp_export_obstacles (dataset, findings, export.classes, options->order != NULL, options->with_errors,
                       options->with_errors ? exported->carried : exported->stopped_by);
  ok = export_all (&export, progress, error);
  g_clear_pointer (&export.staged, lp_staged_free);
  g_clear_pointer (&export.splits, g_ptr_array_unref);
  g_clear_pointer (&export.split_roots, g_ptr_array_unref);
  g_clear_pointer (&export.names, g_ptr_array_unref);
  g_hash_table_unref (export.negatives);
  lp_export_classes_free (export.classes);
  return ok;
}
