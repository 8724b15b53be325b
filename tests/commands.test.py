# SPDX-License-Identifier: Apache-2.0
"""What every command says to its words: exit status, which stream, which text. Wrong words are 2
before any data folder is looked at; --help needs none; what cannot be done is 1, with a reason."""
import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "lib"))
from visitor import Tap, free_port, program  # noqa: E402

# words, exit status, stream, a text in it. NOWHERE is a folder that does not exist, DATA one that
# init has made, HALF a folder that is none of ours.
WORDS = [
    ("--version", 0, "out", "motcua "),
    ("--help", 0, "out", "motcua COMMAND --help"),
    ("-h", 0, "out", "motcua COMMAND --help"),
    ("", 2, "err", "motcua COMMAND --help"),
    ("fly", 2, "err", "motcua COMMAND --help"),
    ("--version now", 2, "err", "motcua COMMAND --help"),

    ("init --help", 0, "out", "usage: motcua init [--demo]"),
    ("init --data NOWHERE --listen 1", 2, "err", "--listen means nothing here"),
    ("init --data", 2, "err", "--data needs a value"),
    ("init --data --demo", 2, "err", "--data needs a value"),
    ("init --data=", 2, "err", "--data needs a value"),
    ("init --demo=yes --data NOWHERE", 2, "err", "--demo takes no value"),
    ("init --data NOWHERE now", 2, "err", "now is not understood"),
    ("init --data NOWHERE/in/nowhere", 1, "err", "No such file"),
    ("init --data NOWHERE --database mysql:x", 1, "err", "no database engine is called mysql"),
    ("init --data DATA", 1, "err", "in use already"),
    ("init --demo --data DATA", 1, "err", "in use already"),

    ("serve --help", 0, "out", "usage: motcua serve --data DIR"),
    ("serve --demo --data NOWHERE", 2, "err", "--demo means nothing here"),
    ("serve --data NOWHERE --listen", 2, "err", "--listen needs a value"),
    ("serve NOWHERE", 2, "err", "is not understood"),
    ("serve --data NOWHERE", 1, "err", "no data folder at NOWHERE"),
    ("serve --data HALF", 1, "err", "it has no motcua.conf"),
    ("serve --data DATA --listen 127.0.0.1:99999", 1, "err", "from 0 to 65535"),
    ("serve --data DATA --listen 8080", 1, "err", "write [::]:8080"),

    ("migrate --help", 0, "out", "usage: motcua migrate --data DIR"),
    ("migrate --listen 1 --data NOWHERE", 2, "err", "--listen means nothing here"),
    ("migrate --database x --data NOWHERE", 2, "err", "--database means nothing here"),
    ("migrate --data NOWHERE", 1, "err", "no data folder at NOWHERE"),
    ("migrate --data HALF", 1, "err", "it has no motcua.conf"),
    ("migrate --data DATA", 0, "out", "0 migrations applied"),

    ("routes --help", 0, "out", "usage: motcua routes"),
    ("routes --data NOWHERE", 0, "out", "/healthz"),
    ("routes all", 2, "err", "all is not understood"),
    ("routes", 0, "out", "/thu-tuc"),

    ("import --help", 0, "out", "usage: motcua import catalogue|units|starter"),
    ("import --data NOWHERE", 2, "err", "usage: motcua import"),
    ("import wares HALF --data NOWHERE", 2, "err", "usage: motcua import"),
    ("import units HALF --demo --data NOWHERE", 2, "err", "--demo means nothing here"),
    ("import units HALF --data NOWHERE", 1, "err", "no data folder at NOWHERE"),
    ("import units NOWHERE --data DATA", 1, "err", "nothing was imported"),

    ("search --help", 0, "out", "usage: motcua search"),
    ("search --data NOWHERE", 2, "err", "usage: motcua search"),
    ("search khai sinh --loud --data NOWHERE", 2, "err", "usage: motcua search"),
    ("search khai sinh --data NOWHERE", 1, "err", "no data folder at NOWHERE"),
    ("search khai sinh --data DATA", 0, "out", "1.001193\t"),
    ("search --limit 1 khai sinh --data DATA", 0, "out", "\t"),
    ("search --limit 0 khai sinh --data DATA", 2, "err", "usage: motcua search"),
    ("search khai sinh --data DATA --limit", 2, "err", "usage: motcua search"),

    ("deadline --help", 0, "out", "usage: motcua deadline"),
    ("deadline --data NOWHERE", 2, "err", "usage: motcua deadline"),
    ("deadline --received 2026-11-23T09:00 --limit soon", 2, "err", "usage: motcua deadline"),
    ("deadline --received 2026-11-23T09:00 --limit 3wd --agency H99", 2, "err", "--agency needs"),
    ("deadline --received 2026-11-23T09:00 --limit 3wd --data NOWHERE", 1, "err", "no data folder"),
    ("deadline --received 2026-11-23T09:00 --limit 3wd", 0, "out", "2026-11-27"),
    ("deadline --received 2026-11-23T09:00 --limit 3wd --data DATA", 0, "out", "2026-11-27"),

    ("lunar --help", 0, "out", "usage: motcua lunar YEAR"),
    ("lunar 1", 2, "err", "usage: motcua lunar YEAR"),
    ("lunar 2030 --data NOWHERE", 0, "out", "2030-02-02"),
    ("lunar 2030", 0, "out", "2030-02-02"),

    ("logic --help", 0, "out", "usage: motcua logic"),
    ("logic --data NOWHERE", 2, "err", "--data means nothing here"),
    ("logic", 0, "out", ""),

    ("user --help", 0, "out", "usage: motcua user add"),
    ("user fly --data NOWHERE", 2, "err", "usage: motcua user add"),
    ("user add --role king x --data NOWHERE", 2, "err", "usage: motcua user add"),
    ("user lock --role clerk x --data NOWHERE", 2, "err", "usage: motcua user add"),
    ("user list --data NOWHERE", 1, "err", "no data folder at NOWHERE"),
    ("user list --data DATA", 0, "out", ""),
    ("user list --role bogus --data NOWHERE", 2, "err", "usage: motcua user add"),

    ("audit --help", 0, "out", "usage: motcua audit verify"),
    ("audit --data NOWHERE", 2, "err", "usage: motcua audit verify"),
    ("audit verify --against --data NOWHERE", 2, "err", "usage: motcua audit verify"),
    ("audit verify --loud --data NOWHERE", 2, "err", "usage: motcua audit verify"),
    ("audit verify --data NOWHERE", 1, "err", "no data folder at NOWHERE"),
    ("audit verify --data DATA", 0, "out", "intact"),
]

