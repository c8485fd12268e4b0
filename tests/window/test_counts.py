#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window's numbers, as its actions and its words say them, are those of `labelproof check --format json`.

Paths on the command line: those sets instead of the ones made here, with both columns of numbers."""
import contextlib
import json
import os
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import zlib

from desktop import GLib, Window, visible, wait_for, walk
from tap import main

EXAMPLE = pathlib.Path(os.environ["LP_EXAMPLE"])
LABELPROOF = os.environ["LP_LABELPROOF"]
COUNTS = ("images", "label_files", "rows", "boxes")
SEVERITIES = {"errors": "Error", "warnings": "Warning", "infos": "Info"}
BUTTON = "push button|toggle button"
SIDE = 64  # pixels of a picture


def png(path):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"".join(b"\0" + bytes([90]) * (SIDE * 3) for _ in range(SIDE)))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)) +
                     chunk(b"IDAT", rows) + chunk(b"IEND", b""))


def text(path, *lines):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(line + "\n" for line in lines))


def make_ships(place):
    """One name, rows of many classes, pictures without label file, label files without picture, a split that is not
    there and a folder that no split names."""
    text(place / "data.yaml", "train: train/images", "val: ../valid/images", "nc: 1", "names: ['Ship']")
    for i in range(12):
        png(place / "train/images" / ("sea_%02d.png" % i))
    for i in range(9):  # three without label file
        text(place / "train/labels" / ("sea_%02d.txt" % i), "0 0.5 0.5 0.25 0.25", "%d 0.3 0.3 0.125 0.125" % (i % 4))
    for i in range(3):
        png(place / "validate/images" / ("bay_%d.png" % i))
        text(place / "validate/labels" / ("bay_%d.txt" % i), "%d 0.5 0.5 0.5 0.5" % (7 + i))
    for i in range(2):
        text(place / "train/labels" / ("gone_%d.txt" % i), "0 0.5 0.5 0.25 0.25")
    text(place / "train/labels/gone_polygon.txt", "0 0.1 0.1 0.5 0.1 0.5 0.5 0.1 0.5")


def make_cigars(place):
    """A job's manifest, and the labels made from it without any list of names; one name is cut at its first dot."""
    names = ["band.png", "box.png", "two.parts.png", "empty.png"]
    boxes = {"band.png": [(0, 8, 8, 16, 16), (1, 32, 32, 16, 16)], "box.png": [(1, 16, 8, 32, 16)],
             "two.parts.png": [(0, 0, 0, 32, 32)], "empty.png": []}
    lines = []
    for name in names:
        png(place / "dataset" / name)
        png(place / "yolo/train/images" / name)
        rows = ["%d %g %g %g %g" % (c, (x + w / 2) / SIDE, (y + h / 2) / SIDE, w / SIDE, h / SIDE)
                for c, x, y, w, h in boxes[name]]
        if rows:
            text(place / "yolo/train/labels" / (name.split(".")[0] + ".txt"), *rows)
        lines.append(json.dumps({
            "source-ref": "s3://bucket/job/" + name,
            "cigars": {"image_size": [{"width": SIDE, "height": SIDE, "depth": 3}],
                       "annotations": [{"class_id": c, "left": x, "top": y, "width": w, "height": h}
                                       for c, x, y, w, h in boxes[name]]},
            "cigars-metadata": {"objects": [{"confidence": 0} for _ in boxes[name]],
                                "class-map": {str(c): ("band", "box")[c] for c in {b[0] for b in boxes[name]}},
                                "type": "groundtruth/object-detection", "human-annotated": "yes",
                                "creation-date": "2022-03-01T09:46:48.608982", "job-name": "labeling-job/cigars"}}))
    text(place / "dataset/output.manifest", *lines)


@contextlib.contextmanager
def made(make):
    with tempfile.TemporaryDirectory(prefix="lp-counts-") as folder:
        make(pathlib.Path(folder))
        yield pathlib.Path(folder)


def told(path):
    """What the command says, by the words of the window."""
    answer = json.loads(subprocess.run([LABELPROOF, "check", path, "--format", "json"], capture_output=True).stdout)
    numbers = {name: answer["counts"][name] for name in COUNTS}
    numbers.update({name: answer["summary"][name] for name in SEVERITIES})
    problems = len(answer["findings"])
    numbers.update({"pill " + name: answer["summary"][name] for name in SEVERITIES})
    numbers.update({"sidebar problems": problems, "title problems": problems})
    numbers.update({"listed " + rule: n for rule, n in answer["summary"]["by_rule"].items()})
    return numbers, answer


