# SPDX-License-Identifier: Apache-2.0
"""A full disk and one whose fsync fails: an honest error, nothing half-written, no receipt that is
not kept; and when the disk is good again the same process goes on."""
import hashlib
import json
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lib"))
from books import Books  # noqa: E402
from citizen import Citizen, paper  # noqa: E402
from visitor import Server, Tap  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
CONFIG = "\n[http]\nno_rate_limits = yes\n"
DISK_MIB = 48


class Filled:
    """A small disk of its own, filled to the last byte and emptied again."""
    log_grows = True

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="motcua-disk-")
        self.mounted = os.geteuid() == 0 and subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={DISK_MIB}m", "motcua", self.folder],
            stderr=subprocess.DEVNULL).returncode == 0

    def spoil(self, server):
        with open(os.path.join(self.folder, "ballast"), "wb", buffering=0) as ballast:
            for size in (1 << 20, 4096, 1):
                try:
                    while ballast.write(b"\0" * size) == size:
                        pass
                except OSError:
                    continue

    def mend(self, server):
        os.unlink(os.path.join(self.folder, "ballast"))

    def remove(self):
        if self.mounted:
            subprocess.run(["umount", "-l", self.folder], check=False)
        shutil.rmtree(self.folder, ignore_errors=True)


class Limited:
    """For those who may not mount: no file may grow."""
    log_grows = False

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="motcua-disk-")

    def spoil(self, server):
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE,
                         (0, resource.RLIM_INFINITY))

    def mend(self, server):
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE,
                         (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)


class Faithless:
    """fsync and fdatasync fail with EIO while a mark exists."""
    log_grows = True

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="motcua-disk-")
        self.mark = os.path.join(self.folder, "mark")
        library = os.path.join(self.folder, "fsync_fails.so")
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-D_GNU_SOURCE", "-o", library,
                        str(HERE / "fsync_fails.c")], check=True)
        # The runtime of the sanitizers wants to be first; it need not be, here.
        options = os.environ.get("ASAN_OPTIONS", "")
        self.environment = {"LD_PRELOAD": library, "FSYNC_FAILS": self.mark,
                            "ASAN_OPTIONS": f"{options}:verify_asan_link_order=0".strip(":")}

    def spoil(self, server):
        pathlib.Path(self.mark).touch()

    def mend(self, server):
        os.unlink(self.mark)

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def honest(answer):
    """503, said in Vietnamese, and nothing that could be taken for a receipt."""
    return (answer.status == 503 and 'lang="vi"' in answer.text and "<h1" in answer.text
            and "xong" not in answer.location)


def incident_logged(server, answer):
    shown = re.search(r'<span class="number">([a-z0-9]{10})</span>', answer.text)
    return bool(shown) and any(
        line.get("event") == "http.failed" and line.get("id") == shown.group(1)
        and line.get("error") == "UNAVAILABLE" and line.get("detail")
        for line in map(parsed, server.log_text().splitlines()))


def parsed(line):
    try:
        return json.loads(line)
    except ValueError:
        return {}


def describe_dishonest(answers):
    return "\n".join(f"{answer.status} {answer.location}\n{answer.text[:600]}"
                     for answer in answers if not honest(answer))


