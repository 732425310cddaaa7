"""When addresses were captured: what the plan of revisits goes by (`archiver.crawling.schedule`).

A capture is an answer that tells what is at an address, whatever that is. A server that is overloaded or broken (408,
429, 5xx) tells nothing, and neither does an answer that broke off; one that is cut because it is too large does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from archiver.catalog.entry import Dated, Visit

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

# The first condition is that of the indexes in schema.sql, word for word: so SQLite knows that it may use them.
_ANSWERED: Final = (
    "type IN ('response', 'revisit') AND (status IS NULL OR status NOT IN (408, 429) AND status < 500)"
    " AND coalesce(truncated, 'length') = 'length'"
)

_OWN: Final = f"SELECT min(date), max(date) FROM records WHERE url = ? AND {_ANSWERED}"  # noqa: S608 - constants

_SINCE: Final = f"""
    SELECT url, min(date) AS first, max(date), (SELECT day FROM articles WHERE articles.url = records.url)
    FROM records
    WHERE {_ANSWERED}
        AND url IN (SELECT url FROM records WHERE type IN ('response', 'revisit') AND date >= ?)
        AND NOT EXISTS (
            SELECT 1 FROM addresses WHERE address = records.url AND kind = 'page' AND address != addresses.url
        )
    GROUP BY url HAVING first >= ? ORDER BY first DESC
"""  # noqa: S608 - made of constants; all values are bound


def visit(db: sqlite3.Connection, *addresses: str) -> Visit | None:
    """The captures of the first of these addresses that has any; else those of the article that goes by one of them."""
    for url in addresses:
        first, last = db.execute(_OWN, (url,)).fetchone()
        if first is not None:
            return Visit(url, first, last)
    for address in addresses:
        for (url,) in db.execute("SELECT url FROM addresses WHERE address = ? AND url != address", (address,)):
            first, last = db.execute(_OWN, (url,)).fetchone()
            if first is not None:
                return Visit(url, first, last)
    return None


def is_read(db: sqlite3.Connection, url: str) -> bool:
    """Whether the newest capture of this address gave an article that is kept."""
    query = f"SELECT record_id FROM records WHERE url = ? AND {_ANSWERED} ORDER BY date DESC LIMIT 1"  # noqa: S608 - constants
    return db.execute(f"SELECT 1 FROM readings WHERE capture_id = ({query})", (url,)).fetchone() is not None  # noqa: S608 - the same


def visits_since(db: sqlite3.Connection, date: str) -> Iterator[Dated]:
    """All addresses that were captured first at this WARC-Date or later, the newest first; one at a time.

    Further pages of an article are left out: they are visited with their first one.
    """
    for url, first, last, day in db.execute(_SINCE, (date, date)):
        yield Dated(Visit(url, first, last), day)
