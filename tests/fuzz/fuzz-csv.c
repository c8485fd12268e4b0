/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/lp-csv.h"
#include "lp-fuzz.h"
#include "read/lp-formats.h"
#include "records.h"

/* Instead of the reader's own, so that no disk is asked. Names are few, so that rows meet again. */
guint32
lp_map_image (LpMapper *mapper, LpDataset *dataset, const char *source_ref)
{
  guint32 wanted = g_str_hash (source_ref) % 16;

  while (dataset->images->len <= wanted)
    lp_dataset_add_image (dataset, "", "x");
  return wanted;
}

guint32
lp_map_base_name (LpMapper *mapper, LpDataset *dataset, const char *name)
{
  return lp_map_image (mapper, dataset, name);
}

/* The same records wherever the text is cut. */
static void
check_pieces (const char *text, gsize length, gsize step)
{
  g_autofree LpCsv *whole = g_new (LpCsv, 1), *pieces = g_new (LpCsv, 1);
  gsize start = 0, end = MIN (step, length);

  lp_csv_init (whole, ',');
  lp_csv_init (pieces, ',');
  lp_csv_feed (whole, text, length, TRUE);
  lp_csv_feed (pieces, text, end, end == length);
  for (;;)
    {
      LpCsvKind kind, wanted;

      while ((kind = lp_csv_next (pieces)) == LP_CSV_MORE)
        {
          g_assert_cmpuint (end, <, length);
          start += lp_csv_at (pieces);
          end = MIN (end + step, length);
          lp_csv_feed (pieces, text + start, end - start, end == length);
        }
      wanted = lp_csv_next (whole);
      g_assert_cmpint (kind, ==, wanted);
      if (kind == LP_CSV_END)
        return;
      g_assert_cmpuint (pieces->line, ==, whole->line);
      g_assert_cmpuint (start + pieces->start, ==, whole->start);
      g_assert_cmpint (pieces->problem, ==, whole->problem);
      if (kind == LP_CSV_PROBLEM)
        continue;
      g_assert_cmpuint (start + pieces->end, ==, whole->end);
      g_assert_cmpuint (pieces->n_cells, ==, whole->n_cells);
      for (guint i = 0; i < whole->n_cells; i++)
        g_assert_true (start + pieces->cells[i].end == whole->cells[i].end && whole->cells[i].end <= whole->end &&
                       whole->cells[i].start <= whole->cells[i].end);
    }
}

static void
check_layer (const LpDataset *dataset, const LpLayer *layer, gsize size)
{
  guint32 row = 0;

  g_assert_cmpuint (layer->rows->len, ==, layer->places->len);
  for (guint i = 0; i < layer->entries->len; i++)
    {
      const LpEntry *entry = lp_layer_entry (layer, i);

      g_assert_true (entry->image < dataset->images->len && entry->line > 1 && entry->n_rows > 0);
      g_assert_cmpuint (entry->first_row, ==, row);
      g_assert_cmpint (entry->state, ==, LP_STATE_ROWS);
      row += entry->n_rows;
    }
  g_assert_cmpuint (row, ==, layer->rows->len);
  for (guint i = 0; i < layer->places->len; i++)
    check_place (lp_layer_place (layer, i), size);
}

/* Whatever the bytes: the records hang together, and every place lies in the file. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (LpDataset) dataset = lp_dataset_new ();
  g_autoptr (GError) error = NULL;
  int fd = memfd_create ("fuzz", MFD_CLOEXEC);

  if (fd < 0 || write (fd, data, size) != (gssize) size || lseek (fd, 0, SEEK_SET) != 0)
    g_error ("no memory file");
  g_assert_true (lp_csv_list_open (dataset, fd, "/fuzz/annot.csv", NULL, NULL, &error));
  close (fd);
  g_assert_true (dataset->layers->len == 1 || dataset->noticed->len > 0);
  for (guint i = 0; i < dataset->layers->len; i++)
    check_layer (dataset, lp_dataset_layer (dataset, i), size);
  check_findings (dataset);
  check_dictionaries (dataset, size);
  g_assert_cmpuint (dataset->coverage.rows_read, <=, dataset->coverage.rows_seen);
  lp_csv_probe ("x.csv", (const char *) data, size);
  check_pieces ((const char *) data, size, 1 + (size > 0 ? data[0] % 61 : 0));
  return 0;
}
