/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/lp-atomic.h"
#include "model/lp-geometry.h"

G_BEGIN_DECLS

/* A data set in memory: records, no behaviour. Plain records in arrays; every index is a guint32, LP_NONE is "no
 * such thing". Readers fill it in one thread (their workers join there); once published only the main thread changes
 * it, by edits, and only while no check runs. Strings belong to the data set (lp_dataset_intern) unless said. */

#define LP_NONE G_MAXUINT32
#define LP_LAYERS_MAX G_MAXUINT8 /* a finding has one byte for its layer, and one number of it means none */

/* ---- files ---- */

typedef enum
{
  LP_FILE_ABSENT = 1 << 0, /* named or expected, but not there; identity is all zero */
  LP_FILE_BOM = 1 << 1,    /* starts with EF BB BF */
  LP_FILE_CRLF = 1 << 2,
} LpFileFlags;

/* A text file that was read: a label file, data.yaml, a names file, a manifest. */
typedef struct
{
  const char *folder; /* absolute, canonical, interned: one string a folder */
  const char *name;
  guint64 device, inode, size;
  gint64 mtime_ns;
  guint32 mode;
  guint32 flags;         /* LpFileFlags */
  const char *disk_name; /* its base name on disk while a rename is only noted; NULL: `name` */
} LpFile;

/* ---- images ---- */

typedef enum
{
  LP_IMAGE_FOUND,
  LP_IMAGE_MISSING,    /* something names it, nothing is there */
  LP_IMAGE_UNREADABLE, /* there, but its header is no picture */
} LpImageState;

typedef enum
{
  LP_IMAGE_PROBED = 1 << 0,       /* its header was read: width, height, orientation count */
  LP_IMAGE_TOO_BIG = 1 << 1,      /* more pixels than the limit: never decoded */
  LP_IMAGE_OUTSIDE = 1 << 2,      /* lies outside the roots: not opened */
  LP_IMAGE_BAD_EXIF = 1 << 3,     /* orientation tag outside 1…8 */
  LP_IMAGE_LISTED = 1 << 4,       /* a split of the data.yaml names it */
  LP_IMAGE_ORPHAN = 1 << 5,       /* no picture at all: stands for a label file without one, whose folder and name it
                                     has. LP_IMAGE_MISSING; never counted or listed as an image, its rows are */
  LP_IMAGE_OTHER_FORMAT = 1 << 6, /* a picture, but neither JPEG nor PNG: nothing is known of it */
} LpImageFlags;

/* One picture file, or one missing picture that something names. */
typedef struct
{
  const char *folder; /* absolute, canonical, interned; for a missing picture the folder of its name as given */
  const char *name;
  guint32 width, height; /* as stored; 0: not known */
  guint32 splits;        /* bit i: in dataset->splits[i] */
  guint8 state;          /* LpImageState */
  guint8 orientation;    /* 1…8; 1 where absent or invalid */
  guint8 flags;          /* LpImageFlags */
  guint8 format;         /* LpPictureFormat of lp-picture-header.h */
} LpImage;

/* ---- layers ---- */

typedef enum
{
  LP_LAYER_YOLO,
  LP_LAYER_MANIFEST,
  LP_LAYER_CSV, /* annot.csv: the boxes of a manifest, as a table */
} LpLayerKind;

typedef enum
{
  LP_ROW_BOX,
  LP_ROW_POLYGON,
  LP_ROW_OBB,
  LP_ROW_POSE,
  LP_ROW_UNREAD, /* a row that could not be read: only its place counts */
} LpRowKind;

typedef enum
{
  LP_ROW_EDITED = 1 << 0,
  LP_ROW_REMOVED = 1 << 1,
  LP_ROW_BAD_CLASS = 1 << 2,   /* class token is no whole number that fits; class_id is LP_CLASS_NONE */
  LP_ROW_FLOAT_CLASS = 1 << 3, /* class token is a whole number, but printed with a point or an exponent */
} LpRowFlags;

#define LP_CLASS_NONE G_MININT32

/* One annotation: 40 bytes. The four numbers as its format means them: YOLO cx cy w h in fractions, Ground Truth and
 * CSV left top width height in pixels of the declared size. Rows that are no box keep the first four numbers. */
typedef struct
{
  double v[4];
  gint32 class_id;
  guint8 kind;     /* LpRowKind */
  guint8 flags;    /* LpRowFlags */
  guint8 decimals; /* most digits after the point of v[] as printed; G_MAXUINT8: exponent notation somewhere */
  guint8 tokens;   /* how many tokens the row has, 255 for more; 0 where the format has none */
} LpRow;

