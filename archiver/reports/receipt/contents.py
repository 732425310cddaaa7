"""What the catalog holds: articles by outlet, and those of which pages are missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archiver.catalog import Catalog
from archiver.errors import KlipingError
from archiver.reports.receipt.values import IncompleteArticle, OutletContents

if TYPE_CHECKING:
    from archiver.archive import Archive


@dataclass(slots=True)
class Holdings:
    """What was found. `unread` says why the catalog could not be read, None if it could."""

    outlets: tuple[OutletContents, ...] = ()
    incomplete: list[IncompleteArticle] = field(default_factory=list)
    unread: str | None = None


@dataclass(slots=True)
class _Sum:
    articles: int = 0
    versions: int = 0
    words: int = 0
    days: tuple[str, str] = ("9999", "0000")


def holdings(archive: Archive) -> Holdings:
    """Go through the newest version of each article; one is in memory at a time."""
    found, sums = Holdings(), dict[str | None, _Sum]()
    try:
        with Catalog(archive.catalog, read_only=True) as catalog:
            for entry in catalog.articles():
                article = entry.article
                outlet = sums.setdefault(article.outlet, _Sum())
                outlet.articles += 1
                outlet.versions += entry.version
                outlet.words += len(article.text.split())
                day = (article.published or entry.captured)[:10]
                outlet.days = min(outlet.days[0], day), max(outlet.days[1], day)
                if not article.complete:
                    pages = tuple(page for page in article.more_pages if page not in article.pages)
                    found.incomplete.append(IncompleteArticle(url=article.url, title=article.title, pages=pages))
    except KlipingError as error:
        found.unread = str(error)
    found.outlets = tuple(
        OutletContents(
            outlet=name,
            articles=outlet.articles,
            versions=outlet.versions,
            words=outlet.words,
            first=outlet.days[0],
            last=outlet.days[1],
        )
        for name, outlet in sorted(sums.items(), key=lambda item: (-item[1].articles, item[0] or ""))
    )
    return found
