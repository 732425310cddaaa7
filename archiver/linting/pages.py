"""The pages that an outlet's selectors are tried on: all HTML that its fixtures hold, read as the outlet reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from archiver.article import Article
from archiver.capture import Capture
from archiver.drafting.material import is_html
from archiver.extraction import charset, extract
from archiver.extraction.dom import Page
from archiver.fixtures.expectation import Expectation
from archiver.fixtures.store import Fixture
from archiver.outlet import Outlet
from archiver.outlets import Outlets
from archiver.warcfile import WarcPages


@dataclass(frozen=True, slots=True)
class TriedPage:
    """A captured page. `is_article` tells whether its address is one of an article of the outlet.

    `body` are the lines of the story that a reader expects of the fixture's pages, empty for pages of no story.
    """

    fixture: str
    capture: Capture
    page: Page
    article: Article
    is_article: bool
    body: frozenset[str]


def tried_pages(outlet: Outlet, fixtures: Iterable[Fixture]) -> Iterator[TriedPage]:
    """The HTML pages of the fixtures that were answered with 200. Raises `NotFoundError`, `BadDataError`."""
    for fixture in fixtures:
        expectation = fixture.expectation()
        with TemporaryDirectory(prefix="kliping-check-") as scratch:
            for capture in WarcPages(fixture.warc, Outlets([outlet]), Path(scratch)).captures():
                if capture.body.strip() and is_html(capture) and outlet.owns(capture.url):
                    yield _tried(outlet, fixture, capture, expectation)


def _tried(outlet: Outlet, fixture: Fixture, capture: Capture, expectation: Expectation) -> TriedPage:
    text, encoding = charset.decode(capture)
    is_article = outlet.wants(capture.url)
    return TriedPage(
        fixture.name,
        capture,
        Page(charset.markup(capture, text, encoding)),
        extract(capture, outlet),
        is_article,
        frozenset(expectation.body) if is_article else frozenset(),
    )
