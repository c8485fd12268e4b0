/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <sys/stat.h>

#include "scene.h"

#define LINE(ref)                                                                                                    \
  "{\"source-ref\":\"" ref "\",\"job\":{\"image_size\":[{\"width\":640,\"height\":480,\"depth\":3}],"                \
  "\"annotations\":[{\"class_id\":0,\"top\":1,\"left\":2,\"height\":30,\"width\":40}]},"                             \
  "\"job-metadata\":{\"objects\":[{\"confidence\":0}],\"class-map\":{\"0\":\"can\"},"                                \
  "\"type\":\"groundtruth/object-detection\",\"human-annotated\":\"yes\","                                           \
  "\"creation-date\":\"2020-01-01T00:00:00\",\"job-name\":\"labeling-job/job\"}}\n"

static void
write_pair (const Scene *scene, const char *stem)
{
  g_autofree char *picture = g_strdup_printf ("yolo/images/%s.jpg", stem);
  g_autofree char *label = g_strdup_printf ("yolo/labels/%s.txt", stem);

  scene_picture (scene, picture);
  scene_write (scene, label, "0 .5 .5 .1 .1\n");
}

static void
write_job (const Scene *scene)
{
  scene_write (scene, "job/output.manifest", LINE ("s3://b/images/a.jpg") LINE ("s3://b/images/gone.jpg"));
  scene_write (scene, "job/data.json", "{\"document-version\":\"2018-11-28\",\"labels\":[{\"label\":\"can\"}]}");
}

static void
assert_subject (const Scene *scene, LpLayerKind kind, const char *path)
{
  const LpLayer *layer = lp_dataset_layer (scene->dataset, scene->dataset->subject);
  g_autofree char *wanted = scene_path (scene, path);

  g_assert_nonnull (layer);
  g_assert_cmpint (layer->kind, ==, kind);
  g_assert_cmpstr (layer->path, ==, wanted);
}

/* Job and YOLO set in one folder: layers over one image table, the picture that both name is one record. */
static void
test_together (void)
{
  g_autoptr (Scene) scene = scene_new ();
  const LpDataset *dataset = scene->dataset;
  guint32 image;

  write_pair (scene, "a");
  write_pair (scene, "b");
  scene_write (scene, "yolo/data.yaml", "train: images\nval: images\nnames: [can]\n");
  write_job (scene);
  g_assert_true (scene_read (scene, NULL, "", NULL));
  g_assert_cmpuint (dataset->layers->len, ==, 2);
  assert_subject (scene, LP_LAYER_YOLO, "yolo/data.yaml");
  image = scene_image (scene, "yolo/images/a.jpg");
  g_assert_nonnull (lp_layer_find (lp_dataset_layer (dataset, 0), image));
  g_assert_nonnull (lp_layer_find (lp_dataset_layer (dataset, 1), image));
  g_assert_cmpuint (dataset->coverage.pictures_named, ==, 3);
  g_assert_cmpuint (dataset->coverage.pictures_found, ==, 2);
  g_assert_cmpuint (dataset->coverage.rows_read, ==, 4);
  g_assert_cmpstr (dataset->root, ==, scene->path);
  scene_assert_finding (scene, LP_RULE_IMAGE_MISSING, "job/output.manifest", 2, 0, "s3://b/images/gone.jpg");
  g_assert_cmpuint (scene_count (scene, LP_RULE_IMAGE_MISSING), ==, 1);
  g_assert_cmpuint (scene->unread->len, ==, 0);
}

/* The job's list belongs to the manifest, that of data.yaml to the YOLO layer. */
static void
test_dictionaries (void)
{
  g_autoptr (Scene) scene = scene_new ();
  guint n[LP_DICT_USER + 1] = { 0 };

  write_pair (scene, "a");
  scene_write (scene, "yolo/data.yaml", "train: images\nval: images\nnames: [can]\n");
  write_job (scene);
  g_assert_true (scene_read (scene, NULL, "yolo/data.yaml", "job"));
  for (guint i = 0; i < scene->dataset->dicts->len; i++)
    {
      const LpDictionary *dict = lp_dataset_dict (scene->dataset, i);

      n[dict->origin]++;
      g_assert_cmpuint (dict->layer, ==, dict->origin == LP_DICT_YAML ? 0 : 1);
    }
  g_assert_cmpuint (n[LP_DICT_YAML], ==, 1);
  g_assert_cmpuint (n[LP_DICT_MANIFEST], ==, 1);
  g_assert_cmpuint (n[LP_DICT_JOB], ==, 1);
}

