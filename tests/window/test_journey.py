#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person does with the example: open, read the card, look at the crops, press the button, Apply, export, check."""
import contextlib
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import tempfile

import yaml
from desktop import GLib, Window, text_of, top_of, visible, wait_for, walk
from tap import main

EXAMPLE = pathlib.Path(os.environ["LP_EXAMPLE"])
CLEAN = pathlib.Path(os.environ["LP_EXAMPLE_CLEAN"])
LABELPROOF = os.environ["LP_LABELPROOF"]
JOB_ORDER = ["house", "star", "apple", "fish", "umbrella", "key", "mug"]  # make-example.c, thing_names

# What was planted and has no repair here: the photo itself stays turned, so whoever reads the exported set without
# the job cannot know which way round its boxes are.
LEFT_OVER = {("image/exif-rotated", "images/train/phone_photo.jpg")}


@contextlib.contextmanager
def copy_of(source):
    with tempfile.TemporaryDirectory(prefix="lp-window-") as folder:
        place = pathlib.Path(folder) / "things"
        shutil.copytree(source, place)
        yield place


def check(*paths):
    done = subprocess.run([LABELPROOF, "check", *map(str, paths), "--format", "json"], capture_output=True)
    return done.returncode, json.loads(done.stdout)


def digest(folder):
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
            for p in sorted(folder.rglob("*")) if p.is_file()}


def fix_everything(window, place):
    """The repair of each problem, as F on it would note."""
    _, answer = check(place)
    for index in range(len(answer["findings"])):
        window.activate("win.fix-finding", GLib.Variant("u", index))
    wait_for("the errors to be dealt with", lambda: window.counts()["errors"] == 0)


def apply_all(window):
    window.activate("win.apply")
    window.find("push button", "Save as patch")
    window.press_exactly("Apply")
    wait_for("everything to be written", lambda: window.state("win.steps") == 0 and not window.state("win.busy"))


def test_counts_are_those_of_the_command():
    for source in (EXAMPLE, CLEAN):
        _, answer = check(source)
        with Window(str(source)) as window:
            shown = window.wait_loaded()
        for key in ("images", "label_files", "rows", "boxes"):
            assert shown[key] == answer["counts"][key], (source, key, shown, answer["counts"])
        for key in ("errors", "warnings", "infos"):
            assert shown[key] == answer["summary"][key], (source, key, shown, answer["summary"])


def test_wrong_order_is_told_first():
    with Window(str(EXAMPLE)) as window:
        window.wait_loaded()
        window.find("label|heading", "the label order differs from the labelling job")
        window.find("push button", "Use the job’s order")
        labels = [(top_of(one), text_of(one)) for one in walk(window.application)
                  if one.get_role_name() in ("label", "heading") and visible(one)]
        order = [top for top, text in labels if "lists the names alphabetically" in text]
        others = [top for top, text in labels if "the camera" in text.lower()]
        assert others and min(order) < min(others), "the dearest cause comes first"
        assert any("explains" in text for _, text in labels), "how sure it is stands with it"


def test_looking_changes_nothing():
    with copy_of(EXAMPLE) as place:
        before = digest(place), {p: p.stat().st_mtime_ns for p in place.rglob("*")}
        with Window(str(place)) as window:
            window.wait_loaded()
            for page in ("problems", "labels", "images", "overview"):
                window.activate("win.page", GLib.Variant("s", page))
                window.wait_state("win.page", page)
            window.activate("win.use-order", GLib.Variant("s", "names"))
            window.wait_state("win.steps", 1)
        assert (digest(place), {p: p.stat().st_mtime_ns for p in place.rglob("*")}) == before


def test_undo_and_redo():
    with copy_of(EXAMPLE) as place, Window(str(place)) as window:
        errors = window.wait_loaded()["errors"]
        window.activate("win.use-order", GLib.Variant("s", "names"))
        wait_for("one error less", lambda: window.counts()["errors"] < errors)
        window.key("ctrl+z")
        wait_for("all errors again", lambda: window.counts()["errors"] == errors)
        assert window.state("win.steps") == 0
        window.key("ctrl+shift+z")
        window.wait_state("win.steps", 1)


def test_undo_takes_an_apply_back():
    with copy_of(EXAMPLE) as place, Window(str(place)) as window:
        original = digest(place)
        errors = window.wait_loaded()["errors"]
        window.activate("win.use-order", GLib.Variant("s", "names"))
        window.wait_state("win.steps", 1)
        apply_all(window)
        assert digest(place) != original
        wait_for("Undo to be there", lambda: window.describe("win.undo")[0])
        window.key("ctrl+z")
        wait_for("all errors again", lambda: window.counts().get("errors") == errors and not window.state("win.busy"))
        assert digest(place) == original
        assert not window.describe("win.undo")[0], "nothing is left to take back"


def test_a_noted_step_is_there_at_the_next_start():
    with copy_of(EXAMPLE) as place:
        with Window(str(place)) as window:
            window.wait_loaded()
            window.activate("win.use-order", GLib.Variant("s", "names"))
            window.wait_state("win.steps", 1)
            window.process.kill()
            window.process.wait()
            window.killed = True
        with Window(str(place)) as window:
            window.wait_loaded()
            window.wait_state("win.steps", 1)


def test_the_whole_way():
    with copy_of(EXAMPLE) as place:
        original = digest(place)
        with Window(str(place)) as window:
            window.wait_loaded()
            window.find("label|heading", "lists the names alphabetically")
            window.press("Use the job’s order")
            window.wait_state("win.steps", 1)
            fix_everything(window, place)
            apply_all(window)
            names = yaml.safe_load((place / "yolo/data.yaml").read_text())["names"]
            assert [names[i] for i in range(7)] == JOB_ORDER, names
            window.activate("win.export")
            window.find("label", "Which list decides")
            window.press_exactly("Export")
            exported = place.with_name("things-clean")
            wait_for("the export", lambda: (exported / "data.yaml").exists())
            status, answer = check(exported)
            assert status == 0, answer["summary"]
            left = {(f["rule"], f["image"]) for f in answer["findings"] if f["severity"] != "info"}
            assert left == LEFT_OVER, left
            assert answer["layers"][0]["names"] == JOB_ORDER
            assert answer["counts"]["images"] == 24 and answer["counts"]["states"]["no_file"] == 0
        subprocess.run([LABELPROOF, "undo", str(place)], check=True, capture_output=True)
        assert digest(place) == original, "undo leaves every byte as before and no new file"


main(globals())
