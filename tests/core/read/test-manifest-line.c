/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "read/lp-manifest-line.h"

static LpManifestLine *
parse (const char *text)
{
  LpManifestLine *line = lp_manifest_line_new ();

  lp_manifest_line_parse (line, text, strlen (text));
  return line;
}

static void
check_text (const LpManifestText *text, const char *wanted)
{
  g_assert_cmpmem (text->text, text->length, wanted, strlen (wanted));
}

static const LpManifestValue *
value (const LpManifestLine *line, guint i)
{
  g_assert_cmpuint (i, <, line->values->len);
  return &g_array_index (line->values, LpManifestValue, i);
}

static void
test_record (void)
{
  const char *text =
    "{\"source-ref\":\"s3:\\/\\/b/a.jpg\",\"n\":7,\"j\":{\"image_size\":[{\"width\":6.4e2,\"height\":480}],"
    "\"annotations\":[{\"class_id\":2,\"left\":1,\"top\":2.25,\"width\":3,\"height\":4}]},"
    "\"j-metadata\":{\"class-map\":{\"2\":\"p\\u0065n\"},\"type\":\"groundtruth/object-detection\","
    "\"creation-date\":\"2020-01-01\"},\"-metadata\":{}}";
  g_autoptr (LpManifestLine) line = parse (text);
  const LpManifestText key = { "j", 1 }, other = { "n", 1 };
  const LpManifestMeta *meta = lp_manifest_line_meta (line, &key);
  const LpManifestClass *class = &g_array_index (line->classes, LpManifestClass, 0);
  const LpManifestPlace *place = &g_array_index (line->places, LpManifestPlace, 0);

  g_assert_cmpint (line->problem, ==, LP_JSON_FINE);
  g_assert_true (line->is_object && !line->has_source);
  check_text (&line->source_ref, "s3://b/a.jpg");
  g_assert_cmpuint (line->values->len, ==, 3);
  g_assert_false (value (line, 0)->is_object);
  check_text (&value (line, 1)->key, "j");
  g_assert_true (value (line, 1)->looks_like_boxes && value (line, 1)->has_annotations);
  g_assert_cmpuint (value (line, 1)->width, ==, 640);
  g_assert_cmpuint (value (line, 1)->height, ==, 480);
  g_assert_cmpuint (value (line, 1)->n_rows, ==, 1);
  g_assert_cmpint (text[value (line, 1)->key_start], ==, '"');
  g_assert_cmpint (text[place->start], ==, '{');
  g_assert_cmpint (text[place->end - 1], ==, '}');
  g_assert_false (place->bad_schema);
  g_assert_cmpuint (g_array_index (line->rows, LpRow, 0).decimals, ==, 2);
  g_assert_nonnull (meta);
  g_assert_null (lp_manifest_line_meta (line, &other));
  g_assert_true (meta->of_boxes && meta->of_ground_truth && !meta->adjusted && !meta->class_map_bad);
  check_text (&meta->created, "2020-01-01");
  g_assert_cmpuint (meta->n_classes, ==, 1);
  g_assert_cmpint (class->id, ==, 2);
  check_text (&class->name, "pen");
  g_assert_cmpmem (text + class->start, class->end - class->start, "\"p\\u0065n\"", 10);
}

/* What stood before the problem is there. The record of the line before is gone. */
static void
test_used_again (void)
{
  g_autoptr (LpManifestLine) line = parse ("{\"source\":\"x\",\"j\":{\"annotations\":[7]},\"j-metadata\":{}}");

  g_assert_true (line->has_source);
  g_assert_cmpint (g_array_index (line->rows, LpRow, 0).kind, ==, LP_ROW_UNREAD);
  lp_manifest_line_parse (line, "{\"source-ref\":\"a\", \"b\":]", 24);
  g_assert_cmpint (line->problem, ==, LP_JSON_NO_VALUE);
  g_assert_cmpuint (line->problem_at, ==, 23);
  check_text (&line->source_ref, "a");
  g_assert_false (line->has_source);
  g_assert_cmpuint (line->values->len + line->metas->len + line->rows->len + line->places->len, ==, 0);
  lp_manifest_line_parse (line, "[]", 2);
  g_assert_false (line->is_object);
  g_assert_null (line->source_ref.text);
}

