# SPDX-License-Identifier: Apache-2.0
"""What nginx lets through with the sample configuration: behind it stands a listener that only
writes down what it is sent."""
import contextlib
import os
import pathlib
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "lib"))
from ambiguous import AMBIGUOUS, FORM, HOST, receive  # noqa: E402
from visitor import Tap, free_port  # noqa: E402

CHUNKED = b"POST /dang-nhap HTTP/1.1\r\n" + HOST + FORM + b"Transfer-Encoding: chunked\r\n\r\n"
# What the program's own library hides from it (docs/http-conformance.md).
HIDDEN = {
    "bare LF in chunked framing": CHUNKED + b"3\nabc\n0\n\n",
    "trailer fields": CHUNKED + b"3\r\nabc\r\n0\r\nX-Late: 1\r\n\r\n",
    "a chunk extension": CHUNKED + b"3;x=\"\r\nabc\r\n0\r\n\r\n",
    "a tab in the request line": b"GET\t/ HTTP/1.1\r\n" + HOST + b"\r\n",
    "lines that end in a bare LF": b"GET / HTTP/1.1\n" + HOST.replace(b"\r", b"") + b"\n",
    "another's address": b"GET / HTTP/1.1\r\n" + HOST + b"X-Forwarded-For: 192.0.2.1\r\n\r\n",
}


class Listener:
    """Takes whatever comes, answers 204, keeps the bytes."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.bind(path)
        os.chmod(path, 0o666)
        self.socket.listen(64)
        self.heard = b""
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        while True:
            connection, _ = self.socket.accept()
            threading.Thread(target=self.listen, args=(connection,), daemon=True).start()

    def listen(self, connection):
        while piece := connection.recv(65536):
            self.heard += piece
            connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")


class Nginx:
    """The sample with its EXAMPLE names made real, on free ports."""

    def __init__(self, folder):
        self.folder, self.port = folder, free_port()
        self.write()
        self.process = subprocess.Popen(["nginx", *self.words(), "-g", "daemon off;"])
        for _ in range(100):
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            time.sleep(0.05)
        raise RuntimeError("nginx does not listen: " + (folder / "error.log").read_text())

    def words(self):
        return ["-e", self.folder / "error.log", "-c", self.folder / "nginx.conf"]

    def write(self):
        key, certificate = self.folder / "key.pem", self.folder / "certificate.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
                        "-subj", "/CN=dichvucong.example.gov.vn", "-keyout", key, "-out",
                        certificate], check=True, stderr=subprocess.DEVNULL)
        sample = (ROOT / "ops" / "nginx.conf.sample").read_text(encoding="utf-8")
        for said, made in (
                ("/etc/ssl/certs/dichvucong.example.gov.vn.pem", certificate),
                ("/etc/ssl/private/dichvucong.example.gov.vn.key", key),
                ("/var/log/nginx/motcua.access.log", self.folder / "access.log"),
                ("unix:/run/motcua.sock", f"unix:{self.folder}/motcua.sock"),
                ("listen 80;", f"listen 127.0.0.1:{free_port()};"),
                ("listen 443 ssl http2;", f"listen 127.0.0.1:{self.port} ssl http2;")):
            assert said in sample, said
            sample = sample.replace(said, str(made))
        sample = re.sub(r"listen \[::\].*", "", sample)
        temporary = "".join(f"{name}_temp_path {self.folder}/{name};\n"
                            for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        user = "user root;\n" if os.geteuid() == 0 else ""
        (self.folder / "nginx.conf").write_text(
            f"{user}pid {self.folder}/pid;\nevents {{}}\nhttp {{\n{temporary}{sample}\n}}\n",
            encoding="utf-8")

    def send(self, request):
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as plain:
            with context.wrap_socket(plain, server_hostname="dichvucong.example.gov.vn") as tls:
                tls.sendall(request)
                return receive(tls)[0]

    def stop(self):
        self.process.terminate()
        self.process.wait(30)


def faults(heard):
    """What in these requests could be read in two ways."""
    found = []
    for request in re.split(rb"(?<=\r\n\r\n)(?=[A-Z]+ /)", heard):
        head, _, body = request.partition(b"\r\n\r\n")
        names = [line.partition(b":")[0].lower() for line in head.split(b"\r\n")[1:]]
        length = re.search(rb"\r\ncontent-length: (\d+)", head, re.I)
        found += [f"{name.decode()} twice" for name in set(names) if names.count(name) > 1]
        found += ["chunks" for name in names if name == b"transfer-encoding"]
        found += ["a line end"] if b"\n" in head.replace(b"\r\n", b"") or b"\0" in head else []
        found += ["a folded line" for line in head.split(b"\r\n") if line[:1] in (b" ", b"\t")]
        found += ["a length"] if len(body) != (int(length[1]) if length else 0) else []
        found += ["an address"] if b"192.0.2.1" in head else []
    return found


def main():
    tap = Tap()
    if not shutil.which("nginx") or not shutil.which("openssl"):
        tap.skip("what nginx lets through is read in one way only", "no nginx here")
        return tap.end()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        listener, nginx = Listener(f"{folder}/motcua.sock"), Nginx(folder)
        try:
            status = subprocess.run(["nginx", "-t", *nginx.words()], capture_output=True,
                                    text=True)
            tap.point(status.returncode == 0, "nginx accepts the sample", status.stderr)
            for what, request in {**AMBIGUOUS, **HIDDEN}.items():
                listener.heard = b""
                answer = nginx.send(request)
                wrong = faults(listener.heard) if listener.heard else []
                tap.point(answer.startswith(b"HTTP/1.1 ") and not wrong,
                          f"{what}: refused by nginx, or passed on so that it is read in one way",
                          f"{wrong} {listener.heard[:400]} {answer[:200]}")
        finally:
            nginx.stop()
    return tap.end()


sys.exit(main())
