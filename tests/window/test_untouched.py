#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Opening, checking and looking leave a data set alone: no byte, no time of change, and nothing below it is opened for
writing, as strace sees it, by the window and by the program that decodes its pictures."""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

from desktop import GLib, Window, wait_for
from tap import main

EXAMPLE = pathlib.Path(os.environ["LP_EXAMPLE"])
CHANGING = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_TMPFILE|\b(rename|unlink|mkdir|rmdir|link|symlink|chmod|chown|utime|"
                      r"truncate|mknod|setxattr|removexattr)\w*\(")


def state_of(folder):
    return {str(p): (p.lstat().st_mtime_ns, p.lstat().st_ctime_ns, p.lstat().st_ino,
                     p.read_bytes() if p.is_file() else None) for p in [folder, *sorted(folder.rglob("*"))]}


def may_trace():
    """Not in every container."""
    return subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True).returncode == 0


class Traced(Window):
    """The window with strace at its side."""

    def __init__(self, log, *paths):
        super().__init__(*paths)
        if not may_trace():
            return
        # -D: the tracer is the child, so that the window keeps the process id that it is looked for by.
        self.command = ["strace", "-D", "-f", "-qq", "-s", "4096", "-e", "trace=%file,openat2,fchmod,fchown,ftruncate",
                        "-o", str(log), *self.command]


def test_looking_leaves_everything_alone():
    with tempfile.TemporaryDirectory(prefix="lp-untouched-") as folder:
        place, log = pathlib.Path(folder) / "things", pathlib.Path(folder) / "strace.log"
        shutil.copytree(EXAMPLE, place)
        before = state_of(place)
        with Traced(log, str(place)) as window:
            window.wait_loaded()
            assert window.counts()["errors"] > 0, window.counts()
            for page in ("problems", "labels", "images", "overview"):
                window.activate("win.page", GLib.Variant("s", page))
                window.wait_state("win.page", page)
            if may_trace():
                wait_for("pictures to be opened", lambda: log.read_text(errors="replace").count(".png\"") > 10)
        lines = log.read_text(errors="replace").splitlines() if may_trace() else []
        assert not may_trace() or any("data.yaml" in line for line in lines), "strace saw nothing"
        wrong = [line for line in lines
                 if CHANGING.search(line) and "readlink" not in line and str(place) in line]
        assert not wrong, wrong[:10]
        assert state_of(place) == before, "the data set was changed"


main(globals())
