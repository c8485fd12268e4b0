/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "match/lp-match.h"
#include "picture/lp-picture-header.h"
#include "session/lp-session-private.h"

G_DEFINE_FINAL_TYPE (LpSession, lp_session, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- what one load gave ---- */

static LpLoaded *
loaded_new (void)
{
  LpLoaded *loaded = g_new0 (LpLoaded, 1);

  loaded->dataset = lp_dataset_new ();
  loaded->roots = lp_roots_new ();
  loaded->unread = g_ptr_array_new_with_free_func (g_free);
  loaded->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) lp_step_free);
  loaded->redo = g_ptr_array_new_with_free_func ((GDestroyNotify) lp_step_free);
  loaded->stale = g_ptr_array_new_with_free_func (g_free);
  loaded->lost = g_ptr_array_new_with_free_func ((GDestroyNotify) lp_step_free);
  return loaded;
}

static void
loaded_free (LpLoaded *loaded)
{
  if (loaded == NULL)
    return;
  g_clear_pointer (&loaded->journal, lp_journal_close);
  g_clear_pointer (&loaded->base, lp_findings_free);
  g_clear_pointer (&loaded->findings, lp_findings_free);
  g_clear_pointer (&loaded->present, g_hash_table_unref);
  g_clear_pointer (&loaded->excluded, g_array_unref);
  g_ptr_array_unref (loaded->steps);
  g_ptr_array_unref (loaded->redo);
  g_ptr_array_unref (loaded->stale);
  g_ptr_array_unref (loaded->lost);
  g_ptr_array_unref (loaded->unread);
  g_free (loaded->subject);
  lp_roots_free (loaded->roots);
  lp_dataset_free (loaded->dataset);
  g_free (loaded);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LpLoaded, loaded_free)

static void
forget_steps (LpLoaded *loaded)
{
  g_ptr_array_set_size (loaded->steps, 0);
  g_ptr_array_set_size (loaded->redo, 0);
  g_ptr_array_set_size (loaded->stale, 0);
  g_ptr_array_set_size (loaded->lost, 0);
  g_clear_pointer (&loaded->findings, lp_findings_free);
  g_clear_pointer (&loaded->present, g_hash_table_unref);
  g_clear_pointer (&loaded->excluded, g_array_unref);
}

/* ---- the object ---- */

static void
lp_session_init (LpSession *self)
{
  g_mutex_init (&self->first_lock);
  self->paths = g_ptr_array_new_null_terminated (0, g_free, TRUE);
  self->roots = g_ptr_array_new_null_terminated (0, g_free, TRUE);
  self->maps = g_ptr_array_new_null_terminated (0, g_free, TRUE);
  self->selected = g_new (gboolean, lp_rule_count () + 1);
  for (guint i = 0; i <= lp_rule_count (); i++)
    self->selected[i] = TRUE;
  self->now = loaded_new ();
}

static void
lp_session_finalize (GObject *object)
{
  LpSession *self = LP_SESSION (object);

  g_clear_pointer (&self->decoder, lp_decoder_free);
  g_clear_pointer (&self->first, g_ptr_array_unref);
  g_mutex_clear (&self->first_lock);
  loaded_free (self->now);
  g_ptr_array_unref (self->paths);
  g_ptr_array_unref (self->roots);
  g_ptr_array_unref (self->maps);
  g_strfreev (self->typed);
  g_free (self->names);
  g_free (self->selected);
  g_free (self->journal_folder);
  G_OBJECT_CLASS (lp_session_parent_class)->finalize (object);
}

static void
lp_session_class_init (LpSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lp_session_finalize;
  signals[CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

LpSession *
lp_session_new (void)
{
  return g_object_new (LP_TYPE_SESSION, NULL);
}

void
lp_session_changed (LpSession *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- what to open ---- */

void
lp_session_add_path (LpSession *self, const char *path)
{
  g_ptr_array_add (self->paths, g_strdup (path));
}

void
lp_session_add_root (LpSession *self, const char *folder)
{
  g_ptr_array_add (self->roots, g_strdup (folder));
}

gboolean
lp_session_add_map (LpSession *self, const char *map, GError **error)
{
  const char *equals = strrchr (map, '=');

  if (equals == NULL || equals == map || equals[1] == '\0')
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _ ("“%s” is no map. It should look like s3://bucket/prefix=FOLDER."), map);
      return FALSE;
    }
  g_ptr_array_add (self->maps, g_strdup (map));
  return TRUE;
}

void
lp_session_set_names (LpSession *self, const char *file)
{
  g_free (self->names);
  self->names = g_strdup (file);
}

void
lp_session_set_typed_names (LpSession *self, GStrv names)
{
  g_strfreev (self->typed);
  self->typed = g_strdupv (names);
}

gboolean
lp_session_set_profile (LpSession *self, const char *id, GError **error)
{
  const LpProfile *profile = lp_profile_find (id);

  if (profile == NULL)
    {
      g_autofree char *ids = lp_profile_ids ();

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _ ("There is no profile “%s”. There are: %s."), id,
                   ids);
      return FALSE;
    }
  self->profile = profile;
  return TRUE;
}

