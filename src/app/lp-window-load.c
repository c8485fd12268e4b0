/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "lp-pixels.h"
#include "lp-recent.h"
#include "lp-widgets.h"
#include "lp-window-private.h"

#define POLL_MS 100

/* What the thread works on: it alone touches the session until it is done. */
typedef struct
{
  GWeakRef window;
  LpSession *session;
  LpWork work;
  guint32 layer;      /* LP_WORK_SUBJECT: the new one */
  char *subject;      /* a person's choice that reading again keeps: path and attribute of the layer; NULL */
  GPtrArray *changes; /* LP_WORK_APPLY: the plan */
  guint n_steps;      /* how many fixes that are */
  LpApplied applied;
  GError *disk_error; /* of writing; the set is read again all the same */
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_weak_ref_clear (&load->window);
  g_object_unref (load->session);
  g_clear_pointer (&load->changes, g_ptr_array_unref);
  g_clear_error (&load->disk_error);
  g_free (load->subject);
  lp_applied_clear (&load->applied);
  g_free (load);
}

static char *
layer_key (const LpLayer *layer)
{
  return g_strconcat (layer->path, "\n", layer->attribute, NULL);
}

/* Read; then the layer that a person had chosen is the subject again, where it is still there. */
static gboolean
read_again (const Load *load, LpProgress *progress, GError **error)
{
  const LpDataset *dataset;

  if (!lp_session_load (load->session, progress, error))
    return FALSE;
  dataset = lp_session_get_dataset (load->session);
  for (guint32 i = 0; load->subject != NULL && i < dataset->layers->len; i++)
    {
      g_autofree char *key = layer_key (lp_dataset_layer (dataset, i));

      if (g_str_equal (key, load->subject) && i != dataset->subject)
        return lp_session_set_subject (load->session, i, progress, error);
    }
  return TRUE;
}

static gboolean
load_work (LpProgress *progress, gpointer data, GError **error)
{
  Load *load = data;

  switch (load->work)
    {
    case LP_WORK_SUBJECT:
      return lp_session_set_subject (load->session, load->layer, progress, error);
    case LP_WORK_APPLY:
      lp_session_apply (load->session, load->changes, progress, &load->applied, &load->disk_error);
      break;
    case LP_WORK_UNDO_APPLY:
      lp_session_undo_apply (load->session, &load->applied, &load->disk_error);
      break;
    case LP_WORK_FINISH_APPLY:
      lp_session_finish_apply (load->session, &load->applied, &load->disk_error);
      break;
    case LP_WORK_LOAD:
    default:
      break;
    }
  return read_again (load, progress, error);
}

static gboolean
poll_cb (gpointer data)
{
  LpWindow *self = data;
  LpProgress progress = lp_job_progress (self->job);

  lp_loading_page_update (self->loading_page, self->opened, &progress);
  lp_sidebar_set_counts (self->sidebar, progress.found, progress.stage >= LP_STAGE_PICTURES ? progress.total : 0);
  return G_SOURCE_CONTINUE;
}

static void
stop_polling (LpWindow *self)
{
  g_clear_handle_id (&self->poll, g_source_remove);
  lp_loading_page_stop (self->loading_page);
  self->job = NULL;
}

/* ---- after it ---- */

/* Where one was before reading again, else the overview; the image page where a picture was named. */
static void
show_where_it_was (LpWindow *self)
{
  g_autofree char *page = g_steal_pointer (&self->return_page);
  g_autofree char *path = g_steal_pointer (&self->return_image);
  guint32 image = path != NULL ? lp_session_find_image (self->session, path) : LP_NONE;

  if (image != LP_NONE)
    lp_image_page_show (LP_IMAGE_PAGE (self->image_page), image, LP_NONE);
  lp_window_show_page (self, page != NULL ? page : "overview");
}

static void
say_unread (LpWindow *self)
{
  const GPtrArray *unread = lp_session_get_unread (self->session);
  const GPtrArray *stale = lp_session_get_stale (self->session);

  for (guint i = 0; unread != NULL && i < unread->len; i++)
    lp_window_toast (self, g_ptr_array_index (unread, i));
  if (stale != NULL && stale->len > 0)
    {
      g_autofree char *text =
        g_strdup_printf (ngettext ("%u fix noted earlier no longer fits the files.",
                                   "%u fixes noted earlier no longer fit the files.", stale->len),
                         stale->len);

      lp_window_toast (self, text);
    }
}