/* Which layer is checked: a YOLO layer of any path, or of the first path only. */
static void
test_subject (void)
{
  g_autoptr (Scene) check = scene_new (), compare = scene_new ();
  const LpReadOptions first = { .first_path_only = TRUE };

  write_pair (check, "a");
  write_job (check);
  write_pair (compare, "a");
  write_job (compare);
  g_assert_true (scene_read (check, NULL, "job/output.manifest", "yolo"));
  assert_subject (check, LP_LAYER_YOLO, "yolo");
  g_assert_cmpuint (check->dataset->label_files, ==, 1);
  g_assert_true (scene_read (compare, &first, "job/output.manifest", "yolo"));
  assert_subject (compare, LP_LAYER_MANIFEST, "job/output.manifest");
  g_assert_cmpuint (compare->dataset->label_files, ==, 0);
}

static void
test_user_names (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autofree char *names = scene_path (scene, "elsewhere/my.txt");
  const LpReadOptions options = { .names = names };
  const LpDictionary *dict;

  write_pair (scene, "a");
  scene_write (scene, "yolo/classes.txt", "tin\n");
  scene_write (scene, "elsewhere/my.txt", "can\npaper\n");
  g_assert_true (scene_read (scene, &options, "yolo", NULL));
  dict = lp_dataset_dict (scene->dataset, lp_dataset_layer (scene->dataset, 0)->dictionary);
  g_assert_cmpint (dict->origin, ==, LP_DICT_USER);
  g_assert_cmpuint (dict->layer, ==, 0);
  g_assert_cmpstr (lp_dictionary_name (dict, 1), ==, "paper");
  g_assert_cmpuint (scene->dataset->dicts->len, ==, 2);
}

/* Beside a manifest a folder without labels only says where pictures lie; alone it is a set without labels. */
static void
test_pictures (void)
{
  g_autoptr (Scene) beside = scene_new (), alone = scene_new ();

  scene_picture (beside, "photos/images/a.jpg");
  scene_picture (beside, "photos/images/b.jpg");
  write_job (beside);
  g_assert_true (scene_read (beside, NULL, "job/output.manifest", "photos"));
  g_assert_cmpuint (beside->dataset->layers->len, ==, 1);
  g_assert_cmpuint (beside->dataset->coverage.pictures_named, ==, 2);
  g_assert_cmpuint (beside->dataset->coverage.pictures_found, ==, 1);
  scene_picture (alone, "photos/images/a.jpg");
  g_assert_true (scene_read (alone, NULL, "photos", NULL));
  assert_subject (alone, LP_LAYER_YOLO, "photos");
  g_assert_cmpint (scene_entry (alone, "photos/images/a.jpg")->state, ==, LP_STATE_NO_FILE);
}

/* A picture, or its folder `images`, opens the set that it is of. */
static void
test_picture (void)
{
  g_autoptr (Scene) picture = scene_new (), folder = scene_new (), beside = scene_new ();

  write_pair (picture, "a");
  g_assert_true (scene_read (picture, NULL, "yolo/images/a.jpg", NULL));
  g_assert_cmpuint (scene_entry (picture, "yolo/images/a.jpg")->n_rows, ==, 1);
  write_pair (folder, "a");
  g_assert_true (scene_read (folder, NULL, "yolo/images", NULL));
  g_assert_cmpuint (scene_entry (folder, "yolo/images/a.jpg")->n_rows, ==, 1);
  scene_picture (beside, "images/a.jpg");
  scene_write (beside, "images/a.txt", "0 .5 .5 .1 .1\n");
  g_assert_true (scene_read (beside, NULL, "images/a.jpg", NULL));
  g_assert_cmpuint (scene_entry (beside, "images/a.jpg")->n_rows, ==, 1);
}

static void
test_list_file (void)
{
  g_autoptr (Scene) scene = scene_new ();

  scene_picture (scene, "data/img/a.jpg");
  scene_picture (scene, "data/img/b.jpg");
  scene_write (scene, "data/img/a.txt", "0 .5 .5 .1 .1\n");
  scene_write (scene, "data/train.txt", "data/img/a.jpg\ndata/img/b.jpg\ndata/img/c.jpg\n");
  g_assert_true (scene_read (scene, NULL, "data/train.txt", NULL));
  g_assert_cmpuint (scene_entry (scene, "data/img/a.jpg")->n_rows, ==, 1);
  g_assert_cmpint (scene_entry (scene, "data/img/b.jpg")->state, ==, LP_STATE_NO_FILE);
  g_assert_cmpuint (scene->dataset->coverage.pictures_named, ==, 2);
  g_assert_cmpuint (scene_count (scene, LP_RULE_DATASET_PATH_UNRESOLVED), ==, 1);
}

