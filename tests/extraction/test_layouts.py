"""Which layout reads a page, and what happens where the first that fits finds nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from archiver.capture import Capture
from archiver.extraction import extract
from archiver.extraction.dom import Page
from archiver.extraction.layouts import fitting, hints
from archiver.outlet import Layout, Outlet
from tests.extraction.pages import STORY, URL, html, outlet

EMPTY_BEFORE_FULL = html('<div class="teks"></div>' + "".join(f'<p class="ket">{line}</p>' for line in STORY))


def with_layouts(*layouts: Layout) -> Outlet:
    return replace(outlet(), layouts=layouts)


def names(page: str, known: Outlet | None, captured: datetime | None = None) -> list[str]:
    return [choice.layout.name for choice in fitting(known, Capture(URL, b"", date=captured), Page(page))]


def test_layouts_that_fit_come_in_the_outlets_order() -> None:
    known = with_layouts(Layout(name="a", body=".isi"), Layout(name="b", body=".tak-ada"), Layout(name="c", body="p"))
    assert names(html(), known) == ["a", "c"]
    assert names(html(), None) == []


@pytest.mark.parametrize(("year", "expected"), [(2015, ["old", "new"]), (2020, ["new", "old"])])
def test_the_date_of_capture_decides_which_is_first(year: int, expected: list[str]) -> None:
    known = with_layouts(
        Layout(name="old", body=".isi", when="h1", until=date(2018, 1, 1)),
        Layout(name="new", body=".isi", when="h1", since=date(2018, 1, 1)),
    )
    assert names(html(), known, datetime(year, 3, 4, tzinfo=UTC)) == expected


def test_a_container_alone_does_not_prove_a_layout_of_another_time() -> None:
    known = with_layouts(Layout(name="old", body=".isi", until=date(2018, 1, 1)))
    assert names(html(), known, datetime(2020, 3, 4, tzinfo=UTC)) == []


def test_the_next_layout_reads_a_page_on_which_the_first_finds_no_text() -> None:
    known = with_layouts(Layout(name="text", body=".teks"), Layout(name="photo", body=".ket", photos=True))
    article = extract(Capture(URL, EMPTY_BEFORE_FULL.encode()), known)
    assert (article.layout, article.method) == ("photo", "layout")
    assert [block.text for block in article.blocks] == list(STORY)


def test_a_page_that_fits_none_still_gives_the_facts_that_the_outlet_knows() -> None:
    article = extract(Capture(URL, html().replace('class="isi"', 'class="baru"').encode()), outlet())
    assert (article.method, article.authors) == ("fallback", ("Bayu Segara",))
    assert article.evidence["authors"] == "css:.penulis"
    assert hints(outlet()).published == (".tanggal",)
