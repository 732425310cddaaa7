"""When an article was published and changed: the printed date and the machines' dates, held against each other.

The printed date is what the outlet told its readers, so it is believed; machine dates add what it lacks (seconds, a
time of day) where they agree with it, and stand in for it where there is none. A machine's time that equals the printed
one on the clock face but claims to be UTC carries a false Z: the printed zone is the true one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone

from archiver.extraction import dates
from archiver.extraction.dates import Moment
from archiver.extraction.fields import Found
from archiver.extraction.head import Head

PUBLISHED = (
    "jsonld:datePublished",
    "jsonld:dateCreated",
    "meta:article:published_time",
    "meta:datepublished",
    "meta:publishdate",
    "meta:pubdate",
    "meta:content_publisheddate",
    "meta:parsely-pub-date",
    "meta:dc.date",
    "meta:date",
)
MODIFIED = ("jsonld:dateModified", "meta:article:modified_time", "meta:og:updated_time", "meta:datemodified")
"""Machine fields in order of trust; an outlet's `distrust` takes names out of them."""


@dataclass(frozen=True, slots=True)
class Instant:
    """ISO 8601 with offset, or a bare date; which texts gave it; whether a machine's Z turned out to be false."""

    iso: str
    evidence: str
    false_zulu: bool = False


def decide(
    printed: list[Found],
    head: Head,
    names: tuple[str, ...],
    zone: timezone,
    captured: datetime | None,
    distrust: frozenset[str],
    *,
    zulu_is_local: bool = False,
) -> Instant | None:
    """The instant that the printed texts and the machine fields give together; None where neither says any.

    `zulu_is_local` reads a machine's Z as the outlet's zone, for a page whose Z was found to be false before.
    """
    machine = list(_machine(head, names, distrust))
    if zulu_is_local:
        machine = [(name, replace(m, offset=m.offset or None)) for name, m in machine]
    for found in printed:
        shown = dates.parse(found.text) or (dates.parse_relative(found.text, captured) if captured else None)
        if shown is None:
            continue
        for name, moment in machine:
            finer = _finer(shown, moment, zone)
            if finer is not None:
                return Instant(finer.iso(zone), f"{found.evidence} + {name}")
            finer = _finer(shown, replace(moment, offset=None), zone) if moment.offset == timedelta(0) else None
            if finer is not None:
                return Instant(finer.iso(zone), f"{found.evidence} + {name} (false Z)", false_zulu=True)
        return Instant(shown.iso(zone), found.evidence)
    for name, moment in machine:
        if moment.precision != "day":
            return Instant(moment.iso(zone), name)
    return Instant(machine[0][1].iso(zone), machine[0][0]) if machine else None


def _machine(head: Head, names: tuple[str, ...], distrust: frozenset[str]) -> Iterator[tuple[str, Moment]]:
    for name in names:
        if name in distrust:
            continue
        kind, _, path = name.partition(":")
        for text in head.ld(path) if kind == "jsonld" else head.meta.get(path, ()):
            moment = dates.parse(text)
            if moment is not None:
                yield name, moment


def _finer(shown: Moment, machine: Moment, zone: timezone) -> Moment | None:
    """The machine's time on the printed clock where both mean the same moment and it is the finer one, else None."""
    if machine.precision == "day" or shown.precision == "second":
        return None
    offset = shown.offset if shown.offset is not None else zone.utcoffset(None) or timedelta(0)
    there = machine.instant(timezone(offset)).astimezone(timezone(offset)).replace(tzinfo=None)
    return Moment(there, offset, machine.precision) if _matches(shown, there) else None


def _matches(shown: Moment, wall: datetime) -> bool:
    if shown.precision == "day":
        return shown.wall.date() == wall.date()
    return shown.wall == wall.replace(second=0, microsecond=0)
