/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "cli/lp-cli.h"

static gboolean
read_frame (const char *word, LpFrame *frame)
{
  *frame = LP_FRAME_UNKNOWN;
  if (word == NULL)
    return TRUE;
  if (g_str_equal (word, "raw"))
    *frame = LP_FRAME_RAW;
  else if (g_str_equal (word, "upright"))
    *frame = LP_FRAME_UPRIGHT;
  else
    lp_cli_complain (_ ("“%s” is no frame. There are raw and upright."), word);
  return *frame != LP_FRAME_UNKNOWN;
}

static LpExit
render (LpSession *session, const char *name, const char *output, LpFrame frame, LpExit left)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *safe = lp_text_escape (output, -1, 0);
  guint32 image = lp_session_find_image (session, name);
  cairo_surface_t *picture;
  gboolean saved;

  if (image == LP_NONE)
    {
      lp_cli_complain (_ ("There is no picture “%s” here."), name);
      return LP_EXIT_NOTHING;
    }
  picture = lp_session_render (session, image, frame, &error);
  saved = picture != NULL && lp_session_save_picture (picture, output, &error);
  g_clear_pointer (&picture, cairo_surface_destroy);
  if (!saved)
    {
      lp_cli_complain ("%s", error->message);
      return LP_EXIT_NOTHING;
    }
  text = g_strdup_printf ("%s\n", safe);
  return lp_cli_write (text, left);
}

LpExit
lp_cli_render (char **argv)
{
  g_auto (LpCliOptions) options = { 0 };
  g_autofree char *image = NULL;
  g_autofree char *output = NULL;
  g_autofree char *frame_word = NULL;
  const GOptionEntry own[] = {
    { "image", 0, 0, G_OPTION_ARG_FILENAME, &image, N_ ("The picture: its name, or its path in the set"), "NAME" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_ ("Where to write it"), "FILE.png" },
    { "frame", 0, 0, G_OPTION_ARG_STRING, &frame_word, N_ ("Which frame the boxes are taken to be in"),
      "raw|upright" },
    { NULL },
  };
  g_autoptr (LpSession) session = NULL;
  LpFrame frame;
  LpExit left;

  if (!lp_cli_parse ("render", own, TRUE, argv, &options) || !read_frame (frame_word, &frame))
    return LP_EXIT_WRONG;
  if (image == NULL || output == NULL)
    {
      lp_cli_complain (_ ("Say which picture and where to: --image NAME -o FILE.png"));
      return LP_EXIT_WRONG;
    }
  session = lp_cli_session (&options);
  if (session == NULL)
    return LP_EXIT_WRONG;
  if (!lp_cli_load (session, &left))
    return left;
  return render (session, image, output, frame, left);
}
