/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <sys/stat.h>

#include "read/lp-yolo.h"
#include "scene.h"

static void
assert_place (const Scene *scene, guint row, guint64 offset, guint length, guint line)
{
  const LpPlace *place = lp_layer_place (lp_dataset_layer (scene->dataset, 0), row);

  g_assert_cmpuint (place->offset, ==, offset);
  g_assert_cmpuint (place->length, ==, length);
  g_assert_cmpuint (place->line, ==, line);
  g_assert_cmpuint (place->column, ==, 1);
}

/* CR LF, a blank line, a lone CR and no end at the last line: the rows and where they stand. */
static void
test_places (void)
{
  g_autoptr (Scene) scene = scene_new ();
  const LpEntry *entry;
  const LpFile *file;

  scene_picture (scene, "images/a.jpg");
  scene_write (scene, "labels/a.txt", "0 .5 .5 .1 .1\r\n\r\n 1 .5 .5 .1 .2\r2 .5 .5 .1 .3");
  g_assert_true (scene_read (scene, NULL, "", NULL));
  entry = scene_entry (scene, "images/a.jpg");
  g_assert_cmpint (entry->state, ==, LP_STATE_ROWS);
  g_assert_cmpuint (entry->n_rows, ==, 3);
  assert_place (scene, 0, 0, 13, 1);
  assert_place (scene, 1, 17, 14, 3);
  assert_place (scene, 2, 32, 13, 4);
  file = lp_dataset_file (scene->dataset, entry->file);
  g_assert_cmpuint (file->flags, ==, LP_FILE_CRLF);
  g_assert_cmpuint (file->size, ==, 45);
  g_assert_cmpuint (file->inode, !=, 0);
}

static void
test_bom (void)
{
  g_autoptr (Scene) scene = scene_new ();

  scene_picture (scene, "images/a.jpg");
  scene_write (scene, "labels/a.txt",
               "\xef\xbb\xbf"
               "0 .5 .5 .1 .1\n");
  g_assert_true (scene_read (scene, NULL, "", NULL));
  scene_assert_finding (scene, LP_RULE_LABEL_BOM, "labels/a.txt", 1, 1, NULL);
  assert_place (scene, 0, 3, 13, 1);
  g_assert_cmpuint (scene->dataset->noticed->len, ==, 1);
}

static void
test_encoding (void)
{
  g_autoptr (Scene) scene = scene_new ();

  scene_picture (scene, "images/a.jpg");
  scene_picture (scene, "images/b.jpg");
  scene_picture (scene, "images/c.jpg");
  scene_write (scene, "labels/a.txt", "0 .5 .5 .1 .1\n0 .5 \xe9 .1 .1\n");
  scene_write_bytes (scene, "labels/b.txt",
                     "\xff\xfe"
                     "0\0 \0.\0"
                     "5\0",
                     10);
  scene_write_bytes (scene, "labels/c.txt", "0 .5\0 .5 .1 .1\n", 15);
  g_assert_true (scene_read (scene, NULL, "", NULL));
  g_assert_cmpuint (scene_count (scene, LP_RULE_LABEL_ENCODING), ==, 3);
  scene_assert_finding (scene, LP_RULE_LABEL_ENCODING, "labels/a.txt", 2, 6, NULL);
  g_assert_cmpint (scene_entry (scene, "images/b.jpg")->state, ==, LP_STATE_FAILED);
  g_assert_cmpuint (scene->dataset->coverage.rows_read, ==, 0);
  g_assert_cmpuint (scene->dataset->coverage.rows_seen, ==, 4);
}

static void
test_empty (void)
{
  g_autoptr (Scene) scene = scene_new ();

  scene_picture (scene, "images/a.jpg");
  scene_picture (scene, "images/b.jpg");
  scene_picture (scene, "images/c.jpg");
  scene_write (scene, "labels/a.txt", "");
  scene_write (scene, "labels/b.txt", "\n  \n");
  g_assert_true (scene_read (scene, NULL, "", NULL));
  g_assert_cmpint (scene_entry (scene, "images/a.jpg")->state, ==, LP_STATE_EMPTY);
  g_assert_cmpint (scene_entry (scene, "images/b.jpg")->state, ==, LP_STATE_EMPTY);
  g_assert_cmpint (scene_entry (scene, "images/c.jpg")->state, ==, LP_STATE_NO_FILE);
  g_assert_cmpuint (scene->dataset->noticed->len, ==, 0);
}

