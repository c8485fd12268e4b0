#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Adds up what `meson test` wrote: count-tests.py BUILD… prints `N passed, N failed, N skipped`, exits 1 when any failed.

A TAP program counts by its own test cases, any other by its exit status."""
import json
import pathlib
import re
import sys

passed = failed = skipped = 0
for build in sys.argv[1:]:
    for line in pathlib.Path(build, "meson-logs", "testlog.json").read_text(encoding="utf-8").splitlines():
        test = json.loads(line)
        points = re.findall(r"^(ok|not ok)\b(.*)$", test.get("stdout", ""), re.M)
        skips = [p for p in points if re.search(r"#\s*SKIP", p[1], re.I)]
        bad = [p for p in points if p[0] == "not ok"]
        ran = len(points) - len(skips) - len(bad)
        if test["result"] in ("OK", "EXPECTEDFAIL", "SKIP") and points:
            passed, skipped = passed + ran, skipped + len(skips)
        elif test["result"] == "OK":
            passed += 1
        elif test["result"] == "SKIP":
            skipped += 1
        else:
            passed, failed, skipped = passed + ran, failed + max(1, len(bad)), skipped + len(skips)
            print("failed: %s (%s)" % (test["name"], build))
print("%d passed, %d failed, %d skipped" % (passed, failed, skipped))
sys.exit(1 if failed else 0)
