"""A live site on loopback, and a guard that lets nobody out."""

from __future__ import annotations

import http.server
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
import trustme

from tests.crawling.support import Answer


@dataclass
class LiveSite:
    """A running server: what it answers by path, and what it was asked, in order."""

    url: str
    answers: dict[str, Answer] = field(default_factory=dict)
    first: dict[str, list[Answer]] = field(default_factory=dict)
    """Answers by path that are given before that, each once."""
    asked: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    """When, in seconds."""
    headers: list[dict[str, str]] = field(default_factory=list)
    hold: threading.Event = field(default_factory=threading.Event)
    """A path below /slow is answered when this is set."""


@contextmanager
def serve(context: ssl.SSLContext | None = None) -> Iterator[LiveSite]:
    """A server on a free port; with a context it speaks TLS."""
    live = LiveSite("")

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            live.times.append(time.monotonic())
            live.asked.append(self.path)
            live.headers.append(dict(self.headers))
            if "slow" in self.path:
                live.hold.wait(20)
            first = live.first.get(self.path)
            answer = first.pop(0) if first else live.answers.get(self.path, Answer(b"?", 404))
            self.wfile.write(answer.message())
            self.close_connection = answer.missing > 0

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name in the standard library
            pass

    class Server(http.server.ThreadingHTTPServer):
        def handle_error(self, request: Any, client_address: Any) -> None:
            pass  # the other side has left

    with Server(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        if context is not None:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        live.url = f"{'http' if context is None else 'https'}://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield live
        live.hold.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def site() -> Iterator[LiveSite]:
    with serve() as live:
        yield live


@pytest.fixture
def untrusted_site() -> Iterator[LiveSite]:
    """A site whose certificate nobody vouches for."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    with serve(context) as live:
        yield live


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever connects anywhere, or asks for an address, fails."""

    def refuse(*arguments: Any, **_: Any) -> Any:
        raise AssertionError(f"something goes out: {arguments[1:]}")

    for name in ("connect", "connect_ex", "bind", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "gethostbyname", refuse)