/* After looking for pictures: how many are there now, and by which rule. */
static void
say_notes (LpWindow *self)
{
  const LpDataset *dataset = lp_session_get_dataset (self->session);
  g_autofree char *text = g_strdup_printf (_ ("%u of %u pictures found"), dataset->coverage.pictures_found,
                                           dataset->coverage.pictures_named);

  if (self->say_notes)
    {
      lp_window_toast (self, text);
      for (guint i = 0; i < dataset->notes->len; i++)
        lp_window_toast (self, g_ptr_array_index (dataset->notes, i));
    }
  self->say_notes = FALSE;
}

/* What was written, and what was not. */
static void
say_written (LpWindow *self, const Load *load)
{
  guint n = load->applied.n_files;
  g_autofree char *text = NULL;

  for (guint i = 0; load->applied.refused != NULL && i < load->applied.refused->len; i++)
    lp_window_toast (self, g_ptr_array_index (load->applied.refused, i));
  lp_window_toast_error (self, load->disk_error);
  if (n == 0)
    return;
  if (load->work == LP_WORK_UNDO_APPLY)
    {
      text = g_strdup_printf (ngettext ("Taken back in %u file", "Taken back in %u files", n), n);
      lp_window_toast (self, text);
      return;
    }
  if (load->n_steps > 0)
    {
      g_autofree char *fixes =
        g_strdup_printf (ngettext ("%u fix applied", "%u fixes applied", load->n_steps), load->n_steps);

      /* Translators: "3 fixes applied, 7 files changed" */
      text = g_strdup_printf (ngettext ("%s, %u file changed", "%s, %u files changed", n), fixes, n);
    }
  else
    text = g_strdup_printf (ngettext ("%u file changed", "%u files changed", n), n);
  self->applied_here = TRUE;
  _lp_window_update_actions (self);
  _lp_window_toast_undo (self, text, "win.undo-apply");
}

static void
show_failure (LpWindow *self, const GError *error)
{
  const GPtrArray *unread = lp_session_get_unread (self->opened);

  g_clear_pointer (&self->return_page, g_free);
  g_clear_pointer (&self->return_image, g_free);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      lp_window_show_page (self, "welcome");
      g_clear_object (&self->opened);
      _lp_window_changed (self);
      return;
    }
  lp_error_page_show (self->error_page, lp_session_get_paths (self->opened), unread, error);
  g_clear_object (&self->opened);
  lp_window_show_page (self, "error");
  _lp_window_changed (self);
}

/* Cancelled in the middle: what was read stays, where there is something. */
static gboolean
has_something (LpSession *session)
{
  const LpDataset *dataset = lp_session_get_dataset (session);

  return dataset != NULL && lp_session_get_findings (session) != NULL &&
         (dataset->images->len > 0 || dataset->layers->len > 0);
}

static void
load_done (const GError *error, gpointer data)
{
  Load *load = data;
  g_autoptr (LpWindow) self = g_weak_ref_get (&load->window);

  if (self == NULL || load->session != self->opened) /* closed, or another one was opened meanwhile */
    return;
  stop_polling (self);
  if (error != NULL && !has_something (load->session))
    {
      show_failure (self, error);
      return;
    }
  lp_pixels_forget ();
  _lp_window_set_session (self, load->session);
  show_where_it_was (self);
  _lp_window_note_recent (self);
  say_unread (self);
  say_written (self, load);
  say_notes (self);
  if (error != NULL)
    lp_window_toast_error (self, error);
  _lp_window_offer_unfinished (self);
}

/* ---- before it ---- */

static void
start (LpWindow *self, Load *load)
{
  g_weak_ref_init (&load->window, self);
  load->session = g_object_ref (self->opened);
  load->subject = g_strdup (self->chosen_subject);
  _lp_window_set_session (self, NULL); /* the thread has it now */
  lp_loading_page_start (self->loading_page);
  lp_window_show_page (self, self->early_picture ? "images" : "loading");
  self->early_picture = FALSE;
  self->job = lp_job_start (load_work, load_done, load, load_free);
  self->poll = g_timeout_add (POLL_MS, poll_cb, self);
  _lp_window_changed (self);
}

static void
start_work (LpWindow *self, LpWork work)
{
  Load *load = g_new0 (Load, 1);

  load->work = work;
  start (self, load);
}

static void
forget_opened (LpWindow *self)
{
  if (self->job != NULL)
    {
      lp_job_cancel (self->job);
      stop_polling (self);
    }
  self->applied_here = FALSE;
  _lp_window_set_session (self, NULL);
  g_clear_object (&self->opened);
  g_clear_pointer (&self->chosen_subject, g_free);
}

