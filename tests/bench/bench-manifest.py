#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Boxes out of a manifest of 118,000 lines beside Python's json module: bench-manifest.py READ_MANIFEST WORK_FOLDER

Each side is a process of one thread that times itself, without its start; both alternate in one run. Prints medians,
spread and the ratio, by the clock and, which other load disturbs less, in time of the processor. Fails on a wrong count
of boxes, never on a slow day."""
import json
import os
import pathlib
import random
import sys

import pairs

program, work = sys.argv[1:3]
N = int(os.environ.get("LP_BENCH_IMAGES", "118000"))
BASELINE = """
import json, sys, time
clock, processor = time.monotonic(), time.process_time()
with open(sys.argv[1]) as f:
    for line in f:
        json.loads(line)
print(time.monotonic() - clock, time.process_time() - processor)
"""


def make(path):
    """Lines of Ground Truth's shape, about nine boxes each, and how many boxes they are: a function of N alone."""
    dice, boxes = random.Random(N), 0
    with open(path, "w") as f:
        for i in range(N):
            annotations = []
            for _ in range(max(0, int(dice.gauss(8.6, 3)))):
                w, h = dice.randrange(8, 250), dice.randrange(8, 250)
                annotations.append({"class_id": dice.randrange(80), "width": w, "top": dice.randrange(480 - h),
                                    "height": h, "left": dice.randrange(640 - w)})
            boxes += len(annotations)
            f.write(json.dumps({
                "source-ref": "s3://bucket/labelling/images/%012d.jpg" % i,
                "boxes": {"annotations": annotations, "image_size": [{"width": 640, "depth": 3, "height": 480}]},
                "boxes-metadata": {
                    "job-name": "labeling-job/boxes",
                    "class-map": {str(c): "class %02d" % c for c in sorted({a["class_id"] for a in annotations})},
                    "human-annotated": "yes",
                    "objects": [{"confidence": round(dice.uniform(.5, .99), 2)} for _ in annotations],
                    "creation-date": "2026-08-%02dT%02d:08:29.%06d" % (i % 28 + 1, i % 24, i),
                    "type": "groundtruth/object-detection"}}, separators=(",", ":")) + "\n")
    return boxes


path = pathlib.Path(work) / ("bench-%d.manifest" % N)
boxes = make(path)
print("lines %d, boxes %d, %.1f MB" % (N, boxes, path.stat().st_size / 1e6))
pairs.measure(BASELINE, program, path, boxes, wanted=5)
