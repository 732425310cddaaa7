"""What the walk over an area makes and works with: lines, the links in them, and the run of text of a line to be."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from archiver.extraction import dom

Role: TypeAlias = Literal["body", "field", "drop", "outside"]


@dataclass(frozen=True, slots=True)
class Mark:
    """What an element was recognised as, and by which rule."""

    role: Role
    kind: str
    rule: str


@dataclass(slots=True)
class Anchor:
    """A link as it was met: its address as written, its text, and the date printed beside it."""

    href: str
    parts: list[str]
    date: str | None = None

    @property
    def title(self) -> str:
        """Text of the link on one line."""
        return dom.fold("".join(self.parts))


@dataclass(slots=True)
class Line:
    """One stretch of visible text. `linked` and `bold` are shares of its characters, 0 to 1.

    `kind` is a block kind in the body (`item`, `row` and `cell` are joined later, by `group`), else the kind of the
    mark. `rule` is the mark's; None in the body.
    """

    role: Role
    kind: str
    text: str
    path: str
    rule: str | None = None
    level: int | None = None
    group: int = 0
    linked: float = 0.0
    bold: float = 0.0
    links: list[Anchor] = field(default_factory=list)


@dataclass(slots=True)
class Run:
    """The inline text of the line that is being gathered; sizes in characters, white space left out."""

    parts: list[str] = field(default_factory=list)
    size: int = 0
    linked: int = 0
    bold: int = 0
    links: list[Anchor] = field(default_factory=list)
    date: str | None = None

    def note_date(self, text: str) -> None:
        """A date stands beside a link: behind the one that has none yet, else before the next."""
        if self.links and self.links[-1].date is None:
            self.links[-1].date = text
        else:
            self.date = text

    def note_link(self, link: Anchor) -> None:
        """A link begins; the date that was waiting for it is its."""
        self.links.append(link)
        link.date, self.date = self.date, None