/* Where a row stood: 16 bytes, parallel to the rows. YOLO and CSV: the line without its line end; manifest: the
 * annotation's object in the line. The file is that of the entry. */
typedef struct
{
  guint64 offset : 40; /* bytes from the start of the file */
  guint64 length : 24;
  guint32 line;   /* from 1 */
  guint32 column; /* from 1, in bytes */
} LpPlace;

typedef enum
{
  LP_STATE_ROWS,
  LP_STATE_EMPTY,      /* looked at, no boxes: an empty label file, "annotations": [] */
  LP_STATE_UNLABELLED, /* a manifest line without the attribute */
  LP_STATE_FAILED,     /* could not be read at all */
  LP_STATE_NO_FILE,    /* no label file */
} LpEntryState;

typedef enum
{
  LP_ENTRY_FIRST_DOT = 1 << 0,     /* its label file was found by the first-dot rule only */
  LP_ENTRY_FRAME_PROVEN = 1 << 1,  /* its frame is known: by the declared size, or by matching */
  LP_ENTRY_CLASS_MAP_BAD = 1 << 2, /* its line's class-map could not be used */
} LpEntryFlags;

/* What a layer says of one image. */
typedef struct
{
  guint32 image;
  guint32 first_row, n_rows; /* in layer->rows */
  guint32 file;              /* in dataset->files: the label file or the manifest; LP_NONE with LP_STATE_NO_FILE */
  guint32 line;              /* of the manifest; of the first row in a CSV; 0 in label files */
  guint32 width, height;     /* size the boxes were made for; 0 where the format declares none */
  guint8 state;              /* LpEntryState */
  guint8 frame;              /* LpFrame of its numbers */
  guint8 flags;              /* LpEntryFlags */
  guint8 spare;
} LpEntry;

typedef struct
{
  LpLayerKind kind;
  const char *path;      /* absolute: the data.yaml, folder or manifest it was read from */
  const char *attribute; /* label attribute, or NULL */
  const char *created;   /* newest creation-date of the attribute, or NULL */
  guint32 dictionary;    /* in dataset->dicts: the names it is drawn with; LP_NONE: numbers */
  gboolean writable;     /* a format that this program can splice (YOLO) */
  gboolean beside;       /* YOLO: labels lie beside the pictures */
  guint16 keypoints;     /* YOLO: key points a row of kpt_shape, 0: no pose set */
  guint8 keypoint_size;  /* numbers a key point: 2 or 3 */
  GArray *entries;       /* LpEntry, in image order of this layer */
  GArray *rows;          /* LpRow */
  GArray *places;        /* LpPlace, parallel */
  guint32 *by_image;     /* image → its first entry + 1, 0: none; n_images long; see lp_layer_index */
  guint32 n_by_image;
} LpLayer;

/* ---- dictionaries ---- */

typedef enum
{
  LP_DICT_JOB,      /* label category file: the job itself */
  LP_DICT_MANIFEST, /* union of class-maps */
  LP_DICT_YAML,     /* data.yaml */
  LP_DICT_NAMES,    /* classes.txt, obj.names */
  LP_DICT_CSV,      /* categories of a table */
  LP_DICT_USER,     /* typed, or --names */
} LpDictOrigin;

typedef enum
{
  LP_DICT_STYLE_LINES,
  LP_DICT_STYLE_LIST,
  LP_DICT_STYLE_MAP,
  LP_DICT_STYLE_JSON,
  LP_DICT_STYLE_NONE, /* cannot be rewritten */
} LpDictStyle;

/* An ordered list index → name, with its origin. Names are as they stand in the file; a hole is NULL. */
typedef struct
{
  LpDictOrigin origin;
  LpDictStyle style;
  guint32 file;        /* in dataset->files, LP_NONE for typed ones */
  guint32 layer;       /* the layer it belongs to, LP_NONE */
  const char *title;   /* what a person calls it: the base name, or "typed" */
  GPtrArray *names;    /* const char *, interned or NULL */
  GArray *places;      /* LpPlace a name: its token as it stands, quotes and all; parallel to the names */
  gint32 declared;     /* nc of data.yaml, -1: none */
  LpPlace declared_at; /* where nc's value stands */
  guint32 line;        /* where the list begins, from 1 */
  gboolean names_only; /* its origin gives names without numbers: the order says nothing */
  gboolean edited;     /* a noted step changed it */
} LpDictionary;

