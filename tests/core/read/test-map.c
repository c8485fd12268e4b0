/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "read/lp-tree.h"
#include "scene.h"

/* A scene that was walked, and what maps names in it. */
typedef struct
{
  Scene *scene;
  LpTree *tree;
  LpMapper *mapper;
} World;

static World *
world_new (Scene *scene, const char *const *maps)
{
  World *world = g_new0 (World, 1);

  lp_roots_add (scene->roots, scene->path);
  world->scene = scene;
  world->tree = lp_tree_new (scene->dataset, scene->roots);
  g_assert_true (lp_tree_walk (world->tree, scene->path, NULL, NULL));
  world->mapper = lp_mapper_new (world->tree, maps, NULL);
  g_assert_nonnull (world->mapper);
  return world;
}

static void
world_free (World *world)
{
  lp_mapper_free (world->mapper);
  lp_tree_free (world->tree);
  g_free (world);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

/* The source-ref means this file below the scene; NULL: nothing is found. */
static guint32
assert_maps (World *world, const char *source_ref, const char *file)
{
  guint32 index = lp_map_image (world->mapper, world->scene->dataset, source_ref);
  const LpImage *image = lp_dataset_image (world->scene->dataset, index);
  g_autofree char *path = lp_image_dup_path (image), *wanted = file != NULL ? scene_path (world->scene, file) : NULL;

  g_assert_cmpint (image->state, ==, file != NULL ? LP_IMAGE_FOUND : LP_IMAGE_MISSING);
  if (file != NULL)
    g_assert_cmpstr (path, ==, wanted);
  return index;
}

static void
assert_notes (World *world, const char *notes)
{
  g_autoptr (GString) all = g_string_new (NULL);

  lp_mapper_note (world->mapper);
  for (guint i = 0; i < world->scene->dataset->notes->len; i++)
    g_string_append_printf (all, "%s\n", (char *) g_ptr_array_index (world->scene->dataset->notes, i));
  g_assert_cmpstr (all->str, ==, notes);
}

/* The longest common end decides, whole folders only; then the base name. */
static void
test_suffix (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (World) world = NULL;

  scene_picture (scene, "a/1.jpg");
  scene_picture (scene, "xa/1.jpg");
  scene_picture (scene, "p/b/1.jpg");
  scene_picture (scene, "q/b/1.jpg");
  scene_picture (scene, "q/2.jpg");
  world = world_new (scene, NULL);
  assert_maps (world, "s3://bucket/deep/a/1.jpg", "a/1.jpg");
  assert_maps (world, "s3://bucket/xa/1.jpg", "xa/1.jpg");
  assert_maps (world, "s3://bucket/q/b/1.jpg", "q/b/1.jpg");
  assert_maps (world, "s3://p/b/1.jpg", "p/b/1.jpg");
  assert_maps (world, "s3://bucket/2.jpg", "q/2.jpg");
  assert_maps (world, "s3://bucket/gone.jpg", NULL);
  assert_maps (world, "s3://bucket/", NULL);
  assert_maps (world, "", NULL);
  assert_notes (world, "4 pictures were found by the end of their paths.\n"
                       "1 picture was found by its base name.\n"
                       "3 pictures were not found.\n");
}

static void
test_map (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autofree char *map = g_strdup_printf ("s3://bucket/photos=%s/far", scene->path);
  const char *const maps[] = { map, NULL };
  g_autoptr (World) world = NULL;

  scene_picture (scene, "near/photos/1.jpg");
  scene_picture (scene, "far/1.jpg");
  scene_picture (scene, "secret.jpg");
  world = world_new (scene, maps);
  assert_maps (world, "s3://bucket/photos/1.jpg", "far/1.jpg");
  assert_maps (world, "s3://other/photos/1.jpg", "near/photos/1.jpg");
  assert_maps (world, "s3://bucket/photos/../secret.png", NULL);
  assert_notes (world, "1 picture was found by --map.\n"
                       "1 picture was found by the end of its path.\n"
                       "1 picture was not found.\n");
}

static void
test_bad_map (void)
{
  const char *const bad[] = { "s3://bucket", "=dir", "s3://bucket=" };
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (LpTree) tree = lp_tree_new (scene->dataset, scene->roots);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      const char *const maps[] = { bad[i], NULL };
      g_autoptr (GError) error = NULL;

      g_assert_null (lp_mapper_new (tree, maps, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
    }
}

/* Of equally good pictures the one nearest to the manifest. */
static void
test_nearest (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autofree char *folder = scene_path (scene, "job");
  g_autoptr (World) world = NULL;

  scene_picture (scene, "data/1.jpg");
  scene_picture (scene, "job/1.jpg");
  scene_picture (scene, "train/1.jpg");
  world = world_new (scene, NULL);
  lp_mapper_begin (world->mapper, folder);
  assert_maps (world, "s3://bucket/1.jpg", "job/1.jpg");
  lp_mapper_begin (world->mapper, NULL);
  assert_maps (world, "s3://other/1.jpg", "data/1.jpg");
  assert_notes (world, "2 pictures were found by their base names.\n"
                       "1 picture could be one of several; the nearest was taken.\n");
}

/* One text is one image, two texts are two, also where they mean one file. */
static void
test_identity (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (World) world = NULL;
  guint32 first, second, missing;

  scene_picture (scene, "1.jpg");
  world = world_new (scene, NULL);
  first = assert_maps (world, "s3://a/1.jpg", "1.jpg");
  second = assert_maps (world, "s3://b/1.jpg", "1.jpg");
  missing = assert_maps (world, "s3://a/2.jpg", NULL);
  g_assert_cmpuint (first, !=, second);
  g_assert_cmpuint (assert_maps (world, "s3://a/1.jpg", "1.jpg"), ==, first);
  g_assert_cmpuint (assert_maps (world, "s3://b/1.jpg", "1.jpg"), ==, second);
  g_assert_cmpuint (assert_maps (world, "s3://a/2.jpg", NULL), ==, missing);
  g_assert_cmpuint (scene->dataset->images->len, ==, 3);
  g_assert_cmpstr (lp_dataset_image (scene->dataset, missing)->folder, ==, "s3://a");
  g_assert_cmpstr (lp_dataset_image (scene->dataset, missing)->name, ==, "2.jpg");
}

/* Paths: from the manifest's folder, absolute, as a file: URI; outside the roots they are not followed. */
static void
test_paths (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autofree char *job = scene_path (scene, "job"), *absolute = scene_path (scene, "a/1.jpg");
  g_autofree char *uri = g_strconcat ("file://", absolute, NULL);
  g_autoptr (World) world = NULL;
  guint32 outside;

  scene_picture (scene, "a/1.jpg");
  scene_picture (scene, "b/1.jpg");
  scene_picture (scene, "job/3.jpg");
  world = world_new (scene, NULL);
  lp_mapper_begin (world->mapper, job);
  assert_maps (world, "../b/1.jpg", "b/1.jpg");
  assert_maps (world, "3.jpg", "job/3.jpg");
  assert_maps (world, absolute, "a/1.jpg");
  assert_maps (world, uri, "a/1.jpg");
  assert_maps (world, "/elsewhere/b/1.jpg", "b/1.jpg");
  assert_maps (world, "http://example.org/x/b/1.jpg", "b/1.jpg");
  assert_maps (world, "https://example.org/gone.jpg", NULL);
  outside = assert_maps (world, "/etc/passwd", NULL);
  g_assert_cmpint (lp_dataset_image (scene->dataset, outside)->flags, ==, LP_IMAGE_OUTSIDE);
}

/* Pictures that were only walked become images when something names them, and then as one record with them. */
static void
test_only_named (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (World) world = NULL;
  g_autofree char *path = scene_path (scene, "2.jpg");
  guint32 image;

  scene_picture (scene, "1.jpg");
  scene_picture (scene, "2.jpg");
  world = world_new (scene, NULL);
  image = assert_maps (world, "s3://a/2.jpg", "2.jpg");
  g_assert_cmpuint (scene->dataset->images->len, ==, 1);
  g_assert_cmpuint (lp_tree_image (world->tree, path), ==, image);
  g_assert_true (lp_is_named (lp_mapper_get_named (world->mapper), image));
}

/* More than the table of source-refs begins with; some that share all but their end, or all but their start. */
static void
test_many (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (World) world = world_new (scene, NULL);

  for (int again = 0; again < 2; again++)
    for (guint i = 0; i < 5000; i++)
      {
        g_autofree char *ref = g_strdup_printf (i % 2 == 0 ? "s3://b/%05u.jpg" : "s3://%u/a.jpg", i);

        g_assert_cmpuint (assert_maps (world, ref, NULL), ==, i);
        g_assert_cmpstr (g_ptr_array_index (lp_mapper_get_named (world->mapper), i), ==, ref);
      }
  g_assert_cmpuint (scene->dataset->images->len, ==, 5000);
  g_assert_false (lp_is_named (lp_mapper_get_named (world->mapper), 5000));
}

/* A table's names mean what a manifest named in full, found or not; others are looked for as ever. */
static void
test_base_names (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (World) world = NULL;
  guint32 found, gone;

  scene_picture (scene, "a/1.jpg");
  scene_picture (scene, "a/2.jpg");
  world = world_new (scene, NULL);
  found = assert_maps (world, "s3://bucket/a/1.jpg", "a/1.jpg");
  gone = assert_maps (world, "s3://bucket/a/gone.jpg", NULL);
  g_assert_cmpuint (lp_map_base_name (world->mapper, scene->dataset, "1.jpg"), ==, found);
  g_assert_cmpuint (lp_map_base_name (world->mapper, scene->dataset, "gone.jpg"), ==, gone);
  found = lp_map_base_name (world->mapper, scene->dataset, "2.jpg");
  g_assert_cmpint (lp_dataset_image (scene->dataset, found)->state, ==, LP_IMAGE_FOUND);
  g_assert_cmpuint (lp_map_base_name (world->mapper, scene->dataset, "2.jpg"), ==, found);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/map/suffix", test_suffix);
  g_test_add_func ("/map/map", test_map);
  g_test_add_func ("/map/bad-map", test_bad_map);
  g_test_add_func ("/map/nearest", test_nearest);
  g_test_add_func ("/map/identity", test_identity);
  g_test_add_func ("/map/paths", test_paths);
  g_test_add_func ("/map/base-names", test_base_names);
  g_test_add_func ("/map/only-named", test_only_named);
  g_test_add_func ("/map/many", test_many);
  return g_test_run ();
}
