/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/lp-path.h"
#include "base/lp-text.h"

/* ---- text ---- */

static void
append_components (GString *canonical, const char *path)
{
  while (*path != '\0')
    {
      gsize n = strcspn (path, "/");

      if (n == 2 && path[0] == '.' && path[1] == '.')
        {
          const char *slash = strrchr (canonical->str, '/');
          g_string_truncate (canonical, slash != NULL ? (gsize) (slash - canonical->str) : 0);
        }
      else if (n > 0 && !(n == 1 && path[0] == '.'))
        {
          g_string_append_c (canonical, '/');
          g_string_append_len (canonical, path, n);
        }
      path += n;
      path += strspn (path, "/");
    }
}

char *
lp_path_resolve (const char *folder, const char *path)
{
  GString *canonical = g_string_new (NULL);

  if (path[0] != '/')
    {
      g_autofree char *here = folder == NULL || folder[0] != '/' ? g_get_current_dir () : NULL;

      if (here != NULL)
        append_components (canonical, here);
      if (folder != NULL)
        append_components (canonical, folder);
    }
  append_components (canonical, path);
  if (canonical->len == 0)
    g_string_append_c (canonical, '/');
  return g_string_free (canonical, FALSE);
}

/* What follows the folder in the path: "" for the folder itself, NULL where it lies elsewhere. */
static const char *
below (const char *folder, gsize length, const char *path)
{
  if (length == 1)
    return path[0] == '/' ? path + 1 : NULL;
  if (strncmp (folder, path, length) != 0)
    return NULL;
  if (path[length] == '\0')
    return path + length;
  return path[length] == '/' ? path + length + 1 : NULL;
}

char *
lp_path_relative (const char *root, const char *path)
{
  const char *rest = below (root, strlen (root), path);

  if (rest == NULL)
    return g_strdup (path);
  return g_strdup (*rest != '\0' ? rest : ".");
}

char *
lp_path_common (const char *const *paths, const gboolean *is_folder, gsize n)
{
  g_autofree char *common = NULL;

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *folder = is_folder[i] ? g_strdup (paths[i]) : g_path_get_dirname (paths[i]);

      if (common == NULL)
        common = g_steal_pointer (&folder);
      else
        while (below (common, strlen (common), folder) == NULL)
          {
            char *parent = g_path_get_dirname (common);
            g_free (common);
            common = parent;
          }
    }
  return g_steal_pointer (&common);
}

gsize
lp_path_stem_length (const char *name)
{
  const char *dot = strrchr (name, '.');
  return dot != NULL ? (gsize) (dot - name) : strlen (name);
}

gsize
lp_path_first_dot_length (const char *name)
{
  return strcspn (name, ".");
}

char *
lp_path_label_for (const char *picture)
{
  const char *slash = strrchr (picture, '/');
  const char *name = slash != NULL ? slash + 1 : picture;
  const char *images = g_strrstr (picture, "/images/");
  int stem = (int) lp_path_stem_length (name);

  if (images == NULL)
    return g_strdup_printf ("%.*s%.*s.txt", (int) (name - picture), picture, stem, name);
  return g_strdup_printf ("%.*s/labels/%.*s%.*s.txt", (int) (images - picture), picture,
                          (int) (name - (images + strlen ("/images/"))), images + strlen ("/images/"), stem, name);
}

gboolean
lp_path_is_picture (const char *name)
{
  static const char *const suffixes[] = { "jpg",  "jpeg", "png", "bmp",  "dng",  "mpo",  "tif",
                                          "tiff", "webp", "pfm", "heic", "heif", "avif", "jp2" };
  const char *dot = strrchr (name, '.');

  for (gsize i = 0; dot != NULL && i < G_N_ELEMENTS (suffixes); i++)
    if (g_ascii_strcasecmp (dot + 1, suffixes[i]) == 0)
      return TRUE;
  return FALSE;
}

/* ---- roots ---- */

