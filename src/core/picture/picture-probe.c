/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "lp-rule-ids.h"
#include "picture/lp-picture-header.h"

#define THREADS 8 /* whatever the number of cores: a cold disk serves eight readers three times as fast as one */
#define BLOCK 256 /* images taken at a time */

/* Why an image gave no size. */
typedef enum
{
  FATE_FINE,
  FATE_EMPTY,
  FATE_UNKNOWN,
  FATE_TRUNCATED,
  FATE_BROKEN,
  FATE_GONE,
  FATE_NO_FILE,
  FATE_NO_PERMISSION,
  FATE_NOT_OPENED,
  FATE_OUTSIDE,
  FATE_TOO_BIG,
} Fate;

typedef struct
{
  LpDataset *dataset; /* threads write the records of their own images only */
  const LpRoots *roots;
  LpProgress *progress;
  guint8 *fates; /* an image, a Fate */
  gint next;     /* first image that nobody has taken */
} Work;

static const char *
fate_detail (Fate fate)
{
  static const char *const details[] = {
    [FATE_UNKNOWN] = "neither JPEG nor PNG",
    [FATE_TRUNCATED] = "ends before its size",
    [FATE_BROKEN] = "damaged before its size",
    [FATE_GONE] = "not there any more",
    [FATE_NO_FILE] = "not a file",
    [FATE_NO_PERMISSION] = "no permission to read it",
    [FATE_NOT_OPENED] = "cannot be opened",
  };
  return details[fate];
}

static Fate
fate_of_error (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return FATE_GONE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE))
    return FATE_NO_FILE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    return FATE_NO_PERMISSION;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_MOUNTABLE_FILE))
    return FATE_OUTSIDE;
  return FATE_NOT_OPENED;
}

static Fate
take_header (LpImage *image, LpHeaderResult result, const LpPictureHeader *header)
{
  switch (result)
    {
    case LP_HEADER_OK:
      break;
    case LP_HEADER_OTHER: /* nothing is known against it, and nothing for it */
      image->flags |= LP_IMAGE_OTHER_FORMAT;
      return FATE_FINE;
    case LP_HEADER_EMPTY:
      return FATE_EMPTY;
    case LP_HEADER_UNKNOWN:
      return FATE_UNKNOWN;
    case LP_HEADER_TRUNCATED:
      return FATE_TRUNCATED;
    case LP_HEADER_BROKEN:
      return FATE_BROKEN;
    }
  image->width = header->width;
  image->height = header->height;
  image->orientation = header->orientation;
  image->format = (guint8) header->format;
  image->flags |= LP_IMAGE_PROBED | (header->bad_orientation ? LP_IMAGE_BAD_EXIF : 0);
  if ((guint64) header->width * header->height <= LP_PICTURE_PIXELS_MAX)
    return FATE_FINE;
  image->flags |= LP_IMAGE_TOO_BIG;
  return FATE_TOO_BIG;
}

static Fate
probe (Work *work, LpImage *image, GString *path)
{
  if (image->state == LP_IMAGE_MISSING || (image->flags & LP_IMAGE_OUTSIDE))
    return FATE_FINE;
  g_autoptr (GError) error = NULL;
  g_string_assign (path, image->folder);
  g_string_append_c (path, '/');
  g_string_append (path, image->name);
  int fd = lp_roots_open (work->roots, path->str, &error);
  Fate fate;
  if (fd >= 0)
    {
      LpPictureHeader header;
      LpHeaderResult result = lp_picture_header_read (fd, &header);
      close (fd);
      fate = take_header (image, result, &header);
    }
  else
    fate = fate_of_error (error);
  if (fate == FATE_OUTSIDE)
    image->flags |= LP_IMAGE_OUTSIDE;
  else if (fate != FATE_FINE && fate != FATE_TOO_BIG)
    image->state = LP_IMAGE_UNREADABLE;
  return fate;
}

static gpointer
probe_blocks (gpointer data)
{
  Work *work = data;
  g_autoptr (GString) path = g_string_new (NULL);
  gint n = (gint) work->dataset->images->len;
  while (!lp_progress_cancelled (work->progress))
    {
      gint first = g_atomic_int_add (&work->next, BLOCK);
      if (first >= n)
        break;
      gint end = MIN (first + BLOCK, n);
      for (gint i = first; i < end; i++)
        work->fates[i] = (guint8) probe (work, lp_dataset_image (work->dataset, (guint32) i), path);
      lp_progress_add (work->progress, end - first);
    }
  return NULL;
}

static void
notice (LpDataset *dataset, guint32 i, Fate fate)
{
  const LpImage *image = lp_dataset_image (dataset, i);
  LpFinding finding = LP_FINDING_INIT;
  finding.image = i;
  if (fate == FATE_TOO_BIG)
    {
      finding.rule = LP_RULE_IMAGE_DECODE_LIMIT;
      finding.severity = LP_SEVERITY_ERROR;
      finding.a = image->width;
      finding.b = image->height;
    }
  else if (fate == FATE_OUTSIDE)
    {
      g_autofree char *path = lp_image_dup_path (image);
      g_autofree char *relative = lp_dataset_relative (dataset, path);
      finding.rule = LP_RULE_DATASET_PATH_OUTSIDE;
      finding.severity = LP_SEVERITY_WARNING;
      finding.detail = lp_dataset_add_detail (dataset, relative, -1);
    }
  else if (fate == FATE_EMPTY)
    {
      finding.rule = LP_RULE_IMAGE_EMPTY_FILE;
      finding.severity = LP_SEVERITY_ERROR;
    }
  else
    {
      finding.rule = LP_RULE_IMAGE_UNREADABLE;
      finding.severity = LP_SEVERITY_ERROR;
      finding.detail = lp_dataset_add_detail (dataset, fate_detail (fate), -1);
    }
  lp_dataset_notice (dataset, &finding);
}

static void
note_other_formats (LpDataset *dataset)
{
  guint n = 0;

  for (guint i = 0; i < dataset->images->len; i++)
    n += (lp_dataset_image (dataset, i)->flags & LP_IMAGE_OTHER_FORMAT) != 0;
  if (n > 0)
    g_ptr_array_add (
      dataset->notes,
      g_strdup_printf (ngettext ("%u picture is neither JPEG nor PNG: its size is not known.",
                                 "%u pictures are neither JPEG nor PNG: their sizes are not known.", n),
                       n));
}

gboolean
lp_picture_probe_all (LpDataset *dataset, const LpRoots *roots, LpProgress *progress, GError **error)
{
  g_autofree guint8 *fates = g_new0 (guint8, MAX (dataset->images->len, 1));
  Work work = { .dataset = dataset, .roots = roots, .progress = progress, .fates = fates };
  GThread *threads[THREADS];
  guint n = MIN (THREADS, (dataset->images->len + BLOCK - 1) / BLOCK);
  for (guint i = 0; i < n; i++)
    threads[i] = g_thread_new ("pictures", probe_blocks, &work);
  for (guint i = 0; i < n; i++)
    g_thread_join (threads[i]);
  if (lp_progress_cancelled (progress))
    {
      g_cancellable_set_error_if_cancelled (progress->cancellable, error);
      return FALSE;
    }
  for (guint32 i = 0; i < dataset->images->len; i++)
    if (fates[i] != FATE_FINE)
      notice (dataset, i, fates[i]);
  note_other_formats (dataset);
  return TRUE;
}
