/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "check/lp-family.h"

/* ---- dataset/orphan-label ---- */

/* A trainer finds no picture for a label file that is cut at the first dot. Readers tell the other ones. */
static void
check_orphan_label (LpCheck *check, guint32 layer, guint32 entry)
{
  const LpEntry *e = lp_layer_entry (check->layer, entry);
  LpFinding finding;

  if (!(e->flags & LP_ENTRY_FIRST_DOT) || e->file == LP_NONE)
    return;
  finding = lp_finding_at_entry (check->dataset, layer, entry);
  lp_check_add (check, LP_RULE_DATASET_ORPHAN_LABEL, &finding);
}

/* ---- dataset/dot-truncated-stem ---- */

static char *
say_dot_truncated (const LpDataset *dataset, const LpFinding *finding)
{
  const LpLayer *layer = lp_dataset_layer (dataset, finding->layer);
  const LpEntry *e = layer != NULL ? lp_layer_find (layer, finding->image) : NULL;
  g_autofree char *image = lp_say_text (lp_dataset_image (dataset, finding->image)->name);
  g_autofree char *file = lp_say_file (dataset, finding->file);

  if (e == NULL)
    return g_strdup_printf (_ ("The label of %s is called %s"), image, file);
  return g_strdup_printf (
    ngettext ("The label of %s is called %s; %u row", "The label of %s is called %s; %u rows", e->n_rows), image,
    file, e->n_rows);
}

static LpSafety
propose_rename (const LpDataset *dataset, const LpFinding *finding, LpStep *step)
{
  const LpLayer *layer = finding->layer != G_MAXUINT8 ? lp_dataset_layer (dataset, finding->layer) : NULL;
  const LpEntry *e = layer != NULL ? lp_layer_find (layer, finding->image) : NULL;

  if (e == NULL || !layer->writable || !(e->flags & LP_ENTRY_FIRST_DOT) || e->file == LP_NONE)
    return LP_SAFETY_NONE;
  if (step != NULL)
    {
      LpOp *op = lp_op_new (LP_OP_RENAME_FILE);

      op->path = lp_file_dup_path (lp_dataset_file (dataset, e->file));
      op->new_path = lp_layer_label_path (dataset, layer, finding->image);
      op->layer = finding->layer;
      op->image = finding->image;
      g_ptr_array_add (step->ops, op);
    }
  return LP_SAFETY_SAFE;
}

