"""ARCHIVE/pending.db: addresses that were discovered and are not done with, until a run has fetched them.

A file of its own beside the catalog: that one is an index and can be made anew from the WARC files, this is the one
thing in an archive that can't; what is lost with it is work to be done, never a capture. Each change is committed as
it happens, so a killed run loses nothing of it, and the next one goes on.

What failed for a reason that may pass stays, and the next run tries it again, up to `MAX_FAILURES` times.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from dataclasses import astuple, dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Self

from archiver.catalog.connection import reading_uri
from archiver.errors import BadDataError, CannotWriteError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from archiver.article import Outcome

MAX_FAILURES: Final = 10
"""Runs in which an address may fail before it is given up; a source that still names it brings it back."""

PASSING: Final[frozenset[Outcome]] = frozenset({"timeout", "dns", "tls", "server_error"})
"""Outcomes after which the next run tries again."""

_WAIT: Final = 30.0
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS pending (
    position  INTEGER PRIMARY KEY,          -- in order of discovery
    outlet    TEXT NOT NULL,
    url       TEXT NOT NULL,
    moment    INTEGER NOT NULL,             -- seconds since 1970: how new it is, the newest goes first
    title     TEXT,                         -- what its source says of it
    published TEXT,
    via       TEXT,                         -- the source that named it; null where the catalog did
    found     TEXT NOT NULL,                -- ISO 8601: when it came in here
    failures  INTEGER NOT NULL DEFAULT 0,   -- runs in which it failed
    taken     INTEGER NOT NULL DEFAULT 0,   -- whether the run that goes on has taken it up
    begun     INTEGER NOT NULL DEFAULT 0,   -- whether an earlier run had, and did not come to its end
    UNIQUE (outlet, url)
);
CREATE INDEX IF NOT EXISTS pending_newest ON pending (outlet, taken, moment DESC, position);
"""
_COLUMNS: Final = "outlet, url, moment, title, published, via, found, failures, begun"


@dataclass(frozen=True, slots=True)
class Waiting:
    """An address that waits. `title` and `published` are what its source says; `moment` is how new it is, in seconds.

    `via` is the source, None where the catalog named it: it is due to be visited again. What an earlier run has `begun`
    may have been captured and not been read: it is fetched whatever the catalog says.
    """

    outlet: str
    url: str
    moment: int
    title: str | None = None
    published: str | None = None
    via: str | None = None
    found: str = ""
    failures: int = 0
    begun: bool = False


class Pending:
    """The open file; a context manager. Errors are `CannotWriteError`, and `BadDataError` for what is no such file."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self._path = path
        with self._plain_errors():
            if read_only:
                self._db = sqlite3.connect(reading_uri(path), uri=True, timeout=_WAIT)
                return
            self._db = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
            try:
                for pragma in (
                    "journal_mode = WAL",
                    "synchronous = NORMAL",
                    "wal_autocheckpoint = 250",
                    "secure_delete = ON",
                ):
                    self._db.execute(f"PRAGMA {pragma}")
                self._db.executescript(_SCHEMA)
            except BaseException:
                self._db.close()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def begin(self, outlet: str) -> None:
        """A run of the outlet begins: what an earlier one had taken up and did not end waits again."""
        with self._plain_errors():
            self._db.execute("UPDATE pending SET taken = 0, begun = 1 WHERE outlet = ? AND taken = 1", (outlet,))

    def add(self, several: Iterable[Waiting]) -> None:
        """Let these wait, all at once or none; one that waits already keeps its place, and what it lacks is added."""
        with self._plain_errors():
            self._db.execute("BEGIN IMMEDIATE")
            with self._db:
                self._db.executemany(
                    f"""
                    INSERT INTO pending ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (outlet, url) DO UPDATE SET
                        title = coalesce(title, excluded.title), published = coalesce(published, excluded.published),
                        via = coalesce(via, excluded.via)
                    """,  # noqa: S608 - constants
                    map(astuple, several),
                )

    def take(self, outlet: str, since: int | None = None, until: int | None = None) -> Waiting | None:
        """Take up the newest, if any is left; of those with a moment in [`since`, `until`) where these are given."""
        query = f"""
            SELECT position, {_COLUMNS} FROM pending
            WHERE outlet = ? AND taken = 0 AND moment >= ? AND moment < ? ORDER BY moment DESC, position LIMIT 1
        """  # noqa: S608 - constants
        bounds = (-(2**62) if since is None else since, 2**62 if until is None else until)
        with self._plain_errors():
            found = self._db.execute(query, (outlet, *bounds)).fetchone()
            if found is None:
                return None
            self._db.execute("UPDATE pending SET taken = 1 WHERE position = ?", found[:1])
        return _waiting(found[1:])

    def settle(self, outlet: str, url: str, outcome: Outcome) -> None:
        """Its outcome is known: it goes, unless it was left or failed for a reason that may pass."""
        with self._plain_errors():
            if outcome == "deferred":
                return
            if outcome in PASSING:
                query = "UPDATE pending SET failures = failures + 1 WHERE outlet = ? AND url = ?"
                self._db.execute(query, (outlet, url))
                where = f"outlet = ? AND url = ? AND failures >= {MAX_FAILURES}"
            else:
                where = "outlet = ? AND url = ?"
            self._db.execute(f"DELETE FROM pending WHERE {where}", (outlet, url))  # noqa: S608 - constants

    def forget(self, urls: Iterable[str]) -> None:
        """Take these addresses out, whatever outlet they wait for, and all titles: one may be their headline."""
        with self._plain_errors():
            self._db.executemany("DELETE FROM pending WHERE url = ?", ((url,) for url in urls))
            self._db.execute("UPDATE pending SET title = NULL WHERE title IS NOT NULL")

    def is_begun(self, outlet: str, url: str) -> bool:
        """Whether an earlier run has taken it up and did not come to its end."""
        query = "SELECT 1 FROM pending WHERE outlet = ? AND url = ? AND begun"
        with self._plain_errors():
            return self._db.execute(query, (outlet, url)).fetchone() is not None

    def waits(self, outlet: str, url: str) -> bool:
        """Whether it is here and no run has taken it up."""
        query = "SELECT 1 FROM pending WHERE outlet = ? AND url = ? AND taken = 0"
        with self._plain_errors():
            return self._db.execute(query, (outlet, url)).fetchone() is not None

    def entries(self, url: str) -> list[Waiting]:
        """Whatever waits at this address."""
        with self._plain_errors():
            rows = self._db.execute(f"SELECT {_COLUMNS} FROM pending WHERE url = ?", (url,))  # noqa: S608 - constants
            return [_waiting(row) for row in rows]

    def count(self, outlet: str | None = None) -> int:
        """How many wait, for one outlet or for all."""
        with self._plain_errors():
            if outlet is None:
                return int(self._db.execute("SELECT count(*) FROM pending").fetchone()[0])
            return int(self._db.execute("SELECT count(*) FROM pending WHERE outlet = ?", (outlet,)).fetchone()[0])

    @contextmanager
    def _plain_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise CannotWriteError(
                    f"cannot write {self._path}: {error}; make room or the folder writable"
                ) from error
            raise BadDataError(
                f"{self._path} cannot be read: {error}; remove it, and what waited is found again where sources name it"
            ) from error


def _waiting(row: tuple[Any, ...]) -> Waiting:
    waiting = Waiting(*row)
    return replace(waiting, begun=bool(waiting.begun))  # SQLite gives a number


def seconds(moment: datetime) -> int:
    """Since 1970; a moment without a zone is UTC."""
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
