/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/lp-path.h"
#include "match/lp-match-parts.h"

/* An entry of the witness under one of the stems of its picture. */
typedef struct
{
  const char *name;
  guint32 length; /* of the stem */
  guint32 entry;
} Stem;

static int
compare_bytes (const char *a, gsize a_length, const char *b, gsize b_length)
{
  int order = memcmp (a, b, MIN (a_length, b_length));

  return order != 0 ? order : (a_length > b_length) - (a_length < b_length);
}

static int
compare_stems (const void *a, const void *b)
{
  const Stem *x = a, *y = b;
  int order = compare_bytes (x->name, x->length, y->name, y->length);

  return order != 0 ? order : (x->entry > y->entry) - (x->entry < y->entry);
}

/* image → its first entry + 1 */
static guint32 *
entries_by_image (const LpDataset *d, const LpLayer *layer)
{
  guint32 *of = g_new0 (guint32, d->images->len + 1);

  for (guint32 i = layer->entries->len; i > 0; i--)
    {
      guint32 image = lp_layer_entry (layer, i - 1)->image;

      if (image < d->images->len)
        of[image] = i;
    }
  return of;
}

/* The stems of those entries of the witness whose picture the subject does not share, sorted. */
static GArray *
collect_stems (const LpDataset *d, const LpLayer *witness, const guint32 *subject_of, gboolean first_dot)
{
  GArray *stems = g_array_new (FALSE, FALSE, sizeof (Stem));

  for (guint32 i = 0; i < witness->entries->len; i++)
    {
      guint32 image = lp_layer_entry (witness, i)->image;
      Stem stem = { .entry = i };

      if (image >= d->images->len || subject_of[image] != 0)
        continue;
      stem.name = lp_dataset_image (d, image)->name;
      stem.length = first_dot ? lp_path_first_dot_length (stem.name) : lp_path_stem_length (stem.name);
      if (stem.length > 0)
        g_array_append_val (stems, stem);
    }
  if (stems->len > 0)
    qsort (stems->data, stems->len, sizeof (Stem), compare_stems);
  return stems;
}

static guint
first_with_stem (const GArray *stems, const char *name, gsize length)
{
  guint low = 0, high = stems->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const Stem *s = &g_array_index (stems, Stem, middle);

      if (compare_bytes (s->name, s->length, name, length) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* How many folders the two paths have in common, counted from the end. */
static guint
common_folders (const char *a, const char *b)
{
  gsize i = strlen (a), j = strlen (b);
  guint common = 0;

  for (; i > 0 && j > 0 && a[i - 1] == b[j - 1]; i--, j--)
    if (a[i - 1] == '/')
      common++;
  return common + (i == 0 && j == 0);
}

/* The one entry of the witness under this stem that is most alike: same extension first, then the most folders in
 * common. LP_NONE when there is none, or when two pictures are equally alike: no pair is better than a wrong one. */
static guint32
best_entry (const LpDataset *d, const LpLayer *witness, const GArray *stems, const LpImage *image, gsize length)
{
  guint32 best = LP_NONE, best_image = LP_NONE;
  guint best_score = 0;
  gboolean tie = FALSE;

  for (guint i = first_with_stem (stems, image->name, length); i < stems->len; i++)
    {
      const Stem *s = &g_array_index (stems, Stem, i);
      guint32 other = lp_layer_entry (witness, s->entry)->image;
      guint score;

      if (compare_bytes (s->name, s->length, image->name, length) != 0)
        break;
      score = 1 + MIN (common_folders (image->folder, lp_dataset_image (d, other)->folder), 1000);
      score += strcmp (s->name, image->name) == 0 ? 2000 : 0;
      if (score > best_score)
        {
          best = s->entry;
          best_image = other;
          best_score = score;
          tie = FALSE;
        }
      else if (score == best_score && other != best_image)
        tie = TRUE;
    }
  return tie ? LP_NONE : best;
}

/* By the first-dot rule one side must be a name that was cut there, so that a.1.jpg and a.2.jpg are never one
 * picture: its whole stem is the other's up to the first dot. */
static guint32
best_first_dot (
  const LpDataset *d, const LpLayer *witness, const GArray *last, const GArray *first, const LpImage *image)
{
  gsize whole = lp_path_stem_length (image->name), cut = lp_path_first_dot_length (image->name);

  if (cut == whole)
    return best_entry (d, witness, first, image, whole);
  return cut > 0 ? best_entry (d, witness, last, image, cut) : LP_NONE;
}

static void
pair_entries (const LpDataset *d, LpMatch *match, const guint32 *subject_of, const guint32 *witness_of)
{
  const LpLayer *subject = lp_dataset_layer (d, match->subject), *witness = lp_dataset_layer (d, match->witness);
  g_autoptr (GArray) last = collect_stems (d, witness, subject_of, FALSE);
  g_autoptr (GArray) first = collect_stems (d, witness, subject_of, TRUE);

  for (guint32 i = 0; i < subject->entries->len; i++)
    {
      guint32 record = lp_layer_entry (subject, i)->image;
      LpImagePair pair = { .subject_entry = i, .witness_entry = LP_NONE };
      const LpImage *image;

      if (record >= d->images->len)
        continue;
      image = lp_dataset_image (d, record);
      if (witness_of[record] != 0)
        {
          pair.witness_entry = witness_of[record] - 1;
          pair.by = LP_PAIRED_FILE;
        }
      else if (last->len > 0)
        {
          gsize length = lp_path_stem_length (image->name);

          pair.by = LP_PAIRED_STEM;
          if (length > 0)
            pair.witness_entry = best_entry (d, witness, last, image, length);
          if (pair.witness_entry == LP_NONE)
            {
              pair.by = LP_PAIRED_FIRST_DOT;
              pair.witness_entry = best_first_dot (d, witness, last, first, image);
            }
        }
      if (pair.witness_entry != LP_NONE)
        g_array_append_val (match->images, pair);
    }
}

void
lp_pair_images (const LpDataset *d, LpMatch *match)
{
  g_autofree guint32 *subject_of = entries_by_image (d, lp_dataset_layer (d, match->subject));
  g_autofree guint32 *witness_of = entries_by_image (d, lp_dataset_layer (d, match->witness));

  pair_entries (d, match, subject_of, witness_of);
}
