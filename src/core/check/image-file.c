/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "check/lp-family.h"
#include "picture/lp-picture-header.h"

/* What the first bytes of a picture file tell against it; how its boxes lie is in image.c. */

#define ULTRALYTICS_MIN 10            /* pixels of the shorter side, verify_image */
#define GROUND_TRUTH_PIXELS_MAX 100e6 /* of a picture in a labelling job */
#define ASPECT_MAX 20                 /* longer side by shorter */

/* The picture of an entry, once although several lines may name it; NULL: nothing is known of it. */
static const LpImage *
known_picture (const LpCheck *check, guint32 entry)
{
  const LpEntry *e = lp_layer_entry (check->layer, entry);
  const LpImage *image = lp_dataset_image (check->dataset, e->image);

  return (image->flags & LP_IMAGE_PROBED) && lp_layer_find (check->layer, e->image) == e ? image : NULL;
}

/* About the picture, not about what a layer says of it. */
static void
add (LpCheck *check, LpRuleId rule, guint32 layer, guint32 entry, double a, double b)
{
  LpFinding finding = lp_finding_at_entry (check->dataset, layer, entry);

  finding.file = LP_NONE;
  finding.line = 0;
  finding.a = a;
  finding.b = b;
  lp_check_add (check, rule, &finding);
}

/* ---- image/extension-mismatch, image/unsupported-format ---- */

static LpPictureFormat
format_of_name (const char *name)
{
  static const struct
  {
    const char *suffix;
    LpPictureFormat format;
  } suffixes[] = {
    { "jpg", LP_PICTURE_JPEG },
    { "jpeg", LP_PICTURE_JPEG },
    { "mpo", LP_PICTURE_JPEG },
    { "png", LP_PICTURE_PNG },
  };
  const char *dot = strrchr (name, '.');

  for (guint i = 0; dot != NULL && i < G_N_ELEMENTS (suffixes); i++)
    if (g_ascii_strcasecmp (dot + 1, suffixes[i].suffix) == 0)
      return suffixes[i].format;
  return LP_PICTURE_UNKNOWN;
}

static void
check_extension_mismatch (LpCheck *check, guint32 layer, guint32 entry)
{
  const LpEntry *e = lp_layer_entry (check->layer, entry);
  const LpImage *image = lp_dataset_image (check->dataset, e->image);

  if (!(image->flags & (LP_IMAGE_PROBED | LP_IMAGE_OTHER_FORMAT)) ||
      image->format == (guint8) format_of_name (image->name) || lp_layer_find (check->layer, e->image) != e)
    return;
  add (check, LP_RULE_IMAGE_EXTENSION_MISMATCH, layer, entry, image->format, 0);
}

static char *
say_extension_mismatch (const LpDataset *dataset, const LpFinding *finding)
{
  g_autofree char *name = lp_say_text (lp_dataset_image (dataset, finding->image)->name);

  switch ((LpPictureFormat) finding->a)
    {
    case LP_PICTURE_JPEG:
      return g_strdup_printf (_ ("%s is a JPEG picture"), name);
    case LP_PICTURE_PNG:
      return g_strdup_printf (_ ("%s is a PNG picture"), name);
    case LP_PICTURE_UNKNOWN:
    default:
      return g_strdup_printf (_ ("%s is a picture of another format"), name);
    }
}

static void
check_unsupported_format (LpCheck *check, guint32 layer, guint32 entry)
{
  const LpEntry *e = lp_layer_entry (check->layer, entry);

  if ((lp_dataset_image (check->dataset, e->image)->flags & LP_IMAGE_OTHER_FORMAT) &&
      lp_layer_find (check->layer, e->image) == e)
    add (check, LP_RULE_IMAGE_UNSUPPORTED_FORMAT, layer, entry, 0, 0);
}

/* ---- its size ---- */

static void
check_too_small (LpCheck *check, guint32 layer, guint32 entry)
{
  const LpImage *image = known_picture (check, entry);

  if (image != NULL && MIN (image->width, image->height) < ULTRALYTICS_MIN)
    add (check, LP_RULE_IMAGE_TOO_SMALL_ULTRALYTICS, layer, entry, image->width, image->height);
}

static void
check_too_many_pixels (LpCheck *check, guint32 layer, guint32 entry)
{
  const LpImage *image = known_picture (check, entry);

  if (image != NULL && (double) image->width * image->height > GROUND_TRUTH_PIXELS_MAX)
    add (check, LP_RULE_IMAGE_TOO_MANY_PIXELS_GT, layer, entry, image->width, image->height);
}

