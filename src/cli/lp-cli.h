/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "session/lp-session.h"

G_BEGIN_DECLS

/* What the commands share: options, exit codes, output, progress. A command is one file with one row in main.c. */

/* Exit codes are a contract with scripts. */
typedef enum
{
  LP_EXIT_FINE = 0,
  LP_EXIT_FOUND = 1,   /* something to complain of, as each command says */
  LP_EXIT_WRONG = 2,   /* the command was wrong */
  LP_EXIT_NOTHING = 3, /* nothing to look at, or our own output cannot be written; outranks FOUND */
} LpExit;

typedef struct
{
  const char *name;
  const char *arguments; /* "PATH…", not translated */
  const char *summary;   /* N_() */
  LpExit (*run) (char **argv);
} LpCommand;

LpExit lp_cli_check (char **argv);
LpExit lp_cli_compare (char **argv);
LpExit lp_cli_fix (char **argv);
LpExit lp_cli_undo (char **argv);
LpExit lp_cli_export (char **argv);
LpExit lp_cli_render (char **argv);
LpExit lp_cli_rules (char **argv);

extern const LpCommand lp_commands[]; /* ended by a row without name */

/* Starts the window in our place; returns only when that is not possible. */
LpExit lp_cli_window (char **argv);

/* ---- options ---- */

/* Options of every command; those of its own stand beside them in the command's file. */
typedef struct
{
  gboolean json;
  char *format, *profile, *names;
  GStrv maps, roots, select, ignore;
  GStrv paths; /* what is left, as given */
} LpCliOptions;

void lp_cli_options_clear (LpCliOptions *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LpCliOptions, lp_cli_options_clear)

/* Parses argv (argv[0] is the command's name). `own` may be NULL; `reads` adds the options of commands that read a
 * data set. FALSE after having said what is wrong. --help ends the program. */
gboolean
lp_cli_parse (const char *command, const GOptionEntry *own, gboolean reads, char **argv, LpCliOptions *options);

/* A new session with everything that the options say, not yet loaded; NULL after having said what is wrong. */
LpSession *lp_cli_session (const LpCliOptions *options);

/* Loads with progress. `left` receives LP_EXIT_NOTHING where some PATH gave nothing to look at, else LP_EXIT_FINE.
 * FALSE after having said why nothing at all could be looked at. */
gboolean lp_cli_load (LpSession *session, LpExit *left);

/* ---- output ---- */

/* TRUE when standard output wants colours. */
gboolean lp_cli_colour (void);

/* Writes to standard output; `status` unless that fails. */
LpExit lp_cli_write (const char *text, LpExit status);
LpExit lp_cli_write_bytes (const void *data, gsize length, LpExit status);

/* One line on standard error, escaped: "labelproof: …". */
void lp_cli_complain (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* "Label: " and a list of sentences from a GPtrArray of char *; nothing where it is empty. */
void lp_cli_add_list (GString *out, const char *heading, const GPtrArray *sentences);

/* Adds a line with what came from the data escaped. */
void lp_cli_add_line (GString *out, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* JSON: a list of strings under a key, made valid UTF-8; the text of what was built, the caller's. */
void lp_cli_add_strings (JsonBuilder *builder, const char *key, const GPtrArray *strings);
char *lp_cli_json (JsonBuilder *builder);

/* ---- progress on standard error, where that is a terminal ---- */

typedef struct _LpCliProgress LpCliProgress;

LpCliProgress *lp_cli_progress_start (LpProgress *progress);
void lp_cli_progress_stop (LpCliProgress *self);

G_END_DECLS
