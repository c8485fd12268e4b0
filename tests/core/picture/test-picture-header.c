/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "picture/lp-picture-header.h"

/* Pictures written byte by byte after the standards, so that nothing here depends on a library's habits. */

static void
put (GByteArray *to, const char *bytes, guint n)
{
  g_byte_array_append (to, (const guint8 *) bytes, n);
}

static void
put_segment (GByteArray *to, guint8 marker, const guint8 *payload, guint n)
{
  guint8 head[] = { 0xff, marker, (guint8) ((n + 2) >> 8), (guint8) (n + 2) };
  g_byte_array_append (to, head, 4);
  g_byte_array_append (to, payload, n);
}

static void
put_frame (GByteArray *to, guint8 marker, guint width, guint height)
{
  guint8 frame[] = {
    8, (guint8) (height >> 8), (guint8) height, (guint8) (width >> 8), (guint8) width, 1, 1, 0x11, 0
  };
  put_segment (to, marker, frame, sizeof frame);
}

/* APP1 with one IFD entry before the orientation, so that entries are walked; `thumbnail` bytes follow. */
static void
put_exif (GByteArray *to, gboolean little, guint16 orientation, guint thumbnail)
{
  static const char le[] = "Exif\0\0II*\0\10\0\0\0\2\0\17\1\2\0\2\0\0\0A\0\0\0\22\1\3\0\1\0\0\0";
  static const char be[] = "Exif\0\0MM\0*\0\0\0\10\0\2\1\17\0\2\0\0\0\2A\0\0\0\1\22\0\3\0\0\0\1";
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  put (payload, little ? le : be, sizeof le - 1);
  guint8 value[] = { (guint8) (little ? orientation : orientation >> 8),
                     (guint8) (little ? orientation >> 8 : orientation) };
  g_byte_array_append (payload, value, 2);
  put (payload, "\0\0\0\0\0\0", 6);
  g_byte_array_set_size (payload, payload->len + thumbnail);
  put_segment (to, 0xe1, payload->data, payload->len);
}

static GByteArray *
jpeg_start (void)
{
  GByteArray *jpeg = g_byte_array_new ();
  put (jpeg, "\xff\xd8", 2);
  return jpeg;
}

/* Both ways of reading must say the same. */
static LpHeaderResult
parse (const GByteArray *bytes, LpPictureHeader *header)
{
  LpPictureHeader from_file;
  LpHeaderResult result = lp_picture_header_parse (bytes->data, bytes->len, header);
  g_autofree char *name = NULL;
  int fd = g_file_open_tmp (NULL, &name, NULL);
  g_assert_cmpint (write (fd, bytes->data, bytes->len), ==, bytes->len);
  g_assert_cmpint (lp_picture_header_read (fd, &from_file), ==, result);
  g_assert_cmpint (from_file.width, ==, header->width);
  g_assert_cmpint (from_file.height, ==, header->height);
  g_assert_cmpint (from_file.orientation, ==, header->orientation);
  g_assert_cmpint (from_file.bad_orientation, ==, header->bad_orientation);
  close (fd);
  g_unlink (name);
  return result;
}

static void
test_jpeg_size (void)
{
  static const guint8 frames[] = { 0xc0, 0xc1, 0xc2, 0xc9, 0xca };
  for (guint i = 0; i < G_N_ELEMENTS (frames); i++)
    {
      g_autoptr (GByteArray) jpeg = jpeg_start ();
      LpPictureHeader header;
      put_segment (jpeg, 0xe0, (const guint8 *) "JFIF\0\1\1\0\0\1\0\1\0\0", 14);
      put_segment (jpeg, 0xc4, (const guint8 *) "\0", 1); /* DHT is no frame */
      put_frame (jpeg, frames[i], 4608, 3456);
      put (jpeg, "\xff\xda", 2);
      g_assert_cmpint (parse (jpeg, &header), ==, LP_HEADER_OK);
      g_assert_cmpint (header.format, ==, LP_PICTURE_JPEG);
      g_assert_cmpint (header.width, ==, 4608);
      g_assert_cmpint (header.height, ==, 3456);
      g_assert_cmpint (header.orientation, ==, 1);
    }
}

static void
test_jpeg_orientation (void)
{
  for (guint little = 0; little < 2; little++)
    for (guint16 o = 0; o < 260; o++)
      {
        g_autoptr (GByteArray) jpeg = jpeg_start ();
        LpPictureHeader header;
        put_exif (jpeg, little, o, 0);
        put_frame (jpeg, 0xc0, 30, 20);
        g_assert_cmpint (parse (jpeg, &header), ==, LP_HEADER_OK);
        g_assert_cmpint (header.width, ==, 30);
        g_assert_cmpint (header.bad_orientation, ==, o < 1 || o > 8);
        g_assert_cmpint (header.orientation, ==, o < 1 || o > 8 ? 1 : o);
      }
}

