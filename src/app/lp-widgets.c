/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

#include "lp-widgets.h"

void
lp_widget_add_classes (GtkWidget *widget, const char *classes)
{
  g_auto (GStrv) list = g_strsplit (classes != NULL ? classes : "", " ", -1);

  for (guint i = 0; list[i] != NULL; i++)
    if (*list[i] != '\0')
      gtk_widget_add_css_class (widget, list[i]);
}

void
lp_set_accessible_label (GtkWidget *widget, const char *label)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

GtkWidget *
lp_label_new (const char *text, const char *classes, gboolean wrap)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), wrap);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (!wrap)
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  lp_widget_add_classes (label, classes);
  return label;
}

GtkWidget *
lp_link_new (const char *text, const char *action, GVariant *target)
{
  GtkWidget *button = gtk_button_new_with_label (text);

  gtk_widget_add_css_class (button, "text-link");
  gtk_widget_set_valign (button, GTK_ALIGN_BASELINE);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_cursor_from_name (button, "pointer");
  if (target != NULL)
    gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

GtkWidget *
lp_severity_image_new (LpSeverity severity)
{
  static const struct
  {
    const char *icon, *css;
  } looks[] = {
    [LP_SEVERITY_OFF] = { "object-select-symbolic", "fine" },
    [LP_SEVERITY_INFO] = { "dialog-information-symbolic", "info" },
    [LP_SEVERITY_WARNING] = { "dialog-warning-symbolic", "warn" },
    [LP_SEVERITY_ERROR] = { "dialog-error-symbolic", "bad" },
  };
  GtkWidget *image;

  g_return_val_if_fail (severity < G_N_ELEMENTS (looks), NULL);
  image = gtk_image_new_from_icon_name (looks[severity].icon);
  gtk_widget_add_css_class (image, looks[severity].css);
  lp_set_accessible_label (image, severity == LP_SEVERITY_OFF ? _ ("Fine") : lp_severity_word (severity));
  return image;
}

GtkWidget *
lp_card_new (const char *title)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  lp_widget_add_classes (box, "card panel");
  if (title != NULL)
    gtk_box_append (GTK_BOX (box), lp_label_new (title, "heading", TRUE));
  return box;
}

void
lp_swatch_set (GtkWidget *swatch, int slot)
{
  char css[] = "slot-0";
  const char *classes[] = { "swatch", css, NULL };

  if (slot < 0)
    classes[1] = "slot-none";
  else
    css[5] = '0' + slot % LP_PALETTE_SLOTS;
  gtk_widget_set_css_classes (swatch, classes);
}

GtkWidget *
lp_swatch_new (int slot)
{
  GtkWidget *swatch = adw_bin_new ();

  gtk_widget_set_halign (swatch, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (swatch, GTK_ALIGN_CENTER);
  lp_swatch_set (swatch, slot);
  return swatch;
}

void
lp_box_clear (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

double
lp_text_scale (GtkWidget *widget)
{
  int dpi = 0;

  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? dpi / (96.0 * 1024) : 1;
}

/* By hand: the C locale has no separator, and a number of six digits without one is misread. */
char *
lp_number (guint64 number)
{
  const char *locale_mark = localeconv ()->thousands_sep;
  const char *mark = *locale_mark != '\0' ? locale_mark : ",";
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, number);
  gsize length = strlen (digits);
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append (text, mark);
      g_string_append_c (text, digits[i]);
    }
  return g_string_free (text, FALSE);
}

char *
lp_count (const char *words, guint n)
{
  g_autofree char *number = lp_number (n);

  return g_strdup_printf (words, number);
}

#define HEADLINE_MAX 300 /* characters: names in it may be long */

char *
lp_headline (const char *sentence)
{
  static const char *const stops[] = { ".", "。" };
  char *shown = lp_text_escape (sentence, -1, HEADLINE_MAX);

  for (guint i = 0; i < G_N_ELEMENTS (stops); i++)
    if (g_str_has_suffix (shown, stops[i]))
      shown[strlen (shown) - strlen (stops[i])] = '\0';
  return shown;
}

char *
lp_home_path (const char *path)
{
  const char *home = g_get_home_dir ();
  gsize length = strlen (home);
  g_autofree char *shown = NULL;

  if (length > 1 && strncmp (path, home, length) == 0 && (path[length] == '/' || path[length] == '\0'))
    shown = g_strconcat ("~", path + length, NULL);
  else
    shown = g_strdup (path);
  return lp_text_escape (shown, -1, 0);
}

char *
lp_finding_place (const LpDataset *dataset, const LpFinding *finding)
{
  const char *name = NULL;
  g_autofree char *shown = NULL;

  if (finding->file != LP_NONE)
    name = lp_dataset_file (dataset, finding->file)->name;
  else if (finding->image != LP_NONE)
    name = lp_dataset_image (dataset, finding->image)->name;
  if (name == NULL)
    return g_strdup ("");
  shown = lp_text_escape (name, -1, 0);
  return finding->line > 0 ? g_strdup_printf ("%s:%u", shown, finding->line) : g_steal_pointer (&shown);
}

