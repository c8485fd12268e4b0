/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "reader-alone.h"

static void
read_length (Fixture *f, const char *text, gssize length)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (f->path, text, length, NULL));
  g_assert_true (lp_manifest_list (f->dataset, f->roots, f->path, &f->mapper, NULL, &error));
  g_assert_no_error (error);
}

static void
read_text (Fixture *f, const char *text)
{
  read_length (f, text, -1);
}

static void
check_entry (
  const LpLayer *layer, guint i, guint image, guint line, LpEntryState state, guint first_row, guint n_rows)
{
  const LpEntry *entry = lp_layer_entry (layer, i);

  g_assert_cmpuint (entry->image, ==, image);
  g_assert_cmpuint (entry->line, ==, line);
  g_assert_cmpint (entry->state, ==, state);
  g_assert_cmpuint (entry->first_row, ==, first_row);
  g_assert_cmpuint (entry->n_rows, ==, n_rows);
}

static void
check_row (const LpLayer *layer, guint i, int class_id, double left, double top, double width, double height)
{
  const LpRow *row = lp_layer_row (layer, i);

  g_assert_cmpint (row->kind, ==, LP_ROW_BOX);
  g_assert_cmpint (row->class_id, ==, class_id);
  g_assert_cmpfloat (row->v[0], ==, left);
  g_assert_cmpfloat (row->v[1], ==, top);
  g_assert_cmpfloat (row->v[2], ==, width);
  g_assert_cmpfloat (row->v[3], ==, height);
}

/* The bytes of the file where the row says that it stands. */
static void
check_place (const char *text, const LpLayer *layer, guint i, guint line, const char *wanted)
{
  const LpPlace *place = lp_layer_place (layer, i);
  const char *start = text + place->offset, *line_start = start;

  g_assert_cmpmem (start, place->length, wanted, strlen (wanted));
  g_assert_cmpuint (place->line, ==, line);
  while (line_start > text && line_start[-1] != '\n')
    line_start--;
  g_assert_cmpuint (place->column, ==, start - line_start + 1);
}

static void
check_finding (Fixture *f, guint i, LpRuleId rule, guint line, guint column, const char *detail)
{
  const LpFinding *finding = &g_array_index (f->dataset->noticed, LpFinding, i);

  g_assert_cmpuint (i, <, f->dataset->noticed->len);
  g_assert_cmpuint (finding->rule, ==, rule);
  g_assert_cmpuint (finding->file, ==, 0);
  g_assert_cmpuint (finding->line, ==, line);
  g_assert_cmpuint (finding->column, ==, column);
  g_assert_cmpstr (lp_dataset_detail (f->dataset, finding->detail), ==, detail);
}

#define ANNOTATION_A "{\"class_id\":1,\"top\":50,\"left\":40,\"height\":80,\"width\":120}"
#define ANNOTATION_B                                                                                                 \
  "{ \"left\":10.25, \"class_id\": 0, \"width\":7.5,\"height\":1e1,\"top\":2, \"object-id\":\"x\" }"
#define SIZE "\"image_size\":[{\"width\":640,\"height\":480,\"depth\":3}]"
#define META(map, date)                                                                                              \
  "{\"objects\":[{\"confidence\":0}],\"class-map\":" map ",\"type\":\"groundtruth/object-detection\","               \
  "\"human-annotated\":\"yes\",\"creation-date\":\"" date "\",\"job-name\":\"labeling-job/job1\"}"

