"""Small pages of the invented outlet, as samples before and after its site was rebuilt."""

from __future__ import annotations

from datetime import UTC, datetime

from archiver.capture import Capture
from archiver.healing import Sample
from archiver.healing.cases import Case
from archiver.healing.lookup import Lookup
from archiver.healing.samples import sample
from tests.extraction.pages import STORY, URL, html, outlet

BEFORE = datetime(2020, 3, 5, tzinfo=UTC)
AFTER = datetime(2021, 7, 1, tzinfo=UTC)
OUTLET = outlet()
LINES = "".join(f"<p>{line}</p>" for line in STORY)


def seen(page: str, date: datetime = AFTER, url: str = URL) -> Sample:
    """The page, captured on that day."""
    return sample(Capture(url, page.encode(), (("Content-Type", "text/html"),), date), OUTLET)


def case_of(page: str) -> Case:
    """The page as a broken one, its story known from before."""
    after = seen(page)
    before = seen(html(), BEFORE)
    return Case(
        after, OUTLET.layouts[0], before.article, earlier=True, told=True, symptoms=(), lookup=Lookup(after.page)
    )
