/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "lp-application.h"
#include "lp-window.h"

struct _LpApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (LpApplication, lp_application, ADW_TYPE_APPLICATION)

/* Keys that may not fire inside an entry (plain letters, Space, arrows) belong to the pages. */
static const struct
{
  const char *action;
  const char *keys[3];
} accelerators[] = {
  { "app.quit", { "<Primary>q" } },
  { "win.open-folder", { "<Primary>o" } },
  { "win.open-files", { "<Primary><Shift>o" } },
  { "win.reload", { "F5" } },
  { "win.undo", { "<Primary>z" } },
  { "win.redo", { "<Primary><Shift>z" } },
  { "win.apply", { "<Primary>s" } },
  { "win.export", { "<Primary>e" } },
  { "win.full-screen", { "F11" } },
  { "win.show-help-overlay", { "<Primary>question" } },
  { "win.page::overview", { "<Alt>1" } },
  { "win.page::problems", { "<Alt>2" } },
  { "win.page::labels", { "<Alt>3" } },
  { "win.page::images", { "<Alt>4" } },
  { "win.search", { "<Primary>f" } },
  { "win.next-problem", { "F8" } },
  { "win.previous-problem", { "<Shift>F8" } },
  { "win.go-to", { "<Primary>g" } },
  { "win.zoom-fit", { "<Primary>0" } },
  { "win.zoom-100", { "<Primary>1" } },
  { "win.zoom-200", { "<Primary>2" } },
  { "win.inspector", { "F9" } },
};

static LpWindow *
ensure_window (LpApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  return LP_IS_WINDOW (window) ? LP_WINDOW (window) : lp_window_new (GTK_APPLICATION (self));
}

static void
open_path (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *paths[] = { g_variant_get_string (parameter, NULL), NULL };
  LpWindow *window = ensure_window (data);

  lp_window_open (window, paths);
  gtk_window_present (GTK_WINDOW (window));
}

static void
open_paths (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autofree const char **paths = g_variant_get_strv (parameter, NULL);
  LpWindow *window = ensure_window (data);

  if (paths[0] != NULL)
    lp_window_open (window, paths);
  gtk_window_present (GTK_WINDOW (window));
}

static void
about (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  adw_show_about_window (gtk_application_get_active_window (data), "application-name", "Labelproof",
                         "application-icon", APP_ID, "version", PACKAGE_VERSION, "license-type", GTK_LICENSE_GPL_3_0,
                         "comments", _ ("Proves object-detection labels right before anything is trained on them."),
                         NULL);
}

static void
quit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GList *windows;

  while ((windows = gtk_application_get_windows (data)) != NULL)
    gtk_window_destroy (windows->data);
  g_application_quit (data);
}

static const GActionEntry actions[] = {
  { "open-path", open_path, "s" },
  { "open-paths", open_paths, "as" },
  { "about", about },
  { "quit", quit },
};

static void
lp_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (lp_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (APP_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
  for (guint i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), accelerators[i].action,
                                           (const char **) accelerators[i].keys);
}

static void
lp_application_activate (GApplication *application)
{
  gtk_window_present (GTK_WINDOW (ensure_window (LP_APPLICATION (application))));
}

static void
lp_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  LpWindow *window = ensure_window (LP_APPLICATION (application));
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) paths = NULL;

  for (int i = 0; i < n_files; i++)
    {
      g_autofree char *path = g_file_get_path (files[i]);

      if (path != NULL)
        g_strv_builder_add (builder, path);
    }
  paths = g_strv_builder_end (builder);
  if (paths[0] != NULL)
    lp_window_open (window, (const char *const *) paths);
  gtk_window_present (GTK_WINDOW (window));
}

static int
lp_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  if (!g_variant_dict_contains (options, "version"))
    return -1;
  g_print ("labelproof-window " PACKAGE_VERSION "\n");
  return 0;
}

static void
lp_application_class_init (LpApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = lp_application_startup;
  application_class->activate = lp_application_activate;
  application_class->open = lp_application_open;
  application_class->handle_local_options = lp_application_handle_local_options;
}

static void
lp_application_init (LpApplication *self)
{
  static const GOptionEntry options[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Show the version"), NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _ ("[PATH…]"));
}

LpApplication *
lp_application_new (void)
{
  return g_object_new (LP_TYPE_APPLICATION, "application-id", APP_ID, "flags", G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path", "/io/github/labelproof/Labelproof", NULL);
}
