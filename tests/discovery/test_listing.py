"""Index pages: links, the times beside them, the next page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from archiver.capture import Capture
from archiver.discovery import Candidate, Discovery, discover
from archiver.outlet import Listing

URL = "https://contoh.test/indeks?hal=1"
SOURCE = Listing(URL, links="li h3 a", item="li", dates="time", next="a.lanjut")

PAGE = """<html><head><base href="/kanal/"></head><body>
<ul>
  <li><time>Rabu, 13 Januari 2021 10:05 WIB</time><h3><a href="/read/1"> Pasar <b>pagi</b> </a></h3></li>
  <li><time datetime="2021-01-12T08:00:00+08:00">kemarin</time><h3><a href="read/2#k">Banjir surut</a></h3></li>
  <li><time>3 jam lalu</time><h3><a href="/read/3" title="Dari judul"><img src="x.jpg"></a></h3></li>
  <li><h3><a href="/read/1">Pasar pagi</a></h3></li>
  <li><h3><a href="https://contoh.test/">Depan</a></h3><h3><a href="javascript:void(0)">Buka</a></h3></li>
</ul><h3><a href="/read/9">Bukan dari daftar</a></h3>
<a class="lanjut" href="/indeks?hal=2">Selanjutnya</a></body></html>"""


def read(page: str, date: datetime | None = None, source: Listing = SOURCE) -> Discovery:
    return discover(source, Capture(URL, page.encode(), date=date))


def test_a_listing() -> None:
    assert read(PAGE, datetime(2021, 1, 13, 6, 0, tzinfo=UTC)) == Discovery(
        (
            Candidate("https://contoh.test/read/1", "Pasar pagi", "2021-01-13T10:05:00+07:00", URL),
            Candidate("https://contoh.test/kanal/read/2", "Banjir surut", "2021-01-12T08:00:00+08:00", URL),
            Candidate("https://contoh.test/read/3", "Dari judul", "2021-01-13T03:00:00+00:00", URL),
        ),
        more=(Listing("https://contoh.test/indeks?hal=2", "li h3 a", "li", "time", "a.lanjut"),),
    )


def test_without_a_capture_date_relative_times_are_none() -> None:
    assert [candidate.published is None for candidate in read(PAGE).candidates] == [False, False, True]


def test_times_without_a_zone_are_the_outlets() -> None:
    page = PAGE.replace(" WIB", "")
    makassar = timezone(timedelta(hours=8))
    found = discover(SOURCE, Capture(URL, page.encode()), zone=makassar)
    assert found.candidates[0].published == "2021-01-13T10:05:00+08:00"


def test_without_an_item_there_are_no_times() -> None:
    found = read(PAGE, source=Listing(URL, links="h3 a"))
    assert [candidate.published for candidate in found.candidates] == [None] * 4
    assert found.more == ()


def test_a_pager_that_leads_to_the_same_page_ends() -> None:
    assert read(PAGE.replace("hal=2", "hal=1")).more == ()


def test_a_page_without_such_links() -> None:
    assert read("<p>404</p>").notes == ("nothing on the page is matched by 'li h3 a'",)


@given(st.binary() | st.text().map(lambda text: PAGE[:300].encode() + text.encode("utf-8", "replace")))
def test_no_bytes_raise(body: bytes) -> None:
    discover(SOURCE, Capture(URL, body, date=datetime(2021, 1, 13, tzinfo=UTC)))
