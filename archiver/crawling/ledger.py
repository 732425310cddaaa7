"""The ledger of a run: every address that was discovered, and the one outcome in which it ended.

It is a file of JSON lines, one an outcome, written when the outcome is known and only ever appended to. A run that
is killed leaves all lines but perhaps half of the last one; `read_ledger` passes over such a half line.

Which addresses there are is kept in a private SQLite database that lies on disk when it is large, so that a run of
many thousands of addresses takes no more memory than one of a few.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from typing import IO, TYPE_CHECKING

import msgspec
from msgspec import Struct

from archiver.article import Outcome
from archiver.errors import BadDataError, CannotWriteError, KlipingError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path


class LedgerError(KlipingError):
    """The account does not add up: a fault of the program. The run's files are whole; please report it."""


class Line(Struct, frozen=True, kw_only=True):
    """One line of the ledger: what became of an address, and how one can tell.

    `discovered_from` is the address that named this one. `time` is ISO 8601. `attempts` counts the requests that
    were sent, `record` is the id of the response record, `target` another address that stands for this one: where
    it redirects to, what it is a duplicate of, which article it is a page of.
    """

    url: str
    outcome: Outcome
    discovered_from: str | None
    time: str
    attempts: int = 0
    evidence: str | None = None
    record: str | None = None
    target: str | None = None
    outlet: str | None = None


_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE addresses (
    position INTEGER PRIMARY KEY,   -- in order of discovery
    url      TEXT NOT NULL UNIQUE,
    via      TEXT,                  -- the address that named this one
    outlet   TEXT,
    main     TEXT,                  -- the address that stands for its article, where that is another one
    open     INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX open_addresses ON addresses (position) WHERE open;
CREATE INDEX main_addresses ON addresses (main) WHERE main IS NOT NULL;
BEGIN;
"""


class Ledger:
    """The ledger of a run that is going on. An address is `discover`ed first and `settle`d once."""

    def __init__(
        self, path: Path, *, clock: Callable[[], datetime], listener: Callable[[Line], None] | None = None
    ) -> None:
        self.path = path
        self.discovered = 0
        self.counts: Counter[Outcome] = Counter()
        self._clock = clock
        self._listener = listener
        self._unwritten = b""
        self._file = self._create()
        self._db = sqlite3.connect("", isolation_level=None)  # a file that nobody else sees, gone when it is closed
        self._db.executescript(_SCHEMA)

    def discover(
        self, url: str, discovered_from: str | None = None, *, outlet: str | None = None, main: str | None = None
    ) -> bool:
        """Open the account of an address; False if it has one already.

        `main` is the address that stands for the article at it, where that is another one: see `holder`.
        """
        query = "INSERT OR IGNORE INTO addresses (url, via, outlet, main) VALUES (?, ?, ?, ?)"
        new = self._execute(query, url, discovered_from, outlet, main if main != url else None).rowcount == 1
        self.discovered += new
        return new

    def __contains__(self, url: str) -> bool:
        return self._state(url) is not None

    def is_open(self, url: str) -> bool:
        """Whether the address was discovered and its outcome is still to come."""
        return self._state(url) == 1

    def holder(self, main: str) -> str | None:
        """The first address of this run that stands for the article whose main address this is."""
        query = "SELECT url FROM addresses WHERE url = ? UNION ALL SELECT url FROM addresses WHERE main = ? LIMIT 1"
        found = self._execute(query, main, main).fetchone()
        return found[0] if found else None

    @property
    def pending(self) -> int:
        """How many addresses wait for their outcome."""
        return self.discovered - sum(self.counts.values())

    def open_urls(self, limit: int = -1) -> list[tuple[str, str | None]]:
        """Addresses whose outcome is still to come, with their outlets, in order of discovery; the first `limit`."""
        query = "SELECT url, outlet FROM addresses WHERE open ORDER BY position LIMIT ?"
        return self._execute(query, limit).fetchall()

    def settle(
        self,
        url: str,
        outcome: Outcome,
        *,
        evidence: str | None = None,
        record: str | None = None,
        target: str | None = None,
        attempts: int = 0,
    ) -> Line:
        """Close the account of an open address and write its line.

        Raises `LedgerError` for an address that is not open, `CannotWriteError` where the line cannot be written;
        the outcome is counted even then.
        """
        query = "UPDATE addresses SET open = 0 WHERE url = ? AND open RETURNING via, outlet"
        known = self._execute(query, url).fetchone()
        if known is None:
            state = "has its outcome already" if url in self else "was never discovered"
            raise LedgerError(f"{url} {state}; it cannot be {outcome}")
        via, outlet = known
        self.counts[outcome] += 1
        line = Line(
            url=url,
            outcome=outcome,
            discovered_from=via,
            time=self._clock().isoformat(timespec="seconds"),
            attempts=attempts,
            evidence=evidence,
            record=record,
            target=target,
            outlet=outlet,
        )
        if self._listener is not None:
            self._listener(line)
        self._write(line)
        return line

    def close(self) -> None:
        """Write everything to disk; raise `LedgerError` if discovered and settled do not agree."""
        try:
            self._flush()
        finally:
            self._file.close()
        missing = ", ".join(url for url, _ in self.open_urls(3))
        self._db.close()
        settled = sum(self.counts.values())
        if missing or settled != self.discovered:
            raise LedgerError(
                f"{self.path}: {self.discovered} addresses were discovered, {settled} have an outcome"
                + (f"; without one: {missing}" if missing else "")
            )

    def release(self) -> None:
        """Let go of the files of a run that came to nothing."""
        self._file.close()
        self._db.close()

    def _state(self, url: str) -> int | None:
        """1 while its outcome is to come, 0 when it has one, None where it was never discovered."""
        found = self._execute("SELECT open FROM addresses WHERE url = ?", url).fetchone()
        return found[0] if found else None

    def _execute(self, query: str, *values: str | int | None) -> sqlite3.Cursor:
        try:
            return self._db.execute(query, values)
        except sqlite3.OperationalError as error:
            raise CannotWriteError(
                f"cannot keep the addresses of {self.path} in the folder for temporary files: {error}; "
                "make room there or set SQLITE_TMPDIR"
            ) from error

    def _create(self) -> IO[bytes]:
        try:
            return self.path.open("ab", buffering=0)  # a line is in the kernel's hands once it is written
        except OSError as error:
            raise self._cannot_write(error) from error

    def _write(self, line: Line) -> None:
        self._unwritten += msgspec.json.encode(line) + b"\n"
        self._flush()

    def _flush(self) -> None:
        """Write all that there is; what a full disk did not take waits for the next time, to the byte."""
        try:
            while self._unwritten:
                written = self._file.write(self._unwritten)
                self._unwritten = self._unwritten[written:]
        except OSError as error:
            raise self._cannot_write(error) from error

    def _cannot_write(self, error: OSError) -> CannotWriteError:
        return CannotWriteError(
            f"cannot write {self.path}: {error.strerror or error}; make room or the folder writable"
        )


def read_ledger(path: Path) -> Iterator[Line]:
    """The lines of a ledger; half a line at its end, as a killed run leaves it, is passed over.

    Raises `NotFoundError`, and `BadDataError` for a line within that is none.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise NotFoundError(f"there is no ledger {path}") from error
    lines = content.split(b"\n")
    for number, line in enumerate(lines[:-1], 1):  # a whole line ends in a line feed: the last piece is empty or half
        try:
            yield msgspec.json.decode(line, type=Line)
        except msgspec.MsgspecError as error:
            raise BadDataError(f"{path}, line {number}: {error}; remove the line") from error
