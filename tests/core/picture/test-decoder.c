/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <sys/stat.h>
#include <glib/gstdio.h>
#include <png.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "make-picture.h"
#include "picture/lp-decoder-helper.h"
#include "picture/lp-decoder.h"

typedef struct
{
  char *folder;
  LpRoots *roots;
  LpDecoder *decoder;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  GError *error = NULL;
  f->folder = g_dir_make_tmp ("lp-decoder-XXXXXX", NULL);
  f->roots = lp_roots_new ();
  lp_roots_add (f->roots, f->folder);
  f->decoder = lp_decoder_new (&error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  GDir *dir = g_dir_open (f->folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *path = g_build_filename (f->folder, name, NULL);
      g_unlink (path);
    }
  g_dir_close (dir);
  g_rmdir (f->folder);
  g_free (f->folder);
  g_clear_pointer (&f->decoder, lp_decoder_free);
  lp_roots_free (f->roots);
}

static char *
in_folder (const Fixture *f, const char *name)
{
  return g_build_filename (f->folder, name, NULL);
}

static cairo_surface_t *
decode (Fixture *f, const char *path, guint max_width, guint max_height, guint orientation, GError **error)
{
  LpDecodeWish wish = { path, max_width, max_height, orientation };
  return lp_decoder_decode (f->decoder, f->roots, &wish, NULL, error);
}

static guint32
pixel (cairo_surface_t *surface, int x, int y)
{
  int stride = cairo_image_surface_get_stride (surface);
  guint32 value;
  memcpy (&value, cairo_image_surface_get_data (surface) + y * stride + x * 4, 4);
  return cairo_image_surface_get_format (surface) == CAIRO_FORMAT_RGB24 ? value & 0xffffff : value;
}

static void
assert_near (guint32 got, guint32 wanted)
{
  for (guint shift = 0; shift < 32; shift += 8)
    if (abs ((int) (got >> shift & 0xff) - (int) (wanted >> shift & 0xff)) > 4)
      g_error ("pixel is %08x, not %08x", got, wanted);
}

/* r g b w: which colour of the raw frame's corners must lie in the upright ones, from the top left in reading order.
 */
static void
assert_corners (cairo_surface_t *surface, const char *corners)
{
  int right = cairo_image_surface_get_width (surface) - 1, bottom = cairo_image_surface_get_height (surface) - 1;
  const int at[4][2] = { { 0, 0 }, { right, 0 }, { 0, bottom }, { right, bottom } };
  for (guint i = 0; i < 4; i++)
    {
      guint32 wanted = corners[i] == 'r'   ? 0xff0000
                       : corners[i] == 'g' ? 0x00ff00
                       : corners[i] == 'b' ? 0x0000ff
                                           : 0xffffff;
      assert_near (pixel (surface, at[i][0], at[i][1]), wanted);
    }
}

static void
assert_size (cairo_surface_t *surface, int width, int height)
{
  g_assert_nonnull (surface);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, width);
  g_assert_cmpint (cairo_image_surface_get_height (surface), ==, height);
}

/* ---- pictures ---- */

static void
test_orientation (Fixture *f, gconstpointer data)
{
  static const char *const corners[] = { "rgbw", "rgbw", "grwb", "wbgr", "bwrg",
                                         "rbgw", "brwg", "wgbr", "gwrb", "rgbw" };
  g_autofree char *jpeg = in_folder (f, "a.jpg"), *png = in_folder (f, "a.png");
  lp_make_jpeg (jpeg, LP_MADE_RGB, 96, 64);
  lp_make_png_quarters (png, 96, 64);
  for (guint o = 0; o < G_N_ELEMENTS (corners); o++)
    for (guint i = 0; i < 4; i++)
      {
        GError *error = NULL;
        gboolean swaps = o >= 5 && o <= 8;
        guint limit = i % 2 == 0 ? 0 : 48;
        cairo_surface_t *surface = decode (f, i < 2 ? jpeg : png, limit, limit, o, &error);
        g_assert_no_error (error);
        if (limit == 0)
          assert_size (surface, swaps ? 64 : 96, swaps ? 96 : 64);
        else
          assert_size (surface, swaps ? 32 : 48, swaps ? 48 : 32);
        g_assert_cmpint (lp_decoder_surface_warnings (surface), ==, 0);
        assert_corners (surface, corners[o]);
        cairo_surface_destroy (surface);
      }
}