const LpRule lp_rules_dataset[] = {
  {
    .id = "dataset/orphan-label",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_IMAGE,
    .title = N_ ("Label file without a picture"),
    .sentence = N_ ("No picture belongs to {file}"),
    .why = N_ ("The picture was deleted, renamed or never copied; its boxes are of no use."),
    .example = "labels/train/a.txt without images/train/a.jpg",
    .trainer = N_ ("Ultralytics never looks at it."),
    .check_entry = check_orphan_label,
    .yields_to = { LP_RULE_LABEL_MISSING_FOR_NEGATIVE, LP_RULE_DATASET_DOT_TRUNCATED_STEM },
  },
  {
    .id = "dataset/empty-split",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .title = N_ ("Split without pictures"),
    .sentence = N_ ("The split “{detail}” has no picture"),
    .why = N_ ("The folder is empty, or it holds something else than pictures."),
    .example = "val: images/val, an empty folder",
    .trainer = N_ ("Ultralytics stops: “no images found”."),
  },
  {
    .id = "dataset/split-unknown-image",
    .severity = LP_SEVERITY_INFO,
    .scope = LP_SCOPE_READER,
    .title = N_ ("Picture in no split"),
    .sentence = N_ ("{image} is in no split of the data.yaml"),
    .why = N_ ("It was left over, or a split does not name the folder that it should."),
    .example = "images/old/a.jpg with train: images/train",
    .trainer = N_ ("Ultralytics never sees it."),
  },
  {
    .id = "dataset/path-unresolved",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .title = N_ ("Path that leads nowhere"),
    .sentence = N_ ("Nothing is found at “{detail}”"),
    .why = N_ ("The data.yaml names a folder that is not there: the set was moved, or comes from another machine."),
    .example = "train: ../train/images",
    .trainer = N_ ("Ultralytics stops: “images not found”."),
  },
  {
    .id = "dataset/darknet-data",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .title = N_ ("Darknet's .data file contradicts its set"),
    .sentence = N_ ("The file contradicts its set: {detail}"),
    .why = N_ (
      "Darknet takes the number of classes, the names and the lists of pictures from this file, each as it stands."),
    .example = "classes=1",
    .trainer = N_ ("Darknet stops, or counts the classes wrongly and skips the boxes beyond."),
  },
  {
    .id = "dataset/yaml-invalid",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .title = N_ ("YAML that cannot be read"),
    .sentence = N_ ("The file is not valid YAML: {detail}"),
    .why = N_ ("Names and splits cannot be known. Often a tab stands where blanks belong."),
    .example = "names:\\t[a]",
    .trainer = N_ ("Ultralytics stops."),
  },
  {
    .id = "dataset/path-relative-to-settings",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_READER,
    .title = N_ ("Relative path of the data set"),
    .sentence = N_ ("“path: {detail}” is not meant from this file"),
    .why = N_ ("A trainer looks for it below the folder of its settings. Without “path:” it begins where the "
               "data.yaml is."),
    .example = "path: ./dataset",
    .trainer = N_ ("Ultralytics looks below its datasets_dir, and stops where nothing is found."),
  },
  {
    .id = "dataset/yaml-download",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_READER,
    .title = N_ ("data.yaml that downloads"),
    .sentence = N_ ("It would run or fetch: {detail}"),
    .why = N_ ("A trainer runs this when the pictures are not found. This program never does."),
    .example = "download: bash get_data.sh",
    .trainer = N_ ("Ultralytics fetches the address or runs the script, with the rights of whoever trains."),
  },
  {
    .id = "dataset/kpt-shape",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .title = N_ ("Shape of the key points is wrong"),
    .sentence = N_ ("The key points do not add up: {detail}"),
    .why = N_ ("Rows with key points can only be read when it is known how many there are."),
    .example = "kpt_shape: [17]",
    .trainer = N_ ("Ultralytics stops."),
  },
  {
    .id = "dataset/unreadable",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .title = N_ ("Part of the set that cannot be read"),
    .sentence = N_ ("{file} cannot be read: {detail}"),
    .why = N_ ("What stands there is not known, so nobody can say that the set is right."),
    .example = "output.manifest, a link to nothing",
    .trainer = N_ ("A trainer stops, or goes on without it."),
  },
  {
    .id = "dataset/path-outside",
    .severity = LP_SEVERITY_WARNING,
    .scope = LP_SCOPE_READER,
    .title = N_ ("Path that leaves the opened folder"),
    .sentence = N_ ("“{detail}” leads out of the opened folder and was not followed"),
    .why = N_ ("Data may name any place of the disk. Only what a person opened is read."),
    .example = "train: ../../other/images",
    .trainer = N_ ("Ultralytics follows it."),
  },
  {
    .id = "dataset/dot-truncated-stem",
    .severity = LP_SEVERITY_ERROR,
    .scope = LP_SCOPE_READER,
    .safety = LP_SAFETY_SAFE,
    .cost = LP_COST_BOXES,
    .title = N_ ("Label file cut at the first dot"),
    .why =
      N_ ("The picture’s name has a dot, and the converter cut its label file’s name there. A trainer cuts at the "
          "last dot and finds no label."),
    .example = "71sq._AC_.jpg, 71sq.txt",
    .trainer = N_ ("Ultralytics takes the picture for background and learns that its objects are none."),
    .repair = N_ ("Give the label file the full name of its picture."),
    .say = say_dot_truncated,
    .propose = propose_rename,
  },
  { .id = NULL },
};
