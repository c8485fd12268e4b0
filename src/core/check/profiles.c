/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "check/lp-rule.h"

/* Who the data is for. A profile is a row here: the frame its consumer reads pictures in, and what it judges more or
 * less severely than the rule's own default. */

static const LpProfileRule ultralytics[] = { { LP_RULE_IMAGE_UNSUPPORTED_FORMAT, LP_SEVERITY_OFF },
                                             { LP_RULE_NONE, LP_SEVERITY_OFF } };

static const LpProfileRule ground_truth[] = {
  { LP_RULE_IMAGE_TOO_SMALL_ULTRALYTICS, LP_SEVERITY_OFF }, { LP_RULE_IMAGE_EXIF_SIZE_ULTRALYTICS, LP_SEVERITY_OFF },
  { LP_RULE_IMAGE_TOO_MANY_PIXELS_GT, LP_SEVERITY_ERROR },  { LP_RULE_CLASS_TOO_MANY, LP_SEVERITY_ERROR },
  { LP_RULE_BOX_OUT_OF_FRAME, LP_SEVERITY_ERROR },          { LP_RULE_NONE, LP_SEVERITY_OFF },
};

/* The first one is the default where no layer says otherwise. */
static const LpProfile profiles[] = {
  { .id = "ultralytics",
    .title = N_ ("Training with Ultralytics YOLO"),
    .frame = LP_FRAME_UPRIGHT,
    .drops_images = TRUE,
    .rules = ultralytics },
  { .id = "ground-truth",
    .title = N_ ("SageMaker Ground Truth"),
    .frame = LP_FRAME_RAW,
    .drops_images = FALSE,
    .rules = ground_truth },
};

const LpProfile *
lp_profile_find (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (profiles); i++)
    if (strcmp (profiles[i].id, id) == 0)
      return &profiles[i];
  return NULL;
}

char *
lp_profile_ids (void)
{
  GString *ids = g_string_new (profiles[0].id);

  for (guint i = 1; i < G_N_ELEMENTS (profiles); i++)
    g_string_append_printf (ids, ", %s", profiles[i].id);
  return g_string_free (ids, FALSE);
}

const LpProfile *
lp_profile_default (const LpDataset *dataset)
{
  const LpLayer *subject = lp_dataset_layer (dataset, dataset->subject);

  return lp_profile_find (subject != NULL && subject->kind != LP_LAYER_YOLO ? "ground-truth" : "ultralytics");
}

LpSeverity
lp_profile_severity (const LpProfile *profile, LpRuleId rule)
{
  for (const LpProfileRule *own = profile->rules; own->rule != LP_RULE_NONE; own++)
    if (own->rule == rule)
      return own->severity;
  return lp_rule_get (rule)->severity;
}
