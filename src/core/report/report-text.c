/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/lp-text.h"
#include "report/lp-report-private.h"

/* Text for a person at a terminal: grouped by cause, short, nothing from the data unescaped. */

#define PLACES_SHOWN 3 /* of a cause with many findings */
#define NAME_MAX_CHARS 40
#define TABLE_MAX_CLASSES 60
#define TABLE_COLUMNS 4

typedef enum
{
  INK_BOLD,
  INK_DIM,
  INK_RED,
  INK_YELLOW,
  INK_BLUE,
} Ink;

static void
add_ink (GString *out, const LpReport *report, Ink ink, const char *text)
{
  static const char *const codes[] = { "\033[1m", "\033[2m", "\033[1;31m", "\033[1;33m", "\033[1;34m" };

  if (report->colour)
    g_string_append_printf (out, "%s%s\033[0m", codes[ink], text);
  else
    g_string_append (out, text);
}

static void
add_severity (GString *out, const LpReport *report, LpSeverity severity)
{
  Ink ink = severity == LP_SEVERITY_ERROR ? INK_RED : severity == LP_SEVERITY_WARNING ? INK_YELLOW : INK_BLUE;

  add_ink (out, report, ink, lp_severity_word (severity));
  g_string_append (out, ": ");
}

/* A sentence or a path that may hold anything the data held. */
static void
add_escaped (GString *out, const char *text)
{
  g_autofree char *safe = lp_text_escape (text, -1, 0);

  g_string_append (out, safe);
}

static void
add_rule (GString *out, const LpReport *report, LpRuleId rule)
{
  g_autofree char *id = g_strdup_printf ("  [%s]", lp_rule_get (rule)->id);

  add_ink (out, report, INK_DIM, id);
}

/* "    labels/a.txt:3  sentence" */
static void
add_place (GString *out, const LpReport *report, const LpFinding *finding, const char *sentence)
{
  g_autofree char *place = lp_report_place (report->dataset, finding);

  if (place == NULL && sentence == NULL)
    return;
  g_string_append (out, "    ");
  if (place != NULL)
    add_escaped (out, place);
  if (place != NULL && sentence != NULL)
    g_string_append (out, "  ");
  if (sentence != NULL)
    add_escaped (out, sentence);
  g_string_append_c (out, '\n');
}

static const LpFinding *
nth (const LpReport *report, guint i)
{
  return &g_array_index (report->findings->findings, LpFinding, i);
}

/* ---- check ---- */

static void
add_single (GString *out, const LpReport *report, const LpCause *cause)
{
  const LpFinding *finding = nth (report, cause->first);
  g_autofree char *sentence = lp_rule_say (report->dataset, finding);

  add_escaped (out, sentence);
  add_rule (out, report, cause->rule);
  g_string_append_c (out, '\n');
  add_place (out, report, finding, NULL);
}

static void
add_many (GString *out, const LpReport *report, const LpCause *cause)
{
  guint n = cause->findings->len, shown = n <= PLACES_SHOWN + 1 ? n : PLACES_SHOWN;

  add_escaped (out, cause->sentence);
  add_rule (out, report, cause->rule);
  g_string_append_c (out, '\n');
  for (guint i = 0; i < shown; i++)
    {
      const LpFinding *finding = nth (report, g_array_index (cause->findings, guint32, i));
      g_autofree char *sentence = lp_rule_say (report->dataset, finding);

      add_place (out, report, finding, sentence);
    }
  if (n > shown)
    {
      g_string_append (out, "    ");
      g_string_append_printf (out, ngettext ("and %u more", "and %u more", n - shown), n - shown);
      g_string_append_c (out, '\n');
    }
}

/* What was cut short and what can be done, with the command for it. */
static void
add_ways_on (GString *out, const GPtrArray *causes)
{
  guint fixable = 0;
  gboolean cut = FALSE;

  for (guint i = 0; i < causes->len; i++)
    {
      const LpCause *cause = g_ptr_array_index (causes, i);

      fixable += cause->fixable;
      cut |= cause->findings->len > PLACES_SHOWN + 1;
    }
  if (causes->len > 0)
    g_string_append_c (out, '\n');
  if (cut)
    g_string_append_printf (out, "%s\n", _ ("Option --verbose lists every finding."));
  if (fixable > 0)
    {
      g_string_append_printf (
        out,
        ngettext ("%u finding has a repair. labelproof fix --diff shows what is safe, --unsafe also what "
                  "wants a look.",
                  "%u findings have a repair. labelproof fix --diff shows what is safe, --unsafe "
                  "also what wants a look.",
                  fixable),
        fixable);
      g_string_append_c (out, '\n');
    }
}