/* A thumbnail and further long segments put the size, or the EXIF data, beyond the first read. */
static void
test_jpeg_far (void)
{
  g_autofree guint8 *filler = g_malloc0 (65000);
  g_autoptr (GByteArray) jpeg = jpeg_start ();
  LpPictureHeader header;
  for (guint i = 0; i < 5; i++)
    put_segment (jpeg, 0xe2, filler, 65000);
  put_exif (jpeg, FALSE, 6, 30000);
  put_segment (jpeg, 0xed, filler, 10);
  put_frame (jpeg, 0xc2, 640, 480);
  g_assert_cmpint (parse (jpeg, &header), ==, LP_HEADER_OK);
  g_assert_cmpint (header.width, ==, 640);
  g_assert_cmpint (header.height, ==, 480);
  g_assert_cmpint (header.orientation, ==, 6);
}

/* EXIF behind the size counts, fill bytes and a few stray bytes between segments do not matter. */
static void
test_jpeg_loose (void)
{
  g_autoptr (GByteArray) jpeg = jpeg_start ();
  LpPictureHeader header;
  put (jpeg, "\0stray\xff\0\xff\xff\xff", 11);
  put_frame (jpeg, 0xc0, 30, 20);
  put_exif (jpeg, TRUE, 8, 0);
  put (jpeg, "\xff\xda", 2);
  g_assert_cmpint (parse (jpeg, &header), ==, LP_HEADER_OK);
  g_assert_cmpint (header.width, ==, 30);
  g_assert_cmpint (header.orientation, ==, 8);
}

static void
test_jpeg_cut (void)
{
  g_autoptr (GByteArray) jpeg = jpeg_start ();
  put_exif (jpeg, TRUE, 3, 100);
  put_frame (jpeg, 0xc0, 30, 20);
  guint whole = jpeg->len;
  for (guint n = 2; n < whole; n++)
    {
      LpPictureHeader header;
      LpHeaderResult expected =
        n < whole - 3 ? LP_HEADER_TRUNCATED : LP_HEADER_OK; /* the last component is not read */
      g_assert_cmpint (lp_picture_header_parse (jpeg->data, n, &header), ==, expected);
      if (expected == LP_HEADER_TRUNCATED)
        g_assert_cmpint (header.width, ==, 0);
    }
}

static void
test_jpeg_broken (void)
{
  static const struct
  {
    const char *bytes;
    guint n;
  } cases[] = {
    { "\xff\xd8\xff\xd9", 4 },                           /* ends at once */
    { "\xff\xd8\xff\xda\0\4\0\0", 8 },                   /* pixels without a size */
    { "\xff\xd8\xff\xe0\0\1", 6 },                       /* a segment shorter than its length field */
    { "\xff\xd8\xff\xc0\0\13\10\0\0\0\5\1\1\21\0", 15 }, /* height 0 */
    { "\xff\xd8\xff\xc0\0\13\10\0\5\0\0\1\1\21\0", 15 }, /* width 0 */
    { "\xff\xd8\xff\xc0\0\13\10\0\5\0\5\0\1\21\0", 15 }, /* no components */
    { "\xff\xd8\xff\xc0\0\3\10\0\5\0\5\1\1\21\0", 15 },  /* a frame too short for its size */
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LpPictureHeader header;
      g_assert_cmpint (lp_picture_header_parse ((const guint8 *) cases[i].bytes, cases[i].n, &header), ==,
                       LP_HEADER_BROKEN);
    }
  g_autoptr (GByteArray) jpeg = jpeg_start ();
  LpPictureHeader header;
  for (guint i = 0; i < 100; i++)
    put_segment (jpeg, 0xfe, NULL, 0);
  put_frame (jpeg, 0xc0, 30, 20);
  g_assert_cmpint (parse (jpeg, &header), ==, LP_HEADER_BROKEN); /* more segments than anybody writes */
}

/* Directories that point outside, lie about their length or have another type say nothing, and do no harm. */
static void
test_exif_hostile (void)
{
  static const struct
  {
    guint at; /* in the little-endian APP1 payload */
    guint8 value;
  } changes[] = {
    { 6, 'X' },   { 8, 0 },  { 10, 0xff }, { 13, 0x80 }, { 14, 0 },   { 14, 1 },
    { 28, 0x13 }, { 30, 2 }, { 30, 12 },   { 32, 0 },    { 32, 200 }, { 35, 0xff },
  };
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GByteArray) jpeg = jpeg_start ();
      LpPictureHeader header;
      put_exif (jpeg, TRUE, 6, 0);
      put_frame (jpeg, 0xc0, 30, 20);
      jpeg->data[6 + changes[i].at] = changes[i].value;
      g_assert_cmpint (parse (jpeg, &header), ==, LP_HEADER_OK);
      g_assert_cmpint (header.width, ==, 30);
      g_assert_cmpint (header.orientation, ==, 1);
      g_assert_false (header.bad_orientation);
    }
  g_autoptr (GByteArray) many =
               jpeg_start (); /* more entries announced than the segment holds: the one there counts */
  LpPictureHeader header;
  put_exif (many, TRUE, 6, 0);
  put_frame (many, 0xc0, 30, 20);
  many->data[6 + 14] = many->data[6 + 15] = 0xff;
  g_assert_cmpint (parse (many, &header), ==, LP_HEADER_OK);
  g_assert_cmpint (header.orientation, ==, 6);
}