# text of motcua.conf, what is said of it after its name
FAULTS = [
    ("[http]\nworkers = 4\nwindows = 4\n", ":3: [http] windows: unknown key"),
    ("[http]\nworkers = many\n", ':2: [http] workers: "many" does not fit'),
    ("[http]\n\nworkers = 1001\n", ':3: [http] workers: "1001" does not fit'),
    ("[mail]\nstart_tls = maybe\n", ':2: [mail] start_tls: "maybe" does not fit'),
    ("[site]\nowner = A ; B\n", ":2: a comment stands on a line of its own"),
    ("[site] ; the footer\n", ":1: a comment stands on a line of its own"),
    ("[site]\nowner = A\n  phone = B\n", ":3: a line does not begin with a space"),
    ("[site]\nowner\n", ":2: not a line of a configuration"),
    ("[site]\nowner = " + "x" * 200 + "\n", ":2: a line has at most 198 bytes"),
    ("[site\n", ":1: not a line of a configuration"),
    ("[colours]\nred = yes\n[http]\nworkers = many\n", ":2: [colours] red: unknown key"),
]
GOOD = "; a comment\n# another\n\n[site]\nowner = A;B\nphone = 1900 0000\n[http]\nworkers = 2\n"


class Words:
    """Runs the program in a folder of the test's own; the capital words stand for folders in it."""

    def __init__(self, folder):
        self.folder = folder
        self.places = {name: os.path.join(folder, name.lower() + " folder")
                       for name in ("NOWHERE", "DATA", "HALF")}
        os.mkdir(self.places["HALF"])
        self.run("init --data DATA")

    def fill(self, text):
        for name, place in self.places.items():
            text = text.replace(name, place)
        return text

    def run(self, line, **more):
        return subprocess.run([os.path.abspath(program()), *map(self.fill, line.split())], text=True, timeout=60,
                              stdin=subprocess.DEVNULL, **{"capture_output": True, **more})


