/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "edit/lp-edit.h"

/* Verdicts made by hand: what the boxes show for each id, over a job's list of can, paper, fork. */

typedef struct
{
  LpDataset *d;
  LpMatch *match;
} Fixture;

static LpDictionary *
add_dict (LpDataset *d, LpDictOrigin origin, const char *title, const char *const *names, gboolean one_line)
{
  guint32 file = lp_dataset_add_file (d, "/set", title, NULL);
  LpDictionary *dict = lp_dataset_add_dictionary (d, origin, file, title);

  dict->style = origin == LP_DICT_NAMES ? LP_DICT_STYLE_LINES : LP_DICT_STYLE_LIST;
  dict->layer = origin == LP_DICT_JOB ? LP_NONE : 0;
  for (guint i = 0; names[i] != NULL; i++)
    lp_dictionary_add_name (d, dict, names[i], -1,
                            (LpPlace){ .offset = i, .length = 1, .line = one_line ? 4 : 4 + i });
  return dict;
}

/* A row of each of the ids, in a file each but for the last two, which share one. */
static void
add_rows (LpDataset *d, const gint32 *ids, guint n)
{
  LpLayer *layer = lp_dataset_add_layer (d, LP_LAYER_YOLO, "/set/data.yaml", NULL);
  guint32 file = LP_NONE;

  layer->dictionary = 1;
  d->subject = 0;
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.txt", i);
      LpRow row = { .class_id = ids[i] };
      LpPlace place = { .length = 1, .line = 1 };
      LpEntry entry = { .first_row = i, .n_rows = 1, .image = lp_dataset_add_image (d, "/set", name) };

      file = i + 1 < n || file == LP_NONE ? lp_dataset_add_file (d, "/set", name, NULL) : file;
      entry.file = file;
      g_array_append_val (layer->rows, row);
      g_array_append_val (layer->places, place);
      g_array_append_val (layer->entries, entry);
    }
  lp_layer_index (layer, d->images->len);
}

static void
shows (Fixture *f, gint32 id, const char *name)
{
  const LpDictionary *job = lp_dataset_dict (f->d, 0);
  LpVerdictClass class = { .id = id, .name = name, .support = name != NULL ? 5 : 0, .agree = name != NULL ? 5 : 0 };

  class.reference = name != NULL ? lp_dictionary_index (job, name) : -1;
  g_array_append_val (f->match->classes, class);
}

static const char *const job_names[] = { "can", "paper", "fork", NULL };

/* Rows of the ids 0, 1, 2, 9; `own` is the data.yaml's list. */
static void
set_up_with (Fixture *f, const char *const *own)
{
  const gint32 ids[] = { 0, 1, 2, 9, 2 };

  f->d = lp_dataset_new ();
  add_dict (f->d, LP_DICT_JOB, "data.json", job_names, TRUE);
  if (own != NULL)
    add_dict (f->d, LP_DICT_YAML, "data.yaml", own, FALSE);
  add_rows (f->d, ids, G_N_ELEMENTS (ids));
  if (own == NULL)
    lp_dataset_layer (f->d, 0)->dictionary = LP_NONE;
  f->match = lp_match_new (0, 1);
  f->match->kind = LP_VERDICT_SORTED;
  f->match->reference = 0;
}

static void
tear_down (Fixture *f)
{
  lp_match_free (f->match);
  lp_dataset_free (f->d);
}

static void
assert_names (const LpOp *op, const char *const *names)
{
  g_assert_cmpint (op->kind, ==, LP_OP_SET_NAMES);
  for (guint i = 0; i < op->names_after->len; i++)
    g_assert_cmpstr (op->names_after->pdata[i], ==, names[i]);
  g_assert_null (names[op->names_after->len]);
}

static void
assert_map (const LpOp *op, const gint32 *map, guint n)
{
  g_assert_cmpint (op->kind, ==, LP_OP_RENUMBER);
  g_assert_cmpmem (op->map->data, op->map->len * sizeof (gint32), map, n * sizeof (gint32));
}

