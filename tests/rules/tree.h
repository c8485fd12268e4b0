/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* Folders of the fixtures: copied, completed with pictures, compared. Everything that fails here fails the test. */

void tree_copy (const char *from, const char *to);
void tree_remove (const char *folder);

/* Writes the pictures that the file `list` names below `folder`: a line "images/a.png 640 480" or "images/a.jpg 64 48
 * orientation=6" each. They have a header and no pixels: rules look no further. */
void tree_add_pictures (const char *folder, const char *list);

/* In a file, replaces the one "@@" by so many blanks that it has the wanted length. */
void tree_pad (const char *path, gsize length);

/* Every file below, relative, sorted, with its bytes; without what tree_add_pictures wrote. */
typedef struct
{
  char *name;
  GBytes *bytes;
} TreeFile;

GPtrArray *tree_read (const char *folder);
void tree_compare (const GPtrArray *expected, const GPtrArray *found);
