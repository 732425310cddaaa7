from __future__ import annotations

import gzip

import pytest

from tests.warc.samples import PAGE, message
from warc.identify import identify
from warc.message import Head, parse_head


def head_of(*headers: str) -> Head:
    head = parse_head(message(b"", *headers))
    assert head
    return head


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (PAGE, "text/html"),
        (b"\xef\xbb\xbf\n <!-- hello -->\n<HTML lang=id>", "text/html"),
        (b'<?xml version="1.0"?><rss version="2.0">', "application/rss+xml"),
        (b'<?xml version="1.0"?>\n<feed xmlns="x">', "application/atom+xml"),
        (b'<?xml version="1.0"?><urlset>', "application/xml"),
        (b'<?xml version="1.0"?><!DOCTYPE html><html xmlns="x">', "application/xhtml+xml"),
        (b"%PDF-1.7", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n...", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"RIFF\x00\x00\x00\x00WAVE", None),
        (b"User-agent: *", None),
        (b"<p>a fragment", None),
        (b"", None),
    ],
)
def test_the_first_bytes_tell(body: bytes, expected: str | None) -> None:
    assert identify([body[:3], body[3:]], head_of()) == expected


def test_the_content_encoding_is_undone_first() -> None:
    assert identify([gzip.compress(PAGE)], head_of("Content-Encoding: gzip")) == "text/html"
    assert identify([PAGE], head_of("Content-Encoding: zstd")) is None
