/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/lp-text.h"
#include "check/lp-check.h"
#include "draw/lp-draw.h"
#include "match/lp-dict-relation.h"
#include "picture/lp-decoder.h"
#include "read/lp-read.h"
#include "report/lp-report.h"
#include "write/lp-apply.h"
#include "write/lp-export.h"

G_BEGIN_DECLS

/* The whole way as one object: open, load, judge, check, edit, apply, export. Each step is a plain synchronous
 * function with progress and cancel; the window wraps it once in GTask. Command line and window do no work but
 * through here. */

typedef enum
{
  LP_STAGE_LIST,
  LP_STAGE_ROWS,
  LP_STAGE_PICTURES,
  LP_STAGE_MATCH,
  LP_STAGE_CHECK,
  LP_STAGE_APPLY,
  LP_STAGE_EXPORT,
} LpStage;

#define LP_TYPE_SESSION (lp_session_get_type ())
G_DECLARE_FINAL_TYPE (LpSession, lp_session, LP, SESSION, GObject)

/* Signals, emitted in the main thread: "changed" after steps, undo, redo, apply, a new check. */

LpSession *lp_session_new (void);

/* ---- what to open (before loading) ---- */
void lp_session_add_path (LpSession *self, const char *path);
void lp_session_add_root (LpSession *self, const char *folder);
gboolean lp_session_add_map (LpSession *self, const char *map, GError **error);
void lp_session_set_names (LpSession *self, const char *file); /* --names */
/* After loading: FALSE where the file of lp_session_set_names gave no names; why stands in lp_session_get_unread. */
gboolean lp_session_names_were_read (LpSession *self);
void lp_session_set_typed_names (LpSession *self, GStrv names); /* typed in the window; NULL: none */
gboolean lp_session_set_profile (LpSession *self, const char *id, GError **error);
gboolean lp_session_select_rules (LpSession *self, const char *list, gboolean on, GError **error);
/* The subject is sought in the first path only (compare, fix, export), not in all of them (check, the window). */
void lp_session_set_first_path_only (LpSession *self, gboolean first_path_only);
/* Commands judge and repair what lies on disk: steps noted in the window and not applied yet stay out of it, and are
 * kept. */
void lp_session_set_ignore_pending (LpSession *self, gboolean ignore_pending);
void lp_session_set_journal_folder (LpSession *self, const char *folder); /* tests; NULL: default */
const char *const *lp_session_get_paths (LpSession *self);

/* ---- load, judge, check: any one thread ---- */

/* Lists, reads, probes, matches, checks; replaces the data set. FALSE: nothing to look at, or cancelled (what was
 * read before stays). `unread` of lp_read_list is kept in lp_session_get_unread. May run in a worker thread while the
 * main thread looks at the old data: pending steps are found again and judged in the worker, which borrows the
 * journal for that, so nothing can be noted meanwhile; only the exchange happens in the main thread, for which the
 * worker waits, and "changed" is emitted there. */
gboolean lp_session_load (LpSession *self, LpProgress *progress, GError **error);
/* Only finds out what lies there, which is enough for lp_session_last_apply and what follows it. */
gboolean lp_session_list (LpSession *self, GError **error);
/* Rules again over the model with its edits; the main thread only, short for small sets. */
gboolean lp_session_check (LpSession *self, LpProgress *progress, GError **error);
/* Another layer becomes the subject: matches and checks again. */
gboolean lp_session_set_subject (LpSession *self, guint32 layer, LpProgress *progress, GError **error);

/* ---- what was found; borrowed, valid until the next load ---- */
LpDataset *lp_session_get_dataset (LpSession *self);
const LpRoots *lp_session_get_roots (LpSession *self);
const LpFindings *lp_session_get_findings (LpSession *self); /* of the model with its edits */
const LpFindings *lp_session_get_base (LpSession *self); /* as on disk: keeps its order while things are dealt with */
gboolean lp_session_is_dealt_with (LpSession *self, guint base_finding); /* no longer found after the noted steps */
const LpProfile *lp_session_get_profile (LpSession *self);
const GPtrArray *lp_session_get_unread (LpSession *self);
const LpMatch *lp_session_get_match (LpSession *self);      /* the subject against its first witness; NULL */
GPtrArray *lp_session_causes (LpSession *self);             /* of the current findings; the caller's */
void lp_session_report (LpSession *self, LpReport *report); /* filled in, borrowed */

/* ---- steps: main thread ---- */
LpStep *
lp_session_propose (LpSession *self, const LpFinding *finding, LpSafety *safety); /* NULL: no repair; the caller's */
LpStep *lp_session_propose_cause (LpSession *self, const LpCause *cause);         /* one step for all of it */
LpStep *lp_session_propose_order (LpSession *self, gboolean rows, GError **error);
/* What such a repair costs, before anyone asks for it. */
typedef struct
{
  guint files, lines; /* that would change */
  char *names;        /* "data.yaml, classes.txt": the names files among them; "" for none; free with g_free */
} LpOrderPrice;

