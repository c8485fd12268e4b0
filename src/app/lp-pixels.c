/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lp-pixels.h"

#define BYTES_MAX (160 * 1024 * 1024)
#define SIZE_MIN_STEP 128
#define SIZE_MAX_STEP 8192

/* One picture at one size. Waiting while `surface` is NULL and not failed. */
typedef struct
{
  char *key;
  cairo_surface_t *surface;
  gsize bytes;
  gboolean failed;
  gboolean decoding;
  GPtrArray *waiting; /* Waiting * */
  GList link;         /* in the order of use, newest first */
} Entry;

typedef struct
{
  LpPixelsFunc ready;
  gpointer data;
  GCancellable *cancellable;
} Waiting;

typedef struct
{
  char *key; /* the entry may be gone when the pixels come */
  LpSession *session;
  LpDecoder *decoder;
} Wish;

static GHashTable *entries; /* key → Entry */
static GQueue order = G_QUEUE_INIT;
static gsize bytes_used;

static void
waiting_free (gpointer data)
{
  Waiting *waiting = data;

  g_clear_object (&waiting->cancellable);
  g_free (waiting);
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_queue_unlink (&order, &entry->link);
  bytes_used -= entry->bytes;
  g_clear_pointer (&entry->surface, cairo_surface_destroy);
  g_ptr_array_unref (entry->waiting);
  g_free (entry->key);
  g_free (entry);
}

static void
wish_free (Wish *wish)
{
  g_object_unref (wish->session);
  g_free (wish->key);
  g_free (wish);
}

static Entry *
entry_new (const char *key)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->key = g_strdup (key);
  entry->waiting = g_ptr_array_new_with_free_func (waiting_free);
  entry->link.data = entry;
  g_queue_push_head_link (&order, &entry->link);
  if (entries == NULL)
    entries = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, entry_free);
  g_hash_table_insert (entries, entry->key, entry);
  return entry;
}

static void
make_room (void)
{
  GList *link = order.tail;

  while (bytes_used > BYTES_MAX && link != NULL && link != order.head) /* the newest is being looked at */
    {
      Entry *entry = link->data;

      link = link->prev;
      if (entry->surface != NULL)
        g_hash_table_remove (entries, entry->key);
    }
}

static void
tell (const GPtrArray *waiting)
{
  for (guint i = 0; i < waiting->len; i++)
    {
      Waiting *one = g_ptr_array_index (waiting, i);

      if (!g_cancellable_is_cancelled (one->cancellable))
        one->ready (one->data);
    }
}

static void
tell_waiting (Entry *entry)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&entry->waiting);

  entry->waiting = g_ptr_array_new_with_free_func (waiting_free);
  tell (waiting);
}

static void
decoded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Wish *wish = data;
  g_autoptr (GError) error = NULL;
  cairo_surface_t *surface = lp_decoder_decode_finish (wish->decoder, result, &error);
  Entry *entry = entries != NULL ? g_hash_table_lookup (entries, wish->key) : NULL;

  if (entry == NULL || entry->surface != NULL)
    {
      g_clear_pointer (&surface, cairo_surface_destroy);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autoptr (GPtrArray) waiting = g_ptr_array_ref (entry->waiting);

      /* A newer wish took its place: whoever still waits asks again. */
      g_hash_table_remove (entries, wish->key);
      tell (waiting);
    }
  else
    {
      entry->decoding = FALSE;
      entry->surface = surface;
      entry->failed = surface == NULL;
      if (surface != NULL)
        entry->bytes = (gsize) cairo_image_surface_get_stride (surface) * cairo_image_surface_get_height (surface);
      bytes_used += entry->bytes;
      tell_waiting (entry);
      make_room ();
    }
  wish_free (wish);
}

static void
start (Entry *entry, LpSession *session, const char *path, guint orientation, guint size, guint group)
{
  LpDecoder *decoder = lp_session_get_decoder (session, NULL);
  LpDecodeWish decode = { .path = path, .max_width = size, .max_height = size, .orientation = orientation };
  Wish *wish;

  if (decoder == NULL)
    {
      entry->failed = TRUE;
      return;
    }
  wish = g_new0 (Wish, 1);
  wish->key = g_strdup (entry->key);
  wish->session = g_object_ref (session);
  wish->decoder = decoder;
  entry->decoding = TRUE;
  lp_decoder_decode_async (decoder, lp_session_get_roots (session), &decode, group, NULL, decoded_cb, wish);
}

static char *
dup_key (const char *path, guint orientation, guint step)
{
  return g_strdup_printf ("%u %u %s", step, orientation, path);
}

LpPixelsState
lp_pixels_get (LpSession *session,
               const char *path,
               guint orientation,
               guint size,
               guint group,
               cairo_surface_t **surface,
               GCancellable *cancellable,
               LpPixelsFunc ready,
               gpointer user_data)
{
  g_autofree char *key = NULL;
  guint step = SIZE_MIN_STEP;
  Entry *entry;
  Waiting *waiting;

  *surface = NULL;
  while (step < size && step < SIZE_MAX_STEP) /* few sizes, so that neighbours share one picture */
    step *= 2;
  key = dup_key (path, orientation, step);
  entry = entries != NULL ? g_hash_table_lookup (entries, key) : NULL;
  if (entry == NULL)
    entry = entry_new (key);
  g_queue_unlink (&order, &entry->link);
  g_queue_push_head_link (&order, &entry->link);

  if (entry->surface == NULL && !entry->failed && !entry->decoding)
    start (entry, session, path, orientation, step, group);
  if (entry->failed)
    return LP_PIXELS_FAILED;
  if (entry->surface != NULL)
    {
      *surface = cairo_surface_reference (entry->surface);
      return LP_PIXELS_READY;
    }
  if (ready == NULL)
    return LP_PIXELS_PENDING;
  waiting = g_new0 (Waiting, 1);
  *waiting = (Waiting){ ready, user_data, cancellable != NULL ? g_object_ref (cancellable) : NULL };
  g_ptr_array_add (entry->waiting, waiting);
  return LP_PIXELS_PENDING;
}

cairo_surface_t *
lp_pixels_peek (const char *path, guint orientation)
{
  for (guint step = SIZE_MAX_STEP; step >= SIZE_MIN_STEP && entries != NULL; step /= 2)
    {
      g_autofree char *key = dup_key (path, orientation, step);
      const Entry *entry = g_hash_table_lookup (entries, key);

      if (entry != NULL && entry->surface != NULL)
        return cairo_surface_reference (entry->surface);
    }
  return NULL;
}

void
lp_pixels_forget (void)
{
  g_clear_pointer (&entries, g_hash_table_unref);
}
