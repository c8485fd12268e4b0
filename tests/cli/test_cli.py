#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The commands as a script uses them: test_cli.py LABELPROOF [TEST...]. Speaks TAP. Judged by tools that are not ours:
Python's json and yaml, patch, strace, sha256."""
import json
import os
import re
import shutil
import sqlite3
import struct
import subprocess
import time

import yaml

import small_set
from place import PROGRAM, Skip, content, run_tests, same, stamps


# ---- check ----

def test_check_finds_what_was_planted(place):
    answer = place.json("check", place.set, expect=1)
    got = [(f["rule"], f["severity"], f["file"], f["line"]) for f in answer["findings"]]
    same(sorted(got, key=str), sorted(small_set.FINDINGS, key=str))
    by_rule = {}
    for rule, *_ in small_set.FINDINGS:
        by_rule[rule] = by_rule.get(rule, 0) + 1
    same(answer["summary"], {"errors": 4, "warnings": 3, "infos": 0, "by_rule": by_rule})


def test_check_counts(place):
    answer = place.json("check", place.set)
    same(answer["root"], str(place.set))
    same(answer["counts"], {"images": 9, "label_files": 8, "rows": 17, "boxes": 17,
                            "states": {"rows": 8, "empty": 0, "unlabelled": 0, "failed": 0, "no_file": 1}})
    # 17 rows of label files and 15 boxes of the job.
    same(answer["coverage"], {"pictures": {"named": 9, "found": 9}, "rows": {"seen": 32, "read": 32}})
    layers = {layer["kind"]: layer for layer in answer["layers"]}
    same(len(answer["layers"]), 2)
    same([layer["kind"] for layer in answer["layers"] if layer["subject"]], ["yolo"])
    same(layers["yolo"]["names"], small_set.SORTED)
    same(layers["yolo"]["path"], "yolo/data.yaml")
    same((layers["manifest"]["attribute"], layers["manifest"]["path"], layers["manifest"]["boxes"]),
         ("things", "job/manifests/output/output.manifest", 15))


def test_check_keys_of_a_finding(place):
    answer = place.json("check", place.set)
    twice = [f for f in answer["findings"] if f["rule"] == "duplicate/exact-box"][0]
    same((twice["image"], twice["box"], twice["severity"]), ("yolo/images/train/a.png", 2, "warning"))
    same(sorted(twice), ["because", "box", "column", "file", "image", "line", "message", "rule", "severity"])
    same([(b["rule"], b["line"]) for b in twice["because"]],
         [("box/extra-in-yolo", 3), ("duplicate/rounded-box", 3), ("duplicate/near-same-class", 3)])
    beyond = [f for f in answer["findings"] if f["rule"] == "class/id-out-of-range"][0]
    same(beyond["box"], 2)
    order = [f for f in answer["findings"] if f["rule"] == "order/sorted"][0]
    same((order["image"], order["box"]), (None, None))


def test_check_text_is_short_and_plain(place):
    done = place.run("check", place.set, expect=1)
    text = done.stdout.decode("utf-8")
    assert text.startswith("Not ready to export: the label order differs from the labelling job."), text
    assert "4 errors, 3 warnings, 0 infos" in text and "9 of 9 pictures" in text, text
    same(re.findall("[\0-\x09\x0b-\x1f\x7f]", text), [], "control characters")
    same(done.stderr, b"")
    verbose = place.run("check", place.set, "--verbose").stdout.decode()
    same(len(re.findall(r"\[[a-z]+/[a-z-]+\]$", verbose, re.M)), 7)


def test_check_clean_twin(place):
    other = place.folder / "clean"
    small_set.make(other, clean=True)
    answer = place.json("check", other, expect=0)
    same((answer["summary"]["errors"], answer["summary"]["warnings"]), (0, 0), str(answer["findings"]))
    assert place.run("check", other).stdout.startswith(b"Ready to export")


def test_check_fail_on(place):
    place.run("check", place.set, "--fail-on", "error", "--select", "duplicate/*", expect=0)
    place.run("check", place.set, "--fail-on", "warning", "--select", "duplicate/*", expect=1)
    place.run("check", place.set, "--fail-on", "nonsense", expect=2)


