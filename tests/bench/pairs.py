# SPDX-License-Identifier: GPL-3.0-or-later
"""Two programs of one thread that time themselves, in turns, so that other load disturbs both alike."""
import statistics
import subprocess
import sys

ROUNDS = 7


def seconds(*command):
    words = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout.split()
    return [float(word) for word in words]


def measure(baseline, program, path, boxes, wanted):
    """Python's `baseline` and the reader, each given the path: seconds by the clock and of the processor, and the reader
    also how many boxes it read. Ends the program where those are not `boxes`."""
    ours, theirs = [], []
    for i in range(ROUNDS + 1):
        one, other = seconds(sys.executable, "-c", baseline, str(path)), seconds(program, str(path))
        if other[2] != boxes:
            sys.exit("%d boxes of %d were read" % (other[2], boxes))
        if i > 0:  # the first round warms the caches
            theirs.append(one)
            ours.append(other)
    for which, what in enumerate(("by the clock", "of the processor")):
        for name, runs in (("Python", theirs), ("reader", ours)):
            times = [run[which] for run in runs]
            print("%-6s median %.3f s, spread %.3f to %.3f s %s"
                  % (name, statistics.median(times), min(times), max(times), what))
        ratios = [b[which] / m[which] for b, m in zip(theirs, ours)]
        print("ratio  median %.2f, spread %.2f to %.2f (at least %g wanted)"
              % (statistics.median(ratios), min(ratios), max(ratios), wanted))