def number_of(words):
    found = re.search(r"\d[\d,]*", words)
    return int(found.group().replace(",", "")) if found else None


def words_in(thing):
    return [one.get_name() or "" for one in walk(thing) if one.get_role_name() == "label" and visible(one)]


def sidebar_count(window, page):
    entry = window.find(BUTTON, page)
    return number_of(wait_for("a number on " + page, lambda: next(
        (w for w in words_in(entry) if re.fullmatch(r"\d[\d,]*", w)), None)))


def of_all(window):
    """Of how many problems the one that is shown is one, as the Problems page says: "1 of 14"; 0: none is shown."""
    page = window.find("entry|text", "Filter problems").get_parent().get_parent()
    found = [re.fullmatch(r"[\d,]+ of ([\d,]+)", word) for word in words_in(page)]
    return next((number_of(one.group(1)) for one in found if one), 0)


def walked(window):
    """How many pictures the Images page has, by its title at the last one: "things — 24 of 24"."""
    window.activate("win.page", GLib.Variant("s", "images"))
    wait_for("a picture", lambda: window.state("win.image") >= 0)
    window.key("End")
    return number_of(wait_for("the last picture", lambda: next(filter(None, (
        re.fullmatch(r".* — ([\d,]+) of \1", word) for word in words_in(window.application))), None)).group(1))


def shown(path, rules):
    with Window(str(path)) as window:
        numbers = dict(window.wait_loaded())
        window.activate("win.page", GLib.Variant("s", "problems"))
        window.wait_state("win.page", "problems")
        for name, word in SEVERITIES.items():
            numbers["pill " + name] = number_of(window.find(BUTTON, word + ": ").get_name())
        numbers["sidebar problems"] = sidebar_count(window, "Problems")
        title = window.find("label", " problem").get_name()
        numbers["title problems"] = number_of(title.rsplit("—", 1)[1])
        for rule, n in rules.items():
            window.activate("win.show-problems", GLib.Variant("s", rule))
            window.wait_state("win.filter", rule)
            try:
                wait_for("%d of %s" % (n, rule), lambda: of_all(window) == n)
            except AssertionError:
                pass  # compared with the others
            numbers["listed " + rule] = of_all(window)
    return numbers


def compare(path):
    command, answer = told(path)
    window = shown(path, answer["summary"]["by_rule"])
    return command, window, answer


def agree(path):
    command, window, answer = compare(path)
    differ = {name: (command[name], window.get(name)) for name in command if window.get(name) != command[name]}
    assert not differ, "command and window differ: %r" % differ
    return answer


def test_example():
    assert agree(EXAMPLE)["summary"]["errors"] > 0


def test_sidebar_counts_the_pictures_that_can_be_walked_through():
    """Those of every source: the manifest's own files are pictures too, where they are not those of the subject."""
    with made(make_cigars) as place, Window(str(place)) as window:
        assert window.wait_loaded()["images"] == 4
        assert sidebar_count(window, "Images") == walked(window) == 8


def test_a_set_with_more_classes_than_names():
    with made(make_ships) as place:
        answer = agree(place)
        counts, by_rule = answer["counts"], answer["summary"]["by_rule"]
        assert counts["images"] == 15 and counts["label_files"] == 15 and counts["states"]["no_file"] == 3, counts
        # Second rows: 0 1 2 3 0 1 2 3 0, so class 1, the number of names, twice; 2 and 3 twice each, and 7, 8, 9.
        assert by_rule["class/id-equals-nc"] == 2 and by_rule["class/id-out-of-range"] == 7, by_rule
        assert by_rule["label/missing"] == 3 and by_rule["dataset/orphan-label"] == 3, by_rule


def test_a_set_without_names_beside_its_manifest():
    with made(make_cigars) as place:
        answer = agree(place)
        assert answer["counts"]["boxes"] == 4, answer["counts"]
        assert [layer["kind"] for layer in answer["layers"]] == ["yolo", "manifest"], answer["layers"]
        assert answer["summary"]["by_rule"]["dataset/dot-truncated-stem"] == 1, answer["summary"]


if len(sys.argv) > 1 and os.path.exists(sys.argv[1]):
    for one in sys.argv[1:]:
        by_command, by_window, _ = compare(one)
        print(one)
        for key, number in by_command.items():
            print("%-40s %8d %8s%s" % (key, number, by_window.get(key), "" if by_window.get(key) == number else "  DIFFERS"))
else:
    main(globals())