/* A folder, a FIFO, a link out of the data set, a file of more than 10 MB in the place of a label: each is said,
 * nothing waits, the rest is read. */
static void
test_unreadable (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autofree char *fifo = scene_path (scene, "labels/b.txt"), *big = g_strnfill (10 * 1024 * 1024 + 1, '1');

  for (const char *stem = "abcde"; *stem != '\0'; stem++)
    {
      g_autofree char *name = g_strdup_printf ("images/%c.jpg", *stem);

      scene_picture (scene, name);
    }
  scene_write (scene, "labels/a.txt/x", "");
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  scene_link (scene, "labels/c.txt", "/etc/hostname");
  scene_write (scene, "labels/d.txt", big);
  scene_write (scene, "labels/e.txt", "0 .5 .5 .1 .1\n");
  g_assert_true (scene_read (scene, NULL, "", NULL));
  g_assert_cmpuint (scene_count (scene, LP_RULE_LABEL_UNREADABLE), ==, 3);
  g_assert_cmpuint (scene_count (scene, LP_RULE_DATASET_PATH_OUTSIDE), ==, 1);
  g_assert_cmpint (scene_entry (scene, "images/c.jpg")->state, ==, LP_STATE_FAILED);
  g_assert_cmpuint (scene_entry (scene, "images/e.jpg")->n_rows, ==, 1);
  g_assert_cmpuint (scene->dataset->coverage.rows_read, ==, 1);
}

/* Findings carry the row's number in the layer, the line and the column in bytes; unread rows are counted as seen. */
static void
test_findings (void)
{
  g_autoptr (Scene) scene = scene_new ();
  const LpLayer *layer;

  scene_picture (scene, "images/a.jpg");
  scene_picture (scene, "images/b.jpg");
  scene_write (scene, "labels/a.txt", "0 .5 .5 .1 .1\n");
  scene_write (scene, "labels/b.txt", "0 .5 .5 .1 .1\n\n0 .5 oops .1 .1\n0 .5 .5 .1\n");
  g_assert_true (scene_read (scene, NULL, "", NULL));
  layer = lp_dataset_layer (scene->dataset, 0);
  scene_assert_finding (scene, LP_RULE_LABEL_NON_NUMERIC, "labels/b.txt", 3, 6, "oops");
  g_assert_cmpuint (scene_finding (scene, LP_RULE_LABEL_NON_NUMERIC)->row, ==, 2);
  scene_assert_finding (scene, LP_RULE_LABEL_COLUMNS, "labels/b.txt", 4, 1, "0 .5 .5 .1");
  g_assert_cmpuint (scene_finding (scene, LP_RULE_LABEL_COLUMNS)->row, ==, 3);
  g_assert_cmpfloat (scene_finding (scene, LP_RULE_LABEL_COLUMNS)->a, ==, 4);
  g_assert_cmpuint (scene->dataset->coverage.rows_seen, ==, 4);
  g_assert_cmpuint (scene->dataset->coverage.rows_read, ==, 2);
  g_assert_cmpuint (layer->rows->len, ==, 4);
  g_assert_cmpint (lp_layer_row (layer, 2)->kind, ==, LP_ROW_UNREAD);
}

