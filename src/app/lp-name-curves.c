/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "lp-name-curves.h"
#include "lp-widgets.h"

#define ALL_UP_TO 24 /* names; of more only those that are moved */
#define MOST 40
#define LINE_HEIGHT 1.5 /* of the text's height */
#define TEXT_SHARE 0.36 /* of the width, on either side */
#define DOT 2.5

typedef struct
{
  gint32 left, right;        /* numbers */
  guint left_row, right_row; /* where it is drawn */
  int slot;
  char *name; /* escaped; owned */
} Joint;

struct _LpNameCurves
{
  GtkWidget parent_instance;

  GArray *joints; /* Joint, by left */
};

G_DEFINE_FINAL_TYPE (LpNameCurves, lp_name_curves, GTK_TYPE_WIDGET)

static void
joint_clear (gpointer data)
{
  g_free (((Joint *) data)->name);
}

/* ---- what is joined ---- */

static void
add (LpNameCurves *self, LpSession *session, guint32 reference, gint32 left, gint32 right, const char *name)
{
  Joint joint = { .left = left, .right = right };

  joint.slot = lp_class_slot (session, reference, right);
  joint.name = lp_text_show_blanks (name);
  g_array_append_val (self->joints, joint);
}

/* The list says where the names are now. */
static void
join_list (LpNameCurves *self, LpSession *session, const LpDictionary *own, guint32 reference)
{
  const LpDictionary *job = lp_dataset_dict (lp_session_get_dataset (session), reference);
  g_autoptr (LpDictRelation) relation = lp_dict_relation_new (own, job);
  gboolean all = relation->names->len <= ALL_UP_TO;

  for (guint i = 0; i < relation->names->len && self->joints->len < MOST; i++)
    {
      const LpNameRelation *name = &g_array_index (relation->names, LpNameRelation, i);
      gboolean here = name->kind == LP_NAME_EQUAL || name->kind == LP_NAME_ALIKE;

      if (lp_dictionary_name (own, i) != NULL && (name->kind == LP_NAME_MOVED || (all && here)))
        add (self, session, reference, i, name->place, lp_dictionary_name (own, i));
    }
}

/* The numbers in the rows do. */
static void
join_rows (LpNameCurves *self, LpSession *session, const LpMatch *match)
{
  gboolean all = match->classes->len <= ALL_UP_TO;

  for (guint i = 0; i < match->classes->len && self->joints->len < MOST; i++)
    {
      const LpVerdictClass *class = &g_array_index (match->classes, LpVerdictClass, i);

      if (class->name != NULL && class->reference >= 0 && (all || class->reference != class->id))
        add (self, session, match->reference, class->id, class->reference, class->name);
    }
}

static int
by_right (gconstpointer a, gconstpointer b)
{
  const Joint *x = *(Joint *const *) a, *y = *(Joint *const *) b;

  return (x->right > y->right) - (x->right < y->right);
}

static void
place_joints (LpNameCurves *self)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();

  for (guint i = 0; i < self->joints->len; i++)
    {
      Joint *joint = &g_array_index (self->joints, Joint, i);

      joint->left_row = i;
      g_ptr_array_add (sorted, joint);
    }
  g_ptr_array_sort (sorted, by_right);
  for (guint i = 0; i < sorted->len; i++)
    ((Joint *) g_ptr_array_index (sorted, i))->right_row = i;
}

static void
describe (LpNameCurves *self)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < self->joints->len; i++)
    {
      const Joint *joint = &g_array_index (self->joints, Joint, i);

      g_string_append_printf (words, i > 0 ? ", %s: %d → %d" : "%s: %d → %d", joint->name, joint->left, joint->right);
    }
  lp_set_accessible_label (GTK_WIDGET (self), words->str);
}

gboolean
lp_name_curves_set_session (LpNameCurves *self, LpSession *session)
{
  const LpDataset *dataset = session != NULL ? lp_session_get_dataset (session) : NULL;
  const LpMatch *match = session != NULL ? lp_session_get_match (session) : NULL;
  const LpDictionary *own = NULL;

  g_return_val_if_fail (LP_IS_NAME_CURVES (self), FALSE);
  g_array_set_size (self->joints, 0);
  if (match != NULL && match->reference != LP_NONE)
    {
      own = lp_dataset_dict (dataset, lp_dataset_layer (dataset, match->subject)->dictionary);
      if (own == NULL || match->repair_case == LP_CASE_B)
        join_rows (self, session, match);
      else
        join_list (self, session, own, match->reference);
    }
  place_joints (self);
  describe (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  return self->joints->len > 0;
}

/* ---- drawing ---- */

static int
line_height (GtkWidget *widget)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, "Xg");
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return (int) (height * LINE_HEIGHT * 0.8 + 0.5);
}

static void
draw_text (LpNameCurves *self, cairo_t *cr, gint32 number, const char *name, double x, double y, double width)
{
  g_autofree char *text = g_strdup_printf ("%d  %s", number, name);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  int height;

  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_get_pixel_size (layout, NULL, &height);
  cairo_move_to (cr, x, y - height / 2.0);
  pango_cairo_show_layout (cr, layout);
}

static void
draw_curve (cairo_t *cr, const GdkRGBA *ink, double x0, double y0, double x1, double y1)
{
  gdk_cairo_set_source_rgba (cr, ink);
  cairo_set_line_width (cr, 2);
  cairo_move_to (cr, x0, y0);
  cairo_curve_to (cr, x0 + (x1 - x0) / 2, y0, x0 + (x1 - x0) / 2, y1, x1, y1);
  cairo_stroke (cr);
  cairo_arc (cr, x0, y0, DOT, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_arc (cr, x1, y1, DOT, 0, 2 * G_PI);
  cairo_fill (cr);
}

static void
lp_name_curves_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LpNameCurves *self = LP_NAME_CURVES (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  int line = line_height (widget);
  double text = width * TEXT_SHARE;
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  GdkRGBA fore;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &fore);
  for (guint i = 0; i < self->joints->len; i++)
    {
      const Joint *joint = &g_array_index (self->joints, Joint, i);
      double left = (joint->left_row + 0.5) * line, right = (joint->right_row + 0.5) * line;
      GdkRGBA ink;

      lp_slot_ink (joint->slot, &ink);
      draw_curve (cr, &ink, text + 6, left, width - text - 6, right);
      gdk_cairo_set_source_rgba (cr, &fore);
      draw_text (self, cr, joint->left, joint->name, 0, left, text - 4);
      draw_text (self, cr, joint->right, joint->name, width - text + 4, right, text - 4);
    }
  cairo_destroy (cr);
}

static void
lp_name_curves_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  LpNameCurves *self = LP_NAME_CURVES (widget);

  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? (int) self->joints->len * line_height (widget) : 120;
  *natural = *minimum;
}

static void
lp_name_curves_finalize (GObject *object)
{
  g_array_unref (LP_NAME_CURVES (object)->joints);
  G_OBJECT_CLASS (lp_name_curves_parent_class)->finalize (object);
}

static void
lp_name_curves_class_init (LpNameCurvesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = lp_name_curves_finalize;
  widget_class->snapshot = lp_name_curves_snapshot;
  widget_class->measure = lp_name_curves_measure;
  gtk_widget_class_set_css_name (widget_class, "lpnamecurves");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
lp_name_curves_init (LpNameCurves *self)
{
  self->joints = g_array_new (FALSE, FALSE, sizeof (Joint));
  g_array_set_clear_func (self->joints, joint_clear);
  /* The inks are those of the theme. */
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
lp_name_curves_new (void)
{
  return g_object_new (LP_TYPE_NAME_CURVES, NULL);
}
