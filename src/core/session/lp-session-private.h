/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/lp-session.h"

G_BEGIN_DECLS

/* What one load gave; exchanged as a whole. */
typedef struct
{
  LpDataset *dataset;
  LpRoots *roots;
  GPtrArray *unread; /* char * */
  const LpProfile *profile;
  LpFindings *base;     /* as on disk */
  LpFindings *findings; /* with the steps; NULL while there are none: then base */
  GHashTable *present;  /* keys of `findings`, for what is dealt with; NULL while there are no steps */
  char *subject;        /* what the journal is found by; NULL: nothing that could be edited */
  LpJournal *journal;   /* NULL until there is one */
  GPtrArray *steps;     /* LpStep *, done in this order */
  GPtrArray *redo;      /* LpStep *, the next one last */
  GPtrArray *stale;     /* char * */
  GPtrArray *lost;      /* LpStep *, kept and not found again */
  GArray *excluded;     /* gboolean a step: left out of the last plan; NULL: none */
} LpLoaded;

struct _LpSession
{
  GObject parent;
  GPtrArray *paths, *roots, *maps; /* char *, NULL-terminated */
  char *names;
  GStrv typed;
  const LpProfile *profile; /* a person's choice, NULL */
  gboolean *selected;       /* by LpRuleId */
  gboolean partial;         /* rules were switched off */
  gboolean narrowed;        /* the first --select has switched all others off */
  gboolean first_path_only, ignore_pending;
  char *journal_folder;
  LpDecoder *decoder;
  LpLoaded *now; /* never NULL */
  GMutex first_lock;
  GPtrArray *first; /* LpFirstPicture; kept under first_lock */
};

/* The journal of the subject, opened (and made) when something is to be kept. NULL with a sentence. */
LpJournal *lp_session_open_journal (LpSession *self, GError **error);
/* The same, but only where there is one already; NULL without an error where there is none. */
LpJournal *lp_session_existing_journal (LpSession *self, GError **error);

/* Steps of an earlier session, done again on the model where their bytes still stand, and judged. The worker does
 * that for what it has loaded, before anybody else sees it. FALSE: cancelled. */
gboolean lp_session_recover_pending (LpSession *self, LpLoaded *loaded, LpProgress *progress, GError **error);

/* Keeps what lp_session_ref_first_pictures gives, once rows are read; NULL: nothing yet. */
void lp_session_take_first_pictures (LpSession *self, const LpDataset *dataset, const LpRoots *roots);

/* Matches and rules over the model as it is now. */
gboolean lp_session_judge (LpSession *self, LpLoaded *loaded, LpProgress *progress, GError **error);

void lp_session_changed (LpSession *self);

G_END_DECLS
