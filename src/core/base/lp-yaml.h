/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A small YAML file as a flat list of its outermost keys, each with the bytes where it stands, so that a token can be
 * copied or replaced as it is. libyaml's events are read one by one: nothing is expanded, executed or fetched. Only
 * UTF-8 (a BOM is allowed), at most 1 MiB and 32 levels, one document, no aliases. */

#define LP_YAML_MAX_BYTES (1024 * 1024)

typedef enum
{
  LP_YAML_PLAIN,
  LP_YAML_SINGLE_QUOTED,
  LP_YAML_DOUBLE_QUOTED,
  LP_YAML_BLOCK, /* literal or folded */
} LpYamlStyle;

/* A token as it stands: quotes, tag and anchor belong to it, the comment behind it does not. */
typedef struct
{
  const char *text; /* the value it means, NUL-terminated; NULL: not a scalar but a list or map of its own */
  guint32 length;   /* of text, in bytes */
  guint32 offset;   /* bytes from the start of the file, a BOM counted */
  guint32 size;     /* bytes it takes in the file; 0 for a value that is left out ("key:") */
  guint32 line;     /* from 1 */
  guint32 column;   /* from 1, in bytes, a BOM not counted */
  LpYamlStyle style;
} LpYamlScalar;

typedef enum
{
  LP_YAML_SCALAR,
  LP_YAML_LIST,
  LP_YAML_MAP,
} LpYamlKind;

/* One outermost key. Items of LP_YAML_LIST are its values, of LP_YAML_MAP keys and values by turns. */
typedef struct
{
  LpYamlScalar key;
  LpYamlKind kind;
  LpYamlScalar value; /* of LP_YAML_SCALAR */
  guint first_item;   /* in yaml->items */
  guint n_items;
} LpYamlEntry;

typedef struct
{
  GArray *entries; /* LpYamlEntry, in the order of the file; a key may be there twice */
  GArray *items;   /* LpYamlScalar */
  GStringChunk *strings;
} LpYaml;

/* Why a file cannot be used. */
typedef struct
{
  const char *sentence; /* translated, static */
  guint line, column;   /* from 1; column in bytes */
} LpYamlProblem;

/* NULL with `problem` filled in when data[0..length) cannot be used. An empty file has no entries, its data
 * may be NULL. Any thread. */
LpYaml *lp_yaml_read (const char *data, gsize length, LpYamlProblem *problem);
void lp_yaml_free (LpYaml *yaml);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LpYaml, lp_yaml_free)

/* The last entry of that key, which is the one that counts for every reader; NULL: none. */
const LpYamlEntry *lp_yaml_find (const LpYaml *yaml, const char *key);

static inline const LpYamlScalar *
lp_yaml_item (const LpYaml *yaml, const LpYamlEntry *entry, guint i)
{
  return &g_array_index (yaml->items, LpYamlScalar, entry->first_item + i);
}

/* What a YAML 1.1 reader makes of a value without quotes that is no text to it, written out as Python does: `no` is
 * False, `~` and nothing at all None, `010` 8, `12:30` 750, `1.50` 1.5. NULL where the text comes back as it stands,
 * be it a number. Free with g_free. */
char *lp_yaml_coerced (const LpYamlScalar *scalar);

/* A whole number in decimal digits, quoted or not. */
gboolean lp_yaml_integer (const LpYamlScalar *scalar, gint64 *value);

G_END_DECLS
