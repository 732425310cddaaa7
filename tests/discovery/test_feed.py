"""Feeds in their dialects, and the lies they tell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.capture import Capture
from archiver.discovery import Candidate, Discovery, discover
from archiver.outlet import Feed

URL = "https://contoh.test/rss"

RSS = b"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Contoh</title><link>https://contoh.test/</link>
  <item><title>Pasar pagi &amp; cabai</title><link>https://contoh.test/read/1</link>
    <pubDate>Wed, 13 Jan 2021 10:30:00 +0700</pubDate></item>
  <item><title><![CDATA[Banjir <b>surut</b>]]></title><link>/read/2?a=1#x</link></item>
  <item><title>Tanpa alamat</title></item>
</channel></rss>"""

ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Contoh</title>
  <entry><title>Pasar pagi</title><link rel="alternate" href="https://contoh.test/read/1"/>
    <published>2021-01-13T10:30:00+07:00</published></entry></feed>"""

JSON = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "Contoh", "items": [
  {"id": "1", "url": "https://contoh.test/read/1", "title": "Pasar pagi",
   "date_published": "2021-01-13T10:30:00+07:00"},
  {"id": "2", "content_text": "tanpa alamat"}, {"id": "3", "url": "/read/3", "date_published": "kemarin"}]}"""


def read(body: bytes, headers: tuple[tuple[str, str], ...] = ()) -> Discovery:
    return discover(Feed(URL), Capture(URL, body, headers))


def test_rss() -> None:
    assert read(RSS) == Discovery(
        (
            Candidate("https://contoh.test/read/1", "Pasar pagi & cabai", "2021-01-13T03:30:00+00:00", URL),
            Candidate("https://contoh.test/read/2?a=1", "Banjir <b>surut</b>", None, URL),
        ),
        notes=("entries without a web address: 1",),
    )


def test_atom() -> None:
    only = Candidate("https://contoh.test/read/1", "Pasar pagi", "2021-01-13T03:30:00+00:00", URL)
    assert read(ATOM) == Discovery((only,))


def test_json_feed() -> None:
    assert read(JSON) == Discovery(
        (
            Candidate("https://contoh.test/read/1", "Pasar pagi", "2021-01-13T10:30:00+07:00", URL),
            Candidate("https://contoh.test/read/3", None, None, URL),
        ),
        notes=("entries without a web address: 1",),
    )


def test_a_feed_whose_links_are_all_the_front_page() -> None:
    found = read(RSS.replace(b"/read/1", b"/").replace(b"/read/2?a=1#x", b"https://contoh.test"))
    assert found.candidates == ()
    assert found.notes[0] == "links to the front page and not to an article: 2"


def test_the_charset_of_the_server() -> None:
    body = RSS.replace(b' encoding="utf-8"', b"").replace(b"Pasar", "Kafé".encode("latin-1"))
    found = read(body, (("Content-Type", "application/rss+xml; charset=iso-8859-1"),))
    assert found.candidates[0].title == "Kafé pagi & cabai"


@pytest.mark.parametrize(
    "body",
    [b"", b"<html><body>404</body></html>", b"\x89PNG\r\n", b"{", b'{"items": []}', b"/etc/passwd", URL.encode()],
)
def test_what_is_no_feed_gives_nothing_and_a_note(body: bytes) -> None:
    found = read(body)
    assert found.candidates == ()
    assert "no feed" in found.notes[0] or "no JSON feed" in found.notes[0]


def test_a_feed_cut_short_gives_what_stands_before() -> None:
    found = read(RSS[:330])
    assert found.candidates[0].url == "https://contoh.test/read/1"
    assert "not well-formed" in found.notes[0]


@given(st.binary() | st.binary().map(lambda tail: RSS[:250] + tail) | st.binary().map(lambda tail: b"{" + tail))
def test_no_bytes_raise(body: bytes) -> None:
    read(body)