gboolean
lp_session_select_rules (LpSession *self, const char *list, gboolean on, GError **error)
{
  /* The first selection means "only these", more of them add. */
  if (on && !self->narrowed)
    for (guint i = 0; i <= lp_rule_count (); i++)
      self->selected[i] = FALSE;
  self->narrowed |= on;
  self->partial = TRUE;
  return lp_check_select (self->selected, list, on, error);
}

void
lp_session_set_first_path_only (LpSession *self, gboolean first_path_only)
{
  self->first_path_only = first_path_only;
}

void
lp_session_set_ignore_pending (LpSession *self, gboolean ignore_pending)
{
  self->ignore_pending = ignore_pending;
}

void
lp_session_set_journal_folder (LpSession *self, const char *folder)
{
  g_free (self->journal_folder);
  self->journal_folder = g_strdup (folder);
}

const char *const *
lp_session_get_paths (LpSession *self)
{
  return (const char *const *) self->paths->pdata;
}

gboolean
lp_session_names_were_read (LpSession *self)
{
  const LpDataset *d = self->now->dataset;

  for (guint i = 0; i < d->dicts->len; i++)
    if (lp_dataset_dict (d, i)->origin == LP_DICT_USER)
      return TRUE;
  return self->names == NULL;
}

/* ---- load ---- */

/* A data.yaml and its folder are one data set, so they share a journal. */
static char *
journal_subject (const LpDataset *d)
{
  const LpLayer *layer = lp_dataset_layer (d, d->subject);
  g_autofree char *folder = NULL;
  char *real;

  if (layer == NULL)
    return NULL;
  folder = layer->kind == LP_LAYER_YOLO && !g_file_test (layer->path, G_FILE_TEST_IS_DIR)
             ? g_path_get_dirname (layer->path)
             : g_strdup (layer->path);
  real = realpath (folder, NULL);
  if (real == NULL)
    return g_steal_pointer (&folder);
  g_free (folder);
  folder = g_strdup (real);
  free (real);
  return g_steal_pointer (&folder);
}

static void
add_typed_names (LpSession *self, LpDataset *d)
{
  LpLayer *subject = lp_dataset_layer (d, d->subject);
  LpDictionary *dict;

  if (self->typed == NULL || subject == NULL)
    return;
  dict = lp_dataset_add_dictionary (d, LP_DICT_USER, LP_NONE, _ ("typed"));
  for (guint i = 0; self->typed[i] != NULL; i++)
    lp_dictionary_add_name (d, dict, self->typed[i], -1, (LpPlace){ 0 });
  dict->layer = d->subject;
  subject->dictionary = d->dicts->len - 1;
}

static gboolean
list (LpSession *self, LpLoaded *next, LpProgress *progress, GError **error)
{
  LpReadOptions options = {
    .paths = (const char *const *) self->paths->pdata,
    .roots = self->roots->len > 0 ? (const char *const *) self->roots->pdata : NULL,
    .maps = self->maps->len > 0 ? (const char *const *) self->maps->pdata : NULL,
    .names = self->names,
    .first_path_only = self->first_path_only,
  };

  lp_progress_start (progress, LP_STAGE_LIST, 0);
  if (self->paths->len == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _ ("There is nothing to open."));
      return FALSE;
    }
  if (!lp_read_list (next->dataset, next->roots, &options, next->unread, progress, error))
    return FALSE;
  add_typed_names (self, next->dataset);
  next->subject = journal_subject (next->dataset);
  return TRUE;
}

static guint
count_entries (const LpDataset *d)
{
  guint n = 0;

  for (guint i = 0; i < d->layers->len; i++)
    n += lp_dataset_layer (d, i)->entries->len;
  return n;
}

static gboolean
judge (LpSession *self, LpLoaded *loaded, LpFindings **findings, LpProgress *progress, GError **error)
{
  lp_progress_start (progress, LP_STAGE_MATCH, 0);
  if (!lp_match_all (loaded->dataset, progress, error))
    return FALSE;
  loaded->profile = self->profile != NULL ? self->profile : lp_profile_default (loaded->dataset);
  lp_progress_start (progress, LP_STAGE_CHECK, count_entries (loaded->dataset));
  *findings = lp_check_run (loaded->dataset, loaded->profile, self->selected, progress);
  if (*findings == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("The check was cancelled."));
  return *findings != NULL;
}

