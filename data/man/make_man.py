#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The manual pages, from what the program says of itself: make_man.py PROGRAM LOCALEDIR METAINFO LANGUAGE PAGE

PAGE is labelproof.1 (from --help of every command) or labelproof-rules.7 (from the rule table). LANGUAGE is en, or one of
LOCALEDIR. The date is that of the newest release in METAINFO."""
import gettext
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

program, localedir, metainfo, language, page = sys.argv[1:]
_ = (gettext.NullTranslations() if language == "en" else
     gettext.translation("labelproof", localedir, [language])).gettext


def speaking(folder):
    """Variables with which the program speaks the language. A C library from 2.38 on heeds LANGUAGE only in a real
    locale, and none need be installed: one is made."""
    variables = dict(os.environ, LC_ALL="C.UTF-8", LANGUAGE=language, LABELPROOF_LOCALEDIR=localedir,
                     ASAN_OPTIONS="detect_leaks=0")
    if language != "en":
        subprocess.run(["localedef", "-i", "en_US", "-f", "UTF-8", folder + "/en_US.UTF-8"], check=True)
        variables.update(LC_ALL="en_US.UTF-8", LOCPATH=folder)
    return variables


def say(*arguments):
    return subprocess.run([program, *arguments], env=environment, check=True, capture_output=True, text=True,
                          encoding="utf-8").stdout


# ---- roff ----

def text(words):
    """A paragraph: one sentence after the other, nothing in it is a request."""
    words = words.replace("\\", "\\e").replace("-", "\\-").replace("`", "\\(ga").replace("^", "\\(ha").replace("~", "\\(ti")
    return "\n".join("\\&" + line if line[:1] in ".'" else line for line in words.split("\n"))


def section(heading):
    return ".SH " + text(heading)


def item(term, words):
    return ".TP\n.B %s\n%s" % (text(term), text(words))


def header(name, number):
    version = say("--version").split()[-1]
    date = re.search(r'<release [^>]*date="([0-9-]+)"', pathlib.Path(metainfo).read_text(encoding="utf-8")).group(1)
    return '.TH %s %s "%s" "labelproof %s"' % (name, number, date, version)


# ---- labelproof(1) ----

def commands():
    """(name, arguments, summary) of each command, in the order of --help."""
    found = re.findall(r"^  labelproof ([a-z]+) (.*)\n      (.*)$", say("--help"), re.M)
    assert found
    return found


def options(command):
    """(option, what it means) of each option of a command but --help."""
    found = re.findall(r"^  ((?:-\w, )?--\S+)  +(.*)$", say(command, "--help"), re.M)
    return [(option, meaning) for option, meaning in found if not option.endswith("--help")]


def main_page():
    rows = commands()
    every = [set(options(name)) for name, _arguments, _summary in rows if len(options(name)) > 5]
    shared = set.intersection(*every)
    out = [header("labelproof", 1), section(_("NAME")), "labelproof \\- " + text(_("prove object-detection labels right")),
           section(_("SYNOPSIS")), ".B labelproof\n" + text("PATH…")]
    out += [".br\n.B labelproof %s\n%s" % (name, text(arguments)) for name, arguments, _summary in rows]
    out += [section(_("DESCRIPTION")),
            text(_("Labelproof opens pictures with their YOLO labels and the labelling job they came from, says what is wrong "
                   "and what a trainer would make of it, repairs it so that it can be taken back, and exports clean labels.")),
            ".PP", text(_("A PATH is a folder, a data.yaml, a names or list file, a manifest, or a picture. Several are compared "
                          "without being asked. Without a command the window opens."))]
    out.append(section(_("OPTIONS OF EVERY COMMAND THAT READS")))
    out += [item(*pair) for pair in options("check") if pair in shared]
    for name, arguments, summary in rows:
        own = [pair for pair in options(name) if pair not in shared]
        out += [section("%s %s" % (name, arguments)), text(summary)] + [item(*pair) for pair in own]
    out += [section(_("EXIT STATUS")),
            item("0", _("There is nothing to complain of.")),
            item("1", _("Something is wrong with the data, or was left out or carried along.")),
            item("2", _("The command was wrong.")),
            item("3", _("A path gives nothing to look at, or the output cannot be written.")),
            section(_("FILES")),
            item("$XDG_DATA_HOME/labelproof/", _("Noted steps and what is needed to take an Apply back, one file a data set.")),
            section(_("SEE ALSO")), ".BR labelproof\\-rules (7)"]
    return out


# ---- labelproof-rules(7) ----

def rules_page():
    rules = json.loads(say("rules", "--format", "json"))["rules"]
    out = [header("labelproof-rules", 7), section(_("NAME")), "labelproof\\-rules \\- " + text(_("every rule of Labelproof"))]
    family = None
    for rule in rules:
        if rule["id"].split("/")[0] != family:
            family = rule["id"].split("/")[0]
            out.append(section(family + "/"))
        _id, title, body = say("rules", rule["id"]).split("\n", 2)
        out += [".SS " + text(rule["id"]), text(title)]
        for block in body.strip("\n").split("\n\n"):
            heading, *lines = block.split("\n")
            out += [".PP", ".B " + text(heading), ".RS", text("\n".join(line.strip() for line in lines)), ".RE"]
    out += [section(_("SEE ALSO")), ".BR labelproof (1)"]
    return out


with tempfile.TemporaryDirectory() as locales:
    environment = speaking(locales)
    lines = "\n".join(main_page() if page == "labelproof.1" else rules_page())
if text(_("Is it right?" if page == "labelproof.1" else "Why it matters")) not in lines:
    sys.exit("labelproof does not speak “%s”" % language)
sys.stdout.reconfigure(encoding="utf-8")
print(lines)
