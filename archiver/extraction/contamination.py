"""Notes on text that speaks of a later time than its article's: a sign that something foreign stands, or stood, in it.

Pages are captured years after they were published, and their outlets fill them with what is new by then. Within the
body nothing can be later than the story but what was put there afterwards. In the kept text, and in what surrounds the
body, a date counts when it lies more than a year ahead: a story may announce what comes next, and a page that is
captured a week late has that week's lists beside it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from archiver.article import Block, Removal
from archiver.extraction import dates

AHEAD = timedelta(days=366)
"""How far ahead of the publication a date in the kept text, or around the body, may be before a note is due."""

_OF_READERS = frozenset({"comments"})
"""Kinds of removals that are always later than the article."""

_YEAR = re.compile(r"20\d\d")
_BEFORE, _BEHIND = 32, 12
"""How many characters a date takes around its year: "Jumat, 24 September" before it, a month's name behind."""

_AGO = re.compile(r"\b(?:lalu|ago)\b", re.IGNORECASE)
_LINE = re.compile(r"/(?:p|li|h[1-6]|blockquote|pre|table)\[")


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
    body = _body(blocks)
    within, around, kept = list[_Later](), list[_Later](), list[_Later]()
    for removal in removed:
        if removal.kind in _OF_READERS:
            continue
        if body is not None and f"{removal.where.path}/".startswith(f"{body}/"):
            within += _later(removal, day, now)
        else:
            around += _later(removal, day + AHEAD, now)
    for block in blocks:
        kept += [later for later in _later(block, day + AHEAD, None) if now is None or later.day <= now.date()]
    return tuple(
        f"{said} {_told(latest, day)}"
        for said, found in (
            ("what was removed within the body is dated up to", within),
            ("what was removed around the body is dated up to", around),
            ("the kept text speaks of", kept),
        )
        if (latest := max(found, key=lambda later: later.day, default=None))
    )


def _later(piece: Block | Removal, limit: date, now: datetime | None) -> Iterator[_Later]:
    """The latest date printed in a piece, and its relative dates, where they lie after the limit. Most have neither."""
    text = piece.text
    for year in _YEAR.finditer(text):
        if int(year[0]) >= limit.year:
            latest = dates.latest_date(text[max(0, year.start() - _BEFORE) : year.end() + _BEHIND])
            if latest is not None and latest > limit:
                yield _Later(latest, None, piece.kind, piece.where.path)
    if now is not None and now.date() > limit and _AGO.search(piece.text):
        for line in piece.text.split("\n"):
            ago = dates.parse_relative(line, now)
            if ago is not None and ago.wall.date() > limit:
                yield _Later(ago.wall.date(), line, piece.kind, piece.where.path)


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
    """Path of the element that holds all blocks: what the first and the last in alphabetical order have in common."""
    paths = [_LINE.split(block.where.path, maxsplit=1)[0] for block in blocks]
    return posixpath.commonpath((min(paths), max(paths))) if paths and all(paths) else None
