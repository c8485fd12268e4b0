#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What fix --diff shows is what fix --apply does: test_patch.py LABELPROOF [TEST...]. Speaks TAP.

Each repair alone, and all together, on sets with line ends of both kinds, with and without a byte order mark and a line
end at the end, with names of classes, files and folders in Japanese and with blanks. The diff goes to GNU patch on a
copy; the copy must then be what --apply made, byte for byte. undo must give back what was there."""
import os
import shutil
import subprocess

import yaml

import small_set
from place import content, run_tests, same

# In the order of the alphabet, as the words that they stand for are.
WORDS = {"apple": "りんご", "can": "フォーク", "fork": "缶 づめ"}
STEMS = {"a": "猫 1", "b": "b  b", "c": "写真", "e": "é'\"", "g": "g-g", "d.v2": "犬 2.v2", "d": "犬 2", "empty": "空っぽ",
         "turned": "回 転"}
REPAIRS = [("order", ["--select", "order/*", "--repair", "names"]), ("order rows", ["--select", "order/*", "--repair", "rows"]),
           ("clamp", ["--select", "box/*"]), ("turn", ["--select", "image/exif-frame-raw"]),
           ("duplicate", ["--select", "duplicate/exact-box"]),
           ("beyond the names", ["--select", "class/id-out-of-range", "--unsafe"]),
           ("label name", ["--select", "dataset/dot-truncated-stem"]),
           ("empty label", ["--select", "label/missing-for-negative"]),
           ("safe", []), ("all", ["--unsafe"])]
# Every two of line end, mark and final line end.
ENDS = [(b"\n", b"", True), (b"\r\n", b"\xef\xbb\xbf", True), (b"\n", b"\xef\xbb\xbf", False), (b"\r\n", b"", False)]


def put_on(path, ends):
    newline, mark, final = ends
    lines = path.read_bytes().decode("utf-8").splitlines()
    data = newline.join(line.encode("utf-8") for line in lines)
    path.write_bytes(mark + data + (newline if final and lines else b""))


def words(text):
    for word, other in WORDS.items():
        text = text.replace(word, other)
    return text


def rename(path):
    """a.png → 猫 1.png; the label cut at the first dot keeps what is before it."""
    stem, _, suffix = path.name.rpartition(".")
    return path.rename(path.with_name(STEMS.get(stem, stem) + "." + suffix))


def make(place, ends):
    """The small set with its mistakes, in Japanese, in a folder with a blank in its name."""
    shutil.rmtree(place.set, ignore_errors=True)
    root = small_set.make(place.set)
    manifest = root / "job/manifests/output/output.manifest"
    text = manifest.read_text()
    for word, other in WORDS.items():
        text = text.replace(": \"%s\"" % word, ": \"%s\"" % other)
    for stem, other in STEMS.items():
        for suffix in (".png", ".jpg"):
            text = text.replace("pictures/%s%s" % (stem, suffix), "pictures/%s%s" % (other.replace('"', '\\"'), suffix))
    manifest.write_text(text)
    (root / "job/annotation-tool/data.json").unlink()
    yolo = root / "yolo"
    for path in [p for p in yolo.rglob("*") if p.suffix in (".png", ".jpg", ".txt")]:
        rename(path)
    names = yolo / "data.yaml"
    names.write_text(words(names.read_text(encoding="utf-8")), encoding="utf-8")
    put_on(names, ends)
    for path in yolo.rglob("labels/*/*.txt"):
        put_on(path, ends)
    folder = root / "果物 のセット"
    yolo.rename(folder)
    return folder


def compare(place, arguments, what):
    before = content(place.set)
    copy = place.folder / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(place.set, copy)
    diff = place.run("fix", place.set, "--diff", *arguments)
    assert diff.stdout and diff.returncode == 1, (what, diff.returncode, diff.stderr)
    done = subprocess.run(["patch", "-p1", "--binary", "-s", "--fuzz=0"], input=diff.stdout, cwd=copy, capture_output=True)
    same(done.returncode, 0, "%s: %s %s" % (what, done.stdout, done.stderr))
    place.run("fix", place.set, "--apply", *arguments)
    after = content(place.set)
    assert after != before, what
    same(content(copy), after, "patch and --apply differ: %s\n%s" % (what, diff.stdout.decode(errors="replace")))
    # Nothing is left to patch: a second diff of the same repair says nothing of these findings.
    again = place.run("fix", place.set, "--diff", *arguments)
    same(again.stdout, b"", what)


def test_every_repair(place):
    for ends in ENDS:
        for name, arguments in REPAIRS:
            folder = make(place, ends)
            before = content(place.set)
            compare(place, arguments, (name, ends))
            if name in ("order", "all"):
                text = (folder / "data.yaml").read_bytes()
                same(text.startswith(b"\xef\xbb\xbf"), bool(ends[1]), name)
                names = yaml.safe_load(text.decode("utf-8-sig"))["names"]
                same(list(names.values()), [WORDS[w] for w in small_set.JOB], name)
            place.run("undo", place.set, expect=0)
            same(content(place.set), before, "undo of %s" % name)


STYLES = [
    lambda names: "names: [%s]\n" % ", ".join(names),
    lambda names: "names: ['%s']   # 名前\n" % "', '".join(names),
    lambda names: "names:\n" + "".join("- %s\n" % n for n in names),
    lambda names: "names:\n" + "".join("  - \"%s\" # %d\n" % (n, i) for i, n in enumerate(names)),
    lambda names: "names: {%s}\n" % ", ".join("%d: %s" % pair for pair in enumerate(names)),
    lambda names: "names:\n" + "".join("  %d: '%s'\n" % pair for pair in enumerate(names)),
    lambda names: "names:\n" + "".join("  %d: %s\n" % pair for pair in reversed(list(enumerate(names)))),
    lambda names: "names: [\n  %s,\n]\nnc: 3\n" % ",\n  ".join(names),
]


def test_every_way_to_write_names(place):
    for ends in ENDS:
        for number, style in enumerate(STYLES):
            folder = make(place, ends)
            path = folder / "data.yaml"
            path.write_text("# 果物\ntrain: images/train\nval: images/val\n" + style([WORDS[w] for w in small_set.SORTED]),
                            encoding="utf-8")
            put_on(path, ends)
            (folder / "classes.txt").write_text("".join(WORDS[w] + "\n" for w in small_set.SORTED), encoding="utf-8")
            put_on(folder / "classes.txt", ends)
            compare(place, ["--select", "order/*", "--repair", "names"], (number, ends))
            wanted = [WORDS[w] for w in small_set.JOB]
            names = yaml.safe_load(path.read_bytes().decode("utf-8-sig"))["names"]
            same([names[i] for i in range(3)], wanted, "%d %r" % (number, ends))
            same((folder / "classes.txt").read_bytes().decode("utf-8-sig").splitlines(), wanted)


def test_number_of_names(place):
    for ends in ENDS:
        folder = make(place, ends)
        path = folder / "data.yaml"
        text = path.read_bytes().decode("utf-8-sig")
        path.write_text("nc: 7 # 数\n" + text, encoding="utf-8", newline="")
        put_on(path, ends)
        compare(place, ["--select", "class/count-mismatch", "--unsafe"], ends)
        same(yaml.safe_load(path.read_bytes().decode("utf-8-sig"))["nc"], 3)


def test_file_names_that_terminals_obey(place):
    """Quoted as patch reads them; nothing of the name reaches the terminal."""
    make(place, ENDS[0])
    folder = os.fsencode(place.set / "果物 のセット")
    for name in (b"\x1b[31mred", b"tab\there", b"back\\slash", b"line\nbreak", b"\xff\xfe"):
        with open(folder + b"/images/train/" + name + b".png", "wb") as file:
            file.write(small_set.png(100, 80))
        with open(folder + b"/labels/train/" + name + b".txt", "wb") as file:
            file.write(b"0 0.5 0.5 0.1 0.1\n" * 2)
    diff = place.run("fix", place.set, "--diff", "--select", "duplicate/exact-box").stdout
    assert b"\x1b" not in diff and diff.count(b"\n@@ ") == 6, diff
    compare(place, ["--select", "duplicate/exact-box"], "names")


run_tests(globals())
