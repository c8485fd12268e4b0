/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "edit/lp-edit.h"

G_BEGIN_DECLS

/* What the parts of the journal share: the file and its steps (journal.c), the records of Applies (journal-apply.c),
 * and what an Apply does to steps (journal-settle.c). */

struct _LpJournal
{
  sqlite3 *db;
  char *subject;
  char *path;
};

static inline void
lp_stmt_finalize (sqlite3_stmt *stmt)
{
  sqlite3_finalize (stmt);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, lp_stmt_finalize)

/* FALSE always: sets the error from the database's last one, in a sentence that names the file. */
gboolean lp_journal_fail (LpJournal *journal, GError **error);
/* FALSE always: the sentence for a record that is not as it was written. */
gboolean lp_journal_damaged (LpJournal *journal, GError **error);

sqlite3_stmt *lp_journal_prepare (LpJournal *journal, const char *sql, GError **error);
/* For statements without parameters and rows. */
gboolean lp_journal_run (LpJournal *journal, const char *sql, GError **error);
/* For a prepared statement that gives no row; leaves it ready to be bound again. */
gboolean lp_journal_step_once (LpJournal *journal, sqlite3_stmt *stmt, GError **error);

/* BEGIN … COMMIT around `work`; rolled back when it or the commit fails. */
typedef gboolean (*LpJournalWork) (LpJournal *journal, gpointer data, GError **error);
gboolean lp_journal_transaction (LpJournal *journal, LpJournalWork work, gpointer data, GError **error);

/* The blob of a column as a variant of that type; NULL where it is none in normal form. */
GVariant *lp_journal_column_variant (sqlite3_stmt *stmt, int column, const char *type);
void lp_journal_bind_variant (sqlite3_stmt *stmt, int parameter, GVariant *variant);

/* Inside of a transaction. The operations of a kept step become those of `step`. */
gboolean lp_journal_rewrite (LpJournal *journal, const LpStep *step, gboolean undone, GError **error);
/* Inside of that which begins an Apply: which of the kept steps it writes. */
gboolean lp_journal_keep_chosen (LpJournal *journal, gint64 apply, const GPtrArray *steps, GError **error);
/* Inside of that which marks it done or (`back`) taken back: forgets what it wrote and follows the other steps to
 * their new places; back, to their old ones. Once each: a second time it does nothing. */
gboolean lp_journal_settle (LpJournal *journal, gint64 apply, const GPtrArray *files, gboolean back, GError **error);

G_END_DECLS