/* 16 × 9, 8 bit RGB; the checksum was computed with Python's zlib.crc32. */
static const char png_start[] = "\211PNG\r\n\032\n\0\0\0\15IHDR\0\0\0\20\0\0\0\11\10\2\0\0\0\xb4\x48\x3b\x65";

static void
test_png (void)
{
  g_autoptr (GByteArray) png = g_byte_array_new ();
  LpPictureHeader header;
  put (png, png_start, 33);
  g_assert_cmpint (parse (png, &header), ==, LP_HEADER_OK);
  g_assert_cmpint (header.format, ==, LP_PICTURE_PNG);
  g_assert_cmpint (header.width, ==, 16);
  g_assert_cmpint (header.height, ==, 9);
  put (png, "\0\0\0\4tEXta\0bc????", 16);
  put (png, "\0\0\0\32eXIfMM\0*\0\0\0\10\0\1\1\22\0\3\0\0\0\1\0\5\0\0\0\0\0\0????", 38);
  put (png, "\0\0\0\0IDAT????", 12);
  g_assert_cmpint (parse (png, &header), ==, LP_HEADER_OK);
  g_assert_cmpint (header.orientation, ==, 5);
  for (guint n = 8; n < 33; n++)
    g_assert_cmpint (lp_picture_header_parse (png->data, n, &header), ==, LP_HEADER_TRUNCATED);
  for (guint i = 8; i < 33; i++) /* any change of the header shows in its checksum */
    {
      png->data[i] ^= 1;
      g_assert_cmpint (lp_picture_header_parse (png->data, png->len, &header), ==, LP_HEADER_BROKEN);
      png->data[i] ^= 1;
    }
}

static void
test_others (void)
{
  static const struct
  {
    const char *bytes;
    guint n;
    LpHeaderResult result;
  } cases[] = {
    { "", 0, LP_HEADER_EMPTY },
    { "x", 1, LP_HEADER_UNKNOWN },
    { "<!DOCTYPE html><html>", 21, LP_HEADER_UNKNOWN },
    { "version https://git-lfs.github.com/spec/v1\n", 43, LP_HEADER_UNKNOWN },
    { "BM is how this text begins", 26, LP_HEADER_UNKNOWN },
    { "BM\x36\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\1\0\0\0\1\0\0\0", 26, LP_HEADER_OTHER },
    { "GIF89a\1\0\1\0", 10, LP_HEADER_OTHER },
    { "II*\0\10\0\0\0", 8, LP_HEADER_OTHER },
    { "MM\0*\0\0\0\10", 8, LP_HEADER_OTHER },
    { "RIFF\44\0\0\0WEBPVP8 ", 16, LP_HEADER_OTHER },
    { "RIFF\44\0\0\0WAVEfmt ", 16, LP_HEADER_UNKNOWN },
    { "\0\0\0\x18"
      "ftypheic\0\0\0\0",
      16, LP_HEADER_OTHER },
    { "\0\0\0\x18"
      "ftypmp42\0\0\0\0",
      16, LP_HEADER_UNKNOWN },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      LpPictureHeader header;
      put (bytes, cases[i].bytes, cases[i].n);
      g_test_message ("case %u", i);
      g_assert_cmpint (parse (bytes, &header), ==, cases[i].result);
      g_assert_cmpint (header.width, ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture-header/jpeg-size", test_jpeg_size);
  g_test_add_func ("/picture-header/jpeg-orientation", test_jpeg_orientation);
  g_test_add_func ("/picture-header/jpeg-far", test_jpeg_far);
  g_test_add_func ("/picture-header/jpeg-loose", test_jpeg_loose);
  g_test_add_func ("/picture-header/jpeg-cut", test_jpeg_cut);
  g_test_add_func ("/picture-header/jpeg-broken", test_jpeg_broken);
  g_test_add_func ("/picture-header/exif-hostile", test_exif_hostile);
  g_test_add_func ("/picture-header/png", test_png);
  g_test_add_func ("/picture-header/others", test_others);
  return g_test_run ();
}
