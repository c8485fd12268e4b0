/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "write/lp-splice.h"

/* A label file, operations on its rows, and what must come out. Rows are addressed by what stands there. */

typedef struct
{
  LpOpKind kind;
  const char *row; /* NULL: LP_OP_RENUMBER of every row below */
  gint32 class_after;
  int number; /* which of the four, from 0 */
  double value;
  guint decimals;
} Edit;

typedef struct
{
  const char *title, *old;
  Edit edits[5];
  guint n;
  const char *new; /* NULL: refused */
} Case;

#define CLASS(text, to)                                                                                              \
  {                                                                                                                  \
    .kind = LP_OP_SET_CLASS, .row = text, .class_after = to                                                          \
  }
#define NUMBER(text, which, to, digits)                                                                              \
  {                                                                                                                  \
    .kind = LP_OP_SET_NUMBERS, .row = text, .number = which, .value = to, .decimals = digits                         \
  }
#define REMOVE(text)                                                                                                 \
  {                                                                                                                  \
    .kind = LP_OP_REMOVE_ROW, .row = text                                                                            \
  }
#define SWAP_0_1                                                                                                     \
  {                                                                                                                  \
    .kind = LP_OP_RENUMBER                                                                                           \
  }

static const Case cases[] = {
  { "class",
    "0 .5 .5 .1 .1\n10 .5 .5 .1 .1\n",
    { CLASS ("10 .5 .5 .1 .1", 3) },
    1,
    "0 .5 .5 .1 .1\n3 .5 .5 .1 .1\n" },
  { "blanks and trailing text stay",
    "  0\t.5  .5 .1 .1  \r\n",
    { CLASS ("  0\t.5  .5 .1 .1  ", 12) },
    1,
    "  12\t.5  .5 .1 .1  \r\n" },
  { "one number", "0 0.50 .5 .1 1e-1\n", { NUMBER ("0 0.50 .5 .1 1e-1", 1, 0.25, 4) }, 1, "0 0.50 0.2500 .1 1e-1\n" },
  { "a number that is already so",
    "0 0.50 .5 .1 .1\n",
    { NUMBER ("0 0.50 .5 .1 .1", 0, 0.5, 9) },
    1,
    "0 0.50 .5 .1 .1\n" },
  { "a polygon's class", "1 0 0 1 0 1 1\n", { CLASS ("1 0 0 1 0 1 1", 0) }, 1, "0 0 0 1 0 1 1\n" },
  { "remove between", "0 1\n1 1\n2 1\n", { REMOVE ("1 1") }, 1, "0 1\n2 1\n" },
  { "remove the last, no newline", "0 1\r\n1 1", { REMOVE ("1 1") }, 1, "0 1\r\n" },
  { "remove behind a bom",
    "\xef\xbb\xbf"
    "7 1\n1 1\n",
    { REMOVE ("7 1") },
    1,
    "\xef\xbb\xbf"
    "1 1\n" },
  { "bare carriage returns", "0 1\r1 1\r2 1", { REMOVE ("1 1"), CLASS ("2 1", 5) }, 2, "0 1\r5 1" },
  { "several steps, one replacement each",
    "0 .5 .5 .1 .1\n",
    { CLASS ("0 .5 .5 .1 .1", 4), NUMBER ("0 .5 .5 .1 .1", 2, 0.2, 1), CLASS ("0 .5 .5 .1 .1", 6),
      NUMBER ("0 .5 .5 .1 .1", 2, 0.3, 1) },
    4,
    "6 .5 .5 0.3 .1\n" },
  { "there and back is nothing",
    "0 .5 .5 .1 .1\n",
    { CLASS ("0 .5 .5 .1 .1", 4), CLASS ("0 .5 .5 .1 .1", 0) },
    2,
    "0 .5 .5 .1 .1\n" },
  { "edited, then removed",
    "0 .5 .5 .1 .1\n1 1\n",
    { CLASS ("0 .5 .5 .1 .1", 4), REMOVE ("0 .5 .5 .1 .1") },
    2,
    "1 1\n" },
  { "renumbered in one pass", "0 1\n1 1\n2 1\n01 1\n", { SWAP_0_1 }, 1, "1 1\n0 1\n2 1\n0 1\n" },
  { "a class set, then renumbered", "2 1\n0 1\n", { CLASS ("2 1", 0), SWAP_0_1 }, 2, "1 1\n1 1\n" },
  { "renumbered, then set", "1 1\n", { SWAP_0_1, CLASS ("1 1", 7) }, 2, "7 1\n" },
  { "fractions and words are no class", "1.5 1\nx 1\n0.0 1\n", { SWAP_0_1 }, 1, "1.5 1\nx 1\n1 1\n" },
  { "numbers of a short row", "0 1 1\n", { NUMBER ("0 1 1", 0, 0.5, 1) }, 1, NULL },
};

