/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model/lp-match-record.h"

LpMatch *
lp_match_new (guint32 subject, guint32 witness)
{
  LpMatch *match = g_new0 (LpMatch, 1);

  match->subject = subject;
  match->witness = witness;
  match->reference = LP_NONE;
  match->images = g_array_new (FALSE, FALSE, sizeof (LpImagePair));
  match->classes = g_array_new (FALSE, FALSE, sizeof (LpVerdictClass));
  match->names = g_ptr_array_new ();
  match->implied = g_ptr_array_new ();
  return match;
}

void
lp_match_free (LpMatch *match)
{
  if (match == NULL)
    return;
  g_array_unref (match->images);
  g_array_unref (match->classes);
  g_ptr_array_unref (match->names);
  g_ptr_array_unref (match->implied);
  g_free (match->table);
  g_free (match->partner);
  g_free (match->partner_back);
  g_free (match);
}

const LpImagePair *
lp_match_pair_of (const LpMatch *match, guint32 subject_entry)
{
  guint low = 0, high = match->images->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (match->images, LpImagePair, middle).subject_entry < subject_entry)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == match->images->len || g_array_index (match->images, LpImagePair, low).subject_entry != subject_entry)
    return NULL;
  return &g_array_index (match->images, LpImagePair, low);
}

const LpMatch *
lp_dataset_match (const LpDataset *d)
{
  const LpMatch *first = NULL;

  for (guint i = 0; i < d->matches->len; i++)
    {
      const LpMatch *match = g_ptr_array_index (d->matches, i);

      if (match->subject != d->subject)
        continue;
      if (match->support > 0)
        return match;
      if (first == NULL)
        first = match;
    }
  return first;
}

const char *
lp_verdict_id (LpVerdictKind kind)
{
  static const char *const ids[] = { "unverifiable", "consistent", "differs-from-job", "swapped-pair",
                                     "sorted",       "permuted",   "inconsistent" };

  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (ids), NULL);
  return ids[kind];
}

const char *
lp_conversion_id (LpConversion conversion)
{
  static const char *const ids[] = { "straight", "raw", "upright" };

  g_return_val_if_fail ((guint) conversion < G_N_ELEMENTS (ids), NULL);
  return ids[conversion];
}
