/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/lp-text.h"
#include "check/lp-family.h"

/* What is wrong with one name, whatever it stands for; what is wrong with the list is in class.c. */

#define NAME_MAX_LENGTH 256 /* characters a label of a labelling job may have */

/* A name that is looked at: valid UTF-8 or not, never NULL. */
typedef struct
{
  const LpDictionary *dict;
  guint index;
  const char *text;
  gboolean valid; /* UTF-8 */
} Name;

gboolean
lp_name_is_blank (const char *name)
{
  gsize white;

  while (*name != '\0' && (white = lp_text_white (name, strlen (name))) > 0)
    name += white;
  return *name == '\0';
}

/* What makes the name wrong, for finding.b; 0: nothing. */
typedef double (*Judge) (const Name *name);

static void
judge_names (LpCheck *check, LpRuleId rule, Judge judge)
{
  for (guint i = 0; i < check->dataset->dicts->len; i++)
    {
      const LpDictionary *dict = lp_dataset_dict (check->dataset, i);

      for (guint j = 0; lp_names_judged (check, dict) && j < dict->names->len; j++)
        {
          Name name = { dict, j, g_ptr_array_index (dict->names, j), FALSE };
          double wrong;
          LpFinding finding;

          if (name.text == NULL)
            continue;
          name.valid = g_utf8_validate (name.text, -1, NULL);
          wrong = judge (&name);
          if (wrong == 0)
            continue;
          finding = lp_finding_at_name (check->dataset, i, j);
          finding.detail = lp_check_detail (check, name.text);
          finding.a = j;
          finding.b = wrong;
          lp_check_add (check, rule, &finding);
        }
    }
}

/* The first character that is one of those, 0: none. */
static gunichar
find_character (const Name *name, gboolean (*is_one) (gunichar c))
{
  for (const char *at = name->text; name->valid && *at != '\0'; at = g_utf8_next_char (at))
    if (is_one (g_utf8_get_char (at)))
      return g_utf8_get_char (at);
  return 0;
}

/* ---- class/name-whitespace ---- */

typedef enum
{
  BLANK_NONE,
  BLANK_FIRST,
  BLANK_LAST,
  BLANK_DOUBLED,
  BLANK_TAB,
} Blank;

static double
judge_blanks (const Name *judged)
{
  const char *name = judged->text, *last = name + strlen (name);
  gboolean after_blank = FALSE;

  if (!judged->valid || lp_name_is_blank (name))
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
  judge_names (check, LP_RULE_CLASS_NAME_WHITESPACE, judge_blanks);
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

/* ---- class/name-control, class/name-invisible, class/name-not-nfc ---- */

/* A tab is a blank. */
static gboolean
is_control (gunichar c)
{
  return (c < 0x20 && c != '\t') || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
}

static double
judge_control (const Name *name)
{
  return find_character (name, is_control);
}

static void
check_name_control (LpCheck *check)
{
  judge_names (check, LP_RULE_CLASS_NAME_CONTROL, judge_control);
}

/* U+200C and U+200D join and part letters of Persian and Indian words, and pictures: there they mean something. */
static gboolean
is_invisible (gunichar c)
{
  return c == 0x200b || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x2064) ||
         (c >= 0x2066 && c <= 0x2069) || c == 0x061c || c == 0xad || c == 0xfeff ||
         g_unichar_type (c) == G_UNICODE_PRIVATE_USE;
}

static double
judge_invisible (const Name *name)
{
  return find_character (name, is_invisible);
}

static void
check_name_invisible (LpCheck *check)
{
  judge_names (check, LP_RULE_CLASS_NAME_INVISIBLE, judge_invisible);
}

static char *
say_name_character (const LpDataset *dataset, const LpFinding *finding)
{
  g_autofree char *name = lp_say_text (lp_dataset_detail (dataset, finding->detail));

  if (finding->rule == LP_RULE_CLASS_NAME_CONTROL)
    return g_strdup_printf (_ ("“%s” contains a control character, U+%04X"), name, (guint) finding->b);
  return g_strdup_printf (_ ("“%s” contains a character that cannot be seen, U+%04X"), name, (guint) finding->b);
}

/* Without the characters that are one of those. */
static char *
stripped (const char *name, gboolean (*is_one) (gunichar c))
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at))
    if (!is_one (g_utf8_get_char (at)))
      g_string_append_unichar (out, g_utf8_get_char (at));
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static double
judge_nfc (const Name *name)
{
  g_autofree char *nfc = name->valid ? g_utf8_normalize (name->text, -1, G_NORMALIZE_NFC) : NULL;

  return nfc != NULL && strcmp (nfc, name->text) != 0;
}

static void
check_name_not_nfc (LpCheck *check)
{
  judge_names (check, LP_RULE_CLASS_NAME_NOT_NFC, judge_nfc);
}

/* ---- class/name-empty, class/name-too-long ---- */

static double
judge_empty (const Name *name)
{
  return lp_name_is_blank (name->text);
}

