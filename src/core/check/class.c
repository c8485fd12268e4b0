/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/lp-text.h"
#include "check/lp-family.h"

/* ---- class/id-out-of-range, class/id-equals-nc ---- */

/* How many names the rows are numbered by; -1: there is no list, so no number is too large. */
static gint64
number_of_names (const LpDataset *dataset, const LpLayer *layer)
{
  const LpDictionary *dict = layer->kind == LP_LAYER_YOLO ? lp_dataset_dict (dataset, layer->dictionary) : NULL;

  if (dict == NULL)
    return -1;
  return dict->names->len > 0 ? (gint64) dict->names->len : dict->declared;
}

static void
add_id (LpCheck *check, const LpRowView *view, LpRuleId rule, gint64 names)
{
  LpFinding finding = lp_finding_at_row (check->dataset, view->layer, view->entry, view->row);

  finding.a = view->r->class_id;
  finding.b = (double) names;
  lp_check_add (check, rule, &finding);
}

static void
check_id_out_of_range (LpCheck *check, const LpRowView *view)
{
  gint64 names = number_of_names (check->dataset, view->l);

  if (names >= 0 && view->r->class_id > names)
    add_id (check, view, LP_RULE_CLASS_ID_OUT_OF_RANGE, names);
}

static void
check_id_equals_nc (LpCheck *check, const LpRowView *view)
{
  gint64 names = number_of_names (check->dataset, view->l);

  if (names >= 0 && view->r->class_id == names)
    add_id (check, view, LP_RULE_CLASS_ID_EQUALS_NC, names);
}

static char *
say_id (const LpDataset *dataset, const LpFinding *finding)
{
  guint names = (guint) finding->b;
  g_autofree char *box = lp_say_box (dataset, finding);
  g_autofree char *text = g_strdup_printf (
    ngettext ("Class %.0f, but there is only %u name", "Class %.0f, but there are only %u names", names), finding->a,
    names);

  return box != NULL ? g_strdup_printf (_ ("%s; box %s"), text, box) : g_steal_pointer (&text);
}

static char *
say_id_equals_nc (const LpDataset *dataset, const LpFinding *finding)
{
  guint names = (guint) finding->b;
  g_autofree char *box = lp_say_box (dataset, finding);
  g_autofree char *text = g_strdup_printf (ngettext ("Class %.0f with %u name: the last one is %.0f",
                                                     "Class %.0f with %u names: the last one is %.0f", names),
                                           finding->a, names, finding->b - 1);

  return box != NULL ? g_strdup_printf (_ ("%s; box %s"), text, box) : g_steal_pointer (&text);
}

static LpSafety
propose_remove (const LpDataset *dataset, const LpFinding *finding, LpStep *step)
{
  return lp_repair_remove_row (dataset, finding, step, LP_SAFETY_REVIEW);
}

/* ---- lists of names ---- */

gboolean
lp_names_judged (const LpCheck *check, const LpDictionary *dict)
{
  return dict->layer == check->dataset->subject || dict->layer == LP_NONE || dict->origin == LP_DICT_JOB;
}

static void
check_count_mismatch (LpCheck *check)
{
  for (guint i = 0; i < check->dataset->dicts->len; i++)
    {
      const LpDictionary *dict = lp_dataset_dict (check->dataset, i);
      LpFinding finding;

      if (!lp_names_judged (check, dict) || dict->declared < 0 || dict->names->len == 0 ||
          (guint) dict->declared == dict->names->len)
        continue;
      finding = lp_finding_at_name (check->dataset, i, LP_NONE);
      finding.line = dict->declared_at.line > 0 ? dict->declared_at.line : finding.line;
      finding.column = dict->declared_at.column;
      finding.a = dict->declared;
      finding.b = dict->names->len;
      lp_check_add (check, LP_RULE_CLASS_COUNT_MISMATCH, &finding);
    }
}

static char *
say_count_mismatch (const LpDataset *dataset, const LpFinding *finding)
{
  guint names = (guint) finding->b;

  return g_strdup_printf (
    ngettext ("nc is %.0f, but %u name is listed", "nc is %.0f, but %u names are listed", names), finding->a, names);
}

LpOp *
lp_repair_dict_op (const LpDataset *dataset, const LpFinding *finding, LpOpKind kind)
{
  LpOp *op = lp_op_new (kind);

  op->dict = finding->other;
  op->path = lp_file_dup_path (lp_dataset_file (dataset, finding->file));
  return op;
}