typedef struct
{
  char *path; /* absolute, canonical */
  gsize length;
  int fd;        /* O_PATH; -1: the folder is not there */
  gboolean lent; /* the descriptor is that of the root before */
} Root;

struct _LpRoots
{
  gint references;
  GArray *roots; /* Root */
};

#define MAX_LINKS 40
#define AGAIN_MAX 1000
#define OPEN_FLAGS (O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
#define FOLDER_FLAGS (O_RDONLY | O_DIRECTORY | O_CLOEXEC)

static void
root_clear (gpointer data)
{
  Root *root = data;

  if (root->fd >= 0 && !root->lent)
    close (root->fd);
  g_free (root->path);
}

LpRoots *
lp_roots_new (void)
{
  LpRoots *roots = g_new0 (LpRoots, 1);

  roots->references = 1;
  roots->roots = g_array_new (FALSE, FALSE, sizeof (Root));
  g_array_set_clear_func (roots->roots, root_clear);
  return roots;
}

LpRoots *
lp_roots_ref (const LpRoots *roots)
{
  LpRoots *shared = (LpRoots *) roots;

  g_atomic_int_inc (&shared->references);
  return shared;
}

void
lp_roots_free (LpRoots *roots)
{
  if (roots == NULL || !g_atomic_int_dec_and_test (&roots->references))
    return;
  g_array_unref (roots->roots);
  g_free (roots);
}

static void
add_root (LpRoots *roots, const char *path, int fd, gboolean lent)
{
  Root root = { .path = g_strdup (path), .length = strlen (path), .fd = fd, .lent = lent };
  g_array_append_val (roots->roots, root);
}

void
lp_roots_add (LpRoots *roots, const char *path)
{
  g_autofree char *folder = lp_path_resolve (NULL, path);
  g_autofree char *real = NULL;
  struct stat st;
  int fd;

  if (stat (folder, &st) == 0 && !S_ISDIR (st.st_mode))
    {
      char *parent = g_path_get_dirname (folder);
      g_free (folder);
      folder = parent;
    }
  for (guint i = 0; i < roots->roots->len; i++)
    if (strcmp (g_array_index (roots->roots, Root, i).path, folder) == 0)
      return;
  fd = open (folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
  add_root (roots, folder, fd, FALSE);
  /* The same folder under the name that absolute links and paths within it may use. */
  real = realpath (folder, NULL);
  if (real != NULL && strcmp (real, folder) != 0)
    add_root (roots, real, fd, TRUE);
}

/* The deepest root that holds the path, and the path from there. */
static const Root *
find_root (const LpRoots *roots, const char *path, const char **rest)
{
  const Root *best = NULL;

  for (guint i = 0; i < roots->roots->len; i++)
    {
      const Root *root = &g_array_index (roots->roots, Root, i);
      const char *after = below (root->path, root->length, path);

      if (after != NULL && (best == NULL || root->length > best->length))
        {
          best = root;
          *rest = after;
        }
    }
  return best;
}

gboolean
lp_roots_contain (const LpRoots *roots, const char *path)
{
  const char *rest;
  return find_root (roots, path, &rest) != NULL;
}

static int
fail (GError **error, int code, const char *format, const char *path)
{
  g_autofree char *shown = lp_text_escape (path, -1, 0);

  g_set_error (error, G_IO_ERROR, code, format, shown);
  return -1;
}

static int
fail_errno (GError **error, int number, const char *path)
{
  g_autofree char *shown = NULL;

  switch (number)
    {
    case ENOENT:
    case ENOTDIR:
      return fail (error, G_IO_ERROR_NOT_FOUND, _ ("“%s” is not there."), path);
    case EXDEV:
      return fail (error, G_IO_ERROR_NOT_MOUNTABLE_FILE, _ ("“%s” leads out of the opened folders."), path);
    case ENXIO:
    case EISDIR:
      return fail (error, G_IO_ERROR_NOT_REGULAR_FILE, _ ("“%s” is not a regular file."), path);
    case EACCES:
    case EPERM:
      return fail (error, G_IO_ERROR_PERMISSION_DENIED, _ ("“%s” may not be read: permission denied."), path);
    default:
      shown = lp_text_escape (path, -1, 0);
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (number), _ ("“%s” could not be opened: %s"), shown,
                   g_strerror (number));
      return -1;
    }
}

