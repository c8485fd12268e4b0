#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Problems page as a person uses it: filter, group, walk, look at the box, fix one, fix a cause, take it back."""
import contextlib
import json
import os
import pathlib
import re
import subprocess

from desktop import Window, text_of, visible, wait_for, walk, xdotool
from tap import main

EXAMPLE = pathlib.Path(os.environ["LP_EXAMPLE"])
ANSWER = json.loads(subprocess.run([os.environ["LP_LABELPROOF"], "check", EXAMPLE, "--format", "json"],
                                   capture_output=True).stdout)
RULES = [finding["rule"] for finding in ANSWER["findings"]]
OUT_OF_FRAME = RULES.index("box/out-of-frame")
BEYOND = RULES.index("class/id-out-of-range")
BUTTON = "push button|toggle button"


@contextlib.contextmanager
def on_problems():
    with Window(str(EXAMPLE)) as window:
        window.wait_loaded()
        window.key("alt+2")
        window.wait_state("win.page", "problems")
        wait_for("a problem", lambda: window.state("win.finding") >= 0)
        yield window


def rows(window):
    """What the list says, row by row: heads and problems."""
    problems = window.find("list", "Problems")
    return [text_of(one) for one in walk(problems) if one.get_role_name() == "list item" and visible(one)]


def wait_rows(window, what, condition):
    return wait_for(what, lambda: (lambda r: r if r and condition(r) else None)(rows(window)))


def row_of(window, text):
    return window.find("list item", text)


def test_walk_by_keys():
    with on_problems() as window:
        first = window.state("win.finding")
        window.key("F8")
        wait_for("the next problem", lambda: window.state("win.finding") != first)
        second = window.state("win.finding")
        window.key("shift+F8")
        window.wait_state("win.finding", first)
        window.key("j")
        window.wait_state("win.finding", second)
        window.key("k")
        window.wait_state("win.finding", first)
        window.key("k")  # before the first there is none
        window.wait_state("win.finding", first)


def test_filter_by_words_and_by_severity():
    with on_problems() as window:
        everything = rows(window)
        window.key("ctrl+f")
        window.type("outside")
        wait_for("no problem fits", lambda: not rows(window) or window.shows("No problem fits the filter."))
        window.key("ctrl+a")
        window.type("duplicate")
        found = wait_rows(window, "the duplicate alone", lambda r: len(r) == 2)
        assert "duplicate/exact-box" in found[1], found
        window.wait_state("win.finding", RULES.index("duplicate/exact-box"))
        window.key("Escape")
        wait_rows(window, "everything again", lambda r: r == everything)
        errors = window.find(BUTTON, "Error: ")
        window.click_on(errors)
        wait_rows(window, "no error", lambda r: not any("order/sorted" in row for row in r))
        window.click_on(errors)
        wait_rows(window, "everything again", lambda r: r == everything)


def test_typing_is_no_command():
    with on_problems() as window:
        before = window.state("win.steps"), window.state("win.image")
        window.key("ctrl+f")
        window.type("dxq 1jkf")
        window.wait_state("win.filter", "dxq 1jkf")
        assert (window.state("win.steps"), window.state("win.image")) == before


def test_groups():
    with on_problems() as window:
        for words, grouping, head in (("Rule", "rule", "Names in alphabetical order"), ("File", "file", "yolo/data.yaml"),
                                      ("Cause", "cause", "Wrong label order")):
            window.click_on(window.find(BUTTON, words))
            window.wait_state("win.grouping", grouping)
            wait_rows(window, "a head of " + words, lambda r: any(row.startswith(head) for row in r))
        number = len(rows(window))
        head = row_of(window, "Single problems")
        inside = int(re.search(r"\d+", text_of(head)).group())
        window.click_on(head)
        wait_rows(window, "a folded group", lambda r: len(r) == number - inside)
        window.click_on(row_of(window, "Single problems"))
        wait_rows(window, "an unfolded group", lambda r: len(r) == number)


def test_to_the_box():
    """A click shows the problem beside the list, Enter goes to its box on the Images page."""
    with on_problems() as window:
        window.click_on(row_of(window, "box/out-of-frame"))
        window.wait_state("win.finding", OUT_OF_FRAME)
        wait_for("its sentence beside the list",
                 lambda: window.shows(ANSWER["findings"][OUT_OF_FRAME]["message"][:20]))
        window.key("Return")
        window.wait_state("win.page", "images")
        name = os.path.basename(ANSWER["findings"][OUT_OF_FRAME]["image"])
        window.find("label", name)
        wait_for("the box", lambda: window.state("win.selected-box") == ANSWER["findings"][OUT_OF_FRAME]["box"])


def test_fix_one_and_take_it_back():
    with on_problems() as window:
        errors = window.counts()["errors"]
        window.click_on(row_of(window, "class/id-out-of-range"))
        window.wait_state("win.finding", BEYOND)
        window.key("f")
        window.wait_state("win.steps", 1)
        wait_for("one error less", lambda: window.counts()["errors"] == errors - 1)
        noted = wait_for("the row to say so", lambda: next((r for r in rows(window) if "fix noted" in r), None))
        assert "class/id-out-of-range" in noted, noted  # struck through where it was, not taken away
        window.key("f")  # what is dealt with is not fixed twice
        window.key("F8")
        wait_for("the next problem that is left", lambda: window.state("win.finding") != BEYOND)
        window.wait_state("win.steps", 1)
        window.key("ctrl+z")
        window.wait_state("win.steps", 0)
        wait_rows(window, "no row noted", lambda r: not any("fix noted" in row for row in r))
        assert window.counts()["errors"] == errors


def test_fix_all_of_a_cause():
    """The button of the label order deals with every problem of that cause."""
    with on_problems() as window:
        window.click_on(row_of(window, "order/sorted"))
        window.wait_state("win.finding", RULES.index("order/sorted"))
        window.press("Use the job’s order")
        window.wait_state("win.steps", 1)
        wait_rows(window, "the cause noted", lambda r: any(
            row.startswith("Wrong label order") and "fix noted" in row for row in r))
        left = window.counts()
        shown = int(next(text_of(one) for one in walk(window.find(BUTTON, "Problems"))
                         if one.get_role_name() == "label" and re.fullmatch(r"\d+", text_of(one))))
        assert shown == left["errors"] + left["warnings"] + left["infos"], "the sidebar counts what is left"
        window.find("label", "%d problems, 1 fix noted" % len(RULES))  # the list keeps what was dealt with
        window.key("ctrl+z")
        window.wait_state("win.steps", 0)


def test_menu_of_a_row():
    with on_problems() as window:
        window.click_on(row_of(window, "box/out-of-frame"), button=3)
        window.wait_state("win.finding", OUT_OF_FRAME)
        for words in ("Show the Image", "About This Rule", "Copy Problem", "Copy Path", "Show in Folder"):
            window.find("menu item|check menu item", words)
        xdotool("key", "Down", "Return")  # the first has the focus
        window.wait_state("win.rule-page", True)
        window.find("label", "What a trainer does")


main(globals())