static void
test_lines (Fixture *f, gconstpointer data)
{
  const char *text =
    "{\"source-ref\":\"s3://b/a.jpg\",\"job1\":{" SIZE ",\"annotations\":[" ANNOTATION_A "," ANNOTATION_B
    "]},\"job1-metadata\":" META (
      "{\"1\":\"pen\",\"0\":\"ink \\u00e9\"}",
      "2020-08-16T09:00:00.000001") "}\r\n"
                                    "\r\n"
                                    "{\"job1-metadata\":" META (
                                      "{}",
                                      "2020-08-17T09:00:00") ", \"job1\": {\"annotations\": [], " SIZE
                                                             "}, \"source-ref\": \"s3://b/\xe7\xac\xa6.jpg\"}\r\n"
                                                             "{\"source-ref\":\"s3://b/c.jpg\"}\r\n"
                                                             "{\"source-ref\":\"s3://b/"
                                                             "d.jpg\",\"job1-metadata\":" META (
                                                               "{}",
                                                               "2020-08-15T09:00:00") "}\r\n"
                                                                                      "{\"source-ref\":\"s3://b/"
                                                                                      "a.jpg\",\"job1\":{" SIZE
                                                                                      ",\"annotations\":"
                                                                                      "[" ANNOTATION_A
                                                                                      "]},\"job1-metadata\":" META (
                                                                                        "{\"1\":\"pen\"}",
                                                                                        "2019-08-16T09:00:00."
                                                                                        "000001") "}";
  const LpLayer *layer;
  const LpDictionary *dict;

  read_text (f, text);
  g_assert_cmpuint (f->dataset->noticed->len, ==, 0);
  g_assert_cmpuint (f->dataset->layers->len, ==, 1);
  layer = lp_dataset_layer (f->dataset, 0);
  g_assert_cmpint (layer->kind, ==, LP_LAYER_MANIFEST);
  g_assert_cmpstr (layer->path, ==, f->path);
  g_assert_cmpstr (layer->attribute, ==, "job1");
  g_assert_cmpstr (layer->created, ==, "2020-08-17T09:00:00");
  g_assert_cmpuint (layer->entries->len, ==, 5);
  check_entry (layer, 0, 0, 1, LP_STATE_ROWS, 0, 2);
  check_entry (layer, 1, 1, 3, LP_STATE_EMPTY, 2, 0);
  check_entry (layer, 2, 2, 4, LP_STATE_UNLABELLED, 2, 0);
  check_entry (layer, 3, 3, 5, LP_STATE_UNLABELLED, 2, 0);
  check_entry (layer, 4, 0, 6, LP_STATE_ROWS, 2, 1);
  g_assert_cmpuint (lp_layer_entry (layer, 0)->width, ==, 640);
  g_assert_cmpuint (lp_layer_entry (layer, 0)->height, ==, 480);
  g_assert_cmpuint (lp_layer_entry (layer, 0)->file, ==, 0);
  g_assert_cmpuint (lp_layer_entry (layer, 0)->flags, ==, 0);
  check_row (layer, 0, 1, 40, 50, 120, 80);
  check_row (layer, 1, 0, 10.25, 2, 7.5, 10);
  g_assert_cmpuint (lp_layer_row (layer, 0)->decimals, ==, 0);
  g_assert_cmpuint (lp_layer_row (layer, 1)->decimals, ==, G_MAXUINT8);
  check_place (text, layer, 0, 1, ANNOTATION_A);
  check_place (text, layer, 1, 1, ANNOTATION_B);
  check_place (text, layer, 2, 6, ANNOTATION_A);
  g_assert_cmpstr (lp_dataset_image (f->dataset, 1)->name, ==, "s3://b/\xe7\xac\xa6.jpg");
  g_assert_cmpuint (f->dataset->coverage.rows_seen, ==, 3);
  g_assert_cmpuint (f->dataset->coverage.rows_read, ==, 3);
  g_assert_true (lp_dataset_file (f->dataset, 0)->flags & LP_FILE_CRLF);

  g_assert_cmpuint (layer->dictionary, ==, 0);
  dict = lp_dataset_dict (f->dataset, 0);
  g_assert_cmpint (dict->origin, ==, LP_DICT_MANIFEST);
  g_assert_cmpuint (dict->layer, ==, 0);
  g_assert_cmpuint (dict->names->len, ==, 2);
  g_assert_cmpstr (lp_dictionary_name (dict, 0), ==, "ink \xc3\xa9");
  g_assert_cmpstr (lp_dictionary_name (dict, 1), ==, "pen");
  g_assert_cmpmem (text + g_array_index (dict->places, LpPlace, 1).offset, 5, "\"pen\"", 5);
  g_assert_cmpuint (g_array_index (dict->places, LpPlace, 1).length, ==, 5);
}

