/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "picture/lp-decoder-helper.h"
#include "picture/lp-decoder.h"
#include "picture/lp-picture-header.h"

#define PATIENCE_SECONDS 10
#define LEFT_OVER_US 100000 /* a cancelled wish may hold up the next one no longer: starting anew takes 5 ms */

struct _LpDecoder
{
  char *program;
  guint patience; /* seconds */

  GMutex wire; /* one wish at a time; guards helper */
  LpHelper *helper;

  GMutex lock; /* guards what follows */
  GCond changed;
  GQueue waiting;  /* Wish *, newest first */
  GQueue replaced; /* Wish *, to be told that they are cancelled */
  gboolean quitting;
  GThread *worker;
  int quit; /* eventfd that is readable when quitting */
};

typedef struct
{
  GTask *task;
  LpRoots *roots;
  LpDecodeWish wish;
  char *path;
  guint group;
} Wish;

/* ---- pixels ---- */

typedef struct
{
  void *data;
  gsize size;
  guint warnings;
} Mapping;

static const cairo_user_data_key_t mapping_key;

static void
mapping_free (gpointer data)
{
  Mapping *mapping = data;
  munmap (mapping->data, mapping->size);
  g_free (mapping);
}

guint
lp_decoder_surface_warnings (cairo_surface_t *surface)
{
  const Mapping *mapping = cairo_surface_get_user_data (surface, &mapping_key);
  return mapping != NULL ? mapping->warnings : 0;
}

/* Whether the answer and its memory are what was asked for and cannot change under our feet. The helper has looked
 * into somebody's picture: it may be in somebody's hands. */
static gboolean
is_sound (const LpDecodeRequest *request, const LpDecodeAnswer *answer, int pixels)
{
  struct stat st;
  const int seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
  return pixels >= 0 && answer->width >= 1 && answer->width <= request->max_width && answer->height >= 1 &&
         answer->height <= request->max_height && answer->stride == answer->width * 4 &&
         (fcntl (pixels, F_GET_SEALS) & seals) == seals && fstat (pixels, &st) == 0 &&
         (guint64) st.st_size == (guint64) answer->stride * answer->height;
}

/* The pixels as they lie in the helper's memory, private to us as soon as somebody draws on them. */
static cairo_surface_t *
map_surface (const LpDecodeAnswer *answer, int pixels)
{
  gsize size = (gsize) answer->stride * answer->height;
  void *data = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE, pixels, 0);
  if (data == MAP_FAILED)
    return NULL;
  Mapping *mapping = g_new (Mapping, 1);
  *mapping = (Mapping){ data, size, answer->warnings };
  cairo_surface_t *surface =
    cairo_image_surface_create_for_data (data, answer->has_alpha ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_RGB24,
                                         (int) answer->width, (int) answer->height, (int) answer->stride);
  cairo_surface_set_user_data (surface, &mapping_key, mapping, mapping_free);
  return surface;
}

/* ---- words ---- */

static void
set_status_error (const LpDecodeAnswer *answer, GError **error)
{
  g_autofree char *reason = NULL;
  switch ((LpDecodeStatus) answer->status)
    {
    case LP_DECODE_OTHER_FORMAT:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                           _ ("This file is neither a JPEG nor a PNG picture. Other formats cannot be shown yet."));
      return;
    case LP_DECODE_TOO_BIG:
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                   _ ("The picture says that it has %u × %u pixels. That is too large to be decoded."), answer->width,
                   answer->height);
      return;
    case LP_DECODE_TOO_MANY_SCANS:
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                   _ ("The picture comes in more than %d passes. It is not decoded any further."),
                   LP_DECODE_SCANS_MAX);
      return;
    case LP_DECODE_NO_MEMORY:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                           _ ("There is not enough memory to decode this picture."));
      return;
    case LP_DECODE_DAMAGED:
      reason = g_utf8_make_valid (answer->reason, -1);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("The picture cannot be decoded: %s"), reason);
      return;
    case LP_DECODE_OK:
      break;
    }
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                       _ ("The picture decoder gave an answer that makes no sense."));
}

static void
set_event_error (const LpDecoder *decoder, LpHelperEvent event, GError **error)
{
  if (event == LP_HELPER_CANCELLED)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("The picture is not wanted any more."));
  else if (event == LP_HELPER_TIMED_OUT)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
                 ngettext ("The picture was not decoded within %u second.",
                           "The picture was not decoded within %u seconds.", decoder->patience),
                 decoder->patience);
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The picture decoder broke down at this picture."));
}

