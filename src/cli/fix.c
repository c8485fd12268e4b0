/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cli/lp-cli.h"

typedef struct
{
  gboolean diff, apply, unsafe;
  LpOrderRepair order;
  gboolean finished; /* an Apply that had been interrupted came first */
} Wish;

static gboolean
read_wish (Wish *wish, const char *repair)
{
  if (wish->diff == wish->apply)
    {
      lp_cli_complain (_ ("Say --diff to see the repairs, or --apply to make them."));
      return FALSE;
    }
  if (repair == NULL)
    wish->order = LP_ORDER_REPAIR_DEFAULT;
  else if (g_str_equal (repair, "names"))
    wish->order = LP_ORDER_REPAIR_NAMES;
  else if (g_str_equal (repair, "rows"))
    wish->order = LP_ORDER_REPAIR_ROWS;
  else
    {
      lp_cli_complain (_ ("“%s” is no repair of the order. There are names and rows."), repair);
      return FALSE;
    }
  return TRUE;
}

static void
complain_all (const GPtrArray *sentences)
{
  for (guint i = 0; i < sentences->len; i++)
    lp_cli_complain ("%s", (const char *) g_ptr_array_index (sentences, i));
}

/* The repairs, done on the model, as changes of files. NULL after having said why not. */
static GPtrArray *
plan (LpSession *session, const Wish *wish)
{
  g_autoptr (GPtrArray) refused = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  GPtrArray *changes = NULL;

  if (lp_session_repair (session, wish->unsafe, wish->order, refused, &error))
    changes = lp_session_plan (session, NULL, NULL, &error);
  complain_all (refused);
  if (changes == NULL)
    lp_cli_complain ("%s", error->message);
  return changes;
}

static LpExit
show_diff (LpSession *session, const Wish *wish, LpExit left)
{
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GBytes) diff = NULL;
  g_autoptr (GError) error = NULL;
  gboolean there;

  if (lp_session_last_apply (session, NULL, &error) == LP_APPLY_STARTED)
    lp_cli_complain (_ ("The last Apply was interrupted. --apply finishes it first."));
  changes = plan (session, wish);
  if (changes == NULL)
    return LP_EXIT_NOTHING;
  there = changes->len > 0 || lp_session_count_repairable (session) > 0;
  diff = lp_plan_diff (changes, lp_session_get_dataset (session)->root);
  return lp_cli_write_bytes (g_bytes_get_data (diff, NULL), g_bytes_get_size (diff),
                             MAX (left, there ? LP_EXIT_FOUND : LP_EXIT_FINE));
}

/* What an interrupted Apply left behind is finished before anything is read. */
static gboolean
finish_interrupted (LpSession *session, Wish *wish)
{
  g_autoptr (GError) error = NULL;
  LpApplied applied = { 0 };
  gboolean fine;

  if (!lp_session_list (session, &error))
    {
      lp_cli_complain ("%s", error->message);
      return FALSE;
    }
  if (lp_session_last_apply (session, NULL, &error) != LP_APPLY_STARTED)
    {
      if (error != NULL)
        lp_cli_complain ("%s", error->message);
      return error == NULL;
    }
  fine = lp_session_finish_apply (session, &applied, &error);
  if (!fine && error != NULL)
    lp_cli_complain ("%s", error->message);
  wish->finished = fine;
  if (applied.refused != NULL)
    complain_all (applied.refused);
  lp_applied_clear (&applied);
  return fine;
}

/* The repairs made: their sentences are kept, for the session forgets them once they are on disk. */
static gboolean
apply (LpSession *session, const Wish *wish, GPtrArray *done, LpApplied *applied)
{
  g_autoptr (GPtrArray) changes = plan (session, wish);
  g_autoptr (GError) error = NULL;
  const GPtrArray *steps = lp_session_get_steps (session);
  LpProgress progress = { 0 };
  LpCliProgress *shown;
  gboolean fine;

  if (changes == NULL)
    return FALSE;
  if (changes->len == 0)
    return TRUE;
  for (guint i = 0; i < steps->len; i++)
    g_ptr_array_add (done, g_strdup (((const LpStep *) g_ptr_array_index (steps, i))->sentence));
  shown = lp_cli_progress_start (&progress);
  fine = lp_session_apply (session, changes, &progress, applied, &error);
  lp_cli_progress_stop (shown);
  if (!fine && error != NULL)
    lp_cli_complain ("%s", error->message);
  if (applied->refused != NULL)
    complain_all (applied->refused);
  return fine;
}

/* `left` NULL: what is left is not known. */
static void
add_left (JsonBuilder *b, const LpFindings *left)
{
  json_builder_set_member_name (b, "left");
  if (left == NULL)
    {
      json_builder_add_null_value (b);
      return;
    }
  json_builder_begin_object (b);
  json_builder_set_member_name (b, "errors");
  json_builder_add_int_value (b, left->errors);
  json_builder_set_member_name (b, "warnings");
  json_builder_add_int_value (b, left->warnings);
  json_builder_set_member_name (b, "infos");
  json_builder_add_int_value (b, left->infos);
  json_builder_end_object (b);
}