static void
test_kinds (Fixture *f, gconstpointer data)
{
  g_autofree char *path = in_folder (f, "a.jpg");
  for (LpMadeJpeg kind = LP_MADE_RGB; kind <= LP_MADE_YCCK; kind++)
    for (guint limit = 0; limit <= 20; limit += 10)
      {
        GError *error = NULL;
        lp_make_jpeg (path, kind, 80, 40);
        cairo_surface_t *surface = decode (f, path, limit, 0, 1, &error);
        g_test_message ("kind %d, at most %u wide", kind, limit);
        g_assert_no_error (error);
        assert_size (surface, limit == 0 ? 80 : (int) limit, limit == 0 ? 40 : (int) limit / 2);
        if (kind == LP_MADE_GREY) /* 0.299 · 255 and so on */
          {
            assert_near (pixel (surface, 0, 0), 0x4c4c4c);
            assert_near (pixel (surface, cairo_image_surface_get_width (surface) - 1, 0), 0x969696);
          }
        else
          assert_corners (surface, "rgbw");
        cairo_surface_destroy (surface);
      }
}

/* Means computed by hand; a picture is never made larger. */
static void
test_averaging (Fixture *f, gconstpointer data)
{
  static const guint8 four[] = { 0, 100, 200, 40, 80, 100, 0, 0 }, three[] = { 0, 90, 180 };
  g_autofree char *path = in_folder (f, "a.png");
  lp_make_png (path, 4, 2, 8, PNG_COLOR_TYPE_GRAY, FALSE, four, 4);
  cairo_surface_t *surface = decode (f, path, 2, 0, 1, NULL);
  assert_size (surface, 2, 1);
  g_assert_cmphex (pixel (surface, 0, 0), ==, 0x464646); /* 70 */
  g_assert_cmphex (pixel (surface, 1, 0), ==, 0x3c3c3c); /* 60 */
  cairo_surface_destroy (surface);
  surface = decode (f, path, 4000, 4000, 6, NULL);
  assert_size (surface, 2, 4);
  cairo_surface_destroy (surface);
  lp_make_png (path, 3, 1, 8, PNG_COLOR_TYPE_GRAY, FALSE, three, 3);
  surface = decode (f, path, 2, 0, 1, NULL);
  assert_size (surface, 2, 1);
  g_assert_cmphex (pixel (surface, 0, 0), ==, 0x1e1e1e); /* (0 + 90/2) / 1.5 */
  g_assert_cmphex (pixel (surface, 1, 0), ==, 0x969696); /* (90/2 + 180) / 1.5 */
  cairo_surface_destroy (surface);
}

static void
test_png_kinds (Fixture *f, gconstpointer data)
{
  static const guint8 deep[] = { 0x12, 0x34, 0xff, 0xff, 0x80, 0x80 }, packed[] = { 0x40 };
  static const guint8 clear[] = { 255, 100, 50, 128, 1, 2, 3, 0 };
  g_autofree char *path = in_folder (f, "a.png");
  lp_make_png (path, 1, 1, 16, PNG_COLOR_TYPE_RGB, FALSE, deep, 6);
  cairo_surface_t *surface = decode (f, path, 0, 0, 1, NULL);
  g_assert_cmpint (cairo_image_surface_get_format (surface), ==, CAIRO_FORMAT_RGB24);
  g_assert_cmphex (pixel (surface, 0, 0), ==, 0x12ff80);
  cairo_surface_destroy (surface);
  lp_make_png (path, 2, 1, 1, PNG_COLOR_TYPE_PALETTE, FALSE, packed, 1);
  surface = decode (f, path, 0, 0, 1, NULL);
  g_assert_cmpint (cairo_image_surface_get_format (surface), ==, CAIRO_FORMAT_ARGB32);
  g_assert_cmphex (pixel (surface, 0, 0), ==, 0); /* the first colour is transparent */
  g_assert_cmphex (pixel (surface, 1, 0), ==, 0xffc89664);
  cairo_surface_destroy (surface);
  for (guint interlaced = 0; interlaced < 2; interlaced++)
    {
      lp_make_png (path, 2, 1, 8, PNG_COLOR_TYPE_RGB_ALPHA, interlaced, clear, 8);
      surface = decode (f, path, 0, 0, 1, NULL);
      g_assert_cmphex (pixel (surface, 0, 0), ==, 0x80803219); /* 255, 100, 50 times 128 / 255 */
      g_assert_cmphex (pixel (surface, 1, 0), ==, 0);
      cairo_surface_destroy (surface);
    }
}

