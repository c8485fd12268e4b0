#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checking 118,000 images beside merely reading them: bench-check.py LABELPROOF BASELINE PICTURES WORK_FOLDER

Both sides alternate in one run; prints medians, spread, the ratio and the peak memory. Fails on wrong counts, never on
a slow day."""
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

program, baseline, pictures, work = sys.argv[1:5]
N, ROUNDS = int(os.environ.get("LP_BENCH_IMAGES", "118000")), 7
threads = "8"  # as many as the check reads with
place = pathlib.Path(work) / ("set-%d" % N)
if not (place / "data.yaml").exists():
    shutil.rmtree(place, ignore_errors=True)
    subprocess.run([sys.executable, pathlib.Path(__file__).with_name("make-set.py"), place, pictures, str(N)], check=True)


def run(*command):
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    output = process.stdout.read()
    _, _, usage = os.wait4(process.pid, 0)
    return time.monotonic() - start, usage.ru_maxrss / 1024, output


ours, theirs, peak, output = [], [], 0, b""
for i in range(ROUNDS + 1):
    first, _, _ = run(baseline, str(place), threads)
    second, memory, output = run(program, "check", str(place / "data.yaml"), "--format", "json")
    if i > 0:  # the first round warms the caches
        theirs.append(first)
        ours.append(second)
        peak = max(peak, memory)
counts = json.loads(output)["counts"]
allowed = counts["rows"] * 64 / 1e6 + counts["images"] * 200 / 1e6 + 40
print("images %(images)d, label files %(label_files)d, boxes %(boxes)d" % counts)
for name, times in (("baseline", theirs), ("check", ours)):
    print("%-9s median %.3f s, spread %.3f to %.3f s" % (name, statistics.median(times), min(times), max(times)))
print("ratio     %.2f (at most 2 wanted)" % (statistics.median(ours) / statistics.median(theirs)))
print("memory    %.0f MB peak (at most %.0f wanted)" % (peak, allowed))
sys.exit(0 if counts["images"] >= N else 1)  # the other benchmark adds a picture
