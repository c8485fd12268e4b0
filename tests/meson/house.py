#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""House rules that a machine can read: house.py CHECK SOURCE_ROOT

  layout        clang-format 14 would change nothing
  licences      one SPDX line near the top of every source file
  calls         calls that harm data or trust text (see CONTRIBUTING)
  names         core: a header is lp-x.h, its source x.c, its test program test-x.c
  words         every file with translatable words is in po/POTFILES, and nothing there is gone
  translations  Japanese is complete and its placeholders fit"""
import pathlib
import re
import shutil
import subprocess
import sys

root = pathlib.Path(sys.argv[2])
FOLDERS = ("src", "tests", "data", "build-aux", "ui")


def files(*patterns):
    return sorted(p for folder in FOLDERS for pattern in patterns for p in (root / folder).rglob(pattern)
                  if p.is_file() and "/input/" not in str(p) and "/fixed/" not in str(p))


def layout():
    program = shutil.which("clang-format-14") or shutil.which("clang-format")
    done = subprocess.run([program, "--dry-run", "-Werror", *files("*.c", "*.h")], capture_output=True, text=True, cwd=root)
    return done.stderr.splitlines()[:20] if done.returncode else []


def licences():
    return ["%s: no SPDX line" % p.relative_to(root) for p in files("*.c", "*.h", "*.py", "*.ui", "*.css", "*.sh")
            if "SPDX-License-Identifier: GPL-3.0-or-later" not in "".join(p.open(encoding="utf-8").readlines()[:4])]


BANNED = [
    (r"\bg_file_(replace\w*|set_contents\w*)\s*\(", ()),
    (r"\bgdk_texture_new_from_(file|filename)\s*\(", ()),
    (r"\bgtk_label_set_markup\s*\(", ()),
    (r"\b(system|popen|atof|strtod|sscanf)\s*\(", ()),
    (r"\bgoto\b", ()),
    (r"\bgdk_pixbuf_", ("decoder",)),
    (r"\bjpeg_|\bpng_", ("decoder",)),
    (r"\bjson_parser_", ("session", "edit", "report", "app", "cli")),
    (r"\b(TODO|FIXME|XXX|HACK)\b", ()),
]


def calls():
    wrong = []
    for path in sorted((root / "src").rglob("*.[ch]")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            code = re.sub(r'"(\\.|[^"\\])*"', '""', line)
            for pattern, allowed in BANNED:
                if re.search(pattern, code) and not set(allowed) & set(path.parts):
                    wrong.append("%s:%d: %s" % (path.relative_to(root), number, line.strip()))
    return wrong


# Proved by the fixtures of tests/rules, by tests/core/draw/test-draw.c, or by tests/core/picture/test-decoder.c.
PROVED_ELSEWHERE = {"check/box-size.c", "check/class.c", "check/class-name.c", "check/class-use.c", "check/csv.c",
                    "check/dataset.c", "check/dataset-pairs.c", "check/duplicate.c", "check/image.c",
                    "check/image-file.c", "check/label.c", "check/label-form.c", "check/label-shape.c",
                    "check/manifest.c", "draw/boxes.c", "draw/chips.c", "draw/palette.c", "draw/severity.c",
                    "picture/decoder-helper.c"}


def names():
    core, wrong = root / "src/core", []
    for path in sorted(core.rglob("*.[ch]")):
        name = path.relative_to(core)
        if (path.suffix == ".h") != path.name.startswith("lp-"):
            wrong.append("src/core/%s: a header is called lp-x.h, a source x.c" % name)
        test = root / "tests/core" / name.with_name("test-%s" % name.name)
        if path.suffix == ".c" and str(name) not in PROVED_ELSEWHERE and not test.exists():
            wrong.append("src/core/%s has no test program %s" % (name, test.relative_to(root)))
    return wrong


def words():
    listed = [l for l in (root / "po/POTFILES").read_text().splitlines() if l and l[0] != "#"]
    wrong = ["po/POTFILES names %s, which is gone" % l for l in listed if not (root / l).exists()]
    for path in files("*.c", "*.h", "*.ui"):
        name = str(path.relative_to(root))
        if name.startswith("tests/") or name in listed:
            continue
        if re.search(r'\b(N?C?_|n?gettext) \(|translatable="(yes|true|1)"', path.read_text(encoding="utf-8")):
            wrong.append("%s has words and is not in po/POTFILES" % name)
    return wrong


def translations():
    wrong = []
    pot = subprocess.run(["xgettext", "--from-code=UTF-8", "--files-from=po/POTFILES", "--directory=.", "-o", "-",
                          "--keyword=_", "--keyword=N_", "--keyword=C_:1c,2", "--keyword=NC_:1c,2",
                          "--keyword=g_dngettext:2,3", "--keyword=ngettext:1,2"],
                         capture_output=True, cwd=root)
    if pot.returncode:
        return pot.stderr.decode().splitlines()
    for language in (root / "po/LINGUAS").read_text().split():
        po = "po/%s.po" % language
        check = subprocess.run(["msgfmt", "--check", "-o", "/dev/null", po], capture_output=True, text=True, cwd=root)
        wrong += check.stderr.splitlines() if check.returncode else []
        merged = subprocess.run(["msgmerge", "--quiet", "--no-fuzzy-matching", "-o", "-", po, "-"], input=pot.stdout,
                                capture_output=True, cwd=root).stdout
        for kind in ("--untranslated", "--only-fuzzy"):
            left = subprocess.run(["msgattrib", kind, "--no-obsolete", "-"], input=merged, capture_output=True).stdout
            wrong += ["%s: %s" % (po, m) for m in re.findall(r'^msgid "(.+)', left.decode(), re.M)]
            # Long messages begin on the next line.
            wrong += ["%s: %s" % (po, m) for m in re.findall(r'^msgid ""\n"(.+)', left.decode(), re.M)
                      if not m.startswith(("Project-Id", "#"))]
    return wrong


wrong = {"layout": layout, "licences": licences, "calls": calls, "names": names, "words": words,
         "translations": translations}[sys.argv[1]]()
print("\n".join(wrong))
sys.exit(1 if wrong else 0)
