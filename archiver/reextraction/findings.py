"""What a re-extraction finds: which articles would change, and how many captures were read to know it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec
from msgspec import Struct

from archiver.article import Article

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Verdict: TypeAlias = Literal["changed", "appeared", "vanished"]
"""Of an article: read otherwise than before; read for the first time; read as no article any more."""


class Finding(Struct, frozen=True):
    """One capture that is read otherwise than before.

    `before` is what the catalog has of it, or of the version before it where it gave none of its own; None where there
    is neither. `after` is today's reading; of a vanished article, its outcome says what the page is taken for.
    """

    verdict: Verdict
    before: Article | None
    after: Article


class Counts(Struct):
    """How the captures of one outlet were read. `nothing` are those that gave no article, before and today."""

    same: int = 0
    changed: int = 0
    appeared: int = 0
    vanished: int = 0
    nothing: int = 0

    @property
    def total(self) -> int:
        """How many captures were read."""
        return self.same + self.changed + self.appeared + self.vanished + self.nothing

    def add(self, other: Counts) -> None:
        """Add another file's."""
        for name in self.__struct_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(slots=True)
class FileResult:
    """What one WARC file gave: a file with its findings, counts by outlet, and what could not be read."""

    findings: Path
    counts: dict[str | None, Counts] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def count(self, outlet: str | None) -> Counts:
        """The counts of this outlet, to be added to."""
        return self.counts.setdefault(outlet, Counts())

    def __iter__(self) -> Iterator[Finding]:
        with self.findings.open("rb") as lines:
            for line in lines:
                yield msgspec.json.decode(line, type=Finding)
