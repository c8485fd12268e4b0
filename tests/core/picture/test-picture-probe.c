/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lp-rule-ids.h"
#include "picture/lp-picture-header.h"

#define JPEG(size) "\xff\xd8\xff\xc0\0\13\10" size "\1\1\21\0"
#define TURNED                                                                                                       \
  "\xff\xd8\xff\xe1\0\42Exif\0\0II*\0\10\0\0\0\1\0\22\1\3\0\1\0\0\0\6\0\0\0\0\0\0\0"                                 \
  "\xff\xc0\0\13\10\0\24\0\36\1\1\21\0"

typedef struct
{
  const char *name, *bytes; /* bytes NULL: not written */
  gsize n;
  LpImageState state;
  guint flags, width, height;
  guint16 rule;
  const char *detail;
} Case;

static const Case cases[] = {
  { "a.jpg", JPEG ("\0\24\0\36"), 15, LP_IMAGE_FOUND, LP_IMAGE_PROBED, 30, 20 },
  { "b.jpg", "", 0, LP_IMAGE_UNREADABLE, 0, 0, 0, LP_RULE_IMAGE_EMPTY_FILE, NULL },
  { "c.jpg", "<html>", 6, LP_IMAGE_UNREADABLE, 0, 0, 0, LP_RULE_IMAGE_UNREADABLE, "neither JPEG nor PNG" },
  { "d.jpg", "\xff\xd8\xff\xc0\0\13\10", 7, LP_IMAGE_UNREADABLE, 0, 0, 0, LP_RULE_IMAGE_UNREADABLE,
    "ends before its size" },
  { "e.jpg", JPEG ("\0\0\0\36"), 15, LP_IMAGE_UNREADABLE, 0, 0, 0, LP_RULE_IMAGE_UNREADABLE,
    "damaged before its size" },
  { "f.gif", "GIF89a\1\0\1\0", 10, LP_IMAGE_FOUND, LP_IMAGE_OTHER_FORMAT, 0, 0 },
  { "g.jpg", JPEG ("\xff\xdc\xff\xdc"), 15, LP_IMAGE_FOUND, LP_IMAGE_PROBED | LP_IMAGE_TOO_BIG, 65500, 65500,
    LP_RULE_IMAGE_DECODE_LIMIT },
  { "h.jpg", TURNED, 51, LP_IMAGE_FOUND, LP_IMAGE_PROBED, 30, 20 },
  { "i.jpg", NULL, 0, LP_IMAGE_MISSING, 0, 0, 0 },
  { "j.jpg", NULL, 0, LP_IMAGE_UNREADABLE, 0, 0, 0, LP_RULE_IMAGE_UNREADABLE, "not there any more" },
  { "k.jpg", NULL, 0, LP_IMAGE_UNREADABLE, 0, 0, 0, LP_RULE_IMAGE_UNREADABLE, "not a file" },
  { "l.jpg", NULL, 0, LP_IMAGE_FOUND, LP_IMAGE_OUTSIDE, 0, 0, LP_RULE_DATASET_PATH_OUTSIDE, "l.jpg" },
};

static LpDataset *
make_dataset (const char *folder)
{
  LpDataset *dataset = lp_dataset_new ();
  g_free (dataset->root);
  dataset->root = g_strdup (folder);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_build_filename (folder, cases[i].name, NULL);
      if (cases[i].bytes != NULL)
        g_assert_true (g_file_set_contents (path, cases[i].bytes, (gssize) cases[i].n, NULL));
      else if (g_str_has_suffix (path, "k.jpg"))
        g_assert_cmpint (mkfifo (path, 0600), ==, 0);
      else if (g_str_has_suffix (path, "l.jpg"))
        g_assert_cmpint (symlink ("/etc/passwd", path), ==, 0);
      guint32 image = lp_dataset_add_image (dataset, folder, cases[i].name);
      if (cases[i].state == LP_IMAGE_MISSING)
        lp_dataset_image (dataset, image)->state = LP_IMAGE_MISSING;
    }
  return dataset;
}

static void
test_all (void)
{
  g_autofree char *folder = g_dir_make_tmp ("lp-probe-XXXXXX", NULL);
  g_autoptr (LpRoots) roots = lp_roots_new ();
  g_autoptr (LpDataset) dataset = make_dataset (folder);
  GError *error = NULL;
  guint noticed = 0;
  lp_roots_add (roots, folder);
  g_assert_true (lp_picture_probe_all (dataset, roots, NULL, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const LpImage *image = lp_dataset_image (dataset, i);
      g_test_message ("%s", cases[i].name);
      g_assert_cmpint (image->state, ==, cases[i].state);
      g_assert_cmpint (image->flags, ==, cases[i].flags);
      g_assert_cmpint (image->width, ==, cases[i].width);
      g_assert_cmpint (image->height, ==, cases[i].height);
      g_assert_cmpint (image->orientation, ==, cases[i].bytes != NULL && strstr (cases[i].name, "h.jpg") ? 6 : 1);
      if (cases[i].rule == LP_RULE_NONE)
        continue;
      const LpFinding *finding = &g_array_index (dataset->noticed, LpFinding, noticed++);
      g_assert_cmpint (finding->rule, ==, cases[i].rule);
      g_assert_cmpint (finding->image, ==, i);
      g_assert_cmpstr (lp_dataset_detail (dataset, finding->detail), ==, cases[i].detail);
      if (finding->rule == LP_RULE_IMAGE_DECODE_LIMIT)
        g_assert_cmpfloat (finding->a * finding->b, ==, 65500. * 65500.);
    }
  g_assert_cmpint (dataset->noticed->len, ==, noticed);
  g_assert_cmpuint (dataset->notes->len, ==, 1); /* of the GIF */
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_build_filename (folder, cases[i].name, NULL);
      g_unlink (path);
    }
  g_rmdir (folder);
}

static void
test_cancelled (void)
{
  g_autofree char *folder = g_dir_make_tmp ("lp-probe-XXXXXX", NULL);
  g_autoptr (LpRoots) roots = lp_roots_new ();
  g_autoptr (LpDataset) dataset = lp_dataset_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  LpProgress progress = { .cancellable = cancellable };
  lp_roots_add (roots, folder);
  for (guint i = 0; i < 3000; i++)
    lp_dataset_add_image (dataset, folder, "none.jpg");
  g_assert_true (lp_picture_probe_all (dataset, roots, &progress, &error));
  g_assert_no_error (error);
  g_assert_cmpint (progress.done, ==, 3000);
  g_assert_cmpint (dataset->noticed->len, ==, 3000);
  g_cancellable_cancel (cancellable);
  g_assert_false (lp_picture_probe_all (dataset, roots, &progress, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (dataset->noticed->len, ==, 3000);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture-probe/all", test_all);
  g_test_add_func ("/picture-probe/cancelled", test_cancelled);
  return g_test_run ();
}
