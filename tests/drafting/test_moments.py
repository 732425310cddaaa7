"""When a story was published and changed."""

from __future__ import annotations

from datetime import timedelta, timezone

from archiver.drafting.choose import cover
from archiver.drafting.moments import changes, declared_date, publications, zone_of
from archiver.extraction.instants import PUBLISHED
from archiver.extraction.metadata import WIB
from tests.drafting.pages import meta, page

PUBLISHED_AT = meta("article:published_time", "2026-11-10T23:30:00Z")
"""The eleventh in Jakarta."""


def test_the_printed_date_of_the_declared_day() -> None:
    body = (
        '<p class="hari-ini">Minggu, 22 November 2026</p><h1>Judul</h1>'
        '<p class="kapan">11 November 2026</p><p class="jam">Rabu, 11 November 2026 06:30 WIB</p>'
        '<p class="ubah">Diperbarui 12 November 2026 07:00 WIB</p>'
    )
    document = page(body, head=PUBLISHED_AT + meta("article:modified_time", "2026-11-12T07:00:00+07:00"))
    assert [choice.selector for choice in cover(publications([document], WIB))] == [".jam"]
    assert [choice.selector for choice in cover(changes([document], WIB))] == [".ubah"]


def test_a_date_beside_other_words_is_the_last_resort() -> None:
    body = '<h1>Judul</h1><div class="baris">Siti | <span class="jam">11 November 2026 06:30</span></div>'
    assert [choice.selector for choice in cover(publications([page(body, head=PUBLISHED_AT)], WIB))] == [".jam"]


def test_dates_of_other_stories_are_none() -> None:
    body = (
        '<h1>Judul</h1><div class="related"><p>11 November 2026 06:30</p></div><a href="/"><i>11 November 2026</i></a>'
    )
    assert list(publications([page(body, head=PUBLISHED_AT)], WIB)) == []


def test_the_day_is_that_of_the_outlets_zone() -> None:
    document = page("", head=PUBLISHED_AT)
    assert declared_date(document, PUBLISHED, WIB) == "2026-11-11"
    assert declared_date(document, PUBLISHED, timezone(timedelta(0))) == "2026-11-10"
    assert declared_date(page(""), PUBLISHED, WIB) is None


def test_the_zone_is_what_the_pages_write() -> None:
    data = '{"@type": "NewsArticle", "datePublished": "2026-11-10T08:00:00+09:00"}'
    head = f'<script type="application/ld+json">{data}</script>'
    assert zone_of([page("", head=head)], WIB) == timezone(timedelta(hours=9))
    assert zone_of([page("", head=PUBLISHED_AT)], WIB) == WIB