static LpSafety
propose_count (const LpDataset *dataset, const LpFinding *finding, LpStep *step)
{
  const LpDictionary *dict = lp_dataset_dict (dataset, finding->other);
  LpOp *op;

  if (dict == NULL || dict->file == LP_NONE || dict->declared_at.length == 0)
    return LP_SAFETY_NONE;
  if (step == NULL)
    return LP_SAFETY_SAFE;
  op = lp_repair_dict_op (dataset, finding, LP_OP_SET_COUNT);
  op->offset = dict->declared_at.offset;
  op->class_before = dict->declared;
  op->class_after = (gint32) dict->names->len;
  g_ptr_array_add (step->ops, op);
  return LP_SAFETY_SAFE;
}

/* The first entry with the same bytes; a hash, since a list may be long. */
static void
find_duplicate_names (LpCheck *check, guint index)
{
  const LpDictionary *dict = lp_dataset_dict (check->dataset, index);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < dict->names->len; i++)
    {
      const char *name = g_ptr_array_index (dict->names, i);
      LpFinding finding;

      if (name == NULL || lp_name_is_blank (name))
        continue;
      if (!g_hash_table_contains (seen, name))
        {
          g_hash_table_insert (seen, (gpointer) name, GUINT_TO_POINTER (i));
          continue;
        }
      finding = lp_finding_at_name (check->dataset, index, i);
      finding.detail = lp_check_detail (check, name);
      finding.a = i;
      finding.b = GPOINTER_TO_UINT (g_hash_table_lookup (seen, name));
      lp_check_add (check, LP_RULE_CLASS_DUPLICATE_NAME, &finding);
    }
}

/* A union of class-maps gives one name two numbers where the job's list changed between its lines: another mistake.
 */
static void
check_duplicate_name (LpCheck *check)
{
  for (guint i = 0; i < check->dataset->dicts->len; i++)
    {
      const LpDictionary *dict = lp_dataset_dict (check->dataset, i);

      if (lp_names_judged (check, dict) && dict->origin != LP_DICT_MANIFEST)
        find_duplicate_names (check, i);
    }
}

/* ---- class/near-duplicate ---- */

#define TYPO_MIN 5 /* letters of a name, and */
#define TYPO_WORD_MIN                                                                                                \
  4 /* of the word that differs, below which one letter makes another word: "type a", "type b"                       \
     */
#define TYPO_BYTES_MAX 1024 /* what is longer is no name */
#define TYPO_NAMES_MAX 2000 /* a longer list is a vocabulary: there are words that differ in one letter */

/* A name folded, as characters; what cannot be alike by chance is compared in this form. */
typedef struct
{
  gunichar *text;
  glong length;
} Folded;

static void
folded_clear (gpointer data)
{
  g_free (((Folded *) data)->text);
}

/* The length of the word around a place. */
static glong
word_length (const Folded *name, glong at)
{
  glong start = at, end = at;

  while (start > 0 && g_unichar_isalpha (name->text[start - 1]))
    start--;
  while (end < name->length && g_unichar_isalpha (name->text[end]))
    end++;
  return end - start;
}

/* One letter is too much, wrong, or changed places with the next (Damerau-Levenshtein distance 1). Digits are not
 * letters: "limit 30" and "limit 50" are what they say. */
static gboolean
is_typo (const Folded *a, const Folded *b)
{
  const Folded *longer = a->length >= b->length ? a : b, *other = longer == a ? b : a;
  glong first = 0, last = 0, more = longer->length - other->length;

  if (more > 1 || other->length < TYPO_MIN)
    return FALSE;
  while (first < other->length && longer->text[first] == other->text[first])
    first++;
  while (last < other->length - first &&
         longer->text[longer->length - 1 - last] == other->text[other->length - 1 - last])
    last++;
  switch (other->length - first - last)
    {
    case 0:
      break;
    case 1:
      if (more > 0 || !g_unichar_isalpha (other->text[first]))
        return FALSE;
      break;
    case 2:
      if (more > 0 || longer->text[first] != other->text[first + 1] ||
          longer->text[first + 1] != other->text[first] || !g_unichar_isalpha (other->text[first]))
        return FALSE;
      break;
    default:
      return FALSE;
    }
  return g_unichar_isalpha (longer->text[first]) && word_length (longer, first) >= TYPO_WORD_MIN;
}

