# SPDX-License-Identifier: Apache-2.0
"""What bench/run measures with: CPU time of processes, memory, wrk, and nginx that serves the very
bytes of a page as static files."""
import contextlib
import gzip
import os
import pathlib
import re
import shutil
import socket
import subprocess
import tempfile
import time

from visitor import free_port

HERE = pathlib.Path(__file__).resolve().parent
# The load generator stays on the last core; the servers may use all.
PINNED = ["taskset", "-c", str(os.cpu_count() - 1)]
OWN_HEADERS = {"date", "server", "connection", "content-length", "content-type", "content-encoding",
               "etag", "last-modified", "keep-alive", "transfer-encoding"}

# Server, Date, Content-Type, Content-Length, Content-Encoding, Last-Modified, ETag, Connection
NGINX_HEADERS = 8


def children_of(pid):
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
        return [int(child) for child in file.read().split()]


def family_of(pid):
    return [pid, *(member for child in children_of(pid) for member in family_of(child))]


def cpu_seconds(pids):
    """User and system time of all threads of these processes, to the nanosecond."""
    total = 0
    for pid in pids:
        with contextlib.suppress(FileNotFoundError):
            for thread in os.listdir(f"/proc/{pid}/task"):
                with open(f"/proc/{pid}/task/{thread}/schedstat", encoding="ascii") as file:
                    total += int(file.read().split()[0])
    return total / 1e9


def most_resident_mib(pid):
    """The most memory that a process has held so far."""
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        return int(re.search(r"VmHWM:\s+(\d+)", file.read())[1]) / 1024


def wrk(port, paths, seconds, cookies=""):
    """Requests answered by 64 kept connections that ask for these addresses in turn."""
    command = [*PINNED, "wrk", "-t1", "-c64", f"-d{seconds}s", "-H", "Accept-Encoding: gzip",
               "-H", f"Host: localhost:{port}"]
    if cookies:
        command += ["-H", f"Cookie: {cookies}"]
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as listing:
        listing.write("\n".join(paths) + "\n")
        listing.flush()
        if len(paths) > 1:
            command += ["-s", str(HERE / "cycle.lua")]
        said = subprocess.run([*command, f"http://127.0.0.1:{port}{paths[0]}"],
                              env={**os.environ, "BENCH_PATHS": listing.name},
                              capture_output=True, text=True, check=True).stdout
    requests = int(re.search(r"(\d+) requests in", said)[1])
    if "Non-2xx" in said or "Socket errors" in said or not requests:
        raise RuntimeError(f"{paths[0]}: {said}")
    return requests


def micros_per_request(pids, port, paths, seconds, cookies="", beside=()):
    """CPU of a server for one request in microseconds; with what works beside it, as a second."""
    before, before_beside = cpu_seconds(pids), cpu_seconds(beside)
    requests = wrk(port, paths, seconds, cookies)
    spent, spent_beside = cpu_seconds(pids) - before, cpu_seconds(beside) - before_beside
    return spent / requests * 1e6, spent_beside / requests * 1e6


class Nginx:
    """Serves answers of the program, taken once, as static files: the same compressed bytes, the
    same headers. Two workers, and an access log as the program has one. address: of each answer's
    copy, by its name."""

    def __init__(self, answers):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="motcua-nginx-"))
        self.folder.chmod(0o755)  # its workers are nobody
        self.port = free_port()
        self.address = {name: f"/{i}.html" for i, name in enumerate(answers)}
        places = [self.place(self.address[name], answer) for name, answer in answers.items()]
        (self.folder / "nginx.conf").write_text(self.config("\n".join(places)), encoding="utf-8")
        self.process = subprocess.Popen(
            ["nginx", "-p", str(self.folder), "-c", str(self.folder / "nginx.conf"),
             "-e", str(self.folder / "error.log")])

    def __enter__(self):
        for _ in range(100):
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port)).close()
                break
            time.sleep(0.02)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def place(self, address, answer):
        (self.folder / address[1:]).write_bytes(gzip.decompress(answer.body))
        (self.folder / f"{address[1:]}.gz").write_bytes(answer.body)
        added = ["\t\t\tadd_header %s '%s';" % (name, value.replace("'", "\\'"))
                 for name, value in answer.headers.items() if name.lower() not in OWN_HEADERS]
        # As many as the program's in all.
        headers = "\n".join(added[:len(answer.headers) - NGINX_HEADERS])
        return f"\t\tlocation = {address} {{\n{headers}\n\t\t}}"

    def config(self, places):
        return f"""worker_processes 2;
pid {self.folder}/pid;
daemon off;
events {{ worker_connections 1024; }}
http {{
	types {{ text/html html; }}
	charset utf-8;
	access_log {self.folder}/access.log;
	client_body_temp_path {self.folder}/body;
	proxy_temp_path {self.folder}/proxy;
	fastcgi_temp_path {self.folder}/fastcgi;
	uwsgi_temp_path {self.folder}/uwsgi;
	scgi_temp_path {self.folder}/scgi;
	sendfile on;
	tcp_nopush on;
	keepalive_requests 1000000;
	open_file_cache max=100;
	gzip_static on;
	server {{
		listen 127.0.0.1:{self.port};
		root {self.folder};
{places}
	}}
}}
"""
