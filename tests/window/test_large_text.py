#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Text of twice its size on a small screen: no page is cut at the side of the window, and a heading stays with its list."""
import contextlib
import os
import subprocess

from desktop import Atspi, GLib, Window, text_of, wait_for, xdotool
from tap import main

PAGES = ("overview", "problems", "labels", "images")


@contextlib.contextmanager
def on_screen(percent):
    """The size of the text as a desktop without a settings service gives it."""
    subprocess.run(["xprop", "-root", "-f", "RESOURCE_MANAGER", "8s", "-set", "RESOURCE_MANAGER",
                    "Xft.dpi: %d" % (96 * percent // 100)], check=True)
    with Window(os.environ["LP_EXAMPLE"]) as window:
        window.wait_loaded()
        yield window


def extents(one):
    return Atspi.Component.get_extents(one, Atspi.CoordType.WINDOW)


def outer(one, depth=4):
    """The frame and what it is made of; not what scrolls inside."""
    yield one
    for i in range(one.get_child_count() if depth > 0 else 0):
        yield from outer(one.get_child_at_index(i), depth - 1)


def is_cut(window):
    """The first part that has less room than it needs: it is given what it needs and reaches beyond the window."""
    frame = window.application.get_child_at_index(0)
    room = extents(frame)
    for one in outer(frame):
        place = extents(one)
        if place.width > room.width or place.height > room.height:
            return "%s %r has %d × %d, the window %d × %d" % (
                one.get_role_name(), text_of(one), place.width, place.height, room.width, room.height)
    return None


def window_size(window):
    """With what the window manager draws around it."""
    shape = dict(line.split("=") for line in xdotool("getwindowgeometry", "--shell", window.xid).split())
    return int(shape["WIDTH"]), int(shape["HEIGHT"])


def resize(window, width, height):
    xdotool("windowsize", window.xid, width, height)
    wait_for("the window to be %d × %d" % (width, height), lambda: window_size(window) == (width, height))
    wait_for("its parts", lambda: extents(window.application.get_child_at_index(0)).width <= width)


def see_every_page(window):
    for page in PAGES:
        window.activate("win.page", GLib.Variant("s", page))
        window.wait_state("win.page", page)
        wait_for("all of %s in the window (%s)" % (page, is_cut(window)), lambda: not is_cut(window))


def test_no_wider_than_the_screen():
    with on_screen(200) as window:
        screen = tuple(map(int, xdotool("getdisplaygeometry").split()))
        see_every_page(window)
        size = window_size(window)
        assert size[0] <= screen[0] and size[1] <= screen[1], (size, screen)
        resize(window, 1100, 720)
        see_every_page(window)


def test_small_window():
    with on_screen(100) as window:
        resize(window, 960, 640)
        see_every_page(window)


def row_edges(window, text):
    """From the top of the list to the upper and the lower edge of a row. Scrolled out it lies where it last was."""
    shown, row = extents(window.find("list", "Problems")), extents(window.find("list item", text))
    return row.y - shown.y, row.y + row.height - shown.y


def head_in_sight(window, head, text):
    (head_top, head_bottom), (row_top, row_bottom) = row_edges(window, head), row_edges(window, text)
    return 0 <= head_top < head_bottom <= row_top < row_bottom <= extents(window.find("list", "Problems")).height


def test_the_head_stays_in_sight():
    """The heading of a group is shown with the problem, where both have room."""
    with on_screen(200) as window:
        window.activate("win.page", GLib.Variant("s", "problems"))
        number = sum(window.counts()[key] for key in ("errors", "warnings", "infos"))
        window.find("label", "1 of %d" % number)
        wait_for("the first head", lambda: head_in_sight(window, "Wrong label order", "order/sorted"))
        for _ in range(number):
            window.key("F8")
        window.find("label", "%d of %d" % (number, number))
        wait_for("the last head", lambda: head_in_sight(window, "Single problems", "duplicate/exact-box"))
        for _ in range(number):
            window.key("shift+F8")
        window.find("label", "1 of %d" % number)
        wait_for("the first head again", lambda: head_in_sight(window, "Wrong label order", "order/sorted"))


main(globals())