/* Where only blanks or invisible characters differ, it is said of the name that has them: the rule about those
 * explains it. */
static guint
odd_one (const GPtrArray *names, guint i, guint j)
{
  const char *a = g_ptr_array_index (names, i), *b = g_ptr_array_index (names, j);

  return lp_text_same (a, b) >= LP_SAME_TRIMMED && strlen (a) > strlen (b) ? i : j;
}

static void
add_near_duplicate (LpCheck *check, guint index, guint i, guint j)
{
  const LpDictionary *dict = lp_dataset_dict (check->dataset, index);
  LpFinding finding = lp_finding_at_name (check->dataset, index, odd_one (dict->names, i, j));
  g_autofree char *pair = g_strdup_printf (_ ("“%s” and “%s”"), (char *) g_ptr_array_index (dict->names, i),
                                           (char *) g_ptr_array_index (dict->names, j));

  finding.detail = lp_check_detail (check, pair);
  finding.a = i;
  finding.b = j;
  lp_check_add (check, LP_RULE_CLASS_NEAR_DUPLICATE, &finding);
}

/* Case tells single letters apart: signs, number plates. */
static gboolean
is_near (const Folded *names, const GPtrArray *texts, guint i, guint j)
{
  if (strcmp (g_ptr_array_index (texts, i), g_ptr_array_index (texts, j)) == 0)
    return FALSE;
  if (names[i].length == names[j].length &&
      memcmp (names[i].text, names[j].text, sizeof (gunichar) * (gsize) names[i].length) == 0)
    return names[i].length > 1 ||
           lp_text_same (g_ptr_array_index (texts, i), g_ptr_array_index (texts, j)) >= LP_SAME_TRIMMED;
  return is_typo (&names[i], &names[j]);
}

/* Each name against those before it; one finding a name. */
static void
find_near_duplicates (LpCheck *check, guint index)
{
  const GPtrArray *texts = lp_dataset_dict (check->dataset, index)->names;
  g_autoptr (GArray) names = g_array_sized_new (FALSE, TRUE, sizeof (Folded), texts->len);

  g_array_set_clear_func (names, folded_clear);
  for (guint j = 0; j < texts->len; j++)
    {
      const char *text = g_ptr_array_index (texts, j);
      g_autofree char *key = text != NULL ? lp_text_fold (text) : NULL;
      Folded folded = { 0 };

      if (key != NULL && strlen (key) <= TYPO_BYTES_MAX)
        folded.text = g_utf8_to_ucs4_fast (key, -1, &folded.length);
      g_array_append_val (names, folded);
      for (guint i = 0; folded.length > 0 && i < j; i++)
        if (g_array_index (names, Folded, i).length > 0 && is_near ((const Folded *) names->data, texts, i, j))
          {
            add_near_duplicate (check, index, i, j);
            break;
          }
    }
}

static void
check_near_duplicate (LpCheck *check)
{
  for (guint i = 0; i < check->dataset->dicts->len; i++)
    {
      const LpDictionary *dict = lp_dataset_dict (check->dataset, i);

      if (lp_names_judged (check, dict) && dict->names->len <= TYPO_NAMES_MAX)
        find_near_duplicates (check, i);
    }
}

/* ---- class/config-schema ---- */

static void
check_config_schema (LpCheck *check)
{
  for (guint i = 0; i < check->dataset->dicts->len; i++)
    {
      const LpDictionary *dict = lp_dataset_dict (check->dataset, i);

      for (guint j = 0; dict->style == LP_DICT_STYLE_JSON && j < dict->names->len; j++)
        if (g_ptr_array_index (dict->names, j) == NULL)
          {
            LpFinding finding = lp_finding_at_name (check->dataset, i, j);

            finding.a = j;
            lp_check_add (check, LP_RULE_CLASS_CONFIG_SCHEMA, &finding);
          }
    }
}

