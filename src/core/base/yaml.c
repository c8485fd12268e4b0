/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>
#include <yaml.h>

#include "base/lp-decimal.h"
#include "base/lp-yaml.h"

#define MAX_DEPTH 32

typedef struct
{
  const char *data; /* behind the BOM */
  gsize length;
  gsize bom;
  /* libyaml counts characters, we need bytes: this place moves on with the events. */
  gsize characters, bytes, line_start;
  guint depth;
  gboolean has_key, had_document;
  LpYamlEntry entry;
  LpYaml *yaml;
  LpYamlProblem *problem;
} Reader;

/* libyaml's own words, and ours for those that people meet. */
static const struct
{
  const char *theirs, *ours;
} sentences[] = {
  { "found character that cannot start any token",
    N_ ("No value can begin with this character (tabs cannot indent in YAML).") },
  { "found a tab character that violates indentation", N_ ("Tabs cannot indent in YAML.") },
  { "found a tab character where an indentation space is expected", N_ ("Tabs cannot indent in YAML.") },
  { "mapping values are not allowed in this context", N_ ("A colon stands where no key can be.") },
  { "did not find expected key", N_ ("A key is expected here; the indentation may be wrong.") },
  { "did not find expected '-' indicator", N_ ("A list item is expected here; the indentation may be wrong.") },
  { "did not find expected ',' or ']'", N_ ("A comma or “]” is missing.") },
  { "did not find expected ',' or '}'", N_ ("A comma or “}” is missing.") },
  { "could not find expected ':'", N_ ("A colon is missing.") },
  { "found unexpected end of stream", N_ ("A quote is not closed.") },
  { "did not find expected node content", N_ ("A value is missing.") },
  { "control characters are not allowed", N_ ("There is a control character in the file.") },
};

static gboolean
fail (Reader *reader, const char *sentence, guint line, guint column)
{
  *reader->problem = (LpYamlProblem){ sentence, line, column };
  return FALSE;
}

/* Moves on to a place that libyaml counts in characters; CR LF are two. */
static void
move_to (Reader *reader, gsize characters)
{
  if (characters < reader->characters)
    reader->characters = reader->bytes = reader->line_start = 0;
  while (reader->characters < characters && reader->bytes < reader->length)
    {
      char c = reader->data[reader->bytes++];

      while (reader->bytes < reader->length && ((guchar) reader->data[reader->bytes] & 0xc0) == 0x80)
        reader->bytes++;
      reader->characters++;
      if (c == '\n' || (c == '\r' && (reader->bytes == reader->length || reader->data[reader->bytes] != '\n')))
        reader->line_start = reader->bytes;
    }
}

static gboolean
fail_at (Reader *reader, const char *sentence, const yaml_mark_t *mark)
{
  move_to (reader, mark->index);
  return fail (reader, sentence, (guint) mark->line + 1, (guint) (reader->bytes - reader->line_start) + 1);
}

static gboolean
fail_at_byte (Reader *reader, const char *sentence, gsize byte)
{
  gsize end = MIN (byte, reader->length), start = 0;
  guint line = 1;

  for (gsize i = 0; i < end; i++)
    if (reader->data[i] == '\n')
      {
        line++;
        start = i + 1;
      }
  return fail (reader, sentence, line, (guint) (end - start) + 1);
}

static LpYamlScalar
place (Reader *reader, const yaml_mark_t *start, const yaml_mark_t *end)
{
  LpYamlScalar scalar = { .line = (guint32) start->line + 1 };
  gsize first;

  move_to (reader, start->index);
  first = reader->bytes;
  scalar.offset = (guint32) (reader->bom + first);
  scalar.column = (guint32) (first - reader->line_start) + 1;
  move_to (reader, end->index);
  scalar.size = (guint32) (reader->bytes - first);
  return scalar;
}

static LpYamlScalar
take_scalar (Reader *reader, const yaml_event_t *event)
{
  LpYamlScalar scalar = place (reader, &event->start_mark, &event->end_mark);
  yaml_scalar_style_t style = event->data.scalar.style;

  scalar.length = (guint32) event->data.scalar.length;
  scalar.text = g_string_chunk_insert_len (reader->yaml->strings, (const char *) event->data.scalar.value,
                                           (gssize) event->data.scalar.length);
  if (style == YAML_SINGLE_QUOTED_SCALAR_STYLE)
    scalar.style = LP_YAML_SINGLE_QUOTED;
  else if (style == YAML_DOUBLE_QUOTED_SCALAR_STYLE)
    scalar.style = LP_YAML_DOUBLE_QUOTED;
  else if (style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE)
    scalar.style = LP_YAML_BLOCK;
  return scalar;
}

static void
finish_entry (Reader *reader)
{
  reader->entry.n_items = reader->yaml->items->len - reader->entry.first_item;
  g_array_append_val (reader->yaml->entries, reader->entry);
  reader->has_key = FALSE;
}

