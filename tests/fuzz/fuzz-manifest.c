/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lp-fuzz.h"
#include "read/lp-formats.h"
#include "read/lp-manifest-line.h"
#include "records.h"

/* Instead of the reader's own: every source-ref is a picture of its own, so that no disk is asked. */
guint32
lp_map_image (LpMapper *mapper, LpDataset *dataset, const char *source_ref)
{
  return lp_dataset_add_image (dataset, "", source_ref);
}

/* It is something, and within one line. */
static void
check_place_of_row (const LpPlace *place, const guint8 *data, gsize size)
{
  check_place (place, size);
  g_assert_true (place->length > 0 && memchr (data + place->offset, '\n', place->length) == NULL);
}

static void
check_layer (const LpDataset *dataset, const LpLayer *layer, const guint8 *data, gsize size)
{
  guint32 row = 0, line = 0;

  g_assert_cmpuint (layer->rows->len, ==, layer->places->len);
  for (guint i = 0; i < layer->entries->len; i++)
    {
      const LpEntry *entry = lp_layer_entry (layer, i);

      g_assert_true (entry->image < dataset->images->len && entry->line > line);
      g_assert_cmpuint (entry->first_row, ==, row);
      g_assert_cmpint (entry->state == LP_STATE_ROWS, ==, entry->n_rows > 0);
      row += entry->n_rows;
      line = entry->line;
    }
  g_assert_cmpuint (row, ==, layer->rows->len);
  for (guint i = 0; i < layer->places->len; i++)
    check_place_of_row (lp_layer_place (layer, i), data, size);
}

static void
check_texts (const LpManifestText *a, const LpManifestText *b)
{
  g_assert_true ((a->text == NULL) == (b->text == NULL) && a->length == b->length);
  g_assert_true (a->text == NULL || lp_manifest_text_equal (a, b));
}

static void
check_metas (const LpManifestLine *a, const LpManifestLine *b)
{
  g_assert_cmpuint (a->metas->len, ==, b->metas->len);
  for (guint i = 0; i < a->metas->len; i++)
    {
      const LpManifestMeta *one = &g_array_index (a->metas, LpManifestMeta, i);
      const LpManifestMeta *other = &g_array_index (b->metas, LpManifestMeta, i);

      check_texts (&one->attribute, &other->attribute);
      check_texts (&one->created, &other->created);
      g_assert_true (one->of_ground_truth == other->of_ground_truth && one->of_boxes == other->of_boxes);
      g_assert_true (one->adjusted == other->adjusted && one->class_map_bad == other->class_map_bad);
      g_assert_true (one->first_class == other->first_class && one->n_classes == other->n_classes);
    }
}

static void
check_values (const LpManifestLine *a, const LpManifestLine *b)
{
  g_assert_cmpuint (a->values->len, ==, b->values->len);
  for (guint i = 0; i < a->values->len; i++)
    {
      const LpManifestValue *one = &g_array_index (a->values, LpManifestValue, i);
      const LpManifestValue *other = &g_array_index (b->values, LpManifestValue, i);

      check_texts (&one->key, &other->key);
      g_assert_true (one->start == other->start && one->end == other->end && one->key_start == other->key_start);
      g_assert_true (one->has_annotations == other->has_annotations && one->has_size == other->has_size);
      g_assert_true (one->looks_like_boxes == other->looks_like_boxes && one->is_object == other->is_object);
      g_assert_true (one->width == other->width && one->height == other->height);
      g_assert_true (one->first_row == other->first_row && one->n_rows == other->n_rows);
    }
}

static void
check_same_place (const LpManifestPlace *a, const LpManifestPlace *b)
{
  g_assert_true (a->start == b->start && a->end == b->end && a->bad_schema == b->bad_schema);
}

/* What was learnt from the lines before makes a line quicker to read and nothing else. */
static void
check_line (LpManifestLine *used, const char *text, gsize length)
{
  g_autoptr (LpManifestLine) fresh = lp_manifest_line_new ();

  lp_manifest_line_parse (used, text, length);
  lp_manifest_line_parse (fresh, text, length);
  g_assert_true (used->problem == fresh->problem && used->problem_at == fresh->problem_at);
  g_assert_true (used->is_object == fresh->is_object && used->has_source == fresh->has_source);
  if (used->problem != LP_JSON_FINE)
    return;
  check_texts (&used->source_ref, &fresh->source_ref);
  check_values (used, fresh);
  check_metas (used, fresh);
  g_assert_cmpuint (used->rows->len, ==, fresh->rows->len);
  g_assert_cmpuint (used->classes->len, ==, fresh->classes->len);
  for (guint i = 0; i < used->rows->len; i++)
    {
      g_assert_cmpmem (&g_array_index (used->rows, LpRow, i), sizeof (LpRow), &g_array_index (fresh->rows, LpRow, i),
                       sizeof (LpRow));
      check_same_place (&g_array_index (used->places, LpManifestPlace, i),
                        &g_array_index (fresh->places, LpManifestPlace, i));
    }
}

static void
check_lines (const char *text, gsize size)
{
  g_autoptr (LpManifestLine) used = lp_manifest_line_new ();

  for (const char *end = text + size, *newline; text < end; text = newline + 1)
    {
      newline = memchr (text, '\n', (gsize) (end - text));
      newline = newline != NULL ? newline : end;
      if (*text == '{') /* others teach nothing, and there may be thousands */
        check_line (used, text, (gsize) (newline - text));
    }
}

/* Whatever the bytes: the records hang together, and every place lies in the file and in one line. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (LpDataset) dataset = lp_dataset_new ();
  g_autoptr (GError) error = NULL;
  int fd = memfd_create ("fuzz", MFD_CLOEXEC);

  if (fd < 0 || write (fd, data, size) != (gssize) size || lseek (fd, 0, SEEK_SET) != 0)
    g_error ("no memory file");
  g_assert_true (lp_manifest_list_open (dataset, fd, "/fuzz/output.manifest", NULL, NULL, &error));
  close (fd);
  g_assert_cmpuint (dataset->layers->len, >=, 1);
  for (guint i = 0; i < dataset->layers->len; i++)
    check_layer (dataset, lp_dataset_layer (dataset, i), data, size);
  check_findings (dataset);
  check_dictionaries (dataset, size);
  g_assert_cmpuint (dataset->coverage.rows_read, <=, dataset->coverage.rows_seen);
  check_lines ((const char *) data, size);
  lp_manifest_probe ("x.json", (const char *) data, size);
  lp_label_category_probe ("x.json", (const char *) data, size);
  return 0;
}
