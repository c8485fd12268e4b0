/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "match/lp-match-parts.h"

#define PURITY_LEAST 0.9  /* of all pairs */
#define CLASSES_MOST 2000 /* ids and names in the table; the rarest beyond count as unexplained */
#define IDS_MOST 65536    /* length of an implied list */

/* One box pair: what the rows say. */
typedef struct
{
  gint32 id;    /* of the subject's row */
  gint32 place; /* of the witness's name in the reference */
  guint32 image;
} Tally;

typedef struct
{
  gint32 key;
  guint support;
} Count;

typedef struct
{
  LpMatch *match;
  const LpLayer *subject, *witness;
  const LpDictionary *own, *reference, *witness_names;
  GArray *tallies;            /* Tally, by image */
  GArray *shown;              /* gint32: index in the subject's dictionary → place in the reference, -1 */
  GArray *position;           /* gint32: place in the reference → first such index, -1 */
  GHashTable *slots, *places; /* id → index in match->classes + 1; place → row of the table + 1 */
  gint32 *sigma;              /* class → place that the best assignment gives it and that is its top name, -1 */
} Order;

static gint32
at (const GArray *numbers, gint32 index)
{
  return index >= 0 && (guint) index < numbers->len ? g_array_index (numbers, gint32, index) : -1;
}

/* ---- names to places ---- */

/* Where the names of `dict` stand in the reference. A name that stands twice is at its own index when it is there. */
static GArray *
find_places (const LpDictionary *dict, const LpDictionary *reference)
{
  g_autoptr (LpNaming) naming = lp_naming_new (reference);
  GArray *places = g_array_new (FALSE, FALSE, sizeof (gint32));

  for (guint i = 0; dict != NULL && i < dict->names->len; i++)
    {
      const char *name = g_ptr_array_index (dict->names, i);
      gint32 place = g_strcmp0 (name, lp_dictionary_name (reference, i)) == 0 && name != NULL
                       ? (gint32) i
                       : lp_naming_find (naming, name);

      g_array_append_val (places, place);
    }
  return places;
}

static GArray *
invert (const GArray *shown, guint n)
{
  GArray *position = g_array_sized_new (FALSE, FALSE, sizeof (gint32), n);

  g_array_set_size (position, n);
  for (guint i = 0; i < n; i++)
    g_array_index (position, gint32, i) = -1;
  for (guint i = shown->len; i > 0; i--)
    if (at (shown, i - 1) >= 0)
      g_array_index (position, gint32, at (shown, i - 1)) = i - 1;
  return position;
}

/* The place of the name that the subject shows for an id. Without a dictionary: of the name that a list in the job's
 * order would give it. */
static gint32
shown_place (const Order *o, gint32 id)
{
  if (o->own != NULL)
    return at (o->shown, id);
  return lp_dictionary_name (o->reference, id) != NULL ? id : -1;
}

/* FALSE where the subject calls something by a name of its own: renamed, which is no question of order. */
static gboolean
can_judge (const Order *o, gint32 id, gint32 place)
{
  return o->own == NULL || shown_place (o, id) >= 0 || at (o->position, place) >= 0;
}

/* ---- counting ---- */

static void
collect_tallies (Order *o, const guint8 *left_out)
{
  const LpMatch *m = o->match;
  g_autoptr (GArray) job = find_places (o->witness_names, o->reference);

  o->tallies = g_array_new (FALSE, FALSE, sizeof (Tally));
  for (guint i = 0; i < m->images->len; i++)
    {
      const LpImagePair *pair = &g_array_index (m->images, LpImagePair, i);
      const LpEntry *entry = lp_layer_entry (o->subject, pair->subject_entry);

      for (guint32 row = entry->first_row; row < entry->first_row + entry->n_rows; row++)
        {
          Tally t = { .id = lp_layer_row (o->subject, row)->class_id, .image = entry->image };

          if (m->partner[row] == LP_NONE || left_out[row] || t.id == LP_CLASS_NONE)
            continue;
          t.place = at (job, lp_layer_row (o->witness, m->partner[row])->class_id);
          if (t.place >= 0)
            g_array_append_val (o->tallies, t);
        }
    }
}