static gboolean
on_scalar (Reader *reader, const yaml_event_t *event)
{
  LpYamlScalar scalar;

  if (reader->depth == 0)
    return fail_at (reader, _ ("The file has no keys."), &event->start_mark);
  if (reader->depth > 2)
    return TRUE;
  scalar = take_scalar (reader, event);
  if (reader->depth == 2)
    g_array_append_val (reader->yaml->items, scalar);
  else if (!reader->has_key)
    {
      reader->entry = (LpYamlEntry){ .key = scalar, .first_item = reader->yaml->items->len };
      reader->has_key = TRUE;
    }
  else
    {
      reader->entry.value = scalar;
      finish_entry (reader);
    }
  return TRUE;
}

static gboolean
on_start (Reader *reader, const yaml_event_t *event, gboolean map)
{
  LpYamlScalar nested;

  if (reader->depth == MAX_DEPTH)
    return fail_at (reader, _ ("Lists and maps are nested too deeply."), &event->start_mark);
  if (reader->depth == 0 && !map)
    return fail_at (reader, _ ("The file has no keys."), &event->start_mark);
  if (reader->depth == 1 && !reader->has_key)
    return fail_at (reader, _ ("A list or map cannot be a key here."), &event->start_mark);
  if (reader->depth == 1)
    reader->entry.kind = map ? LP_YAML_MAP : LP_YAML_LIST;
  if (reader->depth == 2)
    {
      nested = place (reader, &event->start_mark, &event->end_mark);
      g_array_append_val (reader->yaml->items, nested);
    }
  reader->depth++;
  return TRUE;
}

static gboolean
on_event (Reader *reader, const yaml_event_t *event)
{
  switch (event->type)
    {
    case YAML_ALIAS_EVENT:
      return fail_at (reader, _ ("Aliases (*name) are not read."), &event->start_mark);
    case YAML_SCALAR_EVENT:
      return on_scalar (reader, event);
    case YAML_SEQUENCE_START_EVENT:
    case YAML_MAPPING_START_EVENT:
      return on_start (reader, event, event->type == YAML_MAPPING_START_EVENT);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
      if (--reader->depth == 1)
        finish_entry (reader);
      return TRUE;
    case YAML_DOCUMENT_START_EVENT:
      if (reader->had_document)
        return fail_at (reader, _ ("A second document begins here."), &event->start_mark);
      reader->had_document = TRUE;
      return TRUE;
    default:
      return TRUE;
    }
}

static gboolean
on_parser_error (Reader *reader, const yaml_parser_t *parser)
{
  const char *sentence = _ ("This is not valid YAML.");

  for (guint i = 0; parser->problem != NULL && i < G_N_ELEMENTS (sentences); i++)
    if (strcmp (parser->problem, sentences[i].theirs) == 0)
      sentence = _ (sentences[i].ours);
  if (parser->error == YAML_READER_ERROR)
    return fail_at_byte (reader, sentence, parser->problem_offset);
  return fail_at (reader, sentence, &parser->problem_mark);
}

