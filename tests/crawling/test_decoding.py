"""Bodies are decoded alike wherever a capture is read."""

from __future__ import annotations

import gzip

import brotli  # type: ignore[import-untyped]  # has no types
import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, Response, TextResponse

from archiver.crawling.decoding import ContentDecoder
from archiver.crawling.failures import Refused

URL = "https://uji.example/read/1"
PAGE = "<html><body><p>Selamat pagi, Cibodas — panén</p></body></html>".encode()
PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\r"
DECODER = ContentDecoder(limit=1000)


def answer(body: bytes, *encodings: str) -> Response:
    headers = {"Content-Type": "text/html; charset=utf-8", "Content-Encoding": list(encodings)}
    return Response(URL, headers=headers if encodings else {"Content-Type": "text/html; charset=utf-8"}, body=body)


@pytest.mark.parametrize(
    ("body", "encodings"),
    [
        (gzip.compress(PAGE), ["gzip"]),
        (brotli.compress(gzip.compress(PAGE)), ["gzip", "br"]),
        (brotli.compress(gzip.compress(PAGE)), ["gzip, br"]),
        (PAGE, ["gzip"]),  # the server lies
        (gzip.compress(PAGE)[:-3], ["gzip"]),  # the end is missing, the text is there
    ],
)
def test_a_body_is_decoded_and_its_type_looked_up(body: bytes, encodings: list[str]) -> None:
    decoded = DECODER.process_response(Request(URL), answer(body, *encodings))
    assert isinstance(decoded, HtmlResponse)
    assert decoded.body == PAGE
    assert decoded.css("p::text").get() == "Selamat pagi, Cibodas — panén"
    assert "Content-Encoding" not in decoded.headers


def test_what_is_not_encoded_or_cannot_be_decoded_stays() -> None:
    for response in (answer(PAGE), answer(b"(\xb5/\xfd", "zstd")):
        assert DECODER.process_response(Request(URL), response) is response
    head = answer(b"", "gzip")
    assert DECODER.process_response(Request(URL, method="HEAD"), head) is head


def test_other_kinds_than_pages_keep_theirs() -> None:
    picture = Response(
        URL, headers={"Content-Type": "image/png", "Content-Encoding": "gzip"}, body=gzip.compress(PICTURE)
    )
    decoded = DECODER.process_response(Request(URL), picture)
    assert decoded.body == PICTURE
    assert not isinstance(decoded, TextResponse)


def test_a_bomb_is_too_large() -> None:
    bomb = answer(gzip.compress(bytes(5000)), "gzip")
    with pytest.raises(Refused, match="more than 1000 bytes") as raised:
        DECODER.process_response(Request(URL), bomb)
    assert raised.value.problem.outcome == "too_large"
    allowed = DECODER.process_response(Request(URL, meta={"download_maxsize": 5000}), bomb)
    assert len(allowed.body) == 5000
    assert len(ContentDecoder(limit=0).process_response(Request(URL), bomb).body) == 5000  # no limit was set
