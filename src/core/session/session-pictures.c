/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <unistd.h>

#include "base/lp-atomic.h"
#include "base/lp-text.h"
#include "match/lp-match.h"
#include "picture/lp-picture-header.h"
#include "session/lp-session-private.h"

#define CHIP_MAX_CHARS 60
#define RENDER_CSS_WIDTH 1280.0 /* the window a rendered picture's lines and chips are sized for */

LpDecoder *
lp_session_get_decoder (LpSession *self, GError **error)
{
  if (self->decoder == NULL)
    self->decoder = lp_decoder_new (error);
  return self->decoder;
}

/* ---- boxes of one image ---- */

/* Everything that is the same for all boxes of a picture. */
typedef struct
{
  LpDataset *dataset;
  const LpFindings *findings;
  const LpMatch *match; /* NULL unless the layer is its subject */
  const LpDictionary *dict, *reference, *job;
  guint32 layer_index;
  const LpLayer *layer, *witness;
  GHashTable *worst; /* row → LpSeverity */
} Painter;

/* The findings stand in image order; those of no image (LP_NONE, whose successor is 0) come first. */
static guint
first_finding_from (const GArray *findings, guint32 successor)
{
  guint low = 0, high = findings->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (findings, LpFinding, middle).image + 1 < successor)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

guint
lp_session_findings_of (const LpFindings *findings, guint32 image, guint *n)
{
  guint first = first_finding_from (findings->findings, image + 1), end = first;

  while (end < findings->findings->len && g_array_index (findings->findings, LpFinding, end).image == image)
    end++;
  *n = end - first;
  return first;
}

/* Row → its worst severity. */
static GHashTable *
worst_by_row (const Painter *p, guint32 image)
{
  GHashTable *worst = g_hash_table_new (NULL, NULL);
  guint n, first = lp_session_findings_of (p->findings, image, &n);

  for (guint i = first; i < first + n; i++)
    {
      const LpFinding *finding = &g_array_index (p->findings->findings, LpFinding, i);
      gpointer key = GUINT_TO_POINTER (finding->row);

      if (finding->row != LP_NONE && finding->layer == p->layer_index &&
          GPOINTER_TO_UINT (g_hash_table_lookup (worst, key)) < finding->severity)
        g_hash_table_insert (worst, key, GUINT_TO_POINTER (finding->severity));
    }
  return worst;
}

static const char *
shown_text (LpDataset *d, const char *name)
{
  g_autofree char *safe = name != NULL ? lp_text_escape (name, -1, CHIP_MAX_CHARS) : NULL;

  return safe != NULL ? lp_dataset_intern (d, safe) : NULL;
}

/* The colour belongs to the name: its place in the reference list. Where there are no names at all, to the number. */
static gint
slot_of (const Painter *p, const char *name, gint32 class_id)
{
  gint32 index = lp_dictionary_index (p->reference, name);

  if (name == NULL)
    return p->dict == NULL && class_id >= 0 ? class_id : -1;
  if (index >= 0)
    return index;
  return (p->reference != NULL ? (gint) p->reference->names->len : 0) + MAX (class_id, 0);
}

/* "job: banana" where the job calls the box something else. */
static const char *
second_chip (const Painter *p, guint32 row, const char *name)
{
  const char *job;
  g_autofree char *safe = NULL;
  g_autofree char *text = NULL;
  guint32 partner;

  if (p->match == NULL || row >= p->match->n_partner)
    return NULL;
  partner = p->match->partner[row];
  if (partner == LP_NONE)
    return NULL;
  job = lp_dictionary_name (p->job, lp_layer_row (p->witness, partner)->class_id);
  if (job == NULL || g_strcmp0 (job, name) == 0)
    return NULL;
  safe = lp_text_escape (job, -1, CHIP_MAX_CHARS);
  /* Translators: what the labelling job calls a box */
  text = g_strdup_printf (_ ("job: %s"), safe);
  return lp_dataset_intern (p->dataset, text);
}

static void
prepare (Painter *p, LpSession *self, guint32 layer, guint32 image, guint32 dict)
{
  LpDataset *d = self->now->dataset;
  const LpMatch *match = lp_dataset_match (d);

  *p = (Painter){ .dataset = d, .findings = lp_session_get_findings (self), .layer_index = layer };
  p->layer = lp_dataset_layer (d, layer);
  p->dict = lp_dataset_dict (d, dict != LP_NONE ? dict : p->layer->dictionary);
  p->reference = match != NULL ? lp_dataset_dict (d, match->reference) : NULL;
  if (p->reference == NULL)
    p->reference = p->dict;
  if (match != NULL && match->subject == layer)
    {
      p->match = match;
      p->witness = lp_dataset_layer (d, match->witness);
      p->job = lp_dataset_dict (d, p->witness->dictionary);
    }
  p->worst = worst_by_row (p, image);
}

/* Boxes of one class in the same whole pixels share one chip. */
typedef struct
{
  gint x0, y0, x1, y1, class_id;
} Spot;

