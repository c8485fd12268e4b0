/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lp-page.h"

typedef struct
{
  LpSession *session;
  char *title, *subtitle;
  GtkWidget *header_start, *header_end;
  gboolean stale; /* the session changed while the page was not seen */
} LpPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (LpPage, lp_page, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_SESSION,
  PROP_TITLE,
  PROP_SUBTITLE,
  PROP_HEADER_START,
  PROP_HEADER_END,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
refresh (LpPage *self, gboolean anew)
{
  LpPagePrivate *priv = lp_page_get_instance_private (self);

  priv->stale = FALSE;
  LP_PAGE_GET_CLASS (self)->refresh (self, anew);
}

static void
session_changed_cb (LpPage *self)
{
  LpPagePrivate *priv = lp_page_get_instance_private (self);

  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    refresh (self, FALSE);
  else
    priv->stale = TRUE;
}

void
lp_page_set_session (LpPage *self, LpSession *session)
{
  LpPagePrivate *priv = lp_page_get_instance_private (self);

  g_return_if_fail (LP_IS_PAGE (self));
  g_return_if_fail (session == NULL || LP_IS_SESSION (session));

  if (priv->session == session)
    return;
  if (priv->session != NULL)
    g_signal_handlers_disconnect_by_func (priv->session, session_changed_cb, self);
  g_set_object (&priv->session, session);
  if (session != NULL)
    g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
  refresh (self, TRUE);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

LpSession *
lp_page_get_session (LpPage *self)
{
  LpPagePrivate *priv = lp_page_get_instance_private (self);

  g_return_val_if_fail (LP_IS_PAGE (self), NULL);
  return priv->session;
}

void
lp_page_set_title (LpPage *self, const char *title, const char *subtitle)
{
  g_return_if_fail (LP_IS_PAGE (self));
  g_object_set (self, "title", title, "subtitle", subtitle, NULL);
}

void
lp_page_add_actions (LpPage *self, GActionMap *map)
{
  g_return_if_fail (LP_IS_PAGE (self));
  if (LP_PAGE_GET_CLASS (self)->add_actions != NULL)
    LP_PAGE_GET_CLASS (self)->add_actions (self, map);
}

void
lp_page_lay_out (LpPage *self, int width)
{
  g_return_if_fail (LP_IS_PAGE (self));
  if (LP_PAGE_GET_CLASS (self)->lay_out != NULL)
    LP_PAGE_GET_CLASS (self)->lay_out (self, width);
}

void
lp_page_search (LpPage *self)
{
  g_return_if_fail (LP_IS_PAGE (self));
  if (LP_PAGE_GET_CLASS (self)->search != NULL)
    LP_PAGE_GET_CLASS (self)->search (self);
}

static void
lp_page_map (GtkWidget *widget)
{
  LpPage *self = LP_PAGE (widget);
  LpPagePrivate *priv = lp_page_get_instance_private (self);

  if (priv->stale)
    refresh (self, FALSE);
  GTK_WIDGET_CLASS (lp_page_parent_class)->map (widget);
}

static void
lp_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LpPagePrivate *priv = lp_page_get_instance_private (LP_PAGE (object));

  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, priv->session);
      break;
    case PROP_TITLE:
      g_value_set_string (value, priv->title);
      break;
    case PROP_SUBTITLE:
      g_value_set_string (value, priv->subtitle);
      break;
    case PROP_HEADER_START:
      g_value_set_object (value, priv->header_start);
      break;
    case PROP_HEADER_END:
      g_value_set_object (value, priv->header_end);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lp_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LpPagePrivate *priv = lp_page_get_instance_private (LP_PAGE (object));

  switch (id)
    {
    case PROP_SESSION:
      lp_page_set_session (LP_PAGE (object), g_value_get_object (value));
      break;
    case PROP_TITLE:
      g_free (priv->title);
      priv->title = g_value_dup_string (value);
      break;
    case PROP_SUBTITLE:
      g_free (priv->subtitle);
      priv->subtitle = g_value_dup_string (value);
      break;
    case PROP_HEADER_START:
      g_set_object (&priv->header_start, g_value_get_object (value));
      break;
    case PROP_HEADER_END:
      g_set_object (&priv->header_end, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
lp_page_dispose (GObject *object)
{
  LpPagePrivate *priv = lp_page_get_instance_private (LP_PAGE (object));

  if (priv->session != NULL)
    g_signal_handlers_disconnect_by_func (priv->session, session_changed_cb, object);
  g_clear_object (&priv->session);
  g_clear_object (&priv->header_start);
  g_clear_object (&priv->header_end);
  g_clear_pointer (&priv->title, g_free);
  g_clear_pointer (&priv->subtitle, g_free);
  G_OBJECT_CLASS (lp_page_parent_class)->dispose (object);
}

static void
lp_page_class_init (LpPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = lp_page_dispose;
  object_class->get_property = lp_page_get_property;
  object_class->set_property = lp_page_set_property;
  GTK_WIDGET_CLASS (klass)->map = lp_page_map;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, LP_TYPE_SESSION, flags | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, NULL, flags);
  properties[PROP_HEADER_START] = g_param_spec_object ("header-start", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_HEADER_END] = g_param_spec_object ("header-end", NULL, NULL, GTK_TYPE_WIDGET, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
lp_page_init (LpPage *self)
{
}
