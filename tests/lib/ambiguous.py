# SPDX-License-Identifier: Apache-2.0
"""Requests that two readers could take for different things, byte by byte."""
import contextlib

HOST = b"Host: localhost\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
GET = b"GET / HTTP/1.1\r\n"
POST = b"POST /dang-nhap HTTP/1.1\r\n" + HOST + FORM
# Each is refused with 400 and the end of the connection [RFC 9112, 11.2].
AMBIGUOUS = {
    "two Content-Length": POST + b"Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
    "two that differ": POST + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
    "Content-Length with Transfer-Encoding":
        POST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "unknown Transfer-Encoding": POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "Content-Length: +5": POST + b"Content-Length: +5\r\n\r\nabcde",
    "a negative Content-Length": POST + b"Content-Length: -1\r\n\r\n",
    "space before the colon": GET + b"Host : localhost\r\n\r\n",
    "no Host": GET + b"\r\n",
    "two Hosts": GET + HOST + HOST + b"\r\n",
    "NUL in a header": GET + HOST + b"X: a\0b\r\n\r\n",
    "a folded header": GET + HOST + b"X: a\r\n b\r\n\r\n",
    "a bare LF": b"GET / HTTP/1.1\n" + HOST + b"\r\n",
    "a body on GET": GET + HOST + b"Content-Length: 3\r\n\r\nabc",
    "a foreign absolute target": b"GET http://evil.example/ HTTP/1.1\r\n" + HOST + b"\r\n",
    "CONNECT": b"CONNECT evil.example:443 HTTP/1.1\r\n" + HOST + b"\r\n",
}


def receive(connection):
    """Until the server closes, or nothing more comes for a while."""
    connection.settimeout(3)
    got = b""
    with contextlib.suppress(TimeoutError, ConnectionResetError):
        while piece := connection.recv(65536):
            got += piece
        return got, True
    return got, False