/* The first of a list is the model for what follows, of this line and the next ones; what is otherwise is read all
 * the same. */
static void
test_alike (void)
{
  static const char *const lines[] = {
    "{\"j\":{\"annotations\":[{\"left\":1,\"top\":2,\"width\":3,\"height\":4,\"class_id\":5},"
    "{\"left\":10,\"top\":20,\"width\":30,\"height\":4.25,\"class_id\":6},"
    "{\"top\":8,\"left\":7,\"width\":9,\"height\":1,\"class_id\":0},"
    "{\"left\":1,\"top\":2,\"width\":3,\"height\":4,\"class_id\":1.5},"
    "{\"left\":1,\"top\":2,\"width\":3,\"class_id\":3}]}}",
    "{\"j\":{\"annotations\":[{\"top\":8,\"left\":7,\"width\":9,\"height\":1,\"class_id\":0},"
    "{\"top\":2,\"left\":1,\"width\":3,\"height\":4,\"class_id\":2}]}}",
  };
  static const LpRow rows[] = {
    { .v = { 1, 2, 3, 4 }, .class_id = 5 },
    { .v = { 10, 20, 30, 4.25 }, .class_id = 6, .decimals = 2 },
    { .v = { 7, 8, 9, 1 }, .class_id = 0 },
    { .v = { 1, 2, 3, 4 }, .class_id = LP_CLASS_NONE, .flags = LP_ROW_BAD_CLASS },
    { .kind = LP_ROW_UNREAD, .class_id = 3 },
    { .v = { 7, 8, 9, 1 }, .class_id = 0 },
    { .v = { 1, 2, 3, 4 }, .class_id = 2 },
  };
  g_autoptr (LpManifestLine) line = lp_manifest_line_new ();
  guint n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      lp_manifest_line_parse (line, lines[i], strlen (lines[i]));
      g_assert_cmpint (line->problem, ==, LP_JSON_FINE);
      g_assert_cmpuint (value (line, 0)->n_rows, ==, i == 0 ? 5 : 2);
      g_assert_cmpuint (line->rows->len, ==, value (line, 0)->n_rows);
      for (guint j = 0; j < line->rows->len; j++, n++)
        {
          const LpManifestPlace *place = &g_array_index (line->places, LpManifestPlace, j);

          g_assert_cmpmem (&g_array_index (line->rows, LpRow, j), sizeof (LpRow), &rows[n], sizeof (LpRow));
          g_assert_true (lines[i][place->start] == '{' && lines[i][place->end - 1] == '}');
          g_assert_cmpint (place->bad_schema, ==, n == 3 || n == 4);
        }
    }
}

/* An annotation that breaks off must leave nothing behind by which the next line's fields are mixed up. */
static void
test_after_a_broken_one (void)
{
  const char *good = "{\"j\":{\"annotations\":[{\"class_id\":5,\"left\":1,\"top\":2,\"width\":3,\"height\":4}]},"
                     "\"source-ref\":\"s3://bucket/folder/image.jpg\"}";
  const char *broken = "{\"j\":{\"annotations\":[{\"height\":9,\"width\":8,\"top\":!";
  const LpRow wanted = { .v = { 1, 2, 3, 4 }, .class_id = 5 };
  g_autoptr (LpManifestLine) line = parse (good);

  lp_manifest_line_parse (line, broken, strlen (broken));
  g_assert_cmpint (line->problem, !=, LP_JSON_FINE);
  lp_manifest_line_parse (line, good, strlen (good));
  g_assert_cmpint (line->problem, ==, LP_JSON_FINE);
  g_assert_cmpmem (&g_array_index (line->rows, LpRow, 0), sizeof (LpRow), &wanted, sizeof (LpRow));
}