static gboolean
read_events (Reader *reader)
{
  yaml_parser_t parser;
  gboolean good = TRUE, done = FALSE;

  if (!yaml_parser_initialize (&parser))
    return fail (reader, _ ("There is not enough memory to read the file."), 1, 1);
  yaml_parser_set_encoding (&parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string (&parser, (const guchar *) reader->data, reader->length);
  while (good && !done)
    {
      yaml_event_t event;

      if (!yaml_parser_parse (&parser, &event))
        {
          good = on_parser_error (reader, &parser);
          break;
        }
      good = on_event (reader, &event);
      done = event.type == YAML_STREAM_END_EVENT;
      yaml_event_delete (&event);
    }
  yaml_parser_delete (&parser);
  return good;
}

LpYaml *
lp_yaml_read (const char *data, gsize length, LpYamlProblem *problem)
{
  gsize bom = length >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  Reader reader = { .data = length > bom ? data + bom : "", .length = length - bom, .bom = bom, .problem = problem };
  const char *bad;

  *problem = (LpYamlProblem){ NULL, 1, 1 };
  if (length > LP_YAML_MAX_BYTES)
    return fail (&reader, _ ("The file is larger than 1 MiB."), 1, 1), NULL;
  if (!g_utf8_validate_len (reader.data, reader.length, &bad))
    return fail_at_byte (&reader, _ ("The file is not UTF-8 text."), (gsize) (bad - reader.data)), NULL;
  reader.yaml = g_new0 (LpYaml, 1);
  reader.yaml->entries = g_array_new (FALSE, FALSE, sizeof (LpYamlEntry));
  reader.yaml->items = g_array_new (FALSE, FALSE, sizeof (LpYamlScalar));
  reader.yaml->strings = g_string_chunk_new (4096);
  if (!read_events (&reader))
    g_clear_pointer (&reader.yaml, lp_yaml_free);
  return reader.yaml;
}

void
lp_yaml_free (LpYaml *yaml)
{
  g_array_unref (yaml->entries);
  g_array_unref (yaml->items);
  g_string_chunk_free (yaml->strings);
  g_free (yaml);
}

const LpYamlEntry *
lp_yaml_find (const LpYaml *yaml, const char *key)
{
  for (guint i = yaml->entries->len; i > 0; i--)
    {
      const LpYamlEntry *entry = &g_array_index (yaml->entries, LpYamlEntry, i - 1);

      if (entry->key.text != NULL && strcmp (entry->key.text, key) == 0)
        return entry;
    }
  return NULL;
}

gboolean
lp_yaml_integer (const LpYamlScalar *scalar, gint64 *value)
{
  return scalar->text != NULL && scalar->length == strlen (scalar->text) &&
         g_ascii_string_to_signed (scalar->text, 10, G_MININT64, G_MAXINT64, value, NULL);
}

/* ---- values that are no text (YAML 1.1, https://yaml.org/type/) ---- */

static const struct
{
  const char *word, *means;
} words[] = {
  { "", "None" },      { "~", "None" },     { "null", "None" },   { "Null", "None" },   { "NULL", "None" },
  { "yes", "True" },   { "Yes", "True" },   { "YES", "True" },    { "true", "True" },   { "True", "True" },
  { "TRUE", "True" },  { "on", "True" },    { "On", "True" },     { "ON", "True" },     { "no", "False" },
  { "No", "False" },   { "NO", "False" },   { "false", "False" }, { "False", "False" }, { "FALSE", "False" },
  { "off", "False" },  { "Off", "False" },  { "OFF", "False" },   { ".inf", "inf" },    { ".Inf", "inf" },
  { ".INF", "inf" },   { "+.inf", "inf" },  { "+.Inf", "inf" },   { "+.INF", "inf" },   { "-.inf", "-inf" },
  { "-.Inf", "-inf" }, { "-.INF", "-inf" }, { ".nan", "nan" },    { ".NaN", "nan" },    { ".NAN", "nan" },
};

/* A whole number of that base; digits behind its prefix. FALSE: it is none, or too large to tell. */
static gboolean
digits_value (const char *digits, guint base, gint64 *value)
{
  return g_ascii_isxdigit (*digits) && g_ascii_string_to_signed (digits, base, 0, G_MAXINT64, value, NULL);
}

/* "12:30:00": digits of base 60. */
static gboolean
sexagesimal_value (const char *text, gint64 *value)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", 6);
  guint n = g_strv_length (parts);

  *value = 0;
  for (guint i = 0; i < n; i++)
    {
      gint64 part;

      if (strlen (parts[i]) > (i == 0 ? 8u : 2u) || !digits_value (parts[i], 10, &part) || (i > 0 && part > 59) ||
          (i == 0 && parts[i][0] == '0'))
        return FALSE;
      *value = *value * 60 + part;
    }
  return n > 1 && n < 6;
}

/* `text` has no sign and no underscores. */
static gboolean
whole_value (const char *text, gint64 *value)
{
  if (strchr (text, ':') != NULL)
    return sexagesimal_value (text, value);
  if (text[0] != '0' || text[1] == '\0')
    return digits_value (text, 10, value);
  if (text[1] == 'b' || text[1] == 'x')
    return digits_value (text + 2, text[1] == 'b' ? 2 : 16, value);
  return digits_value (text + 1, 8, value);
}

/* As Python's repr(): the fewest digits that give the same number. A point is needed, and a sign in the exponent. */
static char *
real_text (const char *text)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE], format[] = "%.17g";
  const char *point = strchr (text, '.'), *exponent = strpbrk (text, "eE");
  double value, again;

  if (point == NULL || (exponent != NULL && exponent[1] != '-' && exponent[1] != '+') ||
      lp_decimal_read (text, strlen (text), &value, NULL) != LP_DECIMAL_OK)
    return NULL;
  if (value == floor (value) && fabs (value) < 1e16)
    return lp_decimal_print (value, 1);
  for (guint digits = 1; digits <= 17; digits++)
    {
      g_snprintf (format, sizeof format, "%%.%ug", digits);
      g_ascii_formatd (buffer, sizeof buffer, format, value);
      if (lp_decimal_read (buffer, strlen (buffer), &again, NULL) == LP_DECIMAL_OK && again == value)
        break;
    }
  return g_strdup (buffer);
}

/* NULL: no number. */
static char *
number_text (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "_", -1);
  g_autofree char *plain = g_strjoinv (NULL, parts);
  const char *digits = plain + (*plain == '-' || *plain == '+');
  gint64 value;

  if (!g_ascii_isdigit (digits[0]) && digits[0] != '.')
    return NULL;
  if (whole_value (digits, &value))
    return g_strdup_printf ("%s%" G_GINT64_FORMAT, *plain == '-' && value != 0 ? "-" : "", value);
  return real_text (plain);
}

char *
lp_yaml_coerced (const LpYamlScalar *scalar)
{
  g_autofree char *number = NULL;

  /* A tag or an anchor belongs to the token and says what it is. */
  if (scalar->text == NULL || scalar->style != LP_YAML_PLAIN || scalar->size != scalar->length)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (scalar->text, words[i].word) == 0)
      return strcmp (words[i].word, words[i].means) != 0 ? g_strdup (words[i].means) : NULL;
  number = number_text (scalar->text);
  return number != NULL && strcmp (number, scalar->text) != 0 ? g_steal_pointer (&number) : NULL;
}