static char *
say_json (const Wish *wish, const GPtrArray *done, const LpApplied *applied, const LpFindings *left)
{
  g_autoptr (JsonBuilder) b = json_builder_new_immutable ();

  json_builder_begin_object (b);
  json_builder_set_member_name (b, "finished_earlier");
  json_builder_add_boolean_value (b, wish->finished);
  lp_cli_add_strings (b, "steps", done);
  json_builder_set_member_name (b, "files");
  json_builder_add_int_value (b, applied->n_files);
  json_builder_set_member_name (b, "lines");
  json_builder_add_int_value (b, applied->n_lines);
  lp_cli_add_strings (b, "refused", applied->refused);
  add_left (b, left);
  json_builder_end_object (b);
  return lp_cli_json (b);
}

static void
add_finished (GString *out, const Wish *wish)
{
  if (wish->finished)
    lp_cli_add_line (out, "%s", _ ("The last Apply had been interrupted and was finished."));
}

static void
say_done (GString *out, const GPtrArray *done, const LpApplied *applied, const char *path)
{
  if (done->len == 0)
    {
      lp_cli_add_line (out, "%s", _ ("Nothing was repaired."));
      return;
    }
  for (guint i = 0; i < done->len; i++)
    lp_cli_add_line (out, "%s", (const char *) g_ptr_array_index (done, i));
  lp_cli_add_line (out, ngettext ("Changed: %u file.", "Changed: %u files.", applied->n_files), applied->n_files);
  lp_cli_add_line (out, _ ("“labelproof undo %s” takes it back."), path);
}

/* Files were changed all the same, though nothing else could be done. */
static LpExit
say_only_finished (const Wish *wish, gboolean json, const LpApplied *applied, LpExit status)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *text = json ? say_json (wish, none, applied, NULL) : NULL;

  if (!wish->finished)
    return status;
  add_finished (out, wish);
  return lp_cli_write (json ? text : out->str, status);
}

static LpExit
apply_and_report (LpSession *session, const LpCliOptions *options, const Wish *wish, LpExit left)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GPtrArray) done = g_ptr_array_new_with_free_func (g_free);
  LpApplied applied = { 0 };
  g_autofree char *text = NULL;
  LpReport report;
  gboolean fine = apply (session, wish, done, &applied);
  LpExit status = LP_EXIT_NOTHING, again;

  if ((fine || applied.n_files > 0) && lp_cli_load (session, &again))
    {
      status = fine && lp_session_count_repairable (session) == 0 ? LP_EXIT_FINE : LP_EXIT_FOUND;
      status = MAX (status, MAX (left, again));
      lp_session_report (session, &report);
      report.colour = lp_cli_colour ();
      add_finished (out, wish);
      say_done (out, done, &applied, options->paths[0]);
      if (!wish->unsafe && lp_session_count_repairable (session) > 0)
        lp_cli_add_line (out, "%s", _ ("More can be repaired with --unsafe; look at “--unsafe --diff” first."));
      text = options->json ? say_json (wish, done, &applied, report.findings) : lp_report_check_text (&report);
      if (!options->json)
        {
          g_string_append_printf (out, "\n%s", text);
          g_free (text);
          text = g_strdup (out->str);
        }
      status = lp_cli_write (text, status);
    }
  else
    status = say_only_finished (wish, options->json, &applied, status);
  lp_applied_clear (&applied);
  return status;
}

LpExit
lp_cli_fix (char **argv)
{
  g_auto (LpCliOptions) options = { 0 };
  g_autofree char *repair = NULL;
  Wish wish = { 0 };
  const GOptionEntry own[] = {
    { "diff", 0, 0, G_OPTION_ARG_NONE, &wish.diff, N_ ("Show the repairs as a unified diff; change nothing"), NULL },
    { "apply", 0, 0, G_OPTION_ARG_NONE, &wish.apply, N_ ("Make the repairs; undo takes them back"), NULL },
    { "unsafe", 0, 0, G_OPTION_ARG_NONE, &wish.unsafe, N_ ("Also repairs that a person should look at"), NULL },
    { "repair", 0, 0, G_OPTION_ARG_STRING, &repair, N_ ("How to repair the label order"), "names|rows" },
    { NULL },
  };
  g_autoptr (LpSession) session = NULL;
  const LpApplied nothing = { 0 };
  LpExit left;

  if (!lp_cli_parse ("fix", own, TRUE, argv, &options) || !read_wish (&wish, repair))
    return LP_EXIT_WRONG;
  session = lp_cli_session (&options);
  if (session == NULL)
    return LP_EXIT_WRONG;
  lp_session_set_first_path_only (session, TRUE);
  if (wish.apply && !finish_interrupted (session, &wish))
    return LP_EXIT_NOTHING;
  if (!lp_cli_load (session, &left))
    return say_only_finished (&wish, options.json, &nothing, left);
  if (wish.diff)
    return show_diff (session, &wish, left);
  return apply_and_report (session, &options, &wish, left);
}
