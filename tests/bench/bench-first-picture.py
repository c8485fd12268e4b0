#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Time from exec until the screen shows a picture of a large set: bench-first-picture.py WINDOW PICTURES WORK_FOLDER

Runs inside tests/headless-run. The picture is of one loud colour; the screen is polled through Xlib every millisecond or
so, never asked of the program. Beside it, as baseline, the same for a folder with that picture alone."""
import ctypes
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

window, pictures, work = sys.argv[1:4]
N, ROUNDS = int(os.environ.get("LP_BENCH_IMAGES", "118000")), 5
place = pathlib.Path(work) / ("set-%d" % N)
if not (place / "data.yaml").exists():
    shutil.rmtree(place, ignore_errors=True)
    subprocess.run([sys.executable, pathlib.Path(__file__).with_name("make-set.py"), place, pictures, str(N)], check=True)
alone = pathlib.Path(work) / "alone" / "images"
loud = [place / "images" / "train" / "loud.jpg", alone / "loud.jpg"]
alone.mkdir(parents=True, exist_ok=True)
for path in loud:
    subprocess.run(["convert", "-size", "640x480", "xc:#ff00ff", str(path)], check=True)

x11 = ctypes.CDLL("libX11.so.6")
x11.XOpenDisplay.restype = ctypes.c_void_p
x11.XDefaultRootWindow.restype = ctypes.c_ulong
x11.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
x11.XGetImage.restype = ctypes.c_void_p
x11.XGetImage.argtypes = [ctypes.c_void_p, ctypes.c_ulong] + [ctypes.c_int] * 2 + [ctypes.c_uint] * 2 + [ctypes.c_ulong, ctypes.c_int]
x11.XGetPixel.restype = ctypes.c_ulong
x11.XGetPixel.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_int]
x11.XDestroyImage.argtypes = [ctypes.c_void_p]
display = x11.XOpenDisplay(None)
root = x11.XDefaultRootWindow(display)


def loud_on_screen():
    """One pixel of the middle: the canvas lies there whatever stands around it."""
    for x, y in ((560, 240), (640, 300), (560, 300)):
        image = x11.XGetImage(display, root, x, y, 1, 1, 0xFFFFFFFF, 2)
        pixel = x11.XGetPixel(image, 0, 0) & 0xFFFFFF
        x11.XDestroyImage(image)
        if pixel >> 16 > 0xE0 and pixel >> 8 & 0xFF < 0x20 and pixel & 0xFF > 0xE0:
            return True
    return False


def first_picture(path):
    start = time.monotonic()
    process = subprocess.Popen([window, str(path)])
    while not loud_on_screen():
        if time.monotonic() - start > 60 or process.poll() is not None:
            process.kill()
            sys.exit("the picture never came")
        time.sleep(0.001)
    took = time.monotonic() - start
    process.kill()
    process.wait()
    while loud_on_screen():
        time.sleep(0.01)
    return took


times = {path: [] for path in loud}
for i in range(ROUNDS + 1):
    for path in loud:
        took = first_picture(path)
        if i > 0:  # the first round warms the caches
            times[path].append(took)
for path, name in zip(loud, ("of %d" % (N + 1), "alone")):
    print("%-10s median %.3f s, spread %.3f to %.3f s" % (name, statistics.median(times[path]), min(times[path]), max(times[path])))
