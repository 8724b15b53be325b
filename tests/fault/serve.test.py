# SPDX-License-Identifier: Apache-2.0
"""Starting and stopping: what is taken or switched off is said or done without, nobody else's data
is touched, and the end comes in time."""
import contextlib
import json
import os
import pathlib
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "lib"))
from visitor import Server, Tap, Visitor, program  # noqa: E402

STOP_SECONDS = 10


def second_server(tap, server):
    with tempfile.TemporaryDirectory(prefix="motcua-") as other:
        shutil.copy(os.path.join(server.data, "motcua.conf"), other)
        done = subprocess.run([program(), "serve", "--data", other,
                               "--listen", f"127.0.0.1:{server.port}"],
                              capture_output=True, text=True, timeout=30)
        tap.point(done.returncode == 1 and "Address already in use" in done.stderr,
                  "a second server on a port that is taken: 1, and why", done)
        tap.point(os.listdir(other) == ["motcua.conf"],
                  "it has opened no database, no store and no queue", os.listdir(other))
    tap.point(Visitor(server).get("/readyz").status == 200, "and the first one serves on")


def behind_a_proxy(tap):
    """What is said of a unix socket whose clients nobody can tell apart."""
    with tempfile.TemporaryDirectory(prefix="motcua-") as folder:
        data = os.path.join(folder, "data")
        subprocess.run([program(), "init", "--data", data], check=True, stdout=subprocess.DEVNULL)
        for setting, warned in (("", True), ("trusted_proxy = X-Forwarded-For\n", False)):
            with open(os.path.join(data, "motcua.conf"), "a", encoding="utf-8") as file:
                file.write("\n[http]\n" + setting)
            process = subprocess.Popen(
                [program(), "serve", "--data", data, "--listen", os.path.join(folder, "socket")],
                stderr=subprocess.PIPE, text=True)
            said = ""
            while "serve.started" not in said and process.poll() is None:
                said += process.stderr.readline()
            process.terminate()
            process.communicate(timeout=30)
            tap.point(("http.no-trusted-proxy" in said) == warned and "serve.started" in said,
                      f"a unix socket {'without' if warned else 'with'} trusted_proxy: "
                      f"{'warned of' if warned else 'nothing to say'}", said)


def readiness(tap, server):
    away = server.data + ".away"
    os.rename(server.data, away)
    gone = Visitor(server).get("/readyz").status
    alive = Visitor(server).get("/healthz").status
    os.rename(away, server.data)
    tap.point(gone == 503 and alive == 200,
              "a server whose data folder cannot be written is alive but not ready", (gone, alive))
    tap.point(Visitor(server).get("/readyz").status == 200, "and is ready again with its folder")


def silent_mail_server(tap, server):
    """A letter is on its way to somebody who takes the connection and says nothing."""
    server.stop()
    with socket.create_server(("127.0.0.1", 0)) as peer:
        path = os.path.join(server.data, "motcua.conf")
        text = pathlib.Path(path).read_text(encoding="utf-8")
        pathlib.Path(path).write_text(
            text.replace("folder = mail", f"url = smtp://127.0.0.1:{peer.getsockname()[1]}"),
            encoding="utf-8")
        letter = json.dumps({"to": "an@lamgiang.test", "subject": "x", "text": "y", "link": ""})
        with contextlib.closing(sqlite3.connect(os.path.join(server.data, "motcua.db"))) as db:
            db.execute("UPDATE job SET state = 'done'")
            db.executemany(
                "INSERT INTO job (kind, key, payload, state, due_at, created_at, changed_at) "
                "VALUES ('notify.mail', ?, ?, 'waiting', 1, 1, 1)",
                [(str(i), letter) for i in range(20)])
            db.commit()
        server.start()
        peer.settimeout(20)
        connection, _ = peer.accept()
        begun = time.monotonic()
        status = server.stop()
        took = time.monotonic() - begun
        connection.close()
    tap.point(status == 0 and took < STOP_SECONDS,
              "SIGTERM ends the program in time while a mail server says nothing", (status, took))
    with contextlib.closing(sqlite3.connect(os.path.join(server.data, "motcua.db"))) as db:
        rows = db.execute("SELECT DISTINCT state, attempts FROM job WHERE kind = 'notify.mail' "
                          "AND length(key) < 3").fetchall()
    tap.point(rows == [("waiting", 0)], "the letters wait for the next start as if never tried", rows)
    last = json.loads(server.log_text().splitlines()[-1])
    tap.point(last["event"] == "serve.stopped", "and its last word is that it has stopped", last)


def unix_socket(tap, server):
    with tempfile.TemporaryDirectory(prefix="motcua-") as folder:
        data = os.path.relpath(server.data, folder)
        process = subprocess.Popen(
            [os.path.abspath(program()), "serve", "--data", data, "--listen", "motcua.sock"],
            cwd=folder, stderr=subprocess.PIPE, text=True)
        path = os.path.join(folder, "motcua.sock")
        for _ in range(400):
            if os.path.exists(path) or process.poll() is not None:
                break
            time.sleep(0.02)
        tap.point(os.path.exists(path), "a name without a colon is the path of a socket")
        process.terminate()
        errors = process.communicate(timeout=30)[1]
        tap.point(process.returncode == 0 and not os.path.exists(path),
                  "which is removed at the stop", errors)


def without_ipv6(tap, server):
    if not shutil.which("cc"):
        tap.skip("where IPv6 is off, [::] is IPv4", "no C compiler")
        return
    library = os.path.join(server.folder, "no_ipv6.so")
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-D_GNU_SOURCE", "-o", library,
                    str(HERE / "no_ipv6.c")], check=True)
    process = subprocess.Popen(
        [program(), "serve", "--data", server.data, "--listen", f"[::]:{server.port}"],
        stderr=subprocess.PIPE, text=True,
        # The runtime of the sanitizers wants to be first; it need not be, here.
        env={**os.environ, "LD_PRELOAD": library, "ASAN_OPTIONS":
             f"{os.environ.get('ASAN_OPTIONS', '')}:verify_asan_link_order=0".strip(":")})
    status = 0
    for _ in range(200):
        with contextlib.suppress(OSError):
            status = Visitor(server).get("/healthz").status
        if status or process.poll() is not None:
            break
        time.sleep(0.05)
    process.terminate()
    errors = process.communicate(timeout=30)[1]
    tap.point(status == 200, "where IPv6 is switched off, [::] means every IPv4 address", errors)


def dual_stack(tap, server):
    process = subprocess.Popen(
        [program(), "serve", "--data", server.data, "--listen", f"[::]:{server.port}"],
        stderr=subprocess.PIPE, text=True)
    answer = None
    for _ in range(200):
        with contextlib.suppress(OSError):
            answer = Visitor(server).get("/metrics")
        if answer or process.poll() is not None:
            break
        time.sleep(0.05)
    process.terminate()
    errors = process.communicate(timeout=30)[1]
    tap.point(answer and answer.status == 200 and "motcua_requests_total" in answer.text,
              "the machine itself sees the counters by IPv4 on a socket of both kinds", errors)


def main():
    tap = Tap()
    with Server() as server:
        behind_a_proxy(tap)
        second_server(tap, server)
        readiness(tap, server)
        silent_mail_server(tap, server)
        unix_socket(tap, server)
        without_ipv6(tap, server)
        dual_stack(tap, server)
    return tap.end()


sys.exit(main())
