/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "draw/lp-draw.h"

#define RGB(n)                                                                                                       \
  {                                                                                                                  \
    (n) >> 16 & 0xff, (n) >> 8 & 0xff, (n) &0xff                                                                     \
  }

/* Okabe and Ito's eight less black, plus three. Text on the chip: whichever of black and white contrasts more. */
static const LpSlot slots[LP_PALETTE_SLOTS] = {
  { RGB (0x0072b2), RGB (0x0067a3), RGB (0x4ba3e3), FALSE }, /* blue */
  { RGB (0xe69f00), RGB (0xa86f00), RGB (0xf0ac1b), TRUE },  /* orange */
  { RGB (0x009e73), RGB (0x00805d), RGB (0x25b98d), TRUE },  /* green */
  { RGB (0xcc79a7), RGB (0xb0508a), RGB (0xdc8dba), TRUE },  /* pink */
  { RGB (0xf0e442), RGB (0x8a7d00), RGB (0xefe45c), TRUE },  /* yellow */
  { RGB (0xd55e00), RGB (0xbf5000), RGB (0xf07b26), TRUE },  /* vermilion */
  { RGB (0x56b4e9), RGB (0x1f86c4), RGB (0x66bff2), TRUE },  /* sky */
  { RGB (0x882255), RGB (0x882255), RGB (0xd1699e), FALSE }, /* wine */
  { RGB (0x6d2be0), RGB (0x6422d0), RGB (0xa98bff), FALSE }, /* violet */
  { RGB (0xa8d878), RGB (0x5a8a1e), RGB (0xb5e08a), TRUE },  /* lime */
};

const LpSlot *
lp_palette_slot (guint index)
{
  return &slots[index % LP_PALETTE_SLOTS];
}