/* Nine tokens: rotated boxes where they are most frequent, else polygons of four points. */
static void
test_majority (void)
{
  g_autoptr (Scene) rotated = scene_new (), mixed = scene_new ();
  const char *obb = "0 .1 .1 .2 .1 .2 .2 .1 .2\n";

  scene_picture (rotated, "images/a.jpg");
  scene_write (rotated, "labels/a.txt", "0 .1 .1 .2 .1 .2 .2 .1 .2\n0 .1 .1 .2 .1 .2 .2 .1 .2\n0 .5 .5 .1 .1\n");
  scene_picture (mixed, "images/a.jpg");
  scene_picture (mixed, "images/b.jpg");
  scene_write (mixed, "labels/a.txt", obb);
  scene_write (mixed, "labels/b.txt", "0 .5 .5 .1 .1\n0 .5 .5 .1 .2\n");
  g_assert_true (scene_read (rotated, NULL, "", NULL));
  g_assert_true (scene_read (mixed, NULL, "", NULL));
  g_assert_cmpint (lp_layer_row (lp_dataset_layer (rotated->dataset, 0), 0)->kind, ==, LP_ROW_OBB);
  g_assert_cmpint (lp_layer_row (lp_dataset_layer (mixed->dataset, 0), 0)->kind, ==, LP_ROW_POLYGON);
  g_assert_cmpuint (rotated->dataset->noticed->len + mixed->dataset->noticed->len, ==, 0);
}

static void
test_pose (void)
{
  g_autoptr (Scene) scene = scene_new ();
  const LpLayer *layer;

  scene_write (scene, "data.yaml", "train: images\nval: images\nkpt_shape: [2, 3]\nnames: [cat]\n");
  scene_picture (scene, "images/a.jpg");
  scene_write (scene, "labels/a.txt", "0 .5 .5 .1 .1 .5 .5 2 .4 .4 1\n0 .5 .5 .1 .1\n");
  g_assert_true (scene_read (scene, NULL, "", NULL));
  layer = lp_dataset_layer (scene->dataset, 0);
  g_assert_cmpint (lp_layer_row (layer, 0)->kind, ==, LP_ROW_POSE);
  g_assert_cmpint (lp_layer_row (layer, 1)->kind, ==, LP_ROW_UNREAD);
  g_assert_cmpuint (scene_count (scene, LP_RULE_LABEL_POSE_COLUMNS), ==, 1);
}

/* What a sixth or seventh column and half a point are depends on the other rows of the set. */
static void
test_extra_columns (void)
{
  static const struct
  {
    const char *text;
    LpRuleId rule;
    guint n, n_unread;
  } cases[] = {
    { "0 .5 .5 .1 .1\n0 .5 .5 .1 .1 .9\n", LP_RULE_LABEL_CONFIDENCE_COLUMN, 1, 1 },
    { "0 .5 .5 .1 .1 1\n0 .5 .5 .1 .1 .9\n", LP_RULE_LABEL_CONFIDENCE_COLUMN, 2, 2 },
    { "0 .5 .5 .1 .1 1\n0 .5 .5 .1 .1 2\n", LP_RULE_LABEL_TRACK_COLUMN, 2, 2 },
    { "0 .5 .5 .1 .1 .9 1\n0 .5 .5 .1 .1 .8 2\n", LP_RULE_LABEL_TRACK_COLUMN, 2, 2 },
    { "0 .1 .1 .2 .1 .2 1\n0 .1 .1 .2 .1 .2 1\n", LP_RULE_LABEL_TRACK_COLUMN, 0, 0 },
    { "0 .1 .1 .2 .1 .2 .2\n0 .1 .1 .2 .1 .2 .2\n0 .1 .1 .2 .1 .2\n", LP_RULE_LABEL_POLYGON_ODD, 1, 1 },
    { "0 .1 .1 .2 .1 .2 .2\n0 .1 .1\n", LP_RULE_LABEL_POLYGON_TOO_FEW, 1, 1 },
    { "0 .1 .1 .2 .1\n0 .1 .1\n", LP_RULE_LABEL_COLUMNS, 1, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Scene) scene = scene_new ();
      const LpCoverage *coverage;

      scene_picture (scene, "images/a.jpg");
      scene_write (scene, "labels/a.txt", cases[i].text);
      g_assert_true (scene_read (scene, NULL, "", NULL));
      coverage = &scene->dataset->coverage;
      g_assert_cmpuint (scene_count (scene, cases[i].rule), ==, cases[i].n);
      g_assert_cmpuint (scene->dataset->noticed->len, ==, cases[i].n);
      g_assert_cmpuint (coverage->rows_seen - coverage->rows_read, ==, cases[i].n_unread);
    }
}

