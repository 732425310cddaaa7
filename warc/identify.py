"""What a payload is, by its first bytes: the value of WARC-Identified-Payload-Type (WARC 1.1, 5.16).

A server's Content-Type is often wrong; this is the second opinion. Only kinds that can't be mistaken are named.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from warc.encoding import content_prefix
from warc.message import MessageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warc.message import Head

_PREFIX = 1024
_RAW_PREFIX = 4096

_MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b\x08", "application/gzip"),
)
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\s")
_FEEDS = (
    (b"<rss", "application/rss+xml"),
    (b"<feed", "application/atom+xml"),
    (b"<html", "application/xhtml+xml"),
)


def identify(body: Iterable[bytes | memoryview], head: Head) -> str | None:
    """Media type of a body (transfer-decoded, in pieces) by its content; None if it shows nothing certain."""
    raw = bytearray()
    for piece in body:
        raw += piece[:_RAW_PREFIX]
        if len(raw) >= _RAW_PREFIX:
            break
    try:
        start = content_prefix(bytes(raw), head.joined("content-encoding"), _PREFIX)
    except MessageError:
        return None
    for magic, media_type in _MAGIC:
        if start.startswith(magic):
            return media_type
    if start.startswith(b"RIFF") and start[8:12] == b"WEBP":
        return "image/webp"
    if _XML.match(start):
        return next((kind for mark, kind in _FEEDS if mark in start), "application/xml")
    return "text/html" if _HTML.match(start) else None
