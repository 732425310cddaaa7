"""Notes on text that speaks of a later time than its article's: a sign that something foreign stands, or stood, in it.

Pages are captured years after they were published, and their outlets fill them with what is new by then. Within the
body nothing can be later than the story but what was put there afterwards. In the kept text, and in what surrounds the
body, a date counts when it lies more than a year ahead: a story may announce what comes next, and a page that is
captured a week late has that week's lists beside it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from archiver.article import Block, Removal
from archiver.extraction import dates

AHEAD = timedelta(days=366)
"""How far ahead of the publication a date in the kept text, or around the body, may be before a note is due."""

_OF_READERS = frozenset({"comments"})
"""Kinds of removals that are always later than the article."""

_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_AGO = re.compile(r"\b(?:lalu|ago)\b", re.IGNORECASE)
_WITHIN_BODY = re.compile(r"/(?:p|li|h[1-6]|blockquote|pre|table)\[\d+\](?:/.*)?$")


@dataclass(frozen=True, slots=True)
class _Later:
    """A date after publication: what it is, how it was printed if it had to be worked out, whose it is and where."""

    day: date
    printed: str | None
    kind: str
    path: str


def notes(
    published: str | None, captured: datetime | None, blocks: Sequence[Block], removed: Sequence[Removal]
) -> tuple[str, ...]:
    """A sentence each for the latest such date within a page's body, around it and in the kept text; often none.

    `published` is ISO 8601, without it nothing can be said; `captured` (aware) resolves "3 jam lalu". A date after the
    capture cannot have come in afterwards, so in the kept text it is a plan.
    """
    if published is None:
        return ()
    moment = datetime.fromisoformat(published)
    day = moment.date()
    now = captured.astimezone(moment.tzinfo) if captured and moment.tzinfo else captured
    within, around = list[_Later](), list[_Later]()
    body = _body(blocks)
    for removal in removed:
        if removal.kind not in _OF_READERS:
            inside = body is not None and f"{removal.where.path}/".startswith(f"{body}/")
            (within if inside else around).extend(_later(removal.text, day, now, removal.kind, removal.where.path))
    kept = [later for block in blocks for later in _later(block.text, day, None, block.kind, block.where.path)]
    return tuple(
        f"{said} {_told(latest, day)}"
        for said, found in (
            ("what was removed within the body is dated up to", within),
            ("what was removed around the body is dated up to", [later for later in around if later.day - day > AHEAD]),
            ("the kept text speaks of", [later for later in kept if _is_foreign(later.day, day, now)]),
        )
        if (latest := max(found, key=lambda later: later.day, default=None))
    )


def _is_foreign(named: date, day: date, now: datetime | None) -> bool:
    return named - day > AHEAD and (now is None or named <= now.date())


def _later(text: str, day: date, now: datetime | None, kind: str, path: str) -> Iterable[_Later]:
    """The latest printed date and the latest relative one, where they are after that day. Most texts hold neither."""
    if any(int(year) >= day.year for year in _YEAR.findall(text)):
        latest = dates.latest_date(text)
        if latest is not None and latest > day:
            yield _Later(latest, None, kind, path)
    if now is not None and _AGO.search(text):
        for line in text.split("\n"):
            ago = dates.parse_relative(line, now)
            if ago is not None and ago.wall.date() > day:
                yield _Later(ago.wall.date(), line, kind, path)


def _told(later: _Later, day: date) -> str:
    """The date, how long after publication it is, and where it stands."""
    printed = f' ("{_short(later.printed)}")' if later.printed else ""
    gap = _gap(later.day - day)
    return f"{later.day.isoformat()}{printed}, {gap} after publication on {day.isoformat()}: {later.kind}, {later.path}"


def _short(line: str) -> str:
    return line if len(line) <= 40 else f"{line[:39].rstrip()}…"


def _gap(length: timedelta) -> str:
    count, unit = next(
        (length.days // size, unit)
        for unit, size in (("year", 365), ("month", 30), ("day", 1))
        if length.days >= 2 * size or size == 1
    )
    return f"{count} {unit}{'s' if count != 1 else ''}"


def _body(blocks: Iterable[Block]) -> str | None:
    """Path of the element that holds all blocks."""
    paths = [_WITHIN_BODY.sub("", block.where.path) for block in blocks]
    return posixpath.commonpath(paths) if paths and all(paths) else None
