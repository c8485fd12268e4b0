/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws the example data set: make-example example|example-clean FOLDER
 *
 * 24 pictures, labelled as a Ground Truth job would (job/), its annot.csv, and the YOLO set that a conversion script
 * made of it (yolo/). In `example` the script sorted the names, and a few more things went wrong, each once;
 * `example-clean` is the same without any of them. The same bytes on every run. */
#include <errno.h>
#include <glib/gstdio.h>
#include <jpeglib.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "draw-things.h"

#define N_PICTURES 24
#define WIDTH 640
#define HEIGHT 480

typedef struct
{
  Thing thing;
  int left, top, width, height; /* pixels as stored */
} Box;

typedef struct
{
  const char *name;
  gboolean val;    /* in split val */
  gboolean turned; /* a phone photo: stored on its side, EXIF orientation 6 */
  guint n_boxes;
  Thing things[3];
  /* what went wrong in its label file */
  gboolean over_the_edge, doubled, beyond_names;
} Picture;

static const Picture pictures[N_PICTURES] = {
  { "table_01.jpg", .n_boxes = 2, .things = { THING_APPLE, THING_MUG } },
  { "table_02.jpg", .n_boxes = 2, .things = { THING_HOUSE, THING_STAR } },
  { "table_03.jpg", .n_boxes = 1, .things = { THING_FISH } },
  { "table_04.jpg", .n_boxes = 3, .things = { THING_KEY, THING_APPLE, THING_STAR } },
  { "table_05.jpg", .val = TRUE, .n_boxes = 2, .things = { THING_UMBRELLA, THING_MUG } },
  { "table_06.jpg", .n_boxes = 2, .things = { THING_APPLE, THING_HOUSE }, .doubled = TRUE },
  { "table_07.jpg", .n_boxes = 1, .things = { THING_KEY } },
  { "table_08.jpg", .n_boxes = 2, .things = { THING_FISH, THING_UMBRELLA } },
  { "table_09.jpg", .n_boxes = 2, .things = { THING_STAR, THING_MUG }, .over_the_edge = TRUE },
  { "table_10.jpg", .val = TRUE, .n_boxes = 3, .things = { THING_HOUSE, THING_FISH, THING_APPLE } },
  { "table_11.jpg", .n_boxes = 1, .things = { THING_UMBRELLA } },
  { "table_12.jpg", .n_boxes = 2, .things = { THING_MUG, THING_KEY }, .beyond_names = TRUE },
  { "table_13.jpg", .n_boxes = 2, .things = { THING_STAR, THING_APPLE } },
  { "table_14.jpg", .n_boxes = 2, .things = { THING_FISH, THING_HOUSE } },
  { "table_15.jpg", .val = TRUE, .n_boxes = 1, .things = { THING_STAR } },
  { "table_16.jpg", .n_boxes = 2, .things = { THING_KEY, THING_UMBRELLA } },
  { "table_17.jpg", .n_boxes = 3, .things = { THING_MUG, THING_FISH, THING_APPLE } },
  { "table_18.jpg", .n_boxes = 1, .things = { THING_HOUSE } },
  { "table_19.jpg", .n_boxes = 2, .things = { THING_UMBRELLA, THING_STAR } },
  { "table_20.jpg", .val = TRUE, .n_boxes = 2, .things = { THING_KEY, THING_MUG } },
  { "table_21.jpg", .n_boxes = 2, .things = { THING_HOUSE, THING_FISH } },
  { "red.apple.jpg", .n_boxes = 1, .things = { THING_APPLE } },
  { "phone_photo.jpg", .turned = TRUE, .n_boxes = 2, .things = { THING_UMBRELLA, THING_KEY } },
  { "bare_table.jpg", .n_boxes = 0 },
};

static void
write_file (const char *folder, const char *name, const void *data, gsize length)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);
  FILE *file;

  if (g_mkdir_with_parents (parent, 0755) != 0 || (file = fopen (path, "wb")) == NULL ||
      fwrite (data, 1, length, file) != length || fclose (file) != 0)
    {
      fprintf (stderr, "make-example: %s: %s\n", path, g_strerror (errno));
      exit (1);
    }
}

static void
write_text (const char *folder, const char *name, const GString *text)
{
  write_file (folder, name, text->str, text->len);
}

/* Boxes side by side, sizes and places varied by the picture's number. */
static guint
place_boxes (guint number, const Picture *p, int width, int height, Box *boxes)
{
  for (guint i = 0; i < p->n_boxes; i++)
    {
      guint vary = (number * 7 + i * 5) % 11;
      double column = (double) width / p->n_boxes;
      double room = MIN (column * 0.8, height * 0.62 * thing_aspect (p->things[i]));
      double w = room * (0.72 + 0.028 * vary), h = w / thing_aspect (p->things[i]);

      boxes[i].thing = p->things[i];
      boxes[i].width = (int) lround (w);
      boxes[i].height = (int) lround (h);
      boxes[i].left = (int) lround (column * i + (column - w) * (0.2 + 0.06 * vary));
      boxes[i].top = (int) lround ((height - h) * (0.3 + 0.05 * ((vary * 3) % 8)));
      if (p->over_the_edge && i + 1 == p->n_boxes)
        boxes[i].left = width - boxes[i].width;
    }
  return p->n_boxes;
}