/* ---- one wish ---- */

/* A helper that waits for a request: the old one unless it is gone or still busy with what nobody wants. */
static gboolean
ensure_helper (LpDecoder *decoder, GError **error)
{
  g_autoptr (GError) inner = NULL;
  if (decoder->helper != NULL)
    {
      LpDecodeAnswer stale;
      int pixels = -1;
      gint64 deadline = g_get_monotonic_time () + LEFT_OVER_US;
      if (decoder->helper->answered == decoder->helper->serial)
        return TRUE;
      if (lp_helper_wait (decoder->helper, deadline, -1, decoder->quit, &stale, &pixels) == LP_HELPER_ANSWERED)
        {
          if (pixels >= 0)
            close (pixels);
          return TRUE;
        }
      g_clear_pointer (&decoder->helper, lp_helper_stop);
    }
  decoder->helper = lp_helper_start (decoder->program, &inner);
  if (decoder->helper == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The picture decoder could not be started: %s"),
                 inner->message);
  return decoder->helper != NULL;
}

static gboolean
send_request (LpDecoder *decoder, LpDecodeRequest *request, int picture, GError **error)
{
  /* A helper that died since the last wish shows only here; a second one that does is broken. */
  for (guint i = 0; i < 2; i++)
    {
      if (!ensure_helper (decoder, error))
        return FALSE;
      if (lp_helper_send (decoder->helper, request, picture))
        return TRUE;
      g_clear_pointer (&decoder->helper, lp_helper_stop);
    }
  set_event_error (decoder, LP_HELPER_GONE, error);
  return FALSE;
}

static cairo_surface_t *
take_answer (
  LpDecoder *decoder, const LpDecodeRequest *request, const LpDecodeAnswer *answer, int pixels, GError **error)
{
  cairo_surface_t *surface = NULL;
  LpDecodeAnswer told = *answer;
  if (answer->status == LP_DECODE_OK && !is_sound (request, answer, pixels))
    g_clear_pointer (&decoder->helper, lp_helper_stop);
  else if (answer->status == LP_DECODE_OK && (surface = map_surface (answer, pixels)) == NULL)
    told.status = LP_DECODE_NO_MEMORY;
  if (pixels >= 0)
    close (pixels);
  if (surface == NULL)
    set_status_error (&told, error);
  return surface;
}

static cairo_surface_t *
decode_open (LpDecoder *decoder, LpDecodeRequest *request, int picture, GCancellable *cancellable, GError **error)
{
  LpDecodeAnswer answer;
  int pixels = -1;
  if (g_cancellable_set_error_if_cancelled (cancellable, error) || !send_request (decoder, request, picture, error))
    return NULL;
  gint64 deadline = g_get_monotonic_time () + (gint64) decoder->patience * G_USEC_PER_SEC;
  int cancel = cancellable != NULL ? g_cancellable_get_fd (cancellable) : -1;
  LpHelperEvent event = lp_helper_wait (decoder->helper, deadline, cancel, decoder->quit, &answer, &pixels);
  if (cancel >= 0)
    g_cancellable_release_fd (cancellable);
  if (event == LP_HELPER_ANSWERED)
    return take_answer (decoder, request, &answer, pixels, error);
  if (event != LP_HELPER_CANCELLED)
    g_clear_pointer (&decoder->helper, lp_helper_stop);
  set_event_error (decoder, event, error);
  return NULL;
}

cairo_surface_t *
lp_decoder_decode (
  LpDecoder *decoder, const LpRoots *roots, const LpDecodeWish *wish, GCancellable *cancellable, GError **error)
{
  LpDecodeRequest request = { .max_pixels = LP_PICTURE_PIXELS_MAX };
  request.max_width = wish->max_width == 0 ? LP_DECODE_SIDE_MAX : MIN (wish->max_width, LP_DECODE_SIDE_MAX);
  request.max_height = wish->max_height == 0 ? LP_DECODE_SIDE_MAX : MIN (wish->max_height, LP_DECODE_SIDE_MAX);
  request.orientation = wish->orientation >= 1 && wish->orientation <= 8 ? wish->orientation : 1;
  int picture = lp_roots_open (roots, wish->path, error);
  if (picture < 0)
    return NULL;
  g_mutex_lock (&decoder->wire);
  cairo_surface_t *surface = decode_open (decoder, &request, picture, cancellable, error);
  g_mutex_unlock (&decoder->wire);
  close (picture);
  return surface;
}

/* ---- the queue ---- */

