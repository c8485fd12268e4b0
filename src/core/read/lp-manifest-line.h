/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <string.h>

#include "base/lp-json.h"
#include "model/lp-dataset.h"

G_BEGIN_DECLS

/* One line of a Ground Truth manifest, taken apart in one pass over its bytes. Knows no file and
 * no data set: positions are bytes from the start of the line. The record is used again for the next line, so that no
 * line allocates once the arrays have grown. */

/* Text of the line with escapes undone; not ended by NUL, never holds one (then it is left as written). Valid until
 * the next line is parsed. */
typedef struct
{
  const char *text;
  gsize length;
} LpManifestText;

/* A value that is neither source nor metadata; one with boxes where it looks like that. */
typedef struct
{
  LpManifestText key;
  gsize key_start;
  gsize start, end;         /* of the value */
  gboolean is_object;       /* else nothing of what follows is set */
  gboolean has_annotations; /* an array */
  gboolean has_size;
  gboolean looks_like_boxes; /* annotations beside an image size, or with box fields in them */
  guint32 width, height;     /* of image_size; 0: missing or no whole positive number */
  guint first_row, n_rows;   /* in rows and places */
} LpManifestValue;

/* "<attribute>-metadata", an object. */
typedef struct
{
  LpManifestText attribute; /* without the ending */
  gboolean of_ground_truth; /* type begins with groundtruth/ */
  gboolean of_boxes;        /* type is groundtruth/object-detection */
  gboolean adjusted;        /* has an adjustment-status */
  gboolean class_map_bad;   /* an entry of it, or all of it, could not be used */
  LpManifestText created;   /* text NULL: none */
  guint first_class, n_classes;
} LpManifestMeta;

/* An entry of a class-map. */
typedef struct
{
  gint32 id;
  LpManifestText name;
  gsize start, end; /* of the name's token, quotes included */
} LpManifestClass;

/* The object of an annotation. */
typedef struct
{
  gsize start, end;
  gboolean bad_schema; /* a field is missing or no number */
} LpManifestPlace;

#define LP_MANIFEST_KNOWN_BYTES 124
#define LP_MANIFEST_KNOWN_MAX 8

/* A member as it stood in a line before: where it stands again, only its bytes are compared. */
typedef struct
{
  guint length; /* 0: none */
  char text[LP_MANIFEST_KNOWN_BYTES];
} LpManifestKnown;

/* What a member of metadata says of them. */
typedef struct
{
  gboolean type, of_ground_truth, of_boxes, adjusted;
} LpManifestSaid;

typedef struct
{
  LpJsonProblem problem; /* the line is JSON up to problem_at */
  gsize problem_at;
  gboolean is_object;
  LpManifestText source_ref; /* text NULL: none that is a string with something in it */
  gboolean has_source;       /* "source": the object is a text */
  gboolean metas_full;
  gsize bad_source_start, bad_source_end;           /* a source-ref that is no string, or empty; equal: none */
  GArray *values, *metas, *classes, *rows, *places; /* of the records above; rows are LpRow */
  /* private */
  LpJsonShape annotation; /* of the last list of them, and what its members are */
  guint8 fields[LP_JSON_SHAPE_MEMBERS];
  guint named; /* which fields those are, as bits */
  LpJsonToken numbers[LP_JSON_SHAPE_MEMBERS];
  LpJsonShape object;   /* of the last list "objects" */
  LpManifestKnown size; /* the last image_size, and what it says */
  guint32 width, height;
  LpManifestKnown known[LP_MANIFEST_KNOWN_MAX]; /* of metadata, in the order of the line */
  LpManifestSaid said[LP_MANIFEST_KNOWN_MAX];
  guint n_known; /* passed in this line */
  GString *scratch;
  GStringChunk *decoded;
} LpManifestLine;

/* More metadata in one line than any chain of jobs writes; the rest is left out and `metas_full` set. */
#define LP_MANIFEST_METAS_MAX 64

/* Ids above this make no list of names: the name is left out and the class-map is called bad. */
#define LP_MANIFEST_CLASS_MAX 999999

LpManifestLine *lp_manifest_line_new (void);
void lp_manifest_line_free (LpManifestLine *line);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LpManifestLine, lp_manifest_line_free)

/* Fills the record from a line without its line end. What stood before the problem of a line that is no JSON is there
 * all the same. The text must stay while the record is used. */
void lp_manifest_line_parse (LpManifestLine *line, const char *text, gsize length);

/* The last metadata of that name; NULL: none. Equal keys are allowed by JSON; the last counts, as for Python. */
const LpManifestMeta *lp_manifest_line_meta (const LpManifestLine *line, const LpManifestText *attribute);

static inline gboolean
lp_manifest_text_equal (const LpManifestText *a, const LpManifestText *b)
{
  return a->length == b->length && memcmp (a->text, b->text, a->length) == 0;
}

G_END_DECLS