static void
check_name_empty (LpCheck *check)
{
  judge_names (check, LP_RULE_CLASS_NAME_EMPTY, judge_empty);
}

static double
judge_length (const Name *name)
{
  glong length = name->valid ? g_utf8_strlen (name->text, -1) : (glong) strlen (name->text);

  return length > NAME_MAX_LENGTH ? (double) length : 0;
}

static void
check_name_too_long (LpCheck *check)
{
  judge_names (check, LP_RULE_CLASS_NAME_TOO_LONG, judge_length);
}

/* ---- words that mean something else ---- */

static gboolean
is_one_of (const char *text, const char *const *words, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (strcmp (text, words[i]) == 0)
      return TRUE;
  return FALSE;
}

/* What pandas.read_csv takes for a cell without a value (na_values of its documentation). */
static double
judge_na (const Name *name)
{
  static const char *const tokens[] = { "#N/A", "#N/A N/A", "#NA",     "-1.#IND", "-1.#QNAN", "-NaN",
                                        "-nan", "1.#IND",   "1.#QNAN", "<NA>",    "N/A",      "NA",
                                        "NULL", "NaN",      "None",    "n/a",     "nan",      "null" };

  /* Of a table, csv/category-na says it of each row. */
  return name->dict->origin != LP_DICT_CSV && is_one_of (name->text, tokens, G_N_ELEMENTS (tokens));
}

static void
check_name_na_token (LpCheck *check)
{
  judge_names (check, LP_RULE_CLASS_NAME_NA_TOKEN, judge_na);
}

static double
judge_background (const Name *name)
{
  static const char *const words[] = { "background", "__background__", "bg", "none", "ignore" };
  g_autofree char *lower = g_ascii_strdown (name->text, -1);

  return is_one_of (lower, words, G_N_ELEMENTS (words));
}

static void
check_background_entry (LpCheck *check)
{
  judge_names (check, LP_RULE_CLASS_BACKGROUND_ENTRY, judge_background);
}

/* Ultralytics looks only at the first name, and then takes all of them for keys of ImageNet. */
static double
judge_imagenet (const Name *name)
{
  return name->index == 0 && name->dict->origin == LP_DICT_YAML && g_str_has_prefix (name->text, "n0");
}

static void
check_yaml_imagenet (LpCheck *check)
{
  judge_names (check, LP_RULE_CLASS_YAML_IMAGENET, judge_imagenet);
}

static double
judge_numeric (const Name *name)
{
  const char *at = name->text + (*name->text == '-' || *name->text == '+');
  gboolean digit = FALSE;

  if (name->dict->origin == LP_DICT_CSV)
    return FALSE; /* csv/category-numeric knows whether it matters there */
  for (; g_ascii_isdigit (*at) || *at == '.'; at++)
    digit |= g_ascii_isdigit (*at);
  return digit && *at == '\0';
}

static void
check_name_numeric (LpCheck *check)
{
  judge_names (check, LP_RULE_CLASS_NAME_NUMERIC, judge_numeric);
}

/* ---- repairs ---- */

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
  op = lp_repair_dict_op (dataset, finding, LP_OP_SET_NAMES);
  op->names_before = copy_names (dict->names);
  op->names_after = copy_names (dict->names);
  g_ptr_array_add (step->ops, op);
  return op;
}

static char *
better_name (LpRuleId rule, const char *name)
{
  if (!g_utf8_validate (name, -1, NULL))
    return NULL;
  switch (rule)
    {
    case LP_RULE_CLASS_NAME_CONTROL:
      return stripped (name, is_control);
    case LP_RULE_CLASS_NAME_INVISIBLE:
      return stripped (name, is_invisible);
    case LP_RULE_CLASS_NAME_NOT_NFC:
      return g_utf8_normalize (name, -1, G_NORMALIZE_NFC);
    default:
      return trimmed (name);
    }
}

static LpSafety
propose_better_name (const LpDataset *dataset, const LpFinding *finding, LpStep *step)
{
  const LpDictionary *dict = lp_dataset_dict (dataset, finding->other);
  guint index = (guint) finding->a;
  const char *name;
  g_autofree char *better = NULL;
  LpOp *op;

  if (dict == NULL || dict->file == LP_NONE || dict->style == LP_DICT_STYLE_NONE ||
      (dict->origin != LP_DICT_YAML && dict->origin != LP_DICT_NAMES))
    return LP_SAFETY_NONE;
  name = lp_dictionary_name (dict, (gint32) index);
  better = name != NULL ? better_name (finding->rule, name) : NULL;
  if (better == NULL || *better == '\0')
    return LP_SAFETY_NONE;
  if (step == NULL)
    return LP_SAFETY_REVIEW;
  op = names_op (dataset, finding, step);
  g_free (g_ptr_array_index (op->names_after, index));
  g_ptr_array_index (op->names_after, index) = g_steal_pointer (&better);
  return LP_SAFETY_REVIEW;
}

