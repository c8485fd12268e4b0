/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "picture/lp-picture-header.h"

#define FIRST_READ 4096 /* most sizes, EXIF without a thumbnail included, stand in this */
#define NEXT_READ 512   /* behind a long segment only a few bytes are wanted */
#define SEGMENTS_MAX 64 /* JPEG segments or PNG chunks looked at */
#define JUNK_MAX 4096   /* stray bytes between JPEG segments that decoders skip too */
#define IFD_ENTRIES_MAX 512
#define TAG_ORIENTATION 0x0112

/* A view of the file through one small window; from memory the window is everything. */
typedef struct
{
  int fd; /* -1: from memory */
  const guint8 *window;
  guint64 start; /* of the window in the file */
  gsize length;
  guint8 buffer[FIRST_READ];
} Source;

static gsize
read_at (int fd, guint8 *into, gsize n, guint64 offset)
{
  gsize got = 0;
  while (got < n)
    {
      ssize_t r = pread (fd, into + got, n - got, (off_t) (offset + got));
      if (r < 0 && errno == EINTR)
        continue;
      if (r <= 0)
        break;
      got += (gsize) r;
    }
  return got;
}

/* n bytes at `offset`, or NULL where the file ends before. Valid until the next call. */
static const guint8 *
peek (Source *source, guint64 offset, gsize n)
{
  if (offset >= source->start && offset + n <= source->start + source->length)
    return source->window + (offset - source->start);
  if (source->fd < 0 || offset > G_MAXINT64 - FIRST_READ)
    return NULL;
  source->start = offset;
  source->length = read_at (source->fd, source->buffer, MAX (n, NEXT_READ), offset);
  source->window = source->buffer;
  return n <= source->length ? source->buffer : NULL;
}

static guint32
number16 (const guint8 *p, gboolean little)
{
  return little ? p[0] | (guint32) p[1] << 8 : p[1] | (guint32) p[0] << 8;
}

static guint32
number32 (const guint8 *p, gboolean little)
{
  return little ? number16 (p, TRUE) | number16 (p + 2, TRUE) << 16
                : number16 (p + 2, FALSE) | number16 (p, FALSE) << 16;
}

/* ---- EXIF ---- */

/* The orientation of the TIFF structure in [start, end). What points out of it, or has another type than a whole
 * number, says nothing; 0 is kept: real cameras write it. */
static void
read_exif (Source *source, guint64 start, guint64 end, LpPictureHeader *header)
{
  const guint8 *p = end - start >= 8 ? peek (source, start, 8) : NULL;
  if (p == NULL || (memcmp (p, "II*\0", 4) != 0 && memcmp (p, "MM\0*", 4) != 0))
    return;
  gboolean little = p[0] == 'I';
  guint64 at = start + number32 (p + 4, little);
  if (at + 2 > end || (p = peek (source, at, 2)) == NULL)
    return;
  guint32 n = MIN (number16 (p, little), IFD_ENTRIES_MAX);
  at += 2;
  for (guint32 i = 0; i < n && at + 12 <= end; i++, at += 12)
    {
      if ((p = peek (source, at, 12)) == NULL)
        return;
      if (number16 (p, little) != TAG_ORIENTATION)
        continue;
      guint32 type = number16 (p + 2, little);
      if (number32 (p + 4, little) != 1 || (type != 1 && type != 3 && type != 4))
        return;
      guint32 value = type == 1 ? p[8] : type == 3 ? number16 (p + 8, little) : number32 (p + 8, little);
      header->bad_orientation = value < 1 || value > 8;
      header->orientation = header->bad_orientation ? 1 : (guint8) value;
      return;
    }
}

/* ---- JPEG ---- */

/* Moves `at` behind stray bytes and fill bytes to the code of the next marker and returns it; 0 at the file's end. */
static guint8
next_marker (Source *source, guint64 *at)
{
  const guint8 *p;
  guint64 stop = *at + JUNK_MAX;
  gboolean after_ff = FALSE;
  for (; *at < stop && (p = peek (source, *at, 1)) != NULL; (*at)++)
    {
      if (after_ff && *p != 0x00 && *p != 0xff)
        {
          (*at)++;
          return *p;
        }
      after_ff = *p == 0xff;
    }
  return 0;
}

