from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.warc.samples import PAGE, in_chunks, message
from warc.message import MessageError, chunked_length, chunks, entity, parse_head


def test_a_head_keeps_order_and_spelling() -> None:
    raw = (
        b"HTTP/1.1 200 Alles Gut\r\nserver:x\r\nX-Fold: one,\r\n\ttwo\r\nX-Dup: a\r\nx-dup: b\r\n"
        b"no colon\r\nX-L: caf\xe9\r\n\r\nbody"
    )
    head = parse_head(raw)
    assert head
    assert (head.status, head.version, head.size) == (200, "HTTP/1.1", len(raw) - 4)
    assert head.headers == (("server", "x"), ("X-Fold", "one, two"), ("X-Dup", "a"), ("x-dup", "b"), ("X-L", "café"))
    assert head.get("X-DUP") == "a"
    assert head.joined("x-dup") == "a, b"
    assert head.get("absent") is None


@pytest.mark.parametrize("raw", [b"HTTP/1.1 200 OK\nA: b\n\nbody\r\n\r\n", b"HTTP/1.1 200 OK\r\nA: b\n\nbody"])
def test_bare_line_feeds_pass_for_line_ends(raw: bytes) -> None:
    head = parse_head(raw)
    assert head
    assert head.get("a") == "b"
    assert raw[head.size :].startswith(b"body")


@pytest.mark.parametrize(("line", "status"), [("HTTP/1.1 204", 204), ("HTTP/1.0 404 ", 404), ("220 mail ready", None)])
def test_status_lines(line: str, status: int | None) -> None:
    head = parse_head(f"{line}\r\n\r\n".encode())
    assert head
    assert head.status == status


def test_a_head_without_its_end_is_none() -> None:
    assert parse_head(b"HTTP/1.1 200 OK\r\nContent-Ty") is None


@given(body=st.binary(max_size=500), size=st.integers(1, 60), extension=st.sampled_from([b"", b";a=b", b" "]))
def test_chunks_give_back_the_body(body: bytes, size: int, extension: bytes) -> None:
    raw = b"head" + in_chunks(body, size, extension, b"X-Sum: 1\r\n")
    assert b"".join(chunks(raw, 4)) == body
    assert chunked_length(raw, 4) == len(raw) - 4
    assert chunked_length(raw + b"more", 4) == len(raw) - 4


@given(cut=st.integers(0, 300))
def test_a_cut_body_gives_its_beginning_and_has_no_length(cut: int) -> None:
    whole = in_chunks(b"0123456789" * 20, 50)
    raw = whole[: min(cut, len(whole) - 1)]
    assert (b"0123456789" * 20).startswith(b"".join(chunks(raw, 0)))
    assert chunked_length(raw, 0) is None


@pytest.mark.parametrize("raw", [b"<html>\r\n", b"-5\r\nabcde\r\n0\r\n\r\n", b"+5\r\nabcde\r\n", b"1_0\r\n"])
def test_no_chunk_size(raw: bytes) -> None:
    with pytest.raises(MessageError, match="no chunk size at byte 0"):
        list(chunks(raw, 0))
    assert chunked_length(raw, 0) is None


def test_a_body_that_only_claims_to_be_chunked_is_taken_as_it_stands() -> None:
    raw = message(PAGE, "Transfer-Encoding: chunked")
    head = parse_head(raw)
    assert head
    assert head.chunked
    assert b"".join(entity(raw, head)) == PAGE


def test_a_damaged_chunked_body_gives_its_beginning() -> None:
    raw = message(b"3\r\nabc\r\n3\r\ndef\r\nno size\r\nghi", "Transfer-Encoding: chunked")
    head = parse_head(raw)
    assert head
    assert b"".join(entity(raw, head)) == b"abcdef"
