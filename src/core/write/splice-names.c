/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/lp-text.h"
#include "base/lp-yaml.h"
#include "write/lp-splice.h"

/* A names file gets another list: a name that the file has already keeps its token, quotes and all, and moves; what
 * stands around the tokens stays. The result is read again and must be the wanted list, so whatever this does not
 * foresee ends in an error, never in a wrong file. */

/* A name as it stands in the file. */
typedef struct
{
  char *name;                  /* NULL: a hole */
  gsize start, length;         /* its token */
  gsize key_start, key_length; /* of a map: its number, in the quotes it may have */
} Slot;

typedef struct
{
  GBytes *bytes;
  const char *text;
  gsize length;
  GArray *slots; /* Slot, by index */
  gboolean is_yaml, is_map, is_flow;
  gint64 count; /* nc, -1: none */
  gsize count_start, count_length;
} List;

static void
slot_clear (gpointer data)
{
  g_free (((Slot *) data)->name);
}

static void
list_clear (List *list)
{
  g_array_unref (list->slots);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (List, list_clear)

/* ---- reading ---- */

static gboolean
is_white (char c)
{
  return c == ' ' || (c >= '\t' && c <= '\r');
}

/* A name a line, up to the last line that is not blank. */
static void
read_lines (List *list)
{
  gsize at = list->length >= 3 && memcmp (list->text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0, end = list->length;

  while (end > at && is_white (list->text[end - 1]))
    end--;
  while (at < end)
    {
      const char *newline = memchr (list->text + at, '\n', list->length - at);
      gsize next = newline != NULL ? (gsize) (newline - list->text) : list->length, n = next - at;
      Slot slot = { .start = at };

      slot.length = n > 0 && list->text[at + n - 1] == '\r' ? n - 1 : n;
      slot.name = g_strndup (list->text + at, slot.length);
      g_array_append_val (list->slots, slot);
      at = next + 1;
    }
}

static gboolean
take_slot (List *list, gint64 index, const LpYamlScalar *key, const LpYamlScalar *value)
{
  Slot *slot;

  if (index < 0 || index > (gint64) list->length || value->text == NULL)
    return FALSE;
  if ((gint64) list->slots->len <= index)
    g_array_set_size (list->slots, (guint) index + 1);
  slot = &g_array_index (list->slots, Slot, index);
  if (slot->name != NULL)
    return FALSE;
  slot->name = g_strndup (value->text, value->length);
  slot->start = value->offset;
  slot->length = value->size;
  if (key != NULL)
    {
      slot->key_start = key->offset;
      slot->key_length = key->size;
    }
  return TRUE;
}

static gboolean
read_yaml (List *list)
{
  LpYamlProblem problem;
  g_autoptr (LpYaml) yaml = lp_yaml_read (list->text, list->length, &problem);
  const LpYamlEntry *names = yaml != NULL ? lp_yaml_find (yaml, "names") : NULL;
  const LpYamlEntry *count = yaml != NULL ? lp_yaml_find (yaml, "nc") : NULL;
  gsize at;

  if (names == NULL || names->kind == LP_YAML_SCALAR || names->n_items == 0)
    return FALSE;
  list->is_map = names->kind == LP_YAML_MAP;
  for (guint i = 0; i < names->n_items; i += list->is_map ? 2 : 1)
    {
      const LpYamlScalar *item = lp_yaml_item (yaml, names, i);
      gint64 index = i;

      if (list->is_map && !lp_yaml_integer (item, &index))
        return FALSE;
      if (!take_slot (list, index, list->is_map ? item : NULL, list->is_map ? item + 1 : item))
        return FALSE;
    }
  for (at = lp_yaml_item (yaml, names, 0)->offset; at > 0 && is_white (list->text[at - 1]);)
    at--;
  list->is_flow = at > 0 && (list->text[at - 1] == '[' || list->text[at - 1] == '{');
  if (count != NULL && count->kind == LP_YAML_SCALAR && lp_yaml_integer (&count->value, &list->count))
    {
      list->count_start = count->value.offset;
      list->count_length = count->value.size;
    }
  return TRUE;
}

static gboolean
list_read (List *list, GBytes *bytes, LpDictOrigin origin)
{
  *list = (List){ .bytes = bytes, .slots = g_array_new (FALSE, TRUE, sizeof (Slot)), .count = -1 };
  g_array_set_clear_func (list->slots, slot_clear);
  list->text = lp_splice_data (bytes, &list->length);
  list->is_yaml = origin == LP_DICT_YAML;
  if (list->is_yaml)
    return read_yaml (list);
  read_lines (list);
  return TRUE;
}

static gboolean
list_is (const List *list, const GPtrArray *names)
{
  if (list->slots->len != names->len)
    return FALSE;
  for (guint i = 0; i < names->len; i++)
    if (g_strcmp0 (g_array_index (list->slots, Slot, i).name, g_ptr_array_index (names, i)) != 0)
      return FALSE;
  return TRUE;
}

/* ---- tokens ---- */

char *
lp_splice_quote_yaml (const char *name)
{
  g_autoptr (GString) out = g_string_new ("\"");

  for (const char *c = name; *c != '\0';)
    {
      gunichar u = g_utf8_get_char_validated (c, -1);
      gboolean valid = u != (gunichar) -1 && u != (gunichar) -2;

      if (*c == '"' || *c == '\\')
        g_string_append_printf (out, "\\%c", *c);
      else if (valid && (u < 0x20 || (u >= 0x7f && u < 0xa0)))
        g_string_append_printf (out, "\\x%02x", u);
      else if (valid && (u == 0x2028 || u == 0x2029 || u == 0xfeff))
        g_string_append_printf (out, "\\u%04x", u);
      else
        g_string_append_len (out, c, valid ? g_utf8_next_char (c) - c : 1);
      c = valid ? g_utf8_next_char (c) : c + 1;
    }
  g_string_append_c (out, '"');
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
token_for (const List *list, const char *name)
{
  for (guint i = 0; i < list->slots->len; i++)
    {
      const Slot *slot = &g_array_index (list->slots, Slot, i);

      if (slot->name != NULL && slot->length > 0 && strcmp (slot->name, name) == 0)
        return g_strndup (list->text + slot->start, slot->length);
    }
  return list->is_yaml ? lp_splice_quote_yaml (name) : g_strdup (name);
}

static const char *
line_end_style (const List *list)
{
  const char *newline = memchr (list->text, '\n', list->length);

  return newline != NULL && newline > list->text && newline[-1] == '\r' ? "\r\n" : "\n";
}

static gsize
line_start (const List *list, gsize at)
{
  while (at > 0 && list->text[at - 1] != '\n')
    at--;
  return at == 0 && list->length >= 3 && memcmp (list->text, "\xef\xbb\xbf", 3) == 0 ? 3 : at;
}

/* Behind the line end; the end of the file where there is none. */
static gsize
next_line (const List *list, gsize at)
{
  const char *newline = memchr (list->text + at, '\n', list->length - at);

  return newline != NULL ? (gsize) (newline - list->text) + 1 : list->length;
}

/* ---- changes ---- */

static const Slot *
last_slot_before (const List *list, gsize end)
{
  const Slot *found = NULL;

  for (guint i = 0; i < list->slots->len; i++)
    {
      const Slot *slot = &g_array_index (list->slots, Slot, i);

      if (slot->name != NULL && slot->start < end && (found == NULL || slot->start > found->start))
        found = slot;
    }
  return found;
}

static void
replace (GArray *spans, const List *list, const Slot *slot, const char *name)
{
  g_autofree char *token = token_for (list, name);
  /* Nothing is written there: the key's colon or the dash needs a blank behind it. */
  g_autofree char *text = g_strconcat (slot->length == 0 && list->is_yaml ? " " : "", token, NULL);

  lp_splice_add (spans, list->bytes, slot->start, slot->length, text, -1);
}

static void
take_out (GArray *spans, const List *list, const Slot *slot)
{
  const Slot *before = last_slot_before (list, list->is_map ? slot->key_start : slot->start);
  gsize start, end;

  if (list->is_flow && before != NULL)
    {
      start = before->start + before->length;
      end = slot->start + slot->length;
    }
  else
    {
      start = line_start (list, slot->start);
      end = next_line (list, slot->start + slot->length);
    }
  lp_splice_add (spans, list->bytes, start, end - start, "", 0);
}

/* What stands before a new name, as before the `model` one: indent, dash or number and colon. */
static void
append_lead (GString *text, const List *list, const Slot *model, guint index)
{
  gsize key_end = model->key_start + model->key_length, start = line_start (list, model->start);
  const char *quote;

  if (!list->is_map)
    {
      if (!list->is_flow)
        g_string_append_len (text, list->text + start, (gssize) (model->start - start));
      return;
    }
  if (!list->is_flow)
    g_string_append_len (text, list->text + start, (gssize) (model->key_start - start));
  quote = strchr ("\"'", list->text[model->key_start]) != NULL ? list->text + model->key_start : "";
  g_string_append_printf (text, "%.1s%u%.1s", quote, index, quote);
  if (model->length > 0)
    g_string_append_len (text, list->text + key_end, (gssize) (model->start - key_end));
  else
    g_string_append (text, ": ");
}

/* All new names go behind the last one there is. */
static gboolean
add_names (GArray *spans, const List *list, const GPtrArray *wanted, const guint *missing, guint n_missing)
{
  const Slot *model = last_slot_before (list, list->length + 1);
  const char *end_style = line_end_style (list);
  g_autoptr (GString) text = g_string_new (NULL);
  gsize at = model == NULL || list->is_flow ? 0 : next_line (list, model->start + model->length);
  gboolean open_end = model != NULL && !list->is_flow && at > 0 && list->text[at - 1] != '\n';

  if (model == NULL && list->is_yaml)
    return FALSE;
  if (model == NULL)
    at = list->length >= 3 && memcmp (list->text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  if (list->is_flow)
    at = model->start + model->length;
  for (guint i = 0; i < n_missing; i++)
    {
      g_autofree char *token = token_for (list, g_ptr_array_index (wanted, missing[i]));

      g_string_append (text, list->is_flow ? ", " : open_end ? end_style : "");
      if (model != NULL)
        append_lead (text, list, model, missing[i]);
      g_string_append (text, token);
      g_string_append (text, list->is_flow || open_end ? "" : end_style);
    }
  lp_splice_add (spans, list->bytes, at, 0, text->str, (gssize) text->len);
  return TRUE;
}

static gboolean
change_names (GArray *spans, const List *list, const GPtrArray *wanted)
{
  g_autofree guint *missing = g_new (guint, wanted->len + 1);
  guint n_missing = 0;

  for (guint i = 0; i < MAX (wanted->len, list->slots->len); i++)
    {
      const Slot *slot = i < list->slots->len ? &g_array_index (list->slots, Slot, i) : NULL;
      const char *have = slot != NULL ? slot->name : NULL, *want = i < wanted->len ? wanted->pdata[i] : NULL;

      if (have != NULL && want != NULL && strcmp (have, want) != 0)
        replace (spans, list, slot, want);
      else if (have != NULL && want == NULL)
        take_out (spans, list, slot);
      else if (have == NULL && want != NULL)
        missing[n_missing++] = i;
    }
  return n_missing == 0 || add_names (spans, list, wanted, missing, n_missing);
}

/* ---- the whole of it ---- */

static gboolean
cannot_write (const char *path, GError **error)
{
  g_autofree char *name = g_path_get_basename (path), *shown = lp_text_escape (name, -1, 0);

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
               _ ("The list of names in “%s” cannot be rewritten safely. It was left as it is; edit it by hand."),
               shown);
  return FALSE;
}

/* What the operations begin with and end in. */
typedef struct
{
  const GPtrArray *names_before, *names_after;
  const LpOp *first_count, *last_count;
} Wanted;

static Wanted
gather (const GArray *ops)
{
  Wanted wanted = { 0 };

  for (guint i = 0; i < ops->len; i++)
    {
      const LpOp *op = g_array_index (ops, LpPlanOp, i).op;

      if (op->kind == LP_OP_SET_NAMES)
        {
          wanted.names_before = wanted.names_before != NULL ? wanted.names_before : op->names_before;
          wanted.names_after = op->names_after;
        }
      else if (op->kind == LP_OP_SET_COUNT)
        {
          wanted.first_count = wanted.first_count != NULL ? wanted.first_count : op;
          wanted.last_count = op;
        }
    }
  return wanted;
}

static gboolean
is_as_wanted (GArray *spans, GBytes *old, LpDictOrigin origin, const Wanted *wanted)
{
  g_autoptr (GBytes) content = lp_splice_finish (spans, old);
  g_auto (List) result = { 0 };

  if (content == NULL)
    {
      result.slots = g_array_new (FALSE, TRUE, sizeof (Slot));
      return FALSE;
    }
  return list_read (&result, content, origin) &&
         (wanted->names_after == NULL || list_is (&result, wanted->names_after)) &&
         (wanted->last_count == NULL || result.count == wanted->last_count->class_after);
}

gboolean
lp_splice_names (GArray *spans, GBytes *old, const GArray *ops, LpDictOrigin origin, const char *path, GError **error)
{
  Wanted wanted = gather (ops);
  g_auto (List) list = { 0 };

  if (!list_read (&list, old, origin))
    return cannot_write (path, error);
  if ((wanted.names_before != NULL && !list_is (&list, wanted.names_before)) ||
      (wanted.first_count != NULL && list.count != wanted.first_count->class_before))
    return lp_splice_changed (path, error);
  if (wanted.names_after != NULL && !change_names (spans, &list, wanted.names_after))
    return cannot_write (path, error);
  if (wanted.last_count != NULL && list.count != wanted.last_count->class_after)
    {
      g_autofree char *count = g_strdup_printf ("%d", wanted.last_count->class_after);

      if (list.count_length == 0)
        return cannot_write (path, error);
      lp_splice_add (spans, old, list.count_start, list.count_length, count, -1);
    }
  return is_as_wanted (spans, old, origin, &wanted) || cannot_write (path, error);
}