def test_check_selected_rules_only(place):
    answer = place.json("check", place.set, "--select", "duplicate/*,class/id-out-of-range", expect=1)
    same(sorted(answer["summary"]["by_rule"]), ["class/id-out-of-range", "duplicate/exact-box"])
    answer = place.json("check", place.set, "--ignore", "duplicate/*")
    assert "duplicate/exact-box" not in answer["summary"]["by_rule"]
    # What is switched off explains nothing.
    assert "box/extra-in-yolo" in answer["summary"]["by_rule"], answer["summary"]
    other = place.folder / "clean"
    small_set.make(other, clean=True)
    assert not place.run("check", other, "--select", "box/*").stdout.startswith(b"Ready"), "no all-clear for a part"


def test_wrong_commands(place):
    for arguments in (["check", place.set, "--nonsense"], ["check"], ["check", place.set, "--select", "no/such-rule"],
                      ["check", place.set, "--profile", "nobody"], ["check", place.set, "--format", "xml"],
                      ["compare", place.set], ["fix", place.set], ["fix", place.set, "--diff", "--apply"],
                      ["fix", place.set, "--diff", "--repair", "both"], ["export", place.set], ["rules", "no/such-rule"],
                      ["render", place.set], ["check", ""], ["chekc"], ["--nonsense"], ["check", place.set, "--map", "nonsense"]):
        done = place.run(*arguments, expect=2)
        assert done.stderr and not done.stdout, arguments


def test_nothing_to_look_at(place):
    empty = place.folder / "empty"
    empty.mkdir()
    for path in (place.folder / "missing", empty):
        done = place.run("check", path, expect=3)
        assert done.stderr, path
    done = place.run("check", place.set, place.folder / "missing", expect=3)
    assert b"missing" in done.stderr and b"order/sorted" in done.stdout


def test_names_that_cannot_be_read(place):
    """A report by other names than those asked for would mislead: there is none."""
    (place.folder / "picture.png").write_bytes(small_set.png(10, 10))
    for names in ("missing.txt", "picture.png"):
        for more in ((), ("--format", "json")):
            done = place.run("check", place.set, "--names", place.folder / names, *more, expect=3)
            same(done.stdout, b"")
            assert names.encode() in done.stderr, done.stderr


def test_no_names_is_not_ready(place):
    other = small_set.make(place.folder / "clean", clean=True)
    (other / "yolo/data.yaml").unlink()
    done = place.run("check", other, expect=0)
    assert done.stdout.startswith(b"Not ready to export: the classes have no names."), done.stdout
    job = "job/annotation-tool/data.json"
    assert b"--names FILE" in done.stdout and b"--names %s" % os.fsencode(other / job) in done.stdout, done.stdout
    done = place.run("export", other / "yolo", other / "job", "--to", "yolo", place.folder / "out", expect=1)
    assert b"--names FILE" in done.stdout and b"--order FILE" in done.stdout, done.stdout
    answer = place.json("export", other / "yolo", "--to", "yolo", place.folder / "out", expect=1)
    assert any("--names" in sentence for sentence in answer["advice"]), answer
    assert place.run("check", other, "--names", other / job).stdout.startswith(b"Ready to export")
    place.run("export", other / "yolo", "--names", other / job, "--to", "yolo", place.folder / "out", expect=0)


def test_what_costs_most_comes_first(place):
    """The headline's cause, then errors, warnings, infos; how to go on stands below."""
    text = place.run("check", place.set).stdout.decode()
    found = re.findall(r"^(Error|Warning|Info): .*\[([a-z/-]+)\]", text, re.M)
    same(found[0], ("Error", "order/sorted"))
    same([word for word, _ in found], ["Error"] * 4 + ["Warning"] * 3)
    assert "labelproof fix --diff" in text, text


def test_part_of_a_set_opens_all_of_it(place):
    whole = place.json("check", place.yolo)
    for part in ("images/train/a.png", "labels/train/a.txt", "images", "labels", "labels/train"):
        answer = place.json("check", place.yolo / part)
        same(answer["counts"], whole["counts"], part)
        note = [n for n in answer["notes"] if os.path.basename(part) in n]
        assert len(note) == 1 and str(place.yolo) in note[0], answer["notes"]
    assert not any("alone" in n for n in whole["notes"]), whole["notes"]


