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
import statistics
import subprocess
import sys

program, work = sys.argv[1:3]
N, ROUNDS = int(os.environ.get("LP_BENCH_IMAGES", "118000")), 7
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


def seconds(*command):
    words = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout.split()
    return [float(word) for word in words]


path = pathlib.Path(work) / ("csv-%d" % N) / "annot.csv"
path.parent.mkdir(exist_ok=True)
boxes = make(path)
ours, theirs = [], []
for i in range(ROUNDS + 1):
    baseline, mine = seconds(sys.executable, "-c", BASELINE, str(path)), seconds(program, str(path))
    if mine[2] != boxes:
        sys.exit("%d boxes of %d were read" % (mine[2], boxes))
    if i > 0:  # the first round warms the caches
        theirs.append(baseline)
        ours.append(mine)
print("pictures %d, boxes %d, %.1f MB" % (N, boxes, path.stat().st_size / 1e6))
for which, what in enumerate(("by the clock", "of the processor")):
    for name, runs in (("Python", theirs), ("reader", ours)):
        times = [run[which] for run in runs]
        print("%-6s median %.3f s, spread %.3f to %.3f s %s"
              % (name, statistics.median(times), min(times), max(times), what))
    pairs = [b[which] / m[which] for b, m in zip(theirs, ours)]
    print("ratio  median %.2f, spread %.2f to %.2f (at least 2.5 wanted)"
          % (statistics.median(pairs), min(pairs), max(pairs)))
