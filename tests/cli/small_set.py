# SPDX-License-Identifier: GPL-3.0-or-later
"""A small labelled set with known mistakes, made from nothing but the standard library.

Eight pictures of 100 x 80 pixels and one turned photo. The job's order is fork, apple, can; data.yaml lists the names by
the alphabet, so every name is wrong. Planted besides, each once: a row twice (a.txt), a class beyond the names (c.txt),
a label cut at the first dot (d.v2.png), a picture looked at and empty without a label file (empty.png), a box 0.4 px
beyond the right edge (e.txt), and a photo with EXIF orientation 6 whose boxes are on the stored pixels."""
import json
import pathlib
import struct
import zlib

JOB = ["fork", "apple", "can"]
SORTED = ["apple", "can", "fork"]

# picture: [(class in the job's order, left, top, width, height)], in pixels as stored
BOXES = {
    "a.png": [(0, 10, 10, 30, 20), (1, 50, 40, 30, 30)],
    "b.png": [(1, 5, 5, 40, 40), (2, 60, 10, 30, 60)],
    "c.png": [(2, 20, 20, 50, 40), (0, 4, 60, 30, 16)],
    "d.v2.png": [(0, 30, 30, 24, 24)],
    "e.png": [(1, 8, 8, 20, 20), (2, 61, 30, 39, 30)],
    "f.png": [(2, 33, 22, 30, 30), (0, 70, 6, 20, 20)],
    "empty.png": [],
    "turned.jpg": [(1, 10, 20, 40, 30), (2, 60, 30, 20, 40)],
}
VAL = {"g.png": [(0, 12, 12, 40, 30), (1, 60, 40, 30, 30)]}
SIZE = {"turned.jpg": (120, 90)}


def size_of(name):
    return SIZE.get(name, (100, 80))


def png(width, height, colour=(120, 160, 200)):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + bytes(colour) * width) * height
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def turned_jpeg(width, height, orientation):
    """Only the header of a photo: size and EXIF turn. Nothing here decodes it."""
    exif = b"Exif\0\0" + b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, orientation, 0, 0)
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0"

    def segment(marker, data):
        return b"\xff" + bytes([marker]) + struct.pack(">H", len(data) + 2) + data

    return b"\xff\xd8" + segment(0xE1, exif) + segment(0xC0, frame) + b"\xff\xd9"


def row(name, box, digits=6):
    width, height = size_of(name)
    class_id, left, top, w, h = box
    return "%d %.*f %.*f %.*f %.*f" % (class_id, digits, (left + w / 2) / width, digits, (top + h / 2) / height, digits,
                                       w / width, digits, h / height)


def manifest_line(name, boxes):
    width, height = size_of(name)
    used = sorted({b[0] for b in boxes})
    return json.dumps({
        "source-ref": "s3://bucket/pictures/" + name,
        "things": {
            "image_size": [{"width": width, "height": height, "depth": 3}],
            "annotations": [{"class_id": c, "left": l, "top": t, "width": w, "height": h} for c, l, t, w, h in boxes]},
        "things-metadata": {
            "objects": [{"confidence": 0}] * len(boxes), "class-map": {str(c): JOB[c] for c in used},
            "type": "groundtruth/object-detection", "human-annotated": "yes",
            "creation-date": "2024-05-01T10:00:00.000000", "job-name": "labeling-job/things"}})


def make(root, clean=False):
    root = pathlib.Path(root)
    for split, pictures in (("train", BOXES), ("val", VAL)):
        (root / "yolo/images" / split).mkdir(parents=True)
        (root / "yolo/labels" / split).mkdir(parents=True)
        for name, boxes in pictures.items():
            if clean and name in ("d.v2.png", "turned.jpg"):
                continue
            picture = turned_jpeg(120, 90, 6) if name == "turned.jpg" else png(*size_of(name))
            (root / "yolo/images" / split / name).write_bytes(picture)
            rows = [row(name, b) for b in boxes]
            text = "".join(r + "\n" for r in rows)
            if not clean:
                if name == "a.png":
                    text += rows[1] + "\n"
                if name == "c.png":
                    text += "9 0.5 0.5 0.25 0.25\n"
                if name == "e.png":
                    # The right edge at 100.4 of 100 pixels.
                    text = rows[0] + "\r\n" + "2 0.807000 0.562500 0.394000 0.375000"
                if name == "empty.png":
                    continue
            (root / "yolo/labels" / split / (name.split(".")[0] + ".txt")).write_text(text, newline="")
    names = JOB if clean else SORTED
    (root / "yolo/data.yaml").write_text("# 果物\ntrain: images/train\nval: images/val\nnames:\n"
                                         + "".join("  %d: %s\n" % (i, n) for i, n in enumerate(names)), encoding="utf-8")
    output = root / "job/manifests/output"
    output.mkdir(parents=True)
    left_out = ("d.v2.png", "turned.jpg") if clean else ()
    (output / "output.manifest").write_text("".join(
        manifest_line(n, b) + "\n" for n, b in {**BOXES, **VAL}.items() if n not in left_out))
    tool = root / "job/annotation-tool"
    tool.mkdir()
    (tool / "data.json").write_text(json.dumps({"document-version": "2018-11-28", "labels": [{"label": n} for n in JOB]}))
    return root


# What a right program says of it, the job beside it: rule, severity, file, line.
FINDINGS = [
    ("order/sorted", "error", "yolo/data.yaml", 5),
    ("image/exif-frame-raw", "error", "yolo/images/train/turned.jpg", None),
    ("class/id-out-of-range", "error", "yolo/labels/train/c.txt", 3),
    ("dataset/dot-truncated-stem", "error", "yolo/labels/train/d.txt", None),
    ("duplicate/exact-box", "warning", "yolo/labels/train/a.txt", 3),
    ("label/missing-for-negative", "warning", "yolo/labels/train/empty.txt", None),
    ("box/out-of-frame", "warning", "yolo/labels/train/e.txt", 2),
]
