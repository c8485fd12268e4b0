/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/lp-dataset.h"

static LpLayer *
add_entries (LpDataset *d, LpLayer *layer, const guint32 *rows_of, guint n)
{
  guint32 first = 0;

  for (guint i = 0; i < n; i++)
    {
      LpEntry entry = { .image = lp_dataset_add_image (d, "/set/images", "a.jpg"),
                        .first_row = first,
                        .file = LP_NONE };

      entry.n_rows = rows_of[i];
      first += rows_of[i];
      g_array_append_val (layer->entries, entry);
    }
  return layer;
}

/* Rows find their entry also where entries before and behind have none. */
static void
test_entry_of_row (void)
{
  static const guint32 rows_of[] = { 0, 2, 0, 0, 3, 1, 0 };
  static const guint32 wanted[] = { 1, 1, 4, 4, 4, 5 };
  g_autoptr (LpDataset) d = lp_dataset_new ();
  LpLayer *layer = add_entries (d, lp_dataset_add_layer (d, LP_LAYER_YOLO, "/set", NULL), rows_of, 7);

  for (guint32 row = 0; row < G_N_ELEMENTS (wanted); row++)
    g_assert_cmpuint (lp_layer_entry_of_row (layer, row), ==, wanted[row]);
}

static void
test_find (void)
{
  static const guint32 rows_of[] = { 1, 1 };
  g_autoptr (LpDataset) d = lp_dataset_new ();
  LpLayer *layer = add_entries (d, lp_dataset_add_layer (d, LP_LAYER_MANIFEST, "/set", "things"), rows_of, 2);
  LpEntry again = *lp_layer_entry (layer, 0);
  guint32 nobody = lp_dataset_add_image (d, "/set/images", "b.jpg");

  /* A second line for the same image: the first one is found. */
  again.line = 7;
  g_array_append_val (layer->entries, again);
  lp_layer_index (layer, d->images->len);
  g_assert_true (lp_layer_find (layer, 0) == lp_layer_entry (layer, 0));
  g_assert_true (lp_layer_find (layer, 1) == lp_layer_entry (layer, 1));
  g_assert_null (lp_layer_find (layer, nobody));
  g_assert_null (lp_layer_find (layer, LP_NONE));
}

static LpRect
pixels (LpDataset *d, LpLayer *layer, LpFrame assumed, LpFrame wanted)
{
  LpRect rect = { 0 };

  g_assert_true (
    lp_row_pixels (d, layer, lp_layer_entry (layer, 0), lp_layer_row (layer, 0), assumed, wanted, &rect));
  return rect;
}

/* A phone photo stored as 640 × 480 with orientation 6, seen as 480 × 640. The box 64…192 × 48…96 of the stored photo
 * stands at 384…432 × 64…192 when turned: worked out on paper. */
static void
test_row_pixels (void)
{
  static const guint32 rows_of[] = { 1 };
  g_autoptr (LpDataset) d = lp_dataset_new ();
  LpLayer *layer = add_entries (d, lp_dataset_add_layer (d, LP_LAYER_YOLO, "/set", NULL), rows_of, 1);
  LpRow row = { .v = { 0.2, 0.15, 0.2, 0.1 }, .kind = LP_ROW_BOX };
  LpImage *image = lp_dataset_image (d, 0);
  LpRect rect;

  image->width = 640;
  image->height = 480;
  image->orientation = 6;
  g_array_append_val (layer->rows, row);
  rect = pixels (d, layer, LP_FRAME_RAW, LP_FRAME_RAW);
  g_assert_cmpfloat_with_epsilon (rect.x0, 64, 1e-9);
  g_assert_cmpfloat_with_epsilon (rect.y1, 96, 1e-9);
  rect = pixels (d, layer, LP_FRAME_RAW, LP_FRAME_UPRIGHT);
  g_assert_cmpfloat_with_epsilon (rect.x0, 384, 1e-9);
  g_assert_cmpfloat_with_epsilon (rect.y0, 64, 1e-9);
  g_assert_cmpfloat_with_epsilon (rect.x1, 432, 1e-9);
  g_assert_cmpfloat_with_epsilon (rect.y1, 192, 1e-9);
  /* The same numbers taken as upright ones mean other pixels: fractions of 480 × 640. */
  rect = pixels (d, layer, LP_FRAME_UNKNOWN, LP_FRAME_UPRIGHT);
  g_assert_cmpfloat_with_epsilon (rect.x0, 48, 1e-9);
  g_assert_cmpfloat_with_epsilon (rect.y1, 128, 1e-9);

  lp_layer_row (layer, 0)->flags |= LP_ROW_REMOVED;
  g_assert_false (lp_row_pixels (d, layer, lp_layer_entry (layer, 0), lp_layer_row (layer, 0), 0, 0, &rect));
}

