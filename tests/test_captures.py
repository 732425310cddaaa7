from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from archiver.captures import MAX_PAGES, Captures
from archiver.catalog import Catalog
from archiver.outlets import Outlets
from tests.crawling.support import SITE, Answer, story
from tests.reextraction.outlets import UJI
from tests.reextraction.support import PAGES, Past, long, stories
from warc.errors import WarcReadError

if TYPE_CHECKING:
    from pathlib import Path

    from archiver.article import Article
    from archiver.captures import Response
    from warc.record import RecordRef

ONE = f"{SITE}/read/1"


class Reading(Past):
    """An archive that is read while it is there; a context manager as `Past` is."""

    def response(self, ref: RecordRef) -> Response:
        self.warc.close()
        with Catalog(self.archive.catalog, read_only=True) as catalog:
            captures = Captures(self.archive, catalog, Outlets([UJI]))
            return captures.response(captures.open(ref), ref)

    def article(self, ref: RecordRef) -> Article:
        self.warc.close()
        with Catalog(self.archive.catalog, read_only=True) as catalog:
            captures = Captures(self.archive, catalog, Outlets([UJI]))
            return captures.article(ref.url or "", captures.response(captures.open(ref), ref))


def test_as_many_pages_as_in_a_crawl() -> None:
    from archiver.crawling import pages  # noqa: PLC0415 - it imports Scrapy

    assert MAX_PAGES == pages.MAX_PAGES


def test_a_revisit_has_the_body_that_it_repeats(tmp_path: Path) -> None:
    with Reading(tmp_path / "archive") as past:
        original = past.page(ONE, long(story("Lembang")))
        revisit = past.page(f"{ONE}?utm=x", long(story("Lembang")))
        assert revisit.type == "revisit"
        response = past.response(revisit)
        assert response.body == long(story("Lembang")).body
        assert (response.ref.record_id, response.source.record_id) == (revisit.record_id, original.record_id)
        assert response.succeeded
        assert response.whole


@pytest.mark.parametrize(
    ("body", "content_type", "expected"),
    [
        (b"<!doctype html><p>x", "text/html; charset=utf-8", True),
        (b"<!doctype html><p>x", "text/plain", True),
        (b"<!doctype html><p>x", None, True),
        (b"<p>x</p>", None, True),
        (b"%PDF-1.4 x", None, False),
        (b"%PDF-1.4 x", "application/pdf", False),
        (b"<p>x</p>", "application/json", False),
    ],
)
def test_what_is_html(tmp_path: Path, body: bytes, content_type: str | None, *, expected: bool) -> None:
    with Reading(tmp_path / "archive") as past:
        ref = past.capture(ONE, body, headers={"Content-Type": content_type} if content_type else {})
        assert past.response(ref).is_html is expected


def test_a_page_that_has_moved_is_followed_and_one_that_is_gone_is_missed(tmp_path: Path) -> None:
    answers = stories()
    with Reading(tmp_path / "archive") as past:
        first = past.page(PAGES[0], answers[PAGES[0]])
        past.capture(PAGES[1], b"", status=301, headers={"Location": "/read/9/dua?page=2"})
        past.page(f"{SITE}/read/9/dua?page=2", answers[PAGES[1]])
        past.page(PAGES[2], Answer(status=404))
        article = past.article(first)
    assert article.pages == (PAGES[0], f"{SITE}/read/9/dua?page=2")
    assert not article.complete


def test_a_page_with_the_text_of_another_is_no_page(tmp_path: Path) -> None:
    answers = stories()
    with Reading(tmp_path / "archive") as past:
        first = past.page(PAGES[0], answers[PAGES[0]])
        past.page(PAGES[1], answers[PAGES[0]])
        past.page(PAGES[2], answers[PAGES[2]])
        article = past.article(first)
    assert article.pages == (PAGES[0], PAGES[2])
    assert article.complete


def test_the_captures_nearest_to_the_first_page_are_joined(tmp_path: Path) -> None:
    with Reading(tmp_path / "archive") as past:
        for subject in ("lama", "baru"):
            past.now += timedelta(hours=1)
            refs = [past.page(url, story(f"{subject} {url[-1]}", pages=PAGES)) for url in PAGES]
            article = past.article(refs[0])
            assert article.text.count(subject) == 9


def test_a_catalog_that_does_not_fit_its_files(tmp_path: Path) -> None:
    with Reading(tmp_path / "archive") as past:
        first, second = past.page(ONE, story("Lembang")), past.page(f"{SITE}/read/2", story("Garut"))
        past.warc.close()
        with Catalog(past.archive.catalog, read_only=True) as catalog:
            captures = Captures(past.archive, catalog, Outlets([UJI]))
            os.replace(past.archive.warc / first.file, past.archive.warc / "lain.warc.gz")  # noqa: PTH105 - short
            with pytest.raises(FileNotFoundError):
                captures.open(second)
            with pytest.raises(WarcReadError, match="is not in the catalog"):
                captures.reread(ONE, "<urn:uuid:none>")