/* Bounded for hostile files: many rows are read, a million bad ones are said a thousand times, more are no label
 * file. */
static void
test_many_rows (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (GString) good = g_string_new (NULL), bad = g_string_new (NULL);
  g_autofree char *endless = g_strnfill (4 * 1000 * 1000, '\n');

  for (guint i = 0; i < 100000; i++)
    g_string_append (good, "0 .5 .5 .1 .1\n");
  for (guint i = 0; i < 5000; i++)
    g_string_append (bad, "x\n");
  for (gsize i = 0; i + 1 < 4 * 1000 * 1000; i += 2)
    endless[i] = '7';
  scene_picture (scene, "images/a.jpg");
  scene_picture (scene, "images/b.jpg");
  scene_picture (scene, "images/c.jpg");
  scene_write (scene, "labels/a.txt", good->str);
  scene_write (scene, "labels/b.txt", bad->str);
  scene_write (scene, "labels/c.txt", endless);
  g_assert_true (scene_read (scene, NULL, "", NULL));
  g_assert_cmpuint (scene_entry (scene, "images/a.jpg")->n_rows, ==, 100000);
  g_assert_cmpuint (scene_entry (scene, "images/b.jpg")->n_rows, ==, 5000);
  g_assert_cmpuint (scene_count (scene, LP_RULE_LABEL_NON_NUMERIC), ==, 1000);
  g_assert_cmpint (scene_entry (scene, "images/c.jpg")->state, ==, LP_STATE_FAILED);
  g_assert_cmpuint (scene_count (scene, LP_RULE_LABEL_UNREADABLE), ==, 1);
}

/* Several blocks of files, joined in the order of the images whatever thread was first. */
static void
test_order (void)
{
  g_autoptr (Scene) scene = scene_new ();
  const LpLayer *layer;

  for (guint i = 0; i < 1500; i++)
    {
      g_autofree char *picture = g_strdup_printf ("images/%04u.jpg", i),
                      *label = g_strdup_printf ("labels/%04u.txt", i);
      g_autofree char *text = g_strdup_printf ("%u .5 .5 .1 .1\n%u .5 .5 .1 .2\n", i, i);

      scene_picture (scene, picture);
      scene_write (scene, label, text);
    }
  g_assert_true (scene_read (scene, NULL, "", NULL));
  layer = lp_dataset_layer (scene->dataset, 0);
  g_assert_cmpuint (layer->rows->len, ==, 3000);
  for (guint i = 0; i < 3000; i++)
    g_assert_cmpint (lp_layer_row (layer, i)->class_id, ==, i / 2);
  for (guint i = 0; i < 1500; i++)
    g_assert_cmpuint (lp_layer_entry (layer, i)->first_row, ==, 2 * i);
}

static void
test_cancel (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  LpProgress progress = { .cancellable = cancellable };

  scene_picture (scene, "images/a.jpg");
  scene_write (scene, "labels/a.txt", "0 .5 .5 .1 .1\n");
  g_assert_true (scene_read (scene, NULL, "", NULL));
  g_cancellable_cancel (cancellable);
  g_assert_false (lp_read_rows (scene->dataset, scene->roots, &progress, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/yolo/places", test_places);
  g_test_add_func ("/yolo/bom", test_bom);
  g_test_add_func ("/yolo/encoding", test_encoding);
  g_test_add_func ("/yolo/empty", test_empty);
  g_test_add_func ("/yolo/unreadable", test_unreadable);
  g_test_add_func ("/yolo/findings", test_findings);
  g_test_add_func ("/yolo/majority", test_majority);
  g_test_add_func ("/yolo/pose", test_pose);
  g_test_add_func ("/yolo/extra-columns", test_extra_columns);
  g_test_add_func ("/yolo/many-rows", test_many_rows);
  g_test_add_func ("/yolo/order", test_order);
  g_test_add_func ("/yolo/cancel", test_cancel);
  return g_test_run ();
}