/* ---- bad pictures ---- */

static void
assert_refused (Fixture *f, const char *path, GIOErrorEnum code)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (decode (f, path, 100, 100, 1, &error));
  g_assert_error (error, G_IO_ERROR, (gint) code);
  g_test_message ("%s", error->message);
}

static void
write_file (const char *path, const void *bytes, gsize n)
{
  g_assert_true (g_file_set_contents (path, bytes, (gssize) n, NULL));
}

static void
test_bombs (Fixture *f, gconstpointer data)
{
  g_autofree char *path = in_folder (f, "bomb");
  g_autofree char *bytes = NULL;
  gsize n;
  lp_make_jpeg (path, LP_MADE_RGB, 16, 16);
  g_assert_true (g_file_get_contents (path, &bytes, &n, NULL));
  for (gsize i = 0; i + 9 < n; i++)
    if (memcmp (bytes + i, "\xff\xc0\0\x11\10", 5) == 0)
      memcpy (bytes + i + 5, "\xff\xdc\xff\xdc", 4); /* 65500 × 65500 */
  write_file (path, bytes, n);
  assert_refused (f, path, G_IO_ERROR_MESSAGE_TOO_LARGE);
  static const char png[] = "\211PNG\r\n\032\n\0\0\0\15IHDR\0\0\x9c\x40\0\0\x9c\x40\1\0\0\0\0\x79\x77\x33\xa8"
                            "\0\0\0\0IDAT\x35\xaf\x06\x1e";
  write_file (path, png, sizeof png - 1); /* 40000 × 40000 */
  assert_refused (f, path, G_IO_ERROR_MESSAGE_TOO_LARGE);
}

static void
test_bad (Fixture *f, gconstpointer data)
{
  g_autofree char *path = in_folder (f, "bad");
  g_autofree char *bytes = NULL;
  gsize n;
  write_file (path, "", 0);
  assert_refused (f, path, G_IO_ERROR_NOT_SUPPORTED);
  write_file (path, "<html>", 6);
  assert_refused (f, path, G_IO_ERROR_NOT_SUPPORTED);
  write_file (path, "\xff\xd8\xff", 3);
  assert_refused (f, path, G_IO_ERROR_INVALID_DATA);
  lp_make_png_quarters (path, 300, 300);
  g_assert_true (g_file_get_contents (path, &bytes, &n, NULL));
  write_file (path, bytes, n / 2);
  assert_refused (f, path, G_IO_ERROR_INVALID_DATA);
  g_unlink (path);
  assert_refused (f, path, G_IO_ERROR_NOT_FOUND);
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  assert_refused (f, path, G_IO_ERROR_NOT_REGULAR_FILE);
}

/* A JPEG that ends early is shown as far as it goes, and says so. */
static void
test_truncated (Fixture *f, gconstpointer data)
{
  g_autofree char *path = in_folder (f, "a.jpg"), *bytes = NULL;
  GError *error = NULL;
  gsize n;
  lp_make_jpeg (path, LP_MADE_RGB, 400, 400);
  g_assert_true (g_file_get_contents (path, &bytes, &n, NULL));
  write_file (path, bytes, n * 2 / 3);
  cairo_surface_t *surface = decode (f, path, 0, 0, 1, &error);
  g_assert_no_error (error);
  assert_size (surface, 400, 400);
  assert_near (pixel (surface, 0, 0), 0xff0000);
  g_assert_cmpint (lp_decoder_surface_warnings (surface), >, 0);
  cairo_surface_destroy (surface);
}

