# SPDX-License-Identifier: Apache-2.0
"""Whatever a client may send to the real program: never a 5xx, never another's data, never two
receipts for one application; and leaving in order."""
import contextlib
import os
import pathlib
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "lib"))
from ambiguous import AMBIGUOUS, FORM, GET, HOST, POST, receive  # noqa: E402
from books import Books  # noqa: E402
from citizen import Citizen, Page, multipart, paper  # noqa: E402
from visitor import ACCOUNTS, Server, Tap, Visitor, free_port, program  # noqa: E402

RANDOM_BODIES = 100
BAD_TEXT = b"\xff\xfe\xc0\xaf"


def dial(server):
    return socket.create_connection(("127.0.0.1", server.port), timeout=30)


def raw(server, request):
    """(status or 0, whole answer, closed)"""
    with dial(server) as connection:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(request)
        got, closed = receive(connection)
    found = re.match(rb"HTTP/1\.1 (\d{3}) ", got)
    return int(found[1]) if found else 0, got, closed


def framing(tap, server):
    for name, request in AMBIGUOUS.items():
        status, got, closed = raw(server, request + b"GET /healthz HTTP/1.1\r\n" + HOST + b"\r\n")
        tap.point(status == 400 and closed and b"200 OK" not in got,
                  f"{name}: 400 and the end of the connection", got[:300])


class Slow(threading.Thread):
    """Sends its headers a byte at a time: the server must not wait for ever."""

    def __init__(self, server):
        super().__init__(daemon=True)
        self.connection, self.seconds = dial(server), None

    def run(self):
        began = time.monotonic()
        with contextlib.suppress(OSError):
            for _ in range(60):
                self.connection.sendall(b"G" if time.monotonic() == began else b"E")
                time.sleep(0.5)
            return
        self.seconds = time.monotonic() - began


def sizes(tap, server, citizen):
    tests = {
        "a target over 4 KiB": (b"GET /?" + b"x" * 5000 + b" HTTP/1.1\r\n" + HOST + b"\r\n", 414),
        "headers over 16 KiB": (GET + HOST + b"X: " + b"x" * 20000 + b"\r\n\r\n", 431),
        "a form over 64 KiB":
            (POST + b"Content-Length: 70000\r\n\r\n" + b"a=" + b"x" * 69998, 413),
        "too many fields":
            (POST + b"Content-Length: 1000\r\n\r\n" + b"a&" * 500, 413),
    }
    for name, (request, wanted) in tests.items():
        status, got, _ = raw(server, request)
        tap.point(400 <= status < 500, f"{name}: refused with 4xx", f"{status}, usually {wanted}")
    page = citizen.begin()
    content = paper(b"x" * (10 * 1024 * 1024 + 1))
    try:
        citizen.fill(page, content)
        refused = "taken"
    except RuntimeError as why:
        refused = str(why)
    tap.point(re.search(r": 4\d\d", refused) and "10" in refused,
              "a paper over 10 MiB: refused with 4xx and the limit named", refused[:1000])