/* Two jobs over the same pictures, the second from line 2 on; the newest comes first. */
static void
test_two_attributes (Fixture *f, gconstpointer data)
{
  const char *text =
    "{\"source-ref\":\"a\",\"old\":{" SIZE ",\"annotations\":[" ANNOTATION_A "]},\"old-metadata\":" META (
      "{\"1\":\"pen\"}",
      "2022-01-01T00:00:00.5") "}\n"
                               "{\"source-ref\":\"b\",\"old\":{" SIZE ",\"annotations\":[]},\"old-metadata\":" META (
                                 "{}",
                                 "2022-01-01T00:00:00") ",\"new\":{" SIZE ",\"annotations\":[" ANNOTATION_A
                                                        "]},\"new-metadata\":"
                                                        "{\"class-map\":{\"1\":\"ink\",\"3\":\"cap\"},\"type\":"
                                                        "\"GroundTruth\\/Object-Detection\","
                                                        "\"creation-date\":\"Mon Aug 22 2022 13:52:52 GMT-0700 "
                                                        "(Pacific Daylight Time)\"}}\n"
                                                        "{\"source-ref\":\"c\",\"picture-label\":3,\"picture-label-"
                                                        "metadata\":{\"type\":\"groundtruth/image-classification\"},"
                                                        "\"annotator-metadata\":{\"who\":7},\"metadata\":{}}\n";
  const LpLayer *newest, *older;
  const LpDictionary *dict;

  read_text (f, text);
  g_assert_cmpuint (f->dataset->noticed->len, ==, 0);
  g_assert_cmpuint (f->dataset->layers->len, ==, 2);
  newest = lp_dataset_layer (f->dataset, 0);
  older = lp_dataset_layer (f->dataset, 1);
  g_assert_cmpstr (newest->attribute, ==, "new");
  g_assert_cmpstr (older->attribute, ==, "old");
  g_assert_cmpuint (newest->entries->len, ==, 3);
  check_entry (newest, 0, 0, 1, LP_STATE_UNLABELLED, 0, 0);
  check_entry (newest, 1, 1, 2, LP_STATE_ROWS, 0, 1);
  check_entry (newest, 2, 2, 3, LP_STATE_UNLABELLED, 1, 0);
  check_entry (older, 0, 0, 1, LP_STATE_ROWS, 0, 1);
  check_entry (older, 1, 1, 2, LP_STATE_EMPTY, 1, 0);
  check_entry (older, 2, 2, 3, LP_STATE_UNLABELLED, 1, 0);
  dict = lp_dataset_dict (f->dataset, newest->dictionary);
  g_assert_cmpuint (dict->names->len, ==, 4);
  g_assert_null (lp_dictionary_name (dict, 0));
  g_assert_cmpstr (lp_dictionary_name (dict, 1), ==, "ink");
  g_assert_null (lp_dictionary_name (dict, 2));
  g_assert_cmpstr (lp_dictionary_name (dict, 3), ==, "cap");
  g_assert_cmpuint (lp_dataset_dict (f->dataset, older->dictionary)->layer, ==, 1);
}

/* A tie of dates goes to the adjusted one; zones are minded. */
static void
check_newest (const char *first_meta, const char *second_meta, const char *newest)
{
  Fixture f;
  g_autofree char *text =
    g_strdup_printf ("{\"source-ref\":\"a\",\"one\":{\"annotations\":[]},\"two\":{\"annotations\":[]},"
                     "\"one-metadata\":{\"type\":\"groundtruth/object-detection\",%s},"
                     "\"two-metadata\":{\"type\":\"groundtruth/object-detection\",%s}}",
                     first_meta, second_meta);

  set_up (&f, "output.manifest");
  read_text (&f, text);
  g_assert_cmpuint (f.dataset->noticed->len, ==, 0);
  g_assert_cmpstr (lp_dataset_layer (f.dataset, 0)->attribute, ==, newest);
  tear_down (&f, NULL);
}

static void
test_newest (void)
{
  check_newest ("\"creation-date\":\"2020-05-25T12:53:54+0000\"", "\"creation-date\":\"2020-05-25T12:53:55\"", "two");
  check_newest ("\"creation-date\":\"2020-05-25T12:53:54.002\"", "\"creation-date\":\"2020-05-25T12:53:54.0019\"",
                "one");
  check_newest ("\"creation-date\":\"2020-05-25T23:00:00-02:00\"", "\"creation-date\":\"2020-05-26T00:30:00Z\"",
                "one");
  check_newest ("\"creation-date\":\"Tue May 26 2020 00:00:00 GMT+0900\"",
                "\"creation-date\":\"2020-05-25T15:00:01\"", "two");
  check_newest ("\"creation-date\":\"nonsense\"", "\"creation-date\":\"1999-01-01\"", "two");
  check_newest ("\"creation-date\":\"2020-05-25T12:53:54\"",
                "\"adjustment-status\":\"unadjusted\",\"creation-date\":\"2020-05-25T12:53:54Z\"", "two");
  check_newest ("\"x\":0", "\"x\":0", "one");
  check_newest ("\"x\":0", "\"creation_date\":\"2020-05-25T12:53:54\"", "two");
}