def check_words(tap, words):
    for line, status, stream, text in WORDS:
        done = words.run(line)
        said, other = ((done.stdout, done.stderr) if stream == "out" else
                       (done.stderr, done.stdout))
        good = done.returncode == status and words.fill(text) in said and not other
        tap.point(good, f"motcua {line}: {status}, on std{stream}", done)
    tap.point(not os.path.exists(words.places["NOWHERE"]), "none of them has made a folder")


FORM = {
    "code": "9.000001", "name": "N", "sector": "G15-TP07",
    "form": {"title": "T", "declaration": "D", "pages": [{"id": "p", "title": "P", "fields": [
        {"id": "a", "kind": "text", "label": "A", "required": True, "error": "E"}]}]},
    "samples": [{"name": "one", "answers": {"a": "x"}, "expect": {}},
                {"name": "two", "answers": {"a": "y"}, "expect": {}},
                {"name": "none", "answers": {}, "expect": {"errors": ["a"]}}]}


def with_form(words, **members):
    """A file of the procedure above with these members; None takes one away."""
    whole = {key: value for key, value in {**FORM, **members}.items() if value is not None}
    path = pathlib.Path(words.folder) / "form.json"
    path.write_text(json.dumps(whole), encoding="utf-8")
    return str(path)


def check_forms(tap, words):
    done = words.run(f"form test {with_form(words)}")
    tap.point(done.returncode == 0 and "3 samples, 0 came out otherwise" in done.stdout,
              "samples that come out are 0", done)
    for few in (None, FORM["samples"][1:], FORM["samples"][:2] * 2):
        done = words.run(f"form test {with_form(words, samples=few)}")
        tap.point(done.returncode == 1 and
                  "samples: at least three, one of them with errors" in done.stderr,
                  "samples that are too few to publish are 1, and it is said", done)


def check_folder_of_procedures(tap, words):
    folder = pathlib.Path(words.folder) / "procedures of mine"
    folder.mkdir()
    (folder / "notes.tsv").write_text("a\tb\n", encoding="utf-8")

    def take():
        return subprocess.run([os.path.abspath(program()), "import", "starter", "--data",
                               words.places["DATA"], str(folder)], capture_output=True, text=True)

    done = take()
    tap.point(done.returncode == 1 and "no procedure" in done.stderr,
              "a folder with nothing of ours is refused", done)
    lists = {"title": "T", "declaration": "D", "pages": [{"id": "p", "title": "P", "fields": [
        {"id": "a", "kind": "one", "list": "zz", "label": "A", "required": True}]}]}
    (folder / "9.000001.json").write_text(json.dumps({**FORM, "form": lists}), encoding="utf-8")
    done = take()
    tap.point(done.returncode == 1 and
              '9.000001.json:1: form.pages[0].fields[0].list: no code list "zz"' in done.stderr,
              "a procedure that lies in the folder itself is read, and what is wrong is said", done)
    (folder / "9.000001.json").write_text(json.dumps(FORM), encoding="utf-8")
    done = take()
    tap.point(done.returncode == 0 and "1 read, 1 written" in done.stdout, "a right one is taken",
              done)
    done = take()
    tap.point(done.returncode == 0 and "nothing changed" in done.stdout, "once", done)
    check_published_by_office(tap, words, folder, take)


