"""No rule knows a story: with other words in it, or other related items and dates, a page is read alike."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archiver.article import Article
from archiver.capture import Capture
from archiver.extraction import extract
from archiver.extraction.charset import decode
from tests.extraction.rewording import reworded, reworded_page, shuffled_page
from tests.test_fixtures import OUTLETS, STORIES, expected, name, pages_of


def decisions(article: Article) -> dict[str, Any]:
    """All that was decided on a page, without the words that it was decided on."""
    return {
        "page": (article.outcome, article.layout, article.method, article.areas, article.complete, article.more_pages),
        "kept": [(block.kind, block.level, block.where, len(block.items or ())) for block in article.blocks],
        "rerouted": [(line.kind, line.where) for line in article.rerouted],
        "removed": [(removal.kind, removal.rule, removal.where) for removal in article.removed],
        "dates": (article.published, article.modified),
        "images": [image.url for image in article.images],
    }


def read_as(capture: Capture, page: str, case: Path) -> Article:
    """The article in another version of a captured page."""
    told = replace(capture, body=page.encode(), headers=(("Content-Type", "text/html; charset=utf-8"),))
    return extract(told, OUTLETS.get(expected(case)["outlet"]))


@pytest.mark.parametrize("case", STORIES, ids=name)
def test_other_words_are_read_alike(case: Path) -> None:
    for capture, article in pages_of(case):
        told = read_as(capture, reworded_page(decode(capture)[0]), case)
        assert decisions(told) == decisions(article)
        assert told.evidence == article.evidence
        assert told.text == reworded(article.text)
        assert (told.title, told.lead) == (reworded(article.title or "") or None, reworded(article.lead or "") or None)
        assert told.authors == tuple(map(reworded, article.authors))
        assert told.dateline == (reworded(article.dateline) if article.dateline else None)


@pytest.mark.parametrize("case", STORIES, ids=name)
def test_other_related_items_are_removed_alike(case: Path) -> None:
    for capture, article in pages_of(case):
        told = read_as(capture, shuffled_page(decode(capture)[0], article.removed), case)
        assert decisions(told) == decisions(article)
        assert told.text == article.text
        for before, after in zip(article.removed, told.removed, strict=True):
            assert Counter(link.url for link in before.links) == Counter(link.url for link in after.links)


def test_a_story_turns_into_another_one() -> None:
    assert reworded("Baca juga: Pasar Apung, Rabu (foto: Karang)") == "Baca juga: Qetes Eqaph, Rabu (foto: Leseph)"