const LpRule lp_rules_class[] = {
  {
    .id = "class/id-out-of-range",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_ROW,
    .safety = LP_SAFETY_REVIEW,
    .cost = LP_COST_IMAGE,
    .title = N_ ("Class beyond the names"),
    .why = N_ ("The row uses a class that the list of names does not have: a name is missing, or the row is wrong."),
    .example = "44 0.5 0.5 0.1 0.1 with nc: 1",
    .trainer =
      N_ ("Ultralytics drops the whole picture with all its boxes: “label class exceeds dataset class count”."),
    .repair = N_ ("Remove the row, after looking at its box; or add the missing names."),
    .check_row = check_id_out_of_range,
    .say = say_id,
    .propose = propose_remove,
  },
  {
    .id = "class/id-equals-nc",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_ROW,
    .safety = LP_SAFETY_REVIEW,
    .cost = LP_COST_IMAGE,
    .title = N_ ("Class one beyond the names"),
    .why = N_ ("Classes are counted from 0. A class that equals the number of names comes from counting from 1."),
    .example = "80 0.5 0.5 0.1 0.1 with nc: 80",
    .trainer = N_ ("Newer Ultralytics drops the whole picture with all its boxes; 8.3.63 and older let the row pass, "
                   "and training stops or learns nonsense."),
    .repair = N_ ("Remove the row, after looking at its box; or shift all classes by one."),
    .check_row = check_id_equals_nc,
    .say = say_id_equals_nc,
    .propose = propose_remove,
  },
  {
    .id = "class/count-mismatch",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_SET,
    .safety = LP_SAFETY_SAFE,
    .title = N_ ("Number of names is wrong"),
    .why = N_ ("data.yaml says how many names there are and then lists another number of them."),
    .example = "nc: 2, names: [pen, pencil, eraser]",
    .trainer = N_ ("Ultralytics stops: “names length and nc must match”."),
    .repair = N_ ("Set nc to the number of names that are listed."),
    .check_set = check_count_mismatch,
    .say = say_count_mismatch,
    .propose = propose_count,
  },
  {
    .id = "class/duplicate-name",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_SET,
    .title = N_ ("Name listed twice"),
    .sentence = N_ ("“{detail}” stands at {b} and at {a}"),
    .why = N_ ("Two classes with one name: half of the objects are learnt as something else of the same name."),
    .example = "names: [car, bus, car]",
    .trainer = N_ ("Ultralytics trains two classes and shows the same name for both."),
    .check_set = check_duplicate_name,
  },
  {
    .id = "class/yaml-coerced",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .title = N_ ("Name that YAML reads as something else"),
    .sentence = N_ ("Without quotes it is not text: {detail}"),
    .why = N_ ("YAML takes some words for truth values, times and numbers. Only quotes make a name of them."),
    .example = "names: [yes, no]",
    .trainer = N_ ("Ultralytics calls the class as YAML read it, “False” instead of “no”."),
  },
  {
    .id = "class/yaml-duplicate-key",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .title = N_ ("Number given to two names"),
    .sentence = N_ ("Number {a} is listed again further down: “{detail}” is lost"),
    .why = N_ ("Of two names with one number the last one counts, without a word."),
    .example = "names: {0: pen, 0: pencil}",
    .trainer = N_ ("Ultralytics takes the last name; the other one does not exist."),
  },
  {
    .id = "class/keys-not-contiguous",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .title = N_ ("Numbers of names with a gap"),
    .sentence = N_ ("The numbers go up to {b}, but {a} has no name"),
    .why = N_ ("Names are numbered from 0 on without a gap. Often they were counted from 1."),
    .example = "names: {1: pen, 2: pencil}",
    .trainer = N_ ("Ultralytics stops: the class indices are invalid."),
  },
  {
    .id = "class/near-duplicate",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_SET,
    .title = N_ ("Two names that are nearly the same"),
    .sentence = N_ ("{detail} are nearly the same ({a} and {b})"),
    .why = N_ ("Often they are one class, typed in two ways: half of the objects are learnt as something else."),
    .example = "names: [Paper, bus, paper]",
    .trainer = N_ ("Ultralytics trains two classes that compete for the same objects."),
    .check_set = check_near_duplicate,
    .yields_to = { LP_RULE_CLASS_NAME_WHITESPACE, LP_RULE_CLASS_NAME_CONTROL, LP_RULE_CLASS_NAME_INVISIBLE,
                   LP_RULE_CLASS_NAME_NOT_NFC },
  },
  {
    .id = "class/config-schema",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_SET,
    .title = N_ ("Label of the job without a name"),
    .sentence = N_ ("Label {a} is no object with a “label” that is text"),
    .why = N_ ("The place of a label in this list is its number. One that has no name makes a hole."),
    .example = "{\"labels\": [\"pen\", \"pencil\"]}",
    .trainer = N_ ("SageMaker Ground Truth refuses the file; converters stop."),
    .check_set = check_config_schema,
  },
  { .id = NULL },
};
