/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/lp-text.h"
#include "check/lp-family.h"

/* Sentences of findings. What comes from the data is escaped here, so that no caller can forget it. */

#define TEXT_MAX 80 /* characters of a name or token in a sentence */

char *
lp_say_number (double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (isnan (value))
    return g_strdup ("?");
  if (value == floor (value) && fabs (value) < 1e15)
    return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.0f", value));
  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.4g", value));
}

char *
lp_say_pixels (double pixels)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (isnan (pixels))
    return g_strdup ("?");
  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, fabs (pixels) < 0.01 ? "%.1g" : "%.2f", pixels));
}

char *
lp_say_percent (double percent)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (isnan (percent))
    return g_strdup ("?");
  g_ascii_formatd (buffer, sizeof buffer, fabs (percent) < 0.1 ? "%.1g" : "%.1f", percent);
  return g_strdup_printf (_ ("%s %%"), buffer);
}

char *
lp_say_text (const char *text)
{
  return text != NULL ? lp_text_escape (text, -1, TEXT_MAX) : g_strdup ("?");
}

char *
lp_say_file (const LpDataset *dataset, guint32 file)
{
  return lp_say_text (file < dataset->files->len ? lp_dataset_file (dataset, file)->name : NULL);
}

const char *
lp_say_title (const LpDataset *dataset, guint32 dict)
{
  const LpDictionary *dictionary = lp_dataset_dict (dataset, dict);

  return dictionary != NULL ? dictionary->title : NULL;
}

/* ---- what a finding is about ---- */

static const LpLayer *
layer_of (const LpDataset *dataset, const LpFinding *finding)
{
  return finding->layer == G_MAXUINT8 ? NULL : lp_dataset_layer (dataset, finding->layer);
}

static const LpRow *
row_of (const LpDataset *dataset, const LpFinding *finding)
{
  const LpLayer *layer = layer_of (dataset, finding);

  return layer != NULL && finding->row < layer->rows->len ? lp_layer_row (layer, finding->row) : NULL;
}

char *
lp_say_box (const LpDataset *dataset, const LpFinding *finding)
{
  const LpLayer *layer = layer_of (dataset, finding);
  const LpRow *row = row_of (dataset, finding);
  const LpEntry *entry;
  double width, height;

  if (row == NULL || row->kind != LP_ROW_BOX)
    return NULL;
  if (layer->kind != LP_LAYER_YOLO)
    return g_strdup_printf ("%.0f × %.0f", row->v[2], row->v[3]);
  entry = lp_layer_entry (layer, lp_layer_entry_of_row (layer, finding->row));
  if (!lp_image_size (lp_dataset_image (dataset, entry->image), entry, entry->frame, &width, &height))
    return NULL;
  return g_strdup_printf ("%.0f × %.0f", row->v[2] * width, row->v[3] * height);
}

/* ---- placeholders ---- */

static char *
say_a (const LpDataset *dataset, const LpFinding *finding)
{
  return lp_say_number (finding->a);
}

static char *
say_b (const LpDataset *dataset, const LpFinding *finding)
{
  return lp_say_number (finding->b);
}

static char *
say_a_pixels (const LpDataset *dataset, const LpFinding *finding)
{
  return lp_say_pixels (finding->a);
}

static char *
say_percent (const LpDataset *dataset, const LpFinding *finding)
{
  return lp_say_percent (finding->b);
}

static char *
say_detail (const LpDataset *dataset, const LpFinding *finding)
{
  return lp_say_text (lp_dataset_detail (dataset, finding->detail));
}

static char *
say_class (const LpDataset *dataset, const LpFinding *finding)
{
  const LpRow *row = row_of (dataset, finding);

  if (row == NULL || row->class_id == LP_CLASS_NONE)
    return g_strdup ("?");
  return g_strdup_printf ("%d", row->class_id);
}

static char *
say_name (const LpDataset *dataset, const LpFinding *finding)
{
  const LpLayer *layer = layer_of (dataset, finding);
  const LpRow *row = row_of (dataset, finding);

  if (row == NULL)
    return g_strdup ("?");
  return lp_say_text (lp_dictionary_name (lp_dataset_dict (dataset, layer->dictionary), row->class_id));
}

static char *
say_box (const LpDataset *dataset, const LpFinding *finding)
{
  char *box = lp_say_box (dataset, finding);

  return box != NULL ? box : g_strdup ("?");
}

static char *
say_size (const LpDataset *dataset, const LpFinding *finding)
{
  const LpImage *image;

  if (finding->image >= dataset->images->len)
    return g_strdup ("?");
  image = lp_dataset_image (dataset, finding->image);
  return image->width == 0 ? g_strdup ("?") : g_strdup_printf ("%u × %u", image->width, image->height);
}

static char *
say_line (const LpDataset *dataset, const LpFinding *finding)
{
  return g_strdup_printf ("%u", finding->line);
}

static char *
say_other_line (const LpDataset *dataset, const LpFinding *finding)
{
  const LpLayer *layer = layer_of (dataset, finding);

  if (layer == NULL || finding->other >= layer->places->len)
    return g_strdup ("?");
  return g_strdup_printf ("%u", lp_layer_place (layer, finding->other)->line);
}

static char *
say_image (const LpDataset *dataset, const LpFinding *finding)
{
  return lp_say_text (finding->image < dataset->images->len ? lp_dataset_image (dataset, finding->image)->name
                                                            : NULL);
}

static char *
say_file (const LpDataset *dataset, const LpFinding *finding)
{
  return finding->file == LP_NONE ? say_image (dataset, finding) : lp_say_file (dataset, finding->file);
}

static const struct
{
  const char *name;
  char *(*say) (const LpDataset *dataset, const LpFinding *finding);
} placeholders[] = {
  { "a", say_a },
  { "b", say_b },
  { "a:px", say_a_pixels },
  { "percent", say_percent },
  { "detail", say_detail },
  { "class", say_class },
  { "name", say_name },
  { "box", say_box },
  { "size", say_size },
  { "line", say_line },
  { "other-line", say_other_line },
  { "image", say_image },
  { "file", say_file },
};

/* A template is ours and tested: an unknown placeholder is a mistake of the programmer. */
static char *
say_placeholder (const char *name, gsize length, const LpDataset *dataset, const LpFinding *finding)
{
  for (guint i = 0; i < G_N_ELEMENTS (placeholders); i++)
    if (strlen (placeholders[i].name) == length && memcmp (placeholders[i].name, name, length) == 0)
      return placeholders[i].say (dataset, finding);
  g_assert_not_reached ();
}

static char *
say_template (const char *template, const LpDataset *dataset, const LpFinding *finding)
{
  GString *out = g_string_new (NULL);
  const char *at = template, *open;

  while ((open = strchr (at, '{')) != NULL)
    {
      const char *close = strchr (open, '}');
      g_autofree char *text = NULL;

      g_assert (close != NULL);
      text = say_placeholder (open + 1, (gsize) (close - open) - 1, dataset, finding);
      g_string_append_len (out, at, open - at);
      g_string_append (out, text);
      at = close + 1;
    }
  g_string_append (out, at);
  return g_string_free (out, FALSE);
}

char *
lp_rule_say (const LpDataset *dataset, const LpFinding *finding)
{
  const LpRule *rule = lp_rule_get (finding->rule);

  g_return_val_if_fail (rule != NULL, NULL);
  if (rule->say != NULL)
    return rule->say (dataset, finding);
  return say_template (_ (rule->sentence), dataset, finding);
}
