from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from tests.warc.damage import OTHER, codes, edit, without_digests, write_linked
from tests.warc.samples import PAGE, exchange, message, writer
from warc.checks import digest_matches

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def warc(tmp_path: Path) -> Path:
    return write_linked(tmp_path)


def test_a_payload_that_was_changed(warc: Path) -> None:
    edit(warc, 1, lambda plain: plain.replace(b"Selamat", b"selamat"))
    assert codes(warc) == ["block-digest", "payload-digest"]


@pytest.mark.parametrize(
    ("number", "old", "new", "code"),
    [
        (1, b"WARC-Date: 2021-05-04T03:02:01.500000Z\r\n", b"", "field"),
        (1, b"WARC-Date: 2021-05-04T03:02:01.500000Z\r\n", b"WARC-Date: yesterday\r\n", "field"),
        (1, b"WARC-Target-URI: https://www.example.com/a\r\n", b"", "field"),
        (1, b"WARC-Type: response\r\n", b"WARC-Type: response\r\nWARC-Type: response\r\n", "field"),
        (8, b"WARC-Type: metadata", b"WARC-Type: rumour", "field"),
        (1, b"WARC-IP-Address: 127.0.0.1\r\n", b"WARC-IP-Address: ::1\r\nWARC-IP-Address: ::2\r\n", "field"),
        (8, b"Content-Type: application/json\r\n", b"", "field"),
        (5, b"WARC-Truncated: length", b"WARC-Truncated: whim", "field"),
        (1, b"WARC/1.1\r\n", b"WARC/1.0\r\n", "field"),  # has no fractions of a second
        (5, b"WARC-Profile: http://netpreserve.org/", b"X-Profile: http://netpreserve.org/", "revisit"),
    ],
)
def test_fields(warc: Path, number: int, old: bytes, new: bytes, code: str) -> None:
    edit(warc, number, lambda plain: plain.replace(old, new, 1))
    assert codes(warc) == [code]


@pytest.mark.parametrize(
    ("number", "old", "new"),
    [
        (1, b"HTTP/1.1 200 OK\r\nContent-Type", b"HTTP 1.1 200 OK\r\nContent-Type"),
        (1, b"Content-Length: %d\r\n\r\n" % len(OTHER), b"Content-Length: 123\r\n\r\n"),
        (1, b"Content-Type: text/html; charset=utf-8", b"Transfer-Encoding: chunked; chars=utf8"),
        (3, b"\r\n0\r\n\r\n", b"\r\n0\r\n\r "),
        (3, b"\r\n64\r\n", b"\r\n65\r\n"),
        (2, b"GET /a HTTP/1.1", b"GET /a HTTP/2.0"),
    ],
)
def test_http(warc: Path, number: int, old: bytes, new: bytes) -> None:
    edit(warc, number, lambda plain: without_digests(plain).replace(old, new + b" " * (len(old) - len(new))))
    assert codes(warc)[0] == "http"


def write_one(folder: Path, **kwargs: object) -> Path:
    warc_writer = writer(folder)
    warc_writer.write_exchange(exchange(**kwargs))  # type: ignore[arg-type]  # as exchange takes them
    (path,) = warc_writer.close()
    return path


def test_a_body_that_its_head_announces(tmp_path: Path) -> None:
    bare = message()[: -len(PAGE)]
    assert codes(write_one(tmp_path / "get", received=bare)) == ["http"]
    assert codes(write_one(tmp_path / "head", received=bare, method="HEAD")) == []
    assert codes(write_one(tmp_path / "cut", received=bare, truncated="time")) == []
    assert codes(write_one(tmp_path / "304", received=message(b"", status="304 Not Modified"))) == []


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5", True),
        ("sha1:vgmt4nsha2awvor6evyxqugcnsonbwe5", True),
        ("sha1:a9993e364706816aba3e25717850c26c9cd0d89d", True),
        ("SHA-1:A9993E364706816ABA3E25717850C26C9CD0D89D", True),
        ("sha256:" + hashlib.sha256(b"abc").hexdigest(), True),
        ("md5:" + hashlib.md5(b"abc").hexdigest(), True),  # noqa: S324  # as old archives have
        ("sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", False),
        ("sha1:", False),
        ("tiger:abc", None),
        ("shake_128:abc", None),
        ("nothing", None),
    ],
)
def test_digests(label: str, expected: bool | None) -> None:  # noqa: FBT001  # a parameter of the test
    assert digest_matches(label, b"a", b"bc") is expected
