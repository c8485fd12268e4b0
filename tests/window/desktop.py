# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the window as a person would, inside a session of tests/headless-run.

Three ways in, all real: the accessibility bus (what a screen reader sees), X input (keys and mouse through xdotool) and
the window's own actions on D-Bus (state included). Nothing sleeps for a fixed time: everything waits for a condition."""
import json
import os
import subprocess
import time
import warnings

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

warnings.filterwarnings("ignore", message=".*deprecated")
APP_ID = "io.github.labelproof.Labelproof"
PATIENCE = float(os.environ.get("LP_TEST_PATIENCE", "20"))


def wait_for(what, condition):
    """The first true value of condition(); an object that went away counts as "not yet"."""
    end, last = time.monotonic() + PATIENCE, None
    while time.monotonic() < end:
        try:
            last = condition()
            if last:
                return last
        except GLib.Error as error:
            last = error
        time.sleep(0.02)
    raise AssertionError("waited %g s for %s; last: %r" % (PATIENCE, what, last))


def xdotool(*words):
    return subprocess.run(["xdotool", *map(str, words)], check=True, capture_output=True, text=True).stdout


def text_of(accessible):
    """A name; for rows, which have none of their own in GTK 4.8, the labels in them."""
    if accessible.get_role_name() in ("list item", "table row", "menu item"):
        found = [text_of(a) for a in walk(accessible) if a.get_role_name() == "label"]
        return " ".join(t for t in found if t)
    return accessible.get_name() or ""


def walk(accessible):
    yield accessible
    for i in range(accessible.get_child_count()):
        child = accessible.get_child_at_index(i)
        if child is not None:
            yield from walk(child)


def visible(accessible):
    box = Atspi.Component.get_extents(accessible, Atspi.CoordType.WINDOW)
    return box.width > 0 and box.height > 0


def top_of(accessible):
    return Atspi.Component.get_extents(accessible, Atspi.CoordType.WINDOW).y


class Window:
    """One run of the program. Use as a context: it ends with the block, and must end well."""

    def __init__(self, *paths, environment=None):
        self.command = [os.environ["LP_WINDOW"], *paths]
        self.killed = False  # by the test, on purpose
        self.environment = dict(os.environ, G_DEBUG="fatal-criticals", **(environment or {}))

    def __enter__(self):
        self.process = subprocess.Popen(self.command, env=self.environment)
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        self.application = wait_for("the program on the accessibility bus", self._application)
        self.xid = wait_for("the window", self._xid)
        return self

    def __exit__(self, kind, *_):
        shots = os.environ.get("LP_TEST_SHOTS")
        if kind is not None and shots and self.process.poll() is None:
            self.screenshot(os.path.join(shots, "failed-%d.png" % self.process.pid))
        if self.process.poll() is None:
            try:
                self.activate("app.quit")
                self.process.wait(10)
            except (GLib.Error, subprocess.TimeoutExpired):
                self.process.kill()
        status = self.process.wait()
        if kind is None and status != 0 and not self.killed:
            raise AssertionError("the program ended with %d" % status)

    def _application(self):
        if self.process.poll() is not None:
            raise AssertionError("the program ended with %d" % self.process.returncode)
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            one = desktop.get_child_at_index(i)
            if one is not None and one.get_process_id() == self.process.pid and one.get_child_count():
                one.set_cache_mask(Atspi.Cache.NONE)
                one.clear_cache()
                return one
        return None

    def _xid(self):
        found = subprocess.run(["xdotool", "search", "--all", "--onlyvisible", "--pid", str(self.process.pid)],
                               capture_output=True, text=True).stdout.split()
        return found[-1] if found else None

    # ---- what is there

    def find(self, role, text):
        """The first visible thing of a role whose name holds the text."""
        def look():
            for one in walk(self.application):
                if one.get_role_name() in role.split("|") and text in text_of(one) and visible(one):
                    return one
            return None
        return wait_for("%s %r" % (role, text), look)

    def shows(self, text):
        return any(text in (one.get_name() or "") for one in walk(self.application)
                   if one.get_role_name() in ("label", "push button", "link", "heading") and visible(one))

    def press(self, text):
        """Presses a button by its words."""
        self.press_this(self.find("push button|toggle button|link|radio button|check box", text))

    def press_exactly(self, text):
        """Presses the button with just these words that came last: a dialog's stands behind its window's."""
        self.press_this(wait_for("button %r" % text, lambda: [
            one for one in walk(self.application)
            if one.get_role_name() == "push button" and text_of(one) == text and visible(one)])[-1])

    def press_this(self, button):
        names = [Atspi.Action.get_action_name(button, i) for i in range(Atspi.Action.get_n_actions(button))]
        Atspi.Action.do_action(button, names.index("click"))

    # ---- actions, the window's remote control

    def _path(self, where):
        path = "/" + APP_ID.replace(".", "/")
        return path if where == "app" else path + "/window/1"

    def activate(self, action, *parameters):
        where, name = action.split(".", 1)
        self.bus.call_sync(APP_ID, self._path(where), "org.gtk.Actions", "Activate",
                           GLib.Variant("(sava{sv})", (name, list(parameters), {})), None, Gio.DBusCallFlags.NONE,
                           10000, None)

    def describe(self, action):
        where, name = action.split(".", 1)
        answer = self.bus.call_sync(APP_ID, self._path(where), "org.gtk.Actions", "Describe",
                                    GLib.Variant("(s)", (name,)), None, Gio.DBusCallFlags.NONE, 10000, None)
        enabled, _, state = answer.unpack()[0]
        return enabled, (state[0] if state else None)

    def state(self, action):
        return self.describe(action)[1]

    def wait_state(self, action, wanted):
        return wait_for("%s to be %r (is %r)" % (action, wanted, self.state(action)),
                        lambda: self.state(action) == wanted)

    def counts(self):
        return json.loads(self.state("win.counts") or "{}")

    def wait_loaded(self):
        return wait_for("the data set", lambda: self.counts().get("images") is not None and self.counts())

    # ---- keys and mouse

    def key(self, *keys):
        xdotool("windowfocus", "--sync", self.xid)
        xdotool("key", "--clearmodifiers", *keys)

    def type(self, text):
        xdotool("type", "--clearmodifiers", "--delay", "10", text)

    def click(self, x, y, button=1):
        xdotool("mousemove", x, y, "click", button)

    def click_on(self, thing, button=1):
        """A real click in the middle of a thing: GTK 4.8 knows where it lies in the window, not on the screen."""
        place = Atspi.Component.get_extents(thing, Atspi.CoordType.WINDOW)
        xdotool("mousemove", "--window", self.xid, place.x + place.width // 2, place.y + place.height // 2)
        xdotool("click", button)

    def screenshot(self, path):
        subprocess.run(["import", "-silent", "-window", "root", "png:" + path], check=True)
