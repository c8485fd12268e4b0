/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "write/lp-export-obstacles.h"

/* Which findings stop an export. */

typedef struct
{
  LpRuleId rule;
  LpSeverity severity;
  guint8 layer;
  guint32 image, row;
  gboolean stops, stops_with_order, carried;
} Case;

#define NO_LAYER G_MAXUINT8

static const Case cases[] = {
  { LP_RULE_BOX_OUT_OF_FRAME, LP_SEVERITY_ERROR, 0, 0, 0, TRUE, TRUE, TRUE },
  { LP_RULE_BOX_OUT_OF_FRAME, LP_SEVERITY_WARNING, 0, 0, 0, FALSE, FALSE, FALSE },
  /* Of a witness, of a label file without a picture, of nothing in particular. */
  { LP_RULE_BOX_OUT_OF_FRAME, LP_SEVERITY_ERROR, 1, 0, 0, FALSE, FALSE, FALSE },
  { LP_RULE_BOX_OUT_OF_FRAME, LP_SEVERITY_ERROR, 0, 1, 0, FALSE, FALSE, FALSE },
  { LP_RULE_DATASET_EMPTY_SPLIT, LP_SEVERITY_ERROR, NO_LAYER, LP_NONE, LP_NONE, FALSE, FALSE, FALSE },
  /* Of a row that is left out. */
  { LP_RULE_CLASS_ID_OUT_OF_RANGE, LP_SEVERITY_ERROR, 0, 0, 1, TRUE, TRUE, FALSE },
  { LP_RULE_ORDER_SORTED, LP_SEVERITY_ERROR, 0, LP_NONE, LP_NONE, TRUE, FALSE, TRUE },
  { LP_RULE_ORDER_INCONSISTENT, LP_SEVERITY_ERROR, 0, LP_NONE, LP_NONE, TRUE, TRUE, TRUE },
  { LP_RULE_CLASS_DUPLICATE_NAME, LP_SEVERITY_ERROR, NO_LAYER, LP_NONE, LP_NONE, TRUE, FALSE, TRUE },
  { LP_RULE_CLASS_COUNT_MISMATCH, LP_SEVERITY_ERROR, NO_LAYER, LP_NONE, LP_NONE, FALSE, FALSE, FALSE },
  { LP_RULE_DATASET_DOT_TRUNCATED_STEM, LP_SEVERITY_ERROR, 0, 0, LP_NONE, FALSE, FALSE, FALSE },
  { LP_RULE_LABEL_BOM, LP_SEVERITY_ERROR, 0, 0, LP_NONE, FALSE, FALSE, FALSE },
  { LP_RULE_IMAGE_EXIF_FRAME_RAW, LP_SEVERITY_ERROR, 0, 0, LP_NONE, TRUE, TRUE, TRUE },
};

/* Two images, the second of which is none; two rows, the second of a class without a name. */
static LpDataset *
small_set (void)
{
  LpDataset *d = lp_dataset_new ();
  LpLayer *layer = lp_dataset_add_layer (d, LP_LAYER_YOLO, "/set", NULL);
  guint32 file = lp_dataset_add_file (d, "/set", "a.txt", NULL);
  LpDictionary *dict = lp_dataset_add_dictionary (d, LP_DICT_YAML, file, "data.yaml");

  d->root = g_strdup ("/set");
  d->subject = 0;
  layer->dictionary = 0;
  lp_dictionary_add_name (d, dict, "can", -1, (LpPlace){ .line = 1 });
  for (guint i = 0; i < 2; i++)
    {
      LpRow row = { .class_id = (gint32) i * 9, .v = { 0.5, 0.5, 0.1, 0.1 } };
      LpPlace place = { .line = i + 1 };
      LpEntry entry = { .image = lp_dataset_add_image (d, "/set", i == 0 ? "a.jpg" : "b.txt"),
                        .first_row = i,
                        .n_rows = 1 };

      entry.file = file;
      g_array_append_val (layer->rows, row);
      g_array_append_val (layer->places, place);
      g_array_append_val (layer->entries, entry);
    }
  lp_dataset_image (d, 1)->flags = LP_IMAGE_ORPHAN;
  lp_layer_index (layer, 2);
  return d;
}