class Play:
    """One fault from beginning to end: prepare, spoil, try everything, mend, go on."""

    def __init__(self, tap, name, disk, server):
        self.tap, self.name, self.disk, self.server = tap, name, disk, server
        self.receipts = []
        self.citizen = Citizen(server).register("citizen@example.vn")

    def point(self, good, sentence, detail=""):
        self.tap.point(good, f"{self.name}: {sentence}", detail)

    def count(self):
        with Books(self.server.data) as books:
            return books.rows("SELECT count(*) FROM dossier")[0][0]

    def take_receipt(self, review, content):
        code = self.citizen.receipt(self.citizen.submit(review))
        self.receipts.append((code, hashlib.sha256(content).hexdigest()))

    def prepare(self):
        contents = [paper(os.urandom(4000).hex().encode()) for _ in range(4)]
        reviews = [self.citizen.fill(self.citizen.begin(), content) for content in contents]
        self.take_receipt(reviews[0], contents[0])
        self.unfinished = self.citizen.begin()
        return list(zip(reviews[1:], contents[1:]))

    def try_submissions(self, prepared):
        answers = [self.citizen.submit(review) for review, _ in prepared]
        self.point(all(map(honest, answers)),
                   "a submission is answered with 503 and a Vietnamese page, not with a receipt",
                   describe_dishonest(answers))
        logged = [incident_logged(self.server, answer) for answer in answers]
        if self.disk.log_grows:
            self.point(all(logged), "why is in the log, under the id that the page shows", logged)
        at_once = []
        threads = [threading.Thread(target=lambda review=review: at_once.append(
            self.citizen.submit(review))) for review, _ in prepared * 4]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.point(len(at_once) == len(threads) and all(map(honest, at_once)),
                   f"so are {len(threads)} at once", f"{len(at_once)} answers\n{describe_dishonest(at_once)}")

    def try_the_rest(self):
        form_errors = []
        try:
            self.citizen.fill(self.unfinished, paper(os.urandom(300000).hex().encode()))
            form_errors.append("a page of the form was saved")
        except RuntimeError as refused:
            form_errors += [] if ": 503" in str(refused) else [str(refused)]
        self.point(not form_errors, "nor is a page of a form saved", form_errors)
        reading = {path: self.citizen.open(path).status
                   for path in ("/", "/tra-cuu", "/ca-nhan", "/thu-tuc/2.000635", "/healthz")}
        self.point(set(reading.values()) == {200}, "everything can still be read", reading)

    def check_kept(self, before):
        self.point(self.count() == before, "nothing was half-written", self.count())
        with Books(self.server.data) as books:
            left = books.left_in_tmp()
        self.point(not left, "no upload is left behind", left)

    def go_on(self, prepared):
        for review, content in prepared:
            try:
                self.take_receipt(review, content)
            except RuntimeError as failed:
                self.point(False, "the same forms are taken afterwards", str(failed))
        self.point(len(self.receipts) == 1 + len(prepared) and self.server.process.poll() is None,
                   "afterwards the same process takes the same forms", self.receipts)
        content = paper(os.urandom(4000).hex().encode())
        self.take_receipt(self.citizen.fill(self.citizen.begin(), content), content)

    def check_books(self):
        with Books(self.server.data) as books:
            wrong = books.faults() + [fault for receipt in self.receipts
                                      for fault in books.receipt_faults(*receipt)]
        self.point(not wrong, "every receipt given is kept with its paper, and the books add up",
                   "\n".join(wrong))

    def run(self):
        prepared = self.prepare()
        before = self.count()
        self.disk.spoil(self.server)
        try:
            self.try_submissions(prepared)
            self.try_the_rest()
        finally:
            self.disk.mend(self.server)
        self.check_kept(before)
        self.go_on(prepared)
        self.check_books()
        self.server.kill()
        self.server.start()
        self.check_books()
        self.point(self.server.stop() == 0, "and it stops in order")


def play(tap, name, disk, environment=None):
    try:
        data = os.path.join(disk.folder, "data")
        with Server(CONFIG, data=data, environment=environment) as server:
            Play(tap, name, disk, server).run()
    finally:
        disk.remove()


def main():
    tap = Tap()
    disk = Filled()
    if disk.mounted:
        play(tap, "a full disk", disk)
    else:
        disk.remove()
        tap.skip("a full disk", "only root may mount a small one")
    play(tap, "files that may not grow", Limited())
    if shutil.which("cc"):
        faithless = Faithless()
        play(tap, "a failing fsync", faithless, faithless.environment)
    else:
        tap.skip("a failing fsync", "it needs a C compiler")
    return tap.end()


sys.exit(main())