static cairo_surface_t *
draw_picture (guint number, int width, int height, const Box *boxes, guint n)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (surface);

  draw_table (cr, (number * 3 % 8) / 8.0, width, height);
  for (guint i = 0; i < n; i++)
    draw_thing (cr, boxes[i].thing, ((number + i) % 3) / 3.0 + 0.01, boxes[i].left, boxes[i].top, boxes[i].width,
                boxes[i].height);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

/* The camera was held upright, its sensor lies on its side: orientation 6 says "turn me clockwise to view". */
static cairo_surface_t *
lay_on_side (cairo_surface_t *upright, Box *boxes, guint n)
{
  int width = cairo_image_surface_get_height (upright), height = cairo_image_surface_get_width (upright);
  cairo_surface_t *raw = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        const guint8 *from = cairo_image_surface_get_data (upright) +
                             (gsize) x * cairo_image_surface_get_stride (upright) + 4 * (gsize) (height - 1 - y);
        guint8 *to =
          cairo_image_surface_get_data (raw) + (gsize) y * cairo_image_surface_get_stride (raw) + 4 * (gsize) x;

        memcpy (to, from, 4);
      }
  cairo_surface_mark_dirty (raw);
  for (guint i = 0; i < n; i++)
    boxes[i] =
      (Box){ boxes[i].thing, boxes[i].top, height - boxes[i].left - boxes[i].width, boxes[i].height, boxes[i].width };
  cairo_surface_destroy (upright);
  return raw;
}

static void
write_jpeg (const char *folder, const char *name, cairo_surface_t *surface, gboolean turned)
{
  static const guint8 exif_6[] = "Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0";
  struct jpeg_compress_struct jpeg;
  struct jpeg_error_mgr errors;
  unsigned char *bytes = NULL;
  unsigned long length = 0;

  jpeg.err = jpeg_std_error (&errors);
  jpeg_create_compress (&jpeg);
  jpeg_mem_dest (&jpeg, &bytes, &length);
  jpeg.image_width = (JDIMENSION) cairo_image_surface_get_width (surface);
  jpeg.image_height = (JDIMENSION) cairo_image_surface_get_height (surface);
  jpeg.input_components = 4;
  jpeg.in_color_space = G_BYTE_ORDER == G_LITTLE_ENDIAN ? JCS_EXT_BGRX : JCS_EXT_XRGB;
  jpeg_set_defaults (&jpeg);
  jpeg_set_quality (&jpeg, 88, TRUE);
  jpeg.dct_method = JDCT_ISLOW;
  jpeg_start_compress (&jpeg, TRUE);
  if (turned)
    jpeg_write_marker (&jpeg, JPEG_APP0 + 1, exif_6, sizeof exif_6 - 1);
  while (jpeg.next_scanline < jpeg.image_height)
    {
      JSAMPROW row = cairo_image_surface_get_data (surface) +
                     (gsize) jpeg.next_scanline * cairo_image_surface_get_stride (surface);

      jpeg_write_scanlines (&jpeg, &row, 1);
    }
  jpeg_finish_compress (&jpeg);
  jpeg_destroy_compress (&jpeg);
  write_file (folder, name, bytes, length);
  free (bytes);
}

static void
append_manifest_line (GString *out, guint number, const char *name, const Box *boxes, guint n)
{
  g_autoptr (GString) objects = g_string_new (NULL);
  g_autoptr (GString) map = g_string_new (NULL);
  guint seen = 0;

  g_string_append_printf (out,
                          "{\"source-ref\":\"s3://example-things/images/%s\",\"things\":{\"image_size\":"
                          "[{\"width\":%d,\"height\":%d,\"depth\":3}],\"annotations\":[",
                          name, WIDTH, HEIGHT);
  for (guint i = 0; i < n; i++)
    {
      const Box *b = &boxes[i];

      g_string_append_printf (out, "%s{\"class_id\":%d,\"top\":%d,\"left\":%d,\"height\":%d,\"width\":%d}",
                              i > 0 ? "," : "", b->thing, b->top, b->left, b->height, b->width);
      g_string_append_printf (objects, "%s{\"confidence\":0}", i > 0 ? "," : "");
      if ((seen & (1u << b->thing)) == 0)
        g_string_append_printf (map, "%s\"%d\":\"%s\"", seen != 0 ? "," : "", b->thing, thing_names[b->thing]);
      seen |= 1u << b->thing;
    }
  g_string_append_printf (
    out,
    "]},\"things-metadata\":{\"objects\":[%s],\"class-map\":{%s},"
    "\"type\":\"groundtruth/object-detection\",\"human-annotated\":\"yes\","
    "\"creation-date\":\"2026-03-02T10:%02u:31.250000\",\"job-name\":\"labeling-job/things\"}}\n",
    objects->str, map->str, number);
}

