/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "lp-problems.h"

#define ALL_SEVERITIES (1 << LP_SEVERITY_INFO | 1 << LP_SEVERITY_WARNING | 1 << LP_SEVERITY_ERROR)
#define SINGLES_KEY G_MAXUINT64

struct _LpProblems
{
  const LpDataset *dataset;
  const LpProfile *profile;
  const LpFindings *findings;
  GPtrArray *causes; /* LpCause *; made when first grouped by cause */
  LpGrouping grouping;
  char *filter;
  guint severities;
  GArray *groups;     /* LpProblemGroup */
  guint32 *order;     /* findings that pass, group after group */
  guint32 *places;    /* finding → its place in `order`, LP_NONE */
  guint32 n;          /* in `order` */
  GHashTable *folded; /* keys of groups */
};

static const LpFinding *
finding_at (const LpProblems *self, guint32 index)
{
  return &g_array_index (self->findings->findings, LpFinding, index);
}

/* ---- the filter ---- */

/* One word, and what is already known about the things it may stand in. */
typedef struct
{
  char *word; /* case-folded */
  guint8 *rules, *files, *images, *details;
  GHashTable *classes; /* class and layer → answer */
} Word;

enum
{
  NOT_ASKED,
  NO,
  YES,
};

static void
word_free (gpointer data)
{
  Word *word = data;

  g_free (word->word);
  g_free (word->rules);
  g_free (word->files);
  g_free (word->images);
  g_free (word->details);
  g_hash_table_unref (word->classes);
  g_free (word);
}

static Word *
word_new (const LpProblems *self, const char *text)
{
  Word *word = g_new0 (Word, 1);

  word->word = g_utf8_casefold (text, -1);
  word->rules = g_new0 (guint8, lp_rule_count () + 1);
  word->files = g_new0 (guint8, self->dataset->files->len + 1);
  word->images = g_new0 (guint8, self->dataset->images->len + 1);
  word->details = g_new0 (guint8, self->dataset->details->len + 1);
  word->classes = g_hash_table_new (NULL, NULL);
  return word;
}

static gboolean
stands_in (const Word *word, const char *text)
{
  g_autofree char *valid = NULL;
  g_autofree char *folded = NULL;

  if (text == NULL)
    return FALSE;
  valid = g_utf8_make_valid (text, -1);
  folded = g_utf8_casefold (valid, -1);
  return strstr (folded, word->word) != NULL;
}

static gboolean
ask (const Word *word, guint8 *known, const char *text)
{
  if (*known == NOT_ASKED)
    *known = stands_in (word, text) ? YES : NO;
  return *known == YES;
}

static gboolean
in_class (const LpProblems *self, const Word *word, const LpFinding *finding)
{
  const LpLayer *layer = finding->layer != G_MAXUINT8 ? lp_dataset_layer (self->dataset, finding->layer) : NULL;
  const LpDictionary *names = layer != NULL ? lp_dataset_dict (self->dataset, layer->dictionary) : NULL;
  gint32 id;
  gpointer known;
  guint8 answer;

  if (names == NULL || finding->row >= layer->rows->len)
    return FALSE;
  id = lp_layer_row (layer, finding->row)->class_id;
  if (id < 0 || (guint) id >= names->names->len)
    return FALSE;
  known = GUINT_TO_POINTER ((guint) id * 256 + finding->layer + 1);
  answer = GPOINTER_TO_UINT (g_hash_table_lookup (word->classes, known));
  if (answer == NOT_ASKED)
    {
      ask (word, &answer, lp_dictionary_name (names, id));
      g_hash_table_insert (word->classes, known, GUINT_TO_POINTER (answer));
    }
  return answer == YES;
}

static gboolean
in_rule (const Word *word, LpRuleId id)
{
  const LpRule *rule = lp_rule_get (id);

  if (word->rules[id] == NOT_ASKED)
    word->rules[id] = stands_in (word, rule->id) || stands_in (word, _ (rule->title)) ? YES : NO;
  return word->rules[id] == YES;
}

static gboolean
has_word (const LpProblems *self, Word *word, const LpFinding *finding)
{
  const LpDataset *d = self->dataset;

  if (in_rule (word, finding->rule))
    return TRUE;
  if (finding->file != LP_NONE && ask (word, &word->files[finding->file], lp_dataset_file (d, finding->file)->name))
    return TRUE;
  if (finding->image != LP_NONE &&
      ask (word, &word->images[finding->image], lp_dataset_image (d, finding->image)->name))
    return TRUE;
  if (finding->detail != LP_NONE &&
      ask (word, &word->details[finding->detail], lp_dataset_detail (d, finding->detail)))
    return TRUE;
  return in_class (self, word, finding);
}

