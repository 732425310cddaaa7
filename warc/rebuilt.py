"""HTTP messages put together again where the tap cannot be: HTTP/2, or another download handler.

What a handler gives is status, header fields and body, not the bytes of the wire. Such an exchange says so: it is not
`exact`, and a metadata record beside it tells what may differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from warc.credentials import without_headers
from warc.record import Exchange

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from warc.record import Truncation

NOTE = (
    "rebuilt from what the download handler gave: first lines, order and spelling of header fields, and framing may "
    "differ from what went over the wire"
)

_FRAMING = frozenset({b"connection", b"content-length", b"keep-alive", b"transfer-encoding"})


@dataclass(frozen=True, slots=True)
class Given:
    """What a download handler gives of a message: header fields, and the body with its transfer decoded."""

    fields: tuple[tuple[bytes, bytes], ...]
    body: bytes


def rebuild(  # noqa: PLR0913 - an exchange has as many sides
    url: str,
    method: str,
    sent: Given,
    status: int,
    received: Given,
    date: datetime,
    *,
    ip: str | None = None,
    protocol: str | None = None,
    truncated: Truncation | None = None,
    withheld: frozenset[bytes] = frozenset(),
) -> Exchange:
    """An exchange in the form of HTTP/1.1, without the request's fields whose names are `withheld`."""
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    host = (b"Host", parts.netloc.rpartition("@")[2].encode())
    fields = [host, *(field for field in sent.fields if field[0].lower() != b"host")]
    request = _message(f"{method} {target} HTTP/1.1", fields, sent.body, length=bool(sent.body))
    request, removed = without_headers(request, withheld)
    first_line = f"HTTP/1.1 {status} {_phrase(status)}"
    return Exchange(
        url=url,
        method=method,
        sent=request,
        received=_message(first_line, received.fields, received.body, length=method != "HEAD"),
        date=date,
        ip=ip,
        protocols=(protocol.lower(),) if protocol else (),
        truncated=truncated,
        exact=False,
        notes=(NOTE, *(f"request header not kept: {name}" for name in removed)),
    )


def _message(first_line: str, fields: Sequence[tuple[bytes, bytes]], body: bytes, *, length: bool) -> bytes:
    """With a Content-Length of the body in the place of what the fields say of framing."""
    kept = [field for field in fields if not length or field[0].lower() not in _FRAMING]
    if length:
        kept.append((b"Content-Length", str(len(body)).encode()))
    lines = [first_line.encode("ascii", "replace"), *(b"%b: %b" % field for field in kept)]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
