"""When addresses were captured."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archiver.catalog import Catalog, Visit
from tests.catalog import support
from tests.catalog.support import Writer
from warc.record import RecordRef

URL = "https://contoh.test/read/1"


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with Catalog(tmp_path / "catalog.db") as opened:
        yield opened


def capture(
    catalog: Catalog,
    day: int,
    url: str = URL,
    *,
    status: int | None = 200,
    kind: str = "response",
    cut: str | None = None,
) -> str:
    record_id = f"<urn:x:{url}:{day}:{kind}>"
    date = f"2021-01-{day:02}T04:00:00.000000Z"
    catalog.add_capture(RecordRef("a.warc.gz", day, 1, record_id, date, kind, url, "sha1:A"), status, truncated=cut)
    return record_id


def visited(catalog: Catalog, *urls: str) -> tuple[str, str, str] | None:
    found = catalog.visit(*urls)
    return (found.url, found.first[8:10], found.last[8:10]) if found else None


def test_the_first_and_the_last_capture_of_an_address(catalog: Catalog) -> None:
    assert visited(catalog, URL) is None
    capture(catalog, 13)
    capture(catalog, 15, kind="revisit")
    capture(catalog, 14, status=404)
    assert visited(catalog, URL) == (URL, "13", "15")
    assert visited(catalog, "https://contoh.test/read/2", URL) == (URL, "13", "15")


@pytest.mark.parametrize(
    ("status", "cut", "counts"),
    [
        (301, None, True),
        (403, None, True),
        (410, None, True),
        (None, None, True),
        (200, "length", True),
        (200, "disconnect", False),
        (200, "time", False),
        (408, None, False),
        (429, None, False),
        (500, None, False),
        (503, None, False),
    ],
)
def test_what_tells_what_is_there_counts(
    catalog: Catalog, status: int | None, cut: str | None, *, counts: bool
) -> None:
    capture(catalog, 13, status=status, cut=cut)
    assert (catalog.visit(URL) is not None) is counts


def test_since_a_day_the_newest_first(catalog: Catalog) -> None:
    for day, url in ((10, "/a"), (12, "/b"), (14, "/c")):
        capture(catalog, day, "https://contoh.test" + url)
        capture(catalog, 16, "https://contoh.test" + url, kind="revisit")
    capture(catalog, 15, "https://contoh.test/d", status=503)
    found = [dated.visit for dated in catalog.visits_since("2021-01-11")]
    assert [visit.url[-2:] for visit in found] == ["/c", "/b"]
    assert isinstance(found[0], Visit)


def test_articles_have_a_day_and_their_pages_go_with_the_first(tmp_path: Path) -> None:
    with Writer(tmp_path / "archive") as writer:
        first, second = writer.capture(), writer.capture(f"{support.URL}?page=2", b"<p>lagi</p>")
        writer.read(first, support.article(pages=(support.URL, f"{support.URL}?page=2")))
        writer.capture("https://contoh.test/pindah", status=301)
        found = {dated.visit.url: dated.day for dated in writer.catalog.visits_since("2021-01-01")}
        assert found == {support.URL: "2021-01-13", "https://contoh.test/pindah": None}
        assert writer.catalog.visit("https://contoh.test/amp/1", f"{support.URL}?page=2") is not None
        assert writer.catalog.is_read(support.URL)
        assert not writer.catalog.is_read(second.url or "")


def test_an_article_is_found_by_the_addresses_that_it_goes_by(tmp_path: Path) -> None:
    with Writer(tmp_path / "archive") as writer:
        writer.clip(canonical_url="https://contoh.test/utama")
        found = writer.catalog.visit("https://contoh.test/amp", "https://contoh.test/utama")
        assert found is not None
        assert found.url == support.URL
