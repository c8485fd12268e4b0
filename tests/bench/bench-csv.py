#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Boxes out of an annot.csv of 44 MB beside Python's csv module: bench-csv.py READ_MANIFEST WORK_FOLDER

Each side is a process of one thread that times itself, without its start; both alternate in one run. Prints medians,
spread and the ratio, by the clock and, which other load disturbs less, in time of the processor. Fails on a wrong count
of boxes, never on a slow day."""
import csv
import os
import pathlib
import random
import sys

import pairs

program, work = sys.argv[1:3]
N = int(os.environ.get("LP_BENCH_IMAGES", "118000"))
BASELINE = """
import csv, sys, time
clock, processor = time.monotonic(), time.process_time()
with open(sys.argv[1], newline="") as f:
    for row in csv.reader(f):
        pass
print(time.monotonic() - clock, time.process_time() - processor)
"""


def make(path):
    """The table of the same number of pictures, about nine boxes each: a function of N alone."""
    dice, boxes = random.Random(N), 0
    with open(path, "w", newline="") as f:
        table = csv.writer(f, lineterminator="\n")
        table.writerow("img_file category box_left box_top box_height box_width img_width img_height".split())
        for i in range(N):
            for _ in range(max(0, int(dice.gauss(7.6, 3)))):
                w, h = dice.randrange(8, 250), dice.randrange(8, 250)
                table.writerow(["%012d.jpg" % i, "class %02d" % dice.randrange(80), dice.randrange(640 - w),
                                dice.randrange(480 - h), h, w, 640, 480])
                boxes += 1
    return boxes


path = pathlib.Path(work) / ("csv-%d" % N) / "annot.csv"
path.parent.mkdir(exist_ok=True)
boxes = make(path)
print("pictures %d, boxes %d, %.1f MB" % (N, boxes, path.stat().st_size / 1e6))
pairs.measure(BASELINE, program, path, boxes, wanted=2.5)
