/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "../match/world.h"
#include "check/lp-family.h"

static void
test_numbers (void)
{
  static const struct
  {
    double value;
    const char *number, *pixels, *percent;
  } cases[] = {
    { 0, "0", "0", "0 %" },
    { 9, "9", "9.00", "9.0 %" },
    { 123456, "123456", "123456.00", "123456.0 %" },
    { -1, "-1", "-1.00", "-1.0 %" },
    { 1.2, "1.2", "1.20", "1.2 %" },
    { 29.0124, "29.01", "29.01", "29.0 %" },
    { 4.74, "4.74", "4.74", "4.7 %" },
    { 0.0384, "0.0384", "0.04", "0.04 %" },
    { 0.0005, "0.0005", "0.0005", "0.0005 %" },
    { NAN, "?", "?", "?" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *number = lp_say_number (cases[i].value), *pixels = lp_say_pixels (cases[i].value);
      g_autofree char *percent = lp_say_percent (cases[i].value);

      g_assert_cmpstr (number, ==, cases[i].number);
      g_assert_cmpstr (pixels, ==, cases[i].pixels);
      g_assert_cmpstr (percent, ==, cases[i].percent);
    }
}

/* What a rule says of a set in which nothing is known must still be a sentence. */
static void
test_total (void)
{
  static const char *const names[] = { "pen", NULL };
  World w;
  guint32 file;

  world_layers (&w, names, names);
  world_add_both (&w, world_add_image (&w, "/pictures/a.jpg", 0, 0, 1));
  world_add_pixels (&w, w.job, 0, 1, 2, 3, 4);
  world_add_fractions (&w, w.yolo, 0, 0.5, 0.5, 0.1, 0.1);
  file = lp_dataset_add_file (w.d, "/labels", "a.txt", NULL);
  for (guint i = 0; i < 2; i++)
    lp_layer_index (lp_dataset_layer (w.d, i), w.d->images->len);
  for (guint i = 1; i <= lp_rule_count (); i++)
    {
      LpFinding finding = LP_FINDING_INIT;
      g_autofree char *text = NULL;

      finding.rule = (guint16) i;
      finding.layer = (guint8) w.yolo;
      finding.image = finding.row = finding.other = 0;
      finding.file = file;
      finding.line = 1;
      text = lp_rule_say (w.d, &finding);
      g_test_message ("%s: %s", lp_rule_get (i)->id, text);
      g_assert_cmpuint (strlen (text), >, 8);
      g_assert_null (strchr (text, '{'));
      g_assert_null (strstr (text, "(null)"));
    }
  world_clear (&w);
}

static void
test_placeholders (void)
{
  LpFinding finding = LP_FINDING_INIT;
  g_autofree char *text = NULL;
  World w;

  world_init (&w);
  finding.rule = LP_RULE_LABEL_COLUMNS;
  finding.a = 4;
  finding.detail = lp_dataset_add_detail (w.d, "1 0.5 \x1b[31m 0.1", -1);
  text = lp_rule_say (w.d, &finding);
  g_assert_nonnull (strstr (text, "4 columns"));
  g_assert_nonnull (strstr (text, "“1 0.5 \\x1b[31m 0.1”"));
  world_clear (&w);
}

static void
test_edge (void)
{
  static const char *const names[] = { "pen", NULL };
  LpFinding finding = LP_FINDING_INIT;
  g_autofree char *text = NULL, *unknown = NULL;
  World w;

  world_init (&w);
  world_add_yolo (&w, names);
  world_add_entry (&w, w.yolo, world_add_image (&w, "/images/fork_3.jpg", 816, 612, 1), LP_STATE_EMPTY);
  world_add_fractions (&w, w.yolo, 0, 0.4706, 0.3178, 0.7574, 0.7304);
  finding.rule = LP_RULE_BOX_OUT_OF_FRAME;
  finding.layer = finding.image = finding.row = 0;
  finding.other = LP_SIDE_TOP;
  finding.a = 29.0088;
  finding.b = 4.74;
  text = lp_rule_say (w.d, &finding);
  g_assert_cmpstr (text, ==, "29.01 px beyond the top edge (4.7 % of the height); box 618 × 447");
  lp_dataset_image (w.d, 0)->width = 0;
  finding.a = NAN;
  unknown = lp_rule_say (w.d, &finding);
  g_assert_cmpstr (unknown, ==, "Beyond the top edge by 4.7 % of the height");
  world_clear (&w);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/say/numbers", test_numbers);
  g_test_add_func ("/say/total", test_total);
  g_test_add_func ("/say/placeholders", test_placeholders);
  g_test_add_func ("/say/edge", test_edge);
  return g_test_run ();
}