/* ---- findings ---- */

typedef enum
{
  LP_SEVERITY_OFF,
  LP_SEVERITY_INFO,
  LP_SEVERITY_WARNING,
  LP_SEVERITY_ERROR,
} LpSeverity;

/* One thing wrong: 48 bytes. The sentence is made when shown; a, b and detail hold the values seen when checked. */
typedef struct
{
  guint16 rule;    /* LpRuleId of lp-rule-ids.h */
  guint8 severity; /* LpSeverity, after the profile */
  guint8 layer;    /* index of the layer, G_MAXUINT8: none */
  guint32 image;   /* LP_NONE: of no single image */
  guint32 row;     /* in layer->rows, LP_NONE */
  guint32 other;   /* another row, entry, dictionary or verdict, as the rule says; LP_NONE */
  guint32 file;    /* in dataset->files, LP_NONE: the image's own */
  guint32 line;    /* from 1; 0: none */
  guint32 column;  /* from 1, in bytes; 0: none */
  guint32 detail;  /* in dataset->details: taken verbatim from the data, at most 200 bytes; LP_NONE */
  double a, b;     /* as the rule says */
} LpFinding;

#define LP_FINDING_INIT                                                                                              \
  {                                                                                                                  \
    .layer = G_MAXUINT8, .image = LP_NONE, .row = LP_NONE, .other = LP_NONE, .file = LP_NONE, .detail = LP_NONE      \
  }

/* What a finding explains ("Said once"): parallel lists, so that a finding stays small. */
typedef struct
{
  guint32 finding;  /* the one that speaks */
  LpFinding silent; /* the one that is silent */
} LpBecause;

/* ---- the data set ---- */

typedef struct
{
  guint pictures_named, pictures_found;
  guint64 rows_seen, rows_read;
} LpCoverage;

typedef struct
{
  char *root;         /* the deepest folder that is or holds every PATH; owned */
  GPtrArray *folders; /* const char *: what was opened or given as --root, absolute */
  GArray *files;      /* LpFile */
  GArray *images;     /* LpImage, sorted by folder and name as bytes where a folder was walked */
  GPtrArray *splits;  /* const char *: "train", "val", … in the order of the data.yaml; at most 32 */
  GPtrArray *layers;  /* LpLayer * */
  GPtrArray *dicts;   /* LpDictionary * */
  GPtrArray *matches; /* LpMatch * (lp-match-record.h): subject against each witness over the same images */
  GPtrArray *details; /* const char * */
  GArray *noticed;    /* LpFinding: what readers noticed; checks add theirs elsewhere */
  GPtrArray *notes;   /* char *: what a person should know of how it was read ("pictures found by base name: 24") */
  LpCoverage coverage;
  guint32 subject;     /* layer that is checked, repaired, exported; LP_NONE: no layer at all */
  guint32 label_files; /* of the subject */
  GStringChunk *strings;
  GHashTable *interned;      /* folders and other strings that repeat */
  const char *last_interned; /* what was asked for last is mostly asked for next */
} LpDataset;

LpDataset *lp_dataset_new (void);
void lp_dataset_free (LpDataset *dataset);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LpDataset, lp_dataset_free)

/* Adders copy the record and return its index. */
guint32 lp_dataset_add_file (LpDataset *dataset, const char *folder, const char *name, const LpIdentity *identity);
guint32 lp_dataset_add_image (LpDataset *dataset, const char *folder, const char *name);
LpLayer *lp_dataset_add_layer (LpDataset *dataset, LpLayerKind kind, const char *path, const char *attribute);
LpDictionary *lp_dataset_add_dictionary (LpDataset *dataset, LpDictOrigin origin, guint32 file, const char *title);
guint32 lp_dataset_add_detail (LpDataset *dataset, const char *text, gssize length);
void lp_dataset_notice (LpDataset *dataset, const LpFinding *finding);
void lp_file_set_identity (LpFile *file, const LpIdentity *identity); /* once it was read */
void lp_dictionary_add_name (LpDataset *dataset, LpDictionary *dict, const char *name, gssize length, LpPlace place);

/* intern: one copy for equal strings (folders); keep: a copy without looking for an equal one (base names). */
const char *lp_dataset_intern (LpDataset *dataset, const char *text);
const char *lp_dataset_keep (LpDataset *dataset, const char *text);

