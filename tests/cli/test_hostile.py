#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bad input: test_hostile.py LABELPROOF [TEST...]. Speaks TAP.

Each test makes one hostile thing in a set that is otherwise right, and asks of every run: the exit code of the contract,
time and memory within bounds, no control character in what is printed, valid JSON; that what is wrong is named with its
place; that the rest is still read; and that nothing unread is ever called right."""
import json
import os
import pathlib
import re
import resource
import shutil
import signal
import socket
import struct
import subprocess
import zlib

import small_set
from place import PROGRAM, Skip, run_tests, same

SANITIZED = b"__asan_init" in pathlib.Path(PROGRAM).read_bytes()
SECONDS = 120 if SANITIZED else 30
MEGABYTES = 384  # of addresses, with one arena and small stacks for the threads; the pictures' decoder has its own limit
GIGABYTE = 1 << 30
JUNK = bytes((i * 73 + i // 251 * 31 + 7) % 255 + 1 for i in range(6000))  # no zero bytes
MANIFEST = "job/manifests/output/output.manifest"
CATEGORIES = "job/annotation-tool/data.json"


# ---- running within bounds ----

def limit(megabytes):
    if not SANITIZED:
        resource.setrlimit(resource.RLIMIT_STACK, (1 << 20, 8 << 20))
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def bounded(place, *arguments, megabytes=MEGABYTES, before=None, program=PROGRAM):
    """(exit code, stdout, stderr); fails where it takes too long or too much, or prints what must not be printed. A
    diff holds what the files hold, byte for byte."""
    def prepare():
        limit(2048 if arguments[0] == "render" else megabytes)
        if before:
            before()

    out, err = place.folder / "stdout", place.folder / "stderr"
    environment = dict(os.environ, XDG_DATA_HOME=str(place.home), LC_ALL="C.UTF-8", LANGUAGE="",
                       MALLOC_ARENA_MAX="1")
    with open(out, "wb") as stdout, open(err, "wb") as stderr:
        process = subprocess.Popen([program, *map(os.fsencode, arguments)], stdout=stdout, stderr=stderr, env=environment,
                                   cwd=place.folder, preexec_fn=prepare)
        signal.signal(signal.SIGALRM, lambda *_: process.kill())
        signal.alarm(SECONDS)
        process.wait()
        signal.alarm(0)
    raw = "replace" if "--diff" in arguments else "strict"
    texts = [out.read_bytes().decode("utf-8", raw), err.read_bytes().decode("utf-8")]
    assert process.returncode in (0, 1, 2, 3), (arguments, process.returncode, texts[1][:2000])
    for text in texts[raw != "strict":]:
        same(re.findall("[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text), [], str(arguments))
    return process.returncode, *texts


def claims_all_clear(text):
    return text.startswith(("Ready", "Nothing wrong"))


def checked(place, *paths, expect, findings, rows, pictures=None, **more):
    """Checks as text and as JSON. `findings`: those that the clean set has not, as (rule, file, line); `rows`: how many
    of the subject are still read; `pictures`: how many images it has."""
    paths = paths or (place.set,)
    code, text, _ = bounded(place, "check", *paths, **more)
    same(code, expect, text[:2000])
    if findings:
        assert not claims_all_clear(text), text
    code, out, _ = bounded(place, "check", *paths, "--format", "json", **more)
    same(code, expect)
    answer = json.loads(out)
    got = [(f["rule"], f["file"], f["line"]) for f in answer["findings"] if f["rule"] != "label/empty"]
    same(sorted(got, key=str), sorted(findings, key=str))
    same(answer["counts"]["boxes"], rows, "boxes of the subject")
    same(answer["counts"]["images"], pictures if pictures is not None else 7, "images of the subject")
    for command in ("fix", "compare"):
        arguments = [*paths, "--diff"] if command == "fix" else [place.yolo, place.set / "job"]
        bounded(place, command, *arguments, **more)
    return answer


def message(answer, rule):
    return [f["message"] for f in answer["findings"] if f["rule"] == rule][0]


def clean(place):
    """The clean twin: seven pictures, twelve rows, a job that says the same. a.png has two rows."""
    shutil.rmtree(place.set)
    small_set.make(place.set, clean=True)
    return place.yolo


def replace(path, make):
    """Puts something else where a file was."""
    path.unlink()
    make(path)


def make_socket(path):
    here = os.getcwd()
    os.chdir(path.parent)  # a socket's address is short
    try:
        with socket.socket(socket.AF_UNIX) as end:
            end.bind(path.name)
    finally:
        os.chdir(here)


def of_size(size):
    def make(path):
        with open(path, "wb") as file:
            file.truncate(size)
    return make


SPECIAL = [os.mkfifo, make_socket, os.mkdir, lambda path: path.symlink_to("nothing"),
           lambda path: path.symlink_to(path.name)]


# ---- paths ----

def test_clean(place):
    """What all others are measured against."""
    clean(place)
    answer = checked(place, expect=0, findings=[], rows=12)
    same(answer["coverage"], {"pictures": {"named": 7, "found": 7}, "rows": {"seen": 24, "read": 24}})


def test_paths_that_give_nothing(place):
    clean(place)
    empty, fifo, text = place.folder / "empty", place.folder / "fifo", place.folder / "a.doc"
    empty.mkdir()
    os.mkfifo(fifo)
    text.write_bytes(JUNK)
    nowhere = place.folder / "nowhere"
    nowhere.symlink_to("gone")
    hollow = place.folder / "hollow.yaml"
    hollow.write_text("train: gone\nval: gone\nnames: [a]\n")
    for path in (place.folder / "missing", empty, fifo, text, nowhere, hollow, place.yolo / "data.yaml/x",
                 place.folder / "m\x1b[31m\u202e\n"):
        for arguments in (["check"], ["fix", "--diff"], ["check", "--format", "json"]):
            code, out, err = bounded(place, *arguments, path)
            same(code, 3, str(path))
            assert err.strip() and not claims_all_clear(out), (path, out, err)
        same(bounded(place, "export", path, "--to", "yolo", place.folder / "out")[0], 3)
        same(bounded(place, "render", path, "--image", "a.png", "-o", place.folder / "o.png")[0], 3)
        assert not (place.folder / "out").exists() and not (place.folder / "o.png").exists()
        # A good path beside it is still reported.
        code, out, err = bounded(place, "check", place.set, path)
        same(code, 3, str(path))
        assert "7 of 7 pictures, 24 of 24 rows" in out and not claims_all_clear(out), out


def test_junk_opened_itself(place):
    clean(place)
    for name in ("x.txt", "x.yaml", "x.manifest", "x.jpg", "x.json", "classes.txt"):
        folder = place.folder / ("of-" + name)
        folder.mkdir()
        (folder / name).write_bytes(JUNK)
        for path in (folder, folder / name):
            code, out, err = bounded(place, "check", path)
            assert code in (1, 3) and not claims_all_clear(out), (path, code, out)
            # A list of names alone is no set, whatever stands in it.
            assert name in out + err or (name == "classes.txt" and code == 3), (path, out, err)


# ---- what is no file ----

def test_no_label_file(place):
    for make in SPECIAL:
        yolo = clean(place)
        replace(yolo / "labels/train/a.txt", make)
        checked(place, expect=1, findings=[("label/unreadable", "yolo/labels/train/a.txt", None)], rows=10)


def test_no_picture(place):
    for make in (os.mkfifo, make_socket):
        yolo = clean(place)
        replace(yolo / "images/train/a.png", make)
        checked(place, expect=1, findings=[("image/unreadable", "yolo/images/train/a.png", None)], rows=12)


def test_picture_that_is_a_folder(place):
    yolo = clean(place)
    (yolo / "images/train/x.jpg").mkdir()
    checked(place, expect=0, findings=[], rows=12)
    replace(yolo / "images/train/a.png", os.mkdir)
    checked(place, expect=1, findings=[("image/missing", MANIFEST, 1),
                                       ("dataset/orphan-label", "yolo/labels/train/a.txt", None)], rows=12, pictures=6)


def test_no_data_yaml(place):
    for make in SPECIAL:
        yolo = clean(place)
        replace(yolo / "data.yaml", make)
        for path, prefix in ((place.set, "yolo/"), (yolo, "")):
            checked(place, path, expect=1, findings=[("dataset/unreadable", prefix + "data.yaml", None)], rows=12)


def test_no_manifest(place):
    for make in SPECIAL:
        clean(place)
        replace(place.set / MANIFEST, make)
        checked(place, expect=1, findings=[("dataset/unreadable", MANIFEST, None)], rows=12)


def test_no_list_of_names(place):
    for name in ("classes.txt", "obj.names"):
        for make in SPECIAL:
            yolo = clean(place)
            make(yolo / name)
            checked(place, yolo, expect=1, findings=[("dataset/unreadable", name, None)], rows=12)


def test_no_label_category_file(place):
    for make in SPECIAL:
        clean(place)
        replace(place.set / CATEGORIES, make)
        checked(place, expect=1, findings=[("dataset/unreadable", CATEGORIES, None)], rows=12)


def as_nobody():
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)


def as_somebody_else(place):
    """To whom permissions matter, for root may read all: and who may not even come to the program where it was built."""
    if os.getuid() != 0:
        return {}
    for path in (place.folder, place.home):
        os.chmod(path, 0o777)
    for path in pathlib.Path(PROGRAM).parent.glob("labelproof*"):
        if path.is_file():
            shutil.copy(path, place.folder)
    return {"before": as_nobody, "program": str(place.folder / pathlib.Path(PROGRAM).name)}


def test_without_permission(place):
    who = as_somebody_else(place)
    for name, rule, rows in (("yolo/labels/train/a.txt", "label/unreadable", 10),
                             ("yolo/images/train/a.png", "image/unreadable", 12),
                             ("yolo/data.yaml", "dataset/unreadable", 12), (MANIFEST, "dataset/unreadable", 12),
                             (CATEGORIES, "dataset/unreadable", 12)):
        clean(place)
        os.chmod(place.set / name, 0)
        checked(place, expect=1, findings=[(rule, name, None)], rows=rows, **who)
    clean(place)
    secret = place.yolo / "images/secret"
    secret.mkdir()
    os.chmod(secret, 0)
    checked(place, expect=1, findings=[("dataset/unreadable", "yolo/images/secret", None)], rows=12, **who)
    os.chmod(secret, 0o700)


# ---- junk, length, depth ----

def test_junk(place):
    yolo = clean(place)
    (yolo / "labels/train/a.txt").write_bytes(JUNK)
    answer = checked(place, expect=1, findings=[("label/encoding", "yolo/labels/train/a.txt", 1)], rows=10)
    assert answer["coverage"]["rows"]["seen"] > answer["coverage"]["rows"]["read"], answer["coverage"]
    clean(place)
    (yolo / "images/train/a.png").write_bytes(JUNK)
    checked(place, expect=1, findings=[("image/unreadable", "yolo/images/train/a.png", None)], rows=12)
    for junk in (JUNK, b"", b"\0" * 100):
        clean(place)
        (yolo / "data.yaml").write_bytes(junk)
        checked(place, expect=1, findings=[("dataset/yaml-invalid", "yolo/data.yaml", 1)], rows=12)
    clean(place)
    (place.set / CATEGORIES).write_bytes(JUNK)
    checked(place, expect=1, findings=[("dataset/unreadable", CATEGORIES, 1)], rows=12)
    clean(place)
    (yolo / "classes.txt").write_bytes(JUNK + b"\0")
    checked(place, expect=1, findings=[("dataset/unreadable", "yolo/classes.txt", None)], rows=12)
    clean(place)
    (place.set / MANIFEST).write_bytes(JUNK)
    lines = [n for n, line in enumerate(JUNK.split(b"\n"), 1) if line.strip()]
    checked(place, expect=1, findings=[("manifest/invalid-json", MANIFEST, n) for n in lines], rows=12)


def test_a_gigabyte(place):
    """Files with holes: a gigabyte in one line."""
    big = of_size(GIGABYTE)
    for name, rule, rows in (("yolo/labels/train/a.txt", "label/unreadable", 10),
                             ("yolo/images/train/a.png", "image/unreadable", 12),
                             (CATEGORIES, "dataset/unreadable", 12)):
        clean(place)
        replace(place.set / name, big)
        checked(place, expect=1, findings=[(rule, name, None)], rows=rows)
    yolo = clean(place)
    replace(yolo / "data.yaml", big)
    checked(place, expect=1, findings=[("dataset/unreadable", "yolo/data.yaml", None)], rows=12)
    clean(place)
    big(yolo / "classes.txt")
    checked(place, yolo, expect=1, findings=[("dataset/unreadable", "classes.txt", None)], rows=12)


def test_a_manifest_line_of_a_gigabyte(place):
    yolo = clean(place)
    manifest = place.set / MANIFEST
    lines = manifest.read_bytes().splitlines(True)
    with open(manifest, "wb") as file:
        file.write(lines[0] + b'{"source-ref": "')
        file.seek(GIGABYTE, os.SEEK_CUR)
        file.write(b'"}\n' + b"".join(lines[1:]))
    answer = checked(place, expect=1, findings=[("manifest/line-too-long", MANIFEST, 2)], rows=12)
    same(answer["coverage"]["rows"], {"seen": 24, "read": 24}, "the lines around it")
    assert yolo.is_dir()


def test_broken_text(place):
    """Line and column, by hand."""
    yolo = clean(place)
    for text, line, column in (("train: images/train\nval: images/val\nnames: [a, b\nnc: 3\n", 4, 3),
                               ("train: images/train\nval: images/val\nnames:\n\t0: a\n", 4, 1),
                               ("train: images/train\nval: images/val\nnames: [a, b\udcff, c]\n", 3, 13),
                               ("train: images/train\nnames: *x\n", 2, 8)):
        clean(place)
        (yolo / "data.yaml").write_bytes(text.encode("utf-8", "surrogateescape"))
        answer = checked(place, expect=1, findings=[("dataset/yaml-invalid", "yolo/data.yaml", line)], rows=12)
        same([f["column"] for f in answer["findings"] if f["rule"] == "dataset/yaml-invalid"], [column], text)
    clean(place)
    (place.set / CATEGORIES).write_text('{\n "labels": [\n  {"label": "fork"},\n  {"label" "apple"}]}\n')
    answer = checked(place, expect=1, findings=[("dataset/unreadable", CATEGORIES, 4)], rows=12)
    same([f["column"] for f in answer["findings"] if f["rule"] == "dataset/unreadable"], [12])
    manifest = place.set / MANIFEST
    for change, column in ((lambda line: line[:60] + b"\n", 61), (lambda line: line.replace(b"b.png", b"b\xff.png"), 39),
                           (lambda line: line.replace(b'"things": {', b'"things" {'), 55)):
        clean(place)
        lines = manifest.read_bytes().splitlines(True)
        lines[1] = change(lines[1])
        manifest.write_bytes(b"".join(lines))
        answer = checked(place, expect=1, findings=[("manifest/invalid-json", MANIFEST, 2)], rows=12)
        same([f["column"] for f in answer["findings"] if f["rule"] == "manifest/invalid-json"], [column])
        same(answer["layers"][1]["rows"], 10, "rows of the other lines")


def test_invalid_utf8_in_a_label(place):
    yolo = clean(place)
    (yolo / "labels/train/a.txt").write_bytes(b"0 0.5 0.5 0.1 0.1\n0 0.5 \xff 0.1 0.1\n")
    answer = checked(place, expect=1, findings=[("label/encoding", "yolo/labels/train/a.txt", 2)], rows=10)
    same([f["column"] for f in answer["findings"] if f["rule"] == "label/encoding"], [7])
    same(answer["coverage"]["rows"], {"seen": 24, "read": 22})


def test_depth_and_aliases(place):
    yolo = clean(place)
    start = "train: images/train\nval: images/val\n"
    bomb = start + "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + "".join(
        "a%d: &a%d [%s]\n" % (i, i, ",".join(["*a%d" % (i - 1)] * 9)) for i in range(1, 9)) + "names: *a8\n"
    for text, line in ((start + "names: " + "[" * 100000, 3), (start + "x: " + "{a: " * 100000, 3), (bomb, 4)):
        clean(place)
        (yolo / "data.yaml").write_text(text)
        checked(place, expect=1, findings=[("dataset/yaml-invalid", "yolo/data.yaml", line)], rows=12)
    clean(place)
    (place.set / CATEGORIES).write_text('{"labels": ' + "[" * 1000000)
    checked(place, expect=1, findings=[("dataset/unreadable", CATEGORIES, 1)], rows=12)
    clean(place)
    manifest = place.set / MANIFEST
    lines = manifest.read_bytes().splitlines(True)
    lines[1] = b'{"source-ref":"s3://bucket/pictures/b.png","x":' + b"[" * 1000000 + b"]" * 1000000 + b"}\n"
    manifest.write_bytes(b"".join(lines))
    checked(place, expect=1, findings=[("manifest/invalid-json", MANIFEST, 2)], rows=12)


# ---- many ----

def many(place, text, megabytes=MEGABYTES):
    """100,000 rows in one label file: bounded, all there, and the other files too."""
    yolo = clean(place)
    (yolo / "labels/train/a.txt").write_text(text)
    for paths in ((place.set,), (yolo,)):
        _, out, _ = bounded(place, "check", *paths, "--format", "json", megabytes=megabytes)
        answer = json.loads(out)
        same(answer["counts"]["rows"], 100010)
        code, out, _ = bounded(place, "check", *paths, megabytes=megabytes)
        assert len(out) < 10000, len(out)
    bounded(place, "compare", yolo, place.set / "job", megabytes=megabytes)
    bounded(place, "fix", place.set, "--diff", megabytes=megabytes)
    return answer


def test_100000_boxes(place):
    answer = many(place, "".join("0 %.6f %.6f 0.000100 0.000100\n" % (0.1 + 0.8 * (i % 400) / 400, 0.1 + 0.8 * (i // 400) / 250)
                                 for i in range(100000)))
    same((answer["summary"]["errors"], answer["counts"]["boxes"]), (0, 100010))
    same([answer["summary"]["by_rule"][rule] for rule in ("box/too-small-abs", "label/too-many-rows")], [100000, 1])


def test_100000_boxes_on_one_spot(place):
    answer = many(place, "0 0.500000 0.500000 0.100000 0.100000\n" * 100000)
    same(answer["summary"]["by_rule"]["duplicate/exact-box"], 99999)


def test_100000_bad_rows(place):
    """As many rows that have three things wrong each, and as many that are no rows."""
    answer = many(place, "7 0.5 0.5 1.1 0.3\n" * 100000, 512)
    same(answer["summary"]["by_rule"]["class/id-out-of-range"], 100000)
    answer = many(place, "7 0.5 0.5 0.1 x\n" * 100000)
    same((answer["coverage"]["rows"]["seen"], answer["coverage"]["rows"]["read"]), (100010, 10))


def test_100000_boxes_of_a_job(place):
    yolo = clean(place)
    boxes = [(i % 3, i % 90, (i // 90) % 70, 5, 5) for i in range(100000)]
    manifest = place.set / MANIFEST
    lines = manifest.read_bytes().splitlines(True)
    manifest.write_bytes(small_set.manifest_line("a.png", boxes).encode() + b"\n" + b"".join(lines[1:]))
    (yolo / "labels/train/a.txt").write_text("".join(small_set.row("a.png", b) + "\n" for b in boxes[::2]))
    _, out, _ = bounded(place, "check", place.set, "--format", "json")
    answer = json.loads(out)
    same([layer["boxes"] for layer in answer["layers"]], [50010, 100010])


def test_100000_names(place):
    yolo = clean(place)
    (yolo / "data.yaml").write_text("train: images/train\nval: images/val\nnames: [%s]\n"
                                    % ", ".join("c%d" % i for i in range(100000)))
    _, out, _ = bounded(place, "check", place.set)
    assert len(out) < 10000, len(out)
    _, out, _ = bounded(place, "check", place.set, "--format", "json")
    same(len(json.loads(out)["layers"][0]["names"]), 100000)


# ---- names ----

def test_nasty_names(place):
    """Names of classes and files with markup, line breaks, escapes, and text that turns round."""
    yolo = clean(place)
    nasty = ["<b>&amp;</span>", "pen\x1b[31m\r\n\tred", "\u202etxt.\u2066exe\u2069"]
    names = "train: images/train\nval: images/val\nnames: [%s]\n" % ", ".join(json.dumps(n) for n in nasty)
    (yolo / "data.yaml").write_text(names, encoding="utf-8")
    folder = os.fsencode(yolo)
    for number, name in enumerate((b"<i>&", b"\x1b]0;x\x07\x1b[2J", b"line\nbreak\r", b"\xff\xfe", "\u202egnp".encode())):
        with open(folder + b"/images/train/" + name + b".png", "wb") as file:
            file.write(small_set.png(100, 80))
        with open(folder + b"/labels/train/" + name + b".txt", "w") as file:
            file.write("7 0.5 0.5 0.%d 0.1\n" % (number + 1))
    for arguments in (["check", place.set], ["check", "--verbose", place.set], ["compare", yolo, place.set / "job"],
                      ["fix", place.set, "--diff", "--unsafe"],
                      ["render", yolo, "--image", "a.png", "-o", place.folder / "a.png"],
                      ["export", place.set, "--to", "yolo", place.folder / "out"]):
        bounded(place, *arguments)
    _, out, _ = bounded(place, "check", place.set, "--format", "json")
    answer = json.loads(out)
    same(answer["layers"][0]["names"], nasty)
    same((answer["counts"]["images"], answer["counts"]["boxes"]), (12, 17))
    files = {f["file"] for f in answer["findings"] if f["rule"] == "class/id-out-of-range"}
    same(files, {"yolo/labels/train/%s.txt" % n for n in ("<i>&", "\x1b]0;x\x07\x1b[2J", "line\nbreak\r", "\ufffd\ufffd",
                                                        "\u202egnp")})


# ---- links ----

def test_links_that_leave(place):
    """Nothing outside is read, each is said, and a set with less in it is never called right."""
    outside = place.folder / "outside"

    def away(path):
        outside.mkdir(exist_ok=True)
        shutil.move(path, outside / path.name)
        path.symlink_to(outside / path.name)

    cases = ((MANIFEST, (None, None), 12, 0), ("yolo/data.yaml", (None, None), 12, 0),
             ("yolo/labels/train/a.txt", ("yolo/labels/train/a.txt", None), 10, 0))
    for name, where, rows, code in cases:
        clean(place)
        shutil.rmtree(outside, ignore_errors=True)
        away(place.set / name)
        checked(place, expect=code, findings=[("dataset/path-outside", *where)], rows=rows)
        # The person says that it may be followed.
        _, out, _ = bounded(place, "check", place.set, "--root", outside, "--format", "json")
        answer = json.loads(out)
        same((answer["summary"]["errors"], answer["summary"]["warnings"], answer["counts"]["boxes"]), (0, 0, 12), name)


def test_folders_that_are_links_out(place):
    yolo = clean(place)
    outside = place.folder / "outside"
    shutil.move(yolo / "labels", outside)
    (yolo / "labels").symlink_to(outside)
    code, text, _ = bounded(place, "check", place.set)
    assert code == 1 and "12 of 12 rows" in text and "path-outside" in text, text
    code, text, _ = bounded(place, "check", yolo)
    assert code == 3 and not claims_all_clear(text) and "path-outside" in text, text
    code, text, _ = bounded(place, "check", yolo / "data.yaml")
    assert code == 3 and not claims_all_clear(text) and "unreadable" in text, text
    code, out, _ = bounded(place, "check", yolo, "--root", outside, "--format", "json")
    same((code, json.loads(out)["counts"]["boxes"]), (0, 12))


def test_links_to_nothing_and_round(place):
    yolo = clean(place)
    (yolo / "images/train/loop").symlink_to("..")
    (yolo / "labels/again").symlink_to(yolo)
    checked(place, expect=0, findings=[], rows=12)
    for target in ("gone.png", "a.png"):
        clean(place)
        replace(yolo / "images/train/a.png", lambda path: path.symlink_to(target))
        answer = checked(place, expect=1, findings=[("image/missing", MANIFEST, 1)], rows=12)
        same(answer["coverage"]["pictures"], {"named": 7, "found": 6})


def test_paths_in_data_that_leave(place):
    yolo = clean(place)
    (yolo / "data.yaml").write_text("path: ../../../../../../etc\ntrain: /etc\nval: ../../..\nnames: [fork, apple, can]\n")
    checked(place, expect=0, findings=[("dataset/path-outside", "yolo/data.yaml", n) for n in (1, 2, 3)]
            + [("dataset/path-relative-to-settings", "yolo/data.yaml", 1)], rows=12)
    clean(place)
    manifest = place.set / MANIFEST
    text = manifest.read_text()
    for name, other in (("a", "../" * 12 + "etc/passwd"), ("b", "/etc/passwd"), ("c", "file:///etc/passwd")):
        text = text.replace("s3://bucket/pictures/%s.png" % name, other)
    manifest.write_text(text)
    answer = checked(place, expect=0, findings=[("dataset/path-outside", MANIFEST, n) for n in (1, 2, 3)], rows=12)
    same(answer["coverage"]["pictures"], {"named": 10, "found": 7})


# ---- pictures ----

def huge_png(width, height):
    data = bytearray(small_set.png(10, 10))
    data[16:24] = struct.pack(">II", width, height)
    data[29:33] = struct.pack(">I", zlib.crc32(bytes(data[12:29])))
    return bytes(data)


def test_huge_pictures(place):
    for name, data in (("png", huge_png(65500, 65500)), ("jpg", small_set.turned_jpeg(65500, 65500, 1))):
        yolo = clean(place)
        picture = yolo / ("images/train/z." + name)
        picture.write_bytes(data)
        (yolo / "labels/train/z.txt").write_text("0 0.5 0.5 0.1 0.1\n")
        answer = checked(place, expect=1, findings=[("image/decode-limit", "yolo/images/train/z." + name, None)], rows=13,
                         pictures=8)
        assert "65500" in message(answer, "image/decode-limit")
        code, _, err = bounded(place, "render", place.set, "--image", picture.name, "-o", place.folder / "o.png")
        assert code == 3 and err and not (place.folder / "o.png").exists(), (code, err)
        # The others are drawn.
        same(bounded(place, "render", place.set, "--image", "a.png", "-o", place.folder / "o.png")[0], 0)
        (place.folder / "o.png").unlink()
        picture.unlink()


def test_pictures_that_lie(place):
    """A header that promises more than is there, or nothing at all."""
    good = small_set.png(100, 80)
    for data in (b"", good[:20], good[:40], huge_png(0, 10), huge_png(0x7fffffff, 0x7fffffff), b"GIF89a", b"\xff\xd8" * 50000):
        yolo = clean(place)
        (yolo / "images/train/a.png").write_bytes(data)
        code, text, _ = bounded(place, "check", place.set)
        # The size of the third can still be read; nothing is known of the GIF.
        same(code, 0 if data in (good[:40], b"GIF89a") else 1, text)
        assert not claims_all_clear(text) or data == good[:40], (data[:8], text)
        code, _, err = bounded(place, "render", yolo, "--image", "a.png", "-o", place.folder / "o.png")
        assert code == 3 and err, (data[:8], code)
        code, out, err = bounded(place, "export", place.set, "--to", "yolo", place.folder / "out")
        shutil.rmtree(place.folder / "out", ignore_errors=True)


# ---- never a false all-clear ----

def test_what_was_moved_away(place):
    """Whatever is taken out of a set, it is not called right afterwards."""
    for name in ("images", "labels", "images/train", "images/val", "labels/train", "labels/val", "data.yaml"):
        for names in (True, False):
            yolo = clean(place)
            if not names:
                text = (yolo / "data.yaml").read_text(encoding="utf-8")
                (yolo / "data.yaml").write_text(text[:text.index("names:")], encoding="utf-8")
            shutil.move(yolo / name, place.folder / "away")
            for path in (yolo, yolo / "data.yaml") if name != "data.yaml" else (yolo / "data.yaml",):
                code, out, _ = bounded(place, "check", path)
                assert not claims_all_clear(out), (name, path, out)
                assert code != 0 or "warning" in out.splitlines()[0] or out.startswith("Not ready"), (name, path, code, out)
                code, out, _ = bounded(place, "check", path, "--format", "json")
                answer = json.loads(out) if out else None
                assert answer is None or code == 3 or answer["summary"]["errors"] + answer["summary"]["warnings"] > 0, name
            away = place.folder / "away"
            shutil.rmtree(away) if away.is_dir() else away.unlink()


run_tests(globals())
