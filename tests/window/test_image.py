#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The image page by its keys: real ones, with the focus where a person's would be."""
import contextlib
import os
import pathlib

from desktop import Atspi, GLib, Window, visible, wait_for, walk, xdotool
from tap import main

WITH_BOXES = 4  # table_02.jpg: a house and a star
EXAMPLE = pathlib.Path(os.environ["LP_EXAMPLE"])


@contextlib.contextmanager
def on_images():
    with Window(str(EXAMPLE)) as window:
        window.wait_loaded()
        window.key("alt+4")
        window.wait_state("win.page", "images")
        wait_for("a picture", lambda: window.state("win.image") >= 0)
        window.activate("win.image", GLib.Variant("i", WITH_BOXES))
        window.wait_state("win.image", WITH_BOXES)
        yield window


def entry_of(window):
    return wait_for("an entry", lambda: next((one for one in walk(window.application)
                                              if one.get_role_name() in ("text", "entry") and visible(one)), None))


def test_pictures():
    with on_images() as window:
        window.key("Right", "d")
        window.wait_state("win.image", WITH_BOXES + 2)
        window.key("a", "Left")
        window.wait_state("win.image", WITH_BOXES)
        window.key("End", "Right")
        window.wait_state("win.image", window.counts()["images"] - 1)
        window.key("Home", "Left")
        window.wait_state("win.image", 0)


def test_boxes_and_views():
    with on_images() as window:
        window.key("Tab")
        window.wait_state("win.selected-box", 0)
        fitted = window.state("win.zoom")
        window.key("z")
        wait_for("a closer view", lambda: window.state("win.zoom") > fitted)
        window.key("ctrl+0")
        wait_for("the whole picture", lambda: abs(window.state("win.zoom") - fitted) < 1e-6)
        window.key("plus")
        wait_for("a closer view", lambda: window.state("win.zoom") > fitted)
        window.key("ctrl+1")
        window.wait_state("win.zoom", 1.0)
        window.key("l")
        window.wait_state("win.chips", "name")
        window.key("h")
        window.wait_state("win.boxes-hidden", True)
        list_before = window.state("win.dictionary")
        window.key("y")
        wait_for("another list", lambda: window.state("win.dictionary") != list_before)
        window.key("F9")
        window.wait_state("win.inspector", False)


def test_peek_ends_with_the_key():
    with on_images() as window:
        xdotool("windowfocus", "--sync", window.xid)
        xdotool("keydown", "p")
        window.wait_state("win.peek", True)
        xdotool("keyup", "p")
        window.wait_state("win.peek", False)


def test_steps():
    with on_images() as window:
        window.key("Tab")
        window.wait_state("win.selected-box", 0)
        window.key("Delete")
        window.wait_state("win.steps", 1)
        window.key("ctrl+z")
        window.wait_state("win.steps", 0)
        window.key("c")
        entry_of(window)
        window.type("m")
        window.key("Return")
        window.wait_state("win.steps", 1)
        window.key("3")  # what is typed on the picture is the class of its box
        window.wait_state("win.steps", 2)
        window.key("shift+F8")
        wait_for("a picture before", lambda: window.state("win.image") < WITH_BOXES)


def test_typing_is_no_command():
    """Letters that are keys of the page, typed into its entry: they stand there, and nothing happens."""
    with on_images() as window:
        names = ("win.image", "win.selected-box", "win.steps", "win.zoom", "win.chips", "win.boxes-hidden", "win.peek",
                 "win.dictionary", "win.frame")
        letters = "dxq 1hlyrpfzjk"
        window.key("Tab")
        window.wait_state("win.selected-box", 0)
        before = [window.state(name) for name in names]
        window.key("ctrl+g")
        entry = entry_of(window)
        window.type(letters)
        wait_for("the text", lambda: Atspi.Text.get_text(entry, 0, len(letters)) == letters)
        assert [window.state(name) for name in names] == before
        window.key("ctrl+a")
        window.type("3")
        window.key("Return")
        window.wait_state("win.image", 2)


if __name__ == "__main__":
    main(globals())
