# SPDX-License-Identifier: Apache-2.0
"""A large paper in pieces over a bad line: cut at random points, the server killed in the middle,
another tab at the same time. What is kept in the end is what was sent, byte by byte.

MOTCUA_UPLOAD_CUTS cuts (30), MOTCUA_UPLOAD_SEED to have the same ones again.
"""
import contextlib
import hashlib
import http.client
import json
import os
import pathlib
import random
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "lib"))
from books import Books  # noqa: E402
from citizen import PROCEDURE, Citizen, Page, multipart, paper  # noqa: E402
from visitor import Server, Tap, program  # noqa: E402

# What a sanitizer keeps of freed memory is not the server's.
os.environ["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":quarantine_size_mb=1"
CUTS = int(os.environ.get("MOTCUA_UPLOAD_CUTS", "30"))
MIB = 1 << 20
WORKERS = 4
STANDING = 24  # more than such a server has connections to the database
GONE = (OSError, http.client.HTTPException)


def pdf(size):
    """Of that size, and unlike any other."""
    frame = len(paper(b""))
    return paper(os.urandom((size - frame) // 2).hex().encode()[:size - frame].ljust(size - frame, b"x"))


class Sender:
    """The part of the browser's script, in Python: one draft, one paper at a time."""

    def __init__(self, server, citizen, page):
        self.server, self.citizen = server, citizen
        self.page = page
        self.draft = page.path.split("/")[2]
        form = Page(page.text).form_to("^/nop/")
        self.field = next(f.name for f in form.fields if f.kind == "file")
        self.csrf = form.named("csrf")[0].value
        self.cuts = self.kills = self.conflicts = 0

    def post(self, path, values, files=(), form=False):
        if form:
            body, kind = multipart([("csrf", self.csrf), *values.items()], files)
        else:
            body = urllib.parse.urlencode({"csrf": self.csrf, **values}).encode()
            kind = "application/x-www-form-urlencoded"
        return self.citizen.request("POST", f"/nop/{self.draft}/tep/{path}", body, {
            "Content-Type": kind, "Origin": f"http://localhost:{self.server.port}"})

    def begin(self, name, content, field=None):
        answer = self.post("bat-dau", {"muc": field or self.field, "ten": name,
                                       "co": len(content), "sua": 1700000000000})
        return answer.status, json.loads(answer.body) if answer.status == 200 else None

    def piece(self, code, at, content):
        answer = self.post("manh", {"ma": code, "vi-tri": str(at)},
                           [("manh", "blob", content)], form=True)
        return answer.status, json.loads(answer.body) if answer.status in (200, 409) else None

    def part_of_piece(self, code, at, content, share):
        """Sends the beginning of a piece; the connection, still open."""
        body, kind = multipart([("csrf", self.csrf), ("ma", code), ("vi-tri", str(at))],
                               [("manh", "blob", content)])
        cookies = "; ".join(f"{k}={v}" for k, v in self.citizen.cookies.items())
        head = (f"POST /nop/{self.draft}/tep/manh HTTP/1.1\r\nHost: localhost:{self.server.port}\r\n"
                f"Cookie: {cookies}\r\nOrigin: http://localhost:{self.server.port}\r\n"
                f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n").encode()
        connection = socket.create_connection(("127.0.0.1", self.server.port), 10)
        connection.sendall((head + body)[:1 + int(share * (len(head) + len(body) - 1))])
        return connection

    def cut_piece(self, code, at, content):
        """Sends the beginning of a piece, and hangs up."""
        with self.part_of_piece(code, at, content, random.random()):
            self.cuts += 1

    def piece_to(self, draft, code, content):
        own, self.draft = self.draft, draft
        status = self.piece(code, 0, content)[0]
        self.draft = own
        return status

    def finish(self, code):
        answer = self.post("xong", {"ma": code})
        return answer.status, json.loads(answer.body) if answer.status in (200, 409) else None

    def send(self, name, content, trouble):
        """All of it, whatever happens; trouble(self, last) may break things before each piece."""
        code, at = None, 0
        while True:
            try:
                if code is None:
                    begun = self.begin(name, content)[1]
                    code, at = begun["ma"], begun["vi-tri"]
                    if begun["ket-qua"] != "open":
                        return 200, begun
                while at < len(content):
                    n = random.randrange(1, MIB)
                    if trouble(self, at + n >= len(content)):
                        self.cut_piece(code, at, content[at:at + n])
                        code = None  # as a tab that was closed: the same file is chosen again
                        break
                    status, state = self.piece(code, at, content[at:at + n])
                    self.conflicts += status == 409
                    at = state["vi-tri"]
                else:
                    return self.finish(code)
            except GONE:
                time.sleep(0.05)


def papers_page(citizen):
    """The page of a new draft where papers are given."""
    page = citizen.begin()
    for _ in range(20):
        form = Page(page.text).form_to("^/nop/")
        if any(f.kind == "file" for f in form.fields):
            return page
        page = citizen.follow(citizen.send(page, form, [*form.filled(), ("lam", "tiep")]))
    raise RuntimeError("the form takes no paper")


def memory(server):
    """Resident set of the server, bytes; and the most it ever had."""
    with open(f"/proc/{server.process.pid}/status", encoding="ascii") as f:
        fields = dict(line.split(":", 1) for line in f)
    return [int(fields[name].split()[0]) * 1024 for name in ("VmRSS", "VmHWM")]


def check_cuts(tap, server, sender):
    status, state = sender.begin("lon.pdf", pdf(11 * MIB))
    tap.point(status == 200 and state["ket-qua"] == "refused",
              "what is larger than the paper may be is refused before it comes", state)
    content = pdf(9 * MIB)
    sha256 = hashlib.sha256(content).hexdigest()
    left = [CUTS]
    kill_at = set(random.sample(range(1, CUTS), 3))

    def trouble(one, last):
        if left[0] and (last or random.random() < 0.8):
            left[0] -= 1
            if left[0] in kill_at:
                threading.Timer(random.uniform(0, 0.05), server.kill).start()
                time.sleep(0.1)
                server.start()
                one.kills += 1
            return True
        return False

    status, state = sender.send("to-khai.pdf", content, trouble)
    print(f"# {sender.cuts} cuts, {sender.kills} kills, {sender.conflicts} conflicts", flush=True)
    with Books(server.data) as books:
        rows = books.rows("SELECT sha256, size, pages, inspected FROM file "
                          "WHERE inspected <> ''")
        tap.point(status == 200 and state["ket-qua"] == "done", "every cut was gone on from", state)
        tap.point(sender.cuts >= CUTS and sender.kills >= 1, "it was cut often enough, and killed",
                  f"{sender.cuts} cuts, {sender.kills} kills")
        tap.point(rows == [(sha256, len(content), 1, "done")],
                  "what is kept is what was sent, once, and was looked at", rows)
        wrong = books.content_faults(sha256) + books.faults()
        tap.point(not wrong, "the content is whole, and the books are in order", "\n".join(wrong))
        left_over = os.listdir(os.path.join(server.data, "files", "partial"))
        tap.point(not left_over, "nothing is left of the pieces", left_over)
    again = sender.finish(state["ma"])
    tap.point(again[0] == 200 and again[1]["ket-qua"] == "done", "asked again, it is done", again)
    page = sender.citizen.open(sender.page.path)
    tap.point("to-khai.pdf" in page.text and "1 trang" in page.text,
              "the page lists the file, with its pages")
    tap.point("quá lớn: mỗi tệp tối đa 10 MB" not in page.text, "and blames nobody yet")
    return page


def check_two_tabs(tap, server, sender):
    """Both send the same file at once; whoever is late is told where to go on."""
    content = pdf(4 * MIB)
    results = []

    def one_tab():
        results.append(sender.send("hai-cua-so.pdf", content, lambda *_: False))

    tabs = [threading.Thread(target=one_tab) for _ in range(2)]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join(120)
    with Books(server.data) as books:
        rows = books.rows("SELECT d.id FROM draft_file d JOIN file f ON f.id = d.file_id "
                          "WHERE f.sha256 = ?", hashlib.sha256(content).hexdigest())
    good = len(results) == 2 and all(s == 200 and r["ket-qua"] == "done" for s, r in results)
    tap.point(good and len(rows) == 1, "two tabs send one file: it is there once", f"{results} {rows}")


def check_standing(tap, sender, what, stand_still):
    """Phones that went out of reach in the middle hold no connection to the database."""
    with contextlib.ExitStack() as standing:
        for _ in range(STANDING):
            standing.enter_context(stand_still())
        time.sleep(0.5)
        began = time.monotonic()
        got = {sender.citizen.get("/ca-nhan").status for _ in range(3)}
        took = time.monotonic() - began
    tap.point(got == {200} and took < 5, f"{STANDING} {what} that stand still hold nobody up",
              f"{got} in {took:.1f} s")


def check_slow(tap, sender):
    content = pdf(MIB // 2)
    code = sender.begin("dung-giua-chung.pdf", content)[1]["ma"]
    check_standing(tap, sender, "uploads", lambda: sender.part_of_piece(code, 0, content, 0.5))
    page = sender.citizen.open(sender.page.path).text
    large = re.search(r'href="(/nop/[^"]*/tep/\d+)"[^<]*>[^<]*(?:<[^>]*>)*[^<]*to-khai.pdf', page)[1]
    cookies = "; ".join(f"{k}={v}" for k, v in sender.citizen.cookies.items())
    ask = (f"GET {large} HTTP/1.1\r\nHost: localhost:{sender.server.port}\r\n"
           f"Cookie: {cookies}\r\n\r\n").encode()

    def read_nothing():
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect(("127.0.0.1", sender.server.port))
        connection.sendall(ask)
        return connection

    with read_nothing() as one:
        tap.point(one.recv(12, socket.MSG_WAITALL) == b"HTTP/1.1 200", "the large file is sent")
    check_standing(tap, sender, "downloads", read_nothing)


def check_refusals(tap, server, sender):
    content = pdf(1000)
    stranger = Citizen(server).register("nguoila@example.vn")
    other = Sender(server, stranger, papers_page(stranger))
    _, mine = sender.begin("cua-toi.pdf", content)
    code = mine["ma"]
    cases = {
        "somebody else's draft": lambda: other.piece_to(sender.draft, code, content),
        "somebody else's upload": lambda: other.piece(code, 0, content)[0],
        "an upload of no one": lambda: sender.piece("a" * 24, 0, content)[0],
        "a paper that the form has not": lambda: sender.begin("a.pdf", content, "khong-co")[0],
    }
    got = {name: run() for name, run in cases.items()}
    tap.point(set(got.values()) == {404}, "what is not the sender's is not found", got)
    got = {
        "no code": sender.piece("x", 0, content)[0],
        "a place before the start": sender.piece(code, -1, content)[0],
        "no piece": sender.post("manh", {"ma": code, "vi-tri": "0"}, form=True).status,
        "no size": sender.post("bat-dau", {"muc": sender.field, "ten": "a.pdf"}).status,
    }
    tap.point(set(got.values()) == {400}, "what does not fit is refused", got)
    got = [sender.piece(code, 0, b"x" * (MIB + 1))[0],
           sender.post("bat-dau", {"muc": sender.field, "ten": "a.pdf", "co": 51 * MIB,
                                   "sua": 1}).status]
    tap.point(got == [413, 413], "so is what is too large", got)
    csrf, sender.csrf = sender.csrf, "0" * 64
    got = [sender.begin("a.pdf", content)[0], sender.piece(code, 0, content)[0],
           sender.finish(code)[0]]
    sender.csrf = csrf
    tap.point(got == [403] * 3, "and what does not carry the token of a form", got)
    tap.point(sender.finish(code)[0] == 409, "an upload that is not whole does not end")


def allow_large(server):
    """The same procedure, in a version whose papers may have 50 MB."""
    folder = os.path.join(server.folder, "starter")
    shutil.copytree(ROOT / "data", folder)
    path = os.path.join(folder, "procedures", f"{PROCEDURE}.json")
    with open(path, encoding="utf-8") as f:
        procedure = json.load(f)
    for component in procedure["components"]:
        component["most_mb"] = 50
    with open(path, "w", encoding="utf-8") as f:
        json.dump(procedure, f, ensure_ascii=False)
    subprocess.run([program(), "import", "starter", "--data", server.data, folder], check=True,
                   stdout=subprocess.DEVNULL)
    time.sleep(1)  # the server looks every half second


def grown_by(server, work):
    """How much more memory the server had at the worst moment of the work."""
    before = memory(server)[0]
    with open(f"/proc/{server.process.pid}/clear_refs", "w", encoding="ascii") as f:
        f.write("5")  # the most it had is counted anew
    work()
    return memory(server)[1] - before


def check_memory(tap, server, citizen):
    allow_large(server)
    sender = Sender(server, citizen, papers_page(citizen))
    tap.point("Mỗi tệp tối đa 50 MB" in sender.page.text,
              "a paper of 50 MB says so where it is chosen [C32-7.6]")
    form = Page(sender.page.text).form_to("^/nop/")
    contents = {"whole": pdf(50 * MIB - 64), "in-pieces": pdf(50 * MIB - 64)}
    ways = {
        "whole": lambda: citizen.send(sender.page, form, form.filled(),
                                      [(sender.field, "whole.pdf", contents["whole"])]),
        "in-pieces": lambda: sender.send("in-pieces.pdf", contents["in-pieces"], lambda *_: False),
    }
    for name, way in ways.items():
        grown = grown_by(server, way)
        with Books(server.data) as books:
            rows = books.rows("SELECT sha256 FROM file WHERE name = ?", f"{name}.pdf")
        tap.point(rows == [(hashlib.sha256(contents[name]).hexdigest(),)],
                  f"50 MB {name} are kept", rows)
        tap.point(grown < 8 * MIB, f"50 MB {name}: the server grows by less than 8 MiB",
                  f"{grown / MIB:.1f} MiB")
        print(f"# {grown / MIB:.1f} MiB", flush=True)


def main():
    tap = Tap()
    seed = int(os.environ.get("MOTCUA_UPLOAD_SEED", "0")) or random.randrange(1, 10**9)
    random.seed(seed)
    print(f"# seed {seed}", flush=True)
    with Server(f"\n[http]\nno_rate_limits = yes\nworkers = {WORKERS}\n") as server:
        citizen = Citizen(server).register("nguoigui@example.vn")
        sender = Sender(server, citizen, papers_page(citizen))
        check_cuts(tap, server, sender)
        check_two_tabs(tap, server, sender)
        check_slow(tap, sender)
        check_refusals(tap, server, sender)
        check_memory(tap, server, citizen)
        tap.point(server.stop() == 0, "and the server stops in order", server.log_text()[-2000:])
    return tap.end()


sys.exit(main())
