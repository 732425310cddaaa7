"""The ledger of a run: every address that was discovered, and the one outcome in which it ended.

It is a file of JSON lines, one an outcome, written when the outcome is known and only ever appended to. A run that
is killed leaves all lines but perhaps half of the last one; `read_ledger` passes over such a half line.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class _Open:
    discovered_from: str | None
    outlet: str | None


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
        self._open: dict[str, _Open] = {}
        self._settled: set[str] = set()
        self._file = self._create()

    def discover(self, url: str, discovered_from: str | None = None, *, outlet: str | None = None) -> bool:
        """Open the account of an address; False if it has one already."""
        if url in self:
            return False
        self._open[url] = _Open(discovered_from, outlet)
        self.discovered += 1
        return True

    def __contains__(self, url: str) -> bool:
        return url in self._open or url in self._settled

    def is_open(self, url: str) -> bool:
        """Whether the address was discovered and its outcome is still to come."""
        return url in self._open

    @property
    def pending(self) -> int:
        """How many addresses wait for their outcome."""
        return len(self._open)

    @property
    def open_urls(self) -> tuple[str, ...]:
        """All addresses whose outcome is still to come, in order of discovery."""
        return tuple(self._open)

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
        if url not in self._open:
            state = "has its outcome already" if url in self._settled else "was never discovered"
            raise LedgerError(f"{url} {state}; it cannot be {outcome}")
        known = self._open.pop(url)
        self._settled.add(url)
        self.counts[outcome] += 1
        line = Line(
            url=url,
            outcome=outcome,
            discovered_from=known.discovered_from,
            time=self._clock().isoformat(timespec="seconds"),
            attempts=attempts,
            evidence=evidence,
            record=record,
            target=target,
            outlet=known.outlet,
        )
        if self._listener is not None:
            self._listener(line)
        self._write(line)
        return line

    def close(self) -> None:
        """Write everything to disk; raise `LedgerError` if discovered and settled do not agree."""
        try:
            self._file.close()
        except OSError as error:
            raise self._cannot_write(error) from error
        settled = sum(self.counts.values())
        if self._open or settled != self.discovered:
            missing = ", ".join(self.open_urls[:3])
            raise LedgerError(
                f"{self.path}: {self.discovered} addresses were discovered, {settled} have an outcome"
                + (f"; without one: {missing}" if missing else "")
            )

    def release(self) -> None:
        """Let go of the file of a run that came to nothing."""
        self._file.close()

    def _create(self) -> IO[bytes]:
        try:
            return self.path.open("ab", buffering=0)  # a line is in the kernel's hands once it is written
        except OSError as error:
            raise self._cannot_write(error) from error

    def _write(self, line: Line) -> None:
        try:
            self._file.write(msgspec.json.encode(line) + b"\n")
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
