"""What the catalog gives out, and what it can be asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from archiver.article import Article


@dataclass(frozen=True, slots=True)
class Entry:
    """One version of an article, and the records that it rests on.

    `version` counts from 1 in order of capture; `captured` is the WARC-Date of the response record
    `record_id`, the first in which this version was seen.
    """

    article: Article
    version: int
    captured: str
    record_id: str
    conversion_id: str
    metadata_id: str | None


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that a search found.

    `snippet` is a piece of its text with U+0002 and U+0003 around each matched word, or its beginning where the
    words stand in title and lead alone. `day` is that of `Filters`.
    """

    url: str
    outlet: str | None
    title: str | None
    day: str
    snippet: str
    captured: str
    record_id: str


@dataclass(frozen=True, slots=True)
class Visit:
    """When an address was captured for the first and for the last time, as WARC-Dates."""

    url: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Dated:
    """A visit, and the day (YYYY-MM-DD) of the article that is at its address; None where there is none."""

    visit: Visit
    day: str | None


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles: of one outlet, and of the days from `since` to `until`, both included.

    An article's day is that of its publication as printed, or of its capture where the page names none.
    """

    outlet: str | None = None
    since: date | None = None
    until: date | None = None

    def where(self) -> tuple[str, list[str]]:
        """The condition on the table `articles` in SQL, and the values to bind to it."""
        given: tuple[tuple[str, str | None], ...] = (
            ("articles.outlet = ?", self.outlet),
            ("articles.day >= ?", self.since.isoformat() if self.since else None),
            ("articles.day <= ?", self.until.isoformat() if self.until else None),
        )
        conditions = [condition for condition, value in given if value is not None]
        return " AND ".join(conditions) or "TRUE", [value for _, value in given if value is not None]


ALL = Filters()