static void
add_count (GHashTable *counts, gint32 key, guint n)
{
  Count *count = g_hash_table_lookup (counts, GINT_TO_POINTER (key));

  if (count == NULL)
    {
      count = g_new (Count, 1);
      *count = (Count){ key, 0 };
      g_hash_table_insert (counts, GINT_TO_POINTER (key), count);
    }
  count->support += n;
}

static gint
compare_support (gconstpointer a, gconstpointer b)
{
  const Count *x = a, *y = b;

  if (x->support != y->support)
    return x->support > y->support ? -1 : 1;
  return (x->key > y->key) - (x->key < y->key);
}

static gint
compare_keys (gconstpointer a, gconstpointer b)
{
  const Count *x = a, *y = b;

  return (x->key > y->key) - (x->key < y->key);
}

/* By key; only the most supported when there are too many. */
static GArray *
take_counts (GHashTable *counts)
{
  GArray *sorted = g_array_new (FALSE, FALSE, sizeof (Count));
  GHashTableIter iter;
  gpointer count;

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, NULL, &count))
    g_array_append_vals (sorted, count, 1);
  g_array_sort (sorted, compare_support);
  if (sorted->len > CLASSES_MOST)
    g_array_set_size (sorted, CLASSES_MOST);
  g_array_sort (sorted, compare_keys);
  return sorted;
}

/* Every id in use, also those that no pair supports. */
static void
list_classes (Order *o)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr (GArray) sorted = NULL;

  for (guint i = 0; i < o->tallies->len; i++)
    add_count (counts, g_array_index (o->tallies, Tally, i).id, 1);
  for (guint32 i = 0; i < o->subject->rows->len; i++)
    {
      const LpRow *row = lp_layer_row (o->subject, i);

      if (row->class_id != LP_CLASS_NONE && !(row->flags & LP_ROW_REMOVED))
        add_count (counts, row->class_id, 0);
    }
  sorted = take_counts (counts);
  for (guint i = 0; i < sorted->len; i++)
    {
      const Count *count = &g_array_index (sorted, Count, i);
      LpVerdictClass class = { .id = count->key, .reference = -1, .support = count->support };

      class.shown = lp_dictionary_name (o->own, class.id);
      g_array_append_val (o->match->classes, class);
      g_hash_table_insert (o->slots, GINT_TO_POINTER (class.id), GUINT_TO_POINTER (i + 1));
    }
}

static GArray *
list_names (Order *o)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  GArray *sorted;

  for (guint i = 0; i < o->tallies->len; i++)
    add_count (counts, g_array_index (o->tallies, Tally, i).place, 1);
  sorted = take_counts (counts);
  for (guint i = 0; i < sorted->len; i++)
    {
      gint32 place = g_array_index (sorted, Count, i).key;

      g_ptr_array_add (o->match->names, g_ptr_array_index (o->reference->names, place));
      g_hash_table_insert (o->places, GINT_TO_POINTER (place), GUINT_TO_POINTER (i + 1));
    }
  return sorted;
}

static guint *
cell (const Order *o, guint name, guint class)
{
  return &o->match->table[(gsize) name * o->match->classes->len + class];
}

static void
fill_table (Order *o)
{
  o->match->table = g_new0 (guint, MAX ((gsize) o->match->names->len * o->match->classes->len, 1));
  for (guint i = 0; i < o->tallies->len; i++)
    {
      const Tally *t = &g_array_index (o->tallies, Tally, i);
      guint class = GPOINTER_TO_UINT (g_hash_table_lookup (o->slots, GINT_TO_POINTER (t->id)));
      guint name = GPOINTER_TO_UINT (g_hash_table_lookup (o->places, GINT_TO_POINTER (t->place)));

      if (class > 0 && name > 0)
        ++*cell (o, name - 1, class - 1);
    }
}

/* ---- assignment ---- */

/* The supported ids only: an id without support would make any second-best assignment look good. */
static void
assign_names (Order *o, gint *name_of)
{
  LpMatch *m = o->match;
  g_autofree guint *supported = g_new (guint, m->classes->len + 1);
  g_autofree double *weight = NULL;
  g_autofree gint *result = NULL;
  guint n = 0;
  double best, second;

  for (guint i = 0; i < m->classes->len; i++)
    if (g_array_index (m->classes, LpVerdictClass, i).support > 0)
      supported[n++] = i;
  weight = g_new (double, MAX ((gsize) n * m->names->len, 1));
  result = g_new (gint, n + 1);
  for (guint i = 0; i < n; i++)
    for (guint name = 0; name < m->names->len; name++)
      weight[(gsize) i * m->names->len + name] = *cell (o, name, supported[i]);
  best = lp_assign_two (weight, n, m->names->len, result, &second);
  m->agree = (guint) best;
  m->margin = (guint) (best - MAX (second, 0));
  for (guint i = 0; i < n; i++)
    name_of[supported[i]] = result[i];
}

