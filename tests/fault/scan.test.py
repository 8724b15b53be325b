# SPDX-License-Identifier: Apache-2.0
"""Papers and the virus scanner: what is said beside a file while it waits, when it is clean, when
something was found and when nobody can tell. A clamd of our own that is slow, broken or away on
command; and Debian's, with a signature of our own, where it is installed."""
import contextlib
import os
import pathlib
import re
import shutil
import socket
import socketserver
import struct
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lib"))
from books import Books  # noqa: E402
from citizen import Citizen, Page, paper  # noqa: E402
from visitor import Server, Tap, Visitor  # noqa: E402

CLAMD = "/usr/sbin/clamd"
WAITING, CLEAN = "Đang quét vi-rút", "Đã quét, an toàn"
REFUSED, FAILED = "Có vi-rút, không nhận", "Chưa quét được vi-rút"


class FakeClamd(socketserver.ThreadingUnixStreamServer):
    """Answers by what the content says: INFECTED, HUGE, NONSENSE, HANGUP, ONCE (fails once); while
    `hold` is set, it answers nobody."""
    daemon_threads = True

    def __init__(self, path):
        super().__init__(path, Handler)
        self.hold, self.seen_once, self.asked = threading.Event(), set(), 0
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Handler(socketserver.StreamRequestHandler):
    def content(self):
        if self.rfile.read(10) != b"zINSTREAM\0":
            raise ValueError("not INSTREAM")
        pieces = []
        while size := struct.unpack("!I", self.rfile.read(4))[0]:
            pieces.append(self.rfile.read(size))
        return b"".join(pieces)

    def handle(self):
        content = self.content()
        self.server.asked += 1
        while self.server.hold.is_set():
            time.sleep(0.05)
        if b"HANGUP" in content:
            return
        if b"ONCE" in content and content not in self.server.seen_once:
            self.server.seen_once.add(content)
            return
        answers = {b"INFECTED": b"stream: Lam.Giang.Test FOUND\0",
                   b"HUGE": b"INSTREAM size limit exceeded. ERROR\0", b"NONSENSE": b"hello\0"}
        self.wfile.write(next((a for mark, a in answers.items() if mark in content),
                              b"stream: OK\0"))


def give(citizen, page, marks):
    """Gives a paper for each mark on the page where papers are given; the address of the page."""
    form = Page(page.text).form_to("^/nop/")
    field = [f.name for f in form.fields if f.kind == "file"][-1]
    files = [(field, f"{mark}.pdf", paper(mark.encode())) for mark in marks]
    citizen.send(page, form, [*form.filled(), ("lam", "nhap")], files)
    return page.path


def papers_page(citizen):
    page = citizen.begin()
    while True:
        form = Page(page.text).form_to("^/nop/")
        if any(f.kind == "file" for f in form.fields):
            return page
        page = citizen.follow(citizen.send(page, form, [*form.filled(), ("lam", "tiep")]))


def said(citizen, path):
    """{name: words} of the files on the page."""
    text = citizen.open(path).text
    return {name: re.sub("<[^>]*>", "", words).strip() for name, words in re.findall(
        r"</svg> (\w+)\.pdf .*?<span class=\"tag[^\"]*\">(.*?)</span>", text, re.S)}


def until(what, seconds=40):
    for _ in range(seconds * 10):
        if what():
            return True
        time.sleep(0.1)
    return False


def check_words(tap, clamd, citizen):
    clamd.hold.set()
    marks = ["SAFE", "INFECTED", "HUGE", "NONSENSE", "HANGUP", "ONCE"]
    path = give(citizen, papers_page(citizen), marks)
    now = said(citizen, path)
    tap.point(len(now) == 6 and set(now.values()) == {WAITING},
              "until the scanner has answered, each file says that it waits", now)
    clamd.hold.clear()
    expected = {"SAFE": CLEAN, "INFECTED": REFUSED, "HUGE": FAILED, "NONSENSE": FAILED,
                "HANGUP": FAILED, "ONCE": CLEAN}
    good = until(lambda: said(citizen, path) == expected)
    tap.point(good, "then what it answered; who failed once is asked again", said(citizen, path))
    page = citizen.open(path)
    link = re.search(r'href="([^"]*/tep/\d+)">(?:(?!</a>).)*INFECTED', page.text, re.S)
    tap.point(not link or "SAFE" in link.group(0), "a file with a virus cannot be opened")