static void
check_aspect_extreme (LpCheck *check, guint32 layer, guint32 entry)
{
  const LpImage *image = known_picture (check, entry);

  if (image != NULL && MAX (image->width, image->height) > ASPECT_MAX * (double) MIN (image->width, image->height))
    add (check, LP_RULE_IMAGE_ASPECT_EXTREME, layer, entry, image->width, image->height);
}

/* ---- its turn ---- */

static void
check_exif_invalid (LpCheck *check, guint32 layer, guint32 entry)
{
  const LpImage *image = known_picture (check, entry);

  if (image != NULL && (image->flags & LP_IMAGE_BAD_EXIF))
    add (check, LP_RULE_IMAGE_EXIF_INVALID, layer, entry, 0, 0);
}

/* Its check of sizes swaps them for 6 and 8 only; its decoder turns the others too. */
static void
check_exif_size (LpCheck *check, guint32 layer, guint32 entry)
{
  const LpImage *image = known_picture (check, entry);

  if (image != NULL && image->format == LP_PICTURE_JPEG && (image->orientation == 5 || image->orientation == 7))
    add (check, LP_RULE_IMAGE_EXIF_SIZE_ULTRALYTICS, layer, entry, image->orientation, 0);
}

/* ---- what a manifest says of its size ---- */

/* TRUE when the declared size is none of the picture; `swapped`: but for which side is which. */
static gboolean
is_other_size (const LpEntry *e, const LpImage *image, gboolean *swapped)
{
  gboolean same = e->width == image->width && e->height == image->height;

  *swapped = e->width == image->height && e->height == image->width;
  if (e->width == 0 || e->height == 0 || !(image->flags & LP_IMAGE_PROBED) || same)
    return FALSE;
  return !*swapped || !lp_orientation_swaps (image->orientation);
}

static void
add_size (LpCheck *check, guint32 layer, guint32 entry, LpRuleId rule)
{
  const LpEntry *e = lp_layer_entry (check->layer, entry);
  LpFinding finding = lp_finding_at_entry (check->dataset, layer, entry);

  finding.a = e->width;
  finding.b = e->height;
  lp_check_add (check, rule, &finding);
}

static void
check_size_mismatch (LpCheck *check, guint32 layer, guint32 entry)
{
  const LpEntry *e = lp_layer_entry (check->layer, entry);
  gboolean swapped;

  if (is_other_size (e, lp_dataset_image (check->dataset, e->image), &swapped) && !swapped)
    add_size (check, layer, entry, LP_RULE_IMAGE_SIZE_MISMATCH);
}

static void
check_size_swapped (LpCheck *check, guint32 layer, guint32 entry)
{
  const LpEntry *e = lp_layer_entry (check->layer, entry);
  gboolean swapped;

  if (is_other_size (e, lp_dataset_image (check->dataset, e->image), &swapped) && swapped)
    add_size (check, layer, entry, LP_RULE_IMAGE_SIZE_SWAPPED);
}

