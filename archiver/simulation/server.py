"""Serves rendered answers on loopback, over HTTP/1.1 and TLS, by scheme, host and path: a fixed set, or a live network.

The framing is as varied as the outlets': gzip for whoever accepts it, chunked where an outlet's server was, else with
a length. The Date header tells the simulated time. Unknown addresses get 404, pictures a drawn placeholder.
"""

from __future__ import annotations

import gzip
import os
import socket
import ssl
import struct
import sys
import threading
import time
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC
from email.utils import format_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from archiver.simulation.pages import Answer
from archiver.simulation.resolver import LOOPBACK
from archiver.simulation.weather import Breakdown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    Respond = Callable[[str, str], Answer | Breakdown]
    """What an address and a user agent get."""

MISSING = Answer(
    404,
    (("Content-Type", "text/html; charset=UTF-8"),),
    b'<!DOCTYPE html>\n<html lang="id"><head><title>404</title></head><body>Tidak ditemukan</body></html>\n',
)

CHUNK = 8192
"""Bytes in one chunk of a chunked answer."""

MOST_PATIENT = 60.0
"""Seconds for which a connection that hangs is kept."""

PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".svg", ".ico")


@dataclass(frozen=True, slots=True)
class Ports:
    """Where the network listens on loopback."""

    http: int
    https: int

    @property
    def mapping(self) -> dict[int, int]:
        """Well-known port to the one that stands for it: the resolver's setting `SIMULATION_PORTS`."""
        return {80: self.http, 443: self.https}


ANY_PORTS = Ports(0, 0)


@contextmanager
def network(
    answers: Mapping[str, Answer], tls: ssl.SSLContext, moment: datetime, ports: Ports = ANY_PORTS
) -> Iterator[Ports]:
    """Serve `answers` (by absolute URL) until the block ends; `moment` (aware) is the date that the servers tell.

    Ports that are 0 are chosen by the system. Raises OSError where a port is taken.
    """

    def respond(url: str, _agent: str) -> Answer:
        answer = answers.get(url)
        if answer is None:
            path = urlsplit(url).path
            answer = placeholder(path) if path.endswith(PICTURES) else MISSING
        return answer

    with serve(respond, tls, lambda: moment, ports) as found:
        yield found


@contextmanager
def serve(
    respond: Respond, tls: ssl.SSLContext, clock: Callable[[], datetime], ports: Ports = ANY_PORTS
) -> Iterator[Ports]:
    """Serve what `respond` says until the block ends; it is asked in many threads. `clock` gives the Date header.

    Ports that are 0 are chosen by the system. Raises OSError where a port is taken.
    """
    listeners = []
    try:
        for scheme, port in (("http", ports.http), ("https", ports.https)):
            values = {"scheme": scheme, "respond": staticmethod(respond), "clock": staticmethod(clock)}
            listener = _Listener((LOOPBACK, port), type("Handler", (_Handler,), values))
            listeners.append(listener)
            if scheme == "https":
                listener.socket = tls.wrap_socket(listener.socket, server_side=True, do_handshake_on_connect=False)
            threading.Thread(target=listener.serve_forever, args=(0.05,), daemon=True).start()
        yield Ports(*(listener.server_address[1] for listener in listeners))
    finally:
        for listener in listeners:
            listener.shutdown()
            listener.server_close()


class _Listener(ThreadingHTTPServer):
    """A server that does not mind clients that hang up."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Pass over a broken connection or handshake; report anything else as usual."""
        if not isinstance(sys.exception(), ConnectionError | ssl.SSLError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """One connection. The class attributes are set by `serve`."""

    protocol_version = "HTTP/1.1"
    scheme: str
    respond: Respond
    clock: Callable[[], datetime]

    def do_GET(self) -> None:
        """Answer by scheme, Host header and path; or break down."""
        url = f"{self.scheme}://{self.headers.get('Host', '')}{self.path}"
        match self.respond(url, self.headers.get("User-Agent", "")):
            case Answer() as answer:
                self._send(answer)
            case Breakdown.HANG:
                self._wait_for_the_end()
            case Breakdown.RESET:
                self._cut()

    def _wait_for_the_end(self) -> None:
        """Say nothing until the visitor has gone."""
        self.close_connection = True
        end = time.monotonic() + MOST_PATIENT
        while time.monotonic() < end:
            self.connection.settimeout(0.2)
            try:
                if not self.connection.recv(1):
                    return
            except TimeoutError:
                continue
            except OSError:
                return

    def _cut(self) -> None:
        """End the connection with a TCP reset."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        os.close(self.connection.detach())  # at once: a TLS socket would say goodbye first

    def _send(self, answer: Answer) -> None:
        body = answer.body
        headers = [("Date", format_datetime(self.clock().astimezone(UTC), usegmt=True)), *answer.headers]
        if "gzip" in self.headers.get("Accept-Encoding", "") and len(body) > 512:
            body = gzip.compress(body, 6, mtime=0)
            headers += [("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding")]
        headers.append(("Transfer-Encoding", "chunked") if answer.chunked else ("Content-Length", str(len(body))))
        self.send_response_only(answer.status, HTTPStatus(answer.status).phrase)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(_chunks(body) if answer.chunked else body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
        """Say nothing: the recorder keeps the exchange."""


def placeholder(path: str) -> Answer:
    """A picture in a colour that depends on its path, so that a page looks like a page."""
    hue = zlib.crc32(path.encode()) % 360
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 480" preserveAspectRatio="xMidYMid slice">'
        f'<rect width="720" height="480" fill="hsl({hue},35%,70%)"/>'
        f'<circle cx="560" cy="110" r="60" fill="hsl({hue},60%,88%)"/>'
        f'<path d="M0 480L210 190 380 400 500 280 720 480z" fill="hsl({hue},35%,45%)"/></svg>'
    )
    return Answer(200, (("Content-Type", "image/svg+xml"),), svg.encode())


def _chunks(body: bytes) -> bytes:
    parts = [body[start : start + CHUNK] for start in range(0, len(body), CHUNK)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"
