#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Labels page as a person uses it: compare the lists, see the price of both repairs, choose one, type names, Apply."""
import contextlib
import hashlib
import os
import pathlib
import re
import shutil
import tempfile

import yaml
from desktop import Atspi, Window, text_of, visible, wait_for, walk, xdotool
from tap import main

EXAMPLE = pathlib.Path(os.environ["LP_EXAMPLE"])
JOB_ORDER = ["house", "star", "apple", "fish", "umbrella", "key", "mug"]  # make-example.c, thing_names
SORTED = sorted(JOB_ORDER)


@contextlib.contextmanager
def on_labels(source=EXAMPLE):
    with tempfile.TemporaryDirectory(prefix="lp-labels-") as folder:
        place = pathlib.Path(folder) / "things"
        shutil.copytree(source, place)
        with Window(str(place)) as window:
            window.wait_loaded()
            window.key("alt+3")
            window.wait_state("win.page", "labels")
            yield window, place


def digest(folder):
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
            for p in sorted(folder.rglob("*")) if p.is_file()}


def lines(window):
    """What the lists say, a row per number."""
    table = window.find("list", "Lists of names")
    return [text_of(one) for one in walk(table) if one.get_role_name() == "list item" and visible(one)]


def way(window, words):
    return window.find("radio button|check box", words)


def class_ids(place):
    """The class numbers of the YOLO set, file by file."""
    return {p.name: [row.split()[0] for row in p.read_text().splitlines() if row.split()]
            for p in sorted((place / "yolo").rglob("labels/**/*.txt"))}


def apply_all(window):
    window.key("ctrl+s")
    window.find("push button", "Save as patch")
    window.press_exactly("Apply")
    wait_for("everything to be written", lambda: window.state("win.steps") == 0 and not window.state("win.busy"))


def test_lists_side_by_side():
    with on_labels() as (window, _):
        said = wait_for("eight rows", lambda: (lambda r: r if len(r) >= 8 else None)(lines(window)))
        for number, name in enumerate(JOB_ORDER):
            row = next(line for line in said if re.match(r"%d " % number, line))
            assert name in row and SORTED[number] in row, row
            assert re.search("job: %d" % JOB_ORDER.index(SORTED[number]), row), row  # where the wrong name belongs
            assert re.search(r"(\d+) of \1$", row), row  # what the boxes show
        assert any(line.startswith("9 ") and "no name" in line for line in said), said


def test_both_repairs_have_a_price():
    with on_labels() as (window, place):
        files = class_ids(place)
        rows = sum(len(ids) for ids in files.values())
        window.find("label", "data.yaml · 7 lines")
        found = wait_for("the price of the rows", lambda: next(filter(None, (
            re.fullmatch(r"(\d+) files · (\d+) rows", one.get_name() or "") for one in walk(window.application))), None))
        # Every row but the one beyond the names gets another number: no name stays where it was.
        assert int(found.group(2)) == rows - 1 and int(found.group(1)) == len(files), found


def test_correct_the_names():
    with on_labels() as (window, place):
        before = class_ids(place)
        window.click_on(way(window, "Correct the names"))
        window.press_exactly("Use the job’s order")  # this page's is the last
        window.wait_state("win.steps", 1)
        window.find("label", "noted")
        wait_for("the lists as they will be", lambda: all("job: " not in line for line in lines(window)))
        apply_all(window)
        names = yaml.safe_load((place / "yolo/data.yaml").read_text())["names"]
        assert [names[i] for i in range(len(JOB_ORDER))] == JOB_ORDER, names
        assert class_ids(place) == before, "the rows stay"


def test_renumber_the_labels():
    with on_labels() as (window, place):
        original, before = digest(place), class_ids(place)
        names = (place / "yolo/data.yaml").read_bytes()
        rows = way(window, "Renumber the labels")
        window.click_on(rows)
        wait_for("the other way", lambda: rows.get_state_set().contains(Atspi.StateType.CHECKED))
        window.press_exactly("Use the job’s order")  # this page's is the last
        window.wait_state("win.steps", 1)
        apply_all(window)
        assert (place / "yolo/data.yaml").read_bytes() == names, "the names stay"
        wanted = {str(i): str(SORTED.index(name)) for i, name in enumerate(JOB_ORDER)}
        assert class_ids(place) == {f: [wanted.get(i, i) for i in ids] for f, ids in before.items()}
        window.key("ctrl+z")
        wait_for("every byte as before", lambda: digest(place) == original)


def test_undo_and_redo_of_the_repair():
    with on_labels() as (window, place):
        original = digest(place)
        moved = lines(window)
        window.press_exactly("Use the job’s order")  # this page's is the last
        window.wait_state("win.steps", 1)
        window.key("ctrl+z")
        window.wait_state("win.steps", 0)
        wait_for("the lists as they are", lambda: lines(window) == moved)
        window.key("ctrl+shift+z")
        window.wait_state("win.steps", 1)
        assert digest(place) == original, "nothing is written before Apply"


def test_typed_names_are_judged():
    """Names that are typed in the job's order are right, in another one they are not; no file is changed."""
    with on_labels() as (window, place):
        original = digest(place)
        errors = window.counts()["errors"]
        for order, what in ((JOB_ORDER, "the job's order"), (SORTED[::-1], "another order")):
            window.press("Names…")
            entry = wait_for("the names to type over", lambda: next((
                one for one in walk(window.application) if one.get_role_name() == "text" and
                one.get_state_set().contains(Atspi.StateType.FOCUSED)), None))
            xdotool("key", "ctrl+a")  # the focus is in the dialog
            for name in order:
                xdotool("type", "--delay", "10", name)
                xdotool("key", "Return")
            wait_for("the text", lambda: "".join(name + "\n" for name in order) == Atspi.Text.get_text(
                entry, 0, Atspi.Text.get_character_count(entry)))
            window.press_exactly("Use these names")
            wait_for(what, lambda: window.counts().get("errors") is not None and not window.state("win.busy") and
                     (window.counts()["errors"] < errors) == (order == JOB_ORDER))
        window.press("Names…")
        window.press_exactly("Use what was found")
        wait_for("the names that were found", lambda: window.counts().get("errors") == errors)
        assert digest(place) == original


main(globals())