/* Fills in the classes' top names, and sigma where the assignment gives an id its top name. */
static void
name_classes (Order *o, const GArray *names, const gint *name_of)
{
  LpMatch *m = o->match;

  for (guint i = 0; i < m->classes->len; i++)
    {
      LpVerdictClass *class = &g_array_index (m->classes, LpVerdictClass, i);
      gint top = name_of[i];

      o->sigma[i] = -1;
      for (guint name = 0; name < m->names->len; name++)
        if (*cell (o, name, i) > (top < 0 ? 0 : *cell (o, top, i)))
          top = (gint) name;
      if (class->support == 0 || top < 0 || *cell (o, top, i) == 0)
        continue;
      class->agree = *cell (o, top, i);
      class->reference = g_array_index (names, Count, top).key;
      class->name = g_ptr_array_index (m->names, top);
      if (top == name_of[i])
        o->sigma[i] = class->reference;
    }
}

static void
imply_list (Order *o)
{
  LpMatch *m = o->match;

  for (guint i = 0; i < m->classes->len; i++)
    {
      const LpVerdictClass *class = &g_array_index (m->classes, LpVerdictClass, i);

      if (o->sigma[i] < 0 || class->id < 0 || class->id >= IDS_MOST)
        continue;
      g_ptr_array_set_size (m->implied, MAX ((gint) m->implied->len, class->id + 1));
      m->implied->pdata[class->id] = (gpointer) class->name;
    }
}

/* ---- verdict ---- */

static gboolean
is_wrong (const Order *o, const Tally *t)
{
  return can_judge (o, t->id, t->place) && shown_place (o, t->id) != t->place;
}

/* Counts what is wrong, box by box, into images_affected; returns the share of those that can be judged, -1: none. */
static double
count_wrong (Order *o)
{
  guint judged = 0, wrong = 0;
  guint32 image = LP_NONE;

  for (guint i = 0; i < o->tallies->len; i++)
    {
      const Tally *t = &g_array_index (o->tallies, Tally, i);

      judged += can_judge (o, t->id, t->place);
      if (!is_wrong (o, t))
        continue;
      wrong++;
      o->match->images_affected += image != t->image;
      image = t->image;
    }
  return judged > 0 ? (double) wrong / judged : -1;
}

/* An id that takes part in the decision. */
static gboolean
decides (const Order *o, guint class, guint least)
{
  const LpVerdictClass *c = &g_array_index (o->match->classes, LpVerdictClass, class);

  return o->sigma[class] >= 0 && c->support >= least && can_judge (o, c->id, o->sigma[class]);
}

static gboolean
all_agree (const Order *o, guint least)
{
  for (guint i = 0; i < o->match->classes->len; i++)
    {
      gint32 id = g_array_index (o->match->classes, LpVerdictClass, i).id;

      if (decides (o, i, least) && shown_place (o, id) != o->sigma[i])
        return FALSE;
    }
  return TRUE;
}

static gboolean
ids_are_the_jobs (const Order *o, guint least)
{
  for (guint i = 0; i < o->match->classes->len; i++)
    if (decides (o, i, least) && g_array_index (o->match->classes, LpVerdictClass, i).id != o->sigma[i])
      return FALSE;
  return TRUE;
}

/* FALSE: the witness has names, but no order that a list or an id could differ from. */
static gboolean
has_order (const Order *o)
{
  return o->match->reference != LP_NONE;
}

static gboolean
list_is_the_jobs (const Order *o)
{
  for (guint i = 0; i < o->shown->len; i++)
    if (at (o->shown, i) >= 0 && at (o->shown, i) != (gint32) i)
      return FALSE;
  return TRUE;
}

