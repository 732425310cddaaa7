"""A live blog's entries: which elements they are, and when each was written.

The walk knows nothing of them. Each line of a body says in which element it stood, and so in which entry; the element
that prints an entry's time is re-routed as a date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from itertools import groupby, pairwise

from msgspec import structs

from archiver.article import Block
from archiver.extraction import dates, dom
from archiver.extraction.dom import Node, Page
from archiver.extraction.head import Head
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


def times(entries: Iterable[Entry], head: Head) -> Times:
    """The time of each entry: the machine's where there is one with day and clock, else the printed one.

    The machine's is that of the element, or of the update in the page's JSON-LD that has the entry's heading
    (https://schema.org/liveBlogUpdate).
    """
    updates = _updates(head)
    return {dom.path(entry.node): _time(entry, updates) for entry in entries}


def _updates(head: Head) -> Mapping[str, str]:
    """When the updates of the page's JSON-LD were published, by their headlines."""
    updates = head.article.get("liveBlogUpdate")
    found: dict[str, str] = {}
    for update in updates if isinstance(updates, list) else [updates]:
        if isinstance(update, dict):
            headline, published = update.get("headline"), update.get("datePublished")
            if isinstance(headline, str) and isinstance(published, str) and _has_clock(published):
                found.setdefault(dom.fold(headline).casefold(), dom.fold(published))
    return found


def _time(entry: Entry, updates: Mapping[str, str]) -> str | None:
    if entry.time is not None:
        attributes = entry.time.attributes
        for value in (attributes.get("datetime"), attributes.get("content")):
            if value and _has_clock(value):
                return dom.fold(value)
    heading = entry.node.css_first("h1, h2, h3, h4, h5, h6") if updates else None
    if heading is not None and (declared := updates.get(dom.fold(dom.visible_text(heading)).casefold())):
        return declared
    return None if entry.time is None else dom.fold(dom.visible_text(entry.time)) or None


def _has_clock(value: str) -> bool:
    moment = dates.parse(value)
    return moment is not None and moment.precision != "day"


def holder(path: str, known: Times) -> str | None:
    """The path of the entry in which the element of this path stands, the innermost one; None outside of all."""
    while path and path not in known:
        path = path.rpartition("/")[0]
    return path or None


def dated(blocks: Sequence[Block], published: str | None, captured: datetime | None, zone: timezone) -> list[Block]:
    """The blocks, the times of the entries among them in ISO 8601 where they can be read.

    A clock's time alone is one of the day of publication, on which the oldest entry was written, or of a day after
    it: a clock that goes back says that midnight came between. `zone` is that of times without one; relative times
    count from the capture.
    """
    printed = [said for said, _ in groupby(block.time for block in blocks) if said]
    days = iter(_days(printed, date.fromisoformat(published[:10])) if published else ())
    read: list[Block] = []
    for said, entry in groupby(blocks, key=lambda block: block.time):
        moment = _iso(said, next(days, None), captured, zone) if said else None
        read += [structs.replace(block, time=moment) if moment else block for block in entry]
    return read


def _days(printed: Sequence[str], first: date) -> list[date]:
    """The day of each time: the first one's, and a day later whenever the clock goes back between older and newer.

    Whether the newest stands first or last is told by the clock: read the right way it runs for the shorter time.
    """
    clocks = [_clock(said) for said in printed]
    known = [clock for clock in clocks if clock is not None]
    forward = sum(((after - before) % _DAY for before, after in pairwise(known)), timedelta())
    backward = sum(((before - after) % _DAY for before, after in pairwise(known)), timedelta())
    newest_first = backward < forward
    day, before = first, None
    days = []
    for clock in reversed(clocks) if newest_first else clocks:
        if clock is not None:
            day += _DAY if before is not None and clock < before else timedelta()
            before = clock
        days.append(day)
    return days[::-1] if newest_first else days


_DAY = timedelta(days=1)


def _clock(printed: str) -> timedelta | None:
    """The time since midnight where a clock's time stands alone; None for a full date or a relative time."""
    moment = None if dates.parse(printed) else dates.parse(f"01/01/2000 {printed}")
    if moment is None or moment.precision == "day":
        return None
    return moment.wall - datetime.combine(moment.wall, time.min)


def _iso(printed: str, day: date | None, captured: datetime | None, zone: timezone) -> str:
    moment = dates.parse(printed) or (dates.parse_relative(printed, captured) if captured else None)
    if moment is None and day is not None:
        clock = dates.parse(f"{day:%d/%m/%Y} {printed}")
        moment = clock if clock is not None and clock.precision != "day" else None
    return printed if moment is None else moment.iso(zone)
