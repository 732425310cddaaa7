"""A text under judgement: its lines, what the lexicon says of each, and the verdicts so far.

The junk rules (`archiver.extraction.junk` and its neighbours `edges` and `runs`) read it and write verdicts into it,
one rule after the other. The first verdict on a line stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from archiver.article import RemovalKind, RerouteKind
from archiver.extraction.lexicon import Marker, Scope, lexicon
from archiver.extraction.shapes import LONG, is_prose


class Verdict(NamedTuple):
    """What becomes of a line that is not kept: junk of a kind, or a fact that belongs elsewhere; `rule` says why."""

    action: Literal["remove", "reroute"]
    kind: RemovalKind | RerouteKind
    rule: str


def verdict_of(marker: Marker) -> Verdict:
    """The verdict on a line that is this marker."""
    return Verdict("remove" if marker.removes else "reroute", marker.kind, marker.id)


class Reading:
    """Lines without blanks around them, none empty, in reading order, and what is known of each.

    `linked` tells which lines are nothing but links (on a page), `marks` the marker that a line is, if any.
    """

    def __init__(self, lines: Sequence[str], linked: Sequence[bool], brands: Sequence[str] = ()) -> None:
        self.lines = lines
        self.linked = linked
        self.brands = brands
        self.size = len(lines)
        self.marks = lexicon().find_all(lines)
        self.verdicts: list[Verdict | None] = [None] * self.size

    def give(self, at: int, verdict: Verdict) -> None:
        """Give the verdict on a line that has none yet."""
        if self.verdicts[at] is None:
            self.verdicts[at] = verdict

    def remove(self, start: int, end: int, kind: RemovalKind, rule: str) -> None:
        """Remove the lines from `start` up to `end`; initials among them stay initials."""
        verdict = Verdict("remove", kind, rule)
        for at in range(start, end):
            if self.verdicts[at] is None:
                mark = self.marks[at]
                self.verdicts[at] = verdict if mark is None or mark.kind != "editor_mark" else verdict_of(mark)

    def has_scope(self, at: int, *scopes: Scope) -> bool:
        """Whether the line is a marker of one of these scopes."""
        mark = self.marks[at]
        return mark is not None and mark.scope in scopes

    def edge_mark(self, at: int) -> Marker | None:
        """The marker of a line before or after the story, where a name alone can be one."""
        mark = self.marks[at]
        if mark is not None and mark.scope in ("head", "tail", "edge", "label"):
            return mark
        line = self.lines[at]
        return mark if len(line) > LONG else lexicon().find(line, edge=True)

    def is_kept_prose(self, at: int) -> bool:
        """Whether the line is running text that no rule has taken out so far."""
        return self.verdicts[at] is None and is_prose(self.lines[at])
