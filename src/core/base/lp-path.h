/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/lp-atomic.h"

G_BEGIN_DECLS

/* Paths as bytes, slash-separated, absolute and without "." or ".." once canonical. */

/* Where data may lead. A person names roots (what was opened, --root); what the data names must stay inside. */
typedef struct _LpRoots LpRoots;

LpRoots *lp_roots_new (void);
/* Shared with a thread or a wish that may outlive whoever made them; each reference ends with lp_roots_free. */
LpRoots *lp_roots_ref (const LpRoots *roots);
void lp_roots_free (LpRoots *roots);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LpRoots, lp_roots_free)

/* A folder, or a file's folder, that a person named; relative to the current one. Links on the way to it are
 * followed; it is known under its name and under its real path. One that is not there holds nothing but is a root all
 * the same. */
void lp_roots_add (LpRoots *roots, const char *path);

/* TRUE when the textual path lies in a root; says nothing about links on the way. */
gboolean lp_roots_contain (const LpRoots *roots, const char *path);

/* Opens a regular file for reading, never blocking, never following a link out of the roots (openat2 with
 * RESOLVE_BENEATH; where the kernel has none, folder by folder). A link that leads out of one root and back into one,
 * also by an absolute path, is followed. Any thread. Returns a descriptor or -1 with G_IO_ERROR: NOT_FOUND,
 * NOT_REGULAR_FILE (folder, FIFO, device), PERMISSION_DENIED, G_IO_ERROR_NOT_MOUNTABLE_FILE where the path leaves the
 * roots, or what the system says. The sentence names the path, escaped. */
int lp_roots_open (const LpRoots *roots, const char *path, GError **error);

/* The same for a folder, for fdopendir and openat; a root itself too. */
int lp_roots_open_folder (const LpRoots *roots, const char *path, GError **error);

/* Why lp_roots_open, _open_folder or _read failed, as a sentence that does not repeat the path. Static. */
const char *lp_roots_reason (const GError *error);

/* The whole file, at most `limit` bytes (more is G_IO_ERROR_MESSAGE_TOO_LARGE, nothing is returned). `identity` (may
 * be NULL) receives who it was before its first byte was read: one that changes meanwhile is told apart later. */
GBytes *lp_roots_read (const LpRoots *roots, const char *path, gsize limit, LpIdentity *identity, GError **error);

/* Joins and canonicalises textually; asks no disk. A relative folder, or NULL, is meant from the current one. Free
 * with g_free. */
char *lp_path_resolve (const char *folder, const char *path);

/* The path from root, "." for root itself; a path that lies elsewhere stays absolute. Both canonical. Free with
 * g_free. */
char *lp_path_relative (const char *root, const char *path);

/* The deepest folder that is or holds every path (all absolute and canonical; files count as their folder when
 * is_folder[i] is FALSE). NULL for none. Free with g_free. */
char *lp_path_common (const char *const *paths, const gboolean *is_folder, gsize n);

/* How many bytes of a base name are its stem: up to its last dot (trainers) or its first (the AWS post's converter),
 * all of it where there is none. */
gsize lp_path_stem_length (const char *name);
gsize lp_path_first_dot_length (const char *name);

/* The trainer's rule (Ultralytics): the last /images/ becomes /labels/, the extension .txt; without such a
 * component the label is expected beside the picture. Free with g_free. */
char *lp_path_label_for (const char *picture);

/* jpg, jpeg, png, bmp, … as Ultralytics lists them, whatever the case. */
gboolean lp_path_is_picture (const char *name);

G_END_DECLS