static gboolean
load (LpSession *self, LpLoaded *next, LpProgress *progress, GError **error)
{
  LpDataset *d = next->dataset;

  lp_session_take_first_pictures (self, NULL, NULL);
  if (!list (self, next, progress, error))
    return FALSE;
  lp_progress_start (progress, LP_STAGE_ROWS, count_entries (d));
  if (!lp_read_rows (d, next->roots, progress, error))
    return FALSE;
  lp_session_take_first_pictures (self, d, next->roots);
  lp_progress_start (progress, LP_STAGE_PICTURES, d->images->len);
  if (!lp_picture_probe_all (d, next->roots, progress, error))
    return FALSE;
  return judge (self, next, &next->base, progress, error);
}

/* ---- from the worker to the main thread ---- */

typedef struct
{
  void (*work) (LpSession *self, LpLoaded *next);
  LpSession *session;
  LpLoaded *next;
  GMutex mutex;
  GCond cond;
  gboolean done;
} Errand;

static gboolean
run_errand (gpointer data)
{
  Errand *errand = data;

  errand->work (errand->session, errand->next);
  g_mutex_lock (&errand->mutex);
  errand->done = TRUE;
  g_cond_signal (&errand->cond);
  g_mutex_unlock (&errand->mutex);
  return G_SOURCE_REMOVE;
}

static void
in_main_thread (LpSession *self, LpLoaded *next, void (*work) (LpSession *self, LpLoaded *next))
{
  Errand errand = { .work = work, .session = self, .next = next };

  g_mutex_init (&errand.mutex);
  g_cond_init (&errand.cond);
  g_main_context_invoke (NULL, run_errand, &errand);
  g_mutex_lock (&errand.mutex);
  while (!errand.done)
    g_cond_wait (&errand.cond, &errand.mutex);
  g_mutex_unlock (&errand.mutex);
  g_mutex_clear (&errand.mutex);
  g_cond_clear (&errand.cond);
}

/* There is one writer of a journal, so the old data set lends its own to the new one. */
static void
lend_journal (LpSession *self, LpLoaded *next)
{
  if (g_strcmp0 (self->now->subject, next->subject) == 0)
    next->journal = g_steal_pointer (&self->now->journal);
}

static void
give_journal_back (LpSession *self, LpLoaded *next)
{
  if (g_strcmp0 (self->now->subject, next->subject) == 0 && self->now->journal == NULL)
    self->now->journal = g_steal_pointer (&next->journal);
}

static void
take_over (LpSession *self, LpLoaded *next)
{
  loaded_free (self->now);
  self->now = next;
  lp_session_changed (self);
}

gboolean
lp_session_load (LpSession *self, LpProgress *progress, GError **error)
{
  g_autoptr (LpLoaded) next = loaded_new ();

  if (!load (self, next, progress, error))
    return FALSE;
  in_main_thread (self, next, lend_journal);
  if (!lp_session_recover_pending (self, next, progress, error))
    {
      in_main_thread (self, next, give_journal_back);
      return FALSE;
    }
  in_main_thread (self, g_steal_pointer (&next), take_over);
  return TRUE;
}

gboolean
lp_session_list (LpSession *self, GError **error)
{
  g_autoptr (LpLoaded) next = loaded_new ();

  if (!list (self, next, NULL, error))
    return FALSE;
  loaded_free (self->now);
  self->now = g_steal_pointer (&next);
  return TRUE;
}

/* ---- judge again ---- */

/* What makes a finding the same one after another check. Indices of images and rows never move; files may be added
 * anew by a check, so they are compared by name. */
typedef struct
{
  guint16 rule;
  guint32 image, row, line;
  const char *folder, *name;
} Key;

static Key
key_of (const LpDataset *d, const LpFinding *finding)
{
  Key key = { .rule = finding->rule, .image = finding->image, .row = finding->row, .line = finding->line };

  if (finding->file != LP_NONE)
    {
      key.folder = lp_dataset_file (d, finding->file)->folder;
      key.name = lp_dataset_file (d, finding->file)->name;
    }
  return key;
}

static guint
key_hash (gconstpointer data)
{
  const Key *key = data;

  return (key->rule * 31u + key->image) * 31u + key->row + key->line * 7u;
}

static gboolean
key_equal (gconstpointer a, gconstpointer b)
{
  const Key *x = a, *y = b;

  return x->rule == y->rule && x->image == y->image && x->row == y->row && x->line == y->line &&
         g_strcmp0 (x->folder, y->folder) == 0 && g_strcmp0 (x->name, y->name) == 0;
}

