"""A live blog's entries: which elements they are, and when each was written.

The walk knows nothing of them. Each line of a body says in which element it stood, and so in which entry; the element
that prints an entry's time is re-routed as a date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timezone

from msgspec import structs

from archiver.article import Block
from archiver.extraction import dates, dom
from archiver.extraction.dom import Node, Page
from archiver.extraction.lines import Mark
from archiver.outlet import Layout

Times = Mapping[str, str | None]
"""Paths of the elements that are entries, each with its time as the page has it; None where it has none."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry and the element that prints its time."""

    node: Node
    time: Node | None


def find(page: Page, layout: Layout, bodies: Sequence[Node]) -> tuple[Entry, ...]:
    """The entries in the bodies, in document order; none where the layout is no live blog's."""
    if layout.entries is None:
        return ()
    nodes = [node for body in bodies for node in page.all(layout.entries, body)]
    return tuple(Entry(node, page.first(layout.entry_time, node) if layout.entry_time else None) for node in nodes)


def marks(entries: Iterable[Entry], layout: Layout) -> Iterator[tuple[Node, Mark]]:
    """The elements that print the times, as dates."""
    rule = f"css:{layout.entry_time}"
    return ((entry.time, Mark("field", "date", rule)) for entry in entries if entry.time is not None)


def times(entries: Iterable[Entry]) -> Times:
    """The time of each entry: the machine's, where the element has one with day and clock, else the printed one."""
    return {dom.path(entry.node): None if entry.time is None else _printed(entry.time) for entry in entries}


def _printed(node: Node) -> str | None:
    attributes = node.attributes
    for value in (attributes.get("datetime"), attributes.get("content")):
        moment = dates.parse(value) if value else None
        if value and moment is not None and moment.precision != "day":
            return dom.fold(value)
    return dom.fold(dom.visible_text(node)) or None


def holder(path: str, known: Times) -> str | None:
    """The path of the entry in which the element of this path stands, the innermost one; None outside of all."""
    while path and path not in known:
        path = path.rpartition("/")[0]
    return path or None


def dated(blocks: Iterable[Block], published: str | None, captured: datetime | None, zone: timezone) -> list[Block]:
    """The blocks, the times of the entries among them in ISO 8601 where they can be read.

    A clock's time alone is one of the day of publication; an entry after midnight that does not name its day is read
    as one of the day before. `zone` is that of times without one; relative times count from the capture.
    """
    day = date.fromisoformat(published[:10]) if published else None
    return [
        structs.replace(block, time=_iso(block.time, day, captured, zone)) if block.time else block for block in blocks
    ]


def _iso(printed: str, day: date | None, captured: datetime | None, zone: timezone) -> str:
    moment = dates.parse(printed) or (dates.parse_relative(printed, captured) if captured else None)
    if moment is None and day is not None:
        clock = dates.parse(f"{day:%d/%m/%Y} {printed}")
        moment = clock if clock is not None and clock.precision != "day" else None
    return printed if moment is None else moment.iso(zone)