/* Members that stand in a line as in the one before say the same; those that differ, or stand elsewhere, do not. */
static void
test_known (void)
{
  static const struct
  {
    const char *text;
    guint width;
    gboolean boxes, adjusted;
  } lines[] = {
    { "{\"j\":{\"annotations\":[],\"image_size\":[{\"width\":7,\"height\":5}]},"
      "\"j-metadata\":{\"job-name\":\"x\",\"type\":\"groundtruth/"
      "object-detection\",\"adjustment-status\":\"adjusted\"}}",
      7, TRUE, TRUE },
    { "{\"j\":{\"annotations\":[],\"image_size\":[{\"width\":7,\"height\":5}]},"
      "\"j-metadata\":{\"job-name\":\"x\",\"type\":\"groundtruth/"
      "object-detection\",\"adjustment-status\":\"adjusted\"}}",
      7, TRUE, TRUE },
    { "{\"j\":{\"annotations\":[],\"image_size\":[{\"width\":8,\"height\":5}]},"
      "\"j-metadata\":{\"job-name\":\"x\",\"type\":\"groundtruth/other\"}}",
      8, FALSE, FALSE },
    { "{\"j\":{\"image_size\":[{\"width\":8,\"height\":5}],\"annotations\":[],\"image_size\":[{\"width\":9,"
      "\"height\":5}]},"
      "\"j-metadata\":{\"type\":\"groundtruth/object-detection\",\"job-name\":\"x\"}}",
      9, TRUE, FALSE },
    { "{\"j\":{\"annotations\":[]},"
      "\"j-metadata\":{\"type\":\"groundtruth/object-detection\",\"image_size\":[{\"width\":9,\"height\":5}]}}",
      0, TRUE, FALSE },
  };
  g_autoptr (LpManifestLine) line = lp_manifest_line_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      const LpManifestMeta *meta;

      lp_manifest_line_parse (line, lines[i].text, strlen (lines[i].text));
      g_assert_cmpint (line->problem, ==, LP_JSON_FINE);
      meta = lp_manifest_line_meta (line, &value (line, 0)->key);
      g_assert_nonnull (meta);
      g_assert_cmpuint (value (line, 0)->width, ==, lines[i].width);
      g_assert_cmpint (value (line, 0)->has_size, ==, lines[i].width > 0);
      g_assert_cmpint (meta->of_boxes, ==, lines[i].boxes);
      g_assert_true (meta->of_ground_truth);
      g_assert_cmpint (meta->adjusted, ==, lines[i].adjusted);
    }
}

/* A member that was broken is not known: it is as broken the next time. */
static void
test_known_broken (void)
{
  static const char *const lines[] = {
    "{\"j\":{\"image_size\":[{\"width\":7,}]}}",
    "{\"j-metadata\":{\"job-name\":[1,]}}",
    "{\"j-metadata\":{\"job-name\":12}}",
    "{\"j-metadata\":{\"job-name\":123x}}",
  };
  g_autoptr (LpManifestLine) line = lp_manifest_line_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    for (int again = 0; again < 2; again++)
      {
        lp_manifest_line_parse (line, lines[i], strlen (lines[i]));
        g_assert_cmpint (line->problem != LP_JSON_FINE, ==, i != 2);
      }
}

static void
test_shapes (void)
{
  static const struct
  {
    const char *text;
    gboolean boxes;
  } cases[] = {
    { "{\"j\":{\"annotations\":[],\"image_size\":[]}}", TRUE },
    { "{\"j\":{\"annotations\":[{\"left\":1,\"top\":1,\"width\":1,\"height\":1}]}}", TRUE },
    { "{\"j\":{\"annotations\":[{\"left\":1,\"top\":1,\"width\":1}]}}", FALSE },
    { "{\"j\":{\"annotations\":[]}}", FALSE },
    { "{\"j\":{\"annotations\":{},\"image_size\":[]}}", FALSE },
    { "{\"j\":{\"inner\":{\"annotations\":[],\"image_size\":[]}}}", FALSE },
    { "{\"j\":[{\"annotations\":[],\"image_size\":[]}]}", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LpManifestLine) line = parse (cases[i].text);

      g_assert_cmpint (line->problem, ==, LP_JSON_FINE);
      g_assert_cmpint (value (line, 0)->looks_like_boxes, ==, cases[i].boxes);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/manifest-line/record", test_record);
  g_test_add_func ("/manifest-line/used-again", test_used_again);
  g_test_add_func ("/manifest-line/alike", test_alike);
  g_test_add_func ("/manifest-line/after-a-broken-one", test_after_a_broken_one);
  g_test_add_func ("/manifest-line/known", test_known);
  g_test_add_func ("/manifest-line/known-broken", test_known_broken);
  g_test_add_func ("/manifest-line/shapes", test_shapes);
  return g_test_run ();
}