static gboolean
is_frame (guint8 marker)
{
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

static gboolean
stands_alone (guint8 marker)
{
  return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
}

static LpHeaderResult
read_frame (Source *source, guint64 at, guint32 length, LpPictureHeader *header)
{
  const guint8 *p = peek (source, at, 8);
  if (p == NULL)
    return LP_HEADER_TRUNCATED;
  header->height = number16 (p + 3, FALSE);
  header->width = number16 (p + 5, FALSE);
  return length < 8 || header->width == 0 || header->height == 0 || p[7] == 0 ? LP_HEADER_BROKEN : LP_HEADER_OK;
}

static LpHeaderResult
read_jpeg (Source *source, LpPictureHeader *header)
{
  LpHeaderResult result = LP_HEADER_TRUNCATED;
  gboolean has_exif = FALSE;
  guint64 at = 2;
  for (guint i = 0; i < SEGMENTS_MAX; i++)
    {
      guint8 marker = next_marker (source, &at);
      if (marker == 0)
        return result;
      if (marker == 0xd9 || marker == 0xda) /* pixels or the end: EXIF and size stand before */
        return result == LP_HEADER_OK ? result : LP_HEADER_BROKEN;
      if (stands_alone (marker))
        continue;
      const guint8 *p = peek (source, at, 2);
      if (p == NULL)
        return result;
      guint32 length = number16 (p, FALSE);
      if (length < 2)
        return result == LP_HEADER_OK ? result : LP_HEADER_BROKEN;
      if (is_frame (marker) && result != LP_HEADER_OK)
        {
          result = read_frame (source, at, length, header);
          if (result != LP_HEADER_OK || has_exif)
            return result;
        }
      else if (marker == 0xe1 && !has_exif && length >= 8 && (p = peek (source, at + 2, 6)) != NULL &&
               memcmp (p, "Exif\0", 5) == 0) /* the sixth byte is padding */
        {
          has_exif = TRUE;
          read_exif (source, at + 8, at + length, header);
          if (result == LP_HEADER_OK)
            return result;
        }
      at += length;
    }
  return result == LP_HEADER_OK ? result : LP_HEADER_BROKEN;
}

/* ---- PNG ---- */

static guint32
chunk_crc (const guint8 *p, gsize n)
{
  guint32 crc = 0xffffffff;
  for (gsize i = 0; i < n; i++)
    {
      crc ^= p[i];
      for (guint bit = 0; bit < 8; bit++)
        crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
    }
  return ~crc;
}

/* Bit depths allowed for colour types 0 to 6, as a mask of 1 << depth. */
static gboolean
depth_allowed (guint8 depth, guint8 type)
{
  static const guint32 allowed[] = { 0x10116, 0, 0x10100, 0x116, 0x10100, 0, 0x10100 };
  return type < G_N_ELEMENTS (allowed) && depth <= 16 && (allowed[type] & 1u << depth) != 0;
}

/* An eXIf chunk before the pixels. */
static void
find_chunk_exif (Source *source, LpPictureHeader *header)
{
  const guint8 *p;
  guint64 at = 33;
  for (guint i = 0; i < SEGMENTS_MAX && (p = peek (source, at, 8)) != NULL; i++)
    {
      guint32 length = number32 (p, FALSE);
      if (length > G_MAXINT32 || memcmp (p + 4, "IDAT", 4) == 0 || memcmp (p + 4, "IEND", 4) == 0)
        return;
      if (memcmp (p + 4, "eXIf", 4) == 0)
        {
          read_exif (source, at + 8, at + 8 + length, header);
          return;
        }
      at += 12 + (guint64) length;
    }
}

static LpHeaderResult
read_png (Source *source, LpPictureHeader *header)
{
  const guint8 *p = peek (source, 8, 25);
  if (p == NULL)
    return LP_HEADER_TRUNCATED;
  header->width = number32 (p + 8, FALSE);
  header->height = number32 (p + 12, FALSE);
  if (memcmp (p, "\0\0\0\15IHDR", 8) != 0 || header->width - 1 >= G_MAXINT32 || header->height - 1 >= G_MAXINT32 ||
      !depth_allowed (p[16], p[17]) || p[18] != 0 || p[19] != 0 || p[20] > 1 ||
      chunk_crc (p + 4, 17) != number32 (p + 21, FALSE))
    return LP_HEADER_BROKEN;
  find_chunk_exif (source, header);
  return LP_HEADER_OK;
}

/* ---- what it is ---- */

static gboolean
is_heif_brand (const guint8 *p)
{
  static const char brands[][5] = { "heic", "heix", "heim", "heis", "hevc", "mif1", "msf1", "avif", "avis" };
  for (guint i = 0; i < G_N_ELEMENTS (brands); i++)
    if (memcmp (p, brands[i], 4) == 0)
      return TRUE;
  return FALSE;
}

/* Formats that trainers read and this reader does not. */
static gboolean
is_other_picture (const guint8 *p, gsize n)
{
  static const struct
  {
    const char *magic;
    gsize length;
  } magics[] = {
    { "GIF87a", 6 },        { "GIF89a", 6 },     { "II*\0", 4 }, { "MM\0*", 4 }, { "II+\0", 4 },  { "MM\0+", 4 },
    { "\0\0\0\14jP  ", 8 }, { "\377O\377Q", 4 }, { "PF\n", 3 },  { "Pf\n", 3 },  { "PF\r\n", 4 }, { "Pf\r\n", 4 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (magics); i++)
    if (n >= magics[i].length && memcmp (p, magics[i].magic, magics[i].length) == 0)
      return TRUE;
  if (n >= 12 && memcmp (p, "RIFF", 4) == 0 && memcmp (p + 8, "WEBP", 4) == 0)
    return TRUE;
  if (n >= 12 && memcmp (p + 4, "ftyp", 4) == 0 && is_heif_brand (p + 8))
    return TRUE;
  /* "BM" begins words too: the length of the second header must be one of those in use. */
  return n >= 18 && memcmp (p, "BM", 2) == 0 && number32 (p + 14, TRUE) >= 12 && number32 (p + 14, TRUE) <= 124;
}

static LpHeaderResult
read_source (Source *source, LpPictureHeader *header)
{
  const guint8 *p = source->window;
  gsize n = source->length;
  *header = (LpPictureHeader){ .orientation = 1 };
  if (n == 0)
    return LP_HEADER_EMPTY;
  if (n >= 2 && p[0] == 0xff && p[1] == 0xd8)
    {
      header->format = LP_PICTURE_JPEG;
      return read_jpeg (source, header);
    }
  if (n >= 8 && memcmp (p, "\211PNG\r\n\032\n", 8) == 0)
    {
      header->format = LP_PICTURE_PNG;
      return read_png (source, header);
    }
  return is_other_picture (p, n) ? LP_HEADER_OTHER : LP_HEADER_UNKNOWN;
}

LpHeaderResult
lp_picture_header_read (int fd, LpPictureHeader *header)
{
  Source source; /* 4 kB not cleared: every byte that is looked at was read */
  source.fd = fd;
  source.window = source.buffer;
  source.start = 0;
  source.length = read_at (fd, source.buffer, FIRST_READ, 0);
  LpHeaderResult result = read_source (&source, header);
  guint8 byte;
  return result == LP_HEADER_EMPTY && pread (fd, &byte, 1, 0) < 0 ? LP_HEADER_BROKEN : result;
}

LpHeaderResult
lp_picture_header_parse (const guint8 *data, gsize length, LpPictureHeader *header)
{
  Source source = { .fd = -1, .window = data, .length = length };
  return read_source (&source, header);
}