/* Which findings pass: a byte each. Free with g_free. */
static guint8 *
apply_filter (const LpProblems *self)
{
  guint n = self->findings->findings->len;
  guint8 *passes = g_new (guint8, n + 1);
  LpRuleId only = self->filter != NULL ? lp_rule_find (self->filter) : LP_RULE_NONE;
  g_auto (GStrv) texts = g_strsplit_set (self->filter != NULL && only == LP_RULE_NONE ? self->filter : "", " \t", -1);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (word_free);

  for (guint i = 0; texts[i] != NULL; i++)
    if (*texts[i] != '\0')
      g_ptr_array_add (words, word_new (self, texts[i]));
  for (guint i = 0; i < n; i++)
    {
      const LpFinding *finding = finding_at (self, i);

      passes[i] = (self->severities >> finding->severity & 1) && (only == LP_RULE_NONE || finding->rule == only);
      for (guint w = 0; w < words->len && passes[i]; w++)
        passes[i] = has_word (self, g_ptr_array_index (words, w), finding);
    }
  return passes;
}

/* ---- groups ---- */

static void
group_clear (gpointer data)
{
  g_free (((LpProblemGroup *) data)->title);
}

static LpProblemGroup *
begin_group (LpProblems *self, guint64 key, char *title)
{
  LpProblemGroup group = { .title = title, .first = self->n, .key = key };

  group.folded = g_hash_table_contains (self->folded, &key);
  g_array_append_val (self->groups, group);
  return &g_array_index (self->groups, LpProblemGroup, self->groups->len - 1);
}

static void
add_to_group (LpProblems *self, LpProblemGroup *group, guint32 finding)
{
  group->severity = MAX (group->severity, (LpSeverity) finding_at (self, finding)->severity);
  group->n++;
  self->places[finding] = self->n;
  self->order[self->n++] = finding;
}

/* A group that nothing was put into is none. */
static void
end_group (LpProblems *self)
{
  if (g_array_index (self->groups, LpProblemGroup, self->groups->len - 1).n == 0)
    g_array_set_size (self->groups, self->groups->len - 1);
}

static void
add_cause (LpProblems *self, LpProblemGroup *group, const LpCause *cause, const guint8 *passes)
{
  for (guint i = 0; i < cause->findings->len; i++)
    {
      guint32 finding = g_array_index (cause->findings, guint32, i);

      if (passes[finding])
        add_to_group (self, group, finding);
    }
}

static const char *
cause_title (const LpCause *cause)
{
  const LpRule *rule = lp_rule_get (cause->rule);

  if (g_str_has_prefix (rule->id, "order/") && cause->severity == LP_SEVERITY_ERROR)
    return _ ("Wrong label order");
  return _ (rule->title);
}

/* The finding that gave the cause its name stands first. */
static void
add_systematic (LpProblems *self, const LpCause *cause, guint8 *passes)
{
  LpProblemGroup *group = begin_group (self, cause->rule, g_strdup (cause_title (cause)));

  if (passes[cause->first])
    add_to_group (self, group, cause->first);
  passes[cause->first] = FALSE;
  add_cause (self, group, cause, passes);
  end_group (self);
}

/* Causes that one decision removes, dearest first; then all the others together, to be walked through. */
static void
group_by_cause (LpProblems *self, guint8 *passes)
{
  LpProblemGroup *singles;

  if (self->causes == NULL)
    self->causes = lp_causes (self->dataset, self->profile, self->findings);
  for (guint i = 0; i < self->causes->len; i++)
    {
      const LpCause *cause = g_ptr_array_index (self->causes, i);

      if (cause->systematic)
        add_systematic (self, cause, passes);
    }
  singles = begin_group (self, SINGLES_KEY, g_strdup (_ ("Single problems")));
  for (guint i = 0; i < self->causes->len; i++)
    {
      const LpCause *cause = g_ptr_array_index (self->causes, i);

      if (!cause->systematic)
        add_cause (self, singles, cause, passes);
    }
  end_group (self);
}

/* Findings of the same key, in the order of their first ones; within, as they stand. `keys`: one a finding, from 0.
 */
