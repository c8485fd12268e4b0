/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "check/lp-check.h"

typedef struct
{
  LpRuleId rule;
  LpSeverity severity;
  guint32 image, row, file, line;
} Said;

#define E LP_SEVERITY_ERROR
#define W LP_SEVERITY_WARNING
#define NO LP_NONE

static LpFindings *
say (const Said *said, guint n)
{
  LpFindings *findings = g_new0 (LpFindings, 1);

  findings->findings = g_array_new (FALSE, FALSE, sizeof (LpFinding));
  findings->because = g_array_new (FALSE, FALSE, sizeof (LpBecause));
  for (guint i = 0; i < n; i++)
    {
      LpFinding finding = LP_FINDING_INIT;

      finding.rule = (guint16) said[i].rule;
      finding.severity = (guint8) said[i].severity;
      finding.image = said[i].image;
      finding.row = said[i].row;
      finding.layer = said[i].row != LP_NONE ? 0 : G_MAXUINT8;
      finding.file = said[i].file;
      finding.line = said[i].line;
      g_array_append_val (findings->findings, finding);
    }
  lp_check_say_once (findings);
  return findings;
}

static LpRuleId
rule_at (const LpFindings *findings, guint i)
{
  return g_array_index (findings->findings, LpFinding, i).rule;
}

static void
test_the_same_row (void)
{
  const Said said[] = {
    { LP_RULE_CLASS_ID_OUT_OF_RANGE, E, 3, 7, 1, 2 },
    { LP_RULE_BOX_EXTRA_IN_YOLO, W, 3, 7, 1, 2 },
    { LP_RULE_BOX_EXTRA_IN_YOLO, W, 3, 8, 1, 3 },
  };
  g_autoptr (LpFindings) findings = say (said, G_N_ELEMENTS (said));
  const LpBecause *because = (const LpBecause *) findings->because->data;

  g_assert_cmpuint (findings->findings->len, ==, 2);
  g_assert_cmpint (rule_at (findings, 0), ==, LP_RULE_CLASS_ID_OUT_OF_RANGE);
  g_assert_cmpint (rule_at (findings, 1), ==, LP_RULE_BOX_EXTRA_IN_YOLO);
  g_assert_cmpuint (findings->because->len, ==, 1);
  g_assert_cmpuint (because->finding, ==, 0);
  g_assert_cmpuint (because->silent.row, ==, 7);
}

static void
test_rows_under_their_image (void)
{
  const Said said[] = {
    { LP_RULE_LABEL_PIXEL_VALUES, E, 3, NO, 1, 0 },
    { LP_RULE_LABEL_OUT_OF_UNIT, E, 3, 7, 1, 2 },
    { LP_RULE_LABEL_OUT_OF_UNIT, E, 4, 9, 2, 2 },
  };
  g_autoptr (LpFindings) findings = say (said, G_N_ELEMENTS (said));

  g_assert_cmpuint (findings->findings->len, ==, 2);
  g_assert_cmpuint (g_array_index (findings->findings, LpFinding, 1).image, ==, 4);
}

/* Who explains and is explained himself passes it on. */
static void
test_chain (void)
{
  const Said said[] = {
    { LP_RULE_LABEL_PIXEL_VALUES, E, 3, NO, 1, 0 },
    { LP_RULE_LABEL_OUT_OF_UNIT, E, 3, 7, 1, 2 },
    { LP_RULE_BOX_OUTSIDE, E, 3, 7, 1, 2 },
    { LP_RULE_BOX_OUT_OF_FRAME, W, 3, 7, 1, 2 },
  };
  g_autoptr (LpFindings) findings = say (said, G_N_ELEMENTS (said));

  g_assert_cmpuint (findings->findings->len, ==, 1);
  g_assert_cmpuint (findings->because->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (g_array_index (findings->because, LpBecause, i).finding, ==, 0);
}

static void
test_never_silences_what_is_worse (void)
{
  const Said said[] = {
    { LP_RULE_BOX_OUT_OF_FRAME, W, 3, 7, 1, 2 },
    { LP_RULE_BOX_COORDINATE_DRIFT, E, 3, 7, 1, 2 },
  };
  g_autoptr (LpFindings) findings = say (said, G_N_ELEMENTS (said));

  g_assert_cmpuint (findings->findings->len, ==, 2);
}

/* All rows of a picture share one line of a manifest; that does not make them the same thing. */
static void
test_rows_of_one_line (void)
{
  const Said said[] = {
    { LP_RULE_BOX_OUTSIDE, E, 3, 7, 1, 12 },
    { LP_RULE_BOX_OUT_OF_FRAME, W, 3, 8, 1, 12 },
  };
  g_autoptr (LpFindings) findings = say (said, G_N_ELEMENTS (said));

  g_assert_cmpuint (findings->findings->len, ==, 2);
}

static void
test_the_same_image (void)
{
  const Said said[] = {
    { LP_RULE_IMAGE_EXIF_ROTATED, W, 2, NO, NO, 0 },        { LP_RULE_IMAGE_EXIF_ROTATED, W, 3, NO, NO, 0 },
    { LP_RULE_IMAGE_EXIF_FRAME_RAW, E, 3, NO, NO, 0 },      { LP_RULE_LABEL_MISSING, W, 4, NO, NO, 0 },
    { LP_RULE_DATASET_ORPHAN_LABEL, W, 4, NO, 9, 0 },       { LP_RULE_BOX_MISSING_IN_YOLO, E, 4, 20, 5, 12 },
    { LP_RULE_DATASET_DOT_TRUNCATED_STEM, E, 4, NO, 9, 0 },
  };
  g_autoptr (LpFindings) findings = say (said, G_N_ELEMENTS (said));
  const LpBecause *because = (const LpBecause *) findings->because->data;

  g_assert_cmpuint (findings->findings->len, ==, 3);
  g_assert_cmpint (rule_at (findings, 0), ==, LP_RULE_IMAGE_EXIF_ROTATED);
  g_assert_cmpint (rule_at (findings, 1), ==, LP_RULE_IMAGE_EXIF_FRAME_RAW);
  g_assert_cmpint (rule_at (findings, 2), ==, LP_RULE_DATASET_DOT_TRUNCATED_STEM);
  g_assert_cmpuint (findings->because->len, ==, 4);
  g_assert_cmpuint (because[0].finding, ==, 1);
  for (guint i = 1; i < 4; i++)
    g_assert_cmpuint (because[i].finding, ==, 2);
}

static void
test_nothing (void)
{
  g_autoptr (LpFindings) findings = say (NULL, 0);

  g_assert_cmpuint (findings->findings->len, ==, 0);
  g_assert_cmpuint (findings->because->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/said-once/row", test_the_same_row);
  g_test_add_func ("/said-once/rows-under-image", test_rows_under_their_image);
  g_test_add_func ("/said-once/chain", test_chain);
  g_test_add_func ("/said-once/severity", test_never_silences_what_is_worse);
  g_test_add_func ("/said-once/rows-of-one-line", test_rows_of_one_line);
  g_test_add_func ("/said-once/image", test_the_same_image);
  g_test_add_func ("/said-once/nothing", test_nothing);
  return g_test_run ();
}