/* The path with every link below a root followed, textually, so that what is left can be opened without following
 * any. NULL with errno: EXDEV where that leads out of the roots. */
static char *
follow_links (const LpRoots *roots, const char *path)
{
  g_autoptr (GString) done = g_string_new (NULL);
  g_autofree char *pending = g_strdup (path);
  const char *rest;

  for (int links = 0; links < MAX_LINKS; links++)
    {
      char target[4096];
      gssize n = -1;
      const char *next = pending;

      while (n < 0 && *(next += strspn (next, "/")) != '\0')
        {
          g_autofree char *component = g_strndup (next, strcspn (next, "/"));
          const Root *root;

          next += strlen (component);
          append_components (done, component);
          root = find_root (roots, done->str, &rest);
          if (root != NULL && root->fd >= 0 && *rest != '\0')
            n = readlinkat (root->fd, rest, target, sizeof target - 1);
        }
      if (n < 0)
        {
          if (find_root (roots, done->str, &rest) != NULL)
            return g_string_free (g_steal_pointer (&done), FALSE);
          errno = EXDEV;
          return NULL;
        }
      target[n] = '\0';
      append_components (done, "..");
      if (target[0] == '/')
        g_string_truncate (done, 0);
      next = g_strconcat (target, "/", next, NULL);
      g_free (pending);
      pending = (char *) next;
    }
  errno = ELOOP;
  return NULL;
}

/* Without openat2: folder by folder, following nothing. */
static int
open_step_by_step (int root_fd, const char *rest, int flags)
{
  int folder = root_fd, fd;

  for (;;)
    {
      gsize n = strcspn (rest, "/");
      gboolean last = rest[n] == '\0';
      g_autofree char *component = g_strndup (rest, n);

      fd = openat (folder, component, (last ? flags : O_PATH | O_DIRECTORY | O_CLOEXEC) | O_NOFOLLOW);
      if (folder != root_fd)
        {
          int saved = errno;
          close (folder);
          errno = saved;
        }
      if (fd < 0 || last)
        return fd;
      folder = fd;
      rest += n + 1;
    }
}

static gboolean
openat2_is_missing (void)
{
  /* Old kernels, and sandboxes that do not know the call. */
  return errno == ENOSYS || errno == EPERM;
}

static int
open_beneath (int root_fd, const char *rest, int flags)
{
  struct open_how how = { .flags = (guint64) flags, .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS };
  guint again = 0;
  int fd;

  /* EAGAIN: somebody moves folders about, or holds a lease; not for ever. */
  do
    fd = (int) syscall (SYS_openat2, root_fd, rest, &how, sizeof how);
  while (fd < 0 && (errno == EINTR || (errno == EAGAIN && again++ < AGAIN_MAX)));
  return fd;
}

/* FALSE with errno: no root, one that is not there, or a root itself where a file is wanted. */
static gboolean
is_there (const Root *root, const char **rest, int flags)
{
  errno = root == NULL ? EXDEV : root->fd < 0 ? ENOENT : EISDIR;
  if (root == NULL || root->fd < 0 || (**rest == '\0' && !(flags & O_DIRECTORY)))
    return FALSE;
  if (**rest == '\0')
    *rest = ".";
  return TRUE;
}