/* One picture: it is shown before anything around it is read. */
static void
show_early (LpWindow *self, const char *path)
{
  lp_image_page_show_file (LP_IMAGE_PAGE (self->image_page), self->opened, path);
  self->early_picture = TRUE;
  self->return_page = g_strdup ("images");
  self->return_image = g_strdup (path);
}

void
lp_window_open (LpWindow *self, const char *const *paths)
{
  g_autoptr (LpSession) session = lp_session_new ();

  g_return_if_fail (LP_IS_WINDOW (self));
  g_return_if_fail (paths != NULL && paths[0] != NULL);

  forget_opened (self);
  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autofree char *path = g_canonicalize_filename (paths[i], NULL);

      lp_session_add_path (session, path);
    }
  self->opened = g_steal_pointer (&session);
  if (paths[1] == NULL && lp_path_is_picture (paths[0]))
    {
      g_autofree char *path = g_canonicalize_filename (paths[0], NULL);

      show_early (self, path);
    }
  start_work (self, LP_WORK_LOAD);
}

static void
remember_place (LpWindow *self)
{
  const char *page = gtk_stack_get_visible_child_name (self->stack);
  int image = -1;

  g_free (self->return_page);
  g_free (self->return_image);
  self->return_page = g_strdup (page);
  self->return_image = NULL;
  g_object_get (self->image_page, "image", &image, NULL);
  if (image >= 0)
    {
      LpDataset *dataset = lp_session_get_dataset (self->session);

      if ((guint) image < dataset->images->len)
        self->return_image = lp_image_dup_path (lp_dataset_image (dataset, image));
    }
}

void
_lp_window_reload (LpWindow *self)
{
  if (self->session == NULL)
    return;
  remember_place (self);
  start_work (self, LP_WORK_LOAD);
}

void
_lp_window_add_paths (LpWindow *self, const char *const *paths)
{
  if (self->session == NULL)
    {
      lp_window_open (self, paths);
      return;
    }
  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autofree char *path = g_canonicalize_filename (paths[i], NULL);

      lp_session_add_path (self->opened, path);
    }
  _lp_window_reload (self);
}

void
_lp_window_set_subject (LpWindow *self, guint32 layer)
{
  Load *load;

  if (self->session == NULL || lp_dataset_layer (lp_session_get_dataset (self->session), layer) == NULL ||
      layer == lp_session_get_dataset (self->session)->subject)
    return;
  load = g_new0 (Load, 1);
  load->work = LP_WORK_SUBJECT;
  load->layer = layer;
  g_free (self->chosen_subject);
  self->chosen_subject = layer_key (lp_dataset_layer (lp_session_get_dataset (self->session), layer));
  remember_place (self);
  start (self, load);
}

void
_lp_window_apply (LpWindow *self, GPtrArray *changes, guint n_steps)
{
  Load *load = g_new0 (Load, 1);

  load->work = LP_WORK_APPLY;
  load->changes = changes;
  load->n_steps = n_steps;
  remember_place (self);
  start (self, load);
}

void
_lp_window_settle_apply (LpWindow *self, gboolean finish)
{
  if (self->session == NULL)
    return;
  self->applied_here = FALSE;
  remember_place (self);
  start_work (self, finish ? LP_WORK_FINISH_APPLY : LP_WORK_UNDO_APPLY);
}

static void
keep_subject (LpWindow *self)
{
  const LpDataset *dataset = lp_session_get_dataset (self->session);
  const LpLayer *subject = lp_dataset_layer (dataset, dataset->subject);

  g_free (self->chosen_subject);
  self->chosen_subject = subject != NULL ? layer_key (subject) : NULL;
}

/* How many pictures it found and how: what the readers noted. */
void
_lp_window_locate (LpWindow *self, const char *const *paths)
{
  if (self->session == NULL)
    return;
  keep_subject (self); /* a folder of pictures may bring labels with it; they only become a witness */
  self->say_notes = TRUE;
  _lp_window_add_paths (self, paths);
}

void
_lp_window_cancel (LpWindow *self)
{
  if (self->job != NULL)
    lp_job_cancel (self->job);
}

void
_lp_window_note_recent (LpWindow *self)
{
  const LpFindings *findings = lp_session_get_findings (self->session);
  g_autofree char *title = _lp_window_dup_title (self);
  LpRecent recent = {
    .paths = (GStrv) lp_session_get_paths (self->session),
    .title = title,
    .problems = findings->errors + findings->warnings,
    .when = g_get_real_time () / G_USEC_PER_SEC,
    .worst = findings->errors > 0     ? LP_SEVERITY_ERROR
             : findings->warnings > 0 ? LP_SEVERITY_WARNING
                                      : LP_SEVERITY_OFF,
  };

  lp_recent_note (&recent);
}
