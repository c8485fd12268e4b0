#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Both programs in Japanese: the words are found at run time, and no English sentence is left between them."""
import json
import os
import re
import subprocess
import sys

from desktop import GLib, Window, wait_for, walk
from tap import main

EXAMPLE = os.environ["LP_EXAMPLE"]
LABELPROOF = os.environ["LP_LABELPROOF"]
PAGES = {"overview": "概要", "problems": "問題", "labels": "ラベル", "images": "画像"}
VERDICT = "まだ書き出せません：ラベルの順序がラベリングジョブと違います"

JAPANESE = re.compile("[ぁ-んァ-ヶ一-龥]")
ENGLISH = re.compile(r"[a-zA-Z’']+(?: [a-zA-Z’']+){2,}")  # three words in a row: no id, no file, no number
NAMES = ("SageMaker Ground Truth", "Ultralytics YOLO")


def english_in(text):
    for name in NAMES:
        text = text.replace(name, "")
    return [found for found in ENGLISH.findall(text) if not re.search("[A-Z]{4}", found)]  # DEST, PATH: as one types it


def say(*words):
    done = subprocess.run([LABELPROOF, *words], capture_output=True, encoding="utf-8")
    return done.returncode, done.stdout + done.stderr


def test_a_missing_translation_would_be_seen():
    assert english_in("Nothing is changed on disk.") and english_in("Ready to export: nothing wrong was found.")
    assert not english_in("data.yaml · output.manifest (orientation 6), SageMaker Ground Truth, order/sorted")


def test_each_page_of_the_window():
    with Window(EXAMPLE) as window:
        window.wait_loaded()
        window.find("label|heading", VERDICT)
        for page, title in PAGES.items():
            window.activate("win.page", GLib.Variant("s", page))
            window.wait_state("win.page", page)
            window.find("label", title)
            # The name of every thing, seen or only heard, in the menus that are not open too.
            names = wait_for("the words of " + page, lambda: [one.get_name() or "" for one in walk(window.application)])
            left = [found for name in names for found in english_in(name)]
            assert not left, (page, left)
            assert sum(bool(JAPANESE.search(name)) for name in names) > 10, (page, names)


def test_words_of_a_counted_thing():
    with Window(EXAMPLE) as window:
        window.wait_loaded()
        window.activate("win.use-order", GLib.Variant("s", "names"))
        window.find("push button", "1 件の修正を適用…")


def test_report_of_the_command_line():
    status, text = say("check", EXAMPLE)
    assert status == 1 and text.startswith(VERDICT), text
    assert "エラー" in text and "調べた範囲" in text, text
    assert not [line for line in text.splitlines() if english_in(line)], text


def test_help_and_rules():
    for words in (["--help"], ["check", "--help"], ["fix", "--help"], ["export", "--help"], ["rules"]):
        _, text = say(*words)
        left = [found for line in text.splitlines() for found in english_in(line)]
        assert JAPANESE.search(text) and not left, (words, left)


def test_what_a_program_reads_is_not_translated():
    _, text = say("check", EXAMPLE, "--format", "json")
    answer = json.loads(text)
    assert {finding["severity"] for finding in answer["findings"]} <= {"error", "warning", "info"}
    assert "order/sorted" in {finding["rule"] for finding in answer["findings"]}


if os.environ.get("LANG", "C").startswith("C"):
    print("1..0 # SKIP no locale can be made here")
    sys.exit(0)
main(globals())
