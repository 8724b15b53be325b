# SPDX-License-Identifier: Apache-2.0
"""A backup made under load is whole: restored, every receipt given before it began is there with
its paper, the books add up and the audit trail verifies. On both engines. And the samples that an
operator installs are accepted by the programs that they are for."""
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "lib"))
from books import Books  # noqa: E402
from citizen import Citizen, paper  # noqa: E402
from visitor import Server, Tap, program  # noqa: E402

POSTGRES = os.environ.get("MOTCUA_TEST_POSTGRES")


class Load(threading.Thread):
    """A citizen who applies again and again. receipts: (code, sha256 of the paper)."""

    def __init__(self, server, number, over):
        super().__init__(daemon=True)
        self.citizen = Citizen(server).register(f"sao-luu-{number}@example.vn")
        self.receipts, self.over, self.surprise = [], over, None

    def run(self):
        try:
            while not self.over.is_set():
                content = paper(os.urandom(3000).hex().encode())
                review = self.citizen.fill(self.citizen.begin(), content)
                code = self.citizen.receipt(self.citizen.submit(review))
                self.receipts.append((code, hashlib.sha256(content).hexdigest()))
        except Exception as surprise:  # told by the test
            self.surprise = repr(surprise)[:300]


def run(*command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def check_fresh(tap):
    """Nothing was ever served from it; one that is older than init's making of files/ has none."""
    with tempfile.TemporaryDirectory(prefix="motcua-backup-") as name:
        folder = pathlib.Path(name)
        made = run(program(), "init", "--data", folder / "plain")
        tap.point(made[0] == 0 and (folder / "plain" / "files").is_dir(),
                  "init makes the folder for papers", made)
        status, said = run(ROOT / "ops" / "backup", folder / "plain", folder / "copy")
        tap.point(status == 0, "a folder that was never served is backed up", said)
        status, said = run(ROOT / "ops" / "restore", folder / "copy", folder / "data")
        tap.point(status == 0, "and restored", said)
        shutil.rmtree(folder / "plain" / "files")
        status, said = run(ROOT / "ops" / "backup", folder / "plain", folder / "again")
        tap.point(status == 0, "as is one without any folder for papers", said)


def check_sqlite(tap):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="motcua-backup-"))
    over = threading.Event()
    with Server("\n[http]\nno_rate_limits = yes\n") as server:
        loads = [Load(server, number, over) for number in range(3)]
        for load in loads:
            load.start()
        while min(len(load.receipts) for load in loads) < 2 and all(
                load.is_alive() for load in loads):
            time.sleep(0.05)
        before = [receipt for load in loads for receipt in load.receipts]
        status, said = run(ROOT / "ops" / "backup", server.data, folder / "copy")
        tap.point(status == 0, "a backup is made while citizens submit", said)
        over.set()
        for load in loads:
            load.join(60)
        surprises = [load.surprise for load in loads if load.surprise]
        tap.point(not surprises, "nobody was disturbed by it", "\n".join(surprises))
    status, said = run(ROOT / "ops" / "restore", folder / "copy", folder / "data")
    tap.point(status == 0, "it is restored", said)
    with Books(str(folder / "data")) as books:
        faults = books.faults()
        for code, sha256 in before:
            faults += books.receipt_faults(code, sha256)
    tap.point(not faults, "every receipt of before is in it with its paper, and the books add up",
              "\n".join(faults))
    damaged = next(path for path in (folder / "copy" / "files").rglob("*") if path.is_file())
    damaged.write_bytes(damaged.read_bytes() + b"x")
    status, said = run(ROOT / "ops" / "restore", folder / "copy", folder / "other")
    tap.point(status == 1 and not (folder / "other").exists(),
              "a damaged backup is refused before anything is written", said)
    shutil.rmtree(folder)


def check_postgres(tap):
    if not POSTGRES or not shutil.which("pg_dump"):
        tap.skip("a backup of PostgreSQL is restored into an empty database",
                 "no PostgreSQL, or no pg_dump, here")
        return
    folder = pathlib.Path(tempfile.mkdtemp(prefix="motcua-backup-"))
    names = [f"backup_{os.getpid()}_{which}" for which in ("from", "into")]
    for name in names:
        run("psql", "-q", POSTGRES, "-c", f"CREATE DATABASE {name}")
    from_url, into_url = (POSTGRES.replace("/motcua?", f"/{name}?") for name in names)
    with Server(database=from_url) as server:
        citizen = Citizen(server).register("sao-luu@example.vn")
        code = citizen.receipt(citizen.submit(citizen.fill(citizen.begin(), paper(b"pg"))))
        status, said = run(ROOT / "ops" / "backup", server.data, folder / "copy")
    status_in, said_in = run(ROOT / "ops" / "restore", folder / "copy", folder / "data", into_url)
    _, found = run("psql", "-XAtc", "SELECT code FROM dossier", into_url)
    tap.point(status == 0 and status_in == 0 and code in found.split(),
              "a backup of PostgreSQL is restored into an empty database", said + said_in + found)
    for name in names:
        run("psql", "-q", POSTGRES, "-c", f"DROP DATABASE {name} WITH (FORCE)")
    shutil.rmtree(folder)


def check_samples(tap):
    sentence = "systemd accepts the units"
    if not shutil.which("systemd-analyze"):
        tap.skip(sentence, "no systemd-analyze here")
        return
    with tempfile.TemporaryDirectory() as folder:
        unit = (ROOT / "ops" / "motcua.service").read_text().replace(
            "@prefix@/bin/motcua", os.path.abspath(program()))
        pathlib.Path(folder, "motcua.service").write_text(unit)
        shutil.copy(ROOT / "ops" / "motcua.socket", folder)
        status, said = run("systemd-analyze", "verify", f"{folder}/motcua.service",
                           f"{folder}/motcua.socket")
        wrong = [line for line in said.splitlines()
                 if "motcua" in line and "not-found" not in line and "Failed to" not in line]
        tap.point(not wrong, sentence, "\n".join(wrong))


def main():
    tap = Tap()
    check_fresh(tap)
    check_sqlite(tap)
    check_postgres(tap)
    check_samples(tap)
    return tap.end()


sys.exit(main())