static GArray *
sort_by_key (const LpProblems *self, const guint32 *keys, const guint8 *passes, guint32 n_keys, guint32 **starts)
{
  guint n = self->findings->findings->len;
  g_autofree guint32 *next = g_new0 (guint32, n_keys + 1);
  GArray *sorted = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint32 sum = 0;

  for (guint i = 0; i < n; i++)
    if (passes[i])
      next[keys[i]]++;
  *starts = g_new (guint32, n_keys + 1);
  for (guint32 k = 0; k < n_keys; k++)
    {
      (*starts)[k] = sum;
      sum += next[k];
      next[k] = (*starts)[k];
    }
  (*starts)[n_keys] = sum;
  g_array_set_size (sorted, sum);
  for (guint i = 0; i < n; i++)
    if (passes[i])
      g_array_index (sorted, guint32, next[keys[i]]++) = i;
  return sorted;
}

typedef struct
{
  LpRuleId rule;
  LpSeverity severity;
} RuleGroup;

static int
compare_rules (gconstpointer a, gconstpointer b)
{
  const RuleGroup *x = a, *y = b;

  if (x->severity != y->severity)
    return x->severity > y->severity ? -1 : 1;
  return strcmp (lp_rule_get (x->rule)->id, lp_rule_get (y->rule)->id);
}

static void
group_by_rule (LpProblems *self, const guint8 *passes)
{
  guint n = self->findings->findings->len, count = lp_rule_count ();
  g_autofree guint32 *keys = g_new (guint32, n + 1);
  g_autofree RuleGroup *rules = g_new0 (RuleGroup, count + 1);
  g_autofree guint32 *starts = NULL;
  g_autoptr (GArray) sorted = NULL;

  for (guint i = 0; i <= count; i++)
    rules[i].rule = i;
  for (guint i = 0; i < n; i++)
    {
      const LpFinding *finding = finding_at (self, i);

      keys[i] = finding->rule;
      rules[finding->rule].severity = MAX (rules[finding->rule].severity, (LpSeverity) finding->severity);
    }
  sorted = sort_by_key (self, keys, passes, count + 1, &starts);
  qsort (rules + 1, count, sizeof *rules, compare_rules);
  for (guint r = 1; r <= count; r++)
    {
      LpRuleId rule = rules[r].rule;
      LpProblemGroup *group = begin_group (self, rule, g_strdup (_ (lp_rule_get (rule)->title)));

      for (guint32 i = starts[rule]; i < starts[rule + 1]; i++)
        add_to_group (self, group, g_array_index (sorted, guint32, i));
      end_group (self);
    }
}

static char *
file_title (const LpProblems *self, const LpFinding *finding)
{
  const LpDataset *d = self->dataset;
  g_autofree char *path = NULL;
  g_autofree char *shown = NULL;

  if (finding->file != LP_NONE)
    path = lp_file_dup_path (lp_dataset_file (d, finding->file));
  else if (finding->image != LP_NONE)
    path = lp_image_dup_path (lp_dataset_image (d, finding->image));
  if (path == NULL)
    return g_strdup (_ ("The data set as a whole"));
  shown = lp_dataset_relative (d, path);
  return lp_text_escape (shown, -1, 0);
}

/* Files and pictures in the order in which they first appear. */
static void
group_by_file (LpProblems *self, const guint8 *passes)
{
  guint n = self->findings->findings->len;
  guint32 n_files = self->dataset->files->len, n_keys = n_files + self->dataset->images->len + 1;
  g_autofree guint32 *keys = g_new (guint32, n + 1), *starts = NULL;
  g_autofree guint8 *seen = g_new0 (guint8, n_keys);
  g_autoptr (GArray) sorted = NULL;

  for (guint i = 0; i < n; i++)
    {
      const LpFinding *finding = finding_at (self, i);

      keys[i] = finding->file != LP_NONE    ? finding->file
                : finding->image != LP_NONE ? n_files + finding->image
                                            : n_keys - 1;
    }
  sorted = sort_by_key (self, keys, passes, n_keys, &starts);
  for (guint i = 0; i < n; i++)
    {
      LpProblemGroup *group;

      if (!passes[i] || seen[keys[i]])
        continue;
      seen[keys[i]] = TRUE;
      group = begin_group (self, keys[i], file_title (self, finding_at (self, i)));
      for (guint32 k = starts[keys[i]]; k < starts[keys[i] + 1]; k++)
        add_to_group (self, group, g_array_index (sorted, guint32, k));
    }
}

