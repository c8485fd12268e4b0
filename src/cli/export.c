/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cli/lp-cli.h"

/* DEST stands behind "--to FORMAT"; else it is the last of the paths. Returns it and takes it out of argv. */
static const char *
take_destination (GStrv argv)
{
  for (guint i = 1; argv[i] != NULL && !g_str_equal (argv[i], "--"); i++)
    {
      guint at = g_str_equal (argv[i], "--to") && argv[i + 1] != NULL ? i + 2 : i + 1;
      const char *destination;

      if (!g_str_equal (argv[i], "--to") && !g_str_has_prefix (argv[i], "--to="))
        continue;
      if (argv[at] == NULL || argv[at][0] == '-')
        return NULL;
      destination = argv[at];
      for (; argv[at] != NULL; at++)
        argv[at] = argv[at + 1];
      return destination;
    }
  return NULL;
}

static char *
take_last_path (GStrv paths)
{
  guint n = paths != NULL ? g_strv_length (paths) : 0;
  char *last;

  if (n < 2)
    return NULL;
  last = paths[n - 1];
  paths[n - 1] = NULL;
  return last;
}

/* What a person can do about an export that was stopped: sentences. */
static GPtrArray *
advise (LpSession *session, const LpExported *exported, const LpExportOptions *wanted)
{
  GPtrArray *advice = g_ptr_array_new_with_free_func (g_free);
  gboolean lacks_names = lp_report_lacks_names (lp_session_get_dataset (session));

  if (exported->written)
    return advice;
  if (lacks_names && wanted->order == NULL)
    g_ptr_array_add (advice, g_strdup (_ ("Give the names with --names FILE, or with --order FILE in the order that "
                                          "the new set is to have.")));
  if (!lacks_names || exported->stopped_by->len > 1)
    g_ptr_array_add (advice, g_strdup (_ ("labelproof fix repairs what it can. --order FILE chooses the class order. "
                                          "--with-errors carries wrong rows along.")));
  return advice;
}

static char *
say_json (const LpExported *exported, const GPtrArray *advice)
{
  g_autoptr (JsonBuilder) b = json_builder_new_immutable ();

  json_builder_begin_object (b);
  json_builder_set_member_name (b, "written");
  json_builder_add_boolean_value (b, exported->written);
  json_builder_set_member_name (b, "images");
  json_builder_add_int_value (b, exported->n_images);
  json_builder_set_member_name (b, "rows");
  json_builder_add_int_value (b, exported->n_rows);
  lp_cli_add_strings (b, "stopped_by", exported->stopped_by);
  lp_cli_add_strings (b, "advice", advice);
  lp_cli_add_strings (b, "left_out", exported->left_out);
  lp_cli_add_strings (b, "carried", exported->carried);
  json_builder_end_object (b);
  return lp_cli_json (b);
}

static char *
say_text (const LpExported *exported, const LpExportOptions *wanted, const GPtrArray *advice)
{
  GString *out = g_string_new (NULL);
  g_autofree char *pictures = NULL;
  g_autofree char *rows = NULL;

  if (!exported->written)
    {
      lp_cli_add_line (out, "%s", _ ("Nothing was written."));
      lp_cli_add_list (out, _ ("Stopped by:"), exported->stopped_by);
      for (guint i = 0; i < advice->len; i++)
        lp_cli_add_line (out, "%s", (const char *) g_ptr_array_index (advice, i));
      return g_string_free (out, FALSE);
    }
  pictures = g_strdup_printf (ngettext ("%u picture", "%u pictures", exported->n_images), exported->n_images);
  rows = g_strdup_printf (ngettext ("%u row", "%u rows", exported->n_rows), exported->n_rows);
  /* Translators: "Written to DEST: 24 pictures, 41 rows." */
  lp_cli_add_line (out, _ ("Written to %s: %s, %s."), wanted->destination, pictures, rows);
  if (wanted->link)
    lp_cli_add_line (out, "%s",
                     _ ("The pictures are links: a trainer that rewrites pictures changes the originals."));
  lp_cli_add_list (out, _ ("Left out:"), exported->left_out);
  lp_cli_add_list (out, _ ("Carried along as it stands:"), exported->carried);
  return g_string_free (out, FALSE);
}

