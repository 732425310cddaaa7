from __future__ import annotations

from pathlib import Path

from tests.warc.samples import PAGE, START, writer
from warc.credentials import withheld
from warc.message import parse_head
from warc.read import read_records, response_entity
from warc.rebuilt import NOTE, Given, rebuild
from warc.verify import verify

ANSWER = Given(
    ((b"content-type", b"text/html"), (b"transfer-encoding", b"chunked"), (b"x-a", b"1"), (b"x-a", b"2")), PAGE
)
PLAIN = Given(((b"Accept", b"*/*"), (b"Cookie", b"secret=1")), b"")


def test_a_rebuilt_exchange_says_so_and_reads_well(tmp_path: Path) -> None:
    keep_out = withheld(keep=False)
    exchange = rebuild(
        "https://u:p@www.example.com/a?b=1", "GET", PLAIN, 200, ANSWER, START, protocol="h2", withheld=keep_out
    )
    assert exchange.sent == b"GET /a?b=1 HTTP/1.1\r\nHost: www.example.com\r\nAccept: */*\r\n\r\n"
    warc_writer = writer(tmp_path)
    warc_writer.write_exchange(exchange)
    (path,) = warc_writer.close()
    _, response, request, note = read_records(path)
    status, headers, body = response_entity(response)
    assert (status, body) == (200, PAGE)
    assert headers == [("content-type", "text/html"), ("x-a", "1"), ("x-a", "2"), ("Content-Length", str(len(PAGE)))]
    assert response.all("WARC-Protocol") == ["h2"]
    assert request.get("WARC-Concurrent-To") == response.ref.record_id
    assert note.block.decode() == f"exact-bytes: no\r\nnote: {NOTE}\r\nnote: request header not kept: Cookie\r\n"
    assert list(verify([path], index_directory=tmp_path)) == []


def test_a_body_that_was_sent_and_a_head_without_one() -> None:
    sent = Given(((b"Host", b"other.example"), (b"Content-Length", b"9")), b"a=1")
    answer = Given(((b"Content-Length", b"5000"),), b"")
    exchange = rebuild("http://www.example.com", "POST", sent, 299, answer, START)
    assert exchange.sent == b"POST / HTTP/1.1\r\nHost: www.example.com\r\nContent-Length: 3\r\n\r\na=1"
    assert exchange.received == b"HTTP/1.1 299 Unknown\r\nContent-Length: 0\r\n\r\n"
    head = parse_head(rebuild("http://www.example.com", "HEAD", PLAIN, 200, answer, START).received)
    assert head
    assert head.get("Content-Length") == "5000"