/* A PNG without its last chunk has all its pixels. */
static void
test_no_end (Fixture *f, gconstpointer data)
{
  g_autofree char *path = in_folder (f, "a.png"), *bytes = NULL;
  GError *error = NULL;
  gsize n;
  lp_make_png_quarters (path, 30, 30);
  g_assert_true (g_file_get_contents (path, &bytes, &n, NULL));
  write_file (path, bytes, n - 12);
  cairo_surface_t *surface = decode (f, path, 0, 0, 1, &error);
  g_assert_no_error (error);
  assert_corners (surface, "rgbw");
  g_assert_cmpint (lp_decoder_surface_warnings (surface), >, 0);
  cairo_surface_destroy (surface);
}

/* The same scan again and again: small on disk, endless to decode. */
static void
test_scans (Fixture *f, gconstpointer data)
{
  g_autofree char *path = in_folder (f, "a.jpg"), *bytes = NULL;
  g_autoptr (GByteArray) out = g_byte_array_new ();
  gsize n, scan = 0;
  lp_make_jpeg (path, LP_MADE_PROGRESSIVE, 64, 64);
  g_assert_true (g_file_get_contents (path, &bytes, &n, NULL));
  for (gsize i = n - 2; scan == 0; i--)
    if (memcmp (bytes + i, "\xff\xda", 2) == 0)
      scan = i;
  g_byte_array_append (out, (guint8 *) bytes, (guint) (n - 2));
  for (guint i = 0; i < 200; i++)
    g_byte_array_append (out, (guint8 *) bytes + scan, (guint) (n - 2 - scan));
  g_byte_array_append (out, (guint8 *) "\xff\xd9", 2);
  write_file (path, out->data, out->len);
  assert_refused (f, path, G_IO_ERROR_MESSAGE_TOO_LARGE);
}

/* ---- the helper ---- */

static pid_t
child_of_ours (void)
{
  pid_t found = 0;
  GDir *dir = g_dir_open ("/proc", 0, NULL);
  for (const char *name; (name = g_dir_read_name (dir)) != NULL;)
    {
      g_autofree char *path = g_build_filename ("/proc", name, "stat", NULL), *text = NULL;
      if (!g_ascii_isdigit (name[0]) || !g_file_get_contents (path, &text, NULL, NULL))
        continue;
      const char *rest = strrchr (text, ')'); /* ") S PPID" */
      if (rest != NULL && g_ascii_strtoll (rest + 4, NULL, 10) == getpid () && rest[2] != 'Z')
        found = (pid_t) g_ascii_strtoll (name, NULL, 10);
    }
  g_dir_close (dir);
  return found;
}

static void
assert_works (Fixture *f)
{
  g_autofree char *path = in_folder (f, "good.png");
  GError *error = NULL;
  lp_make_png_quarters (path, 10, 10);
  cairo_surface_t *surface = decode (f, path, 0, 0, 1, &error);
  g_assert_no_error (error);
  assert_corners (surface, "rgbw");
  cairo_surface_destroy (surface);
}

static void
test_killed_between (Fixture *f, gconstpointer data)
{
  assert_works (f);
  pid_t first = child_of_ours ();
  g_assert_cmpint (first, >, 0);
  assert_works (f);
  g_assert_cmpint (child_of_ours (), ==, first); /* one is kept */
  g_assert_cmpint (kill (first, SIGKILL), ==, 0);
  while (child_of_ours () == first)
    g_usleep (1000);
  assert_works (f);
  g_assert_cmpint (child_of_ours (), !=, first);
}

/* Replaces the decoder by one whose program is a script; what follows `first` runs at its first start only, the real
 * program at every other. */
