# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the commands share: a place of one's own to work in, and the running of tests as TAP. The program
is the first argument."""
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import traceback

import small_set

PROGRAM = os.path.abspath(sys.argv[1])


class Skip(Exception):
    pass


class Place:
    """A data set of one's own, with a home of its own for the journal."""

    def __init__(self, folder, clean=False):
        self.folder = pathlib.Path(folder)
        self.home = self.folder / "home"
        self.home.mkdir()
        self.set = small_set.make(self.folder / "set", clean)
        self.yolo = self.set / "yolo"

    def run(self, *arguments, expect=None, **more):
        environment = dict(os.environ, XDG_DATA_HOME=str(self.home), LC_ALL="C.UTF-8", LANGUAGE="")
        environment.update(more.pop("environment", {}))
        done = subprocess.run([PROGRAM, *[str(a) if not isinstance(a, bytes) else a for a in arguments]],
                              capture_output=True, env=environment, cwd=more.pop("cwd", self.folder), **more)
        if expect is not None:
            same(done.returncode, expect, "exit code of %s: %s" % (arguments, done.stderr.decode(errors="replace")))
        return done

    def json(self, *arguments, expect=None):
        done = self.run(*arguments, "--format", "json", expect=expect)
        return json.loads(done.stdout.decode("utf-8"))


def same(got, wanted, what=""):
    if got != wanted:
        raise AssertionError("%s\n  wanted %r\n  got    %r" % (what, wanted, got))


def content(folder):
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
            for p in sorted(folder.rglob("*")) if p.is_file()}


def stamps(folder):
    return {str(p): (p.lstat().st_mtime_ns, p.lstat().st_ctime_ns, p.lstat().st_ino) for p in sorted(folder.rglob("*"))}


def run_tests(names):
    """Runs every function of the dictionary whose name begins with test_, each in a place of its own."""
    tests = [(name, function) for name, function in list(names.items()) if name.startswith("test_")]
    wanted = sys.argv[2:]
    tests = [t for t in tests if not wanted or t[0][5:] in wanted]
    print("1..%d" % len(tests))
    failed = 0
    for number, (name, function) in enumerate(tests, 1):
        with tempfile.TemporaryDirectory(prefix="labelproof-cli-") as scratch:
            try:
                function(Place(os.path.realpath(scratch)))
                print("ok %d - %s" % (number, name[5:]))
            except Skip as why:
                print("ok %d - %s # SKIP %s" % (number, name[5:], why))
            except Exception:  # noqa: BLE001: every failure is a line of TAP
                failed += 1
                print("not ok %d - %s" % (number, name[5:]))
                print("\n".join("# " + line for line in traceback.format_exc().splitlines()))
        sys.stdout.flush()
    sys.exit(1 if failed else 0)