/* Without a picture the declared size serves; without either there are no pixels. */
static void
test_row_pixels_declared (void)
{
  static const guint32 rows_of[] = { 1 };
  g_autoptr (LpDataset) d = lp_dataset_new ();
  LpLayer *layer = add_entries (d, lp_dataset_add_layer (d, LP_LAYER_MANIFEST, "/set", "a"), rows_of, 1);
  LpRow row = { .v = { 10, 20, 30, 40 }, .kind = LP_ROW_BOX };
  LpRect rect;

  g_array_append_val (layer->rows, row);
  g_assert_false (lp_row_pixels (d, layer, lp_layer_entry (layer, 0), lp_layer_row (layer, 0), 0, 0, &rect));
  lp_layer_entry (layer, 0)->width = 100;
  lp_layer_entry (layer, 0)->height = 200;
  rect = pixels (d, layer, LP_FRAME_RAW, LP_FRAME_RAW);
  g_assert_cmpfloat_with_epsilon (rect.x0, 10, 1e-9);
  g_assert_cmpfloat_with_epsilon (rect.x1, 40, 1e-9);
  g_assert_cmpfloat_with_epsilon (rect.y1, 60, 1e-9);
}

static void
test_dictionary (void)
{
  g_autoptr (LpDataset) d = lp_dataset_new ();
  LpDictionary *dict = lp_dataset_add_dictionary (d, LP_DICT_NAMES, LP_NONE, "classes.txt");

  lp_dictionary_add_name (d, dict, "cup", -1, (LpPlace){ 0 });
  lp_dictionary_add_name (d, dict, NULL, 0, (LpPlace){ 0 });
  lp_dictionary_add_name (d, dict, "fork and more", 4, (LpPlace){ 0 });
  g_assert_cmpstr (lp_dictionary_name (dict, 0), ==, "cup");
  g_assert_null (lp_dictionary_name (dict, 1));
  g_assert_cmpstr (lp_dictionary_name (dict, 2), ==, "fork");
  g_assert_null (lp_dictionary_name (dict, 3));
  g_assert_null (lp_dictionary_name (dict, -1));
  g_assert_null (lp_dictionary_name (dict, LP_CLASS_NONE));
  g_assert_null (lp_dictionary_name (NULL, 0));
  g_assert_cmpint (lp_dictionary_index (dict, "fork"), ==, 2);
  g_assert_cmpint (lp_dictionary_index (dict, "Fork"), ==, -1);
}

static void
test_detail (void)
{
  g_autoptr (LpDataset) d = lp_dataset_new ();
  g_autofree char *long_text = g_strnfill (5000, 'x');
  guint32 detail = lp_dataset_add_detail (d, long_text, -1);

  g_assert_cmpuint (strlen (lp_dataset_detail (d, detail)), ==, 200);
  g_assert_null (lp_dataset_detail (d, LP_NONE));
}

/* The sizes that the memory budget is made of. */
static void
test_sizes (void)
{
  g_assert_cmpuint (sizeof (LpRow), ==, 40);
  g_assert_cmpuint (sizeof (LpPlace), ==, 16);
  g_assert_cmpuint (sizeof (LpEntry), <=, 40);
  g_assert_cmpuint (sizeof (LpImage), <=, 40);
  g_assert_cmpuint (sizeof (LpFinding), <=, 56);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dataset/entry-of-row", test_entry_of_row);
  g_test_add_func ("/dataset/find", test_find);
  g_test_add_func ("/dataset/row-pixels", test_row_pixels);
  g_test_add_func ("/dataset/row-pixels-declared", test_row_pixels_declared);
  g_test_add_func ("/dataset/dictionary", test_dictionary);
  g_test_add_func ("/dataset/detail", test_detail);
  g_test_add_func ("/dataset/sizes", test_sizes);
  return g_test_run ();
}
