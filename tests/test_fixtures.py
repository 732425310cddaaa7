"""What holds of every fixture, whatever is expected of it. The expectations are tested by `archiver.pytest_plugin`."""

from __future__ import annotations

import functools
import json
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from archiver.article import Article, Block, CaptureRef, Removal, Rerouted
from archiver.capture import Capture
from archiver.extraction import extract, join
from archiver.extraction.charset import decode
from archiver.outlets import load_outlets
from archiver.warcfile import WarcPages
from tests.extraction.walker import accounted, by_path, soup_of, visible, words
from warc.encoding import decode_content
from warc.index import WarcIndex

FIXTURES = Path(__file__).parent.parent / "fixtures"
CASES = sorted(FIXTURES.glob("*/*.json"))
OUTLETS = load_outlets()


@functools.cache
def expected(case: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(case.read_text(encoding="utf-8"))
    return data


def archived(case: Path) -> WarcPages:
    return WarcPages(case.with_suffix(".warc.gz"), OUTLETS, scratch=Path(tempfile.gettempdir()))


@functools.cache
def article_of(case: Path) -> Article:
    return archived(case).article(expected(case)["url"])


def name(case: Path) -> str:
    return f"{case.parent.name}/{case.stem}"


def test_each_outlet_has_two_cases_at_least() -> None:
    for outlet in ("tribunnews", "okezone", "kanal247", "winpoin", "tempo"):
        assert len(list((FIXTURES / outlet).glob("*.json"))) >= 2


STORIES = [case for case in CASES if "body" in expected(case)]
"""Cases whose page tells a story, if only the beginning of one."""


def test_every_outcome_that_a_page_alone_can_have_is_covered() -> None:
    covered = {expected(case)["outcome"] for case in CASES}
    assert covered >= {"paywall", "consent_wall", "challenge", "soft_404", "hijacked", "empty", "forbidden"}


def pages_of(case: Path) -> Iterator[tuple[Capture, Article]]:
    """The pages of a case, each with what it gives alone."""
    index = WarcIndex([case.with_suffix(".warc.gz")])
    outlet = OUTLETS.get(expected(case)["outlet"])
    for url in expected(case)["pages"]:
        ref = index.find(url)
        assert ref is not None
        response = index.response(ref)
        body = decode_content(response.body, response.head.joined("content-encoding"))
        place = CaptureRef(ref.file, ref.offset, ref.record_id, ref.date, ref.payload_digest)
        capture = Capture(url, body, response.head.headers, datetime.fromisoformat(ref.date), place)
        yield capture, extract(capture, outlet)


@pytest.mark.parametrize("case", STORIES, ids=name)
def test_every_word_of_the_area_is_accounted_for(case: Path) -> None:
    for capture, article in pages_of(case):
        area = by_path(soup_of(decode(capture)[0]), article.areas[0])
        assert area.name != "body"
        assert accounted(article) == words(visible(area))


@pytest.mark.parametrize("case", STORIES, ids=name)
def test_each_place_resolves(case: Path) -> None:
    for capture, article in pages_of(case):
        soup = soup_of(decode(capture)[0])
        pieces: list[Block | Rerouted | Removal] = [*article.blocks, *article.rerouted, *article.removed]
        for piece in pieces:
            there = words(visible(by_path(soup, piece.where.path)))
            assert words(piece.text) <= there


@pytest.mark.parametrize("case", STORIES, ids=name)
def test_joining_is_the_same_as_reading_the_file(case: Path) -> None:
    assert join([article for _, article in pages_of(case)]) == article_of(case)
