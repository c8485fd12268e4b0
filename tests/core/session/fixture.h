/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib/gstdio.h>

#include "session/lp-session.h"

/* A folder with a YOLO set and the job it came from: four pictures of 100 × 80 pixels with three boxes each. The
 * job's order is fork, apple, can; data.yaml lists the names by the alphabet. a.txt has its first row twice (line 4),
 * b.txt a row of class 9 (line 4). The journal lies beside it. */
typedef struct
{
  char *folder, *set, *journal;
  LpSession *session;
} Fixture;

static void
put (const Fixture *f, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (f->set, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static inline char *
get (const Fixture *f, const char *name)
{
  g_autofree char *path = g_build_filename (f->set, name, NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
put_picture (const Fixture *f, const char *name)
{
  g_autofree char *path = g_build_filename (f->set, "images", name, NULL);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 100, 80);

  g_assert_cmpint (cairo_surface_write_to_png (surface, path), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
}

/* Boxes of the job: 20 × 16 pixels at left 10, 40, 70 and top 8. */
#define ROW_0 "0 0.20 0.20 0.20 0.20\n"
#define ROW_1 "1 0.50 0.20 0.20 0.20\n"
#define ROW_2 "2 0.80 0.20 0.20 0.20\n"

static void
put_manifest (const Fixture *f)
{
  GString *text = g_string_new (NULL);

  for (char name = 'a'; name <= 'd'; name++)
    g_string_append_printf (
      text,
      "{\"source-ref\":\"s3://bucket/images/%c.png\",\"things\":{\"image_size\":[{\"width\":100,\"height\":80,"
      "\"depth\":3}],\"annotations\":[{\"class_id\":0,\"left\":10,\"top\":8,\"width\":20,\"height\":16},{\"class_"
      "id\":1,"
      "\"left\":40,\"top\":8,\"width\":20,\"height\":16},{\"class_id\":2,\"left\":70,\"top\":8,\"width\":20,"
      "\"height\":"
      "16}]},\"things-metadata\":{\"objects\":[{\"confidence\":0},{\"confidence\":0},{\"confidence\":0}],\"class-"
      "map\":"
      "{\"0\":\"fork\",\"1\":\"apple\",\"2\":\"can\"},\"type\":\"groundtruth/object-detection\",\"human-annotated\":"
      "\"yes\",\"creation-date\":\"2024-05-01T10:00:00.000000\",\"job-name\":\"labeling-job/things\"}}\n",
      name);
  put (f, "output.manifest", text->str);
  g_string_free (text, TRUE);
}

static LpSession *
open_session (const Fixture *f)
{
  g_autoptr (GError) error = NULL;
  LpSession *session = lp_session_new ();

  lp_session_add_path (session, f->set);
  lp_session_set_journal_folder (session, f->journal);
  lp_session_load (session, NULL, &error);
  g_assert_no_error (error);
  return session;
}

static void
fixture_set_up (Fixture *f, gconstpointer data)
{
  g_autofree char *images = NULL;

  f->folder = g_dir_make_tmp ("labelproof-session-XXXXXX", NULL);
  f->set = g_build_filename (f->folder, "set", NULL);
  f->journal = g_build_filename (f->folder, "journal", NULL);
  images = g_build_filename (f->set, "images", NULL);
  g_assert_cmpint (g_mkdir_with_parents (images, 0755), ==, 0);
  put (f, "data.yaml", "train: images\nval: images\nnames: [apple, can, fork]\n");
  put (f, "labels/a.txt", ROW_0 ROW_1 ROW_2 ROW_0);
  put (f, "labels/b.txt", ROW_0 ROW_1 ROW_2 "9 0.50 0.70 0.20 0.20\n");
  put (f, "labels/c.txt", ROW_0 ROW_1 ROW_2);
  put (f, "labels/d.txt", ROW_0 ROW_1 ROW_2);
  put_manifest (f);
  for (char name[] = "a.png"; name[0] <= 'd'; name[0]++)
    put_picture (f, name);
  f->session = open_session (f);
}

static void
remove_all (const char *path)
{
  GDir *dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);

  for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_all (child);
    }
  g_clear_pointer (&dir, g_dir_close);
  g_remove (path);
}

static void
fixture_tear_down (Fixture *f, gconstpointer data)
{
  g_clear_object (&f->session);
  remove_all (f->folder);
  g_free (f->folder);
  g_free (f->set);
  g_free (f->journal);
}

/* The first finding of a rule; NULL: none. */
static inline const LpFinding *
find (LpSession *session, const char *rule)
{
  const LpFindings *findings = lp_session_get_findings (session);

  for (guint i = 0; i < findings->findings->len; i++)
    {
      const LpFinding *finding = &g_array_index (findings->findings, LpFinding, i);

      if (g_str_equal (lp_rule_get (finding->rule)->id, rule))
        return finding;
    }
  return NULL;
}

/* The repair of the row that stands twice, noted. */
static inline void
note_removal (LpSession *session)
{
  g_autoptr (GError) error = NULL;
  LpSafety safety;
  LpStep *step = lp_session_propose (session, find (session, "duplicate/exact-box"), &safety);

  g_assert_nonnull (step);
  g_assert_cmpint (safety, ==, LP_SAFETY_SAFE);
  lp_session_note (session, step, &error);
  g_assert_no_error (error);
}

#define FIXTURE_TEST(path, function) g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)