static GHashTable *
index_findings (const LpDataset *d, const LpFindings *findings)
{
  GHashTable *present = g_hash_table_new_full (key_hash, key_equal, g_free, NULL);

  for (guint i = 0; i < findings->findings->len; i++)
    {
      Key key = key_of (d, &g_array_index (findings->findings, LpFinding, i));

      g_hash_table_add (present, g_memdup2 (&key, sizeof key));
    }
  return present;
}

gboolean
lp_session_judge (LpSession *self, LpLoaded *loaded, LpProgress *progress, GError **error)
{
  LpFindings *findings = NULL;

  if (!judge (self, loaded, &findings, progress, error))
    return FALSE;
  g_clear_pointer (&loaded->findings, lp_findings_free);
  g_clear_pointer (&loaded->present, g_hash_table_unref);
  loaded->findings = findings;
  loaded->present = index_findings (loaded->dataset, findings);
  return TRUE;
}

gboolean
lp_session_check (LpSession *self, LpProgress *progress, GError **error)
{
  if (!lp_session_judge (self, self->now, progress, error))
    return FALSE;
  lp_session_changed (self);
  return TRUE;
}

static guint32
count_label_files (const LpLayer *layer)
{
  guint32 n = 0;

  for (guint i = 0; layer->kind == LP_LAYER_YOLO && i < layer->entries->len; i++)
    n += lp_layer_entry (layer, i)->file != LP_NONE;
  return n;
}

static void
point_at (LpLoaded *now, guint32 subject)
{
  now->dataset->subject = subject;
  now->dataset->label_files = subject != LP_NONE ? count_label_files (lp_dataset_layer (now->dataset, subject)) : 0;
}

gboolean
lp_session_set_subject (LpSession *self, guint32 layer, LpProgress *progress, GError **error)
{
  LpLoaded *now = self->now;
  guint32 old = now->dataset->subject;
  LpFindings *findings = NULL;

  g_return_val_if_fail (layer < now->dataset->layers->len, FALSE);
  /* The steps belong to the layer they change; they wait in its journal. */
  for (guint i = now->steps->len; i > 0; i--)
    lp_edit_undo (now->dataset, g_ptr_array_index (now->steps, i - 1));
  point_at (now, layer);
  if (!judge (self, now, &findings, progress, error))
    {
      point_at (now, old);
      for (guint i = 0; i < now->steps->len; i++)
        lp_edit_do (now->dataset, g_ptr_array_index (now->steps, i));
      lp_match_all (now->dataset, NULL, NULL);
      return FALSE;
    }
  forget_steps (now);
  g_clear_pointer (&now->journal, lp_journal_close);
  g_clear_pointer (&now->base, lp_findings_free);
  now->base = findings;
  g_free (now->subject);
  now->subject = journal_subject (now->dataset);
  lp_session_recover_pending (self, now, NULL, NULL);
  lp_session_changed (self);
  return TRUE;
}

/* ---- what was found ---- */

LpDataset *
lp_session_get_dataset (LpSession *self)
{
  return self->now->dataset;
}

const LpRoots *
lp_session_get_roots (LpSession *self)
{
  return self->now->roots;
}

const LpFindings *
lp_session_get_findings (LpSession *self)
{
  return self->now->findings != NULL ? self->now->findings : self->now->base;
}

const LpFindings *
lp_session_get_base (LpSession *self)
{
  return self->now->base;
}

gboolean
lp_session_is_dealt_with (LpSession *self, guint base_finding)
{
  const LpLoaded *now = self->now;
  Key key;

  if (now->present == NULL || now->base == NULL || base_finding >= now->base->findings->len)
    return FALSE;
  key = key_of (now->dataset, &g_array_index (now->base->findings, LpFinding, base_finding));
  return !g_hash_table_contains (now->present, &key);
}

const LpProfile *
lp_session_get_profile (LpSession *self)
{
  return self->now->profile;
}

const GPtrArray *
lp_session_get_unread (LpSession *self)
{
  return self->now->unread;
}

const LpMatch *
lp_session_get_match (LpSession *self)
{
  return lp_dataset_match (self->now->dataset);
}

GPtrArray *
lp_session_causes (LpSession *self)
{
  const LpFindings *findings = lp_session_get_findings (self);

  return findings != NULL ? lp_causes (self->now->dataset, self->now->profile, findings) : g_ptr_array_new ();
}

void
lp_session_report (LpSession *self, LpReport *report)
{
  *report = (LpReport){
    .dataset = self->now->dataset,
    .profile = self->now->profile,
    .findings = lp_session_get_findings (self),
    .incomplete = self->now->unread->len > 0,
    .partial = self->partial,
  };
}