static void
append_csv_rows (GString *out, const char *name, const Box *boxes, guint n)
{
  for (guint i = 0; i < n; i++)
    g_string_append_printf (out, "%s,%s,%d,%d,%d,%d,%d,%d\n", name, thing_names[boxes[i].thing], boxes[i].left,
                            boxes[i].top, boxes[i].height, boxes[i].width, WIDTH, HEIGHT);
}

static void
append_label_row (GString *out, const Box *b)
{
  g_string_append_printf (out, "%d %.4f %.4f %.4f %.4f\n", b->thing, (b->left + b->width / 2.0) / WIDTH,
                          (b->top + b->height / 2.0) / HEIGHT, (double) b->width / WIDTH,
                          (double) b->height / HEIGHT);
}

static GString *
label_text (const Picture *p, const Box *boxes, guint n, gboolean clean)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      Box b = boxes[i];

      if (p->over_the_edge && !clean && i + 1 == n)
        b.width += 24;
      append_label_row (out, &b);
    }
  if (p->doubled && !clean)
    append_label_row (out, &boxes[0]);
  if (p->beyond_names && !clean)
    g_string_append (out, "9 0.5000 0.5000 0.2500 0.2500\n");
  return out;
}

static int
compare_names (const void *a, const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
write_lists (const char *folder, gboolean clean, const GString *manifest, const GString *csv)
{
  g_autoptr (GString) json = g_string_new ("{\"document-version\":\"2018-11-28\",\"labels\":[");
  g_autoptr (GString) yaml = g_string_new ("train: images/train\nval: images/val\nnc: 7\nnames:\n");
  const char *names[N_THINGS];

  for (guint i = 0; i < N_THINGS; i++)
    g_string_append_printf (json, "%s{\"label\":\"%s\"}", i > 0 ? "," : "", names[i] = thing_names[i]);
  g_string_append (json, "]}");
  /* What `sorted(set(names))` in a conversion script does. */
  if (!clean)
    qsort (names, N_THINGS, sizeof names[0], compare_names);
  for (guint i = 0; i < N_THINGS; i++)
    g_string_append_printf (yaml, "  %u: %s\n", i, names[i]);
  write_text (folder, "job/annotation-tool/data.json", json);
  write_text (folder, "job/manifests/output/output.manifest", manifest);
  write_text (folder, "annot.csv", csv);
  write_text (folder, "yolo/data.yaml", yaml);
}

static void
make_picture (const char *folder, guint number, gboolean clean, GString *manifest, GString *csv)
{
  const Picture *p = &pictures[number];
  gboolean turned = p->turned && !clean;
  gboolean dotted = strchr (p->name, '.') != strrchr (p->name, '.');
  const char *split = p->val ? "val" : "train";
  g_autofree char *name = g_strdup (p->name);
  g_autofree char *image = NULL, *label = NULL, *stem = NULL;
  g_autoptr (GString) rows = NULL;
  Box boxes[3];
  guint n = place_boxes (number, p, turned ? HEIGHT : WIDTH, turned ? WIDTH : HEIGHT, boxes);
  cairo_surface_t *surface = draw_picture (number, turned ? HEIGHT : WIDTH, turned ? WIDTH : HEIGHT, boxes, n);

  if (clean && dotted)
    *strchr (name, '.') = '_';
  if (turned)
    surface = lay_on_side (surface, boxes, n);
  image = g_strdup_printf ("yolo/images/%s/%s", split, name);
  write_jpeg (folder, image, surface, turned);
  cairo_surface_destroy (surface);
  append_manifest_line (manifest, number, name, boxes, n);
  append_csv_rows (csv, name, boxes, n);
  /* As the script of the AWS post: cut at the first dot, nothing for a picture without boxes. */
  stem = g_strndup (name, strcspn (name, "."));
  label = g_strdup_printf ("yolo/labels/%s/%s.txt", split, stem);
  rows = label_text (p, boxes, n, clean);
  if (n > 0 || clean)
    write_text (folder, label, rows);
}

int
main (int argc, char **argv)
{
  g_autoptr (GString) manifest = g_string_new (NULL);
  g_autoptr (GString) csv =
               g_string_new ("img_file,category,box_left,box_top,box_height,box_width,img_width,img_height\n");
  gboolean clean;

  if (argc != 3)
    {
      fprintf (stderr, "Usage: make-example example|example-clean FOLDER\n");
      return 2;
    }
  clean = strcmp (argv[1], "example-clean") == 0;
  for (guint i = 0; i < N_PICTURES; i++)
    make_picture (argv[2], i, clean, manifest, csv);
  write_lists (argv[2], clean, manifest, csv);
  return 0;
}