static int
open_in_roots (const LpRoots *roots, const char *path, int flags)
{
  g_autofree char *followed = NULL;
  const char *rest;
  const Root *root = find_root (roots, path, &rest);
  int fd;

  if (!is_there (root, &rest, flags))
    return -1;
  fd = open_beneath (root->fd, rest, flags);
  if (fd >= 0 || !(errno == EXDEV || openat2_is_missing ()))
    return fd;
  /* A link that leads out of this root: it may come back, or into another. */
  followed = follow_links (roots, path);
  if (followed == NULL)
    return -1;
  root = find_root (roots, followed, &rest);
  return is_there (root, &rest, flags) ? open_step_by_step (root->fd, rest, flags) : -1;
}

int
lp_roots_open (const LpRoots *roots, const char *path, GError **error)
{
  struct stat st;
  int fd = open_in_roots (roots, path, OPEN_FLAGS);

  if (fd < 0)
    return fail_errno (error, errno, path);
  if (fstat (fd, &st) != 0)
    {
      int saved = errno;
      close (fd);
      return fail_errno (error, saved, path);
    }
  if (!S_ISREG (st.st_mode))
    {
      close (fd);
      return fail_errno (error, EISDIR, path);
    }
  return fd;
}

int
lp_roots_open_folder (const LpRoots *roots, const char *path, GError **error)
{
  int fd = open_in_roots (roots, path, FOLDER_FLAGS);

  return fd >= 0 ? fd : fail_errno (error, errno, path);
}

const char *
lp_roots_reason (const GError *error)
{
  static const struct
  {
    int code;
    const char *reason;
  } reasons[] = {
    { G_IO_ERROR_NOT_FOUND, N_ ("It is not there.") },
    { G_IO_ERROR_NOT_MOUNTABLE_FILE, N_ ("It lies outside the opened folders.") },
    { G_IO_ERROR_NOT_REGULAR_FILE, N_ ("It is not a regular file.") },
    { G_IO_ERROR_PERMISSION_DENIED, N_ ("There is no permission to read it.") },
    { G_IO_ERROR_MESSAGE_TOO_LARGE, N_ ("It is too large.") },
    { G_IO_ERROR_TOO_MANY_LINKS, N_ ("Its links lead round in a circle.") },
    { G_IO_ERROR_INVALID_DATA, N_ ("It does not hold what its name says.") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_error_matches (error, G_IO_ERROR, reasons[i].code))
      return _ (reasons[i].reason);
  return _ ("It could not be opened or read.");
}

/* Grows while there is more, so that a file whose size is not what fstat said is still read right. */
static GByteArray *
read_all (int fd, gsize limit, LpIdentity *identity)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  struct stat st;
  gsize length = 0;

  if (fstat (fd, &st) != 0)
    return NULL;
  if (identity != NULL)
    *identity = lp_identity_of_stat (&st);
  g_byte_array_set_size (bytes, (guint) MIN ((guint64) st.st_size, (guint64) limit) + 1);
  while (length <= limit)
    {
      gssize n;

      if (length == bytes->len)
        g_byte_array_set_size (bytes, (guint) MIN (limit + 1, length * 2));
      n = read (fd, bytes->data + length, bytes->len - length);
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return NULL;
      if (n == 0)
        break;
      length += n;
    }
  if (length > limit)
    {
      errno = EFBIG;
      return NULL;
    }
  g_byte_array_set_size (bytes, (guint) length);
  return g_steal_pointer (&bytes);
}

GBytes *
lp_roots_read (const LpRoots *roots, const char *path, gsize limit, LpIdentity *identity, GError **error)
{
  GByteArray *bytes;
  int fd, saved;

  g_return_val_if_fail (limit < G_MAXUINT / 2, NULL);
  fd = lp_roots_open (roots, path, error);
  if (fd < 0)
    return NULL;
  bytes = read_all (fd, limit, identity);
  saved = errno;
  close (fd);
  if (bytes != NULL)
    return g_byte_array_free_to_bytes (bytes);
  if (saved == EFBIG)
    {
      g_autofree char *shown = lp_text_escape (path, -1, 0);
      g_autofree char *size = g_format_size (limit);

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, _ ("“%s” is larger than %s."), shown, size);
    }
  else
    fail_errno (error, saved, path);
  return NULL;
}