static void
test_broken_lines (Fixture *f, gconstpointer data)
{
  read_text (f, "{\"source-ref\":\"a\",\"j\":{" SIZE ",\"annotations\":[" ANNOTATION_A "]},\"j-metadata\":" META (
                  "{\"1\":\"pen\"}",
                  "2020-01-01T00:00:00") "}\n"
                                         "{\"source-ref\":\"b\",\"j\":{\"annotations\":[" ANNOTATION_A ",]}}\n"
                                         "{\"j\":{\"annotations\":[], \"source-ref\":\n"
                                         "[1,2]\n"
                                         "7\n"
                                         "{\"source_ref\":\"c\",\"j\":{" SIZE ",\"annotations\":[" ANNOTATION_A
                                         "]},\"j-metadata\":" META (
                                           "{\"1\":\"pen\"}", "2020-01-01T00:00:00") "}\n"
                                                                                     "{ \"source-ref\":17}\n"
                                                                                     "{\"source\":\"a text\"}\n"
                                                                                     "{\"source-ref\":\"\"}\n"
                                                                                     "{\"source-ref\":\"\xff\"}\n");

  g_assert_cmpuint (f->dataset->noticed->len, ==, 8);
  check_finding (f, 0, LP_RULE_MANIFEST_INVALID_JSON, 2, 96, ",]}}");
  g_assert_cmpuint (g_array_index (f->dataset->noticed, LpFinding, 0).image, ==, 1);
  check_finding (f, 1, LP_RULE_MANIFEST_INVALID_JSON, 3, 38, NULL);
  check_finding (f, 2, LP_RULE_MANIFEST_NOT_OBJECT, 4, 1, "[1,2]");
  check_finding (f, 3, LP_RULE_MANIFEST_NOT_OBJECT, 5, 1, "7");
  check_finding (f, 4, LP_RULE_MANIFEST_MISSING_SOURCE, 6, 1, NULL);
  check_finding (f, 5, LP_RULE_MANIFEST_MISSING_SOURCE, 7, 16, "17");
  check_finding (f, 6, LP_RULE_MANIFEST_MISSING_SOURCE, 9, 15, "\"\"");
  check_finding (f, 7, LP_RULE_MANIFEST_INVALID_JSON, 10, 16, "\xff\"}");
  g_assert_cmpuint (lp_dataset_layer (f->dataset, 0)->entries->len, ==, 2);
  check_entry (lp_dataset_layer (f->dataset, 0), 0, 0, 1, LP_STATE_ROWS, 0, 1);
  check_entry (lp_dataset_layer (f->dataset, 0), 1, 1, 2, LP_STATE_FAILED, 1, 0);
  g_assert_cmpuint (f->dataset->coverage.rows_seen, ==, 2);
  g_assert_cmpuint (f->dataset->coverage.rows_read, ==, 1);
}