static guint
n_obstacles (const LpDataset *d, const LpFindings *findings, gboolean order, gboolean carrying)
{
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);
  LpExportClasses *classes = lp_export_classes_new (d, NULL, sentences);

  lp_export_obstacles (d, findings, classes, order, carrying, sentences);
  lp_export_classes_free (classes);
  for (guint i = 0; i < sentences->len; i++)
    g_assert_cmpstr (sentences->pdata[i], !=, "");
  return sentences->len;
}

static LpFindings *
findings_of (const LpFinding *finding, guint n)
{
  LpFindings *findings = g_new0 (LpFindings, 1);

  findings->findings = g_array_new (FALSE, FALSE, sizeof (LpFinding));
  findings->because = g_array_new (FALSE, FALSE, sizeof (LpBecause));
  for (guint i = 0; i < n; i++)
    g_array_append_vals (findings->findings, finding, 1);
  return findings;
}

static LpFinding
finding_of (const Case *c)
{
  LpFinding finding = LP_FINDING_INIT;

  finding.rule = (guint16) c->rule;
  finding.severity = (guint8) c->severity;
  finding.layer = c->layer;
  finding.image = c->image;
  finding.row = c->row;
  return finding;
}

/* Twice, so that it is counted and not said: the sentence of each rule is another's test. */
static void
test_cases (void)
{
  g_autoptr (LpDataset) d = small_set ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LpFinding finding = finding_of (&cases[i]);
      g_autoptr (LpFindings) findings = findings_of (&finding, 2);

      g_test_message ("%s", lp_rule_get (cases[i].rule)->id);
      g_assert_cmpuint (n_obstacles (d, findings, FALSE, FALSE), ==, cases[i].stops);
      g_assert_cmpuint (n_obstacles (d, findings, TRUE, FALSE), ==, cases[i].stops_with_order);
      g_assert_cmpuint (n_obstacles (d, findings, FALSE, TRUE), ==, cases[i].carried);
    }
}

static void
test_one_says_where (void)
{
  g_autoptr (LpDataset) d = small_set ();
  LpFinding finding = finding_of (&cases[5]);
  g_autoptr (LpFindings) findings = NULL;
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);
  LpExportClasses *classes = lp_export_classes_new (d, NULL, sentences);

  finding.file = 0;
  finding.line = 2;
  findings = findings_of (&finding, 1);
  lp_export_obstacles (d, findings, classes, FALSE, FALSE, sentences);
  lp_export_classes_free (classes);
  g_assert_cmpuint (sentences->len, ==, 1);
  g_assert_true (g_str_has_prefix (sentences->pdata[0], "a.txt:2: "));
}

static void
test_negatives (void)
{
  g_autoptr (LpDataset) d = small_set ();
  const Case negative = { LP_RULE_LABEL_MISSING_FOR_NEGATIVE, LP_SEVERITY_WARNING, 0, 1, LP_NONE, 0, 0, 0 };
  LpFinding finding = finding_of (&negative);
  g_autoptr (LpFindings) findings = findings_of (&finding, 1);
  g_autoptr (GHashTable) negatives = lp_export_negatives (d, findings);

  g_assert_true (g_hash_table_contains (negatives, GUINT_TO_POINTER (1)));
  g_assert_false (g_hash_table_contains (negatives, GUINT_TO_POINTER (0)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/write/export-obstacles/cases", test_cases);
  g_test_add_func ("/write/export-obstacles/one-says-where", test_one_says_where);
  g_test_add_func ("/write/export-obstacles/negatives", test_negatives);
  return g_test_run ();
}
