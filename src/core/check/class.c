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

/* The lists that are judged: those of the subject, and those that belong to no layer (the job's, typed ones). What a
 * witness's lines say about themselves is their own. */
static gboolean
is_judged (const LpCheck *check, const LpDictionary *dict)
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

      if (!is_judged (check, dict) || dict->declared < 0 || dict->names->len == 0 ||
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

static LpOp *
new_dict_op (const LpDataset *dataset, const LpFinding *finding, LpOpKind kind)
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
  op = new_dict_op (dataset, finding, LP_OP_SET_COUNT);
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

      if (name == NULL)
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

      if (is_judged (check, dict) && dict->origin != LP_DICT_MANIFEST)
        find_duplicate_names (check, i);
    }
}

typedef enum
{
  BLANK_NONE,
  BLANK_FIRST,
  BLANK_LAST,
  BLANK_DOUBLED,
  BLANK_TAB,
} Blank;

static Blank
blank_of (const char *name)
{
  const char *last = name + strlen (name);
  gboolean after_blank = FALSE;

  if (!g_utf8_validate (name, -1, NULL) || *name == '\0')
    return BLANK_NONE;
  if (g_unichar_isspace (g_utf8_get_char (name)))
    return BLANK_FIRST;
  if (g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (last))))
    return BLANK_LAST;
  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at))
    {
      gboolean blank = g_unichar_isspace (g_utf8_get_char (at));

      if (*at == '\t')
        return BLANK_TAB;
      if (blank && after_blank)
        return BLANK_DOUBLED;
      after_blank = blank;
    }
  return BLANK_NONE;
}

static void
check_name_whitespace (LpCheck *check)
{
  for (guint i = 0; i < check->dataset->dicts->len; i++)
    {
      const LpDictionary *dict = lp_dataset_dict (check->dataset, i);

      for (guint j = 0; is_judged (check, dict) && j < dict->names->len; j++)
        {
          const char *name = g_ptr_array_index (dict->names, j);
          Blank blank = name != NULL ? blank_of (name) : BLANK_NONE;
          LpFinding finding;

          if (blank == BLANK_NONE)
            continue;
          finding = lp_finding_at_name (check->dataset, i, j);
          finding.detail = lp_check_detail (check, name);
          finding.a = j;
          finding.b = blank;
          lp_check_add (check, LP_RULE_CLASS_NAME_WHITESPACE, &finding);
        }
    }
}

static char *
say_name_whitespace (const LpDataset *dataset, const LpFinding *finding)
{
  const char *detail = lp_dataset_detail (dataset, finding->detail);
  g_autofree char *name = lp_text_show_blanks (detail != NULL ? detail : "?");

  switch ((Blank) finding->b)
    {
    case BLANK_FIRST:
      return g_strdup_printf (_ ("“%s” begins with a blank"), name);
    case BLANK_LAST:
      return g_strdup_printf (_ ("“%s” ends with a blank"), name);
    case BLANK_TAB:
      return g_strdup_printf (_ ("“%s” contains a tab"), name);
    case BLANK_DOUBLED:
    case BLANK_NONE:
    default:
      return g_strdup_printf (_ ("“%s” contains a doubled blank"), name);
    }
}

/* Without blanks at both ends, one blank for each run of them. */
static char *
trimmed (const char *name)
{
  GString *out = g_string_new (NULL);
  gboolean pending = FALSE;

  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isspace (c))
        {
          pending = out->len > 0;
          continue;
        }
      if (pending)
        g_string_append_c (out, ' ');
      g_string_append_unichar (out, c);
      pending = FALSE;
    }
  return g_string_free (out, FALSE);
}

static GPtrArray *
copy_names (const GPtrArray *names)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < names->len; i++)
    g_ptr_array_add (copy, g_strdup (g_ptr_array_index (names, i)));
  return copy;
}

/* Several names of one list in one step are one new list. */
static LpOp *
names_op (const LpDataset *dataset, const LpFinding *finding, LpStep *step)
{
  const LpDictionary *dict = lp_dataset_dict (dataset, finding->other);
  LpOp *op;

  for (guint i = 0; i < step->ops->len; i++)
    {
      op = g_ptr_array_index (step->ops, i);
      if (op->kind == LP_OP_SET_NAMES && op->dict == finding->other)
        return op;
    }
  op = new_dict_op (dataset, finding, LP_OP_SET_NAMES);
  op->names_before = copy_names (dict->names);
  op->names_after = copy_names (dict->names);
  g_ptr_array_add (step->ops, op);
  return op;
}

static LpSafety
propose_trim (const LpDataset *dataset, const LpFinding *finding, LpStep *step)
{
  const LpDictionary *dict = lp_dataset_dict (dataset, finding->other);
  const char *name = dict != NULL ? lp_dictionary_name (dict, (gint32) finding->a) : NULL;
  g_autofree char *better = name != NULL ? trimmed (name) : NULL;
  LpOp *op;

  if (better == NULL || *better == '\0' || dict->file == LP_NONE ||
      (dict->origin != LP_DICT_YAML && dict->origin != LP_DICT_NAMES) || dict->style == LP_DICT_STYLE_NONE)
    return LP_SAFETY_NONE;
  if (step == NULL)
    return LP_SAFETY_REVIEW;
  op = names_op (dataset, finding, step);
  g_free (g_ptr_array_index (op->names_after, (guint) finding->a));
  g_ptr_array_index (op->names_after, (guint) finding->a) = g_steal_pointer (&better);
  return LP_SAFETY_REVIEW;
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
    .id = "class/name-whitespace",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_SET,
    .safety = LP_SAFETY_REVIEW,
    .title = N_ ("Blank in a name"),
    .why = N_ ("A blank that nobody sees makes two names out of one as soon as lists are compared."),
    .example = "\"scissors \"",
    .trainer = N_ ("Ultralytics takes the name with its blank; scripts that look for it without find nothing."),
    .repair = N_ ("Write the name without it, in every list of the set."),
    .check_set = check_name_whitespace,
    .say = say_name_whitespace,
    .propose = propose_trim,
  },
  { .id = NULL },
};
