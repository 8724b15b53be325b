# SPDX-License-Identifier: Apache-2.0
"""A language is one line of tr.h and one .po file: builds the pages with one that does not exist, and
looks whether anything else had to be told."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "lib"))
from visitor import Tap  # noqa: E402

LINE = "\tX(PSEUDO, xx, \"Pseudo\", ' ', ',') \\\n"
# What nobody builds here, and what is large.
LEFT = shutil.ignore_patterns("build", "build-*", ".git", "node_modules", "var")
# Whoever lists languages by hand: two of their codes or names beside each other.
BY_HAND = re.compile(r'"vi", *"en"|hreflang="(vi|en)"|"/en"|ENGLISH [?] S."en"')


def add_language(tree):
    path = tree / "src/view/tr.h"
    text = path.read_text(encoding="utf-8")
    begin = "#define TRANSLATIONS(X) \\\n"
    path.write_text(text.replace(begin, begin + LINE), encoding="utf-8")
    header, _, messages = (tree / "locale/en.po").read_text(encoding="utf-8").partition("\n\n")
    messages = re.sub(r'^(msgstr(?:\[\d\])? )"(?!")', r'\1"xx ', messages, flags=re.M)
    (tree / "locale/xx.po").write_text(f"{header}\n\n{messages}", encoding="utf-8")


def run(tree, *command):
    return subprocess.run(command, cwd=tree, capture_output=True, text=True)


def main():
    tap = Tap()
    by_hand = [str(path.relative_to(ROOT)) for path in sorted((ROOT / "src").rglob("*"))
               if path.suffix in (".c", ".h", ".html") and not path.stem.endswith("_test")
               and any(BY_HAND.search(line) for line in path.read_text(encoding="utf-8").splitlines()
                       if "/*" not in line)]
    tap.point(not by_hand, "no source lists the languages by itself", "\n".join(by_hand))
    with tempfile.TemporaryDirectory(prefix="motcua-languages-") as folder:
        tree = pathlib.Path(folder) / "tree"
        shutil.copytree(ROOT, tree, ignore=LEFT)
        add_language(tree)
        done = run(tree, "meson", "setup", "build", "-Dwerror=true", "-Doptimization=0")
        tap.point(done.returncode == 0, "a line and a .po file are all the build wants",
                  done.stdout[-2000:])
        built = run(tree, "ninja", "-C", "build", "src/view/view_test")
        tap.point(built.returncode == 0, "the pages are built with the third language",
                  built.stdout[-2000:])
        done = run(tree, os.path.join("build", "src/view/view_test"), "language")
        tap.point(built.returncode == 0 and done.returncode == 0 and "\nok 1" in done.stdout,
                  "they speak it, and lead to it from the others", done.stdout)
        done = run(tree, "sh", "tools/check_translations.sh", "build/tools", ".", "xx")
        tap.point(done.returncode == 0, "and its translations are checked like the first ones",
                  done.stdout[-2000:])
    return tap.end()


sys.exit(main())
