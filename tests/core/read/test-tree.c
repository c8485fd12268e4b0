/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <sys/stat.h>

#include "read/lp-tree.h"
#include "scene.h"

static LpTree *
walk (Scene *scene, const char *name)
{
  g_autofree char *path = scene_path (scene, name);
  LpTree *tree = lp_tree_new (scene->dataset, scene->roots);

  lp_roots_add (scene->roots, path);
  g_assert_true (lp_tree_walk (tree, path, NULL, NULL));
  return tree;
}

/* The names of a folder's list, joined by blanks. */
static char *
join (const GPtrArray *names)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", (const char *) g_ptr_array_index (names, i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const LpFolder *
folder_of (const Scene *scene, const LpTree *tree, const char *name)
{
  g_autofree char *path = scene_path (scene, name);

  return lp_tree_find (tree, path);
}

static void
assert_names (const GPtrArray *names, const char *wanted)
{
  g_autofree char *text = join (names);

  g_assert_cmpstr (text, ==, wanted);
}

static void
test_names (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (LpTree) tree = NULL;
  const LpFolder *folder;

  scene_picture (scene, "set/b.JPG");
  scene_picture (scene, "set/a.png");
  scene_picture (scene, "set/B.jpeg");
  scene_write (scene, "set/z.txt", "");
  scene_write (scene, "set/classes.txt", "");
  scene_write (scene, "set/data.yaml", "");
  scene_write (scene, "set/output.manifest", "");
  scene_write (scene, "set/README.md", "");
  scene_write (scene, "set/.hidden.txt", "");
  scene_picture (scene, "set/.lp-tmp-1.jpg");
  scene_picture (scene, "set/.git/x.jpg");
  scene_picture (scene, "set/__MACOSX/x.jpg");
  scene_picture (scene, "set/c/x.jpg");
  scene_picture (scene, "set/c-d/x.jpg");
  scene_write (scene, "set/y.txt/x", "");
  tree = walk (scene, "set");
  folder = folder_of (scene, tree, "set");
  assert_names (folder->pictures, "B.jpeg a.png b.JPG");
  assert_names (folder->texts, "classes.txt y.txt z.txt");
  assert_names (folder->others, "data.yaml output.manifest");
  g_assert_cmpuint (tree->folders->len, ==, 4);
  for (guint i = 1; i < tree->folders->len; i++)
    g_assert_cmpstr (((LpFolder *) g_ptr_array_index (tree->folders, i - 1))->path, <,
                     ((LpFolder *) g_ptr_array_index (tree->folders, i))->path);
}

/* Links inside are followed once, loops end; what leads out is said once a folder and target and its pictures are
 * not to be opened. */
static void
test_links (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autofree char *loop = scene_path (scene, "set/a"), *out = scene_path (scene, "out");
  g_autofree char *far = scene_path (scene, "out/1.jpg"), *far2 = scene_path (scene, "out/2.jpg");
  g_autoptr (LpTree) tree = NULL;
  const LpFolder *images;

  scene_picture (scene, "out/1.jpg");
  scene_picture (scene, "out/2.jpg");
  scene_picture (scene, "set/a/b/real.jpg");
  scene_picture (scene, "set/images/own.jpg");
  scene_link (scene, "set/a/b/loop", loop);
  scene_link (scene, "set/again", "a/b");
  scene_link (scene, "set/again2", "a/b");
  scene_link (scene, "set/away", out);
  scene_link (scene, "set/images/1.jpg", far);
  scene_link (scene, "set/images/2.jpg", far2);
  scene_link (scene, "set/images/3.jpg", "own.jpg");
  scene_link (scene, "set/images/4.jpg", "nothing.jpg");
  tree = walk (scene, "set");
  images = folder_of (scene, tree, "set/images");
  assert_names (images->pictures, "1.jpg 2.jpg 3.jpg 4.jpg own.jpg");
  g_assert_null (folder_of (scene, tree, "set/away"));
  g_assert_null (folder_of (scene, tree, "set/a/b/loop"));
  g_assert_true ((folder_of (scene, tree, "set/again") == NULL) != (folder_of (scene, tree, "set/again2") == NULL));
  g_assert_cmpuint (scene_count (scene, LP_RULE_DATASET_PATH_OUTSIDE), ==, 2);
  lp_tree_take_all (tree, images->path);
  for (guint i = 0; i < 5; i++)
    {
      const LpImage *image = lp_dataset_image (scene->dataset, images->image[i]);

      g_assert_cmpint (image->state, ==, i == 2 || i == 4 ? LP_IMAGE_FOUND : LP_IMAGE_MISSING);
      g_assert_cmpint (image->flags, ==, i < 2 ? LP_IMAGE_OUTSIDE : 0);
    }
}