def test_whose_rows_are_counted(place):
    text = place.run("check", place.set).stdout.decode()
    assert "32 of 32 rows (17 in the labels, 15 to compare them with)" in text, text
    assert "17 of 17 rows." in place.run("check", place.yolo).stdout.decode()


def test_split_that_is_only_beside_the_yaml(place):
    """`path:` leads elsewhere, so a trainer finds nothing; the pictures are looked at all the same."""
    (place.yolo / "data.yaml").write_text("path: images\ntrain: images/train\nval: val\nnames: [apple, can, fork]\n")
    answer = place.json("check", place.yolo, expect=1)
    same([(f["line"], "images/images/train" in f["message"]) for f in answer["findings"]
          if f["rule"] == "dataset/path-unresolved"], [(2, True)])
    same(answer["counts"]["images"], 9)


def test_wrong_words_are_answered_with_the_right_ones(place):
    for arguments, wanted in ((["check", place.set, "--profile", "x"], b"ultralytics, ground-truth"),
                              (["check", "--nonsense"], b"labelproof check --help"),
                              (["rules", "--profile", "x"], b"ultralytics, ground-truth"),
                              (["export", place.set, "--to", "coco", place.folder / "out"], b"yolo")):
        assert wanted in place.run(*arguments, expect=2).stderr, arguments


def test_never_a_false_all_clear(place):
    other = place.folder / "clean"
    small_set.make(other, clean=True)
    shutil.move(other / "yolo/labels", place.folder / "labels-elsewhere")
    done = place.run("check", other)
    assert done.returncode != 0 and not done.stdout.startswith(b"Ready"), done.stdout
    done = place.run("check", other / "yolo")
    same(done.returncode, 3)
    shutil.move(place.folder / "labels-elsewhere", other / "yolo/labels")
    shutil.move(other / "yolo/images/train", place.folder / "pictures-elsewhere")
    done = place.run("check", other)
    assert done.returncode != 0 and not done.stdout.startswith(b"Ready"), done.stdout


def test_output_that_cannot_be_written(place):
    with open("/dev/full", "wb") as full:
        done = subprocess.run([PROGRAM, "check", str(place.set)], stdout=full, stderr=subprocess.PIPE,
                              env=dict(os.environ, XDG_DATA_HOME=str(place.home)))
    same(done.returncode, 3)
    assert done.stderr


def test_looking_changes_nothing(place):
    before, old = content(place.set), stamps(place.set)
    place.run("check", place.set)
    place.run("compare", place.yolo, place.set / "job")
    place.run("fix", place.set, "--diff")
    same(content(place.set), before)
    same(stamps(place.set), old)
    same(list(place.home.rglob("*")), [], "a journal was made by looking")


def test_looking_opens_nothing_for_writing(place):
    if not shutil.which("strace"):
        raise Skip("strace is not installed")
    log = place.folder / "strace.log"
    done = subprocess.run(["strace", "-f", "-qq", "-e", "trace=%file,openat2", "-o", str(log), PROGRAM, "check",
                           str(place.set)],
                          capture_output=True, env=dict(os.environ, XDG_DATA_HOME=str(place.home)))
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    if not any("data.yaml" in line for line in lines):
        raise Skip("strace may not run here")
    same(done.returncode, 1)
    changing = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|\b(rename|unlink|mkdir|rmdir|link|symlink|chmod|chown|utime|"
                          r"truncate|mknod)\w*\(")
    wrong = [line for line in lines if changing.search(line) and "readlink" not in line and str(place.set) in line]
    same(wrong, [])


# ---- hostile data ----

def test_broken_data_yaml(place):
    """What cannot be read is said, and the pictures beside it are still looked at."""
    target = place.yolo / "data.yaml"
    names = target.read_bytes()

    def fifo():
        os.mkfifo(target)

    for make, rule in ((lambda: target.write_bytes(b"\xff\xfe\x00junk"), "yaml-invalid"),
                       (lambda: target.write_bytes(b"names: [a, b\n x: {"), "yaml-invalid"),
                       (lambda: target.write_bytes(names + b"# padding\n" * 200000), "unreadable"),
                       (fifo, "unreadable")):
        target.unlink()
        make()
        answer = place.json("check", place.yolo, expect=1)
        same((answer["summary"]["by_rule"]["dataset/" + rule], answer["counts"]["images"]), (1, 9))


