from __future__ import annotations

import gzip
import zlib

import brotli  # type: ignore[import-untyped]  # has no types
import pytest

from tests.warc.samples import PAGE
from warc.encoding import TooLargeError, content_prefix, decode_content
from warc.message import MessageError


def raw_deflate(body: bytes) -> bytes:
    deflater = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return deflater.compress(body) + deflater.flush()


@pytest.mark.parametrize(
    ("encoded", "encodings"),
    [
        (PAGE, ""),
        (PAGE, "identity"),
        (gzip.compress(PAGE), "gzip"),
        (gzip.compress(PAGE[:300]) + gzip.compress(PAGE[300:]), "x-gzip"),
        (gzip.compress(PAGE) + b"\0\0", "gzip"),
        (zlib.compress(PAGE), "deflate"),
        (raw_deflate(PAGE), "deflate"),
        (brotli.compress(PAGE), "br"),
        (gzip.compress(zlib.compress(PAGE)), "Deflate, GZIP"),
        (PAGE, "gzip"),
        (PAGE, "deflate"),
        (PAGE, "br"),
    ],
)
def test_encodings_are_undone_and_lies_are_seen_through(encoded: bytes, encodings: str) -> None:
    assert decode_content(encoded, encodings) == PAGE


def test_an_empty_body_stays_empty() -> None:
    assert decode_content(b"", "gzip") == b""


def test_a_cut_body_gives_its_beginning() -> None:
    packed = gzip.compress(PAGE * 10)
    part = decode_content(packed[: len(packed) // 2], "gzip")
    assert part
    assert (PAGE * 10).startswith(part)


def test_a_damaged_body_gives_what_comes_before_the_damage() -> None:
    body = b"".join(b"%d" % (number * 7919) for number in range(40_000))
    packed = bytearray(gzip.compress(body))
    packed[len(packed) // 2 :] = bytes(len(packed) - len(packed) // 2)
    part = decode_content(bytes(packed), "gzip")
    assert len(part) > len(body) // 3
    assert part[: len(body) // 3] == body[: len(body) // 3]


def test_unknown_encodings_are_named() -> None:
    with pytest.raises(MessageError, match="'zstd'"):
        decode_content(b"x", "zstd")


@pytest.mark.parametrize("bomb", [gzip.compress(bytes(10**6)), gzip.compress(bytes(1000)) * 1000])
def test_a_bomb_is_refused(bomb: bytes) -> None:
    with pytest.raises(TooLargeError, match="more than 50000 bytes"):
        decode_content(bomb, "gzip", limit=50_000)
    assert content_prefix(bomb, "gzip", 100) == bytes(100)


def test_the_limit_itself_is_allowed() -> None:
    assert decode_content(gzip.compress(bytes(5000)), "gzip", limit=5000) == bytes(5000)