static void
test_schema (Fixture *f, gconstpointer data)
{
  const char *bad[] = {
    "{\"class_id\":1,\"x1\":1,\"y1\":2,\"x2\":3,\"y2\":4}", /* no box */
    "{\"class_id\":1,\"top\":\"50\",\"left\":40,\"height\":80,\"width\":120}",
    "{\"class_id\":1,\"top\":1e400,\"left\":40,\"height\":80,\"width\":120}",
    "17",
    "{\"top\":50,\"left\":40,\"height\":80,\"width\":120}", /* a box without class */
    "{\"class_id\":1.5,\"top\":50,\"left\":40,\"height\":80,\"width\":120}",
    "{\"class_id\":\"pen\",\"top\":50,\"left\":40,\"height\":80,\"width\":120}",
    "{\"class_id\":99999999999,\"top\":50,\"left\":40,\"height\":80,\"width\":120}",
  };
  g_autoptr (GString) text = g_string_new ("{\"source-ref\":\"a\",\"j\":{\"annotations\":[");
  guint first = (guint) text->len;
  const LpLayer *layer;

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_string_append_printf (text, "%s,", bad[i]);
  g_string_append (
    text,
    "{\"class_id\":\"1\",\"top\":50,\"left\":40,\"height\":80,\"width\":120},"
    "{\"class_id\":1.0,\"top\":50,\"left\":40,\"height\":80,\"width\":120}],"
    "\"image_size\":{\"width\":-3,\"height\":480}},\"j-metadata\":" META (
      "{\"1\":\"pen\"}",
      "2020-01-01T00:00:00") "}\n"
                             "{\"source-ref\":\"b\",\"j\":{\"annotations\":{}},\"j-metadata\":" META (
                               "{}", "2020-01-01T00:00:00") "}\n"
                                                            "{\"source-ref\":\"c\",\"j\":\"s\",\"j-metadata\":" META (
                                                              "{}",
                                                              "2020-01-01T00:00:00") "}\n"
                                                                                     "{\"source-ref\":\"d\",\"j\":{},"
                                                                                     "\"j-metadata\":" META (
                                                                                       "{}",
                                                                                       "2020-01-01T00:00:00") "}\n");
  read_text (f, text->str);
  g_assert_cmpuint (f->dataset->noticed->len, ==, G_N_ELEMENTS (bad) + 3);
  layer = lp_dataset_layer (f->dataset, 0);
  check_entry (layer, 0, 0, 1, LP_STATE_ROWS, 0, 10);
  g_assert_cmpuint (lp_layer_entry (layer, 0)->width, ==, 0);
  g_assert_cmpuint (lp_layer_entry (layer, 0)->height, ==, 480);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      check_finding (f, i, LP_RULE_MANIFEST_ANNOTATIONS_SCHEMA, 1, first + 1, bad[i]);
      g_assert_cmpuint (g_array_index (f->dataset->noticed, LpFinding, i).row, ==, i);
      g_assert_cmpuint (g_array_index (f->dataset->noticed, LpFinding, i).image, ==, 0);
      g_assert_cmpuint (g_array_index (f->dataset->noticed, LpFinding, i).layer, ==, 0);
      g_assert_cmpint (lp_layer_row (layer, i)->kind, ==, i < 4 ? LP_ROW_UNREAD : LP_ROW_BOX);
      g_assert_cmpint (!!(lp_layer_row (layer, i)->flags & LP_ROW_BAD_CLASS), ==, i >= 3);
      check_place (text->str, layer, i, 1, bad[i]);
      first += (guint) strlen (bad[i]) + 1;
    }
  check_row (layer, 8, 1, 40, 50, 120, 80);
  check_row (layer, 9, 1, 40, 50, 120, 80);
  check_finding (f, 8, LP_RULE_MANIFEST_ANNOTATIONS_SCHEMA, 2, 23, "{\"annotations\":{}}");
  check_finding (f, 9, LP_RULE_MANIFEST_ANNOTATIONS_SCHEMA, 3, 23, "\"s\"");
  check_finding (f, 10, LP_RULE_MANIFEST_ANNOTATIONS_SCHEMA, 4, 23, "{}");
  check_entry (layer, 1, 1, 2, LP_STATE_FAILED, 10, 0);
  check_entry (layer, 2, 2, 3, LP_STATE_FAILED, 10, 0);
  g_assert_cmpuint (f->dataset->coverage.rows_seen, ==, 10);
  g_assert_cmpuint (f->dataset->coverage.rows_read, ==, 6);
}

static void
test_without_metadata (Fixture *f, gconstpointer data)
{
  const LpLayer *layer;

  read_text (
    f,
    "{\"source-ref\":\"a\",\"j\":{" SIZE ",\"annotations\":[" ANNOTATION_A "]}}\n"
    "{\"source-ref\":\"b\",\"k\":{\"annotations\":[" ANNOTATION_A "]},\"other\":{\"annotations\":[{\"label\":1}]},"
    "\"annotations\":[1]}\n"
    "{\"source-ref\":\"c\",\"j\":{" SIZE ",\"annotations\":[]},\"j-metadata\":{\"class-map\":{\"1\":\"pen\"}}}\n"
    "{\"source-ref\":\"d\",\"m\":{" SIZE ",\"annotations\":[]},\"m-metadata\":{\"type\":\"groundtruth/custom\"}}\n");
  g_assert_cmpuint (f->dataset->noticed->len, ==, 2);
  check_finding (f, 0, LP_RULE_MANIFEST_MISSING_METADATA, 1, 19, "j");
  check_finding (f, 1, LP_RULE_MANIFEST_MISSING_METADATA, 2, 19, "k");
  g_assert_cmpuint (g_array_index (f->dataset->noticed, LpFinding, 1).layer, ==, 1);
  g_assert_cmpuint (f->dataset->layers->len, ==, 2);
  layer = lp_dataset_layer (f->dataset, 0);
  g_assert_cmpstr (layer->attribute, ==, "j");
  g_assert_null (layer->created);
  check_row (layer, 0, 1, 40, 50, 120, 80);
  check_entry (layer, 2, 2, 3, LP_STATE_EMPTY, 1, 0);
  g_assert_cmpstr (lp_dictionary_name (lp_dataset_dict (f->dataset, layer->dictionary), 1), ==, "pen");
  g_assert_cmpuint (lp_dataset_layer (f->dataset, 1)->dictionary, ==, LP_NONE);
}