def test_links_that_lead_out(place):
    (place.yolo / "images/train/h.png").write_bytes(small_set.png(10, 10))
    (place.yolo / "labels/train/h.txt").symlink_to("/etc/hostname")
    (place.yolo / "images/root").symlink_to("/")
    answer = place.json("check", place.yolo, "--select", "dataset/path-outside")
    same([f["file"] for f in answer["findings"]], [None, "labels/train/h.txt"])
    assert all("hostname" not in f["message"] for f in answer["findings"]), answer["findings"]


# ---- hostile names ----

def test_hostile_names(place):
    nasty = "pen\x1b[31m\u202egnp\u2028<b>"
    (place.yolo / "data.yaml").write_text(
        "train: images/train\nval: images/val\nnames: [%s]\n" % ", ".join(json.dumps(n) for n in (nasty, nasty, "x ")))
    picture = os.fsencode(str(place.yolo / "images/train")) + b"/bad\x1b[2J\xff\n.png"
    with open(picture, "wb") as file:
        file.write(small_set.png(10, 10))
    for arguments in (["check", place.yolo], ["check", place.yolo, "--verbose"], ["compare", place.yolo, place.set / "job"],
                      ["fix", place.yolo, "--diff", "--select", "image/*"]):
        done = place.run(*arguments)
        for stream in (done.stdout, done.stderr):
            text = stream.decode("utf-8")
            same(re.findall("[\0-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text), [], str(arguments))
    answer = place.json("check", place.yolo)
    assert any(layer["names"][0] == nasty for layer in answer["layers"]), answer["layers"]


def test_colour_only_for_a_terminal(place):
    script = ["script", "-qec", "%s check %s" % (PROGRAM, place.set), "/dev/null"]
    if not shutil.which("script"):
        raise Skip("script is not installed")
    environment = dict(os.environ, XDG_DATA_HOME=str(place.home), TERM="xterm")
    environment.pop("NO_COLOR", None)
    coloured = subprocess.run(script, capture_output=True, env=environment, stdin=subprocess.DEVNULL)
    assert b"\x1b[1m" in coloured.stdout, coloured.stdout
    plain = subprocess.run(script, capture_output=True, env=dict(environment, NO_COLOR="1"), stdin=subprocess.DEVNULL)
    assert b"\x1b[1m" not in plain.stdout, plain.stdout


# ---- compare ----

def test_compare(place):
    answer = place.json("compare", place.yolo, place.set / "job", expect=1)
    same(answer["pairs"], {"images": 9, "boxes": 15, "only_subject": 2, "only_witness": 0})
    same(answer["contingency"], {"fork": {"0": 5}, "apple": {"1": 5}, "can": {"2": 5}})
    verdict = answer["verdict"]
    same((verdict["kind"], verdict["support"], verdict["purity"], verdict["margin"]), ("sorted", 15, 1, 10))
    same(verdict["mapping"], {"0": "fork", "1": "apple", "2": "can"})
    same([(c["id"], c["name"], c["support"], c["purity"]) for c in verdict["classes"]],
         [(0, "fork", 5, 1), (1, "apple", 5, 1), (2, "can", 5, 1)])
    same(answer["conversion"], {"hypothesis": "raw", "hit_rate": 1})
    text = place.run("compare", place.yolo / "data.yaml", place.set / "job/manifests/output/output.manifest",
                     expect=1).stdout.decode()
    assert "15 of 15 boxes agree; the second-best order explains 5." in text, text


def test_compare_consistent(place):
    other = place.folder / "clean"
    small_set.make(other, clean=True)
    answer = place.json("compare", other / "yolo", other / "job", expect=0)
    same((answer["verdict"]["kind"], answer["conversion"]["hypothesis"]), ("consistent", "straight"))


def test_names_given(place):
    """Without names of its own, numbers are judged by the list that is given."""
    text = (place.yolo / "data.yaml").read_text(encoding="utf-8")
    (place.yolo / "data.yaml").write_text(text[:text.index("names:")] + "nc: 3\n", encoding="utf-8")
    answer = place.json("compare", place.yolo, place.set / "job", expect=0)
    same(answer["verdict"]["kind"], "consistent")
    names = place.folder / "names.txt"
    names.write_text("apple\ncan\nfork\n")
    answer = place.json("compare", place.yolo, place.set / "job", "--names", names, expect=1)
    same(answer["verdict"]["kind"], "sorted")


# ---- fix and undo ----

def patched(place, arguments):
    """The diff that fix gives, put on a copy by patch; and what --apply makes of the set."""
    copy = place.folder / "copy"
    shutil.copytree(place.set, copy)
    diff = place.run("fix", place.set, "--diff", *arguments).stdout
    assert diff
    subprocess.run(["patch", "-p1", "--binary", "-s"], input=diff, cwd=copy, check=True, capture_output=True)
    done = place.run("fix", place.set, "--apply", *arguments)
    same(content(place.set), content(copy), "patch and --apply differ: %s" % diff.decode(errors="replace"))
    return done


def test_fix_safe(place):
    done = patched(place, [])
    # The row of class 9 has a repair that a person has to look at.
    same(done.returncode, 1)
    answer = place.json("check", place.set, expect=1)
    # The empty label file that was written is only mentioned.
    same(answer["summary"]["by_rule"], {"class/id-out-of-range": 1, "label/empty": 1})


def test_fix_unsafe(place):
    done = patched(place, ["--unsafe"])
    same(done.returncode, 0, done.stderr)
    answer = place.json("check", place.set, expect=0)
    same((answer["summary"]["errors"], answer["summary"]["warnings"]), (0, 0), str(answer["findings"]))
    text = (place.yolo / "data.yaml").read_text(encoding="utf-8")
    same(list(yaml.safe_load(text)["names"].values()), small_set.JOB)
    assert text.startswith("# 果物\n")
    same((place.yolo / "labels/train/empty.txt").read_bytes(), b"")
    assert (place.yolo / "labels/train/d.v2.txt").exists() and not (place.yolo / "labels/train/d.txt").exists()
    # CRLF and the missing end of line stay.
    raw = (place.yolo / "labels/train/e.txt").read_bytes()
    assert b"\r\n" in raw and not raw.endswith(b"\n"), raw
    # The photo's boxes by hand: orientation 6 turns (l, t, w, h) of 120 x 90 into (90 - t - h, l, h, w) of 90 x 120.
    rows = [line.split() for line in (place.yolo / "labels/train/turned.txt").read_text().splitlines()]
    wanted = [(1, (40 + 15) / 90, (10 + 20) / 120, 30 / 90, 40 / 120), (2, (20 + 20) / 90, (60 + 10) / 120, 40 / 90, 20 / 120)]
    for got, (class_id, *numbers) in zip(rows, wanted):
        same(int(got[0]), class_id)
        assert all(abs(float(g) - n) < 2e-6 for g, n in zip(got[1:], numbers)), (got, numbers)


def test_fix_by_rows(place):
    done = patched(place, ["--repair", "rows", "--select", "order/*"])
    # What is left is a warning with a repair: the order is right now, but it is not the job's.
    same(done.returncode, 1, done.stderr)
    same(list(yaml.safe_load((place.yolo / "data.yaml").read_text())["names"].values()), small_set.SORTED)
    answer = place.json("compare", place.yolo, place.set / "job", expect=1)
    same(answer["verdict"]["kind"], "differs-from-job")
    # Every number but the class stays as it was written: fork, apple, can are 2, 0, 1 by the alphabet.
    same((place.yolo / "labels/train/b.txt").read_text(),
         "".join(small_set.row("b.png", (i, *b[1:])) + "\n" for i, b in zip((0, 1), small_set.BOXES["b.png"])))


def test_undo_restores_every_byte(place):
    before = content(place.set)
    place.run("fix", place.set, "--apply", "--unsafe", expect=0)
    assert content(place.set) != before
    # Found by the data.yaml, its folder, or the whole.
    place.run("undo", place.yolo / "data.yaml", expect=0)
    same(content(place.set), before)
    place.run("undo", place.yolo, expect=1)
    place.run("fix", place.yolo / "data.yaml", place.set / "job", "--apply")
    place.run("undo", place.set, expect=0)
    same(content(place.set), before)


def test_undo_leaves_what_others_changed(place):
    place.run("fix", place.set, "--apply", "--unsafe", expect=0)
    mine = place.yolo / "labels/train/a.txt"
    mine.write_text("0 0.5 0.5 0.1 0.1\n")
    done = place.run("undo", place.set, expect=1)
    assert b"a.txt" in done.stdout + done.stderr
    same(mine.read_text(), "0 0.5 0.5 0.1 0.1\n")
    same(list(yaml.safe_load((place.yolo / "data.yaml").read_text())["names"].values()), small_set.SORTED)


def test_killed_apply(place):
    """However far an Apply came when it was killed, fix finishes it and undo takes it back."""
    for i in range(300):
        (place.yolo / ("images/train/more%d.png" % i)).write_bytes(small_set.png(100, 80))
        (place.yolo / ("labels/train/more%d.txt" % i)).write_text("0 0.5 0.5 0.2 0.2\n" * 2)
    before = content(place.set)
    place.run("fix", place.set, "--apply", "--unsafe")
    after = content(place.set)
    assert len([k for k in after if after[k] != before.get(k)]) >= 300
    place.run("undo", place.set, expect=0)
    same(content(place.set), before)
    for attempt in range(8):
        command = subprocess.Popen([PROGRAM, "fix", str(place.set), "--apply", "--unsafe"], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL, env=dict(os.environ, XDG_DATA_HOME=str(place.home)))
        time.sleep(0.03 + 0.02 * attempt)
        command.kill()
        command.wait()
        if attempt % 2:
            place.run("fix", place.set, "--apply", "--unsafe")
            same(content(place.set), after, "finished after being killed")
        place.run("undo", place.set)
        same(content(place.set), before, "taken back after being killed")


def test_finished_and_nothing_else(place):
    """An interrupted Apply that was finished is told, also where no repair can be made afterwards."""
    os.link(place.yolo / "labels/train/a.txt", place.folder / "second")
    place.run("fix", place.set, "--apply", expect=1)
    for form in (), ("--format", "json"):
        # The Apply of the repair that could be made is not marked as done.
        journal, = (place.home / "labelproof").glob("*.sqlite")
        database = sqlite3.connect(journal)
        assert database.execute("UPDATE apply SET done = 0").rowcount == 1
        database.commit()
        database.close()
        done = place.run("fix", place.set, "--apply", *form, expect=3)
        assert b"a.txt" in done.stderr
        if form:
            answer = json.loads(done.stdout)
            same([len(answer.pop("refused")), answer],
                 [1, {"finished_earlier": True, "steps": [], "files": 0, "lines": 0, "left": None}])
        else:
            same(done.stdout, b"The last Apply had been interrupted and was finished.\n")
    same(place.json("fix", place.set, "--apply", "--unsafe")["finished_earlier"], False)


def test_fix_of_nothing(place):
    other = place.folder / "clean"
    small_set.make(other, clean=True)
    before = content(other)
    same(place.run("fix", other, "--diff", expect=0).stdout, b"")
    place.run("fix", other, "--apply", expect=0)
    same(content(other), before)


# ---- export, render, rules ----

def test_export(place):
    place.run("export", place.set, "--to", "yolo", place.folder / "out", expect=1)
    assert not (place.folder / "out").exists(), "an export that is stopped writes nothing"
    place.run("fix", place.set, "--apply", "--unsafe", expect=0)
    before = content(place.set)
    answer = place.json("export", place.set, "--to", "yolo", place.folder / "out", expect=0)
    same((answer["written"], answer["images"], answer["rows"]), (True, 9, 15))
    same(content(place.set), before)
    place.run("check", place.folder / "out", expect=0)
    answer = place.json("compare", place.folder / "out", place.set / "job", expect=0)
    same(answer["pairs"]["boxes"], 15)
    place.run("export", place.set, "--to", "yolo", place.folder / "out", expect=3)


def test_export_in_another_order(place):
    place.run("fix", place.set, "--apply", "--unsafe", expect=0)
    order = place.folder / "order.txt"
    order.write_text("can\nfork\napple\n")
    place.run("export", place.set, "--to", "yolo", place.folder / "out", "--order", order, expect=0)
    names = yaml.safe_load((place.folder / "out/data.yaml").read_text())["names"]
    same(list(names.values()) if isinstance(names, dict) else names, ["can", "fork", "apple"])
    rows = [path for path in (place.folder / "out").rglob("b.txt")]
    same(len(rows), 1)
    # apple, can are now 2, 0; the other numbers as they stand.
    same(rows[0].read_text(),
         "".join(small_set.row("b.png", (i, *b[1:])) + "\n" for i, b in zip((2, 0), small_set.BOXES["b.png"])))


# In the order of the job, by hand: of 100 x 80 pixels.
MANIFEST_ROWS = {
    "a.txt": "0 0.250000 0.250000 0.300000 0.250000\n1 0.650000 0.687500 0.300000 0.375000\n",
    "b.txt": "1 0.250000 0.312500 0.400000 0.500000\n2 0.750000 0.500000 0.300000 0.750000\n",
    "c.txt": "2 0.450000 0.500000 0.500000 0.500000\n0 0.190000 0.850000 0.300000 0.200000\n",
    "e.txt": "1 0.180000 0.225000 0.200000 0.250000\n2 0.805000 0.562500 0.390000 0.375000\n",
    "empty.txt": "",
    "f.txt": "2 0.480000 0.462500 0.300000 0.375000\n0 0.800000 0.200000 0.200000 0.250000\n",
    "g.txt": "0 0.320000 0.337500 0.400000 0.375000\n1 0.750000 0.687500 0.300000 0.375000\n"}


def test_export_of_a_manifest(place):
    """The boxes of a labelling job alone, with pictures that lie elsewhere, in the order of its label category file or
    in another one."""
    other = small_set.make(place.folder / "clean", clean=True)
    pictures = place.folder / "pictures"
    pictures.mkdir()
    for picture in [*(other / "yolo/images").rglob("*.png")]:
        picture.rename(pictures / picture.name)
    shutil.rmtree(other / "yolo")
    manifest, category = other / "job/manifests/output/output.manifest", place.folder / "order.json"
    category.write_text(json.dumps({"document-version": "2018-11-28",
                                    "labels": [{"label": n} for n in ("can", "fork", "apple")]}))
    before = content(other), content(pictures)
    finding = (pictures,), ("--map", "s3://bucket/pictures=%s" % pictures)
    for i, found in enumerate(finding):
        for order, names in ((), small_set.JOB), (("--order", category), ["can", "fork", "apple"]):
            out = place.folder / ("out%d%d" % (i, len(order)))
            answer = place.json("export", manifest, *found, "--to", "yolo", out, *order, expect=0)
            same((answer["images"], answer["rows"]), (7, 12))
            same(list(yaml.safe_load((out / "data.yaml").read_text())["names"].values()), names)
            shift = str.maketrans("012", "".join(str(names.index(n)) for n in small_set.JOB))
            wanted = {f: "".join(r[0].translate(shift) + r[1:] for r in text.splitlines(True))
                      for f, text in MANIFEST_ROWS.items()}
            same({p.name: p.read_text() for p in (out / "labels").rglob("*.txt")}, wanted)
            same({p.name: p.read_bytes() for p in (out / "images").rglob("*.png")},
                 {p.name: p.read_bytes() for p in pictures.iterdir()})
    same((content(other), content(pictures)), before)
    # Folders of pictures say the split where nothing else does.
    for split, names in ("train", "abcef"), ("val", "g"):
        (pictures / "images" / split).mkdir(parents=True)
        for name in names:
            (pictures / (name + ".png")).rename(pictures / "images" / split / (name + ".png"))
    (pictures / "empty.png").rename(pictures / "images/val/empty.png")
    place.run("export", manifest, pictures, "--to", "yolo", place.folder / "splits", expect=0)
    same(sorted(str(p.relative_to(place.folder / "splits")) for p in (place.folder / "splits/images").rglob("*.png")),
         [*("images/train/%s.png" % n for n in "abcef"), "images/val/empty.png", "images/val/g.png"])
    same((place.folder / "splits/data.yaml").read_text().splitlines()[:2], ["train: images/train", "val: images/val"])
    place.run("export", manifest, "--to", "yolo", place.folder / "none", expect=1)
    assert not (place.folder / "none").exists(), "pictures that are not found stop an export"


def test_export_of_a_manifest_beside_another_order(place):
    """What stands against it is the list of the YOLO set, not that of the job which is exported."""
    manifest = place.set / "job/manifests/output/output.manifest"
    text = place.run("export", manifest, place.yolo, "--to", "yolo", place.folder / "out", expect=1).stdout.decode()
    assert "yolo/data.yaml lists the names in another order than the labelling job that is exported." in text, text
    assert "output.manifest lists" not in text, text


def test_export_into_the_set(place):
    before = content(place.set)
    for inside in "yolo/out", "yolo/labels/out", "yolo", "out":
        done = place.run("export", place.set, "--to", "yolo", place.set / inside, "--with-errors", expect=3)
        assert b"inside the data set that is open" in done.stderr, done.stderr
    done = place.run("export", "data.yaml", "--to", "yolo", "out", "--with-errors", expect=3, cwd=place.yolo)
    assert b"inside the data set that is open" in done.stderr, done.stderr
    same(content(place.set), before)


def test_export_with_errors(place):
    answer = place.json("export", place.set, "--to", "yolo", place.folder / "out", "--with-errors", "--order",
                        place.set / "job/annotation-tool/data.json", expect=1)
    same(answer["written"], True)
    assert any("9" in sentence for sentence in answer["left_out"]), answer


def test_render(place):
    picture = place.folder / "a.png"
    place.run("render", place.set, "--image", "a.png", "-o", picture, expect=0)
    data = picture.read_bytes()
    same((data[:8], struct.unpack(">II", data[16:24])), (b"\x89PNG\r\n\x1a\n", (100, 80)))
    assert data != (place.yolo / "images/train/a.png").read_bytes()
    place.run("render", place.set, "--image", "yolo/images/val/g.png", "-o", picture, expect=0)
    place.run("render", place.set, "--image", "nothing.png", "-o", picture, expect=3)
    place.run("render", place.set, "--image", "a.png", "-o", picture, "--frame", "sideways", expect=2)


def test_rules(place):
    rules = json.loads(place.run("rules", "--format", "json", expect=0).stdout)["rules"]
    ids = [rule["id"] for rule in rules]
    assert len(ids) == len(set(ids)) >= 50, len(ids)
    for rule in rules:
        assert rule["title"] and rule["why"] and rule["example"], rule
        page = place.run("rules", rule["id"], expect=0).stdout.decode()
        assert page.startswith(rule["id"]) and rule["why"] in page, rule["id"]
        if rule["safe_when"]:
            assert rule["safe_when"] in page and "Look before" not in page, page
    # Its case A runs unattended: the page says so.
    assert "may run unattended" in place.run("rules", "order/sorted").stdout.decode()
    listed = place.run("rules", expect=0).stdout.decode()
    same([line.split()[0] for line in listed.splitlines()], ids)


def test_help_and_version(place):
    assert re.match(rb"labelproof \d+\.\d+", place.run("--version", expect=0).stdout)
    helped = place.run("--help", expect=0).stdout.decode()
    for command in ("check", "compare", "fix", "undo", "export", "render", "rules"):
        assert "labelproof " + command in helped
        assert b"Usage" in place.run(command, "--help", expect=0).stdout
    same(place.run(expect=2).stdout.decode(), helped)


def test_without_a_window(place):
    """Copied alone, the program finds no window beside itself."""
    alone = place.folder / "alone"
    alone.mkdir()
    program = shutil.copy(PROGRAM, alone / "labelproof")
    done = subprocess.run([program, str(place.set)], capture_output=True, env=dict(os.environ, DISPLAY="", WAYLAND_DISPLAY=""))
    if done.returncode != 3:
        raise Skip("a window is installed on this machine")
    same(len(done.stderr.splitlines()), 1)


run_tests(globals())