def check_published_by_office(tap, words, folder, take):
    """As the builder leaves it: another version, and a row that says who published it."""
    path = folder / "9.000001.json"
    with contextlib.closing(sqlite3.connect(f"{words.places['DATA']}/motcua.db")) as base:
        base.execute(
            "INSERT INTO procedure_version (code, version, valid_from, name, name_en, sector,"
            " promulgator, executing, levels, service_level, fee_least, limit_code, online,"
            " definition, sha256, created_at) SELECT code, 2, valid_from, name, name_en, sector,"
            " promulgator, executing, levels, service_level, fee_least, limit_code, online,"
            " definition || ' ', 'x', created_at FROM procedure_version WHERE code = '9.000001'")
        base.execute(
            "INSERT INTO builder_publication SELECT id, code, 'an', 1, '1', 1, 'T'"
            " FROM procedure_version WHERE code = '9.000001' AND version = 2")
        base.commit()
    (folder / "9.000002.json").write_text(json.dumps({**FORM, "code": "9.000002"}))
    done = take()
    tap.point(done.returncode == 0 and "2 read, 1 written, 1 kept" in done.stdout and
              "9.000001.json: unchanged; what the office published since stays" in done.stderr,
              "a file that the office went on from is passed over, the others are taken", done)
    path.write_text(json.dumps({**FORM, "name": "M"}))
    done = take()
    tap.point(done.returncode == 1 and "9.000001.json:1: the office has published" in done.stderr,
              "a changed one is refused, and it is said where it goes in", done)
    path.write_text(json.dumps({**FORM, "name": "M", "based_on": 2}))
    done = take()
    tap.point(done.returncode == 0 and "1 written" in done.stdout,
              "one that is based on the office's version is taken", done)


def check_config(tap, words):
    path = os.path.join(words.places["HALF"], "motcua.conf")
    for text, fault in FAULTS:
        pathlib.Path(path).write_text(text, encoding="utf-8")
        done = words.run("migrate --data HALF")
        tap.point(done.returncode == 1 and done.stderr == f"motcua: {path}{fault}\n"
                  or fault.endswith("its own") and path + fault in done.stderr,
                  f"a configuration is refused with {fault}", done)
    tap.point(os.listdir(words.places["HALF"]) == ["motcua.conf"],
              "a refused configuration makes no database")
    pathlib.Path(path).write_text(GOOD, encoding="utf-8")
    tap.point(words.run("migrate --data HALF").returncode == 0,
              "comments, empty lines and a ; within a word are taken")
    os.remove(path)
    os.mkdir(path)
    done = words.run("migrate --data HALF")
    tap.point(done.returncode == 1 and "not a file" in done.stderr,
              "a configuration that cannot be read is not taken for the defaults", done)


def check_output(tap, words):
    for line in ("--version", "--help", "init --help", "user --help", "routes",
                 "search khai sinh --data DATA", "audit verify --data DATA"):
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = words.run(line, capture_output=False, stdout=full, stderr=subprocess.PIPE)
        tap.point(done.returncode == 1 and "standard output" in done.stderr,
                  f"motcua {line} on a full disk: 1", done)


def check_reader_that_leaves(tap, words):
    """motcua … | head"""
    for line in ("search dang ky --data DATA", "routes", "audit list --data DATA", "--help"):
        reads, writes = os.pipe()
        os.close(reads)
        done = words.run(line, capture_output=False, stdout=writes, stderr=subprocess.PIPE)
        os.close(writes)
        tap.point(done.returncode == 0 and not done.stderr,
                  f"motcua {line}: whoever reads may stop reading", done)
    found = words.run("search thu tuc dang ky --data DATA").stdout.splitlines()
    first = words.run("search --limit 2 thu tuc dang ky --data DATA").stdout.splitlines()
    tap.point(len(found) > 2 and first == found[:2], "--limit is the first lines of all", found)


def check_init(tap, words):
    data = words.places["DATA"]
    for more in ("", "--demo "):
        line = [program(), "init", *more.split(), "--data", words.places["NOWHERE"], "--database",
                f"sqlite:{data}/motcua.db"]
        done = subprocess.run(line, capture_output=True, text=True)
        tap.point(done.returncode == 1 and "not empty" in done.stderr and
                  not os.path.exists(words.places["NOWHERE"]) and
                  os.path.exists(f"{data}/motcua.db"),
                  f"init {more}does not touch a database that is in use, and leaves nothing", done)
    tap.point(words.run("user list --data DATA").stdout == "",
              "nobody with a public password came into it")
    os.mkdir(words.places["NOWHERE"])
    tap.point(words.run("init --data NOWHERE --database mysql:x").returncode == 1 and
              os.listdir(words.places["NOWHERE"]) == [], "a failed init leaves a folder as it was")
    done = words.run("init --data NOWHERE")
    tap.point(done.returncode == 0, "so it can be tried again", done)
    shutil.rmtree(words.places["NOWHERE"])