def check_draft(tap, citizen, server):
    """Only the bad file was given for a paper: it is no answer any more."""
    page = papers_page(citizen)
    path = give(citizen, page, ["INFECTED2"])
    tap.point(until(lambda: said(citizen, path) == {"INFECTED2": REFUSED}), "a virus is found",
              said(citizen, path))
    draft = path.split("/")[2]
    with Books(server.data) as books:
        answers = books.rows("SELECT answers FROM draft WHERE code = ?", draft)[0][0]
    field = [f.name for f in Page(page.text).form_to("^/nop/").fields if f.kind == "file"][-1]
    tap.point(f'"{field}":"' not in answers.replace(f'"{field}":""', ""),
              "the draft's answers do not name it any more", answers)


def check_officer(tap, clamd, citizen, server):
    clamd.hold.set()
    review = citizen.fill(citizen.begin(), paper(b"SAFE late"))
    code = citizen.receipt(citizen.submit(review))
    clerk = Visitor(server).sign_in("motcua@lamgiang.test")
    text = clerk.get(f"/can-bo/ho-so/{code}").text
    tap.point(WAITING in text, "what was sent before the scanner answered says so to the officer")
    clamd.hold.clear()
    tap.point(until(lambda: CLEAN in clerk.get(f"/can-bo/ho-so/{code}").text),
              "and then what it answered")


def check_without(tap):
    with Server("\n[http]\nno_rate_limits = yes\n") as server:
        citizen = Citizen(server).register("nguoinop@example.vn")
        path = give(citizen, papers_page(citizen), ["SAFE", "INFECTED"])
        now = said(citizen, path)
        tap.point(set(now.values()) == {"Đã tải lên"}, "without a scanner nothing is said of it", now)


@contextlib.contextmanager
def real_clamd():
    """Debian's, with one signature of our own and nothing else."""
    folder = tempfile.mkdtemp(prefix="clamd-")
    os.chmod(folder, 0o755)
    os.mkdir(f"{folder}/db")
    with open(f"{folder}/db/local.ndb", "w", encoding="ascii") as f:
        f.write(f"LamGiang.Test:0:*:{b'INFECTED-BY-LAM-GIANG'.hex()}\n")
    with open(f"{folder}/clamd.conf", "w", encoding="ascii") as f:
        f.write(f"LocalSocket {folder}/ctl\nDatabaseDirectory {folder}/db\nForeground yes\n"
                f"LogFile {folder}/log\nStreamMaxLength 60M\nMaxFileSize 60M\nMaxScanSize 90M\n")
    process = subprocess.Popen([CLAMD, "-c", f"{folder}/clamd.conf"], stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    try:
        if not until(lambda: os.path.exists(f"{folder}/ctl")):
            raise RuntimeError("clamd does not listen")
        yield f"{folder}/ctl"
    finally:
        process.kill()
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def check_real(tap):
    sentence = "Debian's clamd finds its signature, and passes the rest"
    if not os.path.exists(CLAMD):
        tap.skip(sentence, "clamav-daemon is not installed")
        return
    config = "\n[http]\nno_rate_limits = yes\n[scan]\nclamd = "
    with real_clamd() as path, Server(f"{config}{path}\n") as server:
        citizen = Citizen(server).register("nguoinop@example.vn")
        page = papers_page(citizen)
        form = Page(page.text).form_to("^/nop/")
        field = [f.name for f in form.fields if f.kind == "file"][-1]
        files = [(field, "BAD.pdf", paper(b"INFECTED-BY-LAM-GIANG")),
                 (field, "GOOD.pdf", paper(b"x"))]
        citizen.send(page, form, [*form.filled(), ("lam", "nhap")], files)
        expected = {"BAD": REFUSED, "GOOD": CLEAN}
        tap.point(until(lambda: said(citizen, page.path) == expected), sentence,
                  said(citizen, page.path))


def main():
    tap = Tap()
    folder = tempfile.mkdtemp(prefix="scan-")
    clamd = FakeClamd(f"{folder}/ctl")
    config = f"\n[http]\nno_rate_limits = yes\n[scan]\nclamd = {folder}/ctl\n"
    with Server(config) as server:
        citizen = Citizen(server).register("nguoinop@example.vn")
        check_words(tap, clamd, citizen)
        check_draft(tap, citizen, server)
        check_officer(tap, clamd, citizen, server)
        clamd.hold.set()
        before = clamd.asked
        give(citizen, papers_page(citizen), ["SAFE"])
        asked = until(lambda: clamd.asked > before)
        begun = time.monotonic()
        tap.point(asked and server.stop() == 0 and time.monotonic() - begun < 12,
                  "the server stops in order, though the scanner says nothing",
                  server.log_text()[-2000:])
        clamd.hold.clear()
    clamd.shutdown()
    check_without(tap)
    check_real(tap)
    shutil.rmtree(folder, ignore_errors=True)
    return tap.end()


sys.exit(main())
