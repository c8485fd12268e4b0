/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fixture.h"

/* Before anything was read there are none; then those that have boxes, in order, with boxes in fractions. */
static void
test_first (Fixture *f, gconstpointer data)
{
  g_autoptr (LpSession) session = lp_session_new ();
  g_autoptr (GPtrArray) first = NULL;
  g_autofree char *path = g_build_filename (f->set, "images", "a.png", NULL);
  const LpFirstPicture *picture;
  const LpDrawBox *box;

  g_assert_null (lp_session_ref_first_pictures (session));
  put (f, "labels/c.txt", "");
  lp_session_add_path (session, f->set);
  g_assert_true (lp_session_load (session, NULL, NULL));
  first = lp_session_ref_first_pictures (session);
  g_assert_cmpuint (first->len, ==, 3); /* c.png has no boxes now */
  picture = g_ptr_array_index (first, 0);
  g_assert_cmpstr (picture->path, ==, path);
  g_assert_cmpuint (picture->orientation, ==, 1);
  g_assert_cmpuint (picture->boxes->len, ==, 4);
  box = &g_array_index (picture->boxes, LpDrawBox, 0);
  g_assert_cmpfloat_with_epsilon (box->rect.x0, 0.1, 1e-9);
  g_assert_cmpfloat_with_epsilon (box->rect.y1, 0.3, 1e-9);
  g_assert_cmpint (box->slot, ==, 0);
  /* A class without a name has no colour. */
  picture = g_ptr_array_index (first, 1);
  g_assert_cmpint (g_array_index (picture->boxes, LpDrawBox, 3).slot, ==, -1);
}

/* What was taken stays whole while the session reads again or goes. */
static void
test_kept (Fixture *f, gconstpointer data)
{
  LpSession *session = lp_session_new ();
  g_autoptr (GPtrArray) first = NULL;

  lp_session_add_path (session, f->set);
  g_assert_true (lp_session_load (session, NULL, NULL));
  first = lp_session_ref_first_pictures (session);
  g_assert_true (lp_session_load (session, NULL, NULL));
  g_object_unref (session);
  g_assert_cmpuint (first->len, ==, 4);
  g_assert_true (g_str_has_suffix (((LpFirstPicture *) g_ptr_array_index (first, 3))->path, "d.png"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_TEST ("/session-first/first", test_first);
  FIXTURE_TEST ("/session-first/kept", test_kept);
  return g_test_run ();
}