static gint64
offset_of (const Case *c, const char *row)
{
  const char *found = c->old;
  gsize n = strlen (row);

  for (; (found = strstr (found, row)) != NULL; found++)
    if ((found == c->old || strchr ("\r\n\xbf", found[-1]) != NULL) &&
        (found[n] == '\0' || strchr ("\r\n", found[n])))
      return found - c->old;
  return -1;
}

static LpOp *
op_of (const Case *c, const Edit *edit)
{
  LpOp *op = lp_op_new (edit->kind);
  const gint32 swap[] = { 0, 1, 1, 0 };

  if (edit->row == NULL)
    {
      op->map = g_array_new (FALSE, FALSE, sizeof (gint32));
      g_array_append_vals (op->map, swap, 4);
      return op;
    }
  op->expected = g_bytes_new_static (edit->row, strlen (edit->row));
  op->offset = (guint64) offset_of (c, edit->row);
  op->class_after = edit->class_after;
  op->before[edit->number] = edit->kind == LP_OP_SET_NUMBERS ? -1 : 0;
  op->after[edit->number] = edit->kind == LP_OP_SET_NUMBERS ? edit->value : 0;
  op->decimals = edit->decimals;
  return op;
}

/* Every line's place. */
static GArray *
places_of (const Case *c)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (LpPlace));
  gsize at = strncmp (c->old, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

  while (c->old[at] != '\0')
    {
      LpPlace place = { .offset = at, .length = strcspn (c->old + at, "\r\n") };

      if (place.length > 0)
        g_array_append_val (places, place);
      at += place.length + (c->old[at + place.length] != '\0');
    }
  return places;
}

static gboolean
splice (const Case *c, GBytes *old, GArray *spans, GError **error)
{
  g_autoptr (GPtrArray) owned = g_ptr_array_new_with_free_func ((GDestroyNotify) lp_op_free);
  g_autoptr (GArray) ops = g_array_new (FALSE, FALSE, sizeof (LpPlanOp)), places = places_of (c);

  for (guint i = 0; i < c->n; i++)
    {
      LpPlanOp op = { op_of (c, &c->edits[i]), NULL };

      g_array_append_val (ops, op);
      g_ptr_array_add (owned, (gpointer) op.op);
    }
  return lp_splice_rows (spans, old, ops, places, "/set/labels/a.txt", error);
}

static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GBytes) old = g_bytes_new_static (c->old, strlen (c->old)), content = NULL;
  g_autoptr (GArray) spans = lp_spans_new ();
  g_autoptr (GError) error = NULL;
  gboolean ok = splice (c, old, spans, &error);

  g_assert_true (ok == (c->new != NULL));
  g_assert_true (ok == (error == NULL));
  if (!ok)
    return;
  content = lp_splice_finish (spans, old);
  g_assert_cmpmem (lp_splice_data (content, NULL), g_bytes_get_size (content), c->new, strlen (c->new));
}

/* Bytes that are not those that were read. */
static void
test_changed (void)
{
  static const Case cases_changed[] = { { "", "0 1\n", { CLASS ("0 1", 3) }, 1, NULL } };
  static const char *const now[] = { "0 2\n", "0 1 \n", " 0 1\n", "", "0", "0 1" };
  const gboolean fine[] = { FALSE, FALSE, FALSE, FALSE, FALSE, TRUE };

  for (guint i = 0; i < G_N_ELEMENTS (now); i++)
    {
      g_autoptr (GBytes) old = g_bytes_new_static (now[i], strlen (now[i]));
      g_autoptr (GArray) spans = lp_spans_new (), ops = g_array_new (FALSE, FALSE, sizeof (LpPlanOp));
      g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (LpPlace));
      g_autoptr (GError) error = NULL;
      LpPlanOp op = { op_of (&cases_changed[0], &cases_changed[0].edits[0]), NULL };

      g_array_append_val (ops, op);
      g_assert_cmpint (lp_splice_rows (spans, old, ops, places, "/a.txt", &error), ==, fine[i]);
      if (!fine[i])
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG);
      lp_op_free ((LpOp *) op.op);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/write/splice-rows/", cases[i].title, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/write/splice-rows/changed", test_changed);
  return g_test_run ();
}
