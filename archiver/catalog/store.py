"""The catalog: which captures and articles an archive holds, and each article's versions.

It is an index. What it says comes from the WARC records that it names, and `archiver.catalog.rebuild` makes
the same file from them. Nothing here reads a page.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from archiver.catalog import search, visits
from archiver.catalog.connection import connect, connect_to_read, plain_errors
from archiver.catalog.content import restore
from archiver.catalog.entry import ALL, Dated, Entry, Filters, Hit, Visit
from archiver.catalog.save import Saved, add_record, save, version_starts
from warc.record import RecordRef

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from archiver.article import Article


_RECORD = "file, offset, length, record_id, date, type, url, payload_digest"
_ENTRY = "readings.article, readings.text, readings.captured, readings.capture_id, conversion_id, metadata_id"


class Catalog:
    """An open catalog; a context manager that closes it.

    Each writing call is a transaction of its own. Errors are `NotFoundError` (no file, to read),
    `BadDataError` (of another version, damaged), `LockedError` (another one writes for too long) and
    `CannotWriteError`.
    """

    def __init__(self, path: str | Path, *, read_only: bool = False) -> None:
        self.path = Path(path)
        self._db = connect_to_read(self.path) if read_only else connect(self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; done twice it does nothing."""
        self._db.close()

    def known(self, url: str) -> bool:
        """Whether an article in the catalog has this address: as its own, of a page, or canonical."""
        return self._one("SELECT 1 FROM addresses WHERE address = ? LIMIT 1", url) is not None

    def has_record(self, record_id: str) -> bool:
        """Whether the catalog knows this capture, conversion or metadata record."""
        return self._one("SELECT 1 FROM records WHERE record_id = ?", record_id) is not None

    def record(self, record_id: str) -> RecordRef | None:
        """Where the archive holds this record, or None."""
        return self._record("record_id = ?", record_id)

    def records_in(self, file: str) -> list[RecordRef]:
        """All records that the catalog knows in a WARC file, by their place in it."""
        with plain_errors(self.path):
            query = f"SELECT {_RECORD} FROM records WHERE file = ? ORDER BY offset"  # noqa: S608 - constants
            return [RecordRef(*row) for row in self._db.execute(query, (file,))]

    def files(self) -> list[str]:
        """Names of the WARC files in which the catalog knows records."""
        with plain_errors(self.path):
            return [name for (name,) in self._db.execute("SELECT DISTINCT file FROM records ORDER BY file")]

    def loose_ends(self) -> list[tuple[str, str]]:
        """Articles whose capture, text or metadata the catalog does not know: their address, the record's id."""
        with plain_errors(self.path):
            query = " UNION ".join(
                f"SELECT url, {column} FROM readings WHERE {column} NOT IN (SELECT record_id FROM records)"  # noqa: S608 - constants
                for column in ("capture_id", "conversion_id", "metadata_id")
            )
            return list(self._db.execute(f"{query} ORDER BY 1, 2"))

    def capture_with_payload(self, digest: str, url: str) -> RecordRef | None:
        """The first whole response with this payload, of that address if there is one: what a revisit refers to."""
        condition = "payload_digest = ? AND type = 'response' AND status = 200 ORDER BY url = ? DESC, date LIMIT 1"
        return self._record(condition, digest, url)

    def original(self, revisit: RecordRef) -> RecordRef | None:
        """The response that holds a revisit's body."""
        return self.capture_with_payload(revisit.payload_digest or "", revisit.url or "")

    def captures(self, url: str) -> list[RecordRef]:
        """All captures of this very address, oldest first."""
        query = f"SELECT {_RECORD} FROM records WHERE url = ? AND type IN ('response', 'revisit') ORDER BY date"  # noqa: S608 - constants
        with plain_errors(self.path):
            return [RecordRef(*row) for row in self._db.execute(query, (url,))]

    def visit(self, *addresses: str) -> Visit | None:
        """When the first of these addresses that was captured was; else the article that goes by one of them."""
        with plain_errors(self.path):
            return visits.visit(self._db, *addresses)

    def is_read(self, url: str) -> bool:
        """Whether the newest capture of this very address gave an article that is kept."""
        with plain_errors(self.path):
            return visits.is_read(self._db, url)

    def visits_since(self, date: str) -> Iterator[Dated]:
        """All addresses that were captured first at this WARC-Date or later, the newest first; one at a time."""
        with plain_errors(self.path):
            yield from visits.visits_since(self._db, date)

    def captured_since(self, date: str) -> list[tuple[str, str]]:
        """Address and date of every capture of this WARC-Date or later, oldest first."""
        query = "SELECT url, date FROM records WHERE type IN ('response', 'revisit') AND date >= ? ORDER BY date"
        with plain_errors(self.path):
            return self._db.execute(query, (date,)).fetchall()

    def last_capture(self) -> str | None:
        """The WARC-Date of the youngest capture; None where there is none."""
        (date,) = self._one("SELECT max(date) FROM records WHERE type IN ('response', 'revisit')")
        return str(date) if date else None

    def reading(self, capture_id: str) -> Article | None:
        """What was cut out of this capture, by the newest extraction; None if it gave no article."""
        found = self._one("SELECT article, text FROM readings WHERE capture_id = ?", capture_id)
        return restore(*found) if found else None

    def article(self, url: str) -> Article | None:
        """The newest version of the article with this address, or None."""
        versions = self.versions(url)
        return versions[-1].article if versions else None

    def versions(self, url: str) -> list[Entry]:
        """All versions of the article with this address, oldest first; empty where it is not known.

        An address that is one article's own and another's canonical one means the first.
        """
        found = self._one(
            "SELECT url FROM addresses WHERE address = ? ORDER BY kind = 'canonical', kind = 'page', url LIMIT 1",
            url,
        )
        if found is None:
            return []
        with plain_errors(self.path):
            query = f"SELECT {_ENTRY}, digest FROM readings WHERE url = ? ORDER BY captured, capture_id"  # noqa: S608 - constants
            readings = self._db.execute(query, found).fetchall()
        starts = version_starts([row[-1] for row in readings])
        return [_entry(number, *readings[start][:-1]) for number, start in enumerate(starts, 1)]

    def addresses(self, url: str) -> list[str]:
        """All addresses under which the article of this one is known, its own first."""
        query = "SELECT address FROM addresses WHERE url = ? ORDER BY kind, address"
        with plain_errors(self.path):
            return [address for (address,) in self._db.execute(query, (url,))]

    def articles(self, filters: Filters = ALL) -> Iterator[Entry]:
        """The newest version of each article that passes, by day and address; one at a time."""
        where, values = filters.where()
        query = f"""
            SELECT versions, {_ENTRY} FROM articles JOIN readings ON readings.capture_id = articles.latest_id
            WHERE {where} ORDER BY day, articles.url
        """  # noqa: S608 - made of constants; all values are bound
        with plain_errors(self.path):
            for row in self._db.execute(query, values):
                yield _entry(*row)

    def search(self, words: str, filters: Filters = ALL, *, limit: int = 20) -> list[Hit]:
        """Articles with all these words in their newest version, the best first."""
        with plain_errors(self.path):
            return search.search(self._db, words, filters, limit)

    def counts(self) -> tuple[int, int]:
        """How many captures and how many articles there are."""
        captures, articles = self._one(
            "SELECT (SELECT count(*) FROM records WHERE type IN ('response', 'revisit')),"
            " (SELECT count(*) FROM articles)"
        )
        return captures, articles

    def add_capture(self, ref: RecordRef, status: int | None, *, truncated: str | None = None) -> None:
        """Note where a response or revisit record lies; one that is known already is left as it is.

        `truncated` says why it is cut short, in the words of WARC-Truncated; such a one is not found by its payload.
        """
        with self.transaction():
            add_record(self._db, replace(ref, payload_digest=None) if truncated else ref, status, truncated)

    def save(self, article: Article, *, conversion: RecordRef, metadata: RecordRef | None) -> Saved:
        """Keep what was cut out of a capture: `article.captures[0]`, which must be there.

        "saved": the article is new. "updated": there is a new version of it, or this is a newer extraction
        of a known capture with another result, which takes the place of the earlier. "unchanged": neither.
        Captures may come in any order: versions count by their dates.
        """
        with self.transaction():
            return save(self._db, article, conversion, metadata)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written within it is kept, or nothing; inside another one it is part of that."""
        with plain_errors(self.path):
            if self._db.in_transaction:
                yield
                return
            self._db.execute("BEGIN IMMEDIATE")
            with self._db:
                yield

    def _record(self, condition: str, *values: str) -> RecordRef | None:
        found = self._one(f"SELECT {_RECORD} FROM records WHERE {condition}", *values)  # noqa: S608 - constants
        return RecordRef(*found) if found else None

    def _one(self, query: str, *values: str) -> Any:
        with plain_errors(self.path):
            return self._db.execute(query, values).fetchone()


def _entry(version: int, article: str, text: str, captured: str, *ids: str) -> Entry:
    record_id, conversion_id, metadata_id = ids
    return Entry(restore(article, text), version, captured, record_id, conversion_id, metadata_id)
