"""Exchanges and small WARC files for tests."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from warc.record import Exchange, WarcInfo
from warc.write import WarcWriter

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from warc.draft import Earlier
    from warc.record import Truncation

START = datetime(2021, 5, 4, 3, 2, 1, 500_000, tzinfo=UTC)
INFO = WarcInfo("kliping/0", "the tests", "tests@example.org", "kliping-tests", "obey", "sha256:0", synthetic=True)
PAGE = b"<!doctype html><html><body><p>" + b"Selamat pagi. " * 60 + b"</p></body></html>"


def ticking() -> Callable[[], datetime]:
    """A clock that goes on by a second with each look at it."""
    seconds = iter(range(10**6))
    return lambda: START + timedelta(seconds=next(seconds))


def message(body: bytes = PAGE, *headers: str, status: str = "200 OK") -> bytes:
    """A response with a Content-Length."""
    lines = [f"HTTP/1.1 {status}", "Content-Type: text/html; charset=utf-8", *headers]
    if not any(header.lower().startswith("transfer-encoding") for header in headers):
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def in_chunks(body: bytes, size: int = 100, extension: bytes = b"", trailers: bytes = b"") -> bytes:
    """A body in chunks."""
    parts = [body[start : start + size] for start in range(0, len(body), size)]
    chunks = [b"%x%s\r\n%s\r\n" % (len(part), extension, part) for part in parts]
    return b"".join(chunks) + b"0\r\n" + trailers + b"\r\n"


def chunked_message(body: bytes = PAGE) -> bytes:
    """A gzipped response in chunks, as most news sites send."""
    packed = in_chunks(gzip.compress(body, mtime=0))
    return message(packed, "Transfer-Encoding: chunked", "Content-Encoding: gzip")


def exchange(
    url: str = "https://www.example.com/a",
    received: bytes | None = None,
    *,
    method: str = "GET",
    seconds: float = 0,
    truncated: Truncation | None = None,
    error: str | None = None,
    notes: tuple[str, ...] = (),
    exact: bool = True,
) -> Exchange:
    """What the recorder would have seen, `seconds` after START."""
    host, _, path = url.partition("://")[2].partition("/")
    return Exchange(
        url=url,
        method=method,
        sent=f"{method} /{path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: gzip\r\n\r\n".encode(),
        received=message() if received is None else received,
        date=START + timedelta(seconds=seconds),
        ip="127.0.0.1",
        protocols=("http/1.1", "tls/1.3"),
        cipher="TLS_AES_256_GCM_SHA384",
        truncated=truncated,
        exact=exact,
        error=error,
        notes=notes,
    )


def writer(
    folder: Path, *, max_bytes: int = 10**9, earlier: Callable[[str, str], Earlier | None] | None = None
) -> WarcWriter:
    """A writer under a ticking clock, without a memory of other files unless one is given."""
    return WarcWriter(folder, "tests", INFO, clock=ticking(), max_bytes=max_bytes, earlier=earlier)


def write(folder: Path, *exchanges: Exchange) -> Path:
    """One WARC file with these exchanges."""
    warc_writer = writer(folder)
    for one in exchanges or (exchange(),):
        warc_writer.write_exchange(one)
    (path,) = warc_writer.close()
    return path