/* Case A: the ids are the job's, data.yaml is alphabetical. */
static void
test_case_a (void)
{
  static const char *const own[] = { "can", "fork", "paper", NULL };
  const gint32 map[] = { 1, 2, 2, 1 };
  Fixture f;
  g_autoptr (LpStep) names = NULL, rows = NULL;
  g_autoptr (GError) error = NULL;
  guint n_files, n_lines;

  set_up_with (&f, own);
  f.match->repair_case = LP_CASE_A;
  shows (&f, 0, "can");
  shows (&f, 1, "paper");
  shows (&f, 2, "fork");
  shows (&f, 9, NULL);
  names = lp_edit_order_names (f.d, f.match, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (names->ops->len, ==, 1);
  g_assert_cmpstr (names->rule, ==, "order/sorted");
  g_assert_nonnull (strstr (names->sentence, "data.yaml"));
  assert_names (names->ops->pdata[0], job_names);
  lp_edit_order_price (f.d, f.match, FALSE, &n_files, &n_lines);
  g_assert_cmpuint (n_files, ==, 1);
  g_assert_cmpuint (n_lines, ==, 2);
  rows = lp_edit_order_rows (f.d, f.match, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->ops->len, ==, 1);
  assert_map (rows->ops->pdata[0], map, 4);
  lp_edit_order_price (f.d, f.match, TRUE, &n_files, &n_lines);
  g_assert_cmpuint (n_files, ==, 3); /* the last row's file has an id 9 beside */
  g_assert_cmpuint (n_lines, ==, 3);
  tear_down (&f);
}

/* All names files together, each with what it has beyond the job's list; nc follows. */
static void
test_several_files (void)
{
  static const char *const own[] = { "fork", "can", "paper", "spoon", NULL }, *const wanted[] = { "can", "paper",
                                                                                                  "fork", "spoon",
                                                                                                  NULL };
  static const char *const lines[] = { "can", "paper", NULL };
  Fixture f;
  g_autoptr (LpStep) names = NULL;
  g_autoptr (GError) error = NULL;
  LpDictionary *dict;
  guint n_files, n_lines;

  set_up_with (&f, own);
  f.match->repair_case = LP_CASE_A;
  shows (&f, 0, "can");
  dict = add_dict (f.d, LP_DICT_NAMES, "classes.txt", lines, FALSE);
  dict->declared = 2;
  names = lp_edit_order_names (f.d, f.match, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (names->ops->len, ==, 3);
  assert_names (names->ops->pdata[0], wanted);
  assert_names (names->ops->pdata[1], job_names);
  g_assert_cmpint (((LpOp *) names->ops->pdata[2])->kind, ==, LP_OP_SET_COUNT);
  lp_edit_order_price (f.d, f.match, FALSE, &n_files, &n_lines);
  g_assert_cmpuint (n_files, ==, 2);
  g_assert_cmpuint (n_lines, ==, 3 + 1 + 1);
  tear_down (&f);
}

/* Case B: data.yaml is the job's, the ids are not. */
static void
test_case_b (void)
{
  const gint32 map[] = { 0, 1, 1, 2, 2, 0 };
  Fixture f;
  g_autoptr (LpStep) rows = NULL;
  g_autoptr (GError) error = NULL;

  set_up_with (&f, job_names);
  f.match->repair_case = LP_CASE_B;
  shows (&f, 0, "paper");
  shows (&f, 1, "fork");
  shows (&f, 2, "can");
  rows = lp_edit_order_rows (f.d, f.match, &error);
  g_assert_no_error (error);
  assert_map (rows->ops->pdata[0], map, 6);
  g_assert_null (lp_edit_order_names (f.d, f.match, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  tear_down (&f);
}

/* Case C: ids and names agree with each other: both become the job's, or nothing. */
static void
test_case_c (void)
{
  static const char *const own[] = { "fork", "can", "paper", NULL };
  const gint32 map[] = { 0, 2, 1, 0, 2, 1 };
  Fixture f;
  g_autoptr (LpStep) rows = NULL;
  g_autoptr (GError) error = NULL;

  set_up_with (&f, own);
  f.match->kind = LP_VERDICT_DIFFERS_FROM_JOB;
  f.match->repair_case = LP_CASE_C;
  shows (&f, 0, "fork");
  shows (&f, 1, "can");
  shows (&f, 2, "paper");
  rows = lp_edit_order_rows (f.d, f.match, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->ops->len, ==, 2);
  assert_map (rows->ops->pdata[0], map, 6);
  assert_names (rows->ops->pdata[1], job_names);
  g_assert_null (lp_edit_order_names (f.d, f.match, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  tear_down (&f);
}

/* Without names in the set the ids become the job's. */
static void
test_without_names (void)
{
  const gint32 map[] = { 0, 1, 1, 0 };
  Fixture f;
  g_autoptr (LpStep) rows = NULL;
  g_autoptr (GError) error = NULL;

  set_up_with (&f, NULL);
  f.match->without_dictionary = TRUE;
  shows (&f, 0, "paper");
  shows (&f, 1, "can");
  shows (&f, 2, "fork");
  rows = lp_edit_order_rows (f.d, f.match, &error);
  g_assert_no_error (error);
  assert_map (rows->ops->pdata[0], map, 4);
  g_assert_null (lp_edit_order_names (f.d, f.match, NULL));
  tear_down (&f);
}

static void
assert_refused (Fixture *f, gboolean rows, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LpStep) step =
               rows ? lp_edit_order_rows (f->d, f->match, &error) : lp_edit_order_names (f->d, f->match, &error);
  guint n_files = 7, n_lines = 7;

  g_assert_null (step);
  g_assert_error (error, G_IO_ERROR, code);
  lp_edit_order_price (f->d, f->match, rows, &n_files, &n_lines);
  g_assert_cmpuint (n_files + n_lines, ==, 0);
}

static void
test_refused (void)
{
  static const char *const own[] = { "can", "fork", "paper", NULL }, *const short_own[] = { "paper", "can", NULL };
  Fixture f;

  /* Two ids show one name. */
  set_up_with (&f, own);
  shows (&f, 0, "can");
  shows (&f, 1, "can");
  assert_refused (&f, TRUE, G_IO_ERROR_INVALID_ARGUMENT);
  tear_down (&f);
  /* An id that no box shows stands where another wants to go. */
  set_up_with (&f, own);
  shows (&f, 0, "paper");
  shows (&f, 2, NULL);
  assert_refused (&f, TRUE, G_IO_ERROR_INVALID_ARGUMENT);
  tear_down (&f);
  /* The name is not in the list. */
  set_up_with (&f, short_own);
  shows (&f, 2, "fork");
  assert_refused (&f, TRUE, G_IO_ERROR_INVALID_ARGUMENT);
  tear_down (&f);
  /* Nothing to change. */
  set_up_with (&f, job_names);
  shows (&f, 0, "can");
  assert_refused (&f, TRUE, G_IO_ERROR_EXISTS);
  assert_refused (&f, FALSE, G_IO_ERROR_EXISTS);
  /* Nobody knows. */
  f.match->kind = LP_VERDICT_UNVERIFIABLE;
  assert_refused (&f, TRUE, G_IO_ERROR_INVALID_ARGUMENT);
  assert_refused (&f, FALSE, G_IO_ERROR_INVALID_ARGUMENT);
  /* The job's list has a hole. */
  f.match->kind = LP_VERDICT_SORTED;
  lp_dataset_dict (f.d, 0)->names->pdata[1] = NULL;
  assert_refused (&f, FALSE, G_IO_ERROR_INVALID_ARGUMENT);
  tear_down (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/edit/order/case-a", test_case_a);
  g_test_add_func ("/edit/order/several-files", test_several_files);
  g_test_add_func ("/edit/order/case-b", test_case_b);
  g_test_add_func ("/edit/order/case-c", test_case_c);
  g_test_add_func ("/edit/order/without-names", test_without_names);
  g_test_add_func ("/edit/order/refused", test_refused);
  return g_test_run ();
}
