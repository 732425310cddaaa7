from __future__ import annotations

from typing import TYPE_CHECKING

from archiver.reports.receipt.contents import holdings
from tests.catalog.support import URL, Writer

if TYPE_CHECKING:
    from pathlib import Path


def test_articles_by_outlet_the_larger_first(tmp_path: Path) -> None:
    with Writer(tmp_path / "archive") as writer:
        writer.clip("https://lain.test/banjir", outlet="lain", published=None, text="Dua kata.")
        writer.clip(title="Pasar pagi sepi")
        writer.clip()
        writer.clip("https://contoh.test/kota", published="2020-12-31T08:00:00+07:00", text="Kota tidur lagi.")
    found = holdings(writer.archive)
    first, second = found.outlets
    assert (first.outlet, first.articles, first.versions, first.words) == ("contoh", 2, 3, 8 + 3)
    assert (first.first, first.last) == ("2020-12-31", "2021-01-13")
    assert (second.outlet, second.articles, second.words) == ("lain", 1, 2)
    assert (second.first, second.last) == ("2021-01-13", "2021-01-13")
    assert (found.incomplete, found.unread) == ([], None)


def test_an_article_without_all_its_pages(tmp_path: Path) -> None:
    more = f"{URL}?page=2"
    with Writer(tmp_path / "archive") as writer:
        writer.clip(complete=False, more_pages=(URL, more))
    (article,) = holdings(writer.archive).incomplete
    assert (article.url, article.title, article.pages) == (URL, "Pasar pagi ramai lagi", (more,))


def test_a_catalog_that_cannot_be_read(tmp_path: Path) -> None:
    with Writer(tmp_path / "archive") as writer:
        writer.clip()
    writer.archive.catalog.write_bytes(b"rusak" * 1000)
    found = holdings(writer.archive)
    assert found.outlets == ()
    assert found.unread is not None
    assert "kliping catalog rebuild" in found.unread