static void
use_script (Fixture *f, const char *first, guint patience)
{
  g_autofree char *script = in_folder (f, "script"), *real = lp_helper_find ();
  g_autofree char *text = g_strdup_printf (
    "#!/bin/sh\ncd '%s'\nif [ -e started ]; then exec '%s'; fi\n: >started\n%s\n", f->folder, real, first);
  write_file (script, text, strlen (text));
  g_chmod (script, 0700);
  lp_decoder_free (f->decoder);
  f->decoder = lp_decoder_new_for (script, patience);
}

static void
test_killed_while (Fixture *f, gconstpointer data)
{
  g_autofree char *path = in_folder (f, "a.png");
  lp_make_png_quarters (path, 10, 10);
  use_script (f, "/usr/bin/head -c 1 >/dev/null; kill -9 $$", 10);
  assert_refused (f, path, G_IO_ERROR_FAILED);
  assert_works (f);
}

static void
test_nonsense (Fixture *f, gconstpointer data)
{
  g_autofree char *path = in_folder (f, "a.png");
  lp_make_png_quarters (path, 10, 10);
  use_script (f, "/usr/bin/head -c 1 >/dev/null; echo nonsense >&0; exec /bin/sleep 100", 10);
  assert_refused (f, path, G_IO_ERROR_FAILED);
  assert_works (f);
}

static void
test_timeout (Fixture *f, gconstpointer data)
{
  g_autofree char *path = in_folder (f, "a.png");
  lp_make_png_quarters (path, 10, 10);
  use_script (f, "exec /bin/sleep 100", 1);
  assert_refused (f, path, G_IO_ERROR_TIMED_OUT);
  assert_works (f);
}

static void
test_missing (Fixture *f, gconstpointer data)
{
  g_autofree char *path = in_folder (f, "a.png");
  lp_make_png_quarters (path, 10, 10);
  lp_decoder_free (f->decoder);
  f->decoder = lp_decoder_new_for ("/nonexistent/labelproof-decoder", 10);
  assert_refused (f, path, G_IO_ERROR_FAILED);
}

/* ---- without blocking ---- */

typedef struct
{
  guint id;
  GString *order; /* one letter a result: the wish's, capital where it succeeded */
  guint *left;
} Result;

static void
on_decoded (GObject *source, GAsyncResult *async, gpointer data)
{
  Result *result = data;
  g_autoptr (GError) error = NULL;
  cairo_surface_t *surface = lp_decoder_decode_finish (NULL, async, &error);
  g_string_append_c (result->order, (char) ((surface != NULL ? 'A' : 'a') + result->id));
  if (surface != NULL)
    assert_corners (surface, "rgbw");
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_string_append_c (result->order, '!');
  g_clear_pointer (&surface, cairo_surface_destroy);
  *result->left -= 1;
}

#define HOLD "/usr/bin/head -c 1 >/dev/null; : >taken; until [ -e go ]; do /bin/sleep 0.01; done"

static void
wait_for (Fixture *f, const char *name)
{
  g_autofree char *path = in_folder (f, name);
  while (!g_file_test (path, G_FILE_TEST_EXISTS))
    g_usleep (1000);
}

static void
ask (Fixture *f, Result *result, const char *path, guint group, GCancellable *cancellable)
{
  LpDecodeWish wish = { path, 5, 5, 1 };
  *result->left += 1;
  lp_decoder_decode_async (f->decoder, f->roots, &wish, group, cancellable, on_decoded, result);
}

static void
run_until_done (const guint *left)
{
  while (*left > 0)
    g_main_context_iteration (NULL, TRUE);
}

