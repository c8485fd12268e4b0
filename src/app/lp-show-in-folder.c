/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lp-show-in-folder.h"

/* https://www.freedesktop.org/wiki/Specifications/file-manager-interface/ */
#define NAME "org.freedesktop.FileManager1"
#define OBJECT "/org/freedesktop/FileManager1"

typedef struct
{
  GtkWindow *window; /* NULL, or a reference */
  char *folder;
} Wish;

static void
wish_free (Wish *wish)
{
  g_clear_object (&wish->window);
  g_free (wish->folder);
  g_free (wish);
}

static void
shown_cb (GObject *bus, GAsyncResult *result, gpointer data)
{
  Wish *wish = data;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (bus), result, NULL);

  if (reply == NULL)
    {
      g_autofree char *uri = g_filename_to_uri (wish->folder, NULL, NULL);

      if (uri != NULL)
        gtk_show_uri (wish->window, uri, GDK_CURRENT_TIME);
    }
  wish_free (wish);
}

void
lp_show_in_folder (GtkWidget *widget, const char *path)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  const char *uris[] = { uri, NULL };
  Wish *wish;

  if (bus == NULL || uri == NULL)
    return;
  wish = g_new0 (Wish, 1);
  wish->folder = g_path_get_dirname (path);
  wish->window = GTK_IS_WINDOW (root) ? g_object_ref (GTK_WINDOW (root)) : NULL;
  g_dbus_connection_call (bus, NAME, OBJECT, NAME, "ShowItems", g_variant_new ("(^ass)", uris, ""), NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, shown_cb, wish);
}
