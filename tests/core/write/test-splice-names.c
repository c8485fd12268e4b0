/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "write/lp-splice.h"

#include "../edit/temp-tree.h"

/* What the file becomes is written here by hand; that the wanted names come out is said by Python's yaml. */

typedef struct
{
  const char *title, *old;
  const char *before[8], *after[8]; /* "-" is a hole */
  const char *new;                  /* NULL: must be refused */
  gint32 count_before, count_after; /* both 0: no SET_COUNT */
} Case;

static const Case yaml_cases[] = {
  { "map",
    "train: images/train\nnames:\n  0: apple\n  1: banana\n  2: can\n",
    { "apple", "banana", "can" },
    { "can", "apple", "banana" },
    "train: images/train\nnames:\n  0: can\n  1: apple\n  2: banana\n" },
  { "list, comments and quotes stay with their place and name",
    "names: # seven\n- 'no'   # first\n- \"a: b\"\n- can # third\nnc: 3\n",
    { "no", "a: b", "can" },
    { "can", "no", "a: b" },
    "names: # seven\n- can   # first\n- 'no'\n- \"a: b\" # third\nnc: 3\n" },
  { "flow list",
    "nc: 3\nnames: [a, 'b c', c] # all\n",
    { "a", "b c", "c" },
    { "c", "a", "b c" },
    "nc: 3\nnames: [c, a, 'b c'] # all\n" },
  { "flow list over lines",
    "names: [\n  a,\n  bb,\n  c\n]\nnc: 3\n",
    { "a", "bb", "c" },
    { "bb", "c", "a" },
    "names: [\n  bb,\n  c,\n  a\n]\nnc: 3\n" },
  { "flow map", "names: {0: a, 1: b}\n", { "a", "b" }, { "b", "a" }, "names: {0: b, 1: a}\n" },
  { "map out of order", "names:\n  1: b\n  0: a\n", { "a", "b" }, { "b", "a" }, "names:\n  1: a\n  0: b\n" },
  { "bom and crlf",
    "\xef\xbb\xbfnames:\r\n- a\r\n- b\r\n",
    { "a", "b" },
    { "b", "a" },
    "\xef\xbb\xbfnames:\r\n- b\r\n- a\r\n" },
  { "japanese",
    "符号: 一\nnames:\n  0: りんご\n  1: \"みかん\"\n",
    { "りんご", "みかん" },
    { "みかん", "りんご" },
    "符号: 一\nnames:\n  0: \"みかん\"\n  1: りんご\n" },
  { "a new name is quoted",
    "names:\n  0: a\n  1: b\n",
    { "a", "b" },
    { "a", "no \"way\" \\ は" },
    "names:\n  0: a\n  1: \"no \\\"way\\\" \\\\ は\"\n" },
  { "a new name with control characters", "names: [a]\n", { "a" }, { "x\x1b\ty" }, "names: [\"x\\x1b\\x09y\"]\n" },
  { "list grows",
    "names:\n  - a\n  - b # last\nnc: 2\n",
    { "a", "b" },
    { "b", "a", "c", "d" },
    "names:\n  - b\n  - a # last\n  - \"c\"\n  - \"d\"\nnc: 2\n" },
  { "list grows at the end of the file",
    "names:\n- a\n- b",
    { "a", "b" },
    { "b", "a", "c" },
    "names:\n- b\n- a\n- \"c\"" },
  { "map grows, crlf",
    "names:\r\n  0: a\r\n  1: b\r\n",
    { "a", "b" },
    { "b", "a", "c" },
    "names:\r\n  0: b\r\n  1: a\r\n  2: \"c\"\r\n" },
  { "map with quoted keys grows",
    "names:\n  '0': a\nval: x\n",
    { "a" },
    { "b", "a" },
    "names:\n  '0': \"b\"\n  '1': a\nval: x\n" },
  { "flow list grows", "names: ['a', 'b']\n", { "a", "b" }, { "b", "a", "c" }, "names: ['b', 'a', \"c\"]\n" },
  { "flow map grows", "names: {0: a, 1: b}\n", { "a", "b" }, { "b", "a", "c" }, "names: {0: b, 1: a, 2: \"c\"}\n" },
  { "list shrinks",
    "names:\n- a\n- b\n- c\nval: x\n",
    { "a", "b", "c" },
    { "c", "a" },
    "names:\n- c\n- a\nval: x\n" },
  { "flow list shrinks", "names: [a, b, c]\n", { "a", "b", "c" }, { "b", "a" }, "names: [b, a]\n" },
  { "a hole is filled",
    "names:\n  0: a\n  2: c\n",
    { "a", "-", "c" },
    { "a", "b", "c" },
    "names:\n  0: a\n  2: c\n  1: \"b\"\n" },
  { "with the count",
    "nc: 2\nnames: [a, b]\n",
    { "a", "b" },
    { "b", "a", "c" },
    "nc: 3\nnames: [b, a, \"c\"]\n",
    2,
    3 },
  { "only the count", "names: [a, b]\nnc:  7 # nine\n", { NULL }, { NULL }, "names: [a, b]\nnc:  2 # nine\n", 7, 2 },
  { "a tag moves with its name",
    "names:\n- !!str yes\n- b\n",
    { "yes", "b" },
    { "b", "yes" },
    "names:\n- b\n- !!str yes\n" },
  { "the same name twice", "names: [a, a, b]\n", { "a", "a", "b" }, { "b", "a", "a" }, "names: [b, a, a]\n" },
  { "nothing changes", "names: [a, b]\n", { "a", "b" }, { "a", "b" }, "names: [a, b]\n" },
  { "a key twice is refused", "names:\n  0: a\n  0: b\n", { "b" }, { "c" }, NULL },
  { "block scalars are refused or right", "names:\n- |\n  a\n- b\n", { "a\n", "b" }, { "b", "a\n" }, NULL },
  { "a hole in a list is refused", "names: [a, b]\n", { "a", "b" }, { "-", "b" }, NULL },
  { "not utf-8 is refused", "names: [a, b]\n", { "a", "b" }, { "a", "\xff" }, NULL },
  { "changed meanwhile", "names: [x, b]\n", { "a", "b" }, { "b", "a" }, NULL },
  { "no names", "nc: 4\n", { "a" }, { "b" }, NULL },
};