static void
count_moved (Order *o, gboolean of_list)
{
  LpMatch *m = o->match;

  for (guint i = 0; of_list && i < o->shown->len; i++)
    {
      m->names_total += g_ptr_array_index (o->own->names, i) != NULL;
      m->names_moved += at (o->shown, i) >= 0 && at (o->shown, i) != (gint32) i;
    }
  for (guint i = 0; !of_list && i < m->classes->len; i++)
    {
      m->names_total += o->sigma[i] >= 0;
      m->names_moved += o->sigma[i] >= 0 && o->sigma[i] != g_array_index (m->classes, LpVerdictClass, i).id;
    }
}

/* ---- mechanisms ---- */

typedef struct
{
  GArray *place, *found, *wanted; /* gint32 */
  GArray *support;                /* guint */
} Moves;

static void
moves_start (Moves *moves)
{
  moves->place = g_array_new (FALSE, FALSE, sizeof (gint32));
  moves->found = g_array_new (FALSE, FALSE, sizeof (gint32));
  moves->wanted = g_array_new (FALSE, FALSE, sizeof (gint32));
  moves->support = g_array_new (FALSE, FALSE, sizeof (guint));
}

static void
moves_end (Moves *moves)
{
  g_array_unref (moves->place);
  g_array_unref (moves->found);
  g_array_unref (moves->wanted);
  g_array_unref (moves->support);
}

static void
add_move (Moves *moves, gint32 found, gint32 wanted, guint support)
{
  g_array_append_val (moves->found, found);
  g_array_append_val (moves->wanted, wanted);
  g_array_append_val (moves->support, support);
}

/* Two lists compared: no row has a say in it. */
static void
moves_of_lists (const Order *o, Moves *moves)
{
  for (guint i = 0; i < o->shown->len; i++)
    if (at (o->shown, i) >= 0)
      add_move (moves, at (o->shown, i), (gint32) i, LP_SUPPORT_FIRM);
}

static void
moves_of_rows (const Order *o, guint least, Moves *moves)
{
  for (guint i = 0; i < o->match->classes->len; i++)
    {
      const LpVerdictClass *class = &g_array_index (o->match->classes, LpVerdictClass, i);

      if (decides (o, i, least))
        add_move (moves, shown_place (o, class->id), o->sigma[i], class->support);
    }
}

static void
places_of_implied (const Order *o, GArray *place)
{
  g_array_set_size (place, o->match->implied->len);
  for (guint i = 0; i < place->len; i++)
    g_array_index (place, gint32, i) = -1;
  for (guint i = 0; i < o->match->classes->len; i++)
    {
      gint32 id = g_array_index (o->match->classes, LpVerdictClass, i).id;

      if (o->sigma[i] >= 0 && id >= 0 && (guint) id < place->len)
        g_array_index (place, gint32, id) = o->sigma[i];
    }
}

/* Tests the order that differs from the job's: the subject's list, or the names that its rows imply. */
static LpVerdictKind
find_mechanisms (Order *o, gboolean of_list, const Moves *moves)
{
  const GPtrArray *names = of_list ? o->own->names : o->match->implied;
  LpVerdictKind kind;
  LpOrderTest test = {
    .names = (const char *const *) names->pdata,
    .place = (const gint32 *) (gconstpointer) (of_list ? o->shown : moves->place)->data,
    .n = names->len,
    .found = (const gint32 *) (gconstpointer) moves->found->data,
    .wanted = (const gint32 *) (gconstpointer) moves->wanted->data,
    .support = (const guint *) (gconstpointer) moves->support->data,
    .n_decided = moves->found->len,
  };

  o->match->mechanisms = lp_mechanisms (&test, &kind);
  return kind;
}

/* Names and rows agree; the list may still not be the job's. */
static LpVerdictKind
judge_agreeing (Order *o)
{
  Moves moves;

  if (has_order (o))
    count_moved (o, o->own != NULL);
  if (o->own == NULL || !has_order (o) || list_is_the_jobs (o))
    return LP_VERDICT_CONSISTENT;
  o->match->repair_case = LP_CASE_C;
  moves_start (&moves);
  moves_of_lists (o, &moves);
  find_mechanisms (o, TRUE, &moves);
  moves_end (&moves);
  return LP_VERDICT_DIFFERS_FROM_JOB;
}