guint
lp_image_count (const LpDataset *dataset)
{
  guint n = 0;

  for (guint32 i = 0; i < dataset->images->len; i++)
    n += (lp_dataset_image (dataset, i)->flags & LP_IMAGE_ORPHAN) == 0;
  return n;
}

guint32
lp_reference_dictionary (LpSession *session)
{
  const LpDataset *dataset = lp_session_get_dataset (session);
  const LpMatch *match = lp_session_get_match (session);
  const LpLayer *subject = lp_dataset_layer (dataset, dataset->subject);

  if (match != NULL && match->reference != LP_NONE && match->repair_case != LP_CASE_B &&
      match->repair_case != LP_CASE_C && match->kind != LP_VERDICT_INCONSISTENT &&
      match->kind != LP_VERDICT_UNVERIFIABLE)
    return match->reference;
  return subject != NULL ? subject->dictionary : LP_NONE;
}

LpFrame
lp_usual_frame (LpSession *session, guint32 image)
{
  const LpDataset *dataset = lp_session_get_dataset (session);
  const LpLayer *layer = lp_dataset_layer (dataset, dataset->subject);
  const LpEntry *entry = layer != NULL ? lp_layer_find (layer, image) : NULL;
  LpFrame frame = lp_session_get_profile (session)->frame;

  if (layer != NULL && layer->kind != LP_LAYER_YOLO)
    frame = entry != NULL ? entry->frame : LP_FRAME_UNKNOWN;
  return frame == LP_FRAME_RAW ? LP_FRAME_RAW : LP_FRAME_UPRIGHT;
}

int
lp_class_slot (LpSession *session, guint32 dictionary, gint32 class_id)
{
  const LpDataset *dataset = lp_session_get_dataset (session);
  const LpDictionary *names = lp_dataset_dict (dataset, dictionary);
  const LpDictionary *reference = lp_dataset_dict (dataset, lp_reference_dictionary (session));
  const char *name = names != NULL ? lp_dictionary_name (names, class_id) : NULL;
  gint32 place = name != NULL && reference != NULL ? lp_dictionary_index (reference, name) : -1;

  if (names == NULL)
    return class_id >= 0 ? class_id % LP_PALETTE_SLOTS : -1;
  if (name == NULL)
    return -1;
  return (place >= 0 ? place : class_id) % LP_PALETTE_SLOTS;
}

static int
compare_classes (gconstpointer a, gconstpointer b)
{
  const LpClassCount *x = a, *y = b;

  return (x->id > y->id) - (x->id < y->id);
}

static void
count_rows (const LpLayer *layer, GHashTable *boxes)
{
  for (guint32 i = 0; i < layer->rows->len; i++)
    {
      const LpRow *row = lp_layer_row (layer, i);
      guint *n;

      if ((row->flags & LP_ROW_REMOVED) || row->kind == LP_ROW_UNREAD || row->class_id == LP_CLASS_NONE)
        continue;
      n = g_hash_table_lookup (boxes, GINT_TO_POINTER (row->class_id));
      if (n != NULL)
        (*n)++;
      else
        {
          n = g_new (guint, 1);
          *n = 1;
          g_hash_table_insert (boxes, GINT_TO_POINTER (row->class_id), n);
        }
    }
}

GArray *
lp_class_counts (LpSession *session, guint32 dictionary)
{
  const LpDataset *dataset = lp_session_get_dataset (session);
  const LpLayer *subject = lp_dataset_layer (dataset, dataset->subject);
  const LpDictionary *names = lp_dataset_dict (dataset, dictionary);
  g_autoptr (GHashTable) boxes = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  GArray *counts = g_array_new (FALSE, FALSE, sizeof (LpClassCount));
  GHashTableIter iter;
  gpointer key, value;

  if (subject != NULL)
    count_rows (subject, boxes);
  g_hash_table_iter_init (&iter, boxes);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      LpClassCount class = { GPOINTER_TO_INT (key), *(guint *) value };

      g_array_append_val (counts, class);
    }
  for (guint i = 0; names != NULL && i < names->names->len; i++)
    if (g_ptr_array_index (names->names, i) != NULL && !g_hash_table_contains (boxes, GINT_TO_POINTER (i)))
      {
        LpClassCount class = { (gint32) i, 0 };

        g_array_append_val (counts, class);
      }
  g_array_sort (counts, compare_classes);
  return counts;
}

static void
set_colour (GdkRGBA *colour, const guint8 rgb[3])
{
  *colour = (GdkRGBA){ rgb[0] / 255.0f, rgb[1] / 255.0f, rgb[2] / 255.0f, 1 };
}

void
lp_slot_canvas (int slot, GdkRGBA *colour)
{
  static const guint8 white[3] = { 255, 255, 255 };

  set_colour (colour, slot < 0 ? white : lp_palette_slot (slot)->canvas);
}

void
lp_slot_ink (int slot, GdkRGBA *colour)
{
  static const guint8 grey[3] = { 128, 128, 128 };
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());

  if (slot < 0)
    set_colour (colour, grey);
  else
    set_colour (colour, dark ? lp_palette_slot (slot)->dark : lp_palette_slot (slot)->light);
}