static const Case line_cases[] = {
  { "everyday",
    "can\npaper\nfork\nscissors \nbanana\napple\n",
    { "can", "paper", "fork", "scissors ", "banana", "apple" },
    { "can", "paper", "fork", "scissors", "banana", "apple", "orange" },
    "can\npaper\nfork\nscissors\nbanana\napple\norange\n" },
  { "no final newline", "a\nb", { "a", "b" }, { "b", "a", "c" }, "b\na\nc" },
  { "crlf", "a\r\nb\r\n", { "a", "b" }, { "b", "a", "c" }, "b\r\na\r\nc\r\n" },
  { "crlf without the last", "a\r\nb", { "a", "b" }, { "b", "a", "c" }, "b\r\na\r\nc" },
  { "bom",
    "\xef\xbb\xbf"
    "a\nb\n",
    { "a", "b" },
    { "b", "a" },
    "\xef\xbb\xbf"
    "b\na\n" },
  { "blank lines at the end stay", "a\nb\n\n\n", { "a", "b" }, { "b", "a", "c" }, "b\na\nc\n\n\n" },
  { "a blank line between", "a\n\nb\n", { "a", "", "b" }, { "a", "x", "b" }, "a\nx\nb\n" },
  { "shrinks", "a\nb\nc\n", { "a", "b", "c" }, { "c" }, "c\n" },
  { "from nothing", "", { NULL }, { "a", "b" }, "a\nb\n" },
  { "not utf-8", "\xff\nb\n", { "\xff", "b" }, { "b", "\xff" }, "b\n\xff\n" },
  { "a newline in a name is refused", "a\n", { "a" }, { "a\nb" }, NULL },
  { "changed meanwhile", "x\n", { "a" }, { "b" }, NULL },
};

