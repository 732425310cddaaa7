"""The sources of an outlet's past: from a range of days to the pages that list what was published on them."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, assert_never

from archiver.outlet import ByDate, Listing, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class DatedSource:
    """A source for the days from `first` to `last`."""

    first: date
    last: date
    source: Source


def sources_between(back_catalogue: Sequence[ByDate], since: date, until: date) -> Iterator[DatedSource]:
    """All sources for the days from `since` to `until`, both included: the newest first, each when it is asked for."""
    each = [_of(by_date, since, until) for by_date in back_catalogue]
    return heapq.merge(*each, key=lambda dated: dated.last, reverse=True)


def covers(back_catalogue: Sequence[ByDate], since: date, until: date) -> bool:
    """Whether there is a source for each of these days."""
    day = since
    while day <= until:
        ends = [by_date.until or date.max for by_date in back_catalogue if (by_date.since or date.min) <= day]
        end = max(ends, default=date.min)
        if end <= day:
            return False
        day = end
    return True


def _of(by_date: ByDate, since: date, until: date) -> Iterator[DatedSource]:
    since = max(since, by_date.since or since)
    until = min(until, by_date.until - timedelta(days=1) if by_date.until else until)
    day = until
    while day >= since:
        first = _first(day, by_date)
        yield DatedSource(first, day, _on(first, by_date.source))
        if first == date.min:
            return
        day = first - timedelta(days=1)


def _first(day: date, by_date: ByDate) -> date:
    match by_date.every:
        case "day":
            return day
        case "month":
            return day.replace(day=1)
        case "year":
            return day.replace(month=1, day=1)
        case _:
            assert_never(by_date.every)


def _on(day: date, source: Source) -> Source:
    url = source.url.format(day=day)
    if isinstance(source, Listing) and source.pages:
        return replace(source, url=url, pages=source.pages.format(day=day, n="{n}"))
    return replace(source, url=url)
