/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cli/lp-cli.h"

void
lp_cli_options_clear (LpCliOptions *options)
{
  g_clear_pointer (&options->format, g_free);
  g_clear_pointer (&options->profile, g_free);
  g_clear_pointer (&options->names, g_free);
  g_clear_pointer (&options->maps, g_strfreev);
  g_clear_pointer (&options->roots, g_strfreev);
  g_clear_pointer (&options->select, g_strfreev);
  g_clear_pointer (&options->ignore, g_strfreev);
  g_clear_pointer (&options->paths, g_strfreev);
}

static void
add_common (GOptionContext *context, LpCliOptions *o)
{
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &o->format, N_ ("How to say it"), "text|json" },
    { "profile", 0, 0, G_OPTION_ARG_STRING, &o->profile, N_ ("For whom the labels are: ultralytics, ground-truth"),
      "NAME" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o->paths, NULL, NULL },
    { NULL },
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

static void
add_reading (GOptionContext *context, LpCliOptions *o)
{
  const GOptionEntry entries[] = {
    { "map", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o->maps, N_ ("Where pictures of a bucket lie; may be repeated"),
      "s3://BUCKET/PREFIX=DIR" },
    { "root", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o->roots, N_ ("Paths may lead into DIR too; may be repeated"),
      "DIR" },
    { "names", 0, 0, G_OPTION_ARG_FILENAME, &o->names, N_ ("The names of the classes, from a file"), "FILE" },
    { "select", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o->select,
      N_ ("Only these rules, separated by commas; order/* is a family"), "RULES" },
    { "ignore", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o->ignore, N_ ("All rules but these"), "RULES" },
    { NULL },
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

static const LpCommand *
find_command (const char *name)
{
  const LpCommand *c = lp_commands;

  while (!g_str_equal (c->name, name))
    c++;
  return c;
}

static gboolean
read_format (LpCliOptions *options)
{
  options->json = g_strcmp0 (options->format, "json") == 0;
  if (options->format == NULL || options->json || g_str_equal (options->format, "text"))
    return TRUE;
  lp_cli_complain (_ ("“%s” is no format. There are text and json."), options->format);
  return FALSE;
}

gboolean
lp_cli_parse (const char *name, const GOptionEntry *own, gboolean reads, char **argv, LpCliOptions *options)
{
  const LpCommand *command = find_command (name);
  g_autofree char *usage = g_strdup_printf ("%s — %s", command->arguments, _ (command->summary));
  g_autoptr (GOptionContext) context = g_option_context_new (usage);
  g_autoptr (GError) error = NULL;
  g_autofree char *program = g_strdup_printf ("labelproof %s", name);
  g_auto (GStrv) arguments = g_strdupv (argv);

  *options = (LpCliOptions){ 0 };
  g_set_prgname (program);
  if (own != NULL)
    g_option_context_add_main_entries (context, own, GETTEXT_PACKAGE);
  if (reads)
    add_reading (context, options);
  add_common (context, options);
  if (g_option_context_parse_strv (context, &arguments, &error))
    return read_format (options);
  lp_cli_complain (_ ("%s. labelproof %s --help lists the options."), error->message, name);
  return FALSE;
}

static gboolean
select_rules (LpSession *session, const GStrv lists, gboolean on)
{
  for (guint i = 0; lists != NULL && lists[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;

      if (!lp_session_select_rules (session, lists[i], on, &error))
        {
          lp_cli_complain ("%s", error->message);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
fill_session (LpSession *session, const LpCliOptions *o)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; o->paths != NULL && o->paths[i] != NULL; i++)
    lp_session_add_path (session, o->paths[i]);
  for (guint i = 0; o->roots != NULL && o->roots[i] != NULL; i++)
    lp_session_add_root (session, o->roots[i]);
  for (guint i = 0; o->maps != NULL && o->maps[i] != NULL; i++)
    if (!lp_session_add_map (session, o->maps[i], &error))
      {
        lp_cli_complain ("%s", error->message);
        return FALSE;
      }
  lp_session_set_names (session, o->names);
  if (o->profile != NULL && !lp_session_set_profile (session, o->profile, &error))
    {
      lp_cli_complain ("%s", error->message);
      return FALSE;
    }
  return select_rules (session, o->select, TRUE) && select_rules (session, o->ignore, FALSE);
}

LpSession *
lp_cli_session (const LpCliOptions *options)
{
  g_autoptr (LpSession) session = lp_session_new ();

  if (options->paths == NULL || options->paths[0] == NULL)
    {
      lp_cli_complain (_ ("Name what to look at: a folder, a data.yaml, a manifest."));
      return NULL;
    }
  /* An unset variable in a script must not become the current folder. */
  if (g_strv_contains ((const char *const *) options->paths, ""))
    {
      lp_cli_complain (_ ("A path is empty."));
      return NULL;
    }
  lp_session_set_ignore_pending (session, TRUE);
  return fill_session (session, options) ? g_steal_pointer (&session) : NULL;
}

gboolean
lp_cli_load (LpSession *session, LpExit *left)
{
  LpProgress progress = { 0 };
  LpCliProgress *shown = lp_cli_progress_start (&progress);
  g_autoptr (GError) error = NULL;
  gboolean loaded = lp_session_load (session, &progress, &error);
  const GPtrArray *unread;

  lp_cli_progress_stop (shown);
  *left = LP_EXIT_NOTHING;
  if (!loaded)
    {
      lp_cli_complain ("%s", error->message);
      return FALSE;
    }
  unread = lp_session_get_unread (session);
  for (guint i = 0; i < unread->len; i++)
    lp_cli_complain ("%s", (const char *) g_ptr_array_index (unread, i));
  if (unread->len == 0)
    *left = LP_EXIT_FINE;
  /* Judged by other names than those asked for, a report would mislead. */
  return lp_session_names_were_read (session);
}
