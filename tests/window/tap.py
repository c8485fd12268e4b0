# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the test_… functions of a module and prints TAP. A name on the command line runs that one alone."""
import sys
import traceback


def main(names):
    tests = [(n, f) for n, f in names.items() if n.startswith("test_") and (len(sys.argv) < 2 or n in sys.argv[1:])]
    print("1..%d" % len(tests))
    failed = 0
    for number, (name, function) in enumerate(tests, 1):
        try:
            function()
            print("ok %d %s" % (number, name), flush=True)
        except BaseException:  # a test that ends the interpreter has failed too
            failed += 1
            traceback.print_exc()
            print("not ok %d %s" % (number, name), flush=True)
    sys.exit(1 if failed else 0)
