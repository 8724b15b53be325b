# SPDX-License-Identifier: Apache-2.0
"""A visitor without a browser: keeps cookies, finds the token a form carries, signs in."""
import contextlib
import http.client
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.parse

PASSWORD = "Lam-Giang-2026"
ACCOUNTS = {
    "citizen": "nguoidan@lamgiang.test",
    "clerk": "motcua@lamgiang.test",
    "officer": "chuyenvien@lamgiang.test",
    "leader": "lanhdao@lamgiang.test",
    "admin": "quantri@lamgiang.test",
}


def program():
    return os.environ.get("MOTCUA", "build/motcua")


def free_port():
    with contextlib.closing(socket.socket()) as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    """The program on a throw-away data folder of the demonstration. data: elsewhere than in the
    folder of the test; database: another than SQLite; environment: more of it, for faults."""

    def __init__(self, config="", data=None, database=None, environment=None):
        self.folder = tempfile.mkdtemp(prefix="motcua-")
        self.data = data or os.path.join(self.folder, "data")
        self.environment = {**os.environ, **(environment or {})}
        words = ["--database", database] if database else []
        subprocess.run([program(), "init", "--demo", "--data", self.data, *words], check=True,
                       stdout=subprocess.DEVNULL)
        if config:
            with open(os.path.join(self.data, "motcua.conf"), "a", encoding="utf-8") as f:
                f.write(config)
        self.port = free_port()
        self.start()

    def start(self):
        self.log = open(os.path.join(self.folder, "log"), "ab")
        self.process = subprocess.Popen(
            [program(), "serve", "--data", self.data, "--listen", f"127.0.0.1:{self.port}"],
            stdout=self.log, stderr=self.log, env=self.environment)
        for _ in range(600):
            if self.process.poll() is not None:
                break
            with contextlib.suppress(OSError, http.client.HTTPException):
                if Visitor(self).get("/readyz").status == 200:
                    return
            time.sleep(0.05)
        raise RuntimeError("the program did not become ready: " + self.log_text()[-2000:])

    def log_text(self):
        with open(os.path.join(self.folder, "log"), encoding="utf-8", errors="replace") as f:
            return f.read()

    def stop(self):
        self.process.terminate()
        return self.process.wait(30)

    def kill(self):
        """As a power cut ends it: nothing is said, nothing is finished."""
        self.process.kill()
        self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


class Answer:
    def __init__(self, response, body):
        self.status = response.status
        self.headers = response.headers
        self.body = body
        self.location = response.headers.get("Location", "")

    @property
    def text(self):
        return self.body.decode("utf-8", errors="replace")


class Visitor:
    def __init__(self, server):
        self.server = server
        self.cookies = {}

    def request(self, method, path, body=None, headers=None):
        c = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        sent = {"Host": f"localhost:{self.server.port}"}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        sent.update(headers or {})
        c.request(method, path, body=body, headers=sent)
        response = c.getresponse()
        answer = Answer(response, response.read())
        c.close()
        for line in response.headers.get_all("Set-Cookie") or []:
            name, value = line.split(";", 1)[0].split("=", 1)
            if value:
                self.cookies[name] = value
            else:
                self.cookies.pop(name, None)
        return answer

    def get(self, path, headers=None):
        return self.request("GET", path, headers=headers)

    def token(self, page):
        found = re.search(r'name="csrf" value="([0-9a-f]+)"', self.get(page).text)
        if not found:
            raise RuntimeError(f"no form on {page}")
        return found.group(1)

    def post(self, path, fields, token):
        body = urllib.parse.urlencode({**fields, "csrf": token}).encode()
        return self.request("POST", path, body, {
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": f"http://localhost:{self.server.port}"})

    def sign_in(self, account, password=PASSWORD):
        answer = self.post("/dang-nhap", {"tai-khoan": account, "mat-khau": password},
                           self.token("/dang-nhap"))
        if answer.status != 303:
            raise RuntimeError(f"sign-in of {account}: {answer.status}")
        return self


class Tap:
    def __init__(self):
        self.n = self.failed = 0

    def point(self, good, sentence, detail=""):
        self.n += 1
        self.failed += not good
        print(f"{'' if good else 'not '}ok {self.n} - {sentence}", flush=True)
        for line in ([] if good else str(detail).splitlines()[:20]):
            print("# " + line)

    def skip(self, sentence, reason):
        self.n += 1
        print(f"ok {self.n} - {sentence} # SKIP {reason}", flush=True)

    def end(self):
        print(f"1..{self.n}")
        return 1 if self.failed else 0
