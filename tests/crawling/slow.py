"""Servers that take a connection and then disappoint, and a network without names."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from archiver.simulation.resolver import LoopbackResolver
from archiver.simulation.resolver import _Resolution as Resolution

TRICKLE = 0.1
"""Seconds between two bytes of a server that trickles."""


@contextmanager
def silent() -> Iterator[int]:
    """The port of a server that takes connections and never says a word: half open, to a client."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield int(server.getsockname()[1])


@contextmanager
def trickling(head: bytes) -> Iterator[int]:
    """The port of a server that sends the head of an answer to each request, then a byte now and then, for ever."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        ended = threading.Event()

        def serve(connection: socket.socket) -> None:
            with contextlib.suppress(OSError), connection:
                connection.recv(65536)
                connection.sendall(head)
                while not ended.wait(TRICKLE):
                    connection.sendall(b".")

        def accept() -> None:
            with contextlib.suppress(OSError):
                while True:
                    threading.Thread(target=serve, args=(server.accept()[0],), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield int(server.getsockname()[1])
        ended.set()


class NoNames(LoopbackResolver):
    """A resolver that finds no address for any name: for Scrapy's setting TWISTED_DNS_RESOLVER."""

    def resolveHostName(self, resolutionReceiver: Any, hostName: str, *_: Any, **__: Any) -> Resolution:  # noqa: N802, N803 - Twisted's interface
        """Nothing is found."""
        resolution = Resolution(hostName)
        resolutionReceiver.resolutionBegan(resolution)
        resolutionReceiver.resolutionComplete()
        return resolution
