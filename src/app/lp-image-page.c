/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lp-image-page.h"

struct _LpImagePage
{
  LpPage parent_instance;

  int image, selected_box, dictionary;
  double zoom;
  char *frame;
};

G_DEFINE_FINAL_TYPE (LpImagePage, lp_image_page, LP_TYPE_PAGE)

enum
{
  PROP_0,
  PROP_IMAGE,
  PROP_SELECTED_BOX,
  PROP_DICTIONARY,
  PROP_ZOOM,
  PROP_FRAME,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
lp_image_page_refresh (LpPage *page, gboolean anew)
{
}

static void
lp_image_page_add_actions (LpPage *page, GActionMap *map)
{
  static const char *const names[] = { "image", "selected-box", "dictionary", "zoom", "frame" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GPropertyAction) action = g_property_action_new (names[i], page, names[i]);

      g_action_map_add_action (map, G_ACTION (action));
    }
}

static void
lp_image_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LpImagePage *self = LP_IMAGE_PAGE (object);

  switch (id)
    {
    case PROP_IMAGE:
      g_value_set_int (value, self->image);
      break;
    case PROP_SELECTED_BOX:
      g_value_set_int (value, self->selected_box);
      break;
    case PROP_DICTIONARY:
      g_value_set_int (value, self->dictionary);
      break;
    case PROP_ZOOM:
      g_value_set_double (value, self->zoom);
      break;
    case PROP_FRAME:
      g_value_set_string (value, self->frame);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lp_image_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LpImagePage *self = LP_IMAGE_PAGE (object);

  switch (id)
    {
    case PROP_IMAGE:
      self->image = g_value_get_int (value);
      break;
    case PROP_SELECTED_BOX:
      self->selected_box = g_value_get_int (value);
      break;
    case PROP_DICTIONARY:
      self->dictionary = g_value_get_int (value);
      break;
    case PROP_ZOOM:
      self->zoom = g_value_get_double (value);
      break;
    case PROP_FRAME:
      g_free (self->frame);
      self->frame = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lp_image_page_finalize (GObject *object)
{
  g_free (LP_IMAGE_PAGE (object)->frame);
  G_OBJECT_CLASS (lp_image_page_parent_class)->finalize (object);
}

static void
lp_image_page_class_init (LpImagePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = lp_image_page_finalize;
  object_class->get_property = lp_image_page_get_property;
  object_class->set_property = lp_image_page_set_property;
  LP_PAGE_CLASS (klass)->refresh = lp_image_page_refresh;
  LP_PAGE_CLASS (klass)->add_actions = lp_image_page_add_actions;

  properties[PROP_IMAGE] = g_param_spec_int ("image", NULL, NULL, -1, G_MAXINT, -1, flags);
  properties[PROP_SELECTED_BOX] = g_param_spec_int ("selected-box", NULL, NULL, -1, G_MAXINT, -1, flags);
  properties[PROP_DICTIONARY] = g_param_spec_int ("dictionary", NULL, NULL, -1, G_MAXINT, -1, flags);
  properties[PROP_ZOOM] = g_param_spec_double ("zoom", NULL, NULL, 0, 64, 1, flags);
  properties[PROP_FRAME] = g_param_spec_string ("frame", NULL, NULL, "upright", flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
lp_image_page_init (LpImagePage *self)
{
  self->image = self->selected_box = self->dictionary = -1;
  self->zoom = 1;
  self->frame = g_strdup ("upright");
}

GtkWidget *
lp_image_page_new (void)
{
  return g_object_new (LP_TYPE_IMAGE_PAGE, NULL);
}

void
lp_image_page_show (LpImagePage *self, guint32 image, guint32 row)
{
}

void
lp_image_page_show_file (LpImagePage *self, LpDecoder *decoder, const LpRoots *roots, const char *path)
{
}