def truncated(tap, server, citizen):
    review = citizen.begin()
    tasks = citizen.open("/".join(review.path.split("/")[:3]))
    upload = next(link for link in Page(tasks.text).links if link.endswith("/giay-to"))
    page = citizen.open(upload)
    form = Page(page.text).form_to("^/nop/")
    taker = next(f.name for f in form.fields if f.kind == "file")
    body, kind = multipart([*form.filled(), ("lam", "tiep")],
                           [(taker, "giay-to.pdf", paper(os.urandom(200000).hex().encode()))])
    cookies = "; ".join(f"{k}={v}" for k, v in citizen.cookies.items())
    head = (f"POST {page.path} HTTP/1.1\r\nHost: localhost:{server.port}\r\n"
            f"Origin: http://localhost:{server.port}\r\nCookie: {cookies}\r\n"
            f"Content-Type: {kind}\r\n")
    with Books(server.data) as books:
        before = books.rows("SELECT count(*) FROM file")
        with dial(server) as connection:
            connection.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode()
                               + body[:len(body) // 2])
            time.sleep(0.3)
        left = settle(books)
        tap.point(not left and books.rows("SELECT count(*) FROM file") == before,
                  "an upload cut off in the middle leaves nothing", left)
        for cut in (3, 60, len(body) // 2):
            short = body[:-cut]
            status, _, _ = raw(server, f"{head}Connection: close\r\nContent-Length: {len(short)}"
                               "\r\n\r\n".encode() + short)
            tap.point(400 <= status < 500, f"a multipart body without its last {cut} bytes: 4xx",
                      status)
        tap.point(not settle(books), "and leaves nothing either", books.left_in_tmp())


def settle(books):
    for _ in range(40):
        if not books.left_in_tmp():
            break
        time.sleep(0.1)
    return books.left_in_tmp()


def random_body(token, kind):
    noise = os.urandom(random.randrange(0, 400))
    if kind == 0:
        return noise
    if kind == 1:
        return f"csrf={token}&".encode() + noise
    names = ["tai-khoan", "mat-khau", "ho-ten", "phien-ban", "lam", "ly-do", "chung", "noi-dung",
             "co-quan", "xoa", "chon-tinh", "giay-to", "ket-qua", "can-bo", "so-tien", "tiep", "id"]
    values = ["", "0", "-1", "99999999999999999999", "%00", "%FF%FE", "A" * 3000, "//evil.example",
              "%F0%9F%98%80", "1", "'\"<script>", "%E1%BB%87%CC%81"]
    pairs = [f"{random.choice(names)}={random.choice(values)}" for _ in range(random.randrange(9))]
    return "&".join([f"csrf={token}", *pairs]).encode()


def random_parts(token):
    """A multipart body of ours with a file in it, then damaged somewhere."""
    field = random.choice(["giay-to", "ket-qua", "tep-cu-tru", "csrf", ""])
    body, kind = multipart([("csrf", token), ("phien-ban", "1"), ("lam", "tiep")],
                           [(field, random.choice(["a.pdf", "", "../a.pdf", "\u1ec7.exe"]),
                             random.choice([b"", paper(b"x"), os.urandom(3000)]))])
    if random.random() < 0.7:
        at = random.randrange(len(body))
        body = body[:at] + os.urandom(random.randrange(5)) + body[at + random.randrange(5):]
    return body, kind


def fill_path(path, known):
    def one(_):
        return urllib.parse.quote(random.choice(
            [*known, "khong-co", "0", "-1", "99999999999999999999", "a" * 300, "\u1ec7", "..\\.."]))
    return re.sub(r":\w+", one, path)


def random_bodies(tap, server, known):
    lines = subprocess.run([program(), "routes"], capture_output=True, text=True,
                           check=True).stdout.splitlines()
    posts = [line.split()[1] for line in lines if line.startswith("POST")]
    people = [Visitor(server)] + [Visitor(server).sign_in(ACCOUNTS[role]) for role in
                                  ("citizen", "clerk", "officer", "leader", "admin")]
    tokens = [person.token("/hien-thi") for person in people]
    broken, sent = [], 0
    for route in posts:
        if route == "/dang-xuat":
            continue
        for i in range(RANDOM_BODIES):
            who = i % len(people)
            path, kind = fill_path(route, known), "application/x-www-form-urlencoded"
            if i % 4 == 3:
                body, kind = random_parts(tokens[who])
            else:
                body = random_body(tokens[who], i % 4)
            answer = people[who].request("POST", path, body, {
                "Content-Type": kind, "Origin": f"http://localhost:{server.port}"})
            sent += 1
            if answer.status >= 500:
                broken.append(f"POST {path} as {who}: {answer.status} {body[:200]}")
    tap.point(posts and not broken, f"{sent} random bodies to {len(posts)} POST routes, every role: "
              "never a 5xx", "\n".join(broken))


def spoilt(form, index, how):
    """The form's fields with one of them spoilt."""
    values = [*form.filled()]
    name, value = values[index]
    if how == "non-UTF-8":
        values[index] = (name, BAD_TEXT)
    elif how == "NUL":
        values[index] = (name, "a\0b")
    elif how == "repeated":
        values.append((name, value))
    else:
        values[index] = (name, "\u1ec7" * 20000)
    return values


def spoilt_fields(tap, server, citizen):
    first = citizen.begin()
    pages = {"/dang-nhap": "^/dang-nhap", "/dang-ky": "^/dang-ky",
             "/quen-mat-khau": "^/quen-mat-khau", first.path: "^/nop/",
             "/ca-nhan/ho-so-ca-nhan": "^/ca-nhan/ho-so-ca-nhan"}
    for path, action in pages.items():
        wrong, n = [], 0
        visitor = citizen if path.startswith(("/nop", "/ca-nhan")) else Citizen(server)
        page = visitor.open(path)
        form = Page(page.text).form_to(action)
        for how in ("non-UTF-8", "NUL", "repeated", "too long"):
            for index in range(len(form.filled()) if form else 0):
                answer = visitor.send(page, form, spoilt(form, index, how))
                n += 1
                if answer.status >= 500 or BAD_TEXT in answer.body:
                    wrong.append(f"{how} {form.filled()[index][0]}: {answer.status}")
        tap.point(n and not wrong, f"{re.sub('/nop/.*', '/nop/...', path)}: fields that are no "
                  f"text, doubled or too long, {n} times: never a 5xx", wrong or page.status)
    queries = [urllib.parse.quote(text) for text in
               (BAD_TEXT, b"\0", b"%", "\u1ec7".encode() * 1000, b"'\"<>;--", b"* OR 1=1")]
    wrong = [f"{path}{query}: {status}" for path in ("/tim?q=", "/thu-tuc?q=", "/tra-cuu?ma=",
             "/tra-cuu/", "/xac-minh/", "/thu-tuc/", "/thu-tuc?trang=") for query in queries
             if (status := Visitor(server).get(path + query).status) >= 500]
    tap.point(not wrong, "so in addresses and searches", "\n".join(wrong))


def foreign(tap, server, citizen, code):
    review = citizen.fill(citizen.begin(), paper(b"mine"))
    draft = review.path.split("/")[2]
    stranger = Citizen(server).register("nguoi-la@example.vn")
    seen = {path: stranger.get(path).status for path in (
        f"/nop/{draft}", f"/nop/{draft}/giay-to", f"/nop/{draft}/xem-lai", f"/nop/{draft}/xong",
        f"/nop/{draft}/tep/1", f"/ca-nhan/ho-so/{code}", f"/ca-nhan/ho-so/{code}/tep/1",
        f"/ca-nhan/ho-so/{code}/phieu.pdf", f"/ca-nhan/ho-so/{code}/rut",
        f"/nop/{draft}/to-khai.pdf", f"/nop/{draft}/to-khai.json", f"/nop/{draft}/in",
        f"/ca-nhan/ho-so/{code}/to-khai.pdf", f"/ca-nhan/ho-so/{code}/to-khai.json",
        f"/ca-nhan/ho-so/{code}/in")}
    tap.point(set(seen.values()) <= {403, 404}, "a stranger sees nothing of another's drafts, "
              "papers and dossiers", seen)
    token = stranger.token("/hien-thi")
    done = {path: stranger.post(path, {"cam-doan": "1", "ly-do": "x", "phien-ban": "1"},
                                token).status
            for path in (f"/nop/{draft}/nop", f"/nop/{draft}/giay-to", f"/nop/{draft}/huy",
                         f"/ca-nhan/ho-so/{code}/rut", f"/ca-nhan/ho-so/{code}/nhan-tin",
                         f"/ca-nhan/ho-so/{code}/danh-gia")}
    tap.point(set(done.values()) <= {403, 404}, "and can do nothing to them", done)
    clerk = Visitor(server).sign_in(ACCOUNTS["clerk"])
    tap.point(clerk.get(f"/nop/{draft}").status in (403, 404), "nor does an officer see a draft")


def replay(tap, server, citizen):
    review = citizen.fill(citizen.begin(), paper(b"once"))
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(citizen.submit(review)))
               for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answers.append(citizen.submit(review))
    codes = {citizen.receipt(answer) for answer in answers if answer.status == 303}
    tap.point(len(answers) == 9 and len(codes) == 1 and all(a.status == 303 for a in answers),
              "an application sent nine times, eight of them at once, has one receipt",
              f"{codes} {[a.status for a in answers]}")
    return codes.pop()


def forged(tap, server, citizen):
    """A POST that our own page did not make."""
    path, kind = "/dang-xuat", "application/x-www-form-urlencoded"
    token = citizen.token("/hien-thi")
    own = f"http://localhost:{server.port}"
    tests = {
        "without a token": (b"", own), "with a made-up token": (b"csrf=" + b"0" * 64, own),
        "from another origin": (f"csrf={token}".encode(), "https://evil.example"),
        "from nowhere": (f"csrf={token}".encode(), "null"),
    }
    for name, (body, origin) in tests.items():
        status = citizen.request("POST", path, body,
                                 {"Content-Type": kind, "Origin": origin}).status
        tap.point(status == 403, f"a POST {name} is 403", status)
    tap.point(citizen.get("/ca-nhan").status == 200, "and has done nothing")


def other_sockets(tap, server):
    for listen, family, to in (
            (os.path.join(server.folder, "socket"), socket.AF_UNIX, None),
            (f"[::]:{free_port()}", socket.AF_INET6, "::1")):
        process = subprocess.Popen(
            [program(), "serve", "--data", server.data, "--listen", listen],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        address = (to, int(listen.rsplit(":", 1)[1])) if to else listen
        status = 0
        for _ in range(200):
            with contextlib.suppress(OSError), socket.socket(family) as connection:
                connection.connect(address)
                connection.sendall(b"GET / HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n")
                status = int(receive(connection)[0].split()[1])
                break
            time.sleep(0.05)
        tap.point(status == 200, f"it answers on {'IPv6' if to else 'a unix socket'}", status)
        if to:
            with socket.create_connection(("127.0.0.1", address[1]), timeout=5) as connection:
                connection.sendall(b"GET / HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n")
                tap.point(b" 200 " in receive(connection)[0][:20], "and on IPv4 through [::]")
        process.terminate()
        tap.point(process.wait(20) == 0, "and stops in order")


def leaving(tap, server, citizen):
    """SIGTERM in the middle of a request: it is answered, nothing new is taken, status 0."""
    token = citizen.token("/hien-thi")
    body = f"csrf={token}&tieng=vi".encode()
    cookies = "; ".join(f"{k}={v}" for k, v in citizen.cookies.items())
    connection, idle = dial(server), dial(server)
    connection.sendall(
        f"POST /hien-thi HTTP/1.1\r\nHost: localhost:{server.port}\r\n"
        f"Origin: http://localhost:{server.port}\r\nCookie: {cookies}\r\n"
        f"Content-Length: {len(body)}\r\n".encode() + FORM + b"\r\n" + body[:10])
    time.sleep(0.3)
    server.process.send_signal(signal.SIGTERM)
    time.sleep(0.7)
    refused = False
    try:
        dial(server).close()
    except OSError:
        refused = True
    connection.sendall(body[10:])
    got, closed = receive(connection)
    tap.point(refused, "while stopping, nothing new is taken")
    tap.point(re.match(rb"HTTP/1\.1 [2-4]\d\d ", got) and closed,
              "what was under way at SIGTERM is answered", got[:200])
    began = time.monotonic()
    tap.point(server.process.wait(20) == 0 and time.monotonic() - began < 12,
              "and it ends within its time, in order", server.log_text()[-1500:])
    idle.close()
    connection.close()


def main():
    tap = Tap()
    seed = int(os.environ.get("MOTCUA_SEED", "0")) or random.randrange(1, 10**9)
    random.seed(seed)
    print(f"# seed {seed}", flush=True)
    with Server("\n[http]\nno_rate_limits = yes\n") as server:
        slow = Slow(server)
        slow.start()
        citizen = Citizen(server).register("citizen@example.vn")
        framing(tap, server)
        code = replay(tap, server, citizen)
        sizes(tap, server, citizen)
        truncated(tap, server, citizen)
        spoilt_fields(tap, server, citizen)
        foreign(tap, server, citizen, code)
        forged(tap, server, citizen)
        draft = citizen.begin().path.split("/")[2]
        random_bodies(tap, server, [code, draft, "giay-to", "nop", "2.000635", "1"])
        slow.join(30)
        tap.point(slow.seconds and slow.seconds < 15, "headers that come a byte at a time are cut "
                  "off after 10 s", slow.seconds)
        tap.point(server.process.poll() is None, "after all this the process still lives")
        with Books(server.data) as books:
            wrong = books.faults()
        tap.point(not wrong, "and its books add up", "\n".join(wrong))
        leaving(tap, server, citizen)
        other_sockets(tap, server)
    return tap.end()


sys.exit(main())