static GPtrArray *
list_of (const char *const *names)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < 8 && names[i] != NULL; i++)
    g_ptr_array_add (list, strcmp (names[i], "-") == 0 ? NULL : g_strdup (names[i]));
  return list;
}

static GArray *
ops_of (const Case *c, LpStep *step)
{
  GArray *ops = g_array_new (FALSE, FALSE, sizeof (LpPlanOp));

  if (c->after[0] != NULL)
    {
      LpOp *op = lp_op_new (LP_OP_SET_NAMES);

      op->names_before = list_of (c->before);
      op->names_after = list_of (c->after);
      g_ptr_array_add (step->ops, op);
    }
  if (c->count_after != 0)
    {
      LpOp *op = lp_op_new (LP_OP_SET_COUNT);

      op->class_before = c->count_before;
      op->class_after = c->count_after;
      g_ptr_array_add (step->ops, op);
    }
  for (guint i = 0; i < step->ops->len; i++)
    {
      LpPlanOp op = { step->ops->pdata[i], step };

      g_array_append_val (ops, op);
    }
  return ops;
}

static GBytes *
run_case (const Case *c, LpDictOrigin origin)
{
  g_autoptr (GBytes) old = g_bytes_new_static (c->old, strlen (c->old));
  g_autoptr (LpStep) step = lp_step_new ("", NULL);
  g_autoptr (GArray) ops = ops_of (c, step);
  g_autoptr (GArray) spans = lp_spans_new ();
  g_autoptr (GError) error = NULL;
  gboolean ok = lp_splice_names (spans, old, ops, origin, "/set/names", &error);
  GBytes *content;

  if (c->new == NULL)
    {
      g_assert_false (ok);
      g_assert_nonnull (error);
      return NULL;
    }
  g_assert_no_error (error);
  g_assert_true (ok);
  content = lp_splice_finish (spans, old);
  if (g_bytes_get_size (content) != strlen (c->new) ||
      memcmp (lp_splice_data (content, NULL), c->new, strlen (c->new)) != 0)
    g_error ("wanted:\n%s\ngot:\n%.*s", c->new, (int) g_bytes_get_size (content), lp_splice_data (content, NULL));
  return content;
}

static void
test_lines (gconstpointer data)
{
  g_bytes_unref (run_case (data, LP_DICT_NAMES));
}

/* What Python reads must be the wanted names, which it is given with a zero byte between them. */
static void
ask_python (TempTree *t, const Case *c)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < 8 && c->after[i] != NULL; i++)
    g_string_append_len (names, c->after[i], (gssize) strlen (c->after[i]) + 1);
  tree_write (t, "wanted", names->str, (gssize) names->len);
  g_free (tree_shell (t, "python3 -c 'import yaml\n"
                         "n = yaml.load(open(\"data.yaml\", encoding=\"utf-8-sig\", newline=\"\"), "
                         "yaml.BaseLoader)[\"names\"]\n"
                         "n = n if isinstance(n, list) else [n[k] for k in sorted(n, key=int)]\n"
                         "w = open(\"wanted\", \"rb\").read().decode().split(chr(0))[:-1]\n"
                         "assert n == w, (n, w)'"));
}

static void
test_yaml (TempTree *t, gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GBytes) content = run_case (c, LP_DICT_YAML);

  if (content == NULL || c->after[0] == NULL)
    return;
  tree_write (t, "data.yaml", lp_splice_data (content, NULL), (gssize) g_bytes_get_size (content));
  ask_python (t, c);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (yaml_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/write/splice-names/yaml/", yaml_cases[i].title, NULL);

      g_test_add (path, TempTree, &yaml_cases[i], tree_set_up, test_yaml, tree_tear_down);
    }
  for (guint i = 0; i < G_N_ELEMENTS (line_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/write/splice-names/lines/", line_cases[i].title, NULL);

      g_test_add_data_func (path, &line_cases[i], test_lines);
    }
  return g_test_run ();
}
