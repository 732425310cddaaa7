"""Pages of a WARC file: redirects, revisits, bodies that cannot be decoded."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from archiver.errors import NotFoundError
from archiver.outlets import Outlets
from archiver.warcfile import WarcPages
from tests.catalog.support import Writer
from warc.record import Exchange

if TYPE_CHECKING:
    from pathlib import Path

SITE = "https://contoh.test"
STORY = "Pedagang di pasar pagi membuka lapak sejak subuh karena pembeli kembali datang, kata kepala pasar. " * 8
PAGE = f"<title>Pasar pagi ramai lagi</title><article><h1>Pasar pagi ramai lagi</h1><p>{STORY}</p></article>".encode()


def answer(writer: Writer, path: str, status: int, *headers: str, body: bytes = b"") -> None:
    writer.now += timedelta(minutes=1)
    head = "\r\n".join([f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}", *headers])
    received = f"{head}\r\n\r\n".encode() + body
    sent = f"GET {path} HTTP/1.1\r\nHost: contoh.test\r\n\r\n".encode()
    writer.warc.write_exchange(Exchange(SITE + path, "GET", sent, received, writer.now))


@pytest.fixture
def pages(tmp_path: Path) -> WarcPages:
    with Writer(tmp_path / "arsip") as writer:
        answer(writer, "/lama", 301, "Location: /agak-lama")
        answer(writer, "/agak-lama", 302, f"Location: {SITE}/baru")
        answer(writer, "/baru", 200, "Content-Type: text/html", body=PAGE)
        answer(writer, "/sama", 200, "Content-Type: text/html; charset=utf-8", body=PAGE)
        answer(writer, "/putar", 302, "Location: /putar")
        answer(writer, "/buntu", 302)
        answer(writer, "/hilang", 404, body=PAGE)
        answer(writer, "/gambar", 200, "Content-Type: image/png", body=b"\x89PNG")
        answer(writer, "/sandi", 200, "Content-Type: text/html", "Content-Encoding: zstd", body=b"\x28\xb5\x2f\xfd")
    (path,) = writer.archive.warc_files()
    return WarcPages(path, Outlets([]), tmp_path)


def test_redirects_are_followed(pages: WarcPages) -> None:
    article = pages.article(f"{SITE}/lama")
    assert (article.url, article.outcome) == (f"{SITE}/baru", "saved")
    assert article.text == STORY.strip()
    (capture,) = article.captures
    assert capture.date.startswith("2021-01-13T04:03:00")


def test_a_revisit_has_the_body_of_its_original(pages: WarcPages) -> None:
    article = pages.article(f"{SITE}/sama")
    assert article.text == STORY.strip()
    (capture,) = article.captures
    assert capture.date.startswith("2021-01-13T04:04:00")


@pytest.mark.parametrize(
    ("path", "message"),
    [("/putar", "HTTP 302"), ("/buntu", "HTTP 302"), ("/hilang", "HTTP 404"), ("/tiada", "is not in")],
)
def test_an_address_without_a_page(pages: WarcPages, path: str, message: str) -> None:
    with pytest.raises(NotFoundError, match=message):
        pages.article(SITE + path)


def test_all_pages_and_what_was_wrong_with_them(pages: WarcPages) -> None:
    found = {article.url.removeprefix(SITE): article.outcome for article in pages.articles()}
    assert found == {"/baru": "saved", "/sama": "saved", "/sandi": "empty"}
    (damage,) = pages.damage
    assert "/sandi" in damage
    assert "zstd" in damage