static guint
spot_hash (gconstpointer data)
{
  const Spot *s = data;

  return ((((guint) s->x0 * 31u + (guint) s->y0) * 31u + (guint) s->x1) * 31u + (guint) s->y1) * 31u +
         (guint) s->class_id;
}

static gboolean
spot_equal (gconstpointer a, gconstpointer b)
{
  const Spot *x = a, *y = b;

  return x->x0 == y->x0 && x->y0 == y->y0 && x->x1 == y->x1 && x->y1 == y->y1 && x->class_id == y->class_id;
}

static int
whole (double value)
{
  return (int) CLAMP (round (value), -1e9, 1e9);
}

/* TRUE when an earlier box stands in the same place and has taken this one in. */
static gboolean
joins_earlier (GHashTable *spots, GArray *boxes, const LpDrawBox *box)
{
  Spot spot = { whole (box->rect.x0), whole (box->rect.y0), whole (box->rect.x1), whole (box->rect.y1),
                box->class_id };
  gpointer found;

  if (g_hash_table_lookup_extended (spots, &spot, NULL, &found))
    {
      LpDrawBox *earlier = &g_array_index (boxes, LpDrawBox, GPOINTER_TO_UINT (found));

      earlier->copies++;
      earlier->severity = MAX (earlier->severity, box->severity);
      return TRUE;
    }
  g_hash_table_insert (spots, g_memdup2 (&spot, sizeof spot), GUINT_TO_POINTER (boxes->len));
  return FALSE;
}

static void
add_entry (Painter *p, const LpEntry *entry, LpFrame assumed, LpFrame frame, double zoom, GArray *boxes, GArray *rows)
{
  g_autoptr (GHashTable) spots = g_hash_table_new_full (spot_hash, spot_equal, g_free, NULL);
  LpFrame from = assumed != LP_FRAME_UNKNOWN ? assumed : entry->frame;

  for (guint32 i = entry->first_row; i < entry->first_row + entry->n_rows; i++)
    {
      const LpRow *row = lp_layer_row (p->layer, i);
      const char *name = lp_dictionary_name (p->dict, row->class_id);
      LpDrawBox box = { .class_id = row->class_id, .copies = 1 };

      if (!lp_row_pixels (p->dataset, p->layer, entry, row, from, frame, &box.rect))
        continue;
      box.rect = lp_rect_scale (&box.rect, zoom, zoom);
      box.severity = GPOINTER_TO_UINT (g_hash_table_lookup (p->worst, GUINT_TO_POINTER (i)));
      if (joins_earlier (spots, boxes, &box))
        continue;
      box.slot = slot_of (p, name, row->class_id);
      box.name = shown_text (p->dataset, name);
      box.second = second_chip (p, i, name);
      g_array_append_val (boxes, box);
      if (rows != NULL)
        g_array_append_val (rows, i);
    }
}

GArray *
lp_session_draw_boxes (LpSession *self,
                       guint32 layer,
                       guint32 image,
                       guint32 dict,
                       LpFrame assumed,
                       LpFrame frame,
                       double zoom,
                       GArray *rows)
{
  GArray *boxes = g_array_new (FALSE, FALSE, sizeof (LpDrawBox));
  Painter painter;
  const LpEntry *entry;

  prepare (&painter, self, layer, image, dict);
  entry = lp_layer_find (painter.layer, image);
  if (entry != NULL)
    add_entry (&painter, entry, assumed, frame, zoom, boxes, rows);
  g_hash_table_unref (painter.worst);
  return boxes;
}

/* ---- one box beside the job's ---- */

/* Largest distance between an edge of the row and of the job's box, in pixels of the subject's own frame. */
static double
edge_difference (
  const LpDataset *d, const LpMatch *match, const LpImagePair *pair, const LpRow *row, guint32 witness_row)
{
  const LpLayer *subject = lp_dataset_layer (d, match->subject);
  const LpEntry *entry = lp_layer_entry (subject, pair->subject_entry);
  LpRect own, job;
  double width, height;

  if (!lp_row_fractions (subject, entry, row, &own) || !lp_match_expected (d, match, pair, witness_row, &job) ||
      !lp_image_size (lp_dataset_image (d, entry->image), entry, pair->subject_frame, &width, &height))
    return 0;
  own = lp_rect_scale (&own, width, height);
  job = lp_rect_scale (&job, width, height);
  return MAX (MAX (fabs (own.x0 - job.x0), fabs (own.x1 - job.x1)),
              MAX (fabs (own.y0 - job.y0), fabs (own.y1 - job.y1)));
}

