"""A loopback HTTP server that sends given bytes and keeps account of every byte it got and sent.

The account is the measure of the recorder. Each path has a script: what to send, and what to do then.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Self

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType


@dataclass(frozen=True)
class Script:
    """`then`: keep the connection for more, close it, reset it, close it when the next request comes, or stall."""

    send: bytes
    then: Literal["keep", "close", "reset", "go stale", "stall"] = "keep"


@dataclass
class Served:
    """One exchange as the server saw it."""

    request: bytes
    response: bytes


@dataclass
class RawServer:
    """A context manager; `served` has the exchanges by path, in order. Answers CONNECT as a proxy does."""

    scripts: Mapping[str, Script]
    tls: ssl.SSLContext | None = None
    served: dict[str, list[Served]] = field(default_factory=dict)
    tunnels: list[bytes] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.url = f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}"
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), contextlib.ExitStack() as stack:
            if self.tls:
                connection = self.tls.wrap_socket(connection, server_side=True)
            stack.enter_context(connection)
            while request := _read_request(connection):
                method, target = request.split(b" ")[:2]
                if method == b"CONNECT":
                    self.tunnels.append(request)
                    _tunnel(connection, target.decode())
                    return
                path = target.decode().removeprefix("http://").partition("/")[2]
                script = self.scripts["/" + path]
                answer = script.send
                if method == b"HEAD":
                    answer = answer[: answer.index(b"\r\n\r\n") + 4]
                if path == "echo":
                    answer += request.partition(b"\r\n\r\n")[2]
                self.served.setdefault("/" + path, []).append(Served(request, answer))
                connection.sendall(answer)
                if script.then != "keep":
                    _end(connection, script.then)
                    return


def _read_request(connection: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        if not (more := connection.recv(65536)):
            return b""
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    length = 0
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


def _end(connection: socket.socket, how: str) -> None:
    if how == "reset":
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    elif how == "go stale":
        connection.recv(1)  # the next request comes, and finds nobody
    elif how == "stall":
        time.sleep(10)
    connection.close()


def _tunnel(client: socket.socket, target: str) -> None:
    host, port = target.split(":")
    with socket.create_connection((host, int(port))) as server:
        client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        threading.Thread(target=_pipe, args=(server, client), daemon=True).start()
        _pipe(client, server)


def _pipe(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
