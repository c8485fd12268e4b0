/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The baseline of the benchmark: opens, reads and closes each label file whole and 4 kB of each image below a data
 * set, and does nothing with them. read-everything SET THREADS */
#include <dirent.h>
#include <fcntl.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HEAD 4096

typedef struct
{
  int folder;
  char *name;
  gboolean whole;
} Work;

static GArray *works;
static gint next;

static void
list (const char *path, gboolean whole)
{
  DIR *dir = opendir (path);
  int fd = dir != NULL ? dup (dirfd (dir)) : -1;

  for (struct dirent *e; dir != NULL && (e = readdir (dir)) != NULL;)
    {
      g_autofree char *below = g_build_filename (path, e->d_name, NULL);
      Work work = { fd, NULL, whole };

      if (e->d_name[0] == '.')
        continue;
      if (e->d_type == DT_DIR)
        {
          list (below, whole);
          continue;
        }
      work.name = g_strdup (e->d_name);
      g_array_append_val (works, work);
    }
  if (dir != NULL)
    closedir (dir);
}

static gpointer
read_some (gpointer data)
{
  g_autofree char *buffer = g_malloc (1024 * 1024);
  guint i;

  while ((i = (guint) g_atomic_int_add (&next, 1)) < works->len)
    {
      const Work *work = &g_array_index (works, Work, i);
      int fd = openat (work->folder, work->name, O_RDONLY | O_CLOEXEC);
      gsize most = work->whole ? 1024 * 1024 : HEAD;

      if (fd < 0)
        continue;
      while (read (fd, buffer, most) > 0 && work->whole)
        continue;
      close (fd);
    }
  return NULL;
}

int
main (int argc, char **argv)
{
  guint n = argc == 3 ? (guint) g_ascii_strtoull (argv[2], NULL, 10) : 0;
  g_autofree GThread **threads = g_new0 (GThread *, n);

  if (n == 0)
    return 2;
  works = g_array_new (FALSE, FALSE, sizeof (Work));
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *path = g_build_filename (argv[1], i == 0 ? "images" : "labels", NULL);

      list (path, i == 1);
    }
  for (guint i = 0; i < n; i++)
    threads[i] = g_thread_new ("read", read_some, NULL);
  for (guint i = 0; i < n; i++)
    g_thread_join (threads[i]);
  g_print ("%u files\n", works->len);
  return 0;
}
