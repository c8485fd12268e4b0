/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "lp-index-model.h"
#include "lp-recent.h"
#include "lp-sidebar.h"
#include "lp-widgets.h"

struct _LpSidebar
{
  AdwBin parent_instance;

  LpSession *session;
  guint32 dictionary;
  LpIndexModel *classes; /* numbers into `ids` */
  GArray *counts;        /* LpClassCount: what `classes` numbers */
  gboolean rail;

  GtkWidget *open_row, *open_split, *open_icon;
  GtkMenuButton *menu_button;
  GtkMenuButton *recent_button;
  GtkWidget *problems_count, *images_count, *labels_mark;
  GtkWidget *entries, *classes_part;
  GtkLabel *classes_title;
  GtkWidget *names_link; /* where no names are known */
  GtkListView *classes_view;
};

G_DEFINE_FINAL_TYPE (LpSidebar, lp_sidebar, ADW_TYPE_BIN)

/* ---- classes ---- */

static guint32
shown_dictionary (LpSidebar *self)
{
  return self->dictionary != LP_NONE ? self->dictionary : lp_reference_dictionary (self->session);
}

static void
refresh_classes (LpSidebar *self)
{
  g_array_set_size (self->counts, 0);
  if (self->session != NULL)
    {
      const LpDataset *dataset = lp_session_get_dataset (self->session);
      const LpDictionary *names = lp_dataset_dict (dataset, self->dictionary);

      g_array_unref (self->counts);
      self->counts = lp_class_counts (self->session, shown_dictionary (self));
      if (names != NULL)
        {
          g_autofree char *title = lp_text_escape (names->title, -1, 40);
          g_autofree char *text = g_strdup_printf (_ ("Names from %s"), title);

          gtk_label_set_text (self->classes_title, text);
        }
      else
        gtk_label_set_text (self->classes_title, _ ("Classes"));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->classes_title), self->counts->len > 0);
  gtk_widget_set_visible (self->names_link, self->counts->len > 0 && shown_dictionary (self) == LP_NONE);
  lp_index_model_set_range (self->classes, self->counts->len);
}

static void
class_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *name = lp_label_new ("", NULL, FALSE);

  gtk_widget_add_css_class (row, "class-row");
  gtk_box_append (GTK_BOX (row), lp_swatch_new (-1));
  gtk_box_append (GTK_BOX (row), lp_label_new ("", "dim-label numeric", FALSE));
  gtk_widget_set_hexpand (name, TRUE);
  gtk_box_append (GTK_BOX (row), name);
  gtk_box_append (GTK_BOX (row), lp_label_new ("", "dim-label numeric", FALSE));
  gtk_list_item_set_child (item, row);
  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_selectable (item, FALSE);
}

static void
class_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  LpSidebar *self = data;
  guint32 dictionary = shown_dictionary (self);
  const LpDictionary *names = lp_dataset_dict (lp_session_get_dataset (self->session), dictionary);
  const LpClassCount *class =
    &g_array_index (self->counts, LpClassCount, lp_index_item_get (gtk_list_item_get_item (item)));
  const char *name = lp_dictionary_name (names, class->id);
  GtkWidget *swatch = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *number = gtk_widget_get_next_sibling (swatch);
  GtkWidget *label = gtk_widget_get_next_sibling (number);
  GtkWidget *count = gtk_widget_get_next_sibling (label);
  g_autofree char *number_text = g_strdup_printf ("%d", class->id);
  g_autofree char *name_text =
    name != NULL ? lp_text_show_blanks (name) : g_strdup (names != NULL ? _ ("no name") : "");
  g_autofree char *count_text = lp_number (class->boxes);

  lp_swatch_set (swatch, lp_class_slot (self->session, dictionary, class->id));
  gtk_label_set_text (GTK_LABEL (number), number_text);
  gtk_label_set_text (GTK_LABEL (label), name_text);
  gtk_label_set_text (GTK_LABEL (count), count_text);
  if (name == NULL)
    gtk_widget_add_css_class (label, "dim-label");
  else
    gtk_widget_remove_css_class (label, "dim-label");
}

/* ---- counts ---- */

static void
set_count (GtkWidget *label, guint64 n)
{
  g_autofree char *text = lp_number (n);

  gtk_label_set_text (GTK_LABEL (label), text);
}

/* How many problems are still there: those of the base, less what was dealt with. */
static void
refresh_counts (LpSidebar *self)
{
  const LpFindings *findings = lp_session_get_findings (self->session);
  const LpMatch *match = lp_session_get_match (self->session);

  set_count (self->problems_count, findings->findings->len);
  set_count (self->images_count, lp_image_count (lp_session_get_dataset (self->session)));
  gtk_widget_set_visible (self->labels_mark, match != NULL && match->kind > LP_VERDICT_CONSISTENT && !self->rail);
}

static void
session_changed_cb (LpSidebar *self)
{
  refresh_counts (self);
  refresh_classes (self);
}

void
lp_sidebar_set_session (LpSidebar *self, LpSession *session)
{
  g_return_if_fail (LP_IS_SIDEBAR (self));

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_func (self->session, session_changed_cb, self);
  lp_index_model_set_range (self->classes, 0); /* rows look into the old session */
  self->dictionary = LP_NONE;
  g_set_object (&self->session, session);
  gtk_widget_set_visible (self->labels_mark, FALSE);
  if (session != NULL)
    {
      g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
      refresh_counts (self);
    }
  else
    lp_sidebar_set_counts (self, 0, 0);
  refresh_classes (self);
}

