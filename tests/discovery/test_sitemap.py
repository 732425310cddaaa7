"""Sitemaps: what they name, and what is left of a bad one."""

from __future__ import annotations

import gzip
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.capture import Capture
from archiver.discovery import Candidate, Discovery, discover, sitemap
from archiver.outlet import NewsSitemap

URL = "https://contoh.test/sitemap.xml"
SOURCE = NewsSitemap(URL)

NEWS = b"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
        xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
        xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
  <url>
    <image:image><image:loc>https://gambar.test/1.jpg</image:loc><image:title>Gambar</image:title></image:image>
    <loc> https://contoh.test/read/1/pasar-pagi </loc>
    <lastmod>2021-01-14T00:00:00+07:00</lastmod>
    <news:news>
      <news:publication><news:name>Contoh</news:name><news:language>id</news:language></news:publication>
      <news:publication_date>2021-01-13T10:30:00+07:00</news:publication_date>
      <news:title><![CDATA[Pasar  pagi
        & cabai]]></news:title>
    </news:news>
  </url>
  <url><loc>/read/2/banjir?x=1&amp;y=2#atas</loc></url>
  <url><loc>https://contoh.test/read/1/pasar-pagi</loc></url>
</urlset>
"""

FIRST = Candidate("https://contoh.test/read/1/pasar-pagi", "Pasar pagi & cabai", "2021-01-13T10:30:00+07:00", URL)
SECOND = Candidate("https://contoh.test/read/2/banjir?x=1&y=2", None, None, URL)


def read(body: bytes) -> Discovery:
    return discover(SOURCE, Capture(URL, body))


@pytest.mark.parametrize(
    "body", [NEWS, gzip.compress(NEWS), b"\n  " + NEWS, b"\xef\xbb\xbf" + NEWS], ids=["plain", "gzip", "blank", "bom"]
)
def test_a_news_sitemap(body: bytes) -> None:
    assert read(body) == Discovery((FIRST, SECOND))


def test_an_index_leads_to_its_sitemaps() -> None:
    found = read(
        b'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        b"<sitemap><loc>https://contoh.test/berita.xml</loc><lastmod>2021-01-13</lastmod></sitemap>"
        b"<sitemap><loc>https://contoh.test/sitemap.xml</loc></sitemap>"
        b"<sitemap><loc>berita.xml</loc></sitemap></sitemapindex>"
    )
    assert found == Discovery(more=(NewsSitemap("https://contoh.test/berita.xml"),))


@pytest.mark.parametrize(
    ("body", "note"),
    [
        (b"", "not read to its end"),
        (b"<html><body><p>404</body></html>", "root element is <html>"),
        (b"\x1f\x8b\x08broken", "damaged gzip"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not read to its end"),
        (b"<urlset><url><lastmod>2021-01-13</lastmod></url></urlset>", "no <loc>"),
        (b"<urlset><url><loc>mailto:a@b.test</loc></url></urlset>", "mailto:a@b.test"),
        (b"<urlset><url><loc>http://[x</loc></url></urlset>", r"http://\[x"),
    ],
)
def test_what_is_no_sitemap_gives_nothing_and_a_note(body: bytes, note: str) -> None:
    found = read(body)
    assert not found.candidates
    assert not found.more
    assert re.search(note, found.notes[0])


@pytest.mark.parametrize("body", [NEWS[: NEWS.index(b"/read/2")], gzip.compress(NEWS, 0)[:-120]], ids=["xml", "gzip"])
def test_a_sitemap_cut_short_gives_what_stands_before(body: bytes) -> None:
    found = read(body)
    assert found.candidates[:1] == (FIRST,)
    assert found.notes


def test_entities_are_not_expanded() -> None:
    levels = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 12))
    bomb = f'<!DOCTYPE urlset [<!ENTITY e0 "x">{levels}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    body = f"{bomb}<urlset><url><loc>https://contoh.test/&e11;&f;</loc></url></urlset>"
    found = read(body.encode())
    assert all(len(candidate.url) < 100 and "root:" not in candidate.url for candidate in found.candidates)


def test_an_archive_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "MAX_BYTES", 1000)
    data, notes = sitemap.unpack(gzip.compress(b"a" * 100_000))
    assert len(data) == 1000
    assert notes == ["larger than 1000 bytes when unpacked"]


@given(st.binary() | st.binary().map(lambda tail: NEWS[:700] + tail))
def test_no_bytes_raise(body: bytes) -> None:
    read(body)
