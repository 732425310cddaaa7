"""Seeded breakages: the markup changes, the story does not."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from archiver.capture import Capture
from archiver.extraction import extract
from archiver.healing import Sample
from archiver.simulation.breakages import BREAKAGES, DELAY, broken
from tests.healing.support import OUTLETS, pages

VIVA = OUTLETS.get("viva")


@pytest.fixture(scope="module")
def whole() -> Sample:
    with TemporaryDirectory() as scratch:
        return pages("viva", "perahu-tidur", scratch=Path(scratch))[0]


def broke(whole: Sample, kind: str) -> Capture:
    found = broken(whole.capture, VIVA, kind)
    assert found is not None
    return found


@pytest.mark.parametrize("kind", BREAKAGES)
def test_the_story_is_still_there(whole: Sample, kind: str) -> None:
    after = broke(whole, kind)
    assert after != whole.capture
    assert after.date == whole.date + DELAY
    page = after.body.decode()
    assert all(line in page for line in whole.article.text.split("\n\n") if "&" not in line and '"' not in line)
    assert "data-breakage" not in page


@pytest.mark.parametrize("kind", BREAKAGES)
def test_the_same_breakage_each_time(whole: Sample, kind: str) -> None:
    assert broke(whole, kind) == broke(whole, kind)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("renamed-container", "method"),
        ("moved-byline", "authors"),
        ("junk-inside", "text"),
        ("doubled-page", "text"),
        ("redesign", "method"),
    ],
)
def test_it_is_a_breakage(whole: Sample, kind: str, name: str) -> None:
    assert getattr(extract(broke(whole, kind), VIVA), name) != getattr(whole.article, name)


def test_a_page_that_fits_no_layout_is_not_broken() -> None:
    assert broken(Capture("https://www.viva.co.id/", b"<p>Beranda</p>"), VIVA, "redesign") is None