static void
wish_free (Wish *wish)
{
  g_object_unref (wish->task);
  lp_roots_free (wish->roots);
  g_free (wish->path);
  g_free (wish);
}

/* Only the worker tells: a result given in the caller's own thread would call back before the call has returned. */
static void
wish_drop (Wish *wish)
{
  g_task_return_new_error (wish->task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s",
                           _ ("The picture is not wanted any more."));
  wish_free (wish);
}

static void
wish_serve (LpDecoder *decoder, Wish *wish)
{
  GError *error = NULL;
  cairo_surface_t *surface =
    lp_decoder_decode (decoder, wish->roots, &wish->wish, g_task_get_cancellable (wish->task), &error);
  if (surface != NULL)
    g_task_return_pointer (wish->task, surface, (GDestroyNotify) cairo_surface_destroy);
  else
    g_task_return_error (wish->task, error);
  wish_free (wish);
}

static gpointer
work (gpointer data)
{
  LpDecoder *decoder = data;
  g_mutex_lock (&decoder->lock);
  while (!decoder->quitting || decoder->waiting.length + decoder->replaced.length > 0)
    {
      Wish *dropped = g_queue_pop_head (&decoder->replaced);
      Wish *wish = dropped == NULL ? g_queue_pop_head (&decoder->waiting) : NULL;
      if (wish != NULL && decoder->quitting)
        dropped = g_steal_pointer (&wish);
      if (dropped == NULL && wish == NULL)
        {
          g_cond_wait (&decoder->changed, &decoder->lock);
          continue;
        }
      g_mutex_unlock (&decoder->lock);
      if (dropped != NULL)
        wish_drop (dropped);
      else
        wish_serve (decoder, wish);
      g_mutex_lock (&decoder->lock);
    }
  g_mutex_unlock (&decoder->lock);
  return NULL;
}

static void
replace_group (LpDecoder *decoder, guint group)
{
  for (GList *l = decoder->waiting.head; l != NULL && group != 0;)
    {
      GList *next = l->next;
      if (((Wish *) l->data)->group == group)
        {
          g_queue_unlink (&decoder->waiting, l);
          g_queue_push_tail_link (&decoder->replaced, l);
        }
      l = next;
    }
}

void
lp_decoder_decode_async (LpDecoder *decoder,
                         const LpRoots *roots,
                         const LpDecodeWish *wish,
                         guint group,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  Wish *w = g_new (Wish, 1);
  *w = (Wish){ .roots = lp_roots_ref (roots), .wish = *wish, .path = g_strdup (wish->path), .group = group };
  w->wish.path = w->path;
  w->task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (w->task, lp_decoder_decode_async);
  g_mutex_lock (&decoder->lock);
  replace_group (decoder, group);
  g_queue_push_head (&decoder->waiting, w);
  if (decoder->worker == NULL)
    decoder->worker = g_thread_new ("decoder", work, decoder);
  g_cond_signal (&decoder->changed);
  g_mutex_unlock (&decoder->lock);
}

cairo_surface_t *
lp_decoder_decode_finish (LpDecoder *decoder, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- life ---- */

LpDecoder *
lp_decoder_new_for (const char *program, guint patience)
{
  LpDecoder *decoder = g_new0 (LpDecoder, 1);
  decoder->program = g_strdup (program);
  decoder->patience = patience;
  decoder->quit = eventfd (0, EFD_CLOEXEC);
  g_mutex_init (&decoder->wire);
  g_mutex_init (&decoder->lock);
  g_cond_init (&decoder->changed);
  return decoder;
}

LpDecoder *
lp_decoder_new (GError **error)
{
  g_autofree char *program = lp_helper_find ();
  if (program == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                           _ ("Pictures cannot be shown: the program labelproof-decoder is not installed."));
      return NULL;
    }
  return lp_decoder_new_for (program, PATIENCE_SECONDS);
}

void
lp_decoder_free (LpDecoder *decoder)
{
  g_mutex_lock (&decoder->lock);
  decoder->quitting = TRUE;
  g_cond_signal (&decoder->changed);
  g_mutex_unlock (&decoder->lock);
  eventfd_write (decoder->quit, 1);
  if (decoder->worker != NULL)
    g_thread_join (decoder->worker);
  g_clear_pointer (&decoder->helper, lp_helper_stop);
  close (decoder->quit);
  g_mutex_clear (&decoder->wire);
  g_mutex_clear (&decoder->lock);
  g_cond_clear (&decoder->changed);
  g_free (decoder->program);
  g_free (decoder);
}