static void
test_class_map (Fixture *f, gconstpointer data)
{
  const LpLayer *layer;

  read_text (
    f, "{\"source-ref\":\"a\",\"j\":{" SIZE ",\"annotations\":[" ANNOTATION_A "," ANNOTATION_A "," ANNOTATION_B
       "]},\"j-metadata\":" META (
         "{\"0\":\"ink\"}",
         "2020-01-01T00:00:00") "}\n"
                                "{\"source-ref\":\"b\",\"j\":{" SIZE ",\"annotations\":[" ANNOTATION_A
                                "]},\"j-metadata\":" META (
                                  "{\"pen\":1,\"1\":\"pen\",\"-1\":\"x\",\"4000000000\":\"y\"}",
                                  "2020-01-01T00:00:00") "}\n"
                                                         "{\"source-ref\":\"c\",\"j\":{" SIZE
                                                         ",\"annotations\":[" ANNOTATION_A "]},\"j-metadata\":" META (
                                                           "7",
                                                           "2020-01-01T00:00:00") "}\n"
                                                                                  "{\"source-ref\":\"d\",\"j\":{" SIZE
                                                                                  ",\"annotations\":[{\"class_id\":-"
                                                                                  "1,\"top\":0,\"left\":0,\"height\":"
                                                                                  "1,\"width\":1}]},"
                                                                                  "\"j-metadata\":" META (
                                                                                    "{\"1\":\"pencil\"}",
                                                                                    "2020-01-01T00:00:00") "}\n");
  layer = lp_dataset_layer (f->dataset, 0);
  g_assert_cmpuint (f->dataset->noticed->len, ==, 3);
  check_finding (f, 0, LP_RULE_MANIFEST_CLASS_MAP_ID, 1, 91, ANNOTATION_A);
  g_assert_cmpuint (g_array_index (f->dataset->noticed, LpFinding, 0).row, ==, 0);
  check_finding (f, 1, LP_RULE_MANIFEST_CLASS_MAP_ID, 3, 91, ANNOTATION_A);
  check_finding (f, 2, LP_RULE_MANIFEST_CLASS_MAP_ID, 4, 91,
                 "{\"class_id\":-1,\"top\":0,\"left\":0,\"height\":1,\"width\":1}");
  g_assert_cmpuint (lp_layer_entry (layer, 0)->flags & LP_ENTRY_CLASS_MAP_BAD, ==, 0);
  g_assert_cmpuint (lp_layer_entry (layer, 1)->flags & LP_ENTRY_CLASS_MAP_BAD, !=, 0);
  g_assert_cmpuint (lp_layer_entry (layer, 2)->flags & LP_ENTRY_CLASS_MAP_BAD, !=, 0);
  /* The first name of an id stays. */
  g_assert_cmpstr (lp_dictionary_name (lp_dataset_dict (f->dataset, 0), 1), ==, "pen");
  g_assert_cmpuint (lp_dataset_dict (f->dataset, 0)->names->len, ==, 2);
}

/* Equal keys: the last counts, as for Python. Escaped keys are the same keys. */
static void
test_equal_keys (Fixture *f, gconstpointer data)
{
  const LpLayer *layer;

  read_text (f, "{\"source-ref\":\"a\",\"j\":{" SIZE ",\"annotations\":[" ANNOTATION_A "," ANNOTATION_A
                "]},\"\\u006a\":{\"annotations\":[1],\"annotations\":[" ANNOTATION_B "]," SIZE
                "},\"source-\\u0072ef\":\"b\","
                "\"j-metadata\":" META ("{\"0\":\"ink\"}", "2020-01-01T00:00:00") "}\n");
  layer = lp_dataset_layer (f->dataset, 0);
  g_assert_cmpuint (f->dataset->noticed->len, ==, 0);
  g_assert_cmpuint (f->dataset->layers->len, ==, 1);
  g_assert_cmpstr (lp_dataset_image (f->dataset, 0)->name, ==, "b");
  check_entry (layer, 0, 0, 1, LP_STATE_ROWS, 0, 1);
  check_row (layer, 0, 0, 10.25, 2, 7.5, 10);
}