/* Worker answers by the thousand take no place from a manifest, nor do they depend on the order of the disk. */
static void
test_masses (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (LpTree) tree = NULL;
  const LpFolder *folder;

  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *name = g_strdup_printf ("set/%03u.json", i);

      scene_write (scene, name, "{}");
    }
  scene_write (scene, "set/data.yaml", "");
  scene_write (scene, "set/output.manifest", "");
  scene_write (scene, "set/obj.names", "");
  tree = walk (scene, "set");
  folder = folder_of (scene, tree, "set");
  g_assert_cmpuint (folder->others->len, ==, 256 + 3);
  g_assert_cmpstr (g_ptr_array_index (folder->others, 255), ==, "255.json");
  g_assert_cmpstr (g_ptr_array_index (folder->others, 258), ==, "output.manifest");
  g_assert_cmpuint (scene->dataset->notes->len, ==, 1);
}

/* What lies too deep to be walked is said. */
static void
test_deep (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (GString) name = g_string_new ("set");
  g_autoptr (LpTree) tree = NULL;

  for (guint i = 0; i < 70; i++)
    g_string_append (name, "/d");
  g_string_append (name, "/a.jpg");
  scene_picture (scene, name->str);
  tree = walk (scene, "set");
  g_assert_cmpuint (tree->folders->len, ==, 65);
  g_assert_cmpuint (scene_count (scene, LP_RULE_DATASET_UNREADABLE), ==, 1);
}

static void
test_find (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autofree char *known = scene_path (scene, "set/b.jpg"), *unknown = scene_path (scene, "set/d.jpg");
  g_autoptr (LpTree) tree = NULL;
  const LpFolder *folder;
  guint hint = 0;

  scene_picture (scene, "set/a.jpg");
  scene_picture (scene, "set/b.jpg");
  scene_picture (scene, "set/b.jpg.jpg");
  scene_picture (scene, "set/c.jpg");
  tree = walk (scene, "set");
  folder = folder_of (scene, tree, "set");
  g_assert_cmpint (lp_tree_index (folder->pictures, "a.jpg", 5, &hint), ==, 0);
  g_assert_cmpuint (hint, ==, 1);
  g_assert_cmpint (lp_tree_index (folder->pictures, "b.jpg", 5, &hint), ==, 1);
  g_assert_cmpint (lp_tree_index (folder->pictures, "c.jpg", 5, &hint), ==, 3);
  g_assert_cmpint (lp_tree_index (folder->pictures, "b.jp", 4, &hint), ==, -1);
  g_assert_cmpint (lp_tree_index (folder->pictures, "", 0, &hint), ==, -1);
  g_assert_cmpuint (lp_tree_image (tree, known), ==, 0);
  g_assert_cmpuint (lp_tree_image (tree, known), ==, 0);
  g_assert_cmpuint (lp_tree_image (tree, unknown), ==, LP_NONE);
  g_assert_cmpuint (scene->dataset->images->len, ==, 1);
}

static void
test_below (void)
{
  g_assert_true (lp_tree_is_below ("/a", "/a"));
  g_assert_true (lp_tree_is_below ("/a", "/a/b"));
  g_assert_true (lp_tree_is_below ("/", "/a"));
  g_assert_false (lp_tree_is_below ("/a", "/ab"));
  g_assert_false (lp_tree_is_below ("/a/b", "/a"));
}

static void
test_not_there (void)
{
  g_autoptr (Scene) scene = scene_new ();
  g_autoptr (LpTree) tree = lp_tree_new (scene->dataset, scene->roots);
  g_autofree char *path = scene_path (scene, "gone");
  g_autoptr (GError) error = NULL;

  lp_roots_add (scene->roots, scene->path);
  g_assert_false (lp_tree_walk (tree, path, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tree/names", test_names);
  g_test_add_func ("/tree/links", test_links);
  g_test_add_func ("/tree/masses", test_masses);
  g_test_add_func ("/tree/deep", test_deep);
  g_test_add_func ("/tree/find", test_find);
  g_test_add_func ("/tree/below", test_below);
  g_test_add_func ("/tree/not-there", test_not_there);
  return g_test_run ();
}