/* Names alone: which of them stand at the wrong ids is known, not whether the list or the ids are to blame. */
static LpVerdictKind
judge_names (Order *o, guint least)
{
  LpMatch *m = o->match;
  LpVerdictKind kind;
  Moves moves;

  for (guint i = 0; i < m->classes->len; i++)
    {
      m->names_total += o->sigma[i] >= 0;
      m->names_moved +=
        o->sigma[i] >= 0 && shown_place (o, g_array_index (m->classes, LpVerdictClass, i).id) != o->sigma[i];
    }
  moves_start (&moves);
  moves_of_rows (o, least, &moves);
  places_of_implied (o, moves.place);
  kind = find_mechanisms (o, FALSE, &moves);
  moves_end (&moves);
  m->mechanisms &= (guint) ~LP_MECHANISM_SORTED;
  if (kind == LP_VERDICT_SORTED)
    kind = m->mechanisms & LP_MECHANISM_SWAPPED_PAIR ? LP_VERDICT_SWAPPED_PAIR : LP_VERDICT_PERMUTED;
  return kind;
}

static LpVerdictKind
judge_disagreeing (Order *o, guint least)
{
  LpVerdictKind kind;
  Moves moves;

  if (!has_order (o))
    return judge_names (o, least);
  if (o->own != NULL && ids_are_the_jobs (o, least))
    o->match->repair_case = LP_CASE_A;
  else if (o->own != NULL && list_is_the_jobs (o))
    o->match->repair_case = LP_CASE_B;
  count_moved (o, o->match->repair_case == LP_CASE_A);
  moves_start (&moves);
  moves_of_rows (o, least, &moves);
  places_of_implied (o, moves.place);
  kind = find_mechanisms (o, o->match->repair_case == LP_CASE_A, &moves);
  moves_end (&moves);
  return kind;
}

static LpVerdictKind
judge (Order *o)
{
  const LpMatch *m = o->match;
  double wrong = count_wrong (o);

  if (m->support < LP_SUPPORT_LEAST || wrong < 0 || (o->own == NULL && !has_order (o)))
    return LP_VERDICT_UNVERIFIABLE;
  if (lp_match_purity (m) < PURITY_LEAST)
    return LP_VERDICT_INCONSISTENT;
  if (!all_agree (o, LP_SUPPORT_FIRM))
    return judge_disagreeing (o, LP_SUPPORT_FIRM);
  /* Many weak ids together are no longer weak: what is wrong for more boxes than noise may be is not consistent. */
  if (wrong > 1 - PURITY_LEAST && !all_agree (o, 1))
    return judge_disagreeing (o, 1);
  return judge_agreeing (o);
}

static void
order_start (Order *o, const LpDataset *d, LpMatch *m)
{
  m->reference = lp_match_reference (d, m->witness);
  *o = (Order){ .match = m };
  o->subject = lp_dataset_layer (d, m->subject);
  o->witness = lp_dataset_layer (d, m->witness);
  o->own = lp_dataset_dict (d, o->subject->dictionary);
  o->witness_names = lp_match_witness_names (d, m->witness);
  o->reference = m->reference != LP_NONE ? lp_dataset_dict (d, m->reference) : o->witness_names;
  o->shown = find_places (o->own, o->reference);
  o->position = invert (o->shown, o->reference != NULL ? o->reference->names->len : 0);
  o->slots = g_hash_table_new (NULL, NULL);
  o->places = g_hash_table_new (NULL, NULL);
  m->without_dictionary = o->own == NULL;
}

static void
order_end (Order *o)
{
  g_array_unref (o->tallies);
  g_array_unref (o->shown);
  g_array_unref (o->position);
  g_hash_table_unref (o->slots);
  g_hash_table_unref (o->places);
  g_free (o->sigma);
}

void
lp_order_judge (const LpDataset *d, LpMatch *m, const guint8 *left_out)
{
  g_autoptr (GArray) names = NULL;
  g_autofree gint *name_of = NULL;
  Order o;

  order_start (&o, d, m);
  collect_tallies (&o, left_out);
  m->support = o.tallies->len;
  list_classes (&o);
  names = list_names (&o);
  fill_table (&o);
  name_of = g_new (gint, m->classes->len + 1);
  o.sigma = g_new (gint32, m->classes->len + 1);
  for (guint i = 0; i < m->classes->len; i++)
    name_of[i] = -1;
  assign_names (&o, name_of);
  name_classes (&o, names, name_of);
  imply_list (&o);
  m->kind = judge (&o);
  for (guint i = 0; !has_order (&o) && i < m->classes->len; i++)
    g_array_index (m->classes, LpVerdictClass, i).reference = -1;
  order_end (&o);
}