static void
test_bom_and_input_manifest (Fixture *f, gconstpointer data)
{
  const LpLayer *layer;

  read_text (f, "\xef\xbb\xbf{\"source-ref\":\"a\",\"x\":NaN}\n{\"source-ref\":\"b\",\"n\":3}\n   \n");
  g_assert_cmpuint (f->dataset->layers->len, ==, 1);
  layer = lp_dataset_layer (f->dataset, 0);
  g_assert_null (layer->attribute);
  g_assert_cmpuint (layer->dictionary, ==, LP_NONE);
  check_entry (layer, 0, 0, 1, LP_STATE_FAILED, 0, 0);
  check_entry (layer, 1, 1, 2, LP_STATE_UNLABELLED, 0, 0);
  g_assert_true (lp_dataset_file (f->dataset, 0)->flags & LP_FILE_BOM);
  check_finding (f, 0, LP_RULE_MANIFEST_INVALID_JSON, 1, 23, "NaN}");
}

/* A line beyond 100,000 characters is told and read; one of 16 MiB is told, and reading goes on behind it. Both are
 * longer than a block. */
static void
test_long_lines (Fixture *f, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("{\"source-ref\":\"a\",\"j\":{" SIZE ",\"annotations\":[");
  g_autofree char *filler = g_strnfill (17 * 1024 * 1024, 'x');
  const LpLayer *layer;
  gsize first_length;

  for (int i = 0; i < 30000; i++)
    g_string_append_printf (text, "%s{\"class_id\":0,\"top\":%d,\"left\":0,\"height\":1,\"width\":1}",
                            i > 0 ? "," : "", i);
  g_string_append (text, "]},\"j-metadata\":" META ("{\"0\":\"ink\"}", "2020-01-01T00:00:00") "}\n");
  first_length = text->len - 1;
  g_string_append_printf (text, "{\"source-ref\":\"b\",\"x\":\"%s\"}\n", filler);
  g_string_append (text, "{\"source-ref\":\"c\",\"j\":{" SIZE ",\"annotations\":[" ANNOTATION_B
                         "]},\"j-metadata\":" META ("{\"0\":\"ink\"}", "2020-01-01T00:00:00") "}");
  read_text (f, text->str);
  g_assert_cmpuint (f->dataset->noticed->len, ==, 2);
  check_finding (f, 0, LP_RULE_MANIFEST_LINE_TOO_LONG, 1, 1, NULL);
  g_assert_cmpfloat (g_array_index (f->dataset->noticed, LpFinding, 0).a, ==, (double) first_length);
  check_finding (f, 1, LP_RULE_MANIFEST_LINE_TOO_LONG, 2, 1, NULL);
  g_assert_cmpfloat (g_array_index (f->dataset->noticed, LpFinding, 1).a, ==, 17 * 1024 * 1024 + 25);
  layer = lp_dataset_layer (f->dataset, 0);
  check_entry (layer, 0, 0, 1, LP_STATE_ROWS, 0, 30000);
  check_entry (layer, 1, 1, 3, LP_STATE_ROWS, 30000, 1);
  g_assert_cmpfloat (lp_layer_row (layer, 29999)->v[1], ==, 29999);
  check_place (text->str, layer, 30000, 3, ANNOTATION_B);
}

static void
test_hostile (Fixture *f, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);

  /* More attributes than are read: said, and their rows are not read. */
  for (int i = 0; i < 40; i++)
    g_string_append_printf (text,
                            "{\"source-ref\":\"a\",\"j%d\":{" SIZE ",\"annotations\":[" ANNOTATION_A
                            "]},\"j%d-metadata\":" META ("{\"1\":\"pen\"}", "2020-01-01T00:00:00") "}\n",
                            i, i);
  /* Very many members and metadata of one line, and nesting. */
  g_string_append (text, "{\"source-ref\":\"\\u0000\"");
  for (int i = 0; i < 20000; i++)
    g_string_append_printf (text, ",\"m%d\":{\"annotations\":[],\"image_size\":0},\"m%d-metadata\":{}", i, i);
  g_string_append (text, "}\n");
  g_string_append (text, "{\"x\":");
  for (int i = 0; i < 100000; i++)
    g_string_append_c (text, '[');
  read_text (f, text->str);
  g_assert_cmpuint (f->dataset->layers->len, ==, 32);
  g_assert_cmpuint (f->dataset->coverage.rows_seen, ==, 40);
  g_assert_cmpuint (f->dataset->coverage.rows_read, ==, 32);
  g_assert_cmpuint (f->dataset->notes->len, ==, 1);
  g_assert_cmpstr (lp_dataset_image (f->dataset, 1)->name, ==, "\\u0000");
  g_assert_cmpuint (f->dataset->noticed->len, ==, 2);
  check_finding (f, 0, LP_RULE_MANIFEST_LINE_TOO_LONG, 41, 1, NULL);
  g_assert_cmpuint (g_array_index (f->dataset->noticed, LpFinding, 1).rule, ==, LP_RULE_MANIFEST_INVALID_JSON);
}