def check_interrupted_init(tap, words):
    whole = none = 0
    for wait in range(0, 200, 20):
        made = subprocess.Popen([program(), "init", "--demo", "--data", words.places["NOWHERE"]],
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(wait / 1000)
        made.send_signal(signal.SIGINT if wait % 40 else signal.SIGTERM)
        made.wait(30)
        if os.path.exists(words.places["NOWHERE"]):
            whole += words.run("audit verify --data NOWHERE").returncode == 0
            shutil.rmtree(words.places["NOWHERE"])
        else:
            none += 1
    tap.point(whole + none == 10, f"an interrupted init leaves all ({whole}) or nothing ({none})")


def check_make_run(tap, words):
    """make run, without the building: in a folder whose name has a space, beside two that the shell
    would make of that name."""
    folder = pathlib.Path(words.folder)
    for name in ("my", "data"):
        (folder / name).mkdir(exist_ok=True)
        (folder / name / "kept").write_text("x")
    (folder / "my data").mkdir()
    build = pathlib.Path(program()).resolve().parent
    port = free_port()
    with open(folder / "make.log", "w", encoding="utf-8") as log:
        make = subprocess.Popen(
            ["make", "-C", str(ROOT), "-o", "build", "run", f"BUILD={build}", f"PORT={port}",
             f"DATA={folder}/my data"], stdout=log, stderr=log, start_new_session=True)
        for _ in range(400):
            if "serve.started" in (folder / "make.log").read_text() or make.poll() is not None:
                break
            time.sleep(0.05)
        os.killpg(make.pid, signal.SIGINT)
        make.wait(30)
    log = (folder / "make.log").read_text()
    tap.point("serve.started" in log and f":{port}" in log and
              (folder / "my data" / "motcua.conf").exists(),
              "make run makes its demonstration in a folder that exists but is empty", log)
    tap.point((folder / "my" / "kept").exists() and (folder / "data" / "kept").exists(),
              "and a space in its name leads it to no other folder")


def packages_of(executable):
    """The Debian packages of the libraries that it names."""
    said = subprocess.run(["objdump", "-p", executable], capture_output=True, text=True, check=True)
    needed = re.findall(r"NEEDED\s+(\S+)", said.stdout)
    known = subprocess.run(["ldconfig", "-p"], capture_output=True, text=True, check=True).stdout
    paths = [os.path.realpath(m[1]) for name in needed
             if (m := re.search(rf"^\s*{re.escape(name)} .* => (\S+)", known, re.M))]
    said = subprocess.run(["dpkg", "-S", *paths], capture_output=True, text=True).stdout
    return {line.split(":")[0] for line in said.splitlines()}


def check_packages(tap, words):
    sentence = "a machine that only serves is given every library that the program links"
    if not all(map(shutil.which, ("dpkg", "objdump", "ldconfig"))):
        tap.skip(sentence, "no dpkg or objdump here")
        return
    listed = (ROOT / "ops" / "packages.debian").read_text(encoding="utf-8")
    listed = re.findall(r"^([\w.+-]+)", listed.split("[run]")[1].split("\n[")[0], re.M)
    linked = packages_of(program()) | packages_of(f"{program()}-inspect")
    # The C library is there, and sanitizers come with the compiler.
    missing = [name for name in linked - set(listed)
               if not re.match(r"lib(c6|asan|ubsan|gcc-s|stdc)", name)]
    tap.point(len(linked) > 10 and not missing, sentence, f"{missing} of {linked}")


def main():
    tap = Tap()
    folder = tempfile.mkdtemp(prefix="motcua-words-")
    try:
        words = Words(folder)
        for check in (check_words, check_forms, check_folder_of_procedures, check_config,
                      check_output, check_reader_that_leaves, check_init,
                      check_interrupted_init, check_packages, check_make_run):
            check(tap, words)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return tap.end()


sys.exit(main())
