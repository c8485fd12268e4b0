#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A folder of the engine includes only folders named before it; cli and app see the engine through session.h, check's
and report's words, never each other; the decoder sees the protocol in picture. folders.py SRC"""
import pathlib
import re
import sys

ORDER = ["base", "model", "read", "picture", "match", "check", "edit", "write", "report", "draw", "session"]
src = pathlib.Path(sys.argv[1])
wrong = []
for path in sorted(src.rglob("*.[ch]")):
    place = path.relative_to(src).parts
    for line, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        included = re.match(r'#include "([a-z]+)/', text)
        if not included:
            continue
        folder = included.group(1)
        if place[0] == "core":
            good = folder in ORDER and ORDER.index(folder) <= ORDER.index(place[1])
        elif place[0] in ("cli", "app"):
            good = folder in ("session", place[0])
        else:
            good = folder in ("base", "model", "picture", place[0])
        if not good:
            wrong.append("%s:%d: %s" % (path, line, text))
print("\n".join(wrong))
sys.exit(1 if wrong else 0)
