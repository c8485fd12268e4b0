/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/lp-json.h"
#include "check/lp-family.h"

/* What the reader of manifests notices. */

static char *
say_invalid_json (const LpDataset *dataset, const LpFinding *finding)
{
  const char *detail = lp_dataset_detail (dataset, finding->detail);
  g_autofree char *text = lp_say_text (detail);

  if (detail == NULL)
    return g_strdup_printf (_ ("Not valid JSON from column %u on. %s"), finding->column,
                            lp_json_problem_words ((LpJsonProblem) finding->a));
  return g_strdup_printf (_ ("Not valid JSON from column %u on, at “%s”. %s"), finding->column, text,
                          lp_json_problem_words ((LpJsonProblem) finding->a));
}

static char *
say_missing_source (const LpDataset *dataset, const LpFinding *finding)
{
  const char *detail = lp_dataset_detail (dataset, finding->detail);
  g_autofree char *text = lp_say_text (detail);

  if (detail == NULL)
    return g_strdup (_ ("The line names no picture: it has neither “source-ref” nor “source”"));
  return g_strdup_printf (_ ("The line names no picture: it has neither “source-ref” nor “source”, but “%s”"), text);
}

const LpRule lp_rules_manifest[] = {
  {
    .id = "manifest/invalid-json",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .title = N_ ("Line that is not JSON"),
    .why = N_ ("Every line of a manifest is one JSON object. What this line says of its picture is unknown."),
    .example = "{\"source-ref\":\"s3://b/a.jpg\",}",
    .trainer = N_ ("Ground Truth refuses the manifest; most scripts stop here, some skip the line silently."),
    .say = say_invalid_json,
  },
  {
    .id = "manifest/line-too-long",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .title = N_ ("Line that is too long"),
    .sentence = N_ ("The line has a length of {a}; at most {b} is allowed"),
    .why = N_ ("Ground Truth allows 100,000 characters a line. Much longer lines are damage, or another format."),
    .example = "a line of 1 GB",
    .trainer = N_ ("Ground Truth refuses the manifest."),
  },
  {
    .id = "manifest/not-object",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .title = N_ ("Line that is no object"),
    .sentence = N_ ("The line is JSON, but no object in braces"),
    .why = N_ ("Every line of a manifest is one JSON object with the keys of one picture."),
    .example = "[{\"source-ref\":\"s3://b/a.jpg\"}]",
    .trainer = N_ ("Ground Truth refuses the manifest."),
  },
  {
    .id = "manifest/missing-source",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .title = N_ ("Line without a picture"),
    .why = N_ ("Nobody knows which picture the boxes of this line belong to."),
    .example = "{\"source_ref\":\"s3://b/a.jpg\"}",
    .trainer = N_ ("Ground Truth refuses the manifest; converters stop or skip the line."),
    .say = say_missing_source,
  },
  {
    .id = "manifest/missing-metadata",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .title = N_ ("Boxes without metadata"),
    .sentence = N_ ("“{detail}” has boxes, but no “{detail}-metadata” stands beside it"),
    .why = N_ ("The metadata holds the names of the classes. Without it the boxes have numbers only."),
    .example = "{\"source-ref\":\"…\",\"bb\":{\"annotations\":[…]}}",
    .trainer = N_ ("Rekognition refuses the line; converters stop or lose the names."),
  },
  {
    .id = "manifest/annotations-schema",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .title = N_ ("Boxes that are not as agreed"),
    .sentence = N_ ("The boxes are not written as Ground Truth writes them: {detail}"),
    .why = N_ ("An annotation has class_id, left, top, width and height, all of them numbers."),
    .example = "{\"class_id\":0,\"x1\":10,\"y1\":20}",
    .trainer = N_ ("Ground Truth and Rekognition refuse the line; converters stop or skip the box."),
  },
  {
    .id = "manifest/class-map-id",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .title = N_ ("Class without a name in its line"),
    .sentence = N_ ("Class {class} has no name in the class-map of its line"),
    .why = N_ ("Each line carries the names of the classes that it uses. This one is not among them."),
    .example = "\"class_id\": 2, \"class-map\": {\"0\":\"pen\",\"1\":\"pencil\"}",
    .trainer = N_ ("Rekognition refuses the line; converters stop at it."),
  },
  { .id = NULL },
};