/* What gives nothing has a sentence each; the good path beside it is read. */
static void
test_unread (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autofree char *empty = scene_path (scene, "empty"), *fifo = scene_path (scene, "fifo");
  const char *const names[] = { "gone", "empty",     "table.csv", "row.txt",   "compose.yaml", "junk.bin",
                                "fifo", "zero.yaml", "zero.txt",  "zero.json", "zero.manifest" };

  write_pair (scene, "a");
  scene_write (scene, "table.csv", "img_file,category\n");
  scene_write (scene, "row.txt", "0 .5 .5 .1 .1\n");
  scene_write (scene, "compose.yaml", "services: {web: {image: x}}\n");
  scene_write_bytes (scene, "junk.bin",
                     "\x7f"
                     "ELF\0\0",
                     6);
  for (guint i = G_N_ELEMENTS (names) - 4; i < G_N_ELEMENTS (names); i++)
    scene_write (scene, names[i], "");
  g_assert_cmpint (g_mkdir (empty, 0755), ==, 0);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (Scene) other = scene_new ();
      g_autofree char *path = scene_path (scene, names[i]);
      const char *const paths[] = { path, NULL };
      const LpReadOptions options = { .paths = paths };
      g_autoptr (GError) error = NULL;

      g_assert_false (lp_read_list (other->dataset, other->roots, &options, other->unread, NULL, &error));
      g_assert_nonnull (error);
      g_assert_cmpuint (other->unread->len, ==, 1);
      g_assert_nonnull (strstr (g_ptr_array_index (other->unread, 0), names[i]));
    }
  g_assert_true (scene_read (scene, NULL, "yolo", "gone"));
  g_assert_cmpuint (scene->unread->len, ==, 1);
  g_assert_cmpuint (scene->dataset->coverage.rows_read, ==, 1);
}

/* A manifest that cannot be opened and a data.yaml beyond all measure, inside a folder: never passed over. */
static void
test_unread_inside (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autofree char *fifo = scene_path (scene, "yolo/output.manifest");
  g_autofree char *comment = g_strnfill (1024 * 1024, '#'), *text = g_strconcat ("names: [a]\n", comment, NULL);

  write_pair (scene, "a");
  scene_write (scene, "yolo/data.yaml", text);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  g_assert_true (scene_read (scene, NULL, "yolo", NULL));
  g_assert_cmpuint (scene->unread->len, ==, 0);
  scene_assert_finding (scene, LP_RULE_DATASET_UNREADABLE, "yolo/output.manifest", 0, 0, NULL);
  g_assert_cmpuint (scene_count (scene, LP_RULE_DATASET_UNREADABLE), ==, 2);
  g_assert_cmpuint (scene->dataset->coverage.rows_read, ==, 1);
}

/* A data set with everything in it that should not be: said, bounded, the rest is read, names come out as they are.
 */
static void
test_hostile (void)
{
  g_autoptr (Scene) scene = scene_new ();
  const char *strange = "yolo/images/<b>\x1b[31m\n\xff.jpg";

  write_pair (scene, "a");
  scene_picture (scene, strange);
  scene_write (scene, "yolo/labels/<b>\x1b[31m\n\xff.txt", "0 .5 .5 .1 .1\n");
  scene_write (scene, "yolo/data.yaml", "names: &x [*x]\n");
  scene_write (scene, "yolo/zero.yaml", "");
  scene_write (scene, "yolo/zero.json", "");
  scene_write (scene, "yolo/classes.txt", "");
  scene_write (scene, "yolo/broken.json", "{\"labels\": [");
  scene_write_bytes (scene, "yolo/junk.manifest", "\0\1\2\3", 4);
  scene_link (scene, "yolo/images/out", "/etc");
  g_assert_true (scene_read (scene, NULL, "yolo", NULL));
  g_assert_cmpuint (scene_entry (scene, strange)->n_rows, ==, 1);
  g_assert_cmpuint (scene_entry (scene, "yolo/images/a.jpg")->n_rows, ==, 1);
  scene_assert_finding (scene, LP_RULE_DATASET_YAML_INVALID, "yolo/data.yaml", 1, 12, NULL);
  g_assert_cmpuint (scene_count (scene, LP_RULE_DATASET_PATH_OUTSIDE), ==, 1);
}

