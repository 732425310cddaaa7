"""The exact bytes of each HTTP/1.1 exchange, tapped under Scrapy's own download handler.

    DOWNLOAD_HANDLERS = {"http": "warc.wire.WireDownloadHandler", "https": "warc.wire.WireDownloadHandler"}

The handler downloads as Scrapy's does (same connections, limits, errors) and listens where Twisted writes the
request and takes in what comes back: below HTTP, above TLS, inside a proxy's tunnel. After each download, good or
failed, and before anybody sees its response, it sends the signal `exchange_captured(exchange, request)`. A
WarcError that a receiver raises (the disk is full) fails the download: no response without its capture.

What the tap leaves out, it says in the exchange's notes: interim (1xx) responses before the final one, and request
headers that hold credentials.

Settings: `KLIPING_CLOCK` (a clock that runs already) or `KLIPING_AS_OF` (ISO date at which one starts), and
`KLIPING_RECORD_CREDENTIALS` (keep `Authorization` and `Cookie` of requests; `Proxy-Authorization` is never kept).

It rests on private names of Scrapy 2.19 and Twisted. Where they are missing, the import of this module raises
WireError; a response that comes past the tap all the same is an error, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import scrapy
from scrapy.exceptions import DownloadCancelledError, DownloadTimeoutError, StopDownload

from warc.clock import start_clock
from warc.credentials import withheld, without_headers
from warc.errors import WireError
from warc.message import parse_head
from warc.record import Exchange
from warc.signals import announce

_ADVICE = f"this recorder fits Scrapy 2.19, here is {scrapy.__version__}: install 'scrapy>=2.19,<2.20'"

try:
    from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler

    from warc.tap import Tap, TapPool
except ImportError as error:
    raise WireError(f"{error}; {_ADVICE}") from error

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from warc.record import Octets, Truncation

exchange_captured = object()
"""Signal, sent with `exchange` (Exchange) and `request` (Scrapy's) once per download."""

_LONGEST_HEAD = 64 * 1024


class WireDownloadHandler(HTTP11DownloadHandler):
    """Scrapy's HTTP/1.1 handler with a tap on each request; see the module's text."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        from twisted.internet import reactor  # noqa: PLC0415  # importing it installs one; by now Scrapy has chosen

        if not hasattr(self, "_pool"):
            raise WireError(f"Scrapy's handler has no connection pool; {_ADVICE}")
        pool = TapPool(reactor, persistent=True)  # type: ignore[no-untyped-call]  # Twisted has few types
        pool.maxPersistentPerHost = self._pool.maxPersistentPerHost
        self._pool: TapPool = pool
        settings = crawler.settings
        self._clock = settings.get("KLIPING_CLOCK") or start_clock(settings.get("KLIPING_AS_OF"))
        self._withheld = withheld(keep=crawler.settings.getbool("KLIPING_RECORD_CREDENTIALS"))

    async def download_request(self, request: Request) -> Response:
        """Download, and send `exchange_captured`."""
        tap = self._pool.next_tap = Tap(self._clock)
        try:
            response = await super().download_request(request)
        except Exception as error:
            tap.close()
            self._tell(request, tap, None, error)
            raise
        tap.close()
        if not tap.sent or not tap.received.size:
            raise WireError(f"{request.url}: the response came past the recorder; {_ADVICE}")
        self._tell(request, tap, response, None)
        return response

    def _tell(self, request: Request, tap: Tap, response: Response | None, error: Exception | None) -> None:
        sent, removed = without_headers(bytes(tap.sent), self._withheld)
        received, interim = _without_interim(tap)
        notes = [f"interim response not kept: {line}" for line in interim]
        notes += [f"request header not kept: {name}" for name in removed]
        if request.meta.get("proxy"):
            notes.append("fetched through a proxy: the IP address is the proxy's")
        exchange = Exchange(
            url=request.url,
            method=request.method,
            sent=sent,
            received=received,
            date=tap.date,
            ip=tap.ip,
            protocols=_protocols(tap, received),
            cipher=tap.tls[1] if tap.tls else None,
            truncated=None if tap.complete or not received else _truncation(response, error),
            exact=not removed,
            error=f"{type(error).__name__}: {error}" if error else None,
            notes=tuple(notes),
        )
        announce(self._crawler.signals, exchange_captured, exchange=exchange, request=request)


def _protocols(tap: Tap, received: Octets) -> tuple[str, ...]:
    """Values of WARC-Protocol: `http/1.1`, `tls/1.3`."""
    if not tap.sent:
        return ()
    head = parse_head(received)
    http = ((head.version if head else None) or "HTTP/1.1").lower()
    return (http, tap.tls[0].lower().replace("v", "/")) if tap.tls else (http,)


def _truncation(response: Response | None, error: Exception | None) -> Truncation:
    if isinstance(error, DownloadTimeoutError):
        return "time"
    if isinstance(error, DownloadCancelledError):  # more than DOWNLOAD_MAXSIZE
        return "length"
    if isinstance(error, StopDownload) or (response is not None and "download_stopped" in response.flags):
        return "unspecified"
    return "disconnect"


def _without_interim(tap: Tap) -> tuple[Octets, list[str]]:
    """-> the final response, the first lines of interim (1xx) ones before it."""
    end = tap.received.size - tap.surplus
    received = tap.received.take(end) if end else b""
    lines: list[str] = []
    while (head := parse_head(received[:_LONGEST_HEAD])) and head.status in range(100, 200) and head.status != 101:
        lines.append(head.first_line.decode("latin-1"))
        received = received[head.size :]
    return received, lines
