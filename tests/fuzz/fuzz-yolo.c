/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "lp-fuzz.h"
#include "read/lp-yolo.h"

static void
try_line (const char *text, gsize length, guint pose_tokens)
{
  LpYoloForm form = { pose_tokens, 3 };
  LpYoloLine line;
  gboolean read = lp_yolo_line (text, length, &form, &line);

  g_assert_true (read == (line.tokens > 0));
  if (!read)
    return;
  g_assert_true ((gsize) line.at + line.size <= length && line.size > 0);
  g_assert_cmpuint (line.row.tokens, ==, MIN (line.tokens, G_MAXUINT8));
  g_assert_true ((line.row.class_id == LP_CLASS_NONE) == ((line.row.flags & LP_ROW_BAD_CLASS) != 0) ||
                 line.row.kind == LP_ROW_UNREAD);
  if (line.row.kind == LP_ROW_UNREAD)
    {
      g_assert_cmpint (line.rule, !=, LP_RULE_NONE);
      g_assert_cmpint (line.rule, !=, LP_RULE_LABEL_FRACTIONAL_CLASS);
      return;
    }
  g_assert_true (pose_tokens == 0 || line.tokens == pose_tokens);
  g_assert_true (line.tokens >= 5 || pose_tokens > 0);
  for (guint i = 0; i < 4; i++)
    g_assert_true (isfinite (line.row.v[i]));
}

/* Whatever the bytes of a line: its tokens are counted, what is blamed lies in it, a row that is read has a kind that
 * its tokens allow and four finite numbers, and one that is not has a rule that says why. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const char *text = (const char *) data;

  for (gsize at = 0; at < size;)
    {
      const char *end = memchr (text + at, '\n', size - at);
      gsize length = end != NULL ? (gsize) (end - text) - at : size - at;

      try_line (text + at, length, 0);
      try_line (text + at, length, 11);
      at += length + 1;
    }
  return 0;
}
