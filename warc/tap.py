"""The tap itself: Twisted's HTTP/1.1 client, which shows what it writes and what comes in.

A pool hands out connections, a connection takes a request, the request is written to a transport, and a protocol
gets the bytes that come back. Each of the four is Twisted's or Scrapy's own, with one thing added.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from OpenSSL.SSL import Connection
from scrapy.core.downloader.handlers.http11 import _LenientHTTP11ClientFactory, _LenientHTTP11ClientProtocol
from twisted.web._newclient import Request as TxRequest
from twisted.web.client import HTTPConnectionPool

from warc.spill import Spill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from twisted.internet.defer import Deferred
    from twisted.internet.interfaces import IAddress


for _owner, _name in (
    (_LenientHTTP11ClientProtocol, "_finishResponse"),
    (HTTPConnectionPool, "_factory"),
    (HTTPConnectionPool, "getConnection"),
    (TxRequest, "writeTo"),
):
    if not hasattr(_owner, _name):
        raise ImportError(f"{_owner.__name__} has no {_name}")


class Tap:
    """What goes over the wire for one request, on whichever connection it is tried.

    `received` may end with `surplus` bytes that the server sent after a `complete` response. `tls` is the version
    and the cipher in OpenSSL's words.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self.received = Spill()
        self.begin()

    def begin(self) -> None:
        """Forget everything: the pool repeats a request on a new connection if its own is stale."""
        self.date = self._clock()
        self.sent = bytearray()
        self.received.close()
        self.received = Spill()
        self.surplus = 0
        self.complete = False
        self.ip: str | None = None
        self.tls: tuple[str, str] | None = None
        self._closed = False

    def write(self, data: bytes) -> None:
        """Note a part of the request."""
        self.sent += data

    def receive(self, data: bytes, transport: Any) -> None:
        """Note a part of the response."""
        if self._closed:
            return
        if not self.received.size:
            self.tls = _tls(transport)  # agreed on by now
        self.received.write(data)

    def finish(self, surplus: int) -> None:
        """The response is whole, and `surplus` bytes of what came after it are not part of it."""
        self.complete = True
        self.surplus = surplus
        self._closed = True

    def close(self) -> None:
        """Nobody waits for more."""
        self._closed = True


def _tls(transport: Any) -> tuple[str, str] | None:
    """-> version and cipher. In a proxy's tunnel, the TLS layer is the protocol on the TCP transport."""
    for layer in (transport, getattr(transport, "protocol", None)):
        connection = getattr(layer, "getHandle", lambda: None)()
        if isinstance(connection, Connection) and (cipher := connection.get_cipher_name()):
            return connection.get_protocol_version_name(), cipher
    return None


class _Tee:
    """A transport whose writes are noted."""

    def __init__(self, transport: Any, tap: Tap) -> None:
        self._transport = transport
        self._tap = tap

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        self._tap.write(data)
        self._transport.write(data)

    def writeSequence(self, pieces: Iterable[bytes]) -> None:  # noqa: N802  # Twisted's name
        self.write(b"".join(pieces))


class _TappedRequest(TxRequest):
    """A request with its tap. It keeps it when the pool repeats it."""

    def __init__(self, request: TxRequest, tap: Tap) -> None:
        self.__dict__.update(request.__dict__)
        self.tap = tap

    def writeTo(self, transport: Any) -> Any:  # noqa: N802  # Twisted's name
        self.tap.begin()
        self.tap.ip = getattr(transport.getPeer(), "host", None)
        return super().writeTo(_Tee(transport, self.tap))  # type: ignore[no-untyped-call]  # Twisted has few types


class _TappedProtocol(_LenientHTTP11ClientProtocol):
    _tap: Tap | None = None

    def request(self, request: TxRequest) -> Deferred[Any]:
        self._tap = request.tap if isinstance(request, _TappedRequest) else None
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:  # noqa: N802  # Twisted's name
        if self._tap:
            self._tap.receive(data, self.transport)
        super().dataReceived(data)  # type: ignore[no-untyped-call]  # as above

    def _finishResponse(self, rest: bytes) -> None:  # noqa: N802  # Twisted's name
        if self._tap:
            self._tap.finish(len(rest))
            self._tap = None
        super()._finishResponse(rest)


class _TappedFactory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: IAddress | None) -> _TappedProtocol:  # noqa: ARG002, N802  # Twisted's interface
        return _TappedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]  # as above


class _TappedConnection:
    """A connection that is asked for one request, which gets the tap."""

    def __init__(self, connection: Any, tap: Tap) -> None:
        self._connection = connection
        self._tap = tap

    def request(self, request: TxRequest) -> Any:
        return self._connection.request(_TappedRequest(request, self._tap))


class TapPool(HTTPConnectionPool):
    """A connection pool. `next_tap` is for the request that next asks for a connection.

    Scrapy does that before it first waits, so that no other request can come in between.
    """

    _factory = _TappedFactory
    next_tap: Tap | None = None

    def getConnection(self, key: Any, endpoint: Any) -> Deferred[Any]:  # noqa: N802  # Twisted's name
        """A connection, fresh or used, that will take one request."""
        tap, self.next_tap = self.next_tap, None
        connection: Deferred[Any] = super().getConnection(key, endpoint)
        return connection.addCallback(_TappedConnection, tap) if tap else connection