const LpRule lp_rules_class_name[] = {
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
    .propose = propose_better_name,
  },
  {
    .id = "class/name-control",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_SET,
    .safety = LP_SAFETY_REVIEW,
    .title = N_ ("Control character in a name"),
    .why = N_ ("A name with a line break or another control character breaks every list that has a name a line."),
    .example = "\"pen\\u000dred\"",
    .trainer = N_ ("Ultralytics takes the name as it is and prints it so."),
    .repair = N_ ("Write the name without the character, in every list of the set."),
    .check_set = check_name_control,
    .say = say_name_character,
    .propose = propose_better_name,
  },
  {
    .id = "class/name-invisible",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_SET,
    .safety = LP_SAFETY_REVIEW,
    .title = N_ ("Character in a name that cannot be seen"),
    .why = N_ ("Two names look the same and are not. Such a character often comes with text from a web page."),
    .example = "\"pen\\u200b\"",
    .trainer = N_ ("Ultralytics takes the name as it is; scripts that look for it find nothing."),
    .repair = N_ ("Write the name without the character, in every list of the set."),
    .check_set = check_name_invisible,
    .say = say_name_character,
    .propose = propose_better_name,
  },
  {
    .id = "class/name-not-nfc",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_SET,
    .safety = LP_SAFETY_REVIEW,
    .title = N_ ("Letters in pieces"),
    .sentence = N_ ("“{detail}” is written with letters and accents apart (not Unicode NFC)"),
    .why = N_ ("The same name typed elsewhere has other bytes, so lists that look equal are not."),
    .example = "か + U+3099 for が",
    .trainer = N_ ("Ultralytics takes the name as it is; scripts that look for it find nothing."),
    .repair = N_ ("Write the name with whole letters (NFC), in every list of the set."),
    .check_set = check_name_not_nfc,
    .propose = propose_better_name,
  },
  {
    .id = "class/name-empty",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_SET,
    .title = N_ ("Empty name"),
    .sentence = N_ ("Name {a} is empty"),
    .why = N_ ("A blank line in a names file counts as a class, or it does not: each reader numbers the names "
               "behind it in its own way."),
    .example = "pen, a blank line, pencil",
    .trainer = N_ ("Ultralytics trains a class without a name. Other readers skip it and shift all classes behind."),
    .check_set = check_name_empty,
    .yields_to = { LP_RULE_CLASS_YAML_COERCED },
  },
  {
    .id = "class/name-too-long",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_SET,
    .title = N_ ("Name too long"),
    .sentence = N_ ("The name has {b} characters; a labelling job takes 256"),
    .why = N_ ("It is a sentence rather than a name, or the list was read the wrong way."),
    .example = "a name of 300 characters",
    .trainer = N_ ("SageMaker Ground Truth and Rekognition refuse it."),
    .check_set = check_name_too_long,
  },
  {
    .id = "class/name-na-token",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_SET,
    .title = N_ ("Name that means “no value”"),
    .sentence = N_ ("“{detail}” means “no value” to readers of tables"),
    .why = N_ ("As soon as the labels pass through a table (CSV), the boxes of this class have no class any more."),
    .example = "NA",
    .trainer = N_ ("Ultralytics takes the name as it is. pandas reads an empty cell."),
    .check_set = check_name_na_token,
    .yields_to = { LP_RULE_CLASS_YAML_COERCED, LP_RULE_CLASS_BACKGROUND_ENTRY },
  },
  {
    .id = "class/name-numeric",
    .severity = LP_SEVERITY_INFO,
    .scope = LP_SCOPE_SET,
    .title = N_ ("Name that looks like a number"),
    .sentence = N_ ("Name {a} is “{detail}”"),
    .why = N_ ("A name that is a number is easily taken for the number of a class."),
    .example = "\"001\"",
    .trainer = N_ ("Ultralytics takes it as it is."),
    .check_set = check_name_numeric,
    .yields_to = { LP_RULE_CLASS_YAML_COERCED },
  },
  {
    .id = "class/background-entry",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_SET,
    .title = N_ ("A class for the background"),
    .sentence = N_ ("Name {a} is “{detail}”"),
    .why = N_ ("Other programs keep a class for what is no object. In YOLO the background is not a class, and all "
               "numbers may be one too large."),
    .example = "names: [__background__, pen]",
    .trainer = N_ ("Ultralytics trains it as one more kind of object."),
    .check_set = check_background_entry,
  },
  {
    .id = "class/yaml-imagenet",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_SET,
    .title = N_ ("Name taken for a key of ImageNet"),
    .sentence = N_ ("The first name, “{detail}”, begins with n0"),
    .why = N_ ("Names of this form are numbers of ImageNet, which a trainer replaces by words."),
    .example = "names: [n01440764, n01443537]",
    .trainer = N_ ("Ultralytics looks up every name in its table of ImageNet and stops where one is not in it."),
    .check_set = check_yaml_imagenet,
  },
  { .id = NULL },
};