static void
test_empty_and_errors (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  LpProgress progress = { .cancellable = cancellable };
  g_autoptr (GError) error = NULL;

  read_text (f, "");
  g_assert_cmpuint (lp_dataset_layer (f->dataset, 0)->entries->len, ==, 0);
  g_cancellable_cancel (cancellable);
  g_assert_false (lp_manifest_list (f->dataset, f->roots, f->path, &f->mapper, &progress, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_unlink (f->path);
  g_assert_false (lp_manifest_list (f->dataset, f->roots, f->path, &f->mapper, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_names_only (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  LpDictionary *dict;

  g_assert_true (
    g_file_set_contents (f->path,
                         "{\"source-ref\":\"a\",\"j\":{" SIZE ",\"annotations\":[" ANNOTATION_A
                         "]},\"j-metadata\":" META ("{\"2\":\"pen\"}", "2020-01-01T00:00:00") "}\nbroken\n",
                         -1, NULL));
  dict = lp_manifest_names (f->dataset, f->roots, f->path, LP_DICT_USER, &error);
  g_assert_no_error (error);
  g_assert_cmpint (dict->origin, ==, LP_DICT_USER);
  g_assert_cmpuint (dict->names->len, ==, 3);
  g_assert_cmpstr (lp_dictionary_name (dict, 2), ==, "pen");
  g_assert_cmpuint (f->dataset->layers->len, ==, 0);
  g_assert_cmpuint (f->dataset->images->len, ==, 0);
  g_assert_cmpuint (f->dataset->noticed->len, ==, 0);
  g_assert_cmpuint (f->dataset->coverage.rows_seen, ==, 0);
  g_assert_true (g_file_set_contents (f->path, "{\"source-ref\":\"a\"}", -1, NULL));
  g_assert_null (lp_manifest_names (f->dataset, f->roots, f->path, LP_DICT_USER, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

static gboolean
probe (const char *name, const char *text)
{
  return lp_manifest_probe (name, text, strlen (text));
}

static void
test_probe (void)
{
  g_assert_true (probe ("x.json", "{\"source-ref\":\"s3://b/a.jpg\",\"jo"));
  g_assert_true (probe ("x", "\xef\xbb\xbf{\"n\":{\"a\":[1]}, \"source\":"));
  g_assert_true (probe ("output.manifest", "{\"job\":{\"annotations\":["));
  g_assert_true (probe ("output.manifest", "{\"job\":oops"));
  g_assert_false (probe ("x.json", "{\"job\":{\"annotations\":["));
  g_assert_false (probe ("x.json", "{\"a\":{\"source-ref\":1}}"));
  g_assert_false (probe ("output.manifest", "[{\"source-ref\":\"a\"}]"));
  g_assert_false (probe ("output.manifest", "\x89PNG\r\n"));
  g_assert_false (probe ("output.manifest", ""));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/manifest/lines", Fixture, "output.manifest", set_up, test_lines, tear_down);
  g_test_add ("/manifest/two-attributes", Fixture, "output.manifest", set_up, test_two_attributes, tear_down);
  g_test_add_func ("/manifest/newest", test_newest);
  g_test_add ("/manifest/broken-lines", Fixture, "output.manifest", set_up, test_broken_lines, tear_down);
  g_test_add ("/manifest/schema", Fixture, "output.manifest", set_up, test_schema, tear_down);
  g_test_add ("/manifest/without-metadata", Fixture, "output.manifest", set_up, test_without_metadata, tear_down);
  g_test_add ("/manifest/class-map", Fixture, "output.manifest", set_up, test_class_map, tear_down);
  g_test_add ("/manifest/equal-keys", Fixture, "output.manifest", set_up, test_equal_keys, tear_down);
  g_test_add ("/manifest/bom", Fixture, "output.manifest", set_up, test_bom_and_input_manifest, tear_down);
  g_test_add ("/manifest/long-lines", Fixture, "output.manifest", set_up, test_long_lines, tear_down);
  g_test_add ("/manifest/hostile", Fixture, "output.manifest", set_up, test_hostile, tear_down);
  g_test_add ("/manifest/errors", Fixture, "output.manifest", set_up, test_empty_and_errors, tear_down);
  g_test_add ("/manifest/names-only", Fixture, "output.manifest", set_up, test_names_only, tear_down);
  g_test_add_func ("/manifest/probe", test_probe);
  return g_test_run ();
}