static void
add_causes (GString *out, const LpReport *report)
{
  g_autoptr (GPtrArray) causes = lp_causes (report->dataset, report->profile, report->findings);

  for (guint i = 0; i < causes->len; i++)
    {
      const LpCause *cause = g_ptr_array_index (causes, i);

      add_severity (out, report, cause->severity);
      if (cause->findings->len == 1)
        add_single (out, report, cause);
      else
        add_many (out, report, cause);
      if (cause->consequence != NULL)
        {
          g_string_append (out, "    ");
          add_escaped (out, cause->consequence);
          g_string_append_c (out, '\n');
        }
    }
  add_ways_on (out, causes);
}

/* Every finding on a line of its own, for editors and grep: "file:3: Error: sentence  [rule]". */
static void
add_every (GString *out, const LpReport *report)
{
  for (guint i = 0; i < report->findings->findings->len; i++)
    {
      const LpFinding *finding = nth (report, i);
      g_autofree char *place = lp_report_place (report->dataset, finding);
      g_autofree char *sentence = lp_rule_say (report->dataset, finding);

      if (place != NULL)
        {
          add_escaped (out, place);
          g_string_append (out, ": ");
        }
      add_severity (out, report, finding->severity);
      add_escaped (out, sentence);
      add_rule (out, report, finding->rule);
      g_string_append_c (out, '\n');
    }
}

/* How to give the names that are missing: the job's list, where its order was found to be that of the rows. */
static void
add_names_wanted (GString *out, const LpReport *report)
{
  const LpDataset *d = report->dataset;
  const LpMatch *match = lp_dataset_match (d);
  const LpDictionary *job = match != NULL && match->kind == LP_VERDICT_CONSISTENT && match->without_dictionary
                              ? lp_dataset_dict (d, match->reference)
                              : NULL;
  const LpFile *file = job != NULL ? lp_dataset_file (d, job->file) : NULL;

  g_string_append (out, _ ("An export needs the names of the classes: give them with --names FILE, or to labelproof "
                           "export with --order FILE."));
  if (file != NULL)
    {
      /* Whole, for it is meant to be typed, wherever a person stands. */
      g_autofree char *path = lp_file_dup_path (file);
      g_autofree char *line = g_strdup_printf (_ ("The job’s list fits the rows: --names %s"), path);

      g_string_append_c (out, ' ');
      add_escaped (out, line);
    }
  g_string_append_c (out, '\n');
}

char *
lp_report_check_text (const LpReport *report)
{
  GString *out = g_string_new (NULL);
  g_autofree char *verdict = lp_report_verdict (report);
  g_autofree char *counts = lp_report_counts (report->findings);
  g_autofree char *coverage = lp_report_coverage (report);
  g_autofree char *covers = g_strdup_printf (_ ("This covers %s."), coverage);

  add_ink (out, report, INK_BOLD, verdict);
  g_string_append (out, "\n\n");
  if (report->verbose)
    add_every (out, report);
  else
    add_causes (out, report);
  if (report->verbose && report->findings->findings->len > 0)
    g_string_append_c (out, '\n');
  g_string_append_printf (out, /* Translators: two sentences */ _ ("%s. %s"), counts, covers);
  g_string_append_c (out, '\n');
  if (lp_report_lacks_names (report->dataset) && !lp_report_nothing_read (report->dataset))
    add_names_wanted (out, report);
  for (guint i = 0; i < report->dataset->notes->len; i++)
    {
      add_escaped (out, g_ptr_array_index (report->dataset->notes, i));
      g_string_append_c (out, '\n');
    }
  return g_string_free (out, FALSE);
}

/* ---- compare ---- */

/* Cells a terminal gives to a text. */
static guint
cells (const char *text)
{
  guint n = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_iszerowidth (c))
        n += g_unichar_iswide (c) ? 2 : 1;
    }
  return n;
}

