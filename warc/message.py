"""HTTP/1.x messages as bytes: head, body, chunks. Lenient where servers are sloppy."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from warc.record import Octets

_CUT_SIZE_LINE = re.compile(rb"[0-9A-Fa-f]*[ \t]*(;|\r?\Z)")
_STATUS_LINE = re.compile(rb"HTTP/(\d\.\d) (\d{3})(?: [^\r\n]*)?$")


class MessageError(ValueError):
    """Bytes that are no HTTP message, or a body that does not decode as its head says."""


@dataclass(frozen=True, slots=True)
class Head:
    """The first line and the headers of a message; `size` is its length in bytes, blank line included.

    Names and values are decoded as ISO 8859-1, folded lines joined, order and spelling kept.
    """

    first_line: bytes
    headers: tuple[tuple[str, str], ...]
    size: int

    def get(self, name: str) -> str | None:
        """Value of the first header of that name, in any case."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    def joined(self, name: str) -> str:
        """Values of all headers of that name, with commas between them."""
        wanted = name.lower()
        return ", ".join(value for key, value in self.headers if key.lower() == wanted)

    @property
    def status(self) -> int | None:
        """Status code of a response; None if the first line is no status line."""
        match = _STATUS_LINE.match(self.first_line)
        return int(match[2]) if match else None

    @property
    def version(self) -> str | None:
        """`HTTP/1.1`, say; None if the first line is no status line."""
        match = _STATUS_LINE.match(self.first_line)
        return f"HTTP/{match[1].decode('ascii')}" if match else None

    @property
    def chunked(self) -> bool:
        """Whether the body that follows is in chunks."""
        return "chunked" in self.joined("transfer-encoding").lower()


def parse_head(message: Octets) -> Head | None:
    """Head of a message; None while its blank line has not come. Bare line feeds pass for line ends."""
    size = _head_size(message)
    if size is None:
        return None
    first, *lines = message[:size].rstrip(b"\r\n").split(b"\n")
    headers: list[tuple[str, str]] = []
    for raw in lines:
        line = raw.rstrip(b"\r").decode("latin-1")
        name, colon, value = line.partition(":")
        if line[:1] in {" ", "\t"} and headers:
            headers[-1] = (headers[-1][0], f"{headers[-1][1]} {line.strip()}")
        elif colon:
            headers.append((name.strip(), value.strip()))
    return Head(first.rstrip(b"\r"), tuple(headers), size)


def _head_size(message: Octets) -> int | None:
    crlf = message.find(b"\r\n\r\n")
    lf = message.find(b"\n\n", 0, crlf if crlf >= 0 else len(message))
    if lf >= 0:
        return lf + 2
    return crlf + 4 if crlf >= 0 else None


def entity(message: Octets, head: Head) -> list[memoryview]:
    """The body after transfer decoding, still content-encoded, in pieces of the message.

    A chunked body that is cut short or damaged gives what comes before that. One that is not chunked at all,
    although its head says so, is given as it stands: there are servers, and tools that write WARC files, that do
    this.
    """
    pieces: list[memoryview] = []
    if head.chunked:
        with suppress(MessageError):
            pieces.extend(chunks(message, head.size))
            return pieces
    return pieces or [memoryview(message)[head.size :]]


def chunks(message: Octets, start: int) -> Iterator[memoryview]:
    """Data of the chunks of a body that begins at `start`; extensions and trailers are left out.

    A body that ends early gives what there is. Raises MessageError where a chunk size should stand and does not.
    """
    view = memoryview(message)
    position = start
    while (end := message.find(b"\n", position)) >= 0:
        size = _chunk_size(message[position:end])
        if size is None:
            raise MessageError(f"no chunk size at byte {position - start} of the body")
        if size == 0:
            return
        position = end + 1 + size
        yield view[end + 1 : position]
        position += 2 if message[position : position + 2] == b"\r\n" else 1
    if not _CUT_SIZE_LINE.match(message[position : position + 32]):
        raise MessageError(f"no chunk size at byte {position - start} of the body")


def chunked_length(message: Octets, start: int) -> int | None:
    """Bytes a chunked body takes, trailers and last line included; None if it is cut short or damaged."""
    position = start
    while (end := message.find(b"\n", position)) >= 0:
        size = _chunk_size(message[position:end])
        if size is None:
            return None
        if size == 0:
            return _trailer_end(message, end + 1, start)
        position = end + 1 + size + 2
        if message[position - 2 : position] != b"\r\n":
            return None
    return None


def _chunk_size(line: bytes) -> int | None:
    digits = line.partition(b";")[0].strip()
    try:
        return int(digits, 16) if digits.isalnum() else None
    except ValueError:
        return None


def _trailer_end(message: Octets, position: int, start: int) -> int | None:
    while (end := message.find(b"\n", position)) >= 0:
        if not message[position:end].strip():
            return end + 1 - start
        position = end + 1
    return None
