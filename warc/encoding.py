"""Content encodings of HTTP bodies, undone within limits: a few kilobytes can decode to terabytes."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Protocol

import brotli  # type: ignore[import-untyped]  # has no types
from isal import isal_zlib

from warc.message import MessageError

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_DECODED = 512 * 1024 * 1024
"""Bytes a decoded body may have; no page needs more."""

_GZIP = b"\x1f\x8b"
_PIECE = 16 * 1024


class TooLargeError(MessageError):
    """A body that decodes to more bytes than are wanted."""


def decode_content(body: bytes, encodings: str, *, limit: int = MAX_DECODED) -> bytes:
    """Undo the encodings named in a Content-Encoding header: gzip, deflate, br, identity.

    A body that is cut short or damaged gives what comes before the damage. One that was never encoded is given as
    it is, since servers lie about that. Raises MessageError for an unknown encoding, TooLargeError for a body that
    decodes to more than `limit` bytes.
    """
    decoded = content_prefix(body, encodings, limit + 1)
    if len(decoded) > limit:
        raise TooLargeError(f"the body decodes to more than {limit} bytes")
    return decoded


def content_prefix(body: bytes, encodings: str, size: int) -> bytes:
    """At most the first `size` bytes of a decoded body. Raises MessageError for an unknown encoding."""
    for encoding in reversed([name.strip().lower() for name in encodings.split(",")]):
        if encoding in {"", "identity"} or not body:
            continue
        decode = _DECODERS.get(encoding)
        if decode is None:
            raise MessageError(f"content encoding {encoding!r} is not supported")
        body = decode(body, size)
    return body[:size]


def _gunzip(body: bytes, size: int) -> bytes:
    """All members, one after the other (RFC 1952, 2.2)."""
    out, rest = b"", body
    while rest.startswith(_GZIP) and len(out) < size:
        member, rest = _inflate_once(isal_zlib.decompressobj(zlib.MAX_WBITS | 16), rest, size - len(out))
        out += member
    return out if body.startswith(_GZIP) else body


def _inflate(body: bytes, size: int) -> bytes:
    """RFC 9110 (8.4.1.2) means zlib's format; some servers send bare deflate."""
    for window in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        out, _ = _inflate_once(zlib.decompressobj(window), body, size)
        if out:
            return out
    return body


def _inflate_once(inflater: _Inflater, body: bytes, size: int) -> tuple[bytes, bytes]:
    """-> at most `size` decoded bytes, what follows the stream. In pieces: damage costs one of them."""
    out = bytearray()
    position = 0
    while position < len(body) and len(out) < size and not inflater.eof:
        try:
            out += inflater.decompress(body[position : position + _PIECE], size - len(out))
        except (zlib.error, isal_zlib.error):  # type: ignore[misc]  # its types call the class an instance
            return bytes(out), b""
        position += _PIECE
    return bytes(out), inflater.unused_data + body[position:]


class _Inflater(Protocol):
    """What zlib and ISA-L have in common."""

    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


def _unbrotli(body: bytes, size: int) -> bytes:
    try:
        return bytes(brotli.Decompressor().process(body, output_buffer_limit=size))
    except brotli.error:
        return body


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _inflate,
    "br": _unbrotli,
}