static void
add_cell (GString *out, const char *text, guint width)
{
  g_string_append (out, text);
  for (guint n = cells (text); n < width + 2; n++)
    g_string_append_c (out, ' ');
}

static char *
class_name (const char *name)
{
  return name != NULL ? lp_text_escape (name, -1, NAME_MAX_CHARS) : g_strdup ("—");
}

static void
add_class (GPtrArray *table, const LpVerdictClass *c)
{
  g_ptr_array_add (table, g_strdup_printf ("%d", c->id));
  g_ptr_array_add (table, class_name (c->shown));
  g_ptr_array_add (table, class_name (c->name));
  g_ptr_array_add (table, g_strdup_printf (_ ("%u of %u"), c->agree, c->support));
}

static void
add_table (GString *out, const GPtrArray *table)
{
  guint width[TABLE_COLUMNS] = { 0 };

  for (guint i = 0; i < table->len; i++)
    width[i % TABLE_COLUMNS] = MAX (width[i % TABLE_COLUMNS], cells (g_ptr_array_index (table, i)));
  for (guint i = 0; i < table->len; i += TABLE_COLUMNS)
    {
      g_string_append (out, "  ");
      for (guint j = 0; j + 1 < TABLE_COLUMNS; j++)
        add_cell (out, g_ptr_array_index (table, i + j), width[j]);
      g_string_append_printf (out, "%s\n", (char *) g_ptr_array_index (table, i + TABLE_COLUMNS - 1));
    }
}

/* Class, name shown, name that the boxes show, how many say so; ids that no pair of boxes supports are left out. */
static void
add_class_table (GString *out, const LpReport *report, const LpMatch *match)
{
  g_autoptr (GPtrArray) table = g_ptr_array_new_with_free_func (g_free);
  guint n = 0;

  g_ptr_array_add (table, g_strdup (_ ("class")));
  g_ptr_array_add (table, class_name (lp_report_names_title (report->dataset, match->subject)));
  g_ptr_array_add (table, g_strdup (_ ("the boxes show")));
  g_ptr_array_add (table, g_strdup (_ ("boxes")));
  for (guint i = 0; i < match->classes->len; i++)
    {
      const LpVerdictClass *c = &g_array_index (match->classes, LpVerdictClass, i);

      if (c->support > 0 && n++ < TABLE_MAX_CLASSES)
        add_class (table, c);
    }
  add_table (out, table);
  if (n > TABLE_MAX_CLASSES)
    g_string_append_printf (out, ngettext ("  and %u more\n", "  and %u more\n", n - TABLE_MAX_CLASSES),
                            n - TABLE_MAX_CLASSES);
}

static void
add_pairs (GString *out, const LpReport *report, const LpMatch *match)
{
  g_string_append_printf (out, _ ("Pictures in both: %u.\n"), match->images->len);
  g_string_append_printf (out, _ ("Boxes in both: %u; only in the first: %u; only in the second: %u.\n"),
                          match->n_pairs, match->only_subject, match->only_witness);
  if (match->ambiguous > 0)
    g_string_append_printf (out,
                            ngettext ("%u pair lies on another and was not counted.\n",
                                      "%u pairs lie on others and were not counted.\n", match->ambiguous),
                            match->ambiguous);
}

char *
lp_report_compare_text (const LpReport *report, const LpMatch *match)
{
  GString *out = g_string_new (NULL);
  g_autofree char *sentence = NULL;
  g_autofree char *sure = NULL;
  g_autofree char *conversion = NULL;

  if (match == NULL)
    {
      g_string_append (out, _ ("The two share no picture, so there is nothing to compare."));
      g_string_append_c (out, '\n');
      return g_string_free (out, FALSE);
    }
  sentence = lp_report_order_sentence (report->dataset, match);
  sure = lp_report_order_sure (match);
  conversion = lp_report_conversion_sentence (match);
  {
    g_autofree char *safe = lp_text_escape (sentence, -1, 0);

    add_ink (out, report, INK_BOLD, safe);
  }
  g_string_append_printf (out, "\n%s\n\n", sure);
  add_pairs (out, report, match);
  g_string_append_printf (out, "%s\n", conversion);
  if (match->classes->len > 0)
    {
      g_string_append_c (out, '\n');
      add_class_table (out, report, match);
    }
  return g_string_free (out, FALSE);
}