const LpRule lp_rules_image_file[] = {
  {
    .id = "image/empty-file",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .cost = LP_COST_IMAGE,
    .title = N_ ("Empty picture file"),
    .sentence = N_ ("The picture file has 0 bytes"),
    .why = N_ ("The copy or the download broke off before its first byte."),
    .example = "pic07.jpg, 0 bytes",
    .trainer = N_ ("Ultralytics ignores the picture and its labels as corrupt."),
  },
  {
    .id = "image/extension-mismatch",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_IMAGE,
    .systematic = TRUE,
    .title = N_ ("Picture of another format than its name"),
    .why = N_ ("Programs that go by the name cannot read it; those that go by the first bytes can."),
    .example = "a PNG picture called a.jpg",
    .trainer = N_ ("Ultralytics goes by the first bytes and reads it."),
    .check_entry = check_extension_mismatch,
    .say = say_extension_mismatch,
    .yields_to = { LP_RULE_IMAGE_UNSUPPORTED_FORMAT },
  },
  {
    .id = "image/unsupported-format",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_IMAGE,
    .cost = LP_COST_IMAGE,
    .systematic = TRUE,
    .title = N_ ("Format that a labelling job does not take"),
    .sentence = N_ ("{image} is neither JPEG nor PNG"),
    .why = N_ ("Workers see nothing where the picture should be."),
    .example = "a.webp in a labelling job",
    .trainer = N_ ("SageMaker Ground Truth takes JPEG and PNG only."),
    .check_entry = check_unsupported_format,
  },
  {
    .id = "image/too-small-ultralytics",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_IMAGE,
    .cost = LP_COST_IMAGE,
    .title = N_ ("Picture too small"),
    .sentence = N_ ("The picture is {size} pixels; a trainer wants 10 at least"),
    .why = N_ ("So small a picture shows nothing that can be learnt."),
    .example = "8 × 300",
    .trainer = N_ ("Ultralytics ignores the picture and its labels as corrupt."),
    .check_entry = check_too_small,
  },
  {
    .id = "image/too-many-pixels-gt",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_IMAGE,
    .title = N_ ("Too many pixels for a labelling job"),
    .sentence = N_ ("The picture has {size} pixels, more than 100 million"),
    .why = N_ ("A labelling job takes pictures of up to 100 million pixels."),
    .example = "12,000 × 9,000",
    .trainer = N_ ("SageMaker Ground Truth refuses the picture. Ultralytics scales it down."),
    .check_entry = check_too_many_pixels,
    .yields_to = { LP_RULE_IMAGE_DECODE_LIMIT },
  },
  {
    .id = "image/exif-invalid",
    .severity = LP_SEVERITY_INFO,
    .scope = LP_SCOPE_IMAGE,
    .systematic = TRUE,
    .title = N_ ("Orientation that means nothing"),
    .sentence = N_ ("The orientation of the photo is none of 1 to 8"),
    .why = N_ ("Nobody turns the photo then, and everybody should see it alike."),
    .example = "EXIF Orientation = 0",
    .trainer = N_ ("Ultralytics does not turn the picture."),
    .check_entry = check_exif_invalid,
  },
  {
    .id = "image/exif-size-ultralytics",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_IMAGE,
    .systematic = TRUE,
    .title = N_ ("Photo that is mirrored and turned"),
    .sentence = N_ ("Mirrored and turned by the camera (orientation {a}); a trainer takes width for height"),
    .why = N_ ("Orientation 5 and 7 are rare, and not every program knows that they exchange the sides."),
    .example = "EXIF Orientation = 5",
    .trainer = N_ ("Ultralytics checks the size of the stored pixels, but trains with the turned picture."),
    .check_entry = check_exif_size,
  },
  {
    .id = "image/size-mismatch",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_IMAGE,
    .cost = LP_COST_BOXES,
    .systematic = TRUE,
    .title = N_ ("Boxes of another picture size"),
    .sentence = N_ ("The boxes were made for {a} × {b} pixels, the picture has {size}"),
    .why = N_ ("The picture was scaled or cut after it was labelled, or another one has its name."),
    .example = "\"image_size\": [{\"width\": 4000, …}] of a picture that has 1000",
    .trainer = N_ ("A converter takes one of the two sizes; with the wrong one every box lies beside its object."),
    .check_entry = check_size_mismatch,
    .yields_to = { LP_RULE_CSV_SIZE_CONFLICT },
  },
  {
    .id = "image/size-swapped",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_IMAGE,
    .systematic = TRUE,
    .title = N_ ("Width and height exchanged"),
    .sentence = N_ ("The boxes were made for {a} × {b} pixels, the picture has {size}"),
    .why = N_ ("The picture was turned after it was labelled, or somebody wrote height before width."),
    .example = "3000 × 4000 of a picture that has 4000 × 3000",
    .trainer = N_ ("A converter that divides by the wrong side makes boxes that lie beside their objects."),
    .check_entry = check_size_swapped,
    .yields_to = { LP_RULE_CSV_SIZE_CONFLICT },
  },
  {
    .id = "image/aspect-extreme",
    .severity = LP_SEVERITY_INFO,
    .scope = LP_SCOPE_IMAGE,
    .systematic = TRUE,
    .title = N_ ("Very long picture"),
    .sentence = N_ ("The picture is {size} pixels, more than 20 times as long as wide"),
    .why = N_ ("Scaled to a square, little is left of what it shows."),
    .example = "4000 × 150",
    .trainer = N_ ("Ultralytics fills the rest of the square with grey."),
    .check_entry = check_aspect_extreme,
    .yields_to = { LP_RULE_IMAGE_TOO_SMALL_ULTRALYTICS },
  },
  { .id = NULL },
};