/* Fills layer->by_image; to be called once the entries are complete. */
void lp_layer_index (LpLayer *layer, guint32 n_images);

/* Free with g_free. `lp_dataset_relative` is relative to the root, for messages and JSON. */
char *lp_file_dup_path (const LpFile *file);
char *lp_file_dup_disk_path (const LpFile *file); /* where its bytes are, whatever has been noted */
char *lp_image_dup_path (const LpImage *image);
char *lp_dataset_relative (const LpDataset *dataset, const char *path);

static inline LpFile *
lp_dataset_file (const LpDataset *d, guint32 i)
{
  return &g_array_index (d->files, LpFile, i);
}

static inline LpImage *
lp_dataset_image (const LpDataset *d, guint32 i)
{
  return &g_array_index (d->images, LpImage, i);
}

static inline LpLayer *
lp_dataset_layer (const LpDataset *d, guint32 i)
{
  return i < d->layers->len ? g_ptr_array_index (d->layers, i) : NULL;
}

static inline LpDictionary *
lp_dataset_dict (const LpDataset *d, guint32 i)
{
  return i < d->dicts->len ? g_ptr_array_index (d->dicts, i) : NULL;
}

static inline const char *
lp_dataset_detail (const LpDataset *d, guint32 i)
{
  return i < d->details->len ? g_ptr_array_index (d->details, i) : NULL;
}

static inline LpEntry *
lp_layer_entry (const LpLayer *l, guint32 i)
{
  return &g_array_index (l->entries, LpEntry, i);
}

static inline LpRow *
lp_layer_row (const LpLayer *l, guint32 i)
{
  return &g_array_index (l->rows, LpRow, i);
}

static inline LpPlace *
lp_layer_place (const LpLayer *l, guint32 i)
{
  return &g_array_index (l->places, LpPlace, i);
}

/* The layer's (first) entry for an image, or NULL. */
static inline LpEntry *
lp_layer_find (const LpLayer *l, guint32 image)
{
  return image < l->n_by_image && l->by_image[image] != 0 ? lp_layer_entry (l, l->by_image[image] - 1) : NULL;
}

/* Where the label file of an image belongs by the layer's rule (beside it, or images → labels). Free with g_free. */
char *lp_layer_label_path (const LpDataset *dataset, const LpLayer *layer, guint32 image);

/* The entry that owns a row: binary search over first_row. */
guint32 lp_layer_entry_of_row (const LpLayer *layer, guint32 row);

/* How many dictionaries are lists: an order, not only names. */
guint lp_dataset_count_lists (const LpDataset *dataset);

/* The name of a class in a dictionary, or NULL (no dictionary, beyond it, or a hole). */
const char *lp_dictionary_name (const LpDictionary *dict, gint32 class_id);
gint32 lp_dictionary_index (const LpDictionary *dict, const char *name); /* byte-equal; -1: none */

/* The box of a row in fractions of the frame its numbers are in. FALSE for rows that are no box, removed rows, and
 * manifest entries without a declared size. */
static inline gboolean
lp_row_fractions (const LpLayer *l, const LpEntry *e, const LpRow *r, LpRect *out)
{
  if (r->kind != LP_ROW_BOX || (r->flags & LP_ROW_REMOVED))
    return FALSE;
  if (l->kind == LP_LAYER_YOLO)
    {
      *out = (LpRect){ r->v[0] - r->v[2] / 2, r->v[1] - r->v[3] / 2, r->v[0] + r->v[2] / 2, r->v[1] + r->v[3] / 2 };
      return TRUE;
    }
  if (e->width == 0 || e->height == 0)
    return FALSE;
  *out = (LpRect){ r->v[0] / e->width, r->v[1] / e->height, (r->v[0] + r->v[2]) / e->width,
                   (r->v[1] + r->v[3]) / e->height };
  return TRUE;
}

/* Size of an image in a frame: what is stored, turned; else what an entry declares. FALSE where nothing is known. */
gboolean lp_image_size (const LpImage *image, const LpEntry *entry, LpFrame frame, double *width, double *height);

/* The box of a row in pixels of `wanted`, its numbers taken to be in `assumed` (LP_FRAME_UNKNOWN in either place is
 * upright). FALSE where it is no box or no size is known. */
gboolean lp_row_pixels (const LpDataset *dataset,
                        const LpLayer *layer,
                        const LpEntry *entry,
                        const LpRow *row,
                        LpFrame assumed,
                        LpFrame wanted,
                        LpRect *out);

G_END_DECLS
