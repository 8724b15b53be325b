# SPDX-License-Identifier: Apache-2.0
"""Papers with nothing but the fonts that ops/packages.debian lists, with nothing but each other
family that the program knows, and with none at all: a machine that was set up by the guide must
not print boxes for letters, and one without fonts must say so at once."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "lib"))
from visitor import Server, Tap  # noqa: E402

BUILD = pathlib.Path(os.environ.get("MOTCUA_BUILD", ROOT / "build"))
# Programs, and which of their tests print papers.
PRINTERS = [("src/view/view_test", "paper"), ("src/dossier/dossier_test", "head of the slip")]


def listed():
    """The fonts among the packages that a machine which only serves is given."""
    text = (ROOT / "ops" / "packages.debian").read_text(encoding="utf-8")
    section = text.split("[run]")[1].split("\n[")[0]
    return re.findall(r"^(fonts-\S+)", section, re.M)


def folders_of(package):
    """Where an installed package has its fonts."""
    done = subprocess.run(["dpkg", "-L", package], capture_output=True, text=True)
    return sorted({os.path.dirname(line) for line in done.stdout.splitlines()
                   if line.endswith((".ttf", ".otf")) and os.path.exists(line)})


def seeing(folder, fonts):
    """An environment in which fontconfig sees these folders alone."""
    path = os.path.join(folder, "fonts.conf")
    with open(path, "w", encoding="utf-8") as file:
        file.write("<?xml version='1.0'?><fontconfig>" +
                   "".join(f"<dir>{font}</dir>" for font in fonts) +
                   f"<cachedir>{folder}/cache</cachedir></fontconfig>")
    return {"FONTCONFIG_FILE": path}


def printed(environment):
    """What went wrong with the papers."""
    wrong = ""
    for name, filter in PRINTERS:
        done = subprocess.run([BUILD / name, filter], capture_output=True, text=True,
                              env={**os.environ, **environment})
        if done.returncode != 0 or "\nok 1" not in "\n" + done.stdout:
            wrong += done.stdout + done.stderr
    return wrong


def main():
    tap = Tap()
    tap.point(listed(), "a machine that only serves is given fonts")
    with tempfile.TemporaryDirectory(prefix="motcua-letters-") as folder:
        for package in [*listed(), "fonts-dejavu-core", "fonts-noto-core"]:
            fonts = folders_of(package)
            name = f"with {package} alone the slip has all its letters, its head unbroken"
            if not fonts:
                tap.skip(name, f"{package} is not installed")
                continue
            wrong = printed(seeing(folder, fonts))
            tap.point(not wrong, name, wrong)
        empty = os.path.join(folder, "empty")
        os.mkdir(empty)
        with Server(environment=seeing(folder, [empty])) as server:
            # It serves first: looking for fonts takes a moment.
            for _ in range(200):
                if "papers.no-font" in server.log_text():
                    break
                time.sleep(0.05)
            tap.point("papers.no-font" in server.log_text(),
                      "without a font for papers the program says so when it starts",
                      server.log_text())
    return tap.end()


sys.exit(main())