/* The first wish is in the helper's hands when twenty more come; then it breaks down, and the others are served. */
static void
test_async (Fixture *f, gconstpointer data)
{
  static const guint groups[20] = { 1, 1, 2, 0, 1, 2, 2, 0, 3, 1, 0, 3, 2, 1, 0, 1, 2, 0, 1, 3 };
  g_autofree char *path = in_folder (f, "a.png"), *go = in_folder (f, "go");
  g_autoptr (GString) order = g_string_new (NULL);
  guint left = 0;
  Result results[21];
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    results[i] = (Result){ i, order, &left };
  lp_make_png_quarters (path, 10, 10);
  use_script (f, HOLD, 10);
  ask (f, &results[20], path, 1, NULL);
  wait_for (f, "taken");
  for (guint i = 0; i < 20; i++)
    ask (f, &results[i], path, groups[i], NULL);
  g_assert_cmpstr (order->str, ==, "");
  write_file (go, "", 0);
  run_until_done (&left);
  /* The held one failed; then the replaced ones, in the order in which they were, and the rest, newest first. */
  g_assert_cmpstr (order->str, ==, "u!abcfeigjnmplTSRQOKHD");
}

static void
test_cancel (Fixture *f, gconstpointer data)
{
  g_autofree char *path = in_folder (f, "a.png");
  g_autoptr (GString) order = g_string_new (NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  guint left = 0;
  Result results[] = { { 0, order, &left }, { 1, order, &left }, { 2, order, &left } };
  lp_make_png_quarters (path, 10, 10);
  use_script (f, HOLD, 10);
  ask (f, &results[0], path, 0, cancellable);
  wait_for (f, "taken");
  ask (f, &results[1], path, 0, cancellable);
  g_cancellable_cancel (cancellable);
  ask (f, &results[2], path, 0, NULL); /* the helper is busy with what nobody wants: it is replaced */
  run_until_done (&left);
  g_assert_cmpint (strlen (order->str), ==, 3);
  g_assert_nonnull (strchr (order->str, 'a'));
  g_assert_nonnull (strchr (order->str, 'b'));
  g_assert_nonnull (strchr (order->str, 'C'));
}

static void
test_free (Fixture *f, gconstpointer data)
{
  g_autofree char *path = in_folder (f, "a.png");
  g_autoptr (GString) order = g_string_new (NULL);
  guint left = 0;
  Result results[] = { { 0, order, &left }, { 1, order, &left } };
  lp_make_png_quarters (path, 10, 10);
  use_script (f, HOLD, 10);
  ask (f, &results[0], path, 0, NULL);
  wait_for (f, "taken");
  ask (f, &results[1], path, 0, NULL);
  g_clear_pointer (&f->decoder, lp_decoder_free);
  run_until_done (&left);
  g_assert_cmpstr (order->str, ==, "ab");
}

/* Threads that block, each with its own wishes. */
static gpointer
decode_many (gpointer data)
{
  Fixture *f = data;
  g_autofree char *path = in_folder (f, "a.png");
  for (guint i = 0; i < 20; i++)
    {
      cairo_surface_t *surface = decode (f, path, 5, 5, 1, NULL);
      assert_corners (surface, "rgbw");
      cairo_surface_destroy (surface);
    }
  return NULL;
}

static void
test_threads (Fixture *f, gconstpointer data)
{
  g_autofree char *path = in_folder (f, "a.png");
  GThread *threads[6];
  lp_make_png_quarters (path, 10, 10);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new (NULL, decode_many, f);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*test) (Fixture *f, gconstpointer data);
  } tests[] = {
    { "orientation", test_orientation },
    { "kinds", test_kinds },
    { "averaging", test_averaging },
    { "png-kinds", test_png_kinds },
    { "bombs", test_bombs },
    { "bad", test_bad },
    { "truncated", test_truncated },
    { "no-end", test_no_end },
    { "scans", test_scans },
    { "killed-between", test_killed_between },
    { "killed-while", test_killed_while },
    { "nonsense", test_nonsense },
    { "timeout", test_timeout },
    { "missing", test_missing },
    { "async", test_async },
    { "cancel", test_cancel },
    { "free", test_free },
    { "threads", test_threads },
  };
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/decoder/", tests[i].name, NULL);
      g_test_add (path, Fixture, NULL, set_up, tests[i].test, tear_down);
    }
  return g_test_run ();
}
