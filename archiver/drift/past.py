"""The crawls of an archive as the alarm needs them, each read once however many outlets ask for it."""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from archiver.crawling.ledger import read_ledger
from archiver.drift.facts import READ
from archiver.drift.quarantine import is_waiting
from archiver.errors import BadDataError, NotFoundError
from archiver.operating.history import crawls

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from archiver.archive import Archive
    from archiver.crawling.account import Account
    from archiver.crawling.ledger import Line

_MOST: Final = 4000
"""Lines that are kept of an outlet in one run; where there are more, every second one goes."""


@dataclass(frozen=True, slots=True)
class PastRun:
    """A run's account, and by outlet the lines of its ledger on pages that were read."""

    account: Account
    lines: Mapping[str | None, list[Line]]


@dataclass(slots=True)
class Past:
    """The crawls of these outlets. A run whose account cannot be read is passed over, of a ledger what can be read."""

    archive: Archive
    names: Collection[str]
    _source: Iterator[PastRun] = field(init=False)
    _known: list[PastRun] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._source = (PastRun(run.account, pages_read(run.folder)) for run in crawls(self.archive, self.names))

    def newest_first(self) -> Iterator[PastRun]:
        """One by one; what one outlet has asked for is there for the next."""
        position = 0
        while position < len(self._known) or self._read_another():
            yield self._known[position]
            position += 1

    def _read_another(self) -> bool:
        following = next(self._source, None)
        if following is not None:
            self._known.append(following)
        return following is not None


def pages_read(folder: Path) -> Mapping[str | None, list[Line]]:
    """By outlet, what the ledger in a run's folder says of pages that were read."""
    found: dict[str | None, list[Line]] = defaultdict(list)
    with suppress(BadDataError, NotFoundError):
        for line in read_ledger(folder / "ledger.jsonl"):
            if line.outcome in READ or is_waiting(line):
                lines = found[line.outlet]
                lines.append(line)
                if len(lines) > _MOST:
                    del lines[::2]
    return found