static gboolean
is_whole (const LpExported *e)
{
  return e->written && (e->left_out == NULL || e->left_out->len == 0) && (e->carried == NULL || e->carried->len == 0);
}

static LpExit
export_set (LpSession *session, const LpExportOptions *wanted, gboolean json, LpExit left)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) advice = NULL;
  g_autofree char *text = NULL;
  LpExported exported = { 0 };
  LpProgress progress = { 0 };
  LpCliProgress *shown = lp_cli_progress_start (&progress);
  gboolean fine = lp_session_export (session, wanted, &progress, &exported, &error);
  LpExit status;

  lp_cli_progress_stop (shown);
  if (!fine)
    {
      lp_cli_complain ("%s", error->message);
      return LP_EXIT_NOTHING;
    }
  advice = advise (session, &exported, wanted);
  text = json ? say_json (&exported, advice) : say_text (&exported, wanted, advice);
  status = MAX (left, is_whole (&exported) ? LP_EXIT_FINE : LP_EXIT_FOUND);
  lp_exported_clear (&exported);
  return lp_cli_write (text, status);
}

/* --order FILE; TRUE also where none was given. */
static gboolean
read_order (LpSession *session, const char *file, GPtrArray **order)
{
  g_autoptr (GError) error = NULL;

  if (file == NULL)
    return TRUE;
  *order = lp_session_read_order (session, file, &error);
  if (*order == NULL)
    lp_cli_complain ("%s", error->message);
  return *order != NULL;
}

LpExit
lp_cli_export (char **argv)
{
  g_auto (LpCliOptions) options = { 0 };
  g_autofree char *to = NULL;
  g_autofree char *order_file = NULL;
  LpExportOptions wanted = { 0 };
  const GOptionEntry own[] = {
    { "to", 0, 0, G_OPTION_ARG_STRING, &to, N_ ("The format, and the new place behind it"), "yolo DEST" },
    { "order", 0, 0, G_OPTION_ARG_FILENAME, &order_file, N_ ("The class order, from a file"), "FILE" },
    { "link", 0, 0, G_OPTION_ARG_NONE, &wanted.link, N_ ("Link the pictures instead of copying them"), NULL },
    { "with-errors", 0, 0, G_OPTION_ARG_NONE, &wanted.with_errors, N_ ("Carry errors along knowingly"), NULL },
    { NULL },
  };
  g_autoptr (LpSession) session = NULL;
  g_autoptr (GPtrArray) order = NULL;
  const char *destination = take_destination (argv);
  g_autofree char *last = NULL;
  LpExit left;

  if (!lp_cli_parse ("export", own, TRUE, argv, &options))
    return LP_EXIT_WRONG;
  if (destination == NULL)
    destination = last = take_last_path (options.paths);
  if (to != NULL && !g_str_equal (to, "yolo"))
    {
      lp_cli_complain (_ ("“%s” is no format to export to. There is yolo."), to);
      return LP_EXIT_WRONG;
    }
  if (to == NULL || destination == NULL)
    {
      lp_cli_complain (_ ("Say where to: --to yolo DEST. DEST must not exist or be empty."));
      return LP_EXIT_WRONG;
    }
  session = lp_cli_session (&options);
  if (session == NULL)
    return LP_EXIT_WRONG;
  lp_session_set_first_path_only (session, TRUE);
  if (!lp_cli_load (session, &left))
    return left;
  if (!read_order (session, order_file, &order))
    return LP_EXIT_WRONG;
  wanted.destination = destination;
  wanted.order = order;
  return export_set (session, &wanted, options.json, left);
}