void
lp_sidebar_set_dictionary (LpSidebar *self, guint32 dictionary)
{
  g_return_if_fail (LP_IS_SIDEBAR (self));
  if (self->dictionary == dictionary)
    return;
  self->dictionary = dictionary;
  refresh_classes (self);
}

void
lp_sidebar_set_counts (LpSidebar *self, guint problems, guint images)
{
  g_return_if_fail (LP_IS_SIDEBAR (self));
  set_count (self->problems_count, problems);
  set_count (self->images_count, images);
}

/* Only icons where the window is narrow: the words stay as tooltips and accessible labels. */
void
lp_sidebar_set_rail (LpSidebar *self, gboolean rail)
{
  g_return_if_fail (LP_IS_SIDEBAR (self));

  self->rail = rail;
  gtk_widget_set_visible (self->open_split, !rail);
  gtk_widget_set_visible (self->open_icon, rail);
  gtk_widget_set_visible (self->classes_part, !rail);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->open_row),
                                  rail ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  for (GtkWidget *entry = gtk_widget_get_first_child (self->entries); entry != NULL;
       entry = gtk_widget_get_next_sibling (entry))
    {
      GtkWidget *icon = gtk_widget_get_first_child (gtk_button_get_child (GTK_BUTTON (entry)));

      for (GtkWidget *part = gtk_widget_get_next_sibling (icon); part != NULL;
           part = gtk_widget_get_next_sibling (part))
        gtk_widget_set_visible (part, !rail);
      gtk_widget_set_hexpand (icon, rail);
    }
  if (self->session != NULL)
    refresh_counts (self);
  else
    gtk_widget_set_visible (self->labels_mark, FALSE);
  if (rail)
    gtk_widget_add_css_class (GTK_WIDGET (self), "rail");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "rail");
}

/* ---- what was opened lately ---- */

static void
fill_recent_cb (GtkMenuButton *button, gpointer data)
{
  g_autoptr (GPtrArray) list = lp_recent_load ();
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) recent = g_menu_new ();
  g_autoptr (GMenu) open = g_menu_new ();

  for (guint i = 0; i < list->len; i++)
    {
      LpRecent *one = g_ptr_array_index (list, i);
      g_autofree char *title = lp_text_escape (one->title, -1, 60);
      g_autoptr (GMenuItem) item = g_menu_item_new (title, NULL);

      g_menu_item_set_action_and_target_value (item, "app.open-paths",
                                               g_variant_new_strv ((const char *const *) one->paths, -1));
      g_menu_append_item (recent, item);
    }
  g_menu_append (open, _ ("Open Files…"), "win.open-files");
  g_menu_append (open, _ ("Open the Example"), "win.open-example");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (open));
  g_menu_append_section (menu, _ ("Recent"), G_MENU_MODEL (recent));
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static void
lp_sidebar_dispose (GObject *object)
{
  LpSidebar *self = LP_SIDEBAR (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_func (self->session, session_changed_cb, self);
  g_clear_object (&self->session);
  g_clear_object (&self->classes);
  g_clear_pointer (&self->counts, g_array_unref);
  G_OBJECT_CLASS (lp_sidebar_parent_class)->dispose (object);
}

static void
lp_sidebar_class_init (LpSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lp_sidebar_dispose;
  gtk_widget_class_set_css_name (widget_class, "lpsidebar");
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/labelproof/Labelproof/lp-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, LpSidebar, open_row);
  gtk_widget_class_bind_template_child (widget_class, LpSidebar, open_split);
  gtk_widget_class_bind_template_child (widget_class, LpSidebar, open_icon);
  gtk_widget_class_bind_template_child (widget_class, LpSidebar, menu_button);
  gtk_widget_class_bind_template_child (widget_class, LpSidebar, recent_button);
  gtk_widget_class_bind_template_child (widget_class, LpSidebar, problems_count);
  gtk_widget_class_bind_template_child (widget_class, LpSidebar, images_count);
  gtk_widget_class_bind_template_child (widget_class, LpSidebar, labels_mark);
  gtk_widget_class_bind_template_child (widget_class, LpSidebar, entries);
  gtk_widget_class_bind_template_child (widget_class, LpSidebar, classes_part);
  gtk_widget_class_bind_template_child (widget_class, LpSidebar, classes_title);
  gtk_widget_class_bind_template_child (widget_class, LpSidebar, names_link);
  gtk_widget_class_bind_template_child (widget_class, LpSidebar, classes_view);
}

static void
lp_sidebar_init (LpSidebar *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkSelectionModel) selection = NULL;

  self->dictionary = LP_NONE;
  self->classes = lp_index_model_new ();
  self->counts = g_array_new (FALSE, FALSE, sizeof (LpClassCount));
  gtk_widget_init_template (GTK_WIDGET (self));

  g_signal_connect (factory, "setup", G_CALLBACK (class_setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (class_bind_cb), self);
  selection = GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->classes))));
  gtk_list_view_set_model (self->classes_view, selection);
  gtk_list_view_set_factory (self->classes_view, factory);
  gtk_menu_button_set_create_popup_func (self->recent_button, fill_recent_cb, NULL, NULL);
}