/* The labels are a link out of the folder: not read, and said, whether the folder is opened or its data.yaml. */
static void
test_labels_outside (void)
{
  const char *const opened[] = { "yolo", "yolo/data.yaml" };

  for (guint i = 0; i < G_N_ELEMENTS (opened); i++)
    {
      g_autoptr (Scene) scene = scene_new ();
      g_autofree char *labels = scene_path (scene, "elsewhere");

      scene_picture (scene, "yolo/images/a.jpg");
      scene_write (scene, "elsewhere/a.txt", "0 .5 .5 .1 .1\n");
      scene_write (scene, "yolo/data.yaml", "train: images\nval: images\nnames: [can]\n");
      scene_link (scene, "yolo/labels", labels);
      g_assert_true (scene_read (scene, NULL, opened[i], NULL));
      g_assert_cmpuint (scene->dataset->coverage.rows_seen, ==, 0);
      g_assert_cmpuint (scene_count (scene, LP_RULE_DATASET_PATH_OUTSIDE), ==, i == 0);
      g_assert_cmpuint (scene_count (scene, LP_RULE_DATASET_UNREADABLE), ==, i == 1);
    }
}

/* A finding has one byte for its layer: what is more than that is said, and no row is another layer's. */
static void
test_many_sets (void)
{
  g_autoptr (Scene) scene = scene_new ();

  for (guint i = 0; i < 260; i++)
    {
      g_autofree char *picture = g_strdup_printf ("%03u/images/a.jpg", i);
      g_autofree char *label = g_strdup_printf ("%03u/labels/a.txt", i);
      g_autofree char *yaml = g_strdup_printf ("%03u/data.yaml", i);

      scene_picture (scene, picture);
      scene_write (scene, label, "a row\n");
      scene_write (scene, yaml, "train: images\nval: images\nnames: [can]\n");
    }
  scene_write (scene, "999/output.manifest",
               "{\"source-ref\":\"s3://b/x.jpg\",\"l\":{\"annotations\":[1],\"image_size\":[]},"
               "\"l-metadata\":{\"type\":\"groundtruth/object-detection\"}}\n");
  g_assert_true (scene_read (scene, NULL, "", NULL));
  g_assert_cmpuint (scene->dataset->layers->len, ==, LP_LAYERS_MAX);
  /* Each data.yaml and the manifest beyond, and the folder itself, in which labels are left over. */
  g_assert_cmpuint (scene_count (scene, LP_RULE_DATASET_UNREADABLE), ==, 260 + 2 - LP_LAYERS_MAX);
  g_assert_cmpuint (scene_count (scene, LP_RULE_LABEL_NON_NUMERIC), ==, LP_LAYERS_MAX);
  g_assert_cmpuint (scene_finding (scene, LP_RULE_MANIFEST_ANNOTATIONS_SCHEMA)->layer, ==, G_MAXUINT8);
  g_assert_cmpuint (scene_finding (scene, LP_RULE_MANIFEST_ANNOTATIONS_SCHEMA)->row, ==, LP_NONE);
}

/* Reading changes nothing: same bytes, same times. */
static void
test_changes_nothing (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autofree char *label = scene_path (scene, "yolo/labels/a.txt"), *folder = scene_path (scene, "yolo/labels");
  struct stat before[2], after[2];

  write_pair (scene, "a");
  g_assert_cmpint (stat (label, &before[0]) + stat (folder, &before[1]), ==, 0);
  g_assert_true (scene_read (scene, NULL, "", NULL));
  g_assert_cmpint (stat (label, &after[0]) + stat (folder, &after[1]), ==, 0);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpint (memcmp (&before[i].st_mtim, &after[i].st_mtim, sizeof before[i].st_mtim), ==, 0);
      g_assert_cmpint (memcmp (&before[i].st_ctim, &after[i].st_ctim, sizeof before[i].st_ctim), ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/open/together", test_together);
  g_test_add_func ("/open/dictionaries", test_dictionaries);
  g_test_add_func ("/open/subject", test_subject);
  g_test_add_func ("/open/user-names", test_user_names);
  g_test_add_func ("/open/pictures", test_pictures);
  g_test_add_func ("/open/picture", test_picture);
  g_test_add_func ("/open/list-file", test_list_file);
  g_test_add_func ("/open/unread", test_unread);
  g_test_add_func ("/open/unread-inside", test_unread_inside);
  g_test_add_func ("/open/hostile", test_hostile);
  g_test_add_func ("/open/labels-outside", test_labels_outside);
  g_test_add_func ("/open/many-sets", test_many_sets);
  g_test_add_func ("/open/changes-nothing", test_changes_nothing);
  return g_test_run ();
}
