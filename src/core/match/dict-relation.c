/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/lp-text.h"
#include "match/lp-dict-relation.h"
#include "match/lp-match-parts.h"

/* ---- one name ---- */

static gboolean
starts_white (const char *name)
{
  return lp_text_white (name, strlen (name)) > 0;
}

static gboolean
ends_white (const char *name)
{
  const char *end = name + strlen (name);
  const char *last = g_utf8_find_prev_char (name, end);

  return last != NULL && lp_text_white (last, end - last) > 0;
}

static gboolean
same_but_for_capitals (const char *a, const char *b)
{
  g_autofree char *fold_a = g_utf8_casefold (a, -1), *fold_b = g_utf8_casefold (b, -1);

  return strcmp (fold_a, fold_b) == 0;
}

static LpAlike
how_alike (const char *name, const char *wanted)
{
  switch (lp_text_same (name, wanted))
    {
    case LP_SAME_NFC:
      return LP_ALIKE_UNICODE;
    case LP_SAME_TRIMMED:
      return ends_white (name) != ends_white (wanted)       ? LP_ALIKE_BLANK_END
             : starts_white (name) != starts_white (wanted) ? LP_ALIKE_BLANK_START
                                                            : LP_ALIKE_INVISIBLE;
    case LP_SAME_FOLDED:
      return g_utf8_validate (name, -1, NULL) && g_utf8_validate (wanted, -1, NULL) &&
                 same_but_for_capitals (name, wanted)
               ? LP_ALIKE_CAPITALS
               : LP_ALIKE_SPACING;
    case LP_SAME_BYTES:
    case LP_SAME_NOT:
    default:
      return LP_ALIKE_NOT;
    }
}

/* The same bytes elsewhere mean more than nearly the same name here. */
static LpNameRelation
relate (const char *name, const char *here, gint32 index, const LpDictionary *reference, const LpNaming *naming)
{
  LpNameRelation relation = { .kind = LP_NAME_EQUAL, .place = index };
  gint32 place = lp_naming_find (naming, name);

  if (g_strcmp0 (name, here) == 0)
    return relation;
  if (name == NULL)
    {
      relation.kind = LP_NAME_MISSING;
      return relation;
    }
  if (here != NULL && (place < 0 || strcmp (lp_dictionary_name (reference, place), name) != 0))
    relation.alike = how_alike (name, here);
  if (relation.alike != LP_ALIKE_NOT)
    {
      relation.kind = LP_NAME_ALIKE;
      return relation;
    }
  relation.place = place;
  if (place >= 0)
    {
      relation.kind = LP_NAME_MOVED;
      relation.alike = how_alike (name, lp_dictionary_name (reference, place));
    }
  else
    relation.kind = here != NULL ? LP_NAME_OTHER : LP_NAME_EXTRA;
  return relation;
}

/* ---- all of them ---- */

static void
count (LpDictRelation *self, const LpNameRelation *name)
{
  self->moved += name->kind == LP_NAME_MOVED;
  self->alike += name->kind == LP_NAME_ALIKE;
  self->other += name->kind == LP_NAME_OTHER;
  self->missing += name->kind == LP_NAME_MISSING;
  self->extra += name->kind == LP_NAME_EXTRA;
}

/* Two names may be moved alike by chance, one always is. */
static gint
find_shift (const LpDictRelation *self)
{
  gint shift = 0;

  for (guint i = 0; i < self->names->len; i++)
    {
      const LpNameRelation *name = &g_array_index (self->names, LpNameRelation, i);

      if (name->kind == LP_NAME_EQUAL || name->kind == LP_NAME_ALIKE)
        return 0;
      if (name->kind != LP_NAME_MOVED)
        continue;
      if (shift != 0 && (gint) i - name->place != shift)
        return 0;
      shift = (gint) i - name->place;
    }
  return self->moved >= 3 ? shift : 0;
}

LpDictRelation *
lp_dict_relation_new (const LpDictionary *list, const LpDictionary *reference)
{
  LpDictRelation *self = g_new0 (LpDictRelation, 1);
  g_autoptr (LpNaming) naming = lp_naming_new (reference);
  guint n = MAX (list->names->len, reference->names->len);

  self->is_job = reference->origin == LP_DICT_JOB || reference->origin == LP_DICT_MANIFEST;
  self->names = g_array_sized_new (FALSE, FALSE, sizeof (LpNameRelation), n);
  for (guint i = 0; i < n; i++)
    {
      LpNameRelation name =
        relate (lp_dictionary_name (list, i), lp_dictionary_name (reference, i), i, reference, naming);

      g_array_append_val (self->names, name);
      count (self, &name);
    }
  self->shift = find_shift (self);
  return self;
}

void
lp_dict_relation_free (LpDictRelation *self)
{
  g_array_unref (self->names);
  g_free (self);
}

/* ---- words ---- */

LpSeverity
lp_dict_relation_severity (const LpDictRelation *self)
{
  if (self->moved > 0)
    return LP_SEVERITY_ERROR;
  return self->alike + self->other + self->missing + self->extra > 0 ? LP_SEVERITY_WARNING : LP_SEVERITY_OFF;
}

char *
lp_dict_relation_words (const LpDictRelation *self)
{
  guint differ = self->alike + self->other + self->missing + self->extra;

  if (self->shift > 0)
    return g_strdup_printf (_ ("%d too high"), self->shift);
  if (self->shift < 0)
    return g_strdup_printf (_ ("%d too low"), -self->shift);
  if (self->moved > 0)
    return g_strdup_printf (_ ("%u of %u moved"), self->moved, self->names->len);
  if (differ > 0)
    return g_strdup_printf (ngettext ("%u of %u differs", "%u of %u differ", differ), differ, self->names->len);
  return g_strdup (_ ("same order"));
}

static const char *
alike_words (LpAlike alike)
{
  switch (alike)
    {
    case LP_ALIKE_BLANK_START:
      return _ ("blank at start");
    case LP_ALIKE_BLANK_END:
      return _ ("blank at end");
    case LP_ALIKE_INVISIBLE:
      return _ ("invisible characters");
    case LP_ALIKE_UNICODE:
      return _ ("encoded otherwise");
    case LP_ALIKE_CAPITALS:
      return _ ("other capitals");
    case LP_ALIKE_SPACING:
    case LP_ALIKE_NOT:
    default:
      return _ ("other spacing");
    }
}

char *
lp_dict_relation_note (const LpDictRelation *self, guint index)
{
  const LpNameRelation *name;

  g_return_val_if_fail (index < self->names->len, NULL);
  name = &g_array_index (self->names, LpNameRelation, index);
  switch ((LpNameKind) name->kind)
    {
    case LP_NAME_MOVED:
      return self->is_job ? g_strdup_printf (_ ("job: %d"), name->place)
                          : g_strdup_printf (_ ("there: %d"), name->place);
    case LP_NAME_ALIKE:
      return g_strdup (alike_words (name->alike));
    case LP_NAME_OTHER:
      return self->is_job ? g_strdup (_ ("not in the job")) : g_strdup (_ ("not there"));
    case LP_NAME_MISSING:
      return g_strdup (_ ("missing"));
    case LP_NAME_EXTRA:
      return g_strdup (_ ("one more"));
    case LP_NAME_EQUAL:
    default:
      return NULL;
    }
}