static void
arrange (LpProblems *self)
{
  g_autofree guint8 *passes = apply_filter (self);

  g_array_set_size (self->groups, 0);
  self->n = 0;
  memset (self->places, 0xff, sizeof *self->places * self->findings->findings->len);
  switch (self->grouping)
    {
    case LP_GROUP_RULE:
      group_by_rule (self, passes);
      break;
    case LP_GROUP_FILE:
      group_by_file (self, passes);
      break;
    case LP_GROUP_CAUSE:
    default:
      group_by_cause (self, passes);
    }
}

/* ---- for callers ---- */

LpProblems *
lp_problems_new (const LpDataset *dataset, const LpProfile *profile, const LpFindings *findings)
{
  LpProblems *self = g_new0 (LpProblems, 1);

  self->dataset = dataset;
  self->profile = profile;
  self->findings = findings;
  self->severities = ALL_SEVERITIES;
  self->groups = g_array_new (FALSE, FALSE, sizeof (LpProblemGroup));
  g_array_set_clear_func (self->groups, group_clear);
  self->order = g_new (guint32, findings->findings->len + 1);
  self->places = g_new (guint32, findings->findings->len + 1);
  self->folded = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  arrange (self);
  return self;
}

void
lp_problems_free (LpProblems *self)
{
  g_clear_pointer (&self->causes, g_ptr_array_unref);
  g_array_unref (self->groups);
  g_hash_table_unref (self->folded);
  g_free (self->order);
  g_free (self->places);
  g_free (self->filter);
  g_free (self);
}

void
lp_problems_set_grouping (LpProblems *self, LpGrouping grouping)
{
  if (grouping == self->grouping)
    return;
  self->grouping = grouping;
  g_hash_table_remove_all (self->folded);
  arrange (self);
}

void
lp_problems_set_filter (LpProblems *self, const char *text)
{
  g_autofree char *filter = g_strstrip (g_strdup (text != NULL ? text : ""));

  if (g_strcmp0 (filter, self->filter != NULL ? self->filter : "") == 0)
    return;
  g_free (self->filter);
  self->filter = g_steal_pointer (&filter);
  g_hash_table_remove_all (self->folded); /* what is looked for is not hidden */
  arrange (self);
}

void
lp_problems_set_severities (LpProblems *self, guint severities)
{
  if (severities == self->severities)
    return;
  self->severities = severities;
  arrange (self);
}

void
lp_problems_set_folded (LpProblems *self, guint group, gboolean folded)
{
  LpProblemGroup *g;

  g_return_if_fail (group < self->groups->len);
  g = &g_array_index (self->groups, LpProblemGroup, group);
  g->folded = folded;
  if (folded)
    g_hash_table_add (self->folded, g_memdup2 (&g->key, sizeof g->key));
  else
    g_hash_table_remove (self->folded, &g->key);
}

guint32
lp_problems_count (const LpProblems *self)
{
  return self->n;
}

guint32
lp_problems_at (const LpProblems *self, guint32 place)
{
  g_return_val_if_fail (place < self->n, LP_NONE);
  return self->order[place];
}

guint32
lp_problems_place (const LpProblems *self, guint32 finding)
{
  return finding < self->findings->findings->len ? self->places[finding] : LP_NONE;
}

guint
lp_problems_n_groups (const LpProblems *self)
{
  return self->groups->len;
}

const LpProblemGroup *
lp_problems_group (const LpProblems *self, guint group)
{
  g_return_val_if_fail (group < self->groups->len, NULL);
  return &g_array_index (self->groups, LpProblemGroup, group);
}

guint
lp_problems_group_of (const LpProblems *self, guint32 finding)
{
  guint32 place = lp_problems_place (self, finding);
  guint low = 0, high = self->groups->len;

  if (place == LP_NONE)
    return G_MAXUINT;
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (lp_problems_group (self, middle)->first <= place)
        low = middle;
      else
        high = middle;
    }
  return low;
}

GArray *
lp_problems_rows (const LpProblems *self)
{
  GArray *rows = g_array_sized_new (FALSE, FALSE, sizeof (guint32), self->n + self->groups->len);

  for (guint g = 0; g < self->groups->len; g++)
    {
      const LpProblemGroup *group = lp_problems_group (self, g);
      guint32 head = LP_PROBLEM_HEAD | g;

      g_array_append_val (rows, head);
      if (!group->folded)
        g_array_append_vals (rows, self->order + group->first, group->n);
    }
  return rows;
}