/* FALSE with a sentence: there is no such repair, or (G_IO_ERROR_EXISTS) nothing left to change. */
gboolean lp_session_order_price (LpSession *self, gboolean rows, LpOrderPrice *price, GError **error);
/* Completes, keeps durably, does, checks again. Takes the step. Only when TRUE may anyone say "noted". */
gboolean lp_session_note (LpSession *self, LpStep *step, GError **error);
gboolean lp_session_undo (LpSession *self, GError **error);
gboolean lp_session_redo (LpSession *self, GError **error);
gboolean lp_session_can_undo (LpSession *self);
gboolean lp_session_can_redo (LpSession *self);
/* Every repair that the selected findings have, done on the model and kept nowhere: until an Apply it is only a plan.
 * Safe ones only unless `unsafe`; of the label order case A counts as safe. `refused` (may be NULL) receives
 * sentences (char *) about repairs that could not be made. */
typedef enum
{
  LP_ORDER_REPAIR_DEFAULT, /* rows in LP_CASE_B and LP_CASE_C, else names */
  LP_ORDER_REPAIR_NAMES,
  LP_ORDER_REPAIR_ROWS,
} LpOrderRepair;

gboolean
lp_session_repair (LpSession *self, gboolean unsafe, LpOrderRepair order, GPtrArray *refused, GError **error);
/* Errors and warnings among the current findings that have a repair, safe or not. */
guint lp_session_count_repairable (LpSession *self);
const GPtrArray *lp_session_get_steps (LpSession *self); /* LpStep *, noted and not undone */
const GPtrArray *
lp_session_get_stale (LpSession *self); /* char *: sentences, steps of an earlier session not found again */

/* ---- the disk ---- */
/* Steps with exclude[i] TRUE are left pending; NULL: none. */
GPtrArray *lp_session_plan (LpSession *self, const gboolean *exclude, LpProgress *progress, GError **error);
/* What lp_plan_diff shows, as a file that a person asked for: whole or not at all. */
gboolean lp_session_save_diff (GBytes *diff, const char *path, GError **error);
/* Writes a plan; afterwards the data set has to be loaded again. */
gboolean
lp_session_apply (LpSession *self, GPtrArray *changes, LpProgress *progress, LpApplied *applied, GError **error);
LpApplyState lp_session_last_apply (LpSession *self, guint *n_files, GError **error);
gboolean lp_session_finish_apply (LpSession *self, LpApplied *applied, GError **error);
gboolean lp_session_undo_apply (LpSession *self, LpApplied *applied, GError **error);
/* A class order from a names file, data.yaml, label category file or manifest: const char *, array and
 * names are the caller's. */
GPtrArray *lp_session_read_order (LpSession *self, const char *file, GError **error);
/* Judged by all rules, whatever was selected: what a person did not ask about is not right for that. A destination
 * inside the opened folder is refused (G_IO_ERROR_INVALID_ARGUMENT). */
gboolean lp_session_export (
  LpSession *self, const LpExportOptions *options, LpProgress *progress, LpExported *exported, GError **error);

/* ---- text ---- */
/* Lines of a text file as they stand on disk, for showing one and what stands around it: char *, escaped, long ones
 * shortened; the caller's. Line 0: the beginning. *first: number of the first one, from 1. NULL with a sentence. */
GPtrArray *
lp_session_read_lines (LpSession *self, guint32 file, guint32 line, guint around, guint32 *first, GError **error);

/* ---- pictures ---- */

/* One of the first pictures with boxes, as far as it is known while the set is being read: nothing is matched or
 * judged yet. */
typedef struct
{
  char *path;        /* lies below the roots */
  guint orientation; /* 1…8 */
  GArray *boxes;     /* LpDrawBox without names, in fractions of the upright picture */
} LpFirstPicture;

/* LpFirstPicture, at most 12, as soon as the labels have been read; NULL before. Any thread, also while another one
 * loads. Free with g_ptr_array_unref. */
GPtrArray *lp_session_ref_first_pictures (LpSession *self);

LpDecoder *lp_session_get_decoder (LpSession *self, GError **error);
/* The boxes of one image of a layer for drawing, in pixels of `frame` at `zoom`; names from `dict` (LP_NONE: the
 * layer's), second chip where the job's name differs. Strings borrowed. LpDrawBox array, the caller's; `rows` (may be
 * NULL) receives the row of each box. */
GArray *lp_session_draw_boxes (LpSession *self,
                               guint32 layer,
                               guint32 image,
                               guint32 dict,
                               LpFrame assumed,
                               LpFrame frame,
                               double zoom,
                               GArray *rows);
/* One picture with its boxes at full upright size. */
cairo_surface_t *lp_session_render (LpSession *self, guint32 image, LpFrame assumed, GError **error);
/* As PNG, whole or not at all, as lp_session_save_diff. */
gboolean lp_session_save_picture (cairo_surface_t *picture, const char *path, GError **error);
guint32 lp_session_find_image (LpSession *self, const char *name); /* base name or path below the root; LP_NONE */

/* ---- one image, one box ---- */
/* The findings of one image stand together: index of the first; *n: how many. */
guint lp_session_findings_of (const LpFindings *findings, guint32 image, guint *n);

/* The box of the labelling job that a row of the subject was matched with. */
typedef struct
{
  gint32 class_id;
  const char *name;  /* as it stands in the job, NULL: none; borrowed */
  LpRect box;        /* in the job's own pixels */
  double difference; /* largest distance between two edges, pixels */
  gboolean exact;    /* the difference is the rounding of the digits printed */
} LpJobBox;

/* FALSE where the row has no partner. */
gboolean lp_session_job_box (LpSession *self, guint32 row, LpJobBox *out);
/* The EXIF turn of a picture that a person named, 1…8; 1 where its header cannot be read. */
guint lp_session_picture_turn (const LpRoots *roots, const char *path);

G_END_DECLS