gboolean
lp_session_job_box (LpSession *self, guint32 row, LpJobBox *out)
{
  const LpDataset *d = self->now->dataset;
  const LpMatch *match = lp_dataset_match (d);
  const LpLayer *subject, *witness;
  const LpImagePair *pair;
  const LpRow *job;
  guint32 partner;

  if (match == NULL || row >= match->n_partner || match->partner[row] == LP_NONE)
    return FALSE;
  partner = match->partner[row];
  subject = lp_dataset_layer (d, match->subject);
  witness = lp_dataset_layer (d, match->witness);
  pair = lp_match_pair_of (match, lp_layer_entry_of_row (subject, row));
  job = lp_layer_row (witness, partner);
  *out = (LpJobBox){ .class_id = job->class_id,
                     .name = lp_dictionary_name (lp_dataset_dict (d, witness->dictionary), job->class_id),
                     .box = { job->v[0], job->v[1], job->v[0] + job->v[2], job->v[1] + job->v[3] } };
  if (witness->kind == LP_LAYER_YOLO)
    lp_row_pixels (d, witness, lp_layer_entry (witness, pair->witness_entry), job, pair->witness_frame,
                   pair->witness_frame, &out->box);
  out->difference = edge_difference (d, match, pair, lp_layer_row (subject, row), partner);
  out->exact = lp_match_is_exact (d, match, pair, row, partner);
  return TRUE;
}

guint
lp_session_picture_turn (const LpRoots *roots, const char *path)
{
  int fd = lp_roots_open (roots, path, NULL);
  LpPictureHeader header = { .orientation = 1 };
  LpHeaderResult result;

  if (fd < 0)
    return 1;
  result = lp_picture_header_read (fd, &header);
  close (fd);
  return result == LP_HEADER_OK ? header.orientation : 1;
}

/* ---- one picture with its boxes ---- */

/* The layer that shows this picture: the subject, else the first that has rows for it. */
static guint32
layer_of (const LpDataset *d, guint32 image)
{
  const LpLayer *subject = lp_dataset_layer (d, d->subject);

  if (subject != NULL && lp_layer_find (subject, image) != NULL)
    return d->subject;
  for (guint32 i = 0; i < d->layers->len; i++)
    if (lp_layer_find (lp_dataset_layer (d, i), image) != NULL)
      return i;
  return LP_NONE;
}

static void
paint (LpSession *self, cairo_surface_t *surface, guint32 image, LpFrame assumed)
{
  double width = cairo_image_surface_get_width (surface), height = cairo_image_surface_get_height (surface);
  guint32 layer = layer_of (self->now->dataset, image);
  LpDrawStyle style = { .view = { 0, 0, width, height }, .line = 1, .chips = LP_CHIP_FULL };
  g_autoptr (GArray) boxes = NULL;
  cairo_t *cr;

  if (layer == LP_NONE)
    return;
  style.scale = MAX (1, MAX (width, height) / RENDER_CSS_WIDTH);
  boxes = lp_session_draw_boxes (self, layer, image, LP_NONE, assumed, LP_FRAME_UPRIGHT, 1, NULL);
  cr = cairo_create (surface);
  lp_draw_boxes (cr, (const LpDrawBox *) boxes->data, boxes->len, &style);
  cairo_destroy (cr);
}

cairo_surface_t *
lp_session_render (LpSession *self, guint32 image, LpFrame assumed, GError **error)
{
  const LpImage *record = lp_dataset_image (self->now->dataset, image);
  g_autofree char *path = lp_image_dup_path (record);
  LpDecodeWish wish = { .path = path, .orientation = record->orientation };
  LpDecoder *decoder = lp_session_get_decoder (self, error);
  cairo_surface_t *surface;

  if (decoder == NULL)
    return NULL;
  surface = lp_decoder_decode (decoder, self->now->roots, &wish, NULL, error);
  if (surface != NULL)
    paint (self, surface, image, assumed);
  return surface;
}

static cairo_status_t
collect (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

gboolean
lp_session_save_picture (cairo_surface_t *picture, const char *path, GError **error)
{
  g_autoptr (GByteArray) png = g_byte_array_new ();
  cairo_status_t status = cairo_surface_write_to_png_stream (picture, collect, png);

  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, cairo_status_to_string (status));
      return FALSE;
    }
  return lp_atomic_write (path, png->data, png->len, NULL, error);
}

guint32
lp_session_find_image (LpSession *self, const char *name)
{
  const LpDataset *d = self->now->dataset;
  guint32 by_name = LP_NONE;

  for (guint32 i = 0; i < d->images->len; i++)
    {
      const LpImage *image = lp_dataset_image (d, i);
      g_autofree char *path = NULL;
      g_autofree char *relative = NULL;

      if (image->flags & LP_IMAGE_ORPHAN)
        continue;
      path = lp_image_dup_path (image);
      relative = lp_dataset_relative (d, path);
      if (g_str_equal (relative, name) || g_str_equal (path, name))
        return i;
      /* A picture that is there before a missing one of the same name. */
      if (g_str_equal (image->name, name) &&
          (by_name == LP_NONE || lp_dataset_image (d, by_name)->state != LP_IMAGE_FOUND))
        by_name = i;
    }
  return by_name;
}
