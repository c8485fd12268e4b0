/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lp-index-model.h"

struct _LpIndexItem
{
  GObject parent_instance;
  guint32 index;
};

G_DEFINE_FINAL_TYPE (LpIndexItem, lp_index_item, G_TYPE_OBJECT)

struct _LpIndexModel
{
  GObject parent_instance;
  GArray *indices; /* guint32; NULL: the range */
  guint n;
};

static GType
get_item_type (GListModel *model)
{
  return LP_TYPE_INDEX_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return LP_INDEX_MODEL (model)->n;
}

static gpointer
get_item (GListModel *model, guint position)
{
  LpIndexModel *self = LP_INDEX_MODEL (model);
  LpIndexItem *item;

  if (position >= self->n)
    return NULL;
  item = g_object_new (LP_TYPE_INDEX_ITEM, NULL);
  item->index = lp_index_model_get (self, position);
  return item;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LpIndexModel,
                               lp_index_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* Two signals instead of one: told of a replacement, GTK 4.8 looks for the old selection in all new items. */
static void
replace (LpIndexModel *self, GArray *indices, guint n)
{
  guint old = self->n;

  self->n = 0;
  g_clear_pointer (&self->indices, g_array_unref);
  if (old > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, old, 0);
  self->indices = indices;
  self->n = n;
  if (n > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, n);
}

void
lp_index_model_set_range (LpIndexModel *self, guint n)
{
  g_return_if_fail (LP_IS_INDEX_MODEL (self));
  replace (self, NULL, n);
}

void
lp_index_model_take (LpIndexModel *self, GArray *indices)
{
  g_return_if_fail (LP_IS_INDEX_MODEL (self));
  replace (self, indices, indices->len);
}

guint32
lp_index_model_get (LpIndexModel *self, guint position)
{
  g_return_val_if_fail (LP_IS_INDEX_MODEL (self) && position < self->n, 0);
  return self->indices != NULL ? g_array_index (self->indices, guint32, position) : position;
}

guint
lp_index_model_find (LpIndexModel *self, guint32 index)
{
  g_return_val_if_fail (LP_IS_INDEX_MODEL (self), G_MAXUINT);
  if (self->indices == NULL)
    return index < self->n ? index : G_MAXUINT;
  for (guint i = 0; i < self->n; i++)
    if (g_array_index (self->indices, guint32, i) == index)
      return i;
  return G_MAXUINT;
}

guint32
lp_index_item_get (LpIndexItem *self)
{
  g_return_val_if_fail (LP_IS_INDEX_ITEM (self), 0);
  return self->index;
}

static void
lp_index_item_class_init (LpIndexItemClass *klass)
{
}

static void
lp_index_item_init (LpIndexItem *self)
{
}

static void
lp_index_model_finalize (GObject *object)
{
  g_clear_pointer (&LP_INDEX_MODEL (object)->indices, g_array_unref);
  G_OBJECT_CLASS (lp_index_model_parent_class)->finalize (object);
}

static void
lp_index_model_class_init (LpIndexModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lp_index_model_finalize;
}

static void
lp_index_model_init (LpIndexModel *self)
{
}

LpIndexModel *
lp_index_model_new (void)
{
  return g_object_new (LP_TYPE_INDEX_MODEL, NULL);
}
