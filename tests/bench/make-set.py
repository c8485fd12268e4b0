#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A YOLO set of any size for the benchmarks: make-set.py FOLDER PICTURES N

Images are hard links into the pictures of the example, one in forty with an EXIF thumbnail before its size; nine in ten
have a label file of about nine boxes. A function of N alone."""
import os
import pathlib
import random
import struct
import sys

folder, pictures, n = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3])
dice = random.Random(n)
names = ["class %02d" % i for i in range(80)]
pool = folder.with_name(folder.name + "-pool")  # beside the set: none of its pictures
for place in [pool, *(folder / kind / split for kind in ("images", "labels") for split in ("train", "val"))]:
    place.mkdir(parents=True, exist_ok=True)


def with_thumbnail(jpeg):
    """The same picture with a large APP1 before everything else, as phones write it."""
    tiff = b"MM\x00\x2a\x00\x00\x00\x08" + struct.pack(">HHHIHHI", 1, 0x112, 3, 1, 1, 0, 0)
    thumbnail = jpeg * (1 + 20000 // len(jpeg))
    body = (b"Exif\x00\x00" + tiff + thumbnail)[:60000]
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + jpeg[2:]


sources = sorted(p for p in pictures.rglob("*.jpg") if b"Exif" not in p.read_bytes()[:64])
plain, phone = [], []
for i in range(2000):
    jpeg = sources[i % len(sources)].read_bytes()
    place = pool / ("%04d.jpg" % i)
    place.write_bytes(with_thumbnail(jpeg) if i % 40 == 0 else jpeg)
for i in range(n):
    split, stem = ("val" if i % 10 == 9 else "train"), "%012d" % i
    os.link(pool / ("%04d.jpg" % (i % 2000)), folder / "images" / split / (stem + ".jpg"))
    if i % 10 == 3 and i % 59:
        continue
    rows = []
    for _ in range(max(1, int(dice.gauss(9.37, 3)))):
        w, h = dice.uniform(.02, .4), dice.uniform(.02, .4)
        x, y = dice.uniform(w / 2, 1 - w / 2), dice.uniform(h / 2, 1 - h / 2)
        rows.append("%d %.6f %.6f %.6f %.6f\n" % (dice.randrange(80), x, y, w, h))
    (folder / "labels" / split / (stem + ".txt")).write_text("".join(rows))
(folder / "data.yaml").write_text("train: images/train\nval: images/val\nnc: 80\nnames:\n"
                                  + "".join("  %d: %s\n" % named for named in enumerate(names)))
